"""Patterns and small questions on phrases: pronouns, pairs of sides, owners, head words, gender."""

from __future__ import annotations

import re
from functools import lru_cache

from trucewatch.model.records import Mention

FIRST = frozenset({"we", "us", "our", "i", "me", "my", "ours"})
PERSONAL = frozenset({"he", "him", "his", "she", "her"})
NEUTER = frozenset({"it", "its"})
PLURAL = frozenset({"they", "them", "their"})
POSSESSIVE = re.compile(r"(?:his|her|its|their|our|my)\b(?:\s+own)?\s+", re.I)
GENITIVE = re.compile(r"^(?P<owner>.+?)['’](?:s\b)?\s+(?P<thing>\S.*)$")
# a land that is no state: "the territory's rescue service", "the enclave's army"
LAND = re.compile(r"^the\s+(?:territory|enclave|region|republic|statelet)(?=['’]s\s|$)", re.I)
OF = re.compile(
    r"^(?P<thing>(?:the|a|an)?\s*[\w' -]+?)\s+(?:of|for|to|from)\s+(?P<owner>(?:the|his|her|its|their|this|that)\b.*)$", re.I
)
INSTITUTIONS = (
    r"(?:government|regime|authorities|leadership|army|military|administration|presidency|parliament|ministry|officials?|prosecutors?"
    r"|investigators?|(?:prosecutor|ombudsman)(?:['’]s office)?|generals|commanders|lawmakers|spokes\w+|ministers?)"
)
# "prosecutors in <Capital>", "senior officials in <Capital>"
SEATED = re.compile(
    rf"^(?P<thing>(?:(?:the|a|an|some|several|senior|top|military|defen[cs]e|security|health|government)\s+)*{INSTITUTIONS})"
    r"\s+(?:based )?in\s+(?P<owner>[A-Z].*)$",
    re.I,
)
ARTICLE = re.compile(r"^(?:the|a|an|this|that|these|those|another|one|both|each|some|several|other)\s+", re.I)
AT_ODDS = r"(?:warring|conflicting|opposing|rival|fighting|neighbou?ring|former|long-?time)"
_PAIRED = (
    r"(?:sides?|parties|party|countries|country|nations|neighbou?rs|states|foes|rivals|armies|enemies|governments|capitals|camps"
    r"|militaries|republics|peoples)"
)
BOTH = re.compile(
    r"^(?!all\s+(?:\d+|(?:the\s+)?(?:contributing|member|other)))"
    rf"(?:both|the two|two|each|either|neither|all|the {AT_ODDS}|{AT_ODDS})\s+(?:(?:{AT_ODDS}|[\w-]+)\s+){{0,3}}?"
    rf"{_PAIRED}(?:\s+(?:of|to|in) .*)?$"
    r"|^(?:both|the two|the|their)\s+(?:foreign ministers|leaders|presidents|diplomats)\s+of\s+(?:both|the two)\s.*$"
    r"|^(?:both|the two)\s+(?:[a-z-]+\s+){0,2}"
    r"(?:ministers|leaders|presidents|colleagues|counterparts|premiers|chiefs|diplomats|men)$"
    r"|^(?:both|each|the two|each other|one another|(?:the )?(?:parties|sides)(?:\s+(?:of|to|in) .*)?)$",
    re.I,
)
# both of whom states are meant, and no warring sides
STATES_OF_BOTH = re.compile(r"\b(?:countries|nations|states|governments|capitals)$")
# more than the two sides' own
SEVERAL = re.compile(
    r"^(?:the|all) (?:three|four|five)\s+(?:[a-z-]+\s+){0,1}(?:leaders|men|officials|politicians|presidents|ministers)$", re.I
)
# nobody calls his own government that
REGIME = re.compile(
    r"(?:the|this|that)\s+(?:(?!cease-?fire|truce|silence|visa|sanctions|security|inspection|border|customs|tax)[a-z]+\s+)?regime"
)
THERE = re.compile(r"^(?P<who>.+?)\s+there$", re.I)
# "a group of men", "an infantry force": somebody not told of before, whatever group or force was
UNTOLD = re.compile(
    r"^(?:an?|another|some|several)\s+(?:[a-z-]+\s+){0,2}?(?:group|gang|crowd|band|force|unit|squad|cell|patrol)s?"
    r"(?:\s+of\s+(?:[a-z-]+\s+){0,2}?(?:men|people|youths?|gunmen|residents|villagers|soldiers|troops|fighters|protesters)\b[^A-Z]*)?$"
)
STATEMENT = re.compile(
    r"^(?:the|a|an|its|his|her|their|another)\s+(?:[\w-]+\s+)?(?:statement|post|message|tweet|communiqu[eé]|address|report|bulletin"
    r"|release|dispatch|readout|summary|announcement)$",
    re.I,
)
ENEMY = re.compile(
    r"^(?:the|our|an)?\s*(?:enemy|enemies|adversary|opponent|aggressor|(?:other|opposing|opposite) side|rival|foe"
    r"|occupiers?|invaders?|occupation(?= army| forces?| troops| soldiers)|occupying(?= army| forces?| troops)|attackers)"
    r"(?:['’]s|s['’])?(?:\s|$)",
    re.I,
)
# "two <People> militaries" are of that people, and not both sides'
NAMED_PEOPLE = re.compile(
    r"^(?:(?:an?|the|some|several|both|two|three|four|five|six|seven|eight|nine|ten|\d+|other|another|more|at least|about)\s+)+"
    r"(?P<people>[A-Z][a-z]+)\s+(?:[A-Z]\w*-\d+\w*|[a-z][\w-]*)(?:\s+[a-z][\w-]*){0,2}$"
)
# one side, seen from another: never both
OPPOSITE = re.compile(
    r"^(?:the|our|an)?\s*(?:opposing|opposite|other|rival|hostile|adverse|contrary|warring)\s+"
    r"(?:side|party|army|military|camp|country|state)(?:['’]s)?(?:\s|$)",
    re.I,
)
_NUMBERS = (
    r"(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a dozen|dozens of|hundreds of|scores of"
    r"|several|some|many|both|a number of|a group of|a further|another)"
)
# "more than 100 <People> soldiers": whose they are the words behind the number tell
COUNTED = re.compile(
    r"^(?:(?:more than|at least|about|around|some|nearly|almost|over|up to|as many as|approximately|roughly|fewer than)\s+)?"
    rf"{_NUMBERS}\s+(?:(?:more|other|of (?:its|the|their|our|his))\s+)?(?=[A-Z])",
)
TITLE = re.compile(
    r"^(?:mr|mrs|ms|miss|dr|gen|col|general|colonel|president|minister|prime minister|sheikh|sayyed|the)\.?\s+", re.I
)
FEMALE = re.compile(
    r"\b(?:spokeswoman|mrs|ms|madam|queen|chairwoman|congresswoman|ombudswoman|policewoman|her|she|woman|mother|wife)\b", re.I
)
MALE = re.compile(r"\b(?:spokesman|mr|king|chairman|congressman|policeman|prince|his|he|man|father)\b", re.I)
# offices of one person each: "the head of the council, Anna Roth"
ONE_MAN = frozenset(
    "head leader chief director commander mayor governor minister president premier spokesperson chairperson general colonel "
    "secretary ambassador envoy lawmaker adviser advisor prosecutor mukhtar prefect doctor officer patriarch bishop".split()
)
OFFICE_HEADS = frozenset(
    {"president", "minister", "premier", "leader", "commander", "spokesman", "spokeswoman", "chief", "government"}
)
GROUPS = frozenset({"group", "militia", "movement", "organisation", "organization", "faction", "militant", "party"})
# "the department", "the service": the body that spoke last, whatever its name ends in
ANY_BODY = frozenset({"department", "body", "structure", "institution", "directorate"})
GOVERNMENTS = frozenset({"government", "cabinet", "authority"})
BODIES = frozenset(
    "department agency service body structure committee commission directorate institution bureau office center centre".split()
)
SEATED_HEADS = frozenset(
    "ministry government office army military presidency parliament prosecutor ombudsman spokesman spokeswoman minister "
    "president premier official leader authority police".split()
)
OFFICIAL = re.compile(
    r"\b(?:spokes\w+|officials?|representative|adviser|advisor|envoy|aide|deputy|secretary|ambassador|commander|general)\b", re.I
)
# who speaks for no side: "it", right after such a one, is nobody's
HELPER = re.compile(
    r"\b(?:rights group|charity|watchdog|aid group|aid agency|organi[sz]ation|newspaper|think[ -]tank|foundation"
    r"|(?:monitoring|advocacy|campaign|research|media|relief|environmental) group)\b",
    re.I,
)
# what sits in a capital, whatever it is called
SEATED_BODY = re.compile(
    r"\b(?:council|administration|cabinet|treasury|parliament|senate|congress|bureau|authorities|opposition)\b", re.I
)
FORCE_HEADS = frozenset({"force", "mission", "contingent", "peacekeeper"})
_ARMIES = frozenset({"army", "military", "force", "troop"})
# head words that name one body in turns: "the army" of the "military"
HEAD_KIN = {
    "army": _ARMIES,
    "military": _ARMIES,
    "minister": frozenset({"minister", "premier"}),
    "premier": frozenset({"minister", "premier"}),
    "presidency": frozenset({"presidency", "president"}),
}
PUBLISHED = re.compile(
    r"^(?P<who>.+?)\s+(?:readout|statement|bulletin|post|message|tweet|release|report|communiqu[eé]|website|video|footage|data)s?$"
)
_OF_A_PLACE = (
    r"(?:of )?"
    r"(?:(?:the|a|an|one|two|several|local|senior|top|deputy|acting|former|another|city|town|village|municipal|district|regional"
    r"|provincial|main|central|state(?:-run|-owned)?|national|its|(?:town|city|village|region|district|area|province|community|territory|enclave|republic|camp|suburb|neighbou?rhood)['’]s)\s+)*"
)
_LOCAL_BODY = (
    r"(?:police(?: force| department)?|municipality|municipal (?:council|administration)|(?:local |regional )?council|hospital"
    r"|executive (?:power|authority|committee)|administration"
    r"|clinic|disaster (?:management )?(?:unit|committee|authority)"
    r"|fire (?:service|brigade|department)|firefighting service|rescue (?:service|team)s?|civil (?:defen[cs]e|protection)"
    r"(?: service| team| unit)?|emergenc(?:y|ies) (?:service|department|ministry|unit)s?|ambulance service|medical cent(?:re|er)"
    r"|health (?:cent(?:re|er)|department|authority|service|directorate)|village|town|community|district)"
)
_LOCAL_MAN = (
    r"(?:head|director|chief|manager|chair(?:man|woman)?|leader|mukhtar|elder|spokes\w+|doctor|surgeon|official|officer|worker|volunteer"
    r"|employee|member|source|driver|commander|team leader|administrator)s?"
)
LOCAL = re.compile(
    rf"^{_OF_A_PLACE}"
    r"(?:police|mayors?|governor|prefect|mukhtar|firefighters?|hospitals?|medics?|paramedics?|doctors?|nurses?|rescuers?"
    r"|(?:rescue|emergency) workers|(?:public )?health (?:officials?|authorities|ministry|workers)|ministry of (?:public )?health"
    r"|(?:public |military |chief |district )?prosecutor(?:[ -]general)?(?:['’]s office)?|prosecution|general prosecutor"
    r"|(?:general )?prosecutor['’]s office"
    r"|(?:ombuds(?:man|woman)|human rights (?:defender|ombudsman|commissioner))(?:['’]s office)?"
    r"|investigative committee|investigators|coroner"
    r"|(?:electricity|electric|power|water|gas|telephone|telecoms?) (?:company|utility|authority|supplier|operator|network|works)"
    r"|officials? in the (?:south|north|east|west|border|region|area|district|province|city|town|village|mountains?|valley)\b.*"
    r"|municipality|executive (?:power|authority|committee)"
    r"|state(?:[ -](?:run|owned|controlled))? (?:media|television|tv|(?:news )?agency|broadcaster)"
    r"|local (?:officials?|authorities)"
    rf"|{_LOCAL_BODY}|{_LOCAL_MAN} (?:of|at|for|in|with) {_OF_A_PLACE}(?:[A-Z][\w’'-]+\s+){{0,2}}{_LOCAL_BODY})\b",
    re.I,
)
# whom only a town has, never a state: "its mayor" is that of the town named last
OF_A_TOWN = re.compile(
    r"^(?:deputy )?(?:mayor|mukhtar|municipality|municipal|council|prefect|hospital|clinic|fire brigade)\b", re.I
)
LOCAL_OF = re.compile(r"^(?P<place>(?:[A-Z][\w’'-]+?\s?)+)['’]s\s+(?P<body>.+)$")
# "the Northshire governor", "Rivertown municipality"
LOCAL_BEFORE = re.compile(
    r"^(?:the\s+)?(?P<place>[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)*)\s+(?:regional |provincial |city |district |province |county )?"
    r"(?:governor|mayor|prefect|municipality|(?:local |regional |municipal )?council|police|fire service|hospital|prosecutor)"
    r"(?:['’]s office)?\b"
)
# who counts the victims of his own side, and not those of its fire on others
CIVIL_BODY = re.compile(
    r"\b(?:(?:public )?health (?:ministry|minister|officials?|authorities|department)|ministry of (?:public )?health"
    r"|hospitals?|medics?"
    r"|paramedics?|doctors?|rescuers?|rescue (?:service|workers?)|emergenc(?:y|ies) (?:service|ministry|situations|workers?)"
    r"|civil (?:defen[cs]e|protection)|ambulance|prosecutors?(?:[ -]general)?|ombuds\w+|human rights (?:defender|ombudsman)"
    r"|disaster management)\b",
    re.I,
)
# how a side tells of what was done to it
AGGRIEVED = re.compile(
    r"\b(?:enem(?:y|ies)|provocat\w+|violat\w+|treacher\w+|terroris\w+|aggress\w+|occup\w+|illegal\w*|opponents?|adversar\w+"
    r"|civilians?|settlements?|residential|villages?|peaceful|children|school|hospital)\b",
    re.I,
)
# "statements from the two governments", "figures released by the army"
STATEMENTS_BY = re.compile(
    r"^(?:(?:an?|the|another|official|latest|joint|written|brief|short|separate|recent) )*"
    r"(?:statements?|figures|data|reports?|numbers|accounts?|documents?|records|posts?|messages?|bulletins?|releases?|words"
    r"|versions?|information)"
    r"\s+(?:\w+ed\s+)?(?:from|by|of)"
    r"\s+(?P<who>\S.*)$",
    re.I,
)
# "As for <Capital>, its ministry", "on the <People> side, the prosecutors"
TOPIC = re.compile(r"^(?:but |and |meanwhile,? )?(?:as for|as to|for|regarding|on the part of)\s+(?:the\s+)?$", re.I)
SIDE_OPENING = re.compile(r"^(?:but |and |meanwhile,? )?(?:in|from|on|for|at)(?:\s+the)?$", re.I)
# what only a state has: "the Ministry of Health", "the army", "security officials"
STATE_BODY = re.compile(
    r"^(?:the\s+)?(?:[a-z]+\s+)?(?:ministry|ministries|army|military|air force|navy|general staff"
    r"|defen[cs]e (?:minister|officials?|forces)"
    r"|security (?:officials?|forces|services?)|military officials?|foreign minister|president|prime minister"
    r"|government|cabinet|police"
    r"|prosecutor|border guard)\b",
    re.I,
)
# those whom a commander or spokesman of their own speaks of
SERVING = frozenset("pilot crew officer commander unit gunner observer patrol battery squadron aircrew brigade division".split())
# offices that an armed group has not: its men speak for no army and no ministry
STATES_OWN = re.compile(r"\b(?:army|military|air force|navy|ministry|minister|embassy|MoD|defen[cs]e officials?)\b", re.I)
# whoever says "its soldiers were hit" is not who hit them
_HURT = (
    r"(?:[a-z-]+\s+)?(?:soldiers?|troops|men|servicemen|positions?|posts?|forces|citizens|people|villages?|towns?|territory"
    r"|units?|patrols?|vehicles?|bases?|border)\b"
)
OWN_HURT = re.compile(rf"\b(?:its|our|their)\s+(?:own\s+)?{_HURT}", re.I)
# "fell near Northland positions"
STRUCK_OF = re.compile(rf"\b(?:near|at|on|against|towards?|into|to|hit|struck|by)\s+(?P<side>[A-Z][\w-]+)(?:['’]s)?\s+{_HURT}")
# what an army tells of itself: the other side would tell of its hurt and not of the other's success
SUCCESS = re.compile(
    r"\b(?:destroy(?:ed|ing)|neutrali[sz]\w+|eliminat\w+|repel\w+|repuls\w+|thwart\w+|foil\w+|suppress\w+|silenc\w+|down(?:ed|ing)"
    r"|(?:shot|shooting|brought|bringing) down|knock(?:ed|ing) out|wip(?:ed|ing) out|intercept\w+|liberat\w+|captur(?:ed|ing)"
    r"|inflict\w+|(?:took|taken|taking|gained|established) (?:full )?control|disabled|put out of action"
    r"|took (?:\w+ ){0,2}(?:heights?|hills?|posts?|positions))\b",
    re.I,
)
# right before the one who is blamed
BLAMING = re.compile(r"\b(?:accus|blam|condemn|denounc|urg|reproach|criticis|criticiz)\w*\s+(?:the\s+)?$", re.I)
WITHIN = re.compile(r"\b(?:in|of|at)\s+((?:[A-Z][\w’'-]+\s?)+)")
_HEAD_ENDS = re.compile(r",|\(| (?:of|for|to|in|at|on|from|who|which|that|said|is|was) ", re.I)
MAX_DEPTH = 5
HOSTILE = frozenset({"ASSAULT", "ACCUSE", "COERCE", "THREATEN", "TERRITORY"})
TROOPS = frozenset({"troop", "force", "soldier", "fighter", "serviceman", "servicemen", "unit"})
# what moves as one: "a patrol", "a convoy"
MOVING = frozenset("patrol convoy column squad squadron platoon company battalion brigade team tank vehicle drone jet".split())
WHILE = re.compile(r"[^.;]{0,40}?,?\s+(?:just\s+)?(?:as|when|while|after|before|once)\s+")
ABOARD = re.compile(r"(?:entire |whole |\w+-(?:man|strong) )?(?:crews?|drivers?|pilots?|occupants|passengers|gunners?)\b", re.I)
# "Northland armed units" are Northland's units
ARMS = re.compile(r"\b(?:armed|ground|special|regular|elite|mechani[sz]ed|motori[sz]ed|military)\s+(?=[a-z])")
RANKS = frozenset({"general", "major", "colonel", "captain", "lieutenant", "sergeant", "corporal", "private", "brigadier"})
OWN_ARMED = frozenset({"army", "military", "navy"})
HOME = frozenset({"country", "nation", "republic", "homeland", "state"})
VAGUE = frozenset({"official", "authority", "source", "diplomat", "report", "medium", "expert", "analyst", "resident", "witness"})


