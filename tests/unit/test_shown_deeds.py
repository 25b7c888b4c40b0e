"""Deeds told by films, headlines, outcomes and nouns; people carried off; what dates a denial and what stands beside it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.unit.extracting import reader
from trucewatch.model.codebook import act_class
from trucewatch.model.records import Reading

Read = Callable[[str], Reading]


@pytest.fixture(scope="module")
def read() -> Read:
    return reader()


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Chad's army released footage which it said showed strikes on tanks.", "FIRE"),
        ("A rights group documented the use of cluster bombs in Adre.", "WEAPON.PROHIBITED"),
        ("Chad had tried to send a commando unit into Adre, Sudan said.", "ADVANCE.SABOTAGE_RECON"),
        ("The front near Adre has been under bombardment since Sunday.", "FIRE.HEAVY"),
        ("Fighting for the town of Adre went on all night, Chad's army said.", "FIRE.CLASH"),
        ("Sudan's units had gone on firing at the outskirts of Adre, Chad said.", "FIRE"),
        ("Chad said that Sudan's army staged a provocation near Adre at 11:00.", "FIRE"),
        ("The bombing of a school in Khartoum drew anger in Chad.", "CIV.ATTACK_OBJECTS"),
        ("Khartoum shelled again overnight", "FIRE.HEAVY"),
        ("Sudanese shelling wounds two in Adre", "FIRE.HEAVY"),
        ("Chad's army said it had targeted weapons depots of Sudan's rocket unit.", "FIRE"),
    ],
)
def test_one_act(read: Read, text: str, act: str) -> None:
    assert [claim.act for claim in read(text).claims] == [act]


def test_who_is_accused_to_have_done_it_did_it_by_the_accusers_word(read: Read) -> None:
    (claim,) = read("Chad accused a Sudanese jet to have shot down one of its helicopters.").claims
    assert act_class(claim.act) == "ASSAULT"
    assert claim.claimant is not None
    assert claim.claimant.text == "Chad"
    assert claim.attributed_to is not None
    assert "Sudanese" in (claim.attributed_to.text or "")


@pytest.mark.parametrize(
    ("text", "low"),
    [
        ("At least 40,000 people have left Chad, its army said.", 40000),
        ("The number of people who have crossed into Sudan has reached 9,400, Chad's army said.", 9400),
    ],
)
def test_those_who_left_are_counted(read: Read, text: str, low: int) -> None:
    claim = next(c for c in read(text).claims if act_class(c.act) == "DISPLACE")
    assert [(f.measure, f.low) for f in claim.figures] == [("displaced", low)]


@pytest.mark.parametrize(
    "text",
    [
        "Buses carrying the elderly left Adre at dawn as Chad's army shelled the fields.",
        "A convoy of refugees reached Khartoum as Chad's army shelled Adre.",
        "Chad's ombudsman said that ethnic cleansing was under way in Adre.",
        "The exodus from Adre, which Chad's army was shelling, went on for a third day.",
    ],
)
def test_people_are_on_their_way(read: Read, text: str) -> None:
    assert "DISPLACE" in [act_class(claim.act) for claim in read(text).claims]


def test_a_denial_dates_only_what_hangs_on_it(read: Read) -> None:
    """An attack told after "after" stays a claim where another sentence of the paragraph denies something."""
    text = "He spoke after Chad's jets bombed the town of Adre. Chad's army denied that it had used gas."
    assert ("asserts", "ASSAULT") in [(c.stance, act_class(c.act)) for c in read(text).claims]


def test_what_came_later_is_no_claim_of_its_own(read: Read) -> None:
    (claim,) = read("Chad's army shelled the town of Adre before it was stopped.").claims
    assert claim.act == "FIRE.HEAVY"


@pytest.mark.parametrize(
    "text",
    [
        "His wounds were light, Chad's army said.",
        "The mission reported 7,000 breaches of the ceasefire by Chad in a year.",
    ],
)
def test_no_such_harm(read: Read, text: str) -> None:
    assert [c for c in read(text).claims if c.act == "FIRE" and c.figures] == []
