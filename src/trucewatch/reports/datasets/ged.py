"""Rows in UCDP GED's shape: incidents with at least one death in any estimate, between two sides that are named; no UCDP ids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from trucewatch.model.records import ClaimPlace, Incident, When
from trucewatch.model.theatre import Theatre
from trucewatch.reports.datasets.foreign import (
    Deaths,
    Shapes,
    country,
    deaths_of,
    doers,
    hits_civilians,
    is_told,
    number_of,
    targets,
)
from trucewatch.reports.datasets.schema import Row
from trucewatch.reports.views import View
from trucewatch.store.slices import Slices

WHERE = {"exact": 1, "settlement": 1, "district": 3, "region": 4, "country": 6}
VAGUE_WHERE = 5
REASONS = {
    "untold": "nobody reports it as having happened",
    "no-death": "no death in any estimate: no event for UCDP",
    "no-actor": "the side that did it is not named",
    "no-dyad": "the side that was hit is not told",
    "no-year": "its days are not known to a year",
    "no-country": "the country of its place is not known",
}


def ged_rows(slices: Slices, theatre: Theatre) -> Iterator[tuple[str, Row]]:
    """Rows of `ged_shaped` and of `excluded`."""
    shapes = Shapes(theatre)
    for part in slices.incidents():
        view = View(part)
        for incident in part.incidents:
            row = _row(incident, view, shapes)
            if isinstance(row, str):
                yield "excluded", {"record_id": incident.id, "reason": REASONS[row]}
            else:
                yield "ged_shaped", row


def date_precision(when: When) -> tuple[int, date, date] | None:
    """UCDP's precision of days with the first and the last; None where not even the year is known."""
    first, last = when.earliest or when.latest, when.latest or when.earliest
    if first is None or last is None:
        return None
    length = (last - first).days + 1
    if length > 366:
        return None
    precision = 1 if length == 1 else 2 if length <= 6 else 3 if length <= 8 else 4 if length <= 31 else 5
    return precision, first, last


def priogrid(lat: float, lon: float) -> int:
    """Number of the half-degree cell: rows from the south pole, columns from the date line, from 1."""
    row, column = int((lat + 90) / 0.5) + 1, int((lon + 180) / 0.5) + 1
    return (row - 1) * 720 + column


def _row(incident: Incident, view: View, shapes: Shapes) -> Row | str:
    if not is_told(incident):
        return "untold"
    deaths = deaths_of(view.tolls_of(incident.id), view.claims)
    if max(deaths.total, deaths.low, deaths.high) < 1:
        return "no-death"
    sides = _sides(incident, deaths, shapes)
    if isinstance(sides, str):
        return sides
    violence, side_a, side_b = sides
    dated = date_precision(incident.when)
    if dated is None:
        return "no-year"
    place = next((p for p in incident.places if p.role == "target"), None) or next(iter(incident.places), None)
    land = shapes.country_of(place) if place is not None else None
    if land is None:
        land = next((code for code in (side_b, side_a) if country(code).gwno is not None), None)
    if land is None:
        return "no-country"
    return _filled(incident, view, shapes, deaths, violence, side_a, side_b, dated, place, land)


def _sides(incident: Incident, deaths: Deaths, shapes: Shapes) -> tuple[int, str, str] | str:
    """Type of violence and the two sides: a government first in state-based violence, the killer in one-sided."""
    named = doers(incident)
    if not named:
        return "no-actor"
    if hits_civilians(incident) and not any(deaths.combatants.values()):
        return 3, named[0], "CVL"
    victims = [side for side in (*targets(incident), *deaths.civilians) if side and side != named[0]]
    if not victims:
        return "no-dyad"
    other = victims[0]
    governments = [code for code in (other, named[0]) if shapes.kind(code) == "state"]
    if not governments:
        first, second = sorted((named[0], other))
        return 2, first, second
    side_a = governments[0] if len(governments) == 1 else min(governments)
    return 1, side_a, other if side_a == named[0] else named[0]


