"""Time expressions to days, against the day a text was published.

Past tense looks back: "Sunday" in a Sunday's article is that Sunday, "in December" in September the last one. "In the last two
days" runs from two days before to the day itself; "since" runs to the day itself. Windows in weeks count seven days each.

Past 500 lines because every form of words has its few lines, and they are read side by side.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from datetime import date, timedelta

from trucewatch.model.records import When
from trucewatch.model.theatre import Outbreak
from trucewatch.text.numbers import words_to_int
from trucewatch.text.time_expressions import MONTH_NUMBER, NTH, WEEKDAYS, TimeSpan, scan_times

Anchor = tuple[str, date]
# above this the day of publishing is too uncertain to reckon from
MAX_BASE_DAYS = 10
FIRST_YEAR, LAST_YEAR = 1000, 2999
# an outbreak is what "the fighting" means for as long as it lasted and this many days after
OUTBREAK_MEMORY = 45
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2)}
# first and last year of "the early 1990s", counted from 1990
_PARTS_OF_DECADE = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}
_FEASTS = {
    "new year’s day": (1, 1), "new year’s eve": (12, 31), "christmas day": (12, 25), "christmas eve": (12, 24),
    "valentine’s day": (2, 14), "halloween": (10, 31),
}  # fmt: skip
_TRUCE = re.compile(r"cease-?fire|truce|armistice|agreement|accord|deal|statement|cessation", re.IGNORECASE)
_FIGHT = re.compile(
    r"fighting|war\b|conflict|hostilit|violence|clashes|battle|offensive|operation|invasion|attack|strike|escalation|outbreak|bombard|campaign",
    re.IGNORECASE,
)
# a term may lie ahead or behind
_TERM = re.compile(r"(?:by|until|till|before)\b")
_TERM_AHEAD = timedelta(days=92)
_DAY = timedelta(days=1)
# "on the second day" alone counts from an outbreak no older
_FRESH = timedelta(days=21)
_THE_DAY = re.compile(r"(?:on )?the (?!(?:last|next|previous|following|coming|same)\b)\w+day\b")
Days = tuple[date | None, date | None]


def resolve_time(
    expression: str,
    published: When,
    *,
    outbreaks: Sequence[Outbreak] = (),
    anchors: Sequence[Anchor] = (),
    is_past: bool = True,
) -> When:
    """Days that an expression means, both ends included, with precision and relation ("since", "until", "before", "after").

    `published`: the article's day or days; where it is unknown only absolute dates resolve. `outbreaks` date "since fighting
    began", `anchors` (name, day) "five days after the truce". `is_past` False: weekdays and dates without a year lie ahead.
    What cannot be resolved has earliest and latest None and precision "unknown".
    """
    spans = scan_times(expression)
    if not spans:
        return _by_library(expression, published)
    span = max(spans, key=lambda s: (s.end_char - s.start_char, -s.start_char))
    relation = _relation(expression[span.start_char : span.end_char], span)
    bases: list[date | None] = [*_bases(published)]
    results: list[Days] = []
    for base in bases or [None]:
        try:
            days = _resolve(expression[span.start_char : span.end_char], span, base, outbreaks, anchors, is_past)
        except (ValueError, OverflowError):
            # beyond the calendar: "9,000 years ago"
            days = None
        if days is None or not _is_told_of(*days):
            return When(text=expression, relation=relation)
        results.append(days)
    earliest = min((first for first, _ in results if first), default=None)
    latest = max((last for _, last in results if last), default=None)
    if earliest is not None and latest is None:
        latest = earliest
    return When(earliest=earliest, latest=latest, precision=precision_of(earliest, latest), text=expression, relation=relation)


def _is_told_of(first: date | None, last: date | None) -> bool:
    """Whether days are such as news tell of: in order, and far enough from the calendar's ends to reckon from them."""
    begin, end = first or last, last or first
    return begin is None or end is None or (begin.year >= FIRST_YEAR and begin <= end and end.year <= LAST_YEAR)


