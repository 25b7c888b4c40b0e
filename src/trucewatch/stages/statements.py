"""An outlet that hands on one side's bulletin as its own: it calls the other side "the enemy" outside of any quotation.

Codebook 2: a party's own agency speaks for that party. Such an outlet may not be known by name; its words tell whose it is. What
it says of deeds without naming a source is then that side's, most often the ministry's whose bulletin goes on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from trucewatch.model.codebook import act_class
from trucewatch.model.records import Claim, Quotation, Voice
from trucewatch.stages.resolve.phrases import ENEMY, OPPOSITE
from trucewatch.stages.sides import Sides, parties_of

_TOLD = frozenset({"ASSAULT", "TERRITORY", "TOLL", "RETREAT", "MOBILIZE", "DISPLACE", "COERCE"})
_ENEMY = re.compile(r"\benem(?:y|ies)\b", re.I)
_WHOSE = re.compile(r"\b(?P<people>[A-Z][a-z]+)\s+[Ee]nemy\b")
_ENOUGH = 2


def speak_for_their_side(claims: Sequence[Claim], text: str, quotations: Sequence[Quotation], sides: Sides) -> list[Claim]:
    """The claims in their order; where the outlet speaks for one side, that side vouches for the deeds told in its own voice."""
    side = _side_of(claims, text, quotations, sides)
    if side is None:
        return list(claims)
    reason = f"the outlet speaks for {sides.party_name(side)}: it calls the other side the enemy in its own words"
    return [
        replace(
            claim,
            claimant=Voice(party=side, name=sides.party_name(side)),
            confidence=round(max(0.2, claim.confidence - 0.15), 2),
            reasons=(*claim.reasons, reason),
        )
        if claim.claimant is None and act_class(claim.act) in _TOLD
        else _ours(claim, side, reason)
        for claim in claims
    ]


def _ours(claim: Claim, side: str, reason: str) -> Claim:
    """ "Our Ministry of Defence has refuted it", in such an outlet's own words: that side's."""
    voice = claim.claimant
    if voice is None or voice.party is not None or not (voice.text or "").lower().startswith("our "):
        return claim
    return replace(claim, claimant=replace(voice, party=side), reasons=(*claim.reasons, reason))


def name_the_enemy(claims: Sequence[Claim], opponents: Mapping[str, str]) -> list[Claim]:
    """The claims with whom a side calls the enemy named: whom it fights in the document, where one other stands out."""
    return [_named(claim, opponents) for claim in claims]


def _named(claim: Claim, opponents: Mapping[str, str]) -> Claim:
    speaker = parties_of(claim.claimant)
    foe = opponents.get(speaker[0]) if len(speaker) == 1 else None
    if foe is None:
        return claim

    def meant(voice: Voice | None) -> Voice | None:
        told = set(parties_of(voice))
        is_open = voice is not None and ENEMY.match(voice.text or "") and told <= set(speaker) and voice.actor_id is None
        is_open = is_open or (voice is not None and OPPOSITE.match(voice.text or "") and set(speaker) < told)
        return replace(voice, party=foe, name=foe) if voice is not None and is_open else voice

    doer, target = meant(claim.attributed_to), meant(claim.target)
    if doer is claim.attributed_to and target is claim.target:
        return claim
    reason = f"the enemy is {foe}, whom the speaker's side fights in the document"
    return replace(claim, attributed_to=doer, target=target, reasons=(*claim.reasons, reason))


def _side_of(claims: Sequence[Claim], text: str, quotations: Sequence[Quotation], sides: Sides) -> str | None:
    """The side whose enemy is meant: the first that is named as telling of a deed.

    Only where it is said of two deeds or more, outside of quotations: that time is the enemy of both is no side's word. An outlet
    that lets the enemy himself speak ("the enemy's army said") is no side's bulletin.
    """
    own = {
        match.start()
        for claim in claims
        if act_class(claim.act) in _TOLD
        for match in _ENEMY.finditer(text, claim.start_char, claim.end_char)
        if not any(q.start_char <= match.start() < q.end_char for q in quotations)
    }
    if len(own) < _ENOUGH:
        return None
    if any(_ENEMY.search(claim.claimant.text or "") for claim in claims if claim.claimant is not None):
        return None
    # "the <People> enemy": no bulletin of that people's
    foes = {side for match in _WHOSE.finditer(text) for side in sides.named_sides(match["people"])}
    # whom the document was found to call so by whoever published it or speaks there
    called = (claim.attributed_to for claim in claims if claim.claimant is None and claim.attributed_to is not None)
    foes |= {side for voice in called if _ENEMY.search(voice.text or "") for side in parties_of(voice)}
    for claim in sorted(claims, key=lambda claim: claim.start_char):
        if act_class(claim.act) not in _TOLD or claim.claimant is None or claim.stance == "denies":
            continue
        named = sides.named_sides(claim.claimant.text or "")
        if len(named) == 1 and parties_of(claim.claimant) == named and named[0] not in foes:
            return named[0]
    return None
