"""What is fuzzed: each target takes bytes and must neither raise, except as its function promises, nor lose its offsets.

`run.py` drives them with atheris, `tests/unit/test_fuzz.py` with hypothesis on a small budget.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

from trucewatch.errors import ParseError, SourceError
from trucewatch.model.records import Document, Reading
from trucewatch.model.stage import Context
from trucewatch.model.theatre import Theatre
from trucewatch.sources import read_inputs
from trucewatch.sources.observer_form import read_observations
from trucewatch.sources.published import read_published
from trucewatch.stages.clean import clean_reading
from trucewatch.text.numbers import find_numbers, words_to_int
from trucewatch.text.sentences import split_paragraphs, split_sentences
from trucewatch.text.stated_dates import parse_published, read_date_line
from trucewatch.text.time_expressions import scan_times

CONTEXT = Context(theatre=Theatre(name="fuzzed", title="Fuzzed"))
MEDIA = (
    "text/plain",
    "text/html",
    "text/html; charset=koi8-r",
    "application/json",
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
)
SEEDS: dict[str, tuple[bytes, ...]] = {
    "cleaning": (
        b"\x00Title of it\n\nMortars fell on 3 May 2031, she said.\n",
        b"\x01<html><head><title>A</title></head><body><p>Two men were hurt.</p><script>x</script></body></html>",
        b"\x04%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\ntrailer<</Root 1 0 R>>",
    ),
    "sentences": (b'Gen. A. Roe (ret.) said: "No. Not now!" At 5 p.m. it rained.\n\n- one\n- two',),
    "times": (b"from Monday night to 5 May 2031, at 17:30 local time", b"Published: Tue, 3 Mar 2031 10:00:00 +0400"),
    "figures": (b"at least two dozen, 1,200 to 1.5 million, thirty-five of 40, a hundred and one",),
    "txt": (b"A text.",),
    "html": (b"<p>A page.</p>",),
    "jsonl": (b'{"url": "u", "text": "A text.", "published": "2031-05-03", "outlet": "o"}\n',),
    "csv": (b'url,text,published\nu,"A text, quoted",2031-05-03\n',),
    "xml": (b"<?xml version='1.0'?><rss><channel><item><title>T</title><description>D</description></item></channel></rss>",),
    "warc": (b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.test/\r\nContent-Length: 0\r\n\r\n\r\n\r\n",),
    "pdf": (b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\ntrailer<</Root 1 0 R>>",),
    "docx": (b"PK\x03\x04\x14\x00\x00\x00\x08\x00word/document.xml",),
    "published": (b"source,published,outlet\na.txt,2031-05-03,o\n",),
    "observations": (b"observer_code,report_kind,observed_from\nOP1,flash,2031-05-03T12:00\n",),
}


def cleaning(given: bytes) -> None:
    """Any bytes of any kind become a text, or ParseError."""
    media_type = MEDIA[given[0] % len(MEDIA)] if given else MEDIA[0]
    document = Document(id="doc-1", source="a", input_path="a", sha256="0" * 64)
    with contextlib.suppress(ParseError):
        clean_reading(Reading(document=document, original=given[1:], media_type=media_type), CONTEXT)


def sentences(given: bytes) -> None:
    """Paragraphs and sentences lie in the text, in order."""
    text = _text(given)
    spans = [(span.start_char, span.end_char) for span in split_sentences(text)]
    for found in (spans, list(split_paragraphs(text))):
        assert all(0 <= start < end <= len(text) for start, end in found)
        assert all(first[1] <= second[0] for first, second in pairwise(found))


def times(given: bytes) -> None:
    """Time expressions lie in the text; stated dates are dates or None."""
    text = _text(given)
    assert all(0 <= span.start_char < span.end_char <= len(text) for span in scan_times(text))
    parse_published(text)
    read_date_line(text)


def figures(given: bytes) -> None:
    """Numbers lie in the text, the low not above the high."""
    text = _text(given)
    for number in find_numbers(text):
        assert 0 <= number.start_char < number.end_char <= len(text)
        assert number.low is None or number.high is None or number.low <= number.high
    words_to_int(text)


def published(given: bytes) -> None:
    """A table of dates, or SourceError."""
    with _file(given, "dates.csv") as path, contextlib.suppress(SourceError):
        read_published(path)


def observations(given: bytes) -> None:
    """A table of observers' reports, or SourceError."""
    with _file(given, "reports.csv") as path, contextlib.suppress(SourceError):
        read_observations(path)


def reader(suffix: str) -> Callable[[bytes], None]:
    """A target that reads a file with this ending: whatever it holds gives documents or issues, never an exception."""

    def read(given: bytes) -> None:
        with _file(given, f"given.{suffix}") as path:
            for original in read_inputs([path]):
                assert original.issue is None or not original.original

    return read


TARGETS: dict[str, Callable[[bytes], None]] = {
    "cleaning": cleaning,
    "sentences": sentences,
    "times": times,
    "figures": figures,
    "published": published,
    "observations": observations,
    **{suffix: reader(suffix) for suffix in ("txt", "html", "jsonl", "csv", "xml", "warc", "pdf", "docx")},
}


def _text(given: bytes) -> str:
    return given.decode("utf-8", "replace")


@contextlib.contextmanager
def _file(given: bytes, name: str) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(given)
        yield str(path)
