"""Where the ledger is kept: `open_store` gives a `Store`; originals lie in its `archive`."""

from trucewatch.store.archive import Archive, write_whole
from trucewatch.store.sql import Store, open_store

__all__ = ["Archive", "Store", "open_store", "write_whole"]
