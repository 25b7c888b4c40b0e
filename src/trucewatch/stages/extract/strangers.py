"""Verbs of acts beside what makes them another matter: photographs released, a surgeon's operation, a walk out of a valley.

As in company.py, each rule names the verbs that it is about, and one that holds makes the verb no act at all.
Long, as each is a few lines and a table at the end says which verb asks which.
"""

from __future__ import annotations

from collections.abc import Callable

from trucewatch.stages.extract.lexicon import Lexicon, Trigger
from trucewatch.stages.extract.syntax import NAMED, SIDES, Token, children, conjuncts, is_infinitive, preposition_objects

Rule = Callable[[Token, Trigger, Token | None, Token | None, Lexicon], bool]

_PUBLISHED = frozenset(
    "photograph photo picture image footage video clip recording audio report statement list name data figure document map text "
    "detail account transcript communique communiqué poll study survey results result film album song book tape message".split()
)
# what is blocked or frozen where no road, goods or people are
_SCHEMES = frozenset(
    "attempt effort bid move initiative proposal agreement deal process talk negotiation resolution statement appointment "
    "candidate vote bill law account profile call-up plan project decision draft motion request asset progress solution "
    "settlement peace consensus election reform investigation inquiry nomination declaration document step path way "
    "chance".split()
)
_TALKS = frozenset(
    "talk negotiation meeting session summit conference hall room chamber parliament council assembly committee commission "
    "process dialogue hearing speech address deal agreement coalition cabinet government interview briefing".split()
)
_PRESS = frozenset(
    "reporter journalist correspondent crew broadcaster newspaper channel doctor nurse medic volunteer team".split()
)
_PRIVATE_PEOPLE = frozenset(
    "mother father wife husband widow brother sister son daughter friend neighbour neighbor farmer shopkeeper teacher patient "
    "survivor witness pupil pensioner grandmother grandfather relative family resident villager refugee people woman man child "
    "doctor shepherd owner worker evacuee passer-by crowd reporter journalist".split()
)
_PATROLS = frozenset(
    "patrol unit soldier force troop squad platoon tank officer group column vehicle reporter journalist".split()
)
_BEASTS = frozenset("flock sheep goat cattle cow herd horse rate cost temperature fever tension level inflation body".split())
_SPOKEN_AGAINST = frozenset(
    "leader president premier minister government cabinet party opposition critic rival report media press policy".split()
)
_FILMING = frozenset("camera video footage film photograph photo cellphone phone dashcam cctv satellite picture image".split())
_CARE = frozenset("hospital clinic infirmary morgue ward doctor surgery ambulance".split())
_WAYS = frozenset("road path route track mine rubble debris snow street runway tree bush mined ordnance wreckage throat".split())
_AHEAD = frozenset({"day", "week", "month", "year", "hour", "phase", "stage", "round", "period", "chapter", "season", "era"})

# what is met where nobody is
_MET = frozenset(
    "target goal need deadline requirement standard challenge criterion quota expectation threshold bill cost objective".split()
)
_RULED_OTHERWISE = frozenset(
    "vehicle car company firm bank house senate congress parliament council business process agenda situation narrative market "
    "sector industry reserve budget media team club car bus plane".split()
)
_GEAR = frozenset(
    "rifle launcher weapon ammunition drone gun document computer phone cash drug equipment missile vehicle tank arm rocket "
    "explosive munition material".split()
)
_STEPS = frozenset("phase stage step level system model topic court vote safety issue question job position post".split())
_VIEWS = frozenset("conclusion view opinion assessment analysis premise criticism description diagnosis sentiment".split())
_LOOKS = frozenset("review inquiry enquiry investigation study probe audit report survey examination".split())
_LESSONS = frozenset("school class lesson exam match league season training lecture course".split())
_WEATHER = frozenset(
    "fog visibility weather snow snowfall storm wind rain rainfall ice frost drizzle heat flood flooding thunderstorm gale "
    "hurricane sandstorm dust".split()
)
_HOUSES = frozenset("shelter school hospital house home memorial museum monument church mosque flat hotel stadium".split())
_ERRANDS = frozenset({"walk", "go", "drive", "travel", "cycle", "ride", "hike"})
_RUNNING = frozenset({"run", "rush", "scramble", "dash", "dive", "race", "sprint"})
_IN_A_CELLAR = frozenset({"sleep", "hide", "shelter", "live", "huddle"})
_HELPERS = frozenset("doctor medic surgeon nurse paramedic medicine patient wounded injured blood equipment tent".split())
_GATHERED = frozenset("dead body remains corpse evidence information wounded testimony signature belonging harvest".split())
_KEPT_SECRET = frozenset("loss casualty death toll plan visit name talk number matter secret".split())
_LETTERS = frozenset(
    "appeal message letter note warning demand protest condolence invitation ultimatum text reply answer".split()
)
_FIELDS = frozenset("wheat grass hay corn barley tree wood hair crop cigarette".split())
_WARS = frozenset({"war", "conflict", "bullet", "mine", "landmine", "drone"})


