"""Headlines: verbs that the parser reads as nouns, labels before a colon, participles without their auxiliary."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.unit.extracting import reader, words
from trucewatch.model.records import Reading

Read = Callable[[str], Reading]


@pytest.fixture(scope="module")
def read() -> Read:
    return reader()


@pytest.mark.parametrize(
    ("headline", "act", "doer"),
    [
        ("Kenya brokers truce between Chad and Sudan", "AGREE.CEASEFIRE", "Kenya"),
        ("BREAKING: Sudanese strike targets apartment in Khartoum", "CIV.ATTACK_OBJECTS", "Sudanese"),
        ("Sudanese forces detain fisherman off Khartoum", "CIV.DETENTION", "Sudanese forces"),
        ("Chadian drone shot down over Sudan, says Khartoum", "AIR.UAV_DOWNED", ""),
    ],
)
def test_a_headlines_verb_is_read(read: Read, headline: str, act: str, doer: str) -> None:
    told = {claim.act: claim for claim in read(headline).claims}
    assert act in told
    assert words(told[act], "attributed_to") == doer


@pytest.mark.parametrize(
    "headline", ["List of Sudanese targets in Chad", "Sudan blocks and roads", "Chad orders of the day", "Sudanese levels of aid"]
)
def test_a_noun_stays_a_noun(read: Read, headline: str) -> None:
    assert read(headline).claims == ()


@pytest.mark.parametrize(
    "headline",
    [
        "Why Sudan targets Adre hospital",
        "How Sudan blocks the road to Adre",
        "Fake: Sudan targets Adre hospital",
        "FACT-CHECK: Sudan shells Adre hospital",
        "Claim: Sudan shells Adre hospital",
        "Fake news: Sudan has shelled the hospital in Adre",
    ],
)
def test_a_headline_that_asks_or_is_labelled_untrue_tells_of_nothing(read: Read, headline: str) -> None:
    assert read(headline).claims == ()


@pytest.mark.parametrize("sentence", ["BREAKING: Sudan shells Adre hospital", "What Sudan shelled was a hospital in Adre."])
def test_other_labels_and_clauses_of_what_was_done_tell_of_it(read: Read, sentence: str) -> None:
    assert [claim.act for claim in read(sentence).claims] == ["FIRE.HEAVY"]


def test_a_sentence_that_is_all_label_breaks_nothing(read: Read) -> None:
    assert "FIRE.HEAVY" in [c.act for c in read("Shelling of Khartoum:\n\nSudan shelled Khartoum on Monday.").claims]
    assert read("Shelling:").claims is not None


def test_who_is_struck_by_somebody_strikes_nobody(read: Read) -> None:
    (claim,) = read("Khartoum struck by Chadian drone, two wounded").claims
    assert words(claim, "attributed_to") == "Chadian"
    assert words(claim, "target") == "Khartoum"
    assert [(f.measure, f.low) for f in claim.figures] == [("injured", 2)]


def test_drones_shot_down_over_a_town_are_the_target_and_not_the_town(read: Read) -> None:
    (claim,) = read("Chadian forces shot down three Sudanese drones over Khartoum.").claims
    assert (claim.act, words(claim, "target")) == ("AIR.UAV_DOWNED", "three Sudanese drones")


@pytest.mark.parametrize(
    "sentence", ["Sudan's ministry hit back at critics.", "Khartoum hit back at Chad.", "The minister fired back."]
)
def test_who_hits_back_in_words_fires_at_nobody(read: Read, sentence: str) -> None:
    assert all(not claim.act.startswith("FIRE") for claim in read("Chad and Sudan are at war. " + sentence).claims)


def test_a_force_that_hits_back_fires(read: Read) -> None:
    (claim,) = read("Chadian forces hit back near Khartoum.").claims
    assert claim.act == "FIRE"
