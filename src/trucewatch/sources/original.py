"""An original: the bytes of one document as they came, with what its container says of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from trucewatch.model.ids import make_id, sha256_of
from trucewatch.model.records import Document, Issue, Reading, When

UNKNOWN = When(basis="unknown")
MEBIBYTE = 1024 * 1024
MAX_RECORD_BYTES = 10 * MEBIBYTE
MAX_PRINTED_BYTES = 100 * MEBIBYTE


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """How large one document may be before it is refused: texts, pages and rows, and (they carry pictures) .pdf and .docx."""

    record_bytes: int = MAX_RECORD_BYTES
    printed_bytes: int = MAX_PRINTED_BYTES


@dataclass(frozen=True, kw_only=True, slots=True)
class Original:
    """One document's bytes with their SHA-256, or the reason why there are none.

    `source` is named as the contract says: the URL, else the path as given, `path#N` inside a file. `media_type` tells
    `clean` how to read the bytes ("text/plain", "text/html; charset=...", "application/json", "text/csv; ..."). `issue` set:
    the input was refused (level error) or is none to be read (info, warning), and `original` is empty. `issues` are
    doubts about a document that is read nevertheless. `entry_id` is what a feed calls an entry.
    """

    source: str
    input_path: str
    original: bytes = b""
    sha256: str = ""
    media_type: str | None = None
    title: str | None = None
    outlet: str | None = None
    published: When = UNKNOWN
    retrieved_at: datetime | None = None
    issue: Issue | None = None
    issues: tuple[Issue, ...] = ()
    entry_id: str | None = None


def make_original(source: str, input_path: str, original: bytes, media_type: str) -> Original:
    """An original with its hash; what its container says of it is added with dataclasses.replace."""
    return Original(source=source, input_path=input_path, original=original, sha256=sha256_of(original), media_type=media_type)


def make_issue(code: str, message: str, source: str, *, level: str = "error", value: str | None = None) -> Issue:
    """An issue of the sources floor."""
    return Issue(stage="sources", code=code, level=level, message=message, source=source, value=value)


def refuse(code: str, message: str, source: str, input_path: str, *, level: str = "error", value: str | None = None) -> Original:
    """An original that holds nothing but the reason why."""
    issue = make_issue(code, f"{source}: {message}", source, level=level, value=value)
    return Original(source=source, input_path=input_path, sha256=sha256_of(b""), issue=issue)


def settled(path: str) -> Original:
    """An original that holds nothing, not even a hash: the input was read, and what was refused of it before no longer is."""
    return Original(source=path, input_path=path)


def to_reading(original: Original) -> Reading:
    """What the first stage takes. A document's id is a hash of its source and its bytes alone, so metadata may come later."""
    document = Document(
        id=make_id("doc", original.source, original.sha256),
        source=original.source,
        input_path=original.input_path,
        sha256=original.sha256,
        outlet=original.outlet,
        title=original.title,
        published=original.published,
        retrieved_at=original.retrieved_at,
    )
    return Reading(document=document, issues=original.issues, original=original.original, media_type=original.media_type)
