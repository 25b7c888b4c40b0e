"""Names blacked out for the public: what a theatre knows may be named (officials, bodies, places, parties), nobody else.

A run of capitalised words with one that is not known is taken for a name: its unknown words go, and with them those that are only
part of an official's name; so do parts of two officials' names put together. That takes rather too much, so that a name that no
list foresees does not slip through.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from trucewatch.model.codebook import acts
from trucewatch.model.theatre import Theatre
from trucewatch.stages.link.wording import act_noun
from trucewatch.text.redaction import BLACK

NOT_NAMED = "a person not named here"
MOST_KEPT = 20_000
_WORD = r"[^\W\d_][^\W_]*(?:[’'`-][^\W_]+)*"
_TOKEN = re.compile(_WORD)
_RUN = re.compile(rf"{_WORD}(?:(?:[ \t]+|\. )(?:{_WORD}))*")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;]['\"”’»)]*\s+|\n\s*|[\"“«‘(]\s*)$")
_SUFFIXES = ("ly", "ing", "ed", "ion", "ions", "ies", "ists", "ans", "ians")


@cache
def common_words() -> frozenset[str]:
    """Capitalised words of news English that are nobody's name: days, months, titles, offices, openings of sentences."""
    text = files("trucewatch.reports").joinpath("public_words.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.casefold().split())


def _tokens(texts: Iterable[str]) -> Iterable[str]:
    for text in texts:
        for token in _TOKEN.findall(text):
            yield token.casefold()
            yield from token.casefold().split("-")


class Mask:
    """Blacks out names that a theatre does not know. Equal lengths, so that offsets hold; doing it twice changes nothing."""

    def __init__(self, theatre: Theatre, outlets: Iterable[str] = ()) -> None:
        known: set[str] = set(common_words()) | set(_tokens(outlets))
        for code, act in acts().items():
            # our own words for acts open sentences
            known.update(_tokens((act_noun(code), act.definition, *re.split(r"[._]", code))))
        names: set[frozenset[str]] = set()
        for actor in theatre.actors:
            texts = (*actor.names, *actor.mangled)
            if actor.kind == "person":
                for text in texts:
                    own = list(_tokens((text,)))
                    # whole, or by the surname alone: a given name alone may be anybody's
                    names.update((frozenset(own), frozenset(own[-1:])))
            else:
                known.update(_tokens((*texts, actor.channel or "")))
            known.update(_tokens((*actor.generic, *(office.title for office in actor.offices))))
        for party in theatre.parties:
            known.update(_tokens((*party.names, *party.demonyms, *party.metonyms, *party.mangled)))
        for place in theatre.places:
            known.update(_tokens(place.names))
        for agreement in theatre.agreements:
            known.update(_tokens((agreement.title, *(clause.title for clause in agreement.clauses))))
        self._known = frozenset(known)
        self._names = frozenset(name - known for name in names)
        self._persons = frozenset().union(*self._names)
        # the same words and voices come again and again
        self._kinds: dict[str, str] = {}
        self._voices: dict[tuple[str, frozenset[str]], str] = {}

    def text(self, text: str, *, also: frozenset[str] = frozenset(), written_small: frozenset[str] = frozenset()) -> str:
        """The text with unknown names blacked out, character by character.

        `also`: words (case folded) known here besides, such as the outlet's name; `written_small`: words that the same document
        writes without a capital, so that they open a sentence without being a name.
        """
        pieces, end = [], 0
        for run in self._runs(text):
            hidden = self._hidden(text, run, also, written_small)
            for start, stop in hidden:
                pieces += [text[end:start], "".join(BLACK if not c.isspace() else c for c in text[start:stop])]
                end = stop
        return "".join((*pieces, text[end:]))

    def voice(self, text: str, *, also: frozenset[str] = frozenset()) -> str:
        """Somebody as described, without their name: "a person not named here" where nothing else is left."""
        known = self._voices.get((text, also))
        if known is None:
            masked = self.text(text, also=also)
            known = masked if any(character.isalpha() for character in masked.replace(BLACK, "")) else NOT_NAMED
            if len(self._voices) >= MOST_KEPT:
                self._voices.clear()
            self._voices[text, also] = known
        return known

    def is_known(self, word: str) -> bool:
        """Whether a word may stand with a capital wherever it is read, for it is nobody's name."""
        return self._kind(word.capitalize(), frozenset()) == "known"

    def _runs(self, text: str) -> Iterable[list[tuple[int, int]]]:
        """Maximal runs of capitalised words, each by its offsets."""
        run: list[tuple[int, int]] = []
        for match in _TOKEN.finditer(text):
            if not match[0][0].isupper():
                continue
            # "J. Doe" and "van Doe" are told as one run where only a space or an initial's dot is between
            if run and text[run[-1][1] : match.start()].strip(" \t.") == "" and match.start() - run[-1][1] <= 2:
                run.append(match.span())
            else:
                if run:
                    yield run
                run = [match.span()]
        if run:
            yield run

    def _hidden(
        self, text: str, run: list[tuple[int, int]], also: frozenset[str], written_small: frozenset[str]
    ) -> list[tuple[int, int]]:
        words = [text[start:stop] for start, stop in run]
        kinds = [self._kind(word, also) for word in words]
        if kinds[0] == "unknown" and _SENTENCE_START.search(text, max(0, run[0][0] - 12), run[0][0]):
            first = words[0].casefold()
            if first in written_small or (first.endswith(_SUFFIXES) and len(first) > 5):
                kinds[0] = "known"
        if any(kind == "unknown" and word.isupper() and len(word) > 1 for word, kind in zip(words, kinds, strict=True)):
            # among words in capitals a short one is no abbreviation
            kinds = ["unknown" if kind == "short" else kind for kind in kinds]
        kinds = ["known" if kind == "short" else kind for kind in kinds]
        called = frozenset(
            word.casefold().removesuffix("'s").removesuffix("’s")
            for word, kind in zip(words, kinds, strict=True)
            if kind == "person"
        )
        if "unknown" not in kinds and (not called or self._is_official(called)):
            return []
        return [span for span, kind in zip(run, kinds, strict=True) if kind != "known"]

    def _is_official(self, called: frozenset[str]) -> bool:
        return called in self._names or (len(called) > 1 and any(called < name for name in self._names))

    def _kind(self, word: str, also: frozenset[str]) -> str:
        kind = self._kinds.get(word)
        if kind is None:
            if len(self._kinds) >= MOST_KEPT:
                self._kinds.clear()
            kind = self._kinds[word] = self._judged(word, frozenset())
        return self._judged(word, also) if kind != "known" and also else kind

    def _judged(self, word: str, also: frozenset[str]) -> str:
        folded = word.casefold()
        bare = re.sub(r"[’'`]s?$", "", folded)
        if self._is_known(bare, also) or self._is_known(folded, also):
            return "known"
        parts = bare.split("-")
        if len(parts) > 1 and all(
            self._is_known(part, also) or (part.islower() and part == word.split("-")[i]) for i, part in enumerate(parts)
        ):
            return "known"
        if bare in self._persons:
            return "person"
        # an abbreviation ("UAV", "MLRS") is no name
        return "short" if word.isupper() and 2 <= len(word) <= 5 else "unknown"

    def _is_known(self, word: str, also: frozenset[str]) -> bool:
        return word in self._known or word in also


def small_words(text: str) -> frozenset[str]:
    """Words that a text writes without a capital."""
    return frozenset(token for token in _TOKEN.findall(text) if token[0].islower())


def words_of(*texts: str | None) -> frozenset[str]:
    """Words of names that may stand: an outlet's, a place's."""
    return frozenset(_tokens(text for text in texts if text))
