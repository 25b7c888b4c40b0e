"""The main job with small stages: idempotent, in any order, one bad document at a time."""

from __future__ import annotations

import dataclasses
import inspect
import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.unit.small_stages import ASSESS, CLEAN, DATE, EXTRACT, KINSHIP, LINK, LOCATE, STAGES, make_context
from trucewatch import hookspecs
from trucewatch.errors import PlanError, RecordError, StoreError
from trucewatch.hookspecs import hookimpl
from trucewatch.model.records import Claim, Reading
from trucewatch.model.stage import Context, Stage
from trucewatch.pipeline import RunResult, check_plan, run
from trucewatch.pipeline.check import find_problems
from trucewatch.plugins import SHIPPED, make_plan, make_plugins
from trucewatch.reports.exports import write_jsonl
from trucewatch.sources import Original, read_inputs
from trucewatch.sources.original import make_original, refuse
from trucewatch.store import Store, open_store

ARTICLES = {
    "a.txt": "North shelled Alder, and North denied shelling Birch.",
    "b.txt": "South shelled Birch.",
    "c.txt": "South shelled Birch.",
    "d.txt": "Nothing happened.",
}


def originals(articles: dict[str, str]) -> list[Original]:
    return [make_original(name, name, text.encode(), "text/plain") for name, text in articles.items()]


def go(place: Path, inputs: Iterable[Original], stages: Sequence[Stage] = STAGES, **settings: Any) -> tuple[RunResult, str]:
    """Run into the ledger at a place and export; gives the result and the ledger's digest."""
    with open_store(place / "trucewatch.db") as store:
        with store.writing():
            result = run(inputs, store=store, stages=stages, recipe=make_context, **settings)
        write_jsonl(result.ledger, place)
        view = store.view()
        for field in dataclasses.fields(view):
            assert set(getattr(view, field.name)) == set(getattr(result.ledger, field.name)), field.name
        return result, store.digest()


def exports(place: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(place.glob("*.jsonl"))}


