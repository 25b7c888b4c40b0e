"""Whose side a voice, a document and a place are on: what reconcile, verify and assess all ask."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from trucewatch.model.codebook import act_class
from trucewatch.model.records import Claim, ClaimPlace, Document, Voice, When
from trucewatch.model.theatre import Actor, Place, Theatre
from trucewatch.text.alternatives import NameFinder
from trucewatch.text.letters import in_small

# classes of acts that name whom they are said to
SPOKEN_TO = frozenset({"REQUEST", "COOPERATE", "CONSULT", "AGREE", "ACCUSE"})
CIVILIANS = "CVL"
UNITED_NATIONS = "UNO"
NEUTRAL_KINDS = frozenset({"mission", "mediator", "ngo"})
MEDIA_KINDS = frozenset({"agency", "outlet"})


def parties_of(voice: Voice | None) -> tuple[str, ...]:
    """Party codes of a voice, without civilians (who are a target, never a side)."""
    return _codes(voice.party) if voice is not None and voice.party is not None else ()


@lru_cache(maxsize=4096)
def _codes(party: str) -> tuple[str, ...]:
    return tuple(code for code in (part.strip() for part in party.split(";")) if code and code != CIVILIANS)


@lru_cache(maxsize=4096)
def codes_of(party: str) -> frozenset[str]:
    """Party codes of what a voice's `party` holds, without civilians."""
    return frozenset(_codes(party))


def names_civilians(voice: Voice | None) -> bool:
    """Whether civilians are (among) those meant."""
    return voice is not None and voice.party is not None and CIVILIANS in voice.party.split(";")


def is_report(claim: Claim) -> bool:
    """Whether a claim says, as fact, that its act took place, in the theatre. To order a stop to one's own fire is to stop it."""
    is_fact = claim.modality == "actual" or (claim.modality == "ordered" and act_class(claim.act) == "RETREAT")
    return claim.stance in ("asserts", "confirms") and is_fact and not claim.is_outside


def narrower(first: When, second: When) -> When:
    """The one of two spans that says more; the first where both say as much."""

    def width(when: When) -> int:
        if when.earliest is None and when.latest is None:
            return 10**9
        if when.earliest is None or when.latest is None:
            return 10**6
        return (when.latest - when.earliest).days

    return second if width(second) < width(first) else first


def said_on(claim: Claim, document: Document | None) -> date | None:
    """The day on which a claim was published; without it the last day that the claim tells of."""
    published = document.published if document is not None else When()
    return published.latest or published.earliest or claim.when.latest or claim.when.earliest


class WorldCountries:
    """The country of a place of the world's table, from the gazetteer that located it; None for what it does not know."""

    def __init__(self, gazetteer: Any) -> None:
        self._world = getattr(gazetteer, "world", None)
        self._known: dict[str, str | None] = {}

    def __call__(self, place: ClaimPlace) -> str | None:
        """ISO 3166 alpha-3 code of the place's country."""
        if self._world is None or place.place_id is None:
            return None
        if place.place_id not in self._known:
            rows = self._world.lookup(place.name or place.text)
            self._known[place.place_id] = next(
                (row.country or None for row in rows if f"geonames-{row.id}" == place.place_id), None
            )
        return self._known[place.place_id]


