"""Deeds told as a thing that somebody registers, hears of or complains about: "residents reported air strikes near X"."""

from __future__ import annotations

from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.phrases import actor_phrase
from trucewatch.stages.extract.syntax import Phrase, Token, children, is_verbal, preposition_objects, roles, tight_phrase
from trucewatch.stages.extract.triggers import is_of_kind

_NOTING = frozenset(
    "report record register document note log fix observe detect witness confirm verify describe cite list".split()
)
# what became of arms: told by whoever speaks of it, also where it is the destruction
_ENDS = frozenset({"destruction", "downing"})
_TELLING = frozenset({"complain", "speak", "tell", "report", "talk"})
_OF = ("of", "about", "on")
_FRAMES = frozenset({"attack", "clash", "breach", "damage", "blast"})
_PLACES = frozenset({"GPE", "LOC", "FAC"})
_HARMING = frozenset("cause inflict do bring suffer sustain see leave wreak take receive".split())


def teller_of(token: Token, frame: str, light: Token | None, lexicon: Lexicon, *, is_definite: bool) -> Phrase | None:
    """Who tells of an act that a noun names by registering it or complaining of it; None where nobody does, or it is no news.

    `light`: the verb that the noun leans on.
    """
    is_of_arms = token.lemma_ in _ENDS and any(
        is_of_kind(i, kind, lexicon) for _, i in preposition_objects(token, "of") for kind in ("military_object", "airborne")
    )
    if light is None or frame not in _FRAMES or (is_definite and not is_of_arms):
        return None
    if any(c.dep_ == "neg" for c in light.children):
        return None
    lemma = light.lemma_.lower()
    is_noted = lemma in _NOTING and token.dep_ != "pobj"
    is_told = lemma in _TELLING and token.dep_ == "pobj" and token.head.lower_ in _OF and token.head.head == light
    counted = token.dep_ == "pobj" and token.head.lower_ == "of" and token.head.head.head == light
    if not (is_noted or is_told or (lemma in _NOTING and counted)):
        return None
    who = roles(light)
    if who.passive or who.doer is None or who.doer == token or who.doer.ent_type_ in ("DATE", "TIME", "FAC", "LOC"):
        return None
    if any(c.dep_ == "aux" and c.lower_ in ("will", "would", "may", "might", "could", "should", "must") for c in light.children):
        return None
    is_set = any(word.ent_type_ in _PLACES for word in light.subtree if word.i > light.i)
    aimed = any(
        inner.ent_type_ in _PLACES or is_of_kind(inner, "civilian", lexicon) or is_of_kind(inner, "force", lexicon)
        for _, inner in preposition_objects(token, "at", "on", "against", "by", "from")
    )
    watches = is_of_kind(who.doer, "monitor", lexicon) or who.doer.lemma_.lower() in ("mission", "contingent")
    if not (is_set or aimed or is_of_arms or (frame == "breach" and watches)) or children(who.doer, "conj"):
        return None
    return actor_phrase(who.doer, lexicon) or tight_phrase(who.doer)


def damaged(token: Token, light: Token | None, lexicon: Lexicon) -> Token | None:
    """What a noun of damage says was damaged: "caused damage to ten houses", "the destruction of a bridge"."""
    things = [inner for _, inner in preposition_objects(token, "to", "of", "in", "at")]
    if light is not None and is_verbal(light) and light.lemma_ in _HARMING:
        things += [subject for subject in children(light, "nsubj") if light.lemma_ in ("suffer", "sustain", "receive", "take")]
        things += [inner for _, inner in preposition_objects(light, "to")]
    kinds = ("civil_object", "military_object", "territory")
    return next((thing for thing in things if any(is_of_kind(thing, kind, lexicon) for kind in kinds)), None)


def is_by_arms(token: Token, light: Token | None, lexicon: Lexicon) -> bool:
    """Whether damage came by an attack, and not by weather: its cause, its maker or the words around name arms."""
    near = [
        inner for anchor in (token, light) if anchor is not None for _, inner in preposition_objects(anchor, "by", "in", "from")
    ]
    if light is not None and is_verbal(light):
        near += children(light, "nsubj")
        near += [inner for subject in children(light, "nsubj") for _, inner in preposition_objects(subject, "of")]
    return any(
        ((trigger := lexicon.nouns.get(word.lemma_.lower())) is not None and trigger.frame in ("attack", "clash"))
        or is_of_kind(word, "projectile", lexicon)
        or is_of_kind(word, "weapon", lexicon)
        or lexicon.is_kind(word.lemma_.lower(), "force")
        for word in near
    )
