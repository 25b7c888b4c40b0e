"""A parsed block as plain lists by the numbers of its words, with offsets of the document."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from trucewatch.text.attribution.record import Span
from trucewatch.text.parse import Block
from trucewatch.text.plain import plain_of

Range = tuple[int, int]
_KEY = "trucewatch.tree"


class Tree:
    """Words, tags, lemmas, dependency labels, heads, children and subtree edges of one block, by token index.

    Offsets are those of the document's `text`. `sents` are half-open token ranges. `quotations`: offsets of the outer quotations.
    """

    __slots__ = (
        "chars", "deps", "ends", "ents", "first_sentence", "has_quotations", "heads", "kids", "last", "lemmas", "quoted", "sents",
        "size", "start", "tags", "words",
    )  # fmt: skip

    def __init__(self, block: Block, text: str, quotations: Sequence[Span] = ()) -> None:
        plain = plain_of(block)
        self.size = len(plain)
        self.first_sentence = block.first_sentence
        self.has_quotations = bool(quotations)
        self.heads, self.deps, self.tags, self.ents = plain.heads, plain.deps, plain.tags, plain.entities
        self.lemmas = [lemma.lower() for lemma in plain.lemmas]
        self.start, self.last = plain.low, plain.high
        self.chars = [block.start_char + offset for offset in plain.offsets]
        self.ends = [start + len(token.text) for start, token in zip(self.chars, plain, strict=True)]
        self.words = [text[start:end] for start, end in zip(self.chars, self.ends, strict=True)]
        # number of the outer quotation a token stands in, -1 outside
        self.quoted = [-1] * self.size
        for number, (first, stop) in enumerate(quotations):
            if first < self.ends[-1] and stop > self.chars[0]:
                for i in range(bisect_left(self.chars, first), bisect_left(self.chars, stop)):
                    self.quoted[i] = number
        self.kids: list[list[int]] = [[] for _ in range(self.size)]
        for i, head in enumerate(self.heads):
            if head != i:
                self.kids[head].append(i)
        self.sents: list[Range] = [(sentence.start, sentence.end) for sentence in plain.sents]

    def subtree(self, i: int) -> Range:
        """Token range of everything below a token, itself included."""
        return self.start[i], self.last[i] + 1

    def child(self, i: int, *labels: str) -> int | None:
        """First child with one of the labels."""
        return next((kid for kid in self.kids[i] if self.deps[kid] in labels), None)

    def is_verb(self, i: int) -> bool:
        return self.tags[i].startswith("V") or self.tags[i] == "MD"

    def span(self, tokens: Range) -> tuple[int, int]:
        """Document offsets of a token range, edge punctuation left out."""
        first, stop = self.trim(tokens)
        if stop < self.size and self.words[stop] == ")" and "(" in self.words[first:stop]:
            stop += 1
        return self.chars[first], self.ends[stop - 1]

    def trim(self, tokens: Range) -> Range:
        """A token range without punctuation, white space and bare conjunctions at its edges."""
        first, stop = tokens
        while first < stop - 1 and (
            (self.deps[first] == "punct" and self.words[first] not in "$#") or self.tags[first] in ("_SP", "CC")
        ):
            first += 1
        while stop - 1 > first and (self.deps[stop - 1] == "punct" or self.tags[stop - 1] in ("_SP", "CC")):
            stop -= 1
        return first, stop


def tree_of(block: Block, text: str, quotations: Sequence[Span] = ()) -> Tree:
    """The block's tree over the document's text, built once and kept beside its parse."""
    kept = block.doc.user_data.get(_KEY)
    if isinstance(kept, Tree) and (not quotations or kept.has_quotations):
        return kept
    tree = Tree(block, text, quotations)
    block.doc.user_data[_KEY] = tree
    return tree
