"""Readers: every format gives its documents with names, dates and outlets as the contract says."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
from datetime import date
from pathlib import Path

import docx
import pytest

from trucewatch.errors import ParseError
from trucewatch.sources import Original, read_inputs, to_reading
from trucewatch.sources.original import Limits

SENTENCE = "The ministry said on Sunday that shells had hit the northern village."


def write(folder: Path, name: str, content: str | bytes) -> str:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(path)


def read(*paths: str, published: str | None = None) -> list[Original]:
    return list(read_inputs(paths, published))


def warc_record(url: str, body: bytes, content_type: str = "text/html; charset=utf-8", status: str = "200 OK") -> bytes:
    payload = f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\n\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2020-10-04T10:00:00Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(payload)}\r\n\r\n"
    )
    return head.encode() + payload + b"\r\n\r\n"


def test_folder_is_read_through_sorted_without_hidden_files(tmp_path: Path) -> None:
    write(tmp_path, "b.txt", SENTENCE)
    write(tmp_path, "a/z.txt", SENTENCE)
    write(tmp_path, ".hidden.txt", SENTENCE)
    write(tmp_path, ".git/config.txt", SENTENCE)
    found = read(str(tmp_path))
    assert [original.source for original in found] == [f"{tmp_path}/b.txt", f"{tmp_path}/a/z.txt"]
    assert found[0].original == SENTENCE.encode()
    assert found[0].sha256 == hashlib.sha256(SENTENCE.encode()).hexdigest()
    assert found[0].input_path == found[0].source
    assert found[0].media_type == "text/plain"
    assert found[0].published.basis == "unknown"


def test_json_lines_are_named_by_url_or_number(tmp_path: Path) -> None:
    rows = [
        {"url": "https://a.test/1", "title": "One", "published": "2020-10-04T08:00:00Z", "outlet": "The Post", "text": SENTENCE},
        {"text": SENTENCE},
        {"html": f"<p>{SENTENCE}</p>", "published": "2020-13-45"},
    ]
    path = write(tmp_path, "rows.jsonl", "\n".join(map(json.dumps, rows)))
    one, two, three = read(path)
    assert (one.source, one.title, one.outlet) == ("https://a.test/1", "One", "The Post")
    assert (one.published.earliest, one.published.latest, one.published.basis) == (date(2020, 10, 4), date(2020, 10, 4), "given")
    assert (two.source, two.input_path, two.published.earliest) == (f"{path}#2", path, None)
    assert two.sha256 == hashlib.sha256(two.original).hexdigest()
    assert three.published.earliest is None
    assert [issue.code for issue in three.issues] == ["bad-date"]
    assert "2020-13-45" in three.issues[0].message


def test_numbers_count_records_not_empty_lines(tmp_path: Path) -> None:
    line = json.dumps({"text": SENTENCE})
    path = write(tmp_path, "rows.jsonl", f"{line}\n\n{line}\n")
    assert [original.source for original in read(path)] == [f"{path}#1", f"{path}#2"]


def test_packed_json_lines(tmp_path: Path) -> None:
    path = write(tmp_path, "rows.jsonl.gz", gzip.compress(json.dumps({"text": SENTENCE}).encode()))
    assert [original.source for original in read(path)] == [f"{path}#1"]


def test_same_url_with_other_text_is_two_documents(tmp_path: Path) -> None:
    rows = [{"url": "https://a.test/1", "text": SENTENCE}, {"url": "https://a.test/1", "text": SENTENCE + " It was updated."}]
    one, two = read(write(tmp_path, "rows.jsonl", "\n".join(map(json.dumps, rows))))
    assert one.source == two.source
    assert one.sha256 != two.sha256
    assert to_reading(one).document.id != to_reading(two).document.id


def test_csv_rows_with_quotes_and_line_ends_inside(tmp_path: Path) -> None:
    row = 'https://a.test/1,"A ""quoted"" title",2020-10-04,Post,"First line.\nSecond, line."\n'
    content = f"url,title,published,outlet,text\r\n{row},,,,x\n"
    path = write(tmp_path, "rows.csv", content)
    one, two = read(path)
    assert (one.source, one.title, one.outlet) == ("https://a.test/1", 'A "quoted" title', "Post")
    assert one.original == row.encode()
    assert two.source == f"{path}#2"


def test_csv_with_semicolons(tmp_path: Path) -> None:
    (one,) = read(write(tmp_path, "rows.csv", "url;text\nhttps://a.test/1;Shells fell, they said.\n"))
    assert one.source == "https://a.test/1"


def test_warc_pages_with_their_urls_and_instants(tmp_path: Path) -> None:
    page = f"<html><body><p>{SENTENCE}</p></body></html>".encode()
    content = warc_record("https://a.test/1", page) + warc_record("https://a.test/2.png", b"\x89PNG", "image/png")
    content += warc_record("https://a.test/old", b"gone", status="404 Not Found")
    for name, packed in (("pages.warc.gz", gzip.compress(content)), ("pages.warc", content)):
        (one,) = read(write(tmp_path, name, packed))
        assert (one.source, one.original) == ("https://a.test/1", page)
        assert one.media_type == "text/html; charset=utf-8"
        assert one.retrieved_at is not None
        assert one.retrieved_at.isoformat() == "2020-10-04T10:00:00+00:00"


RSS = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>The Post</title>
<item><title>Shells hit village</title><link>https://a.test/1</link><pubDate>Sun, 04 Oct 2020 10:00:00 GMT</pubDate>
<description>&lt;p&gt;{SENTENCE}&lt;/p&gt;</description></item>
<item><title>No link here</title><description>{SENTENCE}</description></item></channel></rss>"""
ATOM = f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>The Post</title>
<entry><title>Shells hit village</title>
<link href="https://a.test/1"/><updated>2020-10-04T10:00:00Z</updated><content type="html">{SENTENCE}</content></entry></feed>"""


def test_feeds(tmp_path: Path) -> None:
    path = write(tmp_path, "feed.rss", RSS)
    one, two = read(path)
    assert (one.source, one.title, one.outlet) == ("https://a.test/1", "Shells hit village", "The Post")
    assert (one.published.earliest, one.published.basis) == (date(2020, 10, 4), "given")
    assert two.source == f"{path}#2"
    (three,) = read(write(tmp_path, "feed.atom", ATOM))
    assert (three.source, three.published.earliest) == ("https://a.test/1", date(2020, 10, 4))
    assert SENTENCE in json.loads(three.original)["html"]


def test_docx_and_pdf_keep_their_bytes(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph(SENTENCE)
    buffer = io.BytesIO()
    document.save(buffer)
    (one,) = read(write(tmp_path, "report.docx", buffer.getvalue()))
    assert one.original == buffer.getvalue()
    (two,) = read(write(tmp_path, "report.pdf", b"%PDF-1.4 not much"))
    assert (two.media_type, two.issue) == ("application/pdf", None)


def test_published_matches_by_source_path_and_file_name(tmp_path: Path) -> None:
    write(tmp_path, "in/one.txt", SENTENCE)
    two = write(tmp_path, "in/two.txt", SENTENCE)
    row = json.dumps({"url": "https://a.test/3", "text": SENTENCE, "published": "2019-01-01", "outlet": "Old"})
    write(tmp_path, "in/rows.jsonl", row + "\n" + json.dumps({"text": SENTENCE}))
    table = write(
        tmp_path,
        "in/published.csv",
        f"source,published,outlet\none.txt,2020-10-04,\n{two},2020-10,Post\nhttps://a.test/3,2020,New\n"
        "rows.jsonl#2,4 October 2020,\n",
    )
    found = {Path(original.source).name: original for original in read(str(tmp_path / "in"), published=table)}
    assert set(found) == {"one.txt", "two.txt", "3", "rows.jsonl#2"}
    assert found["one.txt"].published.earliest == date(2020, 10, 4)
    assert found["one.txt"].outlet is None
    assert (found["two.txt"].published.latest, found["two.txt"].published.precision) == (date(2020, 10, 31), "month")
    assert (found["3"].published.latest, found["3"].outlet) == (date(2020, 12, 31), "New")
    assert found["rows.jsonl#2"].published.earliest == date(2020, 10, 4)


@pytest.mark.parametrize(
    "value", ["2020-13-45", "0000-01-01", "0", "2020-02-30", "03/04/2020", "last week", "99999999999999", "\x00"]
)
def test_bad_dates_are_issues(tmp_path: Path, value: str) -> None:
    write(tmp_path, "one.txt", SENTENCE)
    table = write(tmp_path, "dates/published.csv", f"source,published,outlet\none.txt,{value},Post\n")
    (one,) = read(str(tmp_path / "one.txt"), published=table)
    assert one.published.earliest is None
    assert one.outlet == "Post"
    assert [(issue.code, issue.level, issue.value) for issue in one.issues] == [("bad-date", "warning", value)]


def test_rows_that_belong_to_no_document_are_told(tmp_path: Path) -> None:
    path = write(tmp_path, "one.txt", SENTENCE)
    table = write(tmp_path, "p.csv", "source,published\nother.txt,2020-10-04\n")
    _, two = read(path, published=table)
    assert two.issue is not None
    assert (two.issue.code, two.issue.level, two.issue.value) == ("published-unmatched", "warning", "other.txt")


@pytest.mark.parametrize("content", ["date,outlet\n2020,Post\n", ""])
def test_a_table_of_dates_without_its_columns_stops_the_run(tmp_path: Path, content: str) -> None:
    path = write(tmp_path, "one.txt", SENTENCE)
    with pytest.raises(ParseError, match="source,published"):
        read(path, published=write(tmp_path, "p.csv", content))
    with pytest.raises(ParseError, match="cannot be read"):
        read(path, published=str(tmp_path / "absent.csv"))


def test_standard_input_text_and_json_lines() -> None:
    (one,) = read_inputs(["-"], stdin=io.BytesIO(SENTENCE.encode()))
    assert (one.source, one.input_path, one.media_type) == ("-#1", "-", "text/plain")
    long = "x" * 200_000
    rows = "\n".join(json.dumps({"text": text}) for text in (SENTENCE, long, SENTENCE))
    found = list(read_inputs(["-"], stdin=io.BytesIO(rows.encode())))
    assert [original.source for original in found] == ["-#1", "-#2", "-#3"]
    assert [json.loads(original.original)["text"] for original in found] == [SENTENCE, long, SENTENCE]
    (page,) = read_inputs(["-"], stdin=io.BytesIO(b"<!doctype html><p>x"))
    assert page.media_type == "text/html"
    one, two = read_inputs(["-"], stdin=io.BytesIO(RSS.encode()))
    assert (one.source, two.source) == ("https://a.test/1", "-#2")


def test_html_under_another_name_is_read_as_html(tmp_path: Path) -> None:
    (one,) = read(write(tmp_path, "page.txt", f"<!DOCTYPE html>\n<html><body><p>{SENTENCE}</p></body></html>"))
    assert one.media_type == "text/html"


def test_limits_are_settings(tmp_path: Path) -> None:
    path = write(tmp_path, "one.txt", "x" * 101)
    (one,) = read_inputs([path], limits=Limits(record_bytes=100))
    assert one.issue is not None
    assert one.issue.code == "too-large"
    (two,) = read_inputs([path], limits=Limits(record_bytes=101))
    assert two.issue is None
