"""Whom a deed was aimed at, from the deeds told beside it: whom fire answered, what a thing was called before, whose men fell."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from trucewatch.model.codebook import act_class
from trucewatch.model.records import Claim
from trucewatch.stages.sides import Sides, parties_of

_RETURNED = re.compile(
    r"\b(?:retaliat\w*|respon(?:d|ds|ded|ding|se)|answer(?:s|ed|ing)?|repl(?:y|ied|ying)|return(?:ed|ing)? fire|counter\w*)\b",
    re.I,
)
_SOLDIERS = (
    r"(?:soldiers?|servicem[ae]n|officers?|troops|conscripts?|reservists?|(?:border )?guards?|policem[ae]n|personnel|generals?)"
)
_FIGHTERS = r"(?:fighters?|militants?|guerrillas?|gunm[ae]n|operatives?|members?|martyrs?)"
_FELL = r"(?:was|were|been|being)\s+(?:[a-z]+ly\s+|also\s+)?(?:killed|wounded|injured|hurt|martyred|captured|shot|lost|missing)"
_FALLEN = {
    who: re.compile(
        rf"\b{who}\b[^.;]{{0,40}}?\b(?:{_FELL}|died|fell|perished)\b|\b(?:death|loss|injury) of [^.;]{{0,30}}?\b{who}\b", re.I
    )
    for who in (_SOLDIERS, _FIGHTERS)
}
# "the helicopter": one that was told of before, with its owner
_DEFINITE = re.compile(
    r"(?:the|that|this)\s+(?:[a-z-]+\s+)?(?P<thing>helicopter|plane|jet|aircraft|drone|ship|vessel|boat|convoy|patrol|post|outpost|base|tank"
    r"|vehicle|embassy|consulate|hospital|bus|ambulance|squad|cell|crew|unit|position|garrison|watchtower|barracks)$",
    re.I,
)

_ONE_MORE = re.compile(
    r"\b(?:(?:a|the) (?:second|third|fourth|fifth|others?)|another(?: one| two| three)?)(?:,[^,.;]{0,30},)?"
    r" (?:was|were|died|had|has|have)\b",
    re.I,
)
_PERSON = re.compile(r"(?:[A-Z][\w’'-]+\s+){1,4}[A-Z][\w’'-]+$|[A-Z][\w’'-]+$")
_APPOSITION = re.compile(
    r",?\s+(?:\(|an?\s|the\s|described\s|one of\s|who\s|whom\s|identified\s|named\s|said to be\s|a\s)[^,.;]{0,120}"
)


@dataclass(frozen=True)
class Beside:
    """The claims of one document, asked whom one of them was aimed at."""

    text: str
    sides: Sides
    claims: Sequence[Claim]

    def answered(self, claim: Claim, doers: Collection[str]) -> str | None:
        """Who had attacked the side that says it answered: the last one told of before."""
        speakers = parties_of(claim.claimant)
        if len(speakers) != 1 or speakers[0] not in doers or not _RETURNED.search(self.text, claim.start_char, claim.end_char):
            return None
        for other in reversed(list(self._before(claim))):
            attackers = [code for code in parties_of(other.attributed_to) if code not in doers]
            is_told = set(parties_of(other.target)) & set(doers) or parties_of(other.claimant) == speakers
            if act_class(other.act) in ("ASSAULT", "TERRITORY") and len(attackers) == 1 and is_told and other.stance != "denies":
                return attackers[0] if self.sides.is_belligerent(attackers[0]) else None
        return None

    def denied(self, claim: Claim, doers: Collection[str]) -> str | None:
        """To whom the deed was done that a side denies: what others said of it right before."""
        if claim.stance != "denies" or not doers:
            return None
        cls = act_class(claim.act)
        for other in reversed(list(self._before(claim))):
            hit = [code for code in parties_of(other.target) if code not in doers]
            is_told = (
                act_class(other.act) == cls and other.stance != "denies" and set(parties_of(other.attributed_to)) & set(doers)
            )
            if is_told and hit and not set(parties_of(other.claimant)) & set(doers):
                return ";".join(hit)
        return None

    def described(self, claim: Claim, doers: Collection[str]) -> str | None:
        """ "killed Ali Noor, described as the head of X's unit": of the side that the words right behind a name tell."""
        target = claim.target
        if target is None or target.end_char is None or not _PERSON.match((target.text or "").strip()):
            return None
        behind = _APPOSITION.match(self.text, target.end_char)
        named = [code for code in self.sides.named_sides(behind.group()) if code not in doers] if behind is not None else []
        return named[0] if len(named) == 1 else None

    def told_before(self, claim: Claim, doers: Collection[str]) -> str | None:
        """Whose "the helicopter" is, where one was told of before with its owner."""
        match = _DEFINITE.match((claim.target.text or "").strip()) if claim.target is not None else None
        if match is None:
            return None
        owned = re.compile(rf"\b(?P<side>[A-Z][\w-]+)(?:['’]s)?\s+(?:[\w-]+\s+){{0,2}}?{match['thing']}s?\b")
        found = [self.sides.code_of(before["side"]) for before in owned.finditer(self.text, 0, claim.start_char)]
        named = [code for code in found if code is not None and code not in doers]
        return named[-1] if named else None

    def counted_on(self, claim: Claim, doers: Collection[str]) -> str | None:
        """ "a third was killed by shellfire": one more of those told of right before."""
        if not _ONE_MORE.search(self.text, claim.start_char, claim.end_char) or (claim.target is not None and claim.target.party):
            return None
        for other in reversed(list(self._before(claim))):
            if claim.sentence_start_char - other.sentence_end_char > 3:
                return None
            hit = [code for code in parties_of(other.target) if code not in doers]
            if other.figures and act_class(other.act) in ("ASSAULT", "TOLL") and hit and other.stance != "denies":
                return ";".join(hit)
        return None

    def own_fallen(self, claim: Claim, doers: Collection[str]) -> str | None:
        """ "two soldiers were killed", told by a state at war, "fighters" by an armed group: their own, where none is named."""
        speakers = parties_of(claim.claimant)
        if len(speakers) != 1 or speakers[0] in doers or not self.sides.is_belligerent(speakers[0]):
            return None
        told = (claim.target.text or "") if claim.target is not None else ""
        kinds = {party.code: party.kind for party in self.sides.theatre.parties}
        who = _FIGHTERS if kinds.get(speakers[0]) == "group" else _SOLDIERS
        words = self.text[claim.start_char : claim.end_char]
        if self.sides.named_sides(told) or not _FALLEN[who].search(words) or re.search(r"\benem(?:y|ies)\b", words, re.I):
            return None
        return speakers[0]

    def _before(self, claim: Claim) -> Iterable[Claim]:
        return (other for other in self.claims if other.start_char < claim.start_char and other is not claim)
