"""Stage, perpetrator certainty and number of human victims against data/muc4 (tst1, tst2): reported, not floored.

    python bench/quality/muc4.py [--shared ../shared] [--set tst1] [--set tst2] [--limit N]

The messages are in capitals without case. Case is restored simply: all is written small, sentence openings and the words of which
the world's states, bodies and capitals are made get a capital, and so do words that follow a title (GENERAL, PRESIDENT, ...) or a
first name known to no dictionary of small words. One key file gives templates per message; messages whose keys have no template
(IRRELEVANT) are left out, optional templates count as any other. Measures, each over the messages and not over single templates,
because nothing pairs our claims with templates but their words:

- stage: ACCOMPLISHED and ATTEMPTED are told by a claim of violence (classes ASSAULT, TERRITORY, DISPLACE, TOLL), THREATENED by
  one of class THREATEN. Recall: stages of a message's keys that a claim tells; precision: stages told that the keys have.
- certainty: REPORTED AS FACT is asserted by the outlet or by who is not the doer; CLAIMED OR ADMITTED: the claimant is the
  doer, or confirms; SUSPECTED OR ACCUSED and POSSIBLE: reported by an accusation, or as possible. Of the messages whose keys
  give a certainty, the share in which a violent claim with a doer has one of them.
- victims: of the human targets of the keys with a definite number and DEATH or INJURY as effect, the share whose number stands
  in a figure of that measure; and the share of our killed and injured figures whose number the keys have.

Exit status 2 where the set is absent.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections import defaultdict
from pathlib import Path

from trucewatch.config import load_theatre
from trucewatch.model.codebook import act_class
from trucewatch.model.records import Claim, Document, Reading
from trucewatch.model.stage import Context
from trucewatch.model.theatre import Theatre
from trucewatch.stages import extract, resolve, segment
from trucewatch.text.actors import ActorIndex
from trucewatch.text.parse import Parser

FILES = {"tst1": ("tst1-muc3", "key-tst1.v7"), "tst2": ("tst2-muc4", "key-tst2.v4")}
VIOLENT = frozenset({"ASSAULT", "TERRITORY", "DISPLACE", "TOLL"})
_TITLES = "president general colonel minister captain major lieutenant archbishop father monsignor senator judge".split()
Template = dict[str, str]


def messages(path: Path) -> dict[str, str]:
    """Message texts by id, without their datelines' marks."""
    found = {}
    parts = re.split(r"^((?:TST|DEV)\d?-MUC\d-\d{4})\s*$", path.read_text(encoding="latin-1"), flags=re.M)
    for name, body in zip(parts[1::2], parts[2::2], strict=True):
        body = re.sub(r"\[[^\]\n]*\]", " ", body)
        body = body.split("--", 1)[-1]
        found[name] = "\n\n".join(" ".join(p.split()) for p in re.split(r"\n\s*\n", body) if p.strip())
    return found


def templates(path: Path) -> dict[str, list[Template]]:
    """Filled templates by message id: field name to its text; messages without one are absent."""
    found: dict[str, list[Template]] = defaultdict(list)
    for block in re.split(r"\n\s*\n", path.read_text(encoding="latin-1")):
        fields: Template = {}
        last = None
        for line in block.splitlines():
            match = re.match(r"\d+\.\s+([A-Z: ]+?)\s{2,}(.*)$", line)
            if match:
                last = match[1].strip()
                fields[last] = match[2].strip()
            elif last is not None and line[:1].isspace():
                fields[last] += "\n" + line.strip()
        if fields.get("INCIDENT: STAGE OF EXECUTION", "*") not in ("*", "-"):
            found[fields["MESSAGE: ID"]].append(fields)
    return found


def cased(text: str, names: frozenset[str]) -> str:
    """A text in capitals written small, with capitals where sentences open and in known names."""
    out = []
    for sentence in re.split(r"(?<=[.?!])\s+|(?<=\n\n)", text):
        words = sentence.lower().split(" ")
        for number, word in enumerate(words):
            bare = re.sub(r"[^a-z-]", "", word)
            after_title = number > 0 and re.sub(r"[^a-z]", "", words[number - 1].lower()) in _TITLES
            if number == 0 or bare in names or after_title:
                words[number] = re.sub(r"[a-z]", lambda m: m.group().upper(), word, count=1)
        out.append(" ".join(words))
    return " ".join(out)


def names_of(theatre: Theatre) -> frozenset[str]:
    """Small-lettered words of the names of states, bodies and their people."""
    words = {w.lower() for party in theatre.parties for n in party.names for w in re.findall(r"[A-Z][\w-]+", n)}
    return frozenset(words - {"united", "republic", "state", "states", "democratic", "people", "organization", "nations"})


