"""Refusals by what one goes on doing or will not do yet: "the mission is staying", "would not decide before"."""

from __future__ import annotations

from trucewatch.stages.extract.dealings import unreal
from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.made import refusal_told
from trucewatch.stages.extract.mention import ActMention
from trucewatch.stages.extract.phrases import actor_phrase, owner_phrase
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
)
from trucewatch.stages.extract.triggers import is_of_kind

_STAYING = frozenset({"stay", "remain"})
_PUT_OFF = frozenset(
    "decide bring discuss allow talk sit hand give move sign take return leave let send accept consider negotiate go agree "
    "attend pull meet release stop pay fund finance rebuild free lift reopen open recognise recognize disarm".split()
)
_BEFORE = frozenset({"before", "until", "unless", "till"})
_PROMISES = frozenset({"commitment", "promise", "guarantee", "pledge", "concession", "undertaking", "assurance"})
_GIVING = frozenset({"make", "give", "offer", "provide"})
_OPPOSED = frozenset({"opposition", "objection", "refusal", "rejection", "reservation"})
_VOICING = frozenset({"express", "voice", "reiterate", "repeat", "confirm", "affirm", "announce", "declare", "state", "stress"})
_OFFERED = frozenset({"propose", "proposal", "offer", "invite", "invitation", "appeal", "request", "ask", "suggest", "letter"})
_ANSWERING = frozenset({"answer", "reply", "respond", "react"})
_HANDING_OVER = frozenset("provide hand return share transfer supply disclose submit surrender produce deliver".split())
_OWN = frozenset({"we", "it", "he", "she", "i", "they"})
_TALKED_OF = frozenset(
    {"weapon", "arm", "arms", "arsenal", "disarmament", "normalisation", "normalization", "withdrawal", "issue"}
)
_TABLE = frozenset({"table", "agenda"})
_ANSWERS = frozenset({"answer", "reply", "response"})
_PLEAS = frozenset({"appeal", "call", "pressure", "threat", "demand", "plea", "warning"})


def _is_told(token: Token) -> bool:
    return token.dep_ in ("ccomp", "ROOT", "conj", "parataxis")


