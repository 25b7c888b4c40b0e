"""What changed between two views of a ledger: since yesterday, since the last report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from trucewatch.model.records import Document, Incident, Ledger, Status, Toll, Violation

AXES = ("occurrence", "attribution", "breach")
# Issues by which sources tell that a page is no longer there.
VANISHED_CODES = frozenset({"source-vanished", "source-gone", "page-gone"})


@dataclass(frozen=True, kw_only=True, slots=True)
class StatusChange:
    """A headline that changed on one axis, with the reason of the new one and the claims it rests on."""

    incident_id: str
    summary: str
    axis: str
    before: str
    after: str
    reason: str
    claim_ids: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class TollChange:
    """A claimant's toll that stands now, and what it stood at before (None: it is new)."""

    before: Toll | None
    after: Toll


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceChange:
    """A source whose text was edited (`after_id` its new document) or that vanished (`after_id` None)."""

    source: str
    before_id: str
    after_id: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Diff:
    """Everything that changed. `merged`: incidents that are now part of another (id before, id now); `gone`: without a successor.

    `superseded_denials`: (incident id, denial claim id), taken back by their own party since.
    """

    new_incidents: tuple[Incident, ...]
    gone: tuple[Incident, ...]
    merged: tuple[tuple[str, str], ...]
    status_changes: tuple[StatusChange, ...]
    toll_changes: tuple[TollChange, ...]
    superseded_denials: tuple[tuple[str, str], ...]
    source_changes: tuple[SourceChange, ...]
    new_violations: tuple[Violation, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed."""
        return not any(
            (
                self.new_incidents,
                self.gone,
                self.merged,
                self.status_changes,
                self.toll_changes,
                self.superseded_denials,
                self.source_changes,
                self.new_violations,
            )
        )


def latest_first(diff: Diff, after: Ledger, most: int) -> tuple[Diff, int]:
    """The diff with the changes of the latest incidents first and at most so many of each kind; and how many were left out."""
    days = {incident.id: str(incident.when.latest or incident.when.earliest or "") for incident in after.incidents}
    kept: dict[str, tuple[Any, ...]] = {
        "status_changes": _latest(diff.status_changes, days, lambda one: one.incident_id),
        "toll_changes": _latest(diff.toll_changes, days, lambda one: one.after.incident_id),
        "superseded_denials": _latest(diff.superseded_denials, days, lambda one: one[0]),
        "merged": _latest(diff.merged, days, lambda one: one[1]),
        "gone": tuple(reversed(diff.gone)),
        "source_changes": diff.source_changes,
    }
    cut = {name: changes[:most] for name, changes in kept.items()}
    return replace(diff, **cut), sum(len(kept[name]) - len(cut[name]) for name in kept)


def _latest(changes: Iterable[Any], days: Mapping[str, str], incident_of: Callable[[Any], str | None]) -> tuple[Any, ...]:
    # stable: those of one day stay in the order of their ids
    return tuple(sorted(changes, key=lambda one: days.get(incident_of(one) or "", ""), reverse=True))


def compare(before: Ledger, after: Ledger) -> Diff:
    """What an analyst who saw `before` has to be told of `after`. Incidents are the same by id or by an alias in the register."""
    old = {incident.id: incident for incident in before.incidents}
    new = {incident.id: incident for incident in after.incidents}
    lives_as = {alias: entry.incident_id for entry in after.register for alias in entry.aliases}

    def successor(incident_id: str) -> str | None:
        seen: set[str] = set()
        while incident_id not in new and incident_id in lives_as and incident_id not in seen:
            seen.add(incident_id)
            incident_id = lives_as[incident_id]
        return incident_id if incident_id in new else None

    heirs = {incident_id: successor(incident_id) for incident_id in old}
    merged = tuple((one, heir) for one, heir in sorted(heirs.items()) if heir is not None and heir != one)
    changes = [change for one, heir in sorted(heirs.items()) if heir == one for change in _status_changes(old[one], new[one])]
    old_violations = {violation.id for violation in before.violations}
    denials_before = {(incident.id, denial) for incident in before.incidents for denial in incident.superseded_denial_ids}
    return Diff(
        new_incidents=tuple(_by_day(i for i in after.incidents if i.id not in old and i.id not in heirs.values())),
        gone=tuple(_by_day(old[one] for one, heir in heirs.items() if heir is None)),
        merged=merged,
        status_changes=tuple(changes),
        toll_changes=_toll_changes(before.tolls, after.tolls, heirs),
        superseded_denials=tuple(
            sorted(
                (incident.id, denial)
                for incident in after.incidents
                for denial in incident.superseded_denial_ids
                if (incident.id, denial) not in denials_before
            )
        ),
        source_changes=_source_changes(before, after),
        new_violations=tuple(sorted((v for v in after.violations if v.id not in old_violations), key=lambda v: v.id)),
    )


def _status_changes(old: Incident, new: Incident) -> Iterable[StatusChange]:
    for axis in AXES:
        before, now = getattr(old, axis), getattr(new, axis)
        if before != now:
            status = next(
                (s for s in new.statuses if s.axis == axis and s.status == now), Status(axis=axis, status=now, reason="")
            )
            yield StatusChange(
                incident_id=new.id,
                summary=new.summary,
                axis=axis,
                before=before,
                after=now,
                reason=status.reason,
                claim_ids=status.claim_ids,
            )


def _toll_key(toll: Toll, incident_id: str | None) -> tuple[str | None, ...]:
    begin = str(toll.period.earliest) if toll.incident_id is None and toll.period is not None else None
    claimant = toll.claimant_party or toll.claimant_name
    return incident_id, begin, claimant, toll.victim_party, toll.measure, toll.population


def _toll_changes(before: Iterable[Toll], after: Iterable[Toll], heirs: dict[str, str | None]) -> tuple[TollChange, ...]:
    standing = {
        _toll_key(toll, heirs.get(toll.incident_id) if toll.incident_id else None): toll
        for toll in before
        if toll.superseded_by is None
    }
    found = []
    for toll in after:
        if toll.superseded_by is not None:
            continue
        known = standing.get(_toll_key(toll, toll.incident_id))
        if known is None or (known.low, known.best, known.high) != (toll.low, toll.best, toll.high):
            found.append(TollChange(before=known, after=toll))
    return tuple(sorted(found, key=lambda change: change.after.id))


def _source_changes(before: Ledger, after: Ledger) -> tuple[SourceChange, ...]:
    old, new = _by_source(before.documents), _by_source(after.documents)
    vanished = {issue.source for issue in after.issues if issue.code in VANISHED_CODES} - {
        issue.source for issue in before.issues if issue.code in VANISHED_CODES
    }
    found = []
    for source, documents in sorted(old.items()):
        known = {document.sha256 for document in documents}
        added = [document for document in new.get(source, ()) if document.sha256 not in known]
        if added:
            found.append(SourceChange(source=source, before_id=documents[-1].id, after_id=added[-1].id))
        elif source not in new or source in vanished:
            found.append(SourceChange(source=source, before_id=documents[-1].id, after_id=None))
    return tuple(found)


def _by_source(documents: Iterable[Document]) -> dict[str, list[Document]]:
    found: dict[str, list[Document]] = {}
    for document in sorted(documents, key=lambda d: (str(d.published.latest or ""), str(d.retrieved_at or ""), d.id)):
        found.setdefault(document.source, []).append(document)
    return found


def _by_day(incidents: Iterable[Incident]) -> list[Incident]:
    return sorted(incidents, key=lambda i: (str(i.when.earliest or i.when.latest or ""), i.id))


def toll_words(toll: Toll) -> str:
    """A toll's range in words: "18 or more (best 18)", "190 to 210 (best 200)", "not known"."""
    low, best, high = toll.low, toll.best, toll.high
    if low is None and high is None:
        return "not known"
    if low == high:
        return str(low)
    span = f"up to {high}" if low is None else f"{low} or more" if high is None else f"{low} to {high}"
    return f"{span} (best {best})" if best is not None and best not in (low, high) else span


def to_lines(diff: Diff) -> list[str]:
    """The diff as plain lines, section by section; one line saying so where nothing changed."""
    if diff.is_empty:
        return ["Nothing changed."]
    sections: list[tuple[str, list[str]]] = [
        ("New incidents", [f"{i.id}  {i.summary} [{i.occurrence}; {i.attribution}; {i.breach}]" for i in diff.new_incidents]),
        (
            "Changed statuses",
            [f"{c.incident_id}  {c.axis}: {c.before} -> {c.after} ({c.reason})" for c in diff.status_changes],
        ),
        ("Tolls, each its claimant's own", [_toll_line(change) for change in diff.toll_changes]),
        ("Denials taken back", [f"{incident_id}  {denial}" for incident_id, denial in diff.superseded_denials]),
        (
            "Edited or vanished sources",
            [
                f"{c.source}  {'edited: ' + c.after_id if c.after_id else 'vanished'} (was {c.before_id})"
                for c in diff.source_changes
            ],
        ),
        ("Incidents merged into others", [f"{one} -> {other}" for one, other in diff.merged]),
        ("Incidents no longer told of", [f"{i.id}  {i.summary}" for i in diff.gone]),
        (
            "New matches of clauses",
            [
                f"{v.incident_id or 'a deadline'}  {v.clause_id}, {v.party or 'nobody named'}: {v.status}"
                for v in diff.new_violations
            ],
        ),
    ]
    lines = []
    for title, rows in sections:
        if rows:
            lines += [f"{title} ({len(rows)})", *(f"  {row}" for row in rows)]
    return lines


def _toll_line(change: TollChange) -> str:
    toll = change.after
    who = toll.claimant_party or toll.claimant_name or "an outlet"
    of = f" of {toll.victim_party}" if toll.victim_party else ""
    where = toll.incident_id or (f"since {toll.period.earliest}" if toll.period is not None else "over a period")
    before = f"{toll_words(change.before)} -> " if change.before is not None else "new: "
    return f"{where}  {who}: {toll.measure}, {toll.population}{of}: {before}{toll_words(toll)}"
