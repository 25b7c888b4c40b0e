"""What a large ledger costs: to open, to filter, and to take in new documents, as it grows, on SQLite.

Usage: python bench/ledger_scale.py [--documents N ...] [--added K]. One ledger grows to each size in turn, and takes K documents
(1 % where not said) more there. Documents (five claims each, in an invented country, some copies of one another) are generated
from a seed; the whole job runs but for the reading itself, which a stage that decodes what was generated stands in for. Prints
seconds of processor of all documents so far, of the added ones, their share, and milliseconds to open, search and filter.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from ledger_speed import ACTS, SIDES, invented_theatre, located

from trucewatch.model.ids import make_id
from trucewatch.model.records import Claim, Figure, Reading, Sentence, Voice, When
from trucewatch.model.serial import from_plain, to_plain
from trucewatch.model.stage import Context, Stage
from trucewatch.pipeline import run
from trucewatch.plugins import make_plan, make_plugins
from trucewatch.sources.original import Original, make_original
from trucewatch.store import Store, open_store
from trucewatch.store.filters import IncidentFilter
from trucewatch.store.reading import reading

CLAIMS, WORDS, A_DAY = 5, 60, 40
SYLLABLES = "ba ko ri mu ten sal dor vi gre pol an is ur el to mar zin fa lo ket".split()
GIVEN_STAGES = ("clean", "segment", "extract")


def generated(count: int, seed: int = 1, first: int = 0) -> Iterator[Original]:
    """Documents number `first` to `first + count`: each alone fixed by its number and the seed, so that any part can be made."""
    theatre = invented_theatre()
    towns = [place for place in theatre.places if place.kind == "settlement"]
    wide = [place for place in theatre.places if place.kind != "settlement"]
    for number in range(first, first + count):
        rng = random.Random(f"{seed} {number}")
        # one in six copies the words of a document shortly before
        original = number - rng.randrange(1, 40) if number > 40 and rng.random() < 1 / 6 else number
        told_by = random.Random(f"{seed} text {original}")
        on = date(2010, 1, 1) + timedelta(days=number // A_DAY)
        lines = [" ".join("".join(told_by.choices(SYLLABLES, k=3)) for _ in range(WORDS)).capitalize() + "."]
        claims = []
        for k in range(CLAIMS):
            doer = told_by.choice(SIDES)
            victim = "AAA" if doer != "AAA" else "BBB"
            is_denial = told_by.random() < 0.12
            draw = told_by.random()
            place = told_by.choice(towns) if draw < 0.6 else told_by.choice(wide) if draw < 0.75 else None
            happened = on - timedelta(days=told_by.choice((0, 0, 0, 1, 2)))
            killed = told_by.randint(1, 40) if told_by.random() < 0.3 else None
            where = f" at {place.names[0]}" if place else ""
            line = f"{victim} said that {doer} fired{where}, killing {killed or 'nobody'}, and told it again in report {k}."
            start = sum(map(len, lines)) + len(lines)
            lines.append(line)
            claims.append(
                Claim(
                    id=make_id("claim", number, k),
                    document_id="",
                    start_char=start,
                    end_char=start + len(line),
                    sentence_start_char=start,
                    sentence_end_char=start + len(line),
                    act=told_by.choice(ACTS),
                    claimant=Voice(party=doer if is_denial else victim),
                    stance="denies" if is_denial else "asserts",
                    attributed_to=Voice(party=doer) if told_by.random() < 0.85 else None,
                    target=Voice(party=victim) if told_by.random() < 0.5 else None,
                    places=() if place is None else (located(place),),
                    when=When(earliest=happened, latest=happened, precision="day", text=None),
                    figures=() if killed is None else (_deaths(killed),),
                )
            )
        content = {"text": "\n".join(lines), "claims": to_plain(tuple(claims))}
        original = json.dumps(content).encode()
        yield replace(
            make_original(f"https://outlet{number % 40}.example/{number}", "generated", original, "application/json"),
            outlet=f"Outlet {number % 40}",
            published=When(earliest=on, latest=on, precision="day", basis="given"),
        )


def _deaths(number: int) -> Figure:
    return Figure(measure="killed", population="unknown", low=number, high=number, qualifier="exactly", text=str(number))


def _decode(reading: Reading, context: Context) -> Reading:
    content = json.loads(reading.original)
    claims = tuple(replace(from_plain(Claim, plain), document_id=reading.document.id) for plain in content["claims"])
    text = content["text"]
    sentences = (Sentence(start_char=0, end_char=len(text), paragraph=0),)
    return replace(reading, document=replace(reading.document, text=text, language="en"), claims=claims, sentences=sentences)


def plan() -> tuple[Stage, ...]:
    """The shipped plan with one stage in place of those that read a text."""
    shipped = make_plan(make_plugins())
    read = [stage for stage in shipped if stage.name in GIVEN_STAGES]
    assigns = tuple(field for stage in read for field in stage.assigns)
    decode = Stage(name="decode", scope="record", needs=("original",), assigns=assigns, run_record=_decode)
    return (decode, *(stage for stage in shipped if stage.name not in GIVEN_STAGES))


def recipe() -> Context:
    """The context of the generated country."""
    return Context(theatre=invented_theatre())


def take(store: Store, originals: Iterator[Original]) -> dict[str, float]:
    """Take documents into a ledger; gives seconds by step."""
    with store.writing():
        result = run(originals, store=store, stages=plan(), recipe=recipe, workers=1, is_strict=True)
    return result.seconds


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, nargs="+", default=[1000, 4000])
    parser.add_argument("--added", type=int)
    args = parser.parse_args()
    present, spent = 0, 0.0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "trucewatch.db"
        for size in sorted(args.documents):
            added = args.added or size // 100
            seconds = []
            for count in (size - present, added):
                with open_store(path) as store:
                    begin = time.process_time()
                    by_step = take(store, generated(count, first=present))
                    seconds.append(time.process_time() - begin)
                present += count
                slowest = sorted(by_step.items(), key=lambda step: -step[1])[:6]
                print("  " + ", ".join(f"{name} {value:.1f}" for name, value in slowest) + " (by the clock)", flush=True)
            spent += seconds[0]
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / 1024
            print(
                f"{size} documents: {spent:.1f} s; {added} more: {seconds[1]:.1f} s ({seconds[1] / spent:.1%}, "
                f"{1000 * seconds[1] / added:.0f} ms each); {read_times(path)}; peak {peak:.2f} GB",
                flush=True,
            )
            spent += seconds[1]
    return 0


def read_times(path: Path) -> str:
    """Milliseconds of processor to open a ledger, to search its texts, and to read a page of incidents by three conditions."""
    begin = time.process_time()
    with open_store(path, create=False) as store:
        marks = [time.process_time() - begin]
        begin = time.process_time()
        store.search("fired")
        marks.append(time.process_time() - begin)
        begin = time.process_time()
        wanted = IncidentFilter(from_day=date(2010, 1, 5), sides=("AAA",), acts=("FIRE",))
        with reading(store) as reader:
            reader.incidents(wanted, limit=50)
        marks.append(time.process_time() - begin)
    opened, searched, filtered = (1000 * seconds for seconds in marks)
    return f"open {opened:.0f} ms, search {searched:.0f} ms, filter {filtered:.0f} ms"


if __name__ == "__main__":
    sys.exit(main())
