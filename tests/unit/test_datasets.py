"""Data sets: what they hold, the rules of the shapes they take, that Frictionless finds them sound, and what a public one keeps
back."""

from __future__ import annotations

import csv
import itertools
import json
import sqlite3
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pyogrio
import pytest
from frictionless import validate
from typer.testing import CliRunner

from tests.unit.ledger_building import THEATRE, Scene, day, figure, place
from tests.unit.test_page import HOSTILE, judged
from tests.unit.test_situation import _stored, scene_of_may_5
from trucewatch.cli import app
from trucewatch.decisions import log_path, read_log
from trucewatch.errors import ConfigError, ReleaseRefused, StoreError
from trucewatch.model.codebook import acts
from trucewatch.model.records import Claim, ClaimPlace, Incident, Issue, Ledger, Observation, Toll, Voice, When
from trucewatch.model.theatre import Theatre
from trucewatch.reports.coarse import KM_PER_DEG
from trucewatch.reports.datasets import ged
from trucewatch.reports.datasets.acled import RANKS, TYPES, acled_rows, interaction
from trucewatch.reports.datasets.export import KINDS, Release, export
from trucewatch.reports.datasets.foreign import Shapes, deaths_of
from trucewatch.reports.datasets.geo import circle, sector
from trucewatch.reports.datasets.package import NAME
from trucewatch.reports.datasets.plover import plover_lines, scores
from trucewatch.reports.datasets.rows import PublicSlices
from trucewatch.reports.datasets.schema import fields_of
from trucewatch.reports.exports import CONTRACT, rows_of
from trucewatch.reports.public import Publisher
from trucewatch.store import open_store
from trucewatch.store.slices import LedgerSlices, Slices, open_slices

AT = datetime(2030, 6, 1, 12, tzinfo=UTC)
ON = day("2030-05-05")


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    return judged(scene_of_may_5())


def release(ledger: Ledger, profile: str = "full", theatre: Theatre = THEATRE) -> Release:
    slices: Slices = LedgerSlices(ledger, size=1)
    if profile == "public":
        slices = PublicSlices(slices, Publisher(theatre, outlets=slices.outlets))
    return Release(slices=slices, theatre=theatre, profile=profile, released_at=AT)


