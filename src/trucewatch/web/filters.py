"""Filters in an address, read into an `IncidentFilter`; one that makes no sense is refused with its field and what would do."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Awaitable, Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from fastapi import Depends, Query, Request

from trucewatch.errors import RequestError
from trucewatch.model.codebook import acts
from trucewatch.reports.words import STATUSES
from trucewatch.store.filters import IncidentFilter
from trucewatch.web.site import SITE

LONGEST_WORDS = 400
MOST_VALUES = 40
MOST_RECORDS = 500
PARTY = re.compile(r"[A-Z]{3}")
ID = re.compile(r"[\w#.:-]{1,120}")
DAY = {"format": "date", "examples": ["2020-10-04"]}
CIVILIANS = "CVL"


def refuse(field: str, seen: object, expected: str) -> RequestError:
    """A value of a filter that makes no sense."""
    text = str(seen)
    shown = text if len(text) <= 80 else f"{text[:80]}…"
    return RequestError(400, "bad-value", f"{field} cannot be {shown!r}: {expected}", field=field, seen=text, expected=expected)


def read_day(field: str, text: str | None) -> date | None:
    """A day, YYYY-MM-DD; nothing and an empty field are no condition."""
    if not text:
        return None
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise refuse(field, text, "a day as YYYY-MM-DD, such as 2020-10-04") from None


def read_values(field: str, given: Iterable[str] | None, known: Collection[str] | None, expected: str) -> tuple[str, ...]:
    """Values given once each or joined by commas; each is one of `known`, where that is said."""
    values = tuple(dict.fromkeys(part.strip() for text in given or () for part in text.split(",") if part.strip()))
    if len(values) > MOST_VALUES:
        raise refuse(field, f"{len(values)} values", f"at most {MOST_VALUES}")
    for value in values:
        if known is not None and value not in known:
            raise refuse(field, value, expected)
    return values


def read_ids(field: str, given: Iterable[str] | None, what: str) -> tuple[str, ...]:
    """Ids, which are never looked up here: one that is not in the ledger leaves nothing."""
    values = read_values(field, given, None, what)
    for value in values:
        if not ID.fullmatch(value):
            raise refuse(field, value, what)
    return values


def read_words(text: str | None) -> str | None:
    """Words to search for."""
    words = " ".join((text or "").replace("\x00", " ").split())
    if len(words) > LONGEST_WORDS:
        raise refuse("q", words, f"words to search for, at most {LONGEST_WORDS} characters")
    return words or None


def act_codes() -> frozenset[str]:
    """Every act that a filter may name: codes and their first parts."""
    return frozenset(acts()) | {code.partition(".")[0] for code in acts()}


def read_acts(given: Iterable[str] | None) -> tuple[str, ...]:
    """Acts."""
    return read_values("act", given, act_codes(), "a code of the codebook such as FIRE.HEAVY, or its first part, FIRE")


def read_parties(field: str, given: Iterable[str] | None) -> tuple[str, ...]:
    """Party codes."""
    values = read_values(field, given, None, "")
    for value in values:
        if not PARTY.fullmatch(value):
            raise refuse(field, value, "a party's code of three capitals, such as ARM")
    return values


def read_statuses(field: str, given: Iterable[str] | None, axis: str | None = None) -> tuple[str, ...]:
    """Status codes, of one axis or of any."""
    known = [code for own, code in STATUSES if axis in (None, own)]
    return read_values(field, given, known, f"one of {', '.join(known)}")


MANY = "Several are joined by commas: any of them. "


async def incident_filter(
    site: SITE,
    from_: Annotated[
        str | None, Query(alias="from", description="The first day, included (YYYY-MM-DD).", json_schema_extra=DAY)
    ] = None,
    to: Annotated[str | None, Query(description="The last day, included (YYYY-MM-DD).", json_schema_extra=DAY)] = None,
    side: Annotated[
        list[str] | None, Query(description=f"Party codes; whoever did it, suffered it or speaks of it. {MANY}")
    ] = None,
    by: Annotated[list[str] | None, Query(description=f"Party codes: to whom it is attributed. {MANY}")] = None,
    told: Annotated[list[str] | None, Query(description=f"Party codes: who tells of it or denies it. {MANY}")] = None,
    act: Annotated[list[str] | None, Query(description=f"Acts, or their first parts (FIRE). {MANY}")] = None,
    status: Annotated[list[str] | None, Query(description=f"Headline statuses of any of the three axes. {MANY}")] = None,
    agreement: Annotated[list[str] | None, Query(description=f"Agreements that it is held against, by id. {MANY}")] = None,
    family: Annotated[list[str] | None, Query(description=f"Families of documents, by id. {MANY}")] = None,
    place: Annotated[list[str] | None, Query(description=f"Places, by the gazetteer's id. {MANY}")] = None,
    document: Annotated[list[str] | None, Query(description=f"Documents that tell of it, by id. {MANY}")] = None,
    q: Annotated[str | None, Query(description="Words that all stand in the sentence of one claim on it.")] = None,
) -> IncidentFilter:
    """The filter of an address. Raises RequestError (400) for one that makes no sense."""
    first, last = read_day("from", from_), read_day("to", to)
    if first is not None and last is not None and first > last:
        raise refuse("from", first, f"a day not after to, which is {last}")
    known = {one.id for one in site.theatre.agreements}
    named = ", ".join(sorted(known)) or "none, for this theatre has no agreement"
    wanted = IncidentFilter(
        from_day=first,
        to_day=last,
        sides=read_parties("side", side),
        doers=read_parties("by", by),
        speakers=read_parties("told", told),
        acts=read_acts(act),
        statuses=read_statuses("status", status),
        agreements=read_values("agreement", agreement, known, f"one of {named}"),
        families=read_ids("family", family, "a family's id"),
        places=read_ids("place", place, "a place's id"),
        documents=read_ids("document", document, "a document's id"),
        words=read_words(q),
    )
    return site.search(wanted)


INCIDENTS = Annotated[IncidentFilter, Depends(incident_filter)]
FILTERS = ("from", "to", "side", "by", "told", "act", "status", "agreement", "family", "place", "document", "q")


def only(*names: str) -> Any:
    """A dependency that refuses parameters of other names: a misspelt filter must not look like an answer."""

    # async, like every dependency here: a thread for each would cost more than the query
    async def check(request: Request) -> None:
        for name in request.query_params:
            if name not in names:
                known = f"one of {', '.join(names)}" if names else "none"
                shown = name if len(name) <= 80 else f"{name[:80]}…"
                message = f"there is no filter {shown!r} here: {known}"
                raise RequestError(400, "unknown-filter", message, field=shown, seen=name, expected=known)

    return Depends(check)


@dataclass(frozen=True, kw_only=True)
class Paging:
    """How many records, and from behind which: the parts of the last record's sort key."""

    limit: int
    after: tuple[str, ...] | None


