"""Claims of one document, with names as written: act groups joined with who vouches, figures, times and places (codebook 1-6).

Long because one claim is decided in one place: every branch of `_claim` needs the vouching, the stance and the act together.
"""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from trucewatch.model.codebook import act_class
from trucewatch.model.ids import make_id
from trucewatch.model.records import Claim, Document, Figure, Sentence, Voice, When
from trucewatch.stages.admissions import CONFIRMED
from trucewatch.stages.extract.answers import Answers
from trucewatch.stages.extract.counts import (
    are_hurt,
    belongs,
    counting_side,
    is_held,
    is_of_fighting,
    is_of_release,
    is_only_possible,
    is_told_as_number,
    lone_victims,
    part_counted,
    shared_out,
    those_in_care,
    those_moved,
)
from trucewatch.stages.extract.denials import DenialCue, dated_by, denied_groups, find_denials, is_sent_for, with_denied
from trucewatch.stages.extract.frames import find_acts
from trucewatch.stages.extract.gapped import told_on
from trucewatch.stages.extract.idle import failed_act, without_idle
from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.mention import DEED_CLASSES, VERBAL_FRAMES, ActMention
from trucewatch.stages.extract.merge import ActGroup, group_acts
from trucewatch.stages.extract.modality import is_negated
from trucewatch.stages.extract.nouns import is_told_absent, placed
from trucewatch.stages.extract.orders import is_told_beside
from trucewatch.stages.extract.otherwise import is_a_slogan, is_all_of_misfortune, is_of_misfortune, without_misfortunes
from trucewatch.stages.extract.phrases import actor_phrase, affected_side, body_of, concerned_side, owner_phrase
from trucewatch.stages.extract.places import find_claim_places
from trucewatch.stages.extract.read_acts import Reader, is_readable, is_told_in, read_acts
from trucewatch.stages.extract.recurring import recurs
from trucewatch.stages.extract.speakers import PRONOUNS, Speakers
from trucewatch.stages.extract.standing import is_actor_head, nominal_stands, opens_a_span, stands
from trucewatch.stages.extract.subjects import (
    accuser,
    announced,
    demand_of,
    is_said,
    refine_verbal,
    told_of_himself,
    what_is_called,
)
from trucewatch.stages.extract.sums import WAR, are_many, is_one_clash, is_one_incident, sums_up
from trucewatch.stages.extract.syntax import Phrase, Token, clause_bounds, preposition_objects, roles
from trucewatch.stages.extract.threats import is_foretold
from trucewatch.stages.extract.timing import choose_when, when_of
from trucewatch.stages.extract.unproven import disclaimer_of
from trucewatch.stages.extract.voices import OUTLET, Voices, Vouching
from trucewatch.text.figures import FigureMention, find_figures
from trucewatch.text.parse import Block
from trucewatch.text.plain import plain_of
from trucewatch.text.times import TimeMention, find_times

_MONTH_OR_YEAR = re.compile(
    r"(?:in|during|of|since)?\s*(?:(?:early|mid|late)[ -])?(?:the )?(?:spring|summer|autumn|fall|winter|january|february|march"
    r"|april|may|june|july|august|september|october|november|december)?(?: of|,)?\s*(?:19|20)\d\d"
)
_OWNING_UP = frozenset(
    {"acknowledge", "admit", "confirm", "concede", "recognise", "recognize", "report", "announce", "put", "give", "set"}
)
_HOURS = frozenset("minute hour day week night month".split())
_FORCING = frozenset({"force", "compel", "make", "oblige", "drive", "push", "coerce"})
# "also confirmed the ceasefire"
_OWNING_UP_TO = frozenset({"confirm", "acknowledge", "admit"})
# "admitted that the raid was a mistake and blamed X": what one does in words is not what one owns up to
_SAID_BESIDE = frozenset({"accuse", "accuse_of", "request", "threaten", "menace", "reject", "misdeed", "must"})
_WON_BACK = frozenset({"retake", "recapture", "regain", "recover", "reoccupy", "reconquer", "liberate"})
# taken off the confidence of what stands in somebody's wish or opinion
_WANTED = 0.1
# taken off the confidence of what no rule knows
_UNSURE = 0.15
_OBLIGED = "'must' or 'should' in somebody's words demands it"
# what one will do to an agreement that there is
_KEEPING = frozenset(
    "stay remain extend prolong abide adhere stick keep honour honor respect comply commit observe implement uphold".split()
)
_THINGS_IN_TION = frozenset({"section", "portion", "station", "plantation", "equipment", "ammunition", "munition", "formation"})
# "talks were being held", in the mouth of a side
_HOLDING = frozenset({"hold", "conduct", "continue", "resume", "begin", "discuss"})
# "called the decision a historic chance"
_PRAISING = frozenset({"call", "describe", "term", "label", "see"})
_PACTS = frozenset("agreement deal truce ceasefire accord arrangement plan resolution treaty text term statement".split())
# what is demanded though nobody is named who is to do it: "the road must be opened", "the guns must fall silent"
_ASKED_OF_NOBODY = frozenset(
    "stop cease dissolve withdraw end halt release deescalate de-escalate respect observe refrain avoid prevent protect "
    "free open reopen lift return implement disarm punish investigate grant allow ensure guarantee hand fall silence "
    "dismantle remove deliver evacuate unblock disband surrender resume restore honour honor uphold vacate clear condemn "
    "give".split()
)
# what is done to people who leave, by whoever takes them away
_TAKING_OUT = frozenset("evacuate bus ferry airlift move take transfer carry relocate escort shepherd bring transport".split())
# an agreement or a measure announced is told by whoever announces it
# verbs that are an act and its telling at once: "announced a truce", "counted 90 launches"
_ANNOUNCING = frozenset({"announce", "propose", "unveil", "count", "tally", "record", "register", "log"})
_ORDERED = frozenset({"DEMAND.WITHDRAWAL", "DEMAND.OTHER", "THREAT.OTHER", "CIV.DISPLACEMENT"})
_GEAR = frozenset("tank system launcher drone helicopter aircraft jet warplane ship base depot battery radar plane".split())
_WRITTEN = frozenset({"Twitter", "X", "Facebook", "Telegram", "Instagram", "statement"})


