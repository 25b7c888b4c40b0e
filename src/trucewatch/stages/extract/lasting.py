"""Attacks told by when they came: "the shelling lasted for three hours", "the raid came at dawn"."""

from __future__ import annotations

from trucewatch.stages.extract.syntax import Token, children, has_negation, preposition_objects
from trucewatch.stages.extract.triggers import meant_words

# verbs that say no more of an attack than that it happened, each with the words that it asks for
_HAPPENING = frozenset(
    "go continue last resume restart rage come take happen occur follow persist drag proceed unfold begin start intensify".split()
)
_PARTICLES = {"go": "on", "drag": "on"}
_ONGOING = frozenset(
    "again overnight nonstop non-stop unabated uninterrupted incessantly relentlessly ceaselessly unceasing".split()
)
_BREAKS = frozenset("pause lull break interruption respite stop letup let-up clock midnight noon dawn dusk daybreak".split())
_FRONTS = frozenset("front frontline line sector sectors direction directions south north east west border".split())
_ERRANDS = frozenset({"operation", "campaign", "drive", "mission", "push", "sweep", "hit"})
_ARMED = frozenset({"military", "combat", "ground", "offensive", "army", "war"})
_CLAUSES = frozenset({"ROOT", "ccomp", "conj", "parataxis"})
_ARRIVALS = frozenset("as after to in into under close amid hours days weeks months".split())
_BOUND = frozenset({"nsubj", "advcl", "relcl", "ccomp", "acl", "parataxis", "conj"})


def happened_then(token: Token, light: Token) -> bool:
    """Whether a main clause says of an attack that it came, went on or began again, at a time or a place that it tells."""
    lemma = light.lemma_.lower()
    if lemma not in _HAPPENING or light.dep_ not in _CLAUSES or has_negation(light):
        return False
    if token.lemma_.lower() in _ERRANDS and not any(c.lemma_.lower() in _ARMED for c in token.children):
        return False  # "the rescue operation began at nine"
    subject = next(iter(children(light, "nsubj")), None)
    if subject is None or token not in meant_words(subject):
        return False
    if any(c.dep_ == "aux" and c.lower_ not in ("has", "have", "had", "is", "are", "was", "were") for c in light.children):
        return False
    if lemma in _PARTICLES and not any(c.lower_ == _PARTICLES[lemma] for c in light.children):
        return False
    if lemma == "take" and not any(c.lemma_ == "place" for c in children(light, "dobj")):
        return False
    if lemma == "come" and any(c.dep_ in ("prt", "advmod", "acomp", "xcomp") and c.lower_ in _ARRIVALS for c in light.children):
        return False
    if lemma != "take" and children(light, "dobj", "xcomp", "ccomp"):
        return False
    if any(c.pos_ == "VERB" and not children(c, "nsubj", "nsubjpass") for c in children(light, "conj")):
        return False  # "began at nine and hit a barracks": told by what it did
    if lemma == "come":
        return any(i.ent_type_ == "TIME" or i.lemma_ in _BREAKS for _, i in preposition_objects(light, "at", "before", "in"))
    return any(_sets(word) for child in light.children if child.dep_ not in _BOUND for word in child.subtree)


def _sets(word: Token) -> bool:
    """Whether a word says when, for how long or where."""
    return (
        word.ent_type_ in ("TIME", "DATE", "GPE", "LOC", "FAC")
        or word.lower_ in _ONGOING
        or word.lemma_.lower() in _BREAKS
        or word.lemma_.lower() in _FRONTS
    )


def takes_part(token: Token, light: Token) -> bool:
    """ "two regiments took part in the attack on X": the subject of `light` did it."""
    if token.dep_ != "pobj" or token.head.lower_ != "in":
        return False
    return light.lemma_ in ("participate", "join") or (
        light.lemma_ == "take" and any(c.lemma_ == "part" for c in children(light, "dobj"))
    )
