"""Resolve: pronouns, roles and surnames to the right antecedent and side, in made-up articles of two invented states."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from types import SimpleNamespace
from typing import ClassVar

import pytest

from tests.unit.reading_voices import Told, read
from trucewatch.model.records import Claim, ClaimPlace, Reading, Voice, When
from trucewatch.model.stage import Context
from trucewatch.model.theatre import Holding, Place, Theatre
from trucewatch.stages.resolve import STAGE, resolve_reading

THEATRE = Theatre(name="valley", title="Valley", principals=("NTL", "STL"))
NAMES = {
    "northland": "NTL",
    "north": "NTL",
    "northlander": "NTL",
    "northern": "NTL",
    "southland": "STL",
    "southern": "STL",
    "river front": "RVF",
}
PEOPLE = {"anna brandt": ("brandt", "NTL"), "brandt": ("brandt", "NTL"), "otto hall": ("hall", "STL"), "hall": ("hall", "STL")}
HEADS = "ministry|army|troops|forces|officials|president|spokesman|spokeswoman|government|minister|soldiers|leader|military"


@dataclass(frozen=True)
class Match:
    actor_id: str | None
    name: str
    party: str | None
    kind: str
    confidence: float = 0.9
    how: str = "made up"


class Index:
    """A small stand-in for the actor index: people, two states, one group; the owner stands before the head."""

    parties: ClassVar[dict[str, SimpleNamespace]] = {
        "NTL": SimpleNamespace(kind="state", allies=()),
        "STL": SimpleNamespace(kind="state", allies=()),
        "RVF": SimpleNamespace(kind="group", allies=()),
    }

    def lookup(self, text: str, on: date | None = None, party: str | None = None) -> Match | None:
        words = text.lower().replace("’", "'")
        for name, (actor, side) in PEOPLE.items():
            if re.search(rf"\b{name}$", words) or re.search(rf"\b{name},", words):
                return Match(actor, name.title(), side, "person")
        for name, side in NAMES.items():
            if re.fullmatch(rf"(?:the )?{name}", words):
                return Match(None, name.title(), side, "party")
            if re.match(rf"(?:the |a |an )?{name}(?:'s)?\b.*\b(?:{HEADS})$", words):
                return Match(None, text, side, "role")
            if re.match(rf"(?:the |a |an )?[\w ]*\b(?:{HEADS}) of (?:the )?{name}\b", words):
                return Match(None, text, side, "role")
        if party is not None and re.search(rf"\b(?:{HEADS})$", words):
            return Match(None, text, party, "role")
        return None

    def party_of(self, text: str, on: date | None = None) -> str | None:
        found = {side for name, side in NAMES.items() if re.search(rf"\b{name}\b", text.lower())}
        return found.pop() if len(found) == 1 else None


def voice(told: Told, words: str, within: str | None = None) -> Voice:
    """A voice as the extractor leaves it: text and offsets. `within`: words after whose beginning to look."""
    at = told.text.index(words, told.text.index(within) if within else 0)
    return Voice(text=words, start_char=at, end_char=at + len(words))


def claim(told: Told, evidence: str, **values: object) -> Claim:
    at = told.text.index(evidence)
    sentence = next(s for s in told.reading.sentences if s.start_char <= at < s.end_char)
    made = Claim(
        id=f"clm-{at}",
        document_id="doc-1",
        start_char=at,
        end_char=at + len(evidence),
        sentence_start_char=sentence.start_char,
        sentence_end_char=sentence.end_char,
        act="FIRE",
    )
    return replace(made, **values)  # type: ignore[arg-type]


def run(told: Told, *claims: Claim, **context: object) -> Reading:
    published = When(earliest=date(2020, 1, 5), latest=date(2020, 1, 5), precision="day")
    reading = replace(
        told.reading, document=replace(told.reading.document, published=published), mentions=told.mentions, claims=claims
    )
    return resolve_reading(reading, Context(theatre=THEATRE, actors=Index(), **context))  # type: ignore[arg-type]


def side(text: str, words: str, within: str | None = None) -> str | None:
    """The party that a claimant's words are resolved to."""
    told = read(text)
    made = claim(told, text.split()[-1], claimant=voice(told, words, within))
    found = run(told, made).claims[0].claimant
    assert found is not None
    return found.party


@pytest.mark.parametrize(
    ("text", "words", "within", "party"),
    [
        ("Northland said it had won. Southland denied it.", "Northland", None, "NTL"),
        ("Anna Brandt said the road was cut. Later she said it was open.", "she", "Later", "NTL"),
        ("Anna Brandt said the road was cut. Otto Hall said it was open. He added that it rained.", "He", "He added", "STL"),
        ("“We were shelled,” Otto Hall said.", "We", None, "STL"),
        ("The northern army said it had taken a hill.", "it", "it had", "NTL"),
        (
            "The southern ministry said a post was hit. The ministry also said nobody was hurt.",
            "The ministry",
            "The ministry also",
            "STL",
        ),
        ("Anna Brandt met Otto Hall. Mr Hall said they had agreed.", "Hall", "Mr Hall", "STL"),
        ("Otto Hall tweeted that his forces had taken a hill.", "his forces", None, "STL"),
        (
            "The southern ministry said that the northern army had crossed the river and that its troops returned fire.",
            "its troops",
            None,
            "STL",
        ),
        ("The northern ministry spoke on Monday. “It was calm,” it said.", "it", "it said", "NTL"),
        ("Northland and Southland blamed each other. Both sides said they had won.", "Both sides", None, "NTL;STL"),
        ("River Front fired rockets on Monday, Southland said. The group said it would go on.", "The group", None, "RVF"),
        ("Strike kills two, army says\n\nTwo people were killed, the southern army said.", "army", None, "STL"),
        ("“The enemy fled,” Otto Hall said. The northern army denied it.", "The enemy", None, "NTL"),
        ("Southland's president spoke. The president said he was ready.", "The president", "The president said", "STL"),
    ],
)
def test_sides(text: str, words: str, within: str | None, party: str) -> None:
    assert side(text, words, within) == party


