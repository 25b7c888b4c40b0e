"""The gazetteer: a theatre's places first, the world's behind them, looked up by exact, folded, spelled and heard name.

Spelling and sound are tried on the theatre's places alone: over the whole world almost any string sounds like somewhere.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from trucewatch.model.theatre import Place, Theatre
from trucewatch.text.names import bare_name, fold, name_key, sound_key, sound_similarity, spelling_similarity
from trucewatch.text.worldplaces import WorldPlace, WorldPlaces, distance_km, world_places

SPELLING_FLOOR = 0.72
SHORT_NAME = 5
AREA_KINDS = frozenset({"region", "country", "district", "sea", "continent"})
_PRECISION = {
    "settlement": "settlement", "capital": "settlement", "seat": "settlement", "section": "settlement", "admin2": "district",
    "admin1": "region", "country": "country", "continent": "region", "region": "region", "sea": "region", "feature": "region",
}  # fmt: skip
_KIND = {
    "settlement": "settlement", "capital": "settlement", "seat": "settlement", "section": "settlement", "admin2": "district",
    "admin1": "region", "country": "country", "continent": "region", "region": "region", "sea": "sea", "feature": "site",
}  # fmt: skip
_POSSESSIVE = re.compile("[’'`]s$")
_TOKEN = re.compile(r"\w+(?:['’‘ʻ`]\w+)*")


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

    def __init__(self, places: Sequence[Place], *, world: WorldPlaces | None, demonyms: Mapping[str, str] | None = None) -> None:
        self.places: dict[str, Place] = {place.id: place for place in places}
        self._world = world
        self._exact: dict[str, list[tuple[Place, str]]] = {}
        self._sounds: dict[str, list[tuple[Place, str]]] = {}
        self._meanings: dict[str, list[tuple[Place, str]]] = {}
        self.demonyms: dict[str, str] = dict(demonyms or {})
        for place in places:
            for name in dict.fromkeys(place.names):
                _add(self._exact, name_key(name), place, name)
                _add(self._sounds, sound_key(name), place, name)
            for name in place.meanings:
                _add(self._meanings, name_key(name), place, name)
        self._longest = max((len(fold(name).split()) for place in places for name in place.names), default=1)

    @classmethod
    def from_theatre(cls, theatre: Theatre, *, world: bool = True, extra: Iterable[Place] = ()) -> Gazetteer:
        """Gazetteer of a theatre; `extra` places (a GeoNames dump) join the theatre's where their id is new.

        With `world` the world's table stands behind it, loaded on first use.
        """
        places = {place.id: place for place in extra}
        places.update({place.id: place for place in theatre.places})
        demonyms = {fold(word): party.code for party in theatre.parties for word in party.demonyms if party.kind == "state"}
        ordered = [*theatre.places, *(place for place in places.values() if place not in theatre.places)]
        gazetteer = cls(ordered, world=None, demonyms=demonyms)
        gazetteer._wants_world = world
        return gazetteer

    _wants_world = False

    @property
    def world(self) -> WorldPlaces | None:
        """The world's table, None where it was not asked for."""
        if self._world is None and self._wants_world:
            self._world = world_places()
        return self._world

    def find(
        self, name: str, *, country: str | None = None, near: tuple[float, float] | None = None, fuzzy: bool = True
    ) -> list[Candidate]:
        """Places that a name may mean, best first; empty where nothing is close.

        The theatre's places come before the world's at every level of likeness; the world is asked for whole names only.
        `country` (alpha-2 or alpha-3) puts its places first, `near` (lat, lon) the nearer ones; `fuzzy` False leaves out
        spelling and sound.
        """
        found = self._certain(name)
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

    def _certain(self, name: str) -> list[Candidate]:
        """Whole-name matches: exact, folded, then without descriptors; the theatre's, else (and after) the world's."""
        core, kind = bare_name(name)
        found: list[Candidate] = []
        for text, how, score in ((name, "exact", 1.0), (core, "descriptor", 0.96)):
            for place, matched in self._exact.get(name_key(text), ()):
                level = how if how == "descriptor" and core != name else ("exact" if matched == text else "folded")
                score_here = 1.0 if level == "exact" else 0.98 if level == "folded" else score
                if kind and kind != place.kind:
                    score_here -= 0.06
                found.append(Candidate(place, score_here, level, matched))
            if found:
                break
        if self.world is not None:
            known = {(fold(candidate.place.names[0])) for candidate in found}
            for text in dict.fromkeys((name, core)):
                rows = self.world.lookup(text)
                if rows:
                    for row in rows:
                        place = self.to_place(row)
                        if fold(row.name) not in known or not found:
                            found.append(Candidate(place, round(0.5 + prominence(row), 3), "world", row.name, row))
                    break
        return found

    def alike(self, name: str, *, floor: float = SPELLING_FLOOR, kinds: frozenset[str] | None = None) -> list[Candidate]:
        """The theatre's places whose names are spelled or sound alike, best first, scores 0 to 1."""
        core, _ = bare_name(name)
        if len(name_key(core)) < 3:
            return []
        best: dict[str, Candidate] = {}
        for place in self.places.values():
            if kinds is not None and place.kind not in kinds:
                continue
            for matched in place.names:
                candidate = _alike(core, matched, place)
                if candidate.score >= floor and (place.id not in best or best[place.id].score < candidate.score):
                    best[place.id] = candidate
        return sorted(best.values(), key=lambda candidate: (-candidate.score, candidate.place.id))

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
        words = list(_TOKEN.finditer(text))
        spots: list[Spot] = []
        number = 0
        longest = max(self._longest, 4)
        while number < len(words):
            if not (words[number].group()[0].isupper() or words[number].group()[0].isdigit()):
                number += 1
                continue
            for length in range(min(longest, len(words) - number), 0, -1):
                start, end = words[number].start(), words[number + length - 1].end()
                phrase = text[start:end]
                if "\n\n" in phrase or not words[number + length - 1].group()[0].isalnum():
                    continue
                name = _POSSESSIVE.sub("", phrase)
                candidate = self._spot(phrase) or (self._spot(name) if name != phrase else None)
                if candidate is not None:
                    kept = len(name if candidate.matched and name_key(phrase) != name_key(candidate.matched) else phrase)
                    spots.append(Spot(start + start_char, start + kept + start_char, candidate))
                    number += length
                    break
            else:
                number += 1
        return tuple(spots)

    def _spot(self, phrase: str) -> Candidate | None:
        key = name_key(phrase)
        hits = self._exact.get(key)
        if hits:
            return Candidate(hits[0][0], 0.98, "folded", hits[0][1])
        return self._country_keys.get(key)

    @cached_property
    def _country_keys(self) -> dict[str, Candidate]:
        """Country names and capitals of the world by key, less what the theatre names itself."""
        keys: dict[str, Candidate] = {}
        if self.world is None:
            return keys
        for row in self.world.countries.values():
            keys[name_key(row.name)] = Candidate(self.to_place(row), 0.9, "world", row.name, row)
        return {key: candidate for key, candidate in keys.items() if key not in self._exact}

    def to_place(self, row: WorldPlace) -> Place:
        """A row of the world's table as a place of ours."""
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

    def spacy_patterns(self) -> list[dict[str, Any]]:
        """Patterns for an `entity_ruler`: every Latin name of the theatre's places, labelled GPE, LOC or FAC.

        Short names may be words in small letters ("sour", "mar"): up to five letters they are matched with their capital only.
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
                seen.add(name.lower())
                if len(name) <= SHORT_NAME and " " not in name and "-" not in name:
                    patterns.append({"label": label, "pattern": [{"TEXT": name}], "id": place.id})
                    continue
                patterns.append({"label": label, "pattern": name, "id": place.id})
        return patterns


def _add(index: dict[str, list[tuple[Place, str]]], key: str, place: Place, name: str) -> None:
    if key and all(known.id != place.id for known, _ in index.get(key, ())):
        index.setdefault(key, []).append((place, name))


def _alike(core: str, matched: str, place: Place) -> Candidate:
    spelled = spelling_similarity(core, matched)
    heard = sound_similarity(core, matched)
    if heard == 1.0 and len(sound_key(core)) >= 3:
        return Candidate(place, min(0.95, 0.75 + 0.2 * spelled), "sound", matched)
    score = 0.65 * spelled + 0.35 * heard
    if name_key(core)[:1] != name_key(matched)[:1] and sound_key(core)[:1] != sound_key(matched)[:1]:
        score -= 0.12
    return Candidate(place, score, "spelling" if spelled >= heard else "sound", matched)


def prominence(row: WorldPlace) -> float:
    """How likely a bare name means this place of all that bear it, 0 to 0.5: by kind and by the logarithm of its people."""
    size = math.log10(max(row.population, 1)) / 10
    bonus = {"country": 0.2, "continent": 0.2, "capital": 0.1, "admin1": 0.08, "region": 0.08, "seat": 0.04, "sea": 0.1}
    penalty = {"admin2": -0.08, "section": -0.05, "feature": -0.02}
    return max(0.0, min(0.49, 0.6 * size + bonus.get(row.kind, 0.0) + penalty.get(row.kind, 0.0)))
