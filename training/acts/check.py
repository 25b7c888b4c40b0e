"""Check a file of lessons: codes known, heads in their texts, no text twice.

    python training/acts/check.py training/acts/sentences/b1.jsonl [--acts ../shared/contract/acts.csv]

Prints each fault and a summary; exit status 1 where there is a fault.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
from collections import Counter
from pathlib import Path


def faults_of(path: Path, known: set[str]) -> tuple[list[str], Counter[str]]:
    """Faults in a file's lines, and how often each head is used."""
    faults: list[str] = []
    heads: Counter[str] = Counter()
    seen: set[str] = set()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
        except ValueError as err:
            faults.append(f"{number}: no JSON: {err}")
            continue
        if row["text"] in seen:
            faults.append(f"{number}: the text stands there before")
        seen.add(row["text"])
        for act in row["acts"]:
            head = act["head"]
            heads[head.lower()] += 1
            if act["act"] not in known:
                faults.append(f"{number}: no such act: {act['act']}")
            if len(re.findall(rf"(?<!\w){re.escape(head)}(?!\w)", row["text"])) < act.get("nth", 1):
                faults.append(f"{number}: {head!r} does not stand in the text")
            if " " in head:
                faults.append(f"{number}: a head is one word, and not {head!r}")
            if act.get("stance", "asserts") not in ("asserts", "denies", "confirms"):
                faults.append(f"{number}: no such stance: {act['stance']}")
    return faults, heads


def main() -> int:
    """Check and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lessons", type=Path)
    parser.add_argument("--acts", type=Path, default=Path(__file__).resolve().parents[3] / "shared/contract/acts.csv")
    chosen = parser.parse_args()
    with chosen.acts.open(encoding="utf-8") as stream:
        known = {row["act"] for row in csv.DictReader(stream)}
    faults, heads = faults_of(chosen.lessons, known)
    print("\n".join(faults))
    print(f"{len(heads)} heads, the most used: {heads.most_common(6)}; {len(faults)} faults")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
