"""What kinship knows of the texts that it has met: sketches, how alike the pairs are that are worth comparing, and the evidence.

A function of the set of texts: texts added in any order and any parts give the same pairs. So a ledger keeps it, and a run
compares only what is new with what it may be kin to.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from trucewatch.stages.kinship.compare import Comparison, Likeness, Profile, WordWeights, make_profile
from trucewatch.stages.kinship.families import Edge, is_partial, log_odds
from trucewatch.stages.kinship.groups import neighbours_together
from trucewatch.stages.kinship.passages import MOST_PASSAGES, Alignment, align
from trucewatch.text.shingles import Sketch, Words, make_sketches, text_words
from trucewatch.text.sketch_index import Found, SketchIndex

MOST_PROFILES = 4096
PART_TEXTS = 16_000
# words of texts that are kept in memory: four bytes each
MOST_WORDS = 64 * 1024 * 1024
DIGEST_BYTES = 16
# of so many pairs texts are asked for together
ASKED_PAIRS = 1000
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
_LOW = np.uint64(0xFFFFFFFF)
_SIDES: tuple[Literal["left"], Literal["right"]] = ("left", "right")


AskFor = Callable[[Collection[bytes]], None]


def _at_hand(_: Collection[bytes]) -> None:
    """All texts are at hand: nothing need be fetched together."""


def digest_of(text: str) -> bytes:
    """What a text goes by: equal texts are one."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=DIGEST_BYTES).digest()


class _Told:
    """Words of texts by digest; the latest are kept."""

    def __init__(self) -> None:
        self._words: dict[bytes, Words] = {}
        self._count = 0

    def of(self, digest: bytes, text_of: Callable[[bytes], str]) -> Words:
        """Words of a text, which is read where they are not known."""
        if (known := self._words.get(digest)) is not None:
            return known
        words = self._words[digest] = text_words(text_of(digest))
        self._count += len(words)
        while self._count > MOST_WORDS and len(self._words) > 1:
            self._count -= len(self._words.pop(next(iter(self._words))))
        return words

    def has(self, digest: bytes) -> bool:
        """Whether the words of a text are known."""
        return digest in self._words

    def forget(self, digests: Iterable[bytes]) -> None:
        """Keep these no longer."""
        for digest in digests:
            self._count -= len(self._words.pop(digest, ()))


