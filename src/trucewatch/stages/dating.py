"""When a text without a date was published, judged from what it tells against what the theatre knows.

Every day that an article of the theatre may come from is a candidate. Each piece of evidence in the text weighs the days
(log-weights, added): how long after a known outbreak or agreement the text says it speaks, weekdays, stated years, offices held,
dated kin. The shortest run of days that holds most of the weight is the answer, if at least one piece of evidence truly ties the text to
the calendar (an office or a weekday alone does not).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from trucewatch.model.records import When
from trucewatch.model.theatre import Actor, Office, Outbreak, Theatre
from trucewatch.text.names import fold
from trucewatch.text.time_expressions import WEEKDAYS, TimeSpan, scan_times
from trucewatch.text.times import resolve_time

_DAY = timedelta(days=1)
# an article of the theatre comes from the fighting or the weeks around it, unless it says otherwise
BEFORE_DAYS, AFTER_DAYS = 2, 21
LONGEST_OPEN = timedelta(days=60)
# the answer's run of days must hold this share of the weight, and be no longer than this
MASS, LONGEST_ANSWER = 0.6, 7
_ONSET = re.compile(
    r"\b(?:began|begun|begin|broke out|broken out|erupt\w*|start(?:ed|s)?|launch(?:ed|es)|flared?(?: up)?|outbreak|resum\w+|reignit\w+|start of)\b",
    re.IGNORECASE,
)
_FIGHTING = re.compile(
    r"\b(?:fighting|war|conflict|hostilities|violence|clashes|battles?|offensive|operation|invasion|campaign|attacks?|strikes?|shelling"
    r"|escalation|bombardment|bombing|airstrikes|blockade|closing|corridor)\b",
    re.IGNORECASE,
)
_FRESH = re.compile(
    r"\b(?:recently erupted|erupted|broke out|broken out|outbreak of|new(?:ly)? (?:fighting|escalation|outbreak)|renewed|launch(?:ed|es)"
    r"|heaviest|worst (?:fighting|clashes|violence|outbreak)|escalat\w+)\b",
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
class Dating:
    """Days of publishing, both included, how they are known (stated or inferred), and the reasons in words."""

    earliest: date
    latest: date
    basis: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Evidence:
    reason: str
    weight: Callable[[date], float]
    ties: bool = False


def date_document(text: str, title: str | None, theatre: Theatre, kin: Sequence[KinDay] = ()) -> Dating | None:
    """Days on which a text was published, or None where too little supports any."""
    whole = text if not title or title in text[:400] else f"{title}\n{text}"
    sentences = [part for part in re.split(r"(?<=[.!?”\"])\s+|\n+", whole) if part.strip()]
    spans = [(sentence, span) for sentence in sentences for span in scan_times(sentence)]
    days = _candidates(theatre, spans, kin)
    if not days:
        return None
    evidence = [
        _prior(theatre),
        *_kin_evidence(kin),
        *_years(spans, whole),
        *_weekdays(spans),
        *_onsets(sentences, theatre.outbreaks),
        *_agreements(spans, theatre),
        *_dates(spans),
        *_offices(whole, theatre.actors),
        *_freshness(whole, sentences, theatre),
    ]
    weights = {day: sum(piece.weight(day) for piece in evidence) for day in days}
    best = max(weights.values())
    mass = {day: math.exp(weight - best) for day, weight in weights.items()}
    total = sum(mass.values())
    answer = _shortest_run(sorted(days), mass, MASS * total)
    if answer is None:
        return None
    first, last = answer
    held = [
        piece for piece in evidence if piece.reason and max(piece.weight(first), piece.weight(last)) > _mean(piece, days) + 0.2
    ]
    if not any(piece.ties for piece in held):
        return None
    return Dating(first, last, "inferred", tuple(dict.fromkeys(piece.reason for piece in held)))


def _mean(piece: _Evidence, days: Sequence[date]) -> float:
    return sum(piece.weight(day) for day in days) / len(days)


def _shortest_run(days: Sequence[date], mass: dict[date, float], wanted: float) -> tuple[date, date] | None:
    """The shortest run of consecutive days that holds the mass wanted; of two as short, the one that holds more."""
    for length in range(1, LONGEST_ANSWER + 1):
        best: tuple[float, date] | None = None
        for day in days:
            held = sum(mass.get(day + step * _DAY, 0.0) for step in range(length))
            if held >= wanted and (best is None or held > best[0]):
                best = (held, day)
        if best is not None:
            return best[1], best[1] + (length - 1) * _DAY
    return None


def _end(outbreak: Outbreak) -> date:
    return outbreak.until or outbreak.on + LONGEST_OPEN


def _candidates(theatre: Theatre, spans: Sequence[tuple[str, TimeSpan]], kin: Sequence[KinDay]) -> list[date]:
    ranges = [(outbreak.on - BEFORE_DAYS * _DAY, _end(outbreak) + AFTER_DAYS * _DAY) for outbreak in theatre.outbreaks]
    for agreement in theatre.agreements:
        if agreement.effective_at is not None:
            ranges.append((agreement.effective_at.date(), agreement.effective_at.date() + AFTER_DAYS * _DAY))
    ranges += [(one.earliest - 3 * _DAY, one.latest + 4 * _DAY) for one in kin]
    for _, span in spans:
        if span.rule in ("dmy", "mdy", "iso", "dotted"):
            found = resolve_time(_written(span), When()).earliest
            if found is not None:
                ranges.append((found, found + AFTER_DAYS * _DAY))
    first, last = theatre.since, theatre.until
    days = {start + step * _DAY for start, end in ranges for step in range((end - start).days + 1)}
    return sorted(day for day in days if (first is None or day >= first) and (last is None or day <= last))


def _written(span: TimeSpan) -> str:
    parts = dict(span.parts)
    if "mn" in parts:
        return f"{int(parts['y']):04d}-{int(parts['mn']):02d}-{int(parts['d']):02d}"
    return f"{parts['d']} {parts['m']} {parts['y']}"


# ---- evidence


def _prior(theatre: Theatre) -> _Evidence:
    """Reports are thickest in the first days of fighting and thin out as it goes on."""
    spans = [(outbreak.on, _end(outbreak)) for outbreak in theatre.outbreaks]

    def weight(day: date) -> float:
        inside = [-(day - on).days / 25 for on, until in spans if on <= day <= until]
        after = [-2.0 - (day - until).days / 10 for _, until in spans if until < day]
        return max([*inside, *after, -6.0])

    return _Evidence("", weight)


def _kin_evidence(kin: Sequence[KinDay]) -> list[_Evidence]:
    def made(one: KinDay) -> _Evidence:
        def weight(day: date) -> float:
            away = max((one.earliest - day).days, (day - one.latest).days, 0)
            return 4.0 - 1.5 * away if away <= 4 else -2.0

        return _Evidence(f"its kin {one.source} is of {one.earliest.isoformat()}", weight, ties=True)

    return [made(one) for one in kin]


def _years(spans: Sequence[tuple[str, TimeSpan]], text: str) -> list[_Evidence]:
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
        return -0.4 * (day.year - last) - (1.0 if day.year == last_bare else 0.0)

    return [_Evidence(f"the last year it names is {last}", weight)]


def _weekdays(spans: Sequence[tuple[str, TimeSpan]]) -> list[_Evidence]:
    """News tells of the day itself or the day before, by the weekday's name."""
    bare = [span.part("w") or "" for _, span in spans if span.rule == "weekday" and not span.part("mod")]
    counts = Counter(WEEKDAYS.index(name.lower()) for name in bare)
    found = []
    behind_weight = (0.0, -0.7, -1.8, -3.0, -3.5, -4.0, -4.0)
    for weekday, number in counts.items():
        share = number / sum(counts.values())

        def weight(day: date, weekday: int = weekday, share: float = share) -> float:
            return behind_weight[(day.weekday() - weekday) % 7] * share

        found.append(_Evidence(f"it tells of {WEEKDAYS[weekday].capitalize()} by name", weight))
    if any(span.rule == "weekend" and (span.part("mod") or "").lower() in ("", "this") for _, span in spans):
        weekend = (-0.8, -1.4, -2.0, -2.5, -2.5, -0.4, 0.0)
        found.append(_Evidence("it tells of this weekend", lambda day: weekend[day.weekday()]))
    return found


