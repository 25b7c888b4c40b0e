"""Rows read straight from the ledger's tables, without building the whole view: for pages that must answer at once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

import sqlalchemy as sa

from trucewatch.model.records import Claim, Decision, Document, Incident, Violation
from trucewatch.model.serial import from_plain
from trucewatch.store.sql import Store
from trucewatch.store.tables import BY_TYPE, HISTORY, RUNS

Record = TypeVar("Record")
STREAM = 2_000
CHUNK = 500


def stand(store: Store) -> str:
    """A short word that changes whenever a run or a decision may have changed what the ledger says."""
    decisions = BY_TYPE[Decision].table
    with store._transaction() as conn:
        run = conn.execute(sa.select(sa.func.max(RUNS.c.number), sa.func.max(RUNS.c.finished_at))).one()
        decided = conn.execute(sa.select(sa.func.max(decisions.c.sequence))).scalar()
        changed = conn.execute(sa.select(sa.func.max(HISTORY.c.sequence))).scalar()
    return f"{run[0] or 0}-{(run[1] or '').translate(str.maketrans('', '', '-:.TZ'))}-{decided or 0}-{changed or 0}"


def incident_rows(store: Store) -> Iterator[tuple[str, str]]:
    """Every incident as (id, its record in JSON), by first day and id, those without a day last. One transaction, streamed."""
    table = BY_TYPE[Incident].table
    first = sa.func.coalesce(table.c.when_earliest, table.c.when_latest)
    query = sa.select(table.c.id, table.c.record).order_by(first.is_(None), first, table.c.id)
    with store._transaction() as conn:
        for row in conn.execution_options(yield_per=STREAM).execute(query):
            yield row.id, row.record


def agreement_ids(store: Store) -> dict[str, tuple[str, ...]]:
    """Agreements that incidents are held against, by incident id."""
    table = BY_TYPE[Violation].table
    query = sa.select(table.c.incident_id, table.c.agreement_id).where(table.c.incident_id.is_not(None)).distinct()
    found: dict[str, list[str]] = {}
    with store._transaction() as conn:
        for incident_id, agreement_id in conn.execute(query.order_by(table.c.incident_id, table.c.agreement_id)):
            found.setdefault(incident_id, []).append(agreement_id)
    shared: dict[tuple[str, ...], tuple[str, ...]] = {}
    return {key: shared.setdefault(tuple(ids), tuple(ids)) for key, ids in found.items()}


def records(store: Store, record_type: type[Record], ids: Iterable[str] | None = None) -> list[Record]:
    """Records of one type (all of them, or those of the ids that are there), ordered by id. Documents come without their text."""
    table = BY_TYPE[record_type].table
    query = sa.select(table.c.record).order_by(table.c.id)
    with store._transaction() as conn:
        if ids is None:
            found = list(conn.execute(query).scalars())
        else:
            wanted = sorted(set(ids))
            found = []
            for begin in range(0, len(wanted), CHUNK):
                found.extend(conn.execute(query.where(table.c.id.in_(wanted[begin : begin + CHUNK]))).scalars())
    return [from_plain(record_type, json.loads(text)) for text in found]


def claim_ids_of(store: Store, document_ids: Sequence[str]) -> list[str]:
    """Ids of the claims that documents make."""
    table = BY_TYPE[Claim].table
    found: list[str] = []
    with store._transaction() as conn:
        for begin in range(0, len(document_ids), CHUNK):
            part = document_ids[begin : begin + CHUNK]
            found.extend(conn.execute(sa.select(table.c.id).where(table.c.document_id.in_(part))).scalars())
    return found


def family_of(store: Store, family_id: str) -> list[str]:
    """Ids of the documents of a family; a document that is kin to no other is a family by its own id."""
    table = BY_TYPE[Document].table
    query = sa.select(table.c.id).where(sa.or_(table.c.family_id == family_id, table.c.id == family_id)).order_by(table.c.id)
    with store._transaction() as conn:
        return list(conn.execute(query).scalars())


def largest_families(store: Store, limit: int) -> list[tuple[str, int, int, str | None]]:
    """Families with most claims: (id, documents, claims, an outlet of theirs)."""
    documents, claims = BY_TYPE[Document].table, BY_TYPE[Claim].table
    family = sa.func.coalesce(documents.c.family_id, documents.c.id)
    number = sa.func.count(claims.c.id)
    query = (
        sa.select(family, sa.func.count(sa.distinct(documents.c.id)), number, sa.func.min(documents.c.outlet))
        .select_from(documents.join(claims, claims.c.document_id == documents.c.id))
        .group_by(family)
        .order_by(number.desc(), family)
        .limit(limit)
    )
    with store._transaction() as conn:
        return [(row[0], row[1], row[2], row[3]) for row in conn.execute(query)]
