"""A ledger that grew by successive runs is the ledger of one run; what is remembered changes nothing but the time."""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from trucewatch.pipeline import RunResult, run
from trucewatch.pipeline.records import Remembered
from trucewatch.reports.exports import CONTRACT, rows_of
from trucewatch.sources.original import Original
from trucewatch.stages.link import stories
from trucewatch.store import Store, open_store

BENCH = Path(__file__).parents[2] / "bench"
DOCUMENTS = 60


@pytest.fixture(scope="module")
def bench() -> Any:
    sys.path.insert(0, str(BENCH))
    import ledger_scale

    sys.path.remove(str(BENCH))
    return ledger_scale


def take(bench: Any, store: Store, originals: list[Original], *, is_fresh: bool = False) -> RunResult:
    with store.writing():
        return run(originals, store=store, stages=bench.plan(), recipe=bench.recipe, workers=1, is_strict=True, is_fresh=is_fresh)


def exports(result: RunResult) -> dict[str, list[str]]:
    """The contract's rows, incident ids replaced by the least of their claims' ids: a register may mint them in another order."""
    names = {i.id: min((*i.claim_ids, *i.denial_ids)) for i in result.ledger.incidents}
    ids = {toll.id: f"{names.get(toll.incident_id or '')} {toll.claim_ids} {toll.low}" for toll in result.ledger.tolls}
    violations = {v.id: f"{names.get(v.incident_id or '')} {v.clause_id} {v.party}" for v in result.ledger.violations}
    new = {**names, **ids, **violations}

    def renamed(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: renamed(part) for key, part in value.items()}
        if isinstance(value, list):
            return [renamed(part) for part in value]
        return new.get(value, value) if isinstance(value, str) else value

    return {name: sorted(json.dumps(renamed(row), sort_keys=True) for row in rows_of(result.ledger, name)) for name in CONTRACT}


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6))
# tolls of one claimant on two days, once told in the order of ids that a register mints
@example(seed=9036)
def test_any_split_into_runs_gives_the_exports_of_one_run(
    bench: Any, tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    rng = random.Random(seed)
    originals = list(bench.generated(DOCUMENTS, seed=seed))
    with open_store(tmp_path_factory.mktemp("one") / "trucewatch.db") as store:
        expected = exports(take(bench, store, originals))
    rng.shuffle(originals)
    cuts = sorted(rng.randrange(DOCUMENTS + 1) for _ in range(rng.randint(1, 3)))
    with open_store(tmp_path_factory.mktemp("many") / "trucewatch.db") as store:
        for low, high in pairwise([0, *cuts, DOCUMENTS]):
            result = take(bench, store, originals[low:high])
        assert exports(result) == expected
        # and the reference, which uses nothing of earlier runs, has nothing to change
        assert take(bench, store, [], is_fresh=True).rows_changed == 0


def test_a_second_run_settles_only_what_is_new(bench: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[str] = []
    keep = Remembered.keep
    monkeypatch.setattr(
        Remembered, "keep", lambda self, digest, before, reading: (kept.append(before.id), keep(self, digest, before, reading))
    )
    originals = list(bench.generated(DOCUMENTS + 1))
    with open_store(tmp_path / "trucewatch.db") as store:
        take(bench, store, originals[:DOCUMENTS])
        assert len(kept) == DOCUMENTS
        kept.clear()
        result = take(bench, store, originals)
        new = {document.id for document in result.ledger.documents if document.source == originals[-1].source}
        family = {d.family_id for d in result.ledger.documents if d.id in new}
        # the new document, and those that have become its kin
        assert new <= set(kept) <= {d.id for d in result.ledger.documents if d.family_id in family}
        kept.clear()
        take(bench, store, originals)
        assert kept == []


def test_a_day_without_a_new_text_is_not_grouped_again(bench: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []
    group = stories.group_stories

    def noted(texts: Sequence[str]) -> list[int]:
        sizes.append(len(texts))
        return group(texts)

    monkeypatch.setattr(stories, "group_stories", noted)
    originals = list(bench.generated(2 * bench.A_DAY + 6))
    with open_store(tmp_path / "trucewatch.db") as store:
        take(bench, store, originals[:-1])
        assert sorted(sizes) == [5, bench.A_DAY, bench.A_DAY]
        sizes.clear()
        take(bench, store, originals)
        assert sizes == [6]


def test_damaged_files_beside_the_ledger_cost_time_and_no_result(bench: Any, tmp_path: Path) -> None:
    originals = list(bench.generated(DOCUMENTS))
    with open_store(tmp_path / "trucewatch.db") as store:
        expected = exports(take(bench, store, originals))
        files = [path for path in store.shelf.folder.iterdir() if path.suffix in (".npy", ".memo", ".json")]
        assert len(files) > 4
        for path in files:
            path.write_bytes(path.read_bytes()[:40] + b"rubbish")
        assert exports(take(bench, store, originals)) == expected
        store.shelf.clear()
        assert not any(path.suffix in (".npy", ".memo") for path in store.shelf.folder.iterdir())
        again = take(bench, store, originals)
    assert exports(again) == expected
    assert again.rows_changed == 0
