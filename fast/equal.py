"""Whether two ways to run the program give the same ledger, to the byte."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("TRUCEWATCH_SHARED", ROOT.parent / "shared"))
PROGRAM = "from trucewatch.cli import main; main()"
SHOWN = 300


def corpora(shared: Path = SHARED) -> dict[str, tuple[list[Path], list[Path]]]:
    """Inputs and tables of dates by name: the example corpus, and the shared articles of war where they are."""
    examples = ROOT / "examples" / "corpus"
    found = {"examples": ([examples], [examples / "published.csv"])}
    if (shared / "seeds").is_dir():
        found["seeds"] = ([shared / "seeds"], [shared / "seeds" / "published.csv"])
    if news := sorted((shared / "gold" / "news").glob("*/in")):
        found["news"] = (news, sorted((shared / "gold" / "news").glob("*/published.csv")))
    return found


def differences(folder: Path, ways: Mapping[str, Mapping[str, str]]) -> str:
    """What differs first between the ledgers of two ways, each the environment's variables to run with; "" for equal ledgers."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, (inputs, tables) in corpora().items():
        published = folder / f"{name}.csv"
        rows = [row for table in tables for row in table.read_text(encoding="utf-8").splitlines()[1:]]
        published.write_text("\n".join(["source,published,outlet", *rows]) + "\n", encoding="utf-8")
        outs = {way: folder / name / way for way in ways}
        running = {way: _begin(inputs, published, outs[way], variables) for way, variables in ways.items()}
        told = {way: process.communicate()[0] for way, process in running.items()}
        for way, process in running.items():
            if process.returncode:
                return f"{name}: the run of the {way} ends with {process.returncode}: {told[way][-2000:]}"
        if found := first_difference(*outs.values()):
            return f"{name}: {found}"
        print(f"  {name}: equal", flush=True)
    return ""


def first_difference(one: Path, other: Path) -> str:
    """The first line that differs between two folders of exports; "" for none."""
    names = sorted({path.name for folder in (one, other) for path in folder.glob("*.jsonl")})
    for name in names:
        lines = [(folder / name).read_bytes().splitlines() if (folder / name).is_file() else [] for folder in (one, other)]
        if lines[0] != lines[1]:
            longest = range(max(map(len, lines)))
            at = next(n for n in longest if lines[0][n : n + 1] != lines[1][n : n + 1])
            shown = [b"".join(some[at : at + 1]).decode()[:SHOWN] or "no such line" for some in lines]
            return f"{name}, line {at + 1}:\n  {shown[0]}\n  {shown[1]}"
    return "" if names else f"no ledger in {one}"


def _begin(inputs: list[Path], published: Path, out: Path, variables: Mapping[str, str]) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", PROGRAM, "run", *map(str, inputs), "--published", str(published), "--theatre", "karabakh"]
    return subprocess.Popen(
        [*command, "--out", str(out), "--workers", "1", "--quiet"],
        cwd=ROOT,
        env={**os.environ, **variables},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
