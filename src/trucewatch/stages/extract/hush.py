"""A place reported quiet, by whatever is said to be so: guns, fronts, nights, a situation, fire that nobody heard."""

from __future__ import annotations

from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.mention import ActMention
from trucewatch.stages.extract.modality import NEGATIVES
from trucewatch.stages.extract.rules import reads
from trucewatch.stages.extract.syntax import Token, children, is_verbal, preposition_objects, tight_phrase

_QUIET = frozenset({"calm", "quiet", "peaceful"})
_SILENT = frozenset({"silent", "quiet", "still"})
_STEADY = frozenset({"stable", "normal", "steady"})
_QUIET_PLACES = frozenset(
    "situation front line border city town capital village area region frontier sector district night day morning evening street "
    "thing everything zone contact weekend hour week valley ridge stretch boundary".split()
)
_GUNS = frozenset("gun weapon artillery cannon battery front frontline line border frontier sky sector howitzer launcher".split())
_BEING = frozenset("be remain stay keep seem go fall grow become turn lie appear hold prove".split())
_INCIDENTS = frozenset(
    "violation incident shelling fighting clash attack shooting fire breach strike exchange firing gunfire shot "
    "explosion bombardment hostility rocket airstrike violence flare-up".split()
)
# what "there was no ..." of tells of quiet, and of no deed denied
_FIGHTING = frozenset("violation incident shelling fighting clash shooting firing gunfire exchange hostility bombardment".split())
_NOTED = frozenset("record observe register report note detect document hear see witness log".split())
_QUIETLY = frozenset({"quietly", "calmly", "peacefully"})
_QUIETEST = frozenset({"quietest", "calmest"})
_SETTLING = frozenset({"stabilise", "stabilize", "normalise", "normalize", "calm"})
_HOLDING = frozenset({"hold", "observe", "respect"})
_TRUCES = frozenset({"ceasefire", "truce", "armistice"})
_PRESENT = frozenset({"is", "has", "was", "had", "have", "been", "being", "be", "to"})
_AHEAD = frozenset("will would should must may might could can shall ought to".split())
_MARKS = frozenset("if until till unless before once whether lest".split())
_TIMES = frozenset("night day evening morning week weekend hour month spell".split())


@reads(_QUIET, _SILENT, _STEADY, _QUIETLY, _QUIETEST, _NOTED, _BEING, _SETTLING, _HOLDING, "pass", "go")
def calm(token: Token, _lexicon: Lexicon) -> ActMention | None:
    """ "X was calm", "the guns fell silent", "no violations were recorded", "the truce is holding": a place reported quiet."""
    lemma = token.lemma_.lower()
    found = (
        _quiet_state(token, lemma)
        or _quiet_time(token, lemma)
        or _nothing_noted(token, lemma)
        or _no_fighting(token, lemma)
        or _settled(token, lemma)
        or _holding(token, lemma)
        or _calm_there(token, lemma)
        or _assessed(token, lemma)
    )
    if found is None:
        return None
    scope, where, negated = found
    if _lies_ahead(scope):
        return None
    return ActMention(
        token=token,
        frame="calm",
        act="CALM",
        weak=False,
        undergoer=tight_phrase(where) if where is not None else None,
        undergoer_head=where,
        scope=scope,
        negated=negated,
        is_supported=True,
        reasons=(f"'{token.text}' reports quiet",),
    )


Found = tuple[Token, Token | None, bool]


def _lies_ahead(verb: Token) -> bool:
    """Whether quiet is only hoped for or is a condition; "to" alone may hang on a verb of seeming."""
    words = {c.lower_ for c in verb.children if c.dep_ == "aux" or (c.dep_ in ("mark", "advmod") and c.lower_ in _MARKS)}
    if verb.dep_ == "xcomp" and verb.head.lemma_ in ("appear", "seem", "continue"):
        words.discard("to")
    return bool(words & (_AHEAD | _MARKS))


def _is_timed(verb: Token) -> bool:
    """ "by morning it was calm", "it is quiet now"."""
    if any(c.lower_ in ("now", "again", "today", "here", "there", "overnight") for c in children(verb, "advmod", "npadvmod")):
        return True
    when = preposition_objects(verb, "by", "since", "in", "during", "at", "on", "from", "until")
    return any(i.ent_type_ in ("DATE", "TIME") or i.lemma_ in _TIMES for _, i in when)


def _is_negated(verb: Token) -> bool:
    return any(c.dep_ == "neg" for c in verb.children)


def _quiet_state(token: Token, lemma: str) -> Found | None:
    if token.dep_ not in ("acomp", "oprd", "attr") or lemma not in _QUIET | _SILENT | _STEADY:
        return None
    scope = token.head
    where = next(iter(children(scope, "nsubj")), None)
    if scope.lemma_ not in _BEING or where is None:
        return None
    what = where.lemma_.lower()
    is_place = where.ent_type_ in ("GPE", "LOC", "FAC") or what in _QUIET_PLACES
    if where.lower_ == "it" and lemma in _QUIET:
        # "it was calm in X"
        spots = (i for a in (token, scope) for _, i in preposition_objects(a, "in", "along", "on", "around"))
        is_place = any(i.ent_type_ in ("GPE", "LOC", "FAC") or i.lemma_.lower() in _QUIET_PLACES for i in spots)
        is_place = is_place or _is_timed(scope)
    fits = (
        (lemma in _QUIET and (is_place or what in _GUNS))
        or (lemma in _SILENT and what in _GUNS)
        or (lemma in _STEADY and what == "situation")
    )
    return (scope, where, _is_negated(scope)) if fits else None


