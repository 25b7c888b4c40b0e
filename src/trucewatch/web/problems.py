"""What went wrong, told in one shape: JSON to programs, a page with a way on to browsers.

`{"error": {"status", "code", "message", "field", "seen", "expected"}}`; `code` is kebab-case and listed in docs/web.md.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, JSONResponse, Response

from trucewatch.errors import RequestError, StoreError, TrucewatchError
from trucewatch.web.policy import HEADERS
from trucewatch.web.templating import ENVIRONMENT

LOG = logging.getLogger("trucewatch.web")
API = "/api/"
TITLES = {
    400: "This cannot be asked",
    403: "This is refused",
    404: "Nothing is here",
    405: "Not in this way",
    409: "Not now",
    413: "This is too much",
    414: "The address is too long",
    421: "Not under this name",
    500: "A mistake of ours",
    503: "The ledger cannot be read",
}


def shape(problem: RequestError) -> dict[str, Any]:
    """The one error shape."""
    return {
        "error": {
            "status": problem.status,
            "code": problem.code,
            "message": str(problem),
            "field": problem.field,
            "seen": problem.seen,
            "expected": problem.expected,
        }
    }


def answer(scope: Mapping[str, Any], problem: RequestError, headers: Mapping[str, str] | None = None) -> Response:
    """A problem as JSON, or as a page where a browser asked for one."""
    # what goes wrong outside the guard carries the policy as well
    headers = {**HEADERS, **(headers or {})}
    path = str(scope.get("path", ""))
    wants_page = "text/html" in Headers(scope=dict(scope)).get("accept", "") and not path.startswith(API)
    if not wants_page:
        return JSONResponse(shape(problem), problem.status, headers=headers)
    title = TITLES.get(problem.status, "This did not work")
    app = scope.get("app")
    is_public = app is not None and app.state.site.is_public
    known = {"theatre": app.state.site.theatre} if app is not None else {}
    page = ENVIRONMENT.get_template("problem.html").render(problem=problem, title=title, here="", is_public=is_public, **known)
    return HTMLResponse(page, problem.status, headers=headers)


def register(app: FastAPI) -> None:
    """Answer every error of an application in the one shape."""

    def answering(make: Callable[[Any], RequestError]) -> Callable[[Request, Exception], Response]:
        return lambda request, err: answer(request.scope, make(err), getattr(err, "headers", None))

    app.add_exception_handler(RequestError, answering(lambda err: err))
    app.add_exception_handler(RequestValidationError, answering(_from_validation))
    app.add_exception_handler(HTTPException, answering(_from_http))
    app.add_exception_handler(StoreError, answering(lambda err: RequestError(503, "ledger-unusable", str(err))))
    app.add_exception_handler(TrucewatchError, answering(lambda err: RequestError(400, "refused", str(err))))
    app.add_exception_handler(Exception, answering(_from_unforeseen))


def _from_validation(err: RequestValidationError) -> RequestError:
    first = err.errors()[0]
    where = [str(part) for part in first.get("loc", ())]
    field = ".".join(where[1:]) or (where[0] if where else "request")
    seen = first.get("input")
    expected = str(first.get("msg", "")).removeprefix("Value error, ")
    return RequestError(
        400,
        "bad-value",
        f"{field} cannot be {_cut(seen)}: {expected}",
        field=field,
        seen=None if seen is None else str(seen),
        expected=expected,
    )


def _from_http(err: HTTPException) -> RequestError:
    code = {404: "no-such-page", 405: "method-not-allowed"}.get(err.status_code, "refused")
    message = {404: "there is no such page", 405: "this page cannot be asked that way"}.get(err.status_code, str(err.detail))
    return RequestError(err.status_code, code, message)


def _from_unforeseen(err: Exception) -> RequestError:
    LOG.error("unforeseen error", exc_info=err)
    return RequestError(500, "unforeseen", f"an unforeseen error, please report it: {type(err).__name__}")


def _cut(seen: Any) -> str:
    text = repr(seen)
    return text if len(text) <= 80 else f"{text[:80]}…"
