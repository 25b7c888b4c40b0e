"""A ledger of any size on SQLite in minutes: a small generated one, worked out by the shipped stages, copied many times.

Every copy has ids, addresses and days of its own, as if other documents had told of other incidents; ten copies share their days.
Rows go straight into the store's tables, so that a million documents need no run of days. What lies beside a ledger (originals,
the shelf) is not made: such a ledger is for reading, and for putting rows.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import groupby, permutations
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from ledger_scale import A_DAY, generated, plan
from ledger_speed import invented_theatre
from sqlalchemy.schema import CreateIndex

from trucewatch.model.stage import Context
from trucewatch.model.theatre import Agreement, Clause, Theatre
from trucewatch.pipeline import run
from trucewatch.store import open_store
from trucewatch.store.index import COUNTS, FACETS, INDEX
from trucewatch.store.plain import digest_of
from trucewatch.store.sentences import SENTENCES
from trucewatch.store.tables import HISTORY, METADATA, ORIGINALS, READINGS, SPECS

DOCUMENTS = 2_000
SHARE_DAYS = 10
NUMBERED = {READINGS.name: "sequence", INDEX.name: "number", FACETS.name: "number", SENTENCES.name: "number"}
AS_THEY_ARE = ("runs", "changes", HISTORY.name)
VARIED = re.compile(r"[a-z]+-[0-9a-f]{16}\b|\b[0-9a-f]{64}\b|\b20\d\d-\d\d-\d\d\b(?!T)|(?<=\.example/)\d+")
VOWELS = [str.maketrans("aeiou", "".join(order)) for order in permutations("aeiou")]
TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"


def bound_theatre() -> Theatre:
    """The invented country, with an agreement that two of its parties signed."""
    clause = Clause(
        id="A1#1",
        number="1",
        title="Guns are silent",
        duty="cease fire",
        bound_parties=("AAA", "BBB"),
        breach_acts=("FIRE", "AIR.STRIKE", "ADVANCE.TERRITORY"),
    )
    agreement = Agreement(
        id="A1",
        title="The invented agreement",
        kind="ceasefire",
        parties=("AAA", "BBB"),
        clauses=(clause,),
        effective_at=datetime(2010, 1, 10, tzinfo=UTC),
    )
    return replace(invented_theatre(), agreements=(agreement,))


def context() -> Context:
    """The context of that country."""
    return Context(theatre=bound_theatre())


class _Other(dict[str, str]):
    """What stands in one copy for an id, a digest, a day or the number in an address."""

    def __init__(self, copy: int) -> None:
        super().__init__()
        self.copy = copy
        self.days = timedelta(days=copy // SHARE_DAYS * (DOCUMENTS // A_DAY))

    def __missing__(self, word: str) -> str:
        if self.copy == 0:
            made = word
        elif word.isdigit() and len(word) < 16:
            made = str(int(word) + self.copy * DOCUMENTS)
        elif len(word) == 10 and word[4] == "-":
            made = (date.fromisoformat(word) + self.days).isoformat()
        else:
            prefix, dash, key = word.rpartition("-")
            size = len(key) // 2
            made = f"{prefix}{dash}{hashlib.blake2b(f'{key} {self.copy}'.encode(), digest_size=size).hexdigest()}"
        self[word] = made
        return made


class _Rows:
    """A table's rows with the words in them that each copy has otherwise."""

    def __init__(self, conn: sqlite3.Connection, table: sa.Table, where: str = "") -> None:
        self.table, self.names = table, [column.name for column in table.columns]
        self.at = {name: number for number, name in enumerate(self.names)}
        quoted = ", ".join(f'"{name}"' for name in self.names)
        self.insert = f"INSERT INTO {table.name} ({quoted}) VALUES ({', '.join('?' * len(self.names))})"
        rows = conn.execute(f"SELECT {quoted} FROM {table.name} {where}").fetchall()
        self.rows = [[VARIED.split(one) if _is_varied(one) else one for one in row] for row in rows]
        self.words = [[VARIED.findall(one) if _is_varied(one) else () for one in row] for row in rows]
        self.number = self.at.get(NUMBERED.get(table.name, "sequence"))
        step = f"SELECT max({self.names[self.number]}) FROM {table.name}" if self.number is not None else "SELECT 0"
        self.step = conn.execute(step).fetchone()[0] or 0

    def of(self, copy: int, other: _Other) -> Iterator[list[Any]]:
        """The rows of one copy."""
        for row, words in zip(self.rows, self.words, strict=True):
            made = list(row)
            for at, own in enumerate(words):
                if own:
                    pieces: list[Any] = [None] * (2 * len(own) + 1)
                    pieces[::2], pieces[1::2] = row[at], map(other.__getitem__, own)
                    made[at] = "".join(pieces)
            if self.number is not None:
                made[self.number] += copy * self.step
            yield made


