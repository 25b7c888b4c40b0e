"""Whom words are meant for: who is blamed for a deed, of whom something is asked, which government an armed group speaks of.

Blame for "the strikes on X" is laid on who struck, and not on X; nobody blames or asks himself; a plea to open a road goes to
whoever the document says has closed it; what a mission of observers tells was hit is the mission's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from trucewatch.model.codebook import act_class
from trucewatch.model.records import Claim, Voice
from trucewatch.stages.reasons import because, sides_in
from trucewatch.stages.sides import UNITED_NATIONS

_PRONOUN = re.compile(r"(?:it|its|they|them|their|he|him|his|she|her)$", re.I)
_DONE_TO = r"(?:shelling|bombardments?|bombings?|blockade|siege|killings?|invasion|occupation)"
_DEED = rf"(?:strikes?|air ?strikes?|attacks?|raids?|offensive|assaults?|fire|operations?|incursions?|{_DONE_TO})"
_DEED_TO = rf"(?:{_DEED}|{_DONE_TO}|assassinations?|murders?|targeting|deaths?|abduction|detention|arrest|violation|wounding)"
# whose deed it was is blamed, and not whom it was done to
DEED_ON = re.compile(
    rf"\b(?:{_DEED}\s+(?:on|in|against|upon|at)|{_DONE_TO}\s+of)\s+(?:the\s+)?(?:[\w-]+\s+){{0,3}}?(?P<hit>[A-Z][\w-]+)"
)
_THEM = re.compile(
    r"\b(?:call(?:s|ed|ing)?|describ(?:es|ed|ing)|brand(?:s|ed|ing)|term(?:s|ed|ing)|label\w*|condemn(?:s|ed|ing)?|denounc(?:es|ed|ing))"
    r"\s+(?:it|them|this|these|those)\b",
    re.I,
)
_OWN_RETURN = re.compile(r"\b(?:return|release|freeing|liberation|repatriation|handover|extradition) of\b", re.I)
_OPEN = re.compile(
    r"\b(?:re)?open\w*\b|\bunblock\w*|\blift\w*\b|\bunimpeded\b|\b(?:free|safe) (?:movement|passage)\b"
    r"|\bend\b[^.;]{0,20}\b(?:blockade|siege)\b",
    re.I,
)
_ROAD = re.compile(r"\b(?:corridor|roads?|blockade|siege|crossing|border|route)\b", re.I)
_RIVALS = re.compile(
    r"\b(?:release|free|return|withdraw\w*|pull(?:s|ed)? (?:back|out)|hand\w* over|stop\w*|end|disarm\w*)\b", re.I
)
_READY = re.compile(
    r"\b(?:ready|willing|prepared|open|offer\w*|agreed)\s+to\s+(?:discuss|talk|negotiate|meet|hold talks|sign|resume talks)", re.I
)
_BEFORE_ONES_OWN = re.compile(r"\b(?:against|to|for|in|on|serves?|harms?|hurts?)\s+$", re.I)
_CALLS = re.compile(r"\s+(?:has |had )?(?:call|describ|term|said|says|label)\w*", re.I)
_MISSION = re.compile(r"the (?:force|mission|contingent|monitors|observers|peacekeepers)$", re.I)
_ITS_STATE = re.compile(r"the (?:government|cabinet|state|authorities|presidency)$", re.I)
_POST = re.compile(
    r"\b(?:peacekeepers?|blue helmets?|observers|(?:an?|the|its|their|another|one of its)\s+(?:[\w-]+\s+){0,2}?"
    r"(?:positions?|posts?|(?:watch)?towers?|bases?|headquarters|camps?|patrols?|vehicles?|bunkers?|gates?|convoys?|soldiers)"
    r"|(?:to|near|at|of|on|hit|wounded|injured|killed|hurt) (?:(?:two|three|four|five|six|several|\d+) )?"
    r"(?:soldiers|troops|personnel))\b",
    re.I,
)
_PEACEKEEPERS = re.compile(r"\b(?:of )?the peacekeepers?\b|^(?:\w+ )?peacekeepers?$", re.I)
_COUNCIL = re.compile(r"(?:the )?(?:UN |U\.N\. )?Security Council", re.I)
_NEAR_CHARS = 400
_AT_THEM = re.compile(r"\b(?:at|on|upon|against|towards?) (?:them|it|us)\b", re.I)
_OBSERVERS = re.compile(r"\b(?:its|their|the) (?:[\w-]+ ){0,2}?(?:unarmed|military) observers\b", re.I)
_TROOPS = re.compile(r"\b(?:peacekeepers?|soldiers?|troops|observers?|blue helmets?)\b", re.I)


def with_mission_hit(claim: Claim, text: str, belligerents: frozenset[str], missions: frozenset[str] = frozenset()) -> Claim:
    """Fire that a mission tells of on "a watchtower", "a patrol", or on peacekeepers of any nation: on the mission.

    `missions`: who besides UNITED_NATIONS keeps peacekeepers of its own there.
    """
    cls = act_class(claim.act)
    doers, target = sides_in(claim.attributed_to), sides_in(claim.target)
    if cls not in ("ASSAULT", "COERCE") or UNITED_NATIONS in doers or claim.act == "FIRE.CLASH" or not belligerents:
        return claim
    told = (claim.target.text or "") if claim.target is not None else ""
    by_mission = sides_in(claim.claimant) == {UNITED_NATIONS}
    if target:
        kept = missions - doers
        if len(kept) == 1 and not target & missions and _PEACEKEEPERS.search(told) and UNITED_NATIONS not in target:
            code = next(iter(kept))
            why = f"“{told}” are {code}'s, who keeps the peace there"
            return because(claim, why, target=Voice(text=told, party=code, name=code))
        is_nation = not target & (belligerents | missions | {UNITED_NATIONS}) and _TROOPS.search(told) is not None
        if not is_nation or not (by_mission or re.search(r"\bpeacekeep|\bblue helmet", told, re.I)):
            return claim
        why = f"“{told}” serve under the mission"
    else:
        match = _POST.search(text, claim.start_char, claim.end_char)
        at_them = _AT_THEM.search(text, claim.start_char, claim.end_char)
        if at_them is not None and by_mission:
            match = at_them
        elif match is None or not by_mission or claim.figures:
            match = _OBSERVERS.search(text, claim.start_char, claim.end_char) if not missions else None
        if match is None:
            return claim
        why = f"“{match.group()}”, told of by the mission, is the mission's"
    return because(claim, why, target=Voice(text=told or None, party=UNITED_NATIONS, name=UNITED_NATIONS))


def with_addressee(claim: Claim, text: str, hosts: Mapping[str, frozenset[str]]) -> Claim:
    """The claim without an addressee that its words do not mean, or with the one that they do.

    "criticised the strikes on X" is no blame of X, "he called them unacceptable" none of himself; "the government", said by an
    armed group, is that of its host.
    """
    cls, target = act_class(claim.act), claim.target
    doers, aimed = sides_in(claim.attributed_to), sides_in(claim.target)
    if target is not None and not aimed and cls == "REQUEST" and _COUNCIL.fullmatch(target.text or ""):
        named = replace(target, party=UNITED_NATIONS, name=UNITED_NATIONS)
        return because(claim, f"“{target.text}” is that of the {UNITED_NATIONS}", lower=0.0, target=named)
    if target is None or cls not in ("ACCUSE", "REQUEST", "THREATEN"):
        return claim
    words = text[claim.start_char : claim.end_char]
    own = [code for code in doers if code in hosts]
    if not aimed and not (own and _ITS_STATE.match(target.text or "")):
        return claim
    if len(own) == 1 and len(hosts[own[0]]) == 1 and _ITS_STATE.match(target.text or "") and cls != "THREATEN":
        host = next(iter(hosts[own[0]]))
        why = f"“{target.text}”, said by {own[0]}, is that of {host}"
        return because(claim, why, target=replace(target, party=host, name=host, actor_id=None)) if aimed != {host} else claim
    if cls == "ACCUSE" and (match := DEED_ON.search(words)) is not None and match["hit"] in (target.text or ""):
        return because(claim, f"“{match.group()}” is a deed done to {match['hit']}", target=None)
    befell = (
        re.search(rf"\b{_DEED_TO}\s+(?:on|in|against|upon|at|of)\s+{re.escape(target.text or '')}(?!\w)", words)
        if target.text
        else None
    )
    if cls == "ACCUSE" and befell is not None and _PRONOUN.match(target.text or "") is None:
        return because(claim, f"“{befell.group()}” is a deed done to {target.text}", target=None)
    start = target.start_char or 0
    is_told_of = aimed <= doers and _BEFORE_ONES_OWN.search(text, max(0, start - 12), start) is not None
    is_doer = claim.attributed_to is not None and target.start_char == claim.attributed_to.start_char
    names_a_teller = _PRONOUN.match(target.text or "") is not None and _CALLS.match(text, target.end_char or 0) is not None
    if cls == "ACCUSE" and target.start_char is not None and (is_told_of or is_doer or names_a_teller):
        return because(claim, "nobody asks or blames himself", lower=0.0, target=None)
    if cls == "REQUEST" and aimed <= doers and _MISSION.match(target.text or ""):
        return because(claim, "nobody asks his own force to go", target=replace(target, party=None, actor_id=None, name=None))
    if cls == "ACCUSE" and _PRONOUN.match(target.text or "") and (_THEM.search(words) or aimed <= doers):
        return because(claim, "a pronoun stands for the deed, and not for who did it", target=None)
    if cls == "REQUEST" and aimed <= doers and _OWN_RETURN.search(words):
        return because(claim, "one's own are asked back, and not asked", target=None)
    asks = re.search(rf"\b{re.escape(target.text or '')}['’]s (?:demand|call|request|appeal)\b", words) if target.text else None
    if aimed <= doers and (asks is not None or _PRONOUN.match(target.text or "")) and cls != "THREATEN":
        return because(claim, "nobody asks or blames himself", target=None)
    if asks is not None and cls == "REQUEST":
        return because(claim, f"“{asks.group()}” tells who asks", target=None)
    return claim


def addressee(
    claim: Claim, claims: Sequence[Claim], number: int, text: str, foe: str | None, belligerents: frozenset[str]
) -> tuple[Voice, str] | None:
    """Whom a plea, blame or offer without an addressee is meant for, and why; None where nothing tells.

    `foe`: whom the speaker's side speaks against.
    """
    cls = act_class(claim.act)
    doers = sides_in(claim.attributed_to)
    words = text[claim.start_char : claim.end_char]
    if cls == "REQUEST" and _OPEN.search(words) and _ROAD.search(words):
        closed = {next(iter(s)) for c in claims if act_class(c.act) == "COERCE" and len(s := sides_in(c.attributed_to)) == 1}
        closed &= belligerents
        if len(closed) == 1 and not closed & doers:
            party = next(iter(closed))
            return Voice(party=party, name=party), f"a road is opened by {party}, who closed it in the document"
    if cls == "REQUEST" and not doers & belligerents:
        for other in reversed(claims[:number]):
            if claim.start_char - other.end_char > _NEAR_CHARS:
                break
            spoke = sides_in(other.attributed_to) == doers and act_class(other.act) in ("ACCUSE", "CONSULT", "REQUEST")
            if spoke and sides_in(other.target) & belligerents:
                return other.target or Voice(), "asked is whom the same speaker blamed or met right before"
    if cls == "ACCUSE":
        for other in reversed(claims[:number]):
            asked = sides_in(other.attributed_to)
            if (
                other.sentence_start_char == claim.sentence_start_char
                and act_class(other.act) in ("REQUEST", "REJECT", "COOPERATE")
                and len(asked) == 1
                and not asked & doers
            ):
                return other.attributed_to or Voice(), "blamed is who asked or refused it in the same sentence"
            did = sides_in(other.attributed_to) & belligerents
            if act_class(other.act) not in ("ASSAULT", "COERCE", "MOBILIZE", "TERRITORY") or not did or did & doers:
                continue
            if other.stance == "denies" or len(did) != 1:
                continue
            if foe is not None and other.attributed_to is not None and other.attributed_to.text is None and doers <= belligerents:
                return Voice(party=foe, name=foe), f"{foe} is whom its side speaks against in the document"
            return other.attributed_to or Voice(), "blamed is who did the deed told before it"
    if foe is None or not doers <= belligerents or len(doers) != 1:
        return None
    if cls == "ACCUSE" or (cls == "REQUEST" and claim.act != "DEMAND.TALKS" and _RIVALS.search(words)):
        return Voice(party=foe, name=foe), f"{foe} is whom its side speaks against in the document"
    if cls == "CONSULT" and _READY.search(words):
        return Voice(party=foe, name=foe), f"{foe} is whom a side at war would talk to"
    return None
