"""Places told by a description: "the country's second-largest city", "the regional capital", "the north of the country"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from trucewatch.model.theatre import Place
from trucewatch.stages.locate.scene import Scene
from trucewatch.text.gazetteer import AREA_KINDS
from trucewatch.text.names import bare_name, fold, name_key
from trucewatch.text.worldplaces import distance_km

SATELLITE_KM = 15.0

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
_SOME = r"(?:(?:the|several|many|some|a number of|dozens of|\d+|two|three|four|five|six|seven|eight|nine|ten) )?(?:other )?"
_DIRECTION_OF = re.compile(
    rf"^{_SOME}(?:far |extreme )?{_POINT}(?:(?: border| frontier| coastal)?"
    r"(?: parts?| areas?| regions?| towns?| villages?| communities| localities| settlements| suburbs| farmland| farms))?"
    r"(?: of (?:the )?(?P<owner>.+))?$",
    re.IGNORECASE,
)
# "the north and centre of X", "northern and central X": two parts, of which this is the first
_A_POINT = _POINT.replace("?P<point>", "?:")
TWO_POINTS = re.compile(
    rf"^(?:the )?(?P<first>{_A_POINT}),? and (?:the )?(?P<second>{_A_POINT}(?P<rest>(?: of)? .+)?)$", re.IGNORECASE
)
_OWNERS_POINT = re.compile(rf"^(?:the )?(?P<owner>country|[A-Z]\w+)['’]s (?:far )?{_POINT}$")
_DIRECTION_NAME = re.compile(rf"^(?i:(?:the )?(?:far )?{_POINT}) (?P<owner>[A-Z].+)$")
_DEMONYM_LAND = re.compile(
    r"^(?:the )?(?P<people>[A-Z]\w+) (?:[a-z][\w-]* ){0,2}"
    r"(?:cities|towns|villages|settlements|territory|territories|soil|lands?|airspace|waters"
    r"|side(?: of the (?:border|frontier))?)$"
)
_POSSESSED = re.compile(
    r"^(?:the )?(?P<owner>[A-Z].*?)[’']s? (?:[a-z][\w-]* ){0,2}(?:cities|towns|villages|settlements|territory|territories|soil"
    r"|lands?|airspace|areas?|regions|districts|positions|coast|waters|interior|heartland|frontier|infrastructure)$"
)
_OWN_LAND = re.compile(
    r"^the country[’']s (?:[a-z][\w-]* ){0,2}(?:frontier|coast|interior|borders?|airspace|territory|soil|lands?|provinces)$"
)
_SIDE = "(?:northern |southern |eastern |western |central |outer )"
_PART_OF = re.compile(
    rf"^(?:the )?(?P<owner>.+?)(?:[’']s (?:{_SIDE})?|s[’'] (?:{_SIDE})?| {_SIDE})"
    r"(?:suburbs?|outskirts|neighbou?rhoods?|districts)$"
    rf"|^(?:the )?(?:{_SIDE})*(?:suburbs?|outskirts|edge|neighbou?rhoods?|districts|centre|center|parts?|side) (?:of|in) "
    r"(?:the )?(?P<owner2>.+)$",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    r"^[a-z, \d-]*?\b(?:in|of|inside|within|across|on|around|near|over) (?P<owner>(?:the|this|that|its|their) [a-z][a-z -]+)$"
)
_BORDER = re.compile(r"\b(?:border|frontier)s?\b", re.IGNORECASE)
_LINE = "(?:contact line|line of contact|front ?lines?|dividing line|demarcation line)"
_FRONT = re.compile(
    rf"^(?:the )?(?P<before>[A-Z].*?) {_LINE}$|^(?:the )?{_LINE} (?:of|in|with|around|near) (?:the )?(?P<after>.+)$"
)
_ANAPHORA = re.compile(
    r"^(?:the|this|that) (?:same |whole |entire |breakaway |disputed |separatist |mountainous |ethnic \w+ |coastal |embattled "
    r"|[\w-]+-(?:controlled|held|run|backed|populated) )*"
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
    for rule in (_ranked, _capital, _border, _direction, _part, _possessed, _anaphor, _within):
        found = rule(phrase, start, end, scene)
        if found is not None:
            return replace(found, is_strong=rule in {_ranked, _capital, _direction, _part})
    return None


def _owner(before: str, after: str, start: int, scene: Scene) -> list[Place]:
    """Whose city it may be, the likeliest first: named in the phrase, else the regions or countries named before it."""
    for pattern, text in ((_OWNER_AFTER, after), (_OWNER_BEFORE, before)):
        match = pattern.search(text)
        named = _area(match["owner"], start, scene) if match else None
        if named is not None:
            return [named]
    words = fold(f"{before} {after}")
    codes = [code for word in f"{before} {after}".split() if (code := scene.gazetteer.demonyms.get(fold(word)))]
    if codes and (land := scene.country(codes[0])) is not None:
        return [land]
    if re.search(r"countr|nation|state", words):
        return scene.before(start, lambda place: place.kind == "country")
    if re.search(r"region|enclave|territor|republic|province|separatist|breakaway|de facto", words):
        return scene.before(start, scene.is_peopled)
    found = scene.before(start, lambda place: place.kind == "country" or scene.is_peopled(place))
    land = scene.land_before(start, lambda place: place.kind == "country" or scene.is_peopled(place))
    return found if land is None else [land, *(place for place in found if place.id != land.id)]


def _area(name: str, start: int, scene: Scene) -> Place | None:
    plain = fold(re.sub("^(?:the|its|their|his) ", "", name.strip(), flags=re.IGNORECASE))
    if plain in {"country", "nation", "state"}:
        return scene.land_before(start, lambda place: place.kind == "country")
    if plain.split(" ")[-1] in {"region", "enclave", "territory", "republic", "province", "area", "pocket"} and name.islower():
        return scene.main_region(start)
    spots = scene.gazetteer.scan(name)
    if spots:
        return spots[-1].candidate.place
    code = scene.gazetteer.demonyms.get(plain)
    return scene.country(code) if code else None


def _cities(area: Place, scene: Scene) -> list[Place]:
    """Settlements of an area whose people are known, the most populous first; a country's by the world's table too."""
    gazetteer = scene.gazetteer
    cities: dict[str, tuple[int, Place]] = {}
    for place in gazetteer.places.values():
        if place.kind == "settlement" and gazetteer.is_within(place, area):
            people = gazetteer.people(place)
            if people:
                cities[place.id] = (people, place)
    if area.kind == "country" and gazetteer.world is not None:
        known = {key for _, place in cities.values() for key in map(name_key, place.names)}
        for row in gazetteer.world.largest(gazetteer.alpha3(area.country), 8):
            if name_key(row.name) not in known:
                place = gazetteer.to_place(row)
                cities[place.id] = (row.population, place)
    ranked: list[Place] = []
    for _, place in sorted(cities.values(), key=lambda pair: (-pair[0], pair[1].id)):
        # boroughs and satellites of a larger city are no cities of their own here
        lat, lon = gazetteer.point(place)
        others = [gazetteer.point(other) for other in ranked]
        if (
            lat is None
            or lon is None
            or all(a is None or b is None or distance_km(lat, lon, a, b) > SATELLITE_KM for a, b in others)
        ):
            ranked.append(place)
    return ranked


def _ranked(phrase: str, start: int, end: int, scene: Scene) -> Described | None:
    match = _RANKED.search(phrase)
    if match is None:
        return None
    rank = _RANKS[(match["rank"] or "").lower()]
    if match["what"].lower() == "major" and rank == 1:
        return None
    beside = scene.named_beside(start, end)
    areas = _owner(phrase[: match.start()], phrase[match.end() :], start, scene)
    fallback: Described | None = None
    for area in areas[:3]:
        cities = _cities(area, scene)
        why = f"{fold(match.group())} of {area.names[0]}"
        if beside is not None and beside.kind == "settlement" and scene.gazetteer.is_within(beside, area):
            return Described(beside, 0.85, why)
        # censuses differ on close ranks: of the next in size, the one that the document itself names
        close = [city for city in cities[rank - 1 : rank + 1] if scene.named(city)]
        if close:
            return Described(close[0], 0.8, why)
        if fallback is None and len(cities) >= rank:
            fallback = Described(cities[rank - 1], 0.6, why)
    return fallback


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
    scope = (match["scope"] or "").lower()
    for area in _owner(f"{scope} {phrase[: match.start()]}", after, start, scene)[:1]:
        if area.kind == "country":
            row = (
                scene.gazetteer.world.capital(scene.gazetteer.alpha3(area.country)) if scene.gazetteer.world is not None else None
            )
            if row is None:
                return None
            same = [hit.place for hit in scene.gazetteer.find(row.name, fuzzy=False) if hit.is_theatre]
            return Described(same[0] if same else scene.gazetteer.to_place(row), 0.8, f"capital of {area.names[0]}")
        cities = _cities(area, scene)
        return Described(cities[0], 0.75, f"main city of {area.names[0]}") if cities else None
    return None


def _border(phrase: str, start: int, end: int, scene: Scene) -> Described | None:
    """The theatre's line between two countries: both named, or one and the country that the document speaks of most."""
    if _BORDER.search(phrase) is None or _DEMONYM_LAND.match(phrase):
        return None  # "the <people's> side of the border" is their land
    gazetteer = scene.gazetteer
    codes = [
        gazetteer.alpha3(spot.candidate.place.country)
        for spot in gazetteer.scan(phrase)
        if spot.candidate.place.kind == "country"
    ]
    codes += [code for word in re.split(r"[^\w]+", phrase) if (code := gazetteer.demonyms.get(word.lower()))]
    pairs = [set(codes[:2])]
    if len(set(codes)) == 1:
        pairs = [{codes[0], code} for code, _ in scene.countries.most_common(4) if code not in codes]
    lines = [place for place in gazetteer.places.values() if place.kind == "line"]
    for wanted in pairs:
        for place in lines:
            if len(wanted) == 2 and wanted <= scene.countries_in(place.names[0]):
                return Described(place, 0.8, "the border of both")
    return None


