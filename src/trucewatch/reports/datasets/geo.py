"""Incidents on the map as files: GeoJSON and GeoPackage, points with their uncertainty, and the same as areas; arcs of observers.

Longitude stands before latitude here, as GeoJSON and GeoPackage have it, and nowhere else.
"""

from __future__ import annotations

import json
import math
import struct
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyogrio

from trucewatch.model.records import Incident, Observation
from trucewatch.reports.coarse import KM_PER_DEG
from trucewatch.reports.datasets.rows import incident_row, plain, uncertainty_km
from trucewatch.reports.datasets.schema import Field, Row, fields_of
from trucewatch.reports.datasets.writers import BATCH, arrow_schema, arrow_table
from trucewatch.store.slices import Slices

Ring = list[tuple[float, float]]
CORNERS = 32
LAYERS = ("incidents", "incident_areas", "observations")
PLACE_FIELDS = tuple(f for f in fields_of("incident_places") if f.name not in ("incident_id", "lat", "lon"))


def circle(lat: float, lon: float, radius_km: float) -> Ring:
    """A closed ring of (lon, lat) around a point."""
    return _arc(lat, lon, 0.0, radius_km, 0.0, 360.0)


def sector(observation: Observation) -> Ring | None:
    """Where an observer saw or heard something: an arc of bearing and distance; None where the post is not known.

    A bearing is told to one of sixteen winds: it stands for 22.5 degrees. Without one, or without a distance, the whole ring.
    """
    if observation.lat is None or observation.lon is None or observation.distance_high_km is None:
        return None
    near, far = observation.distance_low_km or 0.0, observation.distance_high_km
    if observation.bearing_deg is None:
        return circle(observation.lat, observation.lon, far)
    return _arc(observation.lat, observation.lon, near, far, observation.bearing_deg - 11.25, observation.bearing_deg + 11.25)


def _arc(lat: float, lon: float, near_km: float, far_km: float, begin_deg: float, stop_deg: float) -> Ring:
    shrink = math.cos(math.radians(lat))

    def point(km: float, bearing: float) -> tuple[float, float]:
        turn = math.radians(bearing)
        return (
            round(lon + km * math.sin(turn) / KM_PER_DEG / shrink, 5),
            round(lat + km * math.cos(turn) / KM_PER_DEG, 5),
        )

    steps = [stop_deg + (begin_deg - stop_deg) * n / CORNERS for n in range(CORNERS + 1)]
    ring = [point(far_km, bearing) for bearing in steps]
    if stop_deg - begin_deg < 360:
        # the inner edge, or the post itself: counter-clockwise, as RFC 7946 asks
        ring += [point(near_km, bearing) for bearing in reversed(steps)] if near_km else [point(0.0, begin_deg)]
    ring[-1:] = [ring[-1], ring[0]] if ring[-1] != ring[0] else [ring[0]]
    return ring


def feature_rows(slices: Slices) -> Iterator[tuple[str, Row, tuple[str, Any] | None]]:
    """(layer, properties, geometry as (type, coordinates)): a feature for each place of an incident, one without for an incident
    that has none; then arcs of observers, where a release tells their posts."""
    for part in slices.incidents(with_claims=False):
        for incident in part.incidents:
            yield from _incident_features(incident)
    for part in slices.flat("observations"):
        for observation in part.observations:
            ring = sector(observation)
            if ring is not None:
                yield "observations", _observed(observation), ("Polygon", [ring])


def _incident_features(incident: Incident) -> Iterator[tuple[str, Row, tuple[str, Any] | None]]:
    row = incident_row(incident)
    places = incident.places or (None,)
    for number, place in enumerate(places, start=1):
        reach = uncertainty_km(place.precision) if place is not None and place.lat is not None else None
        properties = {
            **row,
            "number": number,
            "role": place.role if place is not None else None,
            "name": (place.name or place.text) if place is not None else None,
            "place_id": place.place_id if place is not None else None,
            "place_precision": place.precision if place is not None else None,
            "uncertainty_km": reach,
        }
        point = None
        if place is not None and place.lat is not None and place.lon is not None:
            point = ("Point", (round(place.lon, 5), round(place.lat, 5)))
            if reach is not None:
                yield "incident_areas", properties, ("Polygon", [circle(place.lat, place.lon, reach)])
        yield "incidents", properties, point


