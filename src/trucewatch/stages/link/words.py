"""How alike two claims' sentences are in their telling words: asked only where place, time, act and parties leave a choice."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import cache

from trucewatch.model.records import Claim, Document
from trucewatch.text.shingles import COMMON_SHARE, background, word_hash, words_of

COMMON_WEIGHT = -math.log(COMMON_SHARE)

# "the attack", "this shelling": a noun that leads back to an act already told
_LEADS_BACK = re.compile(
    r"\b(?:the|this|that|these|those|such)\s+(?:\w+\s+)?"
    r"(?:attacks?|strikes?|airstrikes?|raids?|shelling|bombing|bombardment|bombings|blasts?|explosions?|fire|firing|shooting|assault|"
    r"offensive|operation|incident|incidents|clash|clashes|launch|launches|barrage|hit|accident|ambush|seizure|capture|blockade)\b",
    re.IGNORECASE,
)

# a single act ("a strike", "strike kills ten"), not shelling or strikes at large
_ONE_ACT = re.compile(
    r"\b(?:attack|strike|airstrike|raid|blast|explosion|ambush|assault|bombing|accident|salvo|barrage)\b", re.IGNORECASE
)


@cache
def _general_weights() -> tuple[dict[int, float], float]:
    """Weight of each word of the general texts, and that of an unknown word."""
    words, counts, texts = background()
    weights = {word: math.log(texts / count) for word, count in zip(words.tolist(), counts.tolist(), strict=True)}
    return weights, math.log(texts / 0.5)


class SentenceWords:
    """Telling words of claims' sentences, worked out once each."""

    def __init__(self, documents: Mapping[str, Document]) -> None:
        self._documents = documents
        self._known: dict[tuple[str, int, int], dict[int, float]] = {}

    def sentence(self, claim: Claim) -> str:
        """The claim's sentence, empty where its document is not at hand."""
        document = self._documents.get(claim.document_id)
        return document.text[claim.sentence_start_char : claim.sentence_end_char] if document else ""

    def leads_back(self, claim: Claim) -> bool:
        """Whether the sentence speaks of "the attack", an act told before."""
        return _LEADS_BACK.search(self.sentence(claim)) is not None

    def tells_one_act(self, claim: Claim) -> bool:
        """Whether the claim's own words name one attack, in the singular."""
        document = self._documents.get(claim.document_id)
        return document is not None and _ONE_ACT.search(document.text, claim.start_char, claim.end_char) is not None

    def _weights(self, claim: Claim) -> dict[int, float]:
        key = (claim.document_id, claim.sentence_start_char, claim.sentence_end_char)
        known = self._known.get(key)
        if known is None:
            weights, unknown = _general_weights()
            known = self._known[key] = {
                word: weight
                for word in map(word_hash, words_of(self.sentence(claim)))
                if (weight := weights.get(word, unknown)) > COMMON_WEIGHT
            }
        return known

    def alike(self, first: Claim, second: Claim) -> float:
        """Weighted share of telling words in common, 0 to 1; 1 for one and the same sentence."""
        one, other = self._weights(first), self._weights(second)
        if not one or not other:
            return 0.0
        shared = sum(weight for word, weight in one.items() if word in other)
        return shared / math.sqrt(sum(one.values()) * sum(other.values()))
