"""Deeds by states, by what strikes, by arms used, by ways closed; words of war in peaceful company; totals."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.unit.extracting import reader, words
from trucewatch.model.codebook import act_class
from trucewatch.model.records import Reading
from trucewatch.stages.extract.lexicon import load_lexicon
from trucewatch.text.inflections import forms_of

Read = Callable[[str], Reading]


@pytest.fixture(scope="module")
def read() -> Read:
    return reader()


def classes(reading: Reading) -> set[str]:
    return {act_class(claim.act) for claim in reading.claims}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # what strikes is the subject
        ("Two rockets crashed into a school in Kampala on Monday.", "ASSAULT"),
        ("Thirty projectiles had crossed from Uganda during the night, the Kenyan army said.", "ASSAULT"),
        ("A shell tore through the roof of a hospital in Khartoum.", "ASSAULT"),
        # whatever is done with arms
        ("Khartoum was beaten with forty rockets overnight, the Sudanese army said.", "ASSAULT"),
        ("Chadian gunners worked over the town of Geneina with mortars.", "ASSAULT"),
        ("The Sudanese army let loose a barrage of missiles on Kampala.", "ASSAULT"),
        # struck, told by a state
        ("The town of Geneina lay under mortar fire on Monday.", "ASSAULT"),
        ("Explosions were heard in Geneina on Monday.", "ASSAULT"),
        ("The Kenyan army was responsible for the blast in Kampala, the Ugandan government said.", "ASSAULT"),
        ("Ugandan soldiers were driven back from Kisumu, the Kenyan army said.", "ASSAULT"),
        # ground
        ("Geneina fell to Chadian troops on Monday.", "TERRITORY"),
        ("Five villages passed under the control of the Sudanese army.", "TERRITORY"),
        ("The Sudanese army won back the town of Geneina.", "TERRITORY"),
        # ways closed
        ("Kenya refused to let the trucks with food pass.", "COERCE"),
        ("Kenya did not let a convoy of ambulances through.", "COERCE"),
        ("Nineteen trucks have been stranded at the Kenyan border since Monday.", "COERCE"),
        ("The Red Cross said it had been unable to bring any aid into Geneina for weeks.", "COERCE"),
        ("Geneina has been without electricity since Monday, the Sudanese army said.", "COERCE"),
        # forces that stay or come, people who go or are told to
        ("Kenyan troops refused to leave Uganda.", "MOBILIZE"),
        ("Kenyan troops remain in Uganda despite the deadline.", "MOBILIZE"),
        ("Kenyan soldiers walked several kilometres into Uganda on Monday.", "MOBILIZE"),
        ("Most residents have already left Geneina, the Sudanese government said.", "DISPLACE"),
        ("The Kenyan army told people living in Kisumu to leave at once.", "DISPLACE"),
        ("Kenyan units left the district of Kisumu on Monday.", "RETREAT"),
        ("Kenya dispatched a convoy with flour to Kisumu.", "AID"),
    ],
)
def test_deeds_in_many_words(read: Read, text: str, wanted: str) -> None:
    assert wanted in classes(read(text)), [(c.act, c.stance) for c in read(text).claims]


@pytest.mark.parametrize(
    "text",
    [
        "Firefighters in Kampala battled the flames until Monday.",
        "The Kenyan president cut short his trip to Uganda.",
        "The Kenyan army held the view that Uganda was wrong.",
        "A storm left half of Kenya without power.",
        "Uganda launched an inquiry into the affair.",
        "The Kenyan president fired the chief of the police.",
        "Kenyan soldiers fell ill in Uganda.",
        "Workers uprooted trees in Kenya on Monday.",
        "The minister shot back that Uganda had been wrong.",
    ],
)
def test_words_of_war_in_peaceful_company(read: Read, text: str) -> None:
    deeds = {"ASSAULT", "TERRITORY", "COERCE", "MOBILIZE", "DISPLACE"}
    assert not classes(read(text)) & deeds, [(c.act, c.stance) for c in read(text).claims]


@pytest.mark.parametrize(
    "text",
    [
        "Since May at least 40 Kenyan soldiers fell, the Kenyan army said.",
        "Since then more than 450 people have been killed in Uganda.",
        "Kenya speaks about 41 dead soldiers.",
        "At least 47 people have been killed in Kenya over the same period.",
        "Uganda puts its dead at 300 soldiers.",
    ],
)
def test_counts_over_a_period_are_totals(read: Read, text: str) -> None:
    assert [c.act for c in read(text).claims if c.figures] == ["TOLL"]


def test_a_sum_beside_an_incident_is_a_claim_of_its_own(read: Read) -> None:
    reading = read("Five soldiers were killed on Monday, taking Kenya's losses since May to 11.")
    told = {c.act: [f.low for f in c.figures] for c in reading.claims if c.figures}
    assert told["TOLL"] == [11]
    assert [5] in told.values()


def test_who_counts_what_is_fired_tells_it(read: Read) -> None:
    claim = next(c for c in read("The Kenyan army counted 30 rockets from Uganda on Monday.").claims)
    assert (words(claim, "claimant"), words(claim, "attributed_to")) == ("The Kenyan army", "Uganda")


def test_how_victims_died_is_no_second_claim(read: Read) -> None:
    claims = read("Two people were killed when a drone hit a car near Kisumu.").claims
    assert len([c for c in claims if act_class(c.act) == "ASSAULT"]) == 1


def test_every_kind_that_a_trigger_names_is_known() -> None:
    lexicon = load_lexicon()
    own = {"person", "side"}
    for trigger in (t for found in (*lexicon.verbs.values(), *lexicon.turns.values()) for t in found):
        for kind in (trigger.object_kind, trigger.subject_kind, trigger.instrument_kind, trigger.thing_kind):
            assert kind is None or kind in own or kind in lexicon.kinds, trigger
        assert forms_of(trigger.lemma), trigger
