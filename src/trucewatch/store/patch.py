"""Changes to a few rows of a ledger in one transaction, with versions and index as a whole rewriting would leave them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from trucewatch.model.records import Claim, Document, Incident, Issue, RegisterEntry, Violation
from trucewatch.model.serial import from_plain
from trucewatch.store.index import CHANGES, PUT, make_entries, note_change, patch_entries
from trucewatch.store.reading import Reader
from trucewatch.store.sentences import forget_sentences, patch_sentences
from trucewatch.store.sql import Store
from trucewatch.store.table_rows import TableRows, rows_of
from trucewatch.store.tables import BY_TYPE, READINGS, REFUSALS, issue_id

CHUNK = 500
# claims that are remembered: some 4 kB each
MOST_CLAIMS = 100_000


class Patch:
    """A transaction on a ledger: reads see what it wrote. `count` rows were changed by it so far."""

    def __init__(self, store: Store, conn: sa.Connection) -> None:
        self._store, self.conn = store, conn
        self._rows = TableRows(conn, store.dialect)
        self.reader = Reader(conn, store.dialect)
        self.count = 0
        self._told: dict[str, None] = {}
        self._claims: dict[str, Claim] = {}
        self._seen: dict[type, set[str]] | None = None

    def begin_anew(self) -> None:
        """From now on note what is put: `end_anew` removes all other derived records."""
        self._seen = {kind: set() for kind, spec in BY_TYPE.items() if spec.is_derived}

    def end_anew(self) -> None:
        """Remove every derived record that was not put since `begin_anew`."""
        for kind, seen in (self._seen or {}).items():
            ids = self.conn.execute(sa.select(BY_TYPE[kind].table.c.id)).scalars().all()
            gone = [one for one in ids if one not in seen]
            self.remove(kind, gone)
            if kind is Incident:
                self.index(gone)
        self._seen = None

    def put(self, record_type: type, records: Iterable[Any]) -> list[str]:
        """Put records of one type; gives the ids of those that are new or changed."""
        spec = BY_TYPE[record_type]
        if not spec.is_derived:
            self.count += self._store.put_rows(self._rows, spec, list(records))
            return []
        rows = rows_of(spec, records)
        if self._seen is not None:
            self._seen[record_type].update(rows)
        known = self._rows.digests(spec.table, list(rows))
        fresh = [row for key, row in rows.items() if known.get(key) != row["digest"]]
        self._rows.write(spec.table, fresh, before=known)
        self.count += len(fresh)
        if record_type is Claim:
            self._told.update(dict.fromkeys(str(row["id"]) for row in fresh))
            self._forget_claims(str(row["id"]) for row in fresh)
        return [str(row["id"]) for row in fresh]

    def remove(self, record_type: type, ids: Iterable[str]) -> None:
        """Remove records by their ids; those that are not there are left out."""
        spec = BY_TYPE[record_type]
        known = sorted(self._rows.digests(spec.table, list(dict.fromkeys(ids))))
        if self._seen is not None:
            self._seen[record_type].difference_update(known)
        self._rows.remove(spec.table, known)
        self.count += len(known)
        if record_type is Claim:
            forget_sentences(self.conn, known)
            self._forget_claims(known)

    def claims(self, ids: Iterable[str]) -> dict[str, Claim]:
        """Claims by their ids, as they are now; the latest are remembered, for every step asks for them."""
        wanted = list(dict.fromkeys(ids))
        if absent := [one for one in wanted if one not in self._claims]:
            if len(self._claims) + len(absent) > MOST_CLAIMS:
                self._claims = {one: self._claims[one] for one in wanted if one in self._claims}
            self._claims.update((claim.id, claim) for claim in self.reader.get_all(Claim, absent))
        return {one: self._claims[one] for one in wanted if one in self._claims}

    def read_again(self, ids: Iterable[str]) -> None:
        """Let `put_sentences` look at these claims too: their words changed, if not their records."""
        self._told.update(dict.fromkeys(ids))

    def _forget_claims(self, ids: Iterable[str]) -> None:
        for one in ids:
            self._claims.pop(one, None)

    def put_issues(self, issues: Iterable[Issue]) -> list[str]:
        """Put issues; gives the ids of them all."""
        found = list(issues)
        self.put(Issue, found)
        return [issue_id(issue) for issue in found]

    @staticmethod
    def key_of(record_type: type) -> Callable[[Any], str]:
        """What gives a record of a type its id."""
        return BY_TYPE[record_type].key

    def known(self, record_type: type, ids: Iterable[str]) -> dict[str, str]:
        """Digests of the records that there are, by id."""
        return self._rows.digests(BY_TYPE[record_type].table, list(dict.fromkeys(ids)))

    def digests(self, record_type: type, records: Iterable[Any]) -> dict[str, str]:
        """Digests that records would have, by id."""
        return {key: str(row["digest"]) for key, row in rows_of(BY_TYPE[record_type], records).items()}

    def ids_of_claims(self, document_ids: Iterable[str]) -> dict[str, list[str]]:
        """Ids of the claims of documents, by document."""
        table = BY_TYPE[Claim].table
        found: dict[str, list[str]] = {}
        wanted = list(dict.fromkeys(document_ids))
        for begin in range(0, len(wanted), CHUNK):
            query = sa.select(table.c.id, table.c.document_id).where(table.c.document_id.in_(wanted[begin : begin + CHUNK]))
            for row in self.conn.execute(query):
                found.setdefault(row.document_id, []).append(row.id)
        return found

    def reading_digests(self, ids: Sequence[str]) -> dict[str, str]:
        """Digest of what was read of documents, by id."""
        return self._rows.digests(READINGS, ids)

    def register(self) -> Iterator[RegisterEntry]:
        """Every entry of the register."""
        table = BY_TYPE[RegisterEntry].table
        for record in self.conn.execute(sa.select(table.c.record)).scalars():
            yield from_plain(RegisterEntry, json.loads(record))

    def entries(self, ids: Iterable[str]) -> list[RegisterEntry]:
        """Entries of the register by their incident ids."""
        return self.reader.get_all(RegisterEntry, ids)

    def refusal_issues(self) -> list[Issue]:
        """Issues of the inputs that gave no document."""
        records = self.conn.execute(sa.select(REFUSALS.c.record)).scalars()
        return [from_plain(Issue, json.loads(record)) for record in records]

    def put_sentences(self, texts_of: Callable[[list[str]], Mapping[str, str]]) -> None:
        """Bring the sentences of the claims that were put up to date; `texts_of` gives documents' texts by their ids."""
        wanted = list(self._told)
        for begin in range(0, len(wanted), CHUNK):
            claims = list(self.claims(wanted[begin : begin + CHUNK]).values())
            patch_sentences(self.conn, claims, texts_of(sorted({claim.document_id for claim in claims})))
        self._told.clear()

    def index(self, incident_ids: Iterable[str]) -> None:
        """Bring the index of incidents up to date for these, those that are gone included."""
        wanted = list(dict.fromkeys(incident_ids))
        for begin in range(0, len(wanted), CHUNK):
            part = wanted[begin : begin + CHUNK]
            incidents = self.reader.get_all(Incident, part)
            told = [c for one in incidents for c in (*one.claim_ids, *one.denial_ids, *one.superseded_denial_ids)]
            document_of = self._columns(Claim, told, "document_id")
            family_of = self._columns(Document, set(document_of.values()), "family_id")
            agreements: dict[str, set[str]] = {}
            for violation in self.reader.where(Violation, incident_id=part):
                agreements.setdefault(violation.incident_id or "", set()).add(violation.agreement_id)
            families = {key: family or key for key, family in family_of.items()}
            patch_entries(self.conn, part, make_entries(incidents, document_of, families, agreements))

    def _columns(self, record_type: type, ids: Iterable[str], column: str) -> dict[str, Any]:
        table = BY_TYPE[record_type].table
        wanted = list(dict.fromkeys(ids))
        found: dict[str, Any] = {}
        for begin in range(0, len(wanted), CHUNK):
            query = sa.select(table.c.id, table.c[column]).where(table.c.id.in_(wanted[begin : begin + CHUNK]))
            found.update((row[0], row[1]) for row in self.conn.execute(query))
        return found


@contextmanager
def patching(store: Store) -> Iterator[Patch]:
    """Change a ledger's derived records: all or nothing. Raises StoreError as the store does."""
    with store._transaction(writes=True) as conn:
        patch = Patch(store, conn)
        yield patch
        if patch.count:
            note_change(conn)


def version_of(store: Store) -> str:
    """What stands for all that a ledger says, but for what persons decided or filed: it changes with every other change."""
    with store.snapshot() as conn:
        counts = {row[0]: int(row[1]) for row in conn.execute(sa.select(CHANGES.c.name, CHANGES.c["count"]))}
    return str(counts.get("ledger", 0) - counts.get(PUT, 0))
