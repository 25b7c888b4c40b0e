"""Boosted trees as plain numbers: written by train.py, read without scikit-learn."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

# a leaf's feature number
LEAF = -2


class Boosted:
    """Boosted trees over named features; a feature that is not given counts as 0.

    `plain`: `classes`, `names` (of the features), `prior` (raw score of each class), `rate`, and `stages`: per stage and class
    one tree as the lists feature, threshold, left, right, value.
    """

    def __init__(self, plain: Mapping[str, Any]) -> None:
        self.classes: list[int] = list(plain["classes"])
        self.names: list[str] = list(plain["names"])
        self.prior: list[float] = list(plain["prior"])
        self.rate: float = plain["rate"]
        self.stages: list[list[list[list[float]]]] = plain["stages"]

    def scores(self, features: Mapping[str, float]) -> list[float]:
        """Probability of each class (of the one score, where there are two classes, of the second)."""
        raw = self.raw(features)
        if len(raw) == 1:
            return [1 / (1 + math.exp(-raw[0]))]
        top = max(raw)
        powers = [math.exp(score - top) for score in raw]
        return [power / sum(powers) for power in powers]

    def raw(self, features: Mapping[str, float]) -> list[float]:
        """Score of each class, without bounds."""
        row = [features.get(name, 0.0) for name in self.names]
        raw = list(self.prior)
        for stage in self.stages:
            for number, tree in enumerate(stage):
                raw[number] += self.rate * _leaf(tree, row)
        return raw

    def best(self, features: Mapping[str, float]) -> int:
        """The class of the highest probability."""
        scores = self.scores(features)
        return self.classes[max(range(len(scores)), key=scores.__getitem__)]


def _leaf(tree: Sequence[Sequence[float]], row: Sequence[float]) -> float:
    feature, threshold, left, right, value = tree
    node = 0
    while feature[node] != LEAF:
        node = int(left[node] if row[int(feature[node])] <= threshold[node] else right[node])
    return value[node]
