"""Readings as they were put, for who asks for them again in the same run: to build them anew from the database takes long."""

from __future__ import annotations

from trucewatch.model.change import changed
from trucewatch.model.records import Reading

MOST_CHARS = 8_000_000


def bare_reading(reading: Reading) -> Reading:
    """The reading without its bytes and without what its text is cut into."""
    return changed(reading, passages=(), sentences=(), quotations=(), mentions=(), original=b"")


class KeptReadings:
    """Readings by document id with the digest of their row, up to `MOST_CHARS` characters of records and texts."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[str, Reading]] = {}
        self._chars = 0

    def keep(self, digest: str, reading: Reading, chars: int) -> None:
        """Keep a reading, where there is room for it, without its document's bytes."""
        if self._chars + chars <= MOST_CHARS:
            self._kept[reading.document.id] = digest, changed(reading, original=b"")
            self._chars += chars

    def take(self, document_id: str, digest: str, *, bare: bool) -> Reading | None:
        """The reading whose row has this digest; None where it is not kept. `bare`: without what a text is cut into."""
        known, reading = self._kept.get(document_id, ("", None))
        if reading is None or known != digest:
            return None
        return bare_reading(reading) if bare else reading

    def clear(self) -> None:
        """Let go of all."""
        self._kept.clear()
        self._chars = 0
