"""What follows once sides and places are known, on claims and a theatre made by hand: no parser."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from trucewatch.model.records import Claim, ClaimPlace, Document, Figure, Reading, Voice, When
from trucewatch.model.stage import Context
from trucewatch.model.theatre import Holding, Party, Place, Theatre
from trucewatch.stages.settle import holder, settle_claims

DAY = date(2021, 5, 2)
NORTH = Place(id="alder", kind="settlement", names=("Alder",), country="NOR")
HELD = Place(
    id="birch", kind="settlement", names=("Birch",), country="NOR",
    holdings=(Holding(party="SOU", since=date(2020, 1, 1), until=date(2021, 6, 1)),),
)  # fmt: skip
PARTIES = (
    Party(code="NOR", names=("North",)),
    Party(code="SOU", names=("South",)),
    Party(code="REB", names=("Rebels",), hosts=("SOU",), kind="group"),
)
THEATRE = Theatre(name="t", title="T", parties=PARTIES, places=(NORTH, HELD))


def at(place: Place, role: str = "target") -> ClaimPlace:
    return ClaimPlace(
        text=place.names[0], place_id=place.id, name=place.names[0], confidence=0.9, role=role, start_char=0, end_char=5
    )


def claim(number: int, **values: object) -> Claim:
    base: dict[str, object] = {
        "id": f"clm-{number}", "document_id": "doc", "start_char": number * 100, "end_char": number * 100 + 50,
        "sentence_start_char": number * 100, "sentence_end_char": number * 100 + 60, "act": "FIRE.HEAVY",
        "when": When(earliest=DAY, latest=DAY, precision="day"),
    }  # fmt: skip
    return Claim(**{**base, **values})  # type: ignore[arg-type]


def settled(*claims: Claim, text: str = "", theatre: Theatre = THEATRE) -> list[Claim]:
    document = Document(id="doc", source="s", input_path="s", sha256="x", text=text, published=When(earliest=DAY, latest=DAY))
    return list(settle_claims(Reading(document=document, claims=claims), Context(theatre=theatre)).claims)


def party(voice: Voice | None) -> str | None:
    return voice.party if voice is not None else None


@pytest.mark.parametrize(("on", "side"), [(DAY, "SOU"), (date(2021, 6, 1), "NOR"), (date(2019, 12, 31), "NOR"), (None, "NOR")])
def test_who_holds_a_place_goes_by_the_day_and_its_last_day_is_excluded(on: date | None, side: str) -> None:
    assert holder(HELD, {}, on) == side


def test_a_strike_is_aimed_at_who_holds_the_place_and_says_why() -> None:
    (found,) = settled(claim(1, attributed_to=Voice(text="North", party="NOR"), places=(at(HELD),)))
    assert party(found.target) == "SOU"
    assert any("who held Birch" in reason for reason in found.reasons)


def test_a_place_that_the_doer_holds_is_no_target() -> None:
    (found,) = settled(claim(1, attributed_to=Voice(text="North", party="NOR"), places=(at(NORTH),)))
    assert party(found.target) is None


def test_who_tells_of_ground_lost_admits_it() -> None:
    lost = {
        "act": "ADVANCE.TERRITORY",
        "attributed_to": Voice(text="North", party="NOR"),
        "target": Voice(text="South", party="SOU"),
    }
    (admitted,) = settled(claim(1, claimant=Voice(text="South", party="SOU"), **lost))
    (boasted,) = settled(claim(1, claimant=Voice(text="North", party="NOR"), **lost))
    assert (admitted.stance, boasted.stance) == ("confirms", "asserts")


def test_who_tells_that_an_attack_on_him_succeeded_admits_it() -> None:
    won, tried = "The enemy managed to break our line.", "The enemy tried to break our line."
    attacked = claim(
        1,
        claimant=Voice(text="South", party="SOU"),
        act="ADVANCE.OFFENSIVE",
        attributed_to=Voice(text="The enemy", party="NOR"),
        target=Voice(text="our line", party="SOU"),
        sentence_start_char=0,
        sentence_end_char=len(won),
    )
    assert [one.stance for text in (won, tried) for one in settled(attacked, text=text)] == ["confirms", "asserts"]


def test_a_spokesmans_own_success_is_his_sides_deed_and_not_his() -> None:
    told = Voice(text="spokesman Alpha Nuru", name="Alpha Nuru", party="NOR", actor_id="nuru")
    fought = {"attributed_to": Voice(text="North", party="NOR"), "target": Voice(text="South", party="SOU")}
    complaint = claim(1, claimant=Voice(text="South", party="SOU"), **fought)
    found = settled(complaint, claim(2, claimant=told, target=Voice(text="South's posts", party="SOU")))[1]
    assert found.attributed_to == Voice(party="NOR", name="North")


def test_nobody_tells_of_his_own_fire_as_of_what_befell_a_place() -> None:
    speaker = Voice(text="the South ministry", party="SOU")
    hit = Voice(text="the port", party="SOU")
    own = claim(1, claimant=speaker, target=hit, attributed_to=Voice(text="North", party="NOR"), sentence_start_char=0)
    also = claim(2, claimant=speaker, places=(at(NORTH),), sentence_start_char=0)
    beside = settled(own, also)[1]
    assert (party(beside.attributed_to), party(beside.target)) == ("NOR", "SOU")
    assert any("beside an attack on his own side" in reason for reason in beside.reasons)


def test_an_army_that_counts_its_dead_admits_them_but_a_town_hall_does_not() -> None:
    dead = (Figure(measure="killed", population="unknown", low=5, high=5, qualifier="exactly", text="five"),)
    (army,) = settled(claim(1, act="FIRE", claimant=Voice(text="the South army", party="SOU"), figures=dead))
    (hall,) = settled(claim(1, act="FIRE", claimant=Voice(text="the mayor", party="SOU"), figures=dead))
    assert (army.stance, party(army.target)) == ("confirms", "SOU")
    assert hall.stance == "asserts"


def test_a_side_that_was_hit_means_whom_it_fights_in_the_document() -> None:
    told = claim(1, attributed_to=Voice(text="North", party="NOR"), target=Voice(text="South troops", party="SOU"))
    hit = claim(2, claimant=Voice(text="South", party="SOU"), target=Voice(text="a post of South", party="SOU"))
    found = settled(told, hit)[1]
    assert party(found.attributed_to) == "NOR"
    assert found.confidence < hit.confidence


def test_fire_from_a_host_is_the_groups_only_where_the_group_is_heard_of() -> None:
    origin = ClaimPlace(text="South", start_char=105, end_char=110, role="origin")
    fired = claim(1, attributed_to=Voice(text="South", start_char=105, end_char=110, party="SOU"), places=(origin,))
    heard = claim(
        2, act="THREAT.FORCE", claimant=Voice(text="the rebels", party="REB"), attributed_to=Voice(text="the rebels", party="REB")
    )
    assert party(settled(fired, heard)[0].attributed_to) == "REB"
    assert party(settled(fired)[0].attributed_to) is None


def test_a_denial_names_the_doer_of_the_claim_that_it_answers() -> None:
    said = claim(1, claimant=Voice(text="South", party="SOU"), attributed_to=Voice(text="North", party="NOR"), places=(at(HELD),))
    denied = claim(2, stance="denies", claimant=Voice(text="a spokesman", party="NOR"), responds_to="clm-1")
    found = settled(said, denied)[1]
    assert (party(found.attributed_to), [p.name for p in found.places]) == ("NOR", ["Birch"])


def test_a_place_told_just_before_is_carried_on_with_less_confidence_and_only_by_the_same_side() -> None:
    first = claim(1, attributed_to=Voice(text="North", party="NOR"), places=(at(HELD),))
    same = claim(2, attributed_to=Voice(text="North", party="NOR"))
    other = claim(2, attributed_to=Voice(text="South", party="SOU"))
    carried = settled(first, same)[1].places
    assert [p.name for p in carried] == ["Birch"]
    assert carried[0].confidence < 0.5
    assert settled(first, other)[1].places == ()


def test_arms_that_the_words_give_to_a_group_are_its_own_and_not_its_hosts() -> None:
    """ "North said its jets hit Rebels arms dumps in Oak": Oak is the host's, the dumps are not."""
    text = "North said its jets hit dozens of Rebels arms dumps in Oak."
    oak = Place(id="oak", kind="settlement", names=("Oak",), country="SOU")
    theatre = Theatre(name="t", title="T", parties=PARTIES, places=(NORTH, oak))
    strike = claim(
        0, attributed_to=Voice(text="its jets", party="NOR", start_char=11, end_char=19), end_char=len(text),
        claimant=Voice(text="North", party="NOR"), places=(at(oak),),
    )  # fmt: skip
    document = Document(id="doc", source="s", input_path="s", sha256="x", text=text, published=When(earliest=DAY, latest=DAY))
    (found,) = settle_claims(Reading(document=document, claims=(strike,)), Context(theatre=theatre)).claims
    assert party(found.target) == "REB"
    assert any("arms dumps" in reason for reason in found.reasons)


