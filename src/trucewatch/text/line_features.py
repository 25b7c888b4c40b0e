"""What a line of bare text looks like beside its neighbours: the numbers that `boilerplate.py` judges by.

No number depends on one language's words except through the word weights, which were learned over 20 languages. The trainer
(training/cleaning/train.py) and the product call the same function, so that weights and features cannot drift apart.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

WORD = re.compile(r"[^\W\d_]+")
TERMINAL = re.compile(r"[.!?…。！？]['\"’”»›)\]]*$|[”»]$")
LEAD_MARK = re.compile(r"^[\W_]")
DATE = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b")
CLOCK = re.compile(r"\b\d{1,2}[:.h]\d{2}\b")
PRICE = re.compile(r"[€$£¥]|\b(?:EUR|USD|GBP)\b")
LINK = re.compile(r"https?:|www\.|@|\.(?:com|org|net|de|fr|ru)\b", re.I)
RIGHTS = re.compile(r"©|\(c\)|copyright|all rights|®|™", re.I)
SEPARATORS = re.compile(r"[|›»«→←•·/>]")
QUOTES = re.compile(r"[\"“”„«»]")
LONG_WORDS = 9
# no sentence ends in more marks than these
TAIL = 12
BASE = (
    "log_chars log_words word_length is_terminal ends_colon ends_ellipsis ends_letter starts_lower starts_digit starts_mark "
    "capitals all_capitals digits commas stops_inside separators has_date has_clock has_price has_link has_rights quotes "
    "brackets short_words is_sentence word_weight worst_word repeats title_share questions"
).split()
NEIGHBOUR = ("log_words", "is_terminal", "is_sentence", "word_weight", "capitals", "has_date")
OFFSETS = (-3, -2, -1, 1, 2, 3)
CONTEXT = (
    "place from_top from_bottom text_before text_after gap_before gap_after run_short run_text near_3 near_8 near_20 weight_3 "
    "weight_8 short_8 lines share_long longest worst_above_10 marks_above title_above title_distance terminal_8"
).split()
NAMES = (*BASE, *(f"{name}_{offset:+d}" for offset in OFFSETS for name in NEIGHBOUR), *CONTEXT)
N_BASE = len(BASE)


def line_words(line: str) -> list[str]:
    """Lower-case words of a line, the units that have weights."""
    return WORD.findall(line.lower())


def describe_lines(lines: Sequence[str], weights: Mapping[str, float]) -> NDArray[np.float32]:
    """Features of lines, one row a line, columns as NAMES. `weights`: a word's log odds of standing in an article's text."""
    count = len(lines)
    words = [line_words(line) for line in lines]
    folded = Counter(" ".join(line_word) for line_word in words)
    title = set(words[0]) if words else set()
    base = np.array(
        [_describe(line, word, weights, folded, title, idx) for idx, (line, word) in enumerate(zip(lines, words, strict=True))],
        dtype=np.float32,
    ).reshape(count, N_BASE)
    blocks = [base]
    columns = [BASE.index(name) for name in NEIGHBOUR]
    for offset in OFFSETS:
        shifted = np.full((count, len(columns)), -1.0, dtype=np.float32)
        if abs(offset) < count:
            if offset < 0:
                shifted[-offset:] = base[:offset, columns]
            else:
                shifted[:-offset] = base[offset:, columns]
        blocks.append(shifted)
    blocks.append(_context(base, lines))
    return np.concatenate(blocks, axis=1)


def _describe(
    line: str, words: list[str], weights: Mapping[str, float], folded: Counter[str], title: set[str], idx: int
) -> tuple[float, ...]:
    chars, count = len(line), len(words)
    tokens = line.split()
    is_terminal = TERMINAL.search(line[-TAIL:]) is not None
    capitals = sum([token[0].isupper() for token in tokens]) / max(1, len(tokens))
    word_weights = [weights.get(word, 0.0) for word in words]
    title_share = len(title & set(words)) / max(1, len(title | set(words))) if idx else 0.0
    return (
        math.log1p(chars),
        math.log1p(count),
        sum(map(len, words)) / max(1, count),
        is_terminal,
        line.endswith(":"),
        line.endswith(("...", "…", "[…]")),
        line[-1:].isalpha(),
        line[:1].islower(),
        line[:1].isdigit(),
        LEAD_MARK.match(line) is not None,
        capitals,
        line.isupper(),
        sum(map(str.isdigit, line)) / max(1, chars),
        line.count(",") / max(1, count),
        min(10, line.count(". ")),
        min(5, len(SEPARATORS.findall(line))),
        DATE.search(line) is not None,
        CLOCK.search(line) is not None,
        PRICE.search(line) is not None,
        LINK.search(line) is not None,
        RIGHTS.search(line) is not None,
        min(6, len(QUOTES.findall(line))),
        min(6, line.count("(") + line.count("[")),
        sum([len(word) <= 3 for word in words]) / max(1, count),
        is_terminal and count >= LONG_WORDS,
        sum(word_weights) / math.sqrt(max(1, count)),
        min(word_weights, default=0.0),
        min(5, folded[" ".join(words)] - 1) if words else 0,
        title_share,
        min(3, line.count("?") + line.count("!")),
    )


def _context(base: NDArray[np.float32], lines: Sequence[str]) -> NDArray[np.float32]:
    count = len(lines)
    out = np.zeros((count, len(CONTEXT)), dtype=np.float32)
    if not count:
        return out
    sentence = base[:, BASE.index("is_sentence")]
    words = np.expm1(base[:, BASE.index("log_words")])
    weight = base[:, BASE.index("word_weight")]
    text = np.where(sentence > 0, words, 0.0)
    total_text = float(text.sum()) or 1.0
    places = np.arange(count)
    long_places = np.flatnonzero(sentence > 0).tolist()
    title_places = np.flatnonzero(base[:, BASE.index("title_share")] > 0.5).tolist()
    summed = {
        name: np.concatenate([[0.0], np.cumsum(column)])
        for name, column in (
            ("text", text),
            ("weight", weight),
            ("short", (words < 5).astype(np.float64)),
            ("terminal", base[:, BASE.index("is_terminal")]),
        )
    }

    def around(name: str, width: int) -> NDArray[np.float64]:
        low, high = np.maximum(places - width, 0), np.minimum(places + width + 1, count)
        return np.asarray((summed[name][high] - summed[name][low]) / (high - low))

    before = summed["text"][:-1]
    columns = {
        "place": places / count,
        "from_top": np.log1p(places),
        "from_bottom": np.log1p(count - 1 - places),
        "text_before": before / total_text,
        "text_after": (summed["text"][-1] - summed["text"][1:]) / total_text,
        "gap_before": np.log1p([_gap(long_places, place, -1, count) for place in range(count)]),
        "gap_after": np.log1p([_gap(long_places, place, 1, count) for place in range(count)]),
        "run_short": np.log1p(_runs(words < 5)),
        "run_text": np.log1p(_runs(sentence > 0)),
        "near_3": np.log1p(around("text", 3)),
        "near_8": np.log1p(around("text", 8)),
        "near_20": np.log1p(around("text", 20)),
        "weight_3": around("weight", 3),
        "weight_8": around("weight", 8),
        "short_8": around("short", 8),
        "lines": np.full(count, math.log1p(count)),
        "share_long": np.full(count, total_text / max(1.0, float(words.sum()))),
        "longest": np.full(count, math.log1p(float(words.max()))),
        "worst_above_10": np.array([weight[max(0, place - 10) : place].min(initial=0.0) for place in range(count)]),
        "marks_above": np.log1p(np.concatenate([[0.0], np.cumsum((weight < -2.0) & (words < 8))[:-1]])),
        "title_above": np.searchsorted(title_places, places, side="right") if title_places else np.zeros(count),
        "title_distance": np.log1p([_gap(title_places, place, -1, count) for place in range(count)]),
        "terminal_8": around("terminal", 8),
    }
    for idx, name in enumerate(CONTEXT):
        out[:, idx] = columns[name]
    return out


def _gap(places: list[int], place: int, way: int, count: int) -> int:
    """Lines to the nearest of `places` before (way -1, itself included) or after; `count` where there is none."""
    at = bisect_left(places, place)
    if at < len(places) and places[at] == place:
        return 0
    if way < 0:
        return place - places[at - 1] if at else count
    return places[at] - place if at < len(places) else count


def _runs(mask: NDArray[np.bool_]) -> NDArray[np.float64]:
    """For each line, how many neighbours in a row share its truth; 0 where false."""
    out = np.zeros(len(mask))
    start = None
    for idx, value in enumerate([*mask.tolist(), False]):
        if value and start is None:
            start = idx
        elif not value and start is not None:
            out[start:idx] = idx - start
            start = None
    return out
