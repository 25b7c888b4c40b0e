"""Denials that answer a claim standing elsewhere ("dismissed it as a fabrication"), and denials that a force is somewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from trucewatch.model.codebook import act_class
from trucewatch.model.records import Claim, Voice
from trucewatch.stages.extract.absent import lost
from trucewatch.stages.extract.denials import DenialCue
from trucewatch.stages.extract.disclaimers import PRESENCE, TRUCES, is_model
from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.mention import ActMention
from trucewatch.stages.extract.merge import ActGroup
from trucewatch.stages.extract.phrases import actor_phrase, owner_phrase
from trucewatch.stages.extract.places import find_claim_places
from trucewatch.stages.extract.speakers import PRONOUNS
from trucewatch.stages.extract.syntax import Phrase, Token, children, clause_bounds, joint_phrase, preposition_objects, roles
from trucewatch.stages.extract.triggers import meant_words
from trucewatch.text.parse import Block

if TYPE_CHECKING:
    from trucewatch.stages.extract.claims import Drafter

_PRIOR = ("asserts", "confirms")
_NEAR_CHARS = 400
STEM = 3
_POINTERS = frozenset({"this", "that", "it", "these", "those", "them", "such", "everything"})
# sentences that "that", "this" and "it" reach back
POINTS_BACK = 3
_NUMBERS = frozenset({"figure", "number", "toll", "count", "estimate"})
_CHARGES = frozenset({"accusation", "allegation", "charge"})
_BEING_THERE = frozenset(
    {"be", "remain", "stay", "have", "operate", "station", "deploy", "see", "spot", "observe", "find", "notice", "live", "hide"}
)
# "had nothing to do with the interruption of the gas supply"
_STOPPING = frozenset("interruption suspension disruption cut cutting stoppage halt cutoff cut-off shutdown".split())
_CARRYING = frozenset("delivery shipment supply transport transportation smuggling sending dispatch transfer stockpiling".split())
_BANNED = frozenset({"cluster", "phosphorus", "chemical", "thermobaric", "gas", "incendiary", "poison"})
_INCIDENTS = frozenset({"incident", "event", "attack", "strike", "operation", "this", "affair", "matter"})
_HANDS = frozenset({"involvement", "responsibility", "role", "part", "hand", "complicity", "participation"})
_STORES = frozenset({"arm", "arms", "weapon", "weaponry", "ammunition", "arsenal", "munition"})
_WANT = frozenset({"crisis", "blockade", "siege", "famine", "hunger", "starvation", "shortage"})
_PACTS = frozenset(
    {"deal", "agreement", "accord", "ceasefire", "truce", "cease-fire", "armistice", "settlement", "document", "pact"}
)
_THINGS = ("force", "armament", "weapon", "projectile", "military_object", "civil_object")
_LEAST_LETTERS = 4
_UNBLAMED = frozenset({"CIV.FLIGHT", "TOLL", "UTILITY.OUTAGE"})
# answered only by who points at what stands right before: "X's soldiers would watch the truce, A said. B denied it"
_DENIED_AT_ONCE = frozenset({"COOPERATE", "AGREE", "CONSULT", "AID", "REQUEST", "REJECT", "THREATEN"})
_DENIED = frozenset({"ASSAULT", "TERRITORY", "MOBILIZE", "COERCE", "DISPLACE", "TOLL", "RETREAT", "ACCUSE"})


class Answers:
    """Drafts the denials of one document whose act stands in an earlier claim."""

    def __init__(self, drafter: Drafter) -> None:
        self._drafter = drafter

    def draft(self, block: Block, cue: DenialCue) -> bool:
        """Whether a denial of a claim that stands elsewhere was made: it carries that claim's act, doer, target and places."""
        offset = block.char(cue.token.idx)
        vouching = self._drafter.voices.at(offset)
        claimant = self._drafter.voice(block, cue.denier) or vouching.claimant
        if (
            cue.denier is not None
            and cue.denier.head.pos_ == "PRON"
            and cue.denier.head.lower_ in ("we", "i")
            and vouching.claimant is not None
        ):
            claimant = vouching.claimant
        if claimant is None and (cued := self._drafter.voices.by_cue(offset)) is not None:
            claimant = cued.claimant  # "in Rivertown the report is called a lie"
        if claimant is None:
            return False
        is_named = cue.content is not None and _presence_named(cue.content, self._drafter.lexicon) is not None
        if (is_named or not cue.is_anaphoric) and self._presence(block, cue, claimant, vouching.channel):
            return True
        if self._own_deed(block, cue, claimant, vouching.channel):
            return True
        found = self.antecedents(block, cue, claimant)
        if cue.content is not None and cue.content.lemma_.lower() in TRUCES and cue.content.dep_ == "attr":
            found = tuple(told for told in found if act_class(told.act) in ("RETREAT", "AGREE"))
        if cue.is_own and found and self._is_of_others(found[0], claimant):
            mine = self.antecedent(block, cue, claimant, own=True)
            found = (mine,) if mine is not None else found
        if not found or not (
            cue.is_anaphoric
            or self._accuses(found[0], claimant, block.char(cue.token.idx))
            or self._takes_up(block, cue, found[0])
        ):
            return False
        made = [self._draft_answer(block, cue, claimant, vouching.channel, antecedent) for antecedent in found]
        return any(made)

    def _draft_answer(self, block: Block, cue: DenialCue, claimant: Voice, channel: str | None, antecedent: Claim) -> bool:
        copula = cue.token.head if cue.token.dep_ in ("attr", "acomp") else cue.token
        low, high = clause_bounds(copula, frozenset(c.i for c in copula.children if c.dep_ == "conj"))
        sentence = cue.token.sent
        if cue.token.dep_ in ("acl", "relcl"):
            head = cue.token.head
            apposed = cue.token.dep_ == "acl" or self._drafter.lexicon.is_kind(head.lemma_.lower(), "claim")
            low = min(low, head.left_edge.i if apposed or head.lower_ == "something" else low)
        start = block.char(block.doc[max(low, sentence.start)].idx)
        last = block.doc[min(high, sentence.end) - 1]
        claim = self._drafter.make(
            block,
            start,
            block.char(last.idx + len(last.text)),
            cue.token,
            # who had no part in what cost many lives denies the deed
            act="FIRE" if antecedent.act == "TOLL" and cue.is_own else antecedent.act,
            claimant=claimant,
            stance="denies",
            channel=channel,
            attributed_to=claimant if cue.is_own and not self._is_of_others(antecedent, claimant) else antecedent.attributed_to,
            target=antecedent.target,
            places=antecedent.places,
            when=antecedent.when,
            weapon=antecedent.weapon,
            responds_to=antecedent.id,
            reasons=(f"'{cue.token.text}' denies the claim before it", f"which stands at {antecedent.start_char}"),
            confidence=0.6,
        )
        if claim is not None:
            self._drafter.add(claim)
        return claim is not None

    def _is_of_others(self, told: Claim, denier: Voice) -> bool:
        """Whether a claim lays a deed at a known door that is not the denier's."""
        speakers = self._drafter.speakers
        side, accused = speakers.party(speakers.named(denier)), speakers.party(told.attributed_to)
        return None not in (side, accused) and side != accused

    def _accuses(self, told: Claim, denier: Voice, offset: int) -> bool:
        """Whether a claim told just before lays a deed at the denier's door, or tells of a loss of his."""
        speakers = self._drafter.speakers
        side = speakers.party(speakers.named(denier))
        near = offset - told.sentence_end_char < _NEAR_CHARS
        return near and side is not None and side in (speakers.party(told.attributed_to), speakers.party(told.target))

    def _takes_up(self, block: Block, cue: DenialCue, told: Claim) -> bool:
        """ "A said it held the heights. B denied that any of the heights was lost": it names what was told just before."""
        if cue.content is None or told.claimant is None:
            return False
        offset = block.char(cue.token.idx)
        if sum(told.sentence_start_char < s.start_char <= offset for s in self._drafter.sentences) > 1:
            return False
        text = self._drafter.document.text[told.sentence_start_char : told.sentence_end_char].lower()
        before = frozenset(re.findall(r"[a-z]{4,}", text))
        before |= {word[:-1] for word in before if word.endswith("s")}
        things = [
            t.lemma_.lower() for t in cue.content.subtree if t.pos_ in ("NOUN", "PROPN") and len(t.lemma_) >= _LEAST_LETTERS
        ]
        if any(thing in before for thing in things):
            return True
        lexicon = self._drafter.lexicon
        kinds = [kind for kind in _THINGS if any(lexicon.is_kind(thing, kind) for thing in things)]
        return any(lexicon.is_kind(word, kind) for kind in kinds for word in before)

    def _presence(self, block: Block, cue: DenialCue, claimant: Voice, channel: str | None) -> bool:
        """A denial that a force is somewhere. Any other clause without an act of the codebook gives no claim."""
        clause = cue.content
        named = _presence_named(clause, self._drafter.lexicon) if clause is not None else None
        if clause is not None and named is not None:
            return self._deny_presence(block, cue, claimant, channel, clause, *named, own=claimant)
        if clause is None or clause.lemma_ not in _BEING_THERE:
            return False
        who = roles(clause)
        lexicon = self._drafter.lexicon
        subject = (who.undergoer if who.passive else who.doer) or who.undergoer
        if children(clause, "expl"):
            subject = next(iter(children(clause, "attr")), subject)
        phrase = actor_phrase(subject, lexicon) if subject is not None else None
        if subject is not None and _is_of_arms(subject, lexicon):
            return self._deny_presence(block, cue, claimant, channel, clause, "FORCE.PROHIBITED_PRESENCE", phrase)
        if phrase is None or subject is None or not lexicon.is_kind(subject.lemma_.lower(), "force", "combatant"):
            return False
        return self._deny_presence(block, cue, claimant, channel, clause, "FORCE.PROHIBITED_PRESENCE", phrase)

    def _own_deed(self, block: Block, cue: DenialCue, claimant: Voice, channel: str | None) -> bool:
        """ "denied the use of cluster bombs", "had no part in the ceasefire deal", "denied the loss of X": named by its noun."""
        noun = cue.content
        if noun is None:
            return False
        lexicon = self._drafter.lexicon
        of = [inner for _, inner in preposition_objects(noun, "of")]
        words = {w.lemma_.lower() for head in of for w in (head, *head.children)}
        act = None
        if noun.lemma_.lower() in ("use", "employment") and any(
            lexicon.is_kind(w, "weapon", "projectile") for w in words | _BANNED & words
        ):
            act = "WEAPON.PROHIBITED" if words & _BANNED else "FIRE"
        elif noun.lemma_.lower() in _STOPPING and any(lexicon.is_kind(w, "utility") for w in words):
            act = "UTILITY.OUTAGE"
        elif cue.is_own and self._pact_in(noun) is not None:
            act = self._pact_in(noun)
        elif lost(noun, lexicon) is not None:
            found = [c for c in self.antecedents(block, cue, claimant) if act_class(c.act) == "TERRITORY"]
            if found:
                return sum(self._draft_answer(block, cue, claimant, channel, told) for told in found) > 0
            act = "ADVANCE.TERRITORY"
        if act is None:
            return False
        doer = None if act == "ADVANCE.TERRITORY" else claimant
        return self._deny_presence(block, cue, claimant, channel, noun, act, None, doer)

    def _pact_in(self, noun: Token) -> str | None:
        """The agreement that one had no part in, as it is or as what was drafted."""
        heads = [noun, *children(noun, "dobj"), *(i for _, i in preposition_objects(noun, "of", "on"))]
        for head in heads:
            if head.lemma_.lower() in _PACTS | {"understanding", "arrangement"}:
                words = {w.lemma_.lower() for w in (head, *head.children)}
                return "AGREE.CEASEFIRE" if words & {"ceasefire", "truce", "cease-fire", "armistice"} else "AGREE.OTHER"
        return None

    def _deny_presence(
        self,
        block: Block,
        cue: DenialCue,
        claimant: Voice,
        channel: str | None,
        clause: Token,
        act: str,
        phrase: Phrase | None,
        own: Voice | None = None,
    ) -> bool:
        mention = ActMention(token=clause, frame="move", act=act, weak=True, doer=phrase, scope=clause)
        places = find_claim_places(
            ActGroup(mention, (mention,)),
            block.start_char,
            self._drafter.lexicon,
            frozenset(),
            (phrase.start_char, phrase.end_char) if phrase is not None else None,
        )
        low, high = clause_bounds(cue.token)
        start = block.char(block.doc[low].idx)
        last = block.doc[high - 1]
        claim = self._drafter.make(
            block,
            start,
            block.char(last.idx + len(last.text)),
            cue.token,
            act=mention.act,
            claimant=claimant,
            stance="denies",
            channel=channel,
            attributed_to=self._drafter.voice(block, phrase) or own,
            places=places,
            reasons=(f"'{cue.token.text}' denies '{clause.text}'",),
            confidence=0.6,
        )
        if claim is not None:
            self._drafter.add(claim)
        return claim is not None

    def antecedents(self, block: Block, cue: DenialCue, claimant: Voice) -> tuple[Claim, ...]:
        """What a denial answers: the nearest claim it may, and "the accusations" all that this accuser made just there."""
        nearest = self.antecedent(block, cue, claimant)
        if nearest is None or not _is_plural(cue) or nearest.claimant is None or nearest.attributed_to is None:
            return () if nearest is None else (nearest,)
        beside = (
            claim
            for claim in self._drafter.claims
            if claim.stance in _PRIOR
            and claim.modality == nearest.modality
            and claim.end_char <= block.char(cue.token.idx)
            and (claim.act, claim.places) != (nearest.act, nearest.places)
            and self._who(claim.claimant) == self._who(nearest.claimant)
            and self._who(claim.attributed_to) == self._who(nearest.attributed_to)
            and self._sentences_between(claim, nearest) <= 1
        )
        return (nearest, *beside)

    def _who(self, voice: Voice | None) -> str | None:
        named = self._drafter.speakers.named(voice)
        return self._drafter.speakers.party(named) or (named.text.casefold() if named is not None and named.text else None)

    def _sentences_between(self, first: Claim, second: Claim) -> int:
        low, high = sorted((first.sentence_start_char, second.sentence_start_char))
        return sum(low < sentence.start_char <= high for sentence in self._drafter.sentences)

    def antecedent(self, block: Block, cue: DenialCue, claimant: Voice, *, own: bool = False) -> Claim | None:
        """The nearest earlier claim by another voice; a named act ("denied the attack") prefers claims of its kind.

        `own`: only a claim that lays the deed at the denier's door, or at nobody's.
        """
        offset = block.char(cue.token.idx)
        denier = self._drafter.speakers.party(self._drafter.speakers.named(claimant))
        wanted = self._drafter.lexicon.nouns.get(cue.content.lemma_.lower()) if cue.content is not None else None
        opening = next((s.start_char for s in self._drafter.sentences if s.start_char <= offset < s.end_char), offset)
        stems = _stems(cue.content)
        points = cue.content is None or cue.content.lower_ in _POINTERS
        begins = [sentence.start_char for sentence in self._drafter.sentences]
        # "..., an account that X rejected" speaks of its own sentence
        is_apposed = cue.token.dep_ in ("relcl", "acl") and cue.token.head.dep_ == "appos"
        reach = 0 if is_apposed else POINTS_BACK if points else len(begins)
        # "accused B of it, which it denied": B, whoever spoke last
        is_accused = cue.token.dep_ in ("relcl", "acl") and (claimant.text or "").lower() in PRONOUNS
        found: list[tuple[tuple[int, ...], Claim]] = []
        for distance, claim in enumerate(reversed([c for c in self._drafter.claims if c.start_char < offset])):
            if claim.stance not in _PRIOR or act_class(claim.act) not in (_DENIED | _DENIED_AT_ONCE if points else _DENIED):
                continue
            at_once = act_class(claim.act) in _DENIED_AT_ONCE
            if at_once and (claim.claimant is None or self._drafter.document.text[claim.sentence_end_char : opening].strip()):
                continue
            if cue.is_own and act_class(claim.act) == "ACCUSE":
                continue
            named = self._drafter.speakers.named(claim.claimant)
            party = self._drafter.speakers.party(named)
            is_same = claim.claimant is not None and named == self._drafter.speakers.named(claimant)
            if (is_same or (denier is not None and denier == party)) and not (is_accused and claim.attributed_to is not None):
                continue
            if distance > 8 or sum(claim.sentence_start_char < begin <= offset for begin in begins) > reach:
                break
            accused = self._drafter.speakers.party(claim.attributed_to)
            if own and None not in (denier, accused) and accused != denier:
                continue
            if own and denier is not None and denier == self._drafter.speakers.party(claim.target):
                continue
            same_sentence = claim.sentence_start_char <= offset < claim.sentence_end_char
            kind = 0 if wanted is None or _is_of_kind(claim.act, wanted.act) else 1
            # who "denied involvement" or "had no hand in it" was said to have done a deed of arms
            kind += cue.content is not None and cue.content.lemma_.lower() in _HANDS and act_class(claim.act) != "ASSAULT"
            kind += at_once or act_class(claim.act) == "ACCUSE"
            # "this incident" is no sum of a war
            kind += cue.content is not None and cue.content.lemma_.lower() in _INCIDENTS and claim.act == "TOLL"
            kind += cue.content is not None and cue.content.lemma_.lower() in _WANT and act_class(claim.act) != "COERCE"
            voiced = 0 if claim.claimant is not None else 1
            # a paragraph that tells of something has its own answer: what others said further up is not what is meant
            elsewhere = int("\n" in self._drafter.document.text[claim.sentence_end_char : opening])
            # "the launches" are what was said to have been launched
            told = self._drafter.document.text[claim.start_char : claim.end_char].lower()
            # "attacks", of which each side accuses the other, are no attack that one denies
            worded = 0 if claim.attributed_to is not None and any(stem in told for stem in stems) else 1
            # "the figure" is that of a claim with figures
            kind += cue.content is not None and cue.content.lemma_ in _NUMBERS and not claim.figures
            # "the accusations" are of deeds laid at somebody's door, and not that people fled
            blames = cue.content is not None and cue.content.lemma_ in _CHARGES
            kind += blames and (claim.act in _UNBLAMED or (None not in (denier, accused) and accused != denier))
            concerned = 0 if denier is not None and denier == accused else 1
            # "dismissed the claim" right after a claim answers that one, whoever else is accused further up
            apart = 0 if same_sentence or not self._drafter.document.text[claim.sentence_end_char : opening].strip() else 1
            # of two things told in one breath it is the first that is denied, and not what it cost
            told_with = [
                c
                for c in self._drafter.claims
                if c.sentence_start_char == claim.sentence_start_char and c.claimant == claim.claimant
            ]
            costs = int(claim.act == "TOLL" and any(c.act != "TOLL" and act_class(c.act) in _DENIED for c in told_with))
            costs += claim.act in _UNBLAMED - {"TOLL"} and any(act_class(c.act) == "ASSAULT" for c in told_with)
            rank = (
                0 if same_sentence else 1,
                kind,
                worded if stems else 0,
                elsewhere,
                voiced if not same_sentence else 0,
                apart,
                distance // 3,
                concerned,
                costs,
                distance,
            )
            found.append((rank, claim))
        return min(found, key=lambda pair: pair[0])[1] if found else None


