"""What a person's decision means: which kinds there are, what each concerns, and which still stand.

Verdicts by kind (subject in brackets):

- same_incident (two or more claim or incident ids): `same`, `different`
- correct_value (one record id): `field.path=JSON value`, such as `places.0.place_id="ganja"`
- verify (one incident id): `verified`, `discounted`, `inconclusive`, `retracted`, or `found:CLAUSE_ID`,
  `found_no_breach:CLAUSE_ID` (without a clause: every clause that the incident is matched with)
- attribute (one incident id): `determined:PARTY`, `assessed:PARTY ...` (with the estimative words), `unattributable`
- redact (one record or decision id): `all`, or `START:END` (offsets in a document's text)
- undo (one decision id): `undone`
- export (none): the export's profile and destination, logged and nothing more
"""

from __future__ import annotations

from collections.abc import Iterable

from trucewatch.model.records import Decision

KINDS = ("same_incident", "correct_value", "verify", "attribute", "redact", "undo", "export")
OCCURRENCE_VERDICTS = ("verified", "discounted", "inconclusive", "retracted")
BREACH_VERDICTS = ("found", "found_no_breach")
ATTRIBUTION_VERDICTS = ("determined", "assessed", "unattributable")


def standing(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Decisions that still stand, oldest first: neither undone, nor undos themselves, nor erased.

    An undo can be undone in turn: what it took back then stands again. A redaction cannot be undone, for what it erased is gone.
    """
    ordered = in_order(decisions)
    undone: set[str] = set()
    for decision in reversed(ordered):
        if decision.kind == "undo" and decision.id not in undone:
            undone.update(decision.subject)
    return tuple(d for d in ordered if d.kind != "undo" and not d.is_erased and (d.kind == "redact" or d.id not in undone))


def in_order(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Decisions in the order in which they were logged; those without a sequence by their instant."""
    return tuple(sorted(decisions, key=lambda d: (d.sequence if d.sequence is not None else -1, d.decided_at, d.id)))


def about(decisions: Iterable[Decision], kind: str, *subject_ids: str) -> tuple[Decision, ...]:
    """Standing decisions of a kind that concern any of the ids, oldest first."""
    wanted = set(subject_ids)
    return tuple(d for d in standing(decisions) if d.kind == kind and wanted & set(d.subject))


def signatures(decision: Decision) -> frozenset[str]:
    """Who signed a decision: several reviewers are joined by ";"."""
    return frozenset(name.strip().casefold() for name in decision.decided_by.split(";") if name.strip())


def split_verdict(verdict: str) -> tuple[str, str | None]:
    """Head and rest of a verdict: "determined:AZE" gives ("determined", "AZE"), "same" ("same", None)."""
    head, colon, rest = verdict.partition(":")
    return head.strip(), (rest.strip() or None) if colon else None
