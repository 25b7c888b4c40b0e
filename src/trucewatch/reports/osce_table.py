"""The mission's own table of ceasefire violations: one row an observation, under our own column names, and its coverage.

A row is a *counted effect* (facts/osce_smm_table_columns.csv), not a finding: how many were seen or heard from where, in which
direction, how far. Counts of one row are never added to claims. No observer's code is printed, and no position beyond its name.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from trucewatch.model.records import Observation

COLUMNS = (
    "row",
    "observer_position",
    "position_control",
    "event_distance_km",
    "event_bearing",
    "means",
    "count",
    "count_qualifier",
    "observation",
    "description",
    "direction",
    "weapon",
    "date",
    "time_from",
    "time_to",
    "zone",
    "incident_id",
    "observation_id",
)
NOT_KNOWN = "N/K"
WINDS = ("N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW")


@dataclass(frozen=True, kw_only=True, slots=True)
class Coverage:
    """How much was watched: hours, named posts, and hours by the side that controls the post. Without it no count means anything.

    `hours_by_control`: (party code or "N/K", hours), most first. `quiet_reports`: watches that saw no violation.
    """

    first_at: datetime | None
    last_at: datetime | None
    hours: float
    posts: tuple[str, ...]
    teams: tuple[str, ...]
    hours_by_control: tuple[tuple[str, float], ...]
    reports: int
    quiet_reports: int


def violation_rows(
    observations: Iterable[Observation], *, timezone: str = "UTC", incident_of: dict[str, str] | None = None
) -> list[dict[str, str]]:
    """Rows of the table, by time, for every observation of a counted effect; what is not known reads N/K.

    `timezone` is the IANA zone of the clock times printed; `incident_of` leads from an observation to its incident.
    """
    zone = ZoneInfo(timezone)
    counted = sorted((o for o in observations if o.effect is not None), key=lambda o: (o.observed_from_at, o.id))
    rows = []
    for number, observation in enumerate(counted, start=1):
        begin = observation.observed_from_at.astimezone(zone)
        end = observation.observed_to_at.astimezone(zone) if observation.observed_to_at is not None else None
        values = (
            str(number),
            observation.position_name or NOT_KNOWN,
            observation.position_control or NOT_KNOWN,
            _span(observation.distance_low_km, observation.distance_high_km),
            wind(observation.bearing_deg),
            " ".join(observation.means) or NOT_KNOWN,
            _count(observation),
            observation.count_qualifier or NOT_KNOWN,
            observation.effect or NOT_KNOWN,
            observation.description or NOT_KNOWN,
            _direction(observation),
            _weapon(observation),
            begin.date().isoformat(),
            begin.strftime("%H:%M"),
            end.strftime("%H:%M") if end is not None else "",
            observation.zone or NOT_KNOWN,
            (incident_of or {}).get(observation.id, ""),
            observation.id,
        )
        rows.append(dict(zip(COLUMNS, values, strict=True)))
    return rows


def violation_csv(
    observations: Iterable[Observation], *, timezone: str = "UTC", incident_of: dict[str, str] | None = None
) -> str:
    """The table as CSV text with its header."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, fieldnames=COLUMNS, lineterminator="\n")
    writer.writeheader()
    for row in violation_rows(observations, timezone=timezone, incident_of=incident_of):
        # A spreadsheet runs what begins like a formula.
        writer.writerow({name: f"'{value}" if value.startswith(("=", "+", "-", "@")) else value for name, value in row.items()})
    return out.getvalue()


def coverage(observations: Iterable[Observation]) -> Coverage:
    """What the reports say was watched. Watches of one post that overlap are counted once."""
    reports = sorted(observations, key=lambda o: (o.observed_from_at, o.id))
    watches: dict[str, list[tuple[datetime, datetime, str]]] = {}
    for report in reports:
        until = _watched_until(report)
        post = report.position_name or f"unnamed post of report {report.id}"
        watches.setdefault(post.casefold(), []).append((report.observed_from_at, until, report.position_control or NOT_KNOWN))
    by_control: dict[str, float] = {}
    for spans in watches.values():
        covered: datetime | None = None
        for begin, end, control in sorted(spans):
            start = begin if covered is None or begin > covered else covered
            if end > start:
                by_control[control] = by_control.get(control, 0.0) + (end - start) / timedelta(hours=1)
                covered = end
    names = {(r.position_name or "").casefold(): r.position_name for r in reports if r.position_name}
    return Coverage(
        first_at=reports[0].observed_from_at if reports else None,
        last_at=max((_watched_until(r) for r in reports), default=None),
        hours=round(sum(by_control.values()), 2),
        posts=tuple(sorted(name for name in names.values() if name)),
        teams=tuple(sorted({r.team for r in reports if r.team})),
        hours_by_control=tuple((c, round(h, 2)) for c, h in sorted(by_control.items(), key=lambda entry: (-entry[1], entry[0]))),
        reports=len(reports),
        quiet_reports=sum(1 for r in reports if r.nothing_observed),
    )


def wind(bearing_deg: float | None) -> str:
    """One of the sixteen winds; N/K where no bearing is known."""
    return NOT_KNOWN if bearing_deg is None else WINDS[round(bearing_deg / 22.5) % 16]


def _watched_until(report: Observation) -> datetime:
    watched = timedelta(minutes=report.minutes_observed or 0)
    return max(report.observed_to_at or report.observed_from_at, report.observed_from_at + watched)


def _span(low: float | None, high: float | None) -> str:
    if low is None and high is None:
        return NOT_KNOWN
    if low is None or high is None or low == high:
        return f"{low if low is not None else high:g}"
    return f"{low:g}-{high:g}"


def _count(observation: Observation) -> str:
    low, high = observation.count_low, observation.count_high
    if low is None and high is None:
        return NOT_KNOWN
    if low is None:
        return f"up to {high}"
    return str(low) if high is None or high == low else f"{low}-{high}"


def _direction(observation: Observation) -> str:
    begin, end = observation.direction_from_deg, observation.direction_to_deg
    if begin is None and end is None:
        return NOT_KNOWN
    return f"from {wind(begin)} to {wind(end)}"


def _weapon(observation: Observation) -> str:
    if observation.weapon is None:
        return NOT_KNOWN
    return f"{observation.weapon} (assessed)" if observation.weapon_assessed else observation.weapon
