"""Which acts may be one incident: groups of acts, their modes, and how long an act lasts."""

from __future__ import annotations

from functools import cache

from trucewatch.model.codebook import act_class, acts, is_verbal
from trucewatch.model.records import Claim

# one reporter's shelling is another's attack on civilians: attacks of every kind may be one incident
ATTACK = "attack"
_GROUPS = {
    "FIRE": ATTACK,
    "AIR.STRIKE": ATTACK,
    "AIR.DRONE_STRIKE": ATTACK,
    "AIR": ATTACK,
    "CIV": ATTACK,
    "CIV.ATTACK_OBJECTS": ATTACK,
    "CIV.ATTACK_PERSONS": ATTACK,
    "WEAPON": ATTACK,
    "ADVANCE": ATTACK,
    "ADVANCE.OFFENSIVE": ATTACK,
    "ADVANCE.SABOTAGE_RECON": ATTACK,
    "ACCESS.MONITOR_ATTACK": ATTACK,
    "EXPLOSIVE": "mine blast",
    "EXPLOSIVE.MINE_BLAST": "mine blast",
    "ACCESS.BLOCKADE": "blockade",
    "ACCESS.AID_DENIAL": "blockade",
    "ACCESS": "blockade",
    "TRANSPORT.NON_OPENING": "blockade",
    "CIV.DISPLACEMENT": "displacement",
    "CIV.FLIGHT": "displacement",
}
_MODES = {
    "FIRE.HEAVY": "bombardment",
    "FIRE.MISSILE": "bombardment",
    "AIR": "bombardment",
    "AIR.STRIKE": "bombardment",
    "AIR.DRONE_STRIKE": "bombardment",
    "WEAPON.PROHIBITED": "bombardment",
    "FIRE.SMALL_ARMS": "small arms",
    "FIRE.SNIPER": "small arms",
    "FIRE.CLASH": "ground",
    "ADVANCE": "ground",
    "ADVANCE.OFFENSIVE": "ground",
    "ADVANCE.SABOTAGE_RECON": "ground",
}
# acts that are states rather than moments: reports of different days tell of one state
LASTING = frozenset({"blockade", "displacement"})
LASTING_STEMS = frozenset({"FORCE", "CHILD", "UTILITY", "PROCESS", "POW.NON_RELEASE", "REMAINS", "CIV.DETENTION", "INFO"})
TOTAL = "TOLL"


def is_eligible(claim: Claim) -> bool:
    """Whether a claim belongs to an incident: not a verbal act, not a total over a period or a habit, not a mere threat or
    possibility, and not of another conflict.

    An attack that someone says he ordered did take place (contract), so `ordered` acts count.
    """
    if claim.is_outside or claim.is_recurring or claim.act == TOTAL:
        return False
    return claim.modality in ("actual", "ordered") and not is_verbal(claim.act)


@cache
def act_group(code: str) -> str:
    """Group of an act: claims of two groups are never one incident."""
    if code in _GROUPS:
        return _GROUPS[code]
    stem = code.partition(".")[0]
    if code in acts():
        return _GROUPS.get(stem, code) if stem in ("FIRE", "WEAPON") else code
    return _GROUPS.get(stem, code)


@cache
def act_mode(code: str) -> str | None:
    """How an attack was made, roughly; None where the code leaves it open."""
    return _MODES.get(code)


@cache
def is_lasting(code: str) -> bool:
    """Whether the act is a state that lasts."""
    return act_group(code) in LASTING or code.partition(".")[0] in LASTING_STEMS or code in LASTING_STEMS


@cache
def specificity(code: str) -> int:
    """How much a code says, to choose among those that name one incident: how it was done, whom it hit, the bare fact."""
    if code not in acts():
        return 0
    if code in ("FIRE", "AIR"):
        return 1
    if code.startswith("CIV.ATTACK"):
        return 2
    return 3


def class_of(code: str) -> str:
    """Class of an act (acts.csv)."""
    return act_class(code)
