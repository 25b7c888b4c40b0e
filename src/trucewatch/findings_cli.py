"""The commands on findings: `observe`, `decide`, `log verify`, `diff`."""

from __future__ import annotations

import getpass
import json
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Annotated

import typer

from trucewatch.cli.console import complain, remark
from trucewatch.cli.places import ledger_place, open_ledger, theatre_of
from trucewatch.decisions import DecisionStore, decide, log_path, read_log, synchronise, verify_log
from trucewatch.errors import ConfigError, RecordError
from trucewatch.model.judgements import signatures, standing
from trucewatch.model.records import Claim, Decision, Document, Incident, Issue, Observation
from trucewatch.model.serial import to_plain
from trucewatch.reports.diff import VANISHED_CODES, compare, to_lines
from trucewatch.reports.osce_table import Coverage, coverage, violation_csv
from trucewatch.sources.observer_form import read_observations
from trucewatch.store import Store, open_store
from trucewatch.store.concerned import Concerned, aliases_that_begin, ids_that_begin, several
from trucewatch.store.reading import Reader, reading
from trucewatch.store.since import changed_since
from trucewatch.store.slices import open_slices

STORE = Annotated[str | None, typer.Option(metavar="PATH-OR-URL", help="The ledger.")]
OUT = Annotated[Path | None, typer.Option(help="The folder of the run, where the ledger is.")]
REASON = Annotated[str, typer.Option(help="Why, in words; it stays in the log.")]
BY = Annotated[str | None, typer.Option(help='Who decides (your user name where not said; two reviewers: "ana; ben").')]
IS_JSON = Annotated[bool, typer.Option("--json", help="Print JSON.")]
BROKEN = 1
WAIT_S = 60.0
# what each kind of decision concerns, besides decisions
CONCERNED: dict[str, tuple[type, ...]] = {
    "same_incident": (Incident, Claim),
    "correct_value": (Claim, Document, Observation),
    "verify": (Incident,),
    "attribute": (Incident,),
    "redact": (Document, Claim, Observation),
    "undo": (),
}

decide_app = typer.Typer(
    no_args_is_help=True, help="Record a judgement: appended to a log that can be proved whole, never overwritten."
)
log_app = typer.Typer(no_args_is_help=True, help="The log of decisions.")


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command("observe")(observe)
    app.command("diff")(diff)
    app.add_typer(decide_app, name="decide")
    app.add_typer(log_app, name="log")


def observe(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="[FILE]...", help="Exports of the observer form: CSV, JSON or JSON Lines.")
    ] = None,
    store: STORE = None,
    out: OUT = None,
    table: Annotated[
        Path | None, typer.Option(help="Write the table of counted ceasefire violations (CSV) of all reports.")
    ] = None,
    is_json: IS_JSON = False,
) -> None:
    """Take in reports of the mission's own observers, as arcs with their counts; they are counted apart from claims.

    The next `trucewatch run` links them to incidents. Exits 1 where a row was refused.

    Examples:

        trucewatch observe reports.csv --store news.db

        trucewatch observe --table violations.csv --out out/
    """
    if not files and table is None:
        raise ConfigError("nothing to do: name a file of observer reports, or --table FILE.csv")
    refused = 0
    with open_store(ledger_place(store, out)) as ledger_store:
        timezone = theatre_of(ledger_store).timezone if ledger_store.theatre() else None
        for path in files or ():
            reports = read_observations(str(path), local_timezone=timezone)
            _say_issues(reports.issues)
            with ledger_store.writing():
                added = ledger_store.put(reports.observations)
            refused += reports.refused
            remark(f"{path}: {reports.rows} reports, {added} new or changed, {reports.refused} refused")
        observations = ledger_store.observed()
        incident_of = _incident_of(ledger_store) if table is not None else {}
    if table is not None:
        table.write_text(
            violation_csv(observations, timezone=timezone or "UTC", incident_of=incident_of), encoding="utf-8", newline=""
        )
        remark(f"{table}: the table of counted effects, under our own column names")
    _say_coverage(coverage(observations), is_json)
    if refused:
        raise typer.Exit(1)


def _incident_of(store: Store) -> dict[str, str]:
    with open_slices(store) as slices:
        parts = slices.incidents(with_claims=False)
        return {o: incident.id for part in parts for incident in part.incidents for o in incident.observation_ids}


def _say_issues(issues: Iterable[Issue]) -> None:
    for issue in issues:
        if issue.level == "info":
            remark(f"{issue.source}: {issue.message}")
        else:
            complain(f"{issue.level}: {issue.source}: {issue.message}")


