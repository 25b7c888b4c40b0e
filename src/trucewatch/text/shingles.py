"""Words, shingles and sketches of a text as arrays of hashes: pure functions of the text, so that kinship can be incremental.

Shingle containment and winnowing after Broder (1997) and Schleimer, Wilkerson and Aiken (2003): of two texts that share a run
of SHINGLE_WORDS + WINDOW - 1 words, both sketches hold at least one print of that run.
"""

from __future__ import annotations

import hashlib
import io
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trucewatch.text.trusted import read_trusted

SHINGLE_WORDS = 4
WINDOW = 6
PAIR_PRINTS = 128
# a word in more than this share of general texts carries no topic: no pair key is made of it
COMMON_SHARE = 0.12
# in so many general texts an unknown word counts as standing
UNKNOWN = 0.5

Hashes = NDArray[np.uint64]
Words = NDArray[np.uint32]
Spans = NDArray[np.int64]
_WORD = re.compile(r"[^\W_]+")
# of ASCII texts: what is no letter or digit becomes a space, and letters small
_ASCII_WORDS = bytes(ord(chr(code).lower()) if code < 128 and chr(code).isalnum() else ord(" ") for code in range(256))
# letters of most scripts that are read lie below
_CODE_POINTS = 0x3000
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


class _HashOfAscii(dict[bytes, int]):
    """Hashes of small ASCII words, worked out as they are met."""

    def __missing__(self, word: bytes) -> int:
        if len(self) >= _CACHE_LIMIT:
            self.clear()
        known = self[word] = word_hash(word.decode("ascii"))
        return known


_hash_of_ascii = _HashOfAscii()


@cache
def _is_word_char() -> NDArray[np.bool_]:
    """For each of the first code points whether words hold it."""
    table = np.zeros(_CODE_POINTS, dtype=np.bool_)
    for match in _WORD.finditer("".join(map(chr, range(_CODE_POINTS)))):
        table[match.start() : match.end()] = True
    return table


@lru_cache(maxsize=512)
def word_spans(text: str) -> Spans:
    """Start and end of every word, as `text_words` counts them: one row a word."""
    if text.isascii():
        codes: NDArray[Any] = np.frombuffer(text.encode("ascii"), dtype=np.uint8)
    else:
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
        if codes.max() >= _CODE_POINTS:
            return np.array([match.span() for match in _WORD.finditer(text)], dtype=np.int64).reshape(-1, 2)
    inside = np.zeros(len(codes) + 2, dtype=np.bool_)
    inside[1:-1] = _is_word_char()[codes]
    return np.flatnonzero(inside[1:] != inside[:-1]).reshape(-1, 2)


def words_of(text: str) -> list[str]:
    """The words of a text in reading order, as written."""
    return _WORD.findall(text)


def text_words(text: str) -> Words:
    """Hashes of the words of a text in reading order."""
    if text.isascii():
        small = text.encode("ascii").translate(_ASCII_WORDS).split()
        return np.array(list(map(_hash_of_ascii.__getitem__, small)), dtype=np.uint32)
    words = words_of(text)
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
    return np.asarray(np.where(known[at] == words, counts[at], UNKNOWN) / texts, dtype=np.float64)


@cache
def _common_words() -> Words:
    known, counts, texts = background()
    return known[counts / texts >= COMMON_SHARE]


def is_topic(words: Words) -> NDArray[np.bool_]:
    """Whether each word carries a topic: at most a share of COMMON_SHARE of general texts hold it."""
    common = _common_words()
    return np.asarray(common[np.minimum(np.searchsorted(common, words), len(common) - 1)] != words)


def make_sketch(words: Words) -> Sketch:
    """Sketch of a text from its words."""
    return make_sketches([words])[0]


def make_sketches(texts: Sequence[Words]) -> list[Sketch]:
    """Sketches of texts from their words, worked out together: arrays of a text each are too short to be quick."""
    if not texts:
        return []
    flat = np.concatenate(texts)
    owner = np.repeat(np.arange(len(texts)), [len(words) for words in texts])
    prints, pairs = _prints(texts, flat, owner), _topic_pairs(len(texts), flat, owner)
    return [Sketch(own, near[:PAIR_PRINTS]) for own, near in zip(prints, pairs, strict=True)]


def _prints(texts: Sequence[Words], flat: Words, owner: Spans) -> list[Hashes]:
    """Of each text the winnowed shingles."""
    reach = SHINGLE_WORDS + WINDOW - 1
    made: list[Hashes] = [np.empty(0, dtype=np.uint64)] * len(texts)
    if len(flat) > reach:
        hashes = shingles(flat)
        two = np.minimum(hashes[:-1], hashes[1:])
        four = np.minimum(two[:-2], two[2:])
        smallest = np.minimum(four[: 4 - WINDOW], two[WINDOW - 2 :])
        whose = owner[: len(smallest)]
        is_kept = whose == owner[reach - 1 :]
        # neighbouring windows mostly have one and the same smallest
        is_kept[1:] &= (smallest[1:] != smallest[:-1]) | ~is_kept[:-1]
        made = _split(smallest[is_kept], whose[is_kept], len(texts))
    for number, words in enumerate(texts):
        if len(words) <= reach:
            made[number] = winnow(shingles(words))
    return made


def _topic_pairs(count: int, flat: Words, owner: Spans) -> list[Hashes]:
    """Of each text the hashes of unordered pairs of topic words that follow one another (at most one topic word between)."""
    kept = is_topic(flat)
    topic, whose = flat[kept].astype(np.uint64), owner[kept]
    keys = np.zeros((len(topic), 2), dtype=np.uint64)
    is_pair = np.zeros((len(topic), 2), dtype=np.bool_)
    for step in (1, 2):
        first, second = topic[:-step], topic[step:]
        end = len(first)
        keys[:end, step - 1] = mix((np.minimum(first, second) << np.uint64(32)) | np.maximum(first, second))
        is_pair[:end, step - 1] = whose[step:] == whose[:-step]
    return _split(keys[is_pair], np.repeat(whose, is_pair.sum(axis=1)), count)


def _split(values: Hashes, owner: Spans, count: int) -> list[Hashes]:
    """Of each of `count` owners, which stand in ascending order, the values, ascending and unique."""
    ends = np.cumsum(np.bincount(owner, minlength=count)).tolist()
    made = []
    for begin, end in zip([0, *ends[:-1]], ends, strict=True):
        own = np.sort(values[begin:end])
        is_first = np.ones(len(own), dtype=np.bool_)
        np.not_equal(own[1:], own[:-1], out=is_first[1:])
        made.append(own[is_first])
    return made