# "the country'sArmy", "TheNorthern army": a space was lost
_GLUED = re.compile(r"(?<=['’]s)(?=[A-Z][a-z])|(?<=\b[Tt]he)(?=[A-Z][a-z])|(?<=\bof)(?=[A-Z][a-z])")


@lru_cache(maxsize=16384)
def clean(text: str) -> str:
    """A phrase on one line, without marks around it; the last stop of "U.S." stays."""
    flat = _GLUED.sub(" ", re.sub(r"\s+", " ", text))
    bare = flat.strip(" \"'“”‘’,.;:–—-")
    return f"{bare}." if re.search(r"(?:^|\W)(?:[A-Z]\.)+[A-Z]$", bare) and f"{bare}." in flat else bare


@lru_cache(maxsize=4096)
def local_part(text: str) -> str | None:
    """The part of a phrase that names a local voice: "Anna Roth, the mayor of Rivertown"; None where no part does."""
    return next((part for part in (text, *text.split(", ")) if LOCAL.search(part)), None)


# "the prosecutor general" is no general
_OF_A_GENERAL = frozenset({"prosecutor", "prosecutors", "attorney", "attorneys", "secretary", "consul", "director"})


@lru_cache(maxsize=16384)
def head_word(text: str) -> str:
    """Last noun before a preposition or comma, in the singular: what two phrases for one body share."""
    core = _HEAD_ENDS.split(f"{text} ", maxsplit=1)[0].strip()
    words: list[str] = re.findall(r"[^\W\d_]+", core.lower())
    if not words:
        return ""
    last = words[-1]
    if last == "general" and len(words) > 1 and words[-2] in _OF_A_GENERAL:
        last = words[-2]
    if last.endswith("ies"):
        return last[:-3] + "y"
    return last[:-1] if last.endswith("s") and not last.endswith("ss") and len(last) > 4 else last


