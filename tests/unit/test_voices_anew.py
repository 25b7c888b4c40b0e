"""Speakers before colons, behind a headline, in translated word orders and in papers retold; whose the bare bodies are."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.articles import Claims, ledger_of, party
from tests.unit.reading_voices import read


@pytest.mark.parametrize(
    ("text", "words", "source"),
    [
        ("PM: Northland attacked our eastern province", "attacked", "PM"),
        ("Northern army spox: we struck two launchers near the dam", "struck", "Northern army spox"),
        ("Anna Roth, on Facebook: the enemy attacked from the south", "attacked", "Anna Roth"),
        ("Live: 13:05 GMT - Anna Roth: Northern guns hit the dam", "hit the dam", "Anna Roth"),
        ("Attack on the mayor: two men were held", "were held", "outlet"),
        ("Northland shells Aleppo, says Jordan.", "shells Aleppo", "Jordan"),
        (
            "As informed the press service of the ministry, Northern troops fired on the dam.",
            "fired",
            "the press service of the ministry",
        ),
        ("As told the mayor of Rivertown, two shells fell on the market.", "fell", "the mayor of Rivertown"),
        ("As reported by the mayor, two shells fell on the market.", "fell", "the mayor"),
        ("In London reported about the death of two soldiers near the dam.", "death", "London"),
        ("From the Northern side was said that the rebels shelled the dam.", "shelled", "the Northern side"),
        ("Anna Roth announced about the seizure of two hills.", "seizure", "Anna Roth"),
        ("The ministry spread the information that ninety men were killed.", "were killed", "The ministry"),
        ("The version of London is that the guards only took up their posts.", "took up", "London"),
        (
            "According to the bulletin, one shell fell near the dam. Two men fired at a post by the river.",
            "fired at",
            "the bulletin",
        ),
        ("According to the bulletin, one shell fell near the dam. It was the third such raid.", "third", "outlet"),
    ],
)
def test_who(text: str, words: str, source: str) -> None:
    assert read(text).who(words) == source


def test_informs_is_no_channel() -> None:
    assert read("Two shells fell on the dam, informs the ministry of defence.").of("informs").channel is None


LEBANON = {
    "The Lebanese Red Cross said an Israeli drone hit a clinic. It said two medics were wounded. The organisation demanded "
    "protection.": (("demanded", "LBN"),),
}
KARABAKH = {
    "Armenia's National Security Service (NSS) said a group had crossed the border. The NSS said Azerbaijani forces fired on a "
    "post.": (("fired on a post", "ARM"),),
    "Ankara condemned the attack on Ganja. In a statement the foreign ministry accused Armenia of shelling Barda.": (
        ("shelling Barda", "TUR"),
    ),
    "Armenpress quoted the army as saying that 20 Azerbaijani soldiers were killed near Talish.": (("were killed", "ARM"),),
    "The Executive Power of Agjabadi district said shells fell on two villages.": (("fell on two", "AZE"),),
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Claims]:
    folder: Path = tmp_path_factory.mktemp("anew")
    return ledger_of(tuple(LEBANON), "lebanon", "2024-10-07", folder / "lebanon") | ledger_of(
        tuple(KARABAKH), "karabakh", "2020-10-18", folder / "karabakh"
    )


@pytest.mark.parametrize(
    ("text", "words", "side"), [(text, words, side) for text, told in (LEBANON | KARABAKH).items() for words, side in told]
)
def test_side(told: dict[str, Claims], text: str, words: str, side: str) -> None:
    found = [party(claim, "claimant") for claim in told[text] if words in claim["evidence_text"]]
    assert found
    assert set(found) == {side}