def table(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def faults(folder: Path) -> list[str]:
    """What Frictionless finds wrong with a package, and with every file of it."""
    report = validate(str(folder / NAME))
    return [error.message for error in report.errors] + [error.message for task in report.tasks for error in task.errors]


@pytest.mark.parametrize("profile", ["public", "full"])
@pytest.mark.parametrize("kind", list(KINDS))
def test_every_data_set_is_a_sound_package_with_dictionary_and_licence(
    ledger: Ledger, tmp_path: Path, kind: str, profile: str
) -> None:
    paths = export(kind, release(ledger, profile), tmp_path / "to")
    assert faults(tmp_path / "to") == []
    package = json.loads((tmp_path / "to" / NAME).read_text())
    assert {resource["path"] for resource in package["resources"]} == {path.name for path in paths} - {NAME, "README.md"}
    assert package["licenses"][0]["name"] == (
        "other-closed" if profile == "full" else "CC-BY-SA-4.0" if kind == "plover" else "CC-BY-4.0"
    )
    for resource in package["resources"]:
        if resource["type"] == "table":
            assert all(field["description"] for field in resource["schema"]["fields"])
    assert not list((tmp_path / "to").glob(".release-*"))


@pytest.mark.parametrize("kind", list(KINDS))
def test_an_empty_ledger_gives_an_empty_and_sound_package(tmp_path: Path, kind: str) -> None:
    export(kind, release(Ledger(), "public", Theatre(name="none", title="None")), tmp_path)
    assert faults(tmp_path) == []


def test_frictionless_would_find_a_broken_link_and_a_wrong_value(ledger: Ledger, tmp_path: Path) -> None:
    export("csv", release(ledger), tmp_path)
    path = tmp_path / "incident_claims.csv"
    path.write_text(path.read_text().replace("incident-shelling", "incident-nowhere"))
    (tmp_path / "tolls.csv").write_text((tmp_path / "tolls.csv").read_text().replace(",killed,", ",lost,"))
    found = " ".join(faults(tmp_path))
    assert "foreign key" in found.casefold() or "ForeignKey" in found
    assert "constraint" in found


def test_tables_hold_what_the_ledger_holds(ledger: Ledger, tmp_path: Path) -> None:
    export("csv", release(ledger), tmp_path)
    assert {row["id"] for row in table(tmp_path, "incidents")} == {incident.id for incident in ledger.incidents}
    texts = {row["id"]: row["text"] for row in table(tmp_path, "documents")}
    for row in table(tmp_path, "claims"):
        start, end = int(row["sentence_start_char"]), int(row["sentence_end_char"])
        assert texts[row["document_id"]][start:end] == row["sentence_text"]
    tolls = {row["claimant_party"]: row for row in table(tmp_path, "tolls") if row["incident_id"]}
    assert (tolls["ALY"]["low"], tolls["ALY"]["high"]) == ("5", "")
    roles = {row["claim_id"]: row["role"] for row in table(tmp_path, "incident_claims")}
    assert sorted(roles.values()) == ["denies", "reports", "reports", "reports"]


def test_csv_escapes_what_a_spreadsheet_would_run(ledger: Ledger, tmp_path: Path) -> None:
    hostile = replace(ledger, documents=tuple(replace(d, title="=HYPERLINK(1)", outlet=HOSTILE) for d in ledger.documents))
    export("csv", release(hostile), tmp_path)
    rows = table(tmp_path, "documents")
    assert {row["title"] for row in rows} == {"'=HYPERLINK(1)"}
    assert {row["outlet"] for row in rows} == {HOSTILE}
    assert faults(tmp_path) == []


def test_parquet_keeps_types_and_meanings(ledger: Ledger, tmp_path: Path) -> None:
    export("parquet", release(ledger), tmp_path)
    found = pq.read_table(tmp_path / "tolls.parquet")
    assert found.schema.field("period_earliest").type == "date32[day]"
    assert None in found.column("high").to_pylist()
    assert found.schema.field("low").metadata[b"description"].startswith(b"Lowest")


def test_sqlite_has_plain_tables_keys_that_lead_somewhere_and_search(ledger: Ledger, tmp_path: Path) -> None:
    export("sqlite", release(ledger), tmp_path)
    conn = sqlite3.connect(tmp_path / "ledger.sqlite")
    assert conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert conn.execute("PRAGMA foreign_key_check").fetchall() == []
    assert conn.execute("PRAGMA foreign_key_list(claims)").fetchall()
    (found,) = conn.execute(
        "SELECT claims.id FROM claims JOIN claims_fts ON claims.rowid = claims_fts.rowid WHERE claims_fts MATCH 'monitors'"
    ).fetchone()
    assert found in {claim.id for claim in ledger.claims}
    conn.close()


def test_json_lines_are_the_contracts_rows(ledger: Ledger, tmp_path: Path) -> None:
    export("jsonl", release(ledger), tmp_path)
    for name in CONTRACT:
        lines = [json.loads(line) for line in (tmp_path / f"{name}.jsonl").read_text().splitlines()]
        assert sorted(map(json.dumps, lines)) == sorted(json.dumps(row) for row in rows_of(ledger, name)), name


def test_geojson_has_lon_before_lat_and_keeps_the_uncertainty(ledger: Ledger, tmp_path: Path) -> None:
    nowhere = Incident(id="incident-nowhere", act="FIRE", when=ON, places=(), claim_ids=())
    export("geojson", release(replace(ledger, incidents=(*ledger.incidents, nowhere))), tmp_path)
    features = {f["properties"]["id"]: f for f in json.loads((tmp_path / "incidents.geojson").read_text())["features"]}
    mill = features["incident-shelling"]
    assert mill["geometry"] == {"type": "Point", "coordinates": [46.55, 39.5]}
    assert (mill["properties"]["place_precision"], mill["properties"]["uncertainty_km"]) == ("settlement", 5.0)
    assert features["incident-nowhere"]["geometry"] is None
    areas = json.loads((tmp_path / "incident_areas.geojson").read_text())["features"]
    for area in areas:
        (ring,) = area["geometry"]["coordinates"]
        assert ring[0] == ring[-1]
        assert _area(ring) > 0, "RFC 7946: the outer ring runs counter-clockwise"


def _area(ring: list[list[float]]) -> float:
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in itertools.pairwise(ring)) / 2


