"""Whom a deed was aimed at, from the deeds told beside it: claims and a theatre made by hand, no parser."""

from __future__ import annotations

import pytest

from tests.unit.test_deed_words import denied
from tests.unit.test_doers import DEAD, at_war, done_by
from tests.unit.test_targets import ABROAD, ENCLAVE, LENT, NORTH, OAK, REBELS, SOUTH, Story, aimed_at, at
from trucewatch.model.records import ClaimPlace, Figure, Voice

SOLDIERS = Figure(measure="killed", population="combatant", low=2, high=2, qualifier="exactly", text="two")


def named(text: str, words: str, party: str | None = None) -> Voice:
    start = text.index(words)
    return Voice(text=words, party=party, start_char=start, end_char=start + len(words))


def test_a_thing_with_its_owner_right_before_it_is_his_and_not_the_doers() -> None:
    (found,) = Story().tell("North struck Rebels depots near Oakham.", attributed_to=NORTH, places=(at(OAK),)).settle()
    assert aimed_at(found) == "REB"


def test_whoever_acted_by_his_units_was_not_hit() -> None:
    story = at_war().tell("A guard died in a raid by South armed units.", claimant=NORTH)
    found = story.settle()[1]
    assert (done_by(found), aimed_at(found)) == ("SOU", "NOR")


def test_arms_used_by_somebodys_soldiers_were_not_used_by_who_hit_them() -> None:
    words = "It hit a barn used by South soldiers."
    found = at_war().tell(words, claimant=NORTH, attributed_to=Voice(text="It", party="NOR")).settle()[1]
    assert (done_by(found), aimed_at(found)) == ("NOR", "SOU")


def test_fire_is_returned_at_whoever_fired_before() -> None:
    story = Story().tell("Enclave guns opened up, North said.", claimant=NORTH, attributed_to=ENCLAVE, target=NORTH)
    story.tell("South shelled North.", attributed_to=SOUTH, target=NORTH).tell(
        "South hit North.", attributed_to=SOUTH, target=NORTH
    )
    story.tell("Enclave guns fired, North said.", claimant=NORTH, attributed_to=ENCLAVE, target=NORTH)
    story.tell("North's army responded.", claimant=NORTH, attributed_to=NORTH)
    assert aimed_at(story.settle()[-1]) == "ENC"


def test_the_helicopter_is_whose_it_was_called_before() -> None:
    story = (
        at_war()
        .tell("A Southern raid shook Lentby.", attributed_to=SOUTH, target=NORTH)
        .say("A South transport helicopter burned.")
    )
    found = story.tell(
        "North's gunners fired on the helicopter.", attributed_to=NORTH, target=Voice(text="the helicopter")
    ).settle()[-1]
    assert aimed_at(found) == "SOU"


def test_whose_men_fell_is_told_by_who_counts_them() -> None:
    told = {"figures": (SOLDIERS,), "places": (at(OAK),)}
    army = at_war().tell("Two soldiers were killed at Oakham, North said.", claimant=NORTH, **told).settle()[1]
    rebels = Story().tell("The rebels fired at North.", attributed_to=REBELS, target=NORTH)
    rebels.tell("Two fighters were killed at Oakham, the rebels said.", claimant=REBELS, **told)
    assert (aimed_at(army), aimed_at(rebels.settle()[1])) == ("NOR", "REB")


def test_a_deed_denied_was_done_to_whom_it_was_said_to_be_done() -> None:
    story = Story().tell("North shelled South.", attributed_to=NORTH, target=SOUTH)
    story.tell("North hit the enclave.", claimant=ENCLAVE, attributed_to=NORTH, target=ENCLAVE)
    it = Voice(text="it", party="NOR", start_char=60, end_char=62)
    story.tell("North denied that it fired.", claimant=NORTH, stance="denies", attributed_to=it)
    assert aimed_at(story.settle()[2]) == "ENC"
    assert aimed_at(denied("North denied that houses had been hit.")) == "SOU"


def test_a_man_is_of_the_side_that_the_words_behind_his_name_tell() -> None:
    words = "North killed Ali Noor, described as a captain of Rebels, in Oakham."
    found = Story().tell(words, attributed_to=NORTH, target=named(words, "Ali Noor"), places=(at(OAK),)).settle()[0]
    assert aimed_at(found) == "REB"


