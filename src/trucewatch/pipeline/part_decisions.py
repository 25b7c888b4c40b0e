"""What new decisions and observations bear on: documents to judge again, claims to group again, incidents to assess again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, timedelta

import sqlalchemy as sa

from trucewatch.model.records import Claim, Decision, Document, Observation, RegisterEntry
from trucewatch.pipeline.edge import UnsplittableError
from trucewatch.pipeline.part_desk import News, chunks
from trucewatch.store import Store
from trucewatch.store.index import INDEX
from trucewatch.store.parts import Parts
from trucewatch.store.reading import Reader

DAY = timedelta(days=1)


@dataclass
class _Found:
    documents: set[str] = field(default_factory=set)
    grouped: set[str] = field(default_factory=set)
    incidents: set[str] = field(default_factory=set)


def news_of(
    store: Store, parts: Parts, decisions: Sequence[Decision], observations: Sequence[Observation], *, is_whole: bool
) -> News:
    """What is new, which is then known. Raises UnsplittableError where something known is gone or another, or where words were
    redacted: that may bear on anything."""
    fresh = _fresh(parts, "decision", decisions)
    seen = _fresh(parts, "observation", observations)
    if is_whole:
        return News()
    found = _Found()
    by_id = {decision.id: decision for decision in decisions}
    for decision in _with_undone([one for one in decisions if one.id in fresh], by_id):
        _note(found, decision)
    with store.snapshot() as conn:
        reader = Reader(conn, store.dialect)
        subjects = found.documents
        documents = {document.id for document in reader.get_all(Document, subjects)}
        claims = reader.get_all(Claim, subjects - documents)
        if subjects & {observation.id for observation in observations}:
            raise UnsplittableError("an observation was corrected")
        found.documents = documents | {claim.document_id for claim in claims}
        found.incidents |= {entry for own in parts.marked("alias", found.incidents).values() for entry in own}
        found.grouped |= {claim_id for entry in reader.get_all(RegisterEntry, found.grouped) for claim_id in entry.claim_ids}
        for observation in observations:
            if observation.id in seen:
                found.incidents |= set(_near(conn, observation))
    return News(documents=frozenset(found.documents), grouped=frozenset(found.grouped), incidents=frozenset(found.incidents))


def _fresh(parts: Parts, kind: str, records: Iterable[Decision | Observation]) -> set[str]:
    """Ids of records that were not known, all of them being so now."""
    digests = {record.id: _digest(record) for record in records}
    known = {owner: value for value, owner in parts.marked_between(kind, "", "~")}
    if any(digests.get(owner) != value for owner, value in known.items()):
        raise UnsplittableError(f"a {kind} is gone, or another one now")
    parts.mark(kind, ((value, owner) for owner, value in digests.items()))
    return digests.keys() - known.keys()


def _with_undone(fresh: Sequence[Decision], by_id: dict[str, Decision]) -> list[Decision]:
    """Decisions, and those that they undo, or bring back."""
    found: dict[str, Decision] = {}
    queue = list(fresh)
    while queue:
        decision = queue.pop()
        if decision.id not in found:
            found[decision.id] = decision
            if decision.kind == "undo":
                queue += [by_id[subject] for subject in decision.subject if subject in by_id]
    return list(found.values())


def _note(found: _Found, decision: Decision) -> None:
    if decision.kind == "redact":
        raise UnsplittableError("words were redacted")
    if decision.kind == "correct_value":
        found.documents.update(decision.subject)
    elif decision.kind == "same_incident":
        found.grouped.update(decision.subject)
    elif decision.kind in ("verify", "attribute"):
        found.incidents.update(decision.subject)


def _near(conn: sa.Connection, observation: Observation) -> list[str]:
    """Incidents of the days of an observation, a day more on either side for the zones of time."""
    until = observation.observed_to_at or observation.observed_from_at
    first = (observation.observed_from_at.astimezone(UTC) - DAY).date().isoformat()
    last = (until.astimezone(UTC) + DAY).date().isoformat()
    query = sa.select(INDEX.c.id).where(INDEX.c.first_day <= last, INDEX.c.last_day >= first, INDEX.c.first_day > "")
    return list(conn.execute(query).scalars())


def _digest(record: Decision | Observation) -> str:
    return hashlib.blake2b(repr(record).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def labels_of(parts: Parts, claim_ids: Iterable[str]) -> set[str]:
    """Labels of claims that are in incidents."""
    return {link.label for part in chunks(claim_ids) for link in parts.links("id", part) if link.label is not None}
