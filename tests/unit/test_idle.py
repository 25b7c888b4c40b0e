"""Words of acts where nothing happened, deeds told twice in a sentence, what is due and not done, promises by what they hold."""

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


def test_a_call_on_sponsors_is_an_appeal(read: Read) -> None:
    reading = read("The president of Chad called on the guarantors of the deal, France and Egypt, to press Sudan to leave.")
    assert {act_class(claim.act) for claim in reading.claims} == {"REQUEST"}


def test_a_side_that_puts_its_losses_at_a_number_owns_up_to_them(read: Read) -> None:
    reading = read("Sudan put its own losses at 50 dead.")
    assert [(claim.stance, claim.act, claim.claimant and claim.claimant.text) for claim in reading.claims] == [
        ("confirms", "TOLL", "Sudan")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Chad dismissed as lies French claims that its soldiers had shelled the town of Adre.",
        "France said that Chad's soldiers had shelled the town of Adre. Chad said that no such thing occurred.",
    ],
)
def test_a_claim_dismissed_is_denied(read: Read, text: str) -> None:
    told = [(c.claimant.text, c.stance, c.act) for c in read(text).claims if c.claimant and c.claimant.text == "Chad"]
    assert told == [("Chad", "denies", "FIRE.HEAVY")]


def test_a_presence_denied_is_denied_as_such(read: Read) -> None:
    told = [(c.stance, c.act) for c in read("Chad rejected reports of the presence of Libyan jets at Adre.").claims]
    assert told == [("denies", "FORCE.PROHIBITED_PRESENCE")]
    told = [(c.stance, c.act) for c in read("Chad denied the involvement of foreign fighters.").claims]
    assert told == [("denies", "FORCE.FOREIGN_FIGHTERS")]


def test_a_banned_weapon_deployed_against_towns_was_used(read: Read) -> None:
    (claim,) = read("An aide in Khartoum said that Chad had deployed cluster munitions against towns.").claims
    assert claim.act == "WEAPON.PROHIBITED"


def test_who_was_bombed_killed_nobody(read: Read) -> None:
    (claim,) = read("A Chadian army post was bombed, killing three soldiers, Chad's army said.").claims
    assert claim.attributed_to is None
    assert claim.figures[0].low == 3


def test_a_speaker_before_a_colon_did_not_do_what_he_tells(read: Read) -> None:
    (claim,) = read("The Ministry of Defence of Chad: the enemy again violated the ceasefire regime.").claims
    assert claim.attributed_to is not None
    assert "enemy" in (claim.attributed_to.text or "")


def test_a_truce_is_violated_by_it_too(read: Read) -> None:
    reading = read("A truce took effect on Sunday, but Egypt said that Sudan had violated it two minutes in.")
    (claim,) = [c for c in reading.claims if c.act == "FIRE"]
    assert claim.attributed_to is not None
    assert claim.attributed_to.text == "Sudan"


def test_an_agreement_to_cease_fire_is_a_ceasefire(read: Read) -> None:
    reading = read("With the mediation of Chad an agreement was reached to cease fire in Sudan.")
    assert [c.act for c in reading.claims] == ["AGREE.CEASEFIRE"]


def test_what_does_not_correspond_to_reality_is_denied(read: Read) -> None:
    reading = read(
        "The statements of the Sudanese side, as if the Chadian units opened fire on Sudanese positions, do not correspond to "
        "reality, the spokesman of Chad's army noted."
    )
    assert [(c.stance, c.act) for c in reading.claims] == [("denies", "FIRE")]


def test_losses_that_have_climbed_are_a_toll(read: Read) -> None:
    assert [c.act for c in read("The Sudanese army's losses have climbed to 673.").claims] == ["TOLL"]


def test_what_one_will_be_forced_to_do_is_threatened(read: Read) -> None:
    reading = read('"We will be forced to carry out strikes on Sudan," the president of Chad said.')
    assert [c.act for c in reading.claims] == ["THREAT.FORCE"]


def test_what_is_proposed_is_not_told_as_done(read: Read) -> None:
    reading = read("The envoy proposed that Sudan move its troops back and that 12,000 Chadian soldiers be sent to the border.")
    assert not any(claim.act == "FORCE.BUILDUP" for claim in reading.claims)


def test_the_victims_of_what_is_answered_are_not_those_of_the_answer(read: Read) -> None:
    text = "Sudan launched 60 rockets at an army base in reply to the killing of ten Sudanese soldiers."
    answer = next(claim for claim in read(text).claims if "launched" in text[claim.start_char : claim.end_char])
    assert answer.figures == ()


def told(reading: Reading) -> list[tuple[str, str]]:
    return [(claim.stance, act_class(claim.act)) for claim in sorted(reading.claims, key=lambda claim: claim.start_char)]


