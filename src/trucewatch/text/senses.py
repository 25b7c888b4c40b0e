"""Which of the places that share a name each name of a document means: all names of one document are decided together.

A name's candidates gain from being large, from a qualifier beside the name ("X, State"), from areas that the document names, and
from lying near the places that its other names most likely mean; a few rounds settle it. One sense a document.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trucewatch.text.gazetteer import Gazetteer
from trucewatch.text.names import name_key
from trucewatch.text.worldplaces import EARTH_RADIUS_KM, WorldPlace, WorldPlaces

# tuned on three quarters of LGL and TR-News (bench/quality/places.py)
POPULATION = 0.9
KIND = {
    "country": 4.0, "continent": 4.5, "capital": 2.6, "admin1": 1.8, "region": 2.5, "sea": 2.5, "seat": 0.8, "settlement": 0.0,
    "section": -0.8, "admin2": -1.2, "feature": 1.0,
}  # fmt: skip
QUALIFIED = 8.0
AREA_NAMED = 0.7
SAME_COUNTRY = 3.0
NEAR = 1.5
NEAR_KM = 120.0
SAME_ADMIN1 = 1.2
OTHER_NAME = -1.5
ROUNDS = 4
MOST_CANDIDATES = 60
WIDE_KINDS = frozenset({"country", "continent", "region", "sea", "admin1"})
Column = NDArray[np.float64]
_QUALIFIER = re.compile(r"^(?:,\s+|\s+\()(?:in )?([A-Z][\w.]*(?: [A-Z][\w.]*){0,2})")
_ABBREVIATIONS = {
    "st": "saint", "mt": "mount", "ft": "fort", "pt": "point", "n": "north", "s": "south", "e": "east", "w": "west", 
    "co": "county", "twp": "township", "hts": "heights", "spgs": "springs", "jct": "junction", "pk": "park", "is": "island",
}  # fmt: skip
_DROPPED_BEFORE = re.compile(
    r"^(?:the|downtown|central|greater|metro(?:politan)?|mainland|inner|outer|old|upper|lower|mid|(?:north|south)(?:ern|east|west|eastern"
    r"|western)?|(?:east|west)(?:ern)?|north-?east(?:ern)?|north-?west(?:ern)?|south-?east(?:ern)?|south-?west(?:ern)?"
    r"|city of|town of|village of|county of|state of|province of|district of)[ -]+",
    re.IGNORECASE,
)
_DROPPED_AFTER = re.compile(
    r"(?:[’']s?|[ -](?:area|city|town|township|twp\.?|village|region|province|state|district|proper|metro))$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class NameInText:
    """A place name of a document with its offsets, and the name that qualifies it ("X" in "X, State"), where one does."""

    text: str
    start_char: int
    end_char: int
    qualifier: str | None = None


def qualifier_after(text: str, end: int) -> str | None:
    """The name that qualifies a place name ending at an offset ("X, State", "X (State)"), None where none follows."""
    match = _QUALIFIER.match(text[end : end + 40])
    return match.group(1) if match else None


def forms_of(name: str) -> tuple[str, ...]:
    """A name and the fuller or barer forms under which a table may have it, likeliest first."""
    forms = [name.strip(" .,;:") if not re.search(r"\w\.\w?\.?$", name) else name.strip(" ,;:")]
    bare = re.sub("[’']s?$", "", forms[0])
    words = re.split(r"[ ]+", bare)
    long = " ".join(_ABBREVIATIONS.get(word.rstrip(".").lower(), word) if len(words) > 1 else word for word in words)
    forms += [bare, long]
    shorter = bare
    for pattern in (_DROPPED_AFTER, _DROPPED_BEFORE):
        cut = pattern.sub("", shorter)
        if len(cut) > 2:
            forms.append(cut)
            shorter = cut
    return tuple(dict.fromkeys(form for form in forms if form))


class _Options:
    """One name's candidates as columns."""

    def __init__(self, rows: Sequence[WorldPlace], name: str) -> None:
        self.rows = rows
        self.lats = np.radians(np.array([row.lat for row in rows]))
        self.lons = np.radians(np.array([row.lon for row in rows]))
        key = name_key(name)
        self.base = np.array(
            [
                POPULATION * math.log10(max(row.population, 30)) + KIND[row.kind] + (0.0 if key in _own_keys(row) else OTHER_NAME)
                for row in rows
            ]
        )
        self.best = int(np.argmax(self.base))


def _own_keys(row: WorldPlace) -> set[str]:
    key = name_key(row.name)
    return {key, key.removesuffix("county"), key.removesuffix("parish"), key.removesuffix("city")}


