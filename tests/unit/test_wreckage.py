"""Fire told by what it did to walls and people, civilians told of on the road, parts and sums of those counted."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.unit.extracting import reader
from trucewatch.model.codebook import act_class
from trucewatch.model.records import Reading

Read = Callable[[str], Reading]


@pytest.fixture(scope="module")
def read() -> Read:
    return reader()


def classes(reading: Reading) -> list[str]:
    return [act_class(claim.act) for claim in reading.claims]


@pytest.mark.parametrize(
    "text",
    [
        "A burst of rifle fire went through the roof of a bakery in Adre.",
        "Bullets had passed through the walls of the mosque in Adre, its imam said.",
        "Fragments of a rocket fell on a street in Khartoum, police said.",
        "My house has no roof now, said a baker in Adre whose street was shelled.",
        "The windows of the mosque in Adre were gone after the shelling.",
        "Two barns in Adre burned down after the shelling.",
        "Smoke rose over the northern suburbs of Khartoum after a raid.",
        "Neighbours were still digging through the rubble of a bakery in Khartoum that Chad shelled.",
        "The shell left a crater beside the mosque in Adre.",
        "They had been listening to artillery all night, residents of Adre said.",
        "A shepherd was carried away with a bullet wound in the arm near Adre.",
        "Films show Chadian captives being kicked and slapped by soldiers of Sudan.",
    ],
)
def test_what_is_left_of_an_attack_tells_of_it(read: Read, text: str) -> None:
    assert classes(read(text)) == ["ASSAULT"]


@pytest.mark.parametrize(
    "text",
    [
        "My house has no roof garden, said a baker in Khartoum.",
        "A wildfire burned for days near Khartoum.",
        "The earthquake left rescuers digging through the rubble of Khartoum.",
        "The minister went through the documents in Khartoum.",
        "Police took the children to hospital in Khartoum.",
        "We drove the car to the garage, she said in Khartoum.",
    ],
)
def test_no_fire_and_no_flight(read: Read, text: str) -> None:
    assert not {"ASSAULT", "DISPLACE"} & set(classes(read(text)))


@pytest.mark.parametrize(
    "text",
    [
        "Some 300 tourists were taken out of Adre before dawn as shells fell.",
        "About thirty families have gone already, said the mayor of Adre, where soldiers were shelling the fields.",
        "A line of cars and carts snaked along the road from Adre as the army shelled it.",
        "Families were stuck for hours on the road from Adre, which Chad's army was shelling.",
        "We walked all night through the forest, said a woman from Adre, which Chad's army was shelling.",
        "Chad's evacuation orders now cover a third of the province.",
        "Chad's army renewed its warning to the residents of Adre not to go back to their homes.",
        "It was not yet safe to return to Adre, Sudan's army said.",
        "Residents of ten villages still cannot return to their homes, Sudan's army said.",
    ],
)
def test_people_on_the_move_or_kept_from_home(read: Read, text: str) -> None:
    assert "DISPLACE" in classes(read(text))


@pytest.mark.parametrize(
    ("text", "act", "low"),
    [
        ("The war has taken the lives of 3,400 people in Chad.", "TOLL", 3400),
        ("The Chadian dead number 60.", "TOLL", 60),
        ("Shells of Sudan's army killed 44 people between 3 May and 19 May, Chad said.", "TOLL", 44),
        ("The fate of 14 Chadian soldiers remains unknown, Chad's army said.", "TOLL", 14),
    ],
)
def test_a_sum_by_what_it_sums(read: Read, text: str, act: str, low: int) -> None:
    (claim,) = read(text).claims
    assert (claim.act, claim.figures[0].low) == (act, low)


def test_a_part_is_counted_of_those_told_of_before(read: Read) -> None:
    told = read("The war has killed 900 people in Chad, its army said. The council said 240 of them were civilians.")
    whole, part = told.claims
    assert (whole.act, part.act) == ("TOLL", "TOLL")
    assert [(f.measure, f.population, f.low) for f in part.figures] == [("killed", "civilian", 240)]


def test_a_part_of_nobody_counted_is_no_claim(read: Read) -> None:
    assert read("Chad's delegates arrived in Khartoum. Two of them were soldiers.").claims == ()
