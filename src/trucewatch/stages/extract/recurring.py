"""Whether words tell of deeds that recur ("near-daily strikes", "violated it 40 times"): a habit or its count, no one incident.

Totals over days and counts of breaches stay apart from incidents (gold/CODEBOOK.md 6).
"""

from __future__ import annotations

from collections.abc import Iterator

from trucewatch.stages.extract.merge import ActGroup
from trucewatch.stages.extract.syntax import Token

_HABITUAL = frozenset(
    "daily weekly monthly nightly hourly regular routine frequent constant continual incessant sporadic intermittent occasional "
    "periodic recurrent recurring".split()
)
_OFTEN = frozenset(
    "daily nightly regularly routinely frequently constantly continually incessantly sporadically intermittently occasionally "
    "periodically often".split()
)
_SPELLS = frozenset({"day", "night", "week", "hour", "month", "year", "winter", "summer"})
_BREACHES = frozenset({"violation", "breach", "infringement", "transgression", "infraction"})
_MANY = frozenset({"dozen", "dozens", "hundred", "hundreds", "thousand", "thousands", "score", "scores"})
# a few breaches or blows may be one day's; so many are a count of weeks
FEW_BREACHES = 10


def recurs(group: ActGroup) -> bool:
    """Whether a group's words, or what they count, tell of deeds that recur."""
    return any(_is_habit(token) or _is_count(token) for token in _heads(group))


def _heads(group: ActGroup) -> Iterator[Token]:
    for member in group.members:
        yield member.token
        yield from (c for c in member.token.children if c.dep_ in ("dobj", "pobj") and c.tag_.startswith("N"))
        if member.is_nominal and member.token.dep_ in ("dobj", "nsubj", "nsubjpass"):
            yield member.token.head


def _is_habit(token: Token) -> bool:
    for child in token.children:
        # "near-daily" hangs "daily" on "near"
        if child.dep_ in ("amod", "compound") and any(word.lower_ in _HABITUAL for word in child.subtree):
            return True
        if child.dep_ == "advmod" and child.lower_ in _OFTEN:
            return True
        if child.dep_ == "npadvmod" and child.lemma_ in _SPELLS and any(c.lower_ in ("every", "each") for c in child.children):
            return True
        if child.lower_ == "per" and any(inner.lemma_ in _SPELLS for inner in child.children):
            return True
        if child.lower_ == "on" and any(
            inner.lemma_ == "basis" and any(c.lower_ in _HABITUAL for c in inner.children) for inner in child.children
        ):
            return True
    return False


def _is_count(token: Token) -> bool:
    if token.lemma_.lower() in _BREACHES:
        return any(_number(c) > FEW_BREACHES for c in token.children)
    times = (c for c in token.children if c.lower_ == "times" and c.dep_ in ("npadvmod", "dobj", "advmod"))
    return any(_number(number) > FEW_BREACHES for word in times for number in word.children)


def _number(token: Token) -> float:
    if token.dep_ not in ("nummod", "nmod", "compound", "amod", "quantmod") and token.lower_ not in _MANY:
        return 0
    if token.lower_ in _MANY:
        return FEW_BREACHES + 1
    digits = token.text.replace(",", "")
    return float(digits) if digits.isdigit() else 0
