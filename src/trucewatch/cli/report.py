"""`trucewatch report`: the situation report of a reporting period."""

from __future__ import annotations

import getpass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from trucewatch.cli.console import complain, remark
from trucewatch.cli.places import ledger_place, open_ledger, theatre_of
from trucewatch.errors import ConfigError
from trucewatch.pipeline.edge import attempt
from trucewatch.reports.release import fuzz_key, last_report, log_release, staged
from trucewatch.reports.situation import FORMATS, make_report, part_of, render
from trucewatch.store.reading import reading

INCOMPLETE, NOTHING_DONE = 1, 2


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(report)


def report(
    first: Annotated[str, typer.Option("--from", metavar="DAY", help="The first day of the period, YYYY-MM-DD.")],
    last: Annotated[str | None, typer.Option("--to", metavar="DAY", help="Its last day, included; without: the first.")] = None,
    formats: Annotated[str, typer.Option("--format", help="html, md, docx, pdf; several joined by commas.")] = "html,pdf",
    folder: Annotated[Path, typer.Option(help="Folder to write into.")] = Path("reports"),
    store: Annotated[str | None, typer.Option(metavar="PATH-OR-URL", help="The ledger.")] = None,
    out: Annotated[Path | None, typer.Option(help="The folder of the run, where the ledger is.")] = None,
    theatre: Annotated[str | None, typer.Option(help="The theatre, where it is not the last run's.")] = None,
    is_public: Annotated[
        bool, typer.Option("--public/--full", help="For the public, without names and exact places; or for the mission alone.")
    ] = True,
    since: Annotated[
        str | None,
        typer.Option(
            "--since", metavar="INSTANT", help="When the last report was made, UTC where no offset is given; without: as logged."
        ),
    ] = None,
    by: Annotated[str | None, typer.Option(help="Who releases it (your user name where not said).")] = None,
) -> None:
    """Write the situation report of a period: what is reported, by whom, who denies it, how well it is known.

    What changed since the last report is told as corrections. Every report is logged in the ledger's chain of decisions.

    Examples:

        trucewatch report --from 2020-10-04 --out out/

        trucewatch report --from 2020-10-03 --to 2020-10-05 --format docx --full --out out/
    """
    wanted = [name for name in dict.fromkeys(part.strip().lower() for part in formats.split(",")) if name]
    unknown = [name for name in wanted if name not in FORMATS]
    if unknown or not wanted:
        raise ConfigError(f"unknown format {', '.join(unknown) or formats!r}: there are {', '.join(FORMATS)}")
    begin = _day(first, "--from")
    end = _day(last, "--to") if last is not None else begin
    place = ledger_place(store, out)
    profile = "public" if is_public else "full"
    with open_ledger(store, out) as ledger_store:
        knowledge = theatre_of(ledger_store, theatre)
        before_at = _instant(since) if since is not None else last_report(place)
        with reading(ledger_store) as reader:
            part = part_of(reader, knowledge, begin, end, since=before_at)
        made = make_report(
            part.ledger,
            knowledge,
            begin,
            end,
            totals=part.totals,
            before=part.before,
            before_at=before_at,
            issued_at=datetime.now(UTC),
            is_public=is_public,
            key=fuzz_key(place) if is_public and knowledge.zones else b"",
        )
        name = f"situation-{begin}" + (f"--{end}" if end != begin else "") + ("" if is_public else "-full")

        rendered: dict[str, bytes] = {}
        for format in wanted:
            content, fault = attempt(partial(render, made, format))
            if content is not None:
                rendered[format] = content
            else:
                complain(f"the {format} could not be made: {fault}. Please report it; the ledger is untouched")
        if not rendered:
            raise typer.Exit(NOTHING_DONE)

        def log() -> None:
            what = f"report {begin}/{end} {','.join(rendered)}"
            log_release(ledger_store, place, what, profile, str(folder), by or getpass.getuser())

        with staged(folder, log) as (aside, placed):
            for format, content in rendered.items():
                (aside / f"{name}.{format}").write_bytes(content)
    for path in placed:
        typer.echo(str(path))
    if not is_public:
        remark("full version, for the mission alone: it may name people and places")
    if len(rendered) < len(wanted):
        raise typer.Exit(INCOMPLETE)


def _day(text: str, option: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as err:
        raise ConfigError(f"{option} {text!r} is no day: expected YYYY-MM-DD") from err


def _instant(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError as err:
        raise ConfigError(f"--since {text!r} is no instant: expected YYYY-MM-DD or YYYY-MM-DDTHH:MM") from err
    return at if at.tzinfo is not None else at.replace(tzinfo=UTC)
