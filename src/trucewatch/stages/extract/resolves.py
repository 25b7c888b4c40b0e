"""Threats told by resolve: to go on until something is done, to be ready for what comes, to weigh a reply, to give no shelter."""

from __future__ import annotations

from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.menaces import looks_ahead, threat_made
from trucewatch.stages.extract.mention import ActMention
from trucewatch.stages.extract.phrases import actor_phrase
from trucewatch.stages.extract.rules import Rules, amid, reads
from trucewatch.stages.extract.syntax import (
    SIDES,
    WILL,
    Token,
    children,
    has_negation,
    is_infinitive,
    preposition_objects,
    roles,
    subject_of,
)

_GOING_ON = frozenset("continue go carry persist keep last proceed press push fight remain".split())
_STOPPING = frozenset("stop cease end halt rest pause suspend finish".split())
_FIGHTS = frozenset(
    "operation offensive campaign fight war battle struggle attack strike raid bombing bombardment shelling fire assault "
    "push counteroffensive counter-offensive resistance invasion action pressure fighting mission hostility".split()
)
_STRIKING = frozenset(
    "strike hit attack bomb fight fire shell pound target eliminate hunt operate act pursue bombard kill destroy respond".split()
)
_LONG = frozenset({"long", "necessary", "needed", "required", "needs", "takes"})
_REPLIES = frozenset("response reply retaliation answer reprisal revenge option strike offensive operation invasion".split())
_WEIGHING = frozenset(
    "weigh study consider prepare mull plan ponder discuss contemplate examine assess draw finalise finalize".split()
)
_HOW = frozenset({"how", "whether", "when"})
# "studying its response to the proposal"
_PAPERS = frozenset("diplomatic written proposal offer letter draft request paper question".split())
_NEXT = frozenset({"next", "coming", "new", "future", "second", "third", "following"})
_ROUNDS = frozenset({"round", "war", "blow", "response", "strike", "phase", "stage", "battle", "confrontation", "reply", "time"})
_WORSE = frozenset(
    "harsh hard painful strong severe different bad deadly decisive tough crushing bigger worse heavy wide devastating".split()
)
_INVADING = frozenset("operation offensive invasion incursion strike attack war assault action escalation use manoeuvre".split())
_BELOW = frozenset({"dobj", "obj", "xcomp", "ccomp", "prep", "pcomp"})
_FOE = frozenset({"enemy", "soldier", "army", "troop", "invader", "occupier", "aggressor", "force", "tank"})
_SHELTER = frozenset("immunity sanctuary mercy haven refuge shelter hideout impunity".split())
_CALM = frozenset("calm quiet peace tranquillity tranquility order stability rest sleep security safety normality".split())
_UNLESS = frozenset({"until", "unless", "without", "if", "till", "before", "while", "so", "as"})
_STEPS = frozenset({"measure", "step", "action"})
_FIRM = frozenset(
    "adequate appropriate necessary retaliatory decisive tough all every any resolute firm harsh proportionate reciprocal "
    "needed severe strong stringent symmetrical military punitive".split()
)
_TAKEN_FOR = frozenset({"consider", "treat", "regard", "view", "deem", "see", "become", "be"})
_ENEMY_SUBJECT = frozenset({"enemy", "aggressor", "occupier", "adversary", "foe", "invader"})
_IN_STORE = frozenset("know prepare expect remember understand wait try dare learn beware realise realize".split())
_UNUSED = frozenset("strength arsenal capability capacity force power weapon missile ability potential".split())
_HOSTILE_AIMS = frozenset(
    "rebuild rearm return regain attack threaten establish gain operate fire cross harm restore reconstruct recover "
    "entrench grow reorganise reorganize regroup approach build acquire obtain rise exist raise deploy settle smuggle".split()
)
_TIMES = frozenset({"time", "day", "era", "age", "period", "phase"})


def _own(subject: Token | None, lexicon: Lexicon) -> bool:
    """Whether a clause is of a side, its force or "we": somebody who may fight."""
    if subject is None:
        return False
    if subject.lower_ in ("we", "i", "it", "he", "she", "they") or subject.ent_type_ in SIDES:
        return True
    return lexicon.is_kind(subject.lemma_.lower(), "force", "combatant")


def _has_term(token: Token) -> bool:
    """ "until X", "as long as necessary", "for as long as it takes", "before Y"."""
    below = [c for c in token.children if c.i > token.i and c.dep_ in ("advcl", "prep", "advmod", "mark")]
    words = {w.lower_ for c in below for w in c.subtree}
    if "long" in words and words & (_LONG | {"as"}):
        return True
    for c in below:
        first = {c.lower_, *(m.lower_ for m in c.children if m.dep_ in ("mark", "advmod", "prep"))}
        if first & {"until", "till"}:
            ends = [i for i in children(c, "pobj") if i.ent_type_ in ("DATE", "TIME")]
            return not ends
    return False


