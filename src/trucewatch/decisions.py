"""The log of decisions: appended, never overwritten, each entry chained to the one before, and provably whole.

An entry's content (subject, verdict, reason, who) is hashed with a random salt; the chain runs over these digests and over
what may always be known (id, place in the log, kind, instant). So an entry's content can be erased, with its salt, and leaves a
tombstone in a chain that still verifies; nobody can guess what stood there. The log is a file of JSON Lines beside the ledger;
the ledger holds the same decisions, which shows where the end of the file was cut off.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import secrets
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from trucewatch.errors import RecordError, StoreError
from trucewatch.model.ids import make_id
from trucewatch.model.judgements import (
    ATTRIBUTION_VERDICTS,
    BREACH_VERDICTS,
    KINDS,
    OCCURRENCE_VERDICTS,
    split_verdict,
)
from trucewatch.model.records import Decision, Ledger
from trucewatch.model.serial import from_plain, to_plain
from trucewatch.stages.judge import apply_decisions
from trucewatch.text.redaction import Range, redacted_ranges

__all__ = [
    "DecisionStore",
    "LogReport",
    "append",
    "apply_decisions",
    "decide",
    "erase",
    "log_path",
    "read_log",
    "synchronise",
    "verify_log",
]

FIRST_HASH = "0" * 64
_SUBJECTS = {
    "same_incident": (2, None),
    "correct_value": (1, 1),
    "verify": (1, 1),
    "attribute": (1, 1),
    "redact": (1, 1),
    "undo": (1, 1),
}


class DecisionStore(Protocol):
    """What a ledger must offer: a view, decisions put idempotently by id, words destroyed (a `trucewatch.store.Store` does)."""

    def put(self, records: Iterable[Any]) -> int:
        """Put records; gives how many were new or changed."""

    def view(self) -> Ledger:
        """The whole ledger."""

    def black_out(self, ranges: Mapping[str, Sequence[Range]], observation_ids: Iterable[str] = ()) -> object:
        """Destroy words for good."""


@dataclass(frozen=True, kw_only=True)
class LogReport:
    """What a verification found. `broken_line` (from 1) and `reason` where the chain breaks first; `head` the last good hash."""

    entries: int
    erased: int
    head: str
    broken_line: int | None = None
    reason: str | None = None

    @property
    def is_whole(self) -> bool:
        """Whether every link holds."""
        return self.broken_line is None


def log_path(store: str) -> Path:
    """Where the log of a ledger lies: beside its file; in the working folder for a server's address."""
    return Path("trucewatch.decisions.jsonl") if "://" in store else Path(f"{store}.decisions.jsonl")


def append(
    path: Path,
    kind: str,
    subject: Sequence[str],
    verdict: str,
    reason: str,
    decided_by: str,
    *,
    decided_at: datetime | None = None,
) -> Decision:
    """Append a decision and give it, chained. Several writers queue.

    Raises RecordError for a decision that means nothing (kind, subject, verdict, no reason, nobody), StoreError where the log is
    broken or cannot be written: a broken chain is never continued.
    """
    _check(kind, tuple(subject), verdict, reason, decided_by)
    with _locked(path):
        entries = read_log(path)
        report = verify_log(path)
        if not report.is_whole:
            raise StoreError(f"the log {path} is broken at line {report.broken_line} ({report.reason}): nothing is added to it")
        decision = _chained(
            entries[-1] if entries else None,
            Decision(
                id="",
                kind=kind,
                subject=tuple(subject),
                verdict=verdict,
                reason=reason.strip(),
                decided_by=decided_by.strip(),
                decided_at=(decided_at or datetime.now(UTC)).astimezone(UTC),
            ),
        )
        _check_target(decision, entries)
        _cut_unfinished(path)
        erased = _erased_by(decision, entries)
        if erased is not None:
            entries = tuple(erased if entry.id == erased.id else entry for entry in entries)
            _write(path, (*entries, decision))
        else:
            _append_line(path, decision)
    return decision


def decide(
    store: DecisionStore, path: Path, kind: str, subject: Sequence[str], verdict: str, reason: str, decided_by: str
) -> Decision:
    """Append a decision to a ledger's log, put it into the ledger, and destroy what it redacts; gives the decision.

    Everything else that follows from it is recomputed by the next run. Raises as `append` does.
    """
    ledger = store.view()
    synchronise(path, store, ledger.decisions)
    decision = append(path, kind, subject, verdict, reason, decided_by)
    store.put(read_log(path))
    if kind == "redact":
        ranges = redacted_ranges(ledger.documents, ledger.claims, (decision,))
        observation_ids = [o.id for o in ledger.observations if o.id in decision.subject]
        if ranges or observation_ids:
            store.black_out(ranges, observation_ids)
    return decision


