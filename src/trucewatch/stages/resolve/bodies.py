"""Bodies, offices and officials whose own words lead to their side: “the State Service of A”, “the office of A's defender”.

Also those of a state outside the theatre (“the <People> premier, Anna Roth”), of “both sides”, and a state's bodies that go on
telling in a paragraph where one side's body has spoken.
"""

from __future__ import annotations

import re
from functools import cached_property

from trucewatch.stages.resolve.answer import Answer, because
from trucewatch.stages.resolve.asking import Asking
from trucewatch.stages.resolve.phrases import ARTICLE, CIVIL_BODY, LAND, STATE_BODY, clean, head_word

_BODY = (
    r"(?:service|ministry|committee|commission|office|agency|department|directorate|command|staff|council|bureau|authority|guard"
    r"|prosecution|prosecutor\w*|parliament|centre|center|administration|presidency|company|corps|court|fund|police|headquarters"
    r"|secretariat|embassy|mission|delegation|operator|unit|organisation|organization)"
)
# "the State Service of Security of <Country>": what stands behind the last "of" is whose it is
_OF_A_STATE = re.compile(
    rf"^(?:the\s+)?(?P<thing>[A-Z].*\b{_BODY}\b.*)\s+(?:of|in)\s+(?:the\s+)?(?P<owner>[A-Z][\w’' -]+)$", re.I
)
# "the office of <Country>'s Human Rights Defender", "the press service of the president"
_OFFICE_OF = re.compile(
    r"^(?:the\s+|an?\s+)?(?:press |private |media |information |communications? )?(?:office|service|secretariat|bureau|cabinet)"
    r"\s+of\s+(?P<owner>\S.*)$",
    re.I,
)
_OF_BOTH = re.compile(
    r"^(?:the\s+)?(?:[a-z-]+\s+){0,2}?(?:officials?|commanders?|authorities|sources?|militar(?:y|ies)|armies|leaders?|officers?"
    r"|spokes\w+|reports|statements|ministries|governments|people|residents|civilians|soldiers|men)\s+"
    r"(?:on|from|of|in)\s+(?:both|the two|either|each)\s+(?:[a-z]+\s+)?(?:sides?|parties|countries|armies|camps|states)$"
    r"|^(?:both|the two)\s+(?:sides|parties|countries|states|governments|armies)['’]s?\s+[a-z][a-z ]*$",
    re.I,
)
# "the <People> premier, Anna Roth": a title that no table lists
_PEOPLE_TITLE = re.compile(
    r"^(?:[Tt]he\s+|[Aa]n?\s+)?(?P<people>[A-Z][a-z]+)\s+(?P<title>[a-zà-ž][\w-]*(?:\s+[a-z][\w-]*){0,4})(?:,?\s+.*)?$"
)
_OF_STATES = re.compile(r"\b(?:countries|states|governments|ministries)\b", re.I)
_LATTER = re.compile(r"^the (?P<which>latter|former)$", re.I)
# what several states in an article have: told only by who spoke right before
_STATES = re.compile(
    r"^(?:the\s+|an?\s+|its\s+|local\s+)?(?:[a-z]+\s+){0,2}?(?:army|military|government|cabinet|authorities|presidency|ministry"
    r"|health department|officials?|police|spokes\w+|security (?:forces|service|source)|prosecutors?|emergency service"
    r"|company)\b",
    re.I,
)
_COUNTRY = re.compile(r"^(?:the|that)\s+(?:country|nation|state)$", re.I)
_ENEMY_PEOPLE = re.compile(r"\b(?P<people>[A-Z][a-z]+)\s+[Ee]nemy\b|\b[Ee]nemy\s+(?P<foe>[A-Z][a-z]+)\b")
_NAMELESS = re.compile(
    r"(?:(?:an?|the|two|three|some|several|other|senior|unnamed|many)\s+){0,2}"
    r"(?:(?:government|cabinet|ministerial|official|diplomatic|political|judicial|presidential|parliamentary)\s+)?"
    r"(?:officials?|sources?)",
    re.I,
)
_GOVERNS = re.compile(
    r"\b(?P<people>[A-Z][a-z]+)(?:['’]s)?\s+(?:[Ss]ecurity |[Ww]ar |[Cc]aretaker )?"
    r"(?:[Cc]abinet|[Gg]overnment|[Pp]arliament|[Mm]inisters?"
    r"|[Mm]inistry|[Pp]rime [Mm]inister|[Pp]resident|negotiators?|delegation)\b"
)
_ARMED = re.compile(
    r"(?:[a-z]+\s+)?(?:forces|troops|soldiers|army|military|jets|warplanes|planes|guns|gunners|artillery|drones|tanks|fighters)\b",
    re.I,
)
_LETTERS = re.compile(r"^(?:[Tt]he\s+)?(?P<letters>[A-Z]{2,6})$")
# what any government has: named bare right after its country has spoken
_OF_ANY_STATE = re.compile(
    r"^(?:the|a|its)\s+(?:foreign (?:ministry|minister|office)|defen[cs]e (?:ministry|minister)|ministry|government|presidency"
    r"|interior ministry)(?:\s+spokes\w+)?$",
    re.I,
)


