"""Places of claims: an invented theatre of two countries, Orvania and Tesk, and the region Mirda that one of them holds."""

from __future__ import annotations

import csv
import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trucewatch.model.records import Claim, ClaimPlace, Document, Issue, Mention, Reading, Sentence, Voice
from trucewatch.model.stage import Context
from trucewatch.model.theatre import Party, Place, Theatre
from trucewatch.stages import locate
from trucewatch.text.gazetteer import Gazetteer


def _place(
    place_id: str, kind: str, names: str, lat: float, lon: float, parents: str = "", country: str = "ORV", **more: object
) -> Place:
    precision = {"settlement": "settlement", "country": "country", "district": "district"}.get(kind, "region")
    return Place(
        id=place_id, kind=kind, names=tuple(names.split(";")), lat=lat, lon=lon, parents=tuple(parents.split()), country=country,
        precision=precision, **more,  # type: ignore[arg-type]
    )  # fmt: skip


THEATRE = Theatre(
    name="invented",
    title="Orvania and Tesk",
    parties=(
        Party(code="ORV", names=("Orvania",), demonyms=("Orvanian", "Orvani")),
        Party(code="TSK", names=("Tesk",), demonyms=("Teskian", "Teski")),
    ),
    places=(
        _place("orvania", "country", "Orvania;Republic of Orvania", 40.0, 46.0),
        _place("tesk", "country", "Tesk", 40.0, 44.0, country="TSK"),
        _place("mirda", "region", "Mirda;Upper Mirda;Mirdakh", 39.8, 46.7, "orvania"),
        _place("south-orvania", "region", "Southern Orvania", 39.0, 46.5, "orvania"),
        _place("kantsar", "settlement", "Kantsar;Xantsar", 39.81, 46.75, "mirda orvania", population=50000),
        _place("shuvi", "settlement", "Shuvi;Şuvi", 39.75, 46.74, "mirda orvania", population=4000),
        _place("zendja", "settlement", "Zendja;Zenca;Zəncə", 40.68, 46.36, "orvania", population=330000),
        _place("beymiz", "settlement", "Beymiz", 39.77, 47.61, "orvania", population=15000),
        _place("jibril", "settlement", "Jibril;Cibril", 39.4, 47.02, "orvania", population=8000),
        _place("qarabulaq", "settlement", "Qarabulaq", 39.6, 47.2, "orvania", population=900),
        _place("felduz", "settlement", "Felduz;Filduz", 39.6, 47.1, "orvania", population=20000),
        _place("dorin", "settlement", "Dorin", 40.2, 45.7, "tesk", country="TSK", population=12000),
        _place("mill-road", "corridor", "Sarin corridor;Sarin", 39.6, 46.5, "orvania"),
    ),
)  # fmt: skip
GAZETTEER = Gazetteer.from_theatre(THEATRE)


def run(text: str, *names: str, kin: tuple[str, ...] = ()) -> Reading:
    """A reading of one claim with these place texts, each at its first mention."""
    sentences = []
    start = 0
    for number, part in enumerate(text.split("\n")):
        sentences.append(Sentence(start_char=start, end_char=start + len(part), paragraph=number))
        start += len(part) + 1
    places = []
    for name in names:
        begin = text.index(name)
        places.append(ClaimPlace(text=name, start_char=begin, end_char=begin + len(name)))
    within = next(s for s in sentences if s.start_char <= (places[0].start_char or 0) < s.end_char)
    document = Document(id="doc-1", source="a.txt", input_path="a.txt", sha256="0", text=text)
    claim = Claim(
        id="claim-1", document_id="doc-1", start_char=within.start_char, end_char=within.end_char,
        sentence_start_char=within.start_char, sentence_end_char=within.end_char, act="STRIKE.SHELL", places=tuple(places),
    )  # fmt: skip
    reading = Reading(document=document, sentences=tuple(sentences), claims=(claim,))
    context = Context(theatre=THEATRE, gazetteer=GAZETTEER, kin_texts={"doc-1": kin})
    assert locate.STAGE.run_record is not None
    return locate.STAGE.run_record(reading, context)


def ids(reading: Reading) -> list[str | None]:
    return [place.place_id for place in reading.claims[0].places]


