"""Sections on what is told to have happened: incidents by area, by clause, casualties side by side, what is contested."""

from __future__ import annotations

from collections.abc import Iterable

from trucewatch.model.records import Incident, Toll
from trucewatch.reports.blocks import Block, Bullets, Heading, Paragraph, Section, Span, Table, Words, plain, words
from trucewatch.reports.situation_desk import NO_BREACH, Desk
from trucewatch.reports.words import STATUSES, counted_words, span_words

MOST_CLAIMANTS = 4
# what is told of peace is no incident of violence
PEACE = ("CALM", "DEESCALATE", "AID")


def incidents_by_area(desk: Desk) -> Section:
    """Every incident that begins in the period, under its area; those that go on from before are named after them."""
    blocks: list[Block] = []
    if not desk.incidents:
        blocks.append(
            Paragraph(
                words=words(
                    "No incident is reported for this period in the documents read. That is no evidence of calm: see ",
                    plain("coverage and limits", target="limits"),
                    ".",
                )
            )
        )
    area = None
    for incident in desk.incidents:
        here = desk.area_of(incident)
        if here != area:
            count = sum(desk.area_of(other) == here for other in desk.incidents)
            blocks.append(Heading(title=f"{here[:1].upper() + here[1:]} ({count})"))
            area = here
        blocks.append(desk.entry(incident))
    going_on = [incident for incident in desk.view.ordered_incidents if desk.period.goes_on(incident.when)]
    if going_on:
        blocks.append(Heading(title="Reported to go on from before the period"))
        blocks.append(
            Bullets(
                entries=tuple(
                    words(plain(_head(i), weight="strong"), ": ", *desk.occurrence(i), *_joined(desk.breaches(i)))
                    for i in going_on
                )
            )
        )
    return Section(key="incidents", title="Incidents by area", blocks=tuple(blocks))


def _head(incident: Incident) -> str:
    return incident.summary.partition("; ")[0].rstrip(".")


def _joined(line: Words) -> Words:
    return (plain(" "), *line) if line else ()


def clauses(desk: Desk) -> Section:
    """Which clause of which agreement the incidents would breach, by whom, as whom says so."""
    grouped: dict[tuple[str, str | None], list[tuple[Incident, str, tuple[str, ...]]]] = {}
    rank = {c.id: n for n, c in enumerate(clause for a in desk.theatre.agreements for clause in a.clauses)}
    titles: dict[str, str] = {}
    for incident in desk.incidents:
        for violation in desk.violations_of(incident.id):
            if violation.status in NO_BREACH:
                continue
            titles[violation.clause_id] = desk.clause_words(violation)
            grouped.setdefault((violation.clause_id, violation.party), []).append(
                (incident, violation.status, violation.claim_ids)
            )
    if not grouped:
        text = "No incident of the period would, as told, breach a clause that was in force."
        return Section(key="clauses", title="By agreement and clause", blocks=(Paragraph(words=words(text)),))
    lead = (
        "An alleged breach compares what was said with the words of a clause. It is nobody's finding until a person or a "
        "competent "
        "body has made it one. An incident can fall under several clauses and several parties: rows are not added."
    )
    blocks: list[Block] = [Paragraph(words=words(lead), is_soft=True)]
    for clause_id in sorted(titles, key=lambda one: rank.get(one, len(rank))):
        rows = [
            _clause_row(desk, party, found)
            for (other, party), found in sorted(grouped.items(), key=lambda entry: desk.names.rank(entry[0][1]))
            if other == clause_id
        ]
        blocks.append(
            Table(
                caption=titles[clause_id][:1].upper() + titles[clause_id][1:],
                columns=("Attributed to", "Incidents", "Told by", "Standing"),
                rows=tuple(rows),
                widths=(4, 4, 4, 3),
            )
        )
    return Section(key="clauses", title="By agreement and clause", blocks=tuple(blocks))


def _clause_row(desk: Desk, party: str | None, found: list[tuple[Incident, str, tuple[str, ...]]]) -> tuple[Words, ...]:
    numbers: list[Span] = []
    for incident, _, _ in found:
        if numbers:
            numbers.append(plain(", "))
        numbers.append(plain(str(desk.numbers[incident.id]), target=desk.anchor(incident.id)))
    statuses = dict.fromkeys(STATUSES[("breach", status)] for _, status, _ in found)
    sayers = sorted({code for _, _, ids in found for code in _sayers(desk, ids)}, key=desk.names.rank)
    claim_ids = [claim_id for _, _, ids in found for claim_id in ids]
    return (
        words(desk.names.party(party) or "nobody named"),
        words(desk.note(str(len(found)), claim_ids, weight="strong"), " (no. ", *numbers, ")"),
        words(desk.names.parties(sayers) or "outlets in their own voice"),
        words("; ".join(statuses)),
    )


def _sayers(desk: Desk, claim_ids: Iterable[str]) -> set[str]:
    found = set()
    for claim_id in claim_ids:
        claim = desk.view.claims.get(claim_id)
        if claim is not None and claim.claimant is not None and claim.claimant.party:
            found.update(claim.claimant.party.split(";"))
    return found


