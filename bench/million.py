"""What readers ask of a ledger of a million documents, beside one of ten thousand: milliseconds a question, on SQLite.

Usage: python bench/million.py [--documents N ...] [--at FOLDER] [--only TEXT] [--times N] [--plans]. Each ledger is copied from
a small generated one (copied_ledger.py; a million documents take about 40 GB and half an hour) and is kept in the folder, or
deleted at the end where none is named. Pages and lists are asked of an application that remembers nothing. The median is told:
of the processor, and by the clock, the first time apart, when little is in memory. `--plans` prints the questions of which the
database answers some part by walking through a whole large table.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import Any

import sqlalchemy as sa
from copied_ledger import bound_theatre, context, make_ledger
from fastapi.testclient import TestClient
from ledger_scale import generated, plan

from trucewatch.cli import show as showing
from trucewatch.model.records import Claim, Document, Incident, Kinship, RegisterEntry, Toll, Violation
from trucewatch.pipeline import run
from trucewatch.pipeline.incremental import PARTS_FROM
from trucewatch.reports.situation import part_of
from trucewatch.store import Store, open_store
from trucewatch.store.patch import patching
from trucewatch.store.reading import reading
from trucewatch.store.tables import ORIGINALS, READINGS
from trucewatch.web.app import make_app
from trucewatch.web.layers import Layers

NEW = 100
LARGE = "documents claims incidents incident_index incident_facets readings originals register sentences".split()


@dataclass(frozen=True, kw_only=True)
class Sample:
    """Records to ask for."""

    document: str
    claim: str
    incident: str
    family: str
    first: str
    last: str
    middle: str


def sample_of(store: Store) -> Sample:
    """Records from the middle of a ledger."""
    with reading(store) as reader:
        first, last = reader.days() or ("", "")
        row = reader.page(Incident, {}, limit=1, after="inc-8")[0]
        claim = reader.get_all(Claim, reader.claim_ids_of(row.id))[0]
        document = reader.get_all(Document, [claim.document_id])[0]
        middle = reader.incident_rows([row.id])[0].first_day
    return Sample(
        document=document.id,
        claim=claim.id,
        incident=row.id,
        family=document.family_id or document.id,
        first=first,
        last=last,
        middle=middle,
    )


def pages(one: Sample) -> dict[str, str]:
    """Addresses by what they ask."""
    month = f"{one.middle[:8]}01"
    incidents, claims = "/api/v1/incidents", "/api/v1/claims"
    return {
        "incidents: the newest": incidents,
        "incidents: the oldest": f"{incidents}?order=oldest",
        "incidents: of one day": f"{incidents}?from={one.middle}&to={one.middle}",
        "incidents: of the first day": f"{incidents}?from={one.first}&to={one.first}",
        "incidents: of days past": f"{incidents}?to={one.middle}",
        "incidents: of a month, an act, a side": f"{incidents}?from={month}&to={one.middle}&act=FIRE&side=AAA",
        "incidents: by a side": f"{incidents}?by=BBB",
        "incidents: told by a side": f"{incidents}?told=AAA",
        "incidents: of a status": f"{incidents}?status=contested",
        "incidents: of a status that none has": f"{incidents}?status=found",
        "incidents: under an agreement": f"{incidents}?agreement=A1",
        "incidents: of a family": f"{incidents}?family={one.family}",
        "incidents: of a document": f"{incidents}?document={one.document}",
        "incidents: at a place": f"{incidents}?place=t17",
        "incidents: at a place, by a side, of an act": f"{incidents}?place=t17&by=CCC&act=AIR.STRIKE",
        "incidents: words, common": f"{incidents}?q=fired",
        "incidents: words, of a place": f"{incidents}?q=town+17",
        "incidents: words that nobody says": f"{incidents}?q=zeppelin",
        "an incident": f"{incidents}/{one.incident}",
        "an incident that is not there": f"{incidents}/inc-0000000000000000",
        "claims: all": claims,
        "claims: of a document": f"{claims}?document={one.document}",
        "claims: of an incident": f"{claims}?incident={one.incident}",
        "claims: of an act": f"{claims}?act=FIRE",
        "claims: of an act that none has": f"{claims}?act=CIV.DETENTION",
        "claims: denials": f"{claims}?stance=denies",
        "claims: of a stance that none has": f"{claims}?stance=confirms",
        "claims: by a side": f"{claims}?by=BBB",
        "claims: by nobody that is told of": f"{claims}?by=ZZZ",
        "claims: told by a side": f"{claims}?claimant=AAA",
        "claims: told by a side of itself, asserting": f"{claims}?claimant=CCC&by=CCC&stance=asserts",
        "claims: of one day": f"{claims}?from={one.middle}&to={one.middle}",
        "claims: of a day that none tells of": f"{claims}?from=2005-01-01&to=2005-01-02",
        "claims: words, common": f"{claims}?q=fired",
        "claims: words, of a place": f"{claims}?q=town+17",
        "claims: words that nobody says": f"{claims}?q=zeppelin",
        "a claim": f"{claims}/{one.claim}",
        "documents: all": "/api/v1/documents",
        "documents: of a family": f"/api/v1/documents?family={one.family}",
        "documents: of an outlet": "/api/v1/documents?outlet=Outlet+7",
        "documents: of an outlet that is not there": "/api/v1/documents?outlet=Nobody",
        "documents: of a language that none has": "/api/v1/documents?language=fr",
        "documents: words, common": "/api/v1/documents?q=fired",
        "documents: words, rare": "/api/v1/documents?q=korimu",
        "a document": f"/api/v1/documents/{one.document}",
        "tolls: all": "/api/v1/tolls",
        "tolls: of an incident": f"/api/v1/tolls?incident={one.incident}",
        "tolls: of a claimant, injured": "/api/v1/tolls?claimant=AAA&measure=injured",
        "violations: all": "/api/v1/violations",
        "violations: of a party": "/api/v1/violations?party=AAA&status=alleged",
        "violations: of a party that none tells of": "/api/v1/violations?party=ZZZ",
        "agreements, with their counts": "/api/v1/agreements",
        "issues: all": "/api/v1/issues",
        "issues: of a record": f"/api/v1/issues?record={one.claim}",
        "decisions": "/api/v1/decisions",
        "page of incidents": "/incidents",
        "page of incidents, by a side and an act": "/incidents?by=BBB&act=FIRE",
        "page of incidents, by words": "/incidents?q=fired",
        "page of one incident": f"/incident/{one.incident}",
        "page of one document": f"/document/{one.document}",
        "page of agreements": "/agreements",
        "page of agreements, a month": f"/agreements?from={month}&to={one.middle}",
        "page of doubts": "/issues",
        "page of the review": "/review",
        "page of data sets": "/data",
        "page of reports": "/report",
        "feed": "/feed.atom",
        "feed, by a side": "/feed.atom?by=BBB",
        "map: a card": f"/map/card/{one.incident}",
        "map: places": "/map/places",
        "map: control": "/map/control",
        "map: families": "/map/families",
        "map: incidents": "/map/incidents",
        "map: search": "/map/search?q=zeppelin",
    }


def acts(path: Path, one: Sample) -> dict[str, Callable[[], Any]]:
    """What commands do, by what it is."""

    def counts() -> Any:
        with open_store(path, create=False) as store, reading(store) as reader:
            return reader.counts()

    def report() -> Any:
        with open_store(path, create=False) as store, reading(store) as reader:
            day = date.fromisoformat(one.middle)
            return part_of(reader, bound_theatre(), day - timedelta(days=6), day, since=None)

    def searched(words: str) -> Callable[[], Any]:
        def ask() -> Any:
            with open_store(path, create=False) as store:
                return store.search(words)

        return ask

    def pending() -> Any:
        with open_store(path, create=False) as store, reading(store) as reader:
            made_by = str(reader.conn.execute(sa.text("SELECT made_by FROM readings LIMIT 1")).scalar()).partition(":")[0]
            return store.originals_to_read(made_by), store.count_readings(PARTS_FROM)

    def found(record_id: str) -> Callable[[], Any]:
        def ask() -> Any:
            try:
                return showing._find(str(path), None, record_id)
            except showing.RecordError:
                return None

        return ask

    return {
        "open": lambda: open_store(path, create=False).close(),
        "start `serve`": lambda: make_app(path, theatre=bound_theatre()).state.site.store.close(),
        "`show` an incident": found(one.incident),
        "`show` a document": found(one.document),
        "`explain` a claim, by how its id begins": found(one.claim[:-3]),
        "`show` what is not there": found("inc-000000000000"),
        "closing table of a run": counts,
        "what a run asks of every document": pending,
        "a report of a week": report,
        "search texts for a common word": searched("fired"),
        "search texts for a rare word": searched("korimu"),
    }


def put_new(path: Path, fresh: Any) -> tuple[float, float]:
    """Put the rows of new documents, as a run does, and take them away; gives seconds of the processor and by the clock."""
    kinds = (Document, Claim, Kinship, Incident, Toll, Violation)
    fields = ("documents", "claims", "kinships", "incidents", "tolls", "violations")
    begin = time.process_time(), time.perf_counter()
    with open_store(path, create=False) as store:
        store.put_originals(fresh[1])
        store.put_readings(fresh[1], "bench")
        with patching(store) as patch:
            for kind, name in zip(kinds, fields, strict=True):
                patch.put(kind, getattr(fresh[0], name))
            patch.put(RegisterEntry, fresh[0].register)
            patch.index([incident.id for incident in fresh[0].incidents])
            texts = {document.id: document.text for document in fresh[0].documents}
            patch.put_sentences(lambda ids: {one: texts[one] for one in ids})
        spent = time.process_time() - begin[0], time.perf_counter() - begin[1]
        with patching(store) as patch:
            for kind, name in zip(kinds, fields, strict=True):
                patch.remove(kind, [patch.key_of(kind)(one) for one in getattr(fresh[0], name)])
            patch.index([incident.id for incident in fresh[0].incidents])
        with store._transaction(writes=True) as conn:
            ids = [document.id for document in fresh[0].documents]
            for table in (ORIGINALS, READINGS):
                conn.execute(table.delete().where(table.c.id.in_(ids)))
    return spent


def new_documents() -> Any:
    """A hundred documents that tell of other things, worked out by themselves: their ledger and their readings."""
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "new.db") as store:
        with store.writing():
            originals = generated(NEW, first=90_000_000)
            result = run(originals, store=store, stages=plan(), recipe=context, workers=1, is_strict=True)
        return result.ledger, list(store.readings())


def measured(ask: Callable[[], Any], times: int) -> tuple[float, float, float]:
    """Milliseconds of the processor and by the clock, medians, and by the clock the first time."""
    clock, processor = [], []
    for _ in range(times):
        begin = time.process_time(), time.perf_counter()
        ask()
        processor.append(1000 * (time.process_time() - begin[0]))
        clock.append(1000 * (time.perf_counter() - begin[1]))
        if clock[-1] > 20_000:
            break
    return median(processor), median(clock), clock[0]


def application(path: Path) -> TestClient:
    """A client of the application over a ledger, which has answered something: a server's start is no part of an answer."""
    client = TestClient(make_app(path, theatre=bound_theatre()), base_url="http://127.0.0.1")
    client.get("/map/places")
    return client