def _is_varied(value: Any) -> bool:
    return isinstance(value, str) and VARIED.search(value) is not None


def make_ledger(path: Path, documents: int) -> None:
    """Write a ledger of so many documents (a multiple of DOCUMENTS) to a path where there is none."""
    base = path.with_name("base.db")
    if not base.exists():
        with open_store(base) as store, store.writing():
            run(generated(DOCUMENTS), store=store, stages=plan(), recipe=context, workers=1, is_strict=True)
    with open_store(path) as store:
        store.close()
    copies = max(1, documents // DOCUMENTS)
    with sqlite3.connect(path, isolation_level=None) as conn, sqlite3.connect(base) as source:
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-2000000"):
            conn.execute(f"PRAGMA {pragma}")
        triggers = conn.execute(TRIGGERS).fetchall()
        indexes = [index for table in METADATA.sorted_tables for index in table.indexes]
        for name in (*(f"TRIGGER {name}" for name, _ in triggers), *(f"INDEX {index.name}" for index in indexes)):
            conn.execute(f"DROP {name}")
        conn.execute("BEGIN")
        _copy(conn, source, copies)
        for index in indexes:
            conn.execute(str(CreateIndex(index)))
        for search in ("readings_search", "sentences_search"):
            conn.execute(f"INSERT INTO {search}({search}) VALUES ('rebuild')")
        for _, statement in triggers:
            conn.execute(statement)
        conn.execute("COMMIT")
        conn.execute("PRAGMA journal_mode=WAL")


def _copy(conn: sqlite3.Connection, source: sqlite3.Connection, copies: int) -> None:
    tables = {table.name: _Rows(source, table) for table in METADATA.sorted_tables if table is not FACETS}
    for name in AS_THEY_ARE:
        conn.executemany(tables[name].insert, tables.pop(name).rows)
    counts = tables.pop(COUNTS.name)
    conn.executemany(counts.insert, ((kind, value, count * copies) for kind, value, count in counts.rows))
    given = {spec.table.name for spec in SPECS} | {ORIGINALS.name}
    # readings tell of their originals
    order = sorted(tables.values(), key=lambda rows: rows.table is not ORIGINALS)
    for copy in range(copies):
        other = _Other(copy)
        digests: dict[str, str] = {}
        for rows in order:
            made = rows.of(copy, other)
            if rows.table.name in given:
                made = _digested(rows, made, digests)
            elif rows.table is READINGS:
                made = _read(rows, made, digests, copy)
            conn.executemany(rows.insert, made)
    # sorted as they lie, so that they are written from one end to the other
    for (kind,) in source.execute("SELECT DISTINCT kind FROM incident_facets ORDER BY kind").fetchall():
        facets = _Rows(source, FACETS, f"WHERE kind = '{kind}' ORDER BY value, number")
        if any(any(words) for words in facets.words):
            made = sorted(tuple(row) for copy in range(copies) for row in facets.of(copy, _Other(copy)))
            conn.executemany(facets.insert, made)
        else:
            conn.executemany(facets.insert, _in_order(facets, copies))


def _digested(rows: _Rows, made: Iterable[list[Any]], digests: dict[str, str]) -> Iterator[list[Any]]:
    record, digest, key = (rows.at[name] for name in ("record", "digest", "id"))
    for row in made:
        row[digest] = digest_of(row[record])
        if rows.table is ORIGINALS:
            digests[row[key]] = row[digest]
        yield row


def _read(rows: _Rows, made: Iterable[list[Any]], digests: dict[str, str], copy: int) -> Iterator[list[Any]]:
    at = rows.at
    hashed = [at[name] for name in ("id", "record", "made_by", "title", "text", "origin_map")]
    vowels = VOWELS[copy % len(VOWELS)]
    for row in made:
        # claims stand in the lines after the first
        first, line_end, rest = row[at["text"]].partition("\n")
        row[at["text"]] = first.translate(vowels) + line_end + rest
        row[at["made_by"]] = f"{row[at['made_by']].rpartition(':')[0]}:{digests[row[at['id']]]}"
        row[at["digest"]] = digest_of(*(str(row[one]) for one in hashed), str(bool(row[at["failed"]])))
        yield row


def _in_order(facets: _Rows, copies: int) -> Iterator[tuple[str, str, int]]:
    for (kind, value), rows in groupby(facets.rows, key=lambda row: (row[0], row[1])):
        numbers = [row[2] for row in rows]
        for copy in range(copies):
            yield from ((kind, value, number + copy * facets.step) for number in numbers)
