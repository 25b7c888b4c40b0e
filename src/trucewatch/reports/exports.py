"""The contract's JSON Lines: one line a record, keys in the contract's order and further ones after, sorted, written whole."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

from trucewatch.errors import RecordError, StoreError
from trucewatch.model.records import (
    Claim,
    ClaimPlace,
    Document,
    Figure,
    Incident,
    Issue,
    Ledger,
    Status,
    Toll,
    Violation,
    Voice,
    When,
)
from trucewatch.reports.views import View
from trucewatch.store import write_whole
from trucewatch.store.slices import Slices

Row = dict[str, Any]


def _day(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _published(when: When) -> Row:
    earliest, latest = _day(when.earliest), _day(when.latest)
    return {"earliest": earliest, "latest": latest, "precision": when.precision, "basis": when.basis or "unknown"}


def _when(when: When | None) -> Row | None:
    if when is None:
        return None
    return {
        "earliest": _day(when.earliest),
        "latest": _day(when.latest),
        "precision": when.precision,
        "text": when.text,
        "relation": when.relation,
    }


def _voice(voice: Voice | None) -> Row | None:
    if voice is None:
        return None
    return {"text": voice.text, "actor_id": voice.actor_id, "name": voice.name, "party": voice.party}


def _place(place: ClaimPlace) -> Row:
    return {
        "text": place.text,
        "place_id": place.place_id,
        "name": place.name,
        "lat": place.lat,
        "lon": place.lon,
        "precision": place.precision,
        "confidence": place.confidence,
        "role": place.role,
    }


def _figure(figure: Figure) -> Row:
    return {
        "measure": figure.measure,
        "population": figure.population,
        "low": figure.low,
        "high": figure.high,
        "qualifier": figure.qualifier,
        "text": figure.text,
    }


def _status(status: Status) -> Row:
    return {"axis": status.axis, "status": status.status, "reason": status.reason, "claim_ids": list(status.claim_ids)}


def _document(document: Document) -> Row:
    return {
        "id": document.id,
        "source": document.source,
        "input_path": document.input_path,
        "sha256": document.sha256,
        "outlet": document.outlet,
        "title": document.title,
        "published": _published(document.published),
        "language": document.language,
        "family": document.family_id,
        "copy_of": document.copy_of,
        "text": document.text,
    }


def _claim(claim: Claim, view: View) -> Row:
    document = view.documents.get(claim.document_id)
    if document is None:
        raise RecordError(f"the claim {claim.id} is of the document {claim.document_id}, which is not in the ledger")
    scenes, origins = scenes_and_origins(claim)
    return {
        "id": claim.id,
        "document_id": claim.document_id,
        "source": document.source,
        "claimant": _voice(claim.claimant),
        "channel": claim.channel,
        "stance": claim.stance,
        "modality": claim.modality,
        "act": claim.act,
        "attributed_to": _voice(claim.attributed_to),
        "target": _voice(claim.target),
        "places": [_place(place) for place in scenes],
        "when": _when(claim.when),
        "figures": [_figure(figure) for figure in claim.figures],
        "weapon": claim.weapon,
        "responds_to": claim.responds_to,
        "sentence_text": view.sentence_of(claim),
        "evidence_text": view.evidence_of(claim),
        "start_char": claim.start_char,
        "end_char": claim.end_char,
        "sentence_start_char": claim.sentence_start_char,
        "sentence_end_char": claim.sentence_end_char,
        "confidence": claim.confidence,
        "incident_id": view.incident_of.get(claim.id),
        "exception_claimed": claim.exception_claimed,
        "made_by": claim.made_by,
        "reasons": list(claim.reasons),
        "origins": [_place(place) for place in origins],
    }


def scenes_and_origins(claim: Claim) -> tuple[tuple[ClaimPlace, ...], tuple[ClaimPlace, ...]]:
    """Where a claim's act was, and where it came from; the latter stands for the former where nothing tells that."""
    scenes = tuple(place for place in claim.places if place.role != "origin")
    return (scenes, tuple(place for place in claim.places if place.role == "origin")) if scenes else (claim.places, ())


def _toll(toll: Toll) -> Row:
    return {
        "incident_id": toll.incident_id,
        "claimant_party": toll.claimant_party,
        "victim_party": toll.victim_party,
        "measure": toll.measure,
        "population": toll.population,
        "low": toll.low,
        "best": toll.best,
        "high": toll.high,
        "period": _when(toll.period),
        "claim_ids": list(toll.claim_ids),
        "id": toll.id,
        "claimant_name": toll.claimant_name,
        "superseded_by": toll.superseded_by,
    }


def _incident(incident: Incident, view: View) -> Row:
    return {
        "id": incident.id,
        "act": incident.act,
        "when": _when(incident.when),
        "places": [_place(place) for place in incident.places],
        "occurrence": incident.occurrence,
        "attribution": incident.attribution,
        "breach": incident.breach,
        "statuses": [_status(status) for status in incident.statuses],
        "claim_ids": list(incident.claim_ids),
        "denial_ids": list(incident.denial_ids),
        "families": incident.families,
        "parties_asserting": list(incident.parties_asserting),
        "parties_denying": list(incident.parties_denying),
        "tolls": [_toll(toll) for toll in view.tolls_of(incident.id)],
        "summary": incident.summary,
        "attributed_to": incident.attributed_to,
        "target": incident.target,
        "observation_ids": list(incident.observation_ids),
        "superseded_denial_ids": list(incident.superseded_denial_ids),
        "source_grade": incident.source_grade,
        "information_grade": incident.information_grade,
    }


