"""For ledgers of millions of claims: indexes over all that is asked for, tallies, aliases and unread documents to be found."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

from trucewatch.model.records import ControlClaim, RegisterEntry
from trucewatch.store.tables import ALIASES, BY_TYPE
from trucewatch.store.tallies import TALLIES, tally_anew

revision = "0007"
down_revision = "0006"
GONE = {
    "ix_readings_read_by": ("readings", ["id", "made_by", "failed"]),
    "ix_originals_order": ("originals", ["sequence", "id", "digest"]),
    "ix_claims_when_earliest": ("claims", ["when_earliest"]),
    "ix_claims_confidence": ("claims", ["confidence"]),
    "ix_incident_index_changed_at": ("incident_index", ["changed_at"]),
}
MADE = {
    "ix_controls_since_on": ("controls", ["since_on"]),
    "ix_originals_read_by": ("originals", ["read_by"]),
    "ix_originals_sequence": ("originals", ["sequence"]),
    "ix_documents_outlet": ("documents", ["outlet"]),
    "ix_documents_language": ("documents", ["language"]),
    "ix_documents_asked": ("documents", ["id", "language", "outlet", "family_id"]),
    "ix_claims_stance": ("claims", ["stance"]),
    "ix_claims_claimant_party": ("claims", ["claimant_party"]),
    "ix_claims_attributed_party": ("claims", ["attributed_party"]),
    "ix_claims_days": ("claims", ["when_earliest", "when_latest"]),
    "ix_claims_certainty": ("claims", ["confidence", "id"]),
    "ix_claims_asked": (
        "claims",
        ["id", "act", "stance", "claimant_party", "attributed_party", "when_earliest", "when_latest", "document_id"],
    ),
    "ix_tolls_measure": ("tolls", ["measure"]),
    "ix_tolls_claimant_party": ("tolls", ["claimant_party"]),
    "ix_tolls_asked": ("tolls", ["id", "measure", "claimant_party", "incident_id"]),
    "ix_violations_clause_id": ("violations", ["clause_id"]),
    "ix_violations_party": ("violations", ["party"]),
    "ix_violations_status": ("violations", ["status"]),
    "ix_violations_asked": ("violations", ["id", "agreement_id", "clause_id", "party", "status", "incident_id"]),
    "ix_issues_stage": ("issues", ["stage"]),
    "ix_issues_level": ("issues", ["level"]),
    "ix_issues_source": ("issues", ["source"]),
    "ix_issues_record_id": ("issues", ["record_id"]),
    "ix_issues_asked": ("issues", ["id", "stage", "code", "level", "record_id"]),
    "ix_incident_index_last_day": ("incident_index", ["last_day"]),
    "ix_incident_index_latest": ("incident_index", ["changed_at", "id"]),
}
# what was read of a document is noted as its maker and the digest of what was read
READ = """
UPDATE originals SET read_by = (
  SELECT substr(readings.made_by, 1, length(readings.made_by) - length(originals.digest) - 1) FROM readings
  WHERE readings.id = originals.id AND NOT readings.failed
    AND substr(readings.made_by, length(readings.made_by) - length(originals.digest)) = ':' || originals.digest)
"""
PAGE = 5_000


def upgrade() -> None:
    """Make them, and fill them from what is there."""
    conn = op.get_bind()
    op.add_column("originals", sa.Column("read_by", sa.Text))
    op.execute(sa.text(READ))
    op.add_column("controls", sa.Column("since_on", sa.Text))
    _date_controls(conn)
    for name, (table, _) in GONE.items():
        op.drop_index(name, table, if_exists=True)
    for name, (table, columns) in MADE.items():
        op.create_index(name, table, columns, if_not_exists=True)
    for made in (ALIASES, TALLIES):
        made.create(conn, checkfirst=True)
    _find_aliases(conn)
    tally_anew(conn)


def _date_controls(conn: sa.Connection) -> None:
    table, last = BY_TYPE[ControlClaim].table, ""
    while rows := conn.execute(
        sa.select(table.c.id, table.c.record).where(table.c.id > last).order_by(table.c.id).limit(PAGE)
    ).all():
        last = rows[-1].id
        since = {row.id: json.loads(row.record).get("since") or {} for row in rows}
        days = [{"own": key, "on": one.get("earliest") or one.get("latest")} for key, one in since.items()]
        conn.execute(table.update().where(table.c.id == sa.bindparam("own")).values(since_on=sa.bindparam("on")), days)


def _find_aliases(conn: sa.Connection) -> None:
    conn.execute(ALIASES.delete())
    table, last = BY_TYPE[RegisterEntry].table, 0
    query = sa.select(table.c.sequence, table.c.record).order_by(table.c.sequence).limit(PAGE)
    while rows := conn.execute(query.where(table.c.sequence > last)).all():
        last = rows[-1].sequence
        # most have none
        entries = (json.loads(row.record) for row in rows if '"aliases":[]' not in row.record)
        found = [
            {"alias": alias, "incident_id": one["incident_id"]} for one in entries for alias in dict.fromkeys(one["aliases"])
        ]
        if found:
            conn.execute(ALIASES.insert(), found)


def downgrade() -> None:
    """Make the narrower ones again."""
    for made in (TALLIES, ALIASES):
        made.drop(op.get_bind(), checkfirst=True)
    for name, (table, _) in MADE.items():
        op.drop_index(name, table)
    for name, (table, columns) in GONE.items():
        op.create_index(name, table, columns)
    op.drop_column("controls", "since_on")
    op.drop_column("originals", "read_by")
