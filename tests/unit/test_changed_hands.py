"""Ground won and lost by turns of phrase, attacks told by when they came, sums told by their size."""

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
    ("text", "act"),
    [
        ("The army of Chad acknowledged the loss of Khartoum.", "ADVANCE.TERRITORY"),
        ("Chad has confirmed the fall of Khartoum to Sudanese forces.", "ADVANCE.TERRITORY"),
        ("The army of Chad admitted the loss of a number of positions near Adre.", "ADVANCE.TERRITORY"),
        ("Sudan announced the fall of Khartoum.", "ADVANCE.TERRITORY"),
        ("Several positions near Adre changed hands overnight as Sudanese troops fought on.", "ADVANCE.TERRITORY"),
        ("The tricolour of Chad flies over Khartoum.", "ADVANCE.TERRITORY"),
        ("Khartoum is no longer under our control, the army of Sudan said.", "ADVANCE.TERRITORY"),
        ("Sudanese soldiers are already in the centre of Adre.", "ADVANCE.OFFENSIVE"),
        ("Sudanese units broke the first line of defence near Adre.", "ADVANCE.OFFENSIVE"),
        ("The shelling lasted for three hours.", "FIRE.HEAVY"),
        ("Sudanese drones hit Adre. The raid took place shortly before midnight.", "FIRE"),
        ("Sudanese soldiers are putting up fierce resistance near Adre.", "FIRE.CLASH"),
        ("The enemy's offensive near Adre was stopped with heavy losses, the army of Chad said.", "FIRE.CLASH"),
        ("Ceasefire violated by Sudanese troops near Adre", "FIRE"),
        ("The Sudanese army's losses are much higher than it admits, Chad said.", "TOLL"),
        ("The war has cost Chad 1,170 soldiers.", "TOLL"),
        ("Another 37 soldiers of Chad were added to the list of the fallen, bringing the total to 669.", "TOLL"),
    ],
)
def test_deeds_told_by_turns_of_phrase(read: Read, text: str, act: str) -> None:
    assert act in [claim.act for claim in read(text).claims]


@pytest.mark.parametrize("lost", ["no longer under our control", "not under our control any more", "no longer in our hands"])
def test_a_place_no_longer_held_is_not_taken_by_who_says_so(read: Read, lost: str) -> None:
    (claim,) = read(f"Khartoum is {lost}, the army of Sudan said.").claims
    assert (claim.act, words(claim, "claimant")) == ("ADVANCE.TERRITORY", "the army of Sudan")
    assert claim.attributed_to is None


def test_who_owns_up_to_a_loss_confirms_it(read: Read) -> None:
    (claim,) = read("The army of Chad acknowledged the loss of Khartoum.").claims
    assert (claim.act, claim.stance) == ("ADVANCE.TERRITORY", "confirms")


def test_a_loss_denied_is_a_denial(read: Read) -> None:
    stances = {claim.stance for claim in read("Reports of the fall of Khartoum were denied by the army of Chad.").claims}
    assert stances == {"denies"}


def test_the_toll_of_one_raid_is_no_sum(read: Read) -> None:
    acts = [c.act for c in read("The final toll of the Sudanese raid on Adre is 14 dead, including seven children.").claims]
    assert acts
    assert "TOLL" not in acts


@pytest.mark.parametrize(
    "text",
    [
        "The government of Chad accepted the loss of the seat in Adre.",
        "The minister of Chad acknowledged the loss of market share.",
        "The bank in Adre changed hands in March.",
        "Flags fly at half mast over Khartoum after the death of the poet.",
        "He spoke of the fall of the Soviet Union.",
        "The rescue operation in Adre started at nine in the morning.",
        "Khartoum is not under our control, the army of Sudan said.",
        "Khartoum was never under our control, the army of Sudan said.",
        "Losses of the bank run into hundreds of millions, Chad said.",
        "Losses of the Sudanese bank run into hundreds, Chad said.",
        "Sudan's losses run into hundreds of millions of dollars, Chad said.",
        "If Sudan attacks, its losses are heavy, Chad said.",
    ],
)
def test_words_of_other_matters_tell_nothing(read: Read, text: str) -> None:
    assert [claim.act for claim in read(text).claims] == []
