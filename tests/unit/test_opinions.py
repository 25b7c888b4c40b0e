"""What somebody thinks of another's deed, whose side he takes, what he still holds; and dealings told by what becomes of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.unit.extracting import reader, words
from trucewatch.model.codebook import act_class
from trucewatch.model.records import Reading

Read = Callable[[str], Reading]


@pytest.fixture(scope="module")
def read() -> Read:
    return reader()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        # another's deed or demand judged
        ("The Norwegian minister called the raid on the Chadian camp “a very grave incident”.", "ACCUSE"),
        ("Norway called the Sudanese army's use of such rockets “cruel and reckless”.", "ACCUSE"),
        ("Chad's army took the ford, a move that Norway described as a breach of the accord.", "ACCUSE"),
        ("The Chadian army said the Sudanese demand was not lawful.", "REJECT"),
        ("Chad considers the Sudanese plan unacceptable.", "REJECT"),
        ("Norway said the Sudanese offensive was justified.", "COOPERATE"),
        ("“Such violations endanger the truce in Chad,” the Norwegian minister said.", "ACCUSE"),
        ("Sudan said the attack raised questions about the work of the Norwegian observers.", "ACCUSE"),
        ("“The enemy has shown once more what its promises are worth,” the Chadian army said.", "ACCUSE"),
        ("The Chadian minister said he was not satisfied with Norway's answer to the shelling.", "ACCUSE"),
        # whose side one takes
        ("Norway stands beside Chad in this war, its minister said.", "COOPERATE"),
        ("“We are with our Chadian brothers,” the Norwegian minister told soldiers.", "COOPERATE"),
        ("“We back the steps that Chad takes against the rebels,” the Norwegian minister said.", "COOPERATE"),
        ("Norway is committed to the territorial integrity of Chad, its army said.", "COOPERATE"),
        # held, kept, near
        ("Chad says Sudan is holding 30 of its soldiers.", "ASSAULT"),
        ("The Sudanese troops still hold two hills inside Chad, the Chadian army said.", "MOBILIZE"),
        ("The army said control of three villages had passed to the Sudanese forces.", "TERRITORY"),
        ("The heights are under the full control of our soldiers, the Chadian army said.", "TERRITORY"),
        ("Under the truce Sudan has returned the border district to Chad.", "RETREAT"),
        # dealings
        ("The Norwegian minister made a phone call with the Chadian president after the raid.", "CONSULT"),
        ("The situation in Chad was discussed at a session of the UN Security Council after the shelling.", "CONSULT"),
        ("The summit on the war in Chad remains on the agenda of the Norwegian government.", "CONSULT"),
        ("Norway and Chad were close to a deal on a truce, diplomats said.", "CONSULT"),
        ("The exchange of the dead has begun, the Chadian army said.", "RETREAT"),
        ("A demand to respect the truce was conveyed to both sides, the Norwegian mission said.", "REQUEST"),
        ("Sudan has to leave the occupied villages, Chad's minister said.", "REQUEST"),
        ("“They must be freed at once,” the Chadian army said of the captured soldiers.", "REQUEST"),
        ("Norway accused Sudan of trying to starve the people of the Chadian camp.", "COERCE"),
        ("The Chadian army said it was halting all military action along the river.", "RETREAT"),
        # what awaits a deed
        ("“Any attack will be answered,” the Chadian army said.", "THREATEN"),
        ("The killing of our soldiers will not go unpunished, the Chadian army said.", "THREATEN"),
        ("Norway said it would not stand aside if Chad were attacked.", "THREATEN"),
        ("“The time and place of the response are in the hands of our commanders,” the Chadian general said.", "THREATEN"),
        ("Any new adventure would have grave consequences, the Norwegian army told Sudan.", "THREATEN"),
        ("Chad is entitled to act in its own defence, its minister said of the shelling.", "THREATEN"),
        ("“Our patience is running out,” the Chadian president said after the raid.", "THREATEN"),
        ("The Chadian minister has ordered the army to be ready to deliver crushing strikes.", "THREATEN"),
        # monitors and peacekeepers where they are, quiet, people taken in
        ("A team of UN monitors visited the Chadian village after the shelling.", "COOPERATE"),
        ("Norway proposed that peacekeepers replace the Sudanese soldiers on the heights.", "COOPERATE"),
        ("Chad said it was ready to take in 40,000 refugees from the war.", "COOPERATE"),
        ("Calm has been restored on the border, the Chadian army said.", "CALM"),
        ("It was the second attack on N'Djamena in two days.", "ASSAULT"),
        # peacekeepers at work, flags, the front, a hail of rockets
        ("Some 400 Norwegian peacekeepers are already in Chad, the army said.", "COOPERATE"),
        ("Norwegian peacekeepers took up positions along the Chadian border on Tuesday.", "COOPERATE"),
        ("Norway will take part in monitoring the truce in Chad, its minister said.", "COOPERATE"),
        ("Sudanese flags flew over N'Djamena after the battle.", "TERRITORY"),
        ("Sudan has been pulling heavy weapons to the border for days, the Chadian army said.", "MOBILIZE"),
        ("Heavy fighting was under way for the town of Abeche in Chad.", "ASSAULT"),
        ("The Chadian town came under a hail of rockets.", "ASSAULT"),
        # put off, taken away, mourned, failed, restricted in quotation marks
        ("The Sudanese army said the pullout would go past Sunday.", "MOBILIZE"),
        ("The Chadian army said the checkpoint was in operation.", "COERCE"),
        ("Chad's army said passage was “temporarily restricted” because of the fighting.", "COERCE"),
        ("The Chadian army said it had confiscated 800 guns from Sudanese fighters.", "RETREAT"),
        ("One detainee was freed by the Chadian army last week.", "RETREAT"),
        ("The Sudanese army mourned two of its fighters on Monday.", "ASSAULT"),
        ("The meeting between Chad and Sudan ended without agreement on a truce.", "CONSULT"),
        ("The foreign ministers of Chad and Sudan failed to agree on a truce.", "CONSULT"),
        ("“We will act as necessary,” the Chadian general said after the raid.", "THREATEN"),
        ("The Chadian village woke up in calm on Thursday after the shelling.", "CALM"),
        ("Chad said buses had been sent to take them away from the front and that 180 people had left so far.", "DISPLACE"),
        ("One case of violation of the truce was recorded near N'Djamena, the Norwegian army said.", "ASSAULT"),
    ],
)
def test_the_act_is_found(read: Read, text: str, kind: str) -> None:
    assert kind in {act_class(claim.act) for claim in read(text).claims}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        # one's own deed, a name for a thing, a fact of law, a private matter
        ("The Sudanese army said the Sudanese offensive was justified.", "COOPERATE"),
        ("Israel's army called the raid on the Chadian camp “limited and precise”.", "ACCUSE"),
        ("The offensive in Chad was justified by the need for food.", "COOPERATE"),
        ("The minister was with the Chadian president at the ceremony after the war.", "COOPERATE"),
        ("France, which keeps some 2,000 peacekeepers in Chad, was silent.", "ASSAULT"),
        ("The stadium in the Chadian capital holds 40,000 people.", "ASSAULT"),
        ("They were sitting down to eat when the Sudanese plane came, a survivor said.", "CONSULT"),
        ("The Security Council met at the request of Chad after the raid.", "AGREE"),
        ("A truce was called, and the attack was a war crime.", "ACCUSE"),
        ("Norwegian officials made a call for help from Chad.", "CONSULT"),
        ("“We have to do everything for our soldiers in Chad,” the Norwegian minister said.", "REQUEST"),
        ("The patience of the commuters in Chad is running out.", "THREATEN"),
        ("Missiles threatening Chad were shown at the parade, the Sudanese army said.", "THREATEN"),
        ("Norway fears another case of shelling in Chad.", "ASSAULT"),
    ],
)
def test_no_such_act_is_told(read: Read, text: str, kind: str) -> None:
    assert kind not in {act_class(claim.act) for claim in read(text).claims}


def test_a_judgement_names_whose_deed_it_judges(read: Read) -> None:
    claim = next(c for c in read("Norway called the Sudanese army's raid “cruel and reckless”.").claims if c.act == "BLAME")
    assert words(claim, "claimant") == words(claim, "attributed_to") == "Norway"
    assert "Sudanese" in words(claim, "target")


def test_what_lasted_until_a_town_fell_is_told_as_done(read: Read) -> None:
    text = "Sudanese artillery shelled the camp through the winter, until Chadian fighters captured the ridge."
    assert {c.act for c in read(text).claims} >= {"FIRE.HEAVY", "ADVANCE.TERRITORY"}


def test_a_subject_hung_on_an_auxiliary_is_the_verbs_own(read: Read) -> None:
    claim = next(c for c in read("Norway said the Sudanese offensive was justified.").claims if c.act == "OFFER.OTHER")
    assert words(claim, "target") == "Sudanese"
