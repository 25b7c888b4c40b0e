"""Counts over violations, in the database: by clause, party and status, by who tells of them, and by day beside what was read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from trucewatch.model.records import Document, Violation
from trucewatch.store.index import FACETS, INDEX, UNKNOWN_DAY
from trucewatch.store.tables import BY_TYPE
from trucewatch.store.tallies import tally

# a breach that somebody alleges or found; the others say that none is
ALLEGED = ("alleged", "prima_facie", "exception_claimed", "found", "time_ambiguous")
_VIOLATIONS = BY_TYPE[Violation].table
_DOCUMENTS = BY_TYPE[Document].table


@dataclass(frozen=True, kw_only=True)
class ClauseCount:
    """Incidents against a clause by one party (None: nobody named) under one breach status. `value` as the query says."""

    clause_id: str
    party: str | None
    value: str
    count: int


@dataclass(frozen=True, kw_only=True)
class DayRead:
    """What was read of a day: documents that were published on it, and in how many families."""

    documents: int
    families: int


def _within(query: sa.Select[Any], first: date | None, last: date | None) -> sa.Select[Any]:
    if first is not None:
        query = query.where(INDEX.c.last_day >= first.isoformat())
    if last is not None:
        query = query.where(INDEX.c.first_day <= last.isoformat(), INDEX.c.first_day > UNKNOWN_DAY)
    return query


def clause_counts(conn: sa.Connection, first: date | None = None, last: date | None = None) -> list[ClauseCount]:
    """Incidents by clause, party and breach status (`value`), of days from first to last, included."""
    if first is None and last is None:
        kept = tally(conn, "clause").items()
        return [ClauseCount(clause_id=clause, party=party or None, value=status, count=n) for (clause, party, status), n in kept]
    query = (
        sa.select(_VIOLATIONS.c.clause_id, _VIOLATIONS.c.party, _VIOLATIONS.c.status, sa.func.count())
        .join(INDEX, INDEX.c.id == _VIOLATIONS.c.incident_id)
        .group_by(_VIOLATIONS.c.clause_id, _VIOLATIONS.c.party, _VIOLATIONS.c.status)
    )
    return _counts(conn, _within(query, first, last))


def teller_counts(conn: sa.Connection, kind: str, first: date | None = None, last: date | None = None) -> list[ClauseCount]:
    """Incidents by clause, party and who tells of them (`kind` "asserted_by") or denies them ("denied_by"), as `value`."""
    query = (
        sa.select(_VIOLATIONS.c.clause_id, _VIOLATIONS.c.party, FACETS.c.value, sa.func.count(_VIOLATIONS.c.id))
        .join(INDEX, INDEX.c.id == _VIOLATIONS.c.incident_id)
        .join(FACETS, sa.and_(FACETS.c.number == INDEX.c.number, FACETS.c.kind == kind))
        .where(_VIOLATIONS.c.status.in_(ALLEGED))
        .group_by(_VIOLATIONS.c.clause_id, _VIOLATIONS.c.party, FACETS.c.value)
    )
    return _counts(conn, _within(query, first, last))


def _counts(conn: sa.Connection, query: sa.Select[Any]) -> list[ClauseCount]:
    return [ClauseCount(clause_id=row[0], party=row[1], value=row[2], count=row[3]) for row in conn.execute(query)]


def day_counts(conn: sa.Connection, first: date | None = None, last: date | None = None) -> dict[str, dict[str | None, int]]:
    """Incidents with an alleged breach by first day (ISO) and party; each counts once for a party, however many clauses."""
    query = (
        sa.select(INDEX.c.first_day, _VIOLATIONS.c.party, sa.func.count(sa.distinct(_VIOLATIONS.c.incident_id)))
        .join(INDEX, INDEX.c.id == _VIOLATIONS.c.incident_id)
        .where(_VIOLATIONS.c.status.in_(ALLEGED), INDEX.c.first_day > UNKNOWN_DAY)
        .group_by(INDEX.c.first_day, _VIOLATIONS.c.party)
    )
    found: dict[str, dict[str | None, int]] = {}
    for day, party, count in conn.execute(_within(query, first, last)):
        found.setdefault(day, {})[party] = count
    return found


def days_read(conn: sa.Connection, days: Sequence[str]) -> dict[str, DayRead]:
    """What was read of each of these days (ISO); days of which nothing was read are left out."""
    family = sa.func.coalesce(_DOCUMENTS.c.family_id, _DOCUMENTS.c.id)
    query = (
        sa.select(_DOCUMENTS.c.published_earliest, sa.func.count(), sa.func.count(sa.distinct(family)))
        .where(_DOCUMENTS.c.published_earliest.in_(days))
        .group_by(_DOCUMENTS.c.published_earliest)
    )
    return {row[0]: DayRead(documents=row[1], families=row[2]) for row in conn.execute(query)}
