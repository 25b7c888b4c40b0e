"""One incident with everything said, seen and decided on it: what the rules of verify and assess look at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from trucewatch.model.judgements import standing
from trucewatch.model.records import Claim, Decision, Document, Incident, Kinship, Ledger, Observation
from trucewatch.model.stage import Context
from trucewatch.stages.sides import Sides, WorldCountries, is_report, parties_of, said_on

# Words that put a denial before what is told now: "which the army had initially denied".
EARLIER_DENIAL = re.compile(
    r"\b(?:initially|at first|at the outset|originally|previously|until (?:then|now|recently|yesterday)|earlier|first denied"
    r"|had (?:\w+ )?(?:denied|rejected|dismissed|disputed))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class Case:
    """An incident's claims, split: `reports` say that it happened, `denials` that it did not, `others` that it was ordered,
    threatened or possible. `withdrawn` claim ids were deleted
    from their page since. `decisions` are those that stand and concern this incident."""

    incident: Incident
    reports: tuple[Claim, ...]
    denials: tuple[Claim, ...]
    others: tuple[Claim, ...] = ()
    documents: Mapping[str, Document]
    observations: tuple[Observation, ...]
    decisions: tuple[Decision, ...]
    sides: Sides
    withdrawn: frozenset[str] = frozenset()

    def document(self, claim: Claim) -> Document:
        """The document of a claim."""
        return self.documents[claim.document_id]

    def sentence(self, claim: Claim) -> str:
        """The verbatim sentence of a claim."""
        return self.document(claim).text[claim.sentence_start_char : claim.sentence_end_char]

    def family(self, claim: Claim) -> str:
        """The family of a claim's document; the document itself where kinship found none."""
        document = self.document(claim)
        return document.family_id or document.id

    def said_on(self, claim: Claim) -> date | None:
        """The day on which a claim was published."""
        return said_on(claim, self.document(claim))

    @cached_property
    def superseded(self) -> dict[str, str]:
        """Denials that their own party took back: denial id to the id of the later confirmation.

        A denial is superseded where the same party later says itself that it happened: in a later document, or in the same one
        or on the same day where the denial is told as an earlier one.
        """
        found = {}
        for denial in self.denials:
            later = next((claim for claim in self.reports if self._takes_back(claim, denial)), None)
            if later is not None:
                found[denial.id] = later.id
        return found

    def _takes_back(self, claim: Claim, denial: Claim) -> bool:
        deniers = set(parties_of(denial.claimant))
        if not deniers or not deniers & set(parties_of(claim.claimant)):
            return False
        is_admission = claim.stance == "confirms" or bool(deniers & set(parties_of(claim.attributed_to)))
        if not is_admission:
            return False
        denied_on, told_on = self.said_on(denial), self.said_on(claim)
        if denied_on is not None and told_on is not None and told_on != denied_on:
            return told_on > denied_on
        return EARLIER_DENIAL.search(self.sentence(denial)) is not None

    @cached_property
    def voice_of(self) -> dict[str, str]:
        """Who speaks in each report and denial, by claim id.

        The body that a person speaks for, the named actor, the outlet's family in its own voice. A side in general ("officials")
        adds no voice to a side that already speaks through somebody named.
        """
        keys = {claim.id: self._voice_key(claim) for claim in (*self.reports, *self.denials)}
        named: dict[str, str] = {}
        for claim in (*self.reports, *self.denials):
            if keys[claim.id].startswith("actor:"):
                named.setdefault(_side_key(claim), keys[claim.id])
        return {claim_id: named.get(key, key) for claim_id, key in keys.items()}

    def _voice_key(self, claim: Claim) -> str:
        claimant = claim.claimant
        if claimant is None:
            return f"outlet:{self.family(claim)}"
        actor = self.sides.actor(claimant)
        if actor is not None:
            return f"actor:{actor.part_of if actor.kind == 'person' and actor.part_of else actor.id}"
        if parties_of(claimant):
            return _side_key(claim)
        return f"name:{self.family(claim)}:{(claimant.name or claimant.text or '').casefold()}"

    @cached_property
    def relaying(self) -> frozenset[str]:
        """Documents in which a party tells of this incident."""
        return frozenset(claim.document_id for claim in self.reports if parties_of(claim.claimant))

    @property
    def standing_denials(self) -> tuple[Claim, ...]:
        """Denials that nobody took back."""
        return tuple(denial for denial in self.denials if denial.id not in self.superseded)

    @property
    def accused(self) -> tuple[str, ...]:
        """Every party that a report or a denial names as the doer."""
        return unique(code for claim in (*self.reports, *self.denials) for code in parties_of(claim.attributed_to))

    def verdicts(self, kind: str, head: str) -> tuple[Decision, ...]:
        """Standing decisions of a kind whose verdict begins with a word."""
        return tuple(d for d in self.decisions if d.kind == kind and d.verdict.partition(":")[0].strip() == head)


