"""Bring a ledger's tables up to date by Alembic, or say why that cannot be."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.schema import CreateIndex, CreateTable

from trucewatch.errors import StoreError
from trucewatch.store.dialects import WRITES, Dialect
from trucewatch.store.tables import METADATA, REVISION

WAIT_S = 60.0
# Alembic's own table, as it makes it
VERSION_DDL = (
    "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
)


def upgrade(engine: sa.Engine, dialect: Dialect, *, may_create: bool) -> None:
    """Migrate to the tables of this version. Raises StoreError for a newer ledger and for a database that is none."""
    if _revision(engine, may_create) == REVISION:
        return
    with dialect.locked(engine, WAIT_S, lambda: None):
        # another program may have made it meanwhile
        present = _revision(engine, may_create)
        if present == REVISION:
            return
        dialect.prepare(engine)
        with engine.connect().execution_options(**{WRITES: True}) as conn, conn.begin():
            if present is None:
                _create(conn, dialect)
            else:
                _alter(conn)


# by the database's name: to write them out takes longer than to make the tables
_DDL: dict[str, tuple[str, ...]] = {}


def _create(conn: sa.Connection, dialect: Dialect) -> None:
    if dialect.name not in _DDL:
        _DDL[dialect.name] = tuple(str(statement.compile(dialect=conn.dialect)) for statement in _statements())
    # to load Alembic for one row takes as long as to make all tables
    for statement in (*_DDL[dialect.name], *dialect.search_ddl, VERSION_DDL):
        conn.exec_driver_sql(statement)
    conn.execute(sa.text("INSERT INTO alembic_version (version_num) VALUES (:revision)"), {"revision": REVISION})


def _statements() -> Iterator[CreateTable | CreateIndex]:
    for table in METADATA.sorted_tables:
        yield CreateTable(table)
        yield from map(CreateIndex, sorted(table.indexes, key=lambda index: str(index.name)))


def _alter(conn: sa.Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "trucewatch:store/migrations")
    config.attributes["connection"] = conn
    command.upgrade(config, "head")


def _revision(engine: sa.Engine, may_create: bool) -> str | None:
    with engine.connect() as conn:
        tables = set(sa.inspect(conn).get_table_names())
        present = (
            conn.execute(sa.text("SELECT version_num FROM alembic_version")).scalar() if "alembic_version" in tables else None
        )
    where = engine.url.render_as_string(hide_password=True)
    if present is not None and present > REVISION:
        raise StoreError(
            f"the ledger {where} was made by a newer trucewatch (tables {present}, this one knows {REVISION}): "
            "install the newer version, or name another ledger with --store"
        )
    if present is None and (tables - {"spatial_ref_sys"} or not may_create):
        raise StoreError(f"{where} holds no ledger of trucewatch: name another with --store")
    return present
