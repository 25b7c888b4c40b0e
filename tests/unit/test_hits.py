"""Words searched for: folded alike in the index, in the question and where they are marked."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucewatch.text.hits import find_hits, folded_both, folded_words, phrases_of
from trucewatch.web.marking import mark_hits


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("Shells fell on Gəncə’s outskirts.", "ganca", ["Gəncə’s"]),
        ("The Alder-Birch road, and Birch.", "alder-birch", ["Alder-Birch"]),
        ("The Alder-Birch road, and Birch.", "birch", ["Alder-Birch", "Birch"]),
        ("It fell, it fell.", "fell", ["fell", "fell"]),
        ("shelling", "shell", []),
        ("A truce? A truce!", "TRUCE? ?", ["truce", "truce"]),
        ("Upper bank of Alder", "upper-alder", []),
        ("", "fell", []),
        ("Nothing is asked.", " -!- ", []),
        ("█████ was hit", "█████", []),
    ],
)
def test_hits(text: str, words: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in find_hits(text, words)] == found


def test_words_written_with_a_capital_are_no_small_words() -> None:
    text = "Two of the Smith-jones family fled to Alder in 2030, McDowell said."
    assert folded_both(text)[1] == "of the family fled to in 2030 said"
    assert "smith jones" in folded_words(text)
    assert folded_both(text)[0] == folded_words(text)


def test_a_phrase_is_asked_for_once() -> None:
    assert phrases_of("Alder alder  ALDER’S") == ("alder",)


@given(st.text(), st.text(max_size=20))
def test_parts_make_the_text_again_and_ranges_stand_apart(text: str, words: str) -> None:
    assert "".join(part.text for part in mark_hits(text, words)) == text
    hits = find_hits(text, words)
    assert all(0 <= start < end <= len(text) for start, end in hits)
    assert all(before[1] <= after[0] for before, after in pairwise(hits))


@given(st.text(alphabet="abcÄéə'’- .AB1", max_size=30))
def test_a_text_is_found_by_each_of_its_own_words(text: str) -> None:
    for word in text.split():
        if phrases_of(word):
            assert find_hits(text, word), word
            assert f" {phrases_of(word)[0]} " in f" {folded_words(text)} "
