"""Words searched for in sentences: folded the same way where they are indexed, asked for and marked, on every database."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from trucewatch.text.names import fold

# a possessive is no part of the word; an apostrophe inside one is
_WORD = re.compile(r"[^\W_][\w\u0300-\u036f]*(?:[-’'‘`][^\W_][\w\u0300-\u036f]*)*")
_POSSESSIVE = re.compile(r"[’'`][sS]$")
Range = tuple[int, int]


@lru_cache(maxsize=16384)
def _folded(word: str) -> str:
    return fold(_POSSESSIVE.sub("", word))


def folded_words(text: str) -> str:
    """The words of a text as they are compared: lower case, no marks, one space between."""
    return _joined(_WORD.findall(text))


def folded_both(text: str) -> tuple[str, str]:
    """The words of a text as they are compared, and of these the words that are written without any capital, which nobody's name
    is."""
    words = _WORD.findall(text)
    return _joined(words), _joined(word for word in words if word == word.lower())


def _joined(words: Iterable[str]) -> str:
    return " ".join(filter(None, map(_folded, words)))


def phrases_of(words: str) -> tuple[str, ...]:
    """What is searched for: each word as typed, folded; one that folds to several ("ceasefire-line") is a phrase."""
    return tuple(dict.fromkeys(filter(None, map(folded_words, words.split()))))


def find_hits(text: str, words: str) -> tuple[Range, ...]:
    """Where the words searched for stand in a text, by offsets, in order and apart."""
    phrases = [phrase.split() for phrase in phrases_of(words)]
    tokens: list[tuple[str, int, int]] = []
    for match in _WORD.finditer(text):
        tokens += [(token, match.start(), match.end()) for token in _folded(match[0]).split()]
    known = [token for token, _, _ in tokens]
    found: dict[Range, None] = {}
    for at in range(len(tokens)):
        for phrase in phrases:
            if known[at : at + len(phrase)] == phrase:
                found[tokens[at][1], tokens[at + len(phrase) - 1][2]] = None
    apart: list[Range] = []
    for start, end in sorted(found):
        if apart and start < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return tuple(apart)
