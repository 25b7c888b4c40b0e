"""One claim's one place: choose among what its name may mean, and say how sure that is."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from trucewatch.model.change import changed
from trucewatch.model.records import Claim, ClaimPlace, Issue
from trucewatch.model.theatre import Place
from trucewatch.stages.locate.describe import describe, front_of
from trucewatch.stages.locate.phrases import has_name, take_apart
from trucewatch.stages.locate.recover import KNOWN_CITY, recover, strong_likeness
from trucewatch.stages.locate.scene import Scene
from trucewatch.text.gazetteer import AREA_KINDS, Candidate
from trucewatch.text.names import bare_name, name_key, place_kind_word
from trucewatch.text.nametwins import twins_of
from trucewatch.text.worldplaces import distance_km

# a world place this far outside the theatre needs its own country named, or to be a capital or a great city
NEIGHBOURHOOD_KM = 250.0
GREAT_CITY = 1_000_000
SURE_LIKENESS = 0.85
BESIDE_KM = 50.0
LONGEST_PHRASE = 200
_WITH = re.compile(r"\s(?:with|in|around|of)\s(?:the\s)?[A-Z][\w’'-]+(?:[ \n][A-Z][\w’'-]+)*")
CONTRADICTION = "place-country-contradiction"
_GIVEN_COUNTRY = re.compile(
    r"^(?:,? (?:a|the) (?:[\w-]+ ){0,3}(?:city|town|village|settlement|region|district) (?:in|of)|,? (?:in|of)|,)\s+"
    r"(?:the )?(?=[A-Z])"
)


@dataclass(frozen=True, slots=True)
class Located:
    """What became of a claim's place: the place (None: the phrase names none), why in plain words, the issues raised."""

    place: ClaimPlace | None
    why: str
    issues: tuple[Issue, ...] = ()


def locate_place(claim_place: ClaimPlace, claim: Claim, scene: Scene) -> Located:
    """The place located, why in plain words, and the issues it raised; the place None where the phrase names none at all."""
    start, end = _offsets(claim_place, claim, scene)
    # an article that begins the sentence has a capital of no meaning
    text = re.sub("^(The|An?) ", lambda article: article.group().lower(), " ".join(claim_place.text.split()))
    if len(text) > LONGEST_PHRASE:
        return Located(None, "is too long to name a place")
    whole = scene.whole_name(start, end)
    if whole is not None:
        text = whole
    front = front_of(text + _front_goes_on(text, end, scene), scene)
    if front is not None:
        return Located(_fill(claim_place, front.place, front.confidence, scene), f"{front.place.names[0]} ({front.why})")
    certain = scene.gazetteer.find(text, fuzzy=False)
    theirs = [hit for hit in certain if hit.is_theatre]
    countries = [hit for hit in certain if hit.place.kind == "country" and hit.place.id == certain[0].place.id]
    if (theirs and theirs[0].how != "descriptor") or countries:
        return _chosen(claim_place, theirs or countries[:1], start, end, claim, scene, text)
    described = describe(text, start, end, scene)
    if described is not None and (described.is_strong or not theirs):
        located = _fill(claim_place, described.place, described.confidence, scene, name=described.name, is_part=described.is_part)
        return Located(located, f"{described.place.names[0]} ({described.why})")
    if theirs:
        return _chosen(claim_place, theirs, start, end, claim, scene, text)
    phrase = take_apart(text, scene.gazetteer)
    if phrase.name == text and phrase.area is None:
        return _locate_name(claim_place, text, None, start, end, claim, scene)
    inner = changed(
        claim_place, text=phrase.name, start_char=start + phrase.offset, end_char=start + phrase.offset + len(phrase.name)
    )
    if phrase.name != text and not phrase.is_near:
        found = _again(inner, phrase.area, claim, scene)
    else:
        found = locate_place(inner, claim, scene) if phrase.name != text else Located(None, "")
    if found.place is None:
        return found
    kept = changed(found.place, text=claim_place.text, start_char=claim_place.start_char, end_char=claim_place.end_char)
    if phrase.is_near:
        kept = changed(kept, confidence=round(kept.confidence * 0.7, 2))
    return Located(kept, found.why, found.issues)


def _front_goes_on(text: str, end: int, scene: Scene) -> str:
    """ " with X", after "the line of contact": whose line it is."""
    if not text.lower().endswith(("line of contact", "contact line", "front line", "frontline")):
        return ""
    match = _WITH.match(scene.text, end)
    return match.group().replace("\n", " ") if match is not None else ""


