"""What a side admits of its own dead and losses; whose the forces, losses and blockades are that are told without a side."""

from __future__ import annotations

import pytest

from trucewatch.model.records import Claim, Figure, Voice
from trucewatch.stages.admissions import CONFIRMED

from .test_targets import ELM, ENCLAVE, NORTH, SOUTH, Story, aimed_at, at


def dead(measure: str = "killed", population: str = "combatant", low: int = 3) -> tuple[Figure, ...]:
    return (Figure(measure=measure, population=population, low=low, high=low, qualifier="exactly", text="three"),)


def doer(claim: Claim) -> str | None:
    return claim.attributed_to.party if claim.attributed_to is not None else None


OWN = Voice(text="soldiers", party="SOU")


@pytest.mark.parametrize(
    ("words", "figures", "stance"),
    [
        ("Three of its soldiers were killed in the night.", dead(), "confirms"),
        ("Three of its soldiers were hurt in clashes.", dead("injured"), "confirms"),
        ("It recorded three more deaths among its soldiers.", dead(), "confirms"),
        ("Three of its soldiers were killed by northern fire.", dead(), "asserts"),
        ("Three of its soldiers died when a rocket hit a post.", dead(), "asserts"),
        ("Three people, two of them soldiers, were killed.", dead(population="all"), "asserts"),
        ("Northern fire killed three of its soldiers.", dead(), "asserts"),
        ("Three of its soldiers were hurt by northern fire.", dead("injured"), "asserts"),
        ("Three people were killed by northern fire.", dead(population="civilian"), "asserts"),
    ],
)
def test_own_dead_told_as_such_are_admitted_and_those_laid_to_an_attack_accuse(
    words: str, figures: tuple[Figure, ...], stance: str
) -> None:
    (found,) = Story().tell(words, claimant=SOUTH, attributed_to=NORTH, target=OWN, figures=figures).settle()
    assert found.stance == stance


def test_own_craft_lost_is_admitted_and_ground_that_an_enemy_entered_is_not() -> None:
    story = Story().tell("One of its helicopters was shot down.", claimant=SOUTH, attributed_to=NORTH, target=SOUTH)
    taken = {"act": "ADVANCE.TERRITORY", "claimant": SOUTH, "attributed_to": NORTH, "target": SOUTH}
    story.tell("The village had fallen.", **taken)
    story.tell("Northern troops had occupied ten square kilometres.", **taken)
    assert [claim.stance for claim in story.settle()] == ["confirms", "confirms", "asserts"]


def test_who_confirms_his_own_deed_reports_it_and_who_was_hit_owns_up() -> None:
    told = {"stance": "confirms", "reasons": (CONFIRMED,)}
    story = Story().tell("It confirmed that it had struck a post.", claimant=NORTH, attributed_to=NORTH, target=SOUTH, **told)
    story.tell("It confirmed that a post had been struck.", claimant=SOUTH, attributed_to=NORTH, target=SOUTH, **told)
    assert [claim.stance for claim in story.settle()] == ["asserts", "confirms"]


def test_a_sum_of_own_dead_is_admitted_whatever_was_told_before_and_one_with_civilians_is_not() -> None:
    shelled = {"attributed_to": NORTH, "claimant": SOUTH, "target": OWN}
    story = Story().tell("Northern guns shelled a post.", **shelled)
    story.tell("Three soldiers had been killed, he said.", "TOLL", claimant=SOUTH, target=OWN, figures=dead())
    story.tell("Three soldiers and nine civilians died.", "TOLL", claimant=SOUTH, target=OWN, figures=dead())
    assert [claim.stance for claim in story.settle()[1:]] == ["confirms", "asserts"]


def test_an_army_that_tells_of_a_child_killed_admits_nothing() -> None:
    army = Voice(text="the southern army", party="SOU")
    told = {"act": "TOLL", "claimant": army, "figures": dead(population="all")}
    story = Story().tell("Mines have killed at least three people, one of them a child.", **told)
    story.tell("Three were killed, it said.", **told)
    assert [claim.stance for claim in story.settle()] == ["asserts", "confirms"]


def test_what_one_denies_to_have_lost_the_foe_would_have_taken() -> None:
    story = Story().tell("Northern guns shelled a post.", attributed_to=NORTH, target=SOUTH)
    lost = {"act": "ADVANCE.TERRITORY", "claimant": SOUTH, "target": SOUTH, "stance": "denies"}
    story.tell("South denied losing ground.", reasons=("'losing' reports ADVANCE.TERRITORY (lose)",), **lost)
    found = story.settle()[1]
    assert (doer(found), aimed_at(found)) == ("NOR", "SOU")


def test_a_blockade_is_whose_the_document_says_and_against_whom() -> None:
    story = Story().tell("North blocks the road to the enclave.", "ACCESS.BLOCKADE", attributed_to=NORTH, target=ENCLAVE)
    story.tell(
        "The blockade holds up fuel, an aid body said.", "ACCESS.BLOCKADE", claimant=Voice(text="an aid body", party="UNO")
    )
    story.tell("The blockade enters its third week.", "ACCESS.BLOCKADE")
    found = story.settle()
    assert [(doer(claim), aimed_at(claim)) for claim in found] == [("NOR", "ENC"), ("NOR", "ENC"), (None, "ENC")]


def test_who_denies_a_blockade_that_nobody_is_named_for_denies_his_own() -> None:
    story = Story().tell("North denied that there is any blockade.", "ACCESS.BLOCKADE", claimant=NORTH, stance="denies")
    assert [doer(claim) for claim in story.settle()] == ["NOR"]


def test_soldiers_that_were_deployed_moved_themselves_and_shells_did_not() -> None:
    moved = {"act": "FORCE.BUILDUP", "places": (at(ELM),)}
    story = Story().tell("Southern soldiers were deployed.", target=Voice(text="Southern soldiers", party="SOU"), **moved)
    story.tell("Southern farms were moved.", target=Voice(text="Southern farms", party="SOU"), **moved)
    assert [doer(claim) for claim in story.settle()] == ["SOU", None]


@pytest.mark.parametrize("force", ["jets", "F-16 jets", "several tanks", "warplanes", "another brigade"])
def test_a_force_without_a_side_is_the_speakers(force: str) -> None:
    story = Story().tell("Jets hit a yard, it said.", claimant=NORTH, attributed_to=Voice(text=force))
    assert [doer(claim) for claim in story.settle()] == ["NOR"]
