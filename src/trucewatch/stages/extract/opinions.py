"""What somebody thinks of another's deed or demand: "a very grave incident", "not lawful", "justified", "raises questions"."""

from __future__ import annotations

from trucewatch.stages.extract.disclaimers import called_false, dismissed
from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.mention import ActMention
from trucewatch.stages.extract.phrases import actor_phrase, owner_phrase
from trucewatch.stages.extract.rules import reads
from trucewatch.stages.extract.syntax import (
    POINTING,
    SIDES,
    Phrase,
    Token,
    children,
    conjuncts,
    has_negation,
    is_infinitive,
    preposition_objects,
    roles,
)

_CALL = frozenset(
    "call describe brand label term dub consider deem regard view see characterise characterize denounce slam find think".split()
)
_BEING = frozenset({"be", "remain", "seem", "look", "constitute", "represent", "amount", "show", "become"})
_ACTIONS = frozenset(
    "action move decision step incident use closure policy behaviour behavior conduct killing launch measure act development "
    "shutdown checkpoint post deployment presence rhetoric statement speech visit exercise overflight response answer effort "
    "activity treatment handling refusal delay occupation law bill order arrest detention trial raid".split()
)
_DEMANDS = frozenset(
    "demand proposal offer plan condition ultimatum idea request draft deadline initiative term claim wording formula map "
    "amendment timetable".split()
)
# beside the lexicon's own words of judgement
_BAD = frozenset(
    "grave serious dangerous alarming shocking worrying troubling blatant flagrant gross clear unprovoked deliberate intentional "
    "premeditated senseless indiscriminate inadequate insufficient regrettable tragic horrible terrible vile evil callous "
    "ruthless aggressive hostile unhelpful counterproductive absurd unfair unjust unrealistic unconstitutional void threat "
    "danger blow affront assault attempt excuse pretext tragedy nightmare noose siege terror barbarity cruelty".split()
)
_RESULTS = frozenset(
    "result consequence outcome product example proof evidence continuation manifestation episode link fruit part".split()
)
_POLICIES = frozenset("policy aggression course behaviour behavior conduct strategy line campaign actions".split())
_HOSTILE = frozenset(
    "expansionist occupying militarist destructive provocative irresponsible terrorist criminal occupation".split()
)
# adjectives that say nothing of a deed but of its kind
_MEASURES = frozenset({"clear", "serious", "deliberate", "gross"})
_EVILS = frozenset(
    "attack assault attempt incident threat challenge blow affront violation breach insult provocation escalation interference "
    "act effort bid sign signal crime offence offense step move action mistake error mockery war".split()
)
_GOOD = frozenset(
    "justified legitimate lawful legal right understandable necessary proportionate proper correct rightful reasonable".split()
)
_ENOUGH = _GOOD | frozenset(
    "acceptable satisfactory sufficient enough fair serious credible constructive helpful adequate realistic satisfying".split()
)
_NEUTRAL = frozenset(
    "operation response retaliation measure precise limited targeted defensive success victory successful message warning drill "
    "exercise training historic positive important step self-defence self-defense revenge holy brave heroic".split()
)
_FAR = frozenset({"far", "hardly", "barely", "scarcely"})
_NO = frozenset({"no", "not", "n't", "n’t", "never", "neither", "nothing"})
_HARMED = frozenset(
    "calm peace truce ceasefire stability security process talk negotiation effort settlement agreement region life lives "
    "population civilian situation fire prospect chance".split()
)
_HARMING = frozenset(
    "endanger undermine jeopardise jeopardize imperil threaten destabilise destabilize derail poison torpedo complicate harm "
    "wreck damage disrupt hinder hamper aggravate worsen".split()
)
_ANGRY = frozenset({"unhappy", "dissatisfied", "angry", "outraged", "furious", "appalled", "dismayed", "frustrated", "indignant"})
_PLEASED = frozenset({"satisfied", "happy", "pleased", "content"})
_SHOWING = frozenset({"show", "prove", "demonstrate", "reveal"})
_WORTH = frozenset({"worth", "want", "mean", "face", "intention", "contempt", "disregard", "colour", "color", "nature", "trust"})
_QUOTES = frozenset({'"', "“", "'", "‘", "``", "«"})
_OPINING = _CALL | _BEING | _HARMING | _SHOWING | {"raise", "justify"}


