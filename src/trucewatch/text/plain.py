"""A parsed paragraph as plain Python objects with the names that spaCy's have: a rule that asks for a tag reads an attribute.

spaCy makes a new Token at every access, and looks its strings up by their hashes each time. The rules ask some hundred questions
of every word of a paragraph, so the words are taken out once. What is not taken out is asked of spaCy's own objects.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, repeat
from typing import Any, overload

from trucewatch.text.parse import Block
from trucewatch.text.reattached import HEADLINE_VERBS, downed, headline_verbs, listed_harms, lost_subjects, shared_tellings

_COLUMNS = [
    "IDX", "LENGTH", "HEAD", "SENT_START", "IS_SPACE", "IS_PUNCT", "ENT_IOB", "LOWER", "LEMMA", "POS", "TAG", "DEP", "ENT_TYPE",
]  # fmt: skip
_KEY = "trucewatch.plain"
_IOB = ("", "I", "O", "B")
_HALF = 1 << 63
# spaCy's keys are hashes of the strings themselves, the same in every vocabulary; parts of speech have small ones of their own
_known: dict[int, str] = {0: ""}
MOST_STRINGS = 200_000
_SCALARS = (str, int, float, bool, type(None))


class PlainToken:
    """A word: spaCy's Token, as far as the rules read it. One object a word, so that `is` and `==` say the same."""

    __slots__ = (
        "_kept", "_subtree", "children", "dep_", "doc", "ent_iob_", "ent_type_", "head", "i", "idx", "is_punct", "is_space",
        "lemma_", "lower_", "pos_", "sent", "tag_", "text",
    )  # fmt: skip
    children: list[PlainToken]
    head: PlainToken
    sent: PlainSpan
    _subtree: list[PlainToken] | None
    _kept: dict[str, Any] | None

    def __init__(
        self,
        doc: PlainDoc,
        i: int,
        idx: int,
        text: str,
        is_space: bool,
        is_punct: bool,
        ent_iob: str,
        lower: str,
        lemma: str,
        pos: str,
        tag: str,
        dep: str,
        ent_type: str,
    ) -> None:
        self.doc = doc
        self.i = i
        self.idx = idx
        self.text = text
        self.is_space = is_space
        self.is_punct = is_punct
        self.ent_iob_ = ent_iob
        self.lower_ = lower
        self.lemma_ = lemma
        self.pos_ = pos
        self.tag_ = tag
        self.dep_ = dep
        self.ent_type_ = ent_type
        self.children = []
        self._subtree = None
        self._kept = None

    @property
    def kept(self) -> dict[str, Any]:
        """What a rule worked out of this word, for the others that ask the same."""
        if self._kept is None:
            self._kept = {}
        return self._kept

    @property
    def left_edge(self) -> PlainToken:
        """The first word at or below it."""
        return self.doc.tokens[self.doc.low[self.i]]

    @property
    def right_edge(self) -> PlainToken:
        """The last word at or below it."""
        return self.doc.tokens[self.doc.high[self.i]]

    @property
    def is_sent_start(self) -> bool:
        """Whether it begins its sentence."""
        return self.sent.start == self.i

    @property
    def subtree(self) -> list[PlainToken]:
        """The word with all below it, as spaCy orders them: what hangs left, itself, what hangs right."""
        if self._subtree is None:
            left = [word for child in self.children if child.i < self.i for word in child.subtree]
            right = [word for child in self.children if child.i > self.i for word in child.subtree]
            self._subtree = [*left, self, *right]
        return self._subtree

    def __len__(self) -> int:
        return len(self.text)

    def __bool__(self) -> bool:
        return True

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return self.text

    def __getattr__(self, name: str) -> Any:
        return _asked(self.doc.source[self.i], name)


