"""Every place that a parsed document names, located: spaCy's names, names inside other names, demonyms, abbreviations, datelines.

For documents of no theatre; a theatre's own claims are placed by `stages/locate`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from trucewatch.model.theatre import Place
from trucewatch.text.gazetteer import Gazetteer
from trucewatch.text.names import fold, name_key
from trucewatch.text.parse import Block
from trucewatch.text.senses import NameInText, candidates_of, choose_senses, qualifier_after
from trucewatch.text.worldplaces import WorldPlace, WorldPlaces

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
INSIDE_LABELS = frozenset({"ORG", "EVENT", "PRODUCT", "WORK_OF_ART", "LAW"})
LARGE_AREAS = frozenset({"country", "continent", "admin1"})
# inside an organisation's name a place must be larger than this, or named elsewhere; the whole of one, than the smaller number
LARGE_INSIDE, LARGE_WHOLE = 60_000, 3_000
_LOCATIVE = frozenset("in near at from outside toward towards across throughout around into".split())
_DATELINE = re.compile(r"(?:^|\n)\s*([A-Z][A-Z.’' -]{2,30}[A-Z])(?=[,(]? ?(?:[A-Z][a-z.]+)?,? ?(?:\([^)]{2,20}\))? ?[-–—])")
_AREA_NOUN = re.compile(r" (?:County|Parish|Township|City|Island|Heights|Beach|Springs|Falls|Valley)$")
_INITIALS = frozenset({"US", "UK", "EU", "UAE", "USA", "DRC"})
# the adjective or people of a country or area, and what its name ends in instead
_ADJECTIVES = (
    ("ians", "ia"), ("ian", "ia"), ("ans", "a"), ("an", "a"), ("ans", ""), ("an", ""), ("is", ""), ("i", ""), ("ese", ""),
    ("ns", ""), ("n", ""), ("ers", ""), ("er", ""), ("ish", ""), ("ites", ""), ("ite", ""), ("ians", ""), ("ian", ""), ("s", ""),
    ("ians", "io"), ("ian", "io"), ("ians", "y"), ("ian", "y"), ("ns", "o"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place named in a document: verbatim text, document offsets, where it is (None: in no table), confidence, label."""

    text: str
    start_char: int
    end_char: int
    place: Place | None
    confidence: float
    label: str


def find_places(blocks: Sequence[Block], gazetteer: Gazetteer) -> tuple[PlaceMention, ...]:
    """Located mentions of a document in reading order. A gazetteer without the world's table finds nothing."""
    if gazetteer.world is None:
        return ()
    finder = _Finder(gazetteer, gazetteer.world)
    finder.read(blocks)
    names = sorted(finder.names, key=lambda found: (found[0].start_char, found[0].end_char))
    senses = choose_senses([name for name, label in names if label != "NORP"], gazetteer)
    mentions = []
    for name, label in names:
        place: Place | None = None
        confidence = 0.0
        own = gazetteer.named(name_key(name.text))
        row = people_of(name.text, gazetteer) if label == "NORP" else None
        if own:
            place, confidence = own[0].place, 0.95
        elif row is not None:
            place, confidence = gazetteer.to_place(row), 0.7
        elif label == "NORP":
            # a party's, faith's or people's name that is no place
            continue
        elif name.text in senses:
            row, confidence = senses[name.text]
            place = gazetteer.to_place(row)
        mentions.append(PlaceMention(name.text, name.start_char, name.end_char, place, confidence, label))
    return tuple(mentions)


def people_of(word: str, gazetteer: Gazetteer) -> WorldPlace | None:
    """The country or area whose people or adjective a word is ("Latvians", "South Ossetian"), None where it is no such word."""
    world = gazetteer.world
    if world is None:
        return None
    plain = fold(word)
    for form in (plain, plain.removesuffix("s")):
        code = gazetteer.demonyms.get(form)
        if code in world.countries:
            return world.countries[code]
    for suffix, ending in _ADJECTIVES:
        if plain.endswith(suffix) and len(plain) - len(suffix) >= 3:
            rows = world.lookup(plain[: len(plain) - len(suffix)] + ending)
            areas = [row for row in rows if row.kind in LARGE_AREAS or row.kind == "region" or row.population > 500_000]
            if areas:
                return max(areas, key=lambda row: row.population)
    return None


