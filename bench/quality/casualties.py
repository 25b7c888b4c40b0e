"""How many killed, how many injured, and on which day, from a news report: exact matches on casualties_news.

    python bench/quality/casualties.py [--part dev|train-heldout|train-tuned] [--rules] [--errors] [--limit N]

Definitions. One report, one shooting. `killed` and `injured` are right where they equal the gold number (suspects count as the
gold counts them), `date` where the day equals the gold day; each score is the share of reports that are right. A report without
text counts. The figures (`find_figures`) and the days (`scan_times`, `resolve_time` against the day of publishing) are the
product's; boosted trees choose among them and see the words around them (training/casualties). `--rules` shows the largest figure
of one incident and the first day told instead, with nothing learned. `train` is split by sha256 of the report's text: remainder 0
modulo 4 is held out from every fit. dev is for report. Published student system, on its own test part: 0.837, 0.742, 0.774.

Exit status 1 where a score on dev or the held-out part is under its pinned floor, 2 where the set is not there.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
TRAINING = HERE.parents[1] / "training" / "casualties"
sys.path.insert(0, str(TRAINING))

from days import day_candidates  # noqa: E402
from features import MOST_VICTIMS, toll_features  # noqa: E402
from trees import Boosted  # noqa: E402

from trucewatch.model.records import When  # noqa: E402
from trucewatch.text.figures import FigureMention, find_figures  # noqa: E402
from trucewatch.text.parse import Parser  # noqa: E402
from trucewatch.text.times import resolve_time, scan_times  # noqa: E402

SCORES = ("killed", "injured", "date")
FLOORS: dict[str, dict[str, float]] = {
    "dev": {"killed": 0.94, "injured": 0.84, "date": 0.82},
    "train-heldout": {"killed": 0.94, "injured": 0.845, "date": 0.82},
}


@dataclass(frozen=True, slots=True)
class Report:
    """A report with its gold coding (n_killed, n_injured, shooting_date)."""

    text: str
    published: date
    gold: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Read:
    """What is read of a report: figures, the lemmas of their predicates, and the days that it may mean with their features."""

    figures: tuple[FigureMention, ...]
    lemmas: tuple[str, ...]
    days: tuple[tuple[date, dict[str, float]], ...]


@dataclass(frozen=True, slots=True)
class Toll:
    """What a report tells of its one incident."""

    killed: int
    injured: int
    day: date


def is_held_out(text: str) -> bool:
    """Whether a report of the train part is kept from every fit."""
    return int(hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(), 16) % 4 == 0


def read_part(shared: Path, part: str) -> list[Report]:
    """Reports of a part (train or dev) in their order."""
    folder = shared / "data" / "casualties_news"
    texts = json.loads((folder / f"{part}_X.json").read_text(encoding="utf-8"))
    golds = json.loads((folder / f"{part}_y.json").read_text(encoding="utf-8"))
    return [Report(x["text"], date.fromisoformat(x["publish_date"]), y) for x, y in zip(texts, golds, strict=True)]


def read_reports(reports: Sequence[Report]) -> list[Read]:
    """Figures and candidate days of every report."""
    nlp = Parser().nlp
    found: list[Read] = []
    for report, doc in zip(reports, nlp.pipe((report.text for report in reports), batch_size=16), strict=True):
        figures = find_figures(doc)
        lemmas = tuple(doc[mention.token].lemma_ for mention in figures)
        found.append(Read(figures, lemmas, tuple(day_candidates(doc, report.published))))
    return found


def document_toll(report: Report, read: Read, weights: dict[str, list[Boosted]]) -> Toll:
    """A report's toll and day by the learned trees: of tolls the highest probability on average, of days the highest score."""
    features = toll_features(report.text, read.figures, read.lemmas)
    numbers = {}
    for name in ("n_killed", "n_injured"):
        trees = weights[name]
        sums = [sum(column) for column in zip(*(tree.scores(features) for tree in trees), strict=True)]
        numbers[name] = trees[0].classes[max(range(len(sums)), key=sums.__getitem__)]
    scored = [(sum(tree.raw(features)[0] for tree in weights["shooting_date"]), day) for day, features in read.days]
    return Toll(numbers["n_killed"], numbers["n_injured"], max(scored)[1])


