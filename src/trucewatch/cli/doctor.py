"""`trucewatch doctor`: is the ledger whole, what is wrong, and a new one from what cannot be made again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from trucewatch import pipeline
from trucewatch.cli.console import complain
from trucewatch.cli.places import ledger_place
from trucewatch.config import load_settings, load_theatre
from trucewatch.decisions import log_path, read_log, synchronise, verify_log
from trucewatch.errors import StoreError
from trucewatch.model.records import Claim, Decision
from trucewatch.pipeline import Recipe
from trucewatch.plugins import make_plugins
from trucewatch.store import Archive, open_store
from trucewatch.store.dialects import dialect_of, url_of
from trucewatch.store.health import Finding, check_database, check_journal, check_originals, rebuild, save, set_aside
from trucewatch.store.reading import reading

WAIT_S = 60.0
MENDED = 1
DAMAGED = 2


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(doctor)


def doctor(
    store: Annotated[str | None, typer.Option(metavar="PATH", help="The ledger.")] = None,
    out: Annotated[Path | None, typer.Option(help="The folder of the run, where the ledger is.")] = None,
    is_rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Put a new ledger, made from the originals and the logs, in place of a damaged one.")
    ] = False,
    theatre: Annotated[
        str | None, typer.Option(help="The theatre to read the originals with. Without: the one that the last run used.")
    ] = None,
) -> None:
    """Check the ledger: its database, its originals, what is kept beside them, and the log of decisions.

    --rebuild keeps whatever is damaged under another name, and reads every original again.

    Examples:

        trucewatch doctor --out out/

        trucewatch doctor --out out/ --rebuild

    Exit status: 0 healthy; 1 mended, or something to know; 2 damaged, with what to do.
    """
    place = ledger_place(store, out)
    if "://" in place:
        raise StoreError("doctor looks after a ledger in a file; check a server's with its own tools (pg_amcheck, its backups)")
    path = Path(place)
    archive = Archive(Path(f"{path}.archive"))
    if not (path.is_file() or archive.folder.is_dir() or log_path(place).is_file()):
        raise StoreError(f"there is no ledger at {path}: name one with --store or --out")
    url = url_of(path)
    with dialect_of(url).locked(dialect_of(url).make_engine(url.render_as_string()), WAIT_S, lambda: None):
        findings, damaged_files = _examine(path, archive)
        for finding in findings:
            complain(f"{finding.message}. What to do: {finding.advice}")
        is_damaged = any(finding.is_damage for finding in findings)
        if is_damaged and is_rebuild and not any(finding.part == "version" for finding in findings):
            _mend(path, archive, findings, damaged_files, theatre)
            findings, _ = _examine(path, archive)
            for finding in findings:
                complain(f"still: {finding.message}. What to do: {finding.advice}")
            is_damaged, is_mended, is_rebuilt = any(finding.is_damage for finding in findings), True, True
        else:
            is_mended, is_rebuilt = bool(findings), False
    if is_damaged:
        raise typer.Exit(DAMAGED)
    typer.echo(f"{path}: {'mended' if is_mended else 'healthy'}")
    if is_rebuilt:
        typer.echo("the exports and report.html beside it are written anew by the next `trucewatch run` or `watch`")
    raise typer.Exit(MENDED if is_mended else 0)


def _examine(path: Path, archive: Archive) -> tuple[list[Finding], list[Path]]:
    """All that is wrong, and the damaged files of originals. What can be mended without loss is, at once."""
    findings = check_database(path)
    of_originals, damaged_files = check_originals(path, archive)
    is_whole = not findings
    if is_whole:
        findings += check_journal(path, archive)
        if findings:
            with open_store(path, create=False) as store:
                store.rewrite_journal()
    findings += of_originals
    findings += _examine_log(path, archive, is_whole)
    return findings, damaged_files


def _examine_log(path: Path, archive: Archive, is_whole: bool) -> list[Finding]:
    log = log_path(str(path))
    kept = tuple(save(path, archive).decisions.values())
    if not is_whole:
        kept = ()
    elif not log.exists() and kept:
        with open_store(path, create=False) as store:
            synchronise(log, store, kept)
        message = f"the log of decisions {log} was missing"
        return [Finding(part="decisions", message=message, advice="it was written anew from the ledger", is_damage=False)]
    report = verify_log(log, kept)
    if not report.is_whole:
        message = f"the log of decisions {log} is broken at line {report.broken_line}: {report.reason}"
        advice = "bring it back from a backup, or --rebuild writes it from the ledger's own decisions and keeps the broken file"
        return [Finding(part="decisions", message=message, advice=advice)]
    if is_whole and len(kept) < report.entries:
        with open_store(path, create=False) as store:
            synchronise(log, store, kept)
        message = f"the ledger lacked {report.entries - len(kept)} decisions of the log"
        return [Finding(part="decisions", message=message, advice="they were put into it", is_damage=False)]
    return []


def _mend(path: Path, archive: Archive, findings: list[Finding], damaged_files: list[Path], theatre: str | None) -> None:
    parts = {finding.part for finding in findings}
    if {"database", "decisions"} <= parts:
        log = log_path(str(path))
        raise StoreError(
            f"the ledger and its log of decisions are both damaged: bring {log} back from a backup, or move it away, and "
            "what the ledger's file still holds of the decisions is used"
        )
    if "decisions" in parts:
        _rewrite_log(path, archive)
    for file in damaged_files:
        typer.echo(f"set aside: {set_aside(file)}")
    if "database" not in parts:
        return
    decisions: tuple[Decision, ...] = read_log(log_path(str(path))) or _in_order(path, archive)
    saved, aside = rebuild(path, archive, decisions)
    if aside is not None:
        typer.echo(f"the damaged ledger is kept: {aside}")
    typer.echo(f"saved: {len(saved.originals)} originals, {len(saved.observations)} observations, {len(decisions)} decisions")
    _read_again(path, theatre or saved.theatre)


def _rewrite_log(path: Path, archive: Archive) -> None:
    """The log from the ledger's own decisions, where those are whole; else the broken file comes back to its place."""
    log = log_path(str(path))
    aside = set_aside(log)
    kept = _in_order(path, archive)
    if path.is_file() and kept:
        with open_store(path, create=False) as store:
            synchronise(log, store, kept)
    if aside is not None and not (kept and verify_log(log, kept).is_whole):
        aside.replace(log)
        raise StoreError(f"the ledger's own decisions are not whole either: bring {log} back from a backup")
    typer.echo(f"the broken log is kept: {aside}")


def _in_order(path: Path, archive: Archive) -> tuple[Decision, ...]:
    return tuple(sorted(save(path, archive).decisions.values(), key=lambda decision: decision.sequence or 0))


def _read_again(path: Path, theatre: str | None) -> None:
    settings = load_settings()
    recipe = Recipe(theatre=load_theatre(theatre), parser_pipeline=settings.pipeline, settings=settings.for_stages())
    with open_store(path, create=False) as store:
        result = pipeline.run(
            (),
            store=store,
            stages=pipeline.make_plan(make_plugins()),
            recipe=recipe,
            parser_pipeline=settings.pipeline,
            theatre_name=theatre,
        )
        with reading(store) as reader:
            claims = reader.count(Claim)
    typer.echo(f"read again: {result.documents_read} documents, {claims} claims")