def is_among_strangers(token: Token, trigger: Trigger, thing: Token | None, doer: Token | None, lexicon: Lexicon) -> bool:
    """Whether a verb of the lexicon is no act beside what stands with it: `thing` its object, `doer` who does it."""
    rules = _RULES.get(trigger.lemma, ()) + _BY_FRAME.get(trigger.frame, ())
    return any(rule(token, trigger, thing, doer, lexicon) for rule in rules)


def _things(token: Token, thing: Token | None) -> list[Token]:
    """What a verb is about: its objects, and the noun that a participle describes."""
    found = list(conjuncts(thing)) if thing is not None else []
    if not found and token.dep_ == "acl" and token.tag_ == "VBN":
        found = [token.head]
    return found


def _publishes(token: Token, _trigger: Trigger, thing: Token | None, _doer: Token | None, _lexicon: Lexicon) -> bool:
    """ "photographs released by the service", "released a list of names"."""
    return any(w.lemma_.lower() in _PUBLISHED for w in _things(token, thing))


def _hampers_schemes(token: Token, trigger: Trigger, thing: Token | None, _doer: Token | None, _lexicon: Lexicon) -> bool:
    """ "blocked every attempt to end it", "froze the call-up": no road, goods or people."""
    return trigger.frame == "coerce" and any(w.lemma_.lower() in _SCHEMES for w in _things(token, thing))


def _walks_off(token: Token, trigger: Trigger, _thing: Token | None, _doer: Token | None, _lexicon: Lexicon) -> bool:
    """ "walked out through the forest": only out of talks or a meeting does one refuse."""
    if trigger.frame != "reject":
        return False
    ways = [
        p.lower_ for p, _ in preposition_objects(token, "through", "into", "across", "along", "to", "towards", "onto", "from")
    ]
    out_of = [i for c in children(token, "prep") if c.lower_ in ("of", "out") for _, i in preposition_objects(c, "of")]
    out_of += [i for _, i in preposition_objects(token, "of")]
    if any(w.lemma_.lower() in _TALKS for head in out_of for w in (head, *head.children)):
        return False
    return bool(ways) or bool(out_of)


def _is_prodded(token: Token, _trigger: Trigger, _thing: Token | None, _doer: Token | None, _lexicon: Lexicon) -> bool:
    """ "kicked and prodded by soldiers": only who is prodded to do something is asked for it."""
    asked = any(is_infinitive(c) for c in children(token, "xcomp", "ccomp", "advcl"))
    return not asked and not any(True for _ in preposition_objects(token, "into", "towards", "toward"))


def _begins_a_day(token: Token, _trigger: Trigger, thing: Token | None, _doer: Token | None, _lexicon: Lexicon) -> bool:
    """ "the battle enters its third day"."""
    days = [*([thing] if thing is not None else []), *children(token, "npadvmod")]
    return any(day.lemma_.lower() in _AHEAD or day.ent_type_ in ("DATE", "TIME", "ORDINAL") for day in days)


