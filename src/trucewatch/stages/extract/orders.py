"""Orders to leave that the outlet tells of beside another deed: "bombed the port, after the army told residents to leave"."""

from __future__ import annotations

from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.syntax import Token, children
from trucewatch.stages.extract.triggers import is_of_kind

_ORDERS = frozenset("order tell warn urge ask instruct command advise".split())
_WHEN = frozenset({"after", "as", "when", "before", "while", "once"})


def is_told_beside(token: Token, lexicon: Lexicon) -> bool:
    """Whether an order to civilians stands in a clause of time, or is told as what was done to them: nobody vouches for it then.

    "…, after the army warned residents to leave", "residents were told by the army to leave".
    """
    order = token if token.lemma_ in _ORDERS else token.head
    if order.lemma_ not in _ORDERS:
        return False
    if any(c.dep_ == "agent" for c in order.children):
        return any(is_of_kind(who, "civilian", lexicon) for who in children(order, "nsubjpass"))
    hearers = [*children(order, "dobj"), *children(order, "nsubj") * (order != token)]
    if not any(is_of_kind(who, "civilian", lexicon) or who.lemma_ == "people" for who in hearers):
        return False
    clause = order
    while clause.dep_ == "conj" and clause.head != clause:
        clause = clause.head
    is_marked = any(c.dep_ in ("mark", "advmod") and c.lower_ in _WHEN for c in clause.children)
    return (clause.dep_ == "advcl" and is_marked) or (clause.dep_ == "pcomp" and clause.head.lower_ in _WHEN)