def _violation(violation: Violation) -> Row:
    return {
        "id": violation.id,
        "incident_id": violation.incident_id,
        "agreement_id": violation.agreement_id,
        "clause_id": violation.clause_id,
        "party": violation.party,
        "status": violation.status,
        "rule": violation.rule,
        "explanation": violation.explanation,
        "claim_ids": list(violation.claim_ids),
    }


def _issue(issue: Issue, view: View) -> Row:
    return {
        "stage": issue.stage,
        "code": issue.code,
        "level": issue.level,
        "source": view.source_of(issue),
        "record_id": issue.record_id,
        "value": issue.value,
        "message": issue.message,
    }


# what judging scripts read
CONTRACT: Mapping[str, Callable[[View], Iterable[Row]]] = {
    "documents": lambda view: map(_document, view.ordered_documents),
    "claims": lambda view: (_claim(claim, view) for claim in view.ordered_claims),
    "incidents": lambda view: (_incident(incident, view) for incident in view.ordered_incidents),
    "tolls": lambda view: map(_toll, view.ordered_tolls),
    "violations": lambda view: map(_violation, view.ordered_violations),
    "issues": lambda view: _sorted_rows(_issue(issue, view) for issue in view.ledger.issues),
}


def _sorted_rows(rows: Iterable[Row]) -> list[Row]:
    return sorted(
        rows, key=lambda row: [str(row[key] or "") for key in ("source", "stage", "code", "record_id", "value", "message")]
    )


def rows_of(ledger: Ledger, name: str) -> Iterator[Row]:
    """Rows of one of the contract's files ("documents", "claims", "incidents", "tolls", "violations", "issues").

    Raises RecordError where a record refers to a document that the ledger lacks.
    """
    yield from CONTRACT[name](View(ledger))


def contract_rows(slices: Slices) -> Iterator[tuple[str, Row]]:
    """(file, row) of the contract's files, piece by piece in bounded memory: the rows of `rows_of`, by id."""
    for part in slices.flat("documents"):
        yield from (("documents", _document(document)) for document in part.documents)
    for part in slices.incidents(with_claims=False):
        view = View(part)
        yield from (("incidents", _incident(incident, view)) for incident in part.incidents)
        yield from (("tolls", _toll(toll)) for toll in part.tolls)
        yield from (("violations", _violation(violation)) for violation in part.violations)
    for part in slices.claims():
        view = View(part)
        yield from (("claims", _claim(claim, view)) for claim in part.claims)
    for part in slices.flat("tolls"):
        yield from (("tolls", _toll(toll)) for toll in part.tolls if toll.incident_id is None)
    for part in slices.flat("violations"):
        yield from (("violations", _violation(one)) for one in part.violations if one.incident_id is None)
    for part in slices.flat("issues"):
        view = View(part)
        yield from (("issues", _issue(issue, view)) for issue in part.issues)


# made once: `json.dumps` makes one for every row
_JSON = json.JSONEncoder(ensure_ascii=False, check_circular=False)


def _line(row: Row) -> bytes:
    return (_JSON.encode(row) + "\n").encode("utf-8", "replace")


def write_jsonl(ledger: Ledger, folder: Path) -> Sequence[Path]:
    """Write the contract's files into a folder, each whole or not at all; gives their paths.

    Raises StoreError where the folder cannot be written, RecordError as `rows_of`.
    """
    view = View(ledger)
    paths = []
    for name, make_rows in CONTRACT.items():
        path = folder / f"{name}.jsonl"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            # row by row: a large ledger's file never lies in memory
            write_whole(path, map(_line, make_rows(view)))
        except OSError as err:
            raise StoreError(
                f"{path} cannot be written: {err.strerror or err}. Free space or mend the permissions, then run the same "
                "command again: the ledger is kept"
            ) from err
        paths.append(path)
    return paths


def stream_jsonl(slices: Slices, folder: Path) -> Sequence[Path]:
    """Write the contract's files as `write_jsonl` does, by id and in bounded memory; gives their paths. Raises StoreError."""
    paths = {name: folder / f"{name}.jsonl" for name in CONTRACT}
    aside = {name: path.with_suffix(".jsonl.part") for name, path in paths.items()}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with ExitStack() as stack:
            streams = {name: stack.enter_context(path.open("wb")) for name, path in aside.items()}
            for name, row in contract_rows(slices):
                streams[name].write(_line(row))
        for name, path in paths.items():
            aside[name].replace(path)
    except OSError as err:
        for path in aside.values():
            path.unlink(missing_ok=True)
        raise StoreError(
            f"the exports in {folder} cannot be written: {err.strerror or err}. Free space or mend the permissions, then run the "
            "same command again: the ledger is kept"
        ) from err
    return list(paths.values())
