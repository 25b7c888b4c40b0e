"""Pieces of evidence in a text for the day it was published, each a log-weight over days with its reason in words."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from trucewatch.model.records import When
from trucewatch.model.theatre import Actor, Office, Outbreak, Theatre
from trucewatch.text.names import fold, fold_name
from trucewatch.text.time_expressions import WEEKDAYS, TimeSpan, scan_times
from trucewatch.text.times import resolve_time

DAY = timedelta(days=1)
# an outbreak without a known end is taken to last so long
LONGEST_OPEN = timedelta(days=60)
_ONSET = re.compile(
    r"\b(?:began|begun|begin|broke out|broken out|erupt\w*|start(?:ed|s)?|launch(?:ed|es)|flared?(?: up)?|outbreak|resum\w+"
    r"|reignit\w+|start of)\b",
    re.IGNORECASE,
)
_FIGHTING = re.compile(
    r"\b(?:fighting|war|conflict|hostilities|violence|clashes|battles?|offensive|operation|invasion|campaign|attacks?|strikes?"
    r"|shelling|escalation|bombardment|bombing|airstrikes|blockade|closing|corridor)\b",
    re.IGNORECASE,
)
_FRESH = re.compile(
    r"\b(?:recently erupted|erupted|broke out|broken out|outbreak of|new(?:ly)? (?:fighting|escalation|outbreak)|renewed"
    r"|launch(?:ed|es)|heaviest|worst (?:fighting|clashes|violence|outbreak))\b",
    re.IGNORECASE,
)
_TRUCE = re.compile(r"\b(?:truce|cease-?fire|armistice|cessation)\b", re.IGNORECASE)
_TITLE_NOISE = frozenset("the of and to for a an deputy former acting chief senior de facto first".split())


@dataclass(frozen=True, slots=True)
class KinDay:
    """A kin document's days of publishing."""

    source: str
    earliest: date
    latest: date


@dataclass(frozen=True, slots=True)
class SharedDeeds:
    """Days of a dated document that tells of so many of the same deeds at the same places."""

    source: str
    earliest: date
    latest: date
    number: int


@dataclass(frozen=True, slots=True)
class Evidence:
    reason: str
    weight: Callable[[date], float]
    ties: bool = False


def end_of(outbreak: Outbreak) -> date:
    return outbreak.until or outbreak.on + LONGEST_OPEN


def prior(theatre: Theatre) -> Evidence:
    """Reports are thickest in the first days of fighting and thin out as it goes on; the longer it lasted, the more there are.

    What has no known end is a state (a closed road, a standing crisis) and makes less news than fighting.
    """
    spans = [
        (one.on, end_of(one), 0.4 * math.log(1 + (one.until - one.on).days) if one.until is not None else -1.0)
        for one in theatre.outbreaks
    ]

    def weight(day: date) -> float:
        inside = [size - min((day - on).days / 25, 3.0) for on, until, size in spans if on <= day <= until]
        after = [size - 2.0 - (day - until).days / 10 for _, until, size in spans if until < day]
        return max([*inside, *after, -6.0])

    return Evidence("", weight)


def kin_evidence(kin: Sequence[KinDay]) -> list[Evidence]:
    def made(one: KinDay) -> Evidence:
        def weight(day: date) -> float:
            away = max((one.earliest - day).days, (day - one.latest).days, 0)
            return 4.0 - 1.5 * away if away <= 4 else -2.0

        return Evidence(f"its kin {one.source} is of {one.earliest.isoformat()}", weight, ties=True)

    return [made(one) for one in kin]


def deed_evidence(deeds: Sequence[SharedDeeds]) -> list[Evidence]:
    """Documents that tell of the same deeds at the same places are mostly of the same days: each deed adds, to a limit."""
    if not deeds:
        return []
    strongest = sorted(deeds, key=lambda one: (-one.number, one.earliest))[:5]

    def weight(day: date) -> float:
        score = 0.0
        for one in strongest:
            away = max((one.earliest - day).days, (day - one.latest).days, 0)
            score += max(0.0, 0.8 * min(one.number, 3) * (1 - away / 3))
        return min(score, 3.0)

    first = strongest[0]
    reason = f"it tells of the same deeds as {first.source} of {first.earliest.isoformat()}"
    return [Evidence(reason, weight, ties=sum(one.number for one in strongest) >= 2)]


