"""Whose a deed is that is told without a doer, from what stands around it in the document.

In this order: whose arms its words name; the attack that it calls "the strike"; the speaker's own success or complaint; whom a
denial answers; the foe of whoever was hit. A doer that the words name is never outweighed. Long because that order is one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import cached_property

from trucewatch.model.codebook import act_class
from trucewatch.model.records import Claim, Voice
from trucewatch.stages.admissions import is_force
from trucewatch.stages.deed_words import (
    is_answer,
    is_bare,
    is_detonation,
    is_unclaimed,
    names_arms,
    names_combatants,
    tells_losses,
)
from trucewatch.stages.denied_deeds import NOT_FOUGHT, DeniedDeeds
from trucewatch.stages.owners import force_behind_by, fought_with, whose_arms
from trucewatch.stages.reasons import because, sides_in
from trucewatch.stages.sides import CIVILIANS, UNITED_NATIONS, names_civilians, parties_of

_REACH_CHARS = 900
_THE_ATTACK = re.compile(
    r"\b(?:the|that|this|those|these|both|its?)\s+(?:(?!first|second|third|two|latest|other|previous|same)[a-z-]+\s+){0,2}?"
    r"(?:strikes?|attacks?|raids?|shelling|bombardments?|bombing|blasts?|barrages?|salvos?|air\s?strikes?|assault|ambush)\b",
    re.I,
)
_STANDING = re.compile(r"\b(?:the|that|this|its)\s+(?:[\w-]+\s+){0,2}?(?:blockade|siege|closure|embargo)\b", re.I)
_STRUCK_BY = re.compile(
    r"\bby\s+(?:an?|the)?\s*(?:[\w-]+\s+){0,2}?(?:strikes?|air\s?strikes?|attacks?|fire|shelling|bombardment|drones?|missiles?|rockets?"
    r"|shells?|snipers?|ambush)\b",
    re.I,
)
_ARMED = (
    r"(?:rockets?|missiles?|drones?|UAVs?|projectiles?|launchers?|launch(?:ing)? (?:sites?|pads?)|militants?|terrorists?|fighters"
    r"|cells?|squads?|depots?|ammunition|weapons?|saboteurs|tanks?|helicopters?|quadcopters?|aircraft)"
)
# what a side at war brings down or wipes out is the other's
_DOWNED = re.compile(
    rf"\b{_ARMED}\b[^.;]{{0,40}}?\b(?:was|were|been|being)\s+(?:[a-z]+ly\s+|all\s+|also\s+)?"
    r"(?:destroyed|intercepted|shot down|brought down|knocked out|downed|eliminated|neutrali[sz]ed|thwarted|repelled|repulsed"
    r"|liquidated|jammed)\b"
    r"|\bmost of (?:which|them|the \w+) (?:was|were) (?:intercepted|shot down|downed)\b",
    re.I,
)
_DOWNS = re.compile(
    r"'(?:brought|knock|destroy|intercept|shot|down|eliminat|neutrali|thwart|repel|repuls|liquidat|jam)\w*' reports", re.I
)
_OWN_THINGS = re.compile(r"\b(?:its|our|their|his|fired|launched|crossed)\b|\bby\s+(?:the\s+)?(?:enemy|opponent|[A-Z])", re.I)
_AT_HOME = re.compile(
    r"\b(?:at|on|to|toward|towards|into|near|around|mine|mined|mining|behind)\s+(?:its|our|their)\s+(?:own\s+)?(?:[\w-]+\s+){0,2}?"
    r"(?:roads?|positions?|territory|lines?|posts?|trenches|rear|supply (?:lines|routes)|routes?|villages?|airspace)\b",
    re.I,
)
# a make of aircraft or tank fires for somebody
# what acts for somebody, whoever it is, though it opens a sentence
_ANY_FORCE = re.compile(
    r"(?:(?:the|an?|some|several|two|three|more|heavy|fighter|enemy|hostile|occupation|occupying|unidentified|reconnaissance"
    r"|waves? of)\s+)*"
    r"(?:warplanes?|planes?|jets?|aircraft|drones?|helicopters?|tanks?|artillery|gunners|guns|troops|soldiers|forces|army|military|snipers?"
    r"|gunmen|gunboats?|warships?|rockets?|missiles?|shells?|projectiles?|commandos|paratroopers|bulldozers?|infantry|attackers?)$",
    re.I,
)
_MODEL = re.compile(r"[A-Z][A-Za-z]{0,3}-\d+[A-Z]?s?(?:\s+(?:tanks?|jets?|drones?|helicopters?|planes?))?$")
# "radios exploded, killing nine": what killed them stands before
_BY_WHICH = re.compile(r"(?:killing|wounding|injuring|maiming|hurting|leaving)\b", re.I)
_MINE = re.compile(r"\b(?:my|our|us|me)\b", re.I)
_HIDDEN = re.compile(r"\b(?:smuggl\w+|stashed|hidden|concealed|uncovered|unearthed)\b", re.I)
_ENTERING = re.compile(r"\b(?:advanc|push|flew|fly|flown|infiltrat|cross|enter|penetrat|incurs|encroach|storm)\w*", re.I)
_TRUCES = frozenset({"AGREE.CEASEFIRE", "DEESCALATE.CEASE_FIRE"})
_FELL = re.compile(r"a place that fell")
_FREED = re.compile(r"\b(?:liberat\w+|freed|flag|recaptur\w+|regain\w+|retak\w+|retook|(?:our|its|their) control)\b", re.I)


_OWN_MEN = re.compile(
    r"(?:its|their|our|his|her)\s+(?:own\s+)?(?:[\w-]+\s+){0,2}?(?:fighters|forces|troops|soldiers|men|units?|army|military|gunners"
    r"|artillery|drones?|aircraft|jets|planes|warplanes|snipers|missiles|rockets|tanks|navy|air force)$",
    re.I,
)
_OWN_FORCES = re.compile(
    r"\b(?:its|their|our|his|her)\s+(?:own\s+)?(?:[\w-]+\s+){0,2}?(?:fighters|forces|troops|soldiers|units?|army|detachments)\b",
    re.I,
)
_RETAKEN = re.compile(
    r"\b(?:was|were|been)\s+(?:[a-z]+ly\s+|also\s+)?(?:recaptured|retaken|regained|liberated|(?:won|taken|wrested) back)\b",
    re.I,
)
_ANYBODY = re.compile(r"(?:any|no|such|a single)\b", re.I)
# "its response was local": what a side does itself
_OWN_FIRE = re.compile(
    r"\b(?:its|our|their)\s+(?:own\s+)?(?:military\s+)?(?:response|reply|retaliation|return fire|operations?|strikes?|fire)\s+"
    r"(?:was|were|is|are|had)\b",
    re.I,
)
_MAKE = re.compile(
    r"\s+(?:tanks?|rockets?|missiles?|drones?|jets?|warplanes?|helicopters?|shells?|mortars?|guns?|howitzers?|launchers?|UAVs?"
    r"|aircraft|bulldozers?)\b"
)
_EACH_OTHER = re.compile(r"\b(?:each other|one another)\b[^.;]*$", re.I)
_HEARD = re.compile(
    r"\b(?:we|I)\s+(?:[a-z]+\s+)?(?:heard|saw|felt)\b|\bcounted\s+(?:[\w-]+\s+)?(?:explosions?|blasts?|bangs?)\b", re.I
)
_BYSTANDERS = re.compile(
    r"\b(?:residents?|villagers?|witness(?:es)?|locals|neighbou?rs?|farmers?|shopkeepers?|teachers?|pensioners?|shepherds?|students?"
    r"|reporters?|correspondents?)\b",
    re.I,
)
_UNKNOWN = re.compile(r"\b(?:gunm[ae]n|attackers?|assailants?|unidentified|unknown|masked|snipers?)\b", re.I)
_BLAST = re.compile(r"\b(?:blasts?|explosions?)$", re.I)
_BURST = re.compile(r"\b(?:blast|explo|bomb|detonat|blew|missile|rocket|strike|struck)", re.I)
_SORRY = re.compile(r"\b(?:apologi[sz]\w+|regret\w*|by mistake|mistakenly|accidentally|in error|unintentional\w*)\b", re.I)


class Doers(DeniedDeeds):
    """Answers for one document's claims."""

    def _at_odds(self, sides: frozenset[str]) -> bool:
        """Whether sides that fight each other say one thing together."""
        return any(self.opponents.get(side) in sides for side in sides)

    def with_doer(self, claims: Sequence[Claim], number: int) -> Claim:
        claim = claims[number]
        if (lost := self._with_taker(claim)) is not None:
            return lost
        if claim.act in _TRUCES and claim.attributed_to is None and len(self.pair) == 2 and claim.stance != "denies":
            party = ";".join(self.pair)
            return because(claim, "a truce is of the sides that fight", attributed_to=Voice(party=party, name=party))
        if claim.stance == "denies" and (own := self._with_own_deed(claims, claim)) is not None:
            return own
        if act_class(claim.act) == "COERCE":
            return self._with_standing(claims, claim)
        if claim.act == "CIV.DISPLACEMENT" and claim.attributed_to is None:
            return self._with_driver(claims, claim)
        if claim.act.startswith("TOLL"):
            return self._with_killer(claim)
        if act_class(claim.act) == "TERRITORY":
            return self._with_winner(claim)
        if act_class(claim.act) == "MOBILIZE":
            return self._with_mover(claim)
        if act_class(claim.act) == "RETREAT" and claim.attributed_to is None:
            return self._with_withdrawn(claim)
        if claim.stance == "denies" and (denied := self._with_denied(claims, claim)) is not None:
            return denied
        if (agent := self._with_agent(claim)) is not None:
            return agent
        if (shared := self._with_shared_roles(claims, number)) is not None:
            return shared
        if (repelled := self._with_repelled(claim)) is not None:
            return repelled
        struck = claim.stance == "confirms" and _STRUCK_BY.search(self.text, claim.start_char, claim.end_char) is not None
        if (mutual := self._with_both(claim)) is not None:
            return mutual
        claim = self._without_make(self._without_bystander(claim))
        if (
            sides_in(claim.attributed_to)
            or act_class(claim.act) != "ASSAULT"
            or claim.act in NOT_FOUGHT
            or (claim.stance == "confirms" and not struck and sides_in(claim.claimant) != sides_in(claim.target))
            or self._at_odds(sides_in(claim.claimant))
        ):
            return claim
        if _is_named(claim.attributed_to) or (claim.claimant is None and _is_nobody(claim.attributed_to)):
            return claim
        if claim.stance != "denies" and (own := self._with_own_men(claim)) is not None:
            return own
        answered = next((c for c in claims if c.id == claim.responds_to), None) if claim.responds_to is not None else None
        is_told = claim.target is not None and claim.target.text is not None
        if claim.stance == "denies" and answered is not None and not is_told and sides_in(answered.target):
            claim = replace(claim, target=answered.target)
        speaker, victim = sides_in(claim.claimant), sides_in(claim.target)
        words = self.text[claim.start_char : claim.end_char]
        armed = whose_arms(self.theatre, words) or fought_with(self.theatre, words)
        if armed is not None and armed not in victim and claim.stance != "denies":
            return because(claim, f"its words name {armed}'s arms", attributed_to=Voice(party=armed, name=armed))
        kin = victim or (speaker & self.belligerents if len(speaker) == 1 and claim.stance == "asserts" else frozenset())
        kin = kin.union(
            *(self.hosts.get(code, frozenset()) | self.allies.get(code, frozenset()) for code in kin),
            {code for code, soils in self.hosts.items() if soils & kin},
        )
        told = attack_told_before(claims, number, self.text, kin) if claim.stance != "denies" else None
        if told is not None and told.attributed_to is not None:
            return because(claim, f"it is the attack told of at {told.start_char}", attributed_to=told.attributed_to)
        if (won := self._with_success(claim, speaker)) is not None:
            return won
        if (
            claim.stance == "asserts"
            and len(speaker) == 1
            and speaker <= self.belligerents
            and _OWN_FIRE.search(self.text, claim.start_char, claim.end_char)
        ):
            foe = self.opponents.get(next(iter(speaker)))
            target = Voice(party=foe, name=foe) if foe is not None and not victim - speaker else claim.target
            why = "its own fire, told by a side at war"
            return because(claim, why, attributed_to=self._side_of(claim.claimant), target=target)
        is_sorry = len(speaker) == 1 and speaker <= self.belligerents and not speaker & victim and claim.stance != "denies"
        if is_sorry and _SORRY.search(self.text, claim.sentence_start_char, claim.sentence_end_char):
            return because(claim, "who is sorry for it did it", attributed_to=self._side_of(claim.claimant))
        if len(speaker) == 1 and victim and not speaker & victim and (alike := self._with_shared_complaint(claims, claim)):
            return alike
        words = self.text[claim.start_char : claim.end_char]
        if (
            len(speaker) == 1
            and victim
            and not speaker & victim
            and claim.stance != "denies"
            and self._fights(next(iter(speaker)), victim)
            and (
                not claim.figures
                or any("is said of the side that the speaker fights" in reason for reason in claim.reasons)
                or (names_combatants(words) and not names_civilians(claim.target))
            )
        ):
            return because(claim, "its own side's success, told by a side at war", attributed_to=self._side_of(claim.claimant))
        if claim.stance == "denies" and answered is not None and sides_in(answered.attributed_to):
            return because(
                claim,
                "a denial carries who is said to have done it",
                attributed_to=answered.attributed_to,
                target=claim.target if victim else answered.target,
                places=claim.places or answered.places,
            )
        own_words = any("a negated act in somebody's words" in reason for reason in claim.reasons)
        if claim.stance == "denies" and answered is None and len(speaker) == 1 and (victim or own_words) and not speaker & victim:
            why = "what one denies in one's own words is one's own deed"
            return because(claim, why, attributed_to=self._side_of(claim.claimant))
        clash = next(
            (
                c
                for c in claims
                if c.act == "FIRE.CLASH" and c.sentence_start_char == claim.sentence_start_char and sides_in(c.attributed_to)
            ),
            None,
        )
        if claim.act == "CIV.DETENTION" and claim.claimant is not None and is_force(claim.claimant) and not speaker & victim:
            return because(claim, "whom an army says were held it holds", attributed_to=self._side_of(claim.claimant))
        if clash is not None and claim.figures:
            return because(claim, "the fighting it came of is told in the same sentence", attributed_to=clash.attributed_to)
        if len(speaker) == 1 and speaker <= self.belligerents and is_answer(words) and claim.stance == "asserts":
            foe = self.opponents.get(next(iter(speaker)))
            target = claim.target if victim - speaker or foe is None else Voice(party=foe, name=foe)
            why = "fire that was returned, or an attack thrown back, told by a side at war"
            return because(claim, why, attributed_to=self._side_of(claim.claimant), target=target)
        hurt = victim if not victim or victim & self.belligerents else frozenset()
        # a labourer of a third country, hit on somebody's ground
        hurt = hurt or (speaker if len(speaker) == 1 else frozenset())
        found = (self._who_fires(claims, foe) for side in hurt if (foe := self._foe_of(side)) is not None)
        foes = {foe for foe in found if foe is not None}
        if not foes and victim == {UNITED_NATIONS} and claim.stance == "asserts":
            foes = self._who_hit_the_mission(claims, number)
        told_by_side = bool(speaker & self.belligerents) and not _is_bystander(claim.claimant)
        if _BY_WHICH.match(words):
            words = self.text[claim.sentence_start_char : claim.end_char]
        if is_detonation(words) or _HEARD.search(words) or (not told_by_side and is_bare(words)):
            owned_up = any(
                c.act == claim.act and c.stance != "denies" and sides_in(c.attributed_to) == foes == sides_in(c.claimant)
                for c in claims
            )
            if not owned_up:
                return claim
        foes = {foe for foe in foes if not self._is_at_home(claim, foe)}
        if foes and not told_by_side and self._is_unclaimed and not self._is_blamed(claims, foes):
            return claim
        if len(foes) == 1 and not foes & hurt:
            foe = next(iter(foes))
            if speaker == foes:
                # nobody tells of his own fire as of what befell a place
                return claim
            return because(claim, f"{foe} is whom this side fights in the document", attributed_to=Voice(party=foe, name=foe))
        return claim

    @cached_property
    def _is_unclaimed(self) -> bool:
        return is_unclaimed(self.text)

    def _is_blamed(self, claims: Sequence[Claim], foes: Collection[str]) -> bool:
        """Whether anybody names one of `foes` as having struck in this document."""
        return any(
            act_class(c.act) == "ASSAULT" and c.stance != "denies" and c.attributed_to is not None and c.attributed_to.text
            and sides_in(c.attributed_to) & set(foes)
            for c in claims
        )  # fmt: skip

    def _is_at_home(self, claim: Claim, foe: str) -> bool:
        """Whether a place that was hit is of the state from whose soil a group fights: nobody would lay it on that group."""
        victim, homes = sides_in(claim.target), self.hosts.get(foe, frozenset())
        is_theirs = any(held in homes and (not victim or held in victim) for held, _ in self.holders_of(claim))
        return is_theirs and claim.stance != "denies"

    def _with_own_men(self, claim: Claim) -> Claim | None:
        """ "its fighters hit a tank": a side's own, whoever that is; None where the doer is told otherwise."""
        told = claim.attributed_to.text if claim.attributed_to is not None else None
        if told is None or _OWN_MEN.match(told) is None:
            return None
        speaker = sides_in(claim.claimant)
        if len(speaker) != 1 or not speaker <= self.belligerents or speaker & sides_in(claim.target):
            return claim
        side = next(iter(speaker))
        return because(claim, f"“{told}” are the speaker's", attributed_to=replace(claim.attributed_to or Voice(), party=side))

    def _with_driver(self, claims: Sequence[Claim], claim: Claim) -> Claim:
        """ "ethnic cleansing is under way", told by a side at war: its foe's doing, and what that foe denies its own."""
        speaker = sides_in(claim.claimant)
        answered = next((c for c in claims if c.id == claim.responds_to), claim)
        if (
            claim.stance == "denies"
            and len(speaker) == 1
            and speaker <= self.belligerents
            and not speaker & sides_in(claim.target)
        ):
            return because(claim, "what one denies is one's own deed", attributed_to=self._side_of(claim.claimant))
        if not any("said to be driven out" in reason for reason in answered.reasons) or len(speaker) != 1:
            return claim
        if claim.stance == "denies":
            return because(claim, "what one denies is one's own deed", attributed_to=self._side_of(claim.claimant))
        foe = self.opponents.get(next(iter(speaker)))
        if foe is None:
            return claim
        return because(claim, f"{foe} is whom this side fights in the document", attributed_to=Voice(party=foe, name=foe))

    def _foe_of(self, side: str) -> str | None:
        """Whom a side fights in the document, else whom its host or its guests fight there."""
        if side in self.opponents:
            return self.opponents[side]
        beside = self._kin_of(side)
        found = {self.opponents[code] for code in beside - self.allies.get(side, frozenset()) if code in self.opponents}
        found -= beside | {side}
        return next(iter(found)) if len(found) == 1 else None

    def _who_hit_the_mission(self, claims: Sequence[Claim], number: int) -> set[str]:
        """Who is told to have hit the mission, or is blamed by it, not far before a claim; empty where several are."""
        near = (c for c in claims[:number] if claims[number].start_char - c.end_char < _REACH_CHARS and c.stance != "denies")
        found: set[str] = set()
        for other in near:
            cls = act_class(other.act)
            if cls == "ASSAULT" and sides_in(other.target) == {UNITED_NATIONS}:
                found |= sides_in(other.attributed_to) & self.belligerents
            if cls == "ACCUSE" and sides_in(other.attributed_to) == {UNITED_NATIONS}:
                found |= sides_in(other.target) & self.belligerents
        return found if len(found) == 1 else set()

    def _kin_of(self, side: str) -> frozenset[str]:
        guests = {code for code, soils in self.hosts.items() if side in soils}
        return self.hosts.get(side, frozenset()) | self.allies.get(side, frozenset()) | guests

    def _who_fires(self, claims: Sequence[Claim], foe: str) -> str | None:
        """The armed group heard of that fights from a state's soil, where that state itself is never told to have fired.

        None where groups fight from it and none is heard of.
        """
        guests = hosted = [code for code, soils in self.hosts.items() if foe in soils]
        heard = {p for c in claims for voice in (c.claimant, c.attributed_to, c.target) for p in parties_of(voice)}
        guests = [code for code in guests if code in heard]
        fired = any(act_class(c.act) == "ASSAULT" and foe in sides_in(c.attributed_to) and c.stance != "denies" for c in claims)
        if not guests and hosted and not fired:
            return None  # what was fired from a state's soil, where armed groups fight, may be any group's
        return guests[0] if len(guests) == 1 and not fired else foe

    def _without_bystander(self, claim: Claim) -> Claim:
        """ "they shelled us" after a mediator was named: the pronoun means no one who does not fight."""
        doer = claim.attributed_to
        is_pronoun = doer is not None and (doer.text or "").lower() in ("they", "them", "it")
        if not is_pronoun or act_class(claim.act) != "ASSAULT" or not self.belligerents or not sides_in(doer):
            return claim
        if not sides_in(doer) & self.belligerents:
            return because(claim, "who 'they' are stays open", attributed_to=None)
        speaker = sides_in(claim.claimant)
        is_told = any("whom a speaker calls 'they'" in reason for reason in claim.reasons)
        if (
            not speaker
            and not is_told
            and self._is_quoted(claim.sentence_start_char, doer.start_char if doer is not None else None)
        ):
            speaker = self._witness_side(claim, sides_in(doer))
        foe = self.opponents.get(next(iter(speaker))) if len(speaker) == 1 and sides_in(doer) == speaker else None
        if foe is None or doer is None or not self._is_quoted(claim.sentence_start_char, doer.start_char):
            return claim
        return because(claim, "whom a speaker calls 'they' is not his own side", attributed_to=replace(doer, party=foe, name=foe))

    def _without_make(self, claim: Claim) -> Claim:
        """ "two Merkava tanks fired": a make of arms is nobody, and whose they are stays to be told."""
        doer = claim.attributed_to
        if doer is None or doer.party is not None or doer.end_char is None or not (doer.text or "")[:1].isupper():
            return claim
        is_make = _MAKE.match(self.text, doer.end_char) is not None
        return replace(claim, attributed_to=None) if is_make and act_class(claim.act) == "ASSAULT" else claim

    def _witness_side(self, claim: Claim, doers: frozenset[str]) -> frozenset[str]:
        """ "they blew up my house", said by a villager: the side that is taken for "they" is his own where it holds the place."""
        words = self.text[claim.start_char : claim.end_char]
        held = {party for party, _ in self.holders_of(claim)} | self.homes_of(claim.claimant)
        if not held & doers.union(*map(self._kin_of, doers)) and (held or _MINE.search(words) is None):
            return frozenset()
        return doers

    def _is_quoted(self, opening: int, at: int | None) -> bool:
        """Whether a quotation that opens in the sentence is open at an offset, and says "we" or "our" of nobody before it."""
        if at is not None and any(q.start_char <= at < q.end_char for q in self.quotations):
            return not re.search(r"\b(?:we|our|us)\b", self.text[opening:at], re.I)
        before = self.text[opening:at] if at is not None else ""
        is_open = before.count("“") > before.count("”") or before.count('"') % 2 == 1
        return is_open and not re.search(r"\b(?:we|our|us)\b", before, re.I)

    def _with_agent(self, claim: Claim) -> Claim | None:
        """ "killed in sabotage by X's forces": the force that "by" names did it, wherever its words put it."""
        if claim.stance == "denies" or (claim.attributed_to is not None and claim.attributed_to.text is not None):
            return None
        party = force_behind_by(self.theatre, self.text[claim.start_char : claim.end_char])
        if party is None or sides_in(claim.attributed_to) == {party} or act_class(claim.act) != "ASSAULT":
            return None
        hit = sides_in(claim.target) - {party}
        speaker = sides_in(claim.claimant) & self.belligerents - {party}
        target = claim.target
        if not hit:
            sides = ";".join(sorted(speaker))
            target = replace(claim.target or Voice(), party=joined(claim.target, sides), name=None) if sides else None
        return because(claim, f"its words name {party}'s force", attributed_to=Voice(party=party, name=party), target=target)

    def _with_repelled(self, claim: Claim) -> Claim | None:
        """ "the enemy was thrown back", "an attempt to break through was stopped", told by a side at war: by it, of its foe."""
        speaker, doer = sides_in(claim.claimant), claim.attributed_to
        words = self.text[claim.start_char : claim.end_char]
        is_open = doer is None or (not sides_in(doer) and not _is_named(doer) and names_combatants(doer.text or ""))
        if claim.act != "FIRE.CLASH" or claim.stance != "asserts" or len(speaker) != 1 or not is_open or not is_answer(words):
            return None
        side = next(iter(speaker))
        foe = self.opponents.get(side)
        if side not in self.belligerents:
            return None
        hit = sides_in(claim.target)
        target = claim.target
        if foe is not None and not hit - speaker:
            target = replace(claim.target or Voice(), party=foe, name=foe, actor_id=None)
        why = "an attack thrown back, told by a side at war"
        return because(claim, why, attributed_to=self._side_of(claim.claimant), target=target)

    def _with_shared_roles(self, claims: Sequence[Claim], number: int) -> Claim | None:
        """ "posts of X were destroyed and a depot was hit", told in one breath: by one doer, and to one side."""
        claim = claims[number]
        is_open = not sides_in(claim.attributed_to) and (claim.attributed_to is None or claim.attributed_to.text is None)
        if act_class(claim.act) != "ASSAULT" or claim.act in NOT_FOUGHT or not is_open or claim.claimant is None:
            return None
        if is_answer(self.text[claim.start_char : claim.end_char]):
            return None
        told = next(
            (
                c
                for c in reversed(claims[:number])
                if c.sentence_start_char == claim.sentence_start_char
                and act_class(c.act) == "ASSAULT"
                and c.act not in NOT_FOUGHT
                and c.stance != "denies"
                and sides_in(c.claimant) == sides_in(claim.claimant)
                and sides_in(c.attributed_to)
                and sides_in(c.target)
            ),
            None,
        )
        if told is None or claim.stance == "denies":
            return None
        doers, hit = sides_in(told.attributed_to), sides_in(claim.target)
        words = self.text[claim.start_char : claim.end_char]
        is_own_success = doers == sides_in(claim.claimant) and _OWN_THINGS.search(words) is None
        if hit and hit != sides_in(told.target) and not (is_own_success and names_arms(words) and hit <= doers):
            return None
        if not is_own_success and doers == sides_in(claim.claimant):
            return None
        party = joined(claim.target, ";".join(sorted(sides_in(told.target))))
        doer = Voice(party=";".join(sorted(doers)), name=told.attributed_to.name if told.attributed_to else None)
        target = replace(claim.target or Voice(), party=party)
        return because(claim, "told in one breath with a deed of the same doer", attributed_to=doer, target=target)

    def _with_shared_complaint(self, claims: Sequence[Claim], claim: Claim) -> Claim | None:
        """What a side says befell other places too, beside its own in one sentence, it complains of alike."""
        speaker = sides_in(claim.claimant)
        own = next(
            (
                c
                for c in claims
                if c is not claim
                and c.sentence_start_char == claim.sentence_start_char
                and act_class(c.act) == "ASSAULT"
                and sides_in(c.claimant) == speaker == sides_in(c.target)
            ),
            None,
        )
        if own is None:
            return None
        why = "the speaker complains of it beside an attack on his own side"
        return because(claim, why, attributed_to=own.attributed_to, target=own.target)

    def _with_standing(self, claims: Sequence[Claim], claim: Claim) -> Claim:
        """A blockade or siege goes on being whose the document says it is, and against whom."""
        of_it = _STANDING.search(self.text, claim.start_char, claim.end_char) is not None
        own = [c for c in claims if c.act == claim.act or (of_it and c.act == "ACCESS.BLOCKADE")]
        speaker = sides_in(claim.claimant)
        doers = {sides_in(c.attributed_to) for c in own} - {frozenset()}
        targets = {sides for c in own if (sides := sides_in(c.target)) and not any(sides & doer for doer in doers)}
        if not sides_in(claim.attributed_to) and claim.claimant is not None:
            told = next(iter(doers)) if len(doers) == 1 else frozenset[str]()
            if claim.stance == "denies" and not told and len(speaker) == 1 and speaker <= self.belligerents:
                why = "what one denies in one's own words is one's own deed"
                claim = because(claim, why, attributed_to=self._side_of(claim.claimant))
            elif told and not (told & speaker and claim.stance != "denies"):
                party = ";".join(sorted(told))
                claim = because(claim, "whose it is the document tells elsewhere", attributed_to=Voice(party=party, name=party))
        foe = self.opponents.get(next(iter(speaker))) if len(speaker) == 1 else None
        is_open = claim.attributed_to is None or (not sides_in(claim.attributed_to) and not _is_named(claim.attributed_to))
        if is_open and claim.stance == "asserts" and foe is not None and {held for held, _ in self.holders_of(claim)} & speaker:
            why = f"what is closed on its ground {foe} closed, whom it fights"
            target = claim.target if sides_in(claim.target) else Voice(party=next(iter(speaker)))
            claim = because(claim, why, attributed_to=Voice(party=foe, name=foe), target=target)
        if not sides_in(claim.target) and len(targets) == 1 and not next(iter(targets)) & sides_in(claim.attributed_to):
            party = ";".join(sorted(next(iter(targets))))
            target = replace(claim.target or Voice(), party=joined(claim.target, party))
            claim = because(claim, "whom it presses the document tells elsewhere", target=target)
        return claim

    def _with_success(self, claim: Claim, speaker: frozenset[str]) -> Claim | None:
        """ "a launcher was destroyed", "most rockets were shot down", told by a side at war: its own doing, to its foe."""
        foe = self.opponents.get(next(iter(speaker))) if len(speaker) == 1 else None
        words = self.text[claim.start_char : claim.end_char]
        is_told = any(_DOWNS.match(reason) for reason in claim.reasons)
        if (
            foe is None
            or not is_told
            or claim.stance != "asserts"
            or _DOWNED.search(words) is None
            or _OWN_THINGS.search(words) is not None
        ):
            return None
        told = claim.target.text if claim.target is not None else None
        target = replace(claim.target or Voice(), party=foe, name=None if told else foe)
        if claim.target is not None and claim.target.actor_id is not None:
            return None
        why = "its own side's success, told by a side at war"
        return because(claim, why, attributed_to=self._side_of(claim.claimant), target=target)

    def _with_killer(self, claim: Claim) -> Claim:
        """A sum of dead: its words name whose strikes killed them, or it is told by the side that lost or killed them."""
        speaker, victim = sides_in(claim.claimant), sides_in(claim.target)
        words = self.text[claim.start_char : claim.end_char]
        if claim.stance == "denies" and tells_losses(words) and len(speaker) == 1 and not sides_in(claim.attributed_to) - speaker:
            side = next(iter(speaker))
            foe = self.opponents.get(side)
            why = "losses that a side denies its foe would have inflicted"
            target = claim.target if victim else Voice(party=side, name=side)
            return because(claim, why, attributed_to=Voice(party=foe, name=foe), target=target) if foe is not None else claim
        side = next(iter(speaker)) if len(speaker) == 1 else ""
        if sides_in(claim.attributed_to) == speaker == victim and side in self.opponents and claim.figures:
            foe = self.opponents[side]
            return because(claim, f"{foe} is whom this side fights in the document", attributed_to=Voice(party=foe, name=foe))
        if sides_in(claim.attributed_to) or claim.stance == "denies":
            return claim
        armed = whose_arms(self.theatre, words) or fought_with(self.theatre, words)
        if armed is not None and armed not in victim:
            return because(claim, f"its words name {armed}'s arms", attributed_to=Voice(party=armed, name=armed))
        foe = self.opponents.get(next(iter(speaker))) if len(speaker) == 1 else None
        if foe is None or any(f.measure == "displaced" for f in claim.figures) or not (claim.figures or tells_losses(words)):
            return claim
        if victim == {foe} and not names_civilians(claim.target):
            return because(claim, "losses of the other side, told by a side at war", attributed_to=self._side_of(claim.claimant))
        if victim <= speaker:
            return because(claim, f"{foe} is whom this side fights in the document", attributed_to=Voice(party=foe, name=foe))
        return claim

    def _with_winner(self, claim: Claim) -> Claim:
        """Ground told without who took it: by a side at war, of the other's ground or of its own."""
        doer, speaker, victim = claim.attributed_to, sides_in(claim.claimant), sides_in(claim.target)
        if (retaken := self._with_retaken(claim)) is not None:
            return retaken
        lost = any("(lose)" in reason for reason in claim.reasons)
        fell = claim.stance == "confirms" and any(_FELL.match(reason) for reason in claim.reasons)
        is_open = not sides_in(doer) or (lost and sides_in(doer) <= victim) or (fell and sides_in(doer) <= speaker)
        foe = self.opponents.get(next(iter(speaker))) if len(speaker) == 1 else None
        if not is_open or foe is None or claim.stance == "denies":
            return claim
        side = next(iter(speaker))
        if fell and not victim & (speaker | self.allies.get(side, frozenset())):
            why = f"{foe} is whom the side that lost ground fights"
            loser = replace(claim.target or Voice(), party=side, name=None)
            return because(claim, why, attributed_to=Voice(party=foe, name=foe), target=loser)
        if victim and victim <= speaker | self.allies.get(side, frozenset()) and (lost or claim.stance == "confirms"):
            return because(claim, f"{foe} is whom the side that lost ground fights", attributed_to=Voice(party=foe, name=foe))
        words = self.text[claim.start_char : claim.end_char]
        is_own_loss = claim.stance == "confirms" or _OWN_THINGS.search(words) is not None
        is_won = not victim and not is_own_loss and claim.attributed_to is None
        if is_won and not lost:
            won = Voice(text=claim.target.text if claim.target else None, party=foe, name=foe)
            claim = because(claim, f"what a side at war took it took of {foe}, whom it fights", target=won)
        if not lost and not victim & speaker and (is_won or _FREED.search(words) or self._fights(side, victim)):
            return because(claim, "its own side's success, told by a side at war", attributed_to=self._side_of(claim.claimant))
        return claim

    def _with_both(self, claim: Claim) -> Claim | None:
        """ "the two accused each other of opening fire": of both."""
        speakers = sides_in(claim.claimant)
        if claim.attributed_to is not None or len(speakers) < 2 or not self._at_odds(speakers):
            return None
        if _EACH_OTHER.search(self.text, claim.sentence_start_char, claim.start_char) is None:
            return None
        both = Voice(party=";".join(sorted(speakers)))
        return because(claim, "each lays it on the other", attributed_to=both, target=claim.target or both)

    def _with_retaken(self, claim: Claim) -> Claim | None:
        """ "the post had been retaken", told by a side at war that names nobody: by itself, of its foe."""
        speaker = sides_in(claim.claimant)
        foe = self.opponents.get(next(iter(speaker))) if len(speaker) == 1 else None
        doer = claim.attributed_to
        is_open = doer is None or doer.text is None
        if foe is None or not is_open or claim.stance == "denies" or not speaker <= self.belligerents:
            return None
        if _RETAKEN.search(self.text, claim.start_char, claim.end_char) is None:
            return None
        loser = replace(claim.target or Voice(), party=foe, name=None, actor_id=None)
        why = "what a side at war says was taken back it took itself"
        return because(claim, why, attributed_to=self._side_of(claim.claimant), target=loser, stance="asserts")

    def _with_withdrawn(self, claim: Claim) -> Claim:
        """ "his forces had been pulled back": those of whoever tells of it."""
        speaker = sides_in(claim.claimant)
        is_own = _OWN_FORCES.search(self.text, claim.start_char, claim.end_char) is not None
        if len(speaker) != 1 or not speaker <= self.belligerents or not is_own:
            return claim
        return because(claim, "withdrawn by the side that tells of it", attributed_to=self._side_of(claim.claimant))

    def _with_mover(self, claim: Claim) -> Claim:
        """ "reservists were called up", told by a side at war: its own."""
        speaker, victim = sides_in(claim.claimant), sides_in(claim.target)
        is_own = len(speaker) == 1 and speaker <= self.belligerents and victim <= speaker
        foe = self.opponents.get(next(iter(speaker))) if len(speaker) == 1 else None
        doer = claim.attributed_to
        if (
            claim.stance == "denies"
            and foe is not None
            and doer is not None
            and not sides_in(doer)
            and _ANYBODY.match(doer.text or "")
        ):
            why = "what one denies that anybody did one denies of one's own"
            target = claim.target if victim - speaker else Voice(party=foe, name=foe)
            return because(claim, why, attributed_to=replace(doer, party=next(iter(speaker))), target=target)
        if doer is not None and not sides_in(doer) and not _is_named(doer) and foe is not None:
            entered = _ENTERING.search(self.text, claim.start_char, claim.end_char) is not None
            if entered and any(held in speaker for held, _ in self.holders_of(claim)):
                entered_of = replace(claim.target or Voice(), party=next(iter(speaker)))
                why = f"who enters its ground is {foe}, whom it fights"
                return because(claim, why, attributed_to=replace(doer, party=foe), target=entered_of)
        if doer is None and claim.stance == "denies" and len(speaker) == 1 and speaker <= self.belligerents:
            why = "what one denies in one's own words is one's own deed"
            return because(
                claim, why, attributed_to=self._side_of(claim.claimant), target=None if victim == speaker else claim.target
            )
        if foe is not None and not sides_in(doer) and _AT_HOME.search(self.text, claim.start_char, claim.end_char):
            voice = Voice(party=next(iter(speaker)))
            why = f"who comes to what is the speaker's own is {foe}, whom it fights"
            return because(claim, why, attributed_to=replace(doer or Voice(), party=foe, name=foe), target=voice)
        is_theirs = claim.act == "FORCE.PROHIBITED_PRESENCE" or _HIDDEN.search(self.text, claim.start_char, claim.end_char)
        if doer is None and foe is not None and is_theirs and claim.stance == "asserts" and speaker <= self.belligerents:
            why = f"arms that a side at war finds or says are smuggled are those of {foe}, whom it fights"
            return because(claim, why, attributed_to=Voice(party=foe, name=foe))
        if doer is not None or not is_own or claim.stance == "denies":
            return claim
        target = claim.target if not victim else None
        why = "moved by the side that tells of it"
        return because(claim, why, attributed_to=self._side_of(claim.claimant), target=target)


