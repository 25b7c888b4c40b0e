"""Verbs martial in one company and plain in another: "aided by the wind", "hit by shortages", "brings the number to nine".

As in company.py, each rule names the verbs that it is about, and one that holds makes the verb no act at all.
"""

from __future__ import annotations

from trucewatch.stages.extract.lexicon import Lexicon, Trigger
from trucewatch.stages.extract.modality import KIN
from trucewatch.stages.extract.strangers import Rule
from trucewatch.stages.extract.syntax import SIDES, Token, children, conjuncts, preposition_objects
from trucewatch.stages.extract.triggers import meant_words

# what hits, strikes or rocks a country or a trade without anybody's arms
_HARDSHIPS = frozenset(
    "shortage blackout outage closure sanction boycott scandal wave decline fall slump unemployment delay cut tariff tax "
    "poverty hunger protest rise surge lack loss collapse downturn drop shutdown lockdown turmoil turbulence "
    "cancellation debt news criticism praise question insult complaint abuse silence grief sadness dispute disaster "
    "tragedy instability uncertainty corruption".split()
)
# what blows up or collapses in words only
_WORDY = frozenset("talk row dispute debate scandal negotiation meeting deal affair argument story anger".split())
_DEFIANCE = frozenset({"contravention", "defiance", "disregard"})
_BREACHES = frozenset({"violation", "breach", "infringement", "infraction", "failure", "mockery", "criticism", "complaint"})
_COUNTS = frozenset({"number", "total", "toll", "figure", "count", "tally", "death", "loss", "casualty"})
_REMARKS = frozenset(
    "criticism critic report claim remark accusation allegation comment statement charge suggestion opponent detractor media "
    "press resolution ruling warrant verdict court question reporter headline".split()
)
_SAYING = frozenset(
    "say accuse call insist claim tell argue describe brand write tweet declare dismiss add reject denounce".split()
)
_SPEECHES = frozenset({"speech", "statement", "interview", "post", "tweet", "address", "briefing", "letter", "saying"})
_DARK = frozenset({"darkness", "dark", "blackout", "outage", "cold"})
_SHELTERED = frozenset("shelter basement cellar bunker stairwell corridor underground car street park school tent metro".split())
_KEEPERS = frozenset("relative grandparent grandmother grandfather aunt uncle friend school kindergarten bed sleep".split())
_PARENTS = frozenset(
    {"family", "parent", "mother", "father", "resident", "household", "people", "we", "they", "i", "many", "some"}
)
_KIN_TOO = frozenset("mother father mum mom dad parent grandmother grandfather uncle aunt son daughter wife husband".split())
_KINSFOLK = KIN | _KIN_TOO
_ASKED_FOR = frozenset("water bread tea coffee cigarette blanket lift direction photograph autograph pen glass".split())
_CALLED_FOR = _KINSFOLK | _ASKED_FOR
_ONE_PERSON = frozenset("man woman boy girl farmer shepherd widow pensioner patient pupil driver".split())
_DEAR = frozenset("brother sister day night moment sound face smell sight him her".split())
_DEAR_ONES = _KINSFOLK | _DEAR
_RUN_TO = frozenset(
    "wreck wreckage car house scene site spot place window door rescue help aid body victim hospital phone".split()
)
_OFFICES = frozenset("president presidency governor mayor senate senator congress race election primary office seat".split())
_BY_WORD = frozenset("verbal rhetorical media cyber personal charm diplomatic political legal".split())
# what goes wrong by itself
_FAULTS = frozenset(
    "wear weather rust age wind storm rain frost cold heat fog fault malfunction error mistake leak accident steel technical "
    "maintenance defect failure overload corrosion spark negligence carelessness smoking stove cigarette drought".split()
)
_OWNED_UP = frozenset({"admit", "acknowledge", "concede", "say", "report", "claim", "announce", "disclose", "think"})
_DETAILS = frozenset("detail information figure word reason explanation evidence indication timetable date number name".split())
_VEHICLES = frozenset("lorry truck bus taxi tractor ambulance van car tank train ship herd flock".split())
_SPEAKING_TO = frozenset(
    "soldier troop airman pilot serviceman officer recruit cadet reservist supporter crowd reporter journalist newspaper channel "
    "parliament lawmaker deputy nation audience student worker cabinet listener viewer mourner congregation rally".split()
)
_FELT = frozenset({"joy", "help", "delight", "happiness", "relief", "victory"})
_PICTURES = frozenset("photograph photo video footage picture image clip shot recording film selfie snapshot".split())
_TRAFFIC = frozenset(
    "car vehicle traffic lorry truck tractor cart bus family people refugee resident sheep cattle mourner crowd pilgrim "
    "snow mud rubble debris demonstrator protester".split()
)
_FORCE_WORDS = ("force", "combatant", "enemy", "mobile")


