"""Threats told by what would follow: "if they come near, we will strike", orders to one's own troops, no limits."""

from __future__ import annotations

from trucewatch.model.records import Voice
from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.menaces import looks_ahead, threat_made
from trucewatch.stages.extract.mention import ActMention
from trucewatch.stages.extract.phrases import actor_phrase
from trucewatch.stages.extract.rules import Rules, amid, reads
from trucewatch.stages.extract.syntax import (
    SIDES,
    Token,
    children,
    has_negation,
    is_infinitive,
    preposition_objects,
    roles,
    subject_of,
)

# what the other side may do or leave undone that brings the threat on
_PROVOKING = frozenset(
    "attack fire violate break breach dare try attempt approach cross start launch collapse fall fail refuse return arm rearm "
    "provoke strike hit expand resume shoot threaten invade open target touch harm continue persist go come raise lift repeat "
    "escalate violated kill wage test carry think move enter infringe resort unravel crumble commit err ignore".split()
)
_MISTAKES = frozenset({"mistake", "error", "move", "step", "war", "adventure", "provocation", "folly"})
# what the other side is to do: left undone, it brings the threat on
_DUE = frozenset(
    "leave withdraw stop agree accept change disarm comply sign release recognise recognize return pull cease implement halt "
    "respect honour honor abide learn listen understand bring act".split()
)
_KINDLY = frozenset(
    "withdraw help support give meet talk negotiate agree sign release lift welcome assist cooperate reduce leave consider "
    "examine discuss work provide send offer need want be have see know think hope wait accept invite honour honor keep "
    "respect call ask report tell seek continue".split()
)
_HARM = frozenset(
    "pay fate fist destruction consequence regret crush strike respond response punish force war hell blow ruin rubble "
    "dust stone end last disaster catastrophe die death destroy burn fire cost wrath answer reply defeat annihilate lesson sorry "
    "retaliate retaliation hit attack erase flatten distinguish tell".split()
)
_SELF = frozenset({"we", "i"})
_OWN = frozenset({"our", "my"})
_FIGHTING = frozenset(
    "act respond fire shoot open strike hit use prepare attack retaliate fight answer defend destroy eliminate intensify crush "
    "target react repel punish advance".split()
)
_ORDERING = frozenset({"instruct", "order", "direct", "tell", "authorise", "authorize", "command"})
_TO_BE_HAD = frozenset({"order", "instruction", "permission", "authorisation", "authorization", "clearance"})
_OPTIONS = frozenset({"option", "possibility", "scenario", "choice", "alternative"})
_BOUNDS = frozenset({"limit", "boundary", "ceiling", "restriction", "bound", "restraint", "taboo"})
_STRUGGLE = frozenset(
    "defend defence defense fight war struggle respond response resistance retaliation retaliate answer battle protect".split()
)
_TESTING = frozenset("test doubt underestimate miscalculate misjudge misread mistake provoke gamble dare challenge count".split())
_COMING = frozenset("approach near loom come".split())
_NEARING = frozenset("approach near move come get".split())
_WARS = frozenset({"war", "confrontation", "battle", "conflagration", "showdown"})
_REQUITAL = frozenset(
    "punishment answer response reply blow lesson reckoning retribution revenge reward deserts consequence wrath fury".split()
)
_GETTING = frozenset({"receive", "get", "have", "meet", "taste", "see", "face", "find", "feel", "know", "witness"})


def _condition(token: Token) -> Token | None:
    """The if-clause of a verb, "should X fall apart" among them."""
    for clause in children(token, "advcl"):
        subject = subject_of(clause)
        words = {c.lower_ for c in clause.children if c.dep_ in ("mark", "advmod")}
        first = subject.i if subject is not None else clause.left_edge.i + 1
        turned = any(c.dep_ == "aux" and c.lower_ == "should" and c.i < first for c in clause.children)
        if words & {"if", "unless"} or turned:
            return clause
    return None


