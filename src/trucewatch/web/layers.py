"""The map's data under /map: columns of every incident, places, agreements, control, observers' arcs, search, and one card.

Everything here is a public view (reports/map_places.py says what that means). Columns are built once for each state of the
ledger and kept compressed; an ETag lets the browser keep them too.
"""

from __future__ import annotations

import gzip
import json
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, FastAPI, Query, Request
from starlette.responses import Response

from trucewatch.errors import RequestError, StoreError
from trucewatch.model.records import Claim, ControlClaim, Document, Incident, Observation
from trucewatch.reports.map_card import card_of
from trucewatch.reports.map_columns import Columns, make_columns
from trucewatch.reports.map_overlays import agreement_bands, control_rows, observation_arcs, place_labels
from trucewatch.reports.map_places import PublicPlaces
from trucewatch.store.rows import (
    agreement_ids,
    claim_ids_of,
    family_of,
    incident_rows,
    largest_families,
    records,
    stand,
)
from trucewatch.web.site import SITE, Site

LEVEL = 6
MOST_DOCUMENTS = 5_000
MOST_FAMILIES = 200
LONGEST_SEARCH = 400
ROUTER = APIRouter(prefix="/map", tags=["map"])


@dataclass(frozen=True)
class _Body:
    plain: bytes
    packed: bytes
    etag: str


class Layers:
    """The layers of one site, each made again only when the ledger has changed."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.places = PublicPlaces(site.theatre)
        self._lock = threading.Lock()
        self._columns: tuple[str, Columns] | None = None
        self._bodies: dict[str, _Body] = {}

    def columns(self) -> Columns:
        """The columns of the ledger as it stands."""
        version = stand(self.site.store)
        with self._lock:
            if self._columns is None or self._columns[0] != version:
                store = self.site.store
                made = make_columns(incident_rows(store), agreement_ids(store), self.places, self.site.names.party, version)
                self._columns = (version, made)
            return self._columns[1]

    def body(self, name: str, make: Callable[[], bytes]) -> _Body:
        """A layer's answer, made once for each state of the ledger."""
        etag = f'"{name}-{stand(self.site.store)}"'
        kept = self._bodies.get(name)
        if kept is None or kept.etag != etag:
            plain = make()
            kept = _Body(plain=plain, packed=gzip.compress(plain, LEVEL, mtime=0), etag=etag)
            self._bodies[name] = kept
        return kept


def _layers(site: Site, request: Request) -> Layers:
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
    layers = _layers(site, request)
    return _answer(request, layers.body("incidents", lambda: layers.columns().body))


@ROUTER.get("/places")
def places(request: Request, site: SITE) -> Response:
    """The theatre's places with the names that both sides give them."""
    layers = _layers(site, request)
    return _answer(
        request,
        layers.body("places", lambda: _json({"title": site.theatre.title, "places": place_labels(site.theatre, layers.places)})),
    )


@ROUTER.get("/agreements")
def agreements(request: Request, site: SITE) -> Response:
    """Agreements by the days on which they were in force."""
    layers = _layers(site, request)
    return _answer(request, layers.body("agreements", lambda: _json({"agreements": agreement_bands(site.theatre)})))


@ROUTER.get("/control")
def control(request: Request, site: SITE) -> Response:
    """Who is said to hold which place from which day."""
    layers = _layers(site, request)

    def make() -> bytes:
        rows = control_rows(site.theatre, records(site.store, ControlClaim), layers.places, site.names)
        codes = sorted({row["party"] for row in rows if row["party"]})
        return _json({"parties": {code: site.names.party(code) for code in codes}, "control": rows})

    return _answer(request, layers.body("control", make))


@ROUTER.get("/observations")
def observations(request: Request, site: SITE) -> Response:
    """Observers' reports as arcs; nobody's position, and only what was filed as public."""
    layers = _layers(site, request)

    def make() -> bytes:
        found = records(site.store, Observation)
        linked = records(site.store, Incident) if found else []
        return _json(observation_arcs(found, linked, site.theatre, layers.places))

    return _answer(request, layers.body("observations", make))


@ROUTER.get("/families")
def families(request: Request, site: SITE) -> Response:
    """The source families that make most claims: documents that copy or rewrite one another are one."""
    layers = _layers(site, request)

    def make() -> bytes:
        found = largest_families(site.store, MOST_FAMILIES)
        return _json({"families": [dict(zip(("id", "documents", "claims", "outlet"), row, strict=True)) for row in found]})

    return _answer(request, layers.body("families", make))


@ROUTER.get("/search")
def search(
    request: Request,
    site: SITE,
    q: Annotated[str, Query(max_length=LONGEST_SEARCH)] = "",
    family: Annotated[str, Query(max_length=80)] = "",
) -> Response:
    """Rows (of /map/incidents, whose `version` comes with them) told of in documents with all of some words, or of a family."""
    layers = _layers(site, request)
    columns = layers.columns()
    wanted: set[int] | None = None
    is_cut = False
    for words, find in ((q.strip(), _documents_with), (family.strip(), family_of)):
        if not words:
            continue
        documents = find(site.store, words)
        is_cut = is_cut or len(documents) >= MOST_DOCUMENTS
        claims = claim_ids_of(site.store, documents)
        rows = {columns.claim_rows[claim_id] for claim_id in claims if claim_id in columns.claim_rows}
        wanted = rows if wanted is None else wanted & rows
    if wanted is None:
        raise RequestError(400, "nothing-asked", "q or family is needed", field="q", expected="words, or a family's id")
    version = json.loads(columns.body[: columns.body.index(b",")] + b"}")["version"]
    body = _json({"version": version, "rows": sorted(wanted), "is_cut": is_cut})
    return Response(body, media_type="application/json", headers={"Cache-Control": "no-store"})


def _documents_with(store: Any, words: str) -> list[str]:
    found: list[str] = store.search(words, limit=MOST_DOCUMENTS)
    return found


@ROUTER.get("/card/{incident_id}")
def card(site: SITE, incident_id: str) -> Response:
    """One incident in short: its headline, its three statuses in words, and a few of its sentences with their pages."""
    found = records(site.store, Incident, [incident_id])
    if not found:
        raise RequestError(
            404, "no-such-incident", f"there is no incident {incident_id[:80]}", field="incident_id", seen=incident_id
        )
    incident = found[0]
    claims = records(site.store, Claim, (*incident.claim_ids, *incident.denial_ids))
    documents = records(site.store, Document, {claim.document_id for claim in claims})
    return Response(
        _json(card_of(incident, claims, documents, site.names)),
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
        layers.body("incidents", lambda: layers.columns().body)
    except StoreError:
        # the request that needs them will say what is wrong
        return
