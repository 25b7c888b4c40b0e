"""Claims read off made-up sentences: who says it, what stance, which act, by whom, with what figures. One parser a module."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.unit.extracting import reader, words
from trucewatch.errors import ConfigError
from trucewatch.model.records import Claim, Reading
from trucewatch.stages.extract import lexicon

Read = Callable[[str], Reading]


@pytest.fixture(scope="module")
def read() -> Read:
    return reader()


def only(reading: Reading, act: str) -> Claim:
    """The one claim whose code begins with `act`."""
    found = [c for c in reading.claims if c.act.startswith(act)]
    assert len(found) == 1, [(c.act, c.stance) for c in reading.claims]
    return found[0]


# --- who says it ----------------------------------------------------------------------------------------------------------


def test_the_outlet_vouches_for_what_nobody_else_says(read: Read) -> None:
    assert only(read("Chad shelled a border post of Sudan on Monday."), "FIRE").claimant is None


def test_who_is_quoted_vouches(read: Read) -> None:
    claim = only(read("The Sudanese army said on Monday that Chad had shelled its border post."), "FIRE")
    assert (words(claim, "claimant"), words(claim, "attributed_to"), claim.stance) == ("The Sudanese army", "Chad", "asserts")


def test_an_accusation_of_a_deed_is_the_deeds_claim(read: Read) -> None:
    reading = read("Peru accused Ecuador of shelling a village near the river.")
    claim = only(reading, "FIRE")
    assert (words(claim, "claimant"), words(claim, "attributed_to")) == ("Peru", "Ecuador")
    assert not [c for c in reading.claims if c.act == "BLAME"]


def test_blame_alone_stays_blame(read: Read) -> None:
    claim = only(read("Norway condemned Chad for its policy in the region."), "BLAME")
    assert (words(claim, "attributed_to"), words(claim, "target")) == ("Norway", "Chad")


# --- denials --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "The Chadian army denied shelling the Sudanese post.",
        "The Chadian army denied that it had shelled the Sudanese post.",
        "The Chadian army said that it had not shelled the Sudanese post.",
        "The Chadian army said that no shell was fired at the Sudanese post.",
        "The Chadian army rejected claims that it had shelled the Sudanese post.",
    ],
)
def test_a_denial_never_asserts(read: Read, text: str) -> None:
    claims = [c for c in read(text).claims if c.act.startswith("FIRE")]
    assert claims
    assert all(c.stance == "denies" for c in claims)
    assert all("Chadian army" in words(c, "claimant") for c in claims)


@pytest.mark.parametrize(
    ("told", "count"),
    [
        ("Sudan rejected the accusations as baseless.", 2),
        ("Sudan denied both claims.", 2),
        ("Sudan rejected the accusation as baseless.", 1),
    ],
)
def test_a_denial_of_accusations_answers_each_of_them(read: Read, told: str, count: int) -> None:
    text = (
        "Chad said on Monday that Sudanese forces had shelled the town of Adre. "
        f"Chad said that Sudanese forces had also captured the village of Tine. {told}"
    )
    reading = read(text)
    denials = [claim for claim in reading.claims if claim.stance == "denies"]
    assert len({claim.responds_to for claim in denials}) == count, [(c.act, c.stance) for c in reading.claims]
    assert all(claim.responds_to for claim in denials)


def test_accusations_by_another_are_not_swept_in(read: Read) -> None:
    text = (
        "Libya said on Monday that Egyptian forces had shelled the town of Kufra. "
        "Chad said that Sudanese forces had captured the village of Tine. Sudan rejected the accusations as baseless."
    )
    denials = [claim for claim in read(text).claims if claim.stance == "denies"]
    assert [claim.act for claim in denials] == ["ADVANCE.TERRITORY"]


@pytest.mark.parametrize(
    "answer",
    [
        "The Chadian ministry dismissed the claim as a fabrication.",
        "The Chadian ministry said the report was baseless.",
        "The Chadian ministry denied this.",
    ],
)
def test_a_denial_answers_the_claim_before_it(read: Read, answer: str) -> None:
    reading = read(f"The Sudanese army said Chad had shelled its border post. {answer}")
    first = next(c for c in reading.claims if c.stance == "asserts" and c.act.startswith("FIRE"))
    denial = next(c for c in reading.claims if c.stance == "denies")
    assert (denial.act, denial.responds_to) == (first.act, first.id)
    assert "Chadian ministry" in words(denial, "claimant")


def test_a_negated_act_of_the_outlet_is_no_claim(read: Read) -> None:
    assert not read("Chad did not shell the Sudanese post.").claims


# --- modality -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "If Chad shells the Sudanese post, the talks will end.",
        "Residents fear that Chad may shell the Sudanese post.",
        "Sudan wants to avoid a strike on its post by Chad.",
    ],
)
def test_hypotheses_and_fears_are_no_attacks(read: Read, text: str) -> None:
    assert not [c for c in read(text).claims if c.act.startswith(("FIRE", "AIR", "ADVANCE"))]


def test_a_threat_is_no_attack(read: Read) -> None:
    reading = read("Chad threatened to attack Sudan unless the road is opened.")
    claim = only(reading, "THREAT.FORCE")
    assert (claim.modality, words(claim, "attributed_to")) == ("threatened", "Chad")
    assert not [c for c in reading.claims if c.act.startswith("FIRE")]


def test_coercion_announced_is_a_threat_without_force(read: Read) -> None:
    reading = read("Kenya said it would impose sanctions on Uganda next month.")
    assert only(reading, "THREAT.OTHER").modality == "threatened"
    assert not [c for c in reading.claims if c.act.startswith("ACCESS")]


def test_coercion_done_is_coercion(read: Read) -> None:
    claim = only(read("Kenya imposed sanctions on Uganda on Tuesday."), "ACCESS")
    assert (words(claim, "attributed_to"), words(claim, "target")) == ("Kenya", "Uganda")


def test_a_release_promised_is_an_offer_and_one_done_a_release(read: Read) -> None:
    assert only(read("Kenya said it would release 20 prisoners."), "OFFER").modality == "possible"
    assert only(read("Kenya released 20 prisoners on Friday."), "DEESCALATE.RELEASE").modality == "actual"


def test_what_somebody_says_another_must_do_is_a_demand(read: Read) -> None:
    reading = read("The Sudanese president said that Chad must withdraw its troops.")
    assert "Chad" in words(only(reading, "DEMAND.WITHDRAWAL"), "target")


# --- acts -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Zambia rejected a Kenyan request for talks.", "REFUSE"),
        ("Norway gave Malawi a grant of two million dollars.", "AID"),
        ("The Kenyan army lifted its blockade of the port on Monday.", "DEESCALATE.WITHDRAWAL"),
        ("Kenyan troops remained on alert along the Ugandan border.", "FORCE.BUILDUP"),
        ("Kenyan and Ugandan warships launched ten days of war games.", "FORCE.EXERCISE"),
        ("Kenyan soldiers arrested more than 30 Ugandans on Sunday.", "CIV.DETENTION"),
        ("The Kenyan president will visit Uganda in June.", "TALKS.MEET"),
        ("Peacekeepers arrived in Uganda on Monday.", "OFFER.MONITORS"),
        ("Kenya broke off diplomatic relations with Uganda.", "REFUSE"),
        ("Kenyan rebels tried to attack a Ugandan base.", "FIRE"),
        ("Kenyan doctors handed over nine tonnes of rice to Uganda.", "AID"),
        ("Kenya announced it would withhold wheat shipments from Uganda.", "THREAT.OTHER"),
        ("Kenya froze the loans to Uganda.", "ACCESS.AID_DENIAL"),
        ("The Kenyan government shortened the curfew in the border town.", "OFFER.OTHER"),
        ("Kenya outlawed the party of the Ugandan exiles.", "ACCESS"),
        ("The Kenyan court decided to allow the opposition candidate to run.", "OFFER.OTHER"),
        ("The Kenyan government ordered Uganda to close its consulate.", "DEMAND.OTHER"),
        ("A ceasefire with Uganda is out of the question, the Kenyan president said.", "REFUSE"),
        ("Kenya sealed a trade pact with Uganda.", "AGREE.OTHER"),
        ("Kenyan soldiers held dozens of Ugandan villagers as hostages.", "CIV.DETENTION"),
    ],
)
def test_words_that_report_an_act(read: Read, text: str, act: str) -> None:
    assert any(c.act.startswith(act) for c in read(text).claims), [c.act for c in read(text).claims]


@pytest.mark.parametrize(
    "text",
    [
        "Her campaign spent two million dollars on its launch.",
        "Police arrested a man after a fight in a bar.",
        "Senator Smith attacked Mayor Jones for raising taxes.",
        "The company released a statement on Monday.",
        "The minister told the newspaper that he had slept well.",
        "Kenyan firefighters were about to go out on a mission.",
    ],
)
def test_peaceful_words_report_no_violence(read: Read, text: str) -> None:
    assert not [c.act for c in read(text).claims if c.act.startswith(("FIRE", "AIR", "ADVANCE", "CIV", "DEESCALATE"))]


@pytest.mark.parametrize(
    "text",
    [
        "Kenya asked whether to recognise the Ugandan exiles' party.",
        "The Kenyan troops stationed in the town slept in tents.",
        "The Kenyan minister told the newspaper that roads were poor.",
    ],
)
def test_open_questions_states_and_mere_telling_are_no_acts(read: Read, text: str) -> None:
    assert not read(text).claims, [c.act for c in read(text).claims]


@pytest.mark.parametrize(
    ("text", "act", "target"),
    [
        ("Kenya is willing to withdraw its troops from neighbouring Uganda.", "OFFER", "Uganda"),
        ("Kenya eased a curfew in Malawi on Monday.", "OFFER", "Malawi"),
        ("Kenya froze part of a loan programme for Uganda.", "ACCESS.AID_DENIAL", "Uganda"),
    ],
)
def test_whom_a_deed_reaches_is_its_target(read: Read, text: str, act: str, target: str) -> None:
    assert words(only(read(text), act), "target") == target


def test_what_dates_a_deed_is_no_target(read: Read) -> None:
    claim = only(read("Kenya eased the curfew after a visit by a Ugandan minister."), "OFFER")
    assert words(claim, "target") == ""


def test_members_of_any_body_are_doers(read: Read) -> None:
    claim = only(read("Members of the zambezi workers front attacked a barracks on Monday."), "FIRE")
    assert words(claim, "attributed_to").startswith("Members of the zambezi")


def test_a_kind_of_noun_that_nothing_tells_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text(
        '[[verb]]\nframe = "offer"\nact = "OFFER.OTHER"\nobjects = ["@cheese"]\nlemmas = ["give"]\n', encoding="utf-8"
    )
    monkeypatch.setattr(lexicon, "files", lambda package: tmp_path)
    monkeypatch.setattr(lexicon, "_FILES", ("bad.toml",))
    monkeypatch.setattr(lexicon, "_TURNS", "bad.toml")
    with pytest.raises(ConfigError, match="give @cheese"):
        lexicon.load_lexicon.__wrapped__()


def test_a_nominal_attack_with_its_doer_is_a_claim(read: Read) -> None:
    claim = only(read("Residents fled after the shelling of the town by Chadian forces."), "FIRE.HEAVY")
    assert words(claim, "attributed_to") == "Chadian forces"


def test_coordinated_deeds_of_one_doer_are_two_claims(read: Read) -> None:
    claims = read("Chad shelled the town and seized two villages.").claims
    assert {c.act.split(".")[0] for c in claims} == {"FIRE", "ADVANCE"}
    assert all(words(c, "attributed_to") == "Chad" for c in claims)


def test_a_strike_that_kills_is_one_act_with_its_figure(read: Read) -> None:
    reading = read("A Chadian drone strike killed at least 12 people in the town.")
    claim = only(reading, "AIR.DRONE_STRIKE")
    assert [(f.measure, f.low) for f in claim.figures] == [("killed", 12)]
    assert len(reading.claims) == 1


def test_a_judged_attack_is_told_by_who_judges_it(read: Read) -> None:
    reading = read("The Kenyan minister said the attacks on Ugandan villagers were a crime.")
    assert "Kenyan minister" in words(only(reading, "FIRE"), "claimant")


# --- doubts ---------------------------------------------------------------------------------------------------------------


def test_a_city_of_a_few_hundred_people_is_doubtful(read: Read) -> None:
    reading = read("Lira is the second largest city of Uganda. There are about 400 people.")
    assert [i.code for i in reading.issues if i.stage == "extract"] == ["population-implausible"]
    assert not [f for c in reading.claims for f in c.figures]
    likely = read("Lira is the second largest city of Uganda. There are about 400,000 people.")
    assert not [i for i in likely.issues if i.code == "population-implausible"]


def test_dead_workers_may_be_soldiers(read: Read) -> None:
    reading = read("Officials said about 150 workers were killed at the front.")
    assert "victims-unclear" in [i.code for i in reading.issues]
    assert "victims-unclear" not in [i.code for i in read("Officials said about 150 civilians were killed.").issues]


# --- offsets --------------------------------------------------------------------------------------------------------------

_SENTENCES = (
    "Chad shelled a border post of Sudan on Monday.",
    "“We did not fire,” the Chadian spokesman said.",
    "The Sudanese army said 14 soldiers were killedand six wounded.",
    "Kenya urged both sides to hold talks.",
    "Uganda dismissed the claim as baseless.",
    "It's calm in the town ’ now.",
)


def test_offsets_are_verbatim_however_sentences_are_joined(read: Read) -> None:
    rng = random.Random(7)
    for _ in range(8):
        text = "".join(rng.choice(_SENTENCES) + rng.choice((" ", "\n\n", "  ")) for _ in range(5)).strip()
        for claim in read(text).claims:
            assert claim.sentence_start_char <= claim.start_char < claim.end_char <= claim.sentence_end_char
            for part in (claim.claimant, claim.attributed_to, claim.target, *claim.places, *claim.figures):
                if part is not None and part.start_char is not None:
                    assert text[part.start_char : part.end_char] == part.text
