"""English words for institutions, offices, people and equipment: the nouns that turn "Azerbaijani ..." into somebody.

Each entry leads from a canonical name to its variants, in the singular; plurals are made by rule. Nothing here names anyone:
which ministry of which state exists is data (theatres/world/bodies.toml and the theatres' actors.toml).
"""

from __future__ import annotations

INSTITUTIONS: dict[str, tuple[str, ...]] = {
    "ministry of defence": (
        "ministry of defence", "ministry of defense", "defence ministry", "defense ministry", "mod", "modr", "mod's",
        "defence department", "defense department", "department of defense", "ministry of national defence",
        "ministry of national defense", "national defence ministry", "national defense ministry", "military ministry",
        "ministry of war", "war ministry", "department of war", "military department",
    ),
    "ministry of foreign affairs": (
        "ministry of foreign affairs", "foreign ministry", "foreign affairs ministry", "ministry for foreign affairs", "mfa",
        "mofa", "foreign office", "ministry of external affairs", "external affairs ministry", "state department",
        "department of state", "ministry for europe and foreign affairs", "foreign affairs department", "ministry of foreign",
    ),
    "ministry of interior": (
        "ministry of interior", "ministry of the interior", "interior ministry", "ministry of internal affairs",
        "internal affairs ministry", "home office", "home ministry", "national security ministry", "ministry of national security",
    ),
    "ministry of health": (
        "ministry of health", "health ministry", "public health ministry", "ministry of public health", "health department",
        "health authority", "ministry of healthcare",
    ),
    "ministry of emergency situations": (
        "ministry of emergency situations", "emergency situations ministry", "emergencies ministry", "emergency ministry",
        "rescue service", "state emergency service", "emergency service", "civil defence", "civil defense", "fire service",
        "fire and rescue service", "ministry of emergencies", "fire department", "ambulance service",
    ),
    "ministry of justice": ("ministry of justice", "justice ministry", "justice department", "department of justice"),
    "ministry of finance": ("ministry of finance", "finance ministry", "treasury"),
    "ministry of economy": ("ministry of economy", "economy ministry", "ministry of the economy"),
    "ministry of energy": ("ministry of energy", "energy ministry"),
    "ministry of education": ("ministry of education", "education ministry"),
    "ministry of culture": ("ministry of culture", "culture ministry"),
    "ministry of transport": ("ministry of transport", "transport ministry", "public works ministry", "ministry of public works"),
    "ministry of environment": ("ministry of environment", "environment ministry", "ministry of ecology", "ecology ministry"),
    "ministry of information": ("ministry of information", "information ministry"),
    "ministry": ("ministry",),
    "armed forces": (
        "armed forces", "army", "military", "defence forces", "defense forces", "defence force", "defense force", "defence army",
        "defense army", "self defence army", "self defense army", "self defence forces", "self defense forces", "land forces",
        "ground forces", "general staff", "military command", "army command", "high command", "army general staff",
        "military leadership", "armed force", "joint staff", "general staff of the armed forces", "army headquarters",
    ),
    "air force": ("air force", "airforce", "air forces"),
    "navy": ("navy", "naval forces"),
    "border service": (
        "border service", "state border service", "border guard service", "border guard", "border troops", "border police",
        "border patrol",
    ),
    "security service": (
        "security service", "national security service", "state security service", "intelligence service",
        "foreign intelligence service", "intelligence agency", "security agency", "state security", "nss", "domestic security service",
        "internal security service",
    ),
    "police": ("police", "police force", "law enforcement", "police department", "gendarmerie"),
    "prosecutor's office": (
        "prosecutor's office", "prosecutor office", "prosecutor general's office", "prosecutor general office",
        "general prosecutor's office", "prosecutors office", "attorney general's office", "military prosecutor's office",
        "state prosecutor's office", "prosecution service", "public prosecutor's office", "office of the prosecutor general",
        "prosecution",
    ),
    "investigative committee": ("investigative committee", "investigation committee"),
    "presidency": (
        "presidency", "president's office", "president office", "presidential office", "presidential administration",
        "presidential press service", "office of the president", "administration of the president", "presidential palace",
        "press service of the president", "presidential press office", "president's press service", "president's administration",
    ),
    "prime minister's office": (
        "prime minister's office", "prime minister office", "office of the prime minister", "premier's office", "pm's office",
        "pm office",
    ),
    "government": (
        "government", "cabinet", "council of ministers", "cabinet of ministers", "administration", "executive",
        "caretaker government", "war cabinet", "security cabinet", "government's press service",
    ),
    "parliament": (
        "parliament", "national assembly", "legislature", "lower house", "upper house", "senate", "house of representatives",
        "congress", "state duma",
    ),
    "security council": ("security council", "national security council", "supreme national security council"),
    "ombudsman": (
        "ombudsman", "ombudsman's office", "office of the ombudsman", "human rights ombudsman", "human rights defender",
        "human rights defender's office", "human rights commissioner", "rights ombudsman", "ombudswoman", "ombudsperson",
        "human rights ombudsman's office", "office of the human rights defender", "human rights ombudsperson", "rights defender",
    ),
    "information centre": (
        "information centre", "information center", "infocenter", "infocentre", "info center", "information headquarters",
        "joint information center", "unified information center", "unified infocenter", "government information center",
    ),
    "embassy": ("embassy", "consulate", "diplomatic mission"),
    "delegation": ("delegation", "negotiating team", "team of negotiators"),
    "state media": (
        "state media", "state news", "state news agency", "state tv", "state television", "state run media", "state owned media",
        "official media", "state broadcaster", "state radio", "state run news agency", "state run agency", "state agency",
        "official news agency", "state run television", "state run tv", "official agency", "national television",
        "state linked media", "state affiliated media", "public tv", "public television", "public broadcaster", "state outlet",
        "state run broadcaster", "state owned news agency", "state owned agency", "government media office", "state press",
    ),
    "media": ("media", "press", "news outlet", "newspaper", "news agency", "television", "tv", "broadcaster", "media outlet",
              "news website", "news site", "news portal", "radio", "news media", "tv channel", "television channel", "media report"),
    "media office": ("media office", "press service", "press office", "information office", "media centre", "media center",
                     "press center", "press centre", "media relations office", "war media"),
    "court": ("court", "supreme court", "constitutional court", "high court", "military court"),
    "central bank": ("central bank",),
    "ruling party": ("ruling party", "opposition", "opposition party"),
    "red cross": ("red cross society", "red crescent", "red crescent society"),
    "peacekeeping force": (
        "peacekeeping force", "peacekeeping forces", "peacekeeping contingent", "peacekeeping mission", "peacekeeping command",
        "peacekeeping troops", "peacekeepers", "peacekeeper", "peacekeeping unit", "peacekeeping personnel", "peace keepers",
        "peacekeeping operation",
    ),
}  # fmt: skip

