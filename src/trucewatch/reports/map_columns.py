"""Every incident of a ledger as columns of small numbers: what the map, the timeline and the table of the browser filter by.

Rows are ordered by day, then id. Columns hold numbers that lead into the small tables beside them; -1 is "not known". A hundred
thousand incidents come to about a megabyte once compressed, most of it their ids.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from trucewatch.model.records import ClaimPlace
from trucewatch.reports.chart import grade_of
from trucewatch.reports.coarse import is_guarded
from trucewatch.reports.map_places import MapPlaces
from trucewatch.reports.words import GRADES, STATUSES
from trucewatch.stages.link.wording import act_noun

ID = re.compile(r"inc-[0-9a-f]{16}")
# act groups that have a shape of their own; the first whose stem an act begins with
ACT_GROUPS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("fire", "Fire and clashes", ("FIRE", "WEAPON")),
    ("air", "From the air", ("AIR",)),
    ("ground", "Advances and seizures", ("ADVANCE",)),
    ("people", "Harm to people", ("CIV", "POW", "SGBV", "CHILD", "REMAINS")),
    ("access", "Access and supplies", ("ACCESS", "TRANSPORT", "UTILITY")),
    ("forces", "Forces and mines", ("FORCE", "EXPLOSIVE")),
    ("easing", "Easing and aid", ("DEESCALATE", "AID", "CALM")),
    ("other", "Other", ("",)),
)
TARGET = "target"


def group_of(act: str) -> str:
    """Which group of ACT_GROUPS an act belongs to."""
    stem = act.partition(".")[0]
    return next((key for key, _, stems in ACT_GROUPS if stem in stems), "other")


class _Table:
    """Values numbered as they come."""

    def __init__(self) -> None:
        self.numbers: dict[Any, int] = {}

    def number(self, value: Any) -> int:
        """The number of a value, the next one where it is new."""
        return self.numbers.setdefault(value, len(self.numbers))

    def __iter__(self) -> Iterator[Any]:
        return iter(self.numbers)


@dataclass(frozen=True, kw_only=True)
class Columns:
    """The columns ready to send; `rows` finds an incident's row by its id, `incident_of` the incident of an observation."""

    version: str
    body: bytes
    rows: Mapping[str, int]
    incident_of: Mapping[str, str]


@dataclass(kw_only=True)
class _Maker:
    places: MapPlaces
    party: Callable[[str], str | None]
    act: _Table = field(default_factory=_Table)
    status: _Table = field(default_factory=_Table)
    breach: _Table = field(default_factory=_Table)
    side: _Table = field(default_factory=_Table)
    voices: _Table = field(default_factory=_Table)
    agreements: _Table = field(default_factory=_Table)
    areas: _Table = field(default_factory=_Table)
    spots: dict[Spot, int] = field(default_factory=dict)

    def place_numbers(self, spots: Iterable[Spot]) -> list[int]:
        found = []
        for spot in spots:
            if spot not in self.spots:
                named = ClaimPlace(
                    text=spot.text, name=spot.name, place_id=spot.place_id, lat=spot.lat, lon=spot.lon, precision=spot.precision
                )
                self.spots[spot] = self.areas.number(self.places.area_of(named, is_guarded=bool(spot.guarded)))
            if self.spots[spot] not in found:
                found.append(self.spots[spot])
        return found


class Spot(NamedTuple):
    """A place as an incident names it; `guarded`: the act, where it forbids to draw the place, else empty."""

    place_id: str | None
    lat: float | None
    lon: float | None
    precision: str | None
    name: str | None
    text: str
    guarded: str


class Slim(NamedTuple):
    """What the columns hold of one incident: days as ordinals (`begin` None: not known), and the rest as in its record."""

    begin: int | None
    span: int
    act: str
    occurrence: str
    breach: str
    side: str
    voices: tuple[tuple[str, ...], tuple[str, ...]]
    families: int
    spots: tuple[Spot, ...]
    observation_ids: tuple[str, ...]


def slim_of(text: str, released_on: date | None = None) -> Slim:
    """What the columns hold of an incident, from its record as JSON; for the public, shown on a day, with movements guarded."""
    record = json.loads(text)
    begin, stop = _days(record.get("when") or {})
    act = record["act"]
    last = date.fromordinal(stop) if stop is not None else None
    guarded = act if is_guarded(act, last, released_on) else ""
    spots = []
    for place in record.get("places", ()):
        if place.get("role", TARGET) == TARGET:
            name, written = place.get("name"), place.get("text") or ""
            # a place that is known by name is one, however it is written
            spot = (
                *(place.get(part) for part in ("place_id", "lat", "lon", "precision")),
                name,
                "" if name else written,
                guarded,
            )
            spots.append(Spot(*spot))
    return Slim(
        begin=begin,
        span=max(0, (stop or begin) - begin) if begin is not None else 0,
        act=act,
        occurrence=record.get("occurrence", "unassessed"),
        breach=record.get("breach", "not_applicable"),
        side=record.get("attributed_to") or "",
        voices=(tuple(record.get("parties_asserting", ())), tuple(record.get("parties_denying", ()))),
        families=record.get("families", 0),
        spots=tuple(spots),
        observation_ids=tuple(record.get("observation_ids", ())),
    )


