"""The sentences of claims by their words, to search in; filled from what is there."""

import sqlalchemy as sa
from alembic import op

from trucewatch.store.dialects import SENTENCES_DDL
from trucewatch.store.sentences import SENTENCES, rebuild_sentences

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the table with its search index and fill it."""
    conn = op.get_bind()
    SENTENCES.create(conn)
    for statement in SENTENCES_DDL[conn.dialect.name]:
        op.execute(sa.text(statement))
    rebuild_sentences(conn)


def downgrade() -> None:
    """Drop it: it is derived."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(sa.text("DROP TABLE sentences_search"))
    SENTENCES.drop(op.get_bind())