class PlainSpan:
    """A run of words: spaCy's Span, as far as the rules read it."""

    __slots__ = ("doc", "end", "start")

    def __init__(self, doc: PlainDoc, start: int, end: int) -> None:
        self.doc, self.start, self.end = doc, start, end

    @property
    def start_char(self) -> int:
        return self.doc.tokens[self.start].idx

    @property
    def end_char(self) -> int:
        if self.end == self.start:
            return self.start_char
        last = self.doc.tokens[self.end - 1]
        return last.idx + len(last.text)

    @property
    def text(self) -> str:
        return self.doc.text[self.start_char : self.end_char] if self.end > self.start else ""

    @property
    def root(self) -> PlainToken:
        for token in self:
            if token.head is token:
                return token
        number: int = self.doc.source[self.start : self.end].root.i
        return self.doc.tokens[number]

    def __iter__(self) -> Iterator[PlainToken]:
        return iter(self.doc.tokens[self.start : self.end])

    def __len__(self) -> int:
        return self.end - self.start

    def __reversed__(self) -> Iterator[PlainToken]:
        return reversed(self.doc.tokens[self.start : self.end])

    def __getitem__(self, number: int) -> PlainToken:
        return self.doc.tokens[self.start : self.end][number]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PlainSpan) and (self.doc, self.start, self.end) == (other.doc, other.start, other.end)

    def __hash__(self) -> int:
        return hash((id(self.doc), self.start, self.end))

    def __getattr__(self, name: str) -> Any:
        return _asked(self.doc.source[self.start : self.end], name)


class PlainDoc:
    """A parsed paragraph. `source` is spaCy's Doc, which joins its `text` anew each time it is asked: given where known.

    What its words say stands also in lists by their numbers: `offsets`, `heads`, `lemmas`, `tags`, `deps`, `entities` (types),
    and `low` and `high`, the first and the last word below each.
    """

    def __init__(self, source: Any, text: str | None = None) -> None:
        self.source = source
        self.text: str = source.text if text is None else text
        table = source.to_array(_COLUMNS)
        self.offsets, lengths, heads, begins, spaces, marks, iobs, *columns = table.T.tolist()
        text, offsets, size = self.text, self.offsets, len(self.offsets)
        strings = source.vocab.strings
        names = [_names(column, strings) for column in columns]
        _, self.lemmas, _, self.tags, self.deps, self.entities = names
        self.tokens = tokens = list(
            map(
                PlainToken,
                repeat(self),
                range(size),
                offsets,
                [text[idx : idx + length] for idx, length in zip(offsets, lengths, strict=True)],
                map(bool, spaces),
                map(bool, marks),
                [_IOB[iob] for iob in iobs],
                *names,
            )
        )
        # heads are told as distances, negative ones as their complement
        self.heads: list[int] = [i + head if head < _HALF else i + head - 2 * _HALF for i, head in enumerate(heads)]
        for i, verb in lost_subjects(self.heads, self.deps):
            self.heads[i] = verb
            if any(self.deps[n] == "auxpass" for n, head in enumerate(self.heads) if head == verb):
                self.deps[i] = tokens[i].dep_ = "nsubjpass"
        starts = [i for i in range(size) if i == 0 or begins[i] == 1]
        self._read_headlines(starts)
        if "ccomp" in self.deps or "advcl" in self.deps:
            self._reattach()
        for i, head in enumerate(self.heads):
            tokens[i].head = tokens[head]
            if head != i:
                tokens[head].children.append(tokens[i])
        self.low, self.high = _edges(self.heads)
        self.sents = [PlainSpan(self, start, end) for start, end in pairwise([*starts, size])]
        for sentence in self.sents:
            for token in sentence:
                token.sent = sentence

    def _read_headlines(self, starts: list[int]) -> None:
        lowered = [token.lower_ for token in self.tokens]
        if "shot" in lowered:
            for subject, verb in downed(self.heads, self.deps, self.tags, lowered):
                self._set(subject, "nsubjpass")
                self._set(verb, self.deps[verb], "VBN", "VERB", self.lemmas[verb])
        if HEADLINE_VERBS.keys().isdisjoint(lowered):
            return
        for told in headline_verbs(self.heads, self.deps, self.tags, lowered, starts):
            verb, above = told.verb, told.object if told.object is not None else told.verb
            head = self.heads[above]
            is_top = head in (above, verb) or head < verb
            if head < verb:  # the label before a colon
                self.heads[head] = verb
                self._set(head, "dep")
            self.heads[verb] = verb if is_top else head
            self._set(verb, "ROOT" if is_top else self.deps[above], "VBZ", "VERB", told.lemma)
            for word in told.before:
                self.heads[word] = told.subject
            self.heads[told.subject] = verb
            self._set(told.subject, "nsubj")
            for word, upper in enumerate(self.heads):
                if upper == verb and word > verb and self.deps[word] == "acl" and word != told.object:
                    self._set(word, "xcomp")
            if told.object is not None:
                self.heads[told.object] = verb
                self._set(told.object, "dobj")

    def _set(self, i: int, dep: str, tag: str | None = None, pos: str | None = None, lemma: str | None = None) -> None:
        token = self.tokens[i]
        self.deps[i] = token.dep_ = dep
        if tag is not None and pos is not None and lemma is not None:
            self.tags[i] = token.tag_ = tag
            token.pos_ = pos
            self.lemmas[i] = token.lemma_ = lemma

    def _reattach(self) -> None:
        lowered = [token.lower_ for token in self.tokens]
        for i, verb in shared_tellings(self.heads, self.deps, self.tags, self.lemmas, lowered):
            self.heads[i] = verb
        for first, second in listed_harms(self.heads, self.deps, self.tags, self.lemmas, lowered):
            above = self.heads[second]
            self.heads[first], self.heads[second] = first if above == second else above, first
            for i, dep in ((first, self.deps[second]), (second, "conj")):
                self.deps[i] = self.tokens[i].dep_ = dep
                self.tags[i] = self.tokens[i].tag_ = "VBN"

    def to_array(self, columns: list[str]) -> Any:
        """spaCy's own table."""
        return self.source.to_array(columns)

    def __iter__(self) -> Iterator[PlainToken]:
        return iter(self.tokens)

    def __len__(self) -> int:
        return len(self.tokens)

    def __reversed__(self) -> Iterator[PlainToken]:
        return reversed(self.tokens)

    @overload
    def __getitem__(self, at: int) -> PlainToken: ...

    @overload
    def __getitem__(self, at: slice) -> PlainSpan: ...

    def __getitem__(self, at: int | slice) -> PlainToken | PlainSpan:
        if not isinstance(at, slice):
            return self.tokens[at]
        start, stop, _ = at.indices(len(self.tokens))
        return PlainSpan(self, start, max(start, stop))

    def __getattr__(self, name: str) -> Any:
        return _asked(self.source, name)


