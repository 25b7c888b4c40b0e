"""Small stages that need no parser: a plan that tests of the store, the pipeline and its survival can run in milliseconds.

A document's words are its text; "X shelled Y" is a claim by the outlet, "X denied shelling Y" a denial. Documents of one text
are a family, claims of one act and place an incident. A document holding CRASH breaks its stage, REFUSE is refused, DIE ends the
process that reads it.
"""

from __future__ import annotations

import os
import re
import signal
import time
from collections import defaultdict
from dataclasses import replace

from trucewatch.errors import ParseError
from trucewatch.model.ids import make_id
from trucewatch.model.records import (
    Claim,
    ClaimPlace,
    Document,
    Incident,
    Issue,
    Ledger,
    Reading,
    RegisterEntry,
    Sentence,
    Toll,
    Violation,
    Voice,
    When,
)
from trucewatch.model.stage import Context, Stage
from trucewatch.model.theatre import Theatre

PATTERN = re.compile(r"(\w+) (shelled|denied shelling) (\w+)")


def make_context() -> Context:
    """A context with nothing in it."""
    return Context(theatre=Theatre(name="small", title="A small theatre"))


def _clean(reading: Reading, context: Context) -> Reading:
    text = reading.original.decode("utf-8", "replace")
    if pause := os.environ.get("SMALL_STAGES_PAUSE_S"):
        time.sleep(float(pause))
    if "CRASH" in text:
        raise ZeroDivisionError("a stage that breaks")
    if "REFUSE" in text:
        raise ParseError("this text makes no sense")
    if "DIE" in text:
        os.kill(os.getpid(), signal.SIGKILL)
    document = replace(reading.document, text=text, language="en")
    return replace(reading, document=document, sentences=(Sentence(start_char=0, end_char=len(text), paragraph=0),))


def _extract(reading: Reading, context: Context) -> Reading:
    document = reading.document
    claims = tuple(
        Claim(
            id=make_id("claim", document.sha256, match.start(), match.end(), "FIRE.HEAVY", match[2]),
            document_id=document.id,
            start_char=match.start(),
            end_char=match.end(),
            sentence_start_char=match.start(),
            sentence_end_char=match.end(),
            act="FIRE.HEAVY",
            stance="denies" if match[2].startswith("denied") else "asserts",
            attributed_to=Voice(text=match[1], start_char=match.start(1), end_char=match.end(1), party=match[1]),
            places=(ClaimPlace(text=match[3], start_char=match.start(3), end_char=match.end(3)),),
        )
        for match in PATTERN.finditer(document.text)
    )
    return replace(reading, claims=claims)


def _kinship(ledger: Ledger, context: Context) -> Ledger:
    first: dict[str, Document] = {}
    documents = []
    for document in sorted(ledger.documents, key=lambda document: document.id):
        head = first.setdefault(document.text, document)
        copy_of = head.id if head.id != document.id else None
        documents.append(replace(document, family_id=make_id("family", document.text), copy_of=copy_of))
    return replace(ledger, documents=tuple(documents))


def _date(ledger: Ledger, context: Context) -> Ledger:
    days = {document.id: document.published for document in ledger.documents}
    claims = [
        replace(claim, when=When(earliest=days[claim.document_id].earliest, latest=days[claim.document_id].latest))
        for claim in ledger.claims
    ]
    return replace(ledger, claims=tuple(claims))


def _locate(reading: Reading, context: Context) -> Reading:
    claims = tuple(
        replace(claim, places=tuple(replace(place, name=place.text.title()) for place in claim.places))
        for claim in reading.claims
    )
    kin = len(context.kin_texts.get(reading.document.id, ()))
    issue = Issue(stage="locate", code="kin-read", level="info", message=f"{kin} kin texts", record_id=reading.document.id)
    return replace(reading, claims=claims, issues=(*reading.issues, issue))


def _link(ledger: Ledger, context: Context) -> Ledger:
    groups: dict[str, list[Claim]] = defaultdict(list)
    for claim in sorted(ledger.claims, key=lambda claim: claim.id):
        groups[str(claim.places[0].name)].append(claim)
    given = {claim_id: entry.incident_id for entry in ledger.register for claim_id in entry.claim_ids}
    incidents, register = [], {entry.incident_id: entry for entry in ledger.register}
    for place, claims in sorted(groups.items()):
        incident_id = next((given[c.id] for c in claims if c.id in given), None) or make_id("incident", place)
        ids = tuple(claim.id for claim in claims)
        if incident_id not in register:
            register[incident_id] = RegisterEntry(incident_id=incident_id, claim_ids=ids)
        incidents.append(
            Incident(
                id=incident_id,
                act="FIRE.HEAVY",
                when=claims[0].when,
                places=claims[0].places,
                claim_ids=ids,
                denial_ids=tuple(claim.id for claim in claims if claim.stance == "denies"),
                summary=f"fire on {place}",
            )
        )
    return replace(ledger, incidents=tuple(incidents), register=tuple(register.values()))


def _assess(ledger: Ledger, context: Context) -> Ledger:
    tolls, violations = [], []
    for incident in ledger.incidents:
        tolls.append(
            Toll(
                id=make_id("toll", incident.id),
                incident_id=incident.id,
                claimant_party=None,
                victim_party=None,
                measure="killed",
                population="all",
                low=len(incident.claim_ids),
                best=None,
                high=None,
                period=None,
                claim_ids=incident.claim_ids,
            )
        )
        violations.append(
            Violation(
                id=make_id("violation", incident.id),
                incident_id=incident.id,
                agreement_id="a-truce",
                clause_id="1",
                party=None,
                status="alleged",
                rule="small",
                explanation="fire breaks a truce",
                claim_ids=incident.claim_ids,
            )
        )
    return replace(ledger, tolls=tuple(tolls), violations=tuple(violations))


def _stage(name: str, function: object, needs: tuple[str, ...], assigns: tuple[str, ...], *, is_record: bool) -> Stage:
    if is_record:
        return Stage(name=name, scope="record", needs=needs, assigns=assigns, run_record=function)  # type: ignore[arg-type]
    return Stage(name=name, scope="ledger", needs=needs, assigns=assigns, run_ledger=function)  # type: ignore[arg-type]


CLEAN = _stage("clean", _clean, ("original",), ("documents.text", "documents.language", "sentences"), is_record=True)
EXTRACT = _stage("extract", _extract, ("documents.text",), ("claims.act", "claims.places"), is_record=True)
KINSHIP = _stage("kinship", _kinship, ("documents.text",), ("documents.family_id",), is_record=False)
DATE = _stage("date", _date, ("claims", "documents.published"), ("claims.when",), is_record=False)
LOCATE = _stage("locate", _locate, ("claims.places", "documents.family_id"), ("claims.places.name",), is_record=True)
LINK = _stage("link", _link, ("claims", "register"), ("incidents", "register"), is_record=False)
ASSESS = _stage("assess", _assess, ("incidents",), ("tolls", "violations"), is_record=False)
STAGES = (CLEAN, EXTRACT, KINSHIP, DATE, LOCATE, LINK, ASSESS)
