"""Quantities in news text: digits and words, their qualifiers as ranges, and the uses of a number that count nobody.

Ranges follow contract/CONTRACT.md ("at least 18": 18 to open; "about 200": 190 to 210; "nearly 30,000": 27,000 to 30,000; "up to
30": open to 30). Vague words have the ranges of `VAGUE`: a monitor's floor is the fewest the word can honestly mean.
"""

# one alternative list, one line
# ruff: noqa: E501
from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from trucewatch.text.letters import in_small

NumberKind = Literal["count", "age", "date", "clock", "measure", "money", "name", "ordinal", "share"]

_UNITS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen".split()
    )
}
_TENS = {word: 10 * value for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_ABBREVIATED = {"k": 1_000, "m": 1_000_000, "mn": 1_000_000, "bn": 1_000_000_000}
MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep"
    "|Oct|Nov|Dec"
)

# lowest and highest that a vague word covers; the plural scales are open upwards only as far as the next scale
VAGUE: dict[str, tuple[int, int, str]] = {
    "a couple of": (2, 2, "exactly"),
    "a couple": (2, 2, "exactly"),
    "both": (2, 2, "exactly"),
    "a pair of": (2, 2, "exactly"),
    "a few": (2, 5, "several"),
    "a handful of": (3, 6, "several"),
    "several": (3, 9, "several"),
    "a number of": (3, 9, "several"),
    "several dozen": (36, 99, "dozens"),
    "several dozens of": (36, 99, "dozens"),
    "a few dozen": (24, 60, "dozens"),
    "dozens of": (24, 99, "dozens"),
    "dozens": (24, 99, "dozens"),
    "scores of": (40, 199, "dozens"),
    "scores": (40, 199, "dozens"),
    "several hundred": (300, 999, "hundreds"),
    "a few hundred": (200, 500, "hundreds"),
    "hundreds of thousands of": (200_000, 999_999, "thousands"),
    "hundreds of thousands": (200_000, 999_999, "thousands"),
    "hundreds of": (200, 999, "hundreds"),
    "hundreds": (200, 999, "hundreds"),
    "several thousand": (3_000, 9_999, "thousands"),
    "a few thousand": (2_000, 5_000, "thousands"),
    "tens of thousands of": (20_000, 99_999, "thousands"),
    "tens of thousands": (20_000, 99_999, "thousands"),
    "thousands of": (2_000, 9_999, "thousands"),
    "thousands": (2_000, 9_999, "thousands"),
    "millions of": (2_000_000, 9_999_999, "thousands"),
    "millions": (2_000_000, 9_999_999, "thousands"),
}

_QUALIFIERS: tuple[tuple[str, str], ...] = (
    (r"at (?:the )?(?:very )?least|no (?:fewer|less) than|not (?:fewer|less) than|a minimum of|minimum", "at_least"),
    (r"more than|over|upwards of|in excess of|greater than|above|well over|exceeding|exceeded", "more_than"),
    (r"up to|as many as|at most|no more than|not more than|a maximum of|maximum|fewer than|less than|under|below", "up_to"),
    (r"nearly|almost|close to|just under|just short of|approaching|some nearly", "nearly"),
    (
        r"about|around|approximately|approx\.?|roughly|some|an estimated|estimated|circa|an? total of (?:about|around|some)",
        "about",
    ),
    (r"exactly|precisely|a total of|a combined|just|only|all|both|another|a further|a separate|the", "exactly"),
)
_QUALIFIER = re.compile(
    r"(?:\b(?:" + "|".join(f"(?P<q{i}>{pattern})" for i, (pattern, _) in enumerate(_QUALIFIERS)) + r")\s+)$", re.IGNORECASE
)

