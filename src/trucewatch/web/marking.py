"""A document's text cut into pieces at the edges of its claims and of names that were read otherwise than they are written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from trucewatch.model.records import Claim
from trucewatch.text.hits import find_hits

GAP = "\n\n"


@dataclass(frozen=True, kw_only=True)
class Part:
    """A stretch of text: the claims whose evidence it is part of, those that begin or end here, and how a name is read."""

    text: str
    claim_ids: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    stance: str | None = None
    read_as: str | None = None
    is_hit: bool = False


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """A paragraph in parts."""

    parts: tuple[Part, ...] = field(default_factory=tuple)


def mark_text(text: str, claims: Sequence[Claim], hits: Sequence[tuple[int, int]] = ()) -> tuple[Paragraph, ...]:
    """Paragraphs of a text. Claims may overlap; offsets beyond the text are cut to it. `hits`: words that were searched for."""
    spans = [(max(0, c.start_char), min(len(text), c.end_char), c) for c in claims]
    spans = [span for span in spans if span[0] < span[1]]
    names = read_otherwise(text, claims)
    gaps = _gaps(text)
    edges = {0, len(text)}
    edges.update(edge for start, end, _ in spans for edge in (start, end))
    edges.update(edge for start, end in names for edge in (start, end))
    edges.update(edge for start, end in gaps for edge in (start, end))
    edges.update(edge for start, end in hits for edge in (start, end))
    ordered = sorted(edges)
    is_gap = dict(gaps)
    paragraphs: list[Paragraph] = []
    parts: list[Part] = []
    for start, end in pairwise(ordered):
        if start in is_gap:
            paragraphs.append(Paragraph(parts=tuple(parts)))
            parts = []
            continue
        inside = [claim for low, high, claim in spans if low <= start and end <= high]
        begins = [claim.id for low, _, claim in spans if low == start]
        parts.append(
            Part(
                text=text[start:end],
                claim_ids=tuple(claim.id for claim in inside),
                begins=tuple(dict.fromkeys(begins)),
                ends=tuple(claim.id for _, high, claim in spans if high == end),
                stance=_stance(inside),
                # of a name that is cut in pieces the last one tells how it is read
                read_as=next((name for (low, high), name in names.items() if low <= start and high == end), None),
                is_hit=any(low <= start and end <= high for low, high in hits),
            )
        )
    paragraphs.append(Paragraph(parts=tuple(parts)))
    return tuple(paragraph for paragraph in paragraphs if paragraph.parts)


def _stance(claims: Sequence[Claim]) -> str | None:
    if not claims:
        return None
    return "denies" if any(claim.stance == "denies" for claim in claims) else claims[0].stance


def _gaps(text: str) -> list[tuple[int, int]]:
    found, at = [], 0
    while (start := text.find(GAP, at)) >= 0:
        at = start + len(GAP)
        found.append((start, at))
    return found


def read_otherwise(text: str, claims: Iterable[Claim]) -> dict[tuple[int, int], str]:
    """Places' names that are read otherwise than written ("Ganges" as Ganja), by their offsets; none overlaps another."""
    found: dict[tuple[int, int], str] = {}
    places = [place for claim in claims for place in claim.places if place.start_char is not None and place.end_char is not None]
    for place in sorted(places, key=lambda p: (p.start_char or 0, -(p.end_char or 0))):
        start, end = place.start_char or 0, place.end_char or 0
        written = text[start:end]
        if not place.name or not written or GAP in written or _is_same(written, place.name):
            continue
        if all(end <= low or high <= start for low, high in found):
            found[start, end] = place.name
    return found


def _is_same(written: str, name: str) -> bool:
    one, other = written.casefold(), name.casefold()
    return one in other or other in one


def mark_hits(text: str, words: str | None) -> tuple[Part, ...]:
    """A text in parts, with the words that were searched for marked."""
    parts, at = [], 0
    for start, end in find_hits(text, words) if words else ():
        parts += [Part(text=text[at:start]), Part(text=text[start:end], is_hit=True)]
        at = end
    return tuple(part for part in (*parts, Part(text=text[at:])) if part.text)