@dataclass
class Drafter:
    """Drafts the claims of one document, paragraph by paragraph; later sentences may lean on earlier claims."""

    document: Document
    sentences: Sequence[Sentence]
    voices: Voices
    lexicon: Lexicon
    actors: Any = None
    # asked what sentences tell beside the rules' claims; None: of nothing
    reader: Reader | None = None
    # seconds of the processor that it took
    reading_s: float = 0.0
    claims: list[Claim] = field(default_factory=list)
    # those of the paragraph at hand, not yet among `claims`
    pending: list[Claim] = field(default_factory=list)

    @cached_property
    def speakers(self) -> Speakers:
        """Look-ups of voices over the claims so far."""
        return Speakers(self.actors, self.claims)

    @cached_property
    def is_of_misfortune(self) -> bool:
        """Whether the document tells of an accident, nature or a crime, and of no war."""
        return is_all_of_misfortune(self.document.text)

    def draft(self, block: Block) -> None:
        """Add the claims of a paragraph."""
        block = replace(block, doc=plain_of(block))
        doc = block.doc
        figures = _summed_together(find_figures(doc, block.start_char))
        cues = find_denials(doc, self.lexicon)
        found = [placed(m, self.lexicon, self.speakers.is_struck_name) for m in with_denied(find_acts(doc, self.lexicon), cues)]
        mentions = without_idle(found, self.lexicon)
        if self.is_of_misfortune:
            mentions = without_misfortunes(mentions)
        idle = {m.token.i for m in found if m.frame.startswith("harm")} - {m.token.i for m in mentions}
        figures = [
            f for f in figures if (doc[f.token].head.i not in idle and f.token not in idle) or is_told_as_number(doc[f.token])
        ]
        figures = [
            f
            for f in figures
            if not self.is_of_misfortune and not is_of_misfortune(doc[f.token].sent) and not is_a_slogan(doc[f.token])
        ]
        if not mentions and not figures and not cues and self.reader is None:
            return
        times = find_times(doc, block.start_char)
        groups = group_acts(
            mentions,
            self.lexicon,
            lambda m: self._vouching(block, m).number,
            lambda m: (
                self.speakers.has_actor(m)
                or self._is_told_by_side(block, m)
                or (m.act == "CIV.DETENTION" and self._is_force(block, m))
            ),
        )
        used_figures: set[int] = set()
        stops = frozenset(g.lead.scope.i for g in groups if g.lead.scope is not None) | frozenset(g.lead.token.i for g in groups)
        drafted: list[tuple[int, Claim]] = []
        taken: set[DenialCue] = set()
        self.pending = []
        groups = [group for group in _with_shared_doers(groups) if not _dates_only(group)]
        denied = denied_groups(groups, cues)
        dating = dated_by(groups, cues)
        held = {n: cue for n, cue in denied.items() if cue.is_anaphoric}
        for number, group in enumerate(groups):
            if number in held or number in dating:
                continue
            near = [n for n, f in enumerate(figures) if n not in used_figures and belongs(f, group, groups, doc, self.lexicon)]
            single = {figures[n].figure.measure for n in near if not figures[n].is_total}
            # "killing five, which takes the losses to forty": the sum is a claim of its own
            near = [n for n in near if not (figures[n].is_total and figures[n].figure.measure in single)]
            counted = [figures[n] for n in near] or list(those_moved(group, doc, block.start_char))
            counted = [shared_out(figure, doc, block.start_char) for figure in those_in_care(group, counted)]
            counted += lone_victims(group, counted, doc, block.start_char)
            claim = self._claim(block, group, counted, times, stops, denied.get(number))
            if claim is None and number not in denied and (judged := _judged_in(group)) is not None:
                claim = self._claim(block, judged, [], times, stops, None)
            if claim is not None:
                if number in denied:
                    taken.add(denied[number])
                    theirs = self._told_by_another(block, group, [figures[n] for n in near], times, stops, claim)
                    if theirs is not None:
                        drafted.append((group.lead.token.i, theirs))
                        self.pending.append(theirs)
                used_figures.update(near)
                told = told_on(block, group, claim, times, stops - {t.i for t in group.tokens}, self.lexicon)
                for one in told:
                    drafted.append((group.lead.token.i, one))
                    self.pending.append(one)
                used_figures.update(n for n, f in enumerate(figures) if _is_within(f, told[1:]))
        untrue = {t.i for cue in cues if cue.is_anaphoric and cue.content is not None for t in cue.content.subtree}
        for number, figure in enumerate(figures):
            # "the figure of ninety dead is a lie": whoever says so counts nobody
            if number not in used_figures and not figure.is_part and figure.token not in untrue:
                mates = [
                    n for n, f in enumerate(figures) if n not in used_figures and doc[f.token].sent == doc[figure.token].sent
                ]
                sums = any(f.is_total for f in figures if doc[f.token].sent == doc[figure.token].sent)
                claim = self._toll(block, [figures[n] for n in mates], times, beside_total=sums)
                used_figures.update(mates)
                if claim is not None:
                    drafted.append((figure.token, claim))
        if self.reader is not None:
            free = [f for n, f in enumerate(figures) if n not in used_figures]
            drafted += self._read(block, self.reader, drafted, cues, free, times)
        for _, claim in sorted(_one_demand_a_sentence(drafted), key=lambda pair: pair[0]):
            self.add(claim)
        taken -= set(held.values())
        for cue in cues:
            if cue in taken or Answers(self).draft(block, cue):
                continue
            # nothing stands before it that it could answer: what its own words name
            for number in (n for n, other in held.items() if other is cue):
                group = groups[number]
                own = group.lead.token == cue.token
                claim = self._claim(block, group, [], times, stops, None if own else cue)
                if claim is not None:
                    self.add(claim)

    def _read(
        self,
        block: Block,
        reader: Reader,
        drafted: Sequence[tuple[int, Claim]],
        cues: Sequence[DenialCue],
        figures: list[FigureMention],
        times: Sequence[TimeMention],
    ) -> list[tuple[int, Claim]]:
        """Claims of what the reader says of a paragraph's sentences that deny nothing, beside those that the rules have made."""
        denying = {cue.token.sent.start for cue in cues}
        leads = {at for at, _ in drafted}
        mentions: list[ActMention] = []
        for sentence in block.doc.sents:
            start, end = block.char(sentence.start_char), block.char(sentence.end_char)
            if sentence.start in denying or not is_readable(sentence, self.lexicon):
                continue
            told = frozenset(act_class(claim.act) for _, claim in drafted if start <= claim.sentence_start_char < end)
            if told and not reader.may_tell([word.text for word in sentence], told):
                continue
            begin = time.thread_time()
            mentions += read_acts(sentence, reader, self.lexicon, told)
            self.reading_s += time.thread_time() - begin
        mentions = [placed(m, self.lexicon, self.speakers.is_struck_name) for m in mentions if m.token.i not in leads]
        mentions = without_idle(mentions, self.lexicon)
        if self.is_of_misfortune:
            mentions = without_misfortunes(mentions)
        groups = group_acts(mentions, self.lexicon, lambda m: self._vouching(block, m).number, lambda _: True)
        groups = [group for group in _with_shared_doers(groups) if not _dates_only(group)]
        stops = frozenset(g.lead.token.i for g in groups) | frozenset(g.lead.scope.i for g in groups if g.lead.scope is not None)
        found = []
        for group in groups:
            counted = [f for f in figures if belongs(f, group, groups, block.doc, self.lexicon)]
            counted += lone_victims(group, counted, block.doc, block.start_char)
            claim = self._claim(block, group, counted, times, stops, None)
            # what is owned up to, or denied, is for the rules to tell: it outweighs any number of copies
            if claim is not None and claim.stance == "asserts" and not is_told_in(claim, (other for _, other in drafted)):
                found.append((group.lead.token.i, replace(claim, confidence=round(claim.confidence - _UNSURE, 2))))
        return found

    def _told_by_another(
        self,
        block: Block,
        group: ActGroup,
        figures: list[FigureMention],
        times: Sequence[TimeMention],
        stops: frozenset[int],
        denial: Claim,
    ) -> Claim | None:
        """ "X denied Y's claim that Z fired": beside the denial, Y's own claim (codebook 1)."""
        vouching = self._vouching(block, group.lead)
        teller, denier = vouching.claimant, denial.claimant
        if vouching.kind not in ("says", "accuses") or teller is None or denier is None or teller.start_char is None:
            return None
        is_same = denier.start_char is not None and denier.start_char <= teller.start_char < (denier.end_char or 0)
        if is_same or denial.stance != "denies" or vouching.sentence_cue is None or self.speakers.is_self(teller, denier):
            return None
        cue = self.document.text[vouching.sentence_cue[0] : vouching.sentence_cue[1]].lower().rstrip("s")
        # "accuses Y of rearming, which Y denies": who accuses has said it before
        is_answered = vouching.kind == "accuses" and (denier.start_char or 0) > block.char(group.lead.token.idx)
        if not is_answered and not self.lexicon.is_kind(cue, "claim"):
            return None
        return self._claim(block, group, figures, times, stops, None)

    def _is_told_untrue(self, vouching: Vouching, cue: DenialCue) -> bool:
        """Whether a report by which somebody tells of a deed is itself what a state calls untrue."""
        if vouching.sentence_cue is None or cue.token.pos_ != "ADJ":
            return False
        word = self.document.text[slice(*vouching.sentence_cue)].lower()
        return any(self.lexicon.is_kind(form, "claim") for form in (word, word.removesuffix("s")))

    # --- one claim -----------------------------------------------------------------------------------------------------

    def _claim(
        self,
        block: Block,
        group: ActGroup,
        figures: list[FigureMention],
        times: Sequence[TimeMention],
        stops: frozenset[int],
        cue: DenialCue | None,
    ) -> Claim | None:
        lead = group.lead
        vouching = self._vouching(block, lead)
        claimant = vouching.claimant
        act, modality, stance = lead.act, lead.modality, "asserts"
        reasons = list(lead.reasons)
        doer = self.voice(block, lead.doer)
        target = self.voice(block, self._struck(lead))
        answers: str | None = None
        if claimant is None and (blamer := accuser(lead.token)) is not None:
            claimant = self.voice(block, actor_phrase(blamer, self.lexicon))
        whole = self._told_before(block, lead.token) if lead.is_part else None
        if lead.is_part and whole is None:
            return None
        if whole is not None:
            figures = figures or list(part_counted(lead, whole, block.doc, block.start_char))
            doer = whole.attributed_to
            target = whole.target
        if lead.is_opinion and self._is_no_opinion(
            claimant or (doer if lead.frame in ("accuse", "reject", "offer") else None),
            doer if lead.frame == "misdeed" else target,
        ):
            return None
        if claimant is None and lead.token.lemma_ in _ANNOUNCING and vouching is OUTLET:
            announcing = self.voices.by_cue(block.char(lead.token.idx))
            claimant = announcing.claimant if announcing is not None else None
        if claimant is None and lead.witness is not None:
            claimant = self.voice(block, lead.witness)
            reasons.append("who counts or sees it tells it")
        is_harm = lead.frame.startswith("harm") and lead.doer is None
        if claimant is None and is_harm and (before := self._counted_before(block, lead.token)) is not None:
            claimant, doer = before.claimant, doer or before.attributed_to
            reasons.append("it counts on with the victims told of right before, by the same word")
        if claimant is None and lead.frame == "losses" and lead.token.lemma_ in _OWNING_UP and lead.undergoer is not None:
            claimant, stance = self.voice(block, lead.undergoer), "confirms"
            reasons.append("who owns up to losses tells of them")
        if cue is not None:
            stance = "denies"
            there = self._telling(block, cue)
            if there is None and self._is_told_untrue(vouching, cue):
                claimant = None  # "X's report that Y fired is false": X has said so, and does not deny it
            claimant = self.voice(block, cue.denier) or (there if cue.is_tellers else there or claimant)
            if claimant is None and not cue.is_tellers and (cued := self.voices.by_cue(block.char(cue.token.idx))) is not None:
                claimant = cued.claimant
            if claimant is None and not cue.is_tellers:
                return None
            told_by_other = cue.content is not None and (cue.content.dep_ not in ("xcomp", "pcomp") or lead.frame == "lose")
            if doer is None and claimant is not None and told_by_other:
                answered = Answers(self).antecedent(block, cue, claimant, own=lead.frame != "lose")
                near = answered is not None and block.char(cue.token.idx) - answered.sentence_end_char < 250
                if answered is not None and near and act_class(answered.act) == lead.act_class:
                    doer, answers = answered.attributed_to, answered.id
                    reasons.append(f"it answers the claim at {answered.start_char}, and names whom that names")
            if doer is None and cue.is_own and lead.frame not in ("lose", "losses", "flee"):
                doer = claimant
            reasons.append(f"'{cue.token.text}' denies it")
        elif (undone := failed_act(lead, self.speakers.is_self(doer or self._withdrawn(block, lead), claimant))) is not None:
            act = undone
            reasons.append("what is due and not done")
        elif lead.negated and _spared(lead):
            if claimant is None:
                return None
            reasons.append("that nobody was hit is told of an attack, and denies none")
        elif lead.negated and lead.is_future and lead.frame == "retreat" and self._is_of_his_own(doer, claimant):
            act, modality, doer = "REFUSE", "actual", claimant
            reasons.append("who says that he will not stop or leave refuses to")
        elif lead.negated and claimant is None and _is_of_quiet(lead):
            act, doer, target = "CALM", None, None
            reasons.append("fire that the outlet says there was none of at that time leaves the place quiet")
        elif lead.negated:
            if claimant is None or act.split(".")[0] in ("TOLL",):
                return None
            if lead.frame == "flee" and lead.token.head.lemma_ in _FORCING:
                doer = claimant  # "nobody is forcing them to leave"
            elif lead.frame in VERBAL_FRAMES or lead.frame == "flee":
                return None  # who "refused to leave" denies nobody's flight
            if lead.is_own:
                doer = doer or claimant
                if lead.frame == "move" and self._is_anothers(doer, claimant):
                    return None  # "there were no <other side's> troops there": seen, and not denied
            stance = "denies"
            reasons.append("a negated act in somebody's words is a denial")
        elif vouching.kind == "denies" and is_sent_for(lead.token):
            return None
        elif vouching.kind == "denies" and lead.frame not in ("accuse", "accuse_of"):
            stance = "denies"
        elif (
            vouching.kind == "confirms"
            and lead.frame not in _SAID_BESIDE
            and not (lead.act_class == "ASSAULT" and self._is_own_deed(doer, claimant))
        ):
            stance = "confirms"
            if vouching.sentence_cue is not None and "confirm" in self.document.text[slice(*vouching.sentence_cue)].lower():
                reasons.append(CONFIRMED)
        if lead.is_demand and lead.frame == "request" and claimant is not None and cue is None and doer is not None:
            # "they should ask the council for a mandate": asked of them
            act, modality = demand_of(lead.token), "possible"
            target, doer = doer, claimant
        elif lead.is_demand and lead.frame in ("talk", "agree", "offer") and claimant is not None and cue is None:
            act, modality = ("DEMAND.TALKS" if lead.frame == "talk" else demand_of(lead.token)), "possible"
            target, doer = doer, claimant
        elif lead.frame == "must":
            if lead.undergoer is None and lead.token.lemma_ not in _ASKED_OF_NOBODY:
                return None
            meant = self.voice(block, told_of_himself(lead.token, lead.undergoer) or lead.undergoer)
            if lead.act == "CIV.DISPLACEMENT":
                claimant = claimant or doer
            if (claimant is None and lead.act != "CIV.DISPLACEMENT") or (
                meant is not None and self.speakers.is_self(meant, claimant)
            ):
                return None
            act = lead.act if lead.act == "CIV.DISPLACEMENT" else demand_of(lead.token)
            doer = claimant
        elif lead.frame in VERBAL_FRAMES and lead.frame not in ("talk", "agree", "offer"):
            is_told = vouching is not OUTLET or self.voices.by_cue(block.char(lead.token.idx)) is not None
            if lead.frame in ("threaten", "menace") and claimant is not None and is_foretold(lead, claimant):
                return None  # what onlookers foresee nobody threatens
            verbal = refine_verbal(lead, self.lexicon, is_told)
            if verbal is None:
                return None
            act, modality = verbal
            speaker = self.voice(block, lead.doer)
            if vouching is OUTLET:
                teller = self.voices.by_cue(block.char(lead.token.idx))
                inherited = lead.token.dep_ == "conj" and not any(c.dep_ == "nsubj" for c in lead.token.children)
                if (
                    teller is not None
                    and teller.claimant is not None
                    and (speaker is None or inherited or _within(speaker, teller.claimant))
                ):
                    # "said A were leaving and urged them to stay": whoever said it urged them
                    speaker = teller.claimant
                claimant = speaker
            if lead.frame in ("misdeed", "menace"):
                are_others = lead.doer is not None and lead.doer.head.lower_ in ("they", "them", "you")
                is_own = speaker is not None and not are_others and self.speakers.is_self(speaker, claimant)
                is_anybody = (
                    lead.doer is not None and lead.doer.head.lower_ in ("he", "she") and self.speakers.party(claimant) is None
                )
                if vouching is OUTLET or is_own or is_anybody:
                    return None
                speaker, target = claimant, doer
            elif speaker is None and claimant is None:
                return None
            doer = speaker or claimant
            if lead.frame not in ("misdeed", "menace") or target is None:
                target = self._verbal_target(block, lead)
            if act == "FIRE":
                doer, target = None, None  # "accused each other of firing first": each says the other did
        elif lead.frame in ("talk", "agree", "offer"):
            if lead.frame == "agree" and lead.token.pos_ == "ADJ":
                act = "OFFER.OTHER"  # "ready to implement the resolution"
            elif lead.frame == "agree" and modality == "possible" and lead.token.lemma_ not in _KEEPING:
                act = "TALKS.MEDIATE"
            target = self._verbal_target(block, lead)
            if doer is None and vouching is not OUTLET:
                doer = claimant
            if (
                claimant is None
                and lead.frame in ("offer", "talk")
                and (lead.is_planned or is_said(lead.token) or (lead.frame == "offer" and lead.token.lemma_ in _PRAISING))
            ):
                claimant = doer
        elif lead.frame == "appeal":
            doer = doer or claimant
            if modality == "ordered":
                modality = "possible"
            else:
                claimant = claimant or doer
            if doer is None:
                return None
        elif lead.frame == "stay":
            if vouching.claimant is None:
                return None
            doer = doer or claimant
        elif claimant is None and cue is None and modality == "possible" and _is_in_a_pact(lead):
            reasons.append("what an agreement provides for")
        elif (
            lead.is_demand
            and vouching.claimant is not None
            and not any(c.dep_ == "aux" and c.lemma_ == "have" for c in lead.token.children)
            and (
                not self.speakers.is_self(doer or self._withdrawn(block, lead), claimant)
                or (doer is None and target is None and _is_wanted_done(lead))
            )
        ):
            act, modality = _demanded(lead), "possible"
            if cue is None and lead.negated:
                stance = "asserts"  # "X must not fire": that is asked, and nothing denied
            himself = self.voice(block, told_of_himself(lead.token, lead.doer))
            target, doer = himself or doer or target, claimant
            reasons.append(_OBLIGED)
        elif lead.is_demand and lead.negated and cue is None:
            return None  # "we must not be hit again", "X must not have fired": nothing is denied
        elif (lead.is_future or lead.is_planned) and (told := announced(lead)) is not None and stance != "denies":
            is_pronoun = doer is not None and (doer.text or "").lower() in PRONOUNS
            is_own = claimant is None or is_pronoun or self.speakers.is_self(doer, claimant)
            is_own = is_own or (doer is not None and self.speakers.party(self.speakers.named(doer)) is None)
            if doer is None and lead.frame == "move" and lead.undergoer_head is not None:
                # "soldiers will be sent": they are whose they are
                doer = self.voice(block, owner_phrase(lead.undergoer_head, self.lexicon))
                is_own = doer is None or self.speakers.is_self(doer, claimant)
                doer = doer or claimant
            if doer is None or not (is_own or self.speakers.party(claimant) is None):
                return None
            doer = claimant if is_pronoun and claimant is not None else doer
            act, modality = told
            claimant = claimant or doer
            reasons.append("announced by who is to do it")
        elif (
            lead.is_future and vouching.claimant is not None and lead.act_class in ("ASSAULT", "TERRITORY") and stance != "denies"
        ):
            is_told_of = self._is_anothers(claimant, doer) or self.speakers.is_medium(claimant)
            if (self._is_anothers(doer, claimant) and is_told_of) or is_foretold(lead, claimant):
                return None  # what one says that another side will do is foretold, and not threatened
            act, modality = "THREAT.FORCE", "threatened"
            doer = claimant
            reasons.append("an act announced by who may do it is a threat")
        elif lead.is_planned and _is_not_meant(lead.token):
            return None  # "is not planning to take it"
        elif lead.is_planned and lead.act_class in ("ASSAULT", "TERRITORY") and claimant is not None and stance != "denies":
            act, modality, doer = "THREAT.FORCE", "threatened", doer or claimant
            reasons.append("an attack that somebody says is planned is a threat")
        elif (
            modality == "possible"
            and lead.act_class == "ASSAULT"
            and stance != "denies"
            and _can_strike(lead)
            and doer is not None
            and claimant is not None
            and self._is_of_his_own(doer, claimant)
        ):
            act, modality = "THREAT.FORCE", "threatened"
            reasons.append("who says that he can strike threatens to")
        elif modality in ("possible", "threatened") and stance != "denies":
            return None
        if claimant is None and act == "AID.DELIVERY" and lead.token.lemma_ == "offer":
            claimant = doer
        if claimant is None and lead.frame in ("agree", "retreat", "calm") and lead.token.lemma_ in _OWNING_UP_TO:
            claimant, stance = doer, "confirms"
            reasons.append(f"who '{lead.token.text}' it tells of it")
        if claimant is not None and stance == "asserts" and act in _ORDERED and is_told_beside(lead.token, self.lexicon):
            claimant = self._around(block, lead)
        if act.startswith("THREAT"):
            modality = "threatened"
        if modality == "ordered" and stance == "asserts":
            reasons.append("ordered and reported as done")
        counted = any(f.figure.measure == "places_taken" for f in figures)
        if not stands(lead, vouching, self.lexicon, is_counted=counted, has_figures=bool(figures)):
            return None
        if lead.frame == "retreat" and doer is None and not any(c.dep_ == "auxpass" for c in lead.token.children):
            doer = claimant
        if lead.frame == "take" and doer is None and stance == "asserts" and lead.token.lemma_ in _WON_BACK:
            doer, target = claimant, None  # "the post has been recaptured": by who had lost it, and tells it
        if lead.frame == "flee" and not (lead.negated and stance == "denies") and not _takes_others_out(lead):
            doer = None
        if stance == "denies" and modality == "possible":
            modality = "actual"
        if (
            doer is None
            and cue is None
            and lead.frame == "move"
            and vouching is OUTLET
            and not lead.recipients
            and lead.undergoer is None
        ):
            return None
        shown: list[Figure] = [f.figure for f in figures]
        victims = [f for f in figures if f.figure.measure in ("killed", "injured", "missing", "captured")]
        when = choose_when(block, group, times, lead)
        is_harm = bool(victims) and lead.frame.startswith("harm")
        sums = (
            is_harm
            and doer is None
            and not _is_of_a_strike(lead, self.lexicon)
            and not self._is_beside_a_deed(block, lead.token)
            and (self._sums_on(lead.token) or (_spans(when) and not is_one_incident(lead, victims)))
        )
        is_harm = is_harm or (bool(victims) and lead.frame == "lose")
        sums = sums or (is_harm and sums_up(group, victims, follows_toll=self._follows_toll(block, lead.token)))
        if (
            (lead.frame != "retreat" and any(f.is_total for f in victims))
            or (lead.act == "FIRE.CLASH" and lead.frame == "clash" and are_many(victims) and not is_one_clash(when, victims))
            or sums
            or (whole is not None and whole.act == "TOLL")
        ):
            act, modality = "TOLL", "actual"
            if claimant is None and figures:
                claimant = self.voice(block, counting_side(block.doc[figures[0].token], self.lexicon))
        start, end = self._evidence(block, group, stops, vouching, cue)
        if (
            lead.is_nominal
            and cue is None
            and len(group.members) == 1
            and not nominal_stands(group, figures, self.lexicon, vouching.claimant is not None or act == "CALM")
        ):
            return None
        doer_span = (lead.doer.start_char, lead.doer.end_char) if lead.doer is not None else None
        places = find_claim_places(
            group, block.start_char, self.lexicon, stops, doer_span, self.speakers.is_actor_name, vouching.content
        )
        is_mutual = lead.frame == "accuse_of" and act == "FIRE"
        if target is None and cue is None and not is_mutual:
            target = self.voice(block, affected_side(lead, lambda phrase: self._is_other(block, phrase, doer)))
        if is_recurring := recurs(group) or is_mutual:
            reasons.append(
                "each says the other did: it is in no incident" if is_mutual else "deeds that recur: it is in no incident"
            )
        return self.make(
            block,
            start,
            end,
            lead.token,
            act=act,
            is_recurring=is_recurring,
            claimant=claimant,
            channel=self._channel(vouching) or self._own_channel(block, lead, vouching),
            stance=stance,
            modality=modality,
            attributed_to=doer,
            target=target,
            places=places,
            when=when,
            figures=tuple(shown),
            weapon=lead.weapon,
            responds_to=answers,
            reasons=tuple(reasons),
            confidence=self._confidence(lead, vouching, group),
        )

    def _toll(
        self, block: Block, figures: list[FigureMention], times: Sequence[TimeMention], *, beside_total: bool
    ) -> Claim | None:
        """A claim from figures that no act word carries: "22 dead and 74 injured". `beside_total`: their sentence sums up."""
        token = block.doc[figures[0].token]
        if is_only_possible(token):
            return None
        vouching = self.voices.at(block.char(token.idx))
        if vouching is OUTLET:
            vouching = self.voices.at(block.char(_main_verb(token).idx))
        casualties = [f for f in figures if f.figure.measure in ("killed", "injured", "missing", "captured", "displaced")]
        if (
            not casualties
            or (token.dep_ == "amod" and token.i < token.head.i and not is_told_as_number(token))
            or all(f.figure.measure == "displaced" and block.doc[f.token].dep_ == "amod" for f in casualties)
        ):
            return None
        if all(f.figure.high == 0 for f in casualties) and _is_aside(token) and self._is_beside_a_deed(block, token):
            return None  # "came under fire, though there were no casualties"
        if all(f.figure.high == 0 and f.figure.measure in ("captured", "displaced") for f in casualties):
            return None  # "no one was detained"
        if all(f.figure.measure == "captured" for f in casualties) and (is_of_release(token) or not is_held(token)):
            return None
        verb = _main_verb(token)
        are_displaced = all(f.figure.measure == "displaced" for f in casualties)
        if are_displaced and (are_hurt(token) or is_negated(verb, roles(verb))):
            return None
        if token.lemma_ in ("body", "remains", "corpse") and is_of_release(token):
            return None
        total = beside_total or any(f.is_total for f in casualties) or self._is_part_of_total(token)
        total = total or (is_of_fighting(token, self.lexicon) and are_many(casualties))
        total = total or any(is_told_as_number(block.doc[f.token]) for f in casualties)
        total = total or any(f.figure.population == "combatant" and (f.figure.low or 0) >= WAR for f in casualties)
        total = total or {f.figure.measure for f in casualties} == {"missing"}
        measures = {f.figure.measure for f in casualties}
        act = "TOLL" if total else ("CIV.DISPLACEMENT" if casualties[0].figure.measure == "displaced" else "FIRE")
        if not total and measures == {"captured"}:
            act = "CIV.DETENTION"
        if act == "FIRE" and any(f.figure.population == "civilian" for f in casualties):
            act = "CIV.ATTACK_PERSONS"
        start = block.doc[token.left_edge.i].idx if token.left_edge.sent == token.sent else token.idx
        last = block.doc[min(token.right_edge.i, token.sent.end - 1)]
        begin = min(block.char(start), *(f.figure.start_char for f in casualties if f.figure.start_char is not None))
        finish = max(
            block.char(last.idx + len(last.text)), *(f.figure.end_char for f in casualties if f.figure.end_char is not None)
        )
        when = next((when_of(t) for t in times if block.doc[t.token].sent == token.sent), When())
        clause = token
        while clause.pos_ not in ("VERB", "AUX") and clause.head != clause:
            clause = clause.head
        told_before = self._counted_before(block, token) if vouching is OUTLET else None
        bare = ActMention(token=token, frame="harm", act=act, weak=False, scope=clause)
        places = find_claim_places(
            ActGroup(bare, (bare,)),
            block.start_char,
            self.lexicon,
            frozenset(),
            None,
            self.speakers.is_actor_name,
            vouching.content,
        )
        return self.make(
            block,
            begin,
            finish,
            token,
            act=act,
            claimant=vouching.claimant
            or self.voice(block, counting_side(token, self.lexicon))
            or (told_before.claimant if told_before is not None else None),
            attributed_to=told_before.attributed_to if told_before is not None else None,
            channel=vouching.channel,
            figures=tuple(f.figure for f in casualties),
            places=places,
            when=when,
            reasons=("a number of victims",),
            confidence=0.5,
        )

    # --- parts -----------------------------------------------------------------------------------------------------------

    def _vouching(self, block: Block, mention: ActMention) -> Vouching:
        found = self.voices.at(block.char(mention.token.idx))
        if mention.is_nominal and found.sentence_cue is not None and (verb := disclaimer_of(mention.token)) is not None:
            start, end = found.sentence_cue
            return OUTLET if start <= block.char(verb.idx) < end else found  # "no group claimed the raid": none vouches for it
        return found

    def _around(self, block: Block, lead: ActMention) -> Voice | None:
        """Who vouches for the sentence that an order is told in, but for whom it comes from."""
        found = self._vouching(block, lead)
        own = found.sentence_cue is not None and found.sentence_cue[0] <= block.char(lead.token.head.idx) < found.sentence_cue[1]
        return None if own else found.claimant

    def _telling(self, block: Block, cue: DenialCue) -> Voice | None:
        """Who speaks where a word denies, but for whom that word says to spread what is untrue."""
        voice = self.voices.at(block.char(cue.token.idx)).claimant
        spreader = roles(cue.token).doer if cue.is_tellers else None
        if voice is None or spreader is None or voice.start_char is None or voice.end_char is None:
            return voice
        return None if voice.start_char <= block.char(spreader.idx) < voice.end_char else voice

    def _is_told_by_side(self, block: Block, mention: ActMention) -> bool:
        """ "the compound was destroyed", in the mouth of a known side: what a verb reports there is of the conflict."""
        came_under = mention.is_nominal and mention.token.dep_ == "pobj" and mention.token.head.lower_ == "under"
        if mention.is_nominal and not (came_under and mention.frame == "attack"):
            return False
        if mention.frame == "clash" or mention.token.dep_ in ("amod", "acl", "relcl", "compound"):
            return False
        are_held = mention.frame == "talk" and mention.token.lemma_ in _HOLDING
        if (mention.act_class not in DEED_CLASSES | {"RETREAT", "AGREE"} and not are_held) or (
            mention.frame == "agree" and mention.modality != "actual" and not mention.is_demand
        ):
            return False
        struck = mention.undergoer_head.lemma_.lower() if mention.undergoer_head is not None else ""
        is_notion = struck.endswith(("tion", "ment", "ness", "ity", "ism")) and struck not in _THINGS_IN_TION
        is_notion = is_notion and not self.lexicon.is_kind(struck, "civilian", "territory", "civil_object", "military_object")
        if is_notion and mention.frame not in ("agree", "talk"):
            return False  # "is aimed at the liquidation of X"
        return self.speakers.side_of(self._vouching(block, mention).claimant) is not None

    def _is_force(self, block: Block, mention: ActMention) -> bool:
        """Whether a force vouches for it: those whom an army says were seized were seized by it."""
        claimant = self.speakers.named(self._vouching(block, mention).claimant)
        words = (claimant.text or "").lower().split() if claimant is not None else []
        return any(self.lexicon.is_kind(word.rstrip("s"), "force") or word.isupper() for word in words)

    def _is_part_of_total(self, token: Token) -> bool:
        """ "ten of the dead were civilians", right after a total."""
        if not self.claims or self.claims[-1].act != "TOLL":
            return False
        return (
            token.lower_ in ("dead", "killed", "wounded", "victims")
            and token.dep_ == "pobj"
            and token.head.lower_ in ("of", "among")
        )

    def _is_no_opinion(self, holder: Voice | None, judged: Voice | None) -> bool:
        """Whether nobody holds an opinion, or it is one of his own side."""
        if holder is None:
            return True
        side = self.speakers.party(self.speakers.named(judged))
        return side is not None and side == self.speakers.party(self.speakers.named(holder))

    def _withdrawn(self, block: Block, lead: ActMention) -> Voice | None:
        """ "<Side> units have not been withdrawn", "<Side> must be pushed back": whom it is asked of, or whose they are."""
        is_passive = any(c.dep_ == "auxpass" for c in lead.token.children)
        return self.voice(block, lead.undergoer) if is_passive and (lead.frame == "retreat" or lead.is_demand) else None

    def _is_beside_a_deed(self, block: Block, token: Token) -> bool:
        """ "said X had shelled its posts and that two civilians had been hurt": victims of the deed told with them."""
        start = block.char(token.sent.start_char)
        return any(c.sentence_start_char == start and act_class(c.act) == "ASSAULT" for c in self.pending)

    def _follows_toll(self, block: Block, token: Token) -> bool:
        """Whether the last victims told of, in the sentence before or this one, were a sum's."""
        told = self._told_before(block, token)
        return told is not None and told.act == "TOLL"

    def _told_before(self, block: Block, token: Token) -> Claim | None:
        """The claim that last told of victims, in the sentence before or this one."""
        told = [
            c for c in (*self.claims, *self.pending) if any(f.measure in ("killed", "injured", "captured") for f in c.figures)
        ]
        near = bool(told) and block.char(token.sent.start_char) - told[-1].sentence_end_char <= 3
        return told[-1] if near else None

    def _sums_on(self, token: Token) -> bool:
        """Whether a count goes on with a total: "82 soldiers have died" right after what the war has cost the other side."""
        has_place = any(t.ent_type_ in ("DATE", "TIME", "FAC") for t in token.subtree)
        told = [c for c in (*self.claims, *self.pending) if any(f.measure in ("killed", "injured") for f in c.figures)]
        if not told or told[-1].act != "TOLL" or has_place:
            return False
        is_perfect = any(c.lemma_ == "have" for c in token.children if c.dep_ == "aux")
        return is_perfect or (told[-1] in self.pending and token.lemma_ in ("die", "perish", "fall"))

    def _counted_before(self, block: Block, token: Token) -> Claim | None:
        """ "Another 134 were hurt", after what a ministry said of the dead: the claim that it goes on from."""
        first = next((t for t in token.sent if not t.is_punct and not t.is_space), None)
        goes_on = first is not None and (
            first.lower_ in ("another", "others")
            or (first.lower_ == "a" and first.i + 1 < len(block.doc) and block.doc[first.i + 1].lower_ == "further")
            or (first.like_num and first.i + 1 < len(block.doc) and block.doc[first.i + 1].lower_ in ("more", "others", "other"))
        )
        if not goes_on:
            return None
        start = block.char(token.sent.start_char)
        before = [c for c in (*self.claims, *self.pending) if 0 <= start - c.sentence_end_char <= 3]
        told = next((c for c in before if c.claimant is not None and c.figures), None)
        return told if told is not None and act_class(told.act) in ("ASSAULT", "TOLL") else None

    def voice(self, block: Block, phrase: Phrase | None) -> Voice | None:
        if phrase is None:
            return None
        start, end = block.char(phrase.start_char), block.char(phrase.end_char)
        return Voice(text=self.document.text[start:end], start_char=start, end_char=end)

    def _is_own_deed(self, doer: Voice | None, claimant: Voice | None) -> bool:
        """Whether a deed told is the teller's own: his report of it asserts (codebook 3)."""
        own = doer is not None and (doer.text or "").lower().startswith(("its ", "his ", "their ", "our ", "my "))
        return own or (doer is not None and self.speakers.is_self(doer, claimant))

    def _is_anothers(self, doer: Voice | None, claimant: Voice | None) -> bool:
        """Whether a deed is of a known side that is not the teller's."""
        side = self.speakers.party(self.speakers.named(doer))
        return side is not None and side != self.speakers.party(self.speakers.named(claimant))

    def _is_of_his_own(self, doer: Voice | None, claimant: Voice | None) -> bool:
        """Whether what is to be done is the teller's to do: his by name, "it", "we", "its troops", or with no doer named."""
        if claimant is None:
            return False
        return doer is None or (doer.text or "").lower() in ("it", "he", "she") or self._is_own_deed(doer, claimant)

    def _verbal_target(self, block: Block, lead: ActMention) -> Voice | None:
        if lead.undergoer is not None and (
            self._acts_itself(lead.undergoer_head) or (lead.undergoer_head is not None and lead.undergoer_head.pos_ == "PRON")
        ):
            return self.voice(block, lead.undergoer)
        if lead.undergoer is None and lead.frame == "accuse" and (called := what_is_called(lead.token, self.lexicon)) is not None:
            return self.voice(block, called)
        owner = None
        if lead.undergoer_head is not None:
            owner = owner_phrase(lead.undergoer_head, self.lexicon)
        if owner is not None and (lead.doer is None or owner.start != lead.doer.start) and owner.head.pos_ != "PRON":
            return self.voice(block, owner)
        for phrase in lead.recipients:
            if lead.doer is None or phrase.start != lead.doer.start:
                return self.voice(block, phrase)
        return self.voice(block, concerned_side(lead))

    def _is_other(self, block: Block, phrase: Phrase, doer: Voice | None) -> bool:
        side = self.speakers.party(self.voice(block, phrase))
        return side is not None and side != self.speakers.party(self.speakers.named(doer))

    def _struck(self, lead: ActMention) -> Phrase | None:
        """Whom an act struck: the undergoer where it is a side, a force or people, else the side that it belongs to."""
        head = lead.undergoer_head
        if head is None or not is_actor_head(lead, self.lexicon):
            return None
        if lead.frame in ("retreat", "move") and any(c.dep_ == "poss" and c.pos_ == "PRON" for c in head.children):
            return None  # "withdrew its troops": one's own
        if (body := body_of(head, self.lexicon)) is not None:
            return body
        if self._acts_itself(head) or any(c.ent_type_ in ("NORP", "GPE", "ORG") for c in head.children if c.i < head.i):
            return lead.undergoer
        owner = owner_phrase(head, self.lexicon)
        is_named = owner is not None and owner.head.ent_type_ in ("NORP", "GPE", "ORG")
        return owner if is_named else lead.undergoer

    def _acts_itself(self, head: Token | None) -> bool:
        """Whether a head noun is a side, a force or a speaker, and not merely a thing of theirs."""
        return head is not None and (
            head.ent_type_ in ("GPE", "NORP", "ORG", "PERSON")
            or self.lexicon.is_kind(head.lemma_.lower(), "force", "speaker", "civilian")
        )

    def _own_channel(self, block: Block, lead: ActMention, vouching: Vouching) -> str | None:
        """ "warned on X that": the channel that a verbal act's own verb names."""
        if vouching is not OUTLET or lead.frame not in VERBAL_FRAMES:
            return None
        told = self.voices.by_cue(block.char(lead.token.idx))
        return told.channel if told is not None else None

    def _channel(self, vouching: Vouching) -> str | None:
        """The channel stated, or for "he wrote", "she added" the one that the same speaker was last said to use."""
        if vouching.channel is not None or vouching.claimant is None or vouching.sentence_cue is None:
            return vouching.channel
        if (vouching.claimant.text or "").lower() not in PRONOUNS:
            return None
        cue = self.document.text[vouching.sentence_cue[0] : vouching.sentence_cue[1]].lower()
        if not any(word in cue for word in ("wrote", "writ", "add", "post", "continue")):
            return None
        before = [c for c in self.claims if c.claimant is not None and c.channel in _WRITTEN]
        return before[-1].channel if before else None

    def _evidence(
        self, block: Block, group: ActGroup, stops: frozenset[int], vouching: Vouching, cue: DenialCue | None
    ) -> tuple[int, int]:
        lead = group.lead
        scope = (
            lead.scope
            if lead.scope is not None
            and not (lead.is_nominal and len(group.members) == 1 and lead.scope.lemma_.lower() in ("say",))
            else lead.token
        )
        low, high = clause_bounds(scope, stops - {scope.i})
        for token in group.tokens:
            low, high = min(low, token.i), max(high, token.i + 1)
        if cue is not None:
            left, right = clause_bounds(cue.token)
            low, high = min(low, left), max(high, right)
        sentence = lead.token.sent
        low, high = max(low, sentence.start), min(high, sentence.end)
        doc = block.doc
        start, end = block.char(doc[low].idx), block.char(doc[high - 1].idx + len(doc[high - 1].text))
        if cue is None:
            inside = [(s, e) for s, e in vouching.content if s <= block.char(lead.token.idx) < e]
            if inside:
                start, end = max(start, inside[0][0]), min(end, inside[0][1])
        return start, max(end, start + 1)

    def _confidence(self, lead: ActMention, vouching: Vouching, group: ActGroup) -> float:
        score = 0.55 + (0.15 if lead.doer is not None else 0.0) + (0.1 if vouching.claimant is not None else 0.0)
        score += 0.05 if not lead.weak else 0.0
        return round(score - (0.1 if lead.is_nominal and len(group.members) == 1 else 0.0), 2)

    def make(self, block: Block, start: int, end: int, token: Token, **values: Any) -> Claim | None:
        offset = block.char(token.idx)
        sentence = next((s for s in self.sentences if s.start_char <= offset < s.end_char), None)
        if sentence is None:
            return None
        start, end = max(start, sentence.start_char), min(end, sentence.end_char)
        text = self.document.text
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        claim_id = make_id(
            "clm", self.document.sha256, self.document.source, start, end, values["act"], values.get("stance", "asserts")
        )
        attitude = self.voices.attitude_at(offset)
        if attitude is not None:
            values["reasons"] = (*values.get("reasons", ()), self.voices.wording(attitude))
            values["confidence"] = round(values["confidence"] - _WANTED, 2)
        if any(c.id == claim_id for c in self.claims):
            claim_id = make_id("clm", claim_id, offset, values["claimant"].text if values.get("claimant") else None)
        return Claim(
            id=claim_id,
            document_id=self.document.id,
            start_char=start,
            end_char=end,
            sentence_start_char=sentence.start_char,
            sentence_end_char=sentence.end_char,
            **values,
        )

    def add(self, claim: Claim) -> None:
        for number, other in enumerate(self.claims):
            if other.id == claim.id:
                return
            same = (other.act, other.stance, other.claimant, other.sentence_start_char) == (
                claim.act,
                claim.stance,
                claim.claimant,
                claim.sentence_start_char,
            )
            if (
                same
                and other.start_char <= claim.start_char
                and claim.end_char <= other.end_char
                and not claim.figures
                and other.places == claim.places
            ):
                return
            if (
                same
                and claim.start_char <= other.start_char
                and other.end_char <= claim.end_char
                and not other.figures
                and other.places == claim.places
            ):
                self.claims[number] = replace(
                    claim, attributed_to=claim.attributed_to or other.attributed_to, target=claim.target or other.target
                )
                return
        self.claims.append(claim)


