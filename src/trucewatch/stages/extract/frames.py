"""Act mentions: which words of a sentence report an act, who does it to whom, with what, negated or only possible.

Definitions are the codebook's (contract/acts.csv); the words are in lexicon.toml. An act mention knows nothing yet of who
vouches for it: voices.py joins the attributions, claims.py makes the claim.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from trucewatch.model.codebook import act_class
from trucewatch.stages.extract.lexicon import Lexicon, Trigger
from trucewatch.stages.extract.syntax import (
    NAMED,
    SIDES,
    Phrase,
    Token,
    children,
    conjuncts,
    entity_phrase,
    is_verbal,
    joint_phrase,
    preposition_objects,
    roles,
    tight_phrase,
)

_POSSIBLE_AUX = frozenset({"could", "may", "might", "would", "can", "should", "must", "shall", "will", "'ll", "’ll", "ought"})
_DEMAND_AUX = frozenset({"must", "should", "ought"})
_FUTURE_AUX = frozenset({"will", "would", "shall", "'ll", "’ll"})
_WISH = frozenset(
    "want plan intend try attempt seek aim hope wish threaten prepare consider vow pledge promise refuse fail avoid prevent "
    "refrain deter risk design mean need expect agree urge call demand ask request decide able unable ready willing likely set".split()
)
_FEAR = frozenset("fear risk threat possibility danger prospect concern warning case event potential".split())
_REPORT_NOUNS = frozenset("video footage image picture photo map report".split())
_NOT_REAL_MARKS = frozenset({"if", "unless", "whether", "lest", "until"})
_FACTUAL = frozenset({"accuse", "say", "report", "claim", "announce", "confirm", "deny", "reveal", "state", "note", "show"})
_ORDER = frozenset({"order", "instruct", "command", "authorize", "authorise"})
_AIMED = ("at", "on", "upon", "into", "against", "towards", "toward")
_SENDING = frozenset({"fire", "launch", "shoot", "lob", "rain"})
_NO = frozenset({"no", "neither", "nor", "never", "not", "n't", "n’t", "without", "cannot"})


@dataclass(frozen=True, slots=True)
class ActMention:
    """One report of an act inside a paragraph, by head token. Phrases are stretches of the same paragraph."""

    token: Token
    frame: str
    act: str
    weak: bool
    doer: Phrase | None = None
    undergoer: Phrase | None = None
    undergoer_head: Token | None = None
    scope: Token | None = None
    weapon: str | None = None
    negated: bool = False
    modality: str = "actual"
    is_future: bool = False
    is_demand: bool = False
    is_nominal: bool = False
    is_definite: bool = False
    is_supported: bool = False
    recipients: tuple[Phrase, ...] = ()
    reasons: tuple[str, ...] = field(default=())

    @property
    def act_class(self) -> str:
        """Class of the act (acts.csv)."""
        return act_class(self.act)


def find_acts(doc: Any, lexicon: Lexicon) -> list[ActMention]:
    """Act mentions of a parsed paragraph, in reading order."""
    found: list[ActMention] = []
    for token in doc:
        if token.pos_ in ("VERB", "AUX") or token.tag_ in ("VBG", "VBN", "VBD"):
            mention = _verb_mention(token, lexicon)
        elif token.pos_ in ("NOUN", "PROPN"):
            mention = _noun_mention(token, lexicon)
        elif token.pos_ == "ADJ" and token.lemma_ in ("ready", "willing", "prepared"):
            mention = _readiness(token, lexicon)
        elif token.pos_ == "ADJ" and token.lemma_ in ("calm", "quiet", "peaceful"):
            mention = _calm(token)
        else:
            mention = None
        if mention is None and is_verbal(token):
            mention = _must(token, lexicon) or _existing_losses(token, lexicon)
        if mention is None and token.tag_ in ("NNS", "JJ", "NN"):
            mention = _misread_verb(token, lexicon)
        if mention is not None:
            found.append(mention)
    return found


# --- verbs ---------------------------------------------------------------------------------------------------------------


def _verb_mention(token: Token, lexicon: Lexicon) -> ActMention | None:
    triggers = lexicon.verbs.get(token.lemma_.lower())
    if not triggers:
        return None
    trigger = next((t for t in triggers if _fits(token, t)), None)
    if trigger is None:
        return None
    who = roles(token)
    doer_head, undergoer_head = who.doer, who.undergoer
    if trigger.frame == "clash" or trigger.frame == "harm_intransitive":
        undergoer_head = undergoer_head or (doer_head if trigger.frame == "harm_intransitive" else None)
    if trigger.object_lemma and undergoer_head is not None and not who.passive:
        inner = next(iter(preposition_objects(undergoer_head, "of", "over", "on", "against", "at", "in")), None)
        undergoer_head = inner[1] if inner else None
    if (
        undergoer_head is not None
        and not who.passive
        and lexicon.is_kind(undergoer_head.lemma_.lower(), "projectile")
        and trigger.frame == "attack"
    ):
        undergoer_head = next(
            (
                i
                for anchor in (undergoer_head, token)
                for _, i in preposition_objects(anchor, *_AIMED)
                if i.ent_type_ not in ("DATE", "TIME")
            ),
            None,
        )
    elif (
        undergoer_head is not None
        and who.passive
        and lexicon.is_kind(undergoer_head.lemma_.lower(), "projectile")
        and token.lemma_ in _SENDING
    ):
        undergoer_head = None
    if trigger.frame == "lose":
        anchors = [token, *([who.undergoer] if who.undergoer is not None else [])]
        winner = next((inner for anchor in anchors for _, inner in preposition_objects(anchor, "to")), None)
        doer_head, undergoer_head = winner, who.doer
    elif trigger.frame == "losses":
        doer_head, undergoer_head = (None, who.doer) if token.lemma_ != "inflict" else (who.doer, None)
    elif undergoer_head is None and not who.passive and trigger.frame in ("attack", "damage") and doer_head is not None:
        if lexicon.is_kind(doer_head.lemma_.lower(), "civil_object", "military_object") and not lexicon.is_kind(
            doer_head.lemma_.lower(), "projectile", "weapon"
        ):
            doer_head, undergoer_head = None, doer_head
    if undergoer_head is None and trigger.frame != "losses":
        pair = next(iter(preposition_objects(token, "at", "on", "upon", "into", "against", "towards", "toward", "of")), None)
        undergoer_head = pair[1] if pair and pair[1].ent_type_ not in ("DATE", "TIME") else None
    if undergoer_head is None and trigger.frame == "attack":
        undergoer_head = _purpose_object(token)
    doer = actor_phrase(doer_head, lexicon) if doer_head is not None else None
    if trigger.frame == "harm_intransitive":
        doer = None
    if doer is None:
        doer = _doer_from_phrase(token, lexicon)
    weapon = _weapon_word(token, lexicon, doer_head, who.undergoer)
    mention = ActMention(
        token=token,
        frame=trigger.frame,
        act=_refined(trigger.act, weapon, undergoer_head, lexicon),
        weak=trigger.weak,
        doer=doer,
        undergoer=joint_phrase(undergoer_head) if undergoer_head is not None else None,
        undergoer_head=undergoer_head,
        scope=token,
        weapon=weapon,
        negated=_is_negated(token, who),
        is_supported=trigger.object_lemma is not None and trigger.frame not in ("talk", "agree"),
        recipients=tuple(_recipients(token, trigger, lexicon)),
        reasons=(f"'{token.text}' reports {trigger.act} ({trigger.frame})",),
    )
    return _with_modality(mention, token, lexicon)


def _purpose_object(token: Token) -> Token | None:
    """Whom an operation is launched against: the object of "to dismantle X", "to drive out Y"."""
    for holder in (token, *children(token, "dobj", "obj")):
        for clause in children(holder, "advcl", "acl", "xcomp"):
            if any(c.lower_ == "to" and c.dep_ == "aux" for c in clause.children):
                found = next(iter(children(clause, "dobj", "obj")), None)
                if found is not None:
                    return found
    return None


def _fits(token: Token, trigger: Trigger) -> bool:
    if trigger.particle is not None and not any(
        child.lower_ == trigger.particle and child.dep_ in ("prt", "advmod", "prep") for child in token.children
    ):
        return False
    if trigger.preposition is not None and not _has_preposition(token, trigger.preposition):
        return False
    if trigger.object_lemma is not None:
        wanted = trigger.object_lemma
        heads = children(token, "dobj", "obj", "xcomp", "nsubjpass", "ccomp", "oprd")
        if token.dep_ == "acl" and token.tag_ == "VBN":
            heads = [*heads, token.head]
        for _, inner in preposition_objects(token, "of", "on", "to", "in", "from"):
            heads.append(inner)
        lemmas = {part.lemma_.lower() for head in heads for part in conjuncts(head)}
        lemmas |= {c.lemma_.lower() for head in heads for c in children(head, "compound")}
        if wanted not in lemmas:
            return False
    return True


def _has_preposition(token: Token, word: str) -> bool:
    for child in token.children:
        if child.lower_ == word and child.dep_ in ("prep", "agent", "prt", "advmod", "dative"):
            if not any(inner.ent_type_ in ("DATE", "TIME") for inner in child.children):
                return True
        elif child.dep_ in ("advcl", "ccomp", "xcomp") and child.i > token.i:
            # "called for both sides to stop": the parser makes the preposition a mark of the clause
            if any(c.dep_ == "mark" and c.lower_ == word for c in child.children):
                return True
        elif child.lower_ == word and child.dep_ in ("acomp", "oprd"):
            return True
    return False


def _doer_from_phrase(token: Token, lexicon: Lexicon) -> Phrase | None:
    for prep, inner in preposition_objects(token, "by", "from"):
        if prep.lower_ == "from":
            for source in (inner, *(i for _, i in preposition_objects(inner, "of"))):
                if source.ent_type_ in ("GPE", "NORP"):
                    return entity_phrase(source)
            continue
        phrase = actor_phrase(inner, lexicon)
        if phrase is not None:
            return phrase
    for prep, inner in preposition_objects(token, "with", "in", "during", "after", "as"):
        if prep.lower_ in ("in", "during", "with", "after", "as") and (
            inner.lemma_ in lexicon.nouns or lexicon.is_kind(inner.lemma_, "weapon")
        ):
            phrase = owner_phrase(inner, lexicon)
            if phrase is not None:
                return phrase
    return None


def _recipients(token: Token, trigger: Trigger, lexicon: Lexicon) -> list[Phrase]:
    """Whom a verbal act or meeting concerns besides its object: "with X", "on X to", "to X", "against X"."""
    found = []
    if trigger.frame in ("talk", "request", "reject", "offer", "agree", "threaten", "accuse", "accuse_of"):
        anchors = [token, *children(token, "dobj", "obj")]
        for _, inner in (
            pair
            for anchor in anchors
            for pair in preposition_objects(anchor, "with", "on", "upon", "to", "for", "against", "between", "by", "of")
        ):
            phrase = actor_phrase(inner, lexicon)
            if phrase is not None:
                found.append(phrase)
        for child in children(token, "ccomp", "xcomp", "advcl"):
            if trigger.frame in ("threaten", "offer", "talk"):
                inner_heads = [
                    *children(child, "dobj", "obj"),
                    *(i for _, i in preposition_objects(child, "by", "with", "against", "on", "to")),
                ]
                found.extend(phrase for head in inner_heads if (phrase := actor_phrase(head, lexicon)) is not None)
            subject = next(iter(children(child, "nsubj", "nsubjpass")), None)
            if subject is not None:
                phrase = actor_phrase(subject, lexicon)
                if phrase is not None:
                    found.append(phrase)
    return found


# --- nouns ----------------------------------------------------------------------------------------------------------------


def _noun_mention(token: Token, lexicon: Lexicon) -> ActMention | None:
    lemma = token.lemma_.lower()
    if lemma == "target" and token.dep_ == "attr":
        return _declared_target(token, lexicon)
    trigger = lexicon.nouns.get(lemma)
    if trigger is None or token.dep_ == "compound" or token.ent_type_ in ("ORG", "GPE", "PERSON", "FAC"):
        return None
    doer = undergoer = None
    undergoer_head: Token | None = None
    owner = owner_phrase(token, lexicon)
    takes_object = trigger.act in ("FIRE.HEAVY", "ADVANCE.TERRITORY") or lemma in (
        "bombing",
        "killing",
        "assassination",
        "massacre",
        "closure",
        "attack",
    )
    for prep, inner in preposition_objects(token):
        word = prep.lower_
        if word in ("on", "against", "at", "into", "over", "upon", "towards", "toward"):
            undergoer_head = undergoer_head or inner
        elif word in ("by", "from"):
            source = inner
            if word == "from":
                deeper = next((i for _, i in preposition_objects(inner, "of") if i.ent_type_ in SIDES), None)
                source = deeper or inner
            doer = doer or actor_phrase(source, lexicon)
        elif word == "of":
            if (
                takes_object
                or trigger.frame in ("coerce", "take")
                or (trigger.act == "ADVANCE.OFFENSIVE" and inner.ent_type_ in ("GPE", "LOC"))
            ) and not lexicon.is_kind(inner.lemma_, "force"):
                undergoer_head = undergoer_head or inner
            else:
                doer = doer or actor_phrase(inner, lexicon)
        elif word == "between" and trigger.frame == "clash":
            doer = joint_phrase(inner)
        elif (
            word == "in"
            and trigger.frame in ("attack", "coerce")
            and undergoer_head is None
            and inner.ent_type_ in ("GPE", "LOC", "FAC")
        ):
            undergoer_head = inner
    for child in children(token, "acl"):
        if child.tag_ == "VBN":
            agent = next((i for _, i in preposition_objects(child, "by", "from")), None)
            if agent is not None:
                doer = doer or actor_phrase(agent, lexicon)
    doer = doer or owner
    light, scope = _light_verb(token)
    negated = any(child.lower_ in _NO for child in token.children if child.dep_ in ("det", "neg"))
    reasons = [f"'{token.text}' names {trigger.act} ({trigger.frame})"]
    if light is not None:
        who = roles(light)
        negated = negated or _is_negated(light, who)
        lemma_light = light.lemma_.lower()
        if lexicon.is_kind(lemma_light, "light_agent") and doer is None and who.doer is not None and who.doer != token:
            doer = actor_phrase(who.doer, lexicon)
            reasons.append(f"'{light.text}' gives its doer")
        elif lexicon.is_kind(lemma_light, "light_target") or lemma_light in ("come", "suffer", "face"):
            sufferer = who.doer if who.doer is not None and who.doer != token else who.undergoer
            if sufferer is not None and sufferer != token and undergoer_head is None:
                undergoer_head = sufferer
                reasons.append(f"'{light.text}' gives whom it struck")
            for _, inner in preposition_objects(light, "from", "by"):
                doer = doer or actor_phrase(inner, lexicon)
        if token.dep_ == "pobj" and token.head.lower_ == "under" and undergoer_head is None and who.doer is not None:
            undergoer_head = who.doer
            reasons.append("'under' gives whom it struck")
        if trigger.frame == "clash" and doer is None:
            between = next((inner for _, inner in preposition_objects(light, "between", "among")), None)
            doer = joint_phrase(between) if between is not None else None
        for _, inner in preposition_objects(light, "on", "against", "at", "in"):
            if undergoer_head is None and trigger.frame != "clash" and inner != token and inner.ent_type_ not in ("DATE", "TIME"):
                undergoer_head = inner
        if doer is None and undergoer_head is not None and lemma_light in ("leave", "kill", "wound", "injure", "hit", "strike"):
            doer = None
    if undergoer_head is not None:
        undergoer = joint_phrase(undergoer_head)
    weapon = _weapon_word(token, lexicon, None, None)
    definite = any(child.dep_ == "det" and child.lower_ in ("the", "this", "these", "those", "that") for child in token.children)
    mention = ActMention(
        token=token,
        frame=trigger.frame,
        act=_refined(trigger.act, weapon, undergoer_head, lexicon),
        weak=True,
        doer=doer,
        undergoer=undergoer,
        undergoer_head=undergoer_head,
        scope=scope,
        weapon=weapon,
        negated=negated,
        is_nominal=True,
        is_definite=definite,
        is_supported=trigger.frame == "clash" and light is not None and lexicon.is_kind(light.lemma_.lower(), "light_event"),
        reasons=tuple(reasons),
    )
    return _with_modality(mention, light or token, lexicon)


def _light_verb(token: Token) -> tuple[Token | None, Token]:
    """The verb that a nominal act leans on ("carried out a strike", "came under fire"), and what evidence is cut from."""
    head = first = token
    while head.dep_ in ("conj", "compound", "nmod"):
        head = head.head
    if head.dep_ in ("dobj", "nsubj", "nsubjpass", "attr", "obj") and is_verbal(head.head):
        return head.head, head.head
    if head.dep_ == "pobj" and head.head.dep_ in ("prep", "agent") and is_verbal(head.head.head):
        return head.head.head, head.head.head
    return None, first


def _declared_target(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "X are (legitimate) targets (of Y)": force is threatened."""
    copula = token.head
    if copula.lemma_ != "be":
        return None
    subject = next(iter(children(copula, "nsubj")), None)
    if subject is None or any(child.lower_ in _NO for child in copula.children):
        return None
    doer = next((actor_phrase(inner, lexicon) for _, inner in preposition_objects(token, "of", "for")), None)
    return ActMention(
        token=token,
        frame="threaten",
        act="THREAT.FORCE",
        weak=True,
        doer=doer,
        undergoer=joint_phrase(subject),
        undergoer_head=subject,
        scope=copula,
        modality="threatened",
        is_supported=True,
        reasons=("something is declared a target",),
    )


