"""A theatre: the parties, actors, places and agreements of one conflict, as data. `config.py` loads one from its folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True, slots=True)
class Party:
    """A side. `code` ISO 3166 alpha-3 or the theatre's own; `names` first the neutral one; `demonyms` adjectives ("Azeri").

    `metonyms` capitals and seats that stand for it as speaker; `mangled` spellings that translation made of its name, used
    only with a low confidence. `kind`: state, de_facto, group, body, people; `hosts`: the states from whose soil a group fights;
    `allies`: parties beside which it fights, and never against them.
    """

    code: str
    names: tuple[str, ...]
    demonyms: tuple[str, ...] = ()
    metonyms: tuple[str, ...] = ()
    mangled: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    allies: tuple[str, ...] = ()
    kind: str = "state"


@dataclass(frozen=True, kw_only=True, slots=True)
class Phrase:
    """A description that stands for a party, or for one of its actors, in this theatre alone ("the separatists")."""

    text: str
    party: str | None
    actor_id: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Office:
    """A title held from one day to another (`until` the last day; None: open)."""

    title: str
    party: str | None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Actor:
    """A person, body, agency or force. `kind`: person, ministry, force, agency, outlet, mediator, mission, group, government.

    `names` first the one shown; `mangled` spellings that translation made, used only with a low confidence;
    `generic` descriptions that lead to it within its party ("the ministry", "defence ministry").
    """

    id: str
    kind: str
    names: tuple[str, ...]
    party: str | None = None
    part_of: str | None = None
    offices: tuple[Office, ...] = ()
    mangled: tuple[str, ...] = ()
    generic: tuple[str, ...] = ()
    channel: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Holding:
    """Who held a place from one day (included) to another (excluded), and what supports it."""

    party: str
    since: date | None = None
    until: date | None = None
    support: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A place with its names in every script. `kind`: settlement, district, region, country, corridor, line, sea, mountain, site.

    `names` first the one shown, then the other side's; `parents` de jure first. `meanings` are translations of the name's
    meaning or its saint's-name twin, used only with a low confidence.
    """

    id: str
    kind: str
    names: tuple[str, ...]
    lat: float | None = None
    lon: float | None = None
    parents: tuple[str, ...] = ()
    country: str | None = None
    precision: str = "settlement"
    holdings: tuple[Holding, ...] = ()
    meanings: tuple[str, ...] = ()
    population: int | None = None
    credit: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Deadline:
    """The last day of a duty, its wording, and an amendment that moved it."""

    on: date
    wording: str = ""
    extended_to: date | None = None
    at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Clause:
    """One duty. `breach_acts` codes of acts.csv; `area_place_ids` empty: the whole theatre; `exceptions` in words."""

    id: str
    number: str
    title: str
    duty: str
    bound_parties: tuple[str, ...]
    breach_acts: tuple[str, ...] = ()
    area: str = ""
    area_place_ids: tuple[str, ...] = ()
    starts_at: datetime | None = None
    deadline: Deadline | None = None
    exceptions: str = ""
    wording: str = ""
    support: str = ""
    version: str | None = None
    monitorable: bool = True
    historic: bool = False
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Agreement:
    """An agreement. `effective_at` with `effective_alternative_at`: instants between the two are time_ambiguous.

    `ends_at` excluded. The later outranks the earlier where several are in force. `not_parties` did not sign: bound only
    where the theatre says `non_signatories_bound`. `effective_precision`: instant, or day where only the day is known.
    """

    id: str
    title: str
    kind: str
    parties: tuple[str, ...]
    clauses: tuple[Clause, ...]
    signed: str = ""
    effective_at: datetime | None = None
    effective_alternative_at: datetime | None = None
    effective_precision: str = "instant"
    ends_at: datetime | None = None
    end_basis: str = ""
    not_parties: tuple[str, ...] = ()
    mediators: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    note: str = ""
    is_operative: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Outbreak:
    """A known beginning of fighting: documents are dated by it ("since fighting began last Sunday")."""

    name: str
    on: date
    until: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Zone:
    """An area that the theatre draws: who controls it, or where a clause holds. `kind`: control, clause.

    `rings` are closed outlines of (lat, lon) pairs: a point is inside where it lies in an odd number of them. `code` is the
    party's or the clause's; from `since` (included) to `until` (excluded).
    """

    name: str
    kind: str
    code: str
    rings: tuple[tuple[tuple[float, float], ...], ...]
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Theatre:
    """All that a run knows of one conflict beforehand. `timezone` an IANA name; `day_closes` local time of a reporting day.

    `parties` holds the world's too; `principals` are the codes of those that this conflict is about, most concerned first.
    """

    name: str
    title: str
    timezone: str = "UTC"
    day_closes: str = "24:00"
    parties: tuple[Party, ...] = ()
    actors: tuple[Actor, ...] = ()
    places: tuple[Place, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    outbreaks: tuple[Outbreak, ...] = ()
    since: date | None = None
    until: date | None = None
    non_signatories_bound: bool = False
    principals: tuple[str, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    zones: tuple[Zone, ...] = ()


def once_a_theatre(work: Callable[[Theatre], T]) -> Callable[[Theatre], T]:
    """What follows from a theatre, worked out once for the one in use: a theatre never changes, and is large."""
    kept: list[tuple[Theatre, T]] = []

    def found(theatre: Theatre) -> T:
        for known, result in kept:
            if known is theatre:
                return result
        result = work(theatre)
        kept[:] = [(theatre, result)]
        return result

    return found
