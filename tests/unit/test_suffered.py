"""Who suffers an act is not who deals it, though a possessive names him."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.unit.extracting import reader
from trucewatch.model.records import Claim, Reading

Read = Callable[[str], Reading]
WAR = "Chad and Sudan have armies at their border. "


@pytest.fixture(scope="module")
def read() -> Read:
    return reader()


def told(claim: Claim) -> str | None:
    return claim.attributed_to.text if claim.attributed_to is not None else None


@pytest.mark.parametrize(
    "sentence",
    [
        "Chad suffered its deadliest strike.",
        "Chad has seen its heaviest shelling since July.",
        "Sudan came under its worst bombardment of the war.",
    ],
)
def test_a_place_that_suffers_deals_nothing(read: Read, sentence: str) -> None:
    (claim,) = read(WAR + sentence).claims
    assert told(claim) is None
    assert claim.target is not None


def test_a_side_that_launches_its_heaviest_deals_it(read: Read) -> None:
    (claim,) = read(WAR + "Sudan launched its heaviest barrage of the war.").claims
    assert told(claim) == "Sudan"


@pytest.mark.parametrize(
    "sentence",
    [
        "The country saw a strike by teachers on Monday.",
        "The company suffered a cyber attack on Tuesday.",
        "The team endured a barrage of questions.",
        "The minister came under fire from critics.",
    ],
)
def test_strikes_of_workers_and_attacks_in_words_are_no_acts(read: Read, sentence: str) -> None:
    assert not read(WAR + sentence).claims