def _readiness(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "ready to engage with", "willing to meet": readiness for talks, or an offer."""
    verb = next(iter(children(token, "xcomp")), None)
    if verb is None:
        return None
    inner = _verb_mention(verb, lexicon)
    if inner is None or inner.frame not in ("talk", "offer", "retreat", "agree"):
        if verb.lemma_ == "engage":
            inner = ActMention(token=verb, frame="talk", act="TALKS.MEET", weak=True, scope=verb)
        else:
            return None
    copula = token.head if token.head.lemma_ == "be" else verb
    subject = roles(copula).doer
    return replace(
        inner,
        token=token,
        doer=actor_phrase(subject, lexicon) if subject is not None else inner.doer,
        scope=copula,
        modality="possible",
        is_supported=True,
        negated=any(child.dep_ == "neg" for child in copula.children),
        reasons=(f"'{token.text}' declares readiness",),
    )


def _calm(token: Token) -> ActMention | None:
    """ "X was calm": a place reported quiet."""
    copula = token.head
    subject = next(iter(children(copula, "nsubj")), None)
    if token.dep_ != "acomp" or copula.lemma_ not in ("be", "remain", "stay") or subject is None:
        return None
    if subject.ent_type_ not in ("GPE", "LOC", "FAC") and subject.lemma_ not in (
        "situation",
        "front",
        "line",
        "border",
        "city",
        "town",
    ):
        return None
    return ActMention(
        token=token,
        frame="calm",
        act="CALM",
        weak=False,
        undergoer=tight_phrase(subject),
        undergoer_head=subject,
        scope=copula,
        negated=any(c.dep_ == "neg" for c in copula.children),
        is_supported=True,
        reasons=(f"'{token.text}' reports quiet",),
    )


def _misread_verb(token: Token, lexicon: Lexicon) -> ActMention | None:
    """A verb that the tagger took for a noun or adjective: it has a direct object, or stands between "was" and what is done."""
    word = token.lower_
    if token.tag_ == "NNS" and children(token, "dobj"):
        lemma = word[:-1]
        triggers = [t for t in lexicon.verbs.get(lemma, ()) if t.object_lemma is not None and _fits(token, t)]
        if not triggers:
            return None
        owner = next((c for c in token.children if c.dep_ in ("compound", "nsubj", "poss") and c.ent_type_ in SIDES), None)
        if owner is None:
            return None
        trigger, doer, undergoer_head = triggers[0], entity_phrase(owner), None
    elif token.tag_ in ("JJ", "NN") and word.endswith("ing") and token.dep_ in ("amod", "compound"):
        trigger = next((t for t in lexicon.verbs.get(word[:-3], ()) if t.exactness == 0), None)  # type: ignore[assignment]
        head = token.head
        copula = head.head
        subject = next(iter(children(copula, "nsubj")), None)
        if trigger is None or head.dep_ != "attr" or copula.lemma_ != "be" or subject is None:
            return None
        doer, undergoer_head = actor_phrase(subject, lexicon), head
    else:
        return None
    mention = ActMention(
        token=token,
        frame=trigger.frame,
        act=trigger.act,
        weak=trigger.weak,
        doer=doer,
        undergoer=tight_phrase(undergoer_head) if undergoer_head is not None else None,
        undergoer_head=undergoer_head,
        scope=token if undergoer_head is None else undergoer_head.head,
        is_supported=trigger.object_lemma is not None,
        reasons=(f"'{token.text}' reports {trigger.act}, read as a verb",),
    )
    return _with_modality(mention, token, lexicon)


def _existing_losses(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "there were losses", "there are dead and wounded": a toll without a number."""
    if token.lemma_ != "be" or not children(token, "expl"):
        return None
    heads = children(token, "attr", "nsubj", "dobj", "acomp")
    told = next((part for head in heads for part in conjuncts(head) if lexicon.is_kind(part.lemma_.lower(), "loss")), None)
    if told is None:
        return None
    head = heads[0]
    victims = next((inner for part in conjuncts(head) for _, inner in preposition_objects(part, "among", "of")), None)
    victims = victims or next((inner for _, inner in preposition_objects(token, "among")), None)
    return ActMention(
        token=token,
        frame="losses",
        act="TOLL",
        weak=False,
        undergoer=joint_phrase(victims) if victims is not None else None,
        undergoer_head=victims,
        scope=token,
        negated=any(c.lower_ in _NO for c in head.children) or any(c.dep_ == "neg" for c in token.children),
        is_supported=True,
        reasons=(f"'{told.text}' tells of losses without a number",),
    )


def _must(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "X must do Y": a demand where somebody says it of another."""
    obliged = any(c.dep_ == "aux" and c.lower_ in _DEMAND_AUX for c in token.children)
    if not obliged and token.dep_ == "xcomp" and token.head.lemma_ in ("have", "need") and token.tag_ == "VB":
        obliged = bool(children(token, "aux"))
    who = roles(token)
    subject = who.undergoer if who.passive else who.doer
    if not obliged or subject is None or (token.lemma_ in ("be", "note") and not who.passive):
        return None
    if any(c.dep_ == "neg" for c in token.children) and who.passive:
        return None
    target = actor_phrase(subject, lexicon)
    return ActMention(
        token=token,
        frame="must",
        act="DEMAND.OTHER",
        weak=True,
        undergoer=target,
        undergoer_head=target.head if target is not None else None,
        scope=token,
        modality="possible",
        is_demand=True,
        is_supported=True,
        reasons=(f"what '{token.text}' must be done is demanded",),
    )


# --- phrases --------------------------------------------------------------------------------------------------------------------


def actor_phrase(head: Token | None, lexicon: Lexicon) -> Phrase | None:
    """The one who acts in a noun phrase: its name, its force or office, else the side that owns the weapon or thing."""
    if head is None:
        return None
    if head.pos_ == "PRON":
        return tight_phrase(head) if head.lower_ not in ("there", "this", "that", "what", "some", "one") else None
    lemma = head.lemma_.lower()
    if head.ent_type_ in ("GPE", "NORP", "ORG", "PERSON") and not lexicon.is_kind(lemma, "weapon"):
        return joint_phrase(head)
    if lexicon.is_kind(lemma, "force", "speaker"):
        return joint_phrase(head)
    return owner_phrase(head, lexicon)


def owner_phrase(head: Token, lexicon: Lexicon) -> Phrase | None:
    """The side that a thing belongs to: "<Side> tanks", "<Side>'s attack", "tanks of <side>", "missiles launched by <side>"."""
    for child in head.children:
        if child.dep_ in ("amod", "compound", "poss", "nmod", "nsubj") and child.i < head.i:
            if child.ent_type_ in ("GPE", "NORP", "ORG", "PERSON"):
                return entity_phrase(child) if child.dep_ != "poss" else tight_phrase(child)
            if child.dep_ == "poss":
                if child.pos_ == "PRON":
                    return tight_phrase(child)
                if lexicon.is_kind(child.lemma_.lower(), "force", "speaker"):
                    return tight_phrase(child)
            inner = next((c for c in child.children if c.ent_type_ in ("GPE", "NORP") and c.i < head.i), None)
            if inner is not None:
                return entity_phrase(inner)
    for child in head.children:
        if child.dep_ == "acl" and child.tag_ == "VBN":
            for prep, inner in preposition_objects(child, "by", "from"):
                if prep.lower_ == "by" or inner.ent_type_ in SIDES:
                    phrase = tight_phrase(inner)
                    if inner.ent_type_ in SIDES or lexicon.is_kind(inner.lemma_.lower(), "force", "speaker"):
                        return phrase
    for prep, inner in preposition_objects(head, "of", "from", "belonging"):
        if inner.ent_type_ in ("GPE", "NORP", "ORG") and prep.lower_ in ("of", "from"):
            return tight_phrase(inner)
        if prep.lower_ == "of" and lexicon.is_kind(inner.lemma_.lower(), "force"):
            return tight_phrase(inner)
    return None


# --- refinement ------------------------------------------------------------------------------------------------------------------------


def _weapon_word(token: Token, lexicon: Lexicon, subject: Token | None, undergoer: Token | None) -> str | None:
    """The weapon named with an act: a modifier, an instrument, a missile that is fired or that strikes."""
    near = [child for child in token.children if child.dep_ in ("compound", "amod", "nmod", "npadvmod")]
    near += [inner for child in near for inner in child.children if inner.dep_ in ("compound", "amod", "conj")]
    for _, inner in preposition_objects(token, "with", "by", "using", "of", "in", "from"):
        near.extend(conjuncts(inner))
        near.extend(children(inner, "compound", "amod"))
    if subject is not None:
        near.extend([*conjuncts(subject), *children(subject, "compound", "amod")])
    if undergoer is not None and token.lemma_.lower() in ("fire", "launch", "use", "drop", "rain", "detect", "lob"):
        near.extend([*conjuncts(undergoer), *children(undergoer, "compound", "amod")])
        for _, inner in preposition_objects(undergoer, "of"):
            near.extend([inner, *children(inner, "compound", "amod")])
    for child in children(token, "advcl"):
        if child.lemma_ == "use":
            for obj in children(child, "dobj"):
                near.extend([*conjuncts(obj), *children(obj, "compound", "amod")])
    if token.lemma_.lower() in lexicon.weapons:
        near.append(token)
    best = None
    for word in near:
        if word.lemma_.lower() in lexicon.weapons:
            best = best or word
            if word.lemma_.lower() not in ("ground",):
                return str(word.text)
    return str(best.text) if best is not None else None


def _refined(act: str, weapon: str | None, undergoer: Token | None, lexicon: Lexicon) -> str:
    """The act made as exact as weapon and target support, and no more."""
    if act in ("FIRE", "AIR", "FIRE.HEAVY") and weapon is not None:
        lemma = weapon.lower().rstrip("s") if weapon.lower() not in lexicon.weapons else weapon.lower()
        refined = lexicon.weapons.get(lemma) or lexicon.weapons.get(weapon.lower())
        if refined is not None and not (act == "FIRE.HEAVY" and refined == "ADVANCE.OFFENSIVE"):
            return refined
    if act == "AIR.UAV_DOWNED" and undergoer is not None and not lexicon.is_kind(undergoer.lemma_.lower(), "airborne"):
        return "FIRE"
    if act == "FIRE" and undergoer is not None:
        lemma = undergoer.lemma_.lower()
        if lemma in ("civilian", "civilians"):
            return "CIV.ATTACK_PERSONS"
        if lemma in (
            "house",
            "home",
            "school",
            "hospital",
            "church",
            "cathedral",
            "mosque",
            "apartment",
            "kindergarten",
            "ambulance",
        ):
            return "CIV.ATTACK_OBJECTS"
    return act


def _is_negated(verb: Token, who: Any) -> bool:
    if any(child.dep_ == "neg" or child.lower_ in ("never", "neither") for child in verb.children):
        return True
    for head in (who.doer, who.undergoer):
        if head is not None and head.head == verb and any(c.lower_ in ("no", "neither", "none") for c in head.children):
            return True
        if head is not None and head.head == verb and head.lower_ in ("nothing", "none", "nobody"):
            return True
    governor = verb.head
    if verb.dep_ in ("xcomp", "ccomp") and governor.lemma_ in ("fail", "refuse", "avoid", "refrain"):
        return True
    if (
        verb.dep_ == "pcomp"
        and governor.lower_ in ("without", "from")
        and (
            governor.lower_ == "without"
            or governor.head.lemma_ in ("refrain", "prevent", "stop", "deter")
            and not any(c.dep_ == "neg" for c in governor.head.children)
        )
    ):
        return True
    return (
        verb.dep_ in ("conj",)
        and governor.pos_ == "VERB"
        and any(c.dep_ == "neg" for c in governor.children)
        and not children(verb, "nsubj", "nsubjpass")
    )


def _with_modality(mention: ActMention, verb: Token, lexicon: Lexicon) -> ActMention:
    """Actual, ordered, threatened or possible, from auxiliaries, governors and marks up the tree."""
    modality, future, demand = mention.modality, False, False
    auxiliaries = [c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")]
    governor: Token | None = verb
    if verb.dep_ == "conj" and is_verbal(verb.head) and not auxiliaries:
        auxiliaries = [c.lower_ for c in verb.head.children if c.dep_ == "aux"]
    if any(a in _DEMAND_AUX for a in auxiliaries):
        modality, demand = "possible", True
    elif any(a in _FUTURE_AUX for a in auxiliaries):
        modality, future = "possible", True
    elif any(a in _POSSIBLE_AUX for a in auxiliaries):
        modality = "possible"
    if any(c.dep_ == "mark" and c.lower_ in _NOT_REAL_MARKS for c in verb.children):
        modality = "possible"
    steps = 0
    node = governor
    while node is not None and node.head is not node and steps < 6:
        head = node.head
        if node.dep_ in ("xcomp", "ccomp") and head.lemma_.lower() in _ORDER:
            modality = "ordered"
        elif node.dep_ == "xcomp" and head.lemma_.lower() in _WISH:
            modality = "possible" if modality == "actual" else modality
        elif (node.dep_ in ("pobj", "pcomp", "acl", "ccomp") and _governing_noun(node) in _FEAR) or (
            node.dep_ in ("advcl",) and any(c.dep_ == "mark" and c.lower_ in _NOT_REAL_MARKS for c in node.children)
        ):
            modality = "possible"
        elif node.dep_ == "acl" and head.lemma_.lower() in ("attempt", "effort", "bid") and mention.frame in ("attack", "take"):
            break
        elif (node.dep_ == "advcl" and any(c.lower_ == "to" and c.dep_ == "aux" for c in node.children)) or (
            node.dep_ == "acl" and any(c.lower_ == "to" and c.dep_ == "aux" for c in node.children)
        ):
            modality = "possible" if modality == "actual" else modality
        elif node.dep_ in ("dobj", "pcomp") and head.lemma_.lower() in (
            "avoid",
            "prevent",
            "fear",
            "risk",
            "threaten",
            "plan",
            "deter",
            "avert",
        ):
            modality = "possible"
        by_means = node.dep_ == "pcomp" and head.lower_ in ("by", "after")
        if (
            by_means
            or head.lemma_.lower() in _FACTUAL
            or node.dep_ in ("relcl", "parataxis")
            or (node.dep_ in ("ccomp",) and head.lemma_.lower() not in _WISH | _ORDER)
        ):
            break
        node, steps = head, steps + 1
    support = mention.is_supported or _supported(mention, lexicon)
    return replace(mention, modality=modality, is_future=future, is_demand=demand, is_supported=support)


def _governing_noun(node: Token) -> str:
    head = node.head
    if head.pos_ == "ADP":
        head = head.head
    return str(head.lemma_.lower())


def _supported(mention: ActMention, lexicon: Lexicon) -> bool:
    """Whether a weak trigger stands with a side, a force, a weapon, a place or victims."""
    if mention.weapon is not None:
        return True
    if mention.doer is not None and (
        mention.doer.head.ent_type_ in SIDES or lexicon.is_kind(mention.doer.head.lemma_.lower(), "force", "weapon")
    ):
        return True
    head = mention.undergoer_head
    if head is None:
        return False
    lemma = head.lemma_.lower()
    if mention.frame == "outage":
        return lexicon.is_kind(lemma, "utility") or head.ent_type_ in NAMED
    if head.pos_ == "PRON" and mention.frame in ("attack", "damage") and not mention.is_nominal:
        return True
    return head.ent_type_ in NAMED or lexicon.is_kind(
        lemma, "force", "combatant", "military_object", "territory", "civilian", "civil_object"
    )
