"""Which agreements and clauses are in force at an instant or over days, at a place, for a party; which acts a clause forbids.

Pure over `model.theatre`. The rules, in the order in which they are applied:

1. An agreement without an effective instant, or marked as not operative, is never in force (a call, a political protocol).
2. It takes effect at `effective_at`. Where `effective_alternative_at` differs, or where only the day is known, the instants
   between are *ambiguous*. It ends at `ends_at` (excluded).
3. An event known only by its days is a half-open span in the theatre's time zone. Wholly inside the force: in force; wholly
   outside: not; straddling the taking effect or the end: ambiguous.
4. A clause that has its own start begins there. A clause with a deadline can be breached only once the deadline, as amended, has
   passed (the last day counts as a day to fulfil it); a "term" is no deadline. A historic clause is spent.
5. A party is bound where the clause names it. One that did not sign is bound only by the analyst's setting
   (`non_signatories_bound`, default no), and then by the clauses that bind all the signatories.
6. A clause with an area holds for places within it; where no place is told, an area as wide as a region is assumed, a district or
   a road is not. A clause without an area holds in the parties' countries, and nowhere else.
7. Several in force are ranked: the one that took effect last comes first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from trucewatch.model.codebook import act_class, acts
from trucewatch.model.records import ClaimPlace, When
from trucewatch.model.theatre import Agreement, Clause, Deadline, Place, Theatre
from trucewatch.text.stated_dates import MONTHS

Certainty = Literal["in_force", "ambiguous"]

# An act that contains another: a clash is an exchange of fire, civilians are hit by fire of some kind. A clause that forbids the
# contained act forbids the containing one.
GROUND_FIRE = ("FIRE", "FIRE.SMALL_ARMS", "FIRE.SNIPER", "FIRE.HEAVY", "FIRE.MISSILE")
AIR_FIRE = ("AIR", "AIR.STRIKE", "AIR.DRONE_STRIKE")
CONTAINS: dict[str, tuple[str, ...]] = {
    "FIRE.CLASH": GROUND_FIRE,
    "CIV.ATTACK_PERSONS": (*GROUND_FIRE, *AIR_FIRE),
    "CIV.ATTACK_OBJECTS": (*GROUND_FIRE, *AIR_FIRE),
    "WEAPON.PROHIBITED": (*GROUND_FIRE, *AIR_FIRE),
    "ACCESS.MONITOR_ATTACK": (*GROUND_FIRE, *AIR_FIRE),
}
# What a class alone may stand for, where that is not every act of its class: an "attack from the air" is no overflight.
KINDS: dict[str, tuple[str, ...]] = {"AIR": AIR_FIRE}
# Acts that become attacks on civilians where the source names civilians as the target.
FIRE_STEMS = ("FIRE", "AIR.STRIKE", "AIR.DRONE_STRIKE")
CIVILIANS = "CVL"
IN_THEATRE_MARGIN_DEG = 0.25
WIDE = "region"


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """Instants in UTC: `start_at` included, `stop_at` excluded; an instant has both equal."""

    start_at: datetime
    stop_at: datetime

    @property
    def is_instant(self) -> bool:
        """Whether it is one instant."""
        return self.start_at == self.stop_at


@dataclass(frozen=True, kw_only=True, slots=True)
class InForce:
    """An agreement that is, or may be, in force; `reason` in words."""

    agreement: Agreement
    certainty: Certainty
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ActMatch:
    """Why an act falls under a clause: its code; `rule` act-named, act-unspecific, act-contained or civilian-target; in words."""

    breach_act: str
    rule: str
    how: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ClauseMatch:
    """A clause that an act would breach. `certainty` and `reason` say whether it was in force; `rank` 1 the latest agreement."""

    agreement: Agreement
    clause: Clause
    certainty: Certainty
    act: ActMatch
    reason: str
    rank: int


def instant_span(at: datetime) -> Span:
    """The span of one instant."""
    return Span(start_at=at, stop_at=at)


def day_span(earliest: date, latest: date, timezone: str) -> Span:
    """The instants of days (both included) by the clocks of an IANA time zone."""
    zone = ZoneInfo(timezone)
    utc = ZoneInfo("UTC")
    return Span(
        start_at=datetime.combine(earliest, time(), zone).astimezone(utc),
        stop_at=datetime.combine(latest + timedelta(days=1), time(), zone).astimezone(utc),
    )


def span_of(when: When, timezone: str) -> Span | None:
    """The instants of a claim's or incident's days; one end alone stands for that day; None where no day is known."""
    first = when.earliest or when.latest
    last = when.latest or when.earliest
    if first is None or last is None:
        return None
    return day_span(min(first, last), max(first, last), timezone)


def effective_window(agreement: Agreement, timezone: str) -> tuple[datetime, datetime] | None:
    """First and last instant at which the agreement may have taken effect; equal where it is certain; None: never."""
    first = agreement.effective_at
    if first is None or not agreement.is_operative:
        return None
    last = agreement.effective_alternative_at or first
    if agreement.effective_precision == "day":
        day = first.astimezone(ZoneInfo(timezone)).date()
        span = day_span(day, day, timezone)
        first, last = min(first, span.start_at), max(last, span.stop_at)
    return min(first, last), max(first, last)


def last_day(deadline: Deadline) -> date:
    """The last day on which a duty can be fulfilled, with its amendment."""
    return deadline.extended_to or deadline.on


def is_term(deadline: Deadline) -> bool:
    """Whether a deadline is only the end of an agreed term: what must be done must be done before it, not by it."""
    return "term" in deadline.wording.casefold()


def due_at(clause: Clause, timezone: str) -> datetime | None:
    """The instant from which a duty is overdue; None where it has no deadline, or only a term."""
    if clause.deadline is None or is_term(clause.deadline):
        return None
    if clause.deadline.at is not None and clause.deadline.extended_to is None:
        return clause.deadline.at
    day = last_day(clause.deadline)
    return day_span(day, day, timezone).stop_at


def act_match(clause: Clause, act: str, *, hits_civilians: bool = False) -> ActMatch | None:
    """The clause's act code that an act falls under, and why; None where the clause does not forbid it.

    An act known only by its first part (FIRE) matches any of its kinds; a clause that names a first part matches all of them.
    """
    for breach_act in clause.breach_acts:
        if act == breach_act or act.startswith(f"{breach_act}."):
            return ActMatch(breach_act=breach_act, rule="act-named", how="the clause names this act")
    for breach_act in clause.breach_acts:
        if breach_act.startswith(f"{act}.") and _is_kind(breach_act, act):
            how = f"of what kind is not told, and the clause names kinds of it ({_words(breach_act)})"
            return ActMatch(breach_act=breach_act, rule="act-unspecific", how=how)
    contained = CONTAINS.get(act, ())
    for breach_act in clause.breach_acts:
        if breach_act in contained:
            how = f"it is done by fire, of which the clause names a kind ({_words(breach_act)})"
            return ActMatch(breach_act=breach_act, rule="act-contained", how=how)
    if hits_civilians and "CIV.ATTACK_PERSONS" in clause.breach_acts and act.startswith(FIRE_STEMS):
        how = "civilians are named as the target"
        return ActMatch(breach_act="CIV.ATTACK_PERSONS", rule="civilian-target", how=how)
    return None


def _is_kind(breach_act: str, act: str) -> bool:
    return breach_act in KINDS[act] if act in KINDS else act_class(breach_act) == act_class(act)


class AgreementBook:
    """The agreements of one theatre, indexed.

    `non_signatories_bound` overrides the theatre's own setting where given. `country_of` gives the country of a place that is not
    the theatre's own (by ISO code), None where it does not know.
    """

    def __init__(
        self,
        theatre: Theatre,
        *,
        non_signatories_bound: bool | None = None,
        country_of: Callable[[ClaimPlace], str | None] = lambda _: None,
    ) -> None:
        self.theatre = theatre
        self._country_of = country_of
        self.non_signatories_bound = theatre.non_signatories_bound if non_signatories_bound is None else non_signatories_bound
        self._places = {place.id: place for place in theatre.places}
        self._lineages: dict[str, frozenset[str]] = {}
        self._in_force: dict[Span | None, tuple[InForce, ...]] = {}
        self._ranked = sorted(
            (a for a in theatre.agreements if effective_window(a, theatre.timezone) is not None),
            key=lambda a: (a.effective_at is not None and a.effective_at.timestamp(), a.id),
            reverse=True,
        )

    def in_force(self, span: Span | None, *, party: str | None = None, place: ClaimPlace | None = None) -> tuple[InForce, ...]:
        """Agreements that are or may be in force, the later first.

        `span` None: no time known, and every operative agreement is ambiguous. With `party`, only those with a clause that binds
        it; with `place`, only those that hold there.
        """
        if span not in self._in_force:
            verdicts = [(agreement, self._force_of(agreement, span)) for agreement in self._ranked]
            self._in_force[span] = tuple(
                InForce(agreement=agreement, certainty=verdict[0], reason=verdict[1])
                for agreement, verdict in verdicts
                if verdict is not None
            )
        return tuple(
            force
            for force in self._in_force[span]
            if (party is None or any(self.is_bound(force.agreement, clause, party) for clause in force.agreement.clauses))
            and (place is None or any(self.covers_place(force.agreement, c, (place,)) for c in force.agreement.clauses))
        )

    def clauses_against(
        self,
        act: str,
        span: Span | None,
        places: Sequence[ClaimPlace],
        party: str | None,
        *,
        hits_civilians: bool = False,
    ) -> tuple[ClauseMatch, ...]:
        """Clauses that an act by a party would breach there and then, the later agreement's first.

        `party` None (nobody named): clauses that bind every party to their agreement. No place given: what binds these parties
        holds in the whole zone of their conflict, so that an area as wide as a region is assumed, a narrower one is not.
        """
        found = []
        for rank, force in enumerate(self.in_force(span), start=1):
            for clause in force.agreement.clauses:
                matched = act_match(clause, act, hits_civilians=hits_civilians)
                if matched is None or clause.historic or not clause.monitorable:
                    continue
                if not self._binds(force.agreement, clause, party) or not self.covers_place(force.agreement, clause, places):
                    continue
                verdict = self._clause_force(force, clause, span)
                if verdict is None:
                    continue
                found.append(
                    ClauseMatch(
                        agreement=force.agreement,
                        clause=clause,
                        certainty=verdict[0],
                        act=matched,
                        reason=verdict[1],
                        rank=rank,
                    )
                )
        return tuple(found)

    def is_bound(self, agreement: Agreement, clause: Clause, party: str) -> bool:
        """Whether a clause binds a party (rule 5)."""
        if party in clause.bound_parties:
            return True
        if not self.non_signatories_bound:
            return False
        bound_anywhere = {code for other in agreement.clauses for code in other.bound_parties}
        stayed_out = set(agreement.not_parties) | (set(agreement.parties) - bound_anywhere)
        signatories = set(agreement.parties) - stayed_out
        return party in stayed_out and len(signatories) > 1 and signatories <= set(clause.bound_parties)

    def covers_place(self, agreement: Agreement, clause: Clause, places: Sequence[ClaimPlace]) -> bool:
        """Whether a clause holds at any of the places (rule 6)."""
        if clause.area_place_ids:
            area = set(clause.area_place_ids)
            if not places:
                return any(self._places[one].kind == WIDE for one in area if one in self._places)
            return any(place.place_id is not None and area & self.lineage(place.place_id) for place in places)
        return not places or any(self.is_inside(agreement, place) for place in places)

    def lineage(self, place_id: str) -> frozenset[str]:
        """A place's id with those of all it lies in."""
        if place_id not in self._lineages:
            seen: set[str] = set()
            queue = [place_id]
            while queue:
                current = queue.pop()
                if current not in seen:
                    seen.add(current)
                    queue.extend(self._places[current].parents if current in self._places else ())
            self._lineages[place_id] = frozenset(seen)
        return self._lineages[place_id]

    def is_inside(self, agreement: Agreement, place: ClaimPlace) -> bool:
        """Whether a place is where an agreement without an area of its own holds; a place that nobody located is not excluded."""
        known = self._places.get(place.place_id) if place.place_id is not None else None
        if known is not None:
            return self._is_parties_place(agreement, known)
        country = self._country_of(place)
        if country is not None:
            return country in self._grounds(agreement)
        if place.lat is None or place.lon is None:
            return True
        box = self._box(agreement)
        if box is None:
            return False
        south, west, north, east = box
        margin = IN_THEATRE_MARGIN_DEG
        return south - margin <= place.lat <= north + margin and west - margin <= place.lon <= east + margin

    def _is_parties_place(self, agreement: Agreement, place: Place) -> bool:
        return place.country is None or place.country in self._grounds(agreement)

    def _grounds(self, agreement: Agreement) -> set[str]:
        # A guarantor's or mediator's own country is no part of the conflict's ground, even where it is bound by a clause.
        return set(self.theatre.principals) & set(agreement.parties) or set(agreement.parties)

    def _box(self, agreement: Agreement) -> tuple[float, float, float, float] | None:
        points = [
            (place.lat, place.lon)
            for place in self.theatre.places
            if place.lat is not None and place.lon is not None and self._is_parties_place(agreement, place)
        ]
        if not points:
            return None
        lats, lons = [lat for lat, _ in points], [lon for _, lon in points]
        return min(lats), min(lons), max(lats), max(lons)

    def _binds(self, agreement: Agreement, clause: Clause, party: str | None) -> bool:
        if party is None:
            return len(clause.bound_parties) > 1 and set(clause.bound_parties) >= set(agreement.parties)
        return self.is_bound(agreement, clause, party)

    def _force_of(self, agreement: Agreement, span: Span | None) -> tuple[Certainty, str] | None:
        window = effective_window(agreement, self.theatre.timezone)
        if window is None:
            return None
        return _force(window, agreement.ends_at, span, self.theatre.timezone)

    def _clause_force(self, force: InForce, clause: Clause, span: Span | None) -> tuple[Certainty, str] | None:
        verdicts: list[tuple[Certainty, str]] = [(force.certainty, force.reason)]
        begins = [instant for instant in (clause.starts_at, due_at(clause, self.theatre.timezone)) if instant is not None]
        for begin in begins:
            if begin == force.agreement.effective_at:
                continue
            verdict = _force((begin, begin), None, span, self.theatre.timezone)
            if verdict is None:
                return None
            verdicts.append(verdict)
        return next((verdict for verdict in verdicts if verdict[0] == "ambiguous"), verdicts[0])