def _summed_together(figures: Sequence[FigureMention]) -> list[FigureMention]:
    """ "1,200 were killed in X and 158 in Y": one predicate counts a war, and so all that it counts."""
    summing = {(f.token, f.figure.measure) for f in figures if f.is_total}
    return [replace(f, is_total=True) if (f.token, f.figure.measure) in summing else f for f in figures]


def _is_within(figure: FigureMention, claims: Sequence[Claim]) -> bool:
    end = figure.figure.end_char
    return end is not None and any(claim.start_char < end <= claim.end_char for claim in claims)


def _judged_in(group: ActGroup) -> ActGroup | None:
    """ "the firing into towns is cruel": the judgement alone, where the deed that it names is no news."""
    judged = next((m for m in group.members if m.frame == "misdeed" and m.token != group.lead.token), None)
    return ActGroup(judged, (judged,)) if judged is not None and group.lead.is_nominal else None


def _within(part: Voice, whole: Voice) -> bool:
    """Whether a voice's words stand inside another's: "the head of the bloc", of "the head of the bloc, Anna Roth"."""
    if part.start_char is None or whole.start_char is None:
        return False
    return whole.start_char <= part.start_char < (whole.end_char or 0)


def _is_aside(token: Token) -> bool:
    """Whether a word stands in a clause that hangs on another ("though there were none")."""
    node = token
    while node.head != node and node.dep_ not in ("advcl", "conj"):
        node = node.head
    return bool(node.dep_ == "advcl")


