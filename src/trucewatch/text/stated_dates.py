"""Dates as publishers state them in metadata, tables and date lines: a day, a month or a year, never a guess."""

from __future__ import annotations

import re
from datetime import date, timedelta
from email.utils import parsedate_to_datetime

from trucewatch.model.records import When

ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?:[T ].*)?$")
COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?\d{4,6}Z?)?$")
SLASHED_DAY = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})(?:\s.*)?$")
MONTHS = "january february march april may june july august september october november december".split()
_MONTH = rf"(?:{'|'.join(f'{name[:3]}(?:{name[3:]})?' for name in MONTHS)}|sept)\.?"
_WEEKDAY = r"(?:(?:[a-z]{3,6}day|mon|tue|wed|thu|fri|sat|sun)\.?,? +)?"
_DAY_FIRST = rf"\d{{1,2}}(?:st|nd|rd|th)?[ -]+(?:of +)?{_MONTH}"
_MONTH_FIRST = rf"{_MONTH} +\d{{1,2}}(?:st|nd|rd|th)?"
_WRITTEN = rf"{_WEEKDAY}(?:{_DAY_FIRST}|{_MONTH_FIRST})[ ,-]+\d{{4}}\b"
_CLOCK = r"\d{1,2}[:.h]\d{2}(?::\d{2})?(?: ?[ap]\.?m\.?)?(?: *\(?(?:gmt|utc|bst|[a-z]{2,4}t)\)?(?:[+-]\d+)?)?"
_LABEL = r"(?:(?:first |last )?(?:published|posted|updated|modified|date|issued|created)(?: on| at)?\W+)?"
WRITTEN_DAY = re.compile(_WRITTEN, re.I)
DATE_LINE = re.compile(rf"\W*{_LABEL}(?P<date>{_WRITTEN}|\d{{4}}-\d{{2}}-\d{{2}})(?:[\s,|@•·–—-]*(?:at +)?{_CLOCK})?\W*", re.I)
FIRST_YEAR, LAST_YEAR = 1900, 2200


def parse_published(value: str, basis: str = "given") -> When | None:
    """A stated date as a When: a day, a month (2020-10) or a year; None where it is no date or may be two.

    The day is the one written, in the writer's own time zone. 03/04/2020 may be March or April, so it is refused.
    """
    value = value.strip()
    try:
        found = _written(value) or _by_library(value)
        if found is None:
            return None
        earliest, latest, precision = found
    except (ValueError, OverflowError):
        return None
    if not FIRST_YEAR <= earliest.year < LAST_YEAR:
        return None
    return When(earliest=earliest, latest=latest, precision=precision, text=value, basis=basis)


def _written(value: str) -> tuple[date, date, str] | None:
    if match := ISO_DAY.match(value) or COMPACT_DAY.match(value):
        year, month = int(match[1]), int(match[2])
        if match[3]:
            day = date(year, month, int(match[3]))
            return day, day, "day"
        first = date(year, month, 1)
        return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1), "month"
    if match := WRITTEN_DAY.match(value):
        numbers = [int(number) for number in re.findall(r"\d+", match[0])]
        names = [word[:3].lower() for word in re.findall(r"[^\W\d_]{3,}", match[0])]
        month = next(number for number, name in enumerate(MONTHS, 1) if name[:3] in names)
        day = date(numbers[1], month, numbers[0])
        return day, day, "day"
    if re.fullmatch(r"\d{4}", value):
        return date(int(value), 1, 1), date(int(value), 12, 31), "year"
    if match := SLASHED_DAY.match(value):
        first_number, second, year = int(match[1]), int(match[2]), int(match[3])
        if first_number <= 12 and second <= 12 and first_number != second:
            raise ValueError("day and month cannot be told apart")
        day = date(year, second, first_number) if second <= 12 else date(year, first_number, second)
        return day, day, "day"
    return None


def _by_library(value: str) -> tuple[date, date, str] | None:
    if re.match(r"[A-Z][a-z]{2}, \d", value):
        day = parsedate_to_datetime(value).date()
        return day, day, "day"
    if not re.search(r"[^\W\d_]{3}", value) or not re.search(r"\d{4}", value) or len(value) > 60:
        return None
    import dateparser

    # only dates that stand by themselves: "last week" would be counted from today
    settings = {"STRICT_PARSING": True, "REQUIRE_PARTS": ["day", "month", "year"], "PARSERS": ["absolute-time"]}
    found = dateparser.parse(value, settings=settings)
    return (found.date(), found.date(), "day") if found else None


def read_date_line(line: str) -> When | None:
    """The day of a line that holds nothing else ("Posted on Sunday, 4 October 2020, 10:30 GMT"), basis stated."""
    match = DATE_LINE.fullmatch(line) if len(line) < 80 else None
    return parse_published(match["date"], "stated") if match else None
