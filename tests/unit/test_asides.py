"""Reporting clauses out of their usual place: set apart, in a translation's order, cited, closed by more of the same."""

from __future__ import annotations

import pytest

from tests.unit.reading_voices import read


@pytest.mark.parametrize(
    ("text", "words", "source"),
    [
        ("Two shells fell on Ganja, Trend reported.", "fell on", "Trend"),
        ("Northern forces, says Baku, shelled two towns.", "shelled two", "Baku"),
        ("Northern forces have, Baku claims, shelled two towns.", "shelled two", "Baku"),
        (
            "The officers had called ten times to ask that the fire stop, a UN official in Geneva said.",
            "had called",
            "a UN official in Geneva",
        ),
        (
            "On Thursday morning, as told the Information Centre of Northland, the night passed quietly.",
            "passed",
            "the Information Centre of Northland",
        ),
        ("Northern forces shelled a bridge on Friday, as stated in Baku.", "shelled", "Baku"),
        ("As reported by the mayor, two posts were hit.", "were hit", "the mayor"),
        ("In the ministry of defence noted that the army had fired at the port.", "had fired", "the ministry of defence"),
        ("At the presidency, they said the army had shelled the port.", "had shelled", "the presidency"),
        ("In the ministry's report it is noted that two posts were hit.", "were hit", "the ministry's report"),
        ("The mayor's version is that the army fired first.", "fired first", "The mayor"),
        ("In the mayor's telling, the army fired first.", "fired first", "the mayor"),
        ("There were reports from northern officials of shelling in Riverton.", "shelling in", "northern officials"),
        ("Four men were hurt in Riverton, accordingto the region's rescue service.", "were hurt", "the region's rescue service"),
        ("Nine people died in the war, according to the mayor, and fifty fled the town.", "died in", "the mayor"),
        ("Nine people died in the war, according to the mayor, and fifty fled the town.", "fled the", "the mayor"),
        (
            "“A shell hit the van,” army spokesman Brig. Gen. Amos Hall told reporters.",
            "hit the van",
            "army spokesman Brig. Gen. Amos Hall",
        ),
        (
            "The ministry said it was halting its fire, but would hold the heights its troops had taken.",
            "had taken",
            "The ministry",
        ),
        ("The army said it had offered to inspect the site, but that Northland had refused.", "had refused", "The army"),
    ],
)
def test_who(text: str, words: str, source: str) -> None:
    assert read(text).who(words) == source


@pytest.mark.parametrize(
    ("text", "words", "source", "medium"),
    [
        (
            "Two men were killed, Interfax reported, citing the defence ministry.",
            "were killed",
            "the defence ministry",
            "Interfax",
        ),
        (
            "Reuters, citing two northern officials, reported that a truce was near.",
            "was near",
            "two northern officials",
            "Reuters",
        ),
        ("State media, quoting the army, said a drone had been downed.", "been downed", "the army", "State media"),
        ("A shell hit the dam, Trend reported with reference to the ministry.", "hit the dam", "the ministry", "Trend"),
    ],
)
def test_who_is_cited_vouches_and_the_agency_carries(text: str, words: str, source: str, medium: str) -> None:
    told = read(text)
    assert told.who(words) == source
    said = next(a for a in told.attributions if a.via_start is not None)
    assert told.text[said.via_start : said.via_end] == medium


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The leader said the group was ready for war, days after a raid killed its chief.", "killed its chief"),
        ("In the country's version of chess, kings fall early.", "kings fall"),
        ("The army hit Riverton, a strike the mayor said killed ten.", "hit Riverton"),
        ("As expected, two posts were hit.", "were hit"),
        ("The mayor listed the dead, and a woman wept.", "woman wept"),
    ],
)
def test_what_nobody_is_quoted_for_stays_the_outlets(text: str, words: str) -> None:
    assert read(text).who(words) == "outlet"


def test_a_person_who_cites_others_still_speaks_for_himself() -> None:
    told = read("The minister said the raid was over, citing the police.")
    assert told.who("was over") == "The minister"
