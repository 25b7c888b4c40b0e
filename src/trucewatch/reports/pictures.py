"""The situation report's pictures as whole SVG files: days before and in the period, and where incidents lie, as areas.

Everything stands in attributes, so that the same drawing serves a page, a PDF and a word processor. Grades are told apart by
shape as well as by colour. There are no borders on the map: they are what the conflict is about; zones are drawn where the
theatre has them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from xml.sax.saxutils import escape

from trucewatch.model.records import Incident
from trucewatch.model.theatre import Theatre
from trucewatch.reports.chart import LONGEST_DAYS, grade_of
from trucewatch.reports.coarse import KM_PER_DEG, UNCERTAINTY_KM
from trucewatch.reports.periods import Period
from trucewatch.reports.words import GRADES, MONTHS, day_words, local_day
from trucewatch.text.inforce import effective_window

INK, SOFT, FAINT, LINE, HALO = "#1d1f24", "#5b616c", "#f3f1ea", "#c9c5ba", "#ffffff"
COLOURS = {"known": "#14532d", "backed": "#2f7d4f", "thin": "#5f6b80", "contested": "#8f2d56"}
FONT = "'Libertinus Serif', Georgia, 'Times New Roman', serif"
FEWEST_DAYS, MOST_BARS = 15, 62
WIDTH, MAP_HEIGHT = 720, 460
LETTER = 6.7
LEAST_KM = 120.0
CONTEXT_PLACES = 40

Box = tuple[float, float, float, float]
Project = Callable[[float, float], tuple[float, float]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Spot:
    """A point of the map: its name, uncertainty and the incidents there, by their numbers in the report."""

    name: str
    lat: float
    lon: float
    radius_km: float
    incidents: tuple[tuple[int, str], ...]


def glyph(grade: str, x: float, y: float, size: float = 5.0) -> str:
    """A grade's sign: disc, ring with a dot, ring, diamond."""
    colour = COLOURS[grade]
    if grade == "contested":
        points = f"{x},{y - size - 1:.1f} {x + size + 1:.1f},{y} {x},{y + size + 1:.1f} {x - size - 1:.1f},{y}"
        return f'<polygon points="{points}" fill="{colour}"/>'
    fill = colour if grade == "known" else "#ffffff"
    ring = f'<circle cx="{x}" cy="{y}" r="{size}" fill="{fill}" stroke="{colour}" stroke-width="1.8"/>'
    return ring + (f'<circle cx="{x}" cy="{y}" r="{size * 0.42:.1f}" fill="{colour}"/>' if grade == "backed" else "")


def _text(
    x: float, y: float, words: str, *, size: float = 12, anchor: str = "start", colour: str = INK, weight: str = "400"
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-family="{FONT}" font-size="{size}" text-anchor="{anchor}" fill="{colour}" '
        f'font-weight="{weight}" stroke="{HALO}" stroke-width="3" stroke-opacity="0.75" paint-order="stroke" '
        'stroke-linejoin="round">'
        f"{escape(words)}</text>"
    )


def _whole(width: float, height: float, alt: str, parts: Iterable[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}" '
        'role="img">'
        f"<title>{escape(alt)}</title>{''.join(parts)}</svg>"
    )


def legend(grades: Iterable[str], y: float) -> tuple[str, float]:
    """The grades' signs with their words, in rows wide enough for any page's own font, and how far down they reach."""
    parts, x = [], 8.0
    for grade, words, _ in GRADES:
        if grade in grades:
            if x > 8 and x + 14 + len(words) * 6.2 > WIDTH:
                x, y = 8.0, y + 18
            parts += [glyph(grade, x, y - 4), _text(x + 11, y, words, size=11, colour=SOFT)]
            x += 22 + len(words) * 6.2
    return "".join(parts), y


def drawn_from(period: Period) -> date:
    """The first day that a period's chart of days draws."""
    length = max(FEWEST_DAYS, period.days + max(period.days, 7))
    # the calendar has a first day
    return date.fromordinal(max(1, period.last.toordinal() - length + 1))