def toll_by_rules(report: Report, read: Read) -> Toll:
    """The largest figure that is neither a sum nor a part, and the first day told; else none, and the day before publishing."""
    numbers = {}
    for measure in ("killed", "injured"):
        told = [m.figure for m in read.figures if m.figure.measure == measure and not m.is_total and not m.is_part]
        values = [figure.low if figure.low is not None else figure.high or 0 for figure in told]
        numbers[measure] = max((value for value in values if value < MOST_VICTIMS), default=0)
    base = When(earliest=report.published, latest=report.published, precision="day")
    days = [resolve_time(report.text[span.start_char : span.end_char], base) for span in scan_times(report.text)]
    told_days = [
        when.earliest
        for when in days
        if when.precision == "day" and when.earliest is not None and when.earliest <= report.published
    ]
    return Toll(numbers["killed"], numbers["injured"], told_days[0] if told_days else report.published - timedelta(days=1))


def score(reports: Sequence[Report], tolls: Sequence[Toll]) -> dict[str, float]:
    """Share of reports right in each of SCORES; 0 where there is no report."""
    total = max(1, len(reports))
    rights = [
        (toll.killed == r.gold["n_killed"], toll.injured == r.gold["n_injured"], toll.day.isoformat() == r.gold["shooting_date"])
        for r, toll in zip(reports, tolls, strict=True)
    ]
    return {name: sum(right[number] for right in rights) / total for number, name in enumerate(SCORES)}


def main() -> int:
    """Print the scores of a part, or of all three."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=("dev", "train-heldout", "train-tuned"))
    parser.add_argument("--rules", action="store_true", help="nothing learned")
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--limit", type=int)
    parser.add_argument(
        "--shared", type=Path, default=Path(os.environ.get("TRUCEWATCH_SHARED", HERE.parents[1].parent / "shared"))
    )
    args = parser.parse_args()
    if not (args.shared / "data" / "casualties_news").is_dir():
        print(f"casualties: no data/casualties_news under {args.shared}: set TRUCEWATCH_SHARED", file=sys.stderr)
        return 2
    plain = json.loads((TRAINING / "weights.json").read_text(encoding="utf-8")) if not args.rules else {}
    weights = {name: [Boosted(tree) for tree in trees] for name, trees in plain.items()}
    status = 0
    for part in [args.part] if args.part else ["dev", "train-heldout"]:
        reports = read_part(args.shared, part.split("-")[0])
        if part != "dev":
            reports = [report for report in reports if is_held_out(report.text) == (part == "train-heldout")]
        reports = reports[: args.limit]
        read = read_reports(reports)
        tolls = [
            toll_by_rules(r, one) if args.rules else document_toll(r, one, weights) for r, one in zip(reports, read, strict=True)
        ]
        scores = score(reports, tolls)
        print(f"{part}: {len(reports)} reports  " + "  ".join(f"{name} {value:.3f}" for name, value in scores.items()))
        if args.errors:
            for report, toll in zip(reports, tolls, strict=True):
                told = (toll.killed, toll.injured, toll.day.isoformat())
                gold = (report.gold["n_killed"], report.gold["n_injured"], report.gold["shooting_date"])
                if told != gold:
                    print(f"  read {told}, gold {gold}: {report.text[:160]!r}")
        if not args.rules and args.limit is None:
            for name, floor in FLOORS.get(part, {}).items():
                if scores[name] < floor:
                    print(f"{part}: {name} {scores[name]:.3f} is under its floor {floor:.3f}", file=sys.stderr)
                    status = 1
    return status


if __name__ == "__main__":
    sys.exit(main())
