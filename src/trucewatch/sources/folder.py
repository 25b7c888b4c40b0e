"""Folders, files and standard input to originals, in a fixed order, one at a time."""

from __future__ import annotations

import io
import os
import sys
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO, cast

from trucewatch.sources.archive import read_warc
from trucewatch.sources.feed import read_feed
from trucewatch.sources.original import Limits, Original, make_issue, make_original, refuse
from trucewatch.sources.published import PublishedTable, read_published
from trucewatch.sources.tables import opened, read_csv, read_json_lines
from trucewatch.text.charset import decode, is_binary
from trucewatch.text.markup import looks_like_html

DOCX = "docx"
SINGLE_TYPES = {
    ".txt": "text/plain",
    ".text": "text/plain",
    ".md": "text/plain",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
    ".pdf": "application/pdf",
    ".docx": DOCX,
}
TABLE_READERS: dict[str, Callable[[IO[bytes], str, Limits], Iterator[Original]]] = {
    ".jsonl": read_json_lines,
    ".ndjson": read_json_lines,
    ".jsonl.gz": read_json_lines,
    ".csv": read_csv,
    ".csv.gz": read_csv,
}
FEEDS = (".xml", ".rss", ".atom")
ARCHIVES = (".warc", ".warc.gz")


def read_inputs(
    paths: Sequence[str], published_csv: str | None = None, *, limits: Limits | None = None, stdin: IO[bytes] | None = None
) -> Iterator[Original]:
    """Every document of folders (read through, sorted), files and "-" (standard input), in order, streaming.

    What cannot be read comes as an `Original` with its `issue`, so that nothing vanishes. Files in a folder that are of no
    kind read here come with an issue of level info, the same file named outright with an error. Rows of `published_csv` that
    belong to no document come last, as warnings. Raises ParseError where `published_csv` itself cannot be used.
    """
    limits = limits or Limits()
    table = read_published(published_csv) if published_csv else PublishedTable()
    skipped = os.path.realpath(published_csv) if published_csv else None
    for path in paths:
        if path == "-":
            found = _read_standard_input(stdin or sys.stdin.buffer, limits)
        elif os.path.isdir(path):
            found = _read_folder(path, limits, skipped)
        else:
            found = read_file(path, limits, is_named=True)
        for original in found:
            yield table.apply(original) if original.issue is None else original
    for number, source in table.unmatched():
        message = f"{table.path} line {number}: no document read is {source!r}"
        issue = make_issue("published-unmatched", message, source, level="warning", value=source)
        yield Original(source=source, input_path=table.path, issue=issue)