def years(spans: Sequence[tuple[str, TimeSpan]], text: str) -> list[Evidence]:
    """No text tells of a year to come as past; the last year it names is near, and is past when it is named bare."""
    named = [
        int(year)
        for _, span in spans
        for key, year in span.parts
        if key in ("y", "y2") and year.isdigit() and span.rule != "decade"
    ]
    bare = [int(span.part("y") or 0) for _, span in spans if span.rule in ("year", "year_name")]
    named += [
        int(year)
        for year in re.findall(
            r"\b((?:19|20)\d\d)\b(?!\s*(?:GMT|UTC|hours|people))", re.sub(r"(?:©|[Cc]opyright)[^\n]*", "", text)
        )
    ]
    named = [year for year in named if 1900 <= year <= 2100]
    if not named:
        return []
    last, last_bare = max(named), max(bare, default=0)

    def weight(day: date) -> float:
        if day.year < last:
            return -6.0
        # of the running year an article says "in April" or "this year", never its number
        return -0.4 * (day.year - last) - (2.5 if day.year == last_bare else 0.0)

    return [Evidence(f"the last year it names is {last}", weight)]


def weekdays(spans: Sequence[tuple[str, TimeSpan]]) -> list[Evidence]:
    """News tells of the day itself or the day before, by the weekday's name."""
    bare = [span.part("w") or "" for _, span in spans if span.rule == "weekday" and not span.part("mod")]
    counts = Counter(WEEKDAYS.index(name.lower()) for name in bare)
    found = []
    behind_weight = (0.0, -0.7, -1.8, -3.0, -3.5, -4.0, -4.0)
    for weekday, number in counts.items():
        share = number / sum(counts.values())

        def weight(day: date, weekday: int = weekday, share: float = share) -> float:
            return behind_weight[(day.weekday() - weekday) % 7] * share

        found.append(Evidence(f"it tells of {WEEKDAYS[weekday].capitalize()} by name", weight))
    if any(span.rule == "weekend" and (span.part("mod") or "").lower() in ("", "this") for _, span in spans):
        weekend = (-0.8, -1.4, -2.0, -2.5, -2.5, -0.4, 0.0)
        found.append(Evidence("it tells of this weekend", lambda day: weekend[day.weekday()]))
    return found


def onsets(sentences: Sequence[str], outbreaks: Sequence[Outbreak]) -> list[Evidence]:
    """Where a text says how long ago the fighting began, days so long after a known outbreak gain."""
    found = []
    explicit = False
    for sentence in sentences:
        for span in scan_times(sentence):
            expression = sentence[span.start_char : span.end_char]
            if span.rule == "since_began":
                inner = [one for one in scan_times(expression.split(None, 1)[1]) if not one.rule.startswith("since")]
                if not inner:
                    continue
                told = expression.split(None, 1)[1][inner[0].start_char : inner[0].end_char]
                found.append(_onset(told, outbreaks, 5.0, f"it says that the fighting began {told}"))
                explicit = True
                continue
            if (
                (span.rule == "weekend" or span.rule == "weekday")
                and expression.lower().startswith("since ")
                and _FIGHTING_NOW.search(sentence)
            ):
                found.append(_onset(expression.split(None, 1)[1], outbreaks, 2.5, f"it tells of fighting {expression}"))
                continue
            if span.rule not in (
                "weekday",
                "ago",
                "unit",
                "relative_day",
                "dm",
                "md",
                "dmy",
                "mdy",
                "month",
                "my",
                "part_unit",
                "weekend",
            ):
                continue
            if span.part("y") or re.match(r"(?:since|until|by|before)\b", expression, re.IGNORECASE):
                continue
            if span.rule == "unit" and span.part("u") not in ("week", "month"):
                continue
            near = sentence[max(0, span.start_char - 110) : span.end_char + 110]
            named = [one for one in outbreaks if _names(near, one)]
            close = sentence[max(0, span.start_char - 40) : span.end_char + 8]
            if span.rule == "ago" and _ONSET.search(close) and _FIGHTING.search(near):
                found.append(_onset(expression, outbreaks, 5.0, f"it says that the fighting began {expression}"))
                explicit = True
            elif named and (_ONSET.search(near) or span.rule in ("month", "unit")):
                found.append(_onset(expression, named, 3.0, f"it puts {named[0].name} {expression}"))
            elif _ONSET.search(near) and _FIGHTING.search(near):
                found.append(_onset(expression, outbreaks, 2.0, f"it tells of fighting that began {expression}"))
    return [piece for piece in found if not (explicit and piece.reason.startswith("it tells of fighting"))]


