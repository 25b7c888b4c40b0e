"""The casualties bench: its scorer on made-up answers, its trees, its candidate days."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Callable
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


def test_raw_scores_are_those_that_probabilities_are_made_of(bench: ModuleType) -> None:
    stump = [[0, -2, -2], [0.5, 0, 0], [1, -1, -1], [2, -1, -1], [0, -1.0, 1.0]]
    model = bench.Boosted({"classes": [0, 1], "names": ["seen"], "prior": [0.25], "rate": 2.0, "stages": [[stump]]})
    assert model.raw({"seen": 1.0}) == [2.25]
    assert model.raw({}) == [-1.75]


@pytest.fixture(scope="module")
def days_of(bench: ModuleType) -> Callable[[str, date], dict[date, dict[str, float]]]:
    nlp = bench.Parser().nlp
    return lambda text, published: dict(bench.day_candidates(nlp(text), published))


DaysOf = Callable[[str, date], dict[date, dict[str, float]]]


def test_candidate_days_are_those_told_and_the_days_of_publishing(days_of: DaysOf) -> None:
    days = days_of("A man was shot on Friday night, police said Saturday.", date(2031, 6, 2))
    assert list(days) == [date(2031, 5, 30), date(2031, 5, 31), date(2031, 6, 1), date(2031, 6, 2)]
    assert days[date(2031, 5, 30)]["verb_deed"] == 1.0
    assert days[date(2031, 5, 31)]["verb_said"] == 1.0


def test_a_report_without_text_has_the_days_of_publishing(days_of: DaysOf) -> None:
    days = days_of("", date(2031, 6, 2))
    assert list(days) == [date(2031, 6, 1), date(2031, 6, 2)]
    assert all(features["untold"] for features in days.values())


@pytest.mark.parametrize(
    "text",
    [
        "NORTHTOWN, Northland (May 20, 2031) - A man was shot in his car on Friday night.",
        "(Published May 20, 2031) A man was shot in his car on Friday night.",
    ],
)
def test_the_reports_own_date_is_not_told_of(days_of: DaysOf, text: str) -> None:
    assert date(2031, 5, 20) not in days_of(text, date(2031, 6, 2))


def test_a_date_in_brackets_that_explains_a_weekday_is_told_of(days_of: DaysOf) -> None:
    assert days_of("A man was shot on Tuesday (May 20) in Northtown.", date(2031, 5, 22))[date(2031, 5, 20)]["n"] == 1.0


def test_a_hearing_to_come_is_no_day_of_last_year(days_of: DaysOf) -> None:
    told = days_of("He is due back in court June 19. He was shot on May 30.", date(2031, 6, 2))
    assert [day for day, features in told.items() if features["n"]] == [date(2031, 5, 30)]
    # the same date, where nothing says that it lies ahead
    assert date(2030, 6, 19) in days_of("He shot his neighbour on June 19.", date(2031, 6, 2))


def test_days_are_counted_from_the_day_told_last(days_of: DaysOf) -> None:
    told = days_of("He came to hospital on Friday. He had been shot four days earlier.", date(2031, 6, 2))
    assert told[date(2031, 5, 26)]["n"] == 1.0
    # "ago" is counted from the report
    assert date(2031, 5, 29) in days_of("He came to hospital on Friday. He was shot four days ago.", date(2031, 6, 2))


def test_that_weekday_is_the_one_from_the_day_told_last(days_of: DaysOf) -> None:
    told = days_of("He was jailed May 18. He broke in about 3 a.m. that Sunday morning.", date(2031, 6, 4))
    assert told[date(2031, 5, 18)]["n"] == 2.0
    assert date(2031, 6, 1) not in told


def test_small_hours_of_a_night_are_the_next_day(days_of: DaysOf) -> None:
    published = date(2031, 6, 2)
    assert days_of("Two men were shot Saturday night. It happened about 1 a.m.", published)[date(2031, 6, 1)]["dawn"] == 1.0
    late = days_of("Two men were shot Saturday night. It happened about 11 p.m.", published)
    assert "dawn" not in late.get(date(2031, 6, 1), {})


def test_what_happened_tonight_may_be_of_the_day_before_publishing(days_of: DaysOf) -> None:
    before = date(2031, 6, 1)
    assert days_of("A man was shot tonight in Northtown.", date(2031, 6, 2))[before]["night_before"] == 1.0
    assert days_of("A man was shot about 9:20 p.m. in Northtown.", date(2031, 6, 2))[before]["night_before"] == 1.0
    assert days_of("A man was shot about 9:20 a.m. in Northtown.", date(2031, 6, 2))[before]["night_before"] == 0.0
    assert days_of("A man was shot Friday about 9:20 p.m.", date(2031, 6, 2))[before]["night_before"] == 0.0


def test_ranking_learns_which_candidate_of_a_group_is_right(bench: ModuleType) -> None:
    ranking = importlib.import_module("ranking")
    groups = [[{"told": 1.0, "late": float(number % 2)}, {"late": float(number % 2)}] for number in range(60)]
    how = ranking.Ranker(stages=20, depth=2, rate=0.3, share=1.0, seed=0, least=3)
    first = bench.Boosted(ranking.fit_ranking(groups, [0] * 60, how))
    second = bench.Boosted(ranking.fit_ranking(groups, [1] * 60, how))
    assert first.raw({"told": 1.0})[0] > first.raw({})[0] + 1
    assert second.raw({"told": 1.0})[0] < second.raw({})[0] - 1
    # what all candidates of a group share decides nothing by itself; groups without a right one teach nothing
    assert first.raw({"told": 1.0, "late": 1.0}) == pytest.approx(first.raw({"told": 1.0}), abs=0.3)
    more = [*groups, *[[{"told": 1.0}, {}]] * 40]
    assert ranking.fit_ranking(more, [0] * 60 + [None] * 40, how) == ranking.fit_ranking(groups, [0] * 60, how)


def test_held_out_reports_are_about_a_quarter(bench: ModuleType) -> None:
    held = sum(bench.is_held_out(f"report {number}") for number in range(2000))
    assert 400 < held < 600
