"""Antecedents: whom a pronoun, a role or a surname stands for, from what the document said before (and, at need, after).

Order: the names that the actor index knows; owners ("his forces", "the region's army"); the same name or head word elsewhere in
the document; then subject, speaker and recency. Nothing here guesses without a mention that supports it.

Past 500 lines because the ways to an antecedent call one another, and their order is the rule.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from trucewatch.model.codebook import act_class
from trucewatch.model.records import Claim, Mention, Reading, Voice
from trucewatch.stages.resolve.phrases import (
    ABOARD,
    ARMS,
    ARTICLE,
    BLAMING,
    BOTH,
    ENEMY,
    FIRST,
    FORCE_HEADS,
    GENITIVE,
    GROUPS,
    HEAD_KIN,
    HOME,
    HOSTILE,
    LOCAL,
    LOCAL_BEFORE,
    LOCAL_OF,
    MAX_DEPTH,
    MOVING,
    NEUTER,
    OF,
    OFFICE_HEADS,
    OFFICIAL,
    OWN_ARMED,
    OWN_HURT,
    PERSONAL,
    PLURAL,
    POSSESSIVE,
    PUBLISHED,
    RANKS,
    SEATED,
    SEATED_HEADS,
    STATEMENT,
    STATES_OWN,
    STRUCK_OF,
    TITLE,
    TROOPS,
    VAGUE,
    WHILE,
    WITHIN,
    agrees,
    branches_differ,
    clean,
    gender_fits,
    head_word,
    names_somebody,
)
from trucewatch.stages.resolve.scene import Scene

_NO_BRANCH = frozenset({"the", "a", "an", "of", "ministry", "minister", "agency", "department"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Who a phrase stands for, how sure (0 to 1), and why in words. `via`: the antecedent's text, None for a direct name."""

    actor_id: str | None
    name: str | None
    party: str | None
    confidence: float
    how: str
    via: str | None = None


