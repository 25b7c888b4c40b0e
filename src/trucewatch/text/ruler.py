"""Known names set as entities before spaCy's own recognition: two phrase matchers, one blind to case, one not.

spaCy's EntityRuler does the same at several times the cost: it counts its patterns anew for every text and runs single words
through the slow token matcher.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


class NameRuler:
    """Sets the longest known names of a text as its entities; of two as long, the first. Patterns are EntityRuler's.

    A pattern is a text (matched whatever its case) or a list of {"TEXT": word} (matched as written). Raises ValueError for any
    other pattern.
    """

    def __init__(self, nlp: Any, patterns: Sequence[dict[str, Any]]) -> None:
        from spacy.matcher import PhraseMatcher

        self._folded = PhraseMatcher(nlp.vocab, attr="LOWER")
        self._exact = PhraseMatcher(nlp.vocab, attr="ORTH")
        phrases: dict[tuple[bool, str], list[str]] = {}
        for pattern in patterns:
            words = pattern["pattern"]
            if isinstance(words, str):
                phrases.setdefault((False, pattern["label"]), []).append(words)
            elif all(set(word) == {"TEXT"} for word in words):
                phrases.setdefault((True, pattern["label"]), []).append(" ".join(word["TEXT"] for word in words))
            else:
                raise ValueError(f"a name pattern is a text or a list of TEXT words, not {words!r}")
        for (is_exact, label), texts in phrases.items():
            (self._exact if is_exact else self._folded).add(label, list(nlp.tokenizer.pipe(texts)))

    def __call__(self, doc: Any) -> Any:
        """The text with its known names as entities."""
        from spacy.tokens import Span

        found = [*self._folded(doc), *self._exact(doc)]
        if not found:
            return doc
        found.sort(key=lambda match: (match[1] - match[2], match[1]))
        taken: set[int] = set()
        spans = []
        for label, start, end in found:
            if not taken.isdisjoint(range(start, end)):
                continue
            taken.update(range(start, end))
            spans.append(Span(doc, start, end, label=label))
        doc.ents = spans
        return doc
