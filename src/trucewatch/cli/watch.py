"""`trucewatch watch`: feeds, pages and folders, asked again and again, into one ledger."""

from __future__ import annotations

import itertools
import re
import signal
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from trucewatch import pipeline
from trucewatch.cli.console import complain, remark
from trucewatch.cli.outputs import write_outputs
from trucewatch.cli.places import LEDGER, OUT
from trucewatch.cli.run import WAIT_S, absolute_theatre, make_folder
from trucewatch.cli.watch_status import Health, Metrics, serve_status
from trucewatch.config import load_settings, load_theatre
from trucewatch.errors import ConfigError, SourceError, TrucewatchError
from trucewatch.model.records import Issue
from trucewatch.pipeline import Recipe
from trucewatch.pipeline.edge import attempt
from trucewatch.pipeline.said import said_digest
from trucewatch.plugins import make_plugins
from trucewatch.sources.fetch import Fetcher
from trucewatch.sources.watch_state import load_state, save_state
from trucewatch.sources.watched import is_url, poll, read_folders
from trucewatch.store import open_store

STATE = "watch.json"
UNITS_S = {"s": 1.0, "m": 60.0, "h": 3600.0, "d": 86_400.0}
MIN_EVERY_S = 10.0
INTERRUPTED = 130
NOTHING_DONE = 2


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(watch)


def watch(
    inputs: Annotated[
        list[str], typer.Argument(metavar="URL-OR-FOLDER...", help="RSS or Atom feeds, single pages, folders of articles.")
    ],
    theatre: Annotated[str | None, typer.Option(help="A shipped theatre or a folder of your own.")] = None,
    out: Annotated[Path, typer.Option(help="Folder for the ledger, the exports, report.html and watch.json.")] = OUT,
    store: Annotated[
        str | None, typer.Option(metavar="PATH-OR-URL", help="The ledger, where it is not trucewatch.db in the --out folder.")
    ] = None,
    every: Annotated[str, typer.Option(metavar="TIME", help="Time between two rounds: 30s, 15m, 2h, 1d.")] = "15m",
    is_once: Annotated[bool, typer.Option("--once", help="One round of what is due, then end: for cron.")] = False,
    metrics_port: Annotated[
        int | None, typer.Option(min=1, max=65_535, help="Serve /metrics for Prometheus and /healthz on this port of 127.0.0.1.")
    ] = None,
    is_private_allowed: Annotated[
        bool, typer.Option("--allow-private", help="Fetch from private addresses too: an intranet's feeds.")
    ] = False,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes that read documents.")] = None,
    is_quiet: Annotated[bool, typer.Option("--quiet", help="Print nothing but errors.")] = False,
) -> None:
    """Keep a ledger up to date with feeds, their articles and folders; every version of a page that was edited is kept.

    Examples:

        trucewatch watch https://news.example/rss.xml articles/ --theatre karabakh --out out/

        trucewatch watch https://news.example/rss.xml --once --quiet

    Exit status with --once: 0 all read; 1 some input was refused or could not be fetched (listed in issues.jsonl); 2 nothing
    could be done. Without, it runs until it is stopped.
    """
    every_s = seconds_of(every)
    missing = [name for name in inputs if not is_url(name) and not Path(name).exists()]
    if missing:
        raise SourceError(f"there is no such file or folder: {', '.join(missing)}")
    make_folder(out)
    health = Health(every_s)
    rounds = _Rounds(inputs, theatre, out, store, 0.0 if is_once else every_s, is_private_allowed, workers, Metrics(), health)
    if metrics_port is not None:
        serve_status(metrics_port, rounds.metrics, health)
    if not is_once:
        signal.signal(signal.SIGTERM, signal.default_int_handler)
    has_refused = False
    try:
        for number in itertools.count(1):
            begin = time.monotonic()
            try:
                is_first = rounds.health.rounds == 0
                ended, fault = attempt(partial(rounds.run, is_first=is_first))
            except TrucewatchError as err:
                if is_once:
                    raise
                # a full disk or a locked ledger may be mended by the next round
                complain(str(err))
                ended, fault = None, None
            if fault is not None:
                complain(f"an unforeseen error ended this round, please report it: {fault}")
                if is_once:
                    raise typer.Exit(NOTHING_DONE)
            is_cut, refused = ended or (False, ())
            for issue in refused:
                complain(issue.message)
            has_refused = has_refused or bool(refused)
            if is_once and not is_cut:
                raise typer.Exit(1 if has_refused else 0)
            if not is_quiet and ended is not None:
                remark(f"round {number}: {rounds.told}")
            if not is_cut:
                time.sleep(max(0.0, every_s - (time.monotonic() - begin)))
    except KeyboardInterrupt:
        complain("stopped: what was read so far is kept, and the same command goes on from there")
        raise typer.Exit(INTERRUPTED) from None


