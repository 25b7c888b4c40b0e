"""What kinship knows of the texts that it has met: sketches, how alike the pairs are that are worth comparing, and the evidence.

A function of the set of texts: texts added in any order and any parts give the same pairs. So a ledger keeps it, and a run
compares only what is new with what it may be kin to.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trucewatch.stages.kinship.compare import Likeness, Profile, WordWeights, compare, make_profile
from trucewatch.stages.kinship.families import Edge, is_partial, log_odds
from trucewatch.stages.kinship.groups import neighbours_together
from trucewatch.stages.kinship.passages import MOST_PASSAGES, Alignment, align
from trucewatch.text.shingles import Sketch, Words, make_sketch, text_words
from trucewatch.text.sketch_index import Found, SketchIndex

MOST_PROFILES = 4096
PART_TEXTS = 4000
DIGEST_BYTES = 16
# least shared keys, and least share of the smaller sketch, below which a pair is not looked at
FEWEST = {"prints": 2, "pairs": 3}
KEY_SHARE = 0.06

_FLOATS = ("containment", "cover_first", "cover_second", "cosine", "order", "rest_first", "rest_second", "log_odds")
EDGE = np.dtype(
    [
        ("first", np.int32),
        ("second", np.int32),
        ("aligned", np.int32),
        ("is_mangled", np.bool_),
        *((name, np.float64) for name in _FLOATS),
        ("passages", np.int32, (MOST_PASSAGES, 4)),
    ]
)


def digest_of(text: str) -> bytes:
    """What a text goes by: equal texts are one."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=DIGEST_BYTES).digest()


