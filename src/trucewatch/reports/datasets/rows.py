"""Rows of the ledger's tables from its slices: flat, one value a cell, ids kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from trucewatch.model.codebook import act_class
from trucewatch.model.records import (
    Claim,
    ClaimPlace,
    ControlClaim,
    Document,
    Incident,
    Issue,
    Ledger,
    Observation,
    Toll,
    Violation,
    Voice,
    When,
)
from trucewatch.reports.coarse import UNCERTAINTY_KM
from trucewatch.reports.datasets.schema import Row
from trucewatch.reports.public import Publisher
from trucewatch.reports.views import View
from trucewatch.store.slices import Slices

Rows = Iterator[tuple[str, Row]]


def ledger_rows(slices: Slices) -> Rows:
    """(table, row) of every table of the ledger; rows that others refer to come before these where one pass allows it."""
    for part in slices.flat("documents"):
        for document in part.documents:
            yield "documents", _document(document)
    for part in slices.incidents(with_claims=False):
        for incident in part.incidents:
            yield from _incident(incident)
        yield from (("tolls", _toll(toll)) for toll in part.tolls)
        yield from (("violations", _violation(violation)) for violation in part.violations)
    for part in slices.claims():
        view = View(part)
        for claim in part.claims:
            yield from _claim(claim, view)
    for part in slices.flat("tolls"):
        yield from (("tolls", _toll(toll)) for toll in part.tolls if toll.incident_id is None)
    for part in slices.flat("violations"):
        yield from (("violations", _violation(one)) for one in part.violations if one.incident_id is None)
    for part in slices.flat("observations"):
        yield from (("observations", _observation(observation)) for observation in part.observations)
    for part in slices.flat("controls"):
        yield from (("controls", _control(control)) for control in part.controls)
    for part in slices.flat("issues"):
        view = View(part)
        yield from (("issues", _issue(issue, view)) for issue in part.issues)


def plain(value: Any) -> Any:
    """A cell as JSON holds it: days and instants as ISO text."""
    return value.isoformat() if isinstance(value, date | datetime) else value


def uncertainty_km(precision: str | None) -> float | None:
    """How far from its position a place may lie; None where that is not known or a whole country."""
    return UNCERTAINTY_KM.get(precision or "")


def _joined(codes: tuple[str, ...]) -> str | None:
    return ";".join(codes) or None


def _span(when: When | None, prefix: str = "") -> Row:
    return {f"{prefix}earliest": when.earliest if when else None, f"{prefix}latest": when.latest if when else None}


def _document(document: Document) -> Row:
    published = document.published
    return {
        "id": document.id,
        "source": document.source,
        "outlet": document.outlet,
        "title": document.title,
        **_span(published, "published_"),
        "published_precision": published.precision,
        "published_basis": published.basis or "unknown",
        "language": document.language,
        "family": document.family_id,
        "copy_of": document.copy_of,
        "sha256": document.sha256,
        "text": document.text,
    }


def _voice(voice: Voice | None) -> tuple[str | None, str | None]:
    return (voice.text, voice.party) if voice is not None else (None, None)


def _claim(claim: Claim, view: View) -> Rows:
    doer_text, doer = _voice(claim.attributed_to)
    target_text, target = _voice(claim.target)
    yield (
        "claims",
        {
            "id": claim.id,
            "document_id": claim.document_id,
            "incident_id": view.incident_of.get(claim.id),
            "claimant_text": claim.claimant.text if claim.claimant else None,
            "claimant_name": claim.claimant.name if claim.claimant else None,
            "claimant_party": claim.claimant.party if claim.claimant else None,
            "channel": claim.channel,
            "stance": claim.stance,
            "modality": claim.modality,
            "act": claim.act,
            "attributed_to_text": doer_text,
            "attributed_to": doer,
            "target_text": target_text,
            "target": target,
            **_span(claim.when),
            "precision": claim.when.precision,
            "weapon": claim.weapon,
            "responds_to": claim.responds_to,
            "exception_claimed": claim.exception_claimed,
            "sentence_text": view.sentence_of(claim),
            "evidence_text": view.evidence_of(claim),
            "start_char": claim.start_char,
            "end_char": claim.end_char,
            "sentence_start_char": claim.sentence_start_char,
            "sentence_end_char": claim.sentence_end_char,
            "confidence": claim.confidence,
            "made_by": claim.made_by,
        },
    )
    yield from (("claim_places", {"claim_id": claim.id, **row}) for row in _places(claim.places))
    for number, figure in enumerate(claim.figures, start=1):
        row = {name: getattr(figure, name) for name in ("measure", "population", "low", "high", "qualifier", "text")}
        yield "claim_figures", {"claim_id": claim.id, "number": number, **row}


def _places(places: tuple[ClaimPlace, ...]) -> Iterator[Row]:
    for number, place in enumerate(places, start=1):
        yield {
            "number": number,
            "role": place.role,
            "name": place.name or place.text,
            "place_id": place.place_id,
            "lat": place.lat,
            "lon": place.lon,
            "precision": place.precision,
            "uncertainty_km": uncertainty_km(place.precision) if place.lat is not None else None,
        }


def incident_row(incident: Incident) -> Row:
    """One incident as a row of the table of incidents."""
    return {
        "id": incident.id,
        "act": incident.act,
        "act_class": act_class(incident.act),
        "summary": incident.summary,
        **_span(incident.when),
        "precision": incident.when.precision,
        "occurrence": incident.occurrence,
        "attribution": incident.attribution,
        "breach": incident.breach,
        "attributed_to": incident.attributed_to,
        "target": incident.target,
        "parties_asserting": _joined(incident.parties_asserting),
        "parties_denying": _joined(incident.parties_denying),
        "families": incident.families,
        "reports": len(incident.claim_ids),
        "denials": len(incident.denial_ids),
        "observations": len(incident.observation_ids),
        "source_grade": incident.source_grade,
        "information_grade": incident.information_grade,
    }


def _incident(incident: Incident) -> Rows:
    yield "incidents", incident_row(incident)
    yield from (("incident_places", {"incident_id": incident.id, **row}) for row in _places(incident.places))
    told: dict[str, str] = {}
    for role, ids in (
        ("reports", incident.claim_ids),
        ("denies", incident.denial_ids),
        ("took_back", incident.superseded_denial_ids),
    ):
        for claim_id in ids:
            told[claim_id] = role
    for claim_id, role in told.items():
        yield "incident_claims", {"incident_id": incident.id, "claim_id": claim_id, "role": role}
    heads = {"occurrence": incident.occurrence, "attribution": incident.attribution, "breach": incident.breach}
    for status in incident.statuses:
        is_headline = heads.get(status.axis) == status.status
        row = {"axis": status.axis, "status": status.status, "is_headline": is_headline, "reason": status.reason}
        yield "incident_statuses", {"incident_id": incident.id, **row}


def _toll(toll: Toll) -> Row:
    names = (
        "id",
        "incident_id",
        "claimant_party",
        "claimant_name",
        "victim_party",
        "measure",
        "population",
        "low",
        "best",
        "high",
    )
    row = {name: getattr(toll, name) for name in names}
    return {**row, **_span(toll.period, "period_"), "superseded_by": toll.superseded_by}


def _violation(violation: Violation) -> Row:
    names = ("id", "incident_id", "agreement_id", "clause_id", "party", "status", "rule", "explanation")
    return {name: getattr(violation, name) for name in names}


def _observation(observation: Observation) -> Row:
    names = (
        "id",
        "observer_code",
        "report_kind",
        "minutes_observed",
        "nothing_observed",
        "position_name",
        "position_control",
        "effect",
        "count_low",
        "count_high",
        "count_qualifier",
        "description",
        "bearing_deg",
        "distance_low_km",
        "distance_high_km",
        "weapon",
        "lat",
        "lon",
        "sensitivity",
    )
    row = {name: getattr(observation, name) for name in names}
    return {
        **row,
        "observed_from": observation.observed_from_at,
        "observed_to": observation.observed_to_at,
        "means": _joined(observation.means),
    }


def _control(control: ControlClaim) -> Row:
    return {
        "id": control.id,
        "place_name": control.place_name,
        "place_id": control.place_id,
        "party": control.party,
        "state": control.state,
        **_span(control.since),
        "claimed_by": _joined(control.claimed_by),
        "admitted_by": _joined(control.admitted_by),
        "contested_by": _joined(control.contested_by),
    }


def _issue(issue: Issue, view: View) -> Row:
    row = {name: getattr(issue, name) for name in ("stage", "code", "level", "record_id", "message")}
    return {**row, "source": view.source_of(issue)}


class PublicSlices:
    """Slices as a publisher makes them public, each checked before it is given on. Raises ReleaseRefused where one is not fit."""

    def __init__(self, slices: Slices, publisher: Publisher) -> None:
        self._slices = slices
        self._publisher = publisher

    @property
    def outlets(self) -> tuple[str, ...]:
        """Names of all outlets."""
        return self._slices.outlets

    def incidents(self, *, with_claims: bool = True) -> Iterator[Ledger]:
        """Incidents, public; their documents without texts."""
        return (self._made(part, with_texts=False) for part in self._slices.incidents(with_claims=with_claims))

    def claims(self) -> Iterator[Ledger]:
        """Claims, public."""
        return (self._made(part, with_texts=True) for part in self._slices.claims())

    def flat(self, field: str) -> Iterator[Ledger]:
        """Another table, public; documents without texts."""
        return (self._made(part, with_texts=False) for part in self._slices.flat(field))

    def _made(self, ledger: Ledger, *, with_texts: bool) -> Ledger:
        public = self._publisher.ledger(ledger, with_texts=with_texts)
        self._publisher.check(public)
        return public
