"""A spaCy parse as plain lists: one pass over the Doc, then no more calls into it (token objects are slow)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

from trucewatch.text.attribution.record import Span
from trucewatch.text.parse import Block

Range = tuple[int, int]
_KEY = "trucewatch.tree"


class Tree:
    """Words, tags, lemmas, dependency labels, heads, children and subtree edges of one block, by token index.

    Offsets are the document's. `sents` are half-open token ranges. `quotations`: offsets of the outer quotations.
    """

    __slots__ = (
        "chars", "deps", "ends", "ents", "first_sentence", "has_quotations", "heads", "kids", "last", "lemmas", "quoted", "sents", "size", "start", "tags",
        "words",
    )  # fmt: skip

    def __init__(self, block: Block, quotations: Sequence[Span] = ()) -> None:
        doc: Any = block.doc
        strings = doc.vocab.strings
        columns = doc.to_array(["HEAD", "DEP", "TAG", "LEMMA", "ORTH", "ENT_TYPE", "SENT_START"]).T
        names: dict[int, str] = {0: ""}

        def text_of(column: Any) -> list[str]:
            keys = column.tolist()
            for key in set(keys):
                if key not in names:
                    names[key] = strings[key]
            return [names[key] for key in keys]

        self.size = len(doc)
        self.first_sentence = block.first_sentence
        self.has_quotations = bool(quotations)
        offsets = columns[0].astype("int64").tolist()
        self.heads: list[int] = [i + offset for i, offset in enumerate(offsets)]
        self.deps = text_of(columns[1])
        self.tags = text_of(columns[2])
        self.lemmas = [lemma.lower() for lemma in text_of(columns[3])]
        self.words = text_of(columns[4])
        self.ents = text_of(columns[5])
        self.chars: list[int] = [block.start_char + token.idx for token in doc]
        self.ends: list[int] = [at + len(word) for at, word in zip(self.chars, self.words, strict=True)]
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
        self.start = list(range(self.size))
        self.last = list(range(self.size))
        self._edges()
        begins = [i for i, flag in enumerate(columns[6].tolist()) if flag == 1 or i == 0]
        self.sents: list[Range] = [(a, b) for a, b in zip(begins, [*begins[1:], self.size], strict=True)]

    def _edges(self) -> None:
        # children before heads: a token's depth decides, found by walking up once with memory
        depth = [-1] * self.size
        for i in range(self.size):
            path = []
            j = i
            while depth[j] < 0 and self.heads[j] != j:
                path.append(j)
                j = self.heads[j]
                if len(path) > self.size:
                    break
            level = max(depth[j], 0)
            depth[j] = level
            for k in reversed(path):
                level += 1
                depth[k] = level
        for i in sorted(range(self.size), key=depth.__getitem__, reverse=True):
            head = self.heads[i]
            if head != i:
                self.start[head] = min(self.start[head], self.start[i])
                self.last[head] = max(self.last[head], self.last[i])

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


def tree_of(block: Block, quotations: Sequence[Span] = ()) -> Tree:
    """The block's tree, built once and kept beside its parse."""
    kept = block.doc.user_data.get(_KEY)
    if isinstance(kept, Tree) and (not quotations or kept.has_quotations):
        return kept
    tree = Tree(block, quotations)
    block.doc.user_data[_KEY] = tree
    return tree
