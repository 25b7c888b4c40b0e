"""Settings and theatres: loaded, checked, and a skeleton for a new one. What is wrong is reported all at once, with its line."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

from trucewatch.config.findings import Finding, refuse
from trucewatch.config.settings import Settings, load_settings
from trucewatch.config.skeleton import write_skeleton
from trucewatch.config.theatre import TheatreReader
from trucewatch.errors import ConfigError
from trucewatch.model.theatre import Theatre

__all__ = [
    "Finding",
    "Settings",
    "check_theatre",
    "list_theatres",
    "load_settings",
    "load_theatre",
    "write_skeleton",
]
WORLD = "world"


def list_theatres() -> tuple[str, ...]:
    """Names of the shipped theatres, without the world that all of them extend."""
    folders = _shipped().iterdir()
    return tuple(sorted(folder.name for folder in folders if (folder / "theatre.toml").exists() and folder.name != WORLD))


def load_theatre(name_or_path: str | None = None) -> Theatre:
    """A theatre by its name or its folder, joined with the world's; None: the world alone (states, offices, agencies).

    Raises ConfigError where there is no such theatre, or with every mistake in it.
    """
    if name_or_path is None or name_or_path == WORLD:
        return _load_shipped(WORLD)
    if name_or_path in list_theatres():
        return _load_shipped(name_or_path)
    folder = Path(name_or_path)
    if not _is_theatre(folder):
        raise ConfigError(
            f"unknown theatre {name_or_path!r}: shipped are {', '.join(list_theatres())}; "
            "a folder of your own needs a theatre.toml (`trucewatch theatre new NAME` writes one)"
        )
    return _load(folder, name_or_path.rstrip("/"))


def check_theatre(path: str | Path) -> tuple[Finding, ...]:
    """Every mistake in a theatre, by its folder or its shipped name; () where there is none.

    Raises ConfigError where there is no theatre to check.
    """
    folder = _shipped() / str(path) if str(path) in (*list_theatres(), WORLD) else Path(path)
    if not _is_theatre(folder):
        raise ConfigError(
            f"no theatre to check at {path}: name a folder with a theatre.toml, or one of {', '.join(list_theatres())}"
        )
    reader = TheatreReader(folder, None if str(path) == WORLD else _load_shipped(WORLD), str(path).rstrip("/"))
    reader.read()
    return tuple(sorted(reader.findings, key=lambda finding: (finding.path, finding.line or 0)))


def _is_theatre(folder: Path) -> bool:
    try:
        return (folder / "theatre.toml").is_file()
    except OSError as err:
        raise ConfigError(f"the theatre's folder {str(folder)[:200]!r} cannot be read: {err.strerror}") from err


def _shipped() -> Path:
    return Path(str(files("trucewatch"))) / "theatres"


@cache
def _load_shipped(name: str) -> Theatre:
    return _load(_shipped() / name, name)


def _load(folder: Path, shown: str) -> Theatre:
    reader = TheatreReader(folder, None if shown == WORLD else _load_shipped(WORLD), shown)
    theatre = reader.read()
    refuse(sorted(reader.findings, key=lambda finding: (finding.path, finding.line or 0)), f"the theatre in {folder}")
    return theatre
