"""Who a phrase names: persons, bodies, parties, and the roles between them, from a theatre's data and English word order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from trucewatch.model.theatre import Actor, Theatre
from trucewatch.text.actors import roles
from trucewatch.text.actors.match import ActorMatch
from trucewatch.text.actors.persons import Persons
from trucewatch.text.actors.table import ActorTable
from trucewatch.text.actors.words import (
    JOINERS,
    PUNCTUATION,
    ROLE_SORTS,
    Span,
    chunks,
    core_of,
    is_name,
    singular,
    without_participle,
    words_of,
)

CIVILIAN_PARTY = "CVL"
# prepositions after which a head's party may stand
_OWNING = ("of", "for", "from", "to", "at")


class ActorIndex:
    """A theatre's actors and parties, looked up by how they are called. Immutable; lookups are cached."""

    def __init__(self, theatre: Theatre) -> None:
        self.theatre = theatre
        self.table = ActorTable(theatre)
        self.persons = Persons(self.table)
        self.parties, self.actors = self.table.parties, self.table.actors
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
        """Side that a phrase belongs to, also where it names no actor: "X's cities", "the bombardment of X"."""
        found = self.lookup(text, on)
        if found:
            return found.party
        for _, chunk in chunks(self.table.spans(words_of(text))):
            core = core_of(chunk)
            owner = self.table.owner(core[0]) or self.table.owner_after(core[1], ("of",))
            if owner:
                return owner[0]
        return None

    def office_holder(self, title: str, party: str, on: date | None = None) -> Actor | None:
        """Who holds an office of a party on a day ("prime minister"); None where nobody or several are known."""
        spans = self.table.spans(words_of(title))
        for span in reversed(spans):
            for entry in span.entries:
                if entry.sort == "office":
                    return self.table.holder(entry.key, party, None, on)
        return None

    def bearers(self, words: str) -> tuple[Actor, ...]:
        """Actors with a name that begins or ends with these words, three or more: "the National Roads Board (of X)"."""
        return tuple(self._by_ends.get(words, ()))

    @cached_property
    def _by_ends(self) -> dict[str, list[Actor]]:
        ends: dict[str, list[Actor]] = {}
        for actor in self.actors.values():
            parted = [name.split() for name in actor.names]
            told = {" ".join(end) for name in parted for n in range(3, len(name) + 1) for end in (name[:n], name[-n:])}
            for end in told:
                ends.setdefault(end, []).append(actor)
        return ends

    def spacy_patterns(self) -> list[dict[str, Any]]:
        """Patterns for spaCy's entity ruler (phrase_matcher_attr LOWER): persons, bodies, and the theatre's own parties."""
        return self.table.spacy_patterns()

    def _lookup(self, text: str, on: date | None, party: str | None) -> ActorMatch | None:
        spans = self.table.spans(words_of(text))
        while spans and spans[-1].words[0].raw in PUNCTUATION:
            spans.pop()
        if not spans:
            return None
        members = [(mark, self._member(chunk, on, party)) for mark, chunk in chunks(spans)]
        found = [match for _, match in members if match]
        if not found:
            return None
        if len(members) > 1 and any(mark in JOINERS for mark, _ in members):
            several = self._several(members)
            if several:
                return several
        # a name outranks the office before it: "the leader, NAME" is NAME also after he left office
        named = [match for match in found if match.is_named]
        return named[0] if named else min(found, key=lambda match: match.actor_id is None)

    def _several(self, members: Sequence[tuple[str, ActorMatch | None]]) -> ActorMatch | None:
        """Those who are named side by side; None where one of them only describes the other."""
        found = [match for _, match in members if match]
        parties = list(dict.fromkeys(code for match in found if match.party for code in match.party.split(";")))
        ids = {match.actor_id for match in found}
        if len(found) < 2 or (len(parties) < 2 and len(ids) < 2):
            return None
        first, (mark, second) = members[0][1], members[1]
        if first is None and len(parties) < 2:
            return None
        # "NAME, an aide to the president and head of ...": one person with his offices
        if first and first.is_named and mark == "," and not (second and second.is_named):
            return None
        head = found[-1].name.split()[-1] if found[-1].kind in ("people", "role", "materiel", "civilians") else None
        found = [
            replace(match, name=f"{self.table.adjective(match.party)} {head}", confidence=0.8)
            if head and match.party and match.how.startswith("adjective of")
            else match
            for match in found
        ]
        return ActorMatch(
            actor_id=None if len(ids) != 1 else found[0].actor_id,
            name="; ".join(dict.fromkeys(match.name for match in found)),
            party=";".join(parties) or None,
            kind="several",
            confidence=min(match.confidence for match in found),
            how="; ".join(match.how for match in found),
        )

    def _member(self, chunk: list[Span], on: date | None, default: str | None) -> ActorMatch | None:
        core, rest = core_of(chunk)
        core = without_participle(core)
        while core and core[-1].sort == "word" and core[-1].words[0].text in roles.DETERMINERS:
            core = core[:-1]
        if not core:
            return None
        person = self.persons.find(core, on)
        if person:
            return person
        head = core[-1]
        owner = self.table.owner(core[:-1])
        if head.sort == "body":
            return self._body(head)
        if head.sort == "party":
            return self._party(core)
        if head.sort in ROLE_SORTS:
            return self._role(core, rest, owner, on, default)
        host = next((place for place, span in enumerate(core[:-1]) if span.sort == "body" and span.is_possessive), None)
        if host is not None and is_name(core[host + 1 :]):
            return self._body(core[host])
        role = next((place for place in range(len(core) - 1, -1, -1) if core[place].sort == "office"), None)
        if role is not None and (is_name(core[role + 1 :]) or _is_namesake(core[role + 1 :])):
            return self.persons.unknown(core, role, on)
        if head.sort == "word" and head.words[0].text in roles.PLACE_NOUNS:
            if len(core) > 1 and core[-2].sort == "party" and not core[-2].is_possessive:
                return self._party(core[:-1])
            if owner is None:
                after = self.table.owner_after(rest, ("of",))
                return self._as_party(after[0], after[1], "name") if after else None
        if (inside := self._within_a_union(core)) is not None:
            return inside
        is_body = head.sort == "word" and head.words[0].text in roles.STATE_BODIES and head.words[0].is_capital
        if is_body and owner is not None and owner[2] in ("name", "adjective", "capital"):
            name = f"{self.table.adjective(owner[0])} {head.text}"
            how = f"a body of {self.table.party_name(owner[0])} by its name"
            return ActorMatch(actor_id=None, name=name, party=owner[0], kind="government", confidence=0.6, how=how)
        return self.persons.fuzzy(core, on)

    def _within_a_union(self, core: Sequence[Span]) -> ActorMatch | None:
        """ "the <Union> Road Safety Centre", "the <Union> rapporteur Anna Roth": whatever bears a union of states' name first."""
        core = core[1:] if core[0].sort == "word" and core[0].words[0].text in roles.DETERMINERS else core
        if not core:
            return None
        first, head = core[0], core[-1]
        entry = next((entry for entry in first.entries if entry.sort == "party" and entry.form == "name"), None)
        party = self.parties.get(entry.key) if entry is not None else None
        if party is None or party.kind != "body" or first.is_possessive or len(core) < 3 or head.sort != "word":
            return None
        is_titled = all(span.words[0].is_capital for span in core[1:]) or head.words[0].text in roles.STATE_BODIES
        is_person = is_name(core[-2:]) and len(core) > 3
        if not is_titled and not is_person:
            return None
        return self._as_party(party.code, 0.6, "name")

    def _body(self, span: Span) -> ActorMatch:
        entry = next(entry for entry in span.entries if entry.sort == "body")
        actor = self.actors[entry.key]
        article = "an" if actor.kind[0] in "ao" else "a"
        return ActorMatch(
            actor_id=actor.id,
            name=actor.names[0],
            party=actor.party,
            kind=actor.kind,
            confidence=entry.confidence,
            how=f"{entry.how} of {article} {actor.kind}",
        )

    def _party(self, core: Sequence[Span]) -> ActorMatch | None:
        head, before = core[-1], core[:-1]
        if before and before[-1].words[-1].text in (roles.PLACE_MAKING | roles.CANCELLING_BEFORE):
            return None
        if head.is_possessive:
            return None
        if before and before[-1].words[-1].is_capital and before[-1].words[-1].text in roles.COMPANY_MAKING:
            return None  # "Air <Country>", "Radio <Country>"
        entry = next(entry for entry in head.entries if entry.sort == "party")
        confidence = entry.confidence - (0.3 if entry.form == "adjective" and not _is_also_name(head) else 0)
        return self._as_party(entry.key, confidence, entry.form)

    def _as_party(self, code: str, confidence: float, form: str) -> ActorMatch:
        actor_id = code if code in self.actors else None
        how = f"{form} of {self.table.party_name(code)}"
        kind = "people" if form == "people" else "party"
        name = self.table.party_name(code)
        return ActorMatch(actor_id=actor_id, name=name, party=code or None, kind=kind, confidence=round(confidence, 3), how=how)

    def _role(
        self,
        core: Sequence[Span],
        rest: Sequence[Span],
        owner: tuple[str, float, str] | None,
        on: date | None,
        default: str | None,
    ) -> ActorMatch | None:
        head = core[-1]
        entry = head.entry
        is_plural = head.words[-1].text != singular(head.words[-1].text)
        if owner is None:
            links = _OWNING if entry.sort == "office" else ("of", "from", "for")
            is_aside = any(span.words[0].text in roles.CANCELLING_BEFORE for span in core)
            owner = None if is_aside else self.table.owner_after(rest, links)
        if owner is None and (entry.sort in ("people", "institution") or entry.key == "official"):
            owner = self.table.owner_after(rest, ("in",), is_seat=entry.sort == "people" and entry.key in ("force", "troop"))
        if owner is None and entry.sort == "office":
            named = self.persons.named_after(entry, rest, on)
            if named:
                return named
        if owner is None and default:
            owner = (default, 0.6, "whose it is comes from before")
        if owner is None:
            outlet = next((span for span in reversed(core[:-1]) if span.sort == "body"), None)
            if outlet and entry.sort in ("office", "people", "institution"):
                return self._body(outlet)
            if entry.sort == "civilians" and _is_civilian(head):
                return ActorMatch(
                    actor_id=None,
                    name="civilians",
                    party=CIVILIAN_PARTY,
                    kind="civilians",
                    confidence=0.8,
                    how="civilians of no side",
                )
            return None
        code, confidence, via = owner
        party = self.parties.get(code)
        if entry.key in roles.IRREGULARS and party and party.kind == "state" and code not in self.theatre.principals:
            return None
        where = self.table.party_name(code)
        how = f"{head.text} of {where} ({via})"
        if entry.sort == "institution" and entry.key != "media":
            actor_id = self.table.bodies.get((code, entry.key))
            if actor_id:
                body = self.actors[actor_id]
                return ActorMatch(
                    actor_id=actor_id, name=body.names[0], party=code, kind=body.kind, confidence=confidence, how=how
                )
        if entry.sort == "office":
            named = self.persons.named_after(entry, rest, on)
            if named and named.party == code:
                return named
            within = next((e.key for span in (*core[:-1], *rest) for e in span.entries if e.sort == "institution"), None) or next(
                (
                    roles.BODY_OF_OFFICE[e.key]
                    for span in (*core[:-1], *rest)
                    for e in span.entries
                    if e.sort == "office" and e.key in roles.BODY_OF_OFFICE
                ),
                None,
            )
            # "the NAME chief" leads NAME; "the NAME relief chief" does not
            is_adjacent = (
                entry.key != "leader" or head.words[-1].text not in ("chief", "boss") or len(core) < 2 or core[-2].sort != "word"
            )
            is_single = entry.key in roles.SINGLE_HOLDER and not is_plural and is_adjacent
            holder = self.table.holder(entry.key, code, within, on) if is_single else None
            if holder:
                return replace(self.persons.match(holder, on, min(0.75, confidence), how, is_named=False), party=code)
            body_id = self.table.bodies.get((code, within)) if within else None
            if body_id:
                return ActorMatch(
                    actor_id=body_id, name=self.actors[body_id].names[0], party=code, kind="role", confidence=0.7, how=how
                )
        kind = {"institution": "media" if entry.key == "media" else "government", "office": "role"}.get(entry.sort, entry.sort)
        name = f"{self.table.adjective(code)} {head.text}"
        return ActorMatch(actor_id=None, name=name, party=code, kind=kind, confidence=round(min(0.85, confidence), 3), how=how)


def _is_namesake(spans: Sequence[Span]) -> bool:
    """Whether a name is left whose surname somebody else in the theatre bears: "the <People> premier Anna <Surname>"."""
    return (
        len(spans) > 1
        and spans[-1].sort == "person"
        and is_name(spans[:-1])
        and all(entry.sort != "person" or entry.is_surname for entry in spans[-1].entries)
    )


def _is_also_name(span: Span) -> bool:
    return any(entry.sort == "party" and entry.form in ("name", "people", "description") for entry in span.entries)


def _is_civilian(span: Span) -> bool:
    return span.words[0].text.startswith("civilian") or span.words[-1].text.startswith("civilian")
