"""The learned judgement of lines: boosted trees over line_features, their weights read from cleaning_weights.json.

Trees are walked all at once with NumPy: a library to read them would weigh more than the whole product.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trucewatch.text.line_features import NAMES, describe_lines
from trucewatch.text.trusted import read_trusted

WEIGHTS = "cleaning_weights.json"
# lines walked at once: bounds the memory that a text of half a million lines takes
CHUNK = 1_024


@dataclass(frozen=True, slots=True)
class LineJudge:
    """Trees as flat arrays of nodes, each tree beginning at its root; a leaf leads to itself. `words` are log odds of words."""

    words: Mapping[str, float]
    threshold: float
    roots: NDArray[np.intp]
    feature: NDArray[np.intp]
    split: NDArray[np.float64]
    left: NDArray[np.intp]
    right: NDArray[np.intp]
    value: NDArray[np.float64]
    depth: int

    def probabilities(self, lines: Sequence[str]) -> NDArray[np.float64]:
        """For each line, how probable it is that it belongs to the text and not to the page around it."""
        if not lines:
            return np.zeros(0)
        features = describe_lines(lines, self.words)
        return np.concatenate([self._walk(features[low : low + CHUNK]) for low in range(0, len(lines), CHUNK)])

    def _walk(self, features: NDArray[np.float32]) -> NDArray[np.float64]:
        count, width = features.shape
        flat = features.astype(np.float64).ravel()
        rows = np.repeat(np.arange(count) * width, len(self.roots))
        node = np.tile(self.roots, count)
        for _ in range(self.depth):
            goes_left = flat.take(rows + self.feature.take(node)) <= self.split.take(node)
            node = np.where(goes_left, self.left.take(node), self.right.take(node))
        scores = self.value.take(node).reshape(count, -1).sum(axis=1)
        return np.asarray(1.0 / (1.0 + np.exp(-scores)))


def make_judge(plain: Mapping[str, Any]) -> LineJudge:
    """A judge from its JSON values. Raises ValueError where they were made for other features than the product computes."""
    if tuple(plain["features"]) != NAMES:
        raise ValueError(f"{WEIGHTS} was trained on other features: run training/cleaning/train.py again")
    trees = plain["trees"]
    sizes = [len(tree["feature"]) for tree in trees]
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])

    def table(key: str) -> NDArray[np.float64]:
        return np.concatenate([np.array(tree[key], dtype=np.float64) for tree in trees])

    shift = np.repeat(starts, sizes)
    return LineJudge(
        words=plain["words"],
        threshold=plain["threshold"],
        roots=starts.astype(np.intp),
        feature=table("feature").astype(np.intp),
        split=table("split"),
        left=(table("left") + shift).astype(np.intp),
        right=(table("right") + shift).astype(np.intp),
        value=table("value"),
        depth=int(plain["depth"]),
    )


@cache
def load_judge() -> LineJudge:
    """The judge that ships with the product."""
    return make_judge(json.loads(read_trusted(f"text/{WEIGHTS}")))
