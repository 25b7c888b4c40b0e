"""Words that a redaction destroys: out of every table of a ledger, and out of its history."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any, TypeVar

import sqlalchemy as sa

from trucewatch.model.records import Claim, Document, Issue, Observation, Reading
from trucewatch.model.serial import from_plain, to_plain
from trucewatch.store.index import INDEX
from trucewatch.store.sentences import forget_sentences
from trucewatch.store.tables import BY_TYPE, HISTORY, ORIGINALS, READINGS, REFUSALS, SPECS
from trucewatch.store.tallies import tallied
from trucewatch.text.redaction import BLACK, Range, redact_observation, redact_reading, resliced

# A shorter phrase is a common word: replacing it everywhere would destroy what nobody asked for.
SHORTEST_PHRASE = 5
R = TypeVar("R")


@dataclass(frozen=True, kw_only=True)
class Erased:
    """What a redaction took away. `sha256s` of the originals to destroy; ids of the `documents` that have other words now, and
    of those of which what was `read` told the same; `issues` about any of them, and claims (`claims`) by id, as they were."""

    sha256s: tuple[str, ...] = ()
    documents: frozenset[str] = frozenset()
    read: frozenset[str] = frozenset()
    issues: tuple[Issue, ...] = ()
    claims: Mapping[str, Claim] = field(default_factory=dict)


def erase_words(conn: sa.Connection, ranges: Mapping[str, Sequence[Range]], observation_ids: frozenset[str]) -> Erased:
    """Black out ranges of documents and observations in every table; gives what went."""
    wanted = dict(ranges)
    rows = conn.execute(sa.select(ORIGINALS.c.id, ORIGINALS.c.sha256).where(ORIGINALS.c.id.in_(list(wanted)))).all()
    sha256s = {row.sha256: wanted[row.id] for row in rows}
    for row in conn.execute(sa.select(ORIGINALS.c.id, ORIGINALS.c.sha256).where(ORIGINALS.c.sha256.in_(list(sha256s)))):
        wanted.setdefault(row.id, sha256s[row.sha256])
    issues: list[Issue] = []
    claims = _records(conn, Claim, BY_TYPE[Claim].table.c.document_id.in_(list(wanted)))
    read: set[str] = set()
    for document_id, spans in wanted.items():
        phrases = _erase_reading(conn, document_id, spans)
        issues += _erase_derived(conn, document_id)
        for phrase in phrases:
            read |= _erase_phrase(conn, phrase)
    for observation_id in observation_ids:
        _erase_observation(conn, observation_id)
    return Erased(
        sha256s=tuple(sha256s),
        documents=frozenset(wanted),
        read=frozenset(read),
        issues=tuple(issues),
        claims={claim.id: claim for claim in claims},
    )


def _records(conn: sa.Connection, record_type: type[R], condition: sa.ColumnElement[bool]) -> list[R]:
    records = conn.execute(sa.select(BY_TYPE[record_type].table.c.record).where(condition)).scalars()
    return [from_plain(record_type, json.loads(record)) for record in records]


def _erase_reading(conn: sa.Connection, document_id: str, spans: Sequence[Range]) -> tuple[str, ...]:
    row = conn.execute(sa.select(READINGS).where(READINGS.c.id == document_id)).one_or_none()
    if row is None:
        return ()
    reading = from_plain(Reading, json.loads(row.record))
    text = row.text or ""
    redacted = redact_reading(replace(reading, document=replace(reading.document, text=text, title=row.title)), spans)
    record = conn.execute(sa.select(ORIGINALS.c.record).where(ORIGINALS.c.id == document_id)).scalar_one()
    original = from_plain(Reading, json.loads(record))
    bare = Reading(document=replace(original.document, title=redacted.document.title), media_type=original.media_type)
    # its digest stays: the document is not to be read anew
    conn.execute(ORIGINALS.update().where(ORIGINALS.c.id == document_id).values(record=_dump(_plain(bare))))
    plain = _plain(replace(redacted, issues=(), document=replace(redacted.document, text="", origin_map=())))
    conn.execute(
        READINGS.update()
        .where(READINGS.c.id == document_id)
        .values(record=_dump(plain), text=redacted.document.text, title=redacted.document.title, digest="redacted")
    )
    phrases = (text[start:end].strip() for start, end in spans)
    return tuple(phrase for phrase in phrases if len(phrase) >= SHORTEST_PHRASE and BLACK not in phrase)


def _erase_derived(conn: sa.Connection, document_id: str) -> list[Issue]:
    """Claims and the document's own row as they stand now; their earlier versions go, and the issues, which are given."""
    text = conn.execute(sa.select(READINGS.c.text).where(READINGS.c.id == document_id)).scalar() or ""
    claims = BY_TYPE[Claim].table
    documents = BY_TYPE[Document].table
    gone = [document_id]
    for row in conn.execute(sa.select(claims.c.id, claims.c.record).where(claims.c.document_id == document_id)).all():
        claim = resliced(from_plain(Claim, json.loads(row.record)), text)
        _set(conn, claims, row.id, to_plain(claim))
        gone.append(row.id)
    # the next run puts in again what is left of them
    forget_sentences(conn, gone)
    record = conn.execute(sa.select(documents.c.record).where(documents.c.id == document_id)).scalar()
    if record is not None:
        title = conn.execute(sa.select(READINGS.c.title).where(READINGS.c.id == document_id)).scalar()
        _set(conn, documents, document_id, to_plain(replace(from_plain(Document, json.loads(record)), title=title)))
    conn.execute(HISTORY.delete().where(HISTORY.c.id.in_(gone)))
    # Issues quote what they doubt; the next run raises anew those that still hold.
    issues = BY_TYPE[Issue].table
    source = conn.execute(sa.select(ORIGINALS.c.source).where(ORIGINALS.c.id == document_id)).scalar()
    about = sa.or_(issues.c.record_id.in_(gone), issues.c.source == source)
    found = _records(conn, Issue, about)
    ids = conn.execute(sa.select(issues.c.id).where(about)).scalars().all()
    with tallied(conn, issues, ids, ()):
        conn.execute(issues.delete().where(about))
    told_of = [HISTORY.c.record.contains(_dump(one), autoescape=True) for one in (*gone, source)]
    conn.execute(HISTORY.delete().where(HISTORY.c.table_name == issues.name, sa.or_(*told_of)))
    return found


