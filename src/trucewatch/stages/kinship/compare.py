"""How alike two documents are: shared shingles and where they lie, weighted words, and the order of what they share."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trucewatch.model.theatre import Theatre
from trucewatch.text.shingles import COMMON_SHARE, Hashes, Words, background_share, shingles, text_words

RUN = 3
SEGMENT_WORDS = 25
# a theatre's own names count as standing in so many of its texts
THEATRE_SHARE = 0.5
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
    """Inverse document frequencies in general texts; words `common` to a theatre, which most of its texts hold, weigh little.

    Not of the corpus itself: how alike two texts are must not change with the third that arrives.
    """

    def __init__(self, common: Words | None = None) -> None:
        self._common = np.unique(common) if common is not None else np.empty(0, dtype=np.uint32)

    def of(self, words: Words) -> Floats:
        """Weight of each word, in nats."""
        share = background_share(words)
        if len(self._common):
            share = np.where(np.isin(words, self._common), np.maximum(share, THEATRE_SHARE), share)
        return np.asarray(-np.log(np.minimum(np.maximum(share, 1e-9), 1.0)), dtype=np.float64)


def theatre_words(theatre: Theatre) -> Words:
    """Words of the names that a theatre knows: its parties, actors, places and phrases."""
    names = [name for party in theatre.parties for name in (*party.names, *party.demonyms, *party.metonyms)]
    names += [name for actor in theatre.actors for name in actor.names]
    names += [name for place in theatre.places for name in place.names]
    names += [phrase.text for phrase in theatre.phrases]
    return np.unique(text_words("\n".join(names)))


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
    """Rank correlation of positions, none of which stands twice (Spearman's)."""
    count = len(first)
    if count < FEWEST_FOR_ORDER:
        return 0.0
    apart = np.argsort(np.argsort(first)) - np.argsort(np.argsort(second))
    return 1.0 - 6.0 * float(apart @ apart) / (count * (count * count - 1))
