"""How long a whole run takes against spaCy's parse of the same text alone: one process, one BLAS thread.

    .venv/bin/python bench/speed.py [--set seeds|war|mixed] [--repeat 5] [--mark M] [--profile]

Without --set the war reports are measured, then the mixed news, whose ratio is on the last line and decides the exit status.
Both sides begin with their models loaded. The run reads the files, cleans, extracts, recomputes the ledger in a fresh folder and
writes the exports; the parse is spaCy's, paragraph by paragraph, of the texts that the run cleaned, without our patterns. The two
alternate, so that a busy machine slows both; the figure is the median of the runs over that of the parses, in seconds of the
processor (one thread on both sides), which other programs on the machine disturb least. Prints it on the last line, above it the
ratio of the first round, in which no word was met before, and by the clock; exits 1 above the mark (0.7 mixed, else 1.3).

Sets: seeds, the five articles; war, these and gold/news; mixed, a sample of data/polnear and data/geoparsing.
"""

from __future__ import annotations

import argparse
import gc
import os
import re
import resource
import statistics
import sys
import tempfile
import time
import warnings
from pathlib import Path
from typing import Any

import spacy
from thinc.api import NumpyOps, set_current_ops

from trucewatch import COMPILED, pipeline
from trucewatch.config import load_theatre
from trucewatch.model.stage import Context
from trucewatch.pipeline.context import Recipe
from trucewatch.plugins import make_plugins
from trucewatch.reports.exports import write_jsonl
from trucewatch.sources import read_inputs
from trucewatch.store import open_store
from trucewatch.text.parse import DEFAULT_PIPELINE

SHARED = Path(os.environ.get("TRUCEWATCH_SHARED", "../shared"))
POLNEAR_FILES = 40
GEOPARSING_ARTICLES = 40
MARKS = {"seeds": 1.3, "war": 1.3, "mixed": 0.7}


Seconds = tuple[float, float]


def now() -> Seconds:
    """Instant by the processor and by the clock, in seconds."""
    return time.process_time(), time.perf_counter()


def since(begin: Seconds) -> Seconds:
    """Seconds by the processor and by the clock since an instant."""
    processor, clock = now()
    return processor - begin[0], clock - begin[1]


def medians(rounds: list[Seconds]) -> Seconds:
    """Median of each."""
    return statistics.median(r[0] for r in rounds), statistics.median(r[1] for r in rounds)


