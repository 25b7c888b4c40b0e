"""Who suffers an act is not who deals it, though a possessive names him."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.unit.extracting import reader
from trucewatch.model.records import Claim, Reading

Read = Callable[[str], Reading]
WAR = "Chad and Sudan have armies at their border. "


@pytest.fixture(scope="module")
def read() -> Read:
    return reader()


def told(claim: Claim) -> str | None:
    return claim.attributed_to.text if claim.attributed_to is not None else None


@pytest.mark.parametrize(
    "sentence",
    [
        "Chad suffered its deadliest strike.",
        "Chad has seen its heaviest shelling since July.",
        "Sudan came under its worst bombardment of the war.",
    ],
)
def test_a_place_that_suffers_deals_nothing(read: Read, sentence: str) -> None:
    (claim,) = read(WAR + sentence).claims
    assert told(claim) is None
    assert claim.target is not None


def test_a_side_that_launches_its_heaviest_deals_it(read: Read) -> None:
    (claim,) = read(WAR + "Sudan launched its heaviest barrage of the war.").claims
    assert told(claim) == "Sudan"


@pytest.mark.parametrize(
    "sentence",
    [
        "The country saw a strike by teachers on Monday.",
        "The company suffered a cyber attack on Tuesday.",
        "The team endured a barrage of questions.",
        "The minister came under fire from critics.",
    ],
)
def test_strikes_of_workers_and_attacks_in_words_are_no_acts(read: Read, sentence: str) -> None:
    assert not read(WAR + sentence).claims


@pytest.mark.parametrize(
    "sentence",
    [
        "Sudanese patrol shot at near the border",
        "Sudanese soldiers fired on in the desert",
        "A Sudanese convoy fired upon by night",
    ],
)
def test_whoever_is_shot_at_in_a_headline_is_struck(read: Read, sentence: str) -> None:
    (claim,) = read(WAR + sentence).claims
    assert told(claim) is None
    assert claim.target is not None
    assert "Sudanese" in (claim.target.text or "")


@pytest.mark.parametrize(
    "sentence",
    [
        "Sudan reported shelling in Khartoum.",
        "Sudanese television reported firing in Khartoum.",
        "Sudan said it heard bombing in Khartoum.",
    ],
)
def test_who_tells_of_shelling_does_not_shell(read: Read, sentence: str) -> None:
    (claim,) = read(WAR + sentence).claims
    assert told(claim) is None


def test_who_reports_shelling_a_post_shelled_it(read: Read) -> None:
    (claim,) = read(WAR + "The Sudanese army reported that it had shelled the posts of Chad near Khartoum.").claims
    assert told(claim) in ("it", "The Sudanese army")


@pytest.mark.parametrize(
    "sentence",
    [
        "Sudan closed the road to Chad until Sunday.",
        "Sudan and Chad extended the ceasefire until Friday.",
        "Sudan cut power to Chad until Monday.",
    ],
)
def test_until_a_day_is_not_on_that_day(read: Read, sentence: str) -> None:
    (claim,) = read(WAR + sentence).claims
    assert claim.when is None or "until" not in (claim.when.text or "")


def test_a_thing_that_was_hit_is_what_it_means(read: Read) -> None:
    claims = read(WAR + "Sudan said the Chadian vehicle was struck after it fired on troops.").claims
    assert "Chadian" in {told(claim) for claim in claims}
    assert "it" not in {told(claim) for claim in claims}


def test_shelling_of_a_side_by_its_foe_is_the_foes(read: Read) -> None:
    (claim,) = read(WAR + "Shelling of Khartoum by Chadian forces killed three people on Friday.").claims
    assert told(claim) == "Chadian forces"


def test_losses_suffered_are_of_who_suffered_them(read: Read) -> None:
    (claim,) = read(WAR + "The Sudanese side suffered losses of 20 killed, Chad said.").claims
    assert told(claim) is None
    assert claim.target is not None
    assert claim.target.text == "The Sudanese side"


@pytest.mark.parametrize(
    "sentence",
    [
        '"Not one shell was launched at Khartoum," the Chadian ministry said.',
        "Chad said that not one shot was fired in the direction of Khartoum.",
        "Chad said not a shell had been fired at Khartoum.",
    ],
)
def test_not_one_shot_is_a_denial(read: Read, sentence: str) -> None:
    (claim,) = read(WAR + sentence).claims
    assert claim.stance == "denies"


def test_not_one_but_three_is_none(read: Read) -> None:
    (claim,) = read(WAR + "Not one but three shells were launched at Khartoum, Sudan said.").claims
    assert claim.stance == "asserts"


def test_not_one_of_the_soldiers_is_a_figure_of_none(read: Read) -> None:
    (claim,) = read(WAR + "Not one of its soldiers had been killed, Sudan said.").claims
    assert [(figure.low, figure.high) for figure in claim.figures] == [(0, 0)]


def test_neither_of_two_deeds_is_asserted(read: Read) -> None:
    claims = read(WAR + "Chad said its forces had neither shelled Khartoum nor entered it.").claims
    assert claims
    assert {claim.stance for claim in claims} == {"denies"}


def test_far_from_a_deed_is_a_denial_of_it(read: Read) -> None:
    claims = read(WAR + "Chad said that far from shelling Khartoum, its troops had left.").claims
    assert [claim.stance for claim in claims if claim.act == "FIRE.HEAVY"] == ["denies"]


def test_what_follows_but_is_not_denied(read: Read) -> None:
    claims = read(WAR + "Chad said it had not shelled Khartoum but had bombed a depot.").claims
    assert [claim.stance for claim in claims] == ["denies", "asserts"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Chad said it had struck only army posts, and rejected accusations that homes had been hit in Khartoum.",
        "Chad said it had hit army posts and dismissed reports that a school was shelled in Khartoum.",
    ],
)
def test_what_is_dismissed_is_not_asserted_as_well(read: Read, sentence: str) -> None:
    claims = read(WAR + sentence).claims
    denied = [claim for claim in claims if claim.stance == "denies"]
    assert len(denied) == 1
    assert not [claim for claim in claims if claim.stance == "asserts" and claim.act == denied[0].act]


def test_the_claim_that_a_foe_rejects_stays_its_tellers(read: Read) -> None:
    claims = read(WAR + "Chad rejected Sudan's claim that it had shelled Khartoum.").claims
    assert {"denies"} <= {claim.stance for claim in claims}
