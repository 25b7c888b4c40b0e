"""Dates and outlets that a user gives beside the articles: `--published FILE.csv` with source,published,outlet."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from trucewatch.errors import ParseError
from trucewatch.sources.original import Original, make_issue
from trucewatch.text.charset import decode
from trucewatch.text.stated_dates import parse_published


@dataclass(slots=True)
class PublishedTable:
    """Rows of the user's table by source, path or file name; a bad date becomes an issue of the document it belongs to."""

    path: str = ""
    rows: dict[str, tuple[int, str, str]] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)

    def apply(self, original: Original) -> Original:
        """The original with the date and outlet of its row. What the user gives outranks what the document's container says."""
        row = next((self.rows[key] for key in _keys(original) if key in self.rows), None)
        if row is None:
            return original
        number, published, outlet = row
        self.used.add(number)
        if outlet:
            original = replace(original, outlet=outlet)
        return with_published(original, published, f"{self.path} line {number}") if published else original

    def unmatched(self) -> tuple[tuple[int, str], ...]:
        """Line number and source of the rows that belong to no document."""
        return tuple(sorted({(row[0], key) for key, row in self.rows.items() if row[0] not in self.used}))


def with_published(original: Original, value: str, where: str) -> Original:
    """The original with a date that its container or the user states, or with an issue that names what it states."""
    when = parse_published(value)
    if when is not None:
        return replace(original, published=when)
    message = f"{where}: {value!r} is no date that can be read; give YYYY-MM-DD. The document is read as undated"
    issue = make_issue("bad-date", message, original.source, level="warning", value=value)
    return replace(original, issues=(*original.issues, issue))


def _keys(original: Original) -> tuple[str, ...]:
    path = original.input_path
    number = original.source.rpartition("#")[2] if original.source.startswith(f"{path}#") else ""
    names = [original.source, path, path.removeprefix("./")]
    if number:
        names.append(f"{PurePosixPath(path).name}#{number}")
    else:
        names.append(PurePosixPath(path).name)
    return tuple(names)


def read_published(path: str) -> PublishedTable:
    """The table of a CSV file with the columns source, published and (optional) outlet.

    Raises ParseError where the file cannot be read or has not these columns: without it the run would not be what was asked.
    """
    try:
        text, _, _ = decode(Path(path).read_bytes())
    except OSError as err:
        raise ParseError(f"the table of dates {path!r} cannot be read: {err.strerror or err}") from err
    reader = csv.DictReader(text.splitlines())
    columns = [(name or "").strip().lower() for name in reader.fieldnames or ()]
    if not {"source", "published"} <= set(columns):
        raise ParseError(
            f"{path}: a table of dates needs the columns source,published,outlet; found {','.join(columns) or 'none'}"
        )
    reader.fieldnames = columns
    table = PublishedTable(path=path)
    try:
        for row in reader:
            if key := (row.get("source") or "").strip():
                values = (reader.line_num, (row.get("published") or "").strip(), (row.get("outlet") or "").strip())
                table.rows[key] = values
                table.rows.setdefault(key.removeprefix("./"), values)
    except csv.Error as err:
        raise ParseError(f"{path} line {reader.line_num}: {err}") from err
    return table
