"""Hook specifications: how a stage, an export, a command or a route joins trucewatch. Ours join the same way.

A plugin is an installed package with an entry point in the group `trucewatch`, naming a module with any of these functions,
each marked `@trucewatch.hookspecs.hookimpl`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pluggy

from trucewatch.model.stage import Stage

hookspec = pluggy.HookspecMarker("trucewatch")
hookimpl = pluggy.HookimplMarker("trucewatch")


@hookspec
def trucewatch_stages() -> Sequence[Stage]:
    """Stages. One named like a shipped stage takes its place; another runs as soon as what it needs has been assigned."""
    raise RuntimeError("a specification is never called")


@hookspec
def trucewatch_exports() -> Mapping[str, Any]:
    """Data sets by the name of their format: functions of (ledger, folder, theatre) that write files into the folder."""
    raise RuntimeError("a specification is never called")


@hookspec
def trucewatch_commands(app: Any) -> None:
    """Add commands to the typer application."""


@hookspec
def trucewatch_routes(app: Any) -> None:
    """Add routes to the web application."""
