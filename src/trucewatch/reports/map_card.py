"""One incident in short, for the card beside the map: headline, statuses in words, each voice with the way to its sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from trucewatch.model.records import Claim, Document, Incident
from trucewatch.reports.words import STANCES, STATUSES, Names, span_words
from trucewatch.stages.link.wording import act_noun

MOST_VOICES = 6
AXES = (("occurrence", "Did it happen"), ("attribution", "Who did it"), ("breach", "Is it a breach"))


def card_of(incident: Incident, claims: Sequence[Claim], documents: Sequence[Document], names: Names) -> dict[str, Any]:
    """The card. Officials and bodies may be named; nobody who is hit ever is."""
    by_id = {document.id: document for document in documents}
    head, _, rest = (incident.summary or act_noun(incident.act)).rstrip(".").partition("; ")
    own = {axis: getattr(incident, axis) for axis, _ in AXES}
    denials = set(incident.denial_ids)
    order = sorted(claims, key=lambda c: (c.id in denials, names.rank(c.claimant.party if c.claimant else None), c.id))
    voices = []
    seen = set()
    for claim in order:
        document = by_id.get(claim.document_id)
        outlet = (document.outlet if document is not None else None) or "a document"
        speaker = names.resolved(claim.claimant) or (claim.claimant.text if claim.claimant is not None else None)
        key = (speaker or outlet, claim.stance)
        if key in seen:
            continue
        seen.add(key)
        voices.append(
            {
                "who": speaker or f"{outlet}, in its own voice",
                "stance": STANCES.get(claim.stance, claim.stance),
                "outlet": outlet,
                "published": span_words(document.published) if document is not None else "",
                "claim_id": claim.id,
                "document_id": claim.document_id,
            }
        )
    return {
        "id": incident.id,
        "title": head,
        "told": rest[:1].upper() + rest[1:],
        "statuses": [
            {"question": question, "code": own[axis], "words": STATUSES.get((axis, own[axis]), own[axis])}
            for axis, question in AXES
        ],
        "families": incident.families,
        "voices": voices[:MOST_VOICES],
        "more_voices": max(0, len(voices) - MOST_VOICES),
    }