def _direction(phrase: str, start: int, end: int, scene: Scene) -> Described | None:
    if (two := TWO_POINTS.match(phrase)) is not None:
        phrase = f"{two['first']}{two['rest'] or ''}"
    match = _OWNERS_POINT.match(phrase) or _DIRECTION_OF.match(phrase) or _DIRECTION_NAME.match(phrase)
    if match is None:
        return None
    written = re.sub("[- ]+", " ", match["point"].lower())
    point = _DIRECTIONS[written if written in _DIRECTIONS else written.replace(" ", "")]
    owner = match["owner"]
    if owner is not None:
        area = _area(owner, start, scene)
    else:
        said = scene.land_before(start, lambda place: place.country is not None and fold(place.names[0]).startswith(fold(point)))
        if said is not None and not scene.gazetteer.countries_of(said) & scene.not_of:
            return Described(said, 0.75, "the direction named before")
        area = _told_of_before(start, scene)
    if area is None:
        return None
    why = f"{fold(point)} part of {area.names[0]}"
    if area.kind not in AREA_KINDS:
        return Described(area, 0.75, why)
    for name in (f"{point} {area.names[0]}", f"{point.removesuffix('ern')} {area.names[0]}"):
        hits = scene.gazetteer.named(name_key(name))
        if hits:
            return Described(hits[0].place, 0.85, why)
    return Described(area, 0.6, why, f"{point} {area.names[0]}", True)


