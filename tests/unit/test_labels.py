"""Labels before a colon: entries of a live report, a body with its hour, a name with the place of its speech."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.articles import Claims, ledger_of, party
from tests.unit.reading_voices import read


@pytest.mark.parametrize(
    ("text", "words", "source"),
    [
        ("Defence Ministry (14:20): two houses burnt down in Ashen", "two houses", "Defence Ministry"),
        ("Defence Ministry, 14:20: Shells fell on Ashen. Two houses burnt down.", "Shells", "Defence Ministry"),
        ("Defence Ministry, 14:20: Shells fell on Ashen. Two houses burnt down.", "Two houses", "Defence Ministry"),
        ("14:20 Defence Ministry: Shells fell on Ashen. Two houses burnt down.", "Two houses", "Defence Ministry"),
        ("14:20 Army: Shells fell on Ashen. The mayor said two houses burnt down.", "two houses", "The mayor"),
        ("14:10 From the Oak Brigades (northern branch): rockets launched at a barracks by Ashen.", "rockets", "Oak Brigades"),
        ("» PM Roth: cabinet has outlawed the party's arms", "cabinet", "PM Roth"),
        ("MoPH, since the May truce: 331 killed, 945 wounded.", "331 killed", "MoPH"),
        ("President's aide Roth (on Twitter): Southland has shelled the school again.", "Southland", "President's aide Roth"),
        ("» UNRWA: patrols suspended; armour seen crossing the line at 3 points", "armour", "UNRWA"),
        ("The army's office puts out a bulletin: guided missiles at a cluster of soldiers.", "guided", "The army's office"),
        # in brackets behind
        ("One shell landed in the yard, where a man of 60 was hurt (MDA).", "One shell", "MDA"),
        ("Two villages were shelled; a barn burnt down (Health Ministry).", "a barn", "Health Ministry"),
        ("Two villages were shelled; a barn burnt down (Health Ministry).", "Two villages", "outlet"),
        ("Six men were seized – “while mining our land” (Rivertown).", "while mining", "Rivertown"),
        ("Six men were seized – “while mining our land” (Rivertown).", "Six men", "outlet"),
        ("A shell hit the office of the Board of Roads (BOR).", "A shell", "outlet"),
        ("A shell hit the town of Ashen (Northland).", "A shell", "outlet"),
        ("Two villages were shelled overnight (see the map).", "Two villages", "outlet"),
        # counted, held, reckoned
        ("The army counted 90 launches on Monday, including one at the port.", "one at", "The army"),
        ("The health ministry had counted 24 dead and 134 wounded, by gunfire.", "134", "The health ministry"),
        ("The army counted 90 launches; a farmer saw none.", "a farmer", "outlet"),
        ("The minister has spoken of 275 soldiers still unaccounted for.", "unaccounted", "The minister"),
        ("The commission holds that ten men were not handed over.", "ten men", "The commission"),
        ("The army holds ten men in the fort.", "ten men", "outlet"),
        ("The mayor reckons that at least ten of his men were killed.", "ten of", "The mayor"),
        ("Six soldiers were killed, the ministry tweets.", "Six", "the ministry"),
        # no speaker before the colon, or none any more
        ("14:20 Army: Shells fell on Ashen. The mayor said that he was safe. A school was hit.", "A school", "outlet"),
        ("14:20 Army: Shells fell on Ashen. Earlier, jets had struck a school.", "jets had", "outlet"),
        ("14:20 Army: Shells fell on Ashen. Jets struck a school.", "Jets", "Army"),
        ("Defence Ministry: Shells fell on Ashen. Two houses burnt down.", "Two houses", "outlet"),
        ("14:20 Shells fell on Ashen. Two houses burnt down.", "Two houses", "outlet"),
        ("Clashes in Rivertown: two soldiers were killed in the hills", "two soldiers", "outlet"),
        ("From the archive: the army struck a village in 1991", "the army", "outlet"),
        ("From Rivertown: the army struck a village on Monday.", "the army", "outlet"),
        ("Northland (1991): the army struck a village", "the army", "outlet"),
    ],
)
def test_who(text: str, words: str, source: str | None) -> None:
    assert read(text).who(words) == source


LEBANON = {
    "14:20 Israeli army: Hezbollah gunners fired rockets at Safed. A house was hit.": (("rockets", "ISR"), ("house", "ISR")),
    "Hezbollah (09:10): Israeli jets struck a house in Tyre. Two men were killed.": (("struck", "HEZ"), ("killed", "HEZ")),
    # who does the next deed has not told of the one before
    "Israeli jets struck Tyre; Hezbollah fired at Safed.": (("struck", None), ("fired", None)),
    "Hezbollah shelled Safed; Israeli troops fired at Tyre.": (("shelled", None), ("fired", None)),
    "Israeli jets struck Tyre, Hezbollah fired at Safed.": (("struck", None), ("fired", None)),
    "09:10 Hezbollah gunners fired rockets at Safed. A house was hit.": (("rockets", None), ("house", None)),
}
KARABAKH = {
    "» Armenian MoD: Azerbaijani units shelled posts near Sotk. A soldier was killed.": (("shelled", "ARM"), ("killed", "ARM")),
    # where it was written, or a man in a picture: neither speaker nor doer
    "Aliyev (pictured): Armenian units shelled posts near Terter.": (("shelled", None),),
    "Pashinyan (in Yerevan): Armenian units shelled posts near Terter.": (("shelled", None),),
    "12:30 Stepanakert: Azerbaijani units shelled the city.": (("shelled", None),),
    "Ganja: Armenian mortars shelled the city.": (("shelled", None),),
    "Azerbaijani MoD, 10:30: Armenian units shelled posts near Terter.": (("shelled", "AZE"),),
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Claims]:
    folder: Path = tmp_path_factory.mktemp("labels")
    return ledger_of(tuple(LEBANON), "lebanon", "2024-10-07", folder / "lebanon") | ledger_of(
        tuple(KARABAKH), "karabakh", "2020-10-07", folder / "karabakh"
    )


@pytest.mark.parametrize("text", [*LEBANON, *KARABAKH])
def test_an_entry_is_its_speakers(told: dict[str, Claims], text: str) -> None:
    for words, side in (LEBANON | KARABAKH)[text]:
        claims = [c for c in told[text] if words in c["evidence_text"]]
        assert claims, words
        assert {party(claim) for claim in claims} == {side}, words


@pytest.mark.parametrize(
    ("text", "doer"),
    [
        ("Aliyev (pictured): Armenian units shelled posts near Terter.", "ARM"),
        ("Pashinyan (in Yerevan): Armenian units shelled posts near Terter.", "ARM"),
        ("12:30 Stepanakert: Azerbaijani units shelled the city.", "AZE"),
        ("Ganja: Armenian mortars shelled the city.", "ARM"),
    ],
)
def test_a_label_is_no_doer(told: dict[str, Claims], text: str, doer: str) -> None:
    assert {party(claim, "attributed_to") for claim in told[text]} == {doer}


def test_what_an_agency_says_that_a_side_would_do_is_no_threat_of_the_agency(tmp_path: Path) -> None:
    texts = {
        "Reuters reported that Israel would strike Beirut.": "ISR",
        "The IRNA agency reported that Israel would strike Beirut.": "ISR",
        "IRNA reported that Iran would strike Israel.": "IRN",
        "The Israeli army said that it would strike Beirut.": "ISR",
    }
    told = ledger_of(tuple(texts), "lebanon", "2024-10-07", tmp_path / "threats")
    found = {text: {party(c, "attributed_to") for c in told[text] if c["act"] == "THREAT.FORCE"} for text in texts}
    assert found["The Israeli army said that it would strike Beirut."] == {"ISR"}
    assert all(doers <= {texts[text]} for text, doers in found.items()), found
