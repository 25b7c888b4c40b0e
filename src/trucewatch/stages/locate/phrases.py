"""A place phrase taken apart: what it names, the area it says that lies in, and whether it names anything at all."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from trucewatch.model.records import ClaimPlace
from trucewatch.model.theatre import Place
from trucewatch.stages.locate.describe import TWO_POINTS
from trucewatch.text.gazetteer import AREA_KINDS, Gazetteer
from trucewatch.text.names import articled_key, place_kind_word

_NOUN = (
    r"(?:city|town|village|settlement|township|hamlet|suburb|port|kibbutz|moshav|neighbou?rhood|district|region|province|governorate"
    r"|enclave|camp|base|airport|crossing|county|stronghold|community|outpost|checkpoint)"
)
# "the southern coastal city of X": whatever stands before the noun says nothing of where X is
_NOUN_OF = re.compile(rf"^(?:.*?\b)?(?P<noun>{_NOUN})s? (?:of|called|named) (?P<name>(?:the )?[A-Z].*)$")
_NOUN_BEFORE = re.compile(rf"^(?:(?:the|a|an|its|their) )?(?:[\w-]+ ){{0,4}}?(?P<noun>{_NOUN}) (?P<name>[A-Z].*)$")
_IN_AREA = re.compile(r"^(?P<head>.+?)(?: (?:in|inside|within|of)|,) (?:the )?(?P<area>[A-Z].+)$")
_LOWER_HEAD = re.compile(
    r"^(?P<head>[^A-Z,]*?\b(?P<link>in|inside|within|of|across|on|near|around|outside|behind|along|close to|next to|not far from"
    r"|from|at|over|towards?|surrounding|bordering|north of|south of|east of|west of)) (?:the )?"
    r"(?P<rest>[A-Z].*|(?:north|south|east|west|centr).*)$"
)


# characters of a name that may stand before the part of it that was found
LONGEST_BEFORE = 40
_BETWEEN = re.compile(r",?\s+(?:and|or|as well as)\s+|,\s+")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A place phrase: the `name` in it with its offset there, the `kind` its noun tells, the area stated, and how it lies to it.

    `is_near`: the phrase speaks of what lies around the name ("many areas near X").
    """

    name: str
    offset: int = 0
    kind: str | None = None
    area: Place | None = None
    is_near: bool = False


def take_apart(text: str, gazetteer: Gazetteer) -> Phrase:
    """The phrase's own name and what it says of it; a plain name comes back as it is."""
    name, offset, kind, area, is_near = text, 0, None, None, False
    for _ in range(3):
        match = _IN_AREA.match(name)
        if match is not None and re.search(r"[A-Z]", match["head"]):
            spots = gazetteer.scan(match["area"])
            place = spots[0].candidate.place if spots and spots[0].start_char == 0 else None
            if place is not None and place.kind in AREA_KINDS and spots[0].end_char == len(match["area"]):
                name, area = match["head"], area or place
                continue
        match = _NOUN_OF.match(name) or _NOUN_BEFORE.match(name)
        if match is not None:
            kind = place_kind_word(match["noun"]) or kind
            offset, name = offset + match.start("name"), match["name"]
            continue
        match = _LOWER_HEAD.match(name)
        if match is not None:
            is_near = is_near or match["link"] not in {"in", "inside", "within", "of", "across", "on", "at", "from", "over"}
            offset, name = offset + match.start("rest"), match["rest"]
            continue
        break
    return Phrase(name, offset, kind, area, is_near)


def split_list(place: ClaimPlace, gazetteer: Gazetteer) -> tuple[ClaimPlace, ...]:
    """A claim's place as one, or each name where it lists several that the gazetteer knows ("X and Y", "X, Y and Z")."""
    text = place.text
    two = TWO_POINTS.match(" ".join(text.split()))
    if two is not None and place.start_char is not None:
        begin = text.rfind(two["second"]) if two["second"] in text else 0
        return (place, replace(place, text=text[begin:], start_char=place.start_char + begin)) if begin else (place,)
    joints = [match.span() for match in _BETWEEN.finditer(text)]
    spans = list(zip([0, *(end for _, end in joints)], [*(start for start, _ in joints), len(text)], strict=True))
    if len(spans) < 2 or gazetteer.find(text, fuzzy=False):
        return (place,)
    parts = [text[start:end] for start, end in spans]
    if not all(re.match("(?:the )?[A-Z]", part) and gazetteer.find(part, fuzzy=False) for part in parts):
        return (place,)
    first = place.start_char
    return tuple(
        replace(
            place, text=part, start_char=None if first is None else first + start, end_char=None if first is None else first + end
        )
        for part, (start, end) in zip(parts, spans, strict=True)
    )


_BEFORE = re.compile(r"(?:^|(?<=[\s(]))[A-Z][\w’'-]* [a-z]{2,3}-$")


def whole_name(place: ClaimPlace, text: str) -> ClaimPlace:
    """A claim's place that is the end of a name with an Arabic article inside ("X ash-Y"), as the whole stands in the text."""
    start = place.start_char
    match = _BEFORE.search(text, max(0, start - LONGEST_BEFORE), start) if start and text[start - 1] == "-" else None
    if match is None or articled_key(match.group() + place.text) is None:
        return place
    return replace(place, text=match.group() + place.text, start_char=match.start())


def has_name(text: str) -> bool:
    """Whether a phrase holds a capitalised word beyond its first, or begins with one that is no article: a name, not a noun.

    Words for kinds of places alone ("City", "Districts") are none.
    """
    words = [
        word for word in re.findall(r"[^\W\d_][\w’'-]*", text) if word.lower() not in {"the", "a", "an", "its", "their", "this"}
    ]
    if all(place_kind_word(word) or place_kind_word(word.removesuffix("s")) for word in words):
        return False
    return any(part[:1].isupper() for word in words for part in word.split("-")) or any(not word.isascii() for word in words)
