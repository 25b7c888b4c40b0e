"""The contract's files: keys in its order, offsets that hold, sorted, the same bytes every time."""

from __future__ import annotations

import json
import random
import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.unit.small_stages import STAGES, make_context
from trucewatch.errors import RecordError, StoreError
from trucewatch.model.records import Claim, ClaimPlace, Issue, Ledger
from trucewatch.pipeline import run
from trucewatch.reports.exports import CONTRACT, rows_of, scenes_and_origins, write_jsonl
from trucewatch.reports.views import View
from trucewatch.sources.original import make_original
from trucewatch.store import open_store

# contract/CONTRACT.md, word for word in its order
KEYS = {
    "documents": "id source input_path sha256 outlet title published language family copy_of text",
    "claims": "id document_id source claimant channel stance modality act attributed_to target places when figures weapon "
    "responds_to sentence_text evidence_text start_char end_char sentence_start_char sentence_end_char confidence incident_id",
    "incidents": "id act when places occurrence attribution breach statuses claim_ids denial_ids families parties_asserting "
    "parties_denying tolls summary",
    "tolls": "incident_id claimant_party victim_party measure population low best high period claim_ids",
    "violations": "id incident_id agreement_id clause_id party status rule explanation claim_ids",
    "issues": "stage code level source record_id value message",
}
INNER = {
    "published": "earliest latest precision basis",
    "claimant": "text actor_id name party",
    "places": "text place_id name lat lon precision confidence",
    "when": "earliest latest precision text",
    "figures": "measure population low high qualifier text",
}


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    texts = {"b.txt": "North shelled Alder, and North denied shelling Birch.", "a.txt": "South shelled Birch."}
    originals = [make_original(name, name, text.encode(), "text/plain") for name, text in texts.items()]
    with open_store(tmp_path / "trucewatch.db") as store:
        return run(originals, store=store, stages=STAGES, recipe=make_context).ledger


def test_keys_are_the_contracts_in_its_order_and_others_come_after(ledger: Ledger) -> None:
    for name, keys in KEYS.items():
        rows = list(rows_of(ledger, name))
        assert rows, name
        for row in rows:
            assert list(row)[: len(keys.split())] == keys.split(), name
    for name in ("documents", "claims"):
        for row in rows_of(ledger, name):
            for key, keys in INNER.items():
                parts = row.get(key)
                for part in parts if isinstance(parts, list) else [parts]:
                    assert part is None or list(part)[: len(keys.split())] == keys.split(), key


def test_the_contract_says_what_this_test_says(shared: Path) -> None:
    text = (shared / "contract" / "CONTRACT.md").read_text(encoding="utf-8")
    for name, keys in KEYS.items():
        told = text.split(f"**{name}.jsonl**")[1].split("\n\n")[0]
        flat = re.sub(r"\(`?\{[^}]*\}[^)]*\)|\([^()]*(\([^()]*\)[^()]*)*\)", "", told)
        named = [word for word in re.findall(r"`([a-z_0-9]+)`", flat) if word in keys.split()]
        assert list(dict.fromkeys(named)) == keys.split(), name


def test_every_sentence_and_evidence_stands_at_its_offsets(ledger: Ledger) -> None:
    texts = {row["id"]: row["text"] for row in rows_of(ledger, "documents")}
    for row in rows_of(ledger, "claims"):
        text = texts[row["document_id"]]
        assert text[row["start_char"] : row["end_char"]] == row["evidence_text"] != ""
        assert text[row["sentence_start_char"] : row["sentence_end_char"]] == row["sentence_text"] != ""


def test_claims_name_their_incident_but_verbal_acts_and_totals_name_none(ledger: Ledger) -> None:
    incident_ids = {row["id"] for row in rows_of(ledger, "incidents")}
    assert {row["incident_id"] for row in rows_of(ledger, "claims")} == incident_ids
    for act in ("THREAT.FORCE", "DEMAND.WITHDRAWAL", "TOLL"):
        verbal = replace(ledger, claims=tuple(replace(claim, act=act) for claim in ledger.claims))
        assert {row["incident_id"] for row in rows_of(verbal, "claims")} == {None}


def test_tolls_stand_in_their_incident(ledger: Ledger) -> None:
    tolls = list(rows_of(ledger, "tolls"))
    inside = [toll for row in rows_of(ledger, "incidents") for toll in row["tolls"]]
    assert inside == tolls != []


