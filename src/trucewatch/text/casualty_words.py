"""The words that count victims and places: predicates by measure, nouns by population, and signs of a sum over a period."""

# one list, one line
# ruff: noqa: E501
from __future__ import annotations

import re

from trucewatch.text.letters import in_small

# verbs whose object (or passive subject) is the victim
TRANSITIVE = {
    "kill": "killed", "murder": "killed", "slay": "killed", "massacre": "killed", "assassinate": "killed", "martyr": "killed",
    "behead": "killed", "slaughter": "killed", "liquidate": "killed", "annihilate": "killed", "eliminate": "killed",
    "execute": "killed", "lynch": "killed", "bury": "killed",
    "wound": "injured", "injure": "injured", "hurt": "injured", "maim": "injured", "hospitalise": "injured",
    "hospitalize": "injured", "displace": "displaced", "uproot": "displaced", "evacuate": "displaced", "capture": "captured",
    "detain": "captured", "arrest": "captured", "abduct": "captured", "kidnap": "captured", "imprison": "captured", "seize": "captured",
}  # fmt: skip
# verbs whose subject is the victim
INTRANSITIVE = {
    "die": "killed", "perish": "killed", "succumb": "killed", "fall": "killed", "flee": "displaced", "disappear": "missing",
}  # fmt: skip
# verbs that take places: only with a place for object ("captured" and "seized" may take both)
TAKING = frozenset(
    "capture seize take retake recapture liberate occupy conquer control overrun reclaim regain secure free storm recover".split()
)
# adjectives and nouns that tell the victims' state
STATES = {
    "dead": "killed", "killed": "killed", "fallen": "killed", "slain": "killed", "deceased": "killed", "lifeless": "killed", "martyred": "killed",
    "wounded": "injured", "injured": "injured", "hurt": "injured", "missing": "missing", "unaccounted": "missing",
    "displaced": "displaced", "homeless": "displaced", "captive": "captured", "hostage": "captured", "prisoner": "captured",
}  # fmt: skip
# nouns that count by themselves ("nine injuries") or through "of" ("the deaths of three men")
COUNTED = {
    "death": "killed", "fatality": "killed", "body": "killed", "corpse": "killed", "martyr": "killed", "martyrdom": "killed", "injury": "injured",
    "prisoner": "captured", "captive": "captured", "hostage": "captured", "pow": "captured", "pows": "captured",
    "killing": "killed", "wounding": "injured", "capture": "captured", "seizure": "captured", "displacement": "displaced",
    "murder": "killed", "assassination": "killed",
}  # fmt: skip
# nouns of the event: "the killing of three men" counts the men, "three killings" counts deaths too
EVENT_NOUNS = frozenset(
    {"killing", "wounding", "capture", "seizure", "displacement", "murder", "assassination", "death", "martyrdom", "loss"}
)

COMBATANTS = frozenset(
    "soldier serviceman servicewoman servicemember troop fighter militant gunman combatant crew crewman conscript trooper "
    "officer commander general colonel major captain lieutenant sergeant private corporal marine sailor pilot airman "
    "terrorist insurgent rebel guerrilla mercenary militiaman sniper gunner paratrooper infantryman reservist "
    "tankman operative jihadist separatist recruit saboteur warrior artilleryman legionnaire".split()
)
# words that make "members", "personnel", "forces" or "men" fighting ones
MILITARY = frozenset(
    "military army armed force crew troop militia enemy naval navy service brigade battalion unit border tank security "
    "defence defense soldier guard squad".split()
)
CIVILIANS = frozenset(
    "civilian resident villager woman child girl boy baby infant toddler teenager teen schoolchild schoolboy schoolgirl "
    "student pupil teacher journalist reporter cameraman photographer correspondent medic paramedic doctor nurse "
    "firefighter rescuer refugee civilans family mother father daughter son grandmother grandfather wife husband pensioner "
    "farmer shepherd driver passenger pedestrian citizen inhabitant patient worshipper aid-worker bystander sister brother "
    "parent passerby passersby passer-by passers-by couple townspeople non-combatant noncombatant staffer volunteer-medic protester demonstrator kid minor evacuee "
    "videographer photojournalist camerawoman blogger presenter fisherman herder herdsman goatherd beekeeper electrician miner "
    "imam priest monk nun mayor lawyer retiree widow widower orphan newborn shopkeeper vendor trucker cook baker "
    "granddaughter grandson grandchild niece nephew uncle aunt sibling cousin maid housemaid nanny bride bridegroom fiancee "
    "stepson stepdaughter twin".split()
)
# kin of whom somebody has one
ONE_OF_KIN = frozenset("mother father grandmother grandfather wife husband".split())
PEOPLE = frozenset(
    "volunteer people person man individual human victim worker employee other another member personnel life occupant militaryman "
    "policeman guard peacekeeper observer monitor politician official leader security pedestrian inmate prisoner detainee "
    "immigrant migrant foreigner national hostage police tourist engineer builder labourer laborer folk soul being friend "
    "companion relative colleague suspect attacker assailant bomber participant adult elderly male female youth youngster "
    "group one none those they dead wounded injured ethnic guest customer neighbour neighbor homeowner clerk owner".split()
)
PLACES = frozenset(
    "village town city settlement hamlet district region position post outpost height hill hilltop stronghold community "
    "locality neighbourhood neighborhood suburb crossing checkpoint base point area place peak mountain ridge township "
    "municipality".split()
)
# what is destroyed, fired or found but never counted as a person or a taken place
THINGS = frozenset(
    "operation order plan raid mission manoeuvre maneuver task project warrant mandate tank helicopter vehicle drone uav aircraft jet plane missile rocket shell mortar howitzer launcher system gun weapon "
    "rifle truck car bus building house home school hospital church target strike attack launch fire position-target "
    "paisa rupee dollar euro pound cent lira dram manat shekel rial rouble ruble seat goal match percent point "
    "equipment facility depot radar violation breach launcher tonne cow animal livestock horse dog".split()
)

