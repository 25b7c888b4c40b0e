"""The map's layers: what may be drawn of a place, columns, overlays, cards; and what a mistaken request gets."""

from __future__ import annotations

import base64
import gzip
import json
import threading
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.unit.web_site import HOME, HOSTILE, TOLD, fill, make_site, observation, small_ledger
from trucewatch.model.codebook import acts
from trucewatch.model.records import ClaimPlace, ControlClaim, Ledger, When
from trucewatch.model.theatre import Holding, Place, Theatre
from trucewatch.reports.chart import grade_of
from trucewatch.reports.coarse import is_guarded
from trucewatch.reports.map_columns import ACT_GROUPS, group_of, make_columns, slim_of
from trucewatch.reports.map_overlays import agreement_bands, control_rows, observation_arcs, place_labels
from trucewatch.reports.map_places import MapPlaces
from trucewatch.reports.words import GRADES, STATUSES, Names
from trucewatch.store import open_store
from trucewatch.text.geodesy import distance_km
from trucewatch.web import layers
from trucewatch.web.built import BuiltFiles

VILLAGES = tuple(
    Place(id=f"v{n}", kind="settlement", names=(f"Village {n}",), lat=40.0 + n / 20, lon=46.0, parents=("valley",))
    for n in range(5)
)
LAND = Theatre(
    name="land",
    title="Land",
    places=(
        Place(id="valley", kind="region", names=("Valley",), precision="region"),
        Place(id="town", kind="settlement", names=("Town", "Stadt"), lat=40.1, lon=46.1, parents=("county",), population=30_000),
        Place(id="county", kind="district", names=("County",), lat=40.2, lon=46.2, precision="district", parents=("valley",)),
        Place(id="hamlet", kind="settlement", names=("Hamlet",), parents=("county",)),
        Place(id="gate", kind="site", names=("Gate",), lat=40.11, lon=46.12, precision="exact", parents=("town", "county")),
        Place(id="nowhere", kind="settlement", names=("Nowhere",)),
        *VILLAGES,
    ),
)
PLACES = MapPlaces(LAND)


def named(place_id: str, **more: Any) -> ClaimPlace:
    place = next(p for p in LAND.places if p.id == place_id)
    values = {"text": place.names[0], "name": place.names[0], "place_id": place_id, "lat": place.lat, "lon": place.lon}
    return ClaimPlace(**{**values, "precision": place.precision, **more})


class TestPlaces:
    def test_a_settlement_is_its_point(self) -> None:
        area = PLACES.area_of(named("town"))
        assert (area.lat, area.lon, area.radius_km, area.within) == (40.1, 46.1, 0.0, None)

    def test_a_district_is_as_wide_as_it_is_uncertain(self) -> None:
        assert PLACES.area_of(named("county")).radius_km == 20.0

    def test_a_village_without_a_position_is_its_parents_area(self) -> None:
        area = PLACES.area_of(named("hamlet"))
        assert (area.lat, area.lon, area.radius_km, area.within) == (40.2, 46.2, 20.0, "County")

    def test_a_region_without_a_position_spans_the_places_in_it(self) -> None:
        area = PLACES.area_of(named("valley"))
        assert area.lat is not None
        assert area.lon is not None
        reached = [distance_km(area.lat, area.lon, p.lat or 0, p.lon or 0) for p in VILLAGES]
        assert area.radius_km >= 20.0
        assert sum(km <= area.radius_km for km in reached) >= 4

    def test_what_is_more_exact_than_a_settlement_is_never_drawn_there(self) -> None:
        area = PLACES.area_of(named("gate"))
        assert area.within == "Town"
        assert (area.lat, area.lon) == (40.1, 46.1)
        # a point from the text alone, with no place of the gazetteer behind it
        bare = PLACES.area_of(ClaimPlace(text="a post", lat=40.123, lon=46.321, precision="exact"))
        assert (bare.lat, bare.lon) == (None, None)

    @pytest.mark.parametrize("precision", ["country", None])
    def test_a_country_or_a_mere_name_is_not_drawn(self, precision: str | None) -> None:
        area = PLACES.area_of(ClaimPlace(text="Land", lat=40.0, lon=46.0, precision=precision))
        assert (area.lat, area.lon) == (None, None)
        assert PLACES.area_of(named("nowhere")).lat is None

    @pytest.mark.parametrize("act", ["SGBV", "CIV.DETENTION", "POW.ILL_TREATMENT"])
    def test_an_act_that_would_betray_its_victims_has_its_parents_area_and_no_village(self, act: str) -> None:
        area = PLACES.area_of(named("town"), is_guarded=is_guarded(act, None, None))
        assert (area.name, area.radius_km) == ("County", 20.0)
        assert PLACES.area_of(named("nowhere"), is_guarded=True).name == "place withheld"

    def test_where_other_machines_reach_it_no_village_has_a_point(self) -> None:
        shared = MapPlaces(LAND, is_shared=True)
        area = shared.area_of(named("town"))
        assert (area.lat, area.lon, area.radius_km) == (40.2, 46.2, 20.0)
        assert shared.area_of(replace(named("nowhere"), lat=40.3, lon=46.3)).lat is None

    def test_the_same_place_gives_the_same_area(self) -> None:
        assert PLACES.area_of(named("hamlet")) == MapPlaces(LAND).area_of(named("hamlet"))


