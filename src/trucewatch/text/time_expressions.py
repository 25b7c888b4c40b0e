"""The grammar of time expressions in English news: which words of a text tell a time, and of what form.

One rule a form, the most specific first; a longer match wins over a shorter at one place. Resolving them is `time_resolve.py`.
"""

# one rule, one line
# ruff: noqa: E501
from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip
MONTH_NUMBER = (
    {name: i for i, name in enumerate(_MONTH_NAMES, 1)} | {name[:3]: i for i, name in enumerate(_MONTH_NAMES, 1)} | {"sept": 9}
)
_SEASONS = r"(?:spring|summer|autumn|fall|winter)"
# months keep their capital: "may" and "march" are words of their own
_M = "(?:January|February|March|April|May|June|July|August|September|October|November|December|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\\b\\.?)"
_W = r"(?:[Mm]onday|[Tt]uesday|[Ww]ednesday|[Tt]hursday|[Ff]riday|[Ss]aturday|[Ss]unday)"
_PART = r"(?:early |late |mid-?)?(?:morning|afternoon|evening|night|midnight|noon|midday|dawn|lunchtime)"
_ORD = r"(?:st|nd|rd|th)?"
_NTH_WORDS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth "
    "seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth twenty-fifth twenty-sixth "
    "twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first"
).split()
NTH = {word: number for number, word in enumerate(_NTH_WORDS, 1)}
# "the second of March"
_NTH_OF = rf"(?:the\s+)(?P<nth>{'|'.join(sorted(_NTH_WORDS, key=len, reverse=True))})\s+of"
_WORDS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty"
    "|thirty|forty|fifty|sixty|seventy|eighty|ninety|twenty-four|forty-eight|seventy-two|forty-four"
)
COUNT = rf"(?i:\d+(?:,\d{{3}})*|a few|several|a couple of|many|an?|{_WORDS})"
_UNIT = r"(?:minute|hour|day|night|week|weekend|month|year|decade|centur(?:y|ie))s?"
_EVENT = (
    r"(?:fighting|war|conflict|hostilities|violence|clashes|battles?|offensive|operation|invasion|attacks?|strikes?|escalation|hostility"
    r"|ceasefire|cease-fire|truce|armistice|agreement|accord|deal|statement|cessation|blockade|outbreak|bombardment|campaign|siege|collapse)"
)
_BEGAN = r"(?:began|begun|broke out|broken out|erupted|started|resumed|flared(?: up)?|escalated|took effect|came into (?:force|effect)|was announced)"
# "Saturday, ", "Saturday night, ", "Saturday (": a weekday that the date after it explains
_ON = rf"(?:{_W}(?:\s+{_PART})?(?:,?\s+|\s*\())?"
# no clock: "from 7 p.m. May 3 to 6 a.m."
_NO_CLOCK = r"(?!\s*(?::\d|[ap]\.?\s?m\b))"
_FEAST = r"(?P<feast>New Year['’]s (?:Day|Eve)|Christmas (?:Day|Eve)|Valentine['’]s Day|Halloween)"
_LAST_YEAR = r"(?P<ly>,?\s+(?:of\s+)?last\s+year\b)?"
_LEAD = r"(?:(?:[Oo]n|[Ss]ince|[Uu]ntil|[Tt]ill|[Bb]y|[Ff]rom|[Bb]efore|[Aa]fter|[Ii]n|[Dd]uring|[Tt]hroughout|[Aa]round|[Aa]bout|[Aa]s (?:early|recently|late|far back) as|[Aa]s of|[Oo]ver|[Aa]t|[Ss]tarting|[Ee]ver since)(?:\s+|(?<=[Oo]n)(?=[A-Z\d]))(?:the\s+(?:early\s+hours|early\s+morning|morning|afternoon|evening|night|eve)\s+of\s+)?)"
_MODIFIED = r"(?P<mod>(?:[Ll]ate|[Ee]arly|[Ee]arlier|[Ll]ater|[Ll]ast|[Nn]ext|[Tt]his(?: past| coming)?|[Pp]revious|[Ff]ollowing|[Cc]oming|[Tt]he previous|[Tt]he following|[Tt]he same)\s+)"