def codes(reading: Reading) -> set[str]:
    return {issue.code for issue in reading.issues}


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Shells fell on Kantsar overnight.", "Kantsar", "kantsar"),
        ("Shells fell on the town of Shuvi overnight.", "the town of Shuvi", "shuvi"),
        ("The army fired into Orvania.", "Orvania", "orvania"),
        ("Rockets hit Zəncə at dawn.", "Zəncə", "zendja"),
        ("Rockets hit Zenjah at dawn.", "Zenjah", "zendja"),
        ("Rockets hit Kantsar City at dawn.", "Kantsar City", "kantsar"),
        ("Drones struck in the Mirda region today.", "the Mirda region", "mirda"),
        ("A convoy was held up in the Sarin corridor.", "the Sarin corridor", "mill-road"),
    ],
)
def test_names_that_the_theatre_knows(text: str, name: str, expected: str) -> None:
    reading = run(text, name)
    place = reading.claims[0].places[0]
    assert place.place_id == expected
    assert place.text == name
    assert place.confidence >= 0.8
    assert place.lat is not None


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Missiles hit Orvania's largest city on Sunday.", "Orvania's largest city", "zendja"),
        ("Orvania was at war. Missiles hit the country's second-largest city.", "the country's second-largest city", "kantsar"),
        ("Shelling of Mirda went on. The regional capital came under fire.", "The regional capital", "kantsar"),
        ("Fire was heard in the main city of the Mirda region.", "the main city of the Mirda region", "kantsar"),
        ("Fighting went on in the south of Orvania.", "the south of Orvania", "south-orvania"),
        ("Shuvi was quiet at first.\nThen the town was hit by shells.", "the town", "shuvi"),
        ("Planes bombed Zendja's northern suburbs.", "Zendja's northern suburbs", "zendja"),
        ("Troops shelled a border area in Tesk.", "a border area in Tesk", "tesk"),
        ("Shots rang out along the Mirda contact line.", "the Mirda contact line", "mirda"),
        ("The line of contact in Upper Mirda was quiet.", "The line of contact in Upper Mirda", "mirda"),
        (
            "Shells fell on many areas near Zendja.",
            "many areas near Zendja",
            "zendja",
        ),
        ("Shells fell on the southern coastal city of Beymiz.", "the southern coastal city of Beymiz", "beymiz"),
        ("Rockets hit Orvania's border villages.", "Orvania's border villages", "orvania"),
        ("He spoke in Kantsar, the regional capital.", "the regional capital", "kantsar"),
    ],
)
def test_descriptions_lead_to_places(text: str, name: str, expected: str) -> None:
    assert ids(run(text, name)) == [expected]


def test_a_saints_name_in_a_list_of_cities_is_its_twin() -> None:
    reading = run("The aide said rockets were fired at the cities of Zendja, Felduz and Gabriel.", "Zendja", "Felduz", "Gabriel")
    assert ids(reading) == ["zendja", "felduz", "jibril"]
    gabriel = reading.claims[0].places[2]
    assert gabriel.text == "Gabriel"
    assert 0.3 <= gabriel.confidence <= 0.75
    assert [issue.value for issue in reading.issues if issue.code == "name-recovered"] == ["Gabriel"]


def told(number: int, text: str, **known: object) -> Claim:
    place = ClaimPlace(text=text, start_char=10 * number, end_char=10 * number + len(text), **known)  # type: ignore[arg-type]
    return Claim(
        id=f"claim-{number}", document_id="d", start_char=0, end_char=9, sentence_start_char=0, sentence_end_char=9,
        act="FIRE.HEAVY", places=(place,),
    )  # fmt: skip


