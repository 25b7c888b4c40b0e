"""Which place a shared name means in a document, and the bench that measures it on made-up answers."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any

import pytest

from trucewatch.model.theatre import Party, Place, Theatre
from trucewatch.text.gazetteer import Gazetteer
from trucewatch.text.geoparse import PlaceMention, find_places, people_of
from trucewatch.text.parse import Block, Parser
from trucewatch.text.senses import NameInText, choose_senses, forms_of, qualifier_after

STATES = (
    Party(code="LVA", names=("Latvia",), demonyms=("Latvian",)),
    Party(code="FRA", names=("France",), demonyms=("French",)),
)
WORLD = Theatre(name="world", title="The world", parties=STATES)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.from_theatre(WORLD)


@pytest.fixture(scope="module")
def parser() -> Parser:
    return Parser()


def names(*texts: str) -> list[NameInText]:
    return [NameInText(text, number * 20, number * 20 + len(text)) for number, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("texts", "name", "admin1"),
    [
        (("Alexandria", "Rapides Parish", "Pineville"), "Alexandria", "US.LA"),
        (("Alexandria", "Arlington County", "Fairfax"), "Alexandria", "US.VA"),
        (("Springfield", "Joplin", "Branson", "Missouri"), "Springfield", "US.MO"),
        (("Paris",), "Paris", "FR.11"),
    ],
)
def test_names_are_decided_together(gazetteer: Gazetteer, texts: tuple[str, ...], name: str, admin1: str) -> None:
    assert choose_senses(names(*texts), gazetteer)[name][0].admin1 == admin1


def test_a_qualifier_decides(gazetteer: Gazetteer) -> None:
    senses = choose_senses([NameInText("Paris", 0, 5, "Texas"), NameInText("Texas", 7, 12)], gazetteer)
    assert senses["Paris"][0].admin1 == "US.TX"


def test_unknown_names_are_left_out(gazetteer: Gazetteer) -> None:
    assert choose_senses(names("Qwzzzyx"), gazetteer) == {}
    assert choose_senses([], gazetteer) == {}
    assert choose_senses(names("Paris"), Gazetteer([])) == {}


def test_forms() -> None:
    assert "saint Cloud" in forms_of("St. Cloud")
    assert "Dallas" in forms_of("downtown Dallas")
    assert forms_of("W.Va.")[0] == "W.Va."


def test_qualifiers() -> None:
    assert qualifier_after("Paris, Texas, on Monday", 5) == "Texas"
    assert qualifier_after("Paris (Texas)", 5) == "Texas"
    assert qualifier_after("Paris on Monday", 5) is None


@pytest.mark.parametrize(("word", "code"), [("Latvians", "LVA"), ("French", "FRA"), ("Kenyans", "KEN"), ("Texan", "USA")])
def test_people_lead_to_their_country(gazetteer: Gazetteer, word: str, code: str) -> None:
    row = people_of(word, gazetteer)
    assert row is not None
    assert row.country == code


def test_no_people(gazetteer: Gazetteer) -> None:
    assert people_of("Republicans", gazetteer) is None
    assert people_of("Latvians", Gazetteer([])) is None


def test_a_document(gazetteer: Gazetteer, parser: Parser) -> None:
    text = "Latvian officials met in Lyon, France, on Monday. The University of Alabama sent a team to Springfield, Ill."
    found = {mention.text: mention for mention in find_places([Block(parser.nlp(text), 1000, 0)], gazetteer)}
    assert found["Latvian"].place is not None
    assert found["Latvian"].place.country == "LVA"
    assert found["Lyon"].start_char == 1000 + text.index("Lyon")
    assert found["Lyon"].place is not None
    assert found["Lyon"].place.country == "FRA"
    assert found["Alabama"].place is not None
    springfield = next(mention for name, mention in found.items() if name.startswith("Springfield"))
    assert springfield.place is not None
    assert springfield.place.lat == pytest.approx(39.8, abs=0.2)


def test_nothing_without_the_world(parser: Parser) -> None:
    assert find_places([Block(parser.nlp("They met in Lyon."), 0, 0)], Gazetteer([])) == ()


def _bench() -> Any:
    path = Path(__file__).resolve().parents[2] / "bench" / "quality" / "places.py"
    spec = importlib.util.spec_from_file_location("bench_places", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["bench_places"] = module
    spec.loader.exec_module(module)
    return module


def test_the_bench_on_made_up_answers() -> None:
    bench = _bench()
    gold = [
        bench.Toponym(0, 4, "Lyon", (45.75, 4.85)),
        bench.Toponym(10, 15, "Paris", (48.85, 2.35)),
        bench.Toponym(20, 24, "Road", None),
    ]
    lyon = Place(id="a", kind="settlement", names=("Lyon",), lat=45.7, lon=4.8)

    def mention(start: int, end: int, place: Place | None) -> PlaceMention:
        return PlaceMention("x", start, end, place, 1.0, "GPE")

    right, _ = bench.score(
        gold, [mention(0, 4, lyon), mention(10, 15, Place(id="b", kind="settlement", names=("P",), lat=48.8, lon=2.3))]
    )
    assert bench.shares(right) == {"gold": 2, "found": 1.0, "located": 1.0, "precision": 1.0}
    wrong, misses = bench.score(gold, [mention(10, 15, lyon), mention(30, 34, lyon)])
    assert bench.shares(wrong) == {"gold": 2, "found": 0.5, "located": 0.0, "precision": 0.5}
    assert len(misses) == 2
    empty, _ = bench.score([], [])
    assert bench.shares(empty) == {"gold": 0, "found": 0.0, "located": 0.0, "precision": 0.0}


def test_the_bench_straightens_drifting_spans() -> None:
    bench = _bench()
    assert bench.straighten("They met in Lyon.", 13, 17, "Lyon") == (12, 16)
    assert bench.straighten("They met in Lyon.", 12, 16, "Lyon") == (12, 16)
    assert bench.straighten("They met.", 2, 4, "Lyon") == (2, 4)