def _erase_phrase(conn: sa.Connection, phrase: str) -> set[str]:
    """Every copy of a phrase in any record: titles, summaries, messages of issues, earlier versions. Gives the documents of which
    what was read held it."""
    written = json.dumps(phrase, ensure_ascii=False)[1:-1]
    blocks = "".join(c if c.isspace() else BLACK for c in written)
    read = set(conn.execute(sa.select(READINGS.c.id).where(READINGS.c.record.contains(written, autoescape=True))).scalars())
    for table in (ORIGINALS, READINGS, REFUSALS, HISTORY, *(spec.table for spec in SPECS)):
        found = sa.func.replace(table.c.record, written, blocks)
        conn.execute(table.update().where(table.c.record.contains(written, autoescape=True)).values(record=found))
    conn.execute(INDEX.update().where(INDEX.c.place.contains(phrase, autoescape=True)).values(place=blocks))
    return read


def _erase_observation(conn: sa.Connection, observation_id: str) -> None:
    table = BY_TYPE[Observation].table
    record = conn.execute(sa.select(table.c.record).where(table.c.id == observation_id)).scalar()
    if record is not None:
        redacted = redact_observation(from_plain(Observation, json.loads(record)))
        _set(conn, table, observation_id, to_plain(redacted), observer_code=redacted.observer_code)
    conn.execute(HISTORY.delete().where(HISTORY.c.id == observation_id))


def _set(conn: sa.Connection, table: sa.Table, row_id: str, plain: Any, **columns: Any) -> None:
    conn.execute(table.update().where(table.c.id == row_id).values(record=_dump(plain), digest="redacted", **columns))


def _plain(reading: Reading) -> dict[str, Any]:
    return {f.name: to_plain(getattr(reading, f.name)) for f in fields(reading) if f.name != "original"}


def _dump(plain: Any) -> str:
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
