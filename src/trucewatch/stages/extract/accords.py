"""Agreements without the word: fighting that "would end at four", consent given, a truce that is to begin or to run on."""

from __future__ import annotations

from trucewatch.stages.extract.dealings import made
from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.mention import ActMention
from trucewatch.stages.extract.phrases import actor_phrase
from trucewatch.stages.extract.rules import Rules, amid, reads
from trucewatch.stages.extract.scenes import is_truce
from trucewatch.stages.extract.syntax import (
    SIDES,
    WILL,
    Token,
    children,
    conjuncts,
    has_negation,
    joint_phrase,
    preposition_objects,
    roles,
)

_FIGHTING = frozenset("fighting war hostility fire firing shelling bloodshed conflict".split())
_ENDING = frozenset("end stop cease halt".split())
_CONDITION = frozenset("if unless when once only until whether".split())
_CONSENTS = frozenset("consent blessing agreement approval assent nod blessing backing support word go-ahead".split())
_PACTS = frozenset(
    "deal agreement truce ceasefire accord resolution arrangement plan proposal pact text extension draft settlement "
    "understanding decision withdrawal".split()
)
_IN_THE_WAY = frozenset({"way", "path"})
_OBSTACLES = frozenset({"obstacle", "hindrance", "impediment", "barrier"})
_OBJECTIONS = frozenset({"objection", "reservation", "problem", "quarrel"})
_CHAMBERS = frozenset("cabinet government parliament minister council knesset assembly vote approval coalition lawmaker".split())
_SUBMITTING = frozenset("recommend bring put submit present take".split())
_RUNNING = frozenset("run last remain stay extend prolong renew hold continue".split())
_BEGINNING = frozenset("begin start take come enter go".split())
_CARRIERS = frozenset({"plane", "aircraft", "bus", "helicopter", "jet", "flight", "convoy"})
_FORCE = frozenset({"effect", "force", "place"})
_PAPERS = frozenset({"roadmap", "protocol", "document"})
_TALKS = frozenset({"talk", "meeting", "negotiation", "summit", "session", "conversation", "discussion", "call"})
_DESCRIBING = frozenset("describe call term characterise characterize hold portray".split())
_ADVISING = frozenset({"inform", "notify", "tell", "brief", "warn", "alert"})
_BEFOREHAND = frozenset({"advance", "beforehand", "prior", "ahead"})


def _looks_ahead(token: Token) -> bool:
    if any(c.dep_ == "aux" and c.lower_ in WILL for c in token.children):
        return True
    bound = token.dep_ == "xcomp" and any(c.lower_ == "to" and c.dep_ == "aux" for c in token.children)
    return bound and token.head.lemma_ in ("be", "due", "set", "schedule", "mean", "suppose", "expect", "plan")


def _subject(token: Token) -> Token | None:
    own = next(iter(children(token, "nsubj", "nsubjpass")), None)
    if own is not None or token.dep_ != "xcomp":
        return own
    above = token.head if token.head.pos_ in ("VERB", "AUX") else token.head.head
    return next(iter(children(above, "nsubj", "nsubjpass")), None)


def _has_time(token: Token) -> bool:
    return any(w.ent_type_ in ("DATE", "TIME") for w in token.subtree)


