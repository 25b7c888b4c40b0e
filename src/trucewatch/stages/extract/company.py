"""Verbs of acts that keep the wrong company: who withdraws a claim, visits a site or lies by a river does no act.

Each rule names the verbs that it is about; a rule that holds makes the verb no act at all (misfits.py asks them).
"""

from __future__ import annotations

from collections.abc import Callable

from trucewatch.stages.extract.lexicon import Lexicon, Trigger
from trucewatch.stages.extract.syntax import NAMED, SIDES, Token, children, conjuncts, preposition_objects
from trucewatch.stages.extract.triggers import is_of_kind, meant_words

_AT_A_PLACE = frozenset(
    "in on at along within between behind beyond near inside outside under beneath above across amid off".split()
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
_SHELTERS = frozenset({"shelter", "refuge", "cellar", "basement", "bunker", "hospital", "morgue", "school", "home"})
_NO_HOSTS = ("force", "monitor", "combatant", "civilian")
_PRIVATE = frozenset(
    "family relative lawyer wife husband mother father brother sister son daughter friend neighbour neighbor".split()
)
_MOVED_GOODS = ("force", "armament", "weapon", "mobile", "combatant")


def keeps_bad_company(token: Token, trigger: Trigger, thing: Token | None, doer: Token | None, lexicon: Lexicon) -> bool:
    """Whether a verb of the lexicon is no act beside what stands with it: `thing` its object, `doer` who does it."""
    rules = _RULES.get(trigger.lemma, ()) + _BY_FRAME.get(trigger.frame, ())
    return any(rule(token, trigger, thing, doer, lexicon) for rule in rules)


_Rule = Callable[[Token, Trigger, Token | None, Token | None, Lexicon], bool]


def _lies_somewhere(token: Token, _trigger: Trigger, _thing: Token | None, _doer: Token | None, _lexicon: Lexicon) -> bool:
    """ "a post which lies two miles from the river", "the village lies in a valley": where it is."""
    if any(c.dep_ == "prep" and c.lower_ in _AT_A_PLACE for c in token.children) or token.lower_ in ("lay", "lain"):
        return True
    return any(c.dep_ in ("npadvmod", "dobj", "attr") and any(w.pos_ == "NUM" for w in c.subtree) for c in token.children) or any(
        c.lower_ in ("north", "south", "east", "west", "north-west", "close", "nearby", "there") for c in token.children
    )


def _says_nothing(token: Token, _trigger: Trigger, _thing: Token | None, _doer: Token | None, _lexicon: Lexicon) -> bool:
    return any(c.lemma_ in _NOT_SAYING for c in children(token, "xcomp"))


def _moves_no_force(token: Token, trigger: Trigger, thing: Token | None, _doer: Token | None, lexicon: Lexicon) -> bool:
    """ "withdrew their claims", "surrendered the hope of": neither force, arms nor ground."""
    if trigger.exactness != 0 or thing is None or token.lemma_ not in ("withdraw", "surrender", "abandon"):
        return False
    words = [w for part in conjuncts(thing) for w in meant_words(part)]
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


def _left_so(token: Token, _trigger: Trigger, _thing: Token | None, doer: Token | None, lexicon: Lexicon) -> bool:
    """ "the accord left X in control of Y"."""
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


_RULES: dict[str, tuple[_Rule, ...]] = {
    "lie": (_lies_somewhere,),
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
    "move": (_carries_suspects,),
    "bring": (_carries_suspects,),
    "use": (_carries_suspects,),
    "ferry": (_carries_suspects,),
    "recognise": (_recognised_as,),
    "recognize": (_recognised_as,),
    "hold": (_held_otherwise,),
    "attack": (_weapons_named,),
    "strike": (_weapons_named,),
    "raid": (_weapons_named,),
    "pass": (_passed_on_privately,),
}
_BY_FRAME: dict[str, tuple[_Rule, ...]] = {
    "move": (_is_habit, _is_charged),
    "offer": (_is_habit,),
    "talk": (_is_habit,),
    "agree": (_is_habit,),
    "coerce": (_is_habit,),
    "attack": (_is_charged,),
}
