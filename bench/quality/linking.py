"""Measure linking: documents to events and event mentions on ECB+, incidents on the hand-coded claims.

Usage: python bench/quality/linking.py [SHARED]. ECB+: train is the part tuned on, dev is only reported. The gold claims go in as
if extracted, so that the figure is the linker's own (`score_incidents.py` over a run measures both together).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from pathlib import Path

from gold_claims import read_gold

from trucewatch.config import load_theatre
from trucewatch.model.records import Ledger
from trucewatch.model.stage import Context
from trucewatch.stages.link import run
from trucewatch.stages.link.stories import group_stories, stem
from trucewatch.text.gazetteer import Gazetteer


@dataclass(frozen=True, slots=True)
class Score:
    """B-cubed precision, recall and F1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        return 2 * self.precision * self.recall / (self.precision + self.recall) if self.precision + self.recall else 0.0

    def __str__(self) -> str:
        return f"B3 precision {self.precision:.3f}  recall {self.recall:.3f}  F1 {self.f1:.3f}"


def b_cubed(truth: Sequence[Hashable], found: Sequence[Hashable]) -> Score:
    """B-cubed over things, each weighing the same."""
    by_truth, by_found = defaultdict(set), defaultdict(set)
    for number, (one, other) in enumerate(zip(truth, found, strict=True)):
        by_truth[one].add(number)
        by_found[other].add(number)
    shared = [len(by_truth[one] & by_found[other]) for one, other in zip(truth, found, strict=True)]
    precision = sum(n / len(by_found[other]) for n, other in zip(shared, found, strict=True)) / len(shared)
    recall = sum(n / len(by_truth[one]) for n, one in zip(shared, truth, strict=True)) / len(shared)
    return Score(precision, recall)


def read_articles(folder: Path, part: str) -> dict[str, str]:
    """Text of every article of a part of ECB+ by its name."""
    words: dict[str, list[str]] = defaultdict(list)
    for line in (folder / f"ECB_{part}_corpus.txt").read_text(encoding="utf-8").splitlines():
        columns = line.split("\t")
        if len(columns) >= 4:
            words[columns[0]].append(columns[3])
    return {name: " ".join(own) for name, own in words.items()}


def event_of(name: str) -> str:
    """Event that an article of ECB+ tells of: its topic, and which of the topic's two events."""
    return name.split("_")[0] + ("plus" if name.endswith("plus") else "")


def measure_ecb(folder: Path, part: str) -> None:
    """Print documents to events and mention coreference of a part of ECB+."""
    articles = read_articles(folder, part)
    stories = dict(zip(articles, group_stories(list(articles.values())), strict=True))
    truth = [event_of(name) for name in articles]
    score = b_cubed(truth, list(stories.values()))
    print(f"ECB+ {part:5s} {len(articles)} documents, {len(set(truth))} events: documents to events {score}")
    mentions = json.loads((folder / f"ECB_{part}_Event_gold_mentions.json").read_text(encoding="utf-8"))
    chains = [mention["coref_chain"] for mention in mentions]
    by_words = [(stories[mention["doc_id"]], stem(mention["tokens_str"].split()[-1])) for mention in mentions]
    print(f"ECB+ {part:5s} {len(mentions)} event mentions, one story and one head word: {b_cubed(chains, by_words)}")


def measure_gold(shared: Path) -> None:
    """Print score_incidents.py over the gold claims linked by the stage."""
    theatre = load_theatre("karabakh")
    gazetteer = Gazetteer.from_theatre(theatre)
    documents, claims, rows = read_gold(shared / "seeds", shared / "gold/claims-dev.jsonl", gazetteer)
    ledger = run(Ledger(documents=tuple(documents), claims=tuple(claims)), Context(theatre=theatre, gazetteer=gazetteer))
    incident_of = {
        claim_id: incident.id for incident in ledger.incidents for claim_id in (*incident.claim_ids, *incident.denial_ids)
    }
    with tempfile.TemporaryDirectory() as name:
        with (Path(name) / "claims.jsonl").open("w", encoding="utf-8") as stream:
            for claim in ledger.claims:
                row = rows[claim.id]
                plain = {
                    "source": row["source"],
                    "stance": claim.stance,
                    "act": claim.act,
                    "evidence_text": row["evidence"],
                    "sentence_text": row["evidence"],
                    "incident_id": incident_of.get(claim.id),
                }
                stream.write(json.dumps(plain) + "\n")
        command = [sys.executable, str(shared / "score/score_incidents.py"), str(shared / "gold/incidents-dev.jsonl"), name]
        print("gold claims linked:", subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip())


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", nargs="?", type=Path, default=Path("../shared"))
    args = parser.parse_args()
    for part in ("Train", "Dev"):
        measure_ecb(args.shared / "data/ecbplus", part)
    measure_gold(args.shared)
    return 0


if __name__ == "__main__":
    sys.exit(main())
