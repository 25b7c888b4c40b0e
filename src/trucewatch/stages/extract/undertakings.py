"""What is put in place or held out for a truce: monitoring centres, committees that look into breaches, patrols that go out,
guns that will fall silent if others do, a stop of fire announced, talks that are to begin on a matter."""

from __future__ import annotations

from trucewatch.stages.extract.dealings import made, unreal
from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.made import told_act
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
    joint_phrase,
    preposition_objects,
    roles,
)
from trucewatch.stages.extract.triggers import is_of_kind

_WATCH = frozenset({"monitoring", "observation", "peacekeeping", "verification", "supervisory", "observer", "coordination"})
_SEATS = frozenset("centre center mission mechanism committee commission headquarters post force body team group".split())
_SETTING_UP = frozenset("set establish create open form deploy take participate join send launch serve base locate".split())
_LOOKING = frozenset({"look", "investigate", "examine", "review", "monitor", "check", "verify", "study", "receive", "supervise"})
_BREACHES = frozenset("violation breach complaint incident report truce ceasefire allegation withdrawal".split())
_PATROLS = frozenset({"patrol", "observer", "monitor", "inspector"})
_GOING = frozenset({"go", "resume", "continue", "restart", "travel", "head", "drive", "move"})
# a pact is kept, and fire is stopped: who stops a truce holds out none
_KEEPING = frozenset({"respect", "observe", "honour", "honor", "abide", "hold", "keep"})
_STOPPING = frozenset({"stop", "cease", "halt", "end", "silence"})
_KEPT = frozenset({"truce", "ceasefire", "cease-fire", "pause", "agreement", "deal", "calm", "fire"})
_STOPPED = frozenset("fire attack operation firing shelling raid rocket gun".split())
_OURS = frozenset({"ours", "we", "i", "it", "they", "he"})
_STOPS = frozenset({"stop", "halt", "cessation", "cease", "end", "pause"})
_FIRE = frozenset("fire firing shooting hostility shelling fighting bombardment combat".split())
_TALKS = frozenset({"talk", "negotiation", "discussion", "consultation", "dialogue"})
_BEGINNING = frozenset({"begin", "start", "open", "resume", "commence"})
_TREATING = frozenset({"treat", "admit", "receive", "take", "help", "host"})
_HOSPITALS = frozenset({"hospital", "clinic", "doctor", "medic", "centre", "center"})