def _observed(observation: Observation) -> Row:
    return {
        "id": observation.id,
        "observed_from": observation.observed_from_at,
        "observed_to": observation.observed_to_at,
        "effect": observation.effect,
        "count_low": observation.count_low,
        "count_high": observation.count_high,
        "bearing_deg": observation.bearing_deg,
        "distance_low_km": observation.distance_low_km,
        "distance_high_km": observation.distance_high_km,
    }


def layer_fields(layer: str) -> tuple[Field, ...]:
    """Fields of a layer's features."""
    if layer == "observations":
        names = (
            "id",
            "observed_from",
            "observed_to",
            "effect",
            "count_low",
            "count_high",
            "bearing_deg",
            "distance_low_km",
            "distance_high_km",
        )
        known = {field.name: field for field in fields_of("observations")}
        return tuple(known[name] for name in names)
    renamed = {"precision": "place_precision"}
    places = tuple(
        Field(name=renamed.get(f.name, f.name), type=f.type, is_required=False, values=f.values, description=f.description)
        for f in PLACE_FIELDS
    )
    return (*fields_of("incidents"), *places)


def write_geojson(slices: Slices, folder: Path) -> None:
    """One FeatureCollection a layer, written feature by feature."""
    streams = {layer: (folder / f"{layer}.geojson").open("w", encoding="utf-8", errors="replace") for layer in LAYERS}
    counts = dict.fromkeys(LAYERS, 0)
    try:
        for layer, stream in streams.items():
            stream.write(f'{{"type": "FeatureCollection", "name": "{layer}", "features": [\n')
        for layer, properties, geometry in feature_rows(slices):
            feature = {
                "type": "Feature",
                "geometry": {"type": geometry[0], "coordinates": geometry[1]} if geometry is not None else None,
                "properties": {name: plain(value) for name, value in properties.items()},
            }
            streams[layer].write((",\n" if counts[layer] else "") + json.dumps(feature, ensure_ascii=False))
            counts[layer] += 1
        for stream in streams.values():
            stream.write("\n]}\n")
    finally:
        for stream in streams.values():
            stream.close()


def write_gpkg(slices: Slices, folder: Path) -> None:
    """One GeoPackage with a layer each."""
    path = str(folder / "incidents.gpkg")
    batches: dict[str, list[tuple[Row, bytes | None]]] = {layer: [] for layer in LAYERS}
    begun: set[str] = set()

    def flush(layer: str) -> None:
        schema = arrow_schema(layer_fields(layer)).remove_metadata()
        table = arrow_table([row for row, _ in batches[layer]], schema)
        table = table.append_column("geometry", pa.array([shape for _, shape in batches[layer]], pa.binary()))
        pyogrio.write_arrow(
            table,
            path,
            layer=layer,
            driver="GPKG",
            geometry_name="geometry",
            geometry_type="Point" if layer == "incidents" else "Polygon",
            crs="EPSG:4326",
            append=layer in begun,
        )
        begun.add(layer)
        batches[layer].clear()

    for layer, properties, geometry in feature_rows(slices):
        batches[layer].append((properties, wkb(geometry)))
        if len(batches[layer]) >= BATCH:
            flush(layer)
    for layer in LAYERS:
        if batches[layer] or layer not in begun:
            flush(layer)


def wkb(geometry: tuple[str, Any] | None) -> bytes | None:
    """A point or polygon as well-known binary."""
    if geometry is None:
        return None
    kind, coordinates = geometry
    if kind == "Point":
        return struct.pack("<BIdd", 1, 1, *coordinates)
    rings: Sequence[Ring] = coordinates
    body = struct.pack("<BII", 1, 3, len(rings))
    for ring in rings:
        body += struct.pack("<I", len(ring)) + b"".join(struct.pack("<dd", *point) for point in ring)
    return body
