"""Observers' reports linked to incidents: by time, by kind of effect, and by the arc that the observer drew.

An observer knows where he stood, not where it was: a bearing and a range of distances give a sector, and an incident's place
(with its own spread) either lies in it or not. Observations are never claims: they are counted apart and enter no toll.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from math import asin, degrees

from trucewatch.model.records import ClaimPlace, Incident, Ledger, Observation
from trucewatch.model.stage import Context
from trucewatch.model.theatre import Theatre
from trucewatch.text.geodesy import SPREAD_KM, bearing_deg, distance_km, turn_deg
from trucewatch.text.inforce import Span, span_of, target_places

# Which acts an effect may belong to; by report kind where the form asks for no effect.
ACTS_BY_EFFECT: dict[str, tuple[str, ...]] = {
    "explosion": ("FIRE", "AIR", "EXPLOSIVE", "CIV", "ADVANCE", "WEAPON", "ACCESS.MONITOR_ATTACK"),
    "burst": ("FIRE", "ADVANCE", "CIV", "ACCESS.MONITOR_ATTACK"),
    "shot": ("FIRE", "ADVANCE", "CIV", "ACCESS.MONITOR_ATTACK"),
    "projectile": ("FIRE", "AIR", "WEAPON", "CIV"),
    "flash": ("FIRE", "CIV"),
    "flare": ("FIRE", "FORCE"),
    "aircraft": ("AIR",),
    "uav": ("AIR",),
}
ACTS_BY_REPORT: dict[str, tuple[str, ...]] = {
    "fire": ("FIRE", "AIR", "EXPLOSIVE", "CIV", "ADVANCE", "WEAPON"),
    "casualty": ("FIRE", "AIR", "EXPLOSIVE", "CIV", "ADVANCE", "WEAPON", "POW"),
    "damage": ("FIRE", "AIR", "EXPLOSIVE", "CIV", "WEAPON", "UTILITY"),
    "weapon": ("FORCE", "WEAPON"),
    "restriction": ("ACCESS", "TRANSPORT"),
    "movement": ("FORCE", "ADVANCE", "DEESCALATE"),
    "exchange": ("DEESCALATE", "POW", "REMAINS"),
}
HALF_WIND_DEG = 11.25
# A place known only as a region or country lies in every arc: it links nothing.
TOO_WIDE = frozenset({"region", "country"})
DEFAULT_SPREAD_KM = SPREAD_KM["settlement"]


def link_observations(ledger: Ledger, context: Context) -> Ledger:
    """Ledger whose incidents name the observations that fit them (those already linked are kept)."""
    if not ledger.observations:
        return ledger
    by_day: dict[str, list[Observation]] = {}
    for observation in ledger.observations:
        if not observation.nothing_observed:
            for day in _days(observation):
                by_day.setdefault(day, []).append(observation)
    incidents = []
    for incident in ledger.incidents:
        span = span_of(incident.when, context.theatre.timezone)
        near = _candidates(span, by_day, ledger.observations)
        fitting = [o.id for o in near if fits(o, incident, span, context.theatre)]
        ids = tuple(dict.fromkeys((*incident.observation_ids, *sorted(set(fitting)))))
        incidents.append(replace(incident, observation_ids=ids))
    return replace(ledger, incidents=tuple(incidents))


def fits(observation: Observation, incident: Incident, span: Span | None, theatre: Theatre) -> bool:
    """Whether an observation may be of an incident: same time, an effect of such an act, and a place in the observer's arc."""
    if observation.nothing_observed or not _fits_act(observation, incident.act) or not _fits_time(observation, span):
        return False
    names = {place.id: {name.casefold() for name in place.names} for place in theatre.places} if observation.event_place else {}
    return any(_fits_place(observation, place, names) for place in target_places(incident.places))


def _fits_act(observation: Observation, act: str) -> bool:
    stems = ACTS_BY_EFFECT.get(observation.effect or "") or ACTS_BY_REPORT.get(observation.report_kind, ())
    return any(act == stem or act.startswith(f"{stem}.") for stem in stems)


def _fits_time(observation: Observation, span: Span | None) -> bool:
    if span is None:
        return False
    until = observation.observed_to_at or observation.observed_from_at
    return observation.observed_from_at < span.stop_at and until >= span.start_at


def _fits_place(observation: Observation, place: ClaimPlace, names: dict[str, set[str]]) -> bool:
    if observation.event_place is not None:
        written = observation.event_place.casefold()
        known = names.get(place.place_id or "", set()) | {(place.name or place.text).casefold(), place.text.casefold()}
        if written in known:
            return True
    if observation.lat is None or observation.lon is None or place.lat is None or place.lon is None:
        return False
    if place.precision in TOO_WIDE:
        return False
    if observation.distance_high_km is None and observation.distance_low_km is None:
        return False
    spread = SPREAD_KM.get(place.precision or "", DEFAULT_SPREAD_KM)
    away = distance_km(observation.lat, observation.lon, place.lat, place.lon)
    nearest = observation.distance_low_km or 0.0
    farthest = observation.distance_high_km if observation.distance_high_km is not None else nearest
    if not nearest - spread <= away <= farthest + spread:
        return False
    if observation.bearing_deg is None or away <= spread:
        return True
    width = HALF_WIND_DEG + degrees(asin(min(1.0, spread / away)))
    return turn_deg(observation.bearing_deg, bearing_deg(observation.lat, observation.lon, place.lat, place.lon)) <= width


def _days(observation: Observation) -> Iterable[str]:
    day = observation.observed_from_at.astimezone(UTC)
    until = observation.observed_to_at or observation.observed_from_at
    while day.date() <= until.astimezone(UTC).date():
        yield day.date().isoformat()
        day += timedelta(days=1)


def _candidates(span: Span | None, by_day: dict[str, list[Observation]], every: tuple[Observation, ...]) -> list[Observation]:
    if span is None:
        return []
    first, last = span.start_at.astimezone(UTC), span.stop_at.astimezone(UTC)
    if (last - first).days > len(by_day):
        return list(every)
    days: list[datetime] = []
    while first.date() <= last.date():
        days.append(first)
        first += timedelta(days=1)
    return [observation for day in days for observation in by_day.get(day.date().isoformat(), ())]
