"""Doubts noted on the way, and the inputs that were refused."""

from __future__ import annotations

import json
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, FastAPI, Query, Request
from starlette.responses import Response

from trucewatch.model.records import LEVELS, Issue
from trucewatch.model.serial import from_plain
from trucewatch.web.filters import make_cursor, only, read_cursor, read_ids, read_values
from trucewatch.web.site import SITE

ROWS = 100
router = APIRouter(include_in_schema=False)


def register(app: FastAPI) -> None:
    """Add the page."""
    app.include_router(router)


@router.get("/issues", dependencies=[only("code", "level", "cursor")])
def show_issues(
    request: Request,
    site: SITE,
    code: Annotated[list[str] | None, Query()] = None,
    level: Annotated[list[str] | None, Query()] = None,
    cursor: str | None = None,
) -> Response:
    """Refused inputs first, then every doubt by its code."""
    codes = read_ids("code", code, "a code of docs/issues.md")
    levels = read_values("level", level, LEVELS, ", ".join(LEVELS))
    after = read_cursor(cursor, 1)[0] if cursor else None
    wanted = {name: values for name, values in (("code", codes), ("level", levels)) if values}
    with site.reading() as reader:
        rows = reader.page(Issue, wanted, limit=ROWS + 1, after=after)
        counts = reader.issue_counts()
        refused = [*reader.refusals(), *reader.where(Issue, level="error")]
    issues = [_issue(row) for row in rows[:ROWS]]
    query = [(name, value) for name, value in request.query_params.multi_items() if name != "cursor" and value]
    following = None
    if len(rows) > ROWS:
        following = "/issues?" + urlencode([*query, ("cursor", make_cursor(rows[ROWS - 1].id))])
    return site.page(
        request,
        "issues.html",
        issues=issues,
        refused=list({(one.source, one.message): one for one in refused}.values()),
        counts=counts,
        following=following,
        query=query,
    )


def _issue(row: Any) -> Issue:
    return from_plain(Issue, json.loads(row.record))
