"""What the sides of a claim tell of its places: whose land "the south" is, and capitals that are spoken to and no scene."""

from __future__ import annotations

import re

from trucewatch.model.codebook import act_class, is_verbal
from trucewatch.model.records import Claim, ClaimPlace, Voice
from trucewatch.model.theatre import Theatre
from trucewatch.text.gazetteer import Gazetteer

_SPOKEN = frozenset({"REQUEST", "ACCUSE", "REJECT", "CONSULT", "COOPERATE"})
_STRIKES = frozenset({"ASSAULT", "TERRITORY"})
# what a group fires from its host's soil at another's
_FLYING = ("FIRE.HEAVY", "FIRE.MISSILE", "AIR")
_IN_BATTLE = re.compile(
    r"\b(?:soldiers?|troops|servicem[ae]n|officers?|reservists?|commandos?|fighters?|paratroopers?)\b[^.;]*?"
    r"\b(?:fighting|combat|clash(?:es)?|battles?|action|ground (?:operation|offensive|assault))\b",
    re.I,
)
_WHERE = re.compile(
    r"\b(?:visit\w*|tour\w*|reach\w*|enter\w*|left|in|at|near|to|into|towards?|over|inside|across|around|outside|of|within|on|from|against|along|upon|through)\s+"
    r"(?:the\s+)?(?:[\w-]+\s+){0,2}?$",
    re.I,
)
_ASKED = re.compile(
    r"\b(?:call(?:s|ed|ing)?\s+(?:up)?on|appeal(?:s|ed|ing)?\s+to|pressure\s+on|demand(?:s|ed|ing)?\s+(?:from|of))\s+$", re.I
)
# but "told residents of three buildings in X to leave": where they live
_SPEAKS_IN = re.compile(
    r"\b(?:[Ss]peaking|[Tt]alking|addressing|interview\w*|briefing|conference"
    r"|told\s+(?!(?:the\s+)?(?:residents|inhabitants|people|villagers|civilians|families|those|locals|everyone|\d+)\b)\w+)\b"
    r"[^,.;]{0,30}\bin\s+$"
)
_HOST = re.compile(r"\s+(?:(?:would|will|is to|was to|could|may|might|had|has|is|was)\s+)?(?:again\s+)?host")
_BROUGHT = re.compile(r"\b(?:proposal|message|letter|plan|offer|delegation|envoy|word|news|visit|return\w*)\s+from\s+$", re.I)


def lands_of(claim: Claim, theatre: Theatre, gazetteer: Gazetteer, text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Alpha-3 codes of the lands that a claim without a name tells of least (its doer's own) and most (its target's)."""
    if act_class(claim.act) == "TOLL" and _IN_BATTLE.search(text, claim.start_char, claim.end_char):
        return _where_soldiers_fell(text[claim.start_char : claim.end_char], theatre, gazetteer)
    if act_class(claim.act) in ("DISPLACE", "TOLL"):
        words = re.findall(r"\b[A-Z][a-z]+", text[claim.start_char : claim.end_char])
        return frozenset(), frozenset(code for word in words if (code := gazetteer.country_of_word(word)))
    doers, targets = _countries(claim.attributed_to, theatre, gazetteer), _countries(claim.target, theatre, gazetteer)
    if is_verbal(claim.act):
        return frozenset(), targets
    if act_class(claim.act) not in _STRIKES:
        return frozenset(), doers or _countries(claim.claimant, theatre, gazetteer)
    codes = _codes(claim.attributed_to)
    hosts = {code for party in theatre.parties if party.code in codes for code in party.hosts}
    if hosts and not claim.act.startswith(_FLYING):
        return frozenset(), frozenset()  # a group fights at home too
    return doers - targets, targets


def _where_soldiers_fell(words: str, theatre: Theatre, gazetteer: Gazetteer) -> tuple[frozenset[str], frozenset[str]]:
    """Those of a state that fights armed groups fall on the land of the state from whose soil these fight; others anywhere."""
    hosts = frozenset(gazetteer.alpha3(host) for party in theatre.parties for host in party.hosts)
    own = {code for word in re.findall(r"\b[A-Z][a-z]+", words) if (code := gazetteer.country_of_word(word))}
    return (frozenset(own), hosts) if own and hosts and not own & hosts else (frozenset(), frozenset())


def _codes(voice: Voice | None) -> set[str]:
    return {code for code in (voice.party or "").split(";") if code} if voice is not None else set()


def _countries(voice: Voice | None, theatre: Theatre, gazetteer: Gazetteer) -> frozenset[str]:
    """The countries of a voice's parties: a state's own, a group's hosts."""
    found = set()
    for code in _codes(voice):
        hosts = next((party.hosts for party in theatre.parties if party.code == code), ())
        found |= {gazetteer.alpha3(host) for host in hosts} or {gazetteer.alpha3(code)}
    return frozenset(found)


def is_spoken_to(place: ClaimPlace, claim: Claim, text: str) -> bool:
    """Whether a place of a plea, a reproach or talks is whom the words go to, or where they were spoken, and no scene.

    "blamed <capital> for it", "urged <country> to stop", "speaking in <city>", "a proposal from <capital>".
    """
    if act_class(claim.act) not in _SPOKEN or place.start_char is None:
        return False
    before = text[max(claim.sentence_start_char, place.start_char - 60) : place.start_char].replace("\n", " ")
    if act_class(claim.act) != "CONSULT" and _SPEAKS_IN.search(before):
        return True
    if _BROUGHT.search(before):
        return True
    if _HOST.match(text, place.end_char or 0):
        return False
    is_named = act_class(claim.act) != "COOPERATE" and (_opens(place, claim.target) or _opens(place, claim.attributed_to))
    is_party = place.precision == "country" or is_named
    return is_party and (_ASKED.search(before) is not None or _WHERE.search(before) is None)


def _opens(place: ClaimPlace, voice: Voice | None) -> bool:
    return voice is not None and voice.start_char is not None and voice.start_char == place.start_char
