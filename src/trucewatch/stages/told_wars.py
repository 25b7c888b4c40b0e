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
from trucewatch.text.numbers import words_to_int
from trucewatch.text.times import current_outbreak, precision_of, scan_times

_OF_A_WAR = frozenset({"TOLL", "DISPLACE", "TERRITORY"})
_WAR = r"(?:war|conflict|hostilities)"
_A_WAR_DID = (
    r"^(?:The|That)\s+(?:[\w-]+\s+){0,3}?(?:[Ww]ar|[Cc]onflict)\s+"
    r"(?:killed|claimed|cost|left|drove|displaced|forced|destroyed|uprooted|saw|sent)\b"
)
_OPENS_WITH_A_WAR = re.compile(_A_WAR_DID)
_DURING = re.compile(
    rf"\b(?:during|throughout)\s+(?:the|that|this)\s+(?:[\w-]+\s+){{0,2}}?(?:{_WAR}|fighting|bombardment|campaign)\b"
    rf"|\bin\s+(?:the|that)\s+(?:(?:first|second|third|previous|earlier|subsequent)\s+)?{_WAR}\b(?!\s+zones?\b)"
    rf"|\b(?:{_WAR}|fighting)\s+in\s+which\b"
    rf"|\b[Ii]n\s+a\s+(?:[\w-]+\s+)?{_WAR}\s+(?:that|which)\b"
    rf"|{_A_WAR_DID}"
)
_DURING_IT = re.compile(rf"(?<!not )\b(?:during|throughout)\s+(?:the|that|this)\s+(?:[\w-]+\s+)?{_WAR}\b")
_GOES_ON = re.compile(r"(?:It|They|[A-Z][\w-]+ (?:forces|fighters|troops) (?:also|then))\b")
_OTHER_SIDE = re.compile(
    r"\bon (?:their|its|our|the [\w-]+) side\b|\b[Ii]n [A-Z]\w+[^.]{0,40}\b(?:died|were killed)\b|^\W*In [A-Z]"
)
_THAT_WAR = re.compile(r"\b(?:that|this)\s+(?:war|conflict)\b", re.I)
_WAR_OF_YEAR = re.compile(
    r"\b(?P<y>(?:19|20)\d\d)\s+(?:[\w-]+\s+){0,2}?(?:war|conflict)\b|\b(?:war|conflict)\s+(?:[\w-]+\s+){0,3}?(?:of|in)\s+(?P<y2>(?:19|20)\d\d)\b"
)
_WAR_BEFORE = re.compile(
    rf"\b[Ii]n\s+a\s+(?:[\w-]+\s+)?{_WAR}\s+(?:that|which)\b[^.;]{{0,80}}?\b(?:before|until|with)\s+(?:an?|the|its)\s+(?P<y>(?:19|20)\d\d)\b"
)
_NOW = re.compile(r"\b(?:so far|now|today|currently|this (?:week|month)|in recent days|has|have|are|is)\b", re.I)
_YEARS = frozenset({"year", "my", "decade", "range_y", "dmy", "mdy", "season_y"})
_AROUND_CHARS = 450
# how long "the war" means one that is over
_REMEMBERED = timedelta(days=400)
_OVER = timedelta(days=3)


def opens_with_a_war(claim: Claim, text: str) -> bool:
    """ "The second war left 6,000 dead ... that it had held since 1994": a toll of the war that its sentence begins with."""
    sentence = text[claim.sentence_start_char : claim.sentence_end_char].replace("\n", " ")
    return act_class(claim.act) == "TOLL" and _OPENS_WITH_A_WAR.match(sentence) is not None