@reads(_GOING_ON)
def _until(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "we will go on until they leave", "would keep striking as long as needed", "the operation will last until ..."."""
    if not looks_ahead(token) or has_negation(token) or token.dep_ in ("relcl", "acl"):
        return None
    below = [c for c in children(token, "xcomp", "advcl", "ccomp") if c.tag_ == "VBG" or is_infinitive(c)]
    below += [i for _, i in preposition_objects(token, "on", "with", "to") if i.dep_ == "pcomp"]
    fights = any(c.lemma_.lower() in _STRIKING for c in below)
    things = {c.lemma_.lower() for c in children(token, "dobj", "obj")}
    things |= {i.lemma_.lower() for _, i in preposition_objects(token, "with")}
    subject = subject_of(token)
    if subject is None:
        return None
    struggle = subject.lemma_.lower() in _FIGHTS
    own = _own(subject, lexicon)
    ends = _has_term(token) or any(_has_term(c) for c in below)
    idle = (below and not fights) or (things and not things & _FIGHTS)
    if idle or not (struggle or (own and (fights or things & _FIGHTS or not below))):
        return None
    if token.lemma_ in ("go", "carry", "press", "push") and not any(c.lower_ in ("on", "ahead") for c in token.children):
        return None
    if token.lemma_ in ("remain", "last") and not struggle:
        return None
    if not ends and not (fights or things & _FIGHTS) and not struggle:
        return None
    if struggle and not ends and token.lemma_ not in ("continue", "go"):
        return None
    doer = actor_phrase(subject, lexicon) if own else None
    return threat_made(token, "threaten", doer, "who goes on until something is done threatens")


@reads(_STOPPING)
def _not_before(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "the offensive would not stop before ...", "could not be halted until ..."."""
    auxiliaries = {c.lower_ for c in token.children if c.dep_ == "aux"}
    if not has_negation(token) or not auxiliaries & (WILL | {"can", "could", "ca"}):
        return None
    subject = subject_of(token)
    if subject is None or subject.lemma_.lower() not in _FIGHTS:
        return None
    return threat_made(token, "threaten", None, "a fight that is not to stop is threatened")


@reads(_WEIGHING)
def _weighing(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "is weighing its reply", "was studying how to respond", "is completing plans for an invasion"."""
    if has_negation(token) or token.dep_ in ("relcl", "acl", "amod") or not (token.tag_ == "VBG" or looks_ahead(token)):
        return None
    things = children(token, "dobj", "obj")
    heads = [*things, *(i for c in things for _, i in preposition_objects(c, "for", "of", "to"))]
    replies = [h for h in heads if h.lemma_.lower() in _REPLIES]
    asked = [c for c in children(token, "ccomp", "xcomp", "advcl") if any(m.lower_ in _HOW for m in c.children)]
    replies += [c for c in asked if c.lemma_.lower() in _STRIKING | {"retaliate", "reply", "answer", "avenge"}]
    doer = actor_phrase(subject_of(token), lexicon)
    if doer is None or not replies or any(w.lemma_.lower() in _PAPERS for h in heads for w in h.subtree):
        return None
    return threat_made(token, "threaten", doer, "a reply that is weighed is threatened")


@reads("approve", "complete", "finalise", "finalize", "authorise", "authorize", "draw", "ready")
def _plans(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "approved plans for an attack on X", "has drawn up a plan of invasion"."""
    if has_negation(token) or token.dep_ in ("relcl", "acl", "amod"):
        return None
    plans = [c for c in children(token, "dobj", "obj", "nsubjpass") if c.lemma_ in ("plan", "order", "programme", "program")]
    aims = {i.lemma_.lower() for c in plans for _, i in preposition_objects(c, "for", "of")}
    who = roles(token)
    doer = actor_phrase(who.doer, lexicon)
    if not aims & (_INVADING - {"action", "use"}) or (doer is None and not who.passive):
        return None
    return threat_made(token, "threaten", doer, "an attack that is planned is threatened")


@reads("be", "come", "bring", "feel", "prove")
@amid(_ROUNDS)
def _next_is_worse(token: Token, _lexicon: Lexicon) -> ActMention | None:
    """ "the next round will be harsher", "the coming response would be different"."""
    subject = subject_of(token)
    if subject is None or subject.lemma_.lower() not in _ROUNDS or not looks_ahead(token) or has_negation(token):
        return None
    ahead = any(c.lower_ in _NEXT for c in subject.children)
    states = {w.lemma_.lower() for c in children(token, "acomp", "attr") for w in c.subtree}
    if not ahead or not states & (_WORSE | {"harsher", "harder", "stronger", "heavier", "deadlier", "tougher", "more"}):
        return None
    return threat_made(token, "threaten", None, "a next blow that is worse is threatened")


@reads("rule", "exclude", "preclude")
def _not_ruled_out(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "did not rule out a ground operation"."""
    if not has_negation(token):
        return None
    lemmas = {w.lemma_.lower() for c in token.children if c.i > token.i and c.dep_ in _BELOW for w in c.subtree}
    doer = actor_phrase(roles(token).doer, lexicon)
    is_force = lemmas & (_INVADING - {"action", "operation", "use"}) or (
        lemmas & {"action", "operation", "use", "option"} and lemmas & {"military", "ground", "force", "land", "armed", "full"}
    )
    if doer is None or not is_force:
        return None
    return threat_made(token, "threaten", doer, "what is not ruled out is threatened")


@reads("wait")
def _lying_in_wait(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "our fighters are waiting for the enemy"."""
    subject = subject_of(token)
    if subject is None or has_negation(token) or not (token.tag_ == "VBG" or looks_ahead(token)):
        return None
    foes = [i for _, i in preposition_objects(token, "for") if i.lemma_.lower() in _FOE]
    if not foes or not lexicon.is_kind(subject.lemma_.lower(), "force", "combatant") or subject.ent_type_ in SIDES:
        return None
    return threat_made(token, "threaten", actor_phrase(subject, lexicon), "who lies in wait threatens")


@reads(_TAKEN_FOR)
@amid("target")
def _made_a_target(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "any vehicle there will be regarded as a legitimate target", "would become targets"."""
    if has_negation(token) or not (looks_ahead(token) or token.lemma_ in ("consider", "regard", "treat", "view", "deem")):
        return None
    heads = children(token, "oprd", "attr", "xcomp", "dobj") + [i for _, i in preposition_objects(token, "as")]
    target = next((h for h in heads if h.lemma_.lower() == "target"), None)
    if target is None or any(c.lower_ in ("easy", "main", "soft", "intended") for c in target.children):
        return None
    if token.lemma_ == "be" and not any(c.lower_ in ("legitimate", "lawful", "military", "our") for c in target.children):
        return None
    who = roles(token)
    doer = (
        actor_phrase(who.doer, lexicon)
        if token.lemma_ in ("consider", "regard", "treat", "view", "deem") and not who.passive
        else None
    )
    return threat_made(token, "threaten", doer, "something is declared a target")


@reads("be", "have", "find", "enjoy")
@amid(_SHELTER, _CALM)
def _no_shelter(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "there will be no immunity for them", "there will be no calm here until there is calm there"."""
    if not looks_ahead(token) and not has_negation(token):
        return None
    there = bool(children(token, "expl"))
    things = children(token, "attr", "dobj", "obj", "nsubj" if there else "attr")
    none = [t for t in things if has_negation(token) or any(c.lower_ in ("no", "neither") for c in t.children)]
    shelter = any(t.lemma_.lower() in _SHELTER for t in none)
    calm = there and looks_ahead(token) and any(t.lemma_.lower() in _CALM for t in none)
    terms = {w.lower_ for c in token.children if c.dep_ in ("advcl", "prep", "mark") for w in (c, *c.children)} & _UNLESS
    terms |= {p.lower_ for t in none for p, _ in preposition_objects(t, "without", "until")}
    if shelter and looks_ahead(token):
        return threat_made(token, "threaten", None, "who is given no shelter is threatened")
    if calm and terms:
        return threat_made(token, "threaten", None, "no calm until something is done is a threat", "THREAT.OTHER")
    return None


@reads("take", "undertake", "use", "employ")
def _firm_steps(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "will take all necessary steps", "would use every means"; "have not used a tenth of our strength"."""
    things = children(token, "dobj", "obj", "nsubjpass")
    who = roles(token)
    doer = actor_phrase(who.doer, lexicon)
    if token.lemma_ in ("use", "employ"):
        words = {w.lemma_.lower() for t in things for w in t.subtree}
        unused = has_negation(token) and any(c.lemma_ == "have" and c.dep_ == "aux" for c in token.children)
        if unused and doer is not None and words & _UNUSED and _own(who.doer, lexicon):
            return threat_made(token, "threaten", doer, "strength that is not yet used threatens")
        every = {c.lower_ for t in things for c in t.children} & {"all", "every", "any"}
        if (
            looks_ahead(token)
            and not has_negation(token)
            and every
            and any(t.lemma_.lower() in ("mean", "means", "weapon") for t in things)
        ):
            return threat_made(token, "threaten", doer, "every means is threatened") if doer is not None else None
        return None
    steps = [t for t in things if t.lemma_.lower() in _STEPS and any(c.lower_ in _FIRM for c in t.children)]
    if not steps or not looks_ahead(token) or has_negation(token):
        return None
    if doer is not None and not (_own(who.doer, lexicon) or lexicon.is_kind(who.doer.lemma_.lower(), "speaker")):  # type: ignore[union-attr]
        return None
    aims = [c for head in (token, *steps) for c in children(head, "advcl", "xcomp", "acl", "relcl") if is_infinitive(c)]
    gentle = {"ensure", "protect", "help", "avoid", "prevent", "evacuate", "implement", "guarantee", "establish", "reduce"}
    if any(a.lemma_.lower() in gentle for a in aims):
        return None
    return threat_made(token, "threaten", doer, "steps that are announced are threatened")


@reads(_IN_STORE, "let")
def _let_them(token: Token, _lexicon: Lexicon) -> ActMention | None:
    """ "let the enemy know that ...", "let it prepare to weep", "the enemy should expect surprises"."""
    let = token
    if token.lemma_ == "let":
        token = next((c for c in children(let, "ccomp", "xcomp") if c.lemma_.lower() in _IN_STORE), let)
        if token is let or children(let, "nsubj", "aux"):
            return None
    elif token.head.lemma_ == "let":
        return None
    lets = let is not token
    subject = subject_of(token)
    if subject is None or has_negation(token):
        return None
    is_foe = subject.lemma_.lower() in _ENEMY_SUBJECT or subject.ent_type_ in SIDES
    is_foe = is_foe or (lets and subject.lower_ in ("it", "them", "they", "him", "everyone"))
    owed = any(c.dep_ == "aux" and c.lower_ in ("should", "must", "ought") for c in token.children) and token.lemma_ in (
        "expect", "wait", "prepare", "know", "beware", "remember",
    )  # fmt: skip
    if not is_foe or not (lets or (owed and subject.lemma_.lower() in _ENEMY_SUBJECT)):
        return None
    return threat_made(let, "threaten", None, "what the enemy is to expect is threatened")


@reads("allow", "let", "permit", "tolerate", "accept")
def _not_allowed(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "will not allow X to rearm": force held out against what X may do."""
    if not has_negation(token) or not looks_ahead(token):
        return None
    clause = next((c for c in children(token, "ccomp", "xcomp") if c.i > token.i), None)
    if clause is None or clause.lemma_.lower() not in _HOSTILE_AIMS:
        return None
    whose = next(iter(children(clause, "nsubj", "nsubjpass")), None) or next(iter(children(token, "dobj")), None)
    if whose is None or not (
        whose.ent_type_ in SIDES or whose.lower_ in ("them", "him", "it", "anyone", "anybody")
        or lexicon.is_kind(whose.lemma_.lower(), "force", "enemy", "combatant")
    ):  # fmt: skip
        return None
    doer = actor_phrase(roles(token).doer, lexicon)
    return (
        threat_made(token, "threaten", doer, "what will not be allowed is threatened", "THREAT.OTHER")
        if doer is not None
        else None
    )


@reads("be", "pass", "end", "go")
@amid(_TIMES)
def _days_are_over(token: Token, _lexicon: Lexicon) -> ActMention | None:
    """ "the days when they could strike and go free are over"."""
    subject = subject_of(token)
    if subject is None or subject.lemma_.lower() not in _TIMES or has_negation(token):
        return None
    over = any(c.lower_ in ("over", "gone", "past", "finished") for c in children(token, "advmod", "acomp", "attr", "prep"))
    over = over or token.lemma_ in ("pass", "end")
    words = {w.lemma_.lower() for w in subject.subtree}
    strikes = words & (_STRIKING | {"impunity", "unpunished", "aggression", "occupation", "patience", "violate", "invade"})
    if not over or not strikes:
        return None
    return threat_made(token, "threaten", None, "whose days are said to be over is threatened", "THREAT.OTHER")


# the threat that a clause makes by how firm somebody is
resolve = Rules(
    _until, _not_before, _weighing,
    _plans, _next_is_worse, _not_ruled_out, _lying_in_wait, _made_a_target, _no_shelter, _firm_steps,
    _let_them, _not_allowed, _days_are_over,
)  # fmt: skip
