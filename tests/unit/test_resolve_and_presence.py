"""Threats told by how firm somebody is, demands that a noun carries, forces and arms told by where they are."""

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
    ("text", "kind"),
    [
        # threats: going on, weighing, ready, no shelter
        ("Sudan said it would go on striking the Chadian camp until the last rebel had left.", "THREATEN"),
        ("The Sudanese army said the offensive would last as long as necessary.", "THREATEN"),
        ("The offensive against Chad could not be stopped before the rebels left, the Sudanese army said.", "THREATEN"),
        ("Chad is weighing its reply to the raid, its army said.", "THREATEN"),
        ("The Chadian army said the next blow against Sudan would be far harder.", "THREATEN"),
        ("The Sudanese minister did not rule out a ground offensive in Chad.", "THREATEN"),
        ("The Chadian army said its fighters were waiting for the Sudanese soldiers.", "THREATEN"),
        ("Any vehicle on the Chadian road will be regarded as a legitimate target, the Sudanese army said.", "THREATEN"),
        ("“There will be no immunity for the rebels in Chad,” the Sudanese minister said.", "THREATEN"),
        ("“There will be no calm in Chad until our border is safe,” the Sudanese minister said.", "THREATEN"),
        ("The Chadian army said it would take all necessary measures after the shelling.", "THREATEN"),
        ("“We have not used even a tenth of our strength,” the Chadian general said of the war.", "THREATEN"),
        ("“Let the enemy know that this war is long,” the Chadian general said.", "THREATEN"),
        ("“We will not allow Sudan to rebuild its posts,” the Chadian president said.", "THREATEN"),
        ("“The days when Sudan could strike our camps are over,” the Chadian general said.", "THREATEN"),
        ("The Chadian army is ready to confront any aggression, its general said.", "THREATEN"),
        ("“We can strike any town in Sudan,” the Chadian general said.", "THREATEN"),
        # demands
        ("The shelling brought an appeal by Chad to Norway for help.", "REQUEST"),
        ("There were calls from Norway for a pause in the fighting in Chad.", "REQUEST"),
        ("Chad's condition is that Sudan withdraw its troops from the heights.", "REQUEST"),
        ("The Chadian president ordered the army to find whoever had fired on the Sudanese post.", "REQUEST"),
        ("Chad asks for the departure of the Sudanese soldiers.", "REQUEST"),
        ("“The guns must fall silent,” the Norwegian minister said of the war in Chad.", "REQUEST"),
        ("Norway wants an immediate halt to the fighting in Chad.", "REQUEST"),
        # forces and arms where they are
        ("There are still a thousand Sudanese soldiers in Chad, the Chadian army said.", "MOBILIZE"),
        ("The Chadian army said the rebels had rockets hidden in houses.", "MOBILIZE"),
        ("A column of Sudanese tanks was seen near the border of Chad.", "MOBILIZE"),
        ("Another Sudanese division joined the offensive in Chad.", "MOBILIZE"),
        ("Sudanese troops are three kilometres from the capital of Chad, the Chadian army said.", "MOBILIZE"),
        ("The Sudanese army said it had found a lorry loaded with rockets in the Chadian village.", "MOBILIZE"),
        ("Weapons were being carried from Sudan to the rebels, the Chadian army said.", "MOBILIZE"),
        ("Sudan never gave up its arms, the Chadian army said.", "MOBILIZE"),
        ("Chad will let Norwegian observers in, its minister said of the truce.", "COOPERATE"),
    ],
)
def test_what_it_tells(read: Read, text: str, kind: str) -> None:
    assert kind in {act_class(claim.act) for claim in read(text).claims}, text


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The Norwegian minister said he would continue his visit to Chad until Friday.", "THREATEN"),
        ("Chad is studying its response to the Norwegian proposal.", "THREATEN"),
        ("The Norwegian mission will take all necessary measures to protect the people of Chad.", "THREATEN"),
        ("The Chadian minister did not rule out a meeting with Sudan.", "THREATEN"),
        ("There were calls from all over the world, the Chadian operator said.", "REQUEST"),
        ("The demand of Chad was not lawful, the Sudanese minister said.", "REQUEST"),
        ("A Sudanese soldier was in the car that was hit in Chad.", "MOBILIZE"),
        ("A film showed burning Sudanese tanks near the border of Chad.", "MOBILIZE"),
        ("The Chadian army found fragments of rockets in the village.", "MOBILIZE"),
    ],
)
def test_what_it_does_not_tell(read: Read, text: str, kind: str) -> None:
    assert kind not in {act_class(claim.act) for claim in read(text).claims}, text


def test_presence_is_denied_where_somebody_denies_it(read: Read) -> None:
    claims = read("Sudan's army denied that there were Sudanese soldiers in the Chadian village.").claims
    assert [(act_class(c.act), c.stance) for c in claims] == [("MOBILIZE", "denies")]


def test_an_order_to_ones_own_army_is_the_outlets_to_tell(read: Read) -> None:
    claims = read("The Chadian president ordered the army to find whoever had fired on the Sudanese post.").claims
    order = next(claim for claim in claims if act_class(claim.act) == "REQUEST")
    assert order.claimant is None
    assert order.attributed_to is not None
    assert "president" in (order.attributed_to.text or "")
