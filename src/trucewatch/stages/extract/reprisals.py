"""Threats told by what awaits a deed: every attack "will be answered", would "have consequences"; who will not stand aside."""

from __future__ import annotations

from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.made import told_act
from trucewatch.stages.extract.menaces import looks_ahead, threat_made
from trucewatch.stages.extract.mention import ActMention
from trucewatch.stages.extract.phrases import actor_phrase
from trucewatch.stages.extract.rules import Rules, amid, reads
from trucewatch.stages.extract.syntax import (
    Token,
    children,
    has_negation,
    is_infinitive,
    is_told_done,
    preposition_objects,
    roles,
    subject_of,
)
from trucewatch.stages.extract.triggers import meant_words

_HOSTILE = frozenset(
    "attack aggression violation provocation escalation assault invasion strike incursion adventure shelling raid breach threat "
    "bombardment intrusion infringement crime killing step move attempt act mistake folly foolishness hand shot".split()
)
_ANSWERS = frozenset("response answer reply retaliation revenge punishment reaction rebuff reckoning retribution".split())
_RESULTS = frozenset({"consequence", "repercussion", "cost", *_ANSWERS})
_REVENGE = frozenset({"revenge", "vengeance"})
_MANNERS = frozenset({"time", "manner", "place", "timing", "form", "way", "date", "scale", "nature", "size"})
_CHOSEN = frozenset({"decide", "choose", "determine", "set", "select"})
_ANSWERED = frozenset("answer meet return repel punish avenge reply counter respond crush".split())
_ASIDE = frozenset("aside by idle idly silent quiet indifferent still motionless passive".split())
_FIGHTS = frozenset(
    "respond act defend retaliate strike use answer protect react fight resist intervene attack avenge hit launch order".split()
)
_FREELY = frozenset({"necessary", "needed", "accordingly", "decisively", "forcefully", "alone", "own", "harshly", "firmly"})
_ALLOWING = frozenset({"authorise", "authorize", "empower", "mandate"})
_WEARING = frozenset({"run", "wear", "end", "expire", "exhaust", "snap", "have", "be"})


def _hostile(subject: Token | None) -> bool:
    return subject is not None and any(w.lemma_.lower() in _HOSTILE for w in meant_words(subject))


@reads(_ANSWERED, "receive", "get", "find", "go", "remain", "pass", "stay", "leave", "meet")
def _answered(token: Token, _lexicon: Lexicon) -> ActMention | None:
    """ "every attack will be met", "will receive its answer", "will not go unpunished"."""
    subject = subject_of(token)
    if not _hostile(subject) or not looks_ahead(token):
        return None
    states = {c.lower_ for c in children(token, "acomp", "oprd", "advmod", "xcomp")}
    unpunished = states & {"unanswered", "unpunished", "unavenged", "unnoticed"} or any(
        i.lemma_.lower() in _ANSWERS for _, i in preposition_objects(token, "without")
    )
    if has_negation(token):
        return threat_made(token, "threaten", None, "what will not go unpunished") if unpunished else None
    passive = token.lemma_.lower() in _ANSWERED and subject is not None and subject.dep_ == "nsubjpass"
    given = any(c.lemma_.lower() in _ANSWERS for c in children(token, "dobj", "obj"))
    return threat_made(token, "threaten", None, "an attack that will be answered") if passive or given else None


