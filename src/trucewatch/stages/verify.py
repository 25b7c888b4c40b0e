"""Verify: did it happen, who did it. Every rule stands in this file, in the order of precedence of the headline.

A rule looks at a `Case` (an incident with its reports, denials, observations and decisions) and gives the statuses that apply,
each with its reason in a sentence and the claims it rests on. All that apply are listed; the headline of an axis is the first in
the order below. Nothing becomes `verified` by repetition: only persons verify. The breach axis is the assess stage's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import combinations

from trucewatch.model.change import changed
from trucewatch.model.codebook import act_class, can_breach
from trucewatch.model.judgements import signatures
from trucewatch.model.records import Claim, Decision, Incident, Issue, Ledger, Status
from trucewatch.model.stage import Context, Stage
from trucewatch.stages.cases import Case, build_cases, unique
from trucewatch.stages.grades import information_grade, source_grade
from trucewatch.stages.independence import families, independent_families, independent_pair, is_neutral
from trucewatch.stages.observations import link_observations
from trucewatch.stages.sides import is_report, names_civilians, parties_of

NAME = "verify"
LOSS_OF_GROUND = "DEESCALATE.WITHDRAWAL"

Rule = Callable[[Case], tuple[Status, ...]]


# --- did it happen -----------------------------------------------------------------------------------------------------------


def verified(case: Case) -> tuple[Status, ...]:
    """Two persons signed that they verified it (imagery, geolocation, inspection): one signature is not enough."""
    decisions = case.verdicts("verify", "verified")
    signed = unique(sorted(name for decision in decisions for name in signatures(decision)))
    if len(signed) < 2:
        return ()
    return (_status(case, "occurrence", "verified", f"verified and signed by {len(signed)} reviewers: {_reasons(decisions)}"),)


def discounted(case: Case) -> tuple[Status, ...]:
    """A person decided that it did not happen as claimed."""
    return _decided(case, "verify", "occurrence", "discounted", "a reviewer found that it did not happen as claimed")


def inconclusive(case: Case) -> tuple[Status, ...]:
    """A person examined it and could not decide."""
    return _decided(case, "verify", "occurrence", "inconclusive", "a reviewer examined it and could not decide")


def observed(case: Case) -> tuple[Status, ...]:
    """An observer of the mission's own, or a partner's, saw, heard or recorded it; hearsay is not an observation."""
    first_hand = [o for o in case.observations if any(means != "told" for means in o.means)]
    if not first_hand:
        return ()
    how = ", ".join(unique(means for o in first_hand for means in o.means if means != "told"))
    count = len(first_hand)
    reason = f"{count} observer report{'s' if count > 1 else ''} fit{'' if count > 1 else 's'} its place and time ({how})"
    return (_status(case, "occurrence", "observed", reason),)


def withdrawn(case: Case) -> tuple[Status, ...]:
    """Every report of it was deleted from its page, or a person recorded that the source took it back."""
    decided = _decided(case, "verify", "occurrence", "retracted", "its source took it back")
    if decided:
        return decided
    if case.reports and all(claim.id in case.withdrawn for claim in case.reports):
        reason = "the later version of the page no longer has the sentence"
        return (_status(case, "occurrence", "retracted", reason, case.reports),)
    return ()


def adverse_admission(case: Case) -> tuple[Status, ...]:
    """The side that loses by it says it itself.

    It confirms what the other side did, or that it was hit; or it tells of the other side's taking of ground that it held or that
    was taken from it; or it tells that its own forces lost ground.
    """
    admissions = tuple(claim for claim in case.reports if _is_admission(case, claim))
    if not admissions:
        return ()
    parties = unique(code for claim in admissions for code in parties_of(claim.claimant))
    reason = f"{case.sides.they(parties, 'tell', 'one')} of it too, against its own interest{_taken_back(case)}"
    return (_status(case, "occurrence", "adverse_admission", reason, admissions),)


def _is_admission(case: Case, claim: Claim) -> bool:
    speakers = {code for code in parties_of(claim.claimant) if case.sides.is_belligerent(code)}
    doers = set(parties_of(claim.attributed_to))
    if not speakers:
        return False
    if claim.act == LOSS_OF_GROUND:
        return claim.stance == "confirms" or not doers or bool(speakers & doers)
    if claim.stance == "confirms":
        return not speakers & doers
    if not doers or speakers & doers or act_class(claim.act) != "TERRITORY":
        return False
    held = {case.sides.holder(place, claim.when.earliest) for place in claim.places}
    return bool(speakers & ({*parties_of(claim.target)} | held))


def contested(case: Case) -> tuple[Status, ...]:
    """A report and a denial both stand. A denial that its own party took back does not stand; the reason says so."""
    standing = case.standing_denials
    if not case.reports or not standing:
        return ()
    reason = (
        case.sides.they(unique(code for denial in standing for code in parties_of(denial.claimant)), "deny", "a source") + " it"
    )
    reason += _taken_back(case)
    return (_status(case, "occurrence", "contested", reason, (*case.reports, *standing)),)


def _taken_back(case: Case) -> str:
    count = len(case.superseded)
    return f"; {count} earlier denial{'s' if count > 1 else ''} taken back since" if count else ""


def corroborated_independent(case: Case) -> tuple[Status, ...]:
    """Two reports that share neither family nor voice, at least one by nobody's side."""
    neutral = tuple(claim for claim in case.reports if is_neutral(case, claim))
    pair = independent_pair(case, neutral, case.reports)
    if pair is None:
        return ()
    reason = f"{_voice(case, pair[0])}, aligned with no party, and {_voice(case, pair[1])} report it in independent families"
    return (_status(case, "occurrence", "corroborated_independent", reason, pair),)


