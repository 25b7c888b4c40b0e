"""Acts told by a turn of phrase: by sound, by what ends, by what no longer comes through, by threats without a word of threat."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.unit.extracting import reader, words
from trucewatch.model.records import Reading

Read = Callable[[str], Reading]


@pytest.fixture(scope="module")
def read() -> Read:
    return reader()


@pytest.mark.parametrize(
    ("text", "act"),
    [
        # heard
        ("Villagers near the Chadian border heard artillery fire all night.", "FIRE.HEAVY"),
        ('"We heard howitzers until dawn," said Amina, a nurse from Chad.', "FIRE.HEAVY"),
        ("A series of blasts shook Khartoum in Sudan early on Sunday.", "FIRE"),
        ("Peacekeepers in Chad heard drones over the camp of the rebels.", "AIR.OVERFLIGHT"),
        # ended
        ("The fighting between Chad and Sudan stopped at noon, the Kenyan army said.", "DEESCALATE.CEASE_FIRE"),
        ("Clashes on the border of Chad died down on Monday, the Sudanese army said.", "DEESCALATE.CEASE_FIRE"),
        ("An uneasy calm returned to the front between Chad and Sudan on Friday.", "CALM"),
        ("A ceasefire between Chad and Sudan took effect at midnight.", "AGREE.CEASEFIRE"),
        # closed
        ("Gas stopped flowing from Sudan to the besieged Chadian enclave on Monday.", "UTILITY.OUTAGE"),
        ("Chad accused Sudan of turning off the gas in the besieged enclave.", "UTILITY.OUTAGE"),
        ("Repair crews were not being allowed in, the army of Chad said.", "ACCESS.BLOCKADE"),
        ("The army of Chad said that 900 people were unable to return home.", "CIV.DISPLACEMENT"),
        ("Only a tenth of the usual food is reaching the besieged town, the army of Chad said.", "ACCESS.AID_DENIAL"),
        ("Protesters have occupied the road to the besieged town in Chad since Friday.", "ACCESS.BLOCKADE"),
        # threatened
        ('"We are not finished," the army of Chad said after the raid.', "THREAT.FORCE"),
        ("The army of Chad said the border dispute would be settled by military means.", "THREAT.FORCE"),
        ('"The response will be painful," the army of Chad said.', "THREAT.FORCE"),
        ('"Whoever attacks us will be hit hard," the army of Chad said.', "THREAT.FORCE"),
        ("The rebels of Chad pledged to continue their fight in support of Sudan.", "THREAT.FORCE"),
        # asked, met, agreed
        ("Chad turned to Kenya for help against the rebels.", "DEMAND.OTHER"),
        ('"A ceasefire is the only way to save Sudan," the president of Kenya said.', "DEMAND.CEASE_FIRE"),
        ("Fighting broke out in Sudan after calls from Kenya to Chad and Niger failed.", "TALKS.MEET"),
        ("The president of Kenya flew to Sudan on Monday for talks with the army.", "TALKS.MEET"),
        ("The foreign ministers of Chad and Sudan are due to meet on Friday.", "TALKS.MEET"),
        ("The government of Chad said that it would abide by the truce.", "AGREE"),
        # kept
        ("Dozens of Sudanese prisoners are still being held in Chad.", "POW.NON_RELEASE"),
        ("Chad has not returned the prisoners, the Sudanese army said.", "POW.NON_RELEASE"),
        ("The exchange of bodies between Chad and Sudan has not taken place.", "REMAINS.NON_RETURN"),
    ],
)
def test_turns_of_phrase_report_the_act(read: Read, text: str, act: str) -> None:
    claims = read(text).claims
    assert any(c.act.startswith(act) and c.stance == "asserts" for c in claims), [(c.act, c.stance) for c in claims]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("The army of Chad insisted that its soldiers respected the law of war.", "DEMAND"),
        ("The ambulance crews of Chad heard nothing from the army.", "FIRE"),
        ("Speaking in Chad on Sunday, the general praised his soldiers.", "TALKS"),
        ("The general landed in Chad in a storm of rain.", "FIRE"),
        ("The army of Chad said that a meeting took place in the hills.", "ADVANCE"),
        ("Air raid sirens sounded in Khartoum in Sudan on Wednesday.", "AIR"),
        ("The fate of the region was unclear until the fighting stopped, the army of Chad said.", "DEESCALATE"),
        ("The mayor called the talks with the army of Chad a good start.", "BLAME"),
    ],
)
def test_their_look_alikes_do_not(read: Read, text: str, act: str) -> None:
    assert not [c.act for c in read(text).claims if c.act.startswith(act)]


def test_whose_shelling_is_told_beside_ones_own_fire(read: Read) -> None:
    text = 'The army of Chad said: "Artillery was used only against the posts from which Sudan is shelling our villages."'
    assert len([c for c in read(text).claims if c.act.startswith("FIRE")]) == 2


def test_who_adopts_a_resolution_condemns(read: Read) -> None:
    claims = read("The parliament of Kenya adopted a resolution condemning Chad for the shelling of villages.").claims
    assert [words(c, "attributed_to") for c in claims if c.act == "BLAME"] == ["The parliament of Kenya"]
    assert not [c for c in claims if c.act.startswith("AGREE")]


def test_help_without_goods_is_no_aid(read: Read) -> None:
    claims = read(
        '"We are ready to provide the assistance needed to calm the situation in Sudan," the president of Kenya said.'
    ).claims
    assert [c.act for c in claims] == ["OFFER.OTHER"]


def test_a_second_clause_that_opens_with_its_own_time_is_of_that_time(read: Read) -> None:
    text = "In May Sudan bombed a convoy near Khartoum, and in July the Chadian army said it had destroyed a post of Sudan."
    assert [claim.when.text for claim in read(text).claims] == ["In May", "in July"]
