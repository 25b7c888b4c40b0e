"""What the gate (stages/extract/gate.py) lets through, and what it costs in quality: every coded set with it and without.

    python bench/quality/gate.py [--shared ../shared] [--set NAME] [--errors]

One line a set:

- `parsed`: share of the set's words in the sentences that are parsed;
- `core lost`: gold claims that count (tier core; for plover_gsr sentences whose class is found; for casualties reports with
  victims) that are found without the gate and not with it. claims-dev and the news are scored by shared/score/score_claims.py,
  plover_gsr by acts.py beside this file; a casualties report is lost where the parse finds figures of victims in it, and none
  in a sentence that is let through (that bench and those of polnear and geoparsing use the library on whole texts: the gate is
  no part of them);
- `F1` without the gate and with it (for plover_gsr the share of sentences whose class is found), exact likewise;
- `claims` made without the gate and with it.

buried puts each sentence of plover_gsr in the middle of a long text of other matters: there most weak words (a call, a refusal, a
protest) of one country alone are left out on purpose. It has no mark; its line tells how many are let through.
mixed is bench/speed.py's sample of general news, which has no gold: its share parsed is what the speed rests on. Exit status 1
where more than one core claim in 200 is lost over all sets, an F1 falls by more than 0.005, or a share parsed is above its pin
(tests/golden/floors.json, "gate"); 2 where the shared sets are absent.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(Path(__file__).parent), str(ROOT / "bench")]

from acts import Sides, is_right, read_gold  # noqa: E402
from casualties import read_part  # noqa: E402
from speed import inputs_of  # noqa: E402

from trucewatch import pipeline  # noqa: E402
from trucewatch.config import load_theatre  # noqa: E402
from trucewatch.model.codebook import act_class  # noqa: E402
from trucewatch.model.records import Document, Reading  # noqa: E402
from trucewatch.model.stage import Context  # noqa: E402
from trucewatch.pipeline.context import Recipe  # noqa: E402
from trucewatch.plugins import make_plugins  # noqa: E402
from trucewatch.reports.exports import write_jsonl  # noqa: E402
from trucewatch.sources import read_inputs  # noqa: E402
from trucewatch.stages import extract, locate, resolve, segment, settle  # noqa: E402
from trucewatch.stages.extract.gate import gate_of  # noqa: E402
from trucewatch.store import open_store  # noqa: E402
from trucewatch.text.figures import find_figures  # noqa: E402
from trucewatch.text.parse import DEFAULT_PIPELINE  # noqa: E402

FLOORS = ROOT / "tests/golden/floors.json"
SETS = ("claims-dev", "claims-dev undated", "news/karabakh", "news/lebanon", "plover_gsr", "buried", "casualties", "mixed")
MOST_LOST, MOST_FALL = 1 / 200, 0.005


@dataclass(frozen=True, kw_only=True)
class Effect:
    """One set's figures; pairs are (without the gate, with it), None where the set has no such measure."""

    name: str
    parsed: float
    core: int = 0
    lost: tuple[str, ...] = ()
    f1: tuple[float, float] | None = None
    exact: tuple[float, float] | None = None
    claims: tuple[int, int] | None = None
    let_through: tuple[int, int] | None = None


def shut(context: Context, is_gated: bool) -> Context:
    """The context with the gate on or off."""
    return replace(context, settings={**context.settings, "parser.gate": is_gated})


def words_parsed(text: str, context: Context) -> tuple[int, int]:
    """Words of a text that the gate lets through, and all."""
    document = Document(id="d", source="d", input_path="d", sha256="d", language="en", text=text)
    reading = segment.run(Reading(document=document), context)
    sizes = [len(text[s.start_char : s.end_char].split()) for s in reading.sentences]
    chosen = gate_of(context.theatre).choose(text, reading.sentences, reading.quotations)
    return sum(sizes[number] for number in chosen), sum(sizes)


def share_parsed(texts: list[str], context: Context) -> float:
    """Share of the words of texts that the gate lets through."""
    pairs = [words_parsed(text, context) for text in texts]
    return sum(part for part, _ in pairs) / max(1, sum(whole for _, whole in pairs))


def run_job(context: Context, inputs: list[str], published: Path | None, out: Path) -> list[str]:
    """The whole job into a folder; the cleaned texts."""
    out.mkdir()
    with open_store(out / "trucewatch.db") as store:
        originals = read_inputs(inputs, str(published) if published else None)
        stages = pipeline.make_plan(make_plugins())
        result = pipeline.run(originals, store=store, stages=stages, recipe=lambda: context, workers=1)
        write_jsonl(result.ledger, out)
    return [document.text for document in result.ledger.documents]


