"""Forces and arms where somebody says they are: soldiers "in" a zone, rockets in a house, a column seen on a road, units sent."""

from __future__ import annotations

from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.mention import ActMention
from trucewatch.stages.extract.missions import watches
from trucewatch.stages.extract.modality import is_negated, with_modality
from trucewatch.stages.extract.phrases import actor_phrase, owner_phrase
from trucewatch.stages.extract.rules import Rules, reads
from trucewatch.stages.extract.syntax import SIDES, Phrase, Token, children, has_negation, preposition_objects, roles
from trucewatch.stages.extract.triggers import is_of_kind, meant_words

_BEING = frozenset({"be", "remain", "stay", "have", "keep", "possess", "own", "maintain", "exist"})
_SEEING = frozenset("see spot film photograph observe notice picture video sight".split())
_SHOWING = frozenset("show film depict capture see record reveal".split())
_MOVING = frozenset("mass move roll head travel drive line park deploy enter advance gather stand wait leave pass cross".split())
_MOVING_CUT = frozenset("mov mass driv pars leav cross advanc gather".split())  # less their "e"
_GROUND = frozenset(
    "territory soil land zone enclave area region strip side ground rank village town city border sector republic country "
    "south north province district corridor front frontline exclave".split()
)
_ROOFS = frozenset(
    "house home building school mosque church hospital van car vehicle truck bus village basement cellar site".split()
)
_VEHICLES = frozenset("vehicle truck column convoy equipment howitzer artillery".split())
_LINES = frozenset("road border fence front line".split())
_CARRYING = ("full", "carrying", "with", "of")
_MILES = frozenset({"kilometre", "kilometer", "km", "mile", "metre", "meter", "yard"})
_ARMED = frozenset(
    "weapon arsenal depot arm arms explosive ammunition cache launcher tunnel launchpad hideout dump stash stockpile "
    "shaft".split()
)
_WRECKED = frozenset(
    "allegedly purportedly reportedly destroy burn damage wreck claim purport allege destroyed burnt burned hit strike blow "
    "capture abandon".split()
)
_JOINING = frozenset({"fighting", "battle", "offensive", "operation", "war", "invasion", "assault", "incursion", "campaign"})
_FOUND = frozenset({"find", "discover", "uncover", "unearth", "locate", "seize", "reveal", "expose"})
_LOADED = frozenset({"load", "fill", "pack", "stuff", "laden", "full"})


def _told(token: Token, frame: str, act: str, head: Token, lexicon: Lexicon, why: str, owner: Token | None = None) -> ActMention:
    return with_modality(
        ActMention(
            token=token,
            frame=frame,
            act=act,
            weak=True,
            doer=_whose(owner if owner is not None else head, lexicon),
            scope=token,
            negated=is_negated(token, roles(token)),
            is_supported=True,
            reasons=(why,),
        ),
        token,
        lexicon,
    )


def _forces(head: Token, lexicon: Lexicon) -> bool:
    """Whether a noun phrase counts troops or fighters: no side as such, no peacekeeper, no police chief."""
    if head.ent_type_ in SIDES or watches(head, lexicon):
        return False
    words = [w.lemma_.lower() for w in meant_words(head)]
    if any(w in ("side", "group", "regime", "aggressor", "opponent", "gang", "peacekeeper") for w in words):
        return False
    return any(lexicon.is_kind(w, "force", "combatant", "foreign") for w in words)


def _arms(head: Token, lexicon: Lexicon) -> bool:
    words = {w.lemma_.lower() for part in meant_words(head) for w in (part, *children(part, "compound", "conj"))}
    if bool(words & _ARMED) or any(lexicon.is_kind(w, "armament") for w in words):
        return True
    # "a military base"
    military = any(c.lower_ in ("military", "army", "armed") for part in meant_words(head) for c in part.children)
    return military and any(lexicon.is_kind(w, "military_object") for w in words)


