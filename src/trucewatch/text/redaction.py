"""Redaction: words blacked out in place, so that every offset stays, and the tombstone that is left.

Pure over records. What is blacked out in a document is blacked out in every claim that quotes it, for a claim's words are slices.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from trucewatch.model.judgements import standing
from trucewatch.model.records import Claim, ClaimPlace, Decision, Document, Figure, Ledger, Observation, Reading, Voice, When

BLACK = "█"
TOMBSTONE = "redacted"

Range = tuple[int, int]


def redact_ledger(ledger: Ledger, decisions: Iterable[Decision] | None = None) -> Ledger:
    """The ledger with every standing redaction applied (its own, or those of `decisions`); doing it twice changes nothing.

    Subjects: a document (verdict `all`, or `START:END`), a claim (its sentence), an observation (everything that tells of people
    and where they stood; its time, means, effect and counts stay).
    """
    wanted = {
        subject: d
        for d in standing(ledger.decisions if decisions is None else decisions)
        if d.kind == "redact"
        for subject in d.subject
    }
    if not wanted:
        return ledger
    ranges = redacted_ranges(ledger.documents, ledger.claims, wanted.values())
    documents = tuple(black_out(document, ranges.get(document.id, ())) for document in ledger.documents)
    texts = {document.id: document.text for document in documents}
    touched = set(ranges)
    claims = tuple(
        resliced(claim, texts[claim.document_id]) if claim.document_id in touched else claim for claim in ledger.claims
    )
    observations = tuple(redact_observation(o) if o.id in wanted else o for o in ledger.observations)
    return replace(ledger, documents=documents, claims=claims, observations=observations)


def redacted_ranges(
    documents: Iterable[Document], claims: Iterable[Claim], decisions: Iterable[Decision]
) -> dict[str, tuple[Range, ...]]:
    """The ranges to black out, by document id. A range that makes no sense blacks out the whole text: rather too much."""
    by_subject = {subject: decision.verdict.strip() for decision in decisions for subject in decision.subject}
    found: dict[str, tuple[Range, ...]] = {}
    for document in documents:
        verdict = by_subject.get(document.id)
        if verdict is not None:
            found[document.id] = (_range(verdict, len(document.text)),)
    for claim in claims:
        if claim.id in by_subject:
            known = found.get(claim.document_id, ())
            found[claim.document_id] = (*known, (claim.sentence_start_char, claim.sentence_end_char))
    return found


def redact_reading(reading: Reading, ranges: Iterable[Range]) -> Reading:
    """What was read of a document, with ranges of its text blacked out wherever they were copied to."""
    document = black_out(reading.document, ranges)
    text = document.text
    return replace(
        reading,
        document=document,
        claims=tuple(resliced(claim, text) for claim in reading.claims),
        mentions=tuple(replace(mention, text=text[mention.start_char : mention.end_char]) for mention in reading.mentions),
    )


def black_out(document: Document, ranges: Iterable[Range]) -> Document:
    """The document with ranges of its text blacked out, and its title where it repeats what was."""
    text, title = document.text, document.title
    for start, end in ranges:
        words = text[start:end].strip()
        text = text[:start] + "".join(c if c.isspace() else BLACK for c in text[start:end]) + text[end:]
        if title and words and (words in title or title in words):
            title = BLACK * len(title)
    return replace(document, text=text, title=title)


def resliced(claim: Claim, text: str) -> Claim:
    """The claim with its words taken anew from the text; names resolved from words that are gone, go."""

    def voice(one: Voice | None) -> Voice | None:
        if one is None or one.start_char is None or one.end_char is None or one.text is None:
            return one
        words = text[one.start_char : one.end_char]
        return replace(one, text=words, name=None, actor_id=None) if BLACK in words else one

    def place(one: ClaimPlace) -> ClaimPlace:
        words = text[one.start_char : one.end_char] if one.start_char is not None else one.text
        return replace(one, text=words) if BLACK in words else one

    def figure(one: Figure) -> Figure:
        words = text[one.start_char : one.end_char] if one.start_char is not None else one.text
        return replace(one, text=words) if BLACK in words else one

    def when(one: When) -> When:
        words = text[one.start_char : one.end_char] if one.start_char is not None and one.text is not None else None
        return replace(one, text=words) if words is not None and BLACK in words else one

    is_gone = BLACK in text[claim.sentence_start_char : claim.sentence_end_char]
    return replace(
        claim,
        claimant=voice(claim.claimant),
        attributed_to=voice(claim.attributed_to),
        target=voice(claim.target),
        places=tuple(place(one) for one in claim.places),
        figures=tuple(figure(one) for one in claim.figures),
        when=when(claim.when),
        # Reasons quote the words that gave a value.
        reasons=(TOMBSTONE,) if is_gone else claim.reasons,
    )


def redact_observation(observation: Observation) -> Observation:
    """The observation without words, positions or attachments."""
    return replace(
        observation,
        observer_code=TOMBSTONE,
        team=None,
        position_name=None,
        lat=None,
        lon=None,
        altitude_m=None,
        accuracy_m=None,
        event_place=None,
        damage=None,
        restriction_reason=None,
        narrative=TOMBSTONE,
        claims_by_others=None,
        attachment=None,
        sensitivity=TOMBSTONE,
    )


def _range(verdict: str, length: int) -> Range:
    start, colon, end = verdict.partition(":")
    if colon and start.strip().isdigit() and end.strip().isdigit() and int(start) < int(end):
        return min(int(start), length), min(int(end), length)
    return 0, length
