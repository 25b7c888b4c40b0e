"""What kind of kinship two documents have, and which of them was likely there first."""

from __future__ import annotations

import re

from trucewatch.model.records import Document
from trucewatch.model.theatre import Theatre
from trucewatch.stages.kinship.compare import Likeness
from trucewatch.stages.kinship.passages import Alignment

PART = 0.6
NEAR_VERBATIM = 0.55
# a credit stands at a text's beginning ("(AGENCY) - ") or at its end ("Source: AGENCY")
CREDIT_CHARS = 250


class Credits:
    """Which agency or outlet a text credits, of those that a theatre knows."""

    def __init__(self, theatre: Theatre) -> None:
        names = [name for actor in theatre.actors if actor.kind in ("agency", "outlet") for name in actor.names if len(name) > 2]
        longest_first = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
        self._pattern = re.compile(rf"(?<!\w)(?:{longest_first})(?!\w)") if names else None
        self._known: dict[str, str | None] = {}

    def of(self, document: Document) -> str | None:
        """Name of the agency that a text credits at its beginning or end, None where it credits none."""
        if self._pattern is None:
            return None
        if document.id not in self._known:
            ends = (document.text[:CREDIT_CHARS], document.text[-CREDIT_CHARS:])
            self._known[document.id] = next((match.group() for end in ends if (match := self._pattern.search(end))), None)
        return self._known[document.id]


def kind_of(first: Document, second: Document, likeness: Likeness, alignment: Alignment, credits: Credits) -> str:
    """Kind of kinship of two kin documents (Kinship.kind)."""
    if first.source == second.source:
        return "edit"
    low = min(likeness.cover_first, likeness.cover_second)
    if likeness.containment >= NEAR_VERBATIM:
        lengths = sorted((len(first.text), len(second.text)))
        if low < PART or lengths[0] < PART * lengths[1]:
            return "excerpt"
        credited = {credits.of(first), credits.of(second)} - {None}
        return "syndicated" if credited and first.outlet != second.outlet else "copy"
    return "translation" if alignment.is_mangled else "rewrite"


def copied_from(first: Document, second: Document, likeness: Likeness | None, kind: str, credits: Credits) -> str | None:
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
        credit = credits.of(other)
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
