"""How alike two documents are: shared shingles and where they lie, weighted words, and the order of what they share."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trucewatch.model.change import changed
from trucewatch.model.theatre import Theatre, once_a_theatre
from trucewatch.text.shingles import UNKNOWN, Hashes, Words, background, background_share, is_topic, shingles, text_words

RUN = 3
SEGMENT_WORDS = 25
# a theatre's own names count as standing in so many of its texts
THEATRE_SHARE = 0.5
FEWEST_FOR_ORDER = 6
NOT_WHOLE = 0.8
# a run's hash and its place are one number, so that one sort serves both: so many bits, and words, a place may take
PLACE_BITS = 20
MOST_WORDS = 1 << PLACE_BITS

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Profile:
    """A document made ready for comparing. `runs`: hashes of word triples that hold a topic word, with their word positions;
    `vocabulary`: its words with the weight of each, how often and where first it stands, and their `vector` with its squared
    `length`; `places`: where each of `words` stands in the vocabulary."""

    words: Words
    runs: Hashes
    run_positions: Numbers
    vocabulary: Words
    places: Numbers
    weights: Floats
    counts: Numbers
    first_position: Numbers
    vector: Floats
    length: float


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
        known = background()[0]
        common = np.empty(0, dtype=np.uint32) if common is None else common
        self._words = np.union1d(known, common)
        share = background_share(self._words)
        share = np.where(np.isin(self._words, common), np.maximum(share, THEATRE_SHARE), share)
        self._weights = _nats(share)
        self._unknown = float(_nats(np.array([UNKNOWN / background()[2]]))[0])

    def of(self, words: Words) -> Floats:
        """Weight of each word, in nats."""
        at = np.minimum(np.searchsorted(self._words, words), len(self._words) - 1)
        return np.asarray(np.where(self._words[at] == words, self._weights[at], self._unknown), dtype=np.float64)


@once_a_theatre
def theatre_words(theatre: Theatre) -> Words:
    """Words of the names that a theatre knows: its parties, actors, places and phrases."""
    names = [name for party in theatre.parties for name in (*party.names, *party.demonyms, *party.metonyms)]
    names += [name for actor in theatre.actors for name in actor.names]
    names += [name for place in theatre.places for name in place.names]
    names += [phrase.text for phrase in theatre.phrases]
    return np.unique(text_words("\n".join(names)))


def _nats(share: Floats) -> Floats:
    return np.asarray(-np.log(np.minimum(np.maximum(share, 1e-9), 1.0)), dtype=np.float64)


def make_profile(words: Words, weights: WordWeights) -> Profile:
    """Profile of a text from its words."""
    # as arrays of one short text each, what numpy calls cost counts: one sort does for words and their places
    sorted_words = np.sort((words.astype(np.uint64) << np.uint64(32)) | np.arange(len(words), dtype=np.uint64))
    word, at = (sorted_words >> np.uint64(32)).astype(np.uint32), (sorted_words & np.uint64(0xFFFFFFFF)).astype(np.int64)
    is_first = _is_first(word)
    begins = np.flatnonzero(is_first)
    vocabulary = word[begins]
    places = np.empty(len(words), dtype=np.int64)
    places[at] = np.cumsum(is_first) - 1
    counts = np.diff(begins, append=len(words))
    weight = weights.of(vocabulary)
    runs, run_positions = _runs(words, is_topic(vocabulary)[places])
    vector = (1 + np.log(counts)) * weight
    length = float(vector @ vector)
    return Profile(words, runs, run_positions, vocabulary, places, weight, counts, at[begins], vector, length)


def _is_first(ascending: NDArray[Any]) -> NDArray[np.bool_]:
    is_first = np.ones(len(ascending), dtype=np.bool_)
    np.not_equal(ascending[1:], ascending[:-1], out=is_first[1:])
    return is_first


def _runs(words: Words, is_topical: NDArray[np.bool_]) -> tuple[Hashes, Numbers]:
    """Hashes of word triples with a topic word, ascending and unique, and the first place of each."""
    hashes = shingles(words, RUN)[:MOST_WORDS]
    holds_topic = is_topical.copy()
    for shift in range(1, RUN):
        holds_topic[:-shift] |= is_topical[shift:]
    kept = np.flatnonzero(holds_topic[: len(hashes)])
    runs = np.sort((hashes[kept] >> np.uint64(PLACE_BITS) << np.uint64(PLACE_BITS)) | kept.astype(np.uint64))
    hashed = runs >> np.uint64(PLACE_BITS)
    is_first = _is_first(hashed)
    return hashed[is_first], (runs[is_first] & np.uint64(MOST_WORDS - 1)).astype(np.int64)


def shared_places(first: NDArray[Any], second: NDArray[Any]) -> tuple[Numbers, Numbers]:
    """Where in either of two arrays, ascending and unique, stands what both hold."""
    if not len(second):
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    at = np.minimum(np.searchsorted(second, first), len(second) - 1)
    in_first = np.flatnonzero(second[at] == first)
    return in_first, at[in_first]


def _covered(positions: Numbers, length: int) -> NDArray[np.bool_]:
    """Which stretches of SEGMENT_WORDS words hold one of the positions; the last, shorter stretch joins its neighbour."""
    covered = np.zeros(max(1, length // SEGMENT_WORDS), dtype=np.bool_)
    covered[np.minimum(positions // SEGMENT_WORDS, len(covered) - 1)] = True
    return covered


class Comparison:
    """Two documents beside one another, measured as far as is asked for. Symmetric but for the sides of what is covered."""

    def __init__(self, first: Profile, second: Profile) -> None:
        self.first, self.second = first, second
        self.shared = shared_places(first.runs, second.runs)
        self._both = shared_places(first.vocabulary, second.vocabulary)
        self._covered = (
            _covered(first.run_positions[self.shared[0]], len(first.words)),
            _covered(second.run_positions[self.shared[1]], len(second.words)),
        )

    def first_look(self) -> Likeness:
        """The likeness with the most that the order of words could say, which is not looked at yet."""
        in_first, in_second = self._both
        smaller = min(len(self.first.runs), len(self.second.runs))
        norm = math.sqrt(self.first.length * self.second.length)
        cover_first, cover_second = (int(np.count_nonzero(covered)) / len(covered) for covered in self._covered)
        return Likeness(
            containment=len(self.shared[0]) / smaller if smaller else 0.0,
            cover_first=cover_first,
            cover_second=cover_second,
            cosine=float(self.first.vector[in_first] @ self.second.vector[in_second]) / norm if norm else 0.0,
            order=1.0,
            aligned=len(in_first),
        )

    def with_order(self, looked: Likeness) -> Likeness:
        """A first look with the order of words in it."""
        in_first, in_second = self._both
        single = (self.first.counts[in_first] == 1) & (self.second.counts[in_second] == 1)
        order = _order(self.first.first_position[in_first][single], self.second.first_position[in_second][single])
        return changed(looked, order=order, aligned=int(np.count_nonzero(single)))

    def with_rests(self, likeness: Likeness) -> Likeness:
        """A likeness with how what is not covered of either text fits the other."""
        first, second = self._covered
        rest_first = _rest(self.first, first, self.second, self._both) if likeness.cover_first < NOT_WHOLE else None
        rest_second = _rest(self.second, second, self.first, self._both[::-1]) if likeness.cover_second < NOT_WHOLE else None
        return changed(likeness, rest_first=rest_first, rest_second=rest_second)


def _rest(one: Profile, is_covered: NDArray[np.bool_], other: Profile, both: tuple[Numbers, Numbers]) -> float | None:
    stretches = np.repeat(~is_covered, SEGMENT_WORDS)[: len(one.words)]
    is_rest = np.append(stretches, np.full(len(one.words) - len(stretches), not is_covered[-1]))
    rest = one.places[is_rest]
    if len(rest) < SEGMENT_WORDS:
        return None
    counts = np.bincount(rest, minlength=len(one.vocabulary))
    vector = np.where(counts > 0, (1 + np.log(np.maximum(counts, 1))) * one.weights, 0.0)
    norm = math.sqrt(float(vector @ vector) * other.length)
    return float(vector[both[0]] @ other.vector[both[1]]) / norm if norm else 0.0


def _order(first: Numbers, second: Numbers) -> float:
    """Rank correlation of positions, none of which stands twice (Spearman's)."""
    count = len(first)
    if count < FEWEST_FOR_ORDER:
        return 0.0
    rank = np.empty(count, dtype=np.int64)
    rank[np.argsort(second[np.argsort(first)])] = np.arange(count)
    apart = rank - np.arange(count)
    return 1.0 - 6.0 * float(apart @ apart) / (count * (count * count - 1))
