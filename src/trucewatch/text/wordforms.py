"""Parts of speech, morphology and lemmas as spaCy's attribute ruler and lemmatizer give them, looked up by word, tag and label.

Both components go through every token of every text with Python code and a pattern matcher, though what they say of a token
depends on its word, tag and dependency label alone (a few patterns look at the next word too: such pairs are asked for
together). Here the components are asked once for each combination.
"""

from __future__ import annotations

from typing import Any

import numpy as np

_KEY = ["ORTH", "TAG", "DEP"]
_SET = ["TAG", "DEP", "POS", "MORPH", "LEMMA"]
_READ = frozenset({"LOWER", "TAG", "DEP", "IS_SPACE"})
# combinations kept: then all are forgotten, so that memory stays bounded
MOST = 200_000


class WordForms:
    """Stands for an attribute ruler and the rule lemmatizer behind it. Raises ValueError for patterns it cannot look up."""

    def __init__(self, vocab: Any, ruler: Any, lemmatizer: Any) -> None:
        from spacy.matcher import Matcher

        if lemmatizer.mode != "rule" or lemmatizer.overwrite:
            raise ValueError(f"not a known lemmatizer: {lemmatizer.mode}")
        self._vocab, self._ruler, self._lemmatizer = vocab, ruler, lemmatizer
        self._single, self._part = Matcher(vocab), Matcher(vocab)
        for number, rule in enumerate(ruler.patterns):
            if not set(rule["attrs"]) <= set(_SET):
                raise ValueError(f"a pattern sets {sorted(rule['attrs'])}")
            for pattern in rule["patterns"]:
                if len(pattern) > 2 or not all(word and set(word) <= _READ for word in pattern):
                    raise ValueError(f"a pattern reads more than a word and the next: {pattern}")
                if len(pattern) == 1:
                    self._single.add(str(number), [pattern])
                else:
                    self._part.add(f"{number} first", [pattern[:1]])
                    self._part.add(f"{number} second", [pattern[1:]])
        self._row: dict[bytes, int] = {}
        self._forms = np.zeros((1024, len(_SET)), dtype="uint64")
        self._first: dict[bytes, frozenset[str]] = {}
        self._second: dict[bytes, frozenset[str]] = {}
        self._together: dict[tuple[bytes, ...], np.ndarray[Any, Any]] = {}

    def __call__(self, docs: list[Any]) -> None:
        """Set the forms of each document's tokens."""
        docs = [doc for doc in docs if len(doc)]
        if not docs:
            return
        triples = np.concatenate([doc.to_array(_KEY) for doc in docs])
        keys = row_keys(triples)
        if len(self._row) > MOST:
            for table in (self._row, self._first, self._second, self._together):
                table.clear()
        self._learn({key: at for at, key in enumerate(keys) if key not in self._row}, triples)
        row, first = self._row, self._first
        forms = self._forms[np.fromiter((row[key] for key in keys), dtype="int64", count=len(keys))]
        # neighbours that may match a pattern of two words
        pairs = [
            at
            for at, key in enumerate(keys[:-1])
            if key in first and not first[key].isdisjoint(self._second.get(keys[at + 1], ()))
        ]
        ends = np.cumsum([len(doc) for doc in docs]).tolist()
        last_words = {end - 1 for end in ends}
        for start, stop in _runs([pair for pair in pairs if pair not in last_words]):
            forms[start:stop] = self._forms_together(tuple(keys[start:stop]), triples[start:stop])
        for doc, end in zip(docs, ends, strict=True):
            doc.from_array(_SET, forms[end - len(doc) : end])

    def _forms_together(self, keys: tuple[bytes, ...], triples: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        """Forms of words of which each two neighbours may match a pattern: no pattern reaches over their ends."""
        from spacy.tokens import Doc

        kept = self._together.get(keys)
        if kept is None:
            strings = self._vocab.strings
            doc: Any = Doc(self._vocab, words=[strings[orth] for orth in triples[:, 0].tolist()])
            doc.from_array(_KEY[1:], np.ascontiguousarray(triples[:, 1:]))
            kept = self._together[keys] = self._lemmatizer(self._ruler(doc)).to_array(_SET)
        return kept

    def _learn(self, fresh: dict[bytes, int], triples: np.ndarray[Any, Any]) -> None:
        """Ask the components for combinations not met before, given by key with a row of `triples` that has it."""
        from spacy.tokens import Doc

        if not fresh:
            return
        strings = self._vocab.strings
        keys, wanted = list(fresh), triples[list(fresh.values())]
        doc: Any = Doc(self._vocab, words=[strings[orth] for orth in wanted[:, 0].tolist()])
        doc.from_array(_KEY[1:], np.ascontiguousarray(wanted[:, 1:]))
        for name, start, _ in self._part(doc):
            number, part = strings[name].split()
            table = self._first if part == "first" else self._second
            table[keys[start]] = table.get(keys[start], frozenset()) | {number}
        # each token alone: no pattern of two words can match
        matches: list[Any] = [(int(strings[name]), name, start, end) for name, start, end in self._single(doc)]
        self._ruler.set_annotations(doc, sorted(matches))
        self._lemmatizer(doc)
        begin = len(self._row)
        self._forms = grown(self._forms, begin, begin + len(keys))
        self._forms[begin : begin + len(keys)] = doc.to_array(_SET)
        self._row.update((key, begin + n) for n, key in enumerate(keys))


def _runs(pairs: list[int]) -> list[tuple[int, int]]:
    """Stretches of neighbouring words, from where two each begin."""
    runs: list[tuple[int, int]] = []
    for pair in pairs:
        if runs and pair < runs[-1][1]:
            runs[-1] = (runs[-1][0], pair + 2)
        else:
            runs.append((pair, pair + 2))
    return runs


def row_keys(table: np.ndarray[Any, Any]) -> list[bytes]:
    """Each row of a table as a key for a dictionary."""
    keys: list[bytes] = np.ascontiguousarray(table).view(f"V{table.itemsize * table.shape[1]}").ravel().tolist()
    return keys


def grown(table: np.ndarray[Any, Any], used: int, needed: int) -> np.ndarray[Any, Any]:
    """A table with room for so many rows, at least twice as many as before where it has to grow; the used rows are kept."""
    if needed <= len(table):
        return table
    larger = np.zeros((max(2 * len(table), needed), table.shape[1]), dtype=table.dtype)
    larger[:used] = table[:used]
    return larger
