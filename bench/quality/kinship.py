"""Measure kinship on seeded noisy copies of public articles: pair F1, and unrelated pairs joined.

Usage: python bench/quality/kinship.py [SHARED] [--seed N] [--show]. Prints the tuned part and the held-out quarter
(sha256(name) % 4 == 0) apart. A pair is right where both documents copy one article and share a family.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

from noisy_copies import Copy, base_articles, is_held_out, noisy_copies

from trucewatch.stages.kinship.stage import find_kin


def equal_articles(articles: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Article to the first that is the same article: the public sets hold a few twice (6 runs of four words in 10)."""
    grams = []
    for _, text in articles:
        words = text.lower().split()
        grams.append(set(zip(words, words[1:], words[2:], words[3:], strict=False)))
    index: dict[tuple[str, ...], list[int]] = {}
    for number, own in enumerate(grams):
        for gram in own:
            index.setdefault(gram, []).append(number)
    shared: Counter[tuple[int, int]] = Counter()
    for numbers in index.values():
        if 2 <= len(numbers) <= 5:
            shared.update(combinations(numbers, 2))
    same = {name: name for name, _ in articles}
    for (first, second), count in sorted(shared.items()):
        if count >= 0.6 * min(len(grams[first]), len(grams[second])):
            same[articles[second][0]] = same[articles[first][0]]
    return same


def measure(copies: Sequence[Copy], same: dict[str, str], show: bool) -> tuple[float, float, float, int, int]:
    """Pair precision, recall, F1; unrelated pairs joined; unrelated pairs."""
    families = find_kin([copy.text for copy in copies])
    truth = [same[copy.origin] for copy in copies]
    by_truth, by_family, by_both = Counter(truth), Counter(families), Counter(zip(truth, families, strict=True))
    pairs = [sum(n * (n - 1) // 2 for n in counts.values()) for counts in (by_truth, by_family, by_both)]
    wanted, joined, right = pairs
    if show:
        for origin in sorted(by_truth):
            own = {f for t, f in zip(truth, families, strict=True) if t == origin}
            for family in own:
                strangers = {c.name for c, t, f in zip(copies, truth, families, strict=True) if f == family and t != origin}
                if strangers:
                    print("  joined", origin, sorted(strangers))
            if len(own) > 1:
                print("  split", [(c.name, c.kind, f) for c, t, f in zip(copies, truth, families, strict=True) if t == origin])
    precision, recall = right / max(1, joined), right / max(1, wanted)
    everything = len(copies) * (len(copies) - 1) // 2
    return precision, recall, 2 * precision * recall / (precision + recall), joined - right, everything - wanted


def main() -> int:
    """Print the figures of both parts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", nargs="?", type=Path, default=Path("../shared"))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", action="store_true")
    args = parser.parse_args()
    articles = base_articles(args.shared / "data")
    same = equal_articles(articles)
    for part, held_out in (("tuned", False), ("held out", True)):
        chosen = [article for article in articles if is_held_out(same[article[0]]) == held_out]
        copies = noisy_copies(chosen, args.seed)
        precision, recall, f1, wrong, unrelated = measure(copies, same, args.show)
        print(
            f"{part:9s} documents {len(copies)}  pair precision {precision:.4f}  recall {recall:.4f}  F1 {f1:.4f}  "
            f"unrelated joined {wrong} of {unrelated} ({10_000 * wrong / unrelated:.3f} in 10,000)"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
