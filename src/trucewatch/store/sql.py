"""The ledger in a SQL database: put records, replace derived tables, read views.

Long, as one class opens every transaction and both databases keep one contract.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from trucewatch import __version__
from trucewatch.errors import StoreError
from trucewatch.model.change import changed
from trucewatch.model.records import Decision, Issue, Ledger, Observation, Reading, RegisterEntry
from trucewatch.model.serial import from_plain
from trucewatch.store.archive import Archive
from trucewatch.store.dialects import WRITES, dialect_of, explain, url_of
from trucewatch.store.erasure import Erased, erase_words
from trucewatch.store.index import ERASED, PUT, index_ledger, note_change
from trucewatch.store.journal import Journal
from trucewatch.store.kept import KeptReadings
from trucewatch.store.migrate import upgrade
from trucewatch.store.plain import (
    digest_of,
    instant_of,
    json_text,
    merged,
    plain_reading,
    reading_of,
    storable,
    with_text,
    without_text,
)
from trucewatch.store.sentences import write_sentences
from trucewatch.store.shelf import Shelf
from trucewatch.store.table_rows import CHUNK, TableRows, chunks, rows_of
from trucewatch.store.tables import ALIASES, BY_TYPE, ORIGINALS, READINGS, REFUSALS, RUNS, SPECS, TableSpec, issue_id
from trucewatch.text.redaction import Range, redact_ledger

JOURNALLED = (ORIGINALS, *(spec.table for spec in SPECS if not spec.is_derived and spec.field != "decisions"))


class Store:
    """A ledger: its database and the archive of originals beside it. Made by `open_store`.

    Every method raises StoreError, with what to do, where the database fails.
    """

    def __init__(self, engine: sa.Engine, archive: Archive) -> None:
        self.engine = engine
        self.archive = archive
        self.journal = Journal(archive.folder)
        self.shelf = Shelf(archive.folder.with_suffix(".shelf"))
        self.dialect = dialect_of(engine.url)
        self._kept = KeptReadings()
        self.where = engine.url.database if self.dialect.name == "sqlite" else engine.url.render_as_string(hide_password=True)

    def close(self) -> None:
        """Give the database back."""
        self.engine.dispose()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _transaction(self, *, writes: bool = False) -> Iterator[sa.Connection]:
        """One transaction: a snapshot for a reader, all or nothing for a writer."""
        try:
            with self.engine.connect().execution_options(**{WRITES: writes}) as conn, conn.begin():
                yield conn
        except sa.exc.SQLAlchemyError as err:
            raise explain(err, str(self.where)) from err

    def snapshot(self) -> AbstractContextManager[sa.Connection]:
        """A connection to read from: one snapshot, whatever a run writes meanwhile."""
        return self._transaction()

    def writing(self, wait_s: float = 0.0, on_wait: Callable[[], None] = lambda: None) -> AbstractContextManager[None]:
        """The right to write, one program at a time; `on_wait` is called once when another has it.

        Raises StoreError when it is not free after `wait_s` seconds. Freed by the system if the holder dies.
        """
        return self.dialect.locked(self.engine, wait_s, on_wait)

    # ---- what was read

    def put_originals(self, readings: Iterable[Reading]) -> int:
        """Put documents as their source gave them (no text yet); gives how many are new or carry new metadata.

        The bytes belong into the archive first, so that no row ever refers to missing bytes. A later run that knows less
        (no table of dates, say) takes nothing away.
        """
        wanted = {reading.document.id: reading for reading in readings}
        with self._transaction(writes=True) as conn:
            rows = TableRows(conn, self.dialect)
            number = rows.last_sequence(ORIGINALS)
            known = rows.records(ORIGINALS, list(wanted))
            fresh = []
            for document_id, reading in wanted.items():
                old = reading_of(known[document_id]) if document_id in known else None
                if old is not None and self.archive.is_destroyed(reading.document.sha256):
                    # a title that a table gives may hold the very words that were redacted
                    reading = replace(reading, document=replace(reading.document, title=None))
                record = plain_reading(merged(reading, old))
                if known.get(document_id) == record:
                    continue
                number += document_id not in known
                document = reading.document
                fresh.append(
                    {
                        "id": document_id,
                        "record": record,
                        "digest": digest_of(record),
                        "sequence": number,
                        "source": storable(document.source),
                        "sha256": document.sha256,
                        "input_path": storable(document.input_path),
                        "read_by": None,
                    }
                )
            rows.write(ORIGINALS, fresh, before=known)
            # before the commit: no row without its line
            self.journal.append(ORIGINALS.name, (str(row["record"]) for row in fresh))
            return len(fresh)

    def original(self, document_id: str) -> Reading | None:
        """A document as its source gave it, without its bytes; None where it was never put."""
        with self._transaction() as conn:
            record = conn.execute(sa.select(ORIGINALS.c.record).where(ORIGINALS.c.id == document_id)).scalar()
        return reading_of(record) if record is not None else None

    def some_originals(self, ids: Iterable[str]) -> Iterator[Reading]:
        """Documents as their source gave them, without their bytes, in the order of `ids`; one chunk in memory at a time."""
        for part in chunks(list(ids)):
            with self._transaction() as conn:
                records = TableRows(conn, self.dialect).records(ORIGINALS, part)
            yield from (reading_of(records[document_id]) for document_id in part if document_id in records)

    def originals_to_read(self, made_by: str) -> list[str]:
        """Ids of the documents that this maker has not read, or failed to, in the order in which they were first put."""
        own = ORIGINALS.c.read_by
        query = sa.select(ORIGINALS.c.sequence, ORIGINALS.c.id)
        # before and behind it, each by itself: those that it has read are passed over in the index
        with self._transaction() as conn:
            unread = [
                row for is_other in (own.is_(None), own < made_by, own > made_by) for row in conn.execute(query.where(is_other))
            ]
        return [row.id for row in sorted(unread, key=lambda row: int(row.sequence))]

    def settle_refusals(self, refusals: Iterable[tuple[str, Issue]], visited: Iterable[str]) -> None:
        """Make the issues of inputs that gave no document, as (input path, issue), the only ones of the visited paths."""
        rows = {}
        for input_path, issue in refusals:
            record, key = json_text(issue), issue_id(issue)
            columns = {"source": storable(issue.source), "input_path": storable(input_path)}
            rows[key] = {"id": key, "record": record, "digest": digest_of(record), **columns}
        with self._transaction(writes=True) as conn:
            known: set[str] = set()
            for part in chunks([str(storable(path)) for path in visited]):
                known.update(conn.execute(sa.select(REFUSALS.c.id).where(REFUSALS.c.input_path.in_(part))).scalars())
            table = TableRows(conn, self.dialect)
            table.remove(REFUSALS, sorted(known - set(rows)))
            present = table.digests(REFUSALS, list(rows))
            table.write(REFUSALS, [row for key, row in rows.items() if key not in present])

    def put_readings(self, readings: Iterable[Reading], made_by: str, failed: bool = False) -> None:
        """Put what the record stages read of documents, over what an older maker had read of them."""
        wanted = {reading.document.id: reading for reading in readings}
        with self._transaction(writes=True) as conn:
            originals: dict[str, tuple[int, str]] = {}
            columns = sa.select(ORIGINALS.c.id, ORIGINALS.c.sequence, ORIGINALS.c.digest)
            for part in chunks(list(wanted)):
                rows = conn.execute(columns.where(ORIGINALS.c.id.in_(part)))
                originals.update((row.id, (row.sequence, row.digest)) for row in rows)
            if unknown := wanted.keys() - originals.keys():
                raise StoreError(f"documents {', '.join(sorted(unknown))} are read but were never put")
            table = TableRows(conn, self.dialect)
            known = table.digests(READINGS, list(wanted))
            fresh = []
            for document_id, reading in wanted.items():
                sequence, original_digest = originals[document_id]
                document = reading.document
                row = {
                    "id": document_id,
                    "record": plain_reading(changed(reading, document=without_text(document))),
                    "made_by": f"{made_by}:{original_digest}",
                    "title": storable(document.title),
                    "text": storable(document.text),
                    "origin_map": json_text(document.origin_map),
                    "failed": failed,
                }
                digest = digest_of(*(str(value) for value in row.values()))
                if row["text"] == document.text:
                    self._kept.keep(digest, reading, len(str(row["record"])) + len(document.text))
                if known.get(document_id) != digest:
                    fresh.append({**row, "digest": digest, "sequence": sequence})
            # a reading is recomputed from the original: its older versions are not history
            table.write(READINGS, fresh)
            for part in chunks(list(wanted)):
                read_by = ORIGINALS.update().where(ORIGINALS.c.id.in_(part)).values(read_by=None if failed else made_by)
                conn.execute(read_by)

    def readings(self, *, bare: bool = False) -> Iterator[Reading]:
        """Every document with what was read of it, in the order in which they were first put; one chunk in memory at a time.

        `bare`: without its passages, sentences, quotations and mentions, which few need and most of the time goes into.
        """
        last = 0
        while True:
            query = sa.select(READINGS).where(READINGS.c.sequence > last).order_by(READINGS.c.sequence).limit(CHUNK)
            with self._transaction() as conn:
                rows = conn.execute(query).all()
            for row in rows:
                yield self._reading(row, bare=bare)
            if len(rows) < CHUNK:
                return
            last = rows[-1].sequence

    def some_readings(self, ids: Iterable[str]) -> Iterator[Reading]:
        """Documents with what was read of them, in the order in which they were first put; one chunk in memory at a time."""
        wanted: list[tuple[int, str]] = []
        with self._transaction() as conn:
            for part in chunks(list(ids)):
                query = sa.select(READINGS.c.sequence, READINGS.c.id).where(READINGS.c.id.in_(part))
                wanted += [(row.sequence, row.id) for row in conn.execute(query)]
        for part in chunks([document_id for _, document_id in sorted(wanted)]):
            with self._transaction() as conn:
                rows = conn.execute(sa.select(READINGS).where(READINGS.c.id.in_(part)).order_by(READINGS.c.sequence)).all()
            yield from map(self._reading, rows)

    def _reading(self, row: Any, *, bare: bool = False) -> Reading:
        if (kept := self._kept.take(row.id, row.digest, bare=bare)) is not None:
            return kept
        reading = reading_of(row.record, bare=bare)
        return changed(reading, document=with_text(reading.document, {row.id: (row.text, row.origin_map)}))

    def reading_digests(self, ids: Iterable[str] | None = None) -> dict[str, str]:
        """Digest of what was read of each document, or of some, by its id."""
        with self._transaction() as conn:
            if ids is not None:
                return TableRows(conn, self.dialect).digests(READINGS, list(dict.fromkeys(ids)))
            return {row.id: row.digest for row in conn.execute(sa.select(READINGS.c.id, READINGS.c.digest))}

    def in_order(self, ids: Iterable[str]) -> list[str]:
        """Documents that were read, in the order in which they were first put."""
        wanted = list(ids)
        with self._transaction() as conn:
            query = sa.select(READINGS.c.sequence, READINGS.c.id)
            rows = [(r.sequence, r.id) for part in chunks(wanted) for r in conn.execute(query.where(READINGS.c.id.in_(part)))]
        return [document_id for _, document_id in sorted(rows)]

    def count_readings(self, most: int) -> int:
        """How many documents were read, `most` where there are more."""
        some = sa.select(READINGS.c.id).limit(most).subquery()
        with self._transaction() as conn:
            return int(conn.execute(sa.select(sa.func.count()).select_from(some)).scalar() or 0)

    def reading(self, document_id: str) -> Reading | None:
        """One document with what was read of it; None where there is none."""
        with self._transaction() as conn:
            row = conn.execute(sa.select(READINGS).where(READINGS.c.id == document_id)).one_or_none()
        return self._reading(row) if row is not None else None

    def refusals(self) -> tuple[Issue, ...]:
        """Issues of the inputs that gave no document, by id."""
        with self._transaction() as conn:
            records = conn.execute(sa.select(REFUSALS.c.record).order_by(REFUSALS.c.id)).scalars()
            return tuple(from_plain(Issue, json.loads(record)) for record in records)

    # ---- primary records and derived tables

    def put(self, records: Iterable[Any]) -> int:
        """Put primary records (Observation, Decision, RegisterEntry), idempotent by id; gives how many were new or changed.

        A decision is appended: another content under the same id raises StoreError, unless it is the decision erased, which
        leaves nothing of what it said.
        """
        by_spec: dict[str, list[Any]] = {}
        for record in records:
            spec = BY_TYPE.get(type(record))
            if spec is None or spec.is_derived:
                raise StoreError(f"a {type(record).__name__} is not put: derived tables are replaced by a run")
            by_spec.setdefault(spec.field, []).append(record)
        count = 0
        with self._transaction(writes=True) as conn:
            rows = TableRows(conn, self.dialect)
            for spec in SPECS:
                if spec.field in by_spec:
                    count += self.put_rows(rows, spec, by_spec[spec.field])
            if count:
                note_change(conn)
                note_change(conn, PUT)
        return count

    def black_out(
        self, ranges: Mapping[str, Sequence[Range]], observation_ids: Iterable[str] = (), *, keeps_shelf: bool = False
    ) -> Erased:
        """Destroy words for good: ranges of documents' texts, by document id, and all that tells of people in observations.

        They go from readings, claims, titles, history and the search index; the originals go from the archive. What remains
        is blacked out, character by character, so that offsets stay. Documents of the same bytes are blacked out alike. Gives
        what went; `keeps_shelf`: the caller takes it out of what lies beside the ledger, all of which is removed otherwise.
        """
        with self._transaction(writes=True) as conn:
            erased = erase_words(conn, ranges, frozenset(observation_ids))
            note_change(conn)
            note_change(conn, ERASED)
        self._kept.clear()
        self.rewrite_journal()
        for sha256 in erased.sha256s:
            self.archive.destroy(sha256)
        if not keeps_shelf:
            self.shelf.clear()
        try:
            self.dialect.scrub(self.engine)
        except (sa.exc.SQLAlchemyError, sqlite3.Error) as err:
            raise StoreError(
                f"the words are blacked out, but {self.where} still holds their traces: {err}. Redact again"
            ) from err
        return erased

    def replace(self, ledger: Ledger) -> int:
        """Make the derived tables those of a ledger and put its register, in one transaction; gives how many rows changed."""
        count = 0
        with self._transaction(writes=True) as conn:
            rows = TableRows(conn, self.dialect)
            for spec in SPECS:
                if spec.is_derived:
                    count += rows.replace(spec, getattr(ledger, spec.field))
                elif spec.field == "register":
                    count += self.put_rows(rows, spec, ledger.register)
            if count:
                index_ledger(conn, ledger.incidents, ledger.claims, ledger.documents, ledger.violations)
                write_sentences(conn, ledger.claims, ledger.documents)
                note_change(conn)
        return count

    def view(self, as_of: datetime | None = None) -> Ledger:
        """The whole ledger, now or as it stood at an instant (aware). Documents' texts are as now: they do not change."""
        moment = instant_of(as_of) if as_of is not None else None
        with self._transaction() as conn:
            rows = TableRows(conn, self.dialect)
            parts = {spec.field: tuple(rows.view(spec, moment)) for spec in SPECS}
            decisions = tuple(rows.view(BY_TYPE[Decision]))
            texts = {
                row.id: (row.text, row.origin_map)
                for row in conn.execute(sa.select(READINGS.c.id, READINGS.c.text, READINGS.c.origin_map))
            }
        parts["documents"] = tuple(with_text(document, texts) for document in parts["documents"])
        # what was redacted since is blacked out for every reader at once, in past views too
        return redact_ledger(Ledger(**parts), decisions)

    def primary(self) -> Ledger:
        """Observations, decisions and register alone: what a run takes from the ledger besides its documents."""
        with self._transaction() as conn:
            rows = TableRows(conn, self.dialect)
            return Ledger(**{spec.field: tuple(rows.view(spec)) for spec in SPECS if not spec.is_derived})

    def decided(self) -> tuple[Decision, ...]:
        """Every decision, in the order in which they were logged."""
        with self._transaction() as conn:
            return tuple(TableRows(conn, self.dialect).view(BY_TYPE[Decision]))

    def observed(self) -> tuple[Observation, ...]:
        """Every observation, in the order in which they were filed."""
        with self._transaction() as conn:
            return tuple(TableRows(conn, self.dialect).view(BY_TYPE[Observation]))

    def has_register(self) -> bool:
        """Whether an incident's id was ever given out."""
        with self._transaction() as conn:
            return conn.execute(sa.select(BY_TYPE[RegisterEntry].table.c.id).limit(1)).scalar() is not None

    def issues_of(self, codes: Sequence[str]) -> tuple[Issue, ...]:
        """Issues of some codes, by id."""
        table = BY_TYPE[Issue].table
        with self._transaction() as conn:
            records = conn.execute(sa.select(table.c.record).where(table.c.code.in_(codes)).order_by(table.c.id)).scalars()
            return tuple(from_plain(Issue, json.loads(record)) for record in records)

    def search(self, words: str, limit: int = 50) -> list[str]:
        """Ids of documents whose text or title holds all the words, best first."""
        with self._transaction() as conn:
            return self.dialect.search(conn, words, limit)

    def digest(self) -> str:
        """SHA-256 over all that the ledger says, without when it was written: equal ledgers give equal digests."""
        whole = hashlib.sha256()
        with self._transaction() as conn:
            for table in (ORIGINALS, REFUSALS, READINGS, *(spec.table for spec in SPECS)):
                for row in conn.execute(sa.select(table.c.id, table.c.digest).order_by(table.c.id)):
                    whole.update(f"{table.name}\x1f{row.id}\x1f{row.digest}\n".encode())
        return whole.hexdigest()

    # ---- runs

    def begin_run(self, made_by: str, theatre: str | None = None) -> int:
        """Note that a run begins, with what reads and the theatre's name or path; gives the run's number."""
        with self._transaction(writes=True) as conn:
            values = {
                "started_at": TableRows(conn, self.dialect).now(),
                "made_by": made_by,
                "version": __version__,
                "theatre": theatre,
            }
            row = conn.execute(RUNS.insert().values(values)).inserted_primary_key
            self.journal.append(RUNS.name, (json_text({"theatre": theatre}),))
        return int(row[0]) if row is not None else 0

    def was_cut_short(self, number: int) -> bool:
        """Whether the run before this one never ended."""
        query = sa.select(RUNS.c.finished_at).where(RUNS.c.number < number).order_by(RUNS.c.number.desc()).limit(1)
        with self._transaction() as conn:
            row = conn.execute(query).one_or_none()
        return row is not None and row[0] is None

    def end_run(self, number: int) -> None:
        """Note that a run ended as it should."""
        self._kept.clear()
        with self._transaction(writes=True) as conn:
            now = TableRows(conn, self.dialect).now()
            conn.execute(RUNS.update().where(RUNS.c.number == number).values(finished_at=now))

    def theatre(self) -> str | None:
        """Name or path of the theatre that the last run used."""
        with self._transaction() as conn:
            return conn.execute(sa.select(RUNS.c.theatre).order_by(RUNS.c.number.desc()).limit(1)).scalar()

    def rewrite_journal(self) -> None:
        """Write the journal of primary records anew from the database."""
        with self._transaction() as conn:
            theatre = conn.execute(sa.select(RUNS.c.theatre).order_by(RUNS.c.number.desc()).limit(1)).scalar()
            lines = [(RUNS.name, json_text({"theatre": theatre}))]
            for table in JOURNALLED:
                rows = conn.execute(sa.select(table.c.record).order_by(table.c.sequence)).scalars()
                lines += [(table.name, record) for record in rows]
        self.journal.rewrite(lines)

    # ---- inside

    def put_rows(self, rows: TableRows, spec: TableSpec, records: Sequence[Any]) -> int:
        """Put primary records within a transaction; gives how many were new or changed. Raises StoreError as `put` does."""
        fresh_of = rows_of(spec, records)
        known = rows.digests(spec.table, list(fresh_of))
        fresh = [row for key, row in fresh_of.items() if known.get(key) != row["digest"]]
        if spec.field == "decisions":
            erased = {decision.id for decision in records if decision.is_erased}
            if any(row["id"] in known and row["id"] not in erased for row in fresh):
                raise StoreError("a decision is never overwritten: undo it by another decision")
        number = rows.last_sequence(spec.table)
        for row in fresh:
            number += 1
            row["sequence"] = number
        # the one change that a decision may see is its erasure, and history would keep what was erased
        rows.write(spec.table, fresh, before=known if spec.field != "decisions" else ())
        # decisions have a log of their own
        if spec.field != "decisions":
            self.journal.append(spec.table.name, (row["record"] for row in fresh))
        if spec.record_type is RegisterEntry:
            written = {row["id"] for row in fresh}
            _put_aliases(rows.conn, [one for one in records if one.incident_id in written])
        return len(fresh)