OFFICES: dict[str, tuple[str, ...]] = {
    "president": ("president", "head of state", "president elect"),
    "vice president": ("vice president", "first vice president"),
    "prime minister": ("prime minister", "premier", "pm", "head of government", "acting prime minister", "caretaker prime minister",
                       "interim prime minister", "prime minister designate"),
    "deputy prime minister": ("deputy prime minister", "vice prime minister", "deputy premier", "vice premier"),
    "chancellor": ("chancellor",),
    "foreign minister": (
        "foreign minister", "minister of foreign affairs", "minister for foreign affairs", "foreign affairs minister", "fm",
        "foreign secretary", "top diplomat", "chief diplomat", "secretary of state", "minister for europe and foreign affairs",
        "external affairs minister",
    ),
    "deputy foreign minister": ("deputy foreign minister", "deputy minister of foreign affairs", "deputy secretary of state",
                                "assistant secretary of state", "vice foreign minister"),
    "defence minister": (
        "defence minister", "defense minister", "minister of defence", "minister of defense", "defence secretary",
        "defense secretary", "secretary of defense", "secretary of defence", "defence chief", "defense chief",
        "minister of national defence", "war minister", "secretary of war", "defence head",
    ),
    "deputy defence minister": ("deputy defence minister", "deputy defense minister", "deputy minister of defence",
                                "deputy minister of defense"),
    "interior minister": ("interior minister", "minister of interior", "minister of the interior", "minister of internal affairs",
                          "internal affairs minister", "home secretary", "national security minister"),
    "health minister": ("health minister", "minister of health", "public health minister", "minister of public health"),
    "finance minister": ("finance minister", "minister of finance"),
    "information minister": ("information minister", "minister of information"),
    "emergency minister": ("emergency situations minister", "minister of emergency situations", "emergencies minister"),
    "justice minister": ("justice minister", "minister of justice"),
    "energy minister": ("energy minister", "minister of energy"),
    "strategic affairs minister": ("strategic affairs minister", "minister of strategic affairs"),
    "minister of state": ("state minister", "minister of state"),
    "minister": ("minister", "cabinet minister", "junior minister", "deputy minister"),
    "spokesperson": (
        "spokesman", "spokeswoman", "spokesperson", "spox", "press secretary", "press officer", "spokesmen", "spokespeople",
        "speaker of the press service", "head of the press service", "information officer",
    ),
    "ambassador": ("ambassador", "permanent representative", "charge d'affaires", "consul", "consul general", "envoy to the un",
                   "permanent envoy", "military attache"),
    "envoy": ("envoy", "special envoy", "special representative", "mediator", "peace envoy", "negotiator", "chief negotiator",
              "special coordinator", "representative", "co chair", "personal representative", "emissary"),
    "aide": ("aide", "adviser", "advisor", "assistant", "senior aide", "chief of staff of the president", "counsellor",
             "national security adviser", "national security advisor", "foreign policy aide", "foreign policy adviser",
             "foreign policy advisor", "senior adviser", "senior advisor", "senior foreign policy aide", "presidential aide",
             "presidential adviser", "presidential advisor", "assistant of the president", "top aide"),
    "leader": ("leader", "head", "chief", "ruler", "chairman", "political leader", "boss", "political chief", "strongman"),
    "commander": ("commander", "general", "colonel", "lieutenant general", "major general", "major", "captain", "lieutenant",
                  "commander in chief", "army chief", "army commander", "chief of staff", "chief of general staff",
                  "chief of the general staff", "military chief", "brigadier general", "admiral", "deputy commander", "deputy head",
                  "lieutenant colonel", "brigadier", "senior commander", "field commander", "top commander", "officer",
                  "rear admiral", "commanding officer", "military commander", "force commander", "security chief"),
    "ombudsman": ("ombudsman", "human rights ombudsman", "human rights defender", "ombudswoman", "human rights commissioner",
                  "ombudsperson", "rights ombudsman", "rights defender"),
    "speaker": ("speaker", "parliament speaker", "speaker of parliament", "speaker of the parliament", "parliamentary speaker",
                "speaker of the national assembly", "national assembly speaker", "house speaker"),
    "secretary of the security council": ("security council secretary", "secretary of the security council",
                                          "secretary of security council", "head of the security council"),
    "secretary general": ("secretary general", "general secretary", "un chief", "secretary-general"),
    "high representative": ("foreign affairs chief", "foreign policy chief", "high representative", "top diplomat",
                            "high representative for foreign affairs", "foreign policy head", "diplomatic chief"),
    "lawmaker": ("lawmaker", "mp", "legislator", "parliamentarian", "senator", "congressman", "member of parliament", "deputy",
                 "congresswoman", "member of the knesset"),
    "supreme leader": ("supreme leader", "spiritual leader"),
    "king": ("king", "emir", "crown prince", "sultan", "queen", "monarch", "prince"),
    "pope": ("pope", "pontiff"),
    "prosecutor": ("prosecutor", "prosecutor general", "attorney general", "general prosecutor", "chief prosecutor",
                   "public prosecutor", "military prosecutor"),
    "mayor": ("mayor", "deputy mayor"),
    "governor": ("governor", "deputy governor", "regional governor"),
    "official": ("official", "government official", "military official", "senior official", "defence official", "defense official",
                 "health official", "security official", "security source", "government source", "military source", "source",
                 "diplomatic source", "officialdom", "local official", "public official", "judge", "bureaucrat"),
    "diplomat": ("diplomat",),
    "founder": ("founder", "co founder"),
    "director": ("director", "director general", "executive director", "commissioner", "undersecretary", "under secretary general",
                 "coordinator", "secretary"),
    "correspondent": ("correspondent", "reporter", "journalist", "editor", "photographer", "producer", "team", "crew"),
}  # fmt: skip

