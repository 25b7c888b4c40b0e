"""The gazetteer: a theatre's places first, the world's behind them; the world's table and a GeoNames dump."""

from __future__ import annotations

from pathlib import Path

import pytest

from trucewatch.errors import ParseError
from trucewatch.model.theatre import Actor, Party, Place, Theatre
from trucewatch.sources.geonames import read_geonames
from trucewatch.text.gazetteer import Gazetteer
from trucewatch.text.worldplaces import distance_km, world_places

THEATRE = Theatre(
    name="invented",
    title="Orvania",
    parties=(Party(code="FRA", names=("France", "French Republic"), demonyms=("French",)),),
    actors=(Actor(id="dorin", kind="person", names=("Petr Dorin",)),),
    places=(
        Place(id="mirda", kind="region", names=("Mirda", "Upper Mirda"), country="ORV"),
        Place(
            id="kantsar", kind="settlement", names=("Kantsar", "Xantsar"), lat=39.8, lon=46.7, parents=("mirda",), country="ORV"
        ),
        Place(id="london-here", kind="settlement", names=("London",), lat=39.5, lon=46.5, country="ORV"),
        Place(id="sour", kind="settlement", names=("Sour",), lat=39.6, lon=46.4, country="ORV"),
        Place(id="dorin", kind="settlement", names=("Dorin",), lat=39.9, lon=46.9, country="ORV", meanings=("Golden",)),
        Place(id="lyon", kind="settlement", names=("Lyon",), country="FRA"),
        Place(id="base", kind="site", names=("Mirda Air Base",), lat=39.9, lon=46.8, parents=("mirda",)),
    ),
)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.from_theatre(THEATRE)


def test_the_theatre_comes_before_the_world(gazetteer: Gazetteer) -> None:
    hits = gazetteer.find("London")
    assert hits[0].place.id == "london-here"
    assert hits[0].is_theatre


def test_a_country_asked_for_comes_first(gazetteer: Gazetteer) -> None:
    hit = gazetteer.find("London", country="GB")[0]
    assert hit.place.country == "GBR"
    assert not hit.is_theatre
    assert distance_km(hit.place.lat or 0, hit.place.lon or 0, 51.5, -0.12) < 20


def test_near_orders_namesakes(gazetteer: Gazetteer) -> None:
    first = gazetteer.find("Springfield", near=(39.8, -89.6))[0]
    assert distance_km(first.place.lat or 0, first.place.lon or 0, 39.8, -89.6) < 3000


@pytest.mark.parametrize(
    ("name", "how"), [("Kantsar", "exact"), ("kantsar", "folded"), ("the town of Kantsar", "descriptor"), ("Kanzar", "spelling")]
)
def test_levels_of_likeness(gazetteer: Gazetteer, name: str, how: str) -> None:
    hit = gazetteer.find(name)[0]
    assert (hit.place.id, hit.how) == ("kantsar", how) or (how == "spelling" and hit.place.id == "kantsar")


def test_scores_fall_with_likeness(gazetteer: Gazetteer) -> None:
    scores = [gazetteer.find(name)[0].score for name in ("Kantsar", "kantsar", "the town of Kantsar", "Kanzar")]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] == 1.0


