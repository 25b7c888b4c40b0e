"""What is taken, who is led away, who comes from where, and what those who stand by see."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.unit.extracting import reader
from trucewatch.model.records import Reading

Read = Callable[[str], Reading]
WAR = "Sudanese soldiers have shelled the towns of Chad for a week.\n\n"


@pytest.fixture(scope="module")
def read() -> Read:
    return reader()


def _acts(read: Read, text: str) -> list[str]:
    """What the second paragraph tells."""
    return [claim.act for claim in read(WAR + text).claims if (claim.start_char or 0) >= len(WAR)]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Sudan said it had seized six armoured vehicles and 800 rifles from the rebels.", "ADVANCE.TERRITORY"),
        ("The army of Sudan said it had taken over six tanks and 800 rifles.", "ADVANCE.TERRITORY"),
        ("Sudanese border guards led him away at the bridge.", "CIV.DETENTION"),
        ("Sudanese soldiers took my brother away in a jeep, she said.", "CIV.DETENTION"),
        ("Young men have put concrete blocks across the road to Khartoum.", "ACCESS.BLOCKADE"),
        ('"They came from three sides at once, with tanks," said a villager.', "ADVANCE.OFFENSIVE"),
        ("The last column of Sudanese tanks crossed the bridge before dawn.", "DEESCALATE.WITHDRAWAL"),
        ("Sudanese troops are conducting engineering works near Khartoum.", "FORCE.FORTIFICATION"),
        ("The army of Sudan said two regiments took part in the attack on Khartoum.", "FIRE"),
        ("The army of Sudan spoke of the destruction of five armoured vehicles.", "FIRE"),
        ("The raid on Khartoum came shortly before midnight.", "FIRE"),
        ("They came from three sides, they have tanks, said a villager.", "ADVANCE.OFFENSIVE"),
        ("The last Sudanese troops pulled out of Khartoum.", "DEESCALATE.WITHDRAWAL"),
        ("Protesters erected barricades on the road to Khartoum.", "ACCESS.BLOCKADE"),
        ("Sudanese forces attacked with artillery and took control of two military positions of Chad.", "ADVANCE.TERRITORY"),
    ],
)
def test_deeds_as_they_are_seen(read: Read, text: str, act: str) -> None:
    assert act in _acts(read, text)


def test_who_takes_part_in_an_attack_did_it(read: Read) -> None:
    told = read(WAR + "Chad said that two Sudanese regiments took part in the attack on Khartoum.").claims[-1]
    assert told.attributed_to is not None
    assert "regiments" in (told.attributed_to.text or "")


@pytest.mark.parametrize(
    "text",
    [
        "The fight against poverty goes on in Khartoum.",
        "The nurse led him away to the garden.",
        "Guests came from all sides of the town.",
        "The last tourists left the museum before dusk.",
        "Workers put stones along the road to Khartoum as a kerb for pedestrians.",
        "Pupils laid stones along the road to Khartoum in memory of the dead.",
        "Workers put concrete blocks on the road to Khartoum for repairs.",
        "They came from all sides to celebrate, a villager said.",
        "Sudanese troops came from three sides to lay flowers in Khartoum.",
        "The last column of Sudanese tanks left the parade.",
        "Sudanese customs seized 20 rifles at the border.",
        "The army of Sudan captured six drones on camera over Khartoum.",
        "Sudanese soldiers took their brother away for a holiday.",
        "Sudanese soldiers took him away for a holiday.",
    ],
)
def test_plain_company_is_no_war(read: Read, text: str) -> None:
    assert _acts(read, text) == []