def record(**values: Any) -> str:
    whole = {"act": "FIRE.HEAVY", "when": {"earliest": "2030-05-01", "latest": "2030-05-01"}, "places": [], **values}
    return json.dumps(whole)


def columns(*rows: tuple[str, str], agreements: dict[str, tuple[str, ...]] | None = None) -> dict[str, Any]:
    slim = ((key, slim_of(text)) for key, text in rows)
    made = make_columns(slim, agreements or {}, PLACES, lambda code: {"XIA": "Xia"}.get(code), "7")
    body: dict[str, Any] = json.loads(made.body)
    return body


class TestColumns:
    def test_rows_are_numbers_into_small_tables(self) -> None:
        town = {"text": "Stadt", "name": "Town", "place_id": "town", "lat": 40.1, "lon": 46.1, "precision": "settlement"}
        one = "inc-" + "00" * 7 + "01"
        two = "inc-" + "00" * 7 + "02"
        body = columns(
            (one, record(places=[town], attributed_to="XIA;ZOR", parties_asserting=["ZOR"], families=2, occurrence="contested")),
            (
                two,
                record(
                    when={"earliest": "2030-05-04", "latest": "2030-05-06"},
                    act="AIR.STRIKE",
                    places=[town, {**town, "role": "origin"}],
                ),
            ),
            agreements={two: ("truce",)},
        )
        assert body["count"] == 2
        assert body["version"] == "7"
        assert base64.b64decode(body["ids"])[7] == 1
        assert body["columns"]["day"] == [0, 3]
        assert body["columns"]["span"] == [0, 2]
        assert body["columns"]["place"] == [0, 0]
        assert body["more_places"] == {}
        assert body["sides"] == [["XIA", "ZOR"], []]
        assert body["parties"] == [["XIA", "Xia"], ["ZOR", "ZOR"]]
        assert body["agreement_sets"] == [[], ["truce"]]
        assert body["acts"][1] == ["AIR.STRIKE", "Air strike", "air"]
        assert body["statuses"][0][2] == [grade for grade, _, _ in GRADES].index(grade_of("contested"))

    def test_what_is_not_known_is_minus_one_and_never_zero(self) -> None:
        body = columns(("inc-a", record(when={"earliest": None, "latest": None})), ("inc-b", record(when={})))
        assert body["columns"]["day"] == [-1, -1]
        assert body["columns"]["place"] == [-1, -1]
        assert body["first_day"] is None
        # ids of another form are sent as they are
        assert body["ids"] == ["inc-a", "inc-b"]

    def test_where_fire_came_from_is_no_place_of_the_incident(self) -> None:
        origin = {"text": "Town", "name": "Town", "place_id": "town", "lat": 40.1, "lon": 46.1, "precision": "settlement"}
        assert columns(("inc-a", record(places=[{**origin, "role": "origin"}])))["columns"]["place"] == [-1]

    def test_one_village_is_two_areas_where_one_of_the_acts_would_betray_somebody(self) -> None:
        town = {"text": "Town", "name": "Town", "place_id": "town", "lat": 40.1, "lon": 46.1, "precision": "settlement"}
        body = columns(("inc-a", record(places=[town])), ("inc-b", record(act="SGBV", places=[town])))
        assert body["areas"]["name"] == ["Town", "County"]

    def test_an_empty_ledger_gives_no_rows(self) -> None:
        body = columns()
        assert (body["count"], body["ids"], body["acts"]) == (0, "", [])

    def test_every_act_of_the_codebook_has_a_group(self) -> None:
        known = {key for key, _, _ in ACT_GROUPS}
        assert {group_of(code) for code in acts()} <= known
        assert group_of("FIRE") == "fire"
        assert group_of("AGREE.CEASEFIRE") == "other"
        assert {code for axis, code in STATUSES if axis == "occurrence"} == {c for _, _, codes in GRADES for c in codes}

    def test_a_hundred_thousand_rows_stay_under_a_megabyte_and_a_half(self) -> None:
        town = {"text": "Town", "name": "Town", "place_id": "town", "lat": 40.1, "lon": 46.1, "precision": "settlement"}
        rows = (
            (
                f"inc-{(n * 11400714819323198485) % 2**64:016x}",
                slim_of(record(places=[{**town, "place_id": f"v{n % 5}"}], families=n % 4)),
            )
            for n in range(20_000)
        )
        made = make_columns(rows, {}, PLACES, str, "1")
        assert len(gzip.compress(made.body, 6)) * 5 < 1_500_000