_RULES: tuple[tuple[str, str], ...] = (
    (
        "since_event",
        rf"(?:[Ss]ince|[Ee]ver since)\s+(?:the\s+)?(?:(?:start|beginning|outbreak|onset|eruption|resumption|end|collapse|signing|announcement)\s+of\s+)"
        rf"(?:the\s+|an?\s+|this\s+)?(?:[\w-]+\s+){{0,3}}?{_EVENT}\b",
    ),
    ("since_began", rf"(?:[Ss]ince|[Ee]ver since)\s+(?:the\s+)?(?:[\w-]+\s+){{0,3}}?{_EVENT}\s+(?:has\s+|had\s+)?{_BEGAN}\b"),
    ("since_noun", rf"(?:[Ss]ince|[Ee]ver since)\s+(?:the|this|an?|its)\s+(?:[\w-]+\s+){{0,3}}?{_EVENT}\b"),
    ("dmy", rf"{_LEAD}?(?:the\s+)?{_ON}(?:the\s+)?(?P<d>\d{{1,2}}){_ORD}(?:\s+of)?\s+(?P<m>{_M}),?\s+(?P<y>\d{{4}})\b"),
    ("mdy", rf"{_LEAD}?(?:the\s+)?{_ON}(?P<m>{_M})\s+(?:the\s+)?(?P<d>\d{{1,2}}){_ORD}(?:,\s*|\s+)(?P<y>(?:19|20)\d{{2}})\b"),
    ("iso", rf"{_LEAD}?(?P<y>(?:19|20)\d\d)-(?P<mn>\d\d)-(?P<d>\d\d)\b"),
    ("dotted", rf"{_LEAD}?(?P<d>\d{{1,2}})[./](?P<mn>\d{{1,2}})[./](?P<y>(?:19|20)\d\d)\b"),
    ("range_dm", rf"(?:(?:[Ff]rom|[Bb]etween|[Oo]n)\s+)?(?P<d>\d{{1,2}})\s*(?:-|–|—|to|and|until)\s*(?P<d2>\d{{1,2}})\s+(?P<m>{_M})(?:,?\s+(?P<y>\d{{4}}))?\b"),
    ("range_md", rf"(?:(?:[Ff]rom|[Bb]etween|[Oo]n)\s+)?(?P<m>{_M})\s+(?P<d>\d{{1,2}})\s*(?:-|–|—|to|and|until)\s*(?P<d2>\d{{1,2}})\b{_NO_CLOCK}(?:,?\s+(?P<y>\d{{4}}))?"),
    (
        "range_full",
        rf"(?:[Ff]rom|[Bb]etween)\s+(?P<d>\d{{1,2}})\s+(?P<m>{_M})\s*(?:-|–|—|to|and|until)\s*(?P<d2>\d{{1,2}})\s+(?P<m2>{_M})(?:,?\s+(?P<y>\d{{4}}))?\b",
    ),
    (
        "range_mdmd",
        rf"(?:[Ff]rom|[Bb]etween)\s+(?P<m>{_M})\s+(?P<d>\d{{1,2}})(?:,?\s+(?P<y0>\d{{4}}))?\s*(?:-|–|—|to|and|until)\s*(?P<m2>{_M})\s+(?P<d2>\d{{1,2}})(?:,?\s+(?P<y>\d{{4}}))?\b",
    ),
    (
        "nth_day",
        rf"(?:[Oo]n\s+)?[Tt]he\s+(?P<n>first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d+(?:st|nd|rd|th))\s+day\s+of\s+(?:the\s+|an?\s+)?(?:[\w’'-]+\s+){{0,3}}?(?P<event>{_EVENT})\b"
        r"(?:\s+(?:last|this)\s+(?:week|month))?",
    ),
    ("nth_day", r"[Oo]n\s+the\s+(?P<n>second|third|fourth|fifth|sixth|seventh)\s+day(?=[,.;:)”\"]|\s+(?:and|when|as|after)\b|$)"),
    ("dm", rf"{_LEAD}?{_NTH_OF}\s+(?P<m>{_M})(?!\w)(?!,?\s+\d{{4}})"),
    ("dmy", rf"{_LEAD}?{_NTH_OF}\s+(?P<m>{_M}),?\s+(?P<y>\d{{4}})\b"),
    ("dm", rf"{_LEAD}?(?:the\s+)?{_ON}(?:the\s+)?(?P<d>\d{{1,2}}){_ORD}(?:\s+of)?\s+(?P<m>{_M})(?!\w){_LAST_YEAR}"),
    ("md", rf"{_LEAD}?(?:the\s+)?{_ON}(?P<m>{_M})\s+(?:the\s+)?(?P<d>\d{{1,2}}){_ORD}\b(?![,.:]\d){_LAST_YEAR}"),
    ("my", rf"{_LEAD}?(?:the\s+)?(?:(?P<part>early|late|mid|end of|beginning of)[\s-]+)?(?P<m>{_M}),?\s+(?:of\s+)?(?P<y>(?:19|20)\d\d)\b"),
    ("range_y", r"(?:(?:[Ff]rom|[Bb]etween)\s+)?(?P<y>(?:19|20)\d\d)\s*(?:-|–|—|to|until|and)\s*(?P<y2>(?:19|20)\d\d)\b"),
    ("decade", rf"{_LEAD}?(?:the\s+|an?\s+)?(?:(?P<part>early|late|mid)[\s-]+)?(?P<y>(?:19|20)\d0)['’]?s\b"),
    ("month", rf"(?:(?:[Ii]n|[Aa]s (?:early|recently|late|far back) as|[Ss]ince|[Uu]ntil|[Tt]ill|[Bb]y|[Ff]rom|[Bb]efore|[Aa]fter|[Dd]uring|[Tt]hroughout|[Oo]f|[Ll]ast|[Nn]ext|[Tt]his|[Tt]hat)\s+(?:(?:early|late|mid|last|this|the end of|the beginning of)[\s-]+)?|(?:[Aa]t |[Ii]n |[Bb]y |[Ss]ince |[Tt]owards? )?the (?:very )?(?:end|beginning|start|middle|first days|last days) of\s+|(?:[Ee]arly|[Ll]ate|[Mm]id)[\s-]+)(?P<m>{_M})(?!\s*\d)(?!\w){_LAST_YEAR}"),
    ("year", r"(?:[Ii]n|[Ss]ince|[Bb]y|[Uu]ntil|[Tt]ill|[Bb]efore|[Aa]fter|[Dd]uring|[Ff]rom|[Tt]hroughout|[Ee]arly|[Ll]ate|[Mm]id)[\s-]+(?:the year\s+|early\s+|late\s+|mid-)?(?P<y>(?:19|20)\d\d)\b(?!\s*(?:GMT|UTC|hours|people|civilians|troops|soldiers))"),
    ("year_name", r"(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir)\s+(?:early |late )?(?P<y>(?:19|20)\d\d)(?=\s+[a-z])(?!\s+(?:people|civilians|troops|soldiers))"),
    (
        "ago",
        rf"(?:(?:[Aa]bout|[Aa]round|[Mm]ore than|[Oo]ver|[Aa]lmost|[Nn]early|[Jj]ust|[Ll]ess than)\s+)?(?P<n>{COUNT})\s+(?P<u>{_UNIT})\s+(?:ago|earlier|previously|back(?!\s+(?:to|in|into|from|at|on)\b))\b",
    ),
    ("after_event", rf"(?<!lasted )(?<!for )(?:(?P<n>{COUNT}|[Tt]he)\s+(?P<u>{_UNIT})|(?P<us>[Hh]ours|[Dd]ays|[Ww]eeks|[Mm]onths|[Yy]ears))\s+(?P<dir>after|before|into|following|since)\s+(?:the\s+|an?\s+|its\s+|their\s+)?(?:[\w-]+\s+){{0,4}}?(?P<event>{_EVENT})\b(?:\s+(?:of|in|on|at)\s+(?:the\s+)?[\w-]+)?"),
    (
        "past_n",
        rf"(?:(?:[Ii]n|[Oo]ver|[Dd]uring|[Ff]or|[Ww]ithin|[Tt]hroughout)\s+)?(?:the|these|this)\s+(?P<w>last|past|previous|recent|coming|next)\s+(?:(?P<n>{COUNT})\s+)?(?P<u>(?:hour|day|night|week|month|year|decade)s?)\b",
    ),
    ("recent", r"(?:(?:[Ii]n|[Oo]ver|[Dd]uring)\s+)?recent\s+(?P<u>hours|days|weeks|months|years|decades)\b"),
    ("weekend", rf"{_LEAD}?{_MODIFIED}?(?:the\s+)?weekend\b"),
    ("unit", rf"{_LEAD}?(?P<part>[Ee]arlier|[Ll]ater|[Ee]arly|[Ll]ate)?\s*\b(?P<w>[Tt]his|[Ll]ast|[Nn]ext|[Tt]he (?:same|previous|following|next)|[Tt]hat)\s+(?P<u>week|month|year|night|morning|afternoon|evening|day|{_SEASONS})\b"),
    ("edge_unit", r"(?:[Aa]t|[Bb]y|[Tt]owards?|[Ii]n|[Bb]efore|[Ff]rom|[Ss]ince|[Uu]ntil)\s+the\s+(?P<part>end|beginning|begin|start|middle)\s+of\s+(?P<w>the|this|next|last|that)\s+(?P<u>week|month|year)\b"),
    ("season_y", rf"(?:[Ii]n|[Dd]uring|[Ss]ince|[Uu]ntil|[Tt]hrough(?:out)?)\s+(?:the\s+)?(?:early |late )?(?P<u>{_SEASONS})\s+(?:of\s+)?(?P<y>(?:19|20)\d\d)\b"),
    ("season", r"(?:[Ii]n|[Dd]uring|[Ss]ince|[Oo]ver|[Tt]hroughout)\s+(?:the\s+)?(?:early |late )?(?P<u>spring|summer|autumn|winter)\b(?!\s+(?:of\b|offensive|campaign|fighting|war|break|school|holiday|session|clothes|\w+s\b)|-)"),
    ("part_unit", r"(?P<part>[Ee]arlier|[Ll]ater|[Ee]arly|[Ll]ate)\s+in\s+the\s+(?P<u>day|week|month|year)\b"),
    ("day_before", r"(?:[Oo]n )?[Tt]he (?:day|night|evening|morning) (?P<way>before|after)(?=[,.;:)”\"'’]|$|\s+(?:in|at|near|on|by|with|from|when|said)\b)"),
    ("relative_day", rf"(?:{_LEAD}?(?:[Ee]arlier\s+|[Ll]ate\s+|[Ee]arly\s+)?\b(?P<w>[Yy]esterday|[Tt]oday|[Tt]onight|[Tt]omorrow)(?:\s+{_PART})?|[Tt]he day before yesterday)(?!['’]s\s+(?:[Ww]orld))\b"),
    ("weekday_range", rf"(?:[Ff]rom|[Bb]etween)\s+(?P<w>{_W})\s+(?:to|until|and)\s+(?P<w2>{_W})\b"),
    ("weekday", rf"(?:[Oo]n\s+the\s+(?={_W})|{_LEAD})?{_MODIFIED}?(?P<w>{_W})s?\b(?:['’]s\b)?(?:\s+{_PART}\b)?(?:\s+(?:of\s+)?(?P<of>last|this|next)\s+week\b)?"),
    ("feast", rf"{_LEAD}?{_FEAST}(?:,?\s+(?P<y>(?:19|20)\d\d))?\b"),
    ("overnight", r"\b[Oo]vernight\b"),
    ("span_of", rf"(?:(?:[Aa]fter|[Ii]n|[Dd]uring|[Ff]ollowing|[Oo]ver|[Aa]mid)\s+)?(?:(?:more than|over|nearly|almost|about)\s+)?(?P<n>{COUNT})\s+(?P<u>(?:day|week|month|year|decade)s?)\s+of\b"),
    ("for_n", rf"[Ff]or\s+(?:(?:the|about|around|more than|over|nearly|almost|at least)\s+)?(?:(?P<n>{COUNT})\s+)?(?P<u>(?:hour|day|night|week|month|year|decade)s?)(?:\s+now)?\b"),
    ("later", rf"(?:(?P<n>{COUNT})\s+)?(?P<u>(?:[Mm]inute|[Hh]our|[Dd]ay|[Ww]eek|[Mm]onth|[Yy]ear|[Ww]hile|[Mm]oment)s?)\s+(?:later|afterwards)\b|[Aa] short while later\b|[Ll]ater(?=,)"),
    ("hours_earlier", r"(?:(?:[Aa]\s+few|[Ss]everal)\s+)?(?:[Hh]ours|[Mm]inutes|[Mm]oments)\s+(?:earlier|before(?=,|$))"),
    ("since_part", r"[Ss]ince\s+(?:(?:the\s+|this\s+)?(?:early\s+(?:hours|morning)|morning|dawn|daybreak|noon|midday|afternoon|evening)|midnight)\b(?!\s+(?:of|on)\b)"),
    ("daypart", rf"\b(?:[Ii]n the|[Aa]t)\s+(?:early hours\b|{_PART}\b)"),
    ("now", r"\b(?:[Rr]ight now|[Aa]t the moment|[Ss]o far|[Cc]urrently|[Uu]ntil now|[Uu]p to now)\b"),
    ("recently", r"\b(?:[Rr]ecently|[Ll]ately)\b"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """A time expression in a text: its offsets, the rule that read it, and the rule's parts."""

    start_char: int
    end_char: int
    rule: str
    parts: tuple[tuple[str, str], ...]

    def part(self, name: str) -> str | None:
        """A part of the expression by its name in the rule, None where it has none."""
        return dict(self.parts).get(name)


_TAIL_GAP = re.compile(
    r"\s*(?:(?:that |which )?(?:was |were )?(?:declared|signed|agreed|brokered|announced|reached|began|started|broke out|erupted)\s+)?"
)


# a rule is tried only near a word of its kind: most of a text is far from any
_ANCHOR = re.compile(
    r"(?:\b|(?<=\b[Oo]n))(?:(?P<since>[Ss]ince)"
    r"|(?P<month>January|February|March|April|May|June|July|August|September|October|November|December|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b)"
    r"|(?P<weekday>[Mm]onday|[Tt]uesday|[Ww]ednesday|[Tt]hursday|[Ff]riday|[Ss]aturday|[Ss]unday)"
    r"|(?P<year>(?:19|20)\d\d)"
    r"|(?P<unit>[Mm]inute|[Hh]our|[Mm]oment|[Dd]ay|night|[Ww]eek|[Mm]onth|[Yy]ear|decade|centur|spring|summer|autumn|fall\b|winter|morning|afternoon|evening)"
    r"|(?P<word>[Yy]esterday|[Tt]oday|[Tt]onight|[Tt]omorrow|[Oo]vernight|[Ll]ater|[Nn]ow\b|[Mm]oment|[Ss]o far|[Cc]urrently|[Uu]ntil now|[Rr]ecently"
    r"|[Ll]ately|dawn|noon|midday|midnight|lunchtime|New Year|Christmas|Valentine|Halloween))"
)
_NEEDS: dict[str, frozenset[str]] = {
    **dict.fromkeys(("since_event", "since_began", "since_noun", "since_part"), frozenset({"since"})),
    **dict.fromkeys(
        ("dmy", "mdy", "range_dm", "range_md", "range_full", "range_mdmd", "dm", "md", "my", "month"), frozenset({"month"})
    ),
    **dict.fromkeys(("iso", "dotted", "range_y", "decade", "year", "year_name"), frozenset({"year"})),
    **dict.fromkeys(
        (
            "ago",
            "after_event",
            "day_before",
            "nth_day",
            "past_n",
            "recent",
            "weekend",
            "unit",
            "part_unit",
            "edge_unit",
            "season",
            "season_y",
            "span_of",
            "for_n",
        ),
        frozenset({"unit"}),
    ),
    **dict.fromkeys(("weekday", "weekday_range"), frozenset({"weekday"})),
    **dict.fromkeys(("relative_day", "overnight", "recently", "feast"), frozenset({"word"})),
    "now": frozenset({"word", "unit"}),
    **dict.fromkeys(("later", "hours_earlier", "daypart"), frozenset({"word", "unit"})),
}
_REACH = 90


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, re.compile(rf"(?<![\w-])(?:{pattern})")) for name, pattern in _RULES)


