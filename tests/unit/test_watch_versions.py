"""What is a new version of a watched page and what is not, what counts as deleted, and what the watch says of its health."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler

import pytest

from tests.unit.bad_server import Clock, Server, serving
from tests.unit.test_watch import HTML, feed, fetcher_of, told
from trucewatch.cli.watch_status import Health, Metrics, serve_status
from trucewatch.errors import ConfigError
from trucewatch.pipeline.said import said_digest
from trucewatch.sources.feed import read_withdrawn
from trucewatch.sources.original import make_original
from trucewatch.sources.watch_state import State
from trucewatch.sources.watched import poll

DAY_S = 86_400


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as one:
        yield one


def article(number: int, hurt: str = "Two people", ad: str = "Boots at half price") -> str:
    """A page as newsrooms serve it: its token, clock, counters, advertisements and "most read" change with the number."""
    return f"""<!doctype html><html><head><title>Shells fall on Alder</title><meta name="csrf" content="t{number}">
    <script nonce="n{number}">var seen = {number};</script></head><body><nav><a href="/?s={number}">Home</a></nav>
    <article><h1>Shells fall on Alder</h1><p class="meta">Updated {number} minutes ago</p><p>{number},204 views</p>
    <p>{hurt} were hurt when shells fell on Alder on Sunday, the governor of the district said in a statement.</p>
    <div class="advert"><p>{ad} {number}</p></div>
    <p>The army of North denied that it had fired and said in the evening that it had kept the ceasefire all day.</p>
    <p>The observers said that they would visit the town on Monday and speak with both sides about what had happened.</p>
    </article><aside><h3>Most read</h3><ul><li><a href="/{number}">Mill number {number} opens</a></li></ul></aside>
    <p>{number} comments</p><footer>Served in {number} ms</footer></body></html>"""


def test_bytes_that_change_at_each_fetch_are_no_version_and_an_edit_is(server: Server) -> None:
    fetched = [0]
    hurt = ["Two people"]

    def changing(handler: BaseHTTPRequestHandler) -> None:
        fetched[0] += 1
        body = article(fetched[0], hurt[0]).encode()
        handler.send_response(200)
        handler.send_header("Content-Type", HTML["Content_Type"])
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    server.answers["/a"] = changing
    server.says("/feed", feed(server.url("/a")))
    state, clock = State(), Clock()
    fetcher, urls = fetcher_of(clock), [server.url("/feed")]
    first = poll(urls, state, fetcher, 0, said_digest)
    assert [original.source for original in first.originals] == [server.url("/a")]
    for _ in range(5):
        clock.now += 8 * DAY_S
        again = poll(urls, state, fetcher, 0, said_digest)
        assert (again.originals, again.fetches["same"]) == ([], 1)
    hurt[0] = "Three people"
    clock.now += 8 * DAY_S
    edited = poll(urls, state, fetcher, 0, said_digest).originals
    assert [b"Three people" in original.original for original in edited] == [True]
    # taken back: said before, so nothing new
    hurt[0] = "Two people"
    clock.now += 8 * DAY_S
    assert poll(urls, state, fetcher, 0, said_digest).originals == []
    assert fetched[0] == 8


def test_what_the_digest_looks_at() -> None:
    def digest(text: str, kind: str = "text/html") -> str | None:
        return said_digest(make_original("a", "a", text.encode(), kind))

    assert digest(article(1)) == digest(article(7, ad="Watches"))
    assert digest(article(1)) != digest(article(1, "Twelve people"))
    plain = "North shelled Alder, the governor said.\n\n{}\n\nNobody was hurt, he added on Monday."
    for line in (
        "1,204 views",
        "Views: 12",
        "Updated 3 hours ago",
        "Read 1,200 times",
        "12 k shares",
        "5 min read",
        "40 comments",
    ):
        assert digest(plain.format(line), "text/plain") == digest(plain.format("Posted: just now"), "text/plain"), line
    for line in ("18 killed", "12 houses burned", "At 12:30 it began again."):
        assert digest(plain.format(line), "text/plain") != digest(plain.format("Just now"), "text/plain"), line
    assert digest("%PDF-1.4 broken", "application/pdf") is None


def test_an_article_that_leads_to_the_front_page_is_gone(server: Server) -> None:
    server.says("/feed", feed(server.url("/a"), server.url("/b")))
    server.says("/a", article(1), **HTML)
    server.says("/b", status=302, Location="/")
    server.says("/", article(2, "All our readers"), **HTML)
    state, clock = State(), Clock()
    fetcher, urls = fetcher_of(clock), [server.url("/feed")]
    # one that was never there: the entry's own words, and not the front page, are the document
    assert told(poll(urls, state, fetcher, 0, said_digest).originals) == [
        ("a", "text/html; charset=utf-8"),
        ("b", "fetch-failed"),
        ("b", "application/json"),
    ]
    server.says("/a", status=301, Location="/")
    clock.now += DAY_S
    assert ("a", "source-vanished") in told(poll(urls, state, fetcher, 0, said_digest).originals)


ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0">
<title>The Valley Post</title>{}</feed>"""
ENTRY = "<entry><id>tag:{0}</id><title>Mill {0}</title><link href='{1}'/><summary>In short.</summary></entry>"
STONE = '<at:deleted-entry ref="tag:{}" when="2031-05-03T12:00:00Z"/>'


