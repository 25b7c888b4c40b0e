"""Which act a number of victims belongs to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from trucewatch.model.records import Claim, Figure
from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.mention import VERBAL_FRAMES, ActMention
from trucewatch.stages.extract.merge import ActGroup, is_answered
from trucewatch.stages.extract.phrases import actor_phrase
from trucewatch.stages.extract.syntax import Phrase, Token, children, is_verbal, preposition_objects, roles, subject_of
from trucewatch.text.casualty_words import CIVILIANS, COMBATANTS, ONE_ATTACK, PEOPLE, PLACES, TRANSITIVE, population_of
from trucewatch.text.figures import FigureMention, figures_of

_NO_VICTIMS = frozenset({"take", "lose", "outage", "coerce", "calm"})


def belongs(figure: FigureMention, group: ActGroup, groups: Sequence[ActGroup], doc: Any, lexicon: Lexicon) -> bool:
    token = doc[figure.token]
    if any(figure.token == t.i for t in group.tokens):
        return True
    if any(figure.token == t.i for g in groups for t in g.tokens):
        return False
    if token.sent != group.lead.token.sent or group.lead.frame in VERBAL_FRAMES:
        return False
    if figure.figure.measure == "places_taken":
        return group.lead.frame in ("take", "lose")
    if group.lead.frame in _NO_VICTIMS or (group.lead.frame in ("flee", "displace") and figure.figure.measure != "displaced"):
        return False
    if _kills_nobody(group, figure) or _is_meanwhile(figure, group.lead.token, doc):
        return False
    if is_answered(token, group.lead.token) or _is_owned_up_to(token, group.lead.token):
        return False
    if group.lead.frame == "damage" and _is_told_apart(token, group.lead.token):
        return False
    same = [
        g
        for g in groups
        if g.lead.token.sent == token.sent
        and g.lead.frame not in VERBAL_FRAMES | _NO_VICTIMS
        and (g.lead.frame not in ("flee", "displace") or figure.figure.measure == "displaced")
        and not _kills_nobody(g, figure)
    ]
    if is_verbal(token) and children(token, "nsubj", "nsubjpass"):
        # "while three others died in a raid on X": of the deed that its own clause tells
        below = {word.i for word in token.subtree}
        same = [g for g in same if g.lead.token.i in below] or same
    return bool(same) and min(same, key=lambda g: _distance(token, g.lead.token)) is group


_TALLIES = frozenset({"toll", "tally", "total", "count", "number"})


def _is_owned_up_to(counted: Token, deed: Token) -> bool:
    """ "<Side> has acknowledged the deaths of 40 men, and 60 others died": whose deaths it owns up to are none of the others."""
    verb = counted.head
    if counted.dep_ != "dobj" or verb.lemma_ not in _OWNING_UP or counted.lemma_ not in ("death", "loss", "killing"):
        return False
    return deed.dep_ == "conj" and deed.head == verb and bool(children(deed, "nsubj", "nsubjpass"))


_OWNING_UP = frozenset({"acknowledge", "admit", "confirm", "announce", "report", "mourn", "concede"})


def _is_meanwhile(figure: FigureMention, deed: Token, doc: Any) -> bool:
    """ "The toll rose to 95 as clashes went on": the sum is not that of what goes on beside it."""
    counted = doc[figure.token]
    told = counted
    while not is_verbal(told) and told.head.i != told.i:
        told = told.head
    sum_of = counted if counted.lemma_ in _TALLIES else subject_of(told)
    if sum_of is None or sum_of.lemma_ not in _TALLIES:
        return False
    clause = deed
    while clause.dep_ != "advcl" and clause.head.i != clause.i:
        clause = clause.head
    beside = clause.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ in ("as", "while", "when") for c in clause.children)
    return beside and all(word.i != counted.i for word in clause.subtree)


def _kills_nobody(group: ActGroup, figure: FigureMention) -> bool:
    """ "is halting its fire after clashes left 30 dead": no victims of the halt."""
    is_of_harm = figure.figure.measure in ("killed", "injured")
    return group.lead.frame == "retreat" and group.lead.act != "DEESCALATE.RELEASE" and is_of_harm


def those_moved(group: ActGroup, doc: Any, start_char: int) -> tuple[FigureMention, ...]:
    """How many left, where the verb of going counts nobody by itself: "100,000 people have poured across the border"."""
    lead = group.lead
    if lead.frame not in ("flee", "displace") or lead.negated or lead.is_nominal:
        return ()
    who = roles(lead.token)
    head = who.undergoer if who.undergoer is not None and who.undergoer.i != lead.token.i else who.doer
    if head is not None and who.doer is not None and lead.token.lemma_ in _LEAVING and head.lemma_.lower() in PLACES:
        head = who.doer  # "200 people left the town"
    for counted in (head, who.doer, _number_reached(who.doer)):
        if counted is None or counted.i == lead.token.i:
            continue
        if found := figures_of(doc, lead.token, counted, "displaced", start_char):
            return found
    return ()


def _number_reached(people: Token | None) -> Token | None:
    """ "the number of people who have crossed has reached 13,550"."""
    number = people.head.head if people is not None and people.dep_ == "pobj" else None
    if number is None or number.lemma_ not in _SUMS or number.dep_ != "nsubj":
        return None
    verb = number.head
    counted = [*children(verb, "dobj", "attr"), *(i for _, i in preposition_objects(verb, "to", "at", "past"))]
    return next((c for c in counted if c.pos_ == "NUM"), None) if verb.lemma_ in _RISING or verb.lemma_ == "be" else None


_LEAVING = frozenset({"leave", "abandon", "flee", "evacuate", "quit", "vacate"})
_SHARE_OF = re.compile(
    r"\b(?P<more>(?:more than|over|at least)\s+)?(?:(?P<near>nearly|almost|about|around)\s+)?"
    r"(?P<part>half|a third|two[- ]thirds|a quarter|three[- ]quarters|\d{1,2}(?:\s?%|\s+per\s?cent))\s+(?:of\s+)?"
    r"(?:the\s+|its\s+|their\s+)?(?:(?:[\w-]+\s+){0,2}[\w-]+['’]s?\s+)?(?:(?:[\w-]+\s+)?population\s+of\s+(?:about\s+|some\s+|around\s+)?)?$",
    re.I,
)
_SHARES = {"half": 0.5, "a third": 1 / 3, "two thirds": 2 / 3, "a quarter": 0.25, "three quarters": 0.75}


def shared_out(mention: FigureMention, doc: Any, start_char: int) -> FigureMention:
    """ "More than half of its 150,000 people": so many of them, and not all."""
    figure = mention.figure
    if figure.measure != "displaced":
        return mention
    begin = (figure.start_char or 0) - start_char
    number = re.search(r"\d", doc.text[begin:])
    part = _SHARE_OF.search(doc.text[: begin + number.start()]) if number is not None else None
    if part is None or figure.low is None:
        return mention
    share = part["part"].lower().replace("-", " ")
    low = round(figure.low * (_SHARES[share] if share in _SHARES else int(share[:2]) / 100))
    high = None if part["more"] else low
    qualifier = "more_than" if part["more"] else "about"
    return replace(mention, figure=replace(figure, low=low, high=high, qualifier=qualifier))


_ORDINAL = re.compile(r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\w+teenth|\w+ieth)$")
_SEVERAL = frozenset(
    {"people", "personnel", "group", "family", "crew", "military", "police", "security", "population", "public", "enemy"}
)
_HE = frozenset({"he", "she", "him"})


def lone_victims(group: ActGroup, counted: Sequence[FigureMention], doc: Any, start_char: int) -> list[FigureMention]:
    """The one whom a word of harm tells of without a number: "he was killed", "wounding a fourth", "killed the driver"."""
    found: list[FigureMention] = []
    for member in group.members:
        measure = TRANSITIVE.get(member.token.lemma_) if "harm" in member.frame else None
        known = {f.figure.measure for f in (*counted, *found)} | {f.token for f in counted}
        if measure not in ("killed", "injured") or measure in known or member.token.i in known or member.negated:
            continue
        head = member.undergoer_head
        if head is None or not _is_one(head) or any(c.dep_ in ("conj", "nummod") for c in head.children):
            continue
        first, last = min(head.left_edge.i, member.token.i), max(head.i, member.token.i)
        span = doc[first : last + 1]
        figure = Figure(
            measure=measure, population=population_of({head.lemma_.lower()}, measure), low=1, high=1, qualifier="exactly",
            text=span.text, start_char=start_char + span.start_char, end_char=start_char + span.end_char,
        )  # fmt: skip
        found.append(FigureMention(figure=figure, token=member.token.i, victims=head.text))
    return found


def _is_one(head: Token) -> bool:
    """Whether a noun is one person: "he", "a fourth", "the driver"; none of a crew or a family."""
    if head.lower_ in _HE:
        return True
    determiners = {c.lower_ for c in head.children if c.dep_ in ("det", "poss")}
    if _ORDINAL.match(head.lower_):
        return bool(determiners & {"a", "an", "the", "his", "her", "their"})
    lemma = head.lemma_.lower()
    is_person = lemma in PEOPLE | CIVILIANS | COMBATANTS and lemma not in _SEVERAL
    return head.tag_ == "NN" and is_person and bool(determiners & {"the", "its", "his", "her", "their", "that", "this"})


def part_counted(lead: ActMention, whole: Claim, doc: Any, start_char: int) -> tuple[FigureMention, ...]:
    """ "127 of them were civilians": how many, measured as those told of before, of the kind that the clause names."""
    head, kind = next(iter(children(lead.token, "nsubj")), None), lead.undergoer_head
    measure = next((f.measure for f in whole.figures if f.measure in ("killed", "injured", "captured")), None)
    if head is None or kind is None or measure is None:
        return ()
    population = population_of({kind.lemma_.lower()}, measure)
    return tuple(
        replace(found, figure=replace(found.figure, population=population))
        for found in figures_of(doc, lead.token, head, measure, start_char)
    )


_ONE_EVENT = ONE_ATTACK | {"bombing", "shelling", "bombardment", "fire", "crash"}
_KEEPING = frozenset(
    "wait hold keep have take capture detain seize languish remain imprison jail arrest abduct include sit".split()
)
_INJURIES = frozenset("injury wound burn leg arm fracture shrapnel concussion".split())
_HURT = frozenset({"wounded", "injured", "hurt", "burned", "casualty"})


def is_held(token: Token) -> bool:
    """Whether those counted are told of as taken or held; "a plane with 40 captives" tells of where they go."""
    if token.pos_ != "NOUN":
        return True
    node = token
    for _ in range(4):
        if node.lemma_.lower() in _KEEPING and node.pos_ in ("VERB", "AUX"):
            return True
        if any(c.dep_ in ("acl", "relcl") and c.lemma_.lower() in _KEEPING for c in node.children):
            return True
        if node.head == node:
            break
        node = node.head
    return False


def is_only_possible(token: Token) -> bool:
    """ "a wider war could kill thousands": counted by nobody."""
    node = token
    while node.pos_ not in ("VERB", "AUX") and node.head != node:
        node = node.head
    words = {c.lower_ for c in node.children if c.dep_ == "aux"}
    # "promised that there would be no killings"
    return bool(words & {"could", "may", "might", "will", "can", "would"}) and "have" not in words


def are_hurt(token: Token) -> bool:
    """ "one was evacuated with a broken leg", "evacuate the two wounded": brought to a doctor, and nobody displaced."""
    if any(i.lemma_ in _INJURIES for _, i in preposition_objects(token, "with")):
        return True
    brought = [token, *children(token, "dobj", "nsubjpass")]
    return any(w.lower_ in _HURT for c in brought for w in (c, *c.children))


def those_in_care(group: ActGroup, counted: Sequence[FigureMention]) -> list[FigureMention]:
    """Whom helpers bring to a doctor: the wounded are counted as such, patients as nobody who lost his home."""
    if group.lead.act != "AID.DELIVERY":
        return list(counted)
    kept = [f for f in counted if f.figure.measure != "displaced"]
    if len(kept) == len(counted) or not any(w.lower_ in _HURT for w in group.lead.token.subtree):
        return kept
    moved = (f for f in counted if f.figure.measure == "displaced")
    return kept + [replace(f, figure=replace(f.figure, measure="injured")) for f in moved]


def is_of_fighting(token: Token, lexicon: Lexicon) -> bool:
    """Whether a number of victims hangs on fighting as a whole ("clashes that left ten dead") and not on one attack."""
    node = token
    for _ in range(6):
        trigger = lexicon.nouns.get(node.lemma_.lower())
        if trigger is not None:
            return trigger.frame == "clash"
        if node.lemma_ in ("war", "conflict"):
            return True
        below = next((c for c in node.children if c.dep_ in ("nsubj",) and c.pos_ == "NOUN"), None)
        if below is not None:
            trigger = lexicon.nouns.get(below.lemma_.lower())
            if below.lemma_ in ("war", "conflict") or (trigger is not None and trigger.frame == "clash"):
                return True
        if node.head == node:
            break
        node = node.head
    return False


def _is_told_apart(figure: Token, damage: Token) -> bool:
    """ "one of its men was among the dead and six cars had been destroyed": the dead are not the cars'."""
    clauses = []
    for node in (figure, damage):
        while not is_verbal(node) and node.head != node:
            node = node.head
        clauses.append(node)
    first, second = sorted(clauses, key=lambda verb: verb.i)
    return second.dep_ == "conj" and second.head == first and bool(children(second, "nsubj", "nsubjpass"))


