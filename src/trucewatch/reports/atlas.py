"""Places of a ledger with their areas, countries and centres: the theatre's first, else the world's table."""

from __future__ import annotations

from functools import lru_cache

from trucewatch.model.records import ClaimPlace
from trucewatch.model.theatre import Place, Theatre
from trucewatch.text.worldplaces import WorldPlace, world_places

AREAS = ("district", "region", "country")
_WORLD = "geonames-"


class Atlas:
    """Areas around the places of one theatre. The centre of an area without a position is that of its settlements."""

    def __init__(self, theatre: Theatre) -> None:
        self._places = {place.id: place for place in theatre.places}
        grouped: dict[str, list[tuple[float, float]]] = {}
        for place in theatre.places:
            if place.lat is not None and place.lon is not None and place.kind == "settlement":
                for area in self.lineage(place):
                    grouped.setdefault(area.id, []).append((place.lat, place.lon))
        self._centres = {
            area_id: tuple(round(sum(axis) / len(points), 2) for axis in zip(*points, strict=True))
            for area_id, points in grouped.items()
        }

    def find(self, place: ClaimPlace) -> Place | None:
        """The place as the theatre or the world's table knows it; None where neither does."""
        if place.place_id is None:
            return None
        if place.place_id in self._places:
            return self._places[place.place_id]
        return _from_world(place.place_id, place.name or place.text) if place.place_id.startswith(_WORLD) else None

    def lineage(self, place: Place) -> list[Place]:
        """A place's areas, the nearest first; the first parent of each (de jure) leads on."""
        found: list[Place] = []
        while place.parents:
            parent = self._places.get(place.parents[0])
            if parent is None and place.id.startswith(_WORLD):
                parent = _admin1(place.parents[0])
            if parent is None or parent in found:
                break
            found.append(parent)
            place = parent
        return found

    def centre(self, area: Place) -> tuple[float | None, float | None]:
        """An area's position, its own or that of its settlements; (None, None) where neither is known."""
        if area.lat is not None and area.lon is not None:
            return area.lat, area.lon
        lat, lon = self._centres.get(area.id, (None, None))
        return lat, lon

    def area_of(self, place: Place, kind: str) -> Place | None:
        """The area of a kind (district, region) that a place is or lies in."""
        return next((area for area in (place, *self.lineage(place)) if area.kind == kind), None)

    def country(self, place: ClaimPlace) -> str | None:
        """Recognised country of a place, as ISO 3166 alpha-3."""
        known = self.find(place)
        return known.country if known is not None else None


@lru_cache(maxsize=50_000)
def _from_world(place_id: str, name: str) -> Place | None:
    row = next((row for row in world_places().lookup(name) if f"{_WORLD}{row.id}" == place_id), None)
    return _place(row) if row is not None else None


@lru_cache(maxsize=5_000)
def _admin1(code: str) -> Place | None:
    row = world_places().admin1_areas.get(code)
    return _place(row) if row is not None else None


def _place(row: WorldPlace) -> Place:
    kind = {"admin1": "region", "country": "country"}.get(row.kind, "settlement")
    is_area = kind in AREAS
    return Place(
        id=f"{_WORLD}{row.id}",
        kind=kind,
        names=(row.name,),
        lat=row.lat,
        lon=row.lon,
        parents=(row.admin1,) if row.admin1 and not is_area else (),
        country=row.country or None,
        precision=kind,
        population=row.population or None,
    )
