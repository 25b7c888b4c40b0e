"""People and remains given back: soldiers of the other side returned, a foreigner freed, captives who cross back home."""

from __future__ import annotations

from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.made import told_act
from trucewatch.stages.extract.mention import ActMention
from trucewatch.stages.extract.phrases import actor_phrase
from trucewatch.stages.extract.rules import Rules, reads
from trucewatch.stages.extract.strangers import OWN_PLACES
from trucewatch.stages.extract.syntax import SIDES, Roles, Token, children, conjuncts, preposition_objects, roles
from trucewatch.stages.extract.triggers import is_of_kind

_FREEING = frozenset({"free", "release", "repatriate", "liberate"})
_GIVING_BACK = frozenset({"return", "swap", "exchange", "transfer", "deliver", "hand", "give", "send", "trade", "turn"})
# "gave" and "sent" give back only with one of these
_NEEDS_BACK = frozenset({"give", "send", "hand", "turn", "deliver", "transfer"})
_BACK = frozenset({"back", "over", "home"})
# by which captives come home
_CARRYING = frozenset({"fly", "bring", "airlift", "take"})
_FEW_WORDS = 50
_HOME = frozenset({"home", "back"})
_CATCHING = frozenset({"capture", "detain", "seize", "abduct", "imprison", "kidnap"})
_GOING = frozenset({"return", "come", "arrive", "cross", "walk", "go", "fly", "travel"})
_BOUND = frozenset({"captured", "captive", "detained", "imprisoned", "abducted", "jailed", "kidnapped", "freed", "released"})


def _of_another(head: Token, doer: Token | None, lexicon: Lexicon) -> bool:
    """Whether people bear the name of a side that is not the doer's: "an <People> soldier" in another's hands."""
    if any(c.dep_ == "poss" for c in head.children):
        return False
    people = head.ent_type_ == "NORP" or head.lemma_.endswith(("man", "woman", "person", "national"))
    people = people or any(is_of_kind(head, kind, lexicon) for kind in ("combatant", "civilian", "force"))
    bearers = [*children(head, "amod", "compound", "nmod"), *([head] if head.ent_type_ == "NORP" else [])]
    named = {c.lower_ for c in bearers if c.ent_type_ in SIDES}
    own = {w.lower_ for w in (doer, *doer.children)} if doer is not None else set()
    return people and bool(named) and not any(name[:5] == word[:5] for name in named for word in own)


def _can_be_freed(head: Token, doer: Token | None, lexicon: Lexicon) -> bool:
    held = any(c.lower_ in _BOUND for c in children(head, "amod")) or _was_caught(head)
    kinds = any(is_of_kind(head, kind, lexicon) for kind in ("captive", "remains"))
    return held or (kinds and head.lemma_ != "member") or _of_another(head, doer, lexicon) or _are_those(head, lexicon)


def _are_those(head: Token, lexicon: Lexicon) -> bool:
    """ "the ten had been handed over", where captives or their release were told of right before."""
    if (
        not (head.pos_ == "NUM" or head.ent_type_ == "CARDINAL")
        or not any(c.lower_ in ("the", "these", "those") for c in head.children)
        or children(head, "prep")
    ):
        return False
    before = head.doc[max(0, head.i - _FEW_WORDS) : head.i]
    return any(w.pos_ == "NOUN" and (lexicon.is_kind(w.lemma_.lower(), "captive") or w.lemma_ == "release") for w in before)


def _was_caught(head: Token) -> bool:
    """ "soldiers captured last month"."""
    return any(c.tag_ == "VBN" and c.lemma_.lower() in _CATCHING for c in children(head, "acl"))


@reads(_FREEING, _GIVING_BACK, _CARRYING)
def _let_go(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "<Side> returned ten <People> soldiers", "freed an <People> trader", "ten <People> servicemen were returned by <Side>"."""
    who = roles(token)
    if who.undergoer is None and token.dep_ == "conj" and roles(token.head).passive:
        who = Roles(None, who.doer, True)  # "were found and handed over", the second read as no passive
    if who.undergoer is None or token.dep_ == "amod":
        return None
    lemma = token.lemma_.lower()
    beside = {c.lower_ for c in children(token, "prt", "advmod")}
    reached = {i.lower_ for _, i in preposition_objects(token, "to", "into")}
    if (lemma in _NEEDS_BACK and not beside & _BACK and not reached) or reached & OWN_PLACES:
        return None
    freed = next((w for w in conjuncts(who.undergoer) if _can_be_freed(w, who.doer, lexicon)), None)
    if lemma in _CARRYING and not beside & (_HOME if lemma != "take" else {"home"}):
        return None  # who is "taken back" may be taken to prison
    if freed is None or (lemma in _NEEDS_BACK and not beside & _BACK and not is_of_kind(freed, "captive", lexicon)):
        return None
    if lemma in _CARRYING and not (_was_caught(freed) or is_of_kind(freed, "captive", lexicon)):
        return None
    if lemma in ("send", "return") and is_of_kind(freed, "civilian", lexicon):
        return None  # refugees are sent home, and were no captives
    doer = actor_phrase(who.doer, lexicon)
    if doer is None and not who.passive:
        return None
    why = "people or remains are given back"
    return told_act(token, token, lexicon, freed, why, frame="retreat", act="DEESCALATE.RELEASE", doer=doer)


@reads(_GOING)
def _came_back(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "five captives crossed back into <Land>", "the freed soldiers came home"."""
    subject = next(iter(children(token, "nsubj")), None)
    if subject is None or children(token, "dobj", "obj"):
        return None
    is_freed = any(c.lower_ in _BOUND for c in children(subject, "amod"))
    if not is_freed and not (is_of_kind(subject, "captive", lexicon) and subject.lemma_ not in ("member", "missionary")):
        return None
    beside = {c.lower_ for c in children(token, "prt", "advmod")}
    home = bool(beside & _BACK) or any(i.ent_type_ == "GPE" for _, i in preposition_objects(token, "to", "into", "in"))
    if not home:
        return None
    why = "captives who are back were let go"
    return told_act(token, token, lexicon, subject, why, frame="retreat", act="DEESCALATE.RELEASE")


handover = Rules(_let_go, _came_back)