_WORD_NUMBER = (
    r"(?:(?:" + "|".join([*_TENS, *sorted(_UNITS, key=len, reverse=True)]) + r")"
    r"(?:[-\s](?:" + "|".join(sorted((u for u, v in _UNITS.items() if 0 < v < 10), key=len, reverse=True)) + r"))?)"
)
_SCALE_WORD = r"(?:hundred|thousand|million|billion|dozen|score)"
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?![\d-])|\d+(?:\.\d+)?)"
# both are sought in small letters
_CORE = re.compile(
    rf"(?<![\w.,$€£¥₽])(?<!(?<!\d)-)(?:(?P<digits>{_DIGITS})(?:(?:[\s-](?P<dscale>hundred|thousand|million|billion|dozen)\b)|(?P<abbr>k|mn|bn|m)\b)?"
    rf"|\b(?<!\bno )(?<!every )(?<!any )(?<!each )(?P<words>(?:an?|{_WORD_NUMBER})(?:\s+{_SCALE_WORD})(?:(?:\s+and|,)?\s+{_WORD_NUMBER}(?:\s+{_SCALE_WORD})?)*"
    rf"|(?:half a|half) (?:million|dozen)|{_WORD_NUMBER})\b)"
)
_VAGUE = re.compile(r"\b(?:" + "|".join(sorted((re.escape(v) for v in VAGUE), key=len, reverse=True)) + r")\b")
# "rose by 26 to 710", "rose from 20 to 30": where it came from, and no range; "from 20 to 30 soldiers" is one
_CAME_FROM = re.compile(
    r"(?:\bby|\b(?:ris\w+|rose|grow\w*|grew|went|gone|go(?:es|ing)?|up|down|increas\w+|climb\w+|jump\w+|f[ae]ll\w*|drop\w+|rais\w+|"
    r"revis\w+|cut|reduc\w+|chang\w+|number|toll|total|figure|\d)\s+from)\s+$",
    re.IGNORECASE,
)
_RANGE_JOIN = re.compile(r"\s*(?:-|–|—|to|and|or)\s*$", re.IGNORECASE)

