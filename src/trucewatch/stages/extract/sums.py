"""Whether victims told of by a verb of harm are one incident's or the sum of a war that no word of the sentence names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from trucewatch.model.records import When
from trucewatch.stages.extract.mention import ActMention
from trucewatch.stages.extract.merge import ActGroup
from trucewatch.stages.extract.syntax import Token, preposition_objects
from trucewatch.text.figures import FigureMention

# so many at once are told with how they died: without it, they are a war's
MANY = 30
WAR = 100
# the dead of one clash: more are the fighting's as a whole
ONE_CLASH = 2
# a month is no sum of a few dead at one spot
FEW = 10
_DAY = re.compile(r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|today|overnight|tonight|dawn)\b", re.I)
_SPOTS = ("near", "at", "outside", "beside", "off")
_PLACES = frozenset({"GPE", "LOC", "FAC"})


def are_many(victims: Sequence[FigureMention]) -> bool:
    """Whether so many fell in fighting that they are its sum: one or two fell at once."""
    return any((f.figure.low or f.figure.high or 0) > ONE_CLASH for f in victims)


def is_one_clash(when: When, victims: Sequence[FigureMention]) -> bool:
    """ "two were killed and three wounded in an exchange of fire on Thursday": a few, on a day that is named."""
    is_of_a_day = when.text is not None and _DAY.search(when.text) is not None
    return is_of_a_day and all(
        (f.figure.low or f.figure.high or 0) < (FEW if f.figure.measure == "killed" else MANY) for f in victims
    )


def is_one_incident(lead: ActMention, victims: Sequence[FigureMention]) -> bool:
    """ "in May 2021, when four soldiers were killed near X": few, at one spot, whatever the time is told by."""
    if all(f.figure.high == 1 for f in victims) or _has_its_own_deed(lead.token):
        return True
    is_at_spot = any(inner.ent_type_ in _PLACES for _, inner in preposition_objects(lead.token, *_SPOTS))
    return is_at_spot and all((f.figure.low or 0) < FEW for f in victims)


def _has_its_own_deed(verb: Token) -> bool:
    """ "in July 2006 twenty villagers were killed when a ship fired at them"."""
    clauses = [c for c in verb.children if c.dep_ == "advcl" and any(w.lower_ in ("when", "as") for w in c.children)]
    return any(c.tag_ in ("VBD", "VBN") and any(w.dep_ in ("nsubj", "nsubjpass") for w in c.children) for c in clauses)


def sums_up(group: ActGroup, victims: Sequence[FigureMention], *, follows_toll: bool) -> bool:
    """ "says that 90 of its civilians have been killed": many, by no attack that is named, on no day, at no spot.

    `follows_toll`: the last victims told of, right before, were a sum's; then the plain past sums too.
    """
    lead = group.lead
    if _counts_on(lead.token, victims):
        return True
    if not any((f.figure.low or 0) >= MANY for f in victims):
        return False
    if lead.frame == "lose" and not _is_set(lead.token):
        return True  # "the side lost 202 people"
    if _is_a_wars(lead, victims):
        return True
    is_perfect = any(c.dep_ == "aux" and c.lower_ in ("have", "has", "\u2019ve", "'ve") for c in lead.token.children)
    if is_perfect and any(m.token.tag_ == "NNS" and m.token.dep_ == "nsubj" and m.frame == "attack" for m in group.members):
        return not _is_set(lead.token)  # "<side> attacks have killed 300 people"
    if is_perfect and lead.frame == "harm" and any((f.figure.low or 0) >= WAR for f in victims) and not _is_set(lead.token):
        return True  # "<side> has killed more than 270 people in almost daily strikes"
    of_any = [m for m in group.members if m.is_nominal and _is_of_any(m.token)]
    if any(m.is_nominal and m not in of_any for m in group.members):
        return False
    if of_any and not follows_toll and not (is_perfect and all(m.token.tag_ == "NNS" for m in of_any)):
        return False
    return (is_perfect or follows_toll) and not _is_set(lead.token)


def _is_a_wars(lead: ActMention, victims: Sequence[FigureMention]) -> bool:
    """ "says that 190 of its soldiers died": so many fighting men, by no deed, on no day, are a war's."""
    is_harm = lead.frame == "harm_intransitive" or (lead.frame == "harm" and lead.doer is None)
    return (
        is_harm
        and not _is_set(lead.token)
        and any(f.figure.population == "combatant" and (f.figure.low or 0) >= WAR for f in victims)
    )


def _counts_on(verb: Token, victims: Sequence[FigureMention]) -> bool:
    """ "another 50 of its soldiers had been killed in action": what a side adds to its count."""
    counted = [f for f in victims if f.figure.measure == "killed" and (f.figure.low or 0) >= FEW]
    if not counted or not any(i.lemma_ == "action" for _, i in preposition_objects(verb, "in")):
        return False
    return any(t.lower_ in ("another", "more", "further", "additional", "other") for t in verb.subtree)


def _is_of_any(deed: Token) -> bool:
    """ "killed by <side> fire", "in shelling": no one attack."""
    return deed.tag_ in ("NN", "NNS") and not any(c.dep_ == "det" for c in deed.children)


def _is_set(verb: Token) -> bool:
    """Whether a clause says when, at which spot or by what attack it came."""
    for word in verb.subtree:
        if word.ent_type_ in ("DATE", "TIME", "FAC") or word.lower_ in ("overnight", "yesterday", "today"):
            return True
    for child in verb.children:
        if child.dep_ == "advcl" and any(c.lower_ in ("when", "as", "after") for c in child.children):
            return True
    return any(inner.ent_type_ in _PLACES for _, inner in preposition_objects(verb, *_SPOTS))
