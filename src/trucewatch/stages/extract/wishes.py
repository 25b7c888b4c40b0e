"""Demands put as wishes: "wants both sides to stop", "would like to see the road reopened", "expects that the truce be kept",
"there should be talks", "it is vital that X refrain", "a letter asking X to leave was sent"."""

from __future__ import annotations

from trucewatch.stages.extract.appeals import is_wish
from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.made import asked_act
from trucewatch.stages.extract.mention import ActMention
from trucewatch.stages.extract.phrases import actor_phrase, owner_phrase
from trucewatch.stages.extract.rules import Rules, amid, reads
from trucewatch.stages.extract.subjects import demand_of
from trucewatch.stages.extract.syntax import (
    SIDES,
    WILL,
    Phrase,
    Token,
    children,
    has_negation,
    is_infinitive,
    joint_phrase,
    preposition_objects,
    roles,
)
from trucewatch.stages.extract.triggers import is_of_kind

_WANTING = frozenset({"want", "wish", "like", "love", "prefer", "expect", "need"})
_SEEN = frozenset({"see", "have", "hear"})
_GONE = frozenset({"out", "gone", "back", "away", "off", "freed", "released", "removed", "home"})
# what is expected of the world, and asked of nobody
_FORESEEN = frozenset(
    "become be recover last rise fall grow happen win lose have reach remain increase decrease drop survive die worsen".split()
)
_KEPT = frozenset(
    "carry implement respect observe honour honor keep fulfil fulfill uphold follow abide comply adhere execute stop cease halt "
    "end release return withdraw open reopen lift".split()
)
_WEIGHTY = frozenset("important essential vital imperative crucial critical necessary urgent paramount key indispensable".split())
_CALLED_FOR = frozenset(
    "ceasefire truce talk negotiation dialogue end halt cessation return withdrawal pullout release pause investigation inquiry "
    "probe solution settlement access de-escalation restraint corridor meeting session response condemnation reaction sanction "
    "stop exchange handover dismantling disarmament resumption".split()
)
_ASKINGS = frozenset({"demand", "request", "appeal", "call", "ultimatum", "plea", "instruction"})
_SENDING = frozenset({"send", "hand", "give", "deliver", "issue", "make"})
_MESSAGES = frozenset({"message", "appeal", "call", "plea", "advice", "signal", "recommendation", "instruction"})


def _who_wants(token: Token, lexicon: Lexicon) -> Phrase | None:
    subject = roles(token).doer
    doer = actor_phrase(subject, lexicon)
    if doer is None or doer.head.lower_ in ("you", "they", "who"):
        return None
    speaks = doer.head.pos_ == "PRON" or doer.head.ent_type_ in (*SIDES, "PERSON")
    return doer if speaks or lexicon.is_kind(doer.head.lemma_.lower(), "speaker", "force") else None


def _whom(clause: Token, lexicon: Lexicon) -> Phrase | None:
    subject = next(iter(children(clause, "nsubj", "nsubjpass")), None)
    if subject is None:
        return None
    phrase = actor_phrase(subject, lexicon)
    return phrase or (joint_phrase(subject) if is_of_kind(subject, "civilian", lexicon) else None)


def _asked(token: Token, act: str, doer: Phrase | None, whom: Phrase | None, why: str) -> ActMention:
    return asked_act(token, act, doer, whom, why, frame="request")


