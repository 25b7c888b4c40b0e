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


def corpora(shared: Path = SHARED) -> dict[str, tuple[str, Path, Path]]:
    """Theatre, inputs and table of dates by name: the example corpus, and the shared articles of war where they are."""
    examples = ROOT / "examples" / "corpus"
    found = {"examples": ("karabakh", examples, examples / "published.csv")}
    if (shared / "seeds").is_dir():
        found["seeds"] = ("karabakh", shared / "seeds", shared / "seeds" / "published.csv")
    for news in sorted((shared / "gold" / "news").glob("*/in")):
        found[f"news of {news.parent.name}"] = (news.parent.name, news, news.parent / "published.csv")
    return found


def differences(folder: Path, ways: Mapping[str, Mapping[str, str]]) -> str:
    """What differs first between the ledgers of two ways, each the environment's variables to run with; "" for equal ledgers."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, corpus in corpora().items():
        outs = {way: folder / name / way for way in ways}
        running = {way: _begin(*corpus, outs[way], variables) for way, variables in ways.items()}
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


def _begin(theatre: str, inputs: Path, published: Path, out: Path, variables: Mapping[str, str]) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", PROGRAM, "run", str(inputs), "--published", str(published), "--theatre", theatre]
    return subprocess.Popen(
        [*command, "--out", str(out), "--workers", "1", "--quiet"],
        cwd=ROOT,
        env={**os.environ, **variables},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
