"""Losses told of without a number: "the enemy's losses are heavy", "its dead run into the thousands"."""

from __future__ import annotations

from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.made import told_act
from trucewatch.stages.extract.mention import ActMention
from trucewatch.stages.extract.phrases import actor_phrase, owner_phrase
from trucewatch.stages.extract.rules import reads
from trucewatch.stages.extract.syntax import SIDES, Token, children, preposition_objects

_BEING = frozenset({"be", "remain", "stay"})
_COMING_TO = frozenset({"run", "number", "go", "reach", "amount", "exceed", "be", "stand"})
_GREAT = frozenset(
    "heavy high higher huge enormous serious significant considerable great greater large larger severe massive colossal "
    "substantial catastrophic irrecoverable unprecedented".split()
)
_MANY = frozenset({"thousand", "hundred", "dozen", "ten"})
_MONEY = frozenset("million billion trillion dollar euro pound ruble rouble $ € £".split())
_ARMED = frozenset("enemy army soldier troop military personnel manpower fighter adversary side force".split())


@reads("loss", "casualty")
def losses_told(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "<Side>'s losses are much higher than admitted", "casualties on the <Side> side run into the hundreds"."""
    verb = token.head
    if token.dep_ != "nsubj" or verb.dep_ in ("relcl", "acl") or _is_conditional(verb):
        return None
    below = [i for _, i in preposition_objects(token, "among", "of", "on", "in", "for")]
    whose = [*children(token, "poss", "amod", "compound", "nmod"), *below]
    if not any(w.ent_type_ in SIDES or w.lemma_.lower() in _ARMED or w.lower_ in ("its", "their", "our") for w in whose):
        return None
    degree = [w for c in children(verb, "acomp", "attr", "oprd") for w in (c, *children(c, "conj"))]
    is_great = verb.lemma_ in _BEING and any(w.lower_ in _GREAT for w in degree)
    reached = [*children(verb, "dobj"), *(i for _, i in preposition_objects(verb, "in", "into", "to"))]
    if any(w.lemma_.lower() in _MONEY for r in reached for w in r.subtree):
        return None
    if not is_great and not (verb.lemma_ in _COMING_TO and any(w.lemma_.lower() in _MANY for w in reached)):
        return None
    side = next((w for w in (*children(token, "poss", "amod", "compound"), *below) if w.ent_type_ in SIDES), None)
    owner = owner_phrase(token, lexicon)
    struck = side if side is not None else (owner.head if owner is not None else next(iter(below), None))
    return told_act(token, verb, lexicon, struck, "losses told of", frame="losses", act="TOLL")


def _is_conditional(verb: Token) -> bool:
    """ "if A attacks, its losses are heavy": not told of as suffered."""
    return any(m.lower_ in ("if", "unless") for c in children(verb, "advcl") for m in children(c, "mark"))


@reads("count", "record", "register", "tally", "document")
def casualties_counted(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "has counted more than 200 civilian casualties since the truce": how many died of them is not told."""
    thing = next(iter(children(token, "dobj", "obj", "nsubjpass")), None)
    if thing is None or thing.lemma_.lower() != "casualty" or not any(c.dep_ == "nummod" for c in thing.children):
        return None
    if not any(prep.lower_ in ("since", "over") for anchor in (token, thing) for prep, _ in preposition_objects(anchor)):
        return None
    counter = token.head if token.dep_ == "relcl" else next(iter(children(token, "nsubj")), None)
    witness = actor_phrase(counter, lexicon)
    return told_act(token, token, lexicon, None, "casualties counted", frame="losses", act="TOLL", witness=witness)
