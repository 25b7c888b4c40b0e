"""Forces told by where they have come, ground by whose hands it is in: over a border, at the edge of a town, a flag."""

from __future__ import annotations

from trucewatch.model.change import changed
from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.made import as_act
from trucewatch.stages.extract.mention import ActMention
from trucewatch.stages.extract.modality import is_negated, with_modality
from trucewatch.stages.extract.phrases import actor_phrase, owner_phrase
from trucewatch.stages.extract.rules import Rules, reads
from trucewatch.stages.extract.syntax import SIDES, Token, children, has_negation, joint_phrase, preposition_objects, roles
from trucewatch.stages.extract.triggers import is_of_kind

_GOING = frozenset("move cross come go advance push step roll drive walk pass slip edge creep press venture stray reach".split())
_OVER = ("over", "across", "beyond", "past", "inside", "through")
_LINES = frozenset({"border", "frontier", "line", "fence", "boundary", "barrier"})
_NEARING = frozenset({"approach", "near", "fly", "come", "head", "close"})
_POSTS = frozenset("position post outpost border frontier airspace line trench ship warship patrol base fence".split())
_CLOSE = ("to", "towards", "toward", "near", "over", "above", "at", "by")
_STANDING = frozenset({"be", "stand", "get", "arrive", "remain", "sit", "wait", "fight"})
_EDGES = frozenset("outskirt outskirts edge gate gates approach doorstep threshold fringe fringes suburb".split())
_SHUT_OFF = frozenset(
    "forbidden prohibited restricted banned closed off-limits buffer no-go demilitarised demilitarized exclusion".split()
)
_ZONES = frozenset({"zone", "area", "strip", "sector", "territory", "land", "section"})
_SUPPLIES = frozenset({"aid", "convoy", "truck", "food", "supply", "goods"})
_MIDDLES = frozenset({"centre", "center", "heart", "middle", "street", "streets"})
_HANDS = frozenset({"control", "hand", "hands"})
_SHOWING = frozenset({"show", "depict", "appear", "see"})
_RAISING = frozenset({"raising", "hoisting", "planting"})


def _mover(token: Token, lexicon: Lexicon) -> Token | None:
    """A force that moves in a clause of its own."""
    subject = next(iter(children(token, "nsubj")), None)
    if (
        subject is None
        or has_negation(token)
        or token.dep_ in ("advcl", "relcl", "acl")
        or subject.lower_ in ("we", "they", "it")
    ):
        return None
    return subject if any(is_of_kind(subject, kind, lexicon) for kind in ("force", "mobile", "combatant", "airborne")) else None