def stands_plainly(token: Token, trigger: Trigger, thing: Token | None, doer: Token | None, lexicon: Lexicon) -> bool:
    """Whether a verb of the lexicon is no act beside what stands with it: `thing` its object, `doer` who does it."""
    rules = _RULES.get(trigger.lemma, ()) + _BY_FRAME.get(trigger.frame, ())
    return any(rule(token, trigger, thing, doer, lexicon) for rule in rules)


def _agents(token: Token) -> list[Token]:
    return [part for _, inner in preposition_objects(token, "by", "with") for part in conjuncts(inner)]


def _is_named_or_armed(word: Token, lexicon: Lexicon) -> bool:
    return word.ent_type_ in (*SIDES, "PERSON") or lexicon.is_kind(word.lemma_.lower(), "speaker", *_FORCE_WORDS)


def _struck_by_hardship(token: Token, _trigger: Trigger, _thing: Token | None, doer: Token | None, _lexicon: Lexicon) -> bool:
    """ "was hit by shortages", "rocked by a scandal"."""
    heads = [*_agents(token), *([doer] if doer is not None else [])]
    return any(w.lemma_.lower() in _HARDSHIPS for head in heads for w in (head, *meant_words(head)))


def _falls_through(token: Token, _trigger: Trigger, thing: Token | None, doer: Token | None, _lexicon: Lexicon) -> bool:
    """ "the talks blew up", "the row exploded"."""
    heads = [
        *children(token, "nsubj", "nsubjpass"),
        *([thing] if thing is not None else []),
        *([doer] if doer is not None else []),
    ]
    return any(w.lemma_.lower() in _WORDY for head in heads for w in (head, *meant_words(head)))


def _breaks_it(token: Token, trigger: Trigger, thing: Token | None, _doer: Token | None, _lexicon: Lexicon) -> bool:
    """ "made 25 violations of the ceasefire", "went in, in breach of the agreement": broken, and not agreed."""
    if thing is not None and any(w.lemma_.lower() in _BREACHES for w in (thing, *meant_words(thing))):
        return True
    against = any(i.lemma_.lower() in _BREACHES | _DEFIANCE for _, i in preposition_objects(token, "in"))
    return against and (thing is None or trigger.object_lemma not in (None, thing.lemma_.lower()))


def _sums(_token: Token, trigger: Trigger, thing: Token | None, _doer: Token | None, _lexicon: Lexicon) -> bool:
    """ "bringing to nine the number of soldiers killed": no soldiers are brought."""
    if trigger.frame not in ("move", "take", "retreat", "coerce") or thing is None:
        return False
    return any(w.lemma_.lower() in _COUNTS for part in conjuncts(thing) for w in (part, *children(part, "nsubj", "compound")))


