"""Where an act was and where it was only told: speeches, posts that fire comes from, men of another country, parts of a land."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.unit.extracting import reader
from trucewatch.model.records import Reading
from trucewatch.model.theatre import Place
from trucewatch.text.gazetteer import Gazetteer

from .test_claim_places import where

Read = Callable[[str], Reading]


@pytest.fixture(scope="module")
def read() -> Read:
    return reader()


@pytest.mark.parametrize(
    ("text", "act", "places"),
    [
        # told there, and not done there
        ("The minister told reporters in Cairo that Chad had shelled a clinic.", "FIRE", []),
        ("Speaking at a news conference in Cairo, the minister said Chad had bombed a clinic.", "AIR", []),
        ("The minister told reporters in Cairo that Chad had shelled Khartoum.", "FIRE", ["Khartoum"]),
        # where the doers stood, of what country the hit are
        ("Chadian troops stationed in Abeche shelled Khartoum.", "FIRE", ["Khartoum"]),
        ("Two peacekeepers from Ghana were wounded when shells hit a base in Khartoum.", "FIRE", ["Khartoum"]),
        # what only lies near
        ("The village of Khartoum, situated near Cairo, was shelled by Chad.", "FIRE", ["Khartoum"]),
        # names that no list has
        ("Four people died in a Chadian raid on Talusa.", "FIRE", ["Talusa"]),
        ("His cousin was killed in the shelling of the village of Sarnagbur on Monday.", "FIRE", ["Sarnagbur"]),
        # part of a land named before
        ("Chad shelled the south of the country.", "FIRE", ["the south of the country"]),
    ],
)
def test_an_act_is_where_it_was_done(read: Read, text: str, act: str, places: list[str]) -> None:
    assert where(read(text), act) == places


def test_men_at_a_post_are_told_of_though_the_parse_hangs_the_post_on_the_saying(read: Read) -> None:
    text = "Chad said its troops at a post near Khartoum had withdrawn from their tower."
    assert where(read(text), "DEESCALATE") == ["Khartoum"]


def test_a_name_is_known_without_the_article_inside_it_where_one_place_bears_it() -> None:
    ras = Place(id="ras", kind="settlement", names=("Ras al-Alder",), country="NOR")
    assert [spot.candidate.place.id for spot in Gazetteer([ras]).scan("at a post in Ras Alder on Monday")] == ["ras"]
    two = Gazetteer([ras, Place(id="other", kind="settlement", names=("Ras an-Alder",), country="NOR")])
    assert two.scan("at a post in Ras Alder") == ()


def test_arms_made_in_a_country_are_not_its_own(read: Read) -> None:
    doers = [c.attributed_to.text for c in read("Turkish-made drones attacked a hospital in Khartoum.").claims if c.attributed_to]
    assert "Turkish" not in doers
