"""A GeoNames dump that the user has (`allCountries.txt` or a country's `XX.txt`), as places for the gazetteer.

The file's columns are those of GeoNames' readme: geonameid, name, asciiname, alternatenames, latitude, longitude, feature class,
feature code, country code, cc2, admin1 to admin4, population, elevation, dem, timezone, modification date; tab-separated, UTF-8.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from trucewatch.errors import ParseError
from trucewatch.model.theatre import Place

COLUMNS = 19
_PRECISIONS = {"settlement": "settlement", "district": "district", "country": "country"}


def read_geonames(
    path: Path, *, countries: Collection[str] = (), box: tuple[float, float, float, float] | None = None
) -> Iterator[Place]:
    """Settlements, areas, waters, mountains and crossings of a dump, one by one, in the file's order.

    `countries` (alpha-2) and `box` (south, west, north, east, in degrees) keep only what lies in them; empty and None keep all:
    the whole world is 12 million lines, so give one. Raises ParseError, with the line's number, where a line is no GeoNames row.
    """
    wanted = {code.upper() for code in countries}
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            cells = line.rstrip("\n").split("\t")
            if len(cells) != COLUMNS:
                raise ParseError(f"{path}:{number}: {len(cells)} columns, expected {COLUMNS} of a GeoNames dump, tab-separated")
            if wanted and cells[8] not in wanted:
                continue
            kind = _kind(cells[6], cells[7])
            if kind is None:
                continue
            try:
                lat, lon, population = float(cells[4]), float(cells[5]), int(cells[14] or 0)
            except ValueError as err:
                raise ParseError(f"{path}:{number}: {err}; expected latitude, longitude and population as numbers") from err
            if box is not None and not (box[0] <= lat <= box[2] and box[1] <= lon <= box[3]):
                continue
            names = dict.fromkeys(
                [cells[1], *([cells[2]] if cells[2] else []), *(name for name in cells[3].split(",") if len(name) > 2)]
            )
            yield Place(
                id=f"geonames-{cells[0]}",
                kind=kind,
                names=tuple(names),
                lat=lat,
                lon=lon,
                country=cells[8] or None,
                precision=_PRECISIONS.get(kind, "region"),
                population=population or None,
                credit="GeoNames, CC BY 4.0",
            )


def _kind(feature_class: str, code: str) -> str | None:
    if feature_class == "P":
        return "settlement"
    if feature_class == "A":
        if code.startswith("PCL"):
            return "country"
        return {"ADM1": "region", "ADM2": "district", "ADM3": "district"}.get(code)
    if feature_class == "T":
        return "mountain"
    if feature_class == "H" and code in {"LK", "SEA", "RSV", "GULF", "BAY", "OCN"}:
        return "sea"
    if feature_class == "L" and code == "RGN":
        return "region"
    if feature_class == "S" and code in {"AIRP", "AIRB", "INSM", "DAM", "CMP", "CMPRF", "CTRB", "PSTB"}:
        return "site"
    if feature_class == "R" and code == "PASS":
        return "site"
    return None