@reads(_STAYING)
def _stays_put(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "the mission was staying", "said it would stay", "we are staying": of a force that is told to go."""
    if has_negation(token) or children(token, "acomp", "attr", "dobj", "oprd") or token.dep_ in ("relcl", "acl", "advcl"):
        return None
    subject = next(iter(children(token, "nsubj")), None)
    ours = subject is not None and subject.lower_ == "we"
    if token.lemma_ == "remain" and not ours and not any(c.lower_ in ("there", "put", "deployed") for c in token.children):
        return None
    pairs = [i for prep, i in preposition_objects(token) if prep.lower_ not in ("in", "at", "on", "despite")]
    if (pairs and not ours) or any(i.ent_type_ in ("DATE", "TIME") for _, i in preposition_objects(token)):
        return None
    ahead = any(c.dep_ == "aux" and c.lower_ in WILL for c in token.children)
    if not (ahead or token.tag_ == "VBG") or subject is None or not _is_told(token):
        return None
    force = ours or _is_a_mission(subject, lexicon) or (subject.lower_ in ("it", "they") and token.dep_ == "ccomp" and ahead)
    return refusal_told(token, actor_phrase(subject, lexicon), None, "who says that he stays refuses to go") if force else None


def _is_a_mission(who: Token, lexicon: Lexicon) -> bool:
    return is_of_kind(who, "peacekeeping", lexicon) or who.lemma_.lower() in ("mission", "peacekeeper", "contingent")


@reads("decision", "decide", "choose")
def _decided_to_stay(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "there was a unanimous decision to stay"."""
    clause = next((c for c in children(token, "acl", "xcomp", "relcl") if c.lemma_ in _STAYING and is_infinitive(c)), None)
    verb = token.head if token.pos_ == "NOUN" else token
    if clause is None or children(clause, "acomp", "dobj") or has_negation(verb) or unreal(verb):
        return None
    if token.pos_ == "NOUN":
        none = any(c.lower_ == "no" for c in token.children) or verb.lemma_ not in ("be", "take", "make")
        return refusal_told(token, None, None, "who is to stay refuses to go") if not none else None
    who = roles(token).doer
    force = who is not None and (_is_a_mission(who, lexicon) or (who.lower_ in _OWN and token.dep_ == "ccomp"))
    return refusal_told(token, actor_phrase(who, lexicon), None, "who is to stay refuses to go") if force else None


@reads(_PUT_OFF)
def not_yet(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "would not decide before the ground was clear", "will not bring them back as long as X is there"."""
    ahead = any(c.dep_ == "aux" and c.lower_ in WILL for c in token.children)
    subject = next(iter(children(token, "nsubj")), None)
    if not ahead or not has_negation(token) or subject is None or not _is_told(token) or subject.lower_ in ("there", "you"):
        return None
    marks = {c.lower_ for a in children(token, "advcl") for c in (*a.children, *(w for c in a.children for w in c.children))}
    long = next((c for c in children(token, "advmod") if c.lower_ == "long" and children(c, "advcl")), None)
    later = (
        bool(marks & _BEFORE)
        or long is not None
        or {"long", "as"} <= marks
        or any(True for _ in preposition_objects(token, "before", "until"))
    )
    own = subject.lower_ in _OWN or subject.ent_type_ in SIDES or lexicon.is_kind(subject.lemma_.lower(), "speaker")
    if not later or not own or (token.dep_ == "ccomp" and token.head.lemma_ in ("vow", "swear", "threaten", "warn")):
        return None  # "would not stop until it was safe, X vowed": the vow is the threat
    return refusal_told(token, actor_phrase(subject, lexicon), None, "what one will not do yet one refuses")


@reads(_GIVING)
def _no_promise(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "had made no commitment concerning X", "refused to give guarantees"."""
    who = roles(token)
    thing = next((c for c in children(token, "dobj", "obj") if c.lemma_.lower() in _PROMISES), None)
    if thing is None:
        return None
    refuses = token.dep_ == "xcomp" and token.head.lemma_ in ("refuse", "decline")
    if not (has_negation(token) or refuses or any(c.lower_ == "no" for c in thing.children)):
        return None
    scope = token.head if refuses else token
    if unreal(scope):
        return None
    doer = actor_phrase(roles(scope).doer if refuses else who.doer, lexicon)
    return refusal_told(scope, doer, None, "a promise that is not given is refused") if doer is not None else None


@reads("refuse", "decline")
def _refuses_promise(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "refused to give guarantees"."""
    clause = next((c for c in children(token, "xcomp") if c.lemma_ in _GIVING), None)
    if clause is None or has_negation(token):
        return None
    return _no_promise(clause, lexicon)


_OF_NEWS = frozenset("detail comment information name figure number answer identity explanation statement more".split())


@reads("refuse", "decline")
def _keeps_to_himself(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "refuses to provide them", "declined to return the bodies": what one will not hand over."""
    clause = next((c for c in children(token, "xcomp") if c.lemma_ in _HANDING_OVER and is_infinitive(c)), None)
    subject = roles(token).doer
    if clause is None or subject is None or has_negation(token) or unreal(token):
        return None
    things = children(clause, "dobj", "obj")
    if not things or any(t.lemma_.lower() in _OF_NEWS or lexicon.is_kind(t.lemma_.lower(), "armament", "weapon") for t in things):
        return None  # "declined to provide details" to the press
    doer = actor_phrase(subject, lexicon)
    is_side = subject.ent_type_ in (*SIDES, "PERSON") or lexicon.is_kind(subject.lemma_.lower(), "speaker", "force")
    return refusal_told(token, doer, None, "who will not hand a thing over refuses it") if doer is not None and is_side else None


@reads(_VOICING)
def _opposes(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "expressed its opposition to the disarmament"."""
    thing = next((c for c in children(token, "dobj", "obj") if c.lemma_.lower() in _OPPOSED), None)
    doer = actor_phrase(roles(token).doer, lexicon)
    if thing is None or doer is None or has_negation(token) or any(c.lower_ == "no" for c in thing.children) or unreal(token):
        return None
    to = next((i for a in (thing, token) for _, i in preposition_objects(a, "to", "of")), None)
    return refusal_told(token, doer, owner_phrase(to, lexicon) if to is not None else None, "opposition voiced")


@reads(_ANSWERING)
def _left_unanswered(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "we proposed it; they have not answered": of what was offered right before."""
    subject = next(iter(children(token, "nsubj")), None)
    perfect = any(c.dep_ == "aux" and c.lower_ in ("have", "has", "had", "did") for c in token.children)
    if subject is None or not has_negation(token) or not perfect or children(token, "dobj", "ccomp", "prep"):
        return None
    if not (subject.lower_ == "they" or subject.ent_type_ in SIDES):
        return None
    before = token.doc[max(0, token.sent.start - 30) : token.sent.start]
    if not any(w.lemma_.lower() in _OFFERED for w in before):
        return None
    return refusal_told(token, actor_phrase(subject, lexicon), None, "an offer left unanswered")


@reads("be")
@amid(_ANSWERS, _TABLE)
def _off_the_table(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "disarmament is off the table", "our weapons are not on the table", "the answer was no"."""
    subject = next(iter(children(token, "nsubj")), None)
    if subject is None or token.dep_ in ("relcl", "acl", "advcl") or unreal(token) or subject.lower_ in ("nothing", "none"):
        return None
    if subject.lemma_.lower() in _ANSWERS:
        no = any(c.lower_ == "no" and c.i > token.i for c in token.children)
        return (
            refusal_told(token, owner_phrase(subject, lexicon), None, "an answer of no")
            if no and not has_negation(token)
            else None
        )
    near = [(prep.lower_, i) for prep, i in preposition_objects(token) if i.lemma_.lower() in _TABLE]
    near += [("off", i) for c in children(token, "prep", "prt", "advmod") if c.lower_ == "off" for i in children(c, "pobj")]
    off = not has_negation(token) and any(prep == "off" for prep, _ in near if _.lemma_.lower() in _TABLE)
    not_on = has_negation(token) and any(prep == "on" for prep, _ in near)
    return refusal_told(token, None, None, "what is off the table is refused") if off or not_on else None


@reads("say", "answer", "reply")
@amid("no")
def _says_no(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "said no to the truce"."""
    no = any(c.lower_ == "no" and c.i == token.i + 1 for c in token.children)
    thing = next((i for a in (token, *token.children) for prep, i in preposition_objects(a, "to") if prep.i == token.i + 2), None)
    doer = actor_phrase(roles(token).doer, lexicon)
    if not no or thing is None or doer is None or has_negation(token) or unreal(token):
        return None
    return refusal_told(token, doer, owner_phrase(thing, lexicon), "who says no refuses")


@reads("affect", "change", "sway", "move", "deter", "impress")
def _unmoved(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "appeals to stay out of the war would not affect the group"."""
    subject = next(iter(children(token, "nsubj")), None)
    if subject is None or subject.lemma_.lower() not in _PLEAS or not has_negation(token) or token.dep_ in ("relcl", "acl"):
        return None
    return refusal_told(token, None, owner_phrase(subject, lexicon), "who is unmoved by appeals refuses")


@reads("attend", "come", "show", "appear", "participate", "join")
def _did_not_come(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "X did not attend the meeting", "his counterpart did not come"."""
    subject = next(iter(children(token, "nsubj")), None)
    past = any(c.dep_ == "aux" and c.lower_ in ("did", "has", "have", "had") for c in token.children)
    if subject is None or not has_negation(token) or not past or token.dep_ in ("relcl", "acl", "advcl"):
        return None
    things = [*children(token, "dobj"), *(i for _, i in preposition_objects(token, "to", "at", "in", "for"))]
    talks = any(t.lemma_.lower() in ("meeting", "talk", "session", "summit", "negotiation", "conference") for t in things)
    who = actor_phrase(subject, lexicon)
    official = lexicon.is_kind(subject.lemma_.lower(), "speaker") or subject.lemma_ in ("counterpart", "delegation")
    if who is None or not (talks or (token.lemma_ == "attend" and not things and official)):
        return None
    return refusal_told(token, who, None, "who stays away from talks")


# refusals by what one goes on doing, or will not do yet
refused = Rules(
    _stays_put, _decided_to_stay, _refuses_promise, _keeps_to_himself,
    _no_promise, _opposes, _left_unanswered, _off_the_table, _says_no,
    _unmoved, _did_not_come,
)  # fmt: skip
