"""Acts and sides of single sentences against data/plover_gsr: the class in any claim, and the class with both countries.

    python bench/quality/acts.py [--shared ../shared] [--errors]

A gold sentence counts as right in the first measure where some claim of it has the gold's class. CLASSES below gives, for the
set's older class names, ours by acts.csv's own definitions and its plover_event column: DEMAND is our REQUEST, DISAPPROVE our
ACCUSE, FIGHT and ASSAULT our ASSAULT or TERRITORY. The set's AGREE is CAMEO 03, "express intent to cooperate": acts.csv files an
intent with what is offered (OFFER.OTHER "offered or given", AID.DELIVERY "delivered or offered", TALKS.MEET "or readiness for
one"), so those classes fit it; the line "strict" counts AGREE by the class AGREE alone. PROTEST and INVESTIGATE have no act in
acts.csv and cannot be right: they stay in the denominator.

In the second measure the same claim must also name the gold's source and target countries among its sides (claimant,
attributed_to, target). Sentences without a country on one side ask only for the other. The set's conventions, applied to the
sides of a claim here and not in the product:

- it codes the country that somebody is of, not the side he is on: "X-an rebels" are X. A side that the run leaves open takes the
  states its own words name, else the state that the sentence names where it names only one;
- a state alone in its sentence is source and target both, as the run names it;
- a group has the code of the state it fights from (theatre: hosts), a body of states the code IGO;
- JAP, ITL and VTN stand for JPN, ITA and VNM.

"Sides as given" has none of these but the codes. Three quarters may be tuned on; the quarter with sha256(id) % 4 == 0 is
unseen. The record stages run in their order, without a day; the world's states alone are known, no theatre. Exit status 1 where
a figure is below its floor (tests/golden/floors.json, "acts"), 2 where the set is absent.
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
from trucewatch.model.records import Document, Reading, Voice
from trucewatch.model.stage import Context
from trucewatch.stages import extract, locate, resolve, segment, settle
from trucewatch.text.actors import ActorIndex
from trucewatch.text.gazetteer import Gazetteer
from trucewatch.text.parse import Parser

CLASSES = {
    "AGREE": {"AGREE", "COOPERATE", "AID", "CONSULT", "RETREAT"},
    "DEMAND": {"REQUEST"},
    "DISAPPROVE": {"ACCUSE"},
    "FIGHT": {"ASSAULT", "TERRITORY", "DISPLACE"},
    "ASSAULT": {"ASSAULT", "TERRITORY"},
    "SUPPORT": {"COOPERATE", "AGREE"},
    "COOPERATE": {"COOPERATE", "AGREE"},
    "AID": {"AID", "COOPERATE"},
    "CONCEDE": {"RETREAT", "AGREE", "COOPERATE"},
    "SANCTION": {"COERCE", "REJECT", "DISPLACE"},
    "COERCE": {"COERCE", "ASSAULT", "DISPLACE"},
    "MOBILIZE": {"MOBILIZE"},
}
ODD_CODES = {"JAP": "JPN", "ITL": "ITA", "VTN": "VNM", "NGO": "IGO"}
Coded = tuple[str, set[str]]


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
    """Three-letter codes of a gold side, odd ones mended."""
    if not isinstance(side, list):
        return set()
    codes = {str(actor["code"]) for actor in side if isinstance(actor, dict) and actor.get("code")}
    return {ODD_CODES.get(code, code) for code in codes}


def is_right(gold: dict[str, Any], claims: list[Coded], *, strict: bool = False) -> tuple[bool, bool]:
    """(class in any claim, class with both countries) for a gold sentence and its claims as (class, sides)."""
    wanted = {gold["event"]} if strict and gold["event"] == "AGREE" else CLASSES.get(gold["event"], {gold["event"]})
    fitting = [sides for found, sides in claims if found in wanted]
    need = [codes for codes in (countries(gold.get("source")), countries(gold.get("target"))) if codes]
    return bool(fitting), any(all(codes & sides for codes in need) for sides in fitting)


class Sides:
    """The set's codes of the sides of claims."""

    def __init__(self, theatre: Any, actors: ActorIndex) -> None:
        self._actors = actors
        self._states = {party.code for party in theatre.parties if party.kind == "state"}
        self._homes = {party.code: set(party.hosts) for party in theatre.parties if party.hosts}
        self._bodies = {party.code for party in theatre.parties if party.kind == "body"}

    def named(self, text: str) -> set[str]:
        """States that a stretch of text names, by its runs of words that begin with a capital."""
        found: set[str] = set()
        words = re.findall(r"(?:[A-Z]\.)+|[\w’'-]+", text)
        for size in (3, 2, 1):
            for start in range(len(words) - size + 1):
                run = words[start : start + size]
                if not run[0][:1].isupper():
                    continue
                match = self._actors.lookup(re.sub(r"['’]s?$", "", " ".join(run)), None)
                if match is not None and match.party in self._states | self._bodies and (size == 1 or run[-1][:1].isupper()):
                    found |= self.coded(match.party)
        return found

    def coded(self, party: str) -> set[str]:
        """The set's codes of a party code of the run."""
        found: set[str] = set()
        for code in party.split(";"):
            found |= self._homes.get(code, {"IGO"} if code in self._bodies else {code})
        return found

    def of(self, voice: Voice | None, sentence: set[str]) -> set[str]:
        """The set's codes of a voice; `sentence` the states that the sentence names."""
        if voice is None:
            return set()
        if voice.party:
            return self.coded(voice.party)
        own = self.named(voice.text or "")
        return own or (sentence if len(sentence) == 1 else set())


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
    context = Context(
        theatre=theatre, actors=actors, gazetteer=Gazetteer.from_theatre(theatre), parser=Parser(actors.spacy_patterns())
    )
    coder = Sides(theatre, actors)
    counts: dict[bool, list[int]] = {True: [0] * 6, False: [0] * 6}
    for gold in read_gold(path):
        document = Document(
            id=gold["id"], source=gold["id"], input_path=gold["id"], sha256=gold["id"], language="en", text=gold["text"]
        )
        reading = Reading(document=document)
        for stage in (segment.STAGE, extract.STAGE, resolve.STAGE, locate.STAGE, settle.STAGE):
            assert stage.run_record is not None
            reading = stage.run_record(reading, context)
        around = coder.named(gold["text"])
        claims: list[Coded] = []
        given: list[Coded] = []
        for claim in reading.claims:
            voices = (claim.claimant, claim.attributed_to, claim.target)
            sides = set().union(*(coder.of(voice, around) for voice in voices))
            if claim.attributed_to is None and len(around) == 1:
                sides |= around
            claims.append((act_class(claim.act), sides))
            given.append((act_class(claim.act), set().union(*(coder.coded(v.party) for v in voices if v and v.party))))
        unseen = int(hashlib.sha256(gold["id"].encode()).hexdigest(), 16) % 4 == 0
        by_class, by_sides = is_right(gold, claims)
        marks = (by_class, by_sides, *is_right(gold, claims, strict=True), is_right(gold, given)[1])
        row = counts[unseen]
        row[:] = [row[0] + 1, *(have + more for have, more in zip(row[1:], marks, strict=True))]
        if arguments.errors and not unseen and not by_sides:
            mark = "side " if by_class else "class"
            print(mark, gold["event"], countries(gold.get("source")), countries(gold.get("target")), claims, gold["text"])
    floors = json.loads((Path(__file__).parents[2] / "tests/golden/floors.json").read_text(encoding="utf-8")).get("acts", {})
    fell = False
    for unseen, name in ((False, "tuned"), (True, "unseen")):
        n, *marks_of = counts[unseen]
        by_class, by_sides, class_strict, sides_strict, as_given = (mark / max(n, 1) for mark in marks_of)
        print(f"plover_gsr {name:6s} sentences {n}  class {by_class:.3f}  class and countries {by_sides:.3f}")
        fell = fell or any(share < floor for share, floor in zip((by_class, by_sides), floors.get(name, ()), strict=False))
        print(f"    strict: class {class_strict:.3f}  class and countries {sides_strict:.3f};  sides as given {as_given:.3f}")
    return int(fell)


if __name__ == "__main__":
    sys.exit(main())
