"""Papers of a body's own: what a ministry, an army or a mission publishes itself it vouches for; the news does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.articles import Claims, ledger_of, party

# outlet, text: (words of the claim's evidence, its claimant's side)
LEBANON = (
    ("UNIFIL", "A patrol was halted near Yaroun on Monday by armed men, who fired at it.", (("halted", "UNO"),)),
    ("Israel Defense Forces", "At noon our troops struck a Hezbollah launcher near Khiam.", (("struck", "ISR"),)),
    (
        "Ministry of Public Health of Lebanon",
        "An Israeli strike on a house in Tyre killed four people on Monday. The Israeli army said it had struck a launcher.",
        (("killed four", "LBN"), ("a launcher", "ISR")),
    ),
    ("Hezbollah Military Media", "Our fighters fired rockets at Kiryat Shmona at dawn.", (("fired rockets", "HEZ"),)),
    (
        "Wire",
        "PRESS OFFICE OF THE LEBANESE ARMY\n\nAt noon Israeli guns shelled one of our posts near Yaroun, and a soldier was hurt.",
        (("shelled", "LBN"),),
    ),
    ("mirror", "[Forwarded from IDF Spokesperson]\n\nJets struck a Hezbollah depot in Tyre overnight.", (("struck", "ISR"),)),
    (
        "mirror",
        "UNIFIL – Shells on the headquarters\n\nThe Mission regrets to inform that shells hit its base in Naqoura on Monday. "
        "The Mission remains in its posts.",
        (("hit its base", "UNO"),),
    ),
    # what others said, set behind a heading, is not the body's own word
    (
        "UNIFIL",
        "Shells hit the base in Naqoura on Monday, and two peacekeepers were hurt in the yard behind the main gate.\n\n"
        "/// Comment of the other side\n\nHezbollah fighters fired rockets at Kiryat Shmona.",
        (("hit the base", "UNO"), ("fired rockets", None)),
    ),
    # the news
    ("Times of Israel", "Israeli jets struck a depot in Tyre on Monday.", (("struck", None),)),
    ("Army Radio", "Israeli jets struck a depot in Tyre on Monday.", (("struck", None),)),
    ("Wire", "Israeli Army Strikes Tyre\n\nIsraeli jets struck a depot in Tyre on Monday.", (("struck a depot", None),)),
    (
        "Wire",
        "UNIFIL – A force in the middle\n\nIsraeli jets struck a depot in Tyre on Monday. “We are staying,” a peacekeeper said.",
        (("struck a depot", None),),
    ),
    ("Lebanon", "Israeli jets struck a depot in Tyre on Monday.", (("struck", None),)),
)
KARABAKH = (
    (
        "Ministry of Defence of Armenia",
        "Azerbaijani units shelled our positions near Vardenis. The ministry's guns answered the fire.",
        (("shelled", "ARM"),),
    ),
    (
        "Ministry of Defence of Azerbaijan",
        "Armenian units shelled our positions near Terter. The Ministry demands that the fire cease.",
        (("shelled", "AZE"), ("demands", "AZE")),
    ),
    (
        "mirror",
        "Statement of the Ministry of Foreign Affairs of Armenia on the shelling of Vardenis\n\n"
        "On Monday Azerbaijani units shelled villages near Vardenis.",
        (("shelled villages", "ARM"),),
    ),
    (
        "EU Mission in Armenia",
        "Azerbaijani posts fired on a farm near Tegh on Monday. Azerbaijan's ministry said that Armenian units had fired first.",
        (("fired on a farm", "EUR"), ("fired first", "AZE")),
    ),
    # "our" is who writes, also in what others are said to say; behind a colon it is theirs
    (
        "Ministry of Defence of Armenia",
        "Azerbaijani units shelled Vardenis. The ministry of the enemy reported that our units had shelled Terter.",
        (("shelled Vardenis", "ARM"), ("had shelled Terter", "AZE")),
    ),
    (
        "Ministry of Defence of Azerbaijan",
        "Armenian units shelled Terter. The Armenian ministry claims that our units had shelled Vardenis.",
        (("shelled Terter", "AZE"), ("had shelled Vardenis", "ARM")),
    ),
    (
        "Ministry of Defence of Armenia",
        "Azerbaijani units shelled Vardenis.\n\nWhat Azerbaijan says\n\nArmenian units shelled Barda.",
        (("shelled Vardenis", "ARM"), ("shelled Barda", None)),
    ),
    (
        "Ministry of Defence of Azerbaijan",
        "Armenian units shelled Barda.\n\nPosition of the Armenian side:\n\nAzerbaijani units shelled Vardenis.",
        (("shelled Barda", "AZE"), ("shelled Vardenis", None)),
    ),
    ("Armenpress", "Azerbaijani units shelled villages near Vardenis.", (("shelled", None),)),
    (
        "Wire",
        "Armenian Army Shells Terter\n\nArmenian guns shelled Terter on Monday. “We heard it all night,” a farmer said.",
        (("guns shelled", None),),
    ),
)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Claims]:
    folder: Path = tmp_path_factory.mktemp("issuers")
    found: dict[tuple[str, str], Claims] = {}
    for theatre, cases, day in (("lebanon", LEBANON, "2024-10-07"), ("karabakh", KARABAKH, "2020-10-07")):
        # one text may stand under two outlets: told apart by a blank end
        texts = {text + "\n" * number: outlet for number, (outlet, text, _) in enumerate(cases)}
        claims = ledger_of(tuple(texts), theatre, day, folder / theatre, texts)
        found |= {(outlet, text): claims[text + "\n" * number] for number, (outlet, text, _) in enumerate(cases)}
    return found


@pytest.mark.parametrize(("outlet", "text", "expected"), [*LEBANON, *KARABAKH])
def test_who_vouches(
    told: dict[tuple[str, str], Claims], outlet: str, text: str, expected: tuple[tuple[str, str | None], ...]
) -> None:
    for words, side in expected:
        claims = [c for c in told[outlet, text] if words in c["sentence_text"] and words in c["evidence_text"]]
        assert claims, words
        assert {party(claim) for claim in claims} == {side}, words


def test_an_enemy_is_whom_the_issuer_fights(told: dict[tuple[str, str], Claims]) -> None:
    outlet, text, _ = KARABAKH[1]
    shelled = next(c for c in told[outlet, text] if "shelled" in c["evidence_text"])
    assert party(shelled, "attributed_to") == "ARM"
    assert party(shelled, "target") == "AZE"
    assert shelled["claimant"]["text"] is None, "the outlet is no word of the text"


@pytest.mark.parametrize(
    ("words", "doer", "target"), [("had shelled Terter", "ARM", "AZE"), ("had shelled Vardenis", "AZE", "ARM")]
)
def test_our_units_are_the_issuers_in_what_the_other_side_says(
    told: dict[tuple[str, str], Claims], words: str, doer: str, target: str
) -> None:
    (claim,) = [c for (_, text), claims in told.items() if words in text for c in claims if words in c["evidence_text"]]
    assert (party(claim, "attributed_to"), party(claim, "target")) == (doer, target)
