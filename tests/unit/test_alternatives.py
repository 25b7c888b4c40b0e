"""A pattern for any of many names says what a list with `|` says."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from trucewatch.text.alternatives import NameFinder, one_of

NAMES = st.lists(st.text(alphabet="abA. -(+é", min_size=1, max_size=5), min_size=1, max_size=12)


@given(NAMES, st.text(alphabet="abA. -(+é", max_size=40), st.booleans())
def test_it_finds_what_the_list_finds(names: list[str], text: str, is_folded: bool) -> None:
    flags = re.IGNORECASE if is_folded else 0
    names = [name.lower() for name in names] if is_folded else names
    listed = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    for whole in (r"(?P<name>{})", r"\b(?P<name>{})\b", r"(?P<name>{})[ab]"):
        expected = [match.span("name") for match in re.compile(whole.format(f"(?:{listed})"), flags).finditer(text)]
        assert [match.span("name") for match in re.compile(whole.format(one_of(names)), flags).finditer(text)] == expected


@given(NAMES, st.text(alphabet="abA. -(+é", max_size=40))
def test_names_are_found_word_by_word_as_a_pattern_finds_them(names: list[str], text: str) -> None:
    expected = [match.group() for match in re.compile(rf"\b{one_of(names)}\b").finditer(text)]
    assert list(NameFinder(names).find(text)) == expected


def test_of_no_names_none_is_found() -> None:
    assert list(NameFinder([]).find("Rivertown")) == []


def test_a_longer_name_goes_before_one_that_begins_it() -> None:
    pattern = re.compile(rf"\b{one_of(['Rivertown', 'River', 'Riverside Hills'])}\b")
    assert [match.group() for match in pattern.finditer("River, Rivertown and Riverside Hills; Riversides")] == [
        "River",
        "Rivertown",
        "Riverside Hills",
    ]