_PERIOD_NOUN = (
    r"(?:war|conflict|fighting|hostilities|violence|battles?|clashes|invasion|offensive|campaign|operation|escalation|crisis"
    r"|unrest|uprising)"
)
_DAY_NAME = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:jan|febr)uary|march|april|may|june|july|august|(?:sept|nov|dec)ember|october"
    r"|(?:jan|feb|aug|sept|oct|nov|dec)\.)"
)
# what one attack does is no sum, whatever war it is compared with; shelling may go on for a year
ONE_ATTACK = frozenset(
    "strike raid attack airstrike blast explosion missile rocket shell mine bomb drone ambush shot bullet grenade "
    "sniper salvo barrage projectile mortar landmine".split()
)
# "in clashes on Tuesday": a few who fell on a day
OF_A_CLASH = re.compile(
    r"\b(?:in|during|by) (?:[\w-]+ ){0,3}?(?:battles?|clash(?:es)?|fighting|violence|skirmish(?:es)?)\b", re.IGNORECASE
)
ON_A_DAY = re.compile(r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|today|overnight|tonight)\b", re.IGNORECASE)
FEW = 10
_BEFORE = (
    r"(?:last night|yesterday|today|then|this|that|(?:the|this|that|[\w-]+['’]s) (?:[\w-]+ )?(?:attack|strike|raid|outrage|bombing"
    r"|bombardment|incident|killing|shelling)\b)"
)
PERIOD_AGENTS = frozenset(
    "war conflict fighting hostility violence battle campaign week day month year decade tension unrest crisis".split()
)
TOTAL_CUES = re.compile(
    r"\b(?:so far|to date|in total|in all|all told|altogether|overall|cumulative(?:ly)?|thus far|until now|up to now|as of (?:now|today|yesterday|\w+day)"
    r"|since (?!then)|since then (?=[^.;]*\b(?:have|has) )|(?:have|has) [^.;]*\bsince then\b"
    r"|(?:in|over|during|for|within) (?:that|this|the same|the whole|the entire) (?:time|period|span|stretch)|(?:in|during|over) (?:those|these|the) \d+ days"
    r"|(?:latest|available|official|partial|provisional|preliminary|combined|overall|total|final|updated) (?:available )?"
    r"(?:tall(?:y|ies)|toll|count|figures|death toll|casualty)(?! (?:of|from|in|after) (?:[\w’'-]+ ){0,3}?(?:raid|strike|airstrike|attack"
    r"|bombing|shelling|blast|explosion)\b)|total (?:number|death toll|casualties)"
    r"|(?:in|over|during|for|within) (?:the )?(?:last|past|previous|recent) (?:\w+ )?(?:days?|weeks?|months?|years?|decades?|hours)"
    r"|(?:in|within|over) (?:just |only |barely |under |less than |about |nearly )?(?:an? (?:week|month|year)|(?:two|three|four|five|six|seven|eight|nine|ten|several|\d+) (?:days|weeks|months|years))\b(?! of\b)"
    rf"|between (?:the )?(?:\d{{1,2}}(?:st|nd|rd|th)? )?{_DAY_NAME}[^.;]{{0,24}}? and (?:the )?(?:\d{{1,2}}(?:st|nd|rd|th)? )?{_DAY_NAME}"
    r"|(?:in|over) the (?:\w+ )?(?:weeks|months|years) (?:(?:that|which) (?:have |has |had )?followed|since|afterwards|after|thereafter)\b"
    r"|(?:in|over|after) (?:\w+ )?(?:days|weeks|months|years|decades) of|over more than \w+ years|over the years"
    rf"|(?:in|during|throughout|because of|as a result of|by) (?:the |an? |this |that |its )?(?:\w+[ -]){{0,3}}?{_PERIOD_NOUN}\b"
    r"|between the (?:start|beginning|outbreak) of [^.;]{0,50}? and\b|on (?:its|our|their) (?:own )?side\b"
    rf"|\bhad\b[^.;]{{0,60}}?\bbefore {_BEFORE}"
    r"|both sides|on both sides|on (?:the|either|each|our|their|its) [\w-]+ side\b|in (?:the )?(?:early |late |mid-?)?(?:19|20)\d0s|during (?:the )?(?:19|20)\d\d)",
    re.IGNORECASE,
)
# "in one of the deadliest attacks of the war" compares an incident with the war: it sums nothing
SUPERLATIVE_ASIDE = re.compile(
    r"\b(?:one of |some of |among )the (?:single )?(?:\w+est|worst|most \w+)\b[^,.;]*|\b(?:the|in) (?:single )?(?:deadliest|bloodiest|heaviest|highest|worst|largest|biggest) (?!fighting|war)[^,.;]*"
    r"|\b(?:the|its|their|a|for|in) (?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d+(?:st|nd|rd|th)|latest|only|last|newest)"
    r" (?!year|month|week|day|time|toll|count|figure|tally|number|decade|hour)[^,.;]*|\bfor (?:the )?\w+ time (?:since|in)\b[^,.;]*",
    re.IGNORECASE,
)
TALLY_SOURCE = re.compile(
    r"\baccording to (?:an? |the )?(?:\w+ )?(?:partial|latest|available|provisional|preliminary|updated|official) (?:\w+ )?(?:toll|tally|tallies|count|figures)\b",
    re.IGNORECASE,
)
LEADING_TOTAL = re.compile(
    r"^\W*(?:on (?:the|either|each) [\w-]+ side,|since [^,.]{1,60}?(?:,| (?=[^,.]*\b(?:have|has|had)\b))|so far|to date|in total|in all|overall|all told|altogether|thus far|until now|up to now)\b"
    rf"|^\W*(?:(?:until|till|by) then|(?:before|until) {_BEFORE})[^.;]*?\bhad\b",
    re.IGNORECASE,
)


