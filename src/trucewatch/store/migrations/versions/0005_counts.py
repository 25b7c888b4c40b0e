"""How many incidents each value of a facet has, kept with the index; counted from what is there."""

from alembic import op

from trucewatch.store.index import COUNTS, recount

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the table and fill it; a ledger without an index got it with that."""
    conn = op.get_bind()
    COUNTS.create(conn, checkfirst=True)
    recount(conn)


def downgrade() -> None:
    """Drop it: it is derived."""
    COUNTS.drop(op.get_bind(), checkfirst=True)