def test_a_name_recovered_in_one_sentence_is_read_so_in_the_others() -> None:
    at = {"place_id": "zendja", "name": "Zendja", "lat": 40.68, "lon": 46.36, "precision": "settlement"}
    issue = Issue(stage="locate", code="place-unlocated", level="info", message="nowhere", value="Zenith")
    issues = {(issue.code, issue.value): issue}
    claims = [told(0, "the Zenith"), told(1, "Zenith", **at, confidence=0.7), told(2, "Zenith", **at, confidence=0.6)]
    alone, *others = locate._read_alike(claims, issues)
    (place,) = alone.places
    assert (place.place_id, place.lat, place.text, place.start_char) == ("zendja", 40.68, "the Zenith", 0)
    assert place.confidence == 0.56, "less than where it was recovered"
    assert "elsewhere in the document" in alone.reasons[-1]
    assert others == claims[1:]
    assert issues == {}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("the capital", {"place_id": "zendja", "name": "Zendja", "confidence": 0.9}),
        ("Zenith", {"place_id": "zendja", "name": "Zendja", "confidence": 0.5}),
        ("Zendja", {"place_id": "zendja", "name": "Zendja", "confidence": 0.9}),
    ],
    ids=["a description", "a doubtful recovery", "no recovery"],
)
def test_what_is_no_sure_recovery_says_nothing_of_other_sentences(written: str, read: dict[str, object]) -> None:
    claims = [told(0, written), told(1, written, **read)]
    assert locate._read_alike(claims, {}) == claims


def test_a_translated_meaning_is_recovered() -> None:
    assert ids(run("Beymiz and Black Spring were shelled.", "Black Spring")) == ["qarabulaq"]


def test_a_mangled_name_never_leads_to_another_continent() -> None:
    reading = run("Rockets hit Zendja on Friday.\nHe said Zanesville and Beymiz were attacked again.", "Zanesville")
    place = reading.claims[0].places[0]
    assert place.lat is None or place.place_id == "zendja"
    assert place.text == "Zanesville"


def test_another_name_told_in_the_text_is_its_place() -> None:
    reading = run("The war is over Mirda, a Teski enclave inside Orvania, also known as Mozart.\nMozart was shelled.", "Mozart")
    assert ids(reading) == ["mirda"]
    assert "name-recovered" in codes(reading)


def test_kin_documents_fill_the_slot() -> None:
    text = "Officials in the east said Sheriff was struck by four rockets on Monday morning."
    alone = run(text, "Sheriff")
    helped = run(text, "Sheriff", kin=("Officials in the east said that Shuvi was struck by four rockets on Monday morning.",))
    assert ids(alone) == [None]
    assert ids(helped) == ["shuvi"]


def test_a_city_given_to_the_wrong_country_raises_an_issue() -> None:
    reading = run("He said buildings had been damaged in Zendja, Tesk's second-largest city.", "Zendja")
    place = reading.claims[0].places[0]
    assert place.place_id == "zendja"
    assert codes(reading) == {"place-country-contradiction"}
    assert place.confidence < 0.8


def test_contradictions_and_mangled_names_outside_the_claims_are_told_too() -> None:
    text = "Shots rang out in Kantsar.\nHe had been to Zendja, Tesk's second-largest city, and to Beymiz, Felduz and Gabriel."
    begin = text.index("Gabriel")
    reading = Reading(
        document=Document(id="d", source="s", input_path="s", sha256="0", text=text),
        mentions=(Mention(text="Gabriel", start_char=begin, end_char=begin + 7, kind="place", sentence=1),),
    )
    located = locate.locate_reading(reading, Context(theatre=THEATRE, gazetteer=GAZETTEER))
    assert {(issue.code, issue.value, issue.record_id) for issue in located.issues} == {
        ("place-country-contradiction", "Zendja", "d"),
        ("name-recovered", "Gabriel", "d"),
    }


def test_a_name_told_for_a_region_is_noted_even_where_no_claim_has_it() -> None:
    text = "The war is over Mirda, an enclave inside Orvania, also known as Mozart."
    reading = Reading(document=Document(id="d", source="s", input_path="s", sha256="0", text=text))
    located = locate.locate_reading(reading, Context(theatre=THEATRE, gazetteer=GAZETTEER))
    assert [(issue.code, issue.value) for issue in located.issues] == [("name-recovered", "Mozart")]
    person = Reading(document=replace(reading.document, text="Petr Ilin, also known as Mozart, fled."))
    assert locate.locate_reading(person, Context(theatre=THEATRE, gazetteer=GAZETTEER)).issues == ()