def precision_of(earliest: date | None, latest: date | None) -> str:
    """Precision of a span of days: day, days (to six), week (to ten), month (to 31), year, or unknown."""
    if earliest is None or latest is None:
        return "unknown"
    width = (latest - earliest).days
    for limit, name in ((0, "day"), (5, "days"), (9, "week"), (31, "month")):
        if width <= limit:
            return name
    return "year"


def _bases(published: When) -> list[date]:
    if published.earliest is None or published.latest is None:
        return []
    if (published.latest - published.earliest).days > MAX_BASE_DAYS:
        return []
    return sorted({published.earliest, published.latest})


def _relation(text: str, span: TimeSpan) -> str | None:
    first = text.split()[0].lower() if text.split() else ""
    if first in ("since", "ever"):
        return "since"
    if first in ("until", "till", "before", "after", "by"):
        return "until" if first == "till" else first
    if first in ("from", "starting") and span.rule in ("dmy", "mdy", "dm", "md", "my", "year", "month", "weekday"):
        return "since"
    return None


def _resolve(
    text: str, span: TimeSpan, base: date | None, outbreaks: Sequence[Outbreak], anchors: Sequence[Anchor], is_past: bool
) -> Days | None:
    rule = span.rule
    if rule in _ABSOLUTE:
        days = _part_of_month(text, span, _absolute(span))
    elif base is None:
        return None
    elif rule.startswith("since_") and rule != "since_part":
        return _since_event(text, base, outbreaks, anchors)
    elif rule == "nth_day":
        days = _nth_day(span, base, outbreaks, anchors)
    elif rule == "after_event":
        days = _after_event(span, base, outbreaks, anchors)
    else:
        days = _part_of_month(text, span, _relative(text, span, base, is_past))
    if days is None:
        return None
    if _relation(text, span) == "since" and base is not None and days[0] is not None:
        return days[0], max(base, days[0])
    return days


_MONTH_PART = re.compile(
    r"\b(?:(?P<early>early|beginning|start|first days)|(?P<mid>mid|middle)|(?P<late>late|end|last days))\b", re.I
)


def _part_of_month(text: str, span: TimeSpan, days: Days | None) -> Days | None:
    """ "in early May": the first third of a whole month, "mid-May" the second, "late May" the last."""
    first, last = days if days is not None else (None, None)
    is_month = span.rule in ("month", "my") or (span.rule in ("unit", "part_unit") and (span.part("u") or "").lower() == "month")
    part = _MONTH_PART.search(text) if is_month else None
    if part is None or first is None or last is None or first.day != 1:
        return days
    if part["early"]:
        return first, min(last, first.replace(day=10))
    begin = first.replace(day=10 if part["mid"] else 20)
    end = min(last, first.replace(day=20)) if part["mid"] else last
    return (begin, end) if begin <= end else days


_ABSOLUTE = frozenset({"dmy", "mdy", "iso", "dotted", "my", "range_y", "decade", "year", "year_name", "season_y"})


def _absolute(span: TimeSpan) -> Days | None:
    year = int(span.part("y") or 0)
    if span.rule == "range_y":
        return date(year, 1, 1), date(max(year, int(span.part("y2") or 0)), 12, 31)
    if span.rule == "decade":
        first, last = _PARTS_OF_DECADE.get((span.part("part") or "").lower(), (0, 9))
        return date(year + first, 1, 1), date(year + last, 12, 31)
    if span.rule in ("year", "year_name"):
        return date(year, 1, 1), date(year, 12, 31)
    if span.rule == "season_y":
        first, last = _SEASONS[(span.part("u") or "").lower()]
        return date(year, first, 1), _month_days(year + (last < first), last)[1]
    month = _month(span.part("m")) or int(span.part("mn") or 0)
    if span.rule == "my":
        return _month_days(year, month)
    day = _safe_date(year, month, _day_number(span))
    return (day, day) if day else None