@reads(_OPINING)
def opinion(token: Token, lexicon: Lexicon) -> ActMention | None:
    """The judgement that a verb passes or carries, None where it passes none."""
    lemma = token.lemma_.lower()
    if lemma in _CALL and not has_negation(token):
        return _called(token, lexicon)
    if lemma in _BEING and (found := _is_said_to_be(token, lexicon) or _displeased(token, lexicon)) is not None:
        return found
    if lemma == "justify":
        return _justified(token, lexicon)
    if lemma in _HARMING:
        return _harms(token, lexicon)
    return _shows(token, lexicon) if lemma in _SHOWING else _questions(token, lexicon)


def _made(token: Token, frame: str, doer: Phrase | None, whose: Phrase | None, thing: Token | None, why: str) -> ActMention:
    return ActMention(
        token=token,
        frame=frame,
        act={"reject": "REFUSE", "offer": "OFFER.OTHER"}.get(frame, "BLAME"),
        weak=True,
        doer=doer,
        undergoer=whose,
        undergoer_head=whose.head if whose is not None else thing,
        scope=token,
        is_supported=True,
        is_opinion=True,
        reasons=(why,),
    )


def _whose(thing: Token, lexicon: Lexicon) -> Phrase | None:
    if any(i.lower_ == "force" for _, i in preposition_objects(thing, "of")):
        return None  # "the use of force"
    return owner_phrase(thing, lexicon) or (actor_phrase(thing, lexicon) if thing.lower_ not in POINTING else None)


def _is_action(thing: Token, lexicon: Lexicon) -> bool:
    trigger = lexicon.nouns.get(thing.lemma_.lower())
    if (trigger is not None and trigger.frame != "flee") or thing.lemma_.lower() in _ACTIONS:
        return True
    return thing.lower_.endswith("ing") and thing.pos_ == "NOUN" and any(True for _ in preposition_objects(thing, "of"))


def _named_as(verb: Token) -> tuple[Token | None, list[Token]]:
    """What a verb of calling calls, and what it calls it."""
    who = roles(verb)
    names = children(verb, "oprd", "acomp") + [i for _, i in preposition_objects(verb, "as")]
    names += [c for prep in children(verb, "prep") if prep.lower_ == "as" for c in children(prep, "amod", "acomp")]
    thing = who.undergoer
    clause = next((c for c in children(verb, "ccomp", "xcomp") if not is_infinitive(c)), None)
    if clause is not None and clause.pos_ != "VERB" and not any(c.dep_ == "mark" for c in clause.children):
        # one small clause: "called the launch a grave incident"
        subject = next(iter(children(clause, "nsubj")), None)
        if subject is not None:
            thing, names = subject, [*names, clause]
    if thing is not None and thing in names:
        thing = None
    if not names and len(objects := children(verb, "dobj", "obj")) > 1:
        thing, names = objects[0], objects[1:]
    if thing is not None and not names:
        # 'called its use "cruel and reckless"': read as words of the noun
        ahead = verb.doc[thing.i + 1 : min(thing.right_edge.i + 1, verb.sent.end)]
        names = [
            w
            for w in ahead
            if ((w.pos_ == "ADJ" and w.dep_ == "amod" and w.i > w.head.i) or w.dep_ == "appos") and _after_quote(w) is not None
        ]
    return thing, names


def _is_bad(name: Token, lexicon: Lexicon) -> bool:
    """Whether what a deed is called condemns it."""
    words = [w for part in conjuncts(name) for w in (part, *part.children)]
    lemmas = {form for w in words for form in (w.lemma_.lower(), w.lower_)}
    denied = any(w.lower_ in _NO or w.lower_ in _FAR for w in words) or (
        name.dep_ == "pobj" and name.head.lower_ == "from" and name.head.head.lower_ == "far"
    )
    if denied:
        return bool(lemmas & _ENOUGH)
    if name.pos_ == "NOUN" and name.lemma_.lower() not in _EVILS and not lexicon.is_kind(name.lemma_.lower(), "verdict"):
        return any(lexicon.is_kind(lemma, "verdict") or lemma in _BAD - _MEASURES for lemma in lemmas)
    return any(lexicon.is_kind(lemma, "verdict") or lemma in _BAD for lemma in lemmas)


