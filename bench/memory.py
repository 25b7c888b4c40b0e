"""Whether memory stays flat over many documents: the working set as the record stages read made-up articles one after another.

    .venv/bin/python bench/memory.py [--documents 5000] [--words 150] [--mark 1536]

Each article (see scaling.py) is given some hundred new names and words, as news brings them, and goes through cleaning,
segmentation and extraction, as in one worker. Prints the resident memory after every tenth of them; the last line is the peak in
MiB. Exits 1 where the peak is above the mark, or where the second half added more than a tenth of it.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from pathlib import Path

from scaling import articles
from speed import SHARED

from trucewatch.config import load_theatre
from trucewatch.model.records import Document, Reading
from trucewatch.pipeline.context import Recipe
from trucewatch.pipeline.edge import Task, run_task
from trucewatch.stages import clean, extract, segment
from trucewatch.text.parse import DEFAULT_PIPELINE

NEW_WORDS = 20


def resident_mib() -> float:
    """Resident memory of this process in MiB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 2**20


def with_new_words(text: str, draw: random.Random) -> str:
    """A text in which some words are replaced by names that no text before it had."""
    words = text.split(" ")
    for _ in range(NEW_WORDS):
        at = draw.randrange(len(words))
        if words[at].isalpha():
            words[at] = "".join(draw.choice("aeioubdgklmnrstvz") for _ in range(8)).capitalize()
    return " ".join(words)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=5000)
    parser.add_argument("--words", type=int, default=150)
    parser.add_argument("--mark", type=float, default=1536.0)
    chosen = parser.parse_args()
    if not SHARED.is_dir():
        print(f"no shared sets at {SHARED}: set TRUCEWATCH_SHARED", file=sys.stderr)
        return 2
    context = Recipe(theatre=load_theatre("karabakh"), parser_pipeline=DEFAULT_PIPELINE)()
    context.parser.load()
    draw, begin = random.Random(11), time.process_time()
    stages = (clean.STAGE, segment.STAGE, extract.STAGE)
    levels: list[float] = []
    for number, text in enumerate(articles(chosen.documents, chosen.words), 1):
        original = with_new_words(text, draw).encode()
        document = Document(id=f"d{number}", source=f"{number}.txt", input_path=f"{number}.txt", sha256="0" * 64)
        run_task(context, Task(stages=stages, reading=Reading(document=document, original=original)))
        if number % max(1, chosen.documents // 10) == 0:
            levels.append(resident_mib())
            print(f"{number:7d} documents  {levels[-1]:7.0f} MiB  {time.process_time() - begin:7.1f} s", flush=True)
    middle, last = levels[len(levels) // 2], levels[-1]
    print(f"the second half added {last - middle:.0f} MiB")
    print(f"{max(levels):.0f}")
    return int(max(levels) > chosen.mark or last > 1.1 * middle)


if __name__ == "__main__":
    sys.exit(main())
