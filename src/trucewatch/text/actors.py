"""Who a phrase names: persons, bodies, parties, and the roles between them, from a theatre's data and English word order.

The grammar: a noun phrase's head is the last noun before its first preposition or comma; the party named before the head, or
after "of", is whose it is. "The attack on Armenia" therefore names nobody, "an aide to the Azerbaijani president" someone of
Azerbaijan, and "Armenian Defence Minister" a holder of that office on the day asked for.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

from trucewatch.model.theatre import Actor, Office, Party, Theatre
from trucewatch.text import roles
from trucewatch.text.names import fold, sound_key

CIVILIAN_PARTY = "CVL"
_TOKEN = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W_]+(?:['’‘`´ʿʾ][^\W_]+)*(?:['’](?=\s|$))?|[,;:()\[\]—–/&]|--")
_POSSESSIVE = re.compile(r"['’‘`´]s?$")
_PREPOSITIONS = frozenset(
    "of for in at from to by with on against near inside within over under after before during into towards toward between among "
    "amid about along via through without as than behind beyond around outside despite".split()
)
_RELATIVES = frozenset("who which that whose whom where when while because said says told".split())
_JOINERS = frozenset({"and", "or", "&", "nor", "plus"})
_PUNCTUATION = frozenset(",;:()[]—–/") | {"--"}
# prepositions after which a head's party may stand, and heads for which "in" will do
_OWNING = frozenset({"of", "for", "from", "to", "at"})
_SMALL_NAME_WORDS = frozenset({"al", "el", "bin", "ibn", "ben", "abu", "de", "van", "von", "oglu", "ogly", "bey", "ad", "ul", "haj"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorMatch:
    """Who a phrase names. `actor_id` None: only the party is known; `party` None: someone who speaks for no side.

    `kind`: an Actor's, or role, people, civilians, materiel, party, several. `confidence` 0 to 1; `how` says why in words.
    """

    actor_id: str | None
    name: str
    party: str | None
    kind: str
    confidence: float
    how: str


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    raw: str
    is_possessive: bool
    is_hyphenated: bool

    @property
    def is_capital(self) -> bool:
        return self.raw[:1].isupper()


@dataclass(frozen=True, slots=True)
class _Entry:
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


@dataclass(frozen=True, slots=True)
class _Span:
    entries: tuple[_Entry, ...]
    words: tuple[_Word, ...]

    @property
    def entry(self) -> _Entry:
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


_SORT_RANK = {"person": 0, "body": 1, "party": 2, "institution": 3, "office": 4, "people": 5, "civilians": 6, "materiel": 7}
_ROLE_SORTS = frozenset({"institution", "office", "people", "civilians", "materiel"})


class ActorIndex:
    """A theatre's actors and parties, looked up by how they are called. Immutable; lookups are cached."""

    def __init__(self, theatre: Theatre) -> None:
        self.theatre = theatre
        self.parties: dict[str, Party] = {party.code: party for party in theatre.parties}
        self.actors: dict[str, Actor] = {actor.id: actor for actor in theatre.actors}
        self._rank = {actor.id: (_weight(actor), number) for number, actor in enumerate(theatre.actors)}
        self._entries: dict[str, list[_Entry]] = defaultdict(list)
        self._bodies: dict[tuple[str, str], str] = {}
        self._holders: dict[tuple[str, str], list[tuple[Actor, Office, str | None]]] = defaultdict(list)
        self._surnames: dict[str, list[str]] = defaultdict(list)
        self._by_sound: dict[str, set[str]] = defaultdict(set)
        for entry in (*_role_entries(), *self._party_entries(), *self._actor_entries()):
            self._entries[entry.words[0]].append(entry)
        for entries in self._entries.values():
            entries.sort(key=lambda entry: (-len(entry.words), _SORT_RANK[entry.sort], -entry.confidence))
        self._index_offices()
        self._cached = lru_cache(maxsize=32768)(self._lookup)

    @classmethod
    def from_theatre(cls, theatre: Theatre) -> ActorIndex:
        """Index of a theatre's actors, parties and phrases."""
        return cls(theatre)

    def lookup(self, text: str, on: date | None = None, party: str | None = None) -> ActorMatch | None:
        """Who `text` names, on a day where it is given; None where it names nobody.

        `party`: whose it is where the phrase does not say ("the ministry", "his spokesman"), by default nobody's.
        """
        if not text or len(text) > 400:
            return None
        return self._cached(text, on, party)

    def party_of(self, text: str, on: date | None = None) -> str | None:
        """Side that a phrase belongs to, also where it names no actor: "Azerbaijani cities", "the Armenian bombardment"."""
        found = self.lookup(text, on)
        if found:
            return found.party
        for chunk in _chunks(self._spans(_words(text))):
            core = _core(chunk)
            owner = self._owner(core[0], on) or self._owner_after(core[1], on, ("of",))
            if owner:
                return owner[0]
        return None

    def office_holder(self, title: str, party: str, on: date | None = None) -> Actor | None:
        """Who holds an office of a party on a day ("prime minister"); None where nobody or several are known."""
        spans = self._spans(_words(title))
        for span in reversed(spans):
            for entry in span.entries:
                if entry.sort == "office":
                    return self._holder(entry.key, party, None, on)
        return None

    def spacy_patterns(self) -> list[dict[str, Any]]:
        """Patterns for spaCy's entity ruler (phrase_matcher_attr LOWER): names of persons, bodies, and of the theatre's parties."""
        patterns: dict[str, dict[str, Any]] = {}
        for actor in self.theatre.actors:
            label = "PERSON" if actor.kind == "person" else "ORG"
            for name in actor.names:
                if len(name.split()) > 1 or (len(name) > 4 and actor.kind != "person"):
                    patterns.setdefault(name.lower(), {"label": label, "pattern": name, "id": actor.id})
        for code in self.theatre.principals:
            party = self.parties.get(code)
            if party is None:
                continue
            label = "ORG" if party.kind in ("group", "body") else "GPE"
            named = ((party.names, label), (party.demonyms, "NORP"), (party.metonyms, "GPE"))
            for name, sort in ((name, sort) for names, sort in named for name in names):
                if len(name) > 4 and name[0].isupper():
                    patterns.setdefault(name.lower(), {"label": sort, "pattern": name, "id": code})
        return list(patterns.values())

    # the index

    def _party_entries(self) -> Iterator[_Entry]:
        for party in self.theatre.parties:
            for sort, names, confidence in (
                ("name", party.names, 0.9),
                ("adjective", party.demonyms, 0.9),
                ("capital", party.metonyms, 0.75),
                ("mangled name", party.mangled, 0.4),
            ):
                for name in names:
                    yield from _name_entries(name, "party", party.code, confidence, sort)
                    if sort == "adjective":
                        yield from _name_entries(_plural(name), "party", party.code, confidence, "people")
        for phrase in self.theatre.phrases:
            sort = "body" if phrase.actor_id else "party"
            key = phrase.actor_id or phrase.party or ""
            yield from _name_entries(phrase.text, sort, key, 0.8, "description")
            if sort == "party" and not phrase.text.endswith("s"):
                yield from _name_entries(_plural(phrase.text), sort, key, 0.8, "description")

    def _actor_entries(self) -> Iterator[_Entry]:
        surnames: dict[tuple[str, ...], list[Actor]] = defaultdict(list)
        for actor in self.theatre.actors:
            sort = "person" if actor.kind == "person" else "body"
            for name in actor.names:
                yield from _name_entries(name, sort, actor.id, 0.95, "name")
                words = [word.text for word in _words(name)]
                if sort == "person" and len(words) > 1:
                    first = 2 if len(words) > 2 and words[-2] in _SMALL_NAME_WORDS else 1
                    for surname in {tuple(words[-first:]), (words[-1],)}:
                        if len(surname[-1]) > 2 and actor not in surnames[surname]:
                            surnames[surname].append(actor)
                    self._surnames[words[-1]].append(actor.id)
                    self._by_sound[sound_key(words[-1])].add(words[-1])
            for name in actor.mangled:
                yield from _name_entries(name, sort, actor.id, 0.45, "mangled name")
            if sort == "body" and actor.party:
                for generic in actor.generic:
                    self._bodies.setdefault((actor.party, generic), actor.id)
        for words_key, actors in surnames.items():
            for actor in actors:
                yield _Entry(words_key, "person", actor.id, 0.85, "surname", needs_capital=True, is_surname=True)

    def _index_offices(self) -> None:
        for actor in self.theatre.actors:
            for office in actor.offices:
                spans = self._spans(_words(office.title))
                keys = [(span, entry) for span in spans for entry in span.entries if entry.sort == "office"]
                within = next((entry.key for span in spans for entry in span.entries if entry.sort == "institution"), None)
                side = office.party or actor.party
                if keys and side:
                    self._holders[(side, keys[0][1].key)].append((actor, office, within))

    def _spans(self, words: Sequence[_Word]) -> list[_Span]:
        """Words joined into the longest runs that the index knows; every other word is a span of its own without entries."""
        spans: list[_Span] = []
        start = 0
        while start < len(words):
            length, entries = self._longest(words, start)
            spans.append(_Span(entries, tuple(words[start : start + length])))
            start += length
        return spans

    def _longest(self, words: Sequence[_Word], start: int) -> tuple[int, tuple[_Entry, ...]]:
        best, found = 1, []
        for entry in self._entries.get(words[start].text, ()):
            size = len(entry.words)
            if size < best:
                break
            run = words[start : start + size]
            if len(run) < size or any(word.text != want for word, want in zip(run, entry.words, strict=True)):
                continue
            if entry.needs_upper and not run[0].raw.isupper():
                continue
            if entry.needs_capital and not run[0].is_capital:
                continue
            # a possessive inside a run parts it: "Armenia's army" is no name, except where the entry is a role or office
            if any(word.is_possessive for word in run[:-1]) and entry.sort not in _ROLE_SORTS:
                continue
            if size > best:
                best, found = size, []
            found.append(entry)
        return best, tuple(found)

    # the grammar

    def _lookup(self, text: str, on: date | None, party: str | None) -> ActorMatch | None:
        spans = self._spans(_words(text))
        while spans and spans[-1].words[0].raw in _PUNCTUATION:
            spans.pop()
        if not spans:
            return None
        members: list[tuple[ActorMatch | None, list[_Span], bool]] = []
        is_list = any(span.words[0].text in _JOINERS and span.sort == "word" for span in spans)
        for chunk in _chunks(spans):
            match = self._member(chunk, on, party)
            members.append((match, chunk, chunk[0].words[0].text in roles.DETERMINERS))
        found = [match for match, _, _ in members if match]
        if not found:
            return None
        if is_list and len(members) > 1:
            several = self._several(members, on)
            if several:
                return several
        named = [match for match in found if match.kind == "person" and match.actor_id]
        return next(iter(named or sorted(found, key=lambda match: match.actor_id is None)))

    def _several(self, members: Sequence[tuple[ActorMatch | None, list[_Span], bool]], on: date | None) -> ActorMatch | None:
        """Those who are named side by side; None where one of them only describes the other."""
        found = [match for match, _, _ in members if match]
        parties = list(dict.fromkeys(code for match in found if match.party for code in match.party.split(";")))
        ids = {match.actor_id for match in found}
        if len(found) < 2 or (len(parties) < 2 and len(ids) < 2):
            return None
        first = members[0][0]
        if first is None and len(parties) < 2:
            return None
        commas = sum(1 for match, _, is_described in members[1:] if match and is_described)
        if first and first.kind == "person" and commas and len(parties) < 2:
            return None
        return ActorMatch(
            actor_id=None if len(ids) != 1 else found[0].actor_id,
            name="; ".join(dict.fromkeys(match.name for match in found)),
            party=";".join(parties) or None,
            kind="several",
            confidence=min(match.confidence for match in found),
            how="; ".join(match.how for match in found),
        )

    def _member(self, chunk: list[_Span], on: date | None, default: str | None) -> ActorMatch | None:
        core, rest = _core(chunk)
        while core and core[-1].sort == "word" and core[-1].words[0].text in roles.DETERMINERS:
            core = core[:-1]
        if not core:
            return None
        person = self._person(core, on)
        if person:
            return person
        head = core[-1]
        owner = self._owner(core[:-1], on)
        if head.sort == "body":
            return self._body(head)
        if head.sort == "party":
            return self._party(core)
        if head.sort in _ROLE_SORTS:
            return self._role(core, rest, owner, on, default)
        role = next((place for place in range(len(core) - 1, -1, -1) if core[place].sort == "office"), None)
        if role is not None and _is_name(core[role + 1 :]):
            return self._unknown_person(core, role, on)
        if head.sort == "word" and head.words[0].text in roles.PLACE_NOUNS:
            if len(core) > 1 and core[-2].sort == "party" and not core[-2].is_possessive:
                return self._party(core[:-1])
            if owner is None:
                after = self._owner_after(rest, on, ("of",))
                return self._as_party(after[0], after[1], "name") if after else None
        return self._fuzzy_person(core, on)

    def _person(self, core: list[_Span], on: date | None) -> ActorMatch | None:
        for place in range(len(core) - 1, -1, -1):
            span = core[place]
            if span.sort != "person":
                continue
            match = self._choose_person(core, place, on)
            if match is None:
                continue
            after = core[place + 1 :]
            head = after[-1] if after else None
            if head is None or (head.sort == "word" and not span.is_possessive and not head.words[0].is_capital):
                return match
            if head.sort in ("institution", "office", "people"):
                how = f"{head.text} of {match.name}"
                return replace(match, actor_id=None, kind="role", confidence=0.6, how=how, name=f"{span.text} {head.text}")
            return None
        return None

    def _choose_person(self, core: list[_Span], place: int, on: date | None) -> ActorMatch | None:
        span = core[place]
        entries = [entry for entry in span.entries if entry.sort == "person"]
        confidence, how = max(entry.confidence for entry in entries), entries[0].how
        actors = [self.actors[key] for key in dict.fromkeys(entry.key for entry in entries)]
        if all(entry.is_surname for entry in entries):
            given = self._given_name(core, place)
            if given:
                alike = [(actor, _given_score(actor, given)) for actor in actors]
                actors = [actor for actor, score in alike if score >= 0.72]
                if not actors:
                    return None
                actors.sort(key=lambda actor: -dict((a.id, s) for a, s in alike)[actor.id])
                confidence, how = 0.8, f"surname, given name like {given}"
                best = dict((a.id, s) for a, s in alike)[actors[0].id]
                actors = [actor for actor, score in alike if score >= best - 0.02]
        owner = self._owner(core[:place], on)
        ranked = sorted(actors, key=lambda actor: self._preference(actor, core[:place], owner, on))
        chosen = ranked[0]
        if len(ranked) > 1:
            confidence -= 0.1 if len({actor.party for actor in ranked}) == 1 else 0.2
            how += f", one of {len(ranked)} of that name"
        return self._as_person(chosen, on, confidence, how)

    def _preference(
        self, actor: Actor, before: Sequence[_Span], owner: tuple[str, float, str] | None, on: date | None
    ) -> tuple[bool, bool, bool, bool, tuple[int, int]]:
        titles = {entry.key for span in before for entry in span.entries if entry.sort == "office"}
        has_title = any(
            holder.id == actor.id
            for title in titles
            for holder, office, _ in self._holders.get((actor.party or "", title), ())
            if _is_held(office, on)
        )
        in_office = any(_is_held(office, on) for office in actor.offices) if on else True
        return (
            bool(owner) and owner is not None and actor.party != owner[0],
            bool(titles) and not has_title,
            not in_office,
            actor.party not in self.theatre.principals,
            self._rank[actor.id],
        )

    @staticmethod
    def _given_name(core: Sequence[_Span], place: int) -> str | None:
        if place == 0:
            return None
        before = core[place - 1]
        word = before.words[-1]
        if before.sort != "word" or not word.is_capital or word.is_possessive or word.text in roles.TITLES or place == 1 and (
            word.text in roles.DETERMINERS
        ):
            return None
        return word.text

    def _fuzzy_person(self, core: Sequence[_Span], on: date | None) -> ActorMatch | None:
        """A name that nobody bears as written, but somebody nearly: misspelt or transliterated by another rule."""
        name = [span for span in core if span.sort == "word" and span.words[0].is_capital and span.words[0].text not in roles.TITLES]
        if not name or name[-1] is not core[-1] or len(name[-1].words[0].text) < 5:
            return None
        surname, given = name[-1].words[0].text, name[-2].words[0].text if len(name) > 1 else None
        best: tuple[float, Actor] | None = None
        near = self._by_sound.get(sound_key(surname), set()) | {
            known for known in self._surnames if known[0] == surname[0] and fuzz.ratio(known, surname) >= 86
        }
        owner = self._owner(core, on)
        for known in sorted(near):
            likeness = fuzz.ratio(known, surname) / 100
            if likeness < 0.6 or (given is None and likeness < 0.86):
                continue
            for actor_id in self._surnames[known]:
                actor = self.actors[actor_id]
                first = _given_score(actor, given) if given else 0.8
                if first < 0.72 or (owner and actor.party and owner[0] != actor.party):
                    continue
                score = (likeness + first) / 2 - self._rank[actor_id][0] * 0.005
                if best is None or score > best[0]:
                    best = (score, actor)
        if best is None:
            return None
        how = f"spelt like {best[1].names[0]}"
        return self._as_person(best[1], on, 0.4 + 0.3 * best[0] * (1 if given else 0.7), how)

    def _as_person(self, actor: Actor, on: date | None, confidence: float, how: str) -> ActorMatch:
        party = actor.party
        if on and actor.offices:
            held = [office for office in actor.offices if _is_held(office, on)]
            party = held[0].party if held and held[0].party else party
        return ActorMatch(
            actor_id=actor.id, name=actor.names[0], party=party, kind=actor.kind, confidence=round(confidence, 3), how=how
        )

    def _unknown_person(self, core: Sequence[_Span], role: int, on: date | None) -> ActorMatch | None:
        fuzzy = self._fuzzy_person(core, on)
        if fuzzy:
            return fuzzy
        owner = self._owner(core[: role + 1], on)
        if owner is None:
            return None
        name = " ".join(span.text for span in core[role + 1 :])
        how = f"{core[role].text} of {self._party_name(owner[0])}, not in the theatre's list"
        return ActorMatch(actor_id=None, name=name, party=owner[0], kind="person", confidence=min(0.7, owner[1]), how=how)

    def _body(self, span: _Span) -> ActorMatch:
        entry = next(entry for entry in span.entries if entry.sort == "body")
        actor = self.actors[entry.key]
        return ActorMatch(
            actor_id=actor.id,
            name=actor.names[0],
            party=actor.party,
            kind=actor.kind,
            confidence=entry.confidence,
            how=f"{entry.how} of a {actor.kind}",
        )

    def _party(self, core: Sequence[_Span]) -> ActorMatch | None:
        head, before = core[-1], core[:-1]
        if before and before[-1].words[-1].text in (roles.PLACE_MAKING | roles.CANCELLING_BEFORE):
            return None
        if head.is_possessive:
            return None
        entry = next(entry for entry in head.entries if entry.sort == "party")
        confidence = entry.confidence - (0.3 if entry.form == "adjective" and not _is_also_name(head) else 0)
        return self._as_party(entry.key, confidence, entry.form)

    def _as_party(self, code: str, confidence: float, form: str) -> ActorMatch:
        actor_id = code if code in self.actors else None
        how = f"{form} of {self._party_name(code)}"
        kind = "people" if form == "people" else "party"
        name = self._party_name(code)
        return ActorMatch(actor_id=actor_id, name=name, party=code or None, kind=kind, confidence=round(confidence, 3), how=how)

    def _role(
        self,
        core: Sequence[_Span],
        rest: Sequence[_Span],
        owner: tuple[str, float, str] | None,
        on: date | None,
        default: str | None,
    ) -> ActorMatch | None:
        head = core[-1]
        entry = head.entry
        owner = owner or self._owner_after(rest, on, tuple(_OWNING) if entry.sort == "office" else ("of", "from", "for"))
        if owner is None and (entry.sort in ("people", "institution") or entry.key == "official"):
            owner = self._owner_after(rest, on, ("in",), is_seat=entry.sort == "people" and entry.key in ("force", "troop"))
        if owner is None and entry.sort == "office":
            named = self._named_after(entry, rest, on)
            if named:
                return named
        if owner is None and default:
            owner = (default, 0.6, "whose it is comes from before")
        if owner is None:
            if entry.sort == "civilians" and _is_civilian(head):
                return ActorMatch(
                    actor_id=None, name="civilians", party=CIVILIAN_PARTY, kind="civilians", confidence=0.8, how="civilians of no side"
                )
            return None
        code, confidence, via = owner
        where = self._party_name(code)
        how = f"{head.text} of {where} ({via})"
        if entry.sort == "institution" and entry.key != "media":
            actor_id = self._bodies.get((code, entry.key))
            if actor_id:
                body = self.actors[actor_id]
                return ActorMatch(actor_id=actor_id, name=body.names[0], party=code, kind=body.kind, confidence=confidence, how=how)
        if entry.sort == "office":
            named = self._named_after(entry, rest, on)
            if named and named.party == code:
                return named
            within = next((e.key for span in (*core[:-1], *rest) for e in span.entries if e.sort == "institution"), None)
            holder = self._holder(entry.key, code, within, on)
            if holder:
                return replace(self._as_person(holder, on, min(0.75, confidence), how), party=code)
            body_id = self._bodies.get((code, within)) if within else None
            if body_id:
                return ActorMatch(
                    actor_id=body_id, name=self.actors[body_id].names[0], party=code, kind="role", confidence=0.7, how=how
                )
        kind = {"institution": "government", "office": "role"}.get(entry.sort, entry.sort)
        name = f"{self._adjective(code)} {head.text}" if entry.sort != "civilians" else f"{self._adjective(code)} {head.text}"
        return ActorMatch(
            actor_id=None, name=name, party=code, kind=kind, confidence=round(min(0.85, confidence), 3), how=how
        )

    def _holder(self, title: str, party: str, within: str | None, on: date | None) -> Actor | None:
        held = [
            actor
            for actor, office, body in self._holders.get((party, title), ())
            if _is_held(office, on) and (within is None or body == within)
        ]
        unique = list(dict.fromkeys(actor.id for actor in held))
        return self.actors[unique[0]] if len(unique) == 1 else None

    def _named_after(self, entry: _Entry, rest: Sequence[_Span], on: date | None) -> ActorMatch | None:
        """The person after "a spokesman for ..." where that person holds the very office: translation misplaces names so."""
        for span in rest:
            for candidate in span.entries:
                if candidate.sort != "person":
                    continue
                actor = self.actors[candidate.key]
                if any(
                    holder.id == actor.id for holder, _, _ in self._holders.get((actor.party or "", entry.key), ())
                ):
                    return self._as_person(actor, on, 0.75, f"{candidate.how}, who holds that office")
        return None

    def _owner(self, spans: Sequence[_Span], on: date | None) -> tuple[str, float, str] | None:
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
            if span.sort == "person" and (span.is_possessive or place < len(spans) - 1):
                party = self.actors[span.entry.key].party
                if party:
                    return (party, 0.65, self.actors[span.entry.key].names[0])
        return None

    def _owner_after(
        self, rest: Sequence[_Span], on: date | None, links: tuple[str, ...], is_seat: bool = False
    ) -> tuple[str, float, str] | None:
        """Side named after one of the prepositions `links`; `is_seat`: only a capital will do ("forces in <country>" need not be its)."""
        for start, span in enumerate(rest):
            if span.sort != "word" or span.words[0].text not in links:
                continue
            stop = next(
                (
                    place
                    for place in range(start + 1, len(rest))
                    if rest[place].sort == "word" and rest[place].words[0].text in _PREPOSITIONS | _JOINERS
                ),
                len(rest),
            )
            within = rest[start + 1 : stop]
            owner = self._owner(within, on)
            if owner is None and within and within[-1].sort == "person":
                party = self.actors[within[-1].entry.key].party
                owner = (party, 0.65, self.actors[within[-1].entry.key].names[0]) if party else None
            if owner and not (is_seat and owner[2] != "capital"):
                return (owner[0], min(owner[1], 0.8), owner[2])
        return None

    def _party_name(self, code: str) -> str:
        return "; ".join(self.parties[part].names[0] if part in self.parties else part for part in code.split(";"))

    def _adjective(self, code: str) -> str:
        party = self.parties.get(code)
        return party.demonyms[0] if party and party.demonyms else self._party_name(code)


