"""Whose a bare "army" or "group" is by what stands right before it: guns that fired, who was silent, who spoke last."""

from __future__ import annotations

import re

from trucewatch.model.codebook import act_class
from trucewatch.stages.resolve.answer import Answer, because
from trucewatch.stages.resolve.locals import Locals
from trucewatch.stages.resolve.phrases import ARTICLE, GROUPS, STATE_BODY, clean

_AN_ARMY = re.compile(r"\b(?:army|military|[Dd]efen[cs]e [Ff]orces?|[A-Z]DF|navy|air force)\b", re.I)
_ARMS_OF = re.compile(
    r"\b(?P<people>[A-Z][a-z]+)\s+(?:(?:ground|special|air|armou?red|naval|combat|occupation|infantry)\s+)?"
    r"(?:artillery|guns?|jets?|warplanes?|planes?|aircraft|airstrikes?|(?:air )?strikes?|drones?|tanks?|troops|soldiers|forces"
    r"|gunboats?|helicopters?|paratroopers|units|fire|shelling|gunners|snipers?|pilots|commandos|bulldozers|patrols?|warships"
    r"|infantry(?:men)?|tank crews?|gunfire)\b"
)
# "no comment from <Capital>, but the ministry had said": whose silence it is
_SILENT = re.compile(
    r"\b(?:comment|response|reaction|word|reply|statement|confirmation|answer|news)s?\b[^.;“”\"]{0,30}?\b(?:from|by|in|of)\s+"
    r"(?:the\s+)?(?P<who>[A-Z]\w+)"
)
_ARMY = re.compile(r"the (?:army|military)(?: command)?", re.I)
# what a page says of itself: no heading of a section
_PAGE_NOTE = re.compile(r"\b(?:translat\w+|version|edition|language|photo|source|read|by|share|print)\b", re.I)
_MILITARY_VOICE = re.compile(
    r"(?:an?|the|one|another)\s+(?:senior\s+)?(?:military|army)\s+(?:spokes\w+|officials?|officer|sources?|statement|commander)",
    re.I,
)
_A_ROLE = re.compile(r"(?:[Tt]he|[Aa]n?|[Oo]ne|[Ii]ts|[Tt]heir|[A-Z]\w+['’]s)\s+[a-z][\w\s-]*(?: (?:of|in|for) .*)?")
_FULL_NAME = 2
_NEAR = 2


