"""What makes files a data set: a Frictionless data package with every field's meaning, a licence, and a README that says it in
words."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from trucewatch import __version__
from trucewatch.reports.datasets.schema import KEYS, LINKS, Field
from trucewatch.reports.datasets.writers import shown_fields

PROFILE_KEY = "trucewatch:release"
NAME = "datapackage.json"
MEDIA_TYPES = {
    "csv": "text/csv",
    "jsonl": "application/jsonl",
    "geojson": "application/geo+json",
    "parquet": "application/vnd.apache.parquet",
    "gpkg": "application/geopackage+sqlite3",
    "sqlite": "application/vnd.sqlite3",
    "md": "text/markdown",
}
LICENCES: Mapping[str, Mapping[str, str]] = {
    "public": {"name": "CC-BY-4.0", "title": "Creative Commons Attribution 4.0; quoted sentences belong to their publishers"},
    "full": {"name": "other-closed", "title": "For the mission alone: not for release"},
}
CREDITS = (
    {"title": "Places: GeoNames (CC BY 4.0) where they are not the theatre's own"},
    {"title": "The documents named in the data, each its publisher's own"},
)
_CHUNK = 1 << 20


def describe(
    folder: Path,
    *,
    kind: str,
    title: str,
    description: str,
    rules: str,
    profile: str,
    released_at: datetime,
    layers: Mapping[str, tuple[Field, ...]],
    licence: Mapping[str, str] | None = None,
) -> None:
    """Write datapackage.json and README.md for the files that lie in a folder.

    `layers`: fields of tables that are no CSV files, by the file's name without its ending. CSV files are described by the
    dictionary.
    """
    resources = []
    for path in sorted(folder.iterdir()):
        if path.name in (NAME, "README.md"):
            continue
        resources.append(_resource(path, profile, {p.stem for p in folder.glob("*.csv")}))
    chosen = dict(licence or LICENCES[profile])
    package = {
        "profile": "data-package",
        "name": f"trucewatch-{kind}",
        "title": title,
        "description": description,
        "version": __version__,
        "created": released_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "licenses": [chosen],
        "sources": list(CREDITS),
        PROFILE_KEY: profile,
        "resources": resources,
    }
    (folder / NAME).write_text(json.dumps(package, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    tables = {
        resource["name"]: shown_fields(resource["name"], is_public=profile == "public")
        for resource in resources
        if "schema" in resource
    }
    text = [f"# {title}", description, f"Licence: {chosen['title']} ({chosen['name']}).", rules]
    for name, fields in {**tables, **layers}.items():
        rows = [
            f"| `{f.name}` | {f.type} | {'yes' if f.is_required else ''} | {_escaped(f.description)}"
            f"{': ' + ', '.join(f'`{value}`' for value in f.values) if f.values else ''} |"
            for f in fields
        ]
        text.append("\n".join((f"## {name}\n", "| field | type | always | meaning |", "|---|---|---|---|", *rows)))
    (folder / "README.md").write_text("\n\n".join(part for part in text if part) + "\n", encoding="utf-8")


def _escaped(text: str) -> str:
    return text.replace("|", "\\|")


def _resource(path: Path, profile: str, tables: set[str]) -> dict[str, Any]:
    ending = path.suffix.lstrip(".")
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    resource: dict[str, Any] = {
        "name": path.stem.lower().replace("_", "-") if ending != "csv" else path.stem,
        "path": path.name,
        "format": ending,
        "mediatype": MEDIA_TYPES.get(ending, "application/octet-stream"),
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest.hexdigest()}",
    }
    if ending != "csv":
        return {**resource, "type": "file"}
    fields = shown_fields(path.stem, is_public=profile == "public")
    schema: dict[str, Any] = {"fields": [_field(field) for field in fields], "missingValues": [""]}
    if path.stem in KEYS:
        schema["primaryKey"] = list(KEYS[path.stem])
    keys = [
        {"fields": [name], "reference": {"resource": other, "fields": ["id"]}}
        for own, name, other in LINKS
        if own == path.stem and other in tables
    ]
    if keys:
        schema["foreignKeys"] = keys
    return {**resource, "type": "table", "profile": "tabular-data-resource", "encoding": "utf-8", "schema": schema}


def _field(field: Field) -> dict[str, Any]:
    described: dict[str, Any] = {"name": field.name, "type": field.type, "description": field.description}
    constraints: dict[str, Any] = {"required": True} if field.is_required else {}
    if field.values:
        constraints["enum"] = [int(value) for value in field.values] if field.type == "integer" else list(field.values)
    if constraints:
        described["constraints"] = constraints
    return described


def released_as(folder: Path) -> str | None:
    """Profile of the release that a folder holds already; None where it holds none."""
    try:
        found = json.loads((folder / NAME).read_text(encoding="utf-8")).get(PROFILE_KEY)
    except (OSError, ValueError, AttributeError):
        return None
    return found if isinstance(found, str) else None
