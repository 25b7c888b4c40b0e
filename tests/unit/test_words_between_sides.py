"""Demands, threats and refusals that stand without a plain verb for them: which kind of act, by whom; and what is none."""

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
        # asked for
        ("Norway called both sides in Chad to restraint.", "REQUEST"),
        ("“We call the armies of both countries to observe the truce,” the Norwegian minister said.", "REQUEST"),
        ("Norway called at once to stop the shelling in Chad.", "REQUEST"),
        ("Chad invoked the defence clause of its treaty with Norway after the raid.", "REQUEST"),
        ("Norway recommended that the Sudanese army move ten miles south.", "REQUEST"),
        ("Norway suggested that both armies pull back from the river in Chad.", "REQUEST"),
        ("It is the duty of Sudan to hand over the maps of the minefields, the Chadian army said.", "REQUEST"),
        ("Chad said it was up to Sudan to end the war.", "REQUEST"),
        ("Chad will bring the issue of the shelling before the UN Security Council.", "REQUEST"),
        ("The Chadian army said that talks could not resume until Sudan withdrew.", "REQUEST"),
        ("Chad said the ceasefire was conditional on Sudan's withdrawal.", "REQUEST"),
        ("The Sudanese army said it had told peacekeepers to move away from the camp.", "REQUEST"),
        # threatened
        ("All options are open, the Chadian army said.", "THREATEN"),
        ("“If they come near the river, our soldiers will open fire,” the Chadian general said.", "THREATEN"),
        ("“Should the truce collapse, we will march on,” the Sudanese general said.", "THREATEN"),
        ("Chad said its troops had orders to shoot.", "THREATEN"),
        ("The Sudanese president said he had instructed the army to respond with force.", "THREATEN"),
        ("“It is our right to retaliate,” the Chadian general said.", "THREATEN"),
        ("Chad said the enemy would receive its just punishment.", "THREATEN"),
        ("“Nobody should test our patience,” the Sudanese general said.", "THREATEN"),
        ("The Sudanese president said that he would go to the end.", "THREATEN"),
        ("Chad warned that an all-out war with Sudan was approaching.", "THREATEN"),
        ("“We promise the enemy that the next raid will be harder,” the Sudanese army said.", "THREATEN"),
        # refused
        ("The Chadian army said it would not stop its raids as long as Sudanese soldiers held the river.", "REJECT"),
        ("“We will not withdraw from the valley,” the Sudanese army said.", "REJECT"),
        # stood by
        ("Norway would stand by Chad with all its means, its minister said.", "COOPERATE"),
        ("The rebel leader in Chad brushed aside the warning of the army.", "REJECT"),
        ("“We will never hand over our weapons,” the Chadian rebel leader said.", "REJECT"),
        ("The Chadian president said he would treat the decision of the court as null and void after the raids.", "REJECT"),
        # blamed
        ("“If the Norwegian envoys had stopped the war, this would not have happened,” the Chadian minister said.", "ACCUSE"),
        ("Chad said Sudan had implemented only part of the truce deal.", "ACCUSE"),
        ("Chad said that the Sudanese army had not withdrawn quickly enough.", "ACCUSE"),
        ("“We expected more from our allies,” the Chadian minister said after the raid.", "ACCUSE"),
        ("The Chadian president said this was an act of ethnic cleansing.", "ACCUSE"),
        ("Any Sudanese presence on the river would be regarded as an occupation, the Chadian army said.", "ACCUSE"),
        ("All responsibility for the raid rests on Sudan, the Chadian army said.", "ACCUSE"),
        # met
        ("The Norwegian president has sent his special envoy, Lars Berg, to the capital of Chad.", "CONSULT"),
        ("“We are in dialogue with all sides in Chad,” the Norwegian minister said.", "CONSULT"),
        ("Talks between Chad and Sudan will open on Friday in Oslo.", "CONSULT"),
        ("Chad renewed its readiness for negotiations with Sudan.", "CONSULT"),
        ("The Chadian minister said that the negotiations on the treaty with Sudan had been completed.", "CONSULT"),
        ("Chad accepted the wording proposed by Sudan.", "AGREE"),
        ("The Chadian army said that a cease-fire took effect at noon.", "AGREE"),
        # helped
        ("The Norwegian mission helped the Chadian army to clear the road.", "COOPERATE"),
        ("The Norwegian envoy called the ceasefire in Chad a historic chance.", "COOPERATE"),
        ("The Chadian minister said that Chad was ready to implement the resolution on the war.", "COOPERATE"),
        ("“Our peacekeepers are taking steps to stabilise the front in Chad,” the Norwegian army said.", "COOPERATE"),
        ("The Norwegian prime minister held talks in Chad with the Sudanese president.", "CONSULT"),
        ("The Norwegian president called the Chadian leader on Tuesday to discuss the war.", "CONSULT"),
        ("Norway announced that it had secured a truce in Chad.", "AGREE"),
    ],
)
def test_what_is_said_is_an_act(read: Read, text: str, kind: str) -> None:
    assert {act_class(c.act) for c in read(text).claims} == {kind}


@pytest.mark.parametrize(
    "text",
    [
        "All options are open to the buyer of the house in Chad.",
        "If the harvest fails, Chad will buy grain abroad, its minister said.",
        "If Sudan withdraws, Chad will help with the return of the wounded, and its farmers will sell more grain.",
        "The board of the bank in Chad called the shareholders to a meeting.",
        "Residents of Chad should not count on rain.",
        "A cabinet meeting is planned for Friday in the capital of Chad.",
        "The Chadian minister raised the price of grain before the session.",
    ],
)
def test_what_threatens_and_asks_nobody(read: Read, text: str) -> None:
    assert not {act_class(c.act) for c in read(text).claims} & {"THREATEN", "REQUEST", "CONSULT"}


