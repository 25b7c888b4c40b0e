"""The ledger to take away: data sets as files, which the log of decisions then tells of, and the addresses that programs ask."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from fastapi import APIRouter, FastAPI, Request
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.responses import FileResponse, Response

from trucewatch.errors import ReleaseRefused, RequestError
from trucewatch.model.records import Incident
from trucewatch.reports.datasets.export import KINDS, Release, export
from trucewatch.reports.datasets.rows import PublicSlices
from trucewatch.reports.public import Publisher
from trucewatch.reports.release import fuzz_key, log_release
from trucewatch.store.slices import Slices, open_slices
from trucewatch.web.filters import only, refuse
from trucewatch.web.publicview import refuse_public
from trucewatch.web.sameorigin import TOKEN, check_same_origin
from trucewatch.web.site import SITE, Site

# of more the tables take longer than a browser waits
MOST_INCIDENTS = 20_000
FILES = {
    "csv": "tables as CSV",
    "jsonl": "JSON Lines, nested",
    "parquet": "tables as Parquet",
    "sqlite": "one SQLite file with full-text search",
    "geojson": "incidents, their areas and observers' arcs as GeoJSON",
    "gpkg": "the same as one GeoPackage",
    "acled": "in the shape of ACLED, by its rules",
    "ucdp-ged": "in the shape of UCDP GED, by its rules",
    "plover": "in PLOVER's exchange form, by its rules",
}
LISTS = (
    ("incidents", "what is reported to have happened, with its three statuses and its tolls"),
    ("claims", "who says or denies what, each with its sentence"),
    ("documents", "what was read"),
    ("tolls", "casualties as each claimant counts them"),
    ("violations", "incidents against clauses"),
    ("agreements", "agreements with their clauses"),
    ("issues", "doubts, and what was refused"),
    ("decisions", "what persons decided"),
)
router = APIRouter(include_in_schema=False)


def register(app: FastAPI) -> None:
    """Add the page and the files."""
    app.include_router(router)


@router.get("/data", dependencies=[only()])
def show_data(request: Request, site: SITE) -> Response:
    """What can be taken away, and how programs ask."""
    with site.reading() as reader:
        is_large = reader.count(Incident) > MOST_INCIDENTS
    lists = [one for one in LISTS if one[0] != "decisions" or not site.is_public]
    return site.page(request, "data.html", files=FILES, lists=lists, is_large=is_large, place=site.place, token=TOKEN)


@router.post("/data/export", dependencies=[only()])
async def release_data(request: Request, site: SITE) -> Response:
    """A data set with its dictionary and licence, in one archive; the log tells who released it."""
    if site.is_public:
        raise refuse_public("nothing is released from here")
    async with request.form(max_files=0, max_fields=20) as form:
        given = {name: value for name, value in form.items() if isinstance(value, str)}
    check_same_origin(request, given.get("token", ""))
    by, kind = given.get("by", "").strip(), given.get("format", "")
    if not by or len(by) > 200:
        raise refuse("by", by, "who releases it, in at most 200 characters")
    if kind not in KINDS:
        raise refuse("format", kind, f"one of {', '.join(KINDS)}")
    profile = "full" if given.get("profile") == "full" else "public"
    folder = Path(tempfile.mkdtemp(prefix="trucewatch-"))
    try:
        archive = await run_in_threadpool(_write, site, kind, profile, by, folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    name = f"trucewatch-{kind}-{profile}.zip"
    return FileResponse(
        archive,
        media_type="application/zip",
        filename=name,
        headers={"Cache-Control": "no-store"},
        background=BackgroundTask(shutil.rmtree, folder, ignore_errors=True),
    )


def _write(site: Site, kind: str, profile: str, by: str, folder: Path) -> Path:
    at = datetime.now(UTC)
    with site.reading() as reader:
        count = reader.count(Incident)
    if count > MOST_INCIDENTS:
        raise RequestError(
            409,
            "too-large",
            f"a data set of {count:,} incidents takes longer than a browser waits: write it with "
            f"`trucewatch export --format {kind}`",
        )

    def log() -> None:
        log_release(site.store, site.place, f"export {kind}", profile, "a browser", by)

    try:
        with open_slices(site.store) as slices:
            chosen: Slices = slices
            if profile == "public":
                key = fuzz_key(site.place) if site.theatre.zones else b""
                publisher = Publisher(site.theatre, outlets=slices.outlets, key=key, released_on=at.date())
                chosen = PublicSlices(slices, publisher)
            release = Release(slices=chosen, theatre=site.theatre, profile=profile, released_at=at)
            paths = export(kind, release, folder / "files", log)
    except ReleaseRefused as err:
        raise RequestError(409, "release-refused", str(err)) from err
    archive = folder / "files.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in paths:
            packed.write(path, f"trucewatch-{kind}/{path.name}")
    return archive
