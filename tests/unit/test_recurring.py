"""Deeds that recur, and counts of them, are told and make no incident; deeds of one day are as before."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.unit.extracting import reader
from trucewatch.model.records import Reading
from trucewatch.stages.link.acts import is_eligible

Read = Callable[[str], Reading]


@pytest.fixture(scope="module")
def read() -> Read:
    return reader()


@pytest.mark.parametrize(
    "text",
    [
        "Sudan has carried on near-daily strikes on the border district.",
        "Sudan has carried out regular attacks on the border district.",
        "Chad said that Sudan had violated the truce more than 1,100 times.",
        "Chad accused Sudan of committing 54 breaches of the deal.",
        "Sudanese drones fly over the district every night.",
        "Sudanese forces have frequently shelled the town of Adre.",
        "Sudan shells the town of Adre on a daily basis.",
    ],
)
def test_habits_and_counts_are_in_no_incident(read: Read, text: str) -> None:
    deeds = [claim for claim in read(text).claims if claim.act.split(".")[0] in ("FIRE", "AIR")]
    assert deeds
    assert all(claim.is_recurring and not is_eligible(claim) for claim in deeds)
    assert all("recur" in " ".join(claim.reasons) for claim in deeds)


@pytest.mark.parametrize(
    "text",
    [
        "Sudanese jets struck the town of Adre three times on Monday.",
        "Sudan shelled the town of Adre on Monday, and a daily paper wrote of it.",
        "Chad accused Sudan of two violations of the truce on Monday.",
        "Sudanese forces shelled the town of Adre every few minutes on Monday, the army said.",
    ],
)
def test_deeds_of_one_day_are_incidents_as_before(read: Read, text: str) -> None:
    deeds = [claim for claim in read(text).claims if claim.act.split(".")[0] in ("FIRE", "AIR")]
    assert deeds
    assert not any(claim.is_recurring for claim in deeds)
