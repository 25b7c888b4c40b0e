"""What the reader of days sees of a report on one shooting: the days that it may mean, each with its features.

Used by train.py and by bench/quality/casualties.py, so that both see the same. A day's features are those of its mentions (the
words around each, the verb it dates, the clock beside it), its place among the days told, and the report's own.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from trucewatch.model.records import When
from trucewatch.text.time_expressions import TimeSpan
from trucewatch.text.times import TimeMention, find_times, resolve_time, scan_times

Features = dict[str, float]
LEAD_CHARS = 400
_DAY = timedelta(days=1)
_SHOT = re.compile(
    r"\b(?:shot|shooting|shootings|gunfire|shots|fired|killed|wounded|injured|found|robbed|robbery|attack|stabbed|struck|died)\b"
)
_HAPPENED = re.compile(
    r"\b(?:happened|occurred|took place|broke out|began|unfolded|reported|responded|called|were called|dispatched|around|about"
    r"|shortly)\b"
)
_LATER = re.compile(
    r"\b(?:said|told|arrested|charged|court|arraigned|sentenced|booked|jail|announced|released|identified|statement|pleaded|hearing"
    r"|trial|scheduled|posted|updated|died|pronounced|vigil|funeral)\b"
)
_ASKING = re.compile(r"\b(?:ask\w*|seek\w*|detectives|investigat\w*|identif\w*|spokes\w*|according|news release|reward)\b")
_SCENE = re.compile(
    r"\b(?:officers|deputies|police) (?:\w+ ){0,2}(?:responded|arrived|found|called|sent|dispatched)|call of|report of|reports of"
)
# how things stood when the report was written
_STANDING = re.compile(
    r"\b(?:available|condition|remain\w*|still|as of|not yet|had not|have not|hadn.t|haven.t|unknown|unclear|continu\w*"
    r"|expected)\b"
)
# a term that lies ahead of the report
_AHEAD = re.compile(
    r"\b(?:due|schedul\w+|set for|slated|returns?|next|until|through|will|to appear|court (?:date|appearance)"
    r"|(?:hearing|conference|trial|arraignment)(?: \w+){0,4})[^.]{0,25}$"
)
# the report's own date: "(Published Jan. 27, 2031)", "NORTHTOWN (Feb. 13, 2031) -"
_LABELLED = re.compile(r"(?:posted|updated?|published|modified|copyright|filed)\W*(?:on|at)?\W*$", re.IGNORECASE)
_DATELINE = re.compile(r"[,\d ]*\)\s*[-–—]{1,2}\s")
_DATELINE_CHARS = 120
_DATES = frozenset({"md", "dm", "mdy", "dmy", "iso"})
_PROCEEDINGS = (
    r"\b(?:arrest\w*|charged|court|arraign\w*|sentenc\w*|plead\w*|convict\w*|indict\w*|trial|bail|bond|custody|vigil|funeral"
    r"|anniversary)\b"
)
_IN_SENTENCE = {
    "deed": re.compile(r"\b(?:shot|shooting|gunfire|killed|wounded|robbed|robbery|fired)\b"),
    "later": re.compile(_PROCEEDINGS),
    "happen": re.compile(r"\b(?:happened|occurred|took place|responded|called to|report of|dispatched)\b"),
}
_IN_REPORT = {
    "today": re.compile(r"\b(?:today|tonight|this (?:morning|evening|afternoon))\b"),
    "later": re.compile(_PROCEEDINGS),
    "fresh": re.compile(r"breaking|developing|more details|stay with|\b(?:are|is) (?:on the scene|responding|at the scene)\b"),
    "weekend": re.compile("weekend"),
    "overnight": re.compile("overnight"),
    "late": re.compile(r"late[- ]night|last night|tonight"),
    "last_week": re.compile("last week|earlier this (?:week|month)"),
}
_VERBS = {
    "deed": "shoot kill wound injure hit strike fire open stab rob attack gun steal burglarize break enter pull point approach"
    " confront assault graze slay murder carjack ambush exchange barricade shatter wield brandish threaten aim force demand flee",
    "scene": "respond call dispatch find discover arrive hear report receive flag notify summon send locate rush transport alert",
    "happen": "happen occur take begin unfold start erupt come lead follow stem leave end",
    "later": "arrest charge arraign sentence appear die pronounce hold book plead schedule post update indict convict file"
    " surrender face accuse jail order set return expect apprehend capture turn",
    "said": "say tell announce release identify confirm issue state add ask seek describe publish write plan know decline remain",
}
_NOUNS = {
    "deed": "shooting incident attack killing robbery murder slaying homicide death crime burglary invasion carjacking assault"
    " shootout standoff gunfire shot stabbing altercation fight argument dispute heist",
    "later": "arrest hearing arraignment court vigil conference appearance release statement trial charge raid funeral warrant"
    " search news meeting announcement",
}
_VERB_KINDS = {verb: kind for kind, verbs in _VERBS.items() for verb in verbs.split()}
_NOUN_KINDS = {noun: kind for kind, nouns in _NOUNS.items() for noun in nouns.split()}
_CLOCK = re.compile(r"\b(\d{1,2})(?::\d\d)?\s*([ap])\.?\s?m\b|\b(midnight|noon)\b", re.IGNORECASE)
_CLOCK_NEAR = re.compile(r"\b\d{1,2}(?::\d\d)?\s*(?:a\.?m|p\.?m)\b", re.IGNORECASE)
_PART_OF_DAY = re.compile(r"night|evening|morning|afternoon|overnight")
_NO_DAY = frozenset(
    "daypart now recently for_n span_of later decade year year_name recent since_event since_began since_noun".split()
)
_SHARED = (
    "shot_b shot_a hap_b hap_a lat_b lat_a clock_b clock_a night said lead asking scene verb_deed verb_scene verb_happen"
    " verb_later verb_said noun_deed noun_later in_deed in_later in_happen standing main clause report passive perfect ahead"
).split()
_COMPARED = ("verb_deed", "verb_happen", "verb_scene", "verb_later", "verb_said", "in_deed", "clock_b", "noun_deed")
_WORDS = "early late night evening morning afternoon today tonight this yesterday last".split()
# hours before which a night that is told still goes on, and from which a day's news carry the next day's date
SMALL_HOURS, EVENING = 5, 17
# how far back a date lies whose next turn is soon
_SOON = (timedelta(days=250), timedelta(days=366))


@dataclass(frozen=True, slots=True)
class _Told:
    """A time expression that means one day, or the night between two."""

    start_char: int
    end_char: int
    rule: str
    text: str
    days: tuple[date, date]


def day_candidates(doc: Any, published: date) -> list[tuple[date, Features]]:
    """Days that a parsed report may mean, in order: those it tells of, the day of publishing and the day before."""
    text = doc.text
    told, ranges = _tell(text, published)
    seen = _Report(doc, published)
    days: dict[date, Features] = {}
    first_of: dict[str, date] = {}
    for number, one in enumerate(told):
        features = seen.mention(one)
        features["is_first"] = float(number == 0)
        best = features.pop("score")
        for day in set(one.days):
            known = _known(days, day)
            known["first"] = min(known["first"], float(number))
            known["pos"] = min(known["pos"], one.start_char / max(1, len(text)))
            known["best"] = max(known.get("best", -9.0), best)
            for name, value in features.items():
                known[name] = known.get(name, 0.0) + value
        for name in _firsts(features):
            first_of.setdefault(name, one.days[0])
        if seen.is_past_midnight(one) and one.days[1] <= published:
            known = _known(days, one.days[1] + _DAY)
            known["dawn"] = known.get("dawn", 0.0) + 1
            days[one.days[1]]["night_of_dawn"] = 1.0
    for name, day in first_of.items():
        days[day][f"first_{name}"] = 1.0
    for back in (0, 1):
        _known(days, published - back * _DAY)["default"] = 1.0
    days[published - _DAY]["night_before"] = float(seen.is_of_the_night_before(is_told=bool(told)))
    for day, known in days.items():
        known["in_range"] = float(sum(first <= day <= last for first, last in ranges if (last - first).days < 32))
        known["ranges"] = float(len(ranges))
    top, most = max(known.get("best", -9.0) for known in days.values()), max(known["n"] for known in days.values())
    for known in days.values():
        known["is_best"], known["most"] = float(known.get("best", -9.0) == top), float(known["n"] == most)
    shared = seen.features() | {"report_days": float(len(days)), "report_mentions": float(len(told))}
    return [(day, _day_features(day, days, published) | shared) for day in sorted(days)]


def _known(days: dict[date, Features], day: date) -> Features:
    return days.setdefault(day, {"n": 0.0, "first": 99.0, "pos": 1.0})


def _firsts(features: Features) -> Iterator[str]:
    """What a mention may be the first of: of a deed, of what is not said or done later, of a clock."""
    kinds = {name for name in ("verb_deed", "verb_happen", "verb_scene", "noun_deed", "in_deed") if features.get(name)}
    yield from kinds
    if kinds - {"in_deed"}:
        yield "event"
    if not (features.get("verb_later") or features.get("verb_said") or features.get("noun_later")):
        yield "not_later"
    if features["clock_a"] or features["clock_b"]:
        yield "clock"


_THAT = re.compile(r"\bthat\s+$", re.IGNORECASE)
_EARLIER = re.compile(r"\b(?:earlier|previously|before)$", re.IGNORECASE)


def _tell(text: str, published: date) -> tuple[list[_Told], list[tuple[date, date]]]:
    """Mentions of days in a text, and the longer stretches that it tells of.

    "That Sunday" is the Sunday from the day last told on, "four days earlier" so many before it.
    """
    base = When(earliest=published, latest=published, precision="day")
    told: list[_Told] = []
    ranges: list[tuple[date, date]] = []
    for span in scan_times(text):
        if span.rule in _NO_DAY:
            continue
        expression = text[span.start_char : span.end_char]
        last = told[-1].days[1] if told else None
        when = resolve_time(expression, base)
        if last is not None and span.rule == "ago" and _EARLIER.search(expression):
            when = resolve_time(expression, When(earliest=last, latest=last, precision="day"))
        first, final = when.earliest, when.latest
        if first is None or final is None or first > published + _DAY:
            continue
        if span.rule in _DATES and (_is_own_date(text, span) or _is_ahead(text, span, published - first)):
            continue
        if (final - first).days > 1:
            ranges.append((first, final))
            continue
        if last is not None and span.rule == "weekday" and _THAT.search(text, 0, span.start_char):
            first = final = last + ((first - last).days % 7) * _DAY
        told.append(_Told(span.start_char, span.end_char, span.rule, expression.lower(), (first, final)))
    return told, ranges


def _is_own_date(text: str, span: TimeSpan) -> bool:
    if _LABELLED.search(text, max(0, span.start_char - 25), span.start_char):
        return True
    opened = text[: span.start_char].rstrip().endswith("(") or text[span.start_char] == "("
    return span.start_char < _DATELINE_CHARS and opened and _DATELINE.match(text, span.end_char) is not None


def _is_ahead(text: str, span: TimeSpan, back: timedelta) -> bool:
    """Whether a date without a year is one to come: "a hearing Feb. 19", told on Feb. 3."""
    soon = _SOON[0] < back < _SOON[1]
    return soon and "y" not in dict(span.parts) and _AHEAD.search(text[: span.start_char].lower()[-70:]) is not None


class _Report:
    """A parsed report with its sentences, its clocks and the verbs that its times date."""

    def __init__(self, doc: Any, published: date) -> None:
        self.doc, self.low, self.published = doc, doc.text.lower(), published
        self.sentences = [(sentence.start_char, sentence.end_char) for sentence in doc.sents]
        self.clocks = [(match.start(), _hour(match)) for match in _CLOCK.finditer(doc.text)]
        self.times: dict[int, TimeMention] = {}
        for mention in find_times(doc):
            self.times.setdefault(mention.end_char, mention)

    def features(self) -> Features:
        """The report's own features."""
        hours = [hour for _, hour in self.clocks]
        made = {f"report_{name}": float(len(pattern.findall(self.low))) for name, pattern in _IN_REPORT.items()}
        return made | {
            "report_clocks": float(len(hours)),
            "report_hour": float(hours[0]) if hours else -1.0,
            "report_last_hour": float(max(hours, default=-1)),
            "report_first_hour": float(min(hours, default=-1)),
            "report_length": math.log1p(len(self.low)),
            "report_weekday": float(self.published.weekday()),
        }

    def hours_by(self, one: _Told, *, following: int) -> list[int]:
        """Hours told in a mention's sentence and so many after it, near it."""
        number = self._sentence(one)
        end = self.sentences[min(number + following, len(self.sentences) - 1)][1]
        start = max(self.sentences[number][0], one.start_char - 90)
        reach = end if following else min(end, one.end_char + 90)
        return [hour for at, hour in self.clocks if start <= at < reach]

    def is_past_midnight(self, one: _Told) -> bool:
        """Whether a night is told with a clock of the small hours: "Saturday night ... about 1 a.m."."""
        if not re.search("night|late|evening", one.text):
            return False
        hours = self.hours_by(one, following=1)
        return any(hour < SMALL_HOURS for hour in hours) and not any(hour >= EVENING for hour in hours)

    def is_of_the_night_before(self, *, is_told: bool) -> bool:
        """Whether the day of publishing may be one late: of what happened tonight, or past noon where no day is told."""
        if re.search(r"\b(?:tonight|this evening)\b", self.low):
            return True
        return not is_told and bool(self.clocks) and self.clocks[0][1] >= 12

    def mention(self, one: _Told) -> Features:
        """Features of one mention; `score` is a first judgement of whether it tells of the deed."""
        start, end = one.start_char, one.end_char
        before, after = self.low[max(0, start - 70) : start], self.low[end : end + 70]
        seen: dict[str, bool | int] = {
            "n": 1,
            f"r_{one.rule}": 1,
            "shot_b": bool(_SHOT.search(before[-45:])),
            "shot_a": bool(_SHOT.search(after[:45])),
            "hap_b": bool(_HAPPENED.search(before)),
            "hap_a": bool(_HAPPENED.search(after)),
            "lat_b": bool(_LATER.search(before[-30:])),
            "lat_a": bool(_LATER.search(after[:30])),
            "clock_b": bool(_CLOCK_NEAR.search(before[-25:])),
            "clock_a": bool(_CLOCK_NEAR.search(after[:20])),
            "night": bool(_PART_OF_DAY.search(one.text)),
            "said": bool(re.search(r"\bsaid(?: on)?$", before.strip())),
            "range": one.days[0] != one.days[1],
            "lead": start < LEAD_CHARS,
            "asking": bool(_ASKING.search(before[-60:]) or _ASKING.search(after[:30])),
            "scene": bool(_SCENE.search(before) or _SCENE.search(after)),
            "standing": bool(_STANDING.search(before[-60:] + one.text) or _STANDING.search(after[:30])),
        }
        score = 2 * (seen["shot_b"] or seen["shot_a"]) + seen["hap_b"] + (seen["clock_b"] or seen["clock_a"]) + seen["scene"]
        score -= 2 * (seen["lat_b"] or seen["said"]) + seen["lat_a"] + seen["asking"]
        number = self._sentence(one)
        sentence = self.low[slice(*self.sentences[number])]
        hours = self.hours_by(one, following=0)
        seen |= {f"in_{name}": bool(pattern.search(sentence)) for name, pattern in _IN_SENTENCE.items()}
        seen |= {f"w_{word}": word in one.text for word in _WORDS}
        seen |= {
            "sentence_1": number == 0,
            "sentence_2": number == 1,
            "ahead": bool(_AHEAD.search(before)),
            "bracket": before.rstrip().endswith("("),
            "since": one.text.startswith(("since", "until", "by", "after", "before")),
            "hour_small": any(hour < SMALL_HOURS for hour in hours),
            "hour_late": any(hour >= EVENING + 3 for hour in hours),
            "hour_any": bool(hours),
            "today_late": bool(re.search("today|tonight|this ", one.text))
            and any(hour >= EVENING for hour in self.hours_by(one, following=1)),
        }
        seen |= self._by_parse(one)
        return {name: float(value) for name, value in seen.items()} | {"score": float(score)}

    def _by_parse(self, one: _Told) -> dict[str, bool | int]:
        mention = self.times.get(one.end_char)
        if mention is None:
            return {}
        head = self.doc[mention.head]
        seen: dict[str, bool | int] = {f"kind_{mention.kind}": 1}
        if head.pos_ in ("NOUN", "PROPN") and head.lemma_.lower() in _NOUN_KINDS:
            seen[f"noun_{_NOUN_KINDS[head.lemma_.lower()]}"] = 1
        if mention.verb is None:
            return seen | {"verbless": 1}
        verb = self.doc[mention.verb]
        lemma = verb.lemma_.lower()
        seen[f"verb_{_VERB_KINDS.get(lemma, 'other')}"] = 1
        seen["main"], seen["clause"] = verb.dep_ == "ROOT", verb.dep_ in ("relcl", "advcl", "acl")
        seen["report"] = verb.dep_ == "ccomp"
        seen["passive"] = any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.children)
        seen["perfect"] = any(child.lower_ == "had" and child.dep_ == "aux" for child in verb.children)
        return seen

    def _sentence(self, one: _Told) -> int:
        for number, (start, end) in enumerate(self.sentences):
            if start <= one.start_char < end:
                return number
        return 0


