"""The log of decisions: chained, erased and still whole, tampered with and found out; corrections and redactions applied."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.unit.ledger_building import CONTEXT, Scene, day, decide, figure, utc
from trucewatch.cli import app
from trucewatch.decisions import append, apply_decisions, log_path, read_log, synchronise, verify_log
from trucewatch.errors import RecordError, StoreError
from trucewatch.model.ids import sha256_of
from trucewatch.model.judgements import standing
from trucewatch.model.records import Decision, Issue, Ledger, Mention, Observation, Reading
from trucewatch.stages import judge
from trucewatch.store import open_store
from trucewatch.text.redaction import BLACK

RUNNER = CliRunner()


def log_of(folder: Path, count: int = 3) -> Path:
    path = folder / "log.jsonl"
    for number in range(count):
        append(path, "verify", [f"incident-{number}"], "discounted", f"seen {number}", "ana", decided_at=utc("2030-05-04T10:00"))
    return path


# --- the chain ---------------------------------------------------------------------------------------------------------------


def test_entries_are_chained_and_the_log_is_whole(tmp_path: Path) -> None:
    path = log_of(tmp_path)
    entries = read_log(path)
    assert [entry.sequence for entry in entries] == [1, 2, 3]
    assert [entry.previous_hash for entry in entries[1:]] == [entry.hash for entry in entries[:-1]]
    report = verify_log(path, entries)
    assert report.is_whole
    assert (report.entries, report.erased, report.head) == (3, 0, entries[-1].hash)


def test_no_log_is_an_empty_log(tmp_path: Path) -> None:
    report = verify_log(tmp_path / "none")
    assert report.is_whole
    assert report.entries == 0


def tampered(path: Path, change: Callable[[list[dict]], list[dict] | None]) -> None:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    rows = change(rows) or rows
    path.write_text("".join(json.dumps(row, sort_keys=True, separators=(",", ":")) + "\n" for row in rows), encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "line", "words"),
    [
        (lambda rows: rows[1].update(reason="other"), 2, "content of .* was changed"),
        (lambda rows: rows[1].update(decided_by="ben"), 2, "content of .* was changed"),
        (lambda rows: rows[0].update(verdict="verified"), 1, "content of .* was changed"),
        (lambda rows: rows[1].update(decided_at="2031-01-01T00:00:00+00:00"), 2, "hash of .* does not fit"),
        (lambda rows: rows[1].update(kind="attribute"), 2, "hash of .* does not fit"),
        (lambda rows: rows[1].update(hash="0" * 64), 2, "hash of .* does not fit"),
        (lambda rows: rows[:1] + rows[2:], 2, "removed, added or moved"),
        (lambda rows: [rows[1], rows[0], rows[2]], 1, "removed, added or moved"),
        (lambda rows: [*rows, rows[2]], 4, "removed, added or moved"),
        (lambda rows: rows[2].update(previous_hash="f" * 64), 3, "does not follow"),
        (lambda rows: rows[1].update(is_erased=True), 2, "still has content"),
        (
            lambda rows: rows[1].update(is_erased=True, subject=[], verdict="", reason="", decided_by="", salt=None),
            2,
            "no decision says so",
        ),
        (lambda rows: rows[0].update(surprise=1), 1, "no decision"),
    ],
)
def test_the_first_broken_link_is_named(tmp_path: Path, change: Callable, line: int, words: str) -> None:
    path = log_of(tmp_path)
    tampered(path, change)
    report = verify_log(path)
    assert not report.is_whole
    assert report.broken_line == line
    assert re.search(words, report.reason or "")


def test_an_end_cut_off_shows_beside_the_ledger(tmp_path: Path) -> None:
    path = log_of(tmp_path)
    entries = read_log(path)
    tampered(path, lambda rows: rows[:2])
    assert verify_log(path).is_whole, "the chain alone cannot know"
    report = verify_log(path, entries)
    assert report.broken_line == 3
    assert entries[2].id in (report.reason or "")


def test_any_changed_character_is_found(tmp_path: Path) -> None:
    path = log_of(tmp_path, 2)
    text = path.read_text(encoding="utf-8")
    kept = read_log(path)
    for at in range(0, len(text) - 1, 5):
        other = "x" if text[at] != "x" else "0"
        path.write_text(text[:at] + other + text[at + 1 :], encoding="utf-8")
        assert not verify_log(path, kept).is_whole, text[at - 20 : at + 20]


def test_a_broken_log_is_not_continued(tmp_path: Path) -> None:
    path = log_of(tmp_path)
    tampered(path, lambda rows: rows[1].update(reason="other"))
    with pytest.raises(StoreError, match="broken at line 2"):
        append(path, "verify", ["incident-9"], "discounted", "x", "ana")


def test_a_write_that_never_finished_is_no_entry(tmp_path: Path) -> None:
    path = log_of(tmp_path)
    with path.open("a", encoding="utf-8") as stream:
        stream.write('{"id": "decision-')
    assert verify_log(path).is_whole
    append(path, "verify", ["incident-9"], "discounted", "x", "ana")
    assert [entry.sequence for entry in read_log(path)] == [1, 2, 3, 4]
    assert verify_log(path).is_whole


def test_an_erased_decision_leaves_a_tombstone_and_a_whole_chain(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    named = append(path, "verify", ["incident-1"], "discounted", "Jane Doe told us", "ana")
    append(path, "verify", ["incident-2"], "discounted", "seen", "ana")
    append(path, "redact", [named.id], "all", "it names a witness", "ben")
    assert "Jane Doe" not in path.read_text(encoding="utf-8")
    first = read_log(path)[0]
    assert first.is_erased
    assert (first.subject, first.verdict, first.reason, first.decided_by, first.salt) == ((), "", "", "", None)
    assert (first.id, first.kind, first.hash) == (named.id, "verify", named.hash)
    report = verify_log(path)
    assert report.is_whole
    assert report.erased == 1
    assert [d.subject for d in standing(read_log(path))] == [("incident-2",), (named.id,)]


def test_equal_decisions_have_unequal_digests(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    first, second = (append(path, "verify", ["incident-1"], "discounted", "same", "ana") for _ in range(2))
    assert first.content_digest != second.content_digest, "an erased content cannot be guessed"


@pytest.mark.parametrize(
    ("kind", "subject", "verdict", "reason", "by", "words"),
    [
        ("guess", ["a"], "x", "r", "ana", "no decision of kind"),
        ("verify", [], "verified", "r", "ana", "concerns 1"),
        ("verify", ["a", "b"], "verified", "r", "ana", "concerns 1"),
        ("same_incident", ["a"], "same", "r", "ana", "concerns 2 or more"),
        ("same_incident", ["a", "a"], "same", "r", "ana", "same id twice"),
        ("same_incident", ["a", "b"], "maybe", "r", "ana", "means nothing"),
        ("verify", ["a"], "sure", "r", "ana", "means nothing"),
        ("attribute", ["a"], "determined", "r", "ana", "needs the party"),
        ("correct_value", ["a"], "act", "r", "ana", "field=value"),
        ("verify", ["a"], "verified", " ", "ana", "needs its reason"),
        ("verify", ["a"], "verified", "r", " ", "who made it"),
        ("undo", ["nobody"], "undone", "r", "ana", "no decision nobody"),
    ],
)
def test_a_decision_that_means_nothing_is_refused(
    tmp_path: Path, kind: str, subject: list[str], verdict: str, reason: str, by: str, words: str
) -> None:
    with pytest.raises(RecordError, match=words):
        append(tmp_path / "log.jsonl", kind, subject, verdict, reason, by)
    assert not (tmp_path / "log.jsonl").exists()


def test_a_redaction_is_neither_undone_nor_erased(tmp_path: Path) -> None:
    path = log_of(tmp_path, 1)
    redaction = append(path, "redact", ["doc-1"], "all", "a name", "ana")
    with pytest.raises(RecordError, match="cannot be undone"):
        append(path, "undo", [redaction.id], "undone", "sorry", "ana")
    with pytest.raises(RecordError, match="must stay known"):
        append(path, "redact", [redaction.id], "all", "sorry", "ana")


class Kept:
    """A ledger that only keeps decisions."""

    def view(self) -> Ledger:
        return Ledger()

    def black_out(self, ranges: object, observation_ids: object = ()) -> None:
        raise AssertionError("nothing here is redacted")

    def __init__(self) -> None:
        self.records: list[Decision] = []

    def put(self, records: object) -> int:
        self.records = list(records)  # type: ignore[call-overload]
        return len(self.records)


def test_a_log_that_was_lost_comes_back_from_the_ledger(tmp_path: Path) -> None:
    path = log_of(tmp_path)
    entries = read_log(path)
    path.unlink()
    kept = Kept()
    synchronise(path, kept, entries)
    assert read_log(path) == entries
    assert tuple(kept.records) == entries
    assert verify_log(path, entries).is_whole


# --- corrections -------------------------------------------------------------------------------------------------------------


def ledger(*decisions: Decision) -> Ledger:
    scene = Scene()
    scene.document("one", "2030-05-04")
    scene.say("one", "Jane Doe of Mill was killed, Xia said.", "FIRE", "XIA", "ZOR", at=("mill",), on=day("2030-05-04"))
    scene.say("one", "Zor denied it.", "FIRE", "ZOR", "ZOR", stance="denies")
    scene.decisions = list(decisions)
    return scene.ledger()


CLAIM = ledger().claims[0].id


@pytest.mark.parametrize(
    ("verdict", "read"),
    [
        ('act="FIRE.HEAVY"', lambda claim: claim.act == "FIRE.HEAVY"),
        ('places.0.place_id="harbour"', lambda claim: claim.places[0].place_id == "harbour"),
        ("places.0.lat=40.5", lambda claim: claim.places[0].lat == 40.5),
        ('when.earliest="2030-05-03"', lambda claim: claim.when.earliest == date(2030, 5, 3)),
        ('attributed_to.party="QAR"', lambda claim: claim.attributed_to.party == "QAR"),
        ("target=null", lambda claim: claim.target is None),
        ('target={"party": "CVL"}', lambda claim: claim.target.party == "CVL"),
        ("places=[]", lambda claim: claim.places == ()),
    ],
)
def test_a_corrected_value_and_its_reason(verdict: str, read: Callable) -> None:
    made = apply_decisions(ledger(decide("correct_value", CLAIM, verdict)))
    claim = next(c for c in made.claims if c.id == CLAIM)
    assert made.issues == ()
    assert read(claim)
    assert "corrected to" in claim.reasons[-1]


@pytest.mark.parametrize(
    "verdict",
    [
        "act=FIRE",
        "act=5",
        "act=null",
        'ghost="x"',
        'places.7.name="x"',
        "places.0.lat=true",
        'places.0.lat="north"',
        'when.earliest="soon"',
        "when=3",
        'target={"ghost": 1}',
        'id="claim-1"',
        'places.0.text="other words"',
        "start_char=3",
        'act.code="FIRE"',
    ],
)
def test_a_correction_that_cannot_be_is_an_issue_and_changes_nothing(verdict: str) -> None:
    made = apply_decisions(ledger(decide("correct_value", CLAIM, verdict)))
    assert [issue.code for issue in made.issues] == ["correction-refused"]
    assert made.claims == ledger().claims


def test_the_last_correction_that_stands_wins() -> None:
    first = decide("correct_value", CLAIM, 'act="FIRE.HEAVY"', sequence=1)
    second = decide("correct_value", CLAIM, 'act="FIRE.SNIPER"', sequence=2)
    undo = decide("undo", second.id, "undone", sequence=3)

    def act(*decisions: Decision) -> str:
        return next(c.act for c in apply_decisions(ledger(*decisions)).claims if c.id == CLAIM)

    assert act(second, first) == "FIRE.SNIPER"
    assert act(first, second, undo) == "FIRE.HEAVY"


def test_a_correction_of_a_record_that_is_gone_is_an_issue() -> None:
    made = apply_decisions(ledger(decide("correct_value", "claim-gone", 'act="FIRE"')))
    assert [(issue.code, issue.record_id) for issue in made.issues] == [("decision-without-subject", "claim-gone")]


def test_a_documents_day_can_be_corrected() -> None:
    made = apply_decisions(ledger(decide("correct_value", "doc-one", 'published.earliest="2030-05-01"')))
    assert made.documents[0].published.earliest == date(2030, 5, 1)


# --- redactions --------------------------------------------------------------------------------------------------------------


def test_a_name_blacked_out_in_a_document_is_gone_from_its_claims_and_offsets_stay() -> None:
    plain = ledger()
    made = judge.run_ledger(ledger(decide("redact", "doc-one", "0:8")), CONTEXT)
    assert made.documents[0].text.startswith(f"{BLACK * 4} {BLACK * 3} of Mill was killed")
    assert len(made.documents[0].text) == len(plain.documents[0].text)
    assert "Jane" not in str(made.claims)
    assert [c.id for c in made.claims] == [c.id for c in plain.claims]
    assert made.claims[0].reasons == ("redacted",)
    assert made.claims[1] == plain.claims[1]
    assert judge.run_ledger(made, CONTEXT) == made


def test_a_redacted_claim_loses_its_sentence_and_keeps_its_act() -> None:
    made = apply_decisions(ledger(decide("redact", CLAIM, "all")))
    text = made.documents[0].text
    assert "killed" not in text
    assert "Zor denied it." in text
    assert next(c for c in made.claims if c.id == CLAIM).act == "FIRE"


@pytest.mark.parametrize("verdict", ["all", "8:3", "nonsense", "3:x", "0:99999"])
def test_a_range_that_makes_no_sense_blacks_out_everything(verdict: str) -> None:
    made = apply_decisions(ledger(decide("redact", "doc-one", verdict)))
    assert set(made.documents[0].text) == {BLACK, " "}


def test_words_resolved_from_what_is_gone_are_gone() -> None:
    scene = Scene()
    scene.document("one", "2030-05-04")
    scene.say("one", "Jane Doe says 5 died.", "FIRE", "XIA", figures=(figure("5 died", 5, 5),))
    plain = scene.ledger()
    named = replace(plain.claims[0].claimant, text="Jane Doe", start_char=0, end_char=8, name="Jane Doe", actor_id="jane")
    plain = replace(plain, claims=(replace(plain.claims[0], claimant=named),), decisions=(decide("redact", "doc-one", "0:14"),))
    claimant = apply_decisions(plain).claims[0].claimant
    assert claimant is not None
    assert (claimant.name, claimant.actor_id, claimant.party) == (None, None, "XIA")


def test_a_redacted_observation_keeps_what_was_counted() -> None:
    seen = Observation(
        id="obs-1",
        observer_code="AB-001",
        report_kind="fire",
        observed_from_at=utc("2030-05-04T09:00"),
        lat=40.0,
        lon=46.0,
        position_name="the baker's roof",
        narrative="The baker saw it too.",
        effect="explosion",
        count_low=3,
    )
    made = apply_decisions(Ledger(observations=(seen,), decisions=(decide("redact", "obs-1", "all"),))).observations[0]
    assert (made.effect, made.count_low, made.observed_from_at) == ("explosion", 3, seen.observed_from_at)
    assert "baker" not in str(made)
    assert (made.lat, made.observer_code) == (None, "redacted")


# --- the commands ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def place(tmp_path: Path) -> str:
    """A ledger with one incident."""
    scene = Scene()
    scene.document("one", "2030-05-04")
    scene.link("a1", scene.say("one", "Zor shelled.", "FIRE", "XIA", "ZOR", on=day("2030-05-04")))
    scene.link("b2", scene.say("one", "Zor fired.", "FIRE", "XIA", "ZOR", on=day("2030-05-04")))
    path = str(tmp_path / "trucewatch.db")
    with open_store(path) as store:
        store.replace(scene.ledger())
    return path


def call(*words: str) -> tuple[int, str]:
    result = RUNNER.invoke(app, list(words))
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output


def test_decide_and_prove(place: str) -> None:
    assert call("decide", "verify", "incident-a", "discounted", "--reason", "seen", "--by", "ana", "--store", place)[0] == 0
    assert call("decide", "same", "incident-a1", "incident-b2", "--reason", "one strike", "--by", "ana", "--store", place)[0] == 0
    code, text = call("log", "verify", "--store", place)
    assert code == 0
    assert "whole, 2 decisions" in text
    with open_store(place) as store:
        decisions = store.view().decisions
    assert [(d.kind, d.subject) for d in decisions] == [
        ("verify", ("incident-a1",)),
        ("same_incident", ("incident-a1", "incident-b2")),
    ]
    assert call("decide", "undo", decisions[0].id, "--reason", "a slip", "--by", "ana", "--store", place)[0] == 0
    assert "undone" in call("log", "show", "--store", place)[1].splitlines()[0]


def test_an_erased_decision_is_erased_in_the_ledger_too(place: str) -> None:
    call("decide", "verify", "incident-a1", "discounted", "--reason", "Jane Doe said", "--by", "ana", "--store", place)
    entry = read_log(log_path(place))[0]
    call("decide", "redact", entry.id, "--reason", "a name", "--by", "ben", "--store", place)
    with open_store(place) as store:
        assert "Jane Doe" not in str(store.view().decisions)
    for file in Path(place).parent.iterdir():
        if file.is_file():
            assert b"Jane Doe" not in file.read_bytes(), file.name
    assert call("log", "verify", "--store", place)[0] == 0


def test_log_verify_names_the_broken_line_and_exits_1(place: str) -> None:
    call("decide", "verify", "incident-a1", "discounted", "--reason", "seen", "--by", "ana", "--store", place)
    tampered(log_path(place), lambda rows: rows[0].update(verdict="verified"))
    code, text = call("log", "verify", "--store", place)
    assert code == 1
    assert "broken at line 1" in text
    assert json.loads(call("log", "verify", "--json", "--store", place)[1])["is_whole"] is False


@pytest.mark.parametrize("subject", ["incident-zz", "incident-", "claim-"])
def test_a_decision_on_nothing_or_on_many_is_refused(place: str, subject: str) -> None:
    with pytest.raises(RecordError):
        call("decide", "verify", subject, "discounted", "--reason", "seen", "--by", "ana", "--store", place)
    assert not log_path(place).exists()


def test_a_redaction_shows_in_the_ledger_at_once_and_in_past_views(place: str) -> None:
    scene = ledger()
    readings = [Reading(document=document) for document in scene.documents]
    with open_store(place) as store:
        store.put_originals(readings)
        store.put_readings(readings, "test")
        store.replace(scene)
        assert "Jane Doe" in store.view().documents[0].text
        moment = datetime.now(UTC)
    assert call("decide", "redact", CLAIM, "--reason", "a name", "--by", "ana", "--store", place)[0] == 0
    with open_store(place) as store:
        for view in (store.view(), store.view(as_of=moment)):
            assert "Jane" not in view.documents[0].text
            assert "Zor denied it." in view.documents[0].text
            assert next(c for c in view.claims if c.id == CLAIM).reasons == ("redacted",)


def whole_ledger(folder: Path) -> str:
    """A ledger with two documents of the same bytes that name a witness, everywhere that a name gets to."""
    place = str(folder / "whole" / "trucewatch.db")
    scene = ledger()
    claim = replace(
        scene.claims[0],
        claimant=replace(scene.claims[0].claimant, text="Jane Doe", start_char=0, end_char=8, name="Jane Doe"),
        reasons=("Jane Doe is the subject",),
    )
    original = scene.documents[0].text.encode()
    documents = [
        replace(scene.documents[0], id=f"doc-{n}", source=f"{n}.txt", sha256=sha256_of(original)) for n in ("one", "two")
    ]
    documents[0] = replace(documents[0], title="Jane Doe of Mill")
    mention = Mention(text="Jane Doe", start_char=0, end_char=8, kind="person", sentence=0)
    readings = [Reading(document=d, mentions=(mention,), claims=(replace(claim, document_id=d.id),)) for d in documents]
    issue = Issue(stage="x", code="y", level="info", message="Jane Doe of Mill is not known", source="one.txt")
    with open_store(place) as store:
        store.archive.keep(original)
        store.put_originals(readings)
        store.put_readings(readings, "test")
        for act in ("FIRE", "FIRE.HEAVY"):
            claims = (replace(claim, act=act), scene.claims[1])
            store.replace(replace(scene, documents=tuple(documents), claims=claims, issues=(issue,)))
    return place


def leaks(place: str) -> list[str]:
    return [f.name for f in Path(place).parent.rglob("*") if f.is_file() and b"Jane" in f.read_bytes()]


def test_redacted_words_are_in_no_file_of_the_ledger_any_more(tmp_path: Path) -> None:
    place = whole_ledger(tmp_path)
    with open_store(place) as store:
        assert store.search("Jane") != []
    assert leaks(place) != []
    for words in ("0:8", "0:16"):
        code, _ = call(
            "decide", "redact", "doc-one", "--characters", words, "--reason", "a witness", "--by", "ana", "--store", place
        )
        assert code == 0
    assert leaks(place) == []
    with open_store(place) as store:
        assert store.search("Jane") == []
        assert store.search("killed") != []
        view = store.view()
        assert all(d.text.startswith(f"{BLACK * 4} {BLACK * 3} {BLACK * 2} {BLACK * 4} was killed") for d in view.documents)
        assert view.documents[0].title is not None
        assert store.archive.is_destroyed(view.documents[0].sha256)
        assert [d.kind for d in view.decisions] == ["redact", "redact"]
        store.archive.keep(b"another")
    assert call("log", "verify", "--store", place)[0] == 0


def test_a_redacted_original_is_not_kept_again(tmp_path: Path) -> None:
    place = whole_ledger(tmp_path)
    original = ledger().documents[0].text.encode()
    call("decide", "redact", CLAIM, "--reason", "a witness", "--by", "ana", "--store", place)
    with open_store(place) as store:
        sha256 = store.archive.keep(original)
        assert sha256 == sha256_of(original)
    assert leaks(place) == []


def test_a_redacted_observation_leaves_nothing_of_its_words(place: str) -> None:
    seen = Observation(
        id="obs-1",
        observer_code="AB-001",
        report_kind="fire",
        observed_from_at=utc("2030-05-04T09:00"),
        narrative="Jane saw it.",
    )
    with open_store(place) as store:
        store.put([seen])
    call("decide", "redact", "obs-1", "--reason", "a witness", "--by", "ana", "--store", place)
    assert leaks(place) == []
    with open_store(place) as store:
        assert store.view().observations[0].narrative == "redacted"
