"""The read-only JSON API under /api/v1: lists by filter with cursors, single records, one error shape, ETags."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Query, Request
from starlette.responses import Response

from trucewatch.errors import RequestError
from trucewatch.model.codebook import acts
from trucewatch.model.judgements import KINDS
from trucewatch.model.records import LEVELS, MEASURES, STANCES, Claim, Decision, Document, Issue, Toll, Violation
from trucewatch.model.serial import to_plain
from trucewatch.store.filters import IncidentFilter
from trucewatch.store.paging import Condition, of_days, one_of
from trucewatch.store.reading import Reader
from trucewatch.web import models
from trucewatch.web.answers import answer, dump, etag_of, page_json, unchanged
from trucewatch.web.filters import (
    FILTERS,
    INCIDENTS,
    Paging,
    make_cursor,
    only,
    paging,
    read_acts,
    read_day,
    read_ids,
    read_parties,
    read_statuses,
    read_values,
    read_words,
    refuse,
)
from trucewatch.web.records import (
    alleged_by_agreement,
    claim_records,
    decision_records,
    document_record,
    document_row,
    incident_records,
)
from trucewatch.web.site import SITE, Site

ERRORS: dict[int | str, dict[str, Any]] = {
    400: {"model": models.Problem, "description": "A parameter makes no sense: which, what was seen, what was expected."},
    414: {"model": models.Problem, "description": "The address is too long."},
    421: {"model": models.Problem, "description": "Asked under a foreign Host name."},
    503: {"model": models.Problem, "description": "The ledger cannot be read just now."},
}
MISSING: dict[int | str, dict[str, Any]] = {404: {"model": models.Problem, "description": "There is no such record."}}
router = APIRouter(prefix="/api/v1", responses={**ERRORS, 304: {"description": "As the ETag says: not changed."}})
BY_ID = Annotated[Paging, Depends(paging(1))]
BY_DAY = Annotated[Paging, Depends(paging(2))]
ONE_OF = Annotated[list[str] | None, Query()]
ORDERS = ("newest", "oldest")


def register(app: FastAPI) -> None:
    """Add the API."""
    app.include_router(router)


def _answered(request: Request, site: Site, make: Callable[[Reader], str]) -> Response:
    """What `make` gives of one snapshot, or 304 where the asker has it."""
    with site.reading() as reader:
        version = reader.version()
        etag = etag_of(request, version)
        same = unchanged(request, etag)
        return same or answer(site.once(version, etag, lambda: make(reader)), etag)


def _one(request: Request, site: Site, what: str, record_id: str, find: Callable[[Reader], str | None]) -> Response:
    """One record, or 404 with the list where it would stand."""

    def make(reader: Reader) -> str:
        found = find(reader)
        if found is None:
            raise unknown(what, record_id, f"/api/v1/{what}s")
        return found

    return _answered(request, site, make)


def _listed(
    request: Request,
    site: Site,
    paging: Paging,
    record_type: type,
    wanted: Mapping[str, Sequence[str]],
    shape: Callable[[Reader, list[Any]], list[str]] | None = None,
    more: Callable[[Reader], Sequence[Condition]] | None = None,
) -> Response:
    def make(reader: Reader) -> str:
        rows = reader.page(
            record_type,
            {column: values for column, values in wanted.items() if values},
            limit=paging.limit + 1,
            after=paging.after[0] if paging.after else None,
            more=more(reader) if more is not None else (),
        )
        shown = rows[: paging.limit]
        records = shape(reader, shown) if shape is not None else [row.record for row in shown]
        return page_json(request, records, make_cursor(shown[-1].id) if len(rows) > len(shown) else None)

    return _answered(request, site, make)


def unknown(what: str, record_id: str, where: str) -> RequestError:
    """A record that is not there."""
    shown = record_id if len(record_id) <= 80 else f"{record_id[:80]}…"
    return RequestError(
        404,
        "unknown-id",
        f"there is no {what} {shown!r} in this ledger: {where} lists them",
        field="id",
        seen=record_id,
        expected=f"an id as {where} gives it",
    )


@router.get(
    "/incidents", response_model=models.Page[models.IncidentRecord], dependencies=[only(*FILTERS, "limit", "cursor", "order")]
)
def list_incidents(
    request: Request,
    site: SITE,
    wanted: INCIDENTS,
    paging: BY_DAY,
    order: Annotated[str, Query(description="newest or oldest first", json_schema_extra={"enum": list(ORDERS)})] = "newest",
) -> Response:
    """Incidents by day, each with its tolls. Those whose day is not known come as the oldest."""
    if order not in ORDERS:
        raise refuse("order", order, "newest or oldest")

    def make(reader: Reader) -> str:
        after = (paging.after[0], paging.after[1]) if paging.after else None
        rows = reader.incidents(wanted, limit=paging.limit + 1, after=after, newest_first=order == "newest")
        shown = rows[: paging.limit]
        cursor = make_cursor(shown[-1].first_day, shown[-1].id) if len(rows) > len(shown) else None
        return page_json(request, incident_records(reader, shown), cursor)

    return _answered(request, site, make)


@router.get("/incidents/{incident_id}", response_model=models.IncidentRecord, responses=MISSING, dependencies=[only()])
def get_incident(request: Request, site: SITE, incident_id: str) -> Response:
    """One incident. The id of one that was merged into another gives the other."""

    def find(reader: Reader) -> str | None:
        found = reader.incident_id(incident_id)
        rows = reader.incident_rows([found]) if found is not None else []
        return incident_records(reader, rows)[0] if rows else None

    return _one(request, site, "incident", incident_id, find)


@router.get(
    "/claims",
    response_model=models.Page[models.ClaimRecord],
    dependencies=[only("document", "incident", "act", "stance", "claimant", "by", "from", "to", "q", "limit", "cursor")],
)
def list_claims(
    request: Request,
    site: SITE,
    paging: BY_ID,
    document: Annotated[list[str] | None, Query(description="Documents, by id.")] = None,
    incident: Annotated[str | None, Query(description="The incident, by id; its denials too.")] = None,
    act: Annotated[list[str] | None, Query(description="Acts, or their first parts.")] = None,
    stance: Annotated[list[str] | None, Query(description="asserts, denies or confirms.")] = None,
    claimant: Annotated[list[str] | None, Query(description="The claimant's party.")] = None,
    by: Annotated[list[str] | None, Query(description="The party to whom it is attributed.")] = None,
    from_: Annotated[str | None, Query(alias="from", description="The first day of what is told.")] = None,
    to: Annotated[str | None, Query(description="The last day of what is told.")] = None,
    q: Annotated[str | None, Query(description="Words that all stand in its sentence.")] = None,
) -> Response:
    """Claims by id, each with its sentence verbatim."""
    first, last = read_day("from", from_), read_day("to", to)
    if first is not None and last is not None and first > last:
        raise refuse("from", first, f"a day not after to, which is {last}")
    days = of_days(first, last)
    codes = read_acts(act)
    wanted = {
        "act": tuple(code for code in acts() if code in codes or any(code.startswith(f"{own}.") for own in codes)),
        "document_id": read_ids("document", document, "a document's id"),
        "stance": read_values("stance", stance, STANCES, ", ".join(STANCES)),
        "claimant_party": read_parties("claimant", claimant),
        "attributed_party": read_parties("by", by),
    }
    of_incident = read_ids("incident", [incident] if incident else None, "an incident's id")

    words = site.search(IncidentFilter(words=read_words(q)))

    def more(reader: Reader) -> list[Condition]:
        found = [] if days is None else [days]
        if of_incident:
            found.append(one_of(Claim, "id", reader.claim_ids_of(of_incident[0])))
        if words.words:
            found.append(reader.filtering.words(words))
        return found

    def shape(reader: Reader, rows: list[Any]) -> list[str]:
        return claim_records(reader, [row.record for row in rows])

    return _listed(request, site, paging, Claim, wanted, shape, more)


@router.get("/claims/{claim_id}", response_model=models.ClaimRecord, responses=MISSING, dependencies=[only()])
def get_claim(request: Request, site: SITE, claim_id: str) -> Response:
    """One claim with its sentence."""

    def find(reader: Reader) -> str | None:
        rows = reader.rows(Claim, (claim_id,))
        return claim_records(reader, [rows[0].record])[0] if rows else None

    return _one(request, site, "claim", claim_id, find)


@router.get(
    "/documents",
    response_model=models.Page[models.DocumentRow],
    dependencies=[only("family", "language", "outlet", "q", "limit", "cursor")],
)
def list_documents(
    request: Request,
    site: SITE,
    paging: BY_ID,
    family: Annotated[list[str] | None, Query(description="Families, by id.")] = None,
    language: Annotated[list[str] | None, Query(description="Languages, by two letters.")] = None,
    outlet: Annotated[str | None, Query(description="The outlet's name.", max_length=200)] = None,
    q: Annotated[str | None, Query(description="Words that all stand in it.")] = None,
) -> Response:
    """Documents by id, without their texts."""
    languages = read_values("language", language, None, "")
    for code in languages:
        if not (2 <= len(code) <= 3 and code.isascii() and code.isalpha()):
            raise refuse("language", code, "a language's code of two or three letters, such as en")
    wanted = {
        "family_id": read_ids("family", family, "a family's id"),
        "language": languages,
        "outlet": (outlet.replace("\x00", ""),) if outlet else (),
    }
    words = read_words(q)

    def more(reader: Reader) -> list[Condition]:
        condition = reader.matching_documents(words) if words else None
        return [] if condition is None else [condition]

    def shape(_: Reader, rows: list[Any]) -> list[str]:
        return [document_row(row.record) for row in rows]

    return _listed(request, site, paging, Document, wanted, shape, more)


@router.get("/documents/{document_id}", response_model=models.DocumentRecord, responses=MISSING, dependencies=[only()])
def get_document(request: Request, site: SITE, document_id: str) -> Response:
    """One document with its text."""

    def find(reader: Reader) -> str | None:
        found = reader.ledger_of_documents([document_id]).documents
        return document_record(found[0]) if found else None

    return _one(request, site, "document", document_id, find)


@router.get(
    "/tolls",
    response_model=models.Page[models.TollRecord],
    dependencies=[only("incident", "measure", "claimant", "limit", "cursor")],
)
def list_tolls(
    request: Request, site: SITE, paging: BY_ID, incident: ONE_OF = None, measure: ONE_OF = None, claimant: ONE_OF = None
) -> Response:
    """Tolls, claimant by claimant: never to be added up."""
    wanted = {
        "incident_id": read_ids("incident", incident, "an incident's id"),
        "measure": read_values("measure", measure, MEASURES, f"one of {', '.join(MEASURES)}"),
        "claimant_party": read_parties("claimant", claimant),
    }
    return _listed(request, site, paging, Toll, wanted)


@router.get(
    "/violations",
    response_model=models.Page[models.ViolationRecord],
    dependencies=[only("incident", "agreement", "clause", "party", "status", "limit", "cursor")],
)
def list_violations(
    request: Request,
    site: SITE,
    paging: BY_ID,
    incident: ONE_OF = None,
    agreement: ONE_OF = None,
    clause: ONE_OF = None,
    party: ONE_OF = None,
    status: ONE_OF = None,
) -> Response:
    """Incidents against clauses. "alleged" compares what was said with a clause's words, and is no finding."""
    wanted = {
        "incident_id": read_ids("incident", incident, "an incident's id"),
        "agreement_id": read_ids("agreement", agreement, "an agreement's id"),
        "clause_id": read_ids("clause", clause, "a clause's id"),
        "party": read_parties("party", party),
        "status": read_statuses("status", status, "breach"),
    }
    return _listed(request, site, paging, Violation, wanted)


