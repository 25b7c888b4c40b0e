"""Talks told by turns of phrase: a call that took place, colleagues rung up, talks that go well, a group that is to gather."""

from __future__ import annotations

from trucewatch.stages.extract.dealings import made
from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.mention import ActMention
from trucewatch.stages.extract.phrases import actor_phrase, owner_phrase
from trucewatch.stages.extract.rules import Rules, reads
from trucewatch.stages.extract.syntax import (
    SIDES,
    WILL,
    Phrase,
    Token,
    children,
    conjuncts,
    has_negation,
    is_infinitive,
    is_told_done,
    joint_phrase,
    preposition_objects,
    roles,
)
from trucewatch.stages.extract.triggers import meant_words

_MEETINGS = frozenset("talk call conversation meeting negotiation consultation discussion summit round contact exchange".split())
_HAPPENING = frozenset({"take", "hold", "occur", "happen", "follow", "last", "conduct"})
_PEERS = frozenset({"counterpart", "colleague", "peer", "number", "equivalent"})
_RINGING = frozenset({"call", "ring", "phone", "telephone"})
_PROGRESS = frozenset({"progress", "headway", "advance"})
_GOING_WELL = frozenset({"forward", "ahead", "well", "on"})
_GATHERING = frozenset({"gather", "convene", "assemble", "meet", "reconvene"})
_BODIES = frozenset("group council commission committee mechanism delegation minister envoy leader mediator chair".split())
_PACTS = frozenset("agreement deal truce ceasefire cease-fire accord agree armistice pact stop".split())
_PARTIES = frozenset({"capital", "side", "party", "maker", "leader", "mediator", "everyone", "government", "stakeholder"})


def _partners(holders: tuple[Token, ...], lexicon: Lexicon) -> tuple[Phrase | None, Phrase | None]:
    """Who met whom: "between A and B", "of A and B", "with B"."""
    pairs = [pair for holder in holders for pair in preposition_objects(holder)]
    between = next((i for prep, i in pairs if prep.lower_ == "between"), None)
    between = between or next((i for prep, i in pairs if prep.lower_ == "of" and len(conjuncts(i)) > 1), None)
    if between is not None:
        return joint_phrase(between), None
    other = next((p for prep, i in pairs if prep.lower_ == "with" and (p := actor_phrase(i, lexicon)) is not None), None)
    return owner_phrase(holders[0], lexicon), other