def _main_verb(token: Token) -> Token:
    """The verb on which a participle hangs ("five were killed, she said, bringing the losses to forty"), else the token."""
    node = token
    while node.head != node and node.dep_ in ("dobj", "pobj", "prep", "amod", "nsubj"):
        node = node.head
    return node.head if node.dep_ == "advcl" and node.tag_ == "VBG" else token


def _is_not_meant(token: Token) -> bool:
    return token.dep_ == "xcomp" and any(c.dep_ == "neg" or c.lower_ == "never" for c in token.head.children)


def _dates_only(group: ActGroup) -> bool:
    """ "since fighting began": a day, to which no number of victims belongs; "hours before the ministers met": another's."""
    lead = group.lead
    if lead.frame == "talk" and not lead.is_nominal and lead.token.dep_ == "advcl" and len(group.members) == 1:
        marks = [c for c in lead.token.children if c.dep_ == "mark" and c.lower_ in ("before", "after")]
        return any(c.lemma_ in _HOURS for mark in marks for c in (*mark.children, *lead.token.children) if c.dep_ == "npadvmod")
    light = lead.scope
    if lead.token.lemma_ in ("exchange", "trade") and lead.doer is None and not lead.is_nominal:
        # "the heaviest loss since the two began exchanging fire"
        begun = lead.token.head if lead.token.dep_ == "xcomp" and lead.token.head.lemma_ in ("begin", "start") else lead.token
        return begun.dep_ == "advcl" and any(c.lower_ == "since" for c in begun.children)
    return lead.is_nominal and lead.frame == "clash" and light is not None and light.dep_ == "advcl" and opens_a_span(light, lead)


