"""An unforeseen error in a page or a round: told in a line, and nothing that is done by then is lost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NoReturn

import pytest
from typer.testing import CliRunner

from tests.unit.small_stages import STAGES, make_context
from trucewatch.cli import app
from trucewatch.errors import StoreError
from trucewatch.pipeline.edge import attempt
from trucewatch.reports.situation import render
from trucewatch.store import open_store


def broken(*_: object, **__: object) -> NoReturn:
    raise StopIteration("no grid line")


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("trucewatch.pipeline.make_plan", lambda _: STAGES)
    monkeypatch.setattr("trucewatch.cli.run.Recipe", lambda **_: make_context)
    monkeypatch.setattr("trucewatch.cli.watch.Recipe", lambda **_: make_context)
    monkeypatch.chdir(tmp_path)
    Path("articles").mkdir()
    Path("articles/a.txt").write_text("North shelled Alder. South denied shelling Alder.", encoding="utf-8")


def invoke(*arguments: str) -> Any:
    return CliRunner().invoke(app, list(arguments))


def claims_kept() -> int:
    with open_store(Path("out/trucewatch.db"), create=False) as store:
        kept = len(store.view().claims)
    assert len(Path("out/claims.jsonl").read_text(encoding="utf-8").splitlines()) == kept
    return kept


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("command", [("run", "articles"), ("watch", "articles", "--once")])
def test_a_page_that_cannot_be_made_costs_no_ledger(command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trucewatch.reports.page.render_report", broken)
    told = invoke(*command, "--workers", "1", "--quiet")
    assert "report.html could not be made: StopIteration" in told.output
    assert "no grid line" in told.output
    assert told.exit_code == (1 if command[0] == "run" else 0)
    assert claims_kept() == 2


@pytest.mark.usefixtures("small")
def test_a_round_that_breaks_does_not_end_a_watch(monkeypatch: pytest.MonkeyPatch) -> None:
    rounds = []

    def read(*_: object) -> list[object]:
        rounds.append(len(rounds))
        if len(rounds) == 1:
            broken()
        if len(rounds) == 3:
            raise KeyboardInterrupt
        return []

    monkeypatch.setattr("trucewatch.cli.watch.read_folders", read)
    monkeypatch.setattr("trucewatch.cli.watch.time.sleep", lambda _: None)
    monkeypatch.setattr("trucewatch.cli.watch.signal.signal", lambda *_: None)
    told = invoke("watch", "articles", "--every", "10s", "--workers", "1")
    assert "an unforeseen error ended this round, please report it: StopIteration" in told.output
    assert (len(rounds), told.exit_code) == (3, 130)
    assert Path("out/claims.jsonl").exists(), "the round after it writes, though it brought nothing"
    rounds.clear()
    assert invoke("watch", "articles", "--once", "--workers", "1").exit_code == 2


@pytest.mark.usefixtures("small")
def test_a_format_that_cannot_be_made_leaves_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    assert invoke("run", "articles", "--workers", "1", "--quiet").exit_code == 0
    monkeypatch.setattr("trucewatch.cli.report.render", lambda made, kind: broken() if kind == "docx" else render(made, kind))
    told = invoke("report", "--from", "2020-10-04", "--format", "docx,md", "--out", "out", "--folder", "reports")
    assert told.exit_code == 1
    assert "the docx could not be made: StopIteration" in told.output
    assert [path.suffix for path in Path("reports").iterdir()] == [".md"]
    log = Path("out/trucewatch.db.decisions.jsonl").read_text(encoding="utf-8")
    assert json.loads(log.splitlines()[-1])["verdict"] == "report 2020-10-04/2020-10-04 md public"
    nothing = invoke("report", "--from", "2020-10-04", "--format", "docx", "--out", "out", "--folder", "reports")
    assert nothing.exit_code == 2


def test_what_is_foreseen_is_raised() -> None:
    def full() -> NoReturn:
        raise StoreError("the disk is full")

    assert attempt(lambda: 7) == (7, None)
    with pytest.raises(StoreError):
        attempt(full)
