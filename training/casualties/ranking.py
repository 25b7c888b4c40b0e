"""Boosted trees that rank the candidates of a group: fitted with numpy alone, written as plain numbers (`trees.Boosted`).

The loss is that of a choice: the softmax of the scores within a group, against its right candidate. Groups without a right
candidate teach nothing, and what is the same for all candidates of a group counts only with what differs between them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

# features of fewer candidates than this are left out; values of a feature are read in so many steps
FEWEST, STEPS = 10, 32
LEAF = -2


@dataclass(frozen=True, slots=True)
class Ranker:
    """How to fit: trees, their depth, step and share of features, candidates a leaf needs, and how far leaves shrink."""

    stages: int
    depth: int
    rate: float
    share: float
    seed: int
    least: int = 8
    shrink: float = 2.0
    part: float = 0.7


def fit_ranking(groups: Sequence[Sequence[dict[str, float]]], right: Sequence[int | None], how: Ranker) -> dict[str, Any]:
    """Trees fitted to groups of candidates' features; `right` numbers the right candidate of each group, None where none is."""
    taught = [(group, number) for group, number in zip(groups, right, strict=True) if number is not None]
    counts = Counter(name for group, _ in taught for row in group for name, value in row.items() if value)
    names = sorted(name for name, count in counts.items() if count >= FEWEST)
    rows = [row for group, _ in taught for row in group]
    matrix = np.array([[row.get(name, 0.0) for name in names] for row in rows])
    group_of = np.repeat(np.arange(len(taught)), [len(group) for group, _ in taught])
    is_right = np.array([place == number for group, number in taught for place in range(len(group))], dtype=float)
    edges = [_edges(column) for column in matrix.T]
    binned = np.stack([np.searchsorted(edge, column) for edge, column in zip(edges, matrix.T, strict=True)], axis=1)
    chance = np.random.default_rng(how.seed)
    scores = np.zeros(len(rows))
    stages = []
    for _ in range(how.stages):
        told = _softmax(scores, group_of)
        tree = _Tree(binned, edges, told - is_right, np.maximum(told * (1 - told), 1e-4), how)
        sampled = np.flatnonzero((chance.random(len(taught)) < how.part)[group_of])
        columns = np.sort(chance.choice(len(names), max(1, round(how.share * len(names))), replace=False))
        tree.grow(sampled, columns, how.depth)
        scores += how.rate * tree.values(binned)
        stages.append([tree.plain()])
    return {"classes": [0, 1], "names": names, "prior": [0.0], "rate": how.rate, "stages": stages}


def _edges(column: Any) -> Any:
    values = np.unique(column)
    if len(values) > STEPS:
        values = np.unique(np.quantile(column, np.linspace(0, 1, STEPS)))
    # as they are written: candidates fall on the same side when read
    return np.round((values[1:] + values[:-1]) / 2, 4)


def _softmax(scores: Any, group_of: Any) -> Any:
    powers = np.exp(scores)
    return powers / np.bincount(group_of, powers)[group_of]


class _Tree:
    """One tree of second-order steps, grown on binned features."""

    def __init__(self, binned: Any, edges: Sequence[Any], slope: Any, bend: Any, how: Ranker) -> None:
        self.binned, self.edges, self.slope, self.bend, self.how = binned, edges, slope, bend, how
        self.feature: list[int] = []
        self.step: list[int] = []
        self.left: list[int] = []
        self.right: list[int] = []
        self.value: list[float] = []

    def grow(self, rows: Any, columns: Any, depth: int) -> int:
        """Adds a node for the rows and those under it; its number."""
        node = len(self.feature)
        slope, bend = self.slope[rows].sum(), self.bend[rows].sum()
        self.feature.append(LEAF)
        self.step.append(0)
        self.left.append(-1)
        self.right.append(-1)
        self.value.append(round(float(-slope / (bend + self.how.shrink)), 4))
        split = self._split(rows, columns, slope, bend) if depth else None
        if split is not None:
            column, step = split
            is_left = self.binned[rows, column] <= step
            self.feature[node], self.step[node] = column, step
            self.left[node] = self.grow(rows[is_left], columns, depth - 1)
            self.right[node] = self.grow(rows[~is_left], columns, depth - 1)
        return node

    def _split(self, rows: Any, columns: Any, slope: float, bend: float) -> tuple[int, int] | None:
        cells = (self.binned[np.ix_(rows, columns)] + np.arange(len(columns)) * STEPS).ravel()
        slopes, bends, counts = (
            np.bincount(cells, weights, len(columns) * STEPS).reshape(-1, STEPS).cumsum(axis=1)
            for weights in (np.repeat(self.slope[rows], len(columns)), np.repeat(self.bend[rows], len(columns)), None)
        )
        shrink = self.how.shrink
        gains = slopes**2 / (bends + shrink) + (slope - slopes) ** 2 / (bend - bends + shrink) - slope**2 / (bend + shrink)
        gains[(counts < self.how.least) | (len(rows) - counts < self.how.least)] = 0.0
        best = int(gains.argmax())
        if gains.flat[best] <= 1e-6:
            return None
        return int(columns[best // STEPS]), best % STEPS

    def values(self, binned: Any) -> Any:
        """Values of the leaves where rows end."""
        feature, step = np.array(self.feature), np.array(self.step)
        left, right = np.array(self.left), np.array(self.right)
        at = np.zeros(len(binned), dtype=int)
        for _ in range(self.how.depth):
            inner = np.flatnonzero(feature[at] != LEAF)
            here = at[inner]
            at[inner] = np.where(binned[inner, feature[here]] <= step[here], left[here], right[here])
        return np.array(self.value)[at]

    def plain(self) -> list[list[float]]:
        """The tree as `trees.Boosted` reads it."""
        thresholds = [
            float(self.edges[column][step]) if column != LEAF else 0 for column, step in zip(self.feature, self.step, strict=True)
        ]
        values = [value if column == LEAF else 0 for value, column in zip(self.value, self.feature, strict=True)]
        return [self.feature, thresholds, self.left, self.right, values]