def _names(text: str, outbreak: Outbreak) -> bool:
    """Whether a text speaks of an outbreak by at least two words of its name, one of them a proper name."""
    words = set(re.findall(r"[a-z]{4,}", text.lower()))
    stems = {word[:6] for word in words}
    proper = [word for word in re.findall(r"\b[A-Z][a-z]{3,}", outbreak.name) if word.lower() not in _MONTH_WORDS]
    if not proper or not all(word.lower()[:6] in stems for word in proper):
        return False
    return any(word[:6] in stems for word in re.findall(r"[a-z]{4,}", outbreak.name) if word not in ("near", "between"))


_MONTH_WORDS = frozenset("january february march april may june july august september october november december".split())


def _onset(told: str, outbreaks: Sequence[Outbreak], strength: float, reason: str) -> Evidence:
    known: dict[date, float] = {}
    is_last = re.search(r"\blast\b", told, re.IGNORECASE) is not None
    is_month = any(span.rule == "month" for span in scan_times(told))

    def weight(day: date) -> float:
        if day not in known:
            known[day] = reckoned(day)
        return known[day]

    def reckoned(day: date) -> float:
        when = resolve_time(told, When(earliest=day, latest=day, precision="day"))
        if when.earliest is None or when.latest is None:
            return 0.0
        width = (when.latest - when.earliest).days
        if is_month and day <= when.latest:
            # of the running month an article says "this month" or the day, never its name alone
            return -1.5
        for outbreak in outbreaks:
            if when.earliest <= outbreak.on <= when.latest and outbreak.on <= day:
                if is_last and (day - outbreak.on).days < 3:
                    # nobody calls the day before yesterday "last Sunday"
                    continue
                # a wide expression ("last week") fits many days: it says less
                return strength - 0.4 * math.log1p(width)
        return 0.0

    return Evidence(reason, weight, ties=True)


def agreements(spans: Sequence[tuple[str, TimeSpan]], theatre: Theatre) -> list[Evidence]:
    """ "Five days after the truce": days so long after an agreement took effect, or the day after those, gain.

    One truce spoken of alone is the first of its weeks: a later one would be called new, second, renewed.
    """
    effective = sorted({agreement.effective_at.date() for agreement in theatre.agreements if agreement.effective_at is not None})
    found = []
    for sentence, span in spans:
        if span.rule != "after_event" or span.part("dir") != "after" or not _TRUCE.search(span.part("event") or ""):
            continue
        expression = sentence[span.start_char : span.end_char]
        later = [(start, start + 60 * DAY) for start in effective]
        is_new = re.search(r"\b(?:new|second|third|latest|renewed|another)\b", expression, re.IGNORECASE) is not None
        told: dict[date, float] = {}
        for start, end in later:
            then = resolve_time(expression, When(earliest=end, latest=end), anchors=[("", start)]).earliest
            if then is not None:
                earlier = sum(0 < (start - other).days < 40 for other in effective)
                told[then] = 6.0 - (0.0 if is_new else 0.8 * earlier)

        def weight(day: date, told: dict[date, float] = told) -> float:
            return max(told.get(day, 0.0), told.get(day - DAY, 0.8) - 0.8)

        found.append(Evidence(f"it speaks {expression}", weight, ties=True))
    return found


