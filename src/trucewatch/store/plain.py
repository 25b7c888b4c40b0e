"""Records as the text that rows hold, and what rows hold of a document that was read."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

from pydantic_core import PydanticSerializationError, to_json

from trucewatch.model.change import changed
from trucewatch.model.records import Document, Reading
from trucewatch.model.serial import from_plain, one_level, to_plain

# what a text is cut into, by which nothing is recomputed
_PARTS = ("passages", "sentences", "quotations", "mentions")
_READ = tuple(field.name for field in fields(Reading) if field.name not in ("document", "original"))
_ODD = re.compile("[\x00\ud800-\udfff]")


def json_text(record: Any) -> str:
    """Compact JSON of a record, or of tuples and dicts of records: that of `to_plain`, at a third of its cost.

    Instants (documents, observations and decisions have them) must be plain already. File names may hold bytes that are no text:
    escaped, they are stored and read back as they were. Raises TypeError for what has no plain form.
    """
    try:
        return to_json(record).decode()
    except PydanticSerializationError:
        return json.dumps(record, separators=(",", ":"), default=one_level)


def plain_reading(reading: Reading) -> str:
    """A reading as the table of originals holds it, without its bytes."""
    # bytes have no place in it: they lie in the archive
    plain = {name: getattr(reading, name) for name in _READ}
    return json_text({"document": to_plain(reading.document), **plain})


def reading_of(record: str, *, bare: bool = False) -> Reading:
    """The reading that `plain_reading` wrote. `bare`: without its passages, sentences, quotations and mentions."""
    plain = json.loads(record)
    for part in _PARTS if bare else ():
        plain.pop(part, None)
    return from_plain(Reading, plain)


def without_text(document: Document) -> Document:
    """The document as its row holds it: its text is that of the reading."""
    return changed(document, text="", origin_map=())


def with_text(document: Document, texts: Mapping[str, tuple[str, str]]) -> Document:
    """The document with its text and map back, from (text, map as JSON) by id."""
    text, origin_map = texts.get(document.id, ("", "[]"))
    return changed(document, text=text, origin_map=tuple(tuple(part) for part in json.loads(origin_map)))


def merged(reading: Reading, old: Reading | None) -> Reading:
    """A document as its source gave it, with what an earlier run knew of it and this one does not."""
    document = without_text(reading.document)
    if old is not None:
        before = old.document
        document = changed(
            document,
            input_path=before.input_path,
            outlet=document.outlet or before.outlet,
            title=document.title or before.title,
            published=document.published if document.published.earliest or document.published.latest else before.published,
            retrieved_at=document.retrieved_at or before.retrieved_at,
        )
    media_type = reading.media_type or (old.media_type if old else None)
    return changed(reading, document=document, original=b"", media_type=media_type)


def digest_of(*parts: str | None) -> str:
    """Digest of a row's contents, as its column `digest` keeps it."""
    return hashlib.sha256("\x1f".join(part or "" for part in parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def storable(text: str | None) -> str | None:
    """Text as databases take it: they refuse lone surrogates, and PostgreSQL the NUL. Each is replaced by one character, so that
    offsets hold."""
    return text if text is None or (_is_text(text) and "\0" not in text) else _ODD.sub("\ufffd", text)


def _is_text(text: str) -> bool:
    """Whether no lone surrogate stands in it. To encode it tells that far sooner than a pattern."""
    try:
        return text.isascii() or bool(text.encode())
    except UnicodeEncodeError:
        return False


def instant_of(moment: datetime) -> str:
    """An instant as the ledger writes it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
