"""The main job: read inputs, keep originals, read each document, recompute all that is derived, write it in one transaction.

What a killed run leaves is always a ledger that the next run completes: originals are kept before their rows, readings are put
document by document under the fingerprint of what made them, and derived tables change together or not at all.
"""

from __future__ import annotations

import gc
import itertools
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from trucewatch.engines import Engine, make_engine, workers_for
from trucewatch.model.records import Claim, Document, Issue, Ledger, Reading
from trucewatch.model.stage import Context, Stage
from trucewatch.pipeline.ahead import KinAhead
from trucewatch.pipeline.check import check_reading
from trucewatch.pipeline.context import check_models
from trucewatch.pipeline.edge import DIED, FAILED, REFUSED, Outcome, Task, died, in_parts, run_ledger_stage, run_task
from trucewatch.pipeline.incremental import PARTS_FROM, Update, bring_up_to_date, is_splittable
from trucewatch.pipeline.maker import fingerprint
from trucewatch.pipeline.part_documents import own_ids
from trucewatch.pipeline.progress import Clock, Progress
from trucewatch.pipeline.records import Remembered, claim_order, run_records
from trucewatch.plugins import check_plan
from trucewatch.sources.original import Original, to_reading
from trucewatch.stages.kinship import KinState
from trucewatch.store import Store

BATCH = 100
BATCH_BYTES = 32 * 1024 * 1024
FLUSH_S = 2.0


@dataclass(frozen=True, kw_only=True)
class RunResult:
    """What a run leaves. `refused`: issues of inputs and documents that could not be read.

    `seconds`: by the clock for each step, of the processor (of all workers together) for each stage. `words` in the texts that
    were read now and in English, and how many of them were parsed.
    """

    store: Store
    documents_met: int
    documents_read: int
    rows_changed: int
    refused: tuple[Issue, ...] = ()
    seconds: dict[str, float] = field(default_factory=dict)
    words: int = 0
    words_parsed: int = 0
    recomputed: Ledger | None = None

    @cached_property
    def ledger(self) -> Ledger:
        """The ledger as it stands after the run: all of it, read now where the run did not hold it. Not for large ledgers."""
        return self.recomputed if self.recomputed is not None else self.store.view()

    @property
    def exit_code(self) -> int:
        """0 all read, 1 some input was refused."""
        return 1 if self.refused else 0


