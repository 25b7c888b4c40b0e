"""Sentences and paragraphs of scraped and translated news."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucewatch.text.sentences import split_paragraphs, split_sentences


def sentences(text: str) -> list[str]:
    return [text[s.start_char : s.end_char] for s in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The post fell. Nobody was hurt.", 2),
        ("Dr. Alba met Gen. Brown and Mr. Corte.", 1),
        ("The U.S. embassy closed. It will reopen.", 2),
        ("They flew to the U.S. The talks failed.", 2),
        ("J. Smith and A. B. Jones signed.", 1),
        ("Some 3.5 million fled at 5.30 p.m. on Sunday.", 1),
        ("It took in refugees.Northland said so.", 2),
        ("See the map on example.com for more.", 1),
        ("“We held. They fled,” she said.", 2),
        ('"We will wait." He left.', 2),
        ("The guns fell silent … and then it rained.", 1),
        ("He paused... Then he went on.", 2),
        ("Was it true? Nobody knew!", 2),
        ("Rule No. 5 applies.", 1),
        ("“Stop it.” he said.", 1),
        ("RIVERTON/HILLTOP (Agency) - The army said so.", 2),
        ("The unit - a brigade - moved.", 1),
        ("He wrote on X. The army was silent.", 2),
        ("They left.” alone. Then came rain.", 2),
    ],
)
def test_counts(text: str, expected: int) -> None:
    assert len(sentences(text)) == expected, sentences(text)


def test_stray_full_stop_does_not_orphan_a_claim() -> None:
    """A full stop that fell into a noun phrase leaves "... in the contested." before a verbless head."""
    text = "The ministry said it began a raid in the contested. Upper valley region, as local media reported heavy shelling."
    assert len(sentences(text)) == 1


def test_ordinary_sentences_after_a_place_stay_apart() -> None:
    assert len(sentences("They met in the valley. Upper town, meanwhile, was calm.")) == 2


def test_subjectless_auxiliary_joins_what_stands_before() -> None:
    assert len(sentences("He called it the second city. Is the result of attacks.")) == 1
    assert len(sentences("He asked them all. Is it the result of attacks?")) == 2


def test_wrapped_lines_are_one_paragraph_and_short_ones_are_not() -> None:
    wrapped = (
        "The army of the north has moved its\nguns to the river and will keep them\nthere until the talks of the spring.\n"
        "The south denied this."
    )
    assert [wrapped[a:b].count("\n") for a, b in split_paragraphs(wrapped)] == [2, 0]
    listed = "Home\nWorld\nShelling kills two near the river, officials say\nA shell killed two people on Sunday."
    assert len(split_paragraphs(listed)) == 4


def test_bullets_are_left_out() -> None:
    assert sentences("• Two dead\n• One hurt") == ["Two dead", "One hurt"]


def test_blank_lines_part_paragraphs_and_numbers_ascend() -> None:
    spans = split_sentences("One.\n\nTwo. Three.\n \nFour.")
    assert [s.paragraph for s in spans] == [0, 1, 1, 2]


def test_a_lone_closing_mark_belongs_to_the_sentence_before() -> None:
    assert sentences("He said “it ends.” ” Then he left.") == ["He said “it ends.” ”", "Then he left."]


@pytest.mark.parametrize("text", ["", "   \n\n ", "\n"])
def test_nothing_in_nothing(text: str) -> None:
    assert split_sentences(text) == ()


@given(st.text(alphabet="ab .!?…\"“”'’\nA1(", max_size=120))
def test_every_word_is_covered_once_and_in_order(text: str) -> None:
    spans = split_sentences(text)
    assert all(a.end_char <= b.start_char for a, b in pairwise(spans))
    covered = {i for s in spans for i in range(s.start_char, s.end_char)}
    assert all(i in covered for i, sign in enumerate(text) if sign.isalnum())


def test_a_long_line_is_read_in_linear_time() -> None:
    text = "The army moved on. It met Mr. Brown at 3.5 km. " * 20_000
    assert len(split_sentences(text)) == 40_000


@pytest.mark.parametrize(
    "dateline",
    [
        "UPTON/DOWNTON, July 14 - ",
        "UPTON, Valley -- ",
        "UPTON, 3 April. ",
        "UPTON, July 14, AGENCY. ",
        "UPTON (Agency) - ",
        "OLD UPTON, Valley (Agency) — ",
    ],
)
def test_a_dateline_is_no_part_of_the_sentence(dateline: str) -> None:
    text = f"{dateline}Border guards fired on a farm, officials said."
    assert [text[s.start_char : s.end_char] for s in split_sentences(text)][
        -1
    ] == "Border guards fired on a farm, officials said."
