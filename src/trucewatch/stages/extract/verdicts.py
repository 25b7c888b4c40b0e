"""Judgements: what somebody calls a crime or unacceptable, whom he holds to blame, what he rules out or threatens with."""

from __future__ import annotations

from trucewatch.stages.extract.disclaimers import called_false, dismissed
from trucewatch.stages.extract.lexicon import Lexicon
from trucewatch.stages.extract.mention import ActMention
from trucewatch.stages.extract.phrases import actor_phrase, owner_phrase
from trucewatch.stages.extract.rules import reads
from trucewatch.stages.extract.syntax import (
    POINTING,
    WILL,
    Phrase,
    Token,
    children,
    has_negation,
    is_infinitive,
    preposition_objects,
    roles,
    tight_phrase,
)
from trucewatch.stages.extract.talks_told import is_all_concerned

_PURSUE = frozenset(
    "implement pursue carry conduct wage continue practise practice execute realise realize perform follow launch intensify "
    "unleash adopt lead".split()
)
_POLICIES = frozenset("policy campaign plan programme program strategy practice line crime act war".split())
_CRIMES = ("genocid", "cleansing", "exterminat", "annihilat", "apartheid", "terroris")
_CALL = frozenset("call brand describe label term dub consider deem regard characterise characterize view see denounce".split())
_AMOUNT = frozenset("amount constitute represent mean show demonstrate prove become".split())
_BLAMED = frozenset({"responsible", "guilty", "accountable", "complicit", "culpable"})
_BARGAINS = frozenset(
    "talk negotiation ceasefire truce deal agreement peace withdrawal concession dialogue meeting compromise".split()
)
_ANYBODY = frozenset({"anyone", "whoever", "everyone", "anybody", "those", "all"})
# what nobody may aim at: "its policy is aimed at the expulsion of X"
_EVILS = frozenset(
    "liquidation destruction extermination annihilation expulsion cleansing displacement genocide extinction subjugation "
    "provocation escalation destabilisation destabilization depopulation isolation occupation annexation".split()
)
_PURPOSES = frozenset({"intention", "plan", "desire", "interest"})
_RISKING = frozenset({"put", "risk", "endanger", "expose", "become", "be", "do", "bear"})
_PERIL = frozenset({"risk", "danger", "peril", "target", "death", "responsibility", "life"})


