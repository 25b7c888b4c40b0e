"""What a run leaves beside the ledger: the exports and report.html, as far as the size of the ledger lets them be of use."""

from __future__ import annotations

import importlib
import importlib.util
from pathlib import Path

from trucewatch.cli.console import remark
from trucewatch.errors import StoreError
from trucewatch.model.records import Document, Ledger
from trucewatch.model.theatre import Theatre
from trucewatch.pipeline import RunResult
from trucewatch.pipeline.edge import attempt
from trucewatch.reports.exports import stream_jsonl, write_jsonl
from trucewatch.store import write_whole
from trucewatch.store.reading import reading
from trucewatch.store.slices import open_slices

REPORT = "report.html"
# documents up to which one page can be read, and held in memory
REPORT_LIMIT = 10_000
# documents up to which the exports are written by every run: some two minutes of one core
EXPORT_LIMIT = 100_000


def write_outputs(result: RunResult, theatre: Theatre, out: Path, *, is_wanted: bool = False) -> tuple[Path | None, str | None]:
    """Write exports and report of the ledger as it stands; gives report.html's path, None where it is not written, and what to
    say where it could not be made for an unforeseen reason.

    Above REPORT_LIMIT documents there is no report, and the exports are streamed, by id; above EXPORT_LIMIT they are written only
    where `is_wanted`. What is left out is said on standard error. Raises StoreError where something cannot be written.
    """
    with reading(result.store) as reader:
        count = reader.count(Document)
    if count <= REPORT_LIMIT:
        write_jsonl(result.ledger, out)
        report, fault = attempt(lambda: write_report(result.ledger, theatre, out))
        return report, told_of_report(out, fault) if fault is not None else None
    if count <= EXPORT_LIMIT or is_wanted:
        with open_slices(result.store) as slices:
            stream_jsonl(slices, out)
        remark(f"no report.html is written for more than {REPORT_LIMIT:,} documents: `trucewatch serve` shows the ledger")
    else:
        remark(
            f"exports and report.html are not written for more than {EXPORT_LIMIT:,} documents, and those in {out} are not of "
            "this run: --exports writes the exports, `trucewatch serve` shows the ledger"
        )
    return None, None


def told_of_report(out: Path, fault: str) -> str:
    """What to say where report.html could not be made for an unforeseen reason."""
    return (
        f"{out / REPORT} could not be made: {fault}. Please report it. The ledger and the exports are whole, "
        "and `trucewatch serve` shows them"
    )


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
