"""The work order's cases on the five articles, end to end: voices, agreements in force, every number's sentence."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from trucewatch.cli import app
from trucewatch.model.records import Claim, Incident, Ledger, Violation
from trucewatch.store import open_store


@pytest.fixture(scope="module")
def read(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    """The ledger of the five articles."""
    seeds, out = shared / "seeds", tmp_path_factory.mktemp("seeds")
    command = ["run", str(seeds), "--published", str(seeds / "published.csv"), "--theatre", "karabakh", "--out", str(out)]
    result = CliRunner().invoke(app, command)
    assert result.exit_code == 0, result.output
    with open_store(out / "trucewatch.db", create=False) as store:
        return store.view()


def sentence(ledger: Ledger, claim: Claim) -> str:
    text = next(document.text for document in ledger.documents if document.id == claim.document_id)
    return text[claim.sentence_start_char : claim.sentence_end_char]


def claims_of(ledger: Ledger, incident: Incident) -> list[Claim]:
    linked = {*incident.claim_ids, *incident.denial_ids}
    return [claim for claim in ledger.claims if claim.id in linked]


def incidents_at(ledger: Ledger, name: str, stem: str, on: str) -> Iterator[Incident]:
    for incident in ledger.incidents:
        is_there = any(place.name == name for place in incident.places)
        if is_there and incident.act.startswith(stem) and str(incident.when.earliest) == on:
            yield incident


def breaches(ledger: Ledger, incident: Incident) -> list[Violation]:
    return [violation for violation in ledger.violations if violation.incident_id == incident.id]


def test_the_attack_of_4_october_2020_is_one_incident_with_three_sides(read: Ledger) -> None:
    found = list(incidents_at(read, "Ganja", "FIRE", "2020-10-04"))
    assert len(found) == 1
    incident = found[0]
    statuses = {status.status for status in incident.statuses}
    assert {"contested", "self_acknowledged", "denied"} <= statuses
    assert {"AZE", "NKR"} <= set(incident.parties_asserting)
    assert "ARM" in incident.parties_denying
    assert {violation.agreement_id for violation in breaches(read, incident)} == {"NK-1994-CF"}


def test_the_strikes_of_14_october_2020_fall_under_the_truce_of_10_october(read: Ledger) -> None:
    strikes = [i for i in read.incidents if i.act.startswith(("AIR", "FIRE")) and str(i.when.earliest) == "2020-10-14"]
    own = [i for i in strikes if "AZE" in i.parties_asserting]
    assert own
    for incident in own:
        assert "NK-2020-10-10" in {violation.agreement_id for violation in breaches(read, incident)}


def test_the_operation_of_september_2023_falls_under_the_statement_of_2020(read: Ledger) -> None:
    operations = [i for i in read.incidents if i.act == "ADVANCE.OFFENSIVE" and str(i.when.earliest) == "2023-09-19"]
    assert operations
    agreements = {violation.agreement_id for incident in operations for violation in breaches(read, incident)}
    assert "NK-2020-11-10" in agreements
    assert "NK-2023-09-20" not in {violation.agreement_id for violation in read.violations}
    assert any("exception_claimed" in {status.status for status in incident.statuses} for incident in operations)


def test_the_closed_corridor_falls_under_its_clauses(read: Ledger) -> None:
    closures = [i for i in read.incidents if i.act == "ACCESS.BLOCKADE"]
    clauses = {violation.clause_id for incident in closures for violation in breaches(read, incident)}
    assert {"NK-2020-11-10#6c", "NK-2020-11-10#6d"} <= clauses


def test_the_dead_of_the_1990s_are_in_no_incident(read: Ledger) -> None:
    thousands = [toll for toll in read.tolls if (toll.high or toll.low or 0) >= 20_000 and toll.measure == "killed"]
    assert thousands
    assert {toll.incident_id for toll in thousands} == {None}


def test_every_number_and_status_leads_to_a_sentence(read: Ledger) -> None:
    claims = {claim.id: claim for claim in read.claims}
    for toll in read.tolls:
        assert toll.claim_ids
        for claim_id in toll.claim_ids:
            claim = claims[claim_id]
            figures = [figure for figure in claim.figures if figure.measure == toll.measure]
            assert figures
            assert sentence(read, claim)
    for incident in read.incidents:
        linked = {*incident.claim_ids, *incident.denial_ids}
        for status in incident.statuses:
            assert status.reason
            assert status.claim_ids
            assert set(status.claim_ids) <= linked, (incident.id, status)
    for violation in read.violations:
        assert violation.claim_ids
        assert all(sentence(read, claims[claim_id]) for claim_id in violation.claim_ids)
        assert violation.explanation


def test_claimants_are_never_joined_in_a_toll(read: Ledger) -> None:
    claims = {claim.id: claim for claim in read.claims}
    for toll in read.tolls:
        parties = {(claims[i].claimant.party if claims[i].claimant else None) for i in toll.claim_ids}
        assert len(parties) == 1, toll
