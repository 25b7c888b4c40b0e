"""The index of incidents: narrow rows in the order of days and facets to filter by, so that a reader never loads the ledger.

Derived from the derived tables, in their transaction; a ledger without it is brought up to date by the migration. An incident's
`number` is internal to the index. No free text but the place's name stands here, for the words of a ledger can be redacted.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from trucewatch.model.ids import make_id
from trucewatch.model.records import Claim, Document, Incident, Violation
from trucewatch.model.serial import from_plain
from trucewatch.store.tables import BY_TYPE, METADATA
from trucewatch.store.tallies import add_counts

CHUNK = 500
UNKNOWN_DAY = ""
INDEX = sa.Table(
    "incident_index",
    METADATA,
    sa.Column("number", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=False),
    sa.Column("id", sa.Text, nullable=False, unique=True),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("changed_at", sa.Text, nullable=False),
    # the first and the last day, included; empty where not known, so that such incidents sort before all others
    sa.Column("first_day", sa.Text, nullable=False),
    sa.Column("last_day", sa.Text, nullable=False),
    sa.Column("act", sa.Text, nullable=False),
    sa.Column("occurrence", sa.Text, nullable=False),
    sa.Column("attribution", sa.Text, nullable=False),
    sa.Column("breach", sa.Text, nullable=False),
    sa.Column("attributed_to", sa.Text),
    sa.Column("place_id", sa.Text),
    sa.Column("place", sa.Text),
    sa.Column("lat", sa.Float),
    sa.Column("lon", sa.Float),
    sa.Column("precision", sa.Text),
    sa.Column("families", sa.Integer, nullable=False),
    sa.Index("ix_incident_index_days", "first_day", "id", "last_day"),
    sa.Index("ix_incident_index_last_day", "last_day"),
    sa.Index("ix_incident_index_latest", "changed_at", "id"),
)
FACETS = sa.Table(
    "incident_facets",
    METADATA,
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, primary_key=True),
    sa.Column("number", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=False),
    sa.Index("ix_incident_facets_number", "number"),
    sqlite_with_rowid=False,
)
# how many incidents each value of these facets has, and (EVERY) how many there are: kept with the index, for readers who all ask
EVERY = "incident"
COUNTED = ("act", "status", "side", "attributed_to", "agreement")
COUNTS = sa.Table(
    "incident_counts",
    METADATA,
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, primary_key=True),
    sa.Column("count", sa.BigInteger, nullable=False),
)
# how often the ledger has changed: a reader's cache holds as long as it does not; how often words were destroyed: no older
# state may be shown after that, not even for a moment
ERASED = "erased"
# of these changes those that persons decided or filed, which no run made
PUT = "put"
CHANGES = sa.Table(
    "changes",
    METADATA,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("count", sa.BigInteger, nullable=False),
)
KINDS = (
    "act",
    "status",
    "side",
    "attributed_to",
    "asserted_by",
    "denied_by",
    "agreement",
    "family",
    "document",
    "claim",
    "place",
)


class Entry(NamedTuple):
    """An incident's row of the index, but for its number, and its facets."""

    row: dict[str, Any]
    facets: frozenset[tuple[str, str]]


def make_entries(
    incidents: Iterable[Incident],
    document_of: Mapping[str, str],
    family_of: Mapping[str, str],
    agreements_of: Mapping[str, Iterable[str]],
) -> Iterator[Entry]:
    """Entries of incidents: `document_of` claims, `family_of` documents, `agreements_of` incidents, each by id."""
    for incident in incidents:
        place = next((p for p in incident.places if p.lat is not None and p.role == "target"), None)
        place = place or next((p for p in incident.places if p.lat is not None), None)
        days = [day.isoformat() for day in (incident.when.earliest, incident.when.latest) if day is not None]
        row = {
            "id": incident.id,
            "first_day": min(days, default=UNKNOWN_DAY),
            "last_day": max(days, default=UNKNOWN_DAY),
            "act": incident.act,
            "occurrence": incident.occurrence,
            "attribution": incident.attribution,
            "breach": incident.breach,
            "attributed_to": incident.attributed_to,
            "place_id": place.place_id if place else None,
            "place": (place.name or place.text) if place else None,
            "lat": place.lat if place else None,
            "lon": place.lon if place else None,
            "precision": place.precision if place else None,
            "families": incident.families,
        }
        facets = frozenset(_facets(incident, document_of, family_of, agreements_of))
        row["digest"] = make_id("entry", *(str(value) for value in row.values()), *(f"{k}\x1f{v}" for k, v in sorted(facets)))
        yield Entry(row, facets)


