"""One row of a table of documents: from its bytes to its values, the same for the reader and for the cleaner."""

from __future__ import annotations

import csv
import io
import json
from typing import Any
from urllib.parse import quote, unquote

from trucewatch.text.charset import decode

JSON_TYPE = "application/json"
CSV_TYPE = "text/csv"


def parse_json_row(row: bytes) -> dict[str, Any]:
    """The object of one JSON line. Raises ValueError (also where it is another JSON value, or nested beyond reading)."""
    try:
        values = json.loads(decode(row)[0])
    except RecursionError as err:
        raise ValueError("nested too deep") from err
    if not isinstance(values, dict):
        raise ValueError(f"a JSON {type(values).__name__}, not an object with url, text...")
    return values


def csv_type(columns: list[str], delimiter: str) -> str:
    """Media type of a CSV row, which carries what its header said."""
    return f"{CSV_TYPE}; delimiter={quote(delimiter, safe='')}; columns={quote(delimiter.join(columns), safe='')}"


def parse_csv_row(row: bytes, media_type: str) -> dict[str, Any]:
    """A row's values by column, from a media type that `csv_type` made. Raises ValueError where it is no row."""
    parameters = dict(part.strip().split("=", 1) for part in media_type.split(";")[1:] if "=" in part)
    delimiter = unquote(parameters.get("delimiter", ",")) or ","
    columns = unquote(parameters.get("columns", "")).split(delimiter)
    text = decode(row)[0].replace("\x00", "")
    try:
        values = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), None)
    except csv.Error as err:
        raise ValueError(str(err)) from err
    if not values:
        raise ValueError("an empty row")
    return dict(zip(columns, values, strict=False))


def body_of(values: dict[str, Any]) -> tuple[str, bool] | None:
    """A row's text and whether it is HTML; None where it has neither."""
    for column in ("text", "html"):
        value = values.get(column)
        if isinstance(value, str) and value.strip():
            return value, column == "html"
    return None
