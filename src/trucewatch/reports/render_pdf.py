"""A situation report as PDF by typst: the report travels as JSON beside a fixed template, so that no text of it is ever markup.

No network and no packages. The fonts are those in the typst wheel; system fonts are asked only for scripts that these lack.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from importlib.resources import files
from typing import Literal

import typst

from trucewatch.model.serial import to_plain
from trucewatch.reports.blocks import SituationReport

# a PDF without a date of issue is the same each time
NO_DAY = datetime(2000, 1, 1, tzinfo=UTC)


def render(report: SituationReport) -> bytes:
    """The PDF, tagged for screen readers, with bookmarks and links inside."""
    template, inputs = source_of(report)
    return compiled(template, inputs, "pdf", report.issued_at)


def source_of(report: SituationReport) -> tuple[bytes, dict[str, str]]:
    """What typst makes the PDF of: the template and its inputs."""
    template = files("trucewatch.reports").joinpath("templates/situation.typ").read_bytes()
    plain = to_plain(report)
    for section, typed in zip(plain["sections"], report.sections, strict=True):
        for block, record in zip(section["blocks"], typed.blocks, strict=True):
            block["kind"] = type(record).__name__
    return template, {"report": _text(json.dumps(plain, ensure_ascii=False))}


def picture(svg: str, ppi: float = 200.0) -> bytes:
    """A drawing as PNG, for formats that hold no SVG."""
    template = b'#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.svg), format: "svg")'
    return compiled(template, {"svg": _text(svg)}, "png", None, ppi=ppi)


def compiled(
    template: bytes, inputs: dict[str, str], format: Literal["pdf", "png"], at: datetime | None, ppi: float = 144.0
) -> bytes:
    """What typst makes of a template and its inputs."""
    made = typst.compile(template, format=format, sys_inputs=inputs, timestamp=int((at or NO_DAY).timestamp()), ppi=ppi)
    assert isinstance(made, bytes)
    return made


def _text(text: str) -> str:
    # typst takes no lone surrogates and no NUL
    return text.encode("utf-8", "replace").decode().replace("\0", "\ufffd").replace("\\u0000", "\ufffd")
