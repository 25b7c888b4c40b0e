"""Whom words are meant for, and whose a deed is that its own words leave open: claims and a theatre made by hand, no parser."""

from __future__ import annotations

import pytest

from tests.unit.test_doers import at_war, done_by
from tests.unit.test_targets import ABROAD, ELM, LENT, NORTH, OAK, REBELS, SOUTH, Story, aimed_at, at
from trucewatch.model.records import ClaimPlace, Voice

MISSION = Voice(text="the mission", party="UNO")


@pytest.mark.parametrize("verb", ["criticised", "condemned", "denounced"])
def test_blame_for_strikes_is_laid_on_who_struck(verb: str) -> None:
    story = at_war().tell(
        f"Farland {verb} the strikes on South.", act="BLAME", claimant=ABROAD, attributed_to=ABROAD, target=SOUTH
    )
    assert aimed_at(story.settle()[1]) == "NOR"


def test_nobody_blames_or_asks_himself() -> None:
    them = Voice(text="them", party="FAR")
    story = at_war().tell("Farland called them unacceptable.", act="BLAME", claimant=ABROAD, attributed_to=ABROAD, target=them)
    assert aimed_at(story.settle()[1]) == "NOR"
    owner = Voice(text="South", party="SOU")
    story = at_war().tell("He repeated South's demand to withdraw.", act="DEMAND.WITHDRAWAL", attributed_to=SOUTH, target=owner)
    assert aimed_at(story.settle()[1]) == "NOR"


def test_blame_of_somebody_named_stays() -> None:
    story = at_war().tell("Farland criticised South.", act="BLAME", claimant=ABROAD, attributed_to=ABROAD, target=SOUTH)
    assert aimed_at(story.settle()[1]) == "SOU"


def test_the_government_that_an_armed_group_speaks_of_is_its_hosts() -> None:
    state = Voice(text="the government", party="REB")
    story = at_war().tell("They urged the government to act.", act="DEMAND.OTHER", attributed_to=REBELS, target=state)
    assert aimed_at(story.settle()[1]) == "SOU"


def test_a_road_is_opened_by_who_closed_it() -> None:
    story = at_war().tell("North closed the road.", act="ACCESS.BLOCKADE", attributed_to=NORTH)
    story.tell("Farland asked to open the corridor at once.", act="DEMAND.OTHER", claimant=ABROAD, attributed_to=ABROAD)
    assert aimed_at(story.settle()[2]) == "NOR"
    open_ = at_war().tell("Farland asked to open the corridor.", act="DEMAND.OTHER", claimant=ABROAD, attributed_to=ABROAD)
    assert aimed_at(open_.settle()[1]) is None


@pytest.mark.parametrize("thing", ["a watchtower", "one of its patrols", "a position"])
def test_what_a_mission_says_was_hit_is_the_missions(thing: str) -> None:
    story = at_war().tell(
        f"A Northern tank fired at {thing} in Oakham.", claimant=MISSION, attributed_to=NORTH, places=(at(OAK),)
    )
    assert aimed_at(story.settle()[1]) == "UNO"


def test_peacekeepers_of_any_nation_are_the_missions_and_other_soldiers_are_not() -> None:
    hurt = Voice(text="two Farland peacekeepers", party="FAR")
    assert aimed_at(at_war().tell("A shell hurt two Farland peacekeepers.", target=hurt).settle()[1]) == "UNO"
    soldiers = Voice(text="two Farland soldiers", party="FAR")
    assert aimed_at(at_war().tell("A shell hurt two Farland soldiers.", target=soldiers).settle()[1]) == "FAR"


def test_who_had_nothing_to_do_with_it_denies_a_deed_of_its_own() -> None:
    story = at_war().tell("Rockets fell on North.", target=NORTH)
    story.tell("Northern jets struck Oakham.", attributed_to=NORTH, places=(at(OAK),))
    story.tell("South had nothing to do with it.", claimant=SOUTH, stance="denies", attributed_to=NORTH, places=(at(OAK),))
    found = story.settle()[3]
    assert (done_by(found), aimed_at(found), found.places) == ("SOU", "NOR", ())
    other = at_war().tell("South denied that its men were hit.", claimant=SOUTH, stance="denies", attributed_to=NORTH)
    assert done_by(other.settle()[1]) == "NOR"


