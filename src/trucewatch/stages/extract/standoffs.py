"""Refusals, meetings, missions and leavings by turns of phrase: "no diplomatic solution", "unacceptable to X", "due for talks",
"planes with peacekeepers landed", "dismantled their post"."""

from __future__ import annotations

from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.made import as_act, told_act
from trucewatch.stages.extract.mention import ActMention
from trucewatch.stages.extract.phrases import actor_phrase, owner_phrase
from trucewatch.stages.extract.refusals import not_yet
from trucewatch.stages.extract.rules import Rules, amid, reads
from trucewatch.stages.extract.syntax import Phrase, Token, children, has_negation, preposition_objects, roles
from trucewatch.stages.extract.triggers import is_of_kind

_PEACEABLE = frozenset({"diplomatic", "political", "peaceful", "negotiated"})
_SETTLING = frozenset("solution settlement dialogue talk negotiation compromise concession".split())
_OUT = frozenset({"impossible", "unthinkable", "inconceivable"})
_DEAD = frozenset({"dead", "buried", "exhausted", "finished", "defunct"})
_FORMATS = frozenset("format process deal talk agreement plan proposal negotiation accord roadmap mediation".split())
_MEETINGS = frozenset({"talk", "meeting", "negotiation", "consultation", "discussion", "summit"})
_HIGH = frozenset("trilateral bilateral quadrilateral three-way four-way ministerial high-level emergency closed-door".split())
_CARRIERS = frozenset({"plane", "aircraft", "flight", "helicopter", "ship", "convoy", "train", "bus", "column"})
_COMING = frozenset({"land", "arrive", "take", "leave", "depart", "fly", "touch", "reach"})
_CENTRES = frozenset({"centre", "center", "mission", "post", "hub", "office", "headquarters"})
_WATCHING = frozenset({"monitoring", "observation", "peacekeeping", "observer", "ceasefire"})
_POSTS = frozenset({"post", "checkpoint", "position", "camp", "base", "outpost", "roadblock", "tent"})


def _made(token: Token, frame: str, act: str, doer: Phrase | None, lexicon: Lexicon, why: str) -> ActMention:
    """A refusal stands as it is told; what else is told takes its clause's negation and modality."""
    if frame == "reject":
        return as_act(token, frame, act, doer, None, why, token)
    return told_act(token, token, lexicon, None, why, frame=frame, act=act, doer=doer)


