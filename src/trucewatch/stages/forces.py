"""Forces that are told without a side: whose "a third division", "the tanks" and the soldiers that "were deployed" are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from trucewatch.model.codebook import act_class
from trucewatch.model.records import Claim, Voice
from trucewatch.stages.sides import parties_of

_MOVED = re.compile(r"\b(?:soldiers|troops|forces|units?|tanks|battalions?|brigades?|army|police|reservists)$", re.I)
_OWN_FORCE = re.compile(
    r"^(?:(?:a|an|another|the|several|more|\w+ (?:more )?)\s+)*(?:\w+\s+)?"
    r"(?:division|brigade|battalion|unit|units|troops|forces|soldiers|fighters|(?:war|fighter )?planes|(?:fighter )?jets|aircraft"
    r"|tanks|gunboats|artillery|drones|helicopters|gunships|F-\d+ jets)$",
    re.I,
)
_OURS = re.compile(r"\b(?:our|ours|us)\b", re.I)


def _sides(voice: Voice | None) -> frozenset[str]:
    return frozenset(parties_of(voice))


def _because(claim: Claim, reason: str, *, lower: float = 0.1, **changes: Any) -> Claim:
    return replace(claim, reasons=(*claim.reasons, reason), confidence=round(max(0.2, claim.confidence - lower), 2), **changes)


def with_moved_force(claim: Claim) -> Claim:
    """ "soldiers of A have been deployed": a force that was moved, by nobody else that is named, moves."""
    moved = claim.target
    if act_class(claim.act) != "MOBILIZE" or claim.attributed_to is not None or moved is None or not _sides(moved):
        return claim
    if not _MOVED.search((moved.text or "").strip()):
        return claim
    return _because(claim, f"“{moved.text}” were moved, and by nobody else", lower=0.0, attributed_to=moved, target=None)


def with_forces_side(text: str, claims: Sequence[Claim], number: int) -> Claim:
    """A bare force goes on being the one told of right before it in the sentence; "they" in a quotation took "our land"."""
    claim = claims[number]
    doer, speaker = claim.attributed_to, _sides(claim.claimant)
    if doer is None or len(speaker) != 1 or act_class(claim.act) not in ("MOBILIZE", "TERRITORY", "ASSAULT"):
        return _with_speakers_force(claim)
    evidence = text[claim.start_char : claim.end_char]
    if (doer.text or "").lower() == "they" and _sides(doer) == speaker and _OURS.search(evidence):
        return _because(claim, "“they” did it to “us”", attributed_to=replace(doer, party=None, actor_id=None, name=None))
    if doer.party is None and _OWN_FORCE.match(doer.text or ""):
        told = next(
            (
                c
                for c in reversed(claims[:number])
                if c.sentence_start_char == claim.sentence_start_char and len(_sides(c.attributed_to)) == 1
            ),
            None,
        )
        if told is not None and told.attributed_to is not None and _sides(told.claimant) == speaker:
            party = next(iter(_sides(told.attributed_to)))
            why = "the force told of just before in the sentence"
            return _because(claim, why, attributed_to=replace(doer, party=party, name=told.attributed_to.name or party))
    return _with_speakers_force(claim)


def _with_speakers_force(claim: Claim) -> Claim:
    """ "a third division", "troops": a force without a side is the speaker's own."""
    doer, speaker = claim.attributed_to, _sides(claim.claimant)
    if doer is not None and doer.party is None and len(speaker) == 1 and act_class(claim.act) == "THREATEN":
        party = next(iter(speaker))
        return _because(claim, "who threatens in somebody's words is his own side", attributed_to=replace(doer, party=party))
    if (
        doer is None
        or doer.party is not None
        or len(speaker) != 1
        or act_class(claim.act) not in ("MOBILIZE", "TERRITORY", "ASSAULT")
    ):
        return claim
    if not _OWN_FORCE.match(doer.text or ""):
        return claim
    party = next(iter(speaker))
    return _because(
        claim, "a force named without a side is the speaker's own", attributed_to=replace(doer, party=party, name=party)
    )
