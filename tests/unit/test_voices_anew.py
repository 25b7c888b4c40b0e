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
        (
            "It accuses Northland of smuggling in rockets, restoring its ranks and hiding launchers in homes.",
            "hiding launchers",
            "It",
        ),
        ("The army said through its envoy Anna Roth on the platform that planes bombed a camp.", "bombed", "The army"),
        ("Two thousand fled, according to the agency, though Northern planes cut the road.", "cut the road", "outlet"),
        ("Nine men died, by the count of the Ministry of Health.", "died", "the Ministry of Health"),
        ("A shell hit the school, according to the mayor. Most of the town's people were moved last month.", "moved", "outlet"),
        ("The guard said its men came under fire. One Northern soldier was wounded in the leg.", "wounded", "The guard"),
        ("London, England (AP) England said that two soldiers were killed.", "were killed", "England"),
        ("The talks came after the envoy spoke to both leaders, the palace says.", "spoke to both", "the palace"),
        ("Northland said on Monday that two men were killed, as the army and the rebels traded fire.", "traded fire", "outlet"),
        ("Northland said its men fired back, as Southland shelled their positions.", "shelled", "Northland"),
        ("Northland said two men were killed, as Southland shelled the hills.", "shelled", "Northland"),
        ("Northland said two men were killed, as both sides shelled their own hills.", "shelled", "Northland"),
        ("Northland said its men struck the post, as guns had been fired from there.", "been fired", "Northland"),
        ("The two sides traded accusations of firing at the hills, where sixty men were captured.", "firing", "The two sides"),
        ("The two sides traded accusations of firing at the hills, where sixty men were captured.", "captured", "outlet"),
        ("Xia Press reported with reference to the army that two men were wounded.", "were wounded", "the army"),
        ("Xia Press reported, referring to the army, that two men were wounded.", "were wounded", "the army"),
        ("Xia Press reported, referring to Chad, that the enemy had shelled the dam.", "had shelled", "Xia Press"),
        ("Xia Press reported, referring to the group, that it had shelled the dam.", "had shelled", "Xia Press"),
        ("Xia Press reported, citing Chad, that the enemy had shelled the dam.", "had shelled", "Chad"),
        (
            "The “unlawful regime” in Rivertown said the army had shelled the dam, Xia reported.",
            "had shelled",
            "The “unlawful regime” in Rivertown",
        ),
        ("Northland says it hit a camp, Eastland says no damage was done", "hit a camp", "Northland"),
        ("Northland says 40 killed, Eastland says it lost 50", "it lost 50", "Eastland"),
        ("Anna Roth said that on the night of the attack 49 soldiers had died.", "had died", "Anna Roth"),
        ("In Paris, the capital, a spokesman for the mayor said the dam was hit.", "was hit", "a spokesman for the mayor"),
        ("“We will fight,” said the mayor on television.", "will fight", "the mayor"),
        ("The Information Centre said that one shell fell near the dam. Two men fired at a post.", "Two men", "outlet"),
        ("The Report Office said that one shell fell near the dam. Two men fired at a post.", "Two men", "outlet"),
        (
            "According to the army's bulletin, one shell fell near the dam. Two men fired at a post.",
            "Two men",
            "the army's bulletin",
        ),
        ("According to the bulletin, one shell fell near the dam. It was the third such raid.", "third", "outlet"),
    ],
)
def test_who(text: str, words: str, source: str) -> None:
    assert read(text).who(words) == source


def test_informs_is_no_channel() -> None:
    assert read("Two shells fell on the dam, informs the ministry of defence.").of("informs").channel is None


@pytest.mark.parametrize(
    ("text", "cue", "channel"),
    [
        ("Two men were hurt near the dam, Northern state television reports.", "reports", "Northern state television"),
        ("In an interview with the newspaper El-Dar, the mayor accused Northland of theft.", "accused", "El-Dar"),
        ("The envoy told the Security Council that two men had been shot.", "told", None),
        ("Aides told Xia Press that they had informed the Council that a shell hit the dam.", "informed", None),
    ],
)
def test_channel(text: str, cue: str, channel: str | None) -> None:
    assert read(text).of(cue).channel == channel