def _again(inner: ClaimPlace, area: Place | None, claim: Claim, scene: Scene) -> Located:
    """The name taken out of a phrase, with the area that the phrase puts it in."""
    certain = [hit for hit in scene.gazetteer.find(inner.text, fuzzy=False) if hit.is_theatre]
    start, end = inner.start_char or 0, inner.end_char or 0
    if certain:
        return _chosen(inner, certain, start, end, claim, scene)
    described = describe(inner.text, start, end, scene)
    if described is not None:
        located = _fill(inner, described.place, described.confidence, scene, name=described.name, is_part=described.is_part)
        return Located(located, f"{described.place.names[0]} ({described.why})")
    return _locate_name(inner, inner.text, area, start, end, claim, scene)


def _locate_name(
    claim_place: ClaimPlace, text: str, area: Place | None, start: int, end: int, claim: Claim, scene: Scene
) -> Located:
    """A name that the theatre does not have as it stands: another spelling, the world's, or a mangled one."""
    if not has_name(text):
        return Located(None, "names no place")
    remembered = scene.located.get(name_key(text))
    if remembered is not None:
        name = _as_written(text, remembered, scene)
        return Located(
            _fill(claim_place, remembered, 0.6, scene, name=name), f"{remembered.names[0]}, as elsewhere in the document"
        )
    plausible = _plausible(text, area, start, end, scene)
    spelled = scene.gazetteer.alike(text, floor=max(SURE_LIKENESS, strong_likeness(text)))
    spelled = [hit for hit in spelled if not _is_told_elsewhere(hit.place, end, scene)]
    is_twin = any(scene.gazetteer.named(key) for key in twins_of(bare_name(text)[0]))
    if spelled and not is_twin and not _is_known_city(text, scene) and (not plausible or plausible[0].score < 0.75):
        best = spelled[0]
        scene.located[name_key(text)] = best.place
        why = f"{best.place.names[0]}, another spelling of {best.matched}"
        issue = _issue(claim, scene, "name-recovered", "info", text, f"“{text}” read as {why}")
        name = _as_written(text, best.place, scene)
        return Located(_fill(claim_place, best.place, min(0.85, best.score), scene, name=name), why, (issue,))
    if plausible:
        return _chosen(claim_place, plausible, start, end, claim, scene)
    found = recover(text, start, end, scene)
    if found is not None and not _is_told_elsewhere(found.place, end, scene):
        scene.located[name_key(text)] = found.place
        message = f"“{text}” read as {found.place.names[0]}: {'; '.join(dict.fromkeys(found.reasons))}"
        located = _fill(claim_place, found.place, max(0.3, min(0.7, found.score - 0.15)), scene)
        return Located(located, message, (_issue(claim, scene, "name-recovered", "warning", text, message),))
    return _unlocated(claim_place, text, area, claim, end, scene)


def _offsets(claim_place: ClaimPlace, claim: Claim, scene: Scene) -> tuple[int, int]:
    if claim_place.start_char is not None and claim_place.end_char is not None:
        return claim_place.start_char, claim_place.end_char
    found = scene.text.find(claim_place.text, claim.sentence_start_char, claim.sentence_end_char)
    return (found, found + len(claim_place.text)) if found >= 0 else (claim.start_char, claim.start_char)


def _chosen(
    claim_place: ClaimPlace,
    candidates: list[Candidate],
    start: int,
    end: int,
    claim: Claim,
    scene: Scene,
    text: str | None = None,
) -> Located:
    best = _best(candidates, claim_place.text, start, end, scene)
    confidence = {"exact": 0.97, "folded": 0.95, "descriptor": 0.92}.get(best.how, min(0.85, best.score))
    issues: tuple[Issue, ...] = ()
    why = f"{best.place.names[0]}, {best.how} name"
    message = contradiction(best.place, start, end, scene)
    if message is not None:
        confidence = round(confidence * 0.7, 2)
        issues = (_issue(claim, scene, CONTRADICTION, "warning", best.place.names[0], message),)
        why += "; " + message
    scene.located.setdefault(name_key(claim_place.text), best.place)
    core = bare_name(claim_place.text)[0]
    is_own = best.is_theatre or best.place.kind == "country" or name_key(core) == name_key(best.place.names[0])
    written = _as_written(text, best.place, scene) if text is not None and best.is_theatre else None
    return Located(_fill(claim_place, best.place, confidence, scene, name=written if is_own else core), why, issues)


