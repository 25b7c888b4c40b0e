"""A damaged ledger is found, told in plain words, and made anew without loss."""

from __future__ import annotations

import importlib
import random
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.unit import run_small
from tests.unit.small_stages import STAGES, make_context
from trucewatch import decisions, pipeline
from trucewatch.cli.program import app
from trucewatch.errors import StoreError
from trucewatch.model.records import Observation
from trucewatch.store import open_store
from trucewatch.store.health import check_database, check_journal, check_originals, rebuild, save

SEED = 20260301


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A ledger of the small stages in tmp_path, with an observation and two decisions; gives its file."""
    monkeypatch.setattr(importlib.import_module("trucewatch.pipeline.run"), "fingerprint", lambda *_: "small")
    monkeypatch.setattr("trucewatch.cli.doctor.Recipe", lambda **_: make_context)
    monkeypatch.setattr("trucewatch.cli.doctor.load_theatre", lambda name: name)
    monkeypatch.setattr(pipeline, "make_plan", lambda _: STAGES)
    articles = tmp_path / "articles"
    articles.mkdir()
    for number in range(40):
        text = f"Side{number % 4} shelled Place{number % 9}. Side{number % 5} denied shelling Place{number % 7}."
        (articles / f"{number:02}.txt").write_text(text, encoding="utf-8")
    path = tmp_path / "trucewatch.db"
    with open_store(path) as store:
        store.put([Observation(id="obs-1", observer_code="OP1", report_kind="flash", observed_from_at=datetime.now(UTC))])
    run_small.main(str(articles), str(tmp_path), 1)
    with open_store(path) as store:
        for incident in store.view().incidents[:2]:
            log = decisions.log_path(str(path))
            decisions.decide(store, log, "verify", [incident.id], "verified", "seen on a film", "an analyst")
    # what follows from the decisions
    run_small.main(str(articles), str(tmp_path), 1)
    return path


def digest_of(path: Path) -> str:
    with open_store(path, create=False) as store:
        return store.digest()


def flip(path: Path, seed: int, count: int) -> None:
    """Overwrite bytes at random places, beyond the header."""
    content = bytearray(path.read_bytes())
    chance = random.Random(seed)
    for _ in range(count):
        content[chance.randrange(4096, len(content))] ^= 0xFF
    path.write_bytes(content)


def ask(path: Path, *options: str) -> tuple[int, str]:
    told = CliRunner().invoke(app, ["doctor", "--store", str(path), *options])
    if told.exception is not None and not isinstance(told.exception, SystemExit):
        raise told.exception
    return told.exit_code, told.output


def test_a_healthy_ledger(place: Path) -> None:
    before = digest_of(place)
    code, told = ask(place)
    assert (code, "healthy" in told) == (0, True), told
    assert digest_of(place) == before


@pytest.mark.parametrize("share", [0.0, 0.02, 0.5, 0.9])
def test_a_truncated_database_is_made_anew(place: Path, share: float) -> None:
    before = digest_of(place)
    with place.open("rb+") as stream:
        stream.truncate(int(place.stat().st_size * share))
    code, told = ask(place)
    assert (code, "--rebuild" in told) == (2, True), told
    code, told = ask(place, "--rebuild")
    assert (code, "mended" in told) == (1, True), told
    assert digest_of(place) == before
    assert list(place.parent.glob("trucewatch.db.damaged-*")), "the damaged file is kept"
    assert ask(place)[0] == 0


def test_what_to_do_is_a_command_that_can_be_typed(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(place.parent)
    flip(place, SEED, 2_000)
    code, told = ask(Path(place.name))
    command = f"trucewatch doctor --store {place.name} --rebuild"
    assert (code, command in " ".join(told.split())) == (2, True), told
    assert len(told.splitlines()) < 12, "not a page of page numbers"
    place.write_bytes(b"U" * 60_000)
    with pytest.raises(StoreError, match=f"`trucewatch doctor --store {place.name}`"):
        open_store(place.name, create=False)
    code, told = ask(Path(place.name), *command.split()[-1:])
    assert (code, "written anew by the next" in told) == (1, True), told


def test_a_lost_database_is_made_anew(place: Path) -> None:
    before = digest_of(place)
    place.unlink()
    assert ask(place)[0] == 2
    assert ask(place, "--rebuild")[0] == 1
    assert digest_of(place) == before


@pytest.mark.parametrize("seed", range(4))
def test_flipped_bytes_are_made_good(place: Path, seed: int) -> None:
    before = digest_of(place)
    flip(place, SEED + seed, 200)
    assert ask(place)[0] == 2
    code, told = ask(place, "--rebuild")
    assert code == 1, told
    assert digest_of(place) == before


def test_without_a_journal_the_rows_that_can_be_read_are_saved(place: Path) -> None:
    before = digest_of(place)
    with open_store(place) as store:
        store.journal.path.unlink()
        archive = store.archive
    with sqlite3.connect(place) as conn:
        conn.execute("UPDATE claims SET record = replace(record, 'asserts', 'retains')")
    conn.close()
    assert [f.part for f in check_database(place)] == ["database"], "a changed row is found by its digest"
    assert len(save(place, archive).originals) == 40
    assert ask(place, "--rebuild")[0] == 1
    assert digest_of(place) == before


def test_an_older_ledger_gets_its_journal(place: Path) -> None:
    with open_store(place) as store:
        store.journal.path.unlink()
    code, told = ask(place)
    assert (code, "written anew" in told) == (1, True), told
    assert ask(place)[0] == 0


def test_half_a_line_of_a_killed_writer_harms_no_other(place: Path) -> None:
    with open_store(place) as store:
        with store.journal.path.open("ab") as stream:
            stream.write(b'{"table":"originals","rec')
        store.put([Observation(id="obs-2", observer_code="OP2", report_kind="flash", observed_from_at=datetime.now(UTC))])
        assert set(save(place.with_name("absent.db"), store.archive).observations) == {"obs-1", "obs-2"}
        assert [finding.part for finding in check_journal(place, store.archive)] == ["journal"]


def test_originals_missing_and_damaged(place: Path) -> None:
    with open_store(place) as store:
        first, second = sorted((d.sha256, d.source) for d in store.view().documents)[:2]
        archive = store.archive
    archive.path_of(first[0]).unlink()
    archive.path_of(second[0]).write_bytes(b"something else")
    findings, damaged = check_originals(place, archive)
    assert (len(findings), damaged) == (2, [archive.path_of(second[0])])
    code, told = ask(place)
    assert (code, first[1] in told, second[1] in told) == (2, True, True), told
    # the damaged file is out of the way, both are told of until they are met again
    assert ask(place, "--rebuild")[0] == 2
    run_small.main(str(place.parent / "articles"), str(place.parent), 1)
    assert ask(place)[0] == 0


def test_a_lost_original_comes_back_with_its_metadata_after_a_rebuild(place: Path) -> None:
    before = digest_of(place)
    with open_store(place) as store:
        lost = store.view().documents[0].sha256
        store.archive.path_of(lost).unlink()
    place.write_bytes(b"")
    assert ask(place, "--rebuild")[0] == 2, "an original is still missing"
    with open_store(place) as store:
        assert len(store.view().documents) == 39
    run_small.main(str(place.parent / "articles"), str(place.parent), 1)
    assert digest_of(place) == before


def test_a_broken_log_is_written_from_the_ledger(place: Path) -> None:
    log = decisions.log_path(str(place))
    whole = log.read_bytes()
    log.write_bytes(whole.replace(b"seen on a film", b"seen on a farm", 1))
    code, told = ask(place)
    assert (code, "line 1" in told) == (2, True), told
    assert ask(place, "--rebuild")[0] == 1
    assert log.read_bytes() == whole
    log.unlink()
    assert ask(place)[0] == 1
    assert log.read_bytes() == whole


def test_ledger_and_log_both_damaged(place: Path) -> None:
    log = decisions.log_path(str(place))
    log.write_bytes(b"no decision\n")
    place.write_bytes(place.read_bytes()[: place.stat().st_size // 2])
    before = place.read_bytes()
    with pytest.raises(StoreError, match="both damaged"):
        ask(place, "--rebuild")
    assert place.read_bytes() == before


def test_a_newer_ledger_is_not_rebuilt(place: Path) -> None:
    with sqlite3.connect(place) as conn:
        conn.execute("UPDATE alembic_version SET version_num = '9999'")
    conn.close()
    code, told = ask(place, "--rebuild")
    assert (code, "newer" in told) == (2, True), told
    assert not list(place.parent.glob("*.damaged-*"))


def test_what_was_redacted_does_not_come_back(place: Path) -> None:
    with open_store(place) as store:
        document = store.view().documents[0]
        titled = replace(store.original(document.id), document=replace(document, text="", title="Place1 in ruins"))  # type: ignore[type-var]
        store.put_originals([titled])
        assert b"in ruins" in store.journal.path.read_bytes()
        store.black_out({document.id: [(0, 5)]})
        store.put_originals([titled])
        archive = store.archive
        log = decisions.log_path(str(place))
    assert b"in ruins" not in archive.folder.joinpath("primary.jsonl").read_bytes()
    place.unlink()
    rebuild(place, archive, decisions.read_log(log))
    with open_store(place) as store:
        original = store.original(document.id)
        assert original is not None
        assert original.document.title is None


def test_no_ledger_and_a_server(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no ledger"):
        ask(tmp_path / "absent.db")
    with pytest.raises(StoreError, match="own tools"):
        CliRunner().invoke(app, ["doctor", "--store", "postgresql://u@h/d"], catch_exceptions=False)


def test_a_rebuild_that_cannot_read_says_so(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise StoreError("the disk is full")

    monkeypatch.setattr("trucewatch.store.health.open_store", full)
    place.write_bytes(b"x" * 5000)
    with pytest.raises(StoreError, match="full"):
        ask(place, "--rebuild")
    assert place.read_bytes() == b"x" * 5000, "the damaged file stays in its place"
