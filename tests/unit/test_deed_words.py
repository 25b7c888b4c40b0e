"""What the words of a deed without a doer tell of whose it is: claims and a theatre made by hand, no parser."""

from __future__ import annotations

import pytest

from tests.unit.test_doers import DEAD, at_war, done_by
from tests.unit.test_targets import ABROAD, NORTH, OAK, REBELS, SOUTH, Story, aimed_at, at
from trucewatch.model.records import Claim, ClaimPlace, Figure, Voice
from trucewatch.stages.deed_words import is_answer, is_bare, is_detonation, tells_losses


@pytest.mark.parametrize(
    "words",
    [
        "A rocket slammed into a barn.",
        "Two shells fell in the orchard.",
        "The depot burned after a missile hit it.",
        "He was shot by a sniper.",
        "Loud bangs were heard over Oakham.",
        "The town came under heavy shelling.",
        "Machine-gun fire rang out at dusk.",
        "It had recorded one violation of the truce.",
    ],
)
def test_a_blast_or_a_shot_that_an_outsider_tells_of_is_laid_on_nobody(words: str) -> None:
    for voice in (None, ABROAD, Voice(text="a shepherd")):
        found = at_war().tell(words, claimant=voice, places=(at(OAK),)).settle()[1]
        assert (done_by(found), is_bare(words)) == (None, True)


@pytest.mark.parametrize("words", ["A rocket slammed into a barn.", "The town came under heavy shelling."])
def test_a_side_at_war_that_tells_of_it_means_its_foe(words: str) -> None:
    assert done_by(at_war().tell(words, claimant=SOUTH, places=(at(OAK),)).settle()[1]) == "NOR"


@pytest.mark.parametrize("words", ["An air raid hit Oakham.", "Jets bombed the bridge at Oakham.", "Two were killed in a raid."])
def test_a_raid_is_the_foes_whoever_tells_of_it(words: str) -> None:
    assert not is_bare(words)
    assert done_by(at_war().tell(words, places=(at(OAK),)).settle()[1]) == "NOR"


@pytest.mark.parametrize(
    "words", ["Dozens of radios used by couriers exploded.", "A mine went off under a cart.", "A depot blew up in Oakham."]
)
def test_devices_and_stores_that_went_off_are_nobodys_doing(words: str) -> None:
    assert is_detonation(words)
    assert done_by(at_war().tell(words, claimant=SOUTH, places=(at(OAK),)).settle()[1]) is None


@pytest.mark.parametrize(
    "words",
    ["The battery was silenced by return fire.", "The attempt was thwarted.", "In response a raid was carried out."],
)
def test_fire_that_a_side_at_war_says_was_answered_it_answered(words: str) -> None:
    assert is_answer(words)
    found = at_war().tell(words, claimant=SOUTH).settle()[1]
    assert (done_by(found), aimed_at(found)) == ("SOU", "NOR")


def test_fighters_of_the_foe_that_a_side_counts_dead_it_killed_but_not_civilians() -> None:
    dead = Figure(measure="killed", population="combatant", low=30, high=30, qualifier="about", text="30")
    told = {"claimant": NORTH, "figures": (dead,)}
    soldiers = at_war().tell("About 30 soldiers of South were killed.", target=SOUTH, **told).settle()[1]
    civilians = Voice(text="30 villagers", party="SOU;CVL")
    villagers = at_war().tell("About 30 villagers were killed.", claimant=NORTH, target=civilians, figures=(DEAD,)).settle()[1]
    assert (done_by(soldiers), done_by(villagers)) == ("NOR", None)


def denied(words: str, voice: Voice = NORTH, **values: object) -> Claim:
    return at_war().tell(words, claimant=voice, stance="denies", **values).settle()[1]


@pytest.mark.parametrize(
    "words", ["North denied that houses had been hit.", "Reports that villages are shelled are untrue, North said."]
)
def test_a_deed_that_a_side_at_war_denies_is_its_own(words: str) -> None:
    found = denied(words)
    assert (done_by(found), aimed_at(found)) == ("NOR", "SOU")


@pytest.mark.parametrize(
    "words",
    [
        "North denied such losses.",
        "North called that figure an invention.",
        "North denied that any of its planes had been shot down.",
    ],
)
def test_losses_that_a_side_denies_its_foe_would_have_inflicted(words: str) -> None:
    assert tells_losses(words) or "its planes" in words
    found = denied(words)
    assert (done_by(found), aimed_at(found)) == ("SOU", "NOR")


def test_a_boast_denied_carries_who_boasted() -> None:
    story = at_war().tell("South says it burned ten tanks.", claimant=SOUTH, attributed_to=SOUTH, target=NORTH)
    story.tell("North called it a fairy tale.", claimant=NORTH, stance="denies", responds_to="clm-1")
    found = story.settle()[2]
    assert (done_by(found), aimed_at(found)) == ("SOU", "NOR")


def test_deaths_of_its_own_that_a_side_denies_are_its_foes_doing() -> None:
    story = at_war().tell("Three men of South were killed, officials said.", target=SOUTH)
    story.tell("South denied it.", claimant=SOUTH, stance="denies", responds_to="clm-1")
    found = story.settle()[2]
    assert (done_by(found), aimed_at(found)) == ("NOR", "SOU")


def test_an_outsider_denies_nothing_of_his_own_by_inference() -> None:
    assert done_by(denied("Farland denied that houses had been hit.", ABROAD)) != "FAR"


def test_rockets_from_a_hosts_soil_are_the_groups_that_fights_more_than_the_host() -> None:
    origin = ClaimPlace(text="South", role="origin", start_char=0, end_char=200)
    from_south = Voice(text="South", party="SOU", start_char=18, end_char=23)
    story = Story().tell("Rockets flew from South at Norhaven.", attributed_to=from_south, target=NORTH, places=(origin,))
    story.tell("The rebels fired at North.", attributed_to=REBELS, target=NORTH)
    story.tell("The rebels hit a base.", attributed_to=REBELS, target=NORTH)
    story.tell("South's guns joined in.", attributed_to=SOUTH, target=NORTH)
    assert done_by(story.settle()[0]) == "REB"
    story.tell("The rebels denied it.", claimant=REBELS, stance="denies")
    assert done_by(story.settle()[0]) is None
