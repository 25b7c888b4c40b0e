"""The first page: what happened against the period before, in a headline, a table and two pictures."""

from __future__ import annotations

from trucewatch.model.records import Incident, Toll
from trucewatch.reports.blocks import Block, Bullets, Paragraph, Picture, Section, Span, Table, Words, plain, words
from trucewatch.reports.chart import grade_of
from trucewatch.reports.osce_table import Coverage, coverage
from trucewatch.reports.periods import Period
from trucewatch.reports.pictures import draw_days, draw_map, spots_of
from trucewatch.reports.situation_desk import NO_AREA, NO_BREACH, Desk, noun
from trucewatch.reports.situation_findings import is_violent
from trucewatch.reports.words import GRADES, counted_words
from trucewatch.stages.link.wording import listed
from trucewatch.text.inforce import AgreementBook
from trucewatch.text.inforce import Span as Instants

KINDS = 4
MOST_TOLLS = 6


def summary(desk: Desk, earlier: Desk) -> Section:
    """Headline, and the period's numbers beside those of the period before, with what was read and watched."""
    entries = [
        _headline(desk, earlier),
        _known(desk),
        _killed(desk),
        _breaches(desk),
        _in_force(desk),
        _mission(desk),
    ]
    blocks: list[Block] = [Bullets(entries=tuple(entry for entry in entries if entry)), _table(desk, earlier)]
    read, before = _documents(desk, desk.period), _documents(desk, earlier.period)
    note = (
        "A number of incidents is a number of reports that could be told apart, not a measure of violence: of the documents that "
        f"were read, {read or 'none'} {'was' if read <= 1 else 'were'} published in this period and {before or 'none'} in the "
        "period before. A change may be a change in what was read."
    )
    blocks.append(Paragraph(words=words(note), is_soft=True))
    return Section(key="summary", title="Summary", blocks=tuple(blocks))


def _plural(count: int, one: str, many: str | None = None) -> str:
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def _headline(desk: Desk, earlier: Desk) -> Words:
    violent = [incident for incident in desk.incidents if is_violent(incident)]
    before = [incident for incident in earlier.incidents_of(earlier.period) if is_violent(incident)]
    if not violent:
        text = f"No incident of violence or pressure is reported for {desk.period.words} in what was read"
    else:
        areas = list(dict.fromkeys(desk.area_of(i) for i in violent if desk.area_of(i) != NO_AREA))
        kinds: dict[str, int] = {}
        for incident in violent:
            kinds[noun(incident.act).lower()] = kinds.get(noun(incident.act).lower(), 0) + 1
        most = sorted(kinds.items(), key=lambda entry: (-entry[1], entry[0]))
        named = "; ".join(f"{kind} ({count})" for kind, count in most[:KINDS])
        rest = sum(count for _, count in most[KINDS:])
        where = f" in {listed(tuple(areas[:5]))}" if areas else ""
        where += f" and {len(areas) - 5} more areas" if len(areas) > 5 else ""
        verb = "is" if len(violent) == 1 else "are"
        some = _plural(len(violent), "incident of violence or pressure", "incidents of violence or pressure")
        text = f"{some} {verb} reported for {desk.period.words}{where}: {named}"
        text += f"; of other kinds ({rest})" if rest else ""
    was = "there was" if len(before) == 1 else "there were"
    return words(plain(text, weight="strong"), f". For {earlier.period.words} {was} {len(before) or 'none'}.")


def _known(desk: Desk) -> Words:
    violent = [incident for incident in desk.incidents if is_violent(incident)]
    if not violent:
        return ()
    told = {
        "known": "seen, heard or verified by the mission",
        "backed": "told by independent sources, or admitted by the side it harms",
        "thin": "known from one source or one side alone",
        "contested": "contested, taken back or undecided",
    }
    parts: list[str | Span] = []
    for grade, _, _ in GRADES:
        found = [incident for incident in violent if grade_of(incident.occurrence) == grade]
        parts += [
            "; " if parts else f"Of {'it' if len(violent) == 1 else 'these'}, ",
            plain(f"{len(found) or 'none'}", weight="strong"),
            f" {'is' if len(found) <= 1 else 'are'} {told[grade]}",
            *_references(desk, found),
        ]
    return words(*parts, ".")