def dates(spans: Sequence[tuple[str, TimeSpan]]) -> list[Evidence]:
    """Dates told: none lies ahead; one without its year is of the last weeks."""
    found = []
    for sentence, span in spans:
        expression = sentence[span.start_char : span.end_char]
        if span.rule in ("dmy", "mdy", "iso", "dotted"):
            told = resolve_time(expression, When()).earliest
            if told is not None:

                def weight(day: date, told: date = told) -> float:
                    return -6.0 if day < told else 1.5 if (day - told).days < 2 else 0.0

                found.append(Evidence(f"it tells of {told.isoformat()}", weight, ties=True))
        elif span.rule in ("dm", "md"):

            def near(day: date, expression: str = expression) -> float:
                told = _told_on(expression, day)
                return 1.5 - (day - told).days / 10 if told is not None and 0 <= (day - told).days < 40 else -2.5

            found.append(Evidence(f'it tells of "{expression}" without the year', near, ties=True))
    return found


@lru_cache(maxsize=1 << 17)
def _told_on(expression: str, day: date) -> date | None:
    """The day that a date without its year means on another day: asked for the same candidates by every document."""
    return resolve_time(expression, When(earliest=day, latest=day)).earliest


def offices(text: str, actors: Sequence[Actor]) -> list[Evidence]:
    """Who is named with a title held it, and who is named held some office, on the day."""
    folded = fold(text)
    found = []
    for actor in actors:
        if actor.kind != "person" or not actor.offices:
            continue
        place = next((at for name in actor.names if " " in name and (at := _find(folded, fold_name(name))) is not None), None)
        if place is None:
            continue
        if _is_killed(folded, place):
            continue
        near = set(folded[max(0, place[0] - 90) : place[1] + 60].split())
        held = [office for office in actor.offices if _title_words(office) and _title_words(office) <= near]
        dated = [office for office in held if office.since or office.until]
        if not dated:
            continue

        def weight(day: date, dated: list[Office] = dated) -> float:
            return (
                0.0 if any((o.since is None or o.since <= day) and (o.until is None or day <= o.until) for o in dated) else -3.0
            )

        found.append(Evidence(f"it gives {actor.names[0]} the title of {dated[0].title}", weight))
    return found


_DEATH = re.compile(r"\b(?:assassinat\w+|killing|killed|death|slain|funeral|murder\w*)\b", re.IGNORECASE)
_DEATH_BEFORE = re.compile(
    r"\b(?:(?:assassination|killing|death|murder|funeral) of|killed|assassinated|killing|assassinating) (?:\S+ ){0,6}$"
)
_DEATH_AFTER = re.compile(
    r"^(?: \S+){0,3} (?:was|is|were|had been|has been|s) (?:\S+ )?(?:killed|assassinated|slain|killing|assassination|death"
    r"|funeral)\b"
)


def _is_killed(text: str, place: tuple[int, int]) -> bool:
    """Whether a text (folded) tells of the killing of who is named at a place in it."""
    before, after = text[max(0, place[0] - 90) : place[0]], text[place[1] : place[1] + 60]
    return _DEATH_BEFORE.search(before) is not None or _DEATH_AFTER.search(after) is not None


def deaths(sentences: Sequence[str], actors: Sequence[Actor]) -> list[Evidence]:
    """A text that tells of someone's killing comes after the end of his office; "last month" says how long after."""
    found = []
    telling = [sentence for sentence in sentences if _DEATH.search(sentence)]
    if not telling:
        return []
    folded = [fold(sentence) for sentence in telling]
    for actor in actors:
        ends = [office.until for office in actor.offices if office.until is not None]
        if actor.kind != "person" or not ends or any(office.until is None for office in actor.offices):
            continue
        names = [fold_name(name) for name in actor.names if " " in name]
        for sentence, plain in zip(telling, folded, strict=True):
            place = next((at for name in names if name and (at := _find(plain, name)) is not None), None)
            if place is None or not _is_killed(plain, place):
                continue
            found.append(_death(actor, max(ends), sentence))
    return found


