"""Demands without a plain verb of demand: "called the sides to restraint", "it is up to X to stop", "not until X leaves",
"will bring the matter before the council"; and the second thing asked for in one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.made import asked_act
from trucewatch.stages.extract.mention import ActMention
from trucewatch.stages.extract.phrases import actor_phrase, owner_phrase, seat
from trucewatch.stages.extract.rules import amid, reads
from trucewatch.stages.extract.subjects import demand_of
from trucewatch.stages.extract.syntax import (
    SIDES,
    WILL,
    Phrase,
    Token,
    children,
    conjuncts,
    is_infinitive,
    joint_phrase,
    preposition_objects,
    roles,
)

_RESTRAINT = frozenset(
    "restraint calm calmness peace prudence reason order dialogue talk negotiation ceasefire truce moderation responsibility "
    "de-escalation silence unity vigilance patience action withdrawal compliance".split()
)
_HALTS = frozenset({"cease", "ceasing", "cessation", "halt", "stop", "end", "stopping", "restraint", "withdrawal"})
# who rings somebody up does so to say something
_CONVEYING = frozenset("convey send hand pass deliver present make issue submit lodge address transmit voice".split())
_ASKINGS = frozenset({"demand", "request", "appeal", "call", "ultimatum", "plea"})
_RINGING = frozenset(
    "discuss say talk tell congratulate inform express ask offer thank warn convey apologise apologize speak brief explain "
    "wish complain check hear learn find report condole reassure assure invite arrange plan".split()
)
_OWED = frozenset({"duty", "obligation", "responsibility", "task", "job", "business", "role", "turn"})
_BINDING = frozenset({"incumbent", "obliged", "obligated", "bound", "required", "duty-bound"})
_NEEDFUL = frozenset({"necessary", "essential", "imperative", "crucial", "vital", "urgent", "indispensable"})
_CLAIMS = frozenset("article clause treaty pact provision protocol mechanism chapter guarantee".split())
_INVOKING = frozenset({"invoke", "activate", "trigger"})
_BRINGING = frozenset("bring raise take put submit refer lay place table lodge elevate".split())
_MATTERS = frozenset("issue matter question case situation topic file dossier crisis subject dispute complaint incident".split())
_BODIES = frozenset(
    "council court tribunal assembly session commission committee congress parliament summit meeting organisation organization "
    "body nations un".split()
)
_HANGING = frozenset({"conditional", "contingent", "dependent", "conditioned", "predicated"})
_HANGS = frozenset({"depend", "hinge", "condition"})
_YIELDED = frozenset(
    "withdrawal pullout pullback pull-out pull-back retreat release ceasefire truce talk negotiation deal agreement peace "
    "opening reopening return treaty halt exchange departure deployment lifting ratification signing implementation "
    "evacuation".split()
)
_AWAITED = frozenset(
    "leave withdraw stop pull end release disarm hand halt accept recognise recognize implement comply cease return change sign "
    "go quit free lift open vacate retreat lay meet fulfil fulfill honour honor respect abandon give remove agree admit "
    "apologise apologize dismantle".split()
)
_PROVISO = frozenset({"until", "unless", "till", "before"})
_ABLE = WILL | {"can", "could", "ca", "cannot", "may", "might"}
# what is asked for beside the first thing is a demand of its own where it names another deed
_ASKED_TOO = frozenset(
    "allow let permit admit release open free return hand lift restore withdraw leave pull disarm provide deliver stop cease "
    "halt end observe respect resume sit negotiate engage guarantee protect investigate grant vacate implement".split()
)
_ASKS = frozenset(
    "urge call demand ask appeal press request exhort implore plead insist want tell beg invite remind push".split()
)
_DRAWN_UP = frozenset({"recommend", "propose", "suggest", "request", "ask", "advise", "demand", "urge", "insist", "plead"})


@reads("call")
def called_to(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "called the sides to restraint", "calls X to observe the truce", "called to stop the war": calls on, without its "on"."""
    if any(c.dep_ in ("prt", "neg", "oprd") for c in token.children):
        return None
    preps = {prep.lower_ for prep, _ in preposition_objects(token)}
    if preps & {"on", "upon", "for", "by"}:
        return None
    who = roles(token)
    called = who.undergoer
    if called is not None and not (
        called.pos_ == "PRON"
        or called.ent_type_ in (*SIDES, "PERSON")
        or lexicon.is_kind(called.lemma_.lower(), "speaker", "force", "civilian", "polity")
    ):
        return None
    asked = [c for head in (token, called) if head is not None for c in children(head, "xcomp", "ccomp", "advcl", "acl", "relcl")]
    verb = next((c for c in asked if c.i > token.i and is_infinitive(c)), None)
    anchors = [token, *([called] if called is not None else [])]
    calm = next(
        (i for a in anchors for _, i in preposition_objects(a, "to", "towards") if i.lemma_.lower() in _RESTRAINT | _HALTS), None
    )
    if (verb is None or verb.lemma_.lower() in _RINGING) and calm is None:
        return None
    if called is None and verb is None and (calm is None or calm.lemma_.lower() not in _HALTS):
        return None
    if called is None and who.passive:
        return None
    doer = actor_phrase(who.doer, lexicon) if who.doer is not None and who.doer != called else None
    if doer is None and who.doer is not None:
        return None
    return ActMention(
        token=token,
        frame="request",
        act="DEMAND.OTHER",
        weak=True,
        doer=doer or seat(token),
        undergoer=joint_phrase(called) if called is not None else None,
        undergoer_head=called,
        scope=token,
        modality="possible",
        is_supported=True,
        reasons=(f"'{token.text}' to do something asks for it",),
    )


