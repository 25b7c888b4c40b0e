"""An attribution while it is being read: token ranges of one block, turned to document offsets at the end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from trucewatch.text.attribution.record import Span
from trucewatch.text.attribution.tree import Range, Tree


@dataclass(slots=True)
class Draft:
    """Half-read attribution. `content` and `quotes` are document offsets; `token` the cue's index in its tree."""

    tree: Tree
    sentence: int
    token: int
    cue: Span | None
    lemma: str | None
    kind: str
    source: Span | None = None
    content: list[Span] = field(default_factory=list)
    about: list[Span] = field(default_factory=list)
    via: Span | None = None
    channel: str | None = None
    is_negated: bool = False
    is_continuation: bool = False
    can_quote: bool = False
    score: float = 1.0

    @property
    def at(self) -> int:
        """Where it stands in the text: its cue, else its content."""
        if self.cue is not None:
            return self.cue[0]
        return self.content[0][0] if self.content else 0

    @property
    def reach(self) -> Span:
        """Source and cue together, as one range."""
        spans = [s for s in (self.source, self.cue) if s is not None]
        return min(s[0] for s in spans), max(s[1] for s in spans)


def merge(spans: Iterable[Span], gap: int = 3) -> list[Span]:
    """Sorted spans, joined where they overlap or stand no more than `gap` characters apart."""
    merged: list[Span] = []
    for start, end in sorted(span for span in spans if span[1] > span[0]):
        if merged and start - merged[-1][1] <= gap:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def subtract(span: Span, holes: Iterable[Span]) -> list[Span]:
    """What is left of a span without the holes."""
    left = [span]
    for hole in holes:
        left = [
            piece
            for start, end in left
            for piece in ((start, min(end, hole[0])), (max(start, hole[1]), end))
            if piece[1] > piece[0]
        ]
    return left


def tokens_without(tree: Tree, tokens: Range, holes: Iterable[Range]) -> list[Span]:
    """Document offsets of a token range without some token ranges, edges tidied."""
    return [tree.span(piece) for piece in subtract(tokens, holes) if any(tree.deps[i] != "punct" for i in range(*piece))]
