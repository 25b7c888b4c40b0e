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
        ("Sudanese troops are three kilometres from the capital of Chad, the Chadian army said.", "ASSAULT"),
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


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        # blame in mild or sweeping words
        ("Norway said it was deeply concerned by the strikes on the Chadian camp.", "ACCUSE"),
        ("The Chadian army said the responsibility was Sudan's alone.", "ACCUSE"),
        ("“There is no excuse for the beating of prisoners,” the Norwegian mission said of the Sudanese army.", "ACCUSE"),
        ("Sudan needed a pretext to storm the camp, the Chadian minister said.", "ACCUSE"),
        ("The Chadian ombudsman spoke of war crimes by the Sudanese army.", "ACCUSE"),
        # agreements and dealings
        ("The Norwegian president said the fighting in Chad would end at four in the morning on Wednesday.", "AGREE"),
        ("The ceasefire in Chad will come into force on Wednesday.", "AGREE"),
        ("Norway announced that the arrangement between Chad and Sudan would be extended until 18 March.", "AGREE"),
        ("The Chadian president said he had given his consent to the truce.", "AGREE"),
        ("The Chadian rebels will not stand in the way of a deal, their leader said.", "AGREE"),
        ("The Sudanese minister would bring the deal to his cabinet for approval, he said of the truce with Chad.", "AGREE"),
        ("The Norwegian minister described the meeting with Chad as constructive.", "CONSULT"),
        ("The Sudanese army had been informed of the work in advance, the Norwegian mission said.", "CONSULT"),
        # refusals
        ("The Sudanese president swept the Norwegian call for a truce aside.", "REJECT"),
        ("The Chadian minister said it was not the time for a summit with Sudan.", "REJECT"),
        ("It is too early to talk about peacekeepers in Chad, the Sudanese army said.", "REJECT"),
        ("Giving up the arms would be suicide, the leader of the Chadian rebels said.", "REJECT"),
        ("“We are not negotiating peace with Sudan,” the Chadian minister said.", "REJECT"),
        ("No one from the Norwegian mission has been allowed to see the Chadian prisoners.", "COERCE"),
        # taken, let go, stopped
        ("The Chadian president announced the liberation of Sarh.", "TERRITORY"),
        ("The Chadian army confirmed that the heights had been lost to Sudan.", "TERRITORY"),
        ("Sudan has decided to suspend combat operations in Chad, its army said.", "RETREAT"),
    ],
)
def test_more_that_it_tells(read: Read, text: str, kind: str) -> None:
    assert kind in {act_class(claim.act) for claim in read(text).claims}, text


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("A teacher in the Chadian town was worried about the winter, the Norwegian mission said.", "ACCUSE"),
        ("The truce in Chad would end on Friday if Sudan fired, the Norwegian mission said.", "AGREE"),
        ("The Chadian army said it was the right time for a meeting with Sudan.", "REJECT"),
        ("The Norwegian minister will stay in the Chadian capital until Friday.", "REJECT"),
        ("The Norwegian envoy represents a bank in Chad, the army said.", "CONSULT"),
        ("The Norwegian minister brought his son to the Chadian parliament after the raid.", "AGREE"),
    ],
)
def test_more_that_it_does_not_tell(read: Read, text: str, kind: str) -> None:
    assert kind not in {act_class(claim.act) for claim in read(text).claims}, text


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Only ambulances have been able to pass the Chadian road since the siege began.", "COERCE"),
        ("Nobody can leave the Chadian enclave, the Norwegian mission said.", "COERCE"),
        ("Sudan imposed a prohibition of circulation south of the Chadian river.", "COERCE"),
        ("Norway sent two planes loaded with medicine to Chad.", "AID"),
        ("The arms of the Chadian rebels are not up for discussion, their leader said.", "REJECT"),
        ("“Nobody will disarm us,” the chief of the Chadian rebels said.", "REJECT"),
        ("Norwegian soldiers will take part in the peacekeeping mission in Chad, the Chadian minister said.", "COOPERATE"),
        ("A red line has been crossed in Chad, the Norwegian president said of the raid.", "ACCUSE"),
        ("A plane with 44 Chadian prisoners landed in Norway.", "RETREAT"),
        ("The Sudanese army warned the residents of the Chadian town that they were near a depot of the rebels.", "THREATEN"),
    ],
)
def test_ways_shut_and_what_is_not_up_for_talk(read: Read, text: str, kind: str) -> None:
    assert kind in {act_class(claim.act) for claim in read(text).claims}, text


def test_a_way_that_many_use_is_not_shut(read: Read) -> None:
    claims = read("Residents of the Chadian town can leave by the road to Norway, the army said.").claims
    assert "COERCE" not in {act_class(claim.act) for claim in claims}
