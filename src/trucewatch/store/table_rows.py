"""Rows of a ledger's tables within one transaction: asked for, put, removed and replaced, with the versions they leave behind."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

import sqlalchemy as sa

from trucewatch.model.records import Document
from trucewatch.model.serial import from_plain, to_plain
from trucewatch.store.dialects import Dialect
from trucewatch.store.plain import digest_of, instant_of, json_text, storable, without_text
from trucewatch.store.tables import HISTORY, RUNS, TableSpec
from trucewatch.store.tallies import tallied

CHUNK = 500
Row = dict[str, Any]


def chunks(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """The ids in parts that one statement can name."""
    for begin in range(0, len(ids), CHUNK):
        yield ids[begin : begin + CHUNK]


def rows_of(spec: TableSpec, records: Iterable[Any]) -> dict[str, Row]:
    """Rows of records by id, but for when they are written and in which order."""
    rows: dict[str, Row] = {}
    for record in records:
        text = json_text(to_plain(_kept(record)) if spec.has_instants else record)
        key = spec.key(record)
        columns = {name: storable(value) if isinstance(value, str) else value for name, value in spec.columns(record).items()}
        rows[key] = {"id": key, "record": text, "digest": digest_of(text), **columns}
    return rows


def _kept(record: Any) -> Any:
    return without_text(record) if isinstance(record, Document) else record


class TableRows:
    """The rows that one transaction sees and changes."""

    def __init__(self, conn: sa.Connection, dialect: Dialect) -> None:
        self.conn, self._dialect = conn, dialect

    @cached_property
    def _latest_run(self) -> str:
        return self.conn.execute(sa.select(sa.func.max(RUNS.c.started_at))).scalar() or ""

    def now(self) -> str:
        """The instant to write down."""
        # a clock set back must not put later changes before earlier ones
        return max(instant_of(datetime.now(UTC)), self._latest_run)

    def last_sequence(self, table: sa.Table) -> int:
        """The number of the row that was put last; 0 where there is none."""
        return int(self.conn.execute(sa.select(sa.func.max(table.c.sequence))).scalar() or 0)

    def digests(self, table: sa.Table, ids: Sequence[str]) -> dict[str, str]:
        """Digests of those of the rows that there are, by id."""
        return self._values(table, "digest", ids)

    def records(self, table: sa.Table, ids: Sequence[str]) -> dict[str, str]:
        """Records of those of the rows that there are, by id."""
        return self._values(table, "record", ids)

    def _values(self, table: sa.Table, column: str, ids: Sequence[str]) -> dict[str, str]:
        values: dict[str, str] = {}
        for part in chunks(ids):
            values.update(self.conn.execute(sa.select(table.c.id, table.c[column]).where(table.c.id.in_(part))).all())
        return values

    def write(self, table: sa.Table, rows: Sequence[Row], before: Container[str] = ()) -> None:
        """Put rows; those whose ids are in `before` have an older version, which goes into the history."""
        if not rows:
            return
        now = self.now()
        known = [row["id"] for row in rows if row["id"] in before]
        self._end(table, known, now)
        for row in rows:
            row["recorded_at"] = now
        with tallied(self.conn, table, known, [row["id"] for row in rows]):
            self.conn.execute(self._dialect.upsert(table), rows)

    def remove(self, table: sa.Table, ids: Sequence[str]) -> None:
        """Remove rows; they stay in the history."""
        if ids:
            self._end(table, ids, self.now())
        with tallied(self.conn, table, ids, ()):
            for part in chunks(ids):
                self.conn.execute(table.delete().where(table.c.id.in_(part)))

    def _end(self, table: sa.Table, ids: Sequence[str], now: str) -> None:
        columns = ["table_name", "id", "recorded_at", "ended_at", "record"]
        for part in chunks(ids):
            old = sa.select(sa.literal(table.name), table.c.id, table.c.recorded_at, sa.literal(now), table.c.record)
            self.conn.execute(HISTORY.insert().from_select(columns, old.where(table.c.id.in_(part))))

    def replace(self, spec: TableSpec, records: Iterable[Any]) -> int:
        """Make a derived table that of these records; gives how many rows changed."""
        rows = rows_of(spec, records)
        known = dict(self.conn.execute(sa.select(spec.table.c.id, spec.table.c.digest)).all())
        gone = [key for key in known if key not in rows]
        self.remove(spec.table, gone)
        fresh = [row for key, row in rows.items() if known.get(key) != row["digest"]]
        self.write(spec.table, fresh, before=known)
        return len(gone) + len(fresh)

    def view(self, spec: TableSpec, moment: str | None = None) -> Iterator[Any]:
        """Every record of a table, now or as it stood at a moment."""
        table = spec.table
        query = sa.select(table.c.id, table.c.record)
        if moment is not None:
            past = sa.select(HISTORY.c.id, HISTORY.c.record).where(
                HISTORY.c.table_name == table.name, HISTORY.c.recorded_at <= moment, HISTORY.c.ended_at > moment
            )
            records = dict(self.conn.execute(past).all())
            records.update(self.conn.execute(query.where(table.c.recorded_at <= moment)).all())
            for key in sorted(records):
                yield from_plain(spec.record_type, json.loads(records[key]))
            return
        for _, record in self.conn.execute(query.order_by(table.c.id if spec.is_derived else table.c.sequence)):
            yield from_plain(spec.record_type, json.loads(record))
