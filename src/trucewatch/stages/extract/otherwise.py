"""Words of war in sentences of other matters: a rival beaten at football, a currency under fire, those whom a landslide killed.

What tells them apart is what else the sentence names: words of sport, of markets, of accidents, of crime, and none of arms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from trucewatch.stages.extract.gate import armed_lemmas
from trucewatch.stages.extract.mention import DEED_CLASSES, ActMention
from trucewatch.stages.extract.syntax import Token, children, roles
from trucewatch.text.inflections import forms_of

# one of these makes a sentence one of sport where another of either list stands beside it
_SPORTS = frozenset(
    "football footballer soccer striker goalkeeper midfielder league championship tournament goal scorer wicket innings "
    "basketball rugby tennis chess boxer olympics referee playoff quarter-final semi-final".split()
)
_SPORTS_TOO = frozenset(
    "club team coach match cup rival captain title season half player opponent win beat score defeat champion".split()
)
# what rises, falls and comes under attack in trade
_MARKETS = frozenset(
    "prices currency dinar lira pound dollar euro rouble ruble yen yuan stock share bond index market rate shekel manat dram "
    "inflation export sale profit rent cost temperature popularity rating candidacy".split()
)
# nouns and verbs of what befalls people without anybody's arms
_ACCIDENTS = frozenset(
    "accident collision earthquake quake aftershock landslide mudslide avalanche flood flooding hurricane typhoon cyclone "
    "tornado tsunami stampede overdose drowning wildfire heatwave heat-wave leak pandemic epidemic disease cholera coronavirus "
    "covid cancer virus lightning blizzard crash".split()
)
_BEFALLING = frozenset({"overturn", "derail", "capsize", "crash", "collide", "drown", "topple", "electrocute"})
_CRIMES = frozenset(
    "stab stabbing robbery robber burglary burglar theft thief mugging rapist axe machete knife overdose carjacking".split()
)
_HACKED = frozenset("hacker cyberattack cyber ransomware malware phishing server website password".split())
_STRIKERS = frozenset(
    "union worker teacher pilot airline wage salary pay railway nurse doctor trade walkout employee staff cabin driver".split()
)
_ARMED_TOO = frozenset("shoot shelling airstrike bombardment clash fighting gunfire arm weapon explosive".split())
_BEASTS_AND_CROWDS = frozenset(
    "wolf bear dog snake lion shark elephant boar jackal locust mosquito tourist fan visitor holidaymaker shopper customer voter "
    "singer actor reader viewer investor speculator trader hacker critic".split()
)
# of which a text of war may speak as well
_IN_PASSING = frozenset("leak disease virus cancer pandemic epidemic accident knife axe theft thief crash".split())
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
_HARMS = frozenset({"harm", "harm_intransitive", "damage", "blast", "flee", "displace", "losses", "outage"})
_FIGHTS = frozenset({"attack", "clash", "take", "coerce", "damage", "harm", "blast", "lose", "retreat"})


def is_of_other_matters(mention: ActMention) -> bool:
    """Whether a deed is told in a sentence of sport, trade, accidents or crime, where no arms are named."""
    if mention.act_class not in DEED_CLASSES | {"RETREAT", "TOLL"}:
        return False
    if mention.frame in _FIGHTS and _is_of_a_market_or_beast(mention):
        return True
    matters = _matters(mention.token.sent)
    if mention.frame in _HARMS and matters & {"accident", "crime"}:
        return True
    if mention.frame == "retreat":
        return bool(matters & {"union", "sport"})
    return mention.frame in _FIGHTS and bool(matters & {"sport", "hack", "crime"} or (mention.frame == "attack" and matters))


def is_of_misfortune(sentence: Token) -> bool:
    """Whether those counted in a sentence fell to an accident, nature or a crime, and to nobody's arms."""
    return bool(_matters(sentence) & {"accident", "crime"})


def is_all_of_misfortune(text: str) -> bool:
    """Whether a whole text tells of an accident, nature or a crime, and nowhere names arms or war."""
    words = frozenset(_WORD.findall(text.lower()))
    return not words.isdisjoint(_misfortunes()) and words.isdisjoint(_arms())


def without_misfortunes(mentions: Sequence[ActMention]) -> list[ActMention]:
    """Act mentions of a text of misfortunes, less what befell people and things in it."""
    return [m for m in mentions if m.frame not in _HARMS and m.act_class != "TOLL"]


@cache
def _misfortunes() -> frozenset[str]:
    return frozenset(form for lemma in (_ACCIDENTS | _CRIMES) - _IN_PASSING for form in forms_of(lemma))


@cache
def _arms() -> frozenset[str]:
    return frozenset(form for lemma in armed_lemmas() | _ARMED_TOO - {"arm"} for form in forms_of(lemma))


def is_a_slogan(token: Token) -> bool:
    """ "mourners chanted 'Death to X'": nobody died."""
    near = (token, *token.children, token.head)
    return any(t.lower_ == "death" and any(p.lower_ == "to" for p in children(t, "prep")) for t in near) or (
        token.i + 2 < len(token.doc)
        and any(a.lower_ == "death" and b.lower_ == "to" for a, b in pairwise(token.doc[token.i : token.i + 8]))
        and any(t.lemma_ in ("chant", "shout", "cry", "scream", "yell") for t in token.sent)
    )


def _is_of_a_market_or_beast(mention: ActMention) -> bool:
    """ "the lira came under fire", "prices have shot up", "tourists besieged the hotels", "wolves attacked a flock"."""
    verb = mention.scope if mention.is_nominal and mention.scope is not None else mention.token
    who = roles(verb)
    for head in (who.doer, who.undergoer if mention.frame == "attack" else None):
        if head is None or head.ent_type_ in ("GPE", "NORP"):
            continue
        lemma = head.lemma_.lower()
        if lemma in _BEASTS_AND_CROWDS or ({lemma, head.lower_} & _MARKETS and not _sells(verb)):
            return True
    return False


def _sells(verb: Token) -> bool:
    """ "a shell hit the market": a place with stalls."""
    return any(c.dep_ in ("nsubj", "agent") and c.lemma_.lower() in armed_lemmas() for c in verb.children)


def _matters(sentence: Token) -> frozenset[str]:
    """Which other matters a sentence is about: none where it names arms."""
    kept: frozenset[str] | None = sentence.root.kept.get("matters")
    if kept is None:
        kept = sentence.root.kept["matters"] = frozenset(_read_matters(sentence))
    return kept


def _read_matters(sentence: Token) -> Iterator[str]:
    lemmas = {t.lemma_.lower() for t in sentence if t.pos_ in ("NOUN", "PROPN", "VERB", "ADJ")}
    if lemmas & (armed_lemmas() | _ARMED_TOO):
        return
    if "strike" in lemmas and lemmas & _STRIKERS:
        yield "union"
    nouns = {t.lemma_.lower() for t in sentence if t.pos_ in ("NOUN", "PROPN")}
    if lemmas & _SPORTS and len(lemmas & (_SPORTS | _SPORTS_TOO)) > 1:
        yield "sport"
    if nouns & _HACKED:
        yield "hack"
    if lemmas & _CRIMES:
        yield "crime"
    if lemmas & {"strike", "attack"}:
        return  # "an attack on relief for the earthquake": told of the attack
    verbs = {t.lemma_.lower() for t in sentence if t.pos_ == "VERB"}
    if nouns & _ACCIDENTS or verbs & _BEFALLING:
        yield "accident"
