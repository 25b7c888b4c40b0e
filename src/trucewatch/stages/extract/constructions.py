"""Acts told by a turn of phrase: calm, losses that "there were", what "must" be done, verbs misread as nouns."""

from __future__ import annotations

from dataclasses import replace

from trucewatch.stages.extract.lexicon import Lexicon, Trigger
from trucewatch.stages.extract.mention import ActMention
from trucewatch.stages.extract.modality import NEGATIVES, OBLIGING, is_turned, with_modality
from trucewatch.stages.extract.phrases import actor_phrase
from trucewatch.stages.extract.rules import reads
from trucewatch.stages.extract.syntax import (
    SIDES,
    Phrase,
    Token,
    children,
    conjuncts,
    entity_phrase,
    has_negation,
    is_infinitive,
    joint_phrase,
    preposition_objects,
    roles,
    tight_phrase,
)
from trucewatch.stages.extract.triggers import fits, is_of_kind
from trucewatch.stages.extract.weapons import refine_act

_HARMS = frozenset({"wounds", "injures", "kills", "maims", "hurts"})


@reads("alert")
def alert(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "troops remained on alert", "put its forces on high alert": a force made ready."""
    if token.dep_ != "pobj" or token.head.lower_ != "on":
        return None
    verb = token.head.head
    while verb.pos_ not in ("VERB", "AUX") and verb.head != verb:
        verb = verb.head
    if verb.pos_ not in ("VERB", "AUX"):
        return None
    who = roles(verb)
    force = who.undergoer if who.undergoer is not None and who.undergoer != token else who.doer
    doer = actor_phrase(force, lexicon)
    if force is None or doer is None or not lexicon.is_kind(force.lemma_.lower(), "force", "speaker"):
        return None
    mention = ActMention(
        token=token,
        frame="move",
        act="FORCE.BUILDUP",
        weak=True,
        doer=doer,
        scope=verb,
        is_supported=True,
        negated=any(c.dep_ == "neg" for c in verb.children),
        reasons=("a force put on alert",),
    )
    return with_modality(mention, verb, lexicon)


def _headline_harm(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "<Side> shelling wounds two in X", "<side> fire injures peacekeeper": a headline's verb, read as a noun."""
    makers = [c for c in children(token, "compound", "nmod") if c.i < token.i]
    named = [lexicon.nouns.get(c.lemma_.lower()) for c in makers]
    deed = next((t for t in named if t is not None and t.frame == "attack"), None)
    arms = deed is not None or any(lexicon.is_kind(c.lemma_.lower(), "projectile", "force") for c in makers)
    counted = next((c for c in token.children if c.dep_ == "nummod" and c.i > token.i), None)
    struck = counted if counted is not None else token.head if token.dep_ == "compound" and token.head.i > token.i else None
    if not arms or struck is None:
        return None
    side = next((c for c in children(token, "amod", "compound", "nmod") if c.ent_type_ in SIDES), None)
    weapon = next((c.text for c in makers if c.lemma_.lower() in lexicon.weapons), None)
    return ActMention(
        token=token,
        frame="harm",
        act=refine_act(deed.act if deed is not None else "FIRE", weapon, struck, lexicon),
        weak=False,
        doer=entity_phrase(side) if side is not None else None,
        undergoer=tight_phrase(struck),
        undergoer_head=struck,
        scope=token,
        weapon=weapon,
        is_supported=True,
        reasons=(f"'{token.text}' is a headline's verb",),
    )


def _masses(token: Token, trigger: Trigger, lexicon: Lexicon) -> bool:
    """ "tanks were massing on the border", which the tagger takes for an adjective."""
    subject = next(iter(children(token.head, "nsubj")), None) if token.dep_ == "acomp" else None
    kinds = ("force", "mobile", "armament", "combatant")
    return trigger.act == "FORCE.BUILDUP" and subject is not None and any(is_of_kind(subject, kind, lexicon) for kind in kinds)


def misread_verb(token: Token, lexicon: Lexicon) -> ActMention | None:
    """A verb that the tagger took for a noun or adjective: it has a direct object, or stands between "was" and what is done."""
    word = token.lower_
    if word in _HARMS and token.tag_ == "NNS":
        return _headline_harm(token, lexicon)
    if token.tag_ == "NNS" and children(token, "dobj"):
        lemma = word[:-1]
        triggers = [t for t in lexicon.verbs.get(lemma, ()) if t.object_lemma is not None and fits(token, t, lexicon)]
        if not triggers:
            return None
        owner = next((c for c in token.children if c.dep_ in ("compound", "nsubj", "poss") and c.ent_type_ in SIDES), None)
        if owner is None:
            return None
        doer: Phrase | None = entity_phrase(owner)
        trigger, undergoer_head = triggers[0], None
    elif token.tag_ == "JJ" and word.endswith("ing") and token.dep_ == "acomp" and token.head.lemma_ == "be":
        trigger = next((t for t in lexicon.verbs.get(word[:-3], ()) if t.exactness == 0), None)  # type: ignore[assignment]
        subject = next(iter(children(token.head, "nsubj")), None)
        if trigger is None or subject is None:
            return None
        doer, undergoer_head = actor_phrase(subject, lexicon), None
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
        is_supported=trigger.object_lemma is not None or _masses(token, trigger, lexicon),
        reasons=(f"'{token.text}' reports {trigger.act}, read as a verb",),
    )
    return with_modality(mention, token, lexicon)


