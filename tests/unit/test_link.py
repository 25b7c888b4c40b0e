"""Linking: which claims are one incident, which are not, and what an incident says of them."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import pytest

from tests.unit.link_building import CONTEXT, DAY, claim, document, ledger, partition, place, together
from trucewatch.model.records import Voice
from trucewatch.stages.link import run


def test_one_place_and_day_is_one_incident_in_many_documents() -> None:
    linked = run(
        ledger(
            [
                claim("a", "d1", by="SUD", doer="NOR", target="SUD", places=["quay"]),
                claim("b", "d2", by="SUD", doer="NOR", places=["quay"], act="FIRE.MISSILE"),
                claim("c", "d3", places=["quay"], act="CIV.ATTACK_PERSONS", target="CVL", killed=2),
            ]
        ),
        CONTEXT,
    )
    assert partition(linked) == {frozenset("abc")}
    (incident,) = linked.incidents
    assert incident.act == "FIRE.MISSILE"
    assert incident.attributed_to == "NOR"
    assert incident.target == "SUD"
    assert [one.place_id for one in incident.places] == ["quay"]
    assert incident.when.earliest == incident.when.latest == DAY
    assert incident.families == 3
    assert incident.summary == "Missile strike, Quay, 4 May 2021; attributed to Norland by Sudland."


@pytest.mark.parametrize(
    "other",
    [
        {"places": ["mole"]},
        {"on": DAY + timedelta(days=1)},
        {"act": "ADVANCE.TERRITORY"},
        {"doer": "SUD", "target": "NOR"},
        {"act": "FIRE.SNIPER"},
    ],
    ids=["place", "day", "act", "side", "way"],
)
def test_what_differs_is_another_incident(other: dict[str, object]) -> None:
    values: dict[str, object] = {"doer": "NOR", "target": "SUD", "places": ["quay"]}
    linked = run(ledger([claim("a", "d1", **values), claim("b", "d2", **(values | other))]), CONTEXT)  # type: ignore[arg-type]
    assert not together(linked, "a", "b")


def test_verbal_acts_totals_and_threats_belong_to_no_incident() -> None:
    claims = [
        claim("threat", act="THREAT.FORCE", modality="threatened"),
        claim("call", act="DEMAND.CEASE_FIRE", modality="ordered"),
        claim("total", act="TOLL", killed=300),
        claim("maybe", act="FIRE", modality="possible"),
        claim("ordered", act="FIRE.MISSILE", modality="ordered", places=["quay"]),
    ]
    assert partition(run(ledger(claims), CONTEXT)) == {frozenset({"ordered"})}


def test_a_report_of_several_towns_goes_to_the_best_supported_one() -> None:
    linked = run(
        ledger(
            [
                claim("list", "d1", doer="NOR", places=["mole", "quay"]),
                claim("quay", "d2", doer="NOR", places=["quay"]),
                claim("again", "d3", doer="NOR", places=["quay"]),
            ]
        ),
        CONTEXT,
    )
    assert partition(linked) == {frozenset({"list", "quay", "again"})}
    assert [one.place_id for one in linked.incidents[0].places] == ["quay"]


def test_allies_named_as_doers_are_one_incident_with_both() -> None:
    linked = run(
        ledger(
            [
                claim("a", "d1", by="SUD", doer="NOR", target="SUD", places=["quay"]),
                claim("b", "d1", by="SUD", doer="NOR", target="SUD", places=["quay"], start=50),
                claim("c", "d2", by="ISL", doer="ISL", target="SUD", places=["quay"]),
            ]
        ),
        CONTEXT,
    )
    (incident,) = linked.incidents
    assert incident.attributed_to == "NOR;ISL"
    assert "claimed as its own by Island authorities" in incident.summary


def test_opponents_who_blame_one_another_for_the_same_victims_tell_of_one_incident() -> None:
    linked = run(
        ledger(
            [
                claim("a", "d1", by="SUD", doer="NOR", target="CVL", places=["quay"], act="CIV.ATTACK_PERSONS"),
                claim("b", "d2", by="NOR", doer="SUD", target="CVL", places=["quay"], act="CIV.ATTACK_PERSONS"),
                claim("war", "d3", doer="NOR", target="SUD", places=["mole"]),
            ]
        ),
        CONTEXT,
    )
    assert together(linked, "a", "b")


def test_a_district_stands_for_the_only_town_in_it_and_not_for_one_of_two() -> None:
    town = claim("town", "d1", doer="NOR", places=["quay"])
    district = claim("district", "d2", doer="NOR", places=["harbour"])
    assert together(run(ledger([town, district]), CONTEXT), "town", "district")
    elsewhere = claim("district", "d2", doer="NOR", places=["harbour"], on=DAY - timedelta(days=3))
    assert not together(run(ledger([town, elsewhere]), CONTEXT), "town", "district")


def test_where_the_fire_came_from_tells_two_attacks_apart() -> None:
    linked = run(
        ledger(
            [
                claim("hit", "d1", doer="NOR", target="SUD", places=["quay"]),
                claim("from", "d1", doer="NOR", target="SUD", places=["sudland", place("fell", "origin")], start=200),
            ]
        ),
        CONTEXT,
    )
    assert not together(linked, "hit", "from")


def test_a_claim_without_a_place_joins_the_attack_told_before_it() -> None:
    text = "Shells from the north hit the town of Quay on Tuesday. Two people were killed in the attack, the ministry said. "
    linked = run(
        ledger(
            [
                claim("hit", doer="NOR", target="SUD", places=["quay"], by="SUD", sentence=(0, 54)),
                claim("dead", act="CIV.ATTACK_PERSONS", by="SUD", killed=2, dated=False, start=55, sentence=(55, 112)),
            ],
            [document("d1", text)],
        ),
        CONTEXT,
    )
    assert together(linked, "hit", "dead")


def test_a_wide_place_over_two_towns_stays_apart() -> None:
    text = "The north shelled Quay. The north shelled Mole too. Shelling continued across the region, officials said. "
    linked = run(
        ledger(
            [
                claim("quay", doer="NOR", places=["quay"], start=0, sentence=(0, 23)),
                claim("mole", doer="NOR", places=["mole"], start=24, sentence=(24, 51)),
                claim("wide", doer="NOR", places=["bay"], start=52, sentence=(52, 104)),
            ],
            [document("d1", text)],
        ),
        CONTEXT,
    )
    assert len(partition(linked)) == 3


def test_a_lasting_state_is_one_incident_though_it_is_told_months_later() -> None:
    then = (DAY - timedelta(days=200), DAY - timedelta(days=190))
    linked = run(
        ledger(
            [
                claim("began", "d1", act="ACCESS.BLOCKADE", doer="NOR", places=["bay"], on=then),
                claim("goes on", "d2", act="ACCESS.BLOCKADE", doer="NOR", places=["bay"], dated=False),
                claim("other", "d3", act="ACCESS.BLOCKADE", doer="NOR", places=["mole"], dated=False),
            ]
        ),
        CONTEXT,
    )
    assert partition(linked) == {frozenset({"began", "goes on"}), frozenset({"other"})}


def test_undated_flights_of_different_years_are_not_one() -> None:
    old, later = DAY - timedelta(days=1200), DAY - timedelta(days=100)
    linked = run(
        ledger(
            [
                claim("old", "d1", act="CIV.FLIGHT", places=["bay"], on=old, dated=False),
                claim("later", "d2", act="CIV.FLIGHT", places=["bay"], on=later, dated=False),
                claim("now", "d3", act="CIV.FLIGHT", places=["bay"], dated=False),
            ]
        ),
        CONTEXT,
    )
    assert partition(linked) == {frozenset({"old"}), frozenset({"later", "now"})}


def test_an_old_war_does_not_join_todays_attack() -> None:
    old = claim("old", "d1", act="FIRE.CLASH", places=["bay"], on=(DAY.replace(year=1991), DAY.replace(year=1994)), start=300)
    today = claim("today", "d1", doer="NOR", places=["quay"])
    assert not together(run(ledger([old, today]), CONTEXT), "old", "today")


class TestDenials:
    def test_a_denial_answers_the_claim_before_it(self) -> None:
        linked = run(
            ledger(
                [
                    claim("hit", by="SUD", doer="NOR", target="SUD", places=["quay"], start=0),
                    claim("seized", by="NOR", doer="NOR", act="ADVANCE.TERRITORY", places=["mole"], start=60),
                    claim("no", by="NOR", doer="NOR", act="FIRE", places=["sudland"], stance="denies", start=120),
                ]
            ),
            CONTEXT,
        )
        assert together(linked, "hit", "no")
        assert next(one for one in linked.claims if one.id == "no").responds_to == "hit"
        incident = next(one for one in linked.incidents if "no" in one.denial_ids)
        assert incident.claim_ids == ("hit",)
        assert incident.parties_denying == ("NOR",)
        assert incident.summary.endswith("; denied by Norland.")

    def test_a_side_that_tells_of_an_attack_and_denies_a_claim_on_it_is_shown_so(self) -> None:
        linked = run(
            ledger(
                [
                    claim("hit", by="SUD", doer="NOR", target="SUD", places=["quay"], start=0, sentence=(0, 50)),
                    claim("own", by="NOR", doer="NOR", target="SUD", places=["quay"], start=60, sentence=(60, 110)),
                    claim("no", by="SUD", doer="NOR", target="SUD", places=["quay"], stance="denies", start=120),
                ]
            ),
            CONTEXT,
        )
        (incident,) = (one for one in linked.incidents if one.denial_ids)
        assert incident.summary.endswith("; both told of and denied by Sudland.")

    def test_a_party_does_not_deny_what_it_claims_itself(self) -> None:
        linked = run(
            ledger(
                [
                    claim("own", by="ISL", doer="ISL", target="SUD", places=["quay"]),
                    claim("no", by="ISL", doer="NOR", target="SUD", stance="denies", start=50),
                ]
            ),
            CONTEXT,
        )
        assert next(one for one in linked.claims if one.id == "no").responds_to is None

    def test_of_two_accusations_the_one_in_the_same_sentence_is_denied(self) -> None:
        linked = run(
            ledger(
                [
                    claim("quay", by="SUD", doer="NOR", places=["quay"], start=0, sentence=(0, 90)),
                    claim("mole", by="SUD", doer="NOR", places=["mole"], start=100, sentence=(100, 200)),
                    claim("no", by="NOR", doer="NOR", stance="denies", start=150, sentence=(100, 200)),
                ]
            ),
            CONTEXT,
        )
        assert together(linked, "mole", "no")

    def test_a_denial_in_another_document_joins_the_only_incident_that_fits(self) -> None:
        told = claim("hit", "d1", by="SUD", doer="NOR", target="SUD", places=["quay"])
        denial = claim("no", "d2", by="NOR", doer="NOR", places=["sudland"], stance="denies", act="FIRE")
        assert together(run(ledger([told, denial]), CONTEXT), "hit", "no")
        second = claim("hit 2", "d3", by="SUD", doer="NOR", target="SUD", places=["mole"])
        linked = run(ledger([told, second, denial]), CONTEXT)
        assert frozenset({"no"}) in partition(linked)
        assert next(one for one in linked.incidents if one.denial_ids).claim_ids == ()

    def test_an_admission_answers_too(self) -> None:
        linked = run(
            ledger(
                [
                    claim("gain", by="NOR", doer="NOR", act="ADVANCE.TERRITORY", places=["mole"]),
                    claim("loss", by="SUD", doer="NOR", act="ADVANCE.TERRITORY", stance="confirms", start=60),
                ]
            ),
            CONTEXT,
        )
        assert together(linked, "gain", "loss")
        assert set(linked.incidents[0].claim_ids) == {"gain", "loss"}


def test_an_empty_ledger_stays_empty() -> None:
    linked = run(ledger([]), CONTEXT)
    assert linked.incidents == ()
    assert linked.register == ()


def test_unknown_places_days_and_documents_are_no_trouble() -> None:
    bare = claim("bare", "gone", on=None, dated=False)
    linked = run(ledger([bare]), CONTEXT)
    assert partition(linked) == {frozenset({"bare"})}
    assert linked.incidents[0].summary


def test_an_undated_headline_takes_the_day_of_the_same_number_of_dead() -> None:
    linked = run(
        ledger(
            [
                claim("headline", doer="NOR", places=["bay"], killed=10, dated=False, start=0),
                claim("lead", doer="NOR", places=["bay"], killed=10, on=DAY - timedelta(days=1), start=50),
                claim("today", doer="NOR", places=["mole"], start=100),
            ]
        ),
        CONTEXT,
    )
    assert partition(linked) == {frozenset({"headline", "lead"}), frozenset({"today"})}


def test_losses_of_opponents_are_two_incidents() -> None:
    linked = run(
        ledger(
            [
                claim("hit", by="NOR", doer="NOR", target="SUD"),
                claim("loss", by="NOR", target="NOR", stance="confirms", killed=3, start=60),
                claim("other", "d2", doer="SUD", target="NOR", places=["fell"]),
            ]
        ),
        CONTEXT,
    )
    assert not together(linked, "hit", "loss")


def test_outlets_that_only_relay_one_speaker_are_citation_kin() -> None:
    relays = []
    for name, in_document in (("a", "d1"), ("b", "d2"), ("c", "d3")):
        one = claim(name, in_document, by="SUD", doer="NOR", places=["quay"], sentence=(0, 40))
        relays.append(dataclasses.replace(one, claimant=Voice(text="the ministry", actor_id="sud-ministry", party="SUD")))
    own = claim("own", "d3", doer="NOR", places=["quay"], start=80)
    linked = run(ledger([*relays, own]), CONTEXT)
    assert [(kinship.first_id, kinship.second_id, kinship.kind) for kinship in linked.kinships] == [("d1", "d2", "citation")]
    assert linked.kinships[0].passages == ((0, 40, 0, 40),)
    assert run(linked, CONTEXT).kinships == linked.kinships


def test_who_admits_to_have_fallen_back_admits_the_other_sides_gain() -> None:
    linked = run(
        ledger(
            [
                claim("gain", by="NOR", doer="NOR", target="SUD", act="ADVANCE.TERRITORY", places=["bay"]),
                claim("back", by="SUD", doer="SUD", act="DEESCALATE.WITHDRAWAL", stance="confirms", start=900),
                claim("left", by="NOR", doer="NOR", act="DEESCALATE.WITHDRAWAL", start=1800),
            ]
        ),
        CONTEXT,
    )
    assert partition(linked) == {frozenset({"gain", "back"}), frozenset({"left"})}
    assert next(incident for incident in linked.incidents if "gain" in incident.claim_ids).attributed_to == "NOR"