def _references(desk: Desk, incidents: list[Incident]) -> tuple[Span | str, ...]:
    if not incidents:
        return ()
    parts: list[Span | str] = [" (no. "]
    for number, incident in enumerate(incidents[:10]):
        parts += [", " if number else "", plain(str(desk.numbers[incident.id]), target=desk.anchor(incident.id))]
    return (*parts, f" and {len(incidents) - 10} more)" if len(incidents) > 10 else ")")


def _killed(desk: Desk) -> Words:
    tolls = [
        (incident, toll)
        for incident in desk.incidents
        for toll in desk.view.tolls_of(incident.id)
        if toll.superseded_by is None and toll.measure == "killed"
    ]
    if not tolls:
        return words("No death is claimed for an incident of this period.") if desk.incidents else ()
    parts: list[str | Span] = ["Deaths are claimed as follows, each by its claimant alone: "]
    for number, (incident, toll) in enumerate(tolls[:MOST_TOLLS]):
        where = next((p.name or p.text for p in incident.places if p.role == "target"), "a place not told")
        parts += ["; " if number else "", f"{desk.claimant(toll)}, ", _number(desk, toll), f" at {where}"]
    if len(tolls) > MOST_TOLLS:
        parts += ["; and ", plain(f"{len(tolls) - MOST_TOLLS} more", target="casualties")]
    return words(*parts, ".")


def _number(desk: Desk, toll: Toll) -> Span:
    return desk.note(
        counted_words(desk.arranger.toll(toll).words, toll.measure, toll.population), toll.claim_ids, weight="strong"
    )


def _breaches(desk: Desk) -> Words:
    found = [i for i in desk.incidents if any(v.status not in NO_BREACH for v in desk.violations_of(i.id))]
    if not found:
        return ()
    text = f"{_plural(len(found), 'incident')} would, as told, breach "
    clauses = dict.fromkeys(desk.clause_words(v) for i in found for v in desk.violations_of(i.id) if v.status not in NO_BREACH)
    named = listed(tuple(list(clauses)[:3])) + (f" and {len(clauses) - 3} more clauses" if len(clauses) > 3 else "")
    return words(
        plain(text + named, target="clauses"), "; no competent body has found so." if not _has_finding(desk, found) else "."
    )


def _has_finding(desk: Desk, incidents: list[Incident]) -> bool:
    return any(v.status == "found" for i in incidents for v in desk.violations_of(i.id))


def _in_force(desk: Desk) -> Words:
    span = Instants(start_at=desk.period.start_at, stop_at=desk.period.stop_at)
    forces = AgreementBook(desk.theatre).in_force(span)
    if not desk.theatre.agreements:
        return words("No agreement is known for this theatre, so that nothing could be compared with a clause.")
    if not forces:
        return words("No agreement that the theatre knows was in force.")
    certain = [force.agreement.title for force in forces if force.certainty == "in_force"]
    doubtful = [force.agreement.title for force in forces if force.certainty != "in_force"]
    text = f"In force: {listed(tuple(certain))}" if certain else "No agreement was certainly in force"
    if doubtful:
        text += f"; took effect or ended within the period, or at an instant not certain: {listed(tuple(doubtful))}"
    return words(text, ".")


def _mission(desk: Desk) -> Words:
    watched = coverage(desk.observations_of(desk.period))
    if not watched.reports:
        return words("The mission's own observers filed no report that begins in this period.")
    effects: dict[str, list[int]] = {}
    for observation in desk.observations_of(desk.period):
        if observation.effect is not None:
            low = effects.setdefault(observation.effect.replace("_", " "), [0])
            low[0] += observation.count_low or observation.count_high or 1
    counted = listed(tuple(f"{count[0]:,} {effect}{'s' if count[0] != 1 else ''}" for effect, count in sorted(effects.items())))
    text = (
        f"The mission's own observers counted at least {counted}"
        if counted
        else "The mission's own observers counted no effect of fire"
    )
    return words(plain(text, target="observations"), f", {coverage_words(watched)}.")


