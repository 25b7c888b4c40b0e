"""What of a ledger changed since an instant: the records concerned as they stood and as they stand, read without the rest."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from trucewatch.model.records import Document, Incident, Issue, Ledger, RegisterEntry, Toll, Violation
from trucewatch.model.serial import from_plain
from trucewatch.store.plain import instant_of
from trucewatch.store.reading import CHUNK, Reader
from trucewatch.store.tables import BY_TYPE, HISTORY

COMPARED: tuple[type, ...] = (Incident, Toll, Violation, Document)


def changed_since(reader: Reader, moment: datetime, issue_codes: Collection[str]) -> tuple[Ledger, Ledger]:
    """What changed since an instant (aware): as it stood then, and as it stands. Comparing the two gives what comparing the
    whole ledgers would.

    Incidents, tolls, violations and documents (without texts) that are new, changed or gone; with them every toll of an incident
    one of whose tolls changed, every document of a source that changed, the incidents that others were merged into, the
    register's new entries, and all issues of some codes, then and now.
    """
    since = _Since(reader, moment)
    codes = sorted(issue_codes)
    issues = since.issues(codes)
    gone_from = {issue.source for issue in set(issues[1]) - set(issues[0])}
    stood = {kind: since.stood(kind) for kind in COMPARED}
    fresh = {kind: since.fresh(kind) for kind in COMPARED}
    register: tuple[Any, ...] = ()
    heirs: set[str] = set()
    if lost := stood[Incident].keys() - since.present(Incident, stood[Incident]):
        register = tuple(since.fresh(RegisterEntry).values())
        heirs = {one.incident_id for one in register if lost.intersection(one.aliases)}
    tolls = [*stood[Toll].values(), *fresh[Toll].values()]
    homes = {toll.incident_id for toll in tolls}
    sources = gone_from | {one.source for kind in (stood, fresh) for one in kind[Document].values()}
    still: dict[type, dict[str, Any]] = {
        Incident: {one.id: one for one in reader.get_all(Incident, sorted(heirs | {i for i in homes if i is not None}))},
        Toll: since.by(Toll, "incident_id", homes),
        Document: since.by(Document, "source", sources),
        Violation: {},
    }
    before, now = {}, {}
    for kind in COMPARED:
        same = {key: one for key, one in still[kind].items() if key not in fresh[kind]}
        before[kind], now[kind] = {**same, **stood[kind]}, {**same, **fresh[kind]}
    return (
        reader.redacted(_ledger(before, issues[0])),
        reader.redacted(_ledger(now, issues[1], register)),
    )


def as_it_stood(part: Ledger, before: Ledger, now: Ledger) -> Ledger:
    """A part of a ledger, as it stands, as it stood at the instant of `changed_since`, whose two answers are `before` and
    `now`; with all of `before`."""
    fields = {}
    for name in ("incidents", "tolls", "violations", "documents"):
        known = {one.id for one in (*getattr(before, name), *getattr(now, name))}
        fields[name] = (*(one for one in getattr(part, name) if one.id not in known), *getattr(before, name))
    return Ledger(**fields, issues=before.issues, register=before.register)


def with_changes(part: Ledger, now: Ledger, more: Ledger) -> Ledger:
    """A part of a ledger with the records that changed and those of `more` (claims with their documents)."""
    fields: dict[str, tuple[Any, ...]] = {}
    # a document of `more` comes with its text
    for name, ledgers in {"documents": (more, part, now), "claims": (part, more)}.items():
        fields[name] = _joined(name, ledgers)
    for name in ("incidents", "tolls", "violations", "register"):
        fields[name] = _joined(name, (part, now))
    whole = {field: getattr(part, field) for field in ("controls", "observations", "decisions", "kinships")}
    return Ledger(**whole, **fields, issues=tuple(dict.fromkeys((*part.issues, *now.issues))))


def _joined(name: str, ledgers: Iterable[Ledger]) -> tuple[Any, ...]:
    key = BY_TYPE[RegisterEntry].key if name == "register" else lambda one: str(one.id)
    found: dict[str, Any] = {}
    for ledger in ledgers:
        for one in getattr(ledger, name):
            kept = found.setdefault(key(one), one)
            if name == "documents" and not kept.text and one.text:
                found[key(one)] = one
    return tuple(found[one] for one in sorted(found))


def _ledger(records: dict[type, dict[str, Any]], issues: tuple[Issue, ...], register: tuple[Any, ...] = ()) -> Ledger:
    fields = {BY_TYPE[kind].field: tuple(own[key] for key in sorted(own)) for kind, own in records.items()}
    return Ledger(**fields, issues=issues, register=register)


class _Since:
    def __init__(self, reader: Reader, moment: datetime) -> None:
        self.conn, self.moment = reader.conn, instant_of(moment)

    def fresh(self, kind: type) -> dict[str, Any]:
        """Records that were written since."""
        table = BY_TYPE[kind].table
        return _read(kind, self.conn.execute(sa.select(table.c.id, table.c.record).where(table.c.recorded_at > self.moment)))

    def stood(self, kind: type) -> dict[str, Any]:
        """Records that changed or went since, as they stood."""
        query = sa.select(HISTORY.c.id, HISTORY.c.record).where(
            HISTORY.c.table_name == BY_TYPE[kind].table.name,
            HISTORY.c.recorded_at <= self.moment,
            HISTORY.c.ended_at > self.moment,
        )
        return _read(kind, self.conn.execute(query))

    def present(self, kind: type, ids: Iterable[str]) -> set[str]:
        """Those of the ids that are in the ledger."""
        table = BY_TYPE[kind].table
        wanted = list(ids)
        parts = (wanted[n : n + CHUNK] for n in range(0, len(wanted), CHUNK))
        return {one for part in parts for one in self.conn.execute(sa.select(table.c.id).where(table.c.id.in_(part))).scalars()}

    def by(self, kind: type, column: str, values: Collection[str | None]) -> dict[str, Any]:
        """Records by a column; None where it holds nothing."""
        table = BY_TYPE[kind].table
        query = sa.select(table.c.id, table.c.record)
        wanted = sorted(value for value in values if value is not None)
        parts = [query.where(table.c[column].in_(wanted[n : n + CHUNK])) for n in range(0, len(wanted), CHUNK)]
        if None in values:
            parts.append(query.where(table.c[column].is_(None)))
        return {key: one for part in parts for key, one in _read(kind, self.conn.execute(part)).items()}

    def issues(self, codes: list[str]) -> tuple[tuple[Issue, ...], tuple[Issue, ...]]:
        """Issues of some codes, then and now."""
        table = BY_TYPE[Issue].table
        rows = self.conn.execute(sa.select(table.c.id, table.c.record, table.c.recorded_at).where(table.c.code.in_(codes))).all()
        now = _read(Issue, rows)
        before = _read(Issue, (row for row in rows if row.recorded_at <= self.moment))
        before.update((key, one) for key, one in self.stood(Issue).items() if one.code in codes)
        return tuple(before[key] for key in sorted(before)), tuple(now[key] for key in sorted(now))


def _read(kind: type, rows: Iterable[Any]) -> dict[str, Any]:
    return {row.id: from_plain(kind, json.loads(row.record)) for row in rows}