_MEASURE_AFTER = re.compile(
    r"[\s-]*(?:per\s?cent|percent|%|percentage|°|degrees?\b|(?:square|sq\.?|cubic|nautical)[\s-]|k(?:ilo)?m(?:et(?:er|re)s?)?s?\b|kms\b"
    r"|miles?\b|met(?:er|re)s?\b|(?:m|cm|mm|ft|kg|g|mg|t|lb|lbs|mph|kph|hp|kW|MW|km²|m²)\b|milli?met(?:er|re)s?\b|centimet(?:er|re)s?\b"
    r"|feet\b|foot\b|inch(?:es)?\b|yards?\b|acres?\b|hectares?\b|kilo(?:gram(?:me)?)?s?\b|grams?\b|tonn?es?\b|tons?\b|pounds?\b"
    r"|lit(?:er|re)s?\b|barrels?\b|gallons?\b|megawatts?\b|kilowatts?\b|calib(?:er|re)\b|rounds\b)",
    re.IGNORECASE,
)
_DURATION_AFTER = re.compile(
    r"[\s-]*(?:(?:or so|consecutive|straight|more|long|full|whole|short|past|last)\s+)?"
    r"(?:seconds?|minutes?|mins?|hours?|days?|nights?|weeks?|weekends?|months?|years?|decades?|century|centuries)\b",
    re.IGNORECASE,
)
_AGE_AFTER = re.compile(r"[\s-]*(?:years?|months?|weeks?|days?)[\s-]*old\b|[\s-]*yo\b|[\s-]*y/o\b", re.IGNORECASE)
_AGE_BEFORE = re.compile(r"(?:\baged?(?:\s+(?:between|of))?|\bat the age of)\s+$", re.IGNORECASE)
_CLOCK_AFTER = re.compile(
    r"(?::\d\d|\s*(?:a\.m|p\.m|am\b|pm\b|a\.m\.|p\.m\.|o['’]clock|GMT|UTC|EST|EDT|hours?\s+(?:local|GMT)|local time|noon\b))",
    re.IGNORECASE,
)
_MONEY_BEFORE = re.compile(r"(?:[$€£¥₽₴₺₪]|\b(?:US|USD|EUR|GBP|AZN|AMD|RUB)\s?\$?)\s*$")
_MONEY_AFTER = re.compile(
    r"\s*(?:[$€£¥₽₴₺₪]|(?:US |Canadian |Australian )?(?:dollars?|euros?|pounds sterling|rubles?|roubles?|manats?|drams?|shekels?|lira|rupees?|yuan|yen"
    r"|bucks|cents?)\b|(?:million|billion)?\s*(?:USD|EUR|AZN|AMD|RUB)\b)",
    re.IGNORECASE,
)
_NAME_BEFORE = re.compile(
    r"\b(?:No\.?|Nos\.?|number|nr\.?|article|articles|resolution|resolutions|chapter|section|paragraph|clause|point|phase|stage|step|part|channel|"
    r"route|highway|motorway|road|street|avenue|interstate|exit|flight|unit|brigade|division|regiment|battalion|squadron|room|gate|apartment|apt\.?|"
    r"suite|building|house|block|page|pages|line|checkpoint|post|order|decree|law|protocol|version|model|mark|group of|group|G|size|grade|class|"
    r"season|episode|game|round|day|week|year|covid|world war|area|region|district|zone|sector|ward|box)[\s.:#-]*$",
    re.IGNORECASE,
)
_DATE_BEFORE = re.compile(rf"(?:\b(?:{MONTHS})\.?\s+(?:the\s+)?)$")
_DATE_AFTER = re.compile(rf"(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{MONTHS})\b")
_YEAR_BEFORE = re.compile(
    rf"(?:\b(?:in|since|by|until|till|during|before|after|of|the|from|early|late|mid|year|and|to|{MONTHS})\.?,?[\s-]*|\d{{1,2}},?\s+)$",
    re.IGNORECASE,
)
_ORDINAL_AFTER = re.compile(r"(?:st|nd|rd|th)\b", re.IGNORECASE)
_MODEL_AFTER = re.compile(r"(?:[-–]?[A-Z](?![a-z])\w*|[-–](?=[A-Z])|-?mm\b)")
# "both men were killed" counts; "both sides", "both A and B" do not
_BOTH_PEOPLE = re.compile(
    r"\s+(?:of them\s+)?(?:were|are|have|had|men|women|soldiers|victims|children|people|brothers|servicemen|civilians|of whom)\b",
    re.IGNORECASE,
)
_SHARE_AFTER = re.compile(r"\s*(?:in|out of(?: every)?)\s+(?:\d+|" + "|".join([*_UNITS, *_TENS]) + r")\b", re.IGNORECASE)
_STREET_AFTER = re.compile(
    r"\s+(?:block\b|[NSEW]\.?\s|(?:[A-Z][a-z]+\s){1,3}(?:Street|St\b|Avenue|Ave\b|Road|Rd\b|Drive|Dr\b|Lane|Blvd|Boulevard|Way))"
)


@dataclass(frozen=True, slots=True)
class Number:
    """A quantity by its offsets in the text given. `start_char` is that of the bare number, `phrase_start` of its qualifier.

    `low`/`high` None: open at that end. `kind` other than "count": the number counts no one (an age, a date, a road's number).
    """

    start_char: int
    end_char: int
    phrase_start: int
    low: int | None
    high: int | None
    qualifier: str
    kind: NumberKind = "count"

    @property
    def is_exact(self) -> bool:
        """Whether it is one number and nothing around it."""
        return self.qualifier == "exactly" and self.low == self.high


def apply_qualifier(value: int, qualifier: str) -> tuple[int | None, int | None]:
    """Range of a number with its qualifier (contract/CONTRACT.md)."""
    if qualifier in ("at_least", "more_than"):
        return value, None
    if qualifier == "up_to":
        return None, value
    if qualifier == "about":
        slack = round(value * 0.05)
        return value - slack, value + slack
    if qualifier == "nearly":
        return round(value * 0.9), value
    return value, value


