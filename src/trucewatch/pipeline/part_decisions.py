"""What new decisions and observations bear on: documents to judge again, claims to group again, incidents to assess again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, timedelta

import sqlalchemy as sa

from trucewatch.model.records import Claim, Decision, Document, Observation, RegisterEntry
from trucewatch.pipeline.part_desk import News, chunks
from trucewatch.store import Store
from trucewatch.store.index import INDEX
from trucewatch.store.parts import Parts
from trucewatch.store.reading import Reader

DAY = timedelta(days=1)


# a decision as it was known: its kind and its subjects; an observation: its first and last day
SEP = "\x1f"


@dataclass
class _Found:
    documents: set[str] = field(default_factory=set)
    redacted: set[str] = field(default_factory=set)
    grouped: set[str] = field(default_factory=set)
    incidents: set[str] = field(default_factory=set)


def news_of(
    store: Store, parts: Parts, decisions: Sequence[Decision], observations: Sequence[Observation], *, is_whole: bool
) -> News:
    """What is new, another one or gone, which is then known. `observations`: as they are judged."""
    told = {decision.id: SEP.join((decision.kind, *decision.subject)) for decision in decisions}
    turned, was = _turned(parts, "decision", {decision.id: _digest(decision) for decision in decisions}, told)
    days = {observation.id: _days(observation) for observation in observations}
    seen, seen_on = _turned(parts, "observation", {one.id: _digest(one) for one in observations}, days)
    if is_whole:
        return News()
    found = _Found()
    by_id = {decision.id: decision for decision in decisions}
    for decision in _with_undone([by_id[one] for one in turned if one in by_id], by_id):
        _note(found, decision.kind, decision.subject)
    for value in was:
        kind, *subject = value.split(SEP)
        # what a decision undid that is no more, or was erased, counts again
        for decision in _with_undone([by_id[one] for one in subject if one in by_id], by_id):
            _note(found, decision.kind, decision.subject)
        _note(found, kind, subject)
    with store.snapshot() as conn:
        reader = Reader(conn, store.dialect)
        for subjects in (found.documents, found.redacted):
            documents = {document.id for document in reader.get_all(Document, sorted(subjects))}
            claims = reader.get_all(Claim, sorted(subjects - documents))
            subjects.clear()
            subjects |= documents | {claim.document_id for claim in claims}
        found.incidents |= {entry for own in parts.marked("alias", found.incidents).values() for entry in own}
        found.grouped |= {claim_id for entry in reader.get_all(RegisterEntry, found.grouped) for claim_id in entry.claim_ids}
        for value in {*(days[one] for one in seen if one in days), *seen_on}:
            found.incidents |= set(_near(conn, *value.split(SEP)))
    return News(
        documents=frozenset(found.documents | found.redacted),
        redacted=frozenset(found.redacted),
        grouped=frozenset(found.grouped),
        incidents=frozenset(found.incidents),
    )


def _turned(parts: Parts, kind: str, digests: dict[str, str], told: dict[str, str]) -> tuple[set[str], set[str]]:
    """Ids of records that are not as they were known, and what is noted of them; they are then known as they are."""
    known = {owner: value for value, owner in parts.marked_between(kind, "", "~")}
    turned = {one for one in digests.keys() | known.keys() if digests.get(one) != known.get(one)}
    old = parts.marks_of(f"{kind} told", turned & known.keys())
    parts.unmark(kind, turned)
    parts.unmark(f"{kind} told", turned)
    parts.mark(kind, ((digests[one], one) for one in turned if one in digests))
    parts.mark(f"{kind} told", ((told[one], one) for one in turned if one in digests))
    return turned, {value for values in old.values() for value in values}


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


def _note(found: _Found, kind: str, subject: Iterable[str]) -> None:
    if kind == "redact":
        found.redacted.update(subject)
    elif kind == "correct_value":
        found.documents.update(subject)
    elif kind == "same_incident":
        found.grouped.update(subject)
    elif kind in ("verify", "attribute"):
        found.incidents.update(subject)


def _days(observation: Observation) -> str:
    """Its days, one more on either side for the zones of time."""
    until = observation.observed_to_at or observation.observed_from_at
    first = (observation.observed_from_at.astimezone(UTC) - DAY).date().isoformat()
    return f"{first}{SEP}{(until.astimezone(UTC) + DAY).date().isoformat()}"


def _near(conn: sa.Connection, first: str, last: str) -> list[str]:
    """Incidents of some days, both included."""
    query = sa.select(INDEX.c.id).where(INDEX.c.first_day <= last, INDEX.c.last_day >= first, INDEX.c.first_day > "")
    return list(conn.execute(query).scalars())


def _digest(record: Decision | Observation) -> str:
    return hashlib.blake2b(repr(record).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def labels_of(parts: Parts, claim_ids: Iterable[str]) -> set[str]:
    """Labels of claims that are in incidents."""
    return {link.label for part in chunks(claim_ids) for link in parts.links("id", part) if link.label is not None}