@reads(_HAPPENING)
def _took_place(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "a telephone conversation took place between A and B", "a phone talk was held between the two ministers"."""
    subject = next(iter(children(token, "nsubj", "nsubjpass")), None)
    if subject is None or has_negation(token) or token.dep_ in ("relcl", "acl"):
        return None
    if token.lemma_ == "take" and not any(c.lower_ == "place" for c in children(token, "dobj")):
        return None
    if token.lemma_ in ("hold", "conduct") and subject.dep_ != "nsubjpass":
        return None
    if any(c.dep_ == "aux" and c.lower_ not in ("has", "have", "had") for c in token.children):
        return None
    held = next((w for w in meant_words(subject) if w.lemma_.lower() in _MEETINGS), None)
    if held is None or any(c.lower_ == "no" for c in subject.children):
        return None
    doer, other = _partners((held, token), lexicon)
    if doer is None and other is None:
        return None
    return made(token, "talk", "TALKS.MEET", doer, other, "a talk that took place")


@reads(_RINGING)
def _rang_peers(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "called his counterparts in A and B", "rang both of his colleagues"."""
    who = roles(token)
    peers = next((c for c in children(token, "dobj", "obj") if c.lemma_.lower() in _PEERS), None)
    if peers is None or who.passive or has_negation(token) or children(token, "oprd"):
        return None
    if any(is_infinitive(c) for c in children(token, "xcomp", "ccomp")):
        return None
    doer = actor_phrase(who.doer, lexicon)
    where = next((i for a in (peers, token) for _, i in preposition_objects(a, "in") if i.ent_type_ == "GPE"), None)
    seats = [part for _, i in preposition_objects(peers, "in") for part in conjuncts(i)]
    if token.lemma_ == "call" and any(seat.ent_type_ != "GPE" for seat in seats):
        return None  # "called his counterparts in A and B liars": the parser joins what they are called to the places
    other = joint_phrase(where) if where is not None else actor_phrase(peers, lexicon) or joint_phrase(peers)
    return made(token, "talk", "TALKS.MEET", doer, other, "colleagues rung up") if doer is not None else None


@reads("make", "move", "go", "advance", "continue", "proceed", "stall")
def _under_way(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "peace talks with X were making progress", "the negotiations with X are moving forward"."""
    subject = next(iter(children(token, "nsubj")), None)
    if subject is None or token.dep_ in ("relcl", "acl") or token.tag_ not in ("VBG", "VBZ", "VBP", "VBD", "VBN"):
        return None
    held = next((w for w in meant_words(subject) if w.lemma_.lower() in _MEETINGS - {"call"}), None)
    if held is None or any(c.dep_ == "aux" and c.lower_ in WILL for c in token.children) or has_negation(token):
        return None
    well = any(c.lemma_.lower() in _PROGRESS for c in children(token, "dobj"))
    well = well or any(c.lower_ in _GOING_WELL for c in children(token, "advmod", "prt"))
    doer, other = _partners((held, subject), lexicon)
    if not (well or token.lemma_ in ("continue", "proceed", "advance", "stall")) or (doer is None and other is None):
        return None
    return made(token, "talk", "TALKS.MEET", doer, other, "talks under way")


@reads(_GATHERING)
def _is_to_gather(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "the group is to gather in X on Tuesday", "the commission will convene in X", "the minister is expected to meet Y"."""
    head = token.head
    is_to = token.dep_ == "xcomp" and is_infinitive(token) and head.lemma_ in ("be", "expect", "due", "schedule", "plan", "set")
    ahead = any(c.dep_ == "aux" and c.lower_ in WILL for c in token.children)
    if not (is_to or ahead) or has_negation(token) or has_negation(head):
        return None
    above = head if not is_to or head.pos_ in ("VERB", "AUX") else head.head
    anchors = (token, above) if is_to else (token,)
    subject = next((s for a in anchors for s in children(a, "nsubj", "nsubjpass")), None)
    if subject is None:
        return None
    official = subject.ent_type_ in (*SIDES, "PERSON") or any(
        w.lemma_.lower() in _BODIES or lexicon.is_kind(w.lemma_.lower(), "speaker") for w in meant_words(subject)
    )
    placed = any(
        i.ent_type_ in ("GPE", "DATE", "TIME") for a in anchors for _, i in preposition_objects(a, "in", "on", "at", "for")
    )
    whom = next(iter(children(token, "dobj")), None)
    if not official or not (placed or whom is not None):
        return None
    other = actor_phrase(whom, lexicon) if whom is not None else None
    if whom is not None and other is None:
        return None  # "is expected to meet the deadline"
    return made(token, "talk", "TALKS.MEET", joint_phrase(subject), other, "a meeting that is to come")


@reads("be")
def _due_there(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "the minister is due in <Capital> on Friday"."""
    due = next((c for c in children(token, "acomp") if c.lower_ in ("due", "expected")), None)
    subject = next(iter(children(token, "nsubj")), None)
    if due is None or subject is None or not is_told_done(token) or any(is_infinitive(c) for c in children(due, "xcomp")):
        return None
    where = next((i for a in (token, due) for _, i in preposition_objects(a, "in") if i.ent_type_ == "GPE"), None)
    official = subject.ent_type_ == "PERSON" or lexicon.is_kind(subject.lemma_.lower(), "speaker")
    if where is None or not official or lexicon.is_kind(subject.lemma_.lower(), "force"):
        return None
    return made(token, "talk", "TALKS.MEET", actor_phrase(subject, lexicon), joint_phrase(where), "an official due in a capital")


# talks by what is told of them
talk_told = Rules(_took_place, _rang_peers, _under_way, _is_to_gather, _due_there)


@reads("mediation")
def mediated(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "reached through the mediation of <Side>", "with <People> mediation": who mediated."""
    if token.dep_ != "pobj" or token.head.lower_ not in ("through", "with", "by", "via", "under"):
        return None
    verb = token.head.head
    ahead = verb.pos_ in ("VERB", "AUX") and any(
        c.dep_ == "aux" and c.lower_ not in ("has", "have", "had") for c in verb.children
    )
    doer = owner_phrase(token, lexicon)
    if doer is None:
        doer = next((p for _, i in preposition_objects(token, "of", "by") if (p := actor_phrase(i, lexicon)) is not None), None)
    if any(t.lemma_.lower() in _PACTS for t in token.sent):
        return None  # "a truce reached through the mediation of X": the truce is what is told
    if doer is None or ahead or (verb.pos_ in ("VERB", "AUX") and has_negation(verb)):
        return None
    return made(token, "talk", "TALKS.MEDIATE", doer, None, "somebody's mediation")


def is_all_concerned(noun: Token) -> bool:
    """ "in contact with both capitals", "in talks with all the decision makers"."""
    return noun.lemma_.lower() in _PARTIES and (
        noun.lower_ == "everyone" or any(c.lower_ in ("both", "all", "two", "the") for c in noun.children)
    )
