"""Blame in mild or sweeping words: concern voiced, no excuse for it, another's responsibility, "a traitor", pretexts made up."""

from __future__ import annotations

from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.made import blame_told as _blame
from trucewatch.stages.extract.mention import ActMention
from trucewatch.stages.extract.phrases import actor_phrase, owner_phrase
from trucewatch.stages.extract.rules import Rules, amid, reads
from trucewatch.stages.extract.syntax import SIDES, Token, children, has_negation, preposition_objects, roles

_TROUBLED = frozenset(
    "concerned alarmed worried troubled dismayed appalled shocked horrified outraged disturbed perturbed".split()
)
_TROUBLING = frozenset("concern alarm worry trouble dismay appal appall shock horrify outrage disturb".split())
_FAULTS = frozenset({"responsibility", "blame", "fault", "guilt", "responsability"})
_EXCUSES = frozenset({"justification", "excuse", "pretext", "place"})
_NAMES = frozenset(
    "traitor liar aggressor occupier criminal terrorist coward murderer butcher thief puppet invader warmonger dictator "
    "fascist enemy killer barbarian".split()
)
_PRETEXTS = frozenset({"pretext", "excuse", "justification"})
_FINDING = frozenset("need want invent fabricate make create manufacture concoct find".split())
_SELLING = frozenset({"sell", "betray", "abandon", "desert"})


def _speaks_for_a_side(head: Token | None, lexicon: Lexicon) -> bool:
    if head is None:
        return False
    if head.pos_ == "PRON":
        # "it was concerned", in the mouth of a ministry
        clause = head.head
        return head.lower_ in ("it", "he", "she", "we") and clause.dep_ in ("ccomp", "acomp", "xcomp")
    return head.ent_type_ in SIDES or head.ent_type_ == "ORG" or lexicon.is_kind(head.lemma_.lower(), "speaker")


@reads("be", "feel", "remain", _TROUBLING)
@amid(_TROUBLED)
def _concerned(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "said it was deeply concerned", "X is alarmed by the shelling"."""
    if has_negation(token) or token.dep_ in ("relcl", "acl", "amod", "advcl"):
        return None
    passive = any(c.dep_ == "auxpass" for c in token.children)
    states = (token, *children(token, "acomp", "oprd"))
    if any(i.tag_ == "VBG" for state in states for _, i in preposition_objects(state, "with")):
        return None  # "is concerned with ending it": what it is about
    if token.lemma_ in ("be", "feel", "remain"):
        if not any(c.lower_ in _TROUBLED for c in children(token, "acomp", "oprd")):
            return None
        head = next(iter(children(token, "nsubj")), None)
    elif passive and token.lower_ in _TROUBLED:
        head = next(iter(children(token, "nsubjpass")), None)
    else:
        return None
    doer = actor_phrase(head, lexicon)
    if doer is None or not _speaks_for_a_side(head, lexicon):
        return None
    return _blame(token, "accuse", doer, None, "concern that a side voices")


@reads("be", "lie", "rest", "fall", "remain")
@amid(_FAULTS)
def _fault_is(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "the responsibility was X's alone", "the fault is of the other side"."""
    subject = next(iter(children(token, "nsubj")), None)
    if subject is None or subject.lemma_.lower() not in _FAULTS or has_negation(token) or token.lemma_ != "be":
        return None
    owners = [c for attr in children(token, "attr", "acomp") for c in (attr, *children(attr, "poss"))]
    owners += [i for a in (token, subject) for prep, i in preposition_objects(a, "of", "with", "on") if prep.i > token.i]
    blamed = next((p for o in owners if o.ent_type_ in SIDES and (p := actor_phrase(o, lexicon)) is not None), None)
    return _blame(token, "misdeed", blamed, None, "whose the responsibility is said to be") if blamed is not None else None


@reads("be", "justify", "excuse")
@amid(_EXCUSES, "nothing")
def _no_excuse(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "there can be no justification for beating prisoners", "nothing can justify it"."""
    if token.lemma_ != "be":
        subject = next(iter(children(token, "nsubj")), None)
        if subject is None or subject.lower_ != "nothing" or token.dep_ in ("relcl", "acl"):
            return None
        return _blame(token, "misdeed", None, None, "what nothing excuses is blamed")
    if not children(token, "expl"):
        return None
    excuse = next((c for c in children(token, "attr", "nsubj", "dobj") if c.lemma_.lower() in _EXCUSES - {"place"}), None)
    if excuse is None or not (has_negation(token) or any(c.lower_ in ("no", "any") for c in excuse.children)):
        return None
    deeds = [i for a in (excuse, token) for _, i in preposition_objects(a, "for")]
    whose = next((p for d in deeds if (p := owner_phrase(d, lexicon)) is not None), None)
    return _blame(token, "misdeed", whose, None, "what has no excuse is blamed") if deeds else None


@reads("be", "remain")
@amid(_NAMES)
def _is_a_villain(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "X is a traitor"."""
    subject = next(iter(children(token, "nsubj")), None)
    name = next((c for c in children(token, "attr") if c.lemma_.lower() in _NAMES), None)
    if subject is None or name is None or has_negation(token) or token.dep_ in ("relcl", "acl"):
        return None
    if subject.ent_type_ not in (*SIDES, "PERSON", "ORG") and subject.lower_ not in ("they", "he", "she"):
        return None
    return _blame(token, "misdeed", actor_phrase(subject, lexicon), None, f"somebody is called a {name.text}")


@reads(_FINDING, _SELLING)
def _pretext_made(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "needed a pretext to seize the heights and invented one", "have sold us out"."""
    who = roles(token)
    if has_negation(token) or who.passive or token.dep_ in ("relcl", "acl"):
        return None
    things = children(token, "dobj", "obj")
    if token.lemma_ in _SELLING:
        us = any(t.lower_ in ("us", "them") or t.ent_type_ in SIDES for t in things)
        out = token.lemma_ == "betray" or any(c.lower_ == "out" for c in token.children) or token.lemma_ in ("abandon", "desert")
        out = out or (token.lemma_ == "sell" and any(t.lower_ == "us" for t in things))
        if not (us and out) or (token.lemma_ in ("abandon", "desert") and not any(t.lower_ == "us" for t in things)):
            return None
        return _blame(token, "misdeed", actor_phrase(who.doer, lexicon), None, "who sells others out is blamed")
    pretext = any(t.lemma_.lower() in _PRETEXTS for t in things)
    if not pretext or (token.lemma_ == "make" and not any(c.lower_ == "up" for c in token.children)):
        return None
    return _blame(token, "misdeed", actor_phrase(who.doer, lexicon), None, "a pretext made up is blamed")


@reads("cross", "breach", "overstep")
def _red_line(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "a red line has been crossed"."""
    line = next(iter(children(token, "nsubjpass")), None)
    if line is None or line.lemma_ != "line" or not any(c.lower_ == "red" for c in line.children) or has_negation(token):
        return None
    return _blame(token, "misdeed", actor_phrase(roles(token).doer, lexicon), None, "a red line that was crossed")


# blame in mild or sweeping words
qualm = Rules(_concerned, _fault_is, _no_excuse, _is_a_villain, _pretext_made, _red_line)
