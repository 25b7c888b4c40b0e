"""Who says what, measured on PolNeAR: content-token F1 and source-token F1.

    python bench/quality/attribution.py [--part dev|train-heldout|train-tuned] [--limit N] [--speech]

Definitions. A token is a run of word characters (`\\w+`) of the article's text. It is a content token where it overlaps a Content
span of any gold attribution, a source token where it overlaps a Source span; predicted likewise from `find_attributions` (content
and source spans of every attribution, nested ones included). Precision, recall and F1 are micro-averaged over the tokens of all
articles. Ten articles of dev and 16 of train were annotated by several people: each annotation is a gold of its own, and an
article's counts are divided by the number of its annotations, so that every article weighs the same.

What is measured is what a run of trucewatch makes: speech by rules, and what the learned model adds and takes away. PolNeAR
counts attitudes (supports, worries) as attributions and so does a run, but nobody vouches for a fact by wanting it: `--speech`
leaves them out and measures those that may be a claim's claimant.
Exit status 1 where a figure on dev is below its floor (tests/golden/floors.json, "attribution"), 2 where the set is absent.

`train` is split by sha256 of the article's file name: remainder 0 modulo 4 is held out from every fit and every look, the rest is
tuned on. `dev` is never fitted on. The baseline (the clause after the reporting verb) is 0.739 on content in the project's brief.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

Span = tuple[int, int]
_WORD = re.compile(r"\w+")
_ENTITY = re.compile(r"^T\d+\t(Content2?|Source|Cue) ([\d ;]+)")


@dataclass
class Counts:
    """Weighted true positives, predicted and gold tokens."""

    hits: float = 0.0
    predicted: float = 0.0
    gold: float = 0.0

    @property
    def precision(self) -> float:
        return self.hits / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        return self.hits / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """F1; 1.0 where there is neither gold nor prediction."""
        if not self.gold and not self.predicted:
            return 1.0
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def add(self, gold: set[int], predicted: set[int], weight: float = 1.0) -> None:
        """Count one annotation's tokens."""
        self.hits += weight * len(gold & predicted)
        self.predicted += weight * len(predicted)
        self.gold += weight * len(gold)


def tokens_in(text: str, spans: Iterable[Span]) -> set[int]:
    """Start offsets of the word tokens that overlap a span."""
    wanted = sorted(spans)
    found: set[int] = set()
    words = [(m.start(), m.end()) for m in _WORD.finditer(text)]
    at = 0
    for start, end in wanted:
        while at and words[at - 1][1] > start:
            at -= 1
        while at < len(words) and words[at][1] <= start:
            at += 1
        k = at
        while k < len(words) and words[k][0] < end:
            found.add(words[k][0])
            k += 1
    return found


def read_gold(path: Path) -> dict[str, list[Span]]:
    """Spans by label ("Content", "Source", "Cue") of one brat file."""
    spans: dict[str, list[Span]] = {"Content": [], "Source": [], "Cue": []}
    for line in path.read_text(encoding="utf-8").splitlines():
        match = _ENTITY.match(line)
        if match:
            for piece in match.group(2).strip().split(";"):
                start, end = piece.split()
                spans[match.group(1).rstrip("2")].append((int(start), int(end)))
    return spans


def is_held_out(name: str) -> bool:
    """Whether an article belongs to the quarter of train that no fit and no look may touch."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 4 == 0


def articles(root: Path, part: str) -> Iterator[tuple[str, str, list[dict[str, list[Span]]]]]:
    """(name, text, annotations) of a part: dev, train-heldout, train-tuned."""
    folder = root / ("dev" if part == "dev" else "train")
    annotations: dict[str, list[Path]] = {}
    for path in sorted((folder / "attributions").glob("*.ann")):
        annotations.setdefault(path.stem.rsplit("_", 1)[0], []).append(path)
    for path in sorted((folder / "text").glob("*.txt")):
        if part != "dev" and is_held_out(path.stem) != (part == "train-heldout"):
            continue
        if path.stem in annotations:
            yield path.stem, path.read_text(encoding="utf-8"), [read_gold(ann) for ann in annotations[path.stem]]


def score(
    predictions: Iterable[tuple[str, list[dict[str, list[Span]]], Sequence[Span], Sequence[Span]]],
) -> tuple[Counts, Counts]:
    """Content and source counts over (text, annotations, predicted content, predicted sources)."""
    content, source = Counts(), Counts()
    for text, golds, contents, sources in predictions:
        told, tellers = tokens_in(text, contents), tokens_in(text, sources)
        for gold in golds:
            weight = 1 / len(golds)
            content.add(tokens_in(text, gold["Content"]), told, weight)
            source.add(tokens_in(text, gold["Source"]), tellers, weight)
    return content, source


def main() -> int:
    """Print the two figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=("dev", "train-heldout", "train-tuned"), default="dev")
    parser.add_argument("--limit", type=int, default=0, help="only so many articles")
    parser.add_argument("--speech", action="store_true", help="without attitudes: who may vouch for a claim")
    arguments = parser.parse_args()
    root = Path(os.environ.get("TRUCEWATCH_SHARED", "../shared")) / "data" / "polnear"
    if not root.is_dir():
        print(f"PolNeAR is not at {root}; set TRUCEWATCH_SHARED", file=sys.stderr)
        return 2
    from trucewatch.model.records import Document, Reading
    from trucewatch.model.stage import Context
    from trucewatch.model.theatre import Theatre
    from trucewatch.stages import segment
    from trucewatch.text.attribution import find_attributions
    from trucewatch.text.parse import Parser

    nlp = Parser()
    context = Context(theatre=Theatre(name="none", title="none"))
    predictions = []
    for number, (name, text, golds) in enumerate(articles(root, arguments.part)):
        if arguments.limit and number >= arguments.limit:
            break
        document = Document(id=name, source=name, input_path=name, sha256="", text=text)
        reading = segment.run(Reading(document=document), context)
        blocks = nlp.parse(text, reading.sentences)
        made = find_attributions(text, blocks, reading.sentences, reading.quotations)
        found = [one for one in made if not (arguments.speech and one.is_attitude)]
        contents = [span for attribution in found for span in attribution.content]
        sources = [(a.source_start, a.source_end) for a in found if a.source_start is not None and a.source_end is not None]
        predictions.append((text, golds, contents, sources))
    content, source = score(predictions)
    print(f"part {arguments.part}: {len(predictions)} articles")
    floors = json.loads((Path(__file__).parents[2] / "tests/golden/floors.json").read_text(encoding="utf-8"))["attribution"]
    pinned = floors["speech" if arguments.speech else "run"] if arguments.part == "dev" and not arguments.limit else {}
    fell = False
    for label, counts in (("content", content), ("source", source)):
        print(f"{label}-token F1 {counts.f1:.3f}  precision {counts.precision:.3f}  recall {counts.recall:.3f}")
        if counts.f1 < pinned.get(label, 0.0):
            print(f"{label}-token F1 is under its floor {pinned[label]}", file=sys.stderr)
            fell = True
    return int(fell)


if __name__ == "__main__":
    sys.exit(main())
