"""The map's data under /map: columns of every incident, places, agreements, control, observers' arcs, search, and one card.

reports/map_places.py says how exactly a place may be drawn. Columns are built once for each state of the ledger and kept
compressed; an ETag lets the browser keep them too.
"""

from __future__ import annotations

import gzip
import json
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Annotated, Any

from fastapi import APIRouter, FastAPI, Query, Request
from starlette.responses import Response

from trucewatch.errors import RequestError, StoreError
from trucewatch.model.records import ControlClaim, Ledger, Observation
from trucewatch.reports.map_card import card_of
from trucewatch.reports.map_columns import Columns, make_columns
from trucewatch.reports.map_overlays import agreement_bands, control_rows, observation_arcs, place_labels
from trucewatch.reports.map_places import MapPlaces
from trucewatch.store.reading import IncidentFilter, Reader, reading
from trucewatch.store.rows import agreements_by_incident, incident_ids, incident_rows, largest_families
from trucewatch.text.redaction import redact_ledger
from trucewatch.web.guard import LOOPBACK
from trucewatch.web.site import SITE, Site

LEVEL = 6
STARTED = f"{time.time_ns():x}"
MOST_FAMILIES = 200
LONGEST_SEARCH = 400
# what our own pages ask, and no part of the documented API
ROUTER = APIRouter(prefix="/map", include_in_schema=False)


@dataclass(frozen=True)
class _Body:
    plain: bytes
    packed: bytes
    etag: str


class Layers:
    """The layers of one site, each made again only when the ledger has changed."""

    def __init__(self, site: Site) -> None:
        self.site = site
        # whoever may be reached from other machines shows no more than a public release would
        self.places = MapPlaces(site.theatre, is_shared=bool(site.hosts - set(LOOPBACK)))
        self._lock = threading.Lock()
        self._columns: Columns | None = None
        self._bodies: dict[str, _Body] = {}

    def columns(self, reader: Reader) -> Columns:
        """The columns of the ledger as the reader sees it."""
        version = str(reader.version())
        with self._lock:
            if self._columns is None or self._columns.version != version:
                rows, agreements = incident_rows(reader), agreements_by_incident(reader)
                self._columns = make_columns(rows, agreements, self.places, self.site.names.party, version)
            return self._columns

    def body(self, name: str, make: Callable[[Reader], bytes]) -> _Body:
        """A layer's answer, made once for each state of the ledger."""
        with reading(self.site.store) as reader:
            # a theatre's tables are no part of the ledger: another run of the server may know others
            etag = f'"{name}-{STARTED}-{reader.version()}"'
            kept = self._bodies.get(name)
            if kept is None or kept.etag != etag:
                plain = make(reader)
                kept = _Body(plain=plain, packed=gzip.compress(plain, LEVEL, mtime=0), etag=etag)
                self._bodies[name] = kept
            return kept


def _layers(request: Request) -> Layers:
    layers: Layers = request.app.state.layers
    return layers


def _answer(request: Request, body: _Body) -> Response:
    headers = {"ETag": body.etag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
    if body.etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(body.packed, media_type="application/json", headers={**headers, "Content-Encoding": "gzip"})
    return Response(body.plain, media_type="application/json", headers=headers)


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


@ROUTER.get("/incidents")
def incidents(request: Request, site: SITE) -> Response:
    """Every incident, as columns (reports/map_columns.py)."""
    layers = _layers(request)
    return _answer(request, layers.body("incidents", lambda reader: layers.columns(reader).body))


@ROUTER.get("/places")
def places(request: Request, site: SITE) -> Response:
    """The theatre's places with the names that both sides give them."""
    layers = _layers(request)

    def make(_: Reader) -> bytes:
        return _json({"title": site.theatre.title, "places": place_labels(site.theatre, layers.places)})

    return _answer(request, layers.body("places", make))


@ROUTER.get("/agreements")
def agreements(request: Request, site: SITE) -> Response:
    """Agreements by the days on which they were in force."""
    layers = _layers(request)
    return _answer(request, layers.body("agreements", lambda _: _json({"agreements": agreement_bands(site.theatre)})))


@ROUTER.get("/control")
def control(request: Request, site: SITE) -> Response:
    """Who is said to hold which place from which day."""
    layers = _layers(request)

    def make(reader: Reader) -> bytes:
        rows = control_rows(site.theatre, reader.where(ControlClaim), layers.places, site.names)
        codes = sorted({row["party"] for row in rows if row["party"]})
        return _json({"parties": {code: site.names.party(code) for code in codes}, "control": rows})

    return _answer(request, layers.body("control", make))


@ROUTER.get("/observations")
def observations(request: Request, site: SITE) -> Response:
    """Observers' reports as arcs; nobody's position, and only what was filed as public."""
    layers = _layers(request)

    def make(reader: Reader) -> bytes:
        found = redact_ledger(Ledger(observations=tuple(reader.where(Observation)), decisions=reader.decisions())).observations
        return _json(observation_arcs(found, layers.columns(reader).incident_of, site.theatre, layers.places))

    return _answer(request, layers.body("observations", make))


@ROUTER.get("/families")
def families(request: Request, site: SITE) -> Response:
    """The source families that make most claims: documents that copy or rewrite one another are one."""
    layers = _layers(request)

    def make(reader: Reader) -> bytes:
        return _json({"families": [asdict(family) for family in largest_families(reader, MOST_FAMILIES)]})

    return _answer(request, layers.body("families", make))


@ROUTER.get("/search")
def search(
    request: Request,
    site: SITE,
    q: Annotated[str, Query(max_length=LONGEST_SEARCH)] = "",
    family: Annotated[str, Query(max_length=80)] = "",
) -> Response:
    """Rows (of /map/incidents, whose `version` comes with them) told of in documents with all of some words, or of a family."""
    layers = _layers(request)
    words, chosen = q.strip(), family.strip()
    if not words and not chosen:
        raise RequestError(400, "nothing-asked", "q or family is needed", field="q", expected="words, or a family's id")
    with reading(site.store) as reader:
        columns = layers.columns(reader)
        found = incident_ids(reader, IncidentFilter(words=words or None, families=(chosen,) if chosen else ()))
    rows = sorted(columns.rows[incident_id] for incident_id in found if incident_id in columns.rows)
    body = _json({"version": columns.version, "rows": rows})
    return Response(body, media_type="application/json", headers={"Cache-Control": "no-store"})


@ROUTER.get("/card/{incident_id}")
def card(site: SITE, incident_id: str) -> Response:
    """One incident in short: its headline, its three statuses in words, and a few of its sentences with their pages."""
    with reading(site.store) as reader:
        known = reader.incident_id(incident_id)
        ledger = reader.ledger_of_incident(known) if known is not None else None
    if ledger is None:
        raise RequestError(
            404, "no-such-incident", f"there is no incident {incident_id[:80]}", field="incident_id", seen=incident_id
        )
    return Response(
        _json(card_of(ledger.incidents[0], ledger.claims, ledger.documents, site.names)),
        media_type="application/json",
        headers={"Cache-Control": "no-cache"},
    )


def register(app: FastAPI) -> None:
    """Add the routes, and build the columns while the first page is still on its way."""
    app.state.layers = Layers(app.state.site)
    app.include_router(ROUTER)
    threading.Thread(target=_warm, args=(app.state.layers,), name="map-columns", daemon=True).start()


def _warm(layers: Layers) -> None:
    try:
        layers.body("incidents", lambda reader: layers.columns(reader).body)
    except StoreError:
        # the request that needs them will say what is wrong
        return
