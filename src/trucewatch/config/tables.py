"""TOML tables that know their lines: values are taken out by kind, and every mistake becomes a Finding with file and line.

tomllib gives no line numbers and stops at a date that does not exist, so headers and keys are found by a scan of the lines,
and bare dates that no calendar has are read as text and refused where they are used.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from trucewatch.config.findings import Finding

_HEADER = re.compile(r"^\s*(\[\[?)\s*([A-Za-z0-9_.\-]+)\s*\]\]?")
_KEY = re.compile(r"^\s*([A-Za-z0-9_\-]+)\s*=")
_BARE_DATE = re.compile(
    r"(?<![\w\"'.+\-:])(\d{4}-\d{1,2}-\d{1,2}(?:[T ]\d{1,2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:\d{2})?)?)(?=\s*(?:[,}\]#]|$))"
)
_SYNTAX_LINE = re.compile(r"\(at line (\d+)")


class TomlFile:
    """A TOML file: its values (`root`) and the line of each of its tables and keys."""

    def __init__(self, path: Path, shown: str, findings: list[Finding]) -> None:
        self.path, self.shown, self.findings = path, shown, findings
        self.root: dict[str, Any] = {}
        self._lines: list[str] = []
        self._headers: dict[tuple[str | int, ...], int] = {}
        self._keys: dict[tuple[tuple[str | int, ...], str], int] = {}
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as err:
            self.report(None, f"the file cannot be read: {err}", "a readable TOML file in UTF-8")
            return
        self._lines = text.split("\n")
        self._scan()
        try:
            self.root = tomllib.loads("\n".join(_BARE_DATE.sub(_quote_impossible, line) for line in self._lines))
        except tomllib.TOMLDecodeError as err:
            found = _SYNTAX_LINE.search(str(err))
            self.report(int(found[1]) if found else None, f"this is not TOML: {err}", "TOML 1.0")
        except RecursionError:
            self.report(None, "this is nested too deeply", "a theatre's tables")

    def report(self, line: int | None, message: str, expected: str, value: object = None) -> None:
        """Add a finding of this file."""
        seen = None if value is None else str(value)
        self.findings.append(Finding(path=self.shown, line=line, message=message, expected=expected, value=seen))

    def table(self) -> Table:
        """The file's root table."""
        return Table(self, self.root, ())

    def line(self, path: tuple[str | int, ...], key: str | None = None, value: object = None) -> int | None:
        """Line of a table, of a key in it, or of a value written after that key; None where it does not stand in the text."""
        start = self._keys.get((path, key)) if key is not None else self._headers.get(path)
        if start is None:
            return self.line(path[:-1], str(path[-1])) or self.line(path[:-1]) if path else None
        if isinstance(value, str) and value:
            for number in range(start, len(self._lines) + 1):
                line = self._lines[number - 1]
                if value in line:
                    return number
                if number > start and (_HEADER.match(line) or _KEY.match(line)):
                    break
        return start

    def _scan(self) -> None:
        here: tuple[str | int, ...] = ()
        counts: dict[tuple[str | int, ...], int] = {}
        fence: str | None = None
        for number, line in enumerate(self._lines, start=1):
            if fence is None:
                header = _HEADER.match(line)
                key = _KEY.match(line)
                if header:
                    here = self._enter(header[2].split("."), header[1] == "[[", counts)
                    self._headers.setdefault(here, number)
                elif key:
                    self._keys.setdefault((here, key[1]), number)
            for mark in re.findall(r'"""|\'\'\'', line):
                fence = mark if fence is None else (None if fence == mark else fence)

    @staticmethod
    def _enter(names: list[str], is_array: bool, counts: dict[tuple[str | int, ...], int]) -> tuple[str | int, ...]:
        path: tuple[str | int, ...] = ()
        for depth, name in enumerate(names):
            path = (*path, name)
            is_last = depth == len(names) - 1
            if is_last and is_array:
                counts[path] = counts.get(path, -1) + 1
            if path in counts:
                path = (*path, counts[path])
        return path


def _quote_impossible(found: re.Match[str]) -> str:
    text, before = found[1], found.string[: found.start()]
    if before.count('"') % 2 or before.count("'") % 2:
        return text  # words in a text, not a value
    try:
        tomllib.loads(f"on = {text}")
    except ValueError:
        return f'"{text}"'
    return text