def _told_of_before(start: int, scene: Scene) -> Place | None:
    """The region or country whose south "the south" is: told of in the sentences before, else in this one."""

    def wanted(place: Place) -> bool:
        return scene.is_fought_in(place) or scene.is_peopled(place)

    land = scene.land_before(start, wanted)
    is_own = land is not None and bool(scene.not_of & {scene.gazetteer.alpha3(land.country)})
    if is_own:
        # named further on, or only by its people
        others = (scene.country(code) for code, _ in scene.countries.most_common() if code not in scene.not_of)
        land = next((other for other in others if other is not None and wanted(other)), land)
        is_own = land is not None and bool(scene.not_of & {scene.gazetteer.alpha3(land.country)})
    if land is not None and scene.sooner_of and not scene.gazetteer.countries_of(land) & scene.sooner_of:
        # "60,000 <people> left their homes in the north": theirs, though only the people is named
        theirs = (scene.country(code) for code in sorted(scene.sooner_of))
        land = next((other for other in theirs if other is not None and wanted(other)), land)
    if land is not None and not is_own and (scene.not_of or scene.sooner_of):
        return land
    return scene.nearest_before(scene.sentence_span(start)[0], wanted) or scene.nearest_before(start, wanted)


def _part(phrase: str, start: int, end: int, scene: Scene) -> Described | None:
    match = _PART_OF.match(phrase)
    if match is None:
        return None
    owner = match["owner"] or match["owner2"]
    if (capital := _capital(owner, start, end, scene)) is not None:
        return replace(capital, why=f"part of the {capital.why}")
    hits = [hit for hit in scene.gazetteer.find(owner, fuzzy=False) if hit.place.kind == "settlement"]
    place = hits[0].place if hits else _area(owner, start, scene)
    return None if place is None else Described(place, 0.8 if hits else 0.7, f"part of {place.names[0]}")