@reads(_INVOKING)
def invoked(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "invoked article four of the treaty": an ally's help asked for."""
    if any(c.dep_ == "neg" for c in token.children):
        return None
    things = children(token, "dobj", "obj", "nsubjpass")
    words = {w.lemma_.lower() for t in things for part in conjuncts(t) for w in (part, *children(part, "compound"))}
    who = roles(token)
    doer = actor_phrase(who.doer, lexicon) if who.doer is not None else None
    if doer is None or not words & _CLAIMS:
        return None
    return asked_act(
        token,
        "DEMAND.OTHER",
        doer,
        owner_phrase(things[0], lexicon),
        "who invokes a treaty asks for what it promises",
        frame="request",
    )


@reads(_BRINGING)
def brought_before(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "will bring the matter before the council", "raised the issue at a session": put to a body."""
    if any(c.dep_ == "neg" for c in token.children):
        return None
    things = [part for head in children(token, "dobj", "obj", "nsubjpass") for part in conjuncts(head)]
    if not any(t.lemma_.lower() in _MATTERS for t in things):
        return None
    anchors = [token, *things]
    to = [i for a in anchors for prep, i in preposition_objects(a, "before", "at", "to", "with", "in", "up") if prep.i > token.i]
    named = {w.lemma_.lower() for head in to for w in (head, *children(head, "compound", "amod"))}
    it = any(i.lower_ == "it" and i.head.lower_ == "before" for i in to)
    who = roles(token)
    doer = actor_phrase(who.doer, lexicon) if who.doer is not None else None
    if doer is None or not (named & _BODIES or it or any(i.ent_type_ == "ORG" for i in to)):
        return None
    body = next((p for i in to if (p := actor_phrase(i, lexicon)) is not None), None)
    return asked_act(token, "DEMAND.OTHER", doer, body, "what is brought before a body is asked of it", frame="request")


@reads(_CONVEYING, "oblige")
def conveyed(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "a demand to keep the truce was conveyed to both sides", "an appeal for help was sent to X"; "is obliged to stop it"."""
    if token.lemma_ == "oblige" and (verb := next((c for c in children(token, "xcomp") if is_infinitive(c)), None)) is not None:
        bound = next(iter(children(token, "nsubjpass")), None)
        whom = actor_phrase(bound, lexicon) or (joint_phrase(bound) if bound is not None and bound.pos_ == "NOUN" else None)
        return _must(verb, whom, token, "what somebody is obliged to do is asked of him") if whom is not None else None
    if token.lemma_.lower() not in _CONVEYING or any(c.dep_ == "neg" for c in token.children):
        return None
    subject = next(iter(children(token, "nsubjpass")), None)
    if subject is None or subject.lemma_.lower() not in _ASKINGS:
        return None
    anchors = (token, subject)
    by = next((p for a in anchors for _, i in preposition_objects(a, "by", "from") if (p := actor_phrase(i, lexicon))), None)
    to = next((i for a in anchors for _, i in preposition_objects(a, "to") if i.lemma_ not in ("stop",)), None)
    whom = actor_phrase(to, lexicon) or (joint_phrase(to) if to is not None else None)
    act = demand_of(subject)
    return asked_act(token, act, by, whom, "a demand put to somebody")


@reads("be", "have", "bear", "remain")
@amid(_OWED, _BINDING, _NEEDFUL, "up")
def owed(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "it is the duty of X to stop them", "it is up to X to act", "X has an obligation to leave": asked of X."""
    if any(c.dep_ == "neg" for c in token.children):
        return None
    duty = next((c for c in children(token, "attr", "dobj", "acomp") if c.lemma_.lower() in _OWED | _BINDING), None)
    below = [
        *children(token, "xcomp", "ccomp", "advcl", "relcl", "acl"),
        *(children(duty, "acl", "relcl", "xcomp") if duty else ()),
    ]
    verb = next((c for c in below if c.i > token.i and is_infinitive(c)), None)
    if verb is None:
        return None
    subject = next(iter(children(token, "nsubj")), None)
    whose: Token | None = None
    if duty is not None and subject is not None and subject.lower_ in ("it", "this", "that"):
        whose = next((i for _, i in preposition_objects(duty, "of", "on", "upon", "for") if i.i < verb.i), None)
        whose = whose or next(iter(children(duty, "poss")), None) or next(iter(children(verb, "nsubj")), None)
    elif duty is not None and subject is not None:
        whose = subject
    elif subject is not None and subject.lower_ == "it" and token.lemma_ == "be":
        # "up to X" stands in as many shapes as the parser likes
        words = token.doc[token.i + 1 : verb.i]
        up = next((w for w in words if w.lower_ == "up" and w.i + 1 < verb.i and w.doc[w.i + 1].lower_ == "to"), None)
        whose = next((w for w in words if up is not None and w.i > up.i + 1 and w.dep_ in ("pobj", "nsubj", "dobj")), None)
    needful = any(c.lemma_.lower() in _NEEDFUL for c in children(token, "acomp"))
    if whose is None and needful and subject is not None and subject.lower_ == "it":
        # "it is necessary to stop", "... for X to stop"
        whose = next(iter(children(verb, "nsubj")), None)
        whose = whose or next((i for a in children(token, "acomp") for _, i in preposition_objects(a, "for")), None)
        whom = actor_phrase(whose, lexicon) if whose is not None else None
        return _must(verb, whom, token, "what is said to be necessary is asked for")
    whom = actor_phrase(whose, lexicon) if whose is not None else None
    return _must(verb, whom, token, "what is somebody's duty is asked of him") if whom is not None else None


@reads("give", "have")
def given_time(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "were given until Friday to leave their homes", "X has one month to withdraw": a day set by which to go."""
    if any(c.dep_ == "neg" for c in token.children):
        return None
    things = children(token, "dobj", "obj", "npadvmod")
    term = next((t for t in things if t.ent_type_ in ("DATE", "TIME")), None)
    term = term or next(
        (i for _, i in preposition_objects(token, "until", "till", "by") if i.ent_type_ in ("DATE", "TIME")), None
    )
    holders = [token, *([term] if term is not None else [])]
    verb = next((c for h in holders for c in children(h, "xcomp", "advcl", "acl", "relcl", "ccomp") if is_infinitive(c)), None)
    who = roles(token)
    whom = who.undergoer if who.passive else who.doer
    if token.lemma_ == "give" and not who.passive:
        whom = next(iter(children(token, "dative")), None) or (things[0] if things and things[0] is not term else None)
    if term is None or verb is None or whom is None or verb.lemma_.lower() not in _AWAITED:
        return None
    is_people = any(lexicon.is_kind(w.lemma_.lower(), "civilian") for w in conjuncts(whom))
    if token.lemma_ == "give" and not who.passive and not is_people and actor_phrase(who.doer, lexicon) is not None:
        # "gave X until Friday to leave": an ultimatum
        other = actor_phrase(whom, lexicon)
        if other is None:
            return None
        asked = asked_act(
            token,
            "DEMAND.OTHER",
            actor_phrase(who.doer, lexicon),
            other,
            "a day by which another has to act is an ultimatum",
            frame="request",
        )
        return replace(asked, frame="threaten", act="THREAT.OTHER", modality="threatened")
    phrase = joint_phrase(whom) if is_people else actor_phrase(whom, lexicon)
    if phrase is None:
        return None
    asked = _must(verb, phrase, token, "a day by which to go is a demand")
    return replace(asked, act="CIV.DISPLACEMENT") if is_people and verb.lemma_.lower() in ("leave", "vacate", "go") else asked


@amid(_PROVISO)
def not_until(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "cannot move in until X leaves", "no talks before X has withdrawn": what X is to do first is asked of X."""
    clauses = children(token, "advcl")
    if not clauses or (token.pos_ != "VERB" and token.lemma_ != "be"):
        return None
    refused = any(c.dep_ == "neg" for c in token.children) or any(
        c.lower_ == "no" for head in children(token, "nsubj", "nsubjpass", "attr") for c in head.children
    )
    if not refused or not any(c.dep_ == "aux" and c.lower_ in _ABLE for c in token.children):
        return None
    for clause in clauses:
        marks = {c.lower_ for c in clause.children if c.dep_ in ("mark", "advmod", "prep")}
        subject = next(iter(children(clause, "nsubj", "nsubjpass")), None)
        if not marks & _PROVISO or subject is None or clause.lemma_.lower() not in _AWAITED:
            continue
        whom = actor_phrase(subject, lexicon)
        own = roles(token).doer
        if whom is not None and subject.pos_ != "PRON" and (own is None or own.text != subject.text):
            return _must(token, whom, token, "what must come first is asked for")
    return None


@amid(_HANGING, _HANGS)
def hangs_on(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "the withdrawal is conditional on X's disarmament", "talks depend on X's retreat": a condition set to X."""
    state = next((c for c in children(token, "acomp", "attr") if c.lemma_.lower() in _HANGING), None)
    if (state is None and token.lemma_.lower() not in _HANGS) or any(c.dep_ == "neg" for c in token.children):
        return None
    subject = next(iter(children(token, "nsubj", "nsubjpass")), None)
    if subject is None or subject.lemma_.lower() not in _YIELDED:
        return None
    anchors = [token, *([state] if state is not None else [])]
    wanted = next((i for a in anchors for _, i in preposition_objects(a, "on", "upon")), None)
    if wanted is None:
        return None
    whom = owner_phrase(wanted, lexicon) or actor_phrase(next(iter(children(wanted, "nsubj", "poss")), None), lexicon)
    return _must(token, whom, token, "a condition asks for what it names") if whom is not None else None


def _must(verb: Token, whom: Phrase | None, scope: Token, why: str) -> ActMention:
    return ActMention(
        token=verb,
        frame="must",
        act="DEMAND.OTHER",
        weak=True,
        undergoer=whom,
        undergoer_head=whom.head if whom is not None else None,
        scope=scope,
        modality="possible",
        is_demand=True,
        is_supported=True,
        reasons=(why,),
    )


@reads(_DRAWN_UP)
def asked_that(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "recommended that X move north", "proposed that both sides pull back": the bare verb tells what is wanted."""
    if any(c.dep_ == "neg" for c in token.children):
        return None
    clause = next((c for c in children(token, "ccomp") if c.i > token.i and is_wish(token, c)), None)
    doer = actor_phrase(roles(token).doer, lexicon)
    if clause is None or (doer is None and token.tag_ != "VBG"):
        return None
    subject = next(iter(children(clause, "nsubj", "nsubjpass")), None)
    whom = actor_phrase(subject, lexicon)
    why = f"'{token.text}' that something be done asks for it"
    return asked_act(token, "DEMAND.OTHER", doer, whom, why, is_supported=whom is not None, frame="request")


def is_wish(verb: Token, clause: Token) -> bool:
    """Whether a that-clause tells what is wanted: "that X move", "that observers be sent", "that they should"."""
    bound = [c for c in clause.children if c.dep_ in ("aux", "auxpass")]
    if any(c.lower_ in ("should", "be", "must") for c in bound):
        return True
    if bound or is_infinitive(clause):
        return False
    subject = next(iter(children(clause, "nsubj", "nsubjpass")), None)
    is_single = subject is not None and subject.tag_ in ("NN", "NNP") and not any(c.dep_ == "conj" for c in subject.children)
    # told in the past, a fact would be put back: "proposed that both armies pull back"
    return subject is not None and (clause.tag_ == "VB" or (clause.tag_ == "VBP" and (is_single or verb.tag_ in ("VBD", "VBN"))))


def asked_too(mentions: Sequence[ActMention], lexicon: Lexicon) -> list[ActMention]:
    """The second thing that one sentence asks for, where it is another: "to withdraw its troops and to stop the shelling"."""
    found: list[ActMention] = []
    for lead in mentions:
        if lead.frame != "request" or lead.token.lemma_.lower() not in _ASKS:
            continue
        heads = [
            lead.token,
            *children(lead.token, "dobj", "obj"),
            *(i for _, i in preposition_objects(lead.token, "on", "upon", "to", "with")),
        ]
        first = next(
            (
                c
                for head in heads
                for c in children(head, "xcomp", "ccomp", "advcl", "acl", "relcl")
                if c.i > lead.token.i and (is_infinitive(c) or is_wish(lead.token, c))
            ),
            None,
        )
        if first is None:
            continue
        told = {_wanted(first)}
        for second in conjuncts(first)[1:]:
            code = _wanted(second)
            is_bare = second.tag_ in ("VB", "VBP") and not children(second, "nsubj", "nsubjpass")
            if code in told or not is_bare or second.lemma_.lower() not in _ASKED_TOO | {"cease"}:
                continue
            told.add(code)
            second.kept["asked too"] = True
            found.append(
                ActMention(
                    token=second,
                    frame="appeal",
                    act=code,
                    weak=True,
                    doer=lead.doer,
                    undergoer=lead.undergoer,
                    undergoer_head=lead.undergoer_head,
                    scope=second,
                    modality="possible",
                    is_demand=True,
                    is_supported=True,
                    recipients=lead.recipients,
                    reasons=(f"'{second.text}' is asked for beside it",),
                )
            )
    return found


def _wanted(verb: Token) -> str:
    """The demand that one infinitive makes; restraint and the keeping of a truce are one."""
    words = {w.lemma_.lower() for w in verb.subtree if not any(c.dep_ == "conj" and w in c.subtree for c in verb.children)}
    keeps = words & {"restraint", "ceasefire", "truce", "calm", "cease-fire", "cessation"}
    return "DEMAND.CEASE_FIRE" if keeps or ("fire" in words and words & {"halt", "stop", "cease"}) else demand_of(verb)
