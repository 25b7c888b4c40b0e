"""On whose side the victims of a figure were. The first rule that applies:

1. the claim's target names a side (not just "civilians");
2. the words of the figure name one ("four Xian soldiers");
3. the place where it happened was held by a side other than the one said to have done it;
4. the claimant speaks for a belligerent, or for whoever held the place, and does not tell of its own deed: a party counts its own
   dead ("22 civilians killed, officials say");
5. the claimant tells of its own deed, and the place was held by another side;
6. the place was held by a side, and nobody is said to have done it;
otherwise it is not known.
"""

from __future__ import annotations

import re

from trucewatch.model.records import Claim, Document, Figure
from trucewatch.stages.sides import Sides, parties_of
from trucewatch.text.inforce import target_places

ENEMY = re.compile(
    r"\b(?:enem(?:y|ies)|adversar(?:y|ies)|opponents?|invaders?|occupiers?|militants?|terrorists?)\b", re.IGNORECASE
)


def victim_party(claim: Claim, figure: Figure, document: Document, sides: Sides) -> str | None:
    """Party code of the victims' side; None where the text does not tell."""
    targets = [code for code in parties_of(claim.target) if sides.is_belligerent(code)]
    if len(targets) == 1:
        return targets[0]
    named = sides.named_sides(_words(figure, document))
    if len(named) == 1:
        return named[0]
    doers = set(parties_of(claim.attributed_to))
    speakers = [code for code in parties_of(claim.claimant) if sides.is_belligerent(code)]
    holder = _holder(claim, sides)
    if holder is not None and doers and holder not in doers:
        return holder
    is_own_deed = bool(doers.intersection(speakers)) or ENEMY.search(_words(figure, document)) is not None
    if not is_own_deed and holder is not None and holder in parties_of(claim.claimant):
        return holder
    if len(speakers) == 1 and not is_own_deed:
        return speakers[0]
    if holder is not None and holder not in doers and holder not in speakers:
        return holder
    return holder if not doers and not speakers else None


def _words(figure: Figure, document: Document) -> str:
    """The figure's own words, to the end of the clause that they stand in."""
    if figure.start_char is None or figure.end_char is None:
        return figure.text
    tail = document.text[figure.end_char : figure.end_char + 40]
    return document.text[figure.start_char : figure.end_char] + re.split(r"[,.;:(]|\bwere\b|\bwas\b|\bby\b|\bin\b", tail)[0]


def _holder(claim: Claim, sides: Sides) -> str | None:
    day = claim.when.earliest or claim.when.latest
    for place in target_places(claim.places):
        holder = sides.holder(place, day)
        if holder is not None:
            return holder
    return None
