"""spaCy's word vectors in context at a third of the cost: what depends on a word alone is computed once for each word.

A tok2vec model embeds each token from attributes of its word, then mixes neighbours in a few window layers. The first half is
kept by word here; the second is written out in numpy, without the array copies and the book-keeping for training. The numbers are
those of the model up to the order of the sums (tests compare them and the parses that follow).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from trucewatch.text.wordforms import grown, row_keys

Floats = np.ndarray[Any, np.dtype[np.float32]]

# words kept for a model: then all are forgotten, so that memory stays bounded over any number of documents
MOST_WORDS = 60_000
# rows mixed at a time: the working arrays stay in the processor's cache
ROWS = 2048


def quicken(model: Any) -> bool:
    """Let a spaCy tok2vec model predict by `QuickTok2Vec`. False, and nothing changed, where its layers are not those known."""
    try:
        quick = QuickTok2Vec(model)
    except (KeyError, IndexError, ValueError, AttributeError):
        return False
    slow: Callable[..., tuple[Any, Any]] = model._func

    def forward(model: Any, docs: Any, is_train: bool) -> tuple[Any, Any]:
        return slow(model, docs, is_train) if is_train else (quick(docs), lambda gradient: [])

    model._func = forward
    return True


class QuickTok2Vec:
    """The vectors of a tok2vec model with a MultiHashEmbed and a MaxoutWindowEncoder. Raises ValueError for any other."""

    def __init__(self, model: Any) -> None:
        both, mix, _ = _layers(model.get_ref("embed"), 3)
        hashed, self._static = _layers(both, 2)
        extract, _, self._tables = _layers(hashed, 3)
        self._mix = mix
        if self._static.name != "static_vectors":
            raise ValueError(f"not a known embedding: {both.name}")
        # the static vector hangs on the word itself
        self._columns = ["ORTH", *(str(column) for column in extract.attrs["columns"])]
        encode = model.get_ref("encode")
        self._pad: int = encode.attrs["pad"]
        self._windows = [_Window(layer) for layer in _layers(_layers(encode, 1)[0], None)]
        self.width = self._windows[0].width
        self._row: dict[bytes, int] = {}
        self._vectors: Floats = np.zeros((1024, self.width), dtype="float32")

    def __call__(self, docs: list[Any]) -> list[Floats]:
        """Vectors of each document's tokens."""
        if sum(map(len, docs)) == 0:
            return [np.zeros((0, self.width), dtype="float32") for _ in docs]
        rows = self._rows(docs)
        total = sum(map(len, docs)) + self._pad * (len(docs) + 1)
        x: Floats = np.zeros((total, self.width), dtype="float32")
        starts, at, done = [], self._pad, 0
        for doc in docs:
            starts.append(at)
            x[at : at + len(doc)] = self._vectors[rows[done : done + len(doc)]]
            at += len(doc) + self._pad
            done += len(doc)
        for window in self._windows:
            x = window(x)
        return [x[start : start + len(doc)] for start, doc in zip(starts, docs, strict=True)]

    def _rows(self, docs: list[Any]) -> np.ndarray[Any, np.dtype[np.int64]]:
        """Row of each token's word, all documents in one; words not met before are embedded."""
        table = np.concatenate([doc.to_array(self._columns) for doc in docs if len(doc)])
        keys = row_keys(table)
        if len(self._row) > MOST_WORDS:
            self._row.clear()
        fresh = {key: at for at, key in enumerate(keys) if key not in self._row}
        if fresh:
            self._embed(docs[0].vocab, list(fresh), table[list(fresh.values())])
        row = self._row
        return np.fromiter((row[key] for key in keys), dtype="int64", count=len(keys))

    def _embed(self, vocab: Any, keys: list[bytes], table: np.ndarray[Any, Any]) -> None:
        from spacy.tokens import Doc

        words = Doc(vocab, words=[vocab.strings[orth] for orth in table[:, 0].tolist()])
        features = np.ascontiguousarray(table[:, 1:])
        both = np.hstack([self._tables.predict(features), self._static.predict([words]).dataXd])
        first = len(self._row)
        self._vectors = grown(self._vectors, first, first + len(keys))
        self._vectors[first : first + len(keys)] = self._mix.predict(both)
        self._row.update((key, first + n) for n, key in enumerate(keys))


class _Window:
    """One residual layer: each row with its two neighbours through maxout and layer norm, added to the row."""

    def __init__(self, residual: Any) -> None:
        expand, inner = _layers(_layers(residual, 1)[0], 2)
        dense, norm = _layers(_layers(inner, 2)[0], 2)
        names = (expand.name, dense.name, norm.name)
        if names != ("expand_window", "maxout", "layernorm") or expand.attrs["window_size"] != 1:
            raise ValueError(f"not a known window layer: {residual.name}")
        weights = dense.get_param("W")
        self.width, self._pieces, _ = weights.shape
        # the pieces one behind the other, so that the largest is found by whole rows
        self._weights: Floats = np.ascontiguousarray(weights.transpose(1, 0, 2).reshape(-1, weights.shape[2]).T)
        self._bias: Floats = np.ascontiguousarray(dense.get_param("b").T.reshape(-1))
        self._gain: Floats = norm.get_param("G")
        self._shift: Floats = norm.get_param("b")

    def __call__(self, x: Floats) -> Floats:
        size, width = len(x), self.width
        out: Floats = np.empty_like(x)
        beside: Floats = np.zeros((min(ROWS, size), 3 * width), dtype="float32")
        for start in range(0, size, ROWS):
            stop = min(start + ROWS, size)
            number = stop - start
            rows = beside[:number]
            rows[:, width : 2 * width] = x[start:stop]
            first, last = int(start == 0), int(stop == size)
            rows[first:, :width] = x[start - 1 + first : stop - 1]
            rows[: number - last, 2 * width :] = x[start + 1 : stop + 1 - last]
            if first:
                rows[0, :width] = 0
            if last:
                rows[number - 1, 2 * width :] = 0
            made = rows @ self._weights
            made += self._bias
            best = made[:, :width]
            for piece in range(1, self._pieces):
                np.maximum(best, made[:, piece * width : (piece + 1) * width], out=best)
            best = best - best.mean(axis=1, keepdims=True)
            spread = np.einsum("ij,ij->i", best, best) / np.float32(width) + np.float32(1e-8)
            best *= (1 / np.sqrt(spread))[:, None]
            best *= self._gain
            best += self._shift
            np.add(best, x[start:stop], out=out[start:stop])
        return out


def _layers(model: Any, number: int | None) -> list[Any]:
    layers = list(model.layers)
    if number is not None and len(layers) != number:
        raise ValueError(f"{model.name} has {len(layers)} layers, not {number}")
    return layers
