"""A program that a test can kill: runs the small stages on a folder into a ledger and writes the exports."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

from tests.unit.small_stages import STAGES, make_context
from trucewatch.pipeline import run
from trucewatch.reports.exports import write_jsonl
from trucewatch.sources import read_inputs
from trucewatch.store import open_store


def main(folder: str, place: str, workers: int) -> None:
    """Run, and say DONE."""
    # the small stages do not depend on the shipped ones' code, which the real fingerprint covers
    runner = importlib.import_module("trucewatch.pipeline.run")
    runner.fingerprint = lambda *_: "small"  # type: ignore[attr-defined]
    with open_store(Path(place) / "trucewatch.db") as store, store.writing(60):
        result = run(read_inputs([folder]), store=store, stages=STAGES, recipe=make_context, workers=workers)
        write_jsonl(result.ledger, Path(place))
    print("DONE", len(result.ledger.claims), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
