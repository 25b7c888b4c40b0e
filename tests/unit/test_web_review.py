"""The review: what each form decides, what is refused, and that no other site can decide anything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.unit.web_site import HOME, make_site, small_ledger
from trucewatch.decisions import log_path, read_log, verify_log
from trucewatch.model.records import Claim, Decision
from trucewatch.store import open_store
from trucewatch.store.reading import reading
from trucewatch.web.sameorigin import TOKEN


class Desk:
    """A review over a small ledger: posts forms, reads the log."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.client: TestClient = make_site(place)[0]
        claims = small_ledger().claims
        self.told = next(claim for claim in claims if claim.document_id == "doc-wire")
        self.strike = next(claim for claim in claims if claim.act == "AIR.DRONE_STRIKE")
        self.talks = next(claim for claim in claims if claim.act == "DEMAND.TALKS")

    def post(self, action: str, claim: Claim | None = None, origin: str | None = HOME, **given: str) -> tuple[int, str]:
        """Status, and the error's field or where it leads."""
        form = {"action": action, "claim": claim.id if claim else "", "reason": "because", "by": "ana", "token": TOKEN, **given}
        headers = {"Origin": origin} if origin else {}
        answer = self.client.post("/review/decide", data=form, headers=headers, follow_redirects=False)
        return answer.status_code, answer.headers.get("location") or answer.json()["error"]["field"]

    def log(self) -> list[tuple[str, tuple[str, ...], str]]:
        """Kind, subject and verdict of every decision; the log is whole, and the ledger holds the same."""
        entries = read_log(log_path(str(self.place)))
        assert verify_log(log_path(str(self.place))).is_whole
        with open_store(self.place) as store, reading(store) as reader:
            assert reader.decisions() == entries
        return [(one.kind, one.subject, one.verdict) for one in entries]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "a.db")


def test_each_form_makes_its_decision(desk: Desk) -> None:
    told, strike = desk.told.id, desk.strike.id
    assert desk.post("accept", desk.told)[0] == 303
    assert (
        desk.post("correct", desk.told, **{"attributed_to.party": "XIA", "figures.0.low": "3", "act": "FIRE.MISSILE"})[0] == 303
    )
    assert desk.post("correct", desk.strike, **{"claimant.party": "MED", "when.latest": "2030-05-13"})[0] == 303
    assert desk.post("merge", desk.strike, other="incident-merged")[0] == 303
    assert desk.post("split", desk.told)[0] == 303
    assert desk.log() == [
        ("correct_value", (told,), "confidence=1.0"),
        ("correct_value", (told,), 'act="FIRE.MISSILE"'),
        ("correct_value", (told,), 'attributed_to.party="XIA"'),
        ("correct_value", (told,), "figures.0.low=3"),
        ("correct_value", (strike,), 'claimant={"party": "MED"}'),
        ("correct_value", (strike,), 'when.latest="2030-05-13"'),
        ("same_incident", ("incident-strike", "incident-shelling"), "same"),
        ("same_incident", (told, "incident-shelling"), "different"),
    ]


def test_a_decision_is_told_and_can_be_undone(desk: Desk) -> None:
    status, address = desk.post("accept", desk.told, next="/review?after=MC41H2NsbQ", by="Ana; Ben <b>")
    assert status == 303
    assert address.startswith("/review?after=MC41H2NsbQ&done=decision-")
    page = desk.client.get(address, headers={"Accept": "text/html"}).text
    assert "Kept: correct value confidence=1.0" in page
    assert "Ana; Ben &lt;b&gt;" in page
    decision = address.rpartition("=")[2]
    assert desk.post("undo", decision=decision)[0] == 303
    assert desk.log()[-1] == ("undo", (decision,), "undone")
    assert desk.post("undo", decision="decision-none") == (400, "decision")


def test_what_was_decided_leaves_the_queue_and_the_least_certain_comes_first(desk: Desk) -> None:
    def first() -> str:
        found = re.search(r'name="claim" value="([^"]+)"', desk.client.get("/review").text)
        assert found is not None
        return found[1]

    before = first()
    claim = next(one for one in small_ledger().claims if one.id == before)
    assert desk.post("accept", claim)[0] == 303
    assert first() != before
    assert desk.post("undo", decision=desk_last(desk).id)[0] == 303
    assert first() == before


def desk_last(desk: Desk) -> Decision:
    return read_log(log_path(str(desk.place)))[-1]


def test_a_redaction_needs_a_tick_and_destroys_the_words(desk: Desk) -> None:
    assert desk.post("redact", desk.strike) == (400, "sure")
    assert "John Victim" in desk.client.get("/document/doc-post").text
    assert desk.post("redact", desk.strike, sure="yes")[0] == 303
    for address in ("/document/doc-post", "/incident/incident-strike", "/api/v1/documents/doc-post", "/review", "/api/v1/claims"):
        assert "John Victim" not in desk.client.get(address).text
    assert b"John Victim" not in desk.place.read_bytes()


