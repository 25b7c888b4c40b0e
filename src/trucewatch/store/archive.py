"""Original bytes, content-addressed by SHA-256 in a folder beside the ledger."""

from __future__ import annotations

import filecmp
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from trucewatch.errors import StoreError
from trucewatch.model.ids import sha256_of


class Archive:
    """Keeps originals as `ab/cdef…` under `folder`. A file there is whole: written aside, flushed, then renamed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path_of(self, sha256: str) -> Path:
        """Where an original lies, or would."""
        return self.folder / sha256[:2] / sha256[2:]

    def keep(self, original: bytes) -> str:
        """Keep an original and give its SHA-256. Kept once, however often it is met.

        Raises StoreError where it cannot be written (a full disk, no permission).
        """
        sha256 = sha256_of(original)
        path = self.path_of(sha256)
        if self.is_destroyed(sha256) or (path.is_file() and path.stat().st_size == len(original)):
            return sha256
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, original)
        except OSError as err:
            raise StoreError(
                f"an original of {len(original)} bytes cannot be kept under {self.folder}: {err.strerror or err}. "
                "Free space or mend the permissions there and run the same command again: nothing read so far is lost"
            ) from err
        return sha256

    def destroy(self, sha256: str) -> None:
        """Remove an original for good: a redaction. A tombstone keeps it from being kept again when its input is met again."""
        path = self.path_of(sha256)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self._tombstone(sha256), b"")
            path.unlink(missing_ok=True)
        except OSError as err:
            raise StoreError(f"the original {path} cannot be removed: {err.strerror or err}") from err

    def is_destroyed(self, sha256: str) -> bool:
        """Whether an original was removed by a redaction."""
        return self._tombstone(sha256).exists()

    def _tombstone(self, sha256: str) -> Path:
        path = self.path_of(sha256)
        return path.with_name(f"{path.name}.redacted")

    def read(self, sha256: str) -> bytes:
        """An original's bytes, checked against their name. Raises StoreError where they are missing or damaged."""
        path = self.path_of(sha256)
        try:
            original = path.read_bytes()
        except OSError as err:
            raise StoreError(
                f"the original {sha256} is not in the archive {self.folder}: {err.strerror or err}. "
                "Run again on the input it came from"
            ) from err
        if sha256_of(original) != sha256:
            raise StoreError(f"the original {path} is damaged: remove this file and run again on the input it came from")
        return original


def write_whole(path: Path, content: bytes | Iterable[bytes]) -> None:
    """Write a file, at once or in parts: whoever reads it finds the old content or all of the new, whenever the writer dies.

    A file that holds the very content already is left alone.
    """
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.writelines([content] if isinstance(content, bytes) else content)
            stream.flush()
            os.fsync(stream.fileno())
        if path.is_file() and filecmp.cmp(name, path, shallow=False):
            Path(name).unlink()
            return
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
