"""The map's data under /map: columns of every incident, places, agreements, control, observers' arcs, search, and one card.

reports/map_places.py says how exactly a place may be drawn. Columns are built once for each state of the ledger and kept
compressed; an ETag lets the browser keep them too. While a run changes the ledger, the last ones are shown.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, FastAPI, Query, Request
from starlette.responses import Response

from trucewatch.errors import RequestError, StoreError
from trucewatch.model.records import Decision, Ledger, Observation
from trucewatch.reports.map_card import card_of
from trucewatch.reports.map_columns import Columns, Slim, make_columns, slim_of
from trucewatch.reports.map_overlays import agreement_bands, control_rows, observation_arcs, place_labels
from trucewatch.reports.map_places import MapPlaces
from trucewatch.store.filters import IncidentFilter
from trucewatch.store.reading import Reader
from trucewatch.store.rows import (
    agreements_by_incident,
    incident_ids,
    incident_marks,
    incident_rows,
    largest_families,
    latest_controls,
)
from trucewatch.text.redaction import redact_ledger
from trucewatch.web.filters import read_words
from trucewatch.web.guard import LOOPBACK
from trucewatch.web.searching import hits_of
from trucewatch.web.site import SITE, Site

LEVEL = 6
# what was made sooner than this is waited for, so that a small ledger is shown as it is now
PATIENCE_S = 0.2
MOST_FAMILIES = 200
# of more incidents those of the latest days are drawn: no browser holds millions
MOST_DRAWN = 200_000
MOST_CONTROLS = 20_000
LONGEST_SEARCH = 400
MOST_HIT_INCIDENTS = 60
# what our own pages ask, and no part of the documented API
ROUTER = APIRouter(prefix="/map", include_in_schema=False)


@dataclass(frozen=True)
class _Body:
    plain: bytes
    packed: bytes
    etag: str
    version: int
    erasures: int
    took_s: float


class Layers:
    """The layers of one site, made again only when the ledger has changed: in the background, the last ones standing meanwhile.

    Only where words were destroyed is nothing older shown: then a request waits.
    """

    def __init__(self, site: Site) -> None:
        self.site = site
        # whoever may be reached from other machines shows no more than a public release would
        self.places = MapPlaces(site.theatre, is_shared=site.is_public or bool(site.hosts - set(LOOPBACK)), key=site.key)
        self._lock, self._queueing = threading.RLock(), threading.Lock()
        self._columns: Columns | None = None
        self._marks: dict[str, str] = {}
        self._version, self._erasures = "", 0
        self._slims: dict[str, Slim] = {}
        # agreements by incident
        self._held: dict[str, tuple[str, ...]] = {}
        self._bodies: dict[str, _Body] = {}
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="map-layers")
        self._jobs: dict[str, Future[None]] = {}

    def latest(self, reader: Reader) -> Columns:
        """The latest columns that are ready, of the reader's state of the ledger or of one a moment before it."""
        kept = self._columns
        return kept if kept is not None and self._erasures == reader.erasures() else self.columns(reader)

    def columns(self, reader: Reader) -> Columns:
        """The columns of the ledger as the reader sees it."""
        version, erasures = str(reader.version()), reader.erasures()
        with self._lock:
            kept, is_safe = self._columns, self._erasures == erasures
            if kept is None or not is_safe or self._version != version:
                marks = incident_marks(reader, MOST_DRAWN)
                # dictionaries are equal in any order, and a day that changed changes its mark
                if kept is None or not is_safe or marks != self._marks:
                    self._read(reader, marks, is_safe=is_safe)
                    rows = self._slims.items()
                    kept = self._columns = make_columns(rows, self._held, self.places, self.site.names.party, version)
                self._marks, self._version, self._erasures = marks, version, erasures
            return kept

    def _read(self, reader: Reader, marks: dict[str, str], *, is_safe: bool) -> None:
        """Read again the incidents that have changed, where words were destroyed all of them, and put them in order."""
        before = self._marks if is_safe else {}
        stale = [key for key, mark in marks.items() if before.get(key) != mark]
        wanted = stale if len(stale) < len(marks) or len(marks) == MOST_DRAWN else None
        today = datetime.now(UTC).date() if self.site.is_public else None
        fresh = {key: slim_of(text, today) for key, text in incident_rows(reader, wanted)}
        held = agreements_by_incident(reader, wanted)
        self._slims = {key: fresh[key] if key in fresh else self._slims[key] for key in marks}
        self._held = {**{key: ids for key, ids in self._held.items() if key in marks and key not in fresh}, **held}

    def body(self, name: str, make: Callable[[Reader], bytes]) -> _Body:
        """A layer's answer, made once for each state of the ledger; the one before it while a new one takes its time."""
        with self.site.reading() as reader:
            kept = self._bodies.get(name)
            if kept is None or kept.erasures != reader.erasures():
                return self._made(name, make, reader)
            if kept.version == reader.version():
                return kept
        with self._queueing:
            job = self._jobs.get(name)
            if job is None or job.done():
                job = self._jobs[name] = self._worker.submit(self._refresh, name, make)
        if kept.took_s < PATIENCE_S:
            wait((job,), PATIENCE_S)
        return self._bodies[name]

    def _refresh(self, name: str, make: Callable[[Reader], bytes]) -> None:
        with suppress(StoreError), self.site.reading() as reader:
            # a store that fails is told by the requests, each of which reads it
            self._made(name, make, reader)

    def _made(self, name: str, make: Callable[[Reader], bytes], reader: Reader) -> _Body:
        version, erasures = reader.version(), reader.erasures()
        with self._lock:
            kept = self._bodies.get(name)
            if kept is not None and (kept.version, kept.erasures) == (version, erasures):
                return kept
            begin = time.perf_counter()
            plain = make(reader)
            if kept is not None and kept.plain == plain:
                made = replace(kept, version=version, erasures=erasures)
            else:
                made = _Body(
                    plain=plain,
                    packed=gzip.compress(plain, LEVEL, mtime=0),
                    etag=f'"{name}-{hashlib.sha256(plain).hexdigest()[:20]}"',
                    version=version,
                    erasures=erasures,
                    took_s=time.perf_counter() - begin,
                )
            self._bodies[name] = made
            return made

    def warm(self) -> None:
        """Begin with the columns, which the first page will ask for."""
        self._jobs["incidents"] = self._worker.submit(self._refresh, "incidents", lambda reader: self.columns(reader).body)

    def close(self) -> None:
        """Make no more layers."""
        self._worker.shutdown(wait=False, cancel_futures=True)


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
        rows = control_rows(site.theatre, latest_controls(reader, MOST_CONTROLS), layers.places, site.names)
        codes = sorted({row["party"] for row in rows if row["party"]})
        return _json({"parties": {code: site.names.party(code) for code in codes}, "control": rows})

    return _answer(request, layers.body("control", make))


