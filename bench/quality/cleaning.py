"""Bare pages cleaned: precision, recall and F1 on data/plain_text_pages, on the part tuned on and on the part kept unseen.

    python bench/quality/cleaning.py [--shared ../shared] [--errors N]

Counted as shared/score/score_cleaning.py counts: a segment that belongs and is found in the cleaned text (white space folded) is
a true positive, one missing a false negative, a segment of boilerplate found a false positive. The unseen part is a quarter of
the pages, chosen by sha256(url) % 4 == 0. Also counted: the share of lines of polnear's unseen train articles (articles and
nothing else) that cleaning leaves whole. Exit status 1 where a figure is below its floor (tests/golden/floors.json, "cleaning"),
2 where the pages are absent.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import re
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from trucewatch.stages.clean import clean_text

ROOT = Path(__file__).parents[2]
FLOORS = ROOT / "tests/golden/floors.json"


def fold(text: str) -> str:
    """Text with white space made single."""
    return re.sub(r"\s+", " ", text)


def is_unseen(key: str) -> bool:
    """Whether a page or article belongs to the quarter that nobody tunes on."""
    return int(hashlib.sha256(key.encode()).hexdigest(), 16) % 4 == 0


def score(pages: Iterable[tuple[dict[str, Any], str]]) -> tuple[float, float, float]:
    """Precision, recall and F1 over pages with their cleaned texts; 0.0 each where nothing was found or asked."""
    found = missing = wrong = 0
    for page, cleaned in pages:
        text = fold(cleaned)
        right = sum(fold(segment) in text for segment in page["belongs"])
        found, missing = found + right, missing + len(page["belongs"]) - right
        wrong += sum(fold(segment) in text for segment in page["boilerplate"])
    precision, recall = found / max(1, found + wrong), found / max(1, found + missing)
    return precision, recall, 2 * precision * recall / (precision + recall) if found else 0.0


def bare_text(text: str) -> str:
    """The cleaned text of a bare text."""
    return "\n\n".join(line.text for line in clean_text(text).paragraphs)


def whole_articles(folder: Path) -> tuple[int, int, list[str]]:
    """Lines of clean articles that cleaning keeps, all of them, and those that it takes away."""
    kept = count = 0
    lost: list[str] = []
    for path in sorted(folder.glob("*.txt")):
        if not is_unseen(path.name):
            continue
        original = path.read_text(encoding="utf-8")
        text = fold(bare_text(original))
        for line in map(fold, filter(None, (line.strip() for line in original.split("\n")))):
            count += 1
            if line in text:
                kept += 1
            else:
                lost.append(line)
    return kept, count, lost


def report_errors(pages: Sequence[tuple[dict[str, Any], str]], limit: int) -> None:
    """Segments gone and segments left, to learn from. Only of the part tuned on."""
    for page, cleaned in pages[:limit]:
        text = fold(cleaned)
        for segment in page["belongs"]:
            if fold(segment) not in text:
                print(f"  gone  {page['url'][:60]}  {segment[:90]!r}")
        for segment in page["boilerplate"]:
            if fold(segment) in text:
                print(f"  left  {page['url'][:60]}  {segment[:90]!r}")


def main() -> int:
    """Measure, print, compare with the floors."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("TRUCEWATCH_SHARED", ROOT / "../shared")))
    parser.add_argument("--errors", type=int, default=0, help="list the mistakes on this many pages of the tuned part")
    arguments = parser.parse_args()
    source = arguments.shared / "data/plain_text_pages.jsonl.gz"
    if not source.exists():
        print(f"cleaning: {source} is absent (set TRUCEWATCH_SHARED); nothing was measured", file=sys.stderr)
        return 2
    with gzip.open(source, "rt", encoding="utf-8") as stream:
        pages = [json.loads(line) for line in stream]
    began = time.perf_counter()
    cleaned = [(page, bare_text(page["text"])) for page in pages]
    spent = time.perf_counter() - began
    figures = {}
    for name, chosen in (("tuned", False), ("unseen", True), ("all", None)):
        part = [pair for pair in cleaned if chosen is None or is_unseen(pair[0]["url"]) == chosen]
        precision, recall, f1 = score(part)
        figures[name] = f1
        print(f"cleaning {name:6} pages {len(part):4}  precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}")
    print(f"cleaning speed  {1000 * spent / len(pages):.1f} ms a page")
    articles = arguments.shared / "data/polnear/train/text"
    if articles.exists():
        kept, count, lost = whole_articles(articles)
        figures["articles"] = kept / max(1, count)
        print(f"cleaning articles  {kept} of {count} lines of unseen articles kept ({100 * figures['articles']:.1f} %)")
        for line in lost[: arguments.errors]:
            print(f"  lost  {line[:140]!r}")
    if arguments.errors:
        report_errors([pair for pair in cleaned if not is_unseen(pair[0]["url"])], arguments.errors)
    floors = json.loads(FLOORS.read_text(encoding="utf-8")).get("cleaning", {}) if FLOORS.exists() else {}
    below = {name: floor for name, floor in floors.items() if figures.get(name, 0.0) < floor}
    for name, floor in below.items():
        print(f"cleaning: {name} {figures.get(name, 0.0):.3f} is below its floor {floor}", file=sys.stderr)
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())
