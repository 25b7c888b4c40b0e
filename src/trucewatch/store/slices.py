"""A ledger read piece by piece: each slice a small ledger with everything that its records refer to, in bounded memory.

`StoreSlices` reads from a store in one transaction, so that a run that writes meanwhile changes nothing; `LedgerSlices` cuts a
ledger that is in memory already. What is kept whole is a map of claim ids to incident ids, and nothing else that grows with the
ledger.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from typing import Any, Protocol

import sqlalchemy as sa

from trucewatch.model.records import (
    Claim,
    ControlClaim,
    Decision,
    Document,
    Incident,
    Issue,
    Ledger,
    Observation,
    Toll,
    Violation,
)
from trucewatch.model.serial import from_plain
from trucewatch.store.sql import Store
from trucewatch.store.tables import BY_TYPE, READINGS
from trucewatch.text.redaction import redact_ledger

SIZE = 500
CLAIM_FIELDS = ("claim_ids", "denial_ids", "superseded_denial_ids")
FLAT: dict[str, type] = {
    "documents": Document,
    "observations": Observation,
    "tolls": Toll,
    "controls": ControlClaim,
    "violations": Violation,
    "issues": Issue,
}


class Slices(Protocol):
    """A ledger in pieces."""

    @property
    def outlets(self) -> tuple[str, ...]:
        """Names of all outlets."""

    def incidents(self, *, with_claims: bool = True) -> Iterator[Ledger]:
        """Incidents by id, each slice with their tolls, violations and observations, and where asked for claims and documents."""

    def claims(self) -> Iterator[Ledger]:
        """Claims by document, each slice with their documents and the incidents that they belong to."""

    def flat(self, field: str) -> Iterator[Ledger]:
        """One of the other tables by id: documents, observations, tolls, controls, violations, issues (with what they are
        about)."""


def stored_decisions(store: Store) -> tuple[Decision, ...]:
    """A store's decisions, in their order, without the rest of the ledger."""
    table = BY_TYPE[Decision].table
    with store._transaction() as conn:
        records = conn.execute(sa.select(table.c.record).order_by(table.c.sequence)).scalars().all()
    return tuple(from_plain(Decision, json.loads(record)) for record in records)


