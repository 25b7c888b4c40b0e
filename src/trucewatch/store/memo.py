"""Results by what they were made of: asked before a piece of work is done again. A file beside the ledger that may always go."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path


class Memo:
    """One result a record, with the digest of what it was made of. Another digest, and the result counts for nothing.

    A file that is damaged or cannot be written is begun anew or left alone: it costs time, never a result.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def take(self, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
        """Digest and result of each record that has one."""
        found: dict[str, tuple[str, str]] = {}
        try:
            with closing(self._open()) as connection:
                for record_id in ids:
                    row = connection.execute("SELECT digest, result FROM memo WHERE id = ?", (record_id,)).fetchone()
                    if row is not None:
                        found[record_id] = (row[0], zlib.decompress(row[1]).decode())
        except (sqlite3.Error, zlib.error, UnicodeDecodeError, OSError):
            self.clear()
            return {}
        return found

    def keep(self, results: Iterable[tuple[str, str, str]]) -> None:
        """Keep results: record id, digest, result, over what was kept of the same records."""
        rows = [(record_id, digest, zlib.compress(result.encode(), 1)) for record_id, digest, result in results]
        if not rows:
            return
        try:
            with closing(self._open()) as connection, connection:
                connection.executemany("INSERT OR REPLACE INTO memo VALUES (?, ?, ?)", rows)
        except (sqlite3.Error, OSError):
            self.clear()

    def clear(self) -> None:
        """Forget everything."""
        for name in (self.path.name, f"{self.path.name}-journal"):
            try:
                self.path.with_name(name).unlink(missing_ok=True)
            except OSError:
                return

    def _open(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self.path)
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("CREATE TABLE IF NOT EXISTS memo (id TEXT PRIMARY KEY, digest TEXT NOT NULL, result BLOB NOT NULL)")
        return connection


class Memory:
    """What stages may ask before they do a piece of work again, and tell when it is done: results by kind of work and its inputs.

    `made_by` stands for the code and the knowledge that do the work: what another maker told is not given.
    """

    def __init__(self, folder: Path, made_by: str) -> None:
        self._folder, self._made_by = folder, made_by

    def take(self, kind: str, digests: Mapping[str, str]) -> dict[str, str]:
        """Results of the pieces of work whose inputs still have these digests, by the work's id."""
        known = Memo(self._folder / f"{kind}.memo").take(digests)
        return {work_id: result for work_id, (digest, result) in known.items() if digest == self._of(digests[work_id])}

    def keep(self, kind: str, results: Iterable[tuple[str, str, str]]) -> None:
        """Remember results: work id, digest of its inputs, result."""
        Memo(self._folder / f"{kind}.memo").keep((work_id, self._of(digest), result) for work_id, digest, result in results)

    def _of(self, digest: str) -> str:
        return f"{self._made_by} {digest}"
