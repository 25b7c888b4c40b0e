"""Times of day with their zones, as sources state when an agreement takes effect: "08:00 local time (04H00 GMT)".

Sources copy such times wrongly, so that every time stated is computed to UTC and compared: where they agree the time stands;
where a seasonal name was used out of season ("CET" in summer) the local time stands; where they contradict one another nothing
does. "Midnight" of a day without a zone is no time: it may be either end of the day.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo, available_timezones

# Offsets in hours of the abbreviations that news use; the first of a pair is the winter's name, an hour behind the summer's.
ABBREVIATIONS = {
    "GMT": 0, "UTC": 0, "Z": 0, "WET": 0, "BST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3,
    "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "PST": -8, "PDT": -7,
}  # fmt: skip
SEASONAL = frozenset({"WET", "BST", "CET", "CEST", "EET", "EEST", "EST", "EDT", "CST", "CDT", "PST", "PDT"})
_CLOCK = re.compile(
    r"(?P<midnight>\bmidnight\b)|(?P<noon>\bnoon\b)"
    r"|(?<!\d)(?P<hour>\d{1,2})\s?[:hH.]\s?(?P<minute>\d{2})(?!\d)\s?(?P<half>[ap]\.?\s?m\.?)?"
    r"|(?<!\d)(?P<hour12>\d{1,2})\s?(?P<half12>[ap]\.?\s?m\.?)"
    r"|(?<!\d)(?P<compact>\d{4})(?=\s?(?:GMT|UTC|Z)\b)",
    re.IGNORECASE,
)
_LOCAL = re.compile(r"\b(?:local(?: time)?|local clocks)\b", re.IGNORECASE)
_ABBREVIATION = re.compile(r"(?<![A-Za-z])(" + "|".join(ABBREVIATIONS) + r")\b")
_UNKNOWN_ZONE = re.compile(r"\b([A-Z][\w ]*?) time\b")
_CITY = re.compile(r"\b((?:[A-Z][a-z]+ ?){1,2})\b")


@dataclass(frozen=True, kw_only=True, slots=True)
class StatedTime:
    """One time as stated: `zone` its words for the zone (None: none given), `at` in UTC (None where it cannot be computed)."""

    text: str
    zone: str | None
    at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class SettledTime:
    """What the times stated together give: `at` in UTC, None where they contradict one another or none can be computed."""

    at: datetime | None
    is_consistent: bool
    reason: str


def read_clock(text: str, on: date, local_zone: str) -> tuple[StatedTime, ...]:
    """Every time of day in a text about a day (by local clocks), in order. A clock time without a zone is local.

    `local_zone` is an IANA name. Times in other zones are taken on the day that brings them nearest to the local day's noon or
    to the first time stated.
    """
    clocks = list(_CLOCK.finditer(text))
    found: list[StatedTime] = []
    for position, match in enumerate(clocks):
        stop = clocks[position + 1].start() if position + 1 < len(clocks) else len(text)
        zone_text, zone = _zone(text[match.end() : stop], local_zone)
        hour = _hour(match)
        is_bare_day_end = match.group("midnight") is not None and zone_text is None
        if hour is None or is_bare_day_end or (zone is None and zone_text is not None):
            found.append(StatedTime(text=match.group(), zone=zone_text, at=None))
            continue
        at = datetime.combine(on, hour, zone or ZoneInfo(local_zone)).astimezone(UTC)
        first = next((stated.at for stated in found if stated.at is not None), None)
        if first is not None and zone_text is not None:
            at = min((at + timedelta(days=shift) for shift in (-1, 0, 1)), key=lambda moment: abs(moment - first))
        found.append(StatedTime(text=match.group(), zone=zone_text, at=at))
    return tuple(found)


def settle(stated: Sequence[StatedTime]) -> SettledTime:
    """The one instant that the times give together, or none with the reason."""
    known = [one for one in stated if one.at is not None]
    if not known:
        return SettledTime(at=None, is_consistent=False, reason="no clock time that could be computed is stated")
    first = known[0]
    for other in known[1:]:
        assert first.at is not None
        assert other.at is not None
        apart = abs(other.at - first.at)
        if not apart:
            continue
        if apart == timedelta(hours=1) and other.zone in SEASONAL:
            continue
        reason = f"{first.text} {first.zone or 'local'} and {other.text} {other.zone or 'local'} are {apart} apart"
        return SettledTime(at=None, is_consistent=False, reason=reason)
    others = len(known) - 1
    return SettledTime(
        at=first.at, is_consistent=True, reason=f"{others} other time(s) stated agree" if others else "the only time stated"
    )


def _hour(match: re.Match[str]) -> time | None:
    if match.group("midnight"):
        return time(0)
    if match.group("noon"):
        return time(12)
    compact = match.group("compact")
    hour = int(compact[:2] if compact else match.group("hour") or match.group("hour12"))
    minute = int(compact[2:] if compact else match.group("minute") or 0)
    half = (match.group("half") or match.group("half12") or "").lower()
    if half and hour <= 12:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _zone(words: str, local_zone: str) -> tuple[str | None, ZoneInfo | timezone | None]:
    abbreviation, local = _ABBREVIATION.search(words), _LOCAL.search(words)
    if local and (abbreviation is None or local.start() < abbreviation.start()):
        return "local", ZoneInfo(local_zone)
    if abbreviation:
        name = abbreviation.group(1)
        return name, timezone(timedelta(hours=ABBREVIATIONS[name]))
    for name in _CITY.findall(words):
        known = _zones_by_name().get(name.strip().casefold())
        if known is not None:
            return name.strip(), ZoneInfo(known)
    unknown = _UNKNOWN_ZONE.search(words)
    return (unknown.group(1), None) if unknown else (None, None)


@cache
def _zones_by_name() -> dict[str, str]:
    """IANA zones by the city that names them, and by the country where all its zones keep one time of the day."""
    cities = {name.rpartition("/")[2].replace("_", " ").casefold(): name for name in sorted(available_timezones())}
    tables = files("tzdata").joinpath("zoneinfo")
    countries = dict(_rows(tables.joinpath("iso3166.tab").read_text(encoding="utf-8"), 0, 1))
    zones: dict[str, list[str]] = {}
    for code, zone in _rows(tables.joinpath("zone.tab").read_text(encoding="utf-8"), 0, 2):
        zones.setdefault(code, []).append(zone)
    winter = datetime(2024, 1, 1)
    single = {
        countries[code].casefold(): names[0]
        for code, names in zones.items()
        if code in countries and len({ZoneInfo(name).utcoffset(winter) for name in names}) == 1
    }
    return single | cities


def _rows(table: str, key: int, value: int) -> list[tuple[str, str]]:
    lines = [line.split("\t") for line in table.splitlines() if line and not line.startswith("#")]
    return [(line[key], line[value]) for line in lines]