def _quiet_time(token: Token, lemma: str) -> Found | None:
    """ "passed quietly", "passed without incident", "spent its quietest night in months"."""
    if lemma in ("pass", "go") and any(i.lemma_ in _INCIDENTS for _, i in preposition_objects(token, "without")):
        return token, None, False
    if lemma in _QUIETLY and token.head.lemma_ == "pass":
        return token.head, None, False
    if lemma in _QUIET and token.dep_ == "amod" and token.head.dep_ == "attr" and token.head.lemma_ in _TIMES:
        # "it was a calm night in X"
        copula = token.head.head
        return (copula, token.head, _is_negated(copula)) if copula.lemma_ == "be" else None
    if token.lower_ in _QUIETEST and token.head.lemma_ in _TIMES and is_verbal(token.head.head):
        return token.head.head, None, False
    return None


def _nothing_noted(token: Token, lemma: str) -> Found | None:
    if lemma not in _NOTED or not is_verbal(token):
        return None
    where = next(iter(children(token, "nsubjpass", "dobj")), None)
    if where is None or where.lemma_.lower() not in _INCIDENTS or (where.dep_ == "dobj" and lemma == "report"):
        return None
    none = any(c.lower_ == "no" for c in where.children) or any(c.dep_ == "neg" for c in token.children)
    return (token, where, False) if none else None


def _no_fighting(token: Token, lemma: str) -> Found | None:
    """ "there were no clashes in the sector", "there was no report of firing"."""
    if lemma != "be" or not children(token, "expl"):
        return None
    what = next(iter(children(token, "attr", "nsubj")), None)
    if what is None or not any(c.lower_ in NEGATIVES for c in what.children):
        return None
    if what.lemma_ in ("report", "sign", "sound"):
        what = next((inner for _, inner in preposition_objects(what, "of")), what)
    whose = (inner for _, inner in preposition_objects(what, "by", "of", "on", "against", "from"))
    is_told_of_somebody = any(inner.ent_type_ not in ("DATE", "TIME") for inner in whose)
    return (token, what, False) if what.lemma_.lower() in _FIGHTING and not is_told_of_somebody else None


def _settled(token: Token, lemma: str) -> Found | None:
    """ "the situation has stabilised", "the situation remains under control"."""
    where = next(iter(children(token, "nsubj", "nsubjpass")), None)
    if where is None or where.lemma_.lower() != "situation":
        return None
    if lemma in _SETTLING and not children(token, "dobj"):
        return token, where, _is_negated(token)
    under = any(inner.lemma_ == "control" for _, inner in preposition_objects(token, "under"))
    return (token, where, _is_negated(token)) if lemma in _BEING and under else None


_ASSESSED = frozenset("assess describe characterise characterize rate evaluate call report".split())


def _assessed(token: Token, lemma: str) -> Found | None:
    """ "the situation was assessed as tense but stable", "described the situation as calm"."""
    if lemma not in _QUIET | _STEADY or token.pos_ != "ADJ":
        return None
    first = token.head if token.dep_ == "conj" else token
    verb = first.head.head if first.head.lower_ == "as" else first.head
    if not is_verbal(verb) or verb.lemma_ not in _ASSESSED or (first.head.lower_ != "as" and first.dep_ != "oprd"):
        return None
    where = next(iter(children(verb, "nsubjpass", "dobj", "obj")), None)
    if where is None or where.lemma_.lower() != "situation":
        return None
    return verb, where, _is_negated(verb)


_SEEN = frozenset({"observe", "record", "note", "register", "maintain", "preserve", "keep"})


def _calm_there(token: Token, lemma: str) -> Found | None:
    """ "there is relative calm on the line", "calm was observed along it", "a tense calm reigns" with the verb read as a noun."""
    if lemma not in ("calm", "quiet"):
        return None
    verb = token.head
    there = token.dep_ == "attr" and verb.lemma_ == "be" and bool(children(verb, "expl"))
    seen = token.dep_ == "nsubjpass" and verb.lemma_ in _SEEN
    reigns = token.dep_ in ("amod", "compound") and verb.lower_ in ("reigns", "holds", "prevails") and verb.dep_ == "ROOT"
    if not (there or seen or reigns) or any(c.lower_ in NEGATIVES for c in token.children):
        return None
    where = next((i for a in (token, verb) for _, i in preposition_objects(a, "in", "along", "on", "at", "around")), None)
    return verb, where, _is_negated(verb)


def _holding(token: Token, lemma: str) -> Found | None:
    if lemma not in _HOLDING or not is_verbal(token):
        return None
    holder = token.head if token.dep_ == "xcomp" and token.head.lemma_ in ("appear", "seem", "continue") else token
    truce = next(iter(children(holder, "nsubj", "nsubjpass")), None)
    if truce is None or truce.lemma_.lower() not in _TRUCES or children(token, "dobj", "ccomp", "xcomp"):
        return None
    if any(c.dep_ == "aux" and c.lower_ not in _PRESENT for c in token.children):
        return None
    # "no ceasefire was observed", "neither truce held"
    none = any(c.lower_ in NEGATIVES for c in truce.children)
    return token, None, none or _is_negated(token)
