"""The ledger's tables: one a record type, each row the record as JSON with the columns that views filter by.

Primary tables (what was read, filed, decided or given out) are put, never rebuilt; derived tables are recomputed by every run
and replaced. Every row knows when its present version was written; `history` keeps each version that was changed or removed,
so that the ledger can be read as it stood at any instant.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

import sqlalchemy as sa

from trucewatch.model.ids import make_id
from trucewatch.model.records import (
    Claim,
    ControlClaim,
    Decision,
    Document,
    Incident,
    Issue,
    Kinship,
    Observation,
    RegisterEntry,
    Toll,
    Violation,
    Voice,
    When,
)

REVISION = "0007"
METADATA = sa.MetaData()


def _table(name: str, *columns: sa.Column[Any] | sa.Index) -> sa.Table:
    return sa.Table(
        name,
        METADATA,
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("recorded_at", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("record", sa.Text, nullable=False),
        *columns,
    )


def _text(name: str, *, index: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Text, index=index)


def _sequence(*, index: bool = True) -> sa.Column[Any]:
    return sa.Column("sequence", sa.BigInteger, nullable=False, index=index)


ORIGINALS = _table(
    "originals",
    _sequence(index=False),
    _text("source", index=True),
    _text("sha256", index=True),
    _text("input_path", index=True),
    # what has read it as it is now, NULL where nothing has: whatever is still to be read is found without asking the others
    _text("read_by", index=True),
    sa.Index("ix_originals_sequence", "sequence"),
)
REFUSALS = _table("refusals", _text("source"), _text("input_path", index=True))
READINGS = _table(
    "readings",
    _sequence(),
    _text("made_by"),
    _text("title"),
    _text("text"),
    _text("origin_map"),
    sa.Column("failed", sa.Boolean, nullable=False, default=False),
)
HISTORY = sa.Table(
    "history",
    METADATA,
    sa.Column("sequence", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True),
    sa.Column("table_name", sa.Text, nullable=False),
    sa.Column("id", sa.Text, nullable=False),
    sa.Column("recorded_at", sa.Text, nullable=False),
    sa.Column("ended_at", sa.Text, nullable=False),
    sa.Column("record", sa.Text, nullable=False),
    sa.Index("ix_history_row", "table_name", "id"),
    sa.Index("ix_history_ended_at", "ended_at"),
)
# ids that incidents once had which are part of others now: in the register too, where they could not be found
ALIASES = sa.Table(
    "aliases",
    METADATA,
    sa.Column("alias", sa.Text, primary_key=True),
    sa.Column("incident_id", sa.Text, primary_key=True, index=True),
    sqlite_with_rowid=False,
)
RUNS = sa.Table(
    "runs",
    METADATA,
    sa.Column("number", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True),
    sa.Column("started_at", sa.Text, nullable=False),
    sa.Column("finished_at", sa.Text),
    sa.Column("made_by", sa.Text, nullable=False),
    sa.Column("version", sa.Text, nullable=False),
    sa.Column("theatre", sa.Text),
)


@dataclass(frozen=True, kw_only=True)
class TableSpec:
    """How a record type is kept. `field` is its tuple in `Ledger`; `columns` gives the filter columns of a record."""

    field: str
    record_type: type
    table: sa.Table
    key: Callable[[Any], str]
    columns: Callable[[Any], Mapping[str, Any]]
    is_derived: bool

    @cached_property
    def has_instants(self) -> bool:
        """Whether its records tell of instants, not of days alone."""
        return any("datetime" in str(field.type) for field in fields(self.record_type))


def _id(record: Any) -> str:
    return str(record.id)


def _day(when: When | None, name: str) -> str | None:
    day = getattr(when, name) if when is not None else None
    return day.isoformat() if day is not None else None


def _party(voice: Voice | None) -> str | None:
    return voice.party if voice is not None else None


def _document(document: Document) -> dict[str, Any]:
    return {
        "source": document.source,
        "sha256": document.sha256,
        "outlet": document.outlet,
        "language": document.language,
        "family_id": document.family_id,
        "published_earliest": _day(document.published, "earliest"),
        "published_latest": _day(document.published, "latest"),
    }


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        "document_id": claim.document_id,
        "act": claim.act,
        "stance": claim.stance,
        "claimant_party": _party(claim.claimant),
        "attributed_party": _party(claim.attributed_to),
        "when_earliest": _day(claim.when, "earliest"),
        "when_latest": _day(claim.when, "latest"),
        "confidence": claim.confidence,
    }


def _incident(incident: Incident) -> dict[str, Any]:
    place = next((p for p in incident.places if p.lat is not None), None)
    return {
        "act": incident.act,
        "when_earliest": _day(incident.when, "earliest"),
        "when_latest": _day(incident.when, "latest"),
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "occurrence": incident.occurrence,
        "attribution": incident.attribution,
        "breach": incident.breach,
    }


def _control(control: ControlClaim) -> dict[str, Any]:
    since = _day(control.since, "earliest") or _day(control.since, "latest")
    return {"place_id": control.place_id, "party": control.party, "since_on": since}


def issue_id(issue: Issue) -> str:
    """Id of an issue: all its fields together, so that one doubt raised twice is one row."""
    return make_id("issue", issue.stage, issue.code, issue.level, issue.source, issue.record_id, issue.value, issue.message)


def _pick(*names: str) -> Callable[[Any], dict[str, Any]]:
    return lambda record: {name: getattr(record, name) for name in names}


SPECS: tuple[TableSpec, ...] = (
    TableSpec(
        field="documents",
        record_type=Document,
        table=_table(
            "documents",
            _text("source", index=True),
            _text("sha256"),
            _text("outlet", index=True),
            _text("language", index=True),
            _text("family_id", index=True),
            _text("published_earliest", index=True),
            _text("published_latest"),
            sa.Index("ix_documents_published", "published_latest", "published_earliest"),
            sa.Index("ix_documents_asked", "id", "language", "outlet", "family_id"),
        ),
        key=_id,
        columns=_document,
        is_derived=True,
    ),
    TableSpec(
        field="claims",
        record_type=Claim,
        table=_table(
            "claims",
            _text("document_id", index=True),
            _text("act", index=True),
            _text("stance", index=True),
            _text("claimant_party", index=True),
            _text("attributed_party", index=True),
            _text("when_earliest"),
            _text("when_latest"),
            sa.Column("confidence", sa.Float),
            sa.Index("ix_claims_days", "when_earliest", "when_latest"),
            sa.Index("ix_claims_certainty", "confidence", "id"),
            sa.Index(
                "ix_claims_asked",
                "id",
                "act",
                "stance",
                "claimant_party",
                "attributed_party",
                "when_earliest",
                "when_latest",
                "document_id",
            ),
        ),
        key=_id,
        columns=_claim,
        is_derived=True,
    ),
    TableSpec(
        field="observations",
        record_type=Observation,
        table=_table("observations", _sequence(), _text("observer_code", index=True), _text("source")),
        key=_id,
        columns=_pick("observer_code", "source"),
        is_derived=False,
    ),
    TableSpec(
        field="decisions",
        record_type=Decision,
        table=_table("decisions", _sequence(), _text("kind", index=True), _text("decided_by")),
        key=_id,
        columns=_pick("kind", "decided_by"),
        is_derived=False,
    ),
    TableSpec(
        field="register",
        record_type=RegisterEntry,
        table=_table("register", _sequence()),
        key=lambda entry: str(entry.incident_id),
        columns=_pick(),
        is_derived=False,
    ),
    TableSpec(
        field="kinships",
        record_type=Kinship,
        table=_table("kinships", _text("first_id", index=True), _text("second_id", index=True), _text("kind")),
        key=lambda kin: make_id("kin", kin.first_id, kin.second_id, kin.kind),
        columns=_pick("first_id", "second_id", "kind"),
        is_derived=True,
    ),
    TableSpec(
        field="incidents",
        record_type=Incident,
        table=_table(
            "incidents",
            _text("act", index=True),
            _text("when_earliest", index=True),
            _text("when_latest"),
            sa.Column("lat", sa.Float),
            sa.Column("lon", sa.Float),
            _text("occurrence"),
            _text("attribution"),
            _text("breach"),
        ),
        key=_id,
        columns=_incident,
        is_derived=True,
    ),
    TableSpec(
        field="tolls",
        record_type=Toll,
        table=_table(
            "tolls",
            _text("incident_id", index=True),
            _text("measure", index=True),
            _text("claimant_party", index=True),
            sa.Index("ix_tolls_asked", "id", "measure", "claimant_party", "incident_id"),
        ),
        key=_id,
        columns=_pick("incident_id", "measure", "claimant_party"),
        is_derived=True,
    ),
    TableSpec(
        field="controls",
        record_type=ControlClaim,
        table=_table("controls", _text("place_id", index=True), _text("party"), _text("since_on", index=True)),
        key=_id,
        columns=_control,
        is_derived=True,
    ),
    TableSpec(
        field="violations",
        record_type=Violation,
        table=_table(
            "violations",
            _text("incident_id", index=True),
            _text("agreement_id", index=True),
            _text("clause_id", index=True),
            _text("party", index=True),
            _text("status", index=True),
            sa.Index("ix_violations_asked", "id", "agreement_id", "clause_id", "party", "status", "incident_id"),
        ),
        key=_id,
        columns=_pick("incident_id", "agreement_id", "clause_id", "party", "status"),
        is_derived=True,
    ),
    TableSpec(
        field="issues",
        record_type=Issue,
        table=_table(
            "issues",
            _text("stage", index=True),
            _text("code", index=True),
            _text("level", index=True),
            _text("source", index=True),
            _text("record_id", index=True),
            sa.Index("ix_issues_asked", "id", "stage", "code", "level", "record_id"),
        ),
        key=issue_id,
        columns=_pick("stage", "code", "level", "source", "record_id"),
        is_derived=True,
    ),
)
BY_TYPE = {spec.record_type: spec for spec in SPECS}
