"""A situation report as one HTML file: no script, no network, no font; everything that is not ours is escaped."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from trucewatch.reports.blocks import SituationReport


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("trucewatch.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # our own drawing, every text in it escaped where it was drawn
    environment.filters["drawing"] = Markup
    environment.filters["kind"] = lambda block: type(block).__name__
    return environment.get_template("situation.html")


def render(report: SituationReport) -> bytes:
    """The page as UTF-8."""
    return _template().render(report=report).encode("utf-8", "replace")