_RISING = frozenset("climb rise grow reach stand total amount exceed increase hit pass jump surpass top mount swell".split())
_SUMS = frozenset({"loss", "toll", "casualty", "number", "tally", "count", "fatality", "death", "total"})
_COUNTING = frozenset(
    "speak talk count report list put estimate give confirm acknowledge admit register record announce cite tally own verify "
    "document".split()
)


def is_told_as_number(token: Token) -> bool:
    """ "speaks of 40 dead civilians", "puts its dead at 40", "losses have climbed to 40": the number itself is what is told."""
    return _counting_verb(token) is not None or _is_risen(token) or _is_numbered(token) or _is_of_names(token)


def _is_of_names(token: Token) -> bool:
    """ "the names of 40 fallen soldiers were published"."""
    holder = token.head if token.dep_ == "amod" else token
    return holder.dep_ == "pobj" and holder.head.lower_ == "of" and holder.head.head.lemma_.lower() in ("name", "list")


def _is_numbered(token: Token) -> bool:
    """ "the dead number 40"."""
    return token.head.lemma_ in ("number", "total") and token.head.i > token.i and token.lower_ in ("dead", "wounded", "injured")


def _is_risen(token: Token) -> bool:
    node = token
    for _ in range(4):
        if node.lemma_ in _RISING and node.pos_ == "VERB":
            # "the total of the wounded reached 40", "the wounded reached 40"
            return any(subject.lemma_ in _SUMS or subject == token for subject in children(node, "nsubj"))
        if node.lemma_ == "be":
            return any(subject.lemma_ in _SUMS and _is_of_no_attack(subject) for subject in children(node, "nsubj"))
        node = node.head
    return False


