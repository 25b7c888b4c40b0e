"""What is told of elsewhere makes no incident: on claims and a theatre made by hand."""

from __future__ import annotations

from datetime import date

import pytest

from trucewatch.model.records import Claim, ClaimPlace, Document, Figure, Ledger, Reading, Voice, When
from trucewatch.model.stage import Context
from trucewatch.model.theatre import Party, Place, Theatre
from trucewatch.stages import link
from trucewatch.stages.reconcile import STAGE as RECONCILE
from trucewatch.stages.settle import settle_claims

DAY = date(2021, 5, 2)
ALDER = Place(id="alder", kind="settlement", names=("Alder",), country="NOR", lat=10.0, lon=10.0)
THEATRE = Theatre(
    name="t",
    title="T",
    principals=("NOR", "SOU"),
    parties=(
        Party(code="NOR", names=("Northland",)),
        Party(code="SOU", names=("Southland",)),
        Party(code="FAR", names=("Farland",)),
    ),
    places=(ALDER,),
)
FAR_TOWN = ClaimPlace(text="Elm", place_id="geonames-1", name="Elm", lat=50.0, lon=50.0, precision="settlement", confidence=0.9)
NEAR_TOWN = ClaimPlace(text="Oak", place_id="geonames-2", name="Oak", lat=10.3, lon=10.3, precision="settlement", confidence=0.9)
KILLED = Figure(measure="killed", population="civilian", low=3, high=3, qualifier="exactly", text="three")


def claim(number: int, **values: object) -> Claim:
    base: dict[str, object] = {
        "id": f"clm-{number}", "document_id": "doc", "start_char": 0, "end_char": 4, "sentence_start_char": 0,
        "sentence_end_char": 4, "act": "FIRE", "when": When(earliest=DAY, latest=DAY, precision="day"), "figures": (KILLED,),
    }  # fmt: skip
    return Claim(**{**base, **values})  # type: ignore[arg-type]


def read(text: str, *claims: Claim, theatre: Theatre = THEATRE) -> Reading:
    document = Document(id="doc", source="s", input_path="s", sha256="x", text=text, published=When(earliest=DAY, latest=DAY))
    return settle_claims(Reading(document=document, claims=claims), Context(theatre=theatre))


def codes(reading: Reading) -> list[str]:
    return [issue.code for issue in reading.issues]


def test_a_document_that_names_no_side_and_no_place_of_the_theatre_makes_no_incident_and_says_so() -> None:
    reading = read("Three people died on a road.", claim(1), claim(2, act="TOLL"))
    assert [c.is_outside for c in reading.claims] == [True, True]
    assert codes(reading) == ["outside-theatre"]
    assert reading.issues[0].value == "2"
    context = Context(theatre=THEATRE)
    linked = link.run(Ledger(documents=(reading.document,), claims=reading.claims), context)
    assert linked.incidents == ()
    assert len(linked.claims) == 2
    assert RECONCILE.run_ledger is not None
    assert RECONCILE.run_ledger(linked, context).tolls == ()


@pytest.mark.parametrize("text", ["Northland was silent.", "Three people died."])
def test_a_claim_of_a_place_elsewhere_is_outside_whatever_else_the_document_tells(text: str) -> None:
    inside = claim(2, attributed_to=Voice(text="Southland", party="SOU"))
    reading = read(text, claim(1, places=(FAR_TOWN,)), inside)
    assert [c.is_outside for c in reading.claims] == [True, False]


@pytest.mark.parametrize(
    "values",
    [
        {"places": (NEAR_TOWN,)},
        {"places": (ClaimPlace(text="Alder", place_id="alder", name="Alder", confidence=0.9),)},
        {"places": (FAR_TOWN,), "target": Voice(text="Northland", party="NOR")},
        {"claimant": Voice(text="Southland", party="SOU")},
    ],
)
def test_what_touches_a_side_or_the_ground_of_the_theatre_stays(values: dict[str, object]) -> None:
    reading = read("They fired.", claim(1, **values))
    assert [c.is_outside for c in reading.claims] == [False]
    assert codes(reading) == []


def test_a_claim_without_place_or_side_stays_where_its_document_names_a_side() -> None:
    assert not read("Southland was silent. Three died.", claim(1)).claims[0].is_outside


def test_talks_held_elsewhere_are_the_theatres_where_the_document_names_a_side() -> None:
    talks = claim(1, act="TALKS.MEET", figures=(), places=(FAR_TOWN,))
    assert not read("Southland was silent. They met in Elm.", talks).claims[0].is_outside
    assert read("They met in Elm.", talks).claims[0].is_outside


def test_a_theatre_without_sides_takes_everything() -> None:
    nobody = Theatre(name="t", title="T")
    assert not read("Three people died.", claim(1, places=(FAR_TOWN,)), theatre=nobody).claims[0].is_outside
