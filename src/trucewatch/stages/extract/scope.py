"""Clauses and sentence openings in whose place an act is set that has none of its own words for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from trucewatch.stages.extract.syntax import Token, is_infinitive, is_verbal

# another moment, and mostly another place
_APART = frozenset("after before since because until although though despite unless if whereas once following".split())
_SUFFERED = frozenset("kill wound injure hurt hit strike damage destroy land fall explode crash burn collapse".split())
_DATELINE = re.compile(
    r"^\W*[A-Z][A-Z’'.-]{2,}(?:[ /-][A-Z][A-Z’'.-]+)*(?:, [\w. ]{2,20}){0,3}(?: ?\([^)]{2,30}\))?"
    r"(?:\s*(?:[-–—:]+|â€[”“])\s|\s*—+(?=[A-Z“\"]))"
)
_OPENING = frozenset({"in", "at", "near", "outside", "around", "inside", "across", "over", "on"})


def clauses_around(verb: Token) -> Iterator[tuple[Token, Token]]:
    """Clauses told as one with an act's: (their verb, the clause below it through which the act hangs), the nearest first.

    "shells fell on X, killing two", "two were at work in X when a mine went off", "advanced near X and took a hill"; not a clause
    of another moment ("after ..."), but where it speaks of somebody in the clause above ("after they fired at them").
    """
    node = verb
    for _ in range(3):
        above = node.head
        while above != above.head and not is_verbal(above):
            if node.dep_ not in ("relcl", "acl"):
                return
            above = above.head
        if above == node or not is_verbal(above):
            return
        if not _is_told_as_one(node, above):
            return
        yield above, node
        node = above


def _is_told_as_one(node: Token, above: Token) -> bool:
    if node.dep_ == "conj":
        return not _has_subject(node)
    if node.dep_ in ("advcl", "relcl", "acl"):
        words = {c.lower_ for c in node.children if c.dep_ in ("mark", "advmod")}
        if words & _APART or node.head.lower_ in _APART:
            return _speaks_of_others(node)
        return node.dep_ in ("advcl", "acl") or "when" in words
    return node.dep_ in ("xcomp", "pcomp")


def is_of_another_moment(verb: Token) -> bool:
    """Whether an act is told in a clause of another moment ("after ...") that speaks of nobody else in the sentence."""
    node = verb
    for _ in range(4):
        if node.dep_ in ("advcl", "relcl", "acl", "prep", "pcomp"):
            words = {c.lower_ for c in node.children if c.dep_ in ("mark", "advmod")} | {node.lower_, node.head.lower_}
            if words & _APART and not _speaks_of_others(node):
                return True
        if node.head == node:
            break
        node = node.head
    return False


def _speaks_of_others(node: Token) -> bool:
    return any(c.pos_ == "PRON" and c.lower_ in ("them", "it") for c in node.subtree)


def _has_subject(verb: Token) -> bool:
    return any(child.dep_ in ("nsubj", "nsubjpass") for child in verb.children)


def clauses_after(verb: Token) -> Iterator[Token]:
    """ "a rocket slammed into a pitch and killed ten in X": verbs of harm that go on under one subject."""
    for child in verb.children:
        if (
            child.dep_ == "conj"
            and child.lemma_ in _SUFFERED
            and not any(c.dep_ in ("nsubj", "nsubjpass") for c in child.children)
        ):
            yield child
        elif child.dep_ in ("advcl", "xcomp") and child.i > verb.i and is_infinitive(child):
            yield child  # "crossed the line to lay mines in X"


def opening(doc: Any, low: int, high: int) -> tuple[int, int] | None:
    """Token bounds of "In X," where a sentence (token bounds `low`, `high`) begins so; None where it does not."""
    first = next((n for n in range(low, high) if not doc[n].is_punct and not doc[n].is_space), high)
    if first >= high or doc[first].lower_ not in _OPENING:
        return None
    stop = next((n for n in range(first, min(high, first + 12)) if doc[n].text == ","), None)
    if stop is None or any(is_verbal(doc[n]) for n in range(first, stop)):
        return None
    return first, stop


def dateline_end(text: str) -> int:
    """Where the dateline ends that a paragraph begins with ("X, Country (Agency) — "), 0 where it has none."""
    match = _DATELINE.match(text)
    return match.end() if match is not None else 0
