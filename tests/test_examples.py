"""The shipped examples: their ledger is the expected one, and they are what their README says they are."""

from __future__ import annotations

import csv
import re
from datetime import date
from pathlib import Path

import pytest

from tests.example_ledger import CORPUS, COUNTED, ROOT, TUTORIAL, Row, project, read_golden, read_rows, run_examples
from trucewatch.sources.observer_form import read_observations

ARTICLES = sorted(path for path in (ROOT / CORPUS).iterdir() if path.name != "published.csv")
SHINGLE = 9


@pytest.fixture(scope="session")
def example_run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """The example corpus, run once: its folder and its closing table."""
    out = tmp_path_factory.mktemp("examples") / "out"
    return out, run_examples(out)


@pytest.fixture(scope="session")
def example_out(example_run: tuple[Path, list[str]]) -> Path:
    return example_run[0]


@pytest.fixture(scope="session")
def ledger(example_out: Path) -> dict[str, list[Row]]:
    return project(example_out)


@pytest.mark.parametrize("name", ["documents", "claims", "incidents"])
def test_the_ledger_is_the_expected_one(ledger: dict[str, list[Row]], name: str) -> None:
    expected = read_golden()[name]
    missing = [row for row in expected if row not in ledger[name]]
    new = [row for row in ledger[name] if row not in expected]
    words = "read the difference; where the new ledger is the better one, `make golden` and commit it with the reason"
    assert not missing + new, f"{words}\nno longer there: {missing}\nnew: {new}"
    assert len(ledger[name]) == len(expected)


def test_every_sentence_stands_in_its_document(example_out: Path) -> None:
    texts = {document["id"]: document["text"] for document in read_rows(example_out, "documents")}
    claims = read_rows(example_out, "claims")
    assert len(claims) > 50
    for claim in claims:
        text = texts[claim["document_id"]]
        assert text[claim["start_char"] : claim["end_char"]] == claim["evidence_text"]
        assert text[claim["sentence_start_char"] : claim["sentence_end_char"]] == claim["sentence_text"]


def test_copies_are_one_family_and_the_undated_article_has_its_day(ledger: dict[str, list[Row]]) -> None:
    documents = {row["source"]: row for row in ledger["documents"]}
    copies = {"meridian-wire-1004.html", "harbor-courier-1004.txt", "northfield-gazette-1004.txt"}
    assert copies <= set(documents["meridian-wire-1004.html"]["family"])
    assert documents["lantern-1004.txt"]["family"] == ["lantern-1004.txt"]
    assert documents["plainsman-undated.txt"]["published"][0] == "2020-10-14"
    assert documents["plainsman-undated.txt"]["published"][2] == "inferred"


def test_the_russian_page_is_kept_listed_and_not_guessed(ledger: dict[str, list[Row]], example_out: Path) -> None:
    assert {row["source"]: row["language"] for row in ledger["documents"]}["listok-1004.txt"] == "ru"
    assert not [row for row in ledger["claims"] if row["source"] == "listok-1004.txt"]
    issues = read_rows(example_out, "issues")
    assert [row["value"] for row in issues if row["code"] == "language-not-read"] == ["ru"]


def test_a_dismissal_is_a_denial_of_what_it_dismisses(ledger: dict[str, list[Row]]) -> None:
    row = next(row for row in ledger["claims"] if "dismissed the claim as a fabrication" in row["evidence"])
    assert (row["stance"], row["act"], row["attributed_to"], row["claimant"][1]) == ("denies", "ADVANCE.TERRITORY", "AZE", "ARM")
    held = next(row for row in ledger["incidents"] if any("dismissed the claim" in label for label in row["denials"]))
    assert any("had captured the town of Jabrayil" in label for label in held["claims"])


def test_the_page_is_written_beside_the_ledger(example_out: Path) -> None:
    page = (example_out / "report.html").read_text(encoding="utf-8")
    assert {claim["id"] for claim in read_rows(example_out, "claims")} <= set(re.findall(r'id="([^"]+)"', page))


def test_the_tutorial_shows_the_table_that_the_run_ends_with(example_run: tuple[Path, list[str]]) -> None:
    shown = [line.rstrip() for line in TUTORIAL.read_text(encoding="utf-8").splitlines() if COUNTED.match(line)]
    assert len(shown) == 7
    assert shown == example_run[1], "`make golden` writes it anew"


def test_the_readme_tells_of_every_file() -> None:
    readme = (ROOT / "examples/README.md").read_text(encoding="utf-8")
    assert [path.name for path in ARTICLES if f"`{path.name}`" not in readme] == []
    assert "Every outlet here is invented" in readme


def test_the_dates_are_of_files_that_are_there() -> None:
    with (ROOT / CORPUS / "published.csv").open(encoding="utf-8") as lines:
        named = {row["source"] for row in csv.DictReader(lines)}
    assert named <= {path.name for path in ARTICLES}


def test_the_observers_reports_are_an_exercise_and_read_whole() -> None:
    found = read_observations(str(ROOT / "examples/observers.csv"), local_timezone="Asia/Baku", today=date(2026, 1, 1))
    assert (found.rows, found.refused) == (4, 0)
    assert {issue.level for issue in found.issues} <= {"info"}
    assert all(observation.observer_code.startswith("EX-") for observation in found.observations)
    assert all((observation.narrative or "").startswith("EXERCISE, not a real report.") for observation in found.observations)


def test_no_sentence_of_a_published_article_stands_in_the_examples(shared: Path) -> None:
    def words(path: Path) -> list[str]:
        return re.findall(r"[a-z0-9]+", path.read_text(encoding="utf-8", errors="replace").lower())

    def runs(found: list[str]) -> set[tuple[str, ...]]:
        return {tuple(found[start : start + SHINGLE]) for start in range(len(found) - SHINGLE + 1)}

    published = [*(shared / "seeds").glob("*.txt"), *(shared / "data/wiki_karabakh").glob("*.md")]
    assert published, "the shared sets hold no article"
    known = set().union(*(runs(words(path)) for path in published))
    for path in [*ARTICLES, ROOT / "examples/observers.csv"]:
        assert not runs(words(path)) & known, path.name