def _speaks_in_private(token: Token, trigger: Trigger, thing: Token | None, doer: Token | None, lexicon: Lexicon) -> bool:
    """ "spoke to a mother of four", "its teams had met people who were hungry", "a call from his wife": no meeting of sides."""
    heard = [i for _, i in preposition_objects(token, "to", "with", "from")]
    heard += [i for t in children(token, "dobj", "obj") for _, i in preposition_objects(t, "to", "with", "from")]
    if trigger.frame != "talk":
        return False
    people = [w for head in [*([thing] if thing is not None else []), *heard] for w in conjuncts(head)]
    if doer is not None and doer.lemma_.lower() in _PRESS and not doer.ent_type_:
        return not any(w.ent_type_ in ("PERSON", *SIDES) and w.dep_ != "pobj" for w in people) or trigger.lemma != "receive"
    private = [w for w in people if w.lemma_.lower() in _PRIVATE_PEOPLE and w.ent_type_ not in NAMED]
    if not private or any(w.ent_type_ in ("PERSON", *SIDES) or lexicon.is_kind(w.lemma_.lower(), "speaker") for w in people):
        return False
    is_office = doer is not None and (doer.ent_type_ in ("PERSON", *SIDES) or lexicon.is_kind(doer.lemma_.lower(), "speaker"))
    return trigger.lemma in ("speak", "talk", "receive", "call", "phone", "telephone") or not is_office


def _talks_about(token: Token, trigger: Trigger, _thing: Token | None, _doer: Token | None, _lexicon: Lexicon) -> bool:
    """ "speaks about 2,400 victims": what somebody says, and to nobody named."""
    if trigger.frame not in ("talk", "request") or trigger.preposition != "about":
        return False
    return not any(True for _ in preposition_objects(token, "to", "with"))


def _is_no_carrier(token: Token, trigger: Trigger, _thing: Token | None, doer: Token | None, lexicon: Lexicon) -> bool:
    """ "a patrol reached the village": no aid, where nothing says that it brought any."""
    if trigger.act != "AID.DELIVERY" or doer is None or doer.lemma_.lower() not in _PATROLS:
        return False
    words = {w.lemma_.lower() for w in token.subtree if w.i > doer.i} | {w.lemma_.lower() for w in doer.subtree}
    return not any(lexicon.is_kind(w, "relief") for w in words)


def _brings_down_beasts(token: Token, _trigger: Trigger, thing: Token | None, _doer: Token | None, _lexicon: Lexicon) -> bool:
    """ "was bringing the flock down", "to bring down tension"."""
    return any(w.lemma_.lower() in _BEASTS for w in _things(token, thing))


def _surrounds_people(token: Token, trigger: Trigger, thing: Token | None, _doer: Token | None, lexicon: Lexicon) -> bool:
    """ "a mob surrounded his car": no road is closed where a car or a few people are surrounded."""
    if trigger.frame != "coerce" or thing is None or thing.ent_type_ in NAMED:
        return False
    return all(
        lexicon.is_kind(w.lemma_.lower(), "mobile", "combatant", "speaker") or w.lemma_.lower() in ("car", "manpower", "vehicle")
        for w in conjuncts(thing)
    ) and not lexicon.is_kind(thing.lemma_.lower(), "convoy", "territory")


def _swears_it_is_so(token: Token, trigger: Trigger, _thing: Token | None, _doer: Token | None, _lexicon: Lexicon) -> bool:
    """ "I swear that nobody was there": an oath on what was, and no threat."""
    if trigger.frame != "threaten":
        return False
    clauses = children(token, "ccomp")
    return any(c.tag_ in ("VBD", "VBZ", "VBP") and not any(a.lower_ in ("will", "shall") for a in c.children) for c in clauses)


def _takes_ones_own(token: Token, trigger: Trigger, thing: Token | None, doer: Token | None, lexicon: Lexicon) -> bool:
    """ "we took the children to my sister": whom somebody brings away, and nobody held."""
    if trigger.frame != "detain" or thing is None or doer is None or thing.ent_type_ in NAMED:
        return False
    is_goal = any(True for _ in preposition_objects(token, "to", "into"))
    return is_goal and (doer.lower_ in ("we", "i") or doer.lemma_.lower() in _PRIVATE_PEOPLE)


def _carries_to_care(token: Token, trigger: Trigger, _thing: Token | None, _doer: Token | None, _lexicon: Lexicon) -> bool:
    """ "carried eight people to the hospital": hurt, and not in flight."""
    to_care = any(i.lemma_.lower() in _CARE for _, i in preposition_objects(token, "to", "into"))
    return trigger.frame in ("flee", "displace", "detain") and to_care


