"""What a clause tells as not come about without a plain "not" on its verb, and what only came near.

Asked by modality.py of every verb of an act: "rather than shell the town", "stopped short of attacking", "hardly a shot was
fired", "nothing to suggest that X fired", "the claim that X fired does not hold up"; and "nearly fired", "came close to firing".
"""

from __future__ import annotations

from typing import Any

from trucewatch.stages.extract.syntax import Token, children, preposition_objects

_SCARCELY = frozenset({"hardly", "scarcely", "barely"})
_NEARLY = frozenset({"nearly", "almost"})
_SUGGESTING = frozenset("suggest indicate show prove imply say confirm believe think suppose".split())
_NOTHING = frozenset({"nothing", "little"})
_GROUNDS = frozenset("evidence proof sign indication reason suggestion hint trace".split())
_TELLING = frozenset("claim report allegation accusation story rumour rumor assertion suggestion word".split())
_HEARSAY = frozenset({"rumour", "rumor", "gossip"})
# what is told in one of these is played
STORIES = frozenset(
    "film movie documentary novel thriller fiction comic cartoon sitcom telenovela screenplay fable legend nightmare dream "
    "rehearsal simulation re-enactment reenactment parody satire sketch puppet".split()
)
# with "not" and "up" or "true", what a claim does that is untrue
_STANDING = frozenset({"hold", "stand", "add", "check", "bear"})
OCCASIONS = frozenset({"point", "time", "moment", "way", "circumstance", "case", "occasion", "mean", "means"})


def is_undone(verb: Token, who: Any) -> bool:
    """Whether a verb's act is told as not come about, in other words than a negation of the verb itself."""
    governor = verb.head
    for head in (who.doer, who.undergoer):
        if head is not None and any(c.lower_ in _SCARCELY for c in head.children):
            return True
    if verb.dep_ == "acomp" and any(
        i.lemma_ in OCCASIONS and any(c.lower_ == "no" for c in i.children) for _, i in preposition_objects(governor, "at", "in")
    ):
        return True  # "was at no point closed"
    if verb.dep_ == "advcl" and {"rather", "than"} <= {c.lower_ for c in verb.children}:
        return True
    if verb.dep_ == "pcomp" and governor.lower_ == "of":
        beside = [governor.head, *governor.children]
        if any(c.lower_ == "instead" for c in beside):
            return True
        if governor.head.lower_ == "short" and governor.head.head.lemma_ in ("stop", "fall"):
            return True
    return _is_groundless(verb) or _is_of_a_list(verb)


def is_near(verb: Token) -> bool:
    """ "nearly fired", "all but attacked", "came close to shelling it", "it is far from clear that they fired", "rumours that
    they fired", "in the film they fire".
    """
    governor = verb.head
    if any(c.lower_ in _NEARLY and c.dep_ == "advmod" for c in verb.children):
        return True
    before = [verb.doc[i].lower_ for i in range(max(verb.sent.start, verb.i - 2), verb.i)]
    if before == ["all", "but"]:
        return True
    if verb.dep_ == "pcomp" and governor.lower_ == "to" and governor.head.lower_ == "close":
        return bool(governor.head.head.lemma_ == "come")
    if verb.dep_ == "acl" and governor.lemma_.lower() in _HEARSAY:
        return True
    if any(i.lemma_.lower() in STORIES for prep, i in preposition_objects(verb, "in") if prep.i < verb.i):
        return True
    if verb.dep_ == "ccomp" and governor.lemma_ == "be":
        far = next((c for c in governor.children if c.lower_ == "far"), None)
        return far is not None and any(i.lower_ in ("clear", "certain", "proven") for p in far.children for i in p.children)
    return False


def _is_groundless(verb: Token) -> bool:
    """ "nothing to suggest that X fired", "no evidence to show that", "the claim that X fired does not hold up"."""
    governor = verb.head
    if verb.dep_ == "ccomp" and governor.lemma_ in _SUGGESTING and governor.dep_ in ("relcl", "acl"):
        ground = governor.head
        is_none = any(c.lower_ in ("no", "any", "little") for c in ground.children)
        return ground.lower_ in _NOTHING or (ground.lemma_.lower() in _GROUNDS and is_none)
    if verb.dep_ in ("acl", "ccomp", "relcl") and governor.lemma_.lower() in _TELLING and governor.dep_ == "nsubj":
        clause = governor.head
        is_not = any(c.dep_ == "neg" for c in clause.children)
        return is_not and clause.lemma_ in _STANDING and any(c.lower_ in ("up", "out") for c in clause.children)
    return False


def _is_of_a_list(verb: Token) -> bool:
    """ "has not closed, blocked or restricted it": the last of a list whose first is negated."""
    node, is_or = verb, False
    while node.dep_ == "conj" and node.head.pos_ == verb.pos_ and not children(node, "nsubj", "nsubjpass"):
        is_or = is_or or any(c.dep_ == "cc" and c.lower_ in ("or", "nor") for c in node.head.children)
        node = node.head
    return is_or and any(c.dep_ == "neg" or c.lower_ == "never" for c in node.children)
