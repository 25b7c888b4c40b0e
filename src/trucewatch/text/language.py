"""Which language a text is in: by script and function words at once, by a model where they do not settle it."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import Any

READ_LANGUAGES = ("en",)
# languages in which outlets publish; fewer candidates, fewer absurd answers for short or damaged English
CANDIDATES = (
    "ar az be bg bs ca cs da de el en es et fa fi fr he hi hr hu hy id it ja ka kk ko ku ky lt lv mk ms nl no pl ps pt ro ru sk "
    "sl sq sr sv ta th tr uk ur uz vi zh"
).split()
SCRIPTS = {
    "hy": re.compile("[\u0531-\u058f]"),
    "ka": re.compile("[\u10a0-\u10ff]"),
    "he": re.compile("[\u0590-\u05ff]"),
    "el": re.compile("[\u0370-\u03ff]"),
    "ko": re.compile("[\uac00-\ud7af]"),
    "ja": re.compile("[\u3040-\u30ff]"),
    "th": re.compile("[\u0e00-\u0e7f]"),
}
ENGLISH_WORDS = frozenset(
    "the of and to in a that is was for on it with as his he by at from has have had were said not but they an are be which "
    "their this who will been after would its or more than also when there over about".split()
)
WORD = re.compile(r"[^\W\d_]+")
SAMPLE = 4_000
SHORT = 25


def detect_language(text: str) -> str | None:
    """ISO 639-1 code of the language most of the text is in, None where there is too little of it to tell.

    A quarter of English function words among the words settles English without loading the model: running English has 35 to
    50 %, damaged English and headlines over 20 %, any other language in Latin script under 12 %.
    """
    sample = _sample(text)
    words = WORD.findall(sample.lower())
    letters = sum(map(len, words))
    if letters < SHORT:
        return None
    counts = Counter(words)
    english = sum(counts[word] for word in ENGLISH_WORDS) / len(words)
    latin = sum(len(word) for word in words if word.isascii()) / letters
    if latin > 0.9 and english > 0.25 and len(words) >= 8:
        return "en"
    for language, script in SCRIPTS.items():
        if len(script.findall(sample)) > 0.5 * letters:
            return language
    language, _ = _identifier().classify(sample)
    if language != "en" and len(words) < 20 and latin > 0.9 and english > 0.12:
        return "en"
    return str(language)


def is_read(language: str | None) -> bool:
    """Whether stages read texts of this language: English; a text too short to tell is tried as English."""
    return language is None or language in READ_LANGUAGES


def _sample(text: str) -> str:
    """Beginning, middle and end: a page may begin with a menu in another language than its article."""
    if len(text) <= SAMPLE:
        return text
    third = SAMPLE // 3
    middle = len(text) // 2
    return f"{text[:third]} {text[middle : middle + third]} {text[-third:]}"


@cache
def _identifier() -> Any:
    from py3langid import langid

    identifier = langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE)
    identifier.set_languages(CANDIDATES)
    return identifier