def _is_of_kind(told: str, wanted: str) -> bool:
    """Whether an act told is one that a noun names: of its family, or another deed of arms."""
    return told.split(".")[0] == wanted.split(".")[0] or (act_class(told) == act_class(wanted) == "ASSAULT")


def _stems(noun: Token | None) -> tuple[str, ...]:
    """What a noun's word and its compounds share with their verbs: "launches" with "launched", "rocket fire" with "fired";
    of "the report about captured heights" what it was about."""
    if noun is None or noun.pos_ == "PRON":
        return ()
    about = [i for _, i in preposition_objects(noun, "about", "on", "over")]
    words = (
        *((noun,) if not about else ()),
        *(c for w in (noun, *about) for c in w.children if c.dep_ in ("compound", "amod")),
        *about,
    )
    return tuple(re.sub("(?:ing|ment|e)$", "", w.lemma_.lower()) for w in words if len(w.lemma_) > STEM)


def _presence_named(noun: Token, lexicon: Lexicon) -> tuple[str, Phrase | None] | None:
    """ "the involvement of foreign fighters", "the presence of X's jets": the act it would be, and whose."""
    if noun.lemma_.lower() not in PRESENCE:
        return _force_named(noun, lexicon)
    for _, inner in preposition_objects(noun, "of"):
        phrase = actor_phrase(inner, lexicon)
        if lexicon.is_kind(inner.lemma_.lower(), "foreign"):
            return "FORCE.FOREIGN_FIGHTERS", phrase or joint_phrase(inner)
        if noun.lemma_.lower() in _CARRYING and (
            lexicon.is_kind(inner.lemma_.lower(), "armament") or inner.lemma_ in ("mine", "ammunition")
        ):
            by = next((p for _, i in preposition_objects(noun, "by") if (p := actor_phrase(i, lexicon)) is not None), None)
            return "FORCE.BUILDUP", by
        if noun.lemma_.lower() in ("use", "employment"):
            return None
        if phrase is not None and lexicon.is_kind(inner.lemma_.lower(), "force", "combatant", "airborne", "armament"):
            return "FORCE.PROHIBITED_PRESENCE", phrase
    return None