def _hour(match: re.Match[str]) -> int:
    if match[3]:
        return 0 if match[3].lower() == "midnight" else 12
    return int(match[1]) % 12 + (12 if match[2].lower() == "p" else 0)


def _day_features(day: date, days: dict[date, Features], published: date) -> Features:
    """Features of a day: of its mentions, and of its place among the days of the report."""
    known, order = days[day], sorted(days)
    told = [other for other in order if days[other]["n"] > 0]
    back = (published - day).days
    made = dict(known)
    made[f"back_{min(max(back, -1), 8)}"] = 1.0
    made |= {
        "back": min(back, 60) / 10,
        "days": float(len(order)),
        "n_log": math.log1p(known["n"]),
        "first_log": math.log1p(known["first"]),
        "untold": float(known["n"] == 0),
        "earliest": float(day == order[0]),
        "latest": float(day == order[-1]),
        "told_next": float(day + _DAY in told),
        "told_before": float(day - _DAY in told),
        "newer": float(len(told) - 1 - told.index(day)) if day in told else 9.0,
        "older": float(told.index(day)) if day in told else -1.0,
        "share": known["n"] / max(1.0, sum(other["n"] for other in days.values())),
        "gap": float(min(30, (told[-1] - day).days)) if told else 40.0,
    }
    first_told = min(told, key=lambda other: days[other]["first"], default=None)
    made["from_first"] = float(max(-10, min(10, (day - first_told).days))) if first_told else 11.0
    for name in _SHARED:
        value = known.get(name, 0.0)
        made[f"{name}_any"], made[f"{name}_share"] = float(value > 0), value / max(1.0, known["n"])
    for name in _COMPARED:
        total = sum(other.get(name, 0.0) for other in days.values())
        made[f"{name}_part"] = known.get(name, 0.0) / total if total else 0.0
    return made
