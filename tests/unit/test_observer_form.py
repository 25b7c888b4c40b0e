"""Observers' reports in the shapes that field-data servers export; what is refused, dropped or doubted; the table of them."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.unit.ledger_building import utc
from trucewatch.errors import ParseError, SourceError
from trucewatch.model.records import Observation
from trucewatch.reports.osce_table import COLUMNS, coverage, violation_csv, violation_rows, wind
from trucewatch.sources.form_table import choices, questions
from trucewatch.sources.observer_form import ObserverReports, read_observations

REPORT = {
    "start": "2030-05-04T09:00:00",
    "end": "2030-05-04T09:20:00",
    "form_version": "cfm-obs-0.1",
    "observer_code": "AB-007",
    "team": "A",
    "report_kind": "fire",
    "when/event_date": "2030-05-04",
    "when/time_from": "09:10",
    "when/time_to": "09:25",
    "when/tz": "local",
    "where/position_name": "Mill hill",
    "where/position_control": "nk",
    "where/allow_gps": "yes",
    "where/position_point": "39.5 46.55 812.0 6.5",
    "where/distance_min_km": "3",
    "where/distance_max_km": "4.5",
    "where/bearing": "NNE",
    "where/event_place": "Mill",
    "where/zone": "contact_line",
    "fire/means": "saw heard",
    "fire/observation": "explosion",
    "fire/count": "20",
    "fire/count_qualifier": "about",
    "fire/description": "impact",
    "fire/weapon": "mortar_82",
    "fire/weapon_assessed": "yes",
    "fire/direction_from": "W",
    "fire/direction_to": "E",
    "harm/killed": "1",
    "harm/injured": "4",
    "harm/harm_qualifier": "at_least",
    "harm/victim": "civ_man child",
    "harm/harm_basis": "medical",
    "narrative": "Mortar rounds fell beyond the ridge.",
    "claims_by_others": "A shopkeeper spoke of more.",
    "photo_safe": "yes",
    "photo": "1.jpg",
    "consent": "given",
    "sensitivity": "restricted",
    "minutes_observed": "45",
    "meta/instanceID": "uuid:aaaa-1",
}
TODAY = date(2030, 6, 1)


def written(folder: Path, *rows: dict[str, str], name: str = "reports.csv", delimiter: str = ",") -> Path:
    columns = list(dict.fromkeys(column for row in rows for column in row))
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, fieldnames=columns, delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    path = folder / name
    path.write_text("\ufeff" + out.getvalue(), encoding="utf-8")
    return path


def read(path: Path, **options: object) -> ObserverReports:
    return read_observations(str(path), today=TODAY, **options)  # type: ignore[arg-type]


def changed(**changes: str | None) -> dict[str, str]:
    row = dict(REPORT)
    for name, value in changes.items():
        column = next(c for c in row if c.split("/")[-1] == name)
        if value is None:
            del row[column]
        else:
            row[column] = value
    return row


def test_a_report_becomes_an_arc_with_its_counts(tmp_path: Path) -> None:
    found = read(written(tmp_path, REPORT))
    assert found.issues == ()
    assert (found.rows, found.refused) == (1, 0)
    seen = found.observations[0]
    assert seen.observed_from_at == utc("2030-05-04T05:10")
    assert seen.observed_to_at == utc("2030-05-04T05:25")
    assert (seen.lat, seen.lon, seen.altitude_m, seen.accuracy_m) == (39.5, 46.55, 812.0, 6.5)
    assert (seen.bearing_deg, seen.distance_low_km, seen.distance_high_km) == (22.5, 3.0, 4.5)
    assert (seen.count_low, seen.count_high, seen.count_qualifier) == (19, 21, "about")
    assert (seen.direction_from_deg, seen.direction_to_deg) == (270.0, 90.0)
    assert (seen.means, seen.effect, seen.heading, seen.description) == (("heard", "saw"), "explosion", "incoming", "impact")
    assert (seen.weapon, seen.weapon_assessed, seen.zone) == ("mortar_82", True, "contact_line")
    assert seen.position_control == "NKR"
    assert [(f.measure, f.population, f.low, f.high, f.qualifier) for f in seen.figures] == [
        ("killed", "civilian", 1, None, "at_least"),
        ("injured", "civilian", 4, None, "at_least"),
    ]
    assert seen.attachment == "1.jpg"
    assert seen.source == f"{tmp_path / 'reports.csv'}#1"


def unfold() -> dict[str, object]:
    nested: dict[str, object] = {}
    for column, value in REPORT.items():
        *groups, name = column.split("/")
        inner = nested
        for group in groups:
            inner = inner.setdefault(group, {})  # type: ignore[assignment]
        inner[name] = value
    return nested


def central(row: dict[str, str]) -> dict[str, str]:
    flat = {column.replace("/", "-"): value for column, value in row.items()}
    for part, value in zip(
        ("Latitude", "Longitude", "Altitude", "Accuracy"), flat.pop("where-position_point").split(), strict=True
    ):
        flat[f"where-position_point-{part}"] = value
    return flat | {"SubmissionDate": "2030-05-04T10:00:00Z", "KEY": "uuid:aaaa-1", "DeviceID": "d", "ReviewState": "approved"}


def kobo(row: dict[str, str]) -> dict[str, str]:
    row = dict(row)
    means = row.pop("fire/means").split()
    row |= {f"fire/means/{means_name}": str(int(means_name in means)) for means_name in choices()["means"]}
    return row | {"_id": "77", "_uuid": "aaaa-1", "_submission_time": "2030-05-04", "_position_point_latitude": "39.5"}


def test_every_servers_shape_gives_the_same_observation(tmp_path: Path) -> None:
    first = read(written(tmp_path, REPORT)).observations[0]
    labelled = changed(weapon="82 mm mortar", zone="Line of contact", team="Team A", means="Heard")
    shapes = {
        "central.csv": written(tmp_path, central(REPORT), name="central.csv"),
        "kobo.csv": written(tmp_path, kobo(REPORT), name="kobo.csv", delimiter=";"),
    }
    point = unfold()
    where = point["where"]
    assert isinstance(where, dict)
    where["position_point"] = {"type": "Point", "coordinates": [46.55, 39.5, 812.0], "properties": {"accuracy": 6.5}}
    for name, text in {
        "flat.jsonl": json.dumps(REPORT) + "\n\n",
        "nested.jsonl": json.dumps(unfold()),
        "odata.json": json.dumps({"@odata.context": "x", "value": [point | {"__id": "uuid:aaaa-1", "__system": {"edits": 0}}]}),
        "kobo.json": json.dumps({"count": 1, "results": [kobo(REPORT)]}),
    }.items():
        shapes[name] = tmp_path / name
        shapes[name].write_text(text, encoding="utf-8")
    for name, path in shapes.items():
        found = read(path)
        assert found.issues == (), name
        assert replace(found.observations[0], source=first.source, sha256=first.sha256) == first, name
    assert read(written(tmp_path, labelled, name="labels.csv")).observations[0].weapon == "mortar_82"


def test_the_same_file_twice_gives_the_same_ids_and_an_edited_row_replaces(tmp_path: Path) -> None:
    path = written(tmp_path, REPORT, changed(count="30"))
    found = read(path)
    assert read(path).observations == found.observations
    assert [o.count_low for o in found.observations] == [28]
    assert [issue.code for issue in found.issues] == ["report-twice"]


def test_without_an_instance_id_two_reports_stay_two(tmp_path: Path) -> None:
    rows = [changed(instanceID=None), changed(instanceID=None, narrative="Another thing.")]
    assert len(read(written(tmp_path, *rows)).observations) == 2


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"observer_code": "Jane Doe"}, "no-observer-code", "observer_code"),
        ({"observer_code": None}, "missing-answer", "observer_code"),
        ({"event_date": "2020-13-45"}, "bad-date", "event_date"),
        ({"event_date": "2031-01-01"}, "future-date", "event_date"),
        ({"time_from": "late"}, "bad-time", "time_from"),
        ({"tz": "mars"}, "unknown-choice", "tz"),
        ({"means": None}, "missing-answer", "means"),
        ({"observation": "boom"}, "unknown-choice", "observation"),
        ({"minutes_observed": "0"}, "out-of-range", "minutes_observed"),
        ({"narrative": None}, "missing-answer", "narrative"),
    ],
)
def test_a_row_with_an_error_is_refused_naming_row_and_field(
    tmp_path: Path, changes: dict[str, str | None], code: str, field: str
) -> None:
    found = read(written(tmp_path, REPORT, changed(instanceID="b", **changes)))
    assert (found.rows, found.refused, len(found.observations)) == (2, 1, 1)
    errors = [issue for issue in found.issues if issue.level == "error"]
    assert [(issue.code, issue.source) for issue in errors] == [(code, f"{tmp_path / 'reports.csv'}#2")]
    assert errors[0].message.startswith(f"row 2, field {field}:")


def test_a_name_in_place_of_a_code_is_not_repeated(tmp_path: Path) -> None:
    found = read(written(tmp_path, changed(observer_code="Jane Doe")))
    assert "Jane" not in str(found.issues)


@pytest.mark.parametrize(
    ("changes", "code", "expected"),
    [
        ({"position_point": "north of here"}, "bad-position", {"lat": None, "lon": None}),
        ({"position_point": "0 0 0 0"}, "bad-position", {"lat": None}),
        ({"position_point": "91 46"}, "bad-position", {"lat": None}),
        ({"allow_gps": "no"}, "gps-not-allowed", {"lat": None, "lon": None, "altitude_m": None}),
        ({"distance_max_km": "1"}, "out-of-range", {"distance_low_km": None, "distance_high_km": None}),
        ({"distance_min_km": "99", "distance_max_km": "120"}, "out-of-range", {"distance_low_km": None}),
        ({"count": "3.5"}, "bad-number", {"count_low": None, "count_high": None}),
        ({"count": "-3"}, "bad-number", {"count_low": None}),
        ({"count": "many"}, "bad-number", {"count_low": None}),
        ({"weapon": "trebuchet"}, "unknown-choice", {"weapon": None}),
        ({"time_to": "later"}, "bad-time", {"observed_to_at": None}),
        ({"time_to": "01:00"}, "past-midnight", {"observed_to_at": utc("2030-05-04T21:00")}),
        ({"time_from": "09:10:00.000+03:00"}, "clock-conflict", {"observed_from_at": utc("2030-05-04T05:10")}),
        ({"consent": "refused"}, "no-consent", {"claims_by_others": None, "attachment": None}),
        ({"photo_safe": "no"}, None, {"attachment": None}),
        ({"weapon": "unknown", "bearing": "unknown"}, None, {"weapon": None, "bearing_deg": None}),
        ({"count_qualifier": "unknown"}, None, {"count_low": None, "count_high": None}),
        ({"count_qualifier": "at_least"}, None, {"count_low": 20, "count_high": None}),
        ({"tz": "moscow"}, None, {"observed_from_at": utc("2030-05-04T06:10")}),
        ({"killed": "0", "injured": "0"}, None, {"figures": ()}),
    ],
)
def test_what_is_dropped_or_doubted_in_a_row_that_stands(
    tmp_path: Path, changes: dict[str, str], code: str | None, expected: dict[str, object]
) -> None:
    found = read(written(tmp_path, changed(**changes)))
    assert found.refused == 0
    assert {issue.code for issue in found.issues} == ({code} if code else set())
    for name, value in expected.items():
        assert getattr(found.observations[0], name) == value


def test_the_local_clock_is_the_theatres(tmp_path: Path) -> None:
    found = read(written(tmp_path, REPORT), local_timezone="Asia/Beirut")
    assert found.observations[0].observed_from_at == utc("2030-05-04T06:10")


def test_a_patrol_that_saw_nothing_is_coverage(tmp_path: Path) -> None:
    row = {name: value for name, value in REPORT.items() if not name.startswith(("fire/", "harm/"))}
    row |= {"report_kind": "patrol", "nothing_observed": "yes"}
    found = read(written(tmp_path, row))
    assert found.issues == ()
    assert found.observations[0].nothing_observed
    assert violation_rows(found.observations) == []
    assert coverage(found.observations).quiet_reports == 1


def test_an_unknown_column_and_a_broken_line_are_said(tmp_path: Path) -> None:
    path = tmp_path / "reports.jsonl"
    path.write_text(json.dumps(REPORT | {"mood": "grim"}) + '\n{"observer_code": \n[1]\n', encoding="utf-8")
    found = read(path)
    assert [issue.code for issue in found.issues] == ["unknown-field", "broken-row", "broken-row"]
    assert (found.rows, found.refused, len(found.observations)) == (3, 2, 1)


@pytest.mark.parametrize(
    ("original", "words"),
    [
        (b"", "no report of the observer form"),
        (b"a,b\n1,2\n", "no report of the observer form"),
        (b"\xff\xfeo\x00b\x00", "not UTF-8"),
        (b"PK\x00\x03binary", "is binary"),
        (b"[]", "no report"),
        (b"{}", "no report"),
    ],
)
def test_a_file_of_another_kind_is_refused_with_what_to_do(tmp_path: Path, original: bytes, words: str) -> None:
    path = tmp_path / "reports"
    path.write_bytes(original)
    with pytest.raises(ParseError, match=words):
        read(path)


def test_a_file_that_is_not_there() -> None:
    with pytest.raises(SourceError, match="cannot be read"):
        read_observations("/nowhere/reports.csv")


def test_the_shipped_form_is_the_facts_form(shared: Path) -> None:
    facts = shared / "facts"
    with (facts / "observer_form_survey.csv").open(encoding="utf-8") as stream:
        survey = {row["name"] for row in csv.DictReader(stream) if row["name"] and not row["type"].startswith("begin_group")}
    with (facts / "observer_form_choices.csv").open(encoding="utf-8") as stream:
        listed = {(row["list_name"], row["name"], row["label"]) for row in csv.DictReader(stream)}
    assert set(questions()) == survey
    assert {(name, c.name, c.label) for name, answers in choices().items() for c in answers.values()} == listed


# --- the table ---------------------------------------------------------------------------------------------------------------


def observations(tmp_path: Path) -> tuple[Observation, ...]:
    return read(
        written(tmp_path, REPORT, changed(instanceID="b", time_from="08:00", time_to="08:30", bearing="unknown"))
    ).observations


def test_the_table_has_a_row_an_effect_in_local_time(tmp_path: Path) -> None:
    rows = violation_rows(observations(tmp_path), timezone="Asia/Baku", incident_of={})
    assert [(row["row"], row["time_from"], row["event_bearing"]) for row in rows] == [
        ("1", "08:00", "N/K"),
        ("2", "09:10", "NNE"),
    ]
    assert rows[1] | {"observation_id": ""} == {
        "row": "2",
        "observer_position": "Mill hill",
        "position_control": "NKR",
        "event_distance_km": "3-4.5",
        "event_bearing": "NNE",
        "means": "heard saw",
        "count": "19-21",
        "count_qualifier": "about",
        "observation": "explosion",
        "description": "impact",
        "direction": "from W to E",
        "weapon": "mortar_82 (assessed)",
        "date": "2030-05-04",
        "time_from": "09:10",
        "time_to": "09:25",
        "zone": "contact_line",
        "incident_id": "",
        "observation_id": "",
    }


def test_the_table_has_every_field_that_the_facts_name(shared: Path) -> None:
    lines = (shared / "facts/osce_smm_table_columns.csv").read_text(encoding="utf-8").splitlines()
    named = {
        part.strip()
        for row in csv.DictReader(line for line in lines if not line.startswith("#"))
        for part in row["our_field"].split("+")
        if part.strip()
    }
    assert named <= set(COLUMNS)


def test_the_table_names_no_observer_and_runs_no_formula(tmp_path: Path) -> None:
    seen = replace(observations(tmp_path)[0], position_name="=HYPERLINK(1)")
    text = violation_csv([seen])
    assert "AB-007" not in text
    assert "'=HYPERLINK" in text


def test_coverage_counts_overlapping_watches_of_a_post_once(tmp_path: Path) -> None:
    found = coverage(observations(tmp_path))
    # 08:00 to 08:45 and 09:10 to 09:55, 45 minutes each
    assert (found.hours, found.posts, found.teams, found.reports) == (1.5, ("Mill hill",), ("A",), 2)
    assert found.hours_by_control == (("NKR", 1.5),)
    twice = coverage([*observations(tmp_path), replace(observations(tmp_path)[0], id="again")])
    assert twice.hours == 1.5
    assert coverage([]).first_at is None


def test_winds() -> None:
    assert [wind(bearing) for bearing in (0.0, 359.0, 22.5, 191.0, None)] == ["N", "N", "NNE", "S", "N/K"]
