"""Civilians driven from home, told by who passes where: "28,000 had crossed by noon", "buses took them to X"."""

from __future__ import annotations

from functools import partial

from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.made import told_act
from trucewatch.stages.extract.mention import ActMention
from trucewatch.stages.extract.modality import KIN
from trucewatch.stages.extract.phrases import actor_phrase
from trucewatch.stages.extract.rules import Rules, reads
from trucewatch.stages.extract.syntax import Token, children, has_negation, is_told_done, preposition_objects, roles, tight_phrase
from trucewatch.stages.extract.triggers import is_of_kind, meant_words

_CROSSING = frozenset({"pass", "cross", "arrive", "enter", "come", "pour", "get", "make"})
_LETTING = frozenset({"let", "admit", "receive", "accept", "take"})
_FLED = frozenset({"refugee", "evacuee", "displaced", "idp", "escapee"})
_FLIGHTS = _FLED | {"exodus", "flee"}
_MANY = frozenset({"hundred", "thousand", "ten", "dozen", "million", "score"})
_VEHICLES = frozenset("car bus lorry truck van tractor minibus vehicle coach trailer cart train boat".split())
_DRIVING = frozenset(
    {"head", "drive", "move", "stream", "travel", "roll", "crawl", "leave", "pour", "form", "snake", "queue", "wait"}
)
_BOUND_FOR = ("to", "towards", "toward", "into", "out", "from", "for", "north", "south", "along", "on", "at")
_CARRYING = frozenset("carry take bring ferry transport move bus drive evacuate transfer shuttle send".split())
# those who live somewhere, and not those who travel, study or play
_DWELLERS = frozenset(
    "resident inhabitant villager woman child family civilian elderly people person population household townspeople old "
    "pensioner sick infirm".split()
)
_WHO_LIVES_THERE = _DWELLERS | _FLED
_REFUGES = frozenset(
    {"relative", "relation", "grandparent", "grandmother", "aunt", "uncle", "safety", "cousin", "sister", "brother"}
)
_HOMES = frozenset({"home", "house", "village", "town", "flat", "apartment", "farm"})
_LODGINGS = frozenset(
    {"hotel", "tent", "school", "gym", "hostel", "dormitory", "camp", "kindergarten", "relative", "shelter", "mosque"}
)
_LODGING = frozenset({"live", "stay", "sleep", "house", "shelter", "lodge", "accommodate", "spend", "put"})
_DRIVING_OUT = frozenset({"drive", "force", "kick", "throw", "chase", "push", "turn"})
_LAND = _HOMES | {"land", "country", "homeland", "region"}
_CAUSING = frozenset({"cause", "lead", "result", "trigger", "provoke", "bring", "force"})
_WITNESSES = frozenset({"before", "as", "when", "after", "because", "minutes", "hours", "with", "while", "since"})
_ARMED = ("force", "combatant", "enemy", "mobile", "weapon", "projectile", "airborne")
_FIGHTERS = frozenset({"volunteer", "reservist", "conscript", "recruit"})

_flight = partial(told_act, frame="displace", act="CIV.FLIGHT")


def _are_dwellers(head: Token | None, lexicon: Lexicon) -> bool:
    """Residents, women and children, refugees: in the plural, and nobody's prisoners or patients."""
    if head is None or head.pos_ == "PRON" or is_of_kind(head, "captive", lexicon):
        return False
    words = meant_words(head)
    if any(w.lower_ in ("wounded", "injured", "dead") for w in words for w in (w, *w.children)):
        return False
    are_such = any(w.lemma_.lower() in _WHO_LIVES_THERE or w.lower_ in ("elderly", "displaced") for w in words)
    return are_such and (head.tag_ not in ("NN",) or head.lemma_ in ("population", "family", "elderly"))


def _are_counted(head: Token) -> bool:
    """ "35,000 people", "hundreds of cars", "thousands"."""
    return any(
        w.pos_ == "NUM" or w.lemma_.lower() in _MANY
        for w in (head, *meant_words(head), *(c for c in head.children if c.i < head.i))
    )


