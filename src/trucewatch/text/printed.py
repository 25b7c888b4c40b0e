"""Text of printed documents, PDF and Word, as paragraphs of a bare text."""

from __future__ import annotations

import io
import logging
import zipfile
from typing import Any

from trucewatch.errors import ParseError

MAX_PAGES = 2_000
MAX_UNPACKED_BYTES = 400 * 1024 * 1024


def read_pdf(original: bytes) -> tuple[str, str | None]:
    """Text and title of a PDF; not its day, which is that of the printing.

    Raises ParseError where it is damaged, locked or too long.
    """
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(original), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise ParseError("the PDF is locked with a password: save it without one")
        if len(reader.pages) > MAX_PAGES:
            raise ParseError(f"the PDF has {len(reader.pages)} pages, {MAX_PAGES} are read at most: split it")
        text = "\n".join(page.extract_text() or "" for page in reader.pages)
        information = reader.metadata
        title = str(information.title) if information and information.title else None
    # pypdf lets the errors of its own parsing of damaged files through
    except (PyPdfError, ValueError, TypeError, KeyError, AttributeError, IndexError, OSError, RecursionError, OverflowError,
            AssertionError, NotImplementedError, ImportError, ZeroDivisionError, UnicodeError) as err:  # fmt: skip
        raise ParseError(f"the PDF cannot be read: {type(err).__name__}: {err}") from err
    return text, title


def read_docx(original: bytes) -> tuple[str, str | None]:
    """Paragraphs and table cells, and the title, of a Word document. Raises ParseError where it is damaged."""
    import docx
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    try:
        with zipfile.ZipFile(io.BytesIO(original)) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
        if unpacked > MAX_UNPACKED_BYTES:
            raise ParseError(f"the document unpacks to {unpacked:,} bytes, {MAX_UNPACKED_BYTES:,} are read at most")
        document: Any = docx.Document(io.BytesIO(original))
        blocks: list[str] = []
        for block in document.iter_inner_content():
            rows = getattr(block, "rows", None)
            if rows is None:
                blocks.append(block.text)
            else:
                blocks += [cell.text for row in rows for cell in row.cells]
        properties = document.core_properties
        title = properties.title or None
    except (OpcError, LxmlError, zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, IndexError, OSError,
            RuntimeError, NotImplementedError) as err:  # fmt: skip
        raise ParseError(f"the Word document cannot be read: {type(err).__name__}: {err}") from err
    return "\n\n".join(blocks), title
