"""What the map shows beside incidents: places by name, agreements over time, who is said to hold what, observers' arcs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from math import ceil
from typing import Any

from trucewatch.model.records import ControlClaim, Observation
from trucewatch.model.theatre import Theatre
from trucewatch.reports.map_places import MapPlaces
from trucewatch.reports.words import Names, force_words, local_day, observed_words, span_words
from trucewatch.text.geodesy import SPREAD_KM, distance_km
from trucewatch.text.inforce import effective_window

PUBLIC = "public"
NEAREST_KM = 30.0
# half of what an observer's "towards the east" may mean, and the step to which a distance is widened
HALF_ARC_DEG = 22.5
STEP_KM = 5.0
LABELLED = ("settlement",)


def place_labels(theatre: Theatre, places: MapPlaces) -> list[dict[str, Any]]:
    """The theatre's places with a position: the name shown, the other names it is known by, and how wide it is known to be."""
    found = []
    for place in theatre.places:
        area = places.area_of_place(place)
        if area.lat is None or area.within is not None or place.precision not in LABELLED:
            continue
        found.append(
            {
                "id": place.id,
                "name": place.names[0],
                "others": list(place.names[1:3]),
                "lat": area.lat,
                "lon": area.lon,
                "radius_km": area.radius_km,
                "kind": place.kind,
                "population": place.population,
            }
        )
    return found


def agreement_bands(theatre: Theatre) -> list[dict[str, Any]]:
    """Agreements by the days on which they were in force; `certain_from` where the taking effect is in doubt."""
    found = []
    for agreement in theatre.agreements:
        window = effective_window(agreement, theatre.timezone)
        if window is None:
            continue
        begin, certain = (local_day(instant, theatre.timezone) for instant in window)
        until = local_day(agreement.ends_at, theatre.timezone) if agreement.ends_at is not None else None
        found.append(
            {
                "id": agreement.id,
                "title": agreement.title,
                "from": begin.isoformat(),
                "certain_from": certain.isoformat(),
                "to": until.isoformat() if until is not None else None,
                "words": force_words(agreement, theatre.timezone),
                "parties": list(agreement.parties),
            }
        )
    return sorted(found, key=lambda band: (band["from"], band["title"]))


def control_rows(theatre: Theatre, controls: Iterable[ControlClaim], places: MapPlaces, names: Names) -> list[dict[str, Any]]:
    """Who is said to hold which place from which day: what the theatre's table says, and what the ledger's claims say.

    `basis` is table or claim; `to` is the first day after, None where open. A claim that is neither dated nor placed is left out.
    """
    found: list[dict[str, Any]] = []
    for place in theatre.places:
        area = places.area_of_place(place)
        if area.lat is None or area.within is not None:
            continue
        for holding in place.holdings:
            found.append(
                {
                    "place": place.names[0],
                    "lat": area.lat,
                    "lon": area.lon,
                    "radius_km": area.radius_km,
                    "party": holding.party,
                    "state": "held",
                    "from": holding.since.isoformat() if holding.since is not None else None,
                    "to": holding.until.isoformat() if holding.until is not None else None,
                    "basis": "table",
                    "words": f"{names.party(holding.party)} held it" + (f" ({holding.support})" if holding.support else ""),
                    "is_contested": False,
                    "claim_id": None,
                }
            )
    known = {place.id: place for place in theatre.places}
    for control in controls:
        since = control.since.earliest or control.since.latest
        known_place = known.get(control.place_id or "")
        if since is None or known_place is None or control.place_name.startswith("parts of "):
            continue
        area = places.area_of_place(known_place)
        if area.lat is None or area.within is not None:
            continue
        found.append(
            {
                "place": known_place.names[0],
                "lat": area.lat,
                "lon": area.lon,
                "radius_km": area.radius_km,
                "party": control.party,
                "state": control.state,
                "from": since.isoformat(),
                "to": None,
                "basis": "claim",
                "words": _control_words(control, names),
                "is_contested": bool(control.contested_by),
                "claim_id": control.claim_ids[0] if control.claim_ids else None,
            }
        )
    return sorted(found, key=lambda row: (row["place"], row["from"] or "", row["basis"]))


def _control_words(control: ControlClaim, names: Names) -> str:
    verb = {"taken": "taken by", "held": "held by", "left": "left by"}.get(control.state, control.state)
    words = f"said to be {verb} {names.party(control.party) or 'someone not named'}, {span_words(control.since)}"
    told = names.parties(control.claimed_by)
    words += f"; claimed by {told}" if told else ""
    words += f"; admitted by {names.parties(control.admitted_by)}" if control.admitted_by else ""
    words += f"; contested by {names.parties(control.contested_by)}" if control.contested_by else ""
    return words


def observation_arcs(
    observations: Sequence[Observation], incident_of: Mapping[str, str], theatre: Theatre, places: MapPlaces
) -> dict[str, Any]:
    """Observers' reports as arcs that give nobody's position away, and how many are kept back.

    An arc begins at the middle of the settlement that the report names, or of the nearest one, never where the observer stood;
    its distances are widened by as much. Only what the observer filed as public is drawn; with no bearing it is a ring.
    """
    arcs: list[dict[str, Any]] = []
    kept_back = quiet = 0
    for observation in observations:
        if observation.nothing_observed:
            quiet += 1
            continue
        seat = _seat(observation, theatre, places) if observation.sensitivity == PUBLIC else None
        if seat is None:
            kept_back += 1
            continue
        lat, lon, name, blur = seat
        low, high = observation.distance_low_km or 0.0, observation.distance_high_km or observation.distance_low_km or 0.0
        bearing = observation.bearing_deg
        started = observation.observed_from_at
        arcs.append(
            {
                "id": observation.id,
                "lat": lat,
                "lon": lon,
                "near_km": max(0.0, low - blur),
                "far_km": STEP_KM * ceil((high + blur) / STEP_KM),
                "from_deg": None if bearing is None else (bearing - HALF_ARC_DEG) % 360,
                "to_deg": None if bearing is None else (bearing + HALF_ARC_DEG) % 360,
                "from": started.date().isoformat(),
                "to": ((observation.observed_to_at or started).date() + timedelta(days=1)).isoformat(),
                "words": f"{observed_words(observation)}; from the middle of {name}, not from where the observer stood",
                "incident_id": incident_of.get(observation.id),
            }
        )
    return {"arcs": arcs, "kept_back": kept_back, "quiet": quiet}


def _seat(observation: Observation, theatre: Theatre, places: MapPlaces) -> tuple[float, float, str, float] | None:
    """A settlement's middle that stands for the observer's position, its name, and by how much the two may differ in km."""
    wanted = (observation.position_name or "").casefold()
    settlements = [p for p in theatre.places if p.precision == "settlement" and p.lat is not None and p.lon is not None]
    for place in settlements if wanted else ():
        if wanted in (name.casefold() for name in place.names):
            area = places.area_of_place(place)
            if area.lat is not None and area.lon is not None:
                return area.lat, area.lon, place.names[0], SPREAD_KM["settlement"]
    if observation.lat is None or observation.lon is None:
        return None
    best: tuple[float, float, float, str] | None = None
    for place in settlements:
        if place.lat is not None and place.lon is not None:
            away = distance_km(observation.lat, observation.lon, place.lat, place.lon)
            if away <= NEAREST_KM and (best is None or away < best[0]):
                best = (away, place.lat, place.lon, place.names[0])
    if best is None:
        return None
    # widened in steps, so that the width itself does not tell how far away the observer was
    return best[1], best[2], best[3], STEP_KM * ceil(max(best[0], 0.1) / STEP_KM)
