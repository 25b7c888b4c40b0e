"""Deeds that did not come about, and are only feared, guarded against, talked of or foreseen: "in case of an attack".

Also deeds that say no more than what somebody's work is ("the man in charge of moving arms"), or what he was told to do.
"""

from __future__ import annotations

from trucewatch.stages.extract.mention import DEED_CLASSES, ActMention
from trucewatch.stages.extract.syntax import Token, children, is_infinitive, preposition_objects

_COMING = frozenset(
    "imminent possible potential looming feared impending expected planned threatened likely hypothetical future eventual "
    "would-be anticipated prospective".split()
)
_FEARING = frozenset(
    "fear avert prevent avoid forestall preempt pre-empt expect anticipate predict foresee contemplate consider discuss debate "
    "envisage simulate rehearse risk await dread deter preclude plan plot prepare urge advocate oppose propose demand".split()
)
_BRACING = frozenset("brace prepare plan train wait guard insure protect shelter ready push call argue vote lobby".split())
_FOR_WHAT = frozenset({"for", "against"})
# nouns of what is not there yet: with "of", "about", "for" or "against" behind them
_PROSPECTS = frozenset(
    "case event fear threat risk danger possibility prospect talk speculation anticipation preparation preparedness readiness "
    "protection shelter defence defense safety insurance alert alarm drill exercise scenario expectation prediction forecast "
    "option idea chance likelihood probability plan plot proposal timetable call demand ban moratorium excuse pretext "
    "capability capacity ability potential hope dream concern worry anxiety spectre specter rumour rumor advance".split()
)
_MARTIAL = DEED_CLASSES | {"RETREAT"}
_BEHIND = frozenset({"of", "about", "for", "against", "over", "from"})
_REACTING = frozenset({"respond", "react", "retaliate", "answer", "prepare"})
_GUARDING = frozenset("protect shield defend shelter guard insulate secure safeguard keep save spare".split())
_TASKED = frozenset({"task", "charge", "assign", "entrust", "mandate"})
_TOLD = frozenset({"tell", "task", "assign", "mandate", "instruct"})
_SLOW = frozenset("slow late sluggish lax interested reluctant hesitant active instrumental careful remiss".split())
_MOMENTS = frozenset("moment day week month hour year phase stage chapter anniversary eve aftermath course".split())
# "a strike has been put off", "called off an attack"
_OFF = frozenset("put call cancel postpone delay shelve abort scrap rule suspend reconsider".split())
_ALONE = _OFF - {"put", "call", "rule"}
_TIMES = frozenset({"day", "time", "moment", "minute", "hour", "once"})
_NO_WISH = frozenset({"interest", "intention", "desire", "point", "use", "sense", "idea", "thought", "reason"})
# what a deed dates, and whom and what it gave its name
_FOUNDING = frozenset("set build found bear publish write erect rebuild film paint compose".split())
_REMEMBERED = frozenset("victim survivor anniversary memory veteran hero witness memorial monument commemoration".split())
_MARCHING = frozenset({"march", "demonstrate", "rally", "vote", "campaign"})
_PEACEFUL = frozenset(
    "peacekeeping rescue relief humanitarian evacuation search recovery aid clearance demining vaccination election electoral "
    "advertising marketing fundraising".split()
)
_OWNING_UP = frozenset({"admit", "acknowledge", "concede", "accept", "confess", "recognise", "recognize"})
_WANTING = frozenset("want wish intend ready willing prepared plan".split())
_OUT_OF = frozenset({"dream", "think", "fantasise", "fantasize"})
_WILL = frozenset({"will", "would", "could", "may", "might", "'ll", "’ll", "can"})


def is_unmet(mention: ActMention) -> bool:
    """Whether a deed is only feared, guarded against, talked of, foreseen, or somebody's task."""
    token = mention.token
    if mention.is_nominal:
        return mention.act_class in DEED_CLASSES and (_is_only_thought_of(token) or _is_a_date(token) or _is_peaceful_work(token))
    if mention.frame in ("talk", "agree") and _is_unwilling(token):
        return True
    if mention.frame == "retreat" and mention.is_future and _hangs_on_others(token):
        return True
    if mention.frame == "misdeed" and _is_a_slip(token):
        return True
    if mention.act_class not in _MARTIAL:
        return False
    if mention.act_class != "DISPLACE" and _is_a_task(token):
        return True
    return mention.act_class in ("ASSAULT", "TERRITORY") and _is_supposed(token)


