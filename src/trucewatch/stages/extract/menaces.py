"""Threats without a word of threat: "we are not finished", "settled by military means", "all options are on the table"."""

from __future__ import annotations

from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.mention import ActMention
from trucewatch.stages.extract.phrases import actor_phrase
from trucewatch.stages.extract.rules import Rules, amid, reads
from trucewatch.stages.extract.syntax import (
    WILL,
    Phrase,
    Token,
    children,
    has_negation,
    is_infinitive,
    preposition_objects,
    roles,
    subject_of,
)

_DONE = frozenset({"finished", "done", "over", "through", "satisfied", "tired"})
_STRUGGLES = frozenset({"war", "battle", "campaign", "operation", "fight", "struggle", "offensive", "confrontation", "revenge"})
_BEGINNINGS = frozenset({"beginning", "start", "prelude", "warning", "taste", "introduction", "opening"})
_ANSWERS = frozenset({"response", "answer", "reply", "retaliation", "revenge", "punishment", "reaction", "reckoning"})
_MEANS = frozenset({"force", "arms", "war", "fire", "sword"})
_ALL_MEANS = frozenset({"military", "other", "forceful", "any", "every", "all", "necessary"})
_HURTING = frozenset("attack harm hit strike threaten kill touch shoot raise come try dare challenge hurt target violate".split())
_ANYBODY = frozenset({"whoever", "anyone", "anybody", "those", "everyone", "any"})
_FOR_WAR = frozenset({"war", "offensive", "operation", "invasion", "battle", "assault", "attack", "incursion", "fight"})
_HELD = frozenset({"table", "trigger"})
_AHEAD = WILL | {"must", "shall", "can"}
# "will stand by X with all its means" is no threat
_HELPING = frozenset({"stand", "support", "help", "back", "assist", "aid", "accompany"})
_REACH = frozenset({"reach", "arm", "hand"})


def _ahead(token: Token, lexicon: Lexicon) -> ActMention | None:
    if not any(c.dep_ == "aux" and c.lower_ in _AHEAD for c in token.children):
        return None
    return _by_force(token, lexicon) or _answer_ahead(token) or _whoever(token, lexicon)


def threat_made(scope: Token, frame: str, doer: Phrase | None, why: str, act: str = "THREAT.FORCE") -> ActMention:
    """A threat in words that need no other support."""
    scope.kept["threat"] = True  # who "warns" so threatens (subjects.py)
    return ActMention(
        token=scope,
        frame=frame,
        act=act,
        weak=True,
        doer=doer,
        scope=scope,
        modality="threatened",
        is_supported=True,
        reasons=(why,),
    )


def looks_ahead(token: Token) -> bool:
    """Whether a verb is put into the future by its auxiliary."""
    return any(c.dep_ == "aux" and c.lower_ in WILL for c in token.children)


