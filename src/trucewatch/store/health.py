"""Is a ledger in a file whole, and what of a damaged one can be saved: the database, the originals, the journal."""

from __future__ import annotations

import json
import os
import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from trucewatch.errors import RecordError, StoreError
from trucewatch.model.ids import sha256_of
from trucewatch.model.records import Decision, Observation, Reading, RegisterEntry
from trucewatch.model.serial import from_plain
from trucewatch.store.archive import Archive
from trucewatch.store.journal import Journal
from trucewatch.store.plain import digest_of, plain_reading
from trucewatch.store.sql import JOURNALLED, Store, open_store
from trucewatch.store.tables import ORIGINALS, REVISION, RUNS, SPECS
from trucewatch.text.redaction import BLACK

DECISIONS = "decisions"
SHOWN = 3
OF_PAGES = "pages of a watch: remove watch.json beside the ledger first, so that they are asked for whole"
_TYPES: dict[str, type] = {ORIGINALS.name: Reading, **{spec.table.name: spec.record_type for spec in SPECS}}
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Something wrong and what to do. `part`: database, originals, journal or decisions; a warning loses nothing."""

    part: str
    message: str
    advice: str
    is_damage: bool = True


@dataclass
class Saved:
    """Primary records read out of a damaged ledger and its journal, by id and in the order in which they were put."""

    originals: dict[str, Reading] = field(default_factory=dict)
    observations: dict[str, Observation] = field(default_factory=dict)
    register: dict[str, RegisterEntry] = field(default_factory=dict)
    decisions: dict[str, Decision] = field(default_factory=dict)
    theatre: str | None = None

    def take(self, table: str, plain: Any, *, is_older: bool = False) -> None:
        """Take a record, over one of the same id, or only where there is none (`is_older`). One that makes no sense is left."""
        if table == RUNS.name:
            self.theatre = self.theatre if is_older and self.theatre else plain.get("theatre")
            return
        kind = _TYPES.get(table)
        if kind is None:
            return
        try:
            record: Any = from_plain(kind, plain)
        except (ValueError, TypeError, AttributeError, KeyError, RecordError):
            return
        kept: dict[str, Any] = getattr(self, table)
        key = record.document.id if isinstance(record, Reading) else getattr(record, "incident_id", None) or record.id
        if not (is_older and key in kept):
            kept[key] = record


def check_database(path: Path) -> list[Finding]:
    """What is wrong with the database file: its pages, its tables' version, rows that do not fit their digest."""
    if not path.is_file():
        return [_damage(f"the ledger {path} is missing", path)]
    try:
        with closing(_connect(path)) as conn:
            told = [line for (text,) in conn.execute("PRAGMA integrity_check(20)") for line in str(text).splitlines()]
            if told != ["ok"]:
                problems = [line for line in told if not line.startswith("***")]
                more = f"; and {len(problems) - SHOWN} more such lines" if len(problems) > SHOWN else ""
                return [_damage(f"the database {path} is damaged ({'; '.join(problems[:SHOWN])}{more})", path)]
            revision = conn.execute("SELECT version_num FROM alembic_version").fetchone()[0]
            if revision > REVISION:
                message = f"the ledger was made by a newer trucewatch (tables {revision}, this one knows {REVISION})"
                return [Finding(part="version", message=message, advice="install the newer version")]
            changed = _changed_rows(conn) if revision == REVISION else Counter()
    except (sqlite3.Error, TypeError, UnicodeError) as err:
        return [_damage(f"the database {path} cannot be read: {err}", path)]
    return [_damage(f"{count} rows of {table} were changed behind the program's back", path) for table, count in changed.items()]


def check_originals(path: Path, archive: Archive) -> tuple[list[Finding], list[Path]]:
    """Originals that are missing or not what their name says, and the damaged files among them."""
    named: dict[str, str] = {}
    for reading in save(path, archive).originals.values():
        named.setdefault(reading.document.sha256, reading.document.input_path or reading.document.source)
    missing = [sha for sha in named if not archive.path_of(sha).is_file() and not archive.is_destroyed(sha)]
    damaged = {sha: file for sha, file in _files(archive) if _sha256_of_file(file) != sha}
    findings = []
    for what, shas, advice in (
        ("missing from", missing, f"run again on these inputs, which keeps them anew ({OF_PAGES})"),
        ("damaged in", list(damaged), f"--rebuild sets the damaged files aside; then run again on these inputs ({OF_PAGES})"),
    ):
        if shas:
            inputs = ", ".join(named.get(sha, sha) for sha in shas[:SHOWN]) + (" ..." if len(shas) > SHOWN else "")
            message = f"{len(shas)} originals are {what} {archive.folder}: {inputs}"
            findings.append(Finding(part="originals", message=message, advice=advice))
    return findings, list(damaged.values())


def check_journal(path: Path, archive: Archive) -> list[Finding]:
    """Whether the journal can be read and holds what the database (which must be whole) would lose."""
    lines = list(Journal(archive.folder).read())
    broken = lines.count(None)
    noted = {(entry[0], json.dumps(entry[1], sort_keys=True)) for entry in lines if entry is not None}
    with closing(_connect(path)) as conn:
        lacking = sum(
            (table.name, json.dumps(json.loads(record), sort_keys=True)) not in noted
            for table in JOURNALLED
            for (record,) in conn.execute(f"SELECT record FROM {table.name}")
        )
    if not broken and not lacking:
        return []
    message = f"the journal {Journal(archive.folder).path} lacks {lacking} records and has {broken} broken lines"
    return [Finding(part="journal", message=message, advice="it is written anew from the database", is_damage=False)]


