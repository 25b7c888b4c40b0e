"""Pronouns: the teller, the one right before, the subject told of, the last speaker, in that order."""

from __future__ import annotations

import re

from trucewatch.model.records import Mention
from trucewatch.stages.resolve.answer import Answer, because
from trucewatch.stages.resolve.heads import Heads
from trucewatch.stages.resolve.phrases import (
    BODIES,
    FORCE_HEADS,
    GROUPS,
    MOVING,
    NEUTER,
    PERSONAL,
    PLURAL,
    TOPIC,
    TROOPS,
    WHILE,
    agrees,
    clean,
    gender_fits,
    head_word,
)

_DENIES = re.compile(r"\b(?:den(?:y|ies|ied|ying)|reject|dismiss|refut|rebut|disput|contest)\w*", re.I)
# a pronoun right behind this opens a clause of its own
_SECOND_THAT = re.compile(
    r"\b(?:and|but|or|while) (?:that"
    r"|(?:also |later |then )?(?:said|says|added|claimed|insisted|stressed|maintained)(?: that)?)\s+$",
    re.I,
)
_RELATIVE = re.compile(r"\b(?:which|whom|who|that|what)\s+$", re.I)
_IT_DENIES = re.compile(rf"it (?:has |had |also |later |again )*{_DENIES.pattern}", re.I)
_A_CROWD = re.compile(
    r"(?:(?:The|Some|Several|Dozens of|Hundreds of|Many)\s+)?(?:families|relatives|mothers|people|protesters|demonstrators"
    r"|villagers|survivors|refugees|activists|students|workers|drivers|shopkeepers)\b",
    re.I,
)
_A_CHARGE = re.compile(r", an? (?:charge|claim|accusation|allegation)\s+$", re.I)
_OWNER_BESIDE = re.compile(r"\b(?P<who>[A-Z]\w+)['’]s [^.;:“”\"]{2,60}?,? (?:and|or) $")
# roles that are one body: "the mission has issued a statement. It says …"
_ONE_BODY = FORCE_HEADS | BODIES | {"ministry", "army", "government", "police", "municipality"}
_ANSWERS_IT = re.compile(rf"\s+(?:has |have |had )?{_DENIES.pattern}(?:\s+\w+)?;\s+", re.I)
_NEW_CLAUSE = re.compile(r"(?:;|, (?:and|but|yet|though|while))\s+$")


