"""The pages that need nothing but their template."""

from __future__ import annotations

from fastapi import APIRouter, FastAPI, Request
from starlette.responses import HTMLResponse

from trucewatch.store.filters import IncidentFilter
from trucewatch.web.layers import MOST_DRAWN
from trucewatch.web.site import SITE

router = APIRouter(include_in_schema=False)


def register(app: FastAPI) -> None:
    """Add the pages."""
    app.include_router(router)


@router.get("/")
def show_map(request: Request, site: SITE) -> HTMLResponse:
    """The map and the timeline, which the front end draws from `/map/...`."""
    with site.reading() as reader:
        count, _ = reader.count_incidents(IncidentFilter())
    return site.page(request, "map.html", drawn=MOST_DRAWN, left_out=max(0, count - MOST_DRAWN))
