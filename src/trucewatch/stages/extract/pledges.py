"""What somebody says he will do for others, or will go on doing: help promised, readiness declared, forces that stay."""

from __future__ import annotations

from dataclasses import replace

from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.mention import ActMention
from trucewatch.stages.extract.modality import is_asked
from trucewatch.stages.extract.phrases import actor_phrase, owner_phrase
from trucewatch.stages.extract.rules import reads
from trucewatch.stages.extract.syntax import (
    WILL,
    Phrase,
    Token,
    children,
    first_conjunct,
    has_negation,
    is_infinitive,
    joint_phrase,
    preposition_objects,
    roles,
)
from trucewatch.stages.extract.verbs import verb_mention

_COPULAS = frozenset({"be", "stand", "remain", "seem", "declare", "express"})
_FIGHT = frozenset("fight respond retaliate strike attack defend react hit war resist answer repel destroy use act".split())
_HELP = frozenset(
    "help assist support aid contribute cooperate protect provide send supply deliver offer share work back".split()
)
_FACING = frozenset("face deal cope confront meet counter thwart stop halt prevent repulse deter crush foil push".split())
_FACED = frozenset(
    "aggression attack adventure threat assault invasion incursion enemy scenario possibility option attempt provocation "
    "eventuality escalation war challenge danger".split()
)
_BLOWS = frozenset({"strike", "blow", "attack", "rebuff", "war", "offensive"})
_HOSTING = frozenset({"take", "receive", "accept", "host", "shelter", "house", "accommodate", "admit"})
_GUESTS = frozenset({"refugee", "family", "people", "person", "evacuee", "resident", "child", "wounded", "patient"})
_TALK = frozenset("talk negotiate meet engage discuss host mediate facilitate broker resume sit continue dialogue".split())
_MEDIATORS = frozenset("mediator intermediary broker between facilitator guarantor channel bridge".split())
_FOR_WAR = frozenset(
    "war battle confrontation fight escalation scenario option worst response fighting offensive operation invasion attack "
    "assault incursion eventuality aggression".split()
)
_DUTIES = frozenset({"duty", "responsibility", "role", "task", "obligation", "commitment", "control", "charge"})
_DECLARING = frozenset("renew express reiterate reaffirm declare confirm voice signal repeat announce stress state".split())
_READINESS = frozenset({"readiness", "willingness", "openness", "preparedness"})
_FOR_TALKS = frozenset(
    "talk negotiation negociation negociations dialogue meeting ceasefire truce peace mediation deal agreement".split()
)
_MAYBE = WILL | {"might", "may", "could", "can"}
_FORSAKE = frozenset({"leave", "abandon", "forsake", "desert"})
_STAY = frozenset({"remain", "stay", "keep"})
_HELPING = frozenset({"help", "assist"})
# with what the lexicon has for giving: no other verb promises
_PROMISING = _FORSAKE | _HELPING | {"hesitate"}


