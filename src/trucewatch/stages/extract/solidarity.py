"""Whose side somebody takes: "stands next to X", "is with its brothers of X", "is committed to X's borders"."""

from __future__ import annotations

from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.mention import ActMention
from trucewatch.stages.extract.phrases import actor_phrase, owner_phrase
from trucewatch.stages.extract.rules import reads
from trucewatch.stages.extract.syntax import (
    SIDES,
    Phrase,
    Token,
    children,
    entity_phrase,
    has_negation,
    preposition_objects,
    roles,
    tight_phrase,
)

_STANDING = frozenset({"be", "stand", "remain", "stay"})
_BESIDE = frozenset({"beside", "alongside", "behind"})
_FRIENDS = frozenset("brother friend ally people nation state country government army brethren sister".split())
_CARING = frozenset("vigilant attentive committed loyal faithful supportive sympathetic devoted sensitive".split())
_DEAR = frozenset(
    "integrity sovereignty independence security border unity right safety stability defence defense people".split()
)
_PUTTING = frozenset({"back", "support", "share", "defend"})


@reads(_STANDING, _PUTTING)
def solidarity(token: Token, lexicon: Lexicon) -> ActMention | None:
    """The support that a clause of standing or being declares, None where it declares none."""
    lemma = token.lemma_.lower()
    if has_negation(token):
        return None
    who = roles(token)
    doer = actor_phrase(who.doer, lexicon) if who.doer is not None and not who.passive else None
    if doer is None or who.doer is None or not _is_a_side(who.doer, lexicon):
        return None
    if lemma in _PUTTING:
        return _backs_steps(token, doer, lexicon)
    friend = _beside_whom(token, lexicon) or (_cared_for(token, lexicon) if lemma == "be" else None)
    return _made(token, doer, friend) if friend is not None and friend.head.text != doer.head.text else None


def _made(token: Token, doer: Phrase, friend: Phrase) -> ActMention:
    return ActMention(
        token=token,
        frame="offer",
        act="OFFER.OTHER",
        weak=True,
        doer=doer,
        undergoer=friend,
        undergoer_head=friend.head,
        scope=token,
        is_supported=True,
        is_opinion=True,
        recipients=(friend,),
        reasons=(f"'{token.text}' by somebody's side is support",),
    )


def _is_a_side(head: Token, lexicon: Lexicon) -> bool:
    named = head.ent_type_ in (*SIDES, "PERSON") or lexicon.is_kind(head.lemma_.lower(), "speaker")
    return (
        named or head.lower_ in ("we", "it", "he", "she", "i") or head.lemma_.lower() in ("country", "people", "nation", "state")
    )


def _friend(head: Token, lexicon: Lexicon) -> Phrase | None:
    """A side, or people of one: "X", "the X people", "our brothers in X"."""
    if head.ent_type_ in ("GPE", "NORP"):
        return tight_phrase(head)
    if head.lemma_.lower() not in _FRIENDS:
        return None
    named = next((c for c in head.children if c.ent_type_ in SIDES and c.i < head.i), None)
    if named is not None:
        return entity_phrase(named)
    owner = owner_phrase(head, lexicon)
    if owner is not None and owner.head.ent_type_ in SIDES:
        return owner
    return next((tight_phrase(i) for _, i in preposition_objects(head, "of", "in", "from") if i.ent_type_ == "GPE"), None)


def _beside_whom(token: Token, lexicon: Lexicon) -> Phrase | None:
    for prep, inner in preposition_objects(token):
        with_whom = prep.lower_ in _BESIDE or (prep.lower_ == "with" and token.lemma_ in ("be", "stand"))
        if with_whom and (found := _friend(inner, lexicon)) is not None:
            return found
        if inner.lemma_ == "side" and prep.lower_ in ("on", "at", "by"):
            whose = next((i for _, i in preposition_objects(inner, "of")), None) or next(iter(children(inner, "poss")), None)
            if whose is not None and (found := _friend(whose, lexicon)) is not None:
                return found
    # "next to X": the parser hangs it as it likes
    for word in token.children:
        if word.lower_ == "next" and word.i > token.i:
            for _, inner in preposition_objects(word, "to"):
                if (found := _friend(inner, lexicon)) is not None:
                    return found
    return None


def _cared_for(token: Token, lexicon: Lexicon) -> Phrase | None:
    """ "will be vigilant about X's borders", "is committed to the security of X"."""
    state = next((c for c in children(token, "acomp", "attr") if c.lower_ in _CARING), None)
    if state is None:
        return None
    for _, thing in preposition_objects(state, "about", "to", "of", "towards", "toward", "regarding"):
        if thing.ent_type_ == "GPE":
            return tight_phrase(thing)
        if thing.lemma_.lower() in _DEAR:
            owner = owner_phrase(thing, lexicon)
            return owner if owner is not None and owner.head.ent_type_ in SIDES else None
    return None


def _backs_steps(token: Token, doer: Phrase, lexicon: Lexicon) -> ActMention | None:
    """ "supports the steps that X takes to defend itself"."""
    thing = next(iter(children(token, "dobj", "obj")), None)
    if thing is None or thing.ent_type_ in SIDES or owner_phrase(thing, lexicon) is not None:
        return None
    clause = next((c for c in children(thing, "relcl", "acl")), None)
    taker = next(iter(children(clause, "nsubj")), None) if clause is not None else None
    by = next((i for c in children(thing, "acl") for _, i in preposition_objects(c, "by")), None)
    friend = taker or by
    return _made(token, doer, tight_phrase(friend)) if friend is not None and friend.ent_type_ in SIDES else None