def _force(
    window: tuple[datetime, datetime], ends_at: datetime | None, span: Span | None, timezone: str
) -> tuple[Certainty, str] | None:
    first, last = window
    if span is None:
        return "ambiguous", "no day of the event is known"
    stop_at = span.stop_at
    is_before = span.start_at < first if span.is_instant else stop_at <= first
    if is_before or (ends_at is not None and span.start_at >= ends_at):
        return None
    if span.start_at < last:
        if first != last and first <= span.start_at and stop_at <= last:
            return (
                "ambiguous",
                f"it took effect between {_clock(first, timezone)} and {_clock(last, timezone)}, as its sources differ",
            )
        return "ambiguous", f"it took effect at {_clock(last, timezone)}, within the time given for the event"
    if ends_at is not None and stop_at > ends_at:
        return "ambiguous", f"it ended at {_clock(ends_at, timezone)}, within the time given for the event"
    return "in_force", f"in force since {_clock(first, timezone)}"


def _clock(instant: datetime, timezone: str) -> str:
    own = instant.astimezone(ZoneInfo(timezone))
    zone = timezone if timezone == "UTC" else f"{timezone.replace('_', ' ')} time"
    return f"{own.day} {MONTHS[own.month - 1].capitalize()} {own.year}, {own:%H:%M} ({zone})"


def _words(act: str) -> str:
    known = acts().get(act)
    return known.definition if known is not None else act


def target_places(places: Iterable[ClaimPlace]) -> tuple[ClaimPlace, ...]:
    """The places where an act happened; all of them where none is marked as such."""
    every = tuple(places)
    return tuple(place for place in every if place.role == "target") or every
