"""What a reader asks of a ledger: records by id, the sentence behind a claim, all voices on an incident, sorted the same way."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from trucewatch.model.codebook import is_verbal
from trucewatch.model.records import Claim, Document, Incident, Issue, Ledger, Toll, Violation, When


@dataclass(frozen=True, kw_only=True, slots=True)
class Excerpt:
    """A claim's words in context: the sentence split around the evidence, with the sentences around it."""

    before: str
    sentence_start: str
    evidence: str
    sentence_end: str
    after: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Counts:
    """A ledger in numbers: the table that a run ends with."""

    documents: int
    families: int
    claims: int
    denials: int
    incidents: int
    violations: int
    issues: int


class View:
    """A ledger with its indexes, made when first asked for."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger

    @cached_property
    def documents(self) -> dict[str, Document]:
        """Documents by id."""
        return {document.id: document for document in self.ledger.documents}

    @cached_property
    def claims(self) -> dict[str, Claim]:
        """Claims by id."""
        return {claim.id: claim for claim in self.ledger.claims}

    @cached_property
    def incidents(self) -> dict[str, Incident]:
        """Incidents by id."""
        return {incident.id: incident for incident in self.ledger.incidents}

    @cached_property
    def incident_of(self) -> dict[str, str]:
        """Incident id by claim id, denials included; verbal acts and totals over a period have none."""
        verbal = {claim.id for claim in self.ledger.claims if is_verbal(claim.act) or claim.act == "TOLL"}
        return {
            claim_id: incident.id
            for incident in self.ledger.incidents
            for claim_id in (*incident.claim_ids, *incident.denial_ids, *incident.superseded_denial_ids)
            if claim_id not in verbal
        }

    @cached_property
    def _tolls(self) -> dict[str | None, list[Toll]]:
        tolls: dict[str | None, list[Toll]] = defaultdict(list)
        for toll in self.ordered_tolls:
            tolls[toll.incident_id].append(toll)
        return tolls

    def tolls_of(self, incident_id: str | None) -> list[Toll]:
        """Tolls of an incident; None: sums over a period."""
        return self._tolls.get(incident_id, [])

    def violations_of(self, incident_id: str) -> list[Violation]:
        """Violations that an incident would be."""
        return [violation for violation in self.ordered_violations if violation.incident_id == incident_id]

    def sentence_of(self, claim: Claim) -> str:
        """The sentence of a claim, verbatim."""
        return self.documents[claim.document_id].text[claim.sentence_start_char : claim.sentence_end_char]

    def evidence_of(self, claim: Claim) -> str:
        """The words that bear a claim, verbatim."""
        return self.documents[claim.document_id].text[claim.start_char : claim.end_char]

    def excerpt(self, claim: Claim, around: int = 240) -> Excerpt:
        """A claim's words with up to `around` characters of its document before and after the sentence, cut at words."""
        text = self.documents[claim.document_id].text
        begin, stop = claim.sentence_start_char, claim.sentence_end_char
        # evidence may reach over its sentence (a quotation that goes on)
        start, end = max(begin, min(claim.start_char, stop)), min(stop, max(claim.end_char, begin))
        before, after = text[max(0, begin - around) : begin], text[stop : stop + around]
        if begin > around:
            before = "…" + before[before.find(" ") + 1 :]
        if stop + around < len(text):
            after = after[: after.rfind(" ") + 1] + "…"
        return Excerpt(
            before=before.strip(),
            sentence_start=text[begin:start],
            evidence=text[start:end],
            sentence_end=text[end:stop],
            after=after.strip(),
        )

    def denials_of(self, claim: Claim) -> list[Claim]:
        """Denials that answer a claim, and those of its incident."""
        incident = self.incidents.get(self.incident_of.get(claim.id, ""))
        ids = set(incident.denial_ids) if incident is not None else set()
        return [
            other
            for other in self.ordered_claims
            if other.id != claim.id and other.stance == "denies" and (other.responds_to == claim.id or other.id in ids)
        ]

    def source_of(self, issue: Issue) -> str | None:
        """Source of an issue: as it says, else that of the document, claim or incident it is about."""
        if issue.source is not None:
            return issue.source
        record_id = issue.record_id or ""
        claim = self.claims.get(record_id)
        incident = self.incidents.get(record_id)
        if claim is None and incident is not None:
            claim = next((self.claims[i] for i in (*incident.claim_ids, *incident.denial_ids) if i in self.claims), None)
        document = self.documents.get(claim.document_id if claim is not None else record_id)
        return document.source if document is not None else None

    @cached_property
    def ordered_documents(self) -> list[Document]:
        """Documents by source."""
        return sorted(self.ledger.documents, key=lambda document: (document.source, document.sha256))

    @cached_property
    def ordered_claims(self) -> list[Claim]:
        """Claims by source and place in the text."""
        return sorted(
            self.ledger.claims,
            key=lambda c: (self._source(c.document_id), c.document_id, c.start_char, c.end_char, c.act, c.id),
        )

    def _source(self, document_id: str) -> str:
        document = self.documents.get(document_id)
        return document.source if document is not None else ""

    @cached_property
    def ordered_incidents(self) -> list[Incident]:
        """Incidents by day, then act."""
        return sorted(self.ledger.incidents, key=lambda incident: (*_days(incident.when), incident.act, incident.id))

    @cached_property
    def ordered_tolls(self) -> list[Toll]:
        """Tolls by incident (in their order), claimant, measure and period; sums over a period last."""
        rank = {incident.id: number for number, incident in enumerate(self.ordered_incidents)}
        return sorted(
            self.ledger.tolls,
            key=lambda toll: (
                rank.get(toll.incident_id or "", len(rank)),
                toll.claimant_party or "~",
                toll.victim_party or "~",
                toll.measure,
                toll.population,
                *(_days(toll.period) if toll.period is not None else ("", "")),
                # before the id, which goes by that of the incident, and so by the order in which a register minted them
                toll.claim_ids,
                toll.id,
            ),
        )

    @cached_property
    def ordered_violations(self) -> list[Violation]:
        """Violations by incident (in their order), agreement and clause."""
        rank = {incident.id: number for number, incident in enumerate(self.ordered_incidents)}
        return sorted(
            self.ledger.violations,
            key=lambda v: (rank.get(v.incident_id or "", len(rank)), v.agreement_id, v.clause_id, v.party or "", v.id),
        )

    @cached_property
    def counts(self) -> Counts:
        """The ledger in numbers. A document that is kin to no other is a family of its own."""
        families = {document.family_id or document.id for document in self.ledger.documents}
        return Counts(
            documents=len(self.ledger.documents),
            families=len(families),
            claims=len(self.ledger.claims),
            denials=sum(claim.stance == "denies" for claim in self.ledger.claims),
            incidents=len(self.ledger.incidents),
            violations=len(self.ledger.violations),
            issues=len(self.ledger.issues),
        )


def _days(when: When) -> tuple[str, str]:
    return (
        when.earliest.isoformat() if when.earliest is not None else "~",
        when.latest.isoformat() if when.latest is not None else "~",
    )
