"""Writers of rows: CSV, JSON Lines, Parquet, and SQLite that datasette opens. Each holds one batch in memory."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import IO, Any, Protocol

import pyarrow as pa
import pyarrow.parquet as pq

from trucewatch.reports.datasets.schema import KEYS, LINKS, Field, Row, fields_of

BATCH = 5_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Writer(Protocol):
    """Takes rows, table by table or mixed, and leaves files in a folder."""

    def write(self, table: str, row: Row) -> None:
        """Take one row."""

    def close(self) -> None:
        """Finish the files."""


def shown_fields(table: str, *, is_public: bool) -> tuple[Field, ...]:
    """Fields of a table as released: a public release has no whole texts."""
    return tuple(field for field in fields_of(table) if not (is_public and (table, field.name) == ("documents", "text")))


class CsvWriter:
    """One CSV file a table. Text that a spreadsheet would run as a formula begins with an apostrophe."""

    def __init__(self, folder: Path, tables: Iterable[str], *, is_public: bool) -> None:
        self._files: list[IO[str]] = []
        self._writers: dict[str, tuple[Any, tuple[Field, ...]]] = {}
        for table in tables:
            stream = (folder / f"{table}.csv").open("w", encoding="utf-8", errors="replace", newline="")
            self._files.append(stream)
            fields = shown_fields(table, is_public=is_public)
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow([field.name for field in fields])
            self._writers[table] = (writer, fields)

    def write(self, table: str, row: Row) -> None:
        """Take one row."""
        writer, fields = self._writers[table]
        writer.writerow([_cell(row[field.name], field) for field in fields])

    def close(self) -> None:
        """Finish the files."""
        for stream in self._files:
            stream.close()


def _cell(value: Any, field: Field) -> Any:
    if value is None:
        return ""
    if field.type == "boolean":
        return "true" if value else "false"
    if field.type == "datetime":
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if field.type == "date":
        return value.isoformat()
    if field.type == "string":
        text = str(value).replace("\0", "\ufffd")
        return f"'{text}" if text.startswith(_FORMULA) else text
    return value


class ParquetWriter:
    """One Parquet file a table, in row groups."""

    def __init__(self, folder: Path, tables: Iterable[str], *, is_public: bool) -> None:
        self._batches: dict[str, list[Row]] = {}
        self._writers: dict[str, tuple[pq.ParquetWriter, pa.Schema]] = {}
        for table in tables:
            schema = arrow_schema(shown_fields(table, is_public=is_public))
            self._writers[table] = (pq.ParquetWriter(folder / f"{table}.parquet", schema, compression="zstd"), schema)
            self._batches[table] = []

    def write(self, table: str, row: Row) -> None:
        """Take one row."""
        self._batches[table].append(row)
        if len(self._batches[table]) >= BATCH:
            self._flush(table)

    def _flush(self, table: str) -> None:
        writer, schema = self._writers[table]
        if self._batches[table]:
            writer.write_table(arrow_table(self._batches[table], schema))
            self._batches[table].clear()

    def close(self) -> None:
        """Finish the files."""
        for table, (writer, _) in self._writers.items():
            self._flush(table)
            writer.close()


_ARROW: dict[str, Callable[[], pa.DataType]] = {
    "string": pa.string,
    "integer": pa.int64,
    "number": pa.float64,
    "boolean": pa.bool_,
    "date": pa.date32,
    "datetime": lambda: pa.timestamp("s", tz="UTC"),
}


def arrow_schema(fields: Iterable[Field]) -> pa.Schema:
    """Arrow schema of fields, each with its description."""
    return pa.schema([pa.field(f.name, _ARROW[f.type](), metadata={"description": f.description}) for f in fields])


def arrow_table(rows: list[Row], schema: pa.Schema) -> pa.Table:
    """Rows as an Arrow table."""
    columns = []
    for field in schema:
        values = [row[field.name] for row in rows]
        if pa.types.is_string(field.type):
            values = [value.encode("utf-8", "replace").decode() if isinstance(value, str) else value for value in values]
        columns.append(pa.array(values, type=field.type))
    return pa.Table.from_arrays(columns, schema=schema)


_SQL = {"integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"}


class SqliteWriter:
    """One SQLite file with plain tables, foreign keys and full-text search over sentences and summaries."""

    NAME = "ledger.sqlite"

    def __init__(self, folder: Path, tables: Iterable[str], *, is_public: bool) -> None:
        self._conn = sqlite3.connect(folder / self.NAME)
        self._conn.execute("PRAGMA journal_mode = OFF")
        self._conn.execute("PRAGMA synchronous = OFF")
        self._rows: dict[str, list[list[Any]]] = {}
        self._fields: dict[str, tuple[Field, ...]] = {}
        tables = tuple(tables)
        for table in tables:
            fields = shown_fields(table, is_public=is_public)
            self._fields[table], self._rows[table] = fields, []
            parts = [f'"{f.name}" {_SQL.get(f.type, "TEXT")}{" NOT NULL" if f.is_required else ""}' for f in fields]
            if table in KEYS:
                parts.append(f"PRIMARY KEY ({', '.join(KEYS[table])})")
            parts += [
                f'FOREIGN KEY ("{name}") REFERENCES "{other}" (id)'
                for own, name, other in LINKS
                if own == table and other in tables
            ]
            self._conn.execute(f'CREATE TABLE "{table}" ({", ".join(parts)})')

    def write(self, table: str, row: Row) -> None:
        """Take one row."""
        rows = self._rows[table]
        rows.append([_stored(row[field.name]) for field in self._fields[table]])
        if len(rows) >= BATCH:
            self._flush(table)

    def _flush(self, table: str) -> None:
        marks = ", ".join("?" * len(self._fields[table]))
        self._conn.executemany(f'INSERT INTO "{table}" VALUES ({marks})', self._rows[table])
        self._rows[table].clear()

    def close(self) -> None:
        """Write what is left, the indexes and the search; check that every key leads somewhere."""
        for table in self._fields:
            self._flush(table)
        for table, name, other in LINKS:
            if table in self._fields and other in self._fields:
                self._conn.execute(f'CREATE INDEX "ix_{table}_{name}" ON "{table}" ("{name}")')
        for table, column in (("claims", "sentence_text"), ("incidents", "summary")):
            if table in self._fields:
                fts = f"{table}_fts"
                self._conn.execute(f'CREATE VIRTUAL TABLE "{fts}" USING fts5 ("{column}", content="{table}")')
                self._conn.execute(f'INSERT INTO "{fts}" ("{fts}") VALUES (\'rebuild\')')
        self._conn.commit()
        self._conn.close()


def _stored(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    return value


class JsonLinesWriter:
    """One JSON Lines file a table, opened when its first row comes."""

    def __init__(self, folder: Path, tables: Iterable[str] = (), *, is_public: bool = True) -> None:
        self._folder = folder
        self._files = {table: (folder / f"{table}.jsonl").open("wb") for table in tables}

    def write(self, table: str, row: Row) -> None:
        """Take one row, nested as it is."""
        self._files[table].write(json.dumps(row, ensure_ascii=False).encode("utf-8", "replace") + b"\n")

    def close(self) -> None:
        """Finish the files."""
        for stream in self._files.values():
            stream.close()
