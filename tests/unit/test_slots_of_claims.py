"""Sides and days of claims that their words tell in passing: read off made-up sentences of a made-up war."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.unit.test_settle import THEATRE as TWO_SIDES
from tests.unit.test_settle import claim, party, settled
from trucewatch.model.records import Claim, Document, Voice, When
from trucewatch.model.theatre import Outbreak, Theatre
from trucewatch.stages.claim_times import claim_days

SUNDAY = date(2024, 10, 13)
WAR = Outbreak(name="war of the fords", on=date(2023, 10, 8), until=date(2024, 6, 27))
THEATRE = Theatre(name="fords", title="Fords", outbreaks=(WAR,))


def days(
    sentence: str, evidence: str, told: str | None = None, act: str = "FIRE", stance: str = "asserts"
) -> tuple[date | None, ...]:
    """First and last day of a claim in a sentence published on a Sunday; `told`: the time that the parse ties to it."""
    start = sentence.index(evidence)
    at = sentence.index(told) if told is not None else 0
    when = When() if told is None else When(text=told, start_char=at, end_char=at + len(told))
    claim = Claim(
        id="c", document_id="d", start_char=start, end_char=start + len(evidence), sentence_start_char=0,
        sentence_end_char=len(sentence), act=act, stance=stance, when=when,
    )  # fmt: skip
    published = When(earliest=SUNDAY, latest=SUNDAY, precision="day", basis="given")
    document = Document(id="d", source="a", input_path="a", sha256="0", text=sentence, published=published)
    found = claim_days(claim, document, THEATRE)
    return found.earliest, found.latest


def on(day: int, month: int = 10, year: int = 2024) -> tuple[date, date]:
    return date(year, month, day), date(year, month, day)


@pytest.mark.parametrize(
    ("sentence", "evidence", "told", "wanted"),
    [
        ("The captain, born in 2001, was hit near Orva.", "The captain, born in 2001, was hit near Orva", "in 2001", on(13)),
        ("The captain, born in Orva on Friday, was hit.", "The captain, born in Orva on Friday, was hit", None, on(13)),
        ("An Orva-born man was killed on Friday.", "An Orva-born man was killed on Friday", "on Friday", on(11)),
        ("An Orva-born man was killed on Friday.", "An Orva-born man was killed", None, on(11)),
        ("A newly married couple were killed on Friday.", "A newly married couple were killed on Friday", "on Friday", on(11)),
        ("Chad, which had invited observers, shelled Orva on Friday.", "shelled Orva on Friday", "on Friday", on(11)),
        ("Chad, which invited observers to Orva on Friday, shelled it.", "shelled it", "on Friday", on(11)),
        ("Guns have shelled Orva every day since Sunday.", "Guns have shelled Orva", "since Sunday", (date(2024, 10, 6), SUNDAY)),
        (
            "It hit a base in reply to raids on Orva on Thursday.",
            "It hit a base in reply to raids on Orva on Thursday",
            None,
            on(13),
        ),
        ("They announced on Saturday the death of a man killed on Friday.", "a man killed on Friday", "on Saturday", on(11)),
        ("Since this so-called ceasefire they fired at us.", "they fired at us", "Since this so-called ceasefire", on(13)),
        (
            "The farms were burnt by shells during the war.",
            "The farms were burnt by shells during the war",
            None,
            (WAR.on, WAR.until),
        ),
    ],
)
def test_days_that_are_anothers_are_not_the_deeds(
    sentence: str, evidence: str, told: str | None, wanted: tuple[date, date]
) -> None:
    assert days(sentence, evidence, told) == wanted


@pytest.mark.parametrize(
    ("sentence", "act", "stance"),
    [
        ("They asked all to stop without waiting for Monday.", "DEMAND.CEASE_FIRE", "asserts"),
        ("An officer refused this, saying that two lorries had been let in on Saturday.", "REFUSE", "asserts"),
        ("They denied that they fired, but on Tuesday they opened an inquiry.", "FIRE", "denies"),
    ],
)
def test_what_is_said_of_another_day_dates_no_saying(sentence: str, act: str, stance: str) -> None:
    assert SUNDAY in days(sentence, sentence.rstrip("."), None, act, stance)


def test_an_invitation_is_to_a_day_to_come() -> None:
    sentence = "He invites the two to a meeting on 15 December."
    assert days(sentence, sentence.rstrip("."), "on 15 December", "DEMAND.TALKS") == on(15, 12)


def told(words: str, **values: object) -> Claim:
    """A claim of a second sentence in a document whose first tells that the North shelled the South."""
    fought = claim(0, attributed_to=Voice(text="North", party="NOR"), target=Voice(text="South", party="SOU"))
    text = FIRST.ljust(100) + words
    spans = {"start_char": 100, "end_char": len(text), "sentence_start_char": 100, "sentence_end_char": len(text)}
    return settled(fought, claim(1, **{**spans, **values}), text=text, theatre=AT_WAR)[1]


AT_WAR = replace(TWO_SIDES, principals=("NOR", "SOU"))
FIRST = "The North shelled the South."
NORTH, SOUTH, OUTSIDE = (Voice(text=name, party=code) for name, code in (("North", "NOR"), ("South", "SOU"), ("Envoy", "EST")))


def test_what_a_side_says_was_retaken_it_took_of_its_foe() -> None:
    lost = Voice(text="the post", party="SOU")
    found = told("The post had been retaken.", act="ADVANCE.TERRITORY", claimant=SOUTH, target=lost, stance="confirms")
    assert (party(found.attributed_to), party(found.target), found.stance) == ("SOU", "NOR", "asserts")


def test_who_denies_that_anybody_crossed_denies_it_of_his_own() -> None:
    any_group = Voice(text="any sabotage group", start_char=110, end_char=128)
    words = "It denied any sabotage group had crossed the line."
    found = told(words, act="ADVANCE.LINE_CROSSING", claimant=SOUTH, attributed_to=any_group, stance="denies")
    assert (party(found.attributed_to), party(found.target)) == ("SOU", "NOR")


def test_its_own_response_is_a_sides_own_fire() -> None:
    found = told("It said its response was local in scale.", claimant=SOUTH)
    assert (party(found.attributed_to), party(found.target)) == ("SOU", "NOR")


def test_a_make_of_tanks_is_nobody() -> None:
    make = Voice(text="Vitruv", start_char=104, end_char=110)
    found = told("Two Vitruv tanks destroyed the gate.", attributed_to=make, claimant=SOUTH, target=SOUTH)
    assert party(found.attributed_to) == "NOR"


def test_whoever_attacks_is_not_struck_by_it() -> None:
    both = Voice(text="two of the South and one of the North", party="SOU;NOR")
    assert party(told("Two of the South and one of the North fell.", attributed_to=NORTH, target=both).target) == "SOU"


def test_two_who_accuse_each_other_of_fire_are_both_its_doers() -> None:
    speakers = Voice(text="North and South", party="NOR;SOU")
    words = "North and South accused each other of firing."
    found = told(words, claimant=speakers, start_char=100 + words.index("firing"), end_char=100 + words.index("."))
    assert party(found.attributed_to) == "NOR;SOU"


def test_a_rebuke_said_to_somebody_is_of_him() -> None:
    words = "The envoy spoke with the South and said the raids were wrong."
    text = FIRST.ljust(100) + words
    spans = {"sentence_start_char": 100, "sentence_end_char": len(text), "attributed_to": OUTSIDE, "claimant": OUTSIDE}
    fought = claim(0, attributed_to=NORTH, target=SOUTH)
    met = claim(1, act="TALKS.MEET", target=SOUTH, start_char=100, end_char=130, **spans)
    rebuke = claim(2, act="BLAME", start_char=140, end_char=len(text), **spans)
    assert party(settled(fought, met, rebuke, text=text, theatre=AT_WAR)[2].target) == "SOU"


@pytest.mark.parametrize("who", ["A farmer of the hill", "Residents"])
def test_what_a_bystander_saw_fall_nobody_is_said_to_have_fired(who: str) -> None:
    bystander = Voice(text=who, party="SOU")
    assert party(told("Shells had hit roofs on the hill.", claimant=bystander, target=SOUTH).attributed_to) is None
    assert party(told("Shells had hit roofs on the hill.", claimant=SOUTH, target=SOUTH).attributed_to) == "NOR"


def test_a_blast_that_was_heard_is_laid_on_nobody() -> None:
    assert party(told("We heard a blast over the hill.", claimant=SOUTH, target=SOUTH).attributed_to) is None


def test_the_town_that_a_side_denies_has_fallen_its_foe_would_have_taken() -> None:
    reasons = ("a place that fell was taken",)
    found = told("It denied the town had fallen.", act="ADVANCE.TERRITORY", claimant=SOUTH, stance="denies", reasons=reasons)
    assert (party(found.attributed_to), party(found.target)) == ("NOR", "SOU")


def test_troops_whose_sending_is_denied_are_their_states_own() -> None:
    moved = Voice(text="any Northern troops", party="NOR")
    found = told("It denies Northern troops will be sent.", act="FORCE.BUILDUP", claimant=OUTSIDE, target=moved, stance="denies")
    assert party(found.attributed_to) == "NOR"


def test_gunmen_whom_an_outlet_tells_of_are_nobodys() -> None:
    gunmen = Voice(text="Gunmen", start_char=100, end_char=106)
    assert party(told("Gunmen opened fire on the hill.", attributed_to=gunmen, target=SOUTH).attributed_to) is None
    assert (
        party(told("Tanks opened fire on the hill.", attributed_to=replace(gunmen, text="Tanks"), target=SOUTH).attributed_to)
        == "NOR"
    )
