"""Victims in lists, parts told first, names, pairs and totals; a test's sentences are its input."""

from __future__ import annotations

from typing import Any

import pytest

from trucewatch.text.figures import FigureMention, find_figures
from trucewatch.text.parse import Parser

from .extracting import reader


@pytest.fixture(scope="module")
def nlp() -> Any:
    return Parser().nlp


def told(mentions: tuple[FigureMention, ...]) -> list[tuple[str, int | None, int | None]]:
    return sorted((m.figure.measure, m.figure.low or 0, m.figure.high) for m in mentions if not m.is_part)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # lists that go on, and that began before
        (
            "The strikes killed three people in Lima and five in Quito.",
            [("killed", 3, 3), ("killed", 5, 5)],
        ),
        ("One was killed in Lima, two in Quito.", [("killed", 1, 1), ("killed", 2, 2)]),
        ("The war kills some 1,200 in Peru and 160 Chileans", [("killed", 160, 160), ("killed", 1140, 1260)]),
        ("31 civilians and at least 60 soldiers were killed by fire.", [("killed", 31, 31), ("killed", 60, None)]),
        # what follows has a fate of its own
        ("Shells killed three people and four were wounded.", [("injured", 4, 4), ("killed", 3, 3)]),
        ("There are two dead and 14 wounded.", [("injured", 14, 14), ("killed", 2, 2)]),
        ("The blasts killed 12 people, and injured around 40 others.", [("injured", 38, 42), ("killed", 12, 12)]),
        # two, and two with a child
        ("The couple were killed.", [("killed", 2, 2)]),
        ("The couple and their daughter were killed.", [("killed", 3, 3)]),
        ("My neighbour and his wife are dead.", [("killed", 2, 2)]),
        ("Our neighbours, a baker and her son, are dead.", [("killed", 2, 2)]),
        # one by name
        ("A drone killed Carlos Mendoza in his car.", [("killed", 1, 1)]),
        ("The conscript soldier Pedro Alvarez perished in the morning.", [("killed", 1, 1)]),
        ("The raid killed Carlos Mendoza, their chief of staff, and four others.", [("killed", 5, 5)]),
        ("Eight soldiers were killed and a ninth died on the road.", [("killed", 1, 1), ("killed", 8, 8)]),
        # fates in other words
        ("Two were killed and 19 got wounds.", [("injured", 19, 19), ("killed", 2, 2)]),
        ("They brought out 17 wounded people.", [("injured", 17, 17)]),
        ("Contact with 24 soldiers was lost.", [("missing", 24, 24)]),
        ("Among the dead are three nurses.", [("killed", 3, 3)]),
        ("It recorded nine more deaths, taking the total to 640.", [("killed", 9, 9), ("killed", 640, 640)]),
    ],
)
def test_figures(nlp: Any, text: str, expected: list[tuple[str, int, int | None]]) -> None:
    assert told(find_figures(nlp(text))) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Peru was hit hard by the war.",
        "The two armies met and suffered delays.",
        "They took the total to be false.",
        "Among the guests are three nurses.",
        "Lima lost contact with the ship.",
    ],
)
def test_no_figures(nlp: Any, text: str) -> None:
    assert find_figures(nlp(text)) == ()


def test_the_part_told_before_its_verb_is_a_part(nlp: Any) -> None:
    mentions = find_figures(nlp("Six of its citizens, four of them police officers, were killed in a blast."))
    assert [(m.figure.low, m.is_part) for m in mentions] == [(6, False), (4, True)]


def test_a_part_far_behind_its_sum(nlp: Any) -> None:
    text = "At least 974 people were killed in Peru over the past year, most of them in the last two weeks, including 27 boys."
    assert [(m.figure.low, m.is_part) for m in find_figures(nlp(text))] == [(974, False), (27, True)]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Rockets landed near Westford on Friday, police said, injuring 31 people in Eastford.", {("injured", 31)}),
        (
            "A strike hit a car in Westford, killing three people, including a boy, and injuring five.",
            {("killed", 3), ("injured", 5)},
        ),
        ("A rocket slammed into a pitch and killed twelve children in Westford.", {("killed", 12)}),
    ],
)
def test_how_a_deed_ended_is_told_with_it(text: str, figures: set[tuple[str, int]]) -> None:
    deeds = [c for c in reader()(text).claims if c.act.split(".")[0] in ("FIRE", "AIR", "CIV")]
    assert len(deeds) == 1
    assert figures <= {(f.measure, f.low) for f in deeds[0].figures}
