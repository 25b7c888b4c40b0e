"""The war that a toll, a flight or a conquest is told of: "during the war", "it drove half a million from their homes".

What a background paragraph tells of a war lies in that war's days, and not in the news': in the years that the words around it
give, else in those of the last outbreak known to be over.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from trucewatch.model.codebook import act_class
from trucewatch.model.records import Claim, When
from trucewatch.model.theatre import Outbreak
from trucewatch.text.times import precision_of, scan_times

_OF_A_WAR = frozenset({"TOLL", "DISPLACE", "TERRITORY"})
_WAR = r"(?:war|conflict|hostilities)"
_DURING = re.compile(
    rf"\b(?:during|throughout)\s+(?:the|that|this)\s+(?:[\w-]+\s+){{0,2}}?(?:{_WAR}|fighting|bombardment|campaign)\b"
    rf"|\bin\s+(?:the|that)\s+{_WAR}\b(?!\s+zones?\b)"
    r"|^(?:The|That)\s+(?:[\w-]+\s+){0,2}?(?:war|conflict)\s+"
    r"(?:killed|claimed|cost|left|drove|displaced|forced|destroyed|uprooted|saw|sent)\b"
)
_GOES_ON = re.compile(r"(?:It|They|[A-Z][\w-]+ (?:forces|fighters|troops) (?:also|then))\b")
_NOW = re.compile(r"\b(?:so far|now|today|currently|this (?:week|month)|in recent days|has|have|are|is)\b", re.I)
_YEARS = frozenset({"year", "my", "decade", "range_y", "dmy", "mdy", "season_y"})
_AROUND_CHARS = 450
# how long "the war" means one that is over
_REMEMBERED = timedelta(days=400)
_OVER = timedelta(days=3)


def war_told(claim: Claim, text: str, news: When, outbreaks: tuple[Outbreak, ...], resolve: Callable[[str], When]) -> When | None:
    """The days of the war that a claim without a time tells of; None where its words speak of none that is over."""
    if act_class(claim.act) not in _OF_A_WAR or news.earliest is None:
        return None
    start = claim.sentence_start_char
    sentence = text[start : claim.sentence_end_char].replace("\n", " ")
    paragraph = text.rfind("\n", 0, start) + 1
    before = text[paragraph:start].replace("\n", " ")
    if _NOW.search(text, claim.start_char, claim.end_char):
        return None
    last = re.split(r"(?<=[.!?])\s+", before.strip())[-1]
    if _DURING.search(sentence) is None and not (_GOES_ON.match(sentence) and _DURING.search(last)):
        return _in_told_outbreak(claim, before, news, outbreaks, resolve)
    around = text[max(0, start - _AROUND_CHARS) : claim.sentence_end_char]
    told = []
    for span in scan_times(around):
        if span.rule in _YEARS:
            found = resolve(around[span.start_char : span.end_char])
            if found.relation is None and found.earliest is not None and found.latest is not None:
                told.append((found.earliest, found.latest))
    known = [o for o in outbreaks if o.until is not None and o.until + _OVER < news.earliest <= o.until + _REMEMBERED]
    if told and re.search(rf"\b{_WAR}\b", around) and max(end for _, end in told) < news.earliest - timedelta(days=60):
        first, final = min(begin for begin, _ in told), max(end for _, end in told)
        within = [o for o in known if o.until is not None and o.on <= final and first <= o.until]
        if not within:
            return _days(claim, news, first, final)
    goes_on = any(o.on <= news.earliest and (o.until is None or news.earliest <= o.until + _OVER) for o in outbreaks)
    if not known or goes_on:
        return None
    over = max(known, key=lambda o: o.on)
    return _days(claim, news, over.on, over.until)


def _in_told_outbreak(
    claim: Claim, before: str, news: When, outbreaks: tuple[Outbreak, ...], resolve: Callable[[str], When]
) -> When | None:
    """A toll in a paragraph that has last told of days of a war that is over sums that war's dead."""
    if act_class(claim.act) != "TOLL" or news.earliest is None:
        return None
    for span in reversed(scan_times(before)):
        found = resolve(before[span.start_char : span.end_char])
        if found.relation is not None or found.earliest is None or found.latest is None:
            continue
        held = [o for o in outbreaks if o.until is not None and o.on <= found.latest and found.earliest <= o.until]
        over = max(held, key=lambda o: o.on, default=None)
        if over is None or over.until is None or over.until + _OVER >= news.earliest or found.precision == "year":
            return None
        return _days(claim, news, over.on, over.until)
    return None


def _days(claim: Claim, news: When, first: date, last: date | None) -> When:
    return replace(claim.when, earliest=first, latest=last, precision=precision_of(first, last), basis=news.basis)
