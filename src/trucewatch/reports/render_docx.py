"""A situation report as a Word document: styles, bookmarks and internal links; pictures as PNG."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from datetime import UTC
from typing import Any

from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from trucewatch.reports.blocks import Block, Bullets, Entry, Heading, Paragraph, Picture, SituationReport, Span, Table
from trucewatch.reports.render_pdf import NO_DAY, picture

SOFT, LINK = RGBColor(0x56, 0x5B, 0x66), RGBColor(0x0B, 0x4F, 0x8A)
TEXT_WIDTH = Mm(210 - 2 * 22)
# characters that XML cannot hold
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def render(report: SituationReport) -> bytes:
    """The document."""
    writer = _Writer(report)
    writer.write()
    out = io.BytesIO()
    writer.document.save(out)
    return out.getvalue()


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)


class _Writer:
    def __init__(self, report: SituationReport) -> None:
        self.report = report
        self.document = Document()
        self._bookmarks = 0
        page = self.document.sections[0]
        page.page_width, page.page_height = Mm(210), Mm(297)
        page.left_margin = page.right_margin = Mm(22)
        page.top_margin = page.bottom_margin = Mm(20)
        page.start_type = WD_SECTION.NEW_PAGE
        normal = self.document.styles["Normal"]
        normal.font.name, normal.font.size = "Calibri", Pt(10.5)
        normal.paragraph_format.space_after = Pt(5)
        for name, size in (("Title", 20), ("Heading 1", 15), ("Heading 2", 12), ("Heading 3", 11)):
            style = self.document.styles[name]
            style.font.name, style.font.size, style.font.color.rgb = "Calibri", Pt(size), RGBColor(0x1D, 0x1F, 0x24)
            # the template's theme would win over the name, with a font with serifs
            fonts = style.element.rPr.rFonts
            for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
                fonts.attrib.pop(qn(theme), None)
        self._footer(page)
        properties = self.document.core_properties
        properties.title = _clean(f"{report.title}: {report.subtitle}")
        properties.author, properties.comments = f"trucewatch {report.version}", ""
        properties.created = properties.modified = (report.issued_at or NO_DAY).astimezone(UTC).replace(tzinfo=None)

    def write(self) -> None:
        report, document = self.report, self.document
        self._soft(report.title.upper(), size=9)
        document.add_heading(_clean(report.subtitle), 0)
        for name, value in report.facts:
            paragraph = document.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(1)
            paragraph.add_run(f"{name}: ").font.color.rgb = SOFT
            paragraph.add_run(_clean(value))
        document.add_paragraph().add_run(_clean(report.notice)).italic = True
        for number, section in enumerate(report.sections, start=1):
            self._bookmark(document.add_heading(_clean(f"{number}. {section.title}"), 1), section.key)
            for block in section.blocks:
                self._block(block)
        self._bookmark(document.add_heading("Annex: sentences", 1), "annex")
        for note in report.notes:
            paragraph = document.add_paragraph()
            self._bookmark(paragraph, f"note-{note.number}")
            paragraph.add_run(f"{note.number}  ").font.color.rgb = SOFT
            paragraph.add_run(_clean(note.who)).bold = True
            paragraph.add_run(_clean(f": {note.start}"))
            marked = paragraph.add_run(_clean(note.evidence))
            marked.font.highlight_color = WD_COLOR_INDEX.YELLOW
            paragraph.add_run(_clean(f"{note.end} "))
            where = f"{note.outlet}, {note.published}; {note.source}, characters {note.characters}; {note.claim_id}"
            run = paragraph.add_run(_clean(where))
            run.font.size, run.font.color.rgb = Pt(8.5), SOFT
        self._soft(f"trucewatch {report.version}. {report.credit}", size=8.5)

    def _footer(self, page: Any) -> None:
        paragraph = page.footer.paragraphs[0]
        run = paragraph.add_run(_clean(f"trucewatch {self.report.version}. {self.report.subtitle}. Page "))
        run.font.size, run.font.color.rgb = Pt(8.5), SOFT
        number = OxmlElement("w:fldSimple")
        number.set(qn("w:instr"), "PAGE")
        run = paragraph.add_run("1")
        run.font.size, run.font.color.rgb = Pt(8.5), SOFT
        number.append(run._r)
        paragraph._p.append(number)

    def _soft(self, text: str, size: float) -> None:
        run = self.document.add_paragraph().add_run(_clean(text))
        run.font.size, run.font.color.rgb = Pt(size), SOFT

    def _block(self, block: Block) -> None:
        match block:
            case Heading(title=title):
                self.document.add_heading(_clean(title), 2)
            case Paragraph(words=spans, is_soft=is_soft):
                paragraph = self.document.add_paragraph()
                self._spans(paragraph, spans, is_soft=is_soft)
            case Bullets(entries=entries):
                for entry in entries:
                    self._spans(self.document.add_paragraph(style="List Bullet"), entry)
            case Entry(anchor=anchor, number=number, title=title, lines=lines):
                heading = self.document.add_heading(_clean(f"{number}  {title}"), 3)
                self._bookmark(heading, anchor)
                for line in lines:
                    paragraph = self.document.add_paragraph()
                    paragraph.paragraph_format.space_after = Pt(2)
                    self._spans(paragraph, line)
            case Table():
                self._table(block)
            case Picture(svg=svg, alt=alt, caption=caption):
                shape = self.document.add_picture(io.BytesIO(picture(svg)), width=TEXT_WIDTH)
                shape._inline.docPr.set("descr", _clean(alt))
                self._soft(caption, size=9)

    def _table(self, block: Table) -> None:
        caption = self.document.add_paragraph()
        caption.paragraph_format.keep_with_next = True
        caption.add_run(_clean(block.caption)).bold = True
        table = self.document.add_table(rows=1, cols=len(block.columns), style="Table Grid")
        table.autofit = False
        for cell, title in zip(table.rows[0].cells, block.columns, strict=True):
            run = cell.paragraphs[0].add_run(_clean(title))
            run.bold, run.font.size = True, Pt(9)
        marker = OxmlElement("w:tblHeader")
        marker.set(qn("w:val"), "true")
        table.rows[0]._tr.get_or_add_trPr().append(marker)
        for row in block.rows:
            for cell, spans in zip(table.add_row().cells, row, strict=True):
                self._spans(cell.paragraphs[0], spans, size=9)
        whole = sum(block.widths)
        # some programs go by the grid, some by the cells
        for column, share in zip(table.columns, block.widths, strict=True):
            column.width = int(TEXT_WIDTH * share / whole)
        for row_of_cells in table.rows:
            row_of_cells._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
            for cell, share in zip(row_of_cells.cells, block.widths, strict=True):
                cell.width = int(TEXT_WIDTH * share / whole)
                cell.paragraphs[0].paragraph_format.space_after = Pt(1)
        self.document.add_paragraph().paragraph_format.space_after = Pt(2)

    def _spans(self, paragraph: Any, spans: Iterable[Span], *, is_soft: bool = False, size: float | None = None) -> None:
        for span in spans:
            if span.target:
                run = self._linked(paragraph, span.text, span.target)
            else:
                run = paragraph.add_run(_clean(span.text))
            run.bold = True if span.weight == "strong" else None
            if is_soft or span.weight == "soft":
                run.font.color.rgb = SOFT
            if size or is_soft:
                run.font.size = Pt(size or 9.5)
            for number, note in enumerate(span.notes):
                if number:
                    paragraph.add_run(" ").font.superscript = True
                mark = self._linked(paragraph, str(note), f"note-{note}")
                mark.font.superscript = True

    def _linked(self, paragraph: Any, text: str, anchor: str) -> Any:
        """A run inside a link to a bookmark of this document."""
        run = paragraph.add_run(_clean(text))
        run.font.color.rgb = LINK
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), _name(anchor))
        link.set(qn("w:history"), "1")
        paragraph._p.append(link)
        link.append(run._r)
        return run

    def _bookmark(self, paragraph: Any, anchor: str) -> None:
        self._bookmarks += 1
        begin, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        begin.set(qn("w:id"), str(self._bookmarks))
        begin.set(qn("w:name"), _name(anchor))
        end.set(qn("w:id"), str(self._bookmarks))
        paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, begin)
        paragraph._p.append(end)


def _name(anchor: str) -> str:
    # a bookmark's name holds no hyphen
    return f"tw_{anchor.replace('-', '_')}"