def _windows(text: str) -> list[tuple[int, int, set[str]]]:
    """Stretches of a text around words that tell a time, at word boundaries, with the kinds of those words."""
    windows: list[tuple[int, int, set[str]]] = []
    for match in _ANCHOR.finditer(text):
        start, end = max(0, match.start() - _REACH), min(len(text), match.end() + _REACH)
        kind = match.lastgroup or ""
        if windows and start <= windows[-1][1]:
            windows[-1] = (windows[-1][0], end, windows[-1][2] | {kind})
        else:
            windows.append((start, end, {kind}))
    return [(start, text.find(" ", end) if text.find(" ", end) >= 0 else len(text), kinds) for start, end, kinds in windows]


@lru_cache(maxsize=1024)
def scan_times(text: str) -> tuple[TimeSpan, ...]:
    """Every time expression of a text, in order, none overlapping: at one place the longest, then the first rule's."""
    candidates = []
    for window_start, window_end, kinds in _windows(text):
        for rank, (name, pattern) in enumerate(_patterns()):
            if not _NEEDS[name] & kinds:
                continue
            for match in pattern.finditer(text, window_start, window_end):
                start = match.start() + len(match.group()) - len(match.group().lstrip())
                end = match.start() + len(match.group().rstrip())
                if "(" in match.group() and text.startswith(")", end):
                    end += 1
                parts = tuple((key, value.strip()) for key, value in match.groupdict().items() if value and value.strip())
                candidates.append((start, end, rank, name, parts))
    candidates = list(dict.fromkeys(candidates))
    candidates.sort(key=lambda c: (-(c[1] - c[0]), c[2]))
    chosen: list[tuple[int, int, int, str, tuple[tuple[str, str], ...]]] = []
    for candidate in candidates:
        if all(candidate[1] <= other[0] or candidate[0] >= other[1] for other in chosen):
            chosen.append(candidate)
    chosen.sort()
    spans: list[TimeSpan] = []
    for start, end, _, name, parts in chosen:
        previous = spans[-1] if spans else None
        # "since fighting began last Sunday" is one expression
        if (
            previous
            and previous.rule in ("since_began", "since_noun", "since_event")
            and _TAIL_GAP.fullmatch(text[previous.end_char : start])
        ):
            spans[-1] = TimeSpan(previous.start_char, end, previous.rule, previous.parts)
        else:
            spans.append(TimeSpan(start, end, name, parts))
    return tuple(spans)