class Table:
    """A TOML table. Its getters give a value of the kind asked or report a finding; `close` reports the keys nobody asked for."""

    def __init__(self, file: TomlFile, values: dict[str, Any], path: tuple[str | int, ...]) -> None:
        self.file, self.values, self.path = file, values, path
        self._asked: set[str] = set()

    def report(self, key: str | None, message: str, expected: str, value: object = None) -> None:
        """Add a finding at a key's line, or at the value's own line where a list goes over several."""
        self.file.report(self.file.line(self.path, key, value), message, expected, value)

    def has(self, key: str) -> bool:
        """Whether the key is written."""
        return key in self.values

    def text(self, key: str, *, is_required: bool = False) -> str | None:
        """A text; None where absent."""
        value = self._get(key, is_required, "a text")
        if value is None or (isinstance(value, str) and (value.strip() or not is_required)):
            return value
        self.report(key, f"{key} is not a text" if not isinstance(value, str) else f"{key} is empty", "a text in quotes", value)
        return None

    def texts(self, key: str, *, is_required: bool = False) -> tuple[str, ...]:
        """A list of texts; () where absent."""
        value = self._get(key, is_required, "a list of texts")
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(part, str) and part.strip() for part in value):
            self.report(key, f"{key} is not a list of texts", 'a list of texts like ["Baku", "Bakı"]', value)
            return ()
        if is_required and not value:
            self.report(key, f"{key} is empty", "at least one text")
        return tuple(value)

    def flag(self, key: str, default: bool = False) -> bool:
        """true or false."""
        value = self._get(key, False, "true or false")
        if value is None:
            return default
        if not isinstance(value, bool):
            self.report(key, f"{key} is neither true nor false", "true or false", value)
            return default
        return value

    def whole(self, key: str, lowest: int = 0) -> int | None:
        """A whole number, not below the lowest; None where absent."""
        value = self._get(key, False, "a whole number")
        if value is None or (isinstance(value, int) and not isinstance(value, bool) and value >= lowest):
            return value
        self.report(key, f"{key} is not a whole number from {lowest} up", f"a number like {lowest + 30}", value)
        return None

    def day(self, key: str, *, is_required: bool = False) -> date | None:
        """A day; None where absent."""
        value = self._get(key, is_required, "a day")
        if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
            return value
        self.report(key, f"{key} is not a day of the calendar", "a day like 2020-10-10", value)
        return None

    def instant(self, key: str) -> datetime | None:
        """An instant in UTC; None where absent. One without its zone is refused: local time alone is ambiguous."""
        value = self._get(key, False, "an instant")
        if value is None:
            return None
        if isinstance(value, datetime) and value.tzinfo is not None:
            return value.astimezone(UTC)
        self.report(key, f"{key} is not an instant with its zone", "an instant like 2020-10-10T12:00:00+04:00", value)
        return None

    def tables(self, key: str) -> Iterator[Table]:
        """The tables of an array of tables."""
        value = self._get(key, False, "tables")
        if value is None:
            return
        if not isinstance(value, list) or not all(isinstance(part, dict) for part in value):
            self.report(key, f"{key} is not a list of tables", f"[[{key}]] or a list of {{...}}")
            return
        for number, part in enumerate(value):
            yield Table(self.file, part, (*self.path, key, number))

    def child(self, key: str) -> Table | None:
        """A table inside this one; None where absent."""
        value = self._get(key, False, "a table")
        if value is None:
            return None
        if not isinstance(value, dict):
            self.report(key, f"{key} is not a table", f"[{key}] or {{...}}", value)
            return None
        return Table(self.file, value, (*self.path, key))

    def close(self) -> None:
        """Report every key that nobody asked for."""
        for key in self.values:
            if key not in self._asked:
                self.report(key, f"unknown key {key}", f"one of {', '.join(sorted(self._asked))}")

    def _get(self, key: str, is_required: bool, expected: str) -> Any:
        self._asked.add(key)
        value = self.values.get(key)
        if value is None and is_required:
            self.report(None, f"{key} is missing", expected)
        return value
