"""`trucewatch export`: data sets from a ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from trucewatch.cli.places import open_ledger, theatre_of
from trucewatch.errors import ConfigError
from trucewatch.hookspecs import hookimpl
from trucewatch.model.records import Ledger
from trucewatch.model.theatre import Theatre
from trucewatch.plugins import make_plugins
from trucewatch.reports.exports import write_jsonl


class ShippedExports:
    """The data sets that trucewatch itself knows."""

    @hookimpl
    def trucewatch_exports(self) -> Mapping[str, Any]:
        """The contract's JSON Lines."""

        def jsonl(ledger: Ledger, folder: Path, theatre: Theatre) -> Sequence[Path]:
            return write_jsonl(ledger, folder)

        return {"jsonl": jsonl}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(export)


def export(
    kind: Annotated[str, typer.Option("--format", help="What to write: jsonl, or what a plugin offers.")] = "jsonl",
    to: Annotated[Path, typer.Option(help="Folder to write into.")] = Path("export"),
    store: Annotated[str | None, typer.Option(metavar="PATH-OR-URL", help="The ledger.")] = None,
    out: Annotated[Path | None, typer.Option(help="The folder of the run, where the ledger is.")] = None,
    theatre: Annotated[str | None, typer.Option(help="The theatre, where it is not the last run's.")] = None,
) -> None:
    """Write data sets from a ledger.

    Example:

        trucewatch export --format jsonl --out out/ --to export/
    """
    plugins = make_plugins()
    plugins.register(ShippedExports())
    known: dict[str, Any] = {}
    for offered in reversed(plugins.hook.trucewatch_exports()):
        known.update(offered)
    if kind not in known:
        raise ConfigError(f"unknown format {kind!r}: there are {', '.join(sorted(known))}")
    with open_ledger(store, out) as ledger_store:
        for path in known[kind](ledger_store.view(), to, theatre_of(ledger_store, theatre)):
            typer.echo(str(path))