def _onsets(sentences: Sequence[str], outbreaks: Sequence[Outbreak]) -> list[_Evidence]:
    """Where a text says how long ago the fighting began, days so long after a known outbreak gain."""
    found = []
    for sentence in sentences:
        for span in scan_times(sentence):
            expression = sentence[span.start_char : span.end_char]
            if span.rule == "since_began":
                inner = [one for one in scan_times(expression.split(None, 1)[1]) if not one.rule.startswith("since")]
                if not inner:
                    continue
                told = expression.split(None, 1)[1][inner[0].start_char : inner[0].end_char]
                found.append(_onset(told, outbreaks, 4.0, f"it says that the fighting began {told}"))
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
            near = sentence[max(0, span.start_char - 110) : span.end_char + 60]
            named = [one for one in outbreaks if _names(near, one)]
            close = sentence[max(0, span.start_char - 40) : span.end_char + 8]
            if span.rule == "ago" and _ONSET.search(close) and _FIGHTING.search(near):
                found.append(_onset(expression, outbreaks, 4.0, f"it says that the fighting began {expression}"))
            elif named and (_ONSET.search(near) or span.rule in ("month", "unit")):
                found.append(_onset(expression, named, 3.0, f"it puts {named[0].name} {expression}"))
            elif _ONSET.search(near) and _FIGHTING.search(near):
                found.append(_onset(expression, outbreaks, 2.0, f"it tells of fighting that began {expression}"))
    return found


