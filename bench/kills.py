"""Whether a ledger survives `kill -9`: runs of the example corpus killed at random moments, each then completed and compared.

    .venv/bin/python bench/kills.py [--times 100] [--seed 20201010] [--articles N]

Each time a new ledger is begun, the run and its workers are killed at a seeded random moment of the time that an undisturbed run
takes (every third time twice), and the same command is started again. Prints a line a time; the last line is how many of the
ledgers equal the undisturbed one (`Store.digest`) and are whole to `trucewatch doctor`. Exits 1 where one does not. `--articles`
takes the first so many of the corpus: shorter runs, in which more of the kills fall between two transactions.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from trucewatch.store import open_store

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "examples" / "corpus"
LEDGER = "trucewatch.db"
PROGRAM = str(Path(sys.executable).with_name("trucewatch"))


def start(out: Path) -> subprocess.Popen[bytes]:
    """A run of the corpus beside its ledgers in a session of its own, so that its workers die with it."""
    command = [PROGRAM, "run", str(out.parent / "corpus"), "--published", str(CORPUS / "published.csv")]
    command += ["--theatre", "karabakh", "--out", str(out), "--quiet"]
    return subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def finish(out: Path) -> str:
    """Run to the end; the ledger's digest, or how the run ended."""
    code = start(out).wait()
    if code:
        return f"the run after the kill exited with {code}"
    with open_store(out / LEDGER, create=False) as store:
        return store.digest()


def is_healthy(out: Path) -> bool:
    """Whether the doctor finds nothing, or only something that it mended."""
    command = [PROGRAM, "doctor", "--out", str(out)]
    return subprocess.run(command, capture_output=True, check=False).returncode < 2


def kill(out: Path, after_s: float) -> bool:
    """Start a run and kill it after some seconds; whether it was still running."""
    process = start(out)
    try:
        process.wait(after_s)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return True
    return False


def main() -> int:
    """Kill, complete, compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--seed", type=int, default=20201010)
    parser.add_argument("--articles", type=int)
    options = parser.parse_args()
    draw = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "corpus").mkdir()
        for article in sorted(path for path in CORPUS.iterdir() if path.name != "published.csv")[: options.articles]:
            shutil.copy(article, Path(folder, "corpus"))
        begin = time.monotonic()
        expected = finish(Path(folder, "undisturbed"))
        seconds = time.monotonic() - begin
        print(f"undisturbed: {expected[:16]}, {seconds:.1f} s", flush=True)
        equal = kills = 0
        for number in range(1, options.times + 1):
            out = Path(folder, str(number))
            moments = [draw.uniform(0.05, 1.0) * seconds for _ in range(2 if number % 3 == 0 else 1)]
            killed = sum(kill(out, moment) for moment in moments)
            digest = finish(out)
            is_same = digest == expected and is_healthy(out)
            kills += killed
            equal += is_same
            when = ", ".join(f"{moment:.1f}" for moment in moments)
            print(
                f"{number}: killed {killed} times, after {when} s: {'equal' if is_same else f'DIFFERENT: {digest}'}", flush=True
            )
    print(f"{equal} of {options.times} ledgers equal to the undisturbed one, after {kills} kills")
    return int(equal < options.times)


if __name__ == "__main__":
    raise SystemExit(main())
