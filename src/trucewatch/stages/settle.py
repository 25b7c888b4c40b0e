"""settle (record, with context): what follows once sides and places are known.

Whose place was hit is whom the act was aimed at; a deed without a named doer is the opponent's of whoever tells of having been
hit; who tells of his own side's losses or retreat admits them (codebook 3). Each step leaves its reason in the claim and lowers
its confidence: what is inferred is never passed off as read. Long: the steps share what they learn of one document.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from trucewatch.model.change import changed
from trucewatch.model.codebook import act_class
from trucewatch.model.records import Claim, ClaimPlace, Mention, Quotation, Reading, Voice
from trucewatch.model.stage import Context, Stage
from trucewatch.model.theatre import Place, Theatre
from trucewatch.stages.addressees import addressee, with_addressee, with_mission_hit
from trucewatch.stages.admissions import admission, is_mere_report
from trucewatch.stages.blamed import asker_before, partner_in_words, spoken_to_before, told_in_words, told_to, whose_thing
from trucewatch.stages.doers import Doers, joined
from trucewatch.stages.foes import Foes
from trucewatch.stages.forces import with_forces_side, with_moved_force
from trucewatch.stages.owners import known_of, sides_of
from trucewatch.stages.reach import Ground, mark_outside
from trucewatch.stages.reasons import because, sides_in
from trucewatch.stages.roles_named import with_named_roles
from trucewatch.stages.sides import UNITED_NATIONS, WorldCountries, is_front
from trucewatch.stages.statements import name_the_enemy, speak_for_their_side
from trucewatch.stages.targets import Targets
from trucewatch.stages.told_places import ToldPlaces

_AIMED = frozenset({"ASSAULT", "TERRITORY", "THREATEN", "MOBILIZE", "COERCE", "REJECT"})
_CIVILIAN = "CVL"
_HOME_CHARS = 700
_GOES = re.compile(
    r"\b(?:arriv\w+|visit\w*|tour\w*|fl(?:ew|y|ies|own)|travel\w*|trip|due|went|began|delegation|shuttl\w+)\b", re.I
)
_LATE = timedelta(days=30)
_DEFINITE = re.compile(
    r"^(?:the|this|that)\s+(?:[\w-]+\s+)*?(corridor|region|city|town|village|enclave|territory|republic|south|north|east|west)$",
    re.I,
)
_FROM = re.compile(
    r"\bfrom\s+(?:inside\s+|within\s+|the\s+)?(?:(?:the\s+)?territory\s+of\s+|(?:south|north|east|west)(?:ern)?\s+)?$", re.I
)
_NAME = re.compile(r"\b(?:in|of|from|at|near)\s+((?:[A-Z][\w’'-]+\s?)+)")
_SETTLED = frozenset({"settlement", "capital", "seat"})
_KINDS = {
    "region": frozenset({"region", "district", "admin1"}),
    "enclave": frozenset({"region"}),
    "territory": frozenset({"region"}),
    "republic": frozenset({"region", "country"}),
    "corridor": frozenset({"corridor"}),
    "city": _SETTLED,
    "town": _SETTLED,
    "village": _SETTLED,
}


def settle_claims(reading: Reading, context: Context) -> Reading:
    """The reading with targets, doers, places and stances completed where the claims beside them tell."""
    settler = _Settler(
        context.theatre, context.gazetteer, reading.document.published.latest, reading.document.text, reading.quotations
    )
    settled = changed(reading, claims=tuple(settler.settle(list(reading.claims), reading.mentions)))
    return mark_outside(settled, sides_of(context.theatre), Ground(context.theatre, WorldCountries(context.gazetteer)).holds)


def _parties(voice: Voice | None) -> frozenset[str]:
    return frozenset(p for p in (voice.party or "").split(";") if p) if voice is not None else frozenset()


def _before_change(place: Place | None, on: date | None) -> date | None:
    """The day before a place last changed hands, where that was shortly before a day: news of its taking comes late."""
    if place is None or on is None:
        return on
    changes = [h.since for h in place.holdings if h.since is not None and on - _LATE < h.since <= on]
    return min(changes) - timedelta(days=1) if changes else on


def holder(place: Place, places: Mapping[str, Place], on: date | None) -> str | None:
    """Who held a place on a day: by its own holdings, its parents', else its country."""
    if is_front(place):
        return None
    seen: set[str] = set()
    queue = [place]
    while queue:
        current = queue.pop(0)
        if current.id in seen:
            continue
        seen.add(current.id)
        for holding in current.holdings:
            if (
                on is not None
                and (holding.since is None or holding.since <= on)
                and (holding.until is None or on < holding.until)
            ):
                return holding.party
        queue.extend(places[parent] for parent in current.parents if parent in places)
    return place.country


