"""Threats told by what is to come of it: "no quiet there, no quiet here", "the work is not done", "their answer will come",
"within range of our missiles", "wait for us"."""

from __future__ import annotations

from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.menaces import looks_ahead, threat_made
from trucewatch.stages.extract.mention import ActMention
from trucewatch.stages.extract.phrases import actor_phrase
from trucewatch.stages.extract.rules import Rules, amid, reads
from trucewatch.stages.extract.syntax import Token, children, has_negation, preposition_objects, subject_of
from trucewatch.stages.extract.triggers import is_of_kind

_REST = frozenset("quiet calm peace rest safety security immunity sanctuary mercy hiding safe place corner".split())
_WORKS = frozenset("work job mission task account business war battle campaign operation fight struggle".split())
_PHASES = frozenset({"phase", "stage", "chapter", "page"})
_STRUGGLES = frozenset({"war", "battle", "campaign", "operation", "fight", "struggle", "confrontation", "conflict", "offensive"})
_BEGINNING = frozenset({"begin", "start", "open", "enter", "commence"})
_REQUITALS = frozenset({"answer", "response", "reply", "punishment", "retribution", "lesson", "reward", "desert"})
_GRAVE = frozenset("grave serious severe dire heavy painful terrible unpredictable catastrophic devastating harsh bitter".split())
_OUTCOMES = frozenset({"consequence", "cost", "result"})
_RANGE = frozenset({"range", "reach", "sight", "crosshair"})
_OWN = frozenset({"our", "my", "their", "its"})
_ENTERING = frozenset("enter cross violate approach fly invade attack breach penetrate come step set touch raise".split())
_ANY = frozenset({"any", "every", "whoever", "whatever", "anyone", "anything"})
_RUINS = frozenset("ruin ruins rubble dust ash ashes graveyard hell cemetery grave".split())
_SPLITTING = frozenset({"distinguish", "separate", "differentiate"})


@reads("be")
@amid(_REST)
def _no_rest(token: Token, _lexicon: Lexicon) -> ActMention | None:
    """ "if there is no quiet in X, there will be no quiet in Y", "no place will be safe"."""
    if not looks_ahead(token) or token.dep_ in ("advcl", "relcl"):
        return None
    told = children(token, "attr", "acomp", "nsubj")
    none = has_negation(token) or any(c.lower_ in ("no", "nowhere", "nobody", "none") for w in told for c in (w, *w.children))
    words = {w.lemma_.lower() for w in told}
    if not none or words.isdisjoint(_REST):
        return None
    conditional = any(m.lower_ in ("if", "unless", "while") for c in children(token, "advcl") for m in children(c, "mark"))
    is_of_nobody = bool(words & {"safe", "place", "corner"}) or bool(words & {"mercy", "sanctuary", "immunity", "hiding"})
    return threat_made(token, "threaten", None, "no rest is promised") if conditional or is_of_nobody else None


@reads("do", "finish", "complete", "end", "be")
@amid(_WORKS)
def _not_done(token: Token, _lexicon: Lexicon) -> ActMention | None:
    """ "the work is not done yet", "the mission is far from over"."""
    subject = subject_of(token)
    if subject is None or subject.lemma_.lower() not in _WORKS or looks_ahead(token) or token.dep_ in ("advcl", "relcl", "acl"):
        return None
    state = {c.lower_ for c in children(token, "acomp", "oprd", "advmod")}
    done = token.lower_ in ("done", "finished", "completed") or bool(state & {"done", "over", "finished", "complete"})
    far = "far" in {w.lower_ for w in token.subtree}
    if not done or not (has_negation(token) or far):
        return None
    return threat_made(token, "threaten", None, "work that is not done goes on")


@reads(_BEGINNING)
def _new_phase(token: Token, _lexicon: Lexicon) -> ActMention | None:
    """ "a new phase of the war has begun"."""
    heads = [*children(token, "nsubj", "nsubjpass"), *children(token, "dobj")]
    phase = next((h for h in heads if h.lemma_.lower() in _PHASES), None)
    if phase is None or has_negation(token):
        return None
    of = any(i.lemma_.lower() in _STRUGGLES for _, i in preposition_objects(phase, "of", "in"))
    return threat_made(token, "threaten", None, "a new phase of a war is announced") if of else None