def make_columns(
    rows: Iterable[tuple[str, Slim]],
    agreements_of: Mapping[str, tuple[str, ...]],
    places: MapPlaces,
    party: Callable[[str], str | None],
    version: str,
) -> Columns:
    """Columns of incidents given as (id, slim) in order of day and id; `party` names a party's code."""
    maker = _Maker(places=places, party=party)
    ids: list[str] = []
    day: list[int] = []
    span: list[int] = []
    columns: dict[str, list[int]] = {
        name: [] for name in ("act", "status", "breach", "side", "voices", "families", "agreements", "place")
    }
    more: dict[str, list[int]] = {}
    incident_of: dict[str, str] = {}
    first: int | None = None
    before: int | None = None
    for incident_id, slim in rows:
        number = len(ids)
        ids.append(incident_id)
        begin = slim.begin
        if begin is None:
            day.append(-1)
        else:
            first = begin if first is None else first
            # steps from row to row compress to nothing; the order makes them never negative
            day.append(begin - (begin if before is None else before))
            before = begin
        span.append(slim.span)
        columns["act"].append(maker.act.number(slim.act))
        columns["status"].append(maker.status.number(slim.occurrence))
        columns["breach"].append(maker.breach.number(slim.breach))
        columns["side"].append(maker.side.number(slim.side))
        columns["voices"].append(maker.voices.number(slim.voices))
        columns["families"].append(slim.families)
        columns["agreements"].append(maker.agreements.number(agreements_of.get(incident_id, ())))
        where = maker.place_numbers(slim.spots)
        columns["place"].append(where[0] if where else -1)
        if len(where) > 1:
            more[str(number)] = where[1:]
        incident_of.update((observation_id, incident_id) for observation_id in slim.observation_ids)
    codes = sorted({c for value in maker.side for c in value.split(";") if c} | {c for v in maker.voices for s in v for c in s})
    grades = [grade for grade, _, _ in GRADES]
    body = {
        "version": version,
        "count": len(ids),
        "first_day": date.fromordinal(first).isoformat() if first is not None else None,
        "ids": _packed_ids(ids),
        "groups": [[key, words] for key, words, _ in ACT_GROUPS],
        "grades": [[grade, words] for grade, words, _ in GRADES],
        "acts": [[code, act_noun(code), group_of(code)] for code in maker.act],
        "statuses": [[code, STATUSES.get(("occurrence", code), code), grades.index(grade_of(code))] for code in maker.status],
        "breaches": [[code, STATUSES.get(("breach", code), code)] for code in maker.breach],
        "parties": [[code, maker.party(code) or code] for code in codes],
        "sides": [[code for code in value.split(";") if code] for value in maker.side],
        "voices": [[list(told), list(denied)] for told, denied in maker.voices],
        "agreement_sets": [list(value) for value in maker.agreements],
        "areas": {
            "name": [area.name for area in maker.areas],
            "lat": [area.lat for area in maker.areas],
            "lon": [area.lon for area in maker.areas],
            "radius_km": [area.radius_km for area in maker.areas],
            "precision": [area.precision for area in maker.areas],
            "within": [area.within for area in maker.areas],
        },
        "columns": {"day": day, "span": span, **columns},
        "more_places": more,
    }
    return Columns(
        version=version,
        body=json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode(),
        rows={incident_id: number for number, incident_id in enumerate(ids)},
        incident_of=incident_of,
    )


def _days(when: Mapping[str, Any]) -> tuple[int | None, int | None]:
    first, last = when.get("earliest") or when.get("latest"), when.get("latest") or when.get("earliest")
    if first is None or last is None:
        return None, None
    return date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal()


def _packed_ids(ids: list[str]) -> str | list[str]:
    """Ids of the usual form as base64 of their eight bytes each, which no compression can better; others as they are."""
    if all(ID.fullmatch(incident_id) for incident_id in ids):
        return base64.b64encode(b"".join(bytes.fromhex(incident_id[4:]) for incident_id in ids)).decode()
    return ids
