"""A spaCy parse as plain lists: one pass over the Doc, then no more calls into it (token objects are slow)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

import numpy as np

from trucewatch.text.attribution.record import Span
from trucewatch.text.parse import Block

Range = tuple[int, int]
_KEY = "trucewatch.tree"
_COLUMNS = ["HEAD", "DEP", "TAG", "LEMMA", "ENT_TYPE", "SENT_START", "IDX", "LENGTH"]
# spaCy's keys are hashes of the strings themselves, the same in every vocabulary
_known: dict[int, str] = {0: ""}
_MOST_STRINGS = 200_000
_known_lower: dict[int, str] = {0: ""}


class Tree:
    """Words, tags, lemmas, dependency labels, heads, children and subtree edges of one block, by token index.

    Offsets are those of the document's `text`. `sents` are half-open token ranges. `quotations`: offsets of the outer quotations.
    """

    __slots__ = (
        "chars", "deps", "ends", "ents", "first_sentence", "has_quotations", "heads", "kids", "last", "lemmas", "quoted", "sents",
        "size", "start", "tags", "words",
    )  # fmt: skip

    def __init__(self, block: Block, text: str, quotations: Sequence[Span] = ()) -> None:
        doc: Any = block.doc
        strings = doc.vocab.strings
        heads, deps, tags, lemmas, entities, begins, offsets, lengths = doc.to_array(_COLUMNS).T
        self.size = size = len(doc)
        self.first_sentence = block.first_sentence
        self.has_quotations = bool(quotations)
        self.heads: list[int] = (heads.astype("int64") + np.arange(size)).tolist()
        self.deps = _names(deps, strings)
        self.tags = _names(tags, strings)
        self.lemmas = _names(lemmas, strings, lower=True)
        self.ents = _names(entities, strings)
        first = offsets.astype("int64") + block.start_char
        self.chars: list[int] = first.tolist()
        self.ends: list[int] = (first + lengths.astype("int64")).tolist()
        self.words: list[str] = [text[a:b] for a, b in zip(self.chars, self.ends, strict=True)]
        # number of the outer quotation a token stands in, -1 outside
        self.quoted = [-1] * self.size
        for number, (first, stop) in enumerate(quotations):
            if first < self.ends[-1] and stop > self.chars[0]:
                for i in range(bisect_left(self.chars, first), bisect_left(self.chars, stop)):
                    self.quoted[i] = number
        self.kids: list[list[int]] = [[] for _ in range(size)]
        for i, head in enumerate(self.heads):
            if head != i:
                self.kids[head].append(i)
        self.start = list(range(size))
        self.last = list(range(size))
        self._edges()
        starts = [i for i, flag in enumerate(begins.tolist()) if flag == 1 or i == 0]
        self.sents: list[Range] = list(zip(starts, [*starts[1:], size], strict=True))

    def _edges(self) -> None:
        # left children come before their head and right ones after it: one pass each way; a second for crossing arcs
        start, last, heads = self.start, self.last, self.heads
        for _ in range(2):
            for i, head in enumerate(heads):
                if start[i] < start[head]:
                    start[head] = start[i]
                if last[i] > last[head]:
                    last[head] = last[i]
            for i in range(self.size - 1, -1, -1):
                head = heads[i]
                if last[i] > last[head]:
                    last[head] = last[i]
                if start[i] < start[head]:
                    start[head] = start[i]

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


def _names(column: Any, strings: Any, *, lower: bool = False) -> list[str]:
    known = _known_lower if lower else _known
    if len(known) > _MOST_STRINGS:
        known.clear()
    keys: list[int] = column.tolist()
    for key in set(keys):
        if key not in known:
            known[key] = strings[key].lower() if lower else strings[key]
    return [known[key] for key in keys]


def tree_of(block: Block, text: str, quotations: Sequence[Span] = ()) -> Tree:
    """The block's tree over the document's text, built once and kept beside its parse."""
    kept = block.doc.user_data.get(_KEY)
    if isinstance(kept, Tree) and (not quotations or kept.has_quotations):
        return kept
    tree = Tree(block, text, quotations)
    block.doc.user_data[_KEY] = tree
    return tree
