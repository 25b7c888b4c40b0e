"""What the API's answers look like, for OpenAPI: the records' own fields and those that are added. They validate nothing."""

from __future__ import annotations

import dataclasses
import typing
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, create_model

from trucewatch.model.records import Claim, ClaimPlace, Decision, Document, Incident, Issue, Toll, Violation
from trucewatch.model.theatre import Agreement

R = TypeVar("R")


class ErrorFacts(BaseModel):
    """What went wrong: `field` is the part of the request, `seen` its value, `expected` what would do."""

    status: int
    code: str
    message: str
    field: str | None
    seen: str | None
    expected: str | None


class Problem(BaseModel):
    """The shape of every error."""

    error: ErrorFacts


class Page(BaseModel, Generic[R]):
    """Records, and the address of the next page, null on the last one."""

    records: list[R]
    next: str | None


def model_of(record_type: type, *, drop: tuple[str, ...] = (), **more: Any) -> Any:
    """A model of a record's fields, all of them there, without those dropped and with more."""
    hints = typing.get_type_hints(record_type)
    known = {field.name: (hints[field.name], ...) for field in dataclasses.fields(record_type) if field.name not in drop}
    added = {name: (kind, ...) for name, kind in more.items()}
    doc = (record_type.__doc__ or "").partition("\n")[0]
    config = ConfigDict(title=record_type.__name__)
    definitions: dict[str, Any] = {**known, **added}
    return create_model(f"{record_type.__name__}Record", __config__=config, __doc__=doc, **definitions)


IncidentRecord = model_of(Incident, tolls=list[Toll], changed_at=str)
ClaimRecord = model_of(
    Claim, source=str | None, sentence_text=str, evidence_text=str, incident_id=str | None, origins=list[ClaimPlace]
)
DocumentRow = model_of(Document, drop=("text", "origin_map"))
DocumentRecord = model_of(Document, drop=("origin_map",))
TollRecord = model_of(Toll)
ViolationRecord = model_of(Violation)
IssueRecord = model_of(Issue)
DecisionRecord = model_of(Decision)
AgreementRecord = model_of(Agreement, alleged=dict[str, int])
