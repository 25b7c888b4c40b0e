"""Whom an act was aimed at, from what stands around it: whose things were hit, who complains of it, who held the place.

In this order: a side whose things or people the words themselves name; who held the place, or the armed group that fights from
the soil of whoever held it, where the doer speaks of his own deed; the side that complains of it. Nothing here outweighs a target
that was named.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from trucewatch.model.codebook import act_class
from trucewatch.model.records import Claim
from trucewatch.model.theatre import Theatre
from trucewatch.stages.sides import Sides, parties_of

_STRUCK = (
    "targets?|positions?|posts?|sites?|infrastructure|depots?|dumps?|stores?|storehouses?|warehouses?|caches?|launchers?|bases?|outposts?"
    "|facilit(?:y|ies)|buildings?|fighters?|operatives?|militants?|members?|gunmen|commanders?|soldiers?|servicemen|troops|forces|units?"
    "|tanks?|vehicles?|bunkers?|tunnels?|headquarters|compounds?|strongholds?|cells?|squads?|barracks|officers?|personnel|patrols?|men"
    "|(?:watch)?towers?|convoys?|hospitals?|ambulances?|aircraft|drones?|helicopters?|ships?|vessels?|crews?|paramedics?|peacekeepers?"
    "|civilians|villages?|towns?|cities|settlements?|communities|farmers|villagers|residents|houses|homes|territory|citizens|airspace"
)
_LINKS = r"(?:['’]s?)?\s+(?:[\w-]+\s+){0,3}?"
_OWN = re.compile(rf"\b(?:its|our|their)\s+(?:[\w-]+\s+){{0,3}}?(?:{_STRUCK})\b", re.I)
_ITS_OWN = re.compile(rf"\b(?:its|our|their)\s+own\b|{_OWN.pattern}", re.I)
_PLEA = frozenset({"DEMAND.CEASE_FIRE", "DEMAND.TALKS"})
_ADDRESSED = frozenset({"CONSULT", "REQUEST", "COOPERATE"})
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
_HOSTILE = frozenset({"ASSAULT", "TERRITORY", "COERCE"})


@dataclass(frozen=True)
class Aim:
    """A side aimed at, and why in words."""

    party: str
    reason: str


class Targets:
    """Answers for one document's claims.

    `holders_of` gives who held a claim's places, with their names; `opponents` whom each side fights.
    """

    def __init__(
        self,
        theatre: Theatre,
        text: str,
        claims: Sequence[Claim],
        opponents: Mapping[str, str],
        holders_of: Callable[[Claim], Sequence[tuple[str, str]]],
    ) -> None:
        _, self.sides, self._owned, _ = _knowledge(theatre)
        self.text = text
        self.opponents = opponents
        self.holders_of = holders_of
        self.hosts = {party.code: frozenset(party.hosts) for party in theatre.parties if party.hosts}
        self.pair = self._fighting(claims)
        self.heard = {code for c in claims for voice in (c.claimant, c.attributed_to, c.target) for code in parties_of(voice)}

    def aim(self, claim: Claim, *, by_speaker: bool) -> Aim | None:
        """Whom a claim without a target is aimed at; None where nothing tells.

        `by_speaker`: also where only who complains of it tells, which a place told beside it outweighs.
        """
        cls = act_class(claim.act)
        doers = frozenset(parties_of(claim.attributed_to))
        if cls in ("ASSAULT", "TERRITORY", "MOBILIZE") and claim.act != "FIRE.CLASH":
            found = self._named(claim, doers) or self._speakers_own(claim, doers)
            found = found or (self._struck(claim, doers) if cls != "MOBILIZE" else None)
            return found or (self._by_speaker(claim, doers) if by_speaker and cls == "ASSAULT" else None)
        if cls == "TOLL":
            return self._named(claim, doers) or self._speakers_own(claim, doers)
        if cls == "COERCE":
            return self._by_speaker(claim, doers) if by_speaker else None
        if cls in _ADDRESSED or claim.act in _PLEA:
            return self._addressed(claim, doers)
        return None

    def _named(self, claim: Claim, doers: Collection[str]) -> Aim | None:
        """ "X arms dumps", "positions of X", "belonging to X" in the claim's own words."""
        if self._owned is None:
            return None
        doer = claim.attributed_to
        skip = (doer.start_char or 0, doer.end_char or 0) if doer is not None and doer.start_char is not None else (0, 0)
        for match in self._owned.finditer(self.text, claim.start_char, claim.end_char):
            code = self.sides.code_of(match["before"] or match["after"])
            if code is None or code in doers or skip[0] <= match.start() < skip[1] or not self.sides.is_belligerent(code):
                continue
            return Aim(code, f"“{match.group()}” are {self.sides.party_name(code)}'s")
        return None

    def _speakers_own(self, claim: Claim, doers: Collection[str]) -> Aim | None:
        """ "fired at one of its towers", told by whose tower it is."""
        speakers = parties_of(claim.claimant)
        is_toll = act_class(claim.act) == "TOLL"
        if len(speakers) != 1 or (not doers and not is_toll) or speakers[0] in doers:
            return None
        match = (_ITS_OWN if is_toll else _OWN).search(self.text, claim.start_char, claim.end_char)
        return Aim(speakers[0], f"“{match.group()}” are the speaker's") if match is not None else None

    def _struck(self, claim: Claim, doers: Collection[str]) -> Aim | None:
        speakers = frozenset(parties_of(claim.claimant))
        held = [(party, name) for party, name in self.holders_of(claim) if party not in doers]
        own_deed = bool(speakers & set(doers))
        for party, name in held:
            group = next((code for code in self._guests(party) if code in doers), None)
            if group is not None:
                continue  # an armed group does not fight its host by firing on its soil
            if own_deed:
                guest = self._fought_guest(party, doers)
                if guest is not None:
                    why = f"{guest} fights from {name}, and the doer speaks of his own deed"
                    return Aim(guest, why)
            return Aim(party, f"the target's side is who held {name}")
        return None

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
        words = said or self.text[claim.start_char : claim.end_char]
        if claim.act in _PLEA and not said:
            return Aim(";".join(self.pair), "a call to stop fighting or to meet is on the sides that fight")
        named = _BOTH_NAMED.search(words) if not said else None
        if named is not None or (_PLURAL_ROLES.search(words) and (said or act_class(claim.act) == "CONSULT")):
            return Aim(";".join(self.pair), f"“{said or 'they'}” are the two sides that fight")
        return None

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
            weight = 2 if act_class(claim.act) in _HOSTILE else 1
            for voice in (claim.claimant, claim.attributed_to, claim.target):
                for code in parties_of(voice):
                    if self.sides.belligerents and code in self.sides.belligerents:
                        counts[code] += weight
        if not counts:
            return ()
        first = max(sorted(counts), key=lambda code: counts[code])
        rest = {code: n for code, n in counts.items() if code != first}
        foe = self.opponents.get(first)
        if foe in rest:
            return tuple(sorted((first, foe)))
        if not rest:
            return ()
        return tuple(sorted((first, max(sorted(rest), key=lambda code: rest[code]))))


