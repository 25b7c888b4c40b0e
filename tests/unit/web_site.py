"""A web application over a small invented ledger, for the tests of pages and API."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.unit.ledger_building import CONTEXT, THEATRE, Scene, day, figure, utc
from trucewatch.model.records import Issue, Kinship, Ledger, Observation, Reading, RegisterEntry, When
from trucewatch.stages import assess, reconcile, verify
from trucewatch.store import Store, open_store
from trucewatch.web import make_app

HOME = "http://127.0.0.1:8000"
HOSTILE = '<script>alert(1)</script> "><img src=x onerror=alert(2)> & {{ 7 * 7 }}'
MAY_5 = day("2030-05-05")
TOLD = "Zor shelled Harbour and killed two people, Xia said."


def shelling() -> Scene:
    """Xia says that Zor shelled Harbour; Zor denies it; a copy repeats the first. A drone strike later, and a hostile text."""
    scene = Scene()
    dead = figure("two people", 2, 2, population="civilian")
    scene.document("wire", "2030-05-05", outlet="Wire", family="fam-1")
    scene.facts["wire"]["title"] = "Harbour shelled"
    told = scene.say("wire", TOLD, "FIRE.HEAVY", "XIA", "ZOR", "XIA", ("harbour",), MAY_5, figures=(dead,))
    scene.document("paper", "2030-05-05", outlet="Paper", family="fam-1")
    again = scene.say("paper", TOLD, "FIRE.HEAVY", "XIA", "ZOR", "XIA", ("harbour",), MAY_5, figures=(dead,))
    scene.document("post", "2030-05-06", outlet=f"Post {HOSTILE}", family="fam-2")
    scene.facts["post"]["title"] = HOSTILE
    denied = scene.say(
        "post", f"Zor denied the shelling, {HOSTILE}.", "FIRE.HEAVY", "ZOR", "ZOR", None, ("harbour",), MAY_5, stance="denies"
    )
    scene.say("post", "Medland called for talks.", "DEMAND.TALKS", "MED", "MED", modality="possible", on=day("2030-05-06"))
    nine, since = figure("nine dead", 9, 9), day("2030-05-01", "2030-05-06")
    scene.say("post", "Zor counts nine dead since May.", "TOLL", "ZOR", figures=(nine,), on=since)
    strike = scene.say(
        "post",
        "A Xian drone hit John Victim at Bridge.",
        "AIR.DRONE_STRIKE",
        None,
        "XIA",
        "john victim",
        ("bridge",),
        day("2030-05-12"),
    )
    scene.link("shelling", told, again, denied)
    scene.link("strike", strike)
    return scene


def observation(**values: Any) -> Observation:
    """An observer's report of explosions at Harbour."""
    made = Observation(
        id="observation-1",
        observer_code="OB-7",
        report_kind="fire",
        observed_from_at=utc("2030-05-05T10:00"),
        observed_to_at=utc("2030-05-05T11:00"),
        position_name="Secret Hill",
        position_control="XIA",
        lat=40.123456,
        lon=46.654321,
        means=("heard",),
        bearing_deg=90.0,
        distance_low_km=1.0,
        distance_high_km=4.0,
        effect="explosion",
        count_low=2,
        count_high=4,
        narrative="Named Person stood beside me.",
        minutes_observed=60,
        sensitivity="confidential",
    )
    return replace(made, **values)


def judged(scene: Scene, **more: Any) -> Ledger:
    """The scene's ledger with tolls, statuses and violations."""
    ledger = replace(scene.ledger(), **more)
    for stage in (reconcile.STAGE, verify.STAGE, assess.STAGE):
        assert stage.run_ledger is not None
        ledger = stage.run_ledger(ledger, CONTEXT)
    return ledger


def small_ledger() -> Ledger:
    """The shelling, judged, with a kinship, an observation, an issue and a register with a merged id."""
    scene = shelling()
    scene.observations.append(observation())
    length = len(TOLD)
    kin = Kinship(first_id="doc-wire", second_id="doc-paper", kind="copy", score=1.0, passages=((0, length, 0, length),))
    ledger = judged(scene, kinships=(kin,))
    issue = Issue(
        stage="locate", code="place-unlocated", level="info", message=f"{HOSTILE} is no place", source="post.txt", value=HOSTILE
    )
    refused = Issue(stage="sources", code="unreadable", level="error", message="broken.pdf cannot be read", source="broken.pdf")
    facts = {"incident-shelling": {"observation_ids": ("observation-1",)}, "incident-strike": {"attributed_to": "XIA"}}
    incidents = tuple(replace(one, **facts[one.id]) for one in ledger.incidents)  # type: ignore[arg-type]
    register = (RegisterEntry(incident_id="incident-shelling", claim_ids=(), aliases=("incident-merged",), number=1),)
    return replace(ledger, incidents=incidents, issues=(issue, refused), register=register)


def fill(place: Path, ledger: Ledger) -> None:
    """Write a ledger as a run would leave it."""
    with open_store(place) as store:
        fill_store(store, ledger)


def fill_store(store: Store, ledger: Ledger) -> None:
    """Write a ledger into a store as a run would leave it."""
    readings = [Reading(document=document, claims=()) for document in ledger.documents]
    store.put_originals(readings)
    store.put_readings(readings, "test")
    store.put(ledger.observations)
    store.put(ledger.decisions)
    store.replace(ledger)


def make_site(place: Path, ledger: Ledger | None = None) -> tuple[TestClient, FastAPI]:
    """A client of the application over a ledger, which is written first, and the application."""
    fill(place, ledger or small_ledger())
    app = make_app(place, theatre=THEATRE)
    return TestClient(app, base_url=HOME, raise_server_exceptions=False), app


NO_DAY = When()
