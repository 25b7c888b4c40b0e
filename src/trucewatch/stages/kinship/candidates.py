"""Which pairs of documents are worth comparing: an inverted index over sketches, never all pairs with all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from trucewatch.text.shingles import Hashes, Sketch

# a print that more documents share is boilerplate or a large family: its members are joined to HUBS of them, not to one another
GROUP_LIMIT = 24
HUBS = 3
PARTS = 8
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
    flat = np.concatenate(keys)
    owners = np.repeat(np.arange(size, dtype=np.int32), lengths)
    codes, counts = np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    for part in range(PARTS):
        chosen = (flat % np.uint64(PARTS)) == part
        for emitted in _pairs_of_groups(flat[chosen], owners[chosen], size):
            some, how_many = np.unique(emitted, return_counts=True)
            codes, counts = _add(codes, counts, some, how_many)
    smaller = np.minimum(lengths[codes // size], lengths[codes % size])
    enough = counts >= np.maximum(np.minimum(fewest, smaller), share * smaller)
    return codes[enough]


def _add(codes: Indexes, counts: Indexes, more: Indexes, how_many: Indexes) -> tuple[Indexes, Indexes]:
    if not len(codes):
        return more, how_many
    both = np.concatenate([codes, more])
    unique, inverse = np.unique(both, return_inverse=True)
    return unique, np.bincount(inverse, weights=np.concatenate([counts, how_many])).astype(np.int64)


def _pairs_of_groups(flat: Hashes, owners: NDArray[np.int32], size: int) -> Iterator[Indexes]:
    """Codes (first * size + second) of the pairs of every group of owners that share a key; a code may come many times."""
    order = np.lexsort((owners, flat))
    flat, members = flat[order], owners[order].astype(np.int64)
    starts = np.flatnonzero(np.concatenate([[True], flat[1:] != flat[:-1]]))
    sizes = np.diff(np.concatenate([starts, [len(flat)]]))
    emitted: list[Indexes] = []
    for many in range(2, GROUP_LIMIT + 1):
        rows = members[starts[sizes == many][:, None] + np.arange(many)]
        first, second = np.triu_indices(many, 1)
        emitted.append((rows[:, first] * size + rows[:, second]).ravel())
    large = sizes > GROUP_LIMIT
    if large.any():
        counts = sizes[large]
        inside = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        begins = np.repeat(starts[large], counts)
        others = members[begins + inside]
        for hub in range(HUBS):
            later = inside > hub
            emitted.append(members[begins[later] + hub] * size + others[later])
    yield np.concatenate(emitted)


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