def test_circles_and_arcs_have_their_size() -> None:
    ring = circle(40.0, 46.0, 20.0)
    assert max(lat for _, lat in ring) == pytest.approx(40 + 20 / KM_PER_DEG, abs=0.001)
    watch = Observation(
        id="o",
        observer_code="c",
        report_kind="fire",
        observed_from_at=AT,
        lat=40.0,
        lon=46.0,
        bearing_deg=90.0,
        distance_low_km=2.0,
        distance_high_km=6.0,
    )
    arc = sector(watch)
    assert arc is not None
    assert arc[0] == arc[-1]
    assert min(lon for lon, _ in arc) > 46.0
    assert _area([list(point) for point in arc]) > 0
    assert sector(replace(watch, lat=None)) is None
    whole = sector(replace(watch, bearing_deg=None))
    assert whole is not None
    assert min(lon for lon, _ in whole) < 46.0


def test_a_geopackage_has_its_layers_in_degrees(ledger: Ledger, tmp_path: Path) -> None:
    export("gpkg", release(ledger), tmp_path)
    path = str(tmp_path / "incidents.gpkg")
    assert dict(pyogrio.list_layers(path)) == {
        "incidents": "Point",
        "incident_areas": "Polygon",
        "observations": "Polygon",
    }
    info = pyogrio.read_info(path, layer="incidents")
    assert info["crs"] == "EPSG:4326"
    assert info["features"] == 2
    assert tuple(info["total_bounds"]) == (45.0, 39.5, 46.55, 40.2)


# ---- ACLED's rules


def told(*incidents: Incident, tolls: tuple[Toll, ...] = (), claims: tuple[Claim, ...] = ()) -> Ledger:
    return Ledger(incidents=incidents, tolls=tolls, claims=claims)


def an_incident(name: str = "one", act: str = "FIRE.HEAVY", at: str = "mill", **values: Any) -> Incident:
    defaults: dict[str, Any] = {
        "when": ON,
        "places": (place(at),),
        "claim_ids": ("c",),
        "attributed_to": "ZOR",
        "target": "XIA",
        "occurrence": "single_claim",
        "summary": f"{act}.",
    }
    return Incident(id=f"incident-{name}", act=act, **{**defaults, **values})


def a_toll(
    claimant: str, low: int | None, high: int | None, population: str = "all", incident: str = "one", **values: Any
) -> Toll:
    defaults: dict[str, Any] = {"victim_party": "XIA", "measure": "killed", "period": None, "claim_ids": ("c",)}
    return Toll(
        id=f"{incident}-{claimant}-{population}",
        incident_id=f"incident-{incident}",
        claimant_party=claimant,
        low=low,
        best=low,
        high=high,
        population=population,
        **{**defaults, **values},
    )


def shaped(ledger: Ledger, theatre: Theatre = THEATRE) -> tuple[list[dict[str, Any]], dict[str, str]]:
    rows, excluded = [], {}
    for name, row in acled_rows(LedgerSlices(ledger), theatre, AT):
        if name == "excluded":
            excluded[row["record_id"]] = row["reason"]
        else:
            rows.append(row)
    return rows, excluded


def test_acled_columns_types_and_names_are_those_of_the_facts(shared: Path) -> None:
    def facts(name: str) -> list[dict[str, str]]:
        text = (shared / "facts" / name).read_text(encoding="utf-8")
        return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("# ")))

    columns = [row["column"] for row in facts("acled_columns.csv")]
    assert [field.name for field in fields_of("acled_shaped")][: len(columns)] == columns
    assert [field.name for field in fields_of("ged_shaped")][:-1] == [row["column"] for row in facts("ucdp_ged_columns.csv")]
    ranked = [row["sub_event_type"] for row in facts("acled_event_types.csv")]
    assert list(RANKS) == [sub for sub in ranked if sub in RANKS]
    assert {act.acled_sub_event_type for act in acts().values()} - {""} <= set(RANKS)
    codes = json.loads((shared / "facts/acled_codes.json").read_text())
    assert [entry["text"] for entry in codes["inter"]] == list(TYPES)
    allowed = {entry["text"] for entry in codes["interaction"]}
    for one in TYPES:
        for other in (*TYPES, None):
            if {one, other} & {"Rioters", "Protesters"} and other is not None and one != other:
                continue
            assert interaction(one, other) in allowed
    events = {(row["event"], row["mode"]) for row in facts("plover_modes.csv")} | {
        (row["event"], "") for row in facts("plover_events.csv")
    }
    assert set(scores()) <= events
    printed = {(row["event"], row["mode"]): row["score"] for row in facts("plover_modes.csv")}
    for key, (_, _, score) in scores().items():
        if key in printed:
            assert score == float(printed[key]), key


