"""Whether "the city" or "the village" may mean a settlement that was named before."""

from __future__ import annotations

import re
from functools import lru_cache

# people of the smallest place that news would call a city
SMALLEST_CITY = 8_000
_OTHERS = {"city": ("village", "hamlet"), "village": ("city",)}
_SEVERAL = {"village": "villages", "hamlet": "hamlets", "city": "cities"}


def may_be(noun: str, name: str, people: int, text: str) -> bool:
    """Whether a noun ("city", "village"; any other passes) may stand for a settlement.

    `people`: how many live there, 0 where nobody knows; `text`: the document, which may call it by the other noun.
    """
    word = noun.lower()
    if word == "city" and people < SMALLEST_CITY:
        return False
    other = _OTHERS.get(word)
    if other is None:
        return True
    return not any(_is_called(noun, name, text) for noun in other)


@lru_cache(maxsize=512)  # each "the city" of a document asks of the same names
def _is_called(noun: str, name: str, text: str) -> bool:
    """ "The village of X", "X village", "X, a small village"; "X, villages near it" tells of others."""
    called = re.escape(name)
    before = rf"\b(?:{noun}|{_SEVERAL[noun]})\s+(?:of\s+)?{called}\b"
    return re.search(rf"{before}|\b{called}(?:\s+|,\s+an?\s+(?:[\w-]+\s+)?){noun}\b", text, re.I) is not None
