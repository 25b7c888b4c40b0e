"""Tellings without a clause of their own: headlines, asides, agencies that cite, what came of a deed; and who speaks on."""

from __future__ import annotations

import pytest

from tests.unit.reading_voices import read


@pytest.mark.parametrize(
    ("text", "words", "source"),
    [
        ("Northland says 12 soldiers killed in clashes on the border", "killed", "Northland"),
        ("Northland says chapel shelled twice in Rivertown, reporters hurt", "reporters hurt", "Northland"),
        ("Anna Roth: Northern guns hit the dam", "hit the dam", "Anna Roth"),
        ("Israeli troops opened fire near the dam – NNA", "opened fire", "NNA"),
        ("RIVERTOWN: Two shells fell on the market on Sunday.", "fell", "outlet"),
        ("Northland accuses the rebels of firing at the dam on Monday, wounding a boy.", "wounding a boy", "Northland"),
        ("Smoke rose after what the army said was a raid on the depot.", "a raid on the depot", "the army"),
        ("Three hundred people have died since May, official figures showed.", "have died", "official figures"),
        ("Interpress, citing the defence ministry, reported that two men were shot.", "were shot", "the defence ministry"),
        ("Interpress reported, citing the army, that two men were shot.", "were shot", "the army"),
        ("Two men were shot, state television quoted the governor as saying.", "were shot", "the governor"),
        ("As the army put it, the post was hit by mistake.", "was hit", "the army"),
        ("Two posts were hit since May, as per the Ministry of Health.", "were hit", "the Ministry of Health"),
        ("Ten rockets came down, it added, while others set fire to the woods.", "set fire", "it"),
        ("The army updated its list of losses: nine more men were killed.", "were killed", "The army"),
        (
            'The envoy said that Northland had "broken its word" and warned that his men would stay.',
            "his men would stay",
            "The envoy",
        ),
        (
            "It said in a statement that its men shelled the camp with rockets, east of the town of Rivertown, and hit a truck.",
            "hit a truck",
            "It",
        ),
        ("The mayor said fighting went on. “One man was hurt near the old mill.”", "was hurt", "The mayor"),
        ("The army said on Monday, a day after the raid, that it had struck a depot.", "had struck", "The army"),
        ("The envoy told the two men in separate calls that raids on towns must stop.", "must stop", "The envoy"),
        ("Northland said ten had died, Southland put its military dead at 974.", "dead at 974", "Southland"),
        ("The guards force accused the army on Thursday of a grave attack on its men.", "grave attack", "The guards force"),
        ("Ten raids struck before dawn, after the army warned residents of three houses to leave.", "to leave", "the army"),
        ("In accordance with the report, a band attacked the camp.", "attacked", "the report"),
        ("In accordance with the statement signed by both, the army left the town.", "left the town", "outlet"),
        (
            "It ended a year of battles that the Northern authorities say killed at least 400 people.",
            "killed",
            "the Northern authorities",
        ),
        ("The fighting continued. “One man was hurt near the old mill.”", "was hurt", None),
    ],
)
def test_who_tells_in_few_words(text: str, words: str, source: str | None) -> None:
    assert read(text).who(words) == source


@pytest.mark.parametrize(
    ("text", "words", "source"),
    [
        # a deed that happened to the teller is counted on; what others suffer from his own deed is not his to tell
        ("The mission said its post had been hit. Two of the guards were wounded.", "were wounded", "The mission"),
        ("The mission said its post had been hit. Two guards were wounded.", "were wounded", "The mission"),
        ("The army said it had struck a depot. Two farmers were wounded.", "were wounded", "outlet"),
        ("The mission said its post had been hit. Two guards were wounded on May 3.", "were wounded", "outlet"),
        ("The mayor said the mill had been hit. The fire had begun before dawn.", "had begun", "The mayor"),
        ("The mayor said the mill had been hit. It had burned down a year earlier.", "had burned", "outlet"),
    ],
)
def test_who_goes_on_telling_without_a_cue(text: str, words: str, source: str) -> None:
    assert read(text).who(words) == source


def test_a_question_put_to_somebody_is_nobody_s_word() -> None:
    told = read("The premier, asked by reporters whether the army had shelled the town, said nothing.")
    assert told.who("had shelled") != "reporters"