def _names(text: str, outbreak: Outbreak) -> bool:
    """Whether a text speaks of an outbreak by at least two words of its name, one of them a proper name."""
    words = set(re.findall(r"[a-z]{4,}", text.lower()))
    stems = {word[:6] for word in words}
    proper = [word for word in re.findall(r"\b[A-Z][a-z]{3,}", outbreak.name) if word.lower() not in _MONTH_WORDS]
    if not proper or not all(word.lower()[:6] in stems for word in proper):
        return False
    return any(word[:6] in stems for word in re.findall(r"[a-z]{4,}", outbreak.name) if word not in ("near", "between"))


_MONTH_WORDS = frozenset("january february march april may june july august september october november december".split())


def _onset(told: str, outbreaks: Sequence[Outbreak], strength: float, reason: str) -> _Evidence:
    known: dict[date, float] = {}

    def weight(day: date) -> float:
        if day not in known:
            known[day] = reckoned(day)
        return known[day]

    def reckoned(day: date) -> float:
        when = resolve_time(told, When(earliest=day, latest=day, precision="day"))
        if when.earliest is None or when.latest is None:
            return 0.0
        width = (when.latest - when.earliest).days
        for outbreak in outbreaks:
            if when.earliest <= outbreak.on <= when.latest and outbreak.on <= day:
                # a wide expression ("last week") fits many days: it says less
                return strength - 0.4 * math.log1p(width)
        return 0.0

    return _Evidence(reason, weight, ties=True)