def _facets(
    incident: Incident,
    document_of: Mapping[str, str],
    family_of: Mapping[str, str],
    agreements_of: Mapping[str, Iterable[str]],
) -> Iterator[tuple[str, str]]:
    yield "act", incident.act
    # the first part too: FIRE finds every kind of fire
    yield "act", incident.act.partition(".")[0]
    for status in (incident.occurrence, incident.attribution, incident.breach):
        yield "status", status
    doers = [code for code in (incident.attributed_to or "").split(";") if code]
    for code in doers:
        yield "attributed_to", code
    targets = [code for code in (incident.target or "").split(";") if code]
    for code in (*doers, *targets, *incident.parties_asserting, *incident.parties_denying):
        for one in code.split(";"):
            if one:
                yield "side", one
    for kind, speakers in (("asserted_by", incident.parties_asserting), ("denied_by", incident.parties_denying)):
        for code in speakers:
            yield from ((kind, one) for one in code.split(";") if one)
    for agreement_id in agreements_of.get(incident.id, ()):
        yield "agreement", agreement_id
    for claim_id in (*incident.claim_ids, *incident.denial_ids, *incident.superseded_denial_ids):
        yield "claim", claim_id
        document_id = document_of.get(claim_id)
        if document_id is not None:
            yield "document", document_id
            yield "family", family_of.get(document_id, document_id)
    for place in incident.places:
        if place.place_id:
            yield "place", place.place_id


def write_entries(conn: sa.Connection, entries: Iterable[Entry]) -> None:
    """Make the index that of these entries, rewriting those alone that differ."""
    wanted = {entry.row["id"]: entry for entry in entries}
    columns = sa.select(INDEX.c.id, INDEX.c.number, INDEX.c.digest, INDEX.c.changed_at)
    known = {row.id: row for row in conn.execute(columns)}
    table = BY_TYPE[Incident].table
    changed_at = {row.id: row.recorded_at for row in conn.execute(sa.select(table.c.id, table.c.recorded_at))}
    number = max((row.number for row in known.values()), default=0)
    _write_entries(conn, wanted, known, changed_at, number)


def patch_entries(conn: sa.Connection, ids: Sequence[str], entries: Iterable[Entry]) -> None:
    """Make the index of a few incidents, by id, that of their entries; one without an entry is gone."""
    columns = sa.select(INDEX.c.id, INDEX.c.number, INDEX.c.digest, INDEX.c.changed_at).where(INDEX.c.id.in_(ids))
    table = BY_TYPE[Incident].table
    recorded = conn.execute(sa.select(table.c.id, table.c.recorded_at).where(table.c.id.in_(ids)))
    number = int(conn.execute(sa.select(sa.func.max(INDEX.c.number))).scalar() or 0)
    known = {row.id: row for row in conn.execute(columns)}
    _write_entries(conn, {e.row["id"]: e for e in entries}, known, {row.id: row.recorded_at for row in recorded}, number)