class StoreSlices:
    """A store's ledger in pieces; made by `open_slices`."""

    def __init__(self, conn: sa.Connection, size: int = SIZE) -> None:
        self._conn = conn
        self._size = size
        table = BY_TYPE[Decision].table
        records = conn.execute(sa.select(table.c.record).where(table.c.kind.in_(("redact", "undo")))).scalars()
        self._redactions = tuple(from_plain(Decision, json.loads(record)) for record in records)

    @cached_property
    def outlets(self) -> tuple[str, ...]:
        """Names of all outlets."""
        column = BY_TYPE[Document].table.c.outlet
        return tuple(sorted(self._conn.execute(sa.select(column).where(column.is_not(None)).distinct()).scalars()))

    def incidents(self, *, with_claims: bool = True) -> Iterator[Ledger]:
        """Incidents by id with all that they refer to."""
        for incidents in self._pages(Incident):
            ids = [incident.id for incident in incidents]
            told = incidents if with_claims else ()
            claim_ids = [i for one in told for i in (*one.claim_ids, *one.denial_ids, *one.superseded_denial_ids)]
            claims = self._by(Claim, "id", claim_ids)
            yield self._redacted(
                Ledger(
                    incidents=tuple(incidents),
                    claims=claims,
                    documents=self._documents({claim.document_id for claim in claims}),
                    tolls=self._by(Toll, "incident_id", ids),
                    violations=self._by(Violation, "incident_id", ids),
                    observations=self._by(Observation, "id", [i for one in incidents for i in one.observation_ids]),
                )
            )

    def claims(self) -> Iterator[Ledger]:
        """Claims by document with their documents and incidents."""
        incident_of = self._incident_of
        for claims in self._claim_pages():
            wanted = {incident_of[claim.id] for claim in claims if claim.id in incident_of}
            yield self._redacted(
                Ledger(
                    claims=tuple(claims),
                    documents=self._documents({claim.document_id for claim in claims}),
                    incidents=self._by(Incident, "id", sorted(wanted)),
                )
            )

    def flat(self, field: str) -> Iterator[Ledger]:
        """One of the other tables by id."""
        for records in self._pages(FLAT[field]):
            if field == "documents":
                records = list(self._documents({record.id for record in records}))
            part: dict[str, Any] = {field: tuple(records)}
            if field == "issues":
                part |= self._subjects(records)
            yield self._redacted(Ledger(**part))

    def _subjects(self, issues: Iterable[Issue]) -> dict[str, Any]:
        """What issues without a source are about, with the documents that it comes from."""
        ids = [issue.record_id for issue in issues if issue.source is None and issue.record_id is not None]
        incidents = self._by(Incident, "id", ids)
        told = [i for one in incidents for i in (*one.claim_ids, *one.denial_ids)]
        claims = self._by(Claim, "id", [*ids, *told])
        return {
            "incidents": incidents,
            "claims": claims,
            "documents": self._by(Document, "id", [*ids, *(claim.document_id for claim in claims)]),
        }

    @cached_property
    def _incident_of(self) -> dict[str, str]:
        table = BY_TYPE[Incident].table
        found: dict[str, str] = {}
        # the ids alone: making records of them all would take as long as an export
        for row in self._conn.execute(sa.select(table.c.id, table.c.record)).yield_per(self._size):
            plain = json.loads(row.record)
            ids = (i for field in CLAIM_FIELDS for i in plain.get(field) or ())
            found.update(dict.fromkeys(ids, row.id))
        return found

    def _pages(self, record_type: type) -> Iterator[list[Any]]:
        table = BY_TYPE[record_type].table
        last = ""
        while True:
            query = sa.select(table.c.id, table.c.record).where(table.c.id > last).order_by(table.c.id).limit(self._size)
            rows = self._conn.execute(query).all()
            if rows:
                yield [from_plain(record_type, json.loads(row.record)) for row in rows]
            if len(rows) < self._size:
                return
            last = rows[-1].id

    def _claim_pages(self) -> Iterator[list[Claim]]:
        # by document, so that a document's text is read and worked on once or twice, not once a claim
        table = BY_TYPE[Claim].table
        key = (table.c.document_id, table.c.id)
        last = ("", "")
        while True:
            beyond = sa.or_(key[0] > last[0], sa.and_(key[0] == last[0], key[1] > last[1]))
            rows = self._conn.execute(sa.select(*key, table.c.record).where(beyond).order_by(*key).limit(self._size)).all()
            if rows:
                yield [from_plain(Claim, json.loads(row.record)) for row in rows]
            if len(rows) < self._size:
                return
            last = (rows[-1].document_id, rows[-1].id)

    def _by(self, record_type: type, column: str, values: Iterable[str]) -> tuple[Any, ...]:
        table = BY_TYPE[record_type].table
        wanted = list(dict.fromkeys(values))
        found: list[Any] = []
        for begin in range(0, len(wanted), SIZE):
            query = sa.select(table.c.record).where(table.c[column].in_(wanted[begin : begin + SIZE])).order_by(table.c.id)
            found += [from_plain(record_type, json.loads(record)) for record in self._conn.execute(query).scalars()]
        return tuple(found)

    def _documents(self, ids: set[str]) -> tuple[Document, ...]:
        texts: dict[str, str] = {}
        wanted = sorted(ids)
        for begin in range(0, len(wanted), SIZE):
            query = sa.select(READINGS.c.id, READINGS.c.text).where(READINGS.c.id.in_(wanted[begin : begin + SIZE]))
            texts.update((row.id, row.text or "") for row in self._conn.execute(query))
        return tuple(replace(one, text=texts.get(one.id, "")) for one in self._by(Document, "id", wanted))

    def _redacted(self, ledger: Ledger) -> Ledger:
        return redact_ledger(ledger, self._redactions) if self._redactions else ledger