def plain_of(block: Block) -> PlainDoc:
    """A block's words, taken out once and kept beside its parse."""
    kept = block.doc.user_data.get(_KEY)
    if not isinstance(kept, PlainDoc):
        kept = block.doc.user_data[_KEY] = PlainDoc(block.doc, block.text)
    return kept


def _names(column: list[int], strings: Any) -> list[str]:
    if len(_known) > MOST_STRINGS:
        _known.clear()
        _known[0] = ""
    try:
        return [_known[key] for key in column]
    except KeyError:
        _known.update((key, strings[key]) for key in set(column).difference(_known))
    return [_known[key] for key in column]


def _edges(heads: list[int]) -> tuple[list[int], list[int]]:
    """First and last word below each word."""
    low, high = list(range(len(heads))), list(range(len(heads)))
    both = [*enumerate(heads), *reversed(list(enumerate(heads)))]
    moved = True
    while moved:
        moved = False
        for i, head in both:
            if low[i] < low[head]:
                low[head], moved = low[i], True
            if high[i] > high[head]:
                high[head], moved = high[i], True
    return low, high


def _asked(thing: Any, name: str) -> Any:
    """An attribute of spaCy's own object; raises AttributeError for one that leads to other objects of spaCy's."""
    if name.startswith("__"):
        raise AttributeError(name)
    value = getattr(thing, name)
    if not isinstance(value, _SCALARS):
        raise AttributeError(
            f"{name} of a {type(thing).__name__} is not among what text/plain.py takes out of a parse: add it there"
        )
    return value
