"""How a run scales from one process to two, how many articles a second two read, and how time grows from n to 2 n documents.

    .venv/bin/python bench/scaling.py [--documents 400] [--words 400] [--repeat 3] [--mark 1.6]

Articles of so many words are cut from data/polnear, data/geoparsing and gold/news, each paragraph whole, in an order drawn from a
seed, so that no two are alike. Each run is a process of its own (`trucewatch run`, models loaded in it) into a fresh folder. By
the clock, medians: the machine must be otherwise idle. Beside it, what the processor says on a busy one: seconds of the main
process and of the workers, and the ratios that follow from them. Startup (one article) is taken off.
Prints the ratio of one process to two on the last line and exits 1 below the mark; 2 where the shared sets are absent.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from speed import SHARED, inputs_of

# the program, which says on its last line what of the processor it and its workers took
RUN = """
import json, resource
from trucewatch.cli import main
try:
    main()
finally:
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    print(json.dumps([one.ru_utime + one.ru_stime for one in spent]))
"""


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


@dataclass(frozen=True)
class Taken:
    """Seconds of one run: by the clock, and of the processor in the main process and in its workers together."""

    clock: float
    main: float
    workers: float

    @property
    def processor(self) -> float:
        """Of all processes."""
        return self.main + self.workers


def run_once(path: Path, workers: int, out: Path, theatre: str = "karabakh") -> Taken:
    """One run in a process of its own. Raises SystemExit with what it said if it fails."""
    command = [sys.executable, "-c", RUN, "run", str(path), "--theatre", theatre]
    command += ["--out", str(out), "--workers", str(workers), "--quiet"]
    begin = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    clock = time.perf_counter() - begin
    if done.returncode:
        raise SystemExit(f"a run ended with {done.returncode}: {done.stderr}")
    return Taken(clock, *json.loads(done.stdout.splitlines()[-1]))


def medians(rounds: Sequence[Taken]) -> Taken:
    """Median of each."""
    return Taken(*(statistics.median(getattr(taken, name) for taken in rounds) for name in ("clock", "main", "workers")))


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

        def measured(name: str, workers: int) -> Taken:
            rounds = range(chosen.repeat)
            return medians([run_once(folder / f"{name}.jsonl", workers, folder / f"{name}-{workers}-{n}") for n in rounds])

        startup = {workers: measured("one", workers) for workers in (1, 2)}
        taken = {workers: measured("n", workers) for workers in (1, 2)}
        double = measured("2n", 1)
    one, two = (taken[workers].clock - startup[workers].clock for workers in (1, 2))
    begin = f"startup {startup[1].clock:.1f} s, with two {startup[2].clock:.1f} s"
    print(f"{chosen.documents} articles of {chosen.words} words; {begin}")
    print(f"one process {one:.1f} s by the clock, two {two:.1f} s: {chosen.documents / two:.1f} articles a second")
    growth = [
        (getattr(double, way) - getattr(startup[1], way)) / (getattr(taken[1], way) - getattr(startup[1], way))
        for way in ("clock", "processor")
    ]
    print(f"2 n over n: {growth[0]:.2f} by the clock, {growth[1]:.2f} of the processor")
    alone = taken[1].processor - startup[1].processor
    # of one article one worker starts, of n two
    main, workers = taken[2].main - startup[2].main, taken[2].workers - 2 * startup[2].workers
    print(f"of the processor: one process {alone:.1f} s; two workers {workers:.1f} s and the main process {main:.1f} s,")
    least, most = alone / (main + workers / 2), alone / max(main, (main + workers) / 2)
    print(f"which gives {least:.2f} where nothing of it overlaps, {most:.2f} where all does")
    print(f"{one / two:.2f}")
    return int(one / two < chosen.mark)


if __name__ == "__main__":
    sys.exit(main())
