"""Assess: which clause an incident would breach as told, how, by whom; passed deadlines; the cases of the work order."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.unit.facts_theatre import facts_theatre
from tests.unit.ledger_building import CONTEXT, THEATRE, Scene, day, decide, utc, voice
from trucewatch.model.records import ClaimPlace, Ledger, Observation, Violation
from trucewatch.model.stage import Context
from trucewatch.stages import assess, verify

IN_OLD = day("2030-05-04")
IN_NEW = day("2030-05-14")


def run(scene: Scene, context: Context = CONTEXT) -> Ledger:
    return assess.run_ledger(verify.run_ledger(scene.ledger(), context), context)


def breach_codes(ledger: Ledger, number: int = 0) -> list[str]:
    return [status.status for status in ledger.incidents[number].statuses if status.axis == "breach"]


def told(ledger: Ledger) -> list[tuple[str, str | None, str]]:
    return [(v.clause_id, v.party, v.status) for v in ledger.violations if v.incident_id is not None]


def shelling(on: str = "2030-05-14", by: str | None = "ZOR", act: str = "FIRE.HEAVY", **more: object) -> Scene:
    scene = Scene()
    scene.document("one", on)
    arguments = {"claimant": "XIA", "doer": by, "target": "XIA", "at": ("harbour",), "on": day(on)} | more
    claim = scene.say("one", "Shells fell on Harbour, Xia said.", act, **arguments)  # type: ignore[arg-type]
    scene.link("shelling", claim)
    return scene


def test_under_the_older_truce_alone_before_the_newer() -> None:
    assert told(run(shelling("2030-05-04"))) == [("OLD#1", "ZOR", "alleged")]


def test_the_later_agreement_comes_first_and_the_older_stays() -> None:
    ledger = run(shelling())
    assert told(ledger) == [("NEW#1", "ZOR", "alleged"), ("OLD#1", "ZOR", "alleged")]
    assert "later agreement was in force too" in ledger.violations[1].explanation
    assert ledger.incidents[0].breach == "alleged"


def test_the_day_of_taking_effect_is_ambiguous_for_the_new_and_settled_for_the_old() -> None:
    ledger = run(shelling("2030-05-10"))
    assert told(ledger) == [("NEW#1", "ZOR", "time_ambiguous"), ("OLD#1", "ZOR", "alleged")]
    assert ledger.incidents[0].breach == "time_ambiguous"
    assert breach_codes(ledger) == ["time_ambiguous", "alleged"]


def test_one_that_did_not_sign_the_new_is_bound_by_the_old() -> None:
    assert told(run(shelling(by="QAR"))) == [("OLD#1", "QAR", "alleged")]
    setting = replace(CONTEXT, settings={"theatre.non_signatories_bound": True})
    assert [clause for clause, _, _ in told(run(shelling(by="QAR"), setting))] == ["NEW#1", "OLD#1"]


def test_a_third_state_is_bound_by_nothing() -> None:
    ledger = run(shelling(by="ALY"))
    assert told(ledger) == []
    assert ledger.incidents[0].breach == "not_applicable"
    assert "none binds Alyland" in breach_reason(ledger)


def breach_reason(ledger: Ledger) -> str:
    return next(status.reason for status in ledger.incidents[0].statuses if status.axis == "breach")


def test_before_any_agreement_nothing_applies() -> None:
    ledger = run(shelling("2019-05-04"))
    assert ledger.incidents[0].breach == "not_applicable"
    assert breach_codes(ledger) == ["not_applicable"]


def test_an_act_that_no_clause_names_is_outside_the_terms() -> None:
    ledger = run(shelling(act="AIR.OVERFLIGHT"))
    assert ledger.incidents[0].breach == "outside_terms"
    assert ledger.violations == ()


def test_nobody_named_is_still_an_alleged_breach_of_what_binds_everybody() -> None:
    assert told(run(shelling(by=None))) == [("NEW#1", None, "alleged"), ("OLD#1", None, "alleged")]


def test_a_doer_named_by_one_source_leaves_no_unnamed_breach_beside_it() -> None:
    scene = shelling()
    scene.document("two", "2030-05-14")
    loose = scene.say("two", "Shells fell on Harbour.", "FIRE", None, None, None, ("harbour",), IN_NEW)
    scene.incidents = []
    scene.link("shelling", *scene.claims[:1], loose)
    assert {party for _, party, _ in told(run(scene))} == {"ZOR"}


def test_two_who_are_accused_are_two_violations() -> None:
    parties = [(clause, party) for clause, party, _ in told(run(shelling("2030-05-04", by="ZOR;QAR")))]
    assert parties == [("OLD#1", "QAR"), ("OLD#1", "ZOR")]


@pytest.mark.parametrize(
    ("act", "modality"), [("THREAT.FORCE", "threatened"), ("DEMAND.CEASE_FIRE", "ordered"), ("OFFER.OTHER", "possible")]
)
def test_threats_calls_and_offers_breach_nothing(act: str, modality: str) -> None:
    assert run(shelling(act=act, modality=modality)).violations == ()


def test_a_threatened_strike_is_no_strike() -> None:
    assert run(shelling(modality="threatened")).violations == ()


def test_a_denial_breaches_nothing() -> None:
    ledger = run(shelling(stance="denies"))
    assert ledger.violations == ()
    assert ledger.incidents[0].breach == "not_applicable"


def test_fire_on_civilians_falls_under_both_clauses_of_the_new_truce() -> None:
    clauses = {clause for clause, _, _ in told(run(shelling(target="CVL")))}
    assert clauses == {"NEW#1", "NEW#4", "OLD#1"}


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Zor said that its army hit Harbour in retaliation.", "retaliation"),
        ("Zor hit Harbour in response to fire, its ministry said.", "retaliation"),
        ("Zor spoke of counter-terrorist measures at Harbour.", "anti-terrorist measures"),
        ("Zor hit Harbour in self-defence.", "self-defence"),
        ("Zor held a live-fire exercise at Harbour.", "exercise"),
    ],
)
def test_an_exception_that_the_doer_itself_claims(sentence: str, words: str) -> None:
    scene = shelling()
    own = scene.say("one", sentence, "FIRE.HEAVY", "ZOR", "ZOR", "XIA", ("harbour",), IN_NEW)
    scene.incidents = []
    scene.link("shelling", *scene.claims[:1], own)
    ledger = run(scene)
    first = ledger.violations[0]
    assert first.status == "exception_claimed"
    assert words in first.explanation
    assert own.id in first.claim_ids
    assert breach_codes(ledger) == ["exception_claimed", "alleged"]


def test_an_exception_that_the_accuser_tells_of_is_none() -> None:
    scene = Scene()
    scene.document("one", "2030-05-14")
    claim = scene.say("one", "Zor shelled in retaliation, Xia said.", "FIRE.HEAVY", "XIA", "ZOR", "XIA", ("harbour",), IN_NEW)
    scene.link("shelling", claim)
    assert run(scene).violations[0].status == "alleged"


def test_the_extractors_exception_is_taken() -> None:
    scene = shelling()
    own = scene.say("one", "Zor hit it.", "FIRE.HEAVY", "ZOR", "ZOR", "XIA", ("harbour",), IN_NEW, exception="hot pursuit")
    scene.incidents = []
    scene.link("shelling", *scene.claims[:1], own)
    assert "hot pursuit" in run(scene).violations[0].explanation


def test_prima_facie_asks_for_an_act_observed_and_a_doer_acknowledged() -> None:
    scene = shelling()
    scene.observations = [
        Observation(
            id="obs-1",
            observer_code="AB-001",
            report_kind="fire",
            observed_from_at=utc("2030-05-14T09:00"),
            lat=40.0,
            lon=45.9,
            means=("saw",),
            bearing_deg=90.0,
            distance_low_km=5.0,
            distance_high_km=10.0,
            effect="explosion",
        )
    ]
    assert run(scene).violations[0].status == "alleged", "the doer is only accused"
    scene.decisions = [decide("attribute", "incident-shelling", "determined:ZOR")]
    ledger = run(scene)
    assert ledger.violations[0].status == "prima_facie"
    assert breach_codes(ledger) == ["prima_facie", "alleged"]
    scene.decisions = [decide("attribute", "incident-shelling", "determined:QAR")]
    assert sorted((v.clause_id, v.party, v.status) for v in run(scene).violations) == [
        ("NEW#1", "ZOR", "alleged"),
        ("OLD#1", "QAR", "prima_facie"),
        ("OLD#1", "ZOR", "alleged"),
    ], "who was found to have done it is matched, and the accused is not convicted with him"


@pytest.mark.parametrize(
    ("verdict", "statuses"), [("found:NEW#1", ["found", "alleged"]), ("found_no_breach", ["found_no_breach"] * 2)]
)
def test_a_bodys_finding_is_a_decision(verdict: str, statuses: list[str]) -> None:
    scene = shelling()
    scene.decisions = [decide("verify", "incident-shelling", verdict)]
    ledger = run(scene)
    assert [v.status for v in ledger.violations] == statuses
    assert ledger.violations[0].rule == "decision"
    assert ledger.incidents[0].breach == statuses[0]


def test_a_source_that_calls_it_a_violation_without_a_clause_that_fits() -> None:
    scene = Scene()
    scene.document("one", "2030-05-14")
    sentence = "Xia called the flight of a drone over Harbour a violation of the truce."
    scene.link("flight", scene.say("one", sentence, "AIR.OVERFLIGHT", "XIA", "ZOR", None, ("harbour",), IN_NEW))
    sentence = "The flight was in violation of the agreement, Xia said."
    scene.link("second", scene.say("one", sentence, "AIR.OVERFLIGHT", "XIA", "ZOR", None, ("harbour",), IN_NEW))
    ledger = run(scene)
    assert ledger.incidents[0].breach == "outside_terms"
    assert breach_codes(ledger, 1) == ["alleged", "outside_terms"]


def test_a_blocked_road_falls_under_the_clause_on_the_road_only_there() -> None:
    assert told(run(shelling(act="ACCESS.BLOCKADE", by="XIA", at=("road",), target=None))) == [("NEW#2", "XIA", "alleged")]
    assert run(shelling(act="ACCESS.BLOCKADE", by="XIA", target=None)).incidents[0].breach == "outside_terms"


def test_the_rule_shown_is_that_of_the_act_which_the_clause_names() -> None:
    scene = shelling(act="FIRE")
    exact = scene.say("one", "They were missiles.", "FIRE.MISSILE", "XIA", "ZOR", "XIA", ("harbour",), IN_NEW)
    scene.incidents = []
    scene.link("shelling", *scene.claims[:1], exact)
    first = run(scene).violations[0]
    assert first.rule == "act-named"
    assert "missile" in first.explanation
    assert len(first.claim_ids) == 2


def test_no_day_known_is_ambiguous_and_makes_no_violation() -> None:
    scene = Scene()
    scene.document("one")
    scene.link("some-time", scene.say("one", "Zor once shelled.", "FIRE.HEAVY", "XIA", "ZOR", at=("harbour",)))
    ledger = run(scene)
    assert ledger.violations == ()
    assert ledger.incidents[0].breach == "time_ambiguous"


def test_claims_own_day_comes_before_the_incidents_wide_one() -> None:
    scene = shelling("2030-05-14")
    scene.incidents[0] = replace(scene.incidents[0], when=day("2030-05-01", "2030-05-20"))
    assert told(run(scene)) == [("NEW#1", "ZOR", "alleged"), ("OLD#1", "ZOR", "alleged")]


def test_every_violation_explains_itself_and_names_claims_of_its_incident() -> None:
    ledger = run(shelling("2030-05-10", by="ZOR;QAR"))
    texts = {document.id: document.text for document in ledger.documents}
    claims = {claim.id: claim for claim in ledger.claims}
    assert ledger.violations
    for violation in ledger.violations:
        assert violation.explanation.count(".") >= 2
        assert violation.rule in ("act-named", "act-unspecific", "act-contained", "civilian-target")
        for claim_id in violation.claim_ids:
            claim = claims[claim_id]
            assert texts[claim.document_id][claim.start_char : claim.end_char] == "Shells fell on Harbour, Xia said."


def test_running_twice_changes_nothing() -> None:
    once = run(shelling())
    assert assess.run_ledger(once, CONTEXT).incidents == once.incidents
    assert assess.run_ledger(once, CONTEXT).violations == once.violations


# --- deadlines ---------------------------------------------------------------------------------------------------------------


def weeks(*days: str) -> Scene:
    scene = Scene()
    for number, on in enumerate(days):
        scene.document(f"d{number}", on)
        scene.say(f"d{number}", "Zor spoke of peace.", "TALKS.MEET", "XIA", "ZOR", on=day("2029-01-01"))
    return scene


def silent(ledger: Ledger) -> list[Violation]:
    return [violation for violation in ledger.violations if violation.incident_id is None]


def test_a_deadline_that_passed_in_silence_is_a_finding_of_its_own() -> None:
    found = silent(run(weeks("2030-05-11", "2030-06-02")))
    assert [(v.clause_id, v.party, v.status, v.rule) for v in found] == [("NEW#3", "ZOR", "alleged", "deadline-passed")]
    assert len(found[0].claim_ids) == 1, "what was read of the party in the weeks after"
    assert "2030-05-25, moved from 2030-05-20" in found[0].explanation
    assert "a question, not an accusation" in found[0].explanation


def test_before_its_amended_last_day_nothing_is_found() -> None:
    assert silent(run(weeks("2030-05-11", "2030-05-25"))) == []


def test_a_deadline_that_nobody_could_have_seen_is_an_issue() -> None:
    ledger = run(weeks("2030-05-11", "2031-05-25"))
    assert silent(ledger) == []
    assert [(issue.code, issue.record_id) for issue in ledger.issues] == [("deadline-not-covered", "NEW#3")]


@pytest.mark.parametrize(
    ("act", "doer", "on", "is_fulfilled"),
    [
        ("DEESCALATE.WITHDRAWAL", "ZOR", "2030-05-20", True),
        ("DEESCALATE.WITHDRAWAL", None, "2030-05-20", True),
        ("ADVANCE.TERRITORY", "XIA", "2030-05-20", True),
        ("ADVANCE.TERRITORY", "ZOR", "2030-05-20", False),
        ("DEESCALATE.WITHDRAWAL", "ZOR", "2030-06-01", False),
        ("DEESCALATE.WITHDRAWAL", "ZOR", "2030-04-01", False),
        ("TALKS.MEET", "ZOR", "2030-05-20", False),
    ],
)
def test_what_fulfils_a_duty_to_leave(act: str, doer: str | None, on: str, is_fulfilled: bool) -> None:
    scene = weeks("2030-03-11", "2030-06-02")
    scene.say("d1", "Forces left the South.", act, "XIA", doer, at=("south",), on=day(on))
    assert (silent(run(scene)) == []) is is_fulfilled


def test_a_report_that_they_stayed_is_named_in_the_finding() -> None:
    scene = weeks("2030-05-11", "2030-06-02")
    claim = scene.say("d1", "Zor is still in Mill.", "FORCE.NON_WITHDRAWAL", "XIA", "ZOR", at=("mill",), on=day("2030-06-02"))
    found = silent(run(scene))[0]
    assert found.claim_ids[0] == claim.id
    assert "1 later report(s) say that it was not" in found.explanation


def test_weeks_that_tell_of_somebody_else_cover_no_deadline() -> None:
    scene = weeks("2030-05-11")
    scene.document("late", "2030-06-02")
    scene.say("late", "Xia spoke of peace.", "TALKS.MEET", "XIA", "XIA")
    ledger = run(scene)
    assert silent(ledger) == []
    assert [issue.code for issue in ledger.issues] == ["deadline-not-covered"]


def test_an_undated_ledger_finds_no_deadline() -> None:
    scene = Scene()
    scene.document("undated")
    assert silent(run(scene)) == []


# --- the cases that the work order names, over the facts' agreements ---------------------------------------------------------


def karabakh(shared: Path, on: str, act: str, doer: str, place_id: str, claimant: str, target: str | None = None) -> list[str]:
    theatre = facts_theatre(shared)
    known = next(p for p in theatre.places if p.id == place_id)
    where = ClaimPlace(text=known.names[0], place_id=place_id, lat=known.lat, lon=known.lon, precision=known.precision)
    scene = Scene()
    scene.document("one", on)
    claim = scene.say("one", "It was reported.", act, claimant, doer, target, on=day(on))
    scene.claims = [replace(claim, places=(where,), claimant=voice(claimant))]
    scene.link("it", *scene.claims)
    context = Context(theatre=theatre)
    return [v.agreement_id for v in run(scene, context).violations if v.incident_id is not None]


@pytest.mark.parametrize("doer", ["ARM", "NKR"])
def test_missiles_of_4_october_2020_fall_under_the_ceasefire_of_1994_alone(shared: Path, doer: str) -> None:
    assert karabakh(shared, "2020-10-04", "FIRE.MISSILE", doer, "ganja", "AZE", "AZE") == ["NK-1994-CF"]


def test_strikes_of_14_october_2020_fall_under_the_truce_of_10_october_first(shared: Path) -> None:
    assert karabakh(shared, "2020-10-14", "FIRE", "AZE", "vardenis", "ARM", "ARM") == ["NK-2020-10-10", "NK-1994-CF"]


def test_the_operation_of_september_2023_is_not_under_the_ceasefire_that_ended_it(shared: Path) -> None:
    found = karabakh(shared, "2023-09-19", "ADVANCE.OFFENSIVE", "AZE", "nk", "AZE")
    assert found[0] == "NK-2020-11-10"
    assert "NK-2023-09-20" not in found


def test_the_closed_corridor_falls_under_its_two_clauses(shared: Path) -> None:
    found = karabakh(shared, "2022-12-12", "ACCESS.BLOCKADE", "AZE", "corridor", "ARM")
    assert found == ["NK-2020-11-10", "NK-2020-11-10"]
    assert karabakh(shared, "2022-12-12", "ACCESS.BLOCKADE", "AZE", "ganja", "ARM") == []


def test_the_theatre_of_the_scenes_is_whole() -> None:
    ids = {place.id for place in THEATRE.places}
    assert all(parent in ids for place in THEATRE.places for parent in place.parents)
    assert all(area in ids for agreement in THEATRE.agreements for clause in agreement.clauses for area in clause.area_place_ids)
