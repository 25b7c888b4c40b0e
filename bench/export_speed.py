"""Processor seconds and peak memory of each data set and of a situation report, from a generated ledger of 100,000 incidents.

Usage: python bench/export_speed.py [--incidents N] [--only KIND,...] [--keep FOLDER]. Each export runs in a process of its own,
so that its peak memory is its own. The ledger is seeded: two claims an incident from articles of a dozen sentences, a denial of
every fourth, tolls of every third, a year of days, 600 towns.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from ledger_speed import ACTS, SIDES, invented_theatre

from trucewatch.model.records import Claim, ClaimPlace, Document, Figure, Incident, Ledger, Status, Toll, Violation, Voice, When
from trucewatch.reports.datasets.export import KINDS, Release, export
from trucewatch.reports.datasets.rows import PublicSlices
from trucewatch.reports.public import Publisher
from trucewatch.reports.situation import make_report, render
from trucewatch.store import open_store
from trucewatch.store.slices import open_slices
from trucewatch.store.tables import READINGS

CLAIMS_A_DOCUMENT = 12
AT = datetime(2031, 1, 1, tzinfo=UTC)
REPORT = "report"


def invented(count: int, seed: int = 1) -> Ledger:
    """A ledger of incidents with their claims, tolls and violations; texts are generated."""
    rng, theatre = random.Random(seed), invented_theatre()
    towns = [place for place in theatre.places if place.kind == "settlement"]
    documents: list[Document] = []
    claims, incidents, tolls, violations = [], [], [], []
    text, document_id = "", ""
    for number in range(count):
        town, act, day = rng.choice(towns), rng.choice(ACTS), date(2030, 1, 1) + timedelta(days=rng.randrange(365))
        doer, victim = rng.sample(SIDES, 2)
        when = When(earliest=day, latest=day, precision="day")
        place = ClaimPlace(
            text=town.names[0],
            place_id=town.id,
            name=town.names[0],
            lat=town.lat,
            lon=town.lon,
            precision="settlement",
            confidence=1.0,
        )
        own = []
        for stance in ("asserts", "asserts", *(("denies",) if number % 4 == 0 else ())):
            if len(claims) % CLAIMS_A_DOCUMENT == 0:
                document_id, text = f"doc-{len(documents):07}", ""
                documents.append(
                    Document(
                        id=document_id,
                        source=f"{document_id}.txt",
                        input_path=f"{document_id}.txt",
                        sha256=document_id,
                        outlet=f"Outlet {len(documents) % 40}",
                        published=When(earliest=day, latest=day, precision="day", basis="given"),
                        language="en",
                        family_id=document_id,
                    )
                )
            sentence = f"Ilo Vessa saw forces of {doer} fire on {town.names[0]}: they killed {number % 9} people, {victim} said. "
            start = len(text)
            text += sentence
            documents[-1] = Document(**{f: getattr(documents[-1], f) for f in documents[-1].__slots__ if f != "text"}, text=text)
            killed = Figure(
                measure="killed", population="all", low=number % 9, high=number % 9, qualifier="exactly", text=str(number % 9)
            )
            own.append(
                Claim(
                    id=f"claim-{len(claims):07}",
                    document_id=document_id,
                    start_char=start,
                    end_char=start + 40,
                    sentence_start_char=start,
                    sentence_end_char=start + len(sentence) - 1,
                    act=act,
                    stance=stance,
                    claimant=Voice(text=victim, party=victim),
                    attributed_to=Voice(text=doer, party=doer),
                    target=Voice(text=victim, party=victim),
                    places=(place,),
                    when=when,
                    figures=(killed,),
                )
            )
            claims.append(own[-1])
        reports = tuple(claim.id for claim in own if claim.stance == "asserts")
        denials = tuple(claim.id for claim in own if claim.stance == "denies")
        status = "contested" if denials else "single_claim"
        incident_id = f"incident-{number:07}"
        incidents.append(
            Incident(
                id=incident_id,
                act=act,
                when=when,
                places=(place,),
                claim_ids=reports,
                denial_ids=denials,
                attributed_to=doer,
                target=victim,
                families=1,
                parties_asserting=(victim,),
                parties_denying=(doer,) if denials else (),
                occurrence=status,
                attribution="claimed_by_opponent",
                breach="alleged",
                summary=f"Fire, {town.names[0]}, {day}.",
                statuses=(Status(axis="occurrence", status=status, reason="as generated", claim_ids=reports),),
            )
        )
        if number % 3 == 0:
            tolls.append(
                Toll(
                    id=f"toll-{number:07}",
                    incident_id=incident_id,
                    claimant_party=victim,
                    victim_party=victim,
                    measure="killed",
                    population="all",
                    low=number % 9,
                    best=number % 9,
                    high=number % 9,
                    period=None,
                    claim_ids=reports,
                )
            )
        violations.append(
            Violation(
                id=f"violation-{number:07}",
                incident_id=incident_id,
                agreement_id="A",
                clause_id="A#1",
                party=doer,
                status="alleged",
                rule="act-named",
                explanation="as generated",
                claim_ids=reports,
            )
        )
    return Ledger(
        documents=tuple(documents),
        claims=tuple(claims),
        incidents=tuple(incidents),
        tolls=tuple(tolls),
        violations=tuple(violations),
    )


def build(place: Path, count: int) -> None:
    """Put the generated ledger into a store."""
    ledger = invented(count)
    with open_store(place) as store:
        store.replace(ledger)
        rows = [
            {
                "id": d.id,
                "recorded_at": "2031",
                "digest": "x",
                "record": "{}",
                "sequence": n,
                "made_by": "bench",
                "title": None,
                "text": d.text,
                "origin_map": "[]",
                "failed": False,
            }
            for n, d in enumerate(ledger.documents)
        ]
        with store.engine.begin() as conn:
            for begin in range(0, len(rows), 5000):
                conn.execute(READINGS.insert(), rows[begin : begin + 5000])


def measure(place: Path, kind: str, folder: Path) -> None:
    """Run one export, or a report of one day, and print its figures as JSON."""
    theatre, before = invented_theatre(), time.process_time()
    with open_store(place, create=False) as store:
        if kind == REPORT:
            report = make_report(store.view(), theatre, date(2030, 5, 5), date(2030, 5, 5), issued_at=AT)
            size = len(render(report, "pdf"))
        else:
            with open_slices(store) as slices:
                public = PublicSlices(slices, Publisher(theatre, outlets=slices.outlets, released_on=AT.date()))
                paths = export(kind, Release(slices=public, theatre=theatre, profile="public", released_at=AT), folder)
            size = sum(path.stat().st_size for path in paths)
    # not ru_maxrss: a child starts with its parent's
    status = Path("/proc/self/status").read_text()
    peak = int(status.split("VmHWM:")[1].split()[0]) / 1024
    print(
        json.dumps(
            {"kind": kind, "cpu_s": round(time.process_time() - before, 1), "peak_mb": round(peak), "mb": round(size / 1e6, 1)}
        )
    )


def main() -> None:
    """Build the ledger, then each export by itself."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--incidents", type=int, default=100_000)
    parser.add_argument("--only", default=",".join((*KINDS, REPORT)))
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--measure", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        measure(Path(options.measure[0]), options.measure[1], Path(options.measure[2]))
        return
    with tempfile.TemporaryDirectory() as scratch:
        home = options.keep or Path(scratch)
        home.mkdir(parents=True, exist_ok=True)
        place = home / "bench.db"
        if not place.exists():
            build(place, options.incidents)
        for kind in options.only.split(","):
            subprocess.run([sys.executable, __file__, "--measure", str(place), kind, str(Path(scratch) / kind)], check=True)


if __name__ == "__main__":
    main()