def test_fighters_killed_on_a_hosts_soil_are_the_groups() -> None:
    story = Story().tell("The rebels fired at North.", attributed_to=REBELS, target=NORTH)
    story.tell("Three guerrillas died in Oakham.", target=Voice(text="Three guerrillas"), places=(at(OAK),))
    assert aimed_at(story.settle()[1]) == "REB"


def test_what_is_told_in_one_breath_has_one_doer_and_one_target() -> None:
    story = at_war()
    start = len(story.text)
    story.tell("South posts were destroyed,", claimant=NORTH, attributed_to=NORTH, target=SOUTH, sentence_start_char=start)
    story.tell("a depot was hit.", claimant=NORTH, target=Voice(text="a depot"), sentence_start_char=start)
    found = story.settle()[2]
    assert (done_by(found), aimed_at(found)) == ("NOR", "SOU")


def test_losses_that_a_side_denies_are_its_foes_doing_also_as_a_sum() -> None:
    found = at_war().tell("North denied such losses.", act="TOLL", claimant=NORTH, stance="denies").settle()[1]
    assert (done_by(found), aimed_at(found)) == ("SOU", "NOR")


def test_its_own_dead_of_a_clash_with_the_foes_forces_are_the_speakers() -> None:
    words = "Two of its soldiers died fighting South forces."
    found = at_war().tell(words, act="TOLL", claimant=NORTH, attributed_to=NORTH, figures=(SOLDIERS,)).settle()[1]
    assert (done_by(found), aimed_at(found)) == ("SOU", "NOR")


def test_two_who_meet_or_agree_meet_each_other() -> None:
    both = Voice(text="North and South", party="NOR;SOU")
    met, agreed = (
        Story().tell("North and South met.", act=act, attributed_to=both).settle()[0] for act in ("TALKS.MEET", "AGREE.OTHER")
    )
    assert (aimed_at(met), aimed_at(agreed)) == ("NOR;SOU", "NOR;SOU")


def test_both_governments_are_states_and_no_group() -> None:
    story = Story().tell("The rebels fired at North.", attributed_to=REBELS, target=NORTH)
    for words in ("both governments", "both sides"):
        both = Voice(text=words, party="NOR;SOU")
        story.tell(f"Farland rang {words}.", act="TALKS.MEET", claimant=ABROAD, attributed_to=ABROAD, target=both)
    assert [aimed_at(claim) for claim in story.settle()[1:]] == ["NOR;SOU", "NOR;REB"]


def test_what_a_refusal_says_of_an_ally_is_no_addressee() -> None:
    story = at_war().tell(
        "South refused to discuss the enclave.", act="REFUSE", claimant=SOUTH, attributed_to=SOUTH, target=ENCLAVE
    )
    assert aimed_at(story.settle()[1]) == "NOR"


@pytest.mark.parametrize("words", ["described it as an outrage", "condemned this"])
def test_a_pronoun_of_blame_stands_for_the_deed(words: str) -> None:
    told = {"act": "BLAME", "claimant": ABROAD, "attributed_to": ABROAD, "target": Voice(text="it", party="SOU")}
    assert aimed_at(at_war().tell(f"Farland {words}.", **told).settle()[1]) == "NOR"


def test_ones_own_who_are_asked_back_are_asked_of_the_foe() -> None:
    own = Voice(text="20 men of South", party="SOU")
    told = {"act": "DEMAND.OTHER", "claimant": SOUTH, "attributed_to": SOUTH, "target": own}
    assert aimed_at(at_war().tell("South demands the return of 20 men of South.", **told).settle()[1]) == "NOR"


def test_an_outsider_asks_whom_he_blamed_right_before() -> None:
    blame = {"claimant": ABROAD, "attributed_to": ABROAD}
    story = at_war().tell("Farland blamed North.", act="BLAME", target=NORTH, **blame)
    story.tell("It also called for observers.", act="DEMAND.OTHER", **blame).tell(
        "It wants an end to the fighting.", "DEMAND.OTHER", **blame
    )
    assert aimed_at(story.settle()[2]) == "NOR"


def test_an_outsiders_plea_to_end_the_shooting_is_to_both() -> None:
    plea = {"act": "DEMAND.OTHER", "claimant": ABROAD, "attributed_to": ABROAD}
    assert aimed_at(at_war().tell("Farland called for an immediate end to the shooting.", **plea).settle()[1]) == "NOR;SOU"


