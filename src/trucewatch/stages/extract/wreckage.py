"""Fire told by what it did to walls and streets: rounds through a roof, windows gone, a house on fire, smoke, rubble."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.made import told_act
from trucewatch.stages.extract.mention import ActMention
from trucewatch.stages.extract.phrases import actor_phrase, owner_phrase
from trucewatch.stages.extract.rules import Rules, amid, reads
from trucewatch.stages.extract.syntax import Token, children, conjuncts, preposition_objects, roles
from trucewatch.stages.extract.triggers import is_of_kind, meant_words
from trucewatch.stages.extract.weapons import refine_act

_PARTS = frozenset(
    "roof wall window windowpane ceiling door facade balcony chimney floor windscreen windshield fence glass pane".split()
)
_SHOTS = frozenset(
    "bullet round shell rocket missile mortar grenade shrapnel splinter fragment projectile gunfire fire munition bomblet "
    "shard gun".split()
)
_BURSTS = frozenset(
    {"burst", "volley", "hail", "salvo", "spray", "shower", "piece", "shard", "part", "fragment", "chunk", "rest"}
)
_GOING_THROUGH = frozenset(
    "go pass come tear rip smash punch crash slice cut fly bore drill pierce burst lodge embed plough".split()
)
_WRECKS = frozenset({"fragment", "debris", "wreckage", "part", "piece", "remains", "remain", "splinter", "remnant", "shrapnel"})
_FALLING = frozenset({"fall", "land", "rain", "drop", "come", "hit", "strike", "crash", "scatter"})
_WALLS = frozenset({"wall", "window", "roof", "ceiling", "windowpane", "door", "fence"})
_BLOWN = frozenset("blown torn punched ripped knocked gouged smashed drilled shot gaping left cut".split())
_MAKING_HOLES = frozenset("blow tear punch rip knock gouge smash drill leave blast".split())
_LACKING = frozenset({"no", "any"})
_BURNING = frozenset({"burn", "smoulder", "smolder", "blaze"})
_SMOKE = frozenset({"smoke", "flame", "plume", "fire"})
_CLOUDS = frozenset({"column", "cloud", "plume", "pall", "pillar", "wisp"})
_RISING = frozenset("rise billow hang pour climb drift see curl swirl gush".split())
_RUBBLE = frozenset({"rubble", "ruin", "wreckage", "debris", "wreck"})
_SEARCHING = frozenset(
    "dig search comb sift look claw rummage scour trap bury clear pull recover drag retrieve find carry".split()
)
_NEARER = frozenset({"in", "through", "under", "beneath", "from", "among", "inside", "underneath"})
_PROVING = frozenset("document verify confirm report record find establish identify see show prove detect".split())
_CRATERS = frozenset({"crater"})
_WILD = frozenset({"forest", "field", "hillside", "wood", "woodland", "car", "vehicle", "truck", "barn", "bus", "tank"})
# what sets a house or a wood on fire where no arms do
_MISHAPS = frozenset(
    "stove boiler wiring fault arson lightning cigarette candle wildfire bonfire stubble accident earthquake quake spark".split()
)

_mention = partial(told_act, frame="damage", act="CIV.ATTACK_OBJECTS", is_scene=True)


def _is_built(head: Token | None, lexicon: Lexicon) -> bool:
    """Whether it is a house, a part of one, or a thing beside it that arms destroy."""
    if head is None:
        return False
    return any(
        word.lemma_.lower() in _PARTS or lexicon.is_kind(word.lemma_.lower(), "civil_object", "military_object")
        for part in conjuncts(head)
        for word in meant_words(part)
    )


def _shot(head: Token | None, lexicon: Lexicon) -> Token | None:
    """The round in "a burst of machine-gun fire", "a piece of shrapnel", "bullets"."""
    if head is None:
        return None
    words = [head, *(i for _, i in preposition_objects(head, "of") if head.lemma_.lower() in _BURSTS)]
    if head.lemma_.lower() == "burst":
        words += children(head, "compound")
    return next((w for w in words if w.lemma_.lower() in _SHOTS or lexicon.is_kind(w.lemma_.lower(), "projectile")), None)


@reads(_GOING_THROUGH)
def _passed_through(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "a burst had gone through the roof", "shrapnel tore into two cars"."""
    subject = next(iter(children(token, "nsubj", "nsubjpass")), None)
    shot = _shot(subject, lexicon)
    if shot is None:
        return None
    struck = next((i for _, i in preposition_objects(token, "through", "into", "in")), None)
    if struck is None and token.dep_ == "relcl" and any(c.lower_ in ("through", "in") and c.i > token.i for c in token.children):
        struck = token.head  # "the balcony where a splinter had gone through"
    if struck is None and token.lemma_ in ("pierce", "punch", "rip", "tear"):
        struck = next(iter(children(token, "dobj", "obj")), None)
    if struck is None or not (_is_built(struck, lexicon) or is_of_kind(struck, "civilian", lexicon)):
        return None
    words = [shot, *children(shot, "compound"), *(children(subject, "compound") if subject is not None else [])]
    weapon = next((w.text for w in words if lexicon.weapons.get(w.lemma_.lower(), "FIRE") != "FIRE"), None)
    small = "FIRE.SMALL_ARMS" if shot.lemma_ in ("bullet", "gunfire") else "FIRE"
    act = refine_act(small, weapon, None, lexicon)
    doer = actor_phrase(subject, lexicon)
    return _mention(
        token,
        token,
        lexicon,
        struck,
        f"'{shot.text}' went through",
        act=act,
        frame="attack",
        weapon=weapon,
        doer=doer,
        is_scene=False,
    )


