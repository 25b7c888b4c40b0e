"""`trucewatch run`: articles in, ledger out."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Group
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar
from rich.table import Table
from rich.text import Text

from trucewatch import COMPILED, pipeline
from trucewatch.cli.console import complain, make_console, remark
from trucewatch.cli.outputs import write_outputs
from trucewatch.cli.places import LEDGER, OUT
from trucewatch.config import load_settings, load_theatre
from trucewatch.engines import check_cluster
from trucewatch.errors import SourceError, StoreError
from trucewatch.model.records import Claim, Issue
from trucewatch.pipeline import Progress, Recipe, RunResult
from trucewatch.plugins import make_plugins
from trucewatch.sources import read_inputs
from trucewatch.store import open_store
from trucewatch.store.filters import IncidentFilter
from trucewatch.store.reading import reading

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
    is_exported: Annotated[
        bool, typer.Option("--exports", help="Write the exports however large the ledger is (over 100,000 documents they wait).")
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
        report, fault = write_outputs(result, knowledge, out, is_wanted=is_exported)
        with reading(ledger_store) as reader:
            counts = reader.counts()
            examples = reader.incidents(IncidentFilter(), limit=1, newest_first=False) or reader.page(Claim, {}, limit=1)
            warnings = reader.where(Issue, level="warning") if is_verbose and not is_quiet else []
    _say_issues(result, warnings, out, is_verbose=is_verbose)
    if is_json:
        levels = {name: counts.pop(name) for name in list(counts) if name.startswith("issues ")}
        told = {**counts, "issues": sum(levels.values()), "refused": len(result.refused), "seconds": result.seconds}
        typer.echo(json.dumps({**told, "out": str(out), "store": place}))
    elif not is_quiet:
        example_id = examples[0].id if examples else "ID"
        make_console().print(_closing(counts, result.documents_read, example_id, out, place, report))
    if is_profiled:
        make_console(is_error=True).print(_profile(result))
    if fault is not None:
        complain(fault)
    raise typer.Exit(1 if fault is not None else result.exit_code)


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


def _say_issues(result: RunResult, warnings: Sequence[Issue], out: Path, *, is_verbose: bool) -> None:
    shown: tuple[Issue, ...] = result.refused
    for issue in shown if is_verbose else shown[:SHOWN_ISSUES]:
        complain(issue.message)
    if len(shown) > SHOWN_ISSUES and not is_verbose:
        complain(f"{len(shown) - SHOWN_ISSUES} more are listed in {out / 'issues.jsonl'}")
    for issue in sorted(warnings, key=lambda issue: (issue.source or "", issue.stage, issue.code, issue.message)):
        remark(f"{issue.stage}: {issue.message}")


def _closing(
    counts: Mapping[str, int], documents_read: int, example_id: str, out: Path, place: str, report: Path | None
) -> Group:
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(justify="right", style="bold")
    table.add_column()
    by_level = {level: counts.get(f"issues {level}", 0) for level in ("error", "warning", "info")}
    for number, name in (
        (counts["documents"], f"documents ({documents_read} read now)"),
        (counts["families"], "families: documents that copy or rewrite one another count as one source"),
        (counts["claims"], "claims"),
        (counts["denials"], "of them denials"),
        (counts["incidents"], "incidents"),
        (counts["violations"], "alleged violations of a clause"),
        (sum(by_level.values()), "issues: " + ", ".join(f"{number} {level}" for level, number in by_level.items() if number)),
    ):
        table.add_row(f"{number:,}", name.removesuffix(": "))
    option = f"--out {out}" if place == str(out / LEDGER) else f"--store {place}"
    lines = [f"  trucewatch show {example_id} {option}", f"  {out / 'issues.jsonl'} lists what is doubtful"]
    if report is not None:
        lines.insert(0, f"  open {report} in a browser")
    return Group(table, Text("\nNext:"), Text("\n".join(lines)))


def _profile(result: RunResult) -> Table:
    """Steps by the clock; under each the processor's seconds of its stages, those of all workers together; the words parsed."""
    share = f"{result.words_parsed / result.words:.0%} of {result.words:,} words parsed; " if result.words else ""
    table = Table(title="where the time went", caption=f"{share}compiled build: {COMPILED}", box=None, padding=(0, 2, 0, 0))
    table.add_column("step")
    table.add_column("seconds", justify="right")
    steps = {name: seconds for name, seconds in result.seconds.items() if not name.startswith("stage ")}
    stages = {name: seconds for name, seconds in result.seconds.items() if name not in steps}
    for title, rows in (("by the clock", steps), ("of the processor", stages)):
        table.add_row(title, "", style="bold")
        for name, seconds in sorted(rows.items(), key=lambda part: -part[1]):
            table.add_row(f"  {name}", f"{seconds:.2f}")
    return table
