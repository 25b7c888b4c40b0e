"""Demands put as wishes on made-up sentences: what is wanted, expected, called vital or sent as an appeal."""

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
    ("text", "act", "asker"),
    [
        ("Egypt wants both sides to lay down their arms, its minister said.", "DEMAND.WITHDRAWAL", "minister"),
        ("“We expect that the truce will be respected,” the Egyptian ministry said.", "DEMAND.CEASE_FIRE", "Egyptian"),
        ("Egypt would like to see the border reopened, its minister said.", "DEMAND.OTHER", "minister"),
        ("It is vital that both sides refrain from violence, the Egyptian ministry said.", "DEMAND.CEASE_FIRE", "Egyptian"),
        ("There should be an immediate ceasefire, the Egyptian minister said.", "DEMAND.CEASE_FIRE", "Egyptian"),
        ("Sudan expects a clear reaction from Egypt.", "DEMAND.OTHER", "Sudan"),
        ("Egypt's message to both sides was to hold fire.", "DEMAND.OTHER", "Egypt"),
        ("The Chadian side has been sent an appeal to withdraw its units, Egypt said.", "DEMAND.WITHDRAWAL", "Egypt"),
        ("Sudan turned to the Egyptian president with a request to begin talks.", "DEMAND.TALKS", "Sudan"),
        ("Egypt called to an immediate cease of fire.", "DEMAND.CEASE_FIRE", "Egypt"),
        ("Chad has to be stopped, the Sudanese minister said.", "DEMAND.OTHER", "Sudanese"),
        ("“Stop the shooting now,” the Egyptian minister pleaded.", "DEMAND.CEASE_FIRE", "Egyptian"),
        ("The Egyptian minister asked both sides for gestures of goodwill.", "DEMAND.OTHER", "Egyptian"),
    ],
)
def test_what_is_wished_of_others_is_asked_of_them(read: Read, text: str, act: str, asker: str) -> None:
    asked = [c for c in read(text).claims if c.act.startswith("DEMAND.")]
    assert [c.act for c in asked] == [act]
    assert asker in words(asked[0], "claimant")


@pytest.mark.parametrize(
    "text",
    [
        "Sudan wants to withdraw its troops from the border, the Sudanese minister said.",
        "The Sudanese army expects that the war will last for years.",
        "The agency asked the Sudanese ministry for a comment.",
        "Sudan does not want the talks to begin.",
        "There should be no illusions, the Sudanese minister said.",
    ],
)
def test_what_one_means_to_do_or_foresees_asks_nobody(read: Read, text: str) -> None:
    assert not [c for c in read(text).claims if c.act.startswith("DEMAND.")]


def test_an_appeal_beside_an_announced_truce_is_told_too(read: Read) -> None:
    claims = read("The ministry in Cairo announced that a truce was agreed and appealed to both countries to keep it.").claims
    assert {c.act.split(".")[0] for c in claims} == {"AGREE", "DEMAND"}