class TestOverlays:
    def test_labels_give_both_sides_names_and_no_place_without_a_position(self) -> None:
        labels = {label["id"]: label for label in place_labels(LAND, PLACES)}
        assert labels["town"]["others"] == ["Stadt"]
        assert not {"hamlet", "nowhere", "gate", "valley"} & labels.keys()

    def test_control_tells_the_table_and_the_claims_apart(self) -> None:
        held = Holding(party="XIA", since=date(2030, 1, 1), until=date(2030, 6, 1), support="a treaty")
        land = replace(LAND, places=(replace(LAND.places[1], holdings=(held,)), *LAND.places[2:]))
        taken = ControlClaim(
            id="control-1",
            place_id="town",
            place_name="Town",
            party="ZOR",
            state="taken",
            since=When(earliest=date(2030, 5, 5), latest=date(2030, 5, 5), precision="day"),
            claim_ids=("clm-1",),
            contested_by=("XIA",),
            claimed_by=("ZOR",),
        )
        part = replace(taken, id="control-2", place_name="parts of Town")
        undated = replace(taken, id="control-3", since=When())
        rows = control_rows(land, (taken, part, undated), MapPlaces(land), Names(land))
        assert [(row["basis"], row["party"], row["from"], row["to"]) for row in rows] == [
            ("table", "XIA", "2030-01-01", "2030-06-01"),
            ("claim", "ZOR", "2030-05-05", None),
        ]
        assert rows[1]["is_contested"]
        assert "contested by" in rows[1]["words"]

    def test_no_arc_tells_where_an_observer_stood(self) -> None:
        stood = observation(sensitivity="public", position_name="Secret Hill", lat=40.123456, lon=46.154321)
        found = observation_arcs((stood,), {stood.id: "inc-1"}, LAND, PLACES)
        (arc,) = found["arcs"]
        assert (arc["lat"], arc["lon"]) in {(p.lat, p.lon) for p in LAND.places}
        assert arc["incident_id"] == "inc-1"
        assert arc["near_km"] == 0.0
        assert arc["far_km"] >= 4.0 + distance_km(40.123456, 46.154321, arc["lat"], arc["lon"])
        assert arc["far_km"] % 5 == 0
        words = json.dumps(found)
        assert "40.123" not in words
        assert "Secret" not in words
        assert "OB-7" not in words
        assert "Named Person" not in words

    @pytest.mark.parametrize(
        "change", [{"sensitivity": "confidential"}, {"sensitivity": None}, {"lat": 10.0, "lon": 10.0}, {"lat": None}]
    )
    def test_what_is_not_public_or_near_no_settlement_is_kept_back(self, change: dict[str, Any]) -> None:
        kept = observation(**{"sensitivity": "public", **change})
        assert observation_arcs((kept,), {}, LAND, PLACES) == {"arcs": [], "kept_back": 1, "quiet": 0}

    def test_a_watch_that_saw_nothing_is_no_arc(self) -> None:
        assert observation_arcs((observation(nothing_observed=True),), {}, LAND, PLACES)["quiet"] == 1

    def test_agreements_without_an_instant_are_never_in_force(self) -> None:
        assert agreement_bands(LAND) == []


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("map") / "trucewatch.db"


@pytest.fixture(scope="module")
def client(place: Path) -> TestClient:
    return make_site(place)[0]


