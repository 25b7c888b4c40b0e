"""Whether a change was asked for by our own page: the browser's Origin, and a token that only our pages hold."""

from __future__ import annotations

import hmac
import secrets

from fastapi import Request

from trucewatch.errors import RequestError

# another for each start: an old page must be loaded again
TOKEN = secrets.token_urlsafe(24)


def check_same_origin(request: Request, token: str) -> None:
    """Raises RequestError (403) for a form that another site sent, or that none of our pages made."""
    own = f"{request.url.scheme}://{request.headers.get('host', '')}".casefold()
    origin = request.headers.get("origin")
    site = request.headers.get("sec-fetch-site")
    if (origin is not None and origin.casefold() != own) or (site is not None and site != "same-origin"):
        seen = origin if origin is not None and origin.casefold() != own else site
        raise RequestError(
            403,
            "foreign-origin",
            "a decision is taken on this application's own pages alone, and another site sent this one",
            field="Origin",
            seen=seen,
            expected=own,
        )
    if not hmac.compare_digest(token.encode("utf-8", "replace"), TOKEN.encode()):
        raise RequestError(
            403,
            "no-token",
            "this form is not (or no longer) one of ours: load the page again and decide anew",
            field="token",
            expected="the token of a page loaded since this server started",
        )
