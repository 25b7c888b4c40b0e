"""How fast the web application answers over 100,000 generated incidents while a run writes, against a bare FastAPI route.

Usage: python bench/web.py [--incidents N] [--readers N] [--seconds N]. Prints for each address the median and 95th percentile in
milliseconds, the bare route's under the same load in the same run, and their ratio: for one reader, for N readers who ask once a
second each, and for N who ask again as soon as they are answered (which shows the most that one process answers). Then what the
map's first view takes. The ledger is generated from a seed and kept in .bench/.
"""

from __future__ import annotations

import argparse
import http.client
import multiprocessing
import os
import random
import socket
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from trucewatch.config import load_theatre
from trucewatch.model.ids import make_id
from trucewatch.model.records import (
    Claim,
    ClaimPlace,
    Document,
    Incident,
    Ledger,
    Reading,
    Status,
    Toll,
    Violation,
    Voice,
    When,
)
from trucewatch.store import open_store

FOLDER = Path(".bench")
THEATRE = "karabakh"
ACTS = ("FIRE.HEAVY", "FIRE.SMALL_ARMS", "FIRE.MISSILE", "AIR.DRONE_STRIKE", "ADVANCE.TERRITORY", "CIV.ATTACK_PERSONS")
PARTIES = ("AZE", "ARM", "NKR")
OCCURRENCES = ("single_claim", "contested", "corroborated_same_side", "corroborated_independent", "adverse_admission")
FIRST, DAYS = date(2016, 1, 1), 1_700
SENTENCE = "Forces of {doer} opened fire near {place} on {day}, {teller} said, and word {word} was heard."
SHARE_P95 = 0.95
FIRST_VIEW = ("/", "/static/app.css", "/static/app.js", "/map/incidents", "/map/places", "/map/agreements", "/map/observations")


def generate(count: int, seed: int = 5) -> Ledger:
    """Incidents with two claims each, in documents of five claims, with clauses, tolls and places of the theatre."""
    draw = random.Random(seed)
    places = [place for place in load_theatre(THEATRE).places if place.lat is not None]
    documents: list[Document] = []
    texts: list[str] = []
    claims: list[Claim] = []
    incidents: list[Incident] = []
    tolls: list[Toll] = []
    violations: list[Violation] = []
    for number in range(count):
        day = FIRST + timedelta(days=draw.randrange(DAYS))
        when = When(earliest=day, latest=day, precision="day")
        known = draw.choice(places)
        place = ClaimPlace(
            text=known.names[0],
            place_id=known.id,
            name=known.names[0],
            lat=known.lat,
            lon=known.lon,
            precision=known.precision,
            confidence=1.0,
        )
        doer, teller = draw.sample(PARTIES, 2)
        act = draw.choice(ACTS)
        own = []
        for _ in range(2):
            if not documents or len(texts) % 5 == 0:
                documents.append(
                    Document(
                        id=f"doc-{len(documents):016x}",
                        source=f"https://news.invalid/{len(documents)}",
                        input_path="generated.jsonl",
                        sha256=f"{len(documents):064x}",
                        outlet=f"Outlet {draw.randrange(200)}",
                        published=When(earliest=day, latest=day, precision="day", basis="given"),
                        language="en",
                        family_id=f"fam-{len(documents) // 2:016x}",
                    )
                )
            sentence = SENTENCE.format(doer=doer, place=known.names[0], day=day, teller=teller, word=f"w{draw.randrange(5000)}")
            texts.append(sentence)
            start = (len(texts) - 1) % 5 * 200
            claims.append(
                Claim(
                    id=f"clm-{len(claims):016x}",
                    document_id=documents[-1].id,
                    start_char=start,
                    end_char=start + len(sentence),
                    sentence_start_char=start,
                    sentence_end_char=start + len(sentence),
                    act=act,
                    claimant=Voice(text=teller, name=teller, party=teller),
                    attributed_to=Voice(text=doer, name=doer, party=doer),
                    places=(place,),
                    when=when,
                    confidence=round(draw.random(), 2),
                    reasons=("generated",),
                )
            )
            own.append(claims[-1].id)
        # as a real one: numbers in a row would compress to nothing
        key = make_id("inc", str(number))
        occurrence = draw.choice(OCCURRENCES)
        reasons = (("occurrence", occurrence), ("attribution", "claimed_by_opponent"), ("breach", "alleged"))
        incidents.append(
            Incident(
                id=key,
                act=act,
                when=when,
                places=(place,),
                claim_ids=tuple(own),
                attributed_to=doer,
                target=teller,
                families=2,
                parties_asserting=(teller,),
                occurrence=occurrence,
                attribution="claimed_by_opponent",
                breach="alleged",
                statuses=tuple(Status(axis=a, status=s, reason=f"{teller} says so", claim_ids=tuple(own)) for a, s in reasons),
                summary=f"{act}, {known.names[0]}, {day}; attributed to {doer} by {teller}.",
            )
        )
        violations.append(
            Violation(
                id=f"violation-{number:016x}",
                incident_id=key,
                agreement_id="NK-1994-CF",
                clause_id="NK-1994-CF#1a",
                party=doer,
                status="alleged",
                rule="act-named",
                explanation=f"{teller} tells of {doer}",
                claim_ids=tuple(own),
            )
        )
        if number % 3 == 0:
            killed = draw.randrange(1, 20)
            tolls.append(
                Toll(
                    id=f"toll-{number:016x}",
                    incident_id=key,
                    claimant_party=teller,
                    victim_party=teller,
                    measure="killed",
                    population="unknown",
                    low=killed,
                    best=killed,
                    high=killed,
                    period=None,
                    claim_ids=tuple(own),
                )
            )
    whole = [
        Document(**{**_fields(document), "text": "".join(text.ljust(200) for text in texts[n * 5 : n * 5 + 5]).rstrip()})
        for n, document in enumerate(documents)
    ]
    return Ledger(
        documents=tuple(whole),
        claims=tuple(claims),
        incidents=tuple(incidents),
        tolls=tuple(tolls),
        violations=tuple(violations),
    )


