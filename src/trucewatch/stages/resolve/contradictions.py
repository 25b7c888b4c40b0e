"""Sides that cannot be right as written: somebody blamed for attacking his own side."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

from trucewatch.model.codebook import act_class
from trucewatch.model.records import Claim, Issue, Reading

_HOSTILE = re.compile(
    r"\b(?:attacks?|strikes?|shelling|bombing|bombardment|aggression|assault|fire|firing|missiles?|raids?)\s+(?:on|against|at)\s+"
    r"(?P<target>(?:[^\s,.;:“”\"]+\s+){0,5}?[^\s,.;:“”\"]+)"
    r"(?=\s+(?:is|are|was|were|has|have|had|will|which|that|in|by|and|from)\b|\s*[,.;:”\"]|$)",
    re.I,
)
_BLAMED = re.compile(
    r"\b(?P<doer>[A-Z][\w-]+(?:['’]s)?)\s+(?:\w+\s+){0,2}?(?:aggression|behaviou?r|crimes?|provocations?|occupation|terrorism|brutality|lawlessness|attacks?|terror)\b"
)
_DOUBT = 0.6


def find_contradictions(reading: Reading, actors: Any, on: date | None) -> tuple[tuple[Claim, ...], tuple[Issue, ...]]:
    """Claims with lowered confidence where their sides contradict themselves, and an issue `sides-swapped` for each place."""
    text = reading.document.text
    issues: list[Issue] = []
    doubtful: list[tuple[int, int, str]] = []
    stretches = [(q.start_char, q.end_char) for q in reading.quotations if q.depth == 0]
    stretches += [(s.start_char, s.end_char) for s in reading.sentences]
    for start, end in stretches:
        words = re.sub(r"\s+", " ", text[start:end])
        party = _reversed_side(words, actors, on)
        if party is not None and not any(start < other_end and other_start < end for other_start, other_end, _ in doubtful):
            doubtful.append((start, end, party))
            issues.append(
                _issue(
                    reading,
                    words[:160],
                    f"the text blames {party} for an attack on {party}'s own side: one of the two is likely reversed",
                )
            )
    claims: list[Claim] = []
    for claim in reading.claims:
        blamed = next((code for start, end, code in doubtful if claim.start_char < end and start < claim.end_char), None)
        if blamed is not None:
            claim = _doubted(claim, "the sentence contradicts itself about the sides")
            if (
                claim.attributed_to is not None
                and claim.attributed_to.party == blamed
                and claim.target is not None
                and claim.target.party == blamed
            ):
                claim = replace(claim, target=replace(claim.target, party=None, actor_id=None))
        elif _hits_itself(claim):
            claim = _doubted(claim, "doer and target are of one side")
            issues.append(
                _issue(reading, text[claim.start_char : claim.end_char][:160], "doer and target are of one side", claim.id)
            )
        claims.append(claim)
    return tuple(claims), tuple(issues)


def _reversed_side(words: str, actors: Any, on: date | None) -> str | None:
    for hostile in _HOSTILE.finditer(words):
        target = _party(hostile["target"], actors, on)
        if target is None or ";" in target:
            continue
        before, after = words[: hostile.start()], words[hostile.end("target") :]
        for blamed in _BLAMED.finditer(f"{before} | {after}"):
            if _party(blamed["doer"], actors, on) == target:
                return target
    return None


def _party(phrase: str, actors: Any, on: date | None) -> str | None:
    ask = getattr(actors, "party_of", None)
    if ask is not None:
        found = ask(phrase, on)
        return str(found) if found and found != "CVL" else None
    match = actors.lookup(phrase, on)
    return match.party if match is not None and match.party != "CVL" else None


def _hits_itself(claim: Claim) -> bool:
    doer = claim.attributed_to.party if claim.attributed_to else None
    target = claim.target.party if claim.target else None
    return doer is not None and doer == target and ";" not in doer and act_class(claim.act) == "ASSAULT"


def _doubted(claim: Claim, why: str) -> Claim:
    return replace(claim, confidence=round(claim.confidence * _DOUBT, 3), reasons=(*claim.reasons, f"confidence lowered: {why}"))


def _issue(reading: Reading, value: str, message: str, record_id: str | None = None) -> Issue:
    return Issue(
        stage="resolve",
        code="sides-swapped",
        level="warning",
        source=reading.document.source,
        record_id=record_id or reading.document.id,
        value=value,
        message=message,
    )