def test_actors_are_no_places() -> None:
    class Actors:
        def lookup(self, text: str, on: object) -> object:
            return object() if text == "Red Dawn" else None

    text = "They fired at Red Dawn overnight."
    place = ClaimPlace(text="Red Dawn", start_char=14, end_char=22)
    claim = Claim(
        id="c", document_id="d", start_char=0, end_char=33, sentence_start_char=0, sentence_end_char=33, act="STRIKE",
        places=(place,),
    )  # fmt: skip
    reading = Reading(document=Document(id="d", source="s", input_path="s", sha256="0", text=text), claims=(claim,))
    located = locate.locate_reading(reading, Context(theatre=THEATRE, gazetteer=GAZETTEER, actors=Actors()))
    assert located.claims[0].places == ()
    assert located.issues == ()


def test_lists_of_a_city_and_a_country_are_no_contradiction() -> None:
    assert codes(run("Shots were heard in Zendja, Tesk and elsewhere along the line.", "Zendja")) == set()


def test_an_unknown_village_keeps_its_name_and_its_parents_precision() -> None:
    reading = run("The small village of Hurgova in Orvania was shelled.", "The small village of Hurgova")
    place = reading.claims[0].places[0]
    assert (place.name, place.lat, place.lon, place.precision) == ("Hurgova", None, None, "country")
    assert codes(reading) == {"place-unlocated"}


def test_an_unknown_name_stays_unlocated() -> None:
    reading = run("Witnesses spoke of blasts near Wimbledon Common.", "Wimbledon Common")
    assert ids(reading) == [None]
    assert reading.claims[0].places[0].lat is None


def test_far_places_are_found_where_their_country_is_named() -> None:
    reading = run("The fighters came from Syria.\nThey had been trained in Idlib, he said.", "Idlib")
    place = reading.claims[0].places[0]
    assert place.lat == pytest.approx(35.9, abs=0.3)


def test_distances_are_no_coordinates() -> None:
    reading = run("Fire came from the city of Dorin, 50 miles (80 km) from Mirda.", "the city of Dorin")
    place = reading.claims[0].places[0]
    assert (place.place_id, place.lat, place.lon) == ("dorin", 40.2, 45.7)


def test_a_part_of_a_country_has_no_invented_centre() -> None:
    place = run("Villages across the north of Tesk were evacuated.", "the north of Tesk").claims[0].places[0]
    assert (place.name, place.lat, place.lon, place.precision) == ("Northern Tesk", None, None, "region")


def test_phrases_that_name_no_place_are_left_out_with_the_reason() -> None:
    reading = run("Shells fell on urban areas behind the front on Monday.", "urban areas behind the front")
    assert reading.claims[0].places == ()
    assert any("names no place" in reason for reason in reading.claims[0].reasons)


def test_a_name_cut_inside_a_hyphenated_word_is_made_whole() -> None:
    located = run("Shells fell on Kantsar ash-Dorin at noon.", "Dorin").claims[0].places[0]
    assert (located.text, located.place_id) == ("Kantsar ash-Dorin", None)
    assert run("Shells fell on the Kantsar-Dorin road.", "Dorin").claims[0].places[0].place_id == "dorin"
    assert run("Shells fell on the Kantsar pro-Dorin camp.", "Dorin").claims[0].places[0].place_id == "dorin"


def test_a_list_of_places_is_taken_apart() -> None:
    reading = run("Rockets fell on Zendja and Felduz at noon.", "Zendja and Felduz")
    assert ids(reading) == ["zendja", "felduz"]
    text = reading.document.text
    assert [text[p.start_char : p.end_char] for p in reading.claims[0].places] == ["Zendja", "Felduz"]


def test_a_name_of_a_great_city_elsewhere_is_not_bent_to_the_theatre() -> None:
    reading = run("The cities of Zendja, Felduz and Kandahar were attacked.", "Kandahar")
    assert reading.claims[0].places[0].place_id not in GAZETTEER.places


@pytest.mark.parametrize("name", ["Zantseyli", "Su-24s", "Kantsarovka", "Battalion"])
def test_unknown_villages_and_things_are_not_bent_to_the_theatre(name: str) -> None:
    text = f"Kantsar, Zendja and Beymiz were shelled; a battalion moved.\nThe army said that Felduz and {name} were hit."
    assert all(place.place_id is None for place in run(text, name).claims[0].places)


