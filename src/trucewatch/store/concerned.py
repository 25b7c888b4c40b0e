"""A ledger as one decision needs it, and records found by how their ids begin: neither reads the rest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from trucewatch.model.records import Claim, Document, Incident, Ledger, Observation, RegisterEntry
from trucewatch.store.reading import Reader, reading
from trucewatch.store.sql import Store
from trucewatch.store.tables import ALIASES, BY_TYPE
from trucewatch.text.redaction import Range

MOST_FOUND = 6


class Concerned:
    """A store that shows the decisions, and of records those alone that a decision on `subject` concerns."""

    def __init__(self, store: Store, subject: Sequence[str]) -> None:
        self.store, self.subject = store, subject

    def put(self, records: Iterable[Any]) -> int:
        """Put records; gives how many were new or changed."""
        return self.store.put(records)

    def view(self) -> Ledger:
        """The decisions, and the records that the one at hand concerns. Raises StoreError as the store does."""
        with reading(self.store) as reader:
            claims = reader.get_all(Claim, self.subject)
            documents = [*(claim.document_id for claim in claims), *(d.id for d in reader.get_all(Document, self.subject))]
            return Ledger(
                claims=tuple(claims),
                documents=tuple(reader.documents(dict.fromkeys(documents))),
                observations=tuple(reader.get_all(Observation, self.subject)),
                decisions=reader.decisions(),
            )

    def black_out(self, ranges: Mapping[str, Sequence[Range]], observation_ids: Iterable[str] = ()) -> None:
        """Destroy words for good."""
        self.store.black_out(ranges, observation_ids)


def ids_that_begin(reader: Reader, start: str, record_types: Iterable[type]) -> list[str]:
    """The id of these types' records that is `start`, else those that begin with it: at most a handful, by id."""
    found: set[str] = set()
    for record_type in record_types if start else ():
        found.update(reader.conn.execute(_beginning(BY_TYPE[record_type].table.c.id, start)).scalars())
    return [start] if start in found else sorted(found)


def _beginning(column: sa.Column[Any], start: str) -> sa.Select[Any]:
    # the range lets the primary key find them among a million
    begins = (column >= start, column <= f"{start}\U0010ffff", column.startswith(start, autoescape=True))
    return sa.select(column).where(*begins).order_by(column).limit(MOST_FOUND)


def several(start: str, found: Sequence[str]) -> str:
    """What to tell of an id that begins several records."""
    count = f"more than {MOST_FOUND - 1}" if len(found) >= MOST_FOUND else str(len(found))
    return f"{count} records begin with {start!r}: {', '.join(found[:3])}..."


def aliases_that_begin(reader: Reader, start: str) -> list[str]:
    """Ids once given to incidents that are part of another now, or of none, by how they begin: at most a handful of each."""
    found: set[str] = set()
    for column in (BY_TYPE[RegisterEntry].table.c.id, ALIASES.c.alias):
        found.update(reader.conn.execute(_beginning(column, start)).scalars())
    return [start] if start in found else sorted(found)


def ledger_around(reader: Reader, record_id: str) -> Ledger:
    """A document, claim or incident with what stands beside it: its document's claims and its incident with all voices on it."""
    incident_id: str | None = record_id
    documents = Ledger()
    if reader.get(Incident, record_id) is None:
        claim = reader.get(Claim, record_id)
        documents = reader.ledger_of_documents([claim.document_id if claim is not None else record_id])
        incident_id = reader.incident_of([claim]).get(claim.id) if claim is not None else None
    own = reader.ledger_of_incident(incident_id) if incident_id is not None else None
    ledger = own or Ledger()
    told = {one.id: one for one in (*ledger.claims, *documents.claims)}
    # what a denial answers may stand in another text
    answered = [one.responds_to for one in told.values() if one.responds_to is not None and one.responds_to not in told]
    more = reader.with_documents(reader.get_all(Claim, answered))
    texts = {one.id: one for one in (*ledger.documents, *documents.documents, *more.documents)}
    incidents = {one.id: one for one in (*ledger.incidents, *documents.incidents)}
    claims = {**told, **{one.id: one for one in more.claims}}
    return replace(ledger, claims=tuple(claims.values()), documents=tuple(texts.values()), incidents=tuple(incidents.values()))
