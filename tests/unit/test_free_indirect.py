"""Free indirect speech: whose a sentence without a verb of telling is, after one that was reported."""

from __future__ import annotations

import pytest

from tests.unit.reading_voices import read

SAID = "The harbour minister said the pier was shut. "


@pytest.mark.parametrize(
    ("text", "words", "source"),
    [
        (SAID + "The crews had left the boats.", "had left the boats", "The harbour minister"),
        (SAID + "The fleet would sail by Friday.", "would sail", "The harbour minister"),
        (SAID + "The crews had left. The fleet would sail by Friday.", "would sail", "The harbour minister"),
        ("Forty sailors were killed, the admiral said. Another had lost a leg.", "lost a leg", "the admiral"),
        ("Six shells hit the dock, the admiral said. One landed in a school.", "One landed", "the admiral"),
        ("According to the mayor, ten homes burned. Two were empty.", "were empty", "the mayor"),
    ],
)
def test_it_goes_on_in_the_words_of_who_was_reported(text: str, words: str, source: str) -> None:
    assert read(text).who(words) == source


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (SAID + "A crane stood idle in the rain.", "stood idle"),
        (SAID + "The port had been bombed a year earlier.", "had been bombed"),
        (SAID + "The fleet had sailed in 2019.", "had sailed"),
        (SAID.strip() + "\n\nNobody had warned the dockers.", "Nobody had warned"),
        ("The pier was shut on Sunday. Nobody had warned the dockers.", "Nobody had warned"),
        ("The harbour minister did not say who fired. The fleet would sail by Friday.", "would sail"),
    ],
)
def test_the_outlets_own_narrative_stays_its_own(text: str, words: str) -> None:
    assert read(text).who(words) == "outlet"


def test_what_another_says_in_it_is_the_others() -> None:
    told = read(SAID + "The pilots would strike, and their union demanded talks with the owners.")
    assert told.who("The pilots would strike") == "The harbour minister"
    assert told.who("talks with the owners") == "their union"
