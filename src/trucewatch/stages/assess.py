"""Assess: which clause of which agreement an incident would breach, if it is as told; and which deadlines passed in silence.

One violation per incident, clause and party. Its status, the first that applies:

1. `found`, `found_no_breach`: a competent body's finding, recorded as a decision.
2. `time_ambiguous`: the agreement or the clause may or may not have been in force (text/inforce.py, rules 2 to 4).
3. `exception_claimed`: the accused party itself invokes self-defence, retaliation, an exercise, "anti-terrorist" measures.
4. `prima_facie`: the act is verified or was observed, and the doer acknowledged or determined.
5. `alleged`: the act matches the clause as it is told.

The incident's headline on the axis is the first of this same order, then `outside_terms` (an agreement in force, the act not
covered), then `not_applicable` (none in force there and then for that party). All that apply are listed. Threats, calls, offers
and whatever else is done by saying it breach nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from trucewatch.model.change import changed
from trucewatch.model.codebook import acts, can_breach, is_verbal
from trucewatch.model.ids import make_id
from trucewatch.model.records import Claim, ClaimPlace, Incident, Ledger, Status, Violation
from trucewatch.model.stage import Context, Stage
from trucewatch.stages.cases import Case, build_cases, unique
from trucewatch.stages.deadlines import passed_deadlines
from trucewatch.stages.sides import WorldCountries, names_civilians, narrower, parties_of
from trucewatch.text.inforce import AgreementBook, ClauseMatch, InForce, span_of, target_places

NAME = "assess"
PRECEDENCE = (
    "found",
    "found_no_breach",
    "time_ambiguous",
    "exception_claimed",
    "prima_facie",
    "alleged",
    "outside_terms",
    "not_applicable",
)
ESTABLISHED = frozenset({"verified", "observed"})
DOER_VERDICTS = ("determined", "assessed")

# How a party says that it was allowed to: the words of the axis' definition and their usual forms.
EXCEPTIONS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "self-defence",
        re.compile(r"\bself[- ]?defen[cs]e\b|\bdefend(?:ing|ed)? (?:itself|themselves|ourselves|its|our)\b", re.IGNORECASE),
    ),
    ("anti-terrorist measures", re.compile(r"\b(?:anti|counter)[- ]?terror(?:ist|ism)?\b", re.IGNORECASE)),
    (
        "retaliation",
        re.compile(
            r"\bretaliat\w*|\breprisal\w*|\bcounter-?(?:strike|attack|offensive|measure)s?\b"
            r"|\bin (?:response|retaliation|reply|answer) to\b|\breturn(?:ed|ing)? fire\b"
            r"|\b(?:proportionate|adequate) response\b",
            re.IGNORECASE,
        ),
    ),
    ("exercise", re.compile(r"\b(?:military|live-fire|training) (?:exercises?|drills?)\b", re.IGNORECASE)),
)
CALLS_IT_A_BREACH = re.compile(
    r"\b(?:violat\w+|breach\w*|broke|broken|breaking|flout\w*)\b[^.;]{0,60}\b(?:cease-?fire|truce|agreement|accord|statement"
    r"|armistice|regime of silence|commitments?)\b"
    r"|\b(?:cease-?fire|truce|agreement|accord|armistice)\b[^.;]{0,30}\b(?:violations?|breach(?:es)?|violated|broken)\b",
    re.IGNORECASE,
)


@dataclass(kw_only=True)
class _Match:
    """A clause and a party with the claims that match, while they are gathered."""

    match: ClauseMatch
    act: str
    claims: list[Claim] = field(default_factory=list)

    @property
    def is_certain(self) -> bool:
        return self.match.certainty == "in_force"


def claimed_exception(case: Case, party: str | None) -> tuple[str, tuple[Claim, ...]] | None:
    """The exception that a party claims for itself on this incident, with the claims in which it does; None where none."""
    if party is None:
        return None
    found: dict[str, list[Claim]] = {}
    for claim in (*case.reports, *case.denials):
        if party not in parties_of(claim.claimant):
            continue
        is_own = party in parties_of(claim.attributed_to) or claim.stance == "denies" or not parties_of(claim.attributed_to)
        if not is_own:
            continue
        if claim.exception_claimed:
            found.setdefault(claim.exception_claimed, []).append(claim)
        sentence = case.sentence(claim)
        for words, pattern in EXCEPTIONS:
            if claim.exception_claimed is None and pattern.search(sentence):
                found.setdefault(words, []).append(claim)
    if not found:
        return None
    return ", ".join(found), tuple(claim for claims in found.values() for claim in claims)


def assess_incident(case: Case, book: AgreementBook) -> tuple[Incident, tuple[Violation, ...]]:
    """The incident with its breach axis, and its violations (the later agreement's first)."""
    matches = _matches(case, book)
    violations: list[Violation] = []
    statuses: list[Status] = []
    for (_, party), gathered in matches.items():
        violation, exception = _violation(case, gathered, party)
        violations.append(violation)
        statuses.append(
            Status(axis="breach", status=violation.status, reason=violation.explanation, claim_ids=violation.claim_ids)
        )
        where = f"{gathered.match.agreement.title}, clause {gathered.match.clause.number}"
        if exception is not None and violation.status != "exception_claimed":
            reason = f"{case.sides.party_name(party)} claims {exception[0]} ({where})"
            statuses.append(Status(axis="breach", status="exception_claimed", reason=reason, claim_ids=_ids(exception[1])))
        if violation.status in ("exception_claimed", "prima_facie"):
            reason = f"the act matches {where}, which binds {case.sides.party_name(party)}"
            statuses.append(Status(axis="breach", status="alleged", reason=reason, claim_ids=violation.claim_ids))
    if not matches:
        statuses.append(_no_match(case, book))
    calls = tuple(c for c in case.reports if c.claimant is not None and CALLS_IT_A_BREACH.search(case.sentence(c)))
    if calls:
        who = case.sides.list_parties(unique(code for c in calls for code in parties_of(c.claimant))) or "an unnamed voice"
        statuses.append(Status(axis="breach", status="alleged", reason=f"{who} calls it a violation", claim_ids=_ids(calls)))
    ordered = sorted(_merged(statuses), key=lambda status: PRECEDENCE.index(status.status))
    others = tuple(status for status in case.incident.statuses if status.axis != "breach")
    headline = _headline(ordered, bool(matches))
    return changed(case.incident, breach=headline, statuses=(*others, *ordered)), tuple(violations)


def _headline(statuses: Sequence[Status], has_match: bool) -> str:
    # "A source calls it a violation" with no clause that fits stays a word of the source: the headline then tells of the terms.
    if has_match:
        return statuses[0].status
    return next(s.status for s in statuses if s.status in ("time_ambiguous", "outside_terms", "not_applicable"))


def _matches(case: Case, book: AgreementBook) -> dict[tuple[str, str | None], _Match]:
    doers_known = any(parties_of(claim.attributed_to) for claim in case.reports)
    determined = _decided_doers(case, "determined")
    found: dict[tuple[str, str | None], _Match] = {}
    for claim in case.reports:
        if is_verbal(claim.act) or not can_breach(claim.act):
            continue
        named: tuple[str | None, ...] = unique((*parties_of(claim.attributed_to), *determined)) or (None,)
        if named == (None,) and (doers_known or claim.attributed_to is not None):
            continue
        span = span_of(narrower(claim.when, case.incident.when), book.theatre.timezone)
        if span is None:
            continue
        places = _places(claim, case.incident)
        for party in named:
            for match in book.clauses_against(claim.act, span, places, party, hits_civilians=names_civilians(claim.target)):
                gathered = found.setdefault((match.clause.id, party), _Match(match=match, act=claim.act))
                gathered.claims.append(claim)
                # The match shown is the surest in time, and of equals the one whose act the clause names.
                if _surety(match) > _surety(gathered.match):
                    gathered.match, gathered.act = match, claim.act
    return dict(sorted(found.items(), key=lambda entry: (entry[1].match.rank, entry[0][0], entry[0][1] or "")))


def _surety(match: ClauseMatch) -> tuple[bool, bool]:
    return match.certainty == "in_force", match.act.rule == "act-named"


def _decided_doers(case: Case, *heads: str) -> tuple[str, ...]:
    """Parties that decisions name as the doer ("determined:XIA", "assessed:XIA likely")."""
    verdicts = (decision.verdict.partition(":")[2].split() for head in heads for decision in case.verdicts("attribute", head))
    return unique(words[0].strip(",;") for words in verdicts if words)


def _established_doers(case: Case) -> set[str]:
    """Parties that say they did it, or that were found to have done it."""
    own = {code for claim in case.reports for code in parties_of(claim.claimant) if code in parties_of(claim.attributed_to)}
    return own | set(_decided_doers(case, *DOER_VERDICTS))


def _violation(case: Case, gathered: _Match, party: str | None) -> tuple[Violation, tuple[str, tuple[Claim, ...]] | None]:
    match = gathered.match
    exception = claimed_exception(case, party)
    status, because = _status_of(case, gathered, party, exception)
    claims = unique(claim.id for claim in gathered.claims)
    extra = _ids(exception[1]) if exception is not None and status == "exception_claimed" else ()
    violation = Violation(
        id=make_id("violation", case.incident.id, match.clause.id, party),
        incident_id=case.incident.id,
        agreement_id=match.agreement.id,
        clause_id=match.clause.id,
        party=party,
        status=status,
        rule="decision" if status in ("found", "found_no_breach") else match.act.rule,
        explanation=_explanation(case, gathered, party, because),
        claim_ids=unique((*claims, *extra)),
    )
    return violation, exception


def _status_of(
    case: Case, gathered: _Match, party: str | None, exception: tuple[str, tuple[Claim, ...]] | None
) -> tuple[str, str]:
    for head in ("found", "found_no_breach"):
        for decision in case.verdicts("verify", head):
            clause_id = decision.verdict.partition(":")[2].strip()
            if clause_id in ("", gathered.match.clause.id):
                return head, f"decided: {decision.reason} [{decision.id}]"
    if not gathered.is_certain:
        return "time_ambiguous", gathered.match.reason
    if exception is not None:
        return "exception_claimed", f"{case.sides.party_name(party)} claims {exception[0]}"
    occurrence = {s.status for s in case.incident.statuses if s.axis == "occurrence"}
    if occurrence & ESTABLISHED and party is not None and party in _established_doers(case):
        return "prima_facie", "the act was verified or observed, its doer is acknowledged or found, and no exception is claimed"
    return "alleged", "an allegation, not a finding"


def _explanation(case: Case, gathered: _Match, party: str | None, because: str) -> str:
    match, sides = gathered.match, case.sides
    tellers = sides.they(unique(code for c in gathered.claims for code in parties_of(c.claimant)), "tell", "The outlet itself")
    doer = sides.party_name(party) if party is not None else "a doer whom nobody names"
    deniers = tuple(denial for denial in case.standing_denials if party is not None and party in parties_of(denial.claimant))
    act = _definition(gathered.act)
    parts = [
        f"{tellers[:1].upper()}{tellers[1:]} of {doer}: {act}.",
        f"{match.agreement.title}, clause {match.clause.number} ({match.clause.title}), {match.reason}, "
        f"{'binds ' + doer if party is not None else 'binds every party'}; {match.act.how}.",
        f"{because[:1].upper()}{because[1:].rstrip('.')}.",
    ]
    if deniers:
        parts.append(f"{sides.they((party or '',), 'deny', 'It')} it.")
    if match.rank > 1:
        parts.append("A later agreement was in force too and comes first.")
    if match.clause.version:
        parts.append(f"Wording by one version of the text ({match.clause.version}).")
    return " ".join(parts)


def _definition(act: str) -> str:
    return acts()[act].definition if act in acts() else act


def _no_match(case: Case, book: AgreementBook) -> Status:
    reports = case.reports
    if not reports:
        reason = "no report of it was read, and what did not happen breaches nothing"
        return Status(axis="breach", status="not_applicable", reason=reason, claim_ids=_ids(case.denials or case.others))
    claim_ids = _ids(reports)
    span = span_of(case.incident.when, book.theatre.timezone)
    if span is None:
        spans = [span_of(claim.when, book.theatre.timezone) for claim in reports]
        span = next((one for one in spans if one is not None), None)
    doers = unique(code for claim in reports for code in parties_of(claim.attributed_to))
    if span is None and book.in_force(None):
        reason = "no day of it is known, so that no agreement can be said to be in force"
        return Status(axis="breach", status="time_ambiguous", reason=reason, claim_ids=claim_ids)
    everywhere = book.in_force(span)
    places = target_places(case.incident.places)
    here = [f for f in everywhere if any(book.covers_place(f.agreement, c, places) for c in f.agreement.clauses)]
    if not here:
        reason = "no agreement of this theatre was in force there and then"
        return Status(axis="breach", status="not_applicable", reason=reason, claim_ids=claim_ids)
    binding = [f for f in here if not doers or any(_binds_any(book, f, doer) for doer in doers)]
    if not binding:
        reason = f"{_titles(here)} in force, but none binds {case.sides.list_parties(doers)}"
        return Status(axis="breach", status="not_applicable", reason=reason, claim_ids=claim_ids)
    act = _definition(case.incident.act)
    reason = f"{_titles(binding)} in force, but no clause of it forbids this act there by the party named: {act}"
    return Status(axis="breach", status="outside_terms", reason=reason, claim_ids=claim_ids)


def _binds_any(book: AgreementBook, force: InForce, party: str) -> bool:
    return any(book.is_bound(force.agreement, clause, party) for clause in force.agreement.clauses)


def _titles(forces: Iterable[InForce]) -> str:
    return ", ".join(f.agreement.title for f in forces)


def _places(claim: Claim, incident: Incident) -> tuple[ClaimPlace, ...]:
    return target_places(claim.places) or target_places(incident.places)


def _merged(statuses: Iterable[Status]) -> tuple[Status, ...]:
    """One status per code: the first reason, with the other matches' claims; reasons of other clauses are in the violations."""
    found: dict[str, Status] = {}
    for status in statuses:
        known = found.get(status.status)
        if known is None:
            found[status.status] = status
        else:
            found[status.status] = changed(known, claim_ids=unique((*known.claim_ids, *status.claim_ids)))
    return tuple(found.values())


def _ids(claims: Iterable[Claim]) -> tuple[str, ...]:
    return unique(claim.id for claim in claims)


def run_ledger(ledger: Ledger, context: Context) -> Ledger:
    """Ledger with every incident's breach axis and all violations computed anew, findings on passed deadlines included."""
    book = make_book(context)
    assessed = assess_incidents(ledger, context, book)
    silent, issues = passed_deadlines(ledger, context, book)
    return changed(assessed, violations=(*assessed.violations, *silent), issues=(*ledger.issues, *issues))


def make_book(context: Context) -> AgreementBook:
    """The theatre's agreements, bound as the settings say."""
    setting = context.settings.get("theatre.non_signatories_bound")
    return AgreementBook(
        context.theatre,
        non_signatories_bound=setting if isinstance(setting, bool) else None,
        country_of=WorldCountries(context.gazetteer),
    )


def assess_incidents(ledger: Ledger, context: Context, book: AgreementBook) -> Ledger:
    """Ledger with every incident's breach axis, and the violations of incidents alone."""
    found = [assess_incident(case, book) for case in build_cases(ledger, context)]
    return changed(
        ledger,
        incidents=tuple(incident for incident, _ in found),
        violations=tuple(violation for _, violations in found for violation in violations),
    )


STAGE = Stage(
    name=NAME,
    scope="ledger",
    needs=("incidents.statuses", "incidents.occurrence", "incidents.attribution", "claims.when", "claims.places"),
    assigns=("incidents.breach", "incidents.statuses", "violations"),
    run_ledger=run_ledger,
)
