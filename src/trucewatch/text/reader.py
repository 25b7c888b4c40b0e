"""A small language model that says of each word of a parsed text which act of the codebook it bears, or none.

It reads words in their context, and so finds acts told in words that no rule knows. A MiniLM of six layers, fitted by
training/acts/train.py on sentences written for it, kept in eight bits and run by ONNX Runtime on one core. How a run uses what it
says: stages/extract/read_acts.py.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from trucewatch.model.codebook import act_class
from trucewatch.text.trusted import read_trusted

MODEL, TABLE = "text/acts.onnx", "text/acts_table.json"
# what a word that bears nothing is given, and one whose act is denied
NONE, DENIED = "none", "denied"
# pieces of words read at once: longer stretches are cut, so that time and memory grow with the text alone
STRETCH = 200
# of one word no more pieces than this: an address is one word
WORD = 16
MOST_WORDS = 60_000
# what is less likely to bear any act is not told
LEAST = 0.1
_LONGEST_WORD = 60


@dataclass(frozen=True, slots=True)
class Bearing:
    """What one word bears: the likeliest act of the likeliest class, how likely that class is, and how likely it is that the
    word bears an act that is denied (both 0 to 1, to two places: the last bits differ between processors).
    """

    word: int
    act: str
    probability: float
    denied: float = 0.0


class Pieces:
    """Words cut into the pieces that a BERT vocabulary knows, as its uncased WordPiece tokenizer cuts them."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._ids = {piece: number for number, piece in enumerate(vocabulary)}
        self._unknown = self._ids["[UNK]"]
        self.first, self.last = self._ids["[CLS]"], self._ids["[SEP]"]
        self._known: dict[str, tuple[int, ...]] = {}

    def of(self, word: str) -> tuple[int, ...]:
        """Numbers of a word's pieces, at least one for a word that is not white space."""
        found = self._known.get(word)
        if found is None:
            if len(self._known) > MOST_WORDS:
                self._known.clear()
            found = self._known[word] = tuple(n for part in _parts(word) for n in self._cut(part))[:WORD]
        return found

    def _cut(self, part: str) -> list[int]:
        if len(part) > _LONGEST_WORD:
            return [self._unknown]
        found: list[int] = []
        at = 0
        while at < len(part):
            stop = len(part)
            while stop > at and (("##" if at else "") + part[at:stop]) not in self._ids:
                stop -= 1
            if stop == at:
                return [self._unknown]
            found.append(self._ids[("##" if at else "") + part[at:stop]])
            at = stop
        return found


def _parts(word: str) -> Iterator[str]:
    """Runs of letters and digits, and single marks, in small letters without accents."""
    run = ""
    for letter in unicodedata.normalize("NFD", word.lower()):
        kind = unicodedata.category(letter)
        if kind == "Mn" or kind in ("Cc", "Cf"):
            continue
        if kind.startswith(("P", "Z")) or (kind.startswith("S") and letter.isascii()):
            if run:
                yield run
            run = ""
            if not kind.startswith("Z"):
                yield letter
        else:
            run += letter
    if run:
        yield run


class ActReader:
    """The model with its vocabulary. Raises ConfigError where its files are not those released (trusted.py)."""

    def __init__(self, model: bytes, table: bytes) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        # else what the longest text took is never given back
        options.enable_cpu_mem_arena = False
        self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        known: dict[str, Any] = json.loads(table)
        self._pieces = Pieces(known["vocabulary"])
        self.codes: tuple[str, ...] = tuple(known["codes"])
        self._denied = self.codes.index(DENIED) if DENIED in self.codes else None
        kinds = sorted({_class_of(code) for code in self.codes[1:]})
        # which code is of which class; what bears nothing is of none
        self._classes = np.array([[_class_of(code) == kind for kind in kinds] for code in self.codes], dtype="float32")
        self._classes[0] = 0
        # by class: the least probability at which a word is taken to bear an act
        self.least: dict[str, float] = known["least"]
        self._forms: dict[str, frozenset[str]] = {kind: frozenset(forms) for kind, forms in known["forms"].items()}

    @classmethod
    def load(cls) -> ActReader:
        """The shipped model."""
        return cls(read_trusted(MODEL), read_trusted(TABLE))

    def read(self, words: Sequence[str]) -> list[Bearing]:
        """The words of a text that bear an act, or a denied one, with a probability of a tenth or more, in reading order.

        A text is read alone, and never in a batch: its answer hangs on nothing else.
        """
        return [one for stretch in self._stretches(words) for one in self._read(*stretch)]

    def may_tell(self, words: Sequence[str], but: Collection[str]) -> bool:
        """Whether one of the words often bears, in the lessons, an act of another class than those given."""
        small = {word.lower() for word in words}
        return any(kind not in but and not forms.isdisjoint(small) for kind, forms in self._forms.items())

    def _read(self, pieces: list[int], heads: list[tuple[int, int]]) -> Iterator[Bearing]:
        ids = np.array([pieces], dtype="int64")
        (scores,) = self._session.run(None, {"ids": ids, "mask": np.ones_like(ids)})
        some = scores[0, [place for place, _ in heads]]
        classes = some @ self._classes
        for (_, word), codes, kinds in zip(heads, some, classes, strict=True):
            best = int(kinds.argmax())
            if 1 - codes[0] >= LEAST and kinds[best] > 0:
                code = int((codes * self._classes[:, best]).argmax())
                denied = float(codes[self._denied]) if self._denied is not None else 0.0
                yield Bearing(word, self.codes[code], round(float(kinds[best]), 2), round(denied, 2))

    def _stretches(self, words: Sequence[str]) -> Iterator[tuple[list[int], list[tuple[int, int]]]]:
        """Pieces of a text cut into stretches, and in each the places of the words' first pieces with the words' numbers."""
        pieces = [self._pieces.first]
        heads: list[tuple[int, int]] = []
        for number, word in enumerate(words):
            cut = self._pieces.of(word)
            if not cut:
                continue
            if len(pieces) + len(cut) >= STRETCH:
                yield [*pieces, self._pieces.last], heads
                pieces, heads = [self._pieces.first], []
            heads.append((len(pieces), number))
            pieces.extend(cut)
        if heads:
            yield [*pieces, self._pieces.last], heads


def _class_of(code: str) -> str:
    return code if code in (NONE, DENIED) else act_class(code)