def _answers_in_words(token: Token, trigger: Trigger, thing: Token | None, doer: Token | None, lexicon: Lexicon) -> bool:
    """ "hit back at the report", "the palace hit back at <Capital>", "fired back, saying that": where no arms are named."""
    if trigger.frame != "attack" or thing is not None or not any(c.lower_ == "back" for c in token.children):
        return False
    aimed = [i for _, i in preposition_objects(token, "at", "against", "over", "on")]
    if any(w.lemma_.lower() in _REMARKS for i in aimed for w in (i, *i.children)):
        return True
    if any(lexicon.is_kind(w.lemma_.lower(), "weapon", "armament", "projectile", "airborne") for w in token.subtree):
        return False
    if doer is not None and lexicon.is_kind(doer.lemma_.lower(), "force", "combatant"):
        return False  # "the army hit back, saying that it destroyed ten posts"
    said = any(c.lemma_.lower() in _SAYING for c in children(token, "advcl", "conj", "xcomp", "ccomp"))
    said = said or any(c.lemma_.lower() in _SAYING for _, i in preposition_objects(token, "with") for c in children(i, "acl"))
    said = said or any(i.lemma_.lower() in _SPEECHES for _, i in preposition_objects(token, "in", "by"))
    # "the <palace>" has an article, an armed group none
    seat = doer is not None and doer.ent_type_ in ("ORG", "FAC") and bool(children(doer, "det"))
    speaks = seat or (doer is not None and (doer.ent_type_ == "PERSON" or lexicon.is_kind(doer.lemma_.lower(), "speaker")))
    return said or speaks or any(i.ent_type_ == "GPE" or lexicon.is_kind(i.lemma_.lower(), "claim", "speaker") for i in aimed)


def _is_no_blackout(token: Token, trigger: Trigger, _thing: Token | None, _doer: Token | None, lexicon: Lexicon) -> bool:
    """ "plunged into panic"."""
    into = [i for _, i in preposition_objects(token, "into")]
    return trigger.frame == "outage" and not any(
        w.lemma_.lower() in _DARK or lexicon.is_kind(w.lemma_.lower(), "utility") for i in into for w in (i, *conjuncts(i))
    )


def _is_helped_on(token: Token, _trigger: Trigger, _thing: Token | None, _doer: Token | None, lexicon: Lexicon) -> bool:
    """ "aided by drones", "helped by the wind": how it went, and no help of anybody's."""
    if token.tag_ != "VBN" or token.dep_ not in ("acl", "advcl", "amod"):
        return False
    return not any(_is_named_or_armed(w, lexicon) for w in _agents(token))


def _is_at_home(token: Token, trigger: Trigger, _thing: Token | None, _doer: Token | None, _lexicon: Lexicon) -> bool:
    """ "spent the night without water": not away from home."""
    if trigger.frame != "flee":
        return False
    where = {w.lemma_.lower() for _, i in preposition_objects(token, "in", "on", "under", "outside") for w in (i, *i.children)}
    without = any(True for _ in preposition_objects(token, "without"))
    return without and not where & _SHELTERED


def _sends_ones_own(token: Token, trigger: Trigger, thing: Token | None, doer: Token | None, _lexicon: Lexicon) -> bool:
    """ "families sent their children to relatives": recruited by nobody."""
    if trigger.act != "CHILD.RECRUITMENT":
        return False
    is_parent = doer is not None and doer.lemma_.lower() in _PARENTS
    own = thing is not None and any(c.dep_ == "poss" and c.pos_ == "PRON" for c in thing.children)
    to = [i for _, i in preposition_objects(token, "to", "with", "away")]
    if is_parent and own:
        return True
    return (is_parent or own or doer is None) and any(i.lemma_.lower() in _KEEPERS for i in to)


def _is_in_words(_token: Token, trigger: Trigger, thing: Token | None, _doer: Token | None, _lexicon: Lexicon) -> bool:
    """ "launched a verbal attack"."""
    return trigger.frame == "attack" and thing is not None and any(c.lower_ in _BY_WORD for c in thing.children)


def _blames_a_thing(token: Token, _trigger: Trigger, thing: Token | None, _doer: Token | None, lexicon: Lexicon) -> bool:
    """ "blames wear", "blamed the outage on the weather": nobody is blamed."""
    on = [i for _, i in preposition_objects(token, "on")]
    on += [i for t in children(token, "dobj", "obj") for _, i in preposition_objects(t, "on")]
    blamed = on or ([thing] if thing is not None and not any(True for _ in preposition_objects(token, "for")) else [])
    return bool(blamed) and all(w.lemma_.lower() in _FAULTS for head in blamed for w in conjuncts(head))


def _calls_for_kin(token: Token, trigger: Trigger, _thing: Token | None, _doer: Token | None, _lexicon: Lexicon) -> bool:
    """ "called for his mother"."""
    called = [i for _, i in preposition_objects(token, "for", "to")]
    return trigger.frame == "request" and any(i.lemma_.lower() in _CALLED_FOR for i in called)


