"""Claims of what a reader says of words: read off the parse, and never of what is negated, planned, feared or asked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import Any

import pytest

from trucewatch.config import load_theatre
from trucewatch.model.codebook import act_class
from trucewatch.model.records import Claim, Document, Reading
from trucewatch.model.stage import Context
from trucewatch.stages import extract, segment
from trucewatch.text.actors import ActorIndex
from trucewatch.text.gazetteer import Gazetteer
from trucewatch.text.parse import Parser
from trucewatch.text.reader import DENIED, Bearing


class Told:
    """A reader that gives one word an act, wherever it is asked of it."""

    least = dict.fromkeys(("ASSAULT", "COERCE", "RETREAT", "REQUEST", "CONSULT", "DISPLACE", "MOBILIZE", "THREATEN"), 0.5)

    def __init__(self) -> None:
        self.word, self.act, self.probability, self.denied = "", "FIRE", 0.9, 0.0
        self.asked: list[str] = []

    def read(self, words: Sequence[str]) -> list[Bearing]:
        self.asked.append(" ".join(words))
        return [Bearing(n, self.act, self.probability, self.denied) for n, word in enumerate(words) if word == self.word]

    def may_tell(self, words: Sequence[str], but: Collection[str]) -> bool:
        return self.word in words and act_class(self.act) not in but


@pytest.fixture(scope="module")
def context() -> Context:
    theatre = load_theatre("karabakh")
    actors, gazetteer = ActorIndex.from_theatre(theatre), Gazetteer.from_theatre(theatre)
    parser = Parser([*actors.spacy_patterns(), *gazetteer.spacy_patterns()])
    return Context(theatre=theatre, actors=actors, gazetteer=gazetteer, parser=parser)


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def read(context: Context, told: Told) -> Callable[..., list[Claim]]:
    def claims_of(text: str, word: str = "", act: str = "FIRE", probability: float = 0.9, **settings: Any) -> list[Claim]:
        told.word, told.act, told.probability = word, act, probability
        document = Document(id="doc-1", source="made-up", input_path="made-up", sha256="0", language="en", text=text)
        assert segment.STAGE.run_record is not None
        assert extract.STAGE.run_record is not None
        asked = replace(context, reader=told, settings={"parser.gate": False, **settings})
        return list(extract.STAGE.run_record(segment.STAGE.run_record(Reading(document=document), asked), asked).claims)

    return claims_of


# words that no rule knows, so that what is told stands or falls with the reader
def test_doer_place_and_voice_are_read_off_the_parse(read: Callable[..., list[Claim]]) -> None:
    (claim,) = read("Azerbaijani gunners frobbed the heights near Hadrut on Monday, the Armenian army said.", "frobbed")
    assert (claim.act, claim.stance, claim.modality) == ("FIRE", "asserts", "actual")
    assert claim.attributed_to is not None
    assert "Azerbaijani" in (claim.attributed_to.text or "")
    assert claim.claimant is not None
    assert "Armenian army" in (claim.claimant.text or "")
    assert [place.text for place in claim.places] == ["Hadrut"]
    assert any("reader of words" in reason for reason in claim.reasons)


UNTOLD = [
    "Azerbaijani gunners never frobbed the heights near Hadrut, the army said.",
    "Azerbaijani gunners have not frobbed the heights near Hadrut, the army said.",
    "Azerbaijani gunners have yet to frob the heights near Hadrut.",
    "Armenia fears that Azerbaijani gunners may frob the heights near Hadrut.",
    "Armenia said Azerbaijani gunners would frob the heights near Hadrut if the talks fail.",
    "Azerbaijani gunners plan to frob the heights near Hadrut, Armenia said.",
    "Nobody in Armenia frobbed the heights near Hadrut.",
    "Had Azerbaijani gunners frobbed the heights near Hadrut, Armenia would have answered.",
    "Did Azerbaijani gunners frob the heights near Hadrut?",
    "It is not true that Azerbaijani gunners frobbed the heights near Hadrut, the army said.",
    "Reports that Azerbaijani gunners frobbed the heights near Hadrut are false, Baku said.",
    "That Azerbaijani gunners frobbed the heights near Hadrut is a fairy tale, Baku said.",
    "Baku rejected reports that its gunners had frobbed the heights near Hadrut.",
    "There is no evidence that Azerbaijani gunners frobbed the heights near Hadrut.",
    "Villagers near Hadrut live in fear of an Azerbaijani frob.",
    "Azerbaijani gunners are preparing a frob near Hadrut, Armenia said.",
    "Armenia averted a frob near Hadrut.",
    "A possible frob near Hadrut worries Armenia.",
]


@pytest.mark.parametrize("text", UNTOLD)
@pytest.mark.parametrize("act", ["FIRE", "FORCE.BUILDUP", "FORCE.FOREIGN_FIGHTERS", "ACCESS.CHECKPOINT", "TALKS.MEET"])
def test_what_is_not_told_as_done_is_no_claim(read: Callable[..., list[Claim]], text: str, act: str) -> None:
    assert [c for word in ("frob", "frobbed") for c in read(text, word, act) if c.act == act and c.stance != "denies"] == []


@pytest.mark.parametrize("act", ["FIRE", "FORCE.BUILDUP", "FORCE.FOREIGN_FIGHTERS", "ACCESS.CHECKPOINT", "TALKS.MEET"])
def test_what_is_told_as_done_is_one(read: Callable[..., list[Claim]], told: Told, act: str) -> None:
    told.asked.clear()
    assert act in [c.act for c in read("Azerbaijani gunners frobbed the heights near Hadrut on Monday.", "frobbed", act)]
    assert len(told.asked) == 1


def test_a_threat_that_is_only_possible_or_asked_is_none(read: Callable[..., list[Claim]]) -> None:
    assert [c.act for c in read("Azerbaijan frobbed Armenia on Monday.", "frobbed", "THREAT.FORCE")] == ["THREAT.FORCE"]
    for text in (
        "Did Azerbaijan frob Armenia?",
        "Azerbaijan may frob Armenia.",
        "Armenia fears that Azerbaijan may frob it.",
        "Azerbaijan has not frobbed Armenia.",
    ):
        assert [c for word in ("frob", "frobbed") for c in read(text, word, "THREAT.FORCE")] == []


def test_a_word_that_may_as_well_be_denied_tells_nothing(read: Callable[..., list[Claim]], told: Told) -> None:
    told.denied = 0.4
    assert read("Azerbaijani gunners frobbed the heights near Hadrut on Monday.", "frobbed") == []


def test_figures_go_to_the_act_that_they_belong_to(read: Callable[..., list[Claim]]) -> None:
    (claim,) = read("Azerbaijani gunners frobbed the dam near Hadrut, which could kill 500 people.", "frobbed")
    assert claim.figures == ()


def test_a_denial_behind_it_answers_it(read: Callable[..., list[Claim]]) -> None:
    found = read("Armenia said on Monday that gunners frobbed Hadrut. Azerbaijan denied it.", "frobbed")
    assert [c.stance for c in found] == ["asserts", "denies"]
    assert found[1].responds_to == found[0].id


def test_offsets_are_those_of_the_text(read: Callable[..., list[Claim]]) -> None:
    text = "The week was long.\n\nAzerbaijani troops shelled Hadrut on Monday. Gunners frobbed the heights near Shusha later."
    claim = read(text, "frobbed")[-1]
    assert claim.act == "FIRE"
    assert text[claim.sentence_start_char : claim.sentence_end_char] == "Gunners frobbed the heights near Shusha later."
    assert "frobbed" in text[claim.start_char : claim.end_char]


def test_what_is_unlikely_or_denied_is_no_claim(read: Callable[..., list[Claim]]) -> None:
    text = "Azerbaijani gunners frobbed the heights near Hadrut on Monday."
    assert read(text, "frobbed", probability=0.4) == []
    assert read(text, "frobbed", act=DENIED) == []
    assert len(read(text, "frobbed")) == 1


def test_acts_told_by_what_was_not_done_stand(read: Callable[..., list[Claim]]) -> None:
    (claim,) = read("Azerbaijan has not frobbed the Lachin road since Tuesday.", "frobbed", act="ACCESS.BLOCKADE")
    assert claim.act == "ACCESS.BLOCKADE"


@pytest.mark.parametrize(
    ("text", "act", "doer", "target"),
    [
        ("An Armenian shepherd frobbed beside the road near Hadrut.", "FIRE.SNIPER", None, "An Armenian shepherd"),
        ("Azerbaijani troops frobbed a shepherd near Hadrut.", "FIRE.SNIPER", "Azerbaijani troops", "a shepherd"),
        ("Armenian families frobbed towards Goris on Monday.", "CIV.FLIGHT", None, "Armenian families"),
    ],
)
def test_whom_it_befell_is_not_who_did_it(
    read: Callable[..., list[Claim]], text: str, act: str, doer: str | None, target: str | None
) -> None:
    (claim,) = read(text, "frobbed", act=act)
    assert (claim.attributed_to.text if claim.attributed_to else None) == doer
    assert (claim.target.text if claim.target else None) == target


def test_who_asks_is_doer_and_claimant(read: Callable[..., list[Claim]]) -> None:
    (claim,) = read("Armenia frobbed Azerbaijan over the Lachin road on Monday.", "frobbed", act="DEMAND.OTHER")
    assert claim.attributed_to is not None
    assert claim.claimant is not None
    assert claim.attributed_to.text == claim.claimant.text == "Armenia"
    assert claim.modality == "possible"


def test_an_act_that_the_rules_have_told_is_not_told_again(read: Callable[..., list[Claim]], told: Told) -> None:
    text = "Azerbaijani troops shelled Hadrut on Monday. Gunners frobbed the heights near Hadrut later."
    found = read(text, "frobbed")
    assert [c.act for c in found] == ["FIRE.HEAVY", "FIRE"]
    assert not any("shelled" in asked for asked in told.asked)
    text = "Azerbaijani troops shelled Hadrut on Monday and frobbed the heights near it."
    assert [c.act for c in read(text, "frobbed")] == ["FIRE.HEAVY"]


def test_beside_a_claim_only_what_is_likelier_is_told(read: Callable[..., list[Claim]]) -> None:
    text = "Azerbaijani troops shelled Hadrut on Monday and frobbed to the heights near it."
    likely = read(text, "frobbed", act="FORCE.BUILDUP", probability=0.8)
    assert [c.act for c in likely] == ["FIRE.HEAVY", "FORCE.BUILDUP"]
    assert [c.act for c in read(text, "frobbed", act="FORCE.BUILDUP", probability=0.7)] == ["FIRE.HEAVY"]


def test_a_speech_is_one_thing(read: Callable[..., list[Claim]]) -> None:
    text = "Armenia condemned and frobbed Azerbaijan over the Lachin road."
    assert [c.act for c in read(text, "frobbed", act="THREAT.FORCE", probability=0.95)] == ["BLAME"]


def test_a_text_of_other_matters_is_not_read(read: Callable[..., list[Claim]], told: Told) -> None:
    other = "The fair opened on Sunday with stalls of cheese and honey. Visitors filled the square by noon. "
    told.asked.clear()
    assert read(other * 6, "fair") == []
    assert told.asked == []


def test_a_war_of_others_is_not_read(read: Callable[..., list[Claim]], told: Told) -> None:
    text = "Northland troops shelled a mill on Monday. Southland gunners frobbed the heights later, killing two soldiers."
    told.asked.clear()
    read(text, "frobbed")
    assert told.asked == []


def test_the_setting_leaves_all_to_the_rules(read: Callable[..., list[Claim]], told: Told) -> None:
    assert read("Azerbaijani gunners frobbed the heights near Hadrut.", "frobbed", **{"parser.reader": False}) == []
    assert told.asked == []


# what makes a text one of war, so that the reader is asked
WAR = "The war went on. Azerbaijani troops shelled Shusha on Monday with artillery and rockets.\n\n"
APART = [
    "In a thriller by a Yerevan writer Azerbaijani gunners frobbed the heights near Hadrut.",
    "A comic strip has Azerbaijani gunners who frobbed the heights near Hadrut.",
    "In the video game Azerbaijani gunners frobbed the heights near Hadrut.",
    "On stage, Azerbaijani gunners frobbed the heights near Hadrut.",
    "During manoeuvres Azerbaijani gunners frobbed the heights near Hadrut.",
    "Azerbaijani gunners supposedly frobbed the heights near Hadrut.",
    "Suppose Azerbaijani gunners frobbed the heights near Hadrut.",
    "Thirty years ago Azerbaijani gunners frobbed the heights near Hadrut.",
    "Azerbaijani gunners frobbed the heights near Hadrut in 1978.",
    "A landslide frobbed the road near Hadrut.",
    "A drunk driver frobbed the barrier near Hadrut.",
    "A goat frobbed a postman near Hadrut.",
]


@pytest.mark.parametrize("text", APART)
@pytest.mark.parametrize("act", ["FIRE", "ACCESS.BLOCKADE"])
def test_what_is_played_supposed_long_past_or_natures_is_no_claim(read: Callable[..., list[Claim]], text: str, act: str) -> None:
    assert [c for c in read(WAR + text, "frobbed", act=act) if c.start_char >= len(WAR)] == []


@pytest.mark.parametrize(
    "text",
    [
        "Azerbaijani gunners frobbed the heights near Hadrut after the drones had dreamed of nothing else.",
        "A storm of Azerbaijani shells frobbed the road near Hadrut.",
        "Azerbaijani gunners frobbed a driver near Hadrut.",
        "Azerbaijani gunners frobbed the heights near Hadrut two days ago.",
        "Azerbaijani gunners frobbed the theatre and the stage near Hadrut.",
    ],
)
def test_what_is_near_those_words_and_was_done_is_one(read: Callable[..., list[Claim]], text: str) -> None:
    assert [c.act for c in read(text, "frobbed")] == ["FIRE"]


@pytest.mark.parametrize(
    ("text", "word", "act"),
    [
        ("A goatherd escaped being bundled into a jeep near Hadrut.", "bundled", "FIRE"),
        ("Strewing mines on a lane is a crime, the jurist said.", "Strewing", "FIRE"),
        ("Nothing but rain came down on Hadrut.", "Nothing", "CALM"),
        ("Azerbaijani gunners were itching to frob the heights near Hadrut.", "itching", "FIRE"),
        ("Azerbaijani gunners did not so much as frob the heights near Hadrut.", "did", "FIRE"),
        ("Far from frobbing the heights near Hadrut, the gunners slept.", "slept", "FIRE"),
        ("Azerbaijan's frob on the bridge near Hadrut is hollow.", "frob", "THREAT.FORCE"),
    ],
)
def test_what_was_as_good_as_denied_is_no_claim(
    read: Callable[..., list[Claim]], told: Told, monkeypatch: pytest.MonkeyPatch, text: str, word: str, act: str
) -> None:
    monkeypatch.setattr(told, "least", {**told.least, "CALM": 0.5})
    assert [c for c in read(WAR + text, word, act) if c.act == act and c.start_char >= len(WAR)] == []


def test_blame_among_people_of_no_side_is_none(
    read: Callable[..., list[Claim]], told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(told, "least", {**told.least, "ACCUSE": 0.5})

    def blames(text: str) -> list[str]:
        return [c.act for c in read(WAR + text, "frobbed", act="BLAME") if c.start_char >= len(WAR)]

    assert blames("The bishop frobbed the bankers in his sermon.") == []
    assert blames("The bishop frobbed Azerbaijan in a sermon.") == ["BLAME"]


def test_what_flew_is_not_whom_it_befell(read: Callable[..., list[Claim]]) -> None:
    (claim,) = read("Azerbaijani bullets pinged off the school roof in Hadrut, teachers said.", "pinged", "FIRE.SMALL_ARMS")
    assert claim.target is None or "bullets" not in (claim.target.text or "")
    assert claim.attributed_to is not None
    assert "Azerbaijani" in (claim.attributed_to.text or "")


def test_a_drone_that_was_downed_is_no_doer(read: Callable[..., list[Claim]]) -> None:
    (claim,) = read("Armenian drones were frobbed over the heights near Hadrut.", "frobbed", "AIR.UAV_DOWNED")
    assert claim.attributed_to is None


def test_what_is_done_every_spring_is_no_claim(read: Callable[..., list[Claim]]) -> None:
    def claims(text: str, word: str) -> list[Claim]:
        return [c for c in read(WAR + text, word, "ACCESS.BLOCKADE") if c.start_char >= len(WAR)]

    assert claims("Every spring soldiers padlock the gate near Hadrut.", "padlock") == []
    assert len(claims("Every night this week soldiers padlocked the gate near Hadrut.", "padlocked")) == 1