def test_kinds_alone_are_no_name() -> None:
    assert run("Shells fell on the Districts overnight.", "the Districts").claims[0].places == ()


def test_a_peoples_lands_are_its_country() -> None:
    assert ids(run("Shells fell on the Teskian border villages.", "the Teskian border villages")) == ["tesk"]


def test_roles_keep_a_place_twice() -> None:
    text = "They fired from Tesk and into Tesk again."
    reading = run(text, "Tesk")
    claim = reading.claims[0]
    twice = (claim.places[0], ClaimPlace(text="Tesk", start_char=30, end_char=34, role="origin"))
    again = locate.locate_reading(
        Reading(document=reading.document, sentences=reading.sentences, claims=(replace(claim, places=twice),)),
        Context(theatre=THEATRE, gazetteer=GAZETTEER),
    )
    assert [place.role for place in again.claims[0].places] == ["target", "origin"]


def test_without_a_theatre_the_documents_names_are_decided_together() -> None:
    world = Theatre(name="world", title="The world")
    text = "Police in Springfield said shots were fired.\nOfficers from Joplin and Branson, Missouri, came to help."
    place = ClaimPlace(text="Springfield", start_char=10, end_char=21)
    claim = Claim(
        id="c",
        document_id="d",
        start_char=0,
        end_char=44,
        sentence_start_char=0,
        sentence_end_char=44,
        act="STRIKE",
        places=(place,),
    )
    mentions = tuple(
        Mention(text=name, start_char=text.index(name), end_char=text.index(name) + len(name), kind="place", sentence=0)
        for name in ("Springfield", "Joplin", "Branson", "Missouri")
    )
    reading = Reading(
        document=Document(id="d", source="s", input_path="s", sha256="0", text=text), mentions=mentions, claims=(claim,)
    )
    found = locate.locate_reading(reading, Context(theatre=world, gazetteer=Gazetteer.from_theatre(world))).claims[0].places[0]
    assert found.lat == pytest.approx(37.2, abs=0.2)


def test_without_a_gazetteer_nothing_changes() -> None:
    reading = Reading(document=Document(id="d", source="s", input_path="s", sha256="0"))
    assert locate.locate_reading(reading, Context(theatre=THEATRE)) is reading


WORDS = st.sampled_from(
    [
        "Kantsar",
        "the",
        "city",
        "of",
        "Mirda",
        "region",
        "north",
        "border",
        "with",
        "Tesk",
        "’s",
        "capital",
        ",",
        "and",
        "Gabriel",
        "\n",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS | st.text(max_size=6), max_size=9), st.booleans())
def test_any_phrase_is_read_without_failing(words: list[str], with_offsets: bool) -> None:
    phrase = " ".join(words)
    text = f"In Orvania, {phrase} was shelled."
    offsets = {"start_char": 12, "end_char": 12 + len(phrase)} if with_offsets else {}
    claim = Claim(
        id="c", document_id="d", start_char=0, end_char=len(text), sentence_start_char=0, sentence_end_char=len(text),
        act="STRIKE", places=(ClaimPlace(text=phrase, **offsets),),
    )  # fmt: skip
    reading = Reading(document=Document(id="d", source="s", input_path="s", sha256="0", text=text), claims=(claim,))
    located = locate.locate_reading(reading, Context(theatre=THEATRE, gazetteer=GAZETTEER))
    for place in located.claims[0].places:
        assert 0 <= place.confidence <= 1
        assert (place.lat is None) == (place.lon is None)
        assert place.text in phrase


SHARED = Path(os.environ.get("TRUCEWATCH_SHARED", "../shared"))
TRAPS = {
    "TRAP-02": ("Gabriel", "Jabrayil"),
    "TRAP-05": ("Aristotle", "Nagorno-Karabakh"),
    "TRAP-08": ("Ganja", "Ganja"),
    "TRAP-09": ("Ganges", "Ganja"),
    "TRAP-11": ("Vardenis", "Vardenis"),
}


