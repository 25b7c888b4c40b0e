"""Who a voice is, as far as the words and the theatre tell before names are resolved."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from trucewatch.model.records import Claim, Voice
from trucewatch.stages.extract.mention import ActMention

# a body named again by its kind alone
_AGAIN = (
    "the ministry", "the statement", "the army", "the military", "the spokes", "the authorities", "the government", "the office",
    "the official", "the group", "the minister", "the president", "its ", "his ", "their ", "her ",
)  # fmt: skip
PRONOUNS = frozenset({"he", "she", "it", "they", "we", "i"})


_MEDIUM = re.compile(r"\b(?:news agency|agency|newspaper|daily|channel|broadcaster|website)$", re.I)


@dataclass(frozen=True)
class Speakers:
    """Looks voices up in the index of actors; `claims` are those drafted so far, for pronouns."""

    actors: Any
    claims: Sequence[Claim]

    def party(self, voice: Voice | None) -> str | None:
        if voice is None or voice.text is None or self.actors is None:
            return None
        match = self.actors.lookup(voice.text, None)
        return match.party if match is not None else None

    def named(self, voice: Voice | None) -> Voice | None:
        """The voice, or for a pronoun the last named claimant before it."""
        if voice is None or voice.start_char is None or (voice.text or "").lower() not in PRONOUNS:
            return voice
        before = [
            c.claimant
            for c in self.claims
            if c.claimant is not None
            and c.claimant.start_char is not None
            and c.claimant.start_char < voice.start_char
            and (c.claimant.text or "").lower() not in PRONOUNS
        ]
        return max(before, key=lambda v: v.start_char or 0) if before else voice

    def side_of(self, voice: Voice | None) -> str | None:
        """The party that a voice speaks for; of "the ministry", "the statement" that of the last claimant known before it."""
        side = self.party(self.named(voice))
        if side is None and voice is not None:
            names = [word for word in (voice.text or "").split() if word[:1].isupper()]
            found = (self.party(Voice(text=name)) for name in names)
            side = next((party for party in found if party is not None), None)
        if side is not None or voice is None or not (voice.text or "").lower().startswith(_AGAIN):
            return side
        known = (self.party(c.claimant) for c in reversed(self.claims) if c.claimant is not None)
        return next((party for party in known if party is not None), None)

    def is_self(self, doer: Voice | None, claimant: Voice | None) -> bool:
        if doer is None or claimant is None:
            return doer is None
        if doer.text is not None and doer.text.lower() in ("we", "our", "i"):
            return True
        side = self.party(self.named(doer))
        return side is not None and side == self.party(self.named(claimant))

    def is_medium(self, voice: Voice | None) -> bool:
        """Whether a news agency or newspaper has the word, which does nothing of what it tells."""
        text = voice.text if voice is not None else None
        if not text or self.actors is None:
            return False
        return getattr(self.actors.lookup(text, None), "kind", None) in ("agency", "outlet", "media") or bool(
            _MEDIUM.search(text)
        )

    def is_actor_name(self, text: str) -> bool:
        return self.actors is not None and self.actors.lookup(text, None) is not None

    def is_struck_name(self, text: str) -> bool:
        """Whether a name before "strike" or "shelling" tells where: no actor's, or a capital's ("<Capital> strike kills two")."""
        match = self.actors.lookup(text, None) if self.actors is not None else None
        return match is None or match.how.startswith("capital of")

    def has_actor(self, mention: ActMention) -> bool:
        if self.actors is None or mention.doer is None:
            return False
        if mention.frame == "misdeed" and mention.doer.head.ent_type_ in ("GPE", "NORP", "ORG"):
            return True
        text = mention.doer.doc[mention.doer.start : mention.doer.end].text
        return mention.doer.head.pos_ == "PRON" or self.actors.lookup(text, None) is not None
