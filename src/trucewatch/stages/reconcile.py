"""Reconcile: whose number is it, of whom, for what; and who is said to hold which place. Never one number for all.

Tolls. A toll is one claimant's number of one side's victims, of one measure and one population, for one incident or one period.
The rules:

1. Only reports count (asserted or confirmed, as fact). A denied figure is no figure.
2. A claimant is a party where one is known (its ministries and spokesmen speak for it), else the named voice, else the outlet in
   its own voice, family by family. Claimants are never added up, and never averaged. Civilians and combatants are never added up.
3. A figure of a claim that belongs to no incident, and every TOLL, is a sum over its period: `incident_id` is None.
4. Of one claimant's figures of one scope, those of the last day stand; earlier ones are kept and name what superseded them. A
   vague word ("dozens") does not supersede a number. Periods are of one scope where they begin within three days of one another.
5. Within a day, low is the lowest and high the highest of what the claimant was heard to say ("at least" leaves high open); best
   is what most families report it to have said, of equals the lower.
6. The victims' side: see `stages/victims.py`. Control of places: see `stages/control.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from trucewatch.model.codebook import is_verbal
from trucewatch.model.ids import make_id
from trucewatch.model.records import Claim, Document, Figure, Issue, Ledger, Toll, When
from trucewatch.model.stage import Context, Stage
from trucewatch.stages.cases import unique
from trucewatch.stages.control import control_claims
from trucewatch.stages.sides import Sides, WorldCountries, is_report, parties_of, said_on
from trucewatch.stages.victims import victim_party

NAME = "reconcile"
PERSON_MEASURES = frozenset({"killed", "injured", "missing", "captured", "displaced"})
VAGUE = frozenset({"several", "dozens", "hundreds", "thousands"})
SAME_START_DAYS = 3

Scope = tuple[str, str, str | None, str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Count:
    """A figure with its claim: what a toll is made of."""

    claim: Claim
    figure: Figure
    family: str
    on: date | None
    incident_id: str | None
    claimant: str
    victims: str | None


def best_of(figure: Figure) -> int | None:
    """The claimant's own number: exact, or the bound that it names; the middle of "about"; None for a vague word or "up to"."""
    if figure.qualifier in VAGUE or figure.qualifier == "up_to":
        return None
    if figure.qualifier == "nearly":
        return figure.high
    if figure.low is not None and figure.high is not None:
        return (figure.low + figure.high) // 2
    return figure.low if figure.low is not None else figure.high


def run_ledger(ledger: Ledger, context: Context) -> Ledger:
    """Ledger with all tolls and control claims computed anew."""
    sides = Sides(context.theatre, WorldCountries(context.gazetteer))
    documents = {document.id: document for document in ledger.documents}
    tolls, issues = reconcile_tolls(ledger, sides, documents)
    controls = control_claims(ledger, sides, documents)
    return replace(ledger, tolls=tolls, controls=controls, issues=(*ledger.issues, *issues))


def reconcile_tolls(
    ledger: Ledger, sides: Sides, documents: Mapping[str, Document]
) -> tuple[tuple[Toll, ...], tuple[Issue, ...]]:
    """All tolls of a ledger's claims and incidents, and doubts about them. Holds for a part of a ledger where of each incident,
    and of each run of days that periods of one kind begin on without a gap of more than three, all claims are there."""
    counts = sorted(_counts(ledger, documents, sides), key=lambda count: (count.claim.id, count.figure.start_char or 0))
    groups: dict[Scope, list[_Count]] = {}
    for scope, count in zip(_scopes(counts), counts, strict=True):
        groups.setdefault(scope, []).append(count)
    tolls: list[Toll] = []
    issues: list[Issue] = []
    for _, members in sorted(groups.items(), key=lambda entry: tuple(str(part) for part in entry[0])):
        made = _tolls(members, documents)
        tolls.extend(made)
        issues.extend(_doubts(made))
    return tuple(tolls), tuple(issues)


PeriodKey = tuple[str, str | None, str, str]


def period_keys(claim: Claim, document: Document, sides: Sides) -> Iterable[tuple[PeriodKey, date | None]]:
    """Of which sums over a period a claim that is in no incident is a part, each with the day on which its period begins."""
    for count in _counts(Ledger(claims=(claim,)), {document.id: document}, sides):
        yield _period_key(count), claim.when.earliest


def period_key_of(toll: Toll, claim: Claim, document: Document) -> PeriodKey:
    """The key of a sum over a period, with one of its claims."""
    return _claimant_key(claim, document), toll.victim_party, toll.measure, toll.population


def _period_key(count: _Count) -> PeriodKey:
    return count.claimant, count.victims, count.figure.measure, count.figure.population


def _counts(ledger: Ledger, documents: Mapping[str, Document], sides: Sides) -> Iterable[_Count]:
    incident_of = {claim_id: incident.id for incident in ledger.incidents for claim_id in incident.claim_ids}
    for claim in ledger.claims:
        document = documents.get(claim.document_id)
        if document is None or not is_report(claim) or not claim.figures:
            continue
        incident_id = incident_of.get(claim.id) if claim.act != "TOLL" and not is_verbal(claim.act) else None
        for figure in claim.figures:
            if figure.measure not in PERSON_MEASURES or (figure.low is None and figure.high is None):
                continue
            yield _Count(
                claim=claim,
                figure=figure,
                family=document.family_id or document.id,
                on=said_on(claim, document),
                incident_id=incident_id,
                claimant=_claimant_key(claim, document),
                victims=victim_party(claim, figure, document, sides),
            )


