"""Plain turns of phrase as reporters write them: each article's claims, whole, by act, stance, teller and doer."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.articles import Claims, ledger_of, party

Row = tuple[str, str, str | None, str | None]

# text: its claims as (act, stance, claimant's side, doer's side), all of them
LEBANON: dict[str, tuple[Row, ...]] = {
    # who stands beside the teller's name has not told it, nor done it
    "Hezbollah, which is backed by Iran, said it had fired rockets at Metula on Monday.": (
        ("FIRE.HEAVY", "asserts", "HEZ", "HEZ"),
    ),
    "Hezbollah, a movement armed by Iran, said it had shelled an Israeli barracks on Monday.": (
        ("FIRE.HEAVY", "asserts", "HEZ", "HEZ"),
    ),
    "Hamas, the group supported by Tehran, denied that it had fired rockets at Metula on Monday.": (
        ("FIRE.HEAVY", "denies", "HMS", "HMS"),
    ),
    # whose sentence it was goes on, and not of whom it told
    "The Lebanese army said that Israel had breached the truce twice since Monday. It has begun sending troops to the border.": (
        ("FIRE", "asserts", "LBN", "ISR"),
        ("FORCE.BUILDUP", "asserts", None, "LBN"),
    ),
    "The Israeli army said that Hezbollah had fired rockets at Metula on Monday. It bombed a launcher in Khiam an hour later.": (
        ("FIRE.HEAVY", "asserts", "ISR", "HEZ"),
        ("AIR", "asserts", None, "ISR"),
    ),
    # who answers an accusation goes on
    "Israel accuses Hezbollah of rearming, which the group denies; it says it has withdrawn its fighters from the area.": (
        ("FORCE.BUILDUP", "asserts", "ISR", "HEZ"),
        ("FORCE.BUILDUP", "denies", "HEZ", "HEZ"),
        ("DEESCALATE.WITHDRAWAL", "asserts", "HEZ", "HEZ"),
    ),
    "Israel accuses Hezbollah of rearming; it says it will strike again.": (
        ("FORCE.BUILDUP", "asserts", "ISR", "HEZ"),
        ("THREAT.FORCE", "asserts", "ISR", "ISR"),
    ),
    "Israel accused Hezbollah of killing two farmers in Metula, which it denied.": (
        ("FIRE", "asserts", "ISR", "HEZ"),
        ("FIRE", "denies", "HEZ", "HEZ"),
    ),
    "Hezbollah accused Israel of shelling Khiam, a charge it rejects.": (
        ("FIRE.HEAVY", "asserts", "HEZ", "ISR"),
        ("FIRE.HEAVY", "denies", "ISR", "ISR"),
    ),
    "Hezbollah accused Israel of shelling Khiam, a claim it repeated on Monday.": (("FIRE.HEAVY", "asserts", "HEZ", "ISR"),),
    # a deed that a relative clause tells of, in somebody's words, is the deed's
    "Hezbollah said it had shelled a base in response to an Israeli strike on Sunday that it said killed two men in Tyre.": (
        ("FIRE.HEAVY", "asserts", "HEZ", "HEZ"),
        ("FIRE", "asserts", "HEZ", "ISR"),
    ),
    "Hezbollah fired at a barracks in response to an Israeli strike overnight that it said killed a field commander in Tyre.": (
        ("FIRE", "asserts", None, "HEZ"),
        ("FIRE", "asserts", "HEZ", "ISR"),
    ),
    # who denies what one says of himself is another
    "The Israeli army said it had struck a depot in Tyre, an account that officials dismissed.": (
        ("FIRE", "asserts", "ISR", "ISR"),
        ("FIRE", "denies", None, "ISR"),
    ),
    "Resistance sources denied reports that Israeli jets had killed a commander in Tyre.": (
        ("AIR.STRIKE", "denies", "HEZ", "ISR"),
    ),
    # a movement that does something is a body
    "Lebanon's Hezbollah resistance movement has launched an attack on Israeli bases, hitting six of them with rockets.": (
        ("FIRE.HEAVY", "asserts", None, "HEZ"),
    ),
    # what is doubted is neither asserted nor denied; what nobody doubts is asserted
    '"I doubt that Hezbollah fired the rocket," a French official said.': (),
    "We are not sure that Israel struck the hospital in Tyre, the Lebanese minister said.": (),
    "The Lebanese minister expressed doubt that Hezbollah had fired the rockets.": (),
    "There is no doubt that Israel struck the hospital in Tyre, the Lebanese minister said.": (
        ("CIV.ATTACK_OBJECTS", "asserts", "LBN", "ISR"),
    ),
    # what must not be done is asked for, and not denied; what must not have been done is neither
    "The United States said that Israel must not strike Beirut.": (("DEMAND.CEASE_FIRE", "asserts", "USA", "USA"),),
    '"We must not be attacked again," the mayor of Metula said.': (),
    "Israel must not have fired on the patrol, the Lebanese minister said.": (),
    # over a line that somebody drew
    "Hezbollah fighters entered a restricted zone in breach of the truce agreement, the Israeli army said.": (
        ("ADVANCE.LINE_CROSSING", "asserts", "ISR", "HEZ"),
    ),
    "No fighter entered the buffer zone, Hezbollah said.": (("ADVANCE.LINE_CROSSING", "denies", "HEZ", "HEZ"),),
    "Israel may enter the buffer zone again, the Lebanese army said.": (),
    "Aid trucks entered the closed area on Monday.": (),
    # an army that closes a road where a crowd is at home keeps order there; beside another army it is that one
    "Israel bombed the Bekaa on Thursday. Supporters of Hezbollah rode through Beirut, and the army closed the airport road.": (
        ("AIR", "asserts", None, "ISR"),
        ("ACCESS.BLOCKADE", "asserts", None, "LBN"),
    ),
    "The Israeli army bombed Tyre, and the army closed the road to Metula.": (
        ("AIR", "asserts", None, "ISR"),
        ("ACCESS.BLOCKADE", "asserts", None, "ISR"),
    ),
    # he who speaks behind a quotation of two sentences is whom the sentence before it is about
    "A Lebanese source said two were hurt in Tyre.\n\nThe mayor of Metula, David Levi, spoke on Monday. "
    '"Hezbollah shelled us. They hit the school," he said.': (
        ("FIRE", "asserts", "LBN", "ISR"),
        ("FIRE.HEAVY", "asserts", "ISR", "HEZ"),
        ("CIV.ATTACK_OBJECTS", "asserts", "ISR", "HEZ"),
    ),
    # people of no side who say something are not who spoke further up, nor is one of a people that is at no odds its voice
    "Qatar announced 40 million dollars of aid on Monday.\n\nFamilies of prisoners marched in Tyre. They say 14 men are still "
    "detained by Israel.": (("AID.DELIVERY", "asserts", "QAT", "QAT"), ("POW.NON_RELEASE", "asserts", None, "ISR")),
    '"Five people died in the raid," said Umm Ali, a Syrian from Homs who had lived in Baalbek for years.': (
        ("FIRE", "asserts", None, None),
    ),
    # who was no target, and who was
    '"The Lebanese army was not the target of the strike," the Israeli army said.': (("FIRE", "denies", "ISR", "ISR"),),
    "The Lebanese army is not a target of our strikes, the Israeli army said.": (),
    "The convoy was the target of an Israeli raid on Monday, the Lebanese army said.": (("FIRE", "asserts", "LBN", "ISR"),),
    # ills and regrets blame nobody
    "Eight peacekeepers were taken ill; they complained of headaches and skin irritation.": (),
    "Lebanon complained of Israeli overflights.": (("AIR.OVERFLIGHT", "asserts", "LBN", "ISR"),),
    # a way that is shut, told twice; talks that only date a deed
    "Israeli soldiers halted a UNIFIL convoy near Tyre on Monday and refused to let it through.": (
        ("ACCESS.BLOCKADE", "asserts", None, "ISR"),
    ),
    "Hours before the ministers met, Israeli strikes killed four people in Tyre, the Lebanese health ministry said.": (
        ("FIRE", "asserts", "LBN", "ISR"),
    ),
    # who is rung up, and who is only called something
    "French President Emmanuel Macron called Prime Minister Najib Mikati on Monday.": (("TALKS.MEET", "asserts", None, "FRA"),),
    "U.S. envoy Amos Hochstein called Parliament Speaker Nabih Berri in the evening.": (("TALKS.MEET", "asserts", None, "USA"),),
    "Amos Hochstein called Prime Minister Najib Mikati a liar on Monday.": (),
    "Amos Hochstein did not call Prime Minister Najib Mikati on Monday.": (),
    # whose deaths a side owns up to, and whose it does not
    "Hezbollah has acknowledged the deaths of 297 of its members, and at least 60 Lebanese civilians have lost their lives.": (
        ("TOLL", "confirms", "HEZ", None),
        ("TOLL", "asserts", None, None),
    ),
    # a service that fails, by its noun; what did not fail, or is feared to
    "Power cuts were reported in Tyre on Monday.": (("UTILITY.OUTAGE", "asserts", None, None),),
    "The mayor of Tyre spoke of a cut of the electricity in the town.": (("UTILITY.OUTAGE", "asserts", "LBN", None),),
    "There were no power cuts in Tyre, the mayor of the town said.": (),
    "The Lebanese ministry feared power cuts in Tyre.": (),
    # talk of what others want is refused, and not denied
    "Hezbollah rejects talk of a withdrawal from the border.": (("REFUSE", "asserts", "HEZ", "HEZ"),),
    "Hezbollah rejected claims that it had withdrawn from the border.": (("DEESCALATE.WITHDRAWAL", "denies", "HEZ", "HEZ"),),
    # what was said at the time
    'An Israeli military spokesperson said at the time that troops had detained a "suspect" who approached them.': (
        ("CIV.DETENTION", "asserts", "ISR", "ISR"),
    ),
    # a perfect after a passive is its own
    "Israel was supposed to leave southern Lebanon by February 18 but has kept troops at five positions.": (
        ("FORCE.NON_WITHDRAWAL", "asserts", None, "ISR"),
    ),
}
# text: the places of its first claim
PLACES = {
    "Hezbollah, a movement armed by Iran, said it had shelled an Israeli barracks on Monday.": (),
    "Hezbollah said it had shelled a base in response to an Israeli strike on Sunday that it said killed two men in Tyre.": (),
    "The Israeli army told residents of three buildings in Burj al-Barajneh to get out.": ("Bourj el-Barajneh",),
    "The Israeli army told reporters in Metula that Hezbollah must leave the south.": (),
}


def rows(claims: Claims) -> set[Row]:
    return {(c["act"], c["stance"], party(c), party(c, "attributed_to")) for c in claims}


@pytest.fixture(scope="module")
def lebanon(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Claims]:
    return ledger_of(tuple({**LEBANON, **PLACES}), "lebanon", "2025-03-12", tmp_path_factory.mktemp("plain"))


@pytest.mark.parametrize("text", LEBANON)
def test_an_article_tells_these_claims_and_no_other(lebanon: dict[str, Claims], text: str) -> None:
    assert rows(lebanon[text]) == set(LEBANON[text])


@pytest.mark.parametrize("text", PLACES)
def test_a_place_told_beside_is_not_the_deeds(lebanon: dict[str, Claims], text: str) -> None:
    assert tuple(p["name"] for p in lebanon[text][0]["places"]) == PLACES[text]


def test_the_regime_is_not_its_own_press_governments(tmp_path: Path) -> None:
    text = "Hezbollah will not halt its strikes as long as the regime keeps up its war. The regime's jets bombed Tyre on Monday."
    told = ledger_of((text,), "lebanon", "2025-03-12", tmp_path / "iran", {text: "Press TV"})[text]
    assert {party(c, "attributed_to") for c in told if c["act"].startswith(("AIR", "FIRE"))} == {"ISR"}
    assert not any("IRN" in (party(c, role) or "") for c in told for role in ("claimant", "attributed_to", "target"))


def test_a_mayor_tells_of_his_own_town(tmp_path: Path) -> None:
    text = (
        "Israel shelled Yaroun and Khiam on Thursday. The mayor of Aita al-Shaab said that three houses were hit in the shelling."
    )
    told = ledger_of((text,), "lebanon", "2025-03-12", tmp_path / "mayor")[text]
    assert [[p["name"] for p in c["places"]] for c in told] == [["Yaroun", "Khiam"], ["Aita al-Shaab"]]


def test_people_hurt_where_a_side_struck_are_no_admission(tmp_path: Path) -> None:
    text = "Jets hit a Hezbollah arms factory near Brital, the Israeli army said. Three people were injured there."
    told = ledger_of((text,), "lebanon", "2025-03-12", tmp_path / "there")[text]
    assert "confirms" not in {c["stance"] for c in told}


TARGETS = {
    "Hezbollah broke the deal. Foreign Minister Youssef Rajji said the party gambled with peace, and urged it to stop.": "HEZ",
    "The Lebanese minister said Israel had broken the truce, and urged it to stop.": "ISR",
    "Hezbollah shelled Metula. The mayor of Metula, David Levi, lashed out at the government on Monday.": "ISR",
    "Israel shelled Tyre. Hezbollah warned that any attack on Iran would be met with force.": "ISR",
}


@pytest.fixture(scope="module")
def aimed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Claims]:
    return ledger_of(tuple(TARGETS), "lebanon", "2025-03-12", tmp_path_factory.mktemp("aimed"))


@pytest.mark.parametrize("text", TARGETS)
def test_the_last_claim_of_an_article_is_meant_for(aimed: dict[str, Claims], text: str) -> None:
    assert party(aimed[text][-1], "target") == TARGETS[text]


# text: the measures and least numbers of its claims' figures
COUNTED: dict[str, set[tuple[str, str, int]]] = {
    "The Lebanese Health Ministry said that the total of the wounded since October 8 reached 540, and the displaced exceeded "
    "70 thousand.": {("TOLL", "injured", 540), ("TOLL", "displaced", 70000)},
    "UN agencies put the number of those still displaced at over 60,000.": {("CIV.DISPLACEMENT", "displaced", 60000)},
    "The UN human rights office said that 61 civilians were killed in the months that followed.": {("TOLL", "killed", 61)},
    "Eleven people were killed by Israeli fire in Tyre in the hours that followed, the UN said.": {("FIRE", "killed", 11)},
    "The wounded reached the hospital in Tyre on Monday.": set(),
}


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Claims]:
    return ledger_of(tuple(COUNTED), "lebanon", "2025-03-12", tmp_path_factory.mktemp("counted"))


@pytest.mark.parametrize("text", COUNTED)
def test_what_numbers_come_to(counted: dict[str, Claims], text: str) -> None:
    assert {(c["act"], f["measure"], f["low"]) for c in counted[text] for f in c["figures"]} == COUNTED[text]


def test_the_enemy_in_a_sides_own_agency_is_not_its_own_guest(tmp_path: Path) -> None:
    text = (
        "The enemy shelled the outskirts of Khiam in the morning. Israel said its jets attacked a Hezbollah cell in Tyre. "
        "The enemy threw flare bombs over Khiam at night."
    )
    told = ledger_of((text,), "lebanon", "2025-03-12", tmp_path / "enemy", {text: "NNA"})[text]
    assert {party(c, "attributed_to") for c in told if "enemy" in c["sentence_text"]} == {"ISR"}
