"""Fetching from servers that are slow, endless, lying, busy, or lead into the private network."""

from __future__ import annotations

import gzip
import shutil
import ssl
import subprocess
import zlib
from collections.abc import Iterator
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from tests.unit.bad_server import Clock, Server, serving
from trucewatch.sources import fetch
from trucewatch.sources.fetch import Fetcher, FetchLimits, Unpacker, is_public
from trucewatch.sources.polite import Hosts, read_retry_after

PAGE = "<html><body><p>Shells fell on the mill.</p></body></html>"


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as one:
        yield one


def fetcher_of(clock: Clock | None = None, **limits: float) -> Fetcher:
    clock = clock or Clock()
    return Fetcher(limits=FetchLimits(**limits), is_private_allowed=True, clock=clock, wait=clock.wait)  # type: ignore[arg-type]


def test_a_page_comes_with_its_type_and_we_say_who_asks(server: Server) -> None:
    server.says("/a", PAGE, Content_Type="text/html; charset=windows-1251", ETag='"one"')
    fetched = fetcher_of().get(server.url("/a"))
    assert (fetched.outcome, fetched.body, fetched.etag) == ("ok", PAGE.encode(), '"one"')
    # the charset is the reader's affair, right or wrong
    assert fetched.content_type == "text/html; charset=windows-1251"
    assert server.asked == ["/robots.txt", "/a"]
    assert server.headers[1]["user-agent"].startswith("trucewatch/")
    assert server.headers[1]["host"] == f"127.0.0.1:{server.port}"


def test_what_is_unchanged_is_not_sent_again(server: Server) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        is_same = handler.headers["If-None-Match"] == '"one"' and handler.headers["If-Modified-Since"] == "yesterday"
        handler.send_response(304 if is_same else 500)
        handler.end_headers()

    server.answers["/a"] = answer
    assert fetcher_of().get(server.url("/a"), '"one"', "yesterday").outcome == "unchanged"


