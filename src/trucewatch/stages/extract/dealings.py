"""Dealings told by a turn of phrase: envoys sent, talks set or under way, texts settled, help given, offers left unanswered."""

from __future__ import annotations

from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.made import asked_act
from trucewatch.stages.extract.mention import ActMention
from trucewatch.stages.extract.modality import is_asked
from trucewatch.stages.extract.phrases import actor_phrase, owner_phrase
from trucewatch.stages.extract.rules import amid, reads
from trucewatch.stages.extract.syntax import (
    SIDES,
    Phrase,
    Token,
    children,
    has_negation,
    is_infinitive,
    joint_phrase,
    preposition_objects,
    roles,
    tight_phrase,
)
from trucewatch.stages.extract.triggers import meant_words

_ENVOYS = frozenset("envoy representative delegation emissary negotiator mediator diplomat".split())
_LETTERS = frozenset({"letter", "note", "message", "telegram", "cable", "missive"})
_ASKED = frozenset({"request", "demand", "appeal", "call", "plea", "proposal"})
_SENDING = frozenset({"send", "dispatch", "despatch"})
_THERE = frozenset({"region", "capital", "area", "country", "talk", "front", "border", "south"})
_TALKS = frozenset("talk negotiation meeting consultation contact summit round discussion dialogue conference session".split())
_DOMESTIC = frozenset(
    "cabinet board party government parliament club family town staff shareholder annual trade rally prayer".split()
)
_SET = frozenset("plan schedule set expect slate arrange hold open begin start resume continue convene".split())
_PROGRESS = frozenset({"underway", "ongoing", "under"})
_DRAFTS = frozenset({"text", "draft", "agreement", "treaty", "document", "deal", "wording", "article"})
_SETTLED = frozenset({"complete", "finalise", "finalize", "conclude", "finish", "settle"})
_OFFERS = frozenset("offer proposal invitation call appeal request letter plan demand overture".split())
_ANSWERING = frozenset({"answer", "reply", "respond", "react"})
_VOID = frozenset({"void", "null", "nonexistent", "non-existent", "dead", "invalid", "worthless"})
_CALMING = frozenset(
    "stabilise stabilize stabilisation stabilization normalise normalize normalisation normalization settlement "
    "resolve defuse calm restore de-escalation deescalation de-escalate settle resolution".split()
)
_VOTED = frozenset(
    "extend renew end bring deploy send authorise authorize recognise recognize withdraw terminate approve lift".split()
)
_GOOD = frozenset("chance opportunity breakthrough milestone progress success".split())
_STEPS = frozenset({"step", "move", "decision", "sign", "moment", "day", "signal", "gesture", "act"})
_WELCOME = frozenset(
    "positive encouraging historic welcome courageous right important forward real hopeful promising humanitarian noble generous "
    "humane constructive".split()
)
_PRAISED = frozenset(
    "this that it decision plan deal truce ceasefire withdrawal agreement move resolution meeting talk release step handover "
    "swap exchange pullback pullout pause return".split()
)
_CALL = frozenset({"call", "describe", "term", "hail", "see", "label"})


def made(token: Token, frame: str, act: str, doer: Phrase | None, other: Phrase | None, why: str) -> ActMention:
    """An act of one party towards another, told by a turn of phrase; it needs no other support."""
    return ActMention(
        token=token,
        frame=frame,
        act=act,
        weak=True,
        doer=doer,
        scope=token,
        is_supported=True,
        recipients=(other,) if other is not None else (),
        reasons=(why,),
    )


def unreal(token: Token) -> bool:
    """Whether a clause only supposes or asks what it says: "if talks begin", "talks could open", "did talks open?"."""
    marks = {c.lower_ for c in token.children if c.dep_ in ("mark", "advmod")}
    aux = {c.lower_ for c in token.children if c.dep_ == "aux"}
    supposed = marks & {"if", "unless", "whether", "until", "before"} or aux & {"could", "may", "might", "should", "must"}
    return bool(supposed) or is_asked(token)