def _is_of_private_people(token: Token, trigger: Trigger, thing: Token | None, doer: Token | None, lexicon: Lexicon) -> bool:
    """ "my uncle gave us bread", "the old man refused to go", "I will find my brother": a household's matter."""
    if trigger.frame not in ("retreat", "threaten", "reject", "offer"):
        return False
    if doer is not None and doer.lemma_.lower() in _KINSFOLK and not any(c.ent_type_ in SIDES for c in doer.children):
        return True
    is_singular = doer is not None and doer.lemma_.lower() in _ONE_PERSON and doer.tag_ == "NN"
    if trigger.frame == "reject" and is_singular:
        return True
    if trigger.frame != "threaten" or doer is None or doer.lower_ != "i":
        return False
    dear = [*([thing] if thing is not None else []), *children(token, "npadvmod")]
    return any(w.lemma_.lower() in _DEAR_ONES for w in dear)


def _gives_no_word(_token: Token, _trigger: Trigger, thing: Token | None, _doer: Token | None, _lexicon: Lexicon) -> bool:
    """ "gave no details of the aid"."""
    return thing is not None and thing.lemma_.lower() in _DETAILS


def _speaks_to_ones_own(token: Token, trigger: Trigger, thing: Token | None, _doer: Token | None, _lexicon: Lexicon) -> bool:
    """ "speaking to soldiers at a base", "told reporters", "addressed parliament": who listens, and no meeting of sides."""
    if trigger.frame != "talk":
        return False
    heard = [part for _, i in preposition_objects(token, "to", "with") for part in conjuncts(i)]
    heard += conjuncts(thing) if thing is not None else []
    heard = [w for head in heard for w in meant_words(head)]
    known = [w for w in heard if w.lemma_.lower() in _SPEAKING_TO and not any(c.ent_type_ in SIDES for c in w.children)]
    return bool(known) and not any(w.ent_type_ in ("PERSON", *SIDES) for w in heard)


def _shouts_for_joy(token: Token, _trigger: Trigger, _thing: Token | None, _doer: Token | None, _lexicon: Lexicon) -> bool:
    return any(i.lemma_.lower() in _FELT for _, i in preposition_objects(token, "for", "with", "in"))


def _takes_pictures(token: Token, trigger: Trigger, thing: Token | None, _doer: Token | None, _lexicon: Lexicon) -> bool:
    """ "photographs taken in the town", "footage captured there"."""
    if trigger.frame != "take":
        return False
    heads = [thing] if thing is not None else []
    heads += [token.head] if token.dep_ in ("acl", "relcl") else []
    return any(w.lemma_.lower() in _PICTURES for head in heads for w in meant_words(head))


def _is_full(token: Token, trigger: Trigger, _thing: Token | None, doer: Token | None, lexicon: Lexicon) -> bool:
    """ "roads choked with cars": shut by nobody."""
    if trigger.frame != "coerce" or (doer is not None and _is_named_or_armed(doer, lexicon)):
        return False
    return any(w.lemma_.lower() in _TRAFFIC for w in _agents(token))


def _is_a_way_made(token: Token, trigger: Trigger, thing: Token | None, doer: Token | None, lexicon: Lexicon) -> bool:
    """ "fighters opened a road to the hill": a way won, where a way opened to others is one given."""
    if trigger.frame != "retreat" or thing is None or doer is None:
        return False
    if any(c.dep_ in ("amod", "compound") and c.lower_ in ("humanitarian", "safe", "aid", "evacuation") for c in thing.children):
        return False
    fights = lexicon.is_kind(doer.lemma_.lower(), "force", "combatant")
    goals = [i for head in (token, thing) for _, i in preposition_objects(head, "to", "towards", "into")]
    if any(lexicon.is_kind(i.lemma_.lower(), "civilian") for i in goals):
        return False
    return fights and bool(goals) and not any(True for head in (token, thing) for _ in preposition_objects(head, "for"))


