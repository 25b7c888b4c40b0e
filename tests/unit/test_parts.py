"""A ledger brought up to date part by part is, row by row, the ledger worked out whole."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from tests.unit.dense_ledger import dense_originals, dense_plan, dense_recipe, dense_theatre
from trucewatch.cli import app
from trucewatch.decisions import erase
from trucewatch.errors import ConfigError
from trucewatch.model.records import Decision, Observation
from trucewatch.pipeline import RunResult, incremental, redaction, run
from trucewatch.pipeline.redaction import Making, Redactor
from trucewatch.sources.original import Original
from trucewatch.stages.kinship.state import digest_of
from trucewatch.store import Store, open_store
from trucewatch.store.index import FACETS, INDEX
from trucewatch.store.sentences import SENTENCES
from trucewatch.store.shelf import Shelf
from trucewatch.store.tables import HISTORY, SPECS
from trucewatch.text.redaction import redacted_ranges
from trucewatch.text.shingles import make_sketch, text_words

DOCUMENTS = 40


@pytest.fixture(autouse=True)
def _always_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(incremental, "PARTS_FROM", 0)


def take(store: Store, originals: Sequence[Original], *, is_fresh: bool = False) -> RunResult:
    with store.writing():
        return run(originals, store=store, stages=dense_plan(), recipe=dense_recipe, workers=1, is_strict=True, is_fresh=is_fresh)


def rows(store: Store) -> dict[str, Any]:
    """Every row of the tables, of the index of incidents and (without their times) of the history."""
    found: dict[str, Any] = {}
    with store.snapshot() as conn:
        for spec in SPECS:
            found[spec.field] = {row.id: row.record for row in conn.execute(sa.select(spec.table.c.id, spec.table.c.record))}
        numbers = {row.number: row.id for row in conn.execute(sa.select(INDEX.c.number, INDEX.c.id))}
        found["index"] = {row.id: row.digest for row in conn.execute(sa.select(INDEX.c.id, INDEX.c.digest))}
        found["facets"] = {(row.kind, row.value, numbers[row.number]) for row in conn.execute(sa.select(FACETS))}
        sentences = conn.execute(sa.select(SENTENCES.c.claim_id, SENTENCES.c.digest, SENTENCES.c.words, SENTENCES.c.small))
        found["sentences"] = {row[0]: tuple(row) for row in sentences}
        history = conn.execute(sa.select(HISTORY.c.table_name, HISTORY.c.id, HISTORY.c.record))
        found["history"] = sorted(tuple(row) for row in history)
    return found


def decide(store: Store, rng: random.Random, count: int) -> None:
    """Put so many decisions and observations on whatever the ledger holds."""
    ledger = store.view()
    if not ledger.incidents:
        return
    claims = [claim.id for incident in ledger.incidents for claim in ledger.claims if claim.id in incident.claim_ids]
    incidents = [incident.id for incident in ledger.incidents] + [entry.incident_id for entry in ledger.register]
    known = list(ledger.decisions)
    for _ in range(count):
        made = _decision(rng, len(known), claims, incidents, [claim.id for claim in ledger.claims], known)
        known.append(made)
        store.put((made,))
    town = dense_theatre().places[3]
    at = datetime(2030, 3, rng.randint(1, 9), 12, tzinfo=UTC)
    store.put(
        (
            Observation(
                id=f"observation-{len(known)}-{rng.random()}",
                observer_code="P1",
                report_kind="fire",
                observed_from_at=at,
                means=("heard",),
                effect="explosion",
                event_place=town.names[0],
            ),
        )
    )


def _decision(
    rng: random.Random,
    number: int,
    claims: Sequence[str],
    incidents: Sequence[str],
    every: Sequence[str],
    known: Sequence[Decision],
) -> Decision:
    kind = rng.choice(("same", "same", "different", "verify", "attribute", "correct", "undo", "redact"))
    subject: tuple[str, ...] = (rng.choice(incidents),)
    verdict = {"verify": "verified", "attribute": "determined:AAA"}.get(kind, kind)
    if kind in ("same", "different"):
        pool = rng.choice((claims, incidents))
        subject = tuple(dict.fromkeys(rng.choices(pool, k=2))) if len(pool) > 1 else ()
    elif kind == "correct":
        subject, verdict = (rng.choice(every),), rng.choice(('act="FIRE.HEAVY"', 'attributed_to.party="DDD"', "places=[]"))
    elif kind == "redact":
        # of another machine's log: the words still stand here
        subject, verdict = (rng.choice(every),), "all"
    elif kind == "undo":
        subject = (rng.choice(known).id,) if known else ("decision-none",)
        verdict = "undone"
    names = {"same": "same_incident", "different": "same_incident", "correct": "correct_value"}
    return Decision(
        id=f"decision-{number}",
        kind=names.get(kind, kind),
        subject=subject,
        verdict=verdict,
        reason="a test",
        decided_by="P1;P2",
        decided_at=datetime(2031, 1, 1, tzinfo=UTC) + timedelta(hours=number),
        sequence=number + 1,
    )


def redact(folder: Path, rng: random.Random) -> None:
    """Destroy words (of a sentence, or of a document) by parts, and in a copy whole: the two must be equal, at once."""
    other = folder.with_name(f"{folder.name}-whole")
    shutil.rmtree(other, ignore_errors=True)
    shutil.copytree(folder, other)
    with open_store(other / "trucewatch.db") as whole, open_store(folder / "trucewatch.db") as store:
        redact_stores(store, whole, rng)


def redact_stores(store: Store, whole: Store, rng: random.Random) -> None:
    """Destroy words by parts in a ledger, and whole in one that is equal to it."""
    ledger = store.view()
    observations = [one.id for one in ledger.observations]
    subject, verdict = rng.choice([claim.id for claim in ledger.claims]), "all"
    if rng.random() < 0.4:
        document = rng.choice(ledger.documents)
        start = rng.randrange(len(document.text) - 20)
        subject, verdict = document.id, rng.choice(("all", f"{start}:{start + rng.randint(4, 80)}"))
    elif observations and rng.random() < 0.3:
        subject = rng.choice(observations)
    number = len(ledger.decisions)
    decision = Decision(
        id=f"decision-{number}",
        kind="redact",
        subject=(subject,),
        verdict=verdict,
        reason="a test",
        decided_by="P1",
        decided_at=datetime(2031, 1, 1, tzinfo=UTC) + timedelta(hours=number),
        sequence=number + 1,
    )
    ranges = redacted_ranges(ledger.documents, ledger.claims, (decision,))
    hidden = [one for one in observations if one == subject]
    whole.put((decision,))
    whole.black_out(ranges, hidden)
    take(whole, [], is_fresh=True)
    redactor = Redactor(store, (subject,), lambda: Making(stages=dense_plan(), recipe=dense_recipe), is_strict=True)
    redactor.put((decision,))
    redactor.black_out(ranges, hidden)
    assert redactor.is_worked_out
    agree(store, whole)
    result = take(store, [])
    assert (result.recomputed, result.rows_changed) == (None, 0)


def agree(store: Store, whole: Store) -> None:
    """Two ledgers must be equal, row by row."""
    found, expected = rows(store), rows(whole)
    for name, wanted in expected.items():
        assert found[name] == wanted, name


def compare(folder: Path, originals: Sequence[Original]) -> RunResult:
    """Take documents into a ledger by parts, and into a copy of it whole: the two must be equal."""
    other = folder.with_name(f"{folder.name}-whole")
    shutil.rmtree(other, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(folder, other)
    with open_store(other / "trucewatch.db") as whole, open_store(folder / "trucewatch.db") as store:
        return compare_stores(store, whole, originals)


def compare_stores(store: Store, whole: Store, originals: Sequence[Original]) -> RunResult:
    """Take documents into a ledger by parts, and whole into one that is equal to it: they must be equal again."""
    recomputed = take(whole, originals, is_fresh=True)
    result = take(store, originals)
    assert result.recomputed is None
    assert result.rows_changed == recomputed.rows_changed
    agree(store, whole)
    return result


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(seed=st.integers(0, 10**6))
# a claim with a place comes into the story of one without, which then joins it
@example(seed=30630)
# the day of one version of a page moves, and with it which version is the later one
@example(seed=85)
@example(seed=215)
def test_parts_give_the_rows_of_a_whole_recomputation(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    rng = random.Random(seed)
    originals = dense_originals(DOCUMENTS, seed)
    rng.shuffle(originals)
    cuts = sorted(rng.randrange(DOCUMENTS + 1) for _ in range(rng.randint(1, 4)))
    folder = tmp_path_factory.mktemp("ledger") / "parts"
    for low, high in pairwise([0, *cuts, DOCUMENTS]):
        compare(folder, originals[low:high])
        with open_store(folder / "trucewatch.db") as store:
            decide(store, rng, rng.randint(0, 3))
    compare(folder, [])
    redact(folder, rng)


def test_a_ledger_on_any_database_is_brought_up_to_date_in_parts(make_store: Callable[[], Store], tmp_path: Path) -> None:
    originals, store = dense_originals(DOCUMENTS, 6), make_store()
    with open_store(tmp_path / "whole" / "trucewatch.db") as whole:
        for low, high in pairwise([0, 15, 30, 33, DOCUMENTS]):
            compare_stores(store, whole, originals[low:high])
            for one in (store, whole):
                decide(one, random.Random(f"decided {high}"), 4)
        compare_stores(store, whole, [])
        redact_stores(store, whole, random.Random(2))
        # what one program wrote another goes on with
        assert take(make_store(), originals).rows_changed == 0


def test_words_are_destroyed_by_parts_and_the_ledger_goes_on(tmp_path: Path) -> None:
    rng = random.Random(5)
    originals, folder = dense_originals(36, 5), tmp_path / "parts"
    for low, high in pairwise([0, 20, 28, 36]):
        compare(folder, originals[low:high])
        for _ in range(3):
            redact(folder, rng)
    # what is met again is not read again
    compare(folder, originals)


def test_of_destroyed_words_nothing_is_left_beside_the_ledger(tmp_path: Path) -> None:
    """Neither as letters, nor as what they were cut into."""
    originals, folder = dense_originals(24, 8), tmp_path / "parts"
    with open_store(folder / "trucewatch.db") as store:
        take(store, originals)
        document = max(store.view().documents, key=lambda one: len(one.text))
        words = text_words(document.text)
        sketch = make_sketch(words)
        others = [one.text for one in store.view().documents if one.text != document.text]
        shared = np.concatenate([make_sketch(text_words(text)).prints for text in others])
        own = np.setdiff1d(sketch.prints, shared) & np.uint64(0xFFFFFFFF)
        assert len(own) > 5
        shelf = store.shelf.folder
        kept = {path.name for path in shelf.iterdir()}
        assert {"parts.db", "manifest.json"} <= kept
        redactor = Redactor(store, (document.id,), lambda: Making(stages=dense_plan(), recipe=dense_recipe), is_strict=True)
        redactor.black_out({document.id: ((0, len(document.text)),)})
        assert redactor.is_worked_out
        assert not [path for path in shelf.iterdir() if path.suffix == ".memo"]
        for path in shelf.glob("array-*.npy"):
            values = np.load(path)
            if values.dtype == np.uint64:
                assert not np.isin(values >> np.uint64(32), own).any()
            if values.dtype == np.uint8:
                assert digest_of(document.text) not in values.tobytes()
        assert digest_of(document.text) not in b"".join(path.read_bytes() for path in shelf.glob("parts.db*"))


def test_a_redaction_cut_short_leaves_nothing_to_be_used_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    originals, folder = dense_originals(24, 5), tmp_path / "parts"
    compare(folder, originals)

    class Killed(BaseException):
        pass

    def killed(*_: Any, **__: Any) -> int:
        raise Killed

    with open_store(folder / "trucewatch.db") as store:
        document = store.view().documents[0]
        redactor = Redactor(store, (document.id,), lambda: Making(stages=dense_plan(), recipe=dense_recipe))
        with monkeypatch.context() as patch:
            patch.setattr(redaction, "bring_parts_up_to_date", killed)
            # as a killed program, which has no time to tidy up
            patch.setattr(Shelf, "clear", lambda _: None)
            with pytest.raises(Killed):
                redactor.black_out({document.id: ((0, 50),)})
        assert not redactor.is_worked_out
        assert (store.shelf.folder / "parts.db").exists()
    compare(folder, [])
    assert not (folder / "trucewatch.db.shelf" / "erasing").exists()


def test_the_command_redacts_in_parts_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    originals, place = dense_originals(24, 5), str(tmp_path / "trucewatch.db")
    monkeypatch.setattr(redaction, "making_of", lambda _: Making(stages=dense_plan(), recipe=dense_recipe))
    with open_store(place) as store:
        take(store, originals)
        claim = next(claim for claim in store.view().claims if claim.places)
    done = CliRunner().invoke(app, ["decide", "redact", claim.id, "--reason", "a name", "--by", "P1", "--store", place])
    assert (done.exit_code, done.exception) == (0, None)
    assert "worked out" in done.output
    assert "next" not in done.output
    with open_store(place) as store:
        left = next(one for one in store.view().claims if one.id == claim.id)
        assert left.reasons == ("redacted",)
        result = take(store, [])
        assert (result.recomputed, result.rows_changed) == (None, 0)


def test_a_stage_that_fails_on_what_is_left_of_the_words_does_not_keep_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    originals, folder = dense_originals(24, 5), tmp_path / "parts"
    compare(folder, originals)

    def broken(*_: Any) -> Any:
        raise RuntimeError("made for a test")

    with open_store(folder / "trucewatch.db") as store:
        document = store.view().documents[0]
        redactor = Redactor(store, (document.id,), lambda: Making(stages=dense_plan(), recipe=dense_recipe))
        with monkeypatch.context() as patch:
            patch.setattr(incremental, "SumParts", broken)
            redactor.black_out({document.id: ((0, 50),)})
        assert not redactor.is_worked_out
        assert not list(store.shelf.folder.iterdir())
        assert next(one for one in store.view().documents if one.id == document.id).text.startswith("██")
    compare(folder, [])


def test_of_a_ledger_made_otherwise_the_words_go_all_the_same(tmp_path: Path) -> None:
    originals, folder = dense_originals(12, 5), tmp_path / "parts"
    compare(folder, originals)

    def unknown() -> Making:
        raise ConfigError("made for a test")

    for making in (unknown, lambda: Making(stages=dense_plan(), recipe=dense_recipe, parser_pipeline="another")):
        with open_store(folder / "trucewatch.db") as store:
            document = store.view().documents[0]
            redactor = Redactor(store, (document.id,), making)
            redactor.black_out({document.id: ((0, 50),)})
            assert not redactor.is_worked_out
            assert not list(store.shelf.folder.iterdir())
        compare(folder, [])


def test_an_erased_decision_and_a_corrected_observation_are_followed_up_in_parts(tmp_path: Path) -> None:
    originals, folder = dense_originals(24, 9), tmp_path / "parts"
    compare(folder, originals)
    rng = random.Random(9)
    with open_store(folder / "trucewatch.db") as store:
        decide(store, rng, 12)
    compare(folder, [])
    with open_store(folder / "trucewatch.db") as store:
        decisions, seen = store.decided(), store.observed()[0]
        last = len(decisions)
        for kind, subject, verdict in [
            ("correct_value", seen.id, 'observed_from_at="2030-03-05T10:00:00+00:00"'),
            *(("redact", one.id, "all") for one in decisions if one.kind != "redact"),
        ]:
            store.put(
                (
                    Decision(
                        id=f"decision-{last}",
                        kind=kind,
                        subject=(subject,),
                        verdict=verdict,
                        reason="a test",
                        decided_by="P1",
                        decided_at=datetime(2031, 2, 1, tzinfo=UTC) + timedelta(hours=last),
                        sequence=last + 1,
                    ),
                )
            )
            last += 1
        store.put([erase(one) for one in decisions if one.kind != "redact"])
    compare(folder, [])


def test_metadata_learned_later_bears_on_what_it_must(tmp_path: Path) -> None:
    """A document without a day is met again with one: its claims, its kin and its incidents follow."""
    originals = dense_originals(DOCUMENTS, 4)
    undated = [original for original in originals if original.published.earliest is None]
    dated = next(original for original in originals if original.published.earliest is not None)
    assert len(undated) > 2
    compare(tmp_path / "parts", originals)
    for original in undated[:3]:
        compare(tmp_path / "parts", [Original(**{**vars_of(original), "published": dated.published})])


def vars_of(original: Original) -> dict[str, Any]:
    return {name: getattr(original, name) for name in original.__dataclass_fields__}


def test_one_document_changes_few_rows_and_reads_no_other_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sys_bench = Path(__file__).parents[2] / "bench"
    monkeypatch.syspath_prepend(str(sys_bench))
    import ledger_scale

    originals = list(ledger_scale.generated(5 * ledger_scale.A_DAY))
    with open_store(tmp_path / "trucewatch.db") as store:
        with store.writing():
            run(originals[:-1], store=store, stages=ledger_scale.plan(), recipe=ledger_scale.recipe, workers=1)
        read: set[str] = set()
        some = Store.some_readings

        def noted(self: Store, ids: Any) -> Any:
            wanted = list(ids)
            read.update(wanted)
            return some(self, wanted)

        monkeypatch.setattr(Store, "some_readings", noted)
        monkeypatch.setattr(Store, "view", lambda *_: pytest.fail("the whole ledger was read"))
        monkeypatch.setattr(Store, "readings", lambda *_: pytest.fail("every document was read"))
        with store.writing():
            result = run(originals, store=store, stages=ledger_scale.plan(), recipe=ledger_scale.recipe, workers=1)
    assert result.recomputed is None
    assert 0 < result.rows_changed < 60
    # itself, and its copies
    assert 1 <= len(read) <= 5


def test_a_stage_that_fails_leaves_a_ledger_worked_out_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    originals = dense_originals(12, 1)

    def broken(*_: Any) -> int:
        raise RuntimeError("made for a test")

    monkeypatch.setattr(incremental, "SumParts", broken)
    with open_store(tmp_path / "trucewatch.db") as store, store.writing():
        result = run(originals, store=store, stages=dense_plan(), recipe=dense_recipe, workers=1)
        assert result.recomputed is not None
        before = store.digest()
        monkeypatch.undo()
        monkeypatch.setattr(incremental, "PARTS_FROM", 0)
        again = run([], store=store, stages=dense_plan(), recipe=dense_recipe, workers=1, is_strict=True)
        assert again.recomputed is None
        assert again.rows_changed == 0
        assert store.digest() == before


def test_what_lies_beside_the_ledger_may_go_or_be_damaged(tmp_path: Path) -> None:
    originals = dense_originals(24, 2)
    folder = tmp_path / "parts"
    compare(folder, originals[:12])
    (folder / "trucewatch.db.shelf" / "parts.db").write_bytes(b"rubbish")
    compare(folder, originals[:18])
    for path in (folder / "trucewatch.db.shelf").iterdir():
        path.unlink()
    compare(folder, originals)


def test_a_first_run_over_many_documents_goes_batch_by_batch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(incremental, "BATCH", 7)
    originals = dense_originals(24, 3)
    with open_store(tmp_path / "trucewatch.db") as store:
        take(store, originals)
        # the reference has nothing to change
        assert take(store, [], is_fresh=True).rows_changed == 0