def erase(entry: Decision) -> Decision:
    """A decision's tombstone: its content and salt are gone, its place in the chain stays."""
    return replace(entry, subject=(), verdict="", reason="", decided_by="", salt=None, is_erased=True)


def read_log(path: Path) -> tuple[Decision, ...]:
    """Every entry, oldest first; none where there is no log yet. Raises StoreError for a line that is no entry."""
    found = []
    for number, line in _lines(path):
        try:
            found.append(from_plain(Decision, json.loads(line)))
        except (ValueError, TypeError, AttributeError, RecordError) as err:
            raise StoreError(
                f"{path}, line {number} is no decision ({err}): `trucewatch log verify` says where it breaks"
            ) from err
    return tuple(found)


def verify_log(path: Path, kept: Iterable[Decision] = ()) -> LogReport:
    """Prove the log whole, or name the first broken link. `kept`: the ledger's own decisions, to show what the file lacks."""
    previous = FIRST_HASH
    entries: dict[str, Decision] = {}
    erased = 0

    def broken(line: int, reason: str) -> LogReport:
        return LogReport(entries=len(entries), erased=erased, head=previous, broken_line=line, reason=reason)

    redacted: set[str] = set()
    number = 0
    for number, line in _lines(path):
        try:
            entry = from_plain(Decision, json.loads(line))
        except (ValueError, TypeError, AttributeError, RecordError) as err:
            return broken(number, f"no decision: {err}")
        problem = _problem(entry, len(entries) + 1, previous)
        if problem is None and line != _canonical(to_plain(entry)):
            problem = f"{entry.id} is not written as this program writes it"
        if problem is not None:
            return broken(number, problem)
        entries[entry.id] = entry
        erased += entry.is_erased
        if entry.kind == "redact":
            redacted.update(entry.subject)
        previous = entry.hash or ""
    for position, entry in enumerate(entries.values(), start=1):
        if entry.is_erased and entry.id not in redacted:
            return broken(position, f"{entry.id} was erased, but no decision says so")
    for decision in sorted(kept, key=lambda d: d.sequence or 0):
        if decision.id not in entries:
            return broken(number + 1, f"the ledger holds {decision.id} (number {decision.sequence}), which the file lacks")
        if decision.hash != entries[decision.id].hash:
            return broken(decision.sequence or 0, f"{decision.id} has another hash in the ledger")
    return LogReport(entries=len(entries), erased=erased, head=previous)


def synchronise(path: Path, store: DecisionStore, kept: Iterable[Decision] = ()) -> tuple[Decision, ...]:
    """Put the log's decisions into the ledger, or restore a missing log from the ledger's; gives the log's entries."""
    known = sorted(kept, key=lambda d: d.sequence or 0)
    if not path.exists() and known:
        with _locked(path):
            _write(path, known)
    entries = read_log(path)
    store.put(entries)
    return entries


def _check(kind: str, subject: tuple[str, ...], verdict: str, reason: str, decided_by: str) -> None:
    if kind not in KINDS:
        raise RecordError(f"there is no decision of kind {kind!r}: {', '.join(KINDS)}")
    low, high = _SUBJECTS.get(kind, (0, None))
    if len(subject) < low or (high is not None and len(subject) > high) or not all(part.strip() for part in subject):
        raise RecordError(f"a decision {kind} concerns {low}{' or more' if high is None else ''} id(s), seen {len(subject)}")
    if len(set(subject)) < len(subject):
        raise RecordError("a decision names the same id twice")
    if not reason.strip():
        raise RecordError("a decision needs its reason (--reason)")
    if not decided_by.strip():
        raise RecordError("a decision needs to say who made it (--by)")
    allowed = {
        "same_incident": ("same", "different"),
        "verify": (*OCCURRENCE_VERDICTS, *BREACH_VERDICTS),
        "attribute": ATTRIBUTION_VERDICTS,
        "undo": ("undone",),
    }.get(kind)
    head, rest = split_verdict(verdict)
    if allowed is not None and head not in allowed:
        raise RecordError(f"the verdict {verdict!r} means nothing for {kind}: {', '.join(allowed)}")
    if head in ("determined", "assessed") and kind == "attribute" and rest is None:
        raise RecordError(f"{head} needs the party: {head}:PARTY")
    if kind == "correct_value" and "=" not in verdict:
        raise RecordError(f"a correction is field=value with the value as JSON, seen {verdict!r}")


