"""An inverted index of sketches: which texts share enough keys to be worth comparing, with no pairs of all with all.

A key that more than GROUP_LIMIT texts share is boilerplate or a large family: it pairs its first HUBS texts (in the order of
their codes, which are hashes) with its others, not these with one another. So which pairs come out follows from the set of the
texts alone, never from the order in which they came; what an added text takes away again is told (`Found.shaken`).

The index is a few ascending arrays, each about twice as long as the next, merged as they fill up: to add texts to a million costs
look-ups by bisection, and arrays that lie in a file are read only where they are looked up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trucewatch.text.shingles import Hashes

GROUP_LIMIT = 24
HUBS = 3
PART = 1 << 22

Codes = NDArray[np.uint64]
Orders = NDArray[np.uint32]
Numbers = NDArray[np.int64]
_LOW, _SHIFT = np.uint64(0xFFFFFFFF), np.uint64(32)


@dataclass(frozen=True, slots=True)
class Found:
    """What adding texts gives. `pairs`: (low code << 32 | high code) of pairs with an added text, ascending; `shared`: how many
    keys pair them; `shaken`: (code << 32 | number of a key) of texts that share a key whose pairs may no longer hold, as it grew
    too common, ascending."""

    pairs: Codes
    shared: Numbers
    shaken: Codes


class SketchIndex:
    """Keys of texts. A text goes by a 32-bit code; texts that share one by chance are not told apart here.

    `segments`: ascending arrays of (key << 32 | code), of which a key's lower half is kept.
    """

    def __init__(self, segments: Sequence[Codes] = ()) -> None:
        self.segments = list(segments)

    def add(self, codes: Orders, keys: Sequence[Hashes]) -> Found:
        """Add texts (code and keys of each) and give the pairs that they make, among themselves and with those before."""
        fresh = _entries(codes, keys)
        asked = _keys_of(fresh)
        before = self._sizes(asked)
        self._insert(fresh)
        sizes = before + np.diff(np.append(_begins(fresh >> _SHIFT), len(fresh)))
        is_small = sizes <= GROUP_LIMIT
        parts = [self._small_pairs(asked[is_small & (sizes > 1)], np.unique(codes))]
        large = asked[~is_small]
        crossed = before[~is_small] <= GROUP_LIMIT
        made, shaken = self._large_pairs(large, crossed, fresh)
        every = np.sort(np.concatenate([*parts, made]))
        begins = _begins(every)
        pairs, shared = every[begins], np.diff(np.append(begins, len(every)))
        is_pair = (pairs >> _SHIFT) != (pairs & _LOW)
        return Found(pairs[is_pair], shared[is_pair], shaken)

    def remove(self, codes: Orders, again: Orders, keys: Sequence[Hashes]) -> Codes:
        """Take the texts of these codes out, but for those whose code is another's by chance (`again`, with the `keys` of each).

        Gives the pairs of other texts (low code << 32 | high code, ascending) that a key may pair now and did not before, as it
        is no longer too common for that.
        """
        gone = np.unique(codes)
        held = [segment[_with_codes(segment, gone)] for segment in self.segments]
        asked = _keys_of(np.sort(np.concatenate([np.empty(0, np.uint64), *held])))
        asked = asked[self._sizes(asked) > GROUP_LIMIT]
        hubs = self._hubs(asked)
        # an array of a file from which nothing goes stays there
        left = [
            segment[~_with_codes(segment, gone)] if len(own) else segment
            for segment, own in zip(self.segments, held, strict=True)
        ]
        self.segments = [segment for segment in left if len(segment)]
        if len(again):
            self._insert(_entries(again, keys))
        is_small = self._sizes(asked) <= GROUP_LIMIT
        small, large = asked[is_small], asked[~is_small]
        member_of, member = self._members(large)
        made = [self._small_pairs(small, np.unique(self._members(small)[1]))] if len(small) else []
        for number, (before, now) in enumerate(zip(hubs[~is_small], self._hubs(large), strict=True)):
            own = member[member_of == number]
            made += [_pairs(np.full(len(own), hub), own) for hub in np.setdiff1d(now, before)]
        every = _ascending(np.concatenate([np.empty(0, np.uint64), *made]))
        is_pair = (every >> _SHIFT) != (every & _LOW)
        return np.asarray(every[is_pair], dtype=np.uint64)

    def count(self, first: int, first_keys: Hashes, second: int, second_keys: Hashes) -> int:
        """How many keys pair two texts of the index now."""
        both = np.intersect1d(_halves(first_keys), _halves(second_keys))
        is_large = self._sizes(both) > GROUP_LIMIT
        hubs = self._hubs(both[is_large])
        return int((~is_large).sum() + ((hubs == first) | (hubs == second)).any(axis=1).sum())

    def _insert(self, fresh: Codes) -> None:
        self.segments.append(fresh)
        while len(self.segments) > 1 and 2 * len(self.segments[-1]) > len(self.segments[-2]):
            last = self.segments.pop()
            merged = np.concatenate([self.segments.pop(), last])
            merged.sort(kind="stable")
            self.segments.append(merged)

    def _spans(self, asked: Codes) -> Iterator[tuple[Codes, Numbers, Numbers]]:
        for segment in self.segments:
            begin = np.searchsorted(segment, asked << _SHIFT)
            counts = np.zeros(len(asked), dtype=np.int64)
            # most keys stand in one text alone
            held = np.flatnonzero(segment[np.minimum(begin, len(segment) - 1)] >> _SHIFT == asked) if len(segment) else counts[:0]
            counts[held] = np.searchsorted(segment, (asked[held] << _SHIFT) | _LOW, side="right") - begin[held]
            yield segment, begin, counts

    def _sizes(self, asked: Codes) -> Numbers:
        total = np.zeros(len(asked), dtype=np.int64)
        for _, _, counts in self._spans(asked):
            total += counts
        return total

    def _members(self, asked: Codes, most: int | None = None) -> tuple[Numbers, Orders]:
        """Owner (index into `asked`) and code of every entry, by owner and code; of each segment at most `most` a key."""
        members = [np.empty(0, dtype=np.uint64)]
        for segment, begin, counts in self._spans(asked):
            counts = counts if most is None else np.minimum(counts, most)
            at = np.repeat(begin - (np.cumsum(counts) - counts), counts) + np.arange(counts.sum())
            owner = np.repeat(np.arange(len(asked), dtype=np.uint64), counts)
            members.append((owner << _SHIFT) | (segment[at] & _LOW))
        every = np.sort(np.concatenate(members))
        return (every >> _SHIFT).astype(np.int64), np.asarray(every & _LOW, dtype=np.uint32)

    def _hubs(self, asked: Codes) -> Orders:
        """The HUBS lowest codes of each key that has more."""
        owner, code = self._members(asked, HUBS)
        first = np.searchsorted(owner, np.arange(len(asked)))
        return code[first[:, None] + np.arange(HUBS)] if len(asked) else np.empty((0, HUBS), dtype=np.uint32)

    def _small_pairs(self, asked: Codes, added: Orders) -> Codes:
        owner, code = self._members(asked)
        is_added = added[np.minimum(np.searchsorted(added, code), len(added) - 1)] == code
        sizes = np.bincount(owner, minlength=len(asked))
        starts = np.cumsum(sizes) - sizes
        made: list[Codes] = []
        for many in range(2, GROUP_LIMIT + 1):
            at = starts[sizes == many]
            if not len(at):
                continue
            for one in range(many - 1):
                for other in range(one + 1, many):
                    chosen = at[is_added[at + one] | is_added[at + other]]
                    made.append(_pairs(code[chosen + one], code[chosen + other]))
        return np.concatenate([np.empty(0, np.uint64), *made])

    def _large_pairs(self, asked: Codes, crossed: NDArray[np.bool_], fresh: Codes) -> tuple[Codes, Codes]:
        """Pairs of added texts in large groups, and the members of groups whose rule or hubs changed (`Found.shaken`)."""
        if not len(asked):
            return np.empty(0, np.uint64), np.empty(0, np.uint64)
        hubs = self._hubs(asked)
        begin = np.searchsorted(fresh, asked << _SHIFT)
        counts = np.searchsorted(fresh, (asked << _SHIFT) | _LOW, side="right") - begin
        owner = np.repeat(np.arange(len(asked)), counts)
        at = np.repeat(begin - (np.cumsum(counts) - counts), counts) + np.arange(counts.sum())
        code = np.asarray(fresh[at] & _LOW, dtype=np.uint32)
        owners = [np.repeat(owner, HUBS)]
        pairs = [_pairs(np.repeat(code, HUBS), hubs[owner].reshape(-1))]
        is_hub = (hubs[owner] == code[:, None]).any(axis=1)
        changed = np.unique(np.concatenate([owner[is_hub], np.flatnonzero(crossed)]))
        member_of, member = self._members(asked[changed])
        # a hub that is new pairs with every member
        group, hub = owner[is_hub], code[is_hub]
        begin = np.searchsorted(member_of, at := np.searchsorted(changed, group))
        counts = np.searchsorted(member_of, at, side="right") - begin
        places = np.repeat(begin - (np.cumsum(counts) - counts), counts) + np.arange(counts.sum())
        pairs.append(_pairs(np.repeat(hub, counts), member[places]))
        owners.append(np.repeat(group, counts))
        every, whose = np.concatenate(pairs), np.concatenate(owners)
        # one key pairs two texts once, however it comes to it
        order = np.lexsort((every, whose))
        every, whose = every[order], whose[order]
        is_first = np.ones(len(every), dtype=bool)
        is_first[1:] = (every[1:] != every[:-1]) | (whose[1:] != whose[:-1])
        return every[is_first], np.sort((member.astype(np.uint64) << _SHIFT) | changed[member_of].astype(np.uint64))


def _with_codes(segment: Codes, codes: Orders) -> NDArray[np.bool_]:
    """Which entries are of texts with these codes."""
    found = np.empty(len(segment), dtype=np.bool_)
    # a part at a time: the array may be longer than the memory
    for begin in range(0, len(segment), PART):
        found[begin : begin + PART] = np.isin((segment[begin : begin + PART] & _LOW).astype(np.uint32), codes)
    return found


def _halves(keys: Hashes) -> Codes:
    return _ascending(keys & _LOW)


def _entries(codes: Orders, keys: Sequence[Hashes]) -> Codes:
    flat = np.concatenate([np.empty(0, np.uint64), *keys])
    owners = np.repeat(codes.astype(np.uint64), [len(own) for own in keys])
    return _ascending(((flat & _LOW) << _SHIFT) | owners)


def _keys_of(entries: Codes) -> Codes:
    keys = entries >> _SHIFT
    return keys[_begins(keys)]


def _ascending(values: Codes) -> Codes:
    # np.unique hashes, which is slower here than to sort
    ordered = np.sort(values)
    return ordered[_begins(ordered)]


def _begins(ascending: Codes) -> Numbers:
    """Where each value begins."""
    is_first = np.ones(len(ascending), dtype=bool)
    is_first[1:] = ascending[1:] != ascending[:-1]
    return np.flatnonzero(is_first)


def _pairs(first: Orders, second: Orders) -> Codes:
    low, high = np.minimum(first, second).astype(np.uint64), np.maximum(first, second).astype(np.uint64)
    return (low << _SHIFT) | high
