"""Verbs of acts that keep the wrong company: who withdraws a claim, visits a site or lies by a river does no act.

Each rule names the verbs that it is about; a rule that holds makes the verb no act at all (misfits.py asks them).
"""

from __future__ import annotations

from trucewatch.stages.extract.lexicon import Lexicon, Trigger
from trucewatch.stages.extract.plain_senses import stands_plainly
from trucewatch.stages.extract.strangers import Rule, is_among_strangers
from trucewatch.stages.extract.syntax import NAMED, SIDES, Token, children, conjuncts, preposition_objects
from trucewatch.stages.extract.triggers import is_of_kind, meant_words

_AT_A_PLACE = frozenset(
    "in on at along within between behind beyond near inside outside under beneath above across amid off".split()
)
_DISTANCES = frozenset({"mile", "kilometre", "kilometer", "km", "metre", "meter"})
_PRAISED = frozenset(
    "god goodness heaven heavens allah lord day moment victory triumph success win achievement hero luck".split()
)
# who declines to answer has refused nothing that anybody offered or demanded
_NOT_SAYING = frozenset(
    "say comment answer name elaborate give specify disclose identify confirm discuss reveal speculate respond be provide detail "
    "reply explain talk speak".split()
)
_MOVABLE = (
    "force",
    "mobile",
    "combatant",
    "enemy",
    "armament",
    "weapon",
    "monitor",
    "peacekeeping",
    "military_object",
    "airborne",
)
_MILITARY_THINGS = frozenset("presence personnel deployment position checkpoint equipment gun outpost foothold line".split())
_YIELDED = frozenset("weapon arm arms rifle position control ground".split())
# "left X in control of Y": how things were left, and no force that stayed
_STATES_LEFT = frozenset(
    "control charge possession command doubt limbo tatter ruin place disarray shock mourning fear hospital".split()
)
_REACHING = frozenset(
    "enter reach return leave travel pass approach access deliver evacuate cross go move visit collect retrieve work bring get "
    "use import export ship".split()
)
_CARRIED_TROOPS = frozenset({"militant", "terrorist", "gunman", "islamist", "fighter"})
_ROUTING = frozenset({"run", "flee", "scramble", "rush", "dive", "sprawl", "fly", "race", "duck", "scurry", "tumble", "crash"})
_ALARMS = frozenset({"alarm", "siren", "alert", "warning", "gunfire", "noise", "sound", "fear", "panic"})
_WARLIKE = frozenset({"military", "terrorist", "terror", "militant", "armed", "offensive"})
_CARE = frozenset({"hospital", "clinic", "infirmary", "morgue", "ward", "surgery", "safety"})
_SHELTERS = frozenset({"shelter", "refuge", "cellar", "basement", "bunker", "hospital", "morgue", "school", "home"})
_HOMES = frozenset(
    "home house apartment flat dwelling building building camp zone shelter belonging everything possession property land farm "
    "neighbourhood neighborhood suburb south north east west border frontier country homeland".split()
)
_HELD_GROUND = frozenset(
    "square metre meter kilometre kilometer mile foothold strip pocket zone section part swath bank shore entrance edge outskirt "
    "power control government building island port ship vessel tanker".split()
)
_STANDING = frozenset(
    "state office power contact place force effect jail prison touch talk custody session service use sideline fence "
    "print".split()
)
_NO_HOSTS = ("force", "monitor", "combatant", "civilian")
_PRIVATE = frozenset(
    "family relative lawyer wife husband mother father brother sister son daughter friend neighbour neighbor".split()
)
_MOVED_GOODS = ("force", "armament", "weapon", "mobile", "combatant")


def keeps_bad_company(token: Token, trigger: Trigger, thing: Token | None, doer: Token | None, lexicon: Lexicon) -> bool:
    """Whether a verb of the lexicon is no act beside what stands with it: `thing` its object, `doer` who does it."""
    rules = _RULES.get(trigger.lemma, ()) + _BY_FRAME.get(trigger.frame, ())
    if any(rule(token, trigger, thing, doer, lexicon) for rule in rules):
        return True
    return is_among_strangers(token, trigger, thing, doer, lexicon) or stands_plainly(token, trigger, thing, doer, lexicon)


