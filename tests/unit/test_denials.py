"""Denials in every shape on made-up sentences: claims called untrue, deeds disowned, what is not granted, losses denied."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.unit.extracting import reader, words
from trucewatch.model.records import Reading

Read = Callable[[str], Reading]
CHARGE = "The Sudanese army said on Monday that Chadian troops had shelled its border post. "


@pytest.fixture(scope="module")
def read() -> Read:
    return reader()


@pytest.mark.parametrize(
    "answer",
    [
        "The Chadian ministry called the statement “a lie from start to finish”.",
        "The Chadian ministry dismissed it as a fairy tale.",
        "The Chadian ministry brushed aside the accusation.",
        "The Chadian ministry scoffed at the report.",
        "The Chadian ministry rejected that.",
        "“That is not true,” the Chadian ministry said.",
        "The Chadian ministry said nothing of the sort had happened.",
        "The Chadian ministry said there was no truth in the report.",
        "The Chadian ministry denied carrying out the attack.",
        "The Chadian ministry denied any involvement in the attack.",
        "The Chadian ministry said it had nothing to do with the attack.",
        "“We had no part in this,” the Chadian ministry said.",
    ],
)
def test_a_claim_called_untrue_is_denied(read: Read, answer: str) -> None:
    reading = read(CHARGE + answer)
    denials = [c for c in reading.claims if c.stance == "denies"]
    assert len(denials) == 1, [(c.act, c.stance) for c in reading.claims]
    assert denials[0].responds_to == reading.claims[0].id
    assert "Chadian" in words(denials[0], "claimant")
    assert "Chadian" in words(denials[0], "attributed_to")
    assert not [c for c in reading.claims if c.act == "REFUSE"]


def test_an_apposed_allegation_is_denied_by_whom_it_names(read: Read) -> None:
    reading = read("Sudan said Chadian soldiers were laying mines near the river, an allegation Chad rejected.")
    denial = next(c for c in reading.claims if c.stance == "denies")
    assert (denial.act, words(denial, "claimant")) == ("EXPLOSIVE.MINE_LAYING", "Chad")
    assert not [c for c in reading.claims if c.act == "REFUSE"]


@pytest.mark.parametrize(
    "text",
    [
        "Chad rejected that it had attacked the post.",
        "The Chadian army did not accept that its soldiers had attacked the post.",
        "Not a single shell was fired at the post, the Chadian army said.",
        "At no point did our soldiers fire at the post, the Chadian army said.",
        "Chad has nothing to do with the strike on the post, its army said.",
        "The Chadian army denied responsibility for the strike on the post.",
    ],
)
def test_the_deed_denied_is_the_deniers_own(read: Read, text: str) -> None:
    claims = read(text).claims
    assert [c.stance for c in claims] == ["denies"]
    assert claims[0].act.split(".")[0] in ("FIRE", "AIR", "ADVANCE", "CIV")


def test_a_loss_denied_is_not_the_losers_deed(read: Read) -> None:
    claim = next(iter(read("Chad denied losing any tanks.").claims))
    assert (claim.stance, words(claim, "attributed_to"), words(claim, "target")) == ("denies", "", "Chad")


def test_an_offer_beside_a_denial_is_no_denial(read: Read) -> None:
    reading = read("Chad denied that it was blocking the road and offered to send food.")
    assert {(c.act, c.stance) for c in reading.claims} == {("ACCESS.BLOCKADE", "denies"), ("OFFER.OTHER", "asserts")}


@pytest.mark.parametrize(
    "text",
    [
        "Sudan refused a meeting and denied the observers access to the camp.",
        "Chad rejected the offer.",
        "The army did not confirm the deaths.",
        "The minister called the meeting useful.",
    ],
)
def test_what_is_withheld_or_refused_is_no_denial(read: Read, text: str) -> None:
    assert not [c for c in read(text).claims if c.stance == "denies"]


def test_neither_confirmed_nor_denied_is_no_denial(read: Read) -> None:
    reading = read(CHARGE + "The Chadian ministry neither confirmed nor refuted the report.")
    assert not [c for c in reading.claims if c.stance == "denies"]


@pytest.mark.parametrize(
    "answer",
    [
        "The Chadian army said it had “nothing to do” with the launch.",
        "The Chadian army denied any part in the rocket fire.",
        "The Chadian army said that it was not behind the launch.",
    ],
)
def test_what_one_disowns_is_the_deed_laid_at_ones_own_door(read: Read, answer: str) -> None:
    told = "Three rockets were launched at the border town of Tina on Friday, the Sudanese army said. "
    since = "Sudanese jets bombed the village of Bahai in return, killing two people. "
    reading = read(told + since + answer)
    denial = next(c for c in reading.claims if c.stance == "denies")
    assert denial.responds_to == reading.claims[0].id
    assert ("Chadian" in words(denial, "attributed_to"), [p.text for p in denial.places]) == (True, ["Tina"])


def test_an_account_rejected_is_that_of_its_own_sentence(read: Read) -> None:
    told = "Sudanese troops killed forty people, Chad said. "
    reading = read(told + "A diplomat said that winter had come early to Paris, an account that Sudanese officials rejected.")
    assert not [c for c in reading.claims if c.stance == "denies"]


@pytest.mark.parametrize(
    ("text", "teller"),
    [
        ("Chad rejected Sudanese reports that Chadian troops had shelled a border post.", "Sudanese"),
        ("Chad denied a statement by the Sudanese army that Chadian troops had shelled a border post.", "the Sudanese army"),
        ("Chad dismissed as false a Sudanese statement that Chadian troops had shelled a border post.", "Sudanese"),
        ("Chad dismissed the claim of the Sudanese army that Chadian troops had shelled a border post.", "the Sudanese army"),
    ],
)
def test_a_claim_inside_a_denial_is_its_makers_own(read: Read, text: str, teller: str) -> None:
    found = {(c.stance, words(c, "claimant")) for c in read(text).claims if c.act.startswith("FIRE")}
    assert found == {("denies", "Chad"), ("asserts", teller)}


def test_a_claim_denied_without_its_maker_makes_nobody_speak(read: Read) -> None:
    claims = read("Chad denied claims that its troops had shelled a border post.").claims
    assert [c.stance for c in claims] == ["denies"]


@pytest.mark.parametrize(
    "text",
    [
        "“Nobody is forcing the villagers to flee,” the Chadian minister said of Sudan's claim.",
        "Chadian soldiers did not manage to capture the Sudanese village, the Sudanese army said.",
    ],
)
def test_what_nobody_brings_about_is_denied(read: Read, text: str) -> None:
    assert [c.stance for c in read(text).claims] == ["denies"]


@pytest.mark.parametrize(
    "answer",
    [
        "Chad's foreign ministry called that “a crude lie”.",
        "The Chadian ombudsman has called such reports “biased”.",
        "The complaint was brushed aside by the Chadian ministry.",
        "The Chadian ministry said that the reports were exaggerated.",
        "The Chadian ministry denied this matter.",
    ],
)
def test_what_is_called_untrue_by_a_pointer_or_of_bias_is_denied(read: Read, answer: str) -> None:
    denials = [c for c in read(CHARGE + answer).claims if c.stance == "denies"]
    assert [(d.act, "Chad" in words(d, "claimant")) for d in denials] == [("FIRE.HEAVY", True)]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("“It is a lie that we shelled the town,” the Chadian army said.", "FIRE.HEAVY"),
        ("Accusing us of shelling the town is absurd, the Chadian army said.", "FIRE.HEAVY"),
        ("Allegations that Chad shelled the town have no basis in fact, the Chadian army said.", "FIRE.HEAVY"),
        ("The allegation that Chad had attacked the town was without foundation, the Chadian army said.", "FIRE"),
        ("It was not the Chadian army that shelled the town, the Chadian minister said.", "FIRE.HEAVY"),
        ("The Sudanese army disputes that its soldiers crossed the border.", "ADVANCE.LINE_CROSSING"),
        ("Chad insists that no blockade exists.", "ACCESS.BLOCKADE"),
        ("Chadian officials insist that the road is open.", "ACCESS.BLOCKADE"),
        ("There had been no strike on the hospital, the Chadian ministry said.", "CIV.ATTACK_OBJECTS"),
        ("The attack never happened, according to the Chadian army.", "FIRE"),
        ("The Chadian army has been given no order to fire on the town, its minister said.", "FIRE"),
        ("Not one Chadian soldier has set foot in Sudan, the Chadian minister said.", "ADVANCE.LINE_CROSSING"),
        ("The Chadian mayor denied that there was any military base in the town.", "FORCE.PROHIBITED_PRESENCE"),
        ("Chad denied that arms were taken through the crossing.", "FORCE.BUILDUP"),
        ("The Chadian ministry denied the downing of its helicopter in Sudan.", "AIR.UAV_DOWNED"),
    ],
)
def test_negation_in_whatever_shape_denies_and_asserts_nothing(read: Read, text: str, act: str) -> None:
    claims = read(text).claims
    assert [(c.act, c.stance) for c in claims] == [(act, "denies")]


def test_what_the_outlet_finds_absent_denies_nothing(read: Read) -> None:
    assert not [c for c in read("There was no blockade of the Chadian border that year.").claims if c.stance == "denies"]


def test_a_pointer_right_after_an_offer_denies_the_offer(read: Read) -> None:
    claims = read(
        "Sudan's president said that Egyptian peacekeepers would be sent to Darfur. The Egyptian ministry denied it."
    ).claims
    assert [(c.act, c.stance) for c in claims] == [("OFFER.MONITORS", "asserts"), ("OFFER.MONITORS", "denies")]


@pytest.mark.parametrize(
    "answer",
    [
        "In Chad these reports have denied.",
        "In Chad this called disinformation.",
        "The defence ministry of Chad this rejected.",
        "The Chadian ministry this rejected.",
        "“This information does not correspond to reality,” the Chadian army said of the statement.",
        "Chad insists that this has not happened.",
        "Chad denies organising the attack.",
        "The Chadian army was unaware of a strike there.",
    ],
)
def test_translated_and_turned_denials_are_read(read: Read, answer: str) -> None:
    reading = read(CHARGE + answer)
    denials = [c for c in reading.claims if c.stance == "denies"]
    assert len(denials) == 1, [(c.act, c.stance) for c in reading.claims]
    assert words(denials[0], "claimant") in (
        "Chad",
        "The Chadian ministry",
        "The defence ministry of Chad",
        "the Chadian army",
        "The Chadian army",
    )


def test_reports_denied_in_one_breath_are_not_asserted(read: Read) -> None:
    told = "“This is not true,” the Chadian army said of reports that its guns had shelled the town of Tina."
    assert {(c.stance, words(c, "claimant")) for c in read(told).claims} == {("denies", "the Chadian army")}


def test_who_denies_is_not_who_made_the_claim(read: Read) -> None:
    told = "The Chadian spokesman said the statement of the Sudanese side that a Sudanese drone had been shot down was false."
    assert {(c.stance, words(c, "claimant")) for c in read(told).claims} == {
        ("denies", "The Chadian spokesman"),
        ("asserts", "the Sudanese side"),
    }


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("The mayor denied that there was any military facility in the quarter.", "FORCE.PROHIBITED_PRESENCE"),
        ("The Chadian ministry denied that there were any arms on board.", "FORCE.PROHIBITED_PRESENCE"),
        ("The Chadian army denied that it had lost control of the town of Tina.", "ADVANCE.TERRITORY"),
        ("Chadian officials dismissed claims that the town of Tina was in Sudanese hands.", "ADVANCE.TERRITORY"),
        ("Chad rejected accusations of ethnic cleansing.", "CIV.DISPLACEMENT"),
        ("“It is not our army that shells towns,” the Chadian minister said.", "FIRE.HEAVY"),
    ],
)
def test_the_act_denied_is_named(read: Read, text: str, act: str) -> None:
    assert {(c.act, c.stance) for c in read(text).claims} == {(act, "denies")}


@pytest.mark.parametrize(
    "text",
    [
        "The Chadian army said it was looking into reports that its guns had hit a market in Tina.",
        "The mission said it had no evidence that Chadian soldiers had fired at the market.",
        "Chad did not claim responsibility for the attack on the post.",
        "The minister said there were no foreign jets taking part in the fighting.",
        "Chad said it could not say whether its guns had shelled the town.",
    ],
)
def test_what_is_not_proven_is_not_asserted(read: Read, text: str) -> None:
    assert not [c for c in read(text).claims if c.stance != "denies"]


def test_a_truce_said_not_to_be_answers_its_announcement(read: Read) -> None:
    reading = read("Sudan announced that it was halting its operations. “There is no ceasefire,” the Chadian army said.")
    assert [(c.act, c.stance) for c in reading.claims] == [
        ("DEESCALATE.CEASE_FIRE", "asserts"),
        ("DEESCALATE.CEASE_FIRE", "denies"),
    ]
    assert not read("There is no ceasefire in Tina.").claims


@pytest.mark.parametrize("thing", ["aid", "asylum", "admission", "passage"])
def test_what_is_withheld_is_denied_by_nobody(read: Read, thing: str) -> None:
    claims = read(f"Chad said Sudan had denied the victims {thing} after the strike on Khartoum.").claims
    assert not [claim for claim in claims if claim.stance == "denies"]