def _write_entries(
    conn: sa.Connection, wanted: Mapping[str, Entry], known: Mapping[str, Any], changed_at: Mapping[str, str], number: int
) -> None:
    stale = [
        row.number
        for row in known.values()
        if row.id not in wanted or row.digest != wanted[row.id].row["digest"] or row.changed_at != changed_at.get(row.id)
    ]
    counts: Counter[tuple[str, str]] = Counter()
    for begin in range(0, len(stale), CHUNK):
        part = stale[begin : begin + CHUNK]
        counts.subtract(_counted(conn, FACETS.c.number.in_(part)))
        conn.execute(FACETS.delete().where(FACETS.c.number.in_(part)))
        conn.execute(INDEX.delete().where(INDEX.c.number.in_(part)))
    gone = set(stale)
    rows, facets = [], []
    counts[EVERY, ""] -= len(stale)
    for key, entry in wanted.items():
        old = known.get(key)
        if old is not None and old.number not in gone:
            continue
        number += old is None
        own = number if old is None else old.number
        rows.append({**entry.row, "number": own, "changed_at": changed_at.get(key, "")})
        facets += [{"kind": kind, "value": value, "number": own} for kind, value in sorted(entry.facets)]
    for table_, part_rows in ((INDEX, rows), (FACETS, facets)):
        for begin in range(0, len(part_rows), 20 * CHUNK):
            conn.execute(table_.insert(), part_rows[begin : begin + 20 * CHUNK])
    counts[EVERY, ""] += len(rows)
    counts.update((str(facet["kind"]), str(facet["value"])) for facet in facets if facet["kind"] in COUNTED)
    add_counts(conn, COUNTS, {key: count for key, count in counts.items() if count})


def _counted(conn: sa.Connection, *conditions: sa.ColumnElement[bool]) -> dict[tuple[str, str], int]:
    query = sa.select(FACETS.c.kind, FACETS.c.value, sa.func.count()).where(FACETS.c.kind.in_(COUNTED), *conditions)
    return {(row[0], row[1]): row[2] for row in conn.execute(query.group_by(FACETS.c.kind, FACETS.c.value))}


def recount(conn: sa.Connection) -> None:
    """The counts anew from the index."""
    conn.execute(COUNTS.delete())
    every = int(conn.execute(sa.select(sa.func.count()).select_from(INDEX)).scalar() or 0)
    add_counts(conn, COUNTS, {**_counted(conn), (EVERY, ""): every})


def index_ledger(
    conn: sa.Connection,
    incidents: Sequence[Incident],
    claims: Iterable[Claim],
    documents: Iterable[Document],
    violations: Iterable[Violation],
) -> None:
    """Bring the index up to date with these derived records, which are already written."""
    agreements: dict[str, set[str]] = defaultdict(set)
    for violation in violations:
        if violation.incident_id is not None:
            agreements[violation.incident_id].add(violation.agreement_id)
    document_of = {claim.id: claim.document_id for claim in claims}
    family_of = {document.id: document.family_id or document.id for document in documents}
    write_entries(conn, make_entries(incidents, document_of, family_of, agreements))


def rebuild(conn: sa.Connection) -> None:
    """The index anew from what the derived tables hold."""
    claims, documents, violations = (BY_TYPE[kind].table for kind in (Claim, Document, Violation))
    incidents = BY_TYPE[Incident].table
    agreements: dict[str, set[str]] = defaultdict(set)
    for row in conn.execute(sa.select(violations.c.incident_id, violations.c.agreement_id)):
        agreements[row.incident_id].add(row.agreement_id)
    write_entries(
        conn,
        make_entries(
            [from_plain(Incident, json.loads(r)) for r in conn.execute(sa.select(incidents.c.record)).scalars()],
            {row.id: row.document_id for row in conn.execute(sa.select(claims.c.id, claims.c.document_id))},
            {row.id: row.family_id or row.id for row in conn.execute(sa.select(documents.c.id, documents.c.family_id))},
            agreements,
        ),
    )


def note_change(conn: sa.Connection, name: str = "ledger") -> None:
    """Count one more change of the ledger, or of what `name` says besides (ERASED, PUT)."""
    changed = conn.execute(CHANGES.update().where(CHANGES.c.name == name).values(count=CHANGES.c.count + 1))
    if changed.rowcount == 0:
        conn.execute(CHANGES.insert().values(name=name, count=1))