def _is_placed(token: Token, head: Token, lexicon: Lexicon, *, under_roof: bool) -> bool:
    """Whether a place stands with it: a name, ground, or for arms a roof."""
    for anchor in (token, *(a for part in meant_words(head) for a in (part, *children(part, "acl")))):
        if any(c.lower_ in ("there", "here") and c.dep_ in ("advmod", "acomp") and c.i > token.i for c in anchor.children):
            return True
        for prep, inner in preposition_objects(
            anchor, "in", "on", "inside", "at", "near", "within", "south", "of", "under", "among"
        ):
            if prep.lower_ == "of" and anchor is not token:
                continue
            if inner.ent_type_ in ("DATE", "TIME"):
                continue
            lemma = inner.lemma_.lower()
            if inner.ent_type_ in ("GPE", "LOC", "FAC") or lemma in _GROUND or (under_roof and lemma in _ROOFS):
                return True
    return False


@reads(_BEING)
def _are_there(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "there were a thousand <People> soldiers in X", "X had fighters in the village", "their army has been on our soil"."""
    if token.dep_ in ("relcl", "acl", "aux", "auxpass", "pcomp") and not (token.dep_ == "pcomp" and token.lemma_ == "have"):
        return None
    there = bool(children(token, "expl"))
    owns = token.lemma_ in ("have", "keep", "possess", "own", "maintain")
    if there:
        head = next(iter(children(token, "attr", "nsubj", "dobj", "obj")), None)
    elif owns:
        head = next(iter(children(token, "dobj", "obj")), None)
    else:
        head = next(iter(children(token, "nsubj")), None)
    if head is None or (any(c.lower_ in ("no", "any") and there for c in head.children) and not _in_denial(token)):
        return None
    owner = roles(token).doer if owns else None
    if owns and (owner is None or actor_phrase(owner, lexicon) is None):
        return None
    forces, arms = _forces(head, lexicon), (there or owns) and _arms(head, lexicon)
    if not (forces or arms) or has_negation(token):
        return None
    if not there and not owns and children(token, "attr", "acomp") and not _miles_off(token):
        return None
    if not owns and _miles_off(token):
        return _told(token, "stay", "FORCE.BUILDUP", head, lexicon, "a force close to a place")
    if not _is_placed(token, head, lexicon, under_roof=arms and not forces):
        return None
    words = {w.lemma_.lower() for w in meant_words(head)}
    foreign = any(lexicon.is_kind(w, "foreign") and w not in ("fighter", "militant", "terrorist", "gunman") for w in words)
    still = any(c.lower_ in ("still", "since") for c in token.children) or token.lemma_ in ("remain", "stay")
    act = "FORCE.FOREIGN_FIGHTERS" if foreign else "FORCE.NON_WITHDRAWAL" if still and forces else "FORCE.PROHIBITED_PRESENCE"
    return _told(token, "stay", act, head, lexicon, f"{head.text} said to be there", owner)


def _in_denial(token: Token) -> bool:
    return token.dep_ in ("ccomp", "xcomp") and token.head.lemma_.lower() in ("deny", "reject", "dispute", "refute")


def _miles_off(token: Token) -> bool:
    """ "are two kilometres from X"."""
    words = list(token.doc[token.i + 1 : min(token.i + 9, token.sent.end)])
    mile = next((w for w in words if w.lemma_.lower() in _MILES), None)
    after = next((w for w in words if mile is not None and w.i > mile.i and not w.is_punct), None)
    if mile is None or after is None or after.lower_ not in ("from", "of", "away", "off", "short", "outside"):
        return False
    return any(w.ent_type_ in ("GPE", "LOC", "FAC") for w in token.doc[mile.i + 1 : min(mile.i + 8, token.sent.end)])


def _is_column(head: Token, lexicon: Lexicon) -> bool:
    """ "a column of <People> tanks", "trucks with soldiers", "armoured vehicles"."""
    if is_of_kind(head, "relief", lexicon) or watches(head, lexicon):
        return False
    words = [w for part in meant_words(head) for w in (part, *part.children)]
    if any(lexicon.is_kind(w.lemma_.lower(), "civilian", "captive", "remains") for w in words):
        return False
    is_military = any(w.lower_ in ("military", "armoured", "armored", "army") for w in words)
    moves = any(lexicon.is_kind(w.lemma_.lower(), "mobile") and w.lemma_ not in ("vehicle", "boat", "bulldozer") for w in words)
    vehicles = any(
        w.lemma_.lower() in ("vehicle", "truck", "column", "convoy", "equipment", "howitzer", "artillery") for w in words
    )
    return (moves and (is_military or _whose(head, lexicon) is not None)) or (vehicles and is_military)


def _whose(head: Token, lexicon: Lexicon) -> Phrase | None:
    return next((p for part in meant_words(head) if (p := actor_phrase(part, lexicon)) is not None), None)


def _is_on_the_move(head: Token, verb: Token) -> bool:
    """Nothing else is told of it than that it moves or stands there."""
    below = children(head, "acl", "relcl") + [c for c in children(verb, "xcomp", "ccomp", "oprd", "advcl") if c.i > verb.i]
    return all(c.lemma_.lower() in _MOVING for c in below if c.pos_ == "VERB")


@reads(_SEEING | _SHOWING)
def _seen(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "a column of tanks was seen near X", "footage showed <People> armour rolling towards Y"."""
    if has_negation(token) or token.dep_ in ("relcl", "acl", "amod"):
        return None
    passive = any(c.dep_ == "auxpass" for c in token.children)
    lemma = token.lemma_.lower()
    if passive and lemma in _SEEING:
        head = next(iter(children(token, "nsubjpass")), None)
    elif not passive and lemma in _SHOWING:
        head = next(iter(children(token, "dobj", "obj")), None)
        if head is not None and not children(head, "acl", "relcl"):
            return None  # a picture of tanks tells of no move
        if head is None:
            moved = next((c for c in children(token, "ccomp") if c.lower_.endswith("ing")), None)
            moved = moved if moved is not None and moved.lower_[:-3] in _MOVING | _MOVING_CUT else None
            head = next(iter(children(moved, "nsubj")), None) if moved is not None else None
    else:
        return None
    if head is None or not _is_column(head, lexicon) or not _is_on_the_move(head, token):
        return None
    within = [w for w in token.subtree if w.i > token.i]
    if any(w.lemma_.lower() in _WRECKED for w in (*within, *head.subtree, *children(token, "advmod"))):
        return None  # "a frame grab shows what is claimed to be a burning tank"
    if not any(w.ent_type_ in ("GPE", "LOC", "FAC") or w.lemma_.lower() in _LINES for w in within):
        return None
    return _told(token, "move", "FORCE.BUILDUP", head, lexicon, f"'{head.text}' seen on the move")


@reads("join", "enter")
def _joins_the_fighting(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "another <People> division joined the offensive"."""
    subject = next(iter(children(token, "nsubj")), None)
    things = {c.lemma_.lower() for c in children(token, "dobj", "obj")}
    if subject is None or not things & _JOINING or has_negation(token) or not _forces(subject, lexicon):
        return None
    if token.lemma_ == "enter":
        return None
    return _told(token, "move", "FORCE.BUILDUP", subject, lexicon, "a force that joins the fighting")


@reads(_FOUND)
def arms_found(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "found a truck loaded with rockets", "uncovered weapons in a house": arms where they should not be."""
    if has_negation(token) or token.dep_ in ("relcl", "acl"):
        return None
    who = roles(token)
    thing = who.undergoer
    if thing is None or (who.doer is None and not who.passive):
        return None
    laden = any(
        c.lemma_.lower() in _LOADED and any(_arms(i, lexicon) for _, i in preposition_objects(c, "with", "of"))
        for c in thing.children
        if c.dep_ in ("acl", "amod", "relcl")
    )
    holders = (thing, token) if thing.lemma_.lower() in _ROOFS | _VEHICLES else (thing,)
    laden = laden or any(_arms(i, lexicon) for h in holders for _, i in preposition_objects(h, *_CARRYING))
    stored = _arms(thing, lexicon) and token.lemma_ != "seize" and _is_placed(token, thing, lexicon, under_roof=True)
    if not (laden or stored) or any(w.lemma_.lower() in ("remnant", "fragment", "debris", "unexploded") for w in thing.subtree):
        return None
    mention = _told(token, "move", "FORCE.PROHIBITED_PRESENCE", thing, lexicon, "arms found where they should not be")
    finder, owner = who.doer, owner_phrase(thing, lexicon)
    if owner is None and finder is not None:
        return with_modality(
            ActMention(
                token=token, frame="move", act=mention.act, weak=True, doer=None, undergoer=None, scope=token, is_supported=True,
                witness=actor_phrase(finder, lexicon), reasons=mention.reasons,
            ),
            token,
            lexicon,
        )  # fmt: skip
    return mention


# forces and arms told by where they are or were seen
present = Rules(_are_there, _seen, _joins_the_fighting)
