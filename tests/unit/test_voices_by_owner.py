"""Whose a body is by its land, its country's dead, its agency, who was silent, what its head leads, and whose guns fired."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.articles import Claims, ledger_of, party

LEBANON = {
    "Israeli artillery shelled Aita on Monday. The army said it was responding to rocket fire.": (("rocket fire", "ISR"),),
    "Lebanese troops came back to Tyre on Sunday. The army said two soldiers were wounded by gunfire.": (("wounded", "LBN"),),
    "Maj. Gen. Luca Bruni, who commands UNIFIL, said Israeli troops fired at a post.": (("fired", "UNO"),),
    "Hezbollah condemned the killing of a Hamas leader. It said it would strike back. Hours later the group said it had fired "
    "rockets at soldiers near Marj.": (("it had fired", "HEZ"),),
    "Iran's guards vowed revenge on Israel, while its foreign ministry said Israel had bombed a hospital.": (("bombed", "IRN"),),
    "The Lebanese Army Command - Directorate of Orientation - said a unit was shelled in Rmeish.": (("shelled", "LBN"),),
    "Radio France reported that Israeli jets struck Beirut.": (("struck", None),),
    "The mayor of Khiam Ali Rashed said Israeli troops had blown up forty houses.": (("blown up", "LBN"),),
    "Israel bombed Khiam on Sunday. The military said its jets struck launch sites in Khiam.": (("its jets", "ISR"),),
    "Israeli forces burned homes in Khiam, the mayor told AFP.\n\n“They set fire to eleven houses,” Michel Haddad said.": (
        ("set fire to eleven", "LBN"),
    ),
    "The United Nations envoy in Lebanon, Anna Roth, urged both sides to stop. The envoy said Israeli fire had killed a guard.": (
        ("killed a guard", "UNO"),
    ),
    "The Israeli military told residents of three blocks to leave.\n\nRescue workers fear that many died. It said Hezbollah "
    "stored missiles there.": (("stored", "ISR"),),
    "The state-run agency said a house in Yater had been hit by an Israeli shell.": (("hit", "LBN"),),
}
KARABAKH = {
    "Stepanakert was shelled. The territory's rescue service said one civilian was killed by Azerbaijani rockets.": (
        ("one civilian", "NKR"),
    ),
    "At least 49 Armenian soldiers were killed on the border with Azerbaijan, the country's premier told parliament.": (
        ("were killed", "ARM"),
    ),
    "There was no comment from Baku, but the ministry had earlier said that its troops came under mortar fire.": (
        ("mortar fire", "AZE"),
    ),
    "The fighting went on.\n\nAzerbaijani position\n\nThe defence ministry said Armenian units had shelled a post.": (
        ("shelled a post", "AZE"),
    ),
    "Armenpress reported, citing the defence ministry, that Azerbaijani forces shelled Hadrut.": (("shelled", "ARM"),),
    "Armenian forces shelled Barda on Sunday. Four people were killed, local authorities said.": (("Four people", "AZE"),),
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Claims]:
    folder: Path = tmp_path_factory.mktemp("owners")
    return ledger_of(tuple(LEBANON), "lebanon", "2024-10-07", folder / "lebanon") | ledger_of(
        tuple(KARABAKH), "karabakh", "2020-10-18", folder / "karabakh"
    )


@pytest.mark.parametrize(
    ("text", "words", "side"), [(text, words, side) for text, told in (LEBANON | KARABAKH).items() for words, side in told]
)
def test_a_voice_is_of_the_side_that_its_words_lead_to(told: dict[str, Claims], text: str, words: str, side: str | None) -> None:
    found = [claim for claim in told[text] if words in claim["evidence_text"]]
    assert found, [claim["evidence_text"] for claim in told[text]]
    assert side in {party(claim, "claimant") for claim in found}