def _both_suffered(first: ActGroup | None, lead: ActMention) -> bool:
    """ "ten were killed by our fire and a depot was blown up": one agent for both."""
    frames = ("attack", "damage", "harm")
    if first is None or first.lead.frame not in frames or lead.frame not in frames:
        return False
    agents = any(c.dep_ == "agent" for c in first.lead.token.children)
    return agents and any(c.dep_ == "nsubjpass" for c in lead.token.children)


def _with_shared_doers(groups: list[ActGroup]) -> list[ActGroup]:
    """ "X's strikes killed A and displaced B": the second verb's doer is the first's where it has none of its own."""
    by_token = {t.i: g for g in groups for t in g.tokens}
    shared = []
    for group in groups:
        lead = group.lead
        first = by_token.get(lead.token.head.i) if lead.token.dep_ == "conj" else None
        own = any(c.dep_ in ("nsubj", "nsubjpass") for c in lead.token.children) and not _both_suffered(first, lead)
        if (
            first is not None
            and lead.doer is None
            and not own
            and first.lead.doer is not None
            and lead.frame not in VERBAL_FRAMES
        ):
            group = replace(group, lead=replace(lead, doer=first.lead.doer))
        shared.append(group)
    return shared


def _one_demand_a_sentence(drafted: list[tuple[int, Claim]]) -> list[tuple[int, Claim]]:
    """What one voice says must be done, in one sentence, is one demand however many verbs it has."""
    kept: list[tuple[int, Claim]] = []
    for token, claim in sorted(drafted, key=lambda pair: pair[0]):
        twin = next(
            (
                n
                for n, (_, other) in enumerate(kept)
                if claim.act.startswith("DEMAND.")
                and other.act.startswith("DEMAND.")
                and other.sentence_start_char == claim.sentence_start_char
                and other.claimant == claim.claimant
                and any("must be done" in r or r == _OBLIGED for r in (*claim.reasons, *other.reasons))
            ),
            None,
        )
        if twin is None:
            kept.append((token, claim))
        else:
            first, other = kept[twin]
            act = other.act if other.act != "DEMAND.OTHER" else claim.act
            kept[twin] = (
                first,
                replace(other, act=act, end_char=max(other.end_char, claim.end_char), target=other.target or claim.target),
            )
    return kept


