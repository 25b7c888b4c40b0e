"""Whose a thing is that somebody blames or refuses: the checkpoint's, the raid's, the cabinet's, the remarks'.

The words name a thing, and the claims told before it tell whose it is: the nearest whose act is of that kind, and not the
speaker's own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from trucewatch.model.codebook import act_class
from trucewatch.model.records import Claim, Voice
from trucewatch.model.theatre import Theatre, once_a_theatre
from trucewatch.stages.reasons import sides_in
from trucewatch.stages.sides import SPOKEN_TO, Sides

# the noun that is blamed, and the classes of the acts that it may name
_KINDS = tuple(
    (re.compile(rf"\b(?:{nouns})\b", re.I), frozenset(classes.split()))
    for nouns, classes in (
        (r"operations?|offensives?|invasion|incursions?|(?:all-out |ground )?assault", "ADVANCE TERRITORY"),
        (
            r"aggression|operations?|offensives?|assaults?|attacks?|(?:air ?)?strikes?|raids?|bombings?|shelling|bombardments?"
            r"|killings?|shootings?|incursions?|violations?|breach(?:es)?|massacre|provocations?|escalation|shots|fire|gunfire|firing",
            "ASSAULT TERRITORY",
        ),
        (r"checkpoint|blockade|siege|closure|roadblock|embargo|blocking", "COERCE"),
        (
            r"remarks?|comments?|statements?|threats?|ultimatum|warnings?|rhetoric|speech|words|allegations?",
            "THREATEN ACCUSE REJECT COOPERATE REQUEST",
        ),
        (r"delay|refusal|failure|presence|occupation|stay|violation", "MOBILIZE REJECT"),
        (r"deployment|build-?up|manoeuvres|maneuvers|exercises?|drills?|overflights?", "MOBILIZE"),
    )
)
# what only a government makes
_OF_STATE = re.compile(
    r"\b(?:(?:the|this|that|a|its) (?:[\w-]+ ){0,2}?(?:decision|cabinet|government|plan|decree|resolution|authorities)"
    r"|monopoly|disarm\w*|negotiat\w+|concessions?|committee)\b",
    re.I,
)
_RELATIVE = re.compile(r"(?:that|which)\b", re.I)
_REACH = 2500
_JUST_BEFORE = 300
_THE_OFFER = re.compile(r"\b(?:the|that|this|such an?)\s+(?:\w+\s+)?(?:offer|proposal|demand|request|plan|idea|call)\b", re.I)
# where it is, or for whom it is meant, and no side that is spoken to
_NAMED_BEHIND = r"\s+(?:the\s+)?(?:(?:south|north|east|west)(?:ern)?\s+)?[A-Z][\w-]+(?:['’]s)?(?:\s+and\s+[A-Z][\w-]+)?"
_ASIDE = {
    "ACCUSE": re.compile(rf"\b(?:in|inside|over|between|to|against|for|serve|serves){_NAMED_BEHIND}"),
    "REJECT": re.compile(rf"\b(?:in|inside|over|between){_NAMED_BEHIND}"),
    "THREATEN": re.compile(rf"\b(?:in|inside|over|between){_NAMED_BEHIND}"),
    "REQUEST": re.compile(rf"\b(?:in|inside|between|(?:withdraw\w*|out|away|leave|troops|forces|attacks?) from){_NAMED_BEHIND}"),
    "COOPERATE": re.compile(rf"\b(?:in|inside|between){_NAMED_BEHIND}"),
}
_CLEARED = re.compile(r"\b[A-Z][\w-]+\s+(?:is|was|are|were)\s+not\b")
_TOLD_TO = re.compile(
    r"\b(?:told|assured|informed)\s+(?P<whom>[^.;:“\"]{3,70}?)\s+(?:in an? [^.;]{3,30}?\s|by (?:tele)?phone\s|on \w+\s)?that\b"
)
_DONE_THERE = re.compile(r"\b(?:on|against|in) (?:the )?[A-Z]")
_THEM_BOTH = re.compile(r"(?:them|they|both(?: \w+)?|the two(?: \w+)?)$", re.I)


def whose_thing(
    claim: Claim,
    claims: Sequence[Claim],
    number: int,
    text: str,
    hosts: Mapping[str, frozenset[str]],
    foe: str | None = None,
    beside_foe: frozenset[str] = frozenset(),
) -> tuple[Voice, str] | None:
    """Whose the blamed or refused thing is, and why; None where its words name none or nothing tells.

    `hosts`: from whose soil the armed groups fight; what a cabinet decides a group lays on its host. `foe`: whom a side at war
    that blames speaks against; the deeds of `beside_foe`, who fight beside that, it lays on it, and nobody else's are meant.
    """
    words = text[claim.start_char : claim.end_char]
    if _RELATIVE.match(words):
        words = text[max(claim.sentence_start_char, claim.start_char - 30) : claim.end_char]
    doers = sides_in(claim.attributed_to)
    own = [code for code in doers if code in hosts]
    sentence = text[claim.sentence_start_char : claim.end_char]
    of_state = _OF_STATE.search(words) or (_OF_STATE.search(sentence) if act_class(claim.act) in ("ACCUSE", "REJECT") else None)
    if len(own) == 1 and len(hosts[own[0]]) == 1 and of_state is not None:
        host = next(iter(hosts[own[0]]))
        return Voice(party=host, name=host), f"“{of_state.group()}”, said by {own[0]}, is that of {host}"
    for noun, classes in _KINDS:
        said = noun.search(words)
        if said is None:
            continue
        before = [c for c in reversed(claims[:number]) if claim.start_char - c.end_char < _REACH]
        after = [c for c in claims[number + 1 :] if c.start_char - claim.end_char < _REACH]
        for other in (*before, *after):
            did, kinds = sides_in(other.attributed_to), {act_class(other.act), other.act.split(".")[0]}
            if kinds & classes and other.stance != "denies" and did and not did & doers:
                are_words = "REQUEST" in classes and 0 <= claim.start_char - other.sentence_end_char < _JUST_BEFORE // 3
                if foe is not None and not did & (beside_foe | {foe}):
                    if not are_words:
                        continue
                    return replace(other.attributed_to or Voice(), text=None), f"“{said.group()}” are what was said right before"
                is_said = "THREATEN" in classes
                told = Voice(party=foe, name=foe) if foe is not None and not is_said else other.attributed_to or Voice()
                why = f"“{said.group()}” is what they did, told at {other.start_char}"
                return Voice(party=told.party, name=told.name), why
    return None


def spoken_with(claim: Claim, claims: Sequence[Claim]) -> Voice | None:
    """With whom the asker spoke in the same sentence: who "telephoned X and demanded that" asks X, whoever telephoned."""
    doers = sides_in(claim.attributed_to)
    for other in claims:
        if other.sentence_start_char != claim.sentence_start_char or act_class(other.act) != "CONSULT" or other is claim:
            continue
        met, host = sides_in(other.target), sides_in(other.attributed_to)
        if other.start_char > claim.start_char or not doers:
            continue
        if doers & host and met - doers:
            return other.target
        if doers <= met and host and not host & doers:
            return other.attributed_to
    return None


def told_by_addressee(claim: Claim, sides: Sides) -> Voice | None:
    """ "X said that Y had demanded": asked, threatened or refused is the side at war that tells of it."""
    speaker, doers = sides_in(claim.claimant), sides_in(claim.attributed_to)
    if len(speaker) != 1 or len(doers) != 1 or speaker & doers:
        return None
    at_war = all(map(sides.is_belligerent, (*speaker, *doers)))
    party = next(iter(speaker))
    return Voice(party=party, name=sides.party_name(party)) if at_war else None


def without_asides(words: str, cls: str) -> str:
    """The words of a threat, plea, offer or rebuke without the names of where it is, for whom it is meant, or who is cleared."""
    return _CLEARED.sub(" ", _ASIDE[cls].sub(" ", words))


def partner_in_words(claim: Claim, claims: Sequence[Claim], sides: Sides) -> tuple[Voice, str] | None:
    """To whom a plea, threat or refusal without an addressee was spoken: with whom its speaker met, or who tells it."""
    cls, told = act_class(claim.act), (claim.target.text or "") if claim.target is not None else ""
    named = sides_in(claim.target)
    if cls == "REQUEST" and (not named or _THEM_BOTH.match(told)):
        met = spoken_with(claim, claims)
        if met is not None and (not told or not named or len(sides_in(met)) > 1):
            return met, "asked is with whom the same speaker spoke"
    if not named and cls in ("REQUEST", "THREATEN", "REJECT") and (voice := told_by_addressee(claim, sides)) is not None:
        return replace(voice, text=told or None), "the side that tells of it was spoken to"
    return None


_TOLD = re.compile(r"\b(?:told|tells|telling)\s+(?:the\s+)?(?P<who>(?:[A-Z][\w’'-]+\s+){0,5}?[A-Z][\w’'-]+)(?=\s+[a-z]|,)")


def told_to(
    claim: Claim, claims: Sequence[Claim], text: str, theatre: Theatre, belligerents: frozenset[str]
) -> tuple[Voice, str] | None:
    """To whom a rebuke that names nobody was said: "told X that the attacks were unacceptable"."""
    if claim.target is not None and claim.target.text is not None:
        return None
    doers = sides_in(claim.attributed_to)
    met = spoken_with(claim, claims)
    if met is not None and len(sides_in(met)) == 1 and sides_in(met) <= belligerents - doers:
        return Voice(party=met.party, name=met.name), "blamed is the side with whom the same speaker spoke"
    told = _TOLD.search(text, claim.sentence_start_char, claim.start_char)
    code = surnames_of(theatre).get(told["who"].split()[-1]) if told is not None else None
    if code is None or code in doers or code not in belligerents:
        return None
    return Voice(party=code, name=code), "blamed is the side to whom it was said"


@once_a_theatre
def surnames_of(theatre: Theatre) -> dict[str, str]:
    """The side of each surname that the theatre's people of one side alone bear."""
    found: dict[str, set[str]] = {}
    for actor in theatre.actors:
        if actor.kind == "person" and actor.party is not None:
            for name in actor.names:
                found.setdefault(name.split()[-1], set()).add(actor.party)
    return {name: next(iter(codes)) for name, codes in found.items() if len(codes) == 1}


