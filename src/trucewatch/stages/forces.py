"""Forces that are told without a side: whose "a third division", "the tanks" and the soldiers that "were deployed" are."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from trucewatch.model.codebook import act_class
from trucewatch.model.records import Claim
from trucewatch.stages.reasons import because, sides_in

_MOVED = re.compile(
    r"\b(?:soldiers|troops|forces|units?|tanks|battalions?|brigades?|army|police|reservists"
    r"|contingents?|peacekeepers|reinforcements?|warships?|ships?|aircraft|jets|warplanes|bombers|carriers?|batteries|marines)$",
    re.I,
)
_OWN_FORCE = re.compile(
    r"^(?:(?:a|an|another|the|several|more|\w+ (?:more )?)\s+)*(?:\w+\s+)?"
    r"(?:division|brigade|battalion|unit|units|troops|forces|soldiers|fighters|(?:war|fighter )?planes|(?:fighter )?jets|aircraft"
    r"|tanks|gunboats|artillery|drones|helicopters|gunships|F-\d+ jets)$",
    re.I,
)
_OURS = re.compile(r"\b(?:our|ours|us)\b", re.I)


def with_moved_force(claim: Claim) -> Claim:
    """ "soldiers of A have been deployed": a force that was moved, by nobody else that is named, moves."""
    moved = claim.target
    is_move = act_class(claim.act) == "MOBILIZE" or claim.act == "OFFER.MONITORS"
    if not is_move or claim.attributed_to is not None or moved is None:
        return claim
    is_force = _MOVED.search((moved.text or "").strip()) is not None
    if is_force and sides_in(moved):
        return because(claim, f"“{moved.text}” were moved, and by nobody else", lower=0.0, attributed_to=moved, target=None)
    speaker = sides_in(claim.claimant)
    if claim.stance == "denies" or len(speaker) != 1 or sides_in(moved):
        return claim
    if is_force or _OWN_FORCE.match((moved.text or "").strip()):
        party = next(iter(speaker))
        doer = replace(moved, party=party, name=party)
        return because(claim, f"“{moved.text}” without a side were moved by who tells of it", attributed_to=doer, target=None)
    return claim


def with_forces_side(
    text: str, claims: Sequence[Claim], number: int, holders_of: Callable[[Claim], Sequence[tuple[str, str]]]
) -> Claim:
    """A bare force goes on being the one told of right before it in the sentence; "they" in a quotation took "our land"."""
    claim = claims[number]
    doer, speaker = claim.attributed_to, sides_in(claim.claimant)
    if doer is None or len(speaker) != 1 or act_class(claim.act) not in ("MOBILIZE", "TERRITORY", "ASSAULT"):
        return _with_speakers_force(claim, holders_of)
    evidence = text[claim.start_char : claim.end_char]
    if (doer.text or "").lower() == "they" and sides_in(doer) == speaker and _OURS.search(evidence):
        return because(claim, "“they” did it to “us”", attributed_to=replace(doer, party=None, actor_id=None, name=None))
    if doer.party is None and _OWN_FORCE.match(doer.text or ""):
        told = next(
            (
                c
                for c in reversed(claims[:number])
                if c.sentence_start_char == claim.sentence_start_char and len(sides_in(c.attributed_to)) == 1
            ),
            None,
        )
        if told is not None and told.attributed_to is not None and sides_in(told.claimant) == speaker:
            party = next(iter(sides_in(told.attributed_to)))
            why = "the force told of just before in the sentence"
            return because(claim, why, attributed_to=replace(doer, party=party, name=told.attributed_to.name or party))
    return _with_speakers_force(claim, holders_of)


def _with_speakers_force(claim: Claim, holders_of: Callable[[Claim], Sequence[tuple[str, str]]]) -> Claim:
    """ "a third division", "troops": a force without a side is the speaker's own."""
    doer, speaker = claim.attributed_to, sides_in(claim.claimant)
    if doer is not None and doer.party is None and len(speaker) == 1 and act_class(claim.act) == "THREATEN":
        party = next(iter(speaker))
        return because(claim, "who threatens in somebody's words is his own side", attributed_to=replace(doer, party=party))
    if (
        doer is None
        or doer.party is not None
        or len(speaker) != 1
        or act_class(claim.act) not in ("MOBILIZE", "TERRITORY", "ASSAULT")
    ):
        return claim
    if not _OWN_FORCE.match(doer.text or ""):
        return claim
    if act_class(claim.act) in ("ASSAULT", "MOBILIZE") and {held for held, _ in holders_of(claim)} & speaker:
        return claim  # "warplanes struck the town", told by whose town it is
    party = next(iter(speaker))
    return because(
        claim, "a force named without a side is the speaker's own", attributed_to=replace(doer, party=party, name=party)
    )