# people who act or speak for the side named before them
COLLECTIVES: tuple[str, ...] = (
    "authority", "authorities", "force", "troop", "soldier", "serviceman", "servicemen", "servicewoman", "service member", "side",
    "leadership", "fighter", "militant", "militia", "militiaman", "militiamen", "separatist", "rebel", "regime", "unit", "brigade",
    "battalion", "regiment", "corps", "division", "group", "armed group", "formation", "patrol", "personnel", "conscript",
    "reservist", "sniper", "gunner", "pilot", "saboteur", "sabotage group", "reconnaissance group", "sabotage and reconnaissance group",
    "subversive group", "commando", "paratrooper", "special forces", "negotiator", "party", "partner", "politician", "mediator",
    "police officer", "policeman", "policemen", "policewoman", "armed forces unit", "movement", "organisation", "organization",
    "operative", "agent", "gunman", "gunmen", "terrorist", "combatant", "detachment", "command", "marine", "artilleryman",
    "military personnel", "military unit", "army unit", "army position", "contingent", "squad", "convoy guard", "volunteer",
    "medic", "paramedic", "rescuer", "firefighter", "doctor", "hospital", "community", "observer", "monitor", "mission", "staff",
    "bloc", "state", "country", "nation", "republic", "security force", "member", "representation", "guard", "elite unit",
    "infantry", "counterpart", "enemy", "adversary", "opponent", "occupier", "invader", "aggressor", "ground troop", "reserve",
)  # fmt: skip

