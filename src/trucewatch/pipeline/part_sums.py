"""What is told over days and not of one incident: sums over periods, control of places, deadlines. Whole runs of days at a time.

A period's sum depends on those of its kind that begin in the same run of days (none further than three days from the next); who
holds a place on the reports of one run of days, with the denials of their incidents; a deadline on a few acts, and on what was
said in the weeks after it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

import sqlalchemy as sa

from trucewatch.model.codebook import is_verbal
from trucewatch.model.records import Claim, ControlClaim, Document, Incident, Issue, Ledger, Toll, Violation
from trucewatch.model.serial import from_plain
from trucewatch.pipeline.part_desk import Desk, chunks
from trucewatch.stages.assess import make_book
from trucewatch.stages.control import SAME_EPISODE_DAYS, control_episodes, held_keys
from trucewatch.stages.deadlines import Duty, assess_duty, duties
from trucewatch.stages.reconcile import SAME_START_DAYS, period_key_of, period_keys, reconcile_tolls
from trucewatch.stages.sides import is_report, said_on
from trucewatch.store.tables import BY_TYPE

# sorts before every day, and after every day
NO_DAY, ALONE = "", "~"
CLAIMS_AT_ONCE = 500

Keys = Callable[[Claim, Document], Iterable[tuple[Any, date | None]]]


class SumParts:
    """Sums and holdings, brought up to date for the claims that changed."""

    def __init__(self, desk: Desk, members: set[str]) -> None:
        self.desk = desk
        changes = desk.changes
        own = {c for ids in desk.patch.ids_of_claims(changes.documents).values() for c in ids}
        self.claims = changes.claims | own
        # who denies a report changes with its incident, and with what its document's denials answer
        self.denied = members | {c.responds_to for c in changes.before.values() if c.responds_to}

    def renew(self) -> None:
        """Bring all three up to date."""
        self._renew_periods()
        self._renew_controls()
        self._renew_deadlines()

    # ---- runs of days

    def _remark(self, kind: str, ids: set[str], keys_of: Keys) -> dict[str, set[str]]:
        """Mark claims anew; gives the days, by key, on which one was or is marked."""
        parts = self.desk.parts
        days: dict[str, set[str]] = defaultdict(set)
        for values in parts.marks_of(kind, ids).values():
            for value in values:
                _note(days, value)
        parts.unmark(kind, ids)
        for part in chunks(ids):
            marks = []
            claims = [claim for claim in self.desk.claims(part).values() if is_report(claim)]
            self.desk.documents.fetch(claim.document_id for claim in claims)
            for claim in claims:
                for key, on in keys_of(claim, self.desk.documents[claim.document_id]):
                    marks.append((f"{json.dumps(key)}\x1f{on.isoformat() if on is not None else NO_DAY}", claim.id))
            for value, _ in marks:
                _note(days, value)
            parts.mark(kind, marks)
            self.desk.documents.let_go()
        return days

    def _runs(self, kind: str, key: str, days: set[str], gap: int) -> Iterator[tuple[str, str, list[str]]]:
        """Runs of days that hold one of `days`: first and last day, and the claims marked there now."""
        marked = self.desk.parts.marked_between(kind, f"{key}\x1f", f"{key}\x20")
        owners: dict[str, list[str]] = defaultdict(list)
        for value, owner in marked:
            owners[value.rpartition("\x1f")[2]].append(owner)
        run: list[str] = []
        every = sorted({*owners, *days} - {NO_DAY})
        for day in [*every, ALONE]:
            if run and (day == ALONE or (date.fromisoformat(day) - date.fromisoformat(run[-1])).days > gap):
                if days & set(run):
                    yield run[0], run[-1], [owner for one in run for owner in owners.get(one, ())]
                run = []
            run.append(day)

    # ---- sums over periods

    def _renew_periods(self) -> None:
        desk = self.desk

        def keys_of(claim: Claim, document: Document) -> Iterable[tuple[Any, date | None]]:
            return period_keys(claim, document, desk.sides) if claim.act == "TOLL" or is_verbal(claim.act) else ()

        for key, days in self._remark("period", self.claims, keys_of).items():
            for first, last, ids in self._runs("period", key, days, SAME_START_DAYS):
                self._renew_sums(key, first, last, ids)
            if NO_DAY in days:
                ids = desk.parts.marked("period", (f"{key}\x1f{NO_DAY}",)).get(f"{key}\x1f{NO_DAY}", [])
                self._renew_sums(key, NO_DAY, NO_DAY, ids)

    def _renew_sums(self, key: str, first: str, last: str, ids: list[str]) -> None:
        desk, parts = self.desk, self.desk.parts
        claims = desk.claims(ids)
        desk.documents.fetch(claim.document_id for claim in claims.values())
        ledger = Ledger(claims=tuple(claims[one] for one in sorted(claims)))
        tolls, doubts = reconcile_tolls(ledger, desk.sides, desk.documents)
        own: dict[str, Toll] = {}
        for toll in tolls:
            claim = claims[toll.claim_ids[0]]
            begin = claim.when.earliest.isoformat() if claim.when.earliest is not None else NO_DAY
            is_own = json.dumps(period_key_of(toll, claim, desk.documents[claim.document_id])) == key
            if is_own and (first <= begin <= last if first else begin == NO_DAY):
                own[toll.id] = toll
        before = [owner for _, owner in parts.marked_between("sum", f"{key}\x1f{first}", f"{key}\x1f{last}\x20")]
        self._put_tolls(before, own, doubts)
        parts.unmark("sum", before)
        # each under the first day of its run: a later run's days lie between others
        parts.mark("sum", ((f"{key}\x1f{_begin(toll)}", toll_id) for toll_id, toll in own.items()))
        desk.documents.let_go()

    def _put_tolls(self, before: list[str], own: dict[str, Toll], doubts: Iterable[Issue]) -> None:
        desk = self.desk
        desk.patch.remove(Toll, [one for one in before if one not in own])
        desk.patch.put(Toll, own.values())
        issues: dict[str, list[Issue]] = {f"toll:{one}": [] for one in (*before, *own)}
        for issue in doubts:
            if issue.record_id in own:
                issues[f"toll:{issue.record_id}"].append(issue)
        desk.keep_issues(issues)

    # ---- control of places

    def _renew_controls(self) -> None:
        desk = self.desk
        held = set(desk.parts.marks_of("held", self.denied - self.claims))
        for key, days in self._remark("held", self.claims | held, held_keys).items():
            if NO_DAY in days or desk.parts.few_marked("held", f"{key}\x1f{NO_DAY}", 1):
                # a report without a day belongs to the first run
                marked = desk.parts.marked_between("held", f"{key}\x1f", f"{key}\x20")
                self._renew_holding(key, "", ALONE, [owner for _, owner in marked])
                continue
            for first, last, ids in self._runs("held", key, days, SAME_EPISODE_DAYS):
                self._renew_holding(key, first, last, ids)

    def _renew_holding(self, key: str, first: str, last: str, ids: list[str]) -> None:
        desk, parts = self.desk, self.desk.parts
        claims = desk.claims(ids)
        links = [link for part in chunks(ids) for link in parts.links("id", part)]
        incidents = desk.patch.reader.get_all(Incident, {link.incident for link in links if link.incident is not None})
        mates = {c for own in desk.patch.ids_of_claims({c.document_id for c in claims.values()}).values() for c in own}
        against = desk.claims({*mates, *(one for incident in incidents for one in incident.denial_ids)})
        denials = {one: claim for one, claim in against.items() if claim.stance == "denies"}
        every = {**denials, **claims}
        desk.documents.fetch(claim.document_id for claim in every.values())
        ledger = Ledger(claims=tuple(every[one] for one in sorted(every)), incidents=tuple(incidents))
        own: dict[str, tuple[str, ControlClaim]] = {}
        for told, on, control in control_episodes(ledger, desk.sides, desk.documents):
            day = on.isoformat() if on is not None else NO_DAY
            if json.dumps(told) == key and first <= day <= last:
                own[control.id] = (day, control)
        marked = parts.marked_between("control", f"{key}\x1f", f"{key}\x20")
        before = [owner for value, owner in marked if first <= value.rpartition("\x1f")[2] <= last]
        desk.patch.remove(ControlClaim, [one for one in before if one not in own])
        desk.patch.put(ControlClaim, (control for _, control in own.values()))
        parts.unmark("control", before)
        parts.mark("control", ((f"{key}\x1f{day}", one) for one, (day, _) in own.items()))
        desk.documents.let_go()

    # ---- deadlines

    def _renew_deadlines(self) -> None:
        desk = self.desk
        book = make_book(desk.context)
        bounds = desk.first_and_last_day()
        noted = desk.parts.meta("days")
        desk.parts.note("days", json.dumps(bounds))
        old = json.loads(noted) if noted is not None else None
        seen = _Seen(desk, self.claims)
        for duty in duties(desk.context, book):
            was = old is not None and date.fromisoformat(old[0]) <= duty.last < date.fromisoformat(old[1])
            now = bounds is not None and date.fromisoformat(bounds[0]) <= duty.last < date.fromisoformat(bounds[1])
            if was != now or (now and seen.bears_on(duty)) or desk.is_whole:
                self._renew_duty(duty, bounds)

    def _renew_duty(self, duty: Duty, bounds: tuple[str, str] | None) -> None:
        desk = self.desk
        found: list[Violation] = []
        issues: list[Issue] = []
        if bounds is not None:
            days = date.fromisoformat(bounds[0]), date.fromisoformat(bounds[1])
            claims = self._bearing_on(duty)
            desk.documents.fetch(claim.document_id for claim in claims)
            found, issues = assess_duty(duty, days, claims, desk.documents, desk.context, make_book(desk.context))
            desk.documents.let_go()
        table = BY_TYPE[Violation].table
        query = sa.select(table.c.id).where(table.c.clause_id == duty.clause.id, table.c.incident_id.is_(None))
        before = desk.patch.conn.execute(query).scalars().all()
        kept = {violation.id for violation in found}
        desk.patch.remove(Violation, [one for one in before if one not in kept])
        desk.patch.put(Violation, found)
        desk.keep_issues({f"duty:{duty.clause.id}": issues})

    def _bearing_on(self, duty: Duty) -> list[Claim]:
        """Claims whose act may bear on a duty, and those that were said in the days after it."""
        conn, claims, documents = self.desk.patch.conn, BY_TYPE[Claim].table, BY_TYPE[Document].table
        acts = [act for act in conn.execute(sa.select(claims.c.act).distinct()).scalars() if duty.may_bear(act)]
        last, until = duty.last.isoformat(), duty.until.isoformat()
        said = sa.func.coalesce(documents.c.published_latest, documents.c.published_earliest)
        said = sa.func.coalesce(said, claims.c.when_latest, claims.c.when_earliest)
        query = sa.select(claims.c.record).join(documents, documents.c.id == claims.c.document_id, isouter=True)
        query = query.where(sa.or_(claims.c.act.in_(acts), sa.and_(said > last, said <= until)))
        return [from_plain(Claim, json.loads(record)) for record in conn.execute(query.order_by(claims.c.id)).scalars()]


class _Seen:
    """Acts and days of what changed."""

    def __init__(self, desk: Desk, ids: set[str]) -> None:
        self.acts: set[str] = set()
        self.days: set[date] = set()
        for part in chunks(ids):
            claims = [*desk.claims(part).values(), *(desk.changes.before[one] for one in part if one in desk.changes.before)]
            self.acts |= {claim.act for claim in claims}
            stubs = {p.id: p for p in desk.parts.documents("id", {claim.document_id for claim in claims})}
            for claim in claims:
                part_of = stubs.get(claim.document_id)
                day = date.fromordinal(part_of.day) if part_of is not None and part_of.day else said_on(claim, None)
                if day is not None:
                    self.days.add(day)

    def bears_on(self, duty: Duty) -> bool:
        """Whether something that changed may bear on a duty."""
        return any(duty.last < day <= duty.until for day in self.days) or any(map(duty.may_bear, self.acts))


def _note(days: dict[str, set[str]], value: str) -> None:
    key, _, day = value.rpartition("\x1f")
    days[key].add(day)


def _begin(toll: Toll) -> str:
    return toll.period.earliest.isoformat() if toll.period is not None and toll.period.earliest is not None else NO_DAY
