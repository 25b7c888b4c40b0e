"""Victims that go on in a list whose parse breaks off: "killed 40 people in the north and nine soldiers in the south"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from trucewatch.text.casualty_words import CIVILIANS, COMBATANTS, PEOPLE, STATES
from trucewatch.text.numbers import Number
from trucewatch.text.tokens import token_at
from trucewatch.text.victims import Phrases, VictimCount

_PERSONS = CIVILIANS | COMBATANTS | PEOPLE
_PLACE = r"(?:\s+(?:in|at|near)\s+(?:the\s+)?[A-Z][\w'’-]*(?:\s+[A-Z][\w'’-]*){0,2})"
# "…, most of them fighters,"
_ASIDE = r"(?:,\s+(?:most|many|half|some|several|\w+)\s+of\s+(?:them|whom)\s+[\w\s-]{3,30},)"
_ON = re.compile(rf"{_PLACE}?{_ASIDE}?(?:,\s+and|\s+and|,)\s+")
_WHO = re.compile(r"\s+(?:[a-z-]+\s+)?(?P<noun>[a-z-]+)\b", re.I)
_PEOPLES = re.compile(r"\s+(?P<noun>[A-Z][a-z]+(?:is|ans|ese|s))\b")
# what follows tells something else of them
_OTHER_FATE = re.compile(
    r"[^,.;]{0,12}?\b(?:were|was|are|is|have|has|had|wounded|injured|hurt|missing|displaced|fled|captured|detained|others?\s+\w+ed)\b",
    re.I,
)
_BEFORE = re.compile(
    r"\s+(?:[a-z-]+\s+)?(?P<noun>[a-z-]+)(?:\s+of\s+(?:the\s+|its\s+)?[A-Z][\w'’-]*(?:\s+[A-Z][\w'’-]*){0,3})?\s*(?:,\s+and|\band|,)\s+",
    re.I,
)


def _stems(word: str) -> frozenset[str]:
    lower = word.lower()
    return frozenset({lower, lower.rstrip("s"), lower.replace("men", "man"), "child" if lower == "children" else lower})


def _as_count(phrases: Phrases, number: Number, noun: str, end_char: int) -> VictimCount:
    first, last = token_at(phrases.starts, number.phrase_start), token_at(phrases.starts, end_char - 1)
    return VictimCount(number.low, number.high, number.qualifier, _stems(noun), first, last, number.start_char, number.end_char)


def listed_after(phrases: Phrases, token: Any, counts: list[VictimCount], taken: set[int]) -> Iterator[VictimCount]:
    """The counts that a list goes on to after those that the parse gave to a predicate, one after another."""
    sentence_end = phrases.sentence(token.i).end_char
    at = max(token.i, *(count.last for count in counts))
    end = phrases.doc[at].idx + len(phrases.doc[at])
    while True:
        joined = _ON.match(phrases.text, end, sentence_end)
        number = joined and next((n for n in phrases.numbers if n.phrase_start == joined.end()), None)
        if not number or number.start_char in taken:
            return
        tail = phrases.text[number.end_char : sentence_end]
        who = _WHO.match(tail)
        named = who if who is not None and _stems(who["noun"]) & _PERSONS else _PEOPLES.match(tail)
        bare = re.match(_PLACE, tail)
        if (named is None and bare is None) or (named is not None and named["noun"].lower() in STATES):
            return
        stop = named.end() if named is not None else 0
        if _OTHER_FATE.match(tail, stop):
            return
        end = number.end_char + stop
        taken.add(number.start_char)
        yield _as_count(phrases, number, named["noun"] if named is not None else "people", end)


def listed_before(phrases: Phrases, counts: list[VictimCount], taken: set[int]) -> Iterator[VictimCount]:
    """ "47 civilians and at least 80 soldiers": the count right before the first that the parse gave."""
    first = phrases.doc[min(count.first for count in counts)]
    for number in reversed(phrases.numbers):
        if number.end_char >= first.idx:
            continue
        if number.start_char in taken or number.start_char < phrases.sentence(first.i).start_char:
            return
        named = _BEFORE.fullmatch(phrases.text, number.end_char, first.idx)
        if named is not None and _stems(named["noun"]) & _PERSONS:
            taken.add(number.start_char)
            yield _as_count(phrases, number, named["noun"], number.end_char + len(named[0].split(" and")[0].rstrip(" ,")))
        return
