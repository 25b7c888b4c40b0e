"""Talks told by what becomes of them: rung up, on the agenda, before a council, close to a deal; exchanges of captives begun."""

from __future__ import annotations

from trucewatch.stages.extract.dealings import made
from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.mention import ActMention
from trucewatch.stages.extract.modality import with_modality
from trucewatch.stages.extract.phrases import actor_phrase, owner_phrase
from trucewatch.stages.extract.rules import reads
from trucewatch.stages.extract.syntax import (
    SIDES,
    Token,
    children,
    conjuncts,
    has_negation,
    joint_phrase,
    preposition_objects,
    roles,
)
from trucewatch.stages.extract.triggers import meant_words

_TALKED = frozenset("discuss brief inform convey express talk review urge ask thank congratulate assure tell coordinate".split())
_TIMES = frozenset("afternoon morning evening night day week hours weekend".split())
_RINGING = frozenset({"make", "have", "hold", "conduct", "place"})
_CALLS = frozenset({"call", "conversation", "talk"})
_BY_WIRE = frozenset({"phone", "telephone", "video", "videolink"})
_DISCUSSED = frozenset({"discuss", "consider", "address", "debate", "examine", "raise", "review"})
_MATTERS = frozenset("issue matter question situation conflict crisis topic escalation attack incident proposal violence".split())
_BODIES = frozenset("council session meeting summit conference assembly commission committee talk negotiation".split())
_MEETINGS = frozenset({"meeting", "summit", "talk", "negotiation", "visit", "conference", "round"})
_LISTS = frozenset({"agenda", "schedule", "calendar", "programme", "program", "card", "table"})
_STAYING = frozenset({"be", "remain", "stay", "stand"})
_BARGAINS = frozenset({"deal", "agreement", "compromise", "accord", "understanding", "settlement", "draft", "truce", "ceasefire"})
_EFFORTS = frozenset({"effort", "work", "mediation", "diplomacy", "initiative", "contact", "consultation"})
_CALMING = frozenset(
    "de-escalation deescalation escalation calm peace ceasefire truce settlement mediation stabilise stabilize stop end "
    "reconcile normalisation normalization resolution talk".split()
)
_GOING_ON = frozenset({"continue", "go", "carry", "proceed", "intensify", "resume"})
_SWAPS = frozenset({"exchange", "swap", "handover", "return", "transfer", "repatriation", "hand-over"})
_HAPPENING = frozenset("begin start take continue happen occur complete hold carry proceed resume go".split())
_ENDING = frozenset({"end", "finish", "close", "conclude", "break", "adjourn", "wind"})
_FRUITS = frozenset({"agreement", "result", "breakthrough", "progress", "deal", "outcome", "decision", "accord", "conclusion"})
_READING = _ENDING | {"fail"} | _RINGING | _DISCUSSED | _STAYING | _GOING_ON | _HAPPENING | {"call"}
_DEAD = frozenset({"dead", "fallen", "killed", "wounded", "prisoner"})


@reads(_READING)
def contact(token: Token, lexicon: Lexicon) -> ActMention | None:
    """The dealing between sides that a verb tells so, None where it tells none."""
    lemma = token.lemma_.lower()
    if has_negation(token):
        return None
    return (
        (_rang(token, lexicon) if lemma in _RINGING else None)
        or (_rang_up(token, lexicon) if lemma == "call" else None)
        or (_discussed(token, lexicon) if lemma in _DISCUSSED else None)
        or (_on_the_agenda(token, lexicon) or _close_to_a_deal(token, lexicon) if lemma in _STAYING else None)
        or (_efforts_go_on(token, lexicon) if lemma in _GOING_ON or lemma == "be" else None)
        or (_ended_without(token, lexicon) if lemma in _ENDING else None)
        or (_failed_to_agree(token, lexicon) if lemma == "fail" else None)
        or (_exchange_held(token, lexicon) if lemma in _HAPPENING or lemma == "be" else None)
    )


