"""The main job on the example corpus, with the shipped stages: what must hold of any run, whatever the claims are."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
CORPUS = Path("examples/corpus")
NAMES = ("documents", "claims", "incidents", "tolls", "violations", "issues")


def trucewatch(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from trucewatch.cli import main; main()", *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, stdin=subprocess.DEVNULL)


def run(out: Path, *inputs: str, workers: int = 1) -> subprocess.CompletedProcess[str]:
    options = (
        "--published",
        str(CORPUS / "published.csv"),
        "--theatre",
        "karabakh",
        "--out",
        str(out),
        "--workers",
        str(workers),
    )
    return trucewatch("run", *(inputs or (str(CORPUS),)), *options)


def rows(out: Path, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (out / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def files(out: Path) -> dict[str, bytes]:
    return {name: (out / f"{name}.jsonl").read_bytes() for name in NAMES}


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run over the whole corpus."""
    folder = tmp_path_factory.mktemp("main") / "out"
    done = run(folder)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    return folder


def test_every_article_is_there_and_the_table_counts_them(out: Path) -> None:
    sources = {Path(row["input_path"]).name for row in rows(out, "documents")}
    assert sources == {path.name for path in (ROOT / CORPUS).iterdir() if path.name != "published.csv"}
    for name in ("claims", "incidents", "violations"):
        assert rows(out, name), name


def test_every_sentence_and_evidence_stands_at_its_offsets(out: Path) -> None:
    texts = {row["id"]: row["text"] for row in rows(out, "documents")}
    for row in rows(out, "claims"):
        text = texts[row["document_id"]]
        assert row["sentence_text"] == text[row["sentence_start_char"] : row["sentence_end_char"]] != ""
        assert row["evidence_text"] == text[row["start_char"] : row["end_char"]] != ""
        for part in (row["claimant"], row["attributed_to"], row["target"], *row["places"], *row["figures"]):
            assert part is None or part["text"] is None or part["text"] in text


def test_all_that_is_derived_names_claims_that_are_there(out: Path) -> None:
    claims = {row["id"]: row for row in rows(out, "claims")}
    incidents = {row["id"] for row in rows(out, "incidents")}
    for row in rows(out, "incidents"):
        assert row["claim_ids"] or row["denial_ids"] or row["observation_ids"]
        assert set(row["claim_ids"]) | set(row["denial_ids"]) <= claims.keys()
        assert {claims[i]["incident_id"] for i in row["claim_ids"]} <= {row["id"]}
        for status in row["statuses"]:
            assert status["reason"]
            assert set(status["claim_ids"]) <= claims.keys()
    for name in ("tolls", "violations"):
        for row in rows(out, name):
            assert row["incident_id"] is None or row["incident_id"] in incidents
            assert set(row["claim_ids"]) <= claims.keys()
    assert {row["incident_id"] for row in claims.values()} - {None} <= incidents


def test_a_text_that_is_not_read_is_kept_and_listed(out: Path) -> None:
    foreign = [row for row in rows(out, "documents") if row["language"] not in (None, "en")]
    assert foreign
    for row in foreign:
        assert row["text"]
        assert not [claim for claim in rows(out, "claims") if claim["document_id"] == row["id"]]
        assert [issue for issue in rows(out, "issues") if issue["source"] == row["source"] and issue["level"] != "error"]


def test_running_twice_changes_nothing(out: Path) -> None:
    before = files(out)
    done = run(out)
    assert done.returncode == 0, done.stderr
    assert "(0 read now)" in done.stdout
    assert files(out) == before


def test_several_processes_give_the_same_files(out: Path, tmp_path: Path) -> None:
    done = run(tmp_path / "out", workers=2)
    assert done.returncode == 0, done.stderr
    assert files(tmp_path / "out") == files(out)


def test_articles_added_later_keep_the_ids_of_what_was_there(out: Path, tmp_path: Path) -> None:
    paths = sorted(str(path.relative_to(ROOT)) for path in (ROOT / CORPUS).iterdir() if path.name != "published.csv")
    first, second = paths[::2], paths[1::2]
    assert run(tmp_path, *first).returncode in (0, 1)
    before = {name: {row["id"] for row in rows(tmp_path, name)} for name in ("documents", "claims", "incidents")}
    assert run(tmp_path, *second).returncode in (0, 1)
    for name in ("documents", "claims"):
        assert {row["id"] for row in rows(tmp_path, name)} == {row["id"] for row in rows(out, name)}
        assert before[name] <= {row["id"] for row in rows(tmp_path, name)}
    # an incident may turn out to be part of another; its id then leads there
    for incident_id in sorted(before["incidents"]):
        assert trucewatch("show", incident_id, "--out", str(tmp_path)).returncode == 0, incident_id


def test_an_incident_and_a_claim_can_be_shown_and_explained(out: Path) -> None:
    denied = next(row for row in rows(out, "incidents") if row["denial_ids"])
    shown = trucewatch("show", denied["id"], "--out", str(out))
    assert shown.returncode == 0, shown.stderr
    assert "says so" in shown.stdout
    assert "denies it" in shown.stdout
    claim = trucewatch("explain", denied["denial_ids"][0], "--out", str(out))
    assert claim.returncode == 0, claim.stderr
    assert "Why:" in claim.stdout


def test_without_a_theatre_there_are_claims_but_no_agreement(tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text(
        "Turkey's defence ministry said on Tuesday that its forces had shelled positions near Mardin. "
        "The Syrian army denied having fired at Turkish troops.\n",
        encoding="utf-8",
    )
    done = trucewatch("run", str(article), "--out", str(tmp_path / "out"))
    assert done.returncode == 0, done.stderr
    claims = rows(tmp_path / "out", "claims")
    assert {"asserts", "denies"} <= {claim["stance"] for claim in claims}
    assert "TUR" in {claim["claimant"]["party"] for claim in claims if claim["claimant"]}
    assert rows(tmp_path / "out", "violations") == []


def test_the_demo_is_the_readmes(out: Path) -> None:
    """`make demo` runs what this module tests."""
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert f"run {CORPUS} --published {CORPUS}/published.csv --theatre karabakh" in recipe


def test_a_wheel_holds_all_that_a_run_needs(tmp_path: Path) -> None:
    """Installed from its wheel, without the checkout, trucewatch knows its theatres, word lists and migrations."""
    if shutil.which("git") is None:
        pytest.skip("git is not here, and the wheel is built from what git tracks")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    built = subprocess.run(build, cwd=ROOT, capture_output=True, text=True)
    assert built.returncode == 0, built.stderr
    (wheel,) = tmp_path.glob("*.whl")
    shutil.unpack_archive(wheel, tmp_path / "installed", "zip")
    here = {p.relative_to(ROOT / "src").as_posix() for p in (ROOT / "src").rglob("*") if p.is_file() and p.suffix != ".pyc"}
    there = {p.relative_to(tmp_path / "installed").as_posix() for p in (tmp_path / "installed").rglob("*") if p.is_file()}
    assert {name for name in here if not name.startswith("trucewatch.egg-info")} <= there
    code = "from trucewatch.config import list_theatres, load_theatre; print(*map(load_theatre, list_theatres()), sep='\\n')"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "installed")},
    )
    assert done.returncode == 0, done.stderr