def _clears_a_way(_token: Token, trigger: Trigger, thing: Token | None, _doer: Token | None, _lexicon: Lexicon) -> bool:
    """ "soldiers who were clearing a road": no ground is taken."""
    return trigger.frame == "take" and thing is not None and thing.lemma_.lower() in _WAYS


def _calls_it_so(token: Token, trigger: Trigger, _thing: Token | None, _doer: Token | None, _lexicon: Lexicon) -> bool:
    """ "called it good for the country": named so, and not asked for."""
    if trigger.frame != "request" or trigger.preposition != "for":
        return False
    return any(c.dep_ in ("ccomp", "oprd", "acomp") and c.pos_ in ("ADJ", "NOUN") for c in token.children)


def _sends_a_patrol(token: Token, trigger: Trigger, thing: Token | None, doer: Token | None, _lexicon: Lexicon) -> bool:
    """ "a patrol was sent out", "sent two patrols to look for shepherds": no massing of troops."""
    return trigger.frame == "move" and thing is not None and thing.lemma_.lower() == "patrol" and doer is None


def _attacks_in_words(token: Token, trigger: Trigger, thing: Token | None, _doer: Token | None, _lexicon: Lexicon) -> bool:
    """ "attacked the cabinet for taking aid", "blasted him, saying that ...": words, and no arms."""
    if trigger.frame != "attack" or thing is None or children(token, "nsubjpass"):
        return False
    why = [v for p in children(token, "prep") if p.lower_ == "for" for v in p.children if v.dep_ == "pcomp" and v.tag_ == "VBG"]
    over = [i for _, i in preposition_objects(token, "over") if i.ent_type_ not in NAMED]
    saying = [c for c in children(token, "advcl") if c.tag_ == "VBG" and c.lemma_ in ("say", "call", "accuse", "describe")]
    is_spoken_of = thing.ent_type_ == "PERSON" or thing.lemma_.lower() in _SPOKEN_AGAINST
    return (bool(why) and token.lemma_ != "target") or (is_spoken_of and bool(over or saying))


def _is_a_name(token: Token, trigger: Trigger, _thing: Token | None, _doer: Token | None, _lexicon: Lexicon) -> bool:
    """ "a group called X": how it is named."""
    return trigger.frame == "talk" and token.tag_ == "VBN" and token.dep_ == "acl"


def _is_filmed(token: Token, _trigger: Trigger, _thing: Token | None, _doer: Token | None, _lexicon: Lexicon) -> bool:
    """ "captured by a street camera"."""
    by = [w for _, i in preposition_objects(token, "by", "on", "in") for w in (i, *i.children)]
    return any(w.lemma_.lower() in _FILMING for w in by)


def _flies_people_out(token: Token, trigger: Trigger, thing: Token | None, _doer: Token | None, lexicon: Lexicon) -> bool:
    """ "helicopters flew out the worst cases": who is flown, and no flight over a border."""
    if trigger.act != "AIR.OVERFLIGHT" or thing is None:
        return False
    return not lexicon.is_kind(thing.lemma_.lower(), "airborne") and thing.lemma_ not in ("mission", "sortie", "flight")


def _tends_wounds(_token: Token, trigger: Trigger, _thing: Token | None, doer: Token | None, _lexicon: Lexicon) -> bool:
    """ "doctors were treating scalds": whoever bore them is not counted."""
    is_wound = trigger.frame == "harm" and trigger.object_lemma in ("burn", "wound", "injury") and trigger.preposition is None
    if not is_wound or _thing is None:
        return False
    return not any(c.dep_ == "nummod" for c in _thing.children)


def _meets_a_need(token: Token, trigger: Trigger, thing: Token | None, _doer: Token | None, _lexicon: Lexicon) -> bool:
    """ "met its targets", "to meet the deadline": nobody is met."""
    return trigger.frame == "talk" and thing is not None and thing.lemma_.lower() in _MET


