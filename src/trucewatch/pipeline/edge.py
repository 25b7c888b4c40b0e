"""The edge where a stage's failure on one document, or of one ledger stage, becomes an issue: nothing stops a run."""

from __future__ import annotations

import logging
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import TypeVar

from trucewatch.errors import RecordError, StoreError, TrucewatchError
from trucewatch.model.records import Issue, Ledger, Reading
from trucewatch.model.stage import Context, Stage
from trucewatch.store.kept import bare_reading

_LOG = logging.getLogger(__name__)
T = TypeVar("T")
REFUSED = "document-refused"
FAILED = "stage-failed"
DIED = "worker-died"


class UnsplittableError(Exception):
    """The ledger cannot be brought up to date part by part, in words: all of it is worked out anew. Never leaves the pipeline."""


@dataclass(frozen=True, kw_only=True)
class Task:
    """One document and the record stages to run on it. `is_known`: it was read before, and what its text is cut into need not
    come back."""

    stages: tuple[Stage, ...]
    reading: Reading
    kin_texts: tuple[str, ...] = ()
    is_known: bool = False


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What the stages made of one document, and whether they failed (then as far as they came).

    `seconds` of the processor by stage, and of what the extraction spent on gate, parse and reader; `words` of the text,
    and how many of them were parsed.
    """

    reading: Reading
    seconds: dict[str, float] = field(default_factory=dict)
    words: int = 0
    words_parsed: int = 0
    is_failed: bool = False


def run_task(context: Context, task: Task) -> Outcome:
    """Run record stages on one document. Any failure becomes an issue of the document, with what was read until then."""
    reading = task.reading
    document_id = reading.document.id
    if task.kin_texts:
        context = replace(context, kin_texts={document_id: task.kin_texts})
    seconds: dict[str, float] = {}
    # filled while the stages run, by the parser and by who asks it
    tally: dict[str, float] = getattr(context.parser, "tally", {})
    tally.clear()
    for stage in task.stages:
        begin = time.thread_time()
        try:
            after = _run_record(stage, reading, context)
        except TrucewatchError as err:
            issue = _issue(stage.name, REFUSED, f"the document is refused: {err}", reading)
            return Outcome(reading=replace(reading, issues=(*reading.issues, issue)), seconds=seconds, is_failed=True)
        except Exception as err:  # noqa: BLE001 - the edge of pipeline.run
            message = f"the stage {stage.name} failed on this document: {describe(err)}. Please report it with the document"
            issue = _issue(stage.name, FAILED, message, reading)
            return Outcome(reading=replace(reading, issues=(*reading.issues, issue)), seconds=seconds, is_failed=True)
        seconds[stage.name] = seconds.get(stage.name, 0.0) + time.thread_time() - begin
        # bytes are not carried on: the archive has them
        reading = after if stage.name != "clean" else replace(after, original=b"")
    seconds.update({f"extract: {name}": tally[name] for name in ("gate", "parse", "reader") if name in tally})
    return Outcome(
        reading=bare_reading(reading) if task.is_known else replace(reading, original=b""),
        seconds=seconds,
        words=int(tally.get("words", 0)),
        words_parsed=int(tally.get("words parsed", 0)),
    )


def _run_record(stage: Stage, reading: Reading, context: Context) -> Reading:
    if stage.run_record is None:
        raise RecordError(f"the stage {stage.name!r} has no function for documents")
    after = stage.run_record(reading, context)
    if after.document.id != reading.document.id:
        raise RecordError(f"the stage {stage.name!r} changed the document's id to {after.document.id}")
    return after


def died(task: Task) -> Outcome:
    """What a task gives whose worker was killed twice."""
    message = "reading this document ended its process twice (out of memory?): split it, or give it more memory"
    issue = _issue(task.stages[0].name, DIED, message, task.reading)
    reading = replace(task.reading, original=b"", issues=(*task.reading.issues, issue))
    return Outcome(reading=reading, is_failed=True)


def run_ledger_stage(stage: Stage, ledger: Ledger, context: Context, *, is_strict: bool) -> tuple[Ledger, Issue | None]:
    """Run one ledger stage. A failure becomes an issue, and the ledger goes on without what the stage would have made.

    `is_strict` (tests): failures are raised.
    """
    if stage.run_ledger is None:
        raise RecordError(f"the stage {stage.name!r} has no function for ledgers")
    try:
        return stage.run_ledger(ledger, context), None
    except Exception as err:
        # the other half of the edge
        if is_strict:
            raise
        message = (
            f"the stage {stage.name} failed, and what it makes is missing from this ledger: {describe(err)}. Please report it"
        )
        return ledger, Issue(stage=stage.name, code=FAILED, level="error", message=message, value=type(err).__name__)


def in_parts(work: Callable[[], int], *, is_strict: bool) -> int | None:
    """What work over parts of a ledger gives; None where it cannot be done or a stage fails in it: then all is worked out anew,
    and a failure becomes an issue there. `is_strict` (tests): failures are raised."""
    try:
        return work()
    except UnsplittableError:
        return None
    except StoreError:
        raise
    except Exception as err:
        # the edge once more
        if is_strict:
            raise
        _LOG.warning("the ledger is worked out anew, as its parts could not be: %s. Please report it", describe(err))
        return None


def _issue(stage: str, code: str, message: str, reading: Reading) -> Issue:
    document = reading.document
    return Issue(
        stage=stage,
        code=code,
        level="error",
        message=f"{document.source}: {message}",
        source=document.source,
        record_id=document.id,
    )


def attempt(action: Callable[[], T]) -> tuple[T | None, str | None]:
    """What a command's last step gives, or what went wrong unforeseen in one line: it must not undo what is done by then.

    Errors that are foreseen (TrucewatchError) are raised.
    """
    try:
        return action(), None
    except TrucewatchError:
        raise
    except Exception as err:  # noqa: BLE001 - the edge of a page or a round, after the ledger is whole
        return None, describe(err)


def describe(err: BaseException) -> str:
    """An unforeseen error in one line: its kind, its words, and where in our code it came up (no machine's path)."""
    frames: Sequence[traceback.FrameSummary] = traceback.extract_tb(err.__traceback__)
    ours = [f for f in frames if "trucewatch" in PurePath(f.filename).parts]
    where = f" at {PurePath(ours[-1].filename).name}:{ours[-1].lineno}" if ours else ""
    words = " ".join(str(err).split())[:300]
    return f"{type(err).__name__}{where}{': ' + words if words else ''}"