def test_one_event_is_one_day_place_and_pair_of_actors_of_the_highest_type() -> None:
    rows, _ = shaped(
        told(an_incident("a"), an_incident("b", "ADVANCE.OFFENSIVE"), an_incident("c", target="ZOR;QAR", attributed_to="QAR"))
    )
    assert len(rows) == 2
    merged = next(row for row in rows if ";" in row["incident_ids"])
    assert merged["sub_event_type"] == "Armed clash"
    assert merged["incident_ids"] == "incident-a;incident-b"
    assert merged["interaction"] == "State forces-External/Other forces"
    assert (merged["time_precision"], merged["geo_precision"], merged["country"]) == (1, 1, "Xia")


def test_the_lowest_figure_stands_and_claimants_are_never_added() -> None:
    ledger = told(an_incident(), tolls=(a_toll("XIA", 9, 9), a_toll("ZOR", 2, 2), a_toll("MED", 4, None)))
    assert shaped(ledger)[0][0]["fatalities"] == 2
    sides = (a_toll("XIA", 1, 1, "civilian"), a_toll("XIA", 3, 3, "combatant"), a_toll("ZOR", 5, 5, victim_party="ZOR"))
    assert shaped(told(an_incident(), tolls=sides))[0][0]["fatalities"] == 9
    assert shaped(told(an_incident(), tolls=(a_toll("XIA", None, 30),)))[0][0]["fatalities"] == 0
    assert (
        shaped(told(an_incident(), tolls=(a_toll("XIA", 5, 5, superseded_by="x"), a_toll("ZOR", 3, 3, measure="injured"))))[0][0][
            "fatalities"
        ]
        == 0
    )


def test_dozens_are_twelve_and_a_number_for_several_places_is_split() -> None:
    dozens = Claim(
        id="c", document_id="d", start_char=0, end_char=1, sentence_start_char=0, sentence_end_char=1, act="FIRE",
        figures=(figure("dozens", 24, 99, population="all", qualifier="dozens"),),
    )  # fmt: skip
    deaths = deaths_of((a_toll("XIA", 24, 99),), {"c": dozens})
    assert (deaths.low, deaths.total, deaths.high) == (12, 12, 99)
    two = an_incident(places=(place("mill"), place("harbour")))
    rows, _ = shaped(told(two, tolls=(a_toll("XIA", 5, 5),)))
    assert sorted(row["fatalities"] for row in rows) == [2, 3]
    assert all("split evenly" in row["notes"] for row in rows)


@pytest.mark.parametrize(
    ("incident", "reason"),
    [
        (an_incident(act="CALM"), "no event for"),
        (an_incident(occurrence="unassessed", claim_ids=()), "nobody reports it"),
        (an_incident(occurrence="retracted"), "nobody reports it"),
        (an_incident(at="xia"), "not known to a region"),
        (an_incident(places=()), "not known to a region"),
        (an_incident(when=When()), "not known to a month"),
        (an_incident(when=day("2030-01-01", "2030-12-31")), "not known to a month"),
        (an_incident(places=(ClaimPlace(text="X", lat=1.0, lon=1.0, precision="settlement"),)), "country of its place"),
    ],
)
def test_what_has_no_acled_row_is_listed_with_its_reason(incident: Incident, reason: str) -> None:
    rows, excluded = shaped(told(incident))
    assert rows == []
    assert reason in excluded[incident.id]


