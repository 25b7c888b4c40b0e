"""Doers and targets that the words tell half of: own men, fire from another's soil, ground stood on. No parser."""

from __future__ import annotations

from dataclasses import replace

import pytest

from trucewatch.model.records import Claim, Figure, Voice
from trucewatch.model.theatre import Agreement
from trucewatch.stages.deed_words import is_answer

from .test_settle import HELD, NORTH, THEATRE, at, claim, party, settled

TRUCE = Agreement(id="PAX", title="Truce", kind="ceasefire", parties=("NOR", "SOU"), clauses=())
AT_WAR = replace(THEATRE, principals=("NOR", "SOU", "REB"), agreements=(TRUCE,))

NOR, SOU, REB = (Voice(text=name, party=code) for name, code in (("North", "NOR"), ("South", "SOU"), ("Rebels", "REB")))
# whom each side fights is told before
FOUGHT = claim(0, attributed_to=NOR, target=Voice(text="Rebels", party="REB"))


def told(text: str, **values: object) -> Claim:
    """A claim on the whole of a text, after one that tells who fights whom."""
    own = claim(1, start_char=0, end_char=len(text), sentence_start_char=0, sentence_end_char=len(text), **values)
    return next(c for c in settled(FOUGHT, own, text=text, theatre=AT_WAR) if c.id == "clm-1")


def test_fighters_that_words_call_its_own_are_the_speakers_and_nobody_elses() -> None:
    text = "its fighters had hit a tank"
    by = Voice(text="its fighters")
    assert party(told(text, claimant=REB, attributed_to=by).attributed_to) == "REB"
    assert party(told(text, claimant=Voice(text="the band"), attributed_to=by, places=(at(HELD),)).attributed_to) is None


def test_fire_from_a_land_is_on_another_though_the_words_name_that_land_again() -> None:
    text = "Rockets fired from South, two of which fell on South territory"
    found = told(text, claimant=NOR, places=(at(HELD, "origin"), at(HELD)))
    assert party(found.target) == "NOR"


def test_a_group_is_not_said_to_have_hit_a_town_of_its_host() -> None:
    town = told("a shell hit the mayor's car", claimant=Voice(text="a doctor"), places=(at(HELD),))
    assert party(town.attributed_to) != "REB"
    guests = told(
        "two soldiers fell in an ambush", claimant=NOR, target=Voice(text="two soldiers", party="NOR"), places=(at(HELD),)
    )
    assert party(guests.attributed_to) == "REB"


@pytest.mark.parametrize(("doer", "aim"), [(NOR, "SOU"), (REB, "NOR"), (SOU, None)])
def test_a_force_on_anothers_ground_is_there_against_its_holder_unless_it_is_its_guest(doer: Voice, aim: str | None) -> None:
    found = told("troops remain on the hill", act="FORCE.NON_WITHDRAWAL", attributed_to=doer, places=(at(HELD),))
    assert (party(found.target) == aim) or (aim is None and party(found.target) in (None, "NOR"))


def test_posts_that_somebody_walked_past_were_not_hit() -> None:
    assert party(told("a man was shot as he went past North posts", places=(at(HELD),)).target) == "SOU"
    assert party(told("a man was shot near North posts", places=(at(HELD),)).target) == "NOR"


def test_the_soldiers_who_killed_are_not_those_who_died() -> None:
    dead = (Figure(measure="killed", population="combatant", qualifier="exactly", low=40, high=40, text="40"),)
    killed = told("its soldiers had killed 40 gunmen", act="TOLL", claimant=NOR, figures=dead)
    assert party(killed.target) == "REB"
    lost = told("40 of its soldiers had been killed", act="TOLL", claimant=NOR, figures=dead)
    assert party(lost.target) == "NOR"


def test_who_is_sorry_for_it_did_it_and_who_withdrew_his_own_men_tells_of_them() -> None:
    hit = told("it was sorry that the aircraft was hit by mistake", claimant=NOR, target=Voice(text="the aircraft", party="SOU"))
    assert party(hit.attributed_to) == "NOR"
    back = told("his forces had been pulled back", act="DEESCALATE.WITHDRAWAL", claimant=NOR, places=(at(NORTH),))
    assert party(back.attributed_to) == "NOR"
    theirs = told("the guests had been pulled back", act="DEESCALATE.WITHDRAWAL", claimant=NOR)
    assert theirs.attributed_to is None


def test_who_denies_that_people_are_driven_out_denies_a_deed_of_his_own() -> None:
    text = "denied that residents are being forced out"
    found = told(text, act="CIV.DISPLACEMENT", stance="denies", claimant=NOR, target=Voice(text="residents"))
    assert party(found.attributed_to) == "NOR"


@pytest.mark.parametrize("words", ["the fire was returned", "shots were quickly answered"])
def test_fire_that_was_returned_is_an_answer(words: str) -> None:
    assert is_answer(words)


@pytest.mark.parametrize(("words", "side"), [("a farm labourer", "SOU"), ("a soldier", "FAR")])
def test_a_labourer_of_a_third_country_was_hit_as_one_of_those_who_hold_the_ground(words: str, side: str) -> None:
    found = told(f"{words} was killed", attributed_to=NOR, target=Voice(text=words, party="FAR"), places=(at(HELD),))
    assert party(found.target) == side
