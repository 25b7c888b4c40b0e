"""The other sections: withdrawals and deadlines, access, talks, corrections, the mission's own observations, coverage and
limits."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from trucewatch.model.codebook import act_class
from trucewatch.model.records import Incident, Issue, Ledger, Observation
from trucewatch.reports.blocks import Block, Bullets, Heading, Paragraph, Section, Span, Table, Words, plain, words
from trucewatch.reports.diff import compare, latest_first
from trucewatch.reports.osce_table import NOT_KNOWN, coverage, violation_rows, wind
from trucewatch.reports.page_parts import READ_LANGUAGES, CardPart
from trucewatch.reports.situation_desk import Desk, graded_words
from trucewatch.reports.situation_summary import coverage_words
from trucewatch.reports.words import (
    MONTHS,
    STATUSES,
    counted_words,
    day_words,
    language_words,
    local_day,
    range_words,
    span_words,
)
from trucewatch.stages.link.wording import listed
from trucewatch.text.inforce import effective_window, last_day

DUE_WITHIN_DAYS = 30
MOST_CORRECTIONS = 40
MOST_SAID = 40
ACCESS_ACTS = ("ACCESS.", "TRANSPORT.", "UTILITY.", "AID.")
SAID_NOUNS = {
    "AGREE.CEASEFIRE": "a ceasefire agreed or announced",
    "AGREE.OTHER": "an agreement",
    "TALKS.MEDIATE": "mediation",
    "TALKS.MEET": "talks, or readiness for them",
    "OFFER.MONITORS": "monitors or peacekeepers, offered or sent",
    "OFFER.OTHER": "support or cooperation",
    "DEMAND.CEASE_FIRE": "a call to stop fighting",
    "DEMAND.TALKS": "a call for talks",
    "DEMAND.WITHDRAWAL": "a demand to withdraw or disarm",
    "DEMAND.OTHER": "a demand or appeal",
    "REFUSE": "a refusal",
    "THREAT.FORCE": "force threatened, warned of or reserved as a right",
    "THREAT.OTHER": "a threat or ultimatum",
}
SAID = (
    ("AGREE", "Agreements and truces"),
    ("CONSULT", "Talks and mediation"),
    ("COOPERATE", "Offers and support"),
    ("REQUEST", "Calls and demands"),
    ("REJECT", "Refusals"),
    ("THREATEN", "Threats and warnings"),
)


def withdrawals(desk: Desk) -> Section:
    """Withdrawals told of, control of places as claimed, deadlines of the period and the 30 days after it."""
    blocks: list[Block] = []
    moves = [i for i in desk.incidents if i.act in ("DEESCALATE.WITHDRAWAL", "FORCE.NON_WITHDRAWAL", "FORCE.NON_DISARMAMENT")]
    if moves:
        blocks += [Heading(title="Withdrawals"), Bullets(entries=tuple(_line(desk, i) for i in moves))]
    controls = [c for c in desk.ledger.controls if desk.period.holds(c.since)]
    if controls:
        rows = [
            (
                words(control.place_name),
                words(span_words(control.since)),
                words(desk.names.party(control.party) or "not known"),
                words({"taken": "taken", "held": "held", "left": "left"}.get(control.state, control.state)),
                words(desk.note(desk.names.parties(control.claimed_by) or "outlets in their own voice", control.claim_ids)),
                words(desk.names.parties(control.admitted_by) or "–"),
                words(desk.names.parties(control.contested_by) or "–"),
            )
            for control in sorted(controls, key=lambda c: (c.place_name, c.id))
        ]
        blocks.append(
            Table(
                caption="Control of places, as claimed in the period",
                columns=("Place", "Day", "Party", "Said to be", "Claimed by", "Admitted by", "Denied by"),
                rows=tuple(rows),
                widths=(3, 3, 3, 2, 3, 2, 2),
            )
        )
    deadlines = _deadlines(desk)
    if deadlines:
        blocks.append(
            Table(
                caption=f"Deadlines of the period and of the {DUE_WITHIN_DAYS} days after it",
                columns=("Last day", "Agreement and clause", "Duty", "Bound", "Standing"),
                rows=tuple(deadlines),
                widths=(2, 4, 4, 3, 3),
            )
        )
    if not blocks:
        text = (
            "No withdrawal is reported, no place is said to have changed hands, and no deadline known to the theatre falls due."
        )
        blocks.append(Paragraph(words=words(text)))
    return Section(key="withdrawals", title="Withdrawals, control and deadlines", blocks=tuple(blocks))


def _line(desk: Desk, incident: Incident) -> Words:
    head = plain(f"No. {desk.numbers[incident.id]} {desk.title(incident)}", target=desk.anchor(incident.id), weight="strong")
    return words(head, ". ", *desk.occurrence(incident))


def _deadlines(desk: Desk) -> list[tuple[Words, ...]]:
    passed = {v.clause_id: v for v in desk.violations_of(None)}
    found = []
    for agreement in desk.theatre.agreements:
        window = effective_window(agreement, desk.theatre.timezone)
        if window is None or local_day(window[0], desk.theatre.timezone) > desk.period.last:
            continue
        for clause in agreement.clauses:
            if clause.deadline is None or clause.historic:
                continue
            last = last_day(clause.deadline)
            if not desk.period.first <= last <= desk.period.last + timedelta(days=DUE_WITHIN_DAYS):
                continue
            violation = passed.get(clause.id)
            standing: Words = words("not yet due" if last > desk.period.last else "due in the period; no report of it was read")
            if violation is not None and last <= desk.period.last:
                standing = words(desk.note("passed; no report that it was kept was read", violation.claim_ids))
            moved = f" (first {day_words(clause.deadline.on)})" if clause.deadline.extended_to else ""
            found.append(
                (
                    last,
                    (
                        words(day_words(last) + moved),
                        words(f"{agreement.title}, clause {clause.number}"),
                        words(clause.duty),
                        words(desk.names.parties(clause.bound_parties)),
                        standing,
                    ),
                )
            )
    return [row for _, row in sorted(found, key=lambda entry: entry[0])]


def access(desk: Desk) -> Section:
    """Routes, supplies and services; restrictions that the mission's observers met."""
    entries = [_line(desk, incident) for incident in desk.incidents if incident.act.startswith(ACCESS_ACTS)]
    for observation in desk.observations_of(desk.period):
        if observation.restriction is None:
            continue
        by = desk.names.party(observation.restriction_by) or observation.restriction_by
        where = observation.position_name or "a place kept back"
        text = f"The mission's observers met a restriction ({observation.restriction.replace('_', ' ')}) at {where}"
        entries.append(words(plain(text, weight="strong"), f", by {by}" if by else "", f"; {_clock(desk, observation)}."))
    if not entries:
        text = "No closed route, withheld supply or cut service is reported, and the mission's observers report no restriction."
        return Section(key="access", title="Access and restrictions", blocks=(Paragraph(words=words(text)),))
    return Section(key="access", title="Access and restrictions", blocks=(Bullets(entries=tuple(entries)),))


