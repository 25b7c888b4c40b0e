"""`trucewatch run`: articles in, ledger out."""

from __future__ import annotations

import importlib
import importlib.util
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Group
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar
from rich.table import Table
from rich.text import Text

from trucewatch import pipeline
from trucewatch.cli.console import complain, make_console, remark
from trucewatch.cli.places import LEDGER, OUT
from trucewatch.config import load_settings, load_theatre
from trucewatch.engines import check_cluster
from trucewatch.errors import SourceError, StoreError
from trucewatch.model.records import Issue, Ledger
from trucewatch.model.theatre import Theatre
from trucewatch.pipeline import Progress, Recipe, RunResult
from trucewatch.pipeline.edge import attempt
from trucewatch.plugins import make_plugins
from trucewatch.reports.exports import write_jsonl
from trucewatch.reports.views import View
from trucewatch.sources import read_inputs
from trucewatch.store import open_store, write_whole

REPORT = "report.html"
SHOWN_ISSUES = 5
WAIT_S = 3600.0
INTERRUPTED = 130


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(run)


def run(
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="INPUT...", help="Folders, files (.txt .html .jsonl .csv .warc.gz .xml .pdf .docx), or - ."),
    ],
    theatre: Annotated[
        str | None,
        typer.Option(help="A shipped theatre or a folder of your own. Without: states, their offices and the world's places."),
    ] = None,
    out: Annotated[Path, typer.Option(help="Folder for the ledger, the exports and report.html.")] = OUT,
    published: Annotated[
        str | None, typer.Option(metavar="FILE.csv", help="Dates and outlets: a table with the columns source,published,outlet.")
    ] = None,
    store: Annotated[
        str | None, typer.Option(metavar="PATH-OR-URL", help="The ledger, where it is not trucewatch.db in the --out folder.")
    ] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes that read documents. Without: as many as pay on this machine.")
    ] = None,
    engine: Annotated[
        str | None,
        typer.Option(metavar="DASK", help="A Dask cluster that reads the documents: dask://host:port, or local-cluster."),
    ] = None,
    is_quiet: Annotated[bool, typer.Option("--quiet", help="Print nothing but errors.")] = False,
    is_json: Annotated[bool, typer.Option("--json", help="Print the closing table as JSON.")] = False,
    is_verbose: Annotated[bool, typer.Option("--verbose", help="List every issue of level warning and error.")] = False,
    is_fresh: Annotated[
        bool, typer.Option("--recompute", help="Work out anew what follows from the articles, using nothing of earlier runs.")
    ] = False,
    is_profiled: Annotated[bool, typer.Option("--profile", help="Print where the time went.")] = False,
) -> None:
    """Read articles into a ledger of claims, incidents, tolls and alleged violations.

    A second run into one folder adds to its ledger. A run that was killed goes on where it was when started again.

    Examples:

        trucewatch run articles/ --theatre karabakh --out out/

        trucewatch run page.html feed.xml --published dates.csv

        zcat news.jsonl.gz | trucewatch run - --store news.db --quiet

    Exit status: 0 all read; 1 some input was refused (listed in issues.jsonl, everything else done); 2 nothing could be done.
    """
    settings = load_settings()
    cluster = check_cluster(engine) if engine is not None else None
    theatre_name = theatre or settings.theatre
    knowledge = load_theatre(theatre_name)
    missing = [path for path in inputs if path != "-" and not Path(path).exists()]
    if len(missing) == len(inputs):
        raise SourceError(f"there is no such file or folder: {', '.join(missing)}")
    stages = pipeline.make_plan(make_plugins())
    recipe = Recipe(theatre=knowledge, parser_pipeline=settings.pipeline, settings=settings.for_stages())
    place = store or settings.store or str(out / LEDGER)
    make_folder(out)
    archive = out / f"{LEDGER}.archive" if "://" in place else None
    with (
        open_store(place, archive=archive) as ledger_store,
        ledger_store.writing(WAIT_S, lambda: remark(f"another run is writing to {place}: waiting for it to end")),
    ):
        try:
            with _shown(is_quiet or is_json) as on_progress:
                result = pipeline.run(
                    read_inputs(inputs, published),
                    store=ledger_store,
                    stages=stages,
                    recipe=recipe,
                    parser_pipeline=settings.pipeline,
                    theatre_name=absolute_theatre(theatre_name),
                    workers=workers,
                    cluster=cluster,
                    is_fresh=is_fresh,
                    on_progress=on_progress,
                )
        except KeyboardInterrupt:
            complain("stopped: what was read so far is kept, and the same command goes on from there")
            raise typer.Exit(INTERRUPTED) from None
        write_jsonl(result.ledger, out)
        report, fault = attempt(lambda: write_report(result.ledger, knowledge, out))
    _say_issues(result, out, is_verbose=is_verbose, is_quiet=is_quiet)
    if is_json:
        counts = asdict(View(result.ledger).counts)
        typer.echo(
            json.dumps({**counts, "refused": len(result.refused), "seconds": result.seconds, "out": str(out), "store": place})
        )
    elif not is_quiet:
        make_console().print(_closing(result, out, place, report))
    if is_profiled:
        make_console(is_error=True).print(_profile(result))
    if fault is not None:
        complain(told_of_report(out, fault))
    raise typer.Exit(1 if fault is not None else result.exit_code)


