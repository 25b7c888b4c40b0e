"""Bad input: a clear issue that names file and reason, everything else read, never an exception, never the whole of memory."""

from __future__ import annotations

import gzip
import json
import os
import tracemalloc
from pathlib import Path

import pytest

from tests.unit.test_sources import SENTENCE, read, warc_record, write
from trucewatch.sources import Original, read_inputs


def codes(found: list[Original]) -> list[str | None]:
    return [original.issue.code if original.issue else None for original in found]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("empty.txt", b"", "empty-file"),
        ("blank.txt", b" \n\t\r\n", "empty-file"),
        ("only-bom.txt", b"\xef\xbb\xbf", "empty-file"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)), "binary-file"),
        ("program.txt", bytes(range(256)) * 40, "binary-file"),
        ("printed.txt", b"%PDF-1.4\n1 0 obj", "binary-file"),
        ("empty.jsonl", b"", "empty-file"),
        ("list.jsonl", b"[1, 2]\n", "bad-json-line"),
        ("deep.jsonl", b'{"a":' * 100_000 + b"1", "bad-json-line"),
        ("nothing.jsonl", b'{"url": "https://a.test/1"}\n', "missing-text"),
        ("empty.csv", b"", "empty-file"),
        ("header.csv", b"url,text\n", "empty-file"),
        ("columns.csv", b"id,body\n1,x\n", "missing-columns"),
        ("blank.csv", b"url,text\nhttps://a.test/1,\n", "missing-text"),
        ("bad.warc", b"this is no archive\n" * 20, "bad-archive"),
        ("bad.warc.gz", b"\x1f\x8bbroken", "bad-archive"),
        ("pictures.warc", warc_record("https://a.test/1", b"\x89PNG", "image/png"), "no-pages"),
        ("bad.xml", b"<?xml version='1.0'?><note>hello</note>", "bad-feed"),
        ("bad.rss", b"<rss><channel><item><title>x", None),
        ("broken.jsonl.gz", b"no gzip at all", "unreadable"),
        ("what.bin", b"x", "unsupported-format"),
    ],
)
def test_refused_files_name_file_and_reason(tmp_path: Path, name: str, content: bytes, code: str | None) -> None:
    path = write(tmp_path, name, content)
    found = read(path)
    if code is None:
        assert found
        return
    assert codes(found) == [code]
    issue = found[0].issue
    assert issue is not None
    assert issue.level == "error"
    assert path in issue.message
    assert found[0].original == b""


def test_the_rest_of_a_folder_is_read(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", b"")
    write(tmp_path, "b.txt", SENTENCE)
    write(tmp_path, "c.png", b"\x89PNG")
    found = read(str(tmp_path))
    assert codes(found) == ["empty-file", None, "unsupported-format"]
    assert found[2].issue is not None
    assert found[2].issue.level == "info"


def test_absent_and_empty_inputs(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert codes(read(str(tmp_path / "absent.txt"), str(tmp_path / "absent"), str(tmp_path / "empty"))) == [
        "not-found",
        "not-found",
        "empty-folder",
    ]


def test_a_folder_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "a.txt", SENTENCE)
    write(tmp_path, "shut/b.txt", SENTENCE)
    scandir = os.scandir

    def refuse(path: str) -> object:
        if str(path).endswith("shut"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    found = read(str(tmp_path))
    assert codes(found) == [None, "unreadable"]
    assert found[1].source == str(tmp_path / "shut")


def test_a_file_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, "a.txt", SENTENCE)

    def refuse(*_: object, **__: object) -> object:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr("builtins.open", refuse)
    assert codes(read(path)) == ["unreadable"]


def test_links_that_lead_nowhere_or_in_circles(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", SENTENCE)
    (tmp_path / "broken.txt").symlink_to(tmp_path / "nothing.txt")
    (tmp_path / "circle").symlink_to(tmp_path)
    assert codes(read(str(tmp_path))) == [None, "unreadable"]


def test_a_json_line_cut_off(tmp_path: Path) -> None:
    whole = json.dumps({"text": SENTENCE})
    path = write(tmp_path, "rows.jsonl", f"{whole}\n{whole[:40]}\n{whole}")
    found = read(path)
    assert codes(found) == [None, "bad-json-line", None]
    assert found[1].source == f"{path}#2"
    assert found[1].issue is not None
    assert whole[30:40] in str(found[1].issue.value)


def test_an_archive_that_breaks_off_yields_its_whole_pages(tmp_path: Path) -> None:
    record = warc_record("https://a.test/1", b"<p>" + SENTENCE.encode() + b"</p>")
    packed = gzip.compress(record) + gzip.compress(record.replace(b"test/1", b"test/2"))[:-40]
    found = read(write(tmp_path, "pages.warc.gz", packed))
    assert found[0].source == "https://a.test/1"
    assert found[0].issue is None


def test_a_quotation_mark_left_open_in_a_csv_file_loses_no_row_before_it(tmp_path: Path) -> None:
    found = read(write(tmp_path, "rows.csv", 'url,text\nhttps://a.test/1,whole\nhttps://a.test/2,"open\nhttps://a.test/3,x\n'))
    assert found[0].source == "https://a.test/1"
    assert len(found) == 2


def test_a_hundred_megabytes_on_one_line_are_refused_in_little_memory(tmp_path: Path) -> None:
    for name in ("big.txt", "big.jsonl", "big.csv"):
        with (tmp_path / name).open("wb") as stream:
            stream.write(b"text\n" if name == "big.csv" else b"")
            for _ in range(100):
                stream.write(b"shells fell " * 87_382)
    tracemalloc.start()
    found = read(str(tmp_path))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert codes(found) == ["too-large"] * 3
    assert all("10,485,760 bytes" in original.issue.message for original in found if original.issue)
    assert peak < 64 * 1024 * 1024


def test_ten_thousand_tiny_files_stream(tmp_path: Path) -> None:
    for number in range(10_000):
        (tmp_path / f"{number:05}.txt").write_bytes(b"Shells fell near the village.")
    stream = read_inputs([str(tmp_path)])
    assert next(stream).source.endswith("00000.txt")
    tracemalloc.start()
    assert sum(original.issue is None for original in stream) == 9_999
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 16 * 1024 * 1024