def _provokes(clause: Token) -> bool:
    """ "if they attack", "if X makes a mistake", "if Y does not leave"."""
    lemma = clause.lemma_.lower()
    if has_negation(clause) or any(c.lower_ == "unless" for c in clause.children):
        return lemma in _DUE or lemma in ("be", "do")
    if lemma in ("make", "commit", "do", "seek", "want", "choose", "begin", "start"):
        return any(c.lemma_.lower() in _MISTAKES for c in children(clause, "dobj", "obj"))
    return lemma in _PROVOKING and (subject_of(clause) is None or subject_of(clause).lower_ not in _SELF)  # type: ignore[union-attr]


@amid("if", "unless", "should")
def _if_then(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "if they raise their heads, we will crush them", "should the truce collapse, X will pay", "our soldiers have orders"."""
    clause = _condition(token)
    if clause is None or not _provokes(clause) or any(c.lower_ == "have" and c.dep_ == "aux" for c in token.children):
        return None  # "if it had gone on, we would have lost X": what did not come about
    subject = subject_of(token)
    if subject is None:
        return None
    own = subject.lower_ in _SELF or any(c.lower_ in _OWN for c in subject.children)
    if not (looks_ahead(token) or own):
        return None
    within = {w.i for w in clause.subtree}
    words = {w.lemma_.lower() for w in token.subtree if w.i not in within}
    harms = bool(words & _HARM) or {"no", "long"} <= words
    kindly = token.lemma_.lower() in _KINDLY and not harms
    if kindly or not (own or harms):
        return None
    doer = actor_phrase(subject, lexicon)
    theirs = next((s for s in children(clause, "nsubj") if s.ent_type_ in SIDES), None)
    if subject.lower_ == "it" and theirs is not None and clause.i < token.i:
        return threat_made(token, "menace", actor_phrase(theirs, lexicon), "what follows for a side on an if is threatened")
    are_theirs = doer is None or doer.head.lower_ in ("they", "you", "this", "that")
    return threat_made(
        token, "menace" if are_theirs else "threaten", None if are_theirs else doer, "what follows on an if is threatened"
    )


_ONLOOKERS = frozenset("analyst expert observer commentator academic professor historian researcher economist columnist".split())
_THINGS_TO_COME = frozenset(
    "war conflict escalation collapse crisis move decision deal law plan step confrontation invasion".split()
)


@reads(_ORDERING, "have", "give", "be")
def _ordered(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "instructed the army to act with force", "our troops have orders to shoot": one's own troops let loose."""
    lemma = token.lemma_.lower()
    if lemma in _ORDERING and not has_negation(token):
        who = roles(token)
        told = (
            who.undergoer
            if who.undergoer is not None
            else next((s for c in children(token, "ccomp") if is_infinitive(c) for s in children(c, "nsubj")), None)
        )
        verb = next((c for c in children(token, "xcomp", "ccomp", "advcl") if is_infinitive(c)), None)
        doer = actor_phrase(who.doer, lexicon) if who.doer is not None else None
        is_force = told is not None and (
            lexicon.is_kind(told.lemma_.lower(), "force", "combatant")
            or (told.pos_ == "PROPN" and told.text.isupper())
            or told.lemma_.lower() in ("military", "commander")
        )
        if not is_force or lexicon.is_kind(told.lemma_.lower(), "monitor"):  # type: ignore[union-attr]
            return None
        if verb is not None and verb.lemma_ == "be" and (ready := next(iter(children(verb, "acomp")), None)) is not None:
            aims = [c for c in children(ready, "xcomp") if is_infinitive(c)] + [i for _, i in preposition_objects(ready, "for")]
            words = {w.lemma_.lower() for a in aims for w in (a, *children(a, "dobj", "obj"))}
            fights = ready.lemma_ == "ready" and bool(words & (_FIGHTING | {"strike", "blow", "war", "battle", "offensive"}))
            return (
                threat_made(token, "threaten", doer, "one's own troops told to be ready") if fights and doer is not None else None
            )
        if verb is None or verb.lemma_.lower() not in _FIGHTING or doer is None:
            return None
        if any(t.lemma_ in ("plan", "list", "report", "proposal") for t in children(verb, "dobj", "obj")):
            return None  # "ordered the army to prepare a plan"
        return threat_made(token, "threaten", doer, "one's own troops told to fight")
    if has_negation(token):
        return None
    things = [*children(token, "dobj", "obj"), *(i for _, i in preposition_objects(token, "under", "with"))]
    orders = next((t for t in things if t.lemma_.lower() in _TO_BE_HAD), None)
    who = roles(token)
    troops = who.undergoer if who.passive else who.doer
    verb = next(
        (
            c
            for head in (orders, token)
            if head is not None
            for c in children(head, "acl", "relcl", "xcomp", "advcl")
            if is_infinitive(c)
        ),
        None,
    )
    if orders is None or troops is None or verb is None or verb.lemma_.lower() not in _FIGHTING or has_negation(verb):
        return None
    if not lexicon.is_kind(troops.lemma_.lower(), "force", "combatant"):
        return None
    return threat_made(token, "threaten", actor_phrase(troops, lexicon), "troops that have orders to fight")


@amid(_OPTIONS)
def _open_options(token: Token, _lexicon: Lexicon) -> ActMention | None:
    """ "all options are open", "no option is off the table"."""
    subject = subject_of(token)
    if subject is None or subject.lemma_.lower() not in _OPTIONS or has_negation(token):
        return None
    dets = {c.lower_ for c in subject.children}
    near = {i.lemma_.lower() for _, i in preposition_objects(token, "on", "off", "under")}
    near |= {i.lemma_.lower() for c in children(token, "prep") for p in children(c, "prep") for i in children(p, "pobj")}
    states = {c.lemma_.lower() for c in children(token, "acomp", "oprd", "advmod", "attr")}
    every = dets & {"all", "every", "any", "other", "military"} and (
        states & {"open", "possible", "available", "valid"}
        or near & {"table", "consideration"}
        or token.lemma_.lower() in ("open",)
    )
    none = "no" in dets and (near & {"table"} or token.lemma_.lower() in ("rule", "exclude"))
    return threat_made(token, "threaten", None, "no option is ruled out") if every or none else None


@reads("go", "fight", "march")
def _to_the_end(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "will go to the end", "would go all the way"."""
    if has_negation(token) or not (looks_ahead(token) or token.tag_ == "VBG"):
        return None
    ends = any(
        i.lemma_.lower() == "end" and not children(i, "prep") for _, i in preposition_objects(token, "to", "till", "until")
    )
    whole = any(w.lower_ == "way" and any(c.lower_ == "all" for c in w.children) for w in token.subtree)
    doer = actor_phrase(roles(token).doer, lexicon)
    return threat_made(token, "threaten", doer, "who goes to the end threatens") if (ends or whole) and doer is not None else None


@reads("have", "be", "know", "recognise", "recognize", "accept")
@amid(_BOUNDS, "line")
def _without_limits(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "we have no red lines in defending ourselves", "our fight will know no limits"."""
    things = children(token, "dobj", "obj", "attr")
    things += [i for _, i in preposition_objects(token, "without")]
    bound = next((t for t in things if t.lemma_.lower() in _BOUNDS or t.lemma_.lower() == "line"), None)
    if bound is None:
        return None
    none = any(c.lower_ == "no" for c in bound.children) or has_negation(token) or bound.head.lower_ == "without"
    red = bound.lemma_.lower() == "line" and any(c.lower_ == "red" for c in bound.children)
    fights = any(w.lemma_.lower() in _STRUGGLE for w in token.subtree)
    if not none or not (fights and (red or bound.lemma_.lower() in _BOUNDS)):
        return None
    subject = next(iter(children(token, "nsubj")), None)
    doer = actor_phrase(subject, lexicon) if subject is not None and subject.lemma_.lower() not in _STRUGGLE else None
    return threat_made(token, "threaten", doer, "a fight without limits is threatened")


@reads(_TESTING)
def _not_to_be_tested(token: Token, _lexicon: Lexicon) -> ActMention | None:
    """ "nobody should test us", "X should not count on our patience", "let nobody doubt it"."""
    if not any(c.dep_ == "aux" and c.lower_ in ("should", "must", "ought") for c in token.children):
        return None
    subject = subject_of(token)
    if subject is None or subject.lower_ in (*_SELF, "it", "this", "that"):
        return None
    nobody = subject.lower_ in ("nobody", "none") or any(c.lower_ == "no" for c in subject.children)
    nobody = nobody or (subject.lower_ == "one" and any(c.lower_ == "no" for c in subject.children))
    own = any(w.lower_ in ("us", "our", "its", "it", "my") for w in token.subtree)
    counts = token.lemma_.lower() != "count" or any(prep.lower_ in ("on", "upon") for prep, _ in preposition_objects(token))
    if not (nobody or has_negation(token)) or not own or not counts:
        return None
    return threat_made(token, "threaten", None, "whom nobody should test threatens", "THREAT.OTHER")


@reads(_GETTING)
@amid(_REQUITAL)
def _requital(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "the enemy will receive its just punishment", "they would get the answer they deserve"."""
    if not looks_ahead(token) or has_negation(token):
        return None
    subject = subject_of(token)
    things = children(token, "dobj", "obj")
    requital = next((t for t in things if t.lemma_.lower() in _REQUITAL), None)
    if subject is None or subject.lower_ in _SELF or requital is None:
        return None
    beside = {w.lower_ for w in requital.subtree}
    fierce = beside & {
        "just",
        "deserve",
        "deserves",
        "deserved",
        "fitting",
        "crushing",
        "hard",
        "harsh",
        "strong",
        "decisive",
        "painful",
    }
    if requital.lemma_.lower() in ("answer", "response", "reply", "reward", "consequence") and not fierce:
        return None
    return threat_made(token, "menace", actor_phrase(subject, lexicon), "punishment is held out", "THREAT.OTHER")


@reads("be", _COMING, _NEARING)
@amid(_WARS, "decision", "truth", "reckoning")
def _war_near(token: Token, _lexicon: Lexicon) -> ActMention | None:
    """ "war is approaching", "an all-out war is inevitable", "are approaching the moment of war"."""
    subject = subject_of(token)
    if subject is None:
        return None
    is_war = subject.lemma_.lower() in _WARS
    if not (is_war or token.lemma_.lower() in _NEARING) or has_negation(token):
        return None
    inevitable = any(c.lemma_.lower() in ("inevitable", "near", "close", "imminent") for c in children(token, "acomp"))
    if is_war and ((token.lemma_.lower() in _COMING and token.tag_ == "VBG") or (inevitable and token.lemma_ == "be")):
        return threat_made(token, "threaten", None, "a war said to be near", "THREAT.OTHER")
    if token.lemma_.lower() not in _NEARING:
        return None
    moment = next((t for t in (*children(token, "dobj"), *(i for _, i in preposition_objects(token, "to", "towards")))
                   if t.lemma_.lower() in ("moment", "point", "brink", "stage")), None)  # fmt: skip
    of = {i.lemma_.lower() for _, i in preposition_objects(moment, "of")} if moment is not None else set()
    if of & (_WARS | {"decision", "truth", "reckoning"}):
        return threat_made(token, "threaten", None, "a war said to be near", "THREAT.OTHER")
    return None


@reads("await")
def _awaiting(token: Token, _lexicon: Lexicon) -> ActMention | None:
    """ "what awaits them is far worse"."""
    subject = subject_of(token)
    if subject is None or subject.lower_ not in ("what", "worse", "hell", "defeat"):
        return None
    if not any(c.lower_ in ("them", "him", "you", "it") or c.lemma_.lower() in ("enemy",) for c in children(token, "dobj")):
        return None
    return threat_made(token, "threaten", None, "what awaits the other side is threatened")


# the threat that a clause makes by what it says would follow
warning = Rules(
    _if_then,
    _ordered,
    _open_options,
    _to_the_end,
    _without_limits,
    _not_to_be_tested,
    _requital,
    _war_near,
    _awaiting,
)


def is_foretold(lead: ActMention, claimant: Voice | None) -> bool:
    """ "a wider war would wreck the country", "analysts say it will strike": what comes of things, or in onlookers' words."""
    words = {word.rstrip("s") for word in (claimant.text or "").lower().split()} if claimant is not None else set()
    if words & _ONLOOKERS:
        return True
    return lead.doer is not None and lead.doer.head.lemma_.lower() in _THINGS_TO_COME
