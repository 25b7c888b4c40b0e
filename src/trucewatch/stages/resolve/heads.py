"""Roles by their head word: "the ministry", "the army", "the mission", "the minister".

Long because the order in which readings of one head word are tried is the rule itself.
"""

from __future__ import annotations

import re

from trucewatch.model.codebook import act_class
from trucewatch.model.records import Mention, Voice
from trucewatch.stages.resolve.answer import Answer, because
from trucewatch.stages.resolve.nearby import Nearby
from trucewatch.stages.resolve.phrases import (
    AGGRIEVED,
    ANY_BODY,
    ARTICLE,
    BODIES,
    FORCE_HEADS,
    GENITIVE,
    GOVERNMENTS,
    GROUPS,
    HEAD_KIN,
    HELPER,
    HOME,
    OFFICE_HEADS,
    OWN_ARMED,
    RANKS,
    SEATED_HEADS,
    SIDE_OPENING,
    STATE_BODY,
    TROOPS,
    VAGUE,
    branches_differ,
    clean,
    head_word,
)

_ADMITS = re.compile(r"\b(?:acknowledg|admit|conced|own(?:ed)? up)\w*", re.I)
_MEN = re.compile(
    r"\b(?:soldiers?|generals?|colonels?|majors?|captains?|lieutenants?|sergeants?|troops|servicemen"
    r"|service members|officers?|conscripts?|reservists?)\b",
    re.I,
)
# an officer with his name: who announces his death is of his side
_RANKED = re.compile(r"\b(?:[Gg]eneral|[Cc]olonel|[Mm]ajor|[Cc]aptain|[Ll]ieutenant)\s+[A-Z]\w+")
# forces that keep no peace
_NO_MISSION = re.compile(r"\b(?:air|armed|security|police|ground|naval|special|defen[cs]e|strike|border|assault|attack)\b", re.I)
# "<People> media, citing the army"
_CITED_BY = re.compile(
    r"\b(?P<people>[A-Z]\w+)\s+(?:media|press|newspapers?|television|TV|radio|outlets?|reports?)\b[^.]{0,30}\b(?:citing|quoting)\s+$"
)
_BARE_TITLE = re.compile(
    r"the (?:prime |deputy )?[a-z-]+(?: of (?:the )?(?:parliament|house|state|government|council|army|staff))?", re.I
)
_HAS_OFFICE = re.compile(
    r"\b(?:prosecutor|ombuds\w+|defender|president|premier|minister|mayor|governor|commissioner|office)\b", re.I
)
_TITLES = frozenset(
    "ombudsman ombudswoman mayor governor envoy commander minister president premier chancellor speaker defender secretary "
    "general colonel ambassador director lawmaker deputy prosecutor prefect".split()
)
# who is named again by what he is
_PERSONS = frozenset(
    "envoy diplomat politician general colonel officer commander cleric lawmaker coordinator chancellor mediator".split()
)
# what theatres call a force that keeps a truce
_PEACEKEEPERS = "peacekeeping force"
# "Northland-backed fighters": of nobody who is named
_FOR_ANOTHER = re.compile(
    r"-(?:backed|aligned|allied|linked|supported|trained|armed|funded|sponsored|affiliated|speaking)\b", re.I
)
_NO_BRANCH = frozenset({"the", "a", "an", "of", "ministry", "minister", "agency", "department"})


