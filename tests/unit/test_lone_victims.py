"""Figures that no number tells: the one killed, others of those counted, shares, posts lost. A test's text is its input."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from trucewatch.model.records import Reading

from .extracting import reader

Told = list[tuple[str, str, int | None, int | None]]


@pytest.fixture(scope="module")
def read() -> Callable[[str], Reading]:
    return reader()


def figures(reading: Reading) -> Told:
    """Measure, population, low and high of every figure of every claim."""
    return [(f.measure, f.population, f.low, f.high) for claim in reading.claims for f in claim.figures]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("He was killed by a shell in Elmford.", [("killed", "unknown", 1, 1)]),
        ("The third was killed by artillery fire near Elmford.", [("killed", "unknown", 1, 1)]),
        ("The raiders shot at a van, killing three guards and wounding a fourth.",
         [("killed", "unknown", 3, 3), ("injured", "unknown", 1, 1)]),
        ("Shells killed the farmer in his yard.", [("killed", "civilian", 1, 1)]),
        ("Shells killed the crew in the harbour.", []),
        ("They were killed by a shell in Elmford.", []),
    ],
)  # fmt: skip
def test_one_whom_no_number_tells_is_one(read: Callable[[str], Reading], text: str, wanted: Told) -> None:
    assert figures(read(text)) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "One soldier, a young conscript, had been killed by shelling and three others were badly hurt.",
        "The army admitted that one soldier had been killed by shelling and that three others were badly hurt.",
    ],
)
def test_others_are_counted_with_those_told_before_and_of_their_kind(read: Callable[[str], Reading], text: str) -> None:
    told = [claim for claim in read(text).claims if claim.figures]
    assert len(told) == 1
    assert [(f.measure, f.population, f.low) for f in told[0].figures] == [
        ("killed", "combatant", 1),
        ("injured", "combatant", 3),
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("More than half of its 150,000 people have fled.", [("displaced", "civilian", 75000, None)]),
        ("Nearly a quarter of the 40,000 residents have fled.", [("displaced", "civilian", 10000, 10000)]),
        ("Around 200 women had left the town on buses, the Armenian ministry said.", [("displaced", "civilian", 190, 210)]),
        ("Two posts were lost, the Armenian ministry said.", [("places_taken", "unknown", 2, 2)]),
        ("A child was among seven people wounded by shells in Elmford.", [("injured", "unknown", 7, 7)]),
        ("After the shelling 290 people had been admitted to hospital.", [("injured", "unknown", 290, 290)]),
    ],
)
def test_shares_leavers_lost_posts_and_who_lies_in_hospital(read: Callable[[str], Reading], text: str, wanted: Told) -> None:
    assert figures(read(text)) == wanted