@reads(_ENDING)
def _fighting_to_end(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "said the fighting would end at four in the morning"."""
    subject = _subject(token)
    if subject is None or subject.lemma_.lower() not in _FIGHTING or not _looks_ahead(token) or has_negation(token):
        return None
    below = {c.lower_ for c in token.children} | {m.lower_ for c in children(token, "advcl") for m in c.children}
    if below & _CONDITION or not _has_time(token):
        return None
    between = next((i for _, i in preposition_objects(subject, "between")), None)
    return made(
        token, "begin", "AGREE.CEASEFIRE", joint_phrase(between) if between is not None else None, None, "fighting that is to end"
    )


@reads(_BEGINNING)
def _truce_to_begin(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "the truce will come into force on Wednesday", "was meant to begin at four"."""
    subject = _subject(token)
    if subject is None or not is_truce(subject) or not _looks_ahead(token) or has_negation(token) or not _has_time(token):
        return None
    things = {i.lemma_ for _, i in preposition_objects(token, "into", "in")} | {c.lemma_ for c in children(token, "dobj", "obj")}
    if token.lemma_ not in ("begin", "start") and not things & _FORCE:
        return None
    if any(
        m.lower_ in _CONDITION for c in (token, *children(token, "advcl")) for m in c.children if m.dep_ in ("mark", "advmod")
    ):
        return None
    between = next((i for _, i in preposition_objects(subject, "between")), None)
    return made(
        token,
        "begin",
        "AGREE.CEASEFIRE",
        joint_phrase(between) if between is not None else None,
        None,
        "a truce that is to begin",
    )


@reads(_RUNNING)
def _pact_runs_on(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "the arrangement would be extended until 18 February", "the deal will run until March"."""
    subject = _subject(token)
    if (
        subject is None
        or not _looks_ahead(token)
        or has_negation(token)
        or subject.lemma_.lower() not in _PACTS - {"plan", "withdrawal"}
    ):
        return None
    until = any(
        i.ent_type_ in ("DATE", "TIME") for _, i in preposition_objects(token, "until", "till", "to", "through", "by", "for")
    )
    in_force = {i.lemma_ for _, i in preposition_objects(token, "in")} & _FORCE
    longer = token.lemma_ in ("extend", "prolong", "renew")
    if not until or (token.lemma_ in ("remain", "stay", "hold", "continue") and not in_force):
        return None
    if not longer and any(m.lower_ in _CONDITION for c in children(token, "advcl") for m in c.children):
        return None
    return made(token, "begin", "AGREE.CEASEFIRE", None, None, "an arrangement that runs on")


@reads("give", "grant", "lend")
def _consents(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "gave its consent to the deal"."""
    who = roles(token)
    things = children(token, "dobj", "obj", "nsubjpass")
    consent = next(
        (
            t
            for t in things
            if t.lemma_.lower() in _CONSENTS or (t.lemma_ == "light" and any(c.lower_ == "green" for c in t.children))
        ),
        None,
    )
    doer = actor_phrase(who.doer, lexicon)
    if consent is None or doer is None or has_negation(token):
        return None
    own = any(c.dep_ == "poss" for c in consent.children) or consent.lemma_ in ("nod", "light", "go-ahead", "assent", "consent")
    if consent.lemma_.lower() in ("support", "backing", "word", "agreement", "blessing") and not any(
        i.lemma_.lower() in _PACTS
        for i in (
            *(i for _, i in preposition_objects(consent, "to", "for")),
            *(i for given in children(token, "dative") for i in children(given, "pobj")),
        )
    ):
        return None
    return made(token, "agree", "AGREE.OTHER", doer, None, "consent given") if own else None


@reads("stand", "get", "be", "have", "raise", "put")
@amid(_IN_THE_WAY, _OBSTACLES, _OBJECTIONS)
def _does_not_object(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "will not stand in the way of a deal", "has no objection to the extension"."""
    who = roles(token)
    doer = actor_phrase(who.doer, lexicon)
    if doer is None:
        return None
    ways = [i for _, i in preposition_objects(token, "in") if i.lemma_ in _IN_THE_WAY]
    things = children(token, "dobj", "obj", "attr")
    none = any(c.lower_ == "no" for t in things for c in t.children)
    bars = [t for t in things if t.lemma_.lower() in _OBSTACLES | _OBJECTIONS]
    matters = {
        i.lemma_.lower() for head in (*ways, *bars) for _, i in preposition_objects(head, "of", "to", "with", "about", "against")
    }
    if not (has_negation(token) or none) or not (ways or bars) or not matters & _PACTS:
        return None
    return made(token, "agree", "AGREE.OTHER", doer, None, "who raises no objection agrees")


@reads("agree", "sign", "broker", "negotiate", "mediate", "conclude", "reach", "announce", "strike")
def _pact_told_beside(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "the truce, agreed in <Capital>, came into force": the participle, which the parser takes for the clause's verb."""
    if token.tag_ != "VBD" or children(token, "dobj", "obj", "ccomp", "xcomp", "auxpass", "aux"):
        return None
    subject = next(iter(children(token, "nsubj")), None)
    if subject is None or subject.lemma_.lower() not in _PACTS or token.doc[token.i - 1].text != ",":
        return None
    between = next((i for _, i in preposition_objects(subject, "between")), None)
    by = next((p for _, i in preposition_objects(token, "by", "between") if (p := actor_phrase(i, lexicon)) is not None), None)
    act = "AGREE.CEASEFIRE" if is_truce(subject) else "AGREE.OTHER"
    doer = joint_phrase(between) if between is not None else by
    return made(token, "begin" if is_truce(subject) else "agree", act, doer, None, "an agreement told of beside what it did")


@reads("approve", "adopt", "back", "endorse", "accept", "ratify")
def _chamber_approves(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "his cabinet would approve the text", "the ministers approved a roadmap": agreed by who can."""
    things = {
        w.lemma_.lower() for c in children(token, "dobj", "obj") for w in (c, *(i for _, i in preposition_objects(c, "of")))
    }
    subject = roles(token).doer
    if (
        has_negation(token)
        or subject is None
        or not things & (_PACTS | {"roadmap", "protocol", "document"})
        or roles(token).passive
    ):
        return None
    if subject.lemma_.lower() not in _CHAMBERS and subject.ent_type_ not in SIDES:
        return None
    doer = actor_phrase(subject, lexicon)
    truce = things & {"truce", "ceasefire", "cease-fire"}
    return made(token, "agree", "AGREE.CEASEFIRE" if truce else "AGREE.OTHER", doer, None, "a text approved") if doer else None


@reads(_SUBMITTING)
def _submits(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "would bring the deal to his cabinet for approval", "would recommend that the cabinet approve the text"."""
    if has_negation(token):
        return None
    doer = actor_phrase(roles(token).doer, lexicon)
    things = {part.lemma_.lower() for c in children(token, "dobj", "obj") for part in conjuncts(c)}
    to = {w.lemma_.lower() for _, i in preposition_objects(token, "to", "before", "for") for w in (i, *i.children)}
    clause = next((c for c in children(token, "ccomp") if c.lemma_ in ("approve", "accept", "adopt", "endorse", "back")), None)
    if clause is not None:
        accepted = {c.lemma_.lower() for c in children(clause, "dobj", "obj")}
        if token.lemma_ != "recommend" or not accepted & _PACTS:
            return None
    elif not (things & (_PACTS - {"decision", "withdrawal", "plan"}) and to & _CHAMBERS):
        return None
    return (
        made(token, "agree", "AGREE.OTHER", doer, None, "a text put before one's own to be approved")
        if doer is not None
        else None
    )


@reads(_DESCRIBING)
def _talks_described(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "described the meeting as constructive", "the talks were held in a good atmosphere"."""
    if has_negation(token) or token.dep_ in ("relcl", "acl"):
        return None
    passive = any(c.dep_ == "auxpass" for c in token.children)
    things = children(token, "nsubjpass") if passive else children(token, "dobj", "obj", "nsubj")
    talks = next((t for t in things if t.lemma_.lower() in _TALKS and (passive or t.dep_ != "nsubj")), None)
    if talks is None or (token.lemma_ == "call" and not children(token, "oprd", "acomp")):
        return None
    if token.lemma_ == "hold" and not any(w.lemma_ in ("atmosphere", "spirit", "climate", "mood") for w in token.subtree):
        return None
    pairs = [i for _, i in preposition_objects(talks, "with", "between")]
    sides = [c for c in talks.children if c.dep_ in ("amod", "compound", "poss") and c.ent_type_ in SIDES]
    doer = joint_phrase(pairs[0]) if pairs else actor_phrase(sides[0], lexicon) if sides else None
    return made(token, "talk", "TALKS.MEET", doer, None, "talks of which the tone is told")


@reads("represent")
def _represents(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "at the table X represented Y": the side that sat there."""
    who = roles(token)
    side = who.undergoer
    if side is None or has_negation(token) or token.dep_ in ("relcl", "acl") or side.ent_type_ not in SIDES:
        return None
    if who.passive or token.tag_ not in ("VBD", "VBN"):
        return None
    if token.dep_ == "conj" and token.head.lemma_ == "represent":
        return None
    others = [roles(c).undergoer for c in children(token, "conj") if c.lemma_ == "represent"]
    other = next((joint_phrase(o) for o in others if o is not None and o.ent_type_ in SIDES), None)
    return made(token, "talk", "TALKS.MEET", joint_phrase(side), other, "who was represented took part")


@reads(_ADVISING)
def _told_beforehand(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "the army had been informed of the work in advance", "told both sides beforehand"."""
    if has_negation(token) or token.dep_ in ("relcl", "acl") or children(token, "xcomp"):
        return None
    after = {w.lower_ for w in token.subtree if w.i > token.i}
    if not after & _BEFOREHAND or ("advance" in after and "in" not in after):
        return None
    who = roles(token)
    told = actor_phrase(who.undergoer, lexicon)
    if told is None or told.head.pos_ == "PRON" or children(token, "ccomp"):
        return None  # "told the paper that it had not been informed in advance": the paper is whom he spoke to
    return made(token, "talk", "TALKS.MEET", actor_phrase(who.doer, lexicon), told, "told of it beforehand")


@reads("land", "arrive", "touch", "return", "come")
def _captives_brought_home(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "a plane with 44 prisoners landed at X": they were let go."""
    subject = next(iter(children(token, "nsubj")), None)
    if subject is None or has_negation(token) or subject.lemma_.lower() not in _CARRIERS:
        return None
    aboard = [i for _, i in preposition_objects(subject, "with", "of")]
    aboard += [c for a in children(subject, "acl") if a.lemma_ in ("carry", "bring") for c in children(a, "dobj")]
    freed = next((i for i in aboard if lexicon.is_kind(i.lemma_.lower(), "captive") and i.lemma_ != "member"), None)
    if freed is None:
        return None
    return ActMention(
        token=token,
        frame="retreat",
        act="DEESCALATE.RELEASE",
        weak=True,
        undergoer=joint_phrase(freed),
        undergoer_head=freed,
        scope=token,
        is_supported=True,
        reasons=("captives who are brought home were let go",),
    )


# agreements and dealings told by another word
accord = Rules(
    _fighting_to_end, _truce_to_begin, _pact_runs_on, _pact_told_beside, _chamber_approves, _consents,
    _does_not_object, _submits, _talks_described, _represents,
    _told_beforehand, _captives_brought_home,
)  # fmt: skip
