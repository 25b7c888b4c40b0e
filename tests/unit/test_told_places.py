"""Places that a claim leans on without naming one: its own land, whose people it counts, "there". No parser."""

from __future__ import annotations

from datetime import date

import pytest

from trucewatch.model.records import Claim, ClaimPlace, Figure, Voice, When
from trucewatch.stages.told_places import ToldPlaces

from .test_locate import GAZETTEER

DAY = When(earliest=date(2021, 5, 2), latest=date(2021, 5, 2), precision="day")
DEAD = Figure(measure="killed", population="all", qualifier="exactly", low=40, high=None, text="40")


def claim(text: str, evidence: str, act: str, **values: object) -> Claim:
    start = text.index(evidence)
    return Claim(
        id=evidence, document_id="d", start_char=start, end_char=start + len(evidence), sentence_start_char=start,
        sentence_end_char=start + len(evidence), act=act, when=DAY, **values,  # type: ignore[arg-type]
    )  # fmt: skip


def carried(text: str, *claims: Claim) -> list[tuple[str | None, str]]:
    """Name and role of the places that the last claim takes over."""
    told = ToldPlaces(text, GAZETTEER, {}, frozenset(), lambda place, claim: None, frozenset())
    return [(place.name, place.role) for place in told.carried(claims, len(claims) - 1)[0]]


def voice(text: str, words: str, party: str) -> Voice:
    return Voice(text=words, start_char=text.index(words), end_char=text.index(words) + len(words), party=party)


def test_its_own_territory_is_the_tellers_land_and_what_is_fired_from_there_has_its_origin_in_it() -> None:
    text = "Orvania says it shot down a drone over its territory. Tesk fired a missile from its own territory."
    teller, doer = voice(text, "Orvania", "ORV"), voice(text, "Tesk", "TSK")
    shot = claim(text, "it shot down a drone over its territory", "AIR.UAV_DOWNED", claimant=teller, attributed_to=teller)
    assert carried(text, shot) == [("Orvania", "target")]
    fired = claim(text, "fired a missile from its own territory", "FIRE.MISSILE", claimant=teller, attributed_to=doer)
    assert carried(text, fired) == [("Tesk", "origin")]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Up to 800,000 Orvanian have fled their homes.", "CIV.FLIGHT"),
        ("Orvania's health ministry said 40 people have died since May.", "TOLL"),
    ],
)
def test_a_count_without_a_place_is_of_the_country_whose_people_or_health_ministry_it_is(text: str, act: str) -> None:
    teller = voice(text, "Orvania's health ministry", "ORV") if "ministry" in text else None
    assert carried(text, claim(text, text[:-1], act, claimant=teller, figures=(DEAD,))) == [("Orvania", "target")]


def test_a_count_by_an_army_is_of_no_country() -> None:
    text = "Orvania's army said 40 soldiers have died since May."
    assert carried(text, claim(text, text[:-1], "TOLL", claimant=voice(text, "Orvania's army", "ORV"), figures=(DEAD,))) == []


def test_there_points_back_at_the_place_named_last() -> None:
    text = "Guns shelled Shuvi. Forty soldiers died in clashes there."
    assert carried(text, claim(text, "Forty soldiers died in clashes there", "TOLL", figures=(DEAD,))) == [("Shuvi", "target")]
    text = "Guns shelled Shuvi. Forty soldiers died in the war."
    assert carried(text, claim(text, "Forty soldiers died in the war", "TOLL", figures=(DEAD,))) == []


def test_a_salvo_of_which_only_the_origin_is_told_is_not_put_where_another_struck() -> None:
    text = "Guns shelled Shuvi. The army counted 30 launches from Tesk."
    place = ClaimPlace(text="Shuvi", start_char=12, end_char=17, role="target", place_id="shuvi", name="Shuvi", confidence=0.9)
    origin = ClaimPlace(text="Tesk", start_char=52, end_char=56, role="origin", place_id="tesk", name="Tesk", confidence=0.9)
    before = claim(text, "Guns shelled Shuvi", "FIRE.HEAVY", places=(place,))
    assert carried(text, before, claim(text, "30 launches from Tesk", "FIRE.HEAVY", places=(origin,))) == []
