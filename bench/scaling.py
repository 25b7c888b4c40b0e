"""How a run scales from one process to two, how many articles a second two read, and how time grows from n to 2 n documents.

    .venv/bin/python bench/scaling.py [--documents 400] [--words 400] [--repeat 3] [--mark 1.6]

Articles of so many words are cut from data/polnear, data/geoparsing and gold/news, each paragraph whole, in an order drawn from a
seed, so that no two are alike. Each run is a process of its own (`trucewatch run`, models loaded in it) into a fresh folder. By
the clock, medians: the machine must be otherwise idle. Beside it, what the processor says on a busy one: seconds that the main
process spends and seconds that are shared out, and the ratio that follows from them. Startup (one article) is taken off.
Prints the ratio of one process to two on the last line and exits 1 below the mark; 2 where the shared sets are absent.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from speed import SHARED, inputs_of


def paragraphs() -> list[str]:
    """Paragraphs of public and hand-coded news, each once."""
    found: dict[str, None] = {}
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(path) for path in inputs_of("mixed", Path(folder))]
        paths += sorted((SHARED / "gold" / "news").glob("*/in/*.txt"))
        paths += sorted((SHARED / "data" / "polnear" / "dev" / "text").iterdir())
        for path in paths:
            found.update(dict.fromkeys(part.strip() for part in path.read_text(encoding="utf-8").split("\n") if part.strip()))
    return list(found)


def articles(number: int, words: int, seed: int = 7) -> Iterator[str]:
    """So many made-up articles of about so many words."""
    pool = paragraphs()
    draw = random.Random(seed)
    for _ in range(number):
        parts: list[str] = []
        length = 0
        while length < words:
            parts.append(draw.choice(pool))
            length += len(parts[-1].split())
        yield "\n\n".join(parts)


def write_articles(path: Path, number: int, words: int) -> None:
    """One JSON Lines file of made-up articles, in order of their days."""
    with path.open("w", encoding="utf-8") as file:
        for at, text in enumerate(articles(number, words)):
            day = f"2020-{1 + at % 12:02d}-{1 + at % 28:02d}"
            file.write(json.dumps({"url": f"https://example.org/{at}", "text": text, "published": day}) + "\n")


def run_once(path: Path, workers: int, out: Path) -> tuple[float, float]:
    """Seconds by the clock and of the processor (all processes) of one run. Raises SystemExit with what it said if it fails."""
    command = [sys.executable, "-c", "from trucewatch.cli import main; main()", "run", str(path), "--theatre", "karabakh"]
    command += ["--out", str(out), "--workers", str(workers), "--quiet"]
    before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    clock = time.perf_counter() - begin
    if done.returncode:
        raise SystemExit(f"a run ended with {done.returncode}: {done.stderr}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return clock, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def shared_seconds(path: Path, out: Path) -> tuple[float, float]:
    """Seconds of the processor of one run with one worker: all, and those of record stages, which workers share."""
    command = [sys.executable, "-c", "from trucewatch.cli import main; main()", "run", str(path), "--theatre", "karabakh"]
    done = subprocess.run([*command, "--out", str(out), "--workers", "1", "--json"], capture_output=True, text=True, check=True)
    seconds = json.loads(done.stdout.splitlines()[-1])["seconds"]
    shared = sum(seconds.get(f"stage {name}", 0.0) for name in ("clean", "segment", "extract", "resolve", "locate", "settle"))
    return sum(seconds.get(step, 0.0) for step in ("take in", "read", "recompute", "write")), shared


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=400)
    parser.add_argument("--words", type=int, default=400)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--mark", type=float, default=1.6)
    chosen = parser.parse_args()
    if not SHARED.is_dir():
        print(f"no shared sets at {SHARED}: set TRUCEWATCH_SHARED", file=sys.stderr)
        return 2
    os.environ.update(dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1"))
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for name, number in (("one", 1), ("n", chosen.documents), ("2n", 2 * chosen.documents)):
            write_articles(folder / f"{name}.jsonl", number, chosen.words)

        def median(name: str, workers: int) -> tuple[float, float]:
            rounds = [run_once(folder / f"{name}.jsonl", workers, folder / f"{name}-{workers}-{n}") for n in range(chosen.repeat)]
            return statistics.median(r[0] for r in rounds), statistics.median(r[1] for r in rounds)

        startup = {workers: median("one", workers) for workers in (1, 2)}
        taken = {workers: median("n", workers) for workers in (1, 2)}
        double = median("2n", 1)
        whole, shared = shared_seconds(folder / "n.jsonl", folder / "profile")
    one, two = (taken[workers][0] - startup[workers][0] for workers in (1, 2))
    alone = max(whole - shared, 0.0)
    print(f"{chosen.documents} articles of {chosen.words} words; startup {startup[1][0]:.1f} s, with two {startup[2][0]:.1f} s")
    print(f"one process {one:.1f} s by the clock, two {two:.1f} s: {chosen.documents / two:.1f} articles a second")
    growth = [(double[way] - startup[1][way]) / (taken[1][way] - startup[1][way]) for way in (0, 1)]
    print(f"2 n over n: {growth[0]:.2f} by the clock, {growth[1]:.2f} of the processor")
    print(f"shared out {shared:.1f} s of {whole:.1f} s: two processes can give {whole / (alone + shared / 2):.2f}")
    print(f"{one / two:.2f}")
    return int(one / two < chosen.mark)


if __name__ == "__main__":
    sys.exit(main())