def test_an_issue_gets_the_source_of_the_record_it_is_about(ledger: Ledger) -> None:
    claim, incident, document = ledger.claims[0], ledger.incidents[0], ledger.documents[0]
    records = (claim.id, incident.id, document.id, "nothing-known", None)
    issues = tuple(Issue(stage="t", code="c", level="info", message=str(i), record_id=r) for i, r in enumerate(records))
    sources = {row["message"]: row["source"] for row in rows_of(replace(ledger, issues=issues), "issues")}
    by_id = {d.id: d.source for d in ledger.documents}
    assert sources["0"] == by_id[claim.document_id]
    assert sources["1"] in by_id.values()
    assert (sources["2"], sources["3"], sources["4"]) == (document.source, None, None)


def test_the_order_of_records_leaves_no_trace(ledger: Ledger, tmp_path: Path) -> None:
    shuffled = {}
    for name in ("documents", "claims", "incidents", "tolls", "violations", "issues"):
        records = list(getattr(ledger, name))
        random.Random(name).shuffle(records)
        shuffled[name] = tuple(records)
    first = {path.name: path.read_bytes() for path in write_jsonl(ledger, tmp_path / "one")}
    second = {path.name: path.read_bytes() for path in write_jsonl(replace(ledger, **shuffled), tmp_path / "two")}
    assert first == second
    assert set(first) == {f"{name}.jsonl" for name in CONTRACT}


def test_lines_are_utf8_json_with_null_for_what_is_not_known(ledger: Ledger, tmp_path: Path) -> None:
    document = replace(ledger.documents[0], title="Ağdərə \u2028 \udce9", outlet=None)
    write_jsonl(replace(ledger, documents=(document, *ledger.documents[1:])), tmp_path)
    lines = (tmp_path / "documents.jsonl").read_bytes().decode("utf-8").splitlines(keepends=False)
    rows = [json.loads(line) for line in (tmp_path / "documents.jsonl").read_text(encoding="utf-8").split("\n") if line]
    assert len(rows) == len(ledger.documents)
    assert any((row["title"] or "").startswith("Ağdərə") for row in rows)
    assert all("outlet" in row for row in rows)
    assert lines


def test_a_claim_of_no_document_is_refused(ledger: Ledger) -> None:
    with pytest.raises(RecordError, match="not in the ledger"):
        list(rows_of(replace(ledger, documents=()), "claims"))


def test_a_folder_that_cannot_be_written_says_what_to_do(ledger: Ledger, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match="the ledger is kept"):
        write_jsonl(ledger, tmp_path / "file")


def test_excerpts_show_the_words_in_their_context(ledger: Ledger) -> None:
    view = View(ledger)
    for claim in ledger.claims:
        excerpt = view.excerpt(claim, around=10)
        whole = excerpt.sentence_start + excerpt.evidence + excerpt.sentence_end
        assert whole == view.sentence_of(claim)
        assert excerpt.evidence == view.evidence_of(claim)


def test_denials_stand_beside_their_claim(ledger: Ledger) -> None:
    view = View(ledger)
    claim = next(c for c in ledger.claims if c.stance == "asserts" and c.places[0].text == "Birch")
    assert [denial.stance for denial in view.denials_of(claim)] == ["denies"]
    other = next(c for c in ledger.claims if c.places[0].text == "Alder")
    assert view.denials_of(other) == []


@pytest.mark.parametrize(
    ("roles", "scenes", "origins"),
    [
        (("target", "origin"), ["target"], ["origin"]),
        (("origin",), ["origin"], []),
        (("target", "mentioned"), ["target", "mentioned"], []),
        ((), [], []),
    ],
)
def test_where_fire_came_from_stands_apart_from_where_it_fell(
    ledger: Ledger, roles: tuple[str, ...], scenes: list[str], origins: list[str]
) -> None:
    places = tuple(ClaimPlace(text=role, role=role) for role in roles)  # type: ignore[arg-type]
    told: Claim = replace(ledger.claims[0], places=places)
    assert [[place.text for place in some] for some in scenes_and_origins(told)] == [scenes, origins]
    (row,) = (row for row in rows_of(replace(ledger, claims=(told,)), "claims") if row["id"] == told.id)
    assert ([place["text"] for place in row["places"]], [place["text"] for place in row["origins"]]) == (scenes, origins)
