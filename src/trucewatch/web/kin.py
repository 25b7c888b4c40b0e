"""Documents that are kin side by side: what they share is marked, what they do not stands between."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from trucewatch.model.records import Document, Kinship, Ledger

AROUND = 160
KINDS = {
    "copy": "a copy",
    "excerpt": "an excerpt",
    "syndicated": "syndicated: the same agency's text",
    "rewrite": "a rewrite",
    "translation": "a translation",
    "edit": "a later edit",
    "citation": "cites the other",
}
# kinds that were found by how many words two texts share
MEASURED = ("copy", "excerpt", "syndicated", "rewrite")


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A stretch of a document; `share` is the number of the shared passage, None outside one."""

    text: str
    share: int | None = None


@dataclass(frozen=True, kw_only=True)
class KinPair:
    """Two documents that count as one source, why, how alike (in words; empty where that was not measured), and their texts in
    pieces. `score` 0 to 1."""

    first: Document
    second: Document
    why: str
    alike: str
    score: float
    shares: int
    copied_from: str | None
    first_pieces: tuple[Piece, ...]
    second_pieces: tuple[Piece, ...]


def kin_pairs(ledger: Ledger, *, whole: bool = False) -> list[KinPair]:
    """Pairs of which both documents are in the ledger, most alike first; `whole`: the texts uncut."""
    documents = {document.id: document for document in ledger.documents}
    found = [
        make_pair(documents[kin.first_id], documents[kin.second_id], kin, whole=whole)
        for kin in ledger.kinships
        if kin.first_id in documents and kin.second_id in documents
    ]
    return sorted(found, key=lambda pair: (-pair.score, pair.first.id, pair.second.id))


def alike_words(kin: Kinship) -> str:
    """How alike two documents are: "97% alike"; empty where one cites the other or is a later version of it."""
    return f"{round(100 * kin.score)}% alike" if kin.kind in MEASURED else ""


def make_pair(first: Document, second: Document, kin: Kinship, *, whole: bool = False) -> KinPair:
    """Two documents beside one another."""
    passages = sorted(kin.passages)
    return KinPair(
        first=first,
        second=second,
        why=KINDS.get(kin.kind, kin.kind),
        alike=alike_words(kin),
        score=kin.score,
        shares=len(passages),
        copied_from=kin.copied_from,
        first_pieces=_pieces(first.text, [(p[0], p[1]) for p in passages], whole),
        second_pieces=_pieces(second.text, [(p[2], p[3]) for p in passages], whole),
    )


def _pieces(text: str, ranges: Sequence[tuple[int, int]], whole: bool) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    at = 0
    for (start, end), number in sorted(zip(ranges, range(1, len(ranges) + 1), strict=True)):
        if end <= at:
            continue
        pieces += _between(text[at : max(start, at)], whole, is_first=not pieces)
        pieces.append(Piece(text=text[max(start, at) : end], share=number))
        at = end
    pieces += _between(text[at:], whole, is_first=not pieces, is_last=True)
    return tuple(pieces)


def _between(text: str, whole: bool, *, is_first: bool = False, is_last: bool = False) -> Iterable[Piece]:
    """What is not shared, cut in the middle (or at the outer edge) where it is long."""
    if not text:
        return
    if whole or len(text) <= 2 * AROUND:
        yield Piece(text=text)
        return
    head = "" if is_first and not is_last else text[:AROUND]
    tail = "" if is_last else text[-AROUND:]
    yield Piece(text=f"{head} … {tail}")
