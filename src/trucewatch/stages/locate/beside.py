"""Places that a claim's words name though the parse did not hang them on its act: the rest of a list, "near the village of X".

Only names that the theatre knows, only where the words say "in", "near" or the like (or the name is itself what was hit), and
only for deeds: a body, a speaker's seat and where something came from are no scene.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from trucewatch.model.codebook import act_class
from trucewatch.model.records import Claim, ClaimPlace, Voice
from trucewatch.stages.locate.scene import Scene
from trucewatch.text.gazetteer import Spot

_DEEDS = frozenset({"ASSAULT", "TERRITORY", "COERCE", "DISPLACE", "MOBILIZE", "RETREAT", "CALM", "CONSULT", "TOLL"})
_HIT = frozenset({"ASSAULT", "TERRITORY"})
_KINDS = (
    r"(?:outskirts|direction|vicinity|area|north|south|east|west|centre|center|suburbs?|towns?|cit(?:y|ies)|villages?|settlements?|districts?"
    r"|regions?|hamlets?|ports?|capital|heights?|slopes|edge|border|communit(?:y|ies)|localit(?:y|ies)|front|provinces?|enclave|mouth|entrance|foot|banks?|side|approaches)"
)
_SCENE = re.compile(
    r"\b(?i:in|at|near|on|around|outside|inside|within|across|over|into|to|towards?|against|along|upon|beyond|off|between|behind|opposite|facing"
    r"|close to|next to)\s+"
    rf"(?:(?:the|a|an|its|their|both)\s+)?(?:[\w-]+\s+){{0,3}}?(?:{_KINDS}\s+)?(?:of\s+|called\s+|named\s+)?(?:the\s+)?$"
    rf"|\bthe\s+(?:[\w-]+\s+)?{_KINDS}\s+of\s+(?:the\s+)?$"
)
_ORIGIN = re.compile(r"\bfrom\s+(?:the\s+)?(?:[\w-]+\s+){0,3}?(?:of\s+)?(?:the\s+)?$", re.I)
_BODY = re.compile(
    r"^(?:['’]s?\s|-based\b|-backed\b|\s+(?:[A-Z]\w+\s+)?(?:[Mm]inistry|[Gg]overnment|[Aa]rmy|authorit|forces|troops|officials))"
)
_SAYS = re.compile(
    r"^\s*(?:,\s*)?(?:said|says|reported|claimed|announced|denied|rejected|accused|added|told|warned"
    r"|insisted|states|reports|claims)\b"
)
_DOES = re.compile(
    r"(?:['’]s?\b)?,?\s+(?:[a-z]+ly\s+)?(?:was|were|is|are|has|have|had|will|would|came|saw|could|did|[a-z]{3,}ed|lost|took|fell|stood|became"
    r"|went|hit|sent|made|shot|left)\b"
)
_REACH = 60
_MEASURED = re.compile(r"\b(?:north|south|east|west|km|kilomet(?:re|er)s?|miles?)[\w-]*\s+(?:of|from)\s+(?:the\s+)?$", re.I)
# "told a rally in X that", "said on Monday in X": where it was said
_SPOKEN_IN = re.compile(
    r"\b(?:told|telling|tells|spoke|speaking|addressed|addressing|briefed|(?:news|press) conference|rally)\b"
    r"(?:(?!\bthat\b)[^,;.:“\"]){0,60}$"
    r"|\b(?:said|says|announced|declared|stated)\s+(?:\w+\s+){0,2}?(?:in|at|from)\s+(?:the\s+)?$",
    re.I,
)
# "perched on a hill above X", "the road linking it to X": where something else lies
_DESCRIBED = re.compile(
    r"\b(?:perched|situated|located|lying|nestled|overlooking|linking|links|connecting|connects|bordering)\b[^,;.]{0,50}$", re.I
)
_POSTED_AT = re.compile(
    r"\b(?:stationed|based|posted|garrisoned|entrenched|positioned)\s+(?:at|in|on|near|around)\b[^,;.]{0,30}$", re.I
)
# "in retaliation for a raid on X": where the deed was that is answered
_ANSWERED = re.compile(
    r"\b(?:in|as)\s+(?:an?\s+)?(?:response|retaliation|reply|revenge|reprisal|answer)\s+(?:to|for)\b[^,;]*$", re.I
)
_LAND = re.compile(
    r"\b(?P<people>[A-Z]\w+)(?:['’]s?)?\s+(?:(?:sovereign|occupied|own|northern|southern|eastern|western)\s+)*"
    r"(?:soil|territory|airspace|skies|lands?|waters|side(?:\s+of\s+the\s+(?:border|frontier))?)\b"
)
_FROM = re.compile(r"\bfrom\s+(?:the\s+)?$", re.I)
_IN_AREA = re.compile(
    r",?\s+(?:in|of)\s+(?:the\s+)?(?:[\w-]+\s+){0,2}?(?P<kind>(?:district|region|province|governorate)\s+of\s+(?:the\s+)?)?(?P<name>[A-Z])"
)
_ON = re.compile(r"\b(?:on|onto|inside|into)\s+(?:the\s+)?$", re.I)
_COUNTRY = re.compile(
    r"\b(?:across|throughout|in|over|all over|around)\s+(?P<name>the\s+country)\b"
    r"|\b(?P<owner>the\s+country)['’]s\s+(?:[a-z]+\s+)?(?:soil|territory|airspace|borders?|waters|land)\b",
    re.I,
)
_BORDER = re.compile(r"\b(?:near|along|on|at|across|over)\s+(?P<name>(?:the|its)\s+[A-Z]\w+\s+(?:border|frontier))\b")
_POINT = r"(?:far\s+)?(?:north|south|east|west)"
_PART_OF_LAND = re.compile(rf"\b{_POINT}ern\s+(?P<land>[A-Z]\w+)\b(?!['’])")
# "in the south", "the country's north", "to southern border towns"
_SIDE_OF_LAND = re.compile(
    r"\b(?:in|of|to|into|across|at|on|from|towards?|against|over|near|through|abandon(?:ed|ing)|shell(?:ed|ing)|bomb(?:ed|ing)|pound(?:ed|ing)"
    r"|hit(?:ting)?|attack(?:ed|ing)|str(?:uck|iking))\s+"
    rf"(?P<name>(?:the\s+(?:country['’]s\s+)?|[A-Z]\w+['’]s\s+){_POINT}\b(?!\s+(?:of|bank|side|and|or)\b|[-–])(?!\s+[A-Z])"
    r"|the\s+country['’]s\s+(?:[\w-]+\s+)?(?:frontier|coast|interior)\b"
    rf"|(?:(?:the|several|many|some|a\s+number\s+of|dozens\s+of|\d+|two|three|four|five|six|seven|eight|nine|ten)\s+)?(?:other\s+)?"
    rf"{_POINT}ern\s+(?:(?:border|frontier|coastal)\s+)?(?:towns|villages|areas|communities|regions|localities|settlements|suburbs"
    r"|farmland|farms)\b(?!\s+of\s+[A-Z]))"
)
# "A and the south", "A, and in the country's east"
_AND_A_SIDE = re.compile(
    rf",?\s+and\s+(?:(?:in|on|at|across|over)\s+)?(?P<name>(?:the\s+(?:country['’]s\s+)?|[A-Z]\w+['’]s\s+){_POINT}\b)"
    r"(?!\s+(?:of|bank|side|and|or)\b|[-–])(?!\s+[A-Z])"
)
_SIDE_AND = re.compile(
    rf"\b(?P<name>the\s+(?:country['’]s\s+)?{_POINT})(?:,|,?\s+and)\s+(?:(?:in|on|at|across|over)\s+)?(?:the\s+)?$"
)
_HOSTS = re.compile(
    r"\b(?P<name>[A-Z][a-z]\w+)\s+(?:(?:would|will|is to|was to|could|may|might|had|has|is|was)\s+)?(?:again\s+)?"
    r"(?:host(?:s|ed|ing)?|receiv(?:es|ed|ing))\b"
)
_HARM_IN = re.compile(
    r"\b(?:kill|wound|injur|hurt|hitt|damag|destroy|sett|start)\w*ing\b[^.;]{0,60}?\b(?:in|at|near)\s+[A-Z][^.;]*", re.I
)
_STATE_VOICE = re.compile(
    r"\b(?:defen[cs]e|foreign|president\w*|spokes\w+|army|military|officials?|minister|government|premier|envoy|ambassador)\b",
    re.I,
)
_SEVERAL = re.compile(
    r"\b(?:villages|towns|settlements|communities|localities|cities|districts|municipalities|areas|places|hamlets|positions)\b",
    re.I,
)
_AMONG = re.compile(r"\b(?:among\s+them|including|such\s+as|namely|notably)\s+(?:the\s+)?(?=[A-Z])")
_NEXT = re.compile(r",?\s*(?:and|or|,|as\s+well\s+as)?\s*(?:in\s+|the\s+)*")
_STRIKES = re.compile(
    r"\b(?:strike|hit|attack|bomb|shell|capture|seize|take|storm|level|destroy|flatten|raze|invade|target)\s+"
    r"(?:the\s+(?:city|town|village|capital)\s+(?:of\s+)?)?$"
)
_IF = re.compile(r",?\s+(?:if|unless|should|in case|as long as|until|once|whenever|when)\b", re.I)
# "warned that unless A was spared it would strike B": the condition stands before what is threatened
_LEADS_IN = re.compile(r"\b(?:that|warn\w*|threaten\w*|sa(?:id|ys|ying))[,:]?$", re.I)
_WOULD = re.compile(r"\b(?:would|will)\b")
_OPENS = re.compile(r"^[“\"'‘]?(?:[A-Z][a-z]+ )?(?:[Ii]n|[Aa]t|[Nn]ear)\s+(?:the\s+)?(?:[\w-]+\s+){0,3}?(?:of\s+)?$")


def places_beside(claim: Claim, places: Sequence[ClaimPlace], scene: Scene) -> list[ClaimPlace]:
    """Further places of a claim, as written, not yet located. `places` are those that it has."""
    cls = act_class(claim.act)
    if cls not in _DEEDS:
        if any(p.role == "target" for p in (*claim.places, *places)):
            taken = [(p.start_char or 0, p.end_char or 0) for p in (*claim.places, *places)]
            return list(_rest_of_lists(claim, places, taken, scene)) if cls in ("REQUEST", "THREATEN") else []
        if cls == "CONSULT" and (host := _HOSTS.search(scene.text, claim.start_char, claim.end_char)) is not None:
            return [_piece(host.start("name"), host["name"])]
        return (_threatened(claim, scene) if cls == "THREATEN" else []) or _land(claim, scene)
    taken = [(p.start_char, p.end_char) for p in (*claim.places, *places) if p.start_char is not None and p.end_char is not None]
    found = [*_rest_of_lists(claim, places, taken, scene), *_among_them(claim, taken, scene), *_areas(places, taken, scene)]
    found += _sides_listed(claim, (*places, *found), scene)
    if any(p.role == "target" for p in (*places, *found)):
        if cls == "ASSAULT" and all(p.precision in ("region", "country") for p in places if p.role == "target") and not found:
            # "rockets landed in the north, wounding nine in A and B"
            harm = _HARM_IN.search(scene.text, claim.start_char, claim.sentence_end_char)
            found += _named(claim, harm.start(), harm.end(), cls, taken, scene) if harm is not None else []
        return found
    found += _named(claim, claim.start_char, claim.end_char, cls, taken, scene)
    found += _sides_listed(claim, found, scene)
    if not found and _is_alone(claim, scene):
        found += _named(claim, claim.sentence_start_char, claim.sentence_end_char, cls, taken, scene)
        if _speaks_for_a_state(claim):
            # "In <capital>, the ministry said": where it sits
            found = [p for p in found if not scene.is_seat_at(p.start_char or 0)]
        if len({scene.text[p.start_char : p.end_char] for p in found}) > 1:
            opening = scene.text[claim.sentence_start_char : found[0].start_char]
            return found[:1] if _OPENS.match(opening) else []
    return found or _land(claim, scene)


def _land(claim: Claim, scene: Scene) -> list[ClaimPlace]:
    """ "on X soil", "the X side of the border", "across the country": a country and no more."""
    words = scene.text[claim.start_char : claim.end_char]
    for match in _LAND.finditer(words):
        if match.group().endswith("side") and not _ON.search(words[: match.start()]):
            continue  # "the Northern side fired": a party, and no ground
        if scene.gazetteer.country_of_word(match["people"]):
            role = "origin" if _FROM.search(words[: match.start()]) else "target"
            return [_piece(claim.start_char + match.start(), match.group(), role)]
    part = _PART_OF_LAND.search(words)
    if part is not None and any(hit.is_theatre for hit in scene.gazetteer.find(part.group(), fuzzy=False)):
        return [_piece(claim.start_char + part.start(), part.group())]
    for pattern in (_BORDER, _SIDE_OF_LAND, _COUNTRY):
        told = pattern.search(words)
        if told is not None:
            group = next(name for name, text in told.groupdict().items() if text)
            return [_piece(claim.start_char + told.start(group), told[group])]
    return []


def _speaks_for_a_state(claim: Claim) -> bool:
    voice = claim.claimant
    return voice is not None and voice.party is not None and _STATE_VOICE.search(voice.text or "") is not None


def _piece(start: int, text: str, role: str = "target") -> ClaimPlace:
    return ClaimPlace(text=text, start_char=start, end_char=start + len(text), role=role)


def _areas(places: Sequence[ClaimPlace], taken: list[tuple[int, int]], scene: Scene) -> Iterator[ClaimPlace]:
    """ "near the village of X, in the district of Y": the area right after a place that was hit."""
    for place in places:
        if place.role != "target" or place.end_char is None:
            continue
        match = _IN_AREA.match(scene.text, place.end_char)
        if match is None:
            continue
        kinds = {"district", "region", "settlement"} if match["kind"] else {"district", "region"}
        for spot in scene.spots:
            is_there = spot.start_char == match.start("name") and spot.candidate.is_theatre
            if is_there and spot.candidate.place.kind in kinds and not _overlaps(spot.start_char, spot.end_char, taken):
                taken.append((spot.start_char, spot.end_char))
                yield _piece(spot.start_char, scene.text[spot.start_char : spot.end_char])


def _sides_listed(claim: Claim, places: Sequence[ClaimPlace], scene: Scene) -> Iterator[ClaimPlace]:
    """ "pounded A and the south": the side of a land told with a place that was hit."""
    for place in places:
        match = _AND_A_SIDE.match(scene.text, place.end_char) if place.role == "target" and place.end_char is not None else None
        if match is not None and match.end() <= claim.sentence_end_char:
            yield _piece(match.start("name"), match["name"])
        before = scene.text[claim.sentence_start_char : place.start_char] if place.role == "target" else ""
        first = _SIDE_AND.search(before.replace("\n", " "))
        if first is not None:
            yield _piece(claim.sentence_start_char + first.start("name"), first["name"])


def _threatened(claim: Claim, scene: Scene) -> list[ClaimPlace]:
    """The place that a threat is to strike: what it names as such, or whose name its target is."""
    start, stop = claim.start_char, claim.end_char
    condition = _IF.search(scene.text, start, stop)
    if condition is not None and not _LEADS_IN.search(scene.text[start : condition.start()]):
        stop = condition.start()
    elif condition is not None and (would := _WOULD.search(scene.text, condition.end(), stop)) is not None:
        start = would.start()
    return [
        _piece(spot.start_char, scene.text[spot.start_char : spot.end_char])
        for spot in scene.spots
        if start <= spot.start_char < stop
        and spot.candidate.is_theatre
        and spot.candidate.place.kind != "country"
        and (_STRIKES.search(scene.text[start : spot.start_char]) or _within(claim.target, spot))
    ]


def _among_them(claim: Claim, taken: list[tuple[int, int]], scene: Scene) -> Iterator[ClaimPlace]:
    """ "shelled five villages, among them A and B": those that the sentence goes on to name."""
    if _SEVERAL.search(scene.text, claim.start_char, claim.end_char) is None:
        return
    match = _AMONG.search(scene.text, claim.start_char, claim.sentence_end_char)
    if match is None:
        return
    end = match.end()
    for spot in scene.spots:
        if not end <= spot.start_char < claim.sentence_end_char or not spot.candidate.is_theatre:
            continue
        if spot.start_char > end and not _NEXT.fullmatch(scene.text[end : spot.start_char]):
            return
        end = spot.end_char
        if not _overlaps(spot.start_char, spot.end_char, taken):
            taken.append((spot.start_char, spot.end_char))
            yield _piece(spot.start_char, scene.text[spot.start_char : spot.end_char])


def _rest_of_lists(
    claim: Claim, places: Sequence[ClaimPlace], taken: list[tuple[int, int]], scene: Scene
) -> Iterator[ClaimPlace]:
    low, high = claim.start_char, claim.end_char
    for place in places:
        if place.role != "target" or place.start_char is None or place.end_char is None or place.precision == "country":
            continue
        for name in scene.siblings(place.start_char, place.end_char):
            # the parse may have cut the list short, and the evidence with it
            begin = scene.text.find(name, low, claim.sentence_end_char)
            if begin < 0 or _overlaps(begin, begin + len(name), taken) or abs(begin - place.start_char) > _REACH:
                continue
            if _SAYS.match(scene.text[begin + len(name) : claim.sentence_end_char]):
                continue  # "hit A, B says": who tells of it
            if begin >= high and _DOES.match(scene.text, begin + len(name)):
                continue  # "hit A, and B was shelled": told of on its own
            hits = scene.gazetteer.find(name, fuzzy=False)
            if hits and hits[0].is_theatre and hits[0].place.kind != "country" and not _in_voice(begin, claim):
                taken.append((begin, begin + len(name)))
                yield ClaimPlace(text=name, start_char=begin, end_char=begin + len(name), role="target")


def _named(claim: Claim, low: int, high: int, cls: str, taken: Sequence[tuple[int, int]], scene: Scene) -> list[ClaimPlace]:
    spots = [spot for spot in scene.spots if low <= spot.start_char and spot.end_char <= high and spot.candidate.is_theatre]
    settled = [spot for spot in spots if spot.candidate.place.kind != "country"]
    found: list[Spot] = []
    for spot in settled or (spots if cls in ("DISPLACE", "TOLL") else ()):
        before, after = scene.text[low : spot.start_char], scene.text[spot.end_char : high]
        if _overlaps(spot.start_char, spot.end_char, taken) or _in_voice(spot.start_char, claim) or _BODY.match(after):
            continue
        if _MEASURED.search(before) or _SPOKEN_IN.search(before) or _DESCRIBED.search(before) or _ANSWERED.search(before):
            continue
        if cls in _HIT and _POSTED_AT.search(before):
            continue
        if _ORIGIN.search(before) and cls not in ("RETREAT", "DISPLACE"):
            continue
        listed = bool(found) and re.fullmatch(
            r",?\s*(?:and|or|,)?\s*(?:in\s+|the\s+)*", scene.text[found[-1].end_char : spot.start_char]
        )
        is_hit = cls in _HIT and _within(claim.target, spot)
        if (listed or is_hit or _SCENE.search(before[-_REACH:])) and not _SAYS.match(after):
            found.append(spot)
    return [
        ClaimPlace(text=scene.text[s.start_char : s.end_char], start_char=s.start_char, end_char=s.end_char, role="target")
        for s in found
    ]


def _is_alone(claim: Claim, scene: Scene) -> bool:
    """Whether its sentence tells of no other deed."""
    return not any(
        other.id != claim.id and other.sentence_start_char == claim.sentence_start_char and act_class(other.act) in _DEEDS
        for other in scene.reading.claims
    )


def _overlaps(start: int, end: int, taken: Sequence[tuple[int, int]]) -> bool:
    return any(start < high and low < end for low, high in taken)


def _in_voice(start: int, claim: Claim) -> bool:
    """Whether a name is part of who speaks or who acts."""
    for voice in (claim.claimant, claim.attributed_to):
        if voice is not None and voice.start_char is not None and voice.start_char <= start < (voice.end_char or 0):
            return True
    return False


def _within(voice: Voice | None, spot: Spot) -> bool:
    return (
        voice is not None
        and voice.start_char is not None
        and voice.start_char <= spot.start_char
        and spot.end_char <= (voice.end_char or 0)
    )