@reads("get", "receive", "have", "find", "meet")
@amid(_REQUITALS)
def _requited(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "they will get their answer"."""
    things = children(token, "dobj", "obj")
    if not looks_ahead(token) or has_negation(token) or not any(t.lemma_.lower() in _REQUITALS for t in things):
        return None
    subject = subject_of(token)
    if subject is None or subject.lower_ in ("we", "i") or is_of_kind(subject, "civilian", lexicon):
        return None
    return threat_made(token, "menace", actor_phrase(subject, lexicon), "who will get an answer is threatened", "THREAT.OTHER")


@reads("be")
@amid(_REQUITALS, _OUTCOMES)
def _outcome(token: Token, _lexicon: Lexicon) -> ActMention | None:
    """ "the consequences will be grave", "the response will not be long in coming"."""
    subject = subject_of(token)
    if subject is None or not looks_ahead(token) or token.dep_ in ("advcl", "relcl"):
        return None
    states = children(token, "acomp")
    state = {w.lower_ for w in states}
    named = {subject.lemma_.lower()}
    if named & _REQUITALS and has_negation(token) and state & {"long", "late", "slow"}:
        return threat_made(token, "threaten", None, "an answer is announced")
    if named & _OUTCOMES and state & _GRAVE and not has_negation(token):
        return threat_made(token, "threaten", None, "grave consequences are announced", "THREAT.OTHER")
    return None


@reads("be", "remain", "lie")
@amid(_RANGE)
def _within_range(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "all their bases are within range of our missiles"."""
    if has_negation(token):
        return None
    near = next((i for _, i in preposition_objects(token, "within", "in") if i.lemma_.lower() in _RANGE), None)
    if near is None:
        return None
    arms = [i for _, i in preposition_objects(near, "of")]
    own = any(c.lower_ in _OWN for part in (near, *arms) for c in part.children)
    armed = any(is_of_kind(i, "weapon", lexicon) for i in arms)
    return threat_made(token, "threaten", None, "what is within range is threatened") if own and (armed or not arms) else None


@reads("wait")
def _wait_for_us(token: Token, _lexicon: Lexicon) -> ActMention | None:
    """ "wait for us", said to an enemy."""
    if token.tag_ not in ("VB", "VBP") or children(token, "nsubj", "aux"):
        return None
    us = any(i.lower_ in ("us", "me") for _, i in preposition_objects(token, "for"))
    return threat_made(token, "threaten", None, "who bids an enemy wait threatens") if us else None


def _any_intruder(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "any drone that enters our sky, we will bring it down"."""
    for part in children(token, "npadvmod", "dep", "dislocated", "nsubj", "nsubjpass"):
        anything = part.lower_ in _ANY or any(c.lower_ in _ANY for c in part.children)
        if part.i < token.i and anything and any(c.lemma_.lower() in _ENTERING for c in children(part, "relcl", "acl")):
            own = next((c for c in children(token, "nsubj") if c.lower_ in ("we", "i")), None)
            if own is not None or part.dep_ in ("nsubj", "nsubjpass"):
                return threat_made(token, "threaten", actor_phrase(own, lexicon), "whatever enters is threatened")
    return None


@reads(
    "work", "bring", "shoot", "down", "destroy", "hit", "target", "fire", "strike", "confront", "meet", "face", "be", "intercept"
)
def _whatever_comes(token: Token, lexicon: Lexicon) -> ActMention | None:
    return _any_intruder(token, lexicon) if looks_ahead(token) and not has_negation(token) else None


@reads("turn", "reduce")
def _turned_to_ruins(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "their cities will be turned to ruins"."""
    if not looks_ahead(token) or has_negation(token):
        return None
    to = any(i.lemma_.lower() in _RUINS or i.lower_ in _RUINS for _, i in preposition_objects(token, "to", "into"))
    subject = next((c for c in children(token, "nsubj")), None)
    return threat_made(token, "threaten", actor_phrase(subject, lexicon), "ruin is announced") if to else None


@reads(_SPLITTING, "make")
def _no_distinction(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "will no longer distinguish between X and its army"."""
    if not looks_ahead(token):
        return None
    no_longer = has_negation(token) or any(c.lower_ == "longer" for c in token.children)
    if token.lemma_ == "make":
        things = [c for c in children(token, "dobj") if c.lemma_.lower() in ("distinction", "difference")]
        no_longer = bool(things) and (no_longer or any(c.lower_ == "no" for t in things for c in t.children))
    subject = subject_of(token)
    if not no_longer or subject is None:
        return None
    return threat_made(token, "threaten", actor_phrase(subject, lexicon), "who will spare none of them threatens all")


@reads("stop", "shrink")
def _at_nothing(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "will stop at nothing"."""
    if not looks_ahead(token) or not any(i.lower_ == "nothing" for _, i in preposition_objects(token, "at", "from")):
        return None
    return threat_made(token, "threaten", actor_phrase(subject_of(token), lexicon), "who stops at nothing threatens")


# what a clause announces for the other side
omen = Rules(
    _no_rest, _not_done, _new_phase, _requited, _outcome, _within_range, _wait_for_us, _whatever_comes, _turned_to_ruins,
    _no_distinction, _at_nothing,
)  # fmt: skip
