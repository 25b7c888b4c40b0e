"""Quotation marks of every kind, and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucewatch.text.quotations import find_quotations
from trucewatch.text.sentences import split_paragraphs


def quoted(text: str) -> list[str]:
    return [text[q.start_char : q.end_char] for q in find_quotations(text, split_paragraphs(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “we will stay” again.", ["we will stay"]),
        ('He said "we will stay" again.', ["we will stay"]),
        ("He said 'we will stay' again.", ["we will stay"]),
        ("He said ‘we will stay’ again.", ["we will stay"]),
        ("He said «we will stay» again.", ["we will stay"]),
        ("He said „we will stay“ again.", ["we will stay"]),
        ("The people's army and the soldiers' post don't move.", []),
        ("Two were killed’ near the river.", []),
        ("It was left’ dark and then killed’ again.", []),
        ("It fell in the ’90s and the '80s.", []),
        ("The town has “many posts”.", ["many posts"]),
        ("It hit homes in the “Upper town “.", ["Upper town"]),
        ("“We go.” ”", ["We go."]),
        ("He said it was” in the town.", []),
    ],
)
def test_marks(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


def test_nested_with_depth() -> None:
    text = "The paper wrote: “He said ‘never again’ twice.”"
    found = find_quotations(text, split_paragraphs(text))
    assert [(text[q.start_char : q.end_char], q.depth) for q in found] == [
        ("He said ‘never again’ twice.", 0),
        ("never again", 1),
    ]


def test_plural_possessive_inside_single_marks() -> None:
    assert quoted("She said 'the soldiers' post was hit' and left.") == ["the soldiers' post was hit"]


def test_unclosed_ends_with_its_paragraph() -> None:
    text = "He noted: “The town is large. It is old.\n\nNext day it rained."
    found = find_quotations(text, split_paragraphs(text))
    assert [(text[q.start_char : q.end_char], q.closed) for q in found] == [("The town is large. It is old.", False)]


def test_unclosed_before_another_ends_with_its_sentence() -> None:
    text = "He noted that “the town is large. He showed a film. It was “the end of it”, he said."
    found = find_quotations(text, split_paragraphs(text))
    assert [q.closed for q in found] == [False, True]
    assert text[found[1].start_char : found[1].end_char] == "the end of it"


def test_continued_over_paragraphs() -> None:
    assert quoted("“One thing.\n\n“Another thing,” he said.") == ["One thing.", "Another thing,"]


def test_closed_too_early_goes_on_to_the_second_closing_mark() -> None:
    assert quoted('"We were patient." We asked them twice. They did not come."') == [
        "We were patient.",
        "We asked them twice. They did not come.",
    ]


def test_a_reporting_clause_between_two_marks_is_no_quotation() -> None:
    assert quoted('"We were patient," he said, and left the room."') == ["We were patient,"]


def test_lost_opening_mark_before_a_reporting_clause() -> None:
    assert quoted("We will not stop,” the general said.") == ["We will not stop,"]


@given(st.text(alphabet="ab .,\"“”'’‘«»\n", max_size=80))
def test_offsets_stay_inside_and_no_mark_raises(text: str) -> None:
    for q in find_quotations(text, split_paragraphs(text)):
        assert 0 <= q.start_char < q.end_char <= len(text)
