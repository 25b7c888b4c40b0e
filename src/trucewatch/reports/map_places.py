"""Where a place may be drawn: at its gazetteer's position and no closer, as an area as wide as it is uncertain.

Do no harm, on the mission's own map too: a position more exact than a settlement is not drawn, its parent is; nor the village of
an act whose victims it would betray. A place that has only a name is drawn as its parent's area; a country, or a name that
nobody knows, is not drawn at all. Where other machines reach the map, every place is as coarse as in a public release.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import cos, radians

from trucewatch.model.records import ClaimPlace
from trucewatch.model.theatre import Place, Theatre
from trucewatch.reports.coarse import Coarsener
from trucewatch.text.geodesy import SPREAD_KM, distance_km

# wider than this a circle says nothing
WIDEST_KM = 150.0
POINTS = ("settlement",)
# a settlement of the world's table is public knowledge; what is more exact is not
DRAWN = ("settlement", "district", "region")
SHARE = 0.9


@dataclass(frozen=True, kw_only=True, slots=True)
class Area:
    """What may be drawn of a place. `radius_km` 0: its gazetteer's point; None with lat and lon None: only its name is known.

    `within` names the area that stands for it, where that is not itself.
    """

    name: str
    lat: float | None = None
    lon: float | None = None
    radius_km: float = 0.0
    precision: str = "unknown"
    within: str | None = None


class MapPlaces:
    """Areas of a theatre's places, and of those that claims name. `is_shared`: as coarse as in a public release, by its `key`."""

    def __init__(self, theatre: Theatre, *, is_shared: bool = False, key: bytes = b"") -> None:
        self._is_shared = is_shared
        self._coarse = Coarsener(theatre, key)
        self._places = {place.id: place for place in theatre.places}
        self._children: dict[str, list[Place]] = defaultdict(list)
        for place in theatre.places:
            for parent in place.parents:
                self._children[parent].append(place)
        self._extents: dict[str, tuple[float, float, float] | None] = {}

    def area_of(self, place: ClaimPlace, *, is_guarded: bool = False) -> Area:
        """What may be drawn of a place that a claim names; `is_guarded`: for an act whose victims it would betray."""
        guarded = is_guarded
        if guarded or self._is_shared:
            coarse = self._coarse.place(place, None, guarded=guarded)
            if coarse.lat is None:
                return Area(name=coarse.name or coarse.text)
            place = coarse
        return self._area(place)

    def area_of_place(self, place: Place) -> Area:
        """Where a place of the theatre lies, whatever happened there: what any map shows."""
        name = place.names[0]
        return self._area(
            ClaimPlace(text=name, name=name, place_id=place.id, lat=place.lat, lon=place.lon, precision=place.precision)
        )

    def _area(self, place: ClaimPlace) -> Area:
        name = place.name or place.text
        known = self._places.get(place.place_id or "")
        precision = place.precision or (known.precision if known is not None else None)
        if precision == "country":
            return Area(name=name, precision="country")
        if precision in DRAWN and place.lat is not None and place.lon is not None:
            return self._own(name, precision, place.lat, place.lon)
        if known is not None:
            if precision != "exact":
                extent = self._extent(known)
                if extent is not None:
                    return _circle(name, known.precision, extent)
            for parent in self._parents(known):
                extent = self._extent(parent)
                if extent is not None:
                    return _circle(name, parent.precision, extent, within=parent.names[0])
        return Area(name=name, precision=precision or "unknown")

    def _own(self, name: str, precision: str, lat: float, lon: float) -> Area:
        radius = 0.0 if precision in POINTS else SPREAD_KM[precision]
        return Area(name=name, lat=round(lat, 4), lon=round(lon, 4), radius_km=radius, precision=precision)

    def _parents(self, place: Place) -> list[Place]:
        """Parents that hold it, the closest first."""
        found: dict[str, Place] = {}
        wave = [place]
        while wave:
            ids = [parent for one in wave for parent in one.parents if parent not in found]
            wave = [self._places[i] for i in dict.fromkeys(ids) if i in self._places]
            found.update((parent.id, parent) for parent in wave)
        order = ("settlement", "district", "region")
        return sorted((p for p in found.values() if p.precision in order), key=lambda p: order.index(p.precision))

    def _extent(self, place: Place) -> tuple[float, float, float] | None:
        """Middle and radius in km: its own position with the spread of its precision, else the places known to lie in it."""
        if place.id not in self._extents:
            self._extents[place.id] = self._measured(place)
        return self._extents[place.id]

    def _measured(self, place: Place) -> tuple[float, float, float] | None:
        if place.precision not in DRAWN:
            return None
        if place.lat is not None and place.lon is not None:
            return place.lat, place.lon, 0.0 if place.precision in POINTS else SPREAD_KM[place.precision]
        points = [(p.lat, p.lon) for p in self._within(place.id) if p.lat is not None and p.lon is not None]
        if len(points) < 3:
            return None
        lat = sum(point[0] for point in points) / len(points)
        shrink = cos(radians(lat))
        lon = sum(point[1] * shrink for point in points) / (len(points) * shrink)
        reaches = sorted(distance_km(lat, lon, *point) for point in points)
        radius = max(SPREAD_KM["district"], reaches[int(len(reaches) * SHARE) - 1])
        return (lat, lon, float(round(radius))) if radius <= WIDEST_KM else None

    def _within(self, place_id: str) -> list[Place]:
        found: dict[str, Place] = {}
        wave = [place_id]
        while wave:
            fresh = {child.id: child for parent in wave for child in self._children[parent] if child.id not in found}
            found.update(fresh)
            wave = list(fresh)
        return list(found.values())


def _circle(name: str, precision: str, extent: tuple[float, float, float], within: str | None = None) -> Area:
    lat, lon, radius = extent
    # a village that is only known to lie in a town's surroundings is not in the town
    wide = radius if within is None else max(radius, SPREAD_KM["settlement"])
    return Area(name=name, lat=round(lat, 4), lon=round(lon, 4), radius_km=wide, precision=precision, within=within)
