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
    "The army of the Israeli enemy said it had hit a depot. The enemy artillery shelled Shebaa. An enemy drone hit Froun.": (
        "shelled Shebaa",
        None,
    ),
    "Israel bombed Kfar Kila, wounding a girl, according to its mayor, Nabil Sleem.": ("wounding", "LBN"),
    "Ten rockets hit northern Israel. Two people were killed, according to officials there.": ("Two people", "ISR"),
    "The Global Organization for Roads said 500 people had fled their homes in Tyre. Hamas fired rockets.": ("500 people", None),
    "Israel has sixty days to leave. Some 200 people were killed in Lebanon, according to the Health Ministry.": (
        "200 people",
        "LBN",
    ),
    "Spain's government protested. A million people have fled their homes in Lebanon, according to the government.": (
        "A million",
        "LBN",
    ),
    "Lebanon's army said forty rounds had landed. Israel spoke of a raid by Hezbollah. Defense officials warned that Lebanon "
    "would pay for any attack.": ("would pay", "ISR"),
    "No Israeli soldiers were wounded by the missile, the army said. Lebanon's army spoke of forty rounds.": (
        "soldiers were wounded",
        "ISR",
    ),
    "As for Tehran, its Foreign Ministry denied that it had sent weapons to Hezbollah.": ("had sent weapons", "IRN"),
    "On the Lebanese side, the prosecutor's office said that Israeli shelling had killed two men.": ("two men", "LBN"),
    "Beirut gave a different account. It said Israel had fired at a bus.": ("had fired", "LBN"),
    "Israel had sixty days to leave. Israeli troops killed six people near Khiam, according to the Health Ministry.": (
        "killed six",
        "LBN",
    ),
    "NNA - Raids and fire on the south. The Ministry of Public Health said 30 people had been martyred.": ("30 people", "LBN"),
    "NNA - Raids on the south. The enemy army claimed that it had struck a launcher near Tyre.": ("had struck", "ISR"),
    "NNA - Raids on the south. In Markaba, the mayor of the town, Salim Fadlallah, said that Israeli guns had hit his house.": (
        "had hit",
        "LBN",
    ),
    "Lt. Col. Yossi Katz, a spokesman for the Israeli army, said the pilots had reported “direct hits” on a site in Tyre.": (
        "direct hits",
        "ISR",
    ),
    "Lebanon's army said over 40 rounds had landed near Yaroun. Hezbollah spoke of ten. Defense officials warned that Lebanon "
    "would pay for any attack.": ("would pay", None),
    "Aoun met Prime Minister Nawaf Salam and Nabih Berri. The three leaders said Israel had shelled Khiam again.": (
        "had shelled",
        "LBN",
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
    "Armenia's defence ministry said drones hit Sotk.\n\nBaku gave another account. It said Armenian groups had planted mines "
    "near Lachin. Azerbaijani forces struck back at two posts, the defence ministry said.": ("struck back", "AZE"),
    "In Jermuk, a spa town, shells struck three hotels, local officials said.": ("struck three", "ARM"),
    "Two civilians were killed by the shelling of villages near Terter, according to the Prosecutor General's Office.": (
        "civilians were killed",
        "AZE",
    ),
    "Armenian forces shelled Azerbaijani villages along the line of contact overnight, the Ministry of Defense said. Later "
    "Armenia's Defense Ministry spoke of a quiet night.": ("shelled", "AZE"),
    "More than 50 soldiers died in the valley on both sides, according to statements from the two governments of Armenia and "
    "Azerbaijan.": ("50 soldiers", "AZE;ARM"),
    "Hundreds gathered in Yerevan, demanding that Pashinyan resign. He denied that Armenian forces had left Shushi.": (
        "had left",
        "ARM",
    ),
    "In Moscow the official representative of the MFA, Pavel Orlov, said Armenian soldiers had shelled Shusha.": (
        "had shelled",
        "RUS",
    ),
    "The defence ministry in Stepanakert said 40 men had been killed. Azerbaijan keeps silent; it says 60 civilians have died.": (
        "60 civilians",
        "AZE",
    ),
    "Azerbaijani troops hold the heights, and local officials in Syunik complained of daily shooting at farmers.": (
        "shooting at farmers",
        "ARM",
    ),
    "Anna Petrosyan, the mayor of the spa town of Jermuk, said drones had struck the hotels.": ("drones", "ARM"),
    "Azerbaijan's defence ministry said Terter was shelled. Officials said two people had been killed there.": (
        "two people",
        "AZE",
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
        (
            "A bridge fell at dawn, explained the mayor of the town, Otto Hall.",
            "A bridge fell",
            "the mayor of the town, Otto Hall",
        ),
        ("Two posts were burned, it is said in the message.", "were burned", "the message"),
        ("“Our guns hit the bridge,” — notes the ministry.", "hit the bridge", "the ministry"),
        ("Families were told to go, told to our correspondent the head of the village.", "were told", "the head of the village"),
        ("He came on Monday, told the mayor to leave and went home.", "He came", "outlet"),
        ("In Rivertown assure, that the guns have fallen silent.", "have fallen", "Rivertown"),
        ("Ten were killed, says the ministry, and forty fled, according to the mayor.", "Ten were", "the ministry"),
        ("Ten were killed, says the ministry, and forty fled, according to the mayor.", "forty fled", "the mayor"),
        ("Five were shot dead last week; two fled on Monday, according to the mayor.", "Five were", "outlet"),
        ("Ten are missing, the mayor says, among them two children of five.", "two children", "the mayor"),
        ("The army confirmed 31 dead on Monday.", "dead", "The army"),
        ("The ministry said the farmers were leaving and called on them to stay.", "to stay", "The ministry"),
        ("The ministry announced in a new toll that the raid had killed nine people.", "had killed", "The ministry"),
        ("The minister renewed the accusation that a barn had been shelled.", "been shelled", "The minister"),
        ("A still from a video published by the army purports to show a burning tank.", "a burning tank", "the army"),
        ("The mayor came to show a burning tank.", "a burning tank", "outlet"),
        ("Six fell, the army said, while the attackers “lost a great many men”.", "the attackers", "the army"),
        ("Six fell, the army said, while the road was shut on Monday.", "the road was shut", "outlet"),
        (
            "Guns and drones shook the posts near the dam, reported the press office of the army.",
            "shook",
            "the press office of the army",
        ),
        (
            "An envoy will come for talks with Otto Hall and Anna Roth, a government source told Reuters.",
            "will come",
            "a government source",
        ),
    ],
)
def test_who_is_told_apart_from_what_stands_beside(text: str, words: str, source: str | None) -> None:
    found = read(text).who(words)
    assert (None if found == "outlet" and source is None else found) == source


def test_a_statement_is_not_who_made_it() -> None:
    """An aside between dashes before the verb does not turn the clause round."""
    told = read("“A bridge fell at dawn,” the Ministry of Roads – the valley’s builder – said in a statement.")
    assert told.who("A bridge fell") not in ("a statement", "outlet")
