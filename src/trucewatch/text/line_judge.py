"""The learned judgement of lines: boosted trees over line_features, their weights read from cleaning_weights.json.

Trees are walked all at once with NumPy: a library to read them would weigh more than the whole product.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trucewatch.text.line_features import NAMES, describe_lines

WEIGHTS = "cleaning_weights.json"


@dataclass(frozen=True, slots=True)
class LineJudge:
    """Trees as arrays, one row a tree, one column a node; a leaf leads to itself. `words` are log odds of words."""

    words: Mapping[str, float]
    threshold: float
    feature: NDArray[np.int32]
    split: NDArray[np.float64]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: NDArray[np.float64]
    depth: int

    def probabilities(self, lines: Sequence[str]) -> NDArray[np.float64]:
        """For each line, how probable it is that it belongs to the text and not to the page around it."""
        if not lines:
            return np.zeros(0)
        features = describe_lines(lines, self.words).astype(np.float64)
        rows = np.arange(len(lines))[:, None]
        trees = np.arange(self.feature.shape[0])[None, :]
        node = np.zeros((len(lines), self.feature.shape[0]), dtype=np.int32)
        for _ in range(self.depth):
            goes_left = features[rows, self.feature[trees, node]] <= self.split[trees, node]
            node = np.where(goes_left, self.left[trees, node], self.right[trees, node])
        return np.asarray(1.0 / (1.0 + np.exp(-self.value[trees, node].sum(axis=1))))


def make_judge(plain: Mapping[str, Any]) -> LineJudge:
    """A judge from its JSON values. Raises ValueError where they were made for other features than the product computes."""
    if tuple(plain["features"]) != NAMES:
        raise ValueError(f"{WEIGHTS} was trained on other features: run training/cleaning/train.py again")
    trees = plain["trees"]
    nodes = max(len(tree["feature"]) for tree in trees)

    def table(key: str, fill: float) -> list[list[float]]:
        return [[*tree[key], *([fill] * (nodes - len(tree[key])))] for tree in trees]

    return LineJudge(
        words=plain["words"],
        threshold=plain["threshold"],
        feature=np.array(table("feature", 0), dtype=np.int32),
        split=np.array(table("split", 0.0), dtype=np.float64),
        left=np.array(table("left", 0), dtype=np.int32),
        right=np.array(table("right", 0), dtype=np.int32),
        value=np.array(table("value", 0.0), dtype=np.float64),
        depth=int(plain["depth"]),
    )


@cache
def load_judge() -> LineJudge:
    """The judge that ships with the product."""
    return make_judge(json.loads(files("trucewatch.text").joinpath(WEIGHTS).read_text(encoding="utf-8")))
