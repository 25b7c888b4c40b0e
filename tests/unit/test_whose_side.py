"""By whom and against whom, on short made-up news: the doer and the target of what no single word tells."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.articles import Claims, ledger_of

# text: (words of the evidence, its doer's side, its target's side; None for nobody, "*" for whoever)
KARABAKH = {
    "Yerevan blamed Baku for the overnight shelling of farms in Tavush.": (("overnight shelling", "AZE", "ARM"),),
    "Baku blamed the bombing of a bus on Armenian saboteurs.": (("bombing of a bus", "ARM", "AZE"),),
    "Armenia said Azerbaijan was to blame for the strike.": (("the strike", "AZE", "ARM"),),
    "Yerevan laid the blame for the explosion on Baku.": (("explosion", "AZE", "ARM"),),
    "Turkey blamed Armenia for the flare-up.": (("flare-up", "TUR", "ARM"),),
    "Baku spoke of Armenian units, which it said had laid mines between Azerbaijani posts near Lachin.": (
        ("had laid mines", "ARM", "AZE"),
    ),
    "Armenia and Azerbaijan fought on. Moscow said it had brokered a truce from midnight.": (("brokered", "RUS", "ARM;AZE"),),
    "The French minister spoke by phone with his counterparts in Baku and Yerevan.": (("spoke by phone", "FRA", "ARM;AZE"),),
    "Officials from Armenia and Azerbaijan met in Brussels on Friday.": (("met in Brussels", "ARM;AZE", "ARM;AZE"),),
    "Armenian forces shelled Terter, Baku said. The occupiers fired at Barda too, Hajiyev said, while Stepanakert was silent.": (
        ("fired at Barda", "ARM", "AZE"),
    ),
    "Shots were fired near Verin Shorzha as an EU patrol passed. Azerbaijan had shelled Jermuk.": (("Shots", None, "*"),),
    "Armenian officials said the enemy had suffered heavy losses. Azerbaijan hit Goris.": (("suffered", "ARM", "AZE"),),
    "Some 400 Russian peacekeepers will be deployed along the Lachin corridor.": (("peacekeepers", "RUS", None),),
    "Armenia said it struck Azerbaijan's Terter base and its fighters repelled an attack near Fizuli.": (
        ("its fighters repelled", "ARM", "AZE"),
    ),
    "Armenia condemned Azerbaijan's posts on the hills and its daily raids on Vardenis.": (("daily raids", "AZE", "*"),),
    "Armenia said that Azerbaijan's presence on the hills, and its daily strikes on Vardenis, kept farmers at home.": (
        ("daily strikes", "AZE", "*"),
    ),
    "Armenia said that Azerbaijan's guns burnt the farm, and its daily raids hit a post near Fizuli.": (
        ("its daily raids hit", "ARM", "AZE"),
    ),
    "Armenia said it struck Azerbaijan's Terter base and its raids killed ten soldiers.": (("its raids killed", "ARM", "AZE"),),
    "Russia's defence ministry said its peacekeepers had evacuated 70 civilians from Martakert.": (
        ("had evacuated", "RUS", "CVL"),
    ),
    "Iran's army chief said that tanks had been moved to the frontier with Azerbaijan.": (("tanks", "IRN", "*"),),
    "Azerbaijan said four of its soldiers were killed in clashes with Armenian troops near Fizuli.": (
        ("four of its soldiers", "ARM", "AZE"),
    ),
    "Azerbaijan launched an offensive after six men died at Armenian hands. The EU's envoy condemned the operation.": (
        ("condemned", "EUR", "AZE"),
    ),
    "The French president condemned the strikes on Stepanakert. Azerbaijani guns had shelled it since Friday.": (
        ("condemned", "FRA", "AZE"),
    ),
    "Azerbaijan set up a checkpoint on the Lachin road. The United States said the checkpoint undermined peace.": (
        ("undermined", "USA", "AZE"),
    ),
    "Macron held a phone call with President Aliyev and demanded that the ceasefire be respected.": (("demanded", "FRA", "AZE"),),
    "Stepanakert said that Baku had demanded that the road be moved.": (("demanded", "AZE", "NKR"),),
    "Azerbaijan offered a meeting in Yevlakh; Stepanakert refused the offer.": (("refused", "NKR", "AZE"),),
    "Baku's defence ministry laid the blame on the opposing side. Armenian guns fired on Tovuz.": (
        ("laid the blame", "AZE", "ARM"),
    ),
    "Aliyev warned that separatists who refused Azerbaijani citizenship must leave.": (("warned", "AZE", "NKR"),),
    "Azerbaijan shelled Goris. The Armenian army said the enemy had been thrown back near Sotk.": (
        ("thrown back", "ARM", "AZE"),
    ),
    "Armenian guns fired on Agdam. Two posts were taken, Azerbaijan's defence ministry said.": (("Two posts", "AZE", "ARM"),),
    "Armenian guard shot dead by sniper, Yerevan says. Azerbaijan fired on Sotk.": (("shot dead", "AZE", "ARM"),),
    "Armenia and Azerbaijan fought on. Putin told both leaders that the fighting must stop.": (("must stop", "RUS", "ARM;AZE"),),
    "Erdogan said Turkey stood by its brothers in Baku.": (("stood by", "TUR", "AZE"),),
    '"They bombed our street," said Anush, a teacher from Martakert. Azerbaijan launched its offensive on Monday.': (
        ("bombed our street", "AZE", "NKR"),
    ),
    "Yerevan said it expected the peacekeepers to react.": (("expected", "ARM", "RUS"),),
}
LEBANON: dict[str, tuple[tuple[str, str | None, str | None], ...]] = {
    "The Pentagon said a small number of additional American troops were being sent to Cyprus.": (("American", "USA", None),),
    "Israel said ten rockets had been fired from Lebanon. Hezbollah claimed the attack on Safed.": (
        ("ten rockets", "HEZ", "ISR"),
    ),
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Claims]:
    folder: Path = tmp_path_factory.mktemp("sides")
    return ledger_of(tuple(LEBANON), "lebanon", "2024-11-03", folder / "lebanon") | ledger_of(
        tuple(KARABAKH), "karabakh", "2020-10-17", folder / "karabakh"
    )


@pytest.mark.parametrize("text", [*LEBANON, *KARABAKH])
def test_the_deed_is_of_the_right_side_and_against_the_right_one(told: dict[str, Claims], text: str) -> None:
    for words, doer, target in (LEBANON | KARABAKH)[text]:
        claims = [c for c in told[text] if words in c["evidence_text"] or c["evidence_text"] in words]
        assert claims, words
        found = min(claims, key=lambda claim: len(claim["evidence_text"]))
        for role, side in (("attributed_to", doer), ("target", target)):
            if side != "*":
                assert (found[role] or {}).get("party") == side, (words, role, found["reasons"])