def test_fire_from_a_hosts_soil_is_its_guests_though_no_place_says_so() -> None:
    story = Story().tell("The rebels fired at North.", attributed_to=REBELS, claimant=REBELS, target=NORTH)
    story.say("North counted 30 launches from South.")
    start = story.text.index("South.")
    doer = Voice(text="South", party="SOU", start_char=start, end_char=start + 5)
    story.claims.append(story.claims[0].__class__(
        id="clm-9", document_id="doc", start_char=start - 20, end_char=start + 5, act="FIRE", sentence_start_char=start - 20,
        sentence_end_char=start + 6, attributed_to=doer, claimant=NORTH,
    ))  # fmt: skip
    assert done_by(story.settle()[1]) == "REB"


def test_a_blast_that_the_outlet_lays_on_nobody_stays_nobodys() -> None:
    story = at_war().tell("Shells fell on Elmton.", places=(at(ELM),))
    assert done_by(story.settle()[1]) is None
    told = at_war().tell("Shells fell on Elmton.", claimant=SOUTH, places=(at(ELM),))
    assert done_by(told.settle()[1]) == "NOR"
    owned = Story().tell("North shelled posts of South.", claimant=NORTH, attributed_to=NORTH, target=SOUTH)
    assert done_by(owned.tell("Shells fell on Elmton.", places=(at(ELM),)).settle()[1]) == "NOR"


def test_a_truce_is_of_the_sides_that_fight_and_a_mediator_speaks_to_both() -> None:
    truce = at_war().tell("A ceasefire was agreed.", act="AGREE.CEASEFIRE")
    assert done_by(truce.settle()[1]) == "NOR;SOU"
    story = at_war().tell("Farland was making every effort.", act="TALKS.MEDIATE", claimant=ABROAD, attributed_to=ABROAD)
    assert aimed_at(story.settle()[1]) == "NOR;SOU"


def test_what_comes_to_the_speakers_own_ground_is_the_foes() -> None:
    story = at_war().tell("Gunboats sailed toward its positions.", act="FORCE.BUILDUP", claimant=SOUTH)
    found = story.settle()[1]
    assert (done_by(found), aimed_at(found)) == ("NOR", "SOU")
    moved = at_war().tell("Reservists were called up.", act="FORCE.BUILDUP", claimant=SOUTH)
    assert done_by(moved.settle()[1]) == "SOU"


def test_they_of_a_witness_are_not_his_own_side() -> None:
    place = ClaimPlace(text="Lentby", role="target", place_id=LENT.id, name="Lentby")
    story = Story().tell("North shelled Lentby.", attributed_to=NORTH, target=Voice(text="it", party="ENC"), places=(place,))
    start = len(story.text) + 1
    doer = Voice(text="They", party="ENC", start_char=start, end_char=start + 4)
    story.tell("“They blew up my house,” said a farmer.", attributed_to=doer, places=(place,), claimant=Voice(text="a farmer"))
    assert done_by(story.settle()[1]) == "NOR"


@pytest.mark.parametrize("where", ["the village of Nowhere", "height Nowhere", "a warehouse at Nowhere Bridge"])
def test_words_that_name_a_place_nobody_knows_take_no_other_over(where: str) -> None:
    story = Story().tell("North shelled Oakham.", attributed_to=NORTH, target=SOUTH, places=(at(OAK),))
    assert story.tell(f"Guns then hit {where}.", attributed_to=NORTH, target=SOUTH).settle()[1].places == ()
    known = Story().tell("North shelled Oakham.", attributed_to=NORTH, target=SOUTH, places=(at(OAK),))
    assert [p.name for p in known.tell("Guns then hit a barn.", attributed_to=NORTH, target=SOUTH).settle()[1].places] == [
        "Oakham"
    ]