def _is_official(head: Token | None, lexicon: Lexicon) -> bool:
    if head is None:
        return False
    words = (head, *children(head, "compound", "amod", "appos"))
    return head.ent_type_ in (*SIDES, "PERSON") or any(lexicon.is_kind(w.lemma_.lower(), "speaker") for w in words)


def _rang(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "made a phone call with the leaders", "had a telephone conversation with X"."""
    call = next((c for c in children(token, "dobj", "obj") if c.lemma_ in _CALLS), None)
    who = roles(token)
    if call is None or who.passive or not _is_official(who.doer, lexicon):
        return None
    by_wire = any(c.lemma_.lower() in _BY_WIRE for c in children(call, "compound", "amod"))
    pairs = [pair for a in (call, token) for pair in preposition_objects(a)]
    if any(prep.lower_ == "for" for prep, _ in pairs) and not by_wire:
        return None  # "made a call for help"
    other = next((p for prep, i in pairs if prep.lower_ in ("with", "to") and (p := actor_phrase(i, lexicon)) is not None), None)
    doer = actor_phrase(who.doer, lexicon)
    return made(token, "talk", "TALKS.MEET", doer, other, "a call is a talk") if other is not None else None


def _rang_up(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "called X and Y by telephone", "called Prime Minister X in the afternoon"."""
    by_wire = any(i.lemma_ in _BY_WIRE for _, i in preposition_objects(token, "by", "over", "on"))
    if not by_wire and not _calls_somebody(token, lexicon):
        return None
    caller = next(iter(children(token, "nsubj")), None) or roles(token).doer
    called = next(iter(children(token, "dobj", "obj", "oprd", "dative")), None)
    if called is None or children(token, "auxpass") or not _is_official(caller, lexicon) or not _is_official(called, lexicon):
        return None
    return made(token, "talk", "TALKS.MEET", actor_phrase(caller, lexicon), joint_phrase(called), "called by telephone")


def _calls_somebody(token: Token, lexicon: Lexicon) -> bool:
    """ "called President X on Monday", and not "called him a liar", "called X to order", "called X's plan weak"."""
    objects = children(token, "dobj", "obj", "oprd")
    called = objects[0] if len(objects) == 1 else None
    if called is None or called.ent_type_ != "PERSON" or any(c.dep_.startswith("aux") for c in token.children):
        return False
    titled = any(lexicon.is_kind(w.lemma_.lower(), "speaker") or w.lower_ == "speaker" for w in called.children)
    meant = [c for c in token.children if c.dep_ in ("acomp", "attr", "xcomp", "ccomp", "prt", "dative")]
    says_of = any(c.dep_ != "xcomp" or c.lemma_ not in _TALKED for c in meant)
    after = children(token, "prep")
    in_time = all(
        any(t.ent_type_ in ("DATE", "TIME") or t.lower_ in _TIMES for t in prep.subtree)
        for prep in after
        if prep.lower_ != "about"
    )
    others = any(c.dep_ in ("amod", "appos", "acl", "nmod") and c.i > called.i for c in called.children)
    return titled and not says_of and in_time and not others


def _discussed(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "the issue will be discussed at the council on Thursday"."""
    subject = next(iter(children(token, "nsubjpass")), None)
    if subject is None or subject.lemma_.lower() not in _MATTERS:
        return None
    where = [i for _, i in preposition_objects(token, "at", "in", "by", "before", "during")]
    body = next(
        (i for i in where if i.ent_type_ == "ORG" or any(w.lemma_.lower() in _BODIES for w in (i, *children(i, "compound")))),
        None,
    )
    return made(token, "talk", "TALKS.MEET", actor_phrase(body, lexicon), None, "put before a body") if body is not None else None


def _on_the_agenda(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "the meeting remains on the president's schedule"."""
    subject = next(iter(children(token, "nsubj")), None)
    if subject is None or not any(w.lemma_.lower() in _MEETINGS for w in meant_words(subject)):
        return None
    entry = next((i for _, i in preposition_objects(token, "on") if i.lemma_.lower() in _LISTS), None)
    if entry is None:
        return None
    between = next((i for _, i in preposition_objects(subject, "between", "of", "with")), None)
    return made(
        token, "talk", "TALKS.MEET", joint_phrase(between) if between is not None else None, None, "a meeting that stands"
    )


def _close_to_a_deal(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "the two were close to agreeing on a draft"."""
    near = next((c for c in children(token, "acomp") if c.lower_ in ("close", "near", "closer")), None)
    subject = next(iter(children(token, "nsubj")), None)
    if near is None or subject is None or not (_is_official(subject, lexicon) or subject.lemma_ in ("side", "they", "party")):
        return None
    aim = next(iter(i for _, i in preposition_objects(near, "to")), None)
    if aim is None:
        return None
    reached = {w.lemma_.lower() for c in children(aim, "dobj", "prep") for w in c.subtree} if aim.pos_ == "VERB" else set()
    if aim.lemma_.lower() not in _BARGAINS | {"agree"} and not reached & _BARGAINS:
        return None
    return made(token, "talk", "TALKS.MEET", joint_phrase(subject), None, "close to a deal")


def _ended_without(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "the meeting in X ended without agreement"."""
    subject = next(iter(children(token, "nsubj")), None)
    if subject is None or not any(w.lemma_.lower() in _MEETINGS - {"visit"} for w in meant_words(subject)):
        return None
    if not any(i.lemma_.lower() in _FRUITS for _, i in preposition_objects(token, "without")):
        return None
    between = next((i for _, i in preposition_objects(subject, "between", "of", "with")), None)
    doer = joint_phrase(between) if between is not None else owner_phrase(subject, lexicon)
    return made(token, "talk", "TALKS.MEET", doer, None, "talks that brought nothing")


def _failed_to_agree(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "foreign ministers meeting in X failed to agree on a call for a truce"."""
    verb = next((c for c in children(token, "xcomp") if c.lemma_ in ("agree", "reach", "find")), None)
    subject = roles(token).doer
    if verb is None or subject is None or not (_is_official(subject, lexicon) or subject.lemma_ in ("side", "they", "party")):
        return None
    things = {c.lemma_.lower() for c in children(verb, "dobj")}
    if verb.lemma_ != "agree" and not things & (_BARGAINS | {"ground"}):
        return None
    return made(token, "talk", "TALKS.MEET", joint_phrase(subject), None, "talks that brought nothing")


def _efforts_go_on(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "X's efforts for de-escalation continue"."""
    subject = next(iter(children(token, "nsubj", "nsubjpass")), None)
    if subject is None or subject.lemma_.lower() not in _EFFORTS:
        return None
    if token.lemma_ == "be" and not any(c.lower_ in ("underway", "ongoing") for c in token.children):
        return None
    words = {w.lemma_.lower() for w in subject.subtree} | {subject.lemma_.lower()}
    doer = owner_phrase(subject, lexicon)
    if doer is None or not words & _CALMING:
        return None
    return made(token, "talk", "TALKS.MEDIATE", doer, None, "work for calm goes on")


def _exchange_held(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "the exchange of the dead has begun", "a handover of prisoners took place"."""
    subject = next(iter(children(token, "nsubj", "nsubjpass")), None)
    if subject is None or subject.lemma_.lower() not in _SWAPS:
        return None
    if token.lemma_ == "be" and not any(c.lower_ in ("underway", "ongoing") for c in token.children):
        return None
    if token.lemma_ == "take" and not any(c.lower_ == "place" for c in token.children):
        return None
    of = [w for _, i in preposition_objects(subject, "of") for part in conjuncts(i) for w in meant_words(part)]
    of += children(subject, "compound")
    if not any(lexicon.is_kind(w.lemma_.lower(), "captive", "remains") or w.lower_ in _DEAD for w in of):
        return None
    between = next((i for a in (subject, token) for _, i in preposition_objects(a, "between")), None)
    none = any(c.lower_ == "no" for c in subject.children)
    mention = made(
        token,
        "begin",
        "POW.NON_RELEASE" if none else "DEESCALATE.RELEASE",
        joint_phrase(between) if between is not None else None,
        None,
        f"{'no' if none else 'the'} {subject.text} takes place",
    )
    return with_modality(mention, token, lexicon)
