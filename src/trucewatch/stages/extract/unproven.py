"""What is only being looked into, what nobody has proof of, what nobody owned up to: told by nobody, or by the outlet alone."""

from __future__ import annotations

from trucewatch.stages.extract.disclaimers import calls_untrue
from trucewatch.stages.extract.syntax import SIDES, Token, children, is_told_done, preposition_objects, roles

_REPORTS = frozenset(
    "report claim allegation accusation information rumour rumor suggestion complaint indication message".split()
)
_CHECKING = frozenset("check examine investigate review study probe assess clarify scrutinise scrutinize follow look".split())
_PROOFS = frozenset(
    {"evidence", "proof", "sign", "indication", "confirmation", "trace", "basis", "reason", "information", "report", "data"}
)
_SAYING = frozenset("say state claim announce declare assert allege report".split())
_NONE = frozenset({"no", "not", "n't", "n’t", "never", "without", "little", "any", "neither", "nobody", "none"})
_ABOUT = ("about", "of", "on")
_OWNING_UP = frozenset({"claim", "admit", "take", "assume", "accept", "acknowledge"})
_SURE = frozenset({"sure", "certain", "convinced", "clear", "confident", "persuaded"})
_UNSURE = frozenset({"unsure", "uncertain", "unconvinced", "doubtful", "sceptical", "skeptical", "unlikely"})
_UP = ("acl", "ccomp", "relcl", "pcomp", "pobj", "conj", "appos")


def is_unproven(token: Token) -> bool:
    """ "was looking into reports that X had fired", "had no proof that X had fired": whoever says so tells of no deed."""
    node = token
    for _ in range(4):
        head = node.head
        if node.dep_ not in _UP or head == node:
            return False
        if head.dep_ == "prep" or head.pos_ == "ADP":
            head = head.head
        lemma = head.lemma_.lower()
        if lemma in _SAYING and node.dep_ == "ccomp" and _is_unsaid(head, node):
            return True
        if lemma in _REPORTS and node.dep_ != "conj" and _is_looked_into(head) and not _has_owner(head):
            return True
        if lemma in _PROOFS and node.dep_ in ("acl", "ccomp", "relcl") and _is_missing(head):
            return True
        if node.dep_ in ("acl", "ccomp", "advcl") and head == node.head and _is_doubted(head):
            return True
        if node.dep_ != "conj" and (head == node.head or node.head.lower_ in _ABOUT) and _may_be_spread(head):
            return True
        node = head
    return False


def _is_unsaid(verb: Token, clause: Token) -> bool:
    """ "did not say that X had fired": nobody has told it ("did not say who fired", "not only said that" tell of it)."""
    if not any(c.lower_ == "that" for c in children(clause, "mark")) or any(c.lower_ == "only" for c in verb.children):
        return False
    return _is_by_none(verb)


def _is_doubted(word: Token) -> bool:
    """ "doubts that X fired", "is not sure that X fired": no assertion, and no denial; "nobody doubts that" is one."""
    lemma = word.lemma_.lower()
    if lemma == "doubt":
        holder = word.head if word.pos_ == "NOUN" and word.dep_ in ("dobj", "attr", "nsubj", "pobj") else word
        denied = any(c.lower_ in _NONE for c in word.children) or any(c.dep_ == "neg" for c in holder.children)
        return not denied and not (word.pos_ != "NOUN" and _is_by_none(word))
    state = word if word.pos_ == "ADJ" else next(iter(children(word, "acomp")), None)
    if state is None:
        return False
    if state.lemma_.lower() in _UNSURE:
        return not _is_negated(word, state)
    return state.lemma_.lower() in _SURE and _is_negated(word, state)


def _is_negated(word: Token, state: Token) -> bool:
    """Whether the verb or the adjective of a state of mind has a "not" or a "nobody" to it."""
    verb = state.head if state == word and state.dep_ == "acomp" else word
    return any(c.dep_ == "neg" or c.lower_ in ("never", "hardly", "far") for c in (*verb.children, *state.children))


def _may_be_spread(noun: Token) -> bool:
    """ "may spread disinformation that X fired": nobody says that X did, nor yet denies it."""
    return noun.dep_ in ("dobj", "obj") and calls_untrue(noun) and not is_told_done(noun.head)


def is_of_none(mention_scope: Token | None) -> bool:
    """ "there are no jets taking part in the fighting": what nobody is said to take part in is only named."""
    if mention_scope is None or mention_scope.dep_ not in ("acl", "relcl"):
        return False
    noun = mention_scope.head
    return noun.dep_ in ("attr", "dobj") and any(c.lower_ == "no" for c in noun.children)


def is_only_feared(token: Token) -> bool:
    """ "there is a risk that X will cut the road", "accused of planning to attack": foreseen or laid to plans, and not done."""
    head = token.head
    if token.dep_ in ("acl", "ccomp") and head.lemma_ in ("risk", "danger", "fear", "possibility", "likelihood", "chance"):
        return any(c.lower_ == "that" for c in children(token, "mark"))
    planned = head.lemma_ in ("plan", "plot", "prepare", "intend", "conspire") and head.tag_ == "VBG"
    return token.dep_ == "xcomp" and planned and head.dep_ in ("pcomp", "pobj", "amod")


def _is_looked_into(noun: Token) -> bool:
    verb = noun.head.head if noun.dep_ == "pobj" else noun.head
    return noun.dep_ in ("dobj", "obj", "pobj") and verb.pos_ == "VERB" and verb.lemma_.lower() in _CHECKING


def _has_owner(noun: Token) -> bool:
    """ "<Side>'s claims that ...", "reports by X": they are somebody's, who vouches for them."""
    named = any(c.ent_type_ in (*SIDES, "PERSON") for c in children(noun, "amod", "poss", "compound", "nmod"))
    return named or any(True for _ in preposition_objects(noun, "by", "from"))


def _is_missing(noun: Token) -> bool:
    verb = noun.head
    return noun.dep_ in ("dobj", "obj", "attr", "nsubj", "nsubjpass") and any(
        c.lower_ in _NONE and c.lower_ != "any" for c in (*noun.children, *verb.children)
    )


def disclaimer_of(deed: Token) -> Token | None:
    """The verb by which nobody owned up to a deed: "no group claimed responsibility for the raid", "it was not claimed".

    The deed stands, told by the outlet and laid to nobody.
    """
    if deed.dep_ == "pobj" and deed.head.lower_ == "for" and deed.head.head.lemma_ in ("responsibility", "credit"):
        verb = deed.head.head.head
    elif deed.dep_ in ("nsubjpass", "dobj"):
        verb = deed.head
        if verb.lemma_ != "claim":
            return None
    else:
        return None
    return verb if verb.lemma_ in _OWNING_UP and _is_by_none(verb) else None


def _is_by_none(verb: Token) -> bool:
    if any(c.dep_ == "neg" or c.lower_ in ("never", "neither") for c in verb.children):
        return True
    who = roles(verb).doer
    return who is not None and (
        who.lower_ in ("nobody", "none", "neither") or any(c.lower_ in ("no", "neither") for c in who.children)
    )
