"""The index that readers filter incidents by: kept with the ledger, on every database, and made for older ledgers."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from trucewatch.model.records import (
    Claim,
    ClaimPlace,
    Document,
    Incident,
    Ledger,
    Reading,
    RegisterEntry,
    Violation,
    When,
)
from trucewatch.store import Store, open_store
from trucewatch.store.filters import IncidentFilter
from trucewatch.store.index import CHANGES, COUNTED, COUNTS, EVERY, FACETS, INDEX
from trucewatch.store.patch import patching
from trucewatch.store.reading import reading
from trucewatch.store.scoreboard import clause_counts, day_counts, days_read, teller_counts
from trucewatch.store.sentences import SENTENCES
from trucewatch.store.tables import ALIASES
from trucewatch.store.tallies import TALLIES, tally_anew

SENTENCE = "Mortars fell on Alder, the mayor said."
TEXTS = {
    "doc-1": f"{SENTENCE} A truce was talked of.",
    "doc-2": "Mortars fell on Alder, the mayor was quoted as saying.",
    "doc-3": "A drone struck Birch.",
}
ALDER = ClaimPlace(text="Alder", place_id="alder", name="Alder", lat=1.0, lon=2.0, precision="settlement")
READ = When(earliest=date(2030, 5, 2), latest=date(2030, 5, 2), precision="day")
DOCUMENTS = tuple(
    Document(
        id=key,
        source=f"{key}.txt",
        input_path=f"{key}.txt",
        sha256=str(n) * 64,
        family_id="fam-1" if n < 3 else None,
        published=READ if n < 3 else When(),
    )
    for n, key in enumerate(TEXTS, 1)
)


def claim(key: str, document_id: str, act: str) -> Claim:
    end = len(SENTENCE) if document_id == "doc-1" else len(TEXTS[document_id])
    return Claim(
        id=key,
        document_id=document_id,
        start_char=0,
        end_char=end,
        sentence_start_char=0,
        sentence_end_char=end,
        act=act,
    )


def incident(key: str, day: int | None, **values: object) -> Incident:
    span = When(earliest=date(2030, 5, day), latest=date(2030, 5, day + 1), precision="days") if day else When()
    made = Incident(id=key, act="FIRE.HEAVY", when=span, places=(), claim_ids=())
    return replace(made, **values)  # type: ignore[arg-type]


LEDGER = Ledger(
    documents=DOCUMENTS,
    claims=(
        claim("c1", "doc-1", "FIRE.HEAVY"),
        claim("c2", "doc-2", "FIRE.HEAVY"),
        replace(claim("c3", "doc-3", "AIR.DRONE_STRIKE"), confidence=0.25),
    ),
    incidents=(
        incident("i1", 3, places=(ALDER,), claim_ids=("c1", "c2"), attributed_to="XIA;ALY", target="ZOR", occurrence="contested"),
        incident("i2", 10, act="AIR.DRONE_STRIKE", claim_ids=("c3",), parties_asserting=("XIA",), breach="alleged"),
        incident("i3", None, act="FIRE"),
    ),
    violations=(
        Violation(
            id="v1",
            incident_id="i2",
            agreement_id="NEW",
            clause_id="NEW#1",
            party="ZOR",
            status="alleged",
            rule="r",
            explanation="e",
        ),
    ),
    register=(RegisterEntry(incident_id="i1", claim_ids=("c1",), aliases=("i0",), number=1),),
)


@pytest.fixture
def store(make_store: Callable[[], Store]) -> Store:
    """A ledger of three incidents over three documents, two of one family."""
    made = make_store()
    readings = [Reading(document=replace(document, text=TEXTS[document.id])) for document in DOCUMENTS]
    made.put_originals(readings)
    made.put_readings(readings, "m")
    made.replace(LEDGER)
    return made


def found(store: Store, **wanted: object) -> list[str]:
    """Ids of the incidents that a filter leaves, newest first."""
    wish = IncidentFilter(**wanted)  # type: ignore[arg-type]
    with reading(store) as reader:
        ids = [row.id for row in reader.incidents(wish, limit=10)]
        assert reader.count_incidents(wish) == (len(ids), False)
    return ids


def test_every_condition_filters(store: Store) -> None:
    assert found(store) == ["i2", "i1", "i3"]
    assert found(store, acts=("FIRE",)) == ["i1", "i3"]
    assert found(store, acts=("FIRE.HEAVY", "AIR")) == ["i2", "i1"]
    assert found(store, sides=("XIA",)) == ["i2", "i1"]
    assert found(store, doers=("XIA",)) == ["i1"]
    assert found(store, sides=("ZOR",), statuses=("contested",)) == ["i1"]
    assert found(store, agreements=("NEW",)) == ["i2"]
    assert found(store, families=("fam-1",)) == ["i1"]
    assert found(store, families=("doc-3",)) == ["i2"]
    assert found(store, places=("alder",)) == ["i1"]
    assert found(store, statuses=("alleged",), sides=("ALY",)) == []


def test_days_overlap_at_both_ends_and_an_unknown_day_is_in_no_range(store: Store) -> None:
    assert found(store, from_day=date(2030, 5, 4)) == ["i2", "i1"]
    assert found(store, from_day=date(2030, 5, 5)) == ["i2"]
    assert found(store, to_day=date(2030, 5, 3)) == ["i1"]
    assert found(store, to_day=date(2030, 5, 2)) == []


def test_words_lead_to_incidents_through_sentences_and_are_no_syntax(store: Store) -> None:
    assert found(store, words="mortars mayor") == ["i1"]
    assert found(store, words="MÖRTARS mayor’s") == ["i1"]
    assert found(store, words="mortar") == []
    assert found(store, words="drone birch") == ["i2"]
    # two words of one document, in two sentences
    assert found(store, words="mayor truce") == []
    assert found(store, words="truce") == []
    assert found(store, words="drone", sides=("XIA",)) == ["i2"]
    assert found(store, words='" OR NEAR( * -') == []
    assert found(store, words="a\x00b") == []


def test_a_hit_is_the_claim_whose_sentence_holds_the_words(store: Store) -> None:
    with reading(store) as reader:
        assert reader.hits(IncidentFilter(words="mayor alder"), ["i1", "i2"]) == {"i1": ["c1", "c2"]}
        assert reader.hits(IncidentFilter(words="quoted"), ["i1", "i2"]) == {"i1": ["c2"]}
        assert reader.hits(IncidentFilter(words="quoted"), ["i2"]) == {}
        assert reader.hits(IncidentFilter(words="quoted"), []) == {}
        assert reader.hits(IncidentFilter(words="!"), ["i1"]) == {}


def test_a_word_with_a_hyphen_is_found_where_its_parts_stand_side_by_side(make_store: Callable[[], Store]) -> None:
    store = make_store()
    texts = {"doc-1": "Shells fell on Upper-Alder today.", "doc-2": "Shells fell on Alder, upper bank.", "doc-3": "Quiet."}
    readings = [Reading(document=replace(document, text=texts[document.id])) for document in DOCUMENTS]
    store.put_originals(readings)
    store.put_readings(readings, "m")
    claims = tuple(replace(claim(f"c{n}", f"doc-{n}", "FIRE.HEAVY"), sentence_end_char=33, end_char=33) for n in (1, 2))
    incidents = (incident("i1", 3, claim_ids=("c1",)), incident("i2", 4, claim_ids=("c2",)))
    store.replace(replace(LEDGER, claims=claims, incidents=incidents, violations=()))
    assert found(store, words="upper-alder") == ["i1"]
    assert found(store, words="upper alder") == ["i2", "i1"]


def test_public_views_find_a_name_by_open_words_alone_and_nothing_that_is_kept_back(store: Store) -> None:
    with_names = {"is_open": {"alder", "mortars"}.__contains__}
    assert found(store, words="fell", **with_names) == ["i1"]
    assert found(store, words="Alder", **with_names) == ["i1"]
    assert found(store, words="Birch", **with_names) == []
    assert found(store, words="Birch") == ["i2"]
    assert found(store, words="Alder", kept_back=("FIRE",), **with_names) == []
    assert found(store, words="fell", kept_back=("FIRE",), **with_names) == ["i1"]
    assert found(store, places=("alder",), kept_back=("FIRE",), **with_names) == []
    assert found(store, places=("alder",), kept_back=("AIR",), **with_names) == ["i1"]


def test_a_run_rewrites_the_sentences_that_differ_alone(store: Store) -> None:
    with store.engine.connect() as conn:
        before = dict(conn.execute(sa.select(SENTENCES.c.claim_id, SENTENCES.c.number)).all())
    shorter = replace(LEDGER.claims[0], sentence_end_char=21, end_char=21)
    store.replace(replace(LEDGER, claims=(shorter, LEDGER.claims[2]), incidents=LEDGER.incidents))
    assert found(store, words="mayor") == []
    assert found(store, words="alder") == ["i1"]
    with store.engine.connect() as conn:
        after = dict(conn.execute(sa.select(SENTENCES.c.claim_id, SENTENCES.c.number)).all())
    assert after == {key: before[key] for key in ("c1", "c3")}


def test_pages_follow_one_another_in_both_directions(store: Store) -> None:
    for newest_first in (True, False):
        seen: list[str] = []
        after = None
        with reading(store) as reader:
            while rows := reader.incidents(IncidentFilter(), limit=1, after=after, newest_first=newest_first):
                seen.append(rows[0].id)
                after = (rows[0].first_day, rows[0].id)
        assert seen == (["i2", "i1", "i3"] if newest_first else ["i3", "i1", "i2"])


def test_a_common_condition_is_walked_and_gives_the_same(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trucewatch.store.filters.FEW", 1)
    monkeypatch.setattr("trucewatch.store.paging.FEW", 1)
    test_every_condition_filters(store)
    test_words_lead_to_incidents_through_sentences_and_are_no_syntax(store)
    test_a_hit_is_the_claim_whose_sentence_holds_the_words(store)
    test_public_views_find_a_name_by_open_words_alone_and_nothing_that_is_kept_back(store)


def test_a_change_rewrites_what_differs_and_counts(store: Store) -> None:
    with reading(store) as reader:
        before = reader.version()
        numbers = {row.id: row.number for row in reader.conn.execute(sa.select(INDEX.c.id, INDEX.c.number))}
    store.replace(LEDGER)
    with reading(store) as reader:
        assert reader.version() == before
    violations = (replace(LEDGER.violations[0], id="v2", incident_id="i1"),)
    store.replace(replace(LEDGER, incidents=LEDGER.incidents[:2], violations=violations))
    assert found(store, agreements=("NEW",)) == ["i1"]
    assert found(store) == ["i2", "i1"]
    with reading(store) as reader:
        assert reader.version() == before + 1
        left = {row.id: row.number for row in reader.conn.execute(sa.select(INDEX.c.id, INDEX.c.number))}
        assert left == {key: numbers[key] for key in ("i1", "i2")}
        assert set(reader.conn.execute(sa.select(FACETS.c.number)).scalars()) == set(left.values())


def counted_anew(store: Store) -> dict[tuple[str, str], int]:
    query = sa.select(FACETS.c.kind, FACETS.c.value, sa.func.count()).where(FACETS.c.kind.in_(COUNTED))
    with store.engine.connect() as conn:
        found = {(row[0], row[1]): row[2] for row in conn.execute(query.group_by(FACETS.c.kind, FACETS.c.value))}
        every = conn.execute(sa.select(sa.func.count()).select_from(INDEX)).scalar() or 0
    return {**found, (EVERY, ""): every} if every else found


def kept_counts(store: Store) -> dict[tuple[str, str], int]:
    with store.engine.connect() as conn:
        return {(row.kind, row.value): row[2] for row in conn.execute(sa.select(COUNTS))}


def test_counts_of_facets_follow_every_change(store: Store) -> None:
    assert kept_counts(store) == counted_anew(store)
    assert kept_counts(store)["act", "FIRE"] == 2
    changed = (replace(LEDGER.incidents[0], occurrence="verified", target="XIA"), LEDGER.incidents[1])
    store.replace(replace(LEDGER, incidents=changed))
    assert kept_counts(store) == counted_anew(store)
    assert ("status", "contested") not in kept_counts(store), "a value that no incident has any more is no choice"
    with patching(store) as patch:
        patch.put(Incident, [incident("i4", 12, occurrence="contested")])
        patch.remove(Incident, ["i2"])
        patch.index(["i4", "i2"])
    assert kept_counts(store) == counted_anew(store)
    assert kept_counts(store)[EVERY, ""] == 2
    store.replace(Ledger(documents=DOCUMENTS))
    assert kept_counts(store) == {}


def test_a_merged_id_leads_to_the_incident_and_history_is_kept(store: Store) -> None:
    changed = replace(LEDGER.incidents[0], occurrence="verified")
    store.replace(replace(LEDGER, incidents=(changed, *LEDGER.incidents[1:])))
    with reading(store) as reader:
        assert reader.incident_id("i0") == "i1"
        assert reader.incident_id("i%") is None
        versions = reader.history(Incident, "i1")
        assert [version.plain["occurrence"] for version in versions] == ["verified", "contested"]
        assert [version.ended_at is None for version in versions] == [True, False]
        assert [row.id for row in reader.latest_incidents(IncidentFilter(), 1)] == ["i1"]


def test_an_incident_comes_with_all_that_belongs_to_it(store: Store) -> None:
    with reading(store) as reader:
        ledger = reader.ledger_of_incident("i2")
        assert ledger is not None
        assert [c.id for c in ledger.claims] == ["c3"]
        assert [d.text for d in ledger.documents] == [TEXTS["doc-3"]]
        assert [v.id for v in ledger.violations] == ["v1"]
        assert reader.ledger_of_incident("i9") is None
        of_document = reader.ledger_of_documents(["doc-1"])
        assert [i.id for i in of_document.incidents] == ["i1"]


def test_counts_against_clauses_and_what_was_read_of_a_day(store: Store) -> None:
    with reading(store) as reader:
        counts = [(one.clause_id, one.party, one.value, one.count) for one in clause_counts(reader.conn)]
        assert counts == [("NEW#1", "ZOR", "alleged", 1)]
        assert [(one.value, one.count) for one in teller_counts(reader.conn, "asserted_by")] == [("XIA", 1)]
        assert teller_counts(reader.conn, "denied_by") == []
        assert day_counts(reader.conn) == {"2030-05-10": {"ZOR": 1}}
        assert day_counts(reader.conn, date(2030, 5, 12)) == {}
        assert clause_counts(reader.conn, date(2030, 5, 1), date(2030, 5, 10)) == clause_counts(reader.conn)
        read = days_read(reader.conn, ["2030-05-02", "2030-05-03"])
        assert {day: (one.documents, one.families) for day, one in read.items()} == {"2030-05-02": (2, 1)}
        assert reader.violation_counts() == [("NEW", "alleged", 1)]
        assert reader.passed_deadlines() == []
        assert reader.issue_counts() == []


def test_claims_come_least_certain_first_page_by_page(store: Store) -> None:
    with reading(store) as reader:
        assert [claim.id for claim in reader.least_certain(limit=9)] == ["c3", "c1", "c2"]
        assert [claim.id for claim in reader.least_certain(limit=1, after=(0.5, "c1"))] == ["c2"]
        assert [row.id for row in reader.page(Claim, {"document_id": ("doc-1", "doc-3")}, limit=9, after="c1")] == ["c3"]


def test_an_older_ledger_gets_its_index(tmp_path: Path) -> None:
    place = tmp_path / "old.db"
    with open_store(place) as store:
        readings = [Reading(document=replace(document, text=TEXTS[document.id])) for document in DOCUMENTS]
        store.put_originals(readings)
        store.put_readings(readings, "m")
        store.replace(LEDGER)
        fresh = indexes(store)
        large = importlib.import_module("trucewatch.store.migrations.versions.0007_large")
        # as the first version left it
        with store.engine.begin() as conn:
            for index in (*large.MADE, "ix_documents_published"):
                conn.exec_driver_sql(f"DROP INDEX IF EXISTS {index}")
            conn.exec_driver_sql("ALTER TABLE originals DROP COLUMN read_by")
            conn.exec_driver_sql("ALTER TABLE controls DROP COLUMN since_on")
            conn.exec_driver_sql("CREATE INDEX ix_claims_when_earliest ON claims (when_earliest)")
            conn.exec_driver_sql("CREATE INDEX ix_readings_made_by ON readings (made_by)")
            conn.exec_driver_sql("CREATE INDEX ix_originals_sequence ON originals (sequence)")
            conn.exec_driver_sql("DROP TABLE sentences_search")
            for table in (ALIASES, TALLIES, CHANGES, COUNTS, FACETS, INDEX, SENTENCES):
                table.drop(conn)
            conn.exec_driver_sql("ALTER TABLE claims DROP COLUMN confidence")
            conn.execute(sa.text("UPDATE alembic_version SET version_num = '0001'"))
    with open_store(place, create=False) as store:
        test_every_condition_filters(store)
        test_words_lead_to_incidents_through_sentences_and_are_no_syntax(store)
        with reading(store) as reader:
            assert reader.version() == 1
            assert reader.incident_id("i0") == "i1"
        assert kept_counts(store) == counted_anew(store)
        assert indexes(store) == fresh
        assert store.originals_to_read("m") == []
        assert len(store.originals_to_read("n")) == len(DOCUMENTS)
        with store.snapshot() as conn:
            kept = conn.execute(sa.select(TALLIES)).all()
        with store._transaction(writes=True) as conn:
            tally_anew(conn)
        with store.snapshot() as conn:
            assert kept
            assert sorted(kept) == sorted(conn.execute(sa.select(TALLIES)).all())


def indexes(store: Store) -> set[tuple[str, tuple[str | None, ...]]]:
    """Every index of the tables, with its columns."""
    inspector = sa.inspect(store.engine)
    return {
        (str(index["name"]), tuple(index["column_names"]))
        for table in inspector.get_table_names()
        for index in inspector.get_indexes(table)
    }


def test_what_is_still_to_be_read_is_found_in_indexes_alone(tmp_path: Path) -> None:
    """A million documents are asked for at every run: no text may be read for it."""
    asked: list[tuple[str, Any]] = []
    with open_store(tmp_path / "trucewatch.db") as store:
        sa.event.listen(store.engine, "before_cursor_execute", lambda _, __, sql, values, *___: asked.append((sql, values)))
        store.originals_to_read("m")
        with store.snapshot() as conn:
            plans = [
                str(row[3])
                for query, values in list(asked)
                if "FROM originals" in query
                for row in conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", values).all()
            ]
    assert len(plans) == 3
    assert all(step.startswith("SEARCH originals USING INDEX ix_originals_read_by") for step in plans), plans


def test_redacted_words_leave_the_index(store: Store) -> None:
    start = TEXTS["doc-1"].index("Alder")
    store.black_out({"doc-1": ((start, start + 5),)})
    with reading(store) as reader:
        assert "Alder" not in [row.place for row in reader.incidents(IncidentFilter(), limit=10)]
        words = sa.select(SENTENCES.c.words).where(SENTENCES.c.claim_id == "c1")
        assert reader.conn.execute(words).scalar() is None
    assert found(store, words="alder") == ["i1"], "of the copy, which nobody redacted"
    store.replace(replace(LEDGER, claims=LEDGER.claims[:1]))
    assert found(store, words="alder") == []
    assert found(store, words="mortars") == ["i1"]
