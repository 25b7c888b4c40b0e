"""Bodies that lead to their side by their own words or after their like, and losses that somebody registers or owns to."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.articles import Claims, ledger_of, party
from tests.unit.reading_voices import read

# text: (words of the claim's evidence, its claimant's side)
LEBANON = {
    "Israel and Hezbollah fought on. The military said troops killed four Hezbollah men near Yaroun.": (
        ("four Hezbollah men", "ISR"),
    ),
    "The army command reported that the Israeli enemy had blown up houses in Khiam.": (("blown up", "LBN"),),
    "State Security said two of its men were killed by an Israeli drone in Sidon. The army said a soldier was hurt in Zahle.": (
        ("two of its men", "LBN"),
    ),
    "Israel struck Tyre. Around 300,000 people have fled their homes in Lebanon, and the government says more will follow.": (
        ("300,000", None),
    ),
    "Israel struck Tyre. The government says around 300,000 people have fled their homes in Lebanon.": (("300,000", "LBN"),),
    "Shells hit the pumps at noon. Water has been off in Khiam since shells cut the main, the water company said.": (
        ("Water has been off", "LBN"),
    ),
    "The Swedish ombudsman for peace, Lena Berg, said the raid was a crime and demanded an inquiry.": (("the raid", "SWE"),),
    "Israel and Lebanon keep a truce. President Joseph Aoun received the commander of UNIFIL, the presidency said.": (
        ("the commander", "LBN"),
    ),
    "Shells fell on Khiam, the Lebanese health ministry said. The Israel Defense Forces gave no comment. Hours later it said "
    "it had killed a Hezbollah gunner in Aitaroun.": (("it had killed", "ISR"),),
}
KARABAKH = {
    "Armenian media, citing the army, reported that two soldiers had been killed near Sotk.": (("two soldiers", "ARM"),),
    "Armenia and Azerbaijan spoke. The two sides' foreign ministers said the truce was holding.": (("truce", "ARM;AZE"),),
    "Human rights ombudsman Artak Beglaryan said 40 civilians were dead. The ombudsman said shells hit a school in Shusha.": (
        ("hit a school", "NKR"),
    ),
    "Armenia's army lost a post, its ministry said. In Baku, the Defence Ministry said Armenian guns had shelled Terter.": (
        ("had shelled", "AZE"),
    ),
    "The separatists laid down their arms on Monday. They say that Azerbaijani shells killed ten people in Askeran.": (
        ("killed ten", "NKR"),
    ),
    "The State Service of Security of Azerbaijan said on Friday that Armenian gunmen had fired on a patrol near Hadrut.": (
        ("had fired", "AZE"),
    ),
    "The office of Armenia's Human Rights Defender said that Azerbaijani troops had shelled Vardenis.": (("had shelled", "ARM"),),
    "By Monday 12,000 people had crossed into Armenia, its government said.": (("12,000", "ARM"),),
    "There was no comment from Yerevan, which on Friday admitted that Hadrut had fallen.": (("Hadrut had fallen", "ARM"),),
    "The Armenian side recognised the death of 14 soldiers.": (("14 soldiers", "ARM"),),
    "Armenia's defence ministry has recorded a further 14 deaths among its soldiers, raising the toll to 210.": (("210", "ARM"),),
    "The Azerbaijani army announced of having shot down two Armenian drones near Terter.": (("shot down", "AZE"),),
    "The Armenian ministry ensured that its guns had hit a column near Fizuli.": (("had hit", "ARM"),),
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Claims]:
    folder: Path = tmp_path_factory.mktemp("bodies")
    return ledger_of(tuple(LEBANON), "lebanon", "2024-10-07", folder / "lebanon") | ledger_of(
        tuple(KARABAKH), "karabakh", "2020-10-07", folder / "karabakh"
    )


@pytest.mark.parametrize("text", [*LEBANON, *KARABAKH])
def test_the_voice_is_of_the_right_side(told: dict[str, Claims], text: str) -> None:
    for words, side in (LEBANON | KARABAKH)[text]:
        claims = [c for c in told[text] if words in c["evidence_text"] or c["evidence_text"] in words]
        assert claims, words
        assert party(min(claims, key=lambda claim: len(claim["evidence_text"]))) == side, words


@pytest.mark.parametrize(
    ("text", "words", "source"),
    [
        ("In accordance with the report of the ministry, two tanks were burnt near the ford.", "two tanks", "the ministry"),
        ("By data of the General Staff, two tanks were burnt near the ford.", "two tanks", "the General Staff"),
        ("From the words of the mayor, ten houses were burnt.", "ten houses", "the mayor"),
        ("Ten houses were burnt in the village, according tothe Board of Works.", "Ten houses", "the Board of Works"),
        ("The general prosecutor spoke about 30 civilians dead in the valley.", "30 civilians", "The general prosecutor"),
        ("The army named nine more of its soldiers killed in action, taking its losses to 90.", "90", "The army"),
        ("The army published the names of nine soldiers killed on Monday.", "nine soldiers", "The army"),
        # no loss, or nobody's word
        ("The museum recorded a rise in visitors last year.", "a rise", "outlet"),
        ("Nurses ensured that the wounded were fed.", "were fed", "outlet"),
        ("The team named nine new players on Monday.", "nine new", "outlet"),
        ("No deaths were recorded in the valley.", "No deaths", "outlet"),
    ],
)
def test_who(text: str, words: str, source: str | None) -> None:
    assert read(text).who(words) == source


def test_a_name_ends_where_the_meeting_begins() -> None:
    told = read("Meanwhile Mayor Anna Roth at a meeting with envoys of the two councils warned: “We will not leave the hill.”")
    assert told.who("We will not") == "Mayor Anna Roth"


@pytest.mark.parametrize(
    ("text", "words", "source"),
    [
        # "and" behind a closing "X said"
        ("Six shells fell on the port, the mayor said, and two ships were burning.", "two ships", "the mayor"),
        ("Six shells fell on the port, the mayor said, and the army admitted that a ship was hit.", "a ship", "the army"),
        ("Rescuers said the shells set a barn ablaze but nobody was hurt.", "nobody", "Rescuers"),
        (
            "The minister said the town should “stop its games” and that the army would continue to help.",
            "continue",
            "The minister",
        ),
        ("The north accused the south of treason and the mayor, Anna Roth, said the south was lying.", "of treason", "The north"),
        (
            "Two goats were lightly hurt by the shell, the mountain rescue service reports.",
            "lightly hurt",
            "the mountain rescue service",
        ),
        ("The army listed 30 more dead. That brings its losses to 600.", "its losses", "The army"),
        ("“They came from two sides,” the captain said on Friday, “and then they shelled us.”", "shelled us", "the captain"),
        # headlines
        ("Jets hit the port at dawn – Health Ministry", "Jets", "Health Ministry"),
        ("Truce broken nine times since midnight: army", "broken", "army"),
        ("Truce collapses – a blow for the army", "collapses", "outlet"),
        ("Jets hit the port at dawn - Daily News", "Jets", "outlet"),
        ("There was no word from the ministry in Brandt, which on Monday said the hill had fallen.", "the hill", None),
    ],
)
def test_who_goes_on(text: str, words: str, source: str | None) -> None:
    found = read(text).who(words)
    assert found == source if source is not None else found != "outlet"


@pytest.mark.parametrize(
    ("text", "words", "channel"),
    [
        ("Roth, speaking on television, blamed the north. “They will answer for this,” she said.", "They will", "television"),
        ("“There is no truce,” Roth told AFP by telephone. “Their guns have fired on us all day.”", "Their guns", "AFP"),
        ("“We want them to leave,” he told a news conference in the port.", "We want", "press conference"),
        ("The colonel ordered residents of the port to leave on X, with maps.", "residents", "X"),
        ("Roth said on television that the hill had fallen. She added that two men were missing.", "two men", None),
    ],
)
def test_channel_lasts_as_long_as_the_quotation(text: str, words: str, channel: str | None) -> None:
    told = read(text)
    at = text.index(words)
    held = [a for a in told.attributions if not a.is_attitude and any(s <= at < e for s, e in a.content)]
    assert held
    assert min(held, key=lambda a: sum(e - s for s, e in a.content)).channel == channel


CONFIRMED = {
    "The Israeli army acknowledged that it had carried out 40 air strikes on Lebanon since the truce.": "asserts",
    "Lebanon's prime minister, Najib Mikati, confirmed that Lebanon had agreed to the truce.": "asserts",
    "The Israeli army acknowledged that three of its soldiers had been killed in Khiam.": "confirms",
}


@pytest.mark.parametrize("text", CONFIRMED)
def test_who_confirms_his_own_deed_reports_it(text: str, tmp_path: Path) -> None:
    claims = ledger_of((text,), "lebanon", "2025-03-07", tmp_path / "confirmed")[text]
    assert {claim["stance"] for claim in claims} == {CONFIRMED[text]}


DENIED = {
    # text: acts denied, and who is said to have done them
    "The IDF said troops had reached the Litani at Khiam. A Lebanese officer denied that the soldiers had got so far.": "ISR",
    "Israel said it had hit a Hamas compound in Sidon. Hamas denied having any such compound.": None,
}


@pytest.mark.parametrize("text", DENIED)
def test_a_denial_takes_up_what_was_told_just_before(text: str, tmp_path: Path) -> None:
    claims = ledger_of((text,), "lebanon", "2024-10-07", tmp_path / "denied")[text]
    last = max(claims, key=lambda claim: claim["start_char"])
    assert last["stance"] == "denies"
    if DENIED[text] is not None:
        assert last["attributed_to"]["party"] == DENIED[text]


def test_a_denial_of_other_things_takes_up_nothing(tmp_path: Path) -> None:
    text = "The IDF said it had struck a depot in Khiam. Lebanon's president denied that he was ill."
    claims = ledger_of((text,), "lebanon", "2024-10-07", tmp_path / "other")[text]
    assert [claim["stance"] for claim in claims] == ["asserts"]