def _is_bystander(voice: Voice | None) -> bool:
    """Whether somebody speaks of what befell a place, and for no side: "residents", "a farmer"."""
    return voice is not None and _BYSTANDERS.search(voice.text or "") is not None


def _is_nobody(voice: Voice | None) -> bool:
    """ "gunmen", "unidentified attackers": told to be nobody that is known."""
    return voice is not None and voice.party is None and _UNKNOWN.search(voice.text or "") is not None


def _is_named(voice: Voice | None) -> bool:
    """Whether a doer is told by a name that nobody knows, and not by "they"."""
    text = voice.text if voice is not None else None
    if text is not None and (_MODEL.match(text) or _ANY_FORCE.match(text)):
        return False
    return text is not None and text[:1].isupper() and text.lower() not in ("they", "it", "he", "she", "somebody", "someone")


def joined(voice: Voice | None, party: str) -> str:
    """A side beside the civilians that were named."""
    return f"{party};{CIVILIANS}" if names_civilians(voice) else party


def attack_told_before(claims: Sequence[Claim], number: int, text: str, alike: Collection[str]) -> Claim | None:
    """The nearest attack before a claim whose words call it "the strike", by a doer who is named; None where there is none.

    `alike`: parties that may stand for the claim's target (a host for the group that fights from its soil).
    """
    claim = claims[number]
    named = _THE_ATTACK.search(text, claim.start_char, claim.end_char)
    if named is None:
        return None
    is_blast = _BLAST.search(named.group()) is not None
    for other in reversed(claims[:number]):
        if claim.sentence_start_char - other.sentence_end_char > _REACH_CHARS:
            return None
        doers = set(parties_of(other.attributed_to))
        if act_class(other.act) != "ASSAULT" or other.act in NOT_FOUGHT or len(doers) != 1 or other.stance == "denies":
            continue
        if is_blast and _BURST.search(text, other.start_char, other.end_char) is None:
            continue
        hit = set(parties_of(other.target))
        if doers & set(alike) or (hit and alike and not hit & set(alike)):
            continue
        return other
    return None
