"""Words of acts that stand apart from the war that a text tells of: played or rehearsed, only supposed, long past, or nature's.

Asked of what the reader of words in context finds (read_acts.py), which knows words in their sentence and nothing of the world.
"""

from __future__ import annotations

import re
from itertools import pairwise

from trucewatch.stages.extract.mention import DEED_CLASSES
from trucewatch.stages.extract.otherwise import is_of_misfortune
from trucewatch.stages.extract.syntax import SIDES, Token, is_verbal, roles
from trucewatch.stages.extract.undone import STORIES

_DRILLS = frozenset("drill exercise manoeuvre maneuver wargame mock".split())
# "a video game", "a television series", where the word alone may be one of war
_GAMES, _OF_PLAY = (
    frozenset({"game", "series", "show", "play", "drama"}),
    frozenset("video computer board tv television stage".split()),
)
_SUPPOSED = frozenset("supposedly presumably ostensibly hypothetically theoretically purportedly conceivably".split())
# what is told under one of these has not come about: "escaped being seized", "suppose they mined it"
_NOT_SO = frozenset(
    "suppose imagine pretend dream fantasise fantasize hallucinate escape avoid dodge evade refuse decline forbid resist miss "
    "envisage envision speculate guess daydream".split()
)
_UNDER = frozenset({"xcomp", "ccomp", "pcomp", "prep", "advcl", "acl", "dobj", "pobj"})
_LONG = frozenset({"year", "decade", "generation", "century"})
_PAST_YEAR = re.compile(r"(?:1[0-9]\d\d)s?")
_NATURE = frozenset(
    "landslide rockfall rockslide mudslide avalanche snow snowfall snowdrift rain rainfall fog mist squall storm wind gale "
    "blizzard hail thunder lightning sandstorm frost ice flood flooding river tide wave earthquake quake heat drought wildfire "
    "wolf bear boar dog jackal snake locust goat bull cow sheep horse cat squirrel bird".split()
)
# who does harm by the way, or for gain
_CIVIL = frozenset(
    "driver motorist cyclist thief robber burglar gang mugger smuggler drunk reveller vandal jeweller banker".split()
)
# what one would like to do, and has not done
_WISHING = frozenset(
    "itch yearn long ache crave burn threaten hope want wish plan intend prepare consider contemplate fear".split()
)
_HOLLOW = frozenset("empty idle hollow baseless exaggerated overblown unlikely unthinkable impossible".split())
_RULED = frozenset("crime offence offense sin felony mistake folly art job trade".split())
_TURNS = frozenset("spring summer autumn fall winter year month week day morning evening night time".split())
_BLOWS = frozenset("strike raid attack bombing airstrike blast explosion shelling missile bomb shell rocket".split())
_WORRIES = frozenset("concern concerned worry worried alarm alarmed worsen deteriorate regret".split())
_PICTURES = frozenset("grab photo photograph picture image still screenshot handout".split())
_THOUSANDS = re.compile(r"\d{1,3},\d{3}|[1-9]\d{3,}|thousands?")
_BRINGING, _CARE = (
    frozenset({"take", "bring", "carry", "rush"}),
    frozenset({"hospital", "hospitals", "clinic", "morgue", "safety"}),
)
_RELAYING = frozenset("report quote cite relay carry write publish broadcast".split())
_WHEN = frozenset({"in", "back", "during", "since", "from", "until", "by", "throughout"})
_FORMER = frozenset("previous earlier former first old".split())
_WORDS = frozenset({"ACCUSE", "REJECT", "THREATEN", "REQUEST"})


def stands_apart(token: Token, scope: Token, kind: str) -> bool:
    """Whether an act of a class, told by a word in a clause, is one of no war that goes on."""
    sentence = token.sent
    if is_of_misfortune(sentence) or any(t.lower_ in _SUPPOSED for t in sentence):
        return True
    if _is_played(sentence, kind) or _is_under(scope) or _is_long_past(scope):
        return True
    if (
        _is_custom(sentence)
        or _is_as_good_as_denied(token, scope)
        or (kind in DEED_CLASSES | {"RETREAT"} and token.lemma_.lower() in _WISHING)
    ):
        return True
    if token.lower_ == "nothing" and token.i + 1 < sentence.end and token.doc[token.i + 1].lower_ in ("but", "except"):
        return True  # "nothing but rain came down"
    if kind in DEED_CLASSES and _is_of_no_arms(scope):
        return True
    return (kind in _WORDS and (token.lemma_ in _RELAYING or _is_among_others(scope))) or _is_by_the_way(token, scope, kind)


def _is_played(sentence: Token, kind: str) -> bool:
    """ "in a thriller soldiers seize a shepherd", "during manoeuvres they shelled cardboard tanks"."""
    for word in sentence:
        lemma = word.lemma_.lower()
        if word.pos_ not in ("NOUN", "ADJ", "PROPN") or word.ent_type_ in SIDES:
            continue
        if lemma in STORIES or (lemma in _DRILLS and kind != "MOBILIZE"):
            return True
        near = {t.lower_ for t in word.subtree} if lemma in _GAMES else set()
        if near & _OF_PLAY:
            return True
        if lemma == "stage" and word.dep_ == "pobj" and word.head.lower_ == "on" and not list(word.children):
            return True
    return False


