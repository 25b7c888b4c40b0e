"""Whose the things, arms and forces are that a theatre's words name: "X's depots", "an X missile", "by X armed units"."""

from __future__ import annotations

import re
from typing import NamedTuple

from trucewatch.model.theatre import Theatre, once_a_theatre
from trucewatch.stages.sides import Sides
from trucewatch.text.alternatives import one_of

STRUCK = (
    "targets?|positions?|posts?|sites?|infrastructure|depots?|dumps?|stores?|storehouses?|warehouses?|caches?|launchers?|bases?|outposts?"
    "|facilit(?:y|ies)|buildings?|fighters?|operatives?|militants?|members?|gunmen|commanders?|soldiers?|servicemen|troops|forces|units?"
    "|tanks?|vehicles?|bunkers?|tunnels?|headquarters|compounds?|strongholds?|cells?|squads?|barracks|officers?|personnel|patrols?|men"
    "|(?:watch)?towers?|(?:command |control )?cent(?:er|re)s?|convoys?|hospitals?|ambulances?|aircraft|drones?|helicopters?"
    "|ships?|vessels?|crews?|paramedics?|peacekeepers?"
    "|civilians|villages?|towns?|cities|settlements?|communities|farmers|villagers|residents|houses|homes|territory|citizens|airspace"
)
# words between an owner and the thing; behind one of these it is another's
_BREAKS = r"(?:by|from|at|on|in|into|after|before|against|with|that|which|who|as|when|while|said|says)\b"
_LINKS = rf"(?:['’]s?)?\s+(?:(?!{_BREAKS})[\w-]+\s+){{0,3}}?"


def allies_of(theatre: Theatre) -> dict[str, frozenset[str]]:
    """For each party, those beside which it fights, whichever of the two the theatre says it of."""
    pairs = {(party.code, ally) for party in theatre.parties for ally in party.allies}
    found: dict[str, frozenset[str]] = {}
    for one, other in (*pairs, *((ally, code) for code, ally in pairs)):
        found[one] = found.get(one, frozenset()) | {other}
    return found


class Known(NamedTuple):
    """A theatre's sides, whose seats and soil are whose, and the patterns of what belongs to them."""

    sides: Sides
    owned: re.Pattern[str] | None
    arms: re.Pattern[str] | None
    any_side: re.Pattern[str] | None
    seats: dict[str, str]
    hosts: dict[str, frozenset[str]]
    allies: dict[str, frozenset[str]]


def sides_of(theatre: Theatre) -> Sides:
    """A theatre's sides."""
    return known_of(theatre).sides


def whose_arms(theatre: Theatre, words: str) -> str | None:
    """The one belligerent whose arms or fire a text names ("when an X missile struck"); None for none or several."""
    known = known_of(theatre)
    if known.arms is None:
        return None
    sides = known.sides
    named = {
        code for match in known.arms.finditer(words) if (code := sides.code_of(match["side"])) and sides.is_belligerent(code)
    }
    return next(iter(named)) if len(named) == 1 else None


def fought_with(theatre: Theatre, words: str) -> str | None:
    """The one belligerent that a text says was fought with ("killed in clashes with X troops"); None for none or several."""
    sides = known_of(theatre).sides
    codes = {sides.code_of(match["side"]) for match in _FOUGHT_WITH.finditer(words)}
    named = {code for code in codes if code is not None and sides.is_belligerent(code)}
    return next(iter(named)) if len(named) == 1 else None


def force_behind_by(theatre: Theatre, words: str) -> str | None:
    """The one belligerent whose force a text names behind "by" ("by illegal X armed units"); None for none or several."""
    sides = known_of(theatre).sides
    named = set()
    for match in _BY_FORCE.finditer(words):
        codes = [code for word in match["side"].split() if (code := sides.code_of(word)) and sides.is_belligerent(code)]
        named.update(codes[-1:])
    return next(iter(named)) if len(named) == 1 else None


_BEHIND = (
    r"(?:[\w“”\"'-]+\s+){0,3}?(?:forces|troops|army|military|soldiers|units|groups?|fighters|gunmen|militants|snipers?|saboteurs"
    r"|gunners)\b"
)
_FOUGHT_WITH = re.compile(
    r"\b(?:clash(?:es)?|fighting|battles?|skirmish(?:es)?|firefights?|shoot-?outs?|engagements?|exchanges? of fire)\s+"
    rf"(?:with|against)\s+(?:the\s+)?(?P<side>[A-Z][\w-]+)(?:['’]s?)?(?:\s+{_BEHIND}|\b(?!\s+[A-Z]))"
)
_BY_FORCE = re.compile(
    r"(?<!used )(?<!held )(?<!owned )(?<!manned )(?<!carried )(?<!controlled )(?<!occupied )"
    r"\bby\s+(?:(?:the|an?|some|illegal|several|other)\s+){0,2}(?P<side>[A-Z][\w-]+(?:\s+[A-Z][\w-]+)?)(?:['’]s?)?\s+" + _BEHIND
)


@once_a_theatre
def known_of(theatre: Theatre) -> Known:
    """A theatre's sides and the patterns of what belongs to them."""
    sides = Sides(theatre)
    return Known(
        sides=sides,
        owned=_owned_pattern(theatre),
        arms=_arms_pattern(theatre),
        any_side=_any_side(theatre),
        seats={name: party.code for party in theatre.parties for name in party.metonyms if sides.is_belligerent(party.code)},
        hosts={party.code: frozenset(party.hosts) for party in theatre.parties if party.hosts},
        allies=allies_of(theatre),
    )


_ARMS = (
    r"(?:missiles?|rockets?|shells?|shellfire|gunfire|drones?|UAVs?|strikes?|air ?strikes?"
    r"|air raids?|shelling|bombardment|attacks?"
    r"|fire(?!\s+(?:engines?|trucks?|crews?|brigades?|services?|stations?|fighters?|chiefs?|departments?))"
    r"|artillery|mortars?|bullets?|snipers?|tanks?|jets?|warplanes?|aircraft|gunners|projectiles?|offensive|assault)"
)


def _arms_pattern(theatre: Theatre) -> re.Pattern[str] | None:
    demonyms = {name for party in theatre.parties for name in (*party.demonyms, *party.names)}
    if not demonyms:
        return None
    return re.compile(rf"\b(?P<side>{one_of(demonyms)})(?:['’]s?)?\s+(?:[\w-]+\s+){{0,2}}?{_ARMS}\b")


def _any_side(theatre: Theatre) -> re.Pattern[str] | None:
    """Names and demonyms in small letters, less those that hold another: one stands in every text in which any does."""
    names = {name for party in theatre.parties for name in (*party.demonyms, *party.names)}
    # letters that a pattern without case takes for i and s
    plain = {name.lower().replace("ı", "i").replace("ſ", "s") for name in names}
    shortest = [name for name in plain if not any(other in name for other in plain if other != name)]
    return re.compile(one_of(shortest)) if shortest else None


def _owned_pattern(theatre: Theatre) -> re.Pattern[str] | None:
    names = {name.lower() for party in theatre.parties for name in (*party.demonyms, *party.names)}
    if not names:
        return None
    sides = one_of(names)
    return re.compile(
        rf"\b(?P<before>{sides})(?:{_LINKS})?(?:{STRUCK})\b"
        rf"|\b(?:(?:{STRUCK})\s+of|belonging to|(?:used|owned|operated|carried|worn|held|manned|run) by)\s+(?:the\s+)?"
        rf"(?P<after>{sides})\b",
        re.I,
    )