def seconds_of(text: str) -> float:
    """Seconds of a time such as 90s, 15m, 2h or 1d. Raises ConfigError for another, and for less than ten seconds."""
    match = re.fullmatch(r"(\d{1,6})([smhd])", text.strip().lower())
    seconds = int(match[1]) * UNITS_S[match[2]] if match else 0.0
    if seconds < MIN_EVERY_S:
        raise ConfigError(f"--every {text}: give a number with s, m, h or d, at least 10s, such as 15m")
    return seconds


@dataclass(slots=True)
class _Rounds:
    inputs: Sequence[str]
    theatre: str | None
    out: Path
    store: str | None
    every_s: float
    is_private_allowed: bool
    workers: int | None
    metrics: Metrics
    health: Health
    told: str = ""
    backlog: int = 0
    fetcher: Fetcher | None = None

    def run(self, *, is_first: bool) -> tuple[bool, tuple[Issue, ...]]:
        """One round: fetch, read, write. Gives whether more is due at once, and what was refused. Raises TrucewatchError."""
        begin = time.monotonic()
        self.health.begin()
        try:
            found = self._run(is_first)
        except BaseException as err:
            self.metrics.rounds.labels("failed").inc()
            self.health.fail(str(err) or type(err).__name__)
            raise
        finally:
            self.metrics.seconds.inc(time.monotonic() - begin)
        self.metrics.rounds.labels("ok").inc()
        self.metrics.last_success.set_to_current_time()
        self.metrics.backlog.set(self.backlog)
        self.health.succeed(self.backlog)
        return found

    def _run(self, is_first: bool) -> tuple[bool, tuple[Issue, ...]]:
        path = self.out / STATE
        state, damage = load_state(path)
        if damage is not None:
            complain(damage)
        # robots.txt files are kept between rounds, hosts with the state
        self.fetcher = self.fetcher or Fetcher(is_private_allowed=self.is_private_allowed)
        self.fetcher.hosts = state.hosts
        urls = list(dict.fromkeys(name for name in self.inputs if is_url(name)))
        folders = [name for name in self.inputs if not is_url(name)]
        found = poll(urls, state, self.fetcher, self.every_s, said_digest, self.health.move)
        self.backlog = found.backlog
        for outcome, count in found.fetches.items():
            self.metrics.fetches.labels(outcome).inc(count)
        counts = ", ".join(f"{count} {outcome}" for outcome, count in sorted(found.fetches.items()))
        self.told = f"fetched: {counts or 'nothing was due'}" if urls else "folders"
        if not (found.originals or folders or is_first):
            save_state(path, state)
            return found.is_cut, ()
        settings = load_settings()
        theatre_name = self.theatre or settings.theatre
        knowledge = load_theatre(theatre_name)
        place = self.store or settings.store or str(self.out / LEDGER)
        archive = self.out / f"{LEDGER}.archive" if "://" in place else None
        with (
            open_store(place, archive=archive) as ledger_store,
            ledger_store.writing(WAIT_S, lambda: remark(f"another run is writing to {place}: waiting for it to end")),
        ):
            result = pipeline.run(
                itertools.chain(found.originals, read_folders(folders, state)),
                store=ledger_store,
                stages=pipeline.make_plan(make_plugins()),
                recipe=Recipe(theatre=knowledge, parser_pipeline=settings.pipeline, settings=settings.for_stages()),
                parser_pipeline=settings.pipeline,
                theatre_name=absolute_theatre(theatre_name),
                workers=self.workers,
                on_progress=lambda _: self.health.move(),
            )
            if is_first or result.rows_changed:
                _, fault = write_outputs(result, knowledge, self.out)
                if fault is not None:
                    complain(fault)
        # after the ledger: a round that was killed is asked for again, and what is known already changes nothing
        save_state(path, state)
        self.metrics.documents.inc(result.documents_read)
        self.told += f"; {result.documents_read} documents read"
        return found.is_cut, result.refused