def test_nothing_like_it(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("Qwzzzyx") == []
    assert gazetteer.find("") == []
    assert gazetteer.alike("ab") == []


def test_without_the_world() -> None:
    alone = Gazetteer.from_theatre(THEATRE, world=False)
    assert alone.world is None
    assert alone.find("Paris") == []
    assert alone.find("Kantsar")[0].place.id == "kantsar"
    assert alone.alpha3("FR") == "FR"


def test_meanings(gazetteer: Gazetteer) -> None:
    assert [hit.place.id for hit in gazetteer.by_meaning("Golden")] == ["dorin"]


def test_scan_finds_names_and_countries_in_order(gazetteer: Gazetteer) -> None:
    text = "In Upper Mirda, Kantsar’s mayor thanked France; kantsar in small letters, and London."
    spots = gazetteer.scan(text, 100)
    assert [text[spot.start_char - 100 : spot.end_char - 100] for spot in spots] == ["Upper Mirda", "Kantsar", "France", "London"]
    assert spots[2].candidate.place.country == "FRA"


def test_a_place_without_a_point_takes_its_namesakes(gazetteer: Gazetteer) -> None:
    lat, lon = gazetteer.point(gazetteer.places["lyon"])
    assert lat is not None
    assert distance_km(lat, lon or 0, 45.75, 4.85) < 15
    assert gazetteer.point(gazetteer.places["mirda"]) == (None, None)


def test_lineage_and_countries(gazetteer: Gazetteer) -> None:
    kantsar, mirda = gazetteer.places["kantsar"], gazetteer.places["mirda"]
    assert [place.id for place in gazetteer.lineage(kantsar)] == ["kantsar", "mirda"]
    assert gazetteer.is_within(kantsar, mirda)
    assert not gazetteer.is_within(mirda, kantsar)
    assert gazetteer.countries_of(kantsar) == {"ORV"}


def test_km_outside(gazetteer: Gazetteer) -> None:
    assert gazetteer.km_outside(39.8, 46.6) == 0
    assert gazetteer.km_outside(48.9, 2.3) > 2500
    assert Gazetteer([]).km_outside(0, 0) == 0


def test_patterns_spare_words_and_people(gazetteer: Gazetteer) -> None:
    patterns = gazetteer.spacy_patterns()
    by_name = {
        pattern["pattern"] if isinstance(pattern["pattern"], str) else pattern["pattern"][0]["TEXT"]: pattern
        for pattern in patterns
    }
    assert by_name["Kantsar"]["label"] == "GPE"
    assert by_name["Mirda Air Base"]["label"] == "FAC"
    assert by_name["Sour"]["pattern"] == [{"TEXT": "Sour"}]
    assert "Dorin" not in by_name


def test_extra_places_join_where_their_id_is_new() -> None:
    extra = (
        Place(id="kantsar", kind="settlement", names=("Other",)),
        Place(id="geonames-5", kind="settlement", names=("Newplace",)),
    )
    gazetteer = Gazetteer.from_theatre(THEATRE, world=False, extra=extra)
    assert gazetteer.places["kantsar"].names[0] == "Kantsar"
    assert gazetteer.find("Newplace")[0].place.id == "geonames-5"


def test_the_worlds_table() -> None:
    world = world_places()
    assert world.capital("FRA") is not None
    assert world.capital("FRA").name == "Paris"  # type: ignore[union-attr]
    assert [place.name for place in world.largest("FRA", 2)] == ["Paris", "Marseille"]
    assert world.capital("XXX") is None
    assert world.largest("XXX") == []
    assert world.alpha3("fr") == "FRA"
    assert world.alpha3(None) == ""
    assert not world.knows("Qwzzzyx")
    kentucky = max(world.lookup("Ky."), key=lambda place: place.population)
    assert (kentucky.kind, kentucky.admin1) == ("admin1", "US.KY")


def test_distance() -> None:
    assert distance_km(0, 0, 0, 180) == pytest.approx(20015, rel=0.001)
    assert distance_km(10, 20, 10, 20) == 0


def test_names_with_an_arabic_article_are_known_in_every_romanisation() -> None:
    gazetteer = Gazetteer(
        [
            Place(id="shams", kind="settlement", names=("Kafr al-Shams",), lat=33.0, lon=35.0, precision="settlement"),
            Place(id="one", kind="settlement", names=("Wadi al-Zayt",), lat=33.1, lon=35.0, precision="settlement"),
            Place(id="other", kind="settlement", names=("Wadi az-Zeit",), lat=33.2, lon=35.0, precision="settlement"),
        ]
    )
    assert [hit.place.id for hit in gazetteer.find("Kafr ech-Chams", fuzzy=False)] == ["shams"]
    spots = gazetteer.scan("Shells fell on Kafr ash-Shams and beyond.")
    assert [(spot.start_char, spot.end_char, spot.candidate.place.id) for spot in spots] == [(15, 29, "shams")]
    # two places that a romanisation does not tell apart are not guessed between
    assert gazetteer.find("Wadi ez-Zait", fuzzy=False) == []


ROW = "{id}|Donji Kamen|Donji Kamen|Donyi,KM,Доњи|{lat}|20.5|{feature}|{code}|RS||00||||{people}||120|Zone|2020-01-01".replace(
    "|", "\t"
)


def test_a_geonames_dump(tmp_path: Path) -> None:
    dump = tmp_path / "RS.txt"
    rows = [
        ROW.format(id=1, lat=44.5, feature="P", code="PPL", people=312),
        ROW.format(id=2, lat=44.6, feature="S", code="HTL", people=0),
        ROW.format(id=3, lat=47.5, feature="P", code="PPL", people=0),
    ]
    dump.write_text("\n".join(rows) + "\n", encoding="utf-8")
    places = list(read_geonames(dump, countries=("rs",), box=(44.0, 20.0, 45.0, 21.0)))
    assert [(place.id, place.names, place.population) for place in places] == [
        ("geonames-1", ("Donji Kamen", "Donyi", "Доњи"), 312)
    ]
    assert list(read_geonames(dump, countries=("FR",))) == []


@pytest.mark.parametrize("line", ["1\ttoo\tfew", ROW.format(id=1, lat="north", feature="P", code="PPL", people=1)])
def test_a_broken_dump_says_where(tmp_path: Path, line: str) -> None:
    dump = tmp_path / "XX.txt"
    dump.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(ParseError, match=r"XX\.txt:1"):
        list(read_geonames(dump))
