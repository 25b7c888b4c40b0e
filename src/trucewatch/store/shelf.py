"""What a run worked out and the next may use, kept beside a ledger: arrays and results, all of which can be worked out again."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from trucewatch.errors import StoreError
from trucewatch.store.archive import write_whole
from trucewatch.store.memo import Memory

MANIFEST = "manifest.json"
ERASING = "erasing"


class Shelf:
    """A folder of arrays by name. What lies there is whole: the list of its files is put in place last, in one step."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def memory(self, made_by: str) -> Memory:
        """Results of pieces of work that a maker did."""
        return Memory(self.folder, made_by)

    def take(self, made_by: str) -> dict[str, Any]:
        """Arrays that this maker kept, read from their files as they are looked at; {} where there are none that can be used."""
        try:
            manifest = json.loads((self.folder / MANIFEST).read_text(encoding="utf-8"))
            if manifest["made_by"] != made_by:
                return {}
            files = dict(manifest["arrays"])
            return {name: np.load(self.folder / file, mmap_mode="r", allow_pickle=False) for name, file in files.items()}
        except (OSError, ValueError, KeyError, TypeError):
            # missing or damaged: nothing is lost but time
            return {}

    def keep(self, made_by: str, arrays: Mapping[str, Any]) -> None:
        """Keep arrays in place of those before; one that was taken and not changed is not written again.

        Raises StoreError where they cannot be written.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            files = {name: self._file_of(array) for name, array in arrays.items() if array.size}
            write_whole(self.folder / MANIFEST, json.dumps({"made_by": made_by, "arrays": files}).encode())
            for path in self.folder.glob("*.npy"):
                if path.name not in files.values():
                    path.unlink(missing_ok=True)
        except OSError as err:
            why = f"{self.folder} cannot be written: {err.strerror or err}"
            raise StoreError(f"the ledger is kept, but not what speeds up its next run: {why}. Free some space") from err

    def clear(self) -> None:
        """Remove all of it: after a redaction nothing made of the words may remain."""
        for pattern in ("*.json", "*.npy", "*.memo*", "parts.db*", ERASING):
            for path in self.folder.glob(pattern):
                path.unlink(missing_ok=True)

    @contextmanager
    def erasing(self) -> Iterator[None]:
        """While words are taken out of what lies here: results go at once, and all of it where the work does not end well."""
        (self.folder / ERASING).touch()
        for path in (self.folder / MANIFEST, *self.folder.glob("*.memo*")):
            path.unlink(missing_ok=True)
        try:
            yield
        except BaseException:
            self.clear()
            raise
        (self.folder / ERASING).unlink(missing_ok=True)

    def mend(self) -> None:
        """Clear it where a program died while it took words out of it."""
        if (self.folder / ERASING).exists():
            self.clear()

    def _file_of(self, array: Any) -> str:
        if isinstance(array, np.memmap) and array.filename is not None and Path(array.filename).parent == self.folder:
            return Path(array.filename).name
        with tempfile.NamedTemporaryFile(prefix="array-", suffix=".npy", dir=self.folder, delete=False) as stream:
            np.save(stream, array, allow_pickle=False)
        return Path(stream.name).name