def _takes_no_land(token: Token, trigger: Trigger, thing: Token | None, doer: Token | None, _lexicon: Lexicon) -> bool:
    """ "took control of the car", "won control of the senate", "rifles seized in a raid", "taken by an agency": no ground."""
    if trigger.frame != "take":
        return False
    by = [i.lemma_.lower() for _, i in preposition_objects(token, "by")] + ([doer.lemma_.lower()] if doer is not None else [])
    if any(word in _PRESS or word in ("photographer", "photo", "camera", "satellite", "agency") for word in by):
        return True
    if thing is None and token.dep_ == "acl" and token.tag_ in ("VBN", "VBD") and token.lemma_ in ("seize", "capture"):
        return token.head.lemma_.lower() in _GEAR
    ruled = [i for t in (token, *children(token, "dobj")) for _, i in preposition_objects(t, "of", "over")]
    return any(i.lemma_.lower() in _RULED_OTHERWISE for i in ruled)


def _moves_on(token: Token, trigger: Trigger, _thing: Token | None, _doer: Token | None, _lexicon: Lexicon) -> bool:
    """ "moved to a safe place", "moving to the next phase": no force that is brought up."""
    if trigger.frame != "move":
        return False
    for _, inner in preposition_objects(token, "to", "into", "onto"):
        words = {c.lower_ for c in inner.children}
        if inner.lemma_.lower() in _STEPS or (
            inner.lemma_ in ("place", "zone", "location") and words & {"safe", "safer", "time"}
        ):
            return True
    return False


def _does_it_to_himself(token: Token, trigger: Trigger, thing: Token | None, _doer: Token | None, _lexicon: Lexicon) -> bool:
    """ "surrounded himself with aides", "killed themselves"; who blows himself up attacks."""
    if thing is None or not thing.lower_.endswith(("self", "selves")) or trigger.lemma in ("blow", "detonate", "explode"):
        return False
    return trigger.frame in ("attack", "harm", "coerce", "take", "damage")


def _shares_a_view(token: Token, trigger: Trigger, _thing: Token | None, _doer: Token | None, _lexicon: Lexicon) -> bool:
    """ "agrees with the assessment"."""
    return trigger.frame == "agree" and any(i.lemma_.lower() in _VIEWS for _, i in preposition_objects(token, "with"))


def _orders_a_look(token: Token, trigger: Trigger, thing: Token | None, _doer: Token | None, _lexicon: Lexicon) -> bool:
    """ "ordered a review of its defences": no force is sent."""
    return trigger.frame == "move" and thing is not None and thing.lemma_.lower() in _LOOKS


def _is_kept_by_weather(token: Token, trigger: Trigger, thing: Token | None, _doer: Token | None, _lexicon: Lexicon) -> bool:
    """ "flights were cancelled because of fog", "school was suspended"."""
    if trigger.frame != "coerce":
        return False
    if thing is not None and thing.lemma_.lower() in _LESSONS and token.lemma_ in ("suspend", "cancel", "stop", "interrupt"):
        return True
    causes = [w for c in token.children if c.lower_ in ("due", "because", "owing", "by") for w in c.subtree]
    return any(w.lemma_.lower() in _WEATHER for w in causes)


def _forecasts(token: Token, _trigger: Trigger, _thing: Token | None, _doer: Token | None, _lexicon: Lexicon) -> bool:
    """ "warned of freezing rain"."""
    return any(i.lemma_.lower() in _WEATHER for _, i in preposition_objects(token, "of", "about", "against"))


def _is_put_on_board(token: Token, trigger: Trigger, _thing: Token | None, _doer: Token | None, lexicon: Lexicon) -> bool:
    """ "cars loaded with bedding": how they are laden."""
    return trigger.frame == "flee" and token.dep_ == "acl" and not lexicon.is_kind(token.head.lemma_.lower(), "civilian")


def _puts_under_fire(token: Token, _trigger: Trigger, _thing: Token | None, _doer: Token | None, _lexicon: Lexicon) -> bool:
    """ "took the posts under fire": shot at, and neither taken nor held."""
    return any(i.lemma_.lower() in ("fire", "shelling", "bombardment") for _, i in preposition_objects(token, "under"))


# where one's own soldiers go, and nobody is let go
OWN_PLACES = frozenset("barracks base bases post posts positions duty service front unit line work".split())


