"""The gazetteer: a theatre's places first, the world's behind them, looked up by exact, folded, spelled and heard name.

Spelling and sound are tried on the theatre's places alone: over the whole world almost any string sounds like somewhere.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from trucewatch.model.theatre import Place, Theatre
from trucewatch.text.likeness import LikenessIndex
from trucewatch.text.names import articled_key, bare_name, fold, name_key, without_inner_article
from trucewatch.text.nametwins import is_given_name
from trucewatch.text.worldplaces import WorldPlace, WorldPlaces, distance_km, world_places

SPELLING_FLOOR = 0.72
SHORT_NAME = 5
# the names that come first are those in use; the exonyms of far languages behind them would be like anything
LIKENESS_NAMES = 10
SHORT_PERSON = 6
AREA_KINDS = frozenset({"region", "country", "district", "sea", "continent"})
_PRECISION = {
    "settlement": "settlement", "capital": "settlement", "seat": "settlement", "section": "settlement", "admin2": "district",
    "admin1": "region", "country": "country", "continent": "region", "region": "region", "sea": "region", "feature": "region",
}  # fmt: skip
_KIND = {
    "settlement": "settlement", "capital": "settlement", "seat": "settlement", "section": "settlement", "admin2": "district",
    "admin1": "region", "country": "country", "continent": "region", "region": "region", "sea": "sea", "feature": "site",
}  # fmt: skip
NAMESAKE_KM = 60.0
SAME_KM = 12.0
_SETTLED = frozenset({"settlement", "seat", "capital"})
_NAMESAKES = {
    "settlement": _SETTLED, "district": frozenset({"admin1", "admin2"}), "region": frozenset({"admin1", "region"}),
    "sea": frozenset({"sea"}), "country": frozenset({"country"}),
}  # fmt: skip
_THE = re.compile(r"^(?:the|in|inside|within|near|at|around|outside|from|into|on) ", re.IGNORECASE)
_POSSESSIVE = re.compile("[’'`]s$")
# shorter ones are phrases, and asked for once
_LONG_TEXT = 400
_TOKEN = re.compile(r"\w+(?:['’‘ʻ`]\w+)*")
# answers kept, then all are forgotten
MOST_ASKED = 20_000


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name may mean. `score` 0 to 1; `how`: exact, folded, descriptor, spelling, sound, meaning, world.

    `matched` is the gazetteer's name that was hit; `world` the world table's row where the place comes from there.
    """

    place: Place
    score: float
    how: str
    matched: str
    world: WorldPlace | None = None

    @property
    def is_theatre(self) -> bool:
        """Whether the place is the theatre's own."""
        return self.world is None


@dataclass(frozen=True, slots=True)
class Spot:
    """A known name in a text, with the document's offsets."""

    start_char: int
    end_char: int
    candidate: Candidate