def corroborated_same_side(case: Case) -> tuple[Status, ...]:
    """Two reports that share neither family nor voice, both from one side (or from states not known to be independent of it)."""
    aligned = tuple(claim for claim in case.reports if not is_neutral(case, claim))
    for code in unique(code for claim in aligned for code in parties_of(claim.claimant)):
        same = tuple(claim for claim in aligned if code in parties_of(claim.claimant))
        pair = independent_pair(case, same, same)
        if pair is not None:
            reason = f"independent families report it, all through {case.sides.party_name(code)}"
            return (_status(case, "occurrence", "corroborated_same_side", reason, pair),)
    outsiders = tuple(c for c in aligned if not any(map(case.sides.is_belligerent, parties_of(c.claimant))))
    pair = independent_pair(case, outsiders, aligned)
    if pair is None:
        return ()
    reason = f"{_voice(case, pair[0])} says it too, but is not known to be independent of the side that says it"
    return (_status(case, "occurrence", "corroborated_same_side", reason, pair),)


def syndicated_only(case: Case) -> tuple[Status, ...]:
    """Several documents, but all copies of one family, or all relaying one voice."""
    documents = unique(claim.document_id for claim in case.reports)
    if len(documents) < 2 or independent_pair(case, case.reports, case.reports) is not None:
        return ()
    if len(families(case, case.reports)) == 1:
        reason = f"{len(documents)} documents, all of one family"
    elif len({case.voice_of[claim.id] for claim in case.reports}) == 1:
        reason = f"{len(documents)} documents, all relaying {_voice(case, case.reports[0])}"
    else:
        return ()
    return (_status(case, "occurrence", "syndicated_only", reason, case.reports),)


def single_claim(case: Case) -> tuple[Status, ...]:
    """Only one source family asserts it, or only voices that do not corroborate one another."""
    if not case.reports or independent_pair(case, case.reports, case.reports) is not None:
        return ()
    if syndicated_only(case):
        return ()
    reason = f"one voice, {_voice(case, case.reports[0])}, in one family"
    if len({case.voice_of[claim.id] for claim in case.reports}) > 1:
        reason = "several voices, but all read in one family of documents"
    return (_status(case, "occurrence", "single_claim", reason, case.reports),)


def opposed_reports(case: Case) -> tuple[Status, ...]:
    """Reports by opposed sides in independent families, none neutral: each side alone counts as one claim."""
    if not case.reports or corroborated_independent(case) or corroborated_same_side(case):
        return ()
    if independent_pair(case, case.reports, case.reports) is None:
        return ()
    who = case.sides.list_parties(unique(code for claim in case.reports for code in parties_of(claim.claimant)))
    reason = f"told by {who or 'several unnamed voices'}, each on its own; nobody independent does"
    return (_status(case, "occurrence", "single_claim", reason, case.reports),)


def unassessed(case: Case) -> tuple[Status, ...]:
    """No report of it was read: only a denial of somebody's claim."""
    if case.reports:
        return ()
    if case.denials:
        reason = "only a denial was read, not the claim that it answers"
    else:
        reason = "no report of it was read: it was ordered, threatened or held possible"
    return (_status(case, "occurrence", "unassessed", reason, case.denials or case.others),)


# --- who did it --------------------------------------------------------------------------------------------------------------


def determined(case: Case) -> tuple[Status, ...]:
    """A monitoring body found who did it."""
    return _decided(case, "attribute", "attribution", "determined", "a monitoring body determined who did it")


def unattributable(case: Case) -> tuple[Status, ...]:
    """Examined, and nobody could be named."""
    return _decided(case, "attribute", "attribution", "unattributable", "examined, and it cannot be attributed")


def assessed(case: Case) -> tuple[Status, ...]:
    """An analyst's assessment, in estimative words."""
    return _decided(case, "attribute", "attribution", "assessed", "an analyst's assessment")


