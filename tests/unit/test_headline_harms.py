"""Headlines of harm: lists without "and", names of places before "strike", verbs read as nouns, ranges with a word before."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.unit.extracting import reader, words
from trucewatch.model.records import Reading
from trucewatch.text.numbers import find_numbers

Read = Callable[[str], Reading]
WAR = "Chad and Sudan have armies at their border. "


@pytest.fixture(scope="module")
def read() -> Read:
    return reader()


@pytest.mark.parametrize(
    ("headline", "killed", "injured"),
    [
        ("Two civilians killed, three injured in shelling of Adre", 2, 3),
        ("Four Chadian soldiers killed, one wounded in border clash", 4, 1),
        ("More than 90 killed, 300 wounded in bombing of Adre", 90, 300),
    ],
)
def test_a_list_of_harms_is_one_claim_and_no_doer(read: Read, headline: str, killed: int, injured: int) -> None:
    (claim,) = read(WAR + headline).claims
    assert {figure.measure: figure.low for figure in claim.figures} == {"killed": killed, "injured": injured}
    assert words(claim, "attributed_to") == ""


@pytest.mark.parametrize("headline", ["Mosul strike kills 12", "The Mosul shelling killed 12 people.", "Mosul attack: 12 killed"])
def test_a_place_before_a_strike_is_struck_and_no_doer(read: Read, headline: str) -> None:
    (claim,) = read(WAR + headline).claims
    assert words(claim, "attributed_to") == ""
    assert "Mosul" in [place.text for place in claim.places]


@pytest.mark.parametrize("headline", ["Chad strike kills 12", "Chad's attack killed 12 people in Mosul."])
def test_a_side_before_a_strike_stays_its_doer(read: Read, headline: str) -> None:
    (claim,) = read(WAR + headline).claims
    assert words(claim, "attributed_to") == "Chad"


def test_a_verb_read_as_a_noun(read: Read) -> None:
    (claim,) = read(WAR + "Chadian rocket attack wounds three in Adre").claims
    assert [(figure.measure, figure.low) for figure in claim.figures] == [("injured", 3)]
    assert words(claim, "attributed_to") == "Chadian"


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("Some 1,000 to 1,200 troops died.", 1000, 1200),
        ("About 20-30 soldiers died.", 20, 30),
        ("From 20 to 30 soldiers died.", 20, 30),
    ],
)
def test_ranges_with_a_word_before(text: str, low: int, high: int) -> None:
    assert [(number.low, number.high) for number in find_numbers(text)] == [(low, high)]


def test_where_a_number_came_from_opens_no_range() -> None:
    assert [number.low for number in find_numbers("The toll rose from 20 to 30.")] == [20, 30]


def test_children_count_nobody() -> None:
    assert [number.kind for number in find_numbers("A father of three was killed.")] == ["name"]
