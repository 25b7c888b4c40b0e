"""How many rows of each kind the tables hold, kept with every change: a large ledger is told in numbers without being counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from trucewatch.model.records import Claim, Document, Incident, Issue, Violation
from trucewatch.store.tables import BY_TYPE, METADATA

CHUNK = 500
JOIN = "\x1f"
TALLIES = sa.Table(
    "tallies",
    METADATA,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, primary_key=True),
    sa.Column("count", sa.BigInteger, nullable=False),
)
FAMILIES = "families"
Key = tuple[str, str]

_DOCUMENTS, _CLAIMS, _INCIDENTS, _VIOLATIONS, _ISSUES = (
    BY_TYPE[kind].table for kind in (Document, Claim, Incident, Violation, Issue)
)
EVERY = sa.literal("")


def _where(*conditions: sa.ColumnElement[bool]) -> sa.ColumnElement[Any]:
    return sa.case((sa.and_(*conditions), ""))


def _joined(*columns: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    first, *others = (sa.func.coalesce(column, "") for column in columns)
    found: sa.ColumnElement[Any] = first
    for other in others:
        found = found + JOIN + other
    return found


# by table: the name of a tally, and the value under which a row counts in it (NULL: in none)
TALLIED: Mapping[sa.Table, tuple[tuple[str, sa.ColumnElement[Any]], ...]] = {
    _DOCUMENTS: (
        ("documents", EVERY),
        ("language", sa.func.coalesce(_DOCUMENTS.c.language, "")),
        ("outlet", _DOCUMENTS.c.outlet),
        ("undated", _where(_DOCUMENTS.c.published_earliest.is_(None), _DOCUMENTS.c.published_latest.is_(None))),
        # inside a record's texts the quotation marks are escaped
        ("inferred", _where(_DOCUMENTS.c.record.contains('"basis":"inferred"'))),
    ),
    _CLAIMS: (("claims", EVERY), ("denials", _where(_CLAIMS.c.stance == "denies"))),
    _INCIDENTS: (
        ("incidents", EVERY),
        ("incidents without a day", _where(_INCIDENTS.c.when_earliest.is_(None), _INCIDENTS.c.when_latest.is_(None))),
    ),
    _VIOLATIONS: (
        ("violations", EVERY),
        ("status", _joined(_VIOLATIONS.c.agreement_id, _VIOLATIONS.c.status)),
        (
            "clause",
            sa.case(
                (
                    _VIOLATIONS.c.incident_id.is_not(None),
                    _joined(_VIOLATIONS.c.clause_id, _VIOLATIONS.c.party, _VIOLATIONS.c.status),
                )
            ),
        ),
    ),
    _ISSUES: (("issues", _joined(_ISSUES.c.level, _ISSUES.c.stage, _ISSUES.c.code)),),
}


@contextmanager
def tallied(conn: sa.Connection, table: sa.Table, known: Sequence[str], ids: Sequence[str]) -> Iterator[None]:
    """Keep the tallies true while rows of a table change: `known` are there before, `ids` those that may be after."""
    if table not in TALLIED:
        yield
        return
    before = _tally(conn, table, known)
    yield
    after = _tally(conn, table, ids)
    change = Counter(after)
    change.subtract(before)
    if table is _DOCUMENTS:
        change[FAMILIES, ""] = _families_more(conn, before, after)
    add_counts(conn, TALLIES, {key: count for key, count in change.items() if count and key[0] != _OWN_FAMILY})


# documents of a family among the rows at hand: no tally, but what tells whether a family came or went
_OWN_FAMILY = "family"


def _tally(conn: sa.Connection, table: sa.Table, ids: Sequence[str]) -> Counter[Key]:
    named = list(TALLIED[table])
    if table is _DOCUMENTS:
        named.append((_OWN_FAMILY, _DOCUMENTS.c.family_id))
        named.append((FAMILIES, _where(_DOCUMENTS.c.family_id.is_(None))))
    query = sa.select(*(value.label(f"value_{number}") for number, (_, value) in enumerate(named)))
    found: Counter[Key] = Counter()
    for begin in range(0, len(ids), CHUNK):
        rows = conn.execute(query.where(table.c.id.in_(ids[begin : begin + CHUNK]))).all()
        for number, (name, _) in enumerate(named):
            found.update((name, str(row[number])) for row in rows if row[number] is not None)
    return found


def _families_more(conn: sa.Connection, before: Mapping[Key, int], after: Mapping[Key, int]) -> int:
    """How many more families there are: a document without one is its own."""
    touched = sorted({value for name, value in (*before, *after) if name == _OWN_FAMILY})
    more = after.get((FAMILIES, ""), 0) - before.get((FAMILIES, ""), 0)
    column = _DOCUMENTS.c.family_id
    for begin in range(0, len(touched), CHUNK):
        part = touched[begin : begin + CHUNK]
        sizes = conn.execute(sa.select(column, sa.func.count()).where(column.in_(part)).group_by(column))
        size_of = {row[0]: int(row[1]) for row in sizes}
        for family in part:
            own = _OWN_FAMILY, family
            now = size_of.get(family, 0)
            more += (now > 0) - (now - after.get(own, 0) + before.get(own, 0) > 0)
    return more


def add_counts(conn: sa.Connection, table: sa.Table, change: Mapping[Key, int]) -> None:
    """Add to the counts of a table of two keys and a count; what comes to nothing goes."""
    if not change:
        return
    first, second, count = table.c
    known = {(row[0], row[1]) for row in conn.execute(sa.select(first, second).where(first.in_({name for name, _ in change})))}
    more = [{"own_first": n, "own_second": v, "more": by} for (n, v), by in sorted(change.items()) if (n, v) in known]
    new = [{first.name: n, second.name: v, count.name: by} for (n, v), by in sorted(change.items()) if (n, v) not in known]
    if more:
        own = (first == sa.bindparam("own_first"), second == sa.bindparam("own_second"))
        conn.execute(table.update().where(*own).values({count: count + sa.bindparam("more")}), more)
    if new:
        conn.execute(table.insert(), new)
    conn.execute(table.delete().where(count <= 0))


def tally_anew(conn: sa.Connection) -> None:
    """The tallies anew from what the tables hold."""
    conn.execute(TALLIES.delete())
    found: dict[Key, int] = {}
    for table, named in TALLIED.items():
        for name, value in named:
            own = value.label("own")
            query = sa.select(own, sa.func.count()).select_from(table).group_by("own")
            found.update({(name, str(row[0])): int(row[1]) for row in conn.execute(query) if row[0] is not None})
    family = sa.func.coalesce(_DOCUMENTS.c.family_id, _DOCUMENTS.c.id)
    found[FAMILIES, ""] = int(conn.execute(sa.select(sa.func.count(sa.distinct(family)))).scalar() or 0)
    add_counts(conn, TALLIES, {key: count for key, count in found.items() if count})


def tally(conn: sa.Connection, name: str) -> dict[tuple[str, ...], int]:
    """A tally by its values, the parts of each apart."""
    query = sa.select(TALLIES.c.value, TALLIES.c["count"]).where(TALLIES.c.name == name).order_by(TALLIES.c.value)
    return {tuple(row[0].split(JOIN)): int(row[1]) for row in conn.execute(query)}
