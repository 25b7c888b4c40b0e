"""Refusals, meetings, missions and leavings told by turns of phrase, on made-up sentences."""

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
        ("There was no diplomatic solution, the Sudanese minister said.", "REFUSE"),
        ("A political solution is impossible, the Sudanese minister said.", "REFUSE"),
        ("The idea of Turkish peacekeepers is unacceptable to Sudan.", "REFUSE"),
        ("Egypt said it would not pay before the prisoners were freed.", "REFUSE"),
        ("Sudan has still not handed over the maps of the minefields.", "REFUSE"),
        ("The ministers of Sudan and Chad are due in Cairo on Friday for talks.", "TALKS.MEET"),
        ("The first planes with peacekeepers have landed in Sudan.", "OFFER.MONITORS"),
        ("An Egyptian monitoring centre opened in Sudan.", "OFFER.MONITORS"),
        ("Russian peacekeepers dismantled their post in Sudan.", "DEESCALATE.WITHDRAWAL"),
        ("Chad's blockade entered its third month.", "ACCESS.BLOCKADE"),
        ("Chad had kept the enclave without gas for a month, the Sudanese minister said.", "UTILITY.OUTAGE"),
        ("Sudanese activists barred the way to Egyptian trucks.", "ACCESS.BLOCKADE"),
    ],
)
def test_each_turn_of_phrase_tells_its_act(read: Read, text: str, act: str) -> None:
    assert [(c.act, c.stance) for c in read(text).claims] == [(act, "asserts")]


@pytest.mark.parametrize(
    "text",
    [
        "The battery was dead, the Sudanese minister said.",
        "The Sudanese minister said the tax was unacceptable.",
        "A shopping centre opened in Sudan.",
        "A plane with tourists landed in Sudan.",
        "The Sudanese firm will not pay the bill, its lawyer said.",
    ],
)
def test_the_same_words_of_peaceful_things_are_no_act(read: Read, text: str) -> None:
    assert not [c for c in read(text).claims if c.act in ("REFUSE", "OFFER.MONITORS", "TALKS.MEET")]
