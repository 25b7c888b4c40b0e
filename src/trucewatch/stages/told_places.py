"""Places that a claim leans on: the attack's told just before, the village that a witness speaks from, "there".

Nothing here outweighs a place that the claim's own words name, and what is carried has less confidence than what is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from trucewatch.model.codebook import act_class
from trucewatch.model.records import Claim, ClaimPlace, Mention, Voice
from trucewatch.stages.sides import parties_of

_NEAR_CHARS = 700
_NOT_FOUGHT = frozenset({"FIRE.CLASH", "EXPLOSIVE.MINE_BLAST"})
_DEEDS = frozenset({"ASSAULT", "TERRITORY", "MOBILIZE"})
_SETTLED = frozenset({"settlement", "district", "site"})
# words that mean a place named before
_THERE = re.compile(
    r"\b(?:there|(?:the|this|that) (?:village|town|city|area|district|settlement|hamlet|place|neighbou?rhood)(?:['’]s)?|locals"
    r"|the (?:villagers|residents|townspeople|inhabitants))\b"
    r"(?! (?:was|were|is|are|has|have|had|will|would) (?:a|an|no|nothing|any|been)\b)",
    re.I,
)
_SCENE = re.compile(
    r"(?:\b(?:in|at|near|from|around|outside|of|to|into)\s+(?:the\s+)?(?:[\w-]+\s+){0,2}?(?:of\s+)?|\b(?:reached|visited|entered|left|outside)\s+)$",
    re.I,
)
# ground that was told of before; "several villages" are others
_THE_GROUND = re.compile(
    r"\b(?:the|those|these|that|this|any|its|their)\s+(?:[\w-]+\s+)?(?:heights?|positions?|posts?|hills?|ground|area|base)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a place is named, with the place."""

    start_char: int
    end_char: int
    place: Any


