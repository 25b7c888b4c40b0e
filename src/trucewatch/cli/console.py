"""How commands speak: results on standard output, everything else on standard error, colours only in a terminal."""

from __future__ import annotations

import os
import sys

from rich.console import Console
from rich.text import Text

PLAIN_WIDTH = 130


def make_console(*, is_error: bool = False) -> Console:
    """A console. Without a terminal: no colours, and a fixed width, so that output is the same everywhere."""
    stream = sys.stderr if is_error else sys.stdout
    if stream.isatty() and "NO_COLOR" not in os.environ:
        return Console(stderr=is_error, highlight=False)
    width = None if stream.isatty() else PLAIN_WIDTH
    return Console(stderr=is_error, highlight=False, no_color=True, width=width, force_terminal=False)


def complain(message: str) -> None:
    """Say what went wrong, on standard error."""
    console = make_console(is_error=True)
    console.print(Text.assemble(("trucewatch: ", "bold red"), message), soft_wrap=True)


def remark(message: str) -> None:
    """Say something on standard error that is no result."""
    make_console(is_error=True).print(Text(message, style="dim"), soft_wrap=True)
