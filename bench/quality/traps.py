"""Traps of real news text (shared/gold/traps-dev.csv) against a run's exports: the share handled as `expected` says.

    python bench/quality/traps.py [--shared ../shared]

The main job runs over the seeds as a user would, with `--published`. Each row of the table names a place in an article and what
is expected there; CHECKS below says by what in documents.jsonl, claims.jsonl and issues.jsonl the expectation is
seen to hold. "Near" a trap are claims whose sentence overlaps its words. A row whose id has no check, or whose words do not stand
in the document, counts as failed. Exit status 1 where one fails, 2 where shared/ is absent.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import re
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from claims import run_job

ROOT = Path(__file__).parents[2]
Record = dict[str, Any]


@dataclass(frozen=True)
class Scene:
    """A trap's document with its claims and issues, the claims near the trap, and all claims of the run."""

    text: str
    start: int
    end: int
    claims: list[Record]
    near: list[Record]
    issues: list[Record]
    run_claims: list[Record]

    def has_issue(self, code: str) -> bool:
        """Whether an issue of that code is about words at the trap."""
        around = self.text[max(0, self.start - 300) : self.end + 300]
        return any(i["code"] == code and (i.get("value") or "") in around for i in self.issues)

    def places(self) -> list[Record]:
        """Places of the claims near the trap."""
        return [place for claim in self.near for place in claim["places"]]


def party(claim: Record, role: str) -> str | None:
    """Party code of a claim's voice."""
    return (claim.get(role) or {}).get("party")


def read_as(scene: Scene, written: str, name: str) -> bool:
    """Whether a written name stands for a place by another name, with less than full confidence or an issue."""
    found = [p for claim in scene.claims for p in claim["places"] if p["text"] == written]
    return bool(found) and all(p["name"] == name for p in found) and (found[0]["confidence"] < 0.9)


def no_casualties(scene: Scene) -> bool:
    """No figure near the trap counts victims out of its words."""
    return not any(
        f["measure"] in ("killed", "injured", "missing") and scene.start <= (f.get("start_char") or -1) < scene.end
        for claim in scene.near
        for f in claim["figures"]
    )


def denial(scene: Scene) -> bool:
    """A denial of fire from Armenia at Azerbaijan."""
    return any(
        c["stance"] == "denies" and c["act"].startswith("FIRE") and party(c, "attributed_to") == "ARM"
        and party(c, "target") == "AZE"
        for c in scene.near
    )  # fmt: skip


def one_denial(scene: Scene) -> bool:
    """The denial stands in one incident with a denial of another document."""
    here = {c["document_id"] for c in scene.near}
    incidents = {c["incident_id"] for c in scene.near if c["stance"] == "denies"}
    return any(
        c["stance"] == "denies" and c["document_id"] not in here and c["incident_id"] in incidents for c in scene.run_claims
    )


CHECKS: dict[str, Callable[[Scene], bool]] = {
    "TRAP-01": lambda s: no_casualties(s) and s.has_issue("population-implausible"),
    "TRAP-02": lambda s: read_as(s, "Gabriel", "Jabrayil") and s.has_issue("name-recovered"),
    "TRAP-03": denial,
    "TRAP-04": lambda s: denial(s) and one_denial(s),
    "TRAP-05": lambda s: not any(p["text"] == "Aristotle" and p["name"] not in (None, "Nagorno-Karabakh") for p in s.places()),
    "TRAP-06": lambda s: not any(c["act"] == "ACCESS.BLOCKADE" for c in s.near),
    "TRAP-07": lambda s: s.has_issue("victims-unclear")
    and any(f["population"] == "unknown" and f["high"] >= 200 for c in s.near for f in c["figures"]),
    "TRAP-08": lambda s: s.has_issue("place-country-contradiction") or s.has_issue("sides-swapped"),
    "TRAP-09": lambda s: read_as(s, "Ganges", "Ganja") and not any((p.get("lon") or 0) > 60 for p in s.places()),
    "TRAP-10": lambda s: s.has_issue("sides-swapped")
    and bool(s.near)
    and not any(party(c, "attributed_to") == "AZE" for c in s.near),
    "TRAP-11": lambda s: not any(scene_overlap(s, p) for p in s.places()),
    "TRAP-19": lambda s: any(
        c["act"] == "ADVANCE.OFFENSIVE" and party(c, "claimant") == "AZE" and party(c, "attributed_to") == "AZE" for c in s.near
    ),
    "TRAP-20": lambda s: all(c["evidence_in_text"] for c in s.claims),
    "TRAP-21": lambda s: all(c["evidence_in_text"] for c in s.claims)
    and any(c["act"] == "BLAME" and party(c, "attributed_to") == "NKR" for c in s.near)
    and not any(c["act"] != "BLAME" and c["stance"] == "asserts" and c["modality"] == "actual" for c in s.near),
    "TRAP-22": lambda s: any(
        c["act"] == "DEMAND.WITHDRAWAL" and party(c, "claimant") == "AZE" for c in s.near
    ),
}  # fmt: skip


def scene_overlap(scene: Scene, place: Record) -> bool:
    """Whether a place with coordinates is taken out of the trap's words."""
    start = place.get("start_char")
    return start is not None and scene.start <= start < scene.end and place.get("lat") is not None


def read_lines(path: Path) -> list[Record]:
    """Records of a JSON lines file, none where it is absent."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.is_file() else []


def scene_of(row: dict[str, str], out: Path) -> Scene | None:
    """The trap's surroundings in a run, None where its words do not stand in the document."""
    document = next((d for d in read_lines(out / "documents.jsonl") if row["file"] in d["source"]), None)
    if document is None:
        return None
    text = document["text"]
    match = re.search(r"\s+".join(re.escape(word) for word in row["quote"].split()), text)
    if match is None:
        return None
    run_claims = read_lines(out / "claims.jsonl")
    claims = [c for c in run_claims if c["document_id"] == document["id"]]
    for claim in claims:
        claim["evidence_in_text"] = all(
            text[v["start_char"] : v["end_char"]] == v["text"]
            for v in (claim["claimant"], claim["attributed_to"], claim["target"], *claim["places"])
            if v and v.get("start_char") is not None
        )
    near = [c for c in claims if c["sentence_start_char"] < match.end() and match.start() < c["sentence_end_char"]]
    issues = [i for i in read_lines(out / "issues.jsonl") if i.get("source") == document["source"]]
    return Scene(text, match.start(), match.end(), claims, near, issues, run_claims)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("TRUCEWATCH_SHARED", ROOT.parent / "shared")))
    parser.add_argument("--run", type=Path, help="exports of a run over the seeds, instead of a fresh run")
    arguments = parser.parse_args()
    table = arguments.shared / "gold/traps-dev.csv"
    if not table.is_file():
        print(f"traps: {table} is absent: set TRUCEWATCH_SHARED", file=sys.stderr)
        return 2
    rows = list(csv.DictReader(table.read_text(encoding="utf-8").splitlines()))
    failed = []
    with tempfile.TemporaryDirectory() as folder:
        out = arguments.run or Path(folder)
        if arguments.run is None:
            run_job(arguments.shared / "seeds", "karabakh", out, arguments.shared / "seeds/published.csv")
        for row in rows:
            scene, check = scene_of(row, out), CHECKS.get(row["id"])
            if scene is None or check is None or not check(scene):
                failed.append(f"{row['id']}: {row['expected']}")
    print(f"traps handled {len(rows) - len(failed)} of {len(rows)}")
    print("\n".join(failed), end="\n" if failed else "")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
