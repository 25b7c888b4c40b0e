"""Whom acts are aimed at and where they took place, from the claims beside them: claims and a theatre made by hand, no parser."""

from __future__ import annotations

from datetime import date

import pytest

from trucewatch.model.records import Claim, ClaimPlace, Document, Mention, Reading, Voice, When
from trucewatch.model.stage import Context
from trucewatch.model.theatre import Agreement, Holding, Party, Place, Theatre
from trucewatch.stages.settle import settle_claims
from trucewatch.text.gazetteer import Gazetteer

DAY = date(2021, 5, 2)
OAK = Place(id="oak", kind="settlement", names=("Oakham",), country="SOU", lat=1.0, lon=1.0)
ELM = Place(id="elm", kind="settlement", names=("Elmton",), country="SOU", lat=1.1, lon=1.1)
LENT = Place(
    id="lent", kind="settlement", names=("Lentby",), country="NOR", holdings=(Holding(party="ENC", since=date(2000, 1, 1)),)
)
THEATRE = Theatre(
    name="t", title="T", places=(OAK, ELM, LENT), principals=("NOR", "SOU", "REB", "ENC"),
    agreements=(Agreement(id="PAX", title="Truce", kind="ceasefire", parties=("NOR", "SOU"), clauses=()),),
    parties=(
        Party(code="NOR", names=("North",), metonyms=("Norhaven",)),
        Party(code="SOU", names=("South",)),
        Party(code="REB", names=("Rebels",), hosts=("SOU",), kind="group"),
        Party(code="ENC", names=("Enclave",), allies=("SOU",), kind="de_facto"),
    ),
)  # fmt: skip
NORTH, SOUTH, REBELS, ENCLAVE, ABROAD = (
    Voice(text=name, party=code)
    for name, code in (("North", "NOR"), ("South", "SOU"), ("the rebels", "REB"), ("the enclave", "ENC"), ("Farland", "FAR"))
)


class Story:
    """A text of sentences with a claim for each that is told something of."""

    def __init__(self) -> None:
        self.text, self.claims = "", []

    def tell(self, sentence: str, act: str = "FIRE.HEAVY", **values: object) -> Story:
        start = len(self.text)
        self.text += sentence + " "
        end = len(self.text) - 1
        base: dict[str, object] = {
            "id": f"clm-{len(self.claims)}", "document_id": "doc", "start_char": start, "end_char": end, "act": act,
            "sentence_start_char": start, "sentence_end_char": end, "when": When(earliest=DAY, latest=DAY, precision="day"),
        }  # fmt: skip
        self.claims.append(Claim(**{**base, **values}))  # type: ignore[arg-type]
        return self

    def say(self, sentence: str) -> Story:
        self.text += sentence + " "
        return self

    def settle(self) -> list[Claim]:
        document = Document(
            id="doc", source="s", input_path="s", sha256="x", text=self.text, published=When(earliest=DAY, latest=DAY)
        )
        mentions = tuple(
            Mention(text=place.names[0], start_char=at, end_char=at + len(place.names[0]), kind="place", sentence=0)
            for place in THEATRE.places
            if (at := self.text.find(place.names[0])) >= 0
        )
        reading = Reading(document=document, claims=tuple(self.claims), mentions=mentions)
        return list(settle_claims(reading, Context(theatre=THEATRE, gazetteer=Gazetteer(THEATRE.places))).claims)


def at(place: Place) -> ClaimPlace:
    return ClaimPlace(text=place.names[0], place_id=place.id, name=place.names[0], confidence=0.9, role="target", start_char=0)


def aimed_at(claim: Claim) -> str | None:
    return claim.target.party if claim.target is not None else None


def test_a_target_that_is_the_doers_own_side_is_dropped_with_its_reason_and_its_civilians_stay() -> None:
    (found,) = (
        Story().tell("Southern fire hit a school.", attributed_to=SOUTH, target=Voice(text="a school", party="SOU;CVL")).settle()
    )
    assert aimed_at(found) == "CVL"
    assert any("doer's own side" in reason for reason in found.reasons)


