"""Places as keys: what is one spot, what lies within what. The theatre's parents first, distances where it knows none."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from trucewatch.model.records import Claim, ClaimPlace
from trucewatch.model.theatre import Theatre
from trucewatch.text.shingles import fold_word

SPOT_PRECISIONS = frozenset({"exact", "settlement", "district"})
# how far from a wide place's middle a spot may lie where no parents are known, in km
RADIUS_KM = {"region": 120.0, "country": 450.0}
EARTH_KM = 6371.0


def place_key(place: ClaimPlace) -> str:
    """Identity of a place: its id, else its folded name."""
    return place.place_id or "name:" + " ".join(fold_word(word) for word in (place.name or place.text).split())


Fact = tuple[str, str, str]


def place_facts(claim: Claim) -> Iterator[Fact]:
    """What a claim tells of its places, as (kind, key, value): "at" (latitude and longitude), "precision", "named" (an id)."""
    for place in claim.places:
        key = place_key(place)
        if place.lat is not None and place.lon is not None:
            yield "at", key, f"{place.lat!r} {place.lon!r}"
        if place.precision:
            yield "precision", key, place.precision
        if place.place_id and place.name:
            yield "named", "name:" + " ".join(fold_word(word) for word in place.name.split()), place.place_id


class PlaceIndex:
    """Keys of all places of a ledger's claims, with their parents and positions. The order of the facts decides nothing."""

    def __init__(self, theatre: Theatre, facts: Iterable[Fact]) -> None:
        self._parents = {place.id: place.parents for place in theatre.places}
        self._countries = {place.id: place.country for place in theatre.places}
        self._country_of_area = {place.id: place.country for place in theatre.places if place.kind == "country"}
        self._districts = {place.id for place in theatre.places if place.kind == "district"}
        self._at: dict[str, tuple[float, float]] = {}
        self._precision: dict[str, str] = {}
        self._ids_of_name: dict[str, set[str]] = {}
        for kind, key, value in sorted(set(facts)):
            if kind == "at":
                lat, _, lon = value.partition(" ")
                self._at.setdefault(key, (float(lat), float(lon)))
            elif kind == "precision":
                self._precision.setdefault(key, value)
            else:
                self._ids_of_name.setdefault(key, set()).add(value)
        for known in theatre.places:
            if known.lat is not None and known.lon is not None:
                self._at.setdefault(known.id, (known.lat, known.lon))
            self._precision.setdefault(known.id, known.precision)
        self._above: dict[str, frozenset[str]] = {}

    def key(self, place: ClaimPlace) -> str:
        """Key of a claim's place; a bare name takes the id that other claims give to the same name, where it is one."""
        key = place_key(place)
        ids = self._ids_of_name.get(key, set())
        return next(iter(ids)) if len(ids) == 1 else key

    def is_spot(self, key: str) -> bool:
        """Whether a key is narrow enough to tell two incidents apart. A name that nothing located counts as a spot."""
        return self._precision.get(key, "settlement") in SPOT_PRECISIONS

    def is_district(self, key: str) -> bool:
        """Whether a key is a district, which may be told instead of a place within it."""
        return self._precision.get(key) == "district" or key in self._districts

    def above(self, key: str) -> frozenset[str]:
        """Keys of everything that a place lies in, itself included, as far as the theatre knows."""
        known = self._above.get(key)
        if known is None:
            seen: set[str] = set()
            queue = [key]
            while queue:
                current = queue.pop()
                if current not in seen:
                    seen.add(current)
                    queue.extend(self._parents.get(current, ()))
            known = self._above[key] = frozenset(seen)
        return known

    def lies_within(self, key: str, area: str) -> bool:
        """Whether a place may lie in a wider one: by the theatre's parents, by country, else by distance; unknown is yes."""
        if area in self.above(key):
            return True
        country = self._country_of_area.get(area)
        if country is not None and any(self._countries.get(one) == country for one in self.above(key)):
            return True
        if key in self._parents and area in self._parents:
            return False
        here, there = self._at.get(key), self._at.get(area)
        if here is None or there is None:
            return True
        return distance_km(here, there) <= RADIUS_KM.get(self._precision.get(area, "region"), RADIUS_KM["region"])

    def may_agree(self, first: Iterable[str], second: Iterable[str]) -> bool:
        """Whether two claims' places leave room for one incident: none given, one shared, or one within the other."""
        one, other = tuple(first), tuple(second)
        if not one or not other:
            return True
        return any(a == b or self.lies_within(a, b) or self.lies_within(b, a) for a in one for b in other)


def distance_km(here: tuple[float, float], there: tuple[float, float]) -> float:
    """Great-circle distance of two (lat, lon) points in degrees."""
    lat_a, lon_a, lat_b, lon_b = map(math.radians, (*here, *there))
    chord = math.sin((lat_b - lat_a) / 2) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(chord)))
