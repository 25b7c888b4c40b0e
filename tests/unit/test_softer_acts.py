"""Quiet, pacts, releases, aid and people on the move by words that are not the plain ones, on made-up sentences."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.unit.extracting import reader
from trucewatch.model.records import Reading

Read = Callable[[str], Reading]


@pytest.fixture(scope="module")
def read() -> Read:
    return reader()


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("By morning it was calm on the Sudanese border.", "CALM"),
        ("It was a calm night on the Sudanese border, residents said.", "CALM"),
        ("There was no shelling of the Sudanese town on Wednesday.", "CALM"),
        ("No shots were fired on the Sudanese border overnight.", "CALM"),
        ("A lull settled over the Sudanese border.", "CALM"),
        ("The Sudanese ministers approved a roadmap for demining.", "AGREE.OTHER"),
        ("Chad gave its blessing to the Sudanese plan.", "AGREE.OTHER"),
        ("The bodies of 29 soldiers were handed to the Sudanese side.", "DEESCALATE.RELEASE"),
        ("Chad had supplied maps of the mines to Sudan, the Sudanese ministry said.", "OFFER.OTHER"),
        ("Egypt sent two planeloads of humanitarian cargo to Sudan.", "AID.DELIVERY"),
        ("The UN refugee agency distributed mattresses in Sudan.", "AID.DELIVERY"),
        ("People have deserted the Sudanese town of Nyala.", "CIV.FLIGHT"),
        ("Thousands of Sudanese families slept in the streets of Khartoum.", "CIV.FLIGHT"),
        ("Buses took women and children out of Khartoum.", "CIV.FLIGHT"),
    ],
)
def test_each_act_is_told_by_other_words_too(read: Read, text: str, act: str) -> None:
    assert [(c.act, c.stance) for c in read(text).claims] == [(act, "asserts")]


@pytest.mark.parametrize(
    "text",
    [
        "Sudan and Chad are at war. By nature she was calm.",
        "Residents of the Sudanese town spent the night in their cellars.",
        "The Sudanese ministers approved a new flag.",
        "The Sudanese border was never calm.",
    ],
)
def test_what_only_sounds_like_it_is_no_act(read: Read, text: str) -> None:
    assert not [c for c in read(text).claims if c.act in ("CALM", "CIV.FLIGHT", "AGREE.OTHER") and c.stance == "asserts"]


def test_the_truce_told_beside_what_it_did_was_agreed(read: Read) -> None:
    acts = {c.act for c in read("The ceasefire, agreed in Cairo after hours of talks, came into force at noon.").claims}
    assert acts == {"AGREE.CEASEFIRE"}


def test_a_deed_read_as_an_adjective_is_denied_all_the_same(read: Read) -> None:
    claims = read("The Chadian army denied having targeted journalists.").claims
    assert [(c.act.split(".")[0], c.stance) for c in claims] == [("FIRE", "denies")]
