"""Words of war in sentences of other matters, and deeds that are only pictured: no claims; beside them, the same words of war."""

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


@pytest.mark.parametrize(
    "text",
    [
        "Sudan's striker was attacked by the Chadian captain after scoring two goals.",
        "The dinar came under heavy fire from speculators in Khartoum.",
        "A lorry overturned on the road to Adre, killing six people and wounding twelve.",
        "The earthquake killed 41,000 people in Turkey and thousands more in Syria.",
        "A landslide in Chad forced hundreds of people to flee their homes.",
        "Hackers attacked the network of a bank in Chad and stole the passwords of 20,000 clients.",
        "Tourists have besieged the hotels of Khartoum.",
        "Two people were wounded in a knife attack at a shop in Khartoum.",
        "The strike, which had cost Chad's airline millions, was called off when its pilots got more pay.",
    ],
)
def test_what_is_told_of_other_matters_is_no_deed_of_war(read: Read, text: str) -> None:
    assert not read(text).claims


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("A missile hit a football match in Khartoum, killing six people.", "ASSAULT"),
        ("Chadian troops attacked a relief camp for victims of the earthquake in Sudan.", "ASSAULT"),
        ("Sudanese shells hit a market in Adre.", "ASSAULT"),
    ],
)
def test_arms_make_it_one(read: Read, text: str, wanted: str) -> None:
    assert {act_class(claim.act) for claim in read(text).claims} == {wanted}


@pytest.mark.parametrize(
    "text",
    [
        "Residents of the shelled district of Khartoum queued for bread on Tuesday.",
        "A film that depicts an attack on the airport of Khartoum was shown in Chad.",
        "The men had been accused of plotting to blow up a bridge in Chad.",
        "The bill would allow Chad's army to shoot at anyone who crosses the fence.",
        "Women whose husbands were killed in the fighting make tents in Chad.",
        "Farmers in Chad are afraid of being shelled.",
        "Nobody in Khartoum knew what would blow up next.",
        "Should the truce in Sudan collapse, aid deliveries would stop within hours, the United Nations said.",
        "Patients in Khartoum were treated in car parks.",
        "The general had moved to a safe place in Chad.",
        "Sudan's army showed reporters rifles and launchers seized in the raid.",
    ],
)
def test_what_is_only_pictured_is_told_of_nobody(read: Read, text: str) -> None:
    assert not read(text).claims


def test_those_counted_before_their_noun_are_told_of(read: Read) -> None:
    (claim,) = [c for c in read("Chad's army reported two wounded soldiers after an attack near Adre.").claims if c.figures]
    assert claim.figures[0].low == 2


@pytest.mark.parametrize(
    "text",
    [
        "Guards were firing over a crowd in Adre as people ran for cover.",
        "The general kept his losses quiet for weeks, Chad said.",
        "The plan asks Sudan for an end to its attacks.",
        "Chad said that Sudan attacked with the aim of capturing the town of Adre.",
        "Mourners in Khartoum chanted 'Death to Chad' in their thousands.",
        "Chad's army has largely stayed on the sidelines of the war.",
        "Farmers in Chad say that they cannot cut the wheat.",
        "Chad offered to hand over the bodies of up to 100 Sudanese soldiers.",
    ],
)
def test_no_flight_ground_calm_or_victims_are_read_out_of_it(read: Read, text: str) -> None:
    classes = {act_class(claim.act) for claim in read(text).claims}
    assert not classes & {"DISPLACE", "RETREAT", "TERRITORY", "TOLL", "MOBILIZE", "COERCE"}
    assert not any(claim.figures for claim in read(text).claims)


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("The general said he would fight as long as Chadian soldiers stood on Sudanese soil.", "MOBILIZE"),
        ("Sudan's fighters would respect a truce once it was agreed with Chad.", "AGREE"),
        ("Sudan has said that it will not negotiate while the shooting goes on.", "ASSAULT"),
        ("He has refused to stop the attacks before a ceasefire is reached in Sudan.", "AGREE"),
    ],
)
def test_a_condition_is_not_told_as_met(read: Read, text: str, gone: str) -> None:
    assert gone not in {act_class(claim.act) for claim in read(text).claims}


def test_no_exchange_is_one_that_was_due(read: Read) -> None:
    (claim,) = read("No exchange of prisoners between Chad and Sudan had taken place by Sunday.").claims
    assert claim.act == "POW.NON_RELEASE"


def test_jets_heard_before_the_blast_struck(read: Read) -> None:
    (claim,) = read("Residents of Khartoum said they had heard jets moments before the blasts.").claims
    assert act_class(claim.act) == "ASSAULT"
    (claim,) = read("Residents of Khartoum said they had heard jets all night.").claims
    assert claim.act == "AIR.OVERFLIGHT"


def test_a_deal_that_somebody_brokered_is_an_agreement(read: Read) -> None:
    assert "AGREE" in {act_class(c.act) for c in read("A deal brokered by Egypt between Chad and Sudan took effect.").claims}


@pytest.mark.parametrize(
    "text",
    [
        "Drivers queued for petrol in order to leave Khartoum.",
        "The ship came back to Adre with eleven of the most seriously wounded.",
        "The prosecutor in Khartoum opened a case on the shelling of the market.",
        "A film about the siege of Khartoum was shown in Chad.",
        "Chad has stopped paying the salaries of Sudanese officials.",
        "The commander, a guest of Chad, is to act as go-between.",
    ],
)
def test_inquiries_works_and_purposes_tell_of_no_deed(read: Read, text: str) -> None:
    assert not read(text).claims


def test_what_breaks_an_agreement_is_what_is_told(read: Read) -> None:
    reading = read("Chad accused Sudan of violating the agreement by sending troops into the town of Adre.")
    assert {act_class(claim.act) for claim in reading.claims} == {"MOBILIZE"}


def test_what_is_let_alone_is_denied_with_the_rest(read: Read) -> None:
    reading = read("Chad denied that its plane had been carrying rockets, let alone firing them at Sudanese troops.")
    assert not any(claim.stance == "asserts" for claim in reading.claims)


def test_one_outburst_told_by_two_participles_is_one_claim(read: Read) -> None:
    reading = read("In Khartoum a mob broke into the ministry, smashing windows and ransacking offices.")
    assert [act_class(claim.act) for claim in reading.claims] == ["ASSAULT"]


def test_a_text_of_an_earthquake_tells_of_no_victims_of_war(read: Read) -> None:
    text = "An earthquake struck Chad on Sunday.\n\nSix villages were destroyed and 180 people were killed, officials said."
    assert not read(text).claims
    assert read(text + "\n\nThe army sent soldiers to the border, where shelling killed a man in Adre.").claims


def test_raids_that_are_executed_are_carried_out(read: Read) -> None:
    (claim,) = read("The Chadian air force executed raids on the heights of Adre.").claims
    assert claim.act != "POW.ILL_TREATMENT"
    assert claim.attributed_to is not None
    assert {c.act for c in read("Chadian soldiers executed three prisoners in Adre.").claims} == {"POW.ILL_TREATMENT"}


@pytest.mark.parametrize(
    ("text", "flees"),
    [
        ("Her uncle walks to Adre for fuel because of the siege by Sudan.", False),
        ("A family walks to Adre to escape the shelling by Sudan.", True),
    ],
)
def test_an_errand_is_no_flight(read: Read, text: str, flees: bool) -> None:
    assert ("DISPLACE" in {act_class(claim.act) for claim in read(text).claims}) == flees
