"""How the time of a whole run grows with real documents: n drawn at random against 2 n, 5,000 where not said.

    .venv/bin/python bench/growth.py [--documents 5000] [--workers 1] [--theatre world] [--mark 2.2]

The documents are the public sets' own (data/polnear, casualties_news, muc4, geoparsing, ecbplus): news and wire of many years and
countries. Where a set gives no day, one of some 400 is drawn from a seed, as a collection has its days. Each run is a process
of its own into a fresh folder; startup (one document) is taken off. The processor's seconds decide, of the run and its workers.
Prints both ratios, the processor's on the last line; exits 1 above the mark, 2 where the sets are absent or too few.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from scaling import run_once
from speed import SHARED

FIRST_DAY, DAYS, SEED = date(2019, 1, 1), 400, 11
MESSAGE = re.compile(r"^((?:DEV|TST)\d?-MUC\d-\d{4})\b", re.M)


def _polnear(data: Path) -> Iterator[str]:
    for path in sorted(data.glob("polnear/*/text/*")):
        yield path.read_text(encoding="utf-8")


def _casualties(data: Path) -> Iterator[str]:
    for path in sorted(data.glob("casualties_news/*_X.json")):
        yield from (report["text"] for report in json.loads(path.read_text(encoding="utf-8")))


def _muc4(data: Path) -> Iterator[str]:
    for path in sorted(data.glob("muc4/CORPORA/*/*-muc*")):
        # what stands before the first message, and each message's name, is left out
        yield from MESSAGE.split(path.read_text(encoding="utf-8", errors="replace"))[2::2]


def _geoparsing(data: Path) -> Iterator[str]:
    for path in sorted(data.glob("geoparsing/*.xml")):
        yield from re.findall(r"<text>(?:<!\[CDATA\[)?(.*?)(?:\]\]>)?</text>", path.read_text(encoding="utf-8"), re.S)


def _ecb(data: Path) -> Iterator[str]:
    for path in sorted(data.glob("ecbplus/*_corpus.txt")):
        found: dict[str, dict[str, list[str]]] = {}
        for line in path.read_text(encoding="utf-8").splitlines():
            if len(parts := line.split("\t")) > 3:
                found.setdefault(parts[0], {}).setdefault(parts[1], []).append(parts[3])
        yield from ("\n".join(" ".join(words) for words in sentences.values()) for sentences in found.values())


def documents(data: Path) -> list[str]:
    """Texts of the public sets, each once, in an order drawn from the seed."""
    every = (_polnear, _casualties, _muc4, _geoparsing, _ecb)
    texts = list(dict.fromkeys(text.strip() for read in every for text in read(data) if text.strip()))
    random.Random(SEED).shuffle(texts)
    return texts


def write(path: Path, texts: list[str]) -> None:
    """One JSON Lines file of them, each with a day."""
    draw = random.Random(SEED)
    with path.open("w", encoding="utf-8") as file:
        for at, text in enumerate(texts):
            day = FIRST_DAY + timedelta(days=draw.randrange(DAYS))
            file.write(json.dumps({"url": f"https://example.org/{at}", "text": text, "published": str(day)}) + "\n")


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=5000, help="2 n")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--theatre", default="world")
    parser.add_argument("--mark", type=float, default=2.2)
    chosen = parser.parse_args()
    texts = documents(SHARED / "data") if (SHARED / "data").is_dir() else []
    if len(texts) < chosen.documents:
        print(f"{len(texts)} documents at {SHARED}, fewer than {chosen.documents}: set TRUCEWATCH_SHARED", file=sys.stderr)
        return 2
    os.environ.update(dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1"))
    taken = []
    with tempfile.TemporaryDirectory() as place:
        for number in (1, chosen.documents // 2, chosen.documents):
            write(Path(place) / f"{number}.jsonl", texts[:number])
            taken.append(run_once(Path(place) / f"{number}.jsonl", chosen.workers, Path(place) / str(number), chosen.theatre))
            words = sum(len(text.split()) for text in texts[:number])
            seconds = f"{taken[-1].clock:.1f} s by the clock, {taken[-1].processor:.1f} s of the processor"
            print(f"{number} documents, {words} words: {seconds}", flush=True)
    startup, half, whole = taken
    print(f"2 n over n by the clock: {(whole.clock - startup.clock) / (half.clock - startup.clock):.2f}; of the processor:")
    ratio = (whole.processor - startup.processor) / (half.processor - startup.processor)
    print(f"{ratio:.2f}")
    return int(ratio > chosen.mark)


if __name__ == "__main__":
    sys.exit(main())
