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
_FIRM = frozenset({"put", "where", "there", "place", "post", "position", "base"})
_TROOPS = frozenset(
    {"engineer", "soldier", "troop", "battalion", "marine", "paratrooper", "contingent", "reinforcement", "company"}
)


def _made(token: Token, frame: str, act: str, doer: Phrase | None, why: str) -> ActMention:
    return ActMention(token=token, frame=frame, act=act, weak=True, doer=doer, scope=token, is_supported=True, reasons=(why,))


def _watches(head: Token | None, lexicon: Lexicon) -> bool:
    """Whether a noun phrase is of observers or peacekeepers: "a team of monitors", "the mission's patrol"."""
    if head is None:
        return False
    near = [w for part in meant_words(head) for w in (part, *part.children)]
    near += [i for _, i in preposition_objects(head, "of", "from")]
    near += [c for w in near for c in children(w, "compound", "amod", "poss")]
    return any(lexicon.is_kind(w.lemma_.lower(), "monitor") or w.lower_ in _BODIES for w in near)


@reads(_ARRIVING, _PROPOSING, _STAYING)
def mission(token: Token, lexicon: Lexicon) -> ActMention | None:
    """The presence of monitors or peacekeepers that a verb tells, None where it tells none."""
    lemma = token.lemma_.lower()
    if lemma in _PROPOSING:
        return _proposed(token, lexicon)
    if lemma in _STAYING:
        return _stays(token, lexicon)
    if any(c.dep_ in ("neg", "auxpass") for c in token.children) or token.dep_ in ("relcl", "acl"):
        return None
    subject = roles(token).doer
    own = subject is not None and subject.lemma_ in ("patrol", "team") and _sent_by_a_mission(token, lexicon)
    landed = lemma in ("land", "arrive") and _reinforces(token, subject, lexicon)
    if subject is None or not (_watches(subject, lexicon) or own or landed):
        return None
    placed = children(token, "dobj", "obj") or list(preposition_objects(token, "in", "at", "to", "on", "along"))
    doer = actor_phrase(subject, lexicon) or joint_phrase(subject)
    if not placed:
        return None
    return _made(token, "offer", "OFFER.MONITORS", doer, f"monitors or peacekeepers that '{token.text}' a place")


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
    if doer is None or not _watches(who, lexicon):
        return None
    return _made(token, "offer", "OFFER.MONITORS", doer, "peacekeepers proposed")


def _stays(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "the peacekeepers will stay where they are": they will not be moved."""
    if not any(c.dep_ == "aux" and c.lower_ in WILL for c in token.children) or any(c.dep_ == "neg" for c in token.children):
        return None
    subject = next(iter(children(token, "nsubj")), None)
    firm = any(w.lower_ in _FIRM or w.lemma_ in _FIRM for c in token.children if c.i > token.i for w in c.subtree)
    if subject is None or not firm or (subject.ent_type_ in SIDES and not _watches(subject, lexicon)):
        return None
    if not _watches(subject, lexicon) and not (subject.lemma_ == "force" and _sent_by_a_mission(token, lexicon)):
        return None
    return _made(token, "reject", "REFUSE", actor_phrase(subject, lexicon), "peacekeepers who stay refuse to go")
