"""Commands by the module that holds them, which is imported when one of them is asked for: each start pays for one alone."""

from __future__ import annotations

import importlib
from typing import Any

import typer
from typer.core import TyperGroup

# in the order in which the help lists them
ROOMS = {
    "run": "trucewatch.cli.run",
    "watch": "trucewatch.cli.watch",
    "show": "trucewatch.cli.show",
    "explain": "trucewatch.cli.show",
    "serve": "trucewatch.cli.serve",
    "check": "trucewatch.cli.check",
    "report": "trucewatch.cli.report",
    "export": "trucewatch.cli.export",
    "doctor": "trucewatch.cli.doctor",
    "observe": "trucewatch.findings_cli",
    "diff": "trucewatch.findings_cli",
    "theatre": "trucewatch.cli.theatre",
    "decide": "trucewatch.findings_cli",
    "log": "trucewatch.findings_cli",
}


class Commands(TyperGroup):
    """The program's commands: those registered with the application (its own, plugins'), and those of ROOMS."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Names of all commands, ours first."""
        return list(dict.fromkeys(("version", *ROOMS, *self.commands)))

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """A command by its name, None where there is none."""
        if cmd_name not in self.commands and cmd_name in ROOMS:
            room = typer.Typer(rich_markup_mode=self.rich_markup_mode)
            importlib.import_module(ROOMS[cmd_name]).register(room)
            # a callback of its own keeps typer from making one command of a room that has a single one
            room.callback()(lambda: None)
            for name, command in typer.main.get_group(room).commands.items():
                # a plugin's command stands for ours of that name
                self.commands.setdefault(name, command)
        return super().get_command(ctx, cmd_name)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that arguments begin with. Raises typer's usage error, which says what else may be meant."""
        if args and args[0] not in self.commands and args[0] not in ROOMS:
            # what is suggested is looked for among those that are there
            for name in ROOMS:
                self.get_command(ctx, name)
        return super().resolve_command(ctx, args)
