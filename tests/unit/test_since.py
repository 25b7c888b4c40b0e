"""What changed since an instant, read without the rest: the same differences and the same report as of the whole ledger."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.unit.ledger_building import THEATRE
from tests.unit.web_site import fill, fill_store, judged, shelling, small_ledger
from trucewatch.cli import app as commands
from trucewatch.model.records import Document, Incident, Issue, Ledger, RegisterEntry, Toll, Violation, When
from trucewatch.reports.diff import VANISHED_CODES, Diff, compare, latest_first
from trucewatch.reports.situation import make_report, part_of
from trucewatch.store import Store
from trucewatch.store.reading import reading
from trucewatch.store.since import changed_since

MAY_5 = date(2030, 5, 5)


def parts(store: Store, moment: datetime) -> Diff:
    with reading(store) as reader:
        return compare(*changed_since(reader, moment, VANISHED_CODES))


def whole(store: Store, moment: datetime) -> Diff:
    return compare(store.view(as_of=moment), store.view())


def drawn(draw: random.Random, register: dict[str, tuple[str, ...]]) -> Ledger:
    """A ledger of a few incidents, tolls, breaches and pages; what is merged is remembered in the register."""
    incidents, tolls, violations = [], [], []
    for number in range(8):
        key = f"i{number}"
        fate = draw.random()
        if fate < 0.15:
            # part of its neighbour from now on, or gone
            if draw.random() < 0.6:
                register[f"i{(number + 1) % 8}"] = (*register.get(f"i{(number + 1) % 8}", ()), key)
            continue
        on = MAY_5 + timedelta(days=number)
        incidents.append(
            Incident(
                id=key,
                act="FIRE",
                when=When(earliest=on, latest=on, precision="day"),
                places=(),
                claim_ids=("c1",),
                occurrence=draw.choice(("contested", "single_claim")),
                superseded_denial_ids=draw.choice(((), ("c2",))),
                summary=f"Fire {number}.",
            )
        )
        for party in ("XIA", "ZOR"):
            if draw.random() < 0.4:
                tolls.append(_toll(key, party, draw.randrange(1, 4), f"{key}-{party}-{draw.randrange(3)}"))
        if draw.random() < 0.5:
            violations.append(_violation(key, draw.randrange(2)))
    for party in ("XIA", "ZOR"):
        tolls.append(_toll(None, party, draw.randrange(1, 4), f"sum-{party}-{draw.randrange(2)}"))
    documents = tuple(
        Document(id=f"d{page}{edition}", source=f"page-{page}", input_path=f"page-{page}", sha256=f"{page}{edition}" * 32)
        for page in range(3)
        for edition in range(draw.randrange(3))
    )
    issues = tuple(
        Issue(stage="sources", code="page-gone", level="warning", message="gone", source=f"page-{page}")
        for page in range(3)
        if draw.random() < 0.3
    )
    entries = tuple(
        RegisterEntry(incident_id=f"i{n}", claim_ids=(), aliases=tuple(dict.fromkeys(register.get(f"i{n}", ()))), number=n)
        for n in range(8)
    )
    return Ledger(
        incidents=tuple(incidents),
        tolls=tuple(tolls),
        violations=tuple(violations),
        documents=documents,
        issues=issues,
        register=entries,
    )


def _toll(incident_id: str | None, party: str, killed: int, key: str) -> Toll:
    return Toll(
        id=f"t-{key}",
        incident_id=incident_id,
        claimant_party=party,
        victim_party=party,
        measure="killed",
        population="unknown",
        low=killed,
        best=killed,
        high=killed,
        period=When(earliest=MAY_5, latest=MAY_5) if incident_id is None else None,
        claim_ids=("c1",),
    )


def _violation(incident_id: str, number: int) -> Violation:
    return Violation(
        id=f"v-{incident_id}-{number}",
        incident_id=incident_id,
        agreement_id="A",
        clause_id="A#1",
        party="ZOR",
        status="alleged",
        rule="r",
        explanation="e",
    )


@pytest.mark.parametrize("seed", range(6))
def test_the_differences_are_those_of_the_whole(make_store: Callable[[], Store], seed: int) -> None:
    draw = random.Random(seed)
    store = make_store()
    register: dict[str, tuple[str, ...]] = {}
    moments = [datetime.now(UTC)]
    for _ in range(5):
        store.replace(drawn(draw, register))
        moments.append(datetime.now(UTC))
    told = 0
    for moment in moments:
        expected = whole(store, moment)
        assert parts(store, moment) == expected, moment
        told += not expected.is_empty
    assert told >= 4
    assert parts(store, moments[-1]).is_empty


def before_and_after(store: Store) -> datetime:
    """A ledger in which one incident is contested, a toll and a page are new, and one incident is gone, since an instant."""
    scene = shelling()
    early = replace(scene, claims=[one for one in scene.claims if one.stance != "denies"], incidents=[])
    early.link("shelling", *(one for one in early.claims if one.act == "FIRE.HEAVY"))
    early.link("strike", *(one for one in early.claims if one.act == "AIR.DRONE_STRIKE"))
    first = judged(early)
    extra = Incident(id="incident-extra", act="FIRE", when=When(earliest=MAY_5, latest=MAY_5), places=(), claim_ids=("c9",))
    fill_store(store, replace(first, incidents=(*first.incidents, extra), tolls=()))
    moment = datetime.now(UTC)
    fill_store(store, small_ledger())
    return moment


def test_a_report_of_parts_corrects_what_a_report_of_the_whole_corrects(make_store: Callable[[], Store]) -> None:
    store = make_store()
    moment = before_and_after(store)
    before = store.view(as_of=moment)
    for number in range(-2, 10):
        day = MAY_5 + timedelta(days=number)
        with reading(store) as reader:
            part = part_of(reader, THEATRE, day, day, since=moment)
        for is_public in (True, False):
            given = {"before_at": moment, "is_public": is_public}
            made = make_report(part.ledger, THEATRE, day, day, totals=part.totals, before=part.before, **given)  # type: ignore[arg-type]
            assert made == make_report(store.view(), THEATRE, day, day, before=before, **given), day  # type: ignore[arg-type]
    text = str(next(section for section in made.sections if section.key == "corrections"))
    assert "is now “" in text
    assert "no longer told of" in text


def test_of_very_many_changes_the_latest_are_told() -> None:
    days = [MAY_5 + timedelta(days=number) for number in range(6)]
    old = Ledger(
        incidents=tuple(
            Incident(id=f"i{n}", act="FIRE", when=When(earliest=on, latest=on), places=(), claim_ids=(), occurrence="contested")
            for n, on in enumerate(days)
        )
    )
    new = replace(old, incidents=tuple(replace(one, occurrence="verified") for one in old.incidents))
    cut, left_out = latest_first(compare(old, new), new, 2)
    assert [change.incident_id for change in cut.status_changes] == ["i5", "i4"]
    assert left_out == 4


def test_no_command_on_findings_reads_the_whole_ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "trucewatch.db"
    ledger = small_ledger()
    fill(place, ledger)

    def refuse(*_: object, **__: object) -> Ledger:
        raise AssertionError("the whole ledger was read")

    monkeypatch.setattr(Store, "view", refuse)
    claim = next(one for one in ledger.claims if one.act == "AIR.DRONE_STRIKE")
    for arguments in (
        ["show", "incident-strike"],
        ["show", "incident-merged"],
        ["show", claim.id],
        ["show", "doc-wire"],
        ["explain", claim.id],
        ["diff", "--since", "2020-01-01"],
        ["decide", "correct", claim.id, 'act="FIRE"', "--reason", "misread", "--by", "Ana"],
        ["decide", "same", "incident-merged", "incident-strike", "--reason", "one", "--by", "Ana"],
        ["decide", "redact", claim.id, "--reason", "a name", "--by", "Ana"],
        ["log", "verify"],
        ["observe", "--table", str(tmp_path / "table.csv")],
    ):
        done = CliRunner().invoke(commands, [*arguments, "--store", str(place)])
        assert done.exit_code == 0, (arguments, done.output, done.exception)


def test_what_begins_several_records_or_none_is_told(tmp_path: Path) -> None:
    place = tmp_path / "trucewatch.db"
    fill(place, small_ledger())

    def refusal(*arguments: str) -> str:
        done = CliRunner().invoke(commands, [*arguments, "--store", str(place)])
        assert done.exception is not None
        return str(done.exception)

    assert refusal("show", "incident-s") == "2 records begin with 'incident-s': incident-shelling, incident-strike..."
    assert "has the id 'incident_strike'" in refusal("show", "incident_strike"), "an underscore stands for nothing else"
    assert "has the id ''" in refusal("show", "")
    assert "holds no record 'doc-nobody'" in refusal("decide", "redact", "doc-nobody", "--reason", "r")
    assert "records begin with 'incident-'" in refusal("decide", "verify", "incident-", "inconclusive", "--reason", "r")
