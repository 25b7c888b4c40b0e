"""Places that a claim leans on without naming one: its own land, whose people it counts, "there". No parser."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from trucewatch.model.records import Claim, ClaimPlace, Figure, Voice, When
from trucewatch.model.theatre import Place
from trucewatch.stages.told_places import ToldPlaces
from trucewatch.text.gazetteer import Gazetteer

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


SEATED = frozenset({"Beymiz"})


def name_of(text: str, evidence: str, act: str = "FIRE", **values: object) -> list[str | None]:
    """Names of the places that one claim takes over, its sentence told whole."""
    start = text.index(evidence)
    begin = max(text.rfind(". ", 0, start) + 2 if ". " in text[:start] else 0, text.rfind("\n", 0, start) + 1)
    told = ToldPlaces(text, GAZETTEER, {}, frozenset(), lambda place, claim: None, SEATED, {"VAR": "Varda"})
    one = replace(claim(text, evidence, act, **values), sentence_start_char=begin, sentence_end_char=text.find(".", start) + 1)
    return [place.name for place in told.carried([one], 0)[0]]


def test_where_a_sentence_opens_is_where_it_is_told_of_unless_a_state_speaks_from_there() -> None:
    text = "Near Shuvi, the rescue service said a nurse was struck. In Beymiz, the ministry said two died."
    assert name_of(text, "a nurse was struck") == ["Shuvi"]
    ministry = voice(text, "the ministry", "ORV")
    assert name_of(text, "two died", claimant=ministry) == []
    mayor = "In Beymiz, the mayor said two died."
    assert name_of(mayor, "two died", claimant=voice(mayor, "the mayor", "ORV")) == ["Beymiz"]


def test_the_villages_are_those_listed_before_and_no_place_that_only_measures() -> None:
    text = "Two hamlets, Shuvi and Kantsar, lie south of Zendja. Troops attacked the villages at dawn."
    assert name_of(text, "Troops attacked the villages") == ["Shuvi", "Kantsar"]
    assert name_of(text.replace("the villages", "several villages"), "Troops attacked several villages") == []


def test_the_town_is_none_that_somebody_merely_came_from() -> None:
    text = "Guns hit Shuvi, and diggers arrived from the coastal city of Zendja. Jets had hit homes in the village."
    assert name_of(text, "Jets had hit homes in the village") == ["Shuvi"]


def test_since_when_keeps_what_its_words_point_back_at() -> None:
    text = "Tanks rolled into Kantsar. The strategic town has been theirs since Friday."
    since = replace(DAY, relation="since", precision="days")
    assert name_of(text, "The strategic town has been theirs", "ADVANCE.TERRITORY") == ["Kantsar"]
    one = replace(claim(text, "The strategic town has been theirs", "ADVANCE.TERRITORY"), when=since)
    told = ToldPlaces(text, GAZETTEER, {}, frozenset(), lambda place, claim: None, SEATED)
    assert [place.name for place in told.carried([one], 0)[0]] == ["Kantsar"]
    bare = replace(claim(text, "has been theirs", "ADVANCE.TERRITORY"), when=since)
    assert told.carried([bare], 0)[0] == ()


@pytest.mark.parametrize(
    ("text", "evidence", "act", "wanted"),
    [
        ("Half of Orvania's 90,000 people have fled.", "Half of Orvania's 90,000 people have fled", "CIV.FLIGHT", ["Orvania"]),
        ("The second Orvania war left 900 dead.", "900 dead", "TOLL", ["Orvania"]),
        ("The second hill war left 900 dead.", "900 dead", "TOLL", []),
    ],
)
def test_a_count_is_of_whose_people_or_war_it_is(text: str, evidence: str, act: str, wanted: list[str]) -> None:
    assert name_of(text, evidence, act, figures=(DEAD,)) == wanted


def test_a_call_up_is_all_over_whoever_calls_and_here_is_where_a_witness_stands() -> None:
    text = "Orvania declared a general mobilisation. It moved two tanks."
    doer = voice(text, "Orvania", "ORV")
    assert name_of(text, "declared a general mobilisation", "FORCE.BUILDUP", attributed_to=doer) == ["Orvania"]
    assert name_of(text, "moved two tanks", "FORCE.BUILDUP", attributed_to=doer) == []
    quiet = "Guns were heard in Shuvi. There were no fighters here, a baker said."
    baker = Voice(text="a baker", start_char=quiet.index("a baker"), end_char=quiet.index("a baker") + 7)
    assert name_of(quiet, "There were no fighters here", "FORCE.FOREIGN_FIGHTERS", claimant=baker) == ["Shuvi"]


def test_blame_for_that_attack_is_of_where_it_struck() -> None:
    text = "A rocket fell on Kantsar. Orvania blamed that attack on Tesk. It blamed Tesk for the stalemate."
    struck = claim(
        text,
        "A rocket fell on Kantsar",
        "FIRE.HEAVY",
        places=(ClaimPlace(text="Kantsar", name="Kantsar", place_id="kantsar", role="target"),),
    )
    assert carried(text, struck, claim(text, "Orvania blamed that attack on Tesk", "BLAME")) == [("Kantsar", "target")]
    assert carried(text, struck, claim(text, "It blamed Tesk for the stalemate", "BLAME")) == []


def test_a_deed_told_somewhere_in_a_country_says_nothing_of_another() -> None:
    text = "Guns hit Kantsar. Jets struck a cell in Tesk. They downed a drone."
    near = claim(
        text, "Guns hit Kantsar", "FIRE", places=(ClaimPlace(text="Kantsar", name="Kantsar", place_id="kantsar", role="target"),)
    )
    land = ClaimPlace(text="Tesk", name="Tesk", place_id="tesk", role="target", precision="country")
    wide = claim(text, "Jets struck a cell in Tesk", "FIRE", places=(land,))
    assert carried(text, near, wide, claim(text, "They downed a drone", "AIR.UAV_DOWNED")) == []
    assert carried(text, near, claim(text, "They downed a drone", "AIR.UAV_DOWNED")) == [("Kantsar", "target")]


def test_soldiers_of_a_people_are_counted_on_no_land_and_a_body_without_a_state_counts_on_the_region_it_is_named_after() -> None:
    text = "Since May 40 Orvanian soldiers have died. The Hills army said 40 people have died."
    assert carried(text, claim(text, "40 Orvanian soldiers have died", "TOLL", figures=(DEAD,))) == []
    hills = Place(id="hills", kind="region", names=("Hills",), country="ORV")
    told = ToldPlaces(text, Gazetteer([hills]), {}, frozenset(), lambda place, claim: None, frozenset(), {"HIL": "Hills"})
    dead = claim(text, "40 people have died", "TOLL", claimant=voice(text, "The Hills army", "HIL"), figures=(DEAD,))
    assert [place.name for place in told.carried([dead], 0)[0]] == ["Hills"]


def test_ground_that_the_region_lost_is_its_own() -> None:
    text = "The leader admitted that the breakaway region has lost some positions."
    hills = Place(id="hills", kind="region", names=("Hills",), country="ORV")
    told = ToldPlaces(text, Gazetteer([hills]), {}, frozenset(), lambda place, claim: None, frozenset(), {"HIL": "Hills"})
    loser = voice(text, "the breakaway region", "HIL")
    lost = claim(text, "the breakaway region has lost some positions", "ADVANCE.TERRITORY", target=loser)
    assert [place.name for place in told.carried([lost], 0)[0]] == ["Hills"]
    assert told.carried([replace(lost, target=voice(text, "the breakaway region", "ORV"))], 0)[0] == ()


def test_what_befell_a_body_without_a_state_is_in_its_region_where_no_place_is_told_and_what_it_did_elsewhere_is_not() -> None:
    text = "The Hills army said a post had been hit."
    hills = Place(id="hills", kind="region", names=("Hills",), country="ORV")
    told = ToldPlaces(text, Gazetteer([hills]), {}, frozenset(), lambda place, claim: None, frozenset(), {"HIL": "Hills"})
    hit = claim(
        text, "a post had been hit", "FIRE", claimant=voice(text, "The Hills army", "HIL"), target=voice(text, "a post", "HIL")
    )
    (place,) = told.carried([hit], 0)[0]
    assert (place.name, place.confidence) == ("Hills", 0.3)
    assert told.carried([replace(hit, target=voice(text, "a post", "ORV"))], 0)[0] == ()
    assert told.carried([replace(hit, stance="denies")], 0)[0] == ()


def test_a_witness_of_a_village_that_no_list_knows_tells_of_it() -> None:
    text = "Guns shelled Shuvi. A resident of Vortun said the shells fell after one."
    teller = Voice(text="A resident of Vortun", start_char=20, end_char=40)
    assert carried(text, claim(text, "the shells fell after one", "FIRE.HEAVY", claimant=teller)) == [("Vortun", "target")]
    known = text.replace("Vortun", "Kantsar")
    teller = replace(teller, text="A resident of Kantsar", end_char=41)
    assert carried(known, claim(known, "the shells fell after one", "FIRE.HEAVY", claimant=teller)) == [("Kantsar", "target")]


def test_there_is_where_the_sentence_before_told_of_and_not_the_area_around() -> None:
    text = "Guns fired at Shuvi, in the Kantsar district. The army denied firing there."
    place = ClaimPlace(text="Shuvi", start_char=14, end_char=19, role="target", place_id="shuvi", name="Shuvi", confidence=0.9)
    fired = claim(text, "Guns fired at Shuvi, in the Kantsar district.", "FIRE", places=(place,))
    denied = claim(text, "The army denied firing there", "FIRE", stance="denies")
    assert carried(text, fired, denied) == [("Shuvi", "target")]


def test_what_a_mayor_counts_since_a_day_is_in_his_town() -> None:
    text = "Shells fell on Shuvi. The mayor said 12 houses were damaged since Sunday."
    since = replace(DAY, earliest=date(2021, 4, 25), relation="since", precision="days")
    told = claim(
        text, "12 houses were damaged since Sunday", "FIRE", claimant=Voice(text="The mayor", start_char=22, end_char=31)
    )
    assert carried(text, replace(told, when=since)) == [("Shuvi", "target")]
    assert carried(text, replace(told, when=since, claimant=None)) == []