def _is_under(scope: Token) -> bool:
    """Whether a clause hangs on a verb of what was escaped or is only supposed."""
    node = scope
    for _ in range(6):
        if node.dep_ not in _UNDER or node.head is node:
            return False
        is_own = node.dep_ != "advcl"
        node = node.head
        if is_verbal(node) and is_own and node.lemma_.lower() in _NOT_SO:
            return True
    return False


def _is_as_good_as_denied(token: Token, scope: Token) -> bool:
    """ "far from shelling it, they slept", "did not so much as fire", "the threat is empty", "mining a lane is a crime"."""
    words = [t.lower_ for t in token.sent]
    if token.lemma_ == "do" or (scope.dep_ in ("csubj", "csubjpass") and scope.tag_ in ("VBG", "VB")):
        return True
    ruled = token.head if token.dep_ in ("csubj", "nsubj") else token.head.head
    if token.tag_ == "VBG" and any(c.dep_ == "attr" and c.lemma_.lower() in _RULED for c in ruled.children):
        return True  # "strewing mines is a crime"
    if any(c.dep_ == "acomp" and c.lower_ in _HOLLOW for c in scope.children):
        return True
    after = zip(words, words[1:], token.sent[2:], strict=False)
    return any(a == "far" and b == "from" and t.tag_ == "VBG" for a, b, t in after)


def _is_custom(sentence: Token) -> bool:
    """ "every spring soldiers chain off the lane": told of no time that has been."""
    if any(t.tag_ in ("VBD", "VBN") for t in sentence):
        return False
    return any(a.lower_ in ("every", "each") and b.lower_ in _TURNS for a, b in pairwise(sentence))


def _is_long_past(scope: Token) -> bool:
    """ "in 1978", "in the 1990s", "thirty years ago", "back in old times", "the previous war lasted 44 days"."""
    told_of = roles(scope).doer
    if (
        told_of is not None
        and told_of.lemma_.lower() in ("war", "conflict")
        and any(c.lower_ in _FORMER for c in told_of.children)
    ):
        return True
    for child in scope.children:
        if child.lower_ == "ago" and any(c.lemma_.lower() in _LONG for c in child.children):
            return True
        things = [child, *(c for c in child.children if c.dep_ == "pobj")]
        if child.lower_ in _WHEN:
            things += [c for c in child.subtree if c.dep_ == "pobj" and c.head.dep_ in ("prep", "pcomp")]
        if child.dep_ in ("prep", "npadvmod", "advmod") and any(
            _PAST_YEAR.fullmatch(t.lower_) or t.lemma_.lower() == "era" or (t.lower_ == "times" and t.dep_ == "pobj")
            for t in things
        ):
            return True
    return False


def _is_of_no_arms(scope: Token) -> bool:
    """ "a rockfall shut the road", "a drunk driver rammed the barrier"."""
    who = roles(scope)
    if who.doer is None or any(c.dep_ == "prep" and c.lower_ == "of" for c in who.doer.children):
        return False  # "a storm of shells"
    lemma = who.doer.lemma_.lower()
    return lemma in _NATURE or (lemma in _CIVIL and who.undergoer is not None)


def _is_by_the_way(token: Token, scope: Token, kind: str) -> bool:
    """ "leaving 900 people to buy from tankers", "a strike cut the road", "Northland was silent", "worried": nobody's flight,
    ban, calm or blame; "amid shelling" is told elsewhere, a picture shows what it shows, "7,000 breaches" are a sum,
    and who is "taken to hospital" is held by nobody.
    """
    who = roles(scope)
    if kind == "DISPLACE" and token.lemma_ == "leave" and token.tag_ == "VBG" and token.dep_ == "advcl":
        return any(c.dep_ in ("dobj", "ccomp") for c in token.children)
    if token.lemma_ == "stop" and any(c.lower_ == "short" for c in token.children):
        return True
    if kind == "ACCUSE" and any(w.lemma_.lower() in _WORRIES for w in (token, *(c for c in token.children if c.dep_ == "dobj"))):
        return True
    if kind in DEED_CLASSES and token.head.lower_ in ("amid", "amidst") and token.dep_ == "pobj":
        return True
    if who.doer is not None and who.doer.lemma_.lower() in _PICTURES:
        return True
    if token.lemma_ in _BRINGING and any(c.lower_ in _CARE for c in token.subtree):
        return True
    if kind in DEED_CLASSES and any(c.dep_ == "nummod" and _THOUSANDS.fullmatch(c.lower_) for c in token.children):
        return True
    if kind == "COERCE":
        return who.doer is not None and who.doer.lemma_.lower() in _BLOWS
    return kind == "CALM" and who.doer is not None and (who.doer.ent_type_ in SIDES or who.doer.pos_ == "PROPN")


def _is_among_others(scope: Token) -> bool:
    """ "the bishop blasted the bankers": where no side is named, nor meant by a pronoun or "the enemy"."""
    who = roles(scope)
    if who.doer is None or who.doer.pos_ == "PRON":
        return False
    words = [t for t in scope.sent if t.ent_type_ in SIDES or t.pos_ == "PROPN" or (t.pos_ == "PRON" and t.dep_ != "poss")]
    return not words