def test_fire_that_does_not_stop_is_fire(read: Read) -> None:
    claims = read("Chad said that the Sudanese army had not stopped shelling the valley.").claims
    assert [(c.act, c.stance, words(c, "attributed_to")) for c in claims] == [("FIRE", "asserts", "the Sudanese army")]


def test_what_is_necessary_is_asked_for_once(read: Read) -> None:
    claims = read("“It is necessary to stop the war and to return to the table,” the Chadian minister said.").claims
    assert [act_class(c.act) for c in claims] == ["REQUEST"]


def test_two_things_asked_for_are_two_demands(read: Read) -> None:
    claims = read("Norway urged Sudan to withdraw its troops and to stop the shelling.").claims
    assert {(c.act, words(c, "claimant"), words(c, "target")) for c in claims} == {
        ("DEMAND.WITHDRAWAL", "Norway", "Sudan"),
        ("DEMAND.CEASE_FIRE", "Norway", "Sudan"),
    }


def test_one_thing_asked_for_in_two_words_is_one_demand(read: Read) -> None:
    assert len(read("Norway urged Sudan to show restraint and respect the ceasefire.").claims) == 1


def test_who_speaks_where_the_parser_hangs_the_verb_on_what_is_said(read: Read) -> None:
    claims = read("The Sudanese president said the talks had become useless and threatened to quit them.").claims
    assert [words(c, "claimant") for c in claims if c.act.startswith("THREAT")] == ["The Sudanese president"]


def test_a_place_that_opens_the_sentence_speaks(read: Read) -> None:
    claims = read("Norway offered mediation to Chad; in Khartoum the offer was refused.").claims
    assert [words(c, "claimant") for c in claims if c.act == "REFUSE"] == ["Khartoum"]


def test_residents_told_by_when_to_go_are_driven_out(read: Read) -> None:
    claims = read("Residents of the village were given until Friday to leave their homes, the mayor in Chad said.").claims
    assert [c.act for c in claims] == ["CIV.DISPLACEMENT"]


@pytest.mark.parametrize(
    ("text", "act", "doer"),
    [
        ("“There are no Sudanese soldiers in the valley,” the Sudanese minister said.", "FORCE.PROHIBITED_PRESENCE", "Sudan"),
        ("The Sudanese president said that his army had not a single mercenary in its ranks.", "FORCE.FOREIGN_FIGHTERS", "his"),
        ("The Sudanese army said that its soldiers stood only on the territory of Sudan.", "ADVANCE.LINE_CROSSING", "its"),
        ("The Sudanese army said that its strikes were not aimed at civilians.", "CIV.ATTACK_PERSONS", "its"),
        ("The Sudanese army denied any use of cluster bombs.", "WEAPON.PROHIBITED", "The Sudanese army"),
        ("Sudan denied the deliveries of weapons to the rebels.", "FORCE.BUILDUP", "Sudan"),
        (
            "The Sudanese army denied that rebel fighters had been seen near the river in Chad.",
            "FORCE.PROHIBITED_PRESENCE",
            "rebel",
        ),
        ("Sudan denied that it had any part in the ceasefire deal.", "AGREE.CEASEFIRE", "Sudan"),
        ("The Chadian army denied the loss of the village of Adre.", "ADVANCE.TERRITORY", ""),
        ("Chad denied that Sudan had stopped shelling the valley.", "DEESCALATE.CEASE_FIRE", "Sudan"),
    ],
)
def test_what_is_denied(read: Read, text: str, act: str, doer: str) -> None:
    claims = read(text).claims
    assert [(c.act, c.stance) for c in claims] == [(act, "denies")]
    assert doer.split()[0] in words(claims[0], "attributed_to") if doer else claims[0].attributed_to is None


@pytest.mark.parametrize(
    "answer",
    [
        "In Khartoum the blockade is called “a fiction”.",
        "Sudan was not aware of the blockade, its minister said.",
        "The Sudanese army refused this version.",
    ],
)
def test_what_answers_a_claim_denies_it(read: Read, answer: str) -> None:
    claims = read(f"Chad said that Sudan had blocked the road to the besieged town. {answer}").claims
    assert [(c.act.split(".")[0], c.stance) for c in claims] == [("ACCESS", "asserts"), ("ACCESS", "denies")]
    assert claims[1].responds_to == claims[0].id


def test_a_claim_that_another_called_baseless(read: Read) -> None:
    claims = read("Chad said that Sudan had blocked the road, an accusation that Khartoum called baseless.").claims
    assert [(words(c, "claimant"), c.stance) for c in claims] == [("Chad", "asserts"), ("Khartoum", "denies")]


def test_troops_of_others_that_are_not_there_are_denied_by_nobody(read: Read) -> None:
    assert not read("There were no Sudanese soldiers in the valley, the Chadian army said.").claims


def test_remarks_rejected_as_meddling_are_refused(read: Read) -> None:
    claims = read("Chad shelled the valley, Sudan said. Chad rejected the remarks as unacceptable interference.").claims
    assert [(c.act, c.stance) for c in claims] == [("FIRE.HEAVY", "asserts"), ("REFUSE", "asserts")]


@pytest.mark.parametrize(
    "text",
    [
        "The Chadian ministry said: “The Sudanese units must raise the white flag, and their council must be dissolved.”",
        "The Chadian ministry said that the Sudanese troops should be withdrawn.",
    ],
)
def test_what_must_be_dissolved_or_withdrawn_is_asked_of_whose_it_is(read: Read, text: str) -> None:
    assert [(c.act, words(c, "claimant")) for c in read(text).claims] == [("DEMAND.WITHDRAWAL", "The Chadian ministry")]
