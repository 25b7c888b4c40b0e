"""Blame told by barbs on made-up sentences: names called, faces shown, blood on hands, oil on the fire."""

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
    "text",
    [
        "Sudan had once again shown its treacherous face, the Egyptian minister said.",
        "These actions prove the worthlessness of Sudan's signature, the Egyptian minister said.",
        "Sudan brought the incident upon itself, the Egyptian minister said.",
        "Sudan's leaders have blood on their hands, the Egyptian minister said.",
        "Sudan pours oil on the fire, the Egyptian minister said.",
        "Sudan only understands the language of force, the Egyptian minister said.",
        "Sudan's behaviour is that of a terrorist state, the Egyptian minister said.",
        "“Sudan is behind all this,” the Egyptian minister said.",
        "The Egyptian minister branded the Sudanese leadership fascist.",
        "The Egyptian minister expressed regret over the one-sided statement from Sudan.",
        "Sudan was preparing a genocide by hunger, the Egyptian minister said.",
        "Withholding the maps is a war crime, the Egyptian minister said.",
    ],
)
def test_a_barb_is_blame_by_who_says_it(read: Read, text: str) -> None:
    blame = [c for c in read(text).claims if c.act == "BLAME"]
    assert len(blame) == 1
    assert "Egyptian" in words(blame[0], "claimant")


@pytest.mark.parametrize(
    "text",
    [
        "The doctor had blood on his hands, the Egyptian minister said.",
        "The house is behind the Sudanese mosque, the Egyptian minister said.",
        "The Egyptian minister expressed regret over the deaths in Sudan.",
        "Sudan only understands the language of trade, the Egyptian minister said.",
        "The Sudanese museum showed the face of a queen, the Egyptian minister said.",
    ],
)
def test_the_same_words_of_other_things_blame_nobody(read: Read, text: str) -> None:
    assert not [c for c in read(text).claims if c.act == "BLAME"]
