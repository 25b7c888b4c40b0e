"""What a document says around a place name: the places it names, the countries, the lists a name stands in."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from trucewatch.model.records import Reading, Sentence
from trucewatch.model.theatre import Place
from trucewatch.text.gazetteer import Gazetteer, Spot
from trucewatch.text.names import bare_name, name_key
from trucewatch.text.senses import NameInText, choose_senses, qualifier_after
from trucewatch.text.town_kinds import may_be
from trucewatch.text.worldplaces import WorldPlace

_NAME = r"(?:the )?(?:[A-Z][\w’'ʻ-]*(?: (?:(?:al|el|an|de|of) )?[A-Z][\w’'ʻ-]*){0,5})"
_PART_OF = r"the (?:city|town|village|outskirts|heights|area|vicinity|sector)s? of"
_LIST = re.compile(rf"{_NAME}(?:(?:,? (?:and|or|as well as|&) |, )(?:(?:in|at|near|around|{_PART_OF}|of) )?{_NAME})+")
_LIST_PART = re.compile(r",? (?:and|or|as well as|&) |, ")
_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


# how far back "the town" may have been named
TOWN_REACH = 3000
_FROM = re.compile(
    r"\bfrom\s+(?:(?:north|south|east|west)\w*\s+of\s+)?(?:the\s+)?(?:[\w-]+\s+)?(?:(?:village|town|city|area|outskirts|direction)\s+of\s+)?(?:the\s+)?$"
    r"|\b(?:km|kilomet(?:re|er)s?|miles?)\s+(?:\w+\s+)?(?:from|of)\s+$",
    re.I,
)
_LOCATIVE = re.compile(r"\b(?:near|on|at|around|outside|hit|struck|bombed|shelled|city of|suburbs of)\s+$", re.I)
# a list that reaches further to either side is no list of places
LIST_REACH = 300


@dataclass
class Scene:
    """One document with its known places."""

    reading: Reading
    gazetteer: Gazetteer
    kin_texts: Sequence[str] = ()
    knows_word: Callable[[str], bool] | None = None
    knows_actor: Callable[[str], bool] | None = None
    located: dict[str, Place] = field(default_factory=dict)
    # alpha-3 codes of the countries that the claim in hand tells of least and most: its doer's own, its target's
    not_of: frozenset[str] = frozenset()
    sooner_of: frozenset[str] = frozenset()

    @property
    def text(self) -> str:
        return self.reading.document.text

    @cached_property
    def spots(self) -> tuple[Spot, ...]:
        """Known names in reading order: the theatre's and countries."""
        return self.gazetteer.scan(self.text)

    @cached_property
    def kin(self) -> tuple[tuple[str, tuple[Spot, ...]], ...]:
        """Sentences of kin documents that name a place, with those places."""
        sentences = [part for text in self.kin_texts for part in re.split(r"(?<=[.!?”\"])\s+|\n{2,}", text) if part.strip()]
        return tuple((part, spots) for part in sentences if (spots := self.gazetteer.scan(part)))

    @cached_property
    def _sentences(self) -> list[Sentence]:
        return sorted(self.reading.sentences, key=lambda sentence: sentence.start_char)

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.start_char for sentence in self._sentences]

    def sentence_span(self, offset: int) -> tuple[int, int]:
        """Offsets of the sentence around an offset; the paragraph's where the document was not segmented."""
        number = bisect_right(self._sentence_starts, offset) - 1
        if number >= 0 and offset < self._sentences[number].end_char:
            return self._sentences[number].start_char, self._sentences[number].end_char
        start = self.text.rfind("\n\n", 0, offset) + 1
        stop = self.text.find("\n\n", offset)
        return start, stop if stop >= 0 else len(self.text)

    def whole_name(self, start: int, end: int) -> str | None:
        """The theatre's name that begins or ends with the words at these offsets and is longer: a name that the parse cut."""
        number = bisect_right([spot.start_char for spot in self.spots], start) - 1
        for spot in self.spots[max(0, number) : number + 2]:
            holds = spot.start_char <= start and end <= spot.end_char and spot.end_char - spot.start_char > end - start
            at_edge = spot.start_char == start or spot.end_char == end
            if holds and at_edge and spot.candidate.is_theatre and self.text[start:end][:1].isupper():
                return " ".join(self.text[spot.start_char : spot.end_char].split())
        return None

    def last_settlement(self, offset: int, noun: str = "town") -> Place | None:
        """The settlement that "the town" means: named last before an offset, no origin of fire, no capital that is a state.

        One that cannot be meant by the noun ("the city": no village) is only taken where there is no other.
        """
        seats: Place | None = None
        other: Place | None = None
        for spot in reversed(self.spots):
            place = spot.candidate.place
            if spot.end_char > offset or place.kind != "settlement":
                continue
            if offset - spot.start_char > TOWN_REACH:
                break
            before = self.text[max(0, spot.start_char - 50) : spot.start_char].replace("\n", " ")
            if _FROM.search(before):
                continue
            if self._is_seat(place) and not _LOCATIVE.search(before):
                seats = seats or place
                continue
            if not may_be(noun, spot.candidate.matched, self.gazetteer.people(place), self.text):
                other = other or place
                continue
            return place
        return seats if noun == "city" and seats is not None else other or seats

    def _is_seat(self, place: Place) -> bool:
        row = self.gazetteer.world.capital(self.gazetteer.alpha3(place.country)) if self.gazetteer.world is not None else None
        return row is not None and name_key(row.name) in {name_key(name) for name in place.names}

    def before(self, offset: int, wanted: Callable[[Place], bool]) -> list[Place]:
        """Places as wanted: those named before an offset, the last first, then those that follow in the same sentence."""
        found = [spot.candidate.place for spot in reversed(self.spots) if spot.end_char <= offset]
        stop = self.sentence_span(offset)[1]
        found += [spot.candidate.place for spot in self.spots if offset < spot.start_char < stop]
        return list({place.id: place for place in found if wanted(place)}.values())

    def nearest_before(self, offset: int, wanted: Callable[[Place], bool]) -> Place | None:
        """The first of `before`, None where there is none."""
        return next(iter(self.before(offset, wanted)), None)

    def land_before(self, offset: int, wanted: Callable[[Place], bool]) -> Place | None:
        """The first of `before` that the claim in hand may tell of: its target's land first, its doer's own last."""
        found = self.before(offset, wanted)

        def rank(place: Place) -> int:
            codes = self.gazetteer.countries_of(place) | {self.gazetteer.alpha3(place.country)}
            return 0 if codes & self.sooner_of else 2 if codes & self.not_of else 1

        return min(found, key=rank, default=None)

    def is_seat_at(self, offset: int) -> bool:
        """Whether the name at an offset is that of a capital."""
        return any(s.start_char == offset and self._is_seat(s.candidate.place) for s in self.spots)

    def is_fought_in(self, place: Place) -> bool:
        """Whether a place is a country in which settlements of the theatre lie; any country where the theatre has none."""
        return place.kind == "country" and (self.gazetteer.alpha3(place.country) in self._countries or not self._countries)

    @cached_property
    def _countries(self) -> frozenset[str | None]:
        settled = (place for place in self.gazetteer.places.values() if place.kind == "settlement")
        return frozenset(self.gazetteer.alpha3(place.country) for place in settled)

    def is_peopled(self, place: Place) -> bool:
        """Whether a place is a region that settlements of the theatre name as a parent; any region where none names one."""
        return place.kind == "region" and (place.id in self._parents or not self._parents)

    def has_parts(self, place: Place) -> bool:
        """Whether settlements of the theatre name a place as a parent."""
        return place.id in self._parents

    @cached_property
    def _parents(self) -> frozenset[str]:
        return frozenset(
            parent for place in self.gazetteer.places.values() if place.kind == "settlement" for parent in place.parents
        )

    def countries_in(self, text: str) -> set[str]:
        """Alpha-3 codes of the countries that a text's words name or mean as adjectives."""
        return {
            code
            for word in re.findall(r"[^\W\d_]+", text)
            if word[0].isupper() and (code := self.gazetteer.country_of_word(word))
        }

    def main_region(self, offset: int) -> Place | None:
        """The region that "the region" means: one named in the same sentence, else the one named most often, else the last."""
        low = self.sentence_span(offset)[0]
        found = self.before(offset, self.is_peopled)
        near = [spot.candidate.place for spot in reversed(self.spots) if low <= spot.start_char and spot.end_char <= offset]
        for place in near:
            if self.is_peopled(place):
                return place
        often = [place for place in found if self.mentioned[place.id] > 1]
        return max(often, key=lambda place: self.mentioned[place.id], default=found[0] if found else None)

    def siblings(self, start: int, end: int) -> tuple[str, ...]:
        """Names coordinated with the one at these offsets ("A, B and C"), without itself."""
        low, high = self.sentence_span(start)
        low, high = max(low, start - LIST_REACH), min(high, end + LIST_REACH)
        sentence = re.sub(r"\s", " ", self.text[low:high])
        for found in _LIST.finditer(sentence):
            if found.start() <= start - low and end - low <= found.end() + 1:
                names, place = [], found.start()
                parts = []
                for part in _LIST_PART.split(found.group()):
                    begin = sentence.find(part, place)
                    parts.append((begin, begin + len(part), part))
                    place = begin + len(part)
                for begin, stop, part in parts:
                    if not (begin <= start - low < stop or begin < end - low <= stop):
                        names.append(
                            re.sub(
                                rf"^(?:in|at|near|around|of|{_PART_OF}|the) ",
                                "",
                                part,
                            )
                        )
                return tuple(names)
        return ()

    def sibling_places(self, start: int, end: int) -> tuple[Place, ...]:
        """The theatre's places among a name's siblings."""
        found = []
        for name in self.siblings(start, end):
            hits = self.gazetteer.find(name, fuzzy=False)
            if hits and hits[0].is_theatre:
                found.append(hits[0].place)
            elif name_key(name) in self.located:
                found.append(self.located[name_key(name)])
        return tuple(found)

    def is_word(self, name: str) -> bool:
        """Whether a name is a word or a name that the world knows: in the parser's vocabulary, or of some place elsewhere."""
        if self.gazetteer.world is not None and self.gazetteer.world.knows(name):
            return True
        return self.knows_word is not None and all(self.knows_word(word) for word in name.split())

    def is_actor(self, name: str) -> bool:
        """Whether a name is one of the theatre's actors or parties."""
        return self.knows_actor is not None and self.knows_actor(name)

    def is_common_word(self, name: str) -> bool:
        """Whether the document uses a name in small letters too, as a word like any other."""
        return re.search(rf"(?<![\w-]){re.escape(name.lower())}(?![\w-])", self.text) is not None

    def named(self, place: Place) -> bool:
        """Whether the document names a place by one of its names."""
        return place.id in self.mentioned

    @cached_property
    def mentioned(self) -> Counter[str]:
        """Times each known place is named, by id."""
        return Counter(spot.candidate.place.id for spot in self.spots)

    @cached_property
    def countries(self) -> Counter[str]:
        """Times each country is meant by name or demonym, alpha-3."""
        counts: Counter[str] = Counter()
        for spot in self.spots:
            if spot.candidate.place.kind == "country":
                counts[self.gazetteer.alpha3(spot.candidate.place.country)] += 1
        for word in _WORDS.findall(self.text):
            code = self.gazetteer.demonyms.get(word.lower())
            if code:
                counts[code] += 1
        return counts

    def main_country(self) -> str | None:
        """The country named most often, None where none is."""
        counts = self.countries
        return max(sorted(counts), key=lambda code: counts[code]) if counts else None

    @cached_property
    def senses(self) -> dict[str, tuple[WorldPlace, float]]:
        """Where there is no theatre: the world's place that each name of the document means, all decided together."""
        names = [
            NameInText(mention.text, mention.start_char, mention.end_char, qualifier_after(self.text, mention.end_char))
            for mention in self.reading.mentions
            if mention.kind in {"place", "country"}
        ]
        for claim in self.reading.claims:
            for place in claim.places:
                core = bare_name(place.text)[0]
                end = place.end_char or 0
                names.append(NameInText(core, place.start_char or 0, end, qualifier_after(self.text, end) if end else None))
        names += [NameInText(spot.candidate.matched, spot.start_char, spot.end_char) for spot in self.spots]
        return choose_senses(names, self.gazetteer)

    def country(self, code: str) -> Place | None:
        """A country by its alpha-3 code: the theatre's record of it, else the world's."""
        for place in self.gazetteer.places.values():
            if place.kind == "country" and self.gazetteer.alpha3(place.country) == code:
                return place
        row = self.gazetteer.world.countries.get(code) if self.gazetteer.world is not None else None
        return None if row is None else self.gazetteer.to_place(row)

    def named_beside(self, start: int, end: int) -> Place | None:
        """The place named in apposition right before or after these offsets ("the capital, X"; "X, the capital")."""
        for spot in self.spots:
            if 0 <= spot.start_char - end <= 3 and re.fullmatch(r",?\s*(?:of )?", self.text[end : spot.start_char]):
                return spot.candidate.place
            if 0 <= start - spot.end_char <= 7 and re.fullmatch(r",\s*(?:the )?", self.text[spot.end_char : start]):
                return spot.candidate.place
        return None
