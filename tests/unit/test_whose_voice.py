"""Whose the bare bodies are: health ministries, armies, governors; who goes on counting; names that a lost space has glued."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.articles import Claims, ledger_of, party

# text: (words of the claim's evidence, its claimant's side)
LEBANON = {
    "Two people were killed when a drone hit a van in Khiam, the Health Ministry said. The ministry said six had been wounded.": (
        ("Two people", "LBN"),
        ("six", "LBN"),
    ),
    'Shelling hit the market in Nabatieh. The army accused Israel of firing on its men. "The Israeli enemy hit us," it said.': (
        ("firing on its men", "LBN"),
        ("The Israeli enemy", "LBN"),
    ),
    "Israeli troops entered Kfarkila at dawn. The army said two of its soldiers were wounded by Israeli fire there.": (
        ("two of its soldiers", "LBN"),
    ),
    "Israel bombed Khiam and Tyre. The army said it had struck thirty launch sites there.": (("struck thirty", "ISR"),),
    "A Hezbollah lawmaker denied it. Five rockets fell near Israeli positions in the south, a military spokeswoman said.": (
        ("Five rockets", "ISR"),
    ),
    "On Sunday, 24 people were killed by Israeli fire in Khiam, the health ministry in Beirut said. Another 134 were hurt.": (
        ("24 people", "LBN"),
        ("134", "LBN"),
    ),
    "Three soldiers died near Yaroun on Friday, the Israeli army said. Two others were wounded.": (("Two others", "ISR"),),
    "Israel bombed Sidon, its first raid since the truce with Hezbollah took effect, saying it had hit an arms depot.": (
        ("an arms depot", "ISR"),
    ),
    "Israel accused Hezbollah of firing rockets from Khiam, a claim the group denies.": (
        ("firing rockets", "ISR"),
        ("a claim the group", "HEZ"),
    ),
    "TheIsraeli army said Hezbollahfighters had fired on its posts nearMetula.": (("fired on its posts", "ISR"),),
}
KARABAKH = {
    "Three barns burned in Aygepar after Azerbaijani shelling, according to the Tavush governor, Hayk Ghalumyan.": (
        ("shelling", "ARM"),
    ),
    "In Stepanakert four people were wounded by shelling, the local health ministry said.": (("four people", "NKR"),),
    "Azerbaijan'sForeign Ministry said Armenian forces had shelled Terter.": (("shelled Terter", "AZE"),),
    "Armenia says Azerbaijani troops moved into Syunik in May and have never left, an accusation Baku denies.": (
        ("moved into", "ARM"),
        ("an accusation", "AZE"),
    ),
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Claims]:
    folder: Path = tmp_path_factory.mktemp("voices")
    return ledger_of(tuple(LEBANON), "lebanon", "2024-12-03", folder / "lebanon") | ledger_of(
        tuple(KARABAKH), "karabakh", "2021-11-17", folder / "karabakh"
    )


@pytest.mark.parametrize("text", [*LEBANON, *KARABAKH])
def test_the_voice_is_of_the_right_side(told: dict[str, Claims], text: str) -> None:
    for words, side in (LEBANON | KARABAKH)[text]:
        claims = [c for c in told[text] if words in c["evidence_text"] or c["evidence_text"] in words]
        assert claims, words
        assert party(min(claims, key=lambda claim: len(claim["evidence_text"]))) == side, words


TRAILING = {
    "Israel struck a warehouse in Baalbek used by Hezbollah, it said.": "ISR",
    "Hezbollah fired rockets at a base used by Israel, it said.": "HEZ",
    '"The enemy will pay," Naim Qassem said. "Israel killed our men at the bridge," he went on.': "HEZ",
}


@pytest.fixture(scope="module")
def trailing(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Claims]:
    return ledger_of(tuple(TRAILING), "lebanon", "2024-12-20", tmp_path_factory.mktemp("trailing"))


@pytest.mark.parametrize("text", TRAILING)
def test_a_pronoun_that_closes_a_sentence_is_whom_the_sentence_is_about(trailing: dict[str, Claims], text: str) -> None:
    assert {party(claim) for claim in trailing[text] if claim["act"].startswith("FIRE")} == {TRAILING[text]}