def inputs_of(name: str, folder: Path) -> list[str]:
    """Paths of a set's texts; those that stand inside other files are written into a folder."""
    if name == "seeds":
        return [str(SHARED / "seeds")]
    if name == "war":
        return [str(SHARED / "seeds"), *sorted(str(path) for path in (SHARED / "gold" / "news").glob("*/in"))]
    paths = [str(path) for path in sorted((SHARED / "data" / "polnear" / "dev" / "text").iterdir())[:POLNEAR_FILES]]
    for file in sorted((SHARED / "data" / "geoparsing").glob("*.xml")):
        bodies = re.findall(r"<text>(.*?)</text>", file.read_text(encoding="utf-8"), re.S)[: GEOPARSING_ARTICLES // 2]
        for number, body in enumerate(bodies):
            path = folder / f"{file.stem}-{number}.txt"
            path.write_text(body, encoding="utf-8")
            paths.append(str(path))
    return paths


def dates_of(name: str, folder: Path) -> str | None:
    """One table of the dates and outlets that come with a set, as a user would give them."""
    tables = [SHARED / "seeds" / "published.csv"] if name != "mixed" else []
    tables += sorted((SHARED / "gold" / "news").glob("*/published.csv")) if name == "war" else []
    rows = [row for table in tables for row in table.read_text(encoding="utf-8").splitlines()[1:]]
    path = folder / "published.csv"
    path.write_text("\n".join(["source,published,outlet", *rows]) + "\n", encoding="utf-8")
    return str(path) if rows else None


def run_once(
    inputs: list[str], published: str | None, context: Context, folder: Path
) -> tuple[Seconds, list[str], dict[str, float]]:
    """Seconds of a whole run into a fresh ledger, the cleaned texts, seconds by step."""
    stages = pipeline.make_plan(make_plugins())
    begin = now()
    with open_store(folder / "trucewatch.db") as store:
        result = pipeline.run(read_inputs(inputs, published), store=store, stages=stages, recipe=lambda: context, workers=1)
        write_jsonl(result.ledger, folder)
    return since(begin), [document.text for document in result.ledger.documents], result.seconds


def plain_spacy() -> Any:
    """spaCy's pipeline as it comes, at its fastest settings and with none of our code."""
    set_current_ops(NumpyOps(use_blis=False))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return spacy.load(DEFAULT_PIPELINE)


def parse_once(nlp: Any, texts: list[str]) -> Seconds:
    """Seconds of spaCy's parse of the texts, a paragraph at a time."""
    paragraphs = [part for text in texts for part in text.split("\n") if part.strip()]
    begin = now()
    for _ in nlp.pipe(paragraphs, batch_size=32):
        pass
    return since(begin)


def measure(name: str, repeat: int, context: Context, nlp: Any, *, is_profiled: bool) -> float:
    """Measure a set, print what was found, and give the ratio of the run to the parse by the processor."""
    runs, parses = [], []
    with tempfile.TemporaryDirectory() as place:
        inputs, published = inputs_of(name, Path(place)), dates_of(name, Path(place))
        for number in range(repeat + 1):
            folder = Path(place) / f"out-{number}"
            folder.mkdir()
            gc.collect()
            run_s, texts, steps = run_once(inputs, published, context, folder)
            runs.append(run_s)
            parses.append(parse_once(nlp, texts))
    words = sum(len(text.split()) for text in texts)
    # the first round warms both
    cold = runs.pop(0)[0] / parses.pop(0)[0]
    (run_s, run_clock_s), (parse_s, parse_clock_s) = medians(runs), medians(parses)
    print(f"{name}: {len(texts)} documents, {words} words, median of {repeat}; compiled build: {COMPILED}")
    print(f"run {run_s:.3f} s ({words / run_s:,.0f} words/s), parse alone {parse_s:.3f} s ({words / parse_s:,.0f} words/s)")
    print(f"the first round, with every word new: {cold:.2f}; by the clock: {run_clock_s / parse_clock_s:.2f}")
    if is_profiled:
        for step, seconds in sorted(steps.items(), key=lambda part: -part[1]):
            print(f"  {seconds:7.3f} s  {step}")
    return run_s / parse_s


def main() -> int:
    """Measure and print."""
    if os.environ.get("OPENBLAS_NUM_THREADS") != "1":
        # read when numpy is first loaded, which the imports above have done: begin again with one thread
        os.environ.update(dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1"))
        os.execv(sys.executable, [sys.executable, *sys.argv])
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--set", choices=tuple(MARKS), help="one set alone (both war and mixed, mixed last)")
    arguments.add_argument("--repeat", type=int, default=5)
    arguments.add_argument("--mark", type=float, help="in place of the set's own")
    arguments.add_argument("--theatre", default="karabakh")
    arguments.add_argument("--profile", action="store_true")
    chosen = arguments.parse_args()
    if not SHARED.is_dir():
        print(f"no shared sets at {SHARED}: set TRUCEWATCH_SHARED", file=sys.stderr)
        return 2
    context = Recipe(theatre=load_theatre(chosen.theatre), parser_pipeline=DEFAULT_PIPELINE)()
    nlp = plain_spacy()
    for name in (chosen.set,) if chosen.set else ("war", "mixed"):
        ratio = measure(name, chosen.repeat, context, nlp, is_profiled=chosen.profile)
        mark = chosen.mark if chosen.mark is not None else MARKS[name]
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{name}: mark {mark}, peak memory {memory:.0f} MiB with spaCy's own parser beside ours")
        print(f"{ratio:.2f}")
    return int(ratio > mark)


if __name__ == "__main__":
    sys.exit(main())
