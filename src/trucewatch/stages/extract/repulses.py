"""Attacks fought off: "halted an enemy push toward X" tells of fighting, where "stopped its offensive" tells of its end."""

from __future__ import annotations

from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.mention import ActMention
from trucewatch.stages.extract.phrases import actor_phrase, owner_phrase
from trucewatch.stages.extract.rules import reads
from trucewatch.stages.extract.syntax import SIDES, Token, children, preposition_objects, roles, tight_phrase

_STOPPING = frozenset("stop halt check thwart contain arrest block frustrate foil beat blunt stem stall".split())
_FOILING = frozenset({"thwart", "foil", "beat", "blunt", "repel", "repulse"})
_ADVANCES = frozenset(
    "advance attack assault offensive push incursion breakthrough raid march infiltration attempt thrust charge onslaught".split()
)
_ANY = frozenset({"a", "an", "another", "any", "several", "two", "three", "four", "numerous", "repeated"})
_FLYING = frozenset("drone uav helicopter aircraft plane jet warplane quadcopter gunship".split())
_DOWNED = frozenset({"downed", "destroyed", "intercepted", "shot", "felled"})
_TELLING = frozenset("inform report announce tell speak claim declare communicate notify".split())
_GIVING_WAY = frozenset({"fall", "retreat", "withdraw", "flee", "pull", "turn", "retire"})
_OWN = frozenset({"its", "their", "his", "her", "our", "my", "own"})


@reads(_FLYING)
def downed_told(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "informed about a downed drone over X", "spoke of 13 shot down drones": brought down, in a participle's words."""
    brought = next((c for c in children(token, "amod", "acl") if c.lower_ in _DOWNED and c.i < token.i), None)
    verb = token.head.head if token.dep_ == "pobj" and token.head.lower_ in ("about", "of", "on") else token.head
    if brought is None or token.dep_ not in ("pobj", "dobj", "obj") or verb.lemma_ not in _TELLING:
        return None
    owner = owner_phrase(token, lexicon)
    return ActMention(
        token=token,
        frame="damage",
        act="AIR.UAV_DOWNED" if lexicon.is_kind(token.lemma_.lower(), "airborne") else "FIRE",
        weak=True,
        undergoer=owner or tight_phrase(token),
        undergoer_head=owner.head if owner is not None else token,
        scope=verb,
        is_nominal=False,
        is_supported=True,
        reasons=(f"'{brought.text} {token.text}' tells of what was brought down",),
    )


@reads("force", "compel", "oblige")
def forced_back(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "had forced the soldiers to fall back from X": fighting, and no order."""
    who = roles(token)
    beaten = next(iter(children(token, "dobj", "obj", "nsubjpass")), None)
    back = next((c for c in children(token, "xcomp", "ccomp") if c.lemma_ in _GIVING_WAY), None)
    if back is None:
        return None
    beaten = beaten or next(iter(children(back, "nsubj")), None)
    if beaten is None or not lexicon.is_kind(beaten.lemma_.lower(), "force", "combatant", "mobile", "enemy"):
        return None
    if any(c.dep_ == "neg" or c.tag_ == "MD" for c in token.children):
        return None
    by = next((i for _, i in preposition_objects(token, "by")), None)
    return ActMention(
        token=token,
        frame="attack",
        act="FIRE.CLASH",
        weak=True,
        doer=actor_phrase(who.doer if who.doer is not None else by, lexicon),
        undergoer=tight_phrase(beaten),
        undergoer_head=beaten,
        scope=token,
        is_supported=True,
        reasons=(f"'{token.text}' back tells of fighting",),
    )


@reads(_STOPPING)
def repulse(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "stopped an advance toward X", "halted the enemy's push": fought off, None where one's own attack is ended."""
    who = roles(token)
    thing = next(iter(children(token, "dobj", "obj", "nsubjpass")), None)
    if thing is None or thing.lemma_.lower() not in _ADVANCES:
        return None
    if any(c.dep_ in ("neg", "aux") and c.lower_ not in ("had", "has", "have") for c in token.children):
        return None
    if who.doer is None and who.passive:
        return _stopped_by_nobody(token, thing, lexicon)
    if who.doer is None:
        return None
    doer = actor_phrase(who.doer, lexicon)
    words = {c.lower_ for c in thing.children if c.i < thing.i}
    if doer is None or words & _OWN:
        return None
    whose = owner_phrase(thing, lexicon)
    by = [i for _, i in preposition_objects(thing, "by", "from")]
    marked = [c for c in (*thing.children, *by) if c.ent_type_ in SIDES or lexicon.is_kind(c.lemma_.lower(), "enemy")]
    if not marked and not words & _ANY:
        return None
    if whose is not None and {w.lemma_ for w in doer.doc[doer.start : doer.end]} & {w.lemma_ for w in marked}:
        return None  # "<side> stopped <side>'s offensive"
    return ActMention(
        token=token,
        frame="attack",
        act="FIRE.CLASH",
        weak=False,
        doer=doer,
        undergoer=whose,
        undergoer_head=whose.head if whose is not None else None,
        scope=token,
        is_supported=True,
        reasons=(f"'{token.text}' tells of an attack fought off",),
    )


def _stopped_by_nobody(token: Token, thing: Token, lexicon: Lexicon) -> ActMention | None:
    """ "the enemy's offensive was stopped", "the advance was halted with heavy losses": fought off, by whom is not said."""
    whose = owner_phrase(thing, lexicon)
    marked = any(
        lexicon.is_kind(c.lemma_.lower(), "enemy") for c in (*thing.children, *(i for _, i in preposition_objects(thing)))
    )
    costly = any(i.lemma_ in ("loss", "casualty") for _, i in preposition_objects(token, "with"))
    if not marked and not costly and token.lemma_ not in _FOILING:
        return None
    return ActMention(
        token=token,
        frame="attack",
        act="FIRE.CLASH",
        weak=False,
        undergoer=whose,
        undergoer_head=whose.head if whose is not None else None,
        scope=token,
        is_supported=True,
        reasons=(f"'{token.text}' tells of an attack fought off",),
    )
