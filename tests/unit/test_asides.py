"""Words that only say who somebody is, or stand beside what makes them another matter, give no claim; their twins do."""

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


def _acts(reading: Reading) -> list[str]:
    return [claim.act for claim in reading.claims]


@pytest.mark.parametrize(
    "text",
    [
        "Two medics tried to reach the wounded near Adre.",
        "The governor said that tents for the displaced were late.",
        "Footage showed captured men in a yard in Adre.",
        "Chad's president decorated officers wounded in the war.",
        "Pictures released by Chad's ministry showed a market.",
        "She spoke to a baker who had lost his shop in Adre.",
        "If the fighting had gone on, we would have lost Adre, Chad's general said.",
        "Villagers walked out through the hills of Sudan.",
        "Sudan blocked every attempt to find a solution.",
        "A patrol reached Adre on Friday.",
        "A herder was bringing the flock down, Chad's ministry said.",
        "I swear that the house was empty, a man in Chad said.",
        "The deal says that Chad's troops leave the district by May.",
        "Chad's army is responsible for protecting the road, Sudan's ministry said.",
        "He did not say who was responsible for it.",
    ],
)
def test_what_only_describes_gives_no_claim(read: Read, text: str) -> None:
    assert _acts(read(text)) == []


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Chad's army released two soldiers on Friday.", "DEESCALATE.RELEASE"),
        ("If Sudan fires again, we will strike its bases, Chad's ministry said.", "THREAT.FORCE"),
        ("Chad's delegation walked out of the talks with Sudan.", "REFUSE"),
        ("Sudan blocked the road to Adre.", "ACCESS.BLOCKADE"),
        ("The Red Cross delivered flour to Adre on Friday.", "AID.DELIVERY"),
        ("Chad's minister said that Sudan's units had withdrawn from Adre.", "DEESCALATE.WITHDRAWAL"),
        ("Chad's army is responsible for shelling Adre, Sudan's ministry said.", "FIRE.HEAVY"),
        ("Sudan's soldiers captured Adre on Friday.", "ADVANCE.TERRITORY"),
    ],
)
def test_the_same_verbs_tell_where_they_report(read: Read, text: str, act: str) -> None:
    assert _acts(read(text)) == [act]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Chad's army shelled troops trying to advance toward Adre.", "FIRE.HEAVY"),
        ("Chad's army said it had shelled a truck hidden in an orchard.", "FIRE.HEAVY"),
        ("A shell fell on a school in Adre but no pupil was hurt.", "FIRE.HEAVY"),
        ("Sudan shelled Adre, wounding nobody.", "FIRE.HEAVY"),
        ("Chad's president met Sudan's president in Paris to discuss the truce.", "TALKS.MEET"),
        ("Chad's president received Sudan's envoy and discussed the border with him.", "TALKS.MEET"),
    ],
)
def test_what_is_said_of_a_deed_beside_it_is_no_second_one(read: Read, text: str, act: str) -> None:
    assert _acts(read(text)) == [act]


def test_an_attack_fought_off_is_fighting_and_ones_own_stopped_is_its_end(read: Read) -> None:
    (claim,) = read("Chad's soldiers stopped a Sudanese attack near Adre.").claims
    assert claim.act == "FIRE.CLASH"
    assert claim.attributed_to is not None
    assert claim.attributed_to.text == "Chad's soldiers"
    assert _acts(read("Chad stopped its offensive on Monday.")) == ["DEESCALATE.CEASE_FIRE"]


def test_shelling_that_has_not_stopped_goes_on(read: Read) -> None:
    (claim,) = read("Chad's ministry said that the shelling had not stopped.").claims
    assert (claim.stance, act_class(claim.act)) == ("asserts", "ASSAULT")


def test_what_would_have_been_otherwise_is_neither_told_nor_denied(read: Read) -> None:
    reading = read("Had Sudan not fired, we would have held our posts, Chad's ministry said.")
    assert "ASSAULT" not in {act_class(act) for act in _acts(reading)}


