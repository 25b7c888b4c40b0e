"""The fuzzers' targets on a small budget. An input that breaks one becomes a test beside those of the code that it broke."""

from __future__ import annotations

import pytest
from fuzz.targets import SEEDS, TARGETS
from hypothesis import given, settings
from hypothesis import strategies as st

BUDGET = 25


def mangled(name: str) -> st.SearchStrategy[bytes]:
    """Any bytes, and seeds with a piece cut out or written over."""

    def cut(seed: bytes, start: int, length: int, piece: bytes) -> bytes:
        at = start % (len(seed) + 1)
        return seed[:at] + piece + seed[at + length :]

    pieces = st.one_of(st.binary(max_size=12), st.text(max_size=6).map(lambda text: text.encode("utf-8", "replace")))
    seeds = st.builds(cut, st.sampled_from(SEEDS[name]), st.integers(0, 10_000), st.integers(0, 20), pieces)
    return st.one_of(st.binary(max_size=300), seeds)


@pytest.mark.parametrize("name", sorted(TARGETS))
def test_no_bytes_break_it(name: str) -> None:
    @settings(max_examples=BUDGET, deadline=None, database=None)
    @given(mangled(name))
    def check(content: bytes) -> None:
        TARGETS[name](content)

    check()


def test_every_target_has_seeds() -> None:
    assert set(SEEDS) == set(TARGETS)