def _is_in_a_pact(lead: ActMention) -> bool:
    """ "under the deal X must pull out": what is to come of it, told by the outlet."""
    is_due = lead.token.dep_ == "xcomp" and lead.token.head.lemma_ == "be"  # "was to take over on Sunday under the deal"
    if lead.frame not in ("retreat", "take", "move", "offer") or lead.negated or not (lead.is_demand or lead.is_future or is_due):
        return False
    node = lead.token
    while node.dep_ in ("conj", "advcl", "xcomp") and node.head != node:
        node = node.head
    holders = (lead.token, node)
    return any(i.lemma_.lower() in _PACTS for holder in holders for _, i in preposition_objects(holder, "under"))


def _can_strike(lead: ActMention) -> bool:
    """ "we can hit the capital": what is in somebody's power, and not what he might have done."""
    auxiliaries = {c.lower_ for c in lead.token.children if c.dep_ == "aux"}
    if lead.frame != "attack" or lead.negated or not auxiliaries & {"can", "could"} or "have" in auxiliaries:
        return False
    return lead.token.dep_ in ("ROOT", "ccomp", "conj") and not any(
        c.dep_ == "mark" and c.lower_ in ("if", "whether") for c in lead.token.children
    )


def _is_wanted_done(lead: ActMention) -> bool:
    """ "they must be freed", "the aggressor must be stopped": by whoever can, and no attack that is wanted."""
    if not any(c.dep_ == "auxpass" for c in lead.token.children) or lead.negated:
        return False
    return lead.frame in ("retreat", "take", "coerce") or lead.token.lemma_ in ("stop", "halt", "punish", "disarm")