def casualties(desk: Desk) -> Section:
    """Casualties of the period's incidents, claimants side by side; then sums that somebody gave for longer times."""
    blocks: list[Block] = []
    tolls = [(i, toll) for i in desk.incidents for toll in desk.view.tolls_of(i.id) if toll.superseded_by is None]
    people = [(i, toll) for i, toll in tolls if toll.measure != "places_taken"]
    if people:
        blocks.append(_side_by_side(desk, people))
    else:
        blocks.append(Paragraph(words=words("No claimant gives a number of casualties for an incident of this period.")))
    sums = [t for t in desk.view.tolls_of(None) if t.superseded_by is None and t.period is not None and _concerns(desk, t)]
    if sums:
        blocks.append(_sums(desk, sums))
    lead = (
        "Each number is its claimant's own and stands for that incident alone. Numbers of different claimants are never "
        "added, nor are "
        "civilians to combatants. “At least” and “up to” are the claimants' words as a range; a dash: this claimant gives no "
        "number."
    )
    return Section(key="casualties", title="Casualties as claimed", blocks=(Paragraph(words=words(lead), is_soft=True), *blocks))


def _concerns(desk: Desk, toll: Toll) -> bool:
    first = toll.period.earliest if toll.period is not None else None
    last = toll.period.latest if toll.period is not None else None
    # a sum told after the period says more than the period
    return first is not None and last is not None and first <= desk.period.last and desk.period.first <= last <= desk.period.last


def _side_by_side(desk: Desk, tolls: list[tuple[Incident, Toll]]) -> Table:
    claimants = list(dict.fromkeys(desk.claimant(toll) for _, toll in tolls))
    known = {toll.claimant_party for _, toll in tolls}
    claimants.sort(key=lambda name: next((desk.names.rank(p) for p in known if desk.names.party(p) == name), (99, name)))
    cells: dict[tuple[str, str, str, str], dict[str, list[Span]]] = {}
    for incident, toll in tolls:
        victims = desk.names.party(toll.victim_party) or "side not told"
        row = cells.setdefault((incident.id, victims, toll.measure, toll.population), {})
        span = desk.note(desk.arranger.toll(toll).words, toll.claim_ids, weight="strong")
        row.setdefault(desk.claimant(toll), []).append(span)
    columns = claimants if len(claimants) <= MOST_CLAIMANTS else ["As claimed"]
    rows = []
    for (incident_id, victims, measure, population), row in cells.items():
        head = words(plain(f"No. {desk.numbers[incident_id]}", target=desk.anchor(incident_id)), f" {_short(desk, incident_id)}")
        counted = counted_words("", measure, population).strip()
        if columns == claimants:
            values = [_spread(row.get(claimant, [])) or words("–") for claimant in claimants]
        else:
            said: list[str | Span] = []
            for claimant, spans in row.items():
                said += ["; " if said else "", f"{claimant}: ", *spans]
            values = [words(*said)]
        rows.append((head, words(victims), words(counted), *values))
    return Table(
        caption="Casualties of the period's incidents, claimant by claimant",
        columns=(
            "Incident",
            "Victims of",
            "Counted",
            *(f"{c[:1].upper() + c[1:]} says" if c != "As claimed" else c for c in columns),
        ),
        rows=tuple(rows),
        widths=(5, 3, 3, *((2,) * len(columns) if columns == claimants else (5,))),
    )


def _spread(spans: list[Span]) -> Words:
    parts: list[str | Span] = []
    for span in spans:
        parts += ["; " if parts else "", span]
    return words(*parts)


def _short(desk: Desk, incident_id: str) -> str:
    return desk.title(desk.view.incidents[incident_id])


def _sums(desk: Desk, tolls: list[Toll]) -> Table:
    rows = []
    for toll in tolls:
        part = desk.arranger.toll(toll)
        rows.append(
            (
                words(desk.claimant(toll)[:1].upper() + desk.claimant(toll)[1:]),
                words(desk.names.party(toll.victim_party) or "side not told"),
                words(counted_words("", toll.measure, toll.population).strip()),
                words(desk.note(part.words, toll.claim_ids, weight="strong")),
                words(span_words(toll.period)),
            )
        )
    return Table(
        caption="Sums that claimants give for longer times: they hold other days' incidents too, overlap, and are not added",
        columns=("Claimant", "Victims of", "Counted", "Number", "Over"),
        rows=tuple(rows),
        widths=(4, 4, 3, 2, 4),
    )


def contested(desk: Desk) -> Section:
    """What is claimed against what is denied, with the sentences of both."""
    rows = []
    for incident in desk.incidents:
        denials = [c for c in incident.denial_ids if c in desk.view.claims]
        if not denials:
            continue
        rows.append(
            (
                words(plain(f"No. {desk.numbers[incident.id]}", target=desk.anchor(incident.id)), f" {desk.title(incident)}"),
                words(desk.note(_capital(desk.tellers(incident, is_cell=True)), incident.claim_ids))
                if incident.claim_ids
                else words("–"),
                words(desk.note(desk.names.parties(incident.parties_denying) or "side not known", denials)),
                words(_standing(incident)),
            )
        )
    if not rows:
        text = "No incident of the period is denied by anybody whose words were read."
        return Section(key="contested", title="Contested", blocks=(Paragraph(words=words(text)),))
    table = Table(
        caption="Claim against denial",
        columns=("Incident", "Claimed by", "Denied by", "Standing"),
        rows=tuple(rows),
        widths=(5, 4, 3, 4),
    )
    lead = "A denial is weighed, not counted: it makes an incident contested however many reports repeat the claim."
    return Section(key="contested", title="Contested", blocks=(Paragraph(words=words(lead), is_soft=True), table))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _standing(incident: Incident) -> str:
    parts = [STATUSES[("occurrence", incident.occurrence)], STATUSES[("attribution", incident.attribution)]]
    return "; ".join(part for part in parts if part != STATUSES[("attribution", "not_attempted")])


def is_violent(incident: Incident) -> bool:
    """Whether an incident is one of violence or pressure, and not of quiet, a release or a withdrawal."""
    return not incident.act.startswith(PEACE)