def _words(text: str) -> list[_Word]:
    words: list[_Word] = []
    for found in _TOKEN.finditer(text):
        raw = found[0]
        if raw in _PUNCTUATION or raw == "&":
            words.append(_Word(raw, raw, False, False))
            continue
        if "." in raw:
            raw = raw.replace(".", "")
        bare = _POSSESSIVE.sub("", raw)
        is_possessive = bare != raw
        folded = fold(bare)
        hyphenated = text[found.start() - 1 : found.start()] == "-"
        for part in folded.split():
            words.append(_Word(part, bare, is_possessive, hyphenated))
    return words


def _name_entries(name: str, sort: str, key: str, confidence: float, form: str) -> Iterator[_Entry]:
    words = [word for word in _words(name) if word.raw not in _PUNCTUATION]
    while words and words[0].text in ("the", "a", "an"):
        words = words[1:]
    if not words or not key:
        return
    first = words[0].raw
    yield _Entry(
        tuple(word.text for word in words),
        sort,
        key,
        confidence,
        form,
        form,
        needs_capital=first[:1].isupper() and len(words) == 1,
        needs_upper=first.isupper() and len(words) == 1 and len(first) <= 4,
    )


@lru_cache(maxsize=1)
def _role_entries() -> tuple[_Entry, ...]:
    entries: list[_Entry] = []
    for sort, table in (("institution", roles.INSTITUTIONS), ("office", roles.OFFICES)):
        for key, variants in table.items():
            for variant in variants:
                entries += _forms(variant, sort, key)
    for sort, nouns in (("people", roles.COLLECTIVES), ("civilians", roles.CIVILIANS), ("materiel", roles.MATERIEL)):
        for noun in nouns:
            entries += _forms(noun, sort, noun)
    return tuple(entries)