def _lies_somewhere(token: Token, _trigger: Trigger, _thing: Token | None, _doer: Token | None, _lexicon: Lexicon) -> bool:
    """ "a post which lies two miles from the river", "the village lies in a valley": where it is."""
    if any(c.dep_ == "prep" and c.lower_ in _AT_A_PLACE for c in token.children) or token.lower_ in ("lay", "lain"):
        return True
    if any(w.lemma_.lower() in _DISTANCES for w in token.doc[token.i + 1 : token.i + 6]):
        return True
    return any(c.dep_ in ("npadvmod", "dobj", "attr") and any(w.pos_ == "NUM" for w in c.subtree) for c in token.children) or any(
        c.lower_ in ("north", "south", "east", "west", "north-west", "close", "nearby", "there") for c in token.children
    )


def _says_nothing(token: Token, _trigger: Trigger, _thing: Token | None, _doer: Token | None, _lexicon: Lexicon) -> bool:
    return any(c.lemma_ in _NOT_SAYING for c in children(token, "xcomp"))


def _moves_no_force(token: Token, trigger: Trigger, thing: Token | None, _doer: Token | None, lexicon: Lexicon) -> bool:
    """ "withdrew their claims", "surrendered the hope of": neither force, arms nor ground."""
    if trigger.exactness != (1 if token.lemma_ == "pull" else 0) or trigger.frame != "retreat" or thing is None:
        return False
    words = [w for part in conjuncts(thing) for w in meant_words(part)]
    words += [inner for word in words for _, inner in preposition_objects(word, "of")]
    return not any(
        w.ent_type_ in NAMED
        or w.pos_ in ("PRON", "NUM", "PROPN")
        or w.lemma_.lower() in _MILITARY_THINGS | _YIELDED
        or lexicon.is_kind(w.lemma_.lower(), *_MOVABLE, "territory", "captive")
        for w in words
    )


def _visits_no_host(token: Token, _trigger: Trigger, thing: Token | None, doer: Token | None, lexicon: Lexicon) -> bool:
    """A visit is a meeting where it is a state, a person or an office that is visited, told as news, and not by a patrol."""
    if token.dep_ in ("relcl", "acl"):
        return True
    if doer is not None and (lexicon.is_kind(doer.lemma_.lower(), *_NO_HOSTS) and not doer.ent_type_):
        return True
    things = conjuncts(thing) if thing is not None else []
    if not things:
        return True
    return not any(
        w.ent_type_ in ("GPE", "PERSON", "NORP") or lexicon.is_kind(w.lemma_.lower(), "speaker", "polity") for w in things
    )


def _left_so(token: Token, trigger: Trigger, thing: Token | None, doer: Token | None, lexicon: Lexicon) -> bool:
    """ "the accord left X in control of Y", "the commander left <town>"."""
    if trigger.act == "FORCE.NON_WITHDRAWAL" and thing is not None and thing.ent_type_ in ("GPE", "LOC", "FAC"):
        return True
    if trigger.frame == "flee" and thing is not None and not _is_left_by_people(thing, lexicon):
        return True
    if doer is not None and (
        lexicon.is_kind(doer.lemma_.lower(), "pact") or doer.lemma_.lower() in ("war", "conflict", "fighting")
    ):
        return True
    places = [inner for _, inner in preposition_objects(token, "in", "at", "on")]
    places += [i for thing in children(token, "dobj", "obj") for _, i in preposition_objects(thing, "in", "at", "on")]
    return any(inner.lemma_.lower() in _STATES_LEFT for inner in places)


