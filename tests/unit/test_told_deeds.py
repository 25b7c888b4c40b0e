"""Deeds told by who registers them, by what they leave, by a list of victims; and which victims are a war's sum."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.unit.extracting import reader, words
from trucewatch.model.records import Reading

Read = Callable[[str], Reading]


@pytest.fixture(scope="module")
def read() -> Read:
    return reader()


def told(reading: Reading) -> list[tuple[str, str | None]]:
    """Act and claimant of each claim, in reading order."""
    return [(c.act, words(c, "claimant")) for c in reading.claims]


@pytest.mark.parametrize(
    ("text", "teller"),
    [
        ("Villagers in Peru reported air strikes near Quito.", "Villagers in Peru"),
        ("Observers recorded three ceasefire violations by Chad on Friday.", "Observers"),
        ("Fishermen spoke of explosions off Port Sudan, and Chad said nothing.", "Fishermen"),
        ("Officials in Peru have complained of daily shooting at farmers.", "Officials in Peru"),
    ],
)
def test_who_registers_an_act_tells_it(read: Read, text: str, teller: str) -> None:
    found = [(act, who) for act, who in told(read(text)) if act.startswith(("FIRE", "AIR"))]
    assert [who for _, who in found] == [teller], told(read(text))


@pytest.mark.parametrize(
    "text",
    [
        "The ministry reported a fall in prices in Chad.",
        "Villagers in Peru may report an air strike near Quito.",
        "Both sides, Chad and Sudan, reported violations.",
    ],
)
def test_what_is_no_news_of_an_act_is_not_told_by_its_registering(read: Read, text: str) -> None:
    assert not [c for c in read(text).claims if c.act.startswith("FIRE")]


def test_damage_is_an_act_where_arms_did_it_or_somebody_counts_it(read: Read) -> None:
    assert told(read("The shelling by Chad caused damage to a school in Abeche."))
    assert told(read("The Sudanese army documented damage to forty houses in Port Sudan."))
    assert not told(read("A storm caused damage to forty houses in Port Sudan."))


def test_a_list_of_victims_tells_of_harm(read: Read) -> None:
    reading = read("Chad shelled Port Sudan on Monday. The consul of Peru was among those hurt, the ministry said.")
    assert ("FIRE", "the ministry") in told(reading)
    assert not told(read("He was among the victims of the crisis."))


def test_victims_at_two_places_are_two_claims(read: Read) -> None:
    reading = read("Six people died in Abeche on Monday, and five others were killed in Khartoum, Sudan's army said.")
    assert [[(f.low, f.high) for f in c.figures] for c in reading.claims] == [[(6, 6)], [(5, 5)]]


def test_a_deed_is_apart_from_what_it_came_after(read: Read) -> None:
    reading = read("Chad began firing into Sudan on 8 October, a day after the raid that killed about 1,200 people.")
    assert [c.act for c in reading.claims] == ["FIRE", "TOLL"]
    assert not reading.claims[0].figures


@pytest.mark.parametrize(
    ("text", "is_sum"),
    [
        ("Sudan says that 90 of its civilians have been killed.", True),
        ("More than 450 people have been killed in Sudan, the ministry says.", True),
        ("Two soldiers of Sudan have been killed, the ministry says.", False),
        ("Ninety people have been killed in an air strike on Khartoum, the ministry says.", False),
        ("A strike on Khartoum has killed four people, the ministry says, in the second attack since the truce began.", False),
        ("Thousands of phones blew up, wounding about 2,800 people, the ministry of Sudan said.", False),
        (
            "Two nurses were killed in a strike on Monday, Sudan said, as fighting set off by the war entered its third week.",
            False,
        ),
        ("Sudan said it had captured three fighters, and that its jets had struck 200 targets in the last week.", False),
    ],
)
def test_many_victims_of_no_attack_are_a_sum(read: Read, text: str, is_sum: bool) -> None:
    counted = [c for c in read(text).claims if c.figures]
    assert counted
    assert (counted[0].act == "TOLL") is is_sum, [(c.act, c.figures) for c in counted]


def test_an_age_counts_nobody(read: Read) -> None:
    figures = [
        f for c in read("A couple and a woman of 92 were found shot dead in Khartoum, Sudan said.").claims for f in c.figures
    ]
    assert figures
    assert all((f.low or 0) < 10 for f in figures)


def test_a_gerund_read_as_an_adjective_keeps_its_doer(read: Read) -> None:
    reading = read("She accused Chad of laying mines along the road.")
    assert [(c.act, words(c, "attributed_to")) for c in reading.claims] == [("EXPLOSIVE.MINE_LAYING", "Chad")]


@pytest.mark.parametrize(
    "text",
    [
        "The guns along the border of Chad had gone quiet by dawn, an officer of Sudan said.",
        "Chad's army said that the situation on the border with Sudan had stabilised.",
        "No shooting had been heard in Khartoum since midnight, Sudan's army said.",
        "The night in Abeche passed without any exchange of fire, Chad said.",
        "Chad said its border with Sudan had its quietest night in months.",
        "There were no clashes in Khartoum on Friday, Sudan said.",
        "The situation on the border is stable, the army of Chad said.",
    ],
)
def test_quiet_is_told_of_guns_nights_and_fire_that_nobody_heard(read: Read, text: str) -> None:
    assert [(c.act, c.stance) for c in read(text).claims] == [("CALM", "asserts")]


@pytest.mark.parametrize(
    "text",
    [
        "The army of Chad said its guns would fall silent if Sudan's did.",
        "Sudan remained silent on the question of the border.",
        "There was no shelling of Abeche by Sudan, its army said.",
    ],
)
def test_quiet_hoped_for_and_silence_of_speakers_are_no_calm(read: Read, text: str) -> None:
    assert not [c for c in read(text).claims if c.act == "CALM"]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Chad and Sudan fought on Monday. My neighbours are dead, a woman in Khartoum said.", "FIRE"),
        ("Sudan bombed Abeche on Monday. The target was a senior commander of Chad, Sudan's radio reported.", "FIRE"),
        ("Sudan's army confirmed the death of a reservist in a strike on Khartoum.", "FIRE"),
        ("The army of Chad acknowledged the shooting near Abeche.", "FIRE"),
        ("Whole streets of Khartoum lie in ruins, Sudan's army said.", "FIRE"),
        ("Monitors found remnants of cluster rockets in Abeche, Chad said.", "WEAPON.PROHIBITED"),
        ("The raid on Monday levelled the office of a charity in Khartoum.", "FIRE"),
        ("Sudan bombed Abeche on Monday. A second wave of strikes was carried out after dark.", "FIRE"),
        ("Khartoum was rocked by a dozen strikes overnight.", "FIRE"),
        ("Gunfire sent dozens of villagers running in Khartoum, Sudan said.", "FIRE"),
        ("A truck was turned into a wreck by a guided missile near Abeche, Chad said.", "FIRE.MISSILE"),
        ("Chad's soldiers took three men prisoner near Khartoum, Sudan said.", "CIV.DETENTION"),
        ("Chad's army said some 300,000 had crossed into Sudan.", "CIV.FLIGHT"),
        ("Sudan said that nobody was being forced out of Abeche.", "CIV.DISPLACEMENT"),
        ("The soldiers of Chad left on Wednesday.", "DEESCALATE.WITHDRAWAL"),
    ],
)
def test_an_attack_or_its_end_is_told_by_what_is_left(read: Read, text: str, act: str) -> None:
    found = {c.act for c in read(text).claims}
    wanted = ("FIRE", "CIV.ATTACK", "AIR") if act == "FIRE" else act
    assert any(one.startswith(wanted) for one in found), found


@pytest.mark.parametrize(
    "text",
    [
        "A man was hit by a car in Khartoum, Sudan's police said.",
        "The singer was killed by a heart attack in Abeche.",
        "The bank of Chad lost control of its budget.",
        "The company launched a new drone for the farmers of Chad.",
        "The shells failed to go off, Sudan's army said.",
        "The soldiers of Chad left flowers at the grave.",
    ],
)
def test_words_of_war_in_peaceful_company_tell_no_deed(read: Read, text: str) -> None:
    assert not [c.act for c in read(text).claims]


def test_two_things_said_with_that_are_two_claims(read: Read) -> None:
    reading = read("Sudan said that Chad had shelled Khartoum and that its planes had bombed Omdurman.")
    assert len([c for c in reading.claims if c.act.startswith(("FIRE", "AIR"))]) == 2


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("The army of Chad said it had deployed in 11 villages.", "FORCE.BUILDUP"),
        ("Chad accused Sudan of daily flights over its capital.", "AIR.OVERFLIGHT"),
        ("Fighters of Chad repelled two attempts by Sudanese infantry to enter Abeche.", "FIRE.CLASH"),
        ("Sudan fought Chad on Monday. An exodus of Sudanese people from Khartoum reached 70,000.", "CIV.FLIGHT"),
        ("Sudan fought Chad for a year. About 1.2 million people were forced from their homes, Sudan said.", "CIV.DISPLACEMENT"),
    ],
)
def test_further_words_for_deeds(read: Read, text: str, act: str) -> None:
    assert act in {c.act for c in read(text).claims}


def test_who_does_not_stop_firing_fires(read: Read) -> None:
    reading = read("Peru's army said that Chad does not stop firing at Sudan's posts.")
    assert ("FIRE", "asserts") in {(c.act, c.stance) for c in reading.claims}


def test_a_semicolon_ends_what_a_period_sums(read: Read) -> None:
    reading = read(
        "Sudan says it killed 50 fighters of Chad over the past week; it confirmed the death of a soldier in a raid near Abeche."
    )
    assert [c.act == "TOLL" for c in reading.claims if c.figures] == [True, False]
