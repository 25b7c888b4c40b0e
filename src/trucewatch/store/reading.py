"""What readers ask of a ledger without loading it: pages of records by filter, one record, one incident or document whole."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

import sqlalchemy as sa

from trucewatch.model.codebook import is_verbal
from trucewatch.model.records import (
    Claim,
    Decision,
    Document,
    Incident,
    Issue,
    Kinship,
    Ledger,
    Observation,
    Toll,
    Violation,
)
from trucewatch.model.serial import from_plain
from trucewatch.store.dialects import Dialect
from trucewatch.store.filters import FACETS_OF, Filtering, IncidentFilter
from trucewatch.store.index import CHANGES, COUNTED, COUNTS, ERASED, EVERY, FACETS, INDEX, UNKNOWN_DAY
from trucewatch.store.paging import FEW, Condition, one_of, page_ids, size_of
from trucewatch.store.plain import with_text
from trucewatch.store.sql import Store
from trucewatch.store.tables import ALIASES, BY_TYPE, HISTORY, READINGS, REFUSALS
from trucewatch.store.tallies import tally
from trucewatch.text.redaction import redact_ledger

R = TypeVar("R")
CHUNK = 500
# of more incidents that a filter leaves it is told that they are at least so many; the second, where very many sentences hold the
# words asked for: each incident is then searched
MOST_COUNTED = 10_000
MOST_TOLD = 500
COUNTED_TYPES: dict[type, str] = {Document: "documents", Claim: "claims", Incident: "incidents", Violation: "violations"}
_INCIDENTS = sa.select(
    *(INDEX.c[name] for name in ("id", "first_day", "changed_at", "act", "place_id", "place")), BY_TYPE[Incident].table.c.record
).join_from(INDEX, BY_TYPE[Incident].table, BY_TYPE[Incident].table.c.id == INDEX.c.id)


@dataclass(frozen=True, kw_only=True)
class Version:
    """One version of a record: when it was written, when it ended (None: it stands), and its plain values."""

    recorded_at: str
    ended_at: str | None
    plain: dict[str, Any]


@contextmanager
def reading(store: Store) -> Iterator[Reader]:
    """A reader of a ledger as it stands at this moment, whatever a run writes meanwhile. Raises StoreError as `Store` does."""
    with store.snapshot() as conn:
        yield Reader(conn, store.dialect)


class Reader:
    """Reads one snapshot of a ledger."""

    def __init__(self, conn: sa.Connection, dialect: Dialect) -> None:
        self.conn, self.dialect = conn, dialect
        self.filtering = Filtering(conn, dialect)

    # ---- the whole

    def version(self) -> int:
        """How often the ledger has changed: what was read under one number still holds under the same."""
        return self._changes("ledger")

    def erasures(self) -> int:
        """How often words of the ledger were destroyed: what was read under another number may hold them still."""
        return self._changes(ERASED)

    def _changes(self, name: str) -> int:
        return int(self.conn.execute(sa.select(CHANGES.c.count).where(CHANGES.c.name == name)).scalar() or 0)

    def count(self, record_type: type) -> int:
        """How many records of a type there are."""
        if (kept := COUNTED_TYPES.get(record_type)) is not None:
            return tally(self.conn, kept).get(("",), 0)
        return int(self.conn.execute(sa.select(sa.func.count()).select_from(BY_TYPE[record_type].table)).scalar() or 0)

    def counts(self) -> dict[str, int]:
        """The ledger in numbers: documents, families, claims, denials, incidents, violations, and "issues LEVEL" by level."""
        names = ("documents", "families", "claims", "denials", "incidents", "violations")
        found = {name: tally(self.conn, name).get(("",), 0) for name in names}
        for level, _, _, count in self.issue_counts():
            found[f"issues {level}"] = found.get(f"issues {level}", 0) + count
        return found

    # ---- incidents by filter

    def conditions(self, wanted: IncidentFilter) -> list[sa.ColumnElement[bool]]:
        """SQL conditions on `store.index.INDEX` that a filter stands for; the map's queries share them."""
        return self.filtering.plan(wanted)[0]

    def incidents(
        self, wanted: IncidentFilter, *, limit: int | None, after: tuple[str, str] | None = None, newest_first: bool = True
    ) -> list[Any]:
        """Rows of incidents by first day and id, from behind `after` (first day, id): `id`, `first_day`, `changed_at`,
        `act`, `place_id`, `place`, `record`."""
        conditions, are_few = self.filtering.plan(wanted)
        query = _INCIDENTS.where(*conditions)
        # few rows are sorted sooner than all are walked: an expression keeps the index of days out of it
        day = INDEX.c.first_day + "" if are_few else INDEX.c.first_day
        if after is not None:
            place, cursor = sa.tuple_(day, INDEX.c.id), sa.tuple_(sa.literal(after[0]), sa.literal(after[1]))
            query = query.where(place < cursor if newest_first else place > cursor)
        ordered = (day.desc(), INDEX.c.id.desc()) if newest_first else (day, INDEX.c.id)
        return list(self.conn.execute(query.order_by(*ordered).limit(limit)).all())

    def tolls_of(self, incident_ids: Sequence[str]) -> dict[str, list[str]]:
        """Tolls of incidents, each as its stored JSON, by incident id."""
        table = BY_TYPE[Toll].table
        query = sa.select(table.c.incident_id, table.c.record).where(table.c.incident_id.in_(incident_ids)).order_by(table.c.id)
        found: dict[str, list[str]] = {}
        for row in self.conn.execute(query).all() if incident_ids else ():
            found.setdefault(row[0], []).append(row[1])
        return found

    def incident_rows(self, ids: Sequence[str]) -> list[Any]:
        """Rows of incidents by their ids, as `incidents` gives them."""
        query = _INCIDENTS.where(INDEX.c.id.in_(ids))
        return list(self.conn.execute(query.order_by(INDEX.c.first_day, INDEX.c.id)).all())

    def claim_ids_of(self, incident_id: str) -> list[str]:
        """Ids of an incident's claims and denials; none where there is no such incident."""
        query = sa.select(FACETS.c.value).join(INDEX, FACETS.c.number == INDEX.c.number)
        return list(self.conn.execute(query.where(FACETS.c.kind == "claim", INDEX.c.id == incident_id)).scalars().all())

    def violation_counts(self) -> list[tuple[str, str, int]]:
        """How many violations there are, by agreement and breach status."""
        return [(agreement, status, count) for (agreement, status), count in tally(self.conn, "status").items()]

    def passed_deadlines(self) -> list[Violation]:
        """Violations without an incident: deadlines that passed unreported."""
        table = BY_TYPE[Violation].table
        records = self.conn.execute(sa.select(table.c.record).where(table.c.incident_id.is_(None)).order_by(table.c.id)).scalars()
        return [from_plain(Violation, json.loads(record)) for record in records]

    def issue_counts(self) -> list[tuple[str, str, str, int]]:
        """How many issues there are, by level, stage and code, the grave ones first."""
        found = [(level, stage, code, count) for (level, stage, code), count in tally(self.conn, "issues").items()]
        order = {"error": 0, "warning": 1}
        return sorted(found, key=lambda row: (order.get(row[0], 2), -row[3], row[2]))

    def count_incidents(self, wanted: IncidentFilter, most: int | None = None) -> tuple[int, bool]:
        """How many incidents a filter leaves, and whether they are more: counted up to `most` (else MOST_COUNTED), or fewer for
        common words; of all, and of one value of a common facet, that is known without counting.
        """
        known = self._known_count(wanted)
        if known is not None:
            return known, False
        most = MOST_COUNTED if most is None else most
        some_told = self.filtering.matching_claims(wanted, FEW)
        if some_told is not None and size_of(self.conn, some_told) == FEW:
            most = min(most, MOST_TOLD)
        some = sa.select(INDEX.c.number).where(*self.conditions(wanted)).limit(most + 1).subquery()
        found = int(self.conn.execute(sa.select(sa.func.count()).select_from(some)).scalar() or 0)
        return min(found, most), found > most

    def _known_count(self, wanted: IncidentFilter) -> int | None:
        if wanted.from_day is not None or wanted.to_day is not None or wanted.words:
            return None
        asked = [(kinds, getattr(wanted, field)) for field, kinds in FACETS_OF.items() if getattr(wanted, field)]
        if not asked:
            return self.facet_counts(EVERY).get("", 0)
        (kinds, values), *more = asked
        if more or len(kinds) > 1 or len(values) > 1 or kinds[0] not in COUNTED:
            return None
        return self.facet_counts(kinds[0]).get(values[0], 0)

    def latest_incidents(self, wanted: IncidentFilter, limit: int) -> list[Any]:
        """Rows of the incidents that are new or changed last, as `incidents` gives them, the latest first."""
        conditions, are_few = self.filtering.plan(wanted)
        changed_at = INDEX.c.changed_at + "" if are_few else INDEX.c.changed_at
        query = _INCIDENTS.where(*conditions).order_by(changed_at.desc(), INDEX.c.id.desc())
        return list(self.conn.execute(query.limit(limit)).all())

    def facet_counts(self, kind: str) -> dict[str, int]:
        """How many incidents each value of a facet has (`store.index.COUNTED`)."""
        query = sa.select(COUNTS.c.value, COUNTS.c["count"]).where(COUNTS.c.kind == kind)
        return {row[0]: row[1] for row in self.conn.execute(query)}

    def days(self) -> tuple[str, str] | None:
        """First and last day of all incidents, ISO; None where no day is known."""
        # one by one: each is found at an end of an index
        first = self.conn.execute(sa.select(sa.func.min(INDEX.c.first_day)).where(INDEX.c.first_day > UNKNOWN_DAY)).scalar()
        last = self.conn.execute(sa.select(sa.func.max(INDEX.c.last_day))).scalar()
        return (first, last) if first and last else None

    # ---- records of any type

    def page(
        self,
        record_type: type,
        wanted: Mapping[str, str | Sequence[str] | None],
        *,
        limit: int,
        after: str | None = None,
        more: Sequence[Condition] = (),
    ) -> list[Any]:
        """Rows `id`, `record`, `recorded_at` of a type by id, from behind `after`; `wanted`: columns that equal one of values."""
        asked = [(column, (value,) if isinstance(value, str) else value) for column, value in wanted.items() if value is not None]
        conditions = [*(one_of(record_type, column, values) for column, values in asked), *more]
        ids = page_ids(self.conn, record_type, conditions, limit=limit, after=after)
        found = {row.id: row for row in self.rows(record_type, ids)}
        return [found[one] for one in ids]

    def get(self, record_type: type[R], record_id: str) -> R | None:
        """One record by its id; None where there is none."""
        found = self.get_all(record_type, (record_id,))
        return found[0] if found else None

    def get_all(self, record_type: type[R], ids: Iterable[str]) -> list[R]:
        """Records by their ids, in the order of the ids; those that are not there are left out."""
        known = {row.id: row.record for row in self.rows(record_type, ids)}
        return [from_plain(record_type, json.loads(known[key])) for key in dict.fromkeys(ids) if key in known]

    def rows(self, record_type: type, ids: Iterable[str]) -> list[Any]:
        """Rows `id`, `record`, `recorded_at` of records by their ids."""
        table = BY_TYPE[record_type].table
        wanted = list(dict.fromkeys(ids))
        query = sa.select(table.c.id, table.c.record, table.c.recorded_at)
        return [
            row
            for begin in range(0, len(wanted), CHUNK)
            for row in self.conn.execute(query.where(table.c.id.in_(wanted[begin : begin + CHUNK]))).all()
        ]

    def where(self, record_type: type[R], **columns: str | Sequence[str]) -> list[R]:
        """Every record of a type whose columns equal (or are one of) these values, by id. For narrow questions alone."""
        table = BY_TYPE[record_type].table
        query = sa.select(table.c.record).order_by(table.c.id)
        for name, value in columns.items():
            query = query.where(table.c[name] == value if isinstance(value, str) else table.c[name].in_(value))
        return [from_plain(record_type, json.loads(record)) for record in self.conn.execute(query).scalars()]

    def decisions(self) -> tuple[Decision, ...]:
        """Every decision, in the order in which they were logged."""
        table = BY_TYPE[Decision].table
        records = self.conn.execute(sa.select(table.c.record).order_by(table.c.sequence)).scalars()
        return tuple(from_plain(Decision, json.loads(record)) for record in records)

    def history(self, record_type: type, record_id: str) -> list[Version]:
        """Versions of a record, the latest first; the first stands where the record is still in the ledger."""
        table = BY_TYPE[record_type].table
        versions = [
            Version(recorded_at=r.recorded_at, ended_at=None, plain=json.loads(r.record))
            for r in self.rows(record_type, (record_id,))
        ]
        past = (
            sa.select(HISTORY.c.recorded_at, HISTORY.c.ended_at, HISTORY.c.record)
            .where(HISTORY.c.table_name == table.name, HISTORY.c.id == record_id)
            .order_by(HISTORY.c.sequence.desc())
        )
        versions += [
            Version(recorded_at=row.recorded_at, ended_at=row.ended_at, plain=json.loads(row.record))
            for row in self.conn.execute(past)
        ]
        return versions

    def changed_before(self, record_type: type, ids: Sequence[str]) -> frozenset[str]:
        """Those of the ids whose records have an earlier version."""
        query = sa.select(HISTORY.c.id).where(HISTORY.c.table_name == BY_TYPE[record_type].table.name, HISTORY.c.id.in_(ids))
        return frozenset(self.conn.execute(query.distinct()).scalars())

    def matching_documents(self, words: str) -> Condition | None:
        """The condition that a document holds all the words, for `page`; None for no words."""
        found, holds = self.dialect.matching(words), self.dialect.text_holds(words, "documents.id")
        if found is None or holds is None:
            return None
        ids = found.columns(sa.column("id")).subquery("matching_documents")
        return Condition(found=sa.select(ids.c.id), holds=sa.and_(sa.true(), holds))

    def hits(self, wanted: IncidentFilter, incident_ids: Sequence[str]) -> dict[str, list[str]]:
        """Claims whose sentences hold a filter's words, by the incident that they belong to, of these incidents."""
        if self.filtering.matching_claims(wanted) is None or not incident_ids:
            return {}
        query = sa.select(INDEX.c.id, FACETS.c.value).join(INDEX, FACETS.c.number == INDEX.c.number)
        # an expression keeps the kind's millions of facets out of it
        query = query.where(FACETS.c.kind + "" == "claim", INDEX.c.id.in_(incident_ids))
        mine = {row[1]: row[0] for row in self.conn.execute(query)}
        found: dict[str, list[str]] = {}
        asked = list(mine)
        for begin in range(0, len(asked), CHUNK):
            claims = BY_TYPE[Claim].table
            holds = self.filtering.holding(wanted, "claims.id", claims.c.act)
            part = sa.select(claims.c.id).where(claims.c.id.in_(asked[begin : begin + CHUNK]), holds).order_by(claims.c.id)
            for claim_id in self.conn.execute(part).scalars():
                found.setdefault(mine[claim_id], []).append(claim_id)
        return found

    def refusals(self) -> tuple[Issue, ...]:
        """Issues of the inputs that gave no document, by id."""
        records = self.conn.execute(sa.select(REFUSALS.c.record).order_by(REFUSALS.c.id)).scalars()
        return tuple(from_plain(Issue, json.loads(record)) for record in records)

    # ---- one incident, one document, with all that belongs to it

    def incident_id(self, record_id: str) -> str | None:
        """The incident's own id: as given, or of the incident that it was merged into; None where it was never given out."""
        if self.conn.execute(sa.select(INDEX.c.id).where(INDEX.c.id == record_id)).scalar() is not None:
            return record_id
        other = ALIASES.c.incident_id
        query = sa.select(other).where(ALIASES.c.alias == record_id, other != record_id).order_by(other).limit(1)
        found: str | None = self.conn.execute(query).scalar()
        return found

    def documents(self, ids: Iterable[str]) -> list[Document]:
        """Documents by their ids, with their texts."""
        found = self.get_all(Document, ids)
        columns = sa.select(READINGS.c.id, READINGS.c.text, READINGS.c.origin_map)
        texts: dict[str, tuple[str, str]] = {}
        wanted = [document.id for document in found]
        for begin in range(0, len(wanted), CHUNK):
            rows = self.conn.execute(columns.where(READINGS.c.id.in_(wanted[begin : begin + CHUNK])))
            texts.update((row.id, (row.text or "", row.origin_map or "[]")) for row in rows)
        return [with_text(document, texts) for document in found]

    def incident_of(self, claims: Iterable[Claim]) -> dict[str, str]:
        """Incident id by claim id; verbal acts and totals over a period have none."""
        wanted = [claim.id for claim in claims if claim.act != "TOLL" and not is_verbal(claim.act)]
        query = sa.select(FACETS.c.value, INDEX.c.id).join(INDEX, FACETS.c.number == INDEX.c.number)
        found: dict[str, str] = {}
        for begin in range(0, len(wanted), CHUNK):
            part = wanted[begin : begin + CHUNK]
            rows = self.conn.execute(query.where(FACETS.c.kind == "claim", FACETS.c.value.in_(part)))
            found.update((row.value, row.id) for row in rows)
        return found

    def least_certain(self, *, limit: int, after: tuple[float, str] | None = None) -> list[Claim]:
        """Claims by how certain they are, the least first, from behind `after` (certainty, id)."""
        table = BY_TYPE[Claim].table
        query = sa.select(table.c.record)
        if after is not None:
            query = query.where(sa.tuple_(table.c.confidence, table.c.id) > sa.tuple_(sa.literal(after[0]), sa.literal(after[1])))
        records = self.conn.execute(query.order_by(table.c.confidence, table.c.id).limit(limit)).scalars()
        return [from_plain(Claim, json.loads(record)) for record in records]

    def with_documents(self, claims: Sequence[Claim]) -> Ledger:
        """Claims with the documents that they stand in, in their order."""
        documents = self.documents(dict.fromkeys(claim.document_id for claim in claims))
        return self.redacted(Ledger(claims=tuple(claims), documents=tuple(documents)))

    def ledger_of_incident(self, incident_id: str) -> Ledger | None:
        """One incident with its claims, their documents and families, kinships, tolls, violations, observations, decisions."""
        incident = self.get(Incident, incident_id)
        if incident is None:
            return None
        claims = self.get_all(Claim, (*incident.claim_ids, *incident.denial_ids, *incident.superseded_denial_ids))
        documents = self.documents(dict.fromkeys(claim.document_id for claim in claims))
        return self.redacted(
            Ledger(
                incidents=(incident,),
                claims=tuple(claims),
                documents=tuple(documents),
                kinships=tuple(self._kinships([document.id for document in documents])),
                tolls=tuple(self.where(Toll, incident_id=incident.id)),
                violations=tuple(self.where(Violation, incident_id=incident.id)),
                observations=tuple(self.get_all(Observation, incident.observation_ids)),
            )
        )

    def ledger_of_documents(self, ids: Sequence[str]) -> Ledger:
        """Documents with their claims, the incidents that these tell of, and their kinships; of a kin document its row alone."""
        documents = self.documents(ids)
        claims = self.where(Claim, document_id=[document.id for document in documents])
        kinships = self._kinships([document.id for document in documents])
        incidents = dict.fromkeys(self.incident_of(claims).values())
        return self.redacted(
            Ledger(
                documents=tuple(documents),
                claims=tuple(claims),
                kinships=tuple(kinships),
                incidents=tuple(self.get_all(Incident, incidents)),
                issues=tuple(self.where(Issue, record_id=[d.id for d in documents] + [c.id for c in claims])),
            )
        )

    def _kinships(self, document_ids: Sequence[str]) -> list[Kinship]:
        found = [*self.where(Kinship, first_id=document_ids), *self.where(Kinship, second_id=document_ids)]
        return list(dict.fromkeys(found))

    def redacted(self, ledger: Ledger) -> Ledger:
        """A ledger without the words that were redacted."""
        # a redaction that came with another machine's log has not destroyed the words here yet
        return redact_ledger(ledger, self.where(Decision, kind="redact"))