def test_who_complains_of_an_attack_was_attacked_where_no_place_tells_more() -> None:
    (told,) = settled(claim(1, claimant=Voice(text="South", party="SOU"), attributed_to=Voice(text="North", party="NOR")))
    assert party(told.target) == "SOU"
    (admitted,) = settled(
        claim(1, claimant=Voice(text="South", party="SOU"), attributed_to=Voice(text="North", party="NOR"), act="TALKS.MEET")
    )
    assert admitted.target is None


def test_a_town_taken_was_its_holders_until_the_day_it_was_taken() -> None:
    taken = claim(
        1, act="ADVANCE.TERRITORY", attributed_to=Voice(text="North", party="NOR"), places=(at(HELD),),
        when=When(earliest=date(2021, 6, 1), latest=date(2021, 6, 1), precision="day"),
    )  # fmt: skip
    assert party(settled(taken)[0].target) == "SOU"


def test_the_arms_that_a_claims_words_name_say_who_did_it() -> None:
    """ "Nine died when a Northern missile hit Birch.": the doer is named by its arms, whoever else fights here."""
    from trucewatch.stages.owners import whose_arms

    theatre = Theatre(name="t", title="T", parties=(Party(code="NOR", names=("North",), demonyms=("Northern",)), *PARTIES[1:]))
    assert whose_arms(theatre, "Nine died when a Northern missile hit Birch") == "NOR"
    assert whose_arms(theatre, "crews of the Northern Fire and Rescue Service came") is None
    assert whose_arms(theatre, "Northern rockets and Rebels drones crossed") is None


