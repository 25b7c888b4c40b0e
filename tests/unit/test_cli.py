"""The commands: what they print, where, with which exit status; never a traceback."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from tests.unit.small_stages import STAGES, make_context
from trucewatch.cli import app
from trucewatch.cli.rooms import Commands
from trucewatch.errors import TrucewatchError

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder of three articles, the small stages in place of the shipped ones."""
    monkeypatch.setattr("trucewatch.pipeline.make_plan", lambda _: STAGES)
    monkeypatch.setattr("trucewatch.cli.run.Recipe", lambda **_: make_context)
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.txt").write_text("North shelled Alder, and North denied shelling Birch.", encoding="utf-8")
    (folder / "b.txt").write_text("South shelled Birch.", encoding="utf-8")
    (folder / "c.txt").write_text("Nothing happened.", encoding="utf-8")
    return folder


def invoke(*arguments: str) -> Any:
    return CliRunner().invoke(app, list(arguments))


def program(*arguments: str, **settings: Any) -> subprocess.CompletedProcess[str]:
    """The program as a user starts it."""
    command = [sys.executable, "-c", "from trucewatch.cli import main; main()", *arguments]
    return subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, **settings)


def test_a_run_ends_with_a_short_table_and_what_to_do_next(small: Path) -> None:
    result = invoke("run", "articles", "--out", "o")
    assert result.exit_code == 0, result.output
    table = re.sub(r"\s+", " ", result.stdout)
    for words in (
        "3 documents (3 read now)",
        "3 families",
        "3 claims",
        "1 of them denials",
        "2 incidents",
        "2 alleged violations",
    ):
        assert words in table
    assert "trucewatch show incident-" in table
    assert {path.name for path in Path("o").iterdir()} >= {
        "trucewatch.db",
        "trucewatch.db.archive",
        *(f"{name}.jsonl" for name in ("documents", "claims", "incidents", "tolls", "violations", "issues")),
    }


def test_a_quiet_run_prints_nothing_and_a_json_run_one_record(small: Path) -> None:
    assert invoke("run", "articles", "--out", "o", "--quiet").output == ""
    told = json.loads(invoke("run", "articles", "--out", "o", "--json").stdout)
    assert (told["documents"], told["claims"], told["denials"], told["incidents"], told["refused"]) == (3, 3, 1, 2, 0)


def test_a_profiled_run_says_where_the_time_went(small: Path) -> None:
    assert "stage extract" in invoke("run", "articles", "--profile").output