def test_civilians_stay_beside_the_side_found_for_a_dropped_target() -> None:
    story = Story().tell("South shelled posts of North.", attributed_to=SOUTH, target=NORTH)
    story.tell("It shelled homes.", attributed_to=SOUTH, target=Voice(text="homes", party="SOU;CVL"))
    assert aimed_at(story.settle()[1]) == "NOR;CVL"


def test_fire_on_ground_that_an_ally_holds_is_aimed_at_who_tells_of_it() -> None:
    told = {"attributed_to": SOUTH, "places": (at(LENT),)}
    (complained,) = Story().tell("Southern guns opened up at Lentby.", claimant=NORTH, **told).settle()
    (outlet,) = Story().tell("Southern guns opened up at Lentby.", **told).settle()
    assert (aimed_at(complained), aimed_at(outlet)) == ("NOR", None)


@pytest.mark.parametrize("words", ["rocket launchers", "an ammunition depot", "militants", "a command centre"])
def test_what_armies_strike_on_a_hosts_soil_is_the_groups(words: str) -> None:
    story = Story().tell("The rebels fired at North.", attributed_to=REBELS, target=NORTH)
    story.tell(f"Northern jets hit {words} in Oakham.", attributed_to=NORTH, places=(at(OAK),))
    story.tell("Northern jets hit a bakery in Oakham.", attributed_to=NORTH, places=(at(OAK),))
    assert [aimed_at(claim) for claim in story.settle()] == ["NOR", "REB", "SOU"]


def test_both_sides_are_those_that_fight_a_group_and_no_host_a_state_and_no_body_beside_it() -> None:
    plea = {"act": "DEMAND.CEASE_FIRE", "claimant": ABROAD, "attributed_to": ABROAD}
    story = Story().tell("The rebels fired at North.", attributed_to=REBELS, target=NORTH)
    story.tell("Farland urged both sides to stop.", target=Voice(text="both sides", party="NOR;SOU"), **plea)
    assert aimed_at(story.settle()[1]) == "NOR;REB"
    story = Story().tell("Enclave guns fired at North.", attributed_to=ENCLAVE, target=NORTH)
    story.tell("South blamed North.", act="BLAME", claimant=SOUTH, attributed_to=SOUTH, target=NORTH)
    story.tell("Farland urged both sides to stop.", target=Voice(text="both sides", party="ENC;NOR"), **plea)
    assert aimed_at(story.settle()[2]) == "NOR;SOU"


def test_who_fights_means_himself_by_both_sides() -> None:
    story = Story().tell("The rebels fired at North.", attributed_to=REBELS, target=NORTH)
    said = {"claimant": NORTH, "attributed_to": NORTH, "target": Voice(text="both sides", party="NOR;SOU")}
    story.tell("North urged both sides to stop.", "DEMAND.CEASE_FIRE", **said)
    assert aimed_at(story.settle()[1]) == "NOR;SOU"


def test_an_outsider_offers_to_mediate_to_those_who_fight() -> None:
    story = Story().tell("South fired at North.", attributed_to=SOUTH, target=NORTH)
    story.tell("Farland is ready to act as a mediator.", "OFFER.OTHER", claimant=ABROAD, attributed_to=ABROAD)
    story.tell("Farland offered blankets.", "OFFER.OTHER", claimant=ABROAD, attributed_to=ABROAD)
    assert [aimed_at(claim) for claim in story.settle()[1:]] == ["NOR;SOU", None]


def test_the_one_other_side_that_an_outsiders_words_name_is_meant() -> None:
    said = {"act": "OFFER.OTHER", "claimant": ABROAD, "attributed_to": ABROAD}
    story = Story().tell("Farland would stand with South.", **said).tell("It would send help if Norhaven asks.", **said)
    story.tell("It told reporters in Norhaven that it would help.", **said).tell("It would help North and South.", **said)
    assert [aimed_at(claim) for claim in story.settle()] == ["SOU", "NOR", None, None]


