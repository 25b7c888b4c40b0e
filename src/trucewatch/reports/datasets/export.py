"""`export`: one data set from the slices of a ledger into a folder, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from trucewatch.errors import ReleaseRefused
from trucewatch.model.theatre import Theatre
from trucewatch.reports.datasets.acled import acled_rows
from trucewatch.reports.datasets.ged import ged_rows
from trucewatch.reports.datasets.geo import LAYERS, layer_fields, write_geojson, write_gpkg
from trucewatch.reports.datasets.package import describe, released_as
from trucewatch.reports.datasets.plover import plover_lines
from trucewatch.reports.datasets.rows import ledger_rows
from trucewatch.reports.datasets.schema import LEDGER_TABLES, Field, Row
from trucewatch.reports.datasets.writers import (
    CsvWriter,
    JsonLinesWriter,
    ParquetWriter,
    SqliteWriter,
    Writer,
    shown_fields,
)
from trucewatch.reports.exports import CONTRACT, contract_rows
from trucewatch.reports.release import staged
from trucewatch.store.slices import Slices

SHARE_ALIKE = {"name": "CC-BY-SA-4.0", "title": "Creative Commons Attribution-ShareAlike 4.0, as PLOVER's codes"}
_NOT_THEIRS = "Made by trucewatch: neither data of {0} nor reviewed by {0}, and no identifier of {0} is used."


@dataclass(frozen=True, kw_only=True, slots=True)
class Release:
    """What a data set is made of and for whom. `profile`: public or full; the slices of a public one are public already."""

    slices: Slices
    theatre: Theatre
    profile: str
    released_at: datetime

    @property
    def is_public(self) -> bool:
        """Whether it is for the public."""
        return self.profile == "public"


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """A data set: title, what it is, its rules in words, and what writes its files and gives the fields of those that are no
    CSV."""

    title: str
    description: str
    rules: str
    write: Callable[[Release, Path], Mapping[str, tuple[Field, ...]]]
    licence: Mapping[str, str] | None = None


def export(kind: str, release: Release, folder: Path, log: Callable[[], object] = lambda: None) -> tuple[Path, ...]:
    """Write a data set of a kind (of KINDS) with its data package into a folder; gives the paths.

    `log` is called once everything is written and nothing is in place. Raises ReleaseRefused where a public release would hold
    what it must not, or would lie beside files of a full one; StoreError where the folder cannot be written.
    """
    made = KINDS[kind]
    before = released_as(folder)
    if before is not None and before != release.profile:
        raise ReleaseRefused(
            f"{folder} holds a {before} release, and this one is {release.profile}: they must not lie together. Choose another "
            f"folder"
        )
    with staged(folder, log) as (aside, placed):
        layers = made.write(release, aside)
        describe(
            aside,
            kind=kind,
            title=f"{release.theatre.title}: {made.title}",
            description=made.description,
            rules=made.rules,
            profile=release.profile,
            released_at=release.released_at,
            layers=layers,
            licence=made.licence if release.is_public else None,
        )
    return tuple(placed)


def _put(writer: Writer, rows: Iterable[tuple[str, Row]]) -> None:
    with closing(writer):
        for table, row in rows:
            writer.write(table, row)


def _fields(tables: Iterable[str], release: Release) -> dict[str, tuple[Field, ...]]:
    return {table: shown_fields(table, is_public=release.is_public) for table in tables}


def _csv(release: Release, folder: Path) -> Mapping[str, tuple[Field, ...]]:
    _put(CsvWriter(folder, LEDGER_TABLES, is_public=release.is_public), ledger_rows(release.slices))
    return {}


def _parquet(release: Release, folder: Path) -> Mapping[str, tuple[Field, ...]]:
    _put(ParquetWriter(folder, LEDGER_TABLES, is_public=release.is_public), ledger_rows(release.slices))
    return _fields(LEDGER_TABLES, release)


def _sqlite(release: Release, folder: Path) -> Mapping[str, tuple[Field, ...]]:
    _put(SqliteWriter(folder, LEDGER_TABLES, is_public=release.is_public), ledger_rows(release.slices))
    return _fields(LEDGER_TABLES, release)


def _jsonl(release: Release, folder: Path) -> Mapping[str, tuple[Field, ...]]:
    def rows() -> Iterator[tuple[str, Row]]:
        for table, row in contract_rows(release.slices):
            if release.is_public and table == "documents":
                row = {**row, "text": None}
            yield table, row

    _put(JsonLinesWriter(folder, CONTRACT), rows())
    return {}


def _geojson(release: Release, folder: Path) -> Mapping[str, tuple[Field, ...]]:
    write_geojson(release.slices, folder)
    return {layer: layer_fields(layer) for layer in LAYERS}


def _gpkg(release: Release, folder: Path) -> Mapping[str, tuple[Field, ...]]:
    write_gpkg(release.slices, folder)
    return {layer: layer_fields(layer) for layer in LAYERS}


def _acled(release: Release, folder: Path) -> Mapping[str, tuple[Field, ...]]:
    rows = acled_rows(release.slices, release.theatre, release.released_at)
    _put(CsvWriter(folder, ("acled_shaped", "excluded"), is_public=release.is_public), rows)
    return {}


def _ged(release: Release, folder: Path) -> Mapping[str, tuple[Field, ...]]:
    rows = ged_rows(release.slices, release.theatre)
    _put(CsvWriter(folder, ("ged_shaped", "excluded"), is_public=release.is_public), rows)
    return {}


def _plover(release: Release, folder: Path) -> Mapping[str, tuple[Field, ...]]:
    lines, reasons = JsonLinesWriter(folder, ("plover",)), CsvWriter(folder, ("excluded",), is_public=release.is_public)
    with closing(lines), closing(reasons):
        for table, row in plover_lines(release.slices, release.theatre, release.released_at):
            (lines if table == "plover" else reasons).write(table, row)
    return {}


_LEDGER = (
    "Who says what happened, where and when, who denies it, and which clause of which agreement it would breach. A claim is "
    "what somebody "
    "said, not what happened; an incident is as well known as its statuses say."
)
_LEDGER_RULES = (
    "Casualties are each claimant's own: never add them across claimants, nor civilians to combatants. Empty means not known, "
    "never zero. "
    "Days are inclusive. Positions stand for what `precision` says, and the place may lie `uncertainty_km` away."
)
KINDS: Mapping[str, Kind] = {
    "csv": Kind(title="the ledger as tables", description=_LEDGER, rules=_LEDGER_RULES, write=_csv),
    "jsonl": Kind(title="the ledger as JSON Lines", description=_LEDGER, rules=_LEDGER_RULES, write=_jsonl),
    "parquet": Kind(title="the ledger as Parquet", description=_LEDGER, rules=_LEDGER_RULES, write=_parquet),
    "sqlite": Kind(title="the ledger as SQLite", description=_LEDGER, rules=_LEDGER_RULES, write=_sqlite),
    "geojson": Kind(title="incidents as GeoJSON", description=_LEDGER, rules=_LEDGER_RULES, write=_geojson),
    "gpkg": Kind(title="incidents as GeoPackage", description=_LEDGER, rules=_LEDGER_RULES, write=_gpkg),
    "acled": Kind(
        title="incidents in ACLED's shape",
        description=_NOT_THEIRS.format("ACLED"),
        rules=(
            "One row is one day, one place, one pair of actors, and of several types the highest-ranked. `fatalities` is the "
            "lowest figure "
            "told, 0 where none is told; a number for several places is split evenly. Threats, demands, calm, denials alone "
            "and sums over "
            "a period have no row; `excluded.csv` says of every incident without one why."
        ),
        write=_acled,
    ),
    "ucdp-ged": Kind(
        title="deadly incidents in the shape of UCDP GED",
        description=_NOT_THEIRS.format("UCDP"),
        rules=(
            "At least one death in any estimate, and both sides named. `best` is the lowest claimant's, by who the dead were; "
            "`low` and "
            "`high` are the lowest and highest of all claimants. `excluded.csv` says of every incident without a row why. The "
            "numbers of "
            "countries and the regions are general knowledge, not checked against UCDP's own lists."
        ),
        write=_ged,
    ),
    "plover": Kind(
        title="events in PLOVER's exchange form",
        description=_NOT_THEIRS.format("PLOVER's authors"),
        rules=(
            "One JSON object a line. Incidents and verbal acts; texts are not given, only the offsets of their sentences. The "
            "scale printed "
            "for ACCUSE in PLOVER's manual is doubtful and left out. `excluded.csv` says what has no line, and why."
        ),
        write=_plover,
        licence=SHARE_ALIKE,
    ),
}
