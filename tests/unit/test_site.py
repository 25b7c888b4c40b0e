"""What a site keeps for its readers: made once however many ask, and shown of a moment ago where it takes long."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.unit.web_site import make_site
from trucewatch.store.index import ERASED, note_change
from trucewatch.store.reading import Reader
from trucewatch.web.site import Site


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    app = make_site(tmp_path / "trucewatch.db")[1]
    yield app.state.site
    app.state.site.close()


def change(site: Site, *names: str) -> None:
    with site.store._transaction(writes=True) as conn:
        for name in ("ledger", *names):
            note_change(conn, name)


def ask(site: Site, seen: list[int]) -> int:
    def make(reader: Reader) -> int:
        seen.append(reader.version())
        return reader.version()

    with site.reading() as reader:
        return site.recent(reader, "number", make)


def test_what_many_ask_for_at_once_is_made_once(site: Site) -> None:
    made: list[int] = []

    def make() -> int:
        made.append(1)
        time.sleep(0.2)
        return 7

    with ThreadPoolExecutor(8) as readers:
        assert list(readers.map(lambda _: site.once(1, "seven", make), range(8))) == [7] * 8
    assert made == [1]


def test_what_fails_is_tried_again_by_the_next(site: Site) -> None:
    def fail() -> int:
        raise RuntimeError("no")

    with pytest.raises(RuntimeError):
        site.once(1, "key", fail)
    assert site.once(1, "key", lambda: 3) == 3


def test_what_is_quickly_made_is_of_this_very_state(site: Site) -> None:
    seen: list[int] = []
    first = ask(site, seen)
    change(site)
    assert ask(site, seen) == first + 1
    assert ask(site, seen) == first + 1
    assert seen == [first, first + 1]


def test_what_takes_long_is_shown_of_a_moment_ago_and_made_anew_behind_it(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trucewatch.web.site.PATIENCE_S", 0.0)
    seen: list[int] = []
    first = ask(site, seen)
    change(site)
    assert ask(site, seen) == first
    deadline = time.monotonic() + 20
    while len(seen) < 2 and time.monotonic() < deadline:
        time.sleep(0.01)
    while ask(site, seen) == first and time.monotonic() < deadline:
        time.sleep(0.01)
    assert ask(site, seen) == first + 1


def test_where_words_were_destroyed_nothing_older_is_shown(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trucewatch.web.site.PATIENCE_S", 0.0)
    seen: list[int] = []
    first = ask(site, seen)
    change(site, ERASED)
    assert ask(site, seen) > first
