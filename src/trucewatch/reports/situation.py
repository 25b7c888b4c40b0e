"""The situation report of a reporting period, as monitors write one: `make_report` gives its blocks, `render` a format.

Pure: the same ledger, theatre and period give the same report. Casualties stand claimant by claimant and are never added; every
number leads to its sentences in the annex; what is said of an incident follows from its statuses by one table
(situation_words.toml).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from trucewatch import __version__
from trucewatch.errors import ConfigError
from trucewatch.model.records import Claim, Ledger, Toll, Violation, When
from trucewatch.model.theatre import Theatre
from trucewatch.reports import render_docx, render_html, render_markdown, render_pdf
from trucewatch.reports.blocks import Section, SituationReport
from trucewatch.reports.diff import VANISHED_CODES, compare, latest_first
from trucewatch.reports.periods import Period, make_period, previous
from trucewatch.reports.pictures import drawn_from
from trucewatch.reports.public import Publisher
from trucewatch.reports.situation_desk import Desk
from trucewatch.reports.situation_findings import casualties, clauses, contested, incidents_by_area
from trucewatch.reports.situation_measures import (
    MOST_CORRECTIONS,
    access,
    corrections,
    coverage_and_limits,
    observations,
    talks,
    withdrawals,
    wording,
)
from trucewatch.reports.situation_summary import pictures, summary
from trucewatch.reports.words import day_words, span_words
from trucewatch.store.days import Totals, ledger_of_days, stored_totals, totals_of
from trucewatch.store.reading import Reader
from trucewatch.store.since import as_it_stood, changed_since, with_changes

CREDIT = "Places: GeoNames (CC BY 4.0) and the theatre's own list."
FORMATS: Mapping[str, Callable[[SituationReport], bytes]] = {
    "html": render_html.render,
    "md": render_markdown.render,
    "docx": render_docx.render,
    "pdf": render_pdf.render,
}


def make_report(
    ledger: Ledger,
    theatre: Theatre,
    first: date,
    last: date,
    *,
    totals: Totals | None = None,
    before: Ledger | None = None,
    before_at: datetime | None = None,
    issued_at: datetime | None = None,
    is_public: bool = True,
    key: bytes = b"",
) -> SituationReport:
    """The report of the days `first` to `last` (both included), by the theatre's clocks.

    `totals`: those of the whole ledger, where `ledger` is a part of it (`part_of`).
    `before`: the ledger as it stood at the last report, `before_at` (`Store.view(as_of=...)`): what was corrected since.
    `issued_at`: an aware instant, printed; without it the report tells no date of issue. `is_public`: nobody but officials is
    named, places are coarse (`reports/public.py`); `key` keeps moved places unguessable.

    Raises ConfigError where the period ends before it begins, or begins after the day of issue; ReleaseRefused where a public
    report would hold what the do-no-harm rules forbid.
    """
    period = make_period(theatre, first, last)
    if issued_at is not None:
        today = issued_at.astimezone(ZoneInfo(theatre.timezone)).date()
        if first > today:
            raise ConfigError(f"the period begins on {first}, which lies after today, {today}: nothing of it can have been read")
    before_period = previous(period, theatre)
    totals = totals or totals_of(ledger)
    ledger = _concerning(ledger, before, period, before_period)
    if is_public:
        publisher = Publisher(theatre, outlets=totals.outlets, key=key, released_on=issued_at.date() if issued_at else None)
        ledger = publisher.ledger(ledger)
        publisher.check(ledger)
        before = publisher.ledger(before, with_texts=False) if before is not None else None
    desk = Desk(ledger, theatre, period, totals)
    earlier = Desk(ledger, theatre, before_period, totals)
    sections: list[Section | None] = [
        summary(desk, earlier),
        pictures(desk),
        incidents_by_area(desk),
        clauses(desk),
        casualties(desk),
        withdrawals(desk),
        access(desk),
        talks(desk),
        contested(desk),
        corrections(desk, before, before_at),
        observations(desk, is_public=is_public),
        coverage_and_limits(desk, earlier, issued_at),
        wording(desk),
    ]
    return SituationReport(
        title="Daily situation report" if period.days == 1 else "Situation report",
        subtitle=f"{theatre.title}, {period.words}",
        facts=tuple(_facts(desk, period, issued_at, before_at)),
        notice=(
            "Public. Nobody but officials is named; points on the map are no finer than a district, except those of large towns."
            if is_public
            else "Full version, for the mission alone. It may name people and places: not for release."
        ),
        sections=tuple(section for section in sections if section is not None),
        notes=desk.notebook.notes(),
        is_public=is_public,
        issued_at=issued_at,
        version=__version__,
        credit=CREDIT,
    )


@dataclass(frozen=True, kw_only=True)
class Part:
    """What the report of a period needs of a stored ledger, as `make_report` takes it. `before`: where it is compared."""

    ledger: Ledger
    totals: Totals
    before: Ledger | None = None


def part_of(reader: Reader, theatre: Theatre, first: date, last: date, *, since: datetime | None = None) -> Part:
    """The part of a stored ledger that the report of a period needs, and the totals of the whole.

    `since` (aware): when the last report was made: with what changed since, so that `before` stands beside it. Raises ConfigError
    as `make_report`.
    """
    period = make_period(theatre, first, last)
    told_from = previous(period, theatre).first
    ledger = ledger_of_days(reader, min(told_from, drawn_from(period)), told_from, first, last)
    totals = stored_totals(reader)
    if since is None:
        return Part(ledger=ledger, totals=totals)
    before, now = changed_since(reader, since, VANISHED_CODES)
    diff, _ = latest_first(compare(before, now), now, MOST_CORRECTIONS)
    claim_ids = [i for status in diff.status_changes for i in status.claim_ids]
    claim_ids += [i for toll in diff.toll_changes for i in toll.after.claim_ids]
    claim_ids += [claim_id for _, claim_id in diff.superseded_denials]
    told = reader.with_documents(reader.get_all(Claim, claim_ids))
    # who is named in what is told of no more, so that a public report can leave the name out
    lost = {one.id for one in diff.gone} | {one for one, _ in diff.merged}
    named = [i for one in before.incidents if one.id in lost for i in (*one.claim_ids, *one.denial_ids)]
    gone = reader.with_documents(reader.get_all(Claim, named))
    stood = as_it_stood(ledger, before, now)
    return Part(ledger=with_changes(ledger, now, told), totals=totals, before=with_changes(stood, Ledger(), gone))


def _concerning(ledger: Ledger, before: Ledger | None, period: Period, earlier: Period) -> Ledger:
    """The ledger with no more claims and texts than the report can lead to: what else it says stays whole."""
    wanted: set[str] = set()
    if before is not None:
        diff, _ = latest_first(compare(before, ledger), ledger, MOST_CORRECTIONS)
        wanted.update(claim_id for change in diff.status_changes for claim_id in change.claim_ids)
        wanted.update(claim_id for change in diff.toll_changes for claim_id in change.after.claim_ids)
        wanted.update(claim_id for _, claim_id in diff.superseded_denials)
    for incident in ledger.incidents:
        if period.holds(incident.when) or earlier.holds(incident.when) or period.goes_on(incident.when):
            wanted.update((*incident.claim_ids, *incident.denial_ids, *incident.superseded_denial_ids))
    sums: tuple[Violation | Toll, ...] = (*ledger.violations, *ledger.tolls)
    for record in sums:
        if record.incident_id is None:
            wanted.update(record.claim_ids)
    for control in ledger.controls:
        wanted.update(control.claim_ids)
    claims = tuple(claim for claim in ledger.claims if claim.id in wanted or period.holds(claim.when))
    told = {claim.document_id for claim in claims}
    documents = tuple(
        document if document.id in told else replace(document, text="", origin_map=()) for document in ledger.documents
    )
    return replace(ledger, claims=claims, documents=documents)


def render(report: SituationReport, format: str) -> bytes:
    """The report as a file: "html", "md", "docx" or "pdf". Raises ConfigError for another format."""
    if format not in FORMATS:
        raise ConfigError(f"a report has no format {format!r}: there are {', '.join(FORMATS)}")
    return FORMATS[format](report)


def _facts(desk: Desk, period: Period, issued_at: datetime | None, before_at: datetime | None) -> list[tuple[str, str]]:
    zone = ZoneInfo(period.timezone)
    facts = [("Reporting period", period.clock_words)]
    if issued_at is not None:
        at = issued_at.astimezone(zone)
        facts.append(("Issued", f"{day_words(at.date())}, {at:%H:%M}"))
    if before_at is not None:
        at = before_at.astimezone(zone)
        facts.append(("Last report", f"{day_words(at.date())}, {at:%H:%M}"))
    if desk.totals.published is not None:
        reach = span_words(When(earliest=desk.totals.published[0], latest=desk.totals.published[1]))
        facts.append(("Compiled from", f"{desk.totals.documents:,} documents published {reach}, and the mission's observers"))
    facts.append(("Standing", "Reports of others, graded. No finding of the mission unless it says so."))
    return facts
