"""What stands on the report page, as records: a ledger arranged by day, incident and side, every value with its sentence.

Long, as the parts of one page are drawn from one another in its order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from trucewatch.model.codebook import act_class, is_verbal
from trucewatch.model.records import (
    Claim,
    ClaimPlace,
    ControlClaim,
    Document,
    Incident,
    Issue,
    Ledger,
    Observation,
    Toll,
    Violation,
    When,
)
from trucewatch.model.theatre import Agreement, Clause, Theatre
from trucewatch.reports.views import Excerpt, View
from trucewatch.reports.words import (
    BASES,
    NOT_STATED,
    STATUSES,
    Names,
    day_words,
    figure_words,
    language_words,
    range_words,
    span_words,
)
from trucewatch.stages.link.wording import act_noun
from trucewatch.text.inforce import AgreementBook, day_span

READ_LANGUAGES = ("en", None)
AROUND = 160
OWN_VOICE = "Outlets in their own voice"
NO_SIDE = "Side not known"


@dataclass(frozen=True, kw_only=True, slots=True)
class FigurePart:
    """A figure in words with its verbatim text."""

    words: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CopyPart:
    """The same claim in a document that is kin to the first: an anchor and where it stands."""

    claim_id: str
    outlet: str
    document_id: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CardPart:
    """One claim: who (as written, as resolved), stance, act, and its sentence in context."""

    claim: Claim
    who: str
    resolved: str | None
    stance: str
    modality: str | None
    act: str
    by: str | None
    against: str | None
    where: tuple[str, ...]
    when: str
    figures: tuple[FigurePart, ...]
    exception: str | None
    excerpt: Excerpt
    outlet: str
    published: str
    document_id: str
    copies: tuple[CopyPart, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ColumnPart:
    """Voices of one side."""

    side: str
    cards: tuple[CardPart, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class StatusPart:
    """A status with its axis, in words, its reason and the claims it rests on; `is_head`: the headline code of its axis."""

    axis: str
    code: str
    words: str
    reason: str
    claim_ids: tuple[str, ...]
    is_head: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class TollPart:
    """One claimant's number; `best` only where it differs from the range's ends."""

    claimant: str
    victims: str
    measure: str
    population: str
    words: str
    best: str | None
    period: str
    claim_ids: tuple[str, ...]
    is_superseded: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class BreachPart:
    """An incident (or a passed deadline) against a clause, with the clause's own words."""

    violation: Violation
    agreement: str
    number: str
    title: str
    duty: str
    party: str
    status: str
    incident_id: str | None
    incident: str | None
    claim_ids: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class IncidentPart:
    """An incident with its voices by side."""

    incident: Incident
    title: str
    voices: str
    grade: str
    statuses: tuple[StatusPart, ...]
    columns: tuple[ColumnPart, ...]
    tolls: tuple[TollPart, ...]
    breaches: tuple[BreachPart, ...]
    exceptions: tuple[CardPart, ...]
    observations: tuple[Observation, ...]
    places: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class DayPart:
    """A day, or days that cannot be told apart: incidents, what was said, agreements in force."""

    key: str
    title: str
    in_force: tuple[tuple[str, str], ...]
    incidents: tuple[IncidentPart, ...]
    said: tuple[CardPart, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class DocumentPart:
    """A document with how many claims were read in it; `copy_of`: the outlet whose text it copies."""

    document: Document
    outlet: str
    published: str
    basis: str
    language: str
    claims: int
    copy_of: str | None
    copy_id: str | None
    link: str | None
    is_read: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class FamilyPart:
    """Documents that count as one source."""

    documents: tuple[DocumentPart, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ControlPart:
    """Who is said to hold or have taken a place."""

    place: str
    party: str
    state: str
    since: str
    claimed_by: str
    admitted_by: str
    contested_by: str
    claim_ids: tuple[str, ...]


class Arranger:
    """Arranges one ledger for the page."""

    def __init__(self, ledger: Ledger, theatre: Theatre) -> None:
        self.ledger, self.theatre = ledger, theatre
        self.view = View(ledger)
        self.names = Names(theatre)
        self._book = AgreementBook(theatre)
        self._agreements: dict[str, Agreement] = {agreement.id: agreement for agreement in theatre.agreements}
        self._clauses: dict[str, Clause] = {c.id: c for agreement in theatre.agreements for c in agreement.clauses}
        self._breaches: dict[str | None, list[Violation]] = defaultdict(list)
        for violation in self.view.ordered_violations:
            self._breaches[violation.incident_id].append(violation)
        self._observations = {observation.id: observation for observation in ledger.observations}
        self._shown_as: dict[str, str] = {}
        self._claim_rank = {claim.id: number for number, claim in enumerate(self.view.ordered_claims)}

    def days(self) -> tuple[DayPart, ...]:
        """Days in order, days that are not known last."""
        incidents: dict[tuple[str, str], list[Incident]] = defaultdict(list)
        said: dict[tuple[str, str], list[Claim]] = defaultdict(list)
        whens: dict[tuple[str, str], When] = {}
        for incident in self.view.ordered_incidents:
            whens.setdefault(_key(incident.when), incident.when)
            incidents[_key(incident.when)].append(incident)
        for claim in self.view.ordered_claims:
            if claim.act != "TOLL" and claim.id not in self.view.incident_of:
                whens.setdefault(_key(claim.when), claim.when)
                said[_key(claim.when)].append(claim)
        return tuple(
            DayPart(
                key="-".join(part for part in key if part) or "unknown",
                title=_day_title(whens[key]),
                in_force=self._in_force(whens[key]),
                incidents=tuple(self._incident(incident) for incident in incidents[key]),
                said=self.cards(said[key]),
            )
            for key in sorted(whens, key=lambda k: (not k[0] and not k[1], k))
        )

    def cards(self, claims: Iterable[Claim]) -> tuple[CardPart, ...]:
        """Claims as cards; the same words in documents that are kin make one card with its copies."""
        grouped: dict[object, list[Claim]] = {}
        for claim in sorted(claims, key=lambda c: self._claim_rank[c.id]):
            document = self.view.documents[claim.document_id]
            words = " ".join(self.view.evidence_of(claim).casefold().split())
            side = claim.claimant.party if claim.claimant is not None else None
            family = document.family_id or document.id
            grouped.setdefault((family, side, claim.stance, claim.modality, act_class(claim.act), words), []).append(claim)
        cards = []
        for group in grouped.values():
            group.sort(key=lambda c: (self.view.documents[c.document_id].copy_of is not None, self._claim_rank[c.id]))
            self._shown_as.update((copy.id, group[0].id) for copy in group[1:])
            cards.append(self._card(group[0], group[1:]))
        return tuple(cards)

    def evidence(self, claim_ids: Iterable[str]) -> tuple[str, ...]:
        """Anchors of the cards that bear these claims, once each; claims not in the ledger have none."""
        return tuple(dict.fromkeys(self._shown_as.get(i, i) for i in claim_ids if i in self.view.claims))

    def _card(self, claim: Claim, copies: Sequence[Claim] = ()) -> CardPart:
        document = self.view.documents[claim.document_id]
        voice = claim.claimant
        written = voice.text if voice is not None else None
        resolved = self.names.resolved(voice)
        outlet = _outlet(document)
        who = f"{outlet}, in its own voice" if voice is None else written or resolved or "a voice not named here"
        return CardPart(
            claim=claim,
            who=who,
            resolved=resolved if resolved and written and resolved.casefold() != written.casefold() else None,
            stance=claim.stance,
            modality=claim.modality if claim.modality != "actual" else None,
            act=act_noun(claim.act),
            by=self._doer(claim),
            against=self.names.party(claim.target.party) if claim.target is not None else None,
            where=tuple(map(_place_words, claim.places)),
            when=span_words(claim.when),
            figures=tuple(FigurePart(words=figure_words(figure), text=figure.text) for figure in claim.figures),
            exception=claim.exception_claimed,
            excerpt=self.view.excerpt(claim, AROUND),
            outlet=outlet,
            published=span_words(document.published),
            document_id=document.id,
            copies=tuple(
                CopyPart(claim_id=c.id, outlet=_outlet(self.view.documents[c.document_id]), document_id=c.document_id)
                for c in copies
            ),
        )

    def _doer(self, claim: Claim) -> str | None:
        doer = claim.attributed_to
        if doer is None or (is_verbal(claim.act) and claim.claimant is not None and doer.party == claim.claimant.party):
            return None
        return self.names.resolved(doer) or doer.text

    def _incident(self, incident: Incident) -> IncidentPart:
        known = self.view.claims
        ids = dict.fromkeys((*incident.claim_ids, *incident.denial_ids, *incident.superseded_denial_ids))
        claims = [known[claim_id] for claim_id in ids if claim_id in known]
        sides: dict[str, list[Claim]] = defaultdict(list)
        for claim in claims:
            if claim.claimant is None:
                sides["~outlet"].append(claim)
            else:
                sides[claim.claimant.party or ""].append(claim)
        order = sorted(sides, key=lambda side: (side == "~outlet", self.names.rank(side)))
        columns = tuple(
            ColumnPart(
                side=OWN_VOICE if side == "~outlet" else self.names.party(side) or NO_SIDE,
                cards=self.cards(sides[side]),
            )
            for side in order
        )
        head, _, rest = (incident.summary or act_noun(incident.act)).rstrip(".").partition("; ")
        return IncidentPart(
            incident=incident,
            title=head,
            voices=rest[:1].upper() + rest[1:],
            grade=STATUSES.get(("occurrence", incident.occurrence), incident.occurrence),
            statuses=self._statuses(incident),
            columns=columns,
            tolls=tuple(self.toll(toll) for toll in self.view.tolls_of(incident.id)),
            breaches=self.breaches_of(incident.id),
            exceptions=self.cards(claim for claim in claims if claim.exception_claimed),
            observations=tuple(self._observations[i] for i in incident.observation_ids if i in self._observations),
            places=tuple(words for words in map(_place_words, incident.places) if words not in head),
        )

    def _statuses(self, incident: Incident) -> tuple[StatusPart, ...]:
        heads = {"occurrence": incident.occurrence, "attribution": incident.attribution, "breach": incident.breach}
        parts = [
            StatusPart(
                axis=status.axis,
                code=status.status,
                words=STATUSES.get((status.axis, status.status), status.status),
                reason=status.reason,
                claim_ids=self.evidence(status.claim_ids),
                is_head=heads.get(status.axis) == status.status,
            )
            for status in incident.statuses
        ]
        axes = list(heads)
        return tuple(sorted(parts, key=lambda p: (axes.index(p.axis) if p.axis in axes else len(axes), not p.is_head)))

    def toll(self, toll: Toll) -> TollPart:
        """A toll with its claimant's name."""
        ends = (toll.low, toll.high)
        claims = [self.view.claims[i] for i in toll.claim_ids if i in self.view.claims]
        qualifiers = {
            figure.qualifier
            for claim in claims
            for figure in claim.figures
            if figure.measure == toll.measure and (figure.low, figure.high) == ends
        }
        return TollPart(
            claimant=self.names.party(toll.claimant_party) or toll.claimant_name or OWN_VOICE,
            victims=self.names.party(toll.victim_party) or "side not known",
            measure=toll.measure.replace("_", " "),
            population={"all": "everyone", "unknown": NOT_STATED}.get(toll.population, f"{toll.population}s"),
            words=range_words(toll.low, toll.high, min(qualifiers, default="exactly")),
            best=f"{toll.best:,}" if toll.best is not None and toll.best not in ends else None,
            period=span_words(toll.period),
            claim_ids=self.evidence(claim.id for claim in claims),
            is_superseded=toll.superseded_by is not None,
        )

    def breaches_of(self, incident_id: str | None) -> tuple[BreachPart, ...]:
        """Alleged breaches of an incident; None: passed deadlines."""
        return tuple(self._breach(violation) for violation in self._breaches[incident_id])

    def all_breaches(self) -> tuple[BreachPart, ...]:
        """Every alleged breach, passed deadlines last."""
        return tuple(self._breach(violation) for violation in self.view.ordered_violations)

    def _breach(self, violation: Violation) -> BreachPart:
        agreement = self._agreements.get(violation.agreement_id)
        clause = self._clauses.get(violation.clause_id)
        incident = self.view.incidents.get(violation.incident_id or "")
        return BreachPart(
            violation=violation,
            agreement=agreement.title if agreement is not None else violation.agreement_id,
            number=clause.number if clause is not None else violation.clause_id,
            title=clause.title if clause is not None else "",
            duty=clause.duty if clause is not None else "",
            party=self.names.party(violation.party) or "nobody named",
            status=STATUSES.get(("breach", violation.status), violation.status),
            incident_id=incident.id if incident is not None else None,
            incident=incident.summary.partition("; ")[0].rstrip(".") if incident is not None else None,
            claim_ids=self.evidence(violation.claim_ids),
        )

    def period_tolls(self) -> tuple[TollPart, ...]:
        """Sums over a period, claimant by claimant."""
        return tuple(self.toll(toll) for toll in self.view.tolls_of(None))

    def toll_cards(self) -> tuple[CardPart, ...]:
        """The sentences behind sums over a period."""
        return self.cards(c for c in self.view.ordered_claims if c.act == "TOLL" and c.id not in self.view.incident_of)

    def controls(self) -> tuple[ControlPart, ...]:
        """Control of places as claimed."""
        return tuple(
            ControlPart(
                place=control.place_name,
                party=self.names.party(control.party) or "not known",
                state={"taken": "taken", "held": "held (a total)", "left": "left"}.get(control.state, control.state),
                since=span_words(control.since),
                claimed_by=self.names.parties(control.claimed_by) or OWN_VOICE,
                admitted_by=self.names.parties(control.admitted_by),
                contested_by=self.names.parties(control.contested_by),
                claim_ids=self.evidence(control.claim_ids),
            )
            for control in sorted(self.ledger.controls, key=_control_order)
        )

    def families(self) -> tuple[FamilyPart, ...]:
        """Documents by family, the first told first."""
        counts: dict[str, int] = defaultdict(int)
        for claim in self.ledger.claims:
            counts[claim.document_id] += 1
        grouped: dict[str, list[DocumentPart]] = defaultdict(list)
        for document in self.view.ordered_documents:
            original = self.view.documents.get(document.copy_of or "")
            grouped[document.family_id or document.id].append(
                DocumentPart(
                    document=document,
                    outlet=_outlet(document),
                    published=span_words(document.published),
                    basis=BASES.get(document.published.basis or "unknown", "not known"),
                    language=language_words(document.language),
                    claims=counts[document.id],
                    copy_of=_outlet(original) if original is not None else None,
                    copy_id=original.id if original is not None else None,
                    link=document.source if document.source.startswith(("http://", "https://")) else None,
                    is_read=document.language in READ_LANGUAGES,
                )
            )
        families = [
            FamilyPart(documents=tuple(sorted(parts, key=lambda p: (p.copy_of is not None, p.document.source))))
            for parts in grouped.values()
        ]
        return tuple(sorted(families, key=lambda f: (_first_day(f.documents[0].document), f.documents[0].document.source)))

    def issues(self) -> tuple[tuple[Issue, str | None], ...]:
        """Issues with their sources, the grave ones first."""
        order = {"error": 0, "warning": 1, "info": 2}
        pairs = [(issue, self.view.source_of(issue)) for issue in self.ledger.issues]
        return tuple(sorted(pairs, key=lambda p: (order.get(p[0].level, 3), p[0].stage, p[0].code, p[1] or "", p[0].message)))

    def observations(self) -> tuple[Observation, ...]:
        """Observers' reports in order of time."""
        return tuple(sorted(self.ledger.observations, key=lambda o: (o.observed_from_at, o.id)))

    def _in_force(self, when: When) -> tuple[tuple[str, str], ...]:
        first, last = when.earliest or when.latest, when.latest or when.earliest
        if first is None or last is None:
            return ()
        span = day_span(min(first, last), max(first, last), self.theatre.timezone)
        return tuple((force.agreement.title, force.reason) for force in self._book.in_force(span))


def period_of(ledger: Ledger) -> When | None:
    """First and last day that incidents and documents tell of; None where no day is known."""
    spans = [incident.when for incident in ledger.incidents] + [document.published for document in ledger.documents]
    days = [day for when in spans for day in (when.earliest, when.latest) if day is not None]
    return When(earliest=min(days), latest=max(days)) if days else None


def _key(when: When) -> tuple[str, str]:
    first, last = when.earliest or when.latest, when.latest or when.earliest
    return (first.isoformat(), "" if last == first else last.isoformat()) if first is not None and last is not None else ("", "")


def _day_title(when: When) -> str:
    if when.earliest is not None and when.earliest == when.latest:
        return day_words(when.earliest, with_weekday=True)
    words = span_words(when)
    return words[:1].upper() + words[1:]


def _outlet(document: Document) -> str:
    return document.outlet or document.source.rpartition("/")[2] or document.source


def _first_day(document: Document) -> str:
    day = document.published.earliest or document.published.latest
    return day.isoformat() if day is not None else "~"


def _place_words(place: ClaimPlace) -> str:
    words = place.name or place.text
    if place.name and place.text and place.name.casefold() != place.text.casefold():
        words += f" (written “{place.text}”)"
    if place.precision in ("district", "region", "country"):
        words += f", a {place.precision}" if place.precision != "country" else ", the country"
    return {"origin": f"from {words}", "mentioned": f"{words}, mentioned"}.get(place.role, words)


def _control_order(control: ControlClaim) -> tuple[str, str, str]:
    since = control.since.earliest or control.since.latest
    return since.isoformat() if since is not None else "~", control.place_name, control.id
