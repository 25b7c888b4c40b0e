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
# losses laid to an attack accuse whoever made it
_STRUCK = re.compile(
    r"\b(?:strikes?|struck|shell(?:s|ing|ed)?|(?:sniper|anti-tank|artillery|mortar|enemy|return|gun)[ -]?fire"
    r"|fired?|gunfire|rockets?|missiles?|projectiles?|drones?|raids?|bomb\w*|explosi\w+|blasts?|snip\w+|attack(?:s|ed)?|targeted|hit)\b",
    re.I,
)
# "three people were hurt there": where the speaker's own jets may have struck
_THERE = re.compile(r"\bthere\b(?!\s+(?:was|were|is|are)\b)", re.I)
_COMBATANTS = re.compile(
    r"\b(?:soldiers?|troops|service(?:men|man|members?|women|woman)|fighters?|officers?|conscripts?|reservists?|border guards?"
    r"|(?:major |lieutenant |brigadier )?generals?|colonels?|majors?|captains?|lieutenants?|sergeants?|combatants|losses)\b",
    re.I,
)
_PEOPLE = re.compile(r"\bpeople\b", re.I)
# "four of its soldiers were killed", "59 more deaths among its soldiers"
_OWN_HURT = re.compile(
    r"\b(?:of|among)\s+(?:its|our|their)\s+(?:own\s+)?(?:soldiers?|troops|servicemen|service members|fighters|men|members"
    r"|border guards|officers?|reservists|conscripts)\b",
    re.I,
)
_OWN_CRAFT = re.compile(
    r"\b(?:its|our|their)\s+(?:own\s+)?(?:[\w-]+\s+){0,2}?(?:helicopters?|aircraft|jets?|planes?|warplanes?|drones?|tanks?|vehicles?)"
    r"\s+(?:\w+\s+){0,2}?(?:shot down|downed|destroyed|lost|knocked out|hit)\b",
    re.I,
)
# ground taken by an enemy who is accused of it, and not given up as lost
_INTRUDED = re.compile(
    r"\b(?:occup(?:y|ie[sd]|ying)|under occupation|enter(?:s|ed|ing)?|advanc\w+|cross(?:es|ed|ing)?|attempt\w*"
    r"|tr(?:y|ied|ies|ying)|infiltrat\w+|invad\w+|siege|accus\w+|illegal\w*)\b",
    re.I,
)
# why a claim told with "confirmed" has its stance: only who was hit owns up by it
CONFIRMED = "it is told with 'confirm'"
_OWN_LOSS = re.compile(
    r"\bits\s+(?:own\s+|first\s+|only\s+|worst\s+|heaviest\s+){1,2}(?:loss|losses|deaths?|dead|casualt|fatalit|since|of|in)", re.I
)
_WRONG = re.compile(
    r"\b(?:mistak\w+|error|accident\w*|unintention\w+|violat\w+|breach\w*|wrong\w*|mutilat\w+|own|apolog\w+|sorry)\b", re.I
)
_SUCCEEDING = re.compile(r"\b(?:managed|succeeded|(?:was|were) able|broke(?:n)? through|penetrated|pierced)\b", re.I)
_OWN_MEN = re.compile(r"\b(?:its|our|his|their)\s+(?:[\w-]+\s+)?(?:soldiers?|troops|men|servicemen|fighters|officers?)\b", re.I)
_FORCES = ("army", "military", "forces", "general", "troops", "commander")


