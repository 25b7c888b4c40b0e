"""A claim changed by inference, with the reason in words and less confidence: what is inferred is never passed off as read."""

from __future__ import annotations

from typing import Any

from trucewatch.model.change import changed
from trucewatch.model.records import Claim, Voice
from trucewatch.stages.sides import codes_of

LEAST = 0.2


def because(claim: Claim, reason: str, *, lower: float = 0.1, **changes: Any) -> Claim:
    """The claim with fields changed, the reason told, and its confidence lowered, never below `LEAST`."""
    return changed(claim, reasons=(*claim.reasons, reason), confidence=round(max(LEAST, claim.confidence - lower), 2), **changes)


def sides_in(voice: Voice | None) -> frozenset[str]:
    """Party codes of a voice, without civilians."""
    return codes_of(voice.party) if voice is not None and voice.party is not None else frozenset()