def words_to_int(text: str) -> int | None:
    """Value of a number in English words ("two hundred and five", "a dozen", "half a million"); None where it is none."""
    total, current, seen = 0, 0, False
    half = False
    for word in re.findall(r"[a-z]+", text.lower()):
        if word in _UNITS:
            current, seen = current + _UNITS[word], True
        elif word in _TENS:
            current, seen = current + _TENS[word], True
        elif word == "half":
            half = seen = True
        elif word in ("dozen", "score"):
            size = 12 if word == "dozen" else 20
            current, seen = (size // 2 if half else max(current, 1) * size), True
        elif word in _SCALES:
            if half:
                current, half = _SCALES[word] // 2, False
            elif word == "hundred":
                current = max(current, 1) * 100
            else:
                total, current = total + max(current, 1) * _SCALES[word], 0
            seen = True
        elif word not in ("a", "an", "and"):
            return None
    return total + current if seen else None


def find_numbers(text: str) -> tuple[Number, ...]:
    """Every quantity in a text, in order, with its range and what kind of number it is. Ranges ("20 to 30") are one number."""
    found: list[Number] = []
    small = in_small(text)
    vague = list(_VAGUE.finditer(small))
    covered = [(match.start(), match.end()) for match in vague]
    for match in vague:
        low, high, qualifier = VAGUE[re.sub(r"\s+", " ", match.group().lower())]
        start, qualified = _qualified(text, match.start())
        upper: int | None = high
        if qualified in ("at_least", "more_than"):
            upper = None
        found.append(
            Number(match.start(), match.end(), start, low, upper, qualifier, _kind(text, match.start(), match.end(), None))
        )
    for match in _CORE.finditer(small):
        if any(start < match.end() and match.start() < end for start, end in covered):
            continue
        value = _value(match)
        if value is None:
            continue
        kind = _kind(text, match.start(), match.end(), match)
        start, qualifier = _qualified(text, match.start())
        least, most = apply_qualifier(value, qualifier)
        found.append(Number(match.start(), match.end(), start, least, most, qualifier, kind))
    found.sort(key=lambda number: number.start_char)
    return _with_ranges(text, found)


def _value(match: re.Match[str]) -> int | None:
    if match["words"]:
        return words_to_int(match["words"])
    digits = re.sub(r"[,\s\u00a0\u202f]", "", match["digits"])
    scale = 1
    if match["dscale"]:
        scale = {"dozen": 12}.get(match["dscale"].lower()) or _SCALES[match["dscale"].lower()]
    elif match["abbr"]:
        scale = _ABBREVIATED[match["abbr"].lower()]
    value = float(digits) * scale
    # "5.45" with no scale is a calibre, a clock or a magnitude: never a number of people
    return round(value) if value == round(value) and value < 10**12 else None


def _qualified(text: str, start: int) -> tuple[int, str]:
    """Where the phrase with its qualifiers begins, and the qualifier that sets the range (the one farthest out that does)."""
    qualifier = "exactly"
    while True:
        window_start = max(0, start - 24)
        match = _QUALIFIER.search(text[window_start:start]) if text[window_start:start][-1:].isspace() else None
        if not match:
            return start, qualifier
        name = next(_QUALIFIERS[i][1] for i in range(len(_QUALIFIERS)) if match.group(f"q{i}") is not None)
        before = text[max(0, window_start + match.start() - 12) : window_start + match.start()]
        if name != "exactly" and not (
            match.group().strip().lower() in ("over", "under", "above", "below") and re.search(r"\d\s*$", before)
        ):
            qualifier = name if qualifier == "exactly" or name in ("at_least", "more_than", "up_to") else qualifier
        start = window_start + match.start()


def _kind(text: str, start: int, end: int, match: re.Match[str] | None) -> NumberKind:
    before, after = text[max(0, start - 32) : start], text[end : end + 48]
    if _AGE_AFTER.match(after) or _AGE_BEFORE.search(before):
        return "age"
    if _MONEY_BEFORE.search(before) or _MONEY_AFTER.match(after):
        return "money"
    if _MEASURE_AFTER.match(after) or _DURATION_AFTER.match(after):
        return "measure"
    if re.match(r"['’]?s\b", after) and match is not None and match["digits"]:
        # "in his 20s", "the 1990s"
        return "age"
    if text[start:end].lower() == "both" and not _BOTH_PEOPLE.match(after):
        return "name"
    if re.search(r"\b(?:father|mother|parents?|dad|mum|mom|grandmother|grandfather)[\s-]+of[\s-]+$", before, re.IGNORECASE):
        return "name"  # "a father of three": no one of them is counted
    if match is None or match["digits"] is None:
        return "count"
    digits = match["digits"]
    if _CLOCK_AFTER.match(after) or re.search(r"\d:$", before) or re.match(r"\s*(?:GMT|UTC)", after):
        return "clock"
    if _ORDINAL_AFTER.match(after):
        return "ordinal"
    if _DATE_BEFORE.search(before) or _DATE_AFTER.match(after):
        return "date"
    if _NAME_BEFORE.search(before) and not re.search(r"\b(?:number|the)\s*$", before, re.IGNORECASE):
        return "name"
    if re.fullmatch(r"1[5-9]\d\d|20\d\d|21\d\d", digits) and not match["dscale"]:
        if re.match(r"s\b", after) or not re.match(
            r"\s+(?:people|civilians|soldiers|troops|servicemen|others|residents|refugees)\b", after
        ):
            return "date"
        if _YEAR_BEFORE.search(before):
            return "date"
    if _MODEL_AFTER.match(after) or re.search(r"[/\\#@_]$", before) or re.match(r"[/\\_]\d", after):
        return "name"
    if _STREET_AFTER.match(after) and "," not in digits:
        return "name"
    if _SHARE_AFTER.match(after):
        return "share"
    # "Cortez Hopkins, 27, was killed": a bare number between commas after a name is an age
    if re.search(r"[A-Z][\w.’'-]+,\s+$", before) and re.match(r"\s*[,.;)]", after) and len(digits) <= 3:
        return "age"
    if re.search(r"\(\s*$", before) and re.match(r"\s*\)", after):
        return "age" if re.search(r"[a-z]\s*\(\s*$", before) else "name"
    return "count"


def _lone(number: Number) -> int | None:
    """The one number that was written, where it opens no range of its own: 1,000 of "some 1,000"."""
    if number.low is None or number.high is None:
        return None
    if number.low == number.high:
        return number.low
    return round((number.low + number.high) / 2) if number.qualifier == "about" else None


def _with_ranges(text: str, numbers: list[Number]) -> tuple[Number, ...]:
    """Joins "20 to 30", "20-30", "between 20 and 30" and "two or three" into one number with both ends."""
    joined: list[Number] = []
    for number in numbers:
        previous = joined[-1] if joined else None
        first = _lone(previous) if previous else None
        if previous and number.is_exact and first is not None and number.kind == "count":
            between = text[previous.end_char : number.start_char]
            word = between.strip().lower()
            opened = re.search(
                r"\b(?:between|from)\s+$", text[max(0, previous.phrase_start - 9) : previous.phrase_start], re.IGNORECASE
            )
            is_range = word in ("-", "–", "—", "or") or (word == "to" and first < (number.low or 0))
            if word == "to" and _CAME_FROM.search(text[max(0, previous.phrase_start - 30) : previous.phrase_start]):
                is_range = False
            if word == "and":
                is_range = bool(opened) and "between" in text[max(0, previous.phrase_start - 9) : previous.phrase_start].lower()
            if is_range and _RANGE_JOIN.match(between) and first < (number.low or 0) and previous.kind in ("count",):
                start = previous.phrase_start - len(opened.group()) if opened else previous.phrase_start
                joined[-1] = Number(previous.start_char, number.end_char, start, first, number.high, "about", "count")
                continue
        joined.append(number)
    return tuple(joined)