class Gazetteer:
    """Names to places. Build it with `from_theatre`."""

    def __init__(
        self,
        places: Sequence[Place],
        *,
        world: bool = False,
        demonyms: Mapping[str, str] | None = None,
        country_names: Mapping[str, str] | None = None,
        person_words: Iterable[str] = (),
    ) -> None:
        self.places: dict[str, Place] = {place.id: place for place in places}
        self._wants_world = world
        self._owned: dict[int, Place | None] = {}
        # the same few names are asked for all through a conflict's articles
        self._found: dict[tuple[str, str | None, tuple[float, float] | None, bool], tuple[Candidate, ...]] = {}
        self._points: dict[str, tuple[float | None, float | None]] = {}
        # several stages ask for the names of the document in hand
        self._last_scan: tuple[str, tuple[Spot, ...]] = ("", ())
        self._people: dict[str, int] = {}
        self.person_words = frozenset(person_words)
        self.country_names: dict[str, str] = dict(country_names or {})
        self._exact: dict[str, list[tuple[Place, str]]] = {}
        self._meanings: dict[str, list[tuple[Place, str]]] = {}
        self._loose: dict[str, dict[str, tuple[Place, str]]] = {}
        self._spelled: list[tuple[Place, str]] = []
        self.demonyms: dict[str, str] = dict(demonyms or {})
        for place in places:
            for name in place.names:
                # "Ras Alder" for "Ras al-Alder", where no other place is called so
                if (bare := without_inner_article(name)) is not None:
                    self._loose.setdefault(name_key(bare), {})[place.id] = (place, name)
            for number, name in enumerate(dict.fromkeys(place.names)):
                _add(self._exact, name_key(name), place, name)
                if number < LIKENESS_NAMES and name_key(name).isascii() and len(name_key(name)) > 2:
                    self._spelled.append((place, name))
            for name in place.meanings:
                _add(self._meanings, name_key(name), place, name)
        for key, named in self._loose.items():
            if len(named) == 1 and key not in self._exact:
                _add(self._exact, key, *next(iter(named.values())))

    @classmethod
    def from_theatre(cls, theatre: Theatre, *, world: bool = True, extra: Iterable[Place] = ()) -> Gazetteer:
        """Gazetteer of a theatre; `extra` places (a GeoNames dump) join the theatre's where their id is new.

        With `world` the world's table stands behind it, loaded on first use.
        """
        own = {place.id for place in theatre.places}
        people = [name for actor in theatre.actors if actor.kind == "person" for name in actor.names]
        states = [party for party in theatre.parties if party.kind == "state"]
        return cls(
            [*theatre.places, *(place for place in extra if place.id not in own)],
            world=world,
            demonyms={fold(word): party.code for party in states for word in party.demonyms},
            country_names={name: party.code for party in states for name in party.names},
            person_words=(name_key(word) for name in people for word in name.split()),
        )

    @property
    def world(self) -> WorldPlaces | None:
        """The world's table, None where it was not asked for."""
        return world_places() if self._wants_world else None

    def find(
        self, name: str, *, country: str | None = None, near: tuple[float, float] | None = None, fuzzy: bool = True
    ) -> list[Candidate]:
        """Places that a name may mean, best first; empty where nothing is close.

        The theatre's places come before the world's at every level of likeness; the world is asked for whole names only.
        `country` (alpha-2 or alpha-3) puts its places first, `near` (lat, lon) the nearer ones; `fuzzy` False leaves out
        spelling and sound.
        """
        key = (name, country, near, fuzzy)
        found = self._found.get(key)
        if found is None:
            if len(self._found) >= MOST_ASKED:
                self._found.clear()
            found = self._found[key] = tuple(self._find(name, country, near, fuzzy))
        return list(found)

    def _find(self, name: str, country: str | None, near: tuple[float, float] | None, fuzzy: bool) -> list[Candidate]:
        found = self._certain(name, with_world=country is not None)
        if not any(candidate.is_theatre for candidate in found) and fuzzy:
            likely = self.alike(name)
            if likely and (not found or likely[0].score >= 0.9):
                found = likely + found
            else:
                found += likely
        wanted = self.alpha3(country)

        def order(candidate: Candidate) -> tuple[float, ...]:
            place = candidate.place
            off = 0.0 if not wanted or self.alpha3(place.country) == wanted else 1.0
            far = 0.0
            if near is not None and place.lat is not None and place.lon is not None:
                far = distance_km(near[0], near[1], place.lat, place.lon)
            return (off, -round(candidate.score, 2), far, -float(place.population or 0))

        return sorted(found, key=order)

    def _certain(self, name: str, *, with_world: bool) -> list[Candidate]:
        """Whole-name matches: exact, folded, then without the words around; the world's too where asked or needed."""
        core, kind = bare_name(name)
        plain = _THE.sub("", name)
        found: list[Candidate] = []
        for text in dict.fromkeys((name, plain, core)):
            for place, matched in self._exact.get(name_key(text), ()):
                how = "exact" if matched == text and text != core else "folded" if text != core or core == plain else "descriptor"
                how = "exact" if matched == name else how
                score = {"exact": 1.0, "folded": 0.98, "descriptor": 0.96}[how] - (0.06 if kind and kind != place.kind else 0.0)
                found.append(Candidate(place, score, how, matched))
            if not found and (spelled := self._articled.get(articled_key(text) or "")):
                found.append(spelled)
            if found:
                break
        if self.world is None or (found and not with_world):
            return found
        for text in dict.fromkeys((name, plain, core)):
            rows = self.world.lookup(text)
            same = {own.id: own for row in rows if (own := self._own(row)) is not None}
            if same and not found:
                # a name that only the world's table has, of a place that is the theatre's own
                found = [Candidate(place, 0.93, "folded", text) for place in same.values()]
                rows = rows if with_world else []
            if rows:
                return found + [
                    Candidate(self.to_place(row), round(0.5 + prominence(row), 3), "world", text, row) for row in rows
                ]
        return found

    def alike(self, name: str, *, floor: float = SPELLING_FLOOR, kinds: frozenset[str] | None = None) -> list[Candidate]:
        """The theatre's places whose names are spelled or sound alike, best first, scores 0 to 1."""
        core, _ = bare_name(name)
        best: dict[str, Candidate] = {}
        for likeness in self._likenesses.search(core, floor):
            place, matched = self._spelled[likeness.number]
            known = best.get(place.id)
            if (kinds is None or place.kind in kinds) and (known is None or known.score < likeness.score):
                best[place.id] = Candidate(place, likeness.score, likeness.how, matched)
        return sorted(best.values(), key=lambda candidate: (-candidate.score, candidate.place.id))

    @cached_property
    def _likenesses(self) -> LikenessIndex:
        return LikenessIndex([name for _, name in self._spelled])

    def by_meaning(self, name: str) -> list[Candidate]:
        """The theatre's places whose name a translator would render so (`Place.meanings`)."""
        core, _ = bare_name(name)
        keys = dict.fromkeys((name_key(name), name_key(core)))
        return [Candidate(place, 0.6, "meaning", matched) for key in keys for place, matched in self._meanings.get(key, ())]

    def named(self, key: str) -> list[Candidate]:
        """The theatre's places by an exact name key."""
        return [Candidate(place, 0.98, "folded", matched) for place, matched in self._exact.get(key, ())]

    def scan(self, text: str, start_char: int = 0) -> tuple[Spot, ...]:
        """Every capitalised name in a text that is the theatre's or a country's, longest first, in reading order."""
        if start_char or len(text) < _LONG_TEXT:
            return self._scan(text, start_char)
        if self._last_scan[0] != text:
            self._last_scan = (text, self._scan(text, 0))
        return self._last_scan[1]

    def _scan(self, text: str, start_char: int) -> tuple[Spot, ...]:
        words = [word.span() for word in _TOKEN.finditer(text)]
        spots: list[Spot] = []
        number = 0
        while number < len(words):
            start, end = words[number]
            letter = text[start]
            if letter.islower():
                number += 1
                continue
            longest = self._first_words.get(_first_key(text[start:end]), 0) if letter.isupper() or letter.isdigit() else 0
            for length in range(min(longest, len(words) - number), 0, -1):
                end = words[number + length - 1][1]
                phrase = text[start:end]
                name = _POSSESSIVE.sub("", phrase)
                candidate = None if "\n\n" in phrase else self._spot(phrase) or (self._spot(name) if name != phrase else None)
                if candidate is not None:
                    kept = len(phrase if name_key(phrase) == name_key(candidate.matched) else name)
                    spots.append(Spot(start + start_char, start + kept + start_char, candidate))
                    number += length
                    break
            else:
                number += 1
        return tuple(spots)

    @cached_property
    def _first_words(self) -> dict[str, int]:
        """How many words the longest known name has that begins with a word (folded): what `scan` need try there."""
        longest: dict[str, int] = {}
        names = [name for entries in self._exact.values() for _, name in entries]
        for name in [*names, *(candidate.matched for candidate in self._country_keys.values())]:
            words = _TOKEN.findall(name)
            if words:
                key = _first_key(words[0])
                longest[key] = max(longest.get(key, 0), len(words))
        return longest

    def _spot(self, phrase: str) -> Candidate | None:
        key = name_key(phrase)
        hits = self._exact.get(key)
        if hits:
            return Candidate(hits[0][0], 0.98, "folded", hits[0][1])
        return self._country_keys.get(key) or self._articled.get(articled_key(phrase) or "")

    @cached_property
    def _articled(self) -> dict[str, Candidate]:
        """The theatre's names with an Arabic article inside, by what their spellings share, where one place has it alone."""
        found: dict[str, dict[str, Candidate]] = {}
        for entries in self._exact.values():
            for place, name in entries:
                if key := articled_key(name):
                    found.setdefault(key, {})[place.id] = Candidate(place, 0.94, "folded", name)
        return {key: next(iter(places.values())) for key, places in found.items() if len(places) == 1}

    @cached_property
    def _country_keys(self) -> dict[str, Candidate]:
        """Countries, continents and large capitals of the world by key, less what the theatre names itself."""
        keys: dict[str, Candidate] = {}
        if self.world is None:
            return keys
        for row in self.world.landmarks():
            keys.setdefault(name_key(row.name), Candidate(self.to_place(row), 0.9, "world", row.name, row))
        for name, code in self.country_names.items():
            country = self.world.countries.get(code)
            if country is not None:
                keys[name_key(name)] = Candidate(self.to_place(country), 0.9, "world", name, country)
        return {key: candidate for key, candidate in keys.items() if key not in self._exact}

    def to_place(self, row: WorldPlace) -> Place:
        """A row of the world's table as a place of ours; a country by any of its names is one place."""
        if row.kind == "country" and self.world is not None:
            row = self.world.countries.get(row.country, row)
        return Place(
            id=f"geonames-{row.id}" if row.id > 0 else f"world-{name_key(row.name)}",
            kind=_KIND[row.kind],
            names=(row.name,),
            lat=row.lat,
            lon=row.lon,
            country=row.country or None,
            precision=_PRECISION[row.kind],
            population=row.population or None,
            credit="GeoNames, CC BY 4.0",
        )

    def point(self, place: Place) -> tuple[float | None, float | None]:
        """Coordinates of a place: its own, else those of the one namesake of its kind that the world's table has in its country.

        Of several namesakes the one within 60 km of a parent's own point is taken; else both are None.
        """
        if place.lat is not None or place.kind not in _NAMESAKES or self.world is None:
            return place.lat, place.lon
        if place.id not in self._points:
            self._points[place.id] = self._namesake_point(place, self.world)
        return self._points[place.id]

    def _own(self, row: WorldPlace) -> Place | None:
        """The theatre's settlement that a row of the world's table is: within 12 km and of one name; None where it is none."""
        if row.kind not in _SETTLED or self.world is None:
            return None
        if row.id not in self._owned:
            self._owned[row.id] = None
            for place, lat, lon in self._settlements:
                # a degree of latitude is 111 km: most places fall out without trigonometry
                if abs(lat - row.lat) > SAME_KM / 111 or distance_km(lat, lon, row.lat, row.lon) > SAME_KM:
                    continue
                if any(row.id == other.id for name in place.names for other in self.world.lookup(name)):
                    self._owned[row.id] = place
                    break
        return self._owned[row.id]

    @cached_property
    def _settlements(self) -> list[tuple[Place, float, float]]:
        settled = ((place, *self.point(place)) for place in self.places.values() if place.kind == "settlement")
        return [(place, lat, lon) for place, lat, lon in settled if lat is not None and lon is not None]

    def _namesake_point(self, place: Place, world: WorldPlaces) -> tuple[float | None, float | None]:
        country = self.alpha3(place.country)
        rows = {row.id: row for name in place.names for row in world.lookup(name)}
        fitting = [row for row in rows.values() if row.kind in _NAMESAKES[place.kind] and country in {"", row.country}]
        anchors = [above for above in self.lineage(place) if above.id != place.id and above.lat is not None]
        for above in anchors:
            near = [row for row in fitting if distance_km(row.lat, row.lon, above.lat or 0.0, above.lon or 0.0) < NAMESAKE_KM]
            if near:
                row = max(near, key=lambda row: row.population)
                return row.lat, row.lon
        if len(fitting) == 1 and not anchors:
            return fitting[0].lat, fitting[0].lon
        return None, None

    def people(self, place: Place) -> int:
        """A settlement's people: the larger of its own number and its namesake's in the world's table; 0 where neither is known.

        The table's latest number may be that of an emptied city, an older one of another source is then the better rank.
        """
        if place.id not in self._people:
            self._people[place.id] = self._count_people(place)
        return self._people[place.id]

    def _count_people(self, place: Place) -> int:
        largest = place.population or 0
        lat, lon = self.point(place)
        if self.world is not None and lat is not None and lon is not None:
            rows = (row for name in place.names for row in self.world.lookup(name) if row.kind in _SETTLED)
            near = [row.population for row in rows if distance_km(lat, lon, row.lat, row.lon) < 20]
            largest = max([largest, *near])
        return largest

    def alpha3(self, code: str | None) -> str:
        """Country code as alpha-3, "" for None."""
        if code and len(code) == 2 and self.world is not None:
            return self.world.alpha3(code)
        return (code or "").upper()

    def lineage(self, place: Place) -> Iterator[Place]:
        """A place and everything above it in the theatre, each once, nearest first."""
        seen: set[str] = set()
        queue = [place]
        while queue:
            current = queue.pop(0)
            if current.id in seen:
                continue
            seen.add(current.id)
            yield current
            queue.extend(self.places[parent] for parent in current.parents if parent in self.places)

    def is_within(self, place: Place, area: Place) -> bool:
        """Whether a place lies in an area by its parents, or by its country where the area is one."""
        if any(above.id == area.id for above in self.lineage(place)):
            return True
        return area.kind == "country" and bool(area.country) and self.alpha3(place.country) == self.alpha3(area.country)

    def countries_of(self, place: Place) -> frozenset[str]:
        """Alpha-3 codes of every country that a place may be given to: its own, its parents', its holders'."""
        codes = {self.alpha3(above.country) for above in self.lineage(place)}
        return frozenset(codes - {""})

    @cached_property
    def _extent(self) -> tuple[float, float, float, float] | None:
        points = [(p.lat, p.lon) for p in self.places.values() if p.lat is not None and p.lon is not None and p.kind != "country"]
        points = [point for point in points if point[1] is not None]
        if not points:
            return None
        lats, lons = sorted(point[0] for point in points), sorted(point[1] for point in points)
        # single far places (a capital where talks were held) must not stretch the theatre over half the world
        cut = len(points) // 50
        return lats[cut], lats[-1 - cut], lons[cut], lons[-1 - cut]

    def km_outside(self, lat: float, lon: float) -> float:
        """How far a point lies outside the theatre's extent, in km; 0 inside it and where the theatre has no places."""
        if self._extent is None:
            return 0.0
        south, north, west, east = self._extent
        return distance_km(lat, lon, min(max(lat, south), north), min(max(lon, west), east))

    def country_of_word(self, word: str) -> str:
        """Alpha-3 code of the country that a single word names or is the adjective of, "" where it is neither."""
        key = name_key(word)
        code = self.demonyms.get(key)
        if code:
            return code
        candidate = self._country_keys.get(key) or next(iter(self.named(key)), None)
        return self.alpha3(candidate.place.country) if candidate is not None and candidate.place.kind == "country" else ""

    def spacy_patterns(self) -> list[dict[str, Any]]:
        """Patterns for an `entity_ruler`: every Latin name of the theatre's places, labelled GPE, LOC or FAC.

        Short names may be words in small letters ("sour", "mar"): up to five letters they are matched with their capital only.
        Those of up to six that people bear too, as given names or in the theatre's actors, are left to the parser.
        """
        patterns: list[dict[str, Any]] = []
        seen: set[str] = set()
        for place in self.places.values():
            label = {"settlement": "GPE", "country": "GPE", "district": "GPE", "site": "FAC", "road": "FAC"}.get(
                place.kind, "LOC"
            )
            if place.kind == "region":
                label = "GPE"
            for name in place.names:
                if len(name) < 3 or not name[0].isupper() or name.lower() in seen or not fold(name).isascii():
                    continue
                if len(name) <= SHORT_PERSON and (is_given_name(name) or name_key(name) in self.person_words):
                    continue
                seen.add(name.lower())
                if len(name) <= SHORT_NAME and " " not in name and "-" not in name:
                    patterns.append({"label": label, "pattern": [{"TEXT": name}], "id": place.id})
                    continue
                patterns.append({"label": label, "pattern": name, "id": place.id})
        return patterns


@lru_cache(maxsize=65536)
def _first_key(word: str) -> str:
    return name_key(_POSSESSIVE.sub("", word))


def _add(index: dict[str, list[tuple[Place, str]]], key: str, place: Place, name: str) -> None:
    if key and all(known.id != place.id for known, _ in index.get(key, ())):
        index.setdefault(key, []).append((place, name))


def prominence(row: WorldPlace) -> float:
    """How likely a bare name means this place of all that bear it, 0 to 0.5: by kind and by the logarithm of its people."""
    size = math.log10(max(row.population, 1)) / 10
    bonus = {"country": 0.2, "continent": 0.2, "capital": 0.1, "admin1": 0.08, "region": 0.08, "seat": 0.04, "sea": 0.1}
    penalty = {"admin2": -0.08, "section": -0.05, "feature": -0.02}
    return max(0.0, min(0.49, 0.6 * size + bonus.get(row.kind, 0.0) + penalty.get(row.kind, 0.0)))
