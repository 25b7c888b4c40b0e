"""Pleas by another word: sides invited to keep a truce or to restraint, bidden in the imperative, told what comes first."""

from __future__ import annotations

from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.made import asked_act
from trucewatch.stages.extract.mention import ActMention
from trucewatch.stages.extract.phrases import actor_phrase
from trucewatch.stages.extract.rules import Rules, reads
from trucewatch.stages.extract.subjects import demand_of
from trucewatch.stages.extract.syntax import (
    SIDES,
    Token,
    children,
    has_negation,
    is_infinitive,
    joint_phrase,
    preposition_objects,
    roles,
)

_CALM = frozenset({"restraint", "calm", "peace", "reason", "moderation", "prudence", "de-escalation"})
_KEEPING = frozenset(
    "respect obey observe keep honour honor implement fulfil fulfill stop cease halt refrain show exercise withdraw end "
    "abide comply avoid prevent".split()
)
_SOLUTIONS = frozenset({"solution", "settlement", "ceasefire", "truce", "restraint", "calm", "de-escalation", "dialogue", "end"})
_AWAY = frozenset({"out", "away", "back", "off"})
_FORCES = frozenset({"force", "troop", "soldier", "army", "fighter", "hand"})
_FIRST = frozenset({"first", "before"})
_STOPPING = frozenset({"ceasefire", "cease", "truce", "withdrawal", "halt", "end", "stop", "pullout", "release"})


@reads("invite", "exhort", "summon", "implore", "beseech", "entreat", "enjoin")
def _invited_to(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "invites both sides to respect the agreement", "invited its neighbours to self-restraint"."""
    who = roles(token)
    if has_negation(token) or token.dep_ in ("relcl", "acl", "amod"):
        return None
    told = who.undergoer or next((s for c in children(token, "ccomp") for s in children(c, "nsubj")), None)
    clause = next(
        (c for c in children(token, "xcomp", "ccomp", "advcl") if is_infinitive(c) and c.lemma_.lower() in _KEEPING), None
    )
    calm = next((i for _, i in preposition_objects(token, "to") if i.lemma_.lower() in _CALM), None)
    if calm is None and who.undergoer is not None:
        calm = next((i for _, i in preposition_objects(who.undergoer, "to") if i.lemma_.lower() in _CALM), None)
    doer = actor_phrase(who.doer, lexicon) if who.doer is not None and not who.passive else None
    if doer is None or told is None or (clause is None and calm is None):
        return None
    act = "DEMAND.CEASE_FIRE" if calm is not None else demand_of(token)
    return asked_act(token, act, doer, joint_phrase(told), "invited to keep the peace")


@reads("call")
def _called_for(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "called during his visit to X for a political solution": the parser hangs what is called for on the visit."""
    who = roles(token)
    if has_negation(token) or who.passive or children(token, "dobj", "oprd") or who.doer is None:
        return None
    stay = next((i for _, i in preposition_objects(token, "during", "after", "on", "at", "in")), None)
    wanted = [i for t in (stay.subtree if stay is not None else ()) for _, i in preposition_objects(t, "for")]
    thing = next((i for i in wanted if i.lemma_.lower() in _SOLUTIONS), None)
    doer = actor_phrase(who.doer, lexicon)
    if thing is None or doer is None:
        return None
    act = "DEMAND.TALKS" if thing.lemma_ in ("solution", "settlement", "dialogue") else "DEMAND.CEASE_FIRE"
    return asked_act(token, act, doer, None, "called for on a visit")


@reads("get", "take", "move", "pull", "keep", "withdraw")
def _bidden(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "Mr President, get your forces out of there"."""
    if token.tag_ not in ("VB", "VBP") or children(token, "nsubj", "aux", "mark") or token.dep_ not in ("ROOT", "ccomp", "conj"):
        return None
    thing = next(iter(children(token, "dobj")), None)
    away = any(c.lower_ in _AWAY for c in token.children) or any(prep.lower_ in _AWAY for prep, _ in preposition_objects(token))
    if thing is None or not away or thing.lemma_.lower() not in _FORCES:
        return None
    whose = next((c for c in thing.children if c.ent_type_ in SIDES), None)
    target = actor_phrase(whose, lexicon) if whose is not None else None
    return asked_act(token, "DEMAND.WITHDRAWAL", None, target, "bidden to take them away")


@reads("come", "be")
def _comes_first(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "a truce comes first", "the cease of fire must come before all else"."""
    subject = next(iter(children(token, "nsubj")), None)
    first = any(c.lower_ in _FIRST for c in children(token, "advmod", "prep", "acomp", "attr"))
    if subject is None or not first or has_negation(token) or subject.lemma_.lower() not in _STOPPING:
        return None
    if token.lemma_ == "be" or token.dep_ not in ("ROOT", "ccomp", "conj"):
        return None
    act = "DEMAND.WITHDRAWAL" if subject.lemma_ in ("withdrawal", "pullout") else "DEMAND.CEASE_FIRE"
    return asked_act(token, act, None, None, "what comes first is asked for")


# pleas by another word
plea = Rules(_invited_to, _called_for, _bidden, _comes_first)