def test_rockets_from_the_other_sides_soil_fly_at_who_tells_of_them() -> None:
    story = Story().tell("The rebels fired at North.", attributed_to=REBELS, target=NORTH)
    origin = ClaimPlace(text="Oakham", place_id="oak", name="Oakham", role="origin", start_char=0, end_char=1)
    story.tell("Ten rockets crossed from Oakham.", claimant=NORTH, places=(origin,))
    assert aimed_at(story.settle()[1]) == "NOR"


def test_peacekeepers_of_a_state_stay_that_states_where_it_keeps_the_peace_itself() -> None:
    from trucewatch.stages.addressees import with_mission_hit

    story = Story().tell("Two Farland peacekeepers were hurt.", target=Voice(text="Two Farland peacekeepers", party="FAR"))
    (claim,) = story.claims
    sides = frozenset({"NOR", "SOU"})
    assert aimed_at(with_mission_hit(claim, story.text, sides, frozenset({"FAR"}))) == "FAR"
    assert aimed_at(with_mission_hit(claim, story.text, sides)) == "UNO"


def test_a_town_taken_days_ago_was_the_losers() -> None:
    told = {"act": "ADVANCE.TERRITORY", "claimant": NORTH, "places": (at(OAK),)}
    found = at_war().tell("Oakham was taken, North said.", **told).settle()[1]
    assert (done_by(found), aimed_at(found)) == ("NOR", "SOU")


def test_ground_that_an_ally_held_fell_to_the_foe() -> None:
    told = {"act": "ADVANCE.TERRITORY", "claimant": SOUTH, "stance": "confirms", "reasons": ("a place that fell was taken",)}
    story = at_war().tell("Lentby has fallen, South conceded.", places=(at(LENT),), **told)
    assert done_by(story.settle()[1]) == "NOR"


def test_a_guests_foe_is_its_hosts_where_the_host_fights_nobody() -> None:
    story = Story().tell("The rebels fired at North.", attributed_to=REBELS, target=NORTH)
    story.tell("Warplanes bombed the quay, residents said.", claimant=Voice(text="residents"), places=(at(OAK),))
    assert done_by(story.settle()[1]) == "NOR"


def test_bare_warplanes_are_no_name_though_they_open_a_sentence() -> None:
    planes = Voice(text="Warplanes", start_char=0, end_char=9)
    story = Story().tell("Warplanes bombed Oakham.", attributed_to=planes, places=(at(OAK),))
    story.tell("North shelled posts of South.", attributed_to=NORTH, target=SOUTH)
    assert done_by(story.settle()[0]) == "NOR"


def test_what_the_enemy_lost_its_foe_inflicted() -> None:
    dead = Figure(measure="killed", population="unknown", low=150, high=150, qualifier="exactly", text="150")
    found = at_war().tell("The enemy had suffered 150 dead.", claimant=SOUTH, figures=(dead,)).settle()[1]
    assert (done_by(found), aimed_at(found)) == ("SOU", "NOR")


def test_those_who_shell_a_pensioner_at_home_are_not_the_ally_that_holds_his_town() -> None:
    they = Voice(text="They", party="SOU", start_char=31, end_char=35)
    story = at_war().say("“")
    start = len(story.text)
    they = Voice(text="They", party="SOU", start_char=start, end_char=start + 4)
    story.tell(
        "They bomb our homes” in Lentby.",
        claimant=Voice(text="Anna Roth"),
        attributed_to=they,
        places=(at(LENT),),
        sentence_start_char=start - 2,
    )
    assert done_by(story.settle()[1]) == "NOR"


def test_an_outsider_who_goes_to_a_capital_meets_its_government() -> None:
    told = {"act": "TALKS.MEET", "attributed_to": ABROAD}
    story = (
        at_war().tell("Farland's envoy arrived in Norhaven for talks.", **told).tell("Farland held talks in Norhaven.", **told)
    )
    assert [aimed_at(claim) for claim in story.settle()[1:]] == ["NOR", None]


def test_radios_that_killed_were_nobodys_doing() -> None:
    story = at_war().say("Radios exploded in Oakham,")
    story.tell("killing twelve.", claimant=SOUTH, figures=(DEAD,), sentence_start_char=len(story.text) - 27)
    assert done_by(story.settle()[1]) is None