class Pronouns(Heads):
    """Whom "it", "he" and "they" stand for."""

    def _pronoun(self, word: str, start: int, depth: int) -> Answer | None:
        here = self.mention_at(word, start)
        wants_person = word in PERSONAL
        speaks = bool(here and here.speaks) and word not in ("its", "his", "her", "their")
        if word == "its" and (found := self._owner_beside(start)) is not None:
            return found
        # inside what somebody tells, "it" and "his" are mostly the teller's own
        teller = self.teller(start, wants_person, word in PLURAL)
        if teller is not None and word == "they" and teller.start_char > start and self._is_single_body(teller):
            teller = None
        if teller is not None and word == "they" and teller.kind == "person" and not teller.is_plural:
            teller = None  # "he condemned the settlers, saying they had burned it": one man is no "they"
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
        if speaks and wants_person and (found := self._person_opening_before(word, start, depth)) is not None:
            return found
        if word in NEUTER and (found := self._topic(start, depth)) is not None:
            return found
        if speaks and not wants_person and (found := self._subject_of_clause(word, start, depth)) is not None:
            return found
        if speaks and word in ("it", "they") and (found := self._subject_of_sentence_before(start, depth, word)) is not None:
            return found
        if speaks and word == "it" and (found := self._subject_of_relative(start, depth)) is not None:
            return found
        if (found := self._force_just_before(word, start, depth)) is not None:
            return found
        # "X said that A had crossed and that its troops fired": the second clause is the teller's again
        is_told_on = teller is not None and _SECOND_THAT.search(self.reading.document.text, max(0, start - 20), start)
        near = None if speaks or is_told_on else self.in_sentence(start, word)
        # "A keeps people out, and yesterday it burned a wood, the mayor said": the subject goes on; who tells comes after
        is_behind = teller is not None and teller.start_char > start and word == "it" and here is not None and here.is_subject
        # who stands beside the teller's name ("X, which is armed by Y, said it had …") is not told of in his words
        is_told_of = near is not None and (teller is None or any(a <= near.start_char < b for a, b in teller.speaks))
        if near is not None and (is_told_of or is_behind):
            found = self.answer(near.text, near.start_char, depth + 1)
            if found is not None and found.party is not None:
                return because(found, f"“{word}” after “{clean(near.text)}”", clean(near.text))
        if teller is not None:
            teller = self._denier_of(teller) or teller
            found = self.answer(teller.text, teller.start_char, depth + 1)
            if found is not None:
                return because(found, f"“{word}” is the speaker, “{clean(teller.text)}”", clean(teller.text))
        if speaks and wants_person and (found := self._person_in_sentence(word, start, depth)) is not None:
            return found
        if speaks and word == "they" and self._crowd_before(start):
            return None
        found = self._last_speaker(start, depth, wants_person if word not in PLURAL else None, word) if speaks else None
        if found is not None:
            return because(found, f"“{word}” is the last speaker")
        if word == "it" and not speaks and (found := self._teller_of_sentence_before(start, depth)) is not None:
            return found
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
                return because(found, f"“{word}” after the subject “{clean(mention.text)}”", clean(mention.text))
        if word in ("they", "them") and self.quoted_by(start) is not None:
            # "We fired because they crossed the line": whom the speaker fights
            return self._opponent(start, depth)
        return because(self._last_speaker(start, depth, None), f"“{word}” is the last speaker") if speaks else None

    def _owner_beside(self, start: int) -> Answer | None:
        """ "<Country>'s posts on the hills and its daily raids": the owner of the other half of the noun phrase.

        Only of a deed told by that phrase, which then begins with the owner: "struck <Country>'s base and its men fired" opens
        a clause of the teller's own.
        """
        text = self.reading.document.text
        beside = _OWNER_BESIDE.search(text, max(0, start - 90), start)
        if beside is None or not any(
            claim.attributed_to is not None
            and claim.attributed_to.start_char == start
            and claim.start_char <= beside.start()
            and text[claim.start_char : beside.start()] in ("", "that ")
            for claim in self.reading.claims
        ):
            return None
        owner = self._direct(beside["who"])
        if owner is None or owner.party is None or owner.party in self._blamed.get(start, ()):
            return None
        return because(owner, f"“its” beside “{beside['who']}'s”", beside["who"])

    def _subject_of_clause(self, word: str, start: int, depth: int) -> Answer | None:
        """ "Northland has given no figures; it says …": the state or body that the clause before a new one is about."""
        sentence = self.sentence_of(start)
        text = self.reading.document.text
        if not _NEW_CLAUSE.search(text, self._sentence_starts[sentence], start):
            return None
        told = [m for m in self.before(start, sentences=0) if m.sentence == sentence and m.is_subject]
        # "A accuses B of it, which the group denies; it says …": who answers goes on
        answers = bool(told) and _ANSWERS_IT.fullmatch(text, told[0].end_char, start) is not None
        is_body = answers and told[0].kind == "role" and head_word(clean(told[0].text)) in _ONE_BODY | GROUPS
        bodies = [mention for mention in reversed(told) if mention.kind in ("country", "body", "group")]
        for mention in told[:1] if is_body or (answers and told[0] in bodies) else bodies:
            if not agrees(mention, word) or self.any_teller(mention.start_char) is not None:
                continue
            found = self.answer(mention.text, mention.start_char, depth + 1)
            if found is not None and found.party is not None:
                return because(found, f"“{word}” after the subject “{clean(mention.text)}”", clean(mention.text))
        return None

    def _denier_of(self, teller: Mention) -> Mention | None:
        """ "A denied B's claim that it had fired": whoever denies what another says of him is the one it tells of."""
        outer = self.any_teller(teller.start_char)
        if outer is None or outer.start_char >= teller.start_char or outer.sentence != teller.sentence:
            return None
        between = self.reading.document.text[outer.end_char : teller.start_char]
        return outer if _DENIES.search(between) and not re.search(r"\bthat\b", between) else None

    def _topic(self, start: int, depth: int) -> Answer | None:
        """ "As for <Capital>, its ministry denied it": what the sentence opens with."""
        sentence = self.sentence_of(start)
        text = self.reading.document.text
        for mention in self.before(start, sentences=0):
            if mention.sentence != sentence or not TOPIC.match(text[self._sentence_starts[sentence] : mention.start_char]):
                continue
            if text[mention.end_char : mention.end_char + 1] != ",":
                continue
            found = self.answer(mention.text, mention.start_char, depth + 1)
            if found is not None and found.party is not None:
                return because(found, f"the sentence is about “{clean(mention.text)}”", clean(mention.text))
        return None

    def _subject_of_relative(self, start: int, depth: int) -> Answer | None:
        """ "The treasury fined five men whom it accuses of …": the subject of the sentence, not who spoke before it."""
        text = self.reading.document.text
        is_charge = _A_CHARGE.search(text, max(0, start - 20), start) is not None
        if not is_charge and not _RELATIVE.search(text, max(0, start - 12), start):
            return None
        here = self.sentence_of(start)
        if _IT_DENIES.match(text, start):
            # "A accused B of it, which it denied"
            named = (m for m in self.before(start, sentences=0) if m.sentence == here and not m.is_subject)
            accused = next((m for m in named if m.kind in ("country", "body", "group") and self._plain_side(m)), None)
            if accused is not None:
                return because(
                    self._direct(clean(accused.text)), f"“it” is the accused, “{clean(accused.text)}”", clean(accused.text)
                )
        if is_charge:
            return None
        for mention in reversed(self.before(start, sentences=0)):
            if mention.sentence != here or not (mention.is_subject or mention.speaks) or mention.kind == "place":
                continue
            found = self.answer(mention.text, mention.start_char, depth + 1)
            if found is not None and found.party is not None and ";" not in found.party and mention.kind != "person":
                return because(found, f"“it” is the subject, “{clean(mention.text)}”", clean(mention.text))
            return None
        return None

    def _plain_side(self, mention: Mention) -> str | None:
        """The principal party that a mention's words name as such, and no place of its soil."""
        found = self.actors.lookup(clean(mention.text), self.on)
        return found.party if found is not None and found.party in self._principals else None

    def _subject_of_sentence_before(self, start: int, depth: int, word: str = "it") -> Answer | None:
        """ "<Capital> gave another account. It said …": the side that the sentence before, where nobody speaks, is about."""
        sentence = self.sentence_of(start)
        if not sentence or not self.is_paragraph(sentence - 1, sentence):
            return None
        here = [m for m in self.before(start, sentences=1) if m.sentence == sentence - 1]
        if any(m.speaks and m.kind != "pronoun" for m in here):
            return None
        about = next((m for m in reversed(here) if m.is_subject and m.quoted_by is None), None)
        is_body = about is not None and about.kind == "role" and (word == "they" or head_word(clean(about.text)) in _ONE_BODY)
        if about is None or not (is_body or about.kind in ("country", "body", "group")):
            return None
        if word == "they" and not about.is_plural:
            return None
        if word == "it" and (about.is_plural or not agrees(about, "it")) and not self._is_one_body(about):
            return None
        if self.any_teller(about.start_char) is not None:
            return None
        found = self.answer(about.text, about.start_char, depth + 1)
        if found is None or found.party is None or ";" in found.party:
            return None
        return because(found, f"“{word}” after the subject “{clean(about.text)}”", clean(about.text))

    def _teller_of_sentence_before(self, start: int, depth: int) -> Answer | None:
        """ "<Country>'s army said that B had broken the truce. It has sent troops": whose sentence it was, and not B."""
        sentence = self.sentence_of(start)
        if not sentence or start != self._sentence_starts[sentence] or not self.is_paragraph(sentence - 1, sentence):
            return None
        here = [m for m in self.before(start, sentences=1) if m.sentence == sentence - 1 and m.quoted_by is None]
        speakers = [m for m in here if m.speaks]
        if len(speakers) != 1 or not speakers[0].is_subject or speakers[0].kind == "pronoun" or not agrees(speakers[0], "it"):
            return None
        teller = speakers[0]
        if self.is_person(teller) or any(first < teller.start_char for first, _ in teller.speaks):
            return None
        found = self.answer(teller.text, teller.start_char, depth + 1)
        if found is None or found.party is None or ";" in found.party:
            return None
        return because(found, f"“it” after “{clean(teller.text)}”, who told of it", clean(teller.text))

    def _crowd_before(self, start: int) -> bool:
        """ "Relatives marched through the town. They say …": people of no side, and not who spoke further up."""
        sentence = self.sentence_of(start)
        if not sentence or start != self._sentence_starts[sentence] or not self.is_paragraph(sentence - 1, sentence):
            return False
        return _A_CROWD.match(self.reading.document.text, self._sentence_starts[sentence - 1]) is not None

    def _person_opening_before(self, word: str, start: int, depth: int) -> Answer | None:
        """ "Anna Roth, who flew in on Monday, called for talks. She …": the person whom the sentence before opens with."""
        sentence = self.sentence_of(start)
        if not sentence or not self.is_paragraph(sentence - 1, sentence):
            return None
        here = [m for m in self.before(start, sentences=1) if m.sentence == sentence - 1 and m.quoted_by is None]
        opening = self._sentence_starts[sentence - 1]
        first = next((m for m in here if m.start_char == opening and m.kind == "person" and not m.is_plural), None)
        if first is None or first.speaks or first.is_subject or not gender_fits(first, word):
            return None
        if any(m.speaks and m.kind != "pronoun" for m in here):
            return None
        found = self.answer(first.text, first.start_char, depth + 1)
        if found is None or found.party is None:
            return None
        return because(found, f"“{word}” after “{clean(first.text)}”", clean(first.text))

    def _person_in_sentence(self, word: str, start: int, depth: int) -> Answer | None:
        """ "Called for Roth's resignation after he said …": the one person whom the sentence has named, in whatever place."""
        here = self.sentence_of(start)
        for mention in self.before(start, sentences=0):
            if mention.sentence != here or not self.is_person(mention) or mention.quoted_by is not None:
                continue
            if mention.kind == "pronoun" or mention.is_plural or not gender_fits(mention, word):
                continue
            found = self.answer(mention.text, mention.start_char, depth + 1)
            if found is not None and found.party is not None:
                return because(found, f"“{word}” after “{clean(mention.text)}”", clean(mention.text))
            return None
        return None

    def _is_one_body(self, mention: Mention) -> bool:
        """Whether a plural is the name of one body: "the <Country> Defence Forces did not comment. It said …"."""
        match = self.actors.lookup(clean(mention.text), self.on)
        return mention.kind == "body" and match is not None and match.actor_id is not None

    def _is_single_body(self, mention: Mention) -> bool:
        """ "They bombed it, the agency said": one body, which a reporter calls "it"."""
        return mention.kind in ("body", "country") and not mention.is_plural

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
                return because(found, f"“{word}” after “{clean(mention.text)}”", clean(mention.text))
        return None

    def _object_before(self, word: str, start: int, depth: int) -> Answer | None:
        """ "spoke with A and urged him": the one beside the subject, whom the sentence named last."""
        sentence = self.sentence_of(start)
        if word == "it" and (told := self._told_of_before(start, depth)) is not None:
            return told
        for mention in self.before(start, sentences=1):
            if mention.sentence != sentence or mention.is_subject or mention.speaks or not agrees(mention, word):
                continue
            if word == "him" and not self.is_person(mention):
                continue
            found = self.answer(mention.text, mention.start_char, depth + 1)
            if found is not None and found.party is not None:
                return because(found, f"“{word}” after “{clean(mention.text)}”", clean(mention.text))
        return None

    def _told_of_before(self, start: int, depth: int) -> Answer | None:
        """ "Roth said the party was gambling with peace, and urged it to stop": of whom she spoke right before."""
        sentence = self.sentence_of(start)
        around = self.any_teller(start)
        if self.quoted_by(start) is not None or (around is not None and not any(first == start for first, _ in around.speaks)):
            return None
        for mention in self.before(start, sentences=0):
            teller = self.any_teller(mention.start_char) if mention.sentence == sentence and mention.is_subject else None
            if teller is None or teller.start_char > mention.start_char or not agrees(mention, "it") or mention.kind == "pronoun":
                continue
            found = self.answer(mention.text, mention.start_char, depth + 1)
            own = self.answer(teller.text, teller.start_char, depth + 1)
            if found is None or found.party is None or (own is not None and own.party == found.party):
                continue
            return because(found, f"“it” after the subject “{clean(mention.text)}”", clean(mention.text))
        return None

    def _subject_just_before(self, word: str, start: int, depth: int) -> Answer | None:
        """ "The leader gave another account. He said …": the person whom the sentence before, or this one so far, is about."""
        sentence = self.sentence_of(start)
        here = self.mention_at(word, start)
        # a quotation of several sentences before "he said" is his, and what it names is not before it
        opens = min((first for first, _ in here.speaks), default=start) if here is not None else start
        for mention in self.before(start, sentences=1 + sentence - min(sentence, self.sentence_of(opens))):
            if opens < start and mention.start_char >= opens:
                continue
            fits = agrees(mention, word) or (self.is_person(mention) and gender_fits(mention, word))
            if not mention.is_subject or not fits:
                continue
            if mention.kind == "pronoun" or not (self.is_person(mention) or self.person_within(mention) is not None):
                continue
            teller = self.any_teller(mention.start_char)
            is_spoken_of = teller is not None and not teller.start_char <= mention.start_char < teller.end_char
            if is_spoken_of and teller is not None and self.is_person(teller):
                continue  # whom somebody else speaks of; a crowd or a ministry is no "he"
            if mention.sentence == sentence and mention.speaks:
                continue
            found = self.answer(mention.text, mention.start_char, depth + 1)
            if found is not None and found.party is not None:
                return because(found, f"“{word}” after the subject “{clean(mention.text)}”", clean(mention.text))
        return None