def _fields(document: Document) -> dict[str, Any]:
    return {name: getattr(document, name) for name in type(document).__dataclass_fields__}


def prepare(count: int) -> Path:
    """The generated ledger's file, made where it is not there yet."""
    place = FOLDER / f"web-{count}.db"
    if not place.exists():
        FOLDER.mkdir(exist_ok=True)
        begin = time.process_time()
        ledger = generate(count)
        aside = place.with_suffix(".part")
        for old in FOLDER.glob(f"{aside.name}*"):
            old.unlink() if old.is_file() else None
        with open_store(aside) as store:
            for start in range(0, len(ledger.documents), 5_000):
                part = [Reading(document=document) for document in ledger.documents[start : start + 5_000]]
                store.put_originals(part)
                store.put_readings(part, "bench")
            number = store.begin_run("bench", THEATRE)
            store.replace(ledger)
            store.end_run(number)
            with store.engine.connect() as conn:
                conn.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        aside.rename(place)
        Path(f"{aside}.lock").unlink(missing_ok=True)
        print(f"generated {count:,} incidents in {time.process_time() - begin:.0f} s of processor time", file=sys.stderr)
    return place


def serve(place: str | None, port: int) -> None:
    """A server over the ledger; without one, the bare route."""
    import uvicorn
    from fastapi import FastAPI, Response

    if place is not None:
        from trucewatch.web import make_app

        app = make_app(place)
    else:
        app = FastAPI()
        body = b'{"records":[' + b",".join([b'{"id":"' + b"x" * 1_900 + b'"}'] * 50) + b'],"next":null}'
        app.get("/bare")(lambda: Response(body, media_type="application/json"))
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="error", access_log=False)


def write(place: str, ready: Any, stop: Any) -> None:
    """What a run does again and again: originals and readings, batch after batch, then the derived tables in one transaction.

    One incident in a hundred changes each time, so that the map's columns and every cache of the server go stale.
    """
    number = 0
    with open_store(place) as store:
        ledger = store.view()
        while not stop.is_set():
            for _ in range(5):
                batch = []
                for _ in range(100):
                    number += 1
                    key = f"doc-new-{number}"
                    text = f"{SENTENCE} {number}" * 20
                    document = Document(id=key, source=key, input_path=key, sha256=f"{number:064d}", text=text)
                    batch.append(Reading(document=document))
                store.put_originals(batch)
                store.put_readings(batch, "bench")
                ready.set()
                stop.wait(0.2)
            incidents = tuple(
                replace(one, occurrence=OCCURRENCES[(n + number) % len(OCCURRENCES)]) if n % 100 == number // 500 % 100 else one
                for n, one in enumerate(ledger.incidents)
            )
            ledger = replace(ledger, incidents=incidents)
            begin = time.perf_counter()
            store.replace(ledger)
            print(f"  (the run wrote its derived tables in {time.perf_counter() - begin:.1f} s)", flush=True)


def addresses(seed: int) -> Iterator[str]:
    """Lists as readers ask for them, no two alike."""
    draw = random.Random(seed)
    while True:
        day = FIRST + timedelta(days=draw.randrange(DAYS))
        yield draw.choice(
            (
                f"/api/v1/incidents?to={day}",
                f"/api/v1/incidents?from={day}&to={day + timedelta(days=30)}",
                f"/api/v1/incidents?side={draw.choice(PARTIES)}&act={draw.choice(ACTS)}&to={day}",
                f"/api/v1/incidents?status={draw.choice(OCCURRENCES)}&agreement=NK-1994-CF&to={day}",
                f"/api/v1/incidents?q=w{draw.randrange(5000)}",
                f"/api/v1/violations?party={draw.choice(PARTIES)}&limit=50",
                f"/api/v1/tolls?claimant={draw.choice(PARTIES)}",
            )
        )


class Taken(NamedTuple):
    """Milliseconds of every answer, sorted, and the server's processor milliseconds an answer."""

    waits: list[float]
    processor_ms: float

    def at(self, share: float) -> float:
        """The wait that this share of answers stays under."""
        return self.waits[min(len(self.waits) - 1, int(len(self.waits) * share))]