def _chained(last: Decision | None, decision: Decision) -> Decision:
    salted = replace(
        decision,
        sequence=(last.sequence or 0) + 1 if last is not None else 1,
        previous_hash=last.hash if last is not None else FIRST_HASH,
        salt=secrets.token_hex(16),
    )
    salted = replace(salted, content_digest=_content_digest(salted))
    salted = replace(salted, id=make_id("decision", salted.sequence, salted.content_digest))
    return replace(salted, hash=_hash(salted))


def _problem(entry: Decision, sequence: int, previous: str) -> str | None:
    if entry.sequence != sequence:
        return f"expected number {sequence}, seen {entry.sequence}: an entry was removed, added or moved"
    if entry.previous_hash != previous:
        return f"{entry.id} does not follow from the entry before it"
    if entry.is_erased:
        if entry.subject or entry.verdict or entry.reason or entry.decided_by or entry.salt:
            return f"{entry.id} is marked as erased and still has content"
    elif entry.content_digest != _content_digest(entry):
        return f"the content of {entry.id} was changed after it was decided"
    if entry.hash != _hash(entry):
        return f"the hash of {entry.id} does not fit its entry"
    return None


def _content_digest(entry: Decision) -> str:
    content = {
        "subject": list(entry.subject),
        "verdict": entry.verdict,
        "reason": entry.reason,
        "decided_by": entry.decided_by,
    }
    return hashlib.sha256(f"{entry.salt}\x1f{_canonical(content)}".encode("utf-8", "surrogatepass")).hexdigest()


def _hash(entry: Decision) -> str:
    header = {
        "id": entry.id,
        "sequence": entry.sequence,
        "kind": entry.kind,
        "decided_at": entry.decided_at.isoformat(),
        "content_digest": entry.content_digest,
    }
    return hashlib.sha256(f"{entry.previous_hash}\x1f{_canonical(header)}".encode()).hexdigest()


def _canonical(plain: Any) -> str:
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _check_target(decision: Decision, entries: Iterable[Decision]) -> None:
    """A decision about a decision needs one that is there and that can be undone or erased."""
    known = {entry.id: entry for entry in entries}
    target = known.get(decision.subject[0]) if decision.subject else None
    if decision.kind == "undo":
        if target is None:
            raise RecordError(f"there is no decision {decision.subject[0]} in the log to undo")
        if target.kind in ("redact", "export"):
            raise RecordError(f"{target.id} is of kind {target.kind}, which cannot be undone")
    if decision.kind == "redact" and target is not None and target.kind == "redact":
        raise RecordError(f"{target.id} is itself a redaction: what it names must stay known, or it would no longer be applied")


def _cut_unfinished(path: Path) -> None:
    """Remove a last line that a killed writer left without its end: nobody was told that it was decided."""
    if not path.exists():
        return
    with path.open("rb+") as stream:
        original = stream.read()
        whole = original.rfind(b"\n") + 1
        if whole < len(original):
            stream.truncate(whole)


def _erased_by(decision: Decision, entries: Iterable[Decision]) -> Decision | None:
    if decision.kind != "redact":
        return None
    return next((erase(entry) for entry in entries if entry.id in decision.subject), None)


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        text = path.read_text(encoding="utf-8", errors="surrogateescape")
    except FileNotFoundError:
        return
    except OSError as err:
        raise StoreError(f"the log {path} cannot be read: {err.strerror or err}") from err
    # What follows the last line end is a write that was never finished: no entry.
    for number, line in enumerate(text.split("\n")[:-1], start=1):
        if line.strip():
            yield number, line


def _append_line(path: Path, decision: Decision) -> None:
    text = _canonical(to_plain(decision)) + "\n"
    try:
        with path.open("a", encoding="utf-8", errors="surrogateescape") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as err:
        raise StoreError(f"the log {path} cannot be written: {err.strerror or err}") from err


def _write(path: Path, entries: Iterable[Decision]) -> None:
    """Write the whole log aside and put it in place: an erased entry must not survive a crash half-way."""
    try:
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False, prefix=f".{path.name}.") as stream:
            for entry in entries:
                stream.write(_canonical(to_plain(entry)) + "\n")
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(stream.name, path)
    except OSError as err:
        raise StoreError(f"the log {path} cannot be written: {err.strerror or err}") from err


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.with_name(f"{path.name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
    except PermissionError as err:
        raise StoreError(f"the log {path} cannot be locked: {err.strerror or err}") from err