@pytest.mark.parametrize(
    ("action", "given", "field"),
    [
        ("accept", {"reason": " "}, "reason"),
        ("accept", {"by": ""}, "by"),
        ("shrug", {}, "action"),
        ("correct", {}, "value"),
        ("correct", {"act": "SHOOTING"}, "act"),
        ("correct", {"figures.0.low": "three"}, "figures.0.low"),
        ("correct", {"when.earliest": "tomorrow"}, "when.earliest"),
        ("correct", {"target.party": "zor"}, "target.party"),
        ("merge", {"other": "incident-none"}, "other"),
        ("merge", {"other": "incident-shelling"}, "other"),
        ("accept", {"reason": "x" * 2001}, "reason"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_field_and_nothing_is_kept(
    desk: Desk, action: str, given: dict[str, str], field: str
) -> None:
    assert desk.post(action, desk.told, **given) == (400, field)
    assert desk.log() == []


def test_unknown_claims_and_claims_without_an_incident(desk: Desk) -> None:
    assert desk.post("accept", claim=None)[0] == 404
    assert desk.post("split", desk.talks)[0] == 400
    assert desk.client.get("/review?claim=clm-none").status_code == 404
    assert desk.client.get("/review?incident=inc-none").status_code == 404
    assert desk.client.get("/review?after=YWIfYw").status_code == 400
    assert desk.log() == []


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:9999", "https://127.0.0.1:8000"])
def test_another_site_decides_nothing(desk: Desk, origin: str) -> None:
    assert desk.post("accept", desk.told, origin=origin) == (403, "Origin")
    assert desk.log() == []


def test_without_the_token_or_under_another_host_nothing_is_decided(desk: Desk) -> None:
    assert desk.post("accept", desk.told, token="guess") == (403, "token")
    assert desk.post("accept", desk.told, origin=None, token="") == (403, "token")
    form = {"action": "accept", "claim": desk.told.id, "reason": "r", "by": "b", "token": TOKEN}
    for headers in ({"Host": "evil.example", "Origin": "http://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        assert desk.client.post("/review/decide", data=form, headers=headers).status_code in (403, 421)
    assert desk.client.get("/review/decide", params=form).status_code == 405
    assert desk.log() == []


def test_it_leads_back_to_the_review_and_nowhere_else(desk: Desk) -> None:
    for elsewhere in ("https://evil.example/", "//evil.example", "/incidents", "/reviewer"):
        assert desk.post("accept", desk.told, next=elsewhere)[1].startswith("/review?done=")


def test_while_a_run_holds_the_ledger_nothing_is_kept(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trucewatch.web.deciding.WAIT_S", 0.1)
    with open_store(desk.place) as store, store.writing():
        form = {"action": "accept", "claim": desk.told.id, "reason": "r", "by": "b", "token": TOKEN}
        answer = desk.client.post("/review/decide", data=form, headers={"Origin": HOME})
        assert (answer.status_code, answer.json()["error"]["code"]) == (409, "ledger-busy")
    assert desk.log() == []
    assert desk.post("accept", desk.told)[0] == 303


def test_an_older_ledger_gets_the_certainty_of_its_claims(desk: Desk) -> None:
    with open_store(desk.place) as store, store.engine.begin() as conn:
        conn.exec_driver_sql("DROP INDEX ix_claims_certainty")
        conn.exec_driver_sql("ALTER TABLE claims DROP COLUMN confidence")
        conn.exec_driver_sql("DROP INDEX ix_originals_read_by")
        conn.exec_driver_sql("ALTER TABLE originals DROP COLUMN read_by")
        conn.exec_driver_sql("DROP INDEX ix_controls_since_on")
        conn.exec_driver_sql("ALTER TABLE controls DROP COLUMN since_on")
        conn.exec_driver_sql("DROP TABLE sentences_search")
        conn.exec_driver_sql("DROP TABLE sentences")
        conn.exec_driver_sql("UPDATE alembic_version SET version_num = '0002'")
    with open_store(desk.place) as store, reading(store) as reader:
        found = reader.least_certain(limit=99)
        assert len(found) == len(small_ledger().claims)
        assert found == sorted(found, key=lambda one: (one.confidence, one.id))


def test_a_form_of_megabytes_is_refused_before_it_is_read(desk: Desk) -> None:
    form = {"action": "accept", "claim": desk.told.id, "reason": "x" * 3_000_000, "by": "b", "token": TOKEN}
    told = desk.client.post("/review/decide", data=form)
    assert (told.status_code, told.json()["error"]["code"]) == (413, "too-much")

    def chunks() -> Iterator[bytes]:
        # of no length told beforehand
        yield from [b"reason=" + b"x" * 50_000] * 3

    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    untold = desk.client.post("/review/decide", content=chunks(), headers=headers)
    assert (untold.status_code, untold.json()["error"]["code"]) == (413, "too-much")