def _claimant_key(claim: Claim, document: Document) -> str:
    codes = parties_of(claim.claimant)
    if codes:
        return f"party:{';'.join(sorted(codes))}"
    if claim.claimant is None:
        return f"outlet:{document.family_id or document.id}"
    named = claim.claimant.actor_id or (claim.claimant.name or claim.claimant.text or "").casefold()
    return f"voice:{named}"


def _scopes(counts: Sequence[_Count]) -> list[Scope]:
    """The scope of each count: its incident, or a period that begins within three days of the first one of its kind."""
    starts: dict[PeriodKey, list[date]] = {}
    keys = [_period_key(count) for count in counts]
    for key, count in zip(keys, counts, strict=True):
        if count.incident_id is None and count.claim.when.earliest is not None:
            starts.setdefault(key, []).append(count.claim.when.earliest)
    anchors: dict[PeriodKey, dict[date, date]] = {}
    for key, days in starts.items():
        anchors[key] = {}
        anchor: date | None = None
        for day in sorted(set(days)):
            if anchor is None or (day - anchor).days > SAME_START_DAYS:
                anchor = day
            anchors[key][day] = anchor
    scopes: list[Scope] = []
    for key, count in zip(keys, counts, strict=True):
        begin = count.claim.when.earliest
        if count.incident_id is not None:
            scope = count.incident_id
        else:
            scope = f"since {anchors[key][begin]}" if begin is not None else f"unknown period of {count.claim.id}"
        scopes.append((scope, *key))
    return scopes


def _tolls(members: Sequence[_Count], documents: Mapping[str, Document]) -> tuple[Toll, ...]:
    """One toll a day on which the claimant spoke, the earlier ones superseded by the next that says a number."""
    days: dict[date | None, list[_Count]] = {}
    for count in members:
        days.setdefault(count.on, []).append(count)
    ordered = sorted(days.items(), key=lambda entry: (entry[0] is not None, entry[0] or date.min))
    made = [(_toll(day, counts, documents), counts) for day, counts in ordered]
    # An undated figure supersedes nothing and is superseded by nothing: nobody knows which came first.
    later: Toll | None = None
    tolls: list[Toll] = []
    for toll, counts in reversed(made):
        is_dated = counts[0].on is not None
        tolls.append(replace(toll, superseded_by=later.id) if later is not None and is_dated else toll)
        is_number = any(count.figure.qualifier not in VAGUE for count in counts)
        if is_dated and (is_number or (later is None and all(_is_vague(older) for _, older in made))):
            later = toll
    return tuple(reversed(tolls))


def _is_vague(counts: Sequence[_Count]) -> bool:
    return all(count.figure.qualifier in VAGUE for count in counts)


def _toll(day: date | None, counts: Sequence[_Count], documents: Mapping[str, Document]) -> Toll:
    # A vague word beside a number of the same day and voice is that number, told loosely.
    told = [count for count in counts if count.figure.qualifier not in VAGUE] or list(counts)
    lows = [count.figure.low for count in told if count.figure.low is not None]
    is_open = any(count.figure.high is None for count in told)
    highs = [count.figure.high for count in told if count.figure.high is not None]
    first = counts[0]
    incident_id, figure = first.incident_id, first.figure
    claim_ids = tuple(sorted(unique(count.claim.id for count in counts)))
    period = _period(counts) if incident_id is None else None
    names = sorted({_claimant_name(count, documents) for count in counts} - {""})
    return Toll(
        id=make_id("toll", incident_id, first.claimant, first.victims, figure.measure, figure.population, day, *claim_ids),
        incident_id=incident_id,
        claimant_party=";".join(sorted(parties_of(first.claim.claimant))) or None,
        victim_party=first.victims,
        measure=figure.measure,
        population=figure.population,
        low=min(lows) if lows else None,
        best=_best(told),
        high=None if is_open or not highs else max(highs),
        period=period,
        claim_ids=claim_ids,
        claimant_name="; ".join(names) or None,
    )


def _claimant_name(count: _Count, documents: Mapping[str, Document]) -> str:
    claimant = count.claim.claimant
    if claimant is None:
        document = documents[count.claim.document_id]
        return document.outlet or document.source
    return claimant.name or claimant.text or ""


def _best(counts: Sequence[_Count]) -> int | None:
    by_number: dict[int, set[str]] = {}
    for count in counts:
        best = best_of(count.figure)
        if best is not None:
            by_number.setdefault(best, set()).add(count.family)
    if not by_number:
        return None
    weights = Counter({number: len(families) for number, families in by_number.items()})
    return min(by_number, key=lambda number: (-weights[number], number))


def _period(counts: Sequence[_Count]) -> When:
    spans = [count.claim.when for count in counts]
    firsts = [when.earliest for when in spans if when.earliest is not None]
    lasts = [when.latest for when in spans if when.latest is not None]
    told = next((when for when in spans if when.text), spans[0])
    return When(
        earliest=min(firsts) if firsts else None,
        latest=max(lasts) if lasts else None,
        precision=told.precision,
        text=told.text,
    )


def _doubts(tolls: Sequence[Toll]) -> Iterable[Issue]:
    by_id = {toll.id: toll for toll in tolls}
    for toll in tolls:
        later = by_id.get(toll.superseded_by or "")
        if later is not None and later.high is not None and toll.low is not None and later.high < toll.low:
            message = (
                f"a later figure of the same claimant is lower ({later.low} to {later.high} after {toll.low} and more): "
                "a correction, or a part of the whole; both are kept"
            )
            yield Issue(stage=NAME, code="toll-fell", level="info", message=message, record_id=later.id, value=str(later.best))


STAGE = Stage(
    name=NAME,
    scope="ledger",
    needs=("claims.figures", "claims.claimant", "claims.when", "claims.places", "incidents.claim_ids", "documents.family_id"),
    assigns=("tolls", "controls"),
    run_ledger=run_ledger,
)
