"""Talks and appeals told by a noun or a turn of phrase: "calls by X to Y", "turned to X for help", "the only way is a truce"."""

from __future__ import annotations

from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.made import asked_act
from trucewatch.stages.extract.mention import ActMention
from trucewatch.stages.extract.phrases import actor_phrase, owner_phrase
from trucewatch.stages.extract.rules import amid, reads
from trucewatch.stages.extract.syntax import (
    SIDES,
    Phrase,
    Token,
    children,
    conjuncts,
    has_negation,
    is_verbal,
    joint_phrase,
    preposition_objects,
    roles,
    tight_phrase,
)
from trucewatch.stages.extract.triggers import meant_words

_PARLEYS = frozenset({"talk", "call", "conversation", "meeting", "negotiation", "consultation", "discussion", "contact", "round"})
# verbs by which a parley is news of its own, and no other verb tells that it was held
_RUNNING = frozenset(
    "yield produce fail end collapse break continue last bring conclude resume make take stall drag begin start open follow "
    "lead result achieve go come focus cover touch give".split()
)
# what talks are measured by, and who hold them with one another
_SPELLS = frozenset("round hour day week month minute night marathon series".split())
_PAIRS = frozenset(
    "side country party leader minister official commander diplomat delegation envoy negotiator general president state nation "
    "government army officer".split()
)
_AFTER = frozenset({"after", "following", "during", "in", "through"})
_PRESS = frozenset({"reporter", "journalist", "press", "correspondent", "agency", "newspaper", "television", "channel"})
_TURNING = frozenset({"turn", "look", "apply", "resort"})
_WAYS = frozenset({"way", "path", "option", "solution", "answer", "route", "road", "alternative", "exit", "priority"})
_BARGAINS = {
    "ceasefire": "DEMAND.CEASE_FIRE",
    "truce": "DEMAND.CEASE_FIRE",
    "peace": "DEMAND.CEASE_FIRE",
    "restraint": "DEMAND.CEASE_FIRE",
    "calm": "DEMAND.CEASE_FIRE",
    "talk": "DEMAND.TALKS",
    "negotiation": "DEMAND.TALKS",
    "dialogue": "DEMAND.TALKS",
    "diplomacy": "DEMAND.TALKS",
    "withdrawal": "DEMAND.WITHDRAWAL",
    "agreement": "DEMAND.OTHER",
    "deal": "DEMAND.OTHER",
    "implementation": "DEMAND.OTHER",
    "return": "DEMAND.OTHER",
    "settlement": "DEMAND.OTHER",
}