def _relative(text: str, span: TimeSpan, base: date, is_past: bool) -> Days | None:
    rule, lower = span.rule, text.lower()
    if rule in ("range_dm", "range_md", "range_full", "range_mdmd"):
        return _day_range(span, base, is_past)
    if rule == "feast":
        month, number = _FEASTS[(span.part("feast") or "").lower().replace("'", "’")]
        year = span.part("y")
        feast = date(int(year), month, number) if year else _nearest_year(month, number, base, is_past)
        return (feast, feast) if feast else None
    if rule in ("dm", "md"):
        month, number = _month(span.part("m")), _day_number(span)
        if span.part("ly"):
            told = _safe_date(base.year - 1, month, number)
            return (told, told) if told else None
        day = _nearest_year(month, number, base, is_past)
        if day and _TERM.match(lower):
            # a term may lie ahead or behind: the nearer one is meant
            ahead = _nearest_year(month, number, base, False)
            day = ahead if ahead and abs(ahead - base) < abs(day - base) else day
        return (day, day) if day else None
    if rule == "month" and span.part("ly"):
        return _month_days(base.year - 1, _month(span.part("m")))
    if rule == "month":
        past = _nearest_month(_month(span.part("m")), base, lower, is_past)
        coming = (
            _nearest_month(_month(span.part("m")), base, lower, False) if _TERM.match(lower) and "last " not in lower else None
        )
        if past and coming and past[1] and coming[0] and coming[0] - base < min(base - past[1], _TERM_AHEAD):
            return coming
        return past
    if rule == "ago":
        return _ago(span, base)
    if rule == "past_n":
        return _window(span.part("w") or "last", span.part("n"), span.part("u") or "", base)
    if rule == "recent":
        length = {"hours": 1, "days": 6, "weeks": 30, "months": 120}.get(span.part("u") or "")
        return (base - timedelta(days=length), base) if length else (None, base)
    if rule == "weekend":
        return _weekend(lower, base, is_past)
    if rule == "season":
        return _last_season((span.part("u") or "").lower(), base)
    if rule in ("unit", "part_unit"):
        return _unit(lower, span, base)
    if rule == "edge_unit":
        return _edge(span, base)
    if rule == "relative_day":
        shift = -2 if "before yesterday" in lower else -1 if "yesterday" in lower else 1 if "tomorrow" in lower else 0
        return base + shift * _DAY, base + shift * _DAY
    if rule == "weekday_range":
        last = _weekday(span.part("w2") or "", base, is_past)
        first = _weekday(span.part("w") or "", last, True)
        return first, last
    if rule == "weekday" and _THE_DAY.match(lower) and is_past and WEEKDAYS[base.weekday()] in lower:
        # "on the Tuesday", written on a Tuesday: the one that is told of, and not today
        return base - 7 * _DAY, base - 7 * _DAY
    if rule == "weekday":
        day = _weekday(span.part("w") or "", base, is_past, (span.part("mod") or "").lower())
        week = (span.part("of") or "").lower()
        if week:
            monday = base - timedelta(days=base.weekday()) + timedelta(days={"last": -7, "next": 7}.get(week, 0))
            day = monday + timedelta(days=WEEKDAYS.index((span.part("w") or "").lower()))
        return day, day
    if rule == "day_before":
        return (base - _DAY, base - _DAY) if span.part("way") == "before" else None
    if rule == "overnight":
        return base - _DAY, base
    if rule in ("span_of", "for_n"):
        return _duration(span, base)
    if rule in ("later", "hours_earlier", "daypart", "now", "since_part"):
        return base, base
    return None


def _day_number(span: TimeSpan) -> int:
    """The day of the month of a date, in figures or in a word ("the second of March")."""
    return NTH[span.part("nth") or ""] if span.part("nth") else int(span.part("d") or 0)