@ROUTER.get("/observations")
def observations(request: Request, site: SITE) -> Response:
    """Observers' reports as arcs; nobody's position, and only what was filed as public."""
    layers = _layers(request)

    def make(reader: Reader) -> bytes:
        redactions = tuple(reader.where(Decision, kind="redact"))
        found = redact_ledger(Ledger(observations=tuple(reader.where(Observation)), decisions=redactions)).observations
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
    """Rows (of /map/incidents, whose `version` comes with them) told of in a sentence with all of some words, or by a family."""
    layers = _layers(request)
    words, chosen = q.strip(), family.strip()
    if not words and not chosen:
        raise RequestError(400, "nothing-asked", "q or family is needed", field="q", expected="words, or a family's id")
    with site.reading() as reader:
        columns = layers.latest(reader)
        asked = site.search(IncidentFilter(words=words or None, families=(chosen,) if chosen else ()))
        oldest = next(iter(columns.rows), None) if len(columns.rows) == MOST_DRAWN else None
        found = incident_ids(reader, asked, behind=oldest)
    rows = sorted(columns.rows[incident_id] for incident_id in found if incident_id in columns.rows)
    body = _json({"version": columns.version, "rows": rows})
    return Response(body, media_type="application/json", headers={"Cache-Control": "no-store"})


@ROUTER.get("/hits")
def hits(
    site: SITE, ids: Annotated[str, Query(max_length=4_000)], q: Annotated[str, Query(max_length=LONGEST_SEARCH)]
) -> Response:
    """The sentences of incidents (ids joined by commas) that hold some words, in pieces: text, and whether searched for."""
    wanted = list(dict.fromkeys(ids.split(",")))[:MOST_HIT_INCIDENTS]
    with site.reading() as reader:
        found = hits_of(reader, site.search(IncidentFilter(words=read_words(q))), wanted)
    plain = {
        incident_id: [
            {
                "claim_id": hit.claim_id,
                "document_id": hit.document_id,
                "outlet": hit.outlet,
                "pieces": [[part.text, part.is_hit] for part in hit.parts],
            }
            for hit in own
        ]
        for incident_id, own in found.items()
    }
    return Response(_json({"hits": plain}), media_type="application/json", headers={"Cache-Control": "no-store"})


@ROUTER.get("/card/{incident_id}")
def card(site: SITE, incident_id: str) -> Response:
    """One incident in short: its headline, its three statuses in words, and a few of its sentences with their pages."""
    with site.reading() as reader:
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
    layers = app.state.layers = Layers(app.state.site)
    app.include_router(ROUTER)
    layers.warm()
