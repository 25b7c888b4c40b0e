"""Times that news tells by halves: parts of months, hours beside a deal, sums since a day, days of what is only named."""

from __future__ import annotations

from datetime import date

import pytest

from trucewatch.model.records import Claim, Document, When
from trucewatch.model.theatre import Theatre
from trucewatch.stages.claim_times import claim_days
from trucewatch.text.times import resolve_time

DAY = date(2021, 5, 20)
PUBLISHED = When(earliest=DAY, latest=DAY, precision="day")
THEATRE = Theatre(name="t", title="T")


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("in early March", date(2021, 3, 1), date(2021, 3, 10)),
        ("in mid-March", date(2021, 3, 10), date(2021, 3, 20)),
        ("at the end of March", date(2021, 3, 20), date(2021, 3, 31)),
        ("late last month", date(2021, 4, 20), date(2021, 4, 30)),
        ("in March", date(2021, 3, 1), date(2021, 3, 31)),
        ("late December 2019", date(2019, 12, 20), date(2019, 12, 31)),
        ("early May", date(2021, 5, 1), date(2021, 5, 10)),
        ("hours before the deal", date(2021, 5, 19), date(2021, 5, 20)),
    ],
)
def test_a_part_of_a_month_is_a_third_of_it_and_hours_before_a_deal_are_its_day_or_the_one_before(
    words: str, first: date, last: date
) -> None:
    found = resolve_time(words, PUBLISHED)
    assert (found.earliest, found.latest) == (first, last)


def test_a_late_part_that_has_not_come_yet_is_not_made_up() -> None:
    found = resolve_time("late May", PUBLISHED)
    assert found.earliest is None or found.earliest <= DAY


def days(text: str, evidence: str, words: str | None = None, act: str = "FIRE") -> tuple[date | None, date | None]:
    """The days of a claim on one sentence of a text."""
    begin, low = text.index(evidence), text.rfind(". ", 0, text.index(evidence))
    low = low + 2 if low >= 0 else 0
    when = When()
    if words is not None:
        when = When(text=words, start_char=text.index(words), end_char=text.index(words) + len(words))
    claim = Claim(
        id="c", document_id="d", start_char=begin, end_char=begin + len(evidence), sentence_start_char=low,
        sentence_end_char=text.find(".", begin) + 1, act=act, when=when,
    )  # fmt: skip
    document = Document(id="d", source="s", input_path="s", sha256="x", text=text, published=PUBLISHED)
    found = claim_days(claim, document, THEATRE)
    return found.earliest, found.latest


def test_what_a_sum_is_counted_since_is_no_day_of_those_who_came_last() -> None:
    text = "Six more were killed, taking the dead to 90 since 2 March."
    assert days(text, "Six more were killed", "since 2 March") == (DAY, DAY)
    assert days("Ninety were killed since 2 March.", "Ninety were killed", "since 2 March")[0] == date(2021, 3, 2)


def test_a_clause_that_only_describes_a_paper_lends_no_year_to_the_next_sentence() -> None:
    text = "Roth called it a breach of the accord, which ended the war in 2006. He asked Orvania to hold back."
    assert days(text, "He asked Orvania to hold back", act="DEMAND.OTHER") == (DAY, DAY)


def test_a_force_that_remains_is_there_now_though_a_deadline_was_told_before() -> None:
    text = "They were to leave by March, a term extended to 2 April. Troops remain on the hill."
    assert days(text, "Troops remain on the hill", act="FORCE.NON_WITHDRAWAL") == (DAY, DAY)


def test_a_raid_that_is_only_spoken_of_dates_no_plea() -> None:
    text = "The mission asked for an inquiry into a raid which killed ten on Monday."
    assert days(text, "The mission asked for an inquiry", act="DEMAND.OTHER") != (date(2021, 5, 17), date(2021, 5, 17))


def test_ten_days_on_from_a_month_are_of_that_month_or_the_next() -> None:
    text = "It began in March. Ten days later a raid hit Alder."
    assert days(text, "Ten days later a raid hit Alder", "Ten days later") == (date(2021, 3, 11), date(2021, 4, 10))


def test_a_truce_that_holds_until_a_day_to_come_was_agreed_before() -> None:
    text = "Orvania said the truce would hold until 2 June."
    assert days(text, "the truce would hold until 2 June", "until 2 June", "AGREE.CEASEFIRE") == (DAY, DAY)
