"""Which documents tell of one event, by their words alone: what the linker asks where claims name no place.

Two rounds of weights. Over all documents the common words of the news lose their say; within each group found so, the words that
all of it share (the topic) lose theirs too, and a group that then falls into two is two events of one kind ("two arrests in one
club"). Thresholds tuned on the train part of ECB+ (bench/quality/linking.py).
"""

from __future__ import annotations

import hashlib
import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trucewatch.model.records import Document
from trucewatch.text.shingles import background, fold_word, word_hash, words_of

SAME_TOPIC = 0.09
# mean likeness between two halves of a group over that within them, below which they are two events
TWO_EVENTS = 0.4
FEWEST = 3
PRIOR_TEXTS = 5.0
# pairs grow with the square: larger sets are the caller's to cut, by day or place
MOST_TEXTS = 800

Matrix = NDArray[np.float64]
Terms = dict[str, float]
_SUFFIXES = ("ing", "edly", "ed", "es", "s", "ly")


def stem(word: str) -> str:
    """A word without its commonest English endings, folded."""
    word = fold_word(word)
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 4:
            return word[: -len(suffix)]
    return word


@cache
def _general_counts() -> tuple[dict[int, int], int]:
    words, counts, texts = background()
    return dict(zip(words.tolist(), counts.tolist(), strict=True)), texts


def general_share(word: str) -> float:
    """Share of general texts that hold a word."""
    counts, texts = _general_counts()
    return counts.get(word_hash(word), 0.5) / texts


@lru_cache(maxsize=100_000)
def _root(word: str) -> tuple[str, float]:
    return stem(word), general_share(word)


def group_stories(texts: Sequence[str]) -> list[int]:
    """Number of the event that each text tells of. Texts beyond MOST_TEXTS are refused (ValueError)."""
    if len(texts) > MOST_TEXTS:
        raise ValueError(f"{len(texts)} texts at once, more than {MOST_TEXTS}: cut them by day or place first")
    common: dict[str, float] = {}
    terms: list[Terms] = []
    for text in texts:
        counted: Counter[str] = Counter()
        for word, number in Counter(words_of(text)).items():
            root, share = _root(word)
            common[root] = max(common.get(root, 0.0), share)
            counted[root] += number
        terms.append({root: 1 + math.log(n) for root, n in counted.items()})
    counts = Counter(word for own in terms for word in own)
    # few texts know little of how common a word is: general texts say the rest
    weights = {
        word: math.log((len(texts) + PRIOR_TEXTS) / (count + PRIOR_TEXTS * min(1.0, common[word])))
        for word, count in counts.items()
    }
    likeness = _cosines([{word: n * weights[word] for word, n in own.items()} for own in terms])
    numbers = [0] * len(texts)
    for number, group in enumerate(
        part for topic in _average_link(likeness, SAME_TOPIC) for part in _events(topic, terms, weights)
    ):
        for index in group:
            numbers[index] = number
    return numbers


def _cosines(vectors: Sequence[Terms]) -> Matrix:
    columns = {word: n for n, word in enumerate(dict.fromkeys(word for own in vectors for word in own))}
    rows = np.zeros((len(vectors), max(1, len(columns))))
    for number, own in enumerate(vectors):
        for word, value in own.items():
            rows[number, columns[word]] = value
    rows /= np.linalg.norm(rows, axis=1, keepdims=True) + 1e-12
    return np.asarray(rows @ rows.T, dtype=np.float64)


def _merges(likeness: Matrix, least: float) -> tuple[list[list[int]], list[tuple[list[int], list[int]]]]:
    """Average-link groups down to a likeness, and the pairs of groups in the order of their merging."""
    size = len(likeness)
    open_ = likeness.copy()
    np.fill_diagonal(open_, -1.0)
    weight = np.ones(size)
    groups = {index: [index] for index in range(size)}
    merges: list[tuple[list[int], list[int]]] = []
    while len(groups) > 1:
        first, second = divmod(int(open_.argmax()), size)
        if open_[first, second] < least:
            break
        first, second = min(first, second), max(first, second)
        merges.append((list(groups[first]), list(groups[second])))
        joined = (weight[first] * open_[first] + weight[second] * open_[second]) / (weight[first] + weight[second])
        joined[list(set(range(size)) - groups.keys())] = -1.0
        open_[first], open_[:, first] = joined, joined
        open_[first, first] = -1.0
        open_[second], open_[:, second] = -1.0, -1.0
        weight[first] += weight[second]
        groups[first] += groups.pop(second)
    return list(groups.values()), merges


