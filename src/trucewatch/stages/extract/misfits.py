"""Words of war in peaceful company: "battled the flames", "cut short a trip", "held the view", "shot back that"."""

from __future__ import annotations

from trucewatch.stages.extract.company import keeps_bad_company
from trucewatch.stages.extract.lexicon import Lexicon, Trigger
from trucewatch.stages.extract.modality import is_kept_from
from trucewatch.stages.extract.syntax import NAMED, Token, children, conjuncts, preposition_objects
from trucewatch.stages.extract.triggers import is_of_kind, meant_words

# what weather, illness and markets do is no party's deed
_NATURE = frozenset(
    "storm earthquake quake flood hurricane typhoon cyclone lightning wildfire heatwave drought landslide avalanche rain snow "
    "wind virus pandemic epidemic disease illness cancer accident crash crisis inflation recession market".split()
)
# what words alone attack, hit or destroy
_SPOKEN_OF = frozenset(
    "report plan proposal decision bill policy statement idea deal agreement record high low headline economy chord balance tone "
    "note snag ceiling ball goal rate growth hope chance dream credibility reputation view stance process talk negotiation "
    "relation relationship tie trust unity myth career budget demand image claim accord truce peace effort prospect nerve "
    "milestone wall-street stride pose match election law reform article book film theory argument integrity sovereignty right "
    "freedom democracy dignity confidence morale moral consciousness conscience tax tariff debt deficit cost fee wage corruption "
    "poverty problem issue question sentence budget sector industry business".split()
)
# verbs that are peaceful with nearly every object: only with arms, attacks, forces or places do they tell of fire
# where who calls meets no other side
_SIGHTS = frozenset(
    "centre center hospital clinic museum school base front factory cemetery grave site exhibition church mosque memorial camp "
    "position unit soldier troop ward family border frontier line trench".split()
)
_TRAFFIC = frozenset("car truck lorry bus train van taxi motorcycle motorbike tram wave tractor".split())
_GOING_OFF = frozenset({"go", "explode", "detonate", "burst"})
_MAKERS = frozenset("company firm startup maker manufacturer university retailer airline bank developer charity".split())
_GOING = frozenset({"leave", "roll", "drive", "move", "head"})
_OBSTACLES = frozenset("mountain mountainside hill hillside cliff ground building tower tree sea pole cable".split())
# "firing positions", read as positions that are fired
_GROUNDS = frozenset("position point range line post squad site pad order zone ground power".split())
# what one is pushed, dragged or brought into, and no ground
_CONDITIONS = frozenset(
    "orbit space war conflict confrontation crisis chaos poverty exile debt recession trap corner abyss spiral quagmire deal "
    "agreement talk negotiation mire bankruptcy unemployment retirement submission".split()
)
_CHOOSY = frozenset(
    {"launch", "fire", "rain", "crush", "smash", "execute", "engage", "level", "burn", "shower", "hammer", "sink"}
)
_ARMED = (
    "projectile",
    "weapon",
    "force",
    "combatant",
    "enemy",
    "military_object",
    "territory",
    "civil_object",
    "civilian",
    "captive",
    "mobile",
    "foreign",
)
_PEACEFUL = frozenset(
    "plant vaccinate raise collect promote help support register win persuade encourage inform educate rebuild feed end "
    "stop free release save protect improve reduce build restore".split()
)
_ON_ROADS = frozenset("car tractor cart lorry truck vehicle bus traffic people refugee family".split())
_FALLING_OTHERWISE = frozenset("back behind short ill sick silent asleep apart flat foul prey victim".split())
_HOLDING = frozenset(
    {"hold", "control", "have", "enter", "secure", "occupy", "free", "take", "regain", "recover", "clear", "clean"}
)
_GAINING = _HOLDING | {"seize", "capture", "retake", "recapture", "drive", "break", "advance", "cut", "reach", "encircle", "push"}
# "took place", "takes effect": the object is part of the verb
_IDIOMS = frozenset("place part note effect shape action turn advantage stock heart root time care steps office aim".split())
_GROUND = frozenset(
    {"line", "front", "ground", "part", "swath", "kilometre", "kilometer", "mile", "percent", "%", "most", "half"}
)


def _is_left_so(token: Token) -> bool:
    """ "shelled the town, leaving it without power": in what state, and no leaving of anybody's."""
    if token.tag_ != "VBG" or token.dep_ != "advcl":
        return False
    states = ("ruin", "darkness", "rubble", "flame", "ash")
    return any(
        prep.lower_ == "without" or i.lemma_.lower() in states
        for anchor in (token, *children(token, "dobj"))
        for prep, i in preposition_objects(anchor, "without", "in")
    )


