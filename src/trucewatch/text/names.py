"""Names as they are compared: folding, descriptors, sound keys for transliterations, spelling distance.

Nothing here knows a name: the rules are those of writing systems (the UN's romanisation tables, Turkic Latin letters) and of
English usage around place names.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rapidfuzz.distance import JaroWinkler, Levenshtein

# letters that Unicode does not decompose into a base letter and a mark
_PLAIN = str.maketrans(
    {
        "ə": "a", "Ə": "A", "ı": "i", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D",
        "þ": "th", "Þ": "Th", "ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ħ": "h", "Ħ": "H",
    }
)  # fmt: skip
_APOSTROPHES = re.compile("['’‘`´ʻʼʾʿ′‛“”\"]")
_POSSESSIVE = re.compile("['’‘`]s?$")
_WORD = re.compile(r"\w+", re.UNICODE)

_KIND_WORDS: dict[str, str] = {
    "city": "settlement", "town": "settlement", "village": "settlement", "settlement": "settlement", "township": "settlement",
    "hamlet": "settlement", "municipality": "settlement", "kibbutz": "settlement", "moshav": "settlement", "suburb": "settlement",
    "neighborhood": "settlement", "neighbourhood": "settlement", "capital": "settlement", "port": "settlement",
    "region": "region", "province": "region", "state": "region", "governorate": "region", "oblast": "region",
    "territory": "region", "enclave": "region", "exclave": "region", "republic": "region", "area": "region", "plain": "region",
    "pocket": "region", "county": "district", "district": "district", "rayon": "district", "raion": "district",
    "marz": "district", "parish": "district", "prefecture": "district", "canton": "district", "subdistrict": "district",
    "kingdom": "country", "country": "country", "nation": "country",
    "corridor": "corridor", "road": "corridor", "highway": "corridor", "mountain": "mountain", "mountains": "mountain",
    "mount": "mountain", "heights": "mountain", "hill": "mountain", "hills": "mountain", "river": "river", "lake": "lake",
    "sea": "sea", "valley": "region", "peninsula": "region", "strip": "region", "island": "region", "islands": "region",
    "airport": "site", "airbase": "site", "base": "site", "camp": "site", "dam": "site", "crossing": "site",
    "border": "line", "frontline": "line", "line": "line",
}  # fmt: skip
# words that may stand before or after a name without being part of it; "lake", "valley", "strip" are part of theirs
_STRIPPED = frozenset(word for word, kind in _KIND_WORDS.items() if kind in {"settlement", "region", "district"}) - {
    "valley", "strip", "peninsula", "island", "islands", "port", "plain",
}  # fmt: skip
_LEADING = frozenset(
    "the a an of in at near around outside inside nearby small large main major key strategic disputed breakaway separatist "
    "contested occupied historic historical ancient modern border frontier coastal populated densely besieged entire whole "
    "central greater neighboring neighbouring self proclaimed unrecognized unrecognised mountainous landlocked so called "
    "ethnic internationally recognized recognised de facto named called known as former country's".split()
)


def fold(text: str) -> str:
    """Lower-case words of a text without marks ("Ərzincə" -> "arzinca", "Ra’s al-‘Ayn" -> "ras al ayn").

    Apostrophes vanish, other punctuation parts words. Scripts other than Latin are kept, without their marks.
    """
    if text.isascii():
        text = text.lower()
    else:
        text = unicodedata.normalize("NFKD", text.translate(_PLAIN))
        marks = {ord(char): None for char in set(text) if unicodedata.combining(char)}
        text = text.translate(marks).casefold() if marks else text.casefold()
    return " ".join(_WORD.findall(_APOSTROPHES.sub("", text).replace("_", " ")))


@lru_cache(maxsize=65536)
def fold_name(name: str) -> str:
    """A folded name, remembered: for the names of a theatre, which are compared with every text."""
    return fold(name)


@lru_cache(maxsize=65536)
def name_key(text: str) -> str:
    """Folded text without its spaces: what "Al-Marj", "Al Marj" and "Almarj" share."""
    return fold(text).replace(" ", "")


def bare_name(text: str) -> tuple[str, str | None]:
    """A name without the common words around it, and the kind of place they tell ("the town of X" -> ("X", "settlement")).

    Kind None where no word tells one. A text of common words only is given back whole.
    """
    words = _POSSESSIVE.sub("", text.strip(" \t\n,.;:!?()[]“”\"'’‘")).split()
    kind: str | None = None
    start, stop = 0, len(words)
    while start < stop - 1 and _is_common(words[start]):
        kind = _KIND_WORDS.get(fold(words[start]), kind)
        start += 1
    while stop - start > 1 and fold(words[stop - 1]) in _STRIPPED:
        stop -= 1
        kind = _KIND_WORDS[fold(words[stop])]
    if start == stop - 1 and _is_common(words[start]) and words[start][:1].islower():
        return text.strip(), kind
    return _POSSESSIVE.sub("", " ".join(words[start:stop])), kind


def _is_common(word: str) -> bool:
    plain = fold(word)
    return (
        plain in _STRIPPED
        or (plain in _LEADING and (word[:1].islower() or plain in {"the", "a", "an", "in", "at", "near"}))
        or (all(part in _LEADING for part in plain.split()) and word[:1].islower())
    )


def place_kind_word(word: str) -> str | None:
    """Kind of place that a common noun names ("village" -> "settlement"), None where it names none."""
    return _KIND_WORDS.get(fold(word))


# order matters: longer clusters first; "c" is the sound of "j" in Turkic spelling alone
_TURKIC_LETTERS = re.compile("[əƏıİşŞçÇğĞ]")
_TURKIC = {"c": "j", "ç": "ch", "ş": "sh", "ğ": "gh"}
_CLUSTERS: tuple[tuple[str, str], ...] = (
    ("dzh", "j"), ("tch", "C"), ("sch", "S"), ("tsch", "C"), ("dj", "j"), ("zh", "j"), ("sh", "S"), ("ch", "C"), ("kh", "X"),
    ("gh", "k"), ("ph", "f"), ("th", "t"), ("dh", "t"), ("ck", "k"), ("ts", "C"), ("tz", "s"), ("ie", "i"), ("ou", "u"),
    ("oo", "u"), ("ee", "i"), ("ei", "i"), ("ai", "a"), ("x", "X"),
)  # fmt: skip
_SOUND_CLASS = str.maketrans(
    {"b": "p", "d": "t", "g": "k", "q": "k", "v": "f", "w": "f", "z": "s", "j": "J", "y": "i", "e": "a", "o": "u"}
)
_ARTICLE = re.compile(r"^(?:(?:al|el|ul) (?=\w)|(?:a|e)(?:([dnrstzlj])|sh) (?=\1|sh))")


@lru_cache(maxsize=65536)
def _sounds(text: str) -> str:
    """A name's letters as sounds: consonants in classes (voiced and unvoiced stops are one), vowels as a, i or u."""
    if _TURKIC_LETTERS.search(text):
        text = "".join(_TURKIC.get(char, char) for char in text.lower())
    word = re.sub("[^a-z ]", "", fold(text))
    word = _ARTICLE.sub("", word).replace(" ", "")
    word = re.sub("gy(?=[aeiou])", "g", word)
    for cluster, sound in _CLUSTERS:
        word = word.replace(cluster, sound)
    word = re.sub("c(?=[eiy])", "s", word).replace("c", "k")
    word = word.translate(_SOUND_CLASS)
    # a final h is silent or absent in most romanisations (-ieh, -iya), a medial one is not
    word = (re.sub("(?<=[aiu])h$", "", word) if len(word) > 3 else word).replace("X", "h")
    return re.sub(r"(.)\1+", r"\1", word)


