"""Verify: each rule of the two axes, with a scene that it fits and one that it does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.unit.ledger_building import CONTEXT, Scene, day, decide, utc
from trucewatch.model.records import Claim, Document, Incident, Kinship, Observation
from trucewatch.stages import verify
from trucewatch.stages.cases import build_cases, withdrawn_claims
from trucewatch.stages.independence import independent_families

ON = day("2030-05-04")


def run(scene: Scene) -> Incident:
    return verify.run_ledger(scene.ledger(), CONTEXT).incidents[0]


def codes(incident: Incident, axis: str) -> list[str]:
    return [status.status for status in incident.statuses if status.axis == axis]


def three_sided() -> Scene:
    """Xia accuses Zor of missiles on Harbour, Zor denies, the de facto authorities say that it was they."""
    scene = Scene()
    scene.document("one", "2030-05-04")
    accusation = scene.say(
        "one", "Zor fired missiles at Harbour, Xia said.", "FIRE.MISSILE", "XIA", "ZOR", "XIA", ("harbour",), ON
    )
    denial = scene.say("one", "Zor denied it.", "FIRE.MISSILE", "ZOR", "ZOR", "XIA", on=ON, stance="denies")
    scene.document("two", "2030-05-04")
    own = scene.say("two", "We hit an airfield at Harbour, Qar said.", "FIRE.MISSILE", "QAR", "QAR", "XIA", ("harbour",), ON)
    scene.link("harbour", accusation, denial, own, at=("harbour",))
    return scene


def test_admitted_denied_and_claimed_as_its_own_bears_all_three() -> None:
    incident = run(three_sided())
    assert {"contested", "single_claim"} <= set(codes(incident, "occurrence"))
    assert codes(incident, "attribution") == ["self_acknowledged", "disputed_identity", "denied", "claimed_by_opponent"]
    assert (incident.occurrence, incident.attribution) == ("contested", "self_acknowledged")
    assert incident.parties_asserting == ("QAR", "XIA")
    assert incident.parties_denying == ("ZOR",)
    assert incident.families == 2
    assert incident.information_grade == "4"
    assert incident.source_grade == "F"


def test_every_status_names_claims_that_exist_and_a_reason() -> None:
    scene = three_sided()
    known = {claim.id for claim in scene.claims}
    for status in run(scene).statuses:
        assert status.reason
        assert status.claim_ids
        assert set(status.claim_ids) <= known


def test_an_outlets_grade_is_the_analysts_and_never_averaged() -> None:
    scene = three_sided()
    scene.facts["one"]["outlet"], scene.facts["two"]["outlet"] = "Gazette", "Herald"
    graded = replace(CONTEXT, settings={"admiralty.sources": {"Gazette": "D", "Herald": "B"}})
    assert verify.run_ledger(scene.ledger(), graded).incidents[0].source_grade == "B"
    some = replace(CONTEXT, settings={"admiralty.sources": {"Gazette": "D"}})
    assert verify.run_ledger(scene.ledger(), some).incidents[0].source_grade == "D", "F is no grade to be averaged with"


def test_mutual_accusations_are_no_dispute_about_an_identity() -> None:
    scene = Scene()
    scene.document("one", "2030-05-04")
    first = scene.say("one", "Xia says Zor fired.", "FIRE", "XIA", "ZOR", "XIA", on=ON)
    second = scene.say("one", "Zor says Xia fired.", "FIRE", "ZOR", "XIA", "ZOR", on=ON)
    scene.link("border", first, second)
    incident = run(scene)
    assert codes(incident, "attribution") == ["claimed_by_opponent", "claimed_by_opponent"]


def copies(*families: str, claimant: str | None = "XIA", outlets: tuple[str, ...] = ("A", "B", "C")) -> Scene:
    scene = Scene()
    claims = []
    for number, family in enumerate(families):
        scene.document(f"d{number}", "2030-05-04", outlet=outlets[number], family=family)
        claims.append(scene.say(f"d{number}", "Zor shelled Harbour.", "FIRE.HEAVY", claimant, "ZOR", "XIA", ("harbour",), ON))
    scene.link("shelling", *claims)
    return scene


def test_copies_of_one_family_are_one_source() -> None:
    incident = run(copies("f", "f", "f"))
    assert incident.occurrence == "syndicated_only"
    assert incident.families == 1


def test_three_outlets_that_relay_one_voice_are_one_voice() -> None:
    incident = run(copies("f", "g", "h", claimant="@xia-mod"))
    assert incident.occurrence == "syndicated_only"
    assert incident.families == 1
    assert "relaying" in incident.statuses[0].reason


def test_two_bodies_of_one_side_corroborate_on_the_same_side_only() -> None:
    scene = copies("f", claimant="@xia-mod")
    scene.document("other", "2030-05-04", family="g")
    second = scene.say(
        "other", "The foreign ministry said Zor shelled.", "FIRE.HEAVY", "@xia-mfa", "ZOR", "XIA", ("harbour",), ON
    )
    scene.incidents = []
    scene.link("shelling", *scene.claims[:1], second)
    incident = run(scene)
    assert incident.occurrence == "corroborated_same_side"
    assert incident.families == 2
    assert incident.information_grade == "3"


def test_a_spokesman_and_his_ministry_are_one_voice() -> None:
    scene = copies("f", claimant="@xia-mod")
    scene.document("other", "2030-05-04", family="g")
    second = scene.say("other", "The spokeswoman said Zor shelled.", "FIRE.HEAVY", "@xia-speaker", "ZOR", "XIA", ("harbour",), ON)
    scene.incidents = []
    scene.link("shelling", *scene.claims[:1], second)
    assert run(scene).occurrence == "syndicated_only"


def test_own_reports_of_unaligned_outlets_corroborate_independently() -> None:
    incident = run(copies("f", "g", claimant=None))
    assert incident.occurrence == "corroborated_independent"
    assert incident.information_grade == "1"


def test_an_outlets_own_reporter_is_its_own_voice() -> None:
    scene = copies("f")
    scene.document("other", "2030-05-04", outlet="Gazette", family="g")
    second = scene.say(
        "other", "The Gazette's Jo, in Harbour, saw it.", "FIRE.HEAVY", "the Gazette's Jo", None, None, ("harbour",), ON
    )
    scene.incidents = []
    scene.link("shelling", *scene.claims[:1], second)
    assert run(scene).occurrence == "corroborated_independent"


def test_a_partys_agency_is_not_independent() -> None:
    incident = run(copies("f", "g", claimant=None, outlets=("Zorpress", "Zorpress")))
    assert "corroborated_independent" not in codes(incident, "occurrence")


@pytest.mark.parametrize(
    ("sentence", "occurrence"),
    [
        ("Shells fell on Harbour.", "syndicated_only"),
        ("A correspondent of this paper saw shells fall on Harbour.", "corroborated_independent"),
        ("Damage at Harbour was seen by our reporters.", "corroborated_independent"),
    ],
)
def test_an_outlets_summary_of_what_a_side_says_is_no_report_of_its_own(sentence: str, occurrence: str) -> None:
    scene = copies("f", "g", claimant="@xia-mod")
    own = scene.say("d1", sentence, "FIRE.HEAVY", None, None, None, ("harbour",), ON)
    scene.incidents = []
    scene.link("shelling", *scene.claims[:2], own)
    found = codes(run(scene), "occurrence")
    assert ("corroborated_independent" in found) is (occurrence == "corroborated_independent")


@pytest.mark.parametrize(
    ("act", "modality", "occurrence"),
    [
        ("DEESCALATE.CEASE_FIRE", "ordered", "single_claim"),
        ("FIRE.HEAVY", "ordered", "unassessed"),
        ("FIRE.HEAVY", "possible", "unassessed"),
    ],
)
def test_an_order_is_an_act_only_where_it_stops_ones_own_fire(act: str, modality: str, occurrence: str) -> None:
    scene = Scene()
    scene.document("one", "2030-05-04")
    scene.link("order", scene.say("one", "Qar ordered it.", act, "QAR", "QAR", on=ON, modality=modality))
    incident = run(scene)
    assert incident.occurrence == occurrence
    assert all(status.claim_ids for status in incident.statuses if status.axis == "occurrence")


def test_an_allied_state_is_not_taken_as_independent() -> None:
    scene = copies("f")
    scene.document("other", "2030-05-04", family="g")
    second = scene.say("other", "Alyland says Zor shelled Harbour.", "FIRE.HEAVY", "ALY", "ZOR", "XIA", ("harbour",), ON)
    scene.incidents = []
    scene.link("shelling", *scene.claims[:1], second)
    incident = run(scene)
    assert incident.occurrence == "corroborated_same_side"
    assert "not known to be independent" in incident.statuses[0].reason


def test_a_mediator_or_mission_is_independent() -> None:
    scene = copies("f")
    scene.document("other", "2030-05-04", family="g")
    second = scene.say("other", "The mission reported shelling.", "FIRE.HEAVY", "@mission", None, None, ("harbour",), ON)
    scene.incidents = []
    scene.link("shelling", *scene.claims[:1], second)
    assert run(scene).occurrence == "corroborated_independent"


def test_two_opposed_sides_corroborate_nothing() -> None:
    scene = Scene()
    scene.document("one", "2030-05-04", family="f")
    first = scene.say("one", "Xia says there was fighting.", "FIRE.CLASH", "XIA", on=ON)
    scene.document("two", "2030-05-04", family="g")
    second = scene.say("two", "Zor says there was fighting.", "FIRE.CLASH", "ZOR", on=ON)
    scene.link("clash", first, second)
    incident = run(scene)
    assert codes(incident, "occurrence") == ["single_claim"]
    assert "nobody independent" in incident.statuses[0].reason


def test_confirming_the_opponents_gain_is_an_adverse_admission_that_outranks_copies() -> None:
    scene = Scene()
    scene.document("one", "2030-05-04", family="f")
    first = scene.say("one", "Xia took Mill.", "ADVANCE.TERRITORY", "XIA", "XIA", None, ("mill",), ON)
    scene.document("two", "2030-05-05", family="g")
    second = scene.say("two", "Zor confirmed it.", "ADVANCE.TERRITORY", "ZOR", "XIA", None, ("mill",), ON, "confirms")
    scene.link("mill", first, second)
    incident = run(scene)
    assert incident.occurrence == "adverse_admission"
    assert incident.information_grade == "2"


def test_the_holders_own_word_that_a_place_fell_is_an_admission() -> None:
    scene = Scene()
    scene.document("one", "2030-05-04")
    claim = scene.say("one", "Qar said Mill fell to Xia.", "ADVANCE.TERRITORY", "QAR", "XIA", None, ("mill",), ON)
    scene.link("mill", claim)
    assert run(scene).occurrence == "adverse_admission"


@pytest.mark.parametrize(
    ("act", "claimant", "doer", "target", "stance", "is_admission"),
    [
        ("FIRE.HEAVY", "ZOR", None, "ZOR", "confirms", True),
        ("FIRE.HEAVY", "ZOR", "XIA", "ZOR", "confirms", True),
        ("FIRE.HEAVY", "XIA", "XIA", "ZOR", "confirms", False),
        ("DEESCALATE.WITHDRAWAL", "QAR", "QAR", None, "asserts", True),
        ("DEESCALATE.WITHDRAWAL", "ZOR", "QAR", None, "confirms", True),
        ("DEESCALATE.WITHDRAWAL", "XIA", "QAR", None, "asserts", False),
        ("ADVANCE.TERRITORY", "ALY", "XIA", None, "confirms", False),
    ],
)
def test_who_admits_what(act: str, claimant: str, doer: str | None, target: str | None, stance: str, is_admission: bool) -> None:
    scene = Scene()
    scene.document("one", "2030-05-04")
    scene.link("it", scene.say("one", "It was so.", act, claimant, doer, target, on=ON, stance=stance))
    incident = run(scene)
    assert ("adverse_admission" in codes(incident, "occurrence")) is is_admission
    if act == "DEESCALATE.WITHDRAWAL":
        assert "claimed_by_opponent" not in codes(incident, "attribution"), "nobody is accused of leaving"


def test_accusing_the_opponent_is_no_admission() -> None:
    scene = Scene()
    scene.document("one", "2030-05-04")
    claim = scene.say("one", "Qar said Xia shelled Mill.", "FIRE.HEAVY", "QAR", "XIA", None, ("mill",), ON)
    scene.link("mill", claim)
    assert run(scene).occurrence == "single_claim"


@pytest.mark.parametrize(
    ("denied_in", "confirmed_in", "sentence", "is_superseded"),
    [
        ("2030-05-04", "2030-05-06", "Zor denied that Mill fell.", True),
        ("2030-05-06", "2030-05-04", "Zor denied that Mill fell.", False),
        ("2030-05-04", "2030-05-04", "Zor denied that Mill fell.", False),
        ("2030-05-04", "2030-05-04", "Zor had initially denied that Mill fell.", True),
    ],
)
def test_a_denial_taken_back_no_longer_stands(denied_in: str, confirmed_in: str, sentence: str, is_superseded: bool) -> None:
    scene = Scene()
    scene.document("one", denied_in)
    own = scene.say("one", "Xia took Mill.", "ADVANCE.TERRITORY", "XIA", "XIA", None, ("mill",), ON)
    denial = scene.say("one", sentence, "ADVANCE.TERRITORY", "ZOR", "XIA", None, ("mill",), ON, "denies")
    scene.document("two", confirmed_in)
    later = scene.say("two", "Zor confirmed that Mill fell.", "ADVANCE.TERRITORY", "ZOR", "XIA", None, ("mill",), ON, "confirms")
    scene.link("mill", own, denial, later)
    incident = run(scene)
    assert (incident.superseded_denial_ids == (denial.id,)) is is_superseded
    assert ("contested" in codes(incident, "occurrence")) is not is_superseded
    assert (incident.parties_denying == ()) is is_superseded


def test_a_denial_alone_is_not_assessed() -> None:
    scene = Scene()
    scene.document("one", "2030-05-04")
    scene.link("rumour", scene.say("one", "Zor denied shelling.", "FIRE.HEAVY", "ZOR", "ZOR", on=ON, stance="denies"))
    incident = run(scene)
    assert incident.occurrence == "unassessed"
    assert incident.attribution == "denied"


def test_the_victims_denial_of_a_boast_contests_it_but_denies_no_attribution() -> None:
    scene = Scene()
    scene.document("one", "2030-05-04")
    boast = scene.say("one", "Qar destroyed an airfield.", "FIRE", "QAR", "QAR", "XIA", ("harbour",), ON)
    denial = scene.say("one", "Xia denied that.", "FIRE", "XIA", "QAR", "XIA", ("harbour",), ON, "denies")
    scene.link("airfield", boast, denial)
    incident = run(scene)
    assert incident.occurrence == "contested"
    assert codes(incident, "attribution") == ["self_acknowledged"]


def test_verified_asks_for_two_signatures() -> None:
    scene = three_sided()
    scene.decisions = [decide("verify", "incident-harbour", "verified", "ana", 1)]
    ledger = verify.run_ledger(scene.ledger(), CONTEXT)
    assert ledger.incidents[0].occurrence == "contested"
    assert [issue.code for issue in ledger.issues] == ["needs-second-reviewer"]
    scene.decisions.append(decide("verify", "incident-harbour", "verified", "ANA ", 2))
    assert run(scene).occurrence == "contested"
    scene.decisions.append(decide("verify", "incident-harbour", "verified", "ben", 3))
    assert run(scene).occurrence == "verified"
    scene.decisions.append(decide("undo", "decision-3", "undone", "cat", 4))
    assert run(scene).occurrence == "contested"
    scene.decisions.append(decide("undo", "decision-4", "undone", "cat", 5))
    assert run(scene).occurrence == "verified"


@pytest.mark.parametrize("verdict", ["discounted", "inconclusive", "retracted"])
def test_a_persons_verdict_comes_before_what_texts_say(verdict: str) -> None:
    scene = three_sided()
    scene.decisions = [decide("verify", "incident-harbour", verdict)]
    incident = run(scene)
    assert incident.occurrence == verdict
    assert "contested" in codes(incident, "occurrence")


@pytest.mark.parametrize("verdict", ["determined:ZOR", "assessed:ZOR likely, moderate confidence", "unattributable"])
def test_attribution_by_decision(verdict: str) -> None:
    scene = three_sided()
    scene.decisions = [decide("attribute", "incident-harbour", verdict)]
    incident = run(scene)
    assert incident.attribution == verdict.partition(":")[0]
    assert verdict.partition(":")[2] in incident.statuses[len(codes(incident, "occurrence"))].reason


def test_a_page_that_deleted_its_only_report_retracts_it() -> None:
    scene = Scene()
    scene.document("first", "2030-05-04")
    gone = scene.say("first", "Zor shelled Harbour, the note said.", "FIRE.HEAVY", "XIA", "ZOR", "XIA", ("harbour",), ON)
    scene.document("second", "2030-05-05")
    scene.texts["second"] = "Nothing of the kind stands here now. "
    scene.kinships = [Kinship(first_id="doc-first", second_id="doc-second", kind="edit", score=0.9)]
    scene.link("note", gone)
    assert run(scene).occurrence == "retracted"
    scene.texts["second"] = "Today Zor shelled Harbour,  the note said. "
    assert run(scene).occurrence == "single_claim"


def observation(**changes: object) -> Observation:
    seen = Observation(
        id="obs-1",
        observer_code="AB-001",
        report_kind="fire",
        observed_from_at=utc("2030-05-04T09:30"),
        lat=40.0,
        lon=45.9,
        means=("saw", "heard"),
        bearing_deg=90.0,
        distance_low_km=5.0,
        distance_high_km=10.0,
        effect="explosion",
        count_low=3,
        count_high=3,
    )
    return replace(seen, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "is_linked"),
    [
        ({}, True),
        ({"bearing_deg": 270.0}, False),
        ({"distance_low_km": 25.0, "distance_high_km": 30.0}, False),
        ({"observed_from_at": utc("2030-05-05T09:30")}, False),
        ({"observed_from_at": utc("2030-05-03T19:30"), "observed_to_at": utc("2030-05-03T20:30")}, True),
        ({"effect": "aircraft"}, False),
        ({"nothing_observed": True}, False),
        ({"distance_low_km": None, "distance_high_km": None}, False),
        ({"lat": None, "lon": None}, False),
        ({"lat": None, "lon": None, "event_place": "harbour"}, True),
        ({"bearing_deg": None}, True),
    ],
)
def test_an_observation_links_by_time_effect_and_arc(changes: dict[str, object], is_linked: bool) -> None:
    scene = three_sided()
    scene.observations = [observation(**changes)]
    incident = run(scene)
    assert (incident.observation_ids == ("obs-1",)) is is_linked
    assert (incident.occurrence == "observed") is is_linked
    assert (incident.source_grade == "B") is is_linked


def test_hearsay_is_linked_but_observes_nothing() -> None:
    scene = three_sided()
    scene.observations = [observation(means=("told",))]
    incident = run(scene)
    assert incident.observation_ids == ("obs-1",)
    assert incident.occurrence == "contested"
    assert incident.source_grade == "F"


def test_order_of_claims_and_documents_does_not_matter() -> None:
    scene = three_sided()
    ledger = scene.ledger()
    turned = replace(ledger, documents=ledger.documents[::-1], claims=ledger.claims[::-1])
    assert verify.run_ledger(ledger, CONTEXT).incidents == verify.run_ledger(turned, CONTEXT).incidents


def test_a_relay_beside_a_fuller_family_adds_no_family() -> None:
    scene = three_sided()
    scene.document("relay", "2030-05-05", family="r")
    relayed = scene.say("relay", "Qar says it hit Harbour.", "FIRE.MISSILE", "QAR", "QAR", "XIA", ("harbour",), ON)
    scene.incidents = []
    scene.link("harbour", *scene.claims[:3], relayed)
    case = build_cases(scene.ledger(), CONTEXT)[0]
    assert independent_families(case, case.reports) == 2


def test_the_last_of_several_versions_decides_whether_a_sentence_is_gone() -> None:
    def version(number: int, text: str) -> Document:
        at = datetime(2030, 3, number, tzinfo=UTC)
        return Document(id=f"doc-{number}", source="page", input_path="page", sha256=str(number), text=text, retrieved_at=at)

    told, other = "Shells fell on Oldford.", "Nothing new from Oldford."
    documents = {one.id: one for one in (version(1, told), version(2, other), version(3, told))}
    edits = [Kinship(first_id="doc-1", second_id=f"doc-{n}", kind="edit", score=1.0) for n in (2, 3)]
    claim = Claim(
        id="claim-1", document_id="doc-1", start_char=0, end_char=len(told), sentence_start_char=0, sentence_end_char=len(told),
        act="FIRE",
    )  # fmt: skip
    for kinships in (edits, edits[::-1]):
        assert withdrawn_claims([claim], documents, kinships) == frozenset()
    assert withdrawn_claims([claim], documents, edits[:1]) == {"claim-1"}