@router.get("/agreements", response_model=models.Page[models.AgreementRecord], dependencies=[only()])
def list_agreements(request: Request, site: SITE) -> Response:
    """The theatre's agreements with their clauses, and how many violations of each are recorded, by breach status."""
    return _answered(request, site, lambda reader: page_json(request, _agreements(site, reader).values(), None))


def _agreements(site: Site, reader: Reader) -> dict[str, str]:
    counts = alleged_by_agreement(reader.violation_counts())
    return {one.id: dump({**to_plain(one), "alleged": counts.get(one.id, {})}) for one in site.theatre.agreements}


@router.get("/agreements/{agreement_id}", response_model=models.AgreementRecord, responses=MISSING, dependencies=[only()])
def get_agreement(request: Request, site: SITE, agreement_id: str) -> Response:
    """One agreement with its clauses."""
    return _one(request, site, "agreement", agreement_id, lambda reader: _agreements(site, reader).get(agreement_id))


@router.get(
    "/issues",
    response_model=models.Page[models.IssueRecord],
    dependencies=[only("stage", "code", "level", "record", "limit", "cursor")],
)
def list_issues(
    request: Request,
    site: SITE,
    paging: BY_ID,
    stage: ONE_OF = None,
    code: ONE_OF = None,
    level: ONE_OF = None,
    record: ONE_OF = None,
) -> Response:
    """Doubts about the world or the data, and inputs that were refused."""
    wanted = {
        "stage": read_ids("stage", stage, "a stage's name"),
        "code": read_ids("code", code, "a code of docs/issues.md"),
        "level": read_values("level", level, LEVELS, ", ".join(LEVELS)),
        "record_id": read_ids("record", record, "a record's id"),
    }
    return _listed(request, site, paging, Issue, wanted)


@router.get("/decisions", response_model=models.Page[models.DecisionRecord], dependencies=[only("kind", "by", "limit", "cursor")])
def list_decisions(
    request: Request,
    site: SITE,
    paging: BY_ID,
    kind: ONE_OF = None,
    by: Annotated[str | None, Query(description="Who decided.", max_length=200)] = None,
) -> Response:
    """Persons' judgements, erased ones as tombstones."""
    wanted = {
        "kind": read_values("kind", kind, KINDS, ", ".join(KINDS)),
        "decided_by": (by.replace("\x00", ""),) if by else (),
    }
    return _listed(request, site, paging, Decision, wanted, lambda _, rows: decision_records(rows))