def score(gold: Path, out: Path, shared: Path) -> tuple[dict[str, Any], set[str]]:
    """Figures of score_claims.py, and the ids of the core claims that it finds missing."""
    command = [sys.executable, str(shared / "score/score_claims.py"), str(gold), str(out), "--json", "--errors"]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    return json.loads(lines[-1]), {line.split()[1] for line in lines if line.startswith("missed ")}


def of_claims(name: str, context: Context, inputs: list[str], published: Path | None, gold: Path, shared: Path) -> Effect:
    """Effect on a set of gold claims."""
    with tempfile.TemporaryDirectory() as folder:
        texts = run_job(shut(context, False), inputs, published, Path(folder, "without"))
        run_job(shut(context, True), inputs, published, Path(folder, "with"))
        before, missed_before = score(gold, Path(folder, "without"), shared)
        after, missed_after = score(gold, Path(folder, "with"), shared)
    return Effect(
        name=name,
        parsed=share_parsed(texts, context),
        core=before["claims"],
        lost=tuple(sorted(missed_after - missed_before)),
        f1=(before["f1"], after["f1"]),
        exact=(before["exact"], after["exact"]),
        claims=(before["predicted"], after["predicted"]),
    )


def of_acts(context: Context, shared: Path) -> Effect:
    """Effect on the single sentences of plover_gsr."""
    coder = Sides(context.theatre, context.actors)
    golds = read_gold(shared / "data/plover_gsr/PLOVER_GSR_CAMEO.txt")
    rights: list[list[bool]] = [[], []]
    made = [0, 0]
    for gold in golds:
        document = Document(
            id=gold["id"], source=gold["id"], input_path=gold["id"], sha256=gold["id"], language="en", text=gold["text"]
        )
        for is_gated in (False, True):
            reading = Reading(document=document)
            for stage in (segment.STAGE, extract.STAGE, resolve.STAGE, locate.STAGE, settle.STAGE):
                assert stage.run_record is not None
                reading = stage.run_record(reading, shut(context, is_gated))
            claims = [(act_class(claim.act), coder.of(claim.attributed_to, set())) for claim in reading.claims]
            rights[is_gated].append(is_right(gold, claims)[0])
            made[is_gated] += len(claims)
    lost = tuple(gold["text"] for gold, without, within in zip(golds, *rights, strict=True) if without and not within)
    return Effect(
        name="plover_gsr",
        parsed=share_parsed([gold["text"] for gold in golds], context),
        core=len(golds),
        lost=lost,
        f1=(sum(rights[0]) / len(golds), sum(rights[1]) / len(golds)),
        claims=(made[0], made[1]),
    )


def of_buried(context: Context, shared: Path) -> Effect:
    """How many of the sentences of plover_gsr are let through deep in a long text of other matters."""
    golds = read_gold(shared / "data/plover_gsr/PLOVER_GSR_CAMEO.txt")
    around = [f"The baker of street {number} sold bread." for number in range(15)]
    lost = []
    for gold in golds:
        text = "\n\n".join([*around, gold["text"], *around])
        document = Document(id="d", source="d", input_path="d", sha256="d", language="en", text=text)
        reading = segment.run(Reading(document=document), context)
        begin = text.index(gold["text"])
        end = begin + len(gold["text"])
        chosen = gate_of(context.theatre).choose(text, reading.sentences, reading.quotations)
        if not any(reading.sentences[n].start_char < end and begin < reading.sentences[n].end_char for n in chosen):
            lost.append(gold["text"])
    share = 1 - len(lost) / len(golds)
    return Effect(name="buried", parsed=share, lost=tuple(lost), let_through=(len(golds) - len(lost), len(golds)))


def of_casualties(context: Context, shared: Path) -> Effect:
    """Effect on the reports of casualties_news with victims."""
    reports = [report for report in read_part(shared, "dev") if report.gold["n_killed"] or report.gold["n_injured"]]
    lost = []
    for report in reports:
        document = Document(id="d", source="d", input_path="d", sha256="d", language="en", text=report.text)
        reading = segment.run(Reading(document=document), context)
        chosen = gate_of(context.theatre).choose(report.text, reading.sentences, reading.quotations)
        open_at = {
            at for number in chosen for at in range(reading.sentences[number].start_char, reading.sentences[number].end_char)
        }
        figures = [
            mention.figure
            for block in context.parser.parse(report.text, reading.sentences)
            for mention in find_figures(block.doc, block.start_char)
            if mention.figure.measure in ("killed", "injured")
        ]
        if figures and not any(figure.start_char in open_at for figure in figures):
            lost.append(" | ".join(report.text[max(0, (f.start_char or 0) - 60) : (f.end_char or 0) + 60] for f in figures))
    return Effect(
        name="casualties",
        parsed=share_parsed([report.text for report in reports], context),
        core=len(reports),
        lost=tuple(lost),
    )