def self_acknowledged(case: Case) -> tuple[Status, ...]:
    """Somebody who speaks for a party says that this party did it."""
    own = tuple(claim for claim in case.reports if set(parties_of(claim.claimant)) & set(parties_of(claim.attributed_to)))
    if not own:
        return ()
    speakers = unique(c for claim in own for c in parties_of(claim.claimant) if c in parties_of(claim.attributed_to))
    who = case.sides.they(speakers, "acknowledge", "one side")
    return (_status(case, "attribution", "self_acknowledged", f"{who} having done it", own),)


def disputed_identity(case: Case) -> tuple[Status, ...]:
    """Two voices name different doers for one act on one target, and neither answers the other's accusation."""
    seen: dict[tuple[frozenset[str], ...], Claim] = {}
    for claim in case.reports:
        named = (frozenset(parties_of(voice)) for voice in (claim.claimant, claim.attributed_to, claim.target))
        if claim.claimant is not None and parties_of(claim.attributed_to) and claim.act != LOSS_OF_GROUND:
            seen.setdefault(tuple(named), claim)
    for (one, claim), (other, rival) in combinations(seen.items(), 2):
        (speakers, doers, targets), (other_speakers, other_doers, other_targets) = one, other
        is_same_doer = bool(doers & other_doers) or speakers == other_speakers
        is_answer = bool(speakers & other_doers or other_speakers & doers or targets & other_doers or other_targets & doers)
        if is_same_doer or is_answer:
            continue
        reason = (
            f"{_voice(case, claim)} names {case.sides.list_parties(sorted(doers))}, "
            f"{_voice(case, rival)} names {case.sides.list_parties(sorted(other_doers))}"
        )
        return (_status(case, "attribution", "disputed_identity", reason, (claim, rival)),)
    return ()


def denied(case: Case) -> tuple[Status, ...]:
    """The accused party denies it, and did not take the denial back."""
    own = tuple(
        denial
        for denial in case.standing_denials
        if set(parties_of(denial.claimant)) & (set(parties_of(denial.attributed_to)) or set(case.accused))
    )
    if not own:
        return ()
    who = case.sides.they(unique(code for denial in own for code in parties_of(denial.claimant)), "deny", "one")
    return (_status(case, "attribution", "denied", f"{who} having done this", own),)


def claimed_by_opponent(case: Case) -> tuple[Status, ...]:
    """A party is accused, and only by voices that are not neutral and not its own."""
    found = []
    for code in case.accused:
        naming = tuple(
            claim
            for claim in case.reports
            if code in parties_of(claim.attributed_to) and claim.claimant is not None and can_breach(claim.act)
        )
        if not naming or any(code in parties_of(claim.claimant) for claim in naming):
            continue
        if any(is_neutral(case, claim) for claim in naming):
            continue
        if not any(parties_of(claim.claimant) for claim in naming):
            continue
        who = case.sides.list_parties(unique(c for claim in naming for c in parties_of(claim.claimant)))
        reason = f"{case.sides.party_name(code)} is named as the doer by {who} only"
        found.append(_status(case, "attribution", "claimed_by_opponent", reason, naming))
    return tuple(found)


def not_attempted(case: Case) -> tuple[Status, ...]:
    """Nobody's attribution was examined, and no party speaks on its own or the other's part."""
    reason = "no source names a doer" if not case.accused else "a doer is named in passing; nobody examined it"
    naming = tuple(claim for claim in case.reports if claim.attributed_to is not None)
    return (_status(case, "attribution", "not_attempted", reason, naming or case.reports or case.denials or case.others),)


# The headline of each axis is the first that applies: what persons found, then what was seen, then what it costs to say, then
# doubt, then number. `not_attempted` and `unassessed` are listed only where nothing else applies.
OCCURRENCE_RULES: tuple[Rule, ...] = (
    verified,
    discounted,
    inconclusive,
    observed,
    withdrawn,
    adverse_admission,
    contested,
    corroborated_independent,
    corroborated_same_side,
    syndicated_only,
    single_claim,
    opposed_reports,
    unassessed,
)
ATTRIBUTION_RULES: tuple[Rule, ...] = (
    determined,
    unattributable,
    assessed,
    self_acknowledged,
    disputed_identity,
    denied,
    claimed_by_opponent,
    not_attempted,
)


def statuses_of(case: Case) -> tuple[Status, ...]:
    """Every status that applies on the axes of occurrence and attribution, the headline of each first."""
    occurrence = [status for rule in OCCURRENCE_RULES for status in rule(case)]
    attribution = [status for rule in ATTRIBUTION_RULES[:-1] for status in rule(case)] or list(not_attempted(case))
    return (*occurrence, *attribution)


