"""The application: its commands gathered, its errors in one line."""

from __future__ import annotations

import os
import sys
import traceback
from types import TracebackType
from typing import Annotated

import typer

from trucewatch import __version__
from trucewatch.cli.console import complain
from trucewatch.cli.rooms import Commands
from trucewatch.errors import TrucewatchError
from trucewatch.plugins import make_plugins

NOTHING_DONE = 2

app = typer.Typer(
    name="trucewatch",
    cls=Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
    help="""An open ceasefire monitor: who says what happened, where and when, who denies it, and which clause it would breach.

Start with a folder of articles:

    trucewatch run articles/ --theatre karabakh --out out/

then open `out/report.html`, or look at one incident or claim:

    trucewatch show incident-1a2b --out out/

Without `--theatre` a run knows states, their offices and the world's places, and no agreement.
`trucewatch theatre list` names the theatres that are shipped.
""",
)


@app.callback()
def _options(
    is_verbose: Annotated[bool, typer.Option("--verbose", help="Show where an unforeseen error came up.")] = False,
) -> None:
    if is_verbose:
        os.environ["TRUCEWATCH_VERBOSE"] = "1"


@app.command()
def version() -> None:
    """Print the version."""
    typer.echo(f"trucewatch {__version__}")


def main() -> None:
    """Run the program and exit as the contract says: 0 all read, 1 some input refused, 2 nothing could be done."""
    sys.excepthook = _say_unforeseen
    make_plugins().hook.trucewatch_commands(app=app)
    try:
        typer.main.get_command(app)()
    except TrucewatchError as err:
        complain(str(err))
    except OSError as err:
        complain(f"{err.filename or 'a file'}: {err.strerror or err}")
    sys.exit(NOTHING_DONE)


def _say_unforeseen(kind: type[BaseException], err: BaseException, trace: TracebackType | None) -> None:
    if "TRUCEWATCH_VERBOSE" in os.environ:
        traceback.print_exception(kind, err, trace)
    complain(f"an unforeseen error, please report it: {kind.__name__}: {err} (`trucewatch --verbose COMMAND ...` shows where)")
    sys.stderr.flush()
    # the interpreter would exit with 1, which means that some input was refused
    os._exit(NOTHING_DONE)
