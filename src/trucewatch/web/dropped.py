"""What cleaning left out of a document, worked out anew from its original when somebody asks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from trucewatch.errors import ParseError, StoreError
from trucewatch.model.records import Document
from trucewatch.stages.clean import clean_fragment, clean_page, clean_text, decode_original
from trucewatch.store import Store
from trucewatch.text.markup import visible_text

SHARE = 0.5
MOST_LINES = 400


@dataclass(frozen=True, kw_only=True)
class DroppedLine:
    """A line of the original that is not in the text; `reason` where the cleaner gave one."""

    text: str
    reason: str | None


def dropped_lines(store: Store, document: Document) -> tuple[DroppedLine, ...]:
    """Lines left out, in the original's order, at most 400.

    Raises StoreError where the original is gone (a redaction destroys it), ParseError where it cannot be read any more.
    """
    if store.archive.is_destroyed(document.sha256):
        raise StoreError("the original was destroyed by a redaction: what was left out of it is gone too")
    reading = store.original(document.id)
    if reading is None:
        raise ParseError(f"the original of {document.id} was never put")
    body = decode_original(store.archive.read(document.sha256), reading.media_type)
    clean = {"page": clean_page, "fragment": clean_fragment}.get(body.form, clean_text)
    reasons = {" ".join(line.text.split()): reason for line, reason in clean(body.text).dropped}
    text, offsets = (body.text, list(range(len(body.text)))) if body.form == "text" else visible_text(body.text)
    kept = bytearray(len(body.text) + 1)
    for _, original, length in document.origin_map:
        kept[original : original + length] = b"\x01" * length
    found = []
    for line, line_offsets in _lines(text, offsets):
        letters = [at for letter, at in zip(line, line_offsets, strict=True) if not letter.isspace()]
        if not letters or sum(at >= 0 and kept[at] for at in letters) >= SHARE * len(letters):
            continue
        words = " ".join(line.split())
        found.append(DroppedLine(text=words, reason=reasons.get(words)))
    return tuple(found[:MOST_LINES])


def _lines(text: str, offsets: list[int]) -> Iterator[tuple[str, list[int]]]:
    at = 0
    for line in text.split("\n"):
        yield line, offsets[at : at + len(line)]
        at += len(line) + 1
