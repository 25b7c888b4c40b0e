"""What the words of a deed without a doer tell of whose it is: a blast that nobody is said to have fired, an answer, losses.

A rocket that fell or a shot that was heard, told by whoever is at war with nobody, is laid on no side: an invented perpetrator
is an error. What "was answered" or "suppressed" is told by who answered it, and who denies losses denies what the other side did.
"""

from __future__ import annotations

import re

_FLYING = (
    r"(?:shells?|rockets?|missiles?|projectiles?|mortars?|rounds?|bombs?|drones?|shrapnel|salvo|salvos|barrages?|munitions?)"
)
_BARE = re.compile(
    # it fell, landed, hit or killed, and nobody is told to have fired it
    rf"\b{_FLYING}(?:\s+(?!by\b|from\b|launched\b|fired\b)[\w-]+){{0,4}}?\s+(?:fell|fall|falling|fallen|land(?:s|ed|ing)?|hit|hits"
    r"|struck|slam\w*|rain\w*|crash\w*|explod\w*|burst|came down|flatten\w*|kill\w*|wound\w*|injur\w*|damag\w*|destroy\w*"
    r"|smash\w*|level\w*|gut(?:s|ted)|rip\w*|tore|plough\w*|whistl\w*|flew)\b"
    r"|\b(?:hit|struck|killed|wounded|injured|damaged|destroyed|flattened|hurt)\s+(?:[\w-]+\s+){0,3}?(?:by|in|with|when)\s+"
    rf"(?:an?\s+|the\s+|some\s+)?(?:[\w-]+\s+)?(?:{_FLYING}|snipers?|shelling|gunfire|explosions?|blasts?)\b"
    r"|\bshot by an? \w*\s?(?:sniper|gunman)\b"
    r"|\b(?:shots?|rounds)\s+(?:were|was|had been)\s+(?:being\s+)?fired\b(?!\s+by\b)"
    r"|\b(?:explosions?|blasts?|bangs?|booms?|detonations?|gunshots?|cannons?|cannonade|volleys?|crossfire)\b"
    r"|\b(?:shelling|guns?|artillery|gunfire|firing|(?:machine[- ]gun|small[- ]arms|sniper|mortar) fire|shooting|shots)"
    r"\s+(?:[\w-]+\s+){0,2}?(?:began|started|resumed|roar\w*|erupt\w*|heard|continu\w*|boom\w*|broke out|rang out|echo\w*"
    r"|on the edge)\b"
    r"|\bholes? (?:blown|torn|punched|ripped|knocked|gouged)\b"
    r"|\b(?:hear|hears|heard|hearing)\b|\bof (?:machine[- ]gun |small[- ]arms )?(?:fire|gunfire|shelling|shooting)\b"
    r"|\b(?:came|come|coming|was|were|been) under\s+(?:[a-z-]+\s+){0,2}?(?:fire|shelling|bombardment|(?:rocket|artillery) fire)\b"
    rf"|\b{_FLYING}\s+(?:were\s+|was\s+)?(?:fired|launched|lobbed)\s+(?:at|on|into|towards?)\b"
    r"|\b(?:violations?|breach(?:es)?)\b",
    re.I,
)
_DETONATED = re.compile(
    r"\b(?:devices?|bomblets?|depots?|pagers?|walkie-talkies|radios?|handsets?|mines?|ordnance|munitions? (?:dump|store)"
    r"|car bombs?|suicide bomber|batter(?:y|ies))\b[^.;]{0,90}?\b(?:blew up|blow(?:s|n)? up|went off|go off|explod\w*|detonat\w*"
    r"|burst|hits?|rocked|kill(?:s|ed)?|blasts?|explosions?)\b"
    r"|\b(?:ran|run|drove|driven|stepped|trod(?:den)?) (?:over|on|onto|across) (?:an? |the )?(?:[\w-]+ ){0,2}?"
    r"(?:mines?|landmines?|explosives?|devices?)\b"
    r"|\b(?:second|first|new|third|both) (?:day|wave)s? of (?:[\w-]+ ){0,2}?(?:explosions|blasts)\b",
    re.I,
)
_ANSWERED = re.compile(
    r"\b(?:return|reply|answering|retaliatory|counter|response)[ -]?(?:fire|strikes?|attacks?|measures|actions?|operation"
    r"|blow)\b"
    r"|\b(?:fire|shots|salvo)\s+(?:was|were|had been|has been|is)\s+(?:[a-z]+ly\s+)?(?:returned|answered)\b"
    r"|\bin (?:response|answer|reply|retaliation)\b[^.;]{0,25}\b(?:was|were) (?:carried|launched|opened|struck|hit)"
    r"|\b(?:was|were|been) (?:[a-z]+ly )?(?:suppressed|silenced|repelled|repulsed|(?:beaten|fought) (?:back|off)|thwarted"
    r"|(?:thrown|pushed|driven|forced|hurled) (?:back|out|off)|neutrali[sz]ed|prevented|foiled|halted|stopped)\b",
    re.I,
)
_LOSSES = re.compile(
    r"\b(?:loss(?:es)?|casualties|(?:that|this|the|these|those|such) (?:figures?|numbers?|toll)|death toll)\b",
    re.I,
)
_COMBATANTS = re.compile(
    r"\b(?:soldiers?|servicem[ae]n|troops|fighters?|militants?|gunm[ae]n|terrorists?|operatives?|commanders?|officers?|members?|men"
    r"|personnel|combatants|saboteurs?|tanks?|vehicles?|launchers?|cell|squad|crew|forces|manpower)\b",
    re.I,
)

