"""Demands, offers, refusals, threats, blame, talks and calm on made-up sentences: which act, by whom, to whom."""

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


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Norway pressed Chad to reopen the road.", "REQUEST"),
        ("The court ordered Chad to let the trucks through.", "REQUEST"),
        ("The Chadian army told residents to leave before dark.", "REQUEST"),
        ("“It is time for Chad to withdraw,” the Sudanese president said.", "REQUEST"),
        ("“Stop this war now,” the Norwegian minister said.", "REQUEST"),
        ("Norway stands ready to act as a mediator.", "CONSULT"),
        ("Norway said it was ready to help with the return of the wounded.", "COOPERATE"),
        ("Norway said it would send medicine to Chad.", "AID"),
        ("Chad would never leave Sudan alone, its president said.", "COOPERATE"),
        ("Norway offered to host a meeting.", "COOPERATE"),
        ("Chad said Sudan would pay a heavy price for the raid.", "THREATEN"),
        ("Chad is ready for war, its minister said.", "THREATEN"),
        ("“If they do not leave, there will be no treaty,” the Chadian president said.", "THREATEN"),
        ("“Anyone who goes near the river puts his life at risk,” the Chadian army said.", "THREATEN"),
        ("Sudan said Chad planned to attack again.", "THREATEN"),
        ("Sudan said Chad had failed to protect the convoy.", "ACCUSE"),
        ("Sudan said Chad was looking for a pretext.", "ACCUSE"),
        ("Sudan said Chad had not yet implemented the agreement.", "ACCUSE"),
        ("The Norwegian premier called the raids unacceptable.", "ACCUSE"),
        ("Such raids may amount to war crimes, Norway said.", "ACCUSE"),
        ("Chad does not agree with the Sudanese position.", "REJECT"),
        ("The Chadian president pulled out of a meeting in Oslo.", "REJECT"),
        ("“There will be no negotiations under fire,” the Chadian minister said.", "REJECT"),
        ("Chad has no intention of withdrawing, its minister said.", "REJECT"),
        ("The Norwegian premier brought the Chadian and Sudanese presidents together.", "CONSULT"),
        ("The capital, Khartoum, was calm on Monday.", "CALM"),
        ("No violations were recorded overnight, the Norwegian mission said.", "CALM"),
        ("The ceasefire is holding, Chad said.", "CALM"),
        ("Chadian troops would stay in the valley, the ministry said.", "MOBILIZE"),
    ],
)
def test_what_is_said_is_an_act(read: Read, text: str, kind: str) -> None:
    found = {act_class(c.act) for c in read(text).claims}
    assert found == {kind}


def test_who_threatens_and_who_is_threatened(read: Read) -> None:
    claim = read("Chad said Sudan would pay a heavy price for the raid.").claims[0]
    assert (words(claim, "attributed_to"), words(claim, "target"), claim.modality) == ("Chad", "Sudan", "threatened")


def test_who_blames_and_who_is_blamed(read: Read) -> None:
    claim = read("Sudan said Chad had failed to protect the convoy.").claims[0]
    assert (words(claim, "attributed_to"), words(claim, "target")) == ("Sudan", "Chad")


def test_a_plan_of_attack_laid_to_another_is_his_threat(read: Read) -> None:
    claim = read("Sudan said Chad planned to attack again.").claims[0]
    assert (words(claim, "claimant"), words(claim, "attributed_to"), claim.act) == ("Sudan", "Chad", "THREAT.FORCE")


def test_two_things_promised_together_are_one_offer(read: Read) -> None:
    assert len(read("Norway said it would send fuel and pay the soldiers' salaries.").claims) == 1


@pytest.mark.parametrize(
    "text",
    [
        "The shopkeeper said he would pay a fair price for the car.",
        "The army ordered its soldiers to eat at noon.",
        "The player said the team had failed to score.",
        "The lake was calm.",
        "The critic called the film unacceptable.",
        "The ministry said it had failed to pay its own clerks.",
    ],
)
def test_peaceful_words_are_no_act(read: Read, text: str) -> None:
    assert not read(text).claims


def test_who_is_responsible_for_a_deed_did_it(read: Read) -> None:
    claim = read("Sudan said that Chad was responsible for the attack on the post.").claims[0]
    assert (act_class(claim.act), words(claim, "claimant"), words(claim, "attributed_to")) == ("ASSAULT", "Sudan", "Chad")


def test_who_brokered_a_truce_did_not_break_it(read: Read) -> None:
    claims = read("A truce brokered by Norway collapsed on Monday.").claims
    assert not [c for c in claims if act_class(c.act) == "ASSAULT" and words(c, "attributed_to") == "Norway"]