def _death(actor: Actor, died: date, sentence: str) -> Evidence:
    told = [
        sentence[s.start_char : s.end_char] for s in scan_times(sentence) if s.rule in ("unit", "weekday", "ago", "relative_day")
    ]

    def weight(day: date) -> float:
        if day < died:
            return -5.0
        score = -(day - died).days / 60
        for expression in told:
            when = resolve_time(expression, When(earliest=day, latest=day, precision="day"))
            if when.earliest is not None and when.latest is not None and when.earliest <= died <= when.latest:
                return score + 3.0
        return score

    return Evidence(f"it tells of the killing of {actor.names[0]}", weight, ties=True)


def _find(text: str, name: str) -> tuple[int, int] | None:
    # most names do not stand in the text at all: no pattern is made for those
    match = re.search(rf"\b{re.escape(name)}\b", text) if name and name in text else None
    return match.span() if match else None


def _title_words(office: Office) -> set[str]:
    return {word for word in fold_name(office.title).split() if word not in _TITLE_NOISE}


def freshness(text: str, sentences: Sequence[str], theatre: Theatre) -> list[Evidence]:
    """Words of a fresh outbreak draw towards its first days; days of fighting already told need days to have passed."""
    found = []
    if _FRESH.search(text):
        spans = [(outbreak.on, end_of(outbreak)) for outbreak in theatre.outbreaks]

        def fresh(day: date) -> float:
            return max((max(-(day - on).days / 12, -2.5) for on, until in spans if on <= day <= until), default=-2.5)

        found.append(Evidence("it tells of fighting newly broken out", fresh))
    for sentence in sentences:
        for span in scan_times(sentence):
            if (
                span.rule != "past_n"
                or not span.part("n")
                or not _FIGHTING_NOW.search(sentence)
                or "decade" in (span.part("u") or "")
            ):
                continue
            expression = sentence[span.start_char : span.end_char]

            def lasting(day: date, expression: str = expression) -> float:
                when = resolve_time(expression, When(earliest=day, latest=day))
                if when.earliest is None:
                    return 0.0
                started = [outbreak for outbreak in theatre.outbreaks if outbreak.on <= day <= end_of(outbreak)]
                early = min(((outbreak.on - when.earliest).days for outbreak in started), default=9)
                return 0.0 if early <= 0 else -0.7 if early == 1 else -2.0

            found.append(Evidence(f"it tells of fighting {expression}", lasting))
    for sentence in sentences:
        for span in scan_times(sentence):
            if (
                span.rule == "unit"
                and (span.part("part") or "").lower() == "earlier"
                and span.part("u") == "year"
                and _FIGHTING.search(sentence)
            ):
                found.append(Evidence("it tells of other fighting earlier in the year", _earlier_in_year(theatre.outbreaks)))
            elif span.rule == "unit" and (span.part("part") or "").lower() == "earlier" and span.part("u") == "month":
                found.append(Evidence("it tells of days earlier in the month", lambda day: -1.5 if day.day < 4 else 0.0))
    if not _TRUCE.search(text):
        effective = [agreement.effective_at.date() for agreement in theatre.agreements if agreement.effective_at is not None]

        def silent(day: date) -> float:
            return -0.7 if any(0 <= (day - start).days <= 10 for start in effective) else 0.0

        found.append(Evidence("it tells of no truce", silent))
    return found


def _earlier_in_year(outbreaks: Sequence[Outbreak]) -> Callable[[date], float]:
    def weight(day: date) -> float:
        return 1.5 if any(one.on.year == day.year and (day - end_of(one)).days > 20 for one in outbreaks) else 0.0

    return weight


_FIGHTING_NOW = re.compile(
    r"\b(?:killed|dead|fighting|shell\w*|targeted|attack\w*|struck|clash\w*|bomb\w*|fir(?:ed|ing))\b", re.IGNORECASE
)