def _is_of_no_attack(total: Token) -> bool:
    """ "the death toll among civilians is 36", and not "the toll of the raid on X is 27"."""
    below = [i for _, i in preposition_objects(total, "of", "from", "in", "after")]
    return not any(i.tag_ == "NN" and i.lemma_ in _ONE_EVENT for i in below)


def counting_side(token: Token, lexicon: Lexicon) -> Phrase | None:
    """Who counts in "X speaks of 40 dead": the subject of the verb of counting."""
    verb = _counting_verb(token)
    if verb is None:
        return _whose_count(token, lexicon)
    return actor_phrase(roles(verb).doer, lexicon)


def _whose_count(token: Token, lexicon: Lexicon) -> Phrase | None:
    """ "the ministry's own count of the dead stood at 643": the ministry's."""
    node = token
    for _ in range(4):
        if node.lemma_ in ("count", "tally", "toll", "figure") and node.pos_ == "NOUN":
            owner = next((c for c in children(node, "poss") if c.pos_ != "PRON"), None)
            return actor_phrase(owner, lexicon) if owner is not None else None
        if node.head == node:
            break
        node = node.head
    return None


def _counting_verb(token: Token) -> Token | None:
    node = token
    for _ in range(4):
        if node.dep_ == "ccomp" and node.pos_ == "ADJ" and node.head.lemma_ == "count":
            return node.head  # "counts 149 dead": the parser makes a clause of them
        if node.head == node or node.dep_ not in ("amod", "acl", "compound", "dobj", "obj", "pobj", "prep"):
            return None
        node = node.head
        if node.lemma_ in _COUNTING and node.pos_ == "VERB":
            return node
    return None


def is_of_release(token: Token) -> bool:
    """Whether a number of captives hangs on their release ("would free 20 prisoners"): nobody was captured there."""
    node = token
    for _ in range(4):
        if node.lemma_ in ("release", "free", "exchange", "swap", "return", "hand", "repatriate", "pardon"):
            return True
        node = node.head
    return False


def _distance(low: Token, high: Token) -> int:
    seen = {}
    node, steps = low, 0
    while True:
        seen[node.i] = steps
        if node.head == node:
            break
        node, steps = node.head, steps + 1
    node, steps = high, 0
    while node.i not in seen:
        if node.head == node:
            return 99
        node, steps = node.head, steps + 1
    return seen[node.i] + steps
