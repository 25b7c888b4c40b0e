"""A pattern for any of many names, which tells a word that none begins with by its first letter alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby

_WORD = re.compile(r"\w+")


def one_of(names: Iterable[str]) -> str:
    """Pattern that matches any of the names, the longest where several match: what `|` between them says, longest first, where
    what follows it in the whole pattern does not fit a shorter one alone. A list of hundreds is tried in the time of ten.
    A pattern that is blind to case takes names of one case."""
    return _pattern(tuple(sorted(set(names))))


class NameFinder:
    """Finds names in a text where they stand as whole words: the longest at each place, as written, in reading order."""

    def __init__(self, names: Iterable[str]) -> None:
        known = sorted(set(names))
        self._pattern = re.compile(rf"{one_of(known)}\b") if known else None
        # a name can begin only where its first word stands: a text is gone through word by word, and few are looked at twice
        self._firsts = {match[0] for name in known if (match := _WORD.match(name))}
        self._others = re.compile(rf"\b{one_of(known)}\b") if any(not _WORD.match(name) for name in known) else None

    def find(self, text: str) -> Iterator[str]:
        """The names that stand in a text."""
        if self._others is not None:
            yield from (match[0] for match in self._others.finditer(text))
            return
        if self._pattern is None:
            return
        stop = 0
        for word in _WORD.finditer(text):
            if word[0] in self._firsts and word.start() >= stop and (name := self._pattern.match(text, word.start())):
                stop = name.end()
                yield name[0]


# a theatre's names are asked for again and again: its pattern is made once
@lru_cache(maxsize=64)
def _pattern(names: tuple[str, ...]) -> str:
    return _tree(list(names), 0)


def _tree(names: list[str], at: int) -> str:
    """Pattern of what stands from a place on in ascending names that are equal up to there."""
    ends = len(names[0]) == at
    branches = []
    for _, group in groupby(names[ends:], key=lambda name: name[at]):
        own = list(group)
        shared = at + 1
        while len(own[0]) > shared and all(name.startswith(own[0][: shared + 1]) for name in own):
            shared += 1
        branches.append(re.escape(own[0][at:shared]) + (_tree(own, shared) if own != [own[0][:shared]] else ""))
    if not branches:
        return ""
    return f"(?:{'|'.join(branches)}){'?' if ends else ''}"
