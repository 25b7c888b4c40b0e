"""Whether "the city" or "the village" may mean a settlement that was named before."""

from __future__ import annotations

import re

# people of the smallest place that news would call a city
SMALLEST_CITY = 8_000
_OTHERS = {"city": "villages?|hamlets?", "village": "cit(?:y|ies)"}


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
    called = re.escape(name)
    return re.search(rf"\b(?:{other})\s+(?:of\s+)?{called}\b|\b{called},?\s+(?:an?\s+)?(?:{other})\b", text, re.I) is None
