"""Mends a parse where the parser is known to lose its way, before anybody reads it."""

from __future__ import annotations

from functools import cache
from typing import Any

_ANSWERS = frozenset(
    {"deny", "denies", "denied", "reject", "rejects", "rejected", "dismiss", "dismisses", "dismissed", "dispute"}
)
_ANSWERS |= {"disputes", "disputed", "refute", "refutes", "refuted"}
_TOLD = frozenset({"claim", "accusation", "allegation", "charge", "assertion", "suggestion", "report", "account"})


@cache
def _answers() -> frozenset[int]:
    """Their keys, by which a parse is searched without making its tokens."""
    from spacy.strings import get_string_id

    return frozenset(map(get_string_id, _ANSWERS))


def mend(doc: Any) -> None:
    """ "A says that B did it and has not left, a claim C denies": the claim stands for what was said, and C's denial hangs on it.

    The parser gives the denial two subjects then, and lets what was said hang on it.
    """
    words: list[int] = doc.to_array(["LOWER"]).tolist()
    for number in [at for at, word in enumerate(words) if word in _answers()]:
        token = doc[number]
        subjects = [kid for kid in token.lefts if kid.dep_ in ("nsubj", "nsubjpass")]
        if len(subjects) != 2 or subjects[0].lemma_ not in _TOLD or subjects[0].left_edge.i == token.sent.start:
            continue
        noun = subjects[0]
        before = noun.left_edge.nbor(-1)
        clause = next(
            (kid for kid in token.lefts if kid.dep_ in ("ccomp", "advcl") and kid.right_edge.i < noun.left_edge.i), None
        )
        if before.text not in (",", "-", "–", "—", "--") or clause is None:
            continue
        clause.head, clause.dep_ = (clause, "ROOT") if token.head == token else (token.head, token.dep_)
        noun.head, noun.dep_ = clause, "appos"
        token.head, token.dep_ = noun, "relcl"
        if before.head == token:
            before.head = clause