def _month(text: str | None) -> int:
    return MONTH_NUMBER.get((text or "").lower().rstrip("."), 0)


def _safe_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month_days(year: int, month: int) -> Days:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _nearest_year(month: int, day: int, base: date, is_past: bool) -> date | None:
    """The day and month nearest before the base (two days' grace for time zones), or nearest after it."""
    limit = base + 2 * _DAY if is_past else base - 2 * _DAY
    years = (base.year + 1, base.year, base.year - 1) if is_past else (base.year - 1, base.year, base.year + 1)
    for year in years:
        found = _safe_date(year, month, day)
        if found and ((found <= limit) if is_past else (found >= limit)):
            return found
    return None


def _nearest_month(month: int, base: date, lower: str, is_past: bool) -> Days | None:
    if not month:
        return None
    ahead = not is_past or "next " in lower
    year = base.year
    if ahead and (year, month) < (base.year, base.month):
        year += 1
    elif not ahead and (month > base.month or ("last " in lower and month == base.month)):
        year -= 1
    first, last = _month_days(year, month)
    return first, (min(last, base) if last and first and not ahead and first <= base else last)


def _day_range(span: TimeSpan, base: date, is_past: bool) -> Days | None:
    month, month2 = _month(span.part("m")), _month(span.part("m2")) or _month(span.part("m"))
    first_day, last_day = int(span.part("d") or 0), int(span.part("d2") or 0)
    year = span.part("y")
    last = _safe_date(int(year), month2, last_day) if year else _nearest_year(month2, last_day, base, is_past)
    if last is None:
        return None
    first = _safe_date(last.year if month <= month2 else last.year - 1, month, first_day)
    return (first, last) if first and first <= last else None


def _number(text: str | None) -> int | None:
    lower = (text or "").lower()
    if not lower or lower == "many":
        return None
    if lower in ("a", "an", "the", "one"):
        return 1
    vague = {"a few": 3, "several": 7, "a couple of": 2}
    if lower in vague:
        return vague[lower]
    return int(lower.replace(",", "")) if lower[0].isdigit() else words_to_int(lower.replace("-", " "))


def _back(base: date, number: int, unit: str) -> date | None:
    """The day so many units before; None before the year 1."""
    unit = unit.lower().rstrip("s")
    days = {
        "minute": 0,
        "hour": round(number / 24),
        "day": number,
        "night": number,
        "week": 7 * number,
        "weekend": 7 * number,
    }.get(unit)
    try:
        if days is not None:
            return base - timedelta(days=days)
        months = {"month": 1, "year": 12, "decade": 120}.get(unit, 1200) * number
        index = base.year * 12 + base.month - 1 - months
        year, month = divmod(index, 12)
        return date(year, month + 1, min(base.day, calendar.monthrange(year, month + 1)[1]))
    except (ValueError, OverflowError):
        return None


def _ago(span: TimeSpan, base: date) -> Days | None:
    unit = (span.part("u") or "").rstrip("s")
    if (span.part("n") or "").lower() in ("a few", "several", "many"):
        return None if unit in ("year", "decade", "centurie", "century") else _window("last", span.part("n"), unit, base)
    number = _number(span.part("n"))
    then = _back(base, number, unit) if number is not None else None
    if then is None:
        return None
    if unit == "month":
        return _month_days(then.year, then.month)
    if unit in ("year", "decade", "century", "centurie"):
        return date(then.year, 1, 1), date(then.year, 12, 31)
    return then, then


def _window(which: str, count: str | None, unit: str, base: date) -> Days | None:
    plural = unit.endswith("s")
    unit = unit.rstrip("s")
    number = _number(count)
    if number is None:
        if plural and unit in ("year", "decade", "month"):
            return (_back(base, 3, unit), base) if unit == "month" else (None, base)
        number = {"hour": 24, "day": 3, "night": 3, "week": 4}.get(unit, 1) if plural else 1
    if unit == "hour":
        number, unit = max(1, round(number / 24)), "day"
    if which in ("coming", "next"):
        back = _back(base, number, unit)
        return (base, base + (base - back)) if back is not None else None
    return _back(base, number, unit), base


