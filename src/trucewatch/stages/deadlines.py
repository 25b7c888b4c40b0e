"""Deadlines that passed without reported fulfilment: findings of their own, and no more than questions.

A finding is made only where the ledger could have known: it holds documents from before the last day, and claims of the weeks
after it that tell of the very party. It names those claims, for it rests on what was read instead. Where nothing of those weeks
tells of any party bound, an issue says so, and nobody is put in doubt for our own gap.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from trucewatch.model.ids import make_id
from trucewatch.model.records import Claim, Document, Issue, Ledger, Violation
from trucewatch.model.stage import Context
from trucewatch.model.theatre import Agreement, Clause
from trucewatch.stages.cases import unique
from trucewatch.stages.owners import sides_of
from trucewatch.stages.sides import Sides, is_report, parties_of, said_on
from trucewatch.text.inforce import AgreementBook, act_match, due_at, effective_window, last_day

# Acts that fulfil a duty, by the act that would breach it.
FULFILLED_BY: dict[str, tuple[str, ...]] = {
    "FORCE.NON_WITHDRAWAL": ("DEESCALATE.WITHDRAWAL", "ADVANCE.TERRITORY"),
    "FORCE.NON_DISARMAMENT": ("DEESCALATE.WITHDRAWAL",),
    "POW.NON_RELEASE": ("DEESCALATE.RELEASE",),
    "REMAINS.NON_RETURN": ("DEESCALATE.RELEASE",),
    "PROCESS.NON_PARTICIPATION": ("TALKS.MEET", "TALKS.MEDIATE", "AGREE.CEASEFIRE", "AGREE.OTHER"),
    "PROCESS.NO_ORDER": ("DEESCALATE.CEASE_FIRE",),
    "TRANSPORT.NON_OPENING": ("AGREE.OTHER", "OFFER.OTHER"),
}
WEEKS_AFTER_DAYS = 30
MOST_CLAIMS = 20
RULE = "deadline-passed"


def passed_deadlines(ledger: Ledger, context: Context, book: AgreementBook) -> tuple[tuple[Violation, ...], tuple[Issue, ...]]:
    """Violations (without an incident) for each duty whose last day passed unreported; issues for those that nobody could see."""
    days = sorted(
        day for document in ledger.documents if (day := document.published.latest or document.published.earliest) is not None
    )
    documents = {document.id: document for document in ledger.documents}
    findings: list[Violation] = []
    issues: list[Issue] = []
    for duty in duties(context, book) if days else ():
        found, unseen = assess_duty(duty, (days[0], days[-1]), ledger.claims, documents, context, book)
        findings += found
        issues += unseen
    return tuple(findings), tuple(issues)


@dataclass(frozen=True, kw_only=True, slots=True)
class Duty:
    """A clause with a last day, as amended, and the last of the days after it on which what is told of a party is looked at."""

    agreement: Agreement
    clause: Clause
    last: date
    until: date

    def may_bear(self, act: str) -> bool:
        """Whether a report of an act may tell that the duty was fulfilled or breached."""
        wanted = (fulfilling for breach_act in self.clause.breach_acts for fulfilling in FULFILLED_BY.get(breach_act, ()))
        return act in wanted or act_match(self.clause, act) is not None


def assess_duty(
    duty: Duty,
    days: tuple[date, date],
    claims: Iterable[Claim],
    documents: Mapping[str, Document],
    context: Context,
    book: AgreementBook,
) -> tuple[list[Violation], list[Issue]]:
    """The findings on one duty, or the issue that nothing could be seen. `days` are the first and the last on which a document
    was published; `claims` hold all whose act `may_bear` on it, and all said in the days up to `until`."""
    agreement, clause, last = duty.agreement, duty.clause, duty.last
    if not days[0] <= last < days[1]:
        return [], []
    claims = tuple(claims)
    told = tuple(claim for claim in claims if is_report(claim) and _concerns(claim, clause, book))
    if any(_fulfils(claim, clause, agreement, last) for claim in told):
        return [], []
    sides = sides_of(context.theatre)
    weeks = [claim for claim in claims if _is_of(claim, documents, last, duty.until)]
    made = []
    for party in clause.bound_parties:
        read = tuple(claim for claim in weeks if _names(claim, party))
        against = tuple(c for c in told if _tells_of_breach(c, clause, last) and party in parties_of(c.attributed_to))
        if read or against:
            made.append(_finding(agreement, clause, last, party, against, read, sides))
    return made, [] if made else [_unseen(agreement, clause, last, (duty.until - last).days)]


def duties(context: Context, book: AgreementBook) -> Iterable[Duty]:
    """Every duty of the theatre's agreements that has a last day."""
    after = timedelta(days=int(context.settings.get("assess.weeks_after_days", WEEKS_AFTER_DAYS)))
    for agreement in context.theatre.agreements:
        if effective_window(agreement, context.theatre.timezone) is None:
            continue
        for clause in agreement.clauses:
            if clause.deadline is None or clause.historic or not clause.monitorable:
                continue
            if due_at(clause, book.theatre.timezone) is not None:
                last = last_day(clause.deadline)
                yield Duty(agreement=agreement, clause=clause, last=last, until=last + after)


