"""Whose a deed is that a side at war denies: its own where others laid it on it, its foe's where it would have suffered it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from trucewatch.model.codebook import act_class
from trucewatch.model.records import Claim, Quotation, Voice
from trucewatch.model.theatre import Theatre
from trucewatch.stages.admissions import is_force
from trucewatch.stages.deed_words import tells_losses
from trucewatch.stages.reasons import because, sides_in

NOT_FOUGHT = frozenset({"FIRE.CLASH", "EXPLOSIVE.MINE_BLAST"})
_OWN_HURT = re.compile(
    r"\b(?:(?:(?:its|our|their)\s+(?:own\s+)?|any\s+(?:of\s+(?:its|our|their)\s+)?)(?:[\w-]+\s+){0,2}?"
    r"(?:soldiers?|troops|men|servicemen|positions?|posts?|forces|units?|tanks?|armou?r|barracks|leaders?|chiefs?"
    r"|armou?red vehicles?|aircraft|planes?|jets?|helicopters?|drones?|bases?|fighters?|ships?|commanders?|members?|officers?"
    r"|personnel|outposts?)"
    r"|\bthat\s+(?:he|she|they))\s+(?:had\s+|have\s+|has\s+)?(?:was|were|been|being)\s+"
    r"(?:[a-z]+ly\s+)?(?:hit|struck|killed|wounded|injured|hurt|shot|downed|destroyed|damaged|captured|taken|attacked|targeted"
    r"|shelled|lost|brought|ambushed)\b",
    re.I,
)
# "had nothing to do with it", "denied responsibility": what one is said to have done oneself
_NO_PART = re.compile(
    r"\bnothing to do with\b|\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|disclaim(?:s|ed|ing)?)\s+(?:any\s+|all\s+)?"
    r"(?:responsibility|involvement|(?:having|playing)\s+(?:any|a)\s+(?:part|role|hand)|being behind|(?:that\s+)?it was behind)\b"
    r"|\bden(?:y|ies|ied|ying)\s+(?:having\s+)?(?!being|losing|suffering|knowing|seeing|hearing)[a-z-]{3,}ing\b"
    r"|\b(?:was|were) not (?:behind|involved|responsible)\b|\bno (?:part|role|hand|involvement) in\b",
    re.I,
)


@dataclass
class DeniedDeeds:
    """What is known of one document. `opponents`: whom each side fights there; `hosts`: from whose soil groups fight."""

    theatre: Theatre
    text: str
    hosts: Mapping[str, frozenset[str]]
    belligerents: frozenset[str]
    opponents: Mapping[str, str]
    holders_of: Callable[[Claim], Sequence[tuple[str, str]]]
    allies: Mapping[str, frozenset[str]]
    pair: Sequence[str] = ()
    quotations: Sequence[Quotation] = ()
    homes_of: Callable[[Voice | None], frozenset[str]] = lambda voice: frozenset()

    def _side_of(self, voice: Voice | None) -> Voice | None:
        """Whose deed it is that somebody tells of as his own: his force's, else his side's, and never a spokesman's."""
        if voice is None or voice.party is None or is_force(voice):
            return voice
        return Voice(party=voice.party, name=voice.party)

    def _fights(self, side: str, others: Collection[str]) -> bool:
        """Whether a side at war fights one of others: whom the document says, or whoever at war stands not beside it."""
        foe = self.opponents.get(side)
        return any(
            foe == other or self.opponents.get(other) == side or other in self.allies.get(foe or "", frozenset())
            for other in others
            if other != side
        )

    def _with_denied(self, claims: Sequence[Claim], claim: Claim) -> Claim | None:
        """A deed that a side at war denies in words that name no doer: its own; the foe's where losses or a boast are denied."""
        speaker, doer = sides_in(claim.claimant), claim.attributed_to
        is_attack = act_class(claim.act) == "ASSAULT" and claim.act not in NOT_FOUGHT
        if len(speaker) != 1 or not speaker <= self.belligerents or not is_attack:
            return None
        is_named = (
            doer is not None
            and doer.start_char is not None
            and claim.sentence_start_char <= doer.start_char < claim.sentence_end_char
        )
        if is_named:
            return None
        if any("been no target" in reason for reason in claim.reasons):
            foes = {self.opponents[code] for code in sides_in(claim.target) if code in self.opponents} - speaker
            if len(foes) == 1:
                striker = next(iter(foes))
                why = f"who was no target of {striker}, whom he fights"
                return because(claim, why, attributed_to=Voice(party=striker, name=striker))
        side = next(iter(speaker))
        foe = self.opponents.get(side)
        answered = next((c for c in claims if c.id == claim.responds_to), None) if claim.responds_to is not None else None
        words = self.text[claim.start_char : claim.end_char]
        boasters = sides_in(answered.claimant) & sides_in(answered.attributed_to) if answered is not None else frozenset[str]()
        boasters -= speaker
        # "three guerrillas were killed, which the group denied"
        has_suffered = (
            answered is not None and sides_in(answered.target) == speaker and not sides_in(answered.attributed_to) & speaker
        )
        if boasters or has_suffered or tells_losses(words) or _OWN_HURT.search(words) is not None:
            winner = next(iter(sorted(boasters)), foe)
            if winner is None:
                return None
            target = claim.target if sides_in(claim.target) == speaker else Voice(party=side, name=side)
            why = f"what {side} denies to have suffered {winner} would have done"
            return because(claim, why, attributed_to=Voice(party=winner, name=winner), target=target)
        beside = speaker | self.allies.get(side, frozenset())
        told = answered.target if answered is not None and sides_in(answered.target) - beside else None
        hit = sides_in(claim.target)
        target = claim.target if hit and not hit & beside else told or (Voice(party=foe, name=foe) if foe else None)
        places = claim.places or (answered.places if answered is not None else ())
        why = "what one denies in one's own words is one's own deed"
        return because(claim, why, attributed_to=self._side_of(claim.claimant), target=target, places=places)

    def _with_own_deed(self, claims: Sequence[Claim], claim: Claim) -> Claim | None:
        """ "it had nothing to do with the launches": the speaker's own alleged deed, whatever was told right before."""
        speaker = sides_in(claim.claimant)
        words = self.text[claim.start_char : claim.end_char]
        if len(speaker) != 1 or not speaker <= self.belligerents or _NO_PART.search(words) is None:
            return None
        doers = sides_in(claim.attributed_to)
        if doers & speaker or act_class(claim.act) not in ("ASSAULT", "MOBILIZE", "COERCE"):
            return None
        told = next(
            (
                c
                for c in reversed(claims)
                if c.start_char < claim.start_char
                and act_class(c.act) == "ASSAULT"
                and c.stance != "denies"
                and not sides_in(c.target) & speaker
                and not (sides_in(c.attributed_to) - speaker)
            ),
            None,
        )
        foe = self.opponents.get(next(iter(speaker)))
        target = told.target if told is not None and sides_in(told.target) else Voice(party=foe, name=foe) if foe else None
        places = told.places if told is not None else ()
        why = "who denies a part in it denies a deed of its own"
        return because(claim, why, attributed_to=self._side_of(claim.claimant), target=target, places=places)

    def _with_taker(self, claim: Claim) -> Claim | None:
        """ "denied losing ground", "denied losing aircraft": the foe took or downed them; None where nothing was lost."""
        speaker = sides_in(claim.claimant)
        lost = any("(lose)" in reason or reason == "a place that fell was taken" for reason in claim.reasons)
        foe = self.opponents.get(next(iter(speaker))) if len(speaker) == 1 else None
        if claim.stance != "denies" or not lost or foe is None or sides_in(claim.attributed_to) - speaker:
            return None
        target = replace(claim.target or Voice(), party=next(iter(speaker)), name=None)
        why = f"what one denies to have lost {foe} would have taken"
        return because(claim, why, attributed_to=Voice(party=foe, name=foe), target=target)
