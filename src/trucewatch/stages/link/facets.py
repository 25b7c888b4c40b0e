"""What of a claim decides to which incident it belongs, made ready for comparing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from trucewatch.model.records import Claim, Document, Voice
from trucewatch.stages.link.acts import act_group, act_mode, is_eligible, is_lasting
from trucewatch.stages.link.places import PlaceIndex

CIVILIANS = "CVL"
LOST_GROUND, GAINED_GROUND = "DEESCALATE.WITHDRAWAL", "ADVANCE.TERRITORY"
VAGUE = frozenset({"several", "dozens", "hundreds", "thousands"})
# a report of more days than these tells of a stretch of fighting, not of one day's act
LONGEST_MOMENT = 3


@dataclass(frozen=True, slots=True)
class Facet:
    """A claim's deciding values. `spots`: keys of narrow places; `areas`: of wide ones; days as ordinals, None unknown;
    `is_dated`: the text names the time; `doers`, `victims`, `speakers`: party codes."""

    claim: Claim
    family: str
    group: str
    mode: str | None
    lasting: bool
    spots: tuple[str, ...]
    areas: tuple[str, ...]
    first: int | None
    last: int | None
    is_dated: bool
    doers: frozenset[str]
    victims: frozenset[str]
    hits_civilians: bool
    speakers: frozenset[str]
    numbers: frozenset[tuple[str, int | None]]

    @property
    def id(self) -> str:
        """The claim's id."""
        return self.claim.id

    @property
    def is_denial(self) -> bool:
        """Whether the claim denies its act."""
        return self.claim.stance == "denies"

    @property
    def is_moment(self) -> bool:
        """Whether the act is told of a day or a few."""
        return self.first is not None and self.last is not None and self.last - self.first < LONGEST_MOMENT

    def may_share_mode(self, other: Facet) -> bool:
        """Whether both leave room for one way of attack."""
        return self.mode is None or other.mode is None or self.mode == other.mode

    def days_apart(self, other: Facet) -> int:
        """Days between the two spans, 0 where they overlap or one is unknown."""
        if self.first is None or self.last is None or other.first is None or other.last is None:
            return 0
        return max(0, other.first - self.last, self.first - other.last)


def codes(voice: Voice | None) -> frozenset[str]:
    """Party codes of a voice."""
    return frozenset(part for part in ((voice.party if voice else None) or "").split(";") if part)


def make_facets(claims: Iterable[Claim], documents: Mapping[str, Document], places: PlaceIndex) -> list[Facet]:
    """Facets of the claims that belong to incidents, ordered by claim id, so that the ledger's order means nothing."""
    return [
        _facet(claim, documents.get(claim.document_id), places)
        for claim in sorted(claims, key=lambda c: c.id)
        if is_eligible(claim)
    ]


def _facet(claim: Claim, document: Document | None, places: PlaceIndex) -> Facet:
    targets = [place for place in claim.places if place.role == "target"]
    keys = list(dict.fromkeys(places.key(place) for place in targets))
    spots = tuple(key for key in keys if places.is_spot(key))
    if not spots:
        # where fire came from tells two attacks apart as well as where it fell
        origins = [places.key(place) for place in claim.places if place.role == "origin"]
        spots = tuple(dict.fromkeys(f"from {key}" for key in origins if places.is_spot(key)))
    when = claim.when
    first = when.earliest or when.latest
    last = when.latest or when.earliest
    is_dated = when.text is not None and first is not None
    if first is None and document is not None and document.published.latest is not None:
        first = last = document.published.latest
    doers, victims, act = codes(claim.attributed_to), codes(claim.target), claim.act
    if claim.stance == "confirms" and act == LOST_GROUND:
        # who admits to have fallen back admits the other side's gain (gold/CODEBOOK.md 3)
        doers, victims, act = victims, doers | (codes(claim.claimant) if not doers else frozenset()), GAINED_GROUND
    return Facet(
        claim=claim,
        family=(document.family_id if document else None) or claim.document_id,
        group=act_group(act),
        mode=act_mode(act),
        lasting=is_lasting(act),
        spots=spots,
        areas=tuple(key for key in keys if not places.is_spot(key)),
        first=first.toordinal() if first else None,
        last=last.toordinal() if last else None,
        is_dated=is_dated,
        doers=doers - {CIVILIANS},
        victims=victims - {CIVILIANS},
        hits_civilians=CIVILIANS in victims,
        speakers=codes(claim.claimant),
        # "at least ten" and "ten" are one number told twice; "several" twice is nothing
        numbers=frozenset(
            (figure.measure, figure.high if figure.low is None else figure.low)
            for figure in claim.figures
            if figure.qualifier not in VAGUE
        ),
    )


def opponent_pairs(facet: Facet) -> Iterator[tuple[str, str]]:
    """Pairs of parties, in the order of their codes, of which a claim tells that one acts against the other."""
    # of several doers together it is not told who did it to whom
    for doer in facet.doers if len(facet.doers) == 1 else ():
        for victim in facet.victims - facet.doers:
            yield min(doer, victim), max(doer, victim)


class Opponents:
    """Who fights whom in a ledger, learnt from its own claims: no list of enemies is given from outside."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._against = {frozenset(pair) for pair in pairs}

    def are_opposed(self, first: frozenset[str], second: frozenset[str]) -> bool:
        """Whether two sets of parties are opponents: no party in common, and one is told to act against another."""
        if not first or not second or first & second:
            return False
        return any(frozenset((a, b)) in self._against for a in first for b in second)

    def complete(self, facet: Facet) -> Facet:
        """An admission that names no doer, with its victims' opponents as doers, where these are of one side."""
        if facet.claim.stance != "confirms" or facet.doers or not facet.victims:
            return facet
        doers = frozenset(code for pair in self._against if pair & facet.victims for code in pair - facet.victims)
        if any(frozenset((a, b)) in self._against for a in doers for b in doers if a < b):
            return facet
        return replace(facet, doers=doers)

    def is_two_sided(self, facet: Facet) -> bool:
        """Whether a claim names opponents as its doers together: a clash, or fire that both sides are said to open."""
        return len(facet.doers) > 1 and any(frozenset((a, b)) in self._against for a in facet.doers for b in facet.doers if a < b)

    def may_be_one_side(self, first: Facet, second: Facet, *, same_spot: bool) -> bool:
        """Whether two claims may tell of one doer's act: same or allied doers, victims who are not the other's doers; or, on
        one spot, the same victims with the doer in dispute."""
        same_victims = bool(first.victims & second.victims) or (first.hits_civilians and second.hits_civilians)
        if self.are_opposed(first.doers, second.doers):
            return same_spot and same_victims
        if not same_spot and first.doers and second.doers and self.is_two_sided(first) != self.is_two_sided(second):
            return False
        if not same_spot and self.are_opposed(first.victims, second.victims):
            return False
        for one, other in ((first, second), (second, first)):
            if one.doers and one.doers <= other.victims and not one.doers & other.doers:
                return same_spot and same_victims
        return True