def test_somebody_unknown_stays_unknown_and_so_does_he() -> None:
    text = "Otto Hall said a depot was hit. Karl Weiss, the owner of a shop, said it was a shop. He said nobody was hurt."
    told = read(text)
    reading = run(
        told,
        claim(told, "was a shop", claimant=voice(told, "Karl Weiss, the owner of a shop")),
        claim(told, "nobody was hurt", claimant=voice(told, "He", "He said nobody")),
    )
    assert [c.claimant.party for c in reading.claims if c.claimant] == [None, None]
    assert {i.code for i in reading.issues} == {"actor-unresolved"}


def test_a_description_gives_the_side_of_somebody_unknown() -> None:
    text = "Karl Weiss, a spokesman of the northern army, said a post was hit. Weiss said nobody was hurt."
    assert side(text, "Weiss", "Weiss said nobody") == "NTL"


def test_captions_are_no_antecedents_of_the_running_text() -> None:
    text = (
        "The talks went on for a second day.\n\nAnna Brandt said the road was cut.\n\n"
        "Otto Hall is pictured in this handout photo\n\nShe added that it was snowing."
    )
    assert side(text, "She", "She added") == "NTL"


def test_text_offsets_and_given_parties_stay() -> None:
    told = read("Northland said it had won.")
    given = replace(voice(told, "Northland"), party="XXX")
    found = run(told, claim(told, "won", claimant=given)).claims[0].claimant
    assert found == given


def test_reasons_say_how() -> None:
    told = read("The northern army said it had taken a hill.")
    made = claim(told, "taken a hill", attributed_to=voice(told, "it", "it had"))
    resolved = run(told, made).claims[0]
    assert any("it" in reason and "speaker" in reason for reason in resolved.reasons)


def test_blaming_a_side_for_an_attack_on_itself_is_an_issue() -> None:
    told = read("“The attacks on Southland's citizens are one more Southland provocation,” Anna Brandt said.")
    made = claim(told, "attacks", claimant=voice(told, "Anna Brandt"), confidence=0.8)
    reading = run(told, made)
    assert [i.code for i in reading.issues] == ["sides-swapped"]
    assert reading.claims[0].confidence < 0.8


def test_doer_and_target_of_one_side_is_an_issue() -> None:
    told = read("Northland shelled a northern village.")
    made = claim(
        told, "shelled", attributed_to=replace(voice(told, "Northland"), party="NTL"), target=Voice(text="village", party="NTL")
    )
    reading = run(told, made)
    assert [i.code for i in reading.issues] == ["sides-swapped"]
    assert reading.claims[0].confidence == pytest.approx(0.3)


def test_an_attack_across_the_line_is_none() -> None:
    told = read("“The attacks on Southland's citizens are one more Northland provocation,” Otto Hall said.")
    assert run(told, claim(told, "attacks", claimant=voice(told, "Otto Hall"))).issues == ()


def test_police_speak_for_whoever_holds_the_place() -> None:
    place = Place(id="hill", kind="settlement", names=("Hill",), country="Northland", holdings=(Holding(party="STL"),))
    gazetteer = SimpleNamespace(find=lambda name: [SimpleNamespace(place=place)], alpha3=lambda code: "NTL")
    told = read("Police said a road was damaged near Hill.")
    made = claim(told, "damaged", claimant=voice(told, "Police"), places=(ClaimPlace(text="Hill"),))
    found = run(told, made, gazetteer=gazetteer).claims[0].claimant
    assert found is not None
    assert found.party == "STL"


def test_without_an_index_nothing_changes() -> None:
    told = read("Northland said it had won.")
    reading = replace(told.reading, claims=(claim(told, "won", claimant=voice(told, "Northland")),))
    assert resolve_reading(reading, Context(theatre=THEATRE)) is reading
    assert STAGE.scope == "record"


@pytest.mark.parametrize("words", ["It", "it", "its", "they", "the ministry"])
def test_pronouns_without_antecedent_stay_unknown(words: str) -> None:
    text = f"Overnight {words} was heard again."
    assert side(text, words) is None


def test_ministries_of_two_branches_are_two() -> None:
    from trucewatch.stages.resolve.phrases import branches_differ

    assert branches_differ("Defence Ministry", "the Northland Foreign Ministry")
    assert not branches_differ("Defence Ministry", "the Northland Ministry of Defense")
    assert not branches_differ("the ministry", "the Northland Foreign Ministry")
