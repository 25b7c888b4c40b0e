"""An XLSForm's survey and choices, and a submission of it as field-data servers export it, brought to one flat row of texts.

Servers name columns their own way: `group/field` (Kobo, ODK Aggregate), `group-field` (ODK Central's CSV), nested objects (ODK
Central's and Kobo's JSON); a geopoint is "lat lon altitude accuracy", four columns, or GeoJSON; a choice of several is one text
with spaces, or a column a choice; a choice may come as its name or as its label. All of them are understood.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from trucewatch.errors import ParseError, SourceError

TRUE_WORDS = frozenset({"1", "true", "yes"})
GEO_PARTS = ("latitude", "longitude", "altitude", "accuracy")
# The submission's own identity, as servers name it: a report sent twice is one report.
INSTANCE = "instanceID"
INSTANCE_FIELDS = frozenset({"instanceid", "_uuid", "key", "__id"})
# What servers add of their own: read by nobody, and no doubt.
SERVER_FIELDS = frozenset(
    (
        "instancename submissiondate submitterid submittername attachmentspresent attachmentsexpected status "
        "reviewstate deviceid edits formversion formhub uuid rootuuid meta audit today username phonenumber simserial "
        "subscriberid __version__ __system geolocation"
    ).split()
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """A question. `kind` is the XLSForm type's first word, `choices` the list of a select, `relevant` its condition."""

    name: str
    kind: str
    label: str
    group: str | None
    is_required: bool
    relevant: str
    choices: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """An answer of a list; `value` what it means to us (a party code, degrees, a time zone), where that is not its name."""

    name: str
    label: str
    value: str | None


@cache
def questions() -> dict[str, Question]:
    """The form's questions by name, in order."""
    found: dict[str, Question] = {}
    groups: list[tuple[str, str]] = []
    for row in _rows("observer_survey.csv"):
        kind, _, choices = row["type"].partition(" ")
        if kind == "begin_group":
            groups.append((row["name"], row["relevant"]))
        elif kind == "end_group":
            groups.pop()
        else:
            found[row["name"]] = Question(
                name=row["name"],
                kind=kind,
                label=row["label"],
                group=groups[-1][0] if groups else None,
                is_required=row["required"] == "yes",
                relevant=row["relevant"] or (groups[-1][1] if groups else ""),
                choices=choices or None,
            )
    return found


@cache
def choices() -> dict[str, dict[str, Choice]]:
    """The form's answers by list and name."""
    found: dict[str, dict[str, Choice]] = {}
    for row in _rows("observer_choices.csv"):
        found.setdefault(row["list_name"], {})[row["name"]] = Choice(
            name=row["name"], label=row["label"], value=row["value"] or None
        )
    return found


def read_submissions(path: str) -> Iterator[tuple[int, dict[str, str], tuple[str, ...]]]:
    """Each submission of a CSV or JSON (Lines) file: its number from 1, its answers as texts by question, unknown columns.

    Raises SourceError where the file cannot be read, ParseError where it is not text or holds no submission of this form.
    """
    try:
        original = Path(path).read_bytes()
    except OSError as err:
        raise SourceError(f"the observer reports {path} cannot be read: {err.strerror or err}") from err
    try:
        text = original.decode("utf-8-sig")
    except UnicodeDecodeError as err:
        raise ParseError(f"{path} is not UTF-8 text (byte {err.start}): export it from the server as UTF-8") from err
    if "\x00" in text:
        raise ParseError(f"{path} is binary: export it from the server as CSV or JSON, not as a spreadsheet")
    found = False
    for number, raw in enumerate(_raw_rows(text, path), start=1):
        answers, unknown = _flatten(raw)
        found = found or not questions().keys().isdisjoint(answers)
        yield number, answers, unknown
    if not found:
        expected = ", ".join(list(questions())[3:8])
        raise ParseError(f"{path} holds no report of the observer form: expected columns such as {expected}")


def _raw_rows(text: str, path: str) -> Iterator[Mapping[str, Any]]:
    stripped = text.lstrip()
    if stripped.startswith(("{", "[")):
        yield from _json_rows(stripped, path)
        return
    header = stripped.split("\n", 1)[0]
    delimiter = max(",;\t", key=header.count)
    csv.field_size_limit(1 << 24)
    reader = csv.DictReader(io.StringIO(stripped, newline=""), delimiter=delimiter, restkey="__rest__")
    try:
        for row in reader:
            if any(value for value in row.values()):
                yield {key: value for key, value in row.items() if key is not None and key != "__rest__" and value is not None}
    except csv.Error as err:
        raise ParseError(f"{path} is no well-formed CSV near line {reader.line_num}: {err}") from err


