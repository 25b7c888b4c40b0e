"""What the map asks of a ledger: every incident streamed in one order, and whole columns of facets, through a `Reader`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from trucewatch.model.records import Claim, Document, Incident
from trucewatch.store.index import FACETS, INDEX, UNKNOWN_DAY
from trucewatch.store.reading import IncidentFilter, Reader
from trucewatch.store.tables import BY_TYPE

STREAM = 2_000


@dataclass(frozen=True, kw_only=True, slots=True)
class FamilySize:
    """A source family: how many incidents it tells of, its documents, and one outlet of them."""

    id: str
    incidents: int
    documents: int
    outlet: str | None


def incident_rows(reader: Reader) -> Iterator[tuple[str, str]]:
    """Every incident as (id, its record in JSON), by first day and id, those without a day last; streamed."""
    table = BY_TYPE[Incident].table
    query = sa.select(INDEX.c.id, table.c.record).join(table, table.c.id == INDEX.c.id)
    ordered = query.order_by(INDEX.c.first_day == UNKNOWN_DAY, INDEX.c.first_day, INDEX.c.id)
    for row in reader.conn.execute(ordered.execution_options(yield_per=STREAM)):
        yield row[0], row[1]


def agreements_by_incident(reader: Reader) -> dict[str, tuple[str, ...]]:
    """Agreements that incidents are held against, by incident id."""
    query = sa.select(INDEX.c.id, FACETS.c.value).join(FACETS, FACETS.c.number == INDEX.c.number)
    found: dict[str, list[str]] = {}
    for incident_id, agreement_id in reader.conn.execute(query.where(FACETS.c.kind == "agreement")):
        found.setdefault(incident_id, []).append(agreement_id)
    shared: dict[tuple[str, ...], tuple[str, ...]] = {}
    return {key: shared.setdefault(ids, ids) for key, ids in ((key, tuple(sorted(ids))) for key, ids in found.items())}


def incident_ids(reader: Reader, wanted: IncidentFilter) -> list[str]:
    """Ids of the incidents that a filter leaves."""
    return list(reader.conn.execute(sa.select(INDEX.c.id).where(*reader.conditions(wanted))).scalars())


def largest_families(reader: Reader, limit: int) -> list[FamilySize]:
    """The families that tell of most incidents."""
    number = sa.func.count()
    query = sa.select(FACETS.c.value, number).where(FACETS.c.kind == "family").group_by(FACETS.c.value)
    sizes = {row[0]: row[1] for row in reader.conn.execute(query.order_by(number.desc(), FACETS.c.value).limit(limit))}
    documents = BY_TYPE[Document].table
    claims = BY_TYPE[Claim].table
    family = sa.func.coalesce(documents.c.family_id, documents.c.id)
    # of a family's outlets the one that more of its documents come from would need a second pass: any will do as a name
    rows = reader.conn.execute(
        sa.select(family, sa.func.count(), sa.func.min(documents.c.outlet))
        .where(family.in_(list(sizes)), sa.exists().where(claims.c.document_id == documents.c.id))
        .group_by(family)
    )
    told = {row[0]: (row[1], row[2]) for row in rows}
    return [
        FamilySize(id=key, incidents=size, documents=told.get(key, (0, None))[0], outlet=told.get(key, (0, None))[1])
        for key, size in sizes.items()
    ]
