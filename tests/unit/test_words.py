"""Instants and days in words, by the clocks of the theatre and never by those of the database."""

from __future__ import annotations

from datetime import UTC, date, datetime

from trucewatch.config import load_theatre
from trucewatch.reports.chart import make_bands
from trucewatch.reports.map_overlays import agreement_bands
from trucewatch.reports.words import clock_words, clocks_words, counted_words, days_told, force_words, local_day, zone_words

LATE = datetime(2020, 10, 9, 21, 30, tzinfo=UTC)


def test_an_instant_is_told_by_the_clocks_of_the_place() -> None:
    assert local_day(LATE, "Asia/Baku") == date(2020, 10, 10)
    assert clock_words(LATE, "Asia/Baku") == "10 October 2020, 01:30"
    assert clocks_words(LATE, None, "UTC") == "9 October 2020, 21:30"
    assert clocks_words(LATE, datetime(2020, 10, 9, 23, tzinfo=UTC), "Asia/Baku") == "10 October 2020, 01:30 to 03:00"
    assert clocks_words(LATE, datetime(2020, 10, 9, 22, tzinfo=UTC), "Europe/Paris").endswith("23:30 to 10 October 2020, 00:00")
    assert (zone_words("America/New_York"), zone_words("UTC")) == ("America/New York time", "UTC")


def test_an_agreement_binds_from_the_day_that_its_own_clocks_showed() -> None:
    theatre = load_theatre("karabakh")
    known = {one.id: one for one in theatre.agreements}
    assert force_words(known["NK-1994-CF"], theatre.timezone) == "in force since 12 May 1994"
    assert force_words(known["NK-2020-10-30"], theatre.timezone).startswith("in force since 30 October 2020 (the instant")
    assert force_words(known["NK-1994-BISHKEK"], theatre.timezone) == "never in force as a duty"
    assert {band["id"]: band["from"] for band in agreement_bands(theatre)}["NK-2020-10-30"] == "2020-10-30"
    (band,) = make_bands([known["NK-2020-10-30"]], theatre.timezone, date(2020, 10, 30), 1)
    assert (band.left, band.width) == (0, 100)
    assert not list(make_bands([known["NK-2020-10-30"]], theatre.timezone, date(2020, 10, 29), 1))


def test_what_a_theatre_says_of_its_agreements_is_written_for_readers() -> None:
    shorthand = ("(OURS)", "(GK", "(SEEN)", "(DERIVED)", "time: ", "text: ", " NK ", " AZ ", " RU ", "seed 0")
    for name in ("karabakh", "lebanon"):
        for agreement in load_theatre(name).agreements:
            own = [agreement.note, agreement.signed, agreement.end_basis or ""]
            for clause in agreement.clauses:
                own += [
                    clause.duty,
                    clause.area,
                    clause.exceptions,
                    clause.note,
                    clause.deadline.wording if clause.deadline else "",
                ]
            for text in own:
                assert not [mark for mark in shorthand if mark in f" {text} "], (agreement.id, text)


def test_the_days_of_a_ledger_in_words() -> None:
    assert days_told(("2020-10-03", "2020-10-14")) == "3 to 14 October 2020"
    assert days_told(None) == ""


def test_a_number_whose_people_nobody_tells_says_so_once() -> None:
    assert counted_words("2", "killed", "unknown") == "2 people killed (whether civilians not stated)"
    assert counted_words("1", "injured", "civilian") == "1 civilian injured"
    assert counted_words("74", "injured", "all") == "74 people injured"