def _returns_to_duty(token: Token, trigger: Trigger, _thing: Token | None, _doer: Token | None, _lexicon: Lexicon) -> bool:
    """ "returned its soldiers to the barracks", "delivered soldiers to the front": nobody is let go."""
    to = (i.lower_ for _, i in preposition_objects(token, "to", "into"))
    return trigger.act == "DEESCALATE.RELEASE" and any(word in OWN_PLACES for word in to)


_CARERS = frozenset("hospital clinic doctor medic paramedic surgeon nurse service ambulance ward centre center".split())


def _is_cared_for(token: Token, trigger: Trigger, _thing: Token | None, _doer: Token | None, _lexicon: Lexicon) -> bool:
    """ "patients were treated in car parks", "soldiers are trained to": nobody is named who gives the help."""
    if trigger.act == "AID.DELIVERY" and _doer is not None and _doer.lemma_.lower() in _CARERS:
        return True  # "hospitals treated 30 people": their trade
    if trigger.frame not in ("retreat", "offer") or not any(c.dep_ == "auxpass" for c in token.children):
        return False
    return not any(c.dep_ == "agent" or c.lower_ == "by" for c in token.children)


def _builds_a_house(_token: Token, trigger: Trigger, thing: Token | None, _doer: Token | None, _lexicon: Lexicon) -> bool:
    """ "the bomb shelter was built after the war"."""
    return trigger.frame == "move" and thing is not None and thing.lemma_.lower() in _HOUSES


def _negotiates_by(token: Token, trigger: Trigger, _thing: Token | None, _doer: Token | None, _lexicon: Lexicon) -> bool:
    """ "uses its air force to negotiate": what for, and no talks."""
    return trigger.frame == "talk" and is_infinitive(token) and token.head.lemma_ == "use"


def _is_anybodys_war(token: Token, trigger: Trigger, _thing: Token | None, doer: Token | None, _lexicon: Lexicon) -> bool:
    """ "wars kill more civilians than soldiers": true of any."""
    return trigger.frame == "harm" and token.tag_ == "VBP" and doer is not None and doer.lemma_.lower() in _WARS


def _runs_for_cover(token: Token, trigger: Trigger, _thing: Token | None, doer: Token | None, _lexicon: Lexicon) -> bool:
    """ "as people ran for cover", "children hiding in the cellar", "he drives to the town every week": nobody left home."""
    if trigger.frame != "flee":
        return False
    if token.lemma_ in _RUNNING and (
        any(i.lemma_ in ("cover", "shelter", "life") for _, i in preposition_objects(token, "for"))
        or (token.dep_ == "advcl" and any(c.lower_ in ("as", "while", "when") for c in token.children))
    ):
        return True
    if token.lemma_ in _IN_A_CELLAR and token.dep_ in ("acl", "relcl"):
        return True
    if any(c.lemma_ in ("escape", "flee") for c in children(token, "advcl", "xcomp")):
        return False
    # what one person does again and again
    return token.tag_ == "VBZ" and token.lemma_ in _ERRANDS and doer is not None and doer.tag_ in ("NN", "PRP")


def _flies_doctors(_token: Token, trigger: Trigger, _thing: Token | None, doer: Token | None, lexicon: Lexicon) -> bool:
    """ "a helicopter with doctors on board had flown to X": it came to help."""
    if trigger.act != "AIR.OVERFLIGHT" or doer is None:
        return False
    aboard = [i for _, i in preposition_objects(doer, "with")]
    aboard += [t for c in children(doer, "acl") for t in children(c, "dobj")]
    return any(i.lemma_.lower() in _HELPERS or lexicon.is_kind(i.lemma_.lower(), "relief") for i in aboard)


def _leaves_the_dead(token: Token, trigger: Trigger, thing: Token | None, _doer: Token | None, _lexicon: Lexicon) -> bool:
    """ "left behind twenty dead": what it cost, and no withdrawal."""
    if trigger.frame not in ("retreat", "flee", "move"):
        return False
    left = [thing] if thing is not None else children(token, "oprd", "acomp", "ccomp")
    return any(w.lower_ in ("dead", "wounded") or w.lemma_ in ("body", "corpse", "casualty") for w in left)


