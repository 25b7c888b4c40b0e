"""Civilians on the move, told without a plain verb of flight: taken out of a place, gone from it, queueing on the road out,
walking for days in somebody's own words; orders to leave as nouns."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.made import told_act
from trucewatch.stages.extract.mention import ActMention
from trucewatch.stages.extract.modality import KIN
from trucewatch.stages.extract.phrases import actor_phrase, owner_phrase
from trucewatch.stages.extract.rules import Rules, reads
from trucewatch.stages.extract.syntax import Token, children, is_infinitive, preposition_objects, roles
from trucewatch.stages.extract.triggers import is_of_kind, meant_words

_TAKING = frozenset("take bring get lead carry drive send bus fly ferry ship move pull".split())
_AWAY = frozenset({"out", "away"})
_CARED_FOR = frozenset(
    "hospital court custody prison detention jail police station clinic ambulance morgue scene life rubble ruin wreckage grave "
    "wound injury burn".split()
)
_THE_HURT = frozenset({"wounded", "injured", "hurt", "bleeding", "dying", "dead", "unconscious", "burned", "burnt"})
_GUESTS = frozenset(
    "tourist holidaymaker guest visitor pupil schoolchild national expatriate foreigner employee staff parent".split()
)
_VEHICLES = frozenset("car bus lorry truck van tractor minibus vehicle traffic motorbike motorcycle taxi cart coach".split())
_LINES = frozenset("queue line column stream tailback procession jam caravan trickle flood snake row convoy exodus crowd".split())
_STRETCHING = frozenset("stretch snake crawl inch back wind reach run form build tail leave head pour stream fill extend".split())
_PEOPLED = frozenset({"village", "town", "city", "street", "neighbourhood", "neighborhood", "population", "camp", "suburb"})
_DEPARTING = frozenset({"leave", "depart", "reach", "arrive", "cross", "set", "head", "pull", "roll", "enter", "drive"})
_LADING = frozenset({"carry", "take", "ferry", "bring", "transport", "bear", "evacuate"})
_PACKED = frozenset("pack load pile cram fill jam clog choke snarl".split())
_FLEEING = frozenset({"flee", "evacuate", "leave", "head", "escape", "exodus", "flight"})
_BEDDING = frozenset("mattress belonging suitcase bag possession luggage blanket furniture family people child civilian".split())
_ROADS = frozenset({"road", "highway", "motorway", "street", "route", "traffic", "queue", "car", "border", "crossing"})
_TELLERS = frozenset({"we", "i"})
_AFOOT = frozenset({"walk", "run", "trek", "drive"})
_ORDERS = frozenset({"order", "warning", "notice", "instruction", "directive", "alert", "call", "message", "leaflet"})
_LEAVING = frozenset({"evacuation", "displacement", "relocation"})
_ISSUING = frozenset(
    "issue give publish post renew repeat release send drop announce circulate extend expand widen order deliver".split()
)
_TELLING = frozenset({"tell", "warn", "order", "urge", "ask", "instruct", "advise"})
_STAYING_OUT = frozenset(
    {"return", "go", "come", "move", "leave", "evacuate", "stay", "approach", "enter", "head", "travel", "keep"}
)
_BANS = frozenset({"ban", "prohibition", "curfew", "restriction"})
_MOVEMENT = frozenset({"movement", "circulation", "return", "travel", "traffic", "resident", "inhabitant", "moving", "returning"})
_NOT_WAR = frozenset(
    {"wildfire", "flood", "earthquake", "quake", "storm", "hurricane", "eruption", "cyclone", "gas", "school", "work"}
)

_mention = partial(told_act, frame="flee", act="CIV.FLIGHT")


def _are_civilians(head: Token | None, lexicon: Lexicon) -> bool:
    """Residents, children, holidaymakers, one's own wife and daughters: and no bare pronoun."""
    if head is None or (head.pos_ == "PRON" and len(meant_words(head)) == 1):
        return False
    if is_of_kind(head, "civilian", lexicon) and not is_of_kind(head, "captive", lexicon):
        return True
    return any(w.lemma_.lower() in KIN or w.lemma_.lower() in _GUESTS for w in meant_words(head))