def _is_only_thought_of(noun: Token) -> bool:
    if any(c.dep_ == "amod" and c.lower_ in _COMING for c in noun.children):
        return True
    node = noun
    while node.dep_ == "conj":
        node = node.head
    if any(c.dep_ == "amod" and c.lower_ in _COMING for c in node.children):
        return True
    if node.dep_ in ("dobj", "obj", "nsubjpass"):
        verb = node.head
        if verb.lemma_ in _OFF and (verb.lemma_ in _ALONE or any(c.lower_ in ("off", "out") for c in verb.children)):
            return True
        return verb.lemma_.lower() in _FEARING and not any(c.lower_ in ("repeat", "repeated") for c in noun.children)
    if node.dep_ != "pobj":
        return False
    preposition, holder = node.head, node.head.head
    word = preposition.lower_
    lemma = holder.lemma_.lower()
    if holder.pos_ in ("NOUN", "PROPN"):
        return lemma in _PROSPECTS and word in _BEHIND and _is_still_ahead(holder)
    if lemma in _BRACING and word in _FOR_WHAT:
        return True
    if lemma in _GUARDING and word in ("from", "against"):
        return True
    return lemma in _REACTING and word in ("to", "for") and _is_how_to(holder)


def _is_a_date(noun: Token) -> bool:
    """ "since the attack", "after the invasion of 1982", "in the worst moment of the campaign": only when something else was."""
    if noun.dep_ != "pobj":
        return False
    preposition, holder = noun.head, noun.head.head
    if preposition.lower_ == "since":
        return True
    if holder.lemma_ in _FOUNDING and preposition.lower_ in ("after", "before", "during", "amid", "on", "in"):
        return True
    if holder.lemma_.lower() in _REMEMBERED and preposition.lower_ == "of":
        return True
    if holder.lemma_ in _MARCHING and preposition.lower_ == "against":
        return True
    if preposition.lower_ in ("after", "before", "until", "during", "in") and any(
        i.text.isdigit() and len(i.text) == 4 for _, i in preposition_objects(noun, "of", "in")
    ):
        return True
    if preposition.lower_ == "of" and holder.lemma_ in ("exchange", "wave", "round", "series") and holder.dep_ == "pobj":
        preposition, holder = holder.head, holder.head.head  # "on the hundredth day of the exchange of fire"
    return (
        preposition.lower_ == "of"
        and holder.lemma_.lower() in _MOMENTS
        and holder.dep_ == "pobj"
        and holder.head.lower_ in ("in", "on", "during", "at")
    )


def _is_peaceful_work(noun: Token) -> bool:
    """ "any other peacekeeping operation", "the oldest operation of its kind"."""
    if noun.lemma_ not in ("operation", "campaign", "mission"):
        return False
    if any(c.lower_ in _PEACEFUL for c in noun.children):
        return True
    return noun.dep_ == "attr" and any(c.tag_ == "JJS" for c in noun.children)


def _is_a_slip(token: Token) -> bool:
    """ "may have been a mistake", "admitted that the raid was a mistake": nobody is blamed."""
    verb = token if token.pos_ in ("VERB", "AUX") else token.head
    if not any(c.lemma_ in ("mistake", "error", "accident") for c in children(verb, "attr")):
        return False
    owned = verb.dep_ == "ccomp" and verb.head.lemma_ in _OWNING_UP
    return owned or any(c.lower_ in ("may", "might", "could") for c in verb.children)


def _hangs_on_others(token: Token) -> bool:
    """ "will leave only if X disarms", "will withdraw if the vote is put": a condition, and no withdrawal."""
    return any(
        c.dep_ == "advcl" and any(m.dep_ == "mark" and m.lower_ in ("if", "unless") for m in c.children) for c in token.children
    )


def _is_unwilling(token: Token) -> bool:
    """ "does not want to discuss X", "is not ready to negotiate": no talks, and no readiness."""
    governor = token.head
    if token.dep_ != "xcomp" or not is_infinitive(token) or governor.lemma_ not in _WANTING:
        return False
    verbs = (governor, governor.head) if governor.pos_ == "ADJ" else (governor,)
    return any(c.dep_ == "neg" for verb in verbs for c in verb.children)


def _is_still_ahead(holder: Token) -> bool:
    """ "in the event of", "a plan for": and no "event" that was, "case" recorded or "call" made by what it calls for."""
    return holder.lemma_ not in ("event", "case", "advance") or bool(holder.head.lower_ == "in")


def _is_how_to(verb: Token) -> bool:
    """ "discussed how to respond to an attack"."""
    return is_infinitive(verb) and any(c.lower_ in ("how", "whether") for c in verb.children)


