"""The first ledger. A new ledger is made whole from `store.tables`; the scripts after this one bring older ledgers to it."""

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Nothing: a ledger of this revision was made whole."""


def downgrade() -> None:
    """Nothing: there was no ledger before this revision."""
