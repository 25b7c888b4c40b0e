"""Antecedents: whom a pronoun, a role or a surname stands for, from what the document said before (and, at need, after).

Order: the names that the actor index knows; owners ("his forces", "the region's army"); the same name or head word elsewhere in
the document; then subject, speaker and recency. Nothing here guesses without a mention that supports it.
"""

from __future__ import annotations

import re
from itertools import pairwise

from trucewatch.model.codebook import act_class
from trucewatch.stages.resolve.answer import Answer, because
from trucewatch.stages.resolve.phrases import (
    ABOARD,
    ARTICLE,
    BOTH,
    COUNTED,
    ENEMY,
    FIRST,
    GENITIVE,
    GROUPS,
    NAMED_PEOPLE,
    NEUTER,
    OF,
    OF_A_TOWN,
    OFFICIAL,
    OPPOSITE,
    PERSONAL,
    PLURAL,
    POSSESSIVE,
    PUBLISHED,
    REGIME,
    SEATED,
    SEATED_BODY,
    SEVERAL,
    STATE_BODY,
    STATEMENT,
    STATEMENTS_BY,
    STATES_OF_BOTH,
    STATES_OWN,
    TITLE,
    UNTOLD,
    VAGUE,
    clean,
    head_word,
    local_part,
)
from trucewatch.stages.resolve.pronouns import Pronouns

__all__ = ["Answer", "Document"]

# "Gen. Anna Roth, the army chief of staff"
_OF_A_FORCE = re.compile(
    r"(?:the|an?)\s+(?:[a-z]+\s+)?"
    r"(?P<body>army|military|navy|air force|defen[cs]e ministry|foreign ministry|government|cabinet)\b"
    r"(?:['’]s)?\s+\w",
    re.I,
)
_ONE_OF_A_PEOPLE = re.compile(r"an?\s+(?P<people>[A-Z]\w+)(?=,|\s+(?:from|who|living|aged|in|of)\b|$)")
_HIS_VOICE = re.compile(r"(?:[a-z]+\s+)?(?:spokes\w+|office|press secretary|adviser|aides?|deputy|lawyer)\b", re.I)
_SPOKESMAN_NAMED = re.compile(r"[Ss]pokes\w+,? [A-Z]")
# "the Army Command - Directorate of Press"
_DASH = re.compile(r"\s+[-–—]+\s+")
# right behind a name: what its bearer heads or speaks for
_WHO_LEADS = re.compile(
    r",?\s+who\s+(?:also\s+|currently\s+|now\s+)?(?:commands?|commanded|heads?|headed|leads?|led|runs?|ran|chairs?|chaired|represents?"
    r"|speaks for|directs?|oversees|governs)\s+(?P<body>[^,.;:“”\"\n]{2,60})"
)


