"""`trucewatch check`: every mistake in a theatre or in trucewatch.toml at once, and whether the plan can run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from trucewatch.cli.console import complain
from trucewatch.config import check_theatre, list_theatres, load_settings
from trucewatch.pipeline import make_plan
from trucewatch.plugins import make_plugins


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(check)


def check(
    target: Annotated[
        str | None, typer.Argument(metavar="[THEATRE|trucewatch.toml]", help="A theatre's name or folder, or a file of settings.")
    ] = None,
) -> None:
    """Check a theatre or the settings, and report every mistake at once with file, line and what was expected.

    Without an argument: trucewatch.toml of this folder, the theatre that it names (else every shipped one), and the plan.

    Examples:

        trucewatch check my-theatre/

        trucewatch check trucewatch.toml

    Exit status: 0 nothing wrong, 2 mistakes, listed on standard error.
    """
    is_settings = target is not None and Path(target).suffix == ".toml" and Path(target).name != "theatre.toml"
    settings = load_settings(target if is_settings else None)
    if target is not None and not is_settings:
        # the file itself may be named as well as its folder
        theatres: tuple[str, ...] = (str(Path(target).parent) if Path(target).name == "theatre.toml" else target,)
    else:
        theatres = (settings.theatre,) if settings.theatre else list_theatres()
    mistakes = [str(finding) for theatre in theatres for finding in check_theatre(theatre)]
    for mistake in mistakes:
        complain(mistake)
    if mistakes:
        complain(f"{len(mistakes)} mistake{'s' if len(mistakes) > 1 else ''} in {', '.join(theatres)}")
        raise typer.Exit(2)
    stages = make_plan(make_plugins())
    typer.echo(f"theatres without a mistake: {', '.join(theatres)}")
    typer.echo(f"the plan can run: {', '.join(stage.name for stage in stages)}")
