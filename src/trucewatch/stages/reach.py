"""Which claims of a document tell of another conflict, or of none: a feed brings road accidents and elections too.

A document concerns a theatre where it names one of its belligerents or a place of its ground. What other documents tell of, and
what any document tells of places elsewhere without one of the theatre's sides in it, stays in the ledger as a claim and makes no
incident, toll or claim of control. The document's issue `outside-theatre` says so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from trucewatch.model.change import changed
from trucewatch.model.codebook import is_verbal
from trucewatch.model.records import Claim, ClaimPlace, Issue, Reading
from trucewatch.model.theatre import Theatre
from trucewatch.stages.owners import sides_of
from trucewatch.stages.sides import Sides, parties_of
from trucewatch.text.geodesy import distance_km

NEAR_KM = 100.0


class Ground:
    """The ground that a theatre is about: its own places, its belligerents' countries, and what lies near by."""

    def __init__(self, theatre: Theatre, country_of: Callable[[ClaimPlace], str | None]) -> None:
        self._sides = sides_of(theatre)
        self._country_of = country_of

    def holds(self, place: ClaimPlace) -> bool:
        """Whether a place is the theatre's, in a belligerent's country, or within NEAR_KM of one there that the theatre knows."""
        if place.place_id in self._sides.places or self._country_of(place) in self._sides.belligerents:
            return True
        if place.lat is None or place.lon is None or place.precision == "country":
            return False
        return any(
            # a degree of latitude is 111 km: most places fall out without trigonometry
            abs(place.lat - lat) * 111 <= NEAR_KM and distance_km(place.lat, place.lon, lat, lon) <= NEAR_KM
            for lat, lon in self._sides.ground
        )


def mark_outside(reading: Reading, sides: Sides, is_within: Callable[[ClaimPlace], bool]) -> Reading:
    """The reading with what tells of elsewhere marked (`Claim.is_outside`). `is_within` tells a place of the theatre, or of a
    belligerent's country. Nothing is marked in a theatre that names no belligerent."""
    if not sides.belligerents or not reading.claims:
        return reading
    is_concerned = sides.names_side(reading.document.text) or any(
        _is_of_sides(claim, sides) or any(map(is_within, claim.places)) for claim in reading.claims
    )
    claims = tuple(_marked(claim, sides, is_within, is_concerned) for claim in reading.claims)
    outside = sum(claim.is_outside for claim in claims)
    if not outside:
        return reading
    what = "names no side and no place of the theatre" if not is_concerned else "tells of places elsewhere too"
    issue = Issue(
        stage="settle",
        code="outside-theatre",
        level="info",
        message=f"{what}: {outside} of its {len(claims)} claims {'make' if outside > 1 else 'makes'} no incident",
        source=reading.document.source,
        record_id=reading.document.id,
        value=str(outside),
    )
    return changed(reading, claims=claims, issues=(*reading.issues, issue))


def _marked(claim: Claim, sides: Sides, is_within: Callable[[ClaimPlace], bool], is_concerned: bool) -> Claim:
    if _is_of_sides(claim, sides):
        return claim
    located = [place for place in claim.places if place.place_id is not None]
    # a truce may be announced anywhere; a deed is where its place is
    elsewhere = bool(located) and not is_verbal(claim.act) and not any(map(is_within, located))
    if is_concerned and not elsewhere:
        return claim
    why = (
        "it tells of another place than the theatre's" if elsewhere else "its document names no side and no place of the theatre"
    )
    return changed(claim, is_outside=True, reasons=(*claim.reasons, f"{why}: it makes no incident"))


def _is_of_sides(claim: Claim, sides: Sides) -> bool:
    voices: Sequence[str] = [code for v in (claim.claimant, claim.attributed_to, claim.target) for code in parties_of(v)]
    return any(code in sides.belligerents for code in voices)
