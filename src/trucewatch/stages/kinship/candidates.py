"""Which pairs of documents are worth comparing: an inverted index over sketches, never all pairs with all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from trucewatch.text.shingles import Hashes, Sketch

# a print that more documents share is boilerplate or a large family: its members are joined to HUBS of them, not to one another
GROUP_LIMIT = 24
HUBS = 3
PART_DOCUMENTS = 8000
FEWEST_PRINTS = 2
FEWEST_PAIRS = 3
# shares of the smaller sketch below which a pair is not looked at
PRINT_SHARE = 0.06
PAIR_SHARE = 0.06

Indexes = NDArray[np.int64]


def candidate_pairs(sketches: Sequence[Sketch]) -> Indexes:
    """Index pairs (first < second), shape (n, 2), ascending, of sketches that share enough rare prints or topic pairs.

    Time and memory grow with the number of prints: a group of documents that share one print costs at most
    GROUP_LIMIT / 2 pairs a member.
    """
    found = [
        _joined([sketch.prints for sketch in sketches], FEWEST_PRINTS, PRINT_SHARE),
        _joined([sketch.pairs for sketch in sketches], FEWEST_PAIRS, PAIR_SHARE),
    ]
    codes = np.unique(np.concatenate(found))
    size = max(1, len(sketches))
    return np.stack([codes // size, codes % size], axis=1)


def _joined(keys: Sequence[Hashes], fewest: int, share: float) -> Indexes:
    size = len(keys)
    lengths = np.array([len(part) for part in keys], dtype=np.int64)
    if not lengths.sum():
        return np.empty(0, dtype=np.int64)
    groups = _groups(np.concatenate(keys), np.repeat(np.arange(size, dtype=np.int32), lengths))
    kept: list[Indexes] = []
    # the pairs that share but one print are many: each part of the documents is counted, sifted and forgotten
    for low, high in pairwise([*range(0, size, PART_DOCUMENTS), size]):
        emitted = [codes for rows in groups for codes in _codes_of(rows, low, high, size)]
        if not emitted:
            continue
        codes, counts = np.unique(np.concatenate(emitted), return_counts=True)
        smaller = np.minimum(lengths[codes // size], lengths[codes % size])
        kept.append(codes[counts >= np.maximum(np.minimum(fewest, smaller), share * smaller)])
    return np.concatenate(kept) if kept else np.empty(0, dtype=np.int64)


def _groups(flat: Hashes, owners: NDArray[np.int32]) -> list[NDArray[np.int32]]:
    """Owners that share a key, ascending: one array of groups for each size up to GROUP_LIMIT, and pairs of a large group's
    first HUBS members with its others."""
    order = np.lexsort((owners, flat))
    flat, members = flat[order], owners[order]
    starts = np.flatnonzero(np.concatenate([[True], flat[1:] != flat[:-1]]))
    sizes = np.diff(np.concatenate([starts, [len(flat)]]))
    found = [members[starts[sizes == many][:, None] + np.arange(many)] for many in range(2, GROUP_LIMIT + 1)]
    counts = sizes[sizes > GROUP_LIMIT]
    if len(counts):
        inside = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        begins = np.repeat(starts[sizes > GROUP_LIMIT], counts)
        for hub in range(HUBS):
            later = inside > hub
            found.append(np.stack([members[begins[later] + hub], members[(begins + inside)[later]]], axis=1))
    return found


def _codes_of(rows: NDArray[np.int32], low: int, high: int, size: int) -> Iterator[Indexes]:
    """Codes (first * size + second) of the pairs in groups whose first document lies in [low, high)."""
    for first in range(rows.shape[1] - 1):
        chosen = rows[(rows[:, first] >= low) & (rows[:, first] < high)]
        if len(chosen):
            begin = chosen[:, first].astype(np.int64) * size
            for second in range(first + 1, rows.shape[1]):
                yield begin + chosen[:, second]


class Groups:
    """Disjoint sets of indexes; a set's root is its smallest member."""

    def __init__(self, size: int) -> None:
        self.parent = list(range(size))

    def root(self, index: int) -> int:
        """The smallest member of an index' set."""
        while self.parent[index] != index:
            self.parent[index] = self.parent[self.parent[index]]
            index = self.parent[index]
        return index

    def join(self, first: int, second: int) -> None:
        """Make two sets one."""
        a, b = self.root(first), self.root(second)
        self.parent[max(a, b)] = min(a, b)


def neighbours_together(pairs: Indexes, size: int) -> list[tuple[int, int]]:
    """Pairs ordered so that those that hang together come one after the other: what a small cache of profiles needs."""
    groups = Groups(size)
    listed = [(int(first), int(second)) for first, second in pairs]
    for first, second in listed:
        groups.join(first, second)
    return sorted(listed, key=lambda pair: (groups.root(pair[0]), pair))