def test_a_refusal_answers_whoever_asked_just_before_and_no_one_further_up() -> None:
    asked = {"act": "DEMAND.TALKS", "claimant": ABROAD, "attributed_to": ABROAD, "target": NORTH}
    refused = {"act": "REFUSE", "claimant": NORTH, "attributed_to": NORTH}
    near = Story().tell("Farland asked North to come.", **asked).tell("North turned it down.", **refused)
    far = Story().tell("Farland asked North to come.", **asked).say("Rain fell. " * 40).tell("North turned it down.", **refused)
    assert (aimed_at(near.settle()[1]), aimed_at(far.settle()[1])) == ("FAR", None)


def test_prisoners_that_a_side_frees_are_those_of_whom_it_fights() -> None:
    story = Story().tell("South fired at North.", attributed_to=SOUTH, target=NORTH)
    story.tell("North freed all captives.", "DEESCALATE.RELEASE", claimant=NORTH, attributed_to=NORTH)
    assert aimed_at(story.settle()[1]) == "SOU"


def test_the_enemys_jet_is_the_foes_and_its_fall_the_speakers_own_deed() -> None:
    story = Story().tell("South fired at North.", attributed_to=SOUTH, target=NORTH)
    story.tell("“A jet of the enemy was shot down.”", "FIRE", claimant=NORTH)
    found = story.settle()[1]
    assert (aimed_at(found), found.attributed_to.party if found.attributed_to else None) == ("SOU", "NOR")


def test_a_witness_tells_of_where_he_is_and_an_army_of_where_it_fought() -> None:
    def places(**voice: object) -> list[str | None]:
        story = Story().tell("Northern guns shelled Oakham.", attributed_to=NORTH, places=(at(OAK),))
        story.say("Across the hills, in Elmton, people slept in cellars.").tell("Shells fell all night, she said.", **voice)
        return [place.name for place in story.settle()[1].places]

    assert places(claimant=Voice(text="she", name="a teacher")) == ["Elmton"]
    assert places(claimant=SOUTH) == ["Oakham"]


def test_a_witness_goes_on_about_the_same_place() -> None:
    teller = Voice(text="a teacher", start_char=5, end_char=14)
    story = Story().tell("Northern guns shelled Oakham.", attributed_to=NORTH, places=(at(OAK),))
    story.say("In Elmton people slept in cellars.").tell("Shells fell.", claimant=teller)
    story.say("Rain set in at Oakham.").tell("They hit a barn.", claimant=teller, attributed_to=Voice(text="They", party="SOU"))
    assert [place.name for claim in story.settle()[1:] for place in claim.places] == ["Elmton", "Elmton"]


def test_where_a_speaker_sits_is_not_where_it_happened() -> None:
    official = Voice(text="A northern official", party="NOR", start_char=30, end_char=49)
    story = Story().tell("Southern guns fired at Lentby.", attributed_to=SOUTH, places=(at(LENT),))
    story.tell("A northern official in Elmton denied that men had died there.", claimant=official, stance="denies")
    assert [place.name for place in story.settle()[1].places] == ["Lentby"]


def test_there_and_the_villagers_are_of_the_settlement_named_last() -> None:
    for words in ("Northern soldiers shot the villagers.", "Northern guns fired there."):
        story = Story().tell("Northern guns shelled Oakham.", attributed_to=NORTH, places=(at(OAK),))
        story.say("A reporter reached Elmton on foot.").tell(words, attributed_to=NORTH, claimant=SOUTH)
        assert [place.name for place in story.settle()[1].places] == ["Elmton"]


def test_the_heights_taken_are_those_told_of_and_several_villages_are_others() -> None:
    def places(words: str) -> list[str | None]:
        took = {"act": "ADVANCE.TERRITORY", "claimant": NORTH, "attributed_to": NORTH}
        story = Story().tell("North took ground at Oakham.", places=(at(OAK),), **took).tell(words, **took)
        return [place.name for place in story.settle()[1].places]

    assert places("The heights that North took remain under its control.") == ["Oakham"]
    assert places("North took several villages.") == []
