"""What only the database would know, kept a second time in the archive's folder: `primary.jsonl`, appended and flushed.

Originals are bytes without a source, an outlet or a date; observations and the register of incident ids are nowhere else. Each
line names the table and the record as the table holds it, the last line of an id counts. `trucewatch doctor` rebuilds a lost
ledger from it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from trucewatch.errors import StoreError
from trucewatch.store.archive import write_whole

NAME = "primary.jsonl"


class Journal:
    """The file under an archive's folder. Methods that write raise StoreError where the disk refuses."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME

    def append(self, table: str, records: Iterable[str]) -> None:
        """Append records (JSON) of a table, on disk before this returns."""
        lines = b"".join(_line(table, record) for record in records)
        if not lines:
            return
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("ab+") as stream:
                if stream.seek(0, os.SEEK_END):
                    stream.seek(-1, os.SEEK_END)
                    # a killed writer left half a line: it stays alone, and is counted as broken
                    if stream.read(1) != b"\n":
                        stream.write(b"\n")
                stream.write(lines)
                stream.flush()
                os.fsync(stream.fileno())
        except OSError as err:
            raise self._refused(err) from err

    def rewrite(self, records: Iterable[tuple[str, str]]) -> None:
        """Make these (table, record) the whole file: of what was redacted nothing may stay behind."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self.path, (_line(table, record) for table, record in records))
        except OSError as err:
            raise self._refused(err) from err

    def read(self) -> Iterator[tuple[str, Any] | None]:
        """Every (table, record), oldest first; None for a line that cannot be read. Nothing where there is no file."""
        try:
            with self.path.open("rb") as stream:
                for line in stream:
                    yield _entry(line)
        except FileNotFoundError:
            return
        except OSError as err:
            raise StoreError(f"{self.path} cannot be read: {err.strerror or err}") from err

    def _refused(self, err: OSError) -> StoreError:
        return StoreError(
            f"{self.path} cannot be written: {err.strerror or err}. Free space or mend the permissions there and run again"
        )


def _line(table: str, record: str) -> bytes:
    return f'{{"table":"{table}","record":{record}}}\n'.encode()


def _entry(line: bytes) -> tuple[str, Any] | None:
    try:
        plain = json.loads(line)
        return str(plain["table"]), plain["record"]
    except (ValueError, KeyError, TypeError):
        return None
