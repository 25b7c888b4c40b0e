"""Talks, verdicts and refusals in plain phrasing, and what is known already of a thing that somebody wants something with."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.unit.extracting import reader, words
from trucewatch.model.codebook import act_class
from trucewatch.model.records import Reading

Read = Callable[[str], Reading]

_WAR = "Sudanese artillery shelled a Chadian camp. "


@pytest.fixture(scope="module")
def read() -> Read:
    return reader()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        # talks told by their length, their holders, their host
        ("The truce was agreed after almost 11 hours of talks between the two foreign ministers.", "CONSULT"),
        ("The statement followed two days of talks between Chad and Sudan.", "CONSULT"),
        (_WAR + "Negotiations of the commanders, which took place on May 13, did not give a result.", "CONSULT"),
        (_WAR + "The commanders' negotiations on 14 May gave no result.", "CONSULT"),
        (_WAR + "The presidents agreed at talks hosted by Norway in Oslo to mark the border.", "CONSULT"),
        # praise and blame by a name
        ("The Norwegian minister called the handover 'an important humanitarian gesture'.", "COOPERATE"),
        ("Chad called the release of the soldiers a humane act.", "COOPERATE"),
        ("Norway called the attack the latest result of Sudan's hostile policy.", "ACCUSE"),
        ("Moscow named Sudan as the violator of the truce.", "ACCUSE"),
        ("The ministry condemned what it called the terror of the Sudanese militia.", "ACCUSE"),
        ("The Chadian spokeswoman said the deaths were being exploited for political purposes.", "ACCUSE"),
        # asked for by what shows the need, refused by who keeps a thing
        ("The Norwegian envoy wrote that the tragedy shows the need for handing over all maps of minefields.", "REQUEST"),
        ("Sudan refuses to provide them, the Chadian ministry said of the maps of the minefields.", "REJECT"),
        ("Sudan has declined to return the bodies of the Chadian soldiers.", "REJECT"),
        ("Norway was ready to take over the bodies of the soldiers, but no exchange had taken place by Sunday.", "REJECT"),
        # known already of a thing
        ("People lined up for fuel to flee the region recaptured by Sudan last week.", "TERRITORY"),
        ("Chad is to leave the district on Sunday under the agreement signed on Monday by Chad and Sudan.", "AGREE"),
    ],
)
def test_the_act_is_found(read: Read, text: str, kind: str) -> None:
    assert kind in {act_class(claim.act) for claim in read(text).claims}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (_WAR + "Talks of the generals will give a result, the minister said.", "CONSULT"),
        (_WAR + "The company's negotiations with the bank on Monday gave no result.", "CONSULT"),
        (_WAR + "There were no talks between the two foreign ministers this week.", "CONSULT"),
        ("Norway called Sudan's troop movements irresponsible and provocative.", "CONSULT"),
        ("Norway called the attack the result of a mistake.", "ACCUSE"),
        ("Norway named Sudan as a partner in the talks on the truce.", "ACCUSE"),
        ("The Chadian minister said the deaths must not be exploited.", "ACCUSE"),
        ("Sudan has not refused to return the bodies of the soldiers.", "REJECT"),
        ("Chad will sign no deal brokered by Sudan.", "AGREE"),
        ("An agreement to be signed by Chad and Sudan would open the road.", "AGREE"),
    ],
)
def test_no_such_act_is_told(read: Read, text: str, kind: str) -> None:
    assert kind not in {act_class(claim.act) for claim in read(text).claims}


def test_whose_the_terror_is_by_the_name_given(read: Read) -> None:
    claim = next(c for c in read("The minister condemned what he called the terror of the Sudanese militia.").claims)
    assert "Sudanese" in words(claim, "target")


def test_who_refuses_is_who_keeps_it_whoever_tells(read: Read) -> None:
    claim = next(c for c in read("Sudan refuses to provide the maps of the minefields, the Chadian ministry said.").claims)
    assert (words(claim, "claimant"), words(claim, "attributed_to")) == ("the Chadian ministry", "Sudan")


def test_who_mediates_is_told_beside_who_meets(read: Read) -> None:
    text = "The truce was agreed after eleven hours of talks between the two foreign ministers, mediated by Norway."
    acts = {(c.act, words(c, "attributed_to")) for c in read(text).claims}
    assert {("TALKS.MEET", "the two foreign ministers"), ("TALKS.MEDIATE", "Norway")} <= acts