def asked(client: TestClient, address: str) -> Callable[[], Any]:
    """Ask an application that remembers nothing."""
    state: Any = client.app.state  # type: ignore[attr-defined]

    def ask() -> Any:
        site, layers = state.site, state.layers
        site._kept.clear()
        site._recent.clear()
        layers._bodies.clear()
        layers._columns, layers._marks, layers._version = None, {}, ""
        answer = client.get(address)
        assert answer.status_code in (200, 404), answer.text[:300]

    return ask


@contextmanager
def plans(store_path: Path, found: dict[str, None]) -> Iterator[None]:
    """Note how the database goes about whatever is asked meanwhile, where it walks through a large table."""

    def look(conn: Any, cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if not statement.lstrip().upper().startswith(("SELECT", "WITH")):
            return
        inner = cursor.connection.cursor()
        for row in inner.execute(f"EXPLAIN QUERY PLAN {statement}", parameters).fetchall():
            words = str(row[3])
            if (words.startswith("SCAN") and any(f" {name}" in words for name in LARGE)) or "TEMP B-TREE" in words:
                found[f"{words}   <- {' '.join(statement.split())[:260]}"] = None

    sa.event.listen(sa.Engine, "before_cursor_execute", look)
    try:
        yield
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", look)


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, nargs="+", default=[10_000, 1_000_000])
    parser.add_argument("--at", type=Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--plans", action="store_true")
    args = parser.parse_args()
    # what the map begins in the background would be counted with whatever is asked
    Layers.warm = lambda _: None  # type: ignore[method-assign]
    folder = args.at or Path(tempfile.mkdtemp(prefix="trucewatch-million-"))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        table: dict[str, list[tuple[float, float, float]]] = {}
        for size in args.documents:
            path = folder / f"{size}.db"
            if not path.exists():
                begin = time.process_time()
                make_ledger(path, size)
                print(
                    f"{size} documents: made in {time.process_time() - begin:.0f} s, {path.stat().st_size / 1e9:.1f} GB",
                    flush=True,
                )
            with open_store(path, create=False) as store:
                one = sample_of(store)
            questions = acts(path, one)
            client = application(path)
            questions.update((name, asked(client, address)) for name, address in pages(one).items())
            for name, ask in questions.items():
                if args.only not in name:
                    continue
                found: dict[str, None] = {}
                if args.plans:
                    with plans(path, found):
                        ask()
                table.setdefault(name, []).append(measured(ask, args.times))
                print(f"{size} {name}: " + ", ".join(f"{value:.1f}" for value in table[name][-1]), flush=True)
                for line in found:
                    print(f"    {line}")
            name = f"put {NEW} new documents' rows"
            if args.only in name:
                fresh = new_documents()
                times = [put_new(path, fresh) for _ in range(args.times)]
                table.setdefault(name, []).append(
                    (1000 * median(t[0] for t in times), 1000 * median(t[1] for t in times), 1000 * times[0][1])
                )
        print(f"\n| question | {' | '.join(f'{size:,}: processor, clock, first' for size in args.documents)} | ratio |")
        for name, figures in table.items():
            told = " | ".join(", ".join(f"{value:,.1f}" for value in own) for own in figures)
            print(f"| {name} | {told} | {figures[-1][0] / max(0.1, figures[0][0]):.1f} |")
    finally:
        if args.at is None:
            shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