_Known = tuple[Theatre, Sides, re.Pattern[str] | None, re.Pattern[str] | None]
_KNOWN: list[_Known] = []


def sides_of(theatre: Theatre) -> Sides:
    """A theatre's sides."""
    return _knowledge(theatre)[1]


def whose_arms(theatre: Theatre, words: str) -> str | None:
    """The one belligerent whose arms or fire a text names ("when an X missile struck"); None where none or several are."""
    _, sides, _, arms = _knowledge(theatre)
    if arms is None:
        return None
    named = {sides.code_of(match["side"]) for match in arms.finditer(words)}
    return next(iter(named)) if len(named) == 1 else None


def _knowledge(theatre: Theatre) -> _Known:
    """A theatre's sides and the patterns of what belongs to them, kept for the last theatre asked about."""
    if not _KNOWN or _KNOWN[0][0] is not theatre:
        _KNOWN[:] = [(theatre, Sides(theatre), _owned_pattern(theatre), _arms_pattern(theatre))]
    return _KNOWN[0]


_ARMS = (
    r"(?:missiles?|rockets?|shells?|shellfire|gunfire|drones?|UAVs?|strikes?|air ?strikes?"
    r"|air raids?|shelling|bombardment|attacks?|fire"
    r"|artillery|mortars?|bullets?|snipers?|tanks?|jets?|warplanes?|aircraft|gunners|projectiles?|offensive|assault)"
)


def _arms_pattern(theatre: Theatre) -> re.Pattern[str] | None:
    demonyms = {name for party in theatre.parties for name in (*party.demonyms, *party.names)}
    if not demonyms:
        return None
    sides = "|".join(sorted(map(re.escape, demonyms), key=len, reverse=True))
    return re.compile(rf"\b(?P<side>{sides})(?:['’]s?)?\s+(?:[\w-]+\s+){{0,2}}?{_ARMS}\b")


def _owned_pattern(theatre: Theatre) -> re.Pattern[str] | None:
    names = {name for party in theatre.parties for name in (*party.demonyms, *party.names)}
    if not names:
        return None
    sides = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    return re.compile(
        rf"\b(?P<before>{sides}){_LINKS}(?:{_STRUCK})\b"
        rf"|\b(?:{_STRUCK})\s+(?:of|belonging to|used by|owned by|operated by)\s+(?:the\s+)?(?P<after>{sides})\b",
        re.I,
    )
