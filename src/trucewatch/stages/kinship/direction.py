"""What kind of kinship two documents have, and which of them was likely there first."""

from __future__ import annotations

import re
from functools import lru_cache

from trucewatch.model.records import Document
from trucewatch.model.theatre import Theatre
from trucewatch.stages.kinship.compare import Likeness
from trucewatch.stages.kinship.passages import Alignment, has_mangled_names

PART = 0.6
NEAR_VERBATIM = 0.55
# a credit stands at a text's beginning ("(AGENCY) - ") or at its end ("Source: AGENCY")
CREDIT_CHARS = 250


@lru_cache(maxsize=8)
def _agencies(theatre: Theatre) -> re.Pattern[str] | None:
    names = [name for actor in theatre.actors if actor.kind in ("agency", "outlet") for name in actor.names if len(name) > 2]
    if not names:
        return None
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)) + r")(?!\w)")


def credited_agency(document: Document, theatre: Theatre | None) -> str | None:
    """Name of the agency that a text credits at its beginning or end, None where it credits none."""
    pattern = _agencies(theatre) if theatre else None
    if pattern is None:
        return None
    for slice_ in (document.text[:CREDIT_CHARS], document.text[-CREDIT_CHARS:]):
        match = pattern.search(slice_)
        if match:
            return match.group()
    return None


def kind_of(first: Document, second: Document, likeness: Likeness, alignment: Alignment, theatre: Theatre) -> str:
    """Kind of kinship of two kin documents (Kinship.kind)."""
    if first.source == second.source:
        return "edit"
    low = min(likeness.cover_first, likeness.cover_second)
    if likeness.containment >= NEAR_VERBATIM:
        lengths = sorted((len(first.text), len(second.text)))
        if low < PART or lengths[0] < PART * lengths[1]:
            return "excerpt"
        credits = {credited_agency(first, theatre), credited_agency(second, theatre)} - {None}
        return "syndicated" if credits and first.outlet != second.outlet else "copy"
    return "translation" if has_mangled_names(alignment) else "rewrite"


def copied_from(first: Document, second: Document, likeness: Likeness | None, kind: str, theatre: Theatre | None) -> str | None:
    """Id of the likely original: the earlier one; else the one whose outlet the other credits; else, of an excerpt, the
    longer. None where nothing tells, except for equal texts, where the smaller id stands for all."""
    early_first, early_second = first.published, second.published
    if early_first.latest and early_second.earliest and early_first.latest < early_second.earliest:
        return first.id
    if early_second.latest and early_first.earliest and early_second.latest < early_first.earliest:
        return second.id
    if first.retrieved_at and second.retrieved_at and first.retrieved_at != second.retrieved_at and kind == "edit":
        return first.id if first.retrieved_at < second.retrieved_at else second.id
    for one, other in ((first, second), (second, first)):
        credit = credited_agency(other, theatre)
        if credit and one.outlet and credit.lower() in one.outlet.lower() and credit.lower() not in (other.outlet or "").lower():
            return one.id
    if kind == "edit":
        return None
    if likeness is None:
        return min(first.id, second.id)
    if kind == "excerpt":
        return max((first, second), key=lambda d: (len(d.text), d.id)).id
    if kind in ("copy", "syndicated"):
        # what was cleaned or cut more is the copy
        longest = max((first, second), key=lambda d: (len(d.text), d.id))
        return longest.id
    return None
