"""The learned judgement: trees walked as grown, weights that fit the features, no names among its words; the bench's count."""

from __future__ import annotations

import importlib.util
import json
import math
from importlib.resources import files
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from trucewatch.config import list_theatres, load_theatre
from trucewatch.text.line_features import NAMES, describe_lines
from trucewatch.text.line_judge import CHUNK, WEIGHTS, load_judge, make_judge

LINES = ["Rockets strike two villages near the river", "Home", "The army said on Sunday that it had not fired at all.", "Home"]


def plain(**changed: object) -> dict[str, object]:
    """A judge of one tree: lines of at most 15 letters or so are chrome, longer ones text; and one tree of a single leaf."""
    feature = NAMES.index("log_chars")
    stump = {
        "feature": [feature, 0, 0],
        "split": [math.log1p(15), 0, 0],
        "left": [1, 1, 2],
        "right": [2, 1, 2],
        "value": [0, -3, 2],
    }
    leaf = {"feature": [0], "split": [0], "left": [0], "right": [0], "value": [1]}
    return {"features": list(NAMES), "threshold": 0.5, "depth": 2, "words": {}, "trees": [stump, leaf], **changed}


def test_trees_are_walked_as_grown() -> None:
    long, short = 1 / (1 + math.exp(-3)), 1 / (1 + math.exp(2))
    assert make_judge(plain()).probabilities(LINES) == pytest.approx([long, short, long, short])
    assert make_judge(plain()).probabilities([]).tolist() == []
    many = make_judge(plain()).probabilities(LINES * CHUNK)
    assert len(many) == 4 * CHUNK
    assert many[-4:] == pytest.approx([long, short, long, short])


def test_weights_of_other_features_are_refused() -> None:
    with pytest.raises(ValueError, match=r"training/cleaning/train\.py"):
        make_judge(plain(features=list(NAMES[1:])))


def test_features_are_finite_and_their_neighbours_right() -> None:
    features = describe_lines(LINES, {"home": -2.0})
    assert features.shape == (4, len(NAMES))
    assert np.isfinite(features).all()
    weight, after = NAMES.index("word_weight"), NAMES.index("word_weight_+1")
    assert features[:, weight].tolist() == [0.0, -2.0, 0.0, -2.0]
    assert features[:, after].tolist() == [-2.0, 0.0, -2.0, -1.0]
    assert features[1, NAMES.index("repeats")] == 1.0
    assert describe_lines([], {}).shape == (0, len(NAMES))
    assert np.isfinite(describe_lines(["", "…", "12"], {})).all()


def test_the_shipped_weights_load_and_judge() -> None:
    assert load_judge().words["cookies"] < -1.0
    page = ["Home", "News", "Contact", "Search", "Log in", *LINES, "Related posts", "Older posts", "Log in", "Contact", "Sitemap"]
    probabilities = load_judge().probabilities(page)
    assert probabilities[7] > 0.6
    assert max(probabilities[0], probabilities[1], probabilities[-1]) < 0.2


def test_no_country_people_or_person_is_a_sign_of_chrome() -> None:
    words = json.loads(files("trucewatch.text").joinpath(WEIGHTS).read_text(encoding="utf-8"))["words"]
    for theatre in map(load_theatre, (*list_theatres(), None)):
        names = {name.lower() for party in theatre.parties for name in (*party.names, *party.demonyms, *party.metonyms)}
        assert not names & words.keys()


@pytest.fixture
def bench() -> ModuleType:
    path = Path(__file__).parents[2] / "bench/quality/cleaning.py"
    spec = importlib.util.spec_from_file_location("bench_cleaning", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_count_on_made_up_answers(bench: ModuleType) -> None:
    page = {"belongs": ["Shells fell", "near the river"], "boilerplate": ["Home", "Log in"]}
    assert bench.score([(page, "Shells  fell\nnear the river")]) == (1.0, 1.0, 1.0)
    assert bench.score([(page, "Home Log in")]) == (0.0, 0.0, 0.0)
    assert bench.score([(page, "")]) == (0.0, 0.0, 0.0)
    assert bench.score([]) == (0.0, 0.0, 0.0)
    assert bench.score([(page, "Shells fell. Home")]) == (0.5, 0.5, 0.5)