def test_each_accused_the_other_of_firing(read: Read) -> None:
    (claim,) = read("Chad and Sudan accused each other of firing first.").claims
    assert (act_class(claim.act), claim.attributed_to) == ("ASSAULT", None)
    assert _acts(read("Chad and Sudan blamed each other for the fighting.")) == ["BLAME"]


def test_a_denial_answers_the_deed_and_not_what_it_cost(read: Read) -> None:
    reading = read("Sudan's army said it had driven out a Chadian unit and that Chad had suffered losses. Chad denied that.")
    told = [act_class(claim.act) for claim in reading.claims if claim.stance == "denies"]
    assert told == ["ASSAULT"]


@pytest.mark.parametrize(
    "text",
    [
        "A gas cylinder exploded in a flat in Adre, Chad, wounding three.",
        "Is the truce in Adre holding?",
        "Will Chad attack Sudan again?",
        "How many soldiers of Chad have died?",
        "Sudan's army did not say where the soldier died.",
        "Two of Chad's airmen were evacuated with burns.",
        "We carried the boy to the hospital, a woman in Adre said.",
        "Chad's president called it a good day for Sudan.",
        "A patrol was sent out from Adre.",
        "Villagers in Chad walked past burning houses.",
        "Chad's fighters resisted the occupation of Adre for years.",
    ],
)
def test_what_is_asked_or_tended_or_only_seen_gives_no_claim(read: Read, text: str) -> None:
    assert _acts(read(text)) == []


def test_who_denies_and_accuses_denies_one_and_asserts_the_other(read: Read) -> None:
    reading = read("Chad's army denied that it had fired on Adre, accusing Sudan of shelling the road.")
    assert [(c.stance, c.act) for c in reading.claims] == [("denies", "FIRE"), ("asserts", "FIRE.HEAVY")]


def test_a_side_does_not_threaten_with_what_it_says_another_will_do(read: Read) -> None:
    assert _acts(read("Chad said that Sudan would take control of Adre.")) == []
    assert _acts(read("Chad said that its army would attack Adre.")) == ["THREAT.FORCE"]


def test_an_if_without_its_word_demands_nothing(read: Read) -> None:
    acts = _acts(read('"Should this truce fail, we will attack Sudan," Chad\'s minister said.'))
    assert acts == ["THREAT.FORCE"]


def test_what_is_added_to_a_count_is_of_the_sum(read: Read) -> None:
    (claim,) = read("Another 40 of its soldiers had been killed in action, Chad's army said.").claims
    assert claim.act == "TOLL"
    (claim,) = read("Sudanese attacks have killed 140 people, Chad's ministry said.").claims
    assert claim.act == "TOLL"
    (claim,) = read("Sudanese strikes killed 14 people in Adre on Tuesday, Chad's ministry said.").claims
    assert act_class(claim.act) == "ASSAULT"


@pytest.mark.parametrize(
    "text",
    [
        "Chad's bloc attacked the prime minister, saying he had sold Adre.",
        "A wider war could kill thousands in Chad, analysts say.",
        "The court jailed a man who had shot a neighbour in Adre.",
        "The mission in Chad, which has been deployed since 1978, is small.",
        "If you go near the fence of Adre, you get shot, a farmer said.",
    ],
)
def test_words_crimes_and_forecasts_give_no_claim(read: Read, text: str) -> None:
    assert _acts(read(text)) == []


def test_two_counts_at_two_places_are_two_claims(read: Read) -> None:
    reading = read("One man was killed in Adre and two were killed in Tine, Chad's ministry said.")
    assert len([claim for claim in reading.claims if act_class(claim.act) == "ASSAULT"]) == 2


def test_the_dead_of_clashes_are_not_the_truces(read: Read) -> None:
    reading = read("Chad said that it was halting its fire after the worst clashes in years left at least 30 soldiers dead.")
    assert [(c.act, len(c.figures)) for c in reading.claims if c.act.startswith("DEESC")] == [("DEESCALATE.CEASE_FIRE", 0)]
    assert "TOLL" in _acts(reading)
