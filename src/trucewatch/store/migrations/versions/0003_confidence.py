"""How certain each claim is, as a column: the review begins with the least certain ones."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

FILL = {
    "sqlite": "UPDATE claims SET confidence = json_extract(record, '$.confidence')",
    "postgresql": "UPDATE claims SET confidence = CAST(CAST(record AS json) ->> 'confidence' AS double precision)",
}


def upgrade() -> None:
    """Add and fill it."""
    op.add_column("claims", sa.Column("confidence", sa.Float))
    op.execute(FILL[op.get_bind().dialect.name])
    op.create_index("ix_claims_confidence", "claims", ["confidence"])


def downgrade() -> None:
    """Drop it: it is derived."""
    op.drop_index("ix_claims_confidence", "claims")
    op.drop_column("claims", "confidence")