def processor_s(pid: int) -> float:
    """Seconds of processor that a process has used (Linux)."""
    parts = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")


def measure(server: Server, readers: int, seconds: float, asked: Sequence[str] | None, pause_s: float = 0.0) -> Taken:
    """Ask for `seconds`: one address after another, or (None) mixed lists that nobody asked for yet; every `pause_s` each."""
    found: list[list[float]] = [[] for _ in range(readers)]
    deadline = time.perf_counter() + seconds
    server.rounds += 1
    before = processor_s(server.pid)

    def read(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", server.port)
        mixed = addresses(1_000 * server.rounds + number)
        turn = 0
        time.sleep(pause_s * number / readers)
        while time.perf_counter() < deadline:
            address = asked[turn % len(asked)] if asked is not None else next(mixed)
            turn += 1
            begin = time.perf_counter()
            connection.request("GET", address)
            answer = connection.getresponse()
            answer.read()
            taken = time.perf_counter() - begin
            found[number].append(taken * 1000)
            if answer.status != 200:
                raise SystemExit(f"{address}: {answer.status}")
            time.sleep(max(0.0, pause_s - taken))

    threads = [threading.Thread(target=read, args=(number,)) for number in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    waits = sorted(value for own in found for value in own)
    return Taken(waits, (processor_s(server.pid) - before) * 1000 / len(waits))


def show(name: str, taken: Taken, bare: Taken | None = None) -> None:
    """One line of the table."""
    line = f"  {name:<36} {len(taken.waits):>5} answers  median {taken.at(0.5):7.1f}  p95 {taken.at(SHARE_P95):7.1f}"
    line += f"  processor {taken.processor_ms:5.2f} ms"
    if bare:
        ratios = (taken.at(0.5) / bare.at(0.5), taken.at(SHARE_P95) / bare.at(SHARE_P95), taken.processor_ms / bare.processor_ms)
        line += "  against bare: {:.1f}, {:.1f}, {:.1f}".format(*ratios)
    print(line, flush=True)


def first_view(port: int) -> None:
    """Bytes, as sent, of all that the map's first view asks for, and the milliseconds until each is there."""
    total = 0
    for address in FIRST_VIEW:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        begin = time.perf_counter()
        connection.request("GET", address, headers={"Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        size = len(answer.read())
        if answer.status == 200:
            total += size
            print(f"  {address:<42} {size:>9,} bytes {(time.perf_counter() - begin) * 1000:8.1f} ms")
        else:
            print(f"  {address:<42} {answer.status}: not built here")
    print(f"  the map's first view: {total:,} bytes")


@dataclass
class Server:
    """Where a server listens, its process, and how often it was measured."""

    port: int
    pid: int
    rounds: int = 0


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def wait_for(port: int, address: str) -> None:
    """Until a server answers."""
    for _ in range(600):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port)
            connection.request("GET", address)
            connection.getresponse().read()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server does not start")


def main() -> None:
    """Generate, serve, read while another process writes, and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--incidents", type=int, default=100_000)
    options.add_argument("--readers", type=int, default=20)
    options.add_argument("--seconds", type=float, default=10.0)
    given = options.parse_args()
    place = prepare(given.incidents)
    context = multiprocessing.get_context("spawn")
    ports = free_port(), free_port()
    ready, stop = context.Event(), context.Event()
    processes = [
        context.Process(target=serve, args=(str(place), ports[0]), daemon=True),
        context.Process(target=serve, args=(None, ports[1]), daemon=True),
        context.Process(target=write, args=(str(place), ready, stop), daemon=True),
    ]
    try:
        for process in processes:
            process.start()
        # the map's columns are made in the background when a server starts: not what is measured here
        wait_for(ports[0], "/map/incidents")
        wait_for(ports[1], "/bare")
        ready.wait()
        ours, bare_server = (Server(port, process.pid or 0) for port, process in zip(ports, processes, strict=False))
        many = given.readers
        for words, readers, pause_s in (
            ("1 reader", 1, 0.0),
            (f"{many} readers, each once a second", many, 1.0),
            (f"{many} readers, each as fast as it goes", many, 0.0),
        ):
            print(f"{words}, while a run writes:")
            bare = measure(bare_server, readers, given.seconds, ["/bare"], pause_s)
            show("bare FastAPI route, 97 kB", bare)
            show("API lists, mixed", measure(ours, readers, given.seconds, None, pause_s), bare)
            show(
                "API list, one page again and again",
                measure(ours, readers, given.seconds, ["/api/v1/incidents"], pause_s),
                bare,
            )
        for readers, pause_s in ((1, 0.0), (many, 1.0)):
            pages = measure(ours, readers, given.seconds, ["/incidents?side=ARM&act=FIRE", "/incidents"], pause_s)
            show(f"page /incidents, {readers} reader{'s' if readers > 1 else ''}", pages)
        first_view(ports[0])
    finally:
        stop.set()
        for process in processes[:2]:
            process.terminate()
        for process in processes:
            process.join(10)


if __name__ == "__main__":
    main()
