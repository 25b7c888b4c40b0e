"""Words, shingles and sketches of a text as arrays of hashes: pure functions of the text, so that kinship can be incremental.

Shingle containment and winnowing after Broder (1997) and Schleimer, Wilkerson and Aiken (2003): of two texts that share a run
of SHINGLE_WORDS + WINDOW - 1 words, both sketches hold at least one print of that run.
"""

from __future__ import annotations

import hashlib
import io
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from trucewatch.text.trusted import read_trusted

SHINGLE_WORDS = 4
WINDOW = 6
PAIR_PRINTS = 128
# a word in more than this share of general texts carries no topic: no pair key is made of it
COMMON_SHARE = 0.12

Hashes = NDArray[np.uint64]
Words = NDArray[np.uint32]
_WORD = re.compile(r"[^\W_]+")
_CACHE_LIMIT = 400_000
_hash_of_word: dict[str, int] = {}
_P1, _P2, _P3 = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)


@dataclass(frozen=True, slots=True)
class Sketch:
    """`prints`: winnowed shingles; `pairs`: bottom-k hashes of neighbouring topic words. Both ascending and unique."""

    prints: Hashes
    pairs: Hashes


def fold_word(word: str) -> str:
    """Lower case without diacritics (and the Turkic dotless i and schwa, which no decomposition reaches)."""
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", word.lower())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).replace("ə", "a").replace("ı", "i")


def word_hash(word: str) -> int:
    """32-bit hash of a folded word; the same in every run and on every machine."""
    known = _hash_of_word.get(word)
    if known is None:
        if len(_hash_of_word) >= _CACHE_LIMIT:
            _hash_of_word.clear()
        digest = hashlib.blake2b(fold_word(word).encode("utf-8", "surrogatepass"), digest_size=4).digest()
        known = _hash_of_word[word] = int.from_bytes(digest, "little")
    return known


@lru_cache(maxsize=512)
def word_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Start and end of every word, as `text_words` counts them."""
    return tuple(match.span() for match in _WORD.finditer(text))


def words_of(text: str) -> list[str]:
    """The words of a text in reading order, as written."""
    return _WORD.findall(text)


def text_words(text: str) -> Words:
    """Hashes of the words of a text in reading order."""
    words = words_of(text)
    try:
        return np.fromiter(map(_hash_of_word.__getitem__, words), dtype=np.uint32, count=len(words))
    except KeyError:
        return np.fromiter(map(word_hash, words), dtype=np.uint32, count=len(words))


def mix(values: Hashes) -> Hashes:
    """Spread 64-bit values evenly (splitmix64's finaliser)."""
    mixed = values ^ (values >> np.uint64(30))
    mixed = mixed * _P2
    mixed ^= mixed >> np.uint64(27)
    mixed = mixed * _P3
    return np.asarray(mixed ^ (mixed >> np.uint64(31)), dtype=np.uint64)


def shingles(words: Words, size: int = SHINGLE_WORDS) -> Hashes:
    """Hash of every run of `size` words, in reading order; of a shorter text, its one run; of none, nothing."""
    if not len(words):
        return np.empty(0, dtype=np.uint64)
    size = min(size, len(words))
    wide = words.astype(np.uint64)
    count = len(words) - size + 1
    total = np.zeros(count, dtype=np.uint64)
    for shift in range(size):
        total = total * _P1 + wide[shift : shift + count] + np.uint64(shift + 1)
    return mix(total)


def winnow(hashes: Hashes, window: int = WINDOW) -> Hashes:
    """The smallest hash of every window of neighbours, ascending and unique."""
    if len(hashes) <= window:
        return np.unique(hashes)
    smallest = np.lib.stride_tricks.sliding_window_view(hashes, window).min(axis=1)
    return np.unique(np.asarray(smallest, dtype=np.uint64))


@cache
def background() -> tuple[Words, NDArray[np.int32], int]:
    """General texts: word hashes (ascending), how many texts hold each, how many there are (training/word_frequencies.py)."""
    with np.load(io.BytesIO(read_trusted("text/document_frequencies.npz")), allow_pickle=False) as table:
        return table["words"], table["counts"].astype(np.int32), int(table["texts"])


def background_share(words: Words) -> NDArray[np.float64]:
    """Share of general texts that hold each word; an unknown word counts as in half a text."""
    known, counts, texts = background()
    if not len(words):
        return np.empty(0, dtype=np.float64)
    at = np.minimum(np.searchsorted(known, words), len(known) - 1)
    return np.asarray(np.where(known[at] == words, counts[at], 0.5) / texts, dtype=np.float64)


def topic_pairs(words: Words, limit: int = PAIR_PRINTS) -> Hashes:
    """Bottom-k hashes of unordered pairs of topic words that follow one another (at most one topic word between)."""
    topic = words[background_share(words) < COMMON_SHARE].astype(np.uint64)
    if len(topic) < 2:
        return np.empty(0, dtype=np.uint64)
    near = [(topic[:-step], topic[step:]) for step in (1, 2) if len(topic) > step]
    first = np.concatenate([pair[0] for pair in near])
    second = np.concatenate([pair[1] for pair in near])
    keys = np.unique(mix((np.minimum(first, second) << np.uint64(32)) | np.maximum(first, second)))
    return keys[:limit]


def make_sketch(words: Words) -> Sketch:
    """Sketch of a text from its words."""
    return Sketch(winnow(shingles(words)), topic_pairs(words))
