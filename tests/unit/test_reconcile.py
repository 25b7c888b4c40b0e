"""Reconcile: whose number of whom; what supersedes what; the victims' side; control of places, named and unnamed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.ledger_building import CONTEXT, Scene, day, figure
from trucewatch.model.records import ControlClaim, Figure, Toll
from trucewatch.stages import assess, reconcile, verify
from trucewatch.stages.control import unnamed_places

ON = day("2030-05-04")


def tolls(scene: Scene) -> list[Toll]:
    return list(reconcile.run_ledger(scene.ledger(), CONTEXT).tolls)


def standing(scene: Scene) -> list[tuple[str | None, str | None, str, str, int | None, int | None, int | None]]:
    return [
        (t.claimant_party, t.victim_party, t.measure, t.population, t.low, t.best, t.high)
        for t in tolls(scene)
        if t.superseded_by is None
    ]


def one_incident(*said: tuple[str, str, tuple[Figure, ...]]) -> Scene:
    """Days, claimants and figures of one incident at Harbour, each in its own document."""
    scene = Scene()
    claims = []
    for number, (on, claimant, figures) in enumerate(said):
        scene.document(f"d{number}", on)
        words = " and ".join(f.text for f in figures)
        claims.append(
            scene.say(f"d{number}", f"They said {words}.", "FIRE.HEAVY", claimant, None, "CVL", ("harbour",), ON, figures=figures)
        )
    scene.link("harbour", *claims)
    return scene


def test_claimants_stand_side_by_side_and_are_never_added() -> None:
    scene = one_incident(
        ("2030-05-04", "XIA", (figure("five killed", 5, 5),)),
        ("2030-05-04", "ZOR", (figure("two killed", 2, 2),)),
    )
    assert [(t[0], t[5]) for t in standing(scene)] == [("XIA", 5), ("ZOR", 2)]


def test_civilians_and_combatants_and_measures_stay_apart() -> None:
    scene = one_incident(
        (
            "2030-05-04",
            "XIA",
            (
                figure("three civilians", 3, 3, population="civilian"),
                figure("four soldiers", 4, 4, population="combatant"),
                figure("nine hurt", 9, 9, "injured"),
            ),
        ),
    )
    assert sorted((t[2], t[3], t[5]) for t in standing(scene)) == [
        ("injured", "unknown", 9),
        ("killed", "civilian", 3),
        ("killed", "combatant", 4),
    ]


def test_a_later_figure_supersedes_and_the_earlier_is_kept() -> None:
    scene = one_incident(
        ("2030-05-04", "XIA", (figure("two killed", 2, 2),)),
        ("2030-05-05", "XIA", (figure("at least five killed", 5, None, qualifier="at_least"),)),
        ("2030-05-06", "XIA", (figure("seven killed", 7, 7),)),
    )
    made = sorted(tolls(scene), key=lambda t: t.best or 0)
    assert [t.best for t in made] == [2, 5, 7]
    assert [t.superseded_by for t in made] == [made[1].id, made[2].id, None]
    assert (made[1].low, made[1].high) == (5, None)


def test_another_claimants_later_figure_supersedes_nothing() -> None:
    scene = one_incident(
        ("2030-05-04", "XIA", (figure("two killed", 2, 2),)),
        ("2030-05-05", "ZOR", (figure("five killed", 5, 5),)),
    )
    assert all(toll.superseded_by is None for toll in tolls(scene))


def test_a_vague_word_supersedes_no_number_but_a_number_supersedes_it() -> None:
    vague = figure("dozens killed", 24, 99, qualifier="dozens")
    scene = one_incident(("2030-05-04", "XIA", (figure("two killed", 2, 2),)), ("2030-05-05", "XIA", (vague,)))
    assert sorted((t.best, t.superseded_by) for t in tolls(scene) if t.best) == [(2, None)]
    scene = one_incident(("2030-05-04", "XIA", (vague,)), ("2030-05-05", "XIA", (figure("two killed", 2, 2),)))
    assert [t.best for t in tolls(scene) if t.superseded_by is None] == [2]
    assert [t.best for t in tolls(scene) if t.superseded_by is not None] == [None]


def test_a_figure_that_fell_is_a_doubt() -> None:
    scene = one_incident(
        ("2030-05-04", "XIA", (figure("nine killed", 9, 9),)),
        ("2030-05-05", "XIA", (figure("four killed", 4, 4),)),
    )
    assert [issue.code for issue in reconcile.run_ledger(scene.ledger(), CONTEXT).issues] == ["toll-fell"]


def test_of_one_day_the_range_and_what_most_families_report() -> None:
    scene = one_incident(
        ("2030-05-04", "XIA", (figure("five killed", 5, 5),)),
        ("2030-05-04", "XIA", (figure("six killed", 6, 6),)),
        ("2030-05-04", "XIA", (figure("six killed", 6, 6),)),
    )
    assert standing(scene) == [("XIA", "XIA", "killed", "unknown", 5, 6, 6)]


def test_copies_of_one_family_do_not_outvote() -> None:
    scene = one_incident(
        ("2030-05-04", "XIA", (figure("five killed", 5, 5),)),
        ("2030-05-04", "XIA", (figure("six killed", 6, 6),)),
        ("2030-05-04", "XIA", (figure("six killed", 6, 6),)),
    )
    scene.facts["d1"]["family_id"] = scene.facts["d2"]["family_id"] = "family-of-six"
    assert standing(scene)[0][5] == 5


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (figure("x", 18, None, qualifier="at_least"), (18, 18, None)),
        (figure("x", 190, 210, qualifier="about"), (190, 200, 210)),
        (figure("x", 27000, 30000, qualifier="nearly"), (27000, 30000, 30000)),
        (figure("x", None, 30, qualifier="up_to"), (None, None, 30)),
        (figure("x", 24, 99, qualifier="dozens"), (24, None, 99)),
        (figure("x", 22, 22), (22, 22, 22)),
    ],
)
def test_low_best_and_high_of_each_qualifier(made: Figure, expected: tuple[int | None, int | None, int | None]) -> None:
    assert standing(one_incident(("2030-05-04", "XIA", (made,)))) == [("XIA", "XIA", "killed", "unknown", *expected)]


def test_denied_threatened_and_place_figures_make_no_toll() -> None:
    scene = Scene()
    scene.document("one", "2030-05-04")
    dead = (figure("five killed", 5, 5),)
    scene.say("one", "Zor denied five killed.", "FIRE.HEAVY", "ZOR", stance="denies", figures=dead, on=ON)
    scene.say("one", "Zor threatened: five killed.", "THREAT.FORCE", "ZOR", modality="threatened", figures=dead, on=ON)
    villages = (figure("eight villages", 8, 8, "places_taken"),)
    scene.say("one", "Xia took eight villages.", "ADVANCE.TERRITORY", "XIA", "XIA", figures=villages, on=ON)
    scene.say("one", "Somebody was killed.", "FIRE", "XIA", figures=(figure("killed", None, None),), on=ON)
    assert tolls(scene) == []


# --- sums over a period ------------------------------------------------------------------------------------------------------


def test_a_sum_belongs_to_no_incident_even_where_it_was_linked() -> None:
    scene = Scene()
    scene.document("one", "2030-05-04")
    since = day("2030-04-27", "2030-05-04")
    claim = scene.say(
        "one",
        "Since then 22 civilians were killed, Xia says.",
        "TOLL",
        "XIA",
        on=since,
        figures=(figure("22 civilians", 22, 22, population="civilian"),),
    )
    scene.link("wrongly", claim)
    made = tolls(scene)
    assert [(t.incident_id, t.claimant_party, t.victim_party, t.best) for t in made] == [(None, "XIA", "XIA", 22)]
    assert made[0].period is not None
    assert (made[0].period.earliest, made[0].period.latest) == (since.earliest, since.latest)


def sums(*said: tuple[str, str, str, int]) -> Scene:
    scene = Scene()
    for number, (published, first, last, best) in enumerate(said):
        scene.document(f"d{number}", published)
        scene.say(
            f"d{number}",
            f"{best} dead, Xia says.",
            "TOLL",
            "XIA",
            on=day(first, last),
            figures=(figure(f"{best} dead", best, best),),
        )
    return scene


def test_later_sums_since_about_the_same_day_supersede() -> None:
    scene = sums(("2030-05-04", "2030-04-27", "2030-05-04", 20), ("2030-05-09", "2030-04-28", "2030-05-09", 60))
    assert [t[5] for t in standing(scene)] == [60]


def test_sums_over_other_wars_are_other_scopes() -> None:
    scene = sums(("2030-05-04", "2000-01-01", "2009-12-31", 30000), ("2030-05-09", "2030-04-28", "2030-05-09", 60))
    assert sorted(t[5] or 0 for t in standing(scene)) == [60, 30000]


def test_sums_whose_period_nobody_knows_are_not_set_against_one_another() -> None:
    scene = Scene()
    for number, best in enumerate((5, 9)):
        scene.document(f"d{number}", f"2030-05-0{number + 1}")
        scene.say(f"d{number}", f"{best} dead.", "TOLL", "XIA", figures=(figure(f"{best} dead", best, best),))
    assert len(standing(scene)) == 2


# --- whose victims -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("claimant", "doer", "target", "at", "sentence", "victims"),
    [
        ("ZOR", "ZOR", "XIA", (), "5 killed.", "XIA"),
        ("ZOR", None, None, (), "5 Xian soldiers were killed.", "XIA"),
        ("ZOR", "XIA", "CVL", ("mill",), "5 killed.", "QAR"),
        ("XIA", None, None, (), "5 killed.", "XIA"),
        ("XIA", None, "CVL", ("harbour",), "5 killed.", "XIA"),
        ("XIA", "XIA", None, ("mill",), "5 killed.", "QAR"),
        ("XIA", "XIA", None, (), "5 killed.", None),
        ("XIA", None, None, (), "5 enemy troops were killed.", None),
        (None, None, None, ("bridge",), "5 killed.", "ZOR"),
        (None, None, None, ("afar",), "5 killed.", "MED"),
        (None, None, None, (), "5 killed.", None),
        ("ALY", "ZOR", "CVL", ("harbour",), "5 killed.", "XIA"),
        ("ALY", None, None, (), "5 killed.", None),
    ],
)
def test_the_victims_side(
    claimant: str | None, doer: str | None, target: str | None, at: tuple[str, ...], sentence: str, victims: str | None
) -> None:
    scene = Scene()
    scene.document("one", "2030-05-04")
    words = sentence.split(" were")[0].removesuffix(" killed.")
    scene.say("one", sentence, "FIRE.HEAVY", claimant, doer, target, at, ON, figures=(figure(words, 5, 5),))
    assert [toll.victim_party for toll in tolls(scene)] == [victims]


def test_the_holder_of_the_day_counts() -> None:
    scene = Scene()
    scene.document("one", "2030-06-04")
    scene.say("one", "5 killed.", "FIRE", None, "ZOR", "CVL", ("mill",), day("2030-06-04"), figures=(figure("5 killed", 5, 5),))
    assert tolls(scene)[0].victim_party == "XIA"


def test_outlets_in_their_own_voice_are_claimants_of_their_own() -> None:
    scene = Scene()
    claims = []
    for name, best in (("one", 5), ("two", 7)):
        scene.document(name, "2030-05-04", outlet=name.title())
        claims.append(
            scene.say(
                name, f"{best} killed.", "FIRE", None, at=("harbour",), on=ON, figures=(figure(f"{best} killed", best, best),)
            )
        )
    scene.link("harbour", *claims)
    assert sorted((t.claimant_name, t.best) for t in tolls(scene)) == [("One", 5), ("Two", 7)]


# --- control -----------------------------------------------------------------------------------------------------------------


def controls(scene: Scene) -> list[ControlClaim]:
    return list(reconcile.run_ledger(scene.ledger(), CONTEXT).controls)


def test_a_taken_place_contested_and_then_admitted() -> None:
    scene = Scene()
    scene.document("one", "2030-05-04")
    own = scene.say("one", "Xia took Mill.", "ADVANCE.TERRITORY", "XIA", "XIA", at=("mill",), on=ON)
    denial = scene.say("one", "Qar denied it.", "ADVANCE.TERRITORY", "QAR", "XIA", at=("mill",), on=ON, stance="denies")
    scene.link("mill", own, denial)
    made = controls(scene)
    assert [(c.place_id, c.party, c.state, c.contested_by, c.admitted_by, c.claimed_by) for c in made] == [
        ("mill", "XIA", "taken", ("QAR",), (), ("XIA",))
    ]
    assert set(made[0].claim_ids) == {own.id, denial.id}
    scene.document("two", "2030-05-06")
    later = scene.say("two", "Qar confirmed it.", "ADVANCE.TERRITORY", "QAR", "XIA", at=("mill",), on=ON, stance="confirms")
    scene.incidents = []
    scene.link("mill", own, denial, later)
    assert [(c.contested_by, c.admitted_by) for c in controls(scene)] == [((), ("QAR",))]


@pytest.mark.parametrize(
    ("sentence", "name"),
    [("Xia took towns in Xia.", "parts of Xia"), ("Xia took all of Xia.", "Xia"), ("Xia has full control over Xia.", "Xia")],
)
def test_towns_in_a_region_are_not_the_region(sentence: str, name: str) -> None:
    scene = Scene()
    scene.document("one", "2030-05-04")
    scene.say("one", sentence, "ADVANCE.TERRITORY", "XIA", "XIA", at=("xia",), on=ON)
    assert [c.place_name for c in controls(scene)] == [name]


def test_a_pull_back_told_by_its_own_side_is_admitted() -> None:
    scene = Scene()
    scene.document("one", "2030-05-04")
    scene.say("one", "Our forces left Mill, Qar said.", "DEESCALATE.WITHDRAWAL", "QAR", "QAR", at=("mill",), on=ON)
    assert [(c.party, c.state, c.admitted_by) for c in controls(scene)] == [("QAR", "left", ("QAR",))]


def test_unnamed_numbers_are_claims_of_their_own() -> None:
    scene = Scene()
    scene.document("one", "2030-05-04")
    eight = (figure("eight new villages", 8, 8, "places_taken"),)
    scene.say(
        "one", "Xia seized eight new villages in Xia.", "ADVANCE.TERRITORY", "XIA", "XIA", at=("xia",), on=ON, figures=eight
    )
    total = (figure("a total of 45 towns", 45, 45, "places_taken"),)
    scene.say("one", "It now controls a total of 45 towns.", "ADVANCE.TERRITORY", "XIA", "XIA", on=ON, figures=total)
    mixed = (figure("several villages", 3, 9, "places_taken", qualifier="several"),)
    scene.say("one", "Xia took Mill and several villages.", "ADVANCE.TERRITORY", "XIA", "XIA", at=("mill",), on=ON, figures=mixed)
    assert sorted((c.place_name, c.state, c.place_id) for c in controls(scene)) == [
        ("45 towns (unnamed)", "held", None),
        ("8 villages (unnamed)", "taken", None),
        ("Mill", "taken", "mill"),
        ("several villages (unnamed)", "taken", None),
    ]


@pytest.mark.parametrize(
    ("made", "words", "name"),
    [
        (figure("x", 1, 1), "one town", "1 town (unnamed)"),
        (figure("x", 2, 2), "two cities", "2 cities (unnamed)"),
        (figure("x", 3, None, qualifier="at_least"), "three", "at least 3 places (unnamed)"),
        (figure("x", None, 30, qualifier="up_to"), "thirty posts", "up to 30 posts (unnamed)"),
        (figure("x", 3, 9, qualifier="several"), "the town of Alder and several hamlets", "several hamlets (unnamed)"),
        (figure("x", 1, 1), "a village of two districts", "1 village (unnamed)"),
        (figure("x", 19, 21, qualifier="about"), "twenty heights", "about 20 heights (unnamed)"),
    ],
)
def test_names_of_unnamed_places(made: Figure, words: str, name: str) -> None:
    assert unnamed_places(made, words) == name


def test_taken_again_weeks_later_is_another_episode() -> None:
    scene = Scene()
    for number, on in enumerate(("2030-05-04", "2030-05-06", "2030-06-20")):
        scene.document(f"d{number}", on)
        scene.say(f"d{number}", "Xia took Mill.", "ADVANCE.TERRITORY", "XIA", "XIA", at=("mill",), on=day(on))
    assert [str(c.since.earliest) for c in sorted(controls(scene), key=lambda c: str(c.since.earliest))] == [
        "2030-05-04",
        "2030-06-20",
    ]


# --- properties --------------------------------------------------------------------------------------------------------------

SAID = st.lists(
    st.tuples(
        st.sampled_from(["2030-05-04", "2030-05-05", "2030-05-14"]),
        st.sampled_from(["XIA", "ZOR", "QAR", "@xia-mod", "a witness", None]),
        st.sampled_from(["XIA", "ZOR", "QAR", None]),
        st.sampled_from(["FIRE.HEAVY", "ADVANCE.TERRITORY", "TOLL", "AIR.STRIKE", "DEESCALATE.WITHDRAWAL", "THREAT.FORCE"]),
        st.sampled_from(["asserts", "denies", "confirms"]),
        st.integers(1, 40),
        st.sampled_from(["harbour", "mill", "bridge"]),
    ),
    min_size=1,
    max_size=8,
)


def scene_of(said: list[tuple[str, str | None, str | None, str, str, int, str]]) -> Scene:
    scene = Scene()
    for number, (on, claimant, doer, act, stance, best, where) in enumerate(said):
        scene.document(f"d{number}", on, outlet=f"O{number % 3}", family=f"f{number % 3}")
        words = f"{best} people"
        made = (figure(words, best, best), figure(words, best, best, "places_taken"))
        scene.say(
            f"d{number}", f"It was said of {words}.", act, claimant, doer, at=(where,), on=day(on), stance=stance, figures=made
        )
    for where in ("Harbour", "Mill", "Bridge"):
        linked = [c for c in scene.claims if c.places[0].text == where and c.act not in ("TOLL", "THREAT.FORCE")]
        if linked:
            scene.link(where, *linked)
    return scene


@settings(max_examples=80, deadline=None)
@given(SAID)
def test_every_number_and_status_leads_to_verbatim_sentences(said: list) -> None:
    ledger = scene_of(said).ledger()
    for stage in (reconcile, verify, assess):
        ledger = stage.run_ledger(ledger, CONTEXT)
    claims = {claim.id: claim for claim in ledger.claims}
    texts = {document.id: document.text for document in ledger.documents}

    def sentence_of(claim_id: str) -> str:
        claim = claims[claim_id]
        return texts[claim.document_id][claim.sentence_start_char : claim.sentence_end_char]

    for toll in ledger.tolls:
        assert toll.claim_ids
        told = [f for claim_id in toll.claim_ids for f in claims[claim_id].figures if f.measure == toll.measure]
        assert toll.low in [f.low for f in told]
        assert toll.high in [f.high for f in told]
        assert toll.best in [f.low for f in told]
        assert all(str(f.low) in sentence_of(claim_id) for claim_id in toll.claim_ids for f in claims[claim_id].figures)
    for incident in ledger.incidents:
        assert {status.axis for status in incident.statuses} == {"occurrence", "attribution", "breach"}
        for axis in ("occurrence", "attribution", "breach"):
            assert getattr(incident, axis) in {s.status for s in incident.statuses if s.axis == axis}
        for status in incident.statuses:
            linked = {*incident.claim_ids, *incident.denial_ids}
            assert status.reason
            assert set(status.claim_ids) <= linked
            assert status.claim_ids
            assert all(sentence_of(claim_id).startswith("It was said of") for claim_id in status.claim_ids)
    for violation in ledger.violations:
        assert violation.claim_ids
        assert all(claim_id in claims for claim_id in violation.claim_ids)
        assert violation.explanation


@settings(max_examples=30, deadline=None)
@given(SAID, st.randoms(use_true_random=False))
def test_the_order_of_claims_and_documents_never_matters(said: list, shuffler) -> None:
    ledger = scene_of(said).ledger()
    claims, documents = list(ledger.claims), list(ledger.documents)
    shuffler.shuffle(claims)
    shuffler.shuffle(documents)
    turned = replace(ledger, claims=tuple(claims), documents=tuple(documents))
    first, second = (reconcile.run_ledger(one, CONTEXT) for one in (ledger, turned))
    assert set(first.tolls) == set(second.tolls)
    assert set(first.controls) == set(second.controls)