@dataclass
class _Settler:
    theatre: Theatre
    gazetteer: Any
    published: date | None
    text: str = ""
    quotations: Sequence[Quotation] = ()

    def settle(self, claims: list[Claim], mentions: Sequence[Mention]) -> list[Claim]:
        self.places = sides_of(self.theatre).places
        self.mentions = mentions
        self.groups = {party.code for party in self.theatre.parties if party.kind in ("group", "de_facto")}
        self.hosts = {party.code: frozenset(party.hosts) for party in self.theatre.parties if party.hosts}
        claims = speak_for_their_side(claims, self.text, self.quotations, sides_of(self.theatre))
        claims = [self._with_definite_places(claim, mentions) for claim in claims]
        claims = self._with_hosted_doers(claims)
        seats = known_of(self.theatre).seats
        claims = [with_named_roles(with_moved_force(claim), self.text, sides_of(self.theatre), seats) for claim in claims]
        claims = [with_forces_side(self.text, claims, number, self._holders_of) for number in range(len(claims))]
        stated = {claim.id for claim in claims if sides_in(claim.target)}
        self.belligerents = sides_of(self.theatre).belligerents
        self.named = frozenset(sides_of(self.theatre).named_sides(self.text))
        self.targets = Targets(self.theatre, self.text, self._holders_of)
        self.told_places = ToldPlaces(
            self.text,
            self.gazetteer,
            self.hosts,
            frozenset(self.groups),
            lambda place, claim: self._holder(place, claim.when.latest or self.published),
            frozenset(name for party in self.theatre.parties for name in party.metonyms),
            {code: name for name, code in reversed(list(self._bearers.items())) if self._is_region(name)},
        )
        self.foes = Foes(self.theatre, self.hosts, self.targets.allies, self.belligerents, self.named)
        self.opponents = self.foes.opponents(claims, stated)
        claims = self._with_targets(claims, by_speaker=False)
        self.opponents = self.foes.opponents(claims, stated)
        claims = name_the_enemy(claims, self.opponents)
        claims = [self._with_admission(claim, claims[:number]) for number, claim in enumerate(claims)]
        doers = Doers(
            self.theatre,
            self.text,
            self.hosts,
            self.belligerents,
            self.opponents,
            self._holders_of,
            self.targets.allies,
            self.targets.pair,
            self.quotations,
            self._homes_of,
        )
        for number in range(len(claims)):
            claims[number] = doers.with_doer(claims, number)
        for number in range(len(claims)):
            claims[number] = self._with_told_place(claims, number)
        claims = self._with_targets(claims, by_speaker=True)
        # places told beside them have shown whom some sides fight
        self.opponents = doers.opponents = {**self.foes.opponents(claims, stated), **self.opponents}
        for number in range(len(claims)):
            claims[number] = doers.with_doer(claims, number)
        for number in range(len(claims)):
            claims[number] = self._with_neighbours_target(claims, number)
        kept = (claim for claim in claims if not _is_among_themselves(claim) and not self._is_own_disarming(claim, claims))
        return [changed(c, attributed_to=self._shown(c.attributed_to), target=self._shown(c.target)) for c in kept]

    def _is_own_disarming(self, claim: Claim, claims: Sequence[Claim]) -> bool:
        """ "the army has dismantled 500 sites": no attack where the document tells of none by it and names no foe there."""
        doers = sides_in(claim.attributed_to)
        if not doers or not any(_DISMANTLED.match(reason) for reason in claim.reasons):
            return False
        named = sides_of(self.theatre).named_sides(claim.target.text) if claim.target is not None and claim.target.text else ()
        fights = any(c is not claim and act_class(c.act) == "ASSAULT" and doers & sides_in(c.attributed_to) for c in claims)
        return not named and not fights

    def _shown(self, voice: Voice | None) -> Voice | None:
        """A side that no words name, by the side's name and not by its code."""
        if voice is None or voice.text is not None or voice.party is None or _CIVILIAN in _parties(voice):
            return voice
        sides = sides_of(self.theatre)
        return changed(voice, name="; ".join(sides.party_name(code) for code in voice.party.split(";")))

    # --- doers ----------------------------------------------------------------------------------------------------------

    def _with_hosted_doers(self, claims: list[Claim]) -> list[Claim]:
        """Fire "from <country>" is an armed group's where the document shows that group, and never that state, at war there."""
        by_origin = [c for c in claims if self._is_from_origin(c)]
        if not by_origin:
            return claims
        hosts = {c.id: next(iter(sides_in(c.attributed_to)), None) for c in by_origin}
        open_doers = Counter(
            party for c in claims if c.id not in hosts and act_class(c.act) == "ASSAULT" for party in sides_in(c.attributed_to)
        )
        told = [p for c in claims for p in (*sides_in(c.attributed_to), *sides_in(c.claimant))]
        settled = []
        for claim in claims:
            host = hosts.get(claim.id)
            hosted = [party for party, soils in self.hosts.items() if host in soils]
            heard = Counter(p for p in told if p in hosted) if hosted else None
            group = heard.most_common(1)[0][0] if heard else None
            fought = open_doers[host] if host is not None else 0
            if host is None or not hosted or claim.attributed_to is None or fought > (open_doers[group] if group else 0):
                settled.append(claim)
                continue
            if any(group in sides_in(c.claimant) and _denies_near(c, claim) for c in claims):
                group = None
            doer = changed(claim.attributed_to, party=group, actor_id=None, name=group)
            why = f"where {group} is the one fighting" if group else "where an armed group may have fired it: the doer stays open"
            settled.append(because(claim, f"fired from {host}, {why}", attributed_to=doer))
        return settled

    def _is_from_origin(self, claim: Claim) -> bool:
        doer = claim.attributed_to
        if doer is None or doer.start_char is None or act_class(claim.act) != "ASSAULT":
            return False
        if _FROM.search(self.text, max(0, doer.start_char - 40), doer.start_char):
            return True
        return any(
            p.role == "origin" and p.start_char is not None and p.start_char <= doer.start_char < (p.end_char or 0)
            for p in claim.places
        )

    def _homes_of(self, voice: Voice | None) -> frozenset[str]:
        """Who holds the places that a voice's own words name ("a teacher in <town>"), else the place named last before it."""
        if voice is None or not voice.text or self.gazetteer is None:
            return frozenset()
        names = [name.strip() for name in _NAME.findall(voice.text)]
        start = voice.start_char or 0
        before = [m.text for m in self.mentions if m.kind == "place" and start - _HOME_CHARS < m.start_char < start]
        for name in (*names, *reversed(before)):
            for candidate in self.gazetteer.find(name)[:1]:
                if candidate.is_theatre and (party := holder(candidate.place, self.places, self.published)) is not None:
                    return frozenset({party})
        return frozenset()

    @cached_property
    def _missions(self) -> frozenset[str]:
        """Who besides UNITED_NATIONS keeps peacekeepers of its own in the theatre."""
        return frozenset(
            actor.party
            for actor in self.theatre.actors
            if actor.kind == "mission" and actor.party is not None and any("peacekeep" in name for name in actor.names)
        ) - {UNITED_NATIONS}

    # --- targets and places ------------------------------------------------------------------------------------------------

    def _with_targets(self, claims: list[Claim], *, by_speaker: bool) -> list[Claim]:
        self.targets.hear(claims, self.opponents)
        settled = []
        for number, claim in enumerate(map(self._without_itself, claims)):
            claim = with_mission_hit(with_addressee(claim, self.text, self.hosts), self.text, self.belligerents, self._missions)
            claim = self._with_partner_in_words(claims, number, claim, by_speaker=by_speaker)
            if claim.attributed_to is not None and (two := self.targets.both_did(claim)) is not None:
                claim = because(claim, two.reason, lower=0.0, attributed_to=changed(claim.attributed_to, party=two.party))
            both = self.targets.both(claim) or self.targets.guest_meant(claim) or self.targets.host_meant(claim)
            if both is not None:
                settled.append(because(claim, both.reason, lower=0.0, target=changed(claim.target or Voice(), party=both.party)))
                continue
            aim = self.targets.aim(claim, by_speaker=by_speaker) if not sides_in(claim.target) else None
            if aim is None:
                settled.append(claim)
                continue
            target = changed(claim.target or Voice(), party=joined(claim.target, aim.party))
            settled.append(because(claim, aim.reason, target=changed(target, name=target.name or aim.party)))
        return settled

    def _with_partner_in_words(self, claims: Sequence[Claim], number: int, claim: Claim, *, by_speaker: bool) -> Claim:
        cls = act_class(claim.act)
        if cls == "COOPERATE" and not by_speaker and not sides_in(claim.target):
            told = told_in_words(claim, self.text, sides_of(self.theatre))
            return because(claim, told[1], lower=0.0, target=told[0]) if told is not None else claim
        if cls not in ("REQUEST", "THREATEN", "REJECT", "ACCUSE") or claim.stance == "denies":
            return claim
        if (partner := partner_in_words(claim, claims, sides_of(self.theatre))) is not None:
            return because(claim, partner[1], lower=0.0, target=partner[0])
        if cls == "ACCUSE" and (told := told_to(claim, claims, self.text, self.theatre, self.belligerents)) is not None:
            return because(claim, told[1], lower=0.0, target=told[0])
        is_open = by_speaker and not sides_in(claim.target)
        if (
            not is_open
            or cls not in ("ACCUSE", "REJECT")
            or (cls == "REJECT" and asker_before(claims, number, self.text) is not None)
        ):
            return claim
        at_war = sides_in(claim.attributed_to) & self.belligerents
        foe = self.targets.foe_in_words(next(iter(at_war))) if len(at_war) == 1 else None
        beside = self.foes.beside(foe) if foe is not None else frozenset[str]()
        thing = whose_thing(claim, claims, number, self.text, self.hosts, foe, beside)
        return because(claim, thing[1], target=thing[0]) if thing is not None else claim

    def _without_itself(self, claim: Claim) -> Claim:
        """Nobody calls on, meets, threatens or attacks himself: whoever else was meant is not known yet. Civilians stay."""
        doers, target = sides_in(claim.attributed_to), sides_in(claim.target)
        cls = act_class(claim.act)
        if cls == "REJECT" and target and doers and doers <= self.belligerents:
            beside = frozenset[str]().union(*(self.targets.allies.get(doer, frozenset()) for doer in doers))
            if target <= beside:
                # "refused to discuss the status of <ally>": what is refused, and not to whom
                return because(claim, "its ally is what it speaks of", lower=0.0, target=None)
        if target & doers and target - doers and cls == "ASSAULT" and claim.act != "FIRE.CLASH" and len(doers) == 1:
            # "two of X and three of Y were killed when Y's men attacked": struck were X's
            left = ";".join(code for code in (claim.target.party or "").split(";") if code not in doers) if claim.target else None
            why = "whoever attacks is no target of it"
            return because(claim, why, lower=0.0, target=changed(claim.target or Voice(), party=left, actor_id=None, name=None))
        if not target or target - doers:
            return claim
        is_outsider = cls in ("REQUEST", "CONSULT", "COOPERATE") and not doers & self.belligerents
        is_own = cls in ("THREATEN", "ASSAULT", "REJECT") and claim.act != "FIRE.CLASH" and doers <= self.belligerents
        if not (is_outsider or is_own):
            return claim
        kept = _CIVILIAN if _CIVILIAN in _parties(claim.target) else None
        why = f"{';'.join(sorted(target))} is the doer's own side, and no target of its act"
        return because(claim, why, lower=0.0, target=changed(claim.target or Voice(), party=kept, actor_id=None, name=None))

    def _holders_of(self, claim: Claim) -> list[tuple[str, str]]:
        """Who held the places that were hit, with their names, those in the target's own words first."""
        on = claim.when.latest or self.published
        if act_class(claim.act) == "TERRITORY" and on is not None:
            # whose it was before it was taken
            on = (claim.when.earliest or on) - timedelta(days=1)
        is_taken = act_class(claim.act) == "TERRITORY" and on is not None
        aimed = (claim.target.text or "") if claim.target is not None else ""
        found = []
        for mention in sorted(claim.places, key=lambda p: p.text not in aimed):
            if mention.role != "target" or mention.place_id is None:
                continue
            party = self._holder(mention, _before_change(self.places.get(mention.place_id), on) if is_taken else on)
            if party is not None:
                found.append((self._named_for(mention) or party, mention.name or mention.text))
        return found

    def _named_for(self, mention: ClaimPlace) -> str | None:
        """The body that bears a region's name: fire on that region is on its people, whatever state it lies in."""
        return self._bearers.get(mention.name or "") if mention.precision == "region" else None

    @cached_property
    def _bearers(self) -> dict[str, str]:
        return {name: party.code for party in self.theatre.parties if party.kind == "de_facto" for name in party.names}

    def _is_region(self, name: str) -> bool:
        hits = self.gazetteer.find(name, fuzzy=False) if self.gazetteer is not None else []
        return bool(hits) and hits[0].place.kind == "region"

    def _holder(self, mention: ClaimPlace, on: date | None) -> str | None:
        place = self.places.get(mention.place_id or "")
        if place is not None:
            return holder(place, self.places, on)
        if self.gazetteer is None or mention.name is None:
            return None
        found = [c.place for c in self.gazetteer.find(mention.name) if c.place.id == mention.place_id]
        return holder(found[0], self.places, on) if found else None

    def _with_definite_places(self, claim: Claim, mentions: Sequence[Mention]) -> Claim:
        """ "the region", "the city", "the south": the nearest place of that kind named before; left out where there is none."""
        if self.gazetteer is None or not any(p.place_id is None and _DEFINITE.match(p.text) for p in claim.places):
            return claim
        found: list[ClaimPlace] = []
        reasons = []
        for mention in claim.places:
            match = _DEFINITE.match(mention.text) if mention.place_id is None else None
            if match is None:
                found.append(mention)
                continue
            own = sides_in(claim.attributed_to) if act_class(claim.act) in ("ASSAULT", "RETREAT") else frozenset[str]()
            place = self._named_before(match.group(1).lower(), mention.start_char or 0, mentions, own)
            if place is None:
                continue
            lat, lon = self.gazetteer.point(place)
            reasons.append(f"“{mention.text}” is {place.names[0]}, named before")
            found.append(
                changed(
                    mention, place_id=place.id, name=place.names[0], lat=lat, lon=lon, precision=place.precision, confidence=0.55
                )
            )
        return changed(claim, places=tuple(found), reasons=(*claim.reasons, *reasons))

    def _named_before(self, word: str, offset: int, mentions: Sequence[Mention], not_of: frozenset[str]) -> Place | None:
        kinds = _KINDS.get(word)
        before = [m for m in mentions if m.start_char < offset and m.kind in ("place", "country")]
        for mention in reversed(before):
            if kinds is None:
                hits = self.gazetteer.find(f"{word}ern {mention.text}") if mention.kind == "country" else []
                candidates = [hit for hit in hits if hit.is_theatre]
            else:
                candidates = self.gazetteer.find(mention.text)
            for candidate in candidates[:1]:
                place: Place = candidate.place
                if (kinds is None or place.kind in kinds) and place.country not in not_of:
                    return place
        return None

    def _with_neighbours_target(self, claims: Sequence[Claim], number: int) -> Claim:
        claim = claims[number]
        if sides_in(claim.target) or claim.act == "FIRE.CLASH":
            return claim
        cls = act_class(claim.act)
        doers = sides_in(claim.attributed_to)
        if cls in ("CONSULT", "AGREE") and len(doers) > 1:
            party = ";".join(sorted(doers))
            return because(
                claim, "each meets the other", lower=0.0, target=changed(claim.target or Voice(), party=party, name=party)
            )
        if cls == "ACCUSE" and len(doers & self.belligerents) > 1:
            return claim
        if cls == "AGREE" and len(doers) == 1 and doers <= self.belligerents and claim.target is None:
            other = self.targets.foe_in_words(next(iter(doers)))
            why = "a side at war agrees with the one that it fights"
            return because(claim, why, target=Voice(party=other, name=other)) if other is not None else claim
        if cls == "ASSAULT" and (hit := self._shot_across(claim)) is not None:
            party = joined(claim.target, hit)
            return because(
                claim,
                "fire from another's soil is on the side at war that it flies at",
                target=changed(claim.target or Voice(), party=party),
            )
        if cls == "CONSULT" and (seated := self._seated(claim, doers)) is not None:
            return because(claim, "talks at a seat of government are with its government", target=seated)
        if cls in ("ACCUSE", "REQUEST", "CONSULT"):
            spoken_to = self.targets.foe_in_words(next(iter(doers))) if len(doers) == 1 else None
            found = addressee(claim, claims, number, self.text, spoken_to, self.belligerents)
            return because(claim, found[1], target=found[0]) if found is not None else claim
        if cls == "REJECT" and not claim.act.startswith("POW") and (asker := asker_before(claims, number, self.text)) is not None:
            return because(claim, "refused is what was asked or offered just before", target=asker)
        if not (cls in _AIMED or claim.act == "DEESCALATE.RELEASE") or len(doers) != 1:
            return claim
        doer = next(iter(doers))
        at_home = claim.stance != "denies" and all(p.precision == "settlement" for p in claim.places)
        if cls == "COERCE" and at_home and any(held == doer for held, _ in self._holders_of(claim)):
            return claim  # roads that a state shuts at home
        if cls == "THREATEN" and (told := spoken_to_before(claims, number, self.belligerents)) is not None:
            return because(claim, "spoken to is whom the same speaker spoke of right before", target=told)
        foe = self.targets.foe_in_words(doer) if cls in ("THREATEN", "REJECT") else self.opponents.get(doer)
        if foe is None or (cls in ("REJECT", "RETREAT") and next(iter(doers)) not in self.belligerents):
            return claim
        target = changed(claim.target or Voice(), party=joined(claim.target, foe))
        return because(
            claim, f"{foe} is whom {next(iter(doers))} fights in the document", target=changed(target, name=target.name or foe)
        )

    def _seated(self, claim: Claim, doers: frozenset[str]) -> Voice | None:
        """The side at war whose capital an outsider goes to for talks; None where several are."""
        words = self.text[claim.start_char : claim.end_char]
        if doers & self.belligerents or not doers or not _GOES.search(words):
            return None
        named = {code for name, code in self.targets.seats.items() if re.search(rf"\b(?:in|to) {re.escape(name)}\b", words)}
        code = next(iter(named)) if len(named) == 1 else None
        return changed(claim.target or Voice(), party=code, name=code) if code is not None else None

    def _shot_across(self, claim: Claim) -> str | None:
        """Who was fired at "from <country>": the side at war that tells of it, or the other of the two that fight."""
        origins = [self._holder(p, claim.when.latest or self.published) for p in claim.places if p.role == "origin"]
        if not origins or claim.stance == "denies":
            return None
        own = {code for code in origins if code is not None} | sides_in(claim.attributed_to)
        own = own.union(*(self.foes.beside(code) for code in own))
        speaker = sides_in(claim.claimant) & self.belligerents
        if len(speaker) == 1 and not speaker & own:
            return next(iter(speaker))
        left = [code for code in self.targets.pair if code not in own]
        return left[0] if len(left) == 1 else None

    def _with_told_place(self, claims: Sequence[Claim], number: int) -> Claim:
        """A deed told without its place, right after words that name it."""
        places, why = self.told_places.carried(claims, number)
        return because(claims[number], why, places=places) if places else claims[number]

    # --- stances ---------------------------------------------------------------------------------------------------------------

    def _with_admission(self, claim: Claim, before: Sequence[Claim]) -> Claim:
        """Admissions: of one's own forces' losses, and of ground lost."""
        if is_mere_report(claim, self.text):
            return because(claim, "who confirms his own deed, or what befell others, reports it", lower=0.0, stance="asserts")
        why, target = admission(claim, before, self.text)
        return because(claim, why, lower=0.0, stance="confirms", target=target) if why else claim


def _denies_near(claim: Claim, other: Claim) -> bool:
    """Whether a claim denies an attack, told not far from another."""
    is_near = abs(claim.start_char - other.start_char) < _HOME_CHARS
    return claim.stance == "denies" and act_class(claim.act) == "ASSAULT" and is_near


_DISMANTLED = re.compile(r"'dismantl\w+' reports")


def _is_among_themselves(claim: Claim) -> bool:
    """A minister's visit to his own command, a cabinet's sitting: no meeting of two sides."""
    doers, targets = sides_in(claim.attributed_to), sides_in(claim.target)
    return claim.act == "TALKS.MEET" and claim.stance == "asserts" and len(doers) == 1 and doers == targets


STAGE = Stage(
    name="settle",
    scope="record",
    needs=("claims.claimant.party", "claims.attributed_to.party", "claims.places.place_id", "claims.when.latest"),
    assigns=(
        "claims.claimant",
        "claims.target.party",
        "claims.attributed_to.party",
        "claims.places",
        "claims.stance",
        "claims.is_outside",
    ),
    run_record=settle_claims,
)
