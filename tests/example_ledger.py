"""The example corpus' expected ledger, in a form that a person can read and compare; `make golden` writes it anew.

Ids, offsets and confidences are left out: what matters is who says what of whom, where, when, in which words, and what belongs
together.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
GOLDEN = ROOT / "tests/golden/example-ledger"
CORPUS = "examples/corpus"
TUTORIAL = ROOT / "docs/tutorial.md"
COUNTED = re.compile(r" *[\d,]+  \w")
Row = dict[str, Any]


def run_examples(out: Path) -> list[str]:
    """Run the main job on the example corpus into a folder; the lines of its closing table.

    Raises CalledProcessError where it does not exit with 0.
    """
    command = [sys.executable, "-c", "from trucewatch.cli import main; main()", "run", CORPUS, "--workers", "1"]
    options = ["--published", f"{CORPUS}/published.csv", "--theatre", "karabakh", "--out", str(out)]
    done = subprocess.run(
        [*command, *options], cwd=ROOT, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    return [line.rstrip() for line in done.stdout.splitlines() if COUNTED.match(line)]


def read_rows(folder: Path, name: str) -> list[Row]:
    """Rows of one JSON Lines file."""
    return [json.loads(line) for line in (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def project(out: Path) -> dict[str, list[Row]]:
    """The readable form of a run's ledger, by file."""
    documents, claims = read_rows(out, "documents"), read_rows(out, "claims")
    sources = {document["id"]: _source(document["source"]) for document in documents}
    members = defaultdict(list)
    for document in documents:
        members[document["family"]].append(sources[document["id"]])
    labels = {claim["id"]: _label(claim) for claim in claims}
    return {
        "documents": _ordered(
            {
                "source": sources[document["id"]],
                "language": document["language"],
                "published": [document["published"][key] for key in ("earliest", "latest", "basis")],
                "family": sorted(members[document["family"]]),
            }
            for document in documents
        ),
        "claims": _ordered(_claim(claim) for claim in claims),
        "incidents": _ordered(_incident(incident, labels) for incident in read_rows(out, "incidents")),
    }


def _claim(claim: Row) -> Row:
    voice = claim["claimant"]
    return {
        "source": _source(claim["source"]),
        "claimant": None if voice is None else [voice["text"], voice["party"]],
        "stance": claim["stance"],
        "modality": claim["modality"],
        "act": claim["act"],
        "attributed_to": _party(claim["attributed_to"]),
        "target": _party(claim["target"]),
        "places": sorted(place["name"] or place["text"] for place in claim["places"]),
        "when": [claim["when"]["earliest"], claim["when"]["latest"]],
        "figures": [[f["measure"], f["population"], f["low"], f["high"], f["qualifier"]] for f in claim["figures"]],
        "evidence": claim["evidence_text"],
    }


def _incident(incident: Row, labels: dict[str, str]) -> Row:
    return {
        "act": incident["act"],
        "when": [incident["when"]["earliest"], incident["when"]["latest"]],
        "places": sorted(place["name"] or place["text"] for place in incident["places"]),
        "statuses": [incident["occurrence"], incident["attribution"], incident["breach"]],
        "claims": sorted(labels[claim_id] for claim_id in incident["claim_ids"]),
        "denials": sorted(labels[claim_id] for claim_id in incident["denial_ids"]),
    }


def _party(voice: Row | None) -> str | None:
    return None if voice is None else voice["party"]


def _source(source: str) -> str:
    return source.rpartition("/")[2]


def _label(claim: Row) -> str:
    return f"{_source(claim['source'])}: {claim['stance']} {claim['act']}: {claim['evidence_text']}"


def _ordered(rows: Any) -> list[Row]:
    return sorted(rows, key=lambda row: json.dumps(row, ensure_ascii=False))


def read_golden() -> dict[str, list[Row]]:
    """The expected ledger."""
    return {path.stem: read_rows(GOLDEN, path.stem) for path in sorted(GOLDEN.glob("*.jsonl"))}


def write_golden() -> None:
    """Run the corpus and write what it gives as the expected ledger, and its closing table into the tutorial."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        table = run_examples(out)
        GOLDEN.mkdir(parents=True, exist_ok=True)
        for name, rows in project(out).items():
            lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
            (GOLDEN / f"{name}.jsonl").write_text("".join(lines), encoding="utf-8")
            print(f"{GOLDEN.relative_to(ROOT)}/{name}.jsonl: {len(rows)}")
    lines = TUTORIAL.read_text(encoding="utf-8").split("\n")
    at = [number for number, line in enumerate(lines) if COUNTED.match(line)]
    TUTORIAL.write_text("\n".join([*lines[: at[0]], *table, *lines[at[-1] + 1 :]]), encoding="utf-8")


if __name__ == "__main__":
    write_golden()