@reads(_GOING)
def _comes_over(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "soldiers moved three kilometres over the <People> border"."""
    line = next((i for _, i in preposition_objects(token, *_OVER) if i.lemma_.lower() in _LINES), None)
    if line is None or (subject := _mover(token, lexicon)) is None or is_of_kind(subject, "airborne", lexicon):
        return None
    why = f"'{token.text}' over a {line.text}"
    return as_act(token, "move", "ADVANCE.LINE_CROSSING", actor_phrase(subject, lexicon), _owned(line), why, token)


@reads("enter", "penetrate")
def _enters_the_forbidden(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "suspects had entered forbidden areas", "fighters entered a banned zone": over a line that somebody drew."""
    who = roles(token)
    zone = who.undergoer
    if zone is None or who.doer is None or who.doer.lemma_.lower() in _SUPPLIES:
        return None
    are_armed = any(is_of_kind(who.doer, kind, lexicon) for kind in ("force", "combatant", "mobile"))
    if (
        not are_armed
        and who.doer.ent_type_ not in SIDES
        and who.doer.lemma_.lower() not in ("suspect", "group", "they", "infiltrator")
    ):
        return None  # journalists, shepherds
    words = {w.lemma_.lower() for w in (zone, *children(zone, "amod", "compound", "nmod"))}
    if not (words & _SHUT_OFF and words & _ZONES):
        return None
    why = f"'{token.text}' a {zone.text} that is shut"
    mention = as_act(token, "move", "ADVANCE.LINE_CROSSING", joint_phrase(who.doer), None, why, token)
    return changed(mention, negated=is_negated(token, who))


def _owned(ground: Token) -> Token | None:
    """The side whose border or post it is."""
    return next((c for c in ground.children if c.ent_type_ in SIDES and c.dep_ in ("amod", "poss", "compound")), None)


@reads(_NEARING)
def _flies_near(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "two helicopters had approached its positions"."""
    if (subject := _mover(token, lexicon)) is None or not is_of_kind(subject, "airborne", lexicon):
        return None
    near = [*children(token, "dobj", "obj"), *(i for _, i in preposition_objects(token, *_CLOSE))]
    near += [i for c in children(token, "advmod") if c.lower_ == "close" for _, i in preposition_objects(c, "to")]
    post = next((i for i in near if i.lemma_.lower() in _POSTS), None)
    if post is None:
        return None
    why = f"aircraft that '{token.text}' {post.text}"
    return as_act(token, "move", "AIR.OVERFLIGHT", actor_phrase(subject, lexicon), _owned(post), why, token)


@reads(_STANDING)
def _at_the_edge(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "the enemy is on the outskirts of X", "stood at the gates of X"."""
    edge = next((i for _, i in preposition_objects(token, "on", "at", "in", "to") if i.lower_ in _EDGES), None)
    if edge is None and any(c.lower_ in ("already", "now") for c in token.children):
        edge = next((i for _, i in preposition_objects(token, "in") if i.lower_ in _MIDDLES), None)
    if edge is None or (subject := _mover(token, lexicon)) is None or is_of_kind(subject, "airborne", lexicon):
        return None
    town = next((i for _, i in preposition_objects(edge, "of", "to") if i.pos_ == "PROPN" or i.lemma_ in ("city", "town")), None)
    if town is None or is_of_kind(subject, "monitor", lexicon):
        return None
    why = "a force at the edge of a town"
    return as_act(token, "attack", "ADVANCE.OFFENSIVE", actor_phrase(subject, lexicon), town, why, token)


@reads("be", "slip", "pass", "fall")
def _out_of_hands(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "the town is completely out of our control": lost."""
    out = next((c for c in token.children if c.lower_ == "out" and c.dep_ in ("prep", "advmod", "prt")), None)
    below = [i for anchor in (token, out) if anchor is not None for _, i in preposition_objects(anchor, "of", "from")]
    below += [i for c in token.children if c.lower_ == "out" for p in children(c, "prep") for i in children(p, "pobj")]
    hands = next((i for i in below if i.lemma_.lower() in _HANDS), None)
    ground = next(iter(children(token, "nsubj")), None)
    if out is None or hands is None or ground is None or has_negation(token) or not children(hands, "poss"):
        return None
    if not (is_of_kind(ground, "territory", lexicon) or ground.ent_type_ in ("GPE", "LOC", "FAC", "NORP")):
        return None
    return as_act(token, "lose", "ADVANCE.TERRITORY", None, ground, "a place out of one's hands", token)


@reads(_SHOWING)
def _flag_shown(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "a film that appeared to show its flag over the town hall": whose flag it is holds the place."""
    flag = next((c for c in children(token, "dobj", "obj", "nsubjpass") if c.lemma_ == "flag"), None)
    if flag is None or has_negation(token):
        return None
    anchors = (flag, token, *children(flag, "acl"))
    where = next((i for a in anchors for _, i in preposition_objects(a, "over", "above", "on", "atop", "in")), None)
    if where is None or not (
        is_of_kind(where, "territory", lexicon) or is_of_kind(where, "civil_object", lexicon) or where.ent_type_ in ("GPE", "FAC")
    ):
        return None
    place = where if where.ent_type_ in ("GPE", "FAC", "LOC") else None
    return as_act(token, "take", "ADVANCE.TERRITORY", owner_phrase(flag, lexicon), place, "a flag over a place", token)


@reads(_RAISING, "raise", "hoist", "plant", "taking", "take")
def ground_taken(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "the raising of its flag over X", "the taking of X", "taking under control of X": nouns and gerunds of conquest."""
    if token.lower_ not in _RAISING and token.lower_ != "taking":
        return None
    below = [i for _, i in preposition_objects(token, "of")]
    doer = owner_phrase(token, lexicon)
    if token.lower_ == "taking":
        control = next((i for _, i in preposition_objects(token, "under") if i.lemma_ == "control"), None)
        if control is None and token.tag_ == "VBG":
            return None  # its object tells
        if control is not None:
            below = [i for _, i in preposition_objects(control, "of")]
        ground = next((i for i in below if is_of_kind(i, "territory", lexicon) or i.ent_type_ in ("GPE", "LOC", "FAC")), None)
    else:
        flag = next((i for i in (*below, *children(token, "dobj", "obj")) if i.lemma_ == "flag"), None)
        if flag is None:
            return None
        doer = doer or owner_phrase(flag, lexicon)
        ground = next((i for a in (flag, token) for _, i in preposition_objects(a, "over", "above", "on", "in", "at")), None)
    if ground is None or not (is_of_kind(ground, "territory", lexicon) or ground.ent_type_ in ("GPE", "LOC", "FAC")):
        return None
    verb = token.head if token.dep_ != "pobj" else token.head.head
    scope = verb if verb.pos_ == "VERB" else token
    return with_modality(
        as_act(token, "take", "ADVANCE.TERRITORY", doer, ground, "ground told of as taken", scope), token, lexicon
    )


_told = Rules(_comes_over, _enters_the_forbidden, _flies_near, _at_the_edge, _out_of_hands, _flag_shown)


@reads(_GOING, _NEARING, _STANDING, {"enter", "penetrate", "be", "slip", "pass", "fall"}, _SHOWING)
def inroad(token: Token, lexicon: Lexicon) -> ActMention | None:
    """The advance that a verb of going, standing or showing tells of, None where it tells none."""
    found = _told(token, lexicon)
    return with_modality(found, token, lexicon) if found is not None else None