class KinState:
    """Texts by number, in the order in which they were met; `edges` between them, of which the first has the lower digest."""

    def __init__(self, arrays: Mapping[str, Any] | None = None) -> None:
        self.weights = WordWeights()
        self._take(arrays or {})

    def _take(self, arrays: Mapping[str, Any]) -> None:
        self.digests: list[bytes] = [bytes(row) for row in arrays["digests"]] if "digests" in arrays else []
        self.number_of = {digest: number for number, digest in enumerate(self.digests)}
        self.lengths = {name: np.array(arrays.get(f"{name}-lengths", ()), dtype=np.int32) for name in FEWEST}
        self.edges: NDArray[Any] = np.array(arrays["edges"]) if "edges" in arrays else np.empty(0, dtype=EDGE)
        self.indexes = {
            name: SketchIndex([arrays[key] for key in sorted(arrays) if key.startswith(f"{name}-segment-")]) for name in FEWEST
        }
        self._sort()

    def know(self, digests: Collection[bytes], common: Words, text_of: Callable[[bytes], str]) -> None:
        """Know exactly these texts, in a theatre of `common` names. New ones are added; where one is gone, all begins anew."""
        if any(digest not in digests for digest in self.number_of):
            self._take({})
        self.weights = WordWeights(common)
        self.add([digest for digest in digests if digest not in self.number_of], text_of)

    def learn(self, digests: Iterable[bytes], common: Words, text_of: Callable[[bytes], str]) -> set[int]:
        """Know these texts besides; gives the numbers of all texts whose pairs changed, and of those that are new."""
        before, met = _pair_codes(self.edges), len(self.digests)
        self.weights = WordWeights(common)
        self.add([digest for digest in dict.fromkeys(digests) if digest not in self.number_of], text_of)
        changed = np.setxor1d(before, _pair_codes(self.edges))
        ends = np.concatenate([changed >> np.int64(32), changed & np.int64(0xFFFFFFFF)])
        return {*ends.tolist(), *range(met, len(self.digests))}

    def edges_among(self, numbers: set[int]) -> tuple[set[int], list[int]]:
        """The texts that edges tie to these, one after the other, and where those edges stand."""
        found = np.array(sorted(numbers), dtype=np.int64)
        while True:
            touched = np.isin(self.edges["first"], found) | np.isin(self.edges["second"], found)
            ends = np.concatenate([found, self.edges["first"][touched], self.edges["second"][touched]])
            grown = np.unique(ends)
            if len(grown) == len(found):
                return set(found.tolist()), np.flatnonzero(touched).tolist()
            found = grown

    def arrays(self) -> dict[str, Any]:
        """All of it as arrays, to be kept and given back."""
        digests = np.frombuffer(b"".join(self.digests), dtype=np.uint8).reshape(-1, DIGEST_BYTES)
        made: dict[str, Any] = {"digests": digests, "edges": self.edges}
        for name, index in self.indexes.items():
            made[f"{name}-lengths"] = self.lengths[name]
            made.update((f"{name}-segment-{number:03d}", segment) for number, segment in enumerate(index.segments))
        return made

    def add(self, digests: Iterable[bytes], text_of: Callable[[bytes], str]) -> None:
        """Add texts, by digest, none known yet, and compare them with what they may be kin to; `text_of` gives any text."""
        fresh = sorted(digests)
        for begin in range(0, len(fresh), PART_TEXTS):
            self._add(fresh[begin : begin + PART_TEXTS], text_of)

    def _add(self, fresh: Sequence[bytes], text_of: Callable[[bytes], str]) -> None:
        words = {digest: text_words(text_of(digest)) for digest in fresh}
        sketches = [make_sketch(words[digest]) for digest in fresh]
        codes = np.array([_code(digest) for digest in fresh], dtype=np.uint32)
        for digest in fresh:
            self.number_of[digest] = len(self.digests)
            self.digests.append(digest)
        for name in FEWEST:
            lengths = np.array([len(_keys(sketch, name)) for sketch in sketches], dtype=np.int32)
            self.lengths[name] = np.concatenate([self.lengths[name], lengths])
        self._sort()
        chosen: set[tuple[int, int]] = set()
        shaken: set[int] = set()
        for name, index in self.indexes.items():
            found = index.add(codes, [_keys(sketch, name) for sketch in sketches])
            chosen.update(self._chosen(found, name))
            shaken.update(found.shaken.tolist())
        self._let_go(shaken, text_of)

        @lru_cache(maxsize=MOST_PROFILES)
        def profile(number: int) -> Profile:
            digest = self.digests[number]
            return make_profile(words[digest] if digest in words else text_words(text_of(digest)))

        pairs = neighbours_together(chosen)
        made = [edge for pair in pairs if (edge := self._compare(pair, profile, text_of)) is not None]
        if made:
            self.edges = np.concatenate([self.edges, np.array(made, dtype=EDGE)])

    def _sort(self) -> None:
        codes = np.array([_code(digest) for digest in self.digests], dtype=np.uint32)
        self._by_code = np.argsort(codes, kind="stable")
        self._codes = codes[self._by_code]

    def _numbers(self, code: int) -> list[int]:
        low, high = np.searchsorted(self._codes, [code, code + 1])
        return [int(number) for number in self._by_code[low:high]]

    def _chosen(self, found: Found, name: str) -> Iterator[tuple[int, int]]:
        low = np.asarray(found.pairs >> np.uint64(32), dtype=np.uint32)
        high = np.asarray(found.pairs & np.uint64(0xFFFFFFFF), dtype=np.uint32)
        lengths = self.lengths[name][self._by_code]
        smaller = np.minimum(lengths[np.searchsorted(self._codes, low)], lengths[np.searchsorted(self._codes, high)])
        for at in np.flatnonzero(found.shared >= _least(name, smaller)).tolist():
            for one in self._numbers(int(low[at])):
                for other in self._numbers(int(high[at])):
                    yield (one, other) if self.digests[one] < self.digests[other] else (other, one)

    def _compare(
        self, pair: tuple[int, int], profile: Callable[[int], Profile], text_of: Callable[[bytes], str]
    ) -> tuple[Any, ...] | None:
        first, second = profile(pair[0]), profile(pair[1])
        likeness = compare(first, second, self.weights)
        smaller = min(len(first.words), len(second.words))
        edge = Edge(*pair, likeness, log_odds(likeness, smaller))
        if edge.log_odds <= 0 and not is_partial(edge, smaller):
            return None
        floats = (getattr(likeness, name, edge.log_odds) for name in _FLOATS)
        alignment = align(first, second, text_of(self.digests[pair[0]]), text_of(self.digests[pair[1]]))
        passages = np.full((MOST_PASSAGES, 4), -1, dtype=np.int32)
        passages[: len(alignment.passages)] = alignment.passages or np.empty((0, 4))
        values = (np.nan if value is None else value for value in floats)
        return (*pair, likeness.aligned, alignment.is_mangled, *values, passages)

    def _let_go(self, shaken: set[int], text_of: Callable[[bytes], str]) -> None:
        """Take out the edges of pairs that a full reckoning would not compare: what they share has grown too common."""
        if not shaken or not len(self.edges):
            return
        codes = np.array(sorted(shaken), dtype=np.uint32)
        of_number = np.empty(len(self.digests), dtype=np.uint32)
        of_number[self._by_code] = self._codes
        both = np.isin(of_number[self.edges["first"]], codes) & np.isin(of_number[self.edges["second"]], codes)
        kept = np.ones(len(self.edges), dtype=bool)
        sketch = lru_cache(maxsize=MOST_PROFILES)(lambda number: make_sketch(text_words(text_of(self.digests[number]))))
        for at in np.flatnonzero(both).tolist():
            first, second = int(self.edges["first"][at]), int(self.edges["second"][at])
            one, other = int(of_number[first]), int(of_number[second])
            kept[at] = any(
                index.count(one, _keys(sketch(first), name), other, _keys(sketch(second), name))
                >= _least(name, min(self.lengths[name][first], self.lengths[name][second]))
                for name, index in self.indexes.items()
            )
        self.edges = self.edges[kept]

    def edge(self, at: int) -> Edge:
        """An edge as `families` takes it, its texts by number."""
        row = self.edges[at]
        rest_first, rest_second = (None if np.isnan(row[name]) else float(row[name]) for name in ("rest_first", "rest_second"))
        sure = {name: float(row[name]) for name in ("containment", "cover_first", "cover_second", "cosine", "order")}
        likeness = Likeness(**sure, aligned=int(row["aligned"]), rest_first=rest_first, rest_second=rest_second)
        return Edge(int(row["first"]), int(row["second"]), likeness, float(row["log_odds"]))

    def alignment(self, at: int) -> Alignment:
        """Shared passages of an edge's texts."""
        spans = (tuple(int(char) for char in span) for span in self.edges[at]["passages"] if span[0] >= 0)
        return Alignment(tuple((a, b, c, d) for a, b, c, d in spans), bool(self.edges[at]["is_mangled"]))


def _pair_codes(edges: NDArray[Any]) -> NDArray[np.int64]:
    return (edges["first"].astype(np.int64) << np.int64(32)) | edges["second"].astype(np.int64)


def _code(digest: bytes) -> int:
    return int.from_bytes(digest[:4], "big")


def _keys(sketch: Sketch, name: str) -> Any:
    return sketch.prints if name == "prints" else sketch.pairs


def _least(name: str, smaller: Any) -> Any:
    return np.maximum(np.minimum(FEWEST[name], smaller), KEY_SHARE * smaller)
