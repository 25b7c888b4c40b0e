"""The index of incidents and the count of changes, for readers that never load a whole ledger; filled from what is there."""

from alembic import op

from trucewatch.store.index import CHANGES, COUNTS, FACETS, INDEX, note_change, rebuild

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables and fill them."""
    conn = op.get_bind()
    for table in (INDEX, FACETS, CHANGES):
        table.create(conn)
    # filling the index counts it
    COUNTS.create(conn)
    rebuild(conn)
    note_change(conn)


def downgrade() -> None:
    """Drop the tables: they are derived."""
    for table in (CHANGES, FACETS, INDEX):
        table.drop(op.get_bind())
