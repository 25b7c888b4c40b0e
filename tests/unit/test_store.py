"""One contract for every database that a ledger can live in."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest
import sqlalchemy as sa
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from trucewatch.errors import StoreError
from trucewatch.model.records import (
    Claim,
    ClaimPlace,
    Decision,
    Document,
    Incident,
    Issue,
    Kinship,
    Ledger,
    Observation,
    Reading,
    RegisterEntry,
    Sentence,
    Toll,
    Violation,
    When,
)
from trucewatch.store import Archive, Store, open_store
from trucewatch.store.kept import KeptReadings
from trucewatch.store.tables import METADATA, REVISION

DOCUMENT = Document(id="doc-1", source="a.txt", input_path="a.txt", sha256="0" * 64)
TEXT = "Mortars fell on the upper village, the mayor said."
CLAIM = Claim(
    id="claim-1", document_id="doc-1", start_char=0, end_char=7, sentence_start_char=0, sentence_end_char=50, act="FIRE.HEAVY"
)
NOON = datetime(2021, 3, 4, 12, tzinfo=UTC)


@pytest.fixture
def store(make_store: Callable[[], Store]) -> Store:
    return make_store()


def whole_ledger() -> Ledger:
    """A ledger with a record in every table."""
    decision = Decision(
        id="decision-1",
        kind="verify",
        subject=("incident-1",),
        verdict="verified",
        reason="seen",
        decided_by="ab",
        decided_at=NOON,
    )
    return Ledger(
        documents=(replace(DOCUMENT, text=TEXT, family_id="family-1"),),
        claims=(CLAIM, replace(CLAIM, id="claim-2", when=When(earliest=date(2021, 3, 4), latest=None))),
        observations=(Observation(id="obs-1", observer_code="OP1", report_kind="flash", observed_from_at=NOON),),
        decisions=(decision,),
        kinships=(Kinship(first_id="doc-1", second_id="doc-2", kind="copy", score=1.0, passages=((0, 5, 2, 7),)),),
        register=(RegisterEntry(incident_id="incident-1", claim_ids=("claim-1",)),),
        incidents=(Incident(id="incident-1", act="FIRE.HEAVY", when=When(), places=(), claim_ids=("claim-1",)),),
        tolls=(
            Toll(
                id="toll-1",
                incident_id="incident-1",
                claimant_party="ABC",
                victim_party=None,
                measure="killed",
                population="all",
                low=1,
                best=None,
                high=None,
                period=None,
                claim_ids=("claim-1",),
            ),
        ),
        violations=(
            Violation(
                id="violation-1",
                incident_id="incident-1",
                agreement_id="a",
                clause_id="1",
                party=None,
                status="alleged",
                rule="r",
                explanation="e",
            ),
        ),
        issues=(Issue(stage="date", code="undated", level="info", message="no day", record_id="doc-1"),),
    )


def fill(store: Store) -> Ledger:
    """Put the whole ledger as a run and persons would."""
    ledger = whole_ledger()
    store.put_originals([Reading(document=DOCUMENT, media_type="text/plain")])
    store.put_readings([Reading(document=replace(DOCUMENT, text=TEXT))], "maker-1")
    store.put((*ledger.observations, *ledger.decisions))
    store.replace(ledger)
    return ledger


def test_every_record_comes_back_as_it_was_put(make_store: Callable[[], Store]) -> None:
    ledger = fill(make_store())
    assert make_store().view() == ledger


def test_putting_again_changes_nothing(store: Store) -> None:
    ledger = fill(store)
    digest, history = store.digest(), rows(store, "history")
    assert store.put_originals([Reading(document=DOCUMENT, media_type="text/plain")]) == 0
    store.put_readings([Reading(document=replace(DOCUMENT, text=TEXT))], "maker-1")
    assert store.put((*ledger.observations, *ledger.decisions)) == 0
    assert store.replace(ledger) == 0
    assert store.digest() == digest
    assert rows(store, "history") == history


def test_words_blacked_out_are_in_no_table_and_do_not_come_back(make_store: Callable[[], Store]) -> None:
    words, title = "the mayor", "Upper village hit, the mayor says"
    store = make_store()
    document = replace(DOCUMENT, sha256=store.archive.keep(TEXT.encode()), title=title)
    given = Reading(document=document, media_type="text/plain")
    ledger = replace(whole_ledger(), documents=(replace(document, text=TEXT),))
    incident = replace(ledger.incidents[0], summary=f"shelling, reported by {words}")
    store.put_originals([given])
    store.put_readings([replace(given, document=replace(document, text=TEXT))], "maker-1")
    store.replace(replace(ledger, incidents=(incident,)))
    store.replace(replace(ledger, incidents=(replace(incident, summary="shelling"),)))
    store.shelf.keep("maker-1", {"digests": np.arange(3)})
    start = TEXT.index(words)
    store.black_out({document.id: ((start, start + len(words)),)})

    def everything() -> str:
        with store.engine.connect() as conn:
            return "\n".join(str(row) for table in METADATA.sorted_tables for row in conn.execute(sa.select(table)))

    assert words not in everything()
    assert store.search("mayor") == []
    assert store.shelf.take("maker-1") == {}
    reading = make_store().reading(document.id)
    assert reading is not None
    assert reading.document.text[:start] == TEXT[:start]
    assert len(reading.document.text) == len(TEXT)
    # the table of titles is given again with the next run
    store.put_originals([given])
    assert words not in everything()


def rows(store: Store, table: str) -> int:
    with store.engine.connect() as conn:
        return int(conn.execute(sa.select(sa.func.count()).select_from(METADATA.tables[table])).scalar() or 0)


def test_a_view_of_an_earlier_instant_shows_what_was_known_then(store: Store) -> None:
    before = fill(store)
    instant = datetime.now(UTC)
    time.sleep(0.005)
    after = replace(before, claims=(replace(CLAIM, act="FIRE"),), violations=())
    assert store.replace(after) == 3
    assert store.view() == after
    assert store.view(as_of=instant) == before
    assert store.view(as_of=datetime(2000, 1, 1, tzinfo=UTC)) == Ledger()


def test_replacing_is_all_or_nothing(store: Store) -> None:
    before = fill(store)
    digest = store.digest()
    broken = replace(before, claims=(), violations=(replace(before.violations[0], id=None),))  # type: ignore[arg-type]
    with pytest.raises((StoreError, TypeError)):
        store.replace(replace(broken, tolls=(object(),)))  # type: ignore[arg-type]
    assert store.digest() == digest


def test_decisions_are_never_overwritten_but_may_be_erased(store: Store) -> None:
    (decision,) = fill(store).decisions
    with pytest.raises(StoreError, match="never overwritten"):
        store.put([replace(decision, verdict="discounted")])
    erased = replace(decision, reason="", subject=(), verdict="", is_erased=True)
    assert store.put([erased]) == 1
    assert store.view().decisions == (erased,)
    with store.engine.connect() as conn:
        kept = conn.execute(sa.select(METADATA.tables["history"].c.record)).scalars().all()
    assert not any("seen" in record for record in kept)


def test_derived_records_are_not_put(store: Store) -> None:
    with pytest.raises(StoreError, match="Claim"):
        store.put([CLAIM])


def test_metadata_learned_later_make_a_new_version_and_a_new_reading(store: Store) -> None:
    store.put_originals([Reading(document=DOCUMENT)])
    store.put_readings([Reading(document=replace(DOCUMENT, text=TEXT))], "maker-1")
    assert store.originals_to_read("maker-1") == []
    assert store.originals_to_read("maker-2") == ["doc-1"]
    given = When(earliest=date(2021, 3, 4), latest=date(2021, 3, 4), precision="day", basis="given")
    assert store.put_originals([Reading(document=replace(DOCUMENT, published=given, outlet="Valley Post"))]) == 1
    assert store.originals_to_read("maker-1") == ["doc-1"]
    # a run that knows less takes nothing away
    assert store.put_originals([Reading(document=DOCUMENT)]) == 0
    original = store.original("doc-1")
    assert original is not None
    assert (original.document.published, original.document.outlet) == (given, "Valley Post")


def test_failed_readings_are_read_again(store: Store) -> None:
    store.put_originals([Reading(document=DOCUMENT)])
    store.put_readings([Reading(document=DOCUMENT)], "maker-1", failed=True)
    assert store.originals_to_read("maker-1") == ["doc-1"]


def test_a_reading_without_its_original_is_refused(store: Store) -> None:
    with pytest.raises(StoreError, match="doc-1"):
        store.put_readings([Reading(document=DOCUMENT)], "maker-1")


def test_refusals_last_until_their_input_is_read(store: Store) -> None:
    refusal = Issue(stage="sources", code="unreadable", level="error", message="no", source="b.txt")
    store.settle_refusals([("b.txt", refusal)], {"b.txt", "a.txt"})
    store.settle_refusals([], {"a.txt"})
    assert store.refusals() == (refusal,)
    store.settle_refusals([], {"b.txt"})
    assert store.refusals() == ()


def test_search_finds_words_in_text_and_title_and_never_reads_them_as_syntax(store: Store) -> None:
    fill(store)
    assert store.search("upper VILLAGE") == ["doc-1"]
    assert store.search("lower village") == []
    assert store.search('" OR NEAR( * village"') in ([], ["doc-1"])
    assert store.search("   ") == []
    store.put_readings([Reading(document=replace(DOCUMENT, text="Calm again.", title="Lower village"))], "maker-2")
    assert store.search("upper village") == []
    assert store.search("lower village calm") == ["doc-1"]


def test_odd_characters_keep_every_offset(store: Store) -> None:
    store.put_originals([Reading(document=replace(DOCUMENT, source="b\udce9.txt"))])
    text = "one\x00two \ud800 three \U0001f54a four"
    store.put_readings([Reading(document=replace(DOCUMENT, text=text))], "maker-1")
    reading = store.reading("doc-1")
    assert reading is not None
    assert len(reading.document.text) == len(text)
    assert reading.document.text.index("four") == text.index("four")


def test_readings_come_in_the_order_in_which_documents_were_first_put(store: Store) -> None:
    documents = [replace(DOCUMENT, id=f"doc-{number}", source=f"{number}.txt") for number in (9, 2, 7, 1)]
    store.put_originals(Reading(document=document) for document in documents)
    store.put_readings((Reading(document=document) for document in sorted(documents, key=lambda d: d.id)), "maker-1")
    assert [reading.document.id for reading in store.readings()] == ["doc-9", "doc-2", "doc-7", "doc-1"]


def test_bare_readings_come_without_what_a_text_is_cut_into(store: Store) -> None:
    document = replace(DOCUMENT, text="It was calm. It stays so.")
    store.put_originals([Reading(document=document)])
    cut = (Sentence(start_char=0, end_char=12, paragraph=0), Sentence(start_char=13, end_char=25, paragraph=0))
    doubt = Issue(stage="clean", code="odd", level="info", message="odd", source="a.txt")
    store.put_readings([Reading(document=document, sentences=cut, issues=(doubt,))], "maker-1")
    whole, bare = next(store.readings()), next(store.readings(bare=True))
    assert whole.sentences == cut
    assert bare == replace(whole, sentences=())
    assert bare.issues == (doubt,)
    assert bare.document.text == document.text


def test_what_was_put_in_a_run_is_what_the_database_holds(make_store: Callable[[], Store]) -> None:
    """Readings are kept as they were put until the run ends; a row that another program changed meanwhile is read anew."""
    store, other = make_store(), make_store()
    document = replace(DOCUMENT, text=TEXT, origin_map=((0, 3, 7),))
    place = ClaimPlace(text="upper village", start_char=20, end_char=33, role="target", lat=40.25)
    cut = (Sentence(start_char=0, end_char=50, paragraph=0),)
    put = Reading(
        document=document, sentences=cut, claims=(replace(CLAIM, places=(place,)),), media_type="text/plain", original=b"x"
    )
    store.put_originals([Reading(document=DOCUMENT)])
    store.put_readings([put], "maker-1")
    assert store.reading("doc-1") == other.reading("doc-1") == replace(put, original=b"")
    assert list(store.readings(bare=True)) == list(other.readings(bare=True))
    assert list(store.some_readings(["doc-1"])) == list(other.some_readings(["doc-1"]))
    other.put_readings([replace(put, claims=())], "maker-2")
    changed = store.reading("doc-1")
    assert changed is not None
    assert changed.claims == ()


def test_readings_are_kept_only_as_far_as_there_is_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trucewatch.store.kept.MOST_CHARS", 100)
    kept = KeptReadings()
    kept.keep("digest-1", Reading(document=DOCUMENT), 60)
    kept.keep("digest-2", Reading(document=replace(DOCUMENT, id="doc-2")), 60)
    assert kept.take("doc-1", "digest-1", bare=False) == Reading(document=DOCUMENT)
    assert kept.take("doc-1", "digest-2", bare=False) is None
    assert kept.take("doc-2", "digest-2", bare=False) is None
    kept.clear()
    kept.keep("digest-2", Reading(document=replace(DOCUMENT, id="doc-2")), 60)
    assert kept.take("doc-2", "digest-2", bare=False) is not None


def test_one_writer_at_a_time(make_store: Callable[[], Store]) -> None:
    first, second = make_store(), make_store()
    waits: list[str] = []
    with (
        first.writing(),
        pytest.raises(StoreError, match="another trucewatch"),
        second.writing(0.1, lambda: waits.append("waited")),
    ):
        pytest.fail("both have the right to write")
    assert waits == ["waited"]
    with second.writing():
        pass


def test_a_second_writer_waits_for_the_first(make_store: Callable[[], Store]) -> None:
    first, second = make_store(), make_store()
    order: list[str] = []
    waiting = threading.Event()

    def write() -> None:
        with second.writing(30, waiting.set):
            order.append("second")

    with first.writing():
        thread = threading.Thread(target=write)
        thread.start()
        assert waiting.wait(10)
        order.append("first")
    thread.join(10)
    assert order == ["first", "second"]


def test_changes_keep_their_order_when_the_clock_is_set_back(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    before = fill(store)
    number = store.begin_run("maker-1")

    class Yesterday(datetime):
        @classmethod
        def now(cls, tz: object = None) -> Yesterday:  # type: ignore[override]
            return cls(2001, 1, 1, tzinfo=UTC)

    monkeypatch.setattr("trucewatch.store.table_rows.datetime", Yesterday)
    store.replace(replace(before, claims=()))
    store.end_run(number)
    with store.engine.connect() as conn:
        begun, ended = conn.execute(sa.text("SELECT recorded_at, ended_at FROM history WHERE table_name = 'claims'")).first() or (
            "",
            "",
        )
    assert begun <= ended


def test_the_theatre_of_the_last_run_is_known(store: Store) -> None:
    assert store.theatre() is None
    store.end_run(store.begin_run("maker-1", "valley"))
    assert store.theatre() == "valley"


def test_tables_are_those_of_the_metadata(store: Store) -> None:
    with store.engine.connect() as conn:
        there = set(sa.inspect(conn).get_table_names())
        assert conn.execute(sa.text("SELECT version_num FROM alembic_version")).scalar() == REVISION
    assert set(METADATA.tables) <= there


# ---- SQLite's own troubles


def test_a_new_ledger_stands_at_the_last_migration(store: Store) -> None:
    """Its tables are made without Alembic, which must find them as its own."""
    config = Config()
    config.set_main_option("script_location", "trucewatch:store/migrations")
    assert ScriptDirectory.from_config(config).get_current_head() == REVISION
    with store.engine.connect() as conn:
        assert MigrationContext.configure(conn).get_current_heads() == (REVISION,)


def test_no_ledger_is_an_error_for_readers(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no ledger"):
        open_store(tmp_path / "none.db", create=False)
    assert not (tmp_path / "none.db").exists()


@pytest.mark.parametrize("content", [b"this is not a database" * 100, b"SQLite format 3\x00" + b"\xff" * 4000])
def test_a_damaged_ledger_says_what_to_do(tmp_path: Path, content: bytes) -> None:
    place = tmp_path / "trucewatch.db"
    place.write_bytes(content)
    with pytest.raises(StoreError, match=r"trucewatch\.db.*(again|another)"):
        open_store(place)
    assert place.read_bytes() == content


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    place = tmp_path / "other.db"
    with sqlite3.connect(place) as conn:
        conn.execute("CREATE TABLE recipes (name TEXT)")
    with pytest.raises(StoreError, match="no ledger of trucewatch"):
        open_store(place)


def test_a_ledger_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    place = tmp_path / "trucewatch.db"
    open_store(place).close()
    with sqlite3.connect(place) as conn:
        conn.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match="newer trucewatch"):
        open_store(place)


def test_a_folder_is_no_ledger(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is a folder"):
        open_store(tmp_path)


def test_a_database_locked_by_another_program_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = open_store(tmp_path / "trucewatch.db")
    store.engine.dispose()
    with sqlite3.connect(tmp_path / "trucewatch.db", isolation_level=None) as conn:
        conn.execute("BEGIN EXCLUSIVE")
        sa.event.listen(store.engine, "connect", lambda connection, _: connection.execute("PRAGMA busy_timeout = 50"))
        with pytest.raises(StoreError, match=r"locked.*run again"):
            store.put_originals([Reading(document=DOCUMENT)])
    store.close()


@pytest.mark.parametrize("address", ["oracle://x/y", "http://somewhere/", "://nothing"])
def test_an_address_that_holds_no_ledgers(address: str) -> None:
    with pytest.raises(StoreError, match=r"a file, or postgresql|no database address"):
        open_store(address)


def test_readers_read_while_one_writes(tmp_path: Path) -> None:
    writer, reader = open_store(tmp_path / "trucewatch.db"), open_store(tmp_path / "trucewatch.db")
    ledger = fill(writer)
    with writer.engine.begin() as conn:
        conn.execute(METADATA.tables["claims"].delete())
        assert reader.view() == ledger
    writer.close()
    reader.close()


# ---- the archive


def test_an_original_is_kept_once_and_read_back(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive")
    sha256 = archive.keep(b"an original")
    assert archive.keep(b"an original") == sha256
    assert archive.read(sha256) == b"an original"
    assert [path for path in (tmp_path / "archive").rglob("*") if path.is_file()] == [archive.path_of(sha256)]


def test_a_damaged_or_missing_original_says_what_to_do(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive")
    sha256 = archive.keep(b"an original")
    archive.path_of(sha256).write_bytes(b"an ORIGINAL")
    with pytest.raises(StoreError, match="is damaged"):
        archive.read(sha256)
    archive.path_of(sha256).unlink()
    with pytest.raises(StoreError, match="Run again"):
        archive.read(sha256)
    archive.path_of(sha256).write_bytes(b"cut")
    archive.keep(b"an original")
    assert archive.read(sha256) == b"an original"


def test_a_full_disk_leaves_no_half_original(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = Archive(tmp_path / "archive")

    def refuse(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", refuse)
    with pytest.raises(StoreError, match="No space left"):
        archive.keep(b"an original")
    assert not [path for path in (tmp_path / "archive").rglob("*") if path.is_file()]
