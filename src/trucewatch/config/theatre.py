"""A theatre's folder to its record: theatre.toml, actors.toml, places.csv, agreements/*.toml, every mistake reported at once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from trucewatch.config.findings import Finding
from trucewatch.config.rows import read_parties, read_places
from trucewatch.config.tables import Table, TomlFile
from trucewatch.config.zones import NAME as ZONES
from trucewatch.config.zones import read_zones
from trucewatch.model import codebook
from trucewatch.model.theatre import (
    Actor,
    Agreement,
    Clause,
    Deadline,
    Office,
    Outbreak,
    Party,
    Phrase,
    Place,
    Theatre,
    Zone,
)

PARTY_KINDS = ("state", "de_facto", "group", "body", "people")
ACTOR_KINDS = ("person", "ministry", "force", "agency", "outlet", "mediator", "mission", "group", "government")
_CLOCK = re.compile(r"^([01]\d|2[0-4]):[0-5]\d$")


class TheatreReader:
    """Reads one folder; after `read()`, `findings` is all that is wrong with it. `shown`: the folder as findings name it."""

    def __init__(self, folder: Path, world: Theatre | None = None, shown: str | None = None) -> None:
        self.folder, self.world, self.shown = folder, world, shown or folder.name
        self.findings: list[Finding] = []
        self._codes: set[str] = {party.code for party in world.parties} if world else set()
        self._place_ids: set[str] = set()
        self._places: tuple[Place, ...] = ()
        self._party_lines: list[tuple[Table, str, str]] = []

    def read(self) -> Theatre:
        """The folder's theatre, joined with the world's parties, actors and phrases."""
        head = TomlFile(self.folder / "theatre.toml", self._shown("theatre.toml"), self.findings)
        root = head.table()
        parties = tuple(self._parties(root))
        if (self.folder / "states.csv").exists():
            parties += read_parties(self.folder / "states.csv", self._shown("states.csv"), self.findings)
        self._codes |= {party.code for party in parties}
        parties = _join_parties(parties, self.world.parties if self.world else ())
        if (self.folder / "places.csv").exists():
            self._places = read_places(self.folder / "places.csv", self._shown("places.csv"), self.findings, self._codes)
        self._place_ids = {place.id for place in self._places}
        actors = self._actors()
        agreements = self._agreements()
        theatre = self._head(root, parties)
        actors += _bodies(self._body_templates(root), self._bodies_for(root), parties, {actor.id for actor in actors})
        if self.world:
            mine = {actor.id for actor in actors}
            actors += tuple(actor for actor in self.world.actors if actor.id not in mine)
        root.close()
        self._check_parties()
        self._check_actors(actors, theatre.phrases)
        phrases = theatre.phrases + (self.world.phrases if self.world else ())
        zones: tuple[Zone, ...] = ()
        if (self.folder / ZONES).exists():
            clause_ids = [clause.id for agreement in agreements for clause in agreement.clauses]
            zones = read_zones(self.folder / ZONES, self._shown(ZONES), self.findings, self._codes, clause_ids)
        return replace(theatre, actors=actors, places=self._places, agreements=agreements, phrases=phrases, zones=zones)

    # theatre.toml

    def _head(self, root: Table, parties: tuple[Party, ...]) -> Theatre:
        name = root.text("name", is_required=True) or self.folder.name
        timezone = root.text("timezone") or "UTC"
        try:
            ZoneInfo(timezone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            root.report("timezone", "unknown timezone", "an IANA name like Asia/Baku", timezone)
            timezone = "UTC"
        day_closes = root.text("day_closes") or "24:00"
        if not _CLOCK.match(day_closes) or (day_closes > "24:00"):
            root.report("day_closes", "day_closes is not a time of day", "HH:MM between 00:00 and 24:00", day_closes)
            day_closes = "24:00"
        since, until = root.day("since"), root.day("until")
        self._check_span(root, since, until)
        principals = root.texts("principals")
        for code in principals:
            self._party_lines.append((root, "principals", code))
        return Theatre(
            name=name,
            title=root.text("title", is_required=True) or name,
            timezone=timezone,
            day_closes=day_closes,
            parties=parties,
            outbreaks=tuple(self._outbreaks(root)),
            since=since,
            until=until,
            non_signatories_bound=root.flag("non_signatories_bound"),
            principals=principals,
            phrases=tuple(self._phrases(root)),
        )

    def _parties(self, root: Table) -> Iterable[Party]:
        seen: set[str] = set()
        for table in root.tables("party"):
            code = table.text("code", is_required=True)
            party = Party(
                code=code or "",
                names=table.texts("names", is_required=True),
                demonyms=table.texts("demonyms"),
                metonyms=table.texts("metonyms"),
                mangled=table.texts("mangled"),
                hosts=table.texts("hosts"),
                allies=table.texts("allies"),
                kind=_choice(table, "kind", PARTY_KINDS, "state"),
            )
            table.close()
            if not code:
                continue
            if not re.fullmatch(r"[A-Z]{3}", code):
                table.report("code", "a party's code is not three capitals", "ISO 3166 alpha-3 or the theatre's own", code)
            if code in seen:
                table.report("code", "this party stands here twice", "one [[party]] a code", code)
            elif party.names:
                yield party
            seen.add(code)

    def _outbreaks(self, root: Table) -> Iterable[Outbreak]:
        for table in root.tables("outbreak"):
            name, on, until = table.text("name", is_required=True), table.day("on", is_required=True), table.day("until")
            self._check_span(table, on, until, since_key="on")
            table.close()
            if name and on:
                yield Outbreak(name=name, on=on, until=until)

    def _phrases(self, root: Table) -> Iterable[Phrase]:
        for table in root.tables("phrase"):
            texts, party, actor = table.texts("texts", is_required=True), table.text("party"), table.text("actor")
            self._note_parties(table, "party", party)
            if party is None and actor is None:
                table.report(None, "this phrase leads nowhere", "a party or an actor")
            table.close()
            for text in texts:
                yield Phrase(text=text, party=party, actor_id=actor)

    def _bodies_for(self, root: Table) -> tuple[str, ...]:
        codes = root.texts("bodies_for")
        for code in codes:
            self._party_lines.append((root, "bodies_for", code))
        return codes

    def _body_templates(self, root: Table) -> tuple[Actor, ...]:
        """The world's bodies.toml: what every state has. Names hold {demonym} and {name}; ids end with the template's key."""
        path = Path(__file__).parent.parent / "theatres" / "world" / "bodies.toml"
        file = TomlFile(path, f"world/{path.name}", self.findings)
        templates = []
        for table in file.table().tables("body"):
            key, names = table.text("key", is_required=True), table.texts("names", is_required=True)
            generic, kind = table.texts("generic", is_required=True), _choice(table, "kind", ACTOR_KINDS, "government")
            table.close()
            if key and names:
                templates.append(Actor(id=key, kind=kind, names=names, generic=generic))
        return tuple(templates)

    # actors.toml

    def _actors(self) -> tuple[Actor, ...]:
        if not (self.folder / "actors.toml").exists():
            return ()
        file = TomlFile(self.folder / "actors.toml", self._shown("actors.toml"), self.findings)
        root, actors, seen = file.table(), [], set()
        for table in root.tables("actor"):
            actor_id, names = table.text("id", is_required=True), table.texts("names", is_required=True)
            party = table.text("party")
            self._note_parties(table, "party", party)
            actor = Actor(
                id=actor_id or "",
                kind=_choice(table, "kind", ACTOR_KINDS, "person"),
                names=names,
                party=party,
                part_of=table.text("part_of"),
                offices=tuple(self._offices(table, party)),
                mangled=table.texts("mangled"),
                generic=table.texts("generic"),
                channel=table.text("channel"),
            )
            table.close()
            if actor_id and actor_id in seen:
                table.report("id", "this actor's id stands here twice", "one [[actor]] an id", actor_id)
            elif actor_id and names:
                actors.append(actor)
                seen.add(actor_id)
        root.close()
        self._actor_file = file
        return tuple(actors)

    def _offices(self, actor: Table, party: str | None) -> Iterable[Office]:
        for table in actor.tables("offices"):
            title, own = table.text("title", is_required=True), table.text("party")
            since, until = table.day("since"), table.day("until")
            self._note_parties(table, "party", own)
            self._check_span(table, since, until)
            table.close()
            if title:
                yield Office(title=title, party=own or party, since=since, until=until)

    # agreements/*.toml

    def _agreements(self) -> tuple[Agreement, ...]:
        found: dict[str, Agreement] = {}
        for path in sorted((self.folder / "agreements").glob("*.toml")):
            table = TomlFile(path, self._shown(f"agreements/{path.name}"), self.findings).table()
            if not table.values:
                continue
            agreement = self._agreement(table)
            if agreement.id in found:
                table.report("id", "this agreement's id stands in two files", "one file an id", agreement.id)
            elif agreement.id:
                found[agreement.id] = agreement
        return tuple(sorted(found.values(), key=lambda agreement: agreement.id))

    def _agreement(self, table: Table) -> Agreement:
        agreement_id = table.text("id", is_required=True) or ""
        parties, not_parties = table.texts("parties", is_required=True), table.texts("not_parties")
        for key, codes in (("parties", parties), ("not_parties", not_parties)):
            for code in codes:
                self._note_parties(table, key, code)
        effective, alternative, ends = (
            table.instant("effective_at"),
            table.instant("effective_alternative_at"),
            table.instant("ends_at"),
        )
        if effective and alternative and alternative < effective:
            table.report(
                "effective_alternative_at", "the alternative lies before effective_at", "the later of the two", alternative
            )
        if effective and ends and ends <= effective:
            table.report("ends_at", "the agreement ends before it begins", "an instant after effective_at", ends)
        agreement = Agreement(
            id=agreement_id,
            title=table.text("title", is_required=True) or agreement_id,
            kind=table.text("kind") or "ceasefire",
            parties=parties,
            clauses=tuple(self._clauses(table, agreement_id, set(parties))),
            signed=table.text("signed") or "",
            effective_at=effective,
            effective_alternative_at=alternative,
            effective_precision=_choice(table, "effective_precision", ("instant", "day", "month"), "instant"),
            ends_at=ends,
            end_basis=table.text("end_basis") or "",
            not_parties=not_parties,
            mediators=table.texts("mediators"),
            sources=table.texts("sources"),
            note=table.text("note") or "",
            is_operative=table.flag("is_operative", True),
        )
        table.close()
        return agreement

    def _clauses(self, agreement: Table, agreement_id: str, parties: set[str]) -> Iterable[Clause]:
        seen: set[str] = set()
        for table in agreement.tables("clause"):
            number = table.text("number", is_required=True) or ""
            clause_id = table.text("id") or f"{agreement_id}#{number}"
            if clause_id in seen:
                table.report("number", "this clause stands here twice", "one [[clause]] a number and version", clause_id)
                continue
            seen.add(clause_id)
            bound = table.texts("bound_parties", is_required=True)
            for code in bound:
                self._note_parties(table, "bound_parties", code)
            places = table.texts("area_place_ids")
            for place_id in places:
                if place_id not in self._place_ids:
                    table.report("area_place_ids", "unknown place", "an id of places.csv", place_id)
            clause = Clause(
                id=clause_id,
                number=number,
                title=table.text("title", is_required=True) or "",
                duty=table.text("duty", is_required=True) or "",
                bound_parties=bound,
                breach_acts=self._acts(table),
                area=table.text("area") or "",
                area_place_ids=places,
                starts_at=table.instant("starts_at"),
                deadline=self._deadline(table),
                exceptions=table.text("exceptions") or "",
                wording=table.text("wording") or "",
                support=table.text("support") or "",
                version=table.text("version"),
                monitorable=table.flag("monitorable", True),
                historic=table.flag("historic"),
                note=table.text("note") or "",
            )
            table.close()
            yield clause

    def _acts(self, table: Table) -> tuple[str, ...]:
        codes = table.texts("breach_acts")
        for code in codes:
            act = codebook.acts().get(code)
            if act is None:
                table.report("breach_acts", "unknown act", "a code of acts.csv (trucewatch.model)", code)
            elif not act.can_breach:
                table.report("breach_acts", "this act can breach nothing", "an act with can_breach in acts.csv", code)
        return codes

    def _deadline(self, clause: Table) -> Deadline | None:
        table = clause.child("deadline")
        if table is None:
            return None
        on, at = table.day("on", is_required=True), table.instant("at")
        extended, wording = table.day("extended_to"), table.text("wording") or ""
        if on and extended and extended < on:
            table.report("extended_to", "the deadline was moved backwards", f"a day after {on}", extended)
        table.close()
        return Deadline(on=on, wording=wording, extended_to=extended, at=at) if on else None

    # what leads from one to another

    def _note_parties(self, table: Table, key: str, codes: str | None) -> None:
        for code in (codes or "").split(";"):
            if code:
                self._party_lines.append((table, key, code))

    def _check_parties(self) -> None:
        for table, key, code in self._party_lines:
            if code not in self._codes:
                table.report(key, "unknown party", "a code of theatre.toml's [[party]] or an ISO 3166 alpha-3 state", code)

    def _check_actors(self, actors: tuple[Actor, ...], phrases: tuple[Phrase, ...]) -> None:
        known = {actor.id for actor in actors}
        for number, actor in enumerate(actors):
            if actor.part_of and actor.part_of not in known:
                file = getattr(self, "_actor_file", None)
                line = file.line(("actor", number), "part_of") if file else None
                self._add("actors.toml", line, "unknown actor in part_of", "the id of an actor", actor.part_of)
        for phrase in phrases:
            if phrase.actor_id and phrase.actor_id not in known:
                self._add("theatre.toml", None, "unknown actor in a phrase", "the id of an actor", phrase.actor_id)

    def _check_span(self, table: Table, since: date | None, until: date | None, since_key: str = "since") -> None:
        if since and until and until < since:
            table.report("until", f"until lies before {since_key}", f"a day from {since} on", until)

    def _add(self, name: str, line: int | None, message: str, expected: str, value: str) -> None:
        self.findings.append(Finding(path=self._shown(name), line=line, message=message, expected=expected, value=value))

    def _shown(self, name: str) -> str:
        return f"{self.shown}/{name}"


def _choice(table: Table, key: str, choices: tuple[str, ...], default: str) -> str:
    value = table.text(key)
    if value is None:
        return default
    if value not in choices:
        table.report(key, f"unknown {key}", f"one of {', '.join(choices)}", value)
        return default
    return value


def _join_parties(mine: tuple[Party, ...], world: tuple[Party, ...]) -> tuple[Party, ...]:
    theirs = {party.code: party for party in world}
    joined = []
    for party in mine:
        other = theirs.pop(party.code, None)
        if other:
            party = replace(
                party,
                names=_union(party.names, other.names),
                demonyms=_union(party.demonyms, other.demonyms),
                metonyms=_union(party.metonyms, other.metonyms),
                mangled=_union(party.mangled, other.mangled),
                hosts=_union(party.hosts, other.hosts),
                allies=_union(party.allies, other.allies),
            )
        joined.append(party)
    return (*joined, *theirs.values())


def _union(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(first + second))


def _bodies(
    templates: tuple[Actor, ...], codes: tuple[str, ...], parties: tuple[Party, ...], taken: set[str]
) -> tuple[Actor, ...]:
    """Each party's standard bodies, by the templates; one that the theatre writes itself stays as it is."""
    by_code = {party.code: party for party in parties}
    bodies = []
    for code in codes:
        party = by_code.get(code)
        for template in templates if party else ():
            assert party is not None
            demonym = party.demonyms[0] if party.demonyms else party.names[0]
            actor_id = f"{code}-{template.id}"
            if actor_id in taken:
                continue
            names = tuple(name.format(demonym=demonym, name=party.names[0]) for name in template.names)
            bodies.append(replace(template, id=actor_id, names=names, party=code))
    return tuple(bodies)
