"""A theatre's names, offices and bodies in one table: what a run of words may stand for, and who holds what on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from rapidfuzz import fuzz, process

from trucewatch.model.theatre import Actor, Office, Party, Theatre
from trucewatch.text.actors import roles
from trucewatch.text.actors.words import JOINERS, PREPOSITIONS, PUNCTUATION, SMALL_NAME_WORDS, Entry, Span, Word, plural, words_of
from trucewatch.text.names import sound_key

SORT_RANK = {"person": 0, "body": 1, "party": 2, "institution": 3, "office": 4, "people": 5, "civilians": 6, "materiel": 7}

# letters of a party's name that may be misspelt, and how alike (0 to 100) a misspelling must be
_LONG, _NEARLY = 7, 92


class ActorTable:
    """Entries by their first word, holders by (party, office), bodies by (party, canonical institution)."""

    def __init__(self, theatre: Theatre) -> None:
        self.theatre = theatre
        self.parties: dict[str, Party] = {party.code: party for party in theatre.parties}
        self.actors: dict[str, Actor] = {actor.id: actor for actor in theatre.actors}
        self.rank = {actor.id: (_weight(actor), number) for number, actor in enumerate(theatre.actors)}
        self._entries: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
        self._lengths: dict[str, int] = defaultdict(int)
        self.bodies: dict[tuple[str, str], str] = {}
        self.holders: dict[tuple[str, str], list[tuple[Actor, Office, str | None]]] = defaultdict(list)
        self.surnames: dict[str, list[str]] = defaultdict(list)
        self.by_sound: dict[str, set[str]] = defaultdict(set)
        for entry in (*role_entries(), *self._party_entries(), *self._actor_entries()):
            self._entries[entry.words].append(entry)
            self._lengths[entry.words[0]] = max(self._lengths[entry.words[0]], len(entry.words))
        for entries in self._entries.values():
            entries.sort(key=lambda entry: (SORT_RANK[entry.sort], -entry.confidence))
        self._long_names_of = {
            entry.words[0]: entry
            for entries in self._entries.values()
            for entry in entries
            if entry.sort == "party" and len(entry.words) == 1 and len(entry.words[0]) >= _LONG and entry.form != "mangled name"
        }
        self._long_names = list(self._long_names_of)
        self._index_offices()

    def spacy_patterns(self) -> list[dict[str, Any]]:
        """Patterns for spaCy's entity ruler: names of persons and bodies, and of the theatre's own parties."""
        patterns: dict[str, dict[str, Any]] = {}
        for actor in self.theatre.actors:
            label = "PERSON" if actor.kind == "person" else "ORG"
            for name in actor.names:
                if len(name.split()) > 1 or (len(name) > 4 and actor.kind != "person"):
                    patterns.setdefault(name.lower(), {"label": label, "pattern": _pattern(name), "id": actor.id})
        for code in self.theatre.principals:
            party = self.parties.get(code)
            if party is None:
                continue
            label = "ORG" if party.kind in ("group", "body") else "GPE"
            named = ((party.names, label), (party.demonyms, "NORP"), (party.metonyms, "GPE"))
            for name, sort in ((name, sort) for names, sort in named for name in names):
                if len(name) > 4 and name[0].isupper():
                    patterns.setdefault(name.lower(), {"label": sort, "pattern": _pattern(name), "id": code})
        return list(patterns.values())

    def _party_entries(self) -> Iterator[Entry]:
        for party in self.theatre.parties:
            for sort, names, confidence in (
                ("name", party.names, 0.9),
                ("adjective", party.demonyms, 0.9),
                ("capital", party.metonyms, 0.75),
                ("mangled name", party.mangled, 0.4),
            ):
                for name in names:
                    yield from name_entries(name, "party", party.code, confidence, sort)
                    if sort == "adjective":
                        yield from name_entries(plural(name), "party", party.code, confidence, "people")
        for phrase in self.theatre.phrases:
            sort = "body" if phrase.actor_id else "party"
            key = phrase.actor_id or phrase.party or ""
            yield from name_entries(phrase.text, sort, key, 0.8, "description")
            if sort == "party" and not phrase.text.endswith("s"):
                yield from name_entries(plural(phrase.text), sort, key, 0.8, "description")

    def _actor_entries(self) -> Iterator[Entry]:
        surnames: dict[tuple[str, ...], list[Actor]] = defaultdict(list)
        for actor in self.theatre.actors:
            sort = "person" if actor.kind == "person" else "body"
            for name in actor.names:
                yield from name_entries(name, sort, actor.id, 0.95, "name")
                words = [word.text for word in words_of(name)]
                if sort == "person" and len(words) > 1:
                    first = 2 if len(words) > 2 and words[-2] in SMALL_NAME_WORDS else 1
                    for surname in {tuple(words[-first:]), (words[-1],)}:
                        if len(surname[-1]) > 2 and actor not in surnames[surname]:
                            surnames[surname].append(actor)
                    self.surnames[words[-1]].append(actor.id)
                    self.by_sound[sound_key(words[-1])].add(words[-1])
            for name in actor.mangled:
                yield from name_entries(name, sort, actor.id, 0.45, "mangled name")
            if sort == "body" and actor.party:
                for generic in actor.generic:
                    self.bodies.setdefault((actor.party, generic), actor.id)
        for words_key, actors in surnames.items():
            for actor in actors:
                yield Entry(words_key, "person", actor.id, 0.85, "surname", needs_capital=True, is_surname=True)

    def _index_offices(self) -> None:
        for actor in self.theatre.actors:
            for office in actor.offices:
                spans = self.spans(words_of(office.title))
                keys = [(span, entry) for span in spans for entry in span.entries if entry.sort == "office"]
                within = next((entry.key for span in spans for entry in span.entries if entry.sort == "institution"), None)
                side = office.party or actor.party
                if keys and side:
                    self.holders[(side, keys[0][1].key)].append((actor, office, within))

    def spans(self, words: Sequence[Word]) -> list[Span]:
        """Words joined into the longest runs that the index knows; every other word is a span of its own without entries."""
        spans: list[Span] = []
        start = 0
        while start < len(words):
            length, entries = self._longest(words, start)
            spans.append(Span(entries, tuple(words[start : start + length])))
            start += length
        return spans

    def _longest(self, words: Sequence[Word], start: int) -> tuple[int, tuple[Entry, ...]]:
        longest = self._lengths.get(words[start].text, 0)
        for size in range(min(longest, len(words) - start), 0, -1):
            run = words[start : start + size]
            entries = self._entries.get(tuple(word.text for word in run), ())
            found = tuple(entry for entry in entries if _is_written_so(entry, run))
            if found:
                return size, found
        return 1, self._misspelt(words[start])

    def _misspelt(self, word: Word) -> tuple[Entry, ...]:
        """A party whose name a long unknown word nearly is: one letter too few or too many."""
        if not word.is_capital or len(word.text) < _LONG or word.text in self.surnames:
            return ()
        near = process.extractOne(word.text, self._long_names, scorer=fuzz.ratio, score_cutoff=_NEARLY)
        return (replace(self._long_names_of[near[0]], confidence=0.5, form="misspelt name"),) if near else ()

    def holder(self, title: str, party: str, within: str | None, on: date | None) -> Actor | None:
        held = [
            actor
            for actor, office, body in self.holders.get((party, title), ())
            if is_held(office, on) and (within is None or body == within)
        ]
        unique = list(dict.fromkeys(actor.id for actor in held))
        return self.actors[unique[0]] if len(unique) == 1 else None

    def owner(self, spans: Sequence[Span]) -> tuple[str, float, str] | None:
        """Side named by the modifiers of a head: the last party, body or possessive person that nothing cancels."""
        for place in range(len(spans) - 1, -1, -1):
            span = spans[place]
            following = spans[place + 1].words[0].text if place + 1 < len(spans) else ""
            previous = spans[place - 1].words[-1].text if place else ""
            if following in roles.CANCELLING or previous in roles.CANCELLING_BEFORE:
                continue
            if span.sort == "party":
                return (span.entry.key, span.entry.confidence, span.entry.form)
            if span.sort == "body":
                party = self.actors[span.entry.key].party
                if party:
                    return (party, 0.85, self.actors[span.entry.key].names[0])
            if span.sort == "person" and (span.is_possessive or place < len(spans) - 1) and not _goes_on(spans, place):
                party = self.actors[span.entry.key].party
                if party:
                    return (party, 0.65, self.actors[span.entry.key].names[0])
        return None

    def owner_after(self, rest: Sequence[Span], links: tuple[str, ...], is_seat: bool = False) -> tuple[str, float, str] | None:
        """Side named after one of the prepositions `links`.

        `is_seat`: only a capital will do, for forces in a country need not be its own.
        """
        for start, span in enumerate(rest):
            if span.sort != "word" or span.words[0].text not in links:
                continue
            stop = next(
                (
                    place
                    for place in range(start + 1, len(rest))
                    if rest[place].sort == "word" and rest[place].words[0].text in PREPOSITIONS | JOINERS
                ),
                len(rest),
            )
            within = rest[start + 1 : stop]
            owner = self.owner(within)
            if owner is None and within and within[-1].sort == "person" and not _is_another(within):
                party = self.actors[within[-1].entry.key].party
                owner = (party, 0.65, self.actors[within[-1].entry.key].names[0]) if party else None
            if owner and not (is_seat and owner[2] != "capital"):
                return (owner[0], min(owner[1], 0.8), owner[2])
        return None

    def party_name(self, code: str) -> str:
        return "; ".join(self.parties[part].names[0] if part in self.parties else part for part in code.split(";"))

    def adjective(self, code: str) -> str:
        party = self.parties.get(code)
        return party.demonyms[0] if party and party.demonyms else self.party_name(code)


def _is_another(spans: Sequence[Span]) -> bool:
    """Whether a known surname at the end has a given name before it that is not in the list's names."""
    before = spans[-2].words[-1] if len(spans) > 1 and spans[-2].sort == "word" else None
    is_surname = all(entry.is_surname for entry in spans[-1].entries if entry.sort == "person")
    return is_surname and before is not None and before.is_capital and before.text not in roles.TITLES


