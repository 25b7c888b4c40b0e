"""Ledgers for the public: nobody named but officials, places coarse or moved inside their zones, and the gate that refuses."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.ledger_building import THEATRE, Scene, day, place, utc
from tests.unit.test_page import judged
from trucewatch.config.findings import Finding
from trucewatch.config.zones import read_zones
from trucewatch.errors import ReleaseRefused
from trucewatch.model.records import ClaimPlace, Ledger, Observation, Voice
from trucewatch.model.theatre import Zone
from trucewatch.reports.atlas import Atlas
from trucewatch.reports.coarse import Coarsener, is_guarded
from trucewatch.reports.masking import NOT_NAMED, Mask
from trucewatch.reports.public import Publisher, public_source
from trucewatch.text.redaction import BLACK
from trucewatch.text.worldplaces import world_places

MASK = Mask(THEATRE)
ON = date(2030, 5, 5)


def square(name: str, code: str, lat: float, lon: float, size: float = 0.5, **days: date) -> Zone:
    ring = ((lat, lon), (lat + size, lon), (lat + size, lon + size), (lat, lon + size), (lat, lon))
    return Zone(name=name, kind="control", code=code, rings=(ring,), **days)


@pytest.mark.parametrize(
    ("text", "gone", "stays"),
    [
        ("Vessa Torrin, 12, was killed in Mill on Sunday.", ("Vessa", "Torrin"), ("Mill", "Sunday", "12")),
        ("Ana Speaker said that Ana Torrin had died.", ("Torrin",), ("Ana Speaker",)),
        ("A nurse, Speaker's cousin Ilo, fled to Harbour.", ("Ilo",), ("Harbour",)),
        ("Xian troops buried J. Torrin near the Bridge.", ("J.", "Torrin"), ("Xian", "Bridge")),
        ("ILO TORRIN DIED, the MLRS crew fled.", ("ILO", "TORRIN"), ("MLRS",)),
        ("The UAV fell on Harbour, the Xian defence ministry said.", (), ("UAV", "Xian defence ministry")),
    ],
)
def test_unknown_names_go_and_known_ones_stay(text: str, gone: tuple[str, ...], stays: tuple[str, ...]) -> None:
    masked = MASK.text(text)
    assert len(masked) == len(text)
    for name in gone:
        assert name.rstrip(".") not in masked.replace("Ana Speaker", "")
    for name in stays:
        assert name in masked


@given(st.text(alphabet="abcXYZ .,'-éÉ\n", max_size=60))
def test_masking_keeps_lengths_and_twice_is_once(text: str) -> None:
    masked = MASK.text(text)
    assert len(masked) == len(text)
    assert MASK.text(masked) == masked
    assert all(one in (other, BLACK) for one, other in zip(masked, text, strict=True))


def test_a_voice_without_a_name_is_still_described() -> None:
    assert MASK.voice("Vessa Torrin") == NOT_NAMED
    assert MASK.voice("a neighbour, Vessa Torrin").startswith("a neighbour, ")
    assert MASK.voice("residents of Mill") == "residents of Mill"


def test_without_zones_a_place_takes_its_parents_centre_and_precision() -> None:
    coarse = Coarsener(THEATRE, b"").place(place("mill"), ON)
    assert (coarse.lat, coarse.lon, coarse.precision) == (39.5, 46.5, "district")
    assert coarse.name == "Mill"
    orphan = replace(THEATRE, places=tuple(replace(p, parents=()) for p in THEATRE.places))
    assert Coarsener(orphan, b"").place(place("mill"), ON).lat is None
    unknown = ClaimPlace(text="Nowhere", lat=1.0, lon=2.0, precision="exact")
    assert Coarsener(THEATRE, b"").place(unknown, ON).lat is None


def test_a_place_of_the_worlds_table_is_coarsened_by_its_own_first_level_area() -> None:
    rows = [row for name in ("Leninakan", "Bnakavan", "Yelabuga", "Bsharri", "Zgharta") for row in world_places().lookup(name)]
    row = next(row for row in rows if row.kind == "settlement" and row.admin1 and 0 < row.population < 100_000)
    told = ClaimPlace(
        text=row.name, name=row.name, place_id=f"geonames-{row.id}", lat=row.lat, lon=row.lon, precision="settlement"
    )
    area = world_places().admin1_areas[row.admin1]
    coarse = Coarsener(THEATRE, b"").place(told, ON)
    assert (coarse.lat, coarse.lon, coarse.precision) == (area.lat, area.lon, "region")
    assert Atlas(THEATRE).country(told) == row.country


def test_a_large_town_and_a_district_stand_for_themselves() -> None:
    large = replace(THEATRE, places=tuple(replace(p, population=200_000) if p.id == "mill" else p for p in THEATRE.places))
    assert Coarsener(large, b"").place(place("mill"), ON) == place("mill")
    assert Coarsener(THEATRE, b"").place(place("south"), ON) == place("south")


def test_with_zones_a_place_moves_the_same_way_each_time_and_never_over_a_line() -> None:
    # Mill lies one kilometre inside the zone
    zoned = replace(THEATRE, zones=(square("west", "QAR", 39.3, 46.06), square("east", "XIA", 39.3, 46.56)))
    moved = Coarsener(zoned, b"secret").place(place("mill"), ON)
    assert moved == Coarsener(zoned, b"secret").place(place("mill"), ON)
    assert moved != Coarsener(zoned, b"other").place(place("mill"), ON)
    assert (moved.lat, moved.lon) != (39.5, 46.55)
    for number in range(60):
        one = Coarsener(zoned, bytes([number])).place(place("mill"), ON)
        assert one.lat is not None
        assert one.lon is not None
        assert 46.06 <= one.lon < 46.56
        assert abs(one.lat - 39.5) < 0.05


def test_a_zone_holds_only_in_its_days_and_elsewhere_the_parent_stands() -> None:
    zoned = replace(THEATRE, zones=(square("west", "QAR", 39.3, 46.3, until=date(2030, 5, 5)),))
    assert Coarsener(zoned, b"k").place(place("mill"), date(2030, 5, 4)).precision == "settlement"
    assert Coarsener(zoned, b"k").place(place("mill"), ON).precision == "district"


def test_places_that_would_betray_people_lose_their_names() -> None:
    assert is_guarded("CIV.DETENTION", ON, None)
    assert is_guarded("FORCE.BUILDUP", ON, date(2030, 5, 6))
    assert not is_guarded("FORCE.BUILDUP", ON, date(2030, 5, 9))
    assert not is_guarded("FIRE.HEAVY", ON, date(2030, 5, 6))
    guarded = Coarsener(THEATRE, b"").place(place("mill"), ON, guarded=True)
    assert (guarded.name, guarded.text, guarded.place_id) == ("South", "South", "south")
    alone = Coarsener(THEATRE, b"").place(replace(place("mill"), place_id=None), ON, guarded=True)
    assert (alone.name, alone.lat) == ("place withheld", None)


def ledger_with_names() -> Ledger:
    scene = Scene()
    scene.document("doc", "2030-05-05", outlet="Wire")
    claim = scene.say(
        "doc",
        "Vessa Torrin was beaten in Mill, her aunt Ilo Torrin said.",
        "CIV.DETENTION",
        "ilo torrin",
        "ZOR",
        "XIA",
        ("mill",),
        day("2030-05-05"),
    )
    scene.claims[0] = replace(
        claim, claimant=Voice(text="Ilo Torrin", start_char=42, end_char=52, name="Ilo Torrin"), reasons=("Ilo",)
    )
    scene.link("one", *scene.claims)
    scene.observations.append(
        Observation(
            id="obs-1",
            observer_code="OB-1",
            report_kind="fire",
            observed_from_at=utc("2030-05-05T06:00"),
            position_name="Ridge",
            lat=39.51,
            lon=46.52,
            team="A",
            sensitivity="public",
            consent="refused",
            narrative="Vessa told us.",
            attachment="1.jpg",
        )
    )
    ledger = judged(scene)
    return replace(
        ledger, documents=tuple(replace(d, source="/home/ana/x.txt", input_path="/home/ana/x.txt") for d in ledger.documents)
    )


def test_a_public_ledger_names_nobody_and_passes_its_own_gate() -> None:
    ledger = ledger_with_names()
    publisher = Publisher(THEATRE)
    public = publisher.ledger(ledger)
    publisher.check(public)
    whole = repr(public)
    for name in ("Vessa", "Torrin", "Ilo", "/home/ana", "Ridge", "1.jpg", "Mill"):
        assert name not in whole.replace("observer_code", ""), name
    assert public.documents[0].source == "x.txt"
    assert len(public.documents[0].text) == len(ledger.documents[0].text)
    assert publisher.ledger(public).documents == public.documents


def test_a_person_who_was_read_as_a_place_is_not_named_and_an_unknown_village_is() -> None:
    ledger = ledger_with_names()
    person = ClaimPlace(text="Ilo Torrin", place_id=None, name="Ilo Torrin", lat=None, lon=None, precision=None, confidence=0.1)
    village = replace(person, text="Orlovka", name="Orlovka")
    wrong = replace(
        ledger,
        claims=tuple(replace(claim, act="FIRE", places=(person, village)) for claim in ledger.claims),
        incidents=tuple(
            replace(incident, act="FIRE", places=(person, village), summary="Fire, Ilo Torrin and Orlovka, 5 May 2030")
            for incident in ledger.incidents
        ),
    )
    publisher = Publisher(THEATRE)
    public = publisher.ledger(wrong)
    publisher.check(public)
    assert "Torrin" not in repr(public)
    assert [place.name for place in public.claims[0].places] == [None, "Orlovka"]
    assert "Orlovka" in public.incidents[0].summary


def test_the_gate_refuses_a_ledger_that_was_not_made_public() -> None:
    with pytest.raises(ReleaseRefused) as refused:
        Publisher(THEATRE).check(ledger_with_names())
    for part in ("gives a place to settlement", "names somebody who is no official", "where an observer stood", "source's words"):
        assert part in str(refused.value)


def test_paths_lose_their_folders_and_addresses_stay() -> None:
    assert public_source("/home/ana/news/one.txt") == "one.txt"
    assert public_source("C:\\Users\\ana\\one.txt") == "one.txt"
    assert public_source("https://example.org/a/one") == "https://example.org/a/one"


def test_zones_are_read_and_mistakes_told(tmp_path: Path) -> None:
    path = tmp_path / "zones.geojson"
    ring = [[46.0, 39.0], [47.0, 39.0], [47.0, 40.0], [46.0, 39.0]]

    def feature(kind: str, code: str, ring: list[list[float]] = ring, **more: str) -> dict[str, object]:
        return {
            "type": "Feature",
            "properties": {"kind": kind, "code": code, **more},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }

    features = [
        feature("control", "QAR", name="west", until="2030-06-01"),
        feature("clause", "NEW#3"),
        feature("border", "QAR"),
        feature("control", "???"),
        feature("control", "QAR", ring[:3]),
        feature("control", "QAR", [[46.0, 99.0], *ring[1:3], [46.0, 99.0]]),
        feature("control", "QAR", since="soon"),
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    findings: list[Finding] = []
    zones = read_zones(path, "zones.geojson", findings, ("QAR",), ("NEW#3",))
    assert [(zone.name, zone.kind, zone.until) for zone in zones] == [
        ("west", "control", date(2030, 6, 1)),
        ("NEW#3", "clause", None),
    ]
    assert zones[0].rings[0][0] == (39.0, 46.0)
    assert len(findings) == 5
    path.write_text("{")
    assert read_zones(path, "zones.geojson", findings, (), ()) == ()
    assert "no GeoJSON" in str(findings[-1])