@contextmanager
def open_slices(store: Store, size: int = SIZE) -> Iterator[StoreSlices]:
    """A store's ledger in pieces, as it stands now. Raises StoreError as the store does."""
    with store._transaction() as conn:
        yield StoreSlices(conn, size)


class LedgerSlices:
    """A ledger in memory, in pieces."""

    def __init__(self, ledger: Ledger, size: int = SIZE) -> None:
        self._ledger = ledger
        self._size = size

    @cached_property
    def outlets(self) -> tuple[str, ...]:
        """Names of all outlets."""
        return tuple(sorted({document.outlet for document in self._ledger.documents if document.outlet}))

    @cached_property
    def _indexes(self) -> dict[str, dict[str, Any]]:
        return {
            field: {one.id: one for one in getattr(self._ledger, field)}
            for field in ("documents", "claims", "incidents", "observations")
        }

    def incidents(self, *, with_claims: bool = True) -> Iterator[Ledger]:
        """Incidents by id with all that they refer to."""
        tolls, violations = _grouped(self._ledger.tolls), _grouped(self._ledger.violations)
        known = self._indexes
        for incidents in self._cut(self._ledger.incidents):
            told = incidents if with_claims else ()
            ids = [i for one in told for i in (*one.claim_ids, *one.denial_ids, *one.superseded_denial_ids)]
            claims = _picked(known["claims"], ids)
            yield Ledger(
                incidents=incidents,
                claims=claims,
                documents=_picked(known["documents"], sorted({claim.document_id for claim in claims})),
                tolls=tuple(toll for one in incidents for toll in tolls.get(one.id, ())),
                violations=tuple(violation for one in incidents for violation in violations.get(one.id, ())),
                observations=_picked(known["observations"], [i for one in incidents for i in one.observation_ids]),
            )

    def claims(self) -> Iterator[Ledger]:
        """Claims by document with their documents and incidents."""
        incident_of: dict[str, Incident] = {}
        for one in self._ledger.incidents:
            incident_of.update(dict.fromkeys((*one.claim_ids, *one.denial_ids, *one.superseded_denial_ids), one))
        for claims in self._cut(self._ledger.claims, lambda claim: f"{claim.document_id}\x1f{claim.id}"):
            incidents = {incident_of[claim.id].id: incident_of[claim.id] for claim in claims if claim.id in incident_of}
            documents = _picked(self._indexes["documents"], sorted({claim.document_id for claim in claims}))
            yield Ledger(claims=claims, documents=documents, incidents=tuple(incidents.values()))

    def flat(self, field: str) -> Iterator[Ledger]:
        """One of the other tables."""
        key = (lambda one: str(one)) if field == "issues" else _id
        for records in self._cut(getattr(self._ledger, field), key):
            part: dict[str, Any] = {field: records}
            if field == "issues":
                part |= self._subjects(records)
            yield Ledger(**part)

    def _subjects(self, issues: Iterable[Issue]) -> dict[str, Any]:
        ids = [issue.record_id for issue in issues if issue.source is None and issue.record_id is not None]
        known = self._indexes
        incidents = _picked(known["incidents"], ids)
        told = [i for one in incidents for i in (*one.claim_ids, *one.denial_ids)]
        claims = _picked(known["claims"], [*ids, *told])
        documents = _picked(known["documents"], [*ids, *(claim.document_id for claim in claims)])
        return {"incidents": incidents, "claims": claims, "documents": documents}

    def _cut(self, records: Sequence[Any], key: Callable[[Any], str] | None = None) -> Iterator[tuple[Any, ...]]:
        ordered = sorted(records, key=key or _id)
        for begin in range(0, len(ordered), self._size):
            yield tuple(ordered[begin : begin + self._size])


def _id(record: Any) -> str:
    return str(record.id)


def _picked(known: dict[str, Any], ids: Iterable[str]) -> tuple[Any, ...]:
    return tuple(known[one] for one in dict.fromkeys(ids) if one in known)


def _grouped(records: Iterable[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for record in records:
        if record.incident_id is not None:
            found.setdefault(record.incident_id, []).append(record)
    return found
