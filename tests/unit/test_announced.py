"""Words announced in a paragraph before: statements that follow, reports behind a colon, items under a teller's heading."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.articles import Claims, ledger_of, party
from tests.unit.reading_voices import read

_TWO = "\n\n“In the morning shells fell on Ashen, and a barn burnt.\n\n“Towards noon a battery was struck.”"


@pytest.mark.parametrize(
    ("text", "words", "source"),
    [
        (
            "The Press Service of the Board of Roads has issued the following statement." + _TWO,
            "fell",
            "The Press Service of the Board of Roads",
        ),
        (
            "The Press Service of the Board of Roads has issued the following statement." + _TWO,
            "was struck",
            "The Press Service of the Board of Roads",
        ),
        (
            "On Monday, Anna Roth, the head of the Board, said on Facebook:" + _TWO,
            "was struck",
            "Anna Roth, the head of the Board",
        ),
        ("RIVERTOWN, May 3, NORTHPRESS. The Board reports:\n\nShells fell on Ashen. A barn burnt.", "A barn", "The Board"),
        (
            "The army issued a statement:\n\n- Shells fell on Ashen.\n\n- A barn burnt.\n\nThe port was quiet.",
            "A barn",
            "The army",
        ),
        (
            "Statement of the Board of Roads:\n\nShells fell on Ashen.\n\nOur men put the fire out.",
            "put the",
            "the Board of Roads",
        ),
        ("The Board reports:\n\nShells fell on Ashen. A minister said two men were hurt.", "two men", "A minister"),
        # what follows is another's or the outlet's
        (
            "The army issued a statement:\n\n- Shells fell on Ashen.\n\n- A barn burnt.\n\nThe port was quiet.",
            "The port",
            "outlet",
        ),
        ("The Board reports:\n\nShells fell on Ashen.\n\nThe port was quiet on Monday.", "The port", "outlet"),
        ("The Board has issued the following statement." + _TWO + "\n\n“I heard it,” a farmer said.", "I heard", "a farmer"),
        ("The army has not issued the following statement." + _TWO, "fell", None),
        ("No board has issued the following statement." + _TWO, "fell", None),
        ("From Rivertown:\n\nShells fell on Ashen.", "Shells fell", "outlet"),
        ("From the Board:\n\nShells fell on Ashen.", "Shells fell", "the Board"),
        ("The army did not say:\n\nShells fell on Ashen.", "fell", "outlet"),
        ("Three people died, the ministry said:\n\nShells fell on Ashen.", "Shells fell", "outlet"),
        ("This is what happened on Monday:\n\nShells fell on Ashen.", "Shells fell", "outlet"),
        ("Our reporter writes:\n\nShells fell on Ashen.", "Shells fell", "outlet"),
        ("The situation is as follows:\n\nShells fell on Ashen.", "Shells fell", "outlet"),
        ("The following were killed by the army:\n\nAnna Roth, 34, of Ashen.", "34", "outlet"),
    ],
)
def test_who(text: str, words: str, source: str | None) -> None:
    assert read(text).who(words) == source


# text: (words of the claim's evidence, its claimant's side, the doer's)
_FIRED = (
    "{0}'s Ministry of Defence has issued the following statement.\n\n“At dawn units of the {1} armed forces shelled our posts "
    "near {2}.\n\n“In response our guns destroyed two {1} howitzers.”\n\nThe {1} ministry called the report a lie."
)
KARABAKH = {
    _FIRED.format("Armenia", "Azerbaijani", "Vardenis"): (
        ("shelled our posts", "ARM", "AZE"),
        ("our guns destroyed", "ARM", "ARM"),
    ),
    _FIRED.format("Azerbaijan", "Armenian", "Kalbajar"): (
        ("shelled our posts", "AZE", "ARM"),
        ("our guns destroyed", "AZE", "AZE"),
    ),
}
LEBANON = {
    "Israel and Hezbollah fought on.\n\nThe Israeli army writes:\n\nHezbollah gunners fired rockets at Safed. Our jets struck "
    "their launcher in Tyre.": (("fired rockets", "ISR", "HEZ"), ("struck", "ISR", "ISR")),
    "Israel and Hezbollah fought on.\n\nHezbollah issued a statement:\n\n- Our fighters fired rockets at Safed.\n\n- Israeli "
    "jets struck a house in Tyre.\n\nA school was hit in Khiam.": (
        ("fired rockets", "HEZ", "HEZ"),
        ("struck", "HEZ", "ISR"),
        ("school", None, "ISR"),
    ),
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Claims]:
    folder: Path = tmp_path_factory.mktemp("announced")
    return ledger_of(tuple(LEBANON), "lebanon", "2024-10-07", folder / "lebanon") | ledger_of(
        tuple(KARABAKH), "karabakh", "2020-10-07", folder / "karabakh"
    )


@pytest.mark.parametrize("text", [*LEBANON, *KARABAKH])
def test_the_side_that_announced_it_vouches(told: dict[str, Claims], text: str) -> None:
    for words, side, doer in (LEBANON | KARABAKH)[text]:
        claims = [c for c in told[text] if words in c["sentence_text"]]
        assert claims, words
        assert {(party(claim), party(claim, "attributed_to")) for claim in claims} == {(side, doer)}, words
