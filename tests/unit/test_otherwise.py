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