def _prevents_an_enemy(token: Token, _trigger: Trigger, thing: Token | None, _doer: Token | None, lexicon: Lexicon) -> bool:
    """ "prevents X from rearming", "failed to prevent X from taking over": not access but an enemy's deed is prevented."""
    if token.dep_ in ("xcomp", "advcl", "acl", "relcl") and any(c.dep_ == "aux" and c.lower_ == "to" for c in token.children):
        return True
    kept_from = [inner for _, inner in preposition_objects(token, "from")]
    kept_from += [i for t in children(token, "dobj", "obj") for _, i in preposition_objects(t, "from")]
    if thing is not None and lexicon.is_kind(thing.lemma_.lower(), "civilian", "convoy", "relief", "monitor", "captive"):
        return False
    verbs = [v for v in kept_from if v.tag_ == "VBG"]
    return bool(verbs) and not any(v.lemma_ in _REACHING for v in verbs)


def _sends_running(token: Token, _trigger: Trigger, thing: Token | None, doer: Token | None, lexicon: Lexicon) -> bool:
    """ "gunfire sent them running", "sirens sent people to the shelters"."""
    if any(c.tag_ == "VBG" and c.lemma_ in _ROUTING for t in (token, *children(token, "dobj")) for c in t.children):
        return True
    if doer is not None and (doer.lemma_.lower() in _ALARMS or doer.lemma_.lower() in lexicon.nouns):
        return True
    if any(i.lemma_.lower() in _SHELTERS for _, i in preposition_objects(token, "to", "into", "towards")):
        return thing is None or not lexicon.is_kind(thing.lemma_.lower(), *_MOVED_GOODS)
    return False


def _carries_suspects(token: Token, _trigger: Trigger, thing: Token | None, _doer: Token | None, _lexicon: Lexicon) -> bool:
    """ "a car carrying suspected militants": no foreign fighters where nothing calls them foreign."""
    if thing is None:
        return False
    heads = [w for part in conjuncts(thing) for w in meant_words(part)]
    if not any(w.lemma_.lower() in _CARRIED_TROOPS for w in heads):
        return False
    come = [i for t in (token, *heads) for _, i in preposition_objects(t, "from") if i.ent_type_ in SIDES]
    return not come and not any(c.ent_type_ in SIDES or c.lower_ == "foreign" for w in heads for c in w.children if c.i < w.i)


def _recognised_as(token: Token, _trigger: Trigger, _thing: Token | None, _doer: Token | None, _lexicon: Lexicon) -> bool:
    """ "is recognised as part of X": how the world sees it."""
    return any(c.dep_ == "auxpass" for c in token.children) or any(True for _ in preposition_objects(token, "as"))


def _held_otherwise(token: Token, trigger: Trigger, _thing: Token | None, _doer: Token | None, _lexicon: Lexicon) -> bool:
    """ "was held responsible", "is held hostage"."""
    return trigger.frame == "take" and any(
        w.lower_ in ("responsible", "accountable", "liable", "guilty", "hostage")
        for c in token.children
        for w in (c, *c.children)
    )


def _weapons_named(token: Token, trigger: Trigger, thing: Token | None, _doer: Token | None, lexicon: Lexicon) -> bool:
    """ "artillery and attack drones": a weapon's name, read as a verb with its object."""
    if trigger.exactness or thing is None or token.tag_ not in ("VB", "VBP", "NN", "JJ") or thing.i != token.i + 1:
        return False
    return lexicon.is_kind(thing.lemma_.lower(), "armament", "airborne", "projectile") and not children(token, "nsubj", "aux")


def _passed_on_privately(token: Token, _trigger: Trigger, _thing: Token | None, doer: Token | None, _lexicon: Lexicon) -> bool:
    heads = [i for _, i in preposition_objects(token, "by")] + ([doer] if doer is not None else [])
    return any(w.lemma_.lower() in _PRIVATE for w in heads)


