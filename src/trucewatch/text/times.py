"""Time expressions in a parsed paragraph, with what each one dates; `resolve_time` turns them into days."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal

from trucewatch.text.time_expressions import TimeSpan, scan_times
from trucewatch.text.time_resolve import Anchor, current_outbreak, precision_of, resolve_time
from trucewatch.text.tokens import token_at, token_starts

__all__ = ["Anchor", "TimeKind", "TimeMention", "current_outbreak", "find_times", "precision_of", "resolve_time", "scan_times"]

TimeKind = Literal["point", "span", "duration", "modifier"]
_SPAN_RULES = frozenset(
    [
        "past_n",
        "recent",
        "span_of",
        "range_dm",
        "range_md",
        "range_full",
        "range_mdmd",
        "range_y",
        "weekday_range",
        "unit",
        "part_unit",
    ]
)
_PARTS_OF_DAY = frozenset("morning afternoon evening night hour eve dawn day end beginning start course".split())
_CLIMB = frozenset(
    "pobj prep npadvmod compound nummod advmod amod det poss appos quantmod nmod pcomp case predet punct mark dep tmod dobj "
    "attr".split()
)


@dataclass(frozen=True, kw_only=True, slots=True)
class TimeMention:
    """A time expression: verbatim `text` with document offsets, and where it hangs in the paragraph's parse.

    `token`: index of its own head word; `head`: index of the verb or noun that it dates; `verb`: index of the nearest verb
    above, None where there is none. `kind`: point; span; duration ("for three hours": says how long, not when); modifier (it
    names a thing: "the 2020 ceasefire", "Sunday's attack", and dates nothing but that thing). `relation`: since, until,
    before, after, by.
    """

    text: str
    start_char: int
    end_char: int
    token: int
    head: int
    verb: int | None
    kind: TimeKind
    rule: str
    relation: str | None = None


_GOVERNING = re.compile(r"(?:from|after|before|since|until|till|by|during|in|on|at)\s+", re.IGNORECASE)


def find_times(doc: Any, start_char: int = 0) -> tuple[TimeMention, ...]:
    """Every time expression in a parsed paragraph, in reading order; offsets are the document's."""
    mentions: list[TimeMention] = []
    text: str = doc.text
    expressions = scan_times(text)
    if not expressions:
        return ()
    starts = token_starts(doc)
    for found in expressions:
        span = doc[token_at(starts, found.start_char) : token_at(starts, found.end_char - 1) + 1]
        root = span.root
        kind = _kind(found, span, root)
        head = _owned(span) if kind == "modifier" else None
        # "after Friday's attack": the preposition is the attack's, the day only names it
        begin = found.start_char if head is None else _past_preposition(text, found.start_char)
        head = _head(root, span) if head is None else head
        mentions.append(
            TimeMention(
                text=text[begin : found.end_char],
                start_char=start_char + begin,
                end_char=start_char + found.end_char,
                token=root.i,
                head=head.i,
                verb=_verb(head),
                kind=kind,
                rule=found.rule,
                relation=_relation(text[begin : found.end_char]),
            )
        )
    return tuple(mentions)


def _past_preposition(text: str, start: int) -> int:
    match = _GOVERNING.match(text, start)
    return match.end() if match is not None else start


def _relation(text: str) -> str | None:
    first = text.split()[0].lower()
    words = {
        "since": "since",
        "ever": "since",
        "until": "until",
        "till": "until",
        "before": "before",
        "after": "after",
        "by": "by",
    }
    return words.get(first)


def _head(root: Any, span: Any) -> Any:
    """The verb or noun outside the expression that it dates."""
    token = root
    while token.head.i != token.i:
        parent = token.head
        if span.start <= parent.i < span.end:
            token = parent
            continue
        if parent.pos_ in ("VERB", "AUX") or (parent.pos_ in ("NOUN", "PROPN") and parent.dep_ not in ("npadvmod", "tmod")):
            return parent
        if token.dep_ in _CLIMB or parent.pos_ in ("ADP", "ADV", "NUM", "DET", "PART", "ADJ", "SCONJ"):
            token = parent
            continue
        return parent
    return token


def _owned(span: Any) -> Any | None:
    """What a time names as its own: the strikes of "in Thursday night's strikes"; None where no possessive follows."""
    is_within = span[-1].tag_ == "POS"
    if not is_within and (span.end >= len(span.doc) or span.doc[span.end].tag_ != "POS"):
        return None
    return next((token.head for token in span if token.head.i >= span.end + (not is_within)), None)


def _verb(token: Any) -> int | None:
    while True:
        if token.pos_ in ("VERB", "AUX"):
            return int(token.i)
        if token.head.i == token.i:
            return None
        token = token.head


def _kind(found: TimeSpan, span: Any, root: Any) -> TimeKind:
    names = found.rule in ("dmy", "mdy", "dm", "md", "my", "decade", "year_name", "weekday", "relative_day")
    parent = root.head
    is_possessive = span.text.endswith(("'s", "’s")) or (span.end < len(span.doc) and span.doc[span.end].tag_ == "POS")
    if found.rule == "year_name" or (names and is_possessive and found.rule != "decade"):
        return "modifier"
    if names and found.rule != "decade" and root.dep_ == "pobj" and parent.lower_ == "of" and parent.i < span.start:
        return "modifier" if parent.head.pos_ == "NOUN" and parent.head.lemma_ not in _PARTS_OF_DAY else "point"
    first = span[0].lower_
    opened = first in ("on", "in", "since", "until", "till", "by", "from", "before", "after", "during", "at", "over", "as")
    if names and not opened and root.dep_ in ("compound", "nummod", "amod", "nmod", "poss") and parent.i >= span.end:
        return "modifier"
    if found.rule == "for_n" and not span.text.endswith("now"):
        return "duration"
    if found.rule in _SPAN_RULES or found.rule.startswith("since") or first in ("since", "ever") or found.rule == "for_n":
        return "span"
    return "point"
