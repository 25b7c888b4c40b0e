"""Blame, refusals, threats and talks told without their plain word, on made-up sentences; and what only looks like them."""

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
    "text",
    [
        "For its part, Chad held Sudan responsible for the flare-up.",
        "“This is barbarism against our people,” the Chadian army said of the shelling of Tina.",
        "Sudan's army said the Chadian aggression was the root cause of the war.",
        "The Chadian army said Sudan was a rogue state that had to be stopped.",
        "The Chadian army described the raid as one of the gravest attacks of the war.",
        "The Chadian army described the strike as a “revenge operation”.",
        "The Sudanese army called the words a veiled threat.",
        "The Sudanese army said the Chadian response seems disproportionate.",
        "“It was a premeditated attack,” the Chadian army said.",
        "The Sudanese minister said the Chadian army was too slow in disarming the rebels.",
    ],
)
def test_judgement_is_blame(read: Read, text: str) -> None:
    assert "ACCUSE" in {act_class(c.act) for c in read(text).claims}, [(c.act, c.reasons) for c in read(text).claims]


@pytest.mark.parametrize(
    "text",
    [
        "The peacekeepers' spokesman told reporters that the mission was staying.",
        "The Chadian army said it would not decide before the situation was clear.",
        "The Sudanese minister said Chad had made no commitment concerning the border.",
        "Chad expressed its opposition to the disarmament of the rebels.",
        "A Sudanese source said Chad refused to give guarantees on the truce.",
        "The Chadian minister said the disarmament of the rebels was off the table.",
        "“We have proposed talks to Chad. They have not answered,” the Sudanese army said.",
        "Chad's army said no to the truce proposed by Sudan.",
    ],
)
def test_what_one_will_not_do_is_refused(read: Read, text: str) -> None:
    assert "REFUSE" in {c.act for c in read(text).claims}, [(c.act, c.reasons) for c in read(text).claims]


@pytest.mark.parametrize(
    "text",
    [
        "“Firing at our soldiers will be an act of war,” the Chadian minister said.",
        "“If until now we kept the rebels and Sudan apart, that will no longer be so,” the Chadian minister said.",
        "The Chadian army said anyone near rebel fighters was putting his life at risk.",
        "The Chadian minister said the war would spread if the truce was not extended.",
        "The Chadian army chief warned that Chad had many capabilities that it had not yet used.",
        "The Chadian minister said there would be no calm in Khartoum as long as there was no quiet on the border.",
        "The Chadian army said the days of the rebels' leaders were numbered.",
        "“Our hands will not be tied,” the Chadian army said.",
    ],
)
def test_what_is_held_out_is_a_threat(read: Read, text: str) -> None:
    assert "THREATEN" in {act_class(c.act) for c in read(text).claims}, [(c.act, c.reasons) for c in read(text).claims]


@pytest.mark.parametrize(
    "text",
    [
        "A telephone conversation took place between the Chadian and Sudanese ministers.",
        "The Chadian defence minister called his counterparts in Cairo and Khartoum.",
        "The Sudanese president said that peace talks with Chad were making progress.",
        "The Sudanese foreign minister is expected to meet his Chadian counterpart in Cairo on Friday.",
        "The Chadian envoy had been in contact with both capitals.",
        "The war was high on the agenda of the meeting between the Chadian and Sudanese ministers.",
    ],
)
def test_talks_are_told_by_what_comes_of_them(read: Read, text: str) -> None:
    assert "TALKS.MEET" in {c.act for c in read(text).claims}, [(c.act, c.reasons) for c in read(text).claims]


def test_a_mediation_names_its_mediator(read: Read) -> None:
    told = read("The shelling ended after talks in Cairo with Egyptian mediation, the Chadian army said.").claims
    assert ("TALKS.MEDIATE", "Egyptian") in {(c.act, words(c, "attributed_to")) for c in told}


@pytest.mark.parametrize(
    "text",
    [
        "The Chadian team held on to win and will stay in the league.",
        "The minister was expected to meet the deadline for the budget.",
        "The war museum said its halls would remain open until Friday.",
        "“It was a great match,” the Chadian coach said of the win over Sudan.",
        "The Chadian bank said it would not decide on rates before Friday.",
        "Sudan has many mines and rivers that it has used for years.",
    ],
)
def test_peaceful_words_are_no_act(read: Read, text: str) -> None:
    assert not [c for c in read(text).claims if act_class(c.act) in ("ACCUSE", "THREATEN", "CONSULT", "REJECT")]


def test_a_verb_hung_on_a_name_is_the_sentences_own(read: Read) -> None:
    told = read("The Sudanese spokeswoman, Amna Idris, called last week for the border road to be opened.").claims
    assert [c.act for c in told if c.act.startswith("DEMAND")] == ["DEMAND.OTHER"]
    told = read("The Chadian minister, who flew to Khartoum with a letter, called on Sudan to keep the truce.").claims
    assert "REQUEST" in {act_class(c.act) for c in told}


@pytest.mark.parametrize(
    ("text", "act"),
    [
        (
            "Egyptian soldiers will take part in a joint monitoring centre with Sudan, the Chadian minister said.",
            "OFFER.MONITORS",
        ),
        ("The mission in Sudan said its patrols had resumed along the border.", "OFFER.MONITORS"),
        ("A committee chaired by Egypt will look into the reports of violations, the Chadian army said.", "OFFER.MONITORS"),
        ("“If you stop your attacks on our towns, we will stop,” the Chadian rebels said.", "OFFER.OTHER"),
        ("The Chadian defence ministry announced a stop of fire from 18:30.", "AGREE.CEASEFIRE"),
        ("The Sudanese army said hospitals in Sudan were ready to treat the wounded.", "AID.DELIVERY"),
        ("The Chadian minister vowed that Chad would stand by the Sudanese armed forces.", "OFFER.OTHER"),
        ("The Sudanese minister said Egypt invites both sides to respect the truce.", "DEMAND.CEASE_FIRE"),
        ("Chad invited Sudan to dialogue after the shelling.", "DEMAND.TALKS"),
        ("The Egyptian army invited its neighbours to restraint after Chad shelled Sudan.", "DEMAND.CEASE_FIRE"),
    ],
)
def test_what_is_held_out_for_a_truce(read: Read, text: str, act: str) -> None:
    assert act in {c.act for c in read(text).claims}, [(c.act, c.reasons) for c in read(text).claims]


def test_who_is_told_that_he_should_is_asked(read: Read) -> None:
    claims = read("The Egyptian minister told Chad in a phone call that it should halt the attack on Tina.").claims
    asked = [c for c in claims if c.act.startswith("DEMAND")]
    assert [words(c, "target") for c in asked] == ["Chad"]


def test_whom_a_promise_is_refused_blocks_no_road(read: Read) -> None:
    acts = [c.act for c in read("A Sudanese source said Chad refused to give guarantees on the truce.").claims]
    assert acts == ["REFUSE"]


def test_a_headlines_accused_does_not_speak(read: Read) -> None:
    claims = read("Chad accused of firing from Tina").claims
    assert not [c for c in claims if words(c, "claimant") == "Chad"]


@pytest.mark.parametrize(
    "text",
    [
        "There is a risk that Chadian forces will shell Tina, the Sudanese army said.",
        "If Chad shells Tina again, the war will widen, analysts say.",
        "The Chadian army has orders not to fire.",
        "Sudan accused the Chadian army of planning to attack Tina.",
    ],
)
def test_what_is_feared_or_planned_is_no_deed(read: Read, text: str) -> None:
    assert not [c for c in read(text).claims if act_class(c.act) in ("ASSAULT", "THREATEN")]
