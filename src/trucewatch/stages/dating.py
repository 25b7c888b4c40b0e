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
# a run of so many days answers if it holds this share of the weight: the longer it is, the surer it must be
SHARES = (*((days, 0.5) for days in (1, 2)), *((days, 0.6) for days in range(3, 8)), *((days, 0.75) for days in range(8, 32)))
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
    r"|heaviest|worst (?:fighting|clashes|violence|outbreak))\b",
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


def date_document(
    text: str, title: str | None, theatre: Theatre, kin: Sequence[KinDay] = (), deeds: Sequence[SharedDeeds] = ()
) -> Dating | None:
    """Days on which a text was published, or None where too little supports any."""
    whole = text if not title or title in text[:400] else f"{title}\n{text}"
    # a line that ends in the middle of a sentence was wrapped
    unwrapped = re.sub(r"(?<![.!?:;”\"\n])\n(?!\n)", " ", whole)
    sentences = [part for part in re.split(r"(?:(?<=[.!?])|(?<=[.!?][”\"’']))\s+|\n+", unwrapped) if part.strip()]
    spans = [(sentence, span) for sentence in sentences for span in scan_times(sentence)]
    days = _candidates(theatre, spans, kin)
    if not days:
        return None
    evidence = [
        _prior(theatre),
        *_kin_evidence(kin),
        *_deed_evidence(deeds),
        *_years(spans, whole),
        *_weekdays(spans),
        *_onsets(sentences, theatre.outbreaks),
        *_agreements(spans, theatre),
        *_dates(spans),
        *_offices(unwrapped, theatre.actors),
        *_deaths(sentences, theatre.actors),
        *_freshness(whole, sentences, theatre),
    ]
    weights = {day: sum(piece.weight(day) for piece in evidence) for day in days}
    best = max(weights.values())
    mass = {day: math.exp(weight - best) for day, weight in weights.items()}
    total = sum(mass.values())
    answer = _shortest_run(sorted(days), mass, total)
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


def _shortest_run(days: Sequence[date], mass: dict[date, float], total: float) -> tuple[date, date] | None:
    """The shortest run of consecutive days that holds its share of the mass; of two as short, the one that holds more."""
    for length, share in SHARES:
        wanted = share * total
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
    """Reports are thickest in the first days of fighting and thin out as it goes on; the longer it lasted, the more there are.

    What has no known end is a state (a closed road, a standing crisis) and makes less news than fighting.
    """
    spans = [
        (one.on, _end(one), 0.4 * math.log(1 + (one.until - one.on).days) if one.until is not None else -1.0)
        for one in theatre.outbreaks
    ]

    def weight(day: date) -> float:
        inside = [size - min((day - on).days / 25, 3.0) for on, until, size in spans if on <= day <= until]
        after = [size - 2.0 - (day - until).days / 10 for _, until, size in spans if until < day]
        return max([*inside, *after, -6.0])

    return _Evidence("", weight)


def _kin_evidence(kin: Sequence[KinDay]) -> list[_Evidence]:
    def made(one: KinDay) -> _Evidence:
        def weight(day: date) -> float:
            away = max((one.earliest - day).days, (day - one.latest).days, 0)
            return 4.0 - 1.5 * away if away <= 4 else -2.0

        return _Evidence(f"its kin {one.source} is of {one.earliest.isoformat()}", weight, ties=True)

    return [made(one) for one in kin]


def _deed_evidence(deeds: Sequence[SharedDeeds]) -> list[_Evidence]:
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
    return [_Evidence(reason, weight, ties=sum(one.number for one in strongest) >= 2)]


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
        # of the running year an article says "in April" or "this year", never its number
        return -0.4 * (day.year - last) - (2.5 if day.year == last_bare else 0.0)

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


def _onset(told: str, outbreaks: Sequence[Outbreak], strength: float, reason: str) -> _Evidence:
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

    return _Evidence(reason, weight, ties=True)


def _agreements(spans: Sequence[tuple[str, TimeSpan]], theatre: Theatre) -> list[_Evidence]:
    """ "Five days after the truce": days so long after an agreement took effect, or the day after those, gain."""
    effective = [agreement.effective_at.date() for agreement in theatre.agreements if agreement.effective_at is not None]
    found = []
    for sentence, span in spans:
        if span.rule != "after_event" or span.part("dir") != "after" or not _TRUCE.search(span.part("event") or ""):
            continue
        expression = sentence[span.start_char : span.end_char]
        later = [(start, start + 60 * _DAY) for start in effective]
        told = {resolve_time(expression, When(earliest=end, latest=end), anchors=[("", start)]).earliest for start, end in later}

        def weight(day: date, told: set[date | None] = told) -> float:
            return 6.0 if day in told else 5.2 if day - _DAY in told else 0.0

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
                    return -6.0 if day < told else 1.5 if (day - told).days < 2 else 0.0

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

        found.append(_Evidence(f"it gives {actor.names[0]} the title of {dated[0].title}", weight))
    return found


