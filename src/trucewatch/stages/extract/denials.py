"""Denials in every shape: of a deed named in the sentence, and of a claim that stands elsewhere.

A denial carries the act denied and who was said to have done it (codebook 3). Negation never becomes assertion.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.syntax import (
    Phrase,
    Token,
    children,
    conjuncts,
    is_verbal,
    joint_phrase,
    preposition_objects,
    roles,
)

_DENY = frozenset({"deny", "refute", "disprove", "rebut", "repudiate", "contradict", "negate", "disavow", "disclaim"})
_DISMISS = frozenset({"dismiss", "reject", "dispute", "discredit", "brand", "call", "describe", "label"})
_FALSE = frozenset(
    "baseless groundless unfounded false untrue fake fabricated fabrication lie lies disinformation misinformation "
    "nonsense absurd slander provocation falsehood fiction propaganda invention unsubstantiated ridiculous".split()
)
_ANAPHORS = frozenset({"this", "that", "it", "these", "those", "which", "them", "such"})


@dataclass(frozen=True, slots=True)
class DenialCue:
    """A word that denies. `denier` None: whoever speaks there. `content`: the head of what is denied, None where only meant."""

    token: Token
    denier: Phrase | None
    content: Token | None
    is_anaphoric: bool


def find_denials(doc: Any, lexicon: Lexicon) -> list[DenialCue]:
    """Denial cues of a parsed paragraph, in reading order."""
    cues = []
    for token in doc:
        lemma = token.lemma_.lower()
        if lemma in _DENY and (is_verbal(token) or token.tag_ in ("VBN", "VBD", "VBG")):
            cue = _denying_verb(token, lexicon)
        elif lemma in _DISMISS and (is_verbal(token) or token.tag_ in ("VBN", "VBD")):
            cue = _dismissing_verb(token, lexicon)
        elif lemma in _FALSE and token.dep_ in ("attr", "acomp"):
            cue = _called_false(token, lexicon)
        else:
            cue = None
        if cue is not None and not any(c.dep_ == "neg" for c in cue.token.children):
            cues.append(cue)
    return cues


def _denying_verb(token: Token, lexicon: Lexicon) -> DenialCue | None:
    who = roles(token)
    denier = joint_phrase(who.doer) if who.doer is not None else None
    clause = next((c for c in children(token, "ccomp", "xcomp", "pcomp") if c.i > token.i), None)
    if clause is not None:
        return DenialCue(token, denier, clause, False)
    content = who.undergoer
    if token.dep_ == "relcl" and any(
        c.lower_ == "which" and c.dep_ in ("dobj", "pobj", "obj", "nsubjpass") for c in token.children
    ):
        return DenialCue(token, denier, content, True)
    if content is not None and content.lemma_ in (
        "access",
        "entry",
        "right",
        "visa",
        "request",
        "permission",
        "service",
        "passage",
    ):
        return None
    if content is None:
        return DenialCue(token, denier, None, True)
    if content.lower_ in _ANAPHORS or lexicon.is_kind(content.lemma_.lower(), "claim"):
        inner = next(iter(children(content, "acl", "relcl", "ccomp", "appos")), None)
        if inner is not None and inner != token and is_verbal(inner) and inner.i > content.i and inner.i != token.i:
            return DenialCue(token, denier, inner, False)
        nominal = next((i for _, i in preposition_objects(content, "of", "that", "about")), None)
        if nominal is not None and content.lower_ not in _ANAPHORS:
            return DenialCue(token, denier, nominal, False)
        return DenialCue(token, denier, content, True)
    bare = content.lemma_.lower() in lexicon.nouns and not any(
        c.dep_ in ("prep", "poss", "amod", "compound") and c.dep_ != "det" for c in content.children
    )
    return DenialCue(token, denier, content, bare or content.lemma_ in ("involvement", "responsibility", "role"))


def _dismissing_verb(token: Token, lexicon: Lexicon) -> DenialCue | None:
    who = roles(token)
    content = who.undergoer
    if content is None:
        return None
    called_false = any(
        part.lemma_.lower() in _FALSE for _, inner in preposition_objects(token, "as") for part in (inner, *inner.children)
    ) or any(part.lemma_.lower() in _FALSE for part in children(token, "oprd", "acomp", "attr", "xcomp", "advcl", "ccomp"))
    is_claim = any(lexicon.is_kind(part.lemma_.lower(), "claim") for part in conjuncts(content))
    if not (called_false or (is_claim and token.lemma_.lower() in ("dismiss", "reject", "dispute", "discredit"))):
        return None
    denier = joint_phrase(who.doer) if who.doer is not None else None
    inner = next((c for c in children(content, "acl", "relcl", "ccomp") if is_verbal(c) and c != token), None)
    if inner is not None:
        return DenialCue(token, denier, inner, False)
    nominal = next(
        (i for _, i in preposition_objects(content, "of", "about") if i.lemma_.lower() in lexicon.nouns or i.pos_ == "VERB"), None
    )
    if nominal is not None:
        return DenialCue(token, denier, nominal, False)
    return DenialCue(token, denier, content, True)


def _called_false(token: Token, lexicon: Lexicon) -> DenialCue | None:
    copula = token.head
    if copula.lemma_ != "be":
        return None
    subject = next(iter(children(copula, "nsubj")), None)
    if subject is None or not (subject.lower_ in _ANAPHORS or lexicon.is_kind(subject.lemma_.lower(), "claim")):
        return None
    inner = next((c for c in children(subject, "acl", "relcl") if is_verbal(c)), None)
    return DenialCue(token, None, inner or subject, inner is None)