def is_misfit(token: Token, trigger: Trigger, undergoer: Token | None, doer: Token | None, lexicon: Lexicon) -> bool:
    """Whether a verb of the lexicon stands in company that makes it no act: `undergoer` and `doer` are its head tokens."""
    if doer is not None and doer.lemma_.lower() in _NATURE:
        return True
    if is_kept_from(token):
        return True  # "prevent the army from completing its deployment": what did not come about, and nobody denies
    if token.lemma_ in ("choke", "strangle") and any(
        w.lemma_.lower() in _ON_ROADS for _, i in preposition_objects(token, "with", "by") for w in (i, *children(i, "conj"))
    ):
        return True  # "the roads were choked with tractors and carts"
    if trigger.act == "ADVANCE.LINE_CROSSING" and any(
        c.lower_ in ("red", "picket", "finish") for thing in children(token, "dobj", "nsubjpass") for c in thing.children
    ):
        return True
    thing = next(iter(children(token, "dobj", "obj", "nsubjpass")), None)
    if trigger.act == "FIRE.CLASH" and token.lemma_ == "drive" and thing is None:
        return True  # "as they drove back": home
    if token.lemma_ == "leave" and trigger.frame == "retreat" and _is_left_so(token):
        return True  # "leaving the town without power"
    if (
        token.lemma_ == "leave"
        and trigger.frame == "retreat"
        and any(c.pos_ == "ADJ" for c in children(token, "oprd", "acomp", "ccomp"))
    ):
        return True  # "leaving the city short of food"
    if keeps_bad_company(token, trigger, thing, doer, lexicon):
        return True
    if trigger.frame == "talk" and trigger.lemma in ("visit", "tour") and thing is not None and thing.lemma_.lower() in _SIGHTS:
        return True
    if thing is not None and thing.lemma_ == "push" and any(_is_no_assault(c) for c in children(thing, "acl", "relcl")):
        return True
    if trigger.lemma == "call" and trigger.frame == "talk" and thing is not None and children(token, "oprd"):
        # "calls them his forces" names them so, and calls nobody up
        return True
    if doer is not None and trigger.act in ("FORCE.BUILDUP", "ADVANCE.OFFENSIVE") and _is_of_families(doer, lexicon):
        return True
    if trigger.frame == "talk" and trigger.lemma == "see" and any(c.dep_ == "auxpass" for c in token.children):
        return True  # "soldiers are seen cutting a fence"
    if trigger.act == "AIR.OVERFLIGHT" and any(i.lemma_.lower() in _OBSTACLES for _, i in preposition_objects(token, "into")):
        return True  # "flew into a mountain"
    if trigger.act == "FORCE.NON_WITHDRAWAL" and thing is not None and lexicon.is_kind(thing.lemma_.lower(), "monitor"):
        return True  # who keeps peacekeepers somewhere keeps to a mandate
    if trigger.frame == "clash" and trigger.object_lemma is None:
        return thing is not None and not _fights(thing, lexicon)
    if trigger.frame == "losses" and trigger.object_lemma == "loss" and thing is not None and thing.tag_ == "NN":
        return _is_no_loss_of_men(thing, lexicon)
    if trigger.frame == "outage" and trigger.preposition == "without":
        return not any(is_of_kind(inner, "utility", lexicon) for _, inner in preposition_objects(token, "without"))
    if trigger.frame == "outage" and trigger.exactness == 0:
        return thing is None or not is_of_kind(thing, "utility", lexicon)
    if trigger.act == "DEESCALATE.WITHDRAWAL" and token.lemma_ in ("pull", "take") and thing is not None:
        words = meant_words(thing)
        # "rescuers pulled a woman out of the rubble"
        if any(w.ent_type_ == "PERSON" or lexicon.is_kind(w.lemma_.lower(), "civilian", "remains") for w in words) and not any(
            lexicon.is_kind(w.lemma_.lower(), "force", "territory", "combatant") for w in words
        ):
            return True
    if trigger.frame == "take" and token.dep_ == "amod" and lexicon.is_kind(token.head.lemma_.lower(), "civilian", "combatant"):
        return True  # "captured men were kicked": who they are
    is_going = trigger.lemma in _GOING and trigger.object_kind is None and trigger.subject_kind in ("force", "mobile")
    if trigger.act == "DEESCALATE.WITHDRAWAL" and is_going:
        # "left 22 dead", "people were leaving": only a force that leaves, and leaves nothing, withdraws
        return thing is not None or doer is None or not lexicon.is_kind(doer.lemma_.lower(), "force", "mobile")
    if trigger.subject_kind == "projectile" and trigger.lemma in _GOING_OFF and _does_not(token):
        return True  # "shells that failed to go off"
    if trigger.frame == "flee" and thing is not None and _is_gear(thing, lexicon):
        return True  # "retreated, leaving two tanks in flames"
    if trigger.frame == "displace" and trigger.exactness == 0:
        return thing is not None and not _is_people(thing, lexicon)
    if trigger.frame == "lose" and trigger.object_lemma == "control" and undergoer is not None:
        # "lost control of its budget", "of the car"
        if undergoer.lemma_ == "control":
            undergoer = next((i for _, i in preposition_objects(undergoer, "of", "over")), undergoer)
        return undergoer.pos_ == "NOUN" and not is_of_kind(undergoer, "territory", lexicon)
    if trigger.lemma == "launch" and doer is not None and doer.lemma_.lower() in _MAKERS:
        return True
    if trigger.frame == "take" and thing is not None and thing.lemma_ in _IDIOMS and not list(thing.children):
        return True
    if trigger.frame == "take" and trigger.exactness == 0 and thing is not None and _is_gear(thing, lexicon):
        return True
    if trigger.frame == "take" and trigger.object_lemma is None and _is_office(token, thing, lexicon):
        return True
    if trigger.frame == "take":
        return _is_no_ground(token, trigger, thing, lexicon)
    if trigger.lemma == "fall" and trigger.subject_kind == "combatant":
        return _falls_elsewhere(token)
    if trigger.frame not in ("attack", "damage", "harm"):
        return False
    if trigger.lemma in ("hit", "strike") and any(i.lemma_.lower() in _TRAFFIC for _, i in preposition_objects(token, "by")):
        return True
    if (
        thing is not None
        and thing.lemma_ in ("campaign", "drive")
        and any(c.dep_ == "acl" and c.lemma_.lower() in _PEACEFUL for c in thing.children)
    ):
        return True
    if token.lower_ in ("firing", "launching") and thing is not None and thing.lemma_ in _GROUNDS:
        return True
    if token.lemma_ == "aim" and (aimed := next(iter(children(token, "nsubjpass")), None)) is not None:
        # "a policy aimed at X", "measures aimed at X"
        return not any(is_of_kind(aimed, kind, lexicon) for kind in ("weapon", "projectile"))
    if any(c.dep_ == "ccomp" for c in token.children) and any(c.lower_ == "back" for c in token.children):
        return True
    if any(inner.lemma_.lower() in _CONDITIONS for _, inner in preposition_objects(token, "into", "to", "onto")):
        return True
    if trigger.object_lemma is not None or trigger.object_kind is not None or thing is None:
        is_foiled = trigger.object_lemma in ("plan", "plot") and trigger.act == "FIRE.CLASH"
        return undergoer is not None and undergoer.lemma_.lower() in _SPOKEN_OF and not is_foiled
    lemma = thing.lemma_.lower()
    if lemma in _SPOKEN_OF:
        return True
    if token.lemma_ == "fire" and not children(token, "nsubjpass") and lexicon.is_kind(lemma, "speaker"):
        return True
    if trigger.exactness == 0 and token.lemma_ in _CHOOSY and thing.pos_ in ("NOUN", "PROPN"):
        return not (
            thing.ent_type_ in NAMED
            or lemma in lexicon.nouns
            or lemma in lexicon.weapons
            or lemma == "war"
            or any(is_of_kind(thing, kind, lexicon) for kind in _ARMED)
        )
    return False


