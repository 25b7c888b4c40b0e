"""Blame in plain judgement: "held X responsible", "this is terror", "the gravest attack", "the root cause", "a failed state"."""

from __future__ import annotations

from dataclasses import replace

from trucewatch.stages.extract.dealings import unreal
from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.made import blame_told as _blame
from trucewatch.stages.extract.mention import ActMention
from trucewatch.stages.extract.phrases import actor_phrase, owner_phrase
from trucewatch.stages.extract.rules import Rules, amid, reads
from trucewatch.stages.extract.syntax import (
    SIDES,
    WILL,
    Token,
    children,
    has_negation,
    preposition_objects,
    roles,
)

_LIABLE = frozenset({"responsible", "accountable", "liable", "answerable"})
_POINTERS = frozenset({"this", "that", "it", "these", "those"})
_EVILS = frozenset(
    "terror terrorism barbarism barbarity crime murder genocide cleansing massacre savagery vandalism banditry extermination "
    "aggression treachery betrayal violation atrocity blackmail cruelty slaughter annihilation escalation provocation".split()
)
_DEEDS = frozenset(
    {"attack", "strike", "act", "deed", "assault", "raid", "ambush", "incident", "escalation", "violation", "move"}
)
_OPERATIONS = _DEEDS | {"operation"}
_VILE = frozenset(
    "premeditated deliberate cowardly treacherous barbaric cruel vile brutal savage criminal terrorist heinous "
    "despicable unjustified intentional calculated suspicious shameful monstrous outrageous blatant flagrant cynical "
    "inhuman inhumane hateful".split()
)
_WORST = frozenset(
    {"serious", "grave", "severe", "bad", "deadly", "dangerous", "flagrant", "heinous", "brutal", "violent", "bloody"}
)
_CALLING = frozenset("call describe term dub label brand characterise characterize denounce consider see regard".split())
_WORDS = frozenset("word words remark statement speech comment message language warning letter order".split())
_ROOTS = frozenset({"cause", "root", "source", "reason", "obstacle", "origin"})
_WOES = frozenset(
    "bloodshed conflict war escalation tension violence instability suffering problem crisis fighting flare-up peace "
    "settlement stability".split()
)
_STATES = frozenset({"failed", "rogue", "terrorist", "criminal", "occupying", "fascist", "aggressor", "bandit", "pariah"})
_SLOW = frozenset({"slow", "weak", "soft", "passive", "late", "timid", "lenient"})
_SEEMING = frozenset({"seem", "appear", "look"})
_BAD = frozenset(
    "disproportionate excessive unjustified unacceptable deliberate reckless illegal unlawful irresponsible provocative "
    "indiscriminate".split()
)
_HARMING = frozenset({"harm", "hurt", "damage", "serve", "endanger", "betray", "help"})
_PEOPLES = frozenset(
    {"people", "nation", "country", "citizen", "population", "inhabitant", "resident", "state", "interest", "enemy"}
)


