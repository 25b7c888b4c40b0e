"""Act mentions as several rules make them: a deed told by its traces or victims, and what somebody is asked for."""

from __future__ import annotations

from trucewatch.model.change import changed
from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.mention import ActMention
from trucewatch.stages.extract.modality import is_negated, with_modality
from trucewatch.stages.extract.syntax import Phrase, Token, joint_phrase, roles


def as_act(token: Token, frame: str, act: str, doer: Phrase | None, struck: Token | None, why: str, scope: Token) -> ActMention:
    """An act read off `token` as it stands; it needs no other support."""
    return ActMention(
        token=token,
        frame=frame,
        act=act,
        weak=True,
        doer=doer,
        undergoer=joint_phrase(struck) if struck is not None else None,
        undergoer_head=struck,
        scope=scope,
        is_supported=True,
        reasons=(why,),
    )


def told_act(
    token: Token,
    scope: Token,
    lexicon: Lexicon,
    struck: Token | None,
    why: str,
    *,
    frame: str,
    act: str,
    doer: Phrase | None = None,
    witness: Phrase | None = None,
    weapon: str | None = None,
    is_nominal: bool = False,
    is_scene: bool = False,
) -> ActMention:
    """A deed read off `token` in the clause of `scope`, whose negation and modality it takes; it needs no other support."""
    negated = is_negated(scope, roles(scope))
    told = changed(
        as_act(token, frame, act, doer, struck, why, scope),
        negated=negated,
        weapon=weapon,
        witness=witness,
        is_nominal=is_nominal,
        is_scene=is_scene,
    )
    return with_modality(told, scope, lexicon)


def asked_act(
    token: Token,
    act: str,
    doer: Phrase | None,
    target: Phrase | None,
    why: str,
    *,
    frame: str = "appeal",
    scope: Token | None = None,
    is_supported: bool = True,
) -> ActMention:
    """What `doer` asks of `target`; in the clause of `token` where no other `scope` is given."""
    return ActMention(
        token=token,
        frame=frame,
        act=act,
        weak=True,
        doer=doer,
        undergoer=target,
        undergoer_head=target.head if target is not None else None,
        scope=scope if scope is not None else token,
        modality="possible",
        is_supported=is_supported,
        reasons=(why,),
    )


def refusal_told(scope: Token, doer: Phrase | None, whose: Phrase | None, why: str) -> ActMention:
    """A refusal of `doer` to do what `whose` side asks, in the words of `scope`."""
    struck = whose.head if whose is not None else None
    return changed(as_act(scope, "reject", "REFUSE", doer, struck, why, scope), undergoer=whose)


def blame_told(
    token: Token, frame: str, doer: Phrase | None, whom: Phrase | None, why: str, thing: Token | None = None
) -> ActMention:
    """Blame that `doer` lays on `whom` in the words of `token`; on `thing` where no side is named."""
    struck = whom.head if whom is not None else thing
    return changed(as_act(token, frame, "BLAME", doer, struck, why, token), undergoer=whom)
