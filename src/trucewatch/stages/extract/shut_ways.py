"""Ways closed, told by who may still use them: "nobody can leave", "only ambulances are let through", a curfew's hours."""

from __future__ import annotations

from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.mention import ActMention
from trucewatch.stages.extract.phrases import owner_phrase
from trucewatch.stages.extract.rules import Rules, reads
from trucewatch.stages.extract.syntax import Phrase, Token, children, preposition_objects
from trucewatch.stages.extract.triggers import is_of_kind, meant_words

_PASSING = frozenset("pass leave enter reach cross use travel get go move come".split())
_LETTING = frozenset({"let", "allow", "permit", "admit", "wave"})
_NOBODY = frozenset({"nobody", "none", "nothing"})
_VEHICLES = frozenset("vehicle car lorry truck convoy ambulance bus traffic peacekeeper".split())
_WAYS = frozenset(
    "road corridor route highway bridge crossing checkpoint enclave border town city region territory village line".split()
)
_BANS = frozenset({"curfew", "prohibition", "ban", "lockdown", "closure"})
_RUNNING = frozenset("run last apply remain stay continue start begin cover".split())


def _closed(token: Token, act: str, struck: Token | None, doer: Phrase | None, why: str) -> ActMention:
    return ActMention(
        token=token,
        frame="coerce",
        act=act,
        weak=True,
        doer=doer,
        undergoer_head=struck,
        scope=token,
        is_supported=True,
        reasons=(why,),
    )


def _names_a_way(token: Token) -> bool:
    below = [*children(token, "dobj", "obj"), *(i for _, i in preposition_objects(token))]
    return any(w.ent_type_ in ("GPE", "LOC", "FAC") or w.lemma_.lower() in _WAYS for w in below)


def _is_able(token: Token) -> bool:
    """ "can pass", "has been able to pass", "is allowed to pass"."""
    if any(c.dep_ == "aux" and c.lower_ in ("can", "could", "may") for c in token.children):
        return True
    return token.dep_ == "xcomp" and (token.head.lower_ == "able" or token.head.lemma_ in _LETTING)


def _who_may(token: Token) -> Token | None:
    node = token
    for _ in range(3):
        subject = next(iter(children(node, "nsubj", "nsubjpass")), None)
        if subject is not None:
            return subject
        node = node.head
    return None


@reads(_PASSING, _LETTING)
def _only_some(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "only ambulances have been able to pass", "nobody can leave the enclave"."""
    if token.dep_ in ("relcl", "acl") or any(c.dep_ == "neg" for c in token.children):
        return None
    lets = token.lemma_ in _LETTING and any(c.dep_ == "auxpass" for c in token.children)
    lets = lets and any(c.lower_ in ("through", "in", "past", "across") for c in token.children)
    if not lets and not (token.lemma_ in _PASSING and _is_able(token)):
        return None
    subject = _who_may(token)
    if subject is None:
        return None
    few = any(w.lower_ == "only" for w in (*subject.children, *(c for m in meant_words(subject) for c in m.children)))
    before = token.doc[subject.left_edge.i - 1] if subject.left_edge.i else None
    few = few or (before is not None and before.lower_ == "only")
    nobody = subject.lower_ in _NOBODY or (subject.lower_ == "one" and any(c.lower_ == "no" for c in subject.children))
    some = any(w.lemma_.lower() in _VEHICLES for w in (subject, *children(subject, "compound", "conj")))
    some = some or is_of_kind(subject, "civilian", lexicon) or is_of_kind(subject, "convoy", lexicon)
    if not ((few and some and (lets or token.lemma_ in ("pass", "cross", "use", "enter", "get", "travel"))) or nobody):
        return None
    if nobody and not _names_a_way(token):
        return None
    return _closed(token, "ACCESS.BLOCKADE", None, None, "a way that few may use is closed")


@reads(_RUNNING)
def _curfew_runs(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "the curfew lasts from five until seven"."""
    subject = next(iter(children(token, "nsubj")), None)
    if subject is None or subject.lemma_.lower() not in _BANS - {"closure"} or token.dep_ in ("relcl", "acl"):
        return None
    hours = any(w.ent_type_ in ("TIME", "DATE") for c in token.children if c.i > token.i for w in c.subtree)
    if not hours or any(c.dep_ == "neg" for c in token.children):
        return None
    where = next((i for _, i in preposition_objects(subject, "in", "of", "on", "south", "north") if i.ent_type_), None)
    return _closed(token, "ACCESS.BLOCKADE", where, owner_phrase(subject, lexicon), "a curfew in force")


# ways closed, told by who may still use them
way_shut = Rules(_only_some, _curfew_runs)