def _is_habit(token: Token, trigger: Trigger, _thing: Token | None, _doer: Token | None, lexicon: Lexicon) -> bool:
    """ "the peacekeepers who patrol the border", "countries that contribute troops": who they are, and not what they did."""
    if token.dep_ != "relcl" or token.tag_ not in ("VBP", "VBZ") or any(c.dep_ in ("aux", "auxpass") for c in token.children):
        return False
    return not is_of_kind(token.head, "projectile", lexicon) and trigger.act != "FORCE.NON_WITHDRAWAL"


def _is_charged(token: Token, _trigger: Trigger, _thing: Token | None, _doer: Token | None, _lexicon: Lexicon) -> bool:
    """ "charged with illegally crossing the border": before a court."""
    node = token
    while node.dep_ == "conj":
        node = node.head
    if node.dep_ != "pcomp" or node.head.lower_ != "with":
        return False
    return node.head.head.lemma_ == "charge" and any(
        c.dep_ in ("auxpass", "nsubjpass") for v in (node.head.head, node.head.head.head) for c in v.children
    )


def _is_left_by_people(thing: Token, lexicon: Lexicon) -> bool:
    """Homes and places are left by those who flee, cars and cows are not."""
    words = meant_words(thing)
    return any(
        w.ent_type_ in NAMED
        or w.pos_ in ("PRON", "NUM")
        or w.lemma_.lower() in _HOMES
        or lexicon.is_kind(w.lemma_.lower(), "territory", "civilian")
        for w in words
    )


def _takes_no_ground(token: Token, trigger: Trigger, thing: Token | None, _doer: Token | None, lexicon: Lexicon) -> bool:
    """ "police seized drugs", "a video that captured footage", "was taken to hospital": neither ground nor a side, nor held."""
    if token.lemma_ == "take" and trigger.frame != "take":
        return any(i.lemma_.lower() in _CARE for _, i in preposition_objects(token, "to", "into"))
    if trigger.frame != "take":
        return False
    if token.lemma_ == "take" and trigger.object_lemma is not None and trigger.particle is None and trigger.preposition is None:
        heads = children(token, "dobj", "obj", "nsubjpass") or [token.head]
        lemmas = {w.lemma_.lower() for head in heads for part in conjuncts(head) for w in (part, *part.subtree)}
        return trigger.object_lemma not in lemmas
    if trigger.exactness != 0 or token.lemma_ not in ("seize", "capture") or thing is None:
        return False
    words = [w for part in conjuncts(thing) for w in meant_words(part)]
    return not any(
        w.ent_type_ in NAMED
        or w.pos_ in ("PRON", "NUM", "PROPN")
        or w.lemma_.lower() in _MILITARY_THINGS | _HELD_GROUND
        or lexicon.is_kind(w.lemma_.lower(), "territory", "fortification", "route", "combatant", "captive", "civilian", "force")
        or (lexicon.is_kind(w.lemma_.lower(), "civil_object") and not lexicon.is_kind(w.lemma_.lower(), "mobile"))
        for w in words
    )


def _is_backed_by_arms(token: Token, trigger: Trigger, _thing: Token | None, _doer: Token | None, lexicon: Lexicon) -> bool:
    """ "forces supported by artillery", "backed by X", "armed with mortars": how they fight, or whose friends they are."""
    if trigger.frame != "offer" or not (token.tag_ == "VBN" or any(c.dep_ == "auxpass" for c in token.children)):
        return False
    if token.dep_ in ("acl", "amod", "advcl", "relcl"):
        return True
    means = [i for _, i in preposition_objects(token, "by", "with")]
    return any(lexicon.is_kind(i.lemma_.lower(), "weapon", "armament", "airborne") for i in means)


def _is_around(token: Token, _trigger: Trigger, _thing: Token | None, doer: Token | None, lexicon: Lexicon) -> bool:
    """ "the districts surrounding X": where they lie."""
    is_moving = doer is not None and (
        doer.ent_type_ in SIDES or doer.pos_ == "PRON" or lexicon.is_kind(doer.lemma_.lower(), "force", "mobile")
    )
    return (
        token.tag_ == "VBG"
        and token.dep_ in ("acl", "amod", "prep", "pcomp")
        and not (is_moving and doer is not None and doer.ent_type_ == "")
    )