@pytest.mark.parametrize(
    "text",
    [
        '"In May they came without firing a shot," said a shepherd in Chad.',
        "Sudan's opposition seized on the crisis.",
        "A senior US official said Washington had been given no warning of the operation.",
        "Idris took over the Chadian army in 2021.",
        "A soldier died of a heart attack in Khartoum.",
        "Russia said the West was trying to push it out of the region.",
        "A diplomat in Chad who asked not to be named described the mood.",
        "Officials in Khartoum requested anonymity because they were not authorised to speak.",
        "Chad's army was supposed to pull out of the town of Adre by 26 January.",
        "Chad was to withdraw its forces from the border within 60 days.",
        "Soldiers of Chad trained at firing ranges and firing positions near Adre.",
        "Sudan's prime minister said his country would not be pushed into a civil war.",
        "France, which keeps some 2,000 peacekeepers in Chad, was silent.",
        "Chad has seen no timetable for leaving the occupied districts.",
        "An aide in Khartoum said two Chadian aircraft had simply flown into a mountain.",
        "It was not clear whose bullets hit the vehicle of the Chadian army.",
        "Khartoum did not say how many civilians its soldiers had shot.",
        "The Chadian army has been slow to take up positions on the border.",
        "The president told wounded soldiers in a Khartoum hospital that he was proud.",
        "Did Chad's soldiers shell the town of Adre?",
        '"Don\'t shoot him," a woman in Khartoum told the soldiers.',
        "Three Chadian soldiers were injured in a traffic accident near Adre.",
        "Chad's president stepped on the stage in Khartoum.",
        "In several videos Chadian soldiers are seen cutting a fence.",
        "Chad's government made a noticeable push to use the radio.",
        "Family members of the missing Chadian soldiers broke through to the building and gathered before the ministry.",
        "Rescuers pulled a woman alive out of the rubble in Khartoum.",
        "For ease of reading we use no titles when discussing talks with the leaders of Chad.",
    ],
)
def test_nothing_happened(read: Read, text: str) -> None:
    assert told(read(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Chadian gunners shelled Geneina for two hours and killed a farmer and his son.",
        "Sudan said Chadian troops opened fire with mortars in an attempt to seize a hill near Geneina.",
        "Chad fired forty missiles at Khartoum in what it described as its heaviest raid of the war.",
        "Chadian troops fired on residents walking back to their homes in Geneina, wounding three.",
        "The villagers were shot dead and mutilated by Chadian soldiers, Sudan says.",
        "The commander was killed with three other fighters on Tuesday night when a Chadian strike flattened a house in Geneina.",
        "Chadian shells damaged a gas pipe and five houses in Geneina, the mayor said.",
    ],
)
def test_one_deed_is_one_claim(read: Read, text: str) -> None:
    assert told(read(text)) == [("asserts", "ASSAULT")]


@pytest.mark.parametrize(
    ("text", "stance", "wanted"),
    [
        # who insists that something is so asserts or denies it; who insists that somebody do something demands it
        ("Sudan insisted its army had never crossed the border.", "denies", "MOBILIZE"),
        ("Sudan insisted that Chad leave the village.", "asserts", "REQUEST"),
        # what is due and not done, told by the other side
        ("Sudan said Chad had not returned the bodies of nine fighters.", "asserts", "REJECT"),
        ("Sudan said Chad had not released 33 prisoners.", "asserts", "REJECT"),
        ("Sudan said Chadian troops had still not withdrawn from five hills.", "asserts", "MOBILIZE"),
        ("Sudan complained that Chad had not released nine fighters.", "asserts", "REJECT"),
        # that nobody was hurt is told of an attack
        ("The Sudanese army said no soldier was hurt in the attack.", "asserts", "ASSAULT"),
        ("Chad denied killing any civilians.", "denies", "ASSAULT"),
        ("Sudan denied that any of its men had been killed since the guns fell silent on Monday.", "denies", "ASSAULT"),
        # sums
        ("More than 200 people were killed in Chad in April 2016.", "asserts", "TOLL"),
        ("Chad has acknowledged the loss of one helicopter and 12 soldiers.", "confirms", "TOLL"),
        # promises by what they hold
        ("Chad pledged to continue its fight in support of Libya.", "asserts", "THREATEN"),
        ("Chad promised that it would pay a year's rent to every family whose home had been destroyed.", "asserts", "COOPERATE"),
        ("Russia stands ready to provide the necessary assistance to Chad.", "asserts", "COOPERATE"),
        # who takes what
        ("Settlers from Chad have occupied the road to the crossing.", "asserts", "COERCE"),
        ("Sudan captured three Chadian fighters near Geneina.", "asserts", "ASSAULT"),
        ("Chad sent swarms of drones against two bases near Khartoum.", "asserts", "ASSAULT"),
        ("Washington blamed Chad for holding up a deal.", "asserts", "ACCUSE"),
    ],
)
def test_what_the_words_report(read: Read, text: str, stance: str, wanted: str) -> None:
    assert told(read(text)) == [(stance, wanted)]


