"""People and remains given back, the hurt brought to care, places told quiet by a noun, posts put under fire."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.unit.extracting import reader
from trucewatch.model.records import Claim, Reading

Read = Callable[[str], Reading]
WAR = "Chad and Sudan have armies at their border. "
FIGHTING = "Chadian and Sudanese troops fought near Khartoum on Sunday. "


@pytest.fixture(scope="module")
def read() -> Read:
    return reader()


def acts(reading: Reading) -> list[str]:
    return [claim.act for claim in reading.claims]


def text(voice: object) -> str | None:
    return getattr(voice, "text", None)


@pytest.mark.parametrize(
    ("sentence", "doer"),
    [
        ("Sudan returned ten Chadian servicemen through mediators.", "Sudan"),
        ("Ten Chadian servicemen were returned by Sudan.", "Sudan"),
        ("Sudan freed a Chadian businessman on Monday.", "Sudan"),
        ("Ten captives crossed back into Chad on Tuesday.", None),
        ("The two sides swapped the bodies of fallen soldiers.", "The two sides"),
        ("The bodies of nine Chadian servicemen were found and handed over to Chad.", None),
    ],
)
def test_who_is_given_back_is_released(read: Read, sentence: str, doer: str | None) -> None:
    released: list[Claim] = [c for c in read(WAR + sentence).claims if c.act == "DEESCALATE.RELEASE"]
    assert [text(claim.attributed_to) for claim in released] == [doer]


@pytest.mark.parametrize(
    "sentence",
    [
        "Sudan returned its soldiers to the barracks.",
        "Officers delivered Sudanese soldiers to the front.",
        "Sudan sent Chadian refugees home.",
        "The ministry returned the Chadian report to its author.",
        "The army said that Khartoum had been freed after years.",
    ],
)
def test_nobody_is_released_by_an_errand(read: Read, sentence: str) -> None:
    assert "DEESCALATE.RELEASE" not in acts(read(WAR + sentence))


@pytest.mark.parametrize(
    "sentence",
    [
        "The Red Cross evacuated 23 wounded from Abeche.",
        "An ambulance took two wounded to a hospital in Abeche.",
        "Eleven patients were transferred to Abeche under the escort of the Red Cross.",
    ],
)
def test_the_hurt_brought_to_care_are_aid(read: Read, sentence: str) -> None:
    reading = read(WAR + sentence)
    assert acts(reading) == ["AID.DELIVERY"]
    assert all(f.measure != "displaced" for claim in reading.claims for f in claim.figures)


@pytest.mark.parametrize(
    "sentence",
    [
        "There is relative calm on the border of Chad since the morning.",
        "Relative calm was observed along the whole border of Chad.",
    ],
)
def test_calm_told_by_a_noun(read: Read, sentence: str) -> None:
    assert "CALM" in acts(read(FIGHTING + sentence))


@pytest.mark.parametrize(
    "sentence",
    [
        "There was no calm on the front line.",
        "Calm must return to the border.",
        "No ceasefire was observed on the border of Chad.",
    ],
)
def test_no_calm(read: Read, sentence: str) -> None:
    assert "CALM" not in acts(read(FIGHTING + sentence))


@pytest.mark.parametrize("verb", ["put", "took", "kept", "brought"])
def test_whose_posts_are_put_under_fire(read: Read, verb: str) -> None:
    (claim,) = read(f"{WAR}Sudanese units {verb} Chadian posts under fire.").claims
    assert (claim.act, text(claim.attributed_to), text(claim.target)) == ("FIRE", "Sudanese units", "Chadian posts")


def test_a_toll_that_rises_while_clashes_go_on_is_not_theirs(read: Read) -> None:
    reading = read(WAR + "The death toll rose to 95 on Tuesday, as fierce clashes continued for a third day.")
    told = {claim.act: claim for claim in reading.claims}
    assert set(told) == {"TOLL", "FIRE.CLASH"}
    assert told["TOLL"].claimant is None
    assert [f.low for f in told["TOLL"].figures] == [95]
    assert told["FIRE.CLASH"].figures == ()


def test_fighting_somewhere_behind_which_something_came(read: Read) -> None:
    reading = read(WAR + "The governor of Chad said he had lost contact with the garrison after heavy fighting in Khartoum.")
    assert acts(reading) == ["FIRE.CLASH"]
