"""Indexes that hold all that a run asks of every document, so that it reads no text on the way."""

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make them in place of narrower ones."""
    op.drop_index("ix_readings_made_by", "readings", if_exists=True)
    op.create_index("ix_readings_read_by", "readings", ["id", "made_by", "failed"], if_not_exists=True)
    op.drop_index("ix_originals_sequence", "originals", if_exists=True)
    op.create_index("ix_originals_order", "originals", ["sequence", "id", "digest"], if_not_exists=True)
    op.create_index("ix_documents_published", "documents", ["published_latest", "published_earliest"], if_not_exists=True)


def downgrade() -> None:
    """Make the narrower ones again."""
    op.drop_index("ix_documents_published", "documents")
    op.drop_index("ix_originals_order", "originals")
    op.create_index("ix_originals_sequence", "originals", ["sequence"])
    op.drop_index("ix_readings_read_by", "readings")
    op.create_index("ix_readings_made_by", "readings", ["made_by"])
