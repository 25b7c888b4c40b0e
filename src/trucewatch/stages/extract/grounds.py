"""Names that a noun of place tells to be places ("the settlement of X", "the X height"), whoever the parser takes them for.

A village that no list has is often read as a person or a body: the noun beside it knows better.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from trucewatch.stages.extract.syntax import Token

_ARTICLE = r"(?:\b(?:[Aa]l|[Ee]l|[AaEe](?:s|sh|ch|r|d|dh|n|z|t|th))[- ])"
_OPENERS = (
    r"(?!(?:The|In|On|At|Near|From|To|And|But|As|By|For|After|Before|When|While|Its|His|Her|Their|Our|A|An|This|That|These|Those"
    r"|Several|Some|Many|Most|Two|Three|Four|Five|Six|Other|Another|Both|All|Each|Earlier|Later)\b)"
)
_NAME = rf"{_ARTICLE}?\b{_OPENERS}[A-Z][\w’'ʻ`]+(?:(?:-| ){_ARTICLE}?[A-Z][\w’'ʻ`]+){{0,3}}"
_LIST = rf"{_NAME}(?:(?:, (?:and )?| and | or )(?:the )?{_NAME})*"
_BEFORE = re.compile(
    r"\b(?P<kind>[Vv]illages?|[Tt]owns?|[Cc]it(?:y|ies)|[Ss]ettlements?|hamlets?|neighbou?rhoods?|suburbs?|districts?|regions?|provinces?"
    r"|communit(?:y|ies)|localit(?:y|ies)|municipalit(?:y|ies)|communes?|heights?|hills?|[Kk]ibbutz(?:im)?|[Mm]oshav(?:im)?|outskirts"
    r"|vicinity|cent(?:re|er)|middle|heart|areas?|camps?|barracks|sites?|posts?|outposts?|valley|port|resort|governorate|quarters?|crossings?)"
    rf"(?P<of> (?:of|called|named|known as))? (?:the )?(?:(?:villages?|towns?|city|settlements?) (?:of )?)?(?P<names>{_LIST})"
)
_AFTER = re.compile(
    rf"(?P<names>{_LIST}) (?P<kind>villages?|towns?|districts?|provinces?|regions?|heights?|hills?|settlements?|neighbou?rhoods?"
    r"|sectors?|directions?|front|valley|gorge|reservoir|areas?|plains?|ridge|pass|crossing|[Bb]arracks|site|base|post|outpost|junction|camp"
    r"|quarter|suburb|governorate|dam|highway|road)\b(?! (?:chief|commander|leader|official|council)s?\b)"
)
_SPLIT = re.compile(r", (?:and )?(?:the )?| (?:and|or) (?:the )?")
_TAKEN = frozenset({"GPE", "LOC", "FAC", "NORP", "DATE", "TIME", "CARDINAL", "ORDINAL", "QUANTITY", "MONEY", "PERCENT"})
# no people's or faith's adjective stands before these
_LANDMARKS = frozenset({"height", "hill", "ridge", "gorge", "reservoir", "junction", "pass", "valley", "plain", "dam"})
_BODIES = frozenset(
    "Force Forces Brigade Division Battalion Army Corps Guard Guards Ministry Party Council Agency Command Unit Regiment "
    "Movement Government Parliament Union Committee Mission Cross Crescent Battalions Brigades Front".split()
)


@dataclass(frozen=True, slots=True)
class Ground:
    """A name as token bounds [start, end), and the noun that tells it to be a place."""

    start: int
    end: int
    noun: Token


def grounds_of(doc: Any) -> dict[int, Ground]:
    """The names of a paragraph that a noun tells to be places, by their first token, without those known as places already."""
    if not len(doc):
        return {}
    kept: dict[int, Ground] | None = doc[0].kept.get("grounds")
    if kept is None:
        kept = doc[0].kept["grounds"] = _find(doc)
    return kept


def is_name_of_people(name: str, is_actor: Callable[[str], bool]) -> bool:
    """Whether what stands before a noun of place is an actor or a body ("the X Brigade base"), whose place it merely is."""
    return name.isupper() or name.split()[-1] in _BODIES or is_actor(name)


def _find(doc: Any) -> dict[int, Ground]:
    text = doc.text
    starts = [token.idx for token in doc]
    found: dict[int, Ground] = {}
    for pattern in (_BEFORE, _AFTER):
        for match in pattern.finditer(text):
            noun = doc[_at(starts, match.start("kind"))]
            place = match.start("names")
            for name in _SPLIT.split(match["names"]):
                begin = text.find(name, place)
                place = begin + len(name)
                if pattern is _AFTER and place != match.end("names") and not noun.text.endswith("s"):
                    continue  # "X and the Y height": the height is Y alone
                ground = _ground(doc, starts, begin, place, noun)
                if ground is not None:
                    found.setdefault(ground.start, ground)
    return found


def _ground(doc: Any, starts: list[int], begin: int, stop: int, noun: Token) -> Ground | None:
    start, end = _at(starts, begin), _at(starts, stop - 1) + 1
    if starts[start] != begin:
        return None
    tokens = doc[start:end]
    if any(t.ent_type_ in _TAKEN for t in tokens):
        return None
    if not any(t.tag_ in ("NNP", "NNPS") or t.ent_type_ for t in tokens) and noun.lemma_.lower() not in _LANDMARKS:
        return None
    return Ground(start, end, noun)


def _at(starts: list[int], offset: int) -> int:
    """Number of the token that holds an offset."""
    number = bisect_left(starts, offset)
    return number if number < len(starts) and starts[number] == offset else number - 1
