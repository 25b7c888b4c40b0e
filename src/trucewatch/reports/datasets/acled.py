"""Rows in ACLED's shape, by ACLED's rules; no ACLED data, ids or logo.

One row is one day, one place, one pair of actors and the highest-ranked type. Deaths are the lowest figure told. A threat, a
demand, a report of calm, a denial alone and a sum over a period have no row; what has none is listed with its reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from trucewatch.model.codebook import acts
from trucewatch.model.records import ClaimPlace, Incident, When
from trucewatch.model.theatre import Theatre
from trucewatch.reports.datasets.foreign import (
    Shapes,
    country,
    deaths_of,
    doers,
    hits_civilians,
    is_told,
    number_of,
    sources_of,
    targets,
)
from trucewatch.reports.datasets.schema import Row
from trucewatch.reports.views import View
from trucewatch.store.slices import Slices

STATE, REBEL, MILITIA, CIVILIAN, EXTERNAL = (
    "State forces",
    "Rebel group",
    "Political militia",
    "Civilians",
    "External/Other forces",
)
# ACLED's order of types, by which two joined are written
TYPES = (STATE, REBEL, MILITIA, "Identity militia", "Rioters", "Protesters", CIVILIAN, EXTERNAL)
BATTLES, REMOTE, AGAINST_CIVILIANS = "Battles", "Explosions/Remote violence", "Violence against civilians"
# ACLED's order of sub-events: the first of a day, place and pair of actors stands
RANKS = (
    "Government regains territory",
    "Non-state actor overtakes territory",
    "Armed clash",
    "Air/drone strike",
    "Shelling/artillery/missile attack",
    "Remote explosive/landmine/IED",
    "Sexual violence",
    "Attack",
    "Abduction/forced disappearance",
    "Agreement",
    "Change to group/activity",
    "Disrupted weapons use",
    "Headquarters or base established",
    "Looting/property destruction",
    "Non-violent transfer of territory",
    "Other",
)
GROUND_FIRE = ("FIRE.SMALL_ARMS", "FIRE.SNIPER")
GEO_PRECISION = {"exact": 1, "settlement": 1, "district": 2, "region": 3}
REASONS = {
    "untold": "nobody reports it as having happened",
    "no-type": "an act that ACLED has no event for",
    "no-day": "its days are not known to a month",
    "no-place": "its place is not known to a region",
    "no-country": "the country of its place is not known",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class _Draft:
    incident: Incident
    place: ClaimPlace
    on: date
    time_precision: int
    event_type: str
    sub_event_type: str
    actor1: tuple[str, str]
    actor2: tuple[str, str] | None
    country: str
    fatalities: int
    share: str
    sources: tuple[str, ...]


def acled_rows(slices: Slices, theatre: Theatre, released_at: datetime) -> Iterator[tuple[str, Row]]:
    """Rows of `acled_shaped` by day, and of `excluded`. Holds the drafts of all rows, not the ledger."""
    shapes = Shapes(theatre)
    grouped: dict[tuple[object, ...], list[_Draft]] = {}
    for part in slices.incidents():
        view = View(part)
        for incident in part.incidents:
            drafts = _drafts(incident, view, shapes)
            if isinstance(drafts, str):
                yield "excluded", {"record_id": incident.id, "reason": REASONS[drafts]}
                continue
            for draft in drafts:
                actors = tuple(sorted(name for name, _ in filter(None, (draft.actor1, draft.actor2))))
                where = draft.place.place_id or draft.place.name or draft.place.text
                grouped.setdefault((draft.on, where, actors), []).append(draft)
    for key in sorted(grouped, key=str):
        yield "acled_shaped", _row(grouped[key], shapes, released_at)


def _drafts(incident: Incident, view: View, shapes: Shapes) -> list[_Draft] | str:
    """One draft a place, or why there is none."""
    if not is_told(incident):
        return "untold"
    kind = _kind(incident, shapes)
    if kind is None:
        return "no-type"
    dated = _dated(incident.when)
    if dated is None:
        return "no-day"
    places = [p for p in incident.places if p.role == "target" and p.lat is not None and p.precision in GEO_PRECISION]
    if not places:
        return "no-place"
    deaths = deaths_of(view.tolls_of(incident.id), view.claims).total
    # a number told for several places is split evenly, the first takes the remainder
    each, rest = divmod(deaths, len(places))
    share = f" Deaths told for {len(places)} places together are split evenly." if deaths and len(places) > 1 else ""
    found = []
    for number, place in enumerate(places):
        land = shapes.country_of(place)
        if land is None:
            return "no-country"
        actor1, actor2 = _actors(incident, kind[0], land, shapes)
        found.append(
            _Draft(
                incident=incident,
                place=place,
                on=dated[0],
                time_precision=dated[1],
                event_type=kind[0],
                sub_event_type=kind[1],
                actor1=actor1,
                actor2=actor2,
                country=land,
                fatalities=each + (rest if number == 0 else 0),
                share=share,
                sources=tuple(sources_of(incident, view)),
            )
        )
    return found


def _kind(incident: Incident, shapes: Shapes) -> tuple[str, str] | None:
    act = acts().get(incident.act) or next((a for code, a in sorted(acts().items()) if code.startswith(incident.act)), None)
    if act is None:
        return None
    event_type, sub = act.acled_event_type, act.acled_sub_event_type
    if incident.act == "ACCESS.MONITOR_ATTACK" or (incident.act in GROUND_FIRE and hits_civilians(incident)):
        return AGAINST_CIVILIANS, "Attack"
    if not event_type:
        return None
    if incident.act == "ADVANCE.TERRITORY":
        return event_type, _territory(incident, shapes)
    if event_type == REMOTE and not sub:
        sub = "Shelling/artillery/missile attack"
    return event_type, sub or "Other"


def _territory(incident: Incident, shapes: Shapes) -> str:
    """A government regains what is recognised as its own; anybody else overtakes, a foreign state too."""
    place = next((p for p in incident.places if p.role == "target"), None)
    land = shapes.country_of(place) if place is not None else None
    own = [code for code in doers(incident) if shapes.kind(code) == "state" and code == land]
    return "Government regains territory" if own else "Non-state actor overtakes territory"


def _dated(when: When) -> tuple[date, int] | None:
    first, last = when.earliest or when.latest, when.latest or when.earliest
    if first is None or last is None:
        return None
    length = (last - first).days
    middle = first + timedelta(days=length // 2)
    if length == 0:
        return first, 1
    return (middle, 2) if length < 8 else (middle, 3) if length < 32 else None


def _actors(incident: Incident, event_type: str, land: str, shapes: Shapes) -> tuple[tuple[str, str], tuple[str, str] | None]:
    named, hit = doers(incident), targets(incident)
    place_name = shapes.name(land)
    first = _actor(named[0], land, shapes) if named else (f"Unidentified Armed Group ({place_name})", MILITIA)
    second: tuple[str, str] | None = None
    if event_type in (REMOTE, AGAINST_CIVILIANS) and hits_civilians(incident):
        second = (f"Civilians ({place_name})", CIVILIAN)
    elif hit and hit[0] not in named[:1]:
        second = _actor(hit[0], land, shapes)
    elif hits_civilians(incident):
        second = (f"Civilians ({place_name})", CIVILIAN)
    return first, second


def _actor(code: str, land: str, shapes: Shapes) -> tuple[str, str]:
    kind, name = shapes.kind(code), shapes.name(code)
    if kind in ("state", "de_facto"):
        # forces of a government outside its own country are external; of an unrecognised one, state forces without any judgement
        is_abroad = kind == "state" and code != land
        return f"Military Forces of {name}", EXTERNAL if is_abroad else STATE
    if kind == "group":
        return name, REBEL if shapes.host(code) == land else EXTERNAL
    return (f"Civilians ({name})", CIVILIAN) if kind == "people" else (name, EXTERNAL)


def interaction(one: str, other: str | None) -> str:
    """Two types of actors joined without order, as ACLED writes them."""
    if other is None:
        return f"{one} only"
    if {one, other} == {CIVILIAN, EXTERNAL}:
        return f"{EXTERNAL}-{CIVILIAN}"
    return "-".join(sorted((one, other), key=TYPES.index))


def _row(drafts: list[_Draft], shapes: Shapes, released_at: datetime) -> Row:
    drafts.sort(key=lambda draft: (RANKS.index(draft.sub_event_type), draft.incident.id))
    head = drafts[0]
    place, codes = head.place, country(head.country)
    region, district = shapes.areas(place)
    ids = sorted({draft.incident.id for draft in drafts})
    inter2 = head.actor2[1] if head.actor2 is not None else None
    is_aimed = any(hits_civilians(draft.incident) for draft in drafts) and head.event_type != BATTLES
    statuses = [head.incident.occurrence, head.incident.attribution, head.incident.breach]
    key = (head.on.isoformat(), place.place_id or place.name or place.text, head.actor1[0], head.actor2[0] if head.actor2 else "")
    disorder = "Strategic developments" if head.event_type == "Strategic developments" else "Political violence"
    notes = " ".join(dict.fromkeys(draft.incident.summary.rstrip(".") + "." + draft.share for draft in drafts))
    assert place.lat is not None
    return {
        "event_id_cnty": f"TRW-{head.country}-{number_of(*key):010d}",
        "event_date": head.on,
        "year": head.on.year,
        "time_precision": max(draft.time_precision for draft in drafts),
        "disorder_type": disorder,
        "event_type": head.event_type,
        "sub_event_type": head.sub_event_type,
        "actor1": head.actor1[0],
        "assoc_actor_1": None,
        "inter1": head.actor1[1],
        "actor2": head.actor2[0] if head.actor2 is not None else None,
        "assoc_actor_2": None,
        "inter2": inter2,
        "interaction": interaction(head.actor1[1], inter2),
        "civilian_targeting": "Civilians targeted" if is_aimed else None,
        "iso": codes.numeric,
        "region": codes.acled_region,
        "country": shapes.name(head.country),
        "admin1": region.names[0] if region is not None else None,
        "admin2": district.names[0] if district is not None else None,
        "admin3": None,
        "location": place.name or place.text,
        "latitude": round(place.lat, 4),
        "longitude": round(place.lon or 0.0, 4),
        "geo_precision": max(GEO_PRECISION[draft.place.precision or ""] for draft in drafts),
        "source": "; ".join(dict.fromkeys(source for draft in drafts for source in draft.sources)) or "Own observation",
        "source_scale": "Other",
        "notes": f"{notes} Graded: {', '.join(statuses)}; not verified by ACLED.",
        "fatalities": sum(draft.fatalities for draft in drafts),
        "tags": "; ".join(f"trucewatch: {status}" for status in statuses),
        "timestamp": int(released_at.timestamp()),
        "incident_ids": ";".join(ids),
    }
