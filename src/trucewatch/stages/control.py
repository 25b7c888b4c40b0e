"""Control of places: who is said to have taken, to hold or to have left what, since when; who admits and who contests it.

Rules: a report of TERRITORY says that its doer took the places it names; with a total ("now controls 45 in all") that it holds
them; a pull-back says that its doer left them. Numbers of unnamed places are claims of their own, one a claimant, number and
episode: they are never set off against the named ones. A party that tells of its opponent's gain admits it; a denial that stands
contests it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from trucewatch.model.codebook import act_class
from trucewatch.model.ids import make_id
from trucewatch.model.records import Claim, ControlClaim, Document, Figure, Ledger, When
from trucewatch.stages.cases import unique
from trucewatch.stages.sides import Sides, is_report, parties_of, said_on
from trucewatch.text.inforce import target_places

LOSS_OF_GROUND = "DEESCALATE.WITHDRAWAL"
UNNAMED = "(unnamed)"
SAME_EPISODE_DAYS = 10
TOTAL = re.compile(
    r"\b(?:in total|a total of|total(?:ling|s)?|altogether|in all|under (?:its|their|his) control|now (?:controls?|holds?))\b",
    re.IGNORECASE,
)
PLACE_NOUN = re.compile(
    r"\b(villages?|towns?|cit(?:y|ies)|settlements?|heights?|posts?|positions?|districts?|points?|hamlets?)\b", re.IGNORECASE
)
WHOLE = re.compile(r"\b(?:all of|the (?:whole|entire|entirety)|entire|full control|complete(?:ly)?|fully)\b", re.IGNORECASE)
PLURALS = {"city": "cities"}


Held = tuple[str, str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Told:
    """One claim on one place: `key` tells which, `on` the day it is said to be so since."""

    key: tuple[str, str, str]
    place_id: str | None
    place_name: str
    party: str | None
    state: str
    on: date | None
    claim: Claim


def control_claims(ledger: Ledger, sides: Sides, documents: Mapping[str, Document]) -> tuple[ControlClaim, ...]:
    """Every control claim of the ledger, by place, party, state and episode (reports within ten days are one)."""
    return tuple(control for _, _, control in control_episodes(ledger, sides, documents))


def control_episodes(
    ledger: Ledger, sides: Sides, documents: Mapping[str, Document]
) -> Iterator[tuple[Held, date | None, ControlClaim]]:
    """Control claims, each with what it is told by and its first day. Holds for a part of a ledger where of each run of days
    without a gap of more than SAME_EPISODE_DAYS all claims are there, with the denials of them."""
    denials = _denials(ledger)
    groups: dict[tuple[str, str, str], list[_Told]] = {}
    for claim in ledger.claims:
        document = documents.get(claim.document_id)
        if document is not None and is_report(claim):
            for told in _told(claim, document):
                groups.setdefault(told.key, []).append(told)
    for key, members in sorted(groups.items()):
        for episode in _episodes(members):
            yield key, episode[0].on, _control(key, episode, denials, sides, documents)


def held_keys(claim: Claim, document: Document) -> Iterable[tuple[Held, date | None]]:
    """Which places, parties and states a claim tells of, each with the day since when it is said to be so."""
    if is_report(claim):
        yield from ((told.key, told.on) for told in _told(claim, document))


def unnamed_places(figure: Figure, words: str) -> str:
    """Name of a number of places without names: "8 villages (unnamed)", "at least 3 places (unnamed)"."""
    nouns = [found.group(1).lower() for found in PLACE_NOUN.finditer(words)]
    is_one = figure.low == figure.high == 1
    # of "the town of Alder and several villages" the villages are many
    noun = next((one for one in nouns if one.endswith("s") != is_one), nouns[0] if nouns else "places")
    plural = noun if noun.endswith("s") else PLURALS.get(noun, f"{noun}s")
    if figure.qualifier == "exactly" and figure.low is not None:
        return f"{figure.low} {plural if figure.low != 1 else noun} {UNNAMED}"
    if figure.qualifier in ("several", "dozens", "hundreds", "thousands"):
        return f"{figure.qualifier} {plural} {UNNAMED}"
    words_of = {"at_least": "at least", "more_than": "more than", "up_to": "up to", "nearly": "nearly", "about": "about"}
    number = figure.high if figure.qualifier in ("up_to", "nearly") else figure.low
    if figure.qualifier == "about" and figure.low is not None and figure.high is not None:
        number = (figure.low + figure.high) // 2
    return f"{words_of.get(figure.qualifier, figure.qualifier)} {number} {plural} {UNNAMED}"


def _told(claim: Claim, document: Document) -> Iterable[_Told]:
    counts = [figure for figure in claim.figures if figure.measure == "places_taken"]
    is_taking = act_class(claim.act) == "TERRITORY"
    if not is_taking and claim.act != LOSS_OF_GROUND and not counts:
        return
    parties = parties_of(claim.attributed_to) or (None,)
    sentence = document.text[claim.sentence_start_char : claim.sentence_end_char]
    state = "left" if claim.act == LOSS_OF_GROUND else "taken"
    on = claim.when.earliest or said_on(claim, document)
    for party in parties:
        for figure in counts:
            words = f"{figure.text} {_after(figure, document)}"
            name = unnamed_places(figure, words)
            held = "held" if state == "taken" and (claim.act == "TOLL" or TOTAL.search(sentence)) else state
            speaker = ";".join(parties_of(claim.claimant))
            yield _Told(
                key=(f"count:{speaker}:{name}", party or "", held),
                place_id=None,
                place_name=name,
                party=party,
                state=held,
                on=on,
                claim=claim,
            )
        # "Eight villages in the region": the region says where the villages are, not that it was taken.
        named = [place for place in target_places(claim.places) if not (counts and place.precision in ("region", "country"))]
        if claim.act == "TOLL" or (not is_taking and claim.act != LOSS_OF_GROUND):
            continue
        for place in named:
            name = place.name or place.text
            # "Towns in the region" were taken, not the region, unless the text says all of it.
            is_part = place.precision in ("region", "country") and not WHOLE.search(sentence)
            yield _Told(
                key=(place.place_id or f"name:{name.casefold()}", party or "", state),
                place_id=place.place_id,
                place_name=f"parts of {name}" if is_part else name,
                party=party,
                state=state,
                on=on,
                claim=claim,
            )


def _after(figure: Figure, document: Document) -> str:
    return document.text[figure.end_char : figure.end_char + 30] if figure.end_char is not None else ""


def _episodes(members: Sequence[_Told]) -> Iterable[list[_Told]]:
    ordered = sorted(members, key=lambda told: (told.on or date.min, told.claim.id))
    episode: list[_Told] = []
    for told in ordered:
        last = episode[-1].on if episode else None
        if episode and last is not None and told.on is not None and (told.on - last).days > SAME_EPISODE_DAYS:
            yield episode
            episode = []
        episode.append(told)
    if episode:
        yield episode


def _denials(ledger: Ledger) -> dict[str, list[Claim]]:
    """Denials of each report: those of its incident, and those that answer it."""
    claims = {claim.id: claim for claim in ledger.claims}
    found: dict[str, list[Claim]] = {}
    for incident in ledger.incidents:
        denials = [claims[i] for i in incident.denial_ids if i in claims]
        for claim_id in incident.claim_ids if denials else ():
            found.setdefault(claim_id, []).extend(denials)
    for claim in ledger.claims:
        if claim.stance == "denies" and claim.responds_to is not None:
            found.setdefault(claim.responds_to, []).append(claim)
    return found


def _control(
    key: tuple[str, str, str],
    episode: Sequence[_Told],
    denials: dict[str, list[Claim]],
    sides: Sides,
    documents: Mapping[str, Document],
) -> ControlClaim:
    first = episode[0]
    party = first.party
    reports = [told.claim for told in episode]
    against = {d.id: d for claim in reports for d in denials.get(claim.id, ()) if act_class(d.act) in ("TERRITORY", "RETREAT")}
    admitting = {
        code: said_on(claim, documents[claim.document_id])
        for claim in reports
        for code in parties_of(claim.claimant)
        if sides.is_belligerent(code) and _is_loser(code, party, first.state)
    }
    contesting = unique(
        code
        for denial in against.values()
        for code in parties_of(denial.claimant)
        if not _is_taken_back(said_on(denial, documents.get(denial.document_id)), admitting.get(code), code in admitting)
    )
    spans = [claim.when for claim in reports]
    firsts = [when.earliest for when in spans if when.earliest is not None]
    told_as = min(spans, key=lambda when: (when.earliest is None, when.earliest or date.max))
    since = When(
        earliest=min(firsts) if firsts else None,
        latest=told_as.latest,
        precision=told_as.precision,
        text=told_as.text,
        relation=told_as.relation,
    )
    return ControlClaim(
        id=make_id("control", *key, first.on),
        place_id=first.place_id,
        place_name=first.place_name,
        party=party,
        state=first.state,
        since=since,
        claim_ids=tuple(sorted({*(claim.id for claim in reports), *against})),
        contested_by=tuple(sorted(contesting)),
        admitted_by=tuple(sorted(admitting)),
        claimed_by=tuple(sorted({code for claim in reports for code in parties_of(claim.claimant)})),
    )


def _is_loser(code: str, party: str | None, state: str) -> bool:
    """Who leaves loses by saying so; who is not the taker and yet says that it was taken may lose by it."""
    return code == party if state == "left" else party is not None and code != party


def _is_taken_back(denied_on: date | None, admitted_on: date | None, has_admitted: bool) -> bool:
    if not has_admitted:
        return False
    return denied_on is None or admitted_on is None or admitted_on >= denied_on


__all__ = ["control_claims", "control_episodes", "held_keys", "unnamed_places"]