def _side_key(claim: Claim) -> str:
    return f"side:{';'.join(sorted(parties_of(claim.claimant)))}"


def build_cases(ledger: Ledger, context: Context) -> tuple[Case, ...]:
    """A case for every incident of the ledger, in the ledger's order. Claims without a document are left out."""
    claims = {claim.id: claim for claim in ledger.claims}
    documents = {document.id: document for document in ledger.documents}
    observations = {observation.id: observation for observation in ledger.observations}
    by_subject: dict[str, list[Decision]] = {}
    for decision in standing(ledger.decisions):
        for subject in decision.subject:
            by_subject.setdefault(subject, []).append(decision)
    aliases = {entry.incident_id: entry.aliases for entry in ledger.register}
    withdrawn = withdrawn_claims(ledger.claims, documents, ledger.kinships)
    sides = Sides(context.theatre, WorldCountries(context.gazetteer))
    cases = []
    for incident in ledger.incidents:
        linked = [claims[i] for i in unique((*incident.claim_ids, *incident.denial_ids)) if i in claims]
        linked = [claim for claim in linked if claim.document_id in documents]
        subjects = (incident.id, *aliases.get(incident.id, ()))
        cases.append(
            Case(
                incident=incident,
                reports=tuple(claim for claim in linked if is_report(claim)),
                denials=tuple(claim for claim in linked if claim.stance == "denies"),
                others=tuple(claim for claim in linked if claim.stance != "denies" and not is_report(claim)),
                documents=documents,
                observations=tuple(observations[i] for i in incident.observation_ids if i in observations),
                decisions=tuple(d for subject in subjects for d in by_subject.get(subject, ())),
                sides=sides,
                withdrawn=withdrawn,
            )
        )
    return tuple(cases)


def withdrawn_claims(claims: Iterable[Claim], documents: Mapping[str, Document], kinships: Iterable[Kinship]) -> frozenset[str]:
    """Claims whose sentence is gone from the last version of the same page (kinship "edit"), whatever order these stand in."""
    later: dict[str, str] = {}
    for kin in kinships:
        first, second = documents.get(kin.first_id), documents.get(kin.second_id)
        if kin.kind != "edit" or first is None or second is None:
            continue
        if kin.copied_from == second.id or _moment(first) > _moment(second):
            first, second = second, first
        known = later.get(first.id)
        if known is None or (_moment(second), second.id) > (_moment(documents[known]), known):
            later[first.id] = second.id
    found = set()
    for claim in claims:
        successor = later.get(claim.document_id)
        if successor is not None:
            evidence = documents[claim.document_id].text[claim.start_char : claim.end_char]
            if _squeeze(evidence) not in _squeeze(documents[successor].text):
                found.add(claim.id)
    return frozenset(found)


def _moment(document: Document) -> tuple[str, str]:
    retrieved = document.retrieved_at.isoformat() if document.retrieved_at is not None else ""
    published = document.published.latest.isoformat() if document.published.latest is not None else ""
    return published, retrieved


def _squeeze(text: str) -> str:
    return " ".join(text.split()).casefold()


def unique(codes: Iterable[str]) -> tuple[str, ...]:
    """Values once each, in the order met."""
    return tuple(dict.fromkeys(codes))
