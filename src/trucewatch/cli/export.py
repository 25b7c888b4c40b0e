"""`trucewatch export`: data sets from a ledger."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from trucewatch.cli.console import remark
from trucewatch.cli.places import ledger_place, open_ledger, theatre_of
from trucewatch.errors import ConfigError
from trucewatch.plugins import make_plugins
from trucewatch.reports.datasets.export import KINDS, Release, export
from trucewatch.reports.datasets.rows import PublicSlices
from trucewatch.reports.public import Publisher
from trucewatch.reports.release import fuzz_key, log_release, staged
from trucewatch.store import Store
from trucewatch.store.slices import open_slices


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("export")(export_command)


def export_command(
    kind: Annotated[str, typer.Option("--format", help=f"What to write: {', '.join(KINDS)}, or what a plugin offers.")] = "jsonl",
    to: Annotated[Path, typer.Option(help="Folder to write into.")] = Path("export"),
    store: Annotated[str | None, typer.Option(metavar="PATH-OR-URL", help="The ledger.")] = None,
    out: Annotated[Path | None, typer.Option(help="The folder of the run, where the ledger is.")] = None,
    theatre: Annotated[str | None, typer.Option(help="The theatre, where it is not the last run's.")] = None,
    is_public: Annotated[
        bool, typer.Option("--public/--full", help="For the public, without names and exact places; or for the mission alone.")
    ] = True,
    by: Annotated[str | None, typer.Option(help="Who releases it (your user name where not said).")] = None,
) -> None:
    """Write a data set from a ledger, with its dictionary and licence as a Frictionless data package.

    Public is the default: nobody but officials is named, places are coarse, texts stay out. Every release is logged in the
    ledger's chain of decisions. `acled`, `ucdp-ged` and `plover` give rows in these data sets' shapes, by their rules.

    Examples:

        trucewatch export --format csv --out out/ --to export/csv

        trucewatch export --format gpkg --full --out out/ --to internal/
    """
    plugins = make_plugins()
    brought: dict[str, Any] = {}
    for offered in reversed(plugins.hook.trucewatch_exports()):
        brought.update(offered)
    if kind not in KINDS and kind not in brought:
        raise ConfigError(f"unknown format {kind!r}: there are {', '.join((*KINDS, *sorted(brought)))}")
    place, profile = ledger_place(store, out), "public" if is_public else "full"
    with open_ledger(store, out) as ledger_store:
        knowledge = theatre_of(ledger_store, theatre)
        at = datetime.now(UTC)
        key = fuzz_key(place) if is_public and knowledge.zones else b""

        def log() -> None:
            log_release(ledger_store, place, f"export {kind}", profile, str(to), by or getpass.getuser())

        def publisher(outlets: tuple[str, ...]) -> Publisher:
            return Publisher(knowledge, outlets=outlets, key=key, released_on=at.date())

        if kind in brought:
            paths = _by_plugin(brought[kind], ledger_store, to, knowledge, publisher if is_public else None, log)
        else:
            with open_slices(ledger_store) as slices:
                chosen = PublicSlices(slices, publisher(slices.outlets)) if is_public else slices
                paths = export(kind, Release(slices=chosen, theatre=knowledge, profile=profile, released_at=at), to, log)
    for path in paths:
        typer.echo(str(path))
    if not is_public:
        remark("full release, for the mission alone: it may name people and places")


def _by_plugin(write: Any, store: Store, to: Path, theatre: Any, publisher: Any, log: Any) -> tuple[Path, ...]:
    ledger = store.view()
    if publisher is not None:
        one = publisher(tuple(sorted({document.outlet for document in ledger.documents if document.outlet})))
        ledger = one.ledger(ledger)
        one.check(ledger)
    with staged(to, log) as (aside, placed):
        write(ledger, aside, theatre)
    return tuple(placed)
