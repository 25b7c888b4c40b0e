"""Observers' reports: submissions of the observer form to `Observation` records, with an issue for whatever is wrong in a row.

A row with an error is refused as a whole; a warning drops the one answer. Safe by default: an observer is a code (anything else
is refused unseen), a position that the observer did not allow to be stored is dropped, and so is what was told by people who did
not consent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from math import ceil, floor
from zoneinfo import ZoneInfo

from trucewatch.model.ids import make_id, sha256_of
from trucewatch.model.records import Figure, Issue, Observation
from trucewatch.sources.form_table import INSTANCE, Choice, Question, choices, questions, read_submissions

STAGE = "observe"
OBSERVER_CODE = re.compile(r"[A-Z]{2}-[0-9]{3}")
FARTHEST_KM = 60.0
UNKNOWN = "unknown"
CONDITION = re.compile(r"\$\{(\w+)\} = \"(\w+)\"")


@dataclass(frozen=True, kw_only=True)
class ObserverReports:
    """What a file of reports gives: the observations, what was wrong, how many rows it had and how many were refused."""

    observations: tuple[Observation, ...]
    issues: tuple[Issue, ...]
    rows: int
    refused: int


@dataclass
class _Row:
    """One submission while it is read: its answers, and what was found wrong."""

    source: str
    number: int
    answers: Mapping[str, str]
    issues: list[Issue] = field(default_factory=list)

    def complain(self, name: str, code: str, message: str, *, level: str = "error", value: str | None = None) -> None:
        """Note an issue on a field of this row."""
        text = f"row {self.number}, field {name}: {message}"
        self.issues.append(Issue(stage=STAGE, code=code, level=level, message=text, source=self.source, value=value))

    @property
    def is_refused(self) -> bool:
        """Whether an error was found."""
        return any(issue.level == "error" for issue in self.issues)


def read_observations(path: str, *, local_timezone: str | None = None, today: date | None = None) -> ObserverReports:
    """Observations of a file of submissions (CSV, JSON Lines, or a server's JSON).

    `local_timezone` is what the form's "local" clock means (the theatre's IANA zone; without it the form's own UTC+4). `today`
    bounds the days that an event can have. Raises SourceError for a file that cannot be read, ParseError for one of another form.
    """
    observations: dict[str, Observation] = {}
    issues: list[Issue] = []
    rows = refused = 0
    for number, answers, unknown in read_submissions(path):
        rows += 1
        row = _Row(source=f"{path}#{number}", number=number, answers=answers)
        for column in unknown:
            row.complain(column, "unknown-field", "the form has no such question; its answer is not used", level="info")
        observation = _observation(row, local_timezone, today or datetime.now(UTC).date() + timedelta(days=1))
        issues.extend(row.issues)
        if observation is None:
            refused += 1
        elif observation.id in observations and observations[observation.id] != observation:
            message = f"row {number}: the same report as {observations[observation.id].source}; the later row is kept"
            issues.append(Issue(stage=STAGE, code="report-twice", level="info", message=message, source=row.source))
            observations[observation.id] = observation
        else:
            observations[observation.id] = observation
    return ObserverReports(observations=tuple(observations.values()), issues=tuple(issues), rows=rows, refused=refused)


def _observation(row: _Row, local_timezone: str | None, today: date) -> Observation | None:
    if "__broken__" in row.answers:
        row.complain("(row)", "broken-row", row.answers["__broken__"])
        return None
    chosen = dict(_chosen(row))
    _check_required(row, chosen)
    _check_code(row)
    span = _span(row, chosen, local_timezone, today)
    low_km, high_km = _distances(row)
    minutes = _whole(row, "minutes_observed")
    if minutes is not None and minutes <= 0:
        row.complain("minutes_observed", "out-of-range", "must be more than 0", value=str(minutes))
    if row.is_refused or span is None:
        return None
    answer = row.answers.get
    lat, lon, altitude, accuracy = _point(row)
    count, qualifier = _whole(row, "count"), _name(chosen, "count_qualifier")
    count_low, count_high = _range(count, qualifier)
    consent = _name(chosen, "consent")
    may_tell = consent != "refused"
    if not may_tell and answer("claims_by_others"):
        row.complain("claims_by_others", "no-consent", "consent was refused: what they told is dropped", level="warning")
    if not may_tell and answer("photo"):
        row.complain("photo", "no-consent", "consent was refused: the photo is dropped", level="warning")
    is_photo_safe = _name(chosen, "photo_safe") == "yes" and may_tell
    key = answer(INSTANCE) or (row.answers["observer_code"], span[0], _name(chosen, "report_kind"), answer("narrative"))
    body = "\x1f".join(f"{name}={row.answers[name]}" for name in sorted(row.answers))
    return Observation(
        id=make_id("observation", key),
        observer_code=row.answers["observer_code"],
        team=_name(chosen, "team"),
        report_kind=_name(chosen, "report_kind") or UNKNOWN,
        form_version=answer("form_version"),
        observed_from_at=span[0],
        observed_to_at=span[1],
        timezone=span[2],
        position_name=answer("position_name"),
        position_control=_value(chosen, "position_control"),
        lat=lat,
        lon=lon,
        altitude_m=altitude,
        accuracy_m=accuracy,
        means=tuple(choice.name for choice in chosen.get("means", ())),
        bearing_deg=_degrees(chosen, "bearing"),
        distance_low_km=low_km,
        distance_high_km=high_km,
        heading=_heading(chosen),
        effect=_name(chosen, "observation"),
        count_low=count_low,
        count_high=count_high,
        count_qualifier=qualifier,
        description=_name(chosen, "description"),
        direction_from_deg=_degrees(chosen, "direction_from"),
        direction_to_deg=_degrees(chosen, "direction_to"),
        weapon=_known(_name(chosen, "weapon")),
        weapon_assessed=_yes(chosen, "weapon_assessed"),
        event_place=answer("event_place"),
        zone=_known(_name(chosen, "zone")),
        figures=tuple(_figures(row, chosen)),
        victims=tuple(choice.name for choice in chosen.get("victim", ())),
        harm_basis=tuple(choice.name for choice in chosen.get("harm_basis", ())),
        damage=answer("damage"),
        restriction=_name(chosen, "restriction"),
        restriction_by=_value(chosen, "restriction_by"),
        restriction_reason=answer("restriction_reason"),
        narrative=answer("narrative"),
        claims_by_others=answer("claims_by_others") if may_tell else None,
        nothing_observed=_yes(chosen, "nothing_observed") is True,
        minutes_observed=minutes,
        sensitivity=_name(chosen, "sensitivity"),
        consent=consent,
        attachment=answer("photo") if is_photo_safe else None,
        source=row.source,
        sha256=sha256_of(body.encode("utf-8", "surrogatepass")),
    )


def _chosen(row: _Row) -> Iterator[tuple[str, tuple[Choice, ...]]]:
    """The choices of each select, by name or label; what is in no list is an issue."""
    for name, question in questions().items():
        answer = row.answers.get(name)
        if answer is None or question.choices is None:
            continue
        listed = choices()[question.choices]
        labels = {choice.label.casefold(): choice for choice in listed.values()}
        whole = listed.get(answer) or labels.get(answer.casefold())
        parts = [answer] if whole or question.kind == "select_one" else answer.replace(",", " ").split()
        found = [listed.get(part) or labels.get(part.casefold()) for part in parts]
        if None in found:
            allowed = ", ".join(listed)
            # An answer outside a required list leaves the row without a meaning; elsewhere only the answer is dropped.
            level = "error" if question.is_required and _is_relevant(row, question) else "warning"
            row.complain(name, "unknown-choice", f"expected one of {allowed}", level=level, value=answer[:80])
        # Servers list the answers of a choice of several in orders of their own.
        yield name, tuple(choice for choice in listed.values() if choice in found)


def _is_relevant(row: _Row, question: Question) -> bool:
    if not question.relevant:
        return True
    return any(row.answers.get(name) == value for name, value in CONDITION.findall(question.relevant))


def _check_required(row: _Row, chosen: Mapping[str, tuple[Choice, ...]]) -> None:
    for name, question in questions().items():
        if question.is_required and _is_relevant(row, question) and name not in row.answers and name not in chosen:
            row.complain(name, "missing-answer", f"the form requires it ({question.label})")


def _check_code(row: _Row) -> None:
    code = row.answers.get("observer_code")
    if code is not None and not OBSERVER_CODE.fullmatch(code):
        # The value may be a person's name: it is not repeated.
        row.complain("observer_code", "no-observer-code", "expected two capitals, a hyphen and three digits; no names")


def _span(
    row: _Row, chosen: Mapping[str, tuple[Choice, ...]], local_timezone: str | None, today: date
) -> tuple[datetime, datetime | None, str] | None:
    day = _day(row, today)
    begin, end = _clock(row, "time_from"), _clock(row, "time_to")
    tz = next(iter(chosen.get("tz", ())), None)
    if day is None or begin is None or tz is None:
        return None
    zone_name = local_timezone if tz.name == "local" and local_timezone else tz.value or "UTC"
    zone = ZoneInfo(zone_name)
    for name, clock in (("time_from", begin), ("time_to", end)):
        if clock is not None and clock.tzinfo is not None:
            stated = datetime.combine(day, clock).utcoffset()
            if stated != datetime.combine(day, clock.replace(tzinfo=zone)).utcoffset():
                message = f"the device's offset differs from the clock used ({tz.label}); the clock used is taken"
                row.complain(name, "clock-conflict", message, level="warning", value=clock.isoformat())
    start_at = datetime.combine(day, begin.replace(tzinfo=None), zone).astimezone(UTC)
    if end is None:
        return start_at, None, zone_name
    stop_at = datetime.combine(day, end.replace(tzinfo=None), zone).astimezone(UTC)
    if stop_at < start_at:
        stop_at = datetime.combine(day + timedelta(days=1), end.replace(tzinfo=None), zone).astimezone(UTC)
        message = "earlier than time_from: taken as the next day's"
        row.complain("time_to", "past-midnight", message, level="info", value=end.isoformat())
    return start_at, stop_at, zone_name


def _day(row: _Row, today: date) -> date | None:
    answer = row.answers.get("event_date")
    if answer is None:
        return None
    try:
        day = date.fromisoformat(answer[:10])
    except ValueError:
        row.complain("event_date", "bad-date", "expected a day as YYYY-MM-DD", value=answer[:40])
        return None
    if day > today:
        row.complain("event_date", "future-date", f"later than {today}", value=answer[:40])
        return None
    return day


def _clock(row: _Row, name: str) -> time | None:
    answer = row.answers.get(name)
    if answer is None:
        return None
    try:
        return time.fromisoformat(answer)
    except ValueError:
        level = "error" if name == "time_from" else "warning"
        row.complain(name, "bad-time", "expected a time as HH:MM", level=level, value=answer[:40])
        return None


def _number(row: _Row, name: str) -> float | None:
    answer = row.answers.get(name)
    if answer is None:
        return None
    try:
        number = float(answer)
    except ValueError:
        number = float("nan")
    if not 0 <= number < 1e9:
        row.complain(name, "bad-number", "expected a number, 0 or more", level="warning", value=answer[:40])
        return None
    return number


def _whole(row: _Row, name: str) -> int | None:
    number = _number(row, name)
    if number is not None and not number.is_integer():
        row.complain(name, "bad-number", "expected a whole number", level="warning", value=row.answers[name][:40])
        return None
    return int(number) if number is not None else None


def _distances(row: _Row) -> tuple[float | None, float | None]:
    low, high = _number(row, "distance_min_km"), _number(row, "distance_max_km")
    if low is not None and low > FARTHEST_KM:
        row.complain("distance_min_km", "out-of-range", f"more than {FARTHEST_KM:.0f} km", level="warning", value=str(low))
        return None, None
    if low is not None and high is not None and high < low:
        message = "the farthest is nearer than the nearest: both are dropped"
        row.complain("distance_max_km", "out-of-range", message, level="warning", value=f"{low} to {high}")
        return None, None
    return low, high


def _point(row: _Row) -> tuple[float | None, float | None, float | None, float | None]:
    answer = row.answers.get("position_point")
    nowhere = (None, None, None, None)
    if answer is None:
        return nowhere
    if row.answers.get("allow_gps", "").casefold() != "yes":
        message = "the observer did not allow the position to be stored: it is dropped"
        row.complain("position_point", "gps-not-allowed", message, level="warning")
        return nowhere
    try:
        numbers = [float(part) for part in answer.replace(",", " ").split()]
    except ValueError:
        numbers = []
    if len(numbers) < 2 or not (-90 <= numbers[0] <= 90 and -180 <= numbers[1] <= 180):
        row.complain(
            "position_point", "bad-position", "expected latitude and longitude in degrees", level="warning", value=answer[:60]
        )
        return nowhere
    if numbers[0] == 0 and numbers[1] == 0:
        # Devices without a fix send 0 0: a missing value, never a place.
        row.complain("position_point", "bad-position", "0, 0 is a device without a fix: dropped", level="warning")
        return nowhere
    return numbers[0], numbers[1], numbers[2] if len(numbers) > 2 else None, numbers[3] if len(numbers) > 3 else None


def _range(count: int | None, qualifier: str | None) -> tuple[int | None, int | None]:
    """A counted number as a range, as the export contract has it: at least 18 is 18 to open, about 200 is 190 to 210."""
    if count is None or qualifier == UNKNOWN:
        return None, None
    if qualifier == "about":
        return floor(count * 0.95), ceil(count * 1.05)
    if qualifier in ("at_least", "several", "dozens"):
        return count, None
    return count, count


def _figures(row: _Row, chosen: Mapping[str, tuple[Choice, ...]]) -> Iterator[Figure]:
    victims = chosen.get("victim", ())
    kinds = {choice.value or UNKNOWN for choice in victims}
    population = kinds.pop() if len(kinds) == 1 else "all" if kinds else UNKNOWN
    harm = next(iter(chosen.get("harm_qualifier", ())), None)
    for measure in ("killed", "injured"):
        count = _whole(row, measure)
        if count:
            low, high = _range(count, harm.name if harm else None)
            qualifier = (harm.value if harm else None) or "exactly"
            text = row.answers[measure]
            yield Figure(measure=measure, population=population, low=low, high=high, qualifier=qualifier, text=text)


def _heading(chosen: Mapping[str, tuple[Choice, ...]]) -> str | None:
    return _value(chosen, "description") if chosen.get("description") and chosen["description"][0].value else None


def _name(chosen: Mapping[str, tuple[Choice, ...]], name: str) -> str | None:
    return next((choice.name for choice in chosen.get(name, ())), None)


def _value(chosen: Mapping[str, tuple[Choice, ...]], name: str) -> str | None:
    found = next(iter(chosen.get(name, ())), None)
    return _known((found.value or found.name) if found is not None else None)


def _known(name: str | None) -> str | None:
    return None if name in (UNKNOWN, "none") else name


def _degrees(chosen: Mapping[str, tuple[Choice, ...]], name: str) -> float | None:
    found = next(iter(chosen.get(name, ())), None)
    return float(found.value) if found is not None and found.value is not None else None


def _yes(chosen: Mapping[str, tuple[Choice, ...]], name: str) -> bool | None:
    answer = _name(chosen, name)
    return None if answer is None else answer == "yes"
