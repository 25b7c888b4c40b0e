"""What peacekeepers and monitors do where they are: a patrol that reached a place, engineers who landed, a force that stays."""

from __future__ import annotations

from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.mention import ActMention
from trucewatch.stages.extract.phrases import actor_phrase
from trucewatch.stages.extract.rules import reads
from trucewatch.stages.extract.syntax import SIDES, WILL, Phrase, Token, children, joint_phrase, preposition_objects, roles
from trucewatch.stages.extract.triggers import meant_words

_ARRIVING = frozenset("reach visit arrive land inspect tour patrol deploy return enter examine check".split())
_BODIES = frozenset(
    {"mission", "unifil", "osce", "unsmil", "eum", "contingent", "peacekeeping", "peacekeeper", "observer", "monitor"}
)
_PROPOSING = frozenset({"propose", "suggest", "offer", "recommend"})
_SERVING = frozenset("replace deploy monitor patrol take observe supervise guard station send stand remain relieve".split())
_STAYING = frozenset({"stay", "remain", "keep", "hold"})
_WATCHING = frozenset({"monitor", "observe", "oversee", "supervise", "verify"})
_TASKS = frozenset({"task", "mission", "duty", "mandate", "function", "service"})
_TRUCES = frozenset({"truce", "ceasefire", "cease-fire", "agreement", "withdrawal", "armistice", "disarmament"})
_FIRM = frozenset({"put", "where", "there", "place", "post", "position", "base"})
_TROOPS = frozenset(
    {"engineer", "soldier", "troop", "battalion", "marine", "paratrooper", "contingent", "reinforcement", "company"}
)


def _made(token: Token, frame: str, act: str, doer: Phrase | None, why: str) -> ActMention:
    return ActMention(token=token, frame=frame, act=act, weak=True, doer=doer, scope=token, is_supported=True, reasons=(why,))


def watches(head: Token | None, lexicon: Lexicon) -> bool:
    """Whether a noun phrase is of observers or peacekeepers: "a team of monitors", "the mission's patrol"."""
    if head is None:
        return False
    near = [w for part in meant_words(head) for w in (part, *part.children)]
    near += [i for _, i in preposition_objects(head, "of", "from")]
    near += [c for w in near for c in children(w, "compound", "amod", "poss")]
    return any(lexicon.is_kind(w.lemma_.lower(), "monitor") or w.lower_ in _BODIES for w in near)


@reads(_ARRIVING, _PROPOSING, _STAYING, _WATCHING, "be", "carry", "perform", "fulfil", "fulfill")
def mission(token: Token, lexicon: Lexicon) -> ActMention | None:
    """The presence of monitors or peacekeepers that a verb tells, None where it tells none."""
    lemma = token.lemma_.lower()
    if lemma in _PROPOSING:
        return _proposed(token, lexicon)
    if lemma in _STAYING:
        return _stays(token, lexicon)
    if lemma in _WATCHING:
        return _takes_part(token, lexicon)
    if lemma in ("be", "carry", "perform", "fulfil", "fulfill"):
        return _is_at_work(token, lexicon)
    if any(c.dep_ in ("neg", "auxpass") for c in token.children) or token.dep_ in ("relcl", "acl"):
        return None
    subject = roles(token).doer
    own = subject is not None and subject.lemma_ in ("patrol", "team") and _sent_by_a_mission(token, lexicon)
    landed = lemma in ("land", "arrive") and _reinforces(token, subject, lexicon)
    if subject is None or not (watches(subject, lexicon) or own or landed):
        return None
    placed = children(token, "dobj", "obj") or list(preposition_objects(token, "in", "at", "to", "on", "along"))
    doer = actor_phrase(subject, lexicon) or joint_phrase(subject)
    if not placed:
        return None
    return _made(token, "offer", "OFFER.MONITORS", doer, f"monitors or peacekeepers that '{token.text}' a place")


