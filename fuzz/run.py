"""Fuzz with atheris: `python fuzz/run.py [--seconds 60] [TARGET...]`; without a target all, one after another (`make fuzz`).

What was interesting stays in build/fuzz/TARGET/ for the next time; an input that breaks a target is written beside it as crash-*,
becomes a test, and makes the exit status 1.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "build" / "fuzz"
# input that takes longer is reported as a fault
SLOW_S = 20
LONGEST = 4096


def fuzz(name: str, seconds: int) -> None:
    """Fuzz one target; libFuzzer ends the process."""
    import atheris

    with atheris.instrument_imports(include=["trucewatch"]):
        from targets import SEEDS, TARGETS
    corpus = FOLDER / name
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(SEEDS[name]):
        (corpus / f"seed-{number}").write_bytes(seed)
    for target in (name, "times"):
        for seed in SEEDS[target]:
            # what the first call loads (a library of dates, say) must not count as a slow input
            TARGETS[target](seed)
    limits = [f"-max_total_time={seconds}", f"-timeout={SLOW_S}", f"-max_len={LONGEST}", f"-artifact_prefix={FOLDER}/{name}-"]
    atheris.Setup([sys.argv[0], str(corpus), *limits, "-print_final_stats=1", "-verbosity=0"], TARGETS[name])
    atheris.Fuzz()


def main() -> int:
    """Fuzz each target in a process of its own; how many broke."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="TARGET")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        fuzz(options.names[0], options.seconds)
    from targets import TARGETS

    if unknown := set(options.names) - set(TARGETS):
        parser.error(f"there is no target {', '.join(sorted(unknown))}: {', '.join(TARGETS)}")
    broken = []
    for name in options.names or TARGETS:
        print(f"== {name}", flush=True)
        command = [sys.executable, __file__, name, "--seconds", str(options.seconds), "--inside"]
        if subprocess.run(command, check=False).returncode:
            broken.append(name)
    print(f"broken: {', '.join(broken) or 'none'}")
    return int(bool(broken))


if __name__ == "__main__":
    raise SystemExit(main())
