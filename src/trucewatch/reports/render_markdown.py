"""A situation report as Markdown: headings, lists and tables, sentences as footnotes; every foreign character that means
something escaped.

Pictures stay out: Markdown has none that need no file beside it. A line says where they are drawn.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from trucewatch.reports.blocks import Block, Bullets, Entry, Heading, Paragraph, Picture, SituationReport, Span, Table

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$!&])")
_ORDERED = re.compile(r"^(\d+)([.)])")


def escaped(text: str) -> str:
    """A text that says what it says in Markdown too, on one line."""
    flat = _SPECIAL.sub(r"\\\1", " ".join(text.split()))
    if not flat:
        return " " if text else ""
    return flat if text == text.strip() else f"{' ' if text[:1].isspace() else ''}{flat}{' ' if text[-1:].isspace() else ''}"


def _spans(spans: Iterable[Span]) -> str:
    parts = []
    for span in spans:
        body = escaped(span.text)
        if span.weight == "strong" and body.strip():
            core = body.strip()
            body = body.replace(core, f"**{core}**", 1)
        if span.target:
            body = f"[{body}](#{span.target})"
        parts.append(body + "".join(f"[^{note}]" for note in span.notes))
    return "".join(parts)


def _line(text: str) -> str:
    # a line that begins like a list or a heading is neither
    text = _ORDERED.sub(r"\1\\\2", text)
    return f"\\{text}" if text[:1] in "-+" else text


def _block(block: Block) -> str:
    match block:
        case Heading(title=title):
            return f"### {escaped(title)}"
        case Paragraph(words=spans, is_soft=is_soft):
            return f"*{_spans(spans)}*" if is_soft else _line(_spans(spans))
        case Bullets(entries=entries):
            return "\n".join(f"- {_line(_spans(entry))}" for entry in entries)
        case Entry(anchor=anchor, number=number, title=title, lines=lines):
            body = "".join(f"\n\n{_line(_spans(line))}" for line in lines)
            return f'<a id="{anchor}"></a>**{number}. {escaped(title)}**{body}'
        case Table(caption=caption, columns=columns, rows=rows):
            head = f"| {' | '.join(escaped(column) for column in columns)} |\n|{' --- |' * len(columns)}"
            return "\n".join((f"*{escaped(caption)}*\n", head, *(f"| {' | '.join(map(_spans, row))} |" for row in rows)))
        case Picture(alt=alt):
            return f"*{escaped(alt)}: drawn in the HTML, Word and PDF of this report.*"


def render(report: SituationReport) -> bytes:
    """The text as UTF-8."""
    parts = [f"# {escaped(report.title)}: {escaped(report.subtitle)}"]
    parts.append("\n".join(f"- **{escaped(name)}:** {escaped(value)}" for name, value in report.facts))
    parts.append(f"> {escaped(report.notice)}")
    for number, section in enumerate(report.sections, start=1):
        parts.append(f'<a id="{section.key}"></a>\n\n## {number}. {escaped(section.title)}')
        parts += [_block(block) for block in section.blocks]
    parts.append('<a id="annex"></a>\n\n## Annex: sentences')
    for note in report.notes:
        sentence = (
            f"{escaped(note.start)}**{escaped(note.evidence)}**{escaped(note.end)}"
            if note.evidence.strip()
            else escaped(note.start)
        )
        place = f"{escaped(note.source)}, characters {note.characters}; `{note.claim_id}`"
        where = f"{escaped(note.outlet)}, {escaped(note.published)}; {place}"
        parts.append(f"[^{note.number}]: {escaped(note.who)}: {sentence} ({where})")
    parts.append(f"*trucewatch {report.version}. {escaped(report.credit)}*")
    return ("\n\n".join(parts) + "\n").encode("utf-8", "replace")