def population_of(lemmas: set[str], measure: str) -> str:
    """Population by the victims' words: civilian, combatant or unknown. Those displaced are civilians unless said otherwise."""
    if lemmas & {"civilian", "non-combatant", "noncombatant", "unarmed"}:
        return "civilian"
    if lemmas & COMBATANTS and not lemmas & {"police", "medical", "security-guard"}:
        return "combatant"
    if lemmas & MILITARY and lemmas & {"member", "personnel", "man", "force", "official", "woman", "people", "staff"}:
        return "combatant"
    if lemmas & CIVILIANS:
        return "civilian"
    return "civilian" if measure == "displaced" else "unknown"


# a paragraph without any of these stems holds no figure and is not searched
_STEMS = re.compile(
    r"\b(?:kill|destroy|neutrali|murder|sla(?:y|in|ughter)|massacr|assassin|martyr|behead|liquidat|annihilat|eliminat|wound|burn|injur|hurt|maim|hospitali|admit|rush(?:ed|ing)"
    r"|displac|uproot|evacuat|execut|lynch|captur|detain|arrest|abduct|kidnap|imprison|seiz|died?\b|dying|dies\b|perish|succumb|fle[de]|flee|disappear"
    r"|fell\b|fallen|dead|deceased|lifeless|missing|unaccounted|homeless|captive|hostage|prisoner|death|fatal|bod(?:y|ies)\b|corpse|pow\b|pows\b"
    r"|toll|victim|contact|casualt|los[est]|losing|bur(?:y|ied)|misplac|treat|condition|blow|claim|tak(?:e|ing)|took|retak|recaptur|liberat|occup|conquer|control|overr[au]n|reclaim|regain"
    r"|captivit|detention|fate|cost|forc|driv|drove|left|leav|sent|put|abandon|secur|fre(?:e|ing)|storm|recover|casualt)"
)


def find_stems(text: str) -> list[int]:
    """Offsets of the stems without which a text holds no figure."""
    return [match.start() for match in _STEMS.finditer(in_small(text))]