def test_half_known_days_and_places_carry_their_precision_codes() -> None:
    rows, _ = shaped(
        told(
            an_incident("w", when=day("2030-05-01", "2030-05-07")),
            an_incident("m", at="south", when=day("2030-04-01", "2030-04-30")),
        )
    )
    assert [(row["event_date"], row["time_precision"], row["geo_precision"]) for row in rows] == [
        (date(2030, 4, 15), 3, 2),
        (date(2030, 5, 4), 2, 1),
    ]


def test_who_takes_land_decides_its_type_and_civilians_are_a_target_outside_battles() -> None:
    own = shaped(told(an_incident(act="ADVANCE.TERRITORY", attributed_to="XIA", target="QAR")))[0][0]
    foreign = shaped(told(an_incident(act="ADVANCE.TERRITORY")))[0][0]
    assert (own["sub_event_type"], foreign["sub_event_type"]) == (
        "Government regains territory",
        "Non-state actor overtakes territory",
    )
    assert own["actor2"] == "Military Forces of De facto Qar authorities"
    assert own["inter2"] == "State forces"
    hit = shaped(told(an_incident(act="FIRE.SNIPER", target="CVL")))[0][0]
    assert (hit["event_type"], hit["actor2"], hit["civilian_targeting"]) == (
        "Violence against civilians",
        "Civilians (Xia)",
        "Civilians targeted",
    )
    nobody = shaped(told(an_incident(attributed_to=None)))[0][0]
    assert (nobody["actor1"], nobody["inter1"]) == ("Unidentified Armed Group (Xia)", "Political militia")
    assert nobody["event_id_cnty"].startswith("TRW-XIA-")


# ---- UCDP GED's rules


def deadly(ledger: Ledger) -> tuple[list[dict[str, Any]], dict[str, str]]:
    rows, excluded = [], {}
    for name, row in ged.ged_rows(LedgerSlices(ledger), THEATRE):
        if name == "excluded":
            excluded[row["record_id"]] = row["reason"]
        else:
            rows.append(row)
    return rows, excluded


def test_ged_needs_a_death_two_sides_and_says_so() -> None:
    _, excluded = deadly(
        told(
            an_incident("a"),
            an_incident("b", attributed_to=None),
            an_incident("c", target=None),
            tolls=(a_toll("XIA", 1, 1, incident="b"), a_toll("XIA", 1, 1, incident="c", victim_party=None)),
        )
    )
    assert "no death in any estimate" in excluded["incident-a"]
    assert "not named" in excluded["incident-b"]
    assert "not told" in excluded["incident-c"]
    # a death in the highest estimate alone is an event
    assert len(deadly(told(an_incident(), tolls=(a_toll("XIA", None, 3),)))[0]) == 1


def test_ged_estimates_add_up_and_stand_in_order() -> None:
    tolls = (
        a_toll("XIA", 2, 2, "civilian"),
        a_toll("XIA", 4, 4, "combatant"),
        a_toll("ZOR", 1, 1, "combatant"),
        a_toll("ALY", 8, None),
    )
    (row,), _ = deadly(told(an_incident(), tolls=tolls))
    assert (row["side_a"], row["side_b"], row["type_of_violence"]) == ("Government of Xia", "Government of Zor", 1)
    assert row["best"] == row["deaths_a"] + row["deaths_b"] + row["deaths_civilians"] + row["deaths_unknown"] == 1
    assert row["deaths_a"] == 1
    assert (row["low"], row["high"]) == (1, 8)
    assert row["low"] <= row["best"] <= row["high"]


def test_ged_one_sided_and_non_state_violence() -> None:
    (killing,), _ = deadly(told(an_incident(act="CIV.ATTACK_PERSONS", target="CVL"), tolls=(a_toll("XIA", 3, 3, "civilian"),)))
    assert (killing["type_of_violence"], killing["side_a"], killing["side_b"]) == (3, "Government of Zor", "Civilians")
    (against,), _ = deadly(told(an_incident(attributed_to="QAR"), tolls=(a_toll("XIA", 3, 3),)))
    assert (against["type_of_violence"], against["side_a"], against["side_b"]) == (
        1,
        "Government of Xia",
        "De facto Qar authorities",
    )