def certainty(claim: Claim) -> str:
    """Which of MUC's degrees a claim of violence has."""
    if claim.modality == "possible":
        return "POSSIBLE"
    if claim.claimant is None:
        return "REPORTED AS FACT"
    doer = claim.attributed_to
    same = doer is not None and (doer.text == claim.claimant.text or (doer.party or 0) == claim.claimant.party)
    if same or claim.stance == "confirms":
        return "CLAIMED OR ADMITTED"
    return "SUSPECTED OR ACCUSED" if any("accus" in reason for reason in claim.reasons) else "REPORTED AS FACT"


def numbers(template: Template) -> list[tuple[str, int]]:
    """(measure, number) of human targets killed or injured, where the key gives a definite number."""
    effects = dict(
        reversed(part) for part in re.findall(r"(DEATH|INJURY)[^:\n]*:\s*(\"[^\n]*)", template["HUM TGT: EFFECT OF INCIDENT"])
    )
    found = []
    for count, who in re.findall(r"^(\d+): (\"[^\n]*)", template["HUM TGT: NUMBER"], re.M):
        effect = effects.get(who)
        if effect is not None:
            found.append(("killed" if effect == "DEATH" else "injured", int(count)))
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("TRUCEWATCH_SHARED", "../shared")))
    parser.add_argument("--set", dest="sets", action="append", choices=sorted(FILES), help="default: tst1")
    parser.add_argument("--limit", type=int, help="read so many messages of a set only")
    arguments = parser.parse_args()
    root = arguments.shared / "data/muc4/CORPORA"
    if not root.is_dir():
        print(f"muc4: {root} is absent: set TRUCEWATCH_SHARED", file=sys.stderr)
        return 2
    theatre = load_theatre(None)
    actors, names = ActorIndex.from_theatre(theatre), names_of(theatre)
    context = Context(theatre=theatre, actors=actors, parser=Parser(actors.spacy_patterns()))
    for name in arguments.sets or ["tst1"]:
        texts, keys = (read(root / name / file) for read, file in zip((messages, templates), FILES[name], strict=True))
        wanted = [m for m in texts if m in keys][: arguments.limit]
        count: dict[str, int] = defaultdict(int)
        for message in wanted:
            document = Document(
                id=message, source=message, input_path=message, sha256=message, language="en", text=cased(texts[message], names)
            )
            reading = Reading(document=document)
            for stage in (segment.STAGE, extract.STAGE, resolve.STAGE):
                assert stage.run_record is not None
                reading = stage.run_record(reading, context)
            violent = [c for c in reading.claims if act_class(c.act) in VIOLENT and c.stance != "denies"]
            told = {"done"} if violent else set()
            told |= {"threatened"} if any(act_class(c.act) == "THREATEN" for c in reading.claims) else set()
            stages = {"threatened" if "THREAT" in t["INCIDENT: STAGE OF EXECUTION"] else "done" for t in keys[message]}
            count["stages"] += len(stages)
            count["told"] += len(told)
            count["stages right"] += len(stages & told)
            sure = {
                degree
                for t in keys[message]
                for degree in re.findall(
                    r"REPORTED AS FACT|CLAIMED OR ADMITTED|SUSPECTED OR ACCUSED|POSSIBLE", t["PERP: ORGANIZATION CONFIDENCE"]
                )
            }
            ours = {certainty(c) for c in violent if c.attributed_to is not None}
            count["sure"] += bool(sure)
            count["sure right"] += bool(sure & ours)
            gold = [pair for t in keys[message] for pair in numbers(t)]
            figures = {(f.measure, f.low) for c in violent for f in c.figures if f.measure in ("killed", "injured")}
            count["victims"] += len(gold)
            count["victims right"] += sum(pair in figures for pair in gold)
            count["figures"] += len(figures)
            count["figures right"] += sum(pair in set(gold) for pair in figures)

        def share(right: str, of: str, count: dict[str, int] = count) -> str:
            return f"{count[right] / max(count[of], 1):.3f} ({count[right]} of {count[of]})"

        print(f"muc4 {name} messages with templates {len(wanted)}")
        print(f"    stage recall {share('stages right', 'stages')}  precision {share('stages right', 'told')}")
        print(f"    perpetrator certainty {share('sure right', 'sure')}")
        print(f"    victims found {share('victims right', 'victims')}  figures in the keys {share('figures right', 'figures')}")
    print("limits: case is restored by rule, so that names and sides are often missed; a message tells of several incidents;")
    print("        a single named victim has number 1 in the keys and no figure in our claims")
    return 0


if __name__ == "__main__":
    sys.exit(main())