def _goes_on(spans: Sequence[Span], place: int) -> bool:
    """Whether a known surname stands within another's name: "the minister of roads <Surname> Anna Roth"."""
    span = spans[place]
    after = spans[place + 1] if place + 1 < len(spans) else None
    is_surname = all(entry.is_surname for entry in span.entries if entry.sort == "person")
    return is_surname and not span.is_possessive and after is not None and after.sort == "word" and after.words[0].is_capital


def name_entries(name: str, sort: str, key: str, confidence: float, form: str) -> Iterator[Entry]:
    words = [word for word in words_of(name) if word.raw not in PUNCTUATION]
    while words and words[0].text in ("the", "a", "an"):
        words = words[1:]
    if not words or not key:
        return
    first = words[0].raw
    yield Entry(
        tuple(word.text for word in words),
        sort,
        key,
        confidence,
        form,
        form,
        needs_capital=first[:1].isupper() and len(words) == 1,
        needs_upper=first.isupper() and len(words) == 1 and len(first) <= 4,
        has_possessive=any(word.is_possessive for word in words),
    )


@lru_cache(maxsize=1)
def role_entries() -> tuple[Entry, ...]:
    entries: list[Entry] = []
    for sort, table in (("institution", roles.INSTITUTIONS), ("office", roles.OFFICES)):
        for key, variants in table.items():
            for variant in variants:
                entries += _forms(variant, sort, key)
    for sort, nouns in (("people", roles.COLLECTIVES), ("civilians", roles.CIVILIANS), ("materiel", roles.MATERIEL)):
        for noun in nouns:
            entries += _forms(noun, sort, noun)
    return tuple(entries)