class ToldPlaces:
    """Answers for one document's claims. `holder_of` gives who held a claim's place; `groups`: armed bodies that are no state."""

    def __init__(
        self,
        text: str,
        mentions: Sequence[Mention],
        gazetteer: Any,
        hosts: Mapping[str, frozenset[str]],
        groups: frozenset[str],
        holder_of: Callable[[ClaimPlace, Claim], str | None],
        seats: frozenset[str],
    ) -> None:
        self.text = text
        self.gazetteer = gazetteer
        self.hosts = hosts
        self.groups = groups
        self.holder_of = holder_of
        self.seats = seats
        self.spots = tuple(self._find_spots(mentions))

    def carried(self, claims: Sequence[Claim], number: int) -> tuple[tuple[ClaimPlace, ...], str]:
        """The places that a claim without any takes over, and why; none where nothing tells."""
        claim = claims[number]
        none: tuple[ClaimPlace, ...] = ()
        if claim.places or claim.act in _NOT_FOUGHT or claim.when.relation == "since":
            return none, ""
        cls = act_class(claim.act)
        if cls in ("COERCE", "DISPLACE"):
            beside = [c for c in claims if c is not claim and _in_one_sentence(c, claim) and act_class(c.act) == "ASSAULT"]
            return tuple(p for c in beside for p in _targets(c)), "the place is that of the attack in the same sentence"
        if cls not in ("ASSAULT", "TERRITORY") and claim.act != "DEESCALATE.CEASE_FIRE":
            return none, ""
        if cls != "RETREAT" and (spot := self._pointed_at(claim)) is not None:
            return (self._as_place(spot),), f"its words point back at {spot.place.names[0]}, named before"
        before = self._told_before(claims[:number], claim, cls)
        if cls == "ASSAULT" and (spot := self._witnessed(claim, before)) is not None:
            return (self._as_place(spot),), f"{spot.place.names[0]} is where it is told of"
        if before is None:
            return none, ""
        places = tuple(replace(p, confidence=min(p.confidence, 0.48)) for p in _targets(before))
        return places, "the place is that of the same side's attack told just before"

    def _told_before(self, earlier: Sequence[Claim], claim: Claim, cls: str) -> Claim | None:
        """The nearest deed before a claim that may have been at the same place."""
        for other in sorted(earlier, key=lambda c: -c.sentence_start_char):
            if claim.sentence_start_char - other.sentence_end_char > _NEAR_CHARS:
                break
            kind, beside = act_class(other.act), _in_one_sentence(other, claim)
            targets = _targets(other)
            if not targets or not (kind == "ASSAULT" or kind == cls or (beside and kind in _DEEDS)):
                continue
            if cls == "TERRITORY" and (kind != "TERRITORY" or not self._is_the_ground(claim)):
                continue
            if self._fits(claim, other, targets):
                return other
        return None

    def _is_the_ground(self, claim: Claim) -> bool:
        return claim.stance == "denies" or _THE_GROUND.search(self.text, claim.start_char, claim.end_char) is not None

    def _fits(self, claim: Claim, other: Claim, targets: tuple[ClaimPlace, ...]) -> bool:
        one, two = _sides(claim.attributed_to), _sides(other.attributed_to)
        owners = {self.holder_of(p, claim) for p in targets} - {None}
        aimed = frozenset() if _sides(claim.target) & self.groups else _sides(claim.target)
        if act_class(claim.act) != "TERRITORY" and (owners & one or (aimed and owners and not owners & aimed)):
            return False
        hit, also = self._with_hosts(claim.target), self._with_hosts(other.target)
        return not ((one and two and one != two) or (hit and also and not hit & also))

    def _with_hosts(self, voice: Voice | None) -> frozenset[str]:
        """A voice's sides, with those from whose soil an armed group among them fights."""
        sides = _sides(voice)
        return sides.union(*(self.hosts.get(side, frozenset()) for side in sides))

    def _pointed_at(self, claim: Claim) -> _Spot | None:
        """ "shelled the village", "lost ground there": the settlement named last before those words."""
        found = _THERE.search(self.text, claim.start_char, claim.end_char)
        return self._last_spot(found.start(), claim, _NEAR_CHARS) if found is not None else None

    def _witnessed(self, claim: Claim, before: Claim | None) -> _Spot | None:
        """Where somebody of no side speaks: named since the last attack told, as where he is or where the reporter was."""
        voice = claim.claimant
        if voice is not None and (voice.party is not None or voice.actor_id is not None):
            return None
        spot = self._last_spot(claim.start_char, claim, _NEAR_CHARS // 2)
        if spot is None or (before is not None and spot.start_char < before.end_char):
            return None
        is_own = voice is not None or claim.start_char - spot.start_char < _NEAR_CHARS // 4
        return spot if is_own and _SCENE.search(self.text[max(0, spot.start_char - 40) : spot.start_char]) else None

    def _last_spot(self, offset: int, claim: Claim, reach: int) -> _Spot | None:
        own = _sides(claim.attributed_to) if act_class(claim.act) == "ASSAULT" else frozenset[str]()
        for spot in reversed(self.spots):
            if spot.end_char > offset or offset - spot.start_char > reach:
                continue
            if spot.place.names[0] not in self.seats and spot.place.country not in own:
                return spot
        return None

    def _find_spots(self, mentions: Sequence[Mention]) -> Iterator[_Spot]:
        if self.gazetteer is None:
            return
        for mention in sorted(mentions, key=lambda m: m.start_char):
            if mention.kind not in ("place", "country"):
                continue
            found = self.gazetteer.find(mention.text, fuzzy=False)[:1]
            if found and found[0].is_theatre and found[0].place.kind in _SETTLED:
                yield _Spot(mention.start_char, mention.end_char, found[0].place)

    def _as_place(self, spot: _Spot) -> ClaimPlace:
        lat, lon = self.gazetteer.point(spot.place)
        return ClaimPlace(
            text=self.text[spot.start_char : spot.end_char],
            start_char=spot.start_char,
            end_char=spot.end_char,
            role="target",
            place_id=spot.place.id,
            name=spot.place.names[0],
            lat=lat,
            lon=lon,
            precision=spot.place.precision,
            confidence=0.5,
        )


def _sides(voice: Voice | None) -> frozenset[str]:
    return frozenset(parties_of(voice))


def _targets(claim: Claim) -> tuple[ClaimPlace, ...]:
    return tuple(p for p in claim.places if p.role == "target" and p.place_id is not None)


def _in_one_sentence(one: Claim, other: Claim) -> bool:
    return one.sentence_start_char == other.sentence_start_char