def test_what_a_resolution_says_is_told_by_who_adopts_it(read: Read) -> None:
    reading = read(
        "The European Parliament adopted a resolution condemning Chad for the strikes and urging it to pull back at once."
    )
    assert told(reading) == [("asserts", "ACCUSE"), ("asserts", "REQUEST")]
    assert {claim.claimant.text for claim in reading.claims if claim.claimant} == {"The European Parliament"}


def test_an_attack_in_words_is_blame_alone(read: Read) -> None:
    assert "ASSAULT" not in {
        cls for _, cls in told(read("Moscow said public attacks on the peacekeepers in Chad were unacceptable."))
    }


@pytest.mark.parametrize(
    "text",
    [
        '"Chad carries out a policy genocideit wants to rid the valley of our people," the Sudanese army said.',
        "The Sudanese government said Chad was pursuing a policy of ethnic cleansing.",
        "Sudan said Chad had waged a campaign of terrorismagainst its people.",
    ],
)
def test_a_criminal_policy_is_blame_however_its_words_are_glued(read: Read, text: str) -> None:
    """An accusation is no finding: no attack is told."""
    assert told(read(text)) == [("asserts", "ACCUSE")]


def test_a_campaign_against_terrorists_is_no_crime_of_its_own(read: Read) -> None:
    assert "ACCUSE" not in {cls for _, cls in told(read("Chad said it had launched an “anti-terrorist” campaign in Sudan."))}


def test_measures_are_aimed_at_nobody_and_campaigns_may_plant_trees(read: Read) -> None:
    assert told(read("The European Union launched aid aimed at displaced families in Chad.")) == []
    assert told(read("Chad launched a campaign to plant trees.")) == []
    assert told(read("Rockets aimed at Khartoum fell on a farm.")) == [("asserts", "ASSAULT")]


def test_what_somebody_holds_is_a_state(read: Read) -> None:
    assert told(read("Chad struck a bridge held by Sudan, its army said.")) == [("asserts", "ASSAULT")]


@pytest.mark.parametrize(
    "text",
    [
        "A Sudanese conscript was taken to hospital in Adre with a gunshot wound.",
        "Four of the soldiers were taken by helicopter to a clinic in the capital.",
        "Amina, a teacher who asked that her surname not be published, spoke of the night.",
        "An official who asked that his identity not be revealed spoke of the night.",
    ],
)
def test_care_and_names_kept_back_are_no_acts(read: Read, text: str) -> None:
    assert not [c for c in read(text).claims if c.act.startswith(("CIV.DETENTION", "DEMAND"))]


def test_arms_rebuilt_are_no_aid(read: Read) -> None:
    claims = read("The Chadian army accused Sudan of rebuilding military infrastructure near Adre.").claims
    assert not [claim for claim in claims if claim.act.startswith("AID")]


def test_a_word_for_a_thing_is_no_verdict(read: Read) -> None:
    claims = read("Chad demanded the withdrawal of what it called illegal armed formations of Sudan.").claims
    assert [claim.act for claim in claims] == ["DEMAND.WITHDRAWAL"]


def test_a_few_killed_in_a_clash_of_a_day_are_that_clash(read: Read) -> None:
    told = "Two Chadian soldiers were killed and three wounded in an exchange of fire with Sudan on Thursday, the army said."
    assert [claim.act for claim in read(told).claims] == ["FIRE.CLASH"]
    summed = "Forty Chadian soldiers were killed in the fighting with Sudan, the army said."
    assert [claim.act for claim in read(summed).claims] == ["TOLL"]


def test_a_pronoun_denies_nothing_far_above(read: Read) -> None:
    far = (
        "Sudanese forces shelled the town of Adre, Chad said. The minister spoke by phone with Paris. It rained. "
        "The talks go on. A dinner was given. The president of Chad called the winter hard. The Sudanese ministry rejected that."
    )
    assert not [claim for claim in read(far).claims if claim.stance == "denies"]
    near = "Sudanese forces shelled the town of Adre, Chad said. The Sudanese ministry rejected that."
    assert [claim.stance for claim in read(near).claims] == ["asserts", "denies"]


def test_a_deed_told_last_week_is_not_of_today(read: Read) -> None:
    claims = read("Last week Chad said that Sudanese troops had shelled the village of Adre.").claims
    assert [claim.when.text for claim in claims] == ["Last week"]