def spoken_to_before(claims: Sequence[Claim], number: int, belligerents: frozenset[str]) -> Voice | None:
    """Whom the same speaker threatened, asked or blamed in the words right before; a side at war, where he is of one."""
    claim = claims[number]
    own = sides_in(claim.attributed_to)
    for other in reversed(claims[:number]):
        if claim.sentence_start_char - other.sentence_end_char > _JUST_BEFORE // 3:
            return None
        target = other.target
        if own <= belligerents and sides_in(target) - belligerents:
            continue
        if sides_in(other.attributed_to) == own and act_class(other.act) in ("THREATEN", "REQUEST", "ACCUSE"):
            return Voice(party=target.party, name=target.name) if sides_in(target) and target else None
    return None


def told_in_words(claim: Claim, text: str, sides: Sides) -> tuple[Voice, str] | None:
    """ "told X by phone that he stood ready to help": to whom it was said, where he is of another side than the speaker."""
    said = _TOLD_TO.search(text, claim.sentence_start_char, claim.start_char + 6)
    if said is None:
        return None
    named = [code for code in sides.named_sides(said["whom"]) if code not in sides_in(claim.attributed_to)]
    if len(named) != 1 or _DONE_THERE.search(text, claim.start_char, claim.end_char):
        return None
    return Voice(text=None, party=named[0], name=named[0]), f"“{said.group()}”: who was told is meant"


def asker_before(claims: Sequence[Claim], number: int, text: str) -> Voice | None:
    """Who asked, offered or resolved what a side then refuses: the last to do so just before."""
    claim = claims[number]
    own = sides_in(claim.attributed_to) | sides_in(claim.claimant)
    is_named = _THE_OFFER.search(text, claim.start_char, claim.end_char) is not None
    for other in reversed(claims[:number]):
        if claim.sentence_start_char - other.sentence_end_char > _JUST_BEFORE:
            return None
        is_beside = other.sentence_start_char == claim.sentence_start_char
        if (is_beside and not is_named) or act_class(other.act) not in SPOKEN_TO:
            continue
        asker = other.attributed_to
        return asker if asker is not None and sides_in(asker) and not sides_in(asker) & own else None
    return None
