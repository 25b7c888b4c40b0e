"""What a situation report is made of, before it is HTML, Markdown, DOCX or PDF: plain records, no markup anywhere.

A text is a tuple of spans; `notes` of a span are numbers of sentences in the annex, `target` an anchor in the same document.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """A stretch of text. `weight`: "" plain, "strong", "soft"."""

    text: str
    notes: tuple[int, ...] = ()
    target: str | None = None
    weight: str = ""


Words = tuple[Span, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Heading:
    """A heading inside a section."""

    title: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Paragraph:
    """A paragraph; `is_soft`: an explanation beside the matter."""

    words: Words
    is_soft: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Bullets:
    """A list."""

    entries: tuple[Words, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """A table; the first cell of a row names it. `widths`: shares of the page's width, one a column."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Words, ...], ...]
    widths: tuple[int, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """A drawing as SVG with what it shows in words."""

    key: str
    svg: str
    alt: str
    caption: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """An incident: its anchor, number in this report, title, grade (as chart.GRADES) and what is told of it, line by line."""

    anchor: str
    number: int
    title: str
    grade: str
    lines: tuple[Words, ...]


Block = Heading | Paragraph | Bullets | Table | Picture | Entry


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """A section with its anchor."""

    key: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Note:
    """A sentence of the annex: number, who says it, the sentence split around the words that count, and where it stands."""

    number: int
    claim_id: str
    who: str
    start: str
    evidence: str
    end: str
    outlet: str
    published: str
    source: str
    link: str | None
    characters: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SituationReport:
    """A whole report: title page, sections, annex of sentences. `facts`: pairs for the title block; `notice`: for whom it is."""

    title: str
    subtitle: str
    facts: tuple[tuple[str, str], ...]
    notice: str
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]
    is_public: bool
    issued_at: datetime | None
    version: str
    credit: str


def plain(text: str, *notes: int, weight: str = "", target: str | None = None) -> Span:
    """A span."""
    return Span(text=text, notes=tuple(notes), weight=weight, target=target)


def words(*parts: str | Span) -> Words:
    """Spans of texts and spans; empty texts fall away."""
    return tuple(part if isinstance(part, Span) else Span(text=part) for part in parts if part != "")