def _after_quote(name: Token) -> Token | None:
    """The first word of what is called so, where a quotation mark opens it."""
    first = name.left_edge
    if first.text in _QUOTES and first.i + 1 < len(name.doc):
        return name.doc[first.i + 1]
    return first if first.i > 0 and name.doc[first.i - 1].text in _QUOTES else None


def _policy_behind(name: Token) -> Token | None:
    """ "the result of X's hostile policy": what a deed is said to come of."""
    if name.lemma_.lower() not in _RESULTS:
        return None
    return next(
        (
            i
            for _, i in preposition_objects(name, "of")
            if i.lemma_.lower() in _POLICIES and any(c.lower_ in _BAD | _HOSTILE for c in i.children)
        ),
        None,
    )


def _is_quoted(name: Token) -> bool:
    first = _after_quote(name)
    return first is not None and bool(first.text[:1].islower())


def _called(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "called the launch a very grave incident", "considers the demand unlawful", "described its use as cruel"."""
    thing, names = _named_as(token)
    if thing is None or not names or any(c.lower_ == "what" for c in token.children):
        return None
    if called_false(names[0], lexicon) is not None or dismissed(token, lexicon) is not None:
        return None
    who = roles(token)
    caller = actor_phrase(who.doer, lexicon) if who.doer is not None and not who.passive else None
    if caller is None and (token.tag_ != "VBG" or token.dep_ != "advcl"):
        return None
    is_own = any(c.dep_ == "poss" and c.pos_ == "PRON" for c in thing.children) and not _is_theirs(thing)
    if thing.pos_ == "PRON" and thing.lower_ not in POINTING:
        return None
    whose = _whose(thing, lexicon)
    wanted = thing.lemma_.lower() in _DEMANDS
    if is_own or not (_is_action(thing, lexicon) or wanted or whose is not None or thing.lower_ in POINTING):
        return None
    name = names[0]
    if (policy := _policy_behind(name)) is not None and (side := owner_phrase(policy, lexicon)) is not None:
        return _made(token, "accuse", caller, side, thing, f"'{policy.text}' passes judgement")
    lemmas = {w.lemma_.lower() for part in conjuncts(name) for w in (part, *part.children)}
    bad = _is_bad(name, lexicon)
    guessed = _is_quoted(name) and (wanted or _is_action(thing, lexicon)) and not lemmas & (_NEUTRAL | _GOOD)
    if bad or guessed:
        return _made(token, "reject" if wanted else "accuse", caller, whose, thing, f"'{name.text}' passes judgement")
    if lemmas & _GOOD and name.pos_ == "ADJ" and whose is not None:
        return _made(token, "offer", caller, whose, thing, f"'{name.text}' takes its side")
    return None


def _is_theirs(thing: Token) -> bool:
    """ "called their use cruel", after what others did: "their" of more than one may be anybody's."""
    return any(c.dep_ == "poss" and c.lower_ == "their" for c in thing.children)


def _is_said_to_be(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "the demand is not lawful", "the operation was justified", "the raid was a blatant attack on our sovereignty"."""
    subject = next(iter(children(token, "nsubj", "csubj")), None)
    name = next(iter(children(token, "acomp", "attr", "dobj")), None)
    far = next((w for w in children(token, "advmod", "acomp") if w.lower_ == "far"), None)
    if far is not None:
        name = next((i for prep in children(far, "prep") for i in prep.children if prep.lower_ == "from"), name)
    if subject is None or name is None or subject.lower_ in ("there", "what", "who", "he", "she", "i", "we", "you"):
        return None
    lemmas = {w.lemma_.lower() for part in conjuncts(name) for w in (part, *part.children)}
    negated = has_negation(token) or far is not None or any(c.lower_ == "no" for c in name.children)
    whose = _whose(subject, lexicon)
    wanted = subject.lemma_.lower() in _DEMANDS
    is_deed = _is_action(subject, lexicon) or wanted or subject.lemma_.lower() in ("war", "attitude", "position")
    if not is_deed:
        return None
    if negated:
        is_bad = bool(lemmas & _ENOUGH) or name.lemma_ in ("accident", "coincidence", "solution", "mistake")
    else:
        is_bad = _is_bad(name, lexicon) and not (name.pos_ == "NOUN" and name.lemma_ in ("attempt",) and not _is_to_harm(name))
    if is_bad:
        return _made(token, "reject" if wanted else "misdeed", None if wanted else whose, whose if wanted else None, subject,
                     f"'{name.text}' passes judgement")  # fmt: skip
    if not negated and lemmas & _GOOD and name.pos_ in ("ADJ", "VERB") and whose is not None:
        return _made(token, "offer", None, whose, subject, f"'{name.text}' takes its side")
    return None


def _justified(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "the operation was (not) justified", read as a verb."""
    passive = next(iter(children(token, "auxpass")), None)
    holders = (token, passive) if passive is not None else (token,)
    subject = next((s for holder in holders for s in children(holder, "nsubj", "nsubjpass")), None)
    if subject is None or passive is None or list(preposition_objects(token, "by")):
        return None
    if not _is_action(subject, lexicon):
        return None
    whose = _whose(subject, lexicon)
    if has_negation(token):
        return _made(token, "misdeed", whose, None, subject, "'not justified' passes judgement")
    return _made(token, "offer", None, whose, subject, "'justified' takes its side") if whose is not None else None


def _is_to_harm(name: Token) -> bool:
    return any(is_infinitive(c) for c in children(name, "acl", "relcl"))


def _displeased(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "was not satisfied with the answer", "is outraged by the attack"."""
    state = next((c for c in children(token, "acomp") if c.lemma_.lower() in _ANGRY | _PLEASED), None)
    if state is None or (state.lemma_.lower() in _PLEASED) != has_negation(token):
        return None
    thing = next((i for _, i in preposition_objects(state, "with", "by", "at", "over", "about")), None)
    doer = actor_phrase(roles(token).doer, lexicon)
    if thing is None or doer is None:
        return None
    whose = _whose(thing, lexicon)
    if whose is None and not _is_action(thing, lexicon) and thing.lemma_ not in ("answer", "response", "reaction", "stance"):
        return None
    return _made(token, "accuse", doer, whose, thing, f"'{state.text}' about it is blame")


def _harms(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "such violations endanger the calm", in somebody's mouth."""
    subject = next(iter(children(token, "nsubj")), None)
    things = {w.lemma_.lower() for t in children(token, "dobj", "obj") for w in (t, *t.children)}
    if subject is None or not things & _HARMED or has_negation(token) or roles(token).passive:
        return None
    if any(c.dep_ == "aux" and c.lower_ in ("will", "would", "could", "may", "might", "must", "should") for c in token.children):
        return None
    if not _is_action(subject, lexicon) or subject.ent_type_ in SIDES:
        return None
    return _made(token, "misdeed", _whose(subject, lexicon), None, subject, f"what '{token.text}' peace is blamed")


def _shows(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "the enemy has shown again what its word is worth", "proved that it does not want peace"."""
    subject = next(iter(children(token, "nsubj")), None)
    if subject is None or has_negation(token):
        return None
    is_side = subject.ent_type_ in SIDES or lexicon.is_kind(subject.lemma_.lower(), "enemy", "force")
    clause = next(iter(children(token, "ccomp", "dobj", "obj")), None)
    if not is_side or clause is None:
        return None
    words = {w.lemma_.lower() for w in clause.subtree}
    denies = any(w.lower_ in _NO for w in clause.subtree) or clause.lemma_ in ("face", "contempt", "disregard")
    what = any(w.lower_ == "what" for w in clause.subtree) and "worth" in words
    if not what and not (denies and words & _WORTH):
        return None
    if clause.lemma_ == "face" and not any(c.lower_ in ("true", "real", "ugly") for c in clause.children):
        return None
    return _made(token, "misdeed", actor_phrase(subject, lexicon), None, subject, "what it shows of a side is blame")


def _questions(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "the incident raises questions about the work of the peacekeepers"."""
    thing = next((c for c in children(token, "dobj", "obj") if c.lemma_ in ("question", "doubt")), None)
    if thing is None or has_negation(token):
        return None
    about = [i for a in (thing, token) for _, i in preposition_objects(a, "about", "over", "on", "regarding", "of", "as")]
    of = [i for one in about for _, i in preposition_objects(one, "of", "by")]
    blamed = next((p for one in (*of, *about) if (p := actor_phrase(one, lexicon)) is not None), None)
    if blamed is None:
        return None
    return _made(token, "misdeed", blamed, None, None, "questions raised about somebody's work are blame")
