"""What every section of a situation report works with: the ledger of the period, names, numbered sentences, graded wording."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache, cached_property
from importlib.resources import files

from trucewatch.model.codebook import act_class
from trucewatch.model.records import Claim, Incident, Ledger, Observation, Toll, Violation
from trucewatch.model.theatre import Theatre
from trucewatch.reports.atlas import Atlas
from trucewatch.reports.blocks import Entry, Note, Span, Words, plain, words
from trucewatch.reports.chart import grade_of
from trucewatch.reports.page_parts import Arranger
from trucewatch.reports.periods import Period
from trucewatch.reports.words import counted_words, range_words, span_words
from trucewatch.stages.link.wording import act_noun, listed
from trucewatch.store.days import Totals

NO_AREA = "Place not told, or not located"
MOST_NOTES = 8
NO_BREACH = ("not_applicable", "outside_terms", "found_no_breach")


def noun(act: str) -> str:
    """An act as a report names it."""
    return "Fire of a kind not told" if act == "FIRE" else act_noun(act)


@cache
def graded_words() -> dict[str, dict[str, str]]:
    """The written table of wordings, by axis and status."""
    return tomllib.loads(files("trucewatch.reports").joinpath("situation_words.toml").read_text(encoding="utf-8"))


class NoteBook:
    """Numbers sentences in the order in which the report first leads to them."""

    def __init__(self, arranger: Arranger) -> None:
        self._view = arranger.view
        self._names = arranger.names
        self._numbers: dict[str, int] = {}
        self._same: dict[object, str] = {}

    def numbers(self, claim_ids: Iterable[str]) -> tuple[int, ...]:
        """Numbers of claims' sentences: one a sentence, copies left out where the original is there, at most 8."""
        claims = [self._view.claims[i] for i in dict.fromkeys(claim_ids) if i in self._view.claims]
        families = {self._family(c) for c in claims if self._view.documents[c.document_id].copy_of is None}
        kept = [c for c in claims if self._view.documents[c.document_id].copy_of is None or self._family(c) not in families]
        first: dict[object, Claim] = {}
        for claim in kept:
            first.setdefault(self._key(claim), claim)
        return tuple(self._number(claim) for claim in list(first.values())[:MOST_NOTES])

    def _family(self, claim: Claim) -> str:
        document = self._view.documents[claim.document_id]
        return document.family_id or document.id

    @staticmethod
    def _key(claim: Claim) -> object:
        return claim.document_id, claim.stance, claim.sentence_start_char, claim.sentence_end_char

    def _number(self, claim: Claim) -> int:
        first = self._same.setdefault(self._key(claim), claim.id)
        return self._numbers.setdefault(first, len(self._numbers) + 1)

    def notes(self) -> tuple[Note, ...]:
        """The annex."""
        return tuple(self._note(number, self._view.claims[claim_id]) for claim_id, number in self._numbers.items())

    def _note(self, number: int, claim: Claim) -> Note:
        document = self._view.documents[claim.document_id]
        excerpt = self._view.excerpt(claim, 0)
        outlet = document.outlet or document.source.rpartition("/")[2] or document.source
        who = self._names.resolved(claim.claimant) or (claim.claimant.text if claim.claimant else None)
        return Note(
            number=number,
            claim_id=claim.id,
            who=who or f"{outlet}, in its own voice",
            start=excerpt.sentence_start,
            evidence=excerpt.evidence,
            end=excerpt.sentence_end,
            outlet=outlet,
            published=span_words(document.published),
            source=document.source,
            link=document.source if document.source.startswith(("http://", "https://")) else None,
            characters=f"{claim.sentence_start_char} to {claim.sentence_end_char}",
        )