class Bodies(Asking):
    """Whose the bodies are that say so themselves, and those that speak on after their like."""

    def _of_a_body(self, text: str, start: int, depth: int) -> Answer | None:
        """ "the State Service of Security of <Country>", "the office of <Country>'s defender"."""
        named = _OF_A_STATE.match(text)
        owner = self._direct(named["owner"]) if named is not None else None
        if named is not None and owner is not None and owner.party is not None and ";" not in owner.party:
            own = self._direct(named["thing"], owner.party)
            return own or because(owner, f"“{text}” is a body of {owner.name}", named["owner"])
        office = _OFFICE_OF.match(text)
        if office is not None:
            owner = self.answer(office["owner"], start + office.start("owner"), depth + 1)
            if owner is not None and owner.party is not None:
                return because(owner, f"“{text}” is the office of {owner.name or owner.party}", office["owner"])
        return None

    @cached_property
    def _called_enemy(self) -> Answer | None:
        """ "the enemy army", where the outlet has called one people "the <People> enemy"."""
        named = {m["people"] or m["foe"]: m for m in _ENEMY_PEOPLE.finditer(self.reading.document.text)}
        sides = [side for name in named if (side := self._direct(name)) is not None and side.party in self._principals]
        parties = {side.party for side in sides}
        return because(sides[0], f"the document calls {sides[0].name} the enemy") if len(parties) == 1 else None

    def _of_the_cabinet_told(self, text: str, start: int) -> Answer | None:
        """ "The <People> Cabinet accepted the truce, officials said": of the one state whose government the sentence tells of."""
        if start not in self._told or _NAMELESS.fullmatch(text) is None:
            return None
        opening = self._sentence_starts[self.sentence_of(start)]
        named = [self._direct(m["people"]) for m in _GOVERNS.finditer(self.reading.document.text, opening, start)]
        sides = {side.party: side for side in named if side is not None and side.party is not None and ";" not in side.party}
        sides = {party: side for party, side in sides.items() if not self.is_group(party or "")}
        party = next(iter(sides)) if len(sides) == 1 else None
        if party is None or party in self._blamed.get(start, ()):
            return None
        return because(sides[party], f"“{text}” right after the government of {party}")

    def _only_bearer(self, text: str, start: int) -> Answer | None:
        """ "the National Roads Board": of the one side of the theatre that has a body of that very name."""
        bare = ARTICLE.sub("", text)
        if len(bare.split()) < 3 or not all(word[:1].isupper() for word in bare.split() if len(word) > 3):
            return None
        found = {actor.party: actor for actor in self.actors.bearers(bare) if actor.party in self._principals}
        one = next(iter(found.values())) if len(found) == 1 else None
        if one is None or one.party in self._blamed.get(start, ()):
            return None
        how = f"only {one.party} has a “{bare}”"
        return Answer(actor_id=one.id, name=one.names[0], party=one.party, confidence=0.6, how=how)

    def _of_letters(self, text: str, start: int, depth: int) -> Answer | None:
        """ "the NSB", once "<Country>'s National Security Board (NSB)" has been named."""
        match = _LETTERS.match(text)
        if match is None:
            return None
        at = self.reading.document.text.find(f"({match['letters']})", 0, start)
        if at < 0:
            return None
        named = next((m for m in self.mentions if m.start_char < at <= m.end_char + 1), None)
        if named is None or named.kind not in ("body", "group", "role"):
            return None
        found = self.answer(named.text, named.start_char, depth + 1)
        return because(found, f"“{text}” is “{clean(named.text)}”", clean(named.text)) if found is not None else None

    def _of_the_state_that_spoke(self, text: str, start: int) -> Answer | None:
        """ "<Capital> condemned the raid. In a statement the foreign ministry said …": of the state that spoke right before.

        Only a state outside of the fight: of those within, more is told than who stands next.
        """
        here = self.sentence_of(start)
        if not _OF_ANY_STATE.match(text) or not here or not self.is_paragraph(here - 1, here):
            return None
        near = [m for m in self.before(start, sentences=1) if m.kind not in ("place", "pronoun") and m.quoted_by is None]
        if any(m.sentence == here and m.kind in ("country", "group") for m in near):
            return None
        about = next((m for m in reversed(near) if m.sentence == here - 1 and (m.is_subject or m.speaks)), None)
        side = self._direct(clean(about.text)) if about is not None and about.kind == "country" else None
        if about is None or side is None or side.party is None or side.party in self._at_odds:
            return None
        return because(self._direct(ARTICLE.sub("", text), side.party) or side, f"“{text}” right after “{clean(about.text)}”")

    def _of_both(self, text: str) -> Answer | None:
        """ "officials on both sides"."""
        sides = self.sides() if _OF_BOTH.match(text) else ()
        states = tuple(code for code in self._at_odds if getattr(self.actors.parties.get(code), "kind", "") == "state")
        if sides and len(states) == 2 and _OF_STATES.search(text):
            sides = states
        if len(sides) != 2:
            return None
        return Answer(
            actor_id=None, name=None, party=";".join(sides), confidence=0.6, how="the two sides most named in the document"
        )

    def _of_a_titled_people(self, text: str, start: int) -> Answer | None:
        """ "the <People> premier, Anna Roth": who speaks is of that people, whatever the title."""
        match = _PEOPLE_TITLE.match(text)
        if match is None or start not in self._told:
            return None
        people = self._direct(match["people"])
        if people is None or people.party is None or ";" in people.party or not people.how.startswith("adjective"):
            return None
        known = self.actors.parties.get(people.party)
        if known is not None and known.kind == "group":
            return None
        how = f"“{text}”: {match['people']}"
        return Answer(actor_id=None, name=clean(text), party=people.party, confidence=0.6, how=how, via=match["people"])

    def _latter(self, text: str, start: int, depth: int) -> Answer | None:
        """ "A wrote to B, the latter's office said": the one named last; "the former": the first in the sentence."""
        match = _LATTER.match(text)
        if match is None:
            return None
        sentence = self.sentence_of(start)
        named = [m for m in self.before(start, sentences=1) if m.kind in ("person", "role", "body", "country", "group")]
        here = [m for m in named if m.sentence == sentence] or named
        mention = (here[0] if match["which"].lower() == "latter" else here[-1]) if here else None
        found = self.answer(mention.text, mention.start_char, depth + 1) if mention is not None else None
        return because(found, f"“{text}” is “{clean(mention.text)}”") if mention is not None else None

    def _after_its_like(self, text: str, start: int, depth: int) -> Answer | None:
        """ "The health ministry of A said … The government says": of the one state that spoke right before, in the paragraph."""
        if not _STATES.match(text):
            return None
        sentence = self.sentence_of(start)
        blamed = self._blamed.get(start, set())
        for mention in self.before(start, sentences=2):
            if not self.is_paragraph(mention.sentence, sentence) and not CIVIL_BODY.search(text):
                break
            if not mention.speaks or mention.quoted_by is not None or mention.kind == "pronoun":
                continue
            found = self.answer(mention.text, mention.start_char, depth + 1)
            if found is None or found.party is None:
                continue
            party = found.party
            known = self.actors.parties.get(party)
            is_state = party in self._principals or (known is not None and known.kind == "state")
            if not is_state or party in blamed or (self.is_group(party) and STATE_BODY.match(text)):
                return None
            own = self._direct(ARTICLE.sub("", text), party)
            if own is not None and own.party == party:
                return because(own, f"“{text}” right after “{clean(mention.text)}”", clean(mention.text))
            if head_word(text) in ("official", "spokesman", "spokeswoman", "spokesperson", "source", "company", "service"):
                return because(found, f"“{text}” right after “{clean(mention.text)}”", clean(mention.text))
            return None
        return None

    def _of_the_land(self, owner: str) -> Answer | None:
        """ "the territory": the one side of the theatre that is called after a land, and no state."""
        if not LAND.match(owner):
            return None
        found = [party for party in self.actors.parties.values() if party.kind == "de_facto" and party.code in self._principals]
        if len(found) != 1:
            return None
        how = f"“{owner}” is that of {found[0].names[0]}"
        return Answer(actor_id=None, name=found[0].names[0], party=found[0].code, confidence=0.5, how=how, via=owner)

    def _of_the_fallen(self, owner: str, start: int) -> Answer | None:
        """ "Two <People> soldiers were killed, the country's ministry said": the country of those men."""
        if not _COUNTRY.match(owner):
            return None
        here = self.sentence_of(start)
        for mention in reversed(self.before(start, sentences=0)):
            if mention.sentence != here or mention.kind == "pronoun" or not mention.is_subject:
                continue
            people = [self._direct(word) for word in re.findall(r"\b[A-Z][\w-]+", mention.text)]
            known = {side.party: side for side in people if side is not None and side.party in self._principals}
            if len(known) == 1 and not self.is_group(next(iter(known)) or ""):
                return because(next(iter(known.values())), f"“{owner}” is that of “{clean(mention.text)}”")
            return None
        return None

    def _armed_before(self, thing: str, start: int, depth: int) -> Answer | None:
        """ "<Country> pounds the coast. Since then its forces have fired …, the charity says": who tells it has no arms."""
        teller = self.any_teller(start) if _ARMED.match(thing) else None
        if teller is None or teller.start_char < start:
            return None
        own = self.answer(teller.text, teller.start_char, depth + 1)
        if own is None or own.party is None or own.party in self._at_odds:
            return None
        sentence = self.sentence_of(start)
        for mention in self.before(start, sentences=1):
            if not mention.is_subject or mention.kind not in ("country", "group", "body") or mention.quoted_by is not None:
                continue
            if mention.sentence not in (sentence, sentence - 1):
                break
            side = self._direct(clean(mention.text))
            if side is not None and side.party in self._at_odds:
                return because(side, f"“its {thing}” after “{clean(mention.text)}”", clean(mention.text))
        return None

    def _of_the_subject(self, thing: str, start: int) -> Answer | None:
        """ "<Country>'s guards vowed revenge, while its ministry called it murder": the country that the subject names."""
        if not STATE_BODY.match(thing):
            return None
        here = self.sentence_of(start)
        for mention in self.before(start, sentences=0):
            if mention.sentence != here or not (mention.is_subject or mention.speaks) or mention.kind == "pronoun":
                continue
            owner = re.match(r"(?P<who>[A-Z][\w-]+(?:\s[A-Z][\w-]+)?)['’]s\s", clean(mention.text))
            side = self._direct(owner["who"]) if owner is not None else None
            if (
                side is None
                or side.party is None
                or ";" in side.party
                or (self.is_group(side.party) and side.party in self._principals)
            ):
                return None
            return because(side, f"“its” is “{clean(mention.text)}”", owner["who"] if owner else None)
        return None
