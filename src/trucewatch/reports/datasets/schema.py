"""The tables of the data sets by their dictionary (dictionary.csv), and the keys that hold them together."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

Row = dict[str, Any]
PACKAGE = "trucewatch.reports.datasets"
KEYS: Mapping[str, tuple[str, ...]] = {
    "documents": ("id",),
    "claims": ("id",),
    "claim_places": ("claim_id", "number"),
    "claim_figures": ("claim_id", "number"),
    "incidents": ("id",),
    "incident_claims": ("incident_id", "claim_id"),
    "incident_places": ("incident_id", "number"),
    "tolls": ("id",),
    "violations": ("id",),
    "observations": ("id",),
    "controls": ("id",),
    "acled_shaped": ("event_id_cnty",),
    "ged_shaped": ("id",),
}
# table, field, the table whose id it names
LINKS: tuple[tuple[str, str, str], ...] = (
    ("claims", "document_id", "documents"),
    ("claims", "incident_id", "incidents"),
    ("claim_places", "claim_id", "claims"),
    ("claim_figures", "claim_id", "claims"),
    ("incident_claims", "incident_id", "incidents"),
    ("incident_claims", "claim_id", "claims"),
    ("incident_places", "incident_id", "incidents"),
    ("incident_statuses", "incident_id", "incidents"),
    ("tolls", "incident_id", "incidents"),
    ("violations", "incident_id", "incidents"),
)
LEDGER_TABLES = (
    "documents",
    "incidents",
    "claims",
    "claim_places",
    "claim_figures",
    "incident_claims",
    "incident_places",
    "incident_statuses",
    "tolls",
    "violations",
    "observations",
    "controls",
    "issues",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """A field: type as Frictionless names it (string, integer, number, boolean, date, datetime), and what it means."""

    name: str
    type: str
    is_required: bool
    values: tuple[str, ...]
    description: str


@cache
def fields_of(table: str) -> tuple[Field, ...]:
    """The fields of a table, in their order."""
    return _tables()[table]


@cache
def _tables() -> dict[str, tuple[Field, ...]]:
    found: dict[str, tuple[Field, ...]] = {}
    for row in rows_of("dictionary.csv"):
        field = Field(
            name=row["field"],
            type=row["type"],
            is_required=row["need"] == "required",
            values=tuple(value for value in row["values"].split("|") if value),
            description=row["description"],
        )
        found[row["table"]] = (*found.get(row["table"], ()), field)
    return found


def rows_of(name: str) -> list[dict[str, str]]:
    """Rows of one of the package's own small tables."""
    text = files(PACKAGE).joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
