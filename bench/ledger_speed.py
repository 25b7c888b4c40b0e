"""How long linking and reconciling generated claims takes, and how it grows: 200,000 claims under 3 minutes, 2 GB, one core.

Usage: python bench/ledger_speed.py [--claims N] [--no-double]. Prints seconds a stage for N claims and 2 N, their ratio, the peak
memory. The claims are generated from a seed in an invented country: towns in districts in regions, two sides and their allies,
a year of days, several reports of one attack, denials, and claims without a place.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
from datetime import date, timedelta

from trucewatch.model.ids import make_id
from trucewatch.model.records import Claim, ClaimPlace, Document, Figure, Ledger, Voice, When
from trucewatch.model.stage import Context, Stage
from trucewatch.model.theatre import Party, Place, Theatre
from trucewatch.stages import link, reconcile

TOWNS, DISTRICTS, REGIONS = 600, 60, 6
SIDES = ("AAA", "BBB", "CCC")
ACTS = (
    "FIRE.HEAVY",
    "FIRE.MISSILE",
    "FIRE",
    "AIR.STRIKE",
    "CIV.ATTACK_PERSONS",
    "FIRE.SMALL_ARMS",
    "ADVANCE.TERRITORY",
    "FORCE.BUILDUP",
)
CLAIMS_A_DOCUMENT = 12


def invented_theatre() -> Theatre:
    """Towns, districts, regions and three parties, of which CCC stands with BBB."""
    places = [
        Place(id=f"r{n}", kind="region", names=(f"Region {n}",), lat=40.0 + n, lon=45.0, precision="region")
        for n in range(REGIONS)
    ]
    for n in range(DISTRICTS):
        parent = f"r{n % REGIONS}"
        places.append(
            Place(
                id=f"d{n}",
                kind="district",
                names=(f"District {n}",),
                lat=40.0 + n / 10,
                lon=45.5,
                parents=(parent,),
                precision="district",
            )
        )
    for n in range(TOWNS):
        places.append(
            Place(id=f"t{n}", kind="settlement", names=(f"Town {n}",), lat=40 + n / 100, lon=46.0, parents=(f"d{n % DISTRICTS}",))
        )
    return Theatre(
        name="invented", title="Invented", places=tuple(places), parties=tuple(Party(code=code, names=(code,)) for code in SIDES)
    )


def located(place: Place) -> ClaimPlace:
    """A claim's place, sure of itself."""
    return ClaimPlace(
        text=place.names[0],
        place_id=place.id,
        name=place.names[0],
        lat=place.lat,
        lon=place.lon,
        precision=place.precision,
        confidence=1.0,
    )


def invented_ledger(count: int, seed: int = 1) -> Ledger:
    """A ledger of `count` claims in articles of a dozen; days grow with the count, as a war's do."""
    rng = random.Random(seed)
    theatre = invented_theatre()
    towns = [place for place in theatre.places if place.kind == "settlement"]
    wide = [place for place in theatre.places if place.kind != "settlement"]
    days = max(30, count // 600)
    documents: list[Document] = []
    claims: list[Claim] = []
    while len(claims) < count:
        number = len(documents)
        on = date(2020, 1, 1) + timedelta(days=rng.randrange(days))
        text = f"Report {number}. " + "Shells fell on the town in the night, officials said. " * CLAIMS_A_DOCUMENT
        document = Document(
            id=make_id("doc", number),
            source=f"https://outlet{number % 40}.example/{number}",
            input_path=f"{number}.txt",
            sha256=make_id("sha", number),
            outlet=f"Outlet {number % 40}",
            published=When(earliest=on, latest=on, precision="day", basis="given"),
            text=text,
            family_id=make_id("fam", number),
        )
        documents.append(document)
        for k in range(CLAIMS_A_DOCUMENT):
            doer = rng.choice(SIDES)
            victim = "AAA" if doer != "AAA" else "BBB"
            is_denial = rng.random() < 0.12
            draw = rng.random()
            where = (located(rng.choice(towns)),) if draw < 0.6 else (located(rng.choice(wide)),) if draw < 0.75 else ()
            happened = on - timedelta(days=rng.choice((0, 0, 0, 1, 2)))
            figures = ()
            if rng.random() < 0.3:
                low = rng.randint(1, 40)
                figures = (Figure(measure="killed", population="unknown", low=low, high=low, qualifier="exactly", text=str(low)),)
            start = 12 + k * 54
            claims.append(
                Claim(
                    id=make_id("clm", number, k),
                    document_id=document.id,
                    start_char=start,
                    end_char=start + 50,
                    sentence_start_char=start,
                    sentence_end_char=start + 50,
                    act=rng.choice(ACTS),
                    claimant=Voice(party=doer if is_denial else victim),
                    stance="denies" if is_denial else "asserts",
                    attributed_to=Voice(party=doer) if rng.random() < 0.85 else None,
                    target=Voice(party=victim) if rng.random() < 0.5 else None,
                    places=where,
                    when=When(earliest=happened, latest=happened, precision="day", text="then" if rng.random() < 0.5 else None),
                    figures=figures,
                )
            )
    return Ledger(documents=tuple(documents), claims=tuple(claims[:count]))


def timed(count: int, stages: tuple[Stage, ...]) -> dict[str, float]:
    """Seconds of processor a stage over an invented ledger of `count` claims."""
    ledger, context = invented_ledger(count), Context(theatre=invented_theatre())
    seconds: dict[str, float] = {}
    begin_wall = time.perf_counter()
    for stage in stages:
        begin = time.process_time()
        assert stage.run_ledger is not None
        ledger = stage.run_ledger(ledger, context)
        seconds[stage.name] = time.process_time() - begin
    shown = ", ".join(f"{name} {value:.1f} s" for name, value in seconds.items())
    wall = time.perf_counter() - begin_wall
    print(
        f"{count} claims: {shown} of processor ({wall:.0f} s by the clock); {len(ledger.incidents)} incidents, "
        f"{len(ledger.tolls)} tolls; peak {peak_gb():.2f} GB"
    )
    return seconds


def peak_gb() -> float:
    """Most memory this process held, in GB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / 1024


def main() -> int:
    """Print the figures; exit 1 where they miss the aim."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=200_000)
    parser.add_argument("--no-double", action="store_true")
    args = parser.parse_args()
    stages = (link.STAGE, reconcile.STAGE)
    half = sum(timed(args.claims, stages).values())
    is_good = half < 180 and peak_gb() < 2
    if not args.no_double:
        whole = sum(timed(2 * args.claims, stages).values())
        print(f"twice as many claims take {whole / half:.2f} times as long (aim: at most 2.3)")
        is_good = is_good and whole / half <= 2.3
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