def _forms(noun: str, sort: str, key: str) -> Iterable[Entry]:
    forms = {tuple(word.text for word in words_of(noun)), tuple(word.text for word in words_of(plural(noun)))}
    return [Entry(words, sort, key, 0.85, "role", "role") for words in forms]


def _is_written_so(entry: Entry, run: Sequence[Word]) -> bool:
    """Whether words have the case that an entry asks for, and no possessive that parts them.

    A possessive inside parts a person's name or a state's: "<country>'s <surname>" is no full name.
    """
    if (entry.needs_upper and not run[0].raw.isupper()) or (entry.needs_capital and not run[0].is_capital):
        return False
    is_parted = any(word.is_possessive for word in run[:-1]) and not entry.has_possessive
    return not (is_parted and entry.sort in ("person", "party") and entry.form != "description")


def _pattern(name: str) -> str | list[dict[str, str]]:
    """A name of one word by its very case, for the ruler folds case: an agency's name may be a common noun."""
    return [{"TEXT": name}] if name.isalpha() else name


def _weight(actor: Actor) -> int:
    """How far up an actor's highest office stands: whom a bare surname means where several bear it."""
    return min(
        (
            roles.PROMINENCE.index(title)
            for office in actor.offices
            for title in roles.PROMINENCE
            if office.title.startswith(title)
        ),
        default=len(roles.PROMINENCE),
    )


def is_held(office: Office, on: date | None) -> bool:
    return on is None or ((office.since is None or office.since <= on) and (office.until is None or on <= office.until))
