"""Deeds only feared, foreseen or guarded against (unmet.py) and martial words in plain company (plain_senses.py): no claims.

Each has a twin beside it that stays a claim, so that no rule is bought with what is told as done.
"""

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


def classes(reading: Reading) -> set[str]:
    return {act_class(claim.act) for claim in reading.claims if claim.stance != "denies"}


@pytest.mark.parametrize(
    ("unmet", "met", "told"),
    [
        (
            "Cellars were opened in Adre in case of an attack from Sudan.",
            "Cellars were opened in Adre after an attack from Sudan on Sunday.",
            "ASSAULT",
        ),
        ("Chad feared a Sudanese offensive in the east.", "Chad reported a Sudanese offensive in the east.", "ASSAULT"),
        ("Adre braced for a Sudanese strike on Sunday.", "Adre was hit by a Sudanese strike on Sunday.", "ASSAULT"),
        (
            "Talk of a Sudanese invasion of Chad has died down.",
            "The army said that a Sudanese invasion of Chad began on Sunday.",
            "ASSAULT",
        ),
        (
            "Rumours of an imminent Sudanese offensive in Chad have spread.",
            "A Sudanese offensive in Chad killed nine soldiers on Sunday.",
            "ASSAULT",
        ),
        (
            "Officials in Chad discussed how to respond to an attack on Adre.",
            "Officials in Chad said that they responded to an attack on Adre with shells.",
            "ASSAULT",
        ),
        (
            "Attacking hospitals is a crime, the Chadian minister said.",
            "Sudan is attacking hospitals, the Chadian minister said.",
            "ASSAULT",
        ),
        (
            "Sudan was about to shell Adre when the truce came.",
            "Sudan was shelling Adre when the truce came.",
            "ASSAULT",
        ),
        (
            "Sudan said it had killed the man in charge of moving tanks to the border.",
            "Sudan said that Chad was moving tanks to the border.",
            "MOBILIZE",
        ),
        (
            "Chad's army, which was told to disarm the rebels by May, is small.",
            "Chad's army disarmed the rebels in May, Sudan said.",
            "RETREAT",
        ),
        (
            "Chad is too slow in disarming the rebels, the Sudanese minister said.",
            "Chad is disarming the rebels, the Sudanese minister said.",
            "RETREAT",
        ),
        (
            "Chad does not want to discuss the border, the Sudanese president said.",
            "Chad's president discussed the border with the Sudanese president on Sunday.",
            "CONSULT",
        ),
        (
            '"Will there be peacekeepers?" the Chadian minister asked.',
            "The Chadian minister asked for peacekeepers.",
            "REQUEST",
        ),
        (
            "The mosque in Adre was built after the Sudanese invasion of 1987.",
            "The mosque in Adre was hit in the Sudanese attack on Sunday, which killed three people.",
            "ASSAULT",
        ),
        ("It was the largest operation of its kind in Chad.", "Sudan began a military operation in Chad on Sunday.", "ASSAULT"),
    ],
)
def test_what_is_only_feared_foreseen_or_ones_work_is_not_told_as_done(read: Read, unmet: str, met: str, told: str) -> None:
    assert told not in classes(read(unmet))
    assert told in classes(read(met))


@pytest.mark.parametrize(
    ("plain", "martial", "told"),
    [
        (
            "Chad's ministry said that Sudan had made nine violations of the ceasefire.",
            "Chad and Sudan reached a ceasefire on Sunday.",
            "AGREE",
        ),
        ("Sudanese troops, aided by drones, held the hill.", "France aided the Sudanese with food on Sunday.", "AID"),
        ("Chad was hit by shortages of bread.", "Adre in Chad was hit by shells on Sunday.", "ASSAULT"),
        ("Chad's foreign ministry hit back at the report.", "Chad hit back with rockets at Sudanese troops.", "ASSAULT"),
        (
            "The talks between Chad and Sudan blew up over a word.",
            "Sudanese troops blew up a bridge in Chad on Sunday.",
            "ASSAULT",
        ),
        (
            "Two more died, bringing to nine the number of soldiers killed, Chad said.",
            "Sudan is bringing soldiers to the border, Chad said.",
            "MOBILIZE",
        ),
        (
            "Photographs captured by Sudan show the ruins of Adre.",
            "The town of Adre was taken by Sudan on Sunday.",
            "TERRITORY",
        ),
        (
            "Sudan plunged Adre into panic.",
            "The Chadian army said that Sudan had plunged Adre into darkness on Sunday.",
            "COERCE",
        ),
        (
            "Teenagers were sent to relatives, the mayor of Adre said.",
            "Sudan sent teenagers to a training camp, the mayor said.",
            "MOBILIZE",
        ),
        (
            "Speaking to soldiers at a base, the Sudanese minister said that winter was near.",
            "The Sudanese minister spoke to the Chadian president on Sunday.",
            "CONSULT",
        ),
        ("Chad blamed the blast on a gas leak.", "Chad blamed Sudan for the end of the talks.", "ACCUSE"),
        (
            "Her mother in Chad gave us aid.",
            "France gave 40 tonnes of aid to Chad on Sunday.",
            "AID",
        ),
        (
            "A Chadian woman refused to disarm, Sudan said.",
            "Chad refused to hand over its weapons, Sudan said.",
            "REJECT",
        ),
        (
            "Chad's envoy thanked her and left the hall.",
            "Chad's president thanked France for its support.",
            "COOPERATE",
        ),
        (
            "Sudan lost more soldiers than any other army in the region.",
            "The Sudanese army lost nine soldiers at Adre, Chad said.",
            "ASSAULT",
        ),
        (
            "Residents of Adre in Chad ran to the hospital.",
            "Chad said that hundreds of residents of Adre had fled from Sudanese troops on Sunday.",
            "DISPLACE",
        ),
    ],
)
def test_a_martial_word_in_plain_company_is_no_act(read: Read, plain: str, martial: str, told: str) -> None:
    assert told not in classes(read(plain))
    assert told in classes(read(martial))


