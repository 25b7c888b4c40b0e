"""Lands that a claim without a named place tells of: whoever's soil, of whose people a number is, the region of a war."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from trucewatch.model.codebook import act_class
from trucewatch.model.records import Claim, ClaimPlace, Voice
from trucewatch.model.theatre import Place
from trucewatch.stages.sides import parties_of
from trucewatch.text.gazetteer import Spot
from trucewatch.text.names import bare_name

_OWN_LAND = re.compile(
    r"\b(?:over|in|into|on|from|across|of|inside|to)\s+(?:its|our|their)\s+(?:own\s+|sovereign\s+)?(?:territory|airspace|soil|skies)\b"
)
_COUNTED = re.compile(
    r"\b(?:[\d.,]+|million|thousand|thousands\s+of|hundreds\s+of|hundred)\s+(?P<people>[A-Z][a-z]+)\b"
    r"(?!\s+(?:soldiers?|servicem[ae]n|troops|fighters|officers|personnel|military|army|militants|gunmen|forces)\b)"
)
_HEALTH = re.compile(
    r"\b(?:health|civil defen[cs]e|emergenc\w+|disaster|officials|authorities|government|ombuds\w+|police|rescue\w*)\b", re.I
)
_OWNED = re.compile(
    r"\b(?:population|people|residents|inhabitants|citizens)\s+of\s+(?:the\s+)?(?P<of>[A-Z][\w’'-]+(?:[ -][A-Z][\w’'-]+)*)"
    r"|\b(?P<whose>[A-Z][\w-]+(?:[ -][A-Z][\w-]+)*)['’]s?\s+(?:[\d,.]+\s+)?(?:population|people|residents|inhabitants|citizens)\b"
)
_WHOLE = re.compile(r".+", re.DOTALL)
_ENCLAVE = re.compile(r"\b(?:the|this)\s+(?:[\w-]+\s+)?(?:enclave|region|territory|republic|exclave)(?:['’]s?)?\b", re.I)
_A_WAR = re.compile(r"['’]?s?\s+(?:[Ww]ar|[Cc]onflict)\b")


def sides_of_voice(voice: Voice | None) -> frozenset[str]:
    """The parties of a voice, none where it has none."""
    return frozenset(parties_of(voice))


def place_of(spot: Spot, text: str, gazetteer: Any) -> ClaimPlace:
    """A known name of a text as a claim's place, with the confidence of what is not the claim's own word."""
    place = spot.candidate.place
    lat, lon = gazetteer.point(place)
    name: str = bare_name(place.names[0])[0] if place.kind == "district" else place.names[0]
    return ClaimPlace(
        text=text[spot.start_char : spot.end_char],
        start_char=spot.start_char,
        end_char=spot.end_char,
        role="target",
        place_id=place.id,
        name=name,
        lat=lat,
        lon=lon,
        precision=place.precision,
        confidence=0.5,
    )


@dataclass
class Lands:
    """Answers for one text. `regions`: the region that a body without a state bears the name of, by the body's code."""

    text: str
    gazetteer: Any
    regions: Mapping[str, str]

    def _place(self, spot: Spot) -> ClaimPlace:
        return place_of(spot, self.text, self.gazetteer)

    def own(self, claim: Claim) -> ClaimPlace | None:
        """ "over its territory", "our airspace": the country of whoever acts, where it is one, else of whoever speaks."""
        if (match := _OWN_LAND.search(self.text, claim.start_char, claim.end_char)) is None:
            return None
        is_origin = match.group().lower().startswith("from")
        is_theirs = act_class(claim.act) == "ASSAULT" and not is_origin
        voices = (claim.claimant, claim.attributed_to) if is_theirs else (claim.attributed_to, claim.claimant)
        sides = next((sides for voice in voices if len(sides := sides_of_voice(voice)) == 1), frozenset[str]())
        land = self._country(next(iter(sides), None), match)
        return replace(land, role="origin") if land is not None and is_origin else land

    def of_count(self, claim: Claim) -> ClaimPlace | None:
        """Of whose people a number is that names no place.

        "800,000 <people> fled", "half of <region>'s population", "the second <region> war", "<country>'s health ministry says".
        """
        words = (claim.start_char, claim.end_char)
        match = _COUNTED.search(self.text, *words)
        code = self.gazetteer.country_of_word(match["people"]) if match is not None and self.gazetteer is not None else None
        if match is not None and code is not None:
            return self._country(code, match)
        for spot in self.areas:
            at_war = claim.sentence_start_char <= spot.start_char < claim.start_char + len("the second ") + 40
            if at_war and spot.end_char <= claim.end_char and _A_WAR.match(self.text, spot.end_char):
                return self._place(spot)
        owned = _OWNED.search(self.text, *words)
        if owned is not None:
            start = owned.start("of" if owned["of"] else "whose")
            return next((self._place(spot) for spot in self.areas if spot.start_char == start), None)
        voice = claim.claimant
        sides = sides_of_voice(voice)
        said = (
            _HEALTH.search(self.text, voice.start_char or 0) if voice is not None and _HEALTH.search(voice.text or "") else None
        )
        enclave = _ENCLAVE.search(self.text, *words)
        if enclave is not None and (bears := [code for code in self.regions if code in sides] or list(self.regions)[:1]):
            return self.of(bears[0], enclave)
        if said is None and voice is not None and len(sides) == 1 and sides <= set(self.regions):
            # who speaks for a land without a state counts its dead
            said = _WHOLE.match(self.text, voice.start_char or 0, voice.end_char or 0)
        return self.of(next(iter(sides)), said) if said is not None and len(sides) == 1 else None

    def of_speaker(self, claim: Claim) -> ClaimPlace | None:
        """The region of a body without a state that tells of what befell itself; None where another was hit."""
        voice, sides = claim.claimant, sides_of_voice(claim.claimant)
        if voice is None or voice.start_char is None or len(sides) != 1 or not sides <= set(self.regions):
            return None
        words = _WHOLE.match(self.text, voice.start_char, voice.end_char or 0)
        is_own = (
            claim.stance != "denies" and sides_of_voice(claim.target) == sides and not sides_of_voice(claim.attributed_to) & sides
        )
        found = self.of(next(iter(sides)), words) if is_own and words is not None else None
        return replace(found, confidence=0.3) if found is not None else None

    def lost(self, claim: Claim) -> ClaimPlace | None:
        """ "the breakaway region has lost positions": the region whose name its body bears, where it alone is told of."""
        words = _ENCLAVE.search(self.text, claim.start_char, claim.end_char)
        losers = [code for code in self.regions if code in sides_of_voice(claim.target)]
        return self.of(losers[0], words) if words is not None and len(losers) == 1 else None

    def of(self, code: str, words: re.Match[str]) -> ClaimPlace | None:
        """A party's land: the region whose name it bears, else its country."""
        name = self.regions.get(code)
        hits = self.gazetteer.find(name, fuzzy=False) if name is not None and self.gazetteer is not None else []
        if hits and hits[0].place.kind == "region":
            return self._place(Spot(words.start(), words.end(), hits[0]))
        return self._country(code, words)

    @cached_property
    def areas(self) -> tuple[Spot, ...]:
        """The regions and countries that the text names."""
        if self.gazetteer is None:
            return ()
        return tuple(s for s in self.gazetteer.scan(self.text) if s.candidate.place.kind in ("region", "country"))

    def _country(self, code: str | None, words: re.Match[str] | None) -> ClaimPlace | None:
        """The country of a code, a party's or a state's, where the gazetteer has one; said by these words."""
        if code is None or words is None or self.gazetteer is None:
            return None
        rows = [p for p in self.gazetteer.places.values() if p.kind == "country" and code == p.country]
        place = rows[0] if rows else self._world_country(code)
        if place is None:
            return None
        lat, lon = self.gazetteer.point(place)
        start, end = words.span()
        return ClaimPlace(
            text=self.text[start:end], start_char=start, end_char=end, role="target", place_id=place.id, name=place.names[0],
            lat=lat, lon=lon, precision=place.precision, confidence=0.5,
        )  # fmt: skip

    def _world_country(self, code: str) -> Place | None:
        world = self.gazetteer.world
        row = world.countries.get(self.gazetteer.alpha3(code)) if world is not None else None
        place: Place | None = self.gazetteer.to_place(row) if row is not None else None
        return place
