"""Persons: by full name, surname, given name nearly right, or a spelling that some other rule of transliteration gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

from trucewatch.model.theatre import Actor
from trucewatch.text.actors import roles
from trucewatch.text.actors.match import ActorMatch
from trucewatch.text.actors.table import ActorTable, is_held
from trucewatch.text.actors.words import Entry, Span, words_of
from trucewatch.text.names import sound_key

# how alike (0 to 1) a surname must be to that of somebody who is of no side of the theatre
_FOREIGN = 0.8


class Persons:
    """Finds the person that the core of a phrase names."""

    def __init__(self, table: ActorTable) -> None:
        self.table = table

    def find(self, core: list[Span], on: date | None) -> ActorMatch | None:
        for place in range(len(core) - 1, -1, -1):
            span = core[place]
            if span.sort != "person":
                continue
            match = self._choose(core, place, on)
            if match is None:
                continue
            after = core[place + 1 :]
            head = after[-1] if after else None
            if head is None or (head.sort == "word" and not span.is_possessive and not head.words[0].is_capital):
                return match
            if head.sort in ("institution", "office", "people"):
                how = f"{head.text} of {match.name}"
                name = f"{span.text} {head.text}"
                return replace(match, actor_id=None, kind="role", confidence=0.6, how=how, name=name, is_named=False)
            return None
        return None

    def _choose(self, core: list[Span], place: int, on: date | None) -> ActorMatch | None:
        span = core[place]
        entries = [entry for entry in span.entries if entry.sort == "person"]
        confidence, how = max(entry.confidence for entry in entries), entries[0].how
        actors = [self.table.actors[key] for key in dict.fromkeys(entry.key for entry in entries)]
        if all(entry.is_surname for entry in entries):
            given = self._given_name(core, place)
            if given:
                scores = {actor.id: _given_score(actor, given) for actor in actors}
                best = max(scores.values())
                if best < 0.72:
                    return None
                actors = [actor for actor in actors if scores[actor.id] >= best - 0.02]
                confidence, how = 0.8, f"surname, given name like {given}"
        owner = self.table.owner(core[:place])
        ranked = sorted(actors, key=lambda actor: self._preference(actor, core[:place], owner, on))
        chosen = ranked[0]
        if len(ranked) > 1:
            confidence -= 0.1 if len({actor.party for actor in ranked}) == 1 else 0.2
            how += f", one of {len(ranked)} of that name"
        return self.match(chosen, on, confidence, how)

    def _preference(
        self, actor: Actor, before: Sequence[Span], owner: tuple[str, float, str] | None, on: date | None
    ) -> tuple[bool, bool, bool, bool, tuple[int, int]]:
        titles = {entry.key for span in before for entry in span.entries if entry.sort == "office"}
        has_title = any(
            holder.id == actor.id
            for title in titles
            for holder, office, _ in self.table.holders.get((actor.party or "", title), ())
            if is_held(office, on)
        )
        in_office = any(is_held(office, on) for office in actor.offices) if on else True
        return (
            bool(owner) and owner is not None and actor.party != owner[0],
            bool(titles) and not has_title,
            not in_office,
            actor.party not in self.table.theatre.principals,
            self.table.rank[actor.id],
        )

    @staticmethod
    def _given_name(core: Sequence[Span], place: int) -> str | None:
        if place == 0:
            return None
        before = core[place - 1]
        word = before.words[-1]
        if (
            before.sort not in ("word", "person")
            or not word.is_capital
            or word.is_possessive
            or word.text in roles.TITLES
            or (place == 1 and (word.text in roles.DETERMINERS))
        ):
            return None
        return word.text

    def fuzzy(self, core: Sequence[Span], on: date | None) -> ActorMatch | None:
        """A name that nobody bears as written, but somebody nearly: misspelt or transliterated by another rule."""
        name = [
            span for span in core if span.sort == "word" and span.words[0].is_capital and span.words[0].text not in roles.TITLES
        ]
        if not name or name[-1] is not core[-1] or len(name[-1].words[0].text) < 5:
            return None
        surname, given = name[-1].words[0].text, name[-2].words[0].text if len(name) > 1 else None
        best: tuple[float, Actor] | None = None
        near = self.table.by_sound.get(sound_key(surname), set()) | {
            known for known in self.table.surnames if known[0] == surname[0] and fuzz.ratio(known, surname) >= 86
        }
        owner = self.table.owner(core)
        for known in sorted(near):
            likeness = fuzz.ratio(known, surname) / 100
            if likeness < 0.6 or (given is None and likeness < 0.86):
                continue
            for actor_id in self.table.surnames[known]:
                actor = self.table.actors[actor_id]
                first = _given_score(actor, given) if given else 0.8
                is_outsider = actor.party not in self.table.theatre.principals
                if is_outsider and likeness < _FOREIGN:
                    continue  # many bear such a name who are not in the news
                if first < 0.72 or (owner and actor.party and owner[0] != actor.party):
                    continue
                score = (likeness + first) / 2 - self.table.rank[actor_id][0] * 0.005
                if best is None or score > best[0]:
                    best = (score, actor)
        if best is None:
            return None
        how = f"spelt like {best[1].names[0]}"
        return self.match(best[1], on, 0.4 + 0.3 * best[0] * (1 if given else 0.7), how)

    def match(self, actor: Actor, on: date | None, confidence: float, how: str, is_named: bool = True) -> ActorMatch:
        party = actor.party
        if on and actor.offices:
            held = [office for office in actor.offices if is_held(office, on)]
            party = held[0].party if held and held[0].party else party
        return ActorMatch(
            actor_id=actor.id,
            name=actor.names[0],
            party=party,
            kind=actor.kind,
            confidence=round(confidence, 3),
            how=how,
            is_named=is_named,
        )

    def unknown(self, core: Sequence[Span], role: int, on: date | None) -> ActorMatch | None:
        fuzzy = self.fuzzy(core, on)
        if fuzzy:
            return fuzzy
        owner = self.table.owner(core[: role + 1])
        if owner is None or core[role].entry.key in roles.PRIVATE:
            return None
        name = " ".join(span.text for span in core[role + 1 :])
        how = f"{core[role].text} of {self.table.party_name(owner[0])}, not in the theatre's list"
        return ActorMatch(
            actor_id=None, name=name, party=owner[0], kind="person", confidence=min(0.7, owner[1]), how=how, is_named=True
        )

    def named_after(self, entry: Entry, rest: Sequence[Span], on: date | None) -> ActorMatch | None:
        """The person after "a spokesman for ..." where that person holds the very office: translation misplaces names so."""
        for span in rest:
            for candidate in span.entries:
                if candidate.sort != "person":
                    continue
                actor = self.table.actors[candidate.key]
                if any(holder.id == actor.id for holder, _, _ in self.table.holders.get((actor.party or "", entry.key), ())):
                    return self.match(actor, on, 0.75, f"{candidate.how}, who holds that office")
        return None


def _given_score(actor: Actor, given: str) -> float:
    firsts = {words[0].text for name in actor.names if len(words := words_of(name)) > 1}
    if any(first.startswith(given) and len(given) == 1 for first in firsts):
        return 0.8
    return max((JaroWinkler.similarity(first, given) for first in firsts if first[0] == given[0]), default=0.0)
