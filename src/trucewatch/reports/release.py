"""How a report or a data set leaves: written aside first, logged in the chain of decisions, then put in place.

Nothing is released without its entry in the log, and nothing is half released.
"""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from trucewatch.decisions import append, log_path, read_log, synchronise
from trucewatch.errors import StoreError
from trucewatch.model.judgements import standing
from trucewatch.store import Store
from trucewatch.store.slices import stored_decisions

KIND = "export"
WAIT_S = 60.0


def log_release(store: Store, place: str, what: str, profile: str, destination: str, released_by: str) -> datetime:
    """Append a release to the log beside a ledger and to the ledger; gives its instant.

    `place` as `open_store` took it; `what` a word for it ("report 2020-10-04/2020-10-04 pdf"); `profile` public or full. Raises
    StoreError where the log is broken or cannot be written.
    """
    path = log_path(place)
    with store.writing(WAIT_S):
        synchronise(path, store, stored_decisions(store))
        decision = append(path, KIND, (), f"{what} {profile}", f"released to {destination}", released_by)
        store.put(read_log(path))
    return decision.decided_at


def last_report(place: str) -> datetime | None:
    """When the last situation report of a ledger was released; None where none is on record."""
    entries = [e for e in standing(read_log(log_path(place))) if e.kind == KIND and e.verdict.startswith("report ")]
    return entries[-1].decided_at if entries else None


def fuzz_key(place: str) -> bytes:
    """The secret by which a ledger's places are moved, kept beside it and made when first asked for (readable by its owner
    alone).

    Raises StoreError where it can be neither read nor made.
    """
    path = Path("trucewatch.fuzz-key") if "://" in place else Path(f"{place}.fuzz-key")
    try:
        if not path.exists():
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="ascii") as stream:
                stream.write(secrets.token_hex(32))
        return bytes.fromhex(path.read_text(encoding="ascii").strip())
    except (OSError, ValueError) as err:
        raise StoreError(
            f"{path}, by which places are moved the same way each time, cannot be used: {err}. Mend it, or put the old one back"
        ) from err


@contextmanager
def staged(folder: Path, log: Callable[[], object]) -> Iterator[tuple[Path, list[Path]]]:
    """A folder aside to write into, and the list of what was put in place once the block ends.

    `log` is called when everything is written and nothing is in place yet. Raises StoreError where the folder cannot be written;
    then, as after any error, nothing of the release is left.
    """
    placed: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=".release-", dir=folder))
    except OSError as err:
        raise unwritable(folder, err) from err
    try:
        yield aside, placed
        log()
        for path in sorted(aside.iterdir()):
            target = folder / path.name
            os.replace(path, target)
            placed.append(target)
    except OSError as err:
        raise unwritable(folder, err) from err
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def unwritable(folder: Path, err: OSError) -> StoreError:
    """What to tell of a folder that cannot be written."""
    return StoreError(
        f"{folder} cannot be written: {err.strerror or err}. Nothing was released. Free space, mend the permissions or choose "
        f"another "
        "folder"
    )