def _best(candidates: list[Candidate], text: str, start: int, end: int, scene: Scene) -> Candidate:
    """Of places that share a name: the kind the text says, beside the places listed with it, in what the sentence names."""
    if len(candidates) == 1:
        return candidates[0]
    kind = bare_name(text)[1] or _kind_beside(start, end, scene)
    siblings = scene.sibling_places(start, end)
    low, high = scene.sentence_span(start)
    areas = [s.candidate.place for s in scene.spots if low <= s.start_char < high and s.candidate.place.kind in AREA_KINDS]

    anchors = [point for sibling in siblings if None not in (point := scene.gazetteer.point(sibling))]

    def value(candidate: Candidate) -> float:
        place = candidate.place
        score = candidate.score + 0.02 * math.log10(max(scene.gazetteer.people(place), 10))
        if kind is not None:
            score += 0.2 if kind == place.kind else 0.0
        elif place.kind == "settlement":
            score += 0.03
        if any(sibling.kind == place.kind for sibling in siblings):
            score += 0.05
        lat, lon = scene.gazetteer.point(place)
        if lat is not None and lon is not None and anchors:
            score -= 0.001 * min(100.0, min(distance_km(lat, lon, *anchor) for anchor in anchors))  # type: ignore[arg-type]
        return score + 0.08 * any(area.id != place.id and scene.gazetteer.is_within(place, area) for area in areas)

    return max(candidates, key=value)


def _kind_beside(start: int, end: int, scene: Scene) -> str | None:
    """The kind that the words around a name tell: "X district", "the village of X"; None where they tell none."""
    after = re.match(r"\s+([a-z]+)", scene.text[end : end + 20])
    before = re.search(r"([a-z]+)s? of\s+(?:the )?$", scene.text[max(0, start - 25) : start])
    found = (place_kind_word(match[1].removesuffix("s")) for match in (after, before) if match is not None)
    return next((kind for kind in found if kind is not None), None)


