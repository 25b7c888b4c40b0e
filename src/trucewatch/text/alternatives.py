"""A pattern for any of many names, which tells a word that none begins with by its first letter alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby


def one_of(names: Iterable[str]) -> str:
    """Pattern that matches any of the names, the longest where several match: what `|` between them says, longest first, where
    what follows it in the whole pattern does not fit a shorter one alone. A list of hundreds is tried in the time of ten."""
    return _pattern(tuple(sorted(set(names))))


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
