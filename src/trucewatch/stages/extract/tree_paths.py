"""How two words of a parse lie to one another: the way up, and what it leads through."""

from __future__ import annotations

from trucewatch.stages.extract.syntax import Token


def path(low: Token, high: Token) -> list[str] | None:
    """Dependencies from `low` up to `high`, None where `high` is not above it."""
    deps: list[str] = []
    node = low
    while node != high:
        if node.head == node or len(deps) > 12:
            return None
        deps.append(node.dep_)
        node = node.head
    return deps


def top(low: Token, high: Token) -> Token:
    node = low
    while node.head != high:
        node = node.head
    return node


def own_subject(token: Token) -> bool:
    return any(c.dep_ in ("nsubj", "nsubjpass") for c in token.children)
