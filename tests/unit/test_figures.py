"""Figures of victims and of taken places from parsed sentences; a test's sentences are its input."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from trucewatch.text.figures import FigureMention, find_figures
from trucewatch.text.parse import Parser

Find = Callable[[str], tuple[FigureMention, ...]]


@pytest.fixture(scope="module")
def nlp() -> Any:
    return Parser().nlp


@pytest.fixture(scope="module")
def find(nlp: Any) -> Find:
    return lambda text: find_figures(nlp(text))


def told(mentions: tuple[FigureMention, ...]) -> set[tuple[str, int | None, int | None]]:
    return {(mention.figure.measure, mention.figure.low, mention.figure.high) for mention in mentions}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fourteen people were killed and more than 60 wounded in the raid.", {("killed", 14, 14), ("injured", 60, None)}),
        ("Rebel rockets kill 12 in the market", {("killed", 12, 12)}),
        ("Twelve killed as shells fall on the port", {("killed", 12, 12)}),
        ("The blast left at least nine people dead and 31 hurt.", {("killed", 9, None), ("injured", 31, 31)}),
        ("Shells hit the town, killing five and wounding six.", {("killed", 5, 5), ("injured", 6, 6)}),
        ("One farmer was killed' and three others were injured.", {("killed", 1, 1), ("injured", 3, 3)}),
        ("A man and his three sons were killed.", {("killed", 4, 4)}),
        ("A raid killed three girls and their grandmother.", {("killed", 4, 4)}),
        ("A shell wounded the girls' mother.", {("injured", 1, 1)}),
        ("Two farmers were executed in the square.", {("killed", 2, 2)}),
        ("The army executed two operations.", set()),
        ("One sailor was badly hurt and another slightly injured.", {("injured", 2, 2)}),
        ("The raid caused damage and seven injuries.", {("injured", 7, 7)}),
        ("The death toll rose to 53, the ministry said.", {("killed", 53, 53)}),
        ("The number of dead stands at 31.", {("killed", 31, 31)}),
        ("The number of military deaths rose by 14 to 221.", {("killed", 221, 221)}),
        ("Officials confirmed the deaths of four nurses.", {("killed", 4, 4)}),
        ("The brigade lost 17 soldiers.", {("killed", 17, 17)}),
        ("Rescuers found 15 bodies.", {("killed", 15, 15)}),
        ("The flood of fire claimed the lives of 44 people.", {("killed", 44, 44)}),
        ("Two women were among the dead, a further eight were in a critical condition.", {("killed", 2, 2), ("injured", 8, 8)}),
        ("The army seized six villages.", {("places_taken", 6, 6)}),
        ("His forces took control of nine towns.", {("places_taken", 9, 9)}),
        ("The unit took four prisoners.", {("captured", 4, 4)}),
        ("The fighting displaced another 1.4 million.", {("displaced", 1_400_000, 1_400_000)}),
        ("About 400 people had been forced from their homes.", {("displaced", 380, 420)}),
        ("Three fishermen remain missing.", {("missing", 3, 3)}),
        ("The blast killed two guards and left ten others in hospital.", {("killed", 2, 2), ("injured", 10, 10)}),
        ("A rocket sent five villagers to hospital.", {("injured", 5, 5)}),
        ("The ministry sent ten doctors to the hospital.", set()),
        ("Two soldiers and three passers-by were wounded.", {("injured", 2, 2), ("injured", 3, 3)}),
        ("A passerby was killed.", {("killed", 1, 1)}),
        ("No one was killed.", {("killed", 0, 0)}),
        ("There were no casualties.", {("killed", 0, 0), ("injured", 0, 0)}),
    ],
)  # fmt: skip
def test_a_figure_has_its_measure_and_range(find: Find, text: str, expected: set[tuple[str, int | None, int | None]]) -> None:
    assert told(find(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The city is home to about 70,000 people.",
        "Roads supply its roughly 90,000 residents.",
        "Three helicopters were shot down and five tanks were hit.",
        "They fired 140 rockets at the coast.",
        "The pact called for 1,500 monitors to be deployed.",
        "Only 40 of the 300 families stayed.",
        "450",
        "Both governments killed the proposal.",
        "Its guns killed or wounded 300 enemy fighters.",
        "He was 54 years old and lived 20 km away.",
    ],
)
def test_what_is_no_victim_makes_no_figure(find: Find, text: str) -> None:
    assert find(text) == ()


def test_the_victims_words_tell_the_population(find: Find) -> None:
    by_words = {
        "Two soldiers were killed.": "combatant",
        "Two crew members were killed.": "combatant",
        "Two schoolchildren were killed.": "unknown",
        "Two children were killed.": "civilian",
        "Two workers were killed.": "unknown",
        "Two journalists were killed.": "civilian",
    }
    assert {text: find(text)[0].figure.population for text in by_words} == by_words


def test_populations_joined_by_and_stay_apart(find: Find) -> None:
    mentions = find("The shelling killed three soldiers and four civilians.")
    assert {(m.figure.population, m.figure.low) for m in mentions} == {("combatant", 3), ("civilian", 4)}


def test_a_part_of_a_figure_is_marked_and_not_added(find: Find) -> None:
    whole, part = find("At least 70 people were killed, including 12 children.")
    assert (whole.figure.low, whole.figure.high, whole.is_part) == (70, None, False)
    assert (part.figure.low, part.is_part) == (12, True)


@pytest.mark.parametrize(
    ("text", "is_total"),
    [
        ("So far, 80 people have been killed.", True),
        ("At least 80 people have been killed since the fighting began.", True),
        ("Two weeks of strikes have killed 80 people.", True),
        ("The fighting has left 80 people dead in the last three days.", True),
        ("80 people have died, according to the latest available tallies.", True),
        ("The war killed 25,000 people.", True),
        ("The bombing of the town has killed 90 people so far this year.", True),
        ("A bomb killed 90 people on the road, the most so far this year.", False),
        ("A strike on a bakery killed eight people, in one of the deadliest attacks of the war.", False),
        ("Eight people were killed in the shelling on Monday.", False),
    ],
)
def test_a_sum_over_a_period_is_told_from_an_incident(find: Find, text: str, is_total: bool) -> None:
    assert find(text)[0].is_total is is_total


def test_one_sentence_may_hold_a_sum_and_an_incident(find: Find) -> None:
    mentions = find(
        "At least 30 villagers have been killed since the war began, one side says, while the other says that two were killed "
        "on Friday."
    )
    assert [(m.figure.low, m.is_total) for m in mentions] == [(30, True), (2, False)]


def test_offsets_are_the_documents_and_the_text_is_verbatim(nlp: Any) -> None:
    text = "It began at dawn. Eleven miners were killed."
    (mention,) = find_figures(nlp(text), 500)
    figure = mention.figure
    assert figure.start_char is not None
    assert figure.end_char is not None
    assert text[figure.start_char - 500 : figure.end_char - 500] == figure.text
    assert mention.victims == "Eleven miners"


def test_the_gold_claims_figures_are_found(nlp: Any, shared: Path) -> None:
    """Of the coded figures of the visible articles at least nine in ten are found in their sentences with a range that fits."""
    found = total = 0
    sets = [("gold/claims-dev.jsonl", "seeds")]
    sets += [(f"gold/news/{name}/claims.jsonl", f"gold/news/{name}/in") for name in ("karabakh", "lebanon")]
    for gold_file, folder in sets:
        for line in (shared / gold_file).read_text(encoding="utf-8").splitlines():
            claim = json.loads(line)
            if not claim["figures"]:
                continue
            text = re.sub(r"(?<!\n)\n(?!\n)", " ", (shared / folder / claim["source"]).read_text(encoding="utf-8"))
            at = text.find(claim["evidence"].split("\n")[0])
            start = max(text.rfind(". ", 0, at), text.rfind("\n", 0, at)) + 1
            ends = [place for place in (text.find(". ", at + 10), text.find("\n", at + 10)) if place > 0]
            mentions = find_figures(nlp(text[start : min(ends, default=len(text)) + 1].strip()))
            for want in claim["figures"]:
                total += 1
                found += any(
                    mention.figure.measure == want["measure"]
                    and (mention.figure.high is None) == (want["high"] is None)
                    and (mention.figure.low == want["low"] or want["low"] != want["high"])
                    for mention in mentions
                )
    assert total > 40
    assert found / total >= 0.9


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A major and a captain were killed by a drone.", {("killed", 2, 2)}),
        ("Captain Ivo Brandt and Sergeant Tom Hall were killed on Monday.", {("killed", 2, 2)}),
        ("The commander, Ivo Brandt, was killed with three other fighters.", {("killed", 4, 4)}),
        ("The envoy was killed with a rifle.", set()),
        ("Two counts of the dead", set()),
        ("Three lists of the wounded hang at the gate.", set()),
        ("Four of the dead were teachers.", {("killed", 4, 4)}),
        ("More than 300 people have been killed, at least 70 of them civilians.", {("killed", 300, None), ("killed", 70, None)}),
        ("Some 30 people died, ten of them children.", {("killed", 28, 32), ("killed", 10, 10)}),
        ("Nine people died, and two of them trucks burned.", {("killed", 9, 9)}),
    ],
)
def test_victims_told_one_by_one_with_others_or_as_a_part(find: Find, text: str, expected: set[Any]) -> None:
    assert told(find(text)) == expected


@pytest.mark.parametrize(
    ("text", "measure", "low", "is_total"),
    [
        ("The ombudsman of Chad puts civilian deaths there at 36.", "killed", 36, True),
        ("Chad has put the number of those killed in the raid at more than 200.", "killed", 200, True),
        ("Chad puts the number of its wounded at 270.", "injured", 270, False),
        ("Two reporters and a local official were killed near Adre.", "killed", 3, False),
        ("Two members of the group and a child were killed near Adre.", "killed", 2, False),
        ("He and a colleague were wounded in Adre.", "injured", 2, False),
        ("The raid led to the martyrdom of one person.", "killed", 1, False),
        ("Since Monday died 60 peaceful inhabitants.", "killed", 60, True),
        ("Lawyers speak of more than 200 people still in captivity.", "captured", 200, False),
        ("Chad says 82 soldiers were killed on its side.", "killed", 82, True),
        ("The number of the killed reached 710 and the wounded 2,300.", "killed", 710, False),
    ],
)
def test_counts_by_other_wordings(find: Find, text: str, measure: str, low: int, is_total: bool) -> None:
    found = next(figure for figure in find(text) if figure.figure.measure == measure)
    assert (found.figure.low, found.is_total) == (low, is_total)


def test_a_cost_put_at_a_sum_counts_nobody(find: Find) -> None:
    assert not find("The minister put the cost of the damage at 3 billion dollars.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The raid killed a mother, her two sons and their maid.", {("killed", 4, 4)}),
        ("A missile killed a family of four.", {("killed", 4, 4)}),
        ("The clinic treated 19 people with bullet wounds.", {("injured", 19, 19)}),
        ("Smoke left 15 peacekeepers with skin irritation.", {("injured", 15, 15)}),
        ("Soldiers arrested two shepherds near the fence.", {("captured", 2, 2)}),
        ("At least 90 have been killed, 70 of them Southland fighters.", {("killed", 90, None), ("killed", 70, 70)}),
        (
            "At least 45 have died, most of them rebels but also more than nine civilians.",
            {("killed", 45, None), ("killed", 9, None)},
        ),
        ("Ten were killed and also 3 civilians were wounded.", {("killed", 10, 10), ("injured", 3, 3)}),
        ("Ten were killed in the town and also 3 civilians fled.", {("killed", 10, 10), ("displaced", 3, 3)}),
        ("The raid left three fighters with broken arms.", {("injured", 3, 3)}),
        ("The army left three fighters with small arms.", set()),
        ("The hospital received 74 wounded, among them 19 civilians.", {("injured", 74, 74), ("injured", 19, 19)}),
        ("General Anton Roth and Colonel Ivo Lem were killed.", {("killed", 2, 2)}),
        ("The ministry raised the toll of the raid from 12 to 15 dead.", {("killed", 15, 15)}),
        ("Between 12 and 15 people were killed in the raid.", {("killed", 12, 15)}),
    ],
)
def test_lists_of_kin_parts_and_revised_tolls(find: Find, text: str, expected: set[tuple[str, int | None, int | None]]) -> None:
    assert told(find(text)) == expected
