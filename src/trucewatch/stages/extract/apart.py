"""Which act mentions that the parse joins are nevertheless two acts: victims at two places, a deed and what it came after."""

from __future__ import annotations

from trucewatch.stages.extract.mention import ActMention
from trucewatch.stages.extract.syntax import Token
from trucewatch.text.whereabouts import are_set_apart

_SPANS = frozenset("second minute hour day night week month year moment time".split())
_AFTER = frozenset({"after", "before", "since", "until", "following"})


def told_apart(one: ActMention, other: ActMention) -> bool:
    """Whether two mentions of one sentence are of two acts, wherever one hangs on the other."""
    first, second = sorted((one, other), key=lambda mention: mention.token.i)
    if "harm" in first.frame and "harm" in second.frame and are_set_apart(first.token, second.token):
        return True
    if second.token.dep_ == "conj" and second.token.head == first.token and _is_said_again(second.token):
        return True
    if any(_is_of_its_own_day(low, high) for low, high in ((one, other), (other, one))):
        return True
    return any(_comes_after(low, high) for low, high in ((one, other), (other, one)))


def _is_of_its_own_day(low: ActMention, high: ActMention) -> bool:
    """ "the checkpoint set up on 23 April remained closed", "the village shelled on Monday was hit again": of another day."""
    verb = low.token
    if low.is_nominal and low.token.pos_ == "NOUN":
        verb = next((c for c in low.token.children if c.dep_ == "acl"), verb)
    noun = verb.head
    if verb.dep_ != "acl" or verb.tag_ not in ("VBN", "VBD") or high.is_nominal or "harm" in low.frame + high.frame:
        return False
    if noun.dep_ not in ("nsubj", "nsubjpass", "dobj") or noun.head != high.token or verb.lemma_ == high.token.lemma_:
        return False
    return any(t.ent_type_ == "DATE" for c in verb.children if c.dep_ in ("prep", "npadvmod") for t in c.subtree)


def _is_said_again(verb: Token) -> bool:
    """ "said one person was killed in X and that a ward in Y had been destroyed": two things said."""
    has_subject = any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)
    return has_subject and any(c.dep_ == "mark" and c.lower_ == "that" for c in verb.children)


def _comes_after(low: ActMention, high: ActMention) -> bool:
    """ "began to shell the town a day after the raid that killed ten": the raid came before, and is no part of it."""
    node, steps = low.token, 0
    while node != high.token:
        if node.head == node or steps > 12:
            return False
        node, steps = node.head, steps + 1
        if node.dep_ in ("prep", "mark") and node.lower_ in _AFTER:
            holder = node.head
            if holder.lemma_ in _SPANS and holder.ent_type_ in ("DATE", "TIME", ""):
                return "intransitive" not in high.frame and holder != high.token
            if holder == high.token and not high.is_nominal and high.frame in ("attack", "damage") and high.doer is not None:
                return True
    return False