def _clock(desk: Desk, observation: Observation) -> str:
    at = observation.observed_from_at.astimezone(ZoneInfo(desk.theatre.timezone))
    return f"{day_words(at.date())}, {at:%H:%M}"


def talks(desk: Desk) -> Section:
    """What was agreed, offered, asked for, refused or threatened, and releases: acts of words belong to no incident."""
    blocks: list[Block] = []
    releases = [i for i in desk.incidents if i.act in ("DEESCALATE.RELEASE", "DEESCALATE.CEASE_FIRE")]
    if releases:
        blocks += [Heading(title="Halts of fire and releases"), Bullets(entries=tuple(_line(desk, i) for i in releases))]
    said: dict[str, list[CardPart]] = {}
    for card in desk.arranger.cards(
        claim
        for claim in desk.view.ordered_claims
        if claim.id not in desk.view.incident_of and desk.period.holds(claim.when) and claim.stance != "denies"
    ):
        said.setdefault(act_class(card.claim.act), []).append(card)
    for kind, title in SAID:
        if kind in said:
            blocks.append(Heading(title=title))
            blocks.append(Bullets(entries=tuple(_said(desk, card) for card in said[kind][:MOST_SAID])))
            if len(said[kind]) > MOST_SAID:
                blocks.append(Paragraph(words=words(f"And {len(said[kind]) - MOST_SAID} more, not printed."), is_soft=True))
    blamed = len(said.get("ACCUSE", ()))
    if blamed:
        text = "One statement of blame or condemnation, which reports no act of its own, is not printed."
        if blamed > 1:
            text = f"{blamed} statements of blame or condemnation, which report no act of their own, are not printed."
        blocks.append(Paragraph(words=words(text), is_soft=True))
    if not blocks:
        blocks.append(Paragraph(words=words("No agreement, offer, demand, refusal or threat of the period was read.")))
    return Section(key="talks", title="Talks, agreements and offers", blocks=tuple(blocks))