def _is_at_work(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "400 peacekeepers are already in X", "the mission continues to carry out its tasks"."""
    subject = roles(token).doer
    if subject is None or not watches(subject, lexicon) or any(c.dep_ == "neg" for c in token.children):
        return None
    if token.dep_ in ("relcl", "acl", "aux", "auxpass"):
        return None
    if token.lemma_ == "be":
        there = any(i.ent_type_ in ("GPE", "LOC") for _, i in preposition_objects(token, "in", "on", "along", "at"))
        counted = any(w.pos_ == "NUM" or w.lower_ in ("already", "now") for w in (*subject.children, *token.children))
        at_work = there and counted
    else:
        at_work = any(c.lemma_.lower() in _TASKS for c in children(token, "dobj", "obj"))
    doer = actor_phrase(subject, lexicon) or joint_phrase(subject)
    return _made(token, "offer", "OFFER.MONITORS", doer, "peacekeepers at work") if at_work else None


def _takes_part(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "X will take part in monitoring the truce", "will help to monitor it"."""
    things = {w.lemma_.lower() for c in children(token, "dobj", "obj") for w in (c, *c.children)}
    if not things & _TRUCES:
        return None
    part = token.head
    if token.dep_ == "pcomp" and part.lower_ == "in":
        while part.head != part and part.pos_ != "VERB":
            part = part.head
    elif not (token.dep_ in ("xcomp", "ccomp") and part.lemma_ in ("help", "join", "start", "begin", "continue")):
        return None
    if part.lemma_ not in ("take", "participate", "help", "join", "engage", "start", "begin", "continue", "assist"):
        return None
    doer = actor_phrase(roles(part).doer, lexicon)
    negated = any(c.dep_ == "neg" for c in part.children)
    return _made(token, "offer", "OFFER.MONITORS", doer, "a hand in monitoring") if doer is not None and not negated else None


def _sent_by_a_mission(token: Token, lexicon: Lexicon) -> bool:
    """ "the bloc, which has 130 monitors there, said its patrol had reached the spot"."""
    return any(lexicon.is_kind(w.lemma_.lower(), "monitor") or w.lower_ in _BODIES for w in token.sent)


def _reinforces(token: Token, subject: Token | None, lexicon: Lexicon) -> bool:
    """ "50 engineers landed, the first reinforcements for the force of the UN"."""
    if subject is None or subject.lemma_.lower() not in _TROOPS:
        return False
    words = [w.lower_ for w in token.sent]
    return any(w in _BODIES for w in words) or any(lexicon.is_kind(w.lemma_.lower(), "monitor") for w in token.sent)


def _proposed(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "proposed that peacekeepers replace the soldiers on the heights"."""
    clause = next((c for c in children(token, "ccomp") if c.i > token.i), None)
    if clause is None or clause.lemma_.lower() not in _SERVING or any(c.dep_ == "neg" for c in token.children):
        return None
    who = next(iter(children(clause, "nsubj", "nsubjpass")), None)
    doer = actor_phrase(roles(token).doer, lexicon)
    if doer is None or not watches(who, lexicon):
        return None
    return _made(token, "offer", "OFFER.MONITORS", doer, "peacekeepers proposed")


def _stays(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "the peacekeepers will stay where they are": they will not be moved."""
    if not any(c.dep_ == "aux" and c.lower_ in WILL for c in token.children) or any(c.dep_ == "neg" for c in token.children):
        return None
    subject = next(iter(children(token, "nsubj")), None)
    firm = any(w.lower_ in _FIRM or w.lemma_ in _FIRM for c in token.children if c.i > token.i for w in c.subtree)
    if subject is None or not firm or (subject.ent_type_ in SIDES and not watches(subject, lexicon)):
        return None
    if not watches(subject, lexicon) and not (subject.lemma_ == "force" and _sent_by_a_mission(token, lexicon)):
        return None
    return _made(token, "reject", "REFUSE", actor_phrase(subject, lexicon), "peacekeepers who stay refuse to go")
