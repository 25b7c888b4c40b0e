"""How a ledger hangs together: which of its documents and claims bear on one another, so that a run asks only for what is new.

A SQLite file on the shelf beside a ledger, wherever the ledger itself lives. It may be deleted at any time: the next run makes it
anew. It holds for one version of the ledger alone (`Parts.is_of`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, fields
from operator import attrgetter
from pathlib import Path
from typing import Any

from trucewatch.errors import StoreError

NAME = "parts.db"
CHUNK = 500
_SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE documents (id TEXT PRIMARY KEY, digest TEXT, text BLOB, source TEXT, sha256 TEXT, day INTEGER, head TEXT,
  story TEXT, family TEXT) WITHOUT ROWID;
CREATE INDEX documents_text ON documents (text);
CREATE INDEX documents_source ON documents (source);
CREATE INDEX documents_sha256 ON documents (sha256);
CREATE INDEX documents_day ON documents (day);
CREATE INDEX documents_head ON documents (head);
CREATE INDEX documents_story ON documents (story);
CREATE INDEX documents_family ON documents (family);
CREATE TABLE links (id TEXT PRIMARY KEY, document TEXT, facet TEXT, first INTEGER, last INTEGER, is_dated INTEGER, way TEXT,
  cell TEXT, part INTEGER, base TEXT, told TEXT, is_loose INTEGER, label TEXT, incident TEXT) WITHOUT ROWID;
CREATE INDEX links_document ON links (document);
CREATE INDEX links_cell ON links (cell);
CREATE INDEX links_told ON links (told) WHERE is_loose;
CREATE INDEX links_label ON links (label);
CREATE INDEX links_incident ON links (incident);
CREATE TABLE marks (kind TEXT, value TEXT, owner TEXT, PRIMARY KEY (kind, value, owner)) WITHOUT ROWID;
CREATE INDEX marks_owner ON marks (owner, kind);
CREATE TABLE counts (kind TEXT, name TEXT, value TEXT, number INTEGER, PRIMARY KEY (kind, name, value)) WITHOUT ROWID;
"""


@dataclass(slots=True)
class DocumentPart:
    """What ties a document to others. `day` of publication as an ordinal; `head` and `story` as stages.link.stories has them."""

    id: str
    digest: str
    text: bytes | None
    source: str
    sha256: str
    day: int | None = None
    head: str | None = None
    story: str | None = None
    family: str | None = None


@dataclass(slots=True)
class LinkPart:
    """How a claim found its incident: its days, its way ("cell", "spell", "wide", "held": an answer), and the label at each step.

    `cell` is the cell or the spell as text; `part` the number within a cell; `base` the label by place and day; `told` that of
    its document, where it `is_loose` without any place; `label` the last one.
    """

    id: str
    document: str
    facet: str
    first: int | None
    last: int | None
    is_dated: bool
    way: str
    cell: str | None = None
    part: int | None = None
    base: str | None = None
    told: str | None = None
    is_loose: bool = False
    label: str | None = None
    incident: str | None = None


# dataclasses.astuple copies every value deeply, which took a twelfth of a large run
_DOCUMENT_ROW = attrgetter(*(field.name for field in fields(DocumentPart)))
_LINK_ROW = attrgetter(*(field.name for field in fields(LinkPart)))


