"""What a reviewer chose, as decisions: checked against the record first, appended to the log, put into the ledger."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from trucewatch.decisions import decide, log_path
from trucewatch.errors import RecordError, RequestError, StoreError
from trucewatch.model.codebook import acts
from trucewatch.model.records import MEASURES, MODALITIES, POPULATIONS, STANCES, Claim, Decision
from trucewatch.pipeline.redaction import Redactor, making_of
from trucewatch.stages.judge import correct
from trucewatch.web.site import Site

WAIT_S = 5.0
VOICES = ("claimant", "attributed_to", "target")
ACCEPTED = "confidence=1.0"


@dataclass(frozen=True, kw_only=True)
class Field:
    """A value of a claim that a reviewer may correct: its path, its words, its value as text, and what it may be (if few)."""

    path: str
    label: str
    value: str
    choices: tuple[str, ...] = ()
    kind: str = "text"


def fields_of(claim: Claim) -> tuple[Field, ...]:
    """What may be corrected, in the order of a form. Parties and days may be left empty: not known."""
    found = [
        Field(path="act", label="act", value=claim.act, choices=tuple(sorted({*acts(), claim.act}))),
        Field(path="stance", label="stance", value=claim.stance, choices=STANCES),
        Field(path="modality", label="modality", value=claim.modality, choices=MODALITIES),
    ]
    for name in VOICES:
        voice = getattr(claim, name)
        found.append(Field(path=f"{name}.party", label=f"{name.replace('_', ' ')}: party", value=(voice and voice.party) or ""))
    for path, day in (("when.earliest", claim.when.earliest), ("when.latest", claim.when.latest)):
        found.append(Field(path=path, label=path.replace(".", ": "), value=day.isoformat() if day else "", kind="date"))
    for number, place in enumerate(claim.places):
        found.append(Field(path=f"places.{number}.place_id", label=f"place “{place.text}”: id", value=place.place_id or ""))
    for number, figure in enumerate(claim.figures):
        stem, words = f"figures.{number}", f"figure “{figure.text}”"
        found += [
            Field(path=f"{stem}.measure", label=f"{words}: measure", value=figure.measure, choices=MEASURES),
            Field(path=f"{stem}.population", label=f"{words}: population", value=figure.population, choices=POPULATIONS),
            Field(path=f"{stem}.low", label=f"{words}: low", value=_number(figure.low), kind="number"),
            Field(path=f"{stem}.high", label=f"{words}: high", value=_number(figure.high), kind="number"),
        ]
    found.append(Field(path="weapon", label="weapon", value=claim.weapon or ""))
    return tuple(found)


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def verdicts_of(claim: Claim, given: Mapping[str, str]) -> list[str]:
    """Corrections `path=JSON` of the fields whose value differs from the claim's. Raises RequestError for one that cannot be."""
    found = []
    for field in fields_of(claim):
        text = given.get(field.path)
        if text is None or text.strip() == field.value:
            continue
        text = text.strip()
        value: Any = text or None
        if field.choices and text not in field.choices:
            raise _refused(field.path, text, f"one of {', '.join(field.choices[:40])}")
        if field.kind == "number" and text:
            if not (text.isascii() and text.isdigit() and len(text) < 10):
                raise _refused(field.path, text, "a whole number, or nothing where that end is open")
            value = int(text)
        if (
            field.path.endswith(".party")
            and text
            and not all(len(c) == 3 and c.isalpha() and c.isupper() for c in text.split(";"))
        ):
            raise _refused(field.path, text, "a party's code such as ARM, several joined by ;, or nothing")
        if field.kind == "date" and text:
            try:
                value = datetime.strptime(text, "%Y-%m-%d").date().isoformat()
            except ValueError:
                raise _refused(field.path, text, "a day as YYYY-MM-DD") from None
        name, _, rest = field.path.partition(".")
        verdict = f"{field.path}={json.dumps(value, ensure_ascii=False)}"
        if name in VOICES and getattr(claim, name) is None:
            # there is nobody yet whose party could be set
            verdict = f"{name}={json.dumps({rest: value}, ensure_ascii=False)}"
        _check(claim, field.path, text, verdict)
        found.append(verdict)
    if not found:
        raise _refused("value", "no value changed", "at least one value that differs from what was read")
    return found


def _check(claim: Claim, path: str, text: str, verdict: str) -> None:
    trial = Decision(
        id="trial",
        kind="correct_value",
        subject=(claim.id,),
        verdict=verdict,
        reason="",
        decided_by="",
        decided_at=datetime.now(UTC),
    )
    try:
        correct(claim, trial)
    except RecordError as err:
        raise _refused(path, text, str(err)) from err


def _refused(field: str, seen: str, expected: str) -> RequestError:
    return RequestError(
        400, "bad-value", f"{field} cannot be {seen[:80]!r}: {expected}", field=field, seen=seen, expected=expected
    )


def take(site: Site, kind: str, subject: Sequence[str], verdicts: Sequence[str], reason: str, decided_by: str) -> list[Decision]:
    """Append decisions of one kind on one subject, and give them.

    Raises RequestError where the reason or the name is missing (400), the decision makes no sense (400), or a run holds the
    ledger (409).
    """
    for field, text in (("reason", reason), ("by", decided_by)):
        if not text.strip():
            raise _refused(field, text, {"reason": "why, in words; it stays in the log", "by": "who decides"}[field])
    made = []
    try:
        with site.store.writing(wait_s=WAIT_S):
            for verdict in verdicts:
                # of other decisions the next run works out what follows
                redactor = Redactor(site.store, subject, lambda: making_of(site.store))
                made.append(decide(redactor, log_path(site.place), kind, subject, verdict, reason, decided_by))
    except RecordError as err:
        raise _refused(kind, ", ".join((*subject, *verdicts)), str(err)) from err
    except StoreError as err:
        if "another trucewatch is writing" in str(err):
            raise RequestError(
                409, "ledger-busy", "a run is writing to this ledger just now: decide again when it has ended (nothing was kept)"
            ) from err
        raise
    return made