@reads(_WANTING)
def _wanted(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "X wants the sides to stop", "would like to see them freed", "wants them out", "expects that the deal will be kept"."""
    lemma = token.lemma_.lower()
    would = any(c.dep_ == "aux" and c.lower_ in ("would", "'d", "’d") for c in token.children)
    if has_negation(token) or (lemma in ("like", "love", "prefer") and not would) or token.dep_ == "acl":
        return None
    doer = _who_wants(token, lexicon)
    if doer is None:
        return None
    clause = next((c for c in children(token, "ccomp", "xcomp", "oprd", "advcl") if c.i > token.i), None)
    if clause is not None and clause.lemma_ in _SEEN and clause.dep_ in ("xcomp", "ccomp") and not children(clause, "nsubj"):
        clause = next((c for c in children(clause, "ccomp", "xcomp", "oprd") if c.i > clause.i), clause)
        is_done = bool(children(clause, "nsubj", "nsubjpass"))
    else:
        is_done = False
    if clause is not None and clause.pos_ in ("VERB", "AUX"):
        whom = _whom(clause, lexicon)
        subject = next(iter(children(clause, "nsubj", "nsubjpass")), None)
        if subject is None:
            return None  # "wants to leave": what one means to do oneself
        if lemma == "expect":
            ahead = any(c.dep_ == "aux" and c.lower_ in WILL for c in clause.children)
            if ahead and not (clause.lemma_.lower() in _KEPT and clause.tag_ == "VBN"):
                return None  # "expects that the war will last": foretold
            foreseen = clause.lemma_.lower() in _FORESEEN and not children(clause, "auxpass")
            if not ahead and (foreseen or not (is_infinitive(clause) and whom is not None)):
                return None
        if lemma == "need" and not (is_infinitive(clause) and whom is not None):
            return None
        if not (is_done or is_infinitive(clause) or is_wish(token, clause) or clause.tag_ == "VBN" or lemma == "expect"):
            return None
        return _asked(token, demand_of(clause), doer, whom, f"what one '{token.text}' another to do is asked of him")
    things = children(token, "dobj", "obj")
    if things and lemma == "want":
        away = {c.lower_ for c in (*token.children, *things[0].children) if c.i > things[0].i}
        if away & _GONE and (things[0].pos_ == "PRON" or is_of_kind(things[0], "force", lexicon)):
            back = away & {"back", "home", "freed", "released"}
            act = "DEMAND.OTHER" if back else "DEMAND.WITHDRAWAL"
            return _asked(token, act, doer, actor_phrase(things[0], lexicon), "wants them gone")
    return _named(token, lexicon, doer, lemma)


def _named(token: Token, lexicon: Lexicon, doer: Phrase, lemma: str) -> ActMention | None:
    """ "we need a ceasefire", "expects a clear answer from X", "wanted nothing less than a pullout"."""
    thing = next(iter(children(token, "dobj", "obj")), None)
    if thing is None:
        return None
    if thing.lower_ == "nothing":
        # "nothing less than a timetable for the pullout"
        thing = next((i for c in thing.subtree if c.lower_ == "than" for i in children(c, "pobj")), thing)
    named = {thing.lemma_.lower(), *(i.lemma_.lower() for _, i in preposition_objects(thing, "for", "to", "of"))}
    source = next(
        (p for a in (token, thing) for _, i in preposition_objects(a, "from") if (p := actor_phrase(i, lexicon)) is not None),
        None,
    )
    if lemma == "expect" and source is None:
        return None
    if named.isdisjoint(_CALLED_FOR) and not (
        lemma == "expect" and thing.lemma_ in ("answer", "apology", "step", "action", "move")
    ):
        return None
    return _asked(token, demand_of(token), doer, source, f"what one '{token.text}' is asked for")


@reads("be")
@amid(_CALLED_FOR, _WEIGHTY)
def _should_be(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "there should be an immediate return to talks", "it is vital that both sides refrain"."""
    if has_negation(token):
        return None
    if children(token, "expl") and any(c.dep_ == "aux" and c.lower_ in ("should", "must", "ought") for c in token.children):
        thing = next(iter(children(token, "attr")), None)
        none = thing is not None and any(c.lower_ == "no" for c in thing.children)
        if thing is None or none or thing.lemma_.lower() not in _CALLED_FOR:
            return None
        return _asked(token, demand_of(token), None, None, "what there should be is asked for")
    weighty = next((c for c in children(token, "acomp") if c.lemma_.lower() in _WEIGHTY), None)
    if weighty is None or not any(c.lower_ == "it" for c in children(token, "nsubj")):
        return None
    clause = next((c for a in (token, weighty) for c in children(a, "ccomp") if c.i > weighty.i), None)
    if clause is None or not any(c.lower_ == "that" for c in clause.children):
        return None
    whom = _whom(clause, lexicon)
    bare = clause.tag_ in ("VB", "VBP") and not children(clause, "aux")
    passive = any(c.dep_ == "auxpass" and c.lower_ in ("be", "is", "are") for c in clause.children)
    if not (bare or passive or is_wish(token, clause)) or (whom is None and not passive):
        return None
    return _asked(token, demand_of(clause), None, whom, "what is said to be vital is asked for")


@reads(_SENDING)
def _sent_an_appeal(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "X has been sent an appeal to withdraw", "was handed a demand to leave"."""
    whom = next(iter(children(token, "nsubjpass")), None)
    plea = next((c for c in children(token, "dobj", "obj", "oprd") if c.lemma_.lower() in _ASKINGS), None)
    if whom is None or plea is None or has_negation(token):
        return None
    target = actor_phrase(whom, lexicon)
    if target is None:
        return None
    by = next((p for _, i in preposition_objects(token, "by") if (p := actor_phrase(i, lexicon)) is not None), None)
    return _asked(token, demand_of(plea), by, target, "a demand put to somebody")


@reads("be", "remain")
@amid(_MESSAGES)
def _message(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "X's message to both sides was to hold fire"."""
    subject = next(iter(children(token, "nsubj")), None)
    if subject is None or subject.lemma_.lower() not in _MESSAGES or has_negation(token):
        return None
    wanted = next((c for c in children(token, "xcomp", "ccomp") if c.i > token.i), None)
    doer = owner_phrase(subject, lexicon)
    if wanted is None or doer is None or not (is_infinitive(wanted) or is_wish(token, wanted)):
        return None
    to = next((p for _, i in preposition_objects(subject, "to") if (p := actor_phrase(i, lexicon)) is not None), None)
    return _asked(token, demand_of(wanted), doer, to or _whom(wanted, lexicon), "a message asks for what it says")


@reads("turn", "write", "approach", "address", "go")
def _came_with_a_plea(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "turned to X with a request to begin talks", "approached X with an appeal for help"."""
    plea = next((i for _, i in preposition_objects(token, "with") if i.lemma_.lower() in _ASKINGS), None)
    doer = actor_phrase(roles(token).doer, lexicon)
    if plea is None or doer is None or has_negation(token):
        return None
    to = [*children(token, "dobj", "obj"), *(i for _, i in preposition_objects(token, "to"))]
    whom = next((p for i in to if (p := actor_phrase(i, lexicon)) is not None), None)
    return asked_act(token, demand_of(plea), doer, whom, "a plea brought to somebody") if whom is not None else None


# what somebody wants others to do, without asking it in so many words
wish = Rules(_wanted, _should_be, _sent_an_appeal, _message, _came_with_a_plea)
