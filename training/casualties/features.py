"""What the readers of tolls see of a report on one shooting: counts of words and figures.

Used by train.py and by bench/quality/casualties.py, so that both see the same. Days are days.py.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from trucewatch.text.figures import FigureMention

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
