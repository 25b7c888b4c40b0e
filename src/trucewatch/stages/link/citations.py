"""Citation kinship: documents that for one incident only relay one speaker are one voice on it, though no text was copied."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from trucewatch.model.records import Claim, Document, Incident, Kinship

CITATION = "citation"


def find_citations(
    incidents: Iterable[Incident], claims: Mapping[str, Claim], documents: Mapping[str, Document]
) -> tuple[Kinship, ...]:
    """Citation kinships between documents of different families, each with the sentences that relay the speaker.

    A document counts where all that it tells of an incident comes from one resolved speaker. Every document is paired with the
    earliest that relays the same speaker, so that a statement carried by a thousand outlets makes a thousand records.
    """
    passages: dict[tuple[str, str], set[tuple[int, int, int, int]]] = defaultdict(set)
    for incident in incidents:
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
                    passages[first, other].add(
                        (one.sentence_start_char, one.sentence_end_char, two.sentence_start_char, two.sentence_end_char)
                    )
    return tuple(
        Kinship(first_id=first, second_id=second, kind=CITATION, score=1.0, passages=tuple(sorted(spans)))
        for (first, second), spans in sorted(passages.items())
    )


def _age(document: Document) -> tuple[str, str]:
    on = document.published.earliest
    return (on.isoformat() if on else "9999", document.id)


def _family(document: Document) -> str:
    return document.family_id or document.id