@dataclass(slots=True)
class _Finder:
    gazetteer: Gazetteer
    world: WorldPlaces
    names: list[tuple[NameInText, str]] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)

    def read(self, blocks: Sequence[Block]) -> None:
        """Collect names: first what spaCy takes for places, then what its other names and the bare words hold."""
        # Doc.text is built anew at every access
        parsed = [(block, str(block.doc.text)) for block in blocks]
        pending: list[tuple[Block, str, Any]] = []
        for block, text in parsed:
            for entity in block.doc.ents:
                if entity.label_ in PLACE_LABELS:
                    self.names.extend((name, entity.label_) for name in self._parts(block, text, entity))
                elif entity.label_ == "NORP":
                    self._add_people(block, text, entity)
                else:
                    pending.append((block, text, entity))
        self.seen = Counter(name_key(name.text) for name, label in self.names if label != "NORP")
        for block, text, entity in pending:
            if entity.label_ in INSIDE_LABELS:
                self._look_inside(block, text, entity)
            elif entity.label_ == "PERSON" and self._is_placed(block, text, entity):
                self.names.append((_name(block, text, entity.start_char, entity.end_char), "GPE"))
        for block, text in parsed:
            self._look_outside(block, text)

    def _add_people(self, block: Block, text: str, entity: Any) -> None:
        """A people or adjective; of a hyphenated pair ("X-Y talks") each half that is one."""
        pieces = list(re.finditer(r"[^-–\s]+", entity.text))
        if people_of(entity.text, self.gazetteer) is None and len(pieces) > 1:
            for piece in pieces:
                if people_of(piece.group(), self.gazetteer) is not None:
                    start = entity.start_char + piece.start()
                    self.names.append((_name(block, text, start, start + len(piece.group())), "NORP"))
            return
        self.names.append((_name(block, text, entity.start_char, entity.end_char), "NORP"))

    def _parts(self, block: Block, text: str, entity: Any) -> Iterator[NameInText]:
        """A place's name; of one that runs over commas each part; of an unknown one the longest part that the table knows."""
        start, end = entity.start_char, entity.end_char
        if not candidates_of(entity.text, self.world)[1]:
            parts = list(re.finditer(r"[^,;/–—\s][^,;/–—]*", entity.text))
            if len(parts) > 1:
                for part in parts:
                    yield _name(block, text, start + part.start(), start + part.end())
                return
            inner = self._longest_known(entity.text)
            if inner is not None:
                yield _name(block, text, start + inner[0], start + inner[1])
                return
        yield _name(block, text, start, end)

    def _longest_known(self, text: str) -> tuple[int, int] | None:
        words = list(re.finditer(r"[\w.’'-]+", text))
        for length in range(len(words) - 1, 0, -1):
            for first in range(len(words) - length + 1):
                start, end = words[first].start(), words[first + length - 1].end()
                if text[start].isupper() and end - start > 3 and self.world.lookup(text[start:end]):
                    return start, end
        return None

    def _look_inside(self, block: Block, text: str, entity: Any) -> None:
        """Places inside an organisation's or event's name: named elsewhere in the document, a county, or a large place."""
        tokens = [token for token in entity if not token.is_space]
        number = 0
        while number < len(tokens):
            for length in range(min(3, len(tokens) - number), 0, -1):
                span = tokens[number : number + length]
                start, end = span[0].idx, span[-1].idx + len(span[-1])
                label = self._label(text[start:end], is_whole=length == len(tokens))
                if label is not None:
                    self.names.append((_name(block, text, start, end), label))
                    number += length
                    break
            else:
                number += 1

    def _label(self, text: str, *, is_whole: bool) -> str | None:
        if not text[:1].isupper() or (len(text) < 4 and text not in _INITIALS and not text.endswith(".")):
            return None
        if fold(text) in self.gazetteer.demonyms and text not in _INITIALS:
            return "NORP"
        if self.seen[name_key(text)]:
            return "GPE"
        rows = self.world.lookup(text)
        if not rows:
            return None
        if self._is_large_area(text, rows) or _AREA_NOUN.search(text):
            return "GPE"
        return "GPE" if max(row.population for row in rows) > (LARGE_WHOLE if is_whole else LARGE_INSIDE) else None

    def _is_large_area(self, text: str, rows: Sequence[WorldPlace]) -> bool:
        """Whether a country, continent or state bears the name as its own; short forms ("Man.") count with their dot alone."""
        is_full = len(text) > 4 or text in _INITIALS
        return any(
            row.kind in LARGE_AREAS and row.population > 200_000 and (is_full or name_key(row.name) == name_key(text))
            for row in rows
        )

    def _is_placed(self, block: Block, text: str, entity: Any) -> bool:
        """Whether what was taken for a person's name stands as a place does: after "in", before ", State", or so elsewhere."""
        if not self.world.lookup(entity.text):
            return False
        if self.seen[name_key(entity.text)] and len(entity) == 1:
            return True
        qualifier = _name(block, text, entity.start_char, entity.end_char).qualifier
        if qualifier is not None and any(row.kind in {"admin1", "country"} for row in candidates_of(qualifier, self.world)[1]):
            return True
        return entity.start > 0 and block.doc[entity.start - 1].lower_ in _LOCATIVE

    def _look_outside(self, block: Block, text: str) -> None:
        """Names that no entity covers: countries and states, names known elsewhere, names after "in", datelines."""
        doc = block.doc
        covered = [(name.start_char - block.start_char, name.end_char - block.start_char) for name, _ in self.names]
        spans = [match.span(1) for match in _DATELINE.finditer(text) if candidates_of(match.group(1), self.world)[1]]
        number = 0
        while number < len(doc):
            if doc[number].ent_type_ or not doc[number].text[:1].isupper():
                number += 1
                continue
            for length in range(min(3, len(doc) - number), 0, -1):
                span = doc[number : number + length]
                if span[-1].text[:1].isupper() and not any(token.ent_type_ for token in span) and self._is_outside(span, number):
                    spans.append((span.start_char, span.end_char))
                    number += length
                    break
            else:
                number += 1
        for start, end in spans:
            if not any(low < end and start < high for low, high in covered):
                label = "NORP" if fold(text[start:end]) in self.gazetteer.demonyms and text[start:end] not in _INITIALS else "GPE"
                self.names.append((_name(block, text, start, end), label))

    def _is_outside(self, span: Any, number: int) -> bool:
        name = span.text
        if len(name) < 3 and name not in _INITIALS:
            return False
        if fold(name) in self.gazetteer.demonyms:
            return True
        rows = self.world.lookup(name)
        if not rows:
            return False
        before = span.doc[number - 1].lower_ if number else ""
        is_named = all(token.pos_ == "PROPN" for token in span)
        return is_named and (self._is_large_area(name, rows) or bool(self.seen[name_key(name)]) or before in _LOCATIVE)


def _name(block: Block, text: str, start: int, end: int) -> NameInText:
    return NameInText(text[start:end], block.char(start), block.char(end), qualifier_after(text, end))