def test_a_sovereignty_violated_is_its_owners(read: Read) -> None:
    claims = read("Chad condemned a gross violation of Chad's sovereignty by Sudan.").claims
    assert {claim.act for claim in claims} & {"BLAME"}
    assert all((claim.attributed_to is None or claim.attributed_to.text != "Chad") or claim.act == "BLAME" for claim in claims)


def test_soldiers_captured_are_no_ground(read: Read) -> None:
    acts = {claim.act for claim in read("Sudan's capture of two Chadian soldiers on Sunday led to fighting.").claims}
    assert acts
    assert "ADVANCE.TERRITORY" not in acts


def test_victims_up_to_a_deed_are_a_sum(read: Read) -> None:
    (claim,) = read("Officials in Chad say 52 civilians had been killed before Sunday's attack.").claims
    assert claim.act == "TOLL"


def test_the_deadliest_attack_of_a_war_is_one_attack(read: Read) -> None:
    text = (
        "Shells from Sudan crashed into a market in Adre on Sunday, killing 14 people in the single deadliest attack of the war."
    )
    assert "TOLL" not in {claim.act for claim in read(text).claims}


def test_who_refuses_to_leave_does_not_deny_a_withdrawal_as_well(read: Read) -> None:
    assert [claim.act for claim in read("Sudanese troops refused to withdraw from Adre, Chad said.").claims] == [
        "FORCE.NON_WITHDRAWAL"
    ]


@pytest.mark.parametrize(
    ("unmet", "met", "told"),
    [
        (
            "A strike on Adre in Chad has been put off, Sudanese officials said.",
            "A strike on Adre in Chad killed nine people, Sudanese officials said.",
            "ASSAULT",
        ),
        (
            "Every time Sudan strikes, Chad grows poorer, the Chadian analyst said.",
            "Sudan struck Chad on Sunday, the Chadian analyst said.",
            "ASSAULT",
        ),
        (
            "Sudan has no interest in attacking Chad, the Sudanese minister said.",
            "Sudan is attacking Chad, the Sudanese minister said.",
            "ASSAULT",
        ),
        (
            '"When they fire on us we will fire back," the Sudanese general said.',
            '"They fired on us and we fired back," the Sudanese general said.',
            "ASSAULT",
        ),
        (
            "Sudanese troops will withdraw from Adre only if Chad disarms the rebels.",
            "Sudanese troops will withdraw from Adre on Sunday.",
            "RETREAT",
        ),
        ("Sudan slammed into the suburb, Chad said.", "Sudan slammed Chad over the suburb.", "ACCUSE"),
    ],
)
def test_conditions_habits_and_other_senses_are_not_told_as_done(read: Read, unmet: str, met: str, told: str) -> None:
    assert told not in classes(read(unmet))
    assert told in classes(read(met))


def test_passage_denied_is_no_denial(read: Read) -> None:
    (claim,) = read("The Red Cross stayed away because the Sudanese army denied it safe passage to Adre.").claims
    assert (claim.stance, act_class(claim.act)) == ("asserts", "COERCE")


def test_blame_beside_an_admission_is_asserted(read: Read) -> None:
    stances = {
        c.act: c.stance for c in read("Sudan admitted that the raid was a mistake and blamed Chad for hiding there.").claims
    }
    assert stances.get("BLAME") == "asserts"


def test_what_is_won_back_is_won_by_who_tells_of_it(read: Read) -> None:
    (claim,) = read("Chad's army said that the hill above Adre had been recaptured on Sunday.").claims
    assert claim.attributed_to is not None
    assert "Chad" in (claim.attributed_to.text or "")


@pytest.mark.parametrize(
    "text",
    [
        "The vote dealt a blow to the Chadian minister.",
        "Sudan's premier cut off a reporter who asked about Chad.",
        "A union in Chad endorsed Ms Sow for president.",
    ],
)
def test_politics_and_press_make_no_claims(read: Read, text: str) -> None:
    assert not classes(read(text)) & {"ASSAULT", "COERCE", "REJECT", "COOPERATE"}


def test_a_blow_dealt_to_a_force_is_an_attack(read: Read) -> None:
    assert "ASSAULT" in classes(read("Sudan's army dealt a heavy blow to Chadian troops with rockets on Sunday."))