def war_told(claim: Claim, text: str, news: When, outbreaks: tuple[Outbreak, ...], resolve: Callable[[str], When]) -> When | None:
    """The days of the war that a claim without a time tells of; None where its words speak of none that is over."""
    is_deed_of_it = act_class(claim.act) == "ASSAULT" and _DURING_IT.search(text, claim.start_char, claim.end_char) is not None
    if (act_class(claim.act) not in _OF_A_WAR and not is_deed_of_it) or news.earliest is None:
        return None
    start = claim.sentence_start_char
    sentence = text[start : claim.sentence_end_char].replace("\n", " ")
    paragraph = text.rfind("\n", 0, start) + 1
    before = text[paragraph:start].replace("\n", " ")
    if _NOW.search(text, claim.start_char, claim.end_char):
        return None
    last = re.split(r"(?<=[.!?])\s+", before.strip())[-1]
    if act_class(claim.act) == "TOLL" and _OTHER_SIDE.search(sentence):
        # the other side's dead of the war whose dead were just told, be it a paragraph above
        last = re.split(r"(?<=[.!?])\s+", text[max(0, start - _AROUND_CHARS) : start].strip())[-1].replace("\n", " ")
        goes_on = _DURING.search(last) is not None
    else:
        goes_on = _GOES_ON.match(sentence) is not None and _DURING.search(last) is not None
    if _DURING.search(sentence) is None and not goes_on:
        return _in_told_outbreak(claim, before, news, outbreaks, resolve)
    if (ended := _WAR_BEFORE.search(sentence)) is not None and int(ended["y"]) < news.earliest.year:
        # "in a war that cost 30,000 lives before a 1994 ceasefire": which of its years is not told
        year = int(ended["y"])
        fought = next((o for o in outbreaks if o.until is not None and o.until.year == year), None)
        return _days(claim, news, fought.on if fought is not None else date(year, 1, 1), date(year, 12, 31))
    around = text[max(0, start - _AROUND_CHARS) : claim.sentence_end_char]
    if _THAT_WAR.search(sentence) and (named := list(_WAR_OF_YEAR.finditer(around))):
        year = int(named[-1]["y"] or named[-1]["y2"])
        fought = max((o for o in outbreaks if o.on.year == year and o.until is not None), key=lambda o: o.on, default=None)
        return _days(claim, news, fought.on if fought else date(year, 1, 1), fought.until if fought else date(year, 12, 31))
    recent = [o for o in outbreaks if o.until is not None and o.until + _OVER < news.earliest <= o.until + _REMEMBERED]
    for span in reversed(scan_times(around)):
        found = resolve(around[span.start_char : span.end_char])
        if span.rule in _YEARS or found.earliest is None or found.latest is None or found.relation is not None:
            if span.rule in _YEARS:
                break
            continue
        held = [o for o in recent if o.until is not None and o.on <= found.earliest and found.latest <= o.until]
        if held and found.precision == "day":
            # "broke out on 27 September": the war that the words around tell of
            return _days(claim, news, held[-1].on, held[-1].until)
    told = []
    for span in scan_times(around):
        if span.rule in _YEARS:
            found = resolve(around[span.start_char : span.end_char])
            if found.relation is None and found.earliest is not None and found.latest is not None:
                told.append((found.earliest, found.latest))
    known = recent
    if told and re.search(rf"\b{_WAR}\b", around) and max(end for _, end in told) < news.earliest - timedelta(days=60):
        first, final = min(begin for begin, _ in told), max(end for _, end in told)
        within = [o for o in known if o.until is not None and o.on <= final and first <= o.until]
        if not within:
            return _days(claim, news, first, final)
    if not known:
        return None
    over = max(known, key=lambda o: (o.until or o.on, -o.on.toordinal()))
    begun = [o for o in outbreaks if over.on <= o.on <= news.earliest]
    if any(o.until is None or news.earliest <= o.until + _OVER for o in begun):
        return None
    return _days(claim, news, over.on, over.until)


_OUTSET = re.compile(
    r"\b(?:the|this|that)\s+(?:[\w-]+\s+){0,2}?(?:conflict|war|fighting|hostilities|offensive)\s+(?:in\s+\w+\s+)?"
    r"(?:began|broke out|started|erupted|was (?:triggered|sparked|set off))\s+(?:[\w-]+\s+){0,2}?"
    r"(?P<how>after|when|as|with|by)\b",
    re.I,
)


def told_as_outset(claim: Claim, text: str, news: When, outbreaks: tuple[Outbreak, ...]) -> When | None:
    """ "The war began after fighters captured two soldiers": the outbreak's first day, and the day before what it came after."""
    start = claim.sentence_start_char
    opens = _OUTSET.search(text, start, claim.sentence_end_char)
    if act_class(claim.act) != "ASSAULT" or opens is None or claim.start_char < opens.start("how") or news.latest is None:
        return None
    outbreak = current_outbreak(news.latest, outbreaks)
    if outbreak is None:
        return None
    before = timedelta(days=opens["how"].lower() == "after")
    return _days(claim, news, outbreak.on - before, outbreak.on)


_YEARS_OF = re.compile(
    r"\b(?P<n>\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|\w+teen) years of (?:[\w-]+ ){0,2}?"
    r"(?:fighting|war|conflict)\b",
    re.I,
)
_ENDED = re.compile(
    r"\b(?:end(?:ed)?|until|truce|cease-?fire|armistice|peace|stopped|halted)\b[^.;]{0,50}?\b(?P<y>(?:19|20)\d\d)\b", re.I
)
_NEAR_CHARS = 350


def years_fought(claim: Claim, told: When, text: str) -> When | None:
    """ "30,000 died in six years of fighting", where the words around tell in which year it ended: those years."""
    if told.start_char is None or told.end_char is None:
        return None
    length = _YEARS_OF.search(text, max(0, told.start_char - 2), told.end_char + 40)
    if length is None:
        return None
    count = int(length["n"]) if length["n"].isdigit() else words_to_int(length["n"].lower())
    ended = _ENDED.search(text, max(0, told.start_char - _NEAR_CHARS), told.end_char + _NEAR_CHARS)
    if ended is None or count is None:
        return None
    last = int(ended["y"])
    return replace(told, earliest=date(last - count, 1, 1), latest=date(last, 12, 31), precision="year")


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
