"""Geometry of the report's two pictures: incidents by day over agreements in force, and a sketch of where they lie.

Everything is given in per cent of the picture's width or height, so that one SVG serves a phone and a wall; text keeps its size.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from trucewatch.model.records import ClaimPlace, Incident
from trucewatch.model.theatre import Agreement
from trucewatch.reports.words import GRADES, MONTHS, day_words, force_words, local_day
from trucewatch.text.inforce import effective_window

MOST_BARS = 62
# what is told of over a longer time than a week has no bar of its own
LONGEST_DAYS = 7
LABELS = 6
DRAWN_PRECISIONS = ("exact", "settlement", "district", None)
MARGIN = 8.0
KM_PER_DEG = 111.2


@dataclass(frozen=True, kw_only=True, slots=True)
class Segment:
    """A piece of a bar: `grade` as in GRADES, position and height in per cent, and the number of incidents it stands for."""

    grade: str
    top: float
    height: float
    count: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Bar:
    """One day (or run of days): where it stands, how wide, its pieces, and its label where one is shown."""

    left: float
    width: float
    segments: tuple[Segment, ...]
    total: int
    words: str
    label: str | None
    anchor: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Band:
    """An agreement over the same days."""

    left: float
    width: float
    title: str
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Timeline:
    """Bars and bands over the same days; `rows` the same in numbers: days, counts by grade, all.

    `undrawn`: incidents without a day, or told of over more than a week.
    """

    bars: tuple[Bar, ...]
    bands: tuple[Band, ...]
    grades: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, tuple[int, ...], int], ...]
    undrawn: int
    highest: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Spot:
    """A place on the sketch: its number, position in per cent, and how many incidents lie there."""

    number: int
    name: str
    left: float
    top: float
    count: int
    radius: float
    incident_ids: tuple[str, ...]
    label_side: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Sketch:
    """Spots with the lines of latitude and longitude between them, a scale, and how many incidents are not drawn."""

    spots: tuple[Spot, ...]
    parallels: tuple[tuple[float, str], ...]
    meridians: tuple[tuple[float, str], ...]
    ratio: float
    scale_km: int
    scale_width: float
    undrawn: int


def grade_of(occurrence: str) -> str:
    """Which grade of the picture a status of occurrence belongs to."""
    return next((grade for grade, _, codes in GRADES if occurrence in codes), "thin")


def make_timeline(incidents: Sequence[Incident], agreements: Iterable[Agreement], timezone: str) -> Timeline | None:
    """Incidents by their first day; None where no incident has one. Long periods are drawn in runs of equal days."""
    counts: dict[date, Counter[str]] = defaultdict(Counter)
    undrawn = 0
    for incident in incidents:
        day, last = incident.when.earliest or incident.when.latest, incident.when.latest or incident.when.earliest
        if day is None or last is None or (last - day).days >= LONGEST_DAYS:
            undrawn += 1
        else:
            counts[day][grade_of(incident.occurrence)] += 1
    if not counts:
        return None
    first, last = min(counts) - timedelta(days=1), max(counts) + timedelta(days=1)
    length = (last - first).days + 1
    step = math.ceil(length / MOST_BARS)
    number = math.ceil(length / step)
    runs: list[Counter[str]] = [Counter() for _ in range(number)]
    for day, counter in counts.items():
        runs[(day - first).days // step].update(counter)
    highest = max(run.total() for run in runs)
    shown = tuple((grade, words) for grade, words, _ in GRADES if any(run[grade] for run in runs))
    width = 100 / number
    filled = [index for index, run in enumerate(runs) if run]
    labelled: list[int] = []
    for index in sorted(filled, key=lambda i: (-runs[i].total(), i)):
        if all(abs(index - other) * width >= 100 / LABELS for other in labelled):
            labelled.append(index)
    bars, rows = [], []
    for index in filled:
        begin = first + timedelta(days=index * step)
        end = min(begin + timedelta(days=step - 1), last)
        words = day_words(begin) if begin == end else f"{day_words(begin)} to {day_words(end)}"
        segments, top = [], 100.0
        for grade, _ in reversed(shown):
            count = runs[index][grade]
            if count:
                height = 100 * count / highest
                top -= height
                segments.append(Segment(grade=grade, top=round(top, 3), height=round(height, 3), count=count))
        rows.append((words, tuple(runs[index][grade] for grade, _ in shown), runs[index].total()))
        left = index * width
        bars.append(
            Bar(
                left=round(left + width * 0.12, 3),
                width=round(width * 0.76, 3),
                segments=tuple(segments),
                total=runs[index].total(),
                words=words,
                label=_short(begin, is_run=step > 1) if index in labelled else None,
                anchor="start" if left < 8 else "end" if left > 88 else "middle",
            )
        )
    bands = tuple(make_bands(agreements, timezone, first, number * step))
    return Timeline(bars=tuple(bars), bands=bands, grades=shown, rows=tuple(rows), undrawn=undrawn, highest=highest)


def _short(day: date, *, is_run: bool) -> str:
    month = MONTHS[day.month - 1][:3]
    return f"{month} {day.year}" if is_run else f"{day.day} {month}"


def make_bands(agreements: Iterable[Agreement], timezone: str, first: date, length: int) -> Iterable[Band]:
    """Agreements in force over `length` days from the first, in the order in which they took effect."""
    found = []
    for agreement in agreements:
        window = effective_window(agreement, timezone)
        if window is None:
            continue
        begin = (local_day(window[0], timezone) - first).days
        stop = (local_day(agreement.ends_at, timezone) - first).days if agreement.ends_at is not None else length
        if begin >= length or stop < 0:
            continue
        left = max(begin, 0) * 100 / length
        right = min(max(stop, begin + 1), length) * 100 / length
        found.append(
            (window[0], Band(left=left, width=right - left, title=agreement.title, words=force_words(agreement, timezone)))
        )
    yield from (band for _, band in sorted(found, key=lambda entry: (entry[0], entry[1].title)))


def make_sketch(incidents: Sequence[Incident]) -> Sketch | None:
    """Places of incidents by their coordinates; None where fewer than two places are known to a district or better.

    Equirectangular, with the middle parallel true to scale: good over a few degrees. An incident known only to a region or a
    country has no spot: its centre would be an invented place.
    """
    where: dict[tuple[float, float], list[str]] = defaultdict(list)
    names: dict[tuple[float, float], str] = {}
    undrawn = 0
    for incident in incidents:
        drawn = [place for place in incident.places if _is_drawn(place)]
        undrawn += not drawn
        for place in drawn:
            if place.lat is not None and place.lon is not None:
                key = (round(place.lat, 3), round(place.lon, 3))
                names.setdefault(key, place.name or place.text)
                if incident.id not in where[key]:
                    where[key].append(incident.id)
    if len(where) < 2:
        return None
    lats, lons = [lat for lat, _ in where], [lon for _, lon in where]
    shrink = math.cos(math.radians((min(lats) + max(lats)) / 2))
    height = max((max(lats) - min(lats)) * KM_PER_DEG, 10.0)
    width = max((max(lons) - min(lons)) * KM_PER_DEG * shrink, 10.0)
    # neither a ribbon nor a tower
    ratio = min(max(width / height, 1.0), 2.2)
    span_km = max(width, height * ratio)
    middle_lat, middle_lon = (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2
    usable = 100 - 2 * MARGIN

    def left_of(lon: float) -> float:
        return round(50 + (lon - middle_lon) * KM_PER_DEG * shrink / span_km * usable, 2)

    def top_of(lat: float) -> float:
        return round(50 - (lat - middle_lat) * KM_PER_DEG / (span_km / ratio) * usable, 2)

    spots: list[Spot] = []
    for number, key in enumerate(sorted(where, key=lambda k: (-len(where[k]), names[k])), start=1):
        left, top = left_of(key[1]), top_of(key[0])
        spots.append(
            Spot(
                number=number,
                name=names[key],
                left=left,
                top=top,
                count=len(where[key]),
                radius=round(9 + 2 * math.sqrt(len(where[key])), 1),
                incident_ids=tuple(where[key]),
                label_side=_label_side(left, top, names[key], spots),
            )
        )
    grid = next((step for step in (0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0) if span_km / KM_PER_DEG / step <= 5), 90.0)
    scale_km = next(km for km in (500, 200, 100, 50, 20, 10, 5, 2, 1) if km <= span_km / 4 or km == 1)
    return Sketch(
        spots=tuple(spots),
        parallels=tuple((t, f"{v:g}° {'N' if v >= 0 else 'S'}") for v, t in _lines(min(lats) - 9, max(lats) + 9, grid, top_of)),
        meridians=tuple((t, f"{v:g}° {'E' if v >= 0 else 'W'}") for v, t in _lines(min(lons) - 9, max(lons) + 9, grid, left_of)),
        ratio=round(ratio, 3),
        scale_km=scale_km,
        scale_width=round(scale_km / span_km * usable, 2),
        undrawn=undrawn,
    )


def _lines(low: float, high: float, step: float, position: Callable[[float], float]) -> Iterable[tuple[float, float]]:
    for number in range(math.floor(low / step), math.ceil(high / step) + 1):
        at = position(number * step)
        if 3 < at < 92:
            yield number * step, at


def _is_drawn(place: ClaimPlace) -> bool:
    is_where = place.role == "target" and place.precision in DRAWN_PRECISIONS
    return is_where and place.lat is not None and place.lon is not None


def _label_side(left: float, top: float, name: str, others: Sequence[Spot]) -> str | None:
    """Side on which a name has room beside those already placed; None where it has none (its number stands in the list)."""
    length = 3 + 1.7 * len(name)
    for side, begin, end in (("right", left + 2, left + 2 + length), ("left", left - 2 - length, left - 2)):
        if begin < 0 or end > 100:
            continue
        boxes = [(spot.left - 3, spot.left + 3, spot.top) for spot in others]
        for spot in others:
            reach = 3 + 1.7 * len(spot.name)
            if spot.label_side == "right":
                boxes.append((spot.left, spot.left + reach, spot.top))
            elif spot.label_side == "left":
                boxes.append((spot.left - reach, spot.left, spot.top))
        if not any(begin < stop and start < end and abs(top - row) < 6 for start, stop, row in boxes):
            return side
    return None