@pytest.mark.parametrize("is_page_left", [True, False])
def test_an_entry_that_its_feed_buried_is_told(server: Server, is_page_left: bool) -> None:
    entries = [ENTRY.format(name, server.url(f"/{name}")) for name in "ab"]
    server.says("/feed", ATOM.format("".join(entries)))
    for name in "ab":
        server.says(f"/{name}", article(1), **HTML)
    state, clock = State(), Clock()
    fetcher, urls = fetcher_of(clock), [server.url("/feed")]
    assert len(poll(urls, state, fetcher, 0, said_digest).originals) == 2
    clock.now += 60
    server.says("/feed", ATOM.format(entries[1] + STONE.format("a")))
    if not is_page_left:
        server.says("/a", status=410)
    buried = poll(urls, state, fetcher, 0, said_digest).originals
    issues = [original.issue for original in buried if original.issue]
    assert [(issue.code, issue.level, issue.source) for issue in issues] == [("source-vanished", "warning", server.url("/a"))]
    assert ("2031-05-03" in issues[0].message) is is_page_left
    # the entry is back: the issue goes
    clock.now += 8 * DAY_S
    server.says("/feed", ATOM.format("".join(entries)))
    server.says("/a", article(3), **HTML)
    back = poll(urls, state, fetcher, 0, said_digest).originals
    assert {original.input_path for original in back} >= {server.url("/a")}
    assert not any(original.issue for original in back)


def test_tombstones_that_are_none() -> None:
    assert read_withdrawn(b"<feed/>") == {}
    for broken in (
        b"deleted-entry",
        b"<at:deleted-entry ref='a'",
        b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>deleted-entry",
    ):
        assert read_withdrawn(broken) == {}


def test_a_feed_that_is_gone_for_good_is_an_error_and_its_articles_are_watched_on(server: Server) -> None:
    server.says("/feed", feed(server.url("/a")))
    server.says("/a", article(1), **HTML)
    state, clock = State(), Clock()
    fetcher, urls = fetcher_of(clock), [server.url("/feed")]
    poll(urls, state, fetcher, 0, said_digest)
    server.says("/feed", status=410)
    server.says("/a", article(2, "Three people"), **HTML)
    clock.now += DAY_S
    found = poll(urls, state, fetcher, 0, said_digest).originals
    assert told(found) == [("feed", "source-vanished"), ("a", "text/html; charset=utf-8")]
    assert found[0].issue is not None
    assert found[0].issue.level == "error"


def test_what_is_due_and_not_asked_is_the_backlog(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trucewatch.sources.watched.ROUND_FETCHES", 3)
    server.says("/feed", feed(*(server.url(f"/{number}") for number in range(6))))
    for number in range(6):
        server.says(f"/{number}", article(number), **HTML)
    state, clock = State(), Clock()
    rounds = [poll([server.url("/feed")], state, fetcher_of(clock), 900, said_digest).backlog for _ in range(3)]
    assert rounds == [4, 1, 0]


def test_health_by_a_clock_that_may_be_set_back() -> None:
    now, ticks = [1_900_000_000.0], [0.0]
    health = Health(900, clock=lambda: now[0], ticks=lambda: ticks[0])
    assert health.report()["status"] == "starting"
    ticks[0] = 2_000
    health.begin()
    health.succeed(backlog=7)
    told = health.report()
    assert (told["status"], told["backlog"], told["rounds"], told["last_success"]) == ("ok", 7, 1, "2030-03-17T17:46:40+00:00")
    now[0] -= 400 * DAY_S
    ticks[0] += 1_000
    assert (health.report()["status"], health.report()["seconds_since"]) == ("ok", 1_000)
    ticks[0] += 2_000
    assert health.report()["status"] == "late"
    # a long round is at work, not late
    health.begin()
    assert health.report()["status"] == "ok"
    health.fail("the disk is full")
    assert (health.report()["status"], health.report()["error"]) == ("failing", "the disk is full")
    health.succeed(0)
    assert health.report()["status"] == "ok"


def test_a_round_that_comes_no_further_hangs() -> None:
    ticks = [0.0]
    health = Health(60, ticks=lambda: ticks[0])
    health.begin()
    for _ in range(5):
        ticks[0] += 3_000
        health.move()
    assert health.report()["status"] == "starting"
    ticks[0] += 3_601
    assert health.report()["status"] == "hung"
    health.move()
    assert health.report()["status"] == "starting"
    # rounds that are hours apart are given three of them
    slow = Health(7_200, ticks=lambda: ticks[0])
    slow.begin()
    ticks[0] += 20_000
    assert slow.report()["status"] == "starting"
    ticks[0] += 2_000
    assert slow.report()["status"] == "hung"


def test_a_round_tells_of_each_request(server: Server) -> None:
    server.says("/feed", feed(server.url("/1"), server.url("/2")))
    for number in (1, 2):
        server.says(f"/{number}", article(number), **HTML)
    asked: list[None] = []
    poll([server.url("/feed")], State(), fetcher_of(Clock()), 900, said_digest, lambda: asked.append(None))
    assert len(asked) == 3


def test_health_and_metrics_are_served_and_nothing_else() -> None:
    metrics, health = Metrics(), Health(900)
    server = serve_status(0, metrics, health)

    def ask(path: str) -> tuple[int, bytes]:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{server.server_port}{path}", timeout=10) as answer:
                return int(answer.status), bytes(answer.read())
        except urllib.error.HTTPError as err:
            return err.code, err.read()

    try:
        metrics.backlog.set(3)
        assert b"trucewatch_backlog 3.0" in ask("/metrics")[1]
        assert (ask("/healthz")[0], json.loads(ask("/healthz")[1])["status"]) == (200, "starting")
        health.fail("no ledger")
        status, body = ask("/healthz?")
        assert (status, json.loads(body)["error"]) == (503, "no ledger")
        assert ask("/etc/passwd")[0] == 404
        with pytest.raises(ConfigError, match="cannot be used"):
            serve_status(server.server_port, metrics, health)
    finally:
        server.shutdown()
        server.server_close()