# people who are not fighting
CIVILIANS: tuple[str, ...] = (
    "civilian", "citizen", "resident", "villager", "population", "civilian population", "national", "people", "woman", "women",
    "child", "children", "refugee", "inhabitant", "family", "families", "farmer", "worker", "passenger", "student", "pupil",
    "peaceful population", "settler", "shepherd", "pensioner", "man", "men", "boy", "girl", "non combatant", "bystander", "expatriate",
    "displaced person", "civilian infrastructure", "pedestrian", "schoolchildren", "tourist", "prisoner", "prisoner of war", "pow",
    "hostage", "detainee", "captive", "noncombatant", "local",
)  # fmt: skip

# things that belong to a side and are hit, lost or used
MATERIEL: tuple[str, ...] = (
    "tank", "helicopter", "drone", "uav", "unmanned aerial vehicle", "aircraft", "jet", "warplane", "plane", "fighter jet", "vehicle",
    "armoured vehicle", "armored vehicle", "truck", "convoy", "post", "position", "military position", "base", "military base",
    "outpost", "checkpoint", "artillery", "artillery piece", "battery", "air defence", "air defense", "air defence system",
    "air defense system", "missile system", "system", "equipment", "military equipment", "warship", "ship", "vessel", "depot",
    "weapons depot", "facility", "military facility", "site", "military site", "target", "military target", "infrastructure",
    "headquarters", "barracks", "airfield", "airport", "launcher", "rocket launcher", "missile launcher", "defence", "defense",
    "line", "front line", "frontline", "combat position", "firing position", "firing point", "stronghold", "trench", "armour",
    "armor", "hardware", "military hardware", "manpower", "column", "installation", "arsenal", "air base", "airbase", "boat",
    "carrier", "howitzer", "mortar", "gun", "bunker", "command post", "command centre", "command center", "station", "radar",
    "ambulance", "car", "bus", "asset", "stockpile", "tunnel", "ammunition depot", "supply", "supply line",
)  # fmt: skip

# a party's name before one of these is no actor of the phrase: "Russian-backed", "Armenian-occupied"
CANCELLING = frozenset(
    "backed led made brokered allied controlled occupied held supported sponsored mediated run built supplied born funded armed "
    "trained friendly aligned speaking populated majority dominated administered designated based brokered installed annexed "
    "populated inhabited".split()
)
CANCELLING_BEFORE = frozenset("pro anti ex former non".split())
# directions make a country's name a place: "southern Lebanon" fires at nobody
PLACE_MAKING = frozenset(
    "north south east west northern southern eastern western central northeast northwest southeast southwest northeastern "
    "northwestern southeastern southwestern upper lower mainland inside across throughout within around nearby "
    "neighbouring neighboring western-most".split()
)
# nouns that add nothing to a country's name: "the Republic of ...", "... region"
PLACE_NOUNS = frozenset("region republic state enclave territory kingdom nation country entity statelet exclave authorities".split())
TITLES = frozenset(
    "mr mrs ms miss dr sir lord sayyed sayyid sheikh shaikh imam ayatollah general gen lt col colonel lieutenant major maj captain "
    "capt brig brigadier admiral adm rear his her excellency pope patriarch catholicos prof professor rep sen sgt sergeant hon".split()
)
DETERMINERS = frozenset(
    "the a an both each all some many several two three four five six seven eight nine ten this that these those most more another "
    "other its their his her our one any no least at about nearly over dozens hundreds thousands scores of few".split()
)
# offices from the most quoted down
PROMINENCE: tuple[str, ...] = (
    "president", "prime minister", "leader", "foreign minister", "defence minister", "spokesperson", "secretary general",
    "state minister", "aide", "ombudsman", "commander", "envoy", "speaker", "deputy", "minister",
)  # fmt: skip
