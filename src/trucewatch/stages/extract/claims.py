"""Claims of one document, with names as written: act groups joined with who vouches, figures, times and places (codebook 1-6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from trucewatch.model.ids import make_id
from trucewatch.model.records import Claim, Document, Figure, Sentence, Voice, When
from trucewatch.stages.extract.denials import DenialCue, find_denials
from trucewatch.stages.extract.frames import ActMention, actor_phrase, find_acts, owner_phrase
from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.merge import VERBAL_FRAMES, ActGroup, group_acts
from trucewatch.stages.extract.places import find_claim_places
from trucewatch.stages.extract.subjects import demand_of, refine_verbal
from trucewatch.stages.extract.syntax import Phrase, Token, clause_bounds, roles
from trucewatch.stages.extract.voices import OUTLET, Voices, Vouching
from trucewatch.text.figures import FigureMention, find_figures
from trucewatch.text.parse import Block
from trucewatch.text.times import TimeMention, find_times

SPEAKING_CLASSES = frozenset({"REQUEST", "THREATEN", "ACCUSE", "REJECT"})
_PRIOR = ("asserts", "confirms")
_WRITTEN = frozenset({"Twitter", "X", "Facebook", "Telegram", "Instagram", "statement"})
_PRONOUNS = frozenset({"he", "she", "it", "they", "we", "i"})


@dataclass
class Drafter:
    """Drafts the claims of one document, paragraph by paragraph; later sentences may lean on earlier claims."""

    document: Document
    sentences: Sequence[Sentence]
    voices: Voices
    lexicon: Lexicon
    actors: Any = None
    claims: list[Claim] = field(default_factory=list)

    def draft(self, block: Block) -> None:
        """Add the claims of a paragraph."""
        doc = block.doc
        mentions = find_acts(doc, self.lexicon)
        figures = list(find_figures(doc, block.start_char))
        cues = find_denials(doc, self.lexicon)
        if not mentions and not figures and not cues:
            return
        times = find_times(doc, block.start_char)
        groups = group_acts(mentions, self.lexicon, lambda m: self._vouching(block, m).number, lambda m: self._has_actor(m))
        used_figures: set[int] = set()
        stops = frozenset(g.lead.scope.i for g in groups if g.lead.scope is not None) | frozenset(g.lead.token.i for g in groups)
        drafted: list[tuple[int, Claim]] = []
        denied = self._denied_groups(groups, cues)
        groups = _with_shared_doers(groups)
        for number, group in enumerate(groups):
            near = [n for n, f in enumerate(figures) if n not in used_figures and self._belongs(f, group, groups, doc)]
            claim = self._claim(block, group, [figures[n] for n in near], times, stops, denied.get(number))
            if claim is not None:
                used_figures.update(near)
                drafted.append((group.lead.token.i, claim))
        for number, figure in enumerate(figures):
            if number not in used_figures and not figure.is_part:
                mates = [
                    n for n, f in enumerate(figures) if n not in used_figures and doc[f.token].sent == doc[figure.token].sent
                ]
                claim = self._toll(block, [figures[n] for n in mates], times)
                used_figures.update(mates)
                if claim is not None:
                    drafted.append((figure.token, claim))
        for _, claim in sorted(_one_demand_a_sentence(drafted), key=lambda pair: pair[0]):
            self._add(claim)
        taken = {cue for cue in denied.values()}
        for cue in cues:
            if cue not in taken:
                self._draft_anaphoric(block, cue)

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
        doer = self._voice(block, lead.doer)
        target = self._voice(block, lead.undergoer) if self._is_actor_head(lead) else None
        if cue is not None:
            stance = "denies"
            denier = self._voice(block, cue.denier)
            claimant = denier or claimant
            doer = doer or denier
            reasons.append(f"'{cue.token.text}' denies it")
        elif lead.negated:
            if claimant is None or act.split(".")[0] in ("TOLL",):
                return None
            if lead.frame in VERBAL_FRAMES:
                return None
            stance = "denies"
            reasons.append("a negated act in somebody's words is a denial")
        elif vouching.kind == "denies":
            stance = "denies"
        elif vouching.kind == "confirms":
            stance = "confirms"
        if lead.frame == "must":
            if lead.undergoer is None and lead.token.lemma_ not in (
                "stop",
                "cease",
                "dissolve",
                "withdraw",
                "end",
                "halt",
                "release",
            ):
                return None
            meant = self._voice(block, lead.undergoer)
            if vouching.claimant is None or (meant is not None and self._is_self(meant, claimant)):
                return None
            act, doer = demand_of(lead.token), claimant
        elif lead.frame in VERBAL_FRAMES and lead.frame not in ("talk", "agree", "offer"):
            verbal = refine_verbal(lead, self.lexicon, vouching is not OUTLET)
            if verbal is None:
                return None
            act, modality = verbal
            speaker = self._voice(block, lead.doer)
            if vouching is OUTLET:
                claimant = speaker
            if lead.frame == "misdeed":
                if vouching is OUTLET:
                    return None
                speaker, target = claimant, doer
            elif speaker is None and claimant is None:
                return None
            doer = speaker or claimant
            if lead.frame != "misdeed":
                target = self._verbal_target(block, lead)
        elif lead.frame in ("talk", "agree", "offer"):
            if lead.frame == "agree" and modality == "possible":
                act = "TALKS.MEDIATE"
            target = self._verbal_target(block, lead)
            if doer is None and vouching is not OUTLET:
                doer = claimant
            if modality == "possible" and lead.frame == "offer" and claimant is None:
                claimant = doer
        elif lead.is_demand and vouching.claimant is not None and not self._is_self(doer, claimant):
            act, modality = _demanded(lead), "possible"
            target, doer = doer or target, claimant
            reasons.append("'must' or 'should' in somebody's words demands it")
        elif (
            lead.is_future and vouching.claimant is not None and lead.act_class in ("ASSAULT", "TERRITORY") and stance != "denies"
        ):
            act, modality = "THREAT.FORCE", "threatened"
            doer = claimant
            reasons.append("an act announced by who may do it is a threat")
        elif modality in ("possible", "threatened") and stance != "denies":
            return None
        if act.startswith("THREAT"):
            modality = "threatened"
        if modality == "ordered" and stance == "asserts":
            reasons.append("ordered and reported as done")
        if not self._stands(lead, vouching):
            return None
        if lead.frame == "retreat" and doer is None:
            doer = claimant
        if lead.frame == "flee":
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
        if any(f.is_total for f in victims) or (victims and lead.act == "FIRE.CLASH"):
            act, modality = "TOLL", "actual"
        start, end = self._evidence(block, group, stops, vouching, cue)
        if lead.is_nominal and len(group.members) == 1 and not self._nominal_stands(group, figures):
            return None
        doer_span = (lead.doer.start_char, lead.doer.end_char) if lead.doer is not None else None
        places = find_claim_places(group, block.start_char, self.lexicon, stops, doer_span, self._is_actor_name, vouching.content)
        when = self._when(block, group, times, lead)
        return self._make(
            block,
            start,
            end,
            lead.token,
            act=act,
            claimant=claimant,
            channel=self._channel(vouching),
            stance=stance,
            modality=modality,
            attributed_to=doer,
            target=target,
            places=places,
            when=when,
            figures=tuple(shown),
            weapon=lead.weapon,
            reasons=tuple(reasons),
            confidence=self._confidence(lead, vouching, group),
        )

    def _toll(self, block: Block, figures: list[FigureMention], times: Sequence[TimeMention]) -> Claim | None:
        """A claim from figures that no act word carries: "22 dead and 74 injured"."""
        token = block.doc[figures[0].token]
        vouching = self.voices.at(block.char(token.idx))
        casualties = [f for f in figures if f.figure.measure in ("killed", "injured", "missing", "captured", "displaced")]
        if (
            not casualties
            or token.dep_ == "amod"
            or all(f.figure.measure == "displaced" and block.doc[f.token].dep_ == "amod" for f in casualties)
        ):
            return None
        total = any(f.is_total for f in casualties) or _is_of_fighting(token, self.lexicon)
        act = "TOLL" if total else ("CIV.DISPLACEMENT" if casualties[0].figure.measure == "displaced" else "FIRE")
        if act == "FIRE" and any(f.figure.population == "civilian" for f in casualties):
            act = "CIV.ATTACK_PERSONS"
        start = block.doc[token.left_edge.i].idx if token.left_edge.sent == token.sent else token.idx
        last = block.doc[min(token.right_edge.i, token.sent.end - 1)]
        begin = min(block.char(start), *(f.figure.start_char for f in casualties if f.figure.start_char is not None))
        finish = max(
            block.char(last.idx + len(last.text)), *(f.figure.end_char for f in casualties if f.figure.end_char is not None)
        )
        when = next((_when_of(t) for t in times if block.doc[t.token].sent == token.sent), When())
        clause = token
        while not clause.pos_ in ("VERB", "AUX") and clause.head != clause:
            clause = clause.head
        bare = ActMention(token=token, frame="harm", act=act, weak=False, scope=clause)
        places = find_claim_places(
            ActGroup(bare, (bare,)), block.start_char, self.lexicon, frozenset(), None, self._is_actor_name, vouching.content
        )
        return self._make(
            block,
            begin,
            finish,
            token,
            act=act,
            claimant=vouching.claimant,
            channel=vouching.channel,
            figures=tuple(f.figure for f in casualties),
            places=places,
            when=when,
            reasons=("a number of victims",),
            confidence=0.5,
        )

    def _draft_anaphoric(self, block: Block, cue: DenialCue) -> None:
        """A denial of a claim that stands elsewhere: it carries that claim's act, doer, target and places."""
        offset = block.char(cue.token.idx)
        vouching = self.voices.at(offset)
        claimant = self._voice(block, cue.denier) or vouching.claimant
        if (
            cue.denier is not None
            and cue.denier.head.pos_ == "PRON"
            and cue.denier.head.lower_ in ("we", "i")
            and vouching.claimant is not None
        ):
            claimant = vouching.claimant
        if claimant is None:
            return
        copula = cue.token.head if cue.token.dep_ in ("attr", "acomp") else cue.token
        low, high = clause_bounds(copula)
        if not cue.is_anaphoric:
            self._draft_presence(block, cue, claimant, vouching.channel)
            return
        antecedent = self._antecedent(block, cue, claimant)
        if antecedent is None:
            return
        sentence = cue.token.sent
        if cue.token.dep_ in ("acl", "relcl"):
            low = min(low, cue.token.head.left_edge.i if cue.token.dep_ == "acl" else low)
        start = block.char(block.doc[max(low, sentence.start)].idx)
        last = block.doc[min(high, sentence.end) - 1]
        claim = self._make(
            block,
            start,
            block.char(last.idx + len(last.text)),
            cue.token,
            act=antecedent.act,
            claimant=claimant,
            stance="denies",
            channel=vouching.channel,
            attributed_to=antecedent.attributed_to,
            target=antecedent.target,
            places=antecedent.places,
            when=antecedent.when,
            weapon=antecedent.weapon,
            responds_to=antecedent.id,
            reasons=(f"'{cue.token.text}' denies the claim before it", f"which stands at {antecedent.start_char}"),
            confidence=0.6,
        )
        if claim is not None:
            self._add(claim)

    def _draft_presence(self, block: Block, cue: DenialCue, claimant: Voice, channel: str | None) -> None:
        """A denial that a force is somewhere. Any other clause without an act of the codebook gives no claim."""
        clause = cue.content
        if clause is None or clause.lemma_ not in ("be", "remain", "stay", "have", "operate", "station", "deploy"):
            return
        subject = roles(clause).doer or roles(clause).undergoer
        phrase = actor_phrase(subject, self.lexicon) if subject is not None else None
        if phrase is None or subject is None or not self.lexicon.is_kind(subject.lemma_.lower(), "force", "combatant"):
            return
        mention = ActMention(token=clause, frame="move", act="FORCE.PROHIBITED_PRESENCE", weak=True, doer=phrase, scope=clause)
        places = find_claim_places(
            ActGroup(mention, (mention,)), block.start_char, self.lexicon, frozenset(), (phrase.start_char, phrase.end_char)
        )
        low, high = clause_bounds(cue.token)
        start = block.char(block.doc[low].idx)
        last = block.doc[high - 1]
        claim = self._make(
            block,
            start,
            block.char(last.idx + len(last.text)),
            cue.token,
            act=mention.act,
            claimant=claimant,
            stance="denies",
            channel=channel,
            attributed_to=self._voice(block, phrase),
            places=places,
            reasons=(f"'{cue.token.text}' denies that a force is there",),
            confidence=0.6,
        )
        if claim is not None:
            self._add(claim)

    def _antecedent(self, block: Block, cue: DenialCue, claimant: Voice) -> Claim | None:
        """The nearest earlier claim by another voice; a named act ("denied the attack") prefers claims of its kind."""
        offset = block.char(cue.token.idx)
        denier = self._party(self._named(claimant))
        wanted = self.lexicon.nouns.get(cue.content.lemma_.lower()) if cue.content is not None else None
        found: list[tuple[tuple[int, ...], Claim]] = []
        for distance, claim in enumerate(reversed([c for c in self.claims if c.start_char < offset])):
            if claim.stance not in _PRIOR or claim.act.split(".")[0] in ("TALKS", "DEMAND", "BLAME", "REFUSE", "THREAT"):
                continue
            party = self._party(self._named(claim.claimant))
            if claim.claimant is not None and self._named(claim.claimant) == self._named(claimant):
                continue
            if denier is not None and party is not None and denier == party:
                continue
            if distance > 8:
                break
            accused = self._party(claim.attributed_to)
            same_sentence = claim.sentence_start_char <= offset < claim.sentence_end_char
            kind = 0 if wanted is None or claim.act.split(".")[0] in (wanted.act.split(".")[0], "CIV", "AIR", "FIRE") else 1
            voiced = 0 if claim.claimant is not None else 1
            if claim.act == "CALM":
                continue
            concerned = 0 if denier is not None and denier == accused else 1
            found.append(
                ((0 if same_sentence else 1, kind, voiced if not same_sentence else 0, distance // 3, concerned, distance), claim)
            )
        return min(found, key=lambda pair: pair[0])[1] if found else None

    # --- parts -----------------------------------------------------------------------------------------------------------

    def _vouching(self, block: Block, mention: ActMention) -> Vouching:
        return self.voices.at(block.char(mention.token.idx))

    def _voice(self, block: Block, phrase: Phrase | None) -> Voice | None:
        if phrase is None:
            return None
        start, end = block.char(phrase.start_char), block.char(phrase.end_char)
        return Voice(text=self.document.text[start:end], start_char=start, end_char=end)

    def _verbal_target(self, block: Block, lead: ActMention) -> Voice | None:
        if lead.undergoer is not None and (
            self._is_actor_head(lead) or (lead.undergoer_head is not None and lead.undergoer_head.pos_ == "PRON")
        ):
            return self._voice(block, lead.undergoer)
        owner = None
        if lead.undergoer_head is not None:
            owner = owner_phrase(lead.undergoer_head, self.lexicon)
        if owner is not None and (lead.doer is None or owner.start != lead.doer.start) and owner.head.pos_ != "PRON":
            return self._voice(block, owner)
        for phrase in lead.recipients:
            if lead.doer is None or phrase.start != lead.doer.start:
                return self._voice(block, phrase)
        return None

    def _is_actor_head(self, lead: ActMention) -> bool:
        head = lead.undergoer_head
        if head is None:
            return False
        if lead.frame == "lose":
            return True
        lemma = head.lemma_.lower()
        if head.ent_type_ in ("GPE", "NORP", "ORG", "PERSON") or self.lexicon.is_kind(
            lemma, "force", "speaker", "civilian", "combatant", "military_object"
        ):
            return True
        return any(c.ent_type_ in ("NORP", "GPE", "ORG") for c in head.children if c.i < head.i)

    def _stands(self, lead: ActMention, vouching: Vouching) -> bool:
        """Whether the words report an act at all, and not a lasting state of things or somebody's comfort."""
        if lead.frame == "losses":
            return not lead.negated
        if lead.frame == "flee":
            heads = (lead.undergoer_head, lead.doer.head if lead.doer is not None else None)
            return any(head is not None and self._is_of(head, "civilian") for head in heads) or bool(
                lead.doer and lead.doer.head.lemma_ == "bus"
            )
        if lead.frame == "take" and vouching is OUTLET and lead.token.lemma_ in ("control", "occupy", "hold"):
            return _is_past(lead.token) and lead.token.dep_ not in ("acl", "relcl", "amod")
        if lead.frame == "offer" and lead.token.lemma_ in ("support", "back", "assist", "arm"):
            head = lead.undergoer_head
            return head is not None and (head.ent_type_ in ("GPE", "NORP", "ORG") or self._is_of(head, "force"))
        if lead.frame == "displace" and lead.token.dep_ == "amod":
            return False
        return True

    def _channel(self, vouching: Vouching) -> str | None:
        """The channel stated, or for "he wrote", "she added" the one that the same speaker was last said to use."""
        if vouching.channel is not None or vouching.claimant is None or vouching.sentence_cue is None:
            return vouching.channel
        if (vouching.claimant.text or "").lower() not in _PRONOUNS:
            return None
        cue = self.document.text[vouching.sentence_cue[0] : vouching.sentence_cue[1]].lower()
        if not any(word in cue for word in ("wrote", "writ", "add", "post", "continue")):
            return None
        before = [c for c in self.claims if c.claimant is not None and c.channel in _WRITTEN]
        return before[-1].channel if before else None

    def _is_actor_name(self, text: str) -> bool:
        return self.actors is not None and self.actors.lookup(text, None) is not None

    def _is_of(self, head: Token, *kinds: str) -> bool:
        return self.lexicon.is_kind(head.lemma_.lower(), *kinds)

    def _has_actor(self, mention: ActMention) -> bool:
        if self.actors is None or mention.doer is None:
            return False
        if mention.frame == "misdeed" and mention.doer.head.ent_type_ in ("GPE", "NORP", "ORG"):
            return True
        text = mention.doer.doc[mention.doer.start : mention.doer.end].text
        return mention.doer.head.pos_ == "PRON" or self.actors.lookup(text, None) is not None

    def _party(self, voice: Voice | None) -> str | None:
        if voice is None or voice.text is None or self.actors is None:
            return None
        match = self.actors.lookup(voice.text, None)
        return match.party if match is not None else None

    def _named(self, voice: Voice | None) -> Voice | None:
        """The voice, or for a pronoun the last named claimant before it."""
        if voice is None or voice.start_char is None or (voice.text or "").lower() not in _PRONOUNS:
            return voice
        before = [
            c.claimant
            for c in self.claims
            if c.claimant is not None
            and c.claimant.start_char is not None
            and c.claimant.start_char < voice.start_char
            and (c.claimant.text or "").lower() not in _PRONOUNS
        ]
        return max(before, key=lambda v: v.start_char or 0) if before else voice

    def _is_self(self, doer: Voice | None, claimant: Voice | None) -> bool:
        if doer is None or claimant is None:
            return doer is None
        if doer.text is not None and doer.text.lower() in ("we", "our", "i"):
            return True
        party = self._party(self._named(doer))
        return party is not None and party == self._party(self._named(claimant))

    def _nominal_stands(self, group: ActGroup, figures: list[FigureMention]) -> bool:
        """Whether an act named by a noun alone is a claim of its own and not a mere reference to one."""
        lead = group.lead
        if figures:
            return True
        if lead.frame in ("clash",):
            light = lead.scope
            if light is not None and light.dep_ == "advcl" and _opens_a_span(light, lead):
                return False
            return light is not None and light is not lead.token and self.lexicon.is_kind(light.lemma_.lower(), "light_event")
        if lead.frame == "coerce":
            return lead.undergoer is not None
        if lead.frame in ("retreat", "move", "breach", "outage", "take"):
            return lead.doer is not None and not lead.is_definite
        named = lead.undergoer_head is not None and (
            lead.undergoer_head.ent_type_ in ("GPE", "LOC", "FAC", "NORP", "ORG")
            or self._is_actor_head(lead)
            or bool(_named_below(lead.undergoer_head))
        )
        if _is_object_of_blame(lead.token):
            return lead.doer is not None and named
        return lead.doer is not None or (named and not lead.is_definite)

    def _belongs(self, figure: FigureMention, group: ActGroup, groups: Sequence[ActGroup], doc: Any) -> bool:
        token = doc[figure.token]
        if any(figure.token == t.i for t in group.tokens):
            return True
        if any(figure.token == t.i for g in groups for t in g.tokens):
            return False
        if token.sent != group.lead.token.sent or group.lead.frame in VERBAL_FRAMES:
            return False
        if figure.figure.measure == "places_taken":
            return group.lead.frame in ("take", "lose")
        if group.lead.frame in ("take", "lose", "outage", "coerce"):
            return False
        same = [
            g
            for g in groups
            if g.lead.token.sent == token.sent and g.lead.frame not in VERBAL_FRAMES | {"take", "lose", "outage", "coerce"}
        ]
        return bool(same) and min(same, key=lambda g: _distance(token, g.lead.token)) is group

    def _denied_groups(self, groups: Sequence[ActGroup], cues: Sequence[DenialCue]) -> dict[int, DenialCue]:
        denied: dict[int, DenialCue] = {}
        for cue in cues:
            if cue.is_anaphoric or cue.content is None:
                continue
            inside = {t.i for t in cue.content.subtree} | {cue.content.i}
            for number, group in enumerate(groups):
                if any(t.i in inside for t in group.tokens):
                    denied.setdefault(number, cue)
        return denied

    def _when(self, block: Block, group: ActGroup, times: Sequence[TimeMention], lead: ActMention) -> When:
        scope = lead.scope if lead.scope is not None else lead.token
        heads = {t.i for t in group.tokens} | {scope.i}
        best: tuple[int, TimeMention] | None = None
        for time in times:
            if scope.dep_ == "relcl" and time.start_char <= block.char(scope.head.idx) < time.end_char:
                return _when_of(time)
            if (
                time.kind == "modifier"
                or (lead.frame in VERBAL_FRAMES and time.kind != "point")
                or _is_concession(block.doc[time.token])
            ):
                continue
            node, steps = block.doc[time.token], 0
            while node.i not in heads and node.head != node and steps < 8:
                if node.dep_ in ("relcl", "ccomp", "parataxis"):
                    steps = 99
                    break
                node, steps = node.head, steps + 1
            if node.i in heads and steps < 9 and (best is None or steps < best[0]):
                best = (steps, time)
        if best is None:
            above, node = [], scope
            while node.head != node and node.sent == scope.sent:
                node = node.head
                above.append(node.i)
            for time in times:
                token = block.doc[time.token]
                if (
                    token.i < scope.i
                    and token.i <= scope.sent.start + 3
                    and time.kind == "point"
                    and (token.i in above or token.head.i in above)
                    and block.doc[time.token].sent == scope.sent
                ):
                    return _when_of(time)
        return _when_of(best[1]) if best is not None else When()

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

    def _make(self, block: Block, start: int, end: int, token: Token, **values: Any) -> Claim | None:
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

    def _add(self, claim: Claim) -> None:
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


def _is_of_fighting(token: Token, lexicon: Lexicon) -> bool:
    """Whether a number of victims hangs on fighting as a whole ("clashes that left ten dead") and not on one attack."""
    node = token
    for _ in range(6):
        trigger = lexicon.nouns.get(node.lemma_.lower())
        if trigger is not None:
            return trigger.frame == "clash"
        if node.lemma_ in ("war", "conflict"):
            return True
        below = next((c for c in node.children if c.dep_ in ("nsubj",) and c.pos_ == "NOUN"), None)
        if below is not None:
            trigger = lexicon.nouns.get(below.lemma_.lower())
            if below.lemma_ in ("war", "conflict") or (trigger is not None and trigger.frame == "clash"):
                return True
        if node.head == node:
            break
        node = node.head
    return False


def _with_shared_doers(groups: list[ActGroup]) -> list[ActGroup]:
    """ "X's strikes killed A and displaced B": the second verb's doer is the first's where it has none of its own."""
    by_token = {t.i: g for g in groups for t in g.tokens}
    shared = []
    for group in groups:
        lead = group.lead
        first = by_token.get(lead.token.head.i) if lead.token.dep_ == "conj" else None
        own = any(c.dep_ in ("nsubj", "nsubjpass") for c in lead.token.children)
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
                and any("must be done" in r for r in (*claim.reasons, *other.reasons))
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


def _distance(low: Token, high: Token) -> int:
    seen = {}
    node, steps = low, 0
    while True:
        seen[node.i] = steps
        if node.head == node:
            break
        node, steps = node.head, steps + 1
    node, steps = high, 0
    while node.i not in seen:
        if node.head == node:
            return 99
        node, steps = node.head, steps + 1
    return seen[node.i] + steps


def _opens_a_span(light: Token, lead: ActMention) -> bool:
    """ "since fighting began": only a date, unless the clause says who fought."""
    marks = {c.lower_ for c in light.children if c.dep_ in ("mark", "advmod")}
    return "since" in marks or (bool(marks & {"after", "before", "until", "when"}) and lead.doer is None)


def _named_below(head: Token) -> bool:
    return any(t.ent_type_ in ("GPE", "LOC", "FAC") for t in head.subtree if t.i > head.i)


def _is_object_of_blame(token: Token) -> bool:
    head = token.head
    return token.dep_ in ("dobj", "obj") and head.lemma_ in (
        "condemn",
        "criticize",
        "criticise",
        "denounce",
        "slam",
        "deplore",
        "blame",
    )


def _is_past(token: Token) -> bool:
    return token.tag_ == "VBD" or any(c.dep_ in ("aux", "auxpass") and c.lower_ in ("has", "have", "had") for c in token.children)


def _is_concession(token: Token) -> bool:
    """ "despite five days of truce": no time of the act."""
    node = token
    for _ in range(5):
        if node.lower_ == "despite":
            return True
        if node.head == node:
            return False
        node = node.head
    return False


def _when_of(time: TimeMention) -> When:
    return When(text=time.text, start_char=time.start_char, end_char=time.end_char)


def _demanded(lead: ActMention) -> str:
    if lead.act.startswith("DEESCALATE.CEASE_FIRE"):
        return "DEMAND.CEASE_FIRE"
    if lead.act.startswith(("DEESCALATE.WITHDRAWAL",)):
        return "DEMAND.WITHDRAWAL"
    if lead.act.startswith("TALKS"):
        return "DEMAND.TALKS"
    return "DEMAND.OTHER"
