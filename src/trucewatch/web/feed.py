"""The Atom feed of new and changed incidents, by the same filters as the lists."""

from __future__ import annotations

import json
import re
from typing import Annotated
from xml.etree import ElementTree as ET

from fastapi import APIRouter, Depends, FastAPI, Request
from starlette.responses import Response

from trucewatch.model.records import Incident
from trucewatch.reports.words import STATUSES
from trucewatch.web.answers import answer, etag_of, unchanged
from trucewatch.web.api import ERRORS
from trucewatch.web.filters import FILTERS, INCIDENTS, only, refuse
from trucewatch.web.site import SITE

ATOM = "http://www.w3.org/2005/Atom"
MEDIA = "application/atom+xml"
MOST = 50
# what no XML may hold
ODD = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
router = APIRouter(responses=ERRORS)


def register(app: FastAPI) -> None:
    """Add the feed."""
    app.include_router(router)


async def _host(request: Request) -> str:
    return str(request.base_url).rstrip("/")


@router.get(
    "/feed.atom",
    dependencies=[only(*FILTERS)],
    response_class=Response,
    responses={200: {"content": {MEDIA: {}}, "description": "Atom."}, 304: {"description": "Not changed."}},
)
def show_feed(request: Request, site: SITE, wanted: INCIDENTS, host: Annotated[str, Depends(_host)]) -> Response:
    """The incidents that are new or changed last, at most 50."""
    if wanted.documents and len(wanted.documents) > MOST:
        raise refuse("document", len(wanted.documents), f"at most {MOST}")
    with site.reading() as reader:
        etag = etag_of(request, reader.version())
        same = unchanged(request, etag)
        if same is not None:
            return same
        rows = reader.latest_incidents(wanted, MOST)
        older = reader.changed_before(Incident, [row.id for row in rows])
    ET.register_namespace("", ATOM)
    feed = ET.Element(f"{{{ATOM}}}feed")
    _add(feed, "id", f"urn:trucewatch:{site.theatre.name}:incidents")
    _add(feed, "title", f"New and changed incidents: {site.theatre.title}")
    _add(feed, "updated", rows[0].changed_at if rows else "1970-01-01T00:00:00Z")
    _add(feed, "subtitle", "What was said to have happened, by how well it is known. No finding.")
    _add(feed, "link", rel="self", href=f"{host}{request.url.path}" + (f"?{request.url.query}" if request.url.query else ""))
    _add(feed, "link", rel="alternate", type="text/html", href=f"{host}/incidents")
    _add(_add(feed, "author"), "name", "trucewatch")
    for row in rows:
        incident = json.loads(row.record)
        entry = _add(feed, "entry")
        head, _, rest = incident["summary"].rstrip(".").partition("; ")
        grades = [STATUSES.get((axis, incident[axis]), incident[axis]) for axis in ("occurrence", "attribution", "breach")]
        _add(entry, "id", f"urn:trucewatch:incident:{row.id}")
        _add(entry, "title", head or row.act)
        _add(entry, "updated", row.changed_at)
        _add(entry, "link", rel="alternate", type="text/html", href=f"{host}/incident/{row.id}")
        _add(entry, "category", term="changed" if row.id in older else "new")
        _add(entry, "category", term=row.act)
        _add(entry, "summary", "; ".join([*([rest] if rest else []), *grades]) + ".", type="text")
    body = '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(feed, encoding="unicode")
    return answer(body, etag, MEDIA)


def _add(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
    made = ET.SubElement(parent, f"{{{ATOM}}}{name}", {key: ODD.sub("", value) for key, value in attributes.items()})
    if text is not None:
        made.text = ODD.sub("", text)
    return made
