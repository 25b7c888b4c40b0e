"""Denials and blame in plain phrasing: what is untrue, what never took place, who did it instead, what is told beside it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.unit.extracting import reader, words
from trucewatch.model.codebook import act_class
from trucewatch.model.records import Reading

Read = Callable[[str], Reading]


@pytest.fixture(scope="module")
def read() -> Read:
    return reader()


_FIRED = "Chad said Sudanese troops had crossed the border near Abeche. "
_KILLED = "Chad said 90 Sudanese soldiers had been killed near Abeche. "
_FREED = "Chad said ten Sudanese prisoners had been handed over in return for maps. "
_LEFT = "Norway announced that Sudan had withdrawn its troops from Abeche. "


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (_LEFT + "Sudan's ministry said the same night that the information was untrue.", "RETREAT"),
        (_FIRED + "Sudan said the same evening that the report was a lie.", "MOBILIZE"),
        (_KILLED + "Sudan's ministry said the figure of 90 dead had nothing to do with reality.", "ASSAULT"),
        (_FIRED + "Sudan's ministry said the claim had nothing in common with the truth.", "MOBILIZE"),
        (_FREED + "Sudan denied that there had been any exchange.", "RETREAT"),
        (_FREED + "Sudan denied that a swap had taken place.", "RETREAT"),
        ("The Sudanese company said it had no relation to the interruption of the gas supply to Chad.", "COERCE"),
        ("Sudan said it had nothing to do with the cutting of electricity in Abeche.", "COERCE"),
        (
            "Chad has ruled out a role for Sudan, which it accuses of sending fighters to the front, an accusation Sudan denies.",
            "MOBILIZE",
        ),
    ],
)
def test_it_is_denied(read: Read, text: str, kind: str) -> None:
    denials = {act_class(claim.act) for claim in read(text).claims if claim.stance == "denies"}
    assert kind in denials


@pytest.mark.parametrize(
    "text",
    [
        _FIRED + "Sudan said the same night that talks would go on.",
        _KILLED + "Sudan's plan has nothing to do with this war, its minister said.",
        _FREED + "Sudan said there had been an exchange.",
        _FREED + "Sudan asked whether there had been any exchange.",
        "Sudan said it would see to the supply of gas to Chad after the interruption.",
    ],
)
def test_nothing_is_denied(read: Read, text: str) -> None:
    assert all(claim.stance != "denies" for claim in read(text).claims)


def test_the_dead_of_a_figure_called_untrue_are_counted_by_nobody(read: Read) -> None:
    claims = read(_KILLED + "Sudan's ministry said the figure of 90 dead had nothing to do with reality.").claims
    assert all(not c.figures for c in claims if "Sudan" in words(c, "claimant"))


def test_reports_called_baseless_are_those_of_the_paragraph(read: Read) -> None:
    text = (
        "Chadian women were evacuated from Abeche, the local council said.\n\n"
        "The gas supply to Chad was cut on Monday. Sudan's gas company called the reports baseless."
    )
    assert {c.act for c in read(text).claims if c.stance == "denies"} == {"UTILITY.OUTAGE"}


@pytest.mark.parametrize(
    ("text", "doer"),
    [
        ("Chad said Abeche was shelled not by Norway but by Sudan.", "Sudan"),
        ("Chad said the road was closed not by the crowd but by Sudanese soldiers.", "Sudanese soldiers"),
    ],
)
def test_who_did_it_instead(read: Read, text: str, doer: str) -> None:
    assert [words(c, "attributed_to") for c in read(text).claims] == [doer]


def test_what_was_not_done_by_one_but_by_another_is_denied_and_told(read: Read) -> None:
    claims = read("Chad said the bridge was not hit by Norwegian shells, but by Sudanese rockets.").claims
    assert {(c.stance, words(c, "attributed_to")) for c in claims} == {("denies", "Norwegian"), ("asserts", "Sudanese")}


def test_who_did_it_beside_another_is_not_told_as_done_instead(read: Read) -> None:
    claims = read("Chad said the bridge was not hit by Norwegian shells or by Sudanese rockets.").claims
    assert all(c.stance == "denies" for c in claims)


def test_a_strike_laid_to_somebody_is_told_by_who_lays_it(read: Read) -> None:
    text = "Five people died in Abeche in a rocket attack which the Chadian army blamed on Sudan."
    laid = next(c for c in read(text).claims if words(c, "attributed_to") == "Sudan")
    died = next(c for c in read(text).claims if c.figures)
    assert (words(laid, "claimant"), words(died, "claimant"), words(died, "attributed_to")) == ("the Chadian army", "", "")


@pytest.mark.parametrize(
    ("text", "claimant"),
    [
        ("The Norwegian minister urged Sudan, which had shelled Abeche on Monday, to pull back its troops.", ""),
        ("Norway announced a truce on 25 October, which Sudan broke within the hour by shelling Abeche.", ""),
        ("The Chadian army said Sudan, which shelled Abeche on Monday, had fired again.", "The Chadian army"),
    ],
)
def test_whose_the_fact_told_beside_is(read: Read, text: str, claimant: str) -> None:
    claim = next(c for c in read(text).claims if c.act == "FIRE.HEAVY")
    assert words(claim, "claimant") == claimant


def test_what_a_refused_plan_would_do_is_not_told_as_done(read: Read) -> None:
    claims = read("Norway rejected the plan, which would have sent troops to Chad.").claims
    assert all(act_class(c.act) != "MOBILIZE" for c in claims)


def test_a_reason_behind_an_answer_is_the_answerers(read: Read) -> None:
    text = "Chad called the exodus a crime, a charge that Sudan rejected, saying people were leaving of their own free will."
    claim = next(c for c in read(text).claims if c.act == "CIV.FLIGHT")
    assert words(claim, "claimant") == "Sudan"


def test_the_reason_behind_a_denial_and_a_colon_is_the_deniers(read: Read) -> None:
    claims = read("The Chadian ministry denied the report: no Chadian soldier crossed the border.").claims
    assert [(c.stance, words(c, "claimant")) for c in claims] == [("denies", "The Chadian ministry")]


def test_what_witnesses_saw_behind_a_denial_is_theirs(read: Read) -> None:
    claims = read("Sudan denies it shelled Abeche: witnesses saw Sudanese guns fire at the town.").claims
    assert {(c.stance, words(c, "claimant")) for c in claims} == {("denies", "Sudan"), ("asserts", "witnesses")}


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Sudanese forces have again taken revenge on the people of Abeche.", {"ASSAULT"}),
        ("Sudan took revenge by shelling Abeche.", {"ASSAULT"}),
        ("Sudan will take revenge for the attack, its ministry said.", {"THREATEN"}),
        ("Sudan vowed to take revenge on Chad.", {"THREATEN"}),
        ("Sudan has not taken revenge for the raid.", set()),
    ],
)
def test_revenge_taken_is_a_deed_and_revenge_to_come_a_threat(read: Read, text: str, kinds: set[str]) -> None:
    assert {act_class(claim.act) for claim in read(text).claims} == kinds
