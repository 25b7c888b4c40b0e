"""Names that are spelled or sound alike: one name against many at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import JaroWinkler, Levenshtein
from rapidfuzz.process import cdist

from trucewatch.text.names import name_key, sound_key, voiced_key

# under this ratio of lengths two names are hardly one; from this length on a name may be another cut short
UNEQUAL = 0.6
PREFIX = 5
# letters that begin one name in two romanisations (soft g, y and j, silent h, hard and soft c)
_FIRST_LETTERS = (
    {"g", "j"},
    {"j", "y"},
    {"y", "e"},
    {"h", "a"},
    {"h", "e"},
    {"c", "s"},
    {"c", "k"},
    {"c", "j"},
    {"u", "v"},
    {"w", "o"},
)


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much a name is like the `number`th of an index: `score` 0 to 1, by what (`how`: spelling or sound)."""

    number: int
    score: float
    how: str


class LikenessIndex:
    """Names to compare with, their keys made once."""

    def __init__(self, names: Sequence[str]) -> None:
        self._keys = [name_key(name) for name in names]
        self._sounds = [sound_key(name) for name in names]
        self._voices = [voiced_key(name) for name in names]
        # an article asks for the same name for each of its claims
        self.search = lru_cache(maxsize=4096)(self._search_all)

    def _search_all(self, name: str, floor: float) -> tuple[Likeness, ...]:
        """Every name at least so much alike, in the index's order; a name may come twice, by its hard and its soft g."""
        if not self._keys or len(name_key(name)) < 3:
            return ()
        found = [*self._search(name, floor)]
        if re.match("[Gg][ei]", name):
            found += self._search(f"J{name[1:]}", floor)
        return tuple(found)

    def _search(self, name: str, floor: float) -> Iterator[Likeness]:
        key, sound, voiced = name_key(name), sound_key(name), voiced_key(name)
        edit = cdist([key], self._keys, scorer=Levenshtein.normalized_similarity)[0]
        # Jaro-Winkler forgives long tails, but likes anything that begins alike: held back a little
        jaro = 0.97 * cdist([key], self._keys, scorer=JaroWinkler.similarity)[0] - 0.05
        spelled = edit.clip(min=jaro)
        heard = cdist([sound], self._sounds, scorer=Levenshtein.normalized_similarity)[0]
        said = cdist([voiced], self._voices, scorer=Levenshtein.normalized_similarity)[0]
        scores = 0.65 * spelled + 0.35 * heard
        for number in ((scores >= floor) | (heard == 1.0)).nonzero()[0]:
            other = self._keys[number]
            score, how = float(scores[number]), "spelling" if spelled[number] >= heard[number] else "sound"
            if key[0] != other[0] and sound[:1] != self._sounds[number][:1] and {key[0], other[0]} not in _FIRST_LETTERS:
                score -= 0.12
            if len(key) >= PREFIX and other.startswith(key):
                # cut short, not misspelled
                score += 0.12
            elif min(len(key), len(other)) < UNEQUAL * max(len(key), len(other)):
                score -= 0.15
            if heard[number] == 1.0 and len(sound) >= 3:
                score, how = max(score, 0.45 + 0.5 * float(said[number])), "sound"
            if score >= floor:
                yield Likeness(int(number), score, how)
