"""Rows as documents: JSON Lines and CSV, read row by row, never a whole file in memory."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from dataclasses import replace
from typing import IO, Any, cast

from trucewatch.sources.original import Limits, Original, make_original, refuse
from trucewatch.sources.published import with_published
from trucewatch.text.charset import decode
from trucewatch.text.rows import JSON_TYPE, body_of, csv_type, parse_csv_row, parse_json_row

COLUMNS = ("url", "title", "published", "outlet")
TEXT_COLUMNS = {"text", "html"}


def bounded_lines(stream: IO[bytes], limit: int) -> Iterator[bytes | None]:
    """Lines of a stream with their ends; None for one longer than `limit` bytes, which is skipped without being kept."""
    while line := stream.readline(limit + 1):
        if len(line) <= limit:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(limit + 1)
        yield None


def opened(path: str) -> IO[bytes]:
    """A file's bytes, unpacked where its name ends in .gz. Raises OSError."""
    return cast("IO[bytes]", gzip.open(path, "rb")) if path.endswith(".gz") else open(path, "rb")


def read_json_lines(stream: IO[bytes], path: str, limits: Limits) -> Iterator[Original]:
    """Documents of a JSON Lines stream, one a line: url, title, published, outlet, and text or html. Raises OSError, EOFError."""
    count = 0
    for line in bounded_lines(stream, limits.record_bytes):
        count += 1
        source = f"{path}#{count}"
        if line is None:
            yield _too_large(source, path, limits)
        elif line.strip(b" \t\r\n\x00\xef\xbb\xbf"):
            yield _json_record(line.strip(), source, path)
        else:
            count -= 1
    if not count:
        yield refuse("empty-file", "holds no line", path, path)


def _json_record(line: bytes, source: str, path: str) -> Original:
    try:
        values = parse_json_row(line)
    except ValueError as err:
        shown = line[-60:].decode("utf-8", "replace")
        return refuse("bad-json-line", f"is no whole JSON record ({err}); it ends {shown!r}", source, path, value=shown)
    if body_of(values) is None:
        keys = ", ".join(list(values)[:8]) or "none"
        return refuse("missing-text", f"has neither text nor html (its keys: {keys})", source, path)
    return with_columns(make_original(source, path, line, JSON_TYPE), values)


def with_columns(original: Original, row: dict[str, Any]) -> Original:
    """The original with its row's url, title, outlet and date."""
    values = {
        column: str(row[column]).strip()
        for column in COLUMNS
        if isinstance(row.get(column), str | int | float) and str(row[column]).strip()
    }
    where = original.source
    original = replace(
        original, source=values.get("url", original.source), title=values.get("title"), outlet=values.get("outlet")
    )
    return with_published(original, values["published"], where) if "published" in values else original


def read_csv(stream: IO[bytes], path: str, limits: Limits) -> Iterator[Original]:
    """Documents of a CSV stream with a header; the original of each is its own row's bytes. Raises OSError."""
    header = next(bounded_lines(stream, limits.record_bytes), b"") or b""
    text = decode(header)[0]
    if not text.strip():
        yield refuse("empty-file", "holds no header", path, path)
        return
    delimiter = max(",;\t", key=text.count)
    columns = _columns(text, delimiter)
    if not set(columns) & TEXT_COLUMNS:
        if {"source", "published"} <= set(columns):
            yield refuse("table-of-dates", "is a table of dates: give it as --published", path, path, level="info")
        else:
            found = ", ".join(columns)[:200]
            yield refuse("missing-columns", f"needs a column text or html; found {found}", path, path, value=found)
        return
    media_type = csv_type(columns, delimiter)
    csv.field_size_limit(max(csv.field_size_limit(), limits.record_bytes * 2))
    count = 0
    for row in _csv_rows(stream, limits.record_bytes):
        if row is not None and not row.strip(b" \t\r\n\x00"):
            continue
        count += 1
        yield _csv_record(row, f"{path}#{count}", path, media_type, limits)
    if not count:
        yield refuse("empty-file", "holds a header and no row", path, path)


def _columns(header: str, delimiter: str) -> list[str]:
    try:
        return [name.strip().lower() for name in next(csv.reader([header], delimiter=delimiter))]
    except csv.Error:
        return []


def _csv_record(row: bytes | None, source: str, path: str, media_type: str, limits: Limits) -> Original:
    if row is None:
        return _too_large(source, path, limits)
    try:
        values = parse_csv_row(row, media_type)
    except ValueError as err:
        return refuse("bad-csv-row", f"is no row of this table ({err})", source, path)
    if body_of(values) is None:
        return refuse("missing-text", "the row has no text", source, path)
    return with_columns(make_original(source, path, row, media_type), values)


def _csv_rows(stream: IO[bytes], limit: int) -> Iterator[bytes | None]:
    """Raw rows; None for one too large. A row ends at a line's end outside quotes: after an even number of quotation marks."""
    parts: list[bytes] = []
    size = quotes = 0
    for line in bounded_lines(stream, limit):
        size += len(line) if line is not None else limit + 1
        quotes += line.count(b'"') if line is not None else 0
        if size <= limit and line is not None:
            parts.append(line)
        if quotes % 2 == 0:
            yield b"".join(parts) if size <= limit else None
            parts, size = [], 0
    if size:
        yield b"".join(parts) if size <= limit else None


def _too_large(source: str, path: str, limits: Limits) -> Original:
    size = limits.record_bytes
    return refuse("too-large", f"is larger than the {size:,} bytes a document may have; split it", source, path, value=str(size))
