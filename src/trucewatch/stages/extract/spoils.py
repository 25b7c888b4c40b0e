"""What is taken from the other side or from people: arms seized, men led away, a road blocked with stones."""

from __future__ import annotations

from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.made import told_act
from trucewatch.stages.extract.mention import ActMention
from trucewatch.stages.extract.modality import KIN
from trucewatch.stages.extract.phrases import actor_phrase
from trucewatch.stages.extract.rules import Rules, reads
from trucewatch.stages.extract.syntax import SIDES, Token, conjuncts, is_told_done, preposition_objects, roles
from trucewatch.stages.extract.triggers import is_of_kind, meant_words

_SEIZING = frozenset({"seize", "capture", "take"})
_ARMS = frozenset(
    "tank vehicle carrier rifle weapon gun launcher howitzer mortar ammunition munition round missile drone arm arms cannon "
    "weaponry explosive armour armor artillery grenade".split()
)
_POLICE = frozenset(
    {"police", "officer", "deputy", "detective", "sheriff", "customs", "custom", "investigator", "agent", "department"}
)
_LEADING = frozenset({"lead", "take", "drag", "march", "carry", "haul", "bundle"})
_PICTURES = frozenset({"camera", "film", "video", "tape", "photo", "photograph", "picture", "footage"})
_QUESTIONING = frozenset({"questioning", "interrogation", "investigation", "check", "inspection", "verification"})
_THEM = frozenset({"him", "her", "them", "me", "us"})
_LAYING = frozenset({"put", "place", "lay", "set", "throw", "pile", "roll", "erect", "dump", "drag"})
_BLOCKS = frozenset("block boulder barricade barrier rock stone tyre tire obstacle container concrete log sandbag".split())
_BARRING = frozenset({"barricade", "barrier", "obstacle"})
_HEAPING = frozenset({"throw", "pile", "dump", "drag", "roll"})
_WAYS = frozenset({"road", "highway", "street", "bridge", "route", "entrance", "junction", "motorway"})


def _is_a_foe(head: Token, lexicon: Lexicon) -> bool:
    return head.ent_type_ in SIDES or is_of_kind(head, "force", lexicon)


def _is_at_war(doer: Token, lexicon: Lexicon) -> bool:
    if any(w.lemma_.lower() in _POLICE for w in meant_words(doer)):
        return False
    return doer.pos_ == "PRON" or _is_a_foe(doer, lexicon)


@reads(_SEIZING)
def _arms_taken(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "had seized six armoured vehicles and 800 rifles from the fighters", "had taken over six tanks"."""
    who = roles(token)
    arms = who.undergoer
    if arms is None or not is_told_done(token) or token.dep_ in ("amod", "acl"):
        return None
    if token.lemma_ == "take" and not any(w.lower_ == "over" for w in token.doc[token.i + 1 : token.i + 2]):
        return None
    counted = [w for part in conjuncts(arms) for w in meant_words(part)]
    if not any(w.lemma_.lower() in _ARMS for w in counted) or not any(w.pos_ == "NUM" for c in counted for w in c.children):
        return None
    losers = next((i for _, i in preposition_objects(token, "from") if _is_a_foe(i, lexicon)), None)
    if losers is None and (who.doer is None or who.passive or not _is_at_war(who.doer, lexicon)):
        return None  # whose arms they were is not told: a matter of the police
    if any(i.lemma_.lower() in _PICTURES for _, i in preposition_objects(token, "on", "in")):
        return None
    return told_act(
        token,
        token,
        lexicon,
        losers,
        "arms taken",
        frame="retreat" if who.doer is None else "take",
        act="ADVANCE.TERRITORY",
        doer=actor_phrase(who.doer, lexicon),
    )


@reads(_LEADING)
def _led_away(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "border guards led him away", "soldiers took my brother away in a jeep"."""
    who = roles(token)
    taken = who.undergoer
    if taken is None or who.doer is None or who.passive or not is_told_done(token):
        return None
    if not any(c.lower_ in ("away", "off") for c in token.children):
        return None
    if taken.lower_ not in _THEM and not any(w.lemma_.lower() in KIN for w in meant_words(taken)):
        return None
    if any(c.dep_ == "poss" and c.lower_ == "their" for c in taken.children):
        return None  # the soldiers' own brother
    if any(i.lemma_.lower() not in _QUESTIONING for _, i in preposition_objects(token, "for")):
        return None  # "for a holiday"
    armed = any(is_of_kind(who.doer, kind, lexicon) for kind in ("force", "combatant"))
    if who.doer.pos_ == "PRON" or not armed or is_of_kind(who.doer, "monitor", lexicon):
        return None
    doer = actor_phrase(who.doer, lexicon)
    return told_act(token, token, lexicon, taken, "people led away", frame="detain", act="CIV.DETENTION", doer=doer)


@reads(_LAYING)
def _road_blocked(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "young men have put concrete blocks across the road"."""
    who = roles(token)
    block = who.undergoer
    if block is None or not is_told_done(token) or not any(w.lemma_.lower() in _BLOCKS for w in (block, *block.children)):
        return None
    # stones on or along a road may mend or adorn it: across it they shut it, and barricades do wherever they stand
    is_shut = any(w.lemma_.lower() in _BARRING for w in (block, *block.children))
    where = ("across", "on", "over", "at") if is_shut or token.lemma_ in _HEAPING else ("across",)
    ways = (i for a in (token, block) for _, i in preposition_objects(a, *where) if i.lemma_.lower() in _WAYS)
    way = next(ways, None)
    if way is None:
        return None
    doer = actor_phrase(who.doer, lexicon) if who.doer is not None else None
    return told_act(token, token, lexicon, way, "a road blocked", frame="coerce", act="ACCESS.BLOCKADE", doer=doer)


spoils = Rules(_arms_taken, _led_away, _road_blocked)