def _is_only_losing(token: Token, trigger: Trigger, thing: Token | None, _doer: Token | None, _lexicon: Lexicon) -> bool:
    """ "is losing", "lost more men than any other": no dead are told of."""
    if trigger.frame != "lose":
        return False
    if thing is None and token.dep_ not in ("acl", "amod") and not children(token, "nsubjpass"):
        return True
    return thing is not None and any(c.lower_ in ("more", "fewer", "less") for c in thing.children) and _is_compared(token)


def _is_compared(token: Token) -> bool:
    """ "more than any other"; who lost "more than it admits" has lost them."""
    return any(w.lower_ == "than" and w.i > token.i and w.head.lemma_.lower() not in _OWNED_UP for w in token.subtree)


def _takes_out_of(token: Token, trigger: Trigger, _thing: Token | None, doer: Token | None, _lexicon: Lexicon) -> bool:
    """ "took the battery out of the radio"."""
    if trigger.frame not in ("damage", "attack"):
        return False
    out_of = any(
        True for c in children(token, "prep", "prt", "advmod") if c.lower_ == "out" for _ in preposition_objects(c, "of")
    )
    return out_of or (doer is not None and doer.lemma_.lower() in KIN)


def _thanks_nobody(token: Token, trigger: Trigger, thing: Token | None, _doer: Token | None, _lexicon: Lexicon) -> bool:
    """ "thanked her", "thanked the reporters for coming": no support of a side."""
    if trigger.frame != "offer" or thing is None:
        return False
    return thing.lower_ in ("him", "her", "them", "everyone", "you", "me", "all") or thing.lemma_.lower() in _SPEAKING_TO


def _is_praised_paper(token: Token, trigger: Trigger, _thing: Token | None, _doer: Token | None, _lexicon: Lexicon) -> bool:
    """ "a statement hailed by X": what the statement is."""
    return trigger.frame == "offer" and token.dep_ == "acl" and token.tag_ == "VBN"


def _cuts_a_visit(_token: Token, trigger: Trigger, thing: Token | None, _doer: Token | None, _lexicon: Lexicon) -> bool:
    """ "cut short his trip": the way home, and no talks."""
    return trigger.frame == "talk" and thing is not None and thing.lemma_.lower() in ("visit", "trip", "tour", "holiday", "stay")


def _slams_into(token: Token, trigger: Trigger, _thing: Token | None, _doer: Token | None, _lexicon: Lexicon) -> bool:
    """ "missiles slammed into the suburb": nobody is criticised."""
    return trigger.frame == "accuse" and any(True for _ in preposition_objects(token, "into", "onto"))


def _leaves_somebody(_token: Token, trigger: Trigger, thing: Token | None, _doer: Token | None, _lexicon: Lexicon) -> bool:
    """ "they left us like dogs": left behind, and nobody fled."""
    return trigger.frame == "flee" and thing is not None and thing.lower_ in ("us", "me", "him", "them", "her", "you")


def _runs_to_help(token: Token, trigger: Trigger, _thing: Token | None, _doer: Token | None, _lexicon: Lexicon) -> bool:
    """ "who ran to the wreck"."""
    return trigger.frame == "flee" and any(i.lemma_.lower() in _RUN_TO for _, i in preposition_objects(token, "to", "into"))


def _endorses_a_candidate(token: Token, trigger: Trigger, thing: Token | None, _doer: Token | None, _lexicon: Lexicon) -> bool:
    """ "endorsed her for president", "endorsed X in the race"."""
    if trigger.frame != "offer" or thing is None:
        return False
    runs = any(i.lemma_.lower() in _OFFICES for _, i in preposition_objects(token, "for", "in", "over"))
    return runs or thing.lemma_.lower() in ("candidate", "nominee", "candidacy")


def _blow_in_words(token: Token, trigger: Trigger, thing: Token | None, _doer: Token | None, lexicon: Lexicon) -> bool:
    """ "dealt a blow to hopes", "to the secretary": no fire, where no force, place or side takes it."""
    if trigger.frame != "attack" or thing is None or thing.lemma_ != "blow":
        return False
    struck = [i for head in (token, thing) for _, i in preposition_objects(head, "to", "at", "against")]
    return bool(struck) and not any(
        w.ent_type_ in SIDES or lexicon.is_kind(w.lemma_.lower(), *_FORCE_WORDS, "territory", "military_object") for w in struck
    )