def coverage_words(watched: Coverage) -> str:
    """Coverage in words, as it must stand beside every count of the mission's own."""
    posts = _plural(len(watched.posts), "named post") if watched.posts else "no named post"
    hours = f"{watched.hours:g} hours watched" if watched.hours != 1 else "1 hour watched"
    return f"in {_plural(watched.reports, 'report')} with {hours} at {posts}"


def _documents(desk: Desk, period: Period) -> int:
    return sum(period.holds(document.published) for document in desk.ledger.documents)


def _families(desk: Desk, period: Period) -> int:
    return len({d.family_id or d.id for d in desk.ledger.documents if period.holds(d.published)})


def _table(desk: Desk, earlier: Desk) -> Table:
    def row(label: str, now: float, before: float) -> tuple[Words, ...]:
        change = now - before
        words_of_change = "no change" if not change else f"{'+' if change > 0 else '−'}{abs(change):g}"
        return words(label), words(plain(f"{now:g}", weight="strong")), words(f"{before:g}"), words(words_of_change)

    now, before = desk.incidents_of(desk.period), earlier.incidents_of(earlier.period)

    def both(label: str, predicate) -> tuple[Words, ...]:  # type: ignore[no-untyped-def]
        return row(label, sum(map(predicate, now)), sum(map(predicate, before)))

    def breaches(incident: Incident) -> bool:
        return any(v.status not in NO_BREACH for v in desk.violations_of(incident.id))

    watched, watched_before = coverage(desk.observations_of(desk.period)), coverage(desk.observations_of(earlier.period))
    return Table(
        caption="This period and the period of equal length before it",
        columns=("", desk.period.words, earlier.period.words, "Change"),
        rows=(
            both("Incidents of violence or pressure reported", is_violent),
            both("of these contested", lambda i: is_violent(i) and grade_of(i.occurrence) == "contested"),
            both(
                "of these observed, verified, admitted or told independently",
                lambda i: is_violent(i) and grade_of(i.occurrence) in ("known", "backed"),
            ),
            both("Incidents that would, as told, breach a clause", breaches),
            both("Withdrawals, releases, halts of fire or quiet reported", lambda i: not is_violent(i)),
            row("Reports of the mission's observers", watched.reports, watched_before.reports),
            row("Hours watched by the mission", watched.hours, watched_before.hours),
            row("Documents published and read", _documents(desk, desk.period), _documents(desk, earlier.period)),
            row("of these independent of one another", _families(desk, desk.period), _families(desk, earlier.period)),
        ),
        widths=(6, 3, 3, 2),
    )


def pictures(desk: Desk) -> Section | None:
    """Days and places; None where nothing can be drawn."""
    blocks: list[Block] = []
    days_alt = f"Incidents by day up to {desk.period.words}, by how well they are known, over the agreements in force"
    days = draw_days(desk.view.ordered_incidents, desk.theatre, desk.period, days_alt)
    if days is not None:
        caption = (
            "Incidents by the first day they are told of; the reporting period is shaded, the agreements in force stand under "
            "it. "
            "What is told of over a week or longer is not drawn."
        )
        blocks.append(Picture(key="days", svg=days, alt=days_alt, caption=caption))
    entries = [(desk.numbers[incident.id], incident) for incident in desk.incidents]
    spots, undrawn = spots_of(entries)
    map_alt = f"Where the incidents of {desk.period.words} are told of"
    drawn = draw_map(spots, desk.theatre, desk.period.last, map_alt)
    if drawn is not None:
        caption = (
            "Where incidents are told of, by their numbers in this report. A dashed circle is how far the place may lie from "
            "its point: "
            "about 5 km for a town, 20 km for a district, 60 km for a region. There are no borders on this map: they are what "
            "the "
            "conflict is about."
        )
        if undrawn:
            caption += f" Known to no place, or to a country alone, and not drawn: no. {', '.join(map(str, undrawn))}."
        blocks.append(Picture(key="map", svg=drawn, alt=map_alt, caption=caption))
    return Section(key="pictures", title="When and where", blocks=tuple(blocks)) if blocks else None