def _put_aliases(conn: sa.Connection, entries: Sequence[RegisterEntry]) -> None:
    for part in chunks([entry.incident_id for entry in entries]):
        conn.execute(ALIASES.delete().where(ALIASES.c.incident_id.in_(part)))
    by_id = {entry.incident_id: entry for entry in entries}
    found = [{"alias": one, "incident_id": key} for key, entry in by_id.items() for one in dict.fromkeys(entry.aliases)]
    if found:
        conn.execute(ALIASES.insert(), found)


def open_store(place: str | os.PathLike[str], *, create: bool = True, archive: str | os.PathLike[str] | None = None) -> Store:
    """Open a ledger, a file path or postgresql:// address, bringing an older one up to date.

    `archive` is the folder of original bytes: beside the file where not said. Raises StoreError where there is no ledger and
    `create` is False, where it is damaged, locked, or made by a newer trucewatch.
    """
    url = url_of(place)
    dialect = dialect_of(url)
    if dialect.name == "sqlite":
        path = Path(str(url.database))
        if not create and not path.is_file():
            raise StoreError(f"there is no ledger at {path}: make one with `trucewatch run INPUT... --out {path.parent}`")
        if path.is_dir():
            raise StoreError(f"{path} is a folder: name the ledger's file, such as {path / 'trucewatch.db'}")
        folder = Path(archive) if archive is not None else Path(f"{path}.archive")
    else:
        folder = Path(archive) if archive is not None else Path("trucewatch.archive")
    try:
        if dialect.name == "sqlite":
            path.parent.mkdir(parents=True, exist_ok=True)
        engine = dialect.make_engine(url.render_as_string(hide_password=False))
        upgrade(engine, dialect, may_create=create)
    except OSError as err:
        raise StoreError(f"the ledger's folder {path.parent} cannot be made: {err.strerror or err}") from err
    except (sa.exc.SQLAlchemyError, ImportError) as err:
        raise explain(err, url.render_as_string(hide_password=True)) from err
    return Store(engine, Archive(folder))