def lines(place: Path, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (place / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def test_articles_become_a_ledger(tmp_path: Path) -> None:
    result, _ = go(tmp_path, originals(ARTICLES))
    assert result.exit_code == 0
    assert (result.documents_met, result.documents_read) == (4, 4)
    assert len(result.ledger.claims) == 4
    assert {incident.summary for incident in result.ledger.incidents} == {"fire on Alder", "fire on Birch"}
    copies = [document for document in result.ledger.documents if document.copy_of]
    assert [document.source for document in copies] in (["b.txt"], ["c.txt"])


def test_kin_reach_the_stages_that_ask_for_them(tmp_path: Path) -> None:
    go(tmp_path, originals(ARTICLES))
    told = {issue["source"]: issue["message"] for issue in lines(tmp_path, "issues") if issue["code"] == "kin-read"}
    assert told == {"a.txt": "0 kin texts", "b.txt": "1 kin texts", "c.txt": "1 kin texts", "d.txt": "0 kin texts"}


def test_one_file_under_two_names_keeps_claims_apart(tmp_path: Path) -> None:
    go(tmp_path, originals(ARTICLES))
    claims = lines(tmp_path, "claims")
    assert len({claim["id"] for claim in claims}) == len(claims) == 4
    assert {claim["source"] for claim in claims} == {"a.txt", "b.txt", "c.txt"}


def test_running_twice_changes_nothing(tmp_path: Path) -> None:
    _, first = go(tmp_path, originals(ARTICLES))
    before = exports(tmp_path)
    times = {path.name: path.stat().st_mtime_ns for path in tmp_path.glob("*.jsonl")}
    result, second = go(tmp_path, originals(ARTICLES))
    assert (result.documents_read, result.rows_changed) == (0, 0)
    assert first == second
    assert exports(tmp_path) == before
    assert {path.name: path.stat().st_mtime_ns for path in tmp_path.glob("*.jsonl")} == times


def test_order_of_documents_does_not_matter(tmp_path: Path) -> None:
    shuffled = originals({name: text for name, text in ARTICLES.items() if name != "c.txt"})
    go(tmp_path / "one", shuffled)
    random.Random(5).shuffle(shuffled)
    go(tmp_path / "two", shuffled)
    assert exports(tmp_path / "one") == exports(tmp_path / "two")


def test_documents_added_later_keep_the_ids_of_what_was_there(tmp_path: Path) -> None:
    part = {name: ARTICLES[name] for name in ("a.txt", "b.txt")}
    first, _ = go(tmp_path, originals(part))
    second, _ = go(tmp_path, originals({"e.txt": "East shelled Alder.", "c.txt": ARTICLES["c.txt"]}))
    assert second.documents_read == 2
    for name in ("documents", "claims", "incidents"):
        assert {r.id for r in getattr(first.ledger, name)} <= {r.id for r in getattr(second.ledger, name)}
    assert len(second.ledger.documents) == 4


def test_several_workers_give_the_same_ledger(tmp_path: Path) -> None:
    articles = {f"{n}.txt": f"Side{n % 3} shelled Place{n % 7}." for n in range(40)}
    go(tmp_path / "one", originals(articles), workers=1)
    go(tmp_path / "two", originals(articles), workers=2)
    assert exports(tmp_path / "one") == exports(tmp_path / "two")


def test_one_bad_document_becomes_an_issue_and_the_rest_is_done(tmp_path: Path) -> None:
    bad = {**ARTICLES, "crash.txt": "CRASH North shelled Cedar.", "refuse.txt": "REFUSE"}
    result, _ = go(tmp_path, originals(bad))
    assert result.exit_code == 1
    issues = {issue["source"]: issue for issue in lines(tmp_path, "issues") if issue["level"] == "error"}
    assert issues["crash.txt"]["code"] == "stage-failed"
    assert "ZeroDivisionError" in issues["crash.txt"]["message"]
    assert issues["refuse.txt"]["code"] == "document-refused"
    assert "makes no sense" in issues["refuse.txt"]["message"]
    assert len(lines(tmp_path, "claims")) == 4
    assert {document["source"] for document in lines(tmp_path, "documents")} == set(bad)
    again, _ = go(tmp_path, [])
    assert again.exit_code == 1
    assert again.documents_read == 2


def test_a_document_that_kills_its_worker_becomes_an_issue(tmp_path: Path) -> None:
    articles = {f"{n}.txt": f"North shelled Place{n}." for n in range(12)} | {"die.txt": "DIE"}
    result, _ = go(tmp_path, originals(articles), workers=2)
    assert [(issue.source, issue.code) for issue in result.refused] == [("die.txt", "worker-died")]
    assert len(result.ledger.claims) == 12


def test_a_ledger_stage_that_fails_is_told_and_the_rest_is_done(tmp_path: Path) -> None:
    def fail(ledger: Any, context: Context) -> Any:
        raise KeyError("somewhere")

    broken = replace(LINK, run_ledger=fail)
    stages = (CLEAN, EXTRACT, KINSHIP, DATE, LOCATE, broken)
    result, _ = go(tmp_path, originals(ARTICLES), stages)
    assert result.exit_code == 1
    assert [issue.stage for issue in result.refused] == ["link"]
    assert len(result.ledger.claims) == 4
    with pytest.raises(KeyError):
        go(tmp_path, originals(ARTICLES), stages, is_strict=True)


def test_refused_inputs_are_listed_until_they_can_be_read(tmp_path: Path) -> None:
    refused = refuse("unreadable", "cannot be read", "x.txt", "x.txt")
    result, _ = go(tmp_path, [*originals(ARTICLES), refused])
    assert (result.exit_code, [issue.source for issue in result.refused]) == (1, ["x.txt"])
    other, _ = go(tmp_path, originals(ARTICLES))
    assert other.exit_code == 0
    assert "x.txt" in {issue["source"] for issue in lines(tmp_path, "issues")}
    read, _ = go(tmp_path, originals({"x.txt": "West shelled Alder."}))
    assert read.exit_code == 0
    assert not [issue for issue in lines(tmp_path, "issues") if issue["code"] == "unreadable"]


def test_inputs_that_are_no_articles_refuse_nothing(tmp_path: Path) -> None:
    picture = refuse("unsupported-format", "is a picture", "x.png", "x.png", level="info")
    result, _ = go(tmp_path, [*originals(ARTICLES), picture])
    assert result.exit_code == 0
    assert "x.png" in {issue["source"] for issue in lines(tmp_path, "issues")}


def test_one_address_with_two_texts_is_two_documents(tmp_path: Path) -> None:
    versions = [make_original("https://example.org/1", "x", text, "text/plain") for text in (b"North shelled Alder.", b"Calm.")]
    result, _ = go(tmp_path, versions)
    documents = lines(tmp_path, "documents")
    assert [document["source"] for document in documents] == ["https://example.org/1"] * 2
    assert len({document["sha256"] for document in documents}) == 2
    assert result.exit_code == 0


def test_dates_given_later_are_read(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name, text in ARTICLES.items():
        (tmp_path / "in" / name).write_text(text, encoding="utf-8")
    table = tmp_path / "dates.csv"
    table.write_text("source,published,outlet\na.txt,2021-03-04,Valley Post\n", encoding="utf-8")
    first, _ = go(tmp_path, read_inputs([str(tmp_path / "in")]))
    second, _ = go(tmp_path, read_inputs([str(tmp_path / "in")], str(table)))
    assert {claim.id for claim in first.ledger.claims} == {claim.id for claim in second.ledger.claims}
    dated = {claim["when"]["earliest"] for claim in lines(tmp_path, "claims") if claim["source"].endswith("a.txt")}
    assert dated == {"2021-03-04"}


def test_newer_stages_read_everything_again_under_the_same_ids(tmp_path: Path) -> None:
    first, _ = go(tmp_path, originals(ARTICLES))

    def extract_less(reading: Reading, context: Context) -> Reading:
        assert EXTRACT.run_record is not None
        read = EXTRACT.run_record(reading, context)
        return replace(read, claims=tuple(claim for claim in read.claims if claim.stance == "asserts"))

    newer = tuple(replace(stage, name="newer", run_record=extract_less) if stage is EXTRACT else stage for stage in STAGES)
    second, _ = go(tmp_path, [], newer)
    assert second.documents_read == 4
    assert {claim.id for claim in second.ledger.claims} < {claim.id for claim in first.ledger.claims}


def test_a_team_server_gives_the_same_files(tmp_path: Path, postgres: str) -> None:
    go(tmp_path / "one", originals(ARTICLES))
    for _ in range(2):
        with open_store(postgres, archive=tmp_path / "two" / "archive") as store, store.writing():
            result = run(originals(ARTICLES), store=store, stages=STAGES, recipe=make_context)
        write_jsonl(result.ledger, tmp_path / "two")
        assert exports(tmp_path / "two") == exports(tmp_path / "one")
    assert result.rows_changed == 0


def test_ten_thousand_tiny_files(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(10_000):
        (folder / f"{number}.txt").write_text(f"{number} Side{number % 5} shelled Place{number % 50}.", encoding="utf-8")
    result, _ = go(tmp_path, read_inputs([str(folder)]), workers=1)
    assert (len(result.ledger.documents), len(result.ledger.claims), len(result.ledger.incidents)) == (10_000, 10_000, 50)
    assert result.exit_code == 0


# ---- promises of a reading


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"start_char": 5, "end_char": 900}, "outside the text"),
        ({"start_char": 9, "end_char": 9}, "outside the text"),
        ({"sentence_start_char": -1}, "outside the text"),
        ({"act": "NO.SUCH_ACT"}, "no code"),
        ({"stance": "wonders"}, "none of the contract's"),
        ({"document_id": "doc-other"}, "another document"),
        ({"start_char": 1}, None),
    ],
)
def test_claims_that_break_a_promise_are_left_out_loudly(tmp_path: Path, change: dict[str, Any], words: str | None) -> None:
    def break_first(reading: Reading, context: Context) -> Reading:
        assert EXTRACT.run_record is not None
        read = EXTRACT.run_record(reading, context)
        return replace(read, claims=tuple(replace(c, **change) if i == 0 else c for i, c in enumerate(read.claims)))

    stages = tuple(replace(stage, run_record=break_first) if stage is EXTRACT else stage for stage in STAGES)
    result, _ = go(tmp_path, originals({"a.txt": ARTICLES["a.txt"]}), stages)
    broken = [issue for issue in result.ledger.issues if issue.code == "claim-broken"]
    if words is None:
        assert (len(result.ledger.claims), broken) == (2, [])
        return
    assert len(result.ledger.claims) == 1
    assert len(broken) == 1
    assert words in broken[0].message
    with pytest.raises(RecordError, match="left out"):
        go(tmp_path / "strict", originals({"a.txt": ARTICLES["a.txt"]}), stages, is_strict=True)


