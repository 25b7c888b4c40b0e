"""A ledger of some days: what a situation report needs of it, read without the rest; and the few totals it tells of the whole."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import sqlalchemy as sa

from trucewatch.model.records import Claim, ControlClaim, Document, Incident, Issue, Ledger, Observation, Toll, Violation, When
from trucewatch.model.serial import from_plain
from trucewatch.store.filters import IncidentFilter
from trucewatch.store.reading import CHUNK, Reader
from trucewatch.store.tables import BY_TYPE
from trucewatch.store.tallies import tally


@dataclass(frozen=True, kw_only=True)
class Totals:
    """What a report tells of a whole ledger. `languages`: documents by language (None: not known); `published`: the first and
    the last day on which its documents were published, None where none is dated."""

    documents: int
    families: int
    outlets: tuple[str, ...]
    languages: tuple[tuple[str | None, int], ...]
    undated: int
    inferred: int
    published: tuple[date, date] | None
    incidents_without_day: int


def totals_of(ledger: Ledger) -> Totals:
    """The totals of a ledger in memory."""
    documents = ledger.documents
    languages: dict[str | None, int] = {}
    for document in documents:
        languages[document.language] = languages.get(document.language, 0) + 1
    firsts = [d.published.earliest for d in documents if d.published.earliest is not None]
    lasts = [d.published.latest or d.published.earliest for d in documents if d.published.earliest is not None]
    return Totals(
        documents=len(documents),
        families=len({document.family_id or document.id for document in documents}),
        outlets=tuple(sorted({document.outlet for document in documents if document.outlet})),
        languages=tuple(sorted(languages.items(), key=lambda pair: pair[0] or "")),
        undated=sum(d.published.earliest is None and d.published.latest is None for d in documents),
        inferred=sum(d.published.basis == "inferred" for d in documents),
        published=(min(firsts), max(one for one in lasts if one is not None)) if firsts else None,
        incidents_without_day=sum(i.when.earliest is None and i.when.latest is None for i in ledger.incidents),
    )


def stored_totals(reader: Reader) -> Totals:
    """The totals of a stored ledger, counted by its database."""
    counts = {
        name: tally(reader.conn, name).get(("",), 0)
        for name in ("documents", "families", "undated", "inferred", "incidents without a day")
    }
    languages = [(code or None, count) for (code,), count in tally(reader.conn, "language").items()]
    return Totals(
        documents=counts["documents"],
        families=counts["families"],
        outlets=tuple(sorted(outlet for (outlet,) in tally(reader.conn, "outlet") if outlet)),
        languages=tuple(sorted(languages, key=lambda pair: pair[0] or "")),
        undated=counts["undated"],
        inferred=counts["inferred"],
        published=_published_days(reader.conn),
        incidents_without_day=counts["incidents without a day"],
    )


def _published_days(conn: sa.Connection) -> tuple[date, date] | None:
    table = BY_TYPE[Document].table
    first, last = table.c.published_earliest, table.c.published_latest
    # one by one: each is found at an end of an index
    begin = conn.execute(sa.select(sa.func.min(first))).scalar()
    ends = (
        sa.select(last).where(last.is_not(None), first.is_not(None)).order_by(last.desc()).limit(1),
        sa.select(first).where(last.is_(None), first.is_not(None)).order_by(first.desc()).limit(1),
    )
    end = max((day for query in ends if (day := conn.execute(query).scalar()) is not None), default=None)
    return (date.fromisoformat(begin), date.fromisoformat(end)) if begin is not None and end is not None else None


def ledger_of_days(reader: Reader, drawn_from: date, told_from: date, first: date, last: date) -> Ledger:
    """What the report of the days `first` to `last` needs: incidents from `drawn_from` on, with their claims from `told_from` on;
    documents that tell of them or were published from `told_from` on, the latter without texts.

    Sums, deadlines and control that belong to no incident come whole, with the sentences of those that end in the period.
    """
    rows = reader.incidents(IncidentFilter(from_day=drawn_from, to_day=last), limit=None)
    incidents = {row.id: from_plain(Incident, json.loads(row.record)) for row in rows}
    said = _claims_of_days(reader, first, last)
    # a claim of these days may belong to an incident of others
    homes = [one for one in dict.fromkeys(reader.incident_of(said).values()) if one not in incidents]
    incidents.update((one.id, one) for one in reader.get_all(Incident, homes))
    told = [one for one in incidents.values() if (_last(one.when) or last) >= told_from]
    ids = sorted(one.id for one in told)
    tolls, violations = _of_incidents(reader, Toll, ids), _of_incidents(reader, Violation, ids)
    controls = _controls(reader, first, last)
    wanted = [i for one in told for i in (*one.claim_ids, *one.denial_ids, *one.superseded_denial_ids)]
    wanted += [i for one in violations if one.incident_id is None for i in one.claim_ids]
    wanted += [i for t in tolls if t.incident_id is None and _is_between(_last(t.period), first, last) for i in t.claim_ids]
    wanted += [i for one in controls for i in one.claim_ids]
    claims = {claim.id: claim for claim in (*said, *reader.get_all(Claim, wanted))}
    documents = {one.id: one for one in _published(reader, told_from, last)}
    texts = reader.documents(sorted({claim.document_id for claim in claims.values()}))
    documents.update((one.id, one) for one in texts)
    return reader.redacted(
        Ledger(
            documents=tuple(documents[key] for key in sorted(documents)),
            claims=tuple(claims[key] for key in sorted(claims)),
            incidents=tuple(incidents[key] for key in sorted(incidents)),
            tolls=tuple(tolls),
            violations=tuple(violations),
            controls=tuple(controls),
            observations=tuple(reader.where(Observation)),
            issues=tuple(reader.where(Issue, level="error")),
        )
    )


def _controls(reader: Reader, first: date, last: date) -> list[ControlClaim]:
    table = BY_TYPE[ControlClaim].table
    query = sa.select(table.c.record).where(table.c.since_on.between(first.isoformat(), last.isoformat())).order_by(table.c.id)
    return [from_plain(ControlClaim, json.loads(record)) for record in reader.conn.execute(query).scalars()]


def _claims_of_days(reader: Reader, first: date, last: date) -> list[Claim]:
    table = BY_TYPE[Claim].table
    found = _between(reader.conn, table, table.c.when_earliest, table.c.when_latest, first, last)
    return sorted((from_plain(Claim, json.loads(record)) for record in found), key=lambda claim: claim.id)


def _published(reader: Reader, first: date, last: date) -> list[Document]:
    table = BY_TYPE[Document].table
    records = _between(reader.conn, table, table.c.published_earliest, table.c.published_latest, first, last)
    found = (from_plain(Document, json.loads(record)) for record in records)
    return [replace(document, text="", origin_map=()) for document in found]


def _between(
    conn: sa.Connection, table: sa.Table, earliest: sa.Column[Any], latest: sa.Column[Any], first: date, last: date
) -> list[str]:
    """Records of which the earliest day, or where that is not known the latest, lies between two."""
    days = first.isoformat(), last.isoformat()
    # two questions, each of which an index answers
    asked = (earliest.between(*days), sa.and_(earliest.is_(None), latest.between(*days)))
    return [record for day in asked for record in conn.execute(sa.select(table.c.record).where(day)).scalars()]


def _of_incidents(reader: Reader, record_type: type, ids: list[str]) -> list[Any]:
    table = BY_TYPE[record_type].table
    query = sa.select(table.c.record).order_by(table.c.id)
    parts = [query.where(table.c.incident_id.in_(ids[n : n + CHUNK])) for n in range(0, len(ids), CHUNK)]
    parts.append(query.where(table.c.incident_id.is_(None)))
    return [from_plain(record_type, json.loads(one)) for part in parts for one in reader.conn.execute(part).scalars()]


def _last(when: When | None) -> date | None:
    return (when.latest or when.earliest) if when is not None else None


def _is_between(day: date | None, first: date, last: date) -> bool:
    return day is not None and first <= day <= last
