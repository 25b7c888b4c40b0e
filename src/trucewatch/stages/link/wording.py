"""Acts in plain, neutral words, for the one sentence that sums an incident up."""

from __future__ import annotations

from trucewatch.model.codebook import acts
from trucewatch.model.records import When

_NOUNS = {
    "FIRE": "Fire",
    "FIRE.CLASH": "Fighting",
    "FIRE.HEAVY": "Shelling",
    "FIRE.MISSILE": "Missile strike",
    "FIRE.SMALL_ARMS": "Small-arms fire",
    "FIRE.SNIPER": "Sniper fire",
    "AIR": "Attack from the air",
    "AIR.STRIKE": "Air strike",
    "AIR.DRONE_STRIKE": "Drone strike",
    "AIR.OVERFLIGHT": "Overflight",
    "AIR.UAV_DOWNED": "Downing of an unmanned aircraft",
    "ADVANCE": "Offensive",
    "ADVANCE.OFFENSIVE": "Offensive",
    "ADVANCE.SABOTAGE_RECON": "Raid by a sabotage or reconnaissance group",
    "ADVANCE.TERRITORY": "Seizure of territory",
    "ADVANCE.LINE_CROSSING": "Crossing of the line",
    "CIV.ATTACK_OBJECTS": "Attack on civilian objects",
    "CIV.ATTACK_PERSONS": "Attack on civilians",
    "CIV.DETENTION": "Detention",
    "CIV.DISPLACEMENT": "Forced displacement",
    "CIV.FLIGHT": "Flight of civilians",
    "EXPLOSIVE.MINE_BLAST": "Mine blast",
    "EXPLOSIVE.MINE_LAYING": "Mine-laying",
    "ACCESS.BLOCKADE": "Closure of a route",
    "ACCESS.CHECKPOINT": "Checkpoint on a route",
    "ACCESS.AID_DENIAL": "Withholding of supplies",
    "ACCESS.MONITOR_ATTACK": "Fire on monitors or peacekeepers",
    "ACCESS.MONITOR_DENIAL": "Monitors kept out",
    "FORCE.BUILDUP": "Massing of forces",
    "FORCE.FORTIFICATION": "Fortification",
    "FORCE.EXERCISE": "Exercise",
    "FORCE.FOREIGN_FIGHTERS": "Deployment of foreign fighters",
    "FORCE.PROHIBITED_PRESENCE": "Prohibited presence of forces",
    "FORCE.NON_WITHDRAWAL": "Failure to withdraw",
    "FORCE.NON_DISARMAMENT": "Failure to disarm",
    "DEESCALATE.CEASE_FIRE": "Halt of fire",
    "DEESCALATE.RELEASE": "Release of detainees",
    "DEESCALATE.WITHDRAWAL": "Withdrawal",
    "WEAPON.PROHIBITED": "Use of a contested weapon",
    "UTILITY.OUTAGE": "Cut of power, water or communications",
    "AID.DELIVERY": "Delivery of aid",
    "CALM": "Quiet",
}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def act_noun(code: str) -> str:
    """An act as the beginning of a sentence ("Missile strike"); the codebook's own words where no shorter ones stand here."""
    if code in _NOUNS:
        return _NOUNS[code]
    known = acts().get(code)
    text = known.definition if known else code.replace(".", " ").replace("_", " ").lower()
    return text[:1].upper() + text[1:]


def day_words(when: When) -> str:
    """Days in words ("4 Oct 2020", "2 to 4 Oct 2020"); empty where no day is known."""
    first, last = when.earliest or when.latest, when.latest or when.earliest
    if first is None or last is None:
        return ""
    end = f"{last.day} {_MONTHS[last.month - 1]} {last.year}"
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {end}"
    return f"{first.day} {_MONTHS[first.month - 1]} {first.year} to {end}"


def listed(names: tuple[str, ...]) -> str:
    """Names joined in words."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""
