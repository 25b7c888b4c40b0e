"""What a lookup gives."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorMatch:
    """Who a phrase names. `actor_id` None: only the party is known; `party` None: someone who speaks for no side.

    `kind`: an Actor's, or role, people, media, civilians, materiel, party, several. `confidence` 0 to 1; `how` says why in
    words. `is_named`: the phrase holds the person's own name; False where an office led to its holder.
    """

    actor_id: str | None
    name: str
    party: str | None
    kind: str
    confidence: float
    how: str
    is_named: bool = False
