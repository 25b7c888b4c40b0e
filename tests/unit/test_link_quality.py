"""Floors of linking on the shared sets: hand-coded incidents, and documents to events on ECB+."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.unit.link_building import document
from trucewatch.stages.link.stories import MOST_TEXTS, group_stories, stem, stories_by_day

SHARED = Path(os.environ.get("TRUCEWATCH_SHARED", "../shared"))
needs_shared = pytest.mark.skipif(not (SHARED / "data").is_dir(), reason=f"no shared sets at {SHARED}: set TRUCEWATCH_SHARED")

FERRY = "The ferry Gull ran aground off Mole island with forty passengers, and the lifeboat Petrel took them to the pier. {}"
FIRE = "A fire in the tar works of Fell burnt two sheds; brigades from three parishes pumped water through the night. {}"


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> object:
    """The module bench/quality/linking.py."""
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2] / "bench/quality"))
    sys.modules.pop("linking", None)
    import linking

    return linking


@needs_shared
def test_documents_to_events_of_ecb_plus_keep_their_floor(bench: object) -> None:
    articles = bench.read_articles(SHARED / "data/ecbplus", "Dev")  # type: ignore[attr-defined]
    truth = [bench.event_of(name) for name in articles]  # type: ignore[attr-defined]
    assert bench.b_cubed(truth, group_stories(list(articles.values()))).f1 > 0.90  # type: ignore[attr-defined]


@needs_shared
def test_gold_incidents_keep_their_floor(bench: object, capsys: pytest.CaptureFixture[str]) -> None:
    bench.measure_gold(SHARED)  # type: ignore[attr-defined]
    printed = capsys.readouterr().out.splitlines()
    assert [float(line.rsplit("F1", 1)[1]) for line in printed if "F1" in line] >= [0.95, 0.95]


def test_two_events_told_several_times_are_two_stories() -> None:
    endings = ("Nobody was hurt.", "The cause is not known.", "An inquiry was opened.", "Traffic was stopped.")
    numbers = group_stories([text.format(ending) for ending in endings for text in (FERRY, FIRE)])
    assert len(set(numbers[::2])) == len(set(numbers[1::2])) == 1
    assert numbers[0] != numbers[1]


def test_stories_join_days_through_copies_only() -> None:
    first, second = document("a", FERRY), document("b", FERRY)
    third = document("c", FERRY, day=None)
    kin = [stories_by_day([one, two, third]) for one, two in ((first, second), (second, first))]
    assert kin[0] == kin[1]
    assert kin[0]["a"] == kin[0]["b"] != kin[0]["c"]


def test_too_many_texts_at_once_are_refused() -> None:
    with pytest.raises(ValueError, match="cut them by day or place"):
        group_stories(["text"] * (MOST_TEXTS + 1))


def test_stems_meet() -> None:
    assert stem("Attacked") == stem("attacks") == "attack"
    assert group_stories([]) == []