def _read_folder(folder: str, limits: Limits, skipped: str | None) -> Iterator[Original]:
    """Files below a folder, sorted by name, hidden ones left out. Links to folders are not followed: they may lead in circles."""
    count = 0
    unreadable: list[OSError] = []
    for directory, folders, names in os.walk(folder, onerror=unreadable.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = os.path.join(directory, name)
            if name.startswith(".") or (skipped and os.path.realpath(path) == skipped):
                continue
            count += 1
            yield from read_file(path, limits, is_named=False)
        # os.walk tells of a folder it could not list only once it goes on
        yield from _unreadable(unreadable)
    yield from _unreadable(unreadable)
    if not count:
        yield refuse("empty-folder", "holds no file that could be read", folder, folder)


def _unreadable(errors: list[OSError]) -> Iterator[Original]:
    while errors:
        err = errors.pop(0)
        path = os.fsdecode(err.filename) if err.filename else ""
        yield refuse("unreadable", f"the folder cannot be read: {err.strerror}", path, path, value=err.strerror)


def read_file(path: str, limits: Limits, *, is_named: bool) -> Iterator[Original]:
    """Documents of one file by the ending of its name; `is_named`: the user named this very file."""
    name = os.path.basename(path).lower()
    suffix = os.path.splitext(name)[1]
    double = "".join(Path(name).suffixes[-2:])
    try:
        if not is_named and not os.path.isfile(path):
            yield refuse("unreadable", "is no plain file (a broken link, a pipe or a device)", path, path, level="warning")
        elif double in ARCHIVES or suffix in ARCHIVES:
            yield from read_warc(path, limits)
        elif reader := TABLE_READERS.get(double) or TABLE_READERS.get(suffix):
            with opened(path) as stream:
                yield from reader(stream, path, limits)
        elif suffix in FEEDS or suffix in SINGLE_TYPES:
            yield from _read_single(path, suffix, limits)
        elif is_named and not os.path.exists(path):
            yield refuse("not-found", "there is no such file or folder", path, path)
        else:
            kinds = ", ".join([*SINGLE_TYPES, *TABLE_READERS, *FEEDS, *ARCHIVES])
            level = "error" if is_named else "info"
            yield refuse("unsupported-format", f"is of no kind read here ({kinds})", path, path, level=level, value=suffix)
    except FileNotFoundError:
        yield refuse("not-found", "there is no such file or folder", path, path)
    except (OSError, EOFError, zlib.error) as err:
        reason = getattr(err, "strerror", None) or str(err)
        yield refuse("unreadable", f"the file cannot be read: {reason}", path, path, value=reason)


def _read_single(path: str, suffix: str, limits: Limits) -> Iterator[Original]:
    limit = limits.printed_bytes if suffix in (".pdf", ".docx") else limits.record_bytes
    with open(path, "rb") as stream:
        original = stream.read(limit + 1)
    yield from _judge_bytes(original, path, path, SINGLE_TYPES.get(suffix), limit)


def _judge_bytes(original: bytes, source: str, path: str, media_type: str | None, limit: int) -> Iterator[Original]:
    """An original of one document, or the reason why these bytes are none. `media_type` None: a feed, or XHTML called .xml."""
    if len(original) > limit:
        message = f"is larger than the {limit:,} bytes a document may have; split it"
        yield refuse("too-large", message, source, path, value=str(limit))
    elif not original.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        yield refuse("empty-file", "is empty", source, path)
    elif media_type is not None and not media_type.startswith("text/"):
        yield make_original(source, path, original, media_type)
    elif is_binary(original):
        yield refuse(
            "binary-file", "holds no text (it may be a picture, a program or an office file under a wrong name)", source, path
        )
    elif media_type != "text/html" and looks_like_html(decode(original[:4_096])[0]):
        yield make_original(source, path, original, "text/html")
    elif media_type is None:
        yield from read_feed(original, path)
    else:
        yield make_original(source, path, original, media_type)


def _read_standard_input(stream: IO[bytes], limits: Limits) -> Iterator[Original]:
    """Standard input: JSON Lines where it begins with a brace, else one text, page or feed."""
    head = stream.read(65_536)
    text = decode(head)[0].lstrip("\ufeff \t\r\n")
    if text.startswith("{"):
        yield from read_json_lines(cast("IO[bytes]", _Rejoined(head, stream)), "-", limits)
        return
    original = head + stream.read(max(0, limits.record_bytes + 1 - len(head)))
    is_feed = text.startswith("<") and any(mark in text[:1_000] for mark in ("<rss", "<feed", "<rdf:RDF"))
    yield from _judge_bytes(original, "-#1", "-", None if is_feed else "text/plain", limits.record_bytes)


class _Rejoined(io.RawIOBase):
    """A stream with what was already read of it put back at its front."""

    def __init__(self, head: bytes, stream: IO[bytes]) -> None:
        self._head = head
        self._stream = stream

    def readline(self, size: int | None = -1, /) -> bytes:
        """As io.RawIOBase.readline."""
        limit = -1 if size is None else size
        if not self._head:
            return self._stream.readline(limit)
        cut = self._head.find(b"\n") + 1 or len(self._head)
        cut = min(cut, limit) if limit >= 0 else cut
        line, self._head = self._head[:cut], self._head[cut:]
        if line.endswith(b"\n") or len(line) == limit:
            return line
        return line + self._stream.readline(limit - len(line) if limit >= 0 else -1)
