"""Second words for one deed in its sentence: "in the deadliest strike for months", "the violence began when ...".

And notions that report nothing: "disarming the group divides them", "attacks on civilians anywhere are crimes".
"""

from __future__ import annotations

from collections.abc import Sequence

from trucewatch.stages.extract.mention import ActMention
from trucewatch.stages.extract.syntax import NAMED, Token, children, preposition_objects

_RANKING = frozenset({"first", "second", "third", "fourth", "fifth", "latest", "last", "worst", "most"})
_OUTBREAKS = frozenset({"begin", "start", "erupt", "break", "flare", "ignite"})
_NOTIONS = frozenset({"retreat", "move", "talk", "agree", "offer", "coerce"})
_SPEAKING = frozenset({"say", "tell", "recall", "add", "explain"})
_ANY = frozenset({"any", "all", "every", "such"})


def is_echo(mention: ActMention, others: Sequence[ActMention]) -> bool:
    """Whether a mention only says again, or ranks, what another mention of its sentence tells; or names a mere notion."""
    token = mention.token
    beside = [m for m in others if m is not mention and m.token.sent.start == token.sent.start]
    deeds = [m for m in beside if m.act_class == "ASSAULT"]
    if token.dep_ in ("nsubjpass", "dobj") and any(m.frame == "calm" and m.token == token.head for m in beside):
        return True  # "no shot was heard" tells of quiet
    if token.dep_ == "xcomp" and any(
        m.token == token.head and m.token.lemma_ == "refuse" and m.frame in ("move", "coerce") for m in beside
    ):
        return True  # "refused to withdraw": the staying is told
    if mention.frame == "move" and _breaks_in(token, deeds):
        return True
    if mention.frame == "talk" and _is_rung_up_to_ask(token, beside):
        return True
    if mention.act_class == "ACCUSE" and _is_worry_before_a_call(mention, beside):
        return True
    if mention.is_nominal and any(m.is_opinion and m.act_class == "COOPERATE" and _is_judged_by(token, m.token) for m in beside):
        return True  # "said X's operation was justified": sides with it, and tells of none
    if mention.is_nominal:
        return _is_ranked(token, deeds) or _is_outbreak(mention, deeds) or _is_notional_deed(mention, beside)
    if mention.frame == "breach" and _is_broken_by(token, beside):
        return True
    if mention.act_class == "ACCUSE":
        return _judges_a_deed(mention, deeds)
    if token.dep_ == "csubj" and token.tag_ == "VBG" and mention.frame in _NOTIONS and not mention.negated:
        return True  # "disarming X has become the issue"
    if mention.act_class != "ASSAULT":
        return False
    return _names_the_weapon(mention, deeds) or _met_its_end(mention, beside) or _sets_the_scene(mention, deeds)


def _breaks_in(token: Token, deeds: Sequence[ActMention]) -> bool:
    """ "wrecked the gate of the post and entered by force": one deed."""
    if token.dep_ != "conj" or token.lemma_ not in ("enter", "break", "force", "drive") or children(token, "nsubj"):
        return False
    if any(t.ent_type_ in NAMED or t.ent_type_ in ("DATE", "TIME") for t in token.subtree):
        return False
    return any(m.frame == "damage" and m.token == token.head for m in deeds)


def _is_rung_up_to_ask(token: Token, beside: Sequence[ActMention]) -> bool:
    """ "called them at once and asked them to stop": the call is how they were asked."""
    if token.lemma_ not in ("call", "phone", "telephone", "ring", "contact"):
        return False
    return any(
        m.frame == "request"
        and m.token.dep_ == "conj"
        and m.token.head == token
        and any(c.pos_ == "PRON" for c in children(m.token, "dobj"))
        for m in beside
    )


def _is_worry_before_a_call(mention: ActMention, beside: Sequence[ActMention]) -> bool:
    """ "said it was gravely concerned and called on both sides to stop": one appeal."""
    if not any(reason.startswith("concern") for reason in mention.reasons):
        return False
    verb = mention.scope if mention.scope is not None else mention.token
    joined = (verb, mention.token, verb.head)
    return any(m.frame == "request" and m.token.dep_ == "conj" and m.token.head in joined for m in beside)


def _is_judged_by(noun: Token, verb: Token) -> bool:
    return noun.dep_ in ("nsubj", "nsubjpass", "dobj") and (noun.head == verb or noun.head.head == verb)


def _is_ranked(token: Token, deeds: Sequence[ActMention]) -> bool:
    """ "ten were killed, in the deadliest strike in months", "in the second attack since May"."""
    if token.dep_ != "pobj" or token.head.lower_ != "in":
        return False
    ranks = any(c.tag_ in ("JJS", "RBS") or c.lower_ in _RANKING for c in token.children)
    return ranks and any(not m.is_nominal and m.token.i < token.i for m in deeds)


