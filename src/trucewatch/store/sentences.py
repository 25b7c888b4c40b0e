"""The sentences of claims by their words, to search in: a hit is the claim whose sentence holds them all.

Derived from claims and texts, in their transaction. Words are kept folded (text/hits.py), so that every database finds the same;
`small` are those written without a capital, which public views may search.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from trucewatch.model.records import Claim, Document
from trucewatch.store.tables import BY_TYPE, METADATA, READINGS
from trucewatch.text.hits import folded_both

CHUNK = 500
SENTENCES = sa.Table(
    "sentences",
    METADATA,
    sa.Column("number", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=False),
    sa.Column("claim_id", sa.Text, nullable=False, unique=True),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("words", sa.Text, nullable=False),
    sa.Column("small", sa.Text, nullable=False),
)


Ends = tuple[int, int]


def ends_of(claim: Claim) -> Ends:
    """Offsets of what is searched of a claim: its sentence, and its evidence where that reaches over it."""
    return min(claim.sentence_start_char, claim.start_char), max(claim.sentence_end_char, claim.end_char)


def write_sentences(conn: sa.Connection, claims: Sequence[Claim], documents: Iterable[Document]) -> None:
    """Make the sentences those of these claims, all there are, rewriting those alone that differ.

    A document that comes without its text has the one that was read of it.
    """
    texts = {document.id: document.text for document in documents if document.text}
    texts |= _read_texts(conn, sorted({claim.document_id for claim in claims} - texts.keys()))
    columns = sa.select(SENTENCES.c.claim_id, SENTENCES.c.number, SENTENCES.c.digest)
    known = {row[0]: (row[1], row[2]) for row in conn.execute(columns)}
    _write(conn, claims, texts, known, max((one for one, _ in known.values()), default=0))


def patch_sentences(conn: sa.Connection, claims: Sequence[Claim], texts: Mapping[str, str]) -> None:
    """Bring the sentences of some claims up to date, with the texts of their documents by id."""
    columns = sa.select(SENTENCES.c.claim_id, SENTENCES.c.number, SENTENCES.c.digest)
    known: dict[str, tuple[int, str]] = {}
    for begin in range(0, len(claims), CHUNK):
        ids = [claim.id for claim in claims[begin : begin + CHUNK]]
        known.update((row[0], (row[1], row[2])) for row in conn.execute(columns.where(SENTENCES.c.claim_id.in_(ids))))
    last = int(conn.execute(sa.select(sa.func.max(SENTENCES.c.number))).scalar() or 0)
    _write(conn, claims, texts, known, last)


def _write(
    conn: sa.Connection, claims: Sequence[Claim], texts: Mapping[str, str], known: Mapping[str, tuple[int, str]], number: int
) -> None:
    gone = dict(known)
    fresh: list[dict[str, Any]] = []
    # several claims stand in one sentence
    row_of = lru_cache(maxsize=64)(_row)
    for claim in claims:
        start, end = ends_of(claim)
        sentence = texts.get(claim.document_id, "")[start:end]
        digest = _digest(sentence)
        old = gone.pop(claim.id, None)
        if old is not None and old[1] == digest:
            continue
        number += old is None
        fresh.append({**row_of(sentence), "claim_id": claim.id, "digest": digest, "number": number if old is None else old[0]})
        if old is not None:
            gone[claim.id] = old
    _cut(conn, [one for one, _ in gone.values()])
    for begin in range(0, len(fresh), 20 * CHUNK):
        conn.execute(SENTENCES.insert(), fresh[begin : begin + 20 * CHUNK])


def _read_texts(conn: sa.Connection, document_ids: list[str]) -> dict[str, str]:
    texts: dict[str, str] = {}
    for begin in range(0, len(document_ids), CHUNK):
        query = sa.select(READINGS.c.id, READINGS.c.text).where(READINGS.c.id.in_(document_ids[begin : begin + CHUNK]))
        texts.update((row[0], row[1] or "") for row in conn.execute(query))
    return texts


def _digest(sentence: str) -> str:
    return hashlib.blake2b(sentence.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _row(sentence: str) -> dict[str, str]:
    words, small = folded_both(sentence)
    return {"words": words, "small": small}


def _cut(conn: sa.Connection, numbers: list[int]) -> None:
    for begin in range(0, len(numbers), CHUNK):
        conn.execute(SENTENCES.delete().where(SENTENCES.c.number.in_(numbers[begin : begin + CHUNK])))


def forget_sentences(conn: sa.Connection, claim_ids: list[str]) -> None:
    """Take claims' sentences out, words and all."""
    for begin in range(0, len(claim_ids), CHUNK):
        conn.execute(SENTENCES.delete().where(SENTENCES.c.claim_id.in_(claim_ids[begin : begin + CHUNK])))


def rebuild_sentences(conn: sa.Connection) -> None:
    """The sentences anew from what the tables hold, a few documents in memory at a time."""
    conn.execute(SENTENCES.delete())
    number = 0
    claims = BY_TYPE[Claim].table
    key = (claims.c.document_id, claims.c.id)
    last = ("", "")
    while True:
        query = sa.select(*key, claims.c.record, READINGS.c.text).outerjoin(READINGS, READINGS.c.id == claims.c.document_id)
        query = query.where(sa.tuple_(*key) > sa.tuple_(*map(sa.literal, last))).order_by(*key).limit(CHUNK)
        rows = conn.execute(query).all()
        if not rows:
            return
        fresh = []
        for row in rows:
            number += 1
            # the offsets alone: records of them all would take a minute more
            plain = json.loads(row[2])
            start = min(plain["sentence_start_char"], plain["start_char"])
            sentence = (row[3] or "")[start : max(plain["sentence_end_char"], plain["end_char"])]
            fresh.append({**_row(sentence), "claim_id": row[1], "digest": _digest(sentence), "number": number})
        conn.execute(SENTENCES.insert(), fresh)
        last = (rows[-1][0], rows[-1][1])
