"""What keeps a large ledger as quick as a small one: no question walks through a whole table, and tallies are true."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from tests.unit.web_site import make_site
from trucewatch.model.records import Claim, Document, Incident, Issue, Ledger, RegisterEntry, Violation, Voice, When
from trucewatch.store import Store
from trucewatch.store.concerned import aliases_that_begin
from trucewatch.store.days import stored_totals, totals_of
from trucewatch.store.filters import IncidentFilter
from trucewatch.store.paging import of_days
from trucewatch.store.patch import patching
from trucewatch.store.reading import reading
from trucewatch.store.tallies import TALLIES, tally_anew

LARGE = (
    "documents claims incidents incident_index incident_facets readings originals register sentences tolls violations issues "
    "kinships history"
).split()
PAGES = """/incidents /incidents?by=ZOR&act=FIRE /incidents?q=shelled /incidents?from=2030-05-01&to=2030-05-09 /issues /review
/data /report /feed.atom /feed.atom?by=ZOR /api/v1/incidents /api/v1/incidents?from=2030-05-01&to=2030-05-09&side=XIA
/api/v1/incidents?q=shelled /api/v1/incidents/inc-nowhere /api/v1/claims /api/v1/claims?act=FIRE&stance=denies&claimant=ZOR
/api/v1/claims?by=NKR /api/v1/claims?from=2030-05-01&to=2030-05-09 /api/v1/claims?q=shelled /api/v1/claims?document=doc-1
/api/v1/documents?outlet=Wire&language=en /api/v1/documents?family=fam-1 /api/v1/documents?q=shelled /api/v1/tolls?measure=killed
/api/v1/violations?party=ZOR&status=alleged&clause=C1&agreement=NEW /api/v1/agreements /map/control /map/places
/api/v1/issues?level=warning&code=undated&stage=date&record=doc-1 /api/v1/decisions""".split()


def test_no_question_of_a_reader_walks_through_a_table(tmp_path: Path) -> None:
    """A walk in the order of an index that ends with the page is none, nor is the walk in one that a page of claims ends with."""
    client, app = make_site(tmp_path / "ledger.db")
    walks: list[str] = []

    def look(conn: Any, cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if threading.current_thread().name.startswith("map-layers"):
            return  # what the map draws is made in the background, and of all of it
        if statement.lstrip().startswith("SELECT"):
            rows = cursor.connection.cursor().execute(f"EXPLAIN QUERY PLAN {statement}", parameters).fetchall()
            for step in (str(row[3]) for row in rows):
                is_walk = step.startswith("SCAN") and step.split()[1] in LARGE
                if is_walk and not (" INDEX " in step and "LIMIT" in statement):
                    walks.append(f"{step}: {statement}")

    with app.state.site.reading() as reader:
        documents = reader.page(Document, {}, limit=1)
        incidents = reader.incidents(IncidentFilter(), limit=1)
        claims = reader.page(Claim, {}, limit=1)
    sa.event.listen(app.state.site.store.engine, "before_cursor_execute", look)
    own = [f"/document/{documents[0].id}", f"/incident/{incidents[0].id}", f"/api/v1/claims/{claims[0].id}"]
    for address in (*PAGES, *own):
        answer = client.get(address)
        assert answer.status_code in (200, 404), (address, answer.text[:200])
    with app.state.site.reading() as reader:
        reader.counts()
        stored_totals(reader)
        reader.violation_counts()
        aliases_that_begin(reader, "inc-")
    app.state.site.store.originals_to_read("m")
    app.state.site.store.count_readings(10)
    assert walks == []


@pytest.fixture
def ledger() -> Ledger:
    """Some hundred records of every kind, of which each may have any value."""
    draw = random.Random(7)
    days = [date(2031, 1, 1) + timedelta(days=n) for n in range(9)]

    def when() -> When:
        earliest, latest = sorted(draw.choices(days, k=2))
        return When(
            earliest=draw.choice((earliest, None)), latest=draw.choice((latest, None)), basis=draw.choice(("inferred", None))
        )

    return Ledger(
        documents=tuple(
            Document(
                id=f"doc-{n:02}",
                source=f"{n}.txt",
                input_path=f"{n}.txt",
                sha256=f"{n:064}",
                outlet=draw.choice(("Wire", "Post", None)),
                language=draw.choice(("en", "fr", None)),
                family_id=draw.choice(("fam-1", "fam-2", None)),
                published=when(),
            )
            for n in range(30)
        ),
        claims=tuple(
            Claim(
                id=f"claim-{n:02}",
                document_id=f"doc-{n % 30:02}",
                start_char=n,
                end_char=n + 1,
                sentence_start_char=n,
                sentence_end_char=n + 1,
                act=draw.choice(("FIRE.HEAVY", "AIR.STRIKE", "CALM")),
                stance=draw.choice(("asserts", "denies")),
                claimant=draw.choice((Voice(party="XIA"), Voice(party="ZOR"), None)),
                when=when(),
            )
            for n in range(60)
        ),
        incidents=tuple(Incident(id=f"inc-{n:02}", act="FIRE", when=when(), places=(), claim_ids=()) for n in range(20)),
        violations=tuple(
            Violation(
                id=f"violation-{n:02}",
                incident_id=draw.choice((f"inc-{n:02}", None)),
                agreement_id=draw.choice("AB"),
                clause_id=draw.choice("12"),
                party=draw.choice(("XIA", None)),
                status=draw.choice(("alleged", "found")),
                rule="r",
                explanation="e",
            )
            for n in range(20)
        ),
        issues=tuple(
            Issue(stage=draw.choice(("date", "link")), code="c", level=draw.choice(("info", "warning")), message=str(n))
            for n in range(20)
        ),
    )


def kept_tallies(store: Store) -> list[Any]:
    with store.snapshot() as conn:
        return sorted(tuple(row) for row in conn.execute(sa.select(TALLIES)))


def test_tallies_follow_every_change(make_store: Callable[[], Store], ledger: Ledger) -> None:
    store = make_store()
    store.replace(ledger)
    draw = random.Random(8)
    for _ in range(3):
        with patching(store) as patch:
            for field, kind in (("documents", Document), ("claims", Claim), ("incidents", Incident), ("violations", Violation)):
                records = list(getattr(ledger, field))
                own, others = draw.sample(records, 6), draw.sample(records, 6)
                # other records under their ids
                patch.put(kind, [replace(one, id=other.id) for one, other in zip(own, others, strict=True)])
                patch.remove(kind, [one.id for one in draw.sample(records, 4)])
            patch.remove(Issue, list(patch.known(Issue, [patch.key_of(Issue)(one) for one in ledger.issues]))[:5])
        kept = kept_tallies(store)
        with store._transaction(writes=True) as conn:
            tally_anew(conn)
        assert kept == kept_tallies(store)
    view = store.view()
    with reading(store) as reader:
        assert stored_totals(reader) == totals_of(view)
        counts = reader.counts()
    assert counts["denials"] == sum(claim.stance == "denies" for claim in view.claims)
    assert {name: counts[name] for name in ("documents", "claims", "incidents", "violations")} == {
        name: len(getattr(view, name)) for name in ("documents", "claims", "incidents", "violations")
    }
    store.replace(Ledger())
    assert kept_tallies(store) == []


@pytest.mark.parametrize("few", [1, 1000])
def test_a_page_is_the_same_however_it_is_found(
    make_store: Callable[[], Store], ledger: Ledger, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr("trucewatch.store.paging.FEW", few)
    store = make_store()
    store.replace(ledger)
    first, last = date(2031, 1, 3), date(2031, 1, 5)

    def fits(claim: Claim, act: str, speaker: str) -> bool:
        earliest, latest = claim.when.earliest, claim.when.latest
        is_told = claim.claimant is not None and claim.claimant.party == speaker
        return (
            is_told and claim.act == act and latest is not None and latest >= first and earliest is not None and earliest <= last
        )

    seen = 0
    with reading(store) as reader:
        for act in ("FIRE.HEAVY", "AIR.STRIKE", "CALM", "SGBV"):
            for speaker in ("XIA", "ZOR", "MED"):
                wanted = {"act": (act,), "claimant_party": speaker, "stance": None}
                days = of_days(first, last)
                assert days is not None
                whole = sorted(claim.id for claim in ledger.claims if fits(claim, act, speaker))
                assert [row.id for row in reader.page(Claim, wanted, limit=99, more=[days])] == whole
                if len(whole) > 1:
                    rest = reader.page(Claim, wanted, limit=1, after=whole[0], more=[days])
                    assert [row.id for row in rest] == whole[1:2]
                    seen += 1
    assert seen
    assert of_days(None, None) is None


def test_an_alias_is_found_and_forgotten_with_its_entry(make_store: Callable[[], Store]) -> None:
    store = make_store()
    incident = Incident(id="inc-1", act="FIRE", when=When(), places=(), claim_ids=())
    entry = RegisterEntry(incident_id="inc-1", claim_ids=("c",), aliases=("inc-old", "inc-older", "inc-old"), number=1)
    store.replace(Ledger(incidents=(incident,), register=(entry, RegisterEntry(incident_id="inc-2", claim_ids=("d",), number=2))))
    with reading(store) as reader:
        assert [reader.incident_id(one) for one in ("inc-old", "inc-1", "inc-2", "inc-%", "")] == [
            "inc-1",
            "inc-1",
            None,
            None,
            None,
        ]
        assert aliases_that_begin(reader, "inc-o") == ["inc-old", "inc-older"]
        assert aliases_that_begin(reader, "inc-old") == ["inc-old"]
        assert aliases_that_begin(reader, "inc-2") == ["inc-2"]
        assert aliases_that_begin(reader, "nc-") == []
    store.put([replace(entry, aliases=("inc-older",))])
    with reading(store) as reader:
        assert [reader.incident_id(one) for one in ("inc-old", "inc-older")] == [None, "inc-1"]


def test_of_too_many_incidents_the_map_draws_the_latest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trucewatch.web.layers.MOST_DRAWN", 1)
    monkeypatch.setattr("trucewatch.web.pages.MOST_DRAWN", 1)
    client, app = make_site(tmp_path / "ledger.db")
    with app.state.site.reading() as reader:
        latest = reader.incidents(IncidentFilter(), limit=1)[0]
        whole, _ = reader.count_incidents(IncidentFilter())
    assert whole == 2
    with app.state.site.reading() as reader:
        assert list(app.state.layers.columns(reader).rows) == [latest.id]
    # words that the earlier one is told in find nothing that is drawn
    assert client.get("/map/search?q=shelled").json()["rows"] == []
    assert client.get("/map/search?q=drone").json()["rows"] == [0]
    assert "1 earlier ones are in" in client.get("/").text


def test_counts_above_the_most_are_told_as_at_least(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trucewatch.store.reading.MOST_COUNTED", 1)
    client, app = make_site(tmp_path / "ledger.db")
    with app.state.site.reading() as reader:
        assert reader.count_incidents(IncidentFilter(from_day=date(2030, 1, 1))) == (1, True)
        assert reader.count_incidents(IncidentFilter(from_day=date(2030, 1, 1)), most=2) == (2, False)
    more = client.get("/incidents?from=2030-01-01").text
    assert "at least 1</b> of 2" in " ".join(more.split())
    exactly = client.get("/incidents?from=2030-05-12&to=2030-05-12").text
    assert "at least" not in " ".join(exactly.split())


def test_common_words_are_counted_up_to_fewer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where very many sentences hold the words, each incident would have to be searched."""
    wanted = IncidentFilter(words="harbour")
    _, app = make_site(tmp_path / "ledger.db")
    with app.state.site.reading() as reader:
        told, is_more = reader.count_incidents(wanted)
        assert (told > 0, is_more) == (True, False)
        monkeypatch.setattr("trucewatch.store.reading.FEW", 1)
        monkeypatch.setattr("trucewatch.store.reading.MOST_TOLD", 0)
        assert reader.count_incidents(wanted) == (0, True)
