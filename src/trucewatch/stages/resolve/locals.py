"""Who speaks for a place: its police, mayor, hospital and rescuers, and whoever else sits there, of the side that holds it."""

from __future__ import annotations

import re

from trucewatch.model.codebook import act_class
from trucewatch.model.records import ClaimPlace, Voice
from trucewatch.stages.resolve.answer import Answer, because
from trucewatch.stages.resolve.phrases import (
    CIVIL_BODY,
    LAND,
    LOCAL,
    LOCAL_BEFORE,
    LOCAL_OF,
    POSSESSIVE,
    STATES_OWN,
    STRUCK_OF,
    SUCCESS,
    THERE,
    WITHIN,
    clean,
    local_part,
)
from trucewatch.stages.resolve.written import Written

_IN_A_DISTRICT = re.compile(
    r",?\s+(?:an?|the)\s+(?:[a-z-]+\s+){0,2}?(?:village|town|settlement|hamlet|city|community)\s+(?:in|of)\s+(?:the\s+)?"
    r"(?P<land>[A-Z][\w’'-]+)"
)
_IN_A_TOWN = re.compile(
    r"(?:In|At|Near) the (?:[A-Z]\w+ )?(?:[a-z]+ )?(?:town|city|village|district|region) of "
    r"(?P<town>[A-Z][\w’'-]+)"
)
# whoever counts those who left a town sits there
_LEAVING = frozenset({"CIV.FLIGHT", "CIV.DISPLACEMENT"})


_IN_CROWDS = re.compile(r"\b(?:supporters|protesters|demonstrators|crowds?|mourners|marchers|residents)\b", re.I)
_OTHER_ARMS = re.compile(r"\b(?:army|military|forces?|troops|soldiers|tanks?|jets?|warplanes?|drones?|strikes?)\b", re.I)
_KEEPS_ORDER = re.compile(r"the (?:army|police|military|gendarmerie|security forces)", re.I)


