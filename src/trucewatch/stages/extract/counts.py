"""Which act a number of victims belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.merge import VERBAL_FRAMES, ActGroup
from trucewatch.stages.extract.syntax import Token
from trucewatch.text.figures import FigureMention


def belongs(figure: FigureMention, group: ActGroup, groups: Sequence[ActGroup], doc: Any, lexicon: Lexicon) -> bool:
    token = doc[figure.token]
    if any(figure.token == t.i for t in group.tokens):
        return True
    if any(figure.token == t.i for g in groups for t in g.tokens):
        return False
    if token.sent != group.lead.token.sent or group.lead.frame in VERBAL_FRAMES:
        return False
    if figure.figure.measure == "places_taken":
        return group.lead.frame in ("take", "lose")
    if group.lead.frame in ("take", "lose", "outage", "coerce"):
        return False
    same = [
        g
        for g in groups
        if g.lead.token.sent == token.sent and g.lead.frame not in VERBAL_FRAMES | {"take", "lose", "outage", "coerce"}
    ]
    return bool(same) and min(same, key=lambda g: _distance(token, g.lead.token)) is group


def is_of_fighting(token: Token, lexicon: Lexicon) -> bool:
    """Whether a number of victims hangs on fighting as a whole ("clashes that left ten dead") and not on one attack."""
    node = token
    for _ in range(6):
        trigger = lexicon.nouns.get(node.lemma_.lower())
        if trigger is not None:
            return trigger.frame == "clash"
        if node.lemma_ in ("war", "conflict"):
            return True
        below = next((c for c in node.children if c.dep_ in ("nsubj",) and c.pos_ == "NOUN"), None)
        if below is not None:
            trigger = lexicon.nouns.get(below.lemma_.lower())
            if below.lemma_ in ("war", "conflict") or (trigger is not None and trigger.frame == "clash"):
                return True
        if node.head == node:
            break
        node = node.head
    return False


def is_of_release(token: Token) -> bool:
    """Whether a number of captives hangs on their release ("would free 20 prisoners"): nobody was captured there."""
    node = token
    for _ in range(4):
        if node.lemma_ in ("release", "free", "exchange", "swap", "return", "hand", "repatriate", "pardon"):
            return True
        node = node.head
    return False


def _distance(low: Token, high: Token) -> int:
    seen = {}
    node, steps = low, 0
    while True:
        seen[node.i] = steps
        if node.head == node:
            break
        node, steps = node.head, steps + 1
    node, steps = high, 0
    while node.i not in seen:
        if node.head == node:
            return 99
        node, steps = node.head, steps + 1
    return seen[node.i] + steps
