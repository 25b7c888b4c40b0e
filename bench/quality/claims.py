"""Claims and incidents of the main job against the hand-coded answers of shared/gold, dates given and withheld.

    python bench/quality/claims.py [--shared ../shared] [--raise]

Runs the whole job three times as a user would (seeds, news/karabakh, news/lebanon) with `--published`, the seeds once more
without, and scores with shared/score/score_claims.py and score_incidents.py, whose docstrings define every measure. Prints one
line a set; exit status 1 where a figure is below its floor (tests/golden/floors.json, "claims"), 2 where shared/ is absent.
`--raise` writes the figures as the new floors.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
FLOORS = ROOT / "tests/golden/floors.json"
WHEN = ("f1", "exact")


def run_job(inputs: Path, theatre: str, out: Path, published: Path | None) -> None:
    """The main job as a user runs it. Raises SystemExit with what it printed where it fails."""
    command = [sys.executable, "-c", "from trucewatch.cli import main; main()", "run", str(inputs), "--theatre", theatre]
    command += ["--out", str(out), "--quiet", *(["--published", str(published)] if published else [])]
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
    if done.returncode:
        raise SystemExit(f"trucewatch run {inputs} ended with {done.returncode}: {done.stderr}")


def score(script: str, gold: Path, out: Path, shared: Path) -> dict[str, Any]:
    """What a scorer of shared/score says of a run, as its --json prints it."""
    command = [sys.executable, str(shared / "score" / script), str(gold), str(out), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


def measure(shared: Path, folder: Path) -> dict[str, dict[str, Any]]:
    """Figures by set: f1, exact, denials_turned, slots; for incidents f1_found and f1_all."""
    gold = shared / "gold"
    figures: dict[str, dict[str, Any]] = {}
    run_job(shared / "seeds", "karabakh", folder / "dev", shared / "seeds/published.csv")
    figures["claims-dev"] = score("score_claims.py", gold / "claims-dev.jsonl", folder / "dev", shared)
    figures["incidents-dev"] = score("score_incidents.py", gold / "incidents-dev.jsonl", folder / "dev", shared)
    run_job(shared / "seeds", "karabakh", folder / "undated", None)
    figures["claims-dev undated"] = score("score_claims.py", gold / "claims-dev.jsonl", folder / "undated", shared)
    for theatre in ("karabakh", "lebanon"):
        news = gold / "news" / theatre
        run_job(news / "in", theatre, folder / theatre, news / "published.csv")
        figures[f"news/{theatre}"] = score("score_claims.py", news / "claims.jsonl", folder / theatre, shared)
    return figures


def floors_of(figures: dict[str, dict[str, Any]]) -> dict[str, dict[str, float]]:
    """The figures that are pinned, a hundredth lower than measured."""
    keys = ("f1", "exact", "f1_found", "f1_all")
    return {name: {key: round(found[key] - 0.01, 3) for key in keys if key in found} for name, found in figures.items()}


def below(figures: dict[str, dict[str, Any]], floors: dict[str, dict[str, float]]) -> list[str]:
    """What fell: figures under their floor, and any denial turned into an assertion."""
    fallen = [
        f"{name}: {key} {figures[name][key]} is below its floor {floor}"
        for name, row in floors.items()
        for key, floor in row.items()
        if figures[name][key] < floor
    ]
    return fallen + [
        f"{name}: {row['denials_turned']} denials turned" for name, row in figures.items() if row.get("denials_turned")
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("TRUCEWATCH_SHARED", ROOT.parent / "shared")))
    parser.add_argument("--raise", dest="raises", action="store_true", help="pin what is measured now as the floors")
    arguments = parser.parse_args()
    if not (arguments.shared / "gold").is_dir():
        print(f"claims: the gold answers are not at {arguments.shared}/gold: set TRUCEWATCH_SHARED", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(arguments.shared, Path(folder))
    for name, row in figures.items():
        slots = "  ".join(f"{slot} {r}/{n}" for slot, (r, n, _) in row.get("slots", {}).items())
        values = "  ".join(f"{key} {row[key]}" for key in ("f1", "exact", "denials_turned", "f1_found", "f1_all") if key in row)
        print(f"{name:20s} {values}  {slots}")
    pinned = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.is_file() else {}
    if arguments.raises:
        pinned["claims"] = floors_of(figures)
        FLOORS.write_text(json.dumps(pinned, indent=2, sort_keys=True) + "\n", encoding="utf-8")
        return 0
    fallen = below(figures, pinned.get("claims", {}))
    print("\n".join(fallen))
    return 1 if fallen else 0


if __name__ == "__main__":
    sys.exit(main())