BULLETIN = "Guards shelled a farm, the North ministry said. The enemy lost a tank. Twelve posts fell. The enemy fled, it said."


def test_an_outlet_that_speaks_of_the_enemy_speaks_for_the_side_it_hands_on() -> None:
    """Its own sentences are that side's; a neutral outlet's stay its own."""
    theatre = Theatre(name="t", title="T", parties=PARTIES, principals=("NOR", "SOU"))

    def claimants(text: str) -> list[str | None]:
        at = [0, *(match.start() for match in re.finditer(r"(?<=\. )[A-Z]", text)), len(text)]
        voices = (Voice(text="the North ministry", party="NOR"), None, None, None)
        acts = ("FIRE.HEAVY", "FIRE", "ADVANCE.TERRITORY", "DEESCALATE.WITHDRAWAL")[: len(at) - 1]
        claims = [
            claim(n, claimant=voice, start_char=at[n], end_char=at[n + 1] - 1, act=act)
            for n, (voice, act) in enumerate(zip(voices, acts, strict=False))
        ]
        document = Document(id="doc", source="s", input_path="s", sha256="x", text=text, published=When(earliest=DAY, latest=DAY))
        settled_ones = settle_claims(Reading(document=document, claims=tuple(claims)), Context(theatre=theatre)).claims
        return [party(c.claimant) for c in settled_ones]

    assert claimants(BULLETIN) == ["NOR"] * 4
    assert claimants(BULLETIN.replace("enemy", "rebel")) == ["NOR", None, None, None]
    # one deed of "the enemy" is no habit, whatever else is called so
    once = BULLETIN.replace("The enemy fled", "Men fled") + " Time is the enemy of both."
    assert claimants(once)[:4] == ["NOR", None, None, None]


@pytest.mark.parametrize(("words", "side"), [('"They shell children,"', "NOR"), ('"Our men held. They shelled a post,"', "SOU")])
def test_whom_a_speaker_calls_they_is_not_his_own_side(words: str, side: str) -> None:
    text = f"North shelled a post of South. {words} a minister of South said."
    at_they, begin = text.index("They"), text.index('"')
    found = settled(
        claim(0, attributed_to=Voice(text="North", party="NOR"), target=Voice(text="South", party="SOU")),
        claim(
            1,
            claimant=Voice(text="a minister", party="SOU"),
            attributed_to=Voice(text="They", party="SOU", start_char=at_they, end_char=at_they + 4),
            start_char=at_they,
            end_char=begin + len(words),
            sentence_start_char=begin,
            sentence_end_char=len(text),
        ),
        text=text,
        theatre=replace(THEATRE, principals=("NOR", "SOU")),
    )
    assert party(found[1].attributed_to) == side