class Heads(Nearby):
    """Whose a bare role is."""

    def _by_head(self, text: str, start: int, depth: int) -> Answer | None:
        """ "the ministry" after "the ... defence ministry"; before it where nothing stands before (a headline's short form)."""
        head = head_word(text)
        is_bare = not ARTICLE.match(text)
        if is_bare and head in RANKS:
            return None  # a major general is no secretary-general
        if head == "ministry" and len(text.split()) <= 3 and (lost := self._by_own_men(text, start, admits=True)) is not None:
            return lost
        if not is_bare and head in OWN_ARMED and (cited := self._cited_by_its_media(text, start)) is not None:
            return cited
        if not is_bare and head in OWN_ARMED and (relayed := self._of_its_medium(text, start)) is not None:
            return relayed
        if not is_bare and head in OWN_ARMED and len(text.split()) == 2:
            if (lost := self._by_own_losses(text, start) or self._by_own_men(text, start)) is not None:
                return lost
            own = self.speaker_at(start, depth)
            if own is not None and own.party in self._principals:
                return because(own, f"“{text}” is that of the side that tells of it, {own.name or own.party}")
        if is_bare and head in TROOPS and _FOR_ANOTHER.search(text):
            return None
        if is_bare and head in TROOPS:
            teller = self.teller(start, wants_person=False, plural=True)
            own = self.answer(teller.text, teller.start_char, depth + 1) if teller is not None else None
            if own is not None and own.party in self._principals and not self._names_other(start, own.party):
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
                return because(own, f"“{text}” is the speaker's, {own.name}")
        is_government = head in GOVERNMENTS and not is_bare and len(text.split()) == 2
        if is_government and (told := self._by_country_told(text, start)) is not None:
            return told
        if head in HOME and (is_bare or text.lower().endswith("s")):
            return None  # "forty nations"
        if is_bare and head in VAGUE:
            return self._only_one(head, start)
        if (
            head in BODIES
            and not is_bare
            and len(text.split()) == 2
            and (spoke := self._body_before(text, start, depth)) is not None
        ):
            return spoke
        if head in SEATED_HEADS and not is_bare and (seated := self._by_seat(text, start)) is not None:
            return seated
        if head in SEATED_HEADS and not is_bare and (silent := self._of_the_silent(text, start)) is not None:
            return silent
        if head in OWN_ARMED and not is_bare and (here := self._that_keeps_order(text, start)) is not None:
            return here
        if head in OWN_ARMED and not is_bare and len(text.split()) == 2 and (near := self._of_its_arms(text, start)) is not None:
            return near
        if head in SEATED_HEADS and not is_bare and (section := self._of_the_section(text, start)) is not None:
            return section
        found = self._same_head(text, head, start, depth) or self._of_its_medium(text, start)
        if found is not None:
            return found
        if head in OFFICE_HEADS and (teller := self.any_teller(start)) is not None:
            own = self.answer(teller.text, teller.start_char, depth + 1)
            holder = self._direct(text, own.party) if own is not None and own.party and ";" not in own.party else None
            if holder is not None and holder.party is not None:
                return because(holder, f"“{text}” of the speaker's side, {own.name if own else ''}")
        if head in FORCE_HEADS and _NO_MISSION.search(text):
            own = self.speaker_at(start, depth)
            return because(own, f"“{text}” of the speaker") if own is not None and own.party in self._principals else None
        if head in FORCE_HEADS:
            return self._last_mission(start, head, is_kept=bool(re.search(r"peacekeep|contingent", text, re.I)))
        if head in HOME:
            return self._last_of(start, ("country",), f"the last {head} named is")
        is_name = sum(word[:1].isupper() for word in ARTICLE.sub("", text.split(",")[0]).split()) > 1
        if head in GROUPS and (is_name or (head == "group" and HELPER.search(text))):
            return None  # "the Global Organization for Roads" is a name of its own
        if head in GROUPS and (spoke := self._group_that_spoke(text, start, depth)) is not None:
            return spoke
        if head in GROUPS:
            last = self._last_of(start, ("body", "country", "group", "person"), f"the last {head} named is", groups=True)
            return last or self._group_in_words_before(text, start)
        if head in SEATED_HEADS and (seated := self._by_seat(text, start)) is not None:
            return seated
        if head in _TITLES and not is_bare and (titled := self._by_title(text, head, start, depth)) is not None:
            return titled
        if head in ("spokesman", "spokeswoman", "spokesperson", "minister", "president", "leader") and not GENITIVE.match(text):
            return because(self._last_speaker(start, depth, True), f"the last speaker before “{head}”")
        is_titled = (head in _PERSONS and text.lower() == f"the {head}") or (head in _TITLES and _BARE_TITLE.fullmatch(text))
        if is_titled and start in self._told and (spoke := self._person_that_spoke(start, depth)) is not None:
            return because(spoke, f"“{text}” is who spoke last")
        if head == "presidency":
            return self._by_president(text, start)
        if head in ("ministry", "minister", "agency", "department"):
            return self._by_branch(text, start) or self._by_topic(text, start)
        if head in OWN_ARMED:
            return self._by_topic(text, start)
        return None

    def _names_other(self, start: int, party: str) -> bool:
        """Whether the sentence has told of another side's deed before: its soldiers go on."""
        sentence = self.sentence_of(start)
        for mention in self.before(start, sentences=0):
            if mention.sentence != sentence or mention.kind in ("place", "pronoun"):
                continue
            found = self._direct(clean(mention.text)) or self.answer(mention.text, mention.start_char, 1)
            if found is not None and found.party in self._principals and found.party != party:
                return True
        return False

    def _body_before(self, text: str, start: int, depth: int) -> Answer | None:
        """ "The border service said … The department added": the body, of whatever name, that spoke or was the subject last.

        An agency, service or committee only where the body is called so, or where no body that is was named before.
        """
        head = head_word(text)
        named = [
            m
            for m in self.before(start, sentences=12)
            if (m.kind in ("body", "role") and head != "office" and (m.speaks or m.is_subject))
            or (head == "office" and m.speaks and _HAS_OFFICE.search(m.text))
        ]
        if head not in ANY_BODY:
            alike = [m for m in named if self._is_called(m, head)]
            named = alike or [m for m in named if self.sentence_of(start) - m.sentence <= 2]
        for mention in named:
            if head in ANY_BODY and self.sentence_of(start) - mention.sentence > 4:
                break
            found = self.answer(mention.text, mention.start_char, depth + 1)
            if found is not None and found.party is not None and ";" not in found.party:
                return because(found, f"“{text}” is “{clean(mention.text)}”, which spoke last", clean(mention.text))
        return None

    def _is_called(self, mention: Mention, head: str) -> bool:
        written = clean(mention.text)
        if re.search(rf"\b{head}\b", written, re.I):
            return not ARTICLE.fullmatch(re.sub(rf"\b{head}\b.*", "", written, flags=re.I) or "-")
        match = self.actors.lookup(written, self.on)
        actor = self.actors.actors.get(match.actor_id) if match is not None and match.actor_id is not None else None
        return actor is not None and (actor.kind == head or any(re.search(rf"\b{head}\b", n, re.I) for n in actor.names))

    def _cited_by_its_media(self, text: str, start: int) -> Answer | None:
        """ "<People> media, citing the army": the army of that people."""
        match = _CITED_BY.search(self.reading.document.text, max(0, start - 90), start)
        people = self._direct(match["people"]) if match is not None else None
        own = self._direct(text, people.party) if people is not None and people.party in self._principals else None
        return because(own, f"“{text}” cited by its own media") if own is not None else None

    def _by_title(self, text: str, head: str, start: int, depth: int) -> Answer | None:
        """ "Ombudsman A B said … The ombudsman added": the person named last with that title."""
        if len(text.split()) != 2:
            return None
        for mention in self.before(start, sentences=8):
            written = clean(mention.text)
            about = f"{written} {mention.description or ''}"
            if mention.kind != "person" or not re.search(rf"\b{head}\b", about, re.I):
                continue
            found = self.answer(mention.text, mention.start_char, depth + 1)
            if found is not None and found.party is not None and ";" not in found.party:
                return because(found, f"“{text}” is “{written}”", written)
        return None

    def _by_president(self, text: str, start: int) -> Answer | None:
        """ "President A B met the envoy, the presidency said": of the president named last, where he is of one side."""
        for mention in self.before(start, sentences=3):
            written = clean(mention.text)
            if not re.search(r"\bpresident\b", written, re.I):
                continue
            match = self._direct(written)
            if match is not None and match.party is not None and ";" not in match.party:
                return because(self._direct(text, match.party) or match, f"“{text}” of “{written}”", written)
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
                return because(own, f"“{text}” tells of soldiers hurt on ground that {party} holds")
        return None

    def _by_own_men(self, text: str, start: int, *, admits: bool = False) -> Answer | None:
        """ "No <People> soldiers were wounded, the army said": the army of those soldiers, where no other hurt them by name.

        `admits`: only where the words own to it ("the ministry acknowledged").
        """
        for claim in self._told.get(start, ()):
            men = claim.target
            is_lost = claim.act == "TOLL" and claim.attributed_to is None and men is not None and _RANKED.search(men.text or "")
            if (
                admits
                and not is_lost
                and not _ADMITS.search(self.reading.document.text, claim.sentence_start_char, claim.sentence_end_char)
            ):
                continue
            if men is None or not men.text or act_class(claim.act) not in ("ASSAULT", "TOLL"):
                continue
            party = (self._side_in(men) or self._plain(men)) if _MEN.search(men.text) else None
            if party is None or party == self._plain(claim.attributed_to) or self.is_group(party):
                continue
            own = self._direct(text, party)
            if own is not None and own.party == party:
                return because(own, f"“{text}” tells of {men.text}")
        return None

    def _by_country_told(self, text: str, start: int) -> Answer | None:
        """ "A million have fled in <Country>, the government says", either way round: the one country of its sentence."""
        blamed = set(self._blamed.get(start, ()))
        for claim in self._told.get(start, ()):
            blamed.add(self._plain(claim.attributed_to) or "")
        here = self.sentence_of(start)
        sides = {
            side.party
            for mention in self.nearest(start)
            if mention.sentence == here and mention.kind == "country" and (side := self._direct(clean(mention.text))) is not None
        }
        party = next(iter(sides)) if len(sides) == 1 else None
        if party is None or party in blamed or party not in self._principals or self.is_group(party):
            return None
        own = self._direct(text, party)
        return because(own, f"the sentence of “{text}” tells of {party}") if own is not None else None

    def _by_seat(self, text: str, start: int) -> Answer | None:
        """ "In <Capital>, the prosecutor's office said": of the side that sits there."""
        here = self.sentence_of(start)
        opening = self.reading.sentences[here].start_char
        for mention in self.before(start, sentences=1):
            lead = self.reading.document.text[opening : mention.start_char].strip().lower()
            if mention.sentence == here and mention.kind in ("country", "group", "role", "body") and SIDE_OPENING.match(lead):
                side = self._direct(clean(mention.text))
                is_side = mention.kind == "country" or clean(mention.text).lower().endswith(("side", "part"))
                if is_side and side is not None and (side.party in self._principals or side.how.startswith("capital")):
                    bare = ARTICLE.sub("", text)
                    return because(self._direct(bare, side.party) or side, f"“{text}” in “{clean(mention.text)}”")
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
            return because(self._direct(text, side.party) or side, f"the paragraph is about “{clean(mention.text)}”")
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
        if head in GROUPS and alike and not in_headline and alike[0].start_char > start:
            return None
        if alike and not in_headline and alike[0].start_char > start:
            # named only further on: what it tells of says more
            own = self._of_the_struck(text, start) or self._at_home(text, start)
            if own is not None:
                return own
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
                here = self._of_the_paragraph(text, start, mention, depth) if not in_headline else None
                return here or because(match, f"the last {head} named is “{written}”", written)
        return None

    def _of_the_paragraph(self, text: str, start: int, named: Mention, depth: int) -> Answer | None:
        """ "<Capital> gave another account. It said … The ministry added": of the one side that speaks in the paragraph.

        Only where the body of that name stands in another paragraph.
        """
        sentence = self.sentence_of(start)
        if self.is_paragraph(named.sentence, sentence) or head_word(text) not in SEATED_HEADS:
            return None
        found: dict[str, Answer] = {}
        for mention in self.before(start, sentences=4):
            if not self.is_paragraph(mention.sentence, sentence):
                break
            if not mention.speaks or mention.quoted_by is not None or mention.sentence == sentence:
                continue
            teller = self.answer(mention.text, mention.start_char, depth + 1)
            if teller is None or teller.party is None:
                return None
            found.setdefault(teller.party, teller)
        party = next(iter(found)) if len(found) == 1 else None
        if party is None or party not in self._principals or self.is_group(party) or party in self._blamed.get(start, ()):
            return None
        own = self._direct(text, party)
        return because(own, f"“{text}” in a paragraph told by {party}") if own is not None and own.party == party else None

    def _side_in(self, voice: Voice | None) -> str | None:
        """The one principal whose name stands in a voice's words: "the positions of the <People> army and villages"."""
        if voice is None or not voice.text:
            return None
        named = {self._plain(Voice(text=word)) for word in re.findall(r"\b[A-Z][\w’'-]+", voice.text)} - {None}
        return next(iter(named)) if len(named) == 1 else None

    def _of_the_struck(self, text: str, start: int) -> Answer | None:
        """ "<People> forces shelled villages in A, the ministry said": of the state that complains of it."""
        document = self.reading.document.text
        for claim in self._told.get(start, ()):
            doer = self._plain(claim.attributed_to)
            if act_class(claim.act) != "ASSAULT" or claim.stance != "asserts" or doer is None:
                continue
            if not AGGRIEVED.search(document, claim.sentence_start_char, claim.sentence_end_char):
                continue
            named = self._plain(claim.target) or self._side_in(claim.target)
            struck = {named} if named else {self._holder(clean(place.text)) for place in claim.places if place.role != "origin"}
            party = next(iter(struck)) if len(struck) == 1 else None
            if party is None or party == doer or party not in self._principals or self.is_group(party):
                continue
            own = self._direct(text, party)
            if own is not None and own.party is not None:
                return because(own, f"“{text}” complains of fire on {party}")
        return None

    def _of_a_people(self, head: str, start: int) -> Answer | None:
        """ "a <People> army post was hit, the army said": the army that its own sentence names, in whatever phrase."""
        if head not in ("army", "military", "navy"):
            return None
        number = self.sentence_of(start)
        opening = self._sentence_starts[number] if number < len(self._sentence_starts) else start
        before = self.reading.document.text[opening:start]
        writings: list[str] = re.findall(rf"\b[A-Z][\w-]+ (?:[Dd]efen[cs]e )?(?i:{head})\b(?: of [A-Z]\w+)?", before)
        for written in reversed(writings):
            match = self._direct(written)
            if match is not None and match.party is not None:
                return because(match, f"its own sentence names the {written}", written)
        return None

    def _last_mission(self, start: int, head: str, *, is_kept: bool = False) -> Answer | None:
        """ "the force", "the mission": the mission or force named last; no army is a mission, whose spokesman names it too."""
        kinds = ("mission", "force") if head == "force" else ("mission",)
        for mention in self.before(start):
            if mention.kind not in ("body", "group", "person"):
                continue
            written = clean(mention.text)
            for name in dict.fromkeys((written, *(word for word in written.split() if word[:1].isupper()))):
                match = self.actors.lookup(name, self.on)
                if match is not None and match.kind in kinds and match.party is not None:
                    return because(self._direct(name), f"the last {head} named is “{written}”")
        keepers = {code for code, body in self.actors.table.bodies if body == _PEACEKEEPERS} if is_kept else set()
        named = {code for m in self.before(start) if (code := self._party_in(m)) is not None} if len(keepers) > 1 else keepers
        party = next(iter(keepers & named)) if len(keepers & named) == 1 else None
        return (
            because(self._direct(_PEACEKEEPERS, party), f"the theatre knows one {_PEACEKEEPERS}") if party is not None else None
        )

    def _party_in(self, mention: Mention) -> str | None:
        match = self.actors.lookup(clean(mention.text), self.on) if mention.kind != "pronoun" else None
        return match.party if match is not None else None

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
        is_state = STATE_BODY.match(self.reading.document.text[start : start + 40]) is not None
        if is_state and match.party is not None and self.is_group(match.party):
            return None  # an armed group has no defence officials
        return because(match, f"the only {head} named in the document is {match.name}")

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
                return because(answer, f"of the side of “{clean(mention.text)}”", clean(mention.text))
        return None
