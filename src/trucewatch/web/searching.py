"""The sentences behind a search: which claims of an incident hold the words, with the words marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from trucewatch.model.records import Claim
from trucewatch.reports.views import View
from trucewatch.store.filters import IncidentFilter
from trucewatch.store.reading import Reader
from trucewatch.store.sentences import ends_of
from trucewatch.web.marking import Part, mark_hits

MOST_HITS = 2
MOST_READ = 8


@dataclass(frozen=True, kw_only=True)
class Hit:
    """A claim whose sentence holds the words searched for."""

    claim_id: str
    document_id: str
    outlet: str
    parts: tuple[Part, ...]


def hits_of(reader: Reader, wanted: IncidentFilter, incident_ids: Sequence[str]) -> dict[str, tuple[Hit, ...]]:
    """The sentences that hold a filter's words, by incident: a few of each, copies of one left out."""
    found = reader.hits(wanted, incident_ids) if wanted.words else {}
    ledger = reader.with_documents(reader.get_all(Claim, [one for ids in found.values() for one in ids[:MOST_READ]]))
    view = View(ledger)
    hits: dict[str, tuple[Hit, ...]] = {}
    for incident_id, claim_ids in found.items():
        apart: dict[str, Hit] = {}
        for claim in (view.claims[one] for one in claim_ids if one in view.claims):
            document = view.documents.get(claim.document_id)
            if document is not None:
                start, end = ends_of(claim)
                sentence = " ".join(document.text[start:end].split())
                outlet = document.outlet or document.source
                apart.setdefault(
                    sentence,
                    Hit(claim_id=claim.id, document_id=document.id, outlet=outlet, parts=mark_hits(sentence, wanted.words)),
                )
        hits[incident_id] = tuple(apart.values())[:MOST_HITS]
    return hits