@reads("be")
def existing_losses(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "there were losses", "there are dead and wounded": a toll without a number."""
    if not children(token, "expl"):
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
        negated=any(c.lower_ in NEGATIVES for c in head.children) or any(c.dep_ == "neg" for c in token.children),
        is_supported=True,
        reasons=(f"'{told.text}' tells of losses without a number",),
    )


_OPENING = frozenset({'"', "“", "'", "‘", "``", "«"})
_NOBODY = frozenset({"nobody", "none", "nothing", "noone"})
_THINGS_MEANT = frozenset({"it", "this", "that"})
_WILL = frozenset({"will", "would", "wo", "can", "could"})
_ACCEPTING = frozenset(
    "accept allow agree participate attend negotiate talk withdraw recognize recognise sign join permit respond resign leave "
    "compromise yield surrender retreat bow discuss".split()
)


_HANDING = frozenset({"hand", "give", "surrender", "deliver", "lay", "put", "drop", "yield", "turn"})


@reads(_ACCEPTING, _HANDING, "meet")
def refusal(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "X will not accept Y", "would not meet demands": an offer or demand refused, in words that only negate acceptance."""
    lemma = token.lemma_.lower()
    meets = lemma == "meet" and any(c.lemma_ in ("demand", "deadline", "condition") for c in children(token, "dobj"))
    arms = {w.lemma_.lower() for c in children(token, "dobj", "obj") for w in (c, *children(c, "conj"))}
    keeps = lemma in _HANDING and any(lexicon.is_kind(word, "armament") for word in arms)
    if lemma not in _ACCEPTING and not meets and not keeps:
        return None
    negated = has_negation(token)
    if not negated or not any(c.dep_ == "aux" and c.lower_ in _WILL for c in token.children):
        return None
    doer = actor_phrase(roles(token).doer, lexicon)
    if doer is None:
        return None
    objects = children(token, "dobj", "obj")
    if lemma in ("recognise", "recognize") and any(c.lower_ in ("him", "her", "me", "us", "you") for c in objects):
        return None  # "I could not recognise him"
    return ActMention(
        token=token,
        frame="reject",
        act="REFUSE",
        weak=True,
        doer=doer,
        undergoer=tight_phrase(objects[0]) if objects else None,
        undergoer_head=objects[0] if objects else None,
        scope=token,
        is_supported=True,
        reasons=(f"'not {token.text}' refuses",),
    )


@reads("question")
def out_of_question(token: Token, _lexicon: Lexicon) -> ActMention | None:
    """ "lifting the ban is out of the question": refused by whoever says so."""
    of = token.head
    out = of.head
    if of.lower_ != "of" or out.lower_ != "out" or out.head.lemma_ != "be":
        return None
    copula = out.head
    if any(c.dep_ == "neg" for c in copula.children):
        return None
    subject = next(iter(children(copula, "nsubj", "csubj")), None)
    return ActMention(
        token=token,
        frame="reject",
        act="REFUSE",
        weak=True,
        undergoer=tight_phrase(subject) if subject is not None else None,
        undergoer_head=subject,
        scope=copula,
        is_supported=True,
        reasons=("'out of the question' refuses",),
    )


def obligation(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "X must do Y": a demand where somebody says it of another."""
    obliged = any(c.dep_ == "aux" and c.lower_ in OBLIGING for c in token.children)
    if not obliged and token.dep_ == "xcomp" and token.head.lemma_ in ("have", "need") and token.tag_ in ("VB", "VBN"):
        obliged = bool(children(token, "aux"))
    if not obliged or is_turned(token):
        return None
    who = roles(token)
    subject = who.undergoer if who.passive else who.doer
    if subject is None or (token.lemma_ in ("be", "note") and not who.passive):
        return None
    if subject.lower_ in _NOBODY or (subject.lower_ in _THINGS_MEANT and any(c.dep_ == "neg" for c in token.children)):
        return None  # "nobody should doubt it", "it should not overshadow this": asks nobody
    if token.dep_ == "xcomp" and token.head.tag_ == "VBD" and token.head.dep_ != "ccomp":
        return None  # "they had to leave": then, and no demand now; "said that they had to" demands
    if any(c.dep_ == "neg" for c in token.children) and who.passive:
        return None
    if token.dep_ == "xcomp" and token.head.lemma_ == "have" and (_is_of_then(token) or _will_be_paid(token)):
        return None
    owing = token.head if token.dep_ == "xcomp" and token.head.lemma_ in ("have", "need") else token
    return replace(_must(token, _addressed(subject, lexicon)), scope=owing)


def _will_be_paid(token: Token) -> bool:
    """ "will have to answer for this": a threat."""
    return token.lemma_ in ("answer", "pay", "reckon") and any(c.dep_ == "aux" and c.lower_ in _WILL for c in token.head.children)


def _is_of_then(token: Token) -> bool:
    """ "had to give up a visit on Thursday", "did not have anywhere to go": past, or nothing owed."""
    owing = token.head
    if any(c.dep_ == "neg" or c.lower_ in ("anywhere", "nowhere", "nothing") for c in owing.children):
        return True
    dated = any(i.ent_type_ == "DATE" for anchor in (owing, token) for _, i in preposition_objects(anchor, "on", "in"))
    after = any(c.tag_ == "VBD" for anchor in (owing, token) for c in children(anchor, "advcl"))
    return owing.tag_ == "VBD" and (dated or after)


def appeal(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "It is time for X to withdraw", "stop the war": a demand without its verb."""
    subject = next(iter(children(token, "nsubj")), None)
    if subject is None:
        return _must(token, _told_to(token, lexicon)) if _is_imperative(token) else None
    if is_infinitive(token) and token.head.lower_ == "time" and token.dep_ in ("relcl", "acl", "ccomp"):
        return _must(token, _addressed(subject, lexicon))
    return None


def _addressed(subject: Token, lexicon: Lexicon) -> Phrase | None:
    is_people = lexicon.is_kind(subject.lemma_.lower(), "civilian")
    return tight_phrase(subject) if is_people else actor_phrase(subject, lexicon)


def _is_imperative(token: Token) -> bool:
    """ "Stop the war", "let us stop the bloodshed": a base form that begins what is said."""
    if token.tag_ != "VB" or token.dep_ not in ("ROOT", "ccomp", "advcl"):
        return False
    aux = {c.lower_ for c in token.children if c.dep_ == "aux"}
    is_bidden_not = aux == {"do"} and any(c.dep_ == "neg" for c in token.children)  # "don't go near the border"
    if any(c.dep_ == "nsubj" for c in token.children) or (
        not is_bidden_not and any(c.dep_ in ("aux", "neg") for c in token.children)
    ):
        return False
    if token.dep_ == "advcl" and not _is_quoted_before_its_teller(token):
        return False
    before = token.left_edge.i - 1
    return bool(before < token.sent.start or token.doc[before].is_punct)


def _is_quoted_before_its_teller(token: Token) -> bool:
    first = token.left_edge
    opens = first.i == token.sent.start or token.doc[first.i - 1].text in _OPENING or first.text in _OPENING
    return opens and token.head.i > token.i and token.head.tag_ in ("VBD", "VBZ") and bool(children(token.head, "nsubj"))


def _told_to(token: Token, lexicon: Lexicon) -> Phrase | None:
    """To whom an order in quotation marks is spoken: "<order>, X told the drivers"."""
    teller = token.head
    if teller.lemma_ not in ("tell", "urge", "warn", "order", "ask", "advise"):
        return None
    whom = next(iter(children(teller, "dobj", "obj", "dative")), None)
    if whom is None:
        return None
    return tight_phrase(whom) if lexicon.is_kind(whom.lemma_.lower(), "civilian") else actor_phrase(whom, lexicon)


def _must(token: Token, target: Phrase | None) -> ActMention:
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