def test_refused_input_is_told_and_the_rest_is_done(small: Path) -> None:
    (small / "empty.txt").write_text("")
    result = invoke("run", "articles", "nowhere.txt", "--out", "o")
    assert result.exit_code == 1
    assert "empty.txt" in result.stderr
    assert "nowhere.txt" in result.stderr
    issues = [json.loads(line) for line in Path("o/issues.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {"articles/empty.txt", "nowhere.txt"} <= {issue["source"] for issue in issues if issue["level"] == "error"}
    assert len(Path("o/claims.jsonl").read_text(encoding="utf-8").splitlines()) == 3


def test_many_refusals_are_counted_not_listed(small: Path) -> None:
    for number in range(9):
        (small / f"empty{number}.txt").write_text("")
    result = invoke("run", "articles", "--out", "o")
    assert "4 more are listed in o/issues.jsonl" in result.stderr.replace("\n", " ")
    assert "4 more" not in invoke("run", "articles", "--out", "o", "--verbose").stderr


def test_the_ledger_can_be_elsewhere(small: Path) -> None:
    assert invoke("run", "articles", "--out", "o", "--store", "ledgers/news.db").exit_code == 0
    assert not Path("o/trucewatch.db").exists()
    assert invoke("show", "incident-", "--store", "ledgers/news.db", "--json").exception is not None
    assert Path("ledgers/news.db.archive").is_dir()


def test_standard_input_is_read(small: Path) -> None:
    result = CliRunner().invoke(app, ["run", "-", "--out", "o"], input="West shelled Cedar.")
    assert result.exit_code == 0, result.output
    (document,) = (json.loads(line) for line in Path("o/documents.jsonl").read_text(encoding="utf-8").splitlines())
    assert document["source"].startswith("-#")


def ids(name: str) -> list[str]:
    return [json.loads(line)["id"] for line in Path(f"o/{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def test_an_incident_shows_the_denial_beside_the_claim(small: Path) -> None:
    invoke("run", "articles", "--out", "o")
    told = [invoke("show", incident, "--out", "o").stdout for incident in ids("incidents")]
    birch = next(text for text in told if "fire on Birch" in text)
    assert "says so (1)" in birch
    assert "denies it (1)" in birch
    assert "»South shelled Birch«" in birch
    assert "»North denied shelling Birch«" in re.sub(r"\s+", " ", birch)
    assert "a-truce 1: alleged" in birch


def test_a_claim_and_a_document_are_shown(small: Path) -> None:
    invoke("run", "articles", "--out", "o")
    for claim in ids("claims"):
        told = invoke("show", claim, "--out", "o")
        assert told.exit_code == 0
        assert "FIRE.HEAVY: mortar, artillery" in told.stdout
    assert "Nothing happened." in "".join(invoke("show", document, "--out", "o").stdout for document in ids("documents"))
    assert json.loads(invoke("show", ids("claims")[0], "--out", "o", "--json").stdout)["act"] == "FIRE.HEAVY"


def test_a_claim_is_explained_and_nothing_else_is(small: Path) -> None:
    invoke("run", "articles", "--out", "o")
    told = invoke("explain", ids("claims")[0], "--out", "o").stdout
    assert "Why:" in told
    assert "Made by rules" in told
    other = invoke("explain", ids("incidents")[0], "--out", "o")
    assert isinstance(other.exception, TrucewatchError)
    assert "is no claim" in str(other.exception)


def test_ids_that_are_unknown_or_not_enough(small: Path) -> None:
    invoke("run", "articles", "--out", "o")
    assert "has the id 'claim-zzz'" in str(invoke("show", "claim-zzz", "--out", "o").exception)
    assert "3 records begin with 'claim-'" in str(invoke("show", "claim-", "--out", "o").exception)
    assert "there is no ledger at" in str(invoke("show", "x", "--out", "elsewhere").exception)


def test_an_export_equals_the_runs_own(small: Path) -> None:
    invoke("run", "articles", "--out", "o")
    assert invoke("export", "--full", "--out", "o", "--to", "e").exit_code == 0
    files = sorted(Path("e").glob("*.jsonl"))
    assert len(files) == 6
    for path in files:
        assert sorted(path.read_bytes().splitlines()) == sorted(Path("o", path.name).read_bytes().splitlines())
    assert "there are csv, jsonl" in str(invoke("export", "--format", "poem", "--out", "o").exception)


def test_theatres_are_listed_shown_begun_and_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    listed = invoke("theatre", "list").stdout
    names = [line.split()[0] for line in listed.splitlines()]
    assert len(names) >= 2
    shown = invoke("theatre", "show", names[0]).stdout
    assert "clauses" in shown
    begun = invoke("theatre", "new", "my-conflict")
    assert begun.exit_code == 0, begun.output
    checked = invoke("check", "my-conflict")
    assert checked.exit_code == 0, checked.output
    assert "the plan can run: clean, segment, extract" in checked.stdout


def test_every_mistake_of_a_theatre_is_reported_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    invoke("theatre", "new", "my-conflict")
    path = Path("my-conflict/theatre.toml")
    path.write_text(
        path.read_text(encoding="utf-8") + '\nodd_key = 1\n[[outbreaks]]\nname = "x"\non = 2020-13-45\n', encoding="utf-8"
    )
    result = invoke("check", "my-conflict")
    assert result.exit_code == 2
    assert result.stderr.count("expected") >= 2
    assert "theatre.toml:" in result.stderr


# ---- as a user starts it


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("run", "nowhere/"), "no such file or folder: nowhere/"),
        (("run", ".", "--theatre", "atlantis"), "unknown theatre 'atlantis'"),
        (("run", ".", "--published", "none.csv"), "none.csv"),
        (("run", ".", "--store", "."), "is a folder"),
        (("run", ".", "--workers", "0"), "--workers"),
        (("run",), "Missing argument"),
        (("frobnicate",), "No such command"),
        (("show", "x"), "there is no ledger"),
        (("check", "nowhere"), "no theatre to check"),
        (("theatre", "show", "atlantis"), "unknown theatre"),
        (("export", "--store", "mysql://x/y"), "cannot live in 'mysql'"),
    ],
)
def test_what_cannot_be_done_is_told_in_words(tmp_path: Path, arguments: tuple[str, ...], words: str) -> None:
    done = program(*arguments, cwd=tmp_path)
    assert done.returncode == 2, done.stderr
    assert words in re.sub(r"\s+", " ", done.stderr)
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    (tmp_path / "a.txt").write_text("Calm.")
    done = program("run", "a.txt", "--out", "file/out", cwd=tmp_path)
    assert done.returncode == 2
    assert "cannot be made" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_command_loads_nothing_of_the_others(tmp_path: Path) -> None:
    code = "import sys, trucewatch.cli as cli\ntry: cli.main()\nfinally: print([n for n in sys.modules if 'pyarrow' in n])"
    done = subprocess.run([sys.executable, "-c", code, "run", "none.txt"], capture_output=True, text=True, cwd=tmp_path)
    assert "there is no such file or folder" in done.stderr
    assert done.stdout.strip() == "[]"


def test_a_command_of_another_name_is_suggested(tmp_path: Path) -> None:
    done = program("expart", cwd=tmp_path)
    assert done.returncode == 2
    assert "export" in done.stderr


def test_a_plugins_command_stands_for_ours() -> None:
    app = typer.Typer(cls=Commands)
    app.callback()(lambda: None)
    app.command("show")(lambda: typer.echo("mine"))
    assert "--out" in CliRunner().invoke(app, ["explain", "--help"]).output
    assert CliRunner().invoke(app, ["show"]).output == "mine\n"


def test_an_unforeseen_error_is_one_line(tmp_path: Path) -> None:
    code = (
        "import trucewatch.cli.program as program, trucewatch.cli.show as show\n"
        "def fail(*_): raise RuntimeError('odd')\n"
        "show.open_ledger = fail\n"
        "program.main()\n"
    )
    done = subprocess.run([sys.executable, "-c", code, "show", "x"], capture_output=True, text=True, cwd=tmp_path)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "RuntimeError: odd" in done.stderr
    told = subprocess.run([sys.executable, "-c", code, "--verbose", "show", "x"], capture_output=True, text=True, cwd=tmp_path)
    assert "Traceback" in told.stderr


def test_help_teaches_with_examples_and_without_colours(tmp_path: Path) -> None:
    for arguments in (("--help",), ("run", "--help"), ("show", "--help"), ("explain", "--help"), ("check", "--help")):
        done = program(*arguments, cwd=tmp_path)
        assert done.returncode == 0
        assert "trucewatch " in done.stdout
        assert "\x1b[" not in done.stdout
    assert "Exit status" in program("run", "--help", cwd=tmp_path).stdout


def test_shell_completion_is_offered(tmp_path: Path) -> None:
    environment = {**os.environ, "_TRUCEWATCH_COMPLETE": "complete_bash", "COMP_WORDS": "trucewatch ex", "COMP_CWORD": "1"}
    command = [str(Path(sys.executable).parent / "trucewatch")]
    if not Path(command[0]).is_file():
        pytest.skip("the program is not installed beside this Python: make setup")
    done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=tmp_path)
    assert set(done.stdout.split()) == {"explain", "export"}


def test_the_version_is_printed(tmp_path: Path) -> None:
    assert re.fullmatch(r"trucewatch \d+\.\d+\.\d+\n", program("version", cwd=tmp_path).stdout)


def test_the_command_reference_is_the_commands(tmp_path: Path) -> None:
    """docs/commands.md, made by `make docs`."""
    made = subprocess.run(
        [sys.executable, "-m", "typer", "trucewatch.cli.program", "utils", "docs", "--name", "trucewatch"],
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert made.stdout.strip() == (ROOT / "docs" / "commands.md").read_text(encoding="utf-8").strip(), "run `make docs`"