@reads("take", "exact", "wreak", "get")
@amid(_REVENGE)
def _taken_revenge(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "have again taken revenge on the town": a deed done, and no threat of one."""
    thing = next((c for c in children(token, "dobj", "obj") if c.lemma_.lower() in _REVENGE), None)
    is_past = token.tag_ == "VBD" or (token.tag_ == "VBN" and any(c.lemma_ == "have" for c in children(token, "aux")))
    if thing is None or not is_past or not is_told_done(token):
        return None
    whom = next((i for a in (thing, token) for _, i in preposition_objects(a, "on", "upon", "against")), None)
    doer = actor_phrase(roles(token).doer, lexicon)
    return told_act(token, token, lexicon, whom, "revenge taken", frame="attack", act="FIRE", doer=doer)


@reads("have", "bring", "carry", "lead", "entail", "trigger", "draw", "provoke", "cost", "result", "be")
@amid(_RESULTS)
def _consequences(token: Token, _lexicon: Lexicon) -> ActMention | None:
    """ "any new adventure would have grave consequences"."""
    subject = subject_of(token)
    if not _hostile(subject) or has_negation(token) or not looks_ahead(token):
        return None
    things = children(token, "dobj", "obj", "attr") + [i for _, i in preposition_objects(token, "to", "in", "with")]
    follows = any(t.lemma_.lower() in _RESULTS for t in things)
    return threat_made(token, "threaten", None, "what an attack would bring on is threatened") if follows else None


@reads("be", "decide", "choose", "determine", "set", "select", "remain", "rest", "lie", "leave")
@amid(_ANSWERS)
def _manner_open(token: Token, _lexicon: Lexicon) -> ActMention | None:
    """ "the time and manner of the reply are in our hands", "the place of the response will be chosen by us"."""
    subject = subject_of(token)
    if subject is None or has_negation(token):
        return None
    of = {i.lemma_.lower() for _, i in preposition_objects(subject, "of", "for")}
    of |= {i.lemma_.lower() for c in children(subject, "conj") for _, i in preposition_objects(c, "of", "for")}
    answer = subject.lemma_.lower() in _ANSWERS or (subject.lemma_.lower() in _MANNERS and of & _ANSWERS)
    if not answer:
        return None
    held = {i.lemma_.lower() for _, i in preposition_objects(token, "in", "with", "to", "up")}
    open_to = token.lemma_.lower() in _CHOSEN or held & {"hand", "leader", "leadership", "resistance", "command", "field"}
    return threat_made(token, "threaten", None, "the manner of a reply is left open") if open_to else None


@reads("stand", "sit", "remain", "stay", "watch", "look", "keep", "be")
@amid(_ASIDE, "sideline", "sidelines")
def _not_aside(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "would not stand aside if X were attacked", "will not watch idly"."""
    if not has_negation(token) or not looks_ahead(token):
        return None
    states = {c.lower_ for c in token.children if c.dep_ in ("prt", "advmod", "acomp", "oprd", "prep", "xcomp", "advcl")}
    line = any(i.lemma_ in ("sideline", "sidelines") for _, i in preposition_objects(token, "on"))
    doer = actor_phrase(roles(token).doer, lexicon)
    if doer is None or not (states & _ASIDE or line):
        return None
    return threat_made(token, "threaten", doer, "who will not stand aside threatens to act", "THREAT.OTHER")


@reads("be", "feel", "consider")
@amid("entitled", "free")
def _entitled(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "is entitled to act in its defence"."""
    state = next((c for c in children(token, "acomp", "oprd") if c.lower_ in ("entitled", "free")), None)
    if state is None or has_negation(token):
        return None
    verb = next((c for a in (state, token) for c in children(a, "xcomp", "advcl") if is_infinitive(c)), None)
    doer = actor_phrase(roles(token).doer, lexicon)
    if verb is None or doer is None or verb.lemma_.lower() not in _FIGHTS:
        return None
    return threat_made(token, "threaten", doer, "who is entitled to fight reserves force")


@reads("entitle")
def _entitles(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "X is entitled to act", read as a verb."""
    who = roles(token)
    verb = next((c for c in children(token, "xcomp", "advcl") if is_infinitive(c)), None)
    doer = actor_phrase(who.undergoer, lexicon) if who.passive else None
    if verb is None or doer is None or verb.lemma_.lower() not in _FIGHTS or has_negation(token):
        return None
    return threat_made(token, "threaten", doer, "who is entitled to fight reserves force")


@reads(_ALLOWING)
def _authorised(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "the cabinet authorised him to decide on the response"."""
    if has_negation(token):
        return None
    words = {w.lemma_.lower() for c in children(token, "dobj", "obj", "xcomp", "ccomp", "advcl") for w in c.subtree}
    if not words & (_ANSWERS - {"reaction"}) and not words & {"strike", "offensive", "reprisal"}:
        return None
    who = roles(token)
    doer = actor_phrase(who.doer, lexicon) if not who.passive else None
    return threat_made(token, "threaten", doer, "a reply that is authorised is threatened") if doer is not None else None


@reads(_WEARING)
@amid("patience")
def _impatient(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "our patience is running out", "X's patience has its limits"."""
    subject = subject_of(token)
    if subject is None or subject.lemma_.lower() != "patience":
        return None
    things = {w.lower_ for c in token.children if c.dep_ in ("dobj", "acomp", "attr", "prt", "advmod", "oprd") for w in c.subtree}
    runs = token.lemma_ in ("run", "wear", "end", "expire", "snap", "exhaust")
    ends = runs or bool(things & {"limit", "limits", "limited", "over", "thin"})
    ends = ends or bool(has_negation(token) and things & {"endless", "unlimited", "infinite", "eternal", "inexhaustible"})
    if not ends:
        return None
    owner = next(iter(children(subject, "poss")), None)
    return threat_made(token, "threaten", actor_phrase(owner, lexicon), "patience that runs out threatens", "THREAT.OTHER")


@reads("act", "respond", "react", "move")
def _will_act(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "we will act as necessary", "would act on its own"."""
    if not looks_ahead(token) or has_negation(token):
        return None
    doer = actor_phrase(roles(token).doer, lexicon)
    manners = {c.lower_ for c in token.children if c.dep_ in ("advmod", "acomp")}
    manners |= {w.lower_ for c in children(token, "advcl", "prep") for w in c.subtree if c.i > token.i}
    if doer is None or not manners & _FREELY:
        return None
    return threat_made(token, "threaten", doer, "who will act as he likes threatens")


reprisal = Rules(
    _will_act, _taken_revenge, _answered, _consequences, _manner_open, _not_aside, _entitled, _entitles, _authorised, _impatient,
)  # fmt: skip