def _is_told(token: Token) -> bool:
    """Whether a clause tells what happened: no wish, order or supposition, and no clause that only describes."""
    return token.dep_ not in ("relcl", "acl") and is_told_done(token)


@reads(_CROSSING, _LETTING)
def _have_crossed(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "35,000 people had passed through since Tuesday", "28,120 refugees had crossed", "6,000 had been let in"."""
    passive = any(c.dep_ == "auxpass" for c in token.children)
    lemma = token.lemma_.lower()
    if not _is_told(token) or (lemma in _LETTING and not passive) or (lemma in _CROSSING and passive):
        return None
    people = next(iter(children(token, "nsubjpass" if passive else "nsubj")), None)
    if people is None or not (_are_dwellers(people, lexicon) or (people.pos_ == "NUM" and _fled_before(people))):
        return None
    fled = any(w.lemma_.lower() in _FLED or w.lower_ == "displaced" for p in meant_words(people) for w in (p, *p.children))
    if not _are_counted(people) and not fled:
        return None
    parts = {c.lower_ for c in token.children if c.dep_ in ("prt", "prep", "advmod")}
    if lemma in ("pass", "come", "get", "make") and not parts & {"through", "across", "over", "out", "in"}:
        return None
    if _is_a_journey(token):
        return None
    through = [i for _, i in preposition_objects(token, "through", "across", "over", "into")]
    is_border = any(i.lemma_.lower() in _BORDERS or i.ent_type_ == "GPE" for i in through)
    if lemma in ("pass", "come", "get", "pour") and not fled and through and not is_border:
        return None  # "passed through the airport"
    if lemma in _LETTING and not parts & {"in", "into", "through", "out", "by"}:
        return None
    if lemma == "cross" and any(i.lemma_.lower() not in _BORDERS and not i.ent_type_ for i in children(token, "dobj")):
        return None
    if lemma in ("arrive", "enter", "make", "get") and not fled:
        return None
    return _flight(token, token, lexicon, people, "people pass on their way out")


_NO_ERRANDS = frozenset({"DATE", "TIME", "GPE", "LOC"})
_BORDERS = frozenset({"border", "frontier", "bridge", "checkpoint", "crossing", "line", "river"})


def _is_a_journey(token: Token) -> bool:
    """ "crossed back into X", "arrived home", "came over for the concert": the way home, or an errand."""
    if any(c.lower_ in ("back", "home") for c in children(token, "advmod", "prt", "npadvmod", "dobj")):
        return True
    errands = [i for _, i in preposition_objects(token, "for") if i.ent_type_ not in _NO_ERRANDS]
    return any(i.lemma_.lower() not in ("safety", "refuge", "shelter") for i in errands)


def _fled_before(number: Token) -> bool:
    """Whether people who left were told of before a bare number of them."""
    words = number.doc[max(0, number.i - 25) : number.i]
    return any(w.lemma_.lower() in _FLIGHTS for w in words)


@reads(_DRIVING)
def _cars_leave(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "hundreds of cars are heading the other way", "long queues of cars formed on the road to X"."""
    cars = next(iter(children(token, "nsubj")), None) or _line_in_a_headline(token)
    if cars is None or not (cars.dep_ == "ROOT" or _is_told(token)):
        return None
    words = [*meant_words(cars), *(i for _, i in preposition_objects(cars, "of"))]
    if not any(w.lemma_.lower() in _VEHICLES and w.tag_ == "NNS" for w in words):
        return None
    if any(c.lemma_.lower() in _OFFICIAL for w in words for c in w.children) or any(
        is_of_kind(w, "force", lexicon) for w in words
    ):
        return None
    lined = cars.lemma_.lower() in _LINES
    if not lined and not _are_counted(cars):
        return None
    away = {c.lower_ for c in children(token, "advmod", "prt", "npadvmod", "dobj")} & {
        "away",
        "out",
        "north",
        "south",
        "way",
        "west",
    }
    bound = [i for p, i in preposition_objects(token, *_BOUND_FOR) if i.ent_type_ in ("GPE", "LOC", "FAC") or i.lemma_ in _WAYS]
    if not away and not bound:
        return None
    return _flight(token, token, lexicon, cars, "people leave in cars")


def _line_in_a_headline(verb: Token) -> Token | None:
    """ "A stream of cars snaked along the road": the parser takes the verb for a participle."""
    if verb.dep_ != "acl" or verb.tag_ not in ("VBN", "VBD"):
        return None
    top = verb.head.head.head if verb.head.dep_ == "pobj" else verb.head
    return top if top.dep_ == "ROOT" and top.lemma_.lower() in _LINES else None


_LINES = frozenset({"queue", "line", "column", "stream", "tailback", "procession", "jam", "caravan"})
_WAYS = frozenset({"road", "highway", "border", "crossing", "checkpoint", "bridge"})
_OFFICIAL = frozenset(
    "military army armoured armored police aid relief humanitarian supply fuel diplomatic peacekeeping fire un".split()
)


@reads(_CARRYING)
def _carried_away(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "buses carried women and children to X", "residents were taken to X", "had sent their children to relatives"."""
    who = roles(token)
    people = next(iter(children(token, "dobj", "obj", "nsubjpass")), None)
    if people is None or not _is_told(token):
        return None
    goals = [i for _, i in preposition_objects(token, "to", "into", "from", "in")]
    named = any(i.ent_type_ in ("GPE", "LOC", "FAC") for i in goals)
    kin = any(w.lemma_.lower() in _REFUGES for w in goals) and any(c.dep_ == "poss" and c.pos_ == "PRON" for c in people.children)
    if kin and any(
        w.lemma_.lower() in KIN or w.lemma_.lower() in ("child", "family", "girl", "boy") for w in meant_words(people)
    ):
        return _flight(token, token, lexicon, people, "people are sent away to their kin")
    if not _are_dwellers(people, lexicon):
        return None
    by_car = who.doer is not None and any(w.lemma_.lower() in _VEHICLES for w in meant_words(who.doer))
    by_nobody = who.passive and who.doer is None
    out = any(c.lower_ in ("out", "away") for c in token.children)
    if not (by_car or by_nobody) or not (named or out) or _is_a_journey(token):
        return None
    if any(i.lemma_.lower() in _WARDS for i in goals):
        return None
    return _flight(token, token, lexicon, people, "people are carried away")


_WARDS = frozenset("hospital clinic court prison station detention custody morgue ambulance museum theatre stadium".split())


@reads("leave", "abandon", "quit")
def _left_home(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "said she left her village minutes before the soldiers came": a private person's own flight."""
    who = next(iter(children(token, "nsubj")), None)
    home = next(iter(children(token, "dobj", "obj")), None)
    if who is None or home is None or home.lemma_.lower() not in _HOMES or not _is_told(token):
        return None
    if not any(c.dep_ == "poss" and c.pos_ == "PRON" for c in home.children):
        return None
    if who.lower_ not in ("she", "he", "i", "we", "they") and who.ent_type_ != "PERSON":
        return None
    beside = [c for head in (token, home) for c in children(head, "advcl", "prep") if c.i > home.i]
    if not any(_is_a_peril(c, lexicon) for c in beside):
        return None
    return _flight(token, token, lexicon, who, "somebody left home")


def _is_a_peril(beside: Token, lexicon: Lexicon) -> bool:
    """ "minutes before the soldiers came", "after the shelling": and no "when he married"."""
    words = {w.lower_ for w in beside.subtree}
    return bool(words & _WITNESSES) and any(
        lexicon.is_kind(w.lemma_.lower(), *_ARMED)
        or any(t.frame == "attack" for t in (lexicon.nouns.get(w.lemma_.lower()), *lexicon.verbs.get(w.lemma_.lower(), ())) if t)
        for w in beside.subtree
    )


@reads(_LODGING)
def _lodged(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "most of its residents are still living in hotels", "65 families had spent the night in schools"."""
    people = next(iter(children(token, "nsubj", "nsubjpass")), None)
    if not _are_dwellers(people, lexicon) or not _is_told(token) or token.dep_ == "advcl":
        return None
    is_lasting = any(
        c.dep_ in ("aux", "auxpass") and c.lower_ in ("is", "are", "were", "been", "being", "has", "have", "had")
        for c in token.children
    )
    where = [w for _, i in preposition_objects(token, "in", "with", "at") for w in (i, *children(i, "conj"))]
    if not is_lasting or not any(w.lemma_.lower() in _LODGINGS and w.tag_ == "NNS" for w in where):
        return None
    if token.lemma_ == "spend" and not any(c.lemma_ in ("night", "week", "month") for c in children(token, "dobj", "npadvmod")):
        return None
    return _flight(token, token, lexicon, people, "people lodge away from home")


@reads(_DRIVING_OUT)
def _drove_us_out(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "they drove us out of our homes"."""
    whom = next(iter(children(token, "dobj", "obj")), None)
    if whom is None or whom.lower_ not in ("us", "them", "me", "him", "her") or not _is_told(token):
        return None
    out = any(c.lower_ in ("out", "from", "off") for c in token.children)
    below = [i for c in (token, *token.children) for _, i in preposition_objects(c, "of", "from", "off")]
    if not out or not any(i.lemma_.lower() in _LAND and any(c.dep_ == "poss" for c in i.children) for i in below):
        return None
    doer = actor_phrase(roles(token).doer, lexicon)
    return told_act(
        token, token, lexicon, whom, "people driven from their homes", frame="displace", act="CIV.DISPLACEMENT", doer=doer
    )


@reads("displacement")
def displacement_caused(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "the bombing caused the displacement of 76,000 people"."""
    people = next((i for _, i in preposition_objects(token, "of")), None)
    verb = token.head.head if token.dep_ == "pobj" else token.head
    if people is None or not (_are_dwellers(people, lexicon) or _are_counted(people)) or verb.lemma_ not in _CAUSING:
        return None
    if has_negation(verb) or any(c.tag_ == "MD" for c in verb.children):
        return None
    return told_act(token, verb, lexicon, people, "a displacement caused", frame="displace", act="CIV.DISPLACEMENT")


@reads("leave", "depart", "go", "head", "travel", "set")
def _volunteers_go(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "about 200 volunteers left the capital for the front"."""
    who = next(iter(children(token, "nsubj")), None)
    if who is None or who.lemma_.lower() not in _FIGHTERS or who.tag_ != "NNS" or not _is_told(token):
        return None
    bound = [i for c in (token, *children(token, "dobj", "prt")) for _, i in preposition_objects(c, "for", "to")]
    if not any(i.ent_type_ in ("GPE", "LOC", "FAC") or i.lemma_ in ("front", "frontline", "line", "war") for i in bound):
        return None
    return told_act(
        token,
        token,
        lexicon,
        None,
        "volunteers go to the front",
        frame="move",
        act="FORCE.BUILDUP",
        doer=tight_phrase(who),
    )


_RISING = frozenset("pass reach exceed climb rise hit top stand grow surpass number be".split())


@reads("number")
def refugees_number(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "the number of refugees has passed 100,000"."""
    verb = token.head
    people = next((i for _, i in preposition_objects(token, "of")), None)
    if people is None or token.dep_ != "nsubj" or verb.lemma_ not in _RISING or has_negation(verb):
        return None
    if not any(w.lemma_.lower() in _FLED or w.lower_ == "displaced" for p in meant_words(people) for w in (p, *p.children)):
        return None
    reached = [*children(verb, "dobj", "attr"), *(i for _, i in preposition_objects(verb, "to", "at", "past"))]
    if not any(r.pos_ == "NUM" or _are_counted(r) for r in reached):
        return None
    return _flight(token, verb, lexicon, people, "refugees counted")


uprooted = Rules(_have_crossed, _cars_leave, _carried_away, _left_home, _lodged, _drove_us_out, _volunteers_go)