class Document(Pronouns):
    """The mentions of one reading, asked who a phrase at an offset stands for. Answers are kept.

    One class in chapters, each on the one before: `Asking`, `Bodies`, `Locals`, `Nearby`, `Heads`, `Pronouns`, and this.
    """

    def _is_writers_own(self, start: int) -> bool:
        """Whether "our" is the issuer's own word, also in what it says that others said: "its claims that our units fired"."""
        whole = self.reading.document.text
        line = whole.rfind("\n", 0, start) + 1
        # "Roth: our units fired", and what is announced in the line before, are the other's words
        is_given_out = ":" in whole[line:start] or whole[:line].rstrip().endswith(":")
        return not is_given_out and self.by_issuer("our", start) is not None

    def _answer(self, text: str, start: int, depth: int) -> Answer | None:
        word = text.lower()
        if not text:
            return None
        if word in FIRST and text != "US":
            if self._is_writers_own(start):
                return self.by_issuer(text, start)
            return because(self.speaker_at(start, depth), f"“{text}” is the speaker") or self.by_issuer(text, start)
        if (itself := self.by_issuer(text, start)) is not None:
            return itself
        if word in PERSONAL | NEUTER | PLURAL:
            return self._pronoun(word, start, depth)
        if word.startswith("whose "):
            before = next((m for m in self.before(start) if start - m.end_char <= 3), None)
            return (
                because(self.answer(before.text, before.start_char, depth + 1), f"of “{clean(before.text)}”") if before else None
            )
        if word in ("who", "which", "that", "this", "these", "those", "you", "what"):
            return None
        if OPPOSITE.match(word) and (other := self._opponent(start, depth)) is not None:
            return other
        counted = COUNTED.match(text)
        if counted is not None and (whose := self._direct(text[counted.end() :])) is not None and whose.party is not None:
            return whose
        if BOTH.match(word) and not NAMED_PEOPLE.match(text):
            if STATES_OF_BOTH.search(word) and (pair := self._pair_named(start)) is not None:
                return pair
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
        if (both := self._of_both(text)) is not None:
            return both
        if word in ("the latter", "the former"):
            return self._latter(text, start, depth)
        if SEVERAL.match(word):
            return self._just_named(text, start, depth)
        if ENEMY.match(word) or (REGIME.fullmatch(word) and (self.home is not None or self.speaker_at(start, depth) is not None)):
            return self._name_within(text) or self._opponent(start, depth) or self._called_enemy
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
        by = STATEMENTS_BY.match(text)
        if by and (said := self.answer(by["who"], start + by.start("who"), depth + 1)) is not None and said.party is not None:
            return because(said, f"“{text}” are those of “{by['who']}”", by["who"])
        owned = POSSESSIVE.match(text)
        if owned:
            return self._owned(text, owned, start, depth)
        direct = None if self._is_of_a_people(text.partition(", ")[2]) else self._direct(text)
        if direct is not None and (direct.party is not None or direct.actor_id is not None):
            is_described = direct.actor_id is None and direct.how.startswith("description")
            is_near = is_described and local_part(text) is not None
            near = (
                self._place_before(text, start, self._blamed.get(start, set()))
                if is_near and self._has_struck(direct.party, start)
                else None
            )
            near = near or (self._by_town_of_the_paragraph(text, start) if is_near else None)
            return near or (self._local(text) if is_described else None) or self._hosted(text, direct, start) or direct
        if (
            (parts := _DASH.split(text, maxsplit=1))[1:]
            and (above := self._direct(parts[0])) is not None
            and above.party is not None
        ):
            return because(above, f"“{text}” begins with “{parts[0]}”", parts[0])
        published = PUBLISHED.match(text)
        if published and (publisher := self._direct(published["who"])) is not None and publisher.party is not None:
            return because(publisher, f"“{text}” is published by {publisher.name}", published["who"])
        if UNTOLD.match(text):
            return self._local(text) or self._by_owner(text, start, depth) or direct
        return (
            self._as_written(text, start, depth)
            or self._local(text)
            or self._there(text, start)
            or self._of_letters(text, start, depth)
            or self._spokesman_of_its_arms(text, start)
            or self._only_bearer(text, start)
            or self._of_the_cabinet_told(text, start)
            or self._of_the_state_that_spoke(text, start)
            or self._by_owner(text, start, depth)
            or (self._by_seat(text, start) if OFFICIAL.search(text) or SEATED_BODY.search(text) else None)
            or self._of_a_named_people(text)
            or self._of_a_body(text, start, depth)
            or self._of_a_titled_people(text, start)
            or self._by_document(text, start, depth)
            or self._official_by_topic(text, start)
            or self._after_its_like(text, start, depth)
            or direct
        )

    def _has_struck(self, party: str | None, start: int) -> bool:
        """Whether a side, or an ally of it, is told to have struck right before: those who count the victims are another's."""
        here = self.sentence_of(start)
        for claim in self.reading.claims:
            doer = self._plain(claim.attributed_to)
            if doer is None or act_class(claim.act) != "ASSAULT" or not 0 <= here - self.sentence_of(claim.start_char) <= 1:
                continue
            if doer == party or (party is not None and self._is_ally(doer, {party})):
                return True
        return False

    def _of_a_named_people(self, text: str) -> Answer | None:
        """ "an <People> Su-25", "two <People> militaries": whatever it is, of the people named before it."""
        match = NAMED_PEOPLE.match(text)
        found = self._direct(match["people"]) if match is not None else None
        if match is None or found is None or found.party is None or ";" in found.party or found.actor_id is not None:
            return None
        return Answer(
            actor_id=None, name=None, party=found.party, confidence=0.5, how=f"“{text}”: {match['people']}", via=match["people"]
        )

    def _owned(self, text: str, owned: re.Match[str], start: int, depth: int) -> Answer | None:
        """ "his spokesman, A B", "its forces": the thing itself where it is known, else the owner's side."""
        thing = text[owned.end() :]
        named = self._direct(thing)
        if named is not None and named.actor_id is not None and any(part[:1].isupper() for part in thing.split()):
            return named
        if OF_A_TOWN.match(thing) and (town := self._place_before(text, start, self._blamed.get(start, set()))) is not None:
            return town
        if ABOARD.match(thing):
            return None  # "its crew": of a tank told of before, whosever it was
        owner = (
            self._country_before(thing, start) or self._of_the_subject(thing, start) or self._armed_before(thing, start, depth)
        )
        owner = owner or self.answer(owned.group().split()[0], start, depth + 1)
        if owner is None and _HIS_VOICE.match(thing):
            # "Anna Roth called for calm, her spokesman said"
            owner = self._person_in_sentence(owned.group().split()[0].lower(), start, depth)
        if owner is None or owner.party is None:
            return None
        if ";" not in owner.party:
            inside = self._direct(thing, owner.party)
            if inside is not None and inside.party is not None:
                return because(inside, f"“{text}” belongs to {owner.name or owner.party} ({owner.how})", owner.name)
        return Answer(
            actor_id=None,
            name=None,
            party=owner.party,
            confidence=0.6 * owner.confidence,
            how=f"“{text}” belongs to {owner.name or owner.party}",
            via=owner.name,
        )

    def _country_before(self, thing: str, start: int) -> Answer | None:
        """ "A thousand crossed into <Country>, its government said": of the one country told of before the comma."""
        text = self.reading.document.text
        if not STATE_BODY.match(thing) or text[max(0, start - 2) : start].strip() not in (",", "”", '"'):
            return None
        here = self.sentence_of(start)
        named = [m for m in self.before(start, sentences=0) if m.sentence == here and m.kind == "country"]
        sides = {m.text: side for m in named if (side := self._direct(clean(m.text))) is not None and side.party is not None}
        if len({side.party for side in sides.values()}) != 1 or len(named) == 0:
            return None
        return because(next(iter(sides.values())), f"the sentence tells of “{clean(named[0].text)}”", clean(named[0].text))

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

    def _by_owner(self, text: str, start: int, depth: int) -> Answer | None:
        """ "the region's army", "the president of the republic": through whoever owns it."""
        match = GENITIVE.match(text) or OF.match(text) or SEATED.match(text)
        if not match:
            return None
        owner = self._of_the_land(match["owner"]) or self._of_the_fallen(match["owner"], start)
        owner = owner or self.answer(match["owner"], start, depth + 1)
        if owner is None or owner.party is None or ";" in owner.party:
            return None
        thing = self._direct(match["thing"], owner.party)
        how = f"“{match['thing']}” of {owner.name or owner.party} ({owner.how})"
        if thing is not None and thing.party is not None:
            return because(thing, how, owner.name)
        return Answer(actor_id=None, name=None, party=owner.party, confidence=0.6 * owner.confidence, how=how, via=owner.name)

    def _by_document(self, text: str, start: int, depth: int) -> Answer | None:
        """The same name written longer, a description beside the name, or the same head word with its owner, elsewhere."""
        if STATEMENT.match(text):
            inner = STATEMENT.sub("", text)
            body = re.search(r"(ministry|army|military|government|presidency|office)\s+\w+$", text, re.I)
            if body:
                return self._by_head(f"the {body.group(1).lower()}", start, depth)
            return because(self._last_speaker(start, depth, None), f"“{text}” is the last speaker's{inner}")
        bare = TITLE.sub("", text)
        names = [part for part in re.findall(r"[^\W\d_][\w'’-]+", bare) if part[0].isupper()]
        if names and not ARTICLE.match(text):
            found = self._by_name(names[-1], text, start, depth)
            if found is not None:
                return found
        here = self.mention_at(text, start)
        is_bare_name = here is not None and here.kind == "person" and here.speaks and here.description is None
        if (
            is_bare_name
            and names
            and not ARTICLE.match(text)
            and (again := self._name_of_who_spoke(text, start, depth)) is not None
        ):
            return again
        if here is not None and here.description:
            match = self._by_description(clean(here.description), start, depth)
            if match is not None and match.party is not None:
                return Answer(
                    actor_id=None,
                    name=text,
                    party=match.party,
                    confidence=0.8 * match.confidence,
                    how=f"described as “{clean(here.description)}”",
                    via=here.description,
                )
        if here is not None and here.description and (of := _OF_A_FORCE.match(clean(here.description))) is not None:
            own = self.answer(f"the {of['body'].lower()}", here.start_char, depth + 1)
            if own is not None and own.party is not None:
                return because(own, f"described as “{clean(here.description)}”", here.description)
        if here is not None and here.speaks and (led := self._of_what_he_leads(here.end_char, depth)) is not None:
            return led
        return self._by_head(text, start, depth) if head_word(text) else None

    def _by_description(self, about: str, start: int, depth: int) -> Answer | None:
        """Whose somebody is by the words beside his name."""
        return None if self._is_of_a_people(about) else self._direct(about) or self._by_owner(about, start, depth + 1)

    def _is_of_a_people(self, description: str) -> bool:
        """ "a Southlander from X who keeps a shop": of a people that is at no odds here, and nobody's voice."""
        found = _ONE_OF_A_PEOPLE.match(re.sub(r"^\d+, ", "", description))
        side = self._direct(found["people"]) if found is not None else None
        return side is not None and side.party not in self._principals

    def _of_what_he_leads(self, end: int, depth: int) -> Answer | None:
        """ "Gen. Anna Roth, who commands the mission, said": of the body that the aside names."""
        led = _WHO_LEADS.match(self.reading.document.text, end)
        found = self.answer(led["body"], led.start("body"), depth + 1) if led is not None else None
        if led is None or found is None or found.party is None:
            return None
        return because(found, f"leads “{led['body']}”", led["body"])

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
                described = self._by_description(about, mention.start_char, depth)
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
                    best = because(match, f"named “{written}” elsewhere in the document", written)
        return best

    def _pair_named(self, start: int) -> Answer | None:
        """ "Urged A and B to act. … both countries": two states named together in this sentence or the one before."""
        named = [m for m in self.before(start, sentences=1) if m.kind == "country"]
        text = self.reading.document.text
        for later, earlier in pairwise(named):
            if not re.fullmatch(r"\s*,?\s+and\s+(?:the\s+)?", text[earlier.end_char : later.start_char]):
                continue
            first, second = self._direct(clean(earlier.text)), self._direct(clean(later.text))
            if first is None or second is None or None in (first.party, second.party) or first.party == second.party:
                continue
            how = f"“{clean(earlier.text)} and {clean(later.text)}” were named right before"
            return Answer(actor_id=None, name=None, party=f"{first.party};{second.party}", confidence=0.5, how=how)
        return None

    def _just_named(self, text: str, start: int, depth: int) -> Answer | None:
        """ "The three leaders", right after those persons were named: their side, where they are of one."""
        found: dict[str, Answer] = {}
        for mention in self.before(start, sentences=2):
            if not self.is_person(mention) or mention.kind == "pronoun" or mention.quoted_by is not None:
                continue
            who = self.answer(mention.text, mention.start_char, depth + 1)
            if who is not None and who.party is not None:
                found.setdefault(who.party, who)
        one = next(iter(found.values())) if len(found) == 1 else None
        if one is None:
            return None
        how = f"“{text}” are those of {one.party} just named"
        return Answer(actor_id=None, name=None, party=one.party, confidence=0.5, how=how, via=one.name)

    def _official_by_topic(self, text: str, start: int) -> Answer | None:
        """A spokeswoman whom nobody knows, right after the body that she speaks for."""
        if not OFFICIAL.search(text) or GENITIVE.match(text) or OF.match(text):
            return None
        here = self.sentence_of(start)
        for mention in self.before(start, sentences=3):
            if mention.kind not in ("body", "country") or not mention.is_subject or mention.quoted_by is not None:
                continue
            # a quotation of several sentences may stand between
            is_near = mention.speaks and mention.sentence < here and self.is_paragraph(mention.sentence, here)
            is_right_before = mention.sentence == here - 1 or (is_near and _SPOKESMAN_NAMED.match(text) is not None)
            if not is_right_before:
                continue
            if head_word(text) in VAGUE and not (mention.speaks and self.is_paragraph(mention.sentence, here)):
                continue  # "Officials said": of the body that spoke right before, in the same paragraph
            if self.any_teller(mention.start_char) is not None and not mention.speaks:
                continue
            side = self._direct(clean(mention.text))
            if (side is None or side.party is None) and mention.speaks:
                side = self.answer(mention.text, mention.start_char, 1)
            if side is not None and side.party is not None and self.is_group(side.party) and STATES_OWN.search(text):
                continue
            if side is not None and side.party is not None and ";" not in side.party:
                return because(side, f"right after “{clean(mention.text)}”", clean(mention.text))
        return None