@pytest.mark.parametrize("trap", sorted(TRAPS))
def test_place_traps_of_the_shared_articles(trap: str) -> None:
    traps = SHARED / "gold" / "traps-dev.csv"
    if not traps.is_file():
        pytest.skip(f"{traps} is absent: place traps not checked")
    from trucewatch.config import load_theatre

    with traps.open(encoding="utf-8") as lines:
        row = next(line for line in csv.DictReader(lines) if line["id"] == trap)
    text = (SHARED / "seeds" / row["file"]).read_text(encoding="utf-8")
    written, expected = TRAPS[trap]
    begin = text.index(written, max(0, int(row["start"]) - 120))
    place = ClaimPlace(text=written, start_char=begin, end_char=begin + len(written))
    low, high = text.rfind(".", 0, begin) + 1, text.index(".", begin)
    claim = Claim(
        id="c", document_id="d", start_char=low, end_char=high, sentence_start_char=low, sentence_end_char=high,
        act="STRIKE.SHELL", places=(place,),
    )  # fmt: skip
    reading = Reading(
        document=Document(id="d", source="s", input_path="s", sha256="0", text=text),
        sentences=(Sentence(start_char=low, end_char=high, paragraph=0),),
        claims=(claim,),
    )
    theatre = load_theatre("karabakh")
    located = locate.locate_reading(reading, Context(theatre=theatre, gazetteer=Gazetteer.from_theatre(theatre)))
    found = located.claims[0].places[0]
    assert found.name == expected
    assert found.text == written
    if trap == "TRAP-08":
        assert any(issue.code == "place-country-contradiction" for issue in located.issues)
    elif trap == "TRAP-11":
        assert found.lat == pytest.approx(40.18, abs=0.1)
    else:
        assert any(issue.code == "name-recovered" for issue in located.issues)
        assert found.confidence <= 0.85


def test_a_likeness_is_refused_where_the_text_puts_the_name_far_from_it() -> None:
    """Beymis is spelled like Beymiz, which lies some 70 km east of Kantsar."""
    assert ids(run("Shells fell on Beymis overnight.", "Beymis")) == ["beymiz"]
    assert ids(run("Shells fell on Beymis, east of Kantsar, overnight.", "Beymis")) == [None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Guns shelled Kantsar. They fired from north of the village of Shuvi. Rockets hit the town.", "Kantsar"),
        ("Guns shelled Kantsar. It lies 3 km from Shuvi. Rockets hit the town.", "Kantsar"),
        ("Guns shelled Kantsar. Later they shelled Shuvi. Rockets hit the town.", "Shuvi"),
    ],
)
def test_the_town_is_neither_where_it_was_fired_from_nor_what_it_lies_near(text: str, expected: str) -> None:
    assert [place.name for place in run(text, "the town").claims[0].places] == [expected]


def test_a_name_that_the_parse_cut_is_read_whole() -> None:
    reading = run("Guns shelled Upper Mirda at dawn.", "Upper")
    assert [place.place_id for place in reading.claims[0].places] == ["mirda"]


def test_a_held_enclave_is_the_region_told_of() -> None:
    held = "the Teskian-controlled territory"
    reading = run(f"Fighting began in Mirda. Troops took posts inside {held}.", held)
    assert [place.place_id for place in reading.claims[0].places] == ["mirda"]


def test_a_person_who_was_hit_is_no_place() -> None:
    text = "Troops killed Orlan Besk near Kantsar."
    begin = text.index("Orlan")
    places = (
        ClaimPlace(text="Orlan Besk", start_char=begin, end_char=begin + 10),
        ClaimPlace(text="Kantsar", start_char=30, end_char=37),
    )
    hit = replace(told(0, text), target=Voice(text="Orlan Besk"), places=places, sentence_end_char=len(text))
    document = Document(id="doc-1", source="a.txt", input_path="a.txt", sha256="0", text=text)
    sentence = Sentence(start_char=0, end_char=len(text), paragraph=0)
    reading = Reading(document=document, sentences=(sentence,), claims=(hit,))
    located = locate.locate_reading(reading, Context(theatre=THEATRE, gazetteer=GAZETTEER))
    assert [place.place_id for place in located.claims[0].places] == ["kantsar"]
