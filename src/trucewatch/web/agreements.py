"""The agreements clause by clause: who is said to have broken them, by whom, and how much was read to know it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, FastAPI, Query, Request
from starlette.responses import Response

from trucewatch.model.records import Observation, Violation
from trucewatch.model.theatre import Agreement, Clause
from trucewatch.reports.chart import make_bands
from trucewatch.reports.osce_table import coverage
from trucewatch.reports.words import STATUSES, Names, day_words, force_words, local_day
from trucewatch.store.scoreboard import ALLEGED, ClauseCount, clause_counts, day_counts, days_read, teller_counts
from trucewatch.text.inforce import last_day
from trucewatch.web.filters import only, read_day, refuse
from trucewatch.web.site import SITE

NOBODY = "nobody named"
MOST_DAYS = 31
router = APIRouter(include_in_schema=False)


def register(app: FastAPI) -> None:
    """Add the page."""
    app.include_router(router)


@dataclass(frozen=True, kw_only=True)
class Line:
    """Alleged breaches of one clause by one party: how many incidents, by status in words, told and denied by whom."""

    party: str
    code: str | None
    total: int
    statuses: tuple[tuple[str, int], ...]
    told_by: tuple[tuple[str, int], ...]
    denied_by: tuple[tuple[str, int], ...]


@dataclass(frozen=True, kw_only=True)
class ClausePart:
    """A clause with what is alleged against it; `deadline` in words; `passed`: explanations of deadlines that passed."""

    clause: Clause
    bound: str
    deadline: str | None
    lines: tuple[Line, ...]
    passed: tuple[Violation, ...]


@dataclass(frozen=True, kw_only=True)
class AgreementPart:
    """An agreement with its clauses, those that something is alleged against apart; `force` says when it binds."""

    agreement: Agreement
    parties: str
    force: str
    clauses: tuple[ClausePart, ...]
    quiet: tuple[ClausePart, ...]


@dataclass(frozen=True, kw_only=True)
class DayPart:
    """Incidents with an alleged breach on a day, by side, beside what was read and watched of it."""

    day: str
    words: str
    counts: tuple[int, ...]
    documents: int
    families: int
    hours: float


@router.get("/agreements", dependencies=[only("from", "to")])
def show_agreements(
    request: Request, site: SITE, from_: Annotated[str | None, Query(alias="from")] = None, to: str | None = None
) -> Response:
    """The scoreboard, of all days or of those from one to another."""
    first, last = read_day("from", from_), read_day("to", to)
    if first is not None and last is not None and first > last:
        raise refuse("from", first, f"a day not after to, which is {last}")
    with site.reading() as reader:
        period = (first, last)
        counts = site.recent(reader, ("clauses", period), lambda own: clause_counts(own.conn, first, last))
        told = site.recent(reader, ("told", period), lambda own: teller_counts(own.conn, "asserted_by", first, last))
        denied = site.recent(reader, ("denied", period), lambda own: teller_counts(own.conn, "denied_by", first, last))
        by_day = site.recent(reader, ("days", period), lambda own: day_counts(own.conn, first, last))
        passed = reader.passed_deadlines()
        bounds = reader.days()
        shown_days = _days_shown(by_day, first, last)
        read = days_read(reader.conn, shown_days)
        observations = reader.where(Observation)
    start, stop = _span(bounds, first, last)
    length = (stop - start).days + 1
    parties = sorted({party for own in by_day.values() for party in own}, key=lambda code: site.names.rank(code))
    zone = site.theatre.timezone
    parts = [_agreement(one, site.names, zone, counts, told, denied, passed) for one in site.theatre.agreements]
    return site.page(
        request,
        "agreements.html",
        agreements=sorted(parts, key=lambda part: not part.clauses),
        bands=tuple(make_bands(site.theatre.agreements, zone, start, length)),
        start=day_words(start),
        stop=day_words(stop),
        sides=[site.names.party(code) or NOBODY for code in parties],
        days=_day_parts(shown_days, parties, by_day, read, observations, zone),
        left_out=max(0, len(by_day) - len([day for day in shown_days if day in by_day])),
        coverage=coverage(observations),
        first=first.isoformat() if first else "",
        last=last.isoformat() if last else "",
    )


def _span(bounds: tuple[str, str] | None, first: date | None, last: date | None) -> tuple[date, date]:
    known = tuple(map(date.fromisoformat, bounds)) if bounds else (date.today(), date.today())
    start = first or min(known[0], last or known[0])
    return start, max(start, last or known[1])


def _days_shown(by_day: Mapping[str, object], first: date | None, last: date | None) -> list[str]:
    """The days of the period where they are few, else the latest with an incident."""
    if first is not None and last is not None and (last - first).days < MOST_DAYS:
        return [(first + timedelta(days=number)).isoformat() for number in range((last - first).days + 1)]
    return sorted(by_day)[-MOST_DAYS:]


def _agreement(
    agreement: Agreement,
    names: Names,
    timezone: str,
    counts: Iterable[ClauseCount],
    told: Iterable[ClauseCount],
    denied: Iterable[ClauseCount],
    passed: Iterable[Violation],
) -> AgreementPart:
    clauses = [_clause(clause, names, counts, told, denied, passed) for clause in agreement.clauses]
    return AgreementPart(
        agreement=agreement,
        parties=names.parties(agreement.parties),
        force=force_words(agreement, timezone),
        clauses=tuple(one for one in clauses if one.lines or one.passed),
        quiet=tuple(one for one in clauses if not one.lines and not one.passed),
    )


def _clause(
    clause: Clause,
    names: Names,
    counts: Iterable[ClauseCount],
    told: Iterable[ClauseCount],
    denied: Iterable[ClauseCount],
    passed: Iterable[Violation],
) -> ClausePart:
    by_party: dict[str | None, dict[str, int]] = defaultdict(dict)
    for one in counts:
        if one.clause_id == clause.id and one.value in ALLEGED:
            by_party[one.party][one.value] = one.count

    def tellers(found: Iterable[ClauseCount], party: str | None) -> tuple[tuple[str, int], ...]:
        own = [(one.value, one.count) for one in found if one.clause_id == clause.id and one.party == party]
        return tuple((names.party(code) or code, count) for code, count in sorted(own, key=lambda pair: (-pair[1], pair[0])))

    deadline = None
    if clause.deadline is not None:
        deadline = day_words(last_day(clause.deadline))
        if clause.deadline.extended_to is not None:
            deadline += f", moved from {day_words(clause.deadline.on)}"
    return ClausePart(
        clause=clause,
        bound=names.parties(clause.bound_parties),
        deadline=deadline,
        lines=tuple(
            Line(
                party=names.party(party) or NOBODY,
                code=party,
                total=sum(own.values()),
                statuses=tuple((STATUSES["breach", status], own[status]) for status in ALLEGED if status in own),
                told_by=tellers(told, party),
                denied_by=tellers(denied, party),
            )
            for party, own in sorted(by_party.items(), key=lambda pair: names.rank(pair[0]))
        ),
        passed=tuple(one for one in passed if one.clause_id == clause.id),
    )


def _day_parts(
    days: Iterable[str],
    parties: Iterable[str | None],
    by_day: Mapping[str, Mapping[str | None, int]],
    read: Mapping[str, object],
    observations: Iterable[Observation],
    timezone: str,
) -> list[DayPart]:
    hours: dict[str, list[Observation]] = defaultdict(list)
    for observation in observations:
        hours[local_day(observation.observed_from_at, timezone).isoformat()].append(observation)
    return [
        DayPart(
            day=day,
            words=day_words(date.fromisoformat(day)),
            counts=tuple(by_day.get(day, {}).get(party, 0) for party in parties),
            documents=getattr(read.get(day), "documents", 0),
            families=getattr(read.get(day), "families", 0),
            hours=coverage(hours[day]).hours if day in hours else 0.0,
        )
        for day in days
    ]
