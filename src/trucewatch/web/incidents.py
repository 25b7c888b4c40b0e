"""The incidents as a table to filter and page through, for those who cannot see the map, and one incident with all its voices."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, FastAPI, Request
from starlette.responses import RedirectResponse, Response

from trucewatch.model.codebook import acts
from trucewatch.model.records import Decision, Incident, When
from trucewatch.model.serial import from_plain
from trucewatch.reports.page_parts import Arranger
from trucewatch.reports.words import STATUSES, days_told, span_words
from trucewatch.stages.link.wording import act_noun
from trucewatch.store.filters import IncidentFilter
from trucewatch.store.reading import Reader
from trucewatch.web.api import unknown
from trucewatch.web.changes import changes_of
from trucewatch.web.filters import FILTERS, INCIDENTS, make_cursor, only, read_cursor, read_words
from trucewatch.web.kin import kin_pairs
from trucewatch.web.searching import Hit, hits_of
from trucewatch.web.site import SITE, Site

ROWS = 50
FACETS = (
    ("side", "Side", "side"),
    ("by", "Attributed to", "attributed_to"),
    ("act", "Act", "act"),
    ("status", "Status", "status"),
    ("agreement", "Agreement", "agreement"),
)
AXES = {"occurrence": "Did it happen", "attribution": "Who did it", "breach": "Is it a breach"}
MOST_PAIRS = 12
# filters that the map has too, by its names: its sides are those that an act is attributed to
MAP_NAMES = {"from": "from", "to": "to", "by": "side", "told": "told", "agreement": "agreement", "family": "family", "q": "q"}
router = APIRouter(include_in_schema=False)


def register(app: FastAPI) -> None:
    """Add the pages."""
    app.include_router(router)


@dataclass(frozen=True, kw_only=True)
class Row:
    """An incident in the table."""

    id: str
    title: str
    day: str
    place: str
    doer: str
    statuses: tuple[str, ...]
    families: int
    hits: tuple[Hit, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One filter to choose values of: (value, words, how many incidents), and the value chosen ("": any)."""

    name: str
    label: str
    options: tuple[tuple[str, str, int], ...]
    chosen: str


@router.get("/incidents", dependencies=[only(*FILTERS, "cursor")])
def list_incidents(request: Request, site: SITE, wanted: INCIDENTS, cursor: str | None = None) -> Response:
    """The table, newest first."""
    after = read_cursor(cursor, 2) if cursor else None
    with site.reading() as reader:
        version = reader.version()
        rows = reader.incidents(wanted, limit=ROWS + 1, after=(after[0], after[1]) if after else None)
        total, is_more = site.recent(reader, wanted, lambda own: own.count_incidents(wanted))
        whole, _ = reader.count_incidents(IncidentFilter())
        choices = [_choice(request, site, reader, version, *facet) for facet in FACETS]
        bounds = site.recent(reader, "days", lambda own: own.days())
        shown = rows[:ROWS]
        hits = hits_of(reader, wanted, [row.id for row in shown])
    query = [(name, value) for name, value in request.query_params.multi_items() if name != "cursor" and value]
    following = None
    if len(rows) > ROWS:
        following = "/incidents?" + urlencode([*query, ("cursor", make_cursor(shown[-1].first_day, shown[-1].id))])
    return site.page(
        request,
        "incidents.html",
        rows=[_row(row, site, hits.get(row.id, ())) for row in shown],
        words=wanted.words,
        total=total,
        is_more=is_more,
        whole=whole,
        choices=choices,
        bounds=days_told(bounds),
        query=query,
        chosen=dict(query),
        following=following,
        first="/incidents" + (f"?{urlencode(query)}" if query else "") if cursor else None,
        on_map=urlencode([(MAP_NAMES[name], value) for name, value in query if name in MAP_NAMES]),
        others=[(name, value) for name, value in query if name in ("family", "place", "document")],
    )


def _row(row: Any, site: Site, hits: tuple[Hit, ...]) -> Row:
    incident = from_plain(Incident, json.loads(row.record))
    return Row(
        id=incident.id,
        title=act_noun(incident.act),
        day=span_words(incident.when),
        place=row.place or ", ".join(place.name or place.text for place in incident.places[:2]) or "no place told",
        doer=site.names.party(incident.attributed_to) or "nobody named",
        statuses=tuple(STATUSES[axis, getattr(incident, axis)] for axis in AXES),
        families=incident.families,
        hits=hits,
    )


def _choice(request: Request, site: Site, reader: Reader, version: int, name: str, label: str, kind: str) -> Choice:
    counts: Mapping[str, int] = site.once(version, ("facet", kind), lambda: reader.facet_counts(kind))
    words = _words_of(kind, site)
    options = [(code, words(code), count) for code, count in counts.items()]
    if kind == "act":
        options.sort(key=lambda option: option[0])
    else:
        options.sort(key=lambda option: (-option[2], option[1]))
    chosen = ",".join(dict.fromkeys(v for given in request.query_params.getlist(name) for v in given.split(",") if v))
    if chosen and chosen not in counts:
        options.insert(0, (chosen, " or ".join(words(code) for code in chosen.split(",")), 0))
    return Choice(name=name, label=label, options=tuple(options), chosen=chosen)


def _words_of(kind: str, site: Site) -> Callable[[str], str]:
    if kind == "act":
        return _act_words
    if kind == "status":
        statuses = {code: words for (_, code), words in STATUSES.items()}
        return lambda code: statuses.get(code, code)
    if kind == "agreement":
        titles = {one.id: one.title for one in site.theatre.agreements}
        return lambda code: titles.get(code, code)
    return lambda code: site.names.party(code) or code


def _act_words(code: str) -> str:
    if code in acts() and "." in code:
        return f"· {act_noun(code)}"
    return act_noun(code)


@router.get("/incident/{incident_id}", dependencies=[only("q")])
def show_incident(request: Request, site: SITE, incident_id: str, q: str | None = None) -> Response:
    """One incident: voices by side, tolls, statuses with reasons, clauses, kin documents, history; words searched for marked."""
    words = read_words(q)
    with site.reading() as reader:
        found = reader.incident_id(incident_id)
        if found is not None and found != incident_id:
            return RedirectResponse(f"/incident/{found}" + (f"?{urlencode({'q': words})}" if words else ""), 307)
        ledger = reader.ledger_of_incident(incident_id) if found is not None else None
        if ledger is None:
            raise unknown("incident", incident_id, "/incidents")
        versions = reader.history(Incident, incident_id)
        about = {incident_id, *(claim.id for claim in ledger.claims)}
        decisions = [one for one in reader.where(Decision) if about.intersection(one.subject)]
    arranger = Arranger(ledger, site.theatre)
    day = next(day for day in arranger.days() if day.incidents)
    pairs = kin_pairs(ledger)
    return site.page(
        request,
        "incident.html",
        part=day.incidents[0],
        words=words,
        axes=AXES,
        in_force=day.in_force,
        when=ledger.incidents[0].when,
        pairs=pairs[:MOST_PAIRS],
        more_pairs=max(0, len(pairs) - MOST_PAIRS),
        documents={document.id: document for document in ledger.documents},
        changes=changes_of(versions, site.names),
        decisions=decisions,
        is_dated=_is_dated(ledger.incidents[0].when),
    )


def _is_dated(when: When) -> bool:
    return when.earliest is not None or when.latest is not None
