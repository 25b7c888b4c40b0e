"""Whose the officials are whom words right behind their role name: "his counterparts in <Capital> and <Capital>".

A role alone ("officials", "his counterparts") is nobody's; countries and capitals behind "in", "from" or "of" tell whose.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from trucewatch.model.change import changed
from trucewatch.model.codebook import act_class
from trucewatch.model.records import Claim, Voice
from trucewatch.stages.reasons import because, sides_in
from trucewatch.stages.sides import SPOKEN_TO, Sides

_ROLE = re.compile(
    r"(?:(?:his|her|their|its|the|both|some|several|two|senior|top|military|security|foreign|defen[cs]e|prime)(?:\s+|$))*"
    r"(?P<role>counterparts?|colleagues?|leaders?|leadership|officials?|authorities|governments?|ministers?|presidents?|premiers?"
    r"|negotiators?|diplomats?|envoys?|delegations?|representatives?|experts|officers|politicians|peers)?$",
    re.I,
)
_POSSESSIVE = re.compile(
    r"\s*(?:[\w-]+\s+){0,3}?(?:counterparts?|colleagues?|peers|opposite numbers?|brothers|allies|partners|friends)\b", re.I
)
_WHERE = re.compile(
    r"\s+(?:both\s+)?(?:in|from|of)\s+(?:both\s+)?(?P<first>[A-Z][\w’'-]+(?:\s[A-Z][\w-]+)?)"
    r"(?:,?\s+(?:and|or)\s+(?:(?:in|from|of)\s+)?(?P<second>[A-Z][\w-]+(?:\s[A-Z][\w-]+)?))?"
)


def sides_behind(voice: Voice | None, text: str, sides: Sides, seats: Mapping[str, str]) -> tuple[str, ...]:
    """Party codes of the sides named right behind a voice that is a bare role; empty where none is.

    `seats`: capitals by name, with the party for which each stands.
    """
    if voice is None or voice.end_char is None or not voice.text:
        return ()
    role = _ROLE.match(voice.text.strip())
    end = voice.end_char
    if role is None:
        return ()
    if role["role"] is None:
        behind = _POSSESSIVE.match(text, end)
        if behind is None:
            return ()
        end = behind.end()
    where = _WHERE.match(text, end)
    if where is None:
        return ()
    named = (seats.get(name) or sides.code_of(name) for name in (where["first"], where["second"]) if name)
    return tuple(sorted({code for code in named if code is not None}))


def with_named_roles(claim: Claim, text: str, sides: Sides, seats: Mapping[str, str]) -> Claim:
    """The claim with officials without a name taken for those of the sides named right behind them, as doers and as targets."""
    if act_class(claim.act) not in SPOKEN_TO:
        return claim
    for role, voice in (("attributed_to", claim.attributed_to), ("target", claim.target)):
        other = sides_in(claim.attributed_to) if role == "target" else frozenset[str]()
        if voice is None or (sides_in(voice) and not (other and sides_in(voice) <= other)):
            continue
        behind = [code for code in sides_behind(voice, text, sides, seats) if code not in other]
        if behind:
            party = ";".join(behind)
            told = changed(voice, party=party, actor_id=None, name=party)
            claim = because(claim, f"“{voice.text}” are those of the sides named behind it", lower=0.0, **{role: told})
    return claim
