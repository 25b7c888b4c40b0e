"""Alembic's scripts: how older ledgers become today's."""