def _say_coverage(found: Coverage, is_json: bool) -> None:
    if is_json:
        typer.echo(json.dumps(to_plain(found), ensure_ascii=False))
        return
    sides = ", ".join(f"{control} {hours:g} h" for control, hours in found.hours_by_control) or "none"
    typer.echo(
        f"Coverage: {found.reports} reports ({found.quiet_reports} saw nothing), {found.hours:g} hours at {len(found.posts)} "
        f"posts; by side that controls the post: {sides}"
    )


@decide_app.command()
def same(
    ids: Annotated[list[str], typer.Argument(metavar="ID...", help="Claims or incidents that tell of one incident.")],
    reason: REASON,
    by: BY = None,
    store: STORE = None,
    out: OUT = None,
) -> None:
    """Say that claims or incidents are one incident; it survives every re-run."""
    _decide("same_incident", ids, "same", reason, by, store, out)


@decide_app.command()
def different(
    ids: Annotated[list[str], typer.Argument(metavar="ID...", help="Claims or incidents that are not one incident.")],
    reason: REASON,
    by: BY = None,
    store: STORE = None,
    out: OUT = None,
) -> None:
    """Say that claims or incidents are not one incident; it survives every re-run."""
    _decide("same_incident", ids, "different", reason, by, store, out)


@decide_app.command()
def correct(
    record_id: Annotated[str, typer.Argument(metavar="ID", help="A claim, document or observation.")],
    value: Annotated[
        str, typer.Argument(metavar="FIELD=VALUE", help='The field and its value as JSON: places.0.place_id="mill"')
    ],
    reason: REASON,
    by: BY = None,
    store: STORE = None,
    out: OUT = None,
) -> None:
    """Correct a value that was read wrongly. The source's words and the value as read are kept.

    Examples:

        trucewatch decide correct claim-77fe 'act="FIRE.HEAVY"' --reason "the article says shells"

        trucewatch decide correct doc-12ab 'published.earliest="2030-05-04"' --reason "dated on the page"
    """
    _decide("correct_value", [record_id], value, reason, by, store, out)


@decide_app.command()
def verify(
    incident_id: Annotated[str, typer.Argument(metavar="INCIDENT")],
    verdict: Annotated[
        str, typer.Argument(help="verified, discounted, inconclusive, retracted, found[:CLAUSE] or found_no_breach[:CLAUSE]")
    ],
    reason: REASON,
    by: BY = None,
    store: STORE = None,
    out: OUT = None,
) -> None:
    """Record what an examination found. `verified` counts once two reviewers have signed it."""
    decision = _decide("verify", [incident_id], verdict, reason, by, store, out)
    if verdict == "verified" and len(signatures(decision)) < 2:
        remark("one signature: it counts as verified once a second reviewer has decided the same")


@decide_app.command()
def attribute(
    incident_id: Annotated[str, typer.Argument(metavar="INCIDENT")],
    verdict: Annotated[
        str, typer.Argument(help='determined:PARTY, "assessed:PARTY likely, moderate confidence", or unattributable')
    ],
    reason: REASON,
    by: BY = None,
    store: STORE = None,
    out: OUT = None,
) -> None:
    """Record who is found, or assessed, to have done it."""
    _decide("attribute", [incident_id], verdict, reason, by, store, out)


@decide_app.command()
def redact(
    record_id: Annotated[str, typer.Argument(metavar="ID", help="A document, claim, observation or decision.")],
    reason: REASON,
    characters: Annotated[str, typer.Option(metavar="START:END", help="Of a document's text; all of it where not said.")] = "all",
    by: BY = None,
    store: STORE = None,
    out: OUT = None,
) -> None:
    """Black out what must not stay: words of a document, a claim's sentence, an observation, the content of a decision.

    A tombstone stays, and the log still verifies. A redaction cannot be undone.
    """
    _decide("redact", [record_id], characters, reason, by, store, out)


@decide_app.command()
def undo(
    decision_id: Annotated[str, typer.Argument(metavar="DECISION")],
    reason: REASON,
    by: BY = None,
    store: STORE = None,
    out: OUT = None,
) -> None:
    """Take a decision back, by another decision."""
    _decide("undo", [decision_id], "undone", reason, by, store, out)