_ARMS = re.compile(
    r"\b(?:units?|posts?|positions?|depots?|dumps?|tanks?|vehicles?|launchers?|artillery|guns?|batter(?:y|ies)|bases?|bunkers?|drones?"
    r"|helicopters?|aircraft|headquarters|equipment|trucks?|mortars?|howitzers?|enemy['’]?s?|strongholds?|trenches|radars?)\b",
    re.I,
)


def is_bare(words: str) -> bool:
    """Whether a blast, a shot or a missile is told that nobody is said to have fired."""
    return _BARE.search(words) is not None or is_detonation(words)


def is_detonation(words: str) -> bool:
    """Whether a device, a mine or a store of arms went off, by whoever's doing."""
    return _DETONATED.search(words) is not None


_UNCLAIMED = re.compile(
    r"\bno(?: other)? (?:group|one|body|side|organi[sz]ation|party)(?: has| have| had)?(?: immediately| so far| yet)? claimed\b"
    r"(?! (?:victory|success|that|to)\b)"
    r"|\bno (?:immediate )?claims? of responsibility\b|\bnobody (?:has |had )?(?:immediately )?claimed\b"
    r"|\b(?:attack|bombing|blast|explosion) (?:remains?|was|went|has gone) unclaimed\b|\bset off by remote control\b"
    r"|\b(?:roadside|car) bomb\b|\bunknown (?:attackers|assailants|gunmen|perpetrators)\b",
    re.I,
)


def is_unclaimed(text: str) -> bool:
    """Whether a text tells of an attack that nobody owns up to, or of a bomb that was laid."""
    return _UNCLAIMED.search(text) is not None


def is_answer(words: str) -> bool:
    """Whether fire was returned, or an attack thrown back: by who tells of it."""
    return _ANSWERED.search(words) is not None


def tells_losses(words: str) -> bool:
    """Whether losses, or a figure of them, are meant."""
    return _LOSSES.search(words) is not None


def names_combatants(words: str) -> bool:
    """Whether fighters or their arms are told of."""
    return _COMBATANTS.search(words) is not None


def names_arms(words: str) -> bool:
    """Whether arms, posts or the enemy's things are told of."""
    return _ARMS.search(words) is not None