@reads("be", "remain")
@amid(_SETTLING, _DEAD, "unacceptable", "inadmissible")
def _no_way(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "a diplomatic solution is impossible", "there is no diplomatic solution", "is unacceptable to X", "the format is dead"."""
    if token.dep_ in ("advcl", "relcl", "acl"):
        return None
    if children(token, "expl"):
        thing = next(iter(children(token, "attr")), None)
        none = thing is not None and any(c.lower_ == "no" for c in thing.children)
        if thing is None or not none or thing.lemma_ not in _SETTLING or not any(c.lower_ in _PEACEABLE for c in thing.children):
            return None
        return _made(token, "reject", "REFUSE", None, lexicon, "no peaceful solution is seen")
    subject = next(iter(children(token, "nsubj")), None)
    if subject is None or has_negation(token):
        return None
    states = children(token, "acomp")
    state = {c.lower_ for c in states}
    if state & _OUT and subject.lemma_.lower() in _SETTLING:
        return _made(token, "reject", "REFUSE", None, lexicon, "what is impossible is refused")
    if state & _DEAD and subject.lemma_.lower() in _FORMATS:
        return _made(token, "reject", "REFUSE", None, lexicon, "what is called dead is refused")
    bad = next((c for c in states if c.lower_ in ("unacceptable", "inadmissible")), None)
    to = [i for a in (token, bad) if a is not None for _, i in preposition_objects(a, "to", "for")]
    whose = next((p for i in to if (p := actor_phrase(i, lexicon)) is not None), None)
    return _made(token, "reject", "REFUSE", whose, lexicon, "unacceptable to a side") if bad is not None and whose else None


@reads("hand", "supply", "give", "provide", "share", "deliver")
def _maps_kept(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "has still not handed over the maps"."""
    maps = any(t.lemma_ == "map" for t in children(token, "dobj", "obj"))
    doer = actor_phrase(roles(token).doer, lexicon)
    if not maps or not has_negation(token) or doer is None:
        return None
    return _made(token, "reject", "REFUSE", doer, lexicon, "maps that are not given are refused")


@reads("be", "take", "hold")
@amid(_MEETINGS)
def _talks_due(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "the ministers are due in X for talks", "a trilateral meeting took place in X"."""
    subject = next(iter(children(token, "nsubj", "nsubjpass")), None)
    if subject is None or has_negation(token):
        return None
    if token.lemma_ == "be":
        due = next((c for c in children(token, "acomp") if c.lower_ in ("due", "expected")), None)
        matters = [i for a in (token, due) if a is not None for _, i in preposition_objects(a, "for")]
        if due is None or not any(i.lemma_.lower() in _MEETINGS for i in matters):
            return None
        doer = actor_phrase(subject, lexicon)
        return _made(token, "talk", "TALKS.MEET", doer, lexicon, "due for talks") if doer is not None else None
    happens = token.lemma_ == "hold" or any(c.lemma_ == "place" for c in children(token, "dobj"))
    if not happens or subject.lemma_.lower() not in _MEETINGS or not any(c.lower_ in _HIGH for c in subject.children):
        return None
    return _made(token, "talk", "TALKS.MEET", owner_phrase(subject, lexicon), lexicon, "a meeting that took place")


@reads(_COMING)
def _brought_in(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "the first planes with peacekeepers have landed"."""
    subject = next(iter(children(token, "nsubj")), None)
    if subject is None or subject.lemma_.lower() not in _CARRIERS or has_negation(token):
        return None
    if token.lemma_ == "take" and not any(c.lower_ == "off" for c in token.children):
        return None
    aboard = [i for _, i in preposition_objects(subject, "with", "of")]
    aboard += [c for a in children(subject, "acl", "relcl") if a.lemma_ in ("carry", "bring") for c in children(a, "dobj")]
    force = next((i for i in aboard if is_of_kind(i, "monitor", lexicon) or is_of_kind(i, "peacekeeping", lexicon)), None)
    if force is None:
        return None
    return _made(token, "offer", "OFFER.MONITORS", actor_phrase(force, lexicon), lexicon, "peacekeepers brought in")


@reads("open", "launch", "start", "stay", "remain", "resume")
def _watch_kept(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "a monitoring centre opened in X", "the peacekeepers stayed in place", "<mission> patrols resumed"."""
    heads = children(token, "nsubj", "nsubjpass", "dobj")
    subject = heads[0] if heads else None
    if subject is None or has_negation(token):
        return None
    lemma = token.lemma_.lower()
    if lemma in ("open", "launch", "start"):
        centre = next((h for h in heads if h.lemma_.lower() in _CENTRES), None)
        if centre is None or not any(c.lemma_.lower() in _WATCHING for c in children(centre, "amod", "compound")):
            return None
        doer = owner_phrase(centre, lexicon) if centre is subject else actor_phrase(subject, lexicon)
        return _made(token, "offer", "OFFER.MONITORS", doer, lexicon, "a post of observers is opened")
    if lemma == "resume":
        watches = any(c.ent_type_ == "ORG" or c.lemma_ == "peacekeeper" for c in subject.children)
        if subject.lemma_ != "patrol" or not watches:
            return None
        return _made(token, "offer", "OFFER.MONITORS", owner_phrase(subject, lexicon), lexicon, "patrols resumed")
    placed = any(i.lemma_ in ("place", "position", "post") for _, i in preposition_objects(token, "in", "at"))
    if not placed or not is_of_kind(subject, "peacekeeping", lexicon):
        return None
    return _made(token, "offer", "OFFER.MONITORS", actor_phrase(subject, lexicon), lexicon, "peacekeepers who stay")


@reads("dismantle", "remove", "close", "abandon", "vacate")
def _own_post_given_up(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "dismantled their post": their own, and so a withdrawal."""
    post = next((t for t in children(token, "dobj", "obj") if t.lemma_.lower() in _POSTS), None)
    if post is None or not any(c.dep_ == "poss" and c.lower_ in ("their", "its", "our") for c in post.children):
        return None
    subject = roles(token).doer
    if subject is None or not is_of_kind(subject, "force", lexicon):
        return None
    return _made(token, "retreat", "DEESCALATE.WITHDRAWAL", actor_phrase(subject, lexicon), lexicon, "one's own post given up")


# what no plain verb tells
standoff = Rules(_no_way, not_yet, _maps_kept, _talks_due, _brought_in, _watch_kept, _own_post_given_up)