def _said(desk: Desk, card: CardPart) -> Words:
    voice = card.claim.claimant
    several = voice.party.split(";") if voice is not None and voice.party and ";" in voice.party else []
    who = desk.names.parties(several) or card.resolved or card.who
    on = f", {card.when}" if desk.period.days > 1 else ""
    to = f", to {card.against}" if card.against and card.against.casefold() not in who.casefold() else ""
    what = SAID_NOUNS.get(card.claim.act, card.act[:1].lower() + card.act[1:])
    quote = " ".join(card.excerpt.evidence.split()).strip("“”\"'")
    head = plain(f"{who[:1].upper() + who[1:]}: ", weight="strong")
    return words(head, desk.note(what + to + on, [card.claim.id]), f" (“{quote}”).")


def corrections(desk: Desk, before: Ledger | None, before_at: datetime | None) -> Section:
    """What an earlier report said otherwise: statuses, tolls, denials taken back, incidents joined or gone, sources changed."""
    title = "Corrections since the last report"
    if before is None:
        text = "No earlier report of this ledger is on record, so that there is nothing to correct."
        return Section(key="corrections", title=title, blocks=(Paragraph(words=words(text)),))
    diff, left_out = latest_first(compare(before, desk.ledger), desk.ledger, MOST_CORRECTIONS)
    old = {incident.id: incident for incident in before.incidents}
    entries: list[Words] = []
    for change in diff.status_changes:
        was, now = (STATUSES.get((change.axis, code), code) for code in (change.before, change.after))
        entries.append(
            words(
                plain(_head(change.summary), weight="strong", target=desk.anchor(change.incident_id)),
                f": was “{was}”, is now “",
                desk.note(now, change.claim_ids),
                f"”. {change.reason[:1].upper() + change.reason[1:].rstrip('.')}." if change.reason else "”.",
            )
        )
    for toll_change in diff.toll_changes:
        after = toll_change.after
        if toll_change.before is None and after.incident_id not in old:
            continue
        incident = desk.view.incidents.get(after.incident_id or "")
        head = _head(incident.summary) if incident is not None else f"Sum over {span_words(after.period)}"
        was = range_words(toll_change.before.low, toll_change.before.high) if toll_change.before is not None else "no number"
        counted = counted_words("", after.measure, after.population).strip()
        entries.append(
            words(
                plain(head, weight="strong", target=desk.anchor(after.incident_id or "")),
                f": {desk.claimant(after)} gave {was}, now gives ",
                desk.note(desk.arranger.toll(after).words, after.claim_ids, weight="strong"),
                f" ({counted}).",
            )
        )
    for incident_id, denial in diff.superseded_denials:
        incident = desk.view.incidents[incident_id]
        taken_back = plain(_head(incident.summary), weight="strong", target=desk.anchor(incident_id))
        entries.append(words(taken_back, ": ", desk.note("a denial was taken back", [denial]), "."))
    for one, heir in diff.merged:
        entries.append(
            words(
                plain(_head(old[one].summary), weight="strong"),
                ": counted as part of ",
                plain(_head(desk.view.incidents[heir].summary), target=desk.anchor(heir)),
                ".",
            )
        )
    entries += [words(plain(_head(gone.summary), weight="strong"), ": no longer told of by any document.") for gone in diff.gone]
    for source in diff.source_changes:
        text = "was edited by its publisher" if source.after_id else "is no longer there"
        entries.append(words(plain(source.source, weight="strong"), f" {text}."))
    if left_out:
        others = "one more, of an older day, is" if left_out == 1 else f"{left_out:,} more, of older days, are"
        entries.append(words(f"And {others} not printed: `trucewatch diff` lists them all."))
    late = [i for i in diff.new_incidents if (i.when.latest or desk.period.first) < desk.period.first]
    if late:
        entries.append(
            words(
                f"{len(late)} incident{'s' if len(late) != 1 else ''} of earlier days became known since: "
                + "; ".join(_head(i.summary) for i in late[:10])
                + "."
            )
        )
    if not entries:
        return Section(
            key="corrections", title=title, blocks=(Paragraph(words=words("Nothing that the last report said has changed.")),)
        )
    return Section(key="corrections", title=title, blocks=(Bullets(entries=tuple(entries)),))