def _json_rows(text: str, path: str) -> Iterator[Mapping[str, Any]]:
    try:
        whole = json.loads(text)
    except json.JSONDecodeError:
        for number, line in enumerate(text.splitlines(), start=1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except json.JSONDecodeError as err:
                yield {"__broken__": f"line {number}: {err.msg} at character {err.pos}"}
                continue
            yield row if isinstance(row, dict) else {"__broken__": f"line {number} is no JSON object"}
        return
    if isinstance(whole, dict):
        # One submission, or the envelope of a server's API.
        listed = next((whole[key] for key in ("value", "results") if isinstance(whole.get(key), list)), [whole])
    else:
        listed = whole if isinstance(whole, list) else []
    for row in listed:
        yield row if isinstance(row, dict) else {"__broken__": "a row is no JSON object"}


def _flatten(raw: Mapping[str, Any]) -> tuple[dict[str, str], tuple[str, ...]]:
    answers: dict[str, str] = {}
    parts: dict[str, dict[str, str]] = {}
    ticked: dict[str, list[str]] = {}
    unknown: list[str] = []
    for column, value in _leaves(raw):
        name, rest = _question_of(column)
        if _last_part(column) in INSTANCE_FIELDS:
            if value:
                answers[INSTANCE] = str(value).removeprefix("uuid:")
        elif column == "__broken__":
            answers["__broken__"] = str(value)
        elif name is None:
            if value not in (None, "", []) and not _is_server_field(column):
                unknown.append(column)
        elif value is None or value == "":
            continue
        elif rest and questions()[name].kind == "geopoint":
            parts.setdefault(name, {})[rest.lower()] = str(value)
        elif rest:
            if str(value).strip().lower() in TRUE_WORDS:
                ticked.setdefault(name, []).append(rest)
        elif isinstance(value, list):
            answers[name] = " ".join(str(part) for part in value)
        else:
            answers[name] = str(value).strip()
    for name, point in parts.items():
        if "latitude" in point and "longitude" in point and name not in answers:
            answers[name] = " ".join(point[part] for part in GEO_PARTS if part in point)
    for name, names in ticked.items():
        answers.setdefault(name, " ".join(names))
    return answers, tuple(unknown)


def _leaves(raw: Mapping[str, Any], prefix: str = "") -> Iterable[tuple[str, Any]]:
    for key, value in raw.items():
        column = f"{prefix}{key}"
        if isinstance(value, Mapping):
            coordinates = value.get("coordinates")
            if value.get("type") == "Point" and isinstance(coordinates, list) and len(coordinates) >= 2:
                lon, lat, *altitude = coordinates
                accuracy = (value.get("properties") or {}).get("accuracy")
                point = [
                    lat,
                    lon,
                    *(altitude or [0] if accuracy is not None else altitude),
                    *([accuracy] if accuracy is not None else []),
                ]
                yield column, " ".join(str(part) for part in point)
            else:
                yield from _leaves(value, f"{column}/")
        else:
            yield column, value


def _question_of(column: str) -> tuple[str | None, str]:
    """Question and the rest of a column's path (a choice, or a part of a point)."""
    path = [part for part in column.strip().replace("-", "/").replace(":", "/").split("/") if part]
    for position in range(len(path) - 1, -1, -1):
        if path[position] in questions():
            return path[position], "/".join(path[position + 1 :])
    if column.startswith("_"):
        for part in GEO_PARTS:
            name = column.strip("_").removesuffix(f"_{part}")
            if column.endswith(f"_{part}") and name in questions():
                return name, part
    return None, ""


def _is_server_field(column: str) -> bool:
    last = _last_part(column)
    return column.startswith("_") or last in SERVER_FIELDS or column.split("/")[0].lower() in SERVER_FIELDS or last in groups()


def _last_part(column: str) -> str:
    return column.replace("-", "/").split("/")[-1].lower()


@cache
def groups() -> frozenset[str]:
    """Names of the form's groups."""
    return frozenset(question.group for question in questions().values() if question.group is not None)


def _rows(name: str) -> list[dict[str, str]]:
    text = files("trucewatch.sources").joinpath("forms", name).read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text)))
