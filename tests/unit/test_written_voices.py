"""Voices by how they are written: codes and letters in front, abbreviations, agencies, names beside offices, seats behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.articles import Claims, ledger_of, party

# text: (words of the claim's evidence, its claimant's side)
LEBANON = {
    "The LBN MoD said Israeli shells hit a post near Yaroun on Monday.": ("shells hit", "LBN"),
    "The ISR MoD said Hezbollah shells hit a post near Safed on Monday.": ("shells hit", "ISR"),
    "IDF chief Roth said Hezbollah gunners fired on Safed on Monday.": ("fired on Safed", "ISR"),
    "Israeli jets hit a house in Tyre on Monday, the IRNA agency reported.": ("jets hit", "IRN"),
    "MoPH said an Israeli strike killed four people in Tyre.": ("killed four", "LBN"),
    "Shells hit Tyre. The enemy's war minister, Yoav Gallant, warned that Israel would strike Beirut.": ("would strike", "ISR"),
    "The governor of Baalbek, Jad Haddad, said that 40 people were killed in raids on his district.": ("40 people", "LBN"),
    "The governor of Safed, Dan Levi, said that 40 people were killed in rocket fire on the town.": ("40 people", "ISR"),
    # no side in these words
    "ABC MoD said shells hit a post on Monday.": ("shells hit", None),
    "USA Today said Israeli jets hit a house in Tyre on Monday.": ("jets hit", None),
    "The Oak agency said Israeli jets hit a house in Tyre on Monday.": ("jets hit", None),
}
KARABAKH = {
    "ARM MoD said that AZE mortars shelled posts near Sotk on Monday.": ("shelled posts", "ARM"),
    "AZE MoD said that ARM mortars shelled posts near Kalbajar on Monday.": ("shelled posts", "AZE"),
    "The prosecutor in Stepanakert said a farm was hit from an Azerbaijani post near Martuni on Monday.": ("was hit", "NKR"),
    "The prosecutor in Baku said a farm was hit from an Armenian post near Terter on Monday.": ("was hit", "AZE"),
    "The army spokesman in Baku said a farm was hit from an Armenian post near Terter on Monday.": ("was hit", "AZE"),
    # who only has to do with a body in a capital does not speak for it
    "A government critic in Baku said a farm was hit from an Armenian post near Terter on Monday.": ("was hit", None),
    "A military analyst in Baku said a farm was hit from an Armenian post near Terter on Monday.": ("was hit", None),
    "An army veteran in Yerevan said a farm was hit from an Azerbaijani post near Sotk on Monday.": ("was hit", None),
    # a prime minister is no defence minister, and nobody calls his own men saboteurs
    "Georgia's prime minister met envoys. The defence minister said 20 soldiers were killed near Sotk.": ("20 soldiers", None),
    "Armenia's foreign ministry protested. Foreign Ministry adds that Armenian saboteurs crossed near Kalbajar.": (
        "crossed",
        None,
    ),
    "Azerbaijan's foreign ministry protested. Foreign Ministry adds that Azerbaijani saboteurs crossed near Sotk.": (
        "crossed",
        None,
    ),
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Claims]:
    folder: Path = tmp_path_factory.mktemp("written")
    return ledger_of(tuple(LEBANON), "lebanon", "2024-10-07", folder / "lebanon") | ledger_of(
        tuple(KARABAKH), "karabakh", "2020-11-20", folder / "karabakh"
    )


@pytest.mark.parametrize("text", [*LEBANON, *KARABAKH])
def test_whose_voice(told: dict[str, Claims], text: str) -> None:
    words, side = (LEBANON | KARABAKH)[text]
    claims = [c for c in told[text] if words in c["evidence_text"]]
    assert claims
    assert {party(claim) for claim in claims} == {side}


def test_an_enemy_who_is_named_is_himself(told: dict[str, Claims]) -> None:
    text = next(text for text in LEBANON if "war minister" in text)
    threat = next(c for c in told[text] if c["act"].startswith("THREAT"))
    assert (party(threat, "attributed_to"), party(threat, "target")) == ("ISR", "LBN")