def _is_no_loss_of_men(thing: Token, lexicon: Lexicon) -> bool:
    """ "admitted the loss of its market", "of the town": neither people nor arms."""
    lost = [word for _, i in preposition_objects(thing, "of") for part in conjuncts(i) for word in (part, *meant_words(part))]
    kinds = ("civilian", "combatant", "force", "captive", "military_object", "armament", "airborne", "mobile", "remains")
    return bool(lost) and not any(
        word.lemma_.lower() in ("life", "man", "member")
        or word.pos_ in ("NUM", "PRON")
        or lexicon.is_kind(word.lemma_.lower(), *kinds)
        for word in lost
        if not lexicon.is_kind(word.lemma_.lower(), "territory")
    )


def _does_not(token: Token) -> bool:
    return any(c.dep_ == "neg" for c in token.children) or (token.dep_ == "xcomp" and token.head.lemma_ in ("fail", "refuse"))


def _is_of_families(doer: Token, lexicon: Lexicon) -> bool:
    """ "relatives of the missing gathered", "family members broke through": a crowd, and no force."""
    lemma = doer.lemma_.lower()
    if lemma == "member":
        return any(c.lemma_.lower() == "family" for c in doer.children) or any(
            inner.lemma_.lower() == "family" for _, inner in preposition_objects(doer, "of")
        )
    return lexicon.is_kind(lemma, "civilian") and not lexicon.is_kind(lemma, "force", "combatant")


