"""One document asked who a phrase stands for: what is kept of it, the names it knows, its speakers and the sides at odds."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from trucewatch.model.codebook import act_class
from trucewatch.model.records import Claim, Mention, Reading, Voice
from trucewatch.stages.resolve.answer import Answer, because
from trucewatch.stages.resolve.issuer import Issuer, issuer_of
from trucewatch.stages.resolve.phrases import (
    ARMS,
    ARTICLE,
    BLAMING,
    FIRST,
    HELPER,
    HOSTILE,
    MAX_DEPTH,
    OWN_HURT,
    SERVING,
    STATE_BODY,
    STATES_OWN,
    clean,
    gender_fits,
    head_word,
    names_somebody,
)
from trucewatch.stages.resolve.scene import Scene

# what nobody calls his own men
_FOES = re.compile(
    r"\b(?:enem(?:y|ies)|saboteurs?|terrorists?|aggressors?|occupiers?|invaders?|bandits?|infiltrators?|mercenaries|gunmen"
    r"|provocateurs?)\b",
    re.I,
)


_GOVERNMENT = re.compile(r"the (?:government|cabinet|state|prime minister|premier|authorities)", re.I)
# who complains of his own government by calling it "the government"
_CITIZENS = re.compile(
    r"\b(?:mayors?|council|municipality|residents?|villagers?|famil(?:y|ies)|relatives|opposition|farmers?)\b", re.I
)


class Asking(Scene, ABC):
    """The mentions of one reading, asked who a phrase at an offset stands for. Answers are kept."""

    def __init__(
        self,
        reading: Reading,
        actors: Any,
        on: date | None,
        principals: Sequence[str],
        holder: Callable[[str], str | None] = lambda name: None,
        at_odds: Sequence[str] = (),
    ) -> None:
        super().__init__(reading, actors, on)
        self._principals = tuple(principals)
        self._holder = holder
        self._at_odds = tuple(at_odds) or self._principals
        self._answers: dict[tuple[str, int], Answer | None] = {}
        self._sides: tuple[str, ...] | None = None
        self._hostile: Counter[frozenset[str]] = Counter()
        for claim in reading.claims:
            if act_class(claim.act) not in HOSTILE:
                continue
            named = [self._plain(voice) for voice in (claim.claimant, claim.attributed_to, claim.target)]
            for one, other in ((named[0], named[1]), (named[1], named[2])):
                if one and other and one != other:
                    self._hostile[frozenset((one, other))] += 1
        by_id = {claim.id: claim for claim in reading.claims}
        self._told: dict[int, list[Claim]] = {}
        self._blamed: dict[int, set[str]] = {}
        for claim in reading.claims:
            if claim.claimant is not None and claim.claimant.start_char is not None:
                self._told.setdefault(claim.claimant.start_char, []).append(claim)
                blamed = self._blamed.setdefault(claim.claimant.start_char, set())
                blamed.update(self._others_of(claim))
                answered = by_id.get(claim.responds_to) if claim.responds_to is not None else None
                if claim.stance == "denies" and answered is not None and (told := self._plain(answered.claimant)) is not None:
                    blamed.add(told)  # "A said it had struck a depot, which officials denied": not A's

    def answer(self, text: str, start: int, depth: int = 0, speaker: Answer | None = None) -> Answer | None:
        """Who `text` at offset `start` stands for; None where the document does not tell."""
        key = (text, start)
        if key in self._answers:
            return self._answers[key]
        if depth > MAX_DEPTH:
            return None
        # a chain of pronouns that comes back to itself tells nothing
        self._answers[key] = None
        found = self._by_named_seat(clean(text))
        found = found or self._by_place_told(clean(text), start) or self._by_victims(clean(text), start)
        found = found or self._answer(clean(text), start, depth)
        named = self._direct(clean(text))
        if found is not None and (named is None or named.party is None):
            # nobody blames himself, nor calls himself the enemy; an armed group has no army
            armed = STATES_OWN.search(text) is not None and getattr(self.actors.parties.get(found.party), "kind", "") == "group"
            if armed or found.party in self._blamed.get(start, ()):
                found = None
        if found is None or found.party is None:
            found = self._by_scene(clean(text), start) or found
        if found is None or found.party is None:
            found = self._of_the_tellers(clean(text), start, depth) or self._at_home(clean(text), start) or found
        if found is None or found.party is None:
            found = self._the_other_state(clean(text), start) or self._by_own_raid(clean(text), start) or found
        if found is None or found.party is None:
            found = self._by_ground(clean(text), start) or self._own_government(clean(text), start, depth) or found
        self._answers[key] = found
        return found

    def _others_of(self, claim: Claim) -> set[str]:
        """Parties that a claim's own words set against its claimant: whom he blames, the enemy, who struck "our" or "its" men.

        Who denies a deed may be whom others accuse of it.
        """
        found: set[str] = set()
        text = self.reading.document.text
        denies = claim.stance == "denies"
        for voice in (None if denies else claim.attributed_to, None if denies and claim.act == "BLAME" else claim.target):
            if voice is None or not voice.text or voice.start_char is None:
                continue
            before = text[max(0, voice.start_char - 24) : voice.start_char]
            # "<People> saboteurs": the people may be all that was read of whom
            called = f"{voice.text} {text[voice.end_char or 0 : (voice.end_char or 0) + 24].strip().split(' ')[0]}"
            if BLAMING.search(before) or _FOES.search(called):
                found.add(self._plain(voice) or "")
        doer = None if denies else claim.attributed_to
        if act_class(claim.act) == "ASSAULT" and doer is not None and doer.start_char is not None:
            for own in OWN_HURT.finditer(text, claim.start_char, claim.end_char):
                if not doer.start_char <= own.start() < (doer.end_char or 0):
                    found.add(self._plain(doer) or "")
        asked = claim.target if act_class(claim.act) == "REQUEST" and not denies else None
        is_state = asked is not None and getattr(self.actors.lookup(clean(asked.text or ""), self.on), "kind", "") == "party"
        if asked is not None and is_state and claim.claimant is not None and asked.start_char != claim.claimant.start_char:
            # "the government said that <Country> must leave": nobody demands of himself
            found.add(self._plain(asked) or "")
        return found - {""}

    def _of_the_tellers(self, text: str, start: int, depth: int) -> Answer | None:
        """ "The army's spokesman said the pilots had reported hits": the teller's own men."""
        if head_word(text) not in SERVING or self.quoted_by(start) is not None:
            return None
        outer = next((m for m in (self.any_teller(start),) if m is not None and m.start_char != start), None)
        own = self.answer(outer.text, outer.start_char, depth + 1) if outer is not None else None
        if own is None or own.party not in self._principals:
            return None
        return because(own, f"“{text}” are those of {own.name or own.party}, who tells of them")

    def _the_other_state(self, text: str, start: int) -> Answer | None:
        """ "Defence officials warned <Country>": of the one other state at odds in the document."""
        if not STATE_BODY.match(text):
            return None
        if not STATES_OWN.search(text):
            return self._who_asks_the_other(text, start)
        met = {self._plain(claim.target) or "" for claim in self._told.get(start, ())} - {""}
        hosts = {host for code in met for host in getattr(self.actors.parties.get(code), "hosts", ())}
        states = {code for code in self.sides() if not self.is_group(code)} - met - hosts - self._blamed.get(start, set())
        if not met or len(states) != 1:
            return None
        party = next(iter(states))
        threatens = any(act_class(c.act) == "THREATEN" for c in self._told.get(start, ()))
        # "the military said troops killed three men of an armed group"
        kills = any(self.is_group(code) for code in met) and any(
            act_class(c.act) == "ASSAULT" and c.stance == "asserts" and self._plain(c.attributed_to) in (None, party)
            for c in self._told.get(start, ())
        )
        if not threatens and not kills:
            return None
        return because(self._direct(text, party), f"“{text}” threaten another than {party}")

    def _who_asks_the_other(self, text: str, start: int) -> Answer | None:
        """ "The government said that <Country> must leave": of the one other state there is, a host of the fight included."""
        asked = {
            self._plain(claim.target) or ""
            for claim in self._told.get(start, ())
            if act_class(claim.act) == "REQUEST" and claim.stance == "asserts"
        } - {""}
        sides = set(self.sides())
        sides |= {host for code in sides for host in getattr(self.actors.parties.get(code), "hosts", ())}
        states = {code for code in sides if not self.is_group(code)} - asked
        if not asked or len(states) != 1:
            return None
        party = next(iter(states))
        return because(self._direct(text, party), f"“{text}” demands it of another than {party}")

    def _own_government(self, text: str, start: int, depth: int) -> Answer | None:
        """ "The mayor of A lashed out at the government": at that of his own state."""
        if _GOVERNMENT.fullmatch(text) is None:
            return None
        for claim in self.reading.claims:
            voice = claim.claimant
            if claim.target is None or claim.target.start_char != start or voice is None or voice.start_char is None:
                continue
            if act_class(claim.act) not in ("ACCUSE", "REQUEST") or _CITIZENS.search(voice.text or "") is None:
                continue
            own = self.answer(voice.text or "", voice.start_char, depth + 1)
            if own is not None and own.party in self._principals and not self.is_group(own.party):
                return because(
                    self._direct(ARTICLE.sub("", text), own.party) or own, f"“{text}” is that of {own.name}'s own state"
                )
        return None

    def _at_home(self, text: str, start: int) -> Answer | None:
        """ "The Ministry of Health said" in a state's own news agency: of that state, where no words name another."""
        party = self.home
        if party is None or party in self._blamed.get(start, ()) or not STATE_BODY.match(text) or self.is_group(party):
            return None
        own = self._direct(text, party)
        return because(own, f"“{text}” in the news of {party}") if own is not None and own.party == party else None

    @cached_property
    def issuer(self) -> Issuer | None:
        """The body whose own paper the document is: a ministry's communique, a mission's bulletin; None for the news."""

        def kind_of(name: str) -> str:
            found = self.actors.lookup(name, self.on)
            return str(getattr(found, "kind", ""))

        return issuer_of(self.reading.document, self.reading.quotations, lambda name: self._direct(name), kind_of)

    def by_issuer(self, text: str, start: int) -> Answer | None:
        """ "We", "the Mission", in the words of the body that issues the document: itself."""
        own = self.issuer
        if own is None or not own.vouches_at(start, start + len(text), self.reading.quotations):
            return None
        is_itself = text.lower() in FIRST or own.is_meant(text)
        return because(own.answer, f"“{text}” is {own.answer.name or own.answer.party}, whose paper it is") if is_itself else None

    @cached_property
    def home(self) -> str | None:
        """The principal party whose outlet or agency published the document; None for all others."""
        document = self.reading.document
        if self.issuer is not None:
            return self.issuer.answer.party if self.issuer.answer.party in self._principals else None
        opening = f"{document.outlet or ''}\n{document.text[:80]}"
        found = {
            actor.party
            for actor in getattr(self.actors, "actors", {}).values()
            if actor.kind in ("agency", "outlet") and actor.party in self._principals
            if any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", opening) for name in actor.names)
        }
        return next(iter(found)) if len(found) == 1 else None

    def speaker_at(self, offset: int, depth: int = 0, *, skip_first: bool = True) -> Answer | None:
        """Who vouches for the words at an offset: the innermost named source around it."""
        best: tuple[int, Mention] | None = None
        for mention in self.mentions:
            if skip_first and mention.text.lower() in FIRST:
                continue
            for start, end in mention.speaks:
                if (
                    start <= offset < end
                    and not mention.start_char <= offset < mention.end_char
                    and (best is None or end - start < best[0])
                ):
                    best = (end - start, mention)
        return self.answer(best[1].text, best[1].start_char, depth + 1) if best else None

    def _plain(self, voice: Voice | None) -> str | None:
        """A principal party that a voice's own words name, None for pronouns, roles and outsiders."""
        if voice is None or not voice.text:
            return None
        party: str | None = voice.party
        if party is None:
            match = self.actors.lookup(clean(voice.text), self.on)
            party = match.party if match else None
        return party if party in self._principals else None

    def sides(self) -> tuple[str, ...]:
        """The two parties at odds in the document: the principal it names most, and the one most often set against it."""
        if self._sides is None:
            counts: Counter[str] = Counter()
            order: dict[str, int] = {}
            for mention in self.mentions:
                if mention.kind in ("pronoun", "role", "place"):
                    continue
                match = self.actors.lookup(clean(mention.text), self.on)
                for code in (match.party or "").split(";") if match else ():
                    if code in self._at_odds or not self._at_odds:
                        counts[code] += 1
                        order.setdefault(code, mention.start_char)
            if counts:
                first = max(counts, key=lambda code: (counts[code], -order[code]))
                others = [*(code for code in self._at_odds if code != first), *(code for code in order if code != first)]
                # who is set against it in the claims; else the principal that the theatre names before all others
                rank = {code: n for n, code in reversed(list(enumerate(others)))}
                second = max(
                    rank, key=lambda code: (self._hostile[frozenset((first, code))], counts[code] > 0, -rank[code]), default=None
                )
                pair = [first, second] if second is not None else [first]
                self._sides = tuple(sorted(pair, key=lambda code: order.get(code, 10**9)))
            else:
                self._sides = ()
        return self._sides

    def _direct(self, text: str, party: str | None = None) -> Answer | None:
        match = self.actors.lookup(text, self.on, party) if party is not None else self.actors.lookup(text, self.on)
        if match is None and ARMS.search(text):
            match = self.actors.lookup(ARMS.sub("", text), self.on)
        if match is None:
            return None
        return Answer(actor_id=match.actor_id, name=match.name, party=match.party, confidence=match.confidence, how=match.how)

    def _last_of(self, start: int, kinds: Sequence[str], why: str, *, groups: bool = False) -> Answer | None:
        for mention in self.before(start):
            if mention.kind not in kinds:
                continue
            answer = self._direct(clean(mention.text))
            if answer is None or answer.party is None or ";" in answer.party or (groups and not self.is_group(answer.party)):
                continue
            return because(answer, f"{why} “{clean(mention.text)}”", clean(mention.text))
        return None

    def _last_speaker(self, start: int, depth: int, wants_person: bool | None, word: str = "") -> Answer | None:
        """The speaker before an offset who agrees; captions and speakers inside quotations are passed over."""
        quoted = self.quoted_by(start)
        sentence = self.sentence_of(start)
        fallback: Answer | None = None
        for mention in self.before(start):
            if sentence - mention.sentence > 6 + 3 * self.captions_between(mention.sentence, sentence):
                break
            if not mention.speaks or (mention.quoted_by is not None and mention.quoted_by != quoted):
                continue
            if word == "it" and mention.is_plural and mention.kind in ("role", "person"):
                continue
            found = self.answer(mention.text, mention.start_char, depth + 1)
            is_person = self.is_person(mention)
            if found is None or (found.party is None and found.actor_id is None):
                stands_near = (
                    sentence - mention.sentence <= 2 and mention.kind in ("person", "role", "body") and not mention.is_plural
                )
                if word == "it" and stands_near and HELPER.search(mention.text) and self.is_paragraph(mention.sentence, sentence):
                    return Answer(actor_id=None, name=clean(mention.text), party=None, confidence=0.5, how="not known")
                if wants_person and (stands_near or (is_person and names_somebody(mention))):
                    # somebody whom nobody knows has the word: better no side than the wrong one
                    return Answer(actor_id=None, name=clean(mention.text), party=None, confidence=0.5, how="not known")
                continue
            if word and not gender_fits(mention, word):
                continue
            if wants_person is None or wants_person == is_person:
                return found
            fallback = fallback or found
        return fallback

    def _ranked_sides(self) -> list[str]:
        named = list(self.sides())
        return [*named, *(code for code in self._principals if code not in named)]

    def _is_ally(self, code: str, own: set[str]) -> bool:
        parties = self.actors.parties
        return any(code in parties[mine].allies for mine in own if mine in parties) or (
            code in parties and bool(own & set(parties[code].allies))
        )

    def _opponent(self, start: int, depth: int) -> Answer | None:
        speaker = self.speaker_at(start, depth)
        own = set((speaker.party or "").split(";")) if speaker else set()
        if not own - {""} and (at_home := self.home) is not None:
            own = {at_home}
        if not own - {""}:
            return None
        ranked = sorted(
            (code for code in self._ranked_sides() if code not in own and not self._is_ally(code, own)),
            key=lambda code: -sum(self._hostile[frozenset((code, mine))] for mine in own),
        )
        if not ranked:
            return None
        name = speaker.name if speaker else None
        foe = self._foe_just_named(start, ranked) or ranked[0]
        return Answer(
            actor_id=None, name=None, party=foe, confidence=0.5, how=f"the other side, seen from {name or ';'.join(own)}"
        )

    def _foe_just_named(self, start: int, foes: Sequence[str]) -> str | None:
        """ "<People> forces shelled A. The occupiers then fired at B": the foe that the sentences right before are about."""
        for mention in self.before(start, sentences=1):
            if mention.kind in ("pronoun", "role", "place") or not mention.is_subject or mention.quoted_by is not None:
                continue
            match = self.actors.lookup(clean(mention.text), self.on)
            if match is not None and match.party in foes and match.party in self._at_odds:
                return str(match.party)
        return None

    def _is_host(self, party: str) -> bool:
        """Whether an armed group fights from a party's soil, so that others' soldiers fall there too."""
        return any(party in getattr(other, "hosts", ()) for other in self.actors.parties.values())

    @abstractmethod
    def _answer(self, text: str, start: int, depth: int) -> Answer | None:
        """Who the words of a phrase stand for, without markers around them."""

    @abstractmethod
    def _by_named_seat(self, text: str) -> Answer | None:
        """Whose an office is that its own words seat in a side's capital."""

    @abstractmethod
    def _by_place_told(self, text: str, start: int) -> Answer | None:
        """Whose a local voice is, by the place that it tells of."""

    @abstractmethod
    def _by_victims(self, text: str, start: int) -> Answer | None:
        """Whose a body is that counts victims, by who struck them."""

    @abstractmethod
    def _by_scene(self, text: str, start: int) -> Answer | None:
        """Whose a phrase is that nothing else tells, by the place that is told of."""

    @abstractmethod
    def _by_own_raid(self, text: str, start: int) -> Answer | None:
        """Whose an army is that tells of its own raid."""

    @abstractmethod
    def _by_ground(self, text: str, start: int) -> Answer | None:
        """Whose an army is by the ground told of right before it."""
