"""Victims told by the list that they are on: "the ambassador was among those hurt", "three nurses were among the dead"."""

from __future__ import annotations

from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.mention import ActMention
from trucewatch.stages.extract.modality import with_modality
from trucewatch.stages.extract.rules import amid, reads
from trucewatch.stages.extract.syntax import Token, children, has_negation, joint_phrase, preposition_objects

_LISTS = frozenset({"dead", "killed", "wounded", "injured", "hurt", "victims", "casualties", "fatalities", "slain", "fallen"})
_WHOLE = frozenset({"them", "whom", "those"})
_KINDS = frozenset(
    "civilian child woman minor soldier fighter combatant militant medic paramedic journalist officer girl boy infant man".split()
)
_THOSE = frozenset({"those", "people", "ones", "persons"})


def _harm_told(token: Token, whom: Token, lexicon: Lexicon, why: str, is_part: bool = False) -> ActMention:
    mention = ActMention(
        token=token,
        frame="harm",
        act="FIRE",
        weak=False,
        undergoer=joint_phrase(whom),
        undergoer_head=whom,
        scope=token,
        negated=has_negation(token),
        is_supported=True,
        is_part=is_part,
        reasons=(why,),
    )
    return with_modality(mention, token, lexicon)


@reads("be")
def listed(token: Token, lexicon: Lexicon) -> ActMention | None:
    """The harm that a clause of being tells by "among": the clause's verb is the token; None where it tells of none."""
    if token.dep_ in ("aux", "auxpass"):
        return None
    among = next((c for c in token.children if c.dep_ == "prep" and c.lower_ in ("among", "amongst")), None)
    who = next(iter(children(token, "nsubj", "attr")), None)
    if among is None and who is not None and who.pos_ in ("NUM", "DET", "PRON", "NOUN") and children(token, "attr"):
        # "two of the dead were a mother and her son"
        among = next((c for c in who.children if c.dep_ == "prep" and c.lower_ == "of"), None)
    if among is None:
        return None
    members = [c for c in among.children if c.dep_ in ("pobj", "pcomp")]
    if not any(_is_of_victims(member) for member in members):
        return None
    if who is None or who.lower_ in ("there", "it", "this", "that", "what"):
        return None
    return _harm_told(token, who, lexicon, "somebody is said to be among the victims")


@reads("be")
@amid(_KINDS)
def part_told(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "at least 127 of them were civilians": a part of those counted right before, whose count it is (`counts.part_counted`)."""
    who = next(iter(children(token, "nsubj")), None)
    kind = next(iter(children(token, "attr", "acomp")), None)
    if who is None or kind is None or who.pos_ not in ("NUM", "DET", "PRON", "NOUN") or kind.lemma_.lower() not in _KINDS:
        return None
    whole = next((i for _, i in preposition_objects(who, "of")), None)
    if whole is None or whole.lower_ not in _WHOLE:
        return None
    return _harm_told(token, kind, lexicon, "it counts a part of those told of right before", is_part=True)


def _is_of_victims(member: Token) -> bool:
    if member.lower_ in _LISTS:
        # "among the victims of the crisis"
        return not any(c.dep_ == "prep" and c.lower_ == "of" for c in member.children)
    return member.lower_ in _THOSE and any(
        c.dep_ in ("acl", "amod", "relcl") and (c.lower_ in _LISTS or c.lemma_ in ("kill", "wound", "injure", "hurt"))
        for c in member.children
    )


@reads("include")
def dead_named(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "the dead include a son of the chief and two women"."""
    dead = next(iter(children(token, "nsubj")), None)
    who = next(iter(children(token, "dobj", "obj")), None)
    if dead is None or who is None or dead.lower_ not in _LISTS:
        return None
    return _harm_told(token, who, lexicon, "somebody is said to be among the victims")
