"""The application put together: guard, errors, static files, pages, API, and what plugins add."""

from __future__ import annotations

import importlib
import importlib.util
import os
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from trucewatch import __version__
from trucewatch.config import load_theatre
from trucewatch.model.theatre import Theatre
from trucewatch.plugins import make_plugins
from trucewatch.reports.release import fuzz_key
from trucewatch.reports.words import Names
from trucewatch.store import open_store
from trucewatch.web import problems
from trucewatch.web.built import BuiltFiles
from trucewatch.web.guard import Guard, known_hosts
from trucewatch.web.site import Site
from trucewatch.web.templating import STATIC

# each has `register(app)`
ROOMS = ("pages", "incidents", "documents", "agreements", "doubts", "review", "report", "data", "api", "feed", "layers")
# left out of a public view
DECIDING = ("review",)


def make_app(
    place: str | os.PathLike[str], *, theatre: str | Theatre | None = None, hosts: Iterable[str] = (), is_public: bool = False
) -> FastAPI:
    """The application over the ledger at a path or address, under a theatre or one named, else the last run's.

    `hosts` are the names it answers to besides the loopback's; `is_public`: it shows what a public release would, and nobody
    decides (web/publicview.py). Raises StoreError where there is no ledger, or a newer one,
    ConfigError where the theatre cannot be used.
    """
    store = open_store(place, create=False)
    known = theatre if isinstance(theatre, Theatre) else load_theatre(theatre or store.theatre())
    names = known_hosts(hosts)

    @asynccontextmanager
    async def closing(_: FastAPI) -> AsyncIterator[None]:
        yield
        layers = getattr(app.state, "layers", None)
        if layers is not None:
            layers.close()
        app.state.site.close()
        store.close()

    app = FastAPI(
        title="trucewatch",
        version=__version__,
        summary="An open ceasefire monitor: who says what happened, who denies it, and which clause it would breach.",
        openapi_url="/api/v1/openapi.json",
        # both draw their pages from a foreign host
        docs_url=None,
        redoc_url=None,
        lifespan=closing,
    )
    where = os.fspath(place)
    key = fuzz_key(where) if is_public and known.zones else b""
    app.state.site = Site(store=store, theatre=known, names=Names(known), place=where, hosts=names, is_public=is_public, key=key)
    problems.register(app)
    for room in ROOMS:
        if is_public and room in DECIDING:
            continue
        if importlib.util.find_spec(f"trucewatch.web.{room}") is not None:
            importlib.import_module(f"trucewatch.web.{room}").register(app)
    app.mount("/plain", StaticFiles(directory=STATIC.with_name("plain")), name="plain")
    app.mount("/static", BuiltFiles(directory=STATIC, check_dir=False), name="static")
    make_plugins().hook.trucewatch_routes(app=app)
    app.add_middleware(Guard, hosts=names)
    return app
