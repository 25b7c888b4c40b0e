"""How alike two documents are: shared shingles and where they lie, weighted words, and the order of what they share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trucewatch.text.shingles import COMMON_SHARE, Hashes, Words, background_share, shingles

RUN = 3
SEGMENT_WORDS = 25
# weight of the general texts' word shares beside the corpus' own, in documents
PRIOR_TEXTS = 20.0
PART_TEXTS = 5000
FEWEST_FOR_ORDER = 6
NOT_WHOLE = 0.8

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Profile:
    """A document made ready for comparing. `runs`: hashes of word triples that hold a topic word, with their word positions."""

    words: Words
    runs: Hashes
    run_positions: NDArray[np.int32]
    vocabulary: Words
    counts: NDArray[np.int32]
    first_position: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Likeness:
    """`containment`: share of the smaller's topic triples that the other holds; `cover_first`, `cover_second`: share of either
    text's stretches that hold shared triples; `cosine` of weighted words; `order`: rank correlation of the positions of the
    `aligned` words that stand once in each; `rest_first`, `rest_second`: cosine of what is not covered of the one with the
    other text, None where nearly all is covered."""

    containment: float
    cover_first: float
    cover_second: float
    cosine: float
    order: float
    aligned: int = 0
    rest_first: float | None = None
    rest_second: float | None = None

    @property
    def cover(self) -> float:
        """Of the two texts, how much the one lies within the other."""
        return max(self.cover_first, self.cover_second)


class WordWeights:
    """Inverse document frequencies of a corpus, steadied by general texts; a pair's own two documents do not count."""

    def __init__(self, texts: Sequence[Words]) -> None:
        self._texts = len(texts)
        self._words, self._counts = np.empty(0, dtype=np.uint32), np.empty(0, dtype=np.int64)
        # in parts, so that a million texts' words never lie in memory twice
        for begin in range(0, len(texts), PART_TEXTS):
            words = np.concatenate([self._words, *(np.unique(text) for text in texts[begin : begin + PART_TEXTS])])
            counts = np.ones(len(words), dtype=np.int64)
            counts[: len(self._counts)] = self._counts
            self._words, inverse = np.unique(words, return_inverse=True)
            self._counts = np.bincount(inverse, weights=counts).astype(np.int64)

    def of(self, words: Words) -> Floats:
        """Weight of each word, in nats."""
        counts = np.zeros(len(words))
        if len(self._words) and len(words):
            at = np.minimum(np.searchsorted(self._words, words), len(self._words) - 1)
            counts = np.where(self._words[at] == words, self._counts[at], 0)
        others = np.maximum(counts - 2, 0) + PRIOR_TEXTS * background_share(words)
        return np.asarray(np.log((max(self._texts - 2, 0) + PRIOR_TEXTS) / np.maximum(others, 1e-9)), dtype=np.float64)


def make_profile(words: Words) -> Profile:
    """Profile of a text from its words."""
    vocabulary, first, counts = np.unique(words, return_index=True, return_counts=True)
    hashes = shingles(words, RUN)
    rare = background_share(words) < COMMON_SHARE
    holds_topic = rare.copy()
    for shift in range(1, RUN):
        holds_topic[:-shift] |= rare[shift:]
    kept = np.flatnonzero(holds_topic[: len(hashes)])
    runs, at = np.unique(hashes[kept], return_index=True)
    return Profile(words, runs, kept[at].astype(np.int32), vocabulary, counts.astype(np.int32), first.astype(np.int32))


def _cover(positions: NDArray[np.int32], length: int) -> float:
    """Share of stretches of SEGMENT_WORDS words that hold one of the positions; the last, shorter stretch joins its neighbour."""
    stretches = max(1, length // SEGMENT_WORDS)
    return len(np.unique(np.minimum(positions // SEGMENT_WORDS, stretches - 1))) / stretches


def compare(first: Profile, second: Profile, weights: WordWeights) -> Likeness:
    """Likeness of two documents, symmetric but for the sides of `cover`."""
    smaller = min(len(first.runs), len(second.runs))
    shared, at_first, at_second = np.intersect1d(first.runs, second.runs, assume_unique=True, return_indices=True)
    _, in_first, in_second = np.intersect1d(first.vocabulary, second.vocabulary, assume_unique=True, return_indices=True)
    weight_first, weight_second = weights.of(first.vocabulary), weights.of(second.vocabulary)
    vector_first = (1 + np.log(first.counts)) * weight_first
    vector_second = (1 + np.log(second.counts)) * weight_second
    norm = float(np.sqrt((vector_first @ vector_first) * (vector_second @ vector_second)))
    cover_first = _cover(first.run_positions[at_first], len(first.words))
    cover_second = _cover(second.run_positions[at_second], len(second.words))
    single = (first.counts[in_first] == 1) & (second.counts[in_second] == 1)
    return Likeness(
        containment=len(shared) / smaller if smaller else 0.0,
        cover_first=cover_first,
        cover_second=cover_second,
        cosine=float(vector_first[in_first] @ vector_second[in_second]) / norm if norm else 0.0,
        order=_order(first.first_position[in_first][single], second.first_position[in_second][single]),
        aligned=int(single.sum()),
        rest_first=_rest(first, at_first, second, vector_second, weights) if cover_first < NOT_WHOLE else None,
        rest_second=_rest(second, at_second, first, vector_first, weights) if cover_second < NOT_WHOLE else None,
    )


def _rest(one: Profile, shared: NDArray[np.int64], other: Profile, vector_other: Floats, weights: WordWeights) -> float | None:
    stretches = max(1, len(one.words) // SEGMENT_WORDS)
    stretch_of = np.minimum(np.arange(len(one.words)) // SEGMENT_WORDS, stretches - 1)
    is_covered = np.zeros(stretches, dtype=bool)
    is_covered[np.minimum(one.run_positions[shared] // SEGMENT_WORDS, stretches - 1)] = True
    rest = one.words[~is_covered[stretch_of]]
    if len(rest) < SEGMENT_WORDS:
        return None
    vocabulary, counts = np.unique(rest, return_counts=True)
    vector = (1 + np.log(counts)) * weights.of(vocabulary)
    _, at_rest, at_other = np.intersect1d(vocabulary, other.vocabulary, assume_unique=True, return_indices=True)
    norm = float(np.sqrt((vector @ vector) * (vector_other @ vector_other)))
    return float(vector[at_rest] @ vector_other[at_other]) / norm if norm else 0.0


def _order(first: NDArray[np.int32], second: NDArray[np.int32]) -> float:
    if len(first) < FEWEST_FOR_ORDER:
        return 0.0
    ranks = np.argsort(np.argsort(first)), np.argsort(np.argsort(second))
    return float(np.corrcoef(ranks[0], ranks[1])[0, 1])
