"""Admissions: what a side tells of its own dead, its own losses and ground that it lost (codebook 3)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from trucewatch.model.codebook import act_class
from trucewatch.model.records import Claim, Voice
from trucewatch.stages.sides import parties_of

_LOSS_CLASSES = frozenset({"ASSAULT", "TOLL"})
_NEAR_CHARS = 700
_CIVILIANS = re.compile(r"\b(?:civilians?|child(?:ren)?|wom[ae]n|residents?|villagers?)\b", re.I)
# the dead told of as they died, and not as what an attack did
_FELL = re.compile(
    r"\b(?:were|was|been|being|are|is)\s+(?:[a-z]+ly\s+|also\s+|shot\s+|left\s+)?(?:killed|martyred|shot dead|dead)\b"
    r"|\b(?:died|fell|perished|lost\s+(?:their|his|her)\s+li(?:fe|ves))\b",
    re.I,
)
_OWN_LOSS = re.compile(
    r"\bits\s+(?:own\s+|first\s+|only\s+|worst\s+|heaviest\s+){1,2}(?:loss|losses|deaths?|dead|casualt|fatalit|since|of|in)", re.I
)
_SUCCEEDING = re.compile(r"\b(?:managed|succeeded|(?:was|were) able|broke(?:n)? through|penetrated|pierced)\b", re.I)
_OWN_MEN = re.compile(r"\b(?:its|our|his|their)\s+(?:[\w-]+\s+)?(?:soldiers?|troops|men|servicemen|fighters|officers?)\b", re.I)
_FORCES = ("army", "military", "forces", "general", "troops", "commander")


def admission(claim: Claim, before: Sequence[Claim], text: str) -> tuple[str, Voice | None]:
    """Why a claim is an admission, with the target that it then has; "" where it is none. `before`: the claims told before it."""
    speaker, target = frozenset(parties_of(claim.claimant)), frozenset(parties_of(claim.target))
    none = "", claim.target
    if claim.stance != "asserts" or len(speaker) != 1:
        return none
    if (
        claim.act == "CIV.DETENTION"
        and claim.claimant is not None
        and is_force(claim.claimant)
        and not _OWN_MEN.search(text, claim.start_char, claim.end_char)
    ):
        return none  # whom an army says were held it holds
    cls, doers = act_class(claim.act), frozenset(parties_of(claim.attributed_to))
    told = text[claim.sentence_start_char : claim.sentence_end_char]
    if cls == "TERRITORY" or (claim.act == "ADVANCE.OFFENSIVE" and _SUCCEEDING.search(told) is not None):
        lost = speaker & target and not speaker & doers
        return ("an admission: the speaker's own side lost ground", claim.target) if lost else none
    if cls not in _LOSS_CLASSES or (target and not speaker & target) or doers & speaker:
        return none
    words = text[claim.start_char : claim.end_char]
    combatants = any(f.population == "combatant" and f.high != 0 for f in claim.figures)
    mixed = _CIVILIANS.search(words) is not None or any(f.population == "civilian" for f in claim.figures)
    if _is_admitted(claim, before, words, text, combatants=combatants and not mixed, mixed=mixed, is_own=bool(speaker & target)):
        whose = claim.target if target else replace(claim.target or Voice(), party=next(iter(speaker)))
        return "an admission: the speaker tells of his own side's losses", whose
    return none


def _is_admitted(
    claim: Claim, before: Sequence[Claim], words: str, text: str, *, combatants: bool, mixed: bool, is_own: bool
) -> bool:
    if any("losses" in reason for reason in claim.reasons):
        return True
    has_doer = bool(parties_of(claim.attributed_to))
    fallen = combatants and is_own and any(f.measure == "killed" and f.high != 0 for f in claim.figures) and _FELL.search(words)
    if fallen:
        return True
    if combatants and act_class(claim.act) == "ASSAULT" and _is_of_an_attack(claim, before):
        return False
    if has_doer:
        return False
    figures = any(f.high != 0 for f in claim.figures)
    if act_class(claim.act) == "TOLL" and figures and not mixed:
        rest = text[claim.start_char : claim.sentence_end_char]
        if any("are the speaker's" in reason for reason in claim.reasons) or _OWN_LOSS.search(rest):
            return True
    vague = figures and not mixed and all(f.population in ("unknown", "all") for f in claim.figures)
    return combatants or (vague and claim.claimant is not None and is_force(claim.claimant))


def _is_of_an_attack(claim: Claim, before: Sequence[Claim]) -> bool:
    """Whether an attack by another side was told just before, whose victims these are."""
    speaker = frozenset(parties_of(claim.claimant))
    return any(
        act_class(c.act) == "ASSAULT"
        and claim.sentence_start_char - c.sentence_end_char < _NEAR_CHARS
        and parties_of(c.attributed_to)
        and not speaker & set(parties_of(c.attributed_to))
        for c in before
    )


def is_force(voice: Voice) -> bool:
    """Whether a voice is an army or one of its men."""
    words = f"{voice.text or ''} {voice.name or ''}".lower()
    return any(word in words for word in _FORCES)