def _stays_as_it_is(token: Token, trigger: Trigger, _thing: Token | None, doer: Token | None, lexicon: Lexicon) -> bool:
    """ "remains in a state of shock", "stayed in office"; "a curfew remains in effect" extends no truce."""
    if trigger.frame == "agree":
        is_pact = doer is None or doer.pos_ == "PRON" or lexicon.is_kind(doer.lemma_.lower(), "pact") or "fire" in doer.lemma_
        return trigger.object_lemma == "effect" and not is_pact
    return trigger.frame == "move" and any(
        i.lemma_.lower() in _STATES_LEFT | _STANDING for _, i in preposition_objects(token, "in", "at", "on")
    )


def _takes_part(token: Token, trigger: Trigger, _thing: Token | None, _doer: Token | None, lexicon: Lexicon) -> bool:
    """ "engaged in talks", "engage with X": no fire, where no battle follows."""
    if trigger.exactness:
        return False
    into = [i for _, i in preposition_objects(token, "in", "with")]
    return bool(into) and not children(token, "dobj", "nsubjpass") and not any(i.lemma_.lower() in lexicon.nouns for i in into)


def _is_no_line_of_supply(token: Token, trigger: Trigger, thing: Token | None, _doer: Token | None, lexicon: Lexicon) -> bool:
    """ "the front line was cut": a line of trenches, and not of power."""
    if thing is None or thing.lemma_.lower() not in ("line", "supply"):
        return False
    beside = [c for c in thing.children if c.dep_ in ("compound", "amod", "nmod")]
    named = any(lexicon.is_kind(c.lemma_.lower(), "utility") and c.lemma_.lower() not in ("supply", "line") for c in beside)
    return (
        trigger.act == "UTILITY.OUTAGE"
        and not named
        and not any(lexicon.is_kind(i.lemma_.lower(), "utility") for _, i in preposition_objects(thing, "of"))
    )


def _pleads(token: Token, _trigger: Trigger, _thing: Token | None, _doer: Token | None, _lexicon: Lexicon) -> bool:
    return any(c.lower_ in ("guilty", "innocent") for c in token.subtree)


def _is_charged_in_court(token: Token, trigger: Trigger, _thing: Token | None, _doer: Token | None, _lexicon: Lexicon) -> bool:
    """ "charged him in the death of X": a court's matter, where "charged that" accuses."""
    return trigger.exactness == 0 and not children(token, "ccomp") and not any(True for _ in preposition_objects(token, "with"))


def _moves_something_else(token: Token, trigger: Trigger, _thing: Token | None, _doer: Token | None, lexicon: Lexicon) -> bool:
    """ "moved its parliament to X", said of a force that only moves itself."""
    if trigger.subject_kind != "mobile" or trigger.lemma not in ("move", "march", "roll", "gather", "assemble"):
        return False
    things = children(token, "dobj", "obj", "nsubjpass")
    return bool(things) and not any(
        w.pos_ in ("PRON", "NUM") or lexicon.is_kind(w.lemma_.lower(), *_MOVED_GOODS, "airborne", "military_object")
        for thing in things
        for w in meant_words(thing)
    )


def _names_a_line(token: Token, trigger: Trigger, thing: Token | None, _doer: Token | None, _lexicon: Lexicon) -> bool:
    """ "along the line of contact established in 1994"."""
    if trigger.object_lemma != "contact":
        return False
    holder = token.head if token.dep_ == "acl" else thing
    words = (
        [] if holder is None else [holder, *(holder.head, holder.head.head), *(i for _, i in preposition_objects(holder, "of"))]
    )
    return any(w.lemma_.lower() == "line" for w in words)


