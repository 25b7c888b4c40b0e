"""Make src/trucewatch/text/cleaning_weights.json: which lines of a bare page belong to its text.

    python -m venv /tmp/cleaning && /tmp/cleaning/bin/pip install -r training/cleaning/requirements.txt
    PYTHONPATH=src /tmp/cleaning/bin/python training/cleaning/train.py --shared ../shared [--cross-validate]

Learned from data/plain_text_pages (Apache-2.0) less the quarter kept unseen (sha256(url) % 4 == 0), and from polnear's train
articles (less their unseen quarter), which are articles and nothing else, so that a clean article is left whole. Three steps:
trees without words judge every line; from their verdicts (gold where there is one) each word's log odds of standing in a
text are counted, each page by the words of the other pages; trees with words are the result. Only words and numbers are
kept, no text. Seed 1, one thread: the same input gives the same file.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import math
import re
import sys
import warnings
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import lightgbm
import numpy as np
from numpy.typing import NDArray

from trucewatch.config import list_theatres, load_theatre
from trucewatch.text.line_features import NAMES, describe_lines, line_words

SEED = 1
OUT = Path(__file__).parents[2] / "src/trucewatch/text/cleaning_weights.json"
MIN_PAGES, SMOOTHING, CLIP, LEAST = 4, 2.0, 4.0, 0.3
ARTICLE_WEIGHT = 0.05

Words = dict[str, float]
Counts = dict[str, tuple[float, float]]


@dataclass
class Page:
    """Lines of a page with their labels (1 belongs, 0 does not, -1 not known) and how much each counts."""

    key: str
    lines: list[str]
    labels: NDArray[np.float64]
    weights: NDArray[np.float64]
    belongs: list[str]
    boilerplate: list[str]


def fold(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def part(key: str, parts: int, salt: str = "") -> int:
    return int(hashlib.sha256((salt + key).encode()).hexdigest(), 16) % parts


def read_pages(path: Path) -> list[Page]:
    pages = []
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        for row in map(json.loads, stream):
            lines = [fold(line.strip()) for line in row["text"].split("\n") if line.strip()]
            labels, weights = np.full(len(lines), -1.0), np.zeros(len(lines))
            for key, label in (("belongs", 1.0), ("boilerplate", 0.0)):
                for segment in map(fold, row[key]):
                    hits = [idx for idx, line in enumerate(lines) if segment.strip() in line]
                    for idx in hits:
                        if labels[idx] in (-1.0, label):
                            labels[idx] = label
                            # a segment kept in one of its places is kept; to be dropped it must go from each
                            weights[idx] = max(weights[idx], 1 / len(hits) if label else 1.0)
                        else:
                            labels[idx], weights[idx] = -2.0, 0.0
            labels = np.where(labels < 0, -1.0, labels)
            pages.append(Page(row["url"], lines, labels, weights, row["belongs"], row["boilerplate"]))
    return pages


def read_articles(folder: Path) -> list[Page]:
    pages = []
    for path in sorted(folder.rglob("*.txt")):
        if part(path.name, 4) == 0:
            continue
        lines = [fold(line.strip()) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
        if len(lines) > 3:
            pages.append(Page(path.name, lines, np.ones(len(lines)), np.full(len(lines), ARTICLE_WEIGHT), [], []))
    return pages


def grow(pages: Sequence[Page], features: Sequence[NDArray[np.float32]], rounds: int) -> lightgbm.LGBMClassifier:
    chosen = [page.labels >= 0 for page in pages]
    x = np.concatenate([rows[mask] for rows, mask in zip(features, chosen, strict=True)]).astype(np.float64)
    y = np.concatenate([page.labels[mask] for page, mask in zip(pages, chosen, strict=True)])
    w = np.concatenate([page.weights[mask] for page, mask in zip(pages, chosen, strict=True)])
    model = lightgbm.LGBMClassifier(
        n_estimators=rounds, learning_rate=0.05, num_leaves=15, max_depth=7, min_child_samples=15, subsample=0.8,
        subsample_freq=1,
        colsample_bytree=0.4, reg_lambda=5, random_state=SEED, n_jobs=1, deterministic=True, force_row_wise=True,
        verbose=-1,
    )  # fmt: skip
    return model.fit(x, y, sample_weight=w)


def judged(model: lightgbm.LGBMClassifier, features: NDArray[np.float32]) -> NDArray[np.float64]:
    return np.asarray(model.predict_proba(features.astype(np.float64))[:, 1])


def count_words(pages: Sequence[Page], verdicts: Sequence[NDArray[np.float64]]) -> Counts:
    """In how many pages a word stands in a line of the text, and in a line that is none (each at most one a page)."""
    counts: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for page, verdict in zip(pages, verdicts, strict=True):
        best: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
        for line, probability in zip(page.lines, verdict, strict=True):
            for word in set(line_words(line)):
                best[word][0] = max(best[word][0], probability)
                best[word][1] = max(best[word][1], 1 - probability)
        for word, (inside, outside) in best.items():
            counts[word][0] += inside
            counts[word][1] += outside
    return {word: (inside, outside) for word, (inside, outside) in counts.items()}


@cache
def known_names() -> frozenset[str]:
    """Words that name a country, people, place or person: a list of countries to choose from makes them look like menus."""
    words: set[str] = set()
    for theatre in map(load_theatre, (*list_theatres(), None)):
        named = [name for party in theatre.parties for name in (*party.names, *party.demonyms, *party.metonyms)]
        named += [name for place in theatre.places for name in place.names]
        words.update(name.lower() for name in named if " " not in name)
        words.update(word for actor in theatre.actors if actor.kind == "person" for word in line_words(" ".join(actor.names)))
    return frozenset(words)


def weigh_words(counts: Counts, less: Counts | None = None) -> Words:
    words = {}
    for word, (inside, outside) in counts.items():
        minus = (less or {}).get(word, (0.0, 0.0))
        inside, outside = inside - minus[0], outside - minus[1]
        odds = math.log((inside + SMOOTHING) / (outside + SMOOTHING))
        if inside + outside >= MIN_PAGES and abs(odds) >= LEAST and len(word) < 30 and word not in known_names():
            words[word] = round(max(-CLIP, min(CLIP, odds)), 1)
    return words


def train(pages: list[Page], articles: list[Page]) -> tuple[lightgbm.LGBMClassifier, Words]:
    """Trees and words from pages; articles teach the trees only, not the words."""
    bare = [describe_lines(page.lines, {}) for page in pages]
    verdicts: list[NDArray[np.float64]] = [np.zeros(0)] * len(pages)
    for turn in range(4):
        inside = [idx for idx, page in enumerate(pages) if part(page.key, 4, "verdicts") != turn]
        model = grow([pages[idx] for idx in inside], [bare[idx] for idx in inside], 150)
        for idx, page in enumerate(pages):
            if part(page.key, 4, "verdicts") == turn:
                verdicts[idx] = np.where(page.labels >= 0, page.labels, judged(model, bare[idx]))
    turns = 8
    counts = count_words(pages, verdicts)
    features: list[NDArray[np.float32]] = [np.zeros((0, 0), dtype=np.float32)] * len(pages)
    for turn in range(turns):
        own = [idx for idx, page in enumerate(pages) if part(page.key, turns, "words") == turn]
        words = weigh_words(counts, count_words([pages[idx] for idx in own], [verdicts[idx] for idx in own]))
        for idx in own:
            features[idx] = describe_lines(pages[idx].lines, words)
    words = weigh_words(counts)
    features += [describe_lines(page.lines, words) for page in articles]
    return grow([*pages, *articles], features, 250), words


def score(pages: Sequence[Page], kept: Sequence[NDArray[np.bool_]]) -> tuple[float, float, float]:
    """Precision, recall and F1 as shared/score/score_cleaning.py counts them."""
    tp = fn = fp = 0
    for page, mask in zip(pages, kept, strict=True):
        text = fold("\n".join(line for line, keep in zip(page.lines, mask, strict=True) if keep))
        found = [fold(segment) in text for segment in page.belongs]
        tp, fn = tp + sum(found), fn + len(found) - sum(found)
        fp += sum(fold(segment) in text for segment in page.boilerplate)
    precision, recall = tp / max(1, tp + fp), tp / max(1, tp + fn)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def cross_validate(pages: list[Page], articles: list[Page], parts: int = 5) -> tuple[float, float]:
    """The threshold with the best F1 over pages that the trees had not seen, and that F1."""
    verdicts: list[NDArray[np.float64]] = [np.zeros(0)] * len(pages)
    for turn in range(parts):
        model, words = train([page for page in pages if part(page.key, parts, "cv") != turn], articles)
        for idx, page in enumerate(pages):
            if part(page.key, parts, "cv") == turn:
                verdicts[idx] = judged(model, describe_lines(page.lines, words))
    results = []
    for threshold in (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6):
        precision, recall, f1 = score(pages, [verdict > threshold for verdict in verdicts])
        print(f"cross-validated, threshold {threshold}: precision {precision:.3f} recall {recall:.3f} F1 {f1:.3f}")
        results.append((f1, threshold))
    f1, threshold = max(results)
    return threshold, f1


def flatten(tree: dict[str, object]) -> dict[str, list[float]]:
    flat: dict[str, list[float]] = {"feature": [], "split": [], "left": [], "right": [], "value": []}

    def walk(node: dict[str, object]) -> int:
        at = len(flat["feature"])
        for key, value in (("feature", 0), ("split", 0.0), ("left", at), ("right", at), ("value", 0.0)):
            flat[key].append(value)
        if "leaf_value" in node:
            flat["value"][at] = round(float(node["leaf_value"]), 5)  # type: ignore[arg-type]
        else:
            flat["feature"][at] = int(node["split_feature"])  # type: ignore[call-overload]
            flat["split"][at] = float(f"{node['threshold']:.9g}")
            flat["left"][at] = walk(node["left_child"])  # type: ignore[arg-type]
            flat["right"][at] = walk(node["right_child"])  # type: ignore[arg-type]
        return at

    walk(tree)
    return flat


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--cross-validate", action="store_true", help="choose the threshold anew and print its figures")
    parser.add_argument("--threshold", type=float, default=0.45)
    arguments = parser.parse_args()
    warnings.filterwarnings("ignore", category=UserWarning)
    source = arguments.shared / "data/plain_text_pages.jsonl.gz"
    pages = read_pages(source)
    seen = [page for page in pages if part(page.key, 4)]
    articles = read_articles(arguments.shared / "data/polnear/train/text")
    print(f"{len(seen)} pages to learn from, {len(pages) - len(seen)} kept unseen, {len(articles)} articles")
    threshold, figures = arguments.threshold, {}
    if arguments.cross_validate:
        threshold, f1 = cross_validate(seen, articles)
        figures["cross_validated_f1"] = round(f1, 4)
    model, words = train(seen, articles)
    trees = [flatten(info["tree_structure"]) for info in model.booster_.dump_model()["tree_info"]]
    plain = {
        "made_by": "training/cleaning/train.py",
        "seed": SEED,
        "source_sha256": hashlib.sha256(source.read_bytes()).hexdigest(),
        "figures": figures,
        "features": list(NAMES),
        "threshold": threshold,
        "depth": 7,
        "words": dict(sorted(words.items())),
        "trees": trees,
    }
    OUT.write_text(json.dumps(plain, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{OUT}: {len(words)} words, {len(trees)} trees, {OUT.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