def _is_outbreak(mention: ActMention, deeds: Sequence[ActMention]) -> bool:
    """ "the violence began on 8 October, when X fired rockets": the rockets are what began it."""
    light = mention.scope
    if mention.frame != "clash" or mention.token.dep_ != "nsubj" or light is None or light.lemma_ not in _OUTBREAKS:
        return False
    if any(m.is_nominal and m.token.head.lower_ == "with" and m.token.head.head == light for m in deeds):
        return True  # "the fighting began with an offensive"
    return any(not m.is_nominal and m.doer is not None and _told_by_when(m.token, light) for m in deeds)


def _told_by_when(low: Token, high: Token) -> bool:
    node, when = low, False
    while node != high and node.head != node:
        first = node.left_edge
        when = when or (node.dep_ in ("relcl", "advcl") and first.lower_ in ("when", "after", "with"))
        node = node.head
    return when and node == high


def _is_notional_deed(mention: ActMention, beside: Sequence[ActMention]) -> bool:
    """ "attacks on civilians anywhere are crimes": a rule of law, judged beside, and no deed told."""
    if mention.frame not in ("attack", "clash", "take", "breach") or mention.doer is not None or mention.is_definite:
        return False
    if not any(m.act_class == "ACCUSE" and m.undergoer_head == mention.token for m in beside):
        return False
    words = [c for c in mention.token.children if c.i < mention.token.i]
    is_general = mention.token.tag_ == "NNS" or any(c.lower_ in _ANY for c in words)
    below = mention.token.subtree
    return is_general and not any(t.ent_type_ in NAMED or t.ent_type_ in ("DATE", "TIME") for t in below)


def _is_broken_by(token: Token, beside: Sequence[ActMention]) -> bool:
    """ "violated the agreement by sending troops to X": the troops are what is told."""
    means = [v for p in children(token, "prep") if p.lower_ == "by" for v in children(p, "pcomp")]
    return any(m.token in means and m.act_class in ("MOBILIZE", "TERRITORY", "COERCE") for m in beside)


def _judges_a_deed(mention: ActMention, deeds: Sequence[ActMention]) -> bool:
    """ "the killing of X is a crime": who judges the deed so tells of it, once."""
    if mention.frame != "misdeed" or mention.undergoer_head is None:
        return False
    judged = next((m for m in deeds if m.is_nominal and m.token == mention.undergoer_head), None)
    if judged is None or (judged.doer is None and judged.undergoer is None):
        return False  # "the attack was a war crime": the judgement is all that is told
    if judged.doer is None and judged.is_definite and not any(t.ent_type_ in NAMED for t in judged.token.subtree):
        return False  # "the firing of such shells into towns is cruel": nor is there more told here
    return judged.modality == "actual" and not _is_notional_deed(judged, [mention])


def _names_the_weapon(mention: ActMention, deeds: Sequence[ActMention]) -> bool:
    """ "the shells used there were fired by X": the use is the firing."""
    token = mention.token
    if token.lemma_ != "use" or token.dep_ != "acl" or token.tag_ != "VBN" or mention.doer is not None:
        return False
    return any(not m.is_nominal and m.token.i > token.i for m in deeds)


def _met_its_end(mention: ActMention, beside: Sequence[ActMention]) -> bool:
    """ "a missile was fired but was intercepted", "once they had been driven back": how the deed told before it ended."""
    token = mention.token
    if not any(c.dep_ == "auxpass" for c in token.children) or mention.doer is not None or children(token, "agent"):
        return False
    if mention.act == "AIR.UAV_DOWNED":
        is_joined = token.dep_ == "conj" and not children(token, "nsubj", "nsubjpass")
        return is_joined and any(m.token == token.head and m.frame == "attack" for m in beside)
    if mention.act != "FIRE.CLASH" or token.dep_ != "advcl":
        return False
    marks = {c.lower_ for c in token.children if c.dep_ in ("mark", "advmod")}
    who = children(token, "nsubjpass")
    return (
        bool(marks & {"once", "after", "until", "before"})
        and all(w.pos_ == "PRON" for w in who)
        and any(m.token.i < token.i for m in beside)
    )


def _sets_the_scene(mention: ActMention, deeds: Sequence[ActMention]) -> bool:
    """ "said X, who was waiting for a bus when the first rocket landed": where the speaker stood, beside what he tells."""
    token = mention.token
    if token.dep_ != "advcl" or mention.doer is not None or any(c.lower_ == "near" for c in token.children):
        return False
    if not any(c.lower_ in ("when", "as", "while") and c.i < token.i for c in token.children):
        return False
    node = token.head
    while node.head != node and node.dep_ not in ("relcl", "acl"):
        node = node.head
    person = node.head
    while person.dep_ in ("appos", "conj") and person.head != person:
        person = person.head
    speaks = person.dep_ in ("nsubj", "pobj") and any(v.lemma_ in _SPEAKING for v in (person.head, person.head.head))
    has_own_place = any(i.ent_type_ in NAMED for _, i in preposition_objects(token, "in", "on", "at"))
    return node.dep_ in ("relcl", "acl") and speaks and not has_own_place and bool(deeds)