def _concerns(claim: Claim, clause: Clause, book: AgreementBook) -> bool:
    if not clause.area_place_ids:
        return True
    area = set(clause.area_place_ids)
    return any(place.place_id is not None and area & book.lineage(place.place_id) for place in claim.places)


def _is_of(claim: Claim, documents: Mapping[str, Document], after: date, until: date) -> bool:
    day = said_on(claim, documents.get(claim.document_id))
    return day is not None and after < day <= until


def _names(claim: Claim, party: str) -> bool:
    return any(party in parties_of(voice) for voice in (claim.claimant, claim.attributed_to, claim.target))


def _fulfils(claim: Claim, clause: Clause, agreement: Agreement, last: date) -> bool:
    wanted = {act for breach_act in clause.breach_acts for act in FULFILLED_BY.get(breach_act, ())}
    if claim.act not in wanted:
        return False
    if claim.act == "ADVANCE.TERRITORY":
        # The duty to leave a place is fulfilled where another party to the agreement is told to have taken it over.
        takers = set(parties_of(claim.attributed_to)) & set(agreement.parties)
        is_party = bool(takers - set(clause.bound_parties))
    else:
        is_party = bool(set(parties_of(claim.attributed_to)) & set(clause.bound_parties)) or claim.attributed_to is None
    signed_on = agreement.effective_at.date() if agreement.effective_at is not None else None
    told_on = claim.when.latest or claim.when.earliest
    in_time = told_on is not None and (signed_on is None or told_on >= signed_on) and told_on <= last + timedelta(days=1)
    return is_party and in_time


def _tells_of_breach(claim: Claim, clause: Clause, last: date) -> bool:
    told_on = claim.when.latest or claim.when.earliest
    return told_on is not None and told_on > last and act_match(clause, claim.act) is not None


def _finding(
    agreement: Agreement,
    clause: Clause,
    last: date,
    party: str,
    against: tuple[Claim, ...],
    read: tuple[Claim, ...],
    sides: Sides,
) -> Violation:
    assert clause.deadline is not None
    name = sides.party_name(party)
    amended = f", moved from {clause.deadline.on}" if clause.deadline.extended_to is not None else ""
    wording = f' (worded "{clause.deadline.wording}")' if clause.deadline.wording else ""
    wanted = unique(act for breach_act in clause.breach_acts for act in FULFILLED_BY.get(breach_act, ()))
    looked_for = f"a report of {' or '.join(wanted)}" if wanted else "a report that it was done"
    told = (
        f"{len(against)} later report(s) say that it was not."
        if against
        else "None says that it was not: a question, not an accusation."
    )
    explanation = (
        f"{agreement.title}, clause {clause.number} ({clause.title}) binds {name}; its last day was {last}{amended}{wording}. "
        f"Looked for: {looked_for} up to then; none was read. "
        f"The claims named are what was read of {name} in the weeks after. "
        f"{told}"
    )
    return Violation(
        id=make_id("violation", None, clause.id, party),
        incident_id=None,
        agreement_id=agreement.id,
        clause_id=clause.id,
        party=party,
        status="alleged",
        rule=RULE,
        explanation=explanation,
        claim_ids=unique(
            claim.id
            for claim in (*sorted(against, key=lambda claim: claim.id), *sorted(read, key=lambda claim: claim.id)[:MOST_CLAIMS])
        ),
    )


def _unseen(agreement: Agreement, clause: Clause, last: date, after_days: int) -> Issue:
    message = (
        f"{agreement.title}, clause {clause.number}: its last day passed, but nothing read of the {after_days} days after it "
        "tells of a party bound; add documents of those days, and the deadline will be assessed"
    )
    return Issue(stage="assess", code="deadline-not-covered", level="info", message=message, record_id=clause.id, value=str(last))