_DEATH = re.compile(r"\b(?:assassinat\w+|killing|killed|death|slain|funeral|murder\w*)\b", re.IGNORECASE)
_DEATH_BEFORE = re.compile(
    r"\b(?:(?:assassination|killing|death|murder|funeral) of|killed|assassinated|killing|assassinating) (?:\S+ ){0,6}$"
)
_DEATH_AFTER = re.compile(
    r"^(?: \S+){0,3} (?:was|is|were|had been|has been|s) (?:\S+ )?(?:killed|assassinated|slain|killing|assassination|death|funeral)\b"
)


def _is_killed(text: str, place: tuple[int, int]) -> bool:
    """Whether a text (folded) tells of the killing of who is named at a place in it."""
    before, after = text[max(0, place[0] - 90) : place[0]], text[place[1] : place[1] + 60]
    return _DEATH_BEFORE.search(before) is not None or _DEATH_AFTER.search(after) is not None


def _deaths(sentences: Sequence[str], actors: Sequence[Actor]) -> list[_Evidence]:
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
        names = [fold(name) for name in actor.names if " " in name]
        for sentence, plain in zip(telling, folded, strict=True):
            place = next((at for name in names if name and (at := _find(plain, name)) is not None), None)
            if place is None or not _is_killed(plain, place):
                continue
            found.append(_death(actor, max(ends), sentence))
    return found


def _death(actor: Actor, died: date, sentence: str) -> _Evidence:
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

    return _Evidence(f"it tells of the killing of {actor.names[0]}", weight, ties=True)


def _find(text: str, name: str) -> tuple[int, int] | None:
    # most names do not stand in the text at all: no pattern is made for those
    match = re.search(rf"\b{re.escape(name)}\b", text) if name and name in text else None
    return match.span() if match else None


def _title_words(office: Office) -> set[str]:
    return {word for word in fold(office.title).split() if word not in _TITLE_NOISE}


def _freshness(text: str, sentences: Sequence[str], theatre: Theatre) -> list[_Evidence]:
    """Words of a fresh outbreak draw towards its first days; days of fighting already told need days to have passed."""
    found = []
    if _FRESH.search(text):
        spans = [(outbreak.on, _end(outbreak)) for outbreak in theatre.outbreaks]

        def fresh(day: date) -> float:
            return max((max(-(day - on).days / 12, -2.5) for on, until in spans if on <= day <= until), default=-2.5)

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
                early = min(((outbreak.on - when.earliest).days for outbreak in started), default=9)
                return 0.0 if early <= 0 else -0.7 if early == 1 else -2.0

            found.append(_Evidence(f"it tells of fighting {expression}", lasting))
    for sentence in sentences:
        for span in scan_times(sentence):
            if (
                span.rule == "unit"
                and (span.part("part") or "").lower() == "earlier"
                and span.part("u") == "year"
                and _FIGHTING.search(sentence)
            ):
                found.append(_Evidence("it tells of other fighting earlier in the year", _earlier_in_year(theatre.outbreaks)))
            elif span.rule == "unit" and (span.part("part") or "").lower() == "earlier" and span.part("u") == "month":
                found.append(_Evidence("it tells of days earlier in the month", lambda day: -1.5 if day.day < 4 else 0.0))
    if not _TRUCE.search(text):
        effective = [agreement.effective_at.date() for agreement in theatre.agreements if agreement.effective_at is not None]

        def silent(day: date) -> float:
            return -0.7 if any(0 <= (day - start).days <= 10 for start in effective) else 0.0

        found.append(_Evidence("it tells of no truce", silent))
    return found


def _earlier_in_year(outbreaks: Sequence[Outbreak]) -> Callable[[date], float]:
    def weight(day: date) -> float:
        return 1.5 if any(one.on.year == day.year and (day - _end(one)).days > 20 for one in outbreaks) else 0.0

    return weight


_FIGHTING_NOW = re.compile(
    r"\b(?:killed|dead|fighting|shell\w*|targeted|attack\w*|struck|clash\w*|bomb\w*|fir(?:ed|ing))\b", re.IGNORECASE
)
