"""Forces told by where they have come, ground by whose hands it is in, and what fire did to walls."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.unit.extracting import reader
from trucewatch.model.records import Reading

Read = Callable[[str], Reading]


@pytest.fixture(scope="module")
def read() -> Read:
    return reader()


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Sudanese soldiers moved three kilometres over the Chadian border near Adre, Chad said.", "ADVANCE.LINE_CROSSING"),
        ("A lorry with Sudanese soldiers drove across the border near Adre, the army of Chad said.", "ADVANCE.LINE_CROSSING"),
        ("Two Sudanese helicopters had approached its positions near Adre, the army of Chad said.", "AIR.OVERFLIGHT"),
        ('"The enemy is on the outskirts of Adre," the army of Chad said.', "ADVANCE.OFFENSIVE"),
        ("Sudanese troops stand two kilometres from Khartoum, the army of Chad said.", "ADVANCE.OFFENSIVE"),
        ('"The town of Adre is completely out of our control," the army of Chad said.', "ADVANCE.TERRITORY"),
        ("Sudan announced the taking under control of Adre and seven villages.", "ADVANCE.TERRITORY"),
        ("The army of Sudan released a film that appeared to show its flag over a school in Adre.", "ADVANCE.TERRITORY"),
        ("There were three explosions near the power station in Adre at noon, Chad said.", "FIRE"),
        ("Sudan replied with more than 100 shells, Chad said.", "FIRE.HEAVY"),
        ("Chad's air defence has beaten down two Sudanese drones over Adre, its army said.", "AIR.UAV_DOWNED"),
        ("The heaviest fighting between Chad and Sudan has shifted to the south.", "FIRE.CLASH"),
        ("A reporter saw houses in Khartoum with holes blown in their roofs.", "CIV.ATTACK_OBJECTS"),
        ("Tanks were massing on Chad's northern border, its army said.", "FORCE.BUILDUP"),
        ("The army of Chad said its men had forced Sudanese soldiers to fall back from Adre.", "FIRE.CLASH"),
        ("Two nurses were killed when their bus ran over a mine near Adre.", "EXPLOSIVE.MINE_BLAST"),
        ("Three rockets were fired from Sudan. Two of them landed near Khartoum.", "FIRE"),
        ("Chad informed about a downed Sudanese drone over Khartoum.", "AIR.UAV_DOWNED"),
        ('"Sudan has taken the sick as hostages," the government of Chad said.', "CIV.DETENTION"),
        ("Sudanese soldiers combed the outskirts of Adre with machine guns, Chad said.", "FIRE.SMALL_ARMS"),
        ("On Monday Sudan declared about taking under control of the city of Adre.", "ADVANCE.TERRITORY"),
        ("Walls were down along the main street of Adre after the raid.", "CIV.ATTACK_OBJECTS"),
    ],
)
def test_deeds_by_where_things_stand(read: Read, text: str, act: str) -> None:
    assert act in [claim.act for claim in read(text).claims]


@pytest.mark.parametrize(
    "text",
    [
        "The price of bread moved past the line that Chad had drawn.",
        "Prices in Chad moved over the weekend.",
        "The factory stands on the outskirts of Adre.",
        "Spending is out of our control, the finance minister of Chad said.",
        "There were three meetings near the station in Adre.",
        "The taking of photographs is forbidden in Adre.",
        "Workers knocked a hole in the wall of the school in Adre to fit a boiler.",
        "Walls were down in Adre after the storm.",
        "Chad replied with more than 100 amendments.",
        "The government of Chad reported a downed power line near Adre.",
        "The taking of oaths began in Adre.",
        "Rain forced the players to pull up their chairs, a fan from Chad said.",
    ],
)
def test_peaceful_company_tells_no_deed(read: Read, text: str) -> None:
    assert not read(text).claims


def test_soldiers_aboard_tell_whose_it_is(read: Read) -> None:
    claims = read("A lorry with Sudanese soldiers drove across the border near Adre, the army of Chad said.").claims
    doer = claims[0].attributed_to
    assert doer is not None
    assert doer.text == "Sudanese"


def test_who_fired_from_another_land(read: Read) -> None:
    claims = read("A missile fired from Sudan by the army of Chad was shot down over Khartoum.").claims
    assert claims[0].attributed_to is not None
    assert claims[0].attributed_to.text == "the army of Chad"
