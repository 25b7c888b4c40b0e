"""Claims on articles that no rule was made for: bench/quality/unseen/, in three parts that its README tells apart.

    python bench/quality/unseen.py [--shared ../shared] [--errors] [--raise]

Runs the main job on each theatre's articles and scores it with shared/score/score_claims.py. Prints one line a theatre and part.
`--errors` lists the errors of the development part alone; `--raise` writes the figures, a hundredth lower, as the new floors.
Exit status 1 where a figure is below its floor (tests/golden/floors.json, "unseen"), 2 where shared/ is absent.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
from claims import FLOORS, ROOT, floors_of, run_job

ARTICLES = Path(__file__).parent / "unseen"
PARTS = {"development": r"[ab][1-4]_", "held out": r"[ab][5-8]_", "second round": r"[cd]\d"}


def gold_of(theatre: str, part: str, folder: Path) -> Path:
    """The answers for one part of a theatre's articles, as a file of their own."""
    lines = (ARTICLES / theatre / "claims.jsonl").read_text(encoding="utf-8").splitlines()
    path = folder / f"{theatre}-{part.replace(' ', '-')}.jsonl"
    chosen = [line for line in lines if line.strip() and re.match(PARTS[part], json.loads(line)["source"])]
    path.write_text("\n".join(chosen) + "\n", encoding="utf-8")
    return path


def score(gold: Path, run: Path, theatre: str, shared: Path, *options: str) -> str:
    """What the scorer prints of a run."""
    places = ARTICLES / theatre / "places.csv"
    command = [sys.executable, str(shared / "score/score_claims.py"), str(gold), str(run), *options]
    command += ["--places", str(places)] if places.is_file() else []
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def measure(shared: Path, folder: Path, errors: bool = False) -> dict[str, dict[str, Any]]:
    """Figures by theatre and part: f1, exact, denials_turned, slots."""
    figures: dict[str, dict[str, Any]] = {}
    for theatre in ("karabakh", "lebanon"):
        articles = ARTICLES / theatre
        run_job(articles / "in", theatre, folder / theatre, articles / "published.csv")
        for part in PARTS:
            gold = gold_of(theatre, part, folder)
            figures[f"{theatre} {part}"] = json.loads(score(gold, folder / theatre, theatre, shared, "--json"))
            if errors and part == "development":
                print(score(gold, folder / theatre, theatre, shared, "--errors"))
    return figures


def main() -> int:
    """Measure, print, compare with the floors."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("TRUCEWATCH_SHARED", ROOT.parent / "shared")))
    parser.add_argument("--errors", action="store_true", help="list the errors of the development part")
    parser.add_argument("--raise", dest="raises", action="store_true", help="pin what is measured now as the floors")
    arguments = parser.parse_args()
    if not (arguments.shared / "score").is_dir():
        print(f"unseen: the scorer is not at {arguments.shared}/score: set TRUCEWATCH_SHARED", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(arguments.shared, Path(folder), arguments.errors)
    for name, row in figures.items():
        slots = "  ".join(f"{slot} {right}/{judged}" for slot, (right, judged, _) in row["slots"].items())
        values = "  ".join(f"{key} {row[key]}" for key in ("precision", "recall", "f1", "exact", "denials_turned"))
        print(f"{name:22s} {values}  {slots}")
    pinned = json.loads(FLOORS.read_text(encoding="utf-8"))
    if arguments.raises:
        pinned["unseen"] = floors_of(figures)
        FLOORS.write_text(json.dumps(pinned, indent=2, sort_keys=True) + "\n", encoding="utf-8")
        return 0
    fallen = [
        f"{name}: {key} {figures[name][key]} is below its floor {floor}"
        for name, row in pinned.get("unseen", {}).items()
        for key, floor in row.items()
        if figures[name][key] < floor
    ]
    print("\n".join(fallen))
    return 1 if fallen else 0


if __name__ == "__main__":
    sys.exit(main())