def _demanded(lead: ActMention) -> str:
    if lead.act.startswith("DEESCALATE.CEASE_FIRE") or (lead.negated and lead.frame in ("attack", "clash", "breach")):
        return "DEMAND.CEASE_FIRE"
    if lead.act.startswith(("DEESCALATE.WITHDRAWAL",)):
        return "DEMAND.WITHDRAWAL"
    if lead.act.startswith("TALKS"):
        return "DEMAND.TALKS"
    return "DEMAND.OTHER"


def _is_of_quiet(lead: ActMention) -> bool:
    """ "no shots were fired overnight", "there was no shelling on Wednesday": nobody's fire, at a time that is told."""
    if lead.frame not in ("attack", "clash") or lead.doer is not None or lead.modality != "actual" or lead.act_class != "ASSAULT":
        return False
    scope = lead.scope if lead.scope is not None else lead.token
    fired = not lead.is_nominal and scope.lemma_ in ("fire", "hear") and any(c.dep_ == "auxpass" for c in scope.children)
    if not (fired or (lead.is_nominal and is_told_absent(lead.token))) or scope.dep_ in ("advcl", "relcl", "acl"):
        return False
    return any(t.ent_type_ in ("DATE", "TIME") or t.lower_ == "overnight" for t in scope.subtree)