def _only_describes(token: Token, _trigger: Trigger, _thing: Token | None, _doer: Token | None, _lexicon: Lexicon) -> bool:
    """ "opposing forces", "loitering munitions": a word before its noun."""
    return bool(token.dep_ == "amod" and token.i < token.head.i and token.tag_ == "VBG" and token.head.i - token.i <= 2)


def _rebuilds_arms(_token: Token, trigger: Trigger, thing: Token | None, _doer: Token | None, _lexicon: Lexicon) -> bool:
    """ "rebuilding military infrastructure": no aid."""
    return trigger.frame != "move" and thing is not None and any(c.lower_ in _WARLIKE for c in thing.children)


def _praises_no_side(_token: Token, _trigger: Trigger, thing: Token | None, _doer: Token | None, _lexicon: Lexicon) -> bool:
    """ "hailed a glorious day", "thank God": praise of a day or of heaven supports nobody."""
    return thing is not None and any(w.lemma_.lower() in _PRAISED or w.lower_ in _PRAISED for w in (thing, *thing.children))


def _buried_long_ago(token: Token, trigger: Trigger, _thing: Token | None, _doer: Token | None, _lexicon: Lexicon) -> bool:
    """ "my father is buried here": where a grave is."""
    return trigger.frame == "harm" and any(
        c.dep_ == "auxpass" and c.lower_ in ("is", "are", "lie", "lies") for c in token.children
    )


_RULES: dict[str, tuple[Rule, ...]] = {
    "lie": (_lies_somewhere,),
    "rebuild": (_rebuilds_arms,),
    "restore": (_rebuilds_arms,),
    "decline": (_says_nothing,),
    "refuse": (_says_nothing,),
    "withdraw": (_moves_no_force,),
    "surrender": (_moves_no_force,),
    "abandon": (_moves_no_force,),
    "visit": (_visits_no_host,),
    "leave": (_left_so,),
    "prevent": (_prevents_an_enemy,),
    "send": (_sends_running,),
    "transport": (_carries_suspects,),
    "carry": (_carries_suspects,),
    "move": (_carries_suspects, _moves_something_else),
    "bring": (_carries_suspects,),
    "use": (_carries_suspects,),
    "ferry": (_carries_suspects,),
    "recognise": (_recognised_as,),
    "recognize": (_recognised_as,),
    "thank": (_praises_no_side,),
    "hail": (_praises_no_side,),
    "bury": (_buried_long_ago,),
    "attack": (_weapons_named,),
    "strike": (_weapons_named,),
    "raid": (_weapons_named,),
    "pass": (_passed_on_privately,),
    "pull": (_moves_no_force,),
    "take": (_takes_no_ground,),
    "seize": (_takes_no_ground,),
    "capture": (_takes_no_ground,),
    "support": (_is_backed_by_arms,),
    "back": (_is_backed_by_arms,),
    "arm": (_is_backed_by_arms,),
    "equip": (_is_backed_by_arms,),
    "assist": (_is_backed_by_arms,),
    "surround": (_is_around,),
    "remain": (_stays_as_it_is,),
    "stay": (_stays_as_it_is,),
    "engage": (_takes_part,),
    "break": (_is_no_line_of_supply,),
    "cut": (_is_no_line_of_supply,),
    "sever": (_is_no_line_of_supply,),
    "disrupt": (_is_no_line_of_supply,),
    "plead": (_pleads,),
    "charge": (_is_charged_in_court,),
    "march": (_moves_something_else,),
    "roll": (_moves_something_else,),
    "establish": (_names_a_line,),
    "maintain": (_names_a_line,),
    "hold": (_held_otherwise, _names_a_line),
}
_BY_FRAME: dict[str, tuple[Rule, ...]] = {
    "move": (_is_habit, _is_charged, _only_describes),
    "offer": (_is_habit, _only_describes),
    "talk": (_is_habit, _only_describes),
    "agree": (_is_habit, _only_describes),
    "coerce": (_is_habit,),
    "reject": (_only_describes,),
    "request": (_only_describes,),
    "attack": (_is_charged,),
}