def admission(claim: Claim, before: Sequence[Claim], text: str) -> tuple[str, Voice | None]:
    """Why a claim is an admission, with the target that it then has; "" where it is none. `before`: the claims told before it."""
    speaker, target = frozenset(parties_of(claim.claimant)), frozenset(parties_of(claim.target))
    none = "", claim.target
    if claim.stance != "asserts" or len(speaker) != 1 or claim.act.startswith("WEAPON."):
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
        lost = speaker & target and not speaker & doers and not _INTRUDED.search(told)
        return ("an admission: the speaker's own side lost ground", claim.target) if lost else none
    words = text[claim.start_char : claim.end_char]
    is_own = _OWN_HURT.search(words) is not None
    if cls not in _LOSS_CLASSES or (target and not speaker & target and not is_own) or doers & speaker:
        return none
    combatants = any(f.population == "combatant" and f.high != 0 for f in claim.figures)
    mixed = _CIVILIANS.search(words) is not None or any(f.population == "civilian" for f in claim.figures)
    mixed = mixed or (_PEOPLE.search(words) is not None and _COMBATANTS.search(words) is not None)
    is_own = is_own or bool(speaker & target)
    if _is_admitted(claim, before, words, text, combatants=combatants and not mixed, mixed=mixed, is_own=is_own):
        whose = claim.target if target and speaker & target else replace(claim.target or Voice(), party=next(iter(speaker)))
        return "an admission: the speaker tells of his own side's losses", whose
    return none


def is_mere_report(claim: Claim, text: str) -> bool:
    """Whether "confirmed" only tells: of one's own deed, or of what was done to others."""
    if claim.stance != "confirms" or act_class(claim.act) in ("RETREAT", "TOLL"):
        return False
    speaker = frozenset(parties_of(claim.claimant))
    doers = frozenset(parties_of(claim.attributed_to))
    if act_class(claim.act) == "ASSAULT" and CONFIRMED not in claim.reasons:
        # "acknowledged that it had fired": its own deed, where it owns to no mistake and no man of its own fell
        return (
            bool(speaker)
            and speaker == doers
            and not speaker & frozenset(parties_of(claim.target))
            and not _is_wrong(claim, text)
        )
    if act_class(claim.act) == "AGREE":
        return bool(speaker & doers)
    if CONFIRMED not in claim.reasons:
        return False
    if len(speaker) != 1 or act_class(claim.act) not in _LOSS_CLASSES | {"MOBILIZE", "COOPERATE", "COERCE", "CALM"}:
        return False
    is_own = bool(speaker & frozenset(parties_of(claim.attributed_to)))
    return is_own or (act_class(claim.act) != "ASSAULT" and not speaker & frozenset(parties_of(claim.target)))


def _is_wrong(claim: Claim, text: str) -> bool:
    """Whether a deed is told as a mistake or a wrong."""
    return _WRONG.search(text, claim.start_char, claim.end_char) is not None


def _is_admitted(
    claim: Claim, before: Sequence[Claim], words: str, text: str, *, combatants: bool, mixed: bool, is_own: bool
) -> bool:
    if any("losses" in reason for reason in claim.reasons):
        return True
    if act_class(claim.act) == "ASSAULT" and is_own and _OWN_CRAFT.search(words):
        return True
    if _names_doer(claim) or (act_class(claim.act) == "ASSAULT" and _STRUCK.search(words)):
        return False
    hurt = any(f.measure in ("killed", "injured", "missing", "captured") and f.high != 0 for f in claim.figures)
    if hurt and not mixed and is_own and _COMBATANTS.search(words):
        return True
    if combatants and act_class(claim.act) == "ASSAULT" and _is_of_an_attack(claim, before):
        return False
    if parties_of(claim.attributed_to):
        return False
    figures = any(f.high != 0 for f in claim.figures)
    if act_class(claim.act) == "TOLL" and figures and not mixed:
        rest = text[claim.start_char : claim.sentence_end_char]
        if any("are the speaker's" in reason for reason in claim.reasons) or _OWN_LOSS.search(rest):
            return True
    vague = figures and not mixed and not _THERE.search(words) and all(f.population in ("unknown", "all") for f in claim.figures)
    return combatants or (vague and claim.claimant is not None and is_force(claim.claimant))


def _names_doer(claim: Claim) -> bool:
    """Whether the claim's own words name who did it."""
    doer = claim.attributed_to
    if doer is None or doer.text is None or doer.start_char is None or not parties_of(doer):
        return False
    return claim.sentence_start_char <= doer.start_char < claim.sentence_end_char


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
