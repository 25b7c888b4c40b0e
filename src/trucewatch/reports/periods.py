"""A reporting period: days of a mission, whose day may close before midnight, and the period of equal length before it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from trucewatch.errors import ConfigError
from trucewatch.model.records import When
from trucewatch.model.theatre import Theatre
from trucewatch.reports.words import day_words, span_words


@dataclass(frozen=True, kw_only=True, slots=True)
class Period:
    """Days `first` to `last`, both included, of the theatre's clocks; instants from `start_at` (included) to `stop_at`
    (excluded)."""

    first: date
    last: date
    start_at: datetime
    stop_at: datetime
    timezone: str
    closes: str

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    @property
    def words(self) -> str:
        """Its days in words: "4 October 2020", "3 to 9 October 2020"."""
        return span_words(When(earliest=self.first, latest=self.last))

    @property
    def clock_words(self) -> str:
        """From when to when, by which clocks: "from 19:30 on 3 October 2020 to 19:30 on 4 October 2020, Asia/Baku (UTC+4)"."""
        zone = ZoneInfo(self.timezone)
        begin = self.start_at.astimezone(zone)
        if self.closes == "24:00":
            stop = f"24:00 on {day_words(self.last)}"
        else:
            stop = f"{self.closes} on {day_words(self.last)}"
        offset = begin.utcoffset() or timedelta()
        hours, minutes = divmod(abs(int(offset.total_seconds())) // 60, 60)
        sign = "-" if offset < timedelta() else "+"
        utc = "UTC" if not offset else f"UTC{sign}{hours}" + (f":{minutes:02}" if minutes else "")
        name = self.timezone.replace("_", " ")
        clocks = "UTC" if name == "UTC" else f"{name} ({utc})"
        return f"from {begin:%H:%M} on {day_words(begin.date())} to {stop}, {clocks}"

    def holds(self, when: When) -> bool:
        """Whether something begins in the period: it is counted once, under its first day."""
        day = when.earliest or when.latest
        return day is not None and self.first <= day <= self.last

    def goes_on(self, when: When) -> bool:
        """Whether something began before the period and is told of into it."""
        first, last = when.earliest, when.latest
        return first is not None and last is not None and first < self.first <= last

    def has_instant(self, at: datetime) -> bool:
        """Whether an instant lies in it."""
        return self.start_at <= at < self.stop_at


def make_period(theatre: Theatre, first: date, last: date) -> Period:
    """The period of a theatre from one day to another. Raises ConfigError where it ends before it begins."""
    if last < first:
        raise ConfigError(f"the period ends on {last} and begins on {first}: --to must not lie before --from")
    zone = ZoneInfo(theatre.timezone)
    hour, minute = (int(part) for part in theatre.day_closes.split(":"))

    def close_of(day: date) -> datetime:
        return (datetime.combine(day, time(), zone) + timedelta(hours=hour, minutes=minute)).astimezone(UTC)

    return Period(
        first=first,
        last=last,
        start_at=close_of(first - timedelta(days=1)),
        stop_at=close_of(last),
        timezone=theatre.timezone,
        closes=theatre.day_closes,
    )


def previous(period: Period, theatre: Theatre) -> Period:
    """The period of equal length before it."""
    return make_period(theatre, period.first - timedelta(days=period.days), period.first - timedelta(days=1))