def test_words_that_do_not_stand_in_the_text_are_found(tmp_path: Path) -> None:
    result, _ = go(tmp_path, originals({"a.txt": ARTICLES["a.txt"]}))
    (document,), claim = result.ledger.documents, result.ledger.claims[0]
    assert list(find_problems(claim, document)) == []
    other: Claim = replace(claim, places=(replace(claim.places[0], text="Elsewhere"),))
    assert "do not stand" in next(find_problems(other, document))


# ---- plans


def test_a_plan_that_reads_what_nothing_makes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="'link' needs claims, which no stage before it assigns: move it after 'extract'"):
        check_plan((CLEAN, KINSHIP, LINK, EXTRACT))
    with pytest.raises(PlanError, match=r"'extract' needs documents.text.*add a stage"):
        check_plan((EXTRACT,))
    with pytest.raises(PlanError, match="two stages are named 'clean'"):
        check_plan((CLEAN, CLEAN))
    with pytest.raises(PlanError, match="no run_ledger function"):
        check_plan((CLEAN, replace(CLEAN, name="odd", scope="ledger", run_record=None)))
    with open_store(tmp_path / "t.db") as store, pytest.raises(PlanError):
        run([], store=store, stages=(ASSESS,), recipe=make_context)


def test_the_shipped_plan_can_run_and_a_plugin_joins_it() -> None:
    plugins = make_plugins()

    class Weather:
        @hookimpl
        def trucewatch_stages(self) -> list[Stage]:
            def add(reading: Reading, context: Context) -> Reading:
                return reading

            return [Stage(name="weather", scope="record", needs=("claims.places",), assigns=("claims.weather",), run_record=add)]

    plugins.register(Weather())
    names = [stage.name for stage in make_plan(plugins)]
    assert names.index("weather") > names.index("extract")
    assert tuple(name for name in names if name != "weather") == SHIPPED


def test_every_hook_is_documented() -> None:
    hooks = [name for name in dir(hookspecs) if name.startswith("trucewatch_")]
    told = (Path(__file__).resolve().parents[2] / "docs" / "plugins.md").read_text(encoding="utf-8")
    assert len(hooks) >= 4
    for name in hooks:
        assert inspect.getdoc(getattr(hookspecs, name))
        assert f"`{name}(" in told


def test_a_full_disk_is_a_clear_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse_rename(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", refuse_rename)
    with pytest.raises(StoreError, match=r"No space left.*run the same command again"):
        go(tmp_path, originals(ARTICLES))
    monkeypatch.undo()
    whole, _ = go(tmp_path, originals(ARTICLES))
    assert len(whole.ledger.claims) == 4


def test_a_ledger_can_be_moved_with_its_archive(tmp_path: Path) -> None:
    go(tmp_path / "one", originals(ARTICLES))
    (tmp_path / "one").rename(tmp_path / "two")
    with open_store(tmp_path / "two" / "trucewatch.db", create=False) as store:
        assert isinstance(store, Store)
        for document in store.view().documents:
            assert store.archive.read(document.sha256).decode() == document.text