def verdict(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "called the strike a war crime", "may amount to genocide", "is responsible for": blame in a judgement."""
    lemma = token.lemma_.lower()
    if token.dep_ in ("acomp", "attr") and lemma in _BLAMED:
        copula = token.head
        subject = next(iter(children(copula, "nsubj")), None)
        if copula.lemma_ != "be" or subject is None or has_negation(copula) or subject.lower_ in ("who", "whoever"):
            return None
        if any(v.tag_ == "VBG" and v.dep_ == "pcomp" for p in children(token, "prep") for v in p.children):
            return None  # "responsible for shelling X" tells the deed, "for keeping the peace" a duty
        deed = _deed_of(token, copula, subject, lexicon)
        if deed is not None or not _is_a_post(token, lexicon):
            return deed or _blame(token, copula, actor_phrase(subject, lexicon), None)
        return None
    if token.lemma_ == "be" and not has_negation(token):
        behind = any(prep.lower_ == "behind" for prep, _ in preposition_objects(token, "behind"))
        subject = next(iter(children(token, "nsubj")), None)
        return _deed_of(token, token, subject, lexicon) if behind and subject is not None else None
    if lemma == "aim" and (policy := next(iter(children(token, "nsubjpass")), None)) is not None:
        aims = {i.lemma_.lower() for _, i in preposition_objects(token, "at")}
        return _blame(token, token, owner_phrase(policy, lexicon), policy) if aims & _EVILS and not has_negation(token) else None
    kind = _kind_of_act(token)
    if not (lexicon.is_kind(lemma, "verdict") or (kind is not None and lemma in ("war", "hostility"))):
        return None
    if called_false(token, lexicon) is not None:
        return None
    token = kind if kind is not None else token
    verb = token.head
    if token.dep_ in ("pobj", "amod") and verb.lower_ in ("as", "to") and verb.pos_ in ("ADP", "SCONJ"):
        verb = verb.head
    while verb.dep_ in ("dobj", "oprd", "conj") and verb.pos_ != "VERB":
        verb = verb.head
    if verb.lemma_.lower() in _CALL and token.dep_ in ("oprd", "pobj", "acomp", "amod", "ccomp", "xcomp", "attr", "advcl"):
        if dismissed(verb, lexicon) is not None or has_negation(verb):
            return None
        thing = roles(verb).undergoer
        caller = actor_phrase(roles(verb).doer, lexicon)
        if roles(verb).passive and caller is None and thing is not None and thing != token:
            # "any presence there would be regarded as an occupation", in somebody's words
            return _blame(token, verb, owner_phrase(thing, lexicon), thing)
        if caller is None or thing is None or thing == token:
            return None
        return ActMention(
            token=verb,
            frame="accuse",
            act="BLAME",
            weak=True,
            doer=caller,
            undergoer=owner_phrase(thing, lexicon) or actor_phrase(thing, lexicon),
            undergoer_head=thing,
            scope=verb,
            is_supported=True,
            reasons=(f"'{token.text}' passes judgement",),
        )
    if (token.dep_ in ("attr", "acomp") and verb.lemma_ == "be") or (verb.lemma_ in _AMOUNT and token.dep_ in ("dobj", "pobj")):
        subject = next(iter(children(verb, "nsubj")), None)
        if subject is None or has_negation(verb) or subject.lower_ == "there":
            return None
        is_deed = (
            subject.lower_ in POINTING
            or subject.lemma_.lower() in lexicon.nouns
            or subject.lemma_ in ("order", "move", "act", "incident", "step", "action", "decision", "attack")
        )
        side = owner_phrase(subject, lexicon) or actor_phrase(subject, lexicon)
        return _blame(token, verb, side, subject) if is_deed or side is not None else None
    return None


def _is_a_post(token: Token, lexicon: Lexicon) -> bool:
    """ "was responsible for the rockets of the unit", "responsible in the artillery": what his work was."""
    if token.lemma_ != "responsible":
        return False
    things = [i for _, i in preposition_objects(token, "for")]
    if not things:
        return any(True for _ in preposition_objects(token, "in", "of"))
    kinds = ("weapon", "armament", "projectile", "airborne", "territory", "force")
    return any(i.ent_type_ not in ("DATE", "TIME") and lexicon.is_kind(i.lemma_.lower(), *kinds) for i in things)


def _kind_of_act(token: Token) -> Token | None:
    """ "an act of aggression": the act, whose kind a word tells."""
    if token.dep_ != "pobj" or token.head.lower_ != "of":
        return None
    noun = token.head.head
    return (
        noun
        if noun.lemma_.lower() in ("act", "case", "form", "campaign", "example", "instance") and noun.dep_ != "nsubj"
        else None
    )


@reads(_PURSUE)
def criminal_policy(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "has pursued a policy of genocide", "its genocidal campaign goes on": blame, also where words are glued ("genocideit")."""
    if has_negation(token):
        return None
    doer = actor_phrase(roles(token).doer, lexicon)
    ahead = token.doc[token.i + 1 : min(token.i + 8, token.sent.end)]
    policy = next((word for word in ahead if word.lemma_.lower() in _POLICIES), None)
    if doer is None or policy is None:
        return None
    beside = token.doc[max(token.i + 1, policy.i - 3) : min(policy.i + 4, token.sent.end)]
    is_against = any(word.lower_.startswith(("anti", "counter")) for word in ahead)
    crime = next((w for w in beside if not is_against and any(stem in w.lower_ for stem in _CRIMES)), None)
    return _blame(crime, token, doer, None) if crime is not None else None


def _deed_of(token: Token, scope: Token, subject: Token, lexicon: Lexicon) -> ActMention | None:
    """ "X is responsible for the blast", "X was behind the attack": the deed, laid to X."""
    deed = next((i for _, i in preposition_objects(token, "for", "of", "behind")), None)
    trigger = lexicon.nouns.get(deed.lemma_.lower()) if deed is not None else None
    doer = actor_phrase(subject, lexicon)
    if deed is None or trigger is None or doer is None or trigger.frame != "attack" or trigger.weak:
        return None
    struck = next((i for _, i in preposition_objects(deed, "on", "against", "of", "in")), None)
    return ActMention(
        token=token,
        frame="attack",
        act=trigger.act,
        weak=True,
        doer=doer,
        undergoer_head=struck,
        undergoer=tight_phrase(struck) if struck is not None else None,
        scope=scope,
        is_supported=True,
        reasons=(f"'{token.text}' lays '{deed.text}' to somebody",),
    )


def _blame(token: Token, scope: Token, blamed: Phrase | None, deed: Token | None) -> ActMention:
    return ActMention(
        token=token,
        frame="misdeed",
        act="BLAME",
        weak=True,
        doer=blamed if blamed is None or blamed.head.lower_ not in POINTING else None,
        undergoer_head=deed,
        scope=scope,
        is_supported=True,
        reasons=(f"'{token.text}' passes judgement",),
    )


@reads("be", _PURPOSES)
def ruled_out(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "there will be no talks", "has no intention of withdrawing", "was out of the question": a refusal without its verb.

    With a condition to the other side ("if they stay, there will be no treaty") it is a threat.
    """
    if token.lemma_ == "be" and children(token, "expl") and any(c.dep_ == "aux" and c.lower_ in WILL for c in token.children):
        thing = next(iter(children(token, "attr", "nsubj", "dobj")), None)
        if thing is None or not any(c.lower_ in ("no", "neither") for c in thing.children):
            return None
        condition = next((c for c in children(token, "advcl") if {"if", "unless"} & {m.lower_ for m in c.children}), None)
        if condition is not None:
            subject = next(iter(children(condition, "nsubj", "nsubjpass")), None)
            return _mention(token, "menace", "THREAT.OTHER", actor_phrase(subject, lexicon))
        return _mention(token, "reject", "REFUSE", None) if thing.lemma_.lower() in _BARGAINS else None
    if token.lemma_ in _PURPOSES and token.head.lemma_ == "have":
        if token.dep_ != "dobj" or not (any(c.lower_ == "no" for c in token.children) or has_negation(token.head)):
            return None
        doer = actor_phrase(roles(token.head).doer, lexicon)
        if doer is None:
            return None
        return (
            _mention(token.head, "misdeed", "BLAME", None, doer)
            if token.lemma_ == "interest"
            else _mention(token.head, "reject", "REFUSE", None, doer)
        )
    return None


@reads(_RISKING)
def warning_to_all(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "anyone who moves south puts himself at risk", "anyone near X": whoever does a thing or is there is threatened."""
    subject = next(iter(children(token, "nsubj", "nsubjpass", "csubj", "csubjpass")), None)
    if subject is None or has_negation(token):
        return None
    if not (subject.lower_ in _ANYBODY or any(c.lower_ in ("anyone", "whoever", "any") for c in subject.children)):
        return None
    is_near = any(True for _ in preposition_objects(subject, "near", "around", "close", "next"))
    if not (is_near or children(subject, "relcl", "acl") or subject.dep_ in ("csubj", "csubjpass")):
        return None
    below = {w.lemma_.lower() for child in token.children if child.i > token.i for w in child.subtree}
    return _mention(token, "menace", "THREAT.FORCE", None) if below & _PERIL else None


@reads("right")
def right_to_fight(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "resistance is a right", "has the right to respond": force reserved."""
    verb = token.head
    clause = next((c for c in children(token, "acl", "relcl", "xcomp") if is_infinitive(c)), None)
    if token.dep_ == "attr" and verb.lemma_ == "be":
        subject = next(iter(children(verb, "nsubj")), None)
        if subject is not None and subject.lemma_.lower() in ("resistance", "retaliation", "response", "defence", "defense"):
            return _mention(verb, "menace", "THREAT.FORCE", None)
        # "it is our right to answer"
        clause = clause or next((c for c in children(verb, "xcomp", "advcl", "acl", "csubj") if is_infinitive(c)), None)
    fights = clause is not None and clause.lemma_.lower() in (
        "respond",
        "retaliate",
        "strike",
        "fight",
        "resist",
        "defend",
        "use",
        "act",
        "answer",
        "react",
        "reply",
        "avenge",
        "punish",
    )
    if (
        clause is not None
        and clause.lemma_ == "use"
        and not any(
            lexicon.is_kind(i.lemma_.lower(), "weapon", "force", "armament") or i.lemma_ in ("force", "mean", "power")
            for i in children(clause, "dobj")
        )
    ):
        fights = False  # "the right to use its name"
    if token.dep_ == "attr" and verb.lemma_ == "be" and fights and any(c.dep_ == "poss" for c in token.children):
        return _mention(verb, "threaten", "THREAT.FORCE", None)
    if token.dep_ == "dobj" and verb.lemma_ in ("have", "retain", "keep") and fights:
        return _mention(verb, "threaten", "THREAT.FORCE", None, actor_phrase(roles(verb).doer, lexicon))
    return None


def _mention(scope: Token, frame: str, act: str, undergoer: Phrase | None, doer: Phrase | None = None) -> ActMention:
    if frame == "menace" and doer is None:
        doer = undergoer
    return ActMention(
        token=scope,
        frame=frame,
        act=act,
        weak=True,
        doer=doer,
        scope=scope,
        modality="threatened" if act.startswith("THREAT") else "actual",
        is_supported=True,
        reasons=(f"'{scope.text}' and what hangs on it: {act}",),
    )


_IN_TALKS = frozenset("contact touch communication dialogue talk negotiation consultation conversation discussion".split())


@reads(_IN_TALKS)
def in_contact(token: Token, lexicon: Lexicon) -> ActMention | None:
    """ "was in contact with X", "kept in touch with X"."""
    if token.dep_ != "pobj" or token.head.lower_ != "in":
        return None
    verb = token.head.head
    met = [i for _, i in preposition_objects(token, "with")]
    other = next((p for i in met if (p := actor_phrase(i, lexicon)) is not None), None)
    other = other or next((tight_phrase(i) for i in met if is_all_concerned(i)), None)
    doer = actor_phrase(roles(verb).doer, lexicon) if verb.pos_ in ("VERB", "AUX") else None
    if other is None or doer is None:
        return None
    return ActMention(
        token=token, frame="talk", act="TALKS.MEET", weak=True, doer=doer, scope=verb, recipients=(other,), is_supported=True,
        reasons=("in contact with somebody",),
    )  # fmt: skip