def _cuts_somebody_short(_token: Token, trigger: Trigger, thing: Token | None, _doer: Token | None, lexicon: Lexicon) -> bool:
    """ "cut off a reporter who asked": in the middle of his words."""
    if trigger.frame != "coerce" or thing is None:
        return False
    return thing.lemma_.lower() in ("reporter", "journalist", "questioner", "interviewer", "moderator", "speaker", "heckler")


def _drives_for_work(token: Token, trigger: Trigger, thing: Token | None, _doer: Token | None, _lexicon: Lexicon) -> bool:
    return trigger.frame == "flee" and thing is not None and thing.lemma_.lower() in _VEHICLES


def _complains_of_ills(token: Token, _trigger: Trigger, _thing: Token | None, _doer: Token | None, _lexicon: Lexicon) -> bool:
    """ "complained of headaches and a burning throat": a patient's words, that blame nobody."""
    ills = [w for _, i in preposition_objects(token, "of", "about") for part in conjuncts(i) for w in (part, *part.children)]
    return any(w.lemma_.lower() in _ILLS for w in ills)


_ILLS = frozenset(
    "headache pain irritation nausea dizziness burn burning ache sickness cough fever rash itching cramp breathing breath throat "
    "stomach skin symptom fatigue exhaustion injury hunger thirst cold".split()
)


_RULES: dict[str, tuple[Rule, ...]] = {
    "cut": (_cuts_a_visit, _cuts_somebody_short),
    "endorse": (_endorses_a_candidate,),
    "deal": (_blow_in_words,),
    "bring": (_sums,),
    "take": (_sums, _takes_pictures, _takes_out_of),
    "push": (_sums,),
    "raise": (_sums,),
    "put": (_sums,),
    "capture": (_takes_pictures,),
    "hit": (_struck_by_hardship, _answers_in_words),
    "strike": (_struck_by_hardship, _answers_in_words),
    "fire": (_answers_in_words,),
    "shoot": (_answers_in_words,),
    "pound": (_struck_by_hardship,),
    "batter": (_struck_by_hardship,),
    "devastate": (_struck_by_hardship,),
    "rain": (_struck_by_hardship,),
    "blow": (_falls_through,),
    "explode": (_falls_through,),
    "collapse": (_falls_through,),
    "damage": (_struck_by_hardship,),
    "target": (_struck_by_hardship,),
    "plunge": (_is_no_blackout,),
    "aid": (_is_helped_on,),
    "assist": (_is_helped_on,),
    "spend": (_is_at_home,),
    "send": (_sends_ones_own,),
    "give": (_gives_no_word, _is_of_private_people),
    "provide": (_gives_no_word,),
    "speak": (_speaks_to_ones_own,),
    "talk": (_speaks_to_ones_own,),
    "meet": (_speaks_to_ones_own,),
    "shout": (_shouts_for_joy,),
    "cry": (_shouts_for_joy,),
    "clog": (_is_full,),
    "choke": (_is_full,),
    "block": (_is_full,),
    "jam": (_is_full,),
    "open": (_is_a_way_made,),
    "attack": (_is_in_words,),
    "launch": (_is_in_words,),
    "blame": (_blames_a_thing,),
    "call": (_calls_for_kin,),
    "ask": (_calls_for_kin,),
    "rebuild": (_is_of_private_people,),
    "forget": (_is_of_private_people,),
    "find": (_is_of_private_people,),
    "refuse": (_is_of_private_people,),
    "complain": (_complains_of_ills,),
    "lose": (_is_only_losing,),
    "thank": (_thanks_nobody,),
    "hail": (_is_praised_paper,),
    "welcome": (_is_praised_paper,),
    "praise": (_is_praised_paper,),
    "drive": (_drives_for_work,),
    "slam": (_slams_into,),
    "leave": (_leaves_somebody,),
    "abandon": (_leaves_somebody,),
    "run": (_runs_to_help,),
    "rush": (_runs_to_help,),
}
_BY_FRAME: dict[str, tuple[Rule, ...]] = {"agree": (_breaks_it,)}
