"""Phrases in words and spans: tokens that know their case and possessive, and the cuts that English word order asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trucewatch.text.actors import roles
from trucewatch.text.names import fold

_TOKEN = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W_]+(?:['’‘`´ʿʾ][^\W_]+)*(?:['’](?=\s|$))?|[,;:()\[\]—–/&]|--")
_POSSESSIVE = re.compile(r"['’‘`´]s?$")
PREPOSITIONS = frozenset(
    "of for in at from to by with on against near inside within over under after before during into towards toward between among "
    "amid about along via through without as than behind beyond around outside despite".split()
)
RELATIVES = frozenset("who which that whose whom where when while because said says told".split())
JOINERS = frozenset({"and", "or", "&", "nor", "plus", "/"})
PUNCTUATION = frozenset(",;:()[]—–/&") | {"--"}
SMALL_NAME_WORDS = frozenset("al el bin ibn ben abu de van von oglu ogly bey ad ul haj".split())
ROLE_SORTS = frozenset({"institution", "office", "people", "civilians", "materiel"})


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    raw: str
    is_possessive: bool
    is_hyphenated: bool

    @property
    def is_capital(self) -> bool:
        return self.raw[:1].isupper()


@dataclass(frozen=True, slots=True)
class Entry:
    """What a run of words may stand for. `sort`: person, body, party, institution, office, people, civilians, materiel."""

    words: tuple[str, ...]
    sort: str
    key: str
    confidence: float
    how: str
    form: str = ""
    needs_capital: bool = False
    needs_upper: bool = False
    is_surname: bool = False
    has_possessive: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    entries: tuple[Entry, ...]
    words: tuple[Word, ...]

    @property
    def entry(self) -> Entry:
        return self.entries[0]

    @property
    def sort(self) -> str:
        return self.entries[0].sort if self.entries else "word"

    @property
    def is_possessive(self) -> bool:
        return self.words[-1].is_possessive

    @property
    def text(self) -> str:
        return " ".join(word.raw for word in self.words)


def words_of(text: str) -> list[Word]:
    words: list[Word] = []
    for found in _TOKEN.finditer(text):
        raw = found[0]
        if raw in PUNCTUATION:
            words.append(Word(raw, raw, False, False))
            continue
        if "." in raw:
            raw = raw.replace(".", "")
        bare = _POSSESSIVE.sub("", raw)
        is_possessive = bare != raw
        folded = fold(bare)
        hyphenated = text[found.start() - 1 : found.start()] == "-"
        for part in folded.split():
            words.append(Word(part, bare, is_possessive, hyphenated))
    return words


def plural(noun: str) -> str:
    if noun.endswith(("ese", "ch", "sh", "s", "ss")):
        return noun
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + "s"


def singular(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith("men"):
        return word[:-3] + "man"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def chunks(spans: Sequence[Span]) -> Iterator[tuple[str, list[Span]]]:
    """Parts of a phrase between commas, brackets and "and", each with the mark before it; a relative clause is left out."""
    chunk: list[Span] = []
    mark = ""
    for span in spans:
        word = span.words[0]
        if span.sort == "word" and (word.raw in PUNCTUATION or word.text in JOINERS):
            if chunk:
                yield mark, chunk
            mark, chunk = word.text, []
            continue
        if span.sort == "word" and word.text in RELATIVES:
            break
        chunk.append(span)
    if chunk:
        yield mark, chunk


def core_of(chunk: Sequence[Span]) -> tuple[list[Span], list[Span]]:
    """The words up to the first preposition, and the rest."""
    for place, span in enumerate(chunk):
        if place and span.sort == "word" and span.words[0].text in PREPOSITIONS:
            return list(chunk[:place]), list(chunk[place:])
    return list(chunk), []


def without_participle(core: list[Span]) -> list[Span]:
    """The core without a participle that follows its head: "forces backed (by ...)", "people living (in ...)"."""
    for place in range(len(core) - 1, 0, -1):
        if core[place].sort != "word":
            break
        word, head = core[place].words[0], core[place - 1]
        is_participle = word.text.endswith(("ed", "ing")) or word.text in roles.CANCELLING
        is_noun = (
            head.sort in ROLE_SORTS
            or head.sort in ("person", "body")
            or (head.sort == "party" and head.entry.form != "adjective")
        )
        if is_participle and is_noun and not (word.is_capital or word.is_hyphenated or head.is_possessive):
            return core[:place]
    return core


def is_name(spans: Sequence[Span]) -> bool:
    return bool(spans) and all(
        span.sort in ("word", "party") and all(word.is_capital or word.text in SMALL_NAME_WORDS for word in span.words)
        for span in spans
    )
