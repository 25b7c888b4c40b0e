"""The templates' environment: everything that is not ours is escaped; words and names as the report uses them."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from trucewatch import __version__
from trucewatch.model.records import Issue
from trucewatch.reports.osce_table import wind
from trucewatch.reports.words import MODALITIES, STANCES, STATUSES, clock_words, clocks_words, observed_words, zone_words
from trucewatch.web.marking import mark_hits

STATIC = Path(__file__).with_name("static")


def is_built() -> bool:
    """Whether Vite has built the front end into the package."""
    return STATIC.joinpath("app.js").is_file()


def told(issue: Issue) -> str:
    """An issue's message without its source, which stands beside it."""
    return issue.message.removeprefix(f"{issue.source}: ") if issue.source else issue.message


ENVIRONMENT = Environment(
    loader=PackageLoader("trucewatch.web"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
ENVIRONMENT.filters["wind"] = wind
ENVIRONMENT.filters["clock"] = clock_words
ENVIRONMENT.filters["told"] = told
ENVIRONMENT.filters["sentence"] = lambda text: f"{text[:1].upper()}{text[1:].rstrip('.')}."
ENVIRONMENT.filters["mark_hits"] = mark_hits
ENVIRONMENT.globals.update(
    STANCES=STANCES,
    MODALITIES=MODALITIES,
    STATUSES=STATUSES,
    clocks_words=clocks_words,
    zone_words=zone_words,
    observed_words=observed_words,
    version=__version__,
    is_built=is_built,
)
