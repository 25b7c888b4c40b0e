"""Alembic's entry: runs the scripts on the connection that `store.migrate` opened."""

from alembic import context

from trucewatch.store.tables import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
with context.begin_transaction():
    context.run_migrations()
