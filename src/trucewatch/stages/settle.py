"""settle (record, with context): what follows once sides and places are known.

Whose place was hit is whom the act was aimed at; a deed without a named doer, told beside one with a doer, is that one's; who tells
of his own side's losses or retreat admits them (codebook 3). Each step leaves its reason in the claim.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from trucewatch.model.codebook import act_class
from trucewatch.model.records import Claim, Reading, Voice
from trucewatch.model.stage import Context, Stage
from trucewatch.model.theatre import Place, Theatre

_DEEDS = frozenset({"ASSAULT", "TERRITORY", "MOBILIZE", "COERCE", "DISPLACE"})
_LOSS_CLASSES = frozenset({"ASSAULT", "TOLL"})
_CIVILIAN = "CVL"


def settle_claims(reading: Reading, context: Context) -> Reading:
    """The reading with targets, doers and stances completed where the claims beside them tell."""
    places = {place.id: place for place in context.theatre.places}
    published = reading.document.published.latest
    claims = [_with_target(claim, places, context.theatre, claim.when.latest or published) for claim in reading.claims]
    claims = _with_doers(claims, _belligerents(claims, context.theatre))
    claims = [_with_target(claim, places, context.theatre, claim.when.latest or published) for claim in claims]
    claims = [_with_stance(claim) for claim in claims]
    return replace(reading, claims=tuple(claims))


def _parties(voice: Voice | None) -> frozenset[str]:
    return frozenset(p for p in (voice.party or "").split(";") if p) if voice is not None else frozenset()


def _belligerents(claims: Sequence[Claim], theatre: Theatre) -> frozenset[str]:
    """Sides that some claim of the document says did a deed against another."""
    sides = {agreement_party for agreement in theatre.agreements for agreement_party in agreement.parties}
    for claim in claims:
        if act_class(claim.act) in _DEEDS and claim.attributed_to is not None and claim.target is not None:
            sides |= _parties(claim.attributed_to)
    return frozenset(sides)


def holder(place: Place, places: Mapping[str, Place], on: date | None) -> str | None:
    """Who held a place on a day: its own holdings, its parents', else its country."""
    seen: set[str] = set()
    queue = [place]
    while queue:
        current = queue.pop(0)
        if current.id in seen:
            continue
        seen.add(current.id)
        for holding in current.holdings:
            if (
                on is not None
                and (holding.since is None or holding.since <= on)
                and (holding.until is None or on < holding.until)
            ):
                return holding.party
        queue.extend(places[parent] for parent in current.parents if parent in places)
    return place.country


def _with_target(claim: Claim, places: Mapping[str, Place], theatre: Theatre, on: date | None) -> Claim:
    known = _parties(claim.target) - {_CIVILIAN}
    if known or act_class(claim.act) not in ("ASSAULT", "TERRITORY") or claim.act == "FIRE.CLASH":
        return claim
    doers = _parties(claim.attributed_to)
    for mention in claim.places:
        if mention.role == "origin" or mention.place_id is None:
            continue
        place = places.get(mention.place_id)
        party = holder(place, places, on) if place is not None else None
        if party is None or party in doers:
            continue
        base = claim.target or Voice()
        target = replace(base, party=party, name=base.name or party)
        return replace(
            claim, target=target, reasons=(*claim.reasons, f"the target's side is who held {mention.name or mention.text}")
        )
    return claim


def _with_doers(claims: list[Claim], belligerents: frozenset[str]) -> list[Claim]:
    settled: list[Claim] = []
    for number, claim in enumerate(claims):
        if claim.attributed_to is not None and claim.attributed_to.party is None and claim.attributed_to.text is not None:
            settled.append(claim)
            continue
        if claim.attributed_to is not None or act_class(claim.act) != "ASSAULT" or claim.act == "FIRE.CLASH":
            settled.append(claim)
            continue
        speaker = _parties(claim.claimant) & belligerents
        victim = _parties(claim.target) - {_CIVILIAN}
        doer: Voice | None = None
        reason = ""
        if (
            speaker
            and victim
            and not speaker & victim
            and victim & belligerents
            and claim.stance == "asserts"
            and not claim.figures
        ):
            doer, reason = claim.claimant, "its own side's success, told by a side at war"
        else:
            neighbour = _neighbour(claims, number, victim or speaker)
            if neighbour is not None:
                doer, reason = neighbour.attributed_to, "the same attack is told beside it with its doer"
        if doer is None:
            settled.append(claim)
            continue
        settled.append(
            replace(
                claim,
                attributed_to=doer,
                reasons=(*claim.reasons, f"doer: {reason}"),
                confidence=max(0.3, claim.confidence - 0.1),
            )
        )
    return settled


def _neighbour(claims: Sequence[Claim], number: int, victim: frozenset[str]) -> Claim | None:
    """The nearest claim before it (then after it in its sentence) of an attack by somebody else than the victim."""
    claim = claims[number]
    before = list(reversed(claims[:number]))
    after = [c for c in claims[number + 1 :] if c.sentence_start_char == claim.sentence_start_char]
    for other in [c for c in before if c.sentence_start_char == claim.sentence_start_char] + after + before[:4]:
        if act_class(other.act) != "ASSAULT" or other.act == "FIRE.CLASH" or not _parties(other.attributed_to):
            continue
        if claim.sentence_start_char - other.sentence_end_char > 600:
            break
        if _parties(other.attributed_to) & victim:
            continue
        if claim.when.earliest and other.when.latest and claim.when.earliest > other.when.latest:
            continue
        return other
    return None


def _with_stance(claim: Claim) -> Claim:
    """Admissions: of one's own military's losses, of ground lost, of having been hit when one 'confirms' it."""
    if claim.stance != "asserts" or claim.claimant is None:
        return claim
    speaker = _parties(claim.claimant)
    if not speaker:
        return claim
    cls = act_class(claim.act)
    lost_ground = (
        cls == "TERRITORY" and speaker & (_parties(claim.target) - {_CIVILIAN}) and not speaker & _parties(claim.attributed_to)
    )
    combatants = any(f.population == "combatant" for f in claim.figures) or any("losses" in r for r in claim.reasons)
    own_losses = (
        cls in _LOSS_CLASSES and combatants and bool(speaker & _parties(claim.target)) and not _parties(claim.attributed_to)
    )
    if lost_ground or own_losses:
        return replace(claim, stance="confirms", reasons=(*claim.reasons, "an admission: the speaker's own side lost by it"))
    return claim


STAGE = Stage(
    name="settle",
    scope="record",
    needs=("claims.claimant.party", "claims.places.place_id", "claims.when.latest"),
    assigns=("claims.target.party", "claims.attributed_to.party", "claims.stance"),
    run_record=settle_claims,
)
