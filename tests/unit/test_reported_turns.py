"""Turns of everyday reporting: truces that fail, the dead buried, people on the move, posts set up, days that name a deed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.unit.extracting import reader, words
from trucewatch.model.records import Claim, Reading

Read = Callable[[str], Reading]
WAR = "Chad and Sudan have armies at their border. "


@pytest.fixture(scope="module")
def read() -> Read:
    return reader()


def claims(read: Read, text: str) -> tuple[Claim, ...]:
    return read(WAR + text).claims


@pytest.mark.parametrize(
    "text",
    [
        "The truce between Chad and Sudan collapsed within hours.",
        "The ceasefire held for just four minutes, Sudan said.",
        "The cease-fire fell apart on the same day.",
        "The truce lay in tatters on Sunday.",
        "The ceasefire lasted barely an hour.",
    ],
)
def test_a_truce_that_fails_was_broken(read: Read, text: str) -> None:
    assert [(c.act, c.stance) for c in claims(read, text)] == [("FIRE", "asserts")]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("The ceasefire has held for three weeks.", "CALM"),
        ("The ceasefire would collapse if the shelling went on, he said.", None),
        ("Talks on a ceasefire collapsed on Monday.", None),
    ],
)
def test_a_truce_that_holds_or_may_fail_is_not_broken(read: Read, text: str, act: str | None) -> None:
    acts = [c.act for c in claims(read, text) if c.act in ("CALM", "FIRE")]
    assert acts == ([act] if act else [])


def test_who_buries_the_dead_did_not_kill_them(read: Read) -> None:
    (claim,) = claims(read, "The Sudanese town buried 12 soldiers on Sunday.")
    assert claim.attributed_to is None
    assert [(f.measure, f.population, f.low) for f in claim.figures] == [("killed", "combatant", 12)]
    (claim,) = claims(read, "Three people were buried under the rubble of a house in Port Sudan after a raid.")
    assert not claim.figures, "who lies under rubble may live"


def test_men_lost_beside_things_are_counted(read: Read) -> None:
    (claim,) = claims(read, "Sudan lost two tanks and 11 soldiers in the attack, Chad said.")
    assert [(f.measure, f.low) for f in claim.figures] == [("killed", 11)]


def test_people_on_the_move_are_counted(read: Read) -> None:
    (claim,) = claims(read, "About 3,000 residents crossed into Chad by Monday evening, the Sudanese government said.")
    assert [(claim.act, f.measure, f.low) for f in claim.figures] == [("CIV.FLIGHT", "displaced", 2850)]


def test_the_particle_of_handing_over_is_none_of_the_number(read: Read) -> None:
    (claim,) = claims(read, "Sudan handed over 15 Chadian captives on Monday.")
    assert [(f.low, f.high) for f in claim.figures] == [(15, 15)]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Kenyan peacekeepers set up an observation post near Abeche.", "OFFER.MONITORS"),
        ("The Sudanese army set up a post near Abeche.", "FORCE.FORTIFICATION"),
        ("The Sudanese police set up a police post on the road to Chad.", "ACCESS.CHECKPOINT"),
        ("The Sudanese army set up a checkpoint near Abeche.", "ACCESS.CHECKPOINT"),
        ("Sudan closed the pass, cutting off the only road link to Chad.", "ACCESS.BLOCKADE"),
        ("The government of Sudan declared a general mobilisation.", "FORCE.BUILDUP"),
        ("Martial law was introduced in Sudan on Sunday.", "FORCE.BUILDUP"),
    ],
)
def test_posts_links_and_alarms(read: Read, text: str, act: str) -> None:
    assert {c.act for c in claims(read, text)} == {act}


@pytest.mark.parametrize(
    "text",
    [
        "Sudan rubbished the claims that its army had shelled Abeche.",
        "Sudan said there was “not a grain of truth” in reports that its army had shelled Abeche.",
    ],
)
def test_claims_laughed_at_are_denied(read: Read, text: str) -> None:
    assert [(c.act, c.stance) for c in claims(read, text)] == [("FIRE.HEAVY", "denies")]


def test_what_is_shelled_does_not_shell(read: Read) -> None:
    (claim,) = claims(read, "Monday's shelling of Port Sudan killed two people.")
    assert claim.attributed_to is None
    assert [p.text for p in claim.places] == ["Port Sudan"]
    (claim,) = claims(read, "The attack of the Chadian army on Geneina killed two people.")
    assert words(claim, "attributed_to") == "the Chadian army"


def test_a_day_that_names_a_deed_dates_it(read: Read) -> None:
    found = claims(read, "The death toll from Sunday's strike on Abeche has climbed to ten.")
    assert [c.when.text for c in found] == ["Sunday's"]
    assert "Friday's" in [
        c.when.text for c in claims(read, "Two men were taken to hospital after Friday's raid by Chad on Geneina.")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "One Sudanese soldier was killed and another wounded near Abeche.",
        "A Sudanese soldier was killed and another hurt when a drone hit their car.",
    ],
)
def test_one_killed_and_another_wounded_are_both_counted(read: Read, text: str) -> None:
    (claim,) = claims(read, text)
    assert [(f.measure, f.population, f.low) for f in claim.figures] == [
        ("killed", "combatant", 1),
        ("injured", "combatant", 1),
    ]


def test_killed_or_wounded_together_are_neither(read: Read) -> None:
    assert not [f for c in claims(read, "Two hundred Sudanese soldiers were killed or wounded.") for f in c.figures]


def test_who_passes_a_mine_wounds_nobody(read: Read) -> None:
    (claim,) = claims(read, "An explosive device went off as a Sudanese patrol passed, wounding four.")
    assert (claim.act, claim.attributed_to) == ("EXPLOSIVE.MINE_BLAST", None)
    assert [f.low for f in claim.figures] == [4]
    found = claims(read, "Smoke rose as Chadian jets bombed the town, killing four.")
    assert [words(c, "attributed_to") for c in found if c.figures] == ["Chadian"]


def test_what_is_hindered_is_not_done(read: Read) -> None:
    assert [c.act for c in claims(read, "Sudan has barred farmers from reaching their homes.")] == ["ACCESS.BLOCKADE"]


def test_what_a_protest_is_about_is_no_claim_beside_it(read: Read) -> None:
    text = "Sudan filed a complaint with the Security Council over Chad's repeated breaches."
    assert [c.act for c in claims(read, text)] == ["BLAME"]


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("Rescuers evacuated 17 wounded people from the Sudanese town.", ["AID.DELIVERY"]),
        ("A Chadian spokesman declined to comment on whether Sudan had asked for military help.", []),
        ("Further violence will only make it harder for Chad and Sudan to reach a peaceful settlement.", []),
        ("Sudanese troops fired at workers building a checkpoint, Chad said.", ["FIRE"]),
        ("Sudan tightened its grip on the only road to Chad.", ["ACCESS.BLOCKADE"]),
        ("About 600,000 Kenyans were driven out, Uganda said.", ["CIV.DISPLACEMENT"]),
        ("Sudan hailed a glorious day.", []),
        ("“I could not recognise him,” a Sudanese officer said.", []),
        ("“My father is buried here,” a farmer in Port Sudan said.", []),
        ("Sudan blamed Chad and promised a reprisal.", ["BLAME", "THREAT.FORCE"]),
        ("The army of Sudan accused Chad of procrastinating in its pullout.", ["BLAME"]),
    ],
)
def test_words_of_acts_in_other_company(read: Read, text: str, acts: list[str]) -> None:
    assert [c.act for c in claims(read, text)] == acts


@pytest.mark.parametrize(
    ("text", "act", "target"),
    [
        ("Chadian rebels must be pushed back beyond the river, the Sudanese minister said.", "DEMAND.OTHER", "Chadian rebels"),
        ("Chadian troops have to leave, Sudan insists.", "DEMAND.WITHDRAWAL", "Chadian troops"),
        ("Chad said that Sudanese troops had to withdraw.", "DEMAND.WITHDRAWAL", "Sudanese troops"),
    ],
)
def test_what_has_to_be_done_is_demanded(read: Read, text: str, act: str, target: str) -> None:
    assert [(c.act, words(c, "target")) for c in claims(read, text)] == [(act, target)]


def test_what_they_had_to_do_they_did(read: Read) -> None:
    assert [c.act for c in claims(read, "Sudanese residents had to leave their homes.")] == ["CIV.FLIGHT"]


def test_a_vow_is_no_second_threat(read: Read) -> None:
    assert len(claims(read, "Sudan would not stop until the north was safe, the Sudanese president vowed.")) == 1


def test_a_patrol_that_crosses_the_fence_crosses_a_line(read: Read) -> None:
    acts = [c.act for c in claims(read, "A Sudanese patrol crossed the fence near Abeche and seized a shepherd.")]
    assert acts == ["ADVANCE.LINE_CROSSING", "CIV.DETENTION"]


@pytest.mark.parametrize(
    "text",
    [
        "Two Sudanese servicemen received injuries of varying severity.",
        "Two Sudanese servicemen suffered gunshot wounds.",
        "Two Sudanese servicemen got wounds near Abeche.",
    ],
)
def test_who_has_wounds_did_not_deal_them(read: Read, text: str) -> None:
    (claim,) = claims(read, text)
    assert (claim.attributed_to, words(claim, "target")) == (None, "Two Sudanese servicemen")
    assert [(f.measure, f.population, f.low) for f in claim.figures] == [("injured", "combatant", 2)]


def test_soldiers_lost_and_martyrs_are_killed(read: Read) -> None:
    for text in ("Three Sudanese soldiers were lost near Abeche.", "Three Sudanese soldiers became martyrs."):
        assert [(f.measure, f.low) for c in claims(read, text) for f in c.figures] == [("killed", 3)], text


def test_accused_in_is_accused_of(read: Read) -> None:
    (claim,) = claims(read, "Sudan accuses Chad in the shelling of the peaceful population.")
    assert (claim.act, words(claim, "claimant"), words(claim, "attributed_to")) == ("FIRE.HEAVY", "Sudan", "Chad")
    (claim,) = claims(read, "Sudan accused Chad in a statement on Monday of shelling Port Sudan.")
    assert (claim.act, words(claim, "claimant"), words(claim, "attributed_to")) == ("FIRE.HEAVY", "Sudan", "Chad")


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("Chad and Sudan came to an agreement on a humanitarian truce.", ["AGREE.CEASEFIRE"]),
        ("Chad and Sudan reached agreement on a ceasefire.", ["AGREE.CEASEFIRE"]),
        ("Sudan expressed to Chad a resolute protest.", ["BLAME"]),
    ],
)
def test_agreements_come_to_and_protests_expressed(read: Read, text: str, acts: list[str]) -> None:
    assert [c.act for c in claims(read, text)] == acts


def test_what_is_planned_was_not_made(read: Read) -> None:
    (claim,) = claims(read, "The Sudanese army said the target was a commander of Chad who had been planning attacks.")
    assert words(claim, "target") == "a commander of Chad"


def test_victims_told_by_what_they_were(read: Read) -> None:
    (claim,) = claims(read, "The ministry of Sudan said two of the dead were a mother and her teenage son.")
    assert [(f.measure, f.low) for f in claim.figures] == [("killed", 2)]