class Desk:
    """One ledger, one theatre, one period. `totals`: of the whole ledger, where this one is a part of it."""

    def __init__(self, ledger: Ledger, theatre: Theatre, period: Period, totals: Totals) -> None:
        self.ledger, self.theatre, self.period, self.totals = ledger, theatre, period, totals
        self.arranger = Arranger(ledger, theatre)
        self.view, self.names = self.arranger.view, self.arranger.names
        self.notebook = NoteBook(self.arranger)
        self.atlas = Atlas(theatre)
        self._clauses = {c.id: (a, c) for a in theatre.agreements for c in a.clauses}
        self._violations: dict[str | None, list[Violation]] = {}
        for violation in self.view.ordered_violations:
            self._violations.setdefault(violation.incident_id, []).append(violation)

    def incidents_of(self, period: Period) -> list[Incident]:
        """Incidents that begin in a period."""
        return [incident for incident in self.view.ordered_incidents if period.holds(incident.when)]

    def observations_of(self, period: Period) -> list[Observation]:
        """Observers' reports that begin in a period, by its instants."""
        return [o for o in self.arranger.observations() if period.has_instant(o.observed_from_at)]

    @cached_property
    def incidents(self) -> list[Incident]:
        """Incidents of this period, by area and then in the view's order: the order of their numbers."""
        found = self.incidents_of(self.period)
        counts: dict[str, int] = {}
        for incident in found:
            counts[self.area_of(incident)] = counts.get(self.area_of(incident), 0) + 1
        rank = {area: (area == NO_AREA, -count, area) for area, count in counts.items()}
        return sorted(found, key=lambda incident: rank[self.area_of(incident)])

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Number in this report by incident id."""
        return {incident.id: number for number, incident in enumerate(self.incidents, start=1)}

    def anchor(self, incident_id: str) -> str | None:
        """Anchor of an incident of this report."""
        return f"incident-{self.numbers[incident_id]}" if incident_id in self.numbers else None

    def area_of(self, incident: Incident) -> str:
        """The area that an incident is told under: the district around its place, else a region, else the place itself."""
        place = next((place for place in incident.places if place.role == "target"), None)
        if place is None:
            return NO_AREA
        known = self.atlas.find(place)
        if known is None:
            return NO_AREA if place.lat is None else place.name or place.text
        area = self.atlas.area_of(known, "district") or self.atlas.area_of(known, "region") or known
        name = area.names[0]
        return f"{name} district" if area.kind == "district" and "district" not in name.casefold() else name

    # ---- wording

    def note(self, text: str, claim_ids: Iterable[str], *, weight: str = "", target: str | None = None) -> Span:
        """A text that leads to its sentences."""
        return Span(text=text, notes=self.notebook.numbers(claim_ids), weight=weight, target=target)

    def tellers(self, incident: Incident, *, is_cell: bool = False) -> str:
        """Who reports an incident: parties, and outlets in their own voice; in words after "by", or for a table's cell."""
        parties = self.names.parties(sorted(incident.parties_asserting, key=self.names.rank))
        outlets = self._own_voices(incident)
        if not outlets:
            return parties or "voices whose side is not known"
        own = f"{listed(tuple(outlets[:3]))} in {'its' if len(outlets) == 1 else 'their'} own voice"
        return f"{parties}{'; ' if is_cell else ' and by '}{own}" if parties else own

    def _own_voices(self, incident: Incident) -> list[str]:
        found: dict[str, None] = {}
        for claim_id in incident.claim_ids:
            claim = self.view.claims.get(claim_id)
            if claim is None or claim.claimant is not None:
                continue
            document = self.view.documents[claim.document_id]
            if document.copy_of is None:
                found.setdefault(document.outlet or document.source.rpartition("/")[2])
        return list(found)

    def doer(self, incident: Incident) -> str:
        """To whom it is attributed."""
        return self.names.party(incident.attributed_to) or "a doer whom nobody names"

    def occurrence(self, incident: Incident) -> Words:
        """The graded sentence: who says it, who denies it, how well it is known."""
        template = graded_words()["occurrence"][incident.occurrence]
        # a party that tells one part and denies another is named for both
        torn = [code for code in incident.parties_denying if code in incident.parties_asserting]
        whole = [code for code in incident.parties_denying if code not in torn] or torn
        deniers = self.names.parties(sorted(whole, key=self.names.rank)) or "somebody whose side is not known"
        if torn and whole != torn:
            deniers += f", and in part by {self.names.parties(sorted(torn, key=self.names.rank))} too"
        text = template.format(tellers=self.tellers(incident), deniers=deniers)
        told = [*incident.claim_ids, *incident.denial_ids]
        return words(self.note(text[:1].upper() + text[1:], told), ".")

    def attribution(self, incident: Incident) -> Words:
        """Who did it, as graded; empty where nobody was examined."""
        template = graded_words()["attribution"][incident.attribution]
        if not template:
            return ()
        head = next((s for s in incident.statuses if s.axis == "attribution" and s.status == incident.attribution), None)
        claim_ids = head.claim_ids if head is not None else ()
        owners = dict.fromkeys(
            claim.claimant.party
            for claim_id in claim_ids
            if (claim := self.view.claims.get(claim_id)) is not None and claim.claimant is not None and claim.claimant.party
        )
        owner = listed(tuple(self.names.party(code) or code for code in owners)) or self.doer(incident)
        text = template.format(doer=self.doer(incident), owner=owner)
        accused = ""
        if incident.attribution == "self_acknowledged" and incident.attributed_to:
            others = [code for code in incident.attributed_to.split(";") if code not in ";".join(owners).split(";")]
            if others:
                accused = f" Attributed to {self.names.parties(others)} by others."
        return words(self.note(text.rstrip("."), claim_ids), ".", accused)

    def clause_words(self, violation: Violation) -> str:
        """An agreement's clause in words."""
        agreement, clause = self._clauses.get(violation.clause_id, (None, None))
        if agreement is None or clause is None:
            return violation.clause_id
        the = "" if agreement.title.casefold().startswith("the ") else "the "
        return f"clause {clause.number}" + (f" ({clause.title})" if clause.title else "") + f" of {the}{agreement.title}"

    def violations_of(self, incident_id: str | None) -> list[Violation]:
        """Breaches that an incident would be; None: deadlines that passed."""
        return self._violations.get(incident_id, [])

    def breaches(self, incident: Incident) -> Words:
        """The clauses it would breach, in the graded words."""
        parts: list[str | Span] = []
        grouped: dict[tuple[str, str], list[Violation]] = {}
        for violation in self.violations_of(incident.id):
            if violation.status not in NO_BREACH:
                grouped.setdefault((violation.clause_id, violation.status), []).append(violation)
        for (_, status), violations in grouped.items():
            by = self.names.parties([v.party for v in violations if v.party])
            template = graded_words()["breach"][status]
            text = template.format(clause=self.clause_words(violations[0]), by=f"by {by} " if by else "")
            claim_ids = [claim_id for v in violations for claim_id in v.claim_ids]
            parts += [self.note(text, claim_ids), ". "]
        if parts:
            parts[-1] = "."
        return words(*parts)

    def toll(self, toll: Toll) -> Span:
        """A claimant's number: "1 civilian killed"."""
        part = self.arranger.toll(toll)
        best = f" (best {part.best})" if part.best else ""
        return self.note(counted_words(part.words, toll.measure, toll.population) + best, toll.claim_ids)

    def claimant(self, toll: Toll) -> str:
        """Whose number it is."""
        return self.names.party(toll.claimant_party) or toll.claimant_name or "an outlet in its own voice"

    def tolls_of(self, incident: Incident) -> Words:
        """Casualties, claimant by claimant: "Azerbaijan: 1 civilian killed, 4 people injured"."""
        grouped: dict[str, list[Toll]] = {}
        for toll in self.view.tolls_of(incident.id):
            if toll.superseded_by is None:
                grouped.setdefault(self.claimant(toll), []).append(toll)
        parts: list[str | Span] = []
        for claimant, tolls in sorted(grouped.items()):
            parts.append(f"{'; ' if parts else 'Casualties as claimed: '}{claimant[:1].upper() + claimant[1:]}: ")
            for number, toll in enumerate(tolls):
                parts += [", " if number else "", self.toll(toll)]
        return words(*parts, "." if parts else "")

    def title(self, incident: Incident) -> str:
        """What, where and when, in a few words."""
        places = [p for p in incident.places if p.role == "target"]
        names = listed(tuple(dict.fromkeys(p.name or p.text for p in places[:4])))
        origins = listed(tuple(p.name or p.text for p in incident.places if p.role == "origin"))
        target = self.names.party(incident.target) if incident.target else None
        parts = [noun(incident.act)]
        if names:
            parts.append(names + self._placing(incident))
        elif origins:
            parts.append(f"said to come from {origins}")
        elif target:
            is_attack = act_class(incident.act) in ("ASSAULT", "TERRITORY", "COERCE")
            parts.append(f"{'against' if is_attack else 'concerning'} {target}, place not told")
        else:
            parts.append("place not told")
        if self.period.days > 1 or incident.when.latest != self.period.last:
            parts.append(span_words(incident.when))
        return ", ".join(parts)

    def _placing(self, incident: Incident) -> str:
        places = [p for p in incident.places if p.role == "target"]
        known = self.atlas.find(places[0]) if len(places) == 1 else None
        if known is not None and known.kind in ("district", "region") and known.kind not in (places[0].name or "").casefold():
            return f" {known.kind}"
        return ""

    def entry(self, incident: Incident) -> Entry:
        """An incident with all its lines."""
        observed = []
        if incident.observation_ids:
            count = len(incident.observation_ids)
            reports = "one report" if count == 1 else f"{range_words(count, count)} reports"
            observed = [words(f"Linked with {reports} of the mission's observers (", plain("see", target="observations"), ").")]
        lines = (
            self.occurrence(incident) + _joined(self.attribution(incident)),
            self.tolls_of(incident),
            self.breaches(incident),
        )
        return Entry(
            anchor=f"incident-{self.numbers[incident.id]}",
            number=self.numbers[incident.id],
            title=self.title(incident),
            grade=grade_of(incident.occurrence),
            lines=tuple(line for line in (*lines, *observed) if line),
        )


def _joined(line: Words) -> Words:
    return (plain(" "), *line) if line else ()
