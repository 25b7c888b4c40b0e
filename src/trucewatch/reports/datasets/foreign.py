"""What the shapes of other data sets share: deaths as claimed, parties as actors, countries, reasons why an incident has no
row."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from trucewatch.model.records import Claim, ClaimPlace, Incident, Toll
from trucewatch.model.theatre import Place, Theatre
from trucewatch.reports.atlas import Atlas
from trucewatch.reports.datasets.schema import rows_of
from trucewatch.reports.views import View

CIVILIANS = "CVL"
# words that stand for a number by a data set's own rule
VAGUE = {"several": 3, "dozens": 12, "hundreds": 100, "thousands": 1000}
NOT_TOLD = ("discounted", "retracted", "unassessed")


@dataclass(frozen=True, kw_only=True, slots=True)
class Country:
    """A country's codes elsewhere; None where our small table does not know them."""

    code: str
    numeric: int | None = None
    gwno: int | None = None
    acled_region: str | None = None
    ged_region: str | None = None


@cache
def country(code: str) -> Country:
    """Codes of a country by its ISO 3166 alpha-3."""
    for row in rows_of("countries.csv"):
        if row["code"] == code:
            return Country(
                code=code,
                numeric=int(row["numeric"]),
                gwno=int(row["gwno"]) if row["gwno"] else None,
                acled_region=row["acled_region"],
                ged_region=row["ged_region"],
            )
    return Country(code=code)


@dataclass(frozen=True, kw_only=True, slots=True)
class Deaths:
    """Deaths of one incident by who they were; `low` and `high` over all claimants."""

    civilians: dict[str, int]
    combatants: dict[str, int]
    unknown: dict[str, int]
    low: int
    high: int

    @property
    def total(self) -> int:
        """All of them: the lowest claimant's numbers."""
        return sum(sum(part.values()) for part in (self.civilians, self.combatants, self.unknown))


def deaths_of(tolls: Iterable[Toll], claims: dict[str, Claim]) -> Deaths:
    """Deaths by the rule of the lowest figure: for each side's people the claimant who gives the fewest, never a sum of
    claimants.

    A claimant's civilians and combatants are different people; a number for everybody holds both. People whose side nobody tells
    are counted only where no side is told, for they may be the same.
    """
    counted: dict[str, dict[str, dict[str, tuple[int, int]]]] = {}
    for toll in tolls:
        if toll.measure != "killed" or toll.superseded_by is not None:
            continue
        low, high = _ends(toll, claims)
        claimant = toll.claimant_party or toll.claimant_name or "outlet"
        counted.setdefault(toll.victim_party or "", {}).setdefault(claimant, {})[toll.population] = (low, high)
    if len(counted) > 1:
        counted.pop("", None)
    civilians, combatants, unknown = {}, {}, {}
    low = high = 0
    for side, claimants in counted.items():
        totals = {claimant: _split(by_population) for claimant, by_population in claimants.items()}
        fewest = min(totals.values(), key=lambda parts: sum(part[0] for part in parts))
        civilians[side], combatants[side], unknown[side] = (part[0] for part in fewest)
        low += sum(part[0] for part in fewest)
        high += max(sum(part[1] for part in parts) for parts in totals.values())
    return Deaths(civilians=civilians, combatants=combatants, unknown=unknown, low=low, high=high)


def _split(counted: dict[str, tuple[int, int]]) -> tuple[tuple[int, int], tuple[int, int], tuple[int, int]]:
    """(civilians, combatants, kind not told) of one claimant, each as (low, high)."""
    none = (0, 0)
    civilian, combatant = counted.get("civilian", none), counted.get("combatant", none)
    everyone, rest = counted.get("all", none), counted.get("unknown", none)
    beyond = tuple(max(everyone[end] - civilian[end] - combatant[end], rest[end], 0) for end in (0, 1))
    return civilian, combatant, (beyond[0], beyond[1])


def _ends(toll: Toll, claims: dict[str, Claim]) -> tuple[int, int]:
    vague = {
        figure.qualifier
        for claim_id in toll.claim_ids
        if claim_id in claims
        for figure in claims[claim_id].figures
        if figure.measure == toll.measure and (figure.low, figure.high) == (toll.low, toll.high)
    }
    # "up to 30" is no report of a death
    low = toll.low if toll.low is not None else 0
    for word, number in VAGUE.items():
        if word in vague:
            low = min(low, number) if low else number
    high = toll.high if toll.high is not None else max(low, toll.best or 0)
    return low, max(low, high)


class Shapes:
    """A theatre as other data sets' codes need it."""

    def __init__(self, theatre: Theatre) -> None:
        self.theatre = theatre
        self.atlas = Atlas(theatre)
        self._parties = {party.code: party for party in theatre.parties}

    def name(self, code: str) -> str:
        """A party's neutral name."""
        party = self._parties.get(code)
        return party.names[0] if party is not None and party.names else code

    def kind(self, code: str) -> str:
        """state, de_facto, group, body or people; state where nobody knows."""
        party = self._parties.get(code)
        return party.kind if party is not None else "state"

    def host(self, code: str) -> str:
        """The state that a party is, or from whose soil it fights."""
        party = self._parties.get(code)
        if party is not None and party.hosts:
            return party.hosts[0]
        if self.kind(code) == "de_facto":
            # the recognised country of what it holds or held
            held = (place for place in self.theatre.places if any(holding.party == code for holding in place.holdings))
            lands = Counter(place.country for place in held if place.country)
            return min(lands, key=lambda land: (-lands[land], land), default=code)
        return code

    def country_of(self, place: ClaimPlace) -> str | None:
        """Recognised country of a place."""
        return self.atlas.country(place)

    def areas(self, place: ClaimPlace) -> tuple[Place | None, Place | None]:
        """First-order and second-order area of a place.

        A region without a position of its own is the theatre's way to speak ("the conflict zone") and no unit: its districts come
        first.
        """
        known = self.atlas.find(place)
        if known is None:
            return None, None
        region, district = self.atlas.area_of(known, "region"), self.atlas.area_of(known, "district")
        if district is not None and (region is None or region.lat is None):
            return district, None
        return region, district


def is_told(incident: Incident) -> bool:
    """Whether somebody reports it as having happened, and nobody has taken that back."""
    return bool(incident.claim_ids or incident.observation_ids) and incident.occurrence not in NOT_TOLD


def doers(incident: Incident) -> list[str]:
    """Parties named as doers, the most told first."""
    return [code for code in (incident.attributed_to or "").split(";") if code]


def targets(incident: Incident) -> list[str]:
    """Parties hit, civilians left out."""
    return [code for code in (incident.target or "").split(";") if code and code != CIVILIANS]


def hits_civilians(incident: Incident) -> bool:
    """Whether civilians are told to be the target."""
    return CIVILIANS in (incident.target or "").split(";") or incident.act in ("CIV.ATTACK_PERSONS", "CIV.DETENTION", "SGBV")


def sources_of(incident: Incident, view: View) -> list[str]:
    """Outlets that report it, originals only where there are any."""
    documents = [view.documents[view.claims[claim_id].document_id] for claim_id in incident.claim_ids if claim_id in view.claims]
    originals = [document for document in documents if document.copy_of is None] or documents
    return list(dict.fromkeys(document.outlet or document.source for document in originals))


def number_of(*parts: str) -> int:
    """A stable positive number below 2^31 from texts."""
    return int(hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()[:15], 16) % (2**31 - 1) + 1
