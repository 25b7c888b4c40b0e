"""At which named places a clause sets what it tells."""

from __future__ import annotations

from typing import Any

_AT = frozenset({"in", "at", "near", "on", "outside", "around", "inside"})
_NO_PLACE = frozenset({"DATE", "TIME", "CARDINAL", "ORDINAL", "QUANTITY", "MONEY", "PERCENT", "EVENT", "LAW"})


def places_beside(verb: Any) -> frozenset[str]:
    """Names of the places that hang on a verb by "in", "near" and the like, also through a noun ("in the village of X")."""
    found: set[str] = set()
    for prep in verb.children:
        if prep.dep_ == "prep" and prep.lower_ in _AT:
            for head in prep.children:
                inner = [p for of in head.children if of.dep_ == "prep" and of.lower_ == "of" for p in of.children]
                found.update(p.text for p in (head, *inner) if p.pos_ == "PROPN" and p.ent_type_ not in _NO_PLACE)
    return frozenset(found)


def are_set_apart(first: Any, second: Any) -> bool:
    """ "six died in X, and five others were killed in Y": two clauses that each have a place of their own."""
    # "two" of "died in X and two were killed in Y" may hang on X: then the auxiliary alone shows the clause
    if not any(child.dep_ in ("nsubj", "nsubjpass", "auxpass") for child in second.children):
        return False
    here, there = places_beside(first), places_beside(second)
    return bool(here) and bool(there) and here.isdisjoint(there)