def candidates_of(name: str, world: WorldPlaces) -> tuple[str, list[WorldPlace]]:
    """The first form of a name that the table knows, and its places, the largest first."""
    for form in forms_of(name):
        rows = world.lookup(form)
        if rows:
            rows.sort(key=lambda row: -(row.population + 10_000_000 * (row.kind in {"country", "continent", "admin1"})))
            return form, rows[:MOST_CANDIDATES]
    return name, []


def choose_senses(names: Sequence[NameInText], gazetteer: Gazetteer) -> dict[str, tuple[WorldPlace, float]]:
    """The world's place that each name (by its text) means in one document, with a confidence of 0 to 1.

    Names that the table does not know are left out. Raises nothing: an empty sequence or a gazetteer without a world gives {}.
    """
    world = gazetteer.world
    if world is None or not names:
        return {}
    counts = Counter(name.text for name in names)
    options: dict[str, _Options] = {}
    for text in counts:
        form, rows = candidates_of(text, world)
        if rows:
            options[text] = _Options(rows, form)
    for name in names:
        if name.qualifier is not None and name.text in options:
            _qualify(options[name.text], name.qualifier, world)
    _favour_named_areas(options, counts)
    scores = {text: option.base for text, option in options.items()}
    for _ in range(ROUNDS):
        if not _settle(options, counts, scores):
            break
    return {text: (option.rows[option.best], _confidence(scores[text], option.best)) for text, option in options.items()}


def _favour_named_areas(options: dict[str, _Options], counts: Counter[str]) -> None:
    areas: Counter[str] = Counter()
    for text, option in options.items():
        row = option.rows[int(np.argmax(option.base))]
        if row.kind == "admin1":
            areas[row.admin1] += counts[text]
    for option in options.values():
        for number, row in enumerate(option.rows):
            if row.kind not in {"admin1", "country"} and areas[row.admin1]:
                option.base[number] += AREA_NAMED * (1 + math.log(areas[row.admin1]))
        option.best = int(np.argmax(option.base))


def _settle(options: dict[str, _Options], counts: Counter[str], scores: dict[str, Column]) -> bool:
    """One round: every name's candidates against where the others now lie. Whether any name moved."""
    texts = list(options)
    chosen = [option.rows[option.best] for option in options.values()]
    lats = np.array([option.lats[option.best] for option in options.values()])
    lons = np.array([option.lons[option.best] for option in options.values()])
    is_small = np.array([row.kind not in WIDE_KINDS for row in chosen])
    weights = np.array([min(2.0, 0.6 + 0.4 * counts[text]) for text in texts]) * is_small
    admins = Counter(row.admin1 for row, small in zip(chosen, is_small, strict=True) if small and row.admin1)
    countries: Counter[str] = Counter()
    for text, row in zip(texts, chosen, strict=True):
        countries[row.country] += counts[text]
    total = sum(countries.values())
    moved = False
    for number, text in enumerate(texts):
        option = options[text]
        if len(option.rows) == 1:
            continue
        own = chosen[number]
        others = weights.copy()
        others[number] = 0.0
        near = np.exp(-_distances(option, lats, lons) / NEAR_KM) @ others
        score = option.base + NEAR * np.minimum(near, 3.0)
        for place, row in enumerate(option.rows):
            if row.country:
                support = countries[row.country] - (counts[text] if row.country == own.country else 0)
                score[place] += SAME_COUNTRY * support / max(1, total - counts[text])
            if row.admin1 and row.kind not in {"admin1", "country"}:
                score[place] += SAME_ADMIN1 * math.log1p(admins[row.admin1] - bool(is_small[number] and own.admin1 == row.admin1))
        scores[text] = score
        best = int(np.argmax(score))
        moved = moved or best != option.best
        option.best = best
    return moved


def _qualify(option: _Options, qualifier: str, world: WorldPlaces) -> None:
    _, areas = candidates_of(qualifier, world)
    admins = {row.admin1 for row in areas if row.kind == "admin1"}
    lands = {row.country for row in areas if row.kind == "country"}
    for number, row in enumerate(option.rows):
        if (row.admin1 in admins and row.kind != "admin1") or (row.country in lands and row.kind != "country"):
            option.base[number] += QUALIFIED
    option.best = int(np.argmax(option.base))


def _distances(option: _Options, lats: Column, lons: Column) -> Column:
    """Great-circle distances in km, candidates by other names."""
    a, b = option.lats[:, None], lats[None, :]
    half = np.sin((b - a) / 2) ** 2 + np.cos(a) * np.cos(b) * np.sin((lons[None, :] - option.lons[:, None]) / 2) ** 2
    distances: Column = 2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(1.0, np.sqrt(half)))
    return distances


def _confidence(scores: Column, best: int) -> float:
    """Softmax share of the best candidate, kept below certainty."""
    shifted = np.exp(np.minimum(scores - scores[best], 0.0))
    return round(min(0.95, 0.4 + 0.55 * float(1.0 / shifted.sum())), 2)