def _decide(
    kind: str, subjects: list[str], verdict: str, reason: str, by: str | None, store: str | None, out: Path | None
) -> Decision:
    place = ledger_place(store, out)
    path = log_path(place)
    with open_ledger(store, out) as ledger_store:
        entries = synchronise(path, ledger_store, ledger_store.decided())
        with reading(ledger_store) as reader:
            ids = [_whole_id(reader, entries, kind, subject) for subject in subjects]
        with ledger_store.writing(wait_s=WAIT_S):
            concerned = _redactor(ledger_store, ids) if kind == "redact" else Concerned(ledger_store, ids)
            decision = decide(concerned, path, kind, ids, verdict, reason, by or getpass.getuser())
    typer.echo(f"{decision.id}  {decision.kind} {' '.join(decision.subject)}: {decision.verdict}")
    if getattr(concerned, "is_worked_out", False):
        remark("what follows from it is worked out")
    else:
        remark("the next `trucewatch run` recomputes what follows from it")
    return decision


def _redactor(store: Store, ids: list[str]) -> DecisionStore:
    # all stages come with it, which no other decision should wait for
    from trucewatch.pipeline.redaction import Redactor, making_of

    return Redactor(store, ids, lambda: making_of(store))


def _whole_id(reader: Reader, decisions: tuple[Decision, ...], kind: str, subject: str) -> str:
    """The id that a subject begins; raises RecordError where the ledger has none, or several."""
    found = ids_that_begin(reader, subject, CONCERNED[kind])
    if kind in ("redact", "undo"):
        found = sorted({*found, *(one.id for one in decisions if subject and one.id.startswith(subject))})
    if kind in ("same_incident", "verify", "attribute") and found != [subject]:
        found = sorted({*found, *aliases_that_begin(reader, subject)}) if subject else []
    if subject in found:
        return subject
    if len(found) == 1:
        return found[0]
    if not found:
        raise RecordError(f"the ledger holds no record {subject!r} that a decision {kind} can concern")
    raise RecordError(several(subject, found))


@log_app.command("verify")
def log_verify(store: STORE = None, out: OUT = None, is_json: IS_JSON = False) -> None:
    """Prove the log of decisions whole, or name its first broken link. Exits 1 where it is broken."""
    place = ledger_place(store, out)
    path = log_path(place)
    with open_ledger(store, out) as ledger_store:
        kept = ledger_store.decided()
    report = verify_log(path, kept)
    if is_json:
        typer.echo(json.dumps(to_plain(report) | {"is_whole": report.is_whole, "log": str(path)}, ensure_ascii=False))
    elif report.is_whole:
        typer.echo(f"{path}: whole, {report.entries} decisions, {report.erased} of them erased; head {report.head[:16]}")
    else:
        typer.echo(f"{path}: broken at line {report.broken_line}: {report.reason}")
    if not report.is_whole:
        raise typer.Exit(BROKEN)


@log_app.command("show")
def log_show(store: STORE = None, out: OUT = None, is_json: IS_JSON = False) -> None:
    """List the decisions, oldest first: when, who, what, why, and whether it stands."""
    entries = read_log(log_path(ledger_place(store, out)))
    valid = {decision.id for decision in standing(entries)}
    for entry in entries:
        if is_json:
            typer.echo(json.dumps(to_plain(entry), ensure_ascii=False))
            continue
        state = "erased" if entry.is_erased else "" if entry.id in valid or entry.kind == "undo" else "undone"
        words = f"{entry.kind} {' '.join(entry.subject)}: {entry.verdict} ({entry.reason})" if not entry.is_erased else entry.kind
        typer.echo(f"{entry.decided_at:%Y-%m-%d %H:%M} UTC  {entry.id}  {entry.decided_by}  {words}  {state}".rstrip())


def diff(
    since: Annotated[
        str, typer.Option(metavar="DATE", help="A day (its beginning) or an instant, UTC where no offset is given.")
    ],
    store: STORE = None,
    out: OUT = None,
    is_json: IS_JSON = False,
) -> None:
    """What is new since a day: incidents, changed statuses and tolls, denials taken back, edited or vanished sources.

    Example:

        trucewatch diff --since 2030-05-04 --store news.db
    """
    moment = _moment(since)
    with open_ledger(store, out) as ledger_store, reading(ledger_store) as reader:
        found = compare(*changed_since(reader, moment, VANISHED_CODES))
    if is_json:
        typer.echo(json.dumps(to_plain(found), ensure_ascii=False))
        return
    for line in to_lines(found):
        typer.echo(line)


def _moment(since: str) -> datetime:
    try:
        if len(since) <= 10:
            return datetime.combine(date.fromisoformat(since), time(), UTC)
        instant = datetime.fromisoformat(since)
    except ValueError as err:
        raise ConfigError(f"--since {since!r} is no day or instant: expected YYYY-MM-DD or YYYY-MM-DDTHH:MM") from err
    return instant if instant.tzinfo is not None else instant.replace(tzinfo=UTC)
