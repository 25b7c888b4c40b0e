"""Time expressions: where they stand, what they date, which days they mean."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trucewatch.model.records import When
from trucewatch.model.theatre import Outbreak
from trucewatch.text.parse import Parser
from trucewatch.text.times import find_times, resolve_time, scan_times

OUTBREAKS = (
    Outbreak(name="the first war", on=date(2020, 3, 1), until=date(2020, 5, 1)),
    Outbreak(name="ground operation in the north", on=date(2020, 4, 10), until=date(2020, 5, 1)),
)
ANCHORS = (("Spring truce", date(2020, 4, 20)),)


def published(day: str) -> When:
    on = date.fromisoformat(day)
    return When(earliest=on, latest=on, precision="day", basis="given")


# 2020-04-22 is a Wednesday
@pytest.mark.parametrize(
    ("expression", "earliest", "latest"),
    [
        ("on Wednesday", "2020-04-22", "2020-04-22"),
        ("on Sunday night", "2020-04-19", "2020-04-19"),
        ("on the Wednesday", "2020-04-15", "2020-04-15"),
        ("on the Tuesday", "2020-04-21", "2020-04-21"),
        ("on 2 December last year", "2019-12-02", "2019-12-02"),
        ("on December 2, last year", "2019-12-02", "2019-12-02"),
        ("in the spring", "2020-03-01", "2020-04-22"),
        ("in the summer", "2019-06-01", "2019-08-31"),
        ("since autumn", "2019-09-01", "2020-04-22"),
        ("on the second day,", "2020-04-11", "2020-04-11"),
        ("on the first day of the army's operation last week", "2020-04-10", "2020-04-10"),
        ("last Wednesday", "2020-04-15", "2020-04-15"),
        ("yesterday", "2020-04-21", "2020-04-21"),
        ("last night", "2020-04-21", "2020-04-22"),
        ("in the last two days", "2020-04-20", "2020-04-22"),
        ("over the past week", "2020-04-15", "2020-04-22"),
        ("in the past 24 hours", "2020-04-21", "2020-04-22"),
        ("since the weekend", "2020-04-18", "2020-04-22"),
        ("this weekend", "2020-04-18", "2020-04-19"),
        ("six days ago", "2020-04-16", "2020-04-16"),
        ("two months ago", "2020-02-01", "2020-02-29"),
        ("last month", "2020-03-01", "2020-03-31"),
        ("earlier this month", "2020-04-01", "2020-04-22"),
        ("earlier this year", "2020-01-01", "2020-04-22"),
        ("in December", "2019-12-01", "2019-12-31"),
        ("in the 1990s", "1990-01-01", "1999-12-31"),
        ("in the early 1990s", "1990-01-01", "1993-12-31"),
        ("in the mid-1990s", "1994-01-01", "1996-12-31"),
        ("in the late 1990s", "1997-01-01", "1999-12-31"),
        ("on Wednesday (15 April)", "2020-04-15", "2020-04-15"),
        ("Wednesday night, April 15", "2020-04-15", "2020-04-15"),
        ("on New Year's Eve", "2019-12-31", "2019-12-31"),
        ("on Christmas Day 2018", "2018-12-25", "2018-12-25"),
        ("in 2016", "2016-01-01", "2016-12-31"),
        ("from 1992 - 1994", "1992-01-01", "1994-12-31"),
        ("April 2016", "2016-04-01", "2016-04-30"),
        ("on 7 October 2019", "2019-10-07", "2019-10-07"),
        ("October 7, 2019", "2019-10-07", "2019-10-07"),
        ("on 27 September", "2019-09-27", "2019-09-27"),
        ("2-5 April", "2020-04-02", "2020-04-05"),
        ("three weeks of", "2020-04-01", "2020-04-22"),
        ("a year of", "2019-04-23", "2020-04-22"),
        ("for several days now", "2020-04-15", "2020-04-22"),
        ("a few hours later", "2020-04-22", "2020-04-22"),
        ("since the war began", "2020-03-01", "2020-04-22"),
        ("since the ground operation began", "2020-04-10", "2020-04-22"),
        ("since fighting broke out on 3 March", "2020-03-03", "2020-04-22"),
        ("two days after the announced truce", "2020-04-22", "2020-04-22"),
        ("since 1994", "1994-01-01", "2020-04-22"),
        ("in the early hours of Monday", "2020-04-20", "2020-04-20"),
        ("on the third day of the ground operation", "2020-04-12", "2020-04-12"),
        ("from March 2 to April 4", "2020-03-02", "2020-04-04"),
        ("by 3 May", "2020-05-03", "2020-05-03"),
    ],
)
def test_an_expression_means_its_days(expression: str, earliest: str, latest: str) -> None:
    when = resolve_time(expression, published("2020-04-22"), outbreaks=OUTBREAKS, anchors=ANCHORS)
    assert (when.earliest, when.latest) == (date.fromisoformat(earliest), date.fromisoformat(latest))
    assert when.text == expression


def test_a_month_of_last_year() -> None:
    for told in ("in October last year", "in October of last year"):
        when = resolve_time(told, published("2020-11-14"), outbreaks=OUTBREAKS, anchors=ANCHORS)
        assert (when.earliest, when.latest, when.text) == (date(2019, 10, 1), date(2019, 10, 31), told)


def test_a_clock_makes_no_range_of_days() -> None:
    text = "between 10 p.m. April 10 and 9 a.m. April 11"
    assert [text[span.start_char : span.end_char] for span in scan_times(text)] == ["April 10", "April 11"]


def test_a_bracket_after_a_weekday_need_not_hold_a_date() -> None:
    text = "on Tuesday (a holiday)"
    assert [text[span.start_char : span.end_char] for span in scan_times(text)] == ["on Tuesday"]


def test_what_lies_ahead_is_looked_for_ahead() -> None:
    when = resolve_time("on Tuesday", published("2020-04-22"), is_past=False)
    assert when.earliest == date(2020, 4, 28)


@pytest.mark.parametrize(
    ("expression", "relation"), [("since Monday", "since"), ("until 1991", "until"), ("by 1994", "by"), ("on Monday", None)]
)
def test_the_relation_is_kept(expression: str, relation: str | None) -> None:
    assert resolve_time(expression, published("2020-04-22")).relation == relation


def test_without_a_day_of_publishing_only_absolute_times_resolve() -> None:
    unknown = When(basis="unknown")
    assert resolve_time("yesterday", unknown).earliest is None
    assert resolve_time("on 3 May 2014", unknown).earliest == date(2014, 5, 3)


def test_an_uncertain_day_of_publishing_widens_the_answer() -> None:
    either = When(earliest=date(2020, 4, 21), latest=date(2020, 4, 22), precision="days")
    when = resolve_time("yesterday", either)
    assert (when.earliest, when.latest, when.precision) == (date(2020, 4, 20), date(2020, 4, 21), "days")


def test_an_impossible_date_resolves_to_nothing() -> None:
    assert resolve_time("on 31 February 2019", published("2020-04-22")).earliest is None


@pytest.fixture(scope="module")
def nlp() -> Any:
    return Parser().nlp


def test_a_time_knows_the_verb_it_dates(nlp: Any) -> None:
    doc = nlp("The army said on Monday that its guns had shelled the pass on Saturday.")
    assert [(time.text, doc[time.head].text) for time in find_times(doc)] == [("on Monday", "said"), ("on Saturday", "shelled")]


def test_a_year_that_names_a_thing_is_a_modifier(nlp: Any) -> None:
    (time,) = find_times(nlp("Monitors serve under the terms of the 2014 truce."))
    assert (time.kind, time.text) == ("modifier", "the 2014")


def test_kinds_and_offsets(nlp: Any) -> None:
    text = "Power was out for three hours. Since 2011 the road has been closed."
    times = find_times(nlp(text), 1000)
    assert [time.kind for time in times] == ["duration", "span"]
    assert all(text[time.start_char - 1000 : time.end_char - 1000] == time.text for time in times)


def test_words_that_only_look_like_times_are_none() -> None:
    assert scan_times("They may march if the second mayor sees fit.") == ()


@settings(deadline=None)
@given(st.text(max_size=300))
def test_no_text_breaks_the_grammar(text: str) -> None:
    spans = scan_times(text)
    assert all(0 <= span.start_char < span.end_char <= len(text) for span in spans)
    assert all(first.end_char <= second.start_char for first, second in pairwise(spans))
    resolve_time(text[:60], published("2020-04-22"))


@pytest.mark.parametrize(
    "text",
    [
        "31 December 9999",
        "1 January 0001",
        "9000 years ago",
        "over the next 8000 years",
        "in the last 3000 years",
        "in 9999",
        "9999-12-31",
    ],
)
@pytest.mark.parametrize("published", [date(2031, 5, 4), None])
def test_days_at_the_ends_of_the_calendar_are_left_open(text: str, published: date | None) -> None:
    """From such a day nothing can be reckoned: one in a text would end a stage over the whole ledger."""
    when = resolve_time(text, When(earliest=published, latest=published))
    assert (when.earliest, when.precision) == (None, "unknown")
    assert when.latest in (None, published)
