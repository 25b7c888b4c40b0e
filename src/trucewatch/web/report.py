"""The situation report of a period: read here as a draft, given out as a file, which the log of decisions then tells of."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, FastAPI, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, Response

from trucewatch.errors import ConfigError, ReleaseRefused, RequestError
from trucewatch.model.records import When
from trucewatch.reports.blocks import SituationReport
from trucewatch.reports.release import fuzz_key, last_report, log_release
from trucewatch.reports.situation import make_report, part_of, render
from trucewatch.reports.words import days_told, span_words
from trucewatch.store.reading import reading
from trucewatch.web.filters import only, read_day, refuse
from trucewatch.web.publicview import refuse_public
from trucewatch.web.sameorigin import TOKEN, check_same_origin
from trucewatch.web.site import SITE, Site

LONGEST_DAYS = 92
MEDIA = {
    "html": "text/html; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
# a whole document that runs nothing and carries its own styles
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
router = APIRouter(include_in_schema=False)


def register(app: FastAPI) -> None:
    """Add the page, the draft and the files."""
    app.include_router(router)


def _now() -> datetime:
    return datetime.now(UTC)


def _period(site: Site, from_: str | None, to: str | None) -> tuple[date, date]:
    first, last = read_day("from", from_), read_day("to", to)
    if first is None and last is None:
        with reading(site.store) as reader:
            bounds = site.once(reader.version(), "days", reader.days)
        first = date.fromisoformat(bounds[1]) if bounds else _now().date()
    first = first or last or _now().date()
    last = last or first
    if first > last:
        raise refuse("from", first, f"a day not after to, which is {last}")
    if last - first >= timedelta(days=LONGEST_DAYS):
        raise refuse("to", last, f"a period of at most {LONGEST_DAYS} days")
    return first, last


def _make(site: Site, first: date, last: date, issued_at: datetime | None, *, is_public: bool = True) -> SituationReport:
    # a draft is compared with nothing: reading it releases nothing
    since = last_report(site.place) if issued_at is not None else None
    try:
        with reading(site.store) as reader:
            part = part_of(reader, site.theatre, first, last, since=since)
        return make_report(
            part.ledger,
            site.theatre,
            first,
            last,
            totals=part.totals,
            before=part.before,
            before_at=since,
            issued_at=issued_at,
            is_public=is_public,
            key=fuzz_key(site.place) if is_public and site.theatre.zones else b"",
        )
    except ConfigError as err:
        raise refuse("from", first, str(err)) from err
    except ReleaseRefused as err:
        raise RequestError(409, "release-refused", str(err)) from err


@router.get("/report", dependencies=[only("from", "to")])
def show_report(
    request: Request, site: SITE, from_: Annotated[str | None, Query(alias="from")] = None, to: str | None = None
) -> Response:
    """Which period, and what it can be had as."""
    first, last = _period(site, from_, to)
    with reading(site.store) as reader:
        bounds = site.once(reader.version(), "days", reader.days)
    period = span_words(When(earliest=first, latest=last))
    return site.page(
        request, "report.html", first=first, last=last, period=period, bounds=days_told(bounds), formats=tuple(MEDIA), token=TOKEN
    )


@router.get("/report/draft", dependencies=[only("from", "to")])
def show_draft(site: SITE, from_: Annotated[str | None, Query(alias="from")] = None, to: str | None = None) -> Response:
    """The public report as a page, without a day of issue: nothing is released by reading it."""
    first, last = _period(site, from_, to)
    page = render(_make(site, first, last, None), "html")
    return HTMLResponse(page, headers={"Content-Security-Policy": POLICY, "Cache-Control": "no-cache"})


@router.post("/report.{file_format}", dependencies=[only()])
async def release_report(request: Request, site: SITE, file_format: Literal["html", "md", "docx", "pdf"]) -> Response:
    """The report as a file; the log tells who released it."""
    if site.is_public:
        raise refuse_public("nothing is released from here")
    async with request.form(max_files=0, max_fields=20) as form:
        given = {name: value for name, value in form.items() if isinstance(value, str)}
    check_same_origin(request, given.get("token", ""))
    by = given.get("by", "").strip()
    if not by or len(by) > 200:
        raise refuse("by", by, "who releases it, in at most 200 characters")
    first, last = _period(site, given.get("from"), given.get("to"))
    is_public = given.get("profile") != "full"

    def make() -> bytes:
        content = render(_make(site, first, last, _now(), is_public=is_public), file_format)
        what = f"report {first}/{last} {file_format}"
        log_release(site.store, site.place, what, "public" if is_public else "full", "a browser", by)
        return content

    name = f"situation-{first}" + (f"--{last}" if last != first else "") + ("" if is_public else "-full")
    headers = {"Content-Disposition": f'attachment; filename="{name}.{file_format}"', "Cache-Control": "no-store"}
    return Response(await run_in_threadpool(make), media_type=MEDIA[file_format], headers=headers)
