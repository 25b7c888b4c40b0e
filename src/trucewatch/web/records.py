"""Stored records as the API gives them: as they are, with what belongs to them, and without whoever was hit by name."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from trucewatch.model.records import Claim, Document
from trucewatch.model.serial import from_plain, to_plain
from trucewatch.reports.exports import scenes_and_origins
from trucewatch.reports.views import View
from trucewatch.store.reading import Reader
from trucewatch.web.answers import dump

Plain = dict[str, Any]


def incident_records(reader: Reader, rows: Sequence[Any]) -> list[str]:
    """Incidents with their tolls and when they last changed: the stored JSON as it is, its last bracket opened for more."""
    tolls = reader.tolls_of([row.id for row in rows])
    return [f'{row.record[:-1]},"tolls":[{",".join(tolls.get(row.id, ()))}],"changed_at":"{row.changed_at}"}}' for row in rows]


def claim_records(reader: Reader, records: Iterable[str]) -> list[str]:
    """Claims with their sentences, sources and incidents. A victim is told by side and office, never by name."""
    plains = [json.loads(record) for record in records]
    ledger = reader.with_documents([from_plain(Claim, plain) for plain in plains])
    view = View(ledger)
    incidents = reader.incident_of(ledger.claims)
    found = []
    for claim in ledger.claims:
        document = view.documents.get(claim.document_id)
        plain = public_claim(to_plain(claim))
        plain["source"] = document.source if document is not None else None
        plain["sentence_text"] = view.sentence_of(claim) if document is not None else ""
        plain["evidence_text"] = view.evidence_of(claim) if document is not None else ""
        plain["incident_id"] = incidents.get(claim.id)
        scenes, origins = scenes_and_origins(claim)
        plain["places"], plain["origins"] = [to_plain(place) for place in scenes], [to_plain(place) for place in origins]
        found.append(dump(plain))
    return found


def public_claim(plain: Plain) -> Plain:
    """A claim without the name of a target who holds no office that the theatre knows."""
    target = plain.get("target")
    if target is not None and target.get("actor_id") is None:
        plain["target"] = {**target, "text": None, "name": None}
    return plain


def document_row(record: str) -> str:
    """A document without its text."""
    plain = json.loads(record)
    return dump({name: value for name, value in plain.items() if name not in ("text", "origin_map")})


def document_record(document: Document) -> str:
    """A document with its text."""
    return dump({name: value for name, value in to_plain(document).items() if name != "origin_map"})


def decision_records(rows: Iterable[Any]) -> list[str]:
    """Decisions. The salt stays in the log: without it no erased reason can be guessed from its digest."""
    return [dump({**json.loads(row.record), "salt": None}) for row in rows]


def alleged_by_agreement(counts: Iterable[tuple[str, str, int]]) -> Mapping[str, dict[str, int]]:
    """Violations by agreement and breach status."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for agreement_id, status, count in counts:
        found[agreement_id][status] = count
    return found
