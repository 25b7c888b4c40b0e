"""The API: filters, pages, one error shape, ETags, the feed; and what a hostile or mistaken request gets."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from starlette.testclient import TestClient

from tests.unit.web_site import HOME, HOSTILE, fill, make_site, small_ledger
from trucewatch.errors import StoreError
from trucewatch.model.records import Ledger
from trucewatch.reports.exports import rows_of
from trucewatch.store import open_store
from trucewatch.store.table_rows import TableRows
from trucewatch.store.tables import TableSpec
from trucewatch.web import make_app

LISTS = ("incidents", "claims", "documents", "tolls", "violations", "agreements", "issues", "decisions")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("web") / "trucewatch.db"


@pytest.fixture(scope="module")
def client(place: Path) -> TestClient:
    return make_site(place)[0]


def ids(client: TestClient, address: str) -> list[str]:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return [record["id"] for record in answer.json()["records"]]


def problem(client: TestClient, address: str, **more: Any) -> dict[str, Any]:
    answer = client.get(address, **more)
    assert answer.status_code >= 400, answer.text
    error: dict[str, Any] = answer.json()["error"]
    assert set(error) == {"status", "code", "message", "field", "seen", "expected"}
    assert error["status"] == answer.status_code
    return error


@pytest.mark.parametrize("name", LISTS)
def test_every_list_is_walked_page_by_page_to_its_end(client: TestClient, name: str) -> None:
    whole = client.get(f"/api/v1/{name}", params={} if name == "agreements" else {"limit": 500}).json()["records"]
    address, seen = f"/api/v1/{name}" if name == "agreements" else f"/api/v1/{name}?limit=1", []
    while address:
        page = client.get(address).json()
        seen += page["records"]
        address = page["next"]
    assert seen == whole
    assert bool(whole) == (name != "decisions")


@pytest.mark.parametrize("name", ["incidents", "claims", "tolls", "violations"])
def test_records_say_what_the_exports_say(client: TestClient, name: str) -> None:
    """Every value of the contract's files, but for a victim's name."""
    ledger = small_ledger()
    given = {record["id"]: record for record in client.get(f"/api/v1/{name}?limit=500").json()["records"]}

    def within(expected: Any, seen: Any) -> bool:
        if isinstance(expected, dict):
            return all(within(value, seen[key]) for key, value in expected.items())
        if isinstance(expected, list):
            return len(expected) == len(seen) and all(map(within, expected, seen))
        return bool(expected == seen)

    rows = list(rows_of(ledger, name))
    assert len(rows) == len(given) > 0
    for row in rows:
        if name == "claims" and row["target"] is not None:
            row["target"].pop("text"), row["target"].pop("name")
        assert within(row, given[row["id"]]), (row, given[row["id"]])


def test_incidents_filter_by_each_field(client: TestClient) -> None:
    both = ["incident-strike", "incident-shelling"]
    assert ids(client, "/api/v1/incidents") == both
    assert ids(client, "/api/v1/incidents?order=oldest") == both[::-1]
    for query, expected in (
        ("from=2030-05-06", both[:1]),
        ("to=2030-05-05", both[1:]),
        ("side=ZOR,MED", both[1:]),
        ("side=ZOR&side=XIA", both),
        ("act=FIRE", both[1:]),
        ("act=AIR.DRONE_STRIKE", both[:1]),
        ("status=contested", both[1:]),
        ("agreement=NEW", both[:1]),
        ("family=fam-1", both[1:]),
        ("q=drone", both[:1]),
        ("q=shelled%20harbour", both[1:]),
        ("q=drone&act=AIR", both[:1]),
        ("from=&side=", both),
    ):
        assert ids(client, f"/api/v1/incidents?{query}") == expected, query


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("from=yesterday", "from"),
        ("from=2030-02-30", "from"),
        ("to=20300505", "to"),
        ("from=2030-05-06&to=2030-05-05", "from"),
        ("side=zor", "side"),
        ("act=SHOOTING", "act"),
        ("status=maybe", "status"),
        ("agreement=NONESUCH", "agreement"),
        ("family=%3Cscript%3E", "family"),
        ("q=" + "a" * 401, "q"),
        ("limit=0", "limit"),
        ("limit=501", "limit"),
        ("limit=%D9%A1", "limit"),
        ("cursor=%2F", "cursor"),
        ("cursor=YQ", "cursor"),
        ("order=random", "order"),
        ("sides=ZOR", "sides"),
    ],
)
def test_a_filter_that_makes_no_sense_is_refused_with_its_field(client: TestClient, query: str, field: str) -> None:
    error = problem(client, f"/api/v1/incidents?{query}")
    assert error["status"] == 400
    assert error["field"] == field
    assert error["seen"]
    assert error["expected"]


def test_unknown_ids_are_404_with_a_way_on(client: TestClient) -> None:
    for name in ("incidents", "claims", "documents", "agreements"):
        error = problem(client, f"/api/v1/{name}/nonesuch%00%27")
        assert (error["status"], error["code"]) == (404, "unknown-id")
        assert f"/api/v1/{name}" in error["message"]
    assert problem(client, "/api/v2/incidents")["status"] == 404
    assert client.post("/api/v1/incidents").status_code == 405


def test_a_merged_incident_leads_to_the_one_that_stands(client: TestClient) -> None:
    assert client.get("/api/v1/incidents/incident-merged").json()["id"] == "incident-shelling"


def test_an_etag_spares_the_answer_until_the_ledger_changes(tmp_path: Path) -> None:
    client, _ = make_site(tmp_path / "a.db")
    for address in ("/api/v1/incidents?limit=1", "/api/v1/documents/doc-wire", "/feed.atom"):
        etag = client.get(address).headers["etag"]
        same = client.get(address, headers={"If-None-Match": f'"other", W/{etag}'})
        assert (same.status_code, same.content) == (304, b"")
    ledger = small_ledger()
    with open_store(tmp_path / "a.db") as store:
        store.replace(replace(ledger, incidents=ledger.incidents[:1]))
    later = client.get("/api/v1/incidents?limit=1", headers={"If-None-Match": etag})
    assert later.status_code == 200
    assert len(later.json()["records"]) == 1


def test_no_victim_and_no_position_is_given_out(client: TestClient) -> None:
    for name in LISTS:
        text = client.get(f"/api/v1/{name}").text
        assert "Secret Hill" not in text
        assert "40.123456" not in text
        for record in json.loads(text)["records"]:
            # the sentence is the source's own; no field of ours repeats the name
            record.pop("sentence_text", None), record.pop("evidence_text", None), record.pop("text", None)
            assert "victim" not in json.dumps(record).casefold().replace("victim_party", "")


def test_the_feed_names_new_and_changed_incidents(tmp_path: Path) -> None:
    client, _ = make_site(tmp_path / "a.db")
    ledger = small_ledger()
    changed = tuple(replace(one, occurrence="verified") if one.id.endswith("shelling") else one for one in ledger.incidents)
    with open_store(tmp_path / "a.db") as store:
        store.replace(replace(ledger, incidents=changed))
    answer = client.get("/feed.atom")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    space = {"a": "http://www.w3.org/2005/Atom"}
    entries = ET.fromstring(answer.text).findall("a:entry", space)
    told = [(e.findtext("a:id", "", space), e.find("a:category", space).get("term")) for e in entries]  # type: ignore[union-attr]
    assert told == [("urn:trucewatch:incident:incident-shelling", "changed"), ("urn:trucewatch:incident:incident-strike", "new")]
    assert entries[0].find("a:link", space).get("href") == f"{HOME}/incident/incident-shelling"  # type: ignore[union-attr]
    assert (
        ET.fromstring(client.get("/feed.atom?act=AIR").text)
        .findall("a:entry", space)[0]
        .findtext("a:id", "", space)
        .endswith("strike")
    )
    assert problem(client, "/feed.atom?act=AIRY")["field"] == "act"


def test_a_foreign_host_name_is_refused_before_anything_is_read(client: TestClient) -> None:
    for host in ("evil.example", "127.0.0.1.evil.example", "localhost.evil", "", "[::2]:8000"):
        error = problem(client, "/api/v1/incidents", headers={"Host": host})
        assert (error["status"], error["code"]) == (421, "foreign-host")
    for host in ("localhost", "LOCALHOST:9", "[::1]:8000", "127.0.0.1"):
        assert client.get("/api/v1/tolls", headers={"Host": host}).status_code == 200


def test_a_megabyte_of_query_is_refused_cleanly(client: TestClient) -> None:
    with pytest.MonkeyPatch.context() as patch:
        # httpx itself refuses such an address
        patch.setattr("httpx._urlparse.MAX_URL_LENGTH", 2_000_000)
        error = problem(client, "/api/v1/incidents?q=" + "a" * 1_048_576)
    assert (error["status"], error["code"]) == (414, "address-too-long")


def test_every_answer_carries_the_policy(client: TestClient) -> None:
    for address in ("/api/v1/incidents", "/nonesuch", "/static/app.css", "/"):
        policy = client.get(address).headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        assert "http" not in policy.replace("'self'", "")


def test_a_browser_gets_a_page_about_an_error_and_markup_in_it_stays_text(client: TestClient) -> None:
    answer = client.get("/feed.atom", params={"act": HOSTILE}, headers={"Accept": "text/html"})
    assert answer.status_code == 400
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;" in answer.text
    assert 'href="/incidents"' in answer.text


def test_a_ledger_may_be_written_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run's transaction is open; readers see what stood before it, at once, and what it wrote afterwards."""
    client, _ = make_site(tmp_path / "a.db")
    ledger = small_ledger()
    with open_store(tmp_path / "a.db") as store:
        original = TableRows.replace

        def slow(rows: TableRows, spec: TableSpec, records: Iterable[Any]) -> int:
            changed = original(rows, spec, records)
            assert ids(client, "/api/v1/incidents") == ["incident-strike", "incident-shelling"]
            return changed

        monkeypatch.setattr(TableRows, "replace", slow)
        store.replace(replace(ledger, incidents=ledger.incidents[:1], violations=()))
    assert len(ids(client, "/api/v1/incidents")) == 1