def _forms(noun: str, sort: str, key: str) -> Iterable[_Entry]:
    forms = {tuple(word.text for word in _words(noun)), tuple(word.text for word in _words(_plural(noun)))}
    return [_Entry(words, sort, key, 0.85, "role", "role") for words in forms]


def _plural(noun: str) -> str:
    if noun.endswith(("ese", "ch", "sh", "s", "ss")):
        return noun
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + "s"


def _chunks(spans: Sequence[_Span]) -> Iterator[list[_Span]]:
    """Parts of a phrase between commas, brackets and "and"; what follows a relative pronoun is left out."""
    chunk: list[_Span] = []
    for span in spans:
        word = span.words[0]
        if span.sort == "word" and (word.raw in _PUNCTUATION or word.text in _JOINERS):
            if chunk:
                yield chunk
            chunk = []
            continue
        if span.sort == "word" and word.text in _RELATIVES:
            break
        chunk.append(span)
    if chunk:
        yield chunk


def _core(chunk: Sequence[_Span]) -> tuple[list[_Span], list[_Span]]:
    """The words up to the first preposition, and the rest."""
    for place, span in enumerate(chunk):
        if place and span.sort == "word" and span.words[0].text in _PREPOSITIONS:
            return list(chunk[:place]), list(chunk[place:])
    return list(chunk), []


