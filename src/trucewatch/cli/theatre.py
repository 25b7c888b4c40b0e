"""`trucewatch theatre`: list, show, and a skeleton for a new one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from trucewatch.cli.console import make_console
from trucewatch.config import list_theatres, load_theatre, write_skeleton

theatre_app = typer.Typer(no_args_is_help=True, help="List and show theatres, or begin a new one.")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(theatre_app, name="theatre")


@theatre_app.command("list")
def list_all() -> None:
    """Name the theatres that are shipped."""
    for name in list_theatres():
        typer.echo(f"{name:<14} {load_theatre(name).title}")


@theatre_app.command()
def show(name: Annotated[str, typer.Argument(help="A shipped theatre or a folder of your own.")]) -> None:
    """Show what a theatre knows: its parties, its agreements with the days they are in force, and how much else."""
    theatre = load_theatre(name)
    console = make_console()
    console.print(f"{theatre.title} ({theatre.name}), days in {theatre.timezone}")
    console.print(f"{len(theatre.actors)} actors, {len(theatre.places)} places of its own, {len(theatre.parties)} parties")
    table = Table(box=None, padding=(0, 2, 0, 0))
    for column in ("agreement", "from", "until", "parties", "clauses"):
        table.add_column(column)
    for agreement in sorted(theatre.agreements, key=lambda agreement: (str(agreement.effective_at or ""), agreement.id)):
        table.add_row(
            agreement.title,
            agreement.effective_at.isoformat() if agreement.effective_at else "",
            agreement.ends_at.isoformat() if agreement.ends_at else "",
            " ".join(agreement.parties),
            str(len(agreement.clauses)),
        )
    console.print(table)


@theatre_app.command()
def new(
    name: Annotated[str, typer.Argument(help="Name of the theatre, such as 'my-conflict'.")],
    folder: Annotated[Path, typer.Option(help="Folder to make it in; without: this one.")] = Path(),
) -> None:
    """Write a commented skeleton for a theatre of your own.

    Example:

        trucewatch theatre new my-conflict && trucewatch check my-conflict
    """
    path = write_skeleton(name, folder)
    typer.echo(f"{path}: fill in its files, then `trucewatch check {path}`")
