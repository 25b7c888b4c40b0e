"""Blame without a word of blame: "if X had acted, this would not have happened", "has carried out only part", "too late"."""

from __future__ import annotations

from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.mention import ActMention
from trucewatch.stages.extract.phrases import actor_phrase
from trucewatch.stages.extract.rules import Rules, amid, reads
from trucewatch.stages.extract.syntax import Phrase, Token, children, preposition_objects, roles

_KEEPING = frozenset("carry implement fulfil fulfill honour honor do perform execute keep meet deliver observe respect".split())
_PARTS = frozenset({"part", "half", "fraction", "third", "quarter", "bit", "portion"})
_OWED = frozenset(
    "deal agreement truce ceasefire accord resolution obligation commitment promise pledge side sign promise agree duty term "
    "undertaking part".split()
)
_SLOW = frozenset({"late", "early", "slowly", "little", "soon", "long", "hastily"})
_QUICK = frozenset({"quickly", "fast", "far", "hard", "soon", "strongly", "firmly", "much", "seriously"})
_BETTER = frozenset({"more", "better", "otherwise", "different"})


def blamed(token: Token, doer: Phrase | None, why: str) -> ActMention | None:
    """Blame of `doer`, None where nobody is named whom it could be laid on."""
    if doer is None or doer.head.lower_ in ("we", "i", "it", "he", "she", "this", "that"):
        return None
    return ActMention(
        token=token, frame="misdeed", act="BLAME", weak=True, doer=doer, scope=token, is_supported=True, reasons=(why,)
    )


@amid("would", "could")
def _had_they(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "if X had taken steps, this would not have happened": what X left undone is blamed."""
    aux = {c.lower_ for c in token.children if c.dep_ == "aux"}
    if not (aux & {"would", "could"} and "have" in aux):
        return None
    for clause in children(token, "advcl"):
        words = {c.lower_ for c in clause.children if c.dep_ in ("mark", "aux", "advmod")}
        if "had" not in words or clause.tag_ != "VBN":
            continue
        subjects = children(clause, "nsubj")
        turned = bool(subjects) and any(c.lower_ == "had" and c.i < subjects[0].i for c in clause.children)
        if subjects and ("if" in words or turned):
            return blamed(token, actor_phrase(subjects[-1], lexicon), "what one left undone is blamed")
    return None


@reads(_KEEPING)
def _half_kept(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "has carried out nothing", "implemented only part of the deal"."""
    if token.tag_ not in ("VBD", "VBN", "VBZ", "VBP"):
        return None
    thing = next(iter(children(token, "dobj", "obj")), None)
    if thing is None:
        return None
    beside = {w.lower_ for w in (*thing.subtree, *token.children)}
    below = {w.lemma_.lower() for w in thing.subtree}
    out = token.lemma_ != "carry" or any(c.lower_ == "out" for c in token.children)
    nothing = thing.lower_ == "nothing" and (
        token.lemma_ == "carry" or below & _OWED or token.lemma_ in ("implement", "fulfil", "fulfill")
    )
    partly = thing.lemma_.lower() in _PARTS and bool(below & _OWED - {thing.lemma_.lower()})
    partly = partly and ("only" in beside or "just" in beside or thing.lemma_.lower() in ("half", "fraction"))
    if not out or not (nothing or partly):
        return None
    return blamed(token, actor_phrase(roles(token).doer, lexicon), "an agreement half kept is blamed")


@amid("enough", "too")
def _not_enough(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "had not deployed quickly enough", "was leaving too early": whoever says so blames whom he says it of."""
    manners = children(token, "advmod")
    if not manners or token.tag_ not in ("VBD", "VBN", "VBZ", "VBP", "VBG") or token.dep_ in ("relcl", "acl", "amod"):
        return None
    negated = any(c.dep_ == "neg" for c in token.children)
    enough = negated and any(m.lower_ in _QUICK and any(c.lower_ == "enough" for c in m.children) for m in manners)
    enough = enough or (
        negated
        and any(m.lower_ == "enough" and (token.lemma_ == "do" or any(c.lower_ in _QUICK for c in m.children)) for m in manners)
    )
    too = not negated and any(m.lower_ in _SLOW and any(c.lower_ == "too" for c in m.children) for m in manners)
    if not (enough or too) or roles(token).passive:
        return None
    subject = next(iter(children(token, "nsubj")), None)
    return blamed(token, actor_phrase(subject, lexicon), "not enough, or too late, is blame") if subject is not None else None


@reads("expect", "be", "feel", "remain", "disappoint")
@amid(_BETTER, "disappointed", "betrayed", "disappoint")
def _let_down(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "we expected more from our allies", "was disappointed by X"."""
    whom: Token | None = None
    if token.lemma_ == "expect" and any(c.lower_ in _BETTER for c in children(token, "dobj", "advmod")):
        more = [c for c in children(token, "dobj") if c.lower_ in _BETTER]
        whom = next((i for a in (token, *more) for _, i in preposition_objects(a, "from", "of")), None)
    elif token.lemma_ != "expect":
        state = next((c for c in children(token, "acomp") if c.lemma_ in ("disappointed", "betrayed")), None)
        anchors = [a for a in (state, token if token.lemma_ == "disappoint" else None) if a is not None]
        whom = next((i for a in anchors for _, i in preposition_objects(a, "by", "in", "with")), None)
    if whom is None:
        return None
    who = roles(token)
    doer = actor_phrase(who.undergoer if who.passive else who.doer, lexicon)
    held = actor_phrase(whom, lexicon)
    if doer is None or (held is None and whom.lemma_ not in ("ally", "partner", "neighbour", "neighbor")):
        return None
    return ActMention(
        token=token,
        frame="accuse",
        act="BLAME",
        weak=True,
        doer=doer,
        undergoer=held,
        undergoer_head=whom if held is not None else None,
        scope=token,
        is_supported=True,
        reasons=("who is let down blames",),
    )


# the blame that a clause lays by a turn of phrase
reproach = Rules(_had_they, _half_kept, _not_enough, _let_down)