def _average_link(likeness: Matrix, least: float) -> list[list[int]]:
    return _merges(likeness, least)[0] if len(likeness) else []


def _events(group: list[int], terms: Sequence[Terms], weights: Terms) -> list[list[int]]:
    if len(group) < 2 * FEWEST:
        return [group]
    own = [terms[index] for index in group]
    counts = Counter(word for each in own for word in each)
    local = {word: math.sqrt(math.log((len(group) + 1) / count) * weights[word]) for word, count in counts.items() if count > 1}
    likeness = _cosines([{word: n * local[word] for word, n in each.items() if word in local} for each in own])
    _, merges = _merges(likeness, -0.5)
    halves = next(((a, b) for a, b in reversed(merges) if min(len(a), len(b)) >= FEWEST), None)
    if halves is None:
        return [group]
    first, second = list(halves[0]), list(halves[1])
    for index in sorted(set(range(len(group))) - set(first) - set(second)):
        (first if likeness[index, first].mean() >= likeness[index, second].mean() else second).append(index)
    within = sum(len(half) * _mean_within(likeness, half) for half in (first, second)) / len(group)
    if float(likeness[np.ix_(first, second)].mean()) >= TWO_EVENTS * within:
        return [group]
    return [part for half in (first, second) for part in _events([group[index] for index in half], terms, weights)]


def _mean_within(likeness: Matrix, half: Sequence[int]) -> float:
    block = likeness[np.ix_(half, half)]
    return float((block.sum() - np.trace(block)) / (len(half) * (len(half) - 1)))


def numbers_by_day(by_day: Mapping[str, Sequence[Document]], memory: Any) -> dict[str, list[int]]:
    digests: dict[str, str] = {}
    if memory is not None:
        for day, documents in by_day.items():
            seen = hashlib.blake2b(digest_size=16)
            for document in documents:
                seen.update(hashlib.blake2b(document.text.encode("utf-8", "surrogatepass")).digest())
            digests[day] = seen.hexdigest()
    known = {day: json.loads(result) for day, result in (memory.take("stories", digests) if memory is not None else {}).items()}
    fresh = {day: group_stories([d.text for d in documents]) for day, documents in by_day.items() if day not in known}
    if memory is not None:
        memory.keep("stories", ((day, digests[day], json.dumps(numbers)) for day, numbers in fresh.items()))
    return {**known, **fresh}


def stories_by_day(documents: Iterable[Document], memory: Any = None) -> dict[str, str]:
    """Story of every document by its id: grouped day of publication by day, then joined through families of copies.

    What `memory` (Context.memory) has of a day that still holds the same texts is not worked out again. A document without a
    day, or of a day with more than MOST_TEXTS documents, is a story of its own, with its family.
    """
    by_day: dict[int | None, list[Document]] = defaultdict(list)
    for document in sorted(documents, key=lambda each: each.id):
        day = document.published.latest
        by_day[day.toordinal() if day else None].append(document)
    story: dict[str, str] = {}
    grouped = {str(day): of_day for day, of_day in by_day.items() if day is not None and 1 < len(of_day) <= MOST_TEXTS}
    numbers_of = numbers_by_day(grouped, memory)
    for day_number, of_day in by_day.items():
        numbers = numbers_of.get(str(day_number), range(len(of_day)))
        head: dict[int, str] = {}
        for document, number in zip(of_day, numbers, strict=True):
            story[document.id] = head.setdefault(number, document.id)
    return join_families(story, {document.id: document.family_id for of_day in by_day.values() for document in of_day})


def join_families(heads: Mapping[str, str], family_of: Mapping[str, str | None]) -> dict[str, str]:
    """Story of each document: `heads` name the first document of its day's story, and of stories with one family in both the
    least head stands for all. Whole where no document left out shares a head or a family with one of these."""
    root: dict[str, str] = {}

    def find(key: str) -> str:
        while root.setdefault(key, key) != key:
            key = root[key]
        return key

    first_of_family: dict[str, str] = {}
    for document_id, head in heads.items():
        family_id = family_of[document_id]
        if family_id is not None:
            low, high = sorted((find(first_of_family.setdefault(family_id, head)), find(head)))
            root[high] = low
    return {document_id: find(head) for document_id, head in heads.items()}