def _weekend(lower: str, base: date, is_past: bool) -> Days:
    saturday = base - timedelta(days=(base.weekday() - 5) % 7)
    if "next" in lower or "coming" in lower or (not is_past and base.weekday() < 5):
        # said on a Saturday the next one is a week off
        saturday = base + timedelta(days=(5 - base.weekday()) % 7 or 7)
    elif ("last" in lower and base.weekday() >= 5) or ("previous" in lower and (base.weekday() >= 5 or base.weekday() <= 1)):
        # news of a Monday or Tuesday are of the weekend just past: "the previous" is the one before
        saturday -= timedelta(days=7)
    sunday = saturday + _DAY
    return saturday, (min(sunday, base) if saturday <= base and is_past else sunday)


def _unit(lower: str, span: TimeSpan, base: date) -> Days | None:
    which = (span.part("w") or "this").lower()
    unit = (span.part("u") or "").lower()
    early = (span.part("part") or "").lower()
    if which in ("that", "the same", "the following", "the next", "the previous") and unit not in ("week", "month"):
        # these hang on a time told before, which only the reader of the passage knows
        return None
    if unit in ("morning", "afternoon", "evening", "day"):
        day = base - _DAY if which == "last" else base
        return day, day
    if unit == "night":
        return (base - _DAY, base) if which == "last" else (base, base)
    if unit in _SEASONS:
        return _season(unit, which, base)
    step = {"last": -1, "the previous": -1, "next": 1, "the next": 1, "the following": 1}.get(which, 0)
    first, last = _whole(unit, step, base)
    if step == 0 and first is not None and last is not None:
        if early in ("later", "late") and "later" in lower:
            return base, last
        last = min(last, base)
    return first, last