@lru_cache(maxsize=65536)
def sound_key(text: str) -> str:
    """Consonants of a name in sound classes, so that its transliterations meet (dzh, dj and j; kh, x and h; gy and g).

    Vowels count only where the name begins with one, doubled letters once, the Arabic article is dropped. Empty for names
    without Latin letters.
    """
    word = _sounds(text)
    if not word:
        return ""
    first = "A" if word[0] in "aiu" else word[0]
    return re.sub(r"(.)\1+", r"\1", first + re.sub("[aiu]", "", word[1:]))


def voiced_key(text: str) -> str:
    """The sounds of a name with its vowels in three classes: tells apart names that share their consonants by chance."""
    return _sounds(text)


_INNER_ARTICLE = re.compile(r"(?<=\w)[ -](?:[aeiu]l|[ae]([dnrstzj])|[ae](?:sh|dh|th|ch))[ -](?=\w)", re.IGNORECASE)


@lru_cache(maxsize=65536)
def articled_key(text: str) -> str | None:
    """What the spellings of a name with an Arabic article inside share ("Tell ash-Xams", "Tal el-Chams"); None without one.

    The article is written as it is spelled or as it is heard before a letter of the sun; "ch" is one more spelling of "sh".
    """
    if _INNER_ARTICLE.search(text) is None:
        return None
    parts = [re.sub("C", "S", _sounds(part)) for part in _INNER_ARTICLE.sub("\n", text).split("\n")]
    return "-".join(parts) if all(parts) else None


def without_inner_article(text: str) -> str | None:
    """A name without the Arabic article inside it ("Ras Xams" for "Ras ash-Xams"); None where it has none."""
    bare = _INNER_ARTICLE.sub(" ", text)
    return bare if bare != text else None


def spelling_similarity(first: str, second: str) -> float:
    """Likeness of two names' spelling, 0 to 1: the better of edit distance and of Jaro-Winkler, which forgives long tails."""
    a, b = name_key(first), name_key(second)
    if not a or not b:
        return 0.0
    return max(Levenshtein.normalized_similarity(a, b), 0.97 * JaroWinkler.similarity(a, b) - 0.05)


def sound_similarity(first: str, second: str) -> float:
    """Likeness of two names' sound keys, 0 to 1."""
    a, b = sound_key(first), sound_key(second)
    if not a or not b:
        return 0.0
    return Levenshtein.normalized_similarity(a, b)
