"""The casualties bench: its scorer on made-up answers, its trees, its candidate days."""

from __future__ import annotations

import importlib.util
import sys
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bench_casualties", ROOT / "bench" / "quality" / "casualties.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def reports(bench: ModuleType) -> list[object]:
    golds = [
        {"n_killed": 2, "n_injured": 0, "shooting_date": "2031-06-01"},
        {"n_killed": 0, "n_injured": 3, "shooting_date": "2031-06-02"},
    ]
    return [bench.Report("A text.", date(2031, 6, 2), gold) for gold in golds]


def test_all_right_scores_one(bench: ModuleType) -> None:
    tolls = [bench.Toll(2, 0, date(2031, 6, 1)), bench.Toll(0, 3, date(2031, 6, 2))]
    assert bench.score(reports(bench), tolls) == {"killed": 1.0, "injured": 1.0, "date": 1.0}


def test_all_wrong_scores_nothing(bench: ModuleType) -> None:
    tolls = [bench.Toll(9, 9, date(2030, 1, 1))] * 2
    assert bench.score(reports(bench), tolls) == {"killed": 0.0, "injured": 0.0, "date": 0.0}


def test_half_right_scores_half_slot_by_slot(bench: ModuleType) -> None:
    tolls = [bench.Toll(2, 9, date(2030, 1, 1)), bench.Toll(9, 3, date(2031, 6, 2))]
    assert bench.score(reports(bench), tolls) == {"killed": 0.5, "injured": 0.5, "date": 0.5}


def test_no_reports_score_nothing(bench: ModuleType) -> None:
    assert bench.score([], []) == {"killed": 0.0, "injured": 0.0, "date": 0.0}


def test_a_missing_set_is_said_and_refused(bench: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, sys.argv = sys.argv, ["casualties.py", "--shared", str(tmp_path)]
    try:
        assert bench.main() == 2
    finally:
        sys.argv = old
    assert str(tmp_path) in capsys.readouterr().err


def test_trees_add_up_their_leaves(bench: ModuleType) -> None:
    stump = [[0, -2, -2], [0.5, 0, 0], [1, -1, -1], [2, -1, -1], [0, -1.0, 1.0]]
    model = bench.Boosted({"classes": [0, 1], "names": ["seen"], "prior": [0.0], "rate": 2.0, "stages": [[stump]]})
    assert model.scores({"seen": 1.0})[0] == pytest.approx(0.8808, abs=1e-4)
    assert model.scores({})[0] == pytest.approx(0.1192, abs=1e-4)
    three = bench.Boosted(
        {"classes": [0, 1, 2], "names": ["seen"], "prior": [0.0, 0.1, 0.0], "rate": 1.0, "stages": [[stump] * 3]}
    )
    assert sum(three.scores({"seen": 1.0})) == pytest.approx(1.0)
    assert three.best({"seen": 1.0}) == 1


def test_candidate_days_are_those_told_and_the_days_of_publishing(bench: ModuleType) -> None:
    days = [day for day, _ in bench.day_candidates("A man was shot on Friday night, police said Saturday.", date(2031, 6, 2))]
    assert days == [date(2031, 5, 30), date(2031, 5, 31), date(2031, 6, 1), date(2031, 6, 2)]


def test_held_out_reports_are_about_a_quarter(bench: ModuleType) -> None:
    held = sum(bench.is_held_out(f"report {number}") for number in range(2000))
    assert 400 < held < 600