class KinState:
    """Texts by number, in the order in which they were met; `edges` between them, of which the first has the lower digest;
    `spare`: by how many keys at least an edge's texts share more than they must, below 0 where that is not known."""

    def __init__(self, arrays: Mapping[str, Any] | None = None) -> None:
        self._weights: WordWeights | None = None
        self._common: Words | None = None
        self._told = _Told()
        self._take(arrays or {})

    def _take(self, arrays: Mapping[str, Any]) -> None:
        whole = np.asarray(arrays.get("digests", np.empty((0, DIGEST_BYTES), dtype=np.uint8)))
        flat = whole.tobytes()
        self.digests = [flat[begin : begin + DIGEST_BYTES] for begin in range(0, len(flat), DIGEST_BYTES)]
        self.number_of = {digest: number for number, digest in enumerate(self.digests)}
        self.lengths = {name: np.array(arrays.get(f"{name}-lengths", ()), dtype=np.int32) for name in FEWEST}
        self.edges: NDArray[Any] = np.array(arrays["edges"]) if "edges" in arrays else np.empty(0, dtype=EDGE)
        self.indexes = {
            name: SketchIndex([arrays[key] for key in sorted(arrays) if key.startswith(f"{name}-segment-")]) for name in FEWEST
        }
        self.spare = {name: np.full(len(self.edges), -1.0) for name in FEWEST}
        self._shaken: set[int] = set()
        self._code_of = np.ascontiguousarray(whole[:, :4]).view(">u4").reshape(-1).astype(np.uint32)
        self._sort()

    def clear(self) -> None:
        """Know no text any more."""
        self._take({})

    def _weigh(self, common: Words) -> None:
        if common is not self._common:
            self._weights, self._common = WordWeights(common), common

    def know(self, digests: Collection[bytes], common: Words, text_of: Callable[[bytes], str]) -> None:
        """Know exactly these texts, in a theatre of `common` names. New ones are added; where one is gone, all begins anew."""
        if any(digest not in digests for digest in self.number_of):
            self._take({})
        self._weigh(common)
        self.add([digest for digest in digests if digest not in self.number_of], text_of)

    def learn(
        self, digests: Iterable[bytes], common: Words, text_of: Callable[[bytes], str], ask_for: AskFor = _at_hand
    ) -> set[int]:
        """Know these texts besides; gives the numbers of all texts whose pairs changed, and of those that are new.

        `ask_for` is told, some at a time, of which texts known before `text_of` will be asked.
        """
        before, met = _pair_codes(self.edges), len(self.digests)
        self._weigh(common)
        self.add([digest for digest in dict.fromkeys(digests) if digest not in self.number_of], text_of, ask_for)
        changed = np.setxor1d(before, _pair_codes(self.edges))
        ends = np.concatenate([changed >> np.int64(32), changed & np.int64(0xFFFFFFFF)])
        return {*ends.tolist(), *range(met, len(self.digests))}

    def forget(self, digests: Collection[bytes], common: Words, text_of: Callable[[bytes], str]) -> set[int]:
        """Know these texts no longer, as if they had never been met; gives the numbers, as they are then, of all texts whose
        pairs changed. The others keep their order."""
        gone = sorted({self.number_of[digest] for digest in digests if digest in self.number_of})
        if not gone:
            return set()
        self._weigh(common)
        is_kept = np.ones(len(self.digests), dtype=bool)
        is_kept[gone] = False
        is_edge_kept = is_kept[self.edges["first"]] & is_kept[self.edges["second"]]
        cut = self.edges[~is_edge_kept]
        touched = np.unique(np.concatenate([cut["first"], cut["second"]]))
        number = np.cumsum(is_kept) - 1
        changed = set(number[touched[is_kept[touched]]].tolist())
        codes = self._code_of[gone]
        self.digests = [digest for digest, kept in zip(self.digests, is_kept.tolist(), strict=True) if kept]
        self.number_of = {digest: at for at, digest in enumerate(self.digests)}
        self._code_of = self._code_of[is_kept]
        self.lengths = {name: lengths[is_kept] for name, lengths in self.lengths.items()}
        self.edges = self.edges[is_edge_kept]
        self.spare = {name: spare[is_edge_kept] for name, spare in self.spare.items()}
        for end in ("first", "second"):
            self.edges[end] = number[self.edges[end]]
        self._told.forget(digests)
        self._sort()
        return changed | self._join_again(codes, text_of)

    def _join_again(self, codes: NDArray[np.uint32], text_of: Callable[[bytes], str]) -> set[int]:
        """Take texts of these codes out of the indexes, and compare those that share enough now that fewer share the same."""

        @lru_cache(maxsize=MOST_PROFILES)
        def sketch(number: int) -> Sketch:
            return make_sketches([self._told.of(self.digests[number], text_of)])[0]

        alike = np.flatnonzero(np.isin(self._code_of, codes))
        known = set(_pair_codes(self.edges).tolist())
        doubtful: set[tuple[int, int]] = set()
        for name, index in self.indexes.items():
            pairs = index.remove(codes, self._code_of[alike], [_keys(sketch(number), name) for number in alike.tolist()])
            doubtful |= {pair for _, pair in self._of_codes(pairs) if (pair[0] << 32) | pair[1] not in known}
        spare: dict[str, dict[tuple[int, int], float]] = {}
        for name, index in self.indexes.items():
            own = {pair: self._spare_of(pair, name, index, sketch) for pair in doubtful}
            spare[name] = {pair: more for pair, more in own.items() if more >= 0}
        self._compare_all(spare, text_of)
        return {number for own in spare.values() for pair in own for number in pair}

    def _of_codes(self, pairs: NDArray[np.uint64]) -> Iterator[tuple[int, tuple[int, int]]]:
        """Pairs of texts by number, the one with the lower digest first, with the place of their codes among `pairs`."""
        low, high = (np.asarray(part, dtype=np.uint32) for part in (pairs >> np.uint64(32), pairs & _LOW))
        begins, ends = ([np.searchsorted(self._codes, part, side=side).tolist() for part in (low, high)] for side in _SIDES)
        for at, (low_begin, high_begin, low_end, high_end) in enumerate(zip(*begins, *ends, strict=True)):
            # more than one text where codes are equal by chance
            for one in self._by_code[low_begin:low_end].tolist():
                for other in self._by_code[high_begin:high_end].tolist():
                    yield at, (one, other) if self.digests[one] < self.digests[other] else (other, one)

    def _spare_of(self, pair: tuple[int, int], name: str, index: SketchIndex, sketch: Callable[[int], Sketch]) -> float:
        """By how many keys two texts share more than they must."""
        first, second = pair
        keys = [_keys(sketch(number), name) for number in pair]
        shared = index.count(int(self._code_of[first]), keys[0], int(self._code_of[second]), keys[1])
        return float(shared - _least(name, min(self.lengths[name][first], self.lengths[name][second])))

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

    def add(self, digests: Iterable[bytes], text_of: Callable[[bytes], str], ask_for: AskFor = _at_hand) -> None:
        """Add texts, by digest, none known yet, and compare them with what they may be kin to; `text_of` gives any text."""
        fresh = sorted(digests)
        for begin in range(0, len(fresh), PART_TEXTS):
            self._add(fresh[begin : begin + PART_TEXTS], text_of, ask_for)

    def _add(self, fresh: Sequence[bytes], text_of: Callable[[bytes], str], ask_for: AskFor) -> None:
        sketches = make_sketches([self._told.of(digest, text_of) for digest in fresh])
        codes = np.array([_code(digest) for digest in fresh], dtype=np.uint32)
        for digest in fresh:
            self.number_of[digest] = len(self.digests)
            self.digests.append(digest)
        self._code_of = np.concatenate([self._code_of, codes])
        for name in FEWEST:
            lengths = np.array([len(_keys(sketch, name)) for sketch in sketches], dtype=np.int32)
            self.lengths[name] = np.concatenate([self.lengths[name], lengths])
        self._sort()
        spare: dict[str, dict[tuple[int, int], float]] = {}
        for name, index in self.indexes.items():
            found = index.add(codes, [_keys(sketch, name) for sketch in sketches])
            spare[name] = self._chosen(found, name)
            self._shake(name, found.shaken)
        self._let_go(text_of)
        self._compare_all(spare, text_of, ask_for)

    def _compare_all(
        self,
        spare: Mapping[str, Mapping[tuple[int, int], float]],
        text_of: Callable[[bytes], str],
        ask_for: AskFor = _at_hand,
    ) -> None:
        """Compare pairs, none of which is an edge: `spare` says by index how many keys they could do without."""

        weights = self._weights or WordWeights()

        @lru_cache(maxsize=MOST_PROFILES)
        def profile(number: int) -> Profile:
            return make_profile(self._told.of(self.digests[number], text_of), weights)

        pairs = neighbours_together({pair for own in spare.values() for pair in own})
        made: list[tuple[tuple[int, int], tuple[Edge, Alignment]]] = []
        for begin in range(0, len(pairs), ASKED_PAIRS):
            part = pairs[begin : begin + ASKED_PAIRS]
            ask_for({digest for pair in part for digest in map(self.digests.__getitem__, pair) if not self._told.has(digest)})
            made += [(pair, edge) for pair in part if (edge := self._compare(pair, profile, text_of)) is not None]
        if made:
            self.edges = np.concatenate([self.edges, _rows([edge for _, edge in made])])
            for name, own in spare.items():
                fresh_spare = [own.get(pair, -1.0) for pair, _ in made]
                self.spare[name] = np.concatenate([self.spare[name], fresh_spare])

    def _sort(self) -> None:
        self._by_code = np.argsort(self._code_of, kind="stable")
        self._codes = self._code_of[self._by_code]

    def _chosen(self, found: Found, name: str) -> dict[tuple[int, int], float]:
        """Pairs that share enough keys to be compared, the one with the lower digest first, and how many they could spare."""
        low, high = (np.asarray(part, dtype=np.uint32) for part in (found.pairs >> np.uint64(32), found.pairs & _LOW))
        lengths = self.lengths[name][self._by_code]
        smaller = np.minimum(lengths[np.searchsorted(self._codes, low)], lengths[np.searchsorted(self._codes, high)])
        spare = found.shared - _least(name, smaller)
        is_chosen = spare >= 0
        chosen = spare[is_chosen].tolist()
        return {pair: chosen[at] for at, pair in self._of_codes(found.pairs[is_chosen])}

    def _compare(
        self, pair: tuple[int, int], profile: Callable[[int], Profile], text_of: Callable[[bytes], str]
    ) -> tuple[Edge, Alignment] | None:
        first, second = profile(pair[0]), profile(pair[1])
        comparison = Comparison(first, second)
        smaller = min(len(first.words), len(second.words))
        likeness = comparison.first_look()
        # of a hundred pairs a few get past this
        if log_odds(likeness, smaller) <= 0 and not is_partial(likeness, smaller):
            return None
        likeness = comparison.with_order(likeness)
        odds = log_odds(likeness, smaller)
        if odds <= 0 and not is_partial(likeness, smaller):
            return None
        edge = Edge(*pair, comparison.with_rests(likeness), odds)
        return edge, align(first, second, comparison.shared, text_of(self.digests[pair[0]]), text_of(self.digests[pair[1]]))

    def _shake(self, name: str, shaken: NDArray[np.uint64]) -> None:
        """Take from what edges can spare the keys that both their texts hold of those that grew too common."""
        if not len(shaken) or not len(self.edges):
            return
        ends = [(self._code_of[self.edges[end]].astype(np.uint64) << np.uint64(32)) for end in ("first", "second")]
        spans = [(np.searchsorted(shaken, end), np.searchsorted(shaken, end | _LOW, side="right")) for end in ends]
        both = np.flatnonzero(np.logical_and(*(begin < end for begin, end in spans)))
        held: list[NDArray[np.uint64]] = []
        for begin, end in spans:
            counts = (end - begin)[both]
            at = np.repeat(begin[both] - (np.cumsum(counts) - counts), counts) + np.arange(counts.sum())
            held.append((np.repeat(both, counts).astype(np.uint64) << np.uint64(32)) | (shaken[at] & _LOW))
        every = np.sort(np.concatenate(held))
        lost = (every[1:][every[1:] == every[:-1]] >> np.uint64(32)).astype(np.int64)
        spare = self.spare[name]
        self.spare[name] = spare - np.bincount(lost, minlength=len(spare))
        self._shaken |= set(np.unique(lost).tolist())

    def _let_go(self, text_of: Callable[[bytes], str]) -> None:
        """Take out the edges of pairs that a full reckoning would not compare: what they share has grown too common."""
        doubtful = [at for at in sorted(self._shaken) if all(spare[at] < 0 for spare in self.spare.values())]
        self._shaken.clear()
        if not doubtful:
            return
        kept = np.ones(len(self.edges), dtype=bool)
        sketch = lru_cache(maxsize=MOST_PROFILES)(lambda n: make_sketches([self._told.of(self.digests[n], text_of)])[0])
        for at in doubtful:
            first, second = int(self.edges["first"][at]), int(self.edges["second"][at])
            one, other = int(self._code_of[first]), int(self._code_of[second])
            for name, index in self.indexes.items():
                shared = index.count(one, _keys(sketch(first), name), other, _keys(sketch(second), name))
                self.spare[name][at] = shared - _least(name, min(self.lengths[name][first], self.lengths[name][second]))
            kept[at] = any(spare[at] >= 0 for spare in self.spare.values())
        self.edges = self.edges[kept]
        self.spare = {name: spare[kept] for name, spare in self.spare.items()}

    def edges_at(self, places: Sequence[int]) -> list[Edge]:
        """Edges as `families` takes them, their texts by number."""
        rows = self.edges[np.asarray(places, dtype=np.int64)]
        columns = {name: rows[name].tolist() for name in (*_FLOATS, "aligned", "first", "second")}
        for name in ("rest_first", "rest_second"):
            columns[name] = [None if math.isnan(value) else value for value in columns[name]]
        odds, firsts, seconds = (columns.pop(name) for name in ("log_odds", "first", "second"))
        likenesses = (Likeness(**dict(zip(columns, values, strict=True))) for values in zip(*columns.values(), strict=True))
        return list(map(Edge, firsts, seconds, likenesses, odds))

    def alignment(self, at: int) -> Alignment:
        """Shared passages of an edge's texts."""
        row = self.edges[at]
        return Alignment(tuple((a, b, c, d) for a, b, c, d in row["passages"].tolist() if a >= 0), bool(row["is_mangled"]))