def test_ged_precisions() -> None:
    ends = ("2030-05-01", "2030-05-06", "2030-05-07", "2030-05-31", "2030-12-31")
    assert [ged.date_precision(day("2030-05-01", end)) for end in ends] == [
        (1, date(2030, 5, 1), date(2030, 5, 1)),
        (2, date(2030, 5, 1), date(2030, 5, 6)),
        (3, date(2030, 5, 1), date(2030, 5, 7)),
        (4, date(2030, 5, 1), date(2030, 5, 31)),
        (5, date(2030, 5, 1), date(2030, 12, 31)),
    ]  # fmt: skip
    assert ged.date_precision(When()) is None
    (row,), _ = deadly(told(an_incident(at="south"), tolls=(a_toll("XIA", 3, 3),)))
    assert (row["where_prec"], row["geom_wkt"]) == (3, "POINT(46.5 39.5)")
    # the corner cells of the grid
    assert (ged.priogrid(-90, -180), ged.priogrid(-89.6, -179.6), ged.priogrid(89.9, 179.9)) == (1, 1, 259200)


# ---- PLOVER's rules


def events(ledger: Ledger) -> tuple[list[dict[str, Any]], dict[str, str]]:
    lines, excluded = [], {}
    for name, row in plover_lines(LedgerSlices(ledger), THEATRE, AT):
        if name == "excluded":
            excluded[row["record_id"]] = row["reason"]
        else:
            lines.append(row)
    return lines, excluded


def test_plover_holds_incidents_and_words_without_their_text(ledger: Ledger) -> None:
    lines, excluded = events(replace(ledger, incidents=tuple(replace(i, attributed_to="ZOR") for i in ledger.incidents)))
    shelling = next(line for line in lines if line["id"] == "incident-shelling")
    assert (shelling["event"], shelling["mode"], shelling["quad_code"], shelling["event_scale"]) == (
        ["ASSAULT"],
        ["heavy-weapons"],
        4,
        -9.5,
    )
    assert shelling["actor"] == [{"code": "ZOR", "sector": ["MIL"], "entity_text": None}]
    assert shelling["size"] == {"dead": 2}
    assert shelling["event_loc"]["resolution"] == 4
    assert "monitors" not in json.dumps(lines)
    offer = next(claim for claim in ledger.claims if claim.act == "OFFER.MONITORS")
    assert "asks for a recipient" in excluded[offer.id]


def test_a_partially_recognised_party_is_its_states_code_with_pre() -> None:
    (line,), _ = events(told(an_incident(attributed_to="QAR")))
    assert line["actor"] == [{"code": "XIA", "sector": ["PRE", "MIL"], "entity_text": None}]
    assert Shapes(THEATRE).host("QAR") == "XIA"


def test_plover_leaves_denials_calm_and_the_doubtful_score_out() -> None:
    blamed = Claim(
        id="b", document_id="doc-d", start_char=0, end_char=1, sentence_start_char=0, sentence_end_char=1, act="BLAME",
        claimant=Voice(text="Xia", party="XIA"), target=Voice(text="Zor", party="ZOR"), when=ON,
    )  # fmt: skip
    scene = Scene()
    scene.document("d", "2030-05-05")
    documents = scene.ledger().documents
    lines, excluded = events(
        Ledger(
            documents=documents, claims=(blamed, replace(blamed, id="n", stance="denies")), incidents=(an_incident(act="CALM"),)
        )
    )
    assert [(line["event"], line["event_scale"]) for line in lines] == [(["ACCUSE"], None)]
    assert "a denial is no event" in excluded["n"]
    assert "no event for" in excluded["incident-one"]


# ---- for the public


def test_public_and_full_never_lie_together(ledger: Ledger, tmp_path: Path) -> None:
    export("csv", release(ledger, "full"), tmp_path)
    with pytest.raises(ReleaseRefused, match="holds a full release, and this one is public"):
        export("csv", release(ledger, "public"), tmp_path)
    assert (tmp_path / "documents.csv").is_file()


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_public_data_set_holds_no_name_no_text_and_no_fine_point(ledger: Ledger, tmp_path: Path, kind: str) -> None:
    told_of = replace(
        ledger, documents=tuple(replace(d, text=d.text.replace("Medland offered", "Ilo Petru asked")) for d in ledger.documents)
    )
    export(kind, release(told_of, "public"), tmp_path)
    whole = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.suffix != ".gpkg")
    for secret in (b"Petru", b"46.55", b"Ridge post", b"house of"):
        assert secret not in whole, secret
    if kind == "gpkg":
        assert 46.55 not in pyogrio.read_info(str(tmp_path / "incidents.gpkg"), layer="incidents")["total_bounds"]