def _gathers_no_force(_token: Token, trigger: Trigger, thing: Token | None, _doer: Token | None, _lexicon: Lexicon) -> bool:
    """ "to gather the dead"."""
    return trigger.frame == "move" and thing is not None and thing.lemma_.lower() in _GATHERED


def _keeps_it_secret(_token: Token, trigger: Trigger, thing: Token | None, _doer: Token | None, _lexicon: Lexicon) -> bool:
    """ "kept its losses quiet"."""
    return trigger.frame == "retreat" and thing is not None and thing.lemma_.lower() in _KEPT_SECRET


def _sends_a_letter(token: Token, trigger: Trigger, _thing: Token | None, _doer: Token | None, _lexicon: Lexicon) -> bool:
    """ "the other side has been sent an appeal": no force is sent."""
    things = children(token, "dobj", "obj", "oprd", "attr")
    return trigger.frame == "move" and any(t.lemma_.lower() in _LETTERS for t in things)


def _cuts_a_field(_token: Token, trigger: Trigger, thing: Token | None, _doer: Token | None, _lexicon: Lexicon) -> bool:
    """ "cut the wheat"."""
    return trigger.frame in ("coerce", "outage", "damage") and thing is not None and thing.lemma_.lower() in _FIELDS


def _carries_it_out(_token: Token, trigger: Trigger, thing: Token | None, _doer: Token | None, lexicon: Lexicon) -> bool:
    """ "executed raids on the heights": carried out, and nobody put to death."""
    if trigger.object_lemma is not None or thing is None:
        return False
    lemma = thing.lemma_.lower()
    return lemma in lexicon.nouns or lemma in (
        "plan",
        "order",
        "operation",
        "manoeuvre",
        "maneuver",
        "drill",
        "agreement",
        "work",
    )


_RULES: dict[str, tuple[Rule, ...]] = {
    "attack": (_attacks_in_words,),
    "blast": (_attacks_in_words,),
    "hit": (_attacks_in_words,),
    "pound": (_attacks_in_words,),
    "target": (_attacks_in_words,),
    "capture": (_is_filmed,),
    "take": (_takes_ones_own, _carries_to_care),
    "carry": (_carries_to_care,),
    "evacuate": (_carries_to_care,),
    "rush": (_carries_to_care,),
    "transport": (_carries_to_care,),
    "clear": (_clears_a_way,),
    "call": (_calls_it_so, _is_a_name),
    "release": (_publishes,),
    "hand": (_publishes,),
    "block": (_hampers_schemes,),
    "freeze": (_hampers_schemes,),
    "stop": (_hampers_schemes,),
    "obstruct": (_hampers_schemes,),
    "hinder": (_hampers_schemes,),
    "walk": (_walks_off,),
    "prod": (_is_prodded,),
    "enter": (_begins_a_day,),
    "reach": (_is_no_carrier,),
    "speak": (_talks_about,),
    "talk": (_talks_about,),
    "bring": (_brings_down_beasts, _carries_to_care),
    "surround": (_surrounds_people,),
    "swear": (_swears_it_is_so,),
    "treat": (_tends_wounds, _is_cared_for),
    "train": (_is_cared_for,),
    "meet": (_meets_a_need,),
    "move": (_moves_on,),
    "agree": (_shares_a_view,),
    "order": (_orders_a_look,),
    "warn": (_forecasts,),
    "load": (_is_put_on_board,),
    "build": (_builds_a_house,),
    "negotiate": (_negotiates_by,),
    "execute": (_carries_it_out,),
    "fly": (_flies_people_out, _flies_doctors),
    "leave": (_leaves_the_dead,),
    "gather": (_gathers_no_force,),
    "keep": (_keeps_it_secret,),
    "send": (_sends_a_patrol, _sends_a_letter),
    "cut": (_cuts_a_field,),
}
_BY_FRAME: dict[str, tuple[Rule, ...]] = {
    "talk": (_speaks_in_private,),
    "flee": (_runs_for_cover,),
    "take": (_takes_no_land, _does_it_to_himself, _puts_under_fire),
    "move": (_puts_under_fire,),
    "attack": (_does_it_to_himself,),
    "harm": (_does_it_to_himself, _is_anybodys_war),
    "coerce": (_does_it_to_himself, _is_kept_by_weather),
    "retreat": (_returns_to_duty,),
}
