"""What a text's own words make doubtful: a city of a few hundred people, victims whose kind a rendering may have changed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from trucewatch.model.records import Claim, Document, Issue, Sentence

# a place of this kind has more people than this: fewer points to thousands lost on the way
_LEAST_PEOPLE = 5_000
_FEW = re.compile(
    r"\(?\b(?:there (?:are|live|were)|(?:it |which )?(?:has|had|with)|home to|a population of|population (?:is|of|was))\)?\s+"
    r"(?:a population of\s+)?(?:more than|over|about|around|nearly|almost|some|at least|less than|up to)?\s*"
    r"(?P<number>\d{1,3}(?:[,.]\d{3})*)\s+(?P<who>people|residents|inhabitants|citizens|souls)\b",
    re.I,
)
_LARGE = re.compile(r"\b(?:(?:large|larg|bigg?)e?(?:st|r)?\s+(?:city|town)|city|capital|metropolis)\b", re.I)
_NO_CROWD = re.compile(r"\b(?:killed|dead|died|wounded|injured|missing|trapped|displaced|evacuated|inside|waiting)\b", re.I)
# words for staff that renderings of "servicemen" come out as, and words that a party at war has for its own dead
_UNCLEAR_VICTIMS = re.compile(r"\b(?:workers?|employees?|labou?rers?|staff|servants?|elements?|members?|martyrs?|heroes)\b", re.I)
_MANY = 10


def find_doubts(document: Document, sentences: Sequence[Sentence], claims: Sequence[Claim]) -> tuple[Issue, ...]:
    """Issues of one document: `population-implausible`, `victims-unclear`. Nothing is changed: the text stays as written."""
    return (*_small_cities(document, sentences), *_unclear_victims(document, claims))


def _small_cities(document: Document, sentences: Sequence[Sentence]) -> list[Issue]:
    found = []
    for number, sentence in enumerate(sentences):
        words = document.text[sentence.start_char : sentence.end_char]
        match = _FEW.search(words)
        if match is None or _NO_CROWD.search(words):
            continue
        before = sentences[number - 1].start_char if number else sentence.start_char
        about = _LARGE.search(document.text[before : sentence.start_char + match.start()])
        count = int(re.sub(r"[,.]", "", match["number"]))
        if about is None or count >= _LEAST_PEOPLE:
            continue
        message = f"“{match.group()}” of a {about.group().lower()}: too few to be likely; thousands may have been lost on the way"
        found.append(_issue(document, "population-implausible", match.group(), message))
    return found


def _unclear_victims(document: Document, claims: Sequence[Claim]) -> list[Issue]:
    found = []
    for claim in claims:
        for figure in claim.figures:
            if figure.population != "unknown" or figure.measure not in ("killed", "injured") or (figure.low or 0) < _MANY:
                continue
            around = document.text[(figure.start_char or 0) : figure.end_char or 0]
            match = _UNCLEAR_VICTIMS.search(around)
            if match is not None:
                message = (
                    f"“{around}”: “{match.group()}” may stand for members of a force; they are counted neither as civilians "
                    "nor as combatants"
                )
                found.append(_issue(document, "victims-unclear", around, message, claim.id))
    return found


def _issue(document: Document, code: str, value: str, message: str, record_id: str | None = None) -> Issue:
    return Issue(
        stage="extract",
        code=code,
        level="warning",
        message=message,
        source=document.source,
        record_id=record_id or document.id,
        value=value,
    )
