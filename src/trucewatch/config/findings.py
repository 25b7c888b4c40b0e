"""A mistake in a configuration file: where it stands, what was seen, what was expected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from trucewatch.errors import ConfigError


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One mistake. `line` counts from 1; None where the file as a whole is meant."""

    path: str
    line: int | None
    message: str
    expected: str
    value: str | None = None

    def __str__(self) -> str:
        place = self.path if self.line is None else f"{self.path}:{self.line}"
        seen = "" if self.value is None else f", seen {self.value!r}"
        return f"{place}: {self.message}{seen}; expected {self.expected}"


def refuse(findings: Sequence[Finding], what: str) -> None:
    """Raise ConfigError with every finding, one a line; nothing where there is none."""
    if findings:
        listing = "\n".join(f"  {finding}" for finding in findings)
        mistakes = "1 mistake" if len(findings) == 1 else f"{len(findings)} mistakes"
        raise ConfigError(f"{what} has {mistakes}:\n{listing}")
