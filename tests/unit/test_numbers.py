"""Numbers: words and digits, qualifiers as ranges, and the uses that count nobody."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trucewatch.text.numbers import apply_qualifier, find_numbers, words_to_int


def ranges(text: str) -> list[tuple[int | None, int | None, str]]:
    return [(number.low, number.high, number.qualifier) for number in find_numbers(text) if number.kind == "count"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Seventeen people died", (17, 17, "exactly")),
        ("twenty-three of them", (23, 23, "exactly")),
        ("one hundred and five prisoners", (105, 105, "exactly")),
        ("two dozen men", (24, 24, "exactly")),
        ("half a million", (500_000, 500_000, "exactly")),
        ("another 1.3 million", (1_300_000, 1_300_000, "exactly")),
        ("1.2m people", (1_200_000, 1_200_000, "exactly")),
        ("at least 21 servicemen", (21, None, "at_least")),
        ("no fewer than 21", (21, None, "at_least")),
        ("more than 1,650 people", (1650, None, "more_than")),
        ("well over 100", (100, None, "more_than")),
        ("about 400 guests", (380, 420, "about")),
        ("nearly 20,000 people", (18_000, 20_000, "nearly")),
        ("up to 45 fighters", (None, 45, "up_to")),
        ("as many as 90,000 villagers", (None, 90_000, "up_to")),
        ("a total of 31 towns", (31, 31, "exactly")),
        ("between 40 and 50 men", (40, 50, "about")),
        ("15-20 dead", (15, 20, "about")),
        ("several villages", (3, 9, "several")),
        ("dozens of houses", (24, 99, "dozens")),
        ("hundreds of thousands fled", (200_000, 999_999, "thousands")),
        ("10 000 people", (10_000, 10_000, "exactly")),
        ("both men were hurt", (2, 2, "exactly")),
    ],
)
def test_a_quantity_is_read_as_the_range_its_words_mean(text: str, expected: tuple[int | None, int | None, str]) -> None:
    assert ranges(text)[0] == expected


@pytest.mark.parametrize(
    "text",
    [
        "a 31-year-old baker",
        "aged 54",
        "on 14 March 2019 and June 3",
        "in the 1980s",
        "a T-90 tank and an F-16 with 152mm shells",
        "80 km (50 miles) away",
        "2,300 square miles",
        "at 7.15 pm (1915 GMT)",
        "Resolution 2231",
        "$5 million",
        "for 12 days",
        "in their 20s",
        "No one spoke",
        "both sides",
    ],
)
def test_numbers_that_count_nobody_are_no_counts(text: str) -> None:
    assert ranges(text) == []


def test_a_tally_that_rose_from_one_number_to_another_is_no_range() -> None:
    assert [(n.low, n.high) for n in find_numbers("rose by 26 to 710")] == [(26, 26), (710, 710)]


def test_number_words_that_are_none_have_no_value() -> None:
    assert words_to_int("seven") == 7
    assert words_to_int("seventh heaven") is None


@settings(deadline=None)
@given(st.integers(min_value=0, max_value=10**9))
def test_digits_with_thousands_commas_keep_their_value(value: int) -> None:
    found = [number for number in find_numbers(f"some say {value:,} people") if number.end_char > 9]
    assert found
    assert found[-1].high == apply_qualifier(value, "exactly")[1]


@settings(deadline=None)
@given(st.text(max_size=200))
def test_no_text_breaks_the_reader_and_offsets_hold(text: str) -> None:
    for number in find_numbers(text):
        assert 0 <= number.phrase_start <= number.start_char < number.end_char <= len(text)
        assert number.low is None or number.high is None or number.low <= number.high
