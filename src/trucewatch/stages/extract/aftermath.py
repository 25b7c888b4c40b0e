"""Attacks told by what is left of them: the dead, the target named afterwards, ruins, a shooting owned up to."""

from __future__ import annotations

from functools import partial

from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.made import told_act
from trucewatch.stages.extract.mention import ActMention
from trucewatch.stages.extract.modality import KIN
from trucewatch.stages.extract.phrases import actor_phrase
from trucewatch.stages.extract.rules import Rules, amid, reads
from trucewatch.stages.extract.syntax import SIDES, Token, children, is_verbal, preposition_objects, roles
from trucewatch.stages.extract.triggers import is_of_kind
from trucewatch.stages.extract.weapons import refine_act

_OWNING = frozenset({"acknowledge", "admit", "concede"})
_ANNOUNCING = _OWNING | frozenset("announce confirm report mourn declare reveal".split())
_DEATHS = frozenset({"death", "martyrdom"})
_RUINS = frozenset({"ruin", "rubble"})
_PIECES = frozenset({"remnant", "fragment", "casing", "piece", "part", "debris", "tail"})
_FINDING = frozenset({"find", "discover", "collect", "recover", "identify", "document", "see", "examine"})
_DEEDS = frozenset({"attack", "clash"})

_mention = partial(told_act, frame="harm", act="FIRE")


@reads("dead")
def _are_dead(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "my neighbours are dead"."""
    verb = token.head
    if token.dep_ not in ("acomp", "attr") or verb.lemma_ != "be":
        return None
    who = next(iter(children(verb, "nsubj")), None)
    if who is None or not (who.ent_type_ == "PERSON" or who.lemma_.lower() in KIN or is_of_kind(who, "civilian", lexicon)):
        return None
    return _mention(token, verb, lexicon, who, "somebody is said to be dead")


@reads(_DEATHS)
def _death_told(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "confirmed the death of its commander in the raid", "announced the martyrdom of a fighter"."""
    verb = token.head
    if token.dep_ not in ("dobj", "obj") or verb.lemma_.lower() not in _ANNOUNCING:
        return None
    who = next((inner for _, inner in preposition_objects(token, "of")), None) or next(iter(children(token, "poss")), None)
    if who is None:
        return None
    is_fallen = token.lemma_.lower() == "martyrdom" or is_of_kind(who, "combatant", lexicon)
    by_arms = any(
        (trigger := lexicon.nouns.get(inner.lemma_.lower())) is not None and trigger.frame in _DEEDS
        for anchor in (token, verb, who)
        for _, inner in preposition_objects(anchor, "in", "during", "by", "from", "after")
    )
    if not (is_fallen or by_arms):
        return None
    teller = actor_phrase(roles(verb).doer, lexicon)
    return _mention(token, verb, lexicon, who, f"'{token.text}' is told of by its side", witness=teller)


@reads("target")
def _target_named(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "the target was a commander": what an attack was aimed at."""
    copula = token.head
    if token.dep_ != "nsubj" or copula.lemma_ != "be" or copula.tag_ not in ("VBD", "VBN"):
        return None
    what = next(iter(children(copula, "attr")), None)
    if what is None or not any(c.lower_ in ("the", "its", "their") for c in token.children):
        return None
    kinds = ("combatant", "force", "military_object", "civil_object")
    if what.ent_type_ not in ("PERSON", "ORG") and not any(is_of_kind(what, kind, lexicon) for kind in kinds):
        return None
    return _mention(token, copula, lexicon, what, "the target of an attack is named", frame="attack")


def _owned_up(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "acknowledged the shooting", "admitted to the strike": one's own deed, conceded."""
    if token.dep_ not in ("dobj", "obj", "pobj"):
        return None
    trigger = lexicon.nouns.get(token.lemma_.lower())
    verb = token.head.head if token.dep_ == "pobj" and token.head.lower_ == "to" else token.head
    if trigger is None or trigger.frame not in _DEEDS or trigger.act.startswith("ADVANCE"):
        return None
    if verb.lemma_.lower() not in _OWNING or not is_verbal(verb):
        return None
    if list(preposition_objects(token, "by", "from")) or any(c.ent_type_ in SIDES or c.dep_ == "poss" for c in token.children):
        return None  # "acknowledged the attack by X": another's
    subject = roles(verb).doer
    who = actor_phrase(subject, lexicon)
    if subject is None or who is None:
        return None
    struck = next((inner for _, inner in preposition_objects(token, "on", "at", "of", "against", "in")), None)
    return _mention(token, verb, lexicon, struck, "a deed is owned up to", frame="attack", doer=who, witness=who)


@reads(_PIECES)
def _remnants(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "found remnants of cluster rockets": they were fired there."""
    verb = token.head
    if token.dep_ not in ("dobj", "nsubjpass") or verb.lemma_.lower() not in _FINDING:
        return None
    weapon = next((inner for _, inner in preposition_objects(token, "of", "from") if _is_arm(inner, lexicon)), None)
    if weapon is None:
        return None
    words = [w for w in weapon.subtree if w.lemma_.lower() in lexicon.weapons]
    banned = next((w for w in words if lexicon.weapons[w.lemma_.lower()] == "WEAPON.PROHIBITED"), None)
    named = banned or (words[0] if words else weapon)
    act = refine_act("FIRE", named.text, None, lexicon)
    teller = actor_phrase(roles(verb).doer, lexicon)
    return _mention(token, verb, lexicon, None, "remnants of arms were found", frame="attack", act=act, witness=teller)


def _is_arm(word: Token, lexicon: Lexicon) -> bool:
    return is_of_kind(word, "projectile", lexicon)


@reads("lie", "stand", "be", "leave", "lay")
@amid(_RUINS)
def _in_ruins(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "whole streets lie in ruins"."""
    if not is_verbal(token) or not any(inner.lemma_ in _RUINS for _, inner in preposition_objects(token, "in")):
        return None
    who = roles(token)
    what = who.undergoer if who.undergoer is not None else who.doer
    if what is None or not (is_of_kind(what, "civil_object", lexicon) or is_of_kind(what, "territory", lexicon)):
        return None
    return _mention(token, token, lexicon, what, "what lies in ruins was destroyed", frame="damage")


# the attack that a noun tells by its outcome, and that any other word tells
named_after = Rules(_death_told, _target_named, _owned_up, _remnants)


_KILLS = frozenset({"kill", "strike", "hit", "bomb", "assassinate", "slay", "shoot"})


@reads("mourn", "bury")
def _mourned(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "mourned one of its fighters": told of by its side."""
    who = next(iter(children(token, "dobj", "obj")), None)
    side = actor_phrase(roles(token).doer, lexicon)
    if who is None or side is None or not (is_of_kind(who, "combatant", lexicon) or is_of_kind(who, "force", lexicon)):
        return None
    if any(c.dep_ == "advcl" and c.lemma_ in _KILLS and c.i > token.i for c in token.children):
        return None  # "buried its commander, a day after a raid killed him": the outlet tells of the raid
    return _mention(token, token, lexicon, who, "a fallen fighter is mourned", witness=side)


@reads("survive", "escape")
def _survived(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "the target, a commander, survived": he had been attacked."""
    subject = next(iter(children(token, "nsubj")), None)
    if subject is None or subject.lemma_ != "target" or not any(c.lower_ in ("the", "its", "their") for c in subject.children):
        return None
    who = next(iter(children(subject, "appos")), subject)
    return _mention(token, token, lexicon, who, "the target of an attack is named", frame="attack")


left_behind = Rules(_are_dead, _in_ruins, _mourned, _survived)
