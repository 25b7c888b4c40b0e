"""Where an act was, read off made-up sentences without any gazetteer: names nobody listed, clauses told as one, origins."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.unit.extracting import reader
from trucewatch.model.records import Reading

Read = Callable[[str], Reading]


@pytest.fixture(scope="module")
def read() -> Read:
    return reader()


def where(reading: Reading, act: str) -> list[str]:
    """Places of the first claim whose code begins with `act`, as written; an origin as "from X"."""
    claim = next(c for c in reading.claims if c.act.startswith(act))
    return [f"from {p.text}" if p.role == "origin" else p.text for p in claim.places]


@pytest.mark.parametrize(
    ("text", "act", "places"),
    [
        ("The army took control of the Dolmar height on Monday.", "ADVANCE", ["Dolmar"]),
        ("A Chadian air strike hit a unit in the settlement of Upper Boyam.", "AIR", ["Upper Boyam"]),
        ("Chad said its army had shelled the Chari, Logone and Batha districts.", "FIRE", ["Chari", "Logone", "Batha"]),
        ("Chad shelled two positions at Nev Ziva with rockets.", "FIRE", ["Nev Ziva"]),
        ("Chadian troops entered his village, Tsorik, on Monday and opened fire on houses.", "CIV.ATTACK", ["Tsorik"]),
    ],
)
def test_a_noun_of_place_tells_a_name_that_nobody_listed(read: Read, text: str, act: str, places: list[str]) -> None:
    assert where(read(text), act) == places


@pytest.mark.parametrize(
    "text",
    [
        "A drone hit the Radwani Brigade base on Monday.",
        "Chad's army shelled the UNIFAL post on Monday.",
    ],
)
def test_whose_base_it_is_names_no_place(read: Read, text: str) -> None:
    assert [p.text for claim in read(text).claims for p in claim.places] == []


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("From positions in the Cairo region, troops shelled the army in the Abeche direction.", {"from Cairo", "Abeche"}),
        ("Artillery fire from the direction of Cairo hit Khartoum.", {"from Cairo", "Khartoum"}),
        ("Chad shelled the border, from Khartoum in the north to Cairo in the south.", {"Khartoum", "Cairo"}),
    ],
)
def test_what_comes_from_a_place_did_not_happen_there(read: Read, text: str, places: set[str]) -> None:
    assert set(where(read(text), "FIRE")) == places


@pytest.mark.parametrize(
    ("text", "act", "places"),
    [
        ("In Khartoum, people hid in cellars as shells fell on two houses and killed three people.", "FIRE", ["Khartoum"]),
        ("Radios blew up across Sudan on Monday, killing at least 20 people and wounding 400.", "FIRE", ["Sudan"]),
        (
            "Soldiers were loading lorries in Khartoum when Chadian artillery shelled the Sudanese army post.",
            "FIRE",
            ["Khartoum"],
        ),
        ("A rocket slammed into a pitch and killed 12 children in Khartoum.", "FIRE", ["Khartoum"]),
    ],
)
def test_clauses_told_as_one_share_their_place(read: Read, text: str, act: str, places: list[str]) -> None:
    assert where(read(text), act) == places


def test_a_clause_of_another_moment_keeps_its_place_to_itself(read: Read) -> None:
    reading = read("Chad struck a convoy after a rocket had killed ten people in Khartoum.")
    assert where(reading, "FIRE") == []


def test_a_dateline_is_where_the_reporter_sits(read: Read) -> None:
    text = (
        "KHARTOUM, Sudan, Oct 11 - Two soldiers were wounded on Friday when shells struck their base near Abeche, the army said."
    )
    assert where(read(text), "FIRE") == ["Abeche"]


def test_people_flee_from_and_to_places(read: Read) -> None:
    text = "Residents of Khartoum and Mongo fled to Cairo, the Sudanese army said."
    assert where(read(text), "CIV.FLIGHT") == ["Khartoum", "Mongo", "Cairo"]


@pytest.mark.parametrize(
    ("text", "act", "places"),
    [
        ("Chadian troops fired on farmers who were trying to return to their fields in Khartoum.", "FIRE", ["Khartoum"]),
        ("Chad shelled several towns, including Mongo, Biltine and Ati.", "FIRE", ["Mongo", "Biltine", "Ati"]),
        ("Chad responded with artillery against the south of Sudan.", "FIRE", ["south of Sudan"]),
        ("Chadian jets destroyed four bridges on the highway north of Khartoum.", "AIR", ["north of Khartoum"]),
        ("Rockets fired from Libya landed in Cairo, the Egyptian army said.", "FIRE", ["from Libya", "Cairo"]),
        ("The Sudanese army said its troops at a post near Khartoum had left it after Chadian soldiers fired at them.", "FIRE",
         ["Khartoum"]),
    ],
)  # fmt: skip
def test_where_it_was_is_told_in_many_ways(read: Read, text: str, act: str, places: list[str]) -> None:
    assert where(read(text), act) == places


def test_a_second_main_clause_has_a_place_of_its_own(read: Read) -> None:
    assert where(read("In March Chad occupied the village of Torsa and talks opened in Khartoum."), "ADVANCE") == ["Torsa"]


def test_where_a_unit_fought_before_is_not_where_it_goes(read: Read) -> None:
    text = "Chad moved a division, which had been fighting in Libya, to the northern border."
    assert where(read(text), "FORCE") == []


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Two were killed in a Chadian raid on Khartoum, hours before talks in Geneva.", ["Khartoum"]),
        ("Chad captured the town of Abeche after days of fighting around Khartoum.", ["Abeche"]),
        ("Chad fired rockets at Khartoum in retaliation for a strike on Abeche.", ["Khartoum"]),
        ("A convoy leaving Cairo was hit by a drone in Khartoum.", ["Khartoum"]),
        ("A convoy from Cairo to Abeche came under fire near Khartoum.", ["Khartoum"]),
        ("Two farmers from Cairo were killed in a strike on Khartoum.", ["Khartoum"]),
        ("Reports from Khartoum that three men had been shot dead caused outrage.", ["Khartoum"]),
        ("A drone had struck the village of Movses, damaging ten houses.", ["Movses"]),
        ("Shells hit Khartoum, far to the north of Cairo.", ["Khartoum"]),
        ("Chad launched rockets at northern and central Sudan.", ["northern and central Sudan"]),
    ],
)
def test_where_else_something_was_is_no_place_of_the_act(read: Read, text: str, places: list[str]) -> None:
    assert where(read(text), "") == places


def test_what_was_answered_was_elsewhere(read: Read) -> None:
    claims = read("Sudan said it fired at Khartoum in response to Chadian attacks on villages.").claims
    assert [[p.text for p in claim.places] for claim in claims] == [["Khartoum"], []]


def test_a_meeting_in_a_resort_is_not_in_the_sea_beside_it(read: Read) -> None:
    assert where(read("Chad's president met the prime minister in the Black Sea resort of Sochi."), "TALKS") == ["Sochi"]


def test_a_way_that_somebody_is_urged_to_open_is_a_place(read: Read) -> None:
    assert "the corridor" in where(read("Chad urged Sudan to restore movement along the corridor."), "DEMAND")


def test_the_centre_of_a_name_tells_it_to_be_a_place(read: Read) -> None:
    assert where(read("Chadian jets destroyed a mosque in the centre of Kafr Tibor at dawn."), "") == ["Kafr Tibor"]


def test_rubble_from_which_somebody_is_pulled_is_where_it_happened(read: Read) -> None:
    assert where(read("Rescuers pulled two bodies from the rubble of a house in Khartoum."), "") == ["Khartoum"]