class Parts:
    """The file, opened for one run. What was written counts once `settle` has named the version of the ledger that it is of.

    Every method raises StoreError where the disk refuses; a damaged file is begun anew.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._conn = self._open()
        except (sqlite3.Error, OSError):
            remove(folder)
            self._conn = self._open()

    def _open(self) -> sqlite3.Connection:
        conn = sqlite3.connect(self.path, isolation_level=None)
        try:
            conn.execute("PRAGMA synchronous=NORMAL")
            conn.execute("PRAGMA cache_size=-65536")
            conn.execute("PRAGMA temp_store=MEMORY")
            if conn.execute("SELECT count(*) FROM sqlite_master WHERE name = 'counts'").fetchone()[0] == 0:
                conn.executescript(f"PRAGMA journal_mode=WAL; BEGIN; {_SCHEMA} COMMIT;")
            conn.execute("BEGIN IMMEDIATE")
        except sqlite3.Error:
            conn.close()
            raise
        return conn

    def __enter__(self) -> Parts:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the file back; what was not settled is forgotten."""
        with closing(self._conn):
            if self._conn.in_transaction:
                self._conn.execute("ROLLBACK")

    def scrub(self) -> None:
        """Overwrite what is left of rows that are gone, in the file and its journal. What was not settled is forgotten."""
        try:
            self._conn.execute("ROLLBACK")
            self._conn.execute("VACUUM")
            self._conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self._conn.execute("BEGIN IMMEDIATE")
        except sqlite3.Error as err:
            raise self._refused(err) from err

    # ---- which ledger it is of

    def meta(self, name: str) -> str | None:
        """A note by its name."""
        row = self._one("SELECT value FROM meta WHERE name = ?", (name,))
        return str(row[0]) if row is not None else None

    def note(self, name: str, value: str) -> None:
        """Write a note."""
        self._run("INSERT OR REPLACE INTO meta VALUES (?, ?)", [(name, value)])

    def is_of(self, version: str) -> bool:
        """Whether it was settled for this version of a ledger."""
        return self.meta("version") == version

    def settle(self, version: str) -> None:
        """Let all that was written count, for this version of the ledger; and go on."""
        self.note("version", version)
        try:
            self._conn.execute("COMMIT")
            self._conn.execute("BEGIN IMMEDIATE")
        except sqlite3.Error as err:
            raise self._refused(err) from err

    def clear(self) -> None:
        """Forget everything."""
        for table in ("meta", "documents", "links", "marks", "counts"):
            self._run(f"DELETE FROM {table}", [()])

    # ---- documents

    def documents(self, column: str, values: Iterable[Any]) -> list[DocumentPart]:
        """Documents of which a column has one of the values."""
        return [DocumentPart(*row) for row in self._in(f"SELECT * FROM documents WHERE {column} IN", values)]

    def put_documents(self, documents: Iterable[DocumentPart]) -> None:
        """Put documents over what is kept of them."""
        self._run("INSERT OR REPLACE INTO documents VALUES (?,?,?,?,?,?,?,?,?)", map(_DOCUMENT_ROW, documents))

    def count(self, table: str) -> int:
        """How many rows a table has."""
        row = self._one(f"SELECT count(*) FROM {table}", ())
        return int(row[0]) if row is not None else 0

    # ---- claims

    def links(self, column: str, values: Iterable[Any]) -> list[LinkPart]:
        """Claims of which a column has one of the values, by id."""
        only = " AND is_loose" if column == "told" else ""
        found = [LinkPart(*row) for row in self._in(f"SELECT * FROM links WHERE {column} IN", values, only)]
        for link in found:
            link.is_dated, link.is_loose = bool(link.is_dated), bool(link.is_loose)
        return sorted(found, key=lambda link: link.id)

    def cells_between(self, low: str, high: str) -> list[str]:
        """Cells that stand between two texts, the second excluded."""
        rows = self._all("SELECT DISTINCT cell FROM links WHERE cell >= ? AND cell < ?", (low, high))
        return [str(row[0]) for row in rows]

    def put_links(self, links: Iterable[LinkPart]) -> None:
        """Put claims over what is kept of them."""
        marks = ",".join("?" * len(fields(LinkPart)))
        self._run(f"INSERT OR REPLACE INTO links VALUES ({marks})", map(_LINK_ROW, links))

    def drop_links(self, ids: Iterable[str]) -> None:
        """Forget claims."""
        self._run("DELETE FROM links WHERE id = ?", ((one,) for one in ids))

    # ---- marks: what something is found by

    def marked(self, kind: str, values: Iterable[str]) -> dict[str, list[str]]:
        """Owners by mark, of these marks of a kind."""
        found: dict[str, list[str]] = {}
        for value, owner in self._in("SELECT value, owner FROM marks WHERE kind = ? AND value IN", values, first=(kind,)):
            found.setdefault(value, []).append(owner)
        return found

    def marks_of(self, kind: str, owners: Iterable[str]) -> dict[str, list[str]]:
        """Marks of a kind by owner."""
        found: dict[str, list[str]] = {}
        for owner, value in self._in("SELECT owner, value FROM marks WHERE kind = ? AND owner IN", owners, first=(kind,)):
            found.setdefault(owner, []).append(value)
        return found

    def few_marked(self, kind: str, value: str, most: int) -> list[str]:
        """Owners of a mark, at most so many."""
        query = "SELECT owner FROM marks WHERE kind = ? AND value = ? ORDER BY owner LIMIT ?"
        return [str(row[0]) for row in self._all(query, (kind, value, most))]

    def marked_between(self, kind: str, low: str, high: str) -> list[tuple[str, str]]:
        """(mark, owner) of a kind between two marks, the second excluded, in their order."""
        query = "SELECT value, owner FROM marks WHERE kind = ? AND value >= ? AND value < ? ORDER BY value, owner"
        return [(str(row[0]), str(row[1])) for row in self._all(query, (kind, low, high))]

    def mark(self, kind: str, marks: Iterable[tuple[str, str]]) -> None:
        """Add (mark, owner) of a kind."""
        self._run("INSERT OR IGNORE INTO marks VALUES (?, ?, ?)", ((kind, value, owner) for value, owner in marks))

    def unmark(self, kind: str, owners: Iterable[str]) -> None:
        """Take all marks of a kind from owners."""
        self._run("DELETE FROM marks WHERE kind = ? AND owner = ?", ((kind, owner) for owner in owners))

    # ---- what the whole ledger tells, counted

    def told(self, *kinds: str) -> Iterator[tuple[str, str, str]]:
        """Every (kind, name, value) of these kinds that is told at least once."""
        marks = ",".join("?" * len(kinds))
        for row in self._all(f"SELECT kind, name, value FROM counts WHERE number > 0 AND kind IN ({marks})", kinds):
            yield row[0], row[1], row[2]

    def tell(self, changes: Iterable[tuple[tuple[str, str, str], int]]) -> list[tuple[str, str, str]]:
        """Count what is told more often (or, below 0, less); gives what is told now and was not before, or no longer."""
        turned: list[tuple[str, str, str]] = []
        for fact, change in changes:
            row = self._one("SELECT number FROM counts WHERE kind = ? AND name = ? AND value = ?", fact)
            before = int(row[0]) if row is not None else 0
            after = before + change
            if (before > 0) != (after > 0):
                turned.append(fact)
            if after > 0:
                self._run("INSERT OR REPLACE INTO counts VALUES (?, ?, ?, ?)", [(*fact, after)])
            else:
                self._run("DELETE FROM counts WHERE kind = ? AND name = ? AND value = ?", [fact])
        return turned

    # ---- inside

    def _in(self, query: str, values: Iterable[Any], after: str = "", first: Sequence[Any] = ()) -> Iterator[Any]:
        wanted = list(dict.fromkeys(values))
        for begin in range(0, len(wanted), CHUNK):
            part = wanted[begin : begin + CHUNK]
            yield from self._all(f"{query} ({','.join('?' * len(part))}){after}", (*first, *part))

    def _all(self, query: str, values: Sequence[Any]) -> list[Any]:
        try:
            return self._conn.execute(query, values).fetchall()
        except sqlite3.Error as err:
            raise self._refused(err) from err

    def _one(self, query: str, values: Sequence[Any]) -> Any:
        found = self._all(query, values)
        return found[0] if found else None

    def _run(self, query: str, rows: Iterable[Sequence[Any]]) -> None:
        try:
            self._conn.executemany(query, rows)
        except sqlite3.Error as err:
            raise self._refused(err) from err

    def _refused(self, err: sqlite3.Error) -> StoreError:
        return StoreError(f"{self.path} cannot be used: {err}. Free some space, or delete it: it is made anew")


def remove(folder: Path) -> None:
    """Delete the file of a shelf, if there is one."""
    for path in folder.glob(f"{NAME}*"):
        path.unlink(missing_ok=True)