def paging(parts: int) -> Callable[..., Awaitable[Paging]]:
    """A dependency that reads `limit` and `cursor`, a cursor of that many parts."""

    async def read(
        limit: Annotated[
            str, Query(description=f"How many records, 1 to {MOST_RECORDS}.", json_schema_extra={"type": "integer"})
        ] = "50",
        cursor: Annotated[str | None, Query(description="Where the next page begins, as `next` gave it.")] = None,
    ) -> Paging:
        if not (limit.isascii() and limit.isdigit() and len(limit) < 5 and 1 <= int(limit) <= MOST_RECORDS):
            raise refuse("limit", limit, f"a whole number from 1 to {MOST_RECORDS}")
        return Paging(limit=int(limit), after=read_cursor(cursor, parts) if cursor else None)

    return read


def make_cursor(*key: str) -> str:
    """A sort key as an opaque word for an address."""
    return base64.urlsafe_b64encode("\x1f".join(key).encode()).decode().rstrip("=")


def read_cursor(cursor: str, parts: int) -> tuple[str, ...]:
    """The sort key in a cursor. Raises RequestError (400) where it is none of ours."""
    try:
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,400}", cursor):
            raise ValueError
        key = tuple(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode().split("\x1f"))
        if len(key) != parts or "\x00" in "".join(key):
            raise ValueError
    except (ValueError, binascii.Error):
        raise refuse("cursor", cursor, "a cursor as the page before gave it in `next`, or none") from None
    return key
