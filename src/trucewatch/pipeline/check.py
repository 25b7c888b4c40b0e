"""Promises that every reading must keep: offsets inside the text, verbatim words, ids that name one record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from trucewatch.errors import RecordError
from trucewatch.model.codebook import acts
from trucewatch.model.ids import make_id
from trucewatch.model.records import MODALITIES, STANCES, Claim, Document, Issue, Reading, Voice

CODE = "claim-broken"


def check_reading(reading: Reading, *, is_strict: bool = False) -> Reading:
    """The reading with its broken claims taken out, each leaving an issue, and with claim ids that are its own.

    Raises RecordError for the first broken claim where `is_strict` (tests).
    """
    kept, issues = [], []
    taken: dict[str, int] = {}
    for claim in reading.claims:
        problem = next(find_problems(claim, reading.document), None)
        if problem is None:
            taken[claim.id] = count = taken.get(claim.id, 0) + 1
            # two claims of one act, stance and place in the text (of two claimants, say) are told apart by their order
            kept.append(claim if count == 1 else replace(claim, id=make_id("claim", claim.id, count)))
            continue
        message = f"{reading.document.source}: the claim {claim.id} is left out: {problem}"
        if is_strict:
            raise RecordError(message)
        issues.append(
            Issue(
                stage="extract",
                code=CODE,
                level="error",
                message=message,
                source=reading.document.source,
                record_id=reading.document.id,
                value=claim.id,
            )
        )
    return replace(reading, claims=tuple(kept), issues=(*reading.issues, *issues))


def find_problems(claim: Claim, document: Document) -> Iterator[str]:
    """What is wrong with a claim, in words: offsets outside the text, words that do not stand there, unknown codes."""
    text = document.text
    if claim.document_id != document.id:
        yield f"it names another document, {claim.document_id}"
    for name, start, end in (
        ("evidence", claim.start_char, claim.end_char),
        ("sentence", claim.sentence_start_char, claim.sentence_end_char),
    ):
        if not 0 <= start < end <= len(text):
            yield f"its {name} at {start}:{end} is outside the text of {len(text)} characters"
    if claim.act not in acts() and not any(code.startswith(f"{claim.act}.") for code in acts()):
        yield f"its act {claim.act!r} is no code of acts.csv"
    if claim.stance not in STANCES or claim.modality not in MODALITIES:
        yield f"its stance {claim.stance!r} or modality {claim.modality!r} is none of the contract's"
    verbatim: list[tuple[str | None, int | None, int | None]] = [
        (voice.text, voice.start_char, voice.end_char)
        for voice in (claim.claimant, claim.attributed_to, claim.target)
        if isinstance(voice, Voice)
    ]
    verbatim += [(place.text, place.start_char, place.end_char) for place in claim.places]
    verbatim += [(figure.text, figure.start_char, figure.end_char) for figure in claim.figures]
    verbatim.append((claim.when.text, claim.when.start_char, claim.when.end_char))
    for words, begin, stop in verbatim:
        if words is not None and begin is not None and text[begin:stop] != words:
            yield f"its words {words!r} do not stand at {begin}:{stop}, where the text has {text[begin:stop]!r}"
