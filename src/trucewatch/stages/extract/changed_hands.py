"""Ground won or lost, told by no verb of taking: "the loss of X", "the fall of X was announced", "two posts changed hands"."""

from __future__ import annotations

from dataclasses import replace

from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.made import told_act
from trucewatch.stages.extract.mention import ActMention
from trucewatch.stages.extract.phrases import actor_phrase, owner_phrase
from trucewatch.stages.extract.rules import Rules, amid, reads
from trucewatch.stages.extract.syntax import Token, children, has_negation, is_no_more, preposition_objects
from trucewatch.stages.extract.triggers import is_of_kind, meant_words

_PLACES = frozenset({"GPE", "LOC", "FAC"})
# what falls or is lost with no army at its gates
_POWERS = frozenset("union republic empire regime government dynasty wall kingdom caliphate bloc cabinet tower house".split())
_OWNING_UP = frozenset("acknowledge admit concede recognise recognize confirm accept mourn regret lament".split())
_PROCLAIMING = _OWNING_UP | frozenset(
    "announce report declare proclaim celebrate hail claim deny dispute refute reject follow trigger prompt mark mean bring "
    "shock signal spark open come cause leave".split()
)
_OF_NEWS = frozenset({"report", "news", "claim", "information", "announcement", "rumour", "rumor", "message", "word"})
_FLAGS = frozenset({"flag", "tricolour", "tricolor", "banner"})
_FLYING = frozenset({"fly", "flutter", "wave", "hang", "rise", "stream", "float"})
_ABOVE = ("over", "above", "atop", "on", "in")
_OWN = frozenset({"ours", "mine"})


def is_ground(noun: Token, lexicon: Lexicon) -> bool:
    """Whether a noun is a place or a stretch of ground that a force can win: a town by name, "several positions"."""
    words = [noun, *meant_words(noun)]
    if any(w.lemma_.lower() in _POWERS for w in words):
        return False
    return any(w.ent_type_ in _PLACES for w in words) or is_of_kind(noun, "territory", lexicon)


@reads("loss", "fall")
def ground_lost(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "acknowledged the loss of X", "the fall of X was announced", "reports of the loss of two villages"."""
    place = next((i for _, i in preposition_objects(token, "of")), None)
    if place is None or not is_ground(place, lexicon) or any(c.lower_ in ("no", "any") for c in token.children):
        return None
    holder = token
    if token.dep_ == "pobj" and token.head.lower_ in ("of", "on", "about") and token.head.head.lemma_ in _OF_NEWS:
        holder = token.head.head
    verb = holder.head
    if holder.dep_ not in ("dobj", "obj", "nsubj", "nsubjpass") or verb.lemma_ not in _PROCLAIMING:
        return None
    if holder.dep_ == "nsubj" and verb.lemma_ in _OWNING_UP:
        return None
    if has_negation(verb) and verb.lemma_ != "deny":
        return None  # "would not confirm the loss of X"
    by = next((i for prep, i in preposition_objects(token, "to", "by")), None)
    doer = actor_phrase(by, lexicon) if by is not None else None
    return told_act(token, verb, lexicon, place, f"the {token.text} of a place", frame="lose", act="ADVANCE.TERRITORY", doer=doer)


@reads("change", "switch")
def hands_changed(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "several positions changed hands overnight"."""
    ground = next(iter(children(token, "nsubj")), None)
    hands = next(iter(children(token, "dobj", "obj")), None)
    if ground is None or hands is None or hands.lower_ not in ("hands", "sides") or not is_ground(ground, lexicon):
        return None
    if has_negation(token):
        return None
    return told_act(token, token, lexicon, ground, "ground that changed hands", frame="take", act="ADVANCE.TERRITORY")


@reads(_FLYING)
def flag_flown(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "the <Side> flag now flies over X": whose it is holds the place."""
    flag = next((c for c in children(token, "nsubj", "nsubjpass", "dobj") if c.lemma_.lower() in _FLAGS), None)
    if flag is None or has_negation(token) or any(c.lower_ == "still" for c in token.children):
        return None
    where = next((i for _, i in preposition_objects(token, *_ABOVE) if is_ground(i, lexicon)), None)
    if where is None:
        return None
    return told_act(
        token,
        token,
        lexicon,
        where,
        "a flag that flies over a place",
        frame="take",
        act="ADVANCE.TERRITORY",
        doer=owner_phrase(flag, lexicon),
    )


@reads("lose")
def town_lost(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "we have lost X", in the mouth of whoever held the town; a side or its army lost it."""
    who = next(iter(children(token, "nsubj")), None)
    place = next(iter(children(token, "dobj", "obj")), None)
    if who is None or place is None or place.ent_type_ not in _PLACES or has_negation(token):
        return None
    is_side = who.ent_type_ in ("GPE", "NORP") or who.lower_ in ("we", "they") or is_of_kind(who, "force", lexicon)
    if not is_side or any(True for _ in preposition_objects(token, "by", "in")):
        return None  # "lost the province by 12,000 votes"
    winner = next((i for _, i in preposition_objects(token, "to")), None)
    doer = actor_phrase(winner, lexicon) if winner is not None else None
    return told_act(token, token, lexicon, who, "a town lost", frame="lose", act="ADVANCE.TERRITORY", doer=doer)


@reads("be")
@amid("longer", "anymore", "more")
def no_longer_held(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "X is no longer ours", "is no longer under our control": lost."""
    ground = next(iter(children(token, "nsubj")), None)
    if ground is None or not is_no_more(token) or not is_ground(ground, lexicon) or token.dep_ in ("relcl", "acl", "advcl"):
        return None
    held = [i for _, i in preposition_objects(token, "under", "in") if i.lemma_.lower() in ("control", "hand", "hands")]
    held = [h for h in held if any(c.dep_ == "poss" and c.lower_ in ("our", "my") for c in h.children)]
    if not held and not any(c.lower_ in _OWN for c in children(token, "attr", "acomp")):
        return None
    return replace(
        told_act(token, token, lexicon, ground, "a place no longer held", frame="lose", act="ADVANCE.TERRITORY"), negated=False
    )


changed_hands = Rules(flag_flown, hands_changed, town_lost, no_longer_held)
