"""Judge (ledger): persons' corrections and redactions applied to what was read, before claims are linked.

A correction names one value of one record (`places.0.place_id="mill"`, `published.earliest="2030-05-04"`); the last that stands
wins. It changes the view, never what is stored of the source: undo it, and the value read comes back. What a correction cannot do
(another type, an unknown field, the words of a source) is an issue.
"""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any, TypeVar

from trucewatch.errors import RecordError
from trucewatch.model.judgements import standing
from trucewatch.model.records import Claim, Decision, Document, Issue, Ledger, Observation
from trucewatch.model.serial import from_plain, to_plain
from trucewatch.model.stage import Context, Stage
from trucewatch.text.redaction import redact_ledger

NAME = "judge"
R = TypeVar("R", Document, Claim, Observation)
# What identifies a record or is a source's own words: to be redacted, never corrected.
FIXED = frozenset(
    {
        "id",
        "document_id",
        "passage_id",
        "start_char",
        "end_char",
        "sentence_start_char",
        "sentence_end_char",
        "text",
        "sha256",
        "input_path",
        "origin_map",
        "made_by",
        "reasons",
        "narrative",
        "observer_code",
    }
)


def run_ledger(ledger: Ledger, context: Context) -> Ledger:
    """Ledger with corrections, then redactions applied to its documents, claims and observations."""
    return apply_decisions(ledger)


def apply_decisions(ledger: Ledger) -> Ledger:
    """Ledger with every standing `correct_value` and `redact` applied; the other kinds are read by link, verify and assess."""
    corrections: dict[str, list[Decision]] = {}
    for decision in standing(ledger.decisions):
        if decision.kind == "correct_value":
            for subject in decision.subject:
                corrections.setdefault(subject, []).append(decision)
    issues: list[Issue] = []
    documents = tuple(_corrected(d, corrections.pop(d.id, ()), issues) for d in ledger.documents)
    claims = tuple(_corrected(c, corrections.pop(c.id, ()), issues) for c in ledger.claims)
    observations = tuple(_corrected(o, corrections.pop(o.id, ()), issues) for o in ledger.observations)
    for subject, decisions in sorted(corrections.items()):
        message = f"the correction {decisions[-1].id} names a record that is not (or no longer) in the ledger"
        issues.append(Issue(stage=NAME, code="decision-without-subject", level="warning", message=message, record_id=subject))
    corrected = replace(ledger, documents=documents, claims=claims, observations=observations, issues=(*ledger.issues, *issues))
    return redact_ledger(corrected)


def _corrected(record: R, decisions: Iterable[Decision], issues: list[Issue]) -> R:
    for decision in decisions:
        try:
            record = correct(record, decision)
        except RecordError as err:
            message = f"the correction {decision.id} cannot be applied: {err}"
            issues.append(
                Issue(
                    stage=NAME,
                    code="correction-refused",
                    level="warning",
                    message=message,
                    record_id=record.id,
                    value=decision.verdict,
                )
            )
    return record


def correct(record: R, decision: Decision) -> R:
    """The record with the decision's value in its place.

    Raises RecordError where the verdict is no `field.path=JSON`, the field is unknown or fixed, or the value of another type.
    """
    path, equals, text = decision.verdict.partition("=")
    if not equals:
        raise RecordError(f"expected field=value, seen {decision.verdict!r}")
    try:
        value = json.loads(text)
    except json.JSONDecodeError as err:
        raise RecordError(f"the value {text!r} is no JSON ({err.msg}): put words in double quotes") from err
    steps = path.strip().split(".")
    if FIXED.intersection(steps):
        raise RecordError(f"{path} identifies the record or is the source's own words: it is never corrected")
    hint = _hint_at(type(record), steps, path)
    if not _fits(value, hint):
        raise RecordError(f"the value {text} does not fit {path}, which is {getattr(hint, '__name__', hint)}")
    plain = to_plain(record)
    _set(plain, steps, value, path)
    try:
        made: R = from_plain(type(record), plain)
    except (TypeError, ValueError, KeyError, AttributeError) as err:
        raise RecordError(f"the value {text} does not fit {path}") from err
    if isinstance(made, Claim):
        reason = f"{path} corrected to {text} by {decision.id}: {decision.reason}"
        return replace(made, reasons=(*made.reasons, reason))
    return made


def _set(plain: Any, steps: list[str], value: Any, path: str) -> None:
    for position, step in enumerate(steps):
        is_last = position == len(steps) - 1
        if isinstance(plain, dict) and step in plain:
            if is_last:
                plain[step] = value
            plain = plain[step]
        elif isinstance(plain, list) and step.isdigit() and int(step) < len(plain):
            if is_last:
                plain[int(step)] = value
            plain = plain[int(step)]
        else:
            raise RecordError(f"there is no field {path} in this record ({step!r} is not there)")


def _hint_at(record_type: type, steps: list[str], path: str) -> Any:
    """The type of the field that a path leads to; raises RecordError where it leads nowhere."""
    hint: Any = record_type
    for step in steps:
        args = [arg for arg in typing.get_args(hint) if arg is not type(None)]
        if typing.get_origin(hint) in (typing.Union, types.UnionType):
            hint = args[0]
            args = list(typing.get_args(hint))
        if typing.get_origin(hint) is tuple and step.isdigit():
            hint = args[0]
        elif dataclasses.is_dataclass(hint) and step in typing.get_type_hints(hint):
            hint = typing.get_type_hints(hint)[step]
        else:
            raise RecordError(f"there is no field {path} in this record ({step!r} is not there)")
    return hint


def _fits(value: Any, hint: Any) -> bool:
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        return any(_fits(value, arg) for arg in typing.get_args(hint))
    if typing.get_origin(hint) is tuple:
        return isinstance(value, list)
    if dataclasses.is_dataclass(hint):
        return isinstance(value, dict)
    if hint in (date, datetime):
        return isinstance(value, str)
    if hint in (int, float):
        return isinstance(value, int if hint is int else int | float) and not isinstance(value, bool)
    return value is None if hint is type(None) else isinstance(value, hint)


STAGE = Stage(
    name=NAME,
    scope="ledger",
    needs=("decisions", "claims", "documents"),
    assigns=(),
    run_ledger=run_ledger,
)
