"""When a text without a date was published, judged from what it tells against what the theatre knows.

Every day that an article of the theatre may come from is a candidate. Each piece of evidence in the text weighs the days
(log-weights, added): how long after a known outbreak or agreement the text says it speaks, weekdays, stated years, offices held,
dated kin. The shortest run of days that holds most of the weight is the answer, if at least one piece of evidence truly ties the
text to the calendar (an office or a weekday alone does not).
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from trucewatch.model.records import When
from trucewatch.model.theatre import Theatre
from trucewatch.stages.dating_evidence import (
    DAY,
    KinDay,
    SharedDeeds,
    agreements,
    dates,
    deaths,
    deed_evidence,
    end_of,
    freshness,
    kin_evidence,
    offices,
    onsets,
    prior,
    weekdays,
    years,
)
from trucewatch.text.time_expressions import TimeSpan, scan_times
from trucewatch.text.times import resolve_time

# an article of the theatre comes from the fighting or the weeks around it, unless it says otherwise
BEFORE_DAYS, AFTER_DAYS = 2, 21
# a run of so many days answers if it holds this share of the weight: the longer it is, the surer it must be
SHARES = (*((days, 0.5) for days in (1, 2)), *((days, 0.6) for days in range(3, 8)), *((days, 0.75) for days in range(8, 32)))


@dataclass(frozen=True, slots=True)
class Dating:
    """Days of publishing, both included, how they are known (stated or inferred), and the reasons in words."""

    earliest: date
    latest: date
    basis: str
    reasons: tuple[str, ...]


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
    told_by_others = [*kin_evidence(kin), *deed_evidence(deeds)]
    told = [*onsets(sentences, theatre.outbreaks), *agreements(spans, theatre), *dates(spans)]
    killings = deaths(sentences, theatre.actors)
    if not any(piece.ties for piece in (*told_by_others, *told, *killings)):
        # nothing could carry an answer: most articles of other matters end here, before what never carries one is weighed
        return None
    # in one order always: weights are added in floating point
    evidence = [
        prior(theatre),
        *told_by_others,
        *years(spans, whole),
        *weekdays(spans),
        *told,
        *offices(unwrapped, theatre.actors),
        *killings,
        *freshness(whole, sentences, theatre),
    ]
    columns = [[piece.weight(day) for day in days] for piece in evidence]
    weights = [sum(row) for row in zip(*columns, strict=True)]
    best = max(weights)
    mass = {day: math.exp(weight - best) for day, weight in zip(days, weights, strict=True)}
    answer = _shortest_run(days, mass)
    if answer is None:
        return None
    first, last = answer
    ends = days.index(first), days.index(last)
    held = [
        piece
        for piece, column in zip(evidence, columns, strict=True)
        if piece.reason and max(column[end] for end in ends) > sum(column) / len(column) + 0.2
    ]
    if not any(piece.ties for piece in held):
        return None
    return Dating(first, last, "inferred", tuple(dict.fromkeys(piece.reason for piece in held)))


def _shortest_run(days: Sequence[date], mass: dict[date, float]) -> tuple[date, date] | None:
    """The shortest run of consecutive days that holds its share of the mass; of two as short, the one that holds more."""
    total, begin = sum(mass.values()), days[0].toordinal()
    size = days[-1].toordinal() - begin + 1
    # by days since the first, those that are no candidates included
    weights, may_be = np.zeros(size), np.zeros(size, dtype=bool)
    at = [day.toordinal() - begin for day in days]
    weights[at], may_be[at] = [mass[day] for day in days], True
    held = np.zeros(size)
    for length, share in SHARES:
        if length > size:
            break
        held = held[: size - length + 1] + weights[length - 1 :]
        # a run begins and ends on a day that may be one
        both = may_be[: size - length + 1] & may_be[length - 1 :]
        if not both.any():
            continue
        first = int(np.argmax(np.where(both, held, -1.0)))
        if held[first] >= share * total:
            return date.fromordinal(begin + first), date.fromordinal(begin + first + length - 1)
    return None


def _candidates(theatre: Theatre, spans: Sequence[tuple[str, TimeSpan]], kin: Sequence[KinDay]) -> list[date]:
    ranges = [(outbreak.on - BEFORE_DAYS * DAY, end_of(outbreak) + AFTER_DAYS * DAY) for outbreak in theatre.outbreaks]
    for agreement in theatre.agreements:
        if agreement.effective_at is not None:
            ranges.append((agreement.effective_at.date(), agreement.effective_at.date() + AFTER_DAYS * DAY))
    ranges += [(one.earliest - 3 * DAY, one.latest + 4 * DAY) for one in kin]
    for _, span in spans:
        if span.rule in ("dmy", "mdy", "iso", "dotted"):
            found = resolve_time(_written(span), When()).earliest
            if found is not None:
                ranges.append((found, found + AFTER_DAYS * DAY))
    first, last = theatre.since, theatre.until
    days = {start + step * DAY for start, end in ranges for step in range((end - start).days + 1)}
    return sorted(day for day in days if (first is None or day >= first) and (last is None or day <= last))


def _written(span: TimeSpan) -> str:
    parts = dict(span.parts)
    if "mn" in parts:
        return f"{int(parts['y']):04d}-{int(parts['mn']):02d}-{int(parts['d']):02d}"
    return f"{parts['d']} {parts['m']} {parts['y']}"
