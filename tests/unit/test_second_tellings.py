"""A second verb of telling is its first teller's, and what is denied beside what is told turns neither."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.unit.extracting import reader, words
from trucewatch.model.records import Reading

Read = Callable[[str], Reading]
WAR = "Chad and Sudan have armies at their border. "


@pytest.fixture(scope="module")
def read() -> Read:
    return reader()


@pytest.mark.parametrize(
    ("sentence", "act", "teller"),
    [
        ("Chad admitted that three soldiers had died but denied that a depot had been hit.", "FIRE", "Chad"),
        ("Sudan said that Chad had shelled Adre and warned that its army would strike back.", "THREAT.FORCE", "Sudan"),
        (
            "Chad's president told officers that Sudan had broken its word and vowed to retaliate.",
            "THREAT.FORCE",
            "Chad's president",
        ),
    ],
)
def test_a_second_verb_is_the_first_tellers(read: Read, sentence: str, act: str, teller: str) -> None:
    found = [claim for claim in read(WAR + sentence).claims if claim.act.startswith(act)]
    assert found
    assert {words(claim, "claimant") for claim in found} == {teller}


def test_what_soldiers_do_on_the_spot_stays_theirs(read: Read) -> None:
    claims = read(WAR + "Chad said that soldiers of Sudan had entered Adre and warned residents that it would be bombed.").claims
    assert all(words(claim, "claimant") == "Chad" for claim in claims)


def test_an_accusation_beside_a_denial_is_asserted(read: Read) -> None:
    claims = read(WAR + "Chad denied it had fired the missile and in turn accused Sudan of shelling Adre.").claims
    assert [(claim.stance, words(claim, "attributed_to")) for claim in claims] == [("denies", "it"), ("asserts", "Sudan")]


def test_what_follows_a_false_claim_is_asserted(read: Read) -> None:
    claims = read(
        WAR
        + "Chad said Sudan had shelled Adre. Sudan responded that the claim was false and that it was Chad which shelled Tine."
    ).claims
    told = [(words(claim, "claimant"), claim.stance) for claim in claims]
    assert sorted(told) == [("Chad", "asserts"), ("Sudan", "asserts"), ("Sudan", "denies")]


@pytest.mark.parametrize(
    "sentence",
    [
        "A spokeswoman said no exchange had taken place because of the fighting.",
        "The army said that Sudan sought to prevent it from completing its deployment.",
        "Any drone that enters our sky will be brought down, the army said.",
    ],
)
def test_what_is_not_said_to_be_undone_is_not_denied(read: Read, sentence: str) -> None:
    assert [claim for claim in read(WAR + sentence).claims if claim.stance == "denies" or claim.act == "AIR.DRONE_STRIKE"] == []


def test_a_mob_is_nobodys_army(read: Read) -> None:
    claims = read(WAR + "Angry crowds set fire to a ministry building in Khartoum.").claims
    assert {words(claim, "attributed_to") for claim in claims} == {"Angry crowds"}


def test_what_captives_suffer_is_one_ill_treatment(read: Read) -> None:
    claims = read(WAR + "Chadian soldiers had been beaten with rods, burned and deprived of sleep in Sudanese custody.").claims
    assert [claim.act for claim in claims] == ["POW.ILL_TREATMENT"]


@pytest.mark.parametrize(
    ("sentence", "injured"),
    [
        ("At least 12 dead and more than 30 injured in raids on Adre.", 30),
        ("12 fatalities and 30 wounded in raids on Adre.", 30),
    ],
)
def test_the_dead_are_none_of_the_injured(read: Read, sentence: str, injured: int) -> None:
    figures = [figure for claim in read(WAR + sentence).claims for figure in claim.figures if figure.measure == "injured"]
    assert [figure.low for figure in figures] == [injured]


def test_money_lost_is_no_death(read: Read) -> None:
    claims = read(WAR + "Shells hit Adre and killed two men. Dollar loses 40 paisa against rupee.").claims
    assert [figure.low for claim in claims for figure in claim.figures] == [2]


def test_a_denied_report_is_denied_whoever_carried_it(read: Read) -> None:
    claims = read(WAR + "Chad denied reports carried by local media that it had shelled Adre.").claims
    assert [claim.stance for claim in claims] == ["denies"]


def test_who_is_arrested_is_not_who_arrests(read: Read) -> None:
    claims = read(WAR + "The army of Chad said it had arrested four people who fired rockets at Tine.").claims
    doers = {claim.act: words(claim, "attributed_to") for claim in claims}
    assert doers.pop("CIV.DETENTION") == "it"
    assert "it" not in doers.values()


def test_where_a_monitor_sits_is_no_place_of_the_deed(read: Read) -> None:
    claims = read(
        WAR + "The London-based Observatory for Human Rights said two fighters of Chad were killed in the attack."
    ).claims
    assert [place.text for claim in claims for place in claim.places] == []


def test_not_after_the_object_negates_nothing(read: Read) -> None:
    claims = read(WAR + "Chad said Sudan had struck soldiers, not a town.").claims
    assert [claim.stance for claim in claims] == ["asserts"]


def test_what_denied_fighters_were_sent_for_is_not_denied_as_well(read: Read) -> None:
    claims = read(WAR + "Chad denied sending mercenaries to fight in Sudan.").claims
    assert [(claim.act, claim.stance) for claim in claims] == [("FORCE.FOREIGN_FIGHTERS", "denies")]


def test_somebody_of_a_force_is_of_its_side(read: Read) -> None:
    (claim,) = read(WAR + "Sudan said it killed a commander in Chad's elite Aouzou force.").claims
    assert words(claim, "target").startswith("Chad's")


def test_a_share_of_a_population_is_counted_as_a_share(read: Read) -> None:
    (claim,) = read(WAR + "About half of Adre's population of 150,000 has been displaced, Chad said.").claims
    assert [(figure.measure, figure.low) for figure in claim.figures] == [("displaced", 75_000)]


def test_a_deadline_dates_nothing(read: Read) -> None:
    (claim,) = read(WAR + "Chad has kept troops in Sudan despite a February 18 deadline to withdraw.").claims
    assert claim.when.text is None
