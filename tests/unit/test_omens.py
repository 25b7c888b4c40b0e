"""Threats told by what is to come of it, on made-up sentences."""

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
    "text",
    [
        "“If there is no quiet in Darfur, there will be no quiet in Chad,” the Sudanese minister said.",
        "“The work is not done yet,” the Sudanese minister warned.",
        "A new phase of the war has begun, the Sudanese minister told his troops.",
        "“They will get their answer,” the Sudanese minister said.",
        "The consequences for the Chadian side will be grave, the Sudanese minister said.",
        "“Our response will not be long in coming,” the Sudanese minister said.",
        "All bases of Chad are within range of our missiles, the Sudanese minister said.",
        "“Any drone that enters our sky, we will work to bring it down,” the Sudanese minister said.",
        "Sudan will stop at nothing, the Sudanese minister said.",
        "Sudan will no longer tolerate such raids, the Sudanese minister said.",
        "Sudan will no longer distinguish between the rebels and the army of Chad, the Sudanese minister said.",
        "Our fighters would go on resisting, the Sudanese minister said.",
        "“You will have to answer for this,” the Sudanese minister told the president of Chad.",
        "The Sudanese minister warned that his country was prepared to act.",
        "We do not wish for a war, but we are prepared for it, the Sudanese minister said.",
        "Sudan's army will press ahead, the Sudanese minister said.",
    ],
)
def test_what_is_announced_for_the_other_side_is_a_threat(read: Read, text: str) -> None:
    threats = [c for c in read(text).claims if c.act.startswith("THREAT.")]
    assert len(threats) == 1
    assert "Sudan" in words(threats[0], "claimant")


def test_whom_the_condition_names_is_threatened_and_not_the_speaker(read: Read) -> None:
    claims = read("The army of Sudan spoke. “If Egypt chooses war, it will pay,” the Sudanese minister said.").claims
    threat = next(c for c in claims if c.act.startswith("THREAT."))
    assert "Egypt" in words(threat, "target")


@pytest.mark.parametrize(
    "text",
    [
        "The work on the Sudanese dam is done, the Sudanese minister said.",
        "The Sudanese minister said the families would get an answer to their letters.",
        "The consequences of the flood were grave, the Sudanese minister said.",
        "The harvest will be quiet this year, the Sudanese minister said.",
        "A new phase of the census has begun, the Sudanese minister said.",
    ],
)
def test_peaceful_outlooks_threaten_nobody(read: Read, text: str) -> None:
    assert not [c for c in read(text).claims if c.act.startswith("THREAT.")]
