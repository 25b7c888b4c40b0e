"""Voices of places and of bodies that only the text around them names: mayors, civil defence, "the department"."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.articles import Claims, ledger_of, party
from tests.unit.reading_voices import read

# text: (words of the claim's evidence, its claimant's side)
LEBANON = {
    "In Khiam, Mayor Nabil Sleem said Israeli troops fire on anyone who comes near the hill.": ("fire on anyone", "LBN"),
    "Six people were killed in a raid on Basta, in Beirut, a civil defence officer told our colleague.": ("Six people", "LBN"),
    "The head of the Metula local council, Dan Sharabi, said that rockets had damaged forty homes.": ("rockets", "ISR"),
    "Four people were killed in Nabatieh by Israeli raids, the governor of Nabatieh, Hana Sabra, said.": ("Four people", "LBN"),
    "Hezbollah buried a commander. “They attacked us,” the secretary general of the party, Nadim Hoss, said.": (
        "They attacked us",
        "HEZ",
    ),
}
KARABAKH = {
    "Seven people were wounded by shells near Terter, prosecutors in Baku said.": ("Seven people", "AZE"),
    "Azerbaijan's State Border Service said a post was hit. According to the service, Armenian units opened fire at noon.": (
        "opened fire",
        "AZE",
    ),
    "In Stepanakert they say that Azerbaijan has blocked the road since Monday.": ("has blocked", "NKR"),
    "Yerevan says Azerbaijan has cut off the gas. Baku calls the blockade “a fiction”.": ("a fiction", "AZE"),
    "The US Bureau for Rural Roads chief, Ann Doe, demanded that Azerbaijan let aid in.": ("demanded that", "USA"),
    "A hall in Goris was shelled. The hospital's director, Mohammed Saleh, said Azerbaijani guns had fired on Goris.": (
        "had fired",
        "ARM",
    ),
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Claims]:
    folder: Path = tmp_path_factory.mktemp("local")
    return ledger_of(tuple(LEBANON), "lebanon", "2024-10-12", folder / "lebanon") | ledger_of(
        tuple(KARABAKH), "karabakh", "2023-06-16", folder / "karabakh"
    )


@pytest.mark.parametrize("text", [*LEBANON, *KARABAKH])
def test_the_side_of_a_local_voice(told: dict[str, Claims], text: str) -> None:
    words, side = (LEBANON | KARABAKH)[text]
    claims = [c for c in told[text] if words in c["evidence_text"] or c["evidence_text"] in words]
    assert claims, [c["evidence_text"] for c in told[text]]
    assert party(min(claims, key=lambda claim: len(claim["evidence_text"]))) == side


def test_nobody_is_blamed_by_himself(tmp_path: Path) -> None:
    """The town named last is held by the one who is accused: then the mayor's side stays open, or is another."""
    text = "Rockets hit Metula. Mayor Nabil Sleem accused Israel of firing on a school in Khiam."
    claims = ledger_of((text,), "lebanon", "2024-10-12", tmp_path)[text]
    assert all(party(c) != "ISR" for c in claims if "accused" in c["sentence_text"])


@pytest.mark.parametrize(
    ("text", "words", "source"),
    [
        ("A shell hit a school in Rivertown, the mayor, Anna Roth, told reporters.", "hit a school", "the mayor, Anna Roth"),
        ("A shell hit a barn near Rivertown, a fire officer told our reporter.", "hit a barn", "a fire officer"),
        ("Officials showed a clinic which they said had been bombed.", "had been bombed", "they"),
        ("In Rivertown, the charge was rejected as a lie.", "the charge", "Rivertown"),
        ("In Rivertown two people were reported dead.", "two people", None),
        ("Anna Roth made no secret of her anger: “They shelled our homes.”", "They shelled", "Anna Roth"),
        ("The message was clear: “They shelled our homes.”", "They shelled", None),
        ("“They shelled our homes at night.” Anna Roth made the charge on the radio.", "They shelled", "Anna Roth"),
        ("“They shelled our homes at night.” The road was empty on Monday.", "They shelled", None),
        ("Anna Roth met her voters on Monday. “They shelled our homes at night.”", "They shelled", "Anna Roth"),
        ("The army bombed Rivertown, the capital of the valley, on Monday.", "bombed Rivertown", "outlet"),
    ],
)
def test_who_is_told_apart_from_what_stands_beside(text: str, words: str, source: str | None) -> None:
    found = read(text).who(words)
    assert (None if found == "outlet" and source is None else found) == source
