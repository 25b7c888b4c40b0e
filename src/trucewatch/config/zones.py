"""zones.geojson of a theatre: who controls which area, and where a clause holds, drawn as polygons.

GeoJSON has lon before lat; inside trucewatch lat comes first. Each feature's properties: `name`, `kind` (control or clause),
`code` (a party or a clause id), and where known `since` and `until` (excluded).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from trucewatch.config.findings import Finding
from trucewatch.model.theatre import Zone

KINDS = ("control", "clause")
NAME = "zones.geojson"


def read_zones(
    path: Path, shown: str, findings: list[Finding], codes: Iterable[str], clause_ids: Iterable[str]
) -> tuple[Zone, ...]:
    """The zones of a file; what is wrong with it is added to `findings`."""
    known = {"control": frozenset(codes), "clause": frozenset(clause_ids)}

    def report(message: str, expected: str, value: object) -> None:
        findings.append(Finding(path=shown, line=None, message=message, expected=expected, value=str(value)))

    try:
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
    except (OSError, ValueError, KeyError, TypeError) as err:
        report("this is no GeoJSON", "a FeatureCollection with `features`", err)
        return ()
    zones = []
    for number, feature in enumerate(features if isinstance(features, list) else [], start=1):
        properties = feature.get("properties") or {} if isinstance(feature, dict) else {}
        kind, code = properties.get("kind"), properties.get("code")
        if kind not in KINDS:
            report(f"feature {number} has an unknown kind", f"one of {', '.join(KINDS)}", kind)
            continue
        if code not in known[kind]:
            report(f"feature {number} has an unknown code", "a party" if kind == "control" else "the id of a clause", code)
            continue
        try:
            rings = tuple(_rings(feature["geometry"]))
            since, until = (_day(properties.get(key)) for key in ("since", "until"))
        except (KeyError, TypeError, ValueError) as err:
            report(f"feature {number} cannot be drawn", "a Polygon or MultiPolygon in degrees, days as YYYY-MM-DD", err)
            continue
        zones.append(Zone(name=str(properties.get("name") or code), kind=kind, code=code, rings=rings, since=since, until=until))
    return tuple(zones)


def _rings(geometry: Any) -> Iterator[tuple[tuple[float, float], ...]]:
    if geometry["type"] not in ("Polygon", "MultiPolygon"):
        raise ValueError(f"a {geometry['type']} has no area")
    for polygon in [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]:
        for ring in polygon:
            points = tuple((float(point[1]), float(point[0])) for point in ring)
            if len(points) < 4 or points[0] != points[-1]:
                raise ValueError("a ring is not closed")
            if any(not (-90 <= lat <= 90 and -180 <= lon <= 180) for lat, lon in points):
                raise ValueError("a point lies outside the world: lon comes before lat here")
            yield points


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if value else None
