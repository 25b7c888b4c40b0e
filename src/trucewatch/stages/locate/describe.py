"""Places told by a description: "the country's second-largest city", "the regional capital", "the north of the country"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from trucewatch.model.theatre import Place
from trucewatch.stages.locate.scene import Scene
from trucewatch.text.names import fold, name_key

_RANKS = {"": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "2nd": 2, "3rd": 3, "4th": 4}
_RANKED = re.compile(
    r"(?:(?P<rank>second|third|fourth|fifth|2nd|3rd|4th)[- ])?(?P<what>largest|biggest|most populous|main|major|principal) "
    r"(?:city|town|urban centre|urban center|settlement)",
    re.IGNORECASE,
)
_CAPITAL = re.compile(
    r"\b(?P<scope>regional|provincial|separatist|de facto|self-proclaimed|national)?\s*\bcapital\b(?: city)?", re.IGNORECASE
)
_OWNER_BEFORE = re.compile(r"(?P<owner>[\w’'ʻ. -]+?)[’']s?\s*$")
_OWNER_AFTER = re.compile(r"^\s*(?:of|in|inside|within)\s+(?:the\s+)?(?P<owner>[\w’'ʻ. -]+)")
_DIRECTIONS = {
    "north": "Northern", "south": "Southern", "east": "Eastern", "west": "Western",
    "northern": "Northern", "southern": "Southern",
    "eastern": "Eastern", "western": "Western",
    "north east": "Northeastern", "northeast": "Northeastern",
    "north west": "Northwestern", "northwest": "Northwestern", "south east": "Southeastern", "southeast": "Southeastern",
    "south west": "Southwestern", "southwest": "Southwestern", "northeastern": "Northeastern", "northwestern": "Northwestern",
    "southeastern": "Southeastern", "southwestern": "Southwestern", "central": "Central", 
    "centre": "Central", "center": "Central",
}  # fmt: skip
_POINT = r"(?P<point>(?:north|south)[- ]?(?:east|west)(?:ern)?|(?:north|south|east|west)(?:ern)?|central|centre|center)"
_DIRECTION_OF = re.compile(
    rf"^(?:the )?(?:far |extreme )?{_POINT}(?: parts?| areas?| regions?)?(?: of (?:the )?(?P<owner>.+))?$", re.IGNORECASE
)
_DIRECTION_NAME = re.compile(rf"^(?:the )?(?:far )?{_POINT} (?P<owner>[A-Z].+)$", re.IGNORECASE)
_SIDE = "(?:northern |southern |eastern |western |central |outer )"
_PART_OF = re.compile(
    rf"^(?:the )?(?P<owner>.+?)(?:[’']s (?:{_SIDE})?|s[’'] (?:{_SIDE})?| {_SIDE})"
    r"(?:suburbs?|outskirts|neighbou?rhoods?|districts)$"
    rf"|^(?:the )?(?:{_SIDE})*(?:suburbs?|outskirts|edge|neighbou?rhoods?|districts|centre|center|parts?|side) (?:of|in) "
    r"(?:the )?(?P<owner2>.+)$",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    r"^(?:an?|the|several|some|many|two|three|\d+|other)? ?(?:[\w-]+ ){0,3}?"
    r"(?:areas?|parts?|places?|towns?|villages?|cities|districts?|settlements?|communities|locations?|points?|sites?|territory|lands?"
    r"|soil|border)(?: \w+)? (?:in|of|inside|within|across|on) (?:the )?(?P<owner>.+)$",
    re.IGNORECASE,
)
_ANAPHORA = re.compile(
    r"^(?:the|this|that) (?:same |whole |entire |breakaway |disputed |separatist |mountainous |ethnic \w+ |coastal |embattled )*"
    r"(?P<kind>city|town|village|settlement|region|enclave|exclave|territory|republic|province|district|country|nation|corridor"
    r"|pocket|area)$",
    re.IGNORECASE,
)
_ANAPHORA_KINDS = {
    "city": {"settlement"}, "town": {"settlement"}, "village": {"settlement"}, "settlement": {"settlement"},
    "region": {"region"}, "enclave": {"region"}, "exclave": {"region"}, "territory": {"region"}, "republic": {"region"},
    "pocket": {"region"}, "area": {"region"}, "province": {"region", "district"}, "district": {"district"},
    "country": {"country"},
    "nation": {"country"}, "corridor": {"corridor"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Described:
    """What a description leads to. `name` shown where it differs from the place's own (a part of it).

    `is_strong`: the phrase describes even where a known name stands in it ("the main city of the X region").
    """

    place: Place
    confidence: float
    why: str
    name: str | None = None
    is_part: bool = False
    is_strong: bool = False


def describe(text: str, start: int, end: int, scene: Scene) -> Described | None:
    """The place that a descriptive phrase leads to in its document; None where it is no description or leads nowhere."""
    phrase = re.sub(r"\s+", " ", text.strip(" ,.;:“”\"'"))
    for rule in (_ranked, _capital, _direction, _part, _anaphor, _within):
        found = rule(phrase, start, end, scene)
        if found is not None:
            return replace(found, is_strong=rule in {_ranked, _capital, _direction, _part})
    return None


def _owner(before: str, after: str, start: int, scene: Scene) -> Place | None:
    """Whose city it is: named in the phrase, else the region or country last named before it."""
    for pattern, text in ((_OWNER_AFTER, after), (_OWNER_BEFORE, before)):
        match = pattern.search(text)
        if match:
            named = _area(match["owner"], start, scene)
            if named is not None:
                return named
    wants_country = re.search(r"countr|nation|state", fold(f"{before} {after}")) is not None
    wants_region = (
        re.search(r"region|enclave|territor|republic|province|separatist|de facto", fold(f"{before} {after}")) is not None
    )
    kinds = {"country"} if wants_country else {"region"} if wants_region else {"region", "country"}
    return scene.nearest_before(start, lambda place: place.kind in kinds)


def _area(name: str, start: int, scene: Scene) -> Place | None:
    plain = fold(re.sub("^(?:the|its|their|his) ", "", name.strip(), flags=re.IGNORECASE))
    if plain in {"country", "nation", "state"}:
        return scene.nearest_before(start, lambda place: place.kind == "country")
    if plain in {"region", "enclave", "territory", "republic", "province", "area", "breakaway region"}:
        return scene.nearest_before(start, lambda place: place.kind == "region")
    spots = scene.gazetteer.scan(name)
    if spots:
        return spots[-1].candidate.place
    code = scene.gazetteer.demonyms.get(plain)
    if code:
        return scene.country(code)
    return None


def _cities(area: Place, scene: Scene) -> list[Place]:
    """Settlements of an area whose people are known, the most populous first; a country's by the world's table too."""
    gazetteer = scene.gazetteer
    settlements = [place for place in gazetteer.places.values() if place.kind == "settlement" and place.population]
    cities = [place for place in settlements if gazetteer.is_within(place, area)]
    if area.kind == "country" and gazetteer.world is not None:
        known = {key for place in cities for key in map(name_key, place.names)}
        rows = gazetteer.world.largest(gazetteer.alpha3(area.country), 5)
        cities += [gazetteer.to_place(row) for row in rows if name_key(row.name) not in known]
    return sorted(cities, key=lambda place: (-(place.population or 0), place.id))


def _ranked(phrase: str, start: int, end: int, scene: Scene) -> Described | None:
    match = _RANKED.search(phrase)
    if match is None:
        return None
    area = _owner(phrase[: match.start()], phrase[match.end() :], start, scene)
    rank = _RANKS[(match["rank"] or "").lower()]
    if area is None or (match["what"].lower() == "major" and rank == 1):
        return None
    cities = _cities(area, scene)
    if len(cities) < rank:
        return None
    named = scene.named_beside(start, end)
    city = cities[rank - 1]
    if named is not None and any(named.id == other.id for other in cities[: rank + 1]):
        city = named
    return Described(city, 0.8, f"{fold(match.group())} of {area.names[0]}")


def _capital(phrase: str, start: int, end: int, scene: Scene) -> Described | None:
    match = _CAPITAL.search(phrase)
    if match is None:
        return None
    after = phrase[match.end() :]
    if scene.gazetteer.scan(after) and not re.match(r"\s*(?:of|in)\b", after):
        return None
    beside = scene.named_beside(start, end)
    if beside is not None and beside.kind == "settlement":
        return Described(beside, 0.85, "the capital, named beside it")
    area = _owner(f"{match['scope'] or ''} {phrase[: match.start()]}", phrase[match.end() :], start, scene)
    if area is None:
        return None
    if match["scope"] and match["scope"].lower() in {"regional", "provincial"} and area.kind == "country":
        return None
    if area.kind == "country" and scene.gazetteer.world is not None:
        row = scene.gazetteer.world.capital(scene.gazetteer.alpha3(area.country))
        if row is None:
            return None
        same = [hit.place for hit in scene.gazetteer.find(row.name, fuzzy=False) if hit.is_theatre]
        return Described(same[0] if same else scene.gazetteer.to_place(row), 0.8, f"capital of {area.names[0]}")
    cities = _cities(area, scene)
    return Described(cities[0], 0.75, f"main city of {area.names[0]}") if cities else None


def _direction(phrase: str, start: int, end: int, scene: Scene) -> Described | None:
    match = _DIRECTION_OF.match(phrase) or _DIRECTION_NAME.match(phrase)
    if match is None:
        return None
    point = _DIRECTIONS[
        re.sub("[- ]+", " ", match["point"].lower()).replace(" ", "") if " " not in match["point"] else match["point"].lower()
    ]
    owner = match["owner"]
    if owner is not None:
        area = _area(owner, start, scene)
    else:
        said = scene.nearest_before(start, lambda place: fold(place.names[0]).startswith(fold(point)))
        if said is not None:
            return Described(said, 0.75, "the direction named before")
        area = scene.nearest_before(start, lambda place: place.kind == "country")
    if area is None:
        return None
    for name in (f"{point} {area.names[0]}", f"{point[:5]} {area.names[0]}", f"{point.removesuffix('ern')} {area.names[0]}"):
        hits = scene.gazetteer.named(name_key(name))
        if hits:
            return Described(hits[0].place, 0.85, f"{fold(point)} part of {area.names[0]}")
    return Described(area, 0.6, f"{fold(point)} part of {area.names[0]}", f"{point} {area.names[0]}", True)


def _part(phrase: str, start: int, end: int, scene: Scene) -> Described | None:
    match = _PART_OF.match(phrase)
    if match is None:
        return None
    owner = match["owner"] or match["owner2"]
    hits = [hit for hit in scene.gazetteer.find(owner, fuzzy=False) if hit.place.kind == "settlement"]
    if not hits:
        area = _area(owner, start, scene)
        return None if area is None else Described(area, 0.7, f"part of {area.names[0]}")
    return Described(hits[0].place, 0.8, f"part of {hits[0].place.names[0]}")


def _within(phrase: str, start: int, end: int, scene: Scene) -> Described | None:
    match = _WITHIN.match(phrase)
    if match is None:
        return None
    inner = describe(match["owner"], start + match.start("owner"), end, scene)
    if inner is not None:
        return inner
    area = _area(match["owner"], start, scene)
    return None if area is None else Described(area, 0.75, f"somewhere in {area.names[0]}")


def _anaphor(phrase: str, start: int, end: int, scene: Scene) -> Described | None:
    match = _ANAPHORA.match(phrase)
    if match is None:
        return None
    kinds = _ANAPHORA_KINDS.get(match["kind"].lower())
    if kinds is None:
        return None
    place = scene.nearest_before(start, lambda place: place.kind in kinds)
    return None if place is None else Described(place, 0.65, f"“{phrase}”, the one named last")
