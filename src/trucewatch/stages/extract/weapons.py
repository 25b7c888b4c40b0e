"""The weapon named with an act, and how far it makes the act exact."""

from __future__ import annotations

from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.syntax import Token, children, conjuncts, preposition_objects

# a bomb or a round may come from anywhere: a more telling word beside it is preferred
_LAUNCHING = frozenset(
    "fire launch use drop rain lob release hurl throw fling unleash send direct discharge apply employ detect count identify "
    "register spot track observe loose".split()
)
_WHERE = frozenset({"air", "ground", "sea"})
_INEXACT = frozenset({"FIRE", "ADVANCE.OFFENSIVE"})


def weapon_word(token: Token, lexicon: Lexicon, subject: Token | None, undergoer: Token | None) -> str | None:
    """The weapon named with an act: a modifier, an instrument, a missile that is fired or that strikes."""
    near = [child for child in token.children if child.dep_ in ("compound", "amod", "nmod", "npadvmod")]
    near += [inner for child in near for inner in child.children if inner.dep_ in ("compound", "amod", "conj")]
    for _, inner in preposition_objects(token, "with", "by", "using", "of", "in", "from"):
        near.extend(conjuncts(inner))
        near.extend(children(inner, "compound", "amod"))
    if subject is not None:
        near.extend([*conjuncts(subject), *children(subject, "compound", "amod")])
    if undergoer is not None and token.lemma_.lower() in _LAUNCHING:
        near.extend([*conjuncts(undergoer), *children(undergoer, "compound", "amod")])
        for _, inner in preposition_objects(undergoer, "of"):
            near.extend([inner, *children(inner, "compound", "amod")])
    for child in children(token, "advcl"):
        if child.lemma_ == "use":
            for obj in children(child, "dobj"):
                near.extend([*conjuncts(obj), *children(obj, "compound", "amod")])
    if token.lemma_.lower() in lexicon.weapons:
        near.append(token)
    best = None
    for word in near:
        if word.lower_ in _WHERE and word.dep_ == "pobj":
            continue  # "fired into the air", "fell on open ground"
        if word.lemma_.lower() in lexicon.weapons:
            best = best or word
            if lexicon.weapons[word.lemma_.lower()] not in _INEXACT:
                return str(word.text)
    return str(best.text) if best is not None else None


def refine_act(act: str, weapon: str | None, undergoer: Token | None, lexicon: Lexicon) -> str:
    """The act made as exact as weapon and target support, and no more."""
    if act in ("FIRE", "AIR", "FIRE.HEAVY") and weapon is not None:
        lemma = weapon.lower().rstrip("s") if weapon.lower() not in lexicon.weapons else weapon.lower()
        refined = lexicon.weapons.get(lemma) or lexicon.weapons.get(weapon.lower())
        if refined == "FIRE":
            refined = None
        if refined is not None and not (act == "FIRE.HEAVY" and refined == "ADVANCE.OFFENSIVE"):
            return refined
    if act == "AIR.UAV_DOWNED" and undergoer is not None and not lexicon.is_kind(undergoer.lemma_.lower(), "airborne"):
        return "FIRE"
    if undergoer is not None and act.split(".")[0] in ("FIRE", "AIR") and lexicon.is_kind(undergoer.lemma_.lower(), "monitor"):
        return "ACCESS.MONITOR_ATTACK"
    if act == "FIRE" and undergoer is not None:
        lemma = undergoer.lemma_.lower()
        if lemma in ("civilian", "civilians"):
            return "CIV.ATTACK_PERSONS"
        if lemma in (
            "house",
            "home",
            "school",
            "hospital",
            "church",
            "cathedral",
            "mosque",
            "apartment",
            "kindergarten",
            "ambulance",
        ):
            return "CIV.ATTACK_OBJECTS"
    return act