@reads(_PARLEYS - {"round"})
def parley(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "calls by X to Y", "two rounds of talks between X and Y have yielded nothing": a meeting named by its noun."""
    if any(c.lower_ == "no" for c in token.children):
        return None
    pairs = list(preposition_objects(token))
    if any(prep.lower_ == "for" for prep, _ in pairs):
        return None
    holder = token
    while (
        holder.dep_ == "pobj"
        and holder.head.lower_ == "of"
        and (holder.head.head.lemma_ in _SPELLS or token in meant_words(holder.head.head))
    ):
        holder = holder.head.head
    verb = holder.head
    is_running = holder.dep_ in ("nsubj", "nsubjpass") and is_verbal(verb) and verb.lemma_ in _RUNNING
    is_dated = holder.dep_ == "pobj" and (verb.lower_ in _AFTER or _is_topic_of(holder))
    is_dated = is_dated or (holder.dep_ == "dobj" and verb.lemma_ == "follow" and not has_negation(verb))
    if is_running and (company := _met_among_themselves(token, verb)) is not None:
        return _met(token, verb, company, None)
    if not (is_running or is_dated):
        return None
    between = next((inner for prep, inner in pairs if prep.lower_ == "between"), None)
    by = next((inner for prep, inner in pairs if prep.lower_ in ("by", "from")), None)
    other = next((inner for prep, inner in pairs if prep.lower_ in ("to", "with")), None)
    doer: Phrase | None
    if between is not None:
        if len(conjuncts(between)) < 2 and between.lemma_ not in _PAIRS:
            return None
        doer, with_whom = joint_phrase(between), None
    elif by is not None and other is not None:
        doer, with_whom = actor_phrase(by, lexicon), actor_phrase(other, lexicon)
    else:
        owner = owner_phrase(token, lexicon)
        if owner is not None and not is_running:
            return None
        is_named = is_dated and (verb.lower_ in ("after", "following") or (other is not None and verb.lower_ in ("in", "during")))
        if owner is None and is_named and not children(token, "poss"):
            # "asked X to act, his office said, after a telephone conversation with Y": who asked had it
            clause = verb.head
            maker = roles(clause).doer if is_verbal(clause) and not roles(clause).passive else None
            owner = actor_phrase(maker, lexicon) if maker is not None else None
        if other is None or owner is None:
            return None
        doer, with_whom = owner, actor_phrase(other, lexicon)
    if doer is None or any(w.lemma_.lower() in _PRESS for w in token.subtree) or (between is None and with_whom is None):
        return None
    return _met(token, verb if is_running else token, doer, with_whom)


def _met(token: Token, scope: Token, doer: Phrase, with_whom: Phrase | None) -> ActMention:
    return ActMention(
        token=token,
        frame="talk",
        act="TALKS.MEET",
        weak=True,
        doer=doer,
        scope=scope,
        is_supported=True,
        recipients=(with_whom,) if with_whom is not None else (),
        reasons=(f"'{token.text}' between sides",),
    )


def _met_among_themselves(token: Token, verb: Token) -> Phrase | None:
    """ "the commanders' negotiations on Friday gave no result", "talks of the envoys, held in X, ended": told as held."""
    whose = next((i for _, i in preposition_objects(token, "of")), None) or next(iter(children(token, "poss")), None)
    if whose is None or whose.lemma_.lower() not in _PAIRS or whose.tag_ not in ("NNS", "NN") or not _is_told(verb):
        return None
    held = any(c.tag_ in ("VBD", "VBN") and c.lemma_ in ("take", "hold") for c in children(token, "relcl", "acl"))
    dated = any(t.ent_type_ in ("DATE", "TIME") for c in (*children(token, "prep"), *children(verb, "prep")) for t in c.subtree)
    return joint_phrase(whose) if held or dated else None


def _is_told(verb: Token) -> bool:
    """Whether a verb tells how talks went, be it that they brought nothing; their end is another rule's."""
    return verb.lemma_ not in ("end", "conclude", "fail", "collapse", "break") and (
        verb.tag_ in ("VBD", "VBZ", "VBN") or any(c.lower_ == "did" for c in children(verb, "aux"))
    )


def _is_topic_of(holder: Token) -> bool:
    """ "was high on the agenda of the meeting between A and B"."""
    above = holder.head.head
    return holder.head.lower_ == "of" and above.lemma_.lower() in ("agenda", "focus", "subject", "topic", "centre", "center")


_GOING = frozenset("fly travel head arrive land go return come leave depart visit expect send dispatch".split())
_DISPATCHED = frozenset({"expect", "send", "dispatch"})
_TALKED = frozenset({"talk", "negotiation", "meeting", "discussion", "consultation", "summit", "conference", "dialogue"})


@reads(_GOING)
def bound_for_talks(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "the envoy is expected in X for talks", "the minister flew to X": where an official goes, talks are held."""
    lemma = token.lemma_.lower()
    if any(c.dep_ == "neg" for c in token.children):
        return None
    who = roles(token)
    head = who.undergoer if lemma in _DISPATCHED else who.doer
    if head is None or (lemma == "expect" and not who.passive):
        return None
    is_official = head.ent_type_ == "PERSON" or any(
        lexicon.is_kind(w.lemma_.lower(), "speaker") and not lexicon.is_kind(w.lemma_.lower(), "force")
        for w in (head, *children(head, "compound", "appos", "amod"))
    )
    doer = actor_phrase(head, lexicon)
    pairs = [pair for anchor in (token, *children(token, "dobj", "obj")) for pair in preposition_objects(anchor)]
    purpose = next((i for prep, i in pairs if prep.lower_ == "for" and i.lemma_.lower() in _TALKED), None)
    where = next((i for prep, i in pairs if prep.lower_ in ("to", "in", "for") and i.ent_type_ == "GPE"), None)
    is_official = is_official or (purpose is not None and head.ent_type_ == "ORG")  # a name that the parser takes for a body's
    if purpose is None and token.dep_ == "relcl":
        return None  # "X, who travelled to Y on Friday, said": who he is
    if (
        doer is None
        or not is_official
        or (purpose is None and (where is None or lemma not in ("fly", "travel", "land", "arrive", "expect")))
    ):
        return None
    other = (
        next((p for _, i in preposition_objects(purpose, "with") if (p := actor_phrase(i, lexicon))), None) if purpose else None
    )
    return ActMention(
        token=token,
        frame="talk",
        act="TALKS.MEET",
        weak=True,
        doer=doer,
        scope=token,
        is_supported=purpose is not None and where is not None,
        recipients=tuple(p for p in (other, tight_phrase(where) if where is not None else None) if p is not None),
        reasons=(f"'{token.text}' for talks",),
    )


@reads(_TURNING)
def turned_to(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "X turned to Y for help": an appeal."""
    if children(token, "dobj", "obj") or any(c.dep_ == "neg" for c in token.children):
        return None
    asked = next((i for prep, i in preposition_objects(token, "to") if i.ent_type_ in SIDES), None)
    subject = roles(token).doer
    if asked is None or subject is None:
        return None
    doer = actor_phrase(subject, lexicon)
    if doer is None or not (
        doer.head.pos_ == "PRON"
        or doer.head.ent_type_ in (*SIDES, "PERSON")
        or lexicon.is_kind(doer.head.lemma_.lower(), "speaker")
    ):
        return None
    return asked_act(token, "DEMAND.OTHER", doer, joint_phrase(asked), f"'{token.text}' to somebody for help")


@reads("be")
@amid(_WAYS, "solution", "time")
def only_way(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "a ceasefire is the only way forward", "it is time for talks", "there is no military solution": what is called for."""
    if any(c.dep_ == "neg" for c in token.children):
        return None
    subject = next(iter(children(token, "nsubj")), None)
    attr = next(iter(children(token, "attr", "npadvmod")), None)
    if attr is None:
        return None
    if children(token, "expl"):
        no_war = attr.lemma_ == "solution" and {"no", "military"} <= {c.lower_ for c in attr.children}
        return asked_act(token, "DEMAND.TALKS", None, None, "no military solution") if no_war else None
    if attr.lemma_ == "time" and subject is not None and subject.lower_ in ("it", "now", "this"):
        wanted = next((i for _, i in preposition_objects(attr, "for")), None)
    elif attr.lemma_ in _WAYS and subject is not None and (attr.lemma_ == "priority" or _is_only(attr)):
        wanted = subject
    elif subject is not None and subject.lemma_ in _WAYS and (subject.lemma_ == "priority" or _is_only(subject)):
        wanted = attr
    else:
        return None
    act = next((_BARGAINS[w.lemma_.lower()] for w in _words(wanted) if w.lemma_.lower() in _BARGAINS), None)
    return asked_act(token, act, None, None, f"what is '{attr.text}' is asked for") if act is not None else None


def _words(head: Token | None) -> list[Token]:
    return [] if head is None else [part for whole in meant_words(head) for part in conjuncts(whole)]


def _is_only(noun: Token) -> bool:
    return any(c.lower_ in ("only", "sole", "best", "single") for c in noun.children)


_HELD = frozenset({"hold", "detain", "imprison", "keep", "jail", "lock", "intern"})
_BEHIND_BARS = frozenset({"prison", "captivity", "custody", "jail", "detention", "cell", "camp"})
_LASTING = frozenset({"be", "remain", "stay", "languish", "sit", "linger"})
_CAPTIVES = ("captive", "combatant", "civilian", "remains")


@reads(_HELD, _LASTING)
def still_held(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "prisoners are still being held", "twenty men remain in captivity": captives who have not been let go."""
    subject = next(iter(children(token, "nsubj", "nsubjpass")), None)
    if subject is None or any(c.dep_ == "neg" for c in token.children) or token.dep_ in ("relcl", "acl"):
        return None
    lemma = token.lemma_.lower()
    still = lemma in ("remain", "languish") or any(c.lower_ == "still" for c in token.children)
    behind = any(inner.lemma_.lower() in _BEHIND_BARS for _, inner in preposition_objects(token, "in", "behind"))
    kept = lemma in _HELD and subject.dep_ == "nsubjpass"
    if not still or not (kept or (lemma in _LASTING and behind)) or not _is_captive(subject, lexicon):
        return None
    where = next((inner for _, inner in preposition_objects(token, "in") if inner.ent_type_ == "GPE"), None)
    bars = next((i for _, i in preposition_objects(token, "in") if i.lemma_.lower() in _BEHIND_BARS), None)
    if where is None and bars is not None:
        where = next((i for _, i in preposition_objects(bars, "in") if i.ent_type_ == "GPE"), None)
    agent = next((p for _, i in preposition_objects(token, "by") if (p := actor_phrase(i, lexicon)) is not None), None)
    doer = (
        agent
        or (owner_phrase(bars, lexicon) if bars is not None else None)
        or (tight_phrase(where) if where is not None else None)
    )
    return ActMention(
        token=token,
        frame="held",
        act="POW.NON_RELEASE",
        weak=True,
        doer=doer,
        undergoer=joint_phrase(subject),
        undergoer_head=subject,
        scope=token,
        is_supported=True,
        reasons=("captives not let go",),
    )


def _is_captive(head: Token, lexicon: Lexicon) -> bool:
    words = meant_words(head)
    return any(lexicon.is_kind(w.lemma_.lower(), *_CAPTIVES) or w.ent_type_ in ("NORP", "CARDINAL") for w in words)


_SWAPS = frozenset({"exchange", "swap", "handover", "release", "return", "transfer", "repatriation"})
_HAPPENING = frozenset({"take", "happen", "occur", "begin", "materialise", "materialize", "complete", "hold"})
_FAILING = frozenset({"fail", "stall", "collapse", "postpone", "cancel", "delay", "suspend", "halt", "block"})


@reads(_HAPPENING, _FAILING, "fall")
def failed_exchange(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "the exchange of bodies has not taken place", "a prisoner swap fell through"."""
    subject = next(iter(children(token, "nsubj", "nsubjpass")), None)
    if subject is None or subject.lemma_.lower() not in _SWAPS:
        return None
    of = [i for _, i in preposition_objects(subject, "of")] + children(subject, "compound")
    is_none = any(c.lower_ == "no" for c in children(subject, "det"))
    if not of and is_none:  # "was ready to take over the bodies, but no exchange had taken place"
        of = [t for t in token.doc[token.sent.start : subject.i] if t.pos_ == "NOUN"]
    captives = any(lexicon.is_kind(w.lemma_.lower(), "captive") or lexicon.is_kind(w.lemma_.lower(), "combatant") for w in of)
    remains = any(lexicon.is_kind(w.lemma_.lower(), "remains") for w in of)
    negated = is_none or any(c.dep_ == "neg" for c in token.children)
    happens = token.lemma_ in _HAPPENING
    through = token.lemma_ == "fall" and any(c.lower_ == "through" for c in token.children)
    if not (captives or remains) or not ((negated and happens) or (token.lemma_ in _FAILING and not negated) or through):
        return None
    return ActMention(
        token=token,
        frame="held",
        act="REMAINS.NON_RETURN" if remains and not captives else "POW.NON_RELEASE",
        weak=True,
        scope=token,
        is_supported=True,
        reasons=(f"the {subject.text} did not take place",),
    )
