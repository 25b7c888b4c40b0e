"""Deeds in plain phrasing: captives flown home, posts and checkpoints, letters with a request, towns left without power."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.unit.extracting import reader, words
from trucewatch.model.records import Reading

Read = Callable[[str], Reading]

_WAR = "Sudanese artillery shelled a Chadian camp. "


@pytest.fixture(scope="module")
def read() -> Read:
    return reader()


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        # captives who come home
        ("Ten Chadian soldiers captured during last month's fighting were flown home on Saturday.", {"DEESCALATE.RELEASE"}),
        ("Two Chadian prisoners captured in the war were brought home on Friday.", {"DEESCALATE.RELEASE"}),
        (
            "Ten Chadian servicemen captured during last month's fighting on the border were flown home on Saturday evening "
            "aboard a military plane, a rare gesture two weeks after the deadliest violence since the war.",
            {"DEESCALATE.RELEASE"},
        ),
        ("Chad freed ten prisoners. Sudan said the ten had been handed over at the border.", {"DEESCALATE.RELEASE"}),
        ("Chad counted ten tents. Sudan said the ten had been handed over at the border.", set()),
        # promised in words that name nobody
        (_WAR + "The Chadian president said the rights of the Sudanese would be guaranteed.", {"FIRE.HEAVY", "OFFER.OTHER"}),
        (_WAR + "The Chadian president said the rights of the Sudanese would not be guaranteed.", {"FIRE.HEAVY"}),
        (_WAR + "The rights of the Sudanese would be guaranteed under the plan.", {"FIRE.HEAVY"}),
        ("The Norwegian ministry said Oslo would continue assisting with the clearance of mines in Chad.", {"OFFER.OTHER"}),
        # thrown back
        ("Chad said its forces had repelled 'large-scale provocations' by Sudan in the Abeche district.", {"FIRE.CLASH"}),
        # asked for, and regretted
        ("Norway's minister said both sides must strictly observe the agreement on Chad.", {"DEMAND.OTHER"}),
        ("The Sudanese ministry expressed regret over what it described as a one-sided statement.", {"BLAME"}),
        # a force that went part of the way, and its posts
        (
            "The council said Sudanese troops had left the village but remained on the heights above it.",
            {"DEESCALATE.WITHDRAWAL", "FORCE.NON_WITHDRAWAL"},
        ),
        ("Sudanese troops set up an observation post near the village of Abeche.", {"FORCE.FORTIFICATION"}),
        ("The UN mission set up an observation post near the village of Abeche.", {"OFFER.MONITORS"}),
        # what was done on another day is another act
        (
            "The checkpoint set up by Sudan on the bridge on 23 April remained closed to aid.",
            {"ACCESS.CHECKPOINT", "ACCESS.BLOCKADE"},
        ),
        # a letter asks
        ("The Chadian president sent a letter to Norway with a request to start talks on the attack.", {"DEMAND.TALKS"}),
        # the state in which a town is left, and no leaving of it
        ("Sudan had blockaded the road for ten months, leaving Abeche short of food.", {"ACCESS.BLOCKADE"}),
        ("Sudan shelled the village, leaving Abeche without electricity.", {"FIRE.HEAVY", "UTILITY.OUTAGE"}),
        ("Sudanese troops were leaving the village on Sunday.", {"DEESCALATE.WITHDRAWAL"}),
        # only a day, only a mine
        ("It was the heaviest loss since the two neighbours began exchanging fire at the weekend.", set()),
        (_WAR + "Operations at the Abeche gold mine remained suspended.", {"FIRE.HEAVY"}),
        # quiet, as somebody judges it
        (_WAR + "The situation on the border was assessed as tense but stable.", {"FIRE.HEAVY", "CALM"}),
        (_WAR + "The situation on the border was not described as calm.", {"FIRE.HEAVY"}),
    ],
)
def test_the_acts_that_are_told(read: Read, text: str, acts: set[str]) -> None:
    assert {claim.act for claim in read(text).claims if not (claim.act == "CALM" and claim.stance == "denies")} == acts


def test_the_deeds_of_a_list_are_of_who_did_the_first(read: Read) -> None:
    text = (
        "Sudanese forces entered the peacekeepers' zone, set up an observation post, and carried out four drone strikes in Chad."
    )
    assert {words(claim, "attributed_to") for claim in read(text).claims} == {"Sudanese forces"}


def test_what_is_due_under_a_deal_is_told_as_due(read: Read) -> None:
    claims = read("Chad was to take control of the district on Sunday under the agreement.").claims
    assert [(claim.act, claim.modality) for claim in claims] == [("ADVANCE.TERRITORY", "possible")]


def test_what_is_due_without_a_deal_is_no_claim(read: Read) -> None:
    assert not read("Chad was to take control of the district on Sunday.").claims


def test_who_is_thrown_back_is_whose_provocations_they_were(read: Read) -> None:
    claims = read("Chad said its forces had repelled 'large-scale provocations' by Sudan in the Abeche district.").claims
    assert [(words(c, "attributed_to"), words(c, "target")) for c in claims] == [("its forces", "Sudan")]


def test_a_commentary_is_the_ministrys_word(read: Read) -> None:
    text = "In the commentary of the Chadian ministry it is said that Sudanese troops fired at a post near Abeche."
    assert ["ministry" in words(c, "claimant") for c in read(text).claims] == [True]
