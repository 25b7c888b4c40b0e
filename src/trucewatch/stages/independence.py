"""Who is an independent voice: copies are one family, and outlets that relay one speaker are one voice.

The rule of corroboration: two reports corroborate one another only where they share neither family nor voice.
"""

from __future__ import annotations

import re

from trucewatch.model.records import Claim
from trucewatch.stages.cases import Case, unique

# An outlet's own people were there: "a correspondent of the agency saw", "our reporters heard".
OWN_EYES = re.compile(
    r"\b(?:correspondents?|reporters?|journalists?|photographers?|crew|team|staff)\b[^.;]{0,60}"
    r"\b(?:saw|seen|heard|witness\w*|report(?:s|ed)?|counted|filmed|visited|verified|confirmed)\b"
    r"|\b(?:saw|seen|heard|witnessed|verified|counted|filmed) by\b[^.;]{0,40}\b(?:correspondents?|reporters?|journalists?)\b",
    re.IGNORECASE,
)


def is_neutral(case: Case, claim: Claim) -> bool:
    """Whether a report is by nobody's side: see `Sides.is_neutral`.

    What an outlet tells in its own voice, while the same text lets a side tell of it, sums up what that side said: it is no
    report of its own, unless its sentence says that its own people saw it.
    """
    if not case.sides.is_neutral(claim, case.document(claim)):
        return False
    if claim.claimant is not None or OWN_EYES.search(case.sentence(claim)):
        return True
    return claim.document_id not in case.relaying


def independent_pair(case: Case, claims: tuple[Claim, ...], others: tuple[Claim, ...]) -> tuple[Claim, Claim] | None:
    """A claim and another that share neither family nor voice; None where there are none."""
    voice_of = case.voice_of
    firsts, seconds = ({(case.family(c), voice_of[c.id]): c for c in reversed(some)} for some in (claims, others))
    for (family, voice), claim in reversed(firsts.items()):
        for (other_family, other_voice), other in reversed(seconds.items()):
            if family != other_family and voice != other_voice:
                return claim, other
    return None


def independent_families(case: Case, claims: tuple[Claim, ...]) -> int:
    """How many independent families tell of it: families that only relay the very same voices count once."""
    voice_of = case.voice_of
    by_family: dict[str, set[str]] = {}
    for claim in claims:
        by_family.setdefault(case.family(claim), set()).add(voice_of[claim.id])
    relays = {frozenset(heard) for heard in by_family.values() if len(heard) == 1}
    own = [family for family, heard in by_family.items() if len(heard) > 1]
    alone = [voice for relay in relays for voice in relay if not any(voice in by_family[family] for family in own)]
    return len(own) + len(set(alone))


def families(case: Case, claims: tuple[Claim, ...]) -> tuple[str, ...]:
    """The families of claims' documents, in order."""
    return unique(case.family(claim) for claim in claims)
