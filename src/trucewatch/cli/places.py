"""Where a command finds its ledger and its theatre: from its options, trucewatch.toml, or what the last run used."""

from __future__ import annotations

from pathlib import Path

from trucewatch.config import load_settings, load_theatre
from trucewatch.model.theatre import Theatre
from trucewatch.store import Store, open_store

LEDGER = "trucewatch.db"
OUT = Path("out")


def ledger_place(store: str | None, out: Path | None) -> str:
    """Path or address of the ledger: `--store`, else trucewatch.db in `--out`, else as trucewatch.toml says, else in out/."""
    if store is not None:
        return store
    if out is not None:
        return str(out / LEDGER)
    return load_settings().store or str(OUT / LEDGER)


def open_ledger(store: str | None, out: Path | None) -> Store:
    """The ledger of a command that reads. Raises StoreError where there is none."""
    return open_store(ledger_place(store, out), create=False)


def theatre_of(store: Store, name: str | None = None) -> Theatre:
    """The theatre named, else the one that the ledger's last run used."""
    return load_theatre(name or store.theatre())