def save(path: Path, archive: Archive) -> Saved:
    """All primary records that the journal and the database still give; the journal's word counts where they differ."""
    saved = Saved()
    for entry in Journal(archive.folder).read():
        if entry is not None:
            saved.take(*entry)
    if path.is_file():
        for table in (*(t.name for t in JOURNALLED), DECISIONS):
            for record in _readable(path, table, "record", "sequence"):
                saved.take(table, record, is_older=True)
        for theatre in reversed(list(_readable(path, RUNS.name, "json_object('theatre', theatre)", "number"))):
            saved.take(RUNS.name, theatre, is_older=True)
    return saved


def rebuild(path: Path, archive: Archive, decisions: Iterable[Decision]) -> tuple[Saved, Path | None]:
    """Put a new ledger of the primary records in place of a damaged one; gives them and where the damaged file is kept.

    What was read of the originals is read again by the next run; earlier versions (`--as-of`) are gone. The caller holds the
    lock. Raises StoreError where the new one cannot be written; the damaged one then stays in its place.
    """
    saved = save(path, archive)
    new = path.with_name(f"{path.name}.rebuilt")
    for leftover in _with_companions(new):
        leftover.unlink(missing_ok=True)
    with open_store(new, archive=archive.folder) as store:
        # an original that is lost would stop the next run: its row comes back with its bytes
        there = [r for r in saved.originals.values() if _is_kept(archive, r.document.sha256)]
        store.put_originals(_without_redacted_title(reading, archive) for reading in there)
        store.put((*saved.observations.values(), *saved.register.values(), *decisions))
        _keep_lost_in_journal(store, saved, there)
    Path(f"{new}.lock").unlink(missing_ok=True)
    aside = set_aside(path)
    os.replace(new, path)
    return saved, aside


def set_aside(path: Path) -> Path | None:
    """Rename a damaged file, with a database's companions, to `NAME.damaged-INSTANT`; None where there is none."""
    aside = path.with_name(f"{path.name}.damaged-{datetime.now(UTC):%Y%m%dT%H%M%S%f}")
    for old, new in zip(_with_companions(path), _with_companions(aside), strict=True):
        if old.exists():
            os.replace(old, new)
    return aside if aside.exists() else None


def _keep_lost_in_journal(store: Store, saved: Saved, there: list[Reading]) -> None:
    """The journal anew, with the metadata of originals that are lost: they may be met again."""
    store.rewrite_journal()
    known = {reading.document.id for reading in there}
    lost = [reading for key, reading in saved.originals.items() if key not in known]
    store.journal.append(ORIGINALS.name, (plain_reading(_without_redacted_title(reading, store.archive)) for reading in lost))
    store.journal.append(RUNS.name, (json.dumps({"theatre": saved.theatre}),))


def _is_kept(archive: Archive, sha256: str) -> bool:
    return archive.is_destroyed(sha256) or archive.path_of(sha256).is_file()


def _without_redacted_title(reading: Reading, archive: Archive) -> Reading:
    if not archive.is_destroyed(reading.document.sha256):
        return reading
    return replace(reading, document=replace(reading.document, title=None))


def _damage(message: str, path: Path) -> Finding:
    advice = (
        f"`trucewatch doctor --store {path} --rebuild` makes a new ledger from the originals and the logs, and keeps the damaged "
        "file; no article has to be found again"
    )
    return Finding(part="database", message=message, advice=advice)


def _connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=30)


def _with_companions(path: Path) -> tuple[Path, ...]:
    return (path, Path(f"{path}-wal"), Path(f"{path}-shm"))


def _changed_rows(conn: sqlite3.Connection) -> Counter[str]:
    changed: Counter[str] = Counter()
    for table in (ORIGINALS, *(spec.table for spec in SPECS)):
        for record, digest in conn.execute(f"SELECT record, digest FROM {table.name}"):
            # a redaction blacks words out and leaves the digest, so that nothing is read anew
            is_redacted = digest == "redacted" or BLACK in record or table is ORIGINALS
            if not is_redacted and digest_of(record) != digest:
                changed[table.name] += 1
    return changed


def _readable(path: Path, table: str, column: str, order: str) -> Iterator[Any]:
    """Records of a table that can still be read: from its beginning and from its end up to the first damaged page."""
    found: dict[int, Any] = {}
    for direction in ("ASC", "DESC"):
        try:
            with closing(_connect(path)) as conn:
                # no index: a damaged one would hide whole rows
                for number, place, text in conn.execute(
                    f"SELECT rowid, +{order}, {column} FROM {table} NOT INDEXED ORDER BY rowid {direction}"
                ):
                    if number in found:
                        break
                    found[number] = (place, _json(text))
        except (sqlite3.Error, UnicodeError):
            continue
    rows = [row for row in found.values() if isinstance(row[0], int) and isinstance(row[1], dict)]
    yield from (plain for _, plain in sorted(rows, key=lambda row: row[0]))


def _json(text: Any) -> Any:
    try:
        return json.loads(text)
    except (ValueError, TypeError):
        return None


def _files(archive: Archive) -> Iterator[tuple[str, Path]]:
    for file in sorted(archive.folder.glob("[0-9a-f][0-9a-f]/*")):
        sha256 = file.parent.name + file.name
        if _SHA256.fullmatch(sha256):
            yield sha256, file


def _sha256_of_file(file: Path) -> str | None:
    try:
        return sha256_of(file.read_bytes())
    except OSError as err:
        raise StoreError(f"the original {file} cannot be read: {err.strerror or err}") from err