@reads(_SETTING_UP)
def _monitoring_centre(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "soldiers will take part in a joint monitoring centre", "a monitoring centre would be set up"."""
    if (
        has_negation(token)
        or token.dep_ in ("relcl", "acl")
        or unreal(token)
        or (is_infinitive(token) and token.head.lemma_ in ("want", "wish", "hope", "like"))
    ):
        return None
    who = roles(token)
    things = [*children(token, "dobj", "obj", "nsubjpass"), *(i for _, i in preposition_objects(token, "in", "at", "of"))]
    things += [i for c in children(token, "dobj") if c.lemma_ == "part" for _, i in preposition_objects(c, "in", "of")]
    seat = next((t for t in things if t.lemma_.lower() in _SEATS and _watches(t)), None)
    if seat is None:
        return None
    doer = actor_phrase(who.doer, lexicon) if who.doer is not None and not who.passive else None
    is_force = (
        who.doer is not None and is_of_kind(who.doer, "force", lexicon) and not is_of_kind(who.doer, "peacekeeping", lexicon)
    )
    if seat.lemma_ == "post" and is_force and who.doer is not None and who.doer.ent_type_ not in ("GPE", "PERSON"):
        return told_act(  # "troops set up an observation post": a position of theirs
            token, token, lexicon, None, "a post set up by a force", frame="move", act="FORCE.FORTIFICATION", doer=doer
        )
    return made(token, "offer", "OFFER.MONITORS", doer, None, "a body that watches is set up or joined")


def _watches(noun: Token) -> bool:
    return any(c.lower_ in _WATCH for c in noun.children if c.i < noun.i)


@reads(_LOOKING)
def _looks_into(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "a committee chaired by X and Y would look into the reports of violations"."""
    subject = next(iter(children(token, "nsubj")), None)
    if (
        subject is None
        or has_negation(token)
        or subject.lemma_.lower() not in ("committee", "commission", "mechanism", "mission")
    ):
        return None
    things = [*children(token, "dobj", "obj"), *(i for _, i in preposition_objects(token, "into", "of"))]
    words = {w.lemma_.lower() for t in things for w in (t, *(i for _, i in preposition_objects(t, "of")))}
    if not words & _BREACHES or not any(c.dep_ == "aux" and c.lower_ in WILL for c in token.children):
        return None
    chair = next(
        (p for c in children(subject, "acl") for _, i in preposition_objects(c, "by") if (p := actor_phrase(i, lexicon))), None
    )
    return made(token, "offer", "OFFER.MONITORS", chair, None, "a committee that is to look into breaches")


@reads(_GOING)
def _patrols_go(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "its patrols had gone to the site", "its patrols had resumed in all sectors": of a mission, which says so."""
    subject = next(iter(children(token, "nsubj")), None)
    if subject is None or has_negation(token) or subject.lemma_.lower() not in _PATROLS or token.dep_ in ("relcl", "acl"):
        return None
    own = any(c.lower_ in ("its", "his", "their", "our", "her") for c in subject.children)
    if token.lemma_ in ("go", "travel", "head", "drive", "move") and not any(
        True for _ in preposition_objects(token, "to", "into")
    ):
        return None
    if not own or not (token.dep_ == "ccomp" or subject.lower_ == "our"):
        return None
    return made(token, "offer", "OFFER.MONITORS", None, None, "patrols that go out")


@reads(_KEEPING, _STOPPING)
def _if_they_stop(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "if you stop, we will stop", "when their guns stop, ours will", "would respect the pause if the other did"."""
    subject = next(iter(children(token, "nsubj")), None)
    ahead = any(c.dep_ == "aux" and c.lower_ in WILL for c in token.children)
    if subject is None or not ahead or has_negation(token) or token.dep_ not in ("ROOT", "ccomp", "conj"):
        return None
    clause = next(
        (c for c in children(token, "advcl") if any(m.lower_ in ("if", "when", "once", "as") for m in c.children)),
        None,
    )
    if clause is None:
        return None
    own = subject.lower_ in _OURS or subject.ent_type_ in SIDES or is_of_kind(subject, "force", lexicon)
    own = own or any(c.lower_ in ("our", "its") for c in subject.children) or subject.lemma_ in ("group", "movement", "party")
    theirs = next(iter(children(clause, "nsubj", "nsubjpass")), None)
    if not own or theirs is None or theirs.lower_ == subject.lower_:
        return None
    things = {c.lemma_.lower() for c in children(token, "dobj")} | {i.lemma_.lower() for _, i in preposition_objects(token, "by")}
    # "we will stop" says of itself what is stopped
    bare = not things and token.lemma_ in ("stop", "cease", "halt", "silence")
    if not bare and not things & (_KEPT if token.lemma_ in _KEEPING else _STOPPED):
        return None
    doer = actor_phrase(subject, lexicon) if subject.lower_ != "ours" else None
    return made(token, "offer", "OFFER.OTHER", doer, None, "who will stop if others do holds out a truce")


@reads("announce", "declare", "order", "proclaim")
def _stop_announced(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "announced a stop of fire from 18:30"."""
    thing = next((c for c in children(token, "dobj", "obj") if c.lemma_.lower() in _STOPS), None)
    if thing is None or has_negation(token) or roles(token).passive or unreal(token) or token.tag_ == "VB":
        return None
    of = {i.lemma_.lower() for _, i in preposition_objects(thing, "of", "to", "in")}
    of |= {c.lemma_.lower() for c in children(thing, "compound", "appos")}
    doer = actor_phrase(roles(token).doer, lexicon)
    if not of & _FIRE or doer is None:
        return None
    return made(token, "agree", "AGREE.CEASEFIRE", doer, None, "a stop of fire announced")


@reads(_BEGINNING)
def _talks_to_begin(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "talks would begin on the return of the prisoners"."""
    subject = next(iter(children(token, "nsubj")), None)
    ahead = any(c.dep_ == "aux" and c.lower_ in WILL for c in token.children)
    if subject is None or not ahead or has_negation(token) or subject.lemma_.lower() not in _TALKS:
        return None
    on = any(True for a in (token, subject) for _ in preposition_objects(a, "on", "over", "about", "between", "with"))
    if not on or token.dep_ in ("relcl", "acl", "advcl"):
        return None
    between = next((i for a in (subject, token) for _, i in preposition_objects(a, "between")), None)
    return made(
        token, "talk", "TALKS.MEET", joint_phrase(between) if between is not None else None, None, "talks that are to begin"
    )


@reads("be", "stand")
@amid(_HOSPITALS)
def _ready_to_treat(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "hospitals in his country were ready to treat the wounded"."""
    ready = next((c for c in children(token, "acomp") if c.lower_ in ("ready", "prepared", "open", "willing")), None)
    subject = next(iter(children(token, "nsubj")), None)
    if ready is None or subject is None or has_negation(token) or subject.lemma_.lower() not in _HOSPITALS:
        return None
    clause = next((c for c in children(ready, "xcomp") if is_infinitive(c) and c.lemma_ in _TREATING), None)
    return made(token, "offer", "AID.DELIVERY", None, None, "hospitals that stand ready") if clause is not None else None


@reads("continue", "remain", "stay")
def _still_in_force(token: Token, _lexicon: Lexicon) -> ActMention | None:
    """ "the arrangement will continue to be in effect until 18 February"."""
    subject = next(iter(children(token, "nsubj")), None)
    pacts = ("arrangement", "agreement", "deal", "truce", "ceasefire", "understanding", "accord")
    if subject is None or subject.lemma_.lower() not in pacts or has_negation(token):
        return None
    ahead = any(c.dep_ == "aux" and c.lower_ in WILL for c in token.children)
    anchors = (token, *children(token, "xcomp"))
    force = any(i.lemma_ in ("effect", "force", "place") for a in anchors for _, i in preposition_objects(a, "in"))
    until = any(
        i.ent_type_ in ("DATE", "TIME") for t in token.subtree for _, i in preposition_objects(t, "until", "till", "through")
    )
    if not (ahead and force and until):
        return None
    between = next((i for _, i in preposition_objects(subject, "between")), None)
    return made(
        token, "begin", "AGREE.CEASEFIRE", joint_phrase(between) if between is not None else None, None, "a truce that runs on"
    )


# what is put in place or held out for a truce
undertaking = Rules(
    _monitoring_centre,
    _looks_into,
    _patrols_go,
    _if_they_stop,
    _stop_announced,
    _talks_to_begin,
    _ready_to_treat,
    _still_in_force,
)
