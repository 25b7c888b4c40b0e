"""From characters to tokens of a parsed paragraph, by bisection: spaCy's own search walks the whole paragraph each time."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any


def token_starts(doc: Any) -> list[int]:
    """Offset of every token's first character."""
    return [token.idx for token in doc]


def token_at(starts: list[int], idx: int) -> int:
    """Index of the token that holds a character, or the last one before it; 0 where none is before."""
    return max(0, bisect_right(starts, idx) - 1)
