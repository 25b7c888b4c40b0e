"""Places for the public: never finer than a district, or moved by the same unguessable way each time inside their zones.

Where the theatre draws zones (`zones.geojson`), a point moves within the control area and the clause zones it lies in. Where it
draws
none, the centre and the precision of the place's parent are published instead. A town of 100,000 people is as coarse as a
district and stands for itself. Names that open sources print stay, but not where people could be found by them (`is_guarded`).
"""

from __future__ import annotations

import hashlib
import hmac
import math
from dataclasses import replace
from datetime import date
from itertools import pairwise

from trucewatch.model.codebook import act_class
from trucewatch.model.records import ClaimPlace
from trucewatch.model.theatre import Place, Theatre, Zone
from trucewatch.reports.atlas import AREAS, Atlas

KM_PER_DEG = 111.2
FUZZ_KM = 5.0
TRIES = 64
LARGE_TOWN = 100_000
# how far from the point given the place may lie, in km; a country has no circle
UNCERTAINTY_KM = {"exact": 1.0, "settlement": 5.0, "district": 20.0, "region": 60.0}
# whoever suffered these could be found by the village alone
GUARDED_ACTS = ("SGBV", "CIV.DETENTION", "CIV.DISPLACEMENT", "CHILD.", "POW.", "REMAINS.")
MOVEMENT = "MOBILIZE"
LIVE_DAYS = 3


def is_guarded(act: str, last: date | None, released_on: date | None) -> bool:
    """Whether a place's name is coarsened too: acts whose victims it would betray, and movements of units of the last 3 days."""
    if act.startswith(GUARDED_ACTS):
        return True
    is_live = released_on is not None and last is not None and (released_on - last).days < LIVE_DAYS
    return is_live and (act_class(act) == MOVEMENT or act == "DEESCALATE.WITHDRAWAL")


class Coarsener:
    """Coarsens places of one theatre. `key`: secret bytes, the same for every release of a ledger."""

    def __init__(self, theatre: Theatre, key: bytes) -> None:
        self._zones = theatre.zones
        self._key = key
        self.atlas = Atlas(theatre)
        self._parents: dict[str, Place | None] = {}

    def place(self, place: ClaimPlace, on: date | None, *, guarded: bool = False) -> ClaimPlace:
        """The place as it may be published: a coarse point with its precision, the name kept unless `guarded`."""
        known = self.atlas.find(place)
        if guarded:
            parent = self._parent(known)
            if parent is None:
                return replace(
                    place, text="place withheld", name="place withheld", place_id=None, lat=None, lon=None, precision=None
                )
            lat, lon = self.atlas.centre(parent)
            name = parent.names[0]
            return replace(place, text=name, name=name, place_id=parent.id, lat=lat, lon=lon, precision=parent.precision)
        if place.lat is None or place.lon is None or place.precision in AREAS or self._is_large(known):
            return place
        if self._zones:
            moved = self._moved(place, on)
            if moved is not None:
                return moved
        parent = self._parent(known)
        if parent is None:
            return replace(place, lat=None, lon=None)
        lat, lon = self.atlas.centre(parent)
        return replace(place, lat=lat, lon=lon, precision=parent.precision)

    def is_coarse(self, place: ClaimPlace) -> bool:
        """Whether a place's point may be published as it is."""
        if place.lat is None or place.precision in AREAS or self._is_large(self.atlas.find(place)):
            return True
        return bool(self._zones) and place.precision == "settlement" and place.lat == round(place.lat, 2)

    @staticmethod
    def _is_large(known: Place | None) -> bool:
        return known is not None and (known.population or 0) >= LARGE_TOWN

    def _parent(self, known: Place | None) -> Place | None:
        """The nearest area around a place that has a centre."""
        if known is None:
            return None
        if known.id not in self._parents:
            self._parents[known.id] = self._nearest(known)
        return self._parents[known.id]

    def _nearest(self, known: Place) -> Place | None:
        return next(
            (area for area in self.atlas.lineage(known) if area.precision in AREAS and self.atlas.centre(area)[0] is not None),
            None,
        )

    def _moved(self, place: ClaimPlace, on: date | None) -> ClaimPlace | None:
        assert place.lat is not None
        assert place.lon is not None
        home = self._zones_at(place.lat, place.lon, on)
        if not home:
            return None
        seed = f"{place.place_id or ''}\x1f{place.lat:.5f}\x1f{place.lon:.5f}".encode()
        for attempt in range(TRIES):
            digest = hmac.new(self._key, seed + bytes([attempt]), hashlib.sha256).digest()
            turn, reach = (int.from_bytes(digest[i : i + 8], "big") / 2**64 for i in (0, 8))
            # uniform over the disc, and never where it was
            km = FUZZ_KM * math.sqrt(0.1 + 0.9 * reach)
            lat = round(place.lat + km * math.cos(turn * math.tau) / KM_PER_DEG, 2)
            lon = round(place.lon + km * math.sin(turn * math.tau) / KM_PER_DEG / math.cos(math.radians(place.lat)), 2)
            if self._zones_at(lat, lon, on) == home:
                return replace(place, lat=lat, lon=lon, precision="settlement")
        return None

    def _zones_at(self, lat: float, lon: float, on: date | None) -> frozenset[str]:
        return frozenset(
            f"{zone.kind}:{zone.code}:{zone.name}" for zone in self._zones if _holds(zone, on) and _is_inside(zone, lat, lon)
        )


def _holds(zone: Zone, on: date | None) -> bool:
    return on is None or ((zone.since is None or zone.since <= on) and (zone.until is None or on < zone.until))


def _is_inside(zone: Zone, lat: float, lon: float) -> bool:
    inside = False
    for ring in zone.rings:
        for (lat1, lon1), (lat2, lon2) in pairwise(ring):
            if (lat1 > lat) != (lat2 > lat) and lon < (lon2 - lon1) * (lat - lat1) / (lat2 - lat1) + lon1:
                inside = not inside
    return inside