def _whole(unit: str, step: int, base: date) -> Days:
    """The week, month or year `step` after the one in which a day lies, from its first day to its last."""
    if unit == "week":
        first = base - timedelta(days=base.weekday()) + timedelta(days=7 * step)
        return first, first + timedelta(days=6)
    if unit == "month":
        index = base.year * 12 + base.month - 1 + step
        return _month_days(index // 12, index % 12 + 1)
    return date(base.year + step, 1, 1), date(base.year + step, 12, 31)


def _edge(span: TimeSpan, base: date) -> Days | None:
    """ "at the end of the month": its last third, "the beginning": its first, "the middle": the one between."""
    step = {"last": -1, "next": 1}.get((span.part("w") or "the").lower(), 0)
    part = (span.part("part") or "").lower()
    first, last = _whole((span.part("u") or "").lower(), step, base)
    if first is None or last is None:
        return None
    third = (last - first) / 3
    if part == "end":
        return last - third, last
    return (first, first + third) if part in ("beginning", "begin", "start") else (first + third, last - third)


def _season(season: str, which: str, base: date) -> Days:
    first_month, last_month = _SEASONS[season]
    year = base.year + (1 if which == "next" else 0)
    if which in ("last", "the previous") and date(year, first_month, 1) >= base - timedelta(days=60):
        year -= 1
    end_year = year if last_month >= first_month else year + 1
    return date(year, first_month, 1), _month_days(end_year, last_month)[1]


def _last_season(season: str, base: date) -> Days:
    """ "In the spring": the last one begun before a day."""
    first, last = _season(season, "this", base)
    if first is not None and first > base:
        first, last = _season(season, "this", base.replace(year=base.year - 1, day=1))
    return first, min(last, base) if last is not None else None


def _weekday(name: str, base: date, is_past: bool, modifier: str = "") -> date:
    wanted = WEEKDAYS.index(name.lower())
    behind = (base.weekday() - wanted) % 7
    if modifier in ("last", "previous", "the previous", "this past"):
        return base - timedelta(days=behind or 7)
    if modifier in ("next", "coming", "this coming", "following", "the following"):
        return base + timedelta(days=((wanted - base.weekday()) % 7) or 7)
    return base - timedelta(days=behind) if is_past else base + timedelta(days=(wanted - base.weekday()) % 7)


def _duration(span: TimeSpan, base: date) -> Days | None:
    unit = span.part("u") or ""
    number = _number(span.part("n"))
    if number is None:
        return (None, base) if unit.rstrip("s") in ("year", "decade", "month", "week") else None
    if unit.startswith("hour"):
        return base, base
    first = _back(base, number, unit)
    # "a year of" ends on the day itself: both ends are included
    return (first + _DAY if first and unit.startswith("year") else first), base


def _since_event(text: str, base: date, outbreaks: Sequence[Outbreak], anchors: Sequence[Anchor]) -> Days | None:
    inner = _inner_days(text, base)
    if _TRUCE.search(text) and not _FIGHT.search(text.split("of", 1)[0]):
        anchor = _latest_anchor(text, base, anchors, inner)
        return (anchor, base) if anchor else ((inner[0], base) if inner and inner[0] else None)
    outbreak = current_outbreak(base, outbreaks, text)
    if inner and inner[0] and inner[1]:
        inside = outbreak is not None and inner[0] - _DAY <= outbreak.on <= inner[1] + _DAY
        return (outbreak.on if inside and outbreak else inner[0]), base
    if outbreak and re.search(r"\bend\b", text):
        return (outbreak.until, base) if outbreak.until and outbreak.until <= base else None
    return (outbreak.on, base) if outbreak else None


def _inner_days(text: str, base: date) -> Days | None:
    """Days of a time told inside a longer expression ("since fighting began LAST SUNDAY")."""
    body = text.split(None, 1)[1] if " " in text else ""
    for span in scan_times(body):
        if not span.rule.startswith("since_"):
            return _resolve(body[span.start_char : span.end_char], span, base, (), (), True)
    years = re.search(r"\b(?:19|20)\d\d\b", body)
    return (date(int(years.group()), 1, 1), date(int(years.group()), 12, 31)) if years else None


def current_outbreak(base: date, outbreaks: Sequence[Outbreak], text: str = "") -> Outbreak | None:
    """The outbreak that "the fighting" means on a day: the latest begun, while it lasts and a while after.

    Where `text` shares words with the name of one ("the ground operation"), that one goes first.
    """
    begun = [
        outbreak
        for outbreak in outbreaks
        if outbreak.on <= base <= (outbreak.until or outbreak.on + timedelta(days=365)) + timedelta(days=OUTBREAK_MEMORY)
    ]
    words = _content_words(text)
    return max(begun, key=lambda outbreak: (len(words & _content_words(outbreak.name)), outbreak.on), default=None)


def _content_words(text: str) -> set[str]:
    return set(re.findall(r"[a-z-]{3,}", text.lower())) - _EMPTY_WORDS


_EMPTY_WORDS = frozenset(
    "since with from that this after the and for was were has had its began begun broke out start outbreak last".split()
)


def _latest_anchor(text: str, base: date, anchors: Sequence[Anchor], inner: Days | None = None) -> date | None:
    before = [(name, day) for name, day in anchors if day <= base]
    if inner and inner[0] and inner[1]:
        before = [(name, day) for name, day in before if inner[0] <= day <= inner[1]]
    year = re.search(r"\b(?:19|20)\d\d\b", text)
    if year:
        before = [(name, day) for name, day in before if day.year == int(year.group())]
    return max((day for _, day in before), default=None)


def _after_event(span: TimeSpan, base: date, outbreaks: Sequence[Outbreak], anchors: Sequence[Anchor]) -> Days | None:
    event, unit = span.part("event") or "", span.part("u") or ""
    number = _number(span.part("n"))
    if _TRUCE.search(event):
        start = _latest_anchor(event, base, anchors)
    else:
        outbreak = current_outbreak(base, outbreaks, event)
        start = outbreak.on if outbreak else None
    if (span.part("us") or "").lower() == "hours":
        return _some_hours(start, base, span.part("dir") or "")
    if start is None or number is None:
        return None
    if unit.rstrip("s") in ("day", "night", "week") and start < base - 400 * _DAY:
        # "the day before the truce": of one that is not known, where the last known is long gone
        return None
    if unit.rstrip("s") in ("minute", "hour") and start < base - 10 * _DAY:
        # "an hour after that statement": one just told, and none that is known
        return base, base
    shift = base - (_back(base, number, unit) or base)
    if span.part("dir") == "into":
        return start, min(base, start + shift)
    day = start - shift if span.part("dir") == "before" else start + shift
    # "five days after" is often counted from the day after: an article on the next day still means the day it tells of
    return (day, day) if day <= base + _DAY else None


def _some_hours(start: date | None, base: date, way: str) -> Days | None:
    """ "Hours before the deal", "hours after the truce took effect": its day or the one beside it; of news, of one just told."""
    if start is None or start < base - 10 * _DAY or start > base + _DAY:
        return (base - _DAY, base) if way == "before" else None
    return (start - _DAY, start) if way == "before" else (start, min(start + _DAY, max(base, start)))


_NTH = {word: n for n, word in enumerate("first second third fourth fifth sixth seventh eighth ninth tenth".split(), 1)}


def _nth_day(span: TimeSpan, base: date, outbreaks: Sequence[Outbreak], anchors: Sequence[Anchor]) -> Days | None:
    """ "The third day of the fighting": counted from its first day."""
    event, told = span.part("event") or "", span.part("n") or ""
    number = _NTH.get(told.lower()) or int(re.sub(r"\D", "", told) or 0)
    if _TRUCE.search(event):
        start = _latest_anchor(event, base, anchors)
    else:
        outbreak = current_outbreak(base, outbreaks, event)
        start = outbreak.on if outbreak else None
    if not event and start is not None and base - start > _FRESH:
        return None
    if start is None or not 1 <= number <= 400:
        return None
    day = start + (number - 1) * _DAY
    return (day, day) if day <= base + _DAY else None


# what names a month, a day in numbers, or a length of time
_MAY_BE_DAY = re.compile(
    r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|\d\D+\d|\d{5}|ago|now|sec|min|h|day|week|fortnight|year|y\b|d\b|w\b|m\b|s\b"
    r"|mon|tue|wed|thu|fri|sat|sun|tomorrow|tonight|decade",
    re.IGNORECASE,
)


def _by_library(expression: str, published: When) -> When:
    """dateparser's reading, for forms that no rule knows; only where it names a day, a month or a year."""
    bases = _bases(published)
    if (
        not re.search(r"\d|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*", expression, re.IGNORECASE)
        or len(expression) > 60
    ):
        return When(text=expression)
    if not _MAY_BE_DAY.search(expression):
        # no day will come of it, and to load the library takes a second
        return When(text=expression)
    import dateparser

    settings: dict[str, object] = {"PREFER_DATES_FROM": "past", "REQUIRE_PARTS": ["year", "month", "day"]}
    if bases:
        from datetime import datetime

        settings |= {"RELATIVE_BASE": datetime.combine(bases[-1], datetime.min.time()), "REQUIRE_PARTS": ["month", "day"]}
    try:
        found = dateparser.parse(expression, languages=["en"], settings=settings)
    except (ValueError, OverflowError):
        return When(text=expression)
    if found is None or not _is_told_of(found.date(), found.date()):
        return When(text=expression)
    return When(earliest=found.date(), latest=found.date(), precision="day", text=expression)
