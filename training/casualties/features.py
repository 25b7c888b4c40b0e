"""What the readers of tolls and days see of a report on one shooting: counts of words and figures, and candidate days.

Used by train.py and by bench/quality/casualties.py, so that both see the same.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from trucewatch.model.records import When
from trucewatch.text.figures import FigureMention
from trucewatch.text.times import resolve_time, scan_times

Features = dict[str, float]
# more victims than this is a sum over a city's year, not one shooting
MOST_VICTIMS = 60
LEAD_TOKENS, LEAD_CHARS = 60, 400
_NUMBER = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|\d+)"
_PERSON = (
    r"(?:man|woman|boy|girl|teen|teenager|victim|male|female|officer|deputy|driver|suspect|person|student|juvenile|resident|son"
    r"|daughter|husband|wife|brother|mother|father|homeowner|clerk|employee)"
)
_PART = (
    r"(leg|arm|hand|foot|shoulder|chest|head|neck|stomach|abdomen|buttocks|thigh|back|torso|hip|face|groin|ankle|knee|calf"
    r"|wrist)"
)
_WORDS = {
    "k": r"\b(?:kill\w*|died|dies|dead|death|fatal\w*|homicid\w*|murder\w*|deceased|pronounced|slain|slay\w*|body|coroner"
    r"|medical examiner|autopsy|funeral|suicide|took his own life)\b",
    "i": r"\b(?:injur\w*|wound\w*|hospital\w*|surviv\w*|stable|critical|serious|non-?life[- ]threatening|treated|surgery|grazed"
    r"|leg|arm|hand|foot|shoulder|chest|head|neck|stomach|abdomen|buttocks|thigh|back|torso|hip|expected to|recover\w*"
    r"|condition|gunshot wounds?|shot)\b",
    "n": r"\b(?:no one|nobody|no injuries|not injured|not hit|unharmed|unhurt|no victims|missed)\b",
    "s": r"\b(?:suspect|gunman|robber|rob\w+|burglar\w*|police officer|trooper|deputy|officer-involved)\b",
}
_COUNTED = {
    "shot1": rf"\b{_PERSON}s? (?:was|were|is|are|had been|has been|been)? ?(?:also |fatally |critically |reportedly )?"
    r"(?:shot|wounded|struck|hit|grazed|injured)\b",
    "shot_in": r"\b(?:shot|wounded|struck|hit|grazed) (?:\w+ )?(?:in|by|through|once|twice|multiple|several)\b",
    "another": r"\b(?:another|second|other) (?:man|woman|victim|person|teen|boy|male)\b",
    "double": "double shooting",
    "triple": "triple",
    "himself": r"(?:shot|killed|killing|shooting) (?:him|her)self|on himself|murder-suicide",
    "dog": " dog",
    "both_were": r"\bboth (?:were|are|men|victims|women|was)",
    "the_two": r"\bthe two\b|\bthe pair\b|\bcouple\b",
    "noone": r"\b(?:no one|nobody|no injuries|wasn.t (?:hit|injured|hurt)|not (?:injured|hit|hurt)|unharmed|unhurt|missed"
    r"|none)\b",
    "victims": "victims",
    "victim": r"\bvictim\b",
}
_HEADLINE = (
    "killed", "dead", "injured", "wounded", "shot", "fatal", "critical", "two", "three", "arrest", "robbery", "charged",
    "homicide", "dies", "died", "murder", "hospital", "shots fired",
)  # fmt: skip


def toll_features(text: str, figures: Sequence[FigureMention], lemmas: Sequence[str]) -> Features:
    """Features of a report's tolls; `lemmas` are those of the figures' predicates, in their order."""
    low, found = text.lower(), Counter[str]()
    for measure in ("killed", "injured"):
        told = [(mention, lemma) for mention, lemma in zip(figures, lemmas, strict=True) if mention.figure.measure == measure]
        values = [_value(mention) for mention, _ in told]
        values = [value for value in values if value < MOST_VICTIMS]
        lead = [_value(mention) for mention, _ in told if mention.token < LEAD_TOKENS]
        found[f"{measure}_max"] = max(values, default=-1)
        found[f"{measure}_first"] = values[0] if values else -1
        found[f"{measure}_n"] = len(values)
        found[f"{measure}_med"] = sorted(values)[len(values) // 2] if values else -1
        found[f"{measure}_sum"] = sum(values)
        found[f"{measure}_lead"] = max(lead, default=-1)
        for value in values:
            found[f"{measure}_c{value}"] += value <= 4
        for _, lemma in told:
            found[f"{measure}_lem_{lemma}"] += 1
    for name, pattern in _WORDS.items():
        words = re.findall(pattern, low)
        found.update(f"{name}_{word}" for word in words)
        found[f"{name}_lead"], found[f"{name}_all"] = len(re.findall(pattern, low[:LEAD_CHARS])), len(words)
    for number, noun in re.findall(
        rf"\b({_NUMBER}) (?:\w+ ){{0,2}}?"
        r"(people|men|man|women|woman|teen\w*|victims?|others?|persons?|boys?|girls?|children|suspects?|officers?)\b",
        low,
    ):
        found[f"np_{number}_{noun}"] += 1
        found[f"np_{number}"] += 1
    for number, state in re.findall(
        rf"\b({_NUMBER}) (?:\w+ ){{0,3}}?(shot|wounded|injured|killed|dead|hurt|hospitalized)\b", low
    ):
        found[f"nv_{number}_{state}"] = 1
    for name, pattern in _COUNTED.items():
        found[name] = len(re.findall(pattern, low))
    found["ages"] = len(set(re.findall(r"\b(\d\d?)-year-old", low)))
    found["ages_lead"] = len(set(re.findall(r"\b(\d\d?)-year-old", low[:600])))
    found["ages_shot"] = len(
        set(re.findall(r"\b(\d\d?)-year-old (?:\w+ ){0,4}?(?:was|were|suffer\w*|who|shot|died|with a)", low))
    )
    found["names"] = len(set(re.findall(r"\b([A-Z][a-z]+ [A-Z][a-z]+), (\d\d)", text)))
    found["parts"] = len(set(re.findall(rf"\b(?:in|to) (?:the|his|her|their) (?:left |right |upper |lower )?{_PART}\b", low)))
    found["length"] = len(low.split())
    found["empty"] = len(low) < 20
    found.update({f"h_{word}": word in low[:120] for word in _HEADLINE})
    return {name: float(value) for name, value in found.items()}


def _value(mention: FigureMention) -> int:
    figure = mention.figure
    return figure.low if figure.low is not None else figure.high or 0


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
_CLOCK = re.compile(r"\b\d{1,2}(?::\d\d)?\s*(?:a\.?m|p\.?m)\b", re.IGNORECASE)
_PART_OF_DAY = re.compile(r"night|evening|morning|afternoon|overnight")
_NO_DAY = frozenset(
    "daypart now recently for_n span_of later decade year year_name recent since_event since_began since_noun".split()
)
_SHARED = (
    "shot_b",
    "shot_a",
    "hap_b",
    "hap_a",
    "lat_b",
    "lat_a",
    "clock_b",
    "clock_a",
    "night",
    "said",
    "lead",
    "asking",
    "scene",
)


def day_candidates(text: str, published: date) -> list[tuple[date, Features]]:
    """Days that a report may mean, each with its features: the days it tells of, the day of publishing and the day before."""
    days: dict[date, Features] = {}
    ranges: list[tuple[date, date]] = []
    base = When(earliest=published, latest=published, precision="day")
    number = 0
    for span in scan_times(text):
        if span.rule in _NO_DAY:
            continue
        expression = text[span.start_char : span.end_char]
        when = resolve_time(expression, base)
        if when.earliest is None or when.latest is None or when.earliest > published + timedelta(days=1):
            continue
        if (when.latest - when.earliest).days > 1:
            ranges.append((when.earliest, when.latest))
            continue
        before, after = (
            text[max(0, span.start_char - 70) : span.start_char].lower(),
            text[span.end_char : span.end_char + 70].lower(),
        )
        seen: Features = {
            "n": 1,
            f"r_{span.rule}": 1,
            "shot_b": bool(_SHOT.search(before[-45:])),
            "shot_a": bool(_SHOT.search(after[:45])),
            "hap_b": bool(_HAPPENED.search(before)),
            "hap_a": bool(_HAPPENED.search(after)),
            "lat_b": bool(_LATER.search(before[-30:])),
            "lat_a": bool(_LATER.search(after[:30])),
            "clock_b": bool(_CLOCK.search(before[-25:])),
            "clock_a": bool(_CLOCK.search(after[:20])),
            "night": bool(_PART_OF_DAY.search(expression.lower())),
            "said": bool(re.search(r"\bsaid(?: on)?$", before.strip())),
            "range": when.latest != when.earliest,
            "is_first": number == 0,
        }
        seen["lead"] = span.start_char < LEAD_CHARS
        seen["asking"] = bool(_ASKING.search(before[-60:]) or _ASKING.search(after[:30]))
        seen["scene"] = bool(_SCENE.search(before) or _SCENE.search(after))
        score = 2 * (seen["shot_b"] or seen["shot_a"]) + seen["hap_b"] + (seen["clock_b"] or seen["clock_a"]) + seen["scene"]
        score -= 2 * (seen["lat_b"] or seen["said"]) + seen["lat_a"] + seen["asking"]
        for day in {when.earliest, when.latest}:
            known = days.setdefault(day, {"n": 0.0, "first": 99.0, "pos": 1.0})
            known["first"] = min(known["first"], float(number))
            known["pos"] = min(known["pos"], span.start_char / max(1, len(text)))
            known["best"] = max(known.get("best", -9.0), float(score))
            for name, value in seen.items():
                known[name] = known.get(name, 0.0) + float(value)
        number += 1
    for back in (0, 1):
        days.setdefault(published - timedelta(days=back), {"n": 0.0, "first": 99.0, "pos": 1.0})["default"] = 1.0
    for day, known in days.items():
        known["in_range"] = float(sum(first <= day <= last for first, last in ranges if (last - first).days < 32))
        known["ranges"] = float(len(ranges))
    top = max(known.get("best", -9.0) for known in days.values())
    for known in days.values():
        known["is_best"] = float(known.get("best", -9.0) == top)
    most = max(known["n"] for known in days.values())
    return [(day, _day_features(day, known, published, sorted(days), most)) for day, known in sorted(days.items())]


def _day_features(day: date, known: Features, published: date, days: Sequence[date], most: float) -> Features:
    back = (published - day).days
    made = dict(known)
    made[f"back_{min(max(back, -1), 8)}"] = 1.0
    made |= {
        "back": min(back, 60) / 10,
        "days": float(len(days)),
        "n_log": math.log1p(known["n"]),
        "first_log": math.log1p(known["first"]),
        "untold": float(known["n"] == 0),
        "earliest": float(day == days[0]),
        "latest": float(day == days[-1]),
        "most": float(known["n"] == most),
    }
    for name in _SHARED:
        value = known.get(name, 0.0)
        made[f"{name}_any"], made[f"{name}_share"] = float(value > 0), value / max(1.0, known["n"])
    return made
