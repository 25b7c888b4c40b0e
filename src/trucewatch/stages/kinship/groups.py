"""Disjoint sets, and an order of pairs that a small cache likes."""

from __future__ import annotations

from collections.abc import Iterable


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


def neighbours_together(pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Pairs ordered so that those that hang together come one after the other: what a small cache of profiles needs."""
    listed = sorted(pairs)
    place = {number: at for at, number in enumerate(sorted({number for pair in listed for number in pair}))}
    groups = Groups(len(place))
    for first, second in listed:
        groups.join(place[first], place[second])
    return sorted(listed, key=lambda pair: (groups.root(place[pair[0]]), pair))