def _is_no_assault(verb: Token) -> bool:
    """ "made a push to use the network": what for is no ground."""
    to_do = any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)
    return to_do and verb.lemma_ not in _GAINING


def _falls_elsewhere(token: Token) -> bool:
    """Soldiers who fall back, ill, silent or into a trap did not die of it."""
    if any(c.dep_ in ("dobj", "acomp", "prt", "oprd") or c.lower_ in _FALLING_OTHERWISE for c in token.children):
        return True
    return any(
        prep.head == token
        and prep.lower_ in ("to", "into", "under", "from", "on", "behind", "off")
        and inner.ent_type_ not in ("DATE", "TIME")
        for prep, inner in preposition_objects(token)
    )


def _is_people(thing: Token, lexicon: Lexicon) -> bool:
    return any(
        word.ent_type_ in NAMED
        or word.pos_ in ("PRON", "NUM", "PROPN")
        or lexicon.is_kind(word.lemma_.lower(), "civilian", "captive", "combatant", "speaker", "force")
        for word in meant_words(thing)
    )


def _fights(thing: Token, lexicon: Lexicon) -> bool:
    lemma = thing.lemma_.lower()
    return (
        thing.ent_type_ in NAMED
        or thing.pos_ == "PRON"
        or lemma in ("war", "battle")
        or lexicon.is_kind(lemma, "force", "combatant", "enemy")
    )


def _is_gear(thing: Token, lexicon: Lexicon) -> bool:
    """Vehicles and arms that are seized: no ground is taken."""
    words = [word.lemma_.lower() for word in meant_words(thing)]
    return any(lexicon.is_kind(w, "armament", "weapon", "mobile") for w in words) and not any(
        lexicon.is_kind(w, "territory") for w in words
    )


def _is_office(token: Token, thing: Token | None, lexicon: Lexicon) -> bool:
    """ "seized on the news", "took over the movement", "took over as leader"."""
    is_active = not any(c.dep_ == "auxpass" for c in token.children) and token.dep_ not in ("acl", "relcl", "amod")
    if token.lemma_ in ("capture", "seize") and thing is None and is_active:
        return True  # "dozens captured last year were still held": no ground is named
    if token.lemma_ == "seize" and thing is None and any(True for _ in preposition_objects(token, "on", "upon")):
        return True
    if token.lemma_ != "take" or not any(c.lower_ == "over" for c in token.children):
        return False
    if any(True for _ in preposition_objects(token, "as", "from")) or thing is None:
        return True
    is_body = thing.ent_type_ in ("ORG", "PERSON") or lexicon.is_kind(thing.lemma_.lower(), "speaker", "polity", "force")
    return is_body or thing.lemma_.lower() in ("leadership", "job", "role", "post", "company", "bank", "talk", "case", "movement")


def _is_no_ground(token: Token, trigger: Trigger, thing: Token | None, lexicon: Lexicon) -> bool:
    """Whether what is "held", "taken" or "entered" is no ground: a view, a trip, a third week."""
    if token.lemma_ == "take" and thing is not None and thing.lemma_ == "place":
        return True  # "took place in the hills"
    if token.lemma_ not in _HOLDING or trigger.object_lemma is not None:
        return False
    if thing is None:
        return trigger.exactness == 0
    if thing.ent_type_ in ("DATE", "TIME", "ORDINAL"):
        return True
    relative = thing.lower_ in ("which", "that") and token.dep_ == "relcl"
    meant = token.head if relative else thing
    is_ground = (
        meant.pos_ in ("PRON", "PROPN")
        or meant.lemma_.lower() in _GROUND
        or meant.ent_type_ in ("GPE", "LOC", "FAC", "PERCENT")
        or is_of_kind(meant, "territory", lexicon)
    )
    return not is_ground
