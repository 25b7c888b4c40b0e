"""What is new since a view: incidents, statuses, tolls, denials taken back, sources edited or gone; the command over a ledger."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.unit.ledger_building import CONTEXT, Scene, day, decide, figure
from tests.unit.test_observer_form import changed, written
from trucewatch.cli import app
from trucewatch.errors import ConfigError
from trucewatch.model.records import Issue, Ledger, RegisterEntry, Toll
from trucewatch.reports.diff import compare, to_lines, toll_words
from trucewatch.stages import assess, reconcile, verify
from trucewatch.store import open_store

ON = day("2030-05-04")


def recomputed(scene: Scene) -> Ledger:
    ledger = scene.ledger()
    for stage in (reconcile, verify, assess):
        ledger = stage.run_ledger(ledger, CONTEXT)
    return ledger


def yesterday() -> Scene:
    scene = Scene()
    scene.document("one", "2030-05-04")
    scene.say(
        "one",
        "Two people died, Xia said.",
        "FIRE.HEAVY",
        "XIA",
        "ZOR",
        "XIA",
        ("harbour",),
        ON,
        figures=(figure("Two people", 2, 2),),
    )
    scene.say("one", "Zor denied it.", "FIRE.HEAVY", "ZOR", "ZOR", "XIA", ("harbour",), ON, "denies")
    scene.link("harbour", *scene.claims)
    return scene


def today() -> Scene:
    scene = yesterday()
    scene.document("two", "2030-05-05")
    scene.say(
        "two",
        "Five people died, Xia said.",
        "FIRE.HEAVY",
        "XIA",
        "ZOR",
        "XIA",
        ("harbour",),
        ON,
        figures=(figure("Five people", 5, 5),),
    )
    scene.say("two", "Zor confirmed its fire.", "FIRE.HEAVY", "ZOR", "ZOR", "XIA", ("harbour",), ON, "confirms")
    scene.incidents = []
    scene.link("harbour", *scene.claims)
    scene.link(
        "bridge", scene.say("two", "Xia shelled Bridge.", "FIRE.HEAVY", "ZOR", "XIA", "ZOR", ("bridge",), day("2030-05-05"))
    )
    return scene


def test_nothing_changed_is_said() -> None:
    ledger = recomputed(yesterday())
    found = compare(ledger, ledger)
    assert found.is_empty
    assert to_lines(found) == ["Nothing changed."]


def test_what_a_day_brought() -> None:
    before, after = recomputed(yesterday()), recomputed(today())
    found = compare(before, after)
    assert [i.id for i in found.new_incidents] == ["incident-bridge"]
    assert [(c.axis, c.before, c.after) for c in found.status_changes] == [
        ("occurrence", "contested", "single_claim"),
        ("attribution", "denied", "self_acknowledged"),
    ]
    assert all(c.reason and c.claim_ids for c in found.status_changes)
    assert [(c.before.best if c.before else None, c.after.best) for c in found.toll_changes] == [(2, 5)]
    assert found.superseded_denials == (("incident-harbour", before.claims[1].id),)
    assert len(found.new_violations) == 1
    lines = "\n".join(to_lines(found))
    for words in (
        "New incidents (1)",
        "attribution: denied -> self_acknowledged",
        "XIA: killed, unknown of XIA: 2 -> 5",
        "Denials taken back (1)",
    ):
        assert words in lines


def test_the_other_way_round_the_new_incident_is_gone() -> None:
    found = compare(recomputed(today()), recomputed(yesterday()))
    assert [i.id for i in found.gone] == ["incident-bridge"]
    assert found.new_incidents == ()


def test_a_merged_incident_is_not_gone() -> None:
    before = recomputed(today())
    after = replace(
        before,
        incidents=before.incidents[:1],
        register=(RegisterEntry(incident_id="incident-harbour", claim_ids=(), aliases=("incident-bridge",)),),
    )
    found = compare(before, after)
    assert found.merged == (("incident-bridge", "incident-harbour"),)
    assert found.gone == ()


def test_aliases_that_point_at_one_another_do_not_hang() -> None:
    before = recomputed(yesterday())
    ring = (
        RegisterEntry(incident_id="a", claim_ids=(), aliases=("incident-harbour", "b")),
        RegisterEntry(incident_id="b", claim_ids=(), aliases=("a",)),
    )
    assert [i.id for i in compare(before, replace(before, incidents=(), register=ring)).gone] == ["incident-harbour"]


def test_edited_and_vanished_sources() -> None:
    before = recomputed(today())
    edited = replace(before.documents[0], id="doc-edited", sha256="other", published=day("2030-05-06"))
    found = compare(before, replace(before, documents=(*before.documents, edited)))
    assert [(c.source, c.before_id, c.after_id) for c in found.source_changes] == [("one.txt", "doc-one", "doc-edited")]
    gone = replace(before, documents=before.documents[:1])
    assert [(c.source, c.after_id) for c in compare(before, gone).source_changes] == [("two.txt", None)]
    told = Issue(stage="sources", code="source-vanished", level="warning", message="404", source="two.txt")
    assert [(c.source, c.after_id) for c in compare(before, replace(before, issues=(told,))).source_changes] == [
        ("two.txt", None)
    ]


@pytest.mark.parametrize(
    ("low", "best", "high", "words"),
    [
        (5, 5, 5, "5"),
        (18, 18, None, "18 or more"),
        (190, 200, 210, "190 to 210 (best 200)"),
        (None, None, 30, "up to 30"),
        (None, None, None, "not known"),
    ],
)
def test_tolls_in_words(low: int | None, best: int | None, high: int | None, words: str) -> None:
    toll = Toll(
        id="t",
        incident_id=None,
        claimant_party=None,
        victim_party=None,
        measure="killed",
        population="all",
        low=low,
        best=best,
        high=high,
        period=None,
        claim_ids=(),
    )
    assert toll_words(toll) == words


def call(*words: str) -> str:
    result = CliRunner().invoke(app, list(words))
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.output


def test_diff_over_a_ledger(tmp_path: Path) -> None:
    place = str(tmp_path / "trucewatch.db")
    with open_store(place) as store:
        store.replace(recomputed(yesterday()))
        between = datetime.now(UTC) + timedelta(milliseconds=1)
        while datetime.now(UTC) <= between + timedelta(milliseconds=5):
            pass
        store.put([decide("verify", "incident-harbour", "discounted")])
        store.replace(recomputed(today()))
    text = call("diff", "--since", between.isoformat(), "--store", place)
    assert "New incidents (1)" in text
    assert "2 -> 5" in text
    plain = json.loads(call("diff", "--since", between.isoformat(), "--json", "--store", place))
    assert [i["id"] for i in plain["new_incidents"]] == ["incident-bridge"]
    assert "New incidents (2)" in call("diff", "--since", "2020-01-01", "--store", place)
    assert "Nothing changed." in call("diff", "--since", "2999-01-01", "--store", place)
    with pytest.raises(ConfigError, match="is no day or instant"):
        call("diff", "--since", "yesterday", "--store", place)


def test_observe_puts_reports_and_writes_the_table(tmp_path: Path) -> None:
    place = str(tmp_path / "trucewatch.db")
    path = written(
        tmp_path, changed(event_date="2020-05-04"), changed(instanceID="b", observer_code="Jane Doe", event_date="2020-05-04")
    )
    table = tmp_path / "table.csv"
    result = CliRunner().invoke(app, ["observe", str(path), "--table", str(table), "--store", place])
    assert result.exit_code == 1, "one row was refused"
    assert "1 reports (0 saw nothing), 0.75 hours at 1 posts" in result.output
    assert "Jane" not in result.output
    assert table.read_text(encoding="utf-8").count("\n") == 2
    with open_store(place) as store:
        assert len(store.view().observations) == 1
    again = CliRunner().invoke(app, ["observe", str(path), "--store", place])
    assert "0 new or changed" in again.output