class Document(Scene):
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
        self._told: dict[int, list[Claim]] = {}
        self._blamed: dict[int, set[str]] = {}
        for claim in reading.claims:
            if claim.claimant is not None and claim.claimant.start_char is not None:
                self._told.setdefault(claim.claimant.start_char, []).append(claim)
                self._blamed.setdefault(claim.claimant.start_char, set()).update(self._others_of(claim))

    def answer(self, text: str, start: int, depth: int = 0, speaker: Answer | None = None) -> Answer | None:
        """Who `text` at offset `start` stands for; None where the document does not tell."""
        key = (text, start)
        if key in self._answers:
            return self._answers[key]
        if depth > MAX_DEPTH:
            return None
        # a chain of pronouns that comes back to itself tells nothing
        self._answers[key] = None
        found = self._answer(clean(text), start, depth)
        if found is not None and self._direct(clean(text)) is None:
            # nobody blames himself, nor calls himself the enemy; an armed group has no army
            armed = STATES_OWN.search(text) is not None and getattr(self.actors.parties.get(found.party), "kind", "") == "group"
            if armed or found.party in self._blamed.get(start, ()):
                found = None
        if found is None or found.party is None:
            found = self._by_scene(clean(text), start) or found
        self._answers[key] = found
        return found

    def _others_of(self, claim: Claim) -> set[str]:
        """Parties that a claim's own words set against its claimant: whom he blames, the enemy, who struck "our" or "its" men."""
        found: set[str] = set()
        text = self.reading.document.text
        for voice in (claim.attributed_to, claim.target):
            if voice is None or not voice.text or voice.start_char is None:
                continue
            before = text[max(0, voice.start_char - 24) : voice.start_char]
            if BLAMING.search(before) or re.search(r"\benem(?:y|ies)\b", voice.text, re.I):
                found.add(self._plain(voice) or "")
        doer = claim.attributed_to
        if act_class(claim.act) == "ASSAULT" and doer is not None and doer.start_char is not None:
            for own in OWN_HURT.finditer(text, claim.start_char, claim.end_char):
                if not doer.start_char <= own.start() < (doer.end_char or 0):
                    found.add(self._plain(doer) or "")
        return found - {""}

    def _by_scene(self, text: str, start: int) -> Answer | None:
        """Police, mayors, rescuers and health ministries said to be nobody's: of the side that holds the place they tell of.

        An army that tells of fire on somebody's named positions is theirs.
        """
        blamed = self._blamed.get(start, set())
        for claim in self._told.get(start, ()):
            if LOCAL.search(text):
                for place in claim.places:
                    party = self._holder(place.text)
                    if party is not None and party not in blamed:
                        how = f"“{text}” at {place.text}, which {party} holds"
                        return Answer(actor_id=None, name=text, party=party, confidence=0.5, how=how, via=place.text)
            named = STRUCK_OF.search(self.reading.document.text, claim.start_char, claim.end_char)
            struck = self._plain(claim.target) or (self._plain(Voice(text=named["side"])) if named else None)
            if (
                STATES_OWN.search(text)
                and not LOCAL.search(text)
                and act_class(claim.act) == "ASSAULT"
                and struck is not None
                and struck not in blamed
                and struck != self._plain(claim.attributed_to)
                and not self.is_group(struck)
            ):
                how = f"“{text}” tells of fire on {struck}"
                return Answer(actor_id=None, name=text, party=struck, confidence=0.4, how=how)
        if re.fullmatch(r"(?:the )?(?:army|military)", text, re.I):
            here = self.sentence_of(start)
            near = [
                m.text for m in self.nearest(start) if m.kind in ("place", "country") and 0 <= here - m.sentence <= 2 and blamed
            ]
            for name in [*(place.text for claim in self._told.get(start, ()) for place in claim.places), *near] if blamed else ():
                party = self._holder(clean(name))
                if party is not None and party not in blamed and not self.is_group(party):
                    how = f"“{text}” at {name}, which {party} holds"
                    return Answer(actor_id=None, name=text, party=party, confidence=0.4, how=how, via=name)
        return None

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

    # how

    def _answer(self, text: str, start: int, depth: int) -> Answer | None:
        word = text.lower()
        if not text:
            return None
        if word in FIRST and text != "US":
            return _because(self.speaker_at(start, depth), f"“{text}” is the speaker")
        if word in PERSONAL | NEUTER | PLURAL:
            return self._pronoun(word, start, depth)
        if word.startswith("whose "):
            before = next((m for m in self.before(start) if start - m.end_char <= 3), None)
            return (
                _because(self.answer(before.text, before.start_char, depth + 1), f"of “{clean(before.text)}”") if before else None
            )
        if word in ("who", "which", "that", "this", "these", "those", "you", "what"):
            return None
        if BOTH.match(word):
            sides = self.sides()
            if len(sides) == 2:
                return Answer(
                    actor_id=None,
                    name=None,
                    party=";".join(sides),
                    confidence=0.6,
                    how="the two sides most named in the document",
                )
            return None
        if ENEMY.match(word):
            return self._opponent(start, depth)
        if (
            " and " in word
            and (parts := [part for part in re.split(r",? and |, ", text) if part])
            and any(BOTH.match(p) for p in parts)
        ):
            told = [self._answer(part, start, depth + 1) for part in parts]
            codes = dict.fromkeys(code for answer in told if answer and answer.party for code in answer.party.split(";"))
            if codes:
                return Answer(
                    actor_id=None, name=None, party=";".join(codes), confidence=0.5, how="; ".join(a.how for a in told if a)
                )
        owned = POSSESSIVE.match(text)
        if owned:
            return self._owned(text, owned, start, depth)
        direct = self._direct(text)
        if direct is not None and (direct.party is not None or direct.actor_id is not None):
            return self._hosted(text, direct, start) or direct
        published = PUBLISHED.match(text)
        if published and (publisher := self._direct(published["who"])) is not None and publisher.party is not None:
            return _because(publisher, f"“{text}” is published by {publisher.name}", published["who"])
        return (
            self._local(text)
            or self._by_owner(text, start, depth)
            or self._by_document(text, start, depth)
            or self._official_by_topic(text, start)
            or direct
        )

    def _direct(self, text: str, party: str | None = None) -> Answer | None:
        match = self.actors.lookup(text, self.on, party) if party is not None else self.actors.lookup(text, self.on)
        if match is None and ARMS.search(text):
            match = self.actors.lookup(ARMS.sub("", text), self.on)
        if match is None:
            return None
        return Answer(actor_id=match.actor_id, name=match.name, party=match.party, confidence=match.confidence, how=match.how)

    def _owned(self, text: str, owned: re.Match[str], start: int, depth: int) -> Answer | None:
        """ "his spokesman, A B", "its forces": the thing itself where it is known, else the owner's side."""
        thing = text[owned.end() :]
        named = self._direct(thing)
        if named is not None and named.actor_id is not None and any(part[:1].isupper() for part in thing.split()):
            return named
        if ABOARD.match(thing):
            return None  # "its crew": of a tank told of before, whosever it was
        owner = self.answer(owned.group().split()[0], start, depth + 1)
        if owner is None or owner.party is None:
            return None
        if ";" not in owner.party:
            inside = self._direct(thing, owner.party)
            if inside is not None and inside.party is not None:
                return _because(inside, f"“{text}” belongs to {owner.name or owner.party} ({owner.how})", owner.name)
        return Answer(
            actor_id=None,
            name=None,
            party=owner.party,
            confidence=0.6 * owner.confidence,
            how=f"“{text}” belongs to {owner.name or owner.party}",
            via=owner.name,
        )

    def _hosted(self, text: str, direct: Answer, start: int) -> Answer | None:
        """ "the <nationality> militant group": the armed group that fights from that state's soil, never the state."""
        if direct.actor_id is not None or head_word(text) not in GROUPS:
            return None
        groups = [code for code, party in self.actors.parties.items() if direct.party in party.hosts]
        named = self._last_of(start, ("body", "country", "group", "person"), "the last group named is", groups=True)
        if named is not None and named.party in groups:
            return named
        if len(groups) != 1:
            return None
        how = f"“{text}” fights from {direct.party}"
        return Answer(actor_id=None, name=groups[0], party=groups[0], confidence=0.5, how=how)

    def _local(self, text: str) -> Answer | None:
        """ "police in A", "A's mayor": of the side that holds A."""
        named = LOCAL_OF.match(text)
        within = WITHIN.search(text)
        if named is not None and LOCAL.match(named["body"]):
            name = named["place"]
        elif within is not None and LOCAL.match(text):
            name = within.group(1)
        elif (before := LOCAL_BEFORE.match(text)) is not None:
            name = before["place"]
        else:
            return None
        party = self._holder(name.strip())
        return (
            Answer(actor_id=None, name=text, party=party, confidence=0.5, how=f"{party} holds {name}", via=name)
            if party
            else None
        )

    def _by_owner(self, text: str, start: int, depth: int) -> Answer | None:
        """ "the region's army", "the president of the republic": through whoever owns it."""
        match = GENITIVE.match(text) or OF.match(text) or SEATED.match(text)
        if not match:
            return None
        owner = self.answer(match["owner"], start, depth + 1)
        if owner is None or owner.party is None or ";" in owner.party:
            return None
        thing = self._direct(match["thing"], owner.party)
        how = f"“{match['thing']}” of {owner.name or owner.party} ({owner.how})"
        if thing is not None and thing.party is not None:
            return _because(thing, how, owner.name)
        return Answer(actor_id=None, name=None, party=owner.party, confidence=0.6 * owner.confidence, how=how, via=owner.name)

    def _by_document(self, text: str, start: int, depth: int) -> Answer | None:
        """The same name written longer, a description beside the name, or the same head word with its owner, elsewhere."""
        if STATEMENT.match(text):
            inner = STATEMENT.sub("", text)
            body = re.search(r"(ministry|army|military|government|presidency|office)\s+\w+$", text, re.I)
            if body:
                return self._by_head(f"the {body.group(1).lower()}", start, depth)
            return _because(self._last_speaker(start, depth, None), f"“{text}” is the last speaker's{inner}")
        bare = TITLE.sub("", text)
        names = [part for part in re.findall(r"[^\W\d_][\w'’-]+", bare) if part[0].isupper()]
        if names and not ARTICLE.match(text):
            found = self._by_name(names[-1], text, start, depth)
            if found is not None:
                return found
        here = self.mention_at(text, start)
        if here is not None and here.description:
            match = self._direct(clean(here.description)) or self._by_owner(clean(here.description), start, depth + 1)
            if match is not None and match.party is not None:
                return Answer(
                    actor_id=None,
                    name=text,
                    party=match.party,
                    confidence=0.8 * match.confidence,
                    how=f"described as “{clean(here.description)}”",
                    via=here.description,
                )
        return self._by_head(text, start, depth) if head_word(text) else None

    def _by_name(self, surname: str, text: str, start: int, depth: int) -> Answer | None:
        best: Answer | None = None
        for mention in self.nearest(start):
            if mention.start_char <= start < mention.end_char and mention.description is None:
                continue
            written = clean(mention.text)
            if not re.search(rf"\b{re.escape(surname)}\b", written):
                continue
            if mention.description is not None and mention.kind == "person":
                about = clean(mention.description)
                described = self._direct(about) or self._by_owner(about, mention.start_char, depth + 1)
                if described is not None and described.party is not None:
                    return Answer(
                        actor_id=None,
                        name=written,
                        party=described.party,
                        confidence=0.8 * described.confidence,
                        how=f"described in the document as “{about}”",
                        via=about,
                    )
            if len(written.split()) > len(text.split()):
                match = self._direct(written)
                if match is not None and match.party is not None and (best is None or match.confidence > best.confidence):
                    best = _because(match, f"named “{written}” elsewhere in the document", written)
        return best

    def _by_head(self, text: str, start: int, depth: int) -> Answer | None:
        """ "the ministry" after "the ... defence ministry"; before it where nothing stands before (a headline's short form)."""
        head = head_word(text)
        is_bare = not ARTICLE.match(text)
        if is_bare and head in RANKS:
            return None  # a major general is no secretary-general
        if not is_bare and head in OWN_ARMED and len(text.split()) == 2:
            if (lost := self._by_own_losses(text, start)) is not None:
                return lost
            own = self.speaker_at(start, depth)
            if own is not None and own.party in self._principals:
                return _because(own, f"“{text}” is that of the side that tells of it, {own.name or own.party}")
        if is_bare and head in TROOPS:
            teller = self.teller(start, wants_person=False, plural=True)
            own = self.answer(teller.text, teller.start_char, depth + 1) if teller is not None else None
            if own is not None and own.party in self._principals:
                return Answer(
                    actor_id=None,
                    name=None,
                    party=own.party,
                    confidence=0.4,
                    how=f"“{text}” told of by {own.name}, who names no other",
                )
            return None
        if head in HOME and not is_bare:
            teller = self.any_teller(start)
            own = self.answer(teller.text, teller.start_char, depth + 1) if teller is not None else None
            if own is not None and own.party is not None and not self.is_group(own.party):
                return _because(own, f"“{text}” is the speaker's, {own.name}")
        if head in HOME and (is_bare or text.lower().endswith("s")):
            return None  # "forty nations"
        if is_bare and head in VAGUE:
            return self._only_one(head, start)
        found = self._same_head(text, head, start, depth)
        if found is not None:
            return found
        if head in OFFICE_HEADS and (teller := self.any_teller(start)) is not None:
            own = self.answer(teller.text, teller.start_char, depth + 1)
            holder = self._direct(text, own.party) if own is not None and own.party and ";" not in own.party else None
            if holder is not None and holder.party is not None:
                return _because(holder, f"“{text}” of the speaker's side, {own.name if own else ''}")
        if head in FORCE_HEADS:
            return self._last_mission(start, head)
        if head in HOME:
            return self._last_of(start, ("country",), f"the last {head} named is")
        if head in GROUPS:
            return self._last_of(start, ("body", "country", "group", "person"), f"the last {head} named is", groups=True)
        if head in SEATED_HEADS and (seated := self._by_seat(text, start)) is not None:
            return seated
        if head in ("spokesman", "spokeswoman", "spokesperson", "minister", "president", "leader") and not GENITIVE.match(text):
            return _because(self._last_speaker(start, depth, True), f"the last speaker before “{head}”")
        if head in ("ministry", "minister", "agency", "department"):
            return self._by_branch(text, start) or self._by_topic(text, start)
        if head in OWN_ARMED:
            return self._by_topic(text, start)
        return None

    def _by_own_losses(self, text: str, start: int) -> Answer | None:
        """ "Two soldiers were wounded near A, the army said": the army of whoever holds A."""
        for claim in self._told.get(start, ()):
            hurt = any(f.population == "combatant" and f.measure in ("killed", "injured") for f in claim.figures)
            held = {self._holder(clean(place.text)) for place in claim.places} if hurt and claim.attributed_to is None else set()
            party = next(iter(held)) if len(held) == 1 else None
            if party is None or party in self._blamed.get(start, ()) or self.is_group(party) or self._is_host(party):
                continue
            own = self._direct(text, party)
            if own is not None and own.party is not None:
                return _because(own, f"“{text}” tells of soldiers hurt on ground that {party} holds")
        return None

    def _is_host(self, party: str) -> bool:
        """Whether an armed group fights from a party's soil, so that others' soldiers fall there too."""
        return any(party in getattr(other, "hosts", ()) for other in self.actors.parties.values())

    def _by_seat(self, text: str, start: int) -> Answer | None:
        """ "In <Capital>, the prosecutor's office said": of the side that sits there."""
        here = self.sentence_of(start)
        opening = self.reading.sentences[here].start_char
        for mention in self.before(start, sentences=1):
            lead = self.reading.document.text[opening : mention.start_char].strip().lower()
            if mention.sentence == here and mention.kind == "country" and lead in ("in", "meanwhile in", "but in", "from"):
                side = self._direct(clean(mention.text))
                if side is not None and side.party in self._principals:
                    bare = ARTICLE.sub("", text)
                    return _because(self._direct(bare, side.party) or side, f"“{text}” in “{clean(mention.text)}”")
        return None

    def _by_topic(self, text: str, start: int) -> Answer | None:
        """ "<Capital>'s answer was mild. The ministry said ...": of the side that the paragraph is about."""
        here = self.sentence_of(start)
        paragraph = self.reading.sentences[here].paragraph
        for mention in self.before(start, sentences=4):
            if self.reading.sentences[mention.sentence].paragraph != paragraph:
                break
            if mention.kind != "country" or mention.quoted_by is not None or mention.sentence == here:
                continue
            side = self._direct(clean(mention.text))
            if side is None or side.party not in self._principals or self.any_teller(mention.start_char) is not None:
                continue
            return _because(self._direct(text, side.party) or side, f"the paragraph is about “{clean(mention.text)}”")
        return None

    def _official_by_topic(self, text: str, start: int) -> Answer | None:
        """A spokeswoman whom nobody knows, right after the body that she speaks for."""
        if not OFFICIAL.search(text) or GENITIVE.match(text) or OF.match(text):
            return None
        here = self.sentence_of(start)
        for mention in self.before(start, sentences=1):
            if mention.sentence != here - 1 or not mention.is_subject or mention.kind not in ("body", "country"):
                continue
            if self.any_teller(mention.start_char) is not None and not mention.speaks:
                continue
            side = self._direct(clean(mention.text))
            if side is not None and side.party is not None and self.is_group(side.party) and STATES_OWN.search(text):
                continue
            if side is not None and side.party is not None and ";" not in side.party:
                return _because(side, f"right after “{clean(mention.text)}”", clean(mention.text))
        return None

    def _same_head(self, text: str, head: str, start: int, depth: int = 0) -> Answer | None:
        """The nearest phrase with the same head word and a side: those outside quotations and, in a headline, speakers first."""
        named = self._of_a_people(head, start)
        if named is not None:
            return named
        kin = HEAD_KIN.get(head, frozenset({head}))
        plural = text.lower().rstrip(" .").endswith("s")
        quoted = self.quoted_by(start)
        in_headline = self.kind_of(self.sentence_of(start)) == "headline"
        alike: list[Mention] = []
        for mention in self.nearest(start):
            if mention.kind in ("pronoun", "place") or mention.start_char <= start < mention.end_char:
                continue
            if head_word(clean(mention.text)) not in kin or (head in FORCE_HEADS and mention.is_plural and not plural):
                continue
            if branches_differ(text, mention.text):
                continue
            alike.append(mention)
            if len(alike) > 12:
                break
        alike.sort(
            key=lambda mention: (
                in_headline and not mention.speaks,
                not in_headline and mention.start_char > start,
                mention.quoted_by is not None and mention.quoted_by != quoted,
                head_word(clean(mention.text)) != head and not in_headline,
            )
        )
        blamed = self._blamed.get(start, set())
        for mention in alike:
            written = clean(mention.text)
            match = self._direct(written)
            is_longer = len(ARTICLE.sub("", written).split()) > len(ARTICLE.sub("", text).split())
            if match is None and is_longer and mention.speaks and mention.end_char <= start and head_word(written) == head:
                # "the Health Ministry", then "the ministry": whose it is, or nobody's
                match = self.answer(mention.text, mention.start_char, depth + 1)
                if match is None:
                    return None
            if match is not None and match.party is not None and match.party not in blamed:
                return _because(match, f"the last {head} named is “{written}”", written)
        return None

    def _of_a_people(self, head: str, start: int) -> Answer | None:
        """ "a <People> army post was hit, the army said": the army that its own sentence names, in whatever phrase."""
        if head not in ("army", "military", "navy"):
            return None
        number = self.sentence_of(start)
        opening = self._sentence_starts[number] if number < len(self._sentence_starts) else start
        before = self.reading.document.text[opening:start]
        for written in reversed(re.findall(rf"\b[A-Z][\w-]+ {head}\b", before)):
            match = self._direct(written)
            if match is not None and match.party is not None:
                return _because(match, f"its own sentence names the {written}", written)
        return None

    def _last_mission(self, start: int, head: str) -> Answer | None:
        """ "the force", "the mission": the mission or force named last; no army is a mission, whose spokesman names it too."""
        kinds = ("mission", "force") if head == "force" else ("mission",)
        for mention in self.before(start):
            if mention.kind not in ("body", "group", "person"):
                continue
            written = clean(mention.text)
            for name in dict.fromkeys((written, *(word for word in written.split() if word[:1].isupper()))):
                match = self.actors.lookup(name, self.on)
                if match is not None and match.kind in kinds and match.party is not None:
                    return _because(self._direct(name), f"the last {head} named is “{written}”")
        return None

    def _only_one(self, head: str, start: int) -> Answer | None:
        """Whose bare "officials" are: told only where the document knows officials of one side, and not in this sentence."""
        sentence = self.sentence_of(start)
        found: dict[str, Answer] = {}
        for mention in self.mentions:
            if (
                mention.kind != "pronoun"
                and head_word(clean(mention.text)) == head
                and not mention.start_char <= start < mention.end_char
            ):
                match = self._direct(clean(mention.text))
                if match is not None and match.party is not None:
                    if mention.sentence == sentence:
                        return None
                    found.setdefault(match.party, match)
        if len(found) != 1:
            return None
        match = next(iter(found.values()))
        return _because(match, f"the only {head} named in the document is {match.name}")

    def _by_branch(self, text: str, start: int) -> Answer | None:
        """ "health ministry" where the document names a state's health minister."""
        branch = next((word for word in re.findall(r"[a-z]+", text.lower()) if word not in _NO_BRANCH), None)
        if branch is None:
            return None
        for mention in self.nearest(start):
            if mention.start_char <= start < mention.end_char or branch not in mention.text.lower():
                continue
            match = self._direct(clean(mention.text))
            if match is not None and match.party is not None:
                answer = self._direct(text, match.party) or match
                return _because(answer, f"of the side of “{clean(mention.text)}”", clean(mention.text))
        return None

    def _last_of(self, start: int, kinds: Sequence[str], why: str, *, groups: bool = False) -> Answer | None:
        for mention in self.before(start):
            if mention.kind not in kinds:
                continue
            answer = self._direct(clean(mention.text))
            if answer is None or answer.party is None or ";" in answer.party or (groups and not self.is_group(answer.party)):
                continue
            return _because(answer, f"{why} “{clean(mention.text)}”", clean(mention.text))
        return None

    def _pronoun(self, word: str, start: int, depth: int) -> Answer | None:
        here = self.mention_at(word, start)
        wants_person = word in PERSONAL
        speaks = bool(here and here.speaks) and word not in ("its", "his", "her", "their")
        # inside what somebody tells, "it" and "his" are mostly the teller's own
        teller = self.teller(start, wants_person, word in PLURAL)
        if teller is not None and wants_person and not self.is_person(teller):
            teller = self.person_within(teller) or teller
        if word in ("him", "them") or (word == "it" and here is not None and not here.is_subject and not speaks):
            found = self._object_before(word, start, depth)
            if found is not None:
                return found
        if speaks and wants_person:
            found = self._subject_just_before(word, start, depth)
            if found is not None:
                return found
        if (found := self._force_just_before(word, start, depth)) is not None:
            return found
        near = None if speaks else self.in_sentence(start, word)
        if near is not None and (teller is None or near.start_char > teller.start_char):
            found = self.answer(near.text, near.start_char, depth + 1)
            if found is not None and found.party is not None:
                return _because(found, f"“{word}” after “{clean(near.text)}”", clean(near.text))
        if teller is not None:
            found = self.answer(teller.text, teller.start_char, depth + 1)
            if found is not None:
                return _because(found, f"“{word}” is the speaker, “{clean(teller.text)}”", clean(teller.text))
        found = self._last_speaker(start, depth, wants_person if word not in PLURAL else None, word) if speaks else None
        if found is not None:
            return _because(found, f"“{word}” is the last speaker")
        ahead = self.before(start, sentences=3)
        if speaks:
            # "X struck a depot used by Y, it said": who the sentence is about
            sentence = self.sentence_of(start)
            ahead.sort(key=lambda m: m.start_char if m.sentence == sentence else 10**9 - m.start_char)
        for mention in ahead:
            if not agrees(mention, word) or not (mention.is_subject or mention.speaks):
                continue
            found = self.answer(mention.text, mention.start_char, depth + 1)
            if found is not None and found.party is not None:
                return _because(found, f"“{word}” after the subject “{clean(mention.text)}”", clean(mention.text))
        return _because(self._last_speaker(start, depth, None), f"“{word}” is the last speaker") if speaks else None

    def _force_just_before(self, word: str, start: int, depth: int) -> Answer | None:
        """ "ambushed a Northern patrol as it crossed": the force named right before the clause that the pronoun opens."""
        if word not in ("it", "they"):
            return None
        for mention in self.before(start, sentences=0):
            between = self.reading.document.text[mention.end_char : start]
            if not WHILE.fullmatch(between):
                break
            if mention.is_subject or mention.speaks or head_word(clean(mention.text)) not in TROOPS | MOVING:
                continue
            found = self.answer(mention.text, mention.start_char, depth + 1)
            if found is not None and found.party is not None:
                return _because(found, f"“{word}” after “{clean(mention.text)}”", clean(mention.text))
        return None

    def _object_before(self, word: str, start: int, depth: int) -> Answer | None:
        """ "spoke with A and urged him": the one beside the subject, whom the sentence named last."""
        sentence = self.sentence_of(start)
        for mention in self.before(start, sentences=1):
            if mention.sentence != sentence or mention.is_subject or mention.speaks or not agrees(mention, word):
                continue
            if word == "him" and not self.is_person(mention):
                continue
            found = self.answer(mention.text, mention.start_char, depth + 1)
            if found is not None and found.party is not None:
                return _because(found, f"“{word}” after “{clean(mention.text)}”", clean(mention.text))
        return None

    def _subject_just_before(self, word: str, start: int, depth: int) -> Answer | None:
        """ "The leader gave another account. He said …": the person whom the sentence before, or this one so far, is about."""
        sentence = self.sentence_of(start)
        for mention in self.before(start, sentences=1):
            if not mention.is_subject or not agrees(mention, word):
                continue
            if mention.kind == "pronoun" or not (self.is_person(mention) or self.person_within(mention) is not None):
                continue
            teller = self.any_teller(mention.start_char)
            if teller is not None and not teller.start_char <= mention.start_char < teller.end_char:
                continue  # whom somebody else speaks of
            if mention.sentence == sentence and mention.speaks:
                continue
            found = self.answer(mention.text, mention.start_char, depth + 1)
            if found is not None and found.party is not None:
                return _because(found, f"“{word}” after the subject “{clean(mention.text)}”", clean(mention.text))
        return None

    def _opponent(self, start: int, depth: int) -> Answer | None:
        speaker = self.speaker_at(start, depth)
        own = set((speaker.party or "").split(";")) if speaker else set()
        if not own:
            return None
        ranked = sorted(
            (code for code in self._ranked_sides() if code not in own and not self._is_ally(code, own)),
            key=lambda code: -sum(self._hostile[frozenset((code, mine))] for mine in own),
        )
        if not ranked:
            return None
        name = speaker.name if speaker else None
        return Answer(
            actor_id=None, name=None, party=ranked[0], confidence=0.5, how=f"the other side, seen from {name or ';'.join(own)}"
        )

    def _is_ally(self, code: str, own: set[str]) -> bool:
        parties = self.actors.parties
        return any(code in parties[mine].allies for mine in own if mine in parties) or (
            code in parties and bool(own & set(parties[code].allies))
        )

    def _ranked_sides(self) -> list[str]:
        named = list(self.sides())
        return [*named, *(code for code in self._principals if code not in named)]

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
            found = self.answer(mention.text, mention.start_char, depth + 1)
            is_person = self.is_person(mention)
            if found is None or (found.party is None and found.actor_id is None):
                stands_near = (
                    sentence - mention.sentence <= 2 and mention.kind in ("person", "role", "body") and not mention.is_plural
                )
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


def _because(answer: Answer | None, how: str, via: str | None = None) -> Answer | None:
    if answer is None:
        return None
    return Answer(
        actor_id=answer.actor_id,
        name=answer.name,
        party=answer.party,
        confidence=0.85 * answer.confidence,
        how=how,
        via=via or answer.via or answer.name,
    )