class TestRoutes:
    @pytest.mark.parametrize("layer", ["incidents", "places", "agreements", "control", "observations", "families"])
    def test_a_layer_is_sent_once_for_each_state_of_the_ledger(self, client: TestClient, layer: str) -> None:
        first = client.get(f"/map/{layer}")
        assert first.status_code == 200
        assert first.headers["content-encoding"] == "gzip"
        again = client.get(f"/map/{layer}", headers={"If-None-Match": first.headers["etag"]})
        assert again.status_code == 304
        assert again.content == b""
        plain = client.get(f"/map/{layer}", headers={"Accept-Encoding": "identity"})
        assert "content-encoding" not in plain.headers
        assert plain.json() == first.json()

    def test_a_changed_ledger_gives_new_columns(self, tmp_path: Path) -> None:
        path = tmp_path / "trucewatch.db"
        client, _ = make_site(path)
        before = client.get("/map/incidents")
        with open_store(path) as store:
            ledger = small_ledger()
            store.replace(replace(ledger, incidents=ledger.incidents[:1]))
        after = client.get("/map/incidents", headers={"If-None-Match": before.headers["etag"]})
        assert after.status_code == 200
        assert after.json()["count"] == 1
        assert after.json()["version"] != before.json()["version"]

    def test_a_reader_has_the_last_state_at_once_while_a_slow_one_is_made(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = tmp_path / "trucewatch.db"
        client, app = make_site(path)
        before = client.get("/map/incidents").json()
        may_go = threading.Event()

        def slow(*given: Any, **more: Any) -> Any:
            assert may_go.wait(30)
            return make_columns(*given, **more)

        # as if the last ones had taken long
        monkeypatch.setattr(layers, "PATIENCE_S", 0.0)
        monkeypatch.setattr(layers, "make_columns", slow)
        with open_store(path) as store:
            store.replace(replace(small_ledger(), incidents=small_ledger().incidents[:1]))
        meanwhile = client.get("/map/incidents").json()
        assert meanwhile == before
        assert client.get("/map/search", params={"q": "shelled"}).json()["version"] == before["version"]
        may_go.set()
        app.state.layers._jobs["incidents"].result(30)
        assert client.get("/map/incidents").json()["count"] == 1

    def test_of_a_small_change_the_changed_incidents_alone_are_read(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = tmp_path / "trucewatch.db"
        client, app = make_site(path)
        client.get("/map/incidents")
        read: list[str] = []
        monkeypatch.setattr(layers, "slim_of", lambda text, _: read.append(json.loads(text)["id"]) or slim_of(text))
        ledger = small_ledger()
        first, second = ledger.incidents
        with open_store(path) as store:
            store.replace(replace(ledger, incidents=(replace(first, occurrence="taken_back"), second)))
        app.state.layers.body("incidents", lambda reader: app.state.layers.columns(reader).body)
        body = client.get("/map/incidents").json()
        assert read == [first.id]
        assert "taken_back" in [code for code, _, _ in body["statuses"]]
        # a decision changes the ledger, but no incident: the browser keeps what it has
        etag = client.get("/map/incidents").headers["etag"]
        with open_store(path) as store:
            store.put([observation(id="observation-2", sensitivity="public")])
        assert client.get("/map/incidents", headers={"If-None-Match": etag}).status_code == 304
        assert read == [first.id]

    def test_words_that_were_destroyed_are_never_shown_again_not_even_for_a_moment(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = tmp_path / "trucewatch.db"
        client, _ = make_site(path)
        assert b"Harbour" in client.get("/map/incidents").content
        monkeypatch.setattr(layers, "PATIENCE_S", 0.0)
        begin = TOLD.index("Harbour")
        with open_store(path) as store:
            store.black_out({"doc-wire": [(begin, begin + len("Harbour"))]})
        assert b"Harbour" not in client.get("/map/incidents").content
        assert client.get("/map/search", params={"q": "shelled"}).status_code == 200

    def test_search_gives_rows_of_the_columns_it_belongs_to(self, client: TestClient) -> None:
        everything = client.get("/map/incidents").json()
        found = client.get("/map/search", params={"q": "shelled Harbour"}).json()
        assert found["version"] == everything["version"]
        nouns = [everything["acts"][everything["columns"]["act"][row]][1] for row in found["rows"]]
        assert nouns == ["Shelling"]
        assert client.get("/map/search", params={"q": "xylophone"}).json()["rows"] == []
        families = client.get("/map/families").json()["families"]
        assert families[0]["documents"] >= 1
        one = client.get("/map/search", params={"family": families[0]["id"]}).json()["rows"]
        assert len(one) == families[0]["incidents"]

    def test_hits_are_sentences_with_the_words_marked(self, client: TestClient) -> None:
        ids = "incident-shelling,incident-strike,incident-unknown"
        hits = client.get("/map/hits", params={"q": "SHELLED harbour", "ids": ids}).json()["hits"]
        assert list(hits) == ["incident-shelling"]
        (hit,) = hits["incident-shelling"]
        assert "".join(text for text, _ in hit["pieces"]) == TOLD
        assert [text for text, is_hit in hit["pieces"] if is_hit] == ["shelled", "Harbour"]
        assert client.get(f"/document/{hit['document_id']}").status_code == 200
        assert client.get("/map/hits", params={"q": " ", "ids": ids}).json() == {"hits": {}}
        assert client.get("/map/hits", params={"q": "x"}).status_code == 400

    @pytest.mark.parametrize(
        ("address", "field"), [("/map/search", "q"), ("/map/search?q=%20", "q"), (f"/map/search?q={'x' * 401}", "q")]
    )
    def test_a_search_that_makes_no_sense_is_told_so(self, client: TestClient, address: str, field: str) -> None:
        answer = client.get(address)
        assert answer.status_code == 400
        assert answer.json()["error"]["field"] == field
        assert answer.json()["error"]["expected"]

    def test_a_search_is_never_query_syntax(self, client: TestClient) -> None:
        for words in ('"', "NEAR(", "a OR b*", "title:x", "'; drop table incidents --", HOSTILE[:200]):
            assert client.get("/map/search", params={"q": words}).status_code == 200

    def test_a_card_leads_to_its_sentences_and_names_no_victim(self, client: TestClient) -> None:
        everything = client.get("/map/incidents").json()
        packed = base64.b64decode(everything["ids"]).hex() if isinstance(everything["ids"], str) else ""
        ids = [f"inc-{packed[i : i + 16]}" for i in range(0, len(packed), 16)] or everything["ids"]
        cards = [client.get(f"/map/card/{incident_id}").json() for incident_id in ids]
        assert {card["id"] for card in cards} == set(ids)
        shelling = next(card for card in cards if card["title"].startswith("FIRE.HEAVY"))
        assert {voice["stance"] for voice in shelling["voices"]} == {"asserted", "denied"}
        assert all(voice["document_id"].startswith("doc-") for voice in shelling["voices"])
        assert "victim" not in json.dumps(cards).casefold()

    def test_an_unknown_incident_has_no_card(self, client: TestClient) -> None:
        answer = client.get("/map/card/inc-0000000000000000")
        assert answer.status_code == 404
        assert answer.json()["error"]["code"] == "no-such-incident"

    def test_an_empty_ledger_is_no_error(self, tmp_path: Path) -> None:
        path = tmp_path / "trucewatch.db"
        fill(path, Ledger())
        client, _ = make_site(path, Ledger())
        assert client.get("/map/incidents").json()["count"] == 0
        assert client.get("/map/search?q=x").json()["rows"] == []

    def test_the_page_works_without_scripts(self, client: TestClient) -> None:
        page = client.get(HOME + "/")
        assert page.status_code == 200
        assert 'href="/incidents"' in page.text
        assert "<noscript>" in page.text


class TestBuiltFiles:
    @pytest.fixture
    def files(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TestClient:
        monkeypatch.setattr("trucewatch.web.built.STATIC", tmp_path)
        tmp_path.joinpath("parts").mkdir()
        for name in ("app.js", "parts/map-1a2b.js", "small.css"):
            tmp_path.joinpath(name).write_text(f"/* {name} */")
        for name in ("app.js", "parts/map-1a2b.js"):
            tmp_path.joinpath(f"{name}.gz").write_bytes(gzip.compress(f"/* {name} */".encode()))
        app = FastAPI()
        app.mount("/static", BuiltFiles(directory=tmp_path))
        return TestClient(app)

    @pytest.mark.parametrize("name", ["app.js", "parts/map-1a2b.js"])
    def test_what_vite_compressed_is_sent_compressed_to_whom_can_read_it(self, files: TestClient, name: str) -> None:
        answer = files.get(f"/static/{name}")
        assert answer.headers["content-encoding"] == "gzip"
        assert answer.headers["content-type"].startswith("text/javascript")
        assert answer.text == f"/* {name} */"
        plain = files.get(f"/static/{name}", headers={"Accept-Encoding": "identity"})
        assert "content-encoding" not in plain.headers
        assert plain.text == answer.text
        assert files.get(f"/static/{name}", headers={"If-None-Match": answer.headers["etag"]}).status_code == 304

    def test_names_that_change_with_their_content_are_kept_and_others_asked_for(self, files: TestClient) -> None:
        assert "immutable" in files.get("/static/parts/map-1a2b.js").headers["cache-control"]
        assert files.get("/static/app.js").headers["cache-control"] == "no-cache"
        assert "content-encoding" not in files.get("/static/small.css").headers

    @pytest.mark.parametrize("name", ["no-such-file.js", "..%2fapp.py", "parts"])
    def test_what_is_not_built_is_not_found(self, files: TestClient, name: str) -> None:
        assert files.get(f"/static/{name}").status_code == 404