def _rows(made: Sequence[tuple[Edge, Alignment]]) -> NDArray[Any]:
    rows = np.zeros(len(made), dtype=EDGE)
    rows["first"], rows["second"] = [edge.first for edge, _ in made], [edge.second for edge, _ in made]
    rows["aligned"] = [edge.likeness.aligned for edge, _ in made]
    rows["is_mangled"] = [alignment.is_mangled for _, alignment in made]
    rows["log_odds"] = [edge.log_odds for edge, _ in made]
    for name in _FLOATS[:-1]:
        values = [getattr(edge.likeness, name) for edge, _ in made]
        rows[name] = [np.nan if value is None else value for value in values]
    rows["passages"] = -1
    for at, (_, alignment) in enumerate(made):
        if alignment.passages:
            rows["passages"][at, : len(alignment.passages)] = alignment.passages
    return rows


def _pair_codes(edges: NDArray[Any]) -> NDArray[np.int64]:
    return (edges["first"].astype(np.int64) << np.int64(32)) | edges["second"].astype(np.int64)


def _code(digest: bytes) -> int:
    return int.from_bytes(digest[:4], "big")


def _keys(sketch: Sketch, name: str) -> Any:
    return sketch.prints if name == "prints" else sketch.pairs


def _least(name: str, smaller: Any) -> Any:
    return np.maximum(np.minimum(FEWEST[name], smaller), KEY_SHARE * smaller)
