"""Pages of a table by id, under conditions: found by the rarest of them, or walked in an index that holds all that is asked.

A database that knows no better sorts every row that fulfils a condition, or looks at every row of the table; with millions of
rows both take minutes. So each condition is counted first, up to a few: where one leaves few rows, they are found by it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from trucewatch.model.records import Claim
from trucewatch.store.tables import BY_TYPE

# up to here the rows of one condition are sorted; above, all are walked until enough fulfil every condition. Of four million
# incidents both take about a tenth of a second there
FEW = 10_000


@dataclass(frozen=True, kw_only=True)
class Condition:
    """`found`: a SELECT of the ids of the rows that fulfil it, soonest first; `holds`: the same asked of one row; `some`: a
    SELECT of FEW of them, where it is another one."""

    found: sa.Select[Any]
    holds: sa.ColumnElement[bool]
    some: sa.Select[Any] | None = None


def one_of(record_type: type, column: str, values: Sequence[str]) -> Condition:
    """A column has one of these values."""
    table = BY_TYPE[record_type].table
    own = table.alias()
    found = sa.select(own.c.id).where(own.c[column].in_(values))
    # an expression keeps the column's own index out of it
    holds = table.c[column].in_(values) if column == "id" else (table.c[column] + "").in_(values)
    return Condition(found=found, holds=holds)


def of_days(first: date | None, last: date | None) -> Condition | None:
    """Claims on what is told of these days, both included; None for no day."""
    table = BY_TYPE[Claim].table
    own = table.alias()
    found = sa.select(own.c.id)
    holds: sa.ColumnElement[bool] = sa.true()
    if first is not None:
        found = found.where(own.c.when_latest >= first.isoformat())
        holds = sa.and_(holds, table.c.when_latest + "" >= first.isoformat())
    if last is not None:
        found = found.where(own.c.when_earliest <= last.isoformat())
        holds = sa.and_(holds, table.c.when_earliest + "" <= last.isoformat())
    if first is None and last is None:
        return None
    # most of what is told of a day begins on it
    return Condition(found=found.order_by(own.c.when_earliest.desc()), holds=holds)


def page_ids(
    conn: sa.Connection, record_type: type, conditions: Sequence[Condition], *, limit: int, after: str | None
) -> list[str]:
    """Ids of the rows that fulfil all conditions, by id, from behind `after`."""
    table = BY_TYPE[record_type].table
    sizes = [size_of(conn, one.found if one.some is None else one.some) for one in conditions]
    smallest = min(range(len(sizes)), key=sizes.__getitem__, default=None)
    if smallest is not None and sizes[smallest] == 0:
        return []
    query = sa.select(table.c.id).where(*(one.holds for n, one in enumerate(conditions) if n != smallest))
    if smallest is not None:
        few = sizes[smallest] < FEW
        rarest = conditions[smallest]
        query = query.where(table.c.id.in_(rarest.found.order_by(None)) if few else rarest.holds)
    if after is not None:
        query = query.where(table.c.id > after)
    return list(conn.execute(query.order_by(table.c.id).limit(limit)).scalars())


def size_of(conn: sa.Connection, found: sa.Select[Any]) -> int:
    """How many rows a SELECT finds, FEW where there are more."""
    some = found.limit(FEW).subquery()
    return int(conn.execute(sa.select(sa.func.count()).select_from(some)).scalar() or 0)