class Locals(Written):
    """Whose the voices are that belong to a place."""

    def _that_keeps_order(self, text: str, start: int) -> Answer | None:
        """ "Crowds rode through A, and the army closed the road": of the state that holds A, where no other arms are told of."""
        if _KEEPS_ORDER.fullmatch(text) is None:
            return None
        done = [c for c in self.reading.claims if c.attributed_to is not None and c.attributed_to.start_char == start]
        if not any(c.act.startswith("ACCESS") and c.stance == "asserts" for c in done):
            return None
        here = self.sentence_of(start)
        if _OTHER_ARMS.search(self.reading.document.text, self._sentence_starts[here], start):
            return None
        names = [
            m.text for m in self.before(start, sentences=0) if m.sentence == here and m.kind in ("place", "country", "group")
        ]
        names += [place.text for claim in done for place in claim.places]
        if _IN_CROWDS.search(self.reading.document.text, self._sentence_starts[here], start):
            # "supporters of <group> rode through the streets, and the army …": of the state on whose soil they are at home
            bodies = (self._direct(clean(m.text)) for m in self.before(start, sentences=0) if m.sentence == here)
            parties = [self.actors.parties.get(side.party) for side in bodies if side is not None and side.party]
            hosts = {host for party in parties if party is not None for host in party.hosts}
            if len(hosts) == 1:
                own = self._direct(text[len("the ") :], next(iter(hosts)))
                return because(own, f"“{text}” keeps order where they are at home") if own is not None else None
        for name in names:
            party = self._holder(clean(name))
            if party is not None and not self.is_group(party) and party not in self._blamed.get(start, ()):
                own = self._direct(text[len("the ") :], party)
                return because(own, f"“{text}” keeps order at {clean(name)}, which {party} holds") if own is not None else None
        return None

    def _local_office(self, office: str) -> Answer | None:
        return self._local(office)

    def _local(self, text: str) -> Answer | None:
        """ "police in A", "A's mayor": of the side that holds A."""
        named = LOCAL_OF.match(text)
        part = local_part(text)
        within = WITHIN.search(part) if part is not None else None
        if named is not None and LOCAL.match(named["body"]):
            name = named["place"]
        elif within is not None:
            name = within.group(1)
        elif (before := LOCAL_BEFORE.match(text)) is not None:
            name = before["place"]
        else:
            return None
        words = name.split()
        held = ((self._holder(" ".join(words[:n])), " ".join(words[:n])) for n in range(len(words), 0, -1))
        # "the mayor of Rivertown Anna Roth": the name goes on behind the town's
        party, name = next((pair for pair in held if pair[0] is not None), (None, name))
        return (
            Answer(actor_id=None, name=text, party=party, confidence=0.5, how=f"{party} holds {name}", via=name)
            if party
            else None
        )

    def _by_place_told(self, text: str, start: int) -> Answer | None:
        """ "Ten were killed in A, the health ministry said": of the side that holds A, where its words name no other."""
        if (
            local_part(text) is None
            or POSSESSIVE.match(text)
            or LAND.match(text)
            or ((own := self._direct(text)) is not None and own.party is not None and not own.how.startswith("description"))
        ):
            return None
        blamed = self._blamed.get(start, set()) | self._struck_by(text, start)
        if self._local(text) is not None:
            return None
        for claim in self._told.get(start, ()):
            for place in claim.places:
                is_theirs = place.role != "origin" or claim.act in _LEAVING
                party = (
                    (self._named_for(place.text) or self._within_district(place) or self._holder(place.text))
                    if is_theirs
                    else None
                )
                if party is not None and party not in blamed:
                    how = f"“{text}” at {place.text}, which {party} holds"
                    return Answer(actor_id=None, name=text, party=party, confidence=0.5, how=how, via=place.text)
        return None

    def _within_district(self, place: ClaimPlace) -> str | None:
        """ "In Rivertown, a village of the Northshire district": of who holds the district, where two towns have one name."""
        if place.end_char is None:
            return None
        land = _IN_A_DISTRICT.match(self.reading.document.text, place.end_char)
        return self._holder(land["land"]) if land is not None else None

    def _named_for(self, name: str) -> str | None:
        """The de facto party that a land bears the name of: its authorities are the local ones, whoever took it."""
        match = self.actors.lookup(clean(name), self.on)
        party = self.actors.parties.get(match.party) if match is not None and match.party is not None else None
        return party.code if party is not None and party.kind == "de_facto" else None

    def _struck_by(self, text: str, start: int) -> set[str]:
        """Who struck those whom a hospital, rescuers or a health ministry count: nobody of the victims' side."""
        if not CIVIL_BODY.search(text):
            return set()
        told = self._told.get(start, ())
        return {self._plain(claim.attributed_to) or "" for claim in told if act_class(claim.act) in ("ASSAULT", "TOLL")} - {""}

    def _by_victims(self, text: str, start: int) -> Answer | None:
        """ "<People> strikes killed ten, the health ministry said": of the state that those strikes hit."""
        doers = self._struck_by(text, start)
        direct = self._direct(text)
        if not doers and local_part(text) is not None and start in self._told and not re.search(r"\b(?:of|in)\s+[A-Z]", text):
            # "the mayor said <People> jets had struck the mosque", in a town that no list knows
            told = self._told[start]
            doers = {self._plain(c.attributed_to) or "" for c in told if act_class(c.act) == "ASSAULT" and c.stance == "asserts"}
            doers -= {""}
        if len(doers) != 1 or LAND.match(text) or (direct is not None and direct.party is not None):
            return None
        others = [code for code in self.sides() if code not in doers]
        hosts = {host for code in others for host in getattr(self.actors.parties.get(code), "hosts", ())}
        states = {code for code in others if not self.is_group(code)} | (hosts - doers)
        if len(states) != 1:
            return None
        party = next(iter(states))
        how = f"“{text}” counts the victims of {party}"
        own = self._direct(re.sub(r"^the\s+", "", text, flags=re.I), party)
        return because(own, how) if own is not None else Answer(actor_id=None, name=text, party=party, confidence=0.4, how=how)

    def _by_scene(self, text: str, start: int) -> Answer | None:
        """Police, mayors, rescuers and health ministries said to be nobody's: of the side that holds the place they tell of.

        An army that tells of a success is the doer's, one that tells of fire on somebody's named positions is theirs.
        """
        blamed = self._blamed.get(start, set()) | self._struck_by(text, start)
        is_local = local_part(text) is not None
        if is_local and (near := self._place_before(text, start, blamed)) is not None:
            return near
        if STATES_OWN.search(text) and not is_local and (winner := self._by_success(text, start)) is not None:
            return winner
        for claim in self._told.get(start, ()):
            named = STRUCK_OF.search(self.reading.document.text, claim.start_char, claim.end_char)
            struck = self._plain(claim.target) or (self._plain(Voice(text=named["side"])) if named else None)
            if (
                STATES_OWN.search(text)
                and not is_local
                and act_class(claim.act) == "ASSAULT"
                and struck is not None
                and struck not in blamed
                and struck != self._plain(claim.attributed_to)
                and not self.is_group(struck)
            ):
                how = f"“{text}” tells of fire on {struck}"
                return Answer(actor_id=None, name=text, party=struck, confidence=0.4, how=how)
        if blamed and re.fullmatch(r"(?:the )?(?:army|military)(?: command| leadership| staff)?", text, re.I):
            here = self.sentence_of(start)
            names = [place.text for claim in self._told.get(start, ()) for place in claim.places]
            names += [m.text for m in self.nearest(start) if m.kind in ("place", "country") and 0 <= here - m.sentence <= 2]
            for name in names:
                party = self._holder(clean(name))
                if party is not None and party not in blamed and not self.is_group(party):
                    how = f"“{text}” at {name}, which {party} holds"
                    return Answer(actor_id=None, name=text, party=party, confidence=0.4, how=how, via=name)
        return None

    def _by_success(self, text: str, start: int) -> Answer | None:
        """ "<People> troops destroyed two tanks, the defence ministry said": of the army that has the success."""
        for claim in self._told.get(start, ()):
            doer = self._plain(claim.attributed_to)
            told = self.reading.document.text[claim.start_char : claim.end_char]
            is_deed = act_class(claim.act) in ("ASSAULT", "TERRITORY") and not claim.act.startswith("CIV")
            is_deed = is_deed and claim.stance != "denies"
            if is_deed and doer in self._principals and not self.is_group(doer) and SUCCESS.search(told):
                how = f"“{text}” tells of a success of {doer}"
                return Answer(actor_id=None, name=text, party=doer, confidence=0.4, how=how)
        return None

    def _place_before(self, text: str, start: int, blamed: set[str]) -> Answer | None:
        """ "In Rivertown, Mayor Anna Roth says": of the side that holds the town named last, two sentences back at most."""
        for mention in self.before(start, sentences=2):
            name = clean(mention.text)
            if mention.kind not in ("place", "country"):
                continue
            match = self.actors.lookup(name, self.on)
            if match is not None and match.party is not None and not match.how.startswith("capital"):
                continue  # a state, and no town of it
            party = self._holder(name)
            if party is not None and party not in blamed:
                how = f"“{text}” right after {name}, which {party} holds"
                return Answer(actor_id=None, name=text, party=party, confidence=0.4, how=how, via=name)
        return None

    def _by_town_of_the_paragraph(self, text: str, start: int) -> Answer | None:
        """ "In the <People> town of Rivertown, …" and, three sentences on at most, "local officials said": of who holds it."""
        here = self.sentence_of(start)
        words = self.reading.document.text
        for number in range(here, max(-1, here - 5), -1):
            if not self.is_paragraph(number, here):
                return None
            named = _IN_A_TOWN.match(words, self._sentence_starts[number])
            party = self._holder(named["town"]) if named is not None else None
            if named is not None and party is not None and party not in self._blamed.get(start, set()):
                how = f"“{text}” in {named['town']}, which {party} holds"
                return Answer(actor_id=None, name=text, party=party, confidence=0.4, how=how, via=named["town"])
        return None

    def _there(self, text: str, start: int) -> Answer | None:
        """ "officials there": of the side that holds, or is, the place named last."""
        match = THERE.match(text)
        if match is None:
            return None
        for mention in self.before(start, sentences=2):
            if mention.kind not in ("place", "country"):
                continue
            name = clean(mention.text)
            party = self._holder(name) or self.actors.party_of(name, self.on)
            if party in self._principals:
                how = f"“{text}” after {name}, which {party} holds"
                return Answer(actor_id=None, name=match["who"], party=party, confidence=0.5, how=how, via=name)
        return None
