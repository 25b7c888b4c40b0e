"""Places held and people blamed, told by a state; and words that look like a deed and are none. One parser a module."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.unit.extracting import reader, words
from trucewatch.model.records import Reading

Read = Callable[[str], Reading]


@pytest.fixture(scope="module")
def read() -> Read:
    return reader()


def acts(reading: Reading) -> list[str]:
    return [claim.act for claim in reading.claims]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("The ministry said that Sudanese troops were by Monday in control of a total of 31 villages along the river.", 31),
        ("Chad shelled a border post and controls six new villages in the valley.", 6),
        ("Chad shelled a post. The mayor said that the rebels remain in control of the town.", None),
    ],
)
def test_who_is_in_control_of_a_place_is_said_to_hold_it(read: Read, text: str, count: int | None) -> None:
    claim = next(c for c in read(text).claims if c.act == "ADVANCE.TERRITORY")
    assert [f.low for f in claim.figures if f.measure == "places_taken"] == ([] if count is None else [count])


def test_a_lasting_state_in_the_outlets_voice_is_no_news(read: Read) -> None:
    assert "ADVANCE.TERRITORY" not in acts(read("The province is under a truce, and the rebels control the town."))


@pytest.mark.parametrize(
    "text", ["The ministry said the attacks took place in urban areas.", "The ban takes effect in the villages."]
)
def test_what_takes_place_takes_no_ground(read: Read, text: str) -> None:
    assert "ADVANCE.TERRITORY" not in acts(read(text))


@pytest.mark.parametrize(
    "text",
    [
        '"The leaders of Chad are the first to be blamed for this war," President Alpha Nuru said on Monday.',
        "Chad is to blame for the fighting, President Alpha Nuru said.",
    ],
)
def test_who_is_to_be_blamed_is_whom_the_speaker_blames(read: Read, text: str) -> None:
    claim = next(c for c in read(text).claims if c.act == "BLAME")
    assert "Nuru" in (words(claim, "attributed_to") or "")
    assert "Chad" in (words(claim, "target") or "")


def test_the_dead_that_fighting_left_are_counted_with_the_adjective_behind(read: Read) -> None:
    reading = read("The two sides traded accusations over clashes that left more than 70 people dead, the agency said.")
    assert [f.low for c in reading.claims if c.act == "TOLL" for f in c.figures] == [70]


@pytest.mark.parametrize(
    "text",
    [
        "Chad's president calls the powers of the region his friends.",
        "The mayor spoke of the war on Monday. Killed and badly hurt.",
        '"For years we hoped that others would end the war, but it has never happened," he added.',
    ],
)
def test_naming_scraps_and_hopes_are_no_acts(read: Read, text: str) -> None:
    assert not [c for c in read(text).claims if c.act.startswith(("TALKS", "FIRE", "CIV"))]
    assert not [c for c in read(text).claims if c.stance == "denies"]


def test_buses_of_people_that_flee_are_a_flight(read: Read) -> None:
    assert acts(read("Buses carrying families and reporters are fleeing from the town.")) == ["CIV.FLIGHT"]


def test_by_force_names_no_force(read: Read) -> None:
    claim = next(c for c in read("President Alpha Nuru has vowed to retake the province by force.").claims)
    assert claim.act == "THREAT.FORCE"
    assert words(claim, "target") != "force"
