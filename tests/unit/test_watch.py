"""A watch: feeds with their articles and folders, round after round, edited and vanished pages, into a ledger."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tests.unit.bad_server import Clock, Server, serving
from tests.unit.small_stages import STAGES, make_context
from trucewatch.cli import app
from trucewatch.cli.watch import seconds_of
from trucewatch.cli.watch_status import Metrics
from trucewatch.errors import ConfigError, SourceError
from trucewatch.sources import watched
from trucewatch.sources.fetch import Fetcher, FetchLimits
from trucewatch.sources.original import Original
from trucewatch.sources.watch_state import State, load_state, save_state
from trucewatch.sources.watched import poll, read_folders

HTML = {"Content_Type": "text/html; charset=utf-8"}


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as one:
        yield one


def page(text: str) -> str:
    return f"<!doctype html><html><body><p>{text}</p></body></html>"


def feed(*links: str, ending: str = "") -> str:
    entries = "".join(
        f"<item><title>Mill {link[-1]}</title><link>{link}</link><description>In short.</description>"
        "<pubDate>Tue, 14 Nov 2023 10:00:00 GMT</pubDate></item>"
        for link in links
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>The Valley Post</title>{entries}</channel></rss>{ending}'


def fetcher_of(clock: Clock) -> Fetcher:
    return Fetcher(limits=FetchLimits(delay_s=0), is_private_allowed=True, clock=clock, wait=clock.wait)


def told(originals: list[Original]) -> list[tuple[str, str]]:
    return [(o.source.rsplit("/", 1)[-1], o.issue.code if o.issue else o.media_type or "") for o in originals]


def test_a_feed_gives_its_articles_with_what_it_says_of_them(server: Server) -> None:
    server.says("/feed", feed(server.url("/a"), server.url("/b#top")))
    server.says("/a", page("North shelled Alder."), Content_Type="text/html; charset=windows-1251")
    state, clock = State(), Clock()
    found = poll([server.url("/feed")], state, fetcher_of(clock), 900).originals
    # the second page is missing: the feed's own words stand in for it, and the miss is told
    assert told(found) == [("a", "text/html; charset=windows-1251"), ("b", "fetch-failed"), ("b#top", "application/json")]
    article = found[0]
    assert (article.source, article.outlet, article.title) == (server.url("/a"), "The Valley Post", "Mill a")
    assert str(article.published.earliest) == "2023-11-14"
    assert article.retrieved_at is not None
    assert found[1].issue is not None
    assert found[1].issue.level == "warning"


def test_nothing_is_asked_before_it_is_due_and_nothing_unchanged_comes_twice(server: Server) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        if handler.headers["If-None-Match"] == '"1"':
            handler.send_response(304)
            handler.end_headers()
            return
        handler.send_response(200)
        handler.send_header("ETag", '"1"')
        handler.end_headers()
        handler.wfile.write(feed(server.url("/a")).encode())

    server.answers["/feed"] = answer
    server.says("/a", page("North shelled Alder."), **HTML)
    state, clock = State(), Clock()
    fetcher, urls = fetcher_of(clock), [server.url("/feed")]
    assert len(poll(urls, state, fetcher, 900).originals) == 1
    asked = len(server.asked)
    clock.now += 60
    assert not poll(urls, state, fetcher, 900).fetches
    assert len(server.asked) == asked
    clock.now += 840
    assert dict(poll(urls, state, fetcher, 900).fetches) == {"unchanged": 1}
    # a clock set back does not silence a feed for good
    clock.now -= 30 * 86_400
    assert poll(urls, state, fetcher, 900).fetches["unchanged"] == 1


def test_an_edited_page_comes_again_and_a_vanished_one_is_told(server: Server) -> None:
    url = server.url("/a")
    server.says("/feed", feed(url))
    server.says("/a", page("North shelled Alder."), **HTML)
    state, clock = State(), Clock()
    fetcher, urls = fetcher_of(clock), [server.url("/feed")]
    first = poll(urls, state, fetcher, 0).originals
    clock.now += 3_601
    server.says("/a", page("South shelled Alder."), **HTML)
    second = poll(urls, state, fetcher, 0).originals
    assert [first[0].source, first[0].sha256 != second[0].sha256] == [second[0].source, True]
    clock.now += 7_300
    server.says("/a", status=410)
    gone = poll(urls, state, fetcher, 0).originals
    assert told(gone) == [("a", "source-vanished")]
    clock.now += 86_400
    server.says("/a", page("South shelled Alder."), **HTML)
    back = poll(urls, state, fetcher, 0).originals
    assert [original.sha256 for original in back] == [second[0].sha256, ""]
    # the same bytes say nothing new, not even when they were fetched
    assert back[0].retrieved_at is None


def test_articles_are_asked_ever_less_often_and_not_for_ever(server: Server) -> None:
    server.says("/feed", feed(server.url("/a")))
    server.says("/a", page("North shelled Alder."), **HTML)
    state, clock = State(), Clock()
    fetcher = fetcher_of(clock)
    for _ in range(100 * 24):
        poll([server.url("/feed")], state, fetcher, 86_400)
        clock.now += 3_600
    assert 15 < server.asked.count("/a") < 30
    server.says("/feed", feed(server.url("/b")))
    clock.now += 86_400
    poll([server.url("/feed")], state, fetcher, 86_400)
    assert server.url("/a") not in state.urls


def test_what_is_named_and_cannot_be_had_is_an_error_and_stops_nothing(server: Server) -> None:
    server.says("/page", page("North shelled Alder."), **HTML)
    server.says("/empty", "  ", **HTML)
    server.says("/picture", b"\x89PNG\r\n", Content_Type="image/png")
    server.says("/binary", b"\x00\x01\x02" * 50, Content_Type="text/plain")
    server.says("/broken", "<nothing/>", Content_Type="text/xml")
    server.says("/busy", status=503, Retry_After="60")
    names = ("/missing", "/empty", "/picture", "/binary", "/broken", "/page", "/busy", "/page2")
    found = poll([server.url(name) for name in names], State(), fetcher_of(Clock()), 900)
    assert told(found.originals) == [
        ("missing", "fetch-failed"),
        ("empty", "empty-file"),
        ("picture", "unsupported-format"),
        ("binary", "binary-file"),
        ("broken", "bad-feed"),
        ("page", "text/html; charset=utf-8"),
    ]
    assert found.fetches["postponed"] == 2
    assert all(original.issue is None or original.issue.level == "error" for original in found.originals)
    refused = poll([server.url("/page")], State(), Fetcher(), 900).originals
    assert told(refused) == [("page", "fetch-refused")]


def test_a_round_ends_when_it_is_full_and_the_next_goes_on(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watched, "ROUND_FETCHES", 3)
    server.says("/feed", feed(*(server.url(f"/{number}") for number in range(4))))
    for number in range(4):
        server.says(f"/{number}", page("North shelled Alder."), **HTML)
    state, clock = State(), Clock()
    first = poll([server.url("/feed")], state, fetcher_of(clock), 900)
    second = poll([server.url("/feed")], state, fetcher_of(clock), 900)
    assert (len(first.originals), first.is_cut) == (2, True)
    assert (len(second.originals), second.is_cut) == (2, False)


def test_a_file_that_is_gone_is_told_but_not_of_a_folder_that_is_away(tmp_path: Path) -> None:
    folder, state = tmp_path / "articles", State()
    folder.mkdir()
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text("North shelled Alder.", encoding="utf-8")
    assert told(list(read_folders([str(folder)], state))) == [("a.txt", "text/plain"), ("b.txt", "text/plain"), ("articles", "")]
    (folder / "a.txt").unlink()
    assert told(list(read_folders([str(folder)], state))) == [
        ("b.txt", "text/plain"),
        ("a.txt", "source-vanished"),
        ("articles", ""),
    ]
    folder.rename(tmp_path / "away")
    assert told(list(read_folders([str(folder)], state))) == [("articles", "not-found")]
    (tmp_path / "away").rename(folder)
    assert told(list(read_folders([str(folder)], state))) == [("b.txt", "text/plain"), ("articles", "")]


def test_the_state_is_kept_and_a_damaged_one_set_aside(tmp_path: Path, server: Server) -> None:
    server.says("/feed", feed(server.url("/a")))
    state = State(files={"x": ["x/a.txt"]})
    poll([server.url("/feed")], state, fetcher_of(Clock()), 900)
    path = tmp_path / "watch.json"
    save_state(path, state)
    assert load_state(path) == (state, None)
    for damage in (path.read_text(encoding="utf-8")[:-30], "[]", '{"version": 9}', '{"version": 1, "urls": []}'):
        path.write_text(damage, encoding="utf-8")
        again, remark = load_state(path)
        assert again == State()
        assert remark is not None
        assert not path.exists()
    with pytest.raises(SourceError, match="cannot be written"):
        save_state(tmp_path / "nowhere" / "watch.json", state)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("trucewatch.pipeline.make_plan", lambda _: STAGES)
    monkeypatch.setattr("trucewatch.cli.watch.Recipe", lambda **_: make_context)
    monkeypatch.setattr("trucewatch.cli.watch.Fetcher", lambda **named: Fetcher(limits=FetchLimits(delay_s=0), **named))
    monkeypatch.chdir(tmp_path)


def invoke(*arguments: str) -> Any:
    return CliRunner().invoke(app, ["watch", *arguments])


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in Path("out", name).read_text(encoding="utf-8").splitlines()]


@pytest.mark.usefixtures("small")
def test_rounds_of_the_command_grow_one_ledger(server: Server) -> None:
    url, folder = server.url("/feed"), Path("articles")
    folder.mkdir()
    (folder / "c.txt").write_text("East shelled Cedar.", encoding="utf-8")
    server.says("/feed", feed(server.url("/a")))
    server.says("/a", page("North shelled Alder."), **HTML)
    arguments = (url, str(folder), "--once", "--allow-private", "--workers", "1")
    assert invoke(*arguments).exit_code == 0
    assert {row["source"] for row in rows("documents.jsonl")} == {server.url("/a"), "articles/c.txt"}
    # edited, as the next recheck finds: two versions of one source
    state, _ = load_state(Path("out/watch.json"))
    state.urls[server.url("/a")].next_at = 0
    save_state(Path("out/watch.json"), state)
    server.says("/a", page("South shelled Alder."), **HTML)
    server.says("/feed", status=404)
    (folder / "c.txt").unlink()
    (folder / "d.txt").write_text("West shelled Elm.", encoding="utf-8")
    again = invoke(*arguments)
    assert again.exit_code == 1
    assert [row["source"] for row in rows("documents.jsonl")].count(server.url("/a")) == 2
    assert {"fetch-failed", "source-vanished"} <= {row["code"] for row in rows("issues.jsonl")}
    # mended: the issue goes with its reason
    server.says("/feed", feed(server.url("/a")))
    assert invoke(*arguments).exit_code == 0
    assert "fetch-failed" not in {row["code"] for row in rows("issues.jsonl")}


@pytest.mark.usefixtures("small")
def test_without_allow_private_an_inner_address_is_refused(server: Server) -> None:
    refused = invoke(server.url("/feed"), "--once", "--workers", "1")
    assert refused.exit_code == 1
    assert server.asked == []
    assert [row["code"] for row in rows("issues.jsonl")] == ["fetch-refused"]


@pytest.mark.usefixtures("small")
def test_what_cannot_be_begun_says_so() -> None:
    assert isinstance(invoke("nowhere/", "--once").exception, SourceError)
    for text in ("15", "0m", "5s", "soon", ""):
        with pytest.raises(ConfigError):
            seconds_of(text)
    assert [seconds_of(text) for text in ("90s", "15m", "2h", "1d")] == [90, 900, 7_200, 86_400]


def test_prometheus_is_told_by_outcome() -> None:
    metrics = Metrics()
    metrics.fetches.labels("ok").inc(3)
    assert metrics.registry.get_sample_value("trucewatch_fetches_total", {"outcome": "ok"}) == 3
    assert metrics.registry.get_sample_value("trucewatch_last_success_timestamp_seconds") == 0
