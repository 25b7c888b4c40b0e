"""Segment: a document's text to passages, sentences and quotations (record scope)."""

from __future__ import annotations

import re
from dataclasses import replace

from trucewatch.model.ids import make_id
from trucewatch.model.records import Issue, Passage, Quotation, Reading, Sentence
from trucewatch.model.stage import Context, Stage
from trucewatch.text.quotations import find_quotations
from trucewatch.text.sentences import Span, split_sentences

_TERMINAL = re.compile(r"[.!?…][”\"'’»)\]\s“]*$")
_CAPTION = re.compile(
    r"\b(?:file photo|image grab|frame grab|still image|screenshot|handout|photograph(?:ed)?|pictured"
    r"|in this (?:photo|image|picture|still)|(?:photo|image|picture|video) (?:by|taken|courtesy|shows)|getty images"
    r"|seen in this)\b",
    re.I,
)
_MARKS = " \t\n\"'“”‘’«»„.,;:"
_BULLETS = ("•", "●", "▪", "◦", "‣", "·", "*")
_LONG_LEAD = 600


def run(reading: Reading, context: Context) -> Reading:
    """The reading with its passages, sentences and quotations; issues for quotations whose end had to be inferred."""
    document = reading.document
    text = document.text
    spans = split_sentences(text)
    groups: list[list[Span]] = []
    for span in spans:
        if groups and groups[-1][0].paragraph == span.paragraph:
            groups[-1].append(span)
        else:
            groups.append([span])
    quotations = find_quotations(text, [(group[0].start_char, group[-1].end_char) for group in groups])
    kinds = _passage_kinds(text, groups, quotations, document.title)
    passages: list[Passage] = []
    sentences: list[Sentence] = []
    for group, kind in zip(groups, kinds, strict=True):
        # a whole article in one paragraph leads with its first sentence only
        parts = [(group[:1], "lead"), (group[1:], "body")] if kind == "lead" and _is_long(group) else [(group, kind)]
        for members, part_kind in parts:
            start, end = members[0].start_char, members[-1].end_char
            passages.append(
                Passage(
                    id=make_id("passage", document.id, start, end, part_kind),
                    document_id=document.id,
                    start_char=start,
                    end_char=end,
                    kind=part_kind,
                )
            )
            sentences.extend(
                Sentence(start_char=s.start_char, end_char=s.end_char, paragraph=s.paragraph, passage_kind=part_kind)
                for s in members
            )
    issues = tuple(
        Issue(
            stage="segment",
            code="quotation-unclosed",
            level="info",
            source=document.source,
            record_id=document.id,
            value=text[q.start_char : q.start_char + 60],
            message=f"quotation at {q.start_char} has no closing mark; read as ending at {q.end_char}",
        )
        for q in quotations
        if not q.closed and not _goes_on(text, q, quotations)
    )
    return replace(
        reading,
        passages=tuple(passages),
        sentences=tuple(sentences),
        quotations=quotations,
        issues=reading.issues + issues,
    )


def _is_long(group: list[Span]) -> bool:
    return len(group) > 2 and group[-1].end_char - group[0].start_char > _LONG_LEAD


def _passage_kinds(text: str, groups: list[list[Span]], quotations: tuple[Quotation, ...], title: str | None) -> list[str]:
    kinds: list[str] = []
    seen: set[str] = {_folded(title)} if title else set()
    headline = ""
    has_lead = False
    for group in groups:
        paragraph = text[group[0].start_char : group[-1].end_char]
        folded = _folded(paragraph)
        ends = bool(_TERMINAL.search(paragraph[-8:]))
        repeats = folded in seen or bool(
            headline and (folded.startswith(headline) or headline.startswith(folded)) and len(folded) > 20
        )
        if not has_lead and kinds and group[0].start_char > 1 and text[: group[0].start_char].rstrip()[-1:] in _BULLETS:
            kind = "caption"
        elif not has_lead and (not ends or repeats) and len(paragraph) <= 250:
            kind = "headline"
            headline = headline or folded
        elif repeats and not has_lead:
            kind = "headline"
        elif len(paragraph) <= 400 and ((not ends and (repeats or len(group) == 1)) or _is_caption(paragraph, group, has_lead)):
            kind = "caption"
        elif _is_quotation(text, group, quotations):
            kind, has_lead = "quotation", True
        elif not has_lead:
            kind, has_lead = "lead", True
        else:
            kind = "body"
        seen.add(folded)
        kinds.append(kind)
    return kinds


def _is_caption(paragraph: str, group: list[Span], has_lead: bool) -> bool:
    return len(group) <= 2 and has_lead and bool(_CAPTION.search(paragraph))


def _is_quotation(text: str, group: list[Span], quotations: tuple[Quotation, ...]) -> bool:
    start, end = group[0].start_char, group[-1].end_char
    return any(
        q.depth == 0 and q.start_char - start <= 2 and not text[q.end_char : end].strip(_MARKS) and q.end_char <= end
        for q in quotations
        if start <= q.start_char < end
    )


def _goes_on(text: str, quotation: Quotation, quotations: tuple[Quotation, ...]) -> bool:
    """Whether the next paragraph repeats the opening mark: no mark is missing then."""
    rest = text[quotation.end_char : quotation.end_char + 8]
    following = [q.start_char for q in quotations if q.start_char > quotation.end_char][:1]
    return bool(following) and not text[quotation.end_char : following[0]].strip(_MARKS) and "\n" in rest


def _folded(text: str) -> str:
    return re.sub(r"\W+", " ", text.split(" | ")[0]).strip().casefold()


STAGE = Stage(
    name="segment",
    scope="record",
    needs=("documents.text",),
    assigns=("passages", "sentences", "quotations"),
    run_record=run,
)
