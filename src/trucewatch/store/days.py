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
from trucewatch.store.index import INDEX, UNKNOWN_DAY
from trucewatch.store.reading import CHUNK, Reader
from trucewatch.store.tables import BY_TYPE


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
    table, run = BY_TYPE[Document].table, reader.conn.execute
    first, last = table.c.published_earliest, table.c.published_latest
    undated = sa.and_(first.is_(None), last.is_(None))
    family = sa.func.coalesce(table.c.family_id, table.c.id)
    counts = sa.select(
        sa.func.count(),
        sa.func.count(sa.distinct(family)),
        sa.func.count(sa.case((undated, 1))),
        # inside a record's texts the quotation marks are escaped
        sa.func.count(sa.case((table.c.record.contains('"basis":"inferred"'), 1))),
        sa.func.min(first),
        sa.func.max(sa.case((first.is_not(None), sa.func.coalesce(last, first)))),
    )
    documents, families, without, inferred, begin, end = run(counts).one()
    languages = run(sa.select(table.c.language, sa.func.count()).group_by(table.c.language)).all()
    outlets = run(sa.select(table.c.outlet).where(table.c.outlet.is_not(None), table.c.outlet != "").distinct()).scalars()
    dateless = sa.select(sa.func.count()).select_from(INDEX).where(INDEX.c.first_day == UNKNOWN_DAY)
    return Totals(
        documents=documents,
        families=families,
        outlets=tuple(sorted(outlets)),
        languages=tuple(sorted(((row[0], row[1]) for row in languages), key=lambda pair: pair[0] or "")),
        undated=without,
        inferred=inferred,
        published=(date.fromisoformat(begin), date.fromisoformat(end)) if begin else None,
        incidents_without_day=int(run(dateless).scalar() or 0),
    )


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
    controls = [one for one in reader.where(ControlClaim) if _is_between(one.since.earliest or one.since.latest, first, last)]
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


def _claims_of_days(reader: Reader, first: date, last: date) -> list[Claim]:
    table = BY_TYPE[Claim].table
    begin, end = first.isoformat(), last.isoformat()
    day = sa.or_(
        table.c.when_earliest.between(begin, end),
        sa.and_(table.c.when_earliest.is_(None), table.c.when_latest.between(begin, end)),
    )
    records = reader.conn.execute(sa.select(table.c.record).where(day).order_by(table.c.id)).scalars()
    return [from_plain(Claim, json.loads(record)) for record in records]


def _published(reader: Reader, first: date, last: date) -> list[Document]:
    table = BY_TYPE[Document].table
    day = sa.func.coalesce(table.c.published_earliest, table.c.published_latest)
    query = sa.select(table.c.record).where(day >= first.isoformat(), day <= last.isoformat())
    found = (from_plain(Document, json.loads(record)) for record in reader.conn.execute(query).scalars())
    return [replace(document, text="", origin_map=()) for document in found]


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
