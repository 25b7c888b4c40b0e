"""Times that a claim leans on: its clause's, or the one told just before, where its own words give none.

"On Thursday two fell …, and on Friday two were hurt": each clause has its day. "In June 2021 they shelled the town; ten died":
the second clause goes on in the first one's time. A paragraph that tells of an earlier day stays there until it names another.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from trucewatch.model.codebook import is_verbal
from trucewatch.model.records import Claim, When
from trucewatch.model.theatre import Outbreak
from trucewatch.text.times import scan_times

_DATED = frozenset(
    "weekday relative_day dm md dmy mdy iso dotted overnight weekend my range_dm range_md range_mdmd range_full".split()
)
_LONG = frozenset({"month", "year", "my"})
_CUT = re.compile(r"[;:]\s|,\s+(?:and|while|but|whereas|as|with)\s|\s(?:while|whereas)\s|\s[–—]\s")
_BOUND = re.compile(r"(?:since|until|till|by|before|after|from|ever)\b", re.IGNORECASE)
_NOW = re.compile(
    r"\b(?:has|have|is|are|now|today|currently|says|say|meanwhile|this (?:morning|week|month)|later|will|so far|earlier)\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"[“\"'‘]?(?:It|He|She|They|This|That|These|Those|The (?:attack|strike|shelling|raid|blast|assault|incident|same))\b"
)
_LEAN_CHARS = 500
_THOSE_DAYS = re.compile(
    r"\b(?:those|these|the)\s+(?P<n>\d{1,3}|[a-z]+)[- ]days?\b(?!\s+(?:ago|later|after|before))", re.IGNORECASE
)
_COUNTS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10, "twelve": 12,
    "thirty-four": 34, "forty-four": 44,
}  # fmt: skip


def told_in_clause(claim: Claim, text: str) -> When | None:
    """The one day named in the clause of a sentence in which a claim's evidence stands; else the last named before it there."""
    start, stop = claim.sentence_start_char, claim.sentence_end_char
    sentence = text[start:stop]
    spans = [
        span
        for span in scan_times(sentence)
        if span.rule in _DATED | _LONG
        and not _BOUND.match(sentence[span.start_char : span.end_char])
        and sentence[span.end_char : span.end_char + 2] not in ("'s", "’s")
    ]
    if not spans:
        return None
    cuts = [0, *(match.start() for match in _CUT.finditer(sentence)), len(sentence)]
    begin, end = claim.start_char - start, claim.end_char - start
    low = max(cut for cut in cuts if cut <= max(begin, 0))
    high = next((cut for cut in cuts if cut >= max(end, low + 1)), len(sentence))
    inside = [span for span in spans if low <= span.start_char < high]
    earlier = [span for span in spans if span.end_char <= low]
    chosen = inside[0] if len(inside) == 1 else earlier[-1] if not inside and earlier else None
    if chosen is None:
        return None
    expression = sentence[chosen.start_char : chosen.end_char]
    return replace(claim.when, text=expression, start_char=start + chosen.start_char, end_char=start + chosen.end_char)


def told_before(claim: Claim, text: str, news: When, resolve: Callable[[str], When]) -> When | None:
    """The earlier time that a claim's paragraph has last told, where its sentence tells of none and speaks of the past.

    `resolve` gives the days of an expression; only days before the news' own are carried on.
    """
    if news.earliest is None or claim.act.startswith("TOLL"):
        return None
    start = claim.sentence_start_char
    sentence = text[start : claim.sentence_end_char]
    if is_verbal(claim.act) and not _GOES_ON.match(sentence):
        return None
    if _NOW.search(sentence) or any(span.rule not in ("for_n", "daypart") for span in scan_times(sentence)):
        return None
    paragraph = text.rfind("\n", 0, start) + 1
    if paragraph >= start and _GOES_ON.match(sentence):
        paragraph = text.rfind("\n", 0, len(text[:start].rstrip())) + 1
    before = text[max(paragraph, start - _LEAN_CHARS) : start]
    for span in reversed(scan_times(before)):
        expression = before[span.start_char : span.end_char]
        if span.rule not in _DATED | _LONG or before[span.end_char : span.end_char + 2] in ("'s", "’s"):
            continue
        if _BOUND.match(expression):
            return None
        days = resolve(expression)
        if days.latest is None or days.earliest is None or days.relation is not None or days.latest >= news.earliest:
            return None
        return replace(claim.when, earliest=days.earliest, latest=days.latest, precision=days.precision)
    return None


def outbreak_of_days(sentence: str, outbreaks: tuple[Outbreak, ...], before: date | None) -> Outbreak | None:
    """ "those 44 days": the outbreak known to have lasted so many days, the latest before a day."""
    for match in _THOSE_DAYS.finditer(sentence):
        word = match["n"].lower()
        count = int(word) if word.isdigit() else _COUNTS.get(word)
        if count is None or count < 2:
            continue
        lasted = [
            o
            for o in outbreaks
            if o.until is not None
            and abs((o.until - o.on) / timedelta(days=1) + 1 - count) <= 1
            and (before is None or o.until <= before)
        ]
        if lasted:
            return max(lasted, key=lambda o: o.on)
    return None


def stepped(days: When, count: int, unit: str) -> When:
    """A time told before, moved by so many weeks, months or years: "a year later". Its precision stays."""
    if days.earliest is None or days.latest is None:
        return days
    return replace(days, earliest=_moved(days.earliest, count, unit), latest=_moved(days.latest, count, unit))


def _moved(day: date, count: int, unit: str) -> date:
    if unit == "week":
        return day + timedelta(weeks=count)
    months = day.year * 12 + day.month - 1 + count * (12 if unit == "year" else 1)
    year, month = divmod(months, 12)
    last = (date(year + month // 11, (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))
