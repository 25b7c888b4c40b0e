"""Incidents, where the claims linked to them or what is told beside them changed: ids, voices, statuses, tolls, breaches.

An incident is a part of its own: its claims, their documents, its denials, observations, decisions and place in the register.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from trucewatch.model.records import (
    Incident,
    Issue,
    Kinship,
    Ledger,
    Observation,
    RegisterEntry,
    Toll,
    Violation,
)
from trucewatch.pipeline.part_decisions import labels_of
from trucewatch.pipeline.part_desk import Desk, chunks
from trucewatch.pipeline.part_links import Links
from trucewatch.stages import verify
from trucewatch.stages.assess import assess_incidents, make_book
from trucewatch.stages.link.citations import Spans, citation, cited_in
from trucewatch.stages.link.decisions import apply_decisions, decided_pairs
from trucewatch.stages.link.incidents import build_incident
from trucewatch.stages.link.register import assign_ids, minted_of
from trucewatch.stages.link.stage import likeness
from trucewatch.stages.reconcile import reconcile_tolls
from trucewatch.store.parts import LinkPart

AT_ONCE = 200


class IncidentParts:
    """Brings incidents up to date after `Links.relink`. Then `renewed` holds the ids of those that were worked out anew or are
    gone, `members` the claims that are or were theirs."""

    def __init__(self, desk: Desk, links: Links, observations: tuple[Observation, ...]) -> None:
        self.desk, self.linked = desk, links
        self.observations = observations
        self.renewed: set[str] = set()
        self.members: set[str] = set()
        self._book = make_book(desk.context)
        self._cited: set[tuple[str, str]] = set()

    def renew(self) -> None:
        """Regroup what was linked anew, and work out every incident on which something changed."""
        desk = self.desk
        present, gone = self._regroup()
        for part in chunks(desk.news.incidents):
            present |= {link.incident for link in desk.parts.links("incident", part) if link.incident is not None}
        documents = desk.changes.documents | desk.changes.kin
        # which version of a page is the later one hangs on the days of both
        documents |= {one for kin in self._edits(desk.changes.documents) for one in (kin.first_id, kin.second_id)}
        touched = desk.changes.claims | {claim for own in desk.patch.ids_of_claims(documents).values() for claim in own}
        for part in chunks(touched):
            present |= {link.incident for link in desk.parts.links("id", part) if link.incident is not None}
        gone -= present
        self.renewed = present | gone
        self._remove(gone)
        for begin in range(0, len(ordered := sorted(present)), AT_ONCE):
            self._work_out(ordered[begin : begin + AT_ONCE])
            desk.documents.let_go()
        self._put_citations()
        desk.patch.index(self.renewed)

    # ---- which claims are one incident

    def _regroup(self) -> tuple[set[str], set[str]]:
        """Give the incidents of changed claims their ids; gives those that stand and those that are gone."""
        desk, linked = self.desk, self.linked
        if desk.is_whole:
            self._note_entries(desk.patch.register())
        labels = {linked.before[one].label for one in linked.changed}
        labels |= {linked.links[one].label for one in linked.changed if one in linked.links}
        old = {incident for one in linked.changed if (incident := linked.before[one].incident) is not None}
        removed = {one for one in linked.changed if one not in linked.links}
        self.members |= linked.changed
        same, apart = self._decided()
        decided = {link.label for part in chunks(one for pair in (*same, *apart) for one in pair) for link in self._by_id(part)}
        members: dict[str, LinkPart] = {}
        entries: dict[str, RegisterEntry] = {}
        asked_labels: set[str] = set()
        wanted = {label for label in labels if label is not None} | labels_of(desk.parts, desk.news.grouped)
        while True:
            if wanted & decided:
                wanted |= {label for label in decided if label is not None}
            for part in chunks(wanted - asked_labels):
                members.update((link.id, link) for link in linked._links_by("label", part))
            asked_labels |= wanted
            asked = {i for own in desk.parts.marks_of("minted", members.keys() | removed).values() for i in own}
            asked |= old | {link.incident for link in members.values() if link.incident is not None}
            asked |= {entry for own in desk.parts.marked("alias", asked).values() for entry in own}
            fresh = desk.patch.entries(asked - entries.keys())
            fresh += desk.patch.entries({alias for entry in fresh for alias in entry.aliases} - entries.keys())
            entries.update((entry.incident_id, entry) for entry in fresh)
            told = {claim_id for entry in fresh for claim_id in entry.claim_ids} - members.keys()
            incidents = {link.incident for part in chunks(told) for link in self._by_id(part)} - {None}
            more = {link.label for part in chunks(i for i in incidents if i) for link in linked._links_by("incident", part)}
            grown = wanted | {label for label in more if label is not None}
            if grown == wanted and not fresh:
                break
            wanted = grown
        by_label: dict[str, set[str]] = defaultdict(set)
        for link in members.values():
            by_label[link.label or ""].add(link.id)
        groups = [frozenset(group) for group in by_label.values()]
        if same or apart:
            known = members.keys()
            same, apart = ([pair for pair in pairs if known >= set(pair)] for pairs in (same, apart))
            groups = apply_decisions(groups, same, apart, self._likeness)
        last = int(desk.parts.meta("last number") or 0)
        ids, register = assign_ids(groups, entries.values(), last_number=last, is_taken=self._taken(groups))
        before = {link.incident for link in members.values()} | old
        for group, incident_id in ids.items():
            for claim_id in group:
                linked._set(members[claim_id], incident=incident_id)
        linked._write()
        changed = [entry for entry in register if entries.get(entry.incident_id) != entry]
        desk.patch.put(RegisterEntry, changed)
        self._note_entries(changed)
        self.members |= members.keys()
        return set(ids.values()), {one for one in before if one is not None}

    def _by_id(self, ids: Iterable[str]) -> list[LinkPart]:
        return self.linked._links_by("id", ids)

    def _decided(self) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
        desk = self.desk
        decisions = [decision for decision in desk.decisions if decision.kind in ("same_incident", "undo")]
        subjects = {subject for decision in decisions for subject in decision.subject}
        if not any(decision.kind == "same_incident" for decision in decisions):
            return [], []
        ids = subjects | {entry for own in desk.parts.marked("alias", subjects).values() for entry in own}
        register = desk.patch.entries(ids)
        asked = subjects | {claim_id for entry in register for claim_id in entry.claim_ids}
        known = frozenset(link.id for part in chunks(asked) for link in self._by_id(part))
        return decided_pairs(desk.decisions, register, known)

    def _likeness(self, first: str, second: str) -> float:
        self.linked.fetch((first, second))
        return likeness(self.linked.linker, self.linked.raw[first], self.linked.raw[second])

    def _taken(self, groups: Iterable[frozenset[str]]) -> Callable[[str], bool]:
        """What says whether the register has an id; of those that these groups are given first it is asked at once."""
        first = {minted_of(min(group)) for group in groups}
        known = self.desk.patch.known(RegisterEntry, first)
        return lambda one: one in known if one in first else bool(self.desk.patch.known(RegisterEntry, (one,)))

    def _note_entries(self, entries: Iterable[RegisterEntry]) -> None:
        parts = self.desk.parts
        last = int(parts.meta("last number") or 0)
        for entry in entries:
            last = max(last, entry.number)
            parts.unmark("alias", (entry.incident_id,))
            parts.mark("alias", ((alias, entry.incident_id) for alias in entry.aliases))
            parts.mark("minted", ((entry.incident_id, claim_id) for claim_id in entry.claim_ids))
        parts.note("last number", str(last))

    # ---- what each incident says

    def _remove(self, ids: set[str]) -> None:
        desk = self.desk
        desk.patch.remove(Incident, ids)
        desk.patch.remove(Toll, (toll.id for toll in desk.where(Toll, "incident_id", ids)))
        desk.patch.remove(Violation, (one.id for one in desk.where(Violation, "incident_id", ids)))
        desk.keep_issues({f"inc:{one}": () for one in ids})
        self._cite({one: [] for one in ids})

    def _work_out(self, ids: Sequence[str]) -> None:
        desk, linked = self.desk, self.linked
        members: dict[str, list[str]] = defaultdict(list)
        for link in linked._links_by("incident", ids):
            members[link.incident or ""].append(link.id)
        claims = desk.claims(one for own in members.values() for one in own)
        facets = {facet.id: facet for facet in linked.raw_facets(claims.values())}
        theatre = desk.context.theatre
        incidents = [build_incident(one, [facets[c] for c in own], linked.places, theatre) for one, own in members.items()]
        incidents.sort(key=lambda incident: incident.id)
        kinships = self._edits({claim.document_id for claim in claims.values()})
        wanted = {claim.document_id for claim in claims.values()} | {i for k in kinships for i in (k.first_id, k.second_id)}
        desk.documents.fetch(sorted(wanted))
        documents = tuple(desk.documents[one] for one in sorted(wanted))
        incident_of = {claim_id: one for one, own in members.items() for claim_id in own}
        ledger = Ledger(
            documents=documents,
            claims=tuple(claims[one] for one in sorted(claims)),
            observations=self.observations,
            decisions=desk.decisions,
            kinships=kinships,
            register=tuple(desk.patch.entries(ids)),
            incidents=tuple(incidents),
        )
        tolls, doubts = reconcile_tolls(ledger, desk.sides, desk.documents)
        verified = verify.run_ledger(ledger, desk.context)
        assessed = assess_incidents(verified, desk.context, self._book)
        self._cite({one.id: list(cited_in(one, claims, desk.documents)) for one in incidents})
        self._put(Incident, ids, assessed.incidents)
        self._put(Toll, ids, tolls)
        self._put(Violation, ids, assessed.violations)
        issues: dict[str, list[Issue]] = {f"inc:{one}": [] for one in ids}
        toll_of = {toll.id: toll.incident_id for toll in tolls}
        for issue in (*doubts, *verified.issues):
            about = issue.record_id or ""
            issues[f"inc:{toll_of.get(about) or incident_of.get(about) or about}"].append(issue)
        desk.keep_issues(issues)

    def _put(self, record_type: type, ids: Sequence[str], records: Iterable[Any]) -> None:
        desk, found = self.desk, list(records)
        if record_type is not Incident:
            kept = {record.id for record in found}
            before: list[Any] = desk.where(record_type, "incident_id", ids)
            desk.patch.remove(record_type, [one.id for one in before if one.id not in kept])
        desk.patch.put(record_type, found)

    def _edits(self, document_ids: set[str]) -> tuple[Kinship, ...]:
        return tuple(kin for kin in self.desk.kinships(document_ids) if kin.kind == "edit")

    def _cite(self, found: dict[str, list[tuple[str, str, Spans]]]) -> None:
        """Note these as the pairs of documents that relay one speaker in each incident."""
        parts = self.desk.parts
        self._cited |= {_pair(value) for own in parts.marks_of("cites", found).values() for value in own}
        parts.unmark("cites", found)
        marks = [("|".join(map(str, (first, second, *spans))), one) for one, own in found.items() for first, second, spans in own]
        parts.mark("cites", marks)
        self._cited |= {_pair(value) for value, _ in marks}

    def _put_citations(self) -> None:
        """The kinships of documents that relay one speaker, once all incidents that they tell of have been looked at."""
        desk, parts = self.desk, self.desk.parts
        kinships: list[Kinship] = []
        gone: list[Kinship] = []
        for first, second in sorted(self._cited):
            values = {value for value, _ in parts.marked_between("cites", f"{first}|{second}|", f"{first}|{second}}}")}
            spans = {_spans(value) for value in values}
            (kinships if spans else gone).append(citation(first, second, spans))
        desk.patch.put(Kinship, kinships)
        desk.patch.remove(Kinship, map(desk.patch.key_of(Kinship), gone))


def _pair(value: str) -> tuple[str, str]:
    first, second, *_ = value.split("|")
    return first, second


def _spans(value: str) -> Spans:
    one, other, third, fourth = map(int, value.split("|")[2:])
    return one, other, third, fourth
