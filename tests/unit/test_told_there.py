"""Who died in which deed of a sentence, and what is pushed back that is no claim."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.unit.extracting import reader
from trucewatch.model.records import Reading

Read = Callable[[str], Reading]
WAR = "Chad and Sudan have armies at their border. "


@pytest.fixture(scope="module")
def read() -> Read:
    return reader()


@pytest.mark.parametrize(
    "sentence",
    [
        "Two people were killed when a drone hit a car in Khartoum, while three others died in a raid on the town of Omdurman.",
        "Two people were killed when a drone hit a car in Khartoum and three others died in a raid on Omdurman.",
    ],
)
def test_the_dead_are_of_the_deed_that_their_clause_tells(read: Read, sentence: str) -> None:
    claims = read(WAR + sentence).claims
    assert [[figure.low for figure in claim.figures] for claim in claims] == [[2], [3]]


def test_attackers_pushed_back_are_no_claim_denied(read: Read) -> None:
    claims = read(WAR + "Chad said that Sudan's troops attacked Adre. It added that its forces had pushed them back.").claims
    assert [claim.stance for claim in claims] == ["asserts", "asserts"]