_BRANCH = re.compile(
    r"\b(?:(?P<defence>defen[cs]e|military)|(?P<foreign>foreign|external)|(?P<interior>interior|internal|home)|(?P<health>health)"
    r"|(?P<prime>prime minister|premier)"
    r"|(?P<justice>justice)|(?P<emergency>emergenc(?:y|ies))|(?P<finance>finance)|(?P<education>education))\b",
    re.I,
)


def branches_differ(one: str, other: str) -> bool:
    """Whether two ministries or ministers are of two branches: "the Defence Ministry" is no Ministry of Foreign Affairs."""
    first = {match.lastgroup for match in _BRANCH.finditer(one)}
    second = {match.lastgroup for match in _BRANCH.finditer(other)}
    return bool(first and second) and not first & second


def agrees(mention: Mention, word: str) -> bool:
    """Whether a mention may be what a pronoun stands for, by number, person and gender."""
    if mention.kind == "place" or (mention.kind == "pronoun" and mention.text.lower() != word):
        return False
    if word in PLURAL:
        return mention.is_plural or mention.kind in ("group", "body")
    if word in NEUTER:
        return not (mention.kind == "person" and is_single_person(mention)) and not (
            mention.is_plural and mention.kind != "country"
        )
    return mention.kind in ("person", "role") and not mention.is_plural and gender_fits(mention, word)


def names_somebody(mention: Mention) -> bool:
    """Whether a mention gives a person's name, two words at least."""
    return mention.kind == "person" and bool(re.search(r"[A-Z]\w+ [A-Z]\w+", mention.text))


def is_single_person(mention: Mention) -> bool:
    """Whether one person is meant."""
    return not mention.is_plural


def gender_fits(mention: Mention, word: str) -> bool:
    """Whether nothing in a mention speaks against "he" or "she"."""
    about = f"{mention.text} {mention.description or ''}"
    if word in ("she", "her"):
        return not MALE.search(about)
    if word in ("he", "him", "his"):
        return not FEMALE.search(about)
    return True
