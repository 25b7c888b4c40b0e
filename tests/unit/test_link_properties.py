"""What linking must keep whatever the claims: their order means nothing, ids last, a person's decision wins."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.link_building import CONTEXT, DAY, claim, decision, ledger, partition, together
from trucewatch.model.records import Claim, Ledger, RegisterEntry
from trucewatch.stages.link import run
from trucewatch.stages.link.acts import is_eligible
from trucewatch.stages.link.register import assign_ids

QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
ACTS = (
    "FIRE",
    "FIRE.HEAVY",
    "FIRE.MISSILE",
    "FIRE.SNIPER",
    "CIV.ATTACK_PERSONS",
    "ADVANCE.TERRITORY",
    "ACCESS.BLOCKADE",
    "TOLL",
    "BLAME",
)


@st.composite
def claim_lists(draw: st.DrawFn) -> list[Claim]:
    claims = []
    for number in range(draw(st.integers(1, 14))):
        back = draw(st.integers(0, 4))
        width = draw(st.sampled_from((0, 0, 0, 1, 9)))
        claims.append(
            claim(
                f"c{number:02d}",
                draw(st.sampled_from(("d1", "d2", "d3"))),
                act=draw(st.sampled_from(ACTS)),
                by=draw(st.sampled_from((None, "NOR", "SUD", "ISL"))),
                doer=draw(st.sampled_from((None, "NOR", "SUD", "ISL", "NOR;SUD"))),
                target=draw(st.sampled_from((None, "NOR", "SUD", "CVL"))),
                places=draw(
                    st.lists(st.sampled_from(("quay", "mole", "harbour", "bay", "sudland", "fell")), max_size=3, unique=True)
                ),
                on=(DAY - timedelta(days=back + width), DAY - timedelta(days=back)),
                dated=draw(st.booleans()),
                stance=draw(st.sampled_from(("asserts", "asserts", "denies", "confirms"))),
                killed=draw(st.sampled_from((None, None, 3))),
                start=number * 60,
            )
        )
    return claims


@QUICK
@given(claims=claim_lists(), seed=st.randoms(use_true_random=False))
def test_order_means_nothing(claims: list[Claim], seed: object) -> None:
    shuffled, documents = list(claims), list(ledger(claims).documents)
    seed.shuffle(shuffled)  # type: ignore[attr-defined]
    seed.shuffle(documents)  # type: ignore[attr-defined]
    first = run(ledger(claims), CONTEXT)
    second = run(Ledger(documents=tuple(documents), claims=tuple(shuffled)), CONTEXT)
    assert first.incidents == second.incidents
    assert first.register == second.register
    assert {one.id: one.responds_to for one in first.claims} == {one.id: one.responds_to for one in second.claims}


@QUICK
@given(claims=claim_lists())
def test_every_eligible_claim_is_in_exactly_one_incident(claims: list[Claim]) -> None:
    linked = run(ledger(claims), CONTEXT)
    placed = [claim_id for incident in linked.incidents for claim_id in (*incident.claim_ids, *incident.denial_ids)]
    assert sorted(placed) == sorted(one.id for one in claims if is_eligible(one))
    denials = {one.id for one in claims if one.stance == "denies"}
    for incident in linked.incidents:
        assert set(incident.denial_ids) <= denials
        assert not set(incident.claim_ids) & denials


@QUICK
@given(claims=claim_lists())
def test_a_second_run_changes_nothing(claims: list[Claim]) -> None:
    first = run(ledger(claims), CONTEXT)
    assert run(first, CONTEXT) == first


@QUICK
@given(claims=claim_lists(), data=st.data())
def test_decisions_win_and_survive(claims: list[Claim], data: st.DataObject) -> None:
    eligible = [one.id for one in claims if is_eligible(one)]
    if len(eligible) < 2:
        return
    decisions = []
    for number in range(1, data.draw(st.integers(1, 4)) + 1):
        pair = data.draw(st.lists(st.sampled_from(eligible), min_size=2, max_size=2, unique=True))
        decisions.append(decision(data.draw(st.sampled_from(("same", "different"))), *pair, number=number))
    linked = run(ledger(claims, decisions=tuple(decisions)), CONTEXT)
    newest = decisions[-1]
    assert together(linked, *newest.subject) == (newest.verdict == "same")
    again = run(linked, CONTEXT)
    assert partition(again) == partition(linked)


def test_a_person_splits_an_incident_and_the_rest_stays_with_its_like() -> None:
    claims = [
        claim("a", "d1", doer="NOR", places=["quay"], killed=2),
        claim("b", "d2", doer="NOR", places=["quay"], killed=7),
        claim("c", "d3", doer="NOR", places=["quay"], killed=7),
    ]
    linked = run(ledger(claims, decisions=(decision("different", "a", "b"),)), CONTEXT)
    assert partition(linked) == {frozenset("a"), frozenset("bc")}


def test_decisions_over_incident_ids_hold_though_the_incidents_are_merged() -> None:
    claims = [claim("a", "d1", places=["quay"]), claim("b", "d2", places=["mole"])]
    first = run(ledger(claims), CONTEXT)
    ids = [incident.id for incident in first.incidents]
    merged = run(dataclasses.replace(first, decisions=(decision("same", *ids),)), CONTEXT)
    assert together(merged, "a", "b")
    apart = run(dataclasses.replace(merged, decisions=(*merged.decisions, decision("different", *ids, number=2))), CONTEXT)
    assert partition(apart) == partition(first)
    assert {incident.id for incident in apart.incidents} == set(ids)


def test_an_undone_decision_counts_no_more() -> None:
    claims = [claim("a", "d1", places=["quay"]), claim("b", "d2", places=["mole"])]
    decided = decision("same", "a", "b")
    undo = decision("undone", decided.id, number=2, kind="undo")
    assert not together(run(ledger(claims, decisions=(decided, undo)), CONTEXT), "a", "b")


def test_a_decision_about_unknown_ids_changes_nothing() -> None:
    claims = [claim("a", "d1", places=["quay"]), claim("b", "d2", places=["mole"])]
    decided = (decision("same", "a", "clm-unknown"), decision("different", "inc-unknown", "b", number=2))
    assert partition(run(ledger(claims, decisions=decided), CONTEXT)) == {frozenset("a"), frozenset("b")}


class TestRegister:
    def test_a_later_report_joins_without_renaming(self) -> None:
        first = run(ledger([claim("z", "d1", places=["quay"])]), CONTEXT)
        both = ledger([claim("z", "d1", places=["quay"]), claim("a", "d2", places=["quay"])], register=first.register)
        second = run(both, CONTEXT)
        assert [incident.id for incident in second.incidents] == [incident.id for incident in first.incidents]
        assert second.register == first.register

    def test_of_two_that_merge_the_older_id_stands_and_the_other_is_its_alias(self) -> None:
        old = RegisterEntry(incident_id="inc-old", claim_ids=("b",), number=1)
        new = RegisterEntry(incident_id="inc-new", claim_ids=("a",), number=2)
        ids, register = assign_ids([frozenset("ab")], (new, old))
        assert ids == {frozenset("ab"): "inc-old"}
        assert register[0].aliases == ("inc-new",)
        ids, register = assign_ids([frozenset("a"), frozenset("b")], register)
        assert ids == {frozenset("a"): "inc-new", frozenset("b"): "inc-old"}
        assert all(entry.aliases == () for entry in register)

    def test_an_id_is_never_given_out_twice(self) -> None:
        ids, register = assign_ids([frozenset("abc")], ())
        again, _ = assign_ids([frozenset("a"), frozenset("bc")], register)
        assert again[frozenset("bc")] == ids[frozenset("abc")]
        assert again[frozenset("a")] != ids[frozenset("abc")]

    def test_entries_whose_claims_are_gone_are_kept(self) -> None:
        gone = RegisterEntry(incident_id="inc-gone", claim_ids=("x",), aliases=("inc-before",), number=4)
        _, register = assign_ids([frozenset("a")], (gone,))
        assert gone in register
        assert max(entry.number for entry in register) == 5