def readiness(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "ready to engage with", "prepared to act as a mediator", "ready for war": talks, help or force held out."""
    lead = first_conjunct(token)
    copula = lead.head if lead.head.lemma_ in _COPULAS else None
    verb = next(iter(children(token, "xcomp", "ccomp", "advcl", "relcl")), None)
    subject = roles(copula).doer if copula is not None else None
    doer = actor_phrase(subject, lexicon) if subject is not None else None
    if any(c.dep_ == "neg" for c in (copula or token).children):
        return None
    if verb is not None and is_infinitive(verb):
        inner = verb_mention(verb, lexicon)
        if inner is not None and inner.frame == "agree" and inner.act == "AGREE.OTHER":
            inner = replace(inner, frame="offer", act="OFFER.OTHER")  # "ready to implement the resolution"
        if inner is not None and inner.frame in ("talk", "offer", "retreat", "agree"):
            return _declared(replace(inner, doer=doer or inner.doer), token, copula or verb)
        told = _ready_to(verb)
    else:
        told = next((t for _, noun in preposition_objects(token, "for") if (t := _ready_for(noun)) is not None), None)
        verb = token
    if told is None or verb is None:
        return None
    frame, act = told
    target = _beneficiary(verb, lexicon)
    mention = ActMention(
        token=verb, frame=frame, act=act, weak=True, doer=doer, scope=verb, recipients=(target,) if target else ()
    )
    return _declared(mention, token, copula or verb)


@reads(_DECLARING)
def readiness_told(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "renewed its readiness for negotiations", "reaffirmed its willingness to help"."""
    if any(c.dep_ == "neg" for c in token.children):
        return None
    noun = next((c for c in children(token, "dobj", "obj") if c.lemma_.lower() in _READINESS), None)
    doer = actor_phrase(roles(token).doer, lexicon)
    if noun is None or doer is None:
        return None
    verb = next((c for a in (noun, token) for c in children(a, "acl", "xcomp", "advcl", "relcl") if is_infinitive(c)), None)
    told = _ready_to(verb) if verb is not None else None
    if told is None:
        nouns = (i for a in (noun, token) for _, i in preposition_objects(a, "for", "to"))
        told = next((found for i in nouns if (found := _ready_for(i)) is not None), None)
    if told is None:
        return None
    other = _beneficiary(verb, lexicon) if verb is not None else None
    mention = ActMention(
        token=token,
        frame=told[0],
        act=told[1],
        weak=True,
        doer=doer,
        scope=token,
        recipients=(other,) if other is not None else (),
    )
    return _declared(mention, token, token)


def _declared(mention: ActMention, token: Token, scope: Token) -> ActMention:
    return replace(
        mention,
        token=token,
        scope=scope,
        modality="threatened" if mention.frame == "threaten" else "possible",
        is_planned=True,
        is_supported=True,
        negated=False,
        reasons=(f"'{token.text}' declares readiness",),
    )


def _ready_to(verb: Token) -> tuple[str, str] | None:
    lemma = verb.lemma_.lower()
    things = [c.lemma_.lower() for c in children(verb, "dobj", "obj")]
    things += [i.lemma_.lower() for _, i in preposition_objects(verb, "with")] if lemma in ("deal", "cope") else []
    if any(thing in _BLOWS for thing in things):
        return "threaten", "THREAT.FORCE"
    if lemma in _FACING and any(thing in _FACED for thing in things):
        return "threaten", "THREAT.FORCE"
    if lemma in _HOSTING and any(thing in _GUESTS for thing in things):
        return "offer", "OFFER.OTHER"
    if lemma in ("take", "assume", "shoulder", "fulfil", "fulfill", "perform", "carry") and any(
        c.lemma_.lower() in _DUTIES for c in children(verb, "dobj", "obj")
    ):
        return "offer", "OFFER.OTHER"
    if lemma == "deploy" or any(c.lemma_ == "deployment" for c in children(verb, "dobj")):
        return "offer", "OFFER.OTHER"
    served = {inner.lemma_.lower() for _, inner in preposition_objects(verb, "as")}
    if served & _MEDIATORS or any(w.lemma_ in _MEDIATORS for _, i in preposition_objects(verb, "as") for w in i.subtree):
        return "talk", "TALKS.MEDIATE"
    if lemma in _TALK:
        return "talk", "TALKS.MEET"
    if lemma in _HELP:
        return "offer", "OFFER.OTHER"
    return ("threaten", "THREAT.FORCE") if lemma in _FIGHT else None


def _ready_for(noun: Token) -> tuple[str, str] | None:
    words = {w.lemma_.lower() for w in (noun, *noun.children)}
    if noun.lower_ == "it":
        # "do not wish for a war, but are prepared for it"
        words = {w.lemma_.lower() for w in noun.sent if w.i < noun.i and w.pos_ == "NOUN"} & {"war", "confrontation", "fight"}
    if words & _FOR_TALKS:
        return "talk", "TALKS.MEET"
    return ("threaten", "THREAT.FORCE") if words & _FOR_WAR else None


def pledge(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "would send fuel to X", "will never leave X alone", "will not hesitate to help": help or force promised."""
    lemma = token.lemma_.lower()
    if lemma not in _PROMISING and not lexicon.is_kind(lemma, "giving"):
        return None
    doer = actor_phrase(roles(token).doer, lexicon)
    if doer is None:
        return None
    negated = has_negation(token)
    ahead = any(c.dep_ == "aux" and c.lower_ in _MAYBE for c in token.children)
    if negated and lemma == "hesitate" and (verb := next(iter(children(token, "xcomp")), None)) is not None:
        sides = verb.lemma_ == "stand" or verb.lemma_.lower() in _HELP
        frame, act = ("offer", "OFFER.OTHER") if sides else ("threaten", "THREAT.FORCE")
        return _promised(token, frame, act, doer, _beneficiary(verb, lexicon))
    if (
        negated
        and lemma == "leave"
        and any(lexicon.is_kind(s.lemma_.lower(), "force", "combatant") for s in children(token, "nsubj"))
    ):
        return None  # "our troops will not leave X"
    if negated and lemma in _FORSAKE and any(c.dep_ == "aux" and c.lower_ in WILL for c in token.children):
        friend = next((actor_phrase(c, lexicon) for c in children(token, "dobj", "obj") if c.pos_ != "PRON"), None)
        return _promised(token, "offer", "OFFER.OTHER", doer, friend) if friend is not None else None
    if negated or not (ahead or _is_joined_to_promise(token)):
        return None
    goods = {part.lemma_.lower() for head in children(token, "dobj", "obj") for part in head.subtree}
    if lexicon.is_kind(lemma, "giving") and any(lexicon.is_kind(word, "goods", "relief") for word in goods):
        relief = any(lexicon.is_kind(word, "relief") for word in goods)
        return _promised(token, "offer", "AID.DELIVERY" if relief else "OFFER.OTHER", doer, _beneficiary(token, lexicon))
    if lemma in _HELPING and not any(c.lower_ in ("could", "might", "may") for c in children(token, "aux")):
        return _promised(token, "offer", "OFFER.OTHER", doer, _beneficiary(token, lexicon))
    return None


@reads("guarantee", "ensure", "protect", "safeguard", "respect", "secure", "uphold", "preserve")
def assured(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "said the rights of X would be guaranteed": a promise of who says so, and no demand."""
    thing = next(iter(children(token, "nsubjpass")), None)
    ahead = any(c.dep_ == "aux" and c.lower_ in WILL for c in token.children)
    if thing is None or not ahead or has_negation(token) or thing.lemma_.lower() not in _ASSURED:
        return None
    if any(c.dep_ == "mark" and c.lower_ in ("whether", "if", "unless", "until") for c in token.children) or is_asked(token):
        return None
    if token.dep_ not in ("ccomp", "ROOT") or (token.dep_ == "ccomp" and token.head.lemma_ not in _SAYING):
        return None
    if any(True for _ in preposition_objects(token, "by")):
        return None  # "will be ensured by peacekeepers": another's to keep
    whose = owner_phrase(thing, lexicon)
    return ActMention(
        token=token,
        frame="offer",
        act="OFFER.OTHER",
        weak=True,
        undergoer=whose,
        undergoer_head=whose.head if whose is not None else thing,
        scope=token,
        modality="possible",
        is_supported=True,
        is_opinion=True,
        reasons=(f"{thing.text} that are to be '{token.text}' are promised",),
    )


_ASSURED = frozenset("right safety security life property freedom dignity passage access".split())
_SAYING = frozenset("say add promise pledge vow declare state assure tell stress insist affirm reiterate note announce".split())


def _is_joined_to_promise(token: Token) -> bool:
    """ "will come and send fuel"."""
    return token.dep_ == "conj" and token.tag_ == "VB" and any(c.dep_ == "aux" and c.lower_ in WILL for c in token.head.children)


def _promised(token: Token, frame: str, act: str, doer: Phrase, friend: Phrase | None) -> ActMention:
    return ActMention(
        token=token,
        frame=frame,
        act=act,
        weak=True,
        doer=doer,
        scope=token,
        modality="threatened" if frame == "threaten" else "possible",
        is_planned=True,
        is_supported=True,
        recipients=(friend,) if friend is not None else (),
        reasons=(f"'{token.text}' promises what is to come",),
    )


def _beneficiary(verb: Token, lexicon: Lexicon) -> Phrase | None:
    """Whom help goes to: the object where it is a side, or "to X", "for X"."""
    for head in (
        *children(verb, "dative", "dobj", "obj"),
        *(i for a in (verb, *children(verb, "dobj", "obj")) for _, i in preposition_objects(a, "to", "for", "with", "by", "of")),
    ):
        phrase = actor_phrase(head, lexicon)
        if phrase is not None and phrase.head.pos_ != "PRON":
            return phrase
    return None


@reads(_STAY)
def staying(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "troops would stay beyond the deadline": a force that somebody says will not leave."""
    if not any(c.dep_ == "aux" and c.lower_ in WILL for c in token.children):
        return None
    subject = next(iter(children(token, "nsubj")), None)
    where = any(prep.lower_ in ("in", "on", "at", "inside", "beyond", "until", "past") for prep, _ in preposition_objects(token))
    if subject is None or not where or not _is_force(subject, lexicon) or any(c.dep_ == "neg" for c in token.children):
        return None
    return ActMention(
        token=token,
        frame="stay",
        act="FORCE.NON_WITHDRAWAL",
        weak=True,
        doer=joint_phrase(subject),
        scope=token,
        is_supported=True,
        reasons=(f"'{token.text}': a force that is to stay",),
    )


def _is_force(subject: Token, lexicon: Lexicon) -> bool:
    lemma = subject.lemma_.lower()
    return lexicon.is_kind(lemma, "force", "combatant", "monitor") or lemma in ("helmet", "presence", "mission", "base")