def _head(summary: str) -> str:
    return summary.partition("; ")[0].rstrip(".")


def observations(desk: Desk, *, is_public: bool) -> Section:
    """The mission's own reports: counted effects with the hours watched beside them; apart from every claim."""
    found = desk.observations_of(desk.period)
    if not found:
        text = "No report of the mission's observers begins in this period. Nothing can be concluded from that: nobody watched."
        return Section(key="observations", title="The mission's own observations", blocks=(Paragraph(words=words(text)),))
    watched = coverage(found)
    sides = ", ".join(
        f"{desk.names.party(code) if code != NOT_KNOWN else 'side not known'} {hours:g} h"
        for code, hours in watched.hours_by_control
    )
    quiet = f"{watched.quiet_reports} of them saw and heard nothing." if watched.quiet_reports else ""
    lead = (
        f"First-hand records, {coverage_words(watched)}. {quiet} By the side that controls the "
        f"post: {sides or 'not told'}. A count is of effects seen or heard, not of incidents and not of violations in law; "
        f"without the hours "
        "watched it means nothing. Two rows may tell of one effect."
    )
    incident_of = {o: incident.id for incident in desk.ledger.incidents for o in incident.observation_ids}
    counted = violation_rows(found, timezone=desk.theatre.timezone)
    rows = []
    for row in counted:
        incident_id = incident_of.get(row["observation_id"], "")
        number = desk.numbers.get(incident_id)
        linked = words(plain(f"no. {number}", target=desk.anchor(incident_id))) if number else words("–")
        place = row["observer_position"] if row["observer_position"] != NOT_KNOWN else "kept back" if is_public else "not known"
        until = f" to {row['time_to']}" if row["time_to"] else ""
        effect = _counted(row)
        rows.append(
            (
                words(f"{_short_day(row['date'])}, " if desk.period.days > 1 else "", f"{row['time_from']}{until}"),
                words(place),
                words(", ".join(row["means"].split())),
                words(plain(effect, weight="strong"), "" if row["description"] == NOT_KNOWN else f", {row['description']}"),
                words(_direction(row)),
                words(row["weapon"].replace("_", " ") if row["weapon"] != NOT_KNOWN else "not known"),
                linked,
            )
        )
    blocks: list[Block] = [Paragraph(words=words(lead))]
    if rows:
        blocks.append(
            Table(
                caption=f"Effects counted, times by the clocks of {desk.theatre.timezone.replace('_', ' ')}",
                columns=("Time", "Post", "Means", "Counted", "Distance, bearing", "Weapon", "Incident"),
                rows=tuple(rows),
                widths=(2, 2, 2, 3, 2, 2, 2),
            )
        )
    others = [o for o in found if o.effect is None]
    if others:
        blocks.append(Bullets(entries=tuple(_other(desk, o, incident_of) for o in others)))
    return Section(key="observations", title="The mission's own observations", blocks=tuple(blocks))


def _short_day(text: str) -> str:
    day = date.fromisoformat(text)
    return f"{day.day} {MONTHS[day.month - 1][:3]}"


def _counted(row: dict[str, str]) -> str:
    count, what = row["count"].replace("-", " to "), row["observation"].replace("_", " ")
    if row["count"] == NOT_KNOWN:
        return f"{what}, number not known"
    least = "at least " if row["count_qualifier"] in ("at_least", "more_than") else ""
    return f"{least}{count} {what}{'' if count == '1' else 's'}"


def _direction(row: dict[str, str]) -> str:
    distance = f"{row['event_distance_km'].replace('-', ' to ')} km" if row["event_distance_km"] != NOT_KNOWN else ""
    bearing = row["event_bearing"] if row["event_bearing"] != NOT_KNOWN else ""
    return ", ".join(part for part in (distance, bearing) if part) or "not known"