def verify_incident(case: Case, letters: Mapping[str, str] | None = None) -> Incident:
    """The incident with its statuses on two axes, its families and parties, and its Admiralty grades.

    `letters` grade outlets by name (A to E), as an analyst set them.
    """
    found = statuses_of(case)
    headline = {axis: next(s.status for s in found if s.axis == axis) for axis in ("occurrence", "attribution")}
    kept = tuple(status for status in case.incident.statuses if status.axis == "breach")
    incident = changed(
        case.incident,
        occurrence=headline["occurrence"],
        attribution=headline["attribution"],
        statuses=(*found, *kept),
        families=independent_families(case, case.reports or case.denials),
        parties_asserting=_speakers(case.reports),
        parties_denying=_speakers(case.standing_denials),
        superseded_denial_ids=tuple(sorted(case.superseded)),
    )
    return changed(
        incident,
        source_grade=source_grade(case, letters),
        information_grade=information_grade(found),
        summary=case.incident.summary or _summary(case),
    )


def run_ledger(ledger: Ledger, context: Context) -> Ledger:
    """Ledger with observations linked and every incident's occurrence and attribution computed anew."""
    linked = link_observations(ledger, context)
    cases = build_cases(linked, context)
    issues = [issue for case in cases for issue in _doubts(case)]
    letters = context.settings.get("admiralty.sources")
    return changed(linked, incidents=tuple(verify_incident(case, letters) for case in cases), issues=(*linked.issues, *issues))


def _doubts(case: Case) -> Iterable[Issue]:
    decisions = case.verdicts("verify", "verified")
    signed = {name for decision in decisions for name in signatures(decision)}
    if len(signed) == 1:
        message = "one reviewer verified it; it counts as verified once a second has signed (decide verify again, by another)"
        yield Issue(stage=NAME, code="needs-second-reviewer", level="info", message=message, record_id=case.incident.id)
    for claim in case.reports:
        if claim.id in case.withdrawn and not all(c.id in case.withdrawn for c in case.reports):
            message = "the later version of the page no longer has this sentence; other reports of the incident stand"
            source = case.document(claim).source
            yield Issue(
                stage=NAME, code="sentence-withdrawn", level="warning", message=message, source=source, record_id=claim.id
            )


def _decided(case: Case, kind: str, axis: str, status: str, words: str) -> tuple[Status, ...]:
    decisions = case.verdicts(kind, status)
    if not decisions:
        return ()
    said = "; ".join(unique(d.verdict.partition(":")[2].strip() for d in decisions if ":" in d.verdict))
    return (_status(case, axis, status, f"{words}{f' ({said})' if said else ''}: {_reasons(decisions)}"),)


def _reasons(decisions: Iterable[Decision]) -> str:
    return "; ".join(f"{d.reason} [{d.id}]" for d in decisions)


def _status(case: Case, axis: str, status: str, reason: str, claims: Iterable[Claim] | None = None) -> Status:
    # A decision or an observation concerns the incident: the status then rests on the claims that make the incident.
    based_on = (case.reports or case.denials or case.others) if claims is None else claims
    return Status(axis=axis, status=status, reason=reason, claim_ids=unique(claim.id for claim in based_on))


def _speakers(claims: Iterable[Claim]) -> tuple[str, ...]:
    return tuple(sorted({code for claim in claims for code in parties_of(claim.claimant)}))


def _voice(case: Case, claim: Claim) -> str:
    if claim.claimant is None:
        return case.document(claim).outlet or "the outlet itself"
    return claim.claimant.name or claim.claimant.text or case.sides.list_parties(parties_of(claim.claimant)) or "an unnamed voice"


def _summary(case: Case) -> str:
    incident = case.incident
    where = ", ".join(unique(place.name or place.text for place in incident.places)) or "place not known"
    first, last = incident.when.earliest, incident.when.latest
    when = "day not known" if first is None and last is None else " to ".join(unique(str(day) for day in (first, last) if day))
    asserting, denying = _speakers(case.reports), _speakers(case.standing_denials)
    said = f"told by {case.sides.list_parties(asserting)}" if asserting else "told by no party"
    doubt = f"; denied by {case.sides.list_parties(denying)}" if denying else ""
    victims = " on civilians" if any(names_civilians(claim.target) for claim in case.reports if is_report(claim)) else ""
    return f"{incident.act}{victims}, {where}, {when}: {said}{doubt}"


STAGE = Stage(
    name=NAME,
    scope="ledger",
    needs=("incidents.claim_ids", "incidents.denial_ids", "documents.family_id", "claims.claimant", "claims.attributed_to"),
    assigns=(
        "incidents.observation_ids",
        "incidents.occurrence",
        "incidents.attribution",
        "incidents.statuses",
        "incidents.families",
        "incidents.parties_asserting",
        "incidents.parties_denying",
    ),
    run_ledger=run_ledger,
)
