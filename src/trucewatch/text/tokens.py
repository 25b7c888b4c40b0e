"""From characters to tokens of a parsed paragraph, by bisection: spaCy's own search walks the whole paragraph each time."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any


def token_starts(doc: Any) -> list[int]:
    """Offset of every token's first character."""
    starts: list[int] = doc.to_array(["IDX"]).tolist()
    return starts


def sentence_starts(doc: Any) -> list[int]:
    """Index of every sentence's first token, from 0. (`Doc.sents` and `Token.sent` walk the whole paragraph each time.)"""
    return sorted({0, *(index for index, mark in enumerate(doc.to_array(["SENT_START"]).tolist()) if mark == 1)})


def token_at(starts: list[int], idx: int) -> int:
    """Index of the token that holds a character, or the last one before it; 0 where none is before."""
    return max(0, bisect_right(starts, idx) - 1)