def test_a_newer_ledger_and_a_missing_one_are_refused(tmp_path: Path) -> None:
    fill(tmp_path / "a.db", Ledger())
    with open_store(tmp_path / "a.db") as store, store.engine.begin() as conn:
        conn.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match="newer trucewatch"):
        make_app(tmp_path / "a.db")
    with pytest.raises(StoreError, match="no ledger"):
        make_app(tmp_path / "b.db")


def test_an_unforeseen_error_says_no_more_than_its_kind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    client, _ = make_site(tmp_path / "a.db")
    monkeypatch.setattr("trucewatch.web.api.incident_records", lambda *_: 1 / 0)
    error = problem(client, "/api/v1/incidents")
    assert (error["status"], error["code"]) == (500, "unforeseen")
    assert "ZeroDivisionError" in error["message"]


def test_a_ledger_that_breaks_while_it_is_served_is_told_as_such(tmp_path: Path) -> None:
    client, _ = make_site(tmp_path / "a.db")
    with open_store(tmp_path / "a.db") as store, store.engine.begin() as conn:
        conn.exec_driver_sql("DROP TABLE incident_index")
    error = problem(client, "/api/v1/incidents")
    assert (error["status"], error["code"]) == (503, "ledger-unusable")


def test_a_plugin_adds_a_route(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from trucewatch.hookspecs import hookimpl
    from trucewatch.plugins import make_plugins

    class Ours:
        @hookimpl
        def trucewatch_routes(self, app: Any) -> None:
            app.add_api_route("/ours", lambda: {"place": str(app.state.site.place)})

    def with_ours() -> Any:
        plugins = make_plugins()
        plugins.register(Ours())
        return plugins

    monkeypatch.setattr("trucewatch.web.app.make_plugins", with_ours)
    client, _ = make_site(tmp_path / "a.db")
    assert client.get("/ours").json() == {"place": str(tmp_path / "a.db")}
    assert client.get("/ours", headers={"Host": "evil.example"}).status_code == 421
