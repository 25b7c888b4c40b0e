"""extract (record): claims with names as written: who says it, what stance, what act, by whom, to whom, where, when, how many."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from trucewatch.model.records import Reading
from trucewatch.model.stage import Context, Stage
from trucewatch.stages.extract.claims import Drafter
from trucewatch.stages.extract.doubts import find_doubts
from trucewatch.stages.extract.gate import gate_of
from trucewatch.stages.extract.lexicon import load_lexicon
from trucewatch.stages.extract.read_acts import Reader
from trucewatch.stages.extract.suppressed import without_denied_again
from trucewatch.stages.extract.voices import Voices
from trucewatch.text.attribution import find_attributions
from trucewatch.text.mentions import find_mentions


def extract_claims(reading: Reading, context: Context) -> Reading:
    """The reading with its mentions and claims. Nothing is read of a text that is not English or has no sentence.

    Only the sentences that gate.py lets through are parsed; all are where the setting "parser.gate" is False.
    Where the context has a reader it is asked what the sentences tell beside the rules' claims, unless "parser.reader" is False.
    """
    document = reading.document
    if document.language not in (None, "en") or not reading.sentences:
        return reading
    chosen = None
    begin = time.thread_time()
    if context.settings.get("parser.gate", True):
        chosen = gate_of(context.theatre).choose(document.text, reading.sentences, reading.quotations)
    _note(context, reading, chosen, time.thread_time() - begin)
    if chosen == []:
        return replace(reading, issues=(*reading.issues, *find_doubts(document, reading.sentences, ())))
    blocks = context.parser.parse(document.text, reading.sentences, chosen)
    attributions = find_attributions(document.text, blocks, reading.sentences, reading.quotations)
    drafter = Drafter(
        document=document,
        sentences=reading.sentences,
        voices=Voices(document.text, attributions),
        lexicon=load_lexicon(),
        actors=context.actors,
        reader=_reader_for(reading, context),
    )
    for block in blocks:
        drafter.draft(block)
    _count(context, reader=drafter.reading_s)
    mentions = find_mentions(document.text, blocks, reading.sentences)
    claims = without_denied_again(drafter.claims)
    doubts = find_doubts(document, reading.sentences, claims)
    return replace(reading, mentions=mentions, claims=claims, issues=(*reading.issues, *doubts))


def _note(context: Context, reading: Reading, chosen: Sequence[int] | None, seconds: float) -> None:
    """Say what the gate cost and let through."""
    text = reading.document.text
    sizes = [text.count(" ", one.start_char, one.end_char) + 1 for one in reading.sentences]
    parsed = sum(sizes) if chosen is None else sum(sizes[number] for number in chosen)
    _count(context, **{"gate": seconds, "words": sum(sizes), "words parsed": parsed})


def _reader_for(reading: Reading, context: Context) -> Reader | None:
    """The reader, for a text of the theatre's war and where the settings let it."""
    if context.reader is None or not context.settings.get("parser.reader", True):
        return None
    is_asked = gate_of(context.theatre).is_of_the_war(reading.document.text, reading.sentences)
    return context.reader if is_asked else None


def _count(context: Context, **amounts: float) -> None:
    """Add to the tally, where the parser keeps one."""
    tally: dict[str, float] | None = getattr(context.parser, "tally", None)
    if tally is not None:
        tally.update({name: tally.get(name, 0.0) + amount for name, amount in amounts.items()})


STAGE = Stage(
    name="extract",
    scope="record",
    needs=("documents.text", "readings.sentences", "readings.quotations"),
    assigns=(
        "claims.act",
        "claims.stance",
        "claims.claimant.text",
        "claims.places.text",
        "claims.when.text",
        "claims.figures",
        "readings.mentions",
    ),
    run_record=extract_claims,
)
