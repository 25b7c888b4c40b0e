"""Web archives: the pages of a WARC file, one at a time."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from trucewatch.sources.original import Limits, Original, make_original, refuse

READ_TYPES = {
    "text/html": "text/html",
    "application/xhtml+xml": "text/html",
    "text/plain": "text/plain",
    "application/pdf": "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}


def read_warc(path: str, limits: Limits) -> Iterator[Original]:
    """Pages that a WARC file holds, with the instant of their retrieval; redirects, errors and pictures are passed over.

    A file that breaks off yields its whole records, then the reason why it ends. Raises OSError where it cannot be opened.
    """
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    wanted = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    count = passed_over = 0
    with open(path, "rb") as stream:
        try:
            for record in ArchiveIterator(stream, record_types=wanted, auto_decode="all", fsspec_args=False):
                original = _page(record, path, count + 1, limits)
                if original is None:
                    passed_over += 1
                    continue
                count += 1
                yield original
        # fastwarc raises OSError for a damaged stream as much as for an unreadable one
        except (OSError, ValueError, EOFError, zlib.error) as err:
            yield refuse("bad-archive", f"breaks off after {count} pages ({err})", path, path, value=str(err))
            return
    if not count:
        code, reason = (
            ("no-pages", f"none of {passed_over} records is a page") if passed_over else ("empty-file", "holds no record")
        )
        yield refuse(code, reason, path, path)


def _page(record: Any, path: str, number: int, limits: Limits) -> Original | None:
    headers = record.http_headers
    if headers is not None and headers.status_code is not None and not 200 <= headers.status_code < 300:
        return None
    declared = record.http_content_type if headers is not None else record.headers.get("Content-Type", "").split(";")[0]
    media_type = READ_TYPES.get((declared or "").strip().lower())
    if media_type is None:
        return None
    url = (record.headers.get("WARC-Target-URI") or "").strip("<> ")
    source = url or f"{path}#{number}"
    limit = limits.record_bytes if media_type.startswith("text/") else limits.printed_bytes
    payload = record.reader.read(limit + 1)
    if len(payload) > limit:
        return refuse("too-large", f"is larger than the {limit:,} bytes a document may have", source, path, value=str(limit))
    if not payload.strip():
        return refuse("empty-file", "the page is empty", source, path)
    charset = record.http_charset if headers is not None else None
    original = make_original(source, path, payload, f"{media_type}; charset={charset}" if charset else media_type)
    retrieved = record.record_date
    return replace(original, retrieved_at=retrieved if isinstance(retrieved, datetime) else None)
