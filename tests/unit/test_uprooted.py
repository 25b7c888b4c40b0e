"""People driven from home by who passes where, and numbers of victims that are one attack's or a war's."""

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
    "text",
    [
        "A nurse in Khartoum estimated that 35,000 people had passed through since Tuesday.",
        "The government of Chad said 28,120 refugees had crossed by midday.",
        "Hundreds of cars are heading the other way, a reporter in Khartoum says.",
        "Buses carried women and children to Khartoum.",
        "Residents of the two villages were taken to Khartoum by bus.",
        "Several families had sent their children to relatives in Khartoum.",
        "Most of its 1,600 residents are still living in hotels, the council says.",
        "Mariam, 34, said she left her village minutes before Sudanese soldiers walked in.",
        "The number of refugees in Chad has passed 100,000.",
        "The shelling caused the displacement of more than 76,000 people.",
        '"They drove us out of our homes," he said.',
    ],
)
def test_people_on_their_way_out(read: Read, text: str) -> None:
    assert {"CIV.FLIGHT", "CIV.DISPLACEMENT"} & set(_acts(read, text))


@pytest.mark.parametrize(
    "text",
    [
        "The delegates were taken to the museum in Khartoum.",
        "The president left for Khartoum on Monday.",
        "Tourists crossed the square in the afternoon.",
        "The minister left his house in the morning.",
    ],
)
def test_other_journeys_are_no_flight(read: Read, text: str) -> None:
    assert not {"CIV.FLIGHT", "CIV.DISPLACEMENT"} & set(_acts(read, text))


def test_volunteers_on_their_way_to_the_front_flee_nowhere(read: Read) -> None:
    assert _acts(read, "About 200 volunteers left Khartoum for the front on Sunday.") == ["FORCE.BUILDUP"]


@pytest.mark.parametrize(
    "text",
    [
        "A Sudanese strike on a house in Adre killed five soldiers on Monday, hours before a pause in the war was to begin.",
        "In July 2006, 23 villagers were killed when a Sudanese gunboat fired at their lorries near Adre.",
        "In December 2022 a soldier of Chad was shot dead when gunmen surrounded his car.",
        "Two soldiers of Chad were badly hurt by a Sudanese missile in that battle.",
        "Six people were killed by shells in Adre on Monday, the highest toll in one day since the truce.",
    ],
)
def test_the_victims_of_one_attack_are_no_sum(read: Read, text: str) -> None:
    acts = _acts(read, text)
    assert acts
    assert "TOLL" not in acts


@pytest.mark.parametrize(
    "text",
    [
        "The health ministry's own count of confirmed dead stood at 643.",
        "Before Sunday's attack 12 civilians of Chad had been killed by Sudanese fire.",
        "The human rights office has verified the deaths of 107 civilians.",
        "More than 200 medics of Chad have been killed in Sudanese attacks.",
        "The mine centre has counted more than 200 civilian casualties since the ceasefire.",
    ],
)
def test_counts_of_a_war_are_sums(read: Read, text: str) -> None:
    assert "TOLL" in _acts(read, text)