def told_of_report(out: Path, fault: str) -> str:
    """What to say where report.html could not be made for an unforeseen reason."""
    return (
        f"{out / REPORT} could not be made: {fault}. Please report it. The ledger and the exports are whole, "
        "and `trucewatch serve` shows them"
    )


def absolute_theatre(name: str | None) -> str | None:
    """A theatre's name as the ledger keeps it."""
    # a folder of the user's own must be found from any working folder later
    return str(Path(name).resolve()) if name is not None and Path(name, "theatre.toml").is_file() else name


def make_folder(out: Path) -> None:
    """Make the `--out` folder. Raises StoreError where it cannot be made."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as err:
        raise StoreError(f"the folder {out} cannot be made: {err.strerror or err}. Name another with --out") from err


def write_report(ledger: Ledger, theatre: Theatre, out: Path) -> Path | None:
    """Write report.html into `out`; None where pages are not built in. Raises StoreError where it cannot be written."""
    if importlib.util.find_spec("trucewatch.reports.page") is None:
        return None
    page = importlib.import_module("trucewatch.reports.page")
    path = out / REPORT
    content = page.render_report(ledger, theatre).encode("utf-8", "replace")
    try:
        if not path.is_file() or path.read_bytes() != content:
            write_whole(path, content)
    except OSError as err:
        raise StoreError(
            f"{path} cannot be written: {err.strerror or err}. The ledger is kept; run the same command again"
        ) from err
    return path


@contextmanager
def _shown(is_silent: bool) -> Iterator[Callable[[Progress], None]]:
    console = make_console(is_error=True)
    if is_silent or not console.is_terminal:
        yield lambda _: None
        return
    columns = (TextColumn("{task.description:<18}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bar(*columns, console=console, transient=True) as bar:
        tasks: dict[str, TaskID] = {}

        def show(progress: Progress) -> None:
            # a task cannot lose its total again: each step is a task of its own, and only the present one is shown
            if progress.step not in tasks:
                for task in tasks.values():
                    bar.update(task, visible=False)
                tasks[progress.step] = bar.add_task(progress.step, total=progress.total)
            bar.update(tasks[progress.step], completed=progress.done, total=progress.total)

        yield show


def _say_issues(result: RunResult, out: Path, *, is_verbose: bool, is_quiet: bool) -> None:
    shown: tuple[Issue, ...] = result.refused
    for issue in shown if is_verbose else shown[:SHOWN_ISSUES]:
        complain(issue.message)
    if len(shown) > SHOWN_ISSUES and not is_verbose:
        complain(f"{len(shown) - SHOWN_ISSUES} more are listed in {out / 'issues.jsonl'}")
    if is_verbose and not is_quiet:
        for issue in sorted(result.ledger.issues, key=lambda issue: (issue.source or "", issue.stage, issue.code, issue.message)):
            if issue.level == "warning":
                remark(f"{issue.stage}: {issue.message}")


def _closing(result: RunResult, out: Path, place: str, report: Path | None) -> Group:
    view = View(result.ledger)
    counts = view.counts
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(justify="right", style="bold")
    table.add_column()
    by_level = {level: sum(issue.level == level for issue in result.ledger.issues) for level in ("error", "warning", "info")}
    for number, name in (
        (counts.documents, f"documents ({result.documents_read} read now)"),
        (counts.families, "families: documents that copy or rewrite one another count as one source"),
        (counts.claims, "claims"),
        (counts.denials, "of them denials"),
        (counts.incidents, "incidents"),
        (counts.violations, "alleged violations of a clause"),
        (counts.issues, "issues: " + ", ".join(f"{number} {level}" for level, number in by_level.items() if number)),
    ):
        table.add_row(f"{number:,}", name.removesuffix(": "))
    example = next((incident.id for incident in view.ordered_incidents), None) or next((c.id for c in view.ordered_claims), "ID")
    option = f"--out {out}" if place == str(out / LEDGER) else f"--store {place}"
    lines = [f"  trucewatch show {example} {option}", f"  {out / 'issues.jsonl'} lists what is doubtful"]
    if report is not None:
        lines.insert(0, f"  open {report} in a browser")
    return Group(table, Text("\nNext:"), Text("\n".join(lines)))


def _profile(result: RunResult) -> Table:
    """Steps by the clock; under each the processor's seconds of its stages, those of all workers together; the words parsed."""
    share = f"{result.words_parsed / result.words:.0%} of {result.words:,} words parsed" if result.words else None
    table = Table(title="where the time went", caption=share, box=None, padding=(0, 2, 0, 0))
    table.add_column("step")
    table.add_column("seconds", justify="right")
    steps = {name: seconds for name, seconds in result.seconds.items() if not name.startswith("stage ")}
    stages = {name: seconds for name, seconds in result.seconds.items() if name not in steps}
    for title, rows in (("by the clock", steps), ("of the processor", stages)):
        table.add_row(title, "", style="bold")
        for name, seconds in sorted(rows.items(), key=lambda part: -part[1]):
            table.add_row(f"  {name}", f"{seconds:.2f}")
    return table