def _force_named(noun: Token, lexicon: Lexicon) -> tuple[str, Phrase | None] | None:
    """ "reports of <People> jets over X", "talk of mercenaries": that they are there."""
    told = noun.head.head if noun.dep_ == "pobj" else noun.head
    if noun.dep_ != "pobj" or not lexicon.is_kind(told.lemma_.lower(), "claim"):
        return None
    if lexicon.is_kind(noun.lemma_.lower(), "foreign"):
        return "FORCE.FOREIGN_FIGHTERS", actor_phrase(noun, lexicon) or joint_phrase(noun)
    if noun.lemma_.lower() == "mine" and noun.head.lower_ in ("about", "of", "on"):
        return "EXPLOSIVE.MINE_LAYING", None
    owner = owner_phrase(noun, lexicon)
    kinds = ("force", "combatant", "airborne", "armament")
    is_force = lexicon.is_kind(noun.lemma_.lower(), *kinds) or is_model(noun)
    return ("FORCE.PROHIBITED_PRESENCE", owner) if owner is not None and is_force else None


def _is_of_arms(noun: Token, lexicon: Lexicon) -> bool:
    """ "any arms on board", "a military facility in the quarter"."""
    return any(
        lexicon.is_kind(w.lemma_.lower(), "armament")
        or w.lemma_.lower() in _STORES
        or any(c.lower_ in ("military", "rocket", "missile") for c in w.children)
        for w in meant_words(noun)
    )


def _is_plural(cue: DenialCue) -> bool:
    return cue.content is not None and (cue.content.tag_ == "NNS" or cue.content.lower_ in ("these", "those", "both", "them"))
