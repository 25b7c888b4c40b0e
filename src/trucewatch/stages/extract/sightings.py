"""War as bystanders see it: the enemy from three sides, the last tanks gone, diggers at work, people under a fallen house."""

from __future__ import annotations

from dataclasses import replace

from trucewatch.stages.extract.changed_hands import is_ground
from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.made import told_act
from trucewatch.stages.extract.mention import ActMention
from trucewatch.stages.extract.phrases import actor_phrase
from trucewatch.stages.extract.rules import Rules, reads
from trucewatch.stages.extract.syntax import (
    Token,
    children,
    has_negation,
    is_infinitive,
    is_told_done,
    preposition_objects,
    roles,
    tight_phrase,
)
from trucewatch.stages.extract.triggers import is_of_kind, meant_words

_SIDES = frozenset({"side", "direction", "front", "flank", "angle"})
_CROSSING = frozenset({"cross", "leave", "pass", "drive", "roll", "depart", "pull", "move", "withdraw"})
_PARTING = frozenset({"cross", "leave", "depart", "withdraw"})
_AWAY = frozenset({"out", "away", "back", "across", "over", "home", "from"})
_BOUNDS = frozenset({"bridge", "border", "frontier", "line", "gate", "crossing", "river", "base", "barracks", "post"})
_LAST = frozenset({"last", "final", "remaining"})
_WORKING = frozenset({"carry", "conduct", "do", "perform", "continue", "undertake", "start", "begin", "resume"})
_EARTH = frozenset({"engineering", "fortification", "earth", "entrenching", "construction", "digging"})
_SEARCHING = frozenset({"look", "search", "dig"})
_FALLEN = frozenset({"collapsed", "flattened", "ruined", "destroyed", "bombed", "shattered", "demolished", "fallen"})
_HOUSES = frozenset({"house", "building", "home", "block", "school", "apartment", "flat", "roof", "wall", "shop"})


@reads("come", "attack", "advance", "move")
def _from_all_sides(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "they came from three sides at once, with tanks"."""
    who = next(iter(children(token, "nsubj")), None)
    sides = next((i for _, i in preposition_objects(token, "from") if i.lemma_ in _SIDES and i.tag_ == "NNS"), None)
    if who is None or sides is None or not is_told_done(token):
        return None
    if token.lemma_ in ("come", "move") and not _comes_as_foe(token, who, lexicon):
        return None
    if not any(c.pos_ == "NUM" or c.lower_ in ("all", "several", "both", "many") for c in sides.children):
        return None
    if who.lower_ != "they" and not is_of_kind(who, "force", lexicon) and not is_of_kind(who, "mobile", lexicon):
        return None
    doer = actor_phrase(who, lexicon) or tight_phrase(who)
    return told_act(
        token, token, lexicon, None, "they come from several sides", frame="attack", act="ADVANCE.OFFENSIVE", doer=doer
    )


def _comes_as_foe(token: Token, who: Token, lexicon: Lexicon) -> bool:
    """Whether people or troops come to fight: with arms, or from three sides with no other purpose told ("to lay flowers")."""
    brought = [i for _, i in preposition_objects(token, "with", "in")]
    if any(is_of_kind(i, kind, lexicon) for i in brought for kind in ("mobile", "weapon", "armament", "force")):
        return True
    counted = any(c.pos_ == "NUM" for _, i in preposition_objects(token, "from") for c in i.children)
    return (counted or who.lower_ != "they") and not any(is_infinitive(c) for c in token.children)


@reads(_CROSSING)
def _last_to_leave(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "the last column of tanks crossed at the gate before dawn"."""
    who = next(iter(children(token, "nsubj")), None)
    if who is None or not is_told_done(token) or not any(c.lower_ in _LAST for c in who.children):
        return None
    words = [*meant_words(who), *(i for _, i in preposition_objects(who, "of"))]
    if not any(is_of_kind(w, kind, lexicon) for w in words for kind in ("force", "mobile", "combatant")):
        return None
    if any(is_of_kind(w, "monitor", lexicon) for w in words) or not _goes_for_good(token, lexicon):
        return None
    doer = actor_phrase(who, lexicon)
    return told_act(token, token, lexicon, None, "the last to go", frame="retreat", act="DEESCALATE.WITHDRAWAL", doer=doer)


def _goes_for_good(token: Token, lexicon: Lexicon) -> bool:
    """Whether a column goes from the ground that it held: "left X", "crossed the bridge", and not "left the parade"."""
    left = next(iter(children(token, "dobj", "obj")), None)
    if left is not None and not is_ground(left, lexicon) and left.lemma_.lower() not in _BOUNDS:
        return False
    return token.lemma_ in _PARTING or any(c.lower_ in _AWAY for c in token.children)


@reads("work")
def earthworks(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "engineering works are being carried out along the border", "troops are conducting engineering works"."""
    if not any(c.lemma_.lower() in _EARTH and c.dep_ in ("compound", "amod") for c in token.children):
        return None
    verb = token.head
    if verb.lemma_ not in _WORKING or token.dep_ not in ("nsubj", "nsubjpass", "dobj") or not is_told_done(verb):
        return None
    who = roles(verb)
    doer = actor_phrase(who.doer, lexicon) if who.doer is not None and who.doer != token else None
    at_line = any(
        i.lemma_.lower() in ("border", "line", "frontier", "position", "contact", "front")
        for a in (verb, token)
        for _, i in preposition_objects(a)
    )
    is_of_army = who.doer is not None and is_of_kind(who.doer, "force", lexicon)
    if not at_line and not is_of_army:
        return None
    return told_act(token, verb, lexicon, None, "works at a line", frame="move", act="FORCE.FORTIFICATION", doer=doer)


@reads(_SEARCHING)
def _under_a_house(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "were still looking for three members of a family under a collapsed house"."""
    if has_negation(token):
        return None
    sought = next((i for _, i in preposition_objects(token, "for")), None)
    anchors = [token, *([sought, *(i for _, i in preposition_objects(sought, "of"))] if sought is not None else [])]
    house = next(
        (
            i
            for a in anchors
            for _, i in preposition_objects(a, "under", "beneath", "in")
            if i.lemma_.lower() in _HOUSES and any(c.lower_ in _FALLEN for c in i.children)
        ),
        None,
    )
    if house is None:
        return None
    told = told_act(
        token, token, lexicon, house, "people sought under a house", frame="damage", act="CIV.ATTACK_OBJECTS", is_scene=True
    )
    return replace(told, negated=False)


sightings = Rules(_from_all_sides, _last_to_leave, _under_a_house)