def of_mixed(context: Context) -> Effect:
    """Share parsed of general news."""
    with tempfile.TemporaryDirectory() as folder:
        texts = [Path(path).read_text(encoding="utf-8") for path in inputs_of("mixed", Path(folder))]
    return Effect(name="mixed", parsed=share_parsed(texts, context))


def effects(shared: Path, names: tuple[str, ...]) -> Iterator[Effect]:
    """Effects on the named sets, one after the other."""
    karabakh = Recipe(theatre=load_theatre("karabakh"), parser_pipeline=DEFAULT_PIPELINE)()
    for name in names:
        if name.startswith("claims-dev"):
            published = None if "undated" in name else shared / "seeds/published.csv"
            yield of_claims(name, karabakh, [str(shared / "seeds")], published, shared / "gold/claims-dev.jsonl", shared)
        elif name.startswith("news/"):
            theatre, news = name.removeprefix("news/"), shared / "gold" / name
            context = Recipe(theatre=load_theatre(theatre), parser_pipeline=DEFAULT_PIPELINE)()
            yield of_claims(name, context, [str(news / "in")], news / "published.csv", news / "claims.jsonl", shared)
        elif name == "plover_gsr":
            yield of_acts(Recipe(theatre=load_theatre(None), parser_pipeline=DEFAULT_PIPELINE)(), shared)
        elif name == "buried":
            yield of_buried(Recipe(theatre=load_theatre(None), parser_pipeline=DEFAULT_PIPELINE)(), shared)
        elif name == "casualties":
            yield of_casualties(karabakh, shared)
        else:
            yield of_mixed(karabakh)


def line_of(effect: Effect) -> str:
    """An effect as one line."""
    if effect.let_through is not None:
        return f"{effect.name:20s} let through {effect.let_through[0]} of {effect.let_through[1]}"
    parts = [f"{effect.name:20s} parsed {effect.parsed:.3f}"]
    if effect.core:
        parts.append(f"core lost {len(effect.lost)} of {effect.core}")
    for measure, pair in (("F1", effect.f1), ("exact", effect.exact)):
        if pair is not None:
            parts.append(f"{measure} {pair[0]:.3f} to {pair[1]:.3f}")
    if effect.claims is not None:
        parts.append(f"claims {effect.claims[0]} to {effect.claims[1]}")
    return "  ".join(parts)


def faults(found: list[Effect], pins: dict[str, float]) -> list[str]:
    """What is past its mark."""
    core, lost = sum(effect.core for effect in found), sum(len(effect.lost) for effect in found if effect.core)
    wrong = [f"{lost} of {core} core claims are lost: more than one in 200"] if core and lost / core > MOST_LOST else []
    wrong += [
        f"{effect.name}: F1 falls from {effect.f1[0]:.3f} to {effect.f1[1]:.3f}"
        for effect in found
        if effect.f1 is not None and effect.f1[0] - effect.f1[1] > MOST_FALL
    ]
    return wrong + [
        f"{effect.name}: {effect.parsed:.3f} of the words are parsed, pinned at {pins[effect.name]}"
        for effect in found
        if effect.parsed > pins.get(effect.name, 1.0)
    ]


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("TRUCEWATCH_SHARED", ROOT.parent / "shared")))
    parser.add_argument("--set", choices=SETS, action="append")
    parser.add_argument("--errors", action="store_true", help="list what is lost")
    arguments = parser.parse_args()
    if not (arguments.shared / "gold").is_dir():
        print(f"gate: the shared sets are not at {arguments.shared}: set TRUCEWATCH_SHARED", file=sys.stderr)
        return 2
    found = []
    for effect in effects(arguments.shared, tuple(arguments.set or SETS)):
        found.append(effect)
        print(line_of(effect), flush=True)
        if arguments.errors:
            print("".join(f"    {one}\n" for one in effect.lost), end="")
    wrong = faults(found, json.loads(FLOORS.read_text(encoding="utf-8")).get("gate", {}))
    print("\n".join(wrong) if wrong else "within the marks")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
