"""Blame, refusals, offers and flights that are only supposed, asked, wished or denied: no claims, whose twin is one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.unit.extracting import reader
from trucewatch.model.records import Reading

Read = Callable[[str], Reading]


@pytest.fixture(scope="module")
def read() -> Read:
    return reader()


def acts(reading: Reading) -> set[str]:
    return {claim.act for claim in reading.claims if claim.stance != "denies"}


@pytest.mark.parametrize(
    ("supposed", "told", "act"),
    [
        ("Chad could deem Sudan liable for the escalation.", "Chad deems Sudan liable for the escalation.", "BLAME"),
        (
            '"This would be a cowardly attack," the Chadian minister said.',
            '"This is a cowardly attack," the Chadian minister said.',
            "BLAME",
        ),
        (
            '"Was it a deliberate attack?" the Chadian minister asked.',
            '"It was a deliberate attack," the Chadian minister said.',
            "BLAME",
        ),
        (
            "Sudan said Adre would fall if the Chadian army was too slow.",
            "The Chadian army was too slow, the Sudanese minister said.",
            "BLAME",
        ),
        (
            "The Chadian response might seem disproportionate, the Sudanese minister said.",
            "The Chadian response seems to be disproportionate, the Sudanese minister said.",
            "BLAME",
        ),
        (
            "Chad will end the truce when Sudan moves its troops.",
            "Chad will end its attacks when Sudan moves its troops.",
            "OFFER.OTHER",
        ),
        ("Sudan could announce a stop of fire.", "Sudan announced a stop of fire from 18:30.", "AGREE.CEASEFIRE"),
        ("Sudan wants to announce a stop of fire.", "Sudan announced a stop of fire.", "AGREE.CEASEFIRE"),
        ("If Sudan announced a stop of fire, Chad would follow.", "Sudan announced a stop of fire.", "AGREE.CEASEFIRE"),
        (
            "A monitoring centre could be set up in Khartoum, Sudan said.",
            "A monitoring centre would be set up in Khartoum, Sudan said.",
            "OFFER.MONITORS",
        ),
        ("Sudan did not say no to the truce.", "Sudan said no to the truce.", "REFUSE"),
        ("Sudan could not say no to the truce.", "Sudan said no to the truce.", "REFUSE"),
        (
            "Nothing is off the table, the Sudanese minister said.",
            "Disarmament is off the table, the Sudanese minister said.",
            "REFUSE",
        ),
        (
            "Disarmament is not off the table, the Sudanese minister said.",
            "Disarmament is not on the table, the Sudanese minister said.",
            "REFUSE",
        ),
        (
            "The mission in Chad said that there was no decision to stay.",
            "The mission in Chad said that there was a unanimous decision to stay.",
            "REFUSE",
        ),
        ("The Sudanese president decided to stay in a hotel.", "The peacekeepers in Chad decided to stay.", "REFUSE"),
        ("Sudan might express opposition to the disarmament.", "Sudan expressed opposition to the disarmament.", "REFUSE"),
        ("If Sudan refused to give guarantees, Chad would walk out.", "Sudan refused to give guarantees.", "REFUSE"),
        (
            "Teenagers were sent to relatives, the mayor of Adre said.",
            "Sudan sent children to a military camp to fight.",
            "CHILD.RECRUITMENT",
        ),
        (
            "Chad's ministry hit back at the report, saying it was wrong.",
            "The Sudanese army hit back, saying it was ready.",
            "FIRE",
        ),
        ("Sudan lost more soldiers than any other army.", "Sudan lost more soldiers than it admits, Chad said.", "FIRE"),
        (
            "Sudanese fighters opened the road to Adre.",
            "Sudanese fighters opened the road to Adre to civilians.",
            "DEESCALATE.WITHDRAWAL",
        ),
        (
            "Thousands of Chadian people passed through the airport of Khartoum on Sunday.",
            "Thousands of people from Chad passed through the crossing at Adre on Sunday.",
            "CIV.FLIGHT",
        ),
        (
            "Hundreds of residents of Adre came over for the concert in Khartoum.",
            "Hundreds of Chadian refugees came across the border.",
            "CIV.FLIGHT",
        ),
        (
            "Thousands of families had crossed back into Chad by noon.",
            "Thousands of families had crossed into Chad by noon.",
            "CIV.FLIGHT",
        ),
        (
            "Hundreds of refugees from Chad arrived home on Sunday.",
            "Hundreds of refugees arrived in Chad on Sunday.",
            "CIV.FLIGHT",
        ),
        (
            "Buses took the children to Khartoum for a football match.",
            "Buses took the children to Khartoum.",
            "CIV.FLIGHT",
        ),
        (
            "He left his home in Chad as a young man when he married.",
            "He left his house with his children when the rockets fell.",
            "CIV.FLIGHT",
        ),
    ],
)
def test_what_is_supposed_or_meant_otherwise_is_not_told(read: Read, supposed: str, told: str, act: str) -> None:
    assert act not in acts(read(supposed))
    assert act in acts(read(told))
