"""Places that only say where another place of the claim lies: "the village of X, in the Y district", "X, a town near Z"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from trucewatch.model.records import ClaimPlace

_KIND = r"(?:village|town|city|settlement|hamlet|suburb|camp|place|community|resort)"
_A_TOWN = rf"(?:(?:an?|the|two|three|both|its)\s+(?:[\w-]+\s+){{0,3}}?{_KIND}s?\s+)?"
_AREA = r"(?:district|region|province|governorate|town|city|mountains?|hills?)"
_THE = rf"(?:the\s+)?(?:[a-z][\w-]*\s+){{0,3}}?(?:{_AREA}\s+(?:of\s+)?)?(?:the\s+)?"
_ITSELF = r"(?:\s+(?:(?:[A-Z]\w+\s+)?refugee camp|camp|district|village|town|area))?"
# "in the Y district", "on the edge of Y"
_LIES_IN = re.compile(rf"{_ITSELF},?\s+{_A_TOWN}(?:in|of|within|inside|on)\s+{_THE}")
_LIES_BY = re.compile(
    rf"{_ITSELF},?\s+{_A_TOWN}(?:in\s+the\s+\w+\s+)?(?:just\s+|far\s+)?(?:near|close\s+to|outside|next\s+to|not\s+far\s+from"
    r"|(?:(?:north|south)[- ]?(?:east|west)?|east|west)\s+of"
    rf"|\w+\s+(?:km|kilomet(?:re|er)s?|miles?)\s+(?:\w+\s+)?(?:of|from))\s+{_THE}"
)
_AREAS = frozenset({"district", "region"})


def without_containing(places: Sequence[ClaimPlace], text: str) -> tuple[list[ClaimPlace], list[ClaimPlace]]:
    """A claim's places, and those left out of them because they only say where one of the others lies.

    `text` is the document's. Nothing is left out beside a place that nobody could locate: there the area is all that is known.
    """
    left_out: list[ClaimPlace] = []
    for place in places:
        if place.start_char is None:
            continue
        for other in places:
            if other is place or other.end_char is None or other.role != place.role or other.place_id is None:
                continue
            between = text[other.end_char : place.start_char]
            if other.precision != "settlement" or not 0 < len(between) <= LONGEST_BETWEEN:
                continue
            is_area = place.precision in _AREAS and _LIES_IN.fullmatch(between) is not None
            if is_area or (place.precision != "country" and _LIES_BY.fullmatch(between) is not None):
                left_out.append(place)
                break
    return [place for place in places if place not in left_out], left_out


# characters between the two, at most: "X, a village in the hills to the north of Y"
LONGEST_BETWEEN = 70