def _other(desk: Desk, observation: Observation, incident_of: dict[str, str]) -> Words:
    where = observation.position_name or "a post kept back"
    what = "nothing seen or heard" if observation.nothing_observed else observation.report_kind.replace("_", " ")
    if observation.damage and observation.sensitivity == "public":
        what += f": {observation.damage}"
    hours = ""
    if observation.minutes_observed:
        watched = round(observation.minutes_observed / 60, 1)
        hours = f", {watched:g} hour{'' if watched == 1 else 's'} watched"
    parts: list[str | Span] = [f"{_clock(desk, observation)}, {where}{hours}: {what}"]
    if observation.bearing_deg is not None:
        parts.append(f", towards {wind(observation.bearing_deg)}")
    incident_id = incident_of.get(observation.id, "")
    if incident_id in desk.numbers:
        parts += [" (", plain(f"no. {desk.numbers[incident_id]}", target=desk.anchor(incident_id)), ")"]
    return words(*parts, ".")


def coverage_and_limits(desk: Desk, earlier: Desk, issued_at: datetime | None) -> Section:
    """What was read, what was not, and what this report cannot know."""
    totals, period = desk.totals, desk.period
    inside = sum(period.holds(document.published) for document in desk.ledger.documents)
    languages: dict[str, int] = {}
    for code, count in totals.languages:
        if code not in READ_LANGUAGES:
            languages[language_words(code)] = languages.get(language_words(code), 0) + count
    refused = [issue for issue in desk.ledger.issues if issue.level == "error"]
    entries = [
        words(
            f"Read: {totals.documents:,} documents of {len(totals.outlets):,} named outlets, {inside:,} of them published in the "
            f"period. Documents that "
            f"copy or rewrite one another count as one source: {totals.families:,} independent families."
        )
    ]
    if languages:
        named = listed(tuple(f"{count} in {name}" for name, count in sorted(languages.items())))
        entries.append(words(f"Not read, for their language: {named}. What they tell is not in this report."))
    entries.append(words(_refusals(refused)))
    if totals.undated or totals.inferred:
        without = totals.undated or "none"
        entries.append(words(f"Dates: {totals.inferred} of the documents dated by what they tell, {without} without a date."))
    nowhere = sum(not any(p.lat is not None for p in incident.places) for incident in desk.incidents)
    places = f"Places: {nowhere or 'none'} of the period's {len(desk.incidents)} incidents could not be placed on a map."
    if desk.incidents:
        entries.append(words(places))
    if without_day := totals.incidents_without_day:
        entries.append(words(f"Incidents of the ledger that nobody dates, and that stand in no report: {without_day}."))
    if period.closes != "24:00":
        entries.append(
            words(
                f"The mission's day closes at {period.closes}. Reports that tell only a day are counted under that day; "
                f"observers' reports go by the clock."
            )
        )
    if issued_at is not None and issued_at < period.stop_at:
        entries.append(words("The period had not ended when this report was issued: later reports of it are missing."))
    entries += [
        words(
            "Text alone was read: no picture, video or satellite image. Claims are found by rules, some are missed and some "
            "are wrong; each stands beside its sentence in the annex so that it can be checked."
        ),
        words(
            "An incident is counted once, under the first day it is told of. What nobody published, or nobody gave to the "
            "ledger, is not here: the absence of a report is no evidence of calm."
        ),
    ]
    return Section(key="limits", title="Coverage and limits", blocks=(Bullets(entries=tuple(entries)),))


def _refusals(refused: list[Issue]) -> str:
    if not refused:
        return "No input was refused."
    codes = listed(tuple(sorted({issue.code for issue in refused})))
    return f"Refused, and not in this report: {len(refused)} input{'s' if len(refused) != 1 else ''} ({codes})."


def wording(desk: Desk) -> Section:
    """How the graded sentences are to be read: the table that words them, as far as this report uses it."""
    used = {incident.occurrence for incident in desk.incidents}
    rows = [
        (
            words(STATUSES[("occurrence", code)]),
            words(template.format(tellers="somebody", deniers="somebody else")),
            words(str(sum(incident.occurrence == code for incident in desk.incidents))),
        )
        for code, template in graded_words()["occurrence"].items()
        if code in used
    ]
    lead = (
        "Three questions are kept apart for each incident: did it happen, who did it, is it a breach. An incident can be well "
        "known and its "
        "doer not. The words follow from the grade; nobody chooses them for one incident."
    )
    blocks: list[Block] = [Paragraph(words=words(lead))]
    if rows:
        blocks.append(
            Table(
                caption="Grades used in this report",
                columns=("Grade", "Its words", "Incidents"),
                rows=tuple(rows),
                widths=(3, 6, 1),
            )
        )
    return Section(key="words", title="How to read the grades", blocks=tuple(blocks))
