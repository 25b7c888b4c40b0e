"""The CSV tables of a theatre: places.csv and the world's states.csv. Lists inside a field are parted by "|"."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from trucewatch.config.findings import Finding
from trucewatch.model.records import PLACE_PRECISIONS
from trucewatch.model.theatre import Holding, Party, Place

PLACE_KINDS = ("settlement", "district", "region", "country", "corridor", "line", "sea", "mountain", "site")
PLACE_COLUMNS = (
    "id",
    "kind",
    "names",
    "lat",
    "lon",
    "parents",
    "country",
    "precision",
    "holdings",
    "meanings",
    "population",
    "credit",
)
PARTY_COLUMNS = ("code", "names", "demonyms", "metonyms")
_HOLDING = re.compile(r"^([A-Z]{3})@([^.\s]*)\.\.([^\s(]*)(?:\s*\((.*)\))?$")


class _Rows:
    """A CSV file's rows as dictionaries, with the line of the row at hand."""

    def __init__(self, path: Path, shown: str, columns: tuple[str, ...], findings: list[Finding]) -> None:
        self.path, self.shown, self.columns, self.findings = path, shown, columns, findings
        self.line: int | None = None

    def report(self, message: str, expected: str, value: object = None) -> None:
        seen = None if value is None else str(value)
        self.findings.append(Finding(path=self.shown, line=self.line, message=message, expected=expected, value=seen))

    def __iter__(self) -> Iterator[dict[str, str]]:
        try:
            text = self.path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as err:
            self.report(f"the file cannot be read: {err}", "a readable CSV file in UTF-8")
            return
        reader = csv.reader(text.splitlines())
        header = next(reader, [])
        self.line = 1
        for name in header:
            if name not in self.columns:
                self.report("unknown column", f"one of {', '.join(self.columns)}", name)
        for name in self.columns[: 3 if "kind" in self.columns else 2]:
            if name not in header:
                self.report("a column is missing", name)
                return
        for cells in reader:
            self.line = reader.line_num
            if not any(cell.strip() for cell in cells) or cells[0].startswith("#"):
                continue
            if len(cells) > len(header):
                self.report("a row with more fields than the header", f"{len(header)} fields", len(cells))
            yield dict.fromkeys(self.columns, "") | {n: c.strip() for n, c in zip(header, cells, strict=False)}


def read_parties(path: Path, shown: str, findings: list[Finding]) -> tuple[Party, ...]:
    """Parties of a CSV file with columns code, names, demonyms, metonyms."""
    rows, parties = _Rows(path, shown, PARTY_COLUMNS, findings), {}
    for row in rows:
        if row["code"] in parties:
            rows.report("this code stands here twice", "one row a code", row["code"])
        parties[row["code"]] = Party(
            code=row["code"],
            names=_parts(row["names"]),
            demonyms=_parts(row["demonyms"]),
            metonyms=_parts(row["metonyms"]),
        )
    return tuple(parties.values())


def read_places(path: Path, shown: str, findings: list[Finding], codes: Iterable[str]) -> tuple[Place, ...]:
    """Places of a places.csv. `holdings` are "PARTY@since..until (support)", `until` the first day no more held."""
    rows, places, known = _Rows(path, shown, PLACE_COLUMNS, findings), {}, set(codes)
    lines: dict[str, int | None] = {}
    for row in rows:
        place_id = row["id"]
        if not place_id or not _parts(row["names"]):
            rows.report("a place without an id or a name", "both")
            continue
        if place_id in places:
            rows.report("this place's id stands here twice", "one row an id", place_id)
            continue
        lat, lon = _degrees(rows, row["lat"], "lat", 90), _degrees(rows, row["lon"], "lon", 180)
        if (lat is None) != (lon is None) or (lat == 0 and lon == 0):
            rows.report("half a position", "lat and lon, or both empty", f"{row['lat']},{row['lon']}")
            lat = lon = None
        if row["country"] and row["country"] not in known:
            rows.report("unknown country", "an ISO 3166 alpha-3 code or the theatre's own party", row["country"])
        places[place_id] = Place(
            id=place_id,
            kind=_choice(rows, "kind", row["kind"] or "settlement", PLACE_KINDS),
            names=_parts(row["names"]),
            lat=lat,
            lon=lon,
            parents=_parts(row["parents"]),
            country=row["country"] or None,
            precision=_choice(rows, "precision", row["precision"] or "settlement", PLACE_PRECISIONS),
            holdings=tuple(_holdings(rows, row["holdings"], known)),
            meanings=_parts(row["meanings"]),
            population=_count(rows, row["population"]),
            credit=row["credit"] or None,
        )
        lines[place_id] = rows.line
    for place in places.values():
        rows.line = lines[place.id]
        for parent in place.parents:
            if parent not in places:
                rows.report("unknown parent", "the id of another row", parent)
    return tuple(places.values())


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def _choice(rows: _Rows, column: str, value: str, choices: tuple[str, ...]) -> str:
    if value not in choices:
        rows.report(f"unknown {column}", f"one of {', '.join(choices)}", value)
        return choices[0]
    return value


def _degrees(rows: _Rows, cell: str, column: str, limit: float) -> float | None:
    if not cell:
        return None
    try:
        value = float(cell)
    except ValueError:
        value = limit + 1
    if abs(value) <= limit:
        return value
    rows.report(f"{column} is no coordinate", f"decimal degrees between -{limit} and {limit}, or empty", cell)
    return None


def _count(rows: _Rows, cell: str) -> int | None:
    if not cell:
        return None
    if cell.isdigit():
        return int(cell)
    rows.report("population is no number", "a whole number, or empty", cell)
    return None


def _holdings(rows: _Rows, cell: str, codes: set[str]) -> Iterator[Holding]:
    for part in _parts(cell):
        found = _HOLDING.match(part)
        if not found:
            rows.report("a holding that cannot be read", "PARTY@since..until (support), days as 2020-11-20 or empty", part)
            continue
        if found[1] not in codes:
            rows.report("unknown party in a holding", "a party's code", found[1])
        since, until = _day(rows, found[2]), _day(rows, found[3])
        if since and until and until <= since:
            rows.report("a holding that ends before it begins", f"a day after {since}", until)
        yield Holding(party=found[1], since=since, until=until, support=found[4])


def _day(rows: _Rows, cell: str) -> date | None:
    if not cell:
        return None
    try:
        return date.fromisoformat(cell)
    except ValueError:
        rows.report("not a day of the calendar", "a day like 2020-11-20, or empty", cell)
        return None