def test_a_ledger_that_is_not_fit_is_refused_and_nothing_is_left(ledger: Ledger, tmp_path: Path) -> None:
    class Careless(Publisher):
        def ledger(self, ledger: Ledger, *, with_texts: bool = True) -> Ledger:
            return ledger

    slices = PublicSlices(LedgerSlices(ledger), Careless(THEATRE))
    logged: list[int] = []
    with pytest.raises(ReleaseRefused, match="not fit for the public"):
        export(
            "csv", Release(slices=slices, theatre=THEATRE, profile="public", released_at=AT), tmp_path, lambda: logged.append(1)
        )
    assert list(tmp_path.iterdir()) == []
    assert logged == []


# ---- slices


def test_slices_of_a_store_are_those_of_its_ledger(ledger: Ledger, tmp_path: Path) -> None:
    issue = Issue(stage="clean", code="undated", level="info", message="x")
    whole = replace(ledger, issues=(issue,))
    with open_store(tmp_path / "t.db") as store:
        store.replace(whole)
        store.put(whole.observations)
        bare = replace(whole, documents=tuple(replace(d, text="") for d in whole.documents))
        with open_slices(store, size=2) as slices:
            other = LedgerSlices(bare, size=2)
            assert slices.outlets == other.outlets == ("Post", "Wire")
            for field in ("incidents", "claims"):
                mine = {record.id for part in getattr(slices, field)() for record in getattr(part, field)}
                assert mine == {record.id for record in getattr(whole, field)}
            assert [part.incidents for part in slices.claims()] == [
                tuple(sorted(part.incidents, key=lambda i: i.id)) for part in other.claims()
            ]
            for field in ("documents", "observations", "tolls", "controls", "violations", "issues"):
                parts = [getattr(part, field) for part in slices.flat(field)]
                assert [one for part in parts for one in part] == [
                    one for part in other.flat(field) for one in getattr(part, field)
                ]
                assert all(len(part) <= 2 for part in parts)


def test_a_run_that_writes_meanwhile_changes_nothing_of_an_export(ledger: Ledger, tmp_path: Path) -> None:
    with open_store(tmp_path / "t.db") as store, open_store(tmp_path / "t.db") as other:
        store.replace(ledger)
        with open_slices(store, size=1) as slices:
            parts = slices.incidents()
            first = next(parts)
            other.replace(replace(ledger, incidents=(), claims=(), tolls=(), violations=()))
            rest = list(parts)
            assert {one.id for part in (first, *rest) for one in part.incidents} == {one.id for one in ledger.incidents}
            assert all(part.claims for part in rest)
        with open_slices(store) as slices:
            assert list(slices.incidents()) == []


# ---- the command


def test_the_command_writes_logs_and_refuses(ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    place = _stored(tmp_path, replace(ledger, documents=ledger.documents))
    invoke = CliRunner().invoke
    done = invoke(app, ["export", "--store", str(place), "--format", "csv", "--by", "ana"])
    assert done.exit_code == 0, done.output
    assert faults(Path("export")) == []
    entries = read_log(log_path(str(place)))
    assert [(e.verdict, e.reason, e.decided_by) for e in entries] == [("export csv public", "released to export", "ana")]
    unknown = invoke(app, ["export", "--store", str(place), "--format", "poem"])
    assert isinstance(unknown.exception, ConfigError)
    assert "there are csv, jsonl" in str(unknown.exception)
    mixed = invoke(app, ["export", "--store", str(place), "--format", "csv", "--full"])
    assert isinstance(mixed.exception, ReleaseRefused)
    Path("file").write_text("")
    blocked = invoke(app, ["export", "--store", str(place), "--to", "file/here"])
    assert isinstance(blocked.exception, StoreError)
    assert "Nothing was released" in str(blocked.exception)
    assert len(read_log(log_path(str(place)))) == 1
