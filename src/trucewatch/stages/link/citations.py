"""Citation kinship: documents that for one incident only relay one speaker are one voice on it, though no text was copied."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from trucewatch.model.records import Claim, Document, Incident, Kinship

CITATION = "citation"
Spans = tuple[int, int, int, int]


def find_citations(
    incidents: Iterable[Incident], claims: Mapping[str, Claim], documents: Mapping[str, Document]
) -> tuple[Kinship, ...]:
    """Citation kinships between documents of different families, each with the sentences that relay the speaker.

    A document counts where all that it tells of an incident comes from one resolved speaker. Every document is paired with the
    earliest that relays the same speaker, so that a statement carried by a thousand outlets makes a thousand records.
    """
    passages: dict[tuple[str, str], set[Spans]] = defaultdict(set)
    for incident in incidents:
        for first, second, spans in cited_in(incident, claims, documents):
            passages[first, second].add(spans)
    return tuple(citation(first, second, spans) for (first, second), spans in sorted(passages.items()))


def cited_in(
    incident: Incident, claims: Mapping[str, Claim], documents: Mapping[str, Document]
) -> Iterator[tuple[str, str, Spans]]:
    """Pairs of documents that relay one speaker in an incident, the earlier first, with their sentences."""
    told: dict[str, list[Claim]] = defaultdict(list)
    for claim_id in (*incident.claim_ids, *incident.denial_ids):
        told[claims[claim_id].document_id].append(claims[claim_id])
    relayed: dict[str, list[str]] = defaultdict(list)
    for document_id, own in told.items():
        speakers = {claim.claimant.actor_id if claim.claimant else None for claim in own}
        speaker = speakers.pop() if len(speakers) == 1 else None
        if speaker is not None and document_id in documents:
            relayed[speaker].append(document_id)
    for relays in relayed.values():
        first, *others = sorted(relays, key=lambda document_id: _age(documents[document_id]))
        for other in others:
            if _family(documents[first]) != _family(documents[other]):
                one, two = told[first][0], told[other][0]
                yield (
                    first,
                    other,
                    (one.sentence_start_char, one.sentence_end_char, two.sentence_start_char, two.sentence_end_char),
                )


def citation(first_id: str, second_id: str, spans: Iterable[Spans]) -> Kinship:
    """The kinship of two documents by what they relay."""
    return Kinship(first_id=first_id, second_id=second_id, kind=CITATION, score=1.0, passages=tuple(sorted(spans)))


def _age(document: Document) -> tuple[str, str]:
    on = document.published.earliest
    return (on.isoformat() if on else "9999", document.id)


def _family(document: Document) -> str:
    return document.family_id or document.id