def _is_name(spans: Sequence[_Span]) -> bool:
    return bool(spans) and all(
        span.sort in ("word", "party") and all(word.is_capital or word.text in _SMALL_NAME_WORDS for word in span.words)
        for span in spans
    )


def _is_also_name(span: _Span) -> bool:
    return any(entry.sort == "party" and entry.form in ("name", "people", "description") for entry in span.entries)


def _is_civilian(span: _Span) -> bool:
    return span.words[0].text.startswith("civilian") or span.words[-1].text.startswith("civilian")


def _weight(actor: Actor) -> int:
    """How far up an actor's highest office stands: whom a bare surname means where several bear it."""
    return min((roles.PROMINENCE.index(title) for office in actor.offices for title in roles.PROMINENCE if office.title.startswith(title)),
               default=len(roles.PROMINENCE))


def _is_held(office: Office, on: date | None) -> bool:
    return on is None or ((office.since is None or office.since <= on) and (office.until is None or on <= office.until))


def _given_score(actor: Actor, given: str) -> float:
    firsts = {words[0].text for name in actor.names if len(words := _words(name)) > 1}
    if any(first.startswith(given) and len(given) == 1 for first in firsts):
        return 0.8
    return max((JaroWinkler.similarity(first, given) for first in firsts if first[0] == given[0]), default=0.0)
