"""The report page: one HTML file that says per day and incident who claims what and who denies it, each with its sentence.

It needs nothing but itself: no script, no network, no font; its own policy forbids all three.
"""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from trucewatch import __version__
from trucewatch.model.records import Ledger
from trucewatch.model.theatre import Theatre
from trucewatch.reports.chart import make_sketch, make_timeline
from trucewatch.reports.osce_table import coverage, wind
from trucewatch.reports.page_parts import Arranger, period_of
from trucewatch.reports.words import MODALITIES, STANCES, STATUSES, Names, clocks_words, observed_words, span_words, zone_words

# above this a page opens with its incidents folded
OPEN_INCIDENTS = 60


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("trucewatch.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["wind"] = wind
    environment.globals.update(STANCES=STANCES, MODALITIES=MODALITIES, STATUSES=STATUSES)
    environment.globals.update(observed_words=observed_words, clocks_words=clocks_words, zone_words=zone_words)
    return environment


def render_report(ledger: Ledger, theatre: Theatre) -> str:
    """The whole page as text; the same ledger gives the same page. Everything that is not ours is escaped."""
    arranger = Arranger(ledger, theatre)
    period = period_of(ledger)
    days = arranger.days()
    families = arranger.families()
    parts = [part for family in families for part in family.documents]
    incidents = arranger.view.ordered_incidents
    issues = arranger.issues()
    return (
        _environment()
        .get_template("report.html")
        .render(
            theatre=theatre,
            names=Names(theatre),
            version=__version__,
            counts=arranger.view.counts,
            period=span_words(period),
            days=days,
            families=families,
            unread=[part for part in parts if not part.is_read],
            silent=[part for part in parts if part.is_read and not part.claims],
            undated=[part for part in parts if part.document.published.basis in ("inferred", "unknown")],
            copies=[part for part in parts if part.copy_of is not None],
            languages=sorted({part.language for part in parts}),
            outlets=len({part.outlet for part in parts}),
            timeline=make_timeline(incidents, theatre.agreements, theatre.timezone),
            sketch=make_sketch(incidents),
            period_tolls=arranger.period_tolls(),
            toll_cards=arranger.toll_cards(),
            controls=arranger.controls(),
            breaches=arranger.all_breaches(),
            observations=arranger.observations(),
            coverage=coverage(ledger.observations),
            incident_of={o: incident.id for incident in ledger.incidents for o in incident.observation_ids},
            issues=issues,
            refused=[pair for pair in issues if pair[0].level == "error"],
            titles={incident.id: incident.summary.partition("; ")[0].rstrip(".") for incident in incidents},
            is_open=len(incidents) <= OPEN_INCIDENTS,
            used={(status.axis, status.status) for incident in incidents for status in incident.statuses},
        )
    )
