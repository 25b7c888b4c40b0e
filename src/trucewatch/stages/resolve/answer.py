"""Who a phrase stands for, and why in words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Who a phrase stands for, how sure (0 to 1), and why in words. `via`: the antecedent's text, None for a direct name."""

    actor_id: str | None
    name: str | None
    party: str | None
    confidence: float
    how: str
    via: str | None = None


def because(answer: Answer | None, how: str, via: str | None = None) -> Answer | None:
    """The answer for another reason, less sure; None for none."""
    if answer is None:
        return None
    return Answer(
        actor_id=answer.actor_id,
        name=answer.name,
        party=answer.party,
        confidence=0.85 * answer.confidence,
        how=how,
        via=via or answer.via or answer.name,
    )