@reads(_FALLING)
def _fell_in_pieces(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "fragments of an interceptor fell on a road"."""
    subject = next(iter(children(token, "nsubj")), None)
    if subject is None or subject.lemma_.lower() not in _WRECKS:
        return None
    whole = next((i for _, i in preposition_objects(subject, "of", "from")), None)
    arms = [w for w in (whole, *children(subject, "compound")) if w is not None and is_of_kind(w, "projectile", lexicon)]
    struck = next((i for _, i in preposition_objects(token, "on", "in", "into", "near", "onto", "at", "over")), None)
    struck = struck or next(iter(children(token, "dobj", "obj")), None)
    if struck is None or not (arms or subject.lemma_ == "shrapnel"):
        return None
    weapon = arms[0].text if arms else None
    return _mention(
        token,
        token,
        lexicon,
        struck if _is_built(struck, lexicon) else None,
        f"{subject.text} came down",
        act=refine_act("FIRE", weapon, None, lexicon),
        frame="attack",
        weapon=weapon,
        is_scene=False,
    )


@reads("have", "lose")
@amid(_PARTS)
def _lacks(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "my house has no roof now", "the school no longer had any windows", "the church lost its dome"."""
    part = next(iter(children(token, "dobj", "obj")), None)
    whole = next(iter(children(token, "nsubj")), None)
    if part is None or part.lemma_.lower() not in _PARTS or not _is_built(whole, lexicon):
        return None
    is_lost = token.lemma_ == "lose" and any(c.dep_ == "poss" for c in part.children)
    lacks = any(c.lower_ in _LACKING for c in part.children) or any(c.lower_ == "longer" for c in token.children)
    if not (is_lost or (token.lemma_ == "have" and lacks)):
        return None
    mention = _mention(token, token, lexicon, whole, f"a house without its {part.text}")
    return mention if not any(c.lower_ in ("never", "yet") for c in token.children) else None


@reads("go", "be", "miss")
@amid("gone", "missing", "down", "out")
def _is_gone(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "the roof is gone", "the wall was simply gone", "the windows were missing"."""
    fallen = any(c.lower_ in ("down", "out") and c.dep_ in ("advmod", "acomp", "prt") for c in token.children)
    fallen = fallen and token.lemma_ == "be" and not any(c.dep_ == "prep" for c in token.children if c.lower_ == "out")
    gone = token.lower_ in ("gone", "missing") and any(c.dep_ in ("aux", "auxpass") and c.lemma_ == "be" for c in token.children)
    gone = gone or any(c.dep_ in ("acomp", "oprd") and c.lower_ in ("gone", "missing") for c in token.children)
    what = next(iter(children(token, "nsubj", "nsubjpass")), None)
    if fallen and what is not None and what.lemma_.lower() in _WALLS and _is_of_arms(token.sent, lexicon):
        return _mention(token, token, lexicon, what, f"'{what.text}' are down")
    if not gone or what is None or not (what.lemma_.lower() in _PARTS or _is_house(what, lexicon)):
        return None
    return _mention(token, token, lexicon, what, f"'{what.text}' is gone")


def _is_of_arms(sent: Iterable[Token], lexicon: Lexicon) -> bool:
    """Whether a sentence names arms or an attack: walls come down by storms too."""
    return any(
        lexicon.is_kind(lemma, "weapon", "projectile") or (lemma in lexicon.nouns and lexicon.nouns[lemma].frame == "attack")
        for lemma in (word.lemma_.lower() for word in sent)
    )


@reads("hole", "gash", "crater")
def holed(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "houses with holes blown in their roofs", "showed the hole in her balcony where a splinter had gone through"."""
    made = next((c for c in children(token, "acl", "amod") if c.lower_ in _BLOWN), None)
    places = [i for a in (token, made) if a is not None for _, i in preposition_objects(a, "in", "through", "into")]
    verb = token.head if token.dep_ in ("dobj", "obj", "attr", "nsubj", "nsubjpass") else token.head.head
    # the parser may hang "in the roof" on the verb of seeing
    places += [i for prep, i in preposition_objects(verb, "in", "through") if prep.i > token.i]
    built = next((i for i in places if _is_built(i, lexicon)), None)
    if built is None or any(word.lemma_.lower() in _MISHAPS for word in token.sent):
        return None
    torn = any(
        _shot(next(iter(children(c, "nsubj")), None), lexicon) is not None
        for c in children(built, "relcl")
        if c.lemma_ in _GOING_THROUGH
    )
    if torn or not (made is not None or verb.lemma_ in _MAKING_HOLES):
        return None  # what went through is told by its own verb
    return _mention(token, verb if verb.pos_ == "VERB" else token, lexicon, built, "holes in what is built", is_nominal=True)


def _is_house(head: Token, lexicon: Lexicon) -> bool:
    return head.lemma_.lower() in ("house", "home", "school", "building", "church", "street", "block", "apartment", "flat")


@reads(_BURNING)
def _burns(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "one house burned down", "cars were still burning", "a forest burned because of the shelling"."""
    if children(token, "dobj", "obj") or token.dep_ in ("amod", "compound"):
        return None
    subject = next(iter(children(token, "nsubj", "nsubjpass")), None)
    if subject is None or not (subject.lemma_.lower() in _WILD or lexicon.is_kind(subject.lemma_.lower(), "civil_object")):
        return None
    if any(word.lemma_.lower() in _MISHAPS for word in token.sent):
        return None
    return _mention(token, token, lexicon, subject, f"'{subject.text}' burned")


def _is_smoke(head: Token) -> bool:
    words = [head, *(i for _, i in preposition_objects(head, "of") if head.lemma_.lower() in _CLOUDS)]
    return any(w.lemma_.lower() in _SMOKE for w in words) and not any(c.lower_ == "cease" for c in head.children)


@reads(_RISING)
def _smoke_rises(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "smoke rose over the suburb", "flames poured from a block"."""
    subject = next(iter(children(token, "nsubj", "nsubjpass")), None)
    if subject is None or not _is_smoke(subject):
        return None
    where = next((i for _, i in preposition_objects(token, "over", "from", "above", "behind", "across")), None)
    if where is None:
        return None
    struck = where if _is_built(where, lexicon) else None
    return _mention(token, token, lexicon, struck, "smoke is seen", act="FIRE", frame="attack")


@reads("smoke")
def smoke_shown(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "Smoke over the village after shelling": a caption's words, without a verb."""
    if token.dep_ != "ROOT" or not any(p.lower_ in ("over", "above", "from") for p, _ in preposition_objects(token)):
        return None
    return _mention(token, token, lexicon, None, "smoke is seen", act="FIRE", frame="attack")


@reads(_SEARCHING)
def _from_rubble(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "dug through the rubble of ten houses", "pulled from under the ruins of the block"."""
    things = [*children(token, "dobj", "obj", "nsubjpass"), *(i for _, i in preposition_objects(token, "for"))]
    below = [i for anchor in (token, *things) for _, i in preposition_objects(anchor, *_NEARER)]
    for prep in children(token, "prep"):
        below += [i for p in children(prep, "prep") for i in children(p, "pobj")]
    rubble = next((i for i in below if i.lemma_.lower() in _RUBBLE), None)
    if rubble is None or any(word.lemma_.lower() in ("earthquake", "quake", "tremor", "alive") for word in token.sent):
        return None
    if rubble.lemma_ == "ruin" and any(c.lower_ in ("roman", "ancient", "old", "archaeological") for c in rubble.children):
        return None
    where = next((i for _, i in preposition_objects(rubble, "of") if _is_built(i, lexicon)), None)
    return _mention(token, token, lexicon, where, "people are dug out of rubble")


@reads("leave", "show", "mark", "see", "make", "blow", "dig")
def _cratered(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "left a crater beside the school", "showed them a crater"."""
    crater = next((c for c in children(token, "dobj", "obj", "nsubj") if c.lemma_.lower() in _CRATERS), None)
    if crater is None:
        return None
    maker = next(iter(children(token, "nsubj")), None)
    shot = _shot(maker, lexicon) if maker is not None else None
    doer = owner_phrase(maker, lexicon) if shot is not None and maker is not None else None
    act = refine_act("FIRE", shot.text if shot is not None else None, None, lexicon)
    return _mention(token, token, lexicon, None, "a crater is left", act=act, frame="attack", doer=doer)


# read before the plain words of the lexicon, and after them
came_through = Rules(_passed_through, _fell_in_pieces)


@reads("use", "usage", "firing", "deployment")
def banned_arms_used(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "documented the use of cluster bombs in X", "verified the use of such munitions": they were used."""
    arms = next((i for _, i in preposition_objects(token, "of")), None)
    verb = token.head.head if token.dep_ == "pobj" else token.head
    if token.dep_ == "pobj" and verb.pos_ == "NOUN":
        verb = verb.head  # "four cases of the use of"
    if arms is None or verb.lemma_.lower() not in _PROVING:
        return None
    words = [arms, *children(arms, "compound", "amod")]
    banned = any(lexicon.weapons.get(w.lemma_.lower()) == "WEAPON.PROHIBITED" for w in words)
    banned = banned or (any(c.lower_ == "such" for c in arms.children) and arms.lemma_ in ("munition", "weapon", "bomb", "shell"))
    if not banned:
        return None
    doer = next((actor_phrase(i, lexicon) for _, i in preposition_objects(token, "by")), None) or owner_phrase(token, lexicon)
    where = next((i for anchor in (token, arms, verb) for _, i in preposition_objects(anchor, "in", "at", "on", "against")), None)
    struck = where if where is not None and where.ent_type_ in ("GPE", "LOC", "FAC") else None
    shown = _mention(
        token,
        token,
        lexicon,
        struck,
        "the use of banned arms is shown",
        act="WEAPON.PROHIBITED",
        frame="attack",
        doer=doer,
        witness=actor_phrase(roles(verb).doer, lexicon),
        is_scene=False,
    )
    return replace(shown, scope=verb)


wrecked = Rules(_lacks, _is_gone, _burns, _smoke_rises, _from_rubble, _cratered)
