"""What the map asks of a ledger: every incident streamed in one order, and whole columns of facets, through a `Reader`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from trucewatch.model.records import Claim, ControlClaim, Document, Incident
from trucewatch.model.serial import from_plain
from trucewatch.store.filters import IncidentFilter
from trucewatch.store.index import EVERY, FACETS, INDEX, UNKNOWN_DAY
from trucewatch.store.reading import CHUNK, Reader
from trucewatch.store.tables import BY_TYPE

STREAM = 2_000


@dataclass(frozen=True, kw_only=True, slots=True)
class FamilySize:
    """A source family: how many incidents it tells of, its documents, and one outlet of them."""

    id: str
    incidents: int
    documents: int
    outlet: str | None


_ORDER = (INDEX.c.first_day == UNKNOWN_DAY, INDEX.c.first_day, INDEX.c.id)


def incident_marks(reader: Reader, most: int | None = None) -> dict[str, str]:
    """Every incident's mark, which changes whenever its record or its clauses do, by first day and id, without a day last;
    `most`: of so many of the latest days alone."""
    columns = (INDEX.c.id, INDEX.c.changed_at + " " + INDEX.c.digest)
    if most is not None and reader.facet_counts(EVERY).get("", 0) > most:
        latest = sa.select(*columns).order_by(INDEX.c.first_day.desc(), INDEX.c.id.desc()).limit(most)
        return {row[0]: row[1] for row in reversed(reader.conn.execute(latest).all())}
    return {row[0]: row[1] for row in reader.conn.execute(sa.select(*columns).order_by(*_ORDER))}


def incident_rows(reader: Reader, ids: Sequence[str] | None = None) -> Iterator[tuple[str, str]]:
    """Incidents (all, or those of these ids) as (id, its record in JSON), in no order; streamed."""
    table = BY_TYPE[Incident].table
    query = sa.select(table.c.id, table.c.record)
    if ids is None:
        yield from ((row[0], row[1]) for row in reader.conn.execute(query.execution_options(yield_per=STREAM)))
        return
    for begin in range(0, len(ids), CHUNK):
        for row in reader.conn.execute(query.where(table.c.id.in_(ids[begin : begin + CHUNK]))):
            yield row[0], row[1]


def agreements_by_incident(reader: Reader, ids: Sequence[str] | None = None) -> dict[str, tuple[str, ...]]:
    """Agreements that incidents (all, or those of these ids) are held against, by incident id."""
    query = sa.select(INDEX.c.id, FACETS.c.value).join(FACETS, FACETS.c.number == INDEX.c.number)
    # where incidents are named, an expression keeps the kind's millions of facets out of it
    own = query.where(FACETS.c.kind + "" == "agreement")
    whole = query.where(FACETS.c.kind == "agreement")
    parts = [whole] if ids is None else [own.where(INDEX.c.id.in_(ids[n : n + CHUNK])) for n in range(0, len(ids), CHUNK)]
    found: dict[str, list[str]] = {}
    for part in parts:
        for incident_id, agreement_id in reader.conn.execute(part).all():
            found.setdefault(incident_id, []).append(agreement_id)
    shared: dict[tuple[str, ...], tuple[str, ...]] = {}
    return {key: shared.setdefault(ids, ids) for key, ids in ((key, tuple(sorted(ids))) for key, ids in found.items())}


def incident_ids(reader: Reader, wanted: IncidentFilter, behind: str | None = None) -> list[str]:
    """Ids of the incidents that a filter leaves; `behind`: of those alone that begin on the day of this incident or later."""
    conditions, _ = reader.filtering.plan(wanted, is_walked=behind is not None)
    if behind is not None:
        begin = reader.conn.execute(sa.select(INDEX.c.first_day).where(INDEX.c.id == behind)).scalar()
        conditions.append(INDEX.c.first_day >= (begin or UNKNOWN_DAY))
    return list(reader.conn.execute(sa.select(INDEX.c.id).where(*conditions)).scalars())


def latest_controls(reader: Reader, most: int) -> list[ControlClaim]:
    """Who is said to hold what, of the latest days on which it is said to begin, by id."""
    table = BY_TYPE[ControlClaim].table
    query = sa.select(table.c.record).where(table.c.since_on.is_not(None)).order_by(table.c.since_on.desc(), table.c.id.desc())
    records = reader.conn.execute(query.limit(most)).scalars()
    return sorted((from_plain(ControlClaim, json.loads(record)) for record in records), key=lambda control: control.id)


def largest_families(reader: Reader, limit: int) -> list[FamilySize]:
    """The families that tell of most incidents."""
    number = sa.func.count()
    query = sa.select(FACETS.c.value, number).where(FACETS.c.kind == "family").group_by(FACETS.c.value)
    sizes = {row[0]: row[1] for row in reader.conn.execute(query.order_by(number.desc(), FACETS.c.value).limit(limit))}
    documents = BY_TYPE[Document].table
    claims = BY_TYPE[Claim].table
    family = sa.func.coalesce(documents.c.family_id, documents.c.id)
    keys = list(sizes)
    own = sa.or_(documents.c.family_id.in_(keys), sa.and_(documents.c.id.in_(keys), documents.c.family_id.is_(None)))
    # of a family's outlets the one that more of its documents come from would need a second pass: any will do as a name
    rows = reader.conn.execute(
        sa.select(family, sa.func.count(), sa.func.min(documents.c.outlet))
        .where(own, sa.exists().where(claims.c.document_id == documents.c.id))
        .group_by(family)
    )
    told = {row[0]: (row[1], row[2]) for row in rows}
    return [
        FamilySize(id=key, incidents=size, documents=told.get(key, (0, None))[0], outlet=told.get(key, (0, None))[1])
        for key, size in sizes.items()
    ]
