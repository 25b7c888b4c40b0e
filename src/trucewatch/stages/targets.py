"""Whom an act was aimed at, from what stands around it: whose things were hit, who complains of it, who held the place.

In this order: a side whose things or people the words themselves name; who held the place, or the armed group that fights from
the soil of whoever held it, where the doer speaks of his own deed; the side that complains of it. Nothing here outweighs a target
that was named. Long because what tells a target is asked in one order.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from trucewatch.model.codebook import act_class
from trucewatch.model.records import Claim
from trucewatch.model.theatre import Theatre
from trucewatch.stages.addressees import DEED_ON
from trucewatch.stages.aims_beside import Beside
from trucewatch.stages.blamed import without_asides
from trucewatch.stages.owners import STRUCK, known_of
from trucewatch.stages.resolve.phrases import BOTH
from trucewatch.stages.sides import parties_of

_HOUSE = r"the\s+(?:group|movement|organi[sz]ation|party|militia|army|navy|ministry|mission)['’]s"
_OWN = re.compile(rf"\b(?:its|our|their|{_HOUSE})\s+(?:[\w-]+\s+){{0,3}}?(?:{STRUCK})\b", re.I)
_ITS_OWN = re.compile(rf"\b(?:its|our|their)\s+own\b|{_OWN.pattern}", re.I)
# what an army strikes of an armed group on another's soil
_MILITARY = re.compile(
    r"\b(?:launch(?:ing)? (?:sites?|pads?|positions?)|launchers?|militants?|operatives|gunmen|terror(?:ist)?s?"
    r"|command (?:cent(?:er|re)s?|posts?)|(?:arms|weapons?|ammunition|munitions?|rockets?|missiles?)[ -]"
    r"(?:depots?|dumps?|stores?|storage|caches?|warehouses?|production|smuggling|facilit(?:y|ies)|factor(?:y|ies))"
    r"|fighters|(?:terror|underground) infrastructure|tunnels?|bunkers?|strongholds?)\b",
    re.I,
)
# "committed by X's armed units": who did it
_AGENT = re.compile(r"\bby\s+(?:(?:the|an?|some|illegal|other|more)\s+){0,2}$", re.I)
# "walked past X's positions", "fired from X's posts": where somebody went or stood
_PASSED = re.compile(
    r"\b(?:past|from|approach(?:ed|ing|es)?|beyond|behind|cross(?:ed|ing)?|leaving|left|via)\s+(?:the\s+|an?\s+)?$", re.I
)
_LABOURERS = re.compile(
    r"\b(?:workers?|labou?rers?|farmhands?|nationals?|citizens?|refugees?|farmers?|migrants?|famil(?:y|ies)|workm[ae]n|women|woman|child(?:ren)?"
    r"|girls?|boys?)\b",
    re.I,
)
_FIGHTERS = re.compile(r"\b(?:guerrillas?|militants?|fighters?|gunm[ae]n|operatives?|squads?|cells?)\b", re.I)
_SEVERAL = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|\d+|several|dozens|men|women|people|families|fighters)\b", re.I
)
# "its soldiers had killed dozens": whose men did it
_KILLS = re.compile(
    r"\s+(?:(?:had|have|has|also|already|since)\s+)*(?:kill|eliminat|neutrali[sz]|destroy|wound|captur|shot|struck|hit|took|inflict|liquidat)"
    r"\w*\b(?!\s+(?:by|in|when|near|during)\b)",
    re.I,
)
_ENTERING = frozenset({"FORCE.NON_WITHDRAWAL", "ADVANCE.LINE_CROSSING", "FORCE.FORTIFICATION"})
_ENEMYS = re.compile(
    rf"\b(?:the |an |another )?(?:enem(?:y|ies)|opponent|adversary|aggressor)(?:['’]s|s['’])?\s+(?:[\w-]+\s+){{0,2}}?"
    rf"(?:{STRUCK}|jets?|UAVs?)\b"
    r"|\bof the (?:enemy|opponent|adversary|aggressor)\b",
    re.I,
)
_ENEMY_LOST = re.compile(
    r"\b(?:enemy|opponent|adversary|(?:opposite|opposing|other) side)\s+(?:had |has |have )?"
    r"(?:suffered|lost|sustained|left behind|incurred)\b",
    re.I,
)
_OWNS_UP = re.compile(r"\b(?:admit|acknowledg|conced|confess|recogni[sz])\w*\b[^.;]*$", re.I)
_ROAD = re.compile(r"\b(?:blockad\w*|corridor|road|region|enclave|siege|reach\w*|passage|gas|electricity|power|internet)\b", re.I)
_AID_OFFERED = re.compile(
    r"\b(?:mediat\w+|stabili[sz]\w+|settle\w*|intermediary|transfer|exchange|de-?escalat\w+|the (?:conflict|situation))\b",
    re.I,
)
_COMPLAINT = re.compile(
    r"\b(?:(?:came|come|coming|were|was|are|is|been) under (?:[a-z-]+ ){0,2}?(?:fire|attack|shelling|bombardment)|subjected to"
    r"|(?:was|were|been|being) (?:[a-z]+ly )?(?:shelled|bombed|bombarded|fired (?:at|on|upon)|damaged|wounded|injured|targeted)"
    r"|civilians?|(?:shells?|rockets?|missiles?|projectiles?) (?:had )?(?:landed|fell|fallen|hit|struck))\b",
    re.I,
)
_SUCCESS = re.compile(
    r"\b(?:enem(?:y|ies)|opponent|adversary|destroyed|neutrali[sz]ed|eliminated|repelled|repulsed|shot down|downed|liquidated"
    r"|militants?|terrorists?|in (?:response|retaliation))\b",
    re.I,
)
# of whoever lives where the sentence before told that something struck
_PEOPLE_THERE = re.compile(r"\b(?:people|persons|others|residents|villagers|civilians)\b[^.;]*\bthere\b", re.I)
# "any attack on X would be met with force": X is not who is threatened
_SHIELDED = re.compile(
    r"\b(?:aggression|attacks?|assault|strikes?|war|offensive|invasion|raids?|adventure|incursion)\s+(?:on|against|in|into)\s+"
    r"(?:the\s+)?(?:[a-z]+\s+)?[A-Z]\w+"
)
_ON_BOTH = re.compile(r"\b(?:on|from)\s+(?:both|the two|all)\s+sides\b", re.I)
_LOSSES_OF = re.compile(
    r"\b(?P<side>[A-Z][\w-]+)(?:['’]s)?\s+(?:[a-z]+\s+){0,2}?(?:losses|dead|deaths?|toll|casualties|fatalities"
    r"|soldiers|servicemen|troops|civilians|citizens)\b"
)
_IN_A_LAND = re.compile(r"\b[Ii]n\s+(?:(?:north|south|east|west)(?:ern)?\s+)?(?P<side>[A-Z][\w-]+)\b")
_ON_A_SIDE = re.compile(r"\b(?:[Oo]n|[Ff]rom)\s+the\s+(?P<side>[A-Z][\w-]+)\s+side\b(?!\s+of\b)")
# of an outsider only what lies on its soil or is its own is hit: "Eastland drones" are what somebody fires
_BY_ITS = re.compile(
    r"(?:drones?|aircraft|helicopters?|tanks?|vehicles?|launchers?|units?|fighters?|militants?|gunmen|members?|forces)$", re.I
)
# "enemy aircraft raided the town": who acts, and nothing that was hit
_ENEMY_ACTS = re.compile(
    r"\W*(?:that\s+\W*)?(?:the\s+|an?\s+)?(?:enemy|hostile|opponent|adversary)(?:['’]s|s['’])?\s+(?:[\w-]+\s+){1,3}?"
    r"(?!was|were|is|are|has|had|have|being|been)[a-z]+(?:ed|t|ck|ot|ew|an|ook|oke)\b(?!\s+by\b)",
    re.I,
)
_OF_STATES = re.compile(
    r"\b(?:governments|armies|militaries|capitals|countries|nations|states|ministers|presidents|premiers|leaders)\b",
    re.I,
)
_MEDIATES = re.compile(
    r"\b(?:mediat\w+|broker\w*|good offices|facilitat\w+|host (?:talks|a meeting|negotiations)"
    r"|platform for (?:talks|dialogue))\b",
    re.I,
)
_PLEA = frozenset({"DEMAND.CEASE_FIRE", "DEMAND.TALKS"})
_TO_STOP = re.compile(
    r"\b(?:(?:end|halt|stop|return) to (?:the |all )?(?:[\w-]+ ){0,2}?(?:shooting|fighting|hostilities|violence|fire|attacks"
    r"|bloodshed|clashes|table|talks|negotiations?|dialogue)|cease-?fire|truce|restraint|de-?escalat\w+|calm"
    r"|(?:fighting|bloodshed|hostilities|violence|shooting|shelling|war|guns)\s+(?:must|should|has to|have to|needs? to)\s+"
    r"(?:stop|end|cease|fall silent)"
    r"|(?:stop|end|cease|halt) (?:the |all |their )?(?:fighting|bloodshed|hostilities|violence|shooting))\b",
    re.I,
)
_ADDRESSED = frozenset("CONSULT REQUEST COOPERATE THREATEN AID AGREE".split())
_PACT = r"(?:truce|cease-?fire|armistice|halt to|pause in)"
_BROKERED = re.compile(
    rf"\b{_PACT}\b[^.;]{{0,40}}\b(?:negotiat|broker|mediat|agree)\w*|\b(?:negotiat|broker|mediat)\w*[^.;]{{0,40}}\b{_PACT}\b",
    re.I,
)
_SAID_OF = frozenset({"THREATEN", "REQUEST", "COOPERATE", "REJECT", "ACCUSE"})
_PLURAL_ROLES = re.compile(
    r"\b(?:both|two|the|their|them|they|each)\b.*\b(?:sides|ministers|leaders|presidents|colleagues|counterparts|governments|camps|capitals"
    r"|nations|countries|neighbou?rs|republics|parties|foes|rivals|chiefs|diplomats|diplomacies)\b|^(?:them|both)$",
    re.I,
)
_BOTH_NAMED = re.compile(
    r"\b(?:both|the two|the warring|the conflicting|all)\s+(?:[\w-]+\s+)?"
    r"(?:sides|parties|camps|governments|countries|nations|neighbou?rs|capitals|leaders|ministers|foes)\b",
    re.I,
)


@dataclass(frozen=True)
class Aim:
    """A side aimed at, and why in words."""

    party: str
    reason: str


class Targets:
    """Answers for one document's claims, once they were heard. `holders_of` gives who held a claim's places, with their names."""

    def __init__(self, theatre: Theatre, text: str, holders_of: Callable[[Claim], Sequence[tuple[str, str]]]) -> None:
        known = known_of(theatre)
        self.sides, self._owned, self._any_side = known.sides, known.owned, known.any_side
        self.seats, self.hosts, self.allies = known.seats, known.hosts, known.allies
        self._found: dict[tuple[int, int], tuple[re.Match[str], ...]] = {}
        self.text = text.replace("\n", " ")
        self.holders_of = holders_of
        self.hear((), {})

    @cached_property
    def _named_in_text(self) -> tuple[str, ...]:
        return self.sides.named_sides(self.text)

    def hear(self, claims: Sequence[Claim], opponents: Mapping[str, str]) -> None:
        """Learns what the document's claims tell of its sides; `opponents`: whom each side fights there."""
        self.opponents = opponents
        self.heard = {code for c in claims for voice in (c.claimant, c.attributed_to, c.target) for code in parties_of(voice)}
        self.pair = self._fighting(claims)
        self.beside = Beside(self.text, self.sides, claims)

    def aim(self, claim: Claim, *, by_speaker: bool) -> Aim | None:
        """Whom a claim without a target is aimed at; None where nothing tells.

        `by_speaker`: also where only who complains of it tells, which a place told beside it outweighs.
        """
        cls = act_class(claim.act)
        doers = frozenset(parties_of(claim.attributed_to))
        if cls in ("ASSAULT", "TERRITORY", "MOBILIZE") and claim.act != "FIRE.CLASH":
            found = self._named(claim, doers) or self._speakers_own(claim, doers) or self._enemys(claim, doers)
            found = found or self._told_beside(claim, doers) or self._admitters(claim, doers)
            found = found or (self._struck(claim, doers) if cls != "MOBILIZE" else self._entered(claim, doers))
            return found or (self._by_speaker(claim, doers) if by_speaker and cls == "ASSAULT" else None)
        if cls == "TOLL":
            told = self._speakers_own(claim, doers) or self._named(claim, doers) or self._on_a_side(claim, doers)
            return told or self._enemys(claim, doers) or (self._counters(claim, doers) if by_speaker else None)
        if cls == "COERCE":
            if (own := self._speakers_own(claim, doers)) is not None:
                return own
            if (cut := self._cut_off(claim, doers)) is not None:
                return cut
            held = self._struck(claim, doers) if any(map(self.sides.is_belligerent, doers)) else None
            if held is not None and self.sides.is_belligerent(held.party):
                return held
            return self._by_speaker(claim, doers) if by_speaker else None
        if cls == "AID" and (cut := self._cut_off(claim, doers)) is not None:
            return Aim(cut.party, "aid to the enclave goes to who holds it")
        if cls in _ADDRESSED and (found := self._addressed(claim, doers) or self._hosts_of_talks(claim, doers)) is not None:
            return found
        return self._only_other(claim, doers) if cls in _SAID_OF and by_speaker else None

    def guest_meant(self, claim: Claim) -> Aim | None:
        """ "two fighters" that a state tells of, on whose soil an armed group fights: the group's; None where they are not."""
        told, parties = (claim.target.text or "") if claim.target is not None else "", parties_of(claim.target)
        if len(parties) != 1 or not _FIGHTERS.search(told) or self.sides.named_sides(told) or act_class(claim.act) != "ASSAULT":
            return None
        guests = [code for code in self._guests(parties[0]) if code in self.heard and code not in parties_of(claim.attributed_to)]
        return Aim(guests[0], f"“{told}” on that soil are those of {guests[0]}") if len(guests) == 1 else None

    def host_meant(self, claim: Claim) -> Aim | None:
        """ "two labourers" of a third country, hit on a side's ground: its people; None for soldiers and where it is not told."""
        told, parties = (claim.target.text or "") if claim.target is not None else "", parties_of(claim.target)
        if act_class(claim.act) != "ASSAULT" or len(parties) != 1 or not _LABOURERS.search(told):
            return None
        known = {party.code for party in self.sides.theatre.parties if party.kind != "state"}
        doers = parties_of(claim.attributed_to)
        held = {party for party, _ in self.holders_of(claim) if self.sides.is_belligerent(party) and party not in doers}
        if parties[0] in known or self.sides.is_belligerent(parties[0]) or len(held) != 1:
            return None
        code = next(iter(held))
        return Aim(code, f"“{told}” lived on ground of {self.sides.party_name(code)}")

    def both(self, claim: Claim) -> Aim | None:
        """The two sides that fight, where an outsider's "both sides" were taken for others; None where not."""
        words, told = (claim.target.text or "") if claim.target is not None else "", frozenset(parties_of(claim.target))
        return self._both_meant(claim, words, told)

    def both_did(self, claim: Claim) -> Aim | None:
        """The two sides that fight, where "both sides", who agree or meet by an outsider's word, were taken for others."""
        if act_class(claim.act) not in ("AGREE", "CONSULT") or claim.attributed_to is None:
            return None
        outsider = replace(claim, attributed_to=None)
        return self._both_meant(outsider, claim.attributed_to.text or "", frozenset(parties_of(claim.attributed_to)))

    def _both_meant(self, claim: Claim, words: str, told: frozenset[str]) -> Aim | None:
        pair = self._pair_of(words)
        if len(pair) != 2 or len(told) != 2 or told == frozenset(pair) or not BOTH.match(words.strip()):
            return None
        if any(code in self.pair for code in (*parties_of(claim.claimant), *parties_of(claim.attributed_to))):
            return None
        return Aim(";".join(pair), f"“{words}” are the two sides that fight")

    def _pair_of(self, words: str) -> tuple[str, ...]:
        """The two that fight; where governments or armies are meant, for an armed group the state on whose soil it is."""
        if _OF_STATES.search(words) is None:
            return self.pair
        return tuple(sorted({self._state_of(code) for code in self.pair}))

    def _state_of(self, code: str) -> str:
        """The state that speaks for a side: a group's host, the state at war that a body without one stands by."""
        if code in self.hosts:
            return next(iter(self.hosts[code]), code)
        kinds = {party.code: party.kind for party in self.sides.theatre.parties}
        if kinds.get(code) != "de_facto":
            return code
        states = (ally for ally in sorted(self.allies.get(code, ())) if kinds.get(ally) == "state")
        return next((ally for ally in states if self.sides.is_belligerent(ally)), code)

    def _told_beside(self, claim: Claim, doers: Collection[str]) -> Aim | None:
        """What the deeds told before it tell: whose the thing is, whom fire answered, whose men fell."""
        if act_class(claim.act) != "ASSAULT":
            party = self.beside.denied(claim, doers)
            return Aim(party, "denied is the deed told of before, done to whom that was done to") if party is not None else None
        if (code := self.beside.told_before(claim, doers)) is not None:
            return Aim(
                code, f"“{claim.target.text if claim.target else ''}” was told of before as {self.sides.party_name(code)}'s"
            )
        if (party := self.beside.denied(claim, doers)) is not None:
            return Aim(party, "denied is the deed told of before, done to whom that was done to")
        if (code := self.beside.described(claim, doers)) is not None:
            return Aim(code, f"the words beside the name tell that he was of {self.sides.party_name(code)}")
        if (code := self.beside.answered(claim, doers)) is not None:
            return Aim(code, f"answered was the fire of {self.sides.party_name(code)}, told before")
        if (code := self.beside.counted_on(claim, doers)) is not None:
            return Aim(code, "one more of those who were told of right before")
        if (code := self.beside.own_fallen(claim, doers)) is not None:
            return Aim(code, "whose men fell, told by a side at war and naming no other: its own")
        return None

    def _only_other(self, claim: Claim, doers: Collection[str]) -> Aim | None:
        """The one side besides the speaker's that the words of a threat, plea, offer or rebuke name."""
        own = {*doers, *parties_of(claim.claimant)}
        if act_class(claim.act) == "REJECT":
            own = own.union(*(self.allies.get(code, frozenset()) for code in doers))
        words = self.text[claim.start_char : claim.end_char]
        if act_class(claim.act) == "ACCUSE":
            words = DEED_ON.sub("", words)
        if act_class(claim.act) == "THREATEN":
            words = _SHIELDED.sub("", words)
        words = without_asides(words, act_class(claim.act))
        named = {code for code in self.sides.named_sides(words) if code not in own}
        named |= {code for name, code in self.seats.items() if code not in own and _seat(name).search(words)}
        if len(named) != 1:
            return None
        (code,) = named
        return Aim(code, f"{self.sides.party_name(code)} is the one other side that its words name")

    def _admitters(self, claim: Claim, doers: Collection[str]) -> Aim | None:
        """Ground that somebody at war admits to have lost to the other side was his."""
        speakers = parties_of(claim.claimant)
        if act_class(claim.act) != "TERRITORY" or len(speakers) != 1 or speakers[0] in doers or not doers:
            return None
        is_at_war = self.sides.is_belligerent(speakers[0]) and all(map(self.sides.is_belligerent, doers))
        if not is_at_war or not (
            claim.stance == "confirms" or _OWNS_UP.search(self.text, claim.sentence_start_char, claim.start_char)
        ):
            return None
        return Aim(speakers[0], "who owns up to lost ground has lost it")

    def _enemys(self, claim: Claim, doers: Collection[str]) -> Aim | None:
        """ "a jet of the enemy was shot down": the foe of whoever says so, unless it is the foe's own deed."""
        speakers = frozenset(parties_of(claim.claimant))
        foes = {self.opponents[code] for code in speakers if code in self.opponents} - set(doers)
        match = _ENEMYS.search(self.text, claim.start_char, claim.end_char)
        lost = None
        if match is None and claim.figures:
            match = lost = _ENEMY_LOST.search(self.text, claim.sentence_start_char, claim.end_char)
        if match is not None and lost is None and _ENEMY_ACTS.match(self.text, claim.start_char, claim.end_char):
            return None
        if match is None or len(foes) != 1:
            return None
        return Aim(next(iter(foes)), f"“{match.group().strip()}” is said of the side that the speaker fights")

    def _named(self, claim: Claim, doers: Collection[str]) -> Aim | None:
        """ "X arms dumps", "positions of X", "belonging to X" in the claim's own words."""
        if self._owned is None:
            return None
        doer = claim.attributed_to
        skip = (doer.start_char or 0, doer.end_char or 0) if doer is not None and doer.start_char is not None else (0, 0)
        sources = self._sources(claim) if claim.stance != "denies" else set()
        for match in self._belonging(claim.start_char, claim.end_char):
            code = self.sides.code_of(match["before"] or match["after"])
            if code is None or code in doers or code in sources or skip[0] <= match.start() < skip[1]:
                continue
            if _PASSED.search(self.text, max(claim.start_char, match.start() - 24), match.start()):
                continue
            if match["before"] and _AGENT.search(self.text, max(claim.start_char, match.start() - 40), match.start()):
                continue
            if not self.sides.is_belligerent(code) and (act_class(claim.act) != "ASSAULT" or _BY_ITS.search(match.group())):
                continue
            return Aim(code, f"“{match.group()}” are {self.sides.party_name(code)}'s")
        return None

    def _counters(self, claim: Claim, doers: Collection[str]) -> Aim | None:
        """Who counts dead and names no side counts his own: a side at war, or the state on whose soil an armed group fights."""
        speakers = parties_of(claim.claimant)
        if len(speakers) != 1 or speakers[0] in doers or not self.sides.is_belligerent(speakers[0]) or claim.stance == "denies":
            return None
        if not any(f.measure in ("killed", "injured", "missing") for f in claim.figures):
            return None
        return Aim(speakers[0], "who counts dead and names no side counts his own")

    def _on_a_side(self, claim: Claim, doers: Collection[str]) -> Aim | None:
        """ "On the Northern side, 40 have died": whose dead are counted."""
        words = self.text[claim.start_char : claim.end_char]
        if len(self.pair) == 2 and (both := _ON_BOTH.search(words)):
            return Aim(";".join(self.pair), f"“{both.group().strip()}” are the two sides that fight")
        whole = self.text[claim.sentence_start_char : claim.sentence_end_char]
        for pattern, said in ((_ON_A_SIDE, whole), (_LOSSES_OF, words), (_IN_A_LAND, words)):
            for match in pattern.finditer(said):
                code = self.sides.code_of(match["side"])
                if code is not None and code not in doers and self.sides.is_belligerent(code):
                    return Aim(code, f"“{match.group().strip()}” tells whose dead they are")
        return None

    def _belonging(self, start: int, end: int) -> Sequence[re.Match[str]]:
        """What the words between two offsets call a side's; a claim is asked about more than once."""
        found = self._found.get((start, end))
        if found is None:
            words = self.text[start:end].lower()
            # the pattern tries every name of the theatre at every word: most claims name none
            is_possible = not words.isascii() or (self._any_side is not None and self._any_side.search(words) is not None)
            found = self._found[start, end] = tuple(self._owned_in(start, end)) if is_possible else ()
        return found

    def _owned_in(self, start: int, end: int) -> Iterator[re.Match[str]]:
        """Each thing with the owner right before it: in "North hit South targets" the targets are not North's."""
        nearest: dict[int, re.Match[str]] = {}
        while self._owned is not None and (match := self._owned.search(self.text, start, end)) is not None:
            nearest[match.end()] = match
            start = match.end("before") if match["before"] else match.end()
        yield from nearest.values()

    def _speakers_own(self, claim: Claim, doers: Collection[str]) -> Aim | None:
        """ "fired at one of its towers", told by whose tower it is."""
        speakers = parties_of(claim.claimant)
        is_toll = act_class(claim.act) == "TOLL"
        if len(speakers) != 1 or (speakers[0] in doers and not is_toll):
            return None
        match = (_ITS_OWN if is_toll else _OWN).search(self.text, claim.start_char, claim.end_char)
        if match is not None and is_toll and _KILLS.match(self.text, match.end(), claim.end_char):
            foe = self.opponents.get(speakers[0])
            return Aim(foe, f"“{match.group()}” killed those whom they fight") if foe is not None else None
        if match is not None and match.group().lower().startswith("their"):
            # "two fighters died when a drone hit their car"
            match = None if _SEVERAL.search(self.text, claim.start_char, match.start()) else match
        return Aim(speakers[0], f"“{match.group()}” are the speaker's") if match is not None else None

    def _struck(self, claim: Claim, doers: Collection[str]) -> Aim | None:
        speakers = frozenset(parties_of(claim.claimant))
        if not doers and len(speakers) == 1 and (complaint := self._complains(claim, next(iter(speakers)))) is not None:
            return complaint
        fallen = _FIGHTERS.search((claim.target.text or "") if claim.target is not None else "")
        if (
            not doers
            and len(speakers) == 1
            and fallen is None
            and (own := self._own_town(claim, next(iter(speakers)))) is not None
        ):
            return own
        held = [
            (party, name)
            for party, name in self.holders_of(claim)
            if party not in doers and not any(party in self.allies.get(doer, ()) for doer in doers)
        ]
        if claim.stance != "denies" and (sources := self._sources(claim)):
            # fire from a land is on another
            held = [(party, name) for party, name in held if party not in sources]
        own_deed = bool(speakers & set(doers))
        # "a launcher was hit", told by a side at war with who fights from there
        is_told_by_foe = not doers and any(self.opponents.get(code) in self.hosts for code in speakers)
        military = _MILITARY.search(self.text, claim.start_char, claim.end_char) if doers or is_told_by_foe else None
        for party, name in held:
            group = next((code for code in self._guests(party) if code in doers), None)
            if group is not None:
                continue  # an armed group does not fight its host by firing on its soil
            if own_deed or military is not None or fallen is not None:
                guest = self._fought_guest(party, doers)
                if guest is not None:
                    words = military or fallen
                    told = "the doer speaks of his own deed" if own_deed or words is None else f"“{words.group()}” were struck"
                    return Aim(guest, f"{guest} fights from {name}, and {told}")
            return Aim(party, f"the target's side is who held {name}")
        return None

    def _sources(self, claim: Claim) -> set[str]:
        """Whose land fire came from."""
        origins = [replace(place, role="target") for place in claim.places if place.role == "origin"]
        return {party for party, _ in self.holders_of(replace(claim, places=tuple(origins)))} if origins else set()

    def _entered(self, claim: Claim, doers: Collection[str]) -> Aim | None:
        """Whose ground a force of another stands on or enters; an armed group on its host's is at home."""
        if not doers or claim.act not in _ENTERING or not all(map(self.sides.is_belligerent, doers)):
            return None
        for party, name in self.holders_of(claim):
            beside = {*doers, *(ally for doer in doers for ally in (*self.allies.get(doer, ()), *self.hosts.get(doer, ())))}
            if party not in beside and self.sides.is_belligerent(party):
                return Aim(party, f"it is on ground of {self.sides.party_name(party)}, who held {name}")
        return None

    def _own_town(self, claim: Claim, speaker: str) -> Aim | None:
        """A town hit that its own side, or an ally of it, tells of: theirs, though another took it that very week."""
        words = self.text[claim.start_char : claim.end_char]
        beside = {speaker, *self.allies.get(speaker, ())}
        held = [(party, name) for party, name in self.holders_of(claim) if party in beside]
        if not held or not self.sides.is_belligerent(speaker) or claim.stance == "confirms" or _SUCCESS.search(words):
            return None
        return Aim(held[0][0], f"the target's side is who held {held[0][1]}")

    def _complains(self, claim: Claim, speaker: str) -> Aim | None:
        """ "the town came under fire", told by a side at war: its own, whoever held it by the map."""
        if not self.sides.is_belligerent(speaker) or claim.stance == "confirms" or act_class(claim.act) != "ASSAULT":
            return None
        words = self.text[claim.start_char : claim.end_char]
        match = _COMPLAINT.search(words)
        if match is None or _SUCCESS.search(words) or _PEOPLE_THERE.search(words):
            return None
        return Aim(speaker, f"“{match.group()}” is what a side tells of its own")

    def _cut_off(self, claim: Claim, doers: Collection[str]) -> Aim | None:
        """Whom a closed corridor or road cuts off: the one enclave that its people hold, where the text speaks of it."""
        named = self.heard.union(self._named_in_text)
        enclaves = [p for p in self.sides.theatre.parties if p.kind == "de_facto" and p.code not in doers and p.code in named]
        known = (self.sides.places.get(place.place_id or "") for place in claim.places)
        on_road = any(place is not None and place.kind == "corridor" for place in known)
        words = self.text[claim.start_char : claim.sentence_end_char]
        is_shut = claim.act.startswith(("ACCESS", "UTILITY", "AID")) and _ROAD.search(words) is not None
        held = {party for party, _ in self.holders_of(claim)}
        is_there = bool(held) and held <= {enclaves[0].code} if enclaves else False
        if len(enclaves) != 1 or not (on_road or is_there or (not claim.places and is_shut)):
            return None
        if any(code in self.allies.get(enclaves[0].code, ()) for code in doers):
            return None
        return Aim(enclaves[0].code, f"a road that is shut cuts off {self.sides.party_name(enclaves[0].code)}")

    def _by_speaker(self, claim: Claim, doers: Collection[str]) -> Aim | None:
        """Who tells of what the other side did to it."""
        speakers = frozenset(parties_of(claim.claimant))
        if len(speakers) != 1 or len(doers) != 1 or speakers & set(doers) or claim.stance == "confirms":
            return None
        (speaker,), (doer,) = speakers, doers
        if self.sides.is_belligerent(speaker) and self.sides.is_belligerent(doer):
            return Aim(speaker, "who tells of the other side's attack was attacked")
        return None

    def _addressed(self, claim: Claim, doers: Collection[str]) -> Aim | None:
        """Whom outsiders call on or talk to: the two sides that fight, where they say so or plead for a truce."""
        speakers = frozenset(parties_of(claim.claimant)) | set(doers)
        if len(self.pair) != 2 or any(self.sides.is_belligerent(code) and code in self.pair for code in speakers):
            return None
        said = (claim.target.text or "") if claim.target is not None else ""
        said = "" if said.lower() in ("it", "this", "that", "which", "who", "his", "her", "its", "their") else said
        said = "" if self.sides.code_of(said) in doers else said
        words = said or self.text[claim.start_char : claim.end_char]
        if not said and claim.act in ("AGREE.CEASEFIRE", "TALKS.MEET") and not self._names_a_side(words):
            sentence = self.text[claim.sentence_start_char : claim.end_char]
            if claim.act == "AGREE.CEASEFIRE" or _BROKERED.search(sentence):
                return Aim(";".join(self.pair), "a truce that an outsider makes is between the sides that fight")
        if claim.act == "TALKS.MEDIATE" and not said and not self._names_a_side(words):
            return Aim(";".join(self.pair), "who mediates does so between the sides that fight")
        if not said and _is_plea(claim, self.text):
            return Aim(";".join(self.pair), "a call to stop fighting or to meet is on the sides that fight")
        if not said and act_class(claim.act) == "COOPERATE" and (offer := _MEDIATES.search(words)) is not None:
            return Aim(";".join(self.pair), f"“{offer.group()}” is offered to the sides that fight")
        if claim.act.startswith("OFFER") and not said and not self._names_a_side(words) and (offer := _AID_OFFERED.search(words)):
            return Aim(";".join(self.pair), f"“{offer.group()}” is offered to the sides that fight")
        named = _BOTH_NAMED.search(words) if not said else None
        if named is not None or (_PLURAL_ROLES.search(words) and (said or act_class(claim.act) == "CONSULT")):
            return Aim(
                ";".join(self._pair_of(named.group() if named else said)), f"“{said or 'they'}” are the two sides that fight"
            )
        return None

    def _hosts_of_talks(self, claim: Claim, doers: Collection[str]) -> Aim | None:
        """ "the envoy is due to hold talks in <capital>": with the state that sits there."""
        places = [place.name or place.text for place in claim.places if place.role == "target"]
        code = self.seats.get(places[0]) if len(places) == 1 else None
        is_guest = len(doers) == 1 and not any(map(self.sides.is_belligerent, doers))
        is_open = claim.target is None or claim.target.text is None
        if act_class(claim.act) != "CONSULT" or code is None or not is_guest or not is_open or claim.stance == "denies":
            return None
        return Aim(code, f"talks of an outsider in {places[0]} are with who sits there")

    def _names_a_side(self, words: str) -> bool:
        return bool(self.sides.named_sides(words)) or any(_seat(name).search(words) for name in self.seats)

    def _guests(self, host: str) -> list[str]:
        return [code for code, soils in self.hosts.items() if host in soils]

    def _fought_guest(self, host: str, doers: Collection[str]) -> str | None:
        """The armed group that a doer fights on a host's soil."""
        fought = {self.opponents[doer] for doer in doers if doer in self.opponents}
        guests = [code for code in self._guests(host) if code in self.heard]
        return next((code for code in guests if code in fought), None) or next(iter(guests), None)

    def _fighting(self, claims: Sequence[Claim]) -> tuple[str, ...]:
        """The two belligerents who say and do most in the document."""
        counts: Counter[str] = Counter()
        for claim in claims:
            weight = 2 if act_class(claim.act) in ("ASSAULT", "TERRITORY", "COERCE") else 1
            for voice in (claim.claimant, claim.attributed_to, claim.target):
                for code in parties_of(voice):
                    if self.sides.belligerents and code in self.sides.belligerents:
                        counts[code] += weight
        if len(counts) < 2:
            # short news: who fights is named there and does nothing yet
            for code in self._named_in_text:
                beside = self.allies.get(code, frozenset()) | self.hosts.get(code, frozenset()) | set(self._guests(code))
                if len(counts) < 2 and code not in counts and not beside & set(counts):
                    counts[code] = 1
        if not counts:
            return ()
        first = max(sorted(counts), key=lambda code: counts[code])
        rest = {code: n for code, n in counts.items() if code != first}
        if not rest:
            return ()
        foe = self.opponents.get(first)
        second = foe if foe is not None and foe in rest else max(sorted(rest), key=lambda code: rest[code])
        return tuple(sorted((self._principal(first, second), self._principal(second, first))))

    def foe_in_words(self, doer: str) -> str | None:
        """Whom a side's words are meant for, where they name nobody: the state rather than the body that it stands by.

        An ally of one of the two that fight speaks to the other.
        """
        foe = self.opponents.get(doer)
        if foe is None and len(self.pair) == 2:
            beside = [code for code in self.pair if code in self.allies.get(doer, ())]
            foe = next((code for code in self.pair if code not in beside), None) if len(beside) == 1 else None
        return self._principal(foe, doer) if foe is not None else None

    def _principal(self, code: str, other: str) -> str:
        """Who fights on a side: the armed group heard of rather than its host, the state rather than the body it stands by."""
        guest = next((guest for guest in self._guests(code) if guest in self.heard and guest != other), None)
        if guest is not None and self.opponents.get(other) in (guest, None):
            return guest
        kinds = {party.code: party.kind for party in self.sides.theatre.parties}
        if kinds.get(code) != "de_facto":
            return code
        allies = (ally for ally in self.allies.get(code, ()) if ally in self.heard and kinds.get(ally) == "state")
        return next((ally for ally in allies if ally != other and self.sides.is_belligerent(ally)), code)


def _is_plea(claim: Claim, text: str) -> bool:
    """Whether a demand is a plea to stop fighting or to talk."""
    if claim.act in _PLEA:
        return True
    return act_class(claim.act) == "REQUEST" and _TO_STOP.search(text, claim.start_char, claim.end_char) is not None


@lru_cache(maxsize=256)
def _seat(name: str) -> re.Pattern[str]:
    """A capital that stands for its state, and is no place where something is said or done."""
    return re.compile(
        rf"(?<!\bin )(?<!\bat )(?<!\bfrom )(?<!\bnear )(?<!\bof ){re.escape(name)}\b(?!['’]s (?:streets|centre|center|suburbs))"
    )