def run(
    originals: Iterable[Original],
    *,
    store: Store,
    stages: Sequence[Stage],
    recipe: Callable[[], Context],
    parser_pipeline: str = "",
    theatre_name: str | None = None,
    workers: int | None = None,
    cluster: str | None = None,
    is_strict: bool = False,
    is_fresh: bool = False,
    on_progress: Callable[[Progress], None] = lambda _: None,
) -> RunResult:
    """Take originals into a ledger and recompute what follows from all that is in it.

    What earlier runs worked out is used again where its inputs are the same, which `is_fresh` forbids. `recipe` makes the
    stages' context, here or in a worker; `cluster` names a Dask cluster for the record stages (engines.py). The caller holds
    `store.writing()`. Raises PlanError for a plan that cannot run and StoreError where the ledger cannot be written; whatever is
    wrong with one document is an issue.
    """
    check_plan(stages)
    clock = Clock()
    store.shelf.mend()
    prepared = prepare(store, stages, recipe, parser_pipeline, is_fresh=is_fresh)
    groups, first, made_by, context = prepared.groups, prepared.first, prepared.read_by, prepared.context
    number = store.begin_run(made_by, theatre_name)
    with clock.step("take in"):
        met, refused = _take_in(originals, store, on_progress)
    pending = store.originals_to_read(made_by)
    if pending:
        check_models(context)
    count = workers_for(len(pending), workers)
    if cluster is not None:
        engine: Engine[Task, Outcome] = make_engine(recipe, run_task, died, workers or 0, cluster)
    else:
        engine = make_engine(recipe if count > 1 else lambda: context, run_task, died, count)
    if count > 1 or cluster is not None:
        # as a parser does where it is loaded: the collector need not look again and again through what stays
        gc.unfreeze()
        gc.collect()
        gc.freeze()
    try:
        if pending and count == 1 and cluster is None and context.parser is not None:
            on_progress(Progress(step="load models", done=0))
            with clock.step("load models"):
                context.parser.load()
        has_workers = count > 1 or cluster is not None
        with clock.step("read"):
            ahead = KinAhead(context) if has_workers and _is_new_and_small(store, context, pending) else None
            _read(store, pending, first, made_by, engine, clock, is_strict, on_progress, ahead)
        update = Update(
            store=store,
            groups=groups,
            context=context,
            made_by=prepared.made_by,
            pending=pending,
            was_cut_short=store.was_cut_short(number),
            engine=engine,
            clock=clock,
            is_strict=is_strict,
            on_progress=on_progress,
        )
        ledger = changed = None
        with clock.step("recompute"):
            if not is_fresh and is_splittable(update):
                changed = in_parts(lambda: bring_up_to_date(update), is_strict=is_strict)
            if changed is None:
                ledger = _recompute(store, groups, context, engine, clock, is_strict, on_progress)
    finally:
        engine.close()
    if ledger is not None:
        with clock.step("write"):
            on_progress(Progress(step="write", done=0))
            changed = store.replace(ledger)
    store.end_run(number)
    store.shelf.keep(made_by, context.kinship.arrays())
    failed = store.issues_of((REFUSED, FAILED, DIED))
    return RunResult(
        store=store,
        recomputed=ledger,
        documents_met=met,
        documents_read=len(pending),
        rows_changed=changed or 0,
        refused=tuple(dict.fromkeys((*refused, *failed))),
        seconds=clock.seconds,
        words=clock.words,
        words_parsed=clock.words_parsed,
    )


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """What a run works with. `first`: the stages that read, `groups` those after them; `read_by` and `made_by` stand for the
    former, and for all, with their settings and the theatre."""

    first: tuple[Stage, ...]
    groups: list[tuple[str, tuple[Stage, ...]]]
    read_by: str
    made_by: str
    context: Context


def prepare(
    store: Store, stages: Sequence[Stage], recipe: Callable[[], Context], parser_pipeline: str, *, is_fresh: bool = False
) -> Prepared:
    """Context and groups of stages, with what earlier runs left beside the ledger unless `is_fresh`."""
    groups = [(scope, tuple(group)) for scope, group in itertools.groupby(stages, key=lambda stage: stage.scope)]
    first = groups.pop(0)[1] if groups and groups[0][0] == "record" else ()
    context = recipe()
    read_by = fingerprint(first, context.theatre, parser_pipeline, context.settings)
    # what was worked out depends on every stage, and on every setting
    made_by = f"{fingerprint(stages, context.theatre, parser_pipeline, context.settings)} {sorted(context.settings.items())}"
    memory = None if is_fresh else store.shelf.memory(made_by)
    context = replace(context, kinship=_known_kinship(store, read_by, is_fresh), memory=memory)
    return Prepared(first=first, groups=groups, read_by=read_by, made_by=made_by, context=context)


def _known_kinship(store: Store, made_by: str, is_fresh: bool) -> KinState:
    try:
        return KinState({} if is_fresh else store.shelf.take(made_by))
    except (KeyError, ValueError, IndexError):
        # files that do not fit one another: nothing is lost but time
        return KinState()


def _take_in(originals: Iterable[Original], store: Store, on_progress: Callable[[Progress], None]) -> tuple[int, list[Issue]]:
    """Keep each original's bytes and put its row; gives how many documents there were, and what was refused."""
    batch: list[Reading] = []
    refusals: list[tuple[str, Issue]] = []
    visited: set[str] = set()
    count = 0
    for original in originals:
        visited.add(original.input_path)
        if original.issue is not None:
            refusals.append((original.input_path, original.issue))
            continue
        if not original.sha256:
            # sources.original.settled: visited, and nothing to keep
            continue
        store.archive.keep(original.original)
        batch.append(replace(to_reading(original), original=b""))
        count += 1
        if len(batch) >= BATCH:
            store.put_originals(batch)
            batch.clear()
            on_progress(Progress(step="take in", done=count))
    store.put_originals(batch)
    store.settle_refusals(refusals, visited)
    on_progress(Progress(step="take in", done=count, total=count))
    return count, [issue for _, issue in refusals if issue.level == "error"]


