"""The unit of docs/watch.md: systemd reads it without a complaint, and its command is one that the program takes."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
import typer.core
import typer.main

from trucewatch.cli.program import app

PAGE = Path(__file__).parents[2] / "docs" / "watch.md"
PROGRAM = "/opt/trucewatch/bin/trucewatch"


def unit() -> str:
    shown = PAGE.read_text(encoding="utf-8").partition("    [Unit]\n")
    lines = ("    [Unit]\n" + shown[2]).splitlines()
    return "\n".join(line[4:] for line in lines[: next(at for at, line in enumerate(lines) if line and line[0] != " ")]) + "\n"


def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    verify = shutil.which("systemd-analyze")
    if verify is None:
        pytest.skip("systemd-analyze is not on this machine: the unit of docs/watch.md is not verified here")
    path = tmp_path / "trucewatch.service"
    # the program itself need not be installed where systemd looks for it
    path.write_text(unit().replace(PROGRAM, str(shutil.which("true"))).replace("User=trucewatch", "User=root"))
    done = subprocess.run([verify, "verify", str(path)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    path.write_text(path.read_text().replace("RestartSec=60", "RestartSecs=60"))
    assert "RestartSecs" in subprocess.run([verify, "verify", str(path)], capture_output=True, text=True, check=False).stderr


def test_its_command_is_one_that_the_program_takes() -> None:
    line = next(line for line in unit().splitlines() if line.startswith("ExecStart="))
    program, command, *words = shlex.split(line.removeprefix("ExecStart="))
    assert (program, command) == (PROGRAM, "watch")
    group = typer.main.get_command(app)
    assert isinstance(group, typer.core.TyperGroup)
    with group.make_context("trucewatch", [command, *words], resilient_parsing=True) as context:
        chosen = group.get_command(context, command)
        assert chosen is not None
        told = chosen.make_context(command, words, parent=context).params
    assert (told["metrics_port"], told["out"]) == (9464, Path("/var/lib/trucewatch"))
