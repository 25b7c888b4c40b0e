"""Acts and sides of single sentences against data/plover_gsr: the class in any claim, and the class with both countries.

    python bench/quality/acts.py [--shared ../shared] [--errors]

A gold sentence counts as right in the first measure where some claim of it has the gold's class: PLOVER's DEMAND is our REQUEST,
DISAPPROVE our ACCUSE, FIGHT and ASSAULT our ASSAULT or TERRITORY, SUPPORT and COOPERATE our COOPERATE, CONCEDE our RETREAT or
AGREE; CLASSES below lists all. PROTEST and INVESTIGATE have no act in acts.csv and cannot be right: they stay in the denominator.
In the second measure, the same claim must also name the gold's source and target countries among its sides (attributed_to,
target, claimant). Sentences without a country on one side ask only for the other. Three quarters may be tuned on; the quarter with
sha256(id) % 4 == 0 is unseen. The world's states alone are known, no theatre. Exit status 2 where the set is absent.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import sys
from pathlib import Path
from typing import Any

from trucewatch.config import load_theatre
from trucewatch.model.codebook import act_class
from trucewatch.model.records import Document, Reading
from trucewatch.model.stage import Context
from trucewatch.stages import extract, resolve, segment
from trucewatch.text.actors import ActorIndex
from trucewatch.text.parse import Parser

CLASSES = {
    "DEMAND": {"REQUEST"},
    "DISAPPROVE": {"ACCUSE"},
    "FIGHT": {"ASSAULT", "TERRITORY", "DISPLACE"},
    "ASSAULT": {"ASSAULT", "TERRITORY"},
    "SUPPORT": {"COOPERATE", "AGREE"},
    "COOPERATE": {"COOPERATE", "AGREE"},
    "CONCEDE": {"RETREAT", "AGREE", "COOPERATE"},
    "SANCTION": {"COERCE", "REJECT", "DISPLACE"},
    "COERCE": {"COERCE", "ASSAULT", "DISPLACE"},
    "MOBILIZE": {"MOBILIZE"},
}


def read_gold(path: Path) -> list[dict[str, Any]]:
    """The set's records that have a text and an event."""
    text, found, at = path.read_text(encoding="utf-8"), [], 0
    decoder = json.JSONDecoder()
    while match := re.compile(r"\{").search(text, at):
        try:
            record, at = decoder.raw_decode(text, match.start())
        except json.JSONDecodeError:
            at = match.start() + 1
            continue
        if record.get("text") and record.get("event") not in (None, "DOCUMENT"):
            found.append(record)
    return found


def countries(side: Any) -> set[str]:
    """Three-letter codes of a gold side."""
    return (
        {actor["code"] for actor in side or [] if isinstance(actor, dict) and actor.get("code")}
        if isinstance(side, list)
        else set()
    )


def is_right(gold: dict[str, Any], claims: list[tuple[str, set[str]]]) -> tuple[bool, bool]:
    """(class in any claim, class with both countries) for a gold sentence and its claims as (class, sides)."""
    wanted = CLASSES.get(gold["event"], {gold["event"]})
    fitting = [sides for found, sides in claims if found in wanted]
    need = [codes for codes in (countries(gold.get("source")), countries(gold.get("target"))) if codes]
    return bool(fitting), any(all(codes & sides for codes in need) for sides in fitting)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("TRUCEWATCH_SHARED", "../shared")))
    parser.add_argument("--errors", action="store_true", help="list the tuned part's misses")
    arguments = parser.parse_args()
    path = arguments.shared / "data/plover_gsr/PLOVER_GSR_CAMEO.txt"
    if not path.is_file():
        print(f"acts: {path} is absent: set TRUCEWATCH_SHARED", file=sys.stderr)
        return 2
    theatre = load_theatre(None)
    actors = ActorIndex.from_theatre(theatre)
    context = Context(theatre=theatre, actors=actors, parser=Parser(actors.spacy_patterns()))
    counts: dict[bool, list[int]] = {True: [0, 0, 0], False: [0, 0, 0]}
    for gold in read_gold(path):
        document = Document(
            id=gold["id"], source=gold["id"], input_path=gold["id"], sha256=gold["id"], language="en", text=gold["text"]
        )
        reading = Reading(document=document)
        for stage in (segment.STAGE, extract.STAGE, resolve.STAGE):
            assert stage.run_record is not None
            reading = stage.run_record(reading, context)
        claims = []
        for claim in reading.claims:
            voices = (claim.claimant, claim.attributed_to, claim.target)
            sides = {party for voice in voices if voice is not None and voice.party for party in voice.party.split(";")}
            claims.append((act_class(claim.act), sides))
        unseen = int(hashlib.sha256(gold["id"].encode()).hexdigest(), 16) % 4 == 0
        by_class, by_sides = is_right(gold, claims)
        row = counts[unseen]
        row[0], row[1], row[2] = row[0] + 1, row[1] + by_class, row[2] + by_sides
        if arguments.errors and not unseen and not by_sides:
            print(gold["event"], countries(gold.get("source")), countries(gold.get("target")), claims, gold["text"])
    for unseen, name in ((False, "tuned"), (True, "unseen")):
        n, by_class, by_sides = counts[unseen]
        shares = f"class {by_class / max(n, 1):.3f}  class and countries {by_sides / max(n, 1):.3f}"
        print(f"plover_gsr {name:6s} sentences {n}  {shares}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