def draw_days(incidents: Iterable[Incident], theatre: Theatre, period: Period, alt: str) -> str | None:
    """Incidents by first day over the period and the days before it, agreements in force under them; None where there is none."""
    begin = drawn_from(period)
    length = (period.last - begin).days + 1
    counts: dict[date, dict[str, int]] = {}
    for incident in incidents:
        day, last = incident.when.earliest or incident.when.latest, incident.when.latest or incident.when.earliest
        if day is None or last is None or (last - day).days >= LONGEST_DAYS or not begin <= day <= period.last:
            continue
        counter = counts.setdefault(day, {})
        grade = grade_of(incident.occurrence)
        counter[grade] = counter.get(grade, 0) + 1
    if not counts:
        return None
    step = math.ceil(length / MOST_BARS)
    number = math.ceil(length / step)
    runs: list[dict[str, int]] = [{} for _ in range(number)]
    for day, counter in counts.items():
        run = runs[(day - begin).days // step]
        for grade, count in counter.items():
            run[grade] = run.get(grade, 0) + count
    highest = max(sum(run.values()) for run in runs)
    left, right, top, base = 8.0, WIDTH - 8.0, 22.0, 108.0
    slot = (right - left) / number
    parts = []
    start = left + (period.first - begin).days / step * slot
    parts.append(f'<rect x="{start:.1f}" y="4" width="{right - start:.1f}" height="{base - 4:.1f}" fill="{FAINT}"/>')
    parts.append(f'<line x1="{left}" x2="{right}" y1="{base}" y2="{base}" stroke="{LINE}"/>')
    labelled = -9.0
    for index, run in enumerate(runs):
        day, x, y = begin + timedelta(days=index * step), left + index * slot, base
        for grade, _, _ in reversed(GRADES):
            if count := run.get(grade, 0):
                height = (base - top) * count / highest
                y -= height
                parts.append(_bar(grade, x + slot * 0.16, y, slot * 0.68, max(height - 1, 1)))
        if run:
            parts.append(_text(x + slot / 2, y - 4, str(sum(run.values())), anchor="middle", size=12, weight="700"))
        is_period = period.first <= day <= period.last
        middle = x + slot / 2
        if middle - labelled > 46 and (
            index % max(1, round(52 / slot)) == 0 or (is_period and step == 1 and day == period.first)
        ):
            label = f"{day.day} {MONTHS[day.month - 1][:3]}"
            parts.append(_text(middle, base + 15, label, anchor="middle", size=11, colour=INK if is_period else SOFT))
            labelled = middle
    y = base + 34
    for agreement in sorted(theatre.agreements, key=lambda a: (str(a.effective_at), a.id)):
        window = effective_window(agreement, theatre.timezone)
        if window is None:
            continue
        since = local_day(window[0], theatre.timezone)
        until = local_day(agreement.ends_at, theatre.timezone) if agreement.ends_at else None
        if since > period.last or (until is not None and until < begin):
            continue
        x1 = left + max((since - begin).days, 0) / step * slot
        x2 = right if until is None or until > period.last else left + (until - begin).days / step * slot
        parts.append(f'<rect x="{x1:.1f}" y="{y:.1f}" width="{max(x2 - x1, 3):.1f}" height="4" fill="#33506b"/>')
        words = f"{agreement.title}, in force since {day_words(since)}"
        is_late = x1 > WIDTH * 0.45
        parts.append(_text(right if is_late else x1, y + 16, words, size=11, colour=SOFT, anchor="end" if is_late else "start"))
        y += 25
    used = {grade for run in runs for grade in run}
    signs, y = legend(used, y + 8)
    return _whole(WIDTH, y + 8, alt, [*parts, signs])


def _bar(grade: str, x: float, y: float, width: float, height: float) -> str:
    bar = f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{COLOURS[grade]}"'
    if grade == "contested":
        # told apart without colour: an inner line
        return bar + f'/><path d="M{x:.1f} {y + height:.1f}L{x + width:.1f} {y:.1f}" stroke="#ffffff" stroke-width="1.4"/>'
    if grade == "thin":
        return bar.replace(f'fill="{COLOURS[grade]}"', f'fill="#ffffff" stroke="{COLOURS[grade]}" stroke-width="1.6"') + "/>"
    return bar + "/>"


def spots_of(entries: Sequence[tuple[int, Incident]]) -> tuple[list[Spot], list[int]]:
    """Points of incidents by place, and the numbers of those that cannot be drawn (no place, or a whole country)."""
    where: dict[tuple[float, float, str], list[tuple[int, str]]] = {}
    names: dict[tuple[float, float, str], str] = {}
    undrawn = []
    for number, incident in entries:
        drawn = False
        for place in incident.places:
            if place.role != "target" or place.lat is None or place.lon is None or place.precision not in UNCERTAINTY_KM:
                continue
            drawn = True
            key = (round(place.lat, 3), round(place.lon, 3), place.precision)
            names.setdefault(key, place.name or place.text)
            mark = (number, grade_of(incident.occurrence))
            if mark not in where.setdefault(key, []):
                where[key].append(mark)
        if not drawn:
            undrawn.append(number)
    spots = [
        Spot(name=names[key], lat=key[0], lon=key[1], radius_km=UNCERTAINTY_KM[key[2]], incidents=tuple(marks))
        for key, marks in sorted(where.items())
    ]
    return spots, undrawn


def draw_map(spots: Sequence[Spot], theatre: Theatre, on: date, alt: str) -> str | None:
    """The spots as areas of uncertainty, with the theatre's larger places around them for orientation; None without a spot.

    Equirectangular, with the middle parallel true to scale: good over a few degrees.
    """
    if not spots:
        return None
    lats = [spot.lat + side * spot.radius_km / KM_PER_DEG for spot in spots for side in (-1, 1)]
    middle_lat = (min(lats) + max(lats)) / 2
    shrink = math.cos(math.radians(middle_lat))
    lons = [spot.lon + side * spot.radius_km / KM_PER_DEG / shrink for spot in spots for side in (-1, 1)]
    middle_lon = (min(lons) + max(lons)) / 2
    height_km = max((max(lats) - min(lats)) * KM_PER_DEG * 1.15, LEAST_KM * MAP_HEIGHT / WIDTH)
    width_km = max((max(lons) - min(lons)) * KM_PER_DEG * shrink * 1.15, LEAST_KM)
    scale = min(WIDTH / width_km, MAP_HEIGHT / height_km)

    def spot_xy(lat: float, lon: float) -> tuple[float, float]:
        return (
            round(WIDTH / 2 + (lon - middle_lon) * KM_PER_DEG * shrink * scale, 1),
            round(MAP_HEIGHT / 2 - (lat - middle_lat) * KM_PER_DEG * scale, 1),
        )

    parts = [f'<clipPath id="frame"><rect width="{WIDTH}" height="{MAP_HEIGHT}"/></clipPath>']
    parts.append(f'<rect width="{WIDTH}" height="{MAP_HEIGHT}" fill="{FAINT}"/><g clip-path="url(#frame)">')
    parts += _zones(theatre, on, spot_xy)
    parts += _grid(middle_lat, middle_lon, WIDTH / scale / KM_PER_DEG, spot_xy)
    boxes: list[Box] = []
    for spot in spots:
        x, y = spot_xy(spot.lat, spot.lon)
        radius = max(spot.radius_km * scale, 5)
        parts.append(
            f'<circle cx="{x}" cy="{y}" r="{radius:.1f}" fill="#b46a1f" fill-opacity="0.13" stroke="#8a4f14" stroke-width="1" '
            'stroke-dasharray="4 3"/>'
        )
        boxes.append((x - 4, y - 4, x + 4, y + 4))
    labels = []
    for spot in sorted(spots, key=lambda s: -len(s.incidents)):
        x, y = spot_xy(spot.lat, spot.lon)
        parts.append(f'<circle cx="{x}" cy="{y}" r="2.6" fill="{INK}"/>')
        labels.append(_label(spot, x, y, boxes))
    around = _context(theatre, spots, spot_xy, boxes)
    parts += [*around, *labels, "</g>"]
    parts.append(_scale_bar(scale))
    used = {grade for spot in spots for _, grade in spot.incidents}
    signs, y = legend(used, MAP_HEIGHT + 20)
    return _whole(WIDTH, y + 8, alt, [*parts, signs])


def _label(spot: Spot, x: float, y: float, boxes: list[Box]) -> str:
    """A spot's name and the signs of its incidents, where there is room: at most eight signs, the rest as a number."""
    shown = spot.incidents[:8]
    more = len(spot.incidents) - len(shown)
    name_width = len(spot.name) * LETTER * 1.08
    signs_width = sum(17 + 6.5 * len(str(number)) for number, _ in shown) + (40 if more else 0)
    width, height = max(name_width, signs_width) + 4, 31.0
    for dx, dy in (
        (8, -16),
        (-8 - width, -16),
        (-width / 2, -40),
        (-width / 2, 8),
        (8, -40),
        (8, 8),
        (-8 - width, -40),
        (-8 - width, 8),
    ):
        box = (x + dx, y + dy, x + dx + width, y + dy + height)
        if box[0] < 2 or box[2] > WIDTH - 2 or box[1] < 2 or box[3] > MAP_HEIGHT - 2 or any(_meet(box, other) for other in boxes):
            continue
        break
    else:
        box = (min(max(x + 8, 2), WIDTH - width - 2), min(max(y - 16, 2), MAP_HEIGHT - height - 2), 0, 0)
        box = (box[0], box[1], box[0] + width, box[1] + height)
    boxes.append(box)
    left, top = box[0] + 2, box[1]
    parts = [_text(left, top + 12, spot.name, size=12.5, weight="700")]
    at = left + 6
    for number, grade in shown:
        parts += [glyph(grade, round(at, 1), round(top + 23, 1), 4.4), _text(at + 8, top + 27, str(number), size=11)]
        at += 17 + 6.5 * len(str(number))
    if more:
        parts.append(_text(at, top + 27, f"and {more}", size=11))
    return "".join(parts)


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _context(theatre: Theatre, spots: Sequence[Spot], spot_xy: Project, boxes: list[Box]) -> list[str]:
    taken = {spot.name for spot in spots}
    points = {p.id: (p.lat, p.lon) for p in theatre.places if p.lat is not None and p.lon is not None}
    places = sorted(
        (p for p in theatre.places if p.kind == "settlement" and p.id in points and p.population and p.names[0] not in taken),
        key=lambda p: (-(p.population or 0), p.id),
    )
    parts: list[str] = []
    for place in places:
        if len(parts) >= CONTEXT_PLACES:
            break
        x, y = spot_xy(*points[place.id])
        width = len(place.names[0]) * LETTER * 0.92
        box = (x - 2, y - 8, x + 6 + width, y + 6)
        if (
            box[0] < 2
            or box[2] > WIDTH - 2
            or box[1] < 2
            or box[3] > MAP_HEIGHT - 18
            or any(_meet(box, other) for other in boxes)
        ):
            continue
        boxes.append(box)
        parts.append(
            f'<circle cx="{x}" cy="{y}" r="1.6" fill="{SOFT}"/>' + _text(x + 5, y + 4, place.names[0], size=10.5, colour=SOFT)
        )
    return parts


def _zones(theatre: Theatre, on: date, spot_xy: Project) -> list[str]:
    parts = []
    for zone in theatre.zones:
        if (zone.since is not None and on < zone.since) or (zone.until is not None and on >= zone.until):
            continue
        for ring in zone.rings:
            points = " ".join(f"{x},{y}" for x, y in (spot_xy(lat, lon) for lat, lon in ring))
            dash = "7 4" if zone.kind == "control" else "2 3"
            parts.append(f'<polygon points="{points}" fill="none" stroke="{SOFT}" stroke-width="1.2" stroke-dasharray="{dash}"/>')
            x, y = spot_xy(max(lat for lat, _ in ring), sum(lon for _, lon in ring) / len(ring))
            parts.append(_text(x, y + 12, zone.name, size=10, anchor="middle", colour=SOFT))
    return parts


def _grid(middle_lat: float, middle_lon: float, span_deg: float, spot_xy: Project) -> list[str]:
    step = next((step for step in (0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0) if span_deg / step <= 5), 30.0)
    parts = []
    for n in range(math.floor((middle_lat - span_deg) / step), math.ceil((middle_lat + span_deg) / step) + 1):
        y = spot_xy(n * step, middle_lon)[1]
        if 14 < y < MAP_HEIGHT - 20:
            parts.append(f'<line x1="0" x2="{WIDTH}" y1="{y}" y2="{y}" stroke="{LINE}" stroke-width="0.8"/>')
            parts.append(_text(4, y - 3, f"{abs(n * step):g}° {'N' if n >= 0 else 'S'}", size=9.5, colour=SOFT))
    for n in range(math.floor((middle_lon - 2 * span_deg) / step), math.ceil((middle_lon + 2 * span_deg) / step) + 1):
        x = spot_xy(middle_lat, n * step)[0]
        if 30 < x < WIDTH - 40:
            parts.append(f'<line x1="{x}" x2="{x}" y1="0" y2="{MAP_HEIGHT}" stroke="{LINE}" stroke-width="0.8"/>')
            parts.append(_text(x + 3, MAP_HEIGHT - 5, f"{abs(n * step):g}° {'E' if n >= 0 else 'W'}", size=9.5, colour=SOFT))
    return parts


def _scale_bar(scale: float) -> str:
    km = next(km for km in (500, 200, 100, 50, 20, 10, 5, 2, 1) if km * scale <= WIDTH / 5 or km == 1)
    x2, y = WIDTH - 12.0, 16.0
    x1 = x2 - km * scale
    return (
        f'<rect x="{x1 - 6:.1f}" y="4" width="{x2 - x1 + 12:.1f}" height="26" fill="{FAINT}" fill-opacity="0.85"/>'
        f'<path d="M{x1:.1f} {y - 4}V{y}H{x2:.1f}V{y - 4}" fill="none" stroke="{INK}" stroke-width="1.4"/>'
        + _text(x2, y + 12, f"{km} km", size=10.5, anchor="end")
    )
