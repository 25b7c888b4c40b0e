"""Deeds told on without their verb: who is counted, hit or dated at a further place."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.unit.extracting import reader
from trucewatch.model.records import Claim, Reading

Read = Callable[[str], Reading]


@pytest.fixture(scope="module")
def read() -> Read:
    return reader()


def told(claim: Claim) -> tuple[list[str], list[tuple[str, int | None]]]:
    return [place.text for place in claim.places], [(figure.measure, figure.low) for figure in claim.figures]


def test_victims_at_two_places_are_two_claims(read: Read) -> None:
    claims = read("One farmer was killed in Adre and another in Abeche on Thursday.").claims
    assert [told(claim) for claim in claims] == [(["Adre"], [("killed", 1)]), (["Abeche"], [("killed", 1)])]
    assert [claim.when.text for claim in claims] == ["on Thursday", "on Thursday"]


def test_a_count_that_goes_on_keeps_its_kind(read: Read) -> None:
    claims = read("Four soldiers were wounded in Adre, two near Abeche and one in Khartoum, the army of Chad said.").claims
    assert [told(claim) for claim in claims] == [
        (["Adre"], [("injured", 4)]),
        (["Abeche"], [("injured", 2)]),
        (["Khartoum"], [("injured", 1)]),
    ]
    assert {figure.population for claim in claims for figure in claim.figures} == {"combatant"}


def test_the_means_that_a_member_names_is_its_own(read: Read) -> None:
    claims = read("One soldier was killed by a sniper near Adre, another by a mine near Abeche.").claims
    assert [claim.act for claim in claims] == ["FIRE.SNIPER", "EXPLOSIVE.MINE_BLAST"]


def test_places_with_days_of_their_own_are_two_deeds(read: Read) -> None:
    claims = read("Sudan shelled Adre on Monday and Abeche on Wednesday.").claims
    assert [(told(claim)[0], claim.when.text) for claim in claims] == [
        (["Adre"], "on Monday"),
        (["Abeche"], "on Wednesday"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Sudanese drones hit a lorry in Adre and a warehouse in Abeche.",
        "Sudan fired rockets at a base in Adre and at an arms factory in Abeche.",
        "Sudan fired rockets at Adre and drones at Abeche.",
        "Sudanese jets bombed Adre and, hours later, Abeche.",
    ],
)
def test_things_hit_at_two_places_are_two_deeds(read: Read, text: str) -> None:
    assert [told(claim)[0] for claim in read(text).claims] == [["Adre"], ["Abeche"]]


def test_volleys_and_parts_in_an_aside(read: Read) -> None:
    volleys = read("Sudan fired 20 rockets at Adre, 30 at Abeche and five at Khartoum.").claims
    assert [told(claim)[0] for claim in volleys] == [["Adre"], ["Abeche"], ["Khartoum"]]
    killed = read("At least 12 people were killed in Khartoum, including two children, and nine in Abeche.").claims
    assert [told(claim)[0] for claim in killed] == [["Khartoum"], ["Abeche"]]
    assert told(killed[1])[1] == [("killed", 9)]


@pytest.mark.parametrize(
    "text",
    [
        "Sudan shelled Adre, Abeche and Khartoum on Monday.",
        "Sudanese jets hit a house in Adre, a town in eastern Chad.",
        "Sudan carried out an air strike on a bridge in Adre, the first on the town since June.",
        "Two people were killed in Adre, one of them in a shop near Abeche.",
        "The army of Sudan denied that one person was killed in Adre and another in Abeche.",
    ],
)
def test_one_deed_stays_one(read: Read, text: str) -> None:
    assert len(read(text).claims) == 1


def test_a_war_counted_by_country_is_summed_in_both(read: Read) -> None:
    claims = read("About 1,200 people were killed in Chad and 158 in Sudan, the government said.").claims
    assert {claim.act for claim in claims} == {"TOLL"}
