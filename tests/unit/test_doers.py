"""Whose a deed is that is told without a doer: claims and a theatre made by hand, no parser."""

from __future__ import annotations

import pytest

from tests.unit.test_targets import ABROAD, ENCLAVE, LENT, NORTH, OAK, REBELS, SOUTH, Story, aimed_at, at
from trucewatch.model.records import Claim, Figure, Voice

DEAD = Figure(measure="killed", population="unknown", low=12, high=12, qualifier="exactly", text="12")


def done_by(claim: Claim) -> str | None:
    return claim.attributed_to.party if claim.attributed_to is not None else None


def at_war() -> Story:
    return Story().tell("North shelled posts of South.", attributed_to=NORTH, target=SOUTH)


def test_the_strike_is_that_of_who_was_told_to_strike_before() -> None:
    story = Story().tell("Northern jets bombed Oakham.", attributed_to=NORTH, places=(at(OAK),))
    story.tell("The strike killed twelve rebels.", claimant=NORTH, target=REBELS, figures=(DEAD,))
    assert done_by(story.settle()[1]) == "NOR"


def test_the_strike_is_not_that_of_whom_it_hit_nor_of_their_ally() -> None:
    story = Story().tell("Southern guns hit Norhaven.", attributed_to=SOUTH, target=NORTH)
    story.tell("The shelling killed twelve at Lentby.", target=ENCLAVE, figures=(DEAD,))
    assert done_by(story.settle()[1]) != "SOU"


@pytest.mark.parametrize(
    ("words", "reads"),
    [
        ("A launcher was destroyed.", "'destroyed' reports FIRE (damage)"),
        ("Three drones were shot down.", "'shot' reports FIRE (damage)"),
        ("Ten militants were eliminated.", "'eliminated' reports FIRE (harm)"),
    ],
)
def test_what_a_side_at_war_says_was_brought_down_it_brought_down(words: str, reads: str) -> None:
    story = at_war().tell(words, claimant=SOUTH, places=(at(OAK),), reasons=(reads,))
    found = story.settle()[1]
    assert (done_by(found), aimed_at(found)) == ("SOU", "NOR")


def test_its_own_launcher_was_destroyed_by_the_other_side() -> None:
    told = {"claimant": SOUTH, "reasons": ("'destroyed' reports FIRE (damage)",)}
    found = at_war().tell("One of its launchers was destroyed.", target=SOUTH, **told).settle()[1]
    assert done_by(found) == "NOR"


def test_a_sum_of_dead_is_the_foes_doing_where_a_side_at_war_counts_its_own() -> None:
    story = at_war().tell("Twelve have died since May.", act="TOLL", claimant=SOUTH, figures=(DEAD,))
    found = story.settle()[1]
    assert (done_by(found), aimed_at(found)) == ("NOR", "SOU")


def test_a_sum_of_dead_that_an_outsider_tells_is_nobodys() -> None:
    story = at_war().tell("Twelve have died since May.", act="TOLL", claimant=ABROAD, figures=(DEAD,))
    found = story.settle()[1]
    assert (done_by(found), aimed_at(found)) == (None, None)


def test_dead_on_a_named_side_are_that_sides() -> None:
    story = at_war().tell("On the South side twelve have died.", act="TOLL", claimant=ABROAD, figures=(DEAD,))
    assert aimed_at(story.settle()[1]) == "SOU"
    story = at_war().tell("Twelve have died on both sides.", act="TOLL", claimant=ABROAD, figures=(DEAD,))
    assert aimed_at(story.settle()[1]) == "NOR;SOU"


def test_ground_that_a_side_says_was_freed_it_took() -> None:
    story = at_war().tell("Oakham has been liberated.", act="ADVANCE.TERRITORY", claimant=NORTH, places=(at(OAK),))
    found = story.settle()[1]
    assert (done_by(found), aimed_at(found)) == ("NOR", "SOU")


def test_ground_that_a_side_owns_up_to_have_lost_the_foe_took() -> None:
    told = {"act": "ADVANCE.TERRITORY", "claimant": SOUTH, "reasons": ("'lost' reports ADVANCE.TERRITORY (lose)",)}
    found = at_war().tell("Its troops lost a hill.", target=SOUTH, attributed_to=Voice(text="Its troops", party="SOU"), **told)
    assert done_by(found.settle()[1]) == "NOR"


def test_bare_planes_over_the_speakers_own_town_are_not_his() -> None:
    story = at_war().tell("Warplanes struck Oakham.", claimant=SOUTH, attributed_to=Voice(text="Warplanes"), places=(at(OAK),))
    found = story.settle()[1]
    assert (done_by(found), aimed_at(found)) != ("SOU", "NOR")


def test_a_town_that_came_under_fire_is_the_side_of_who_says_so() -> None:
    story = Story().tell("The enclave shelled posts of North.", attributed_to=ENCLAVE, target=NORTH)
    story.tell("Lentby came under mortar fire.", claimant=NORTH, places=(at(LENT),))
    found = story.settle()[1]
    assert (done_by(found), aimed_at(found)) == ("ENC", "NOR")


def test_an_outsiders_offer_to_settle_it_is_made_to_those_who_fight() -> None:
    told = {"act": "OFFER.OTHER", "claimant": ABROAD, "attributed_to": ABROAD}
    assert aimed_at(at_war().tell("Farland stood ready to help stabilise the situation.", **told).settle()[1]) == "NOR;SOU"
    assert aimed_at(at_war().tell("Farland stood ready to buy grain.", **told).settle()[1]) is None


def test_the_enemys_own_raid_hits_nobody_of_the_enemys() -> None:
    found = at_war().tell("Enemy aircraft raided Oakham.", claimant=SOUTH, places=(at(OAK),)).settle()[1]
    assert (done_by(found), aimed_at(found)) == ("NOR", "SOU")


def test_a_bomb_that_nobody_claims_has_no_doer_for_an_outsider() -> None:
    """A text that names no attacker and says that none owns up to it gives none to guess."""
    told = {"claimant": ABROAD, "target": SOUTH, "figures": (DEAD,)}
    guessed = Story().tell("Northern troops stood near Oakham.", act="FORCE.BUILDUP", attributed_to=NORTH)
    assert done_by(guessed.tell("Twelve men of South were killed.", **told).settle()[1]) == "NOR"
    unclaimed = Story().tell(
        "No group has claimed responsibility for the roadside bomb.", act="FORCE.BUILDUP", attributed_to=NORTH
    )
    assert done_by(unclaimed.tell("Twelve men of South were killed.", **told).settle()[1]) is None


def test_who_is_named_as_the_attacker_is_it_though_none_claims_it() -> None:
    story = Story().tell("North shelled Oakham; no group claimed responsibility.", attributed_to=NORTH, target=SOUTH)
    story.tell("Twelve men of South were killed.", claimant=ABROAD, target=SOUTH, figures=(DEAD,))
    assert done_by(story.settle()[1]) == "NOR"
