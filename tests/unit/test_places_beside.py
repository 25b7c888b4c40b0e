"""Places that a claim's words name though its act does not govern them: the invented theatre of `test_locate`."""

from __future__ import annotations

from dataclasses import replace

import pytest

from trucewatch.model.records import Claim, Document, Reading, Sentence
from trucewatch.model.stage import Context
from trucewatch.model.theatre import Place, Theatre
from trucewatch.stages import locate
from trucewatch.text.gazetteer import Gazetteer

from .test_locate import THEATRE as INVENTED

RIVER = Place(id="orv", kind="line", names=("Orv River", "Orv river"), lat=39.7, lon=46.7, country="ORV", precision="region")
THEATRE: Theatre = replace(INVENTED, places=(*INVENTED.places, RIVER))
GAZETTEER = Gazetteer.from_theatre(THEATRE)


def places(sentence: str, evidence: str | None = None, act: str = "FIRE.HEAVY") -> list[str | None]:
    """Ids (names where there is none) of the places of a claim whose act governs none of them."""
    start = sentence.index(evidence) if evidence else 0
    claim = Claim(
        id="c", document_id="d", start_char=start, end_char=start + len(evidence or sentence), sentence_start_char=0,
        sentence_end_char=len(sentence), act=act,
    )  # fmt: skip
    document = Document(id="d", source="a", input_path="a", sha256="0", text=sentence)
    reading = Reading(
        document=document, sentences=(Sentence(start_char=0, end_char=len(sentence), paragraph=0),), claims=(claim,)
    )
    assert locate.STAGE.run_record is not None
    found = locate.STAGE.run_record(reading, Context(theatre=THEATRE, gazetteer=GAZETTEER)).claims[0].places
    return [place.place_id or place.name for place in found]


@pytest.mark.parametrize(
    ("sentence", "country"),
    [
        ("He said no soldier of his was on Orvanian soil.", "orvania"),
        ("Drones had entered Teskian airspace, it said.", "tesk"),
        ("Monitors will be sent to the Teskian side of the border.", "tesk"),
        ("Troops stand on Orvania's sovereign territory.", "orvania"),
    ],
)
def test_the_soil_of_a_people_is_its_country(sentence: str, country: str) -> None:
    assert places(sentence, act="FORCE.PROHIBITED_PRESENCE") == [country]


def test_the_country_is_the_one_named_last() -> None:
    assert places("Orvania's ministry said ten people were killed across the country.") == ["orvania"]
    assert places("Ten people were killed across the street.") == []


@pytest.mark.parametrize("word", ["among them", "including", "such as"])
def test_places_that_a_sentence_goes_on_to_name_are_those_that_were_struck(word: str) -> None:
    sentence = f"Guns shelled five villages at dawn, the agency said, {word} Shuvi and Kantsar, while Zendja slept."
    assert places(sentence, "Guns shelled five villages at dawn") == ["shuvi", "kantsar"]
    assert places(sentence.replace("five villages", "a bridge"), "Guns shelled a bridge at dawn") == []


def test_a_threat_names_where_it_would_strike_and_not_where_it_was_made() -> None:
    assert places("The army would strike Kantsar if the fire went on.", act="THREAT.FORCE") == ["kantsar"]
    assert places("He told reporters in Kantsar that it would hit back.", act="THREAT.FORCE") == []


def test_a_river_says_less_than_the_town_beside_it() -> None:
    assert places("Guns shelled the outskirts of Shuvi and farms along the Orv River.") == ["shuvi"]
    assert places("Guns shelled farms along the Orv River.") == ["orv"]


def test_the_area_right_after_a_place_says_where_that_lies() -> None:
    assert places("Guns fired near the village of Shuvi, in the region of Mirda, at dawn.") == ["shuvi"]
    assert places("Guns fired near the village of Shuvi, while Mirda slept.") == ["shuvi"]


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("Orvania said that guns had fired at Kantsar and the south.", ["kantsar", "south-orvania"]),
        ("Orvania said that guns had fired at the south and at Kantsar.", ["kantsar", "south-orvania"]),
        ("Guns fired at Shuvi, a village near Kantsar, at dawn.", ["shuvi"]),
        ("Guns fired at Shuvi, 20 kilometres from Kantsar, at dawn.", ["shuvi"]),
        ("Guns fired at Shuvi and Kantsar at dawn.", ["shuvi", "kantsar"]),
    ],
)
def test_sides_told_with_a_place_and_places_that_only_say_where_it_lies(sentence: str, wanted: list[str]) -> None:
    assert sorted(map(str, places(sentence))) == sorted(wanted)


def test_a_threat_is_on_what_its_condition_does_not_name() -> None:
    assert places("We will strike Kantsar if they hit Shuvi again.", act="THREAT.FORCE") == ["kantsar"]
    sentence = "They warned that unless the shelling of Shuvi stopped they would strike Kantsar."
    assert places(sentence, act="THREAT.FORCE") == ["kantsar"]
    assert places("They said that, if guns hit Shuvi, they would strike Kantsar.", act="THREAT.FORCE") == ["kantsar"]


def test_a_peoples_side_of_the_border_is_its_land_and_what_leaves_its_soil_comes_from_there() -> None:
    assert places("The blame lies in the presence of troops on Teskian soil, he said.", act="BLAME") == ["tesk"]
    sentence = "The block was hit by a missile launched from Teskian territory."
    assert places(sentence) == ["tesk"]


@pytest.mark.parametrize(
    ("sentence", "act", "wanted"),
    [
        ("In Shuvi, a spa town of some 4,000 people, the headman said shells had lit the woods.", "FIRE.HEAVY", ["shuvi"]),
        ("The agency said Teskian guns struck hamlets in the south, in Orvania's press.", "FIRE.HEAVY", ["south-orvania"]),
        ("Orvania's generals said troops were sent to the country's northern frontier.", "FORCE.BUILDUP", ["orvania"]),
        ("Guns fired on farmers who walked home to southern border villages of no name in Orvania.", "FIRE", ["south-orvania"]),
    ],
)
def test_sides_of_a_land_and_openings(sentence: str, act: str, wanted: list[str]) -> None:
    assert places(sentence, act=act)[: len(wanted)] == wanted


def test_a_threatened_city_stays_and_whose_people_fled_tells_whose_north_it_is() -> None:
    sentence = "Orvania says some 60,000 Teskian have left homes in the north."
    assert places(sentence, "some 60,000 Teskian have left homes in the north", act="CIV.FLIGHT") == ["Northern Tesk"]
    assert places("Orvania vowed that it would hit Dorin and beyond.", act="THREAT.FORCE") == ["dorin"]