def _plausible(text: str, area: Place | None, start: int, end: int, scene: Scene) -> list[Candidate]:
    """The world's places of that name that may be meant in this document, the most likely first."""
    gazetteer = scene.gazetteer
    hits = [hit for hit in gazetteer.find(text, fuzzy=False) if not hit.is_theatre]
    if not hits:
        return []
    sense = scene.senses.get(bare_name(text)[0]) if not gazetteer.places else None
    if sense is not None:
        return [Candidate(gazetteer.to_place(sense[0]), sense[1], "world", text, sense[0])]
    siblings = scene.sibling_places(start, end)
    beside = area or _area_beside(end, scene)
    likely = []
    for hit in hits:
        row, place = hit.world, hit.place
        if row is None or place.lat is None or place.lon is None:
            continue
        country = gazetteer.alpha3(place.country)
        outside = gazetteer.km_outside(place.lat, place.lon)
        score = hit.score
        if beside is not None and beside.kind == "country" and gazetteer.alpha3(beside.country) == country:
            likely.append(replace_score(hit, score + 0.3))
        elif row.kind in {"country", "continent", "region", "sea"}:
            if not siblings or row.kind != "sea":
                likely.append(replace_score(hit, score + 0.1))
        elif outside <= NEIGHBOURHOOD_KM:
            likely.append(replace_score(hit, score + 0.15 + 0.1 * bool(scene.countries[country])))
        elif siblings and all(
            gazetteer.km_outside(s.lat, s.lon) == 0 for s in siblings if s.lat is not None and s.lon is not None
        ):
            continue
        elif scene.countries[country] and row.kind != "feature":
            likely.append(replace_score(hit, score + 0.05))
        elif (row.kind == "capital" and row.population >= GREAT_CITY // 5) or row.population >= GREAT_CITY:
            likely.append(hit)
    return sorted(likely, key=lambda hit: -hit.score)


def _is_known_city(text: str, scene: Scene) -> bool:
    rows = scene.gazetteer.world.lookup(bare_name(text)[0]) if scene.gazetteer.world is not None else []
    return any(row.population >= KNOWN_CITY for row in rows)


def replace_score(hit: Candidate, score: float) -> Candidate:
    """The candidate with another score."""
    return changed(hit, score=min(0.99, score))


_BESIDE = re.compile(
    r",?\s+(?:(?:some|about|around|just|\d+ ?(?:km|kilomet\w+|miles?))\s+)*(?:to\s+the\s+)?"
    r"(?:(?:north|south)?-?(?:east|west|north|south)\w*\s+of|near|outside|close\s+to)\s+(?:the\s+(?:city|town)\s+of\s+)?"
)


def _is_told_elsewhere(place: Place, end: int, scene: Scene) -> bool:
    """Whether the text puts a name beside a place ("X, east of A") that is far from where a likeness of the name lies."""
    match = _BESIDE.match(scene.text, end)
    spot = next((s for s in scene.spots if match is not None and s.start_char == match.end()), None)
    if spot is None or spot.candidate.place.kind == "country":
        return False
    one, other = scene.gazetteer.point(place), scene.gazetteer.point(spot.candidate.place)
    if None in (*one, *other):
        return False
    return distance_km(*one, *other) > BESIDE_KM  # type: ignore[arg-type]


def _area_beside(end: int, scene: Scene) -> Place | None:
    match = re.match(r"(?:, | in | \()(?:the )?", scene.text[end : end + 8])
    if match is None:
        return None
    for spot in scene.spots:
        if spot.start_char == end + match.end():
            return spot.candidate.place
    return None


def contradiction(place: Place, start: int, end: int, scene: Scene) -> str | None:
    """What is wrong where the text gives a place to another country than the gazetteer does; None where it does not."""
    wrong = _country_said(place, start, end, scene)
    if wrong is None:
        return None
    return f"the text gives {place.names[0]} to {wrong.names[0]}; the gazetteer has it in {place.country}, which is kept"


def _country_said(place: Place, start: int, end: int, scene: Scene) -> Place | None:
    """The country that the text gives the place to, where it is none of the place's own; else None."""
    own = scene.gazetteer.countries_of(place)
    if not own or place.kind == "country":
        return None
    match = _GIVEN_COUNTRY.match(scene.text[end : end + 80].replace("\n", " "))
    if match is None:
        return None
    for spot in scene.spots:
        if spot.start_char == end + match.end() and spot.candidate.place.kind == "country":
            said = spot.candidate.place
            listed = re.match(r",\s*$", match.group()) and not re.match(
                r"[’']s?\s|,|\.|\)", scene.text[spot.end_char : spot.end_char + 3]
            )
            if scene.gazetteer.alpha3(said.country) in own or listed:
                return None
            return said
    return None


def _fill(
    claim_place: ClaimPlace, place: Place, confidence: float, scene: Scene, *, name: str | None = None, is_part: bool = False
) -> ClaimPlace:
    """The claim's place with the gazetteer's values. A part of an area has its precision but not its centre."""
    lat, lon = (None, None) if is_part else scene.gazetteer.point(place)
    return changed(
        claim_place,
        place_id=None if is_part else place.id,
        # "X District" is shown as X: the precision tells that the district is meant, as whoever writes "X district" names X
        name=name or (bare_name(place.names[0])[0] if place.kind == "district" else place.names[0]),
        lat=lat,
        lon=lon,
        precision="region" if is_part else place.precision,
        confidence=round(confidence, 2),
    )


def _as_written(text: str, place: Place, scene: Scene) -> str | None:
    """The text's own spelling of a village without a position here, where it is none of those listed; None where it is."""
    core = bare_name(text)[0]
    if place.kind != "settlement" or scene.gazetteer.point(place)[0] is not None or scene.has_parts(place):
        return None
    is_listed = name_key(core) in {name_key(name) for name in place.names}
    is_name = core[:1].isupper() and len(core.split()) <= len(place.names[0].split()) + 1
    return core if is_name and not is_listed else None


def _unlocated(claim_place: ClaimPlace, text: str, area: Place | None, claim: Claim, end: int, scene: Scene) -> Located:
    """An unknown place keeps its name; its precision is that of the area the text puts it in."""
    core, _ = bare_name(text)
    if scene.is_common_word(core):
        return Located(None, "is a common word here, and names no place")
    if scene.is_actor(core):
        return Located(None, "names an actor, not a place")
    parent = area or _area_beside(end, scene)
    precision = parent.precision if parent is not None and parent.kind in AREA_KINDS else None
    where = f" in {parent.names[0]}" if parent is not None and precision else ""
    message = f"“{core}”{where} is in no gazetteer that fits this document"
    located = changed(claim_place, name=core, precision=precision, confidence=0.3 if precision else 0.1)
    return Located(located, message, (_issue(claim, scene, "place-unlocated", "info", core, message),))


def _issue(claim: Claim, scene: Scene, code: str, level: str, value: str, message: str) -> Issue:
    return Issue(
        stage="locate",
        code=code,
        level=level,
        message=message,
        source=scene.reading.document.source,
        record_id=claim.id,
        value=value,
    )