def _is_a_task(token: Token) -> bool:
    """ "the man in charge of rebuilding X", "a commander responsible for moving arms", "was told to disarm Y"."""
    if token.dep_ == "pcomp":
        preposition, holder = token.head, token.head.head
        if preposition.lower_ == "of" and holder.lemma_ == "charge" and holder.head.lower_ == "in":
            return True
        if preposition.lower_ == "for" and holder.lemma_ == "responsible":
            return bool(holder.dep_ in ("amod", "acl", "relcl", "advcl")) or holder.head.pos_ in ("NOUN", "PROPN")
        if preposition.lower_ == "with" and holder.lemma_ in _TASKED:
            return True
        return preposition.lower_ in ("in", "at", "about", "to") and holder.pos_ == "ADJ" and holder.lower_ in _SLOW
    if token.dep_ == "xcomp" and is_infinitive(token) and token.head.lemma_ in _TOLD:
        # whom people are told to leave is told by that
        return any(c.dep_ in ("nsubjpass", "auxpass") for c in token.head.children)
    return False


def _is_supposed(token: Token) -> bool:
    """ "firing on our soldiers will be an act of war": what it would be, if it came about."""
    if token.dep_ == "advcl" and token.tag_ in ("VBP", "VBZ") and _answered_every_time(token):
        return True
    if token.dep_ in ("relcl", "acl", "advcl") and token.tag_ in ("VBP", "VBZ") and _is_of_any_time(token):
        return True
    if token.dep_ == "pcomp" and token.head.lower_ in ("in", "of") and token.head.head.lemma_ in _NO_WISH:
        return any(c.lower_ in ("no", "little") for c in token.head.head.children)
    if token.dep_ == "xcomp" and is_infinitive(token) and token.head.lemma_ == "vote":
        return True  # the vote is told
    if token.dep_ == "xcomp" and is_infinitive(token) and token.head.lower_ == "about":
        return True  # "was about to strike"
    if token.dep_ == "xcomp" and token.tag_ == "VBG" and token.head.lemma_ in ("propose", "suggest", "consider", "contemplate"):
        return True
    if token.dep_ == "pcomp" and token.head.lower_ in ("of", "about"):
        node = token.head.head
        while node.dep_ in ("prep", "prt") and node.head != node:
            node = node.head
        # "dreamed of attacking X", "was talked out of attacking X"
        return node.lemma_ in _OUT_OF or (
            node.lemma_ == "talk" and any(c.dep_ in ("nsubjpass", "auxpass") for c in node.children)
        )
    if token.tag_ == "VBG" and token.dep_ == "amod" and token.head.dep_ == "nsubj" and token.i == token.sent.start:
        # "attacking hospitals is a crime", which the parser takes for hospitals that attack
        return bool(token.head.head.lemma_ == "be" and token.head.head.tag_ != "VBD")
    if token.tag_ != "VBG" or token.dep_ not in ("csubj", "csubjpass"):
        return False
    if token.head.lemma_ == "be" and token.head.tag_ == "VBZ" and not any(c.pos_ == "PROPN" for c in token.subtree):
        return True  # "attacking hospitals is a crime": whoever does
    return any(c.dep_ == "aux" and c.lower_ in _WILL for c in token.head.children)


def _is_of_any_time(token: Token) -> bool:
    """ "the day they attack, the war will widen", "every time they strike": of no one deed."""
    noun = token.head
    if noun.lemma_ in _TIMES and any(c.lower_ in ("the", "every", "each", "any") for c in noun.children):
        return True
    before = token.doc[max(token.sent.start, token.left_edge.i - 2) : token.left_edge.i + 2]
    return len(before) > 1 and before[0].lower_ in ("every", "each") and before[1].lower_ == "time"


def _answered_every_time(token: Token) -> bool:
    """ "when they fire on us we will fire back": whenever they do."""
    when = any(c.lower_ in ("when", "whenever", "wherever") and c.i < token.i for c in token.children)
    return when and any(c.dep_ == "aux" and c.lower_ in _WILL for c in token.head.children)


def is_question_put(token: Token) -> bool:
    """'"Is this a missile?" he asked': a question, and nothing asked for."""
    if token.lemma_.lower() not in ("ask", "wonder", "inquire", "enquire"):
        return False
    things = [c for c in children(token, "xcomp") if is_infinitive(c)]
    if things or children(token, "dobj", "dative") or any(True for _ in preposition_objects(token, "for", "to")):
        return False
    before = token.doc[max(token.sent.start, 0) : token.i]
    return any(w.text == "?" for w in before) or any(w.text == "?" for w in token.subtree)