def test_a_server_that_never_answers_or_drips_is_left_when_the_time_is_over(server: Server) -> None:
    def silent(handler: BaseHTTPRequestHandler) -> None:
        server.is_over.wait(20)

    def dripping(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.0 200 OK\r\n")
        while not server.is_over.wait(0.02):
            handler.wfile.write(b"X-More: 1\r\n")

    server.answers |= {"/silent": silent, "/drip": dripping}
    for path in ("/silent", "/drip"):
        fetched = fetcher_of(total_s=0.4, step_s=10.0).get(server.url(path))
        assert (fetched.outcome, fetched.reason) == ("failed", "took longer than 0.4 seconds"), path
    assert fetcher_of(step_s=0.2).get(server.url("/silent")).outcome == "failed"


def test_an_endless_body_and_a_gzip_bomb_end_at_the_limit(server: Server) -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while not server.is_over.is_set():
            handler.wfile.write(b"more " * 1_000)

    server.answers["/endless"] = endless
    server.says("/bomb", gzip.compress(bytes(50_000_000)), Content_Encoding="gzip")
    server.says("/robots.txt", gzip.compress(bytes(50_000_000)), Content_Encoding="gzip")
    fetcher = fetcher_of(raw_bytes=100_000, body_bytes=1_000_000)
    assert fetcher.get(server.url("/bomb")).outcome == "large"
    del server.answers["/robots.txt"]
    assert fetcher.get(server.url("/endless")).outcome == "large"
    assert fetcher.get(server.url("/bomb")).reason == "unpacks to more than 1,000,000 bytes"


@pytest.mark.parametrize(
    ("encoding", "sent", "body"),
    [
        ("gzip", gzip.compress(b"told", mtime=0), b"told"),
        ("deflate", zlib.compress(b"told")[2:-4], b"told"),
        ("", b"told", b"told"),
    ],
    ids=("gzip", "deflate", "plain"),
)
def test_what_is_packed_is_unpacked(encoding: str, sent: bytes, body: bytes) -> None:
    unpacker = Unpacker(encoding, 4)
    assert unpacker.take(sent)
    assert bytes(unpacker.body) == body
    assert not unpacker.take(b"!") or encoding


def test_damaged_or_unasked_encodings_fail(server: Server) -> None:
    server.says("/damaged", b"no gzip", Content_Encoding="gzip")
    server.says("/other", b"?", Content_Encoding="br")
    for path in ("/damaged", "/other"):
        assert fetcher_of().get(server.url(path)).outcome == "failed"


def test_redirects_are_followed_five_times_and_no_more(server: Server) -> None:
    server.says("/loop", status=302, Location="/loop")
    server.says("/r0", PAGE)
    for number in range(1, 7):
        server.says(f"/r{number}", status=301, Location=f"/r{number - 1}")
    assert fetcher_of().get(server.url("/r5")).outcome == "ok"
    assert fetcher_of().get(server.url("/r6")).outcome == "failed"
    assert "redirects" in fetcher_of().get(server.url("/loop")).reason
    assert server.asked.count("/loop") == 6


def test_private_addresses_are_refused_at_every_hop(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    assert Fetcher().get(server.url("/a")).outcome == "refused"
    assert Fetcher().get(server.url("/a", "localhost")).outcome == "refused"
    assert server.asked == []
    # the test's own server stands for a public one
    monkeypatch.setattr(fetch, "is_public", lambda address: address == "127.0.0.1" or is_public(address))
    names = {"news.example": ["127.0.0.1"], "inside.example": ["127.0.0.1", "169.254.169.254"], "10.0.0.1": ["10.0.0.1"]}
    clock = Clock()
    fetcher = Fetcher(resolve=lambda host, _: names[host], clock=clock, wait=clock.wait)
    for target in ("http://10.0.0.1/x", server.url("/x", "inside.example"), "file:///etc/passwd", "http://a:b@news.example/"):
        server.says("/away", status=302, Location=target)
        fetched = fetcher.get(server.url("/away", "news.example"))
        assert fetched.outcome == "refused", target
    assert set(server.asked) == {"/robots.txt", "/away"}
    assert server.headers[0]["host"] == f"news.example:{server.port}"


@pytest.mark.parametrize(
    "address",
    "127.0.0.1 10.1.2.3 192.168.0.1 172.16.0.1 169.254.169.254 0.0.0.0 100.64.0.1 224.0.0.1 ::1 fe80::1%eth0 fc00::1 "
    "::ffff:127.0.0.1 2002:7f00:1:: 64:ff9b::7f00:1 nowhere".split(),
)
def test_addresses_inside(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_addresses_outside(address: str) -> None:
    assert is_public(address)


def test_a_busy_server_is_left_alone_as_long_as_it_says(server: Server) -> None:
    clock = Clock()
    fetcher = fetcher_of(clock)
    server.says("/a", status=429, Retry_After="600")
    assert fetcher.get(server.url("/a")).outcome == "postponed"
    asked = len(server.asked)
    clock.now += 599
    assert fetcher.get(server.url("/b")).outcome == "postponed"
    assert len(server.asked) == asked
    clock.now += 2
    server.says("/b", PAGE)
    assert fetcher.get(server.url("/b")).outcome == "ok"


def test_back_off_doubles_and_a_clock_set_back_does_not_silence_a_host() -> None:
    hosts = Hosts()
    waits = []
    for _ in range(12):
        hosts.note_failure("a", 0.0)
        waits.append(hosts.of("a").next_at)
    assert waits[:4] == [60, 120, 240, 480]
    assert waits[-1] == 6 * 3600
    assert hosts.is_left_alone("a", 100.0)
    assert not hosts.is_left_alone("a", -1_000_000.0)
    hosts.note_success("a")
    assert not hosts.is_left_alone("a", 100.0)


@pytest.mark.parametrize(
    ("value", "seconds"), [("120", 120.0), ("99999999999", 86_400.0), ("soon", None), ("-5", None), ("", None), (None, None)]
)
def test_retry_after(value: str | None, seconds: float | None) -> None:
    assert read_retry_after(value, 0.0) == seconds
    assert read_retry_after(formatdate(1_000, usegmt=True), 400.0) == 600.0


def test_robots_are_obeyed_and_asked_for_once(server: Server) -> None:
    server.says("/robots.txt", "User-agent: trucewatch\nDisallow: /closed\nCrawl-delay: 7\n")
    server.says("/open", PAGE)
    server.says("/closed", PAGE)
    clock = Clock()
    fetcher = fetcher_of(clock)
    assert fetcher.get(server.url("/closed")).outcome == "refused"
    assert [fetcher.get(server.url("/open")).outcome for _ in range(2)] == ["ok", "ok"]
    assert server.asked == ["/robots.txt", "/open", "/open"]
    assert clock.waits == [7.0, 7.0]


def test_where_robots_cannot_be_had_nothing_is_asked(server: Server) -> None:
    server.says("/robots.txt", status=500)
    server.says("/a", PAGE)
    assert fetcher_of().get(server.url("/a")).outcome == "failed"
    assert server.asked == ["/robots.txt"]


def test_what_is_no_answer_or_no_address_is_an_outcome(server: Server) -> None:
    server.answers["/rubbish"] = lambda handler: handler.wfile.write(b"\x00\x01 rubbish\r\n\r\n") and None
    server.says("/robots.txt", "")
    assert fetcher_of().get(server.url("/rubbish")).outcome == "failed"
    assert fetcher_of().get(server.url("/none")).outcome == "gone"
    for url in ("http://[", "http://", "ftp://x/", "http://x:99999/"):
        assert fetcher_of().get(url).outcome == "refused", url
    closed = fetcher_of()
    closed.resolve = lambda host, port: (_ for _ in ()).throw(OSError("no such name"))  # type: ignore[assignment]
    assert closed.get("http://nowhere.example/").outcome == "failed"


def test_a_certificate_is_checked_by_the_name_though_the_address_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("no openssl program to make a certificate with")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    names = ("-subj", "/CN=news.example", "-addext", "subjectAltName=DNS:news.example")
    made = ("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *names, "-keyout", key, "-out", certificate)
    subprocess.run(made, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    monkeypatch.setattr(fetch, "_TLS", [ssl.create_default_context(cafile=str(certificate))])
    fetcher = fetcher_of()
    fetcher.resolve = lambda *_: ["127.0.0.1"]
    with serving(context) as server:
        server.says("/a", PAGE)
        right, wrong = (f"https://{host}:{server.port}/a" for host in ("news.example", "other.example"))
        assert fetcher.get(right).body == PAGE.encode()
        assert "CERTIFICATE_VERIFY_FAILED" in fetcher.get(wrong).reason
