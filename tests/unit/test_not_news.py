"""What is no news of a deed: what hardly ever happens, whose doer is asked for, pictures taken, quiet that nobody sees."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.unit.extracting import reader
from trucewatch.model.records import Reading

Read = Callable[[str], Reading]
WAR = "Chad and Sudan are at war. "


@pytest.fixture(scope="module")
def read() -> Read:
    return reader()


@pytest.mark.parametrize(
    "sentence",
    [
        "Tanks and rocket artillery had hardly been used on the border of Chad since the truce.",
        "Khartoum has rarely been shelled since the truce.",
        "Experts verified photographs of shells taken in Khartoum by a news agency.",
        "We do not see any ceasefire, the Chadian commander said.",
    ],
)
def test_it_tells_of_no_deed(read: Read, sentence: str) -> None:
    assert [claim.act for claim in read(WAR + sentence).claims] == []


def test_a_doer_who_is_asked_for_did_nothing(read: Read) -> None:
    reading = read(WAR + "Three rockets landed in Khartoum, the agency reported, without saying which side had fired them.")
    assert [claim.attributed_to for claim in reading.claims] == [None]


def test_what_the_deaths_are_brought_to_is_a_sum(read: Read) -> None:
    reading = read(WAR + "The strike killed three soldiers, bringing to 45 the number of troops killed since Sunday, Chad said.")
    assert {claim.act: [f.low for f in claim.figures] for claim in reading.claims} == {"FIRE": [3], "TOLL": [45]}


def test_what_happens_each_year_recurs(read: Read) -> None:
    reading = read(WAR + "Skirmishes on the border of Chad kill dozens of soldiers each year.")
    assert [claim.is_recurring for claim in reading.claims] == [True]


def test_words_between_the_bars_of_a_menu_are_no_places(read: Read) -> None:
    reading = read(WAR + "Home | Business | Print | Six soldiers killed in blast near Khartoum")
    assert {place.text for claim in reading.claims for place in claim.places} <= {"Khartoum"}