@reads("be", "finish", "do", "begin", "start")
@amid(_DONE, _BEGINNINGS, "finished", "done", "only", "just", "merely")
def _unfinished(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "we are not finished", "the battle is not over", "this is only the beginning"."""
    if token.dep_ in ("advcl", "relcl", "acl"):
        return None
    subject = subject_of(token)
    if subject is None:
        return None
    own = subject.lower_ in ("we", "i")
    state = {c.lower_ for c in children(token, "acomp", "oprd", "advmod", "attr")}
    if has_negation(token) and not looks_ahead(token):
        if own and (state & _DONE or token.lower_ in ("finished", "done")):
            return threat_made(token, "threaten", actor_phrase(subject, lexicon), "who is not finished threatens more")
        if subject.lemma_.lower() in _STRUGGLES and (state & _DONE or token.lower_ == "finished"):
            return threat_made(token, "threaten", None, "a fight that is not over goes on")
    only = any(c.lower_ in ("only", "just", "merely") for c in token.children)
    begun = next((c for c in children(token, "attr") if c.lemma_.lower() in _BEGINNINGS), None)
    if begun is not None and subject.lower_ in ("this", "it", "that", "these"):
        only = only or any(c.lower_ in ("only", "just", "merely") for c in begun.children)
        return threat_made(token, "threaten", None, "what is only the beginning has more to come") if only else None
    if only and own and token.lemma_ in ("begin", "start"):
        return threat_made(token, "threaten", actor_phrase(subject, lexicon), "who has only begun threatens more")
    return None


def _by_force(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "will be settled by military means", "would restore order by other means", "one way or another"."""
    if has_negation(token) or token.lemma_ in _HELPING:
        return None
    forced = any(
        (inner.lemma_.lower() in _MEANS and token.lemma_ != "abide")
        or (inner.lemma_ == "mean" and any(c.lower_ in _ALL_MEANS for c in inner.children))
        for _, inner in _means(token)
    ) or any(c.lower_ in ("militarily", "forcibly") for c in token.children)
    another = {"way", "another"} <= {w.lower_ for w in token.subtree} and any(
        w.lower_ == "way" and {"one"} <= {c.lower_ for c in w.children} for w in token.subtree
    )
    if not (forced or another):
        return None
    who = roles(token)
    doer = actor_phrase(who.doer, lexicon) if who.doer is not None and not who.passive else None
    if doer is not None and doer.head.pos_ == "PRON" and doer.head.lower_ not in ("we", "i", "he", "she", "it", "they"):
        doer = None
    return threat_made(token, "threaten", doer, "what is to be reached by force is threatened")


def _means(token: Token) -> list[tuple[Token, Token]]:
    pairs = list(preposition_objects(token, "by", "through", "with", "using"))
    for prep, _ in list(pairs):
        # "by diplomacy if possible, and by other means"
        pairs += [(c, i) for c in children(prep, "conj") for i in children(c, "pobj")]
    return pairs


def _answer_ahead(token: Token) -> ActMention | None:
    """ "the response will be painful", "the answer will come"."""
    subject = subject_of(token)
    if subject is None or subject.lemma_.lower() not in _ANSWERS or not looks_ahead(token) or has_negation(token):
        return None
    return threat_made(token, "threaten", None, f"a {subject.text} is announced")


def _whoever(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "whoever attacks us will be hit", "anyone who comes to kill us, we will get to him first"."""
    if not looks_ahead(token) or has_negation(token):
        return None
    below = children(token, "nsubj", "nsubjpass", "csubj", "csubjpass", "advcl", "dep", "ccomp", "npadvmod", "dislocated")
    for part in below:
        words = [part, *part.children]
        anybody = any(w.lower_ in _ANYBODY for w in words)
        hurts = any(w.lemma_.lower() in _HURTING for w in part.subtree if w.pos_ == "VERB")
        if anybody and hurts and part.i < token.i:
            doer = subject_of(token)
            own = doer if doer is not None and doer.lower_ in ("we", "i") else None
            return threat_made(token, "threaten", actor_phrase(own, lexicon), "whoever attacks is threatened")
    return None


@reads("see")
def _not_yet_seen(token: Token, _lexicon: Lexicon) -> ActMention | None:
    """ "they have not yet seen what we can do", "have seen nothing yet"."""
    if not any(c.dep_ == "aux" and c.lemma_ == "have" for c in token.children):
        return None
    seen_nothing = has_negation(token) or any(c.lower_ == "nothing" for c in children(token, "dobj"))
    subject = subject_of(token)
    yet = any(w.lower_ == "yet" for w in token.subtree)
    if subject is None or not (seen_nothing and yet) or subject.lower_ in ("we", "i", "he", "she"):
        return None
    return threat_made(token, "threaten", None, "what the other side has not yet seen is threatened")


@amid("option", "finger", "hand")
def _ready_for_all(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "all options are on the table", "our fingers are on the trigger"."""
    subject = subject_of(token)
    if subject is None:
        return None
    held = {inner.lemma_.lower() for _, inner in preposition_objects(token, "on")}
    held |= {i.lemma_.lower() for thing in children(token, "dobj", "obj") for _, i in preposition_objects(thing, "on")}
    if held.isdisjoint(_HELD) or has_negation(token):
        return None
    named = {w.lemma_.lower() for head in (subject, *children(token, "dobj", "obj")) for w in (head, *head.children)}
    if "option" in named and "table" in held:
        return threat_made(token, "threaten", None, "no option is ruled out")
    if named & {"finger", "hand"} and "trigger" in held:
        return threat_made(token, "threaten", actor_phrase(subject, lexicon), "a finger on the trigger threatens")
    return None


@reads("prepare", "ready", "gear", "brace")
def _preparing(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "told the army to prepare for a war", "is preparing for a ground offensive"."""
    if has_negation(token):
        return None
    if not any(inner.lemma_.lower() in _FOR_WAR for _, inner in preposition_objects(token, "for", "up")):
        return None
    governor = token.head
    if is_infinitive(token) and governor.lemma_ in ("tell", "order", "instruct", "direct", "ask", "command"):
        doer = actor_phrase(roles(governor).doer, lexicon)
    elif token.lemma_ == "brace":
        return None
    else:
        doer = actor_phrase(roles(token).doer, lexicon)
    return threat_made(token, "threaten", doer, "who prepares for war threatens it") if doer is not None else None


@reads("be")
@amid(_REACH)
def _out_of_reach(token: Token, _lexicon: Lexicon) -> ActMention | None:
    """ "no place is beyond our reach", "we will reach them wherever they are"."""
    subject = subject_of(token)
    if subject is None:
        return None
    none = any(c.lower_ in ("no", "nowhere") for c in (subject, *subject.children)) or has_negation(token)
    far = [i for _, i in preposition_objects(token, "beyond", "of", "outside")]
    far += [i for c in children(token, "prep") for inner in children(c, "prep") for i in children(inner, "pobj")]
    if not none or not any(i.lemma_ in _REACH for i in far):
        return None
    return threat_made(token, "threaten", None, "a reach without bounds threatens")


# the threat that a clause makes by a turn of phrase
menace = Rules(_unfinished, _ahead, _not_yet_seen, _ready_for_all, _preparing, _out_of_reach)