def _read(
    store: Store,
    pending: Sequence[str],
    stages: tuple[Stage, ...],
    made_by: str,
    engine: Engine[Task, Outcome],
    clock: Clock,
    is_strict: bool,
    on_progress: Callable[[Progress], None],
    ahead: KinAhead | None,
) -> None:
    """Run the leading record stages on what they have not read yet, putting the readings as they come. `ahead` meets them."""

    def put(outcomes: Sequence[Outcome]) -> None:
        _put(store, outcomes, made_by)
        if ahead is not None:
            with clock.stage("kinship"):
                ahead.meet(outcome.reading for outcome in outcomes)

    def tasks() -> Iterator[Task]:
        for reading in store.some_originals(pending):
            # of a redacted document there is nothing left to read again: what was read of it stays, blacked out
            if not store.archive.is_destroyed(reading.document.sha256):
                original = store.archive.read(reading.document.sha256)
                yield Task(stages=stages, reading=replace(reading, original=original))

    batch: list[Outcome] = []
    flushed = time.monotonic()
    on_progress(Progress(step="read", done=0, total=len(pending)))
    for done, outcome in enumerate(engine.map(tasks()), 1):
        clock.add(outcome.seconds)
        clock.words += outcome.words
        clock.words_parsed += outcome.words_parsed
        batch.append(replace(outcome, reading=check_reading(outcome.reading, is_strict=is_strict)))
        if len(batch) >= BATCH or time.monotonic() - flushed > FLUSH_S:
            put(batch)
            batch.clear()
            flushed = time.monotonic()
        on_progress(Progress(step="read", done=done, total=len(pending)))
    put(batch)


def _is_new_and_small(store: Store, context: Context, pending: Sequence[str]) -> bool:
    """Whether kinship knows nothing yet, and the ledger will be worked out whole: a larger one must be told what changed."""
    return not context.kinship.digests and store.count_readings(PARTS_FROM) + len(pending) < PARTS_FROM


def _put(store: Store, batch: Sequence[Outcome], made_by: str) -> None:
    store.put_readings((o.reading for o in batch if not o.is_failed), made_by)
    store.put_readings((o.reading for o in batch if o.is_failed), made_by, failed=True)


def _recompute(
    store: Store,
    groups: Sequence[tuple[str, tuple[Stage, ...]]],
    context: Context,
    engine: Engine[Task, Outcome],
    clock: Clock,
    is_strict: bool,
    on_progress: Callable[[Progress], None],
) -> Ledger:
    """Run the stages after the first readings over the whole ledger."""
    ledger = _whole(store)
    issues: dict[Issue, None] = dict.fromkeys((*store.refusals(), *ledger.issues))
    for scope, stages in groups:
        if scope == "ledger":
            for stage in stages:
                on_progress(Progress(step=stage.name, done=0))
                begin = time.thread_time()
                ledger, issue = run_ledger_stage(stage, ledger, context, is_strict=is_strict)
                clock.add({stage.name: time.thread_time() - begin})
                if issue is not None:
                    issues[issue] = None
        else:
            remembered = Remembered(context.memory, "+".join(stage.name for stage in stages))
            ledger = run_records(store, ledger, stages, engine, clock, remembered, is_strict, on_progress)
        issues.update(dict.fromkeys(ledger.issues))
    return replace(ledger, issues=tuple(issues))


def _whole(store: Store) -> Ledger:
    """All documents with their claims as read, with what persons filed and decided, sorted, so that no stage sees an order."""
    documents: list[Document] = []
    claims: list[Claim] = []
    issues: dict[Issue, None] = {}
    taken: set[str] = set()
    for reading in store.readings(bare=True):
        documents.append(reading.document)
        claims += own_ids(reading.claims, reading.document.id, taken)
        issues.update(dict.fromkeys(reading.issues))
    return replace(
        store.primary(),
        documents=tuple(sorted(documents, key=lambda document: document.id)),
        claims=tuple(sorted(claims, key=claim_order)),
        issues=tuple(issues),
    )