def _agreements(spans: Sequence[tuple[str, TimeSpan]], theatre: Theatre) -> list[_Evidence]:
    """ "Five days after the truce": days so long after an agreement took effect, or the day after those, gain."""
    effective = [agreement.effective_at.date() for agreement in theatre.agreements if agreement.effective_at is not None]
    found = []
    for sentence, span in spans:
        if span.rule != "after_event" or span.part("dir") != "after" or not _TRUCE.search(span.part("event") or ""):
            continue
        expression = sentence[span.start_char : span.end_char]
        told = {
            when.earliest: start
            for start in effective
            if (
                when := resolve_time(
                    expression, When(earliest=start + 60 * _DAY, latest=start + 60 * _DAY), anchors=[("", start)]
                )
            ).earliest
        }

        def weight(day: date, told: dict[date | None, date] = told) -> float:
            return 4.0 if day in told else 3.2 if day - _DAY in told else 0.0

        found.append(_Evidence(f"it speaks {expression}", weight, ties=True))
    return found


def _dates(spans: Sequence[tuple[str, TimeSpan]]) -> list[_Evidence]:
    """Dates told: none lies ahead; one without its year is of the last weeks."""
    found = []
    for sentence, span in spans:
        expression = sentence[span.start_char : span.end_char]
        if span.rule in ("dmy", "mdy", "iso", "dotted"):
            told = resolve_time(expression, When()).earliest
            if told is not None:

                def weight(day: date, told: date = told) -> float:
                    if day < told:
                        return -6.0
                    return 2.5 - (day - told).days / 3 if (day - told).days < 12 else 0.0

                found.append(_Evidence(f"it tells of {told.isoformat()}", weight, ties=True))
        elif span.rule in ("dm", "md"):

            def near(day: date, expression: str = expression) -> float:
                told = resolve_time(expression, When(earliest=day, latest=day)).earliest
                return 1.5 - (day - told).days / 10 if told is not None and 0 <= (day - told).days < 40 else -2.5

            found.append(_Evidence(f'it tells of "{expression}" without the year', near, ties=True))
    return found


def _offices(text: str, actors: Sequence[Actor]) -> list[_Evidence]:
    """Who is named with a title held it, and who is named held some office, on the day."""
    folded = fold(text)
    found = []
    for actor in actors:
        if actor.kind != "person" or not actor.offices:
            continue
        place = next((at for name in actor.names if " " in name and (at := _find(folded, fold(name))) is not None), None)
        if place is None:
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

        found.append(_Evidence(f"it gives {actor.names[0]} the title of {dated[0].title}", weight))
    return found


def _find(text: str, name: str) -> tuple[int, int] | None:
    match = re.search(rf"\b{re.escape(name)}\b", text) if name else None
    return match.span() if match else None


def _title_words(office: Office) -> set[str]:
    return {word for word in fold(office.title).split() if word not in _TITLE_NOISE}


def _freshness(text: str, sentences: Sequence[str], theatre: Theatre) -> list[_Evidence]:
    """Words of a fresh outbreak draw towards its first days; days of fighting already told need days to have passed."""
    found = []
    if _FRESH.search(text):
        spans = [(outbreak.on, _end(outbreak)) for outbreak in theatre.outbreaks]

        def fresh(day: date) -> float:
            return max((-(day - on).days / 12 for on, until in spans if on <= day <= until), default=-2.0)

        found.append(_Evidence("it tells of fighting newly broken out", fresh))
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
                started = [outbreak for outbreak in theatre.outbreaks if outbreak.on <= day <= _end(outbreak)]
                return 0.0 if any(outbreak.on <= when.earliest + _DAY for outbreak in started) else -2.0

            found.append(_Evidence(f"it tells of fighting {expression}", lasting))
    if not _TRUCE.search(text):
        effective = [agreement.effective_at.date() for agreement in theatre.agreements if agreement.effective_at is not None]

        def silent(day: date) -> float:
            return -0.7 if any(0 <= (day - start).days <= 10 for start in effective) else 0.0

        found.append(_Evidence("it tells of no truce", silent))
    return found


_FIGHTING_NOW = re.compile(
    r"\b(?:killed|dead|fighting|shell\w*|targeted|attack\w*|struck|clash\w*|bomb\w*|fir(?:ed|ing))\b", re.IGNORECASE
)
