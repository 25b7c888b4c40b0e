"""Answers of the API: pages of records with the address of the next, marked by the ledger's version for caches to keep."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from starlette.responses import Response

from trucewatch import __version__

JSON = "application/json"


def etag_of(request: Request, version: int) -> str:
    """The mark of an answer: it changes with the ledger, the address and the program."""
    asked = f"{request.url.path}?{request.url.query}\x1f{version}\x1f{__version__}\x1f{request.headers.get('host', '')}"
    return f'"{hashlib.sha256(asked.encode("utf-8", "surrogateescape")).hexdigest()[:20]}"'


def unchanged(request: Request, etag: str) -> Response | None:
    """304 where the asker has this very answer."""
    asked = request.headers.get("if-none-match", "")
    if etag in (part.strip().removeprefix("W/") for part in asked.split(",")):
        return Response(status_code=304, headers=_headers(etag))
    return None


def answer(body: str, etag: str, media_type: str = JSON) -> Response:
    """An answer that a cache may keep, asking each time whether it still holds."""
    return Response(body.encode("utf-8", "replace"), media_type=media_type, headers=_headers(etag))


def _headers(etag: str) -> dict[str, str]:
    return {"ETag": etag, "Cache-Control": "no-cache"}


def page_json(request: Request, records: Iterable[str], cursor: str | None) -> str:
    """`{"records": [...], "next": address or null}` of records that are JSON already."""
    following = None
    if cursor is not None:
        others = [(name, value) for name, value in request.query_params.multi_items() if name != "cursor"]
        following = f"{request.url.path}?{urlencode([*others, ('cursor', cursor)])}"
    return f'{{"records":[{",".join(records)}],"next":{json.dumps(following)}}}'


_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def dump(plain: Any) -> str:
    """Plain values as compact JSON."""
    return _ENCODE(plain)