def front_of(text: str, scene: Scene) -> Described | None:
    """The region whose front a phrase speaks of ("the X contact line", "the line of contact in X"), None where it names none.

    Who writes so tells of the region; the bare line ("the line of contact") stays a place of its own.
    """
    match = _FRONT.match(text)
    if match is None:
        return None
    named = bare_name(match["before"] or match["after"])[0]
    hits = [hit for hit in scene.gazetteer.find(named, fuzzy=False) if hit.is_theatre and hit.place.kind == "region"]
    return Described(hits[0].place, 0.8, "at its line of contact") if hits else None


def _possessed(phrase: str, start: int, end: int, scene: Scene) -> Described | None:
    match = _POSSESSED.match(phrase)
    adjective = _DEMONYM_LAND.match(phrase)
    area = _area(match["owner"], start, scene) if match else None
    if area is None and adjective is not None:
        code = scene.gazetteer.demonyms.get(fold(adjective["people"]))
        area = scene.country(code) if code else None
    own = _OWN_LAND.match(phrase)
    if area is None and own is not None:
        area = scene.land_before(start, lambda place: place.kind == "country")
        if area is None or not scene.gazetteer.countries_of(area) & scene.sooner_of:
            area = scene.land_before(start, scene.is_fought_in) or area
    return None if area is None else Described(area, 0.75, f"somewhere in {area.names[0]}")


def _within(phrase: str, start: int, end: int, scene: Scene) -> Described | None:
    match = _WITHIN.match(phrase)
    if match is None:
        return None
    inner = describe(match["owner"], start + match.start("owner"), end, scene)
    return None if inner is None else replace(inner, confidence=inner.confidence - 0.05)


def _anaphor(phrase: str, start: int, end: int, scene: Scene) -> Described | None:
    match = _ANAPHORA.match(phrase)
    if match is None:
        return None
    kinds = _ANAPHORA_KINDS[match["kind"].lower()]
    if kinds == {"settlement"} and (town := scene.last_settlement(start, match["kind"].lower())) is not None:
        return Described(town, 0.65, f"“{phrase}”, the one told of last")
    if kinds == {"corridor"} and (named := scene.nearest_before(start, lambda place: _is_called(place, "corridor"))) is not None:
        return Described(named, 0.65, f"“{phrase}”, the one named last")
    place = scene.main_region(start) if kinds == {"region"} else scene.land_before(start, lambda place: place.kind in kinds)
    return None if place is None else Described(place, 0.65, f"“{phrase}”, the one named last")


def _is_called(place: Place, noun: str) -> bool:
    """Whether a place has a noun in its name ("the X corridor")."""
    return any(noun in name.lower().split() for name in place.names)