class Sides:
    """A theatre's sides, indexed: belligerents, mediators, who held which place when, which outlet speaks for whom."""

    def __init__(self, theatre: Theatre, country_of: Callable[[ClaimPlace], str | None] = lambda _: None) -> None:
        self.theatre = theatre
        self._country_of = country_of
        mediators = {code for agreement in theatre.agreements for code in agreement.mediators}
        concerned = {
            code
            for agreement in theatre.agreements
            for code in (*agreement.parties, *agreement.not_parties, *(c for cl in agreement.clauses for c in cl.bound_parties))
        }
        # A theatre's principals may hold mediators and allied states: a belligerent is one whom an agreement is to hold back, or
        # an armed group.
        armed = {party.code for party in theatre.parties if party.kind in ("group", "de_facto")} & set(theatre.principals)
        fighting = (concerned & set(theatre.principals) or concerned) - mediators - {UNITED_NATIONS} | armed
        self.belligerents = frozenset(fighting) or frozenset(theatre.principals)
        self.mediators = frozenset(mediators) - self.belligerents
        self._actors = {actor.id: actor for actor in theatre.actors}
        self._outlets = {name.casefold(): actor for actor in theatre.actors if actor.kind in MEDIA_KINDS for name in actor.names}
        self.places = {place.id: place for place in theatre.places}
        # points of the places in belligerents' countries
        self.ground = tuple(
            (place.lat, place.lon)
            for place in theatre.places
            if place.lat is not None and place.lon is not None and place.country in self.belligerents
        )
        self._party_names = {party.code: party.names[0] for party in theatre.parties if party.names}
        self._demonyms = {
            demonym.casefold(): party.code for party in theatre.parties for demonym in (*party.demonyms, *party.names)
        }
        self._names = NameFinder(self._demonyms)

    def is_belligerent(self, code: str) -> bool:
        """Whether a party is a side of the fighting; in a theatre that names none, whoever is not the UN may be one."""
        return code in self.belligerents if self.belligerents else code != UNITED_NATIONS

    def actor(self, voice: Voice | None) -> Actor | None:
        """The theatre's actor that a voice was resolved to."""
        return self._actors.get(voice.actor_id) if voice is not None and voice.actor_id is not None else None

    def outlet_party(self, document: Document) -> str | None:
        """The party that a document's outlet speaks for, where the theatre knows one."""
        known = self._outlets.get((document.outlet or "").casefold())
        return known.party if known is not None else None

    def is_neutral(self, claim: Claim, document: Document) -> bool:
        """Whether a claim's voice is aligned with no party: a mission, a mediator, the UN, or an unaligned outlet's own report.

        A state that mediates nothing here, an unnamed voice ("officials") and an unresolved one are not taken as neutral.
        """
        if claim.claimant is None or _is_own_reporter(claim.claimant, document):
            return self.outlet_party(document) is None
        actor = self.actor(claim.claimant)
        codes = parties_of(claim.claimant)
        if actor is not None and (actor.kind in NEUTRAL_KINDS or (actor.kind in MEDIA_KINDS and not codes)):
            return not any(code in self.belligerents for code in codes)
        return bool(codes) and all(code == UNITED_NATIONS or code in self.mediators for code in codes)

    def holder(self, place: ClaimPlace, on: date | None) -> str | None:
        """Who held a place on a day: by its own holdings, else its parents', else the party that is its country."""
        if place.place_id is None:
            return None
        if place.place_id not in self.places:
            return self._country_of(place)
        if is_front(self.places[place.place_id]):
            return None
        seen: set[str] = set()
        queue = [place.place_id]
        countries: list[str] = []
        while queue:
            current = self.places.get(queue.pop(0))
            if current is None or current.id in seen:
                continue
            seen.add(current.id)
            held = _held_by(current, on)
            if held is not None:
                return held
            if current.country is not None:
                countries.append(current.country)
            queue.extend(current.parents)
        return next(iter(countries), None)

    def named_sides(self, text: str) -> tuple[str, ...]:
        """Belligerents whose names or demonyms stand in a text, in order."""
        codes = (self._demonyms[name] for name in self._names.find(in_small(text)))
        return tuple(dict.fromkeys(code for code in codes if self.is_belligerent(code)))

    def names_side(self, text: str) -> bool:
        """Whether a belligerent's name or demonym stands in a text."""
        return any(self.is_belligerent(self._demonyms[name]) for name in self._names.find(in_small(text)))

    def code_of(self, name: str) -> str | None:
        """The party of a name or demonym."""
        return self._demonyms.get(name.casefold())

    def party_name(self, code: str | None) -> str:
        """A party's shown name; the code where the theatre has no name; "nobody named" for None."""
        if code is None:
            return "nobody named"
        return self._party_names.get(code, code)

    def list_parties(self, codes: Iterable[str]) -> str:
        """Party names joined in words."""
        names = [self.party_name(code) for code in codes]
        if len(names) < 2:
            return "".join(names)
        return f"{', '.join(names[:-1])} and {names[-1]}"

    def they(self, codes: Sequence[str], verb: str, otherwise: str) -> str:
        """Party names with a verb that agrees ("Xia says", "Xia and Zor say"; `verb` is its stem), `otherwise` for nobody.

        A name of several ("authorities") takes the plural.
        """
        names = self.list_parties(codes)
        is_many = len(codes) > 1 or names.endswith("ies")
        singular = f"{verb[:-1]}ies" if verb.endswith("y") and verb != "say" else f"{verb}s"
        return f"{names or otherwise} {verb if is_many else singular}"


def _is_own_reporter(claimant: Voice, document: Document) -> bool:
    """Whether a voice is the outlet's own: "the Gazette's Jo Bloggs, who is there"."""
    if not document.outlet or claimant.actor_id is not None or claimant.party is not None:
        return False
    return re.search(rf"\b{re.escape(document.outlet)}\b", claimant.text or "", re.IGNORECASE) is not None


_FRONT = re.compile(r"\b(?:line|border|boundary)\b", re.I)


def is_front(place: Place) -> bool:
    """Whether a place is a line along which two sides stand, and no river or road that one holds."""
    return place.kind == "line" and _FRONT.search(place.names[0]) is not None


def _held_by(place: Place, on: date | None) -> str | None:
    if on is None:
        return None
    for holding in place.holdings:
        if (holding.since is None or holding.since <= on) and (holding.until is None or on < holding.until):
            return holding.party
    return None