class Nearby(Locals):
    """Whose a bare role is, where the words right before it tell."""

    def _group_that_spoke(self, text: str, start: int, depth: int) -> Answer | None:
        """ "It said in a statement … The group said": the armed group that spoke last, not the one told of last."""
        if start not in self._told or ARTICLE.sub("", text).lower() not in GROUPS:
            return None
        helps = ARTICLE.sub("", text).lower().startswith("organi")
        for mention in self.before(start, sentences=3):
            if not mention.speaks or mention.quoted_by is not None or (helps and mention.kind == "pronoun"):
                continue
            found = self.answer(mention.text, mention.start_char, depth + 1)
            if found is None or found.party is None or ";" in found.party:
                continue
            known = self.actors.parties.get(found.party)
            is_group = known is not None and known.kind == "group"
            # "the organisation" may be one that helps
            return because(found, f"“{text}” spoke last") if is_group or (helps and mention.kind == "body") else None
        return None

    def _group_in_words_before(self, text: str, start: int) -> Answer | None:
        """ "<Group> rockets fell, and the guerrilla group's leader …": the armed group that its own sentence names."""
        opening = self._sentence_starts[self.sentence_of(start)]
        words = re.findall(r"\b[A-Z][\w-]+", self.reading.document.text[opening:start])
        named = [side for word in words if (side := self._direct(word)) is not None and side.party and self.is_group(side.party)]
        return because(named[-1], f"“{text}” right after “{named[-1].name}”") if named else None

    def _of_its_arms(self, text: str, start: int) -> Answer | None:
        """ "<People> guns shelled the town. The army said": the army of the guns told of right before, where no army is named."""
        here = self.sentence_of(start)
        first = here - 1 if here and self.is_paragraph(here - 1, here) else here
        before = self.reading.document.text[self._sentence_starts[first] : start]
        if _AN_ARMY.search(before):
            return None
        for arms in reversed(list(_ARMS_OF.finditer(before))):
            people = self._direct(arms["people"])
            if people is None or people.party not in self._principals or self.is_group(people.party):
                continue
            if people.party in self._blamed.get(start, ()):
                return None
            own = self._direct(ARTICLE.sub("", text), people.party)
            return because(own, f"“{text}” right after “{arms.group()}”", arms["people"])
        return None

    def _spokesman_of_its_arms(self, text: str, start: int) -> Answer | None:
        """ "<People> jets bombed the depot, a military spokesman said": he speaks for the army of those jets."""
        if start not in self._told or _MILITARY_VOICE.fullmatch(text) is None:
            return None
        opening = self._sentence_starts[self.sentence_of(start)]
        for arms in reversed(list(_ARMS_OF.finditer(self.reading.document.text, opening, start))):
            people = self._direct(arms["people"])
            if people is not None and people.party in self._principals and people.party not in self._blamed.get(start, ()):
                return because(people, f"“{text}” right after “{arms.group()}”", arms["people"])
        return None

    def _of_its_medium(self, text: str, start: int) -> Answer | None:
        """ "<Agency> reported, citing the ministry": of the side that the agency belongs to."""
        if not STATE_BODY.match(text):
            return None
        for claim in self._told.get(start, ()):
            medium = self.actors.lookup(claim.channel, self.on) if claim.channel else None
            if medium is None or medium.kind not in ("agency", "outlet") or medium.party not in self._principals:
                continue
            if medium.party in self._blamed.get(start, ()) or self.is_group(medium.party):
                continue
            own = self._direct(ARTICLE.sub("", text), medium.party)
            return because(own, f"“{text}” as its own agency, {medium.name}, cites it") if own is not None else None
        return None

    def _of_the_silent(self, text: str, start: int) -> Answer | None:
        """ "There was no comment from <Capital>, but the ministry had said": the ministry of that side."""
        opening = self._sentence_starts[self.sentence_of(start)]
        named = list(_SILENT.finditer(self.reading.document.text, opening, start))
        side = self._direct(named[-1]["who"]) if named else None
        if side is None or side.party not in self._principals or self.is_group(side.party):
            return None
        own = self._direct(ARTICLE.sub("", text), side.party)
        return because(own, f"“{text}” of {side.name}, who was silent otherwise") if own is not None else None

    def _person_that_spoke(self, start: int, depth: int) -> Answer | None:
        """The one person who spoke last, two sentences back at most: "the envoy", once "Anna Roth" has spoken."""
        for mention in self.before(start, sentences=2):
            if not mention.speaks or mention.quoted_by is not None or mention.is_plural:
                continue
            found = self.answer(mention.text, mention.start_char, depth + 1)
            return found if found is not None and found.party is not None and ";" not in found.party else None
        return None

    def _name_of_who_spoke(self, text: str, start: int, depth: int) -> Answer | None:
        """ "…, the mayor said. “They burnt it,” Anna Roth said": a name nobody introduced is of who spoke right before it."""
        here = self.sentence_of(start)
        if len(text.split()) < _FULL_NAME or self.quoted_by(start) is not None:
            return None
        for mention in self.before(start, sentences=3):
            if not mention.speaks or mention.quoted_by is not None or mention.kind == "pronoun":
                continue
            is_role = mention.kind in ("role", "person") and not mention.is_plural and _A_ROLE.fullmatch(mention.text) is not None
            if not is_role or here - mention.sentence > _NEAR:
                return None
            found = self.answer(mention.text, mention.start_char, depth + 1)
            return because(found, f"“{text}” is “{clean(mention.text)}”, who spoke right before", clean(mention.text))
        return None

    def _by_own_raid(self, text: str, start: int) -> Answer | None:
        """ "The military said its jets struck A": of the one state at odds that does not hold A."""
        if _ARMY.fullmatch(text) is None:
            return None
        for claim in self._told.get(start, ()):
            doer = claim.attributed_to
            is_own = doer is not None and (doer.text or "").lower() in ("it", "its", "its own", "we", "our", "they", "their")
            if act_class(claim.act) != "ASSAULT" or claim.stance != "asserts" or not is_own:
                continue
            held = {self._holder(clean(place.text)) for place in claim.places if place.role != "origin"} - {None}
            states = {code for code in self.sides() if not self.is_group(code)} - held - self._blamed.get(start, set())
            if not held or len(states) != 1:
                continue
            party = next(iter(states))
            own = self._direct(ARTICLE.sub("", text), party)
            return because(own, f"“{text}” tells of its own raid on ground that {party} does not hold")
        return None

    def _by_ground(self, text: str, start: int) -> Answer | None:
        """ "Sirens sounded in A. Rockets crossed the border, the military said": of the state that holds A."""
        if _ARMY.fullmatch(text) is None:
            return None
        told = self._told.get(start, ())
        if not any(act_class(claim.act) == "ASSAULT" and claim.stance == "asserts" for claim in told):
            return None
        for mention in self.before(start, sentences=1):
            if mention.kind != "place":
                continue
            party = self._holder(clean(mention.text))
            if party is None or party in self._blamed.get(start, ()) or self.is_group(party):
                return None
            if any(self._plain(claim.attributed_to) == party for claim in told):
                return None
            own = self._direct(ARTICLE.sub("", text), party)
            return because(own, f"“{text}” right after {clean(mention.text)}, which {party} holds", clean(mention.text))
        return None

    def _of_the_section(self, text: str, start: int) -> Answer | None:
        """ "The <People> position", then "The ministry said": of the one side that the line above the paragraphs names."""
        here = self.sentence_of(start)
        for number in range(here - 1, max(-1, here - 7), -1):
            line = self.reading.sentences[number]
            words = self.reading.document.text[line.start_char : line.end_char].strip()
            if (
                len(words.split()) > 7
                or re.search(r"\d", words)
                or words.endswith((".", "!", '"', "”"))
                or not self._is_alone(number)
                or _PAGE_NOTE.search(words)
            ):
                continue
            named = [self._direct(name) for name in re.findall(r"\b[A-Z][\w-]+", words)]
            sides = {side.party: side for side in named if side is not None and side.party in self._principals}
            party = next(iter(sides)) if len(sides) == 1 else None
            if party is None or self.is_group(party) or party in self._blamed.get(start, ()):
                return None
            own = self._direct(ARTICLE.sub("", text), party)
            return because(own, f"“{text}” under “{words}”") if own is not None and own.party == party else None
        return None

    def _is_alone(self, number: int) -> bool:
        """Whether a sentence is a paragraph of its own, and not the first of the document."""
        sentences = self.reading.sentences
        paragraph = sentences[number].paragraph
        near = [sentences[n].paragraph for n in (number - 1, number + 1) if 0 <= n < len(sentences)]
        return number > 0 and paragraph not in near