@reads(_SENDING, "write", "address", "deliver", "hand")
@amid(_LETTERS)
def letter_sent(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "sent a letter to X with a request to start consultations": what the letter asks for."""
    letter = next((c for c in children(token, "dobj", "obj", "nsubjpass") if c.lemma_.lower() in _LETTERS), None)
    if letter is None or has_negation(token) or unreal(token):
        return None
    asked = (i for a in (token, letter) for _, i in preposition_objects(a, "with", "containing") if i.lemma_.lower() in _ASKED)
    request = next(asked, None)
    doer = actor_phrase(roles(token).doer, lexicon)
    if request is None or doer is None:
        return None
    words = {w.lemma_.lower() for w in request.subtree}
    act = "DEMAND.TALKS" if words & _TALKS else "DEMAND.WITHDRAWAL" if words & {"withdraw", "withdrawal"} else "DEMAND.OTHER"
    whom = next((i for a in (token, letter) for _, i in preposition_objects(a, "to") if i != request), None)
    return asked_act(token, act, doer, joint_phrase(whom) if whom is not None else None, "a letter with a request")


@reads(_SENDING)
def envoy_sent(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "has sent his special representative to the region": talks are sought there."""
    if has_negation(token) or unreal(token):
        return None
    who = roles(token)
    envoy = who.undergoer
    if envoy is None or envoy.lemma_.lower() not in _ENVOYS:
        return None
    anchors = (token, envoy, *children(envoy, "appos"))
    where = next(
        (
            i
            for a in anchors
            for _, i in preposition_objects(a, "to", "into")
            if i.ent_type_ in ("GPE", "LOC") or i.lemma_.lower() in _THERE
        ),
        None,
    )
    doer = actor_phrase(who.doer, lexicon) if who.doer is not None else None
    if where is None or doer is None:
        return None
    side = tight_phrase(where) if where.ent_type_ == "GPE" else None
    return made(token, "talk", "TALKS.MEET", doer, side, "an envoy sent to talk")


@reads(_SETTLED, _SET, "be", "take")
def talks_set(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "the next meeting is planned for July in X", "talks will open tomorrow", "talks were under way", "a text is settled"."""
    subject = next(iter(children(token, "nsubj", "nsubjpass")), None)
    if subject is None or has_negation(token) or unreal(token) or token.dep_ in ("relcl", "acl", "advcl"):
        return None
    words = [w for w in meant_words(subject) if w.lemma_.lower() in _TALKS]
    of = [i for _, i in preposition_objects(subject, "of") if i.lemma_.lower() in _TALKS]
    lemma = token.lemma_.lower()
    if lemma in _SETTLED and (subject.dep_ == "nsubjpass" or words or of):
        on = [i for head in (subject, *of) for _, i in preposition_objects(head, "on", "of", "over")]
        text = [w for w in (subject, *on) if w.lemma_.lower() in _DRAFTS]
        if not text:
            return None
        act = "AGREE.OTHER" if subject.lemma_.lower() in _DRAFTS else "TALKS.MEET"
        return made(token, "agree" if act.startswith("AGREE") else "talk", act, None, None, "a text settled")
    held = words or of
    if not held or any(c.lemma_.lower() in _DOMESTIC for head in (subject, *held) for c in head.children):
        return None
    states = {c.lower_ for c in token.children} | {i.lemma_.lower() for _, i in preposition_objects(token, "in")}
    under_way = lemma == "be" and (states & _PROGRESS or "progress" in states)
    placed = any(
        i.ent_type_ in ("GPE", "DATE", "TIME")
        for a in (token, subject)
        for _, i in preposition_objects(a, "in", "for", "on", "at")
    )
    placed = placed or any(i.ent_type_ == "GPE" for _, p in preposition_objects(token) for _, i in preposition_objects(p, "in"))
    placed = placed or any(c.ent_type_ in ("DATE", "TIME") for c in children(token, "npadvmod", "advmod", "nmod"))
    ahead = any(c.dep_ == "aux" and c.lower_ in ("will", "would") for c in token.children)
    is_set = lemma in _SET and (subject.dep_ == "nsubjpass" or ahead) and placed
    is_set = is_set or (lemma == "take" and ahead and placed and any(c.lower_ == "place" for c in children(token, "dobj")))
    if not (under_way or is_set):
        return None
    between = next((i for head in (subject, *held) for _, i in preposition_objects(head, "between")), None)
    return made(
        token, "talk", "TALKS.MEET", joint_phrase(between) if between is not None else None, None, "talks set or under way"
    )


@reads(_ANSWERING, "leave")
def unanswered(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "an offer X has not answered", "left the proposal without a reply": not taken up."""
    lemma = token.lemma_.lower()
    who = roles(token)
    thing = who.undergoer
    if lemma == "leave":
        bare = {i.lemma_.lower() for _, i in preposition_objects(token, "without")}
        bare |= {c.lower_ for c in children(token, "oprd", "acomp", "advcl", "xcomp")}
        left = bool(bare & {"answer", "reply", "response", "unanswered"})
    else:
        left = has_negation(token) and any(c.dep_ == "aux" for c in token.children)
        if left and token.dep_ in ("relcl", "acl") and (thing is None or thing.lower_ in ("which", "that")):
            thing = token.head
        if left and (thing is None or thing.lemma_.lower() not in _OFFERS):
            thing = next((i for _, i in preposition_objects(token, "to") if i.lemma_.lower() in _OFFERS), thing)
    doer = actor_phrase(who.doer, lexicon) if who.doer is not None else None
    if not left or doer is None or thing is None or thing.lemma_.lower() not in _OFFERS:
        return None
    if any(i.lemma_ in ("comment", "interview", "information", "reaction") for _, i in preposition_objects(thing, "for")):
        return None  # "did not respond to requests for comment"
    return made(token, "reject", "REFUSE", doer, owner_phrase(thing, lexicon), "an offer left unanswered")


@reads("treat", "regard", "consider", "deem", "view", "act", "declare")
def nullified(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "will treat the decision as null and void", "as if it did not exist": refused."""
    if has_negation(token):
        return None
    doer = actor_phrase(roles(token).doer, lexicon)
    called = {w.lemma_.lower() for _, i in preposition_objects(token, "as") for w in (i, *i.children)}
    called |= {w.lemma_.lower() for c in children(token, "oprd", "acomp", "ccomp") for w in (c, *c.children)}
    clause = next((c for c in children(token, "advcl", "ccomp") if c.lemma_ == "exist" and has_negation(c)), None)
    if doer is None or not (called & _VOID or clause is not None):
        return None
    return made(token, "reject", "REFUSE", doer, None, "what is held to be void is refused")


@reads("help", "assist")
def helped(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "had helped the army to clear roads": help given, whatever it was for."""
    if has_negation(token) or unreal(token):
        return None
    if any(c.dep_ == "aux" and c.lower_ in ("will", "would", "to", "can") for c in token.children):
        return None
    clause = next((c for c in children(token, "ccomp", "xcomp") if c.tag_ == "VB"), None)
    who = roles(token)
    helped_one = next(iter(children(token, "dobj", "obj")), None)
    if helped_one is None and clause is not None:
        helped_one = next(iter(children(clause, "nsubj")), None)
    doer = actor_phrase(who.doer, lexicon) if who.doer is not None and not who.passive else None
    if clause is None or doer is None or helped_one is None:
        return None
    is_side = helped_one.ent_type_ in SIDES or lexicon.is_kind(helped_one.lemma_.lower(), "force", "speaker")
    return made(token, "offer", "OFFER.OTHER", doer, joint_phrase(helped_one), "help given to somebody") if is_side else None


@reads("take", "undertake", "carry", "adopt")
def calming(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "is taking measures to stabilise the situation"."""
    if has_negation(token) or unreal(token):
        return None
    step = next((c for c in children(token, "dobj", "obj") if c.lemma_.lower() in ("measure", "step", "effort", "action")), None)
    doer = actor_phrase(roles(token).doer, lexicon)
    if step is None or doer is None:
        return None
    aims = [i for a in (token, step) for _, i in preposition_objects(a, "on", "for", "towards", "toward")]
    aims += [c for a in (token, step) for c in children(a, "acl", "xcomp", "advcl", "relcl") if is_infinitive(c)]
    if not any(a.lemma_.lower() in _CALMING for a in aims):
        return None
    return made(token, "offer", "OFFER.OTHER", doer, None, "steps to calm things down")


@reads("vote")
def voted(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "the council voted to extend the mission": a decision taken together."""
    if has_negation(token) or unreal(token) or token.tag_ not in ("VBD", "VBN", "VBZ", "VBP"):
        return None
    clause = next((c for c in children(token, "xcomp", "advcl") if is_infinitive(c)), None)
    doer = actor_phrase(roles(token).doer, lexicon)
    if clause is None or doer is None or clause.lemma_.lower() not in _VOTED:
        return None
    return made(token, "agree", "AGREE.OTHER", doer, None, "a vote to do it")


@reads(_CALL)
def praised(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "called the decision a historic chance", "described it as a step in the right direction": support in words."""
    if has_negation(token) or unreal(token):
        return None
    who = roles(token)
    thing = who.undergoer
    names = children(token, "oprd", "attr") + [i for _, i in preposition_objects(token, "as")]
    clause = next(iter(children(token, "ccomp")), None)
    if clause is not None and (thing is None or thing == clause):
        # one small clause: "called this a chance"
        thing = next(iter(children(clause, "nsubj")), None)
        names.append(clause)
    doer = actor_phrase(who.doer, lexicon) if who.doer is not None and not who.passive else None
    if doer is None or thing is None or (thing.lemma_.lower() not in _PRAISED and thing.lower_ not in _PRAISED):
        return None
    for name in names:
        beside = {w.lower_ for w in name.subtree}
        if name.lemma_.lower() in _GOOD or (name.lemma_.lower() in _STEPS and beside & _WELCOME):
            return made(token, "offer", "OFFER.OTHER", doer, None, f"'{name.text}' praises it")
    return None