def _spared(lead: ActMention) -> bool:
    """ "no soldier was hurt", "no one was wounded": what an attack did not do."""
    head = lead.undergoer_head
    if not lead.frame.startswith(("harm", "damage")) or head is None or lead.doer is not None:
        return False
    if head.lemma_.lower() in _GEAR:
        return False  # "no tank was destroyed" answers who says that one was
    return head.lower_ in ("nobody", "none", "one", "no-one") or any(c.lower_ == "no" for c in head.children)


def _is_of_a_strike(lead: ActMention, lexicon: Lexicon) -> bool:
    """ "a raid late on Monday is now known to have killed 18": one attack's, whatever the tense."""
    maker = roles(lead.token).doer
    trigger = lexicon.nouns.get(maker.lemma_.lower()) if maker is not None and maker.tag_ == "NN" else None
    return trigger is not None and trigger.frame == "attack"


def _takes_others_out(lead: ActMention) -> bool:
    """ "its peacekeepers had evacuated 300 civilians": who takes people away acts, who only leaves does not."""
    return (
        lead.token.lemma_ in _TAKING_OUT
        and lead.doer is not None
        and lead.undergoer_head is not None
        and lead.doer.head != lead.undergoer_head
    )


def _spans(when: When) -> bool:
    """Whether a time is a month or a year ("in April 2016"): those killed then are a sum."""
    return when.text is not None and _MONTH_OR_YEAR.fullmatch(when.text.strip().lower()) is not None