@reads(_TAKING)
def _taken_out(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "600 holidaymakers were taken out before dawn", "took their children out of the school", "sent his wife to relatives"."""
    who = roles(token)
    people = next(iter(children(token, "dobj", "obj", "nsubjpass")), None)
    if not _are_civilians(people, lexicon) or token.dep_ in ("acl", "relcl"):
        return None
    is_by_force = who.doer is not None and who.doer.pos_ != "PRON" and is_of_kind(who.doer, "force", lexicon)
    if is_by_force and who.doer is not None and who.doer.lemma_.lower() not in _VEHICLES:
        return None  # soldiers who take people away detain them
    goals = [i for _, i in preposition_objects(token)]
    if people is not None and people.tag_ == "NN" and any(c.lower_ in _THE_HURT for c in people.children):
        return None  # "carries a wounded child away": from the wreck
    if any(w.lemma_.lower() in _CARED_FOR for w in goals):
        return None
    parts = {c.lower_ for c in token.children if c.dep_ in ("prt", "advmod", "prep")}
    out = bool(parts & _AWAY)
    own = people is not None and any(c.dep_ == "poss" and c.pos_ == "PRON" for c in people.children)
    abroad = any(
        p.lower_ in ("to", "into")
        and (i.ent_type_ in ("GPE", "LOC", "FAC") or i.lemma_.lower() in ("relative", "safety", "shelter"))
        for p, i in preposition_objects(token)
    )
    if not (out or (own and abroad)):
        return None
    return _mention(token, token, lexicon, people, "civilians are taken out")


_ROUGH = frozenset("street square road car pavement park corniche seafront beach promenade playground roadside open tent".split())


@reads("sleep", "spend", "camp", "shelter", "be")
def _sleep_rough(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "thousands of families slept on the pavements", "crowds were on the move": away from their homes."""
    subject = next(iter(children(token, "nsubj")), None)
    if subject is None or not _are_civilians(subject, lexicon) or (subject.tag_ == "NN" and not meant_words(subject)[1:]):
        return None
    where = [w for _, i in preposition_objects(token, "in", "on", "along") for w in (i, *children(i, "conj"))]
    if token.lemma_ == "be":
        away = any(i.lemma_ == "move" and i.head.lower_ == "on" for i in where)
    else:
        night = token.lemma_ != "spend" or any(c.lemma_ == "night" for c in children(token, "dobj", "npadvmod"))
        away = night and any(i.lemma_.lower() in _ROUGH for i in where)
    if not away or any(c.dep_ == "neg" for c in token.children):
        return None
    return _mention(token, token, lexicon, subject, "people are away from their homes")


@reads("go", "leave")
def _are_gone(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "most of the residents have gone", "ten families have already left": no longer there."""
    subject = next(iter(children(token, "nsubj")), None)
    if subject is None or children(token, "dobj", "obj", "acomp", "xcomp", "ccomp", "oprd", "advcl"):
        return None
    is_perfect = any(c.dep_ == "aux" and c.lemma_ in ("have", "be") for c in token.children) and token.tag_ == "VBN"
    stray = any(c.dep_ == "prt" for c in token.children) or any(
        p.lower_ not in ("to", "for", "from", "in", "since", "by", "on") for p, _ in preposition_objects(token)
    )
    are_many = (
        _are_more(subject, lexicon)
        or (_are_civilians(subject, lexicon) and subject.tag_ != "NN")
        or (subject.lemma_.lower() in _PEOPLED and any(c.lower_ in ("half", "whole", "entire") for c in subject.children))
    )
    if not is_perfect or stray or not are_many:
        return None
    return _mention(token, token, lexicon, subject, "civilians are gone")


def _are_more(subject: Token, lexicon: Lexicon) -> bool:
    """ "some families had burned their furniture, and about a dozen have gone": more of those told of before."""
    if not (subject.pos_ == "NUM" or subject.lemma_ in ("dozen", "hundred", "thousand")):
        return False
    if any(c.dep_ in ("prep", "compound") for c in subject.children):
        return False
    before = (w for w in reversed(subject.doc[max(0, subject.i - 30) : subject.i]) if w.pos_ == "NOUN" and not w.ent_type_)
    return any(lexicon.is_kind(w.lemma_.lower(), "civilian") for w in before)


@reads(_STRETCHING, "be")
def _on_the_road(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "a queue of cars stretched for miles", "the line of buses snaked to the border", "there was a jam of cars out of town"."""
    line = next((c for c in children(token, "nsubj", "attr") if c.lemma_.lower() in _LINES), None)
    if line is None:
        return None
    inner = [i for _, i in preposition_objects(line, "of")]
    words = [w for i in inner for w in (i, *children(i, "conj"))] + children(line, "compound")
    vehicles = any(w.lemma_.lower() in _VEHICLES for w in words)
    if any(is_of_kind(i, "force", lexicon) for i in inner) or any(
        c.lemma_ in ("military", "armoured", "army") for c in line.children
    ):
        return None
    people = any(_are_civilians(i, lexicon) for i in inner)
    if not vehicles and not people:
        return None
    on_road = any(w.lemma_.lower() in _ROADS or w.ent_type_ in ("GPE", "LOC", "FAC") for w in token.subtree)
    if token.lemma_ == "be" and not on_road:
        return None
    return _mention(token, token, lexicon, line, "people queue on the road out")


@reads(_DEPARTING)
def carried_off(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "buses carrying the elderly left X at dawn", "a convoy of refugees reached Y"."""
    subject = next(iter(children(token, "nsubj", "nsubjpass")), None)
    if subject is None or subject.lemma_.lower() not in (*_VEHICLES, "convoy", "column"):
        return None
    inside = [i for _, i in preposition_objects(subject, "of", "with")]
    inside += [o for c in children(subject, "acl", "relcl") if c.lemma_ in _LADING for o in children(c, "dobj")]
    inside += [i for c in children(subject, "acl", "amod") for _, i in preposition_objects(c, "with", "of")]
    inside = [i for i in inside if _are_civilians(i, lexicon) or i.lower_ in ("elderly", "wounded", "old")]
    return _mention(token, token, lexicon, inside[0], "people are carried off") if inside else None


@reads(_PACKED)
def _packed(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "cars packed with mattresses", "the road was jammed with families"."""
    subject = roles(token).undergoer or next(iter(children(token, "nsubjpass")), None)
    subject = subject if subject is not None or token.dep_ not in ("acl", "amod") else token.head
    if subject is None or not any(w.lemma_.lower() in (*_VEHICLES, *_ROADS) for w in meant_words(subject)):
        return None
    load = [i for _, i in preposition_objects(token, "with", "by")]
    if any(w.lemma_.lower() in _FLEEING for w in token.sent):
        return None
    if any(c.lemma_ in ("military", "armoured", "army", "tank") for i in load for c in i.children):
        return None
    goods = [w.lemma_.lower() for i in load for w in (i, *children(i, "conj"))]
    if any(lexicon.is_kind(lemma, "relief") and lemma not in _BEDDING for lemma in goods):
        return None  # "lorries loaded with blankets and flour"
    if not any(w.lemma_.lower() in _BEDDING or w.lemma_.lower() in _VEHICLES for i in load for w in (i, *children(i, "conj"))):
        return None
    return _mention(token, token, lexicon, subject, "people go with what they have")


@reads("stuck", "stranded", "stick", "strand")
def stuck_on_road(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "families were stuck on the road to the capital for hours"."""
    verb = token.head if token.dep_ in ("acomp", "oprd") else token
    subject = next(iter(children(verb, "nsubj", "nsubjpass")), None)
    where = [i for anchor in {token, verb} for _, i in preposition_objects(anchor, "on", "in", "at")]
    if not any(i.lemma_.lower() in _ROADS for i in where) or not _are_civilians(subject, lexicon):
        return None
    return _mention(token, verb, lexicon, subject, "people are on the road")


@reads(_AFOOT)
def _own_story(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "we walked out through the forest", "I drove all night": somebody's own flight."""
    subject = next(iter(children(token, "nsubj")), None)
    if subject is None or subject.lower_ not in _TELLERS or token.tag_ not in ("VBD", "VBN"):
        return None
    if token.tag_ == "VBN" and not any(c.lemma_ == "have" for c in token.children):
        return None
    if token.lemma_ == "drive" and (token.tag_ == "VBN" or children(token, "dobj")):
        return None  # "I have driven lorries to X": his work
    ways = list(preposition_objects(token))
    is_on_foot = any(
        p.lower_ in ("through", "across", "for", "to", "into", "over", "out", "from", "all", "down")
        and (
            i.lemma_.lower() in ("forest", "wood", "mountain", "border", "night", "hour", "day", "road")
            or i.ent_type_ in ("GPE", "TIME", "DATE")
        )
        for p, i in ways
    )
    is_on_foot = is_on_foot or any(c.dep_ == "npadvmod" and c.lemma_ in ("night", "day") for c in token.children)
    return _mention(token, token, lexicon, subject, "somebody tells of his own flight") if is_on_foot else None


def is_on_the_move(head: Token, lexicon: Lexicon, *, is_told: bool) -> bool:
    """Whether who or what goes is people who leave: civilians, one's own kin, what they go in; in somebody's words, oneself."""
    if head.lower_ in _TELLERS:
        return is_told
    words = meant_words(head)
    if any(w.lemma_.lower() in _LINES for w in words):
        words = [*words, *(i for w in words for _, i in preposition_objects(w, "of")), *children(head, "compound")]
    return (
        is_of_kind(head, "civilian", lexicon)
        or _are_civilians(head, lexicon)
        or any(w.lemma_.lower() in _VEHICLES | _ROADS for w in words)
        or _goes_with_kin(head)
        or _are_more(head, lexicon)
    )


def _goes_with_kin(head: Token) -> bool:
    """ "A. B., 48, fled with her four children": a private person, by age or kin."""
    if head.ent_type_ != "PERSON":
        return False
    aged = any(c.dep_ in ("appos", "npadvmod", "nummod") and c.text.isdigit() and len(c.text) < 3 for c in head.children)
    return aged or any(w.lemma_.lower() in KIN or w.lemma_ == "child" for w in head.head.subtree if w.i > head.head.i)


going = Rules(_sleep_rough, _taken_out, _are_gone, _on_the_road, _packed, stuck_on_road, _own_story)


def _is_to_leave(order: Token) -> bool:
    """ "evacuation orders", "an order of evacuation", "a warning to leave", "from going back to their houses"."""
    words = [*children(order, "compound", "amod"), *(i for _, i in preposition_objects(order, "of", "for"))]
    if any(w.lemma_.lower() in _LEAVING for w in words):
        return True
    clauses = [*children(order, "acl", "relcl"), *(c for c in children(order.head, "xcomp", "advcl") if is_infinitive(c))]
    clauses += [i for anchor in (order, order.head) for _, i in preposition_objects(anchor, "from", "against") if i.tag_ == "VBG"]
    for clause in clauses:
        told = [clause, *children(clause, "xcomp", "ccomp")]
        if any(c.lemma_ in _STAYING_OUT and (is_civil_going(c) or clause.tag_ == "VBG") for c in told):
            return True
    return False


def is_civil_going(verb: Token) -> bool:
    """Whether an infinitive is one that only people who live somewhere are told."""
    return verb.lemma_ in ("leave", "evacuate", "return", "go", "stay", "move", "flee") and any(
        c.lower_ == "to" for c in verb.children
    )


@reads("return")
def no_return(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "conditions are not in place for the return of residents", "it is not safe to return", "they cannot return"."""
    if token.pos_ in ("NOUN", "PROPN"):
        if token.dep_ != "pobj" or token.head.lower_ != "for":
            return None
        governor = token.head.head
        verb = governor if governor.pos_ in ("VERB", "AUX") else governor.head
        ready = any(i.lemma_ == "place" for _, i in preposition_objects(verb, "in"))
        ready = ready or any(c.lemma_ in ("ready", "ripe", "right", "safe", "suitable") for c in children(verb, "acomp"))
        negated = any(c.dep_ == "neg" for c in verb.children)
        return _kept_out(token, verb, lexicon, None) if ready and negated else None
    people = next(iter(children(token, "nsubj")), None)
    can = [c for c in token.children if c.dep_ == "aux" and c.lower_ in ("can", "could", "ca")]
    if can and any(c.dep_ == "neg" for c in token.children) and _are_civilians(people, lexicon):
        return _kept_out(token, token, lexicon, people)
    if token.dep_ not in ("xcomp", "advcl", "ccomp") or not is_infinitive(token):
        return None
    state, verb = token.head, token.head.head if token.head.pos_ == "ADJ" else token.head
    if state is verb:
        state = next(iter(children(verb, "acomp")), verb)
    people = people or next(iter(children(verb, "nsubj")), None)
    negated = any(c.dep_ == "neg" for c in (*verb.children, *state.children))
    barred = state.lemma_ == "unable" or (state.lemma_ in ("able", "allow", "permit") and negated)
    unsafe = state.lemma_ in ("unsafe", "dangerous") or (state.lemma_ == "safe" and negated)
    if unsafe or (barred and _are_civilians(people, lexicon)):
        return _kept_out(token, verb, lexicon, people if barred else None)
    return None


def _kept_out(token: Token, verb: Token, lexicon: Lexicon, people: Token | None) -> ActMention:
    doer = next((actor_phrase(i, lexicon) for _, i in preposition_objects(verb, "by")), None)
    kept = _mention(token, verb, lexicon, people, "people cannot return", act="CIV.DISPLACEMENT", frame="displace", doer=doer)
    return replace(kept, negated=False, modality="actual", is_future=False)


def _is_laid_at_a_door(token: Token, lexicon: Lexicon) -> bool:
    """ "rejected accusations of ethnic cleansing": a charge that is denied names the deed."""
    charge = token.head.head if token.dep_ == "pobj" and token.head.lower_ == "of" else None
    if charge is None or not lexicon.is_kind(charge.lemma_.lower(), "claim") or charge.dep_ not in ("dobj", "nsubj", "nsubjpass"):
        return False
    return charge.head.lemma_.lower() in ("reject", "deny", "dismiss", "refute", "rebuff", "be", "call")


@reads("cleansing")
def cleansing(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "ethnic cleansing is under way", "what is happening is ethnic cleansing": people driven out, in somebody's words."""
    verb = token.head
    subject = next(iter(children(verb, "nsubj", "csubj")), None)
    if not any(c.lower_ == "ethnic" for c in token.children) and not any(
        c.lower_ == "ethnic" for i in (token.head.head,) for c in i.children
    ):
        return None
    if token.dep_ == "pobj" and token.head.lower_ == "of" and token.head.head.lemma_ in ("policy", "campaign", "case"):
        holder = token.head.head
        verb, subject = holder.head, next(iter(children(holder.head, "nsubj", "csubj")), None)
        is_verdict = holder.dep_ == "attr"
    else:
        holder = token
        is_verdict = token.dep_ == "attr"
    if _is_laid_at_a_door(token, lexicon):
        return _mention(token, token, lexicon, None, "people are said to be driven out", act="CIV.DISPLACEMENT", frame="displace")
    happens = holder.dep_ == "nsubj" and verb.lemma_ in ("be", "continue", "happen", "go", "take", "occur", "proceed", "begin")
    pointed = subject is not None and (subject.lower_ in ("this", "that", "it", "what") or subject.dep_ == "csubj")
    if not (happens or (is_verdict and verb.lemma_ == "be" and pointed)):
        return None
    told = _mention(token, verb, lexicon, None, "people are said to be driven out", act="CIV.DISPLACEMENT", frame="displace")
    return replace(told, is_opinion=True)


@reads(_ORDERS, _BANS)
def ordered_out(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "an order of evacuation published by X", "its evacuation orders cover a quarter of the land", "a ban on movement"."""
    if token.dep_ == "compound" or any(w.lemma_.lower() in _NOT_WAR for w in token.subtree):
        return None
    lemma = token.lemma_.lower()
    people = next(
        (
            i
            for anchor in (token, token.head)
            for _, i in preposition_objects(anchor, "to", "for", "on")
            if _are_civilians(i, lexicon)
        ),
        None,
    )
    if lemma in _BANS:
        if (
            lemma != "prohibition"
            and token.dep_ in ("dobj", "nsubjpass")
            and token.head.lemma_ in ("impose", "extend", "tighten")
        ):
            return None  # which closes a way
        moved = [i for _, i in preposition_objects(token, "on", "of", "against")]
        if not any(w.lemma_.lower() in _MOVEMENT or _are_civilians(w, lexicon) for w in moved):
            return None
    elif not _is_to_leave(token) or (lemma not in ("order", "warning", "notice", "instruction", "directive") and people is None):
        return None
    if any(c.lower_ in ("no", "without") for c in token.children):
        return None
    if lemma == "order" and token.i > 0 and token.doc[token.i - 1].lower_ == "in":
        return None  # "queued in order to leave"
    verb = token.head.head if token.dep_ == "pobj" else token.head
    doer = owner_phrase(token, lexicon)
    agents = [i for p, i in preposition_objects(token, "by", "from")]
    agents += [i for c in children(token, "acl") for _, i in preposition_objects(c, "by")]
    doer = doer or next((phrase for i in agents if (phrase := actor_phrase(i, lexicon)) is not None), None)
    if doer is None and token.dep_ in ("dobj", "obj") and (verb.lemma_ in _ISSUING or verb.lemma_ in ("impose", "declare")):
        doer = actor_phrase(roles(verb).doer, lexicon)
    after = token.doc[token.i + 1 : token.sent.end]
    tellers = [*children(verb, "conj", "advcl"), *children(token, "relcl"), *(w for w in after if w.tag_ == "VBG"), verb]
    if any(w.lemma_ in _TELLING and not children(w, "nsubjpass") and (w is verb or not children(w, "nsubj")) for w in tellers):
        return None  # "the warnings told residents to go": told by that
    is_lifted = verb.lemma_ in ("lift", "cancel", "rescind", "withdraw", "ignore", "defy")
    if is_lifted or (doer is None and token.dep_ not in ("nsubj", "nsubjpass", "pobj")):
        return None
    scope = verb if verb.pos_ in ("VERB", "AUX") and token.dep_ in ("nsubj", "nsubjpass", "dobj", "obj") else token
    return _mention(
        token,
        scope,
        lexicon,
        people,
        "people are ordered out or kept from their homes",
        act="CIV.DISPLACEMENT",
        frame="displace",
        doer=doer,
    )
