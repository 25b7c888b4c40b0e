"""Verbs of acts in company that makes them no act (company.py), one deed told twice (echoes.py), deeds laid at a door."""

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


def acts(reading: Reading) -> list[str]:
    return [claim.act for claim in reading.claims]


@pytest.mark.parametrize(
    "text",
    [
        "Sudan said that its fort, which lies in a valley, was old.",
        "The minister declined to say how many posts Chad has.",
        "Sudan and Chad will withdraw their claims before the court in Geneva.",
        "Chad released a list of 40 Sudanese soldiers.",
        "A Chadian patrol visited the well on Sunday.",
        "The treaty left Chad in control of the oasis.",
        "In Adre, residents took their children into cellars, Chad said.",
        "Adre is recognised as part of Chad.",
        "The Sudanese ministry waited for help from Chad.",
        "The officers who train Chadian soldiers live in Adre.",
        "The Chadian missile submarine reached Toulon on Monday.",
        "Chad said that nobody should forget the war.",
        "Chadian soldiers raised the flag at their barracks.",
        "Chad expressed regret on Monday.",
        "Sudan said that its fort, which lies about two miles from Adre, was old.",
        "I told the Chadian soldiers, shoot me, a woman said.",
        "There was no evidence of Chadian shelling.",
        "A video from Chad captured footage of the flood.",
        "The farmer from Chad left his car near Adre.",
        "The prisoner from Chad pleaded not guilty.",
        "The Chadian army moved its museum to Sudan.",
        "The police of Chad pulled out their notebooks.",
        "Chad remains in a state of mourning.",
    ],
)
def test_a_verb_in_peaceful_company_is_no_act(read: Read, text: str) -> None:
    assert acts(read(text)) == []


def test_troops_sent_running_are_sent_nowhere(read: Read) -> None:
    """The gunfire is told, and no march."""
    assert acts(read("Gunfire sent Chadian troops running.")) == ["FIRE.SMALL_ARMS"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Sudan said that the Chadian government was lying about the raid on Adre.", "ACCUSE"),
        ("Chad refused to release the Sudanese prisoners.", "REJECT"),
        ("Chad withdrew its soldiers from Adre on Monday.", "RETREAT"),
        ("Chad released 12 Sudanese prisoners on Monday.", "RETREAT"),
        ("The French foreign minister visited Chad on Monday.", "CONSULT"),
        ("Chad left its soldiers in Adre after the deadline, Sudan said.", "MOBILIZE"),
        ("Chad sent troops to the Sudanese border.", "MOBILIZE"),
        ("Chadian missiles reached the town of Adre, Sudan said.", "ASSAULT"),
        ("Chadian soldiers raised their flag over Adre, Chad said.", "TERRITORY"),
        ("Chad expects Sudan to release all prisoners.", "REQUEST"),
        ("Sudan called the sides to avoid any step that raises the tension.", "REQUEST"),
        ("Chad said that it had told the peacekeepers to enter their shelters.", "REQUEST"),
        ("France would stand by Chad with all its means, the French ministry said.", "COOPERATE"),
        ("Chad said that a column of peacekeepers had reached Adre.", "COOPERATE"),
        ("No gunfire was heard in Adre on Sunday, the Chadian army said.", "CALM"),
    ],
)
def test_in_its_own_company_it_is_one(read: Read, text: str, wanted: str) -> None:
    assert {act_class(act) for act in acts(read(text))} == {wanted}


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Sudan accused Chad of laying mines along the road to Adre.", "EXPLOSIVE.MINE_LAYING"),
        ("Sudan accused Chad of planting mines near Adre.", "EXPLOSIVE.MINE_LAYING"),
        ("Sudan accused Chad of digging trenches near Adre.", "FORCE.FORTIFICATION"),
        ("Sudan accused Chad of not returning the bodies of its soldiers.", "REMAINS.NON_RETURN"),
        ("Sudan accused Chad of refusing to hand over the maps.", "REFUSE"),
        ("Sudan accused Chad of holding 23 prisoners.", "CIV.DETENTION"),
        ("Sudan complained of sniper fire on its villages.", "FIRE.SNIPER"),
        ("Sudan blamed Chad for shelling the town of Adre.", "FIRE.HEAVY"),
        ("Sudan blamed Chad for the attack on Adre.", "FIRE"),
        ("Sudan held Chad responsible for the attack on Adre.", "BLAME"),
    ],
)
def test_what_one_is_accused_of_is_one_claim(read: Read, text: str, act: str) -> None:
    told = [claim for claim in read(text).claims if claim.act == act]
    assert len(told) == 1
    deeds = {claim.act for claim in read(text).claims if claim.act != act}
    assert deeds <= {"FIRE", "CIV.ATTACK_OBJECTS"} if act == "BLAME" else not deeds


@pytest.mark.parametrize(
    "text",
    [
        "The violence began on 8 May, when Chad fired rockets at Adre.",
        "A Chadian drone crashed in Adre and exploded, Sudan said.",
        "Sudan said that a missile was fired at Adre but was intercepted.",
        "Chadian rockets killed ten people in Adre, in the deadliest strike on civilians in a month.",
        "The Chadian strike on Adre is a war crime, Sudan said.",
        "A Chadian strike cut the road to Adre.",
        "A Sudanese farmer was shot and killed by Chadian soldiers near Adre on Monday.",
        "Chadian forces, armed with mortars, attacked a Sudanese post.",
        "Chadian forces supported by artillery attacked the districts surrounding Adre.",
        "The fighting began with a Chadian attack on Adre.",
    ],
)
def test_one_deed_told_twice_is_one_claim(read: Read, text: str) -> None:
    assert [act_class(act) for act in acts(read(text))] == ["ASSAULT"]


def test_a_rule_of_law_tells_of_no_attack(read: Read) -> None:
    told = acts(read('"Attacks on civilians anywhere are crimes," the Chadian minister said.'))
    assert told == ["BLAME"]


def test_who_was_captured_is_held_and_no_ground_is_taken(read: Read) -> None:
    told = acts(read("One Chadian soldier was killed and 12 were captured by Sudanese forces, Chad said."))
    assert "ADVANCE.TERRITORY" not in told
    told = acts(read("Two Chadian soldiers were shot after being captured by Sudanese forces."))
    assert "ADVANCE.TERRITORY" not in told