@reads("hold", "consider", "deem")
def _held_to_blame(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "held X responsible for the escalation", "X would be held accountable": no deed named, or one ahead."""
    who = roles(token)
    near = [c for h in children(token, "dobj", "obj", "nsubjpass") for c in h.children]
    words = [*token.children, *near, *(c for a in children(token, "ccomp") for c in (a, *a.children))]
    liable = next((w for w in words if w.lower_ in _LIABLE and w.i > token.i), None)
    if liable is None or has_negation(token):
        return None
    deed = next((i for _, i in preposition_objects(liable, "for")), None)
    trigger = lexicon.nouns.get(deed.lemma_.lower()) if deed is not None else None
    if trigger is not None and not trigger.weak and trigger.frame == "attack" and not who.passive:
        return None  # the deed is told, and laid to him
    blamed = who.undergoer
    if blamed is None:
        clause = next((c for c in children(token, "ccomp") if liable in (c, *c.children)), None)
        blamed = next(iter(children(clause, "nsubj")), None) if clause is not None else None
    whom = actor_phrase(blamed, lexicon)
    if whom is None:
        return None
    if who.passive:
        ahead = any(c.dep_ == "aux" and c.lower_ in ("will", "would", "must", "should") for c in token.children)
        return (
            replace(_blame(token, "misdeed", whom, None, "who is to answer for it is blamed"), is_opinion=True) if ahead else None
        )
    doer = actor_phrase(who.doer, lexicon) if not unreal(token) else None
    return _blame(token, "accuse", doer, whom, "who is held responsible is blamed") if doer is not None else None


@reads("be", "remain")
def _this_is(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "this is terror against us", "it was a premeditated attack", "X is a failed state", "X was the root cause of it"."""
    subject = next(iter(children(token, "nsubj")), None)
    name = next(iter(children(token, "attr")), None)
    if subject is None or name is None or has_negation(token) or token.dep_ in ("relcl", "acl", "advcl") or unreal(token):
        return None
    if any(c.dep_ == "aux" and c.lower_ in WILL for c in token.children):
        return None  # "this would be a massacre": it is none yet
    lemma = name.lemma_.lower()
    words = {w.lower_ for w in name.children}
    if any(c.lower_ == "no" for c in name.children):
        return None
    if subject.lower_ in _POINTERS:
        vile = lemma in _DEEDS and words & _VILE
        if lemma in _EVILS or vile:
            found = _blame(token, "misdeed", None, None, f"'{name.text}' passes judgement")
            return replace(found, is_opinion=True)
        return None
    if lemma == "state" and words & _STATES and subject.ent_type_ in SIDES:
        return replace(_blame(token, "misdeed", actor_phrase(subject, lexicon), None, "a name called is blame"), is_opinion=True)
    if lemma in _ROOTS and any(i.lemma_.lower() in _WOES for _, i in preposition_objects(name, "of", "for", "to")):
        by = next((p for _, i in preposition_objects(subject, "by", "of") if (p := actor_phrase(i, lexicon)) is not None), None)
        whose = by if any(True for _ in preposition_objects(subject, "by")) else None
        whose = (
            whose or (actor_phrase(subject, lexicon) if subject.ent_type_ in SIDES else None) or owner_phrase(subject, lexicon)
        )
        return (
            replace(_blame(token, "misdeed", whose, None, "the cause of an evil is blamed"), is_opinion=True)
            if whose is not None
            else None
        )
    return None


@reads("be")
@amid(_SLOW)
def _too_slow(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "the army was too slow in disarming X", "the force was too weak"."""
    state = next((c for c in children(token, "acomp") if c.lower_ in _SLOW), None)
    subject = next(iter(children(token, "nsubj")), None)
    if state is None or subject is None or not any(c.lower_ == "too" for c in state.children) or has_negation(token):
        return None
    if token.dep_ in ("relcl", "acl", "advcl") or unreal(token):
        return None
    whose = actor_phrase(subject, lexicon)
    if whose is None or subject.pos_ == "PRON":
        return None
    return replace(_blame(token, "misdeed", whose, None, "too slow or too weak is blame"), is_opinion=True)


@reads(_CALLING)
def _worst_of_all(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "described it as one of the gravest attacks", "as a revenge operation", "called the words a veiled threat"."""
    if has_negation(token) or token.dep_ in ("relcl", "acl"):
        return None
    who = roles(token)
    doer = actor_phrase(who.doer, lexicon) if who.doer is not None and not who.passive else None
    if doer is None:
        return None
    names = [*children(token, "oprd", "attr"), *(i for _, i in preposition_objects(token, "as"))]
    clause = next((c for c in children(token, "ccomp") if c.pos_ == "NOUN"), None)
    thing = who.undergoer
    if clause is not None:
        names, thing = [*names, clause], next(iter(children(clause, "nsubj")), thing)
    if not names and len(objects := children(token, "dobj", "obj")) > 1:
        thing, names = objects[0], objects[1:]
    for name in names:
        if name is thing:
            continue
        of = [i for _, i in preposition_objects(name, "of")] if name.lower_ == "one" else [name]
        for one in of:
            graded = [c for c in one.children if c.dep_ in ("amod", "advmod", "compound")]
            worst = any(
                (c.lemma_.lower() in _WORST or c.lower_ in ("deadliest", "gravest", "worst", "bloodiest", "heaviest"))
                and (c.tag_ == "JJS" or any(m.lower_ == "most" for m in c.children))
                for c in graded
            )
            revenge = any(c.lower_ in ("revenge", "terrorist", "terror") for c in one.children)
            if one.lemma_.lower() in _OPERATIONS and (worst or revenge):
                whose = owner_phrase(thing, lexicon) if thing is not None and thing.lower_ not in _POINTERS else None
                return replace(_blame(token, "accuse", doer, whose, "the worst of its kind is blame", thing), is_opinion=True)
            is_words = thing is not None and (thing.lemma_.lower() in _WORDS or thing.lower_ in _POINTERS)
            if is_words and one.lemma_.lower() in ("threat", "blackmail", "incitement", "intimidation"):
                return replace(_blame(token, "accuse", doer, None, "words called a threat are blamed", thing), is_opinion=True)
    return None


@reads(_SEEMING)
def _seems_bad(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "the response seems to be disproportionate"."""
    subject = next(iter(children(token, "nsubj")), None)
    below = [*children(token, "acomp", "oprd"), *(c for b in children(token, "xcomp") for c in (b, *children(b, "acomp")))]
    if subject is None or has_negation(token) or unreal(token) or not any(w.lower_ in _BAD for w in below):
        return None
    whose = owner_phrase(subject, lexicon)
    return (
        replace(_blame(token, "misdeed", whose, None, "what seems bad is blamed"), is_opinion=True) if whose is not None else None
    )


@reads(_HARMING)
def _harms_the_people(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "this suspicious act harms the people of the south", "serves only the enemy"."""
    subject = next(iter(children(token, "nsubj")), None)
    if subject is None or has_negation(token) or token.dep_ in ("relcl", "acl") or subject.lemma_.lower() not in _DEEDS:
        return None
    if any(c.dep_ == "aux" for c in token.children):
        return None
    pointed = any(c.lower_ in (*_POINTERS, "such") for c in subject.children)
    things = children(token, "dobj", "obj")
    good = token.lemma_ in ("serve", "help")
    whom = any(t.lemma_.lower() in (("enemy", "interest") if good else tuple(_PEOPLES)) or t.ent_type_ in SIDES for t in things)
    if not (pointed and whom):
        return None
    return replace(_blame(token, "misdeed", None, None, "a deed that harms a people is blamed"), is_opinion=True)


# blame in plain judgement
condemnation = Rules(_held_to_blame, _this_is, _too_slow, _worst_of_all, _seems_bad, _harms_the_people)