LEBANON = {
    "The Lebanese Red Cross said an Israeli drone hit a clinic. It said two medics were wounded. The organisation demanded "
    "protection.": (("demanded", "LBN"),),
    "Israeli gunners fired at the crowd near Houla, hospital officials in Tyre said. The army said it had fired warning shots.": (
        ("warning shots", "ISR"),
    ),
    "Israeli jets also bombed two tanks near Khiam, a military spokesman said.": (("bombed two tanks", "ISR"),),
    "Hezbollah rockets fell on Safed, and the guerrilla group's leader threatened to strike Haifa.": (("threatened", "HEZ"),),
    "Israeli warplanes destroyed a mill in Kafr Foo, the mayor, Anna Roth, told AFP.": (("destroyed", "LBN"),),
    "The Israeli Cabinet voted to accept the truce with Hezbollah, officials said.": (("accept the truce", "ISR"),),
    "In Washington, the Road Safety Council said it was no riddle. “This attack was carried out by Hezbollah,” spokeswoman Anna "
    "Roth said.": (("This attack", "USA"),),
    "Israel said its guns had answered. Gen. Anna Roth, the army chief of staff, said Hezbollah had fired rockets at a post.": (
        ("fired rockets", "ISR"),
    ),
    "Lebanese Prime Minister Anna Hariri accused Israel of shelling Qana.": (("shelling Qana", "LBN"),),
    "The UN Road Safety Centre said Israeli shells hit its store in Tyre.": (("its store", "UNO"),),
    "Israeli jets bombed Tyre on Wednesday, hours after the military ordered residents to leave four districts.": (
        ("ordered residents", None),
    ),
    "Residents of Khiam were told by the Israeli army to leave their homes.": (("to leave their homes", None),),
    "Hezbollah on Monday buried its commander, a day after an Israeli airstrike killed him.": (("killed him", None),),
    "The peacekeeping mission has issued a statement. It says Israeli soldiers fired at a truck of UNIFIL near Khiam.": (
        ("fired at a truck", "UNO"),
    ),
    "Ireland's premier said Irish troops would stay. “Israeli guns fired at a post near Khiam,” John Roth said.": (
        ("fired at a post", "IRL"),
    ),
    "State-run electricity company Xia said two lines were cut by an Israeli raid in Khiam.": (("were cut", "LBN"),),
    "The Israeli enemy bombed Khiam.\n\nUNIFIL spoke of it. The enemy army said Hezbollah had fired rockets at a post.": (
        ("fired rockets", "ISR"),
    ),
}
KARABAKH = {
    "Armenia's National Security Service (NSS) said a group had crossed the border. The NSS said Azerbaijani forces fired on a "
    "post.": (("fired on a post", "ARM"),),
    "Ankara condemned the attack on Ganja. In a statement the foreign ministry accused Armenia of shelling Barda.": (
        ("shelling Barda", "TUR"),
    ),
    "Armenpress quoted the army as saying that 20 Azerbaijani soldiers were killed near Talish.": (("were killed", "ARM"),),
    "UN Secretary General António Guterres called for an end to the fighting in Karabakh, his spokesperson said.": (
        ("called for", "UNO"),
    ),
    "In Stepanakert, the Karabakh capital, a spokesman for the region said its men fired at a post. “They shelled our villages,” "
    "the spokesman, Anna Roth, told Reuters.": (("shelled our villages", "NKR"),),
    "Translated from Russian\n\nThe Defence Ministry in Baku said 12 men were killed. Armenian guns, the ministry added, had "
    "shelled Tartar.": (("shelled Tartar", "AZE"),),
    "In the Azerbaijani town of Terter, people slept in cellars. “Our house shook. The roof fell,” said Anna, a mother. Local "
    "officials said 40 shells had fallen on the town.": (("40 shells", "AZE"),),
    "A depot blew up near Stepanakert, officials in the breakaway region said.\n\nSeven people died of burns, the health "
    "department said.": (("Seven people", "NKR"),),
    "Amnesty said Azerbaijan fired rockets at Stepanakert. The rights group said Armenia did the same. It urged Baku to stop.": (
        ("urged Baku", None),
    ),
    "Armenian prime minister Anna Roth said Azerbaijan had shelled Goris. The premier said Baku must pull back its troops.": (
        ("must pull back", "ARM"),
    ),
    "American aid chief Anna Roth, who flew to Yerevan with a letter, called on Azerbaijan to stop. She urged Baku to open the "
    "road.": (("urged Baku", "USA"),),
    "Azerbaijan's general prosecutor said Armenian missiles hit Barda. A girl was killed by a shell, the office added.": (
        ("A girl", "AZE"),
    ),
    "According to the National Security Service, Azerbaijani soldiers fired at a post near Tegh.": (("fired at", "ARM"),),
    "In the Azerbaijani town of Terter, people slept in cellars. Local officials said 40 shells had fallen on the town.": (
        ("40 shells", "AZE"),
    ),
    "In Aghdam, a village in the Tovuz district, a man was killed by a shell, the mayor said.": (("a man was", "AZE"),),
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
def test_side(told: dict[str, Claims], text: str, words: str, side: str | None) -> None:
    found = [party(claim, "claimant") for claim in told[text] if words in claim["evidence_text"]]
    assert found
    assert set(found) == {side}


DOERS = {
    "Azerbaijan pounds Stepanakert. Since then its forces have fired 900 shells, according to the Red Cross.": (
        "900 shells",
        "AZE",
    ),
    "BAKU, Azerbaijan - Armenian fighters seized the town of Agdam on Friday, witnesses said.": ("seized", "ARM"),
    "“We opened fire because they crossed the line,” an Azerbaijani officer told Reuters.": ("crossed the line", "ARM"),
}


def test_doers_by_who_speaks(tmp_path: Path) -> None:
    told = ledger_of(tuple(DOERS), "karabakh", "2020-10-18", tmp_path)
    for text, (words, side) in DOERS.items():
        found = [party(claim, "attributed_to") for claim in told[text] if words in claim["evidence_text"]]
        assert found
        assert side in found