def _filled(
    incident: Incident,
    view: View,
    shapes: Shapes,
    deaths: Deaths,
    violence: int,
    side_a: str,
    side_b: str,
    dated: tuple[int, date, date],
    place: ClaimPlace | None,
    land: str,
) -> Row:
    precision, first, last = dated
    names = {code: "Civilians" if code == "CVL" else _side(code, shapes) for code in (side_a, side_b)}
    is_located = place is not None and place.lat is not None and place.lon is not None
    where = WHERE.get(place.precision or "", VAGUE_WHERE) if place is not None and is_located else VAGUE_WHERE
    claims = [view.claims[i] for i in incident.claim_ids if i in view.claims]
    documents = list({c.document_id: view.documents[c.document_id] for c in claims}.values())
    voices = [c.claimant.name or c.claimant.text or c.claimant.party for c in claims if c.claimant is not None]
    region, district = shapes.areas(place) if place is not None else (None, None)
    dyad = f"{names[side_a]} - {names[side_b]}"
    dead_a = deaths.combatants.get(side_a, 0)
    dead_b = deaths.combatants.get(side_b, 0) if side_b != "CVL" else 0
    civilians = sum(deaths.civilians.values())
    unknown = deaths.total - dead_a - dead_b - civilians
    lat = round(place.lat, 6) if place is not None and place.lat is not None else None
    lon = round(place.lon, 6) if place is not None and place.lon is not None else None
    codes = country(land)
    return {
        "id": number_of(incident.id),
        "relid": f"TRW-{first.year}-{violence}-{number_of(side_a, side_b)}-{number_of(incident.id)}",
        "year": first.year,
        "active_year": None,
        "code_status": "Check: made by trucewatch",
        "type_of_violence": violence,
        "conflict_dset_id": f"trw-{shapes.theatre.name}",
        "conflict_new_id": None,
        "conflict_name": shapes.theatre.title,
        "dyad_dset_id": f"trw-{side_a}-{side_b}",
        "dyad_new_id": None,
        "dyad_name": dyad,
        "side_a_dset_id": f"trw-{side_a}",
        "side_a_new_id": None,
        "side_a": names[side_a],
        "side_b_dset_id": f"trw-{side_b}",
        "side_b_new_id": None,
        "side_b": names[side_b],
        "number_of_sources": incident.families,
        "source_article": "; ".join(document.source for document in documents) or "own observation",
        "source_office": _several(document.outlet for document in documents),
        "source_date": _several(d.published.earliest.isoformat() for d in documents if d.published.earliest is not None),
        "source_headline": _several(document.title for document in documents),
        "source_original": _several(voices),
        "where_prec": where,
        "where_coordinates": (place.name or place.text) if place is not None else None,
        "where_description": _several(p.name or p.text for p in incident.places),
        "adm_1": region.names[0] if region is not None else None,
        "adm_2": district.names[0] if district is not None else None,
        "latitude": lat,
        "longitude": lon,
        "geom_wkt": f"POINT({lon} {lat})" if lat is not None else None,
        "priogrid_gid": priogrid(lat, lon) if lat is not None and lon is not None else None,
        "country": shapes.name(land),
        "country_id": codes.gwno,
        "region": codes.ged_region,
        "event_clarity": 1 if precision <= 3 else 2,
        "date_prec": precision,
        "date_start": first,
        "date_end": last,
        "deaths_a": dead_a,
        "deaths_b": dead_b,
        "deaths_civilians": civilians,
        "deaths_unknown": unknown,
        "best": deaths.total,
        "high": max(deaths.high, deaths.total),
        "low": min(deaths.low, deaths.total),
        "gwnoa": _gwno(side_a, shapes),
        "gwnob": _gwno(side_b, shapes),
        "incident_id": incident.id,
    }


def _side(code: str, shapes: Shapes) -> str:
    name = shapes.name(code)
    return f"Government of {name}" if shapes.kind(code) == "state" else name[:1].upper() + name[1:]


def _gwno(code: str, shapes: Shapes) -> str | None:
    number = country(code).gwno if shapes.kind(code) == "state" else None
    return str(number) if number is not None else None


def _several(texts: Iterable[str | None]) -> str | None:
    return ";".join(dict.fromkeys(text for text in texts if text)) or None
